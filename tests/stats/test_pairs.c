/*
 * Pair statistics against complete enumeration, deep tails, the scalar twin digit by digit, and the properties that
 * must hold whatever the data: order of persons, items and options, blanks, groups, corrections.
 */
#include <oko/pairs.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"
#include "pairs_world.h"
#include "support/failing_alloc.h"

/* ---- tails against enumeration ---- */

static const double odd_q[9] = { .13, .871, .5023, .07, .3331, .642, .9173, .2219, .4411 };

static void gbt_is_the_sum_over_all_outcomes(void **unused)
{
    (void)unused;
    for (int n = 1; n <= 9; n++) {
        double tail[11] = { 0 };
        for (unsigned outcome = 0; outcome < 1U << n; outcome++) {
            double p = 1;
            int matches = 0;
            for (int j = 0; j < n; j++) {
                bool hit = (outcome >> j & 1) != 0;
                p *= hit ? odd_q[j] : 1 - odd_q[j];
                matches += hit;
            }
            for (int m = 0; m <= matches; m++) {
                tail[m] += p;
            }
        }
        for (int m = 0; m <= n + 1; m++) {
            double log_p = 1;
            assert_int_equal(oko_gbt_tail(n, odd_q, m, &log_p), OKO_OK);
            assert_near(exp(log_p), m > n ? 0 : tail[m], 1e-13);
            assert_true(m > n || fabs(log_p - log(tail[m])) < 1e-12);
        }
    }
}

static void gbt_keeps_its_digits_in_the_far_tail(void **unused)
{
    (void)unused;
    static const double one[] = { .01, .1, .25, .6 };
    double q[OKO_RESPONSES_MAX_ITEMS];
    for (size_t k = 0; k < sizeof one / sizeof one[0]; k++) {
        for (int n = 10; n <= OKO_RESPONSES_MAX_ITEMS; n += 90) {
            double log_p = 1;
            for (int j = 0; j < n; j++) {
                q[j] = one[k];
            }
            assert_int_equal(oko_gbt_tail(n, q, n, &log_p), OKO_OK);
            assert_near(log_p / (n * log(one[k])), 1, 1e-12);
            /* one short of all: q^n + n·q^(n−1)(1 − q) */
            assert_int_equal(oko_gbt_tail(n, q, n - 1, &log_p), OKO_OK);
            assert_near(log_p, (n - 1) * log(one[k]) + log(one[k] + n * (1 - one[k])), 1e-9);
        }
    }
}

static void gbt_refuses_what_is_no_probability(void **unused)
{
    (void)unused;
    double q[2] = { .5, 1.5 };
    double log_p = 7;
    assert_int_equal(oko_gbt_tail(2, q, 1, &log_p), OKO_E_ARGUMENT);
    q[1] = NAN;
    assert_int_equal(oko_gbt_tail(2, q, 1, &log_p), OKO_E_ARGUMENT);
    assert_int_equal(oko_gbt_tail(0, q, 1, &log_p), OKO_E_ARGUMENT);
    assert_int_equal(oko_gbt_tail(1, NULL, 1, &log_p), OKO_E_ARGUMENT);
    assert_true(log_p == 7);
    q[1] = 0; /* an item that can't match and one that must */
    q[0] = 1;
    assert_int_equal(oko_gbt_tail(2, q, 2, &log_p), OKO_OK);
    assert_true(isinf(log_p) && log_p < 0);
    assert_int_equal(oko_gbt_tail(2, q, 1, &log_p), OKO_OK);
    assert_true(log_p == 0);
}

static const double odd_right[6] = { .31, .052, .44, .2017, .633, .111 };
static const double odd_wrong[6] = { .17, .219, .08, .3301, .0093, .402 };

/* Probability of every (c, w) by all 3^n outcomes. */
static void enumerate_m4(int n, double f[7][7])
{
    int total = 1;
    memset(f, 0, 49 * sizeof f[0][0]);
    for (int j = 0; j < n; j++) {
        total *= 3;
    }
    for (int outcome = 0; outcome < total; outcome++) {
        double p = 1;
        int c = 0;
        int w = 0;
        for (int j = 0, rest = outcome; j < n; j++, rest /= 3) {
            int kind = rest % 3;
            p *= kind == 0 ? odd_right[j] : kind == 1 ? odd_wrong[j] : 1 - odd_right[j] - odd_wrong[j];
            c += kind == 0;
            w += kind == 1;
        }
        f[c][w] += p;
    }
}

