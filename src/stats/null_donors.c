/*
 * A second sampler: works of the region itself. Each work of a group is replaced by a real work with the same total
 * from another group, chosen among a few with odds exp(Σ effect_j × score_j), the item × group effects being drawn
 * once. So the null has what no item model has: answers that hang together, several variants of the test, pupils with
 * gifts of their own. Totals with few works are drawn from the curves.
 */
#include "stats/null_donors.h"

#include "base/memory.h"
#include "stats/pattern_kernel.h"

#include <math.h>
#include <string.h>

enum {
    LANES = PATTERN_LANES,
    BLOCKS = PATTERN_BLOCKS,
    PACKED = PATTERN_PACKED,
    CANDIDATES = BLOCKS * LANES,
    MIN_DONORS = 60,
    SHUFFLE = 77,
    LARGE = 1 << 20, /* bytes */
    LINE = 64,       /* bytes of a cache line */
    AHEAD = 6        /* works whose donors are on their way from memory */
};

/* A work on its way to its place. */
typedef struct donor {
    uint32_t group; /* index within the test */
    int32_t work;   /* of the group */
} donor;

/* Works of one total in random order: neighbours in the table are then of different groups. */
static void shuffle(uint64_t seed, int total, donor *at, size_t n)
{
    oko_rng rng = oko_rng_make(seed ^ SHUFFLE, (uint64_t)total);
    for (size_t k = n; k > 1; k--) {
        size_t other = oko_rng_below(&rng, (uint32_t)k);
        donor moved = at[k - 1];
        at[k - 1] = at[other];
        at[other] = moved;
    }
}

static bool donates(const sign_group *g, const null_donors *d, int row)
{
    return !g->flagged && (g->in->reference || !d->anchored[row]);
}

/* Works by row, in the order of the groups; place: [rows+1] where those of a row begin. */
static void sort_works(const sign_world *w, int test, const null_donors *d, size_t *place, donor *list)
{
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        const null_works *g = &w->group[i].works;
        for (int k = 0; k < g->n; k++) {
            if (donates(&w->group[i], d, g->total[k])) {
                list[place[g->total[k]]++] = (donor){ (uint32_t)(i - w->first[test]), k };
            }
        }
    }
}

/* Works of one total into their blocks. cat: workspace [n_items]. */
static void fill_blocks(const sign_world *w, int test, int total, const donor *from, uint8_t *cat, null_donors *d)
{
    const null_curves *c = &w->curves[test];
    for (size_t k = 0; k < (d->first[total + 1] - d->first[total]) * LANES; k++) {
        size_t at = d->first[total] * LANES + k;
        d->group[at] = k < d->n[total] ? from[k].group : UINT32_MAX;
        if (k >= d->n[total]) {
            continue;
        }
        const null_works *g = &w->group[w->first[test] + from[k].group].works;
        uint32_t *score = d->score + at / LANES * (size_t)d->n_words * LANES + at % LANES;
        for (int j = 0; j < c->n_items; j++) {
            cat[j] = (uint8_t)null_score(g, c->n_items, from[k].work, j);
            score[(size_t)(j / PACKED) * LANES] |= (uint32_t)cat[j] << 8 * (j % PACKED);
        }
        d->fit[at] = null_work_fit(c, total, cat);
    }
}

static oko_status allocate(size_t rows, int n_items, null_donors *d)
{
    size_t blocks = d->first[rows];
    d->n_words = (n_items + PACKED - 1) / PACKED;
    d->score = oko_calloc_array((blocks + 1) * (size_t)d->n_words * LANES, sizeof *d->score);
    d->group = oko_calloc_array((blocks + 1) * LANES, sizeof *d->group);
    d->fit = oko_calloc_array((blocks + 1) * LANES, sizeof *d->fit);
    d->large = blocks * LANES * (size_t)d->n_words * sizeof *d->score > LARGE;
    return d->score != NULL && d->group != NULL && d->fit != NULL ? OKO_OK : OKO_E_MEMORY;
}

/* Rows whose reference works are enough donors: of the others none is taken there. Leaves n zero. */
static void mark_anchored(const sign_world *w, int test, size_t rows, null_donors *d)
{
    if ((w->anchored[test] >> OKO_FAMILY_PATTERN & 1) == 0) {
        return;
    }
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        const sign_group *g = &w->group[i];
        for (int k = 0; k < g->works.n && sign_fits(w, g, OKO_FAMILY_PATTERN); k++) {
            d->n[g->works.total[k]]++;
        }
    }
    for (size_t t = 0; t < rows; t++) {
        d->anchored[t] = d->n[t] >= MIN_DONORS;
        d->n[t] = 0;
    }
}

