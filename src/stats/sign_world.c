/* Checks the caller's tests and groups, puts them in canonical order, and prepares what all families read. */
#include "stats/sign_prepare.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

static bool test_fits(const oko_sign_test *t)
{
    if (t->max_total < 1 || t->max_total > OKO_SIGNS_MAX_TOTAL || t->n_items < 0 || t->n_items > OKO_SIGNS_MAX_ITEMS ||
        (t->n_items > 0 && t->item_max == NULL) || t->n_cutoffs < 0 || t->n_cutoffs > 8 ||
        (t->n_cutoffs > 0 && t->cutoffs == NULL)) {
        return false;
    }
    for (int j = 0; j < t->n_items; j++) {
        if (t->item_max[j] < 1 || t->item_max[j] > OKO_SIGNS_MAX_ITEM_SCORE) {
            return false;
        }
    }
    for (int k = 0; k < t->n_cutoffs; k++) {
        if (t->cutoffs[k] <= (k > 0 ? t->cutoffs[k - 1] : 0) || t->cutoffs[k] > t->max_total) {
            return false;
        }
    }
    return true;
}

static bool group_fits(const oko_sign_group *g, const oko_sign_test *tests, int n_tests)
{
    if (g->test < 0 || g->test >= n_tests || g->n < 0 || g->n > OKO_SIGNS_MAX_PUPILS ||
        (g->n > 0 && g->total == NULL)) {
        return false;
    }
    const oko_sign_test *t = &tests[g->test];
    for (int i = 0; i < g->n; i++) {
        if (g->total[i] > t->max_total) {
            return false;
        }
        for (int j = 0; g->items != NULL && j < t->n_items; j++) {
            if (g->items[(size_t)i * (size_t)t->n_items + (size_t)j] > t->item_max[j]) {
                return false;
            }
        }
    }
    return true;
}

static int compare_groups(const void *a, const void *b)
{
    const oko_sign_group *x = ((const sign_group *)a)->in;
    const oko_sign_group *y = ((const sign_group *)b)->in;
    if (x->test != y->test) {
        return x->test < y->test ? -1 : 1;
    }
    if (x->parent != y->parent) {
        return x->parent < y->parent ? -1 : 1;
    }
    return (x->unit > y->unit) - (x->unit < y->unit);
}

typedef struct unit_key {
    uint32_t unit;
    int test;
    uint32_t at;
} unit_key;

static int compare_keys(const void *a, const void *b)
{
    const unit_key *x = a;
    const unit_key *y = b;
    if (x->unit != y->unit) {
        return x->unit < y->unit ? -1 : 1;
    }
    return (x->test > y->test) - (x->test < y->test);
}

static oko_status index_units(sign_world *w)
{
    OKO_CLEANUP(oko_freep) unit_key *key = oko_alloc_array(w->n, sizeof *key);
    w->by_unit = oko_alloc_array(w->n, sizeof *w->by_unit);
    if (key == NULL || w->by_unit == NULL) {
        return OKO_E_MEMORY;
    }
    for (size_t i = 0; i < w->n; i++) {
        key[i] = (unit_key){ w->group[i].in->unit, w->group[i].in->test, (uint32_t)i };
    }
    qsort(key, w->n, sizeof *key, compare_keys);
    for (size_t i = 0; i < w->n; i++) {
        if (i > 0 && compare_keys(&key[i - 1], &key[i]) == 0) {
            return OKO_E_ARGUMENT; /* a unit twice in a test */
        }
        w->by_unit[i] = key[i].at;
    }
    return OKO_OK;
}

const sign_group *sign_find(const sign_world *w, uint32_t unit, int test)
{
    size_t low = 0;
    size_t high = w->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const oko_sign_group *g = w->group[w->by_unit[middle]].in;
        if (g->unit < unit || (g->unit == unit && g->test < test)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == w->n) {
        return NULL;
    }
    const sign_group *g = &w->group[w->by_unit[low]];
    return g->in->unit == unit && g->in->test == test ? g : NULL;
}