/* The definition, naively: O(n⁴). */
static double m4_by_definition(int n, double f[7][7], int c, int w)
{
    double tail[7][7] = { { 0 } };
    double p = 0;
    for (int i = 0; i <= n; i++) {
        for (int k = 0; k <= n - i; k++) {
            for (int x = i; x <= n; x++) {
                for (int y = k; y <= n - x; y++) {
                    tail[i][k] += f[x][y];
                }
            }
        }
    }
    for (int i = 0; i <= n; i++) {
        for (int k = 0; k <= n - i; k++) {
            p += tail[i][k] <= tail[c][w] * (1 + 1e-9) ? f[i][k] : 0;
        }
    }
    return p;
}

static void m4_is_its_definition(void **unused)
{
    (void)unused;
    for (int n = 1; n <= 6; n++) {
        double f[7][7];
        enumerate_m4(n, f);
        for (int c = 0; c <= n; c++) {
            for (int w = 0; w <= n - c; w++) {
                double log_p = 1;
                assert_int_equal(oko_m4_tail(n, odd_right, odd_wrong, c, w, &log_p), OKO_OK);
                assert_near(exp(log_p), m4_by_definition(n, f, c, w), 1e-12);
            }
        }
    }
    double log_p = 3;
    assert_int_equal(oko_m4_tail(2, odd_right, odd_wrong, 2, 1, &log_p), OKO_E_ARGUMENT);
    assert_int_equal(oko_m4_tail(OKO_PAIRS_M4_MAX_ITEMS + 1, odd_right, odd_wrong, 2, 1, &log_p), OKO_E_ARGUMENT);
    assert_true(log_p == 3);
}

static void m4_p_is_a_p_value(void **unused)
{
    (void)unused;
    double f[7][7];
    double p[28];
    double mass[28];
    int n = 0;
    enumerate_m4(6, f);
    for (int c = 0; c <= 6; c++) {
        for (int w = 0; w <= 6 - c; w++, n++) {
            assert_int_equal(oko_m4_tail(6, odd_right, odd_wrong, c, w, &p[n]), OKO_OK);
            p[n] = exp(p[n]);
            mass[n] = f[c][w];
        }
    }
    for (int a = 0; a < n; a++) { /* P(p ≤ α) ≤ α at every attainable α */
        double below = 0;
        for (int b = 0; b < n; b++) {
            below += p[b] <= p[a] * (1 + 1e-9) ? mass[b] : 0;
        }
        assert_true(below <= p[a] * (1 + 1e-9));
    }
}

static void m4_far_tail(void **unused)
{
    (void)unused;
    enum { N = 60 };
    double right[N];
    double wrong[N];
    double log_p = 0;
    for (int j = 0; j < N; j++) {
        right[j] = .3;
        wrong[j] = .001;
    }
    /* all the same and wrong: the corner's tail is .001^60 = e^−414; nothing else is as small */
    assert_int_equal(oko_m4_tail(N, right, wrong, 0, N, &log_p), OKO_OK);
    assert_near(log_p, N * log(.001), 1e-9);
}

/* ---- statistics of a pair against all response patterns ---- */

enum { TINY_ITEMS = 4, TINY_OPTIONS = 3, PATTERNS = 81 };

/* Two persons with probabilities of their own; item 2 has two options only. */
static const double tiny_p[2][TINY_ITEMS * TINY_OPTIONS - 1] = {
    { .61, .29, .10, .07, .51, .42, .33, .67, .205, .705, .09 },
    { .34, .06, .60, .22, .19, .59, .81, .19, .415, .385, .20 },
};
static int tiny_offset[TINY_ITEMS + 1] = { 0, 3, 6, 8, 11 };
static const int8_t tiny_options[TINY_ITEMS] = { 3, 3, 2, 3 };
static const int8_t tiny_key[TINY_ITEMS] = { 2, 0, 1, 1 };

/* Pattern number → answers; false when an answer does not exist. Probability of it for a person. */
static bool pattern(int number, int8_t *answer)
{
    for (int j = 0; j < TINY_ITEMS; j++, number /= TINY_OPTIONS) {
        answer[j] = (int8_t)(number % TINY_OPTIONS);
        if (answer[j] >= tiny_options[j]) {
            return false;
        }
    }
    return true;
}

static double pattern_p(int person, const int8_t *answer)
{
    double p = 1;
    for (int j = 0; j < TINY_ITEMS; j++) {
        p *= tiny_p[person][tiny_offset[j] + answer[j]];
    }
    return p;
}

