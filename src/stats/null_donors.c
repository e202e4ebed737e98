/*
 * A second sampler: works of the region itself. Each work of a group is replaced by a real work with the same total
 * from another group, chosen among a few with odds exp(Σ effect_j × score_j), the item × group effects being drawn
 * once. So the null has what no item model has: answers that hang together, several variants of the test, pupils with
 * gifts of their own. Totals with few works are drawn from the curves.
 */
#include "stats/null_donors.h"

#include "base/memory.h"

#include <math.h>
#include <string.h>

enum { CANDIDATES = 24, MIN_DONORS = 60, SHUFFLE = 77 };

/* Works of one total in random order: neighbours in the table are then of different groups. */
static void shuffle(const sign_world *w, int test, int total, null_donors *d, const uint8_t **work)
{
    oko_rng rng = oko_rng_make(w->options.seed ^ SHUFFLE, (uint64_t)total);
    size_t from = d->first[total];
    for (size_t k = d->first[total + 1] - from; k > 1; k--) {
        size_t a = from + k - 1;
        size_t b = from + oko_rng_below(&rng, (uint32_t)k);
        const uint8_t *cat = work[a];
        uint32_t group = d->group[a];
        work[a] = work[b];
        d->group[a] = d->group[b];
        work[b] = cat;
        d->group[b] = group;
    }
    size_t items = (size_t)w->tests[test].n_items;
    for (size_t a = from; a < d->first[total + 1]; a++) {
        memcpy(d->cat + a * items, work[a], items);
    }
}

/* Counts, then places: first[t + 1] runs from the start of t to its end. */
static void sort_works(const sign_world *w, int test, null_donors *d, const uint8_t **work)
{
    size_t items = (size_t)w->tests[test].n_items;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
            const null_works *g = &w->group[i].works;
            for (int k = 0; k < g->n && !w->group[i].flagged; k++) {
                size_t *at = &d->first[g->total[k] + 1];
                if (pass == 1) {
                    work[*at] = g->cat + (size_t)k * items;
                    d->group[*at] = (uint32_t)(i - w->first[test]);
                }
                (*at)++;
            }
        }
        size_t before = 0;
        for (int t = 0; t <= w->tests[test].max_total && pass == 0; t++) {
            size_t here = d->first[t + 1];
            d->first[t + 1] = before;
            before += here;
        }
    }
}

oko_status null_donors_new(const sign_world *w, int test, null_donors *ret)
{
    int max = w->tests[test].max_total;
    size_t n = 0;
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        n += w->group[i].flagged ? 0 : (size_t)w->group[i].works.n;
    }
    OKO_CLEANUP(oko_freep) const uint8_t **work = oko_calloc_array(n + 1, sizeof(const uint8_t *));
    null_donors d = { .first = oko_calloc_array((size_t)max + 2, sizeof *d.first),
                      .cat = oko_calloc_array((n + 1) * (size_t)w->tests[test].n_items, 1),
                      .group = oko_calloc_array(n + 1, sizeof *d.group) };
    if (work == NULL || d.first == NULL || d.cat == NULL || d.group == NULL) {
        null_donors_clear(&d);
        return OKO_E_MEMORY;
    }
    sort_works(w, test, &d, work);
    for (int t = 0; t <= max; t++) {
        shuffle(w, test, t, &d, work);
    }
    *ret = d;
    return OKO_OK;
}

void null_donors_clear(null_donors *d)
{
    oko_freep(&d->first);
    oko_freep(&d->cat);
    oko_freep(&d->group);
}

/* Odds of a work under the item × group effects. Four sums, so that the adds do not wait for each other. */
static double odds_of(int n_items, const double *effect, const uint8_t *cat)
{
    double sum[4] = { 0 };
    int j = 0;
    for (; j + 4 <= n_items; j += 4) {
        for (int k = 0; k < 4; k++) {
            sum[k] += effect[j + k] * cat[j + k];
        }
    }
    for (; j < n_items; j++) {
        sum[0] += effect[j] * cat[j];
    }
    return exp((sum[0] + sum[1]) + (sum[2] + sum[3]));
}

/* A donor with the given total, neither of the own group nor taken, among CANDIDATES that follow a random place;
 * SIZE_MAX when there are too few works. */
static size_t choose(const null_curves *c, const null_donors *d, const double *effect, oko_rng *rng, int total,
                     uint32_t own, const size_t *taken, int n_taken)
{
    size_t from = d->first[total];
    size_t n = d->first[total + 1] - from;
    if (n < MIN_DONORS || n > UINT32_MAX) {
        return SIZE_MAX;
    }
    size_t chosen = SIZE_MAX;
    double all = 0;
    size_t place = oko_rng_below(rng, (uint32_t)n);
    for (int k = 0; k < CANDIDATES; k++) {
        size_t at = from + place;
        place = place + 1 == n ? 0 : place + 1;
        bool unused = d->group[at] != own;
        for (int m = 0; m < n_taken && unused; m++) {
            unused = taken[m] != at;
        }
        if (unused) { /* in the end one of those seen, in proportion to the odds */
            double odds = odds_of(c->n_items, effect, d->cat + at * (size_t)c->n_items);
            all += odds;
            chosen = oko_rng_uniform(rng) * all < odds ? at : chosen;
        }
    }
    return chosen;
}

void null_donate(const null_curves *c, const null_donors *d, null_sampler *s, oko_rng *rng, uint32_t own, size_t *taken,
                 null_works *w)
{
    for (int j = 0; j < c->n_items; j++) {
        s->effect[j] = sqrt(c->sigma2[j]) * oko_rng_normal(rng);
    }
    int prepared = -1;
    int run = 0; /* first work of the same total */
    for (int i = 0; i < w->n; i++) {
        run = i > 0 && w->total[i] == w->total[i - 1] ? run : i;
        uint8_t *cat = w->cat + (size_t)i * (size_t)c->n_items;
        size_t at = choose(c, d, s->effect, rng, w->total[i], own, taken + run, i - run);
        taken[i] = at;
        if (at == SIZE_MAX) {
            null_sample_one(c, s, rng, w->total[i], prepared != w->total[i], cat);
            prepared = w->total[i];
            continue;
        }
        memcpy(cat, d->cat + at * (size_t)c->n_items, (size_t)c->n_items);
    }
}
