/* U3 and Guttman errors: the pattern of passed steps against the order of difficulty. */
#include "stats/persons_work.h"

#include "base/memory.h"
#include "stats/special.h"

#include <math.h>
#include <stdlib.h>

void person_order_clear(person_order *o)
{
    free(o->step);
    free(o->first);
    free(o->place);
    free(o->most_sum);
    free(o->least_w);
    *o = (person_order){ .n_steps = 0 };
}

size_t person_order_scratch(const person_order *o)
{
    return o->step == NULL ? 1 : 4 * (o->n_steps + 1);
}

/* Easier first; ties by item, so that the steps of one item stand together. */
static int harder(const void *a, const void *b)
{
    const person_step *x = a;
    const person_step *y = b;
    if (x->share != y->share) {
        return x->share > y->share ? -1 : 1;
    }
    return x->item != y->item ? x->item - y->item : x->mark - y->mark;
}

/* Share of the reference persons who passed each step, item by item. OKO_E_MEMORY. */
static oko_status count_steps(const persons_work *w, person_step *step, const int *first)
{
    const oko_scores *s = w->scores;
    OKO_CLEANUP(oko_freep)
    int64_t *count = oko_calloc_array((size_t)first[s->n_items] + (size_t)s->n_items, sizeof *count);
    if (count == NULL) {
        return OKO_E_MEMORY;
    }
    for (size_t i = 0; i < s->n_persons; i++) {
        const int8_t *row = s->score + i * (size_t)s->n_items;
        for (int j = 0; person_counts(w, i) && j < s->n_items; j++) {
            if (row[j] >= 0) {
                count[first[j] + j + row[j]]++;
            }
        }
    }
    for (int j = 0; j < s->n_items; j++) {
        int64_t n = 0, above = 0;
        for (int k = 0; k <= s->item_max[j]; k++) {
            n += count[first[j] + j + k];
        }
        for (int k = s->item_max[j]; k > 0; k--) {
            above += count[first[j] + j + k];
            bool tells = above > 0 && above < n;
            step[first[j] + k - 1] = (person_step){ .share = n > 0 ? (double)above / (double)n : 0,
                                                    .logit = tells ? log((double)above / (double)(n - above)) : 0,
                                                    .item = (uint16_t)j,
                                                    .mark = (int8_t)k,
                                                    .tells = tells };
        }
    }
    return OKO_OK;
}

/*
 * Extreme sums of values of passed steps by the number of steps passed, when steps of one item are passed in order:
 * best[t] over all patterns with t steps. value is per step item by item. sign +1: largest, −1: smallest. Items whose
 * `use` is 0 take no part. best and spare: [n_steps + 1].
 */
static size_t extreme_sums(const persons_work *w, const int8_t *row, const double *value, bool telling, double sign,
                           double *best)
{
    const person_order *o = &w->order;
    size_t reach = 0;
    best[0] = 0;
    for (int j = 0; j < w->scores->n_items; j++) {
        if (row != NULL && row[j] < 0) {
            continue;
        }
        double sum[OKO_SCORES_MAX_MARK + 1] = { 0 };
        size_t top = 0;
        for (int t = o->first[j]; t < o->first[j + 1]; t++) {
            if (!telling || o->step[o->place[t]].tells) {
                sum[top + 1] = sum[top] + value[t];
                top++;
            }
        }
        for (size_t t = reach + top + 1; t-- > 0;) { /* downwards: best[t − k] is still without this item */
            double found = -sign * INFINITY;
            for (size_t k = 0; k <= top && k <= t; k++) {
                double with = t - k <= reach ? best[t - k] + sum[k] : found;
                found = sign * with > sign * found ? with : found;
            }
            best[t] = found;
        }
        reach += top;
    }
    return reach;
}

/* Number of steps easier than each step (half for equal ones), among the steps of the answered items; item by item. */
static void easier_steps(const persons_work *w, const int8_t *row, double *easier)
{
    const person_order *o = &w->order;
    double before = 0;
    for (size_t at = 0; at < o->n_steps;) {
        size_t end = at;
        double group = 0;
        while (end < o->n_steps && o->step[end].share == o->step[at].share) {
            group += row == NULL || row[o->step[end].item] >= 0;
            end++;
        }
        for (; at < end; at++) {
            const person_step *s = &o->step[at];
            easier[o->first[s->item] + s->mark - 1] = before + .5 * (group - 1);
        }
        before += group;
    }
}

static void logits(const person_order *o, double *value)
{
    for (size_t t = 0; t < o->n_steps; t++) {
        const person_step *s = &o->step[t];
        value[o->first[s->item] + s->mark - 1] = s->logit;
    }
}

/* Extremes for persons without gaps: the same for all of them. */
static oko_status full_extremes(persons_work *w)
{
    person_order *o = &w->order;
    o->most_sum = oko_alloc_array(o->n_steps + 1, sizeof *o->most_sum);
    o->least_w = oko_alloc_array(o->n_steps + 1, sizeof *o->least_w);
    OKO_CLEANUP(oko_freep) double *value = oko_alloc_array(o->n_steps, sizeof *value);
    if (o->most_sum == NULL || o->least_w == NULL || value == NULL) {
        return OKO_E_MEMORY;
    }
    easier_steps(w, NULL, value);
    (void)extreme_sums(w, NULL, value, false, 1, o->most_sum);
    logits(o, value);
    (void)extreme_sums(w, NULL, value, true, -1, o->least_w);
    return OKO_OK;
}