typedef struct tally {
    double matches[TINY_ITEMS + 1];            /* distribution of the number of same answers */
    double both[7][7];                         /* of (same right, same wrong) */
    double mean_a, square_a, mean_b, square_b; /* matches given the answers of a, of b */
    double weighted, weighted_square;
} tally;

static void count_same(const int8_t *x, const int8_t *y, int *right, int *wrong, double *weighted)
{
    *right = *wrong = 0;
    *weighted = 0;
    for (int j = 0; j < TINY_ITEMS; j++) {
        double q = 0;
        for (int t = tiny_offset[j]; t < tiny_offset[j + 1]; t++) {
            q += tiny_p[0][t] * tiny_p[1][t];
        }
        *right += x[j] == y[j] && x[j] == tiny_key[j];
        *wrong += x[j] == y[j] && x[j] != tiny_key[j];
        *weighted += x[j] == y[j] ? -log(q) : 0;
    }
}

/* Every pair of patterns, and the conditional moments given the observed ones. */
static tally enumerate_patterns(const int8_t *a, const int8_t *b)
{
    tally t = { .mean_a = 0 };
    for (int k = 0; k < PATTERNS; k++) {
        int8_t x[TINY_ITEMS];
        int right;
        int wrong;
        double weighted;
        if (!pattern(k, x)) {
            continue;
        }
        count_same(a, x, &right, &wrong, &weighted);
        t.mean_a += pattern_p(1, x) * (right + wrong);
        t.square_a += pattern_p(1, x) * (right + wrong) * (right + wrong);
        count_same(x, b, &right, &wrong, &weighted);
        t.mean_b += pattern_p(0, x) * (right + wrong);
        t.square_b += pattern_p(0, x) * (right + wrong) * (right + wrong);
        for (int m = 0; m < PATTERNS; m++) {
            int8_t y[TINY_ITEMS];
            if (!pattern(m, y)) {
                continue;
            }
            double p = pattern_p(0, x) * pattern_p(1, y);
            count_same(x, y, &right, &wrong, &weighted);
            t.matches[right + wrong] += p;
            t.both[right][wrong] += p;
            t.weighted += p * weighted;
            t.weighted_square += p * weighted * weighted;
        }
    }
    return t;
}

static void check_tiny_pair(const int8_t *a, const int8_t *b)
{
    int8_t answer[2 * TINY_ITEMS];
    uint32_t row[2] = { 0, 1 };
    double p[2 * 11];
    int right;
    int wrong;
    double weighted;
    oko_pair pair;
    memcpy(answer, a, TINY_ITEMS);
    memcpy(answer + TINY_ITEMS, b, TINY_ITEMS);
    memcpy(p, tiny_p, sizeof p);
    oko_responses r = {
        .n_persons = 2, .n_items = TINY_ITEMS, .answer = answer, .n_options = tiny_options, .key = tiny_key
    };
    oko_option_probs probs = {
        .n_persons = 2, .n_items = TINY_ITEMS, .n_rows = 2, .offset = tiny_offset, .row = row, .p = p
    };
    tally t = enumerate_patterns(a, b);
    count_same(a, b, &right, &wrong, &weighted);
    assert_int_equal(oko_pair_test(&r, &probs, 0, 1, OKO_PAIR_ALL, &pair), OKO_OK);
    assert_int_equal(pair.matches, right + wrong);
    assert_int_equal(pair.right, right);
    assert_int_equal(pair.wrong, wrong);
    double tail = 0;
    double mean = 0;
    for (int m = 0; m <= TINY_ITEMS; m++) {
        tail += m >= right + wrong ? t.matches[m] : 0;
        mean += m * t.matches[m];
    }
    assert_near(pair.expected, mean, 1e-12);
    assert_near(pair.gbt_p, tail, 1e-12);
    assert_near(pair.gbt_log_p, log(tail), 1e-11);
    assert_near(pair.m4_p, m4_by_definition(TINY_ITEMS, t.both, right, wrong), 1e-12);
    double omega_a = (right + wrong - t.mean_a) / sqrt(t.square_a - t.mean_a * t.mean_a);
    double omega_b = (right + wrong - t.mean_b) / sqrt(t.square_b - t.mean_b * t.mean_b);
    assert_near(pair.omega_a, omega_a, 1e-10);
    assert_near(pair.omega_b, omega_b, 1e-10);
    assert_near(pair.omega, fmax(omega_a, omega_b), 1e-10);
    assert_near(pair.p_omega, fmin(1, erfc(pair.omega / sqrt(2))), 1e-10);
    double sd = sqrt(t.weighted_square - t.weighted * t.weighted);
    assert_near(pair.womega, (weighted - t.weighted) / sd, 1e-9);
    assert_near(pair.p_womega, .5 * erfc(pair.womega / sqrt(2)), 1e-10);
}