/* Works by row: n, and the blocks they take. Returns their number. */
static size_t count_works(const sign_world *w, int test, size_t rows, null_donors *d)
{
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        const null_works *g = &w->group[i].works;
        for (int k = 0; k < g->n; k++) {
            d->n[g->total[k]] += donates(&w->group[i], d, g->total[k]);
        }
    }
    size_t sum = 0;
    for (size_t t = 0; t < rows; t++) {
        d->first[t + 1] = d->first[t] + pattern_stride(d->n[t]) / LANES;
        sum += d->n[t];
    }
    return sum;
}

static oko_status fill(const sign_world *w, int test, size_t rows, null_donors *d)
{
    mark_anchored(w, test, rows, d);
    size_t n = count_works(w, test, rows, d);
    OKO_CLEANUP(oko_freep) donor *list = oko_alloc_array(n + 1, sizeof *list);
    OKO_CLEANUP(oko_freep) size_t *place = oko_calloc_array(rows + 1, sizeof *place);
    OKO_CLEANUP(oko_freep) uint8_t *cat = oko_alloc_array((size_t)w->tests[test].n_items + 1, 1);
    if (list == NULL || place == NULL || cat == NULL || allocate(rows, w->tests[test].n_items, d) != OKO_OK) {
        return OKO_E_MEMORY;
    }
    for (size_t t = 0; t < rows; t++) {
        place[t + 1] = place[t] + d->n[t];
    }
    sort_works(w, test, d, place, list); /* now every place is the end of its works */
    for (size_t t = 0; t < rows; t++) {
        donor *from = list + place[t] - d->n[t];
        shuffle(w->options.seed, (int)t, from, d->n[t]);
        fill_blocks(w, test, (int)t, from, cat, d);
    }
    return OKO_OK;
}

oko_status null_donors_new(const sign_world *w, int test, null_donors *ret)
{
    size_t rows = (size_t)w->curves[test].n_blocks * ((size_t)w->tests[test].max_total + 1);
    null_donors d = { .first = oko_calloc_array(rows + 1, sizeof *d.first),
                      .n = oko_calloc_array(rows, sizeof *d.n),
                      .anchored = oko_calloc_array(rows, sizeof *d.anchored) };
    bool all = d.first != NULL && d.n != NULL && d.anchored != NULL;
    oko_status status = all ? fill(w, test, rows, &d) : OKO_E_MEMORY;
    if (status != OKO_OK) {
        null_donors_clear(&d);
        return status;
    }
    *ret = d;
    return OKO_OK;
}

void null_donors_clear(null_donors *d)
{
    oko_freep(&d->first);
    oko_freep(&d->n);
    oko_freep(&d->anchored);
    oko_freep(&d->score);
    oko_freep(&d->group);
    oko_freep(&d->fit);
}

/* Odds 0 for works of the own group, works already taken and places without a work. block: [BLOCKS] looked at. */
static void leave_out(const null_donors *d, const size_t *block, uint32_t own, const size_t *taken, int n_taken,
                      float *odds)
{
    for (int b = 0; b < BLOCKS; b++) {
        const uint32_t *group = d->group + block[b] * LANES;
        for (int l = 0; l < LANES; l++) {
            odds[b * LANES + l] = group[l] == own || group[l] == UINT32_MAX ? 0 : odds[b * LANES + l];
        }
        for (int m = 0; m < n_taken; m++) {
            if (taken[m] / LANES == block[b]) {
                odds[(size_t)b * LANES + taken[m] % LANES] = 0;
            }
        }
    }
}

/* A donor with the given total, neither of the own group nor taken, among the works of some neighbouring blocks, in
 * proportion to the odds; SIZE_MAX when there are too few works. */
static size_t choose(const null_donors *d, const float *effect, oko_rng *rng, int total, uint32_t own,
                     const size_t *taken, int n_taken)
{
    size_t blocks = d->first[total + 1] - d->first[total];
    if (d->n[total] < MIN_DONORS) {
        return SIZE_MAX;
    }
    size_t block[BLOCKS];
    const uint32_t *score[BLOCKS];
    float odds[CANDIDATES];
    size_t place = oko_rng_below(rng, (uint32_t)blocks);
    for (int b = 0; b < BLOCKS; b++) {
        block[b] = d->first[total] + place;
        place = place + 1 == blocks ? 0 : place + 1;
        score[b] = d->score + block[b] * (size_t)d->n_words * LANES;
    }
    pattern_odds_kernel(d->n_words, effect, score, odds);
    leave_out(d, block, own, taken, n_taken, odds);
    double all = 0;
    for (int k = 0; k < CANDIDATES; k++) {
        all += odds[k];
    }
    size_t chosen = SIZE_MAX;
    double left = oko_rng_uniform(rng) * all;
    for (int k = 0; k < CANDIDATES && left >= 0; k++) {
        chosen = odds[k] > 0 ? block[k / LANES] * LANES + (size_t)k % LANES : chosen;
        left -= odds[k];
    }
    return chosen;
}