oko_status person_order_init(persons_work *w)
{
    const oko_scores *s = w->scores;
    person_order *o = &w->order;
    o->first = oko_calloc_array((size_t)s->n_items + 1, sizeof *o->first);
    if (o->first == NULL) {
        return OKO_E_MEMORY;
    }
    for (int j = 0; j < s->n_items; j++) {
        o->first[j + 1] = o->first[j] + s->item_max[j];
        o->several = o->several || s->item_max[j] > 1;
    }
    o->n_steps = (size_t)o->first[s->n_items];
    o->step = oko_alloc_array(o->n_steps, sizeof *o->step);
    o->place = oko_alloc_array(o->n_steps, sizeof *o->place);
    if (o->step == NULL || o->place == NULL) {
        return OKO_E_MEMORY;
    }
    oko_status status = count_steps(w, o->step, o->first);
    if (status != OKO_OK) {
        return status;
    }
    qsort(o->step, o->n_steps, sizeof *o->step, harder);
    for (size_t t = 0; t < o->n_steps; t++) {
        o->place[o->first[o->step[t].item] + o->step[t].mark - 1] = (uint32_t)t;
    }
    return o->several ? full_extremes(w) : OKO_OK;
}

/* One walk from the easiest step to the hardest. */
typedef struct walk {
    double errors;         /* G */
    double passed, steps;  /* steps passed, steps of the answered items */
    double w, top, bottom; /* Σ logit of passed steps; largest and (one mark) smallest for as many */
    size_t telling, telling_passed;
    double e, v, c, pq; /* Σ pλ, Σ pqλ², Σ pqλ, Σ pq over steps that tell */
    double p;           /* Σ p */
} walk;

/* Errors among steps of equal difficulty: a half for each pair that differs, none for steps of one item. */
static void close_group(walk *s, double passed, double failed, double same_item, double failed_before)
{
    s->errors += passed * failed_before + .5 * (passed * failed - same_item);
}

static walk walk_steps(const persons_work *w, const int8_t *row, double *kept)
{
    const person_order *o = &w->order;
    walk s = { 0 };
    double failed_before = 0;
    for (size_t at = 0; at < o->n_steps;) {
        double passed = 0, failed = 0, same = 0, run_passed = 0, run_failed = 0;
        size_t end = at;
        for (; end < o->n_steps && o->step[end].share == o->step[at].share; end++) {
            const person_step *t = &o->step[end];
            int x = row[t->item];
            if (x < 0) {
                continue;
            }
            if (end > at && o->step[end - 1].item != t->item) {
                same += run_passed * run_failed;
                run_passed = run_failed = 0;
            }
            bool pass = x >= t->mark;
            run_passed += pass;
            run_failed += !pass;
            passed += pass;
            failed += !pass;
            if (t->tells) {
                double pq = t->share * (1 - t->share);
                kept[s.telling++] = t->logit;
                s.telling_passed += pass;
                s.w += pass ? t->logit : 0;
                s.p += t->share;
                s.e += t->share * t->logit;
                s.v += pq * t->logit * t->logit;
                s.c += pq * t->logit;
                s.pq += pq;
            }
        }
        close_group(&s, passed, failed, same + run_passed * run_failed, failed_before);
        failed_before += failed;
        s.passed += passed;
        s.steps += passed + failed;
        at = end;
    }
    for (size_t t = 0; t < s.telling_passed; t++) {
        s.top += kept[t];
        s.bottom += kept[s.telling - 1 - t];
    }
    return s;
}

static void set_u3(const persons_work *w, const walk *s, oko_person *p)
{
    if (s->telling < 2) {
        p->why_u3 = OKO_WHY_FEW_ITEMS;
        return;
    }
    if (s->telling_passed == 0 || s->telling_passed == s->telling) {
        p->why_u3 = OKO_WHY_EXTREME;
        return;
    }
    if (!(s->top - s->bottom > 1e-12)) {
        p->why_u3 = OKO_WHY_NO_VARIANCE;
        return;
    }
    p->u3 = fmin(1, fmax(0, (s->top - s->w) / (s->top - s->bottom)));
    double variance = s->v - s->c * s->c / s->pq;
    if (!w->order.several && variance > 1e-12) {
        double expected = s->e + s->c / s->pq * ((double)s->telling_passed - s->p);
        p->u3_z = (expected - s->w) / sqrt(variance);
        p->u3_p = exp(oko_log_normal_q(p->u3_z));
    }
}

static void set_g(const walk *s, double most, oko_person *p)
{
    if (s->steps < 2) {
        p->why_g = OKO_WHY_FEW_ITEMS;
        return;
    }
    p->g = s->errors;
    if (most > 0) {
        p->g_normed = fmin(1, s->errors / most);
    } else {
        p->why_g = OKO_WHY_EXTREME; /* no pattern of this score has errors: G is 0, its share is not defined */
    }
}

void person_order_stats(const persons_work *w, const int8_t *row, double *scratch, oko_person *p)
{
    const person_order *o = &w->order;
    walk s = walk_steps(w, row, scratch);
    double most = s.passed * (s.steps - s.passed);
    if (o->several) {
        bool full = p->n == w->scores->n_items;
        double *best = scratch + o->n_steps + 1, *value = best + o->n_steps + 1;
        size_t r = (size_t)s.passed;
        if (!full) {
            easier_steps(w, row, value);
            (void)extreme_sums(w, row, value, false, 1, best);
        }
        most = (full ? o->most_sum : best)[r] - .5 * s.passed * (s.passed - 1);
        most = most > 1e-9 ? most : 0;
        if (!full) {
            logits(o, value);
            (void)extreme_sums(w, row, value, true, -1, best);
        }
        s.bottom = (full ? o->least_w : best)[s.telling_passed];
    }
    if (p->why_u3 == OKO_WHY_NONE) {
        set_u3(w, &s, p);
    }
    if (p->why_g == OKO_WHY_NONE) {
        set_g(&s, most, p);
    }
}