static void a_pair_is_the_sum_over_all_patterns(void **unused)
{
    (void)unused;
    int checked = 0;
    for (int k = 0; k < PATTERNS; k += 2) {
        for (int m = 0; m < PATTERNS; m += 5) {
            int8_t a[TINY_ITEMS];
            int8_t b[TINY_ITEMS];
            if (pattern(k, a) && pattern(m, b)) {
                check_tiny_pair(a, b);
                checked++;
            }
        }
    }
    assert_true(checked > 200);
}

/* ---- all pairs against the twin ---- */

static void assert_same_digits(const oko_pair *x, const oko_pair *y)
{
    assert_int_equal(x->a, y->a);
    assert_int_equal(x->b, y->b);
    assert_int_equal(x->n, y->n);
    assert_int_equal(x->matches, y->matches);
    assert_int_equal(x->right, y->right);
    assert_int_equal(x->wrong, y->wrong);
    assert_int_equal(x->both_missing, y->both_missing);
    const double *from = &x->expected;
    const double *to = &y->expected;
    for (size_t k = 0; k < (offsetof(oko_pair, m4_log_p) - offsetof(oko_pair, expected)) / sizeof *from + 1; k++) {
        if (memcmp(&from[k], &to[k], sizeof *from) != 0 && !(isnan(from[k]) && isnan(to[k]))) {
            fail_msg("pair %u %u, number %zu: %.17g and %.17g", x->a, x->b, k, from[k], to[k]);
        }
    }
}

static void check_twin(const oko_responses *r, const int32_t *within, int min_common)
{
    oko_option_probs *probs = curves_of(r);
    oko_pairs *pairs = NULL;
    oko_pairs_options options = {
        .stats = OKO_PAIR_ALL, .keep_p = 1, .exact = true, .within = within, .threads = 2, .min_common = min_common
    };
    assert_int_equal(oko_pairs_all(r, probs, &options, &pairs), OKO_OK);
    size_t k = 0;
    for (size_t a = 0; a < r->n_persons; a++) {
        uint32_t partners = 0;
        for (size_t b = 0; b < r->n_persons; b++) {
            oko_pair twin;
            if (a == b || (within != NULL && (within[a] != within[b] || within[a] < 0))) {
                continue;
            }
            assert_int_equal(oko_pair_test(r, probs, a, b, OKO_PAIR_ALL, &twin), OKO_OK);
            if (twin.n < min_common) {
                continue;
            }
            partners++;
            if (a < b) {
                assert_true(k < pairs->n);
                assert_same_digits(&pairs->pair[k++], &twin);
            }
        }
        assert_int_equal(pairs->n_partners[a], partners);
    }
    assert_int_equal(pairs->n, k);
    assert_int_equal(pairs->n_compared, k);
    assert_true(k > 0);
    oko_pairs_free(pairs);
    oko_option_probs_free(probs);
}

static void vectors_give_the_digits_of_the_twin(void **unused)
{
    (void)unused;
    pairs_world whole = make_world(83, 21, 0, 1);
    check_twin(&whole.r, NULL, 5);
    free_world(&whole);
    pairs_world gaps = make_world(61, 70, .25, 2);
    gaps.key[3] = gaps.key[66] = -1;
    check_twin(&gaps.r, NULL, 40);
    int32_t within[61];
    for (int i = 0; i < 61; i++) {
        within[i] = i * 5 % 7 - 1;
    }
    check_twin(&gaps.r, within, 1);
    gaps.r.key = NULL;
    check_twin(&gaps.r, NULL, 5);
    gaps.r.marks = true;
    check_twin(&gaps.r, NULL, 5);
    free_world(&gaps);
}