/*
 * In a large region every donor is a trip to memory. Where the next works will look is known beforehand: a copy of the
 * generator runs some works ahead and asks for the places. A work that comes from the curves puts it out of step; then
 * it starts anew. Nothing that is computed depends on it.
 */
typedef struct scout {
    oko_rng rng;
    int next; /* work that it stands before; −1: out of step */
} scout;

static void ask_for(const null_donors *d, size_t block)
{
    size_t bytes = (size_t)d->n_words * LANES * sizeof *d->score;
    const char *score = (const char *)d->score + block * bytes;
    const char *group = (const char *)(d->group + block * LANES);
    for (size_t b = 0; b < BLOCKS * bytes; b += LINE) {
        __builtin_prefetch(score + b);
    }
    for (size_t b = 0; b < BLOCKS * LANES * sizeof *d->group; b += LINE) {
        __builtin_prefetch(group + b);
    }
}

/* work: the one whose donor is chosen next, by `rng`. */
static void look_ahead(const null_donors *d, const null_works *like, int work, const oko_rng *rng, scout *s)
{
    if (s->next < work) {
        *s = (scout){ *rng, work };
    }
    while (s->next < like->n && s->next < work + AHEAD && d->n[like->total[s->next]] >= MIN_DONORS) {
        size_t first = d->first[like->total[s->next]];
        size_t blocks = d->first[like->total[s->next] + 1] - first;
        ask_for(d, first + oko_rng_below(&s->rng, (uint32_t)blocks));
        (void)oko_rng_uniform(&s->rng);
        s->next++;
    }
}

/* One work from the curves: who wrote nothing got 0. */
static void sample(const null_curves *c, null_sampler *s, oko_rng *rng, int total, bool fresh, size_t row,
                   null_drawn *ret)
{
    null_sample_one(c, s, rng, total, fresh, s->cat);
    for (int j = 0; j < c->n_items; j++) {
        s->cat[j] = s->cat[j] <= c->item_max[j] ? s->cat[j] : 0;
        ret->code[(size_t)j * ret->stride + row] = s->cat[j];
    }
    ret->fit += (double)null_work_fit(c, total, s->cat);
}

/* Item × group effects: the group's own and those of its classes. */
static void draw_effects(const null_curves *c, null_sampler *s, oko_rng *rng, const null_works *like)
{
    size_t effects = (size_t)c->n_items + 3;
    int parts = 1;
    for (int i = 0; like->part != NULL && i < like->n; i++) {
        parts = like->part[i] >= parts ? like->part[i] + 1 : parts;
    }
    s->part = 0;
    for (int j = 0; j < c->n_items; j++) {
        double common = parts > 1 ? sqrt((1 - c->class_share) * c->sigma2[j]) * oko_rng_normal(rng) : 0;
        double sd = sqrt(parts > 1 ? c->class_share * c->sigma2[j] : c->sigma2[j]);
        for (int k = 0; k < parts; k++) {
            size_t at = (size_t)k * effects + (size_t)j;
            s->effect[at] = common + sd * oko_rng_normal(rng);
            s->slope[at] = (float)s->effect[at];
        }
    }
}

void null_donate(const null_curves *c, const null_donors *d, null_sampler *s, oko_rng *rng, uint32_t own,
                 const null_works *like, null_drawn *ret)
{
    size_t effects = (size_t)c->n_items + 3;
    draw_effects(c, s, rng, like);
    ret->fit = 0;
    int prepared = -1;
    int run = 0; /* first work of the same total */
    scout ahead = { .next = -1 };
    for (int i = 0; i < like->n; i++) {
        int total = like->total[i];
        run = i > 0 && total == like->total[i - 1] ? run : i;
        if (d->large) {
            look_ahead(d, like, i, rng, &ahead);
        }
        int part = like->part != NULL ? like->part[i] : 0;
        prepared = part == s->part ? prepared : -1;
        s->part = part;
        size_t at = choose(d, s->slope + (size_t)part * effects, rng, total, own, ret->taken + run, i - run);
        ret->taken[i] = at;
        if (at == SIZE_MAX) {
            sample(c, s, rng, total, prepared != total, (size_t)i, ret);
            prepared = total;
            ahead.next = -1;
            continue;
        }
        ret->fit += (double)d->fit[at];
        const uint32_t *score = d->score + at / LANES * (size_t)d->n_words * LANES + at % LANES;
        int32_t *code = ret->code + i;
        for (int j = 0; j < c->n_items; j++, code += ret->stride) {
            *code = (int32_t)(score[(size_t)(j / PACKED) * LANES] >> 8 * (j % PACKED) & 0xFF);
        }
    }
}