int sign_row(const sign_group *g, uint32_t pupil)
{
    if (pupil == 0) {
        return -1;
    }
    int low = 0;
    int high = g->n_by_pupil;
    while (low < high) {
        int middle = (low + high) / 2;
        if (g->in->pupil[g->by_pupil[middle]] < pupil) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < g->n_by_pupil && g->in->pupil[g->by_pupil[low]] == pupil ? g->by_pupil[low] : -1;
}

/* ---- one group ---- */

typedef struct coded {
    uint32_t code;
    int row;
} coded;

static int compare_coded(const void *a, const void *b)
{
    const coded *x = a;
    const coded *y = b;
    if (x->code != y->code) {
        return x->code < y->code ? -1 : 1;
    }
    return (x->row > y->row) - (x->row < y->row);
}

/* Rows with a code, by code. */
static void index_pupils(sign_group *g, coded *work)
{
    int n = 0;
    for (int i = 0; g->in->pupil != NULL && i < g->in->n; i++) {
        if (g->in->pupil[i] != 0) {
            work[n++] = (coded){ g->in->pupil[i], i };
        }
    }
    if (n > 1) {
        qsort(work, (size_t)n, sizeof *work, compare_coded);
    }
    g->n_by_pupil = n;
    for (int i = 0; i < n; i++) {
        g->by_pupil[i] = work[i].row;
    }
}

/* Classes of the works; a group of one class stays a group without parts. */
static void tell_parts(sign_group *g, uint8_t *part)
{
    int first[NULL_MOST_PARTS]; /* row */
    double works[NULL_MOST_PARTS] = { 0 };
    int n = 0;
    for (int i = 0; i < g->in->n && n < NULL_MOST_PARTS; i++) {
        if (i == 0 || g->in->part[i] != g->in->part[i - 1]) {
            first[n++] = i;
        }
    }
    for (int i = 0; i < g->works.n; i++) {
        int k = n - 1;
        while (first[k] > g->works.row[i]) {
            k--;
        }
        part[i] = (uint8_t)k;
        works[k]++;
    }
    double square = 0;
    for (int k = 0; k < n; k++) {
        square += works[k] * works[k];
    }
    if (n > 1 && g->works.n > 0) {
        g->works.part = part;
        g->works.clump = square / ((double)g->works.n * g->works.n);
    }
}

/* Works whose items add up to the total, by variant and total. */
static void collect_works(const oko_sign_test *t, sign_group *g, int32_t *row, int16_t *total, uint8_t *part,
                          coded *work)
{
    const oko_sign_group *in = g->in;
    int n = 0;
    for (int i = 0; in->items != NULL && t->n_items > 0 && i < in->n; i++) {
        int sum = 0;
        for (int j = 0; j < t->n_items; j++) {
            int score = in->items[(size_t)i * (size_t)t->n_items + (size_t)j];
            sum += score > 0 ? score : 0;
        }
        int block = g->block != NULL ? g->block[i] : 0;
        if (in->total[i] >= 0 && sum == in->total[i] && block != SIGN_RARE) {
            work[n++] = (coded){ (uint32_t)(block * (t->max_total + 1) + sum), i };
        }
    }
    if (n > 1) {
        qsort(work, (size_t)n, sizeof *work, compare_coded);
    }
    g->works = (null_works){ .n = n, .total = total, .row = row, .items = in->items, .clump = 1 };
    for (int i = 0; i < n; i++) {
        total[i] = (int16_t)work[i].code;
        row[i] = work[i].row;
    }
    if (in->part != NULL) {
        tell_parts(g, part);
    }
}

static void measure_journal(sign_world *w, int test)
{
    double n = 0;
    double sum = 0;
    double square = 0;
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        const oko_sign_group *in = w->group[i].in;
        for (int k = 0; in->journal != NULL && k < in->n; k++) {
            double mark = in->journal[k];
            if (mark >= 1 && mark <= 5) {
                n++;
                sum += mark;
                square += mark * mark;
            }
        }
    }
    bool enough = n >= 50 && square - sum * sum / n > 1e-6 * n;
    w->journal_mean[test] = enough ? sum / n : 0;
    w->journal_sd[test] = enough ? sqrt((square - sum * sum / n) / (n - 1)) : 0;
}

static void measure_group(const sign_world *w, sign_group *g)
{
    int test = g->in->test;
    double journal = 0;
    for (int k = 0; k < g->in->n; k++) {
        if (g->in->total[k] < 0) {
            g->n_absent++;
            continue;
        }
        g->n_works++;
        g->total += g->in->total[k];
    }
    for (int k = 0; g->in->journal != NULL && k < g->in->n && w->journal_sd[test] > 0; k++) {
        /* of those who wrote the test, so that both are about the same pupils */
        if (g->in->total[k] >= 0 && g->in->journal[k] >= 1 && g->in->journal[k] <= 5) {
            journal += (g->in->journal[k] - w->journal_mean[test]) / w->journal_sd[test];
            g->n_journal++;
        }
    }
    g->total = g->n_works > 0 ? g->total / g->n_works : NAN;
    g->journal = g->n_journal > 0 ? journal / g->n_journal : NAN;
}