static void threads_leave_no_trace(void **unused)
{
    (void)unused;
    pairs_world w = make_world(150, 30, .05, 3);
    oko_option_probs *probs = curves_of(&w.r);
    oko_pairs *one = NULL;
    oko_pairs_options options = { .stats = OKO_PAIR_ALL, .lead = OKO_PAIR_M4, .keep_p = .2, .threads = 1 };
    assert_int_equal(oko_pairs_all(&w.r, probs, &options, &one), OKO_OK);
    assert_int_equal(oko_pairs_adjust(one, OKO_CORRECTION_NONE, .01), OKO_OK);
    assert_true(one->n > 20 && one->n_groups > 0);
    static const int threads[] = { 2, 8 };
    for (size_t t = 0; t < 2; t++) {
        oko_pairs *more = NULL;
        options.threads = threads[t];
        assert_int_equal(oko_pairs_all(&w.r, probs, &options, &more), OKO_OK);
        assert_int_equal(oko_pairs_adjust(more, OKO_CORRECTION_NONE, .01), OKO_OK);
        assert_int_equal(more->n, one->n);
        assert_int_equal(more->n_compared, one->n_compared);
        for (size_t k = 0; k < one->n; k++) {
            assert_same_digits(&one->pair[k], &more->pair[k]);
            assert_int_equal(one->pair[k].group, more->pair[k].group);
        }
        assert_memory_equal(one->n_partners, more->n_partners, 150 * sizeof *one->n_partners);
        oko_pairs_free(more);
    }
    oko_pairs_free(one);
    oko_option_probs_free(probs);
    free_world(&w);
}

/* Every statistic may lead: what is kept is exactly what its p says, screened or not. */
static void screening_loses_nothing_small(void **unused)
{
    (void)unused;
    static const unsigned leads[] = { OKO_PAIR_GBT, OKO_PAIR_OMEGA, OKO_PAIR_WOMEGA, OKO_PAIR_M4 };
    pairs_world w = make_world(220, 40, 0, 4);
    copy_answers(&w, 3, 90, 30);
    oko_option_probs *probs = curves_of(&w.r);
    for (size_t lead = 0; lead < 4; lead++) {
        oko_pairs *all = NULL;
        oko_pairs *screened = NULL;
        oko_pairs_options options = { .stats = leads[lead], .keep_p = 1, .exact = true, .threads = 1 };
        assert_int_equal(oko_pairs_all(&w.r, probs, &options, &all), OKO_OK);
        assert_int_equal(all->n, 220 * 219 / 2);
        options.exact = false;
        options.keep_p = .002;
        assert_int_equal(oko_pairs_all(&w.r, probs, &options, &screened), OKO_OK);
        size_t at = 0;
        for (size_t k = 0; k < all->n; k++) {
            if (oko_pair_p(&all->pair[k], leads[lead]) <= .002) {
                assert_true(at < screened->n);
                assert_same_digits(&all->pair[k], &screened->pair[at++]);
            }
        }
        assert_int_equal(at, screened->n);
        assert_true(at > 0);
        oko_pairs_free(all);
        oko_pairs_free(screened);
    }
    oko_option_probs_free(probs);
    free_world(&w);
}

/* ---- properties ---- */

static void order_of_persons_items_and_options_does_not_matter(void **unused)
{
    (void)unused;
    enum { N = 60, J = 18 };
    pairs_world w = make_world(N, J, .1, 5);
    pairs_world v = make_world(N, J, .1, 5);
    for (size_t i = 0; i < N; i++) {
        for (size_t j = 0; j < J; j++) {
            size_t to = (j * 5 + 2) % J;
            int8_t a = w.answer[i * J + j];
            v.n_options[to] = w.n_options[j];
            v.key[to] = (int8_t)(w.n_options[j] - 1 - w.key[j]); /* options in reverse */
            v.answer[(i * 7 + 3) % N * J + to] = (int8_t)(a < 0 ? -1 : w.n_options[j] - 1 - a);
        }
    }
    oko_option_probs *pw = curves_of(&w.r);
    oko_option_probs *pv = curves_of(&v.r);
    for (size_t a = 0; a < N; a++) {
        for (size_t b = a + 1; b < N; b++) {
            oko_pair x;
            oko_pair y;
            size_t c = (a * 7 + 3) % N;
            size_t d = (b * 7 + 3) % N;
            assert_int_equal(oko_pair_test(&w.r, pw, a, b, OKO_PAIR_ALL, &x), OKO_OK);
            assert_int_equal(oko_pair_test(&v.r, pv, c, d, OKO_PAIR_ALL, &y), OKO_OK);
            assert_near(x.gbt_log_p, y.gbt_log_p, 1e-9);
            assert_near(x.m4_log_p, y.m4_log_p, 1e-9);
            assert_near(x.womega, y.womega, 1e-9);
            assert_near(x.omega_a, c < d ? y.omega_a : y.omega_b, 1e-9);
        }
    }
    oko_option_probs_free(pw);
    oko_option_probs_free(pv);
    free_world(&w);
    free_world(&v);
}

