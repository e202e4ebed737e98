/* H^T: covariances between persons over items, summed exactly in whole numbers where nobody has gaps. */
#include "stats/persons_work.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && defined(__linux__) &&                           \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define COUNTS_BITS __attribute__((target_clones("popcnt", "default")))
#else
#define COUNTS_BITS
#endif

void person_peers_clear(person_peers *p)
{
    free(p->solved);
    free(p->with);
    free(p->right);
    free(p->has);
    *p = (person_peers){ .n = 0 };
}

static bool several_marks(const oko_scores *s)
{
    bool several = false;
    for (int j = 0; j < s->n_items; j++) {
        several = several || s->item_max[j] > 1;
    }
    return several;
}

static oko_status make_bits(persons_work *w)
{
    const oko_scores *s = w->scores;
    person_peers *p = &w->peers;
    p->words = ((size_t)s->n_items + 63) / 64;
    p->right = oko_calloc_array(s->n_persons, p->words * sizeof *p->right);
    p->has = oko_calloc_array(s->n_persons, p->words * sizeof *p->has);
    if (p->right == NULL || p->has == NULL) {
        return OKO_E_MEMORY;
    }
    for (size_t i = 0; i < s->n_persons; i++) {
        const int8_t *row = s->score + i * (size_t)s->n_items;
        for (size_t j = 0; j < (size_t)s->n_items; j++) {
            uint64_t bit = UINT64_C(1) << (j % 64);
            p->has[i * p->words + j / 64] |= row[j] >= 0 ? bit : 0;
            p->right[i * p->words + j / 64] |= row[j] == 1 ? bit : 0;
        }
    }
    return OKO_OK;
}

oko_status person_peers_init(persons_work *w)
{
    const oko_scores *s = w->scores;
    person_peers *p = &w->peers;
    if (several_marks(s)) {
        return OKO_OK;
    }
    p->solved = oko_calloc_array((size_t)s->n_items, sizeof *p->solved);
    p->with = oko_calloc_array((size_t)s->n_items + 1, sizeof *p->with);
    if (p->solved == NULL || p->with == NULL) {
        return OKO_E_MEMORY;
    }
    for (size_t i = 0; i < s->n_persons; i++) {
        const int8_t *row = s->score + i * (size_t)s->n_items;
        bool counts = person_counts(w, i);
        int solved = 0;
        for (int j = 0; j < s->n_items; j++) {
            p->gaps = p->gaps || row[j] < 0;
            p->solved[j] += counts && row[j] == 1;
            solved += row[j] == 1;
        }
        p->n += counts;
        p->with[solved] += counts;
    }
    return p->gaps && s->n_persons <= OKO_PERSONS_HT_MAX ? make_bits(w) : OKO_OK;
}

/* Covariance sums over the reference without person i, times J². False when nobody is left. */
static bool sums_without_gaps(const persons_work *w, size_t i, double *ret_cov, double *ret_max)
{
    const person_peers *p = &w->peers;
    const int8_t *row = w->scores->score + i * (size_t)w->scores->n_items;
    int64_t items = w->scores->n_items, own = person_counts(w, i);
    int64_t solved = 0, both = 0, all = 0, most = 0;
    for (int64_t j = 0; j < items; j++) {
        solved += row[j];
        both += row[j] * (p->solved[j] - own);
    }
    for (int64_t r = 0; r <= items; r++) {
        int64_t n = p->with[r] - (own != 0 && r == solved);
        all += n * r;
        most += n * (r < solved ? r * (items - solved) : solved * (items - r));
    }
    *ret_cov = (double)(items * both - solved * all);
    *ret_max = (double)most;
    return p->n - own > 0;
}

/* Counts over the items that persons a and b both answered. */
COUNTS_BITS
static void common(const uint64_t *right_a, const uint64_t *has_a, const uint64_t *right_b, const uint64_t *has_b,
                   size_t words, int64_t *ret)
{
    int64_t items = 0, both = 0, a = 0, b = 0;
    for (size_t t = 0; t < words; t++) {
        uint64_t has = has_a[t] & has_b[t];
        items += __builtin_popcountll(has);
        both += __builtin_popcountll(right_a[t] & right_b[t]);
        a += __builtin_popcountll(right_a[t] & has);
        b += __builtin_popcountll(right_b[t] & has);
    }
    ret[0] = items;
    ret[1] = both;
    ret[2] = a;
    ret[3] = b;
}

static bool sums_with_gaps(const persons_work *w, size_t i, double *ret_cov, double *ret_max)
{
    const person_peers *p = &w->peers;
    const uint64_t *right = p->right + i * p->words, *has = p->has + i * p->words;
    double cov = 0, most = 0;
    bool any = false;
    for (size_t m = 0; m < w->scores->n_persons; m++) {
        int64_t c[4];
        if (m == i || !person_counts(w, m)) {
            continue;
        }
        common(right, has, p->right + m * p->words, p->has + m * p->words, p->words, c);
        if (c[0] > 0) {
            int64_t low = c[2] < c[3] ? c[2] : c[3], high = c[2] < c[3] ? c[3] : c[2];
            double square = (double)(c[0] * c[0]);
            cov += (double)(c[0] * c[1] - c[2] * c[3]) / square;
            most += (double)(low * (c[0] - high)) / square;
            any = true;
        }
    }
    *ret_cov = cov;
    *ret_max = most;
    return any;
}

void person_ht(const persons_work *w, size_t i, oko_person *p)
{
    const person_peers *peers = &w->peers;
    double cov = 0, most = 0;
    if (peers->solved == NULL) {
        p->why_ht = OKO_WHY_SEVERAL_MARKS;
    } else if (peers->gaps && peers->right == NULL) {
        p->why_ht = OKO_WHY_TOO_MANY;
    } else if (p->n < 2) {
        p->why_ht = OKO_WHY_FEW_ITEMS;
    } else if (!(peers->gaps ? sums_with_gaps : sums_without_gaps)(w, i, &cov, &most)) {
        p->why_ht = OKO_WHY_FEW_PERSONS;
    } else if (p->score == 0 || p->score == p->most) {
        p->why_ht = OKO_WHY_EXTREME;
    } else if (!(most > 0)) {
        p->why_ht = OKO_WHY_NO_VARIANCE;
    } else {
        p->ht = cov / most;
    }
}