/* ---- all ---- */

static oko_status prepare_tests(sign_world *w)
{
    size_t at = 0;
    for (int t = 0; t < w->n_tests; t++) {
        w->first[t] = at;
        while (at < w->n && w->group[at].in->test == t) {
            at++;
        }
    }
    w->first[w->n_tests] = at;
    oko_status status = OKO_OK;
    for (int t = 0; t < w->n_tests && status == OKO_OK; t++) {
        status = sign_strata(w, t);
        if (status == OKO_OK) {
            status = null_curves_new(&w->tests[t], w->n_blocks[t], &w->curves[t]);
        }
        if (status == OKO_OK) {
            status = sign_scales(w, t);
        }
        measure_journal(w, t);
    }
    return status;
}

enum { ASKED = 4096 }; /* groups between two questions whether to go on */

/* All that families read of the groups, cut from two arrays. */
static oko_status prepare_groups(sign_world *w, size_t rows, size_t most)
{
    OKO_CLEANUP(oko_freep) coded *work = oko_alloc_array(most, sizeof *work);
    w->rows = oko_alloc_array(2 * rows, sizeof *w->rows);
    w->totals = oko_alloc_array(rows, sizeof *w->totals);
    w->parts = oko_alloc_array(rows, sizeof *w->parts);
    if (work == NULL || w->rows == NULL || w->totals == NULL || w->parts == NULL) {
        return OKO_E_MEMORY;
    }
    size_t at = 0;
    for (size_t i = 0; i < w->n; i++) {
        oko_status status = i % ASKED == 0 ? sign_tell(w, 0, 0) : OKO_OK;
        if (status != OKO_OK) {
            return status;
        }
        sign_group *g = &w->group[i];
        measure_group(w, g);
        sign_measure_level(w, g);
        g->by_pupil = w->rows + rows + at;
        index_pupils(g, work);
        collect_works(&w->tests[g->in->test], g, w->rows + at, w->totals + at, w->parts + at, work);
        at += (size_t)g->in->n;
    }
    return OKO_OK;
}

oko_status sign_world_new(const oko_sign_test *tests, int n_tests, const oko_sign_group *groups, size_t n_groups,
                          const oko_sign_options *options, oko_sign *sign, sign_world *w)
{
    *w = (sign_world){ .tests = tests, .n_tests = n_tests, .options = *options, .n = n_groups };
    size_t most = 1;
    size_t rows = 1;
    for (int t = 0; t < n_tests; t++) {
        if (!test_fits(&tests[t])) {
            return OKO_E_ARGUMENT;
        }
    }
    for (size_t i = 0; i < n_groups; i++) {
        if (!group_fits(&groups[i], tests, n_tests)) {
            return OKO_E_ARGUMENT;
        }
        most = (size_t)groups[i].n > most ? (size_t)groups[i].n : most;
        rows += (size_t)groups[i].n;
    }
    w->group = oko_calloc_array(n_groups, sizeof *w->group);
    w->own_sign = sign == NULL ? oko_calloc_array(n_groups, sizeof *w->sign) : NULL;
    w->sign = sign == NULL ? w->own_sign : sign;
    if (w->group == NULL || w->sign == NULL) {
        return OKO_E_MEMORY;
    }
    for (size_t i = 0; i < n_groups; i++) {
        w->group[i].in = &groups[i];
        w->group[i].at = i;
    }
    qsort(w->group, n_groups, sizeof *w->group, compare_groups);
    oko_status status = index_units(w);
    status = status == OKO_OK ? prepare_tests(w) : status;
    status = status == OKO_OK ? prepare_groups(w, rows, most) : status;
    for (int t = 0; t < n_tests && status == OKO_OK; t++) {
        status = sign_equate(w, t);
    }
    return status;
}

void sign_world_clear(sign_world *w)
{
    for (size_t i = 0; w->group != NULL && i < w->n; i++) {
        oko_freep(&w->group[i].block);
    }
    for (int t = 0; t < w->n_tests; t++) {
        null_curves_clear(&w->curves[t]);
        oko_freep(&w->score[t]);
    }
    oko_freep(&w->group);
    oko_freep(&w->own_sign);
    oko_freep(&w->rows);
    oko_freep(&w->totals);
    oko_freep(&w->parts);
    oko_freep(&w->by_unit);
}