static void a_blank_takes_the_item_out(void **unused)
{
    (void)unused;
    pairs_world w = make_world(40, 12, 0, 6);
    oko_option_probs *probs = curves_of(&w.r);
    oko_pair full;
    oko_pair less;
    oko_pair without;
    w.answer[0 * 12 + 11] = -1; /* only one of the two leaves the last item out */
    assert_int_equal(oko_pair_test(&w.r, probs, 0, 1, OKO_PAIR_ALL, &less), OKO_OK);
    w.answer[1 * 12 + 11] = -1;
    assert_int_equal(oko_pair_test(&w.r, probs, 0, 1, OKO_PAIR_ALL, &full), OKO_OK);
    assert_int_equal(full.n, 11);
    assert_int_equal(less.n, 11);
    assert_int_equal(less.both_missing, 0);
    assert_int_equal(full.both_missing, 1);
    assert_near(full.gbt_p, less.gbt_p, 0);
    assert_near(full.omega, less.omega, 0);
    int8_t answer[2 * 11]; /* the test without that item */
    memcpy(answer, w.answer, 11);
    memcpy(answer + 11, w.answer + 12, 11);
    uint32_t row[2] = { 0, 1 };
    double p[2 * 64];
    size_t columns = (size_t)probs->offset[11];
    memcpy(p, oko_option_probs_of(probs, 0), columns * sizeof *p);
    memcpy(p + columns, oko_option_probs_of(probs, 1), columns * sizeof *p);
    oko_responses r = { .n_persons = 2, .n_items = 11, .answer = answer, .n_options = w.n_options, .key = w.key };
    oko_option_probs short_probs = {
        .n_persons = 2, .n_items = 11, .n_rows = 2, .offset = probs->offset, .row = row, .p = p
    };
    assert_int_equal(oko_pair_test(&r, &short_probs, 0, 1, OKO_PAIR_ALL, &without), OKO_OK);
    assert_near(without.gbt_log_p, full.gbt_log_p, 1e-12);
    assert_near(without.m4_log_p, full.m4_log_p, 1e-12);
    assert_near(without.womega, full.womega, 0);
    oko_option_probs_free(probs);
    free_world(&w);
}

static void nothing_in_common_is_not_a_number(void **unused)
{
    (void)unused;
    pairs_world w = make_world(30, 6, 0, 8);
    oko_pair pair;
    for (int j = 0; j < 6; j++) {
        w.answer[j < 3 ? j : 6 + j] = -1;
    }
    oko_option_probs *probs = curves_of(&w.r);
    assert_int_equal(oko_pair_test(&w.r, probs, 0, 1, OKO_PAIR_ALL, &pair), OKO_OK);
    assert_int_equal(pair.n, 0);
    assert_true(isnan(pair.gbt_p) && isnan(pair.omega) && isnan(pair.p_omega) && isnan(pair.m4_p));
    assert_int_equal(oko_pair_test(&w.r, probs, 1, 1, OKO_PAIR_ALL, &pair), OKO_E_ARGUMENT);
    assert_int_equal(oko_pair_test(&w.r, probs, 1, 30, OKO_PAIR_ALL, &pair), OKO_E_ARGUMENT);
    oko_option_probs_free(probs);
    free_world(&w);
}

static void a_copied_work_is_found(void **unused)
{
    (void)unused;
    pairs_world w = make_world(300, 40, .02, 9);
    copy_answers(&w, 17, 201, 32);
    copy_answers(&w, 201, 45, 36);
    oko_option_probs *probs = curves_of(&w.r);
    static const unsigned leads[] = { OKO_PAIR_GBT, OKO_PAIR_OMEGA, OKO_PAIR_WOMEGA, OKO_PAIR_M4 };
    for (size_t k = 0; k < 4; k++) {
        oko_pairs *pairs = NULL;
        oko_pairs_options options = { .stats = OKO_PAIR_ALL, .lead = leads[k] };
        assert_int_equal(oko_pairs_all(&w.r, probs, &options, &pairs), OKO_OK);
        assert_int_equal(oko_pairs_adjust(pairs, OKO_CORRECTION_BONFERRONI, .01), OKO_OK);
        int flagged = 0;
        for (size_t m = 0; m < pairs->n; m++) {
            const oko_pair *pair = &pairs->pair[m];
            bool ring = (pair->a == 17 || pair->a == 45) && (pair->b == 45 || pair->b == 201);
            assert_true(!pair->flag || ring);
            assert_int_equal(pair->group, pair->flag ? 1 : 0);
            flagged += pair->flag;
        }
        assert_true(flagged >= 2);
        assert_int_equal(pairs->n_groups, 1);
        oko_pairs_free(pairs);
    }
    oko_option_probs_free(probs);
    free_world(&w);
}

/* ---- corrections and groups ---- */

static oko_pairs made_pairs(oko_pair *pair, uint32_t *partners)
{
    static const double p[4] = { .004, .00009, .02, .0011 };
    static const uint32_t of[4][2] = { { 0, 1 }, { 1, 4 }, { 2, 3 }, { 2, 5 } };
    for (size_t k = 0; k < 4; k++) {
        memset(&pair[k], 0, sizeof pair[k]);
        pair[k].a = of[k][0];
        pair[k].b = of[k][1];
        pair[k].gbt_p = p[k];
    }
    for (uint32_t i = 0; i < 6; i++) {
        partners[i] = i + 1;
    }
    return (oko_pairs){ .n_persons = 6,
                        .stats = OKO_PAIR_GBT,
                        .lead = OKO_PAIR_GBT,
                        .n_compared = 20,
                        .n_partners = partners,
                        .n = 4,
                        .pair = pair };
}

static void corrections_are_what_they_say(void **unused)
{
    (void)unused;
    oko_pair pair[4];
    uint32_t partners[6];
    oko_pairs pairs = made_pairs(pair, partners);
    static const double expected[4][4] = { { .08, .0018, .4, .022 },
                                           { .008, .00045, .08, .0066 },
                                           { .08 / 3, .0018, .1, .011 },
                                           { .004, .00009, .02, .0011 } };
    for (int c = 0; c < 4; c++) {
        assert_int_equal(oko_pairs_adjust(&pairs, (oko_correction)c, .0225), OKO_OK);
        for (size_t k = 0; k < 4; k++) {
            assert_near(pair[k].p_adjusted, expected[c][k], 1e-15);
            assert_int_equal(pair[k].flag, expected[c][k] <= .0225);
        }
    }
    assert_int_equal(pairs.n_groups, 2); /* uncorrected all four: 0–1–4 and 2–3, 2–5 */
    assert_int_equal(pair[0].group, 1);
    assert_int_equal(pair[1].group, 1);
    assert_int_equal(pair[2].group, 2);
    assert_int_equal(pair[3].group, 2);
    pair[1].gbt_p = NAN;
    assert_int_equal(oko_pairs_adjust(&pairs, OKO_CORRECTION_BH, .9), OKO_OK);
    assert_true(isnan(pair[1].p_adjusted));
    assert_false(pair[1].flag);
    assert_int_equal(oko_pairs_adjust(&pairs, (oko_correction)9, .1), OKO_E_ARGUMENT);
    assert_int_equal(oko_pairs_adjust(&pairs, OKO_CORRECTION_BH, 1.1), OKO_E_ARGUMENT);
}

static void groups_are_connected_persons(void **unused)
{
    (void)unused;
    static const uint32_t from[] = { 9, 4, 2, 7, 4 };
    static const uint32_t to[] = { 4, 6, 3, 2, 9 };
    static const uint32_t expected[10] = { 0, 0, 1, 1, 2, 0, 2, 1, 0, 2 };
    uint32_t group[10];
    uint32_t n = 0;
    assert_int_equal(oko_groups(10, 5, from, to, group, &n), OKO_OK);
    assert_memory_equal(group, expected, sizeof group);
    assert_int_equal(n, 2);
    assert_int_equal(oko_groups(9, 5, from, to, group, &n), OKO_E_ARGUMENT);
    assert_int_equal(oko_groups(3, 0, NULL, NULL, group, NULL), OKO_OK);
    assert_int_equal(group[0] + group[1] + group[2], 0);
}

/* ---- refusals, cancelling, memory ---- */

static bool stop_at_once(void *ctx, uint64_t done, uint64_t total)
{
    assert_true(done >= 1 && done <= total);
    (*(int *)ctx)++;
    return false;
}

static void refusals(void **unused)
{
    (void)unused;
    pairs_world w = make_world(30, 8, 0, 10);
    oko_option_probs *probs = curves_of(&w.r);
    oko_pairs *pairs = NULL;
    int told = 0;
    oko_pairs_options options = { .stats = OKO_PAIR_GBT, .lead = OKO_PAIR_M4 };
    assert_int_equal(oko_pairs_all(&w.r, probs, &options, &pairs), OKO_E_ARGUMENT); /* the lead is not asked for */
    options = (oko_pairs_options){ .stats = 16 };
    assert_int_equal(oko_pairs_all(&w.r, probs, &options, &pairs), OKO_E_ARGUMENT);
    options = (oko_pairs_options){ .keep_p = NAN };
    assert_int_equal(oko_pairs_all(&w.r, probs, &options, &pairs), OKO_E_ARGUMENT);
    options = (oko_pairs_options){ .go_on = stop_at_once, .ctx = &told, .threads = 1 };
    assert_int_equal(oko_pairs_all(&w.r, probs, &options, &pairs), OKO_E_CANCELLED);
    assert_int_equal(told, 1);
    w.r.n_items = 7;
    assert_int_equal(oko_pairs_all(&w.r, probs, NULL, &pairs), OKO_E_ARGUMENT); /* probabilities of another test */
    w.r.n_items = 8;
    w.answer[5] = 9;
    assert_int_equal(oko_pairs_all(&w.r, probs, NULL, &pairs), OKO_E_ARGUMENT);
    assert_null(pairs);
    oko_option_probs_free(probs);
    free_world(&w);
}

static oko_status whole_way(const oko_responses *r)
{
    oko_option_probs *probs = NULL;
    oko_pairs *pairs = NULL;
    oko_pairs_options options = { .stats = OKO_PAIR_ALL, .keep_p = .3, .threads = 1 };
    oko_pair pair;
    oko_status status = oko_option_curves(r, NULL, &probs);
    if (status == OKO_OK) {
        status = oko_pair_test(r, probs, 0, 1, OKO_PAIR_ALL, &pair);
    }
    if (status == OKO_OK) {
        status = oko_pairs_all(r, probs, &options, &pairs);
    }
    if (status == OKO_OK) {
        status = oko_pairs_adjust(pairs, OKO_CORRECTION_BH, .1);
    }
    oko_option_probs_free(probs);
    oko_pairs_free(pairs);
    return status;
}

static void every_allocation_may_fail(void **unused)
{
    (void)unused;
    pairs_world w = make_world(40, 9, .1, 11);
    size_t n = 1;
    for (;; n++) {
        failing_alloc_arm(n);
        oko_status status = whole_way(&w.r);
        if (!failing_alloc_disarm()) {
            assert_int_equal(status, OKO_OK);
            break;
        }
        assert_int_equal(status, OKO_E_MEMORY);
    }
    assert_true(n > 20);
    double log_p;
    failing_alloc_arm(1);
    assert_int_equal(oko_gbt_tail(9, odd_q, 3, &log_p), OKO_E_MEMORY);
    failing_alloc_arm(2);
    assert_int_equal(oko_m4_tail(6, odd_right, odd_wrong, 2, 1, &log_p), OKO_E_MEMORY);
    (void)failing_alloc_disarm();
    free_world(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gbt_is_the_sum_over_all_outcomes),
        cmocka_unit_test(gbt_keeps_its_digits_in_the_far_tail),
        cmocka_unit_test(gbt_refuses_what_is_no_probability),
        cmocka_unit_test(m4_is_its_definition),
        cmocka_unit_test(m4_p_is_a_p_value),
        cmocka_unit_test(m4_far_tail),
        cmocka_unit_test(a_pair_is_the_sum_over_all_patterns),
        cmocka_unit_test(vectors_give_the_digits_of_the_twin),
        cmocka_unit_test(threads_leave_no_trace),
        cmocka_unit_test(screening_loses_nothing_small),
        cmocka_unit_test(order_of_persons_items_and_options_does_not_matter),
        cmocka_unit_test(a_blank_takes_the_item_out),
        cmocka_unit_test(nothing_in_common_is_not_a_number),
        cmocka_unit_test(a_copied_work_is_found),
        cmocka_unit_test(corrections_are_what_they_say),
        cmocka_unit_test(groups_are_connected_persons),
        cmocka_unit_test(refusals),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
