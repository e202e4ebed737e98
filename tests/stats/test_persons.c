/*
 * Person fit against exact enumeration over all patterns of a short test and against the definitions, pair by pair;
 * calibration of lz* in simulation.
 */
#include <oko/persons.h>

#include "base/memory.h"
#include "base/random.h"
#include "stats/persons_work.h"
#include "support/failing_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"

enum { MOST = 7, ITEMS = 7, PERSONS = 60 };

static const double EXACT = 1e-10;

typedef struct world {
    oko_scores scores;
    int8_t *score, *item_max;
    oko_irt *irt;
} world;

static void world_free(world *w)
{
    free(w->score);
    free(w->item_max);
    oko_irt_free(w->irt);
}

static world world_make(oko_irt_kind kind, size_t n, int items, int marks, double missing, uint64_t seed)
{
    world w = { 0 };
    oko_rng rng = oko_rng_make(seed, (uint64_t)items);
    bool slopes = kind == OKO_IRT_2PL || kind == OKO_IRT_GPCM;
    double *slope = malloc((size_t)items * sizeof *slope);
    double *c = malloc((size_t)(items * marks) * sizeof *c);
    size_t at = 0;
    w.score = malloc(n * (size_t)items);
    w.item_max = malloc((size_t)items);
    for (int j = 0; j < items; j++) {
        double sum = 0;
        w.item_max[j] = (int8_t)(marks > 1 ? 1 + j % marks : 1);
        slope[j] = slopes ? exp(.3 * oko_rng_normal(&rng)) : 1;
        for (int k = 0; k < w.item_max[j]; k++) {
            sum -= slope[j] * oko_rng_normal(&rng);
            c[at++] = sum;
        }
    }
    assert_int_equal(oko_irt_given(kind, items, w.item_max, slope, c, 1, &w.irt), OKO_OK);
    for (size_t i = 0; i < n; i++) {
        double theta = oko_rng_normal(&rng);
        for (int j = 0; j < items; j++) {
            double p[MOST], u = oko_rng_uniform(&rng);
            int k = 0;
            assert_int_equal(oko_irt_probabilities(w.irt, j, theta, p), OKO_OK);
            while (k < w.item_max[j] && u >= p[k]) {
                u -= p[k++];
            }
            w.score[i * (size_t)items + (size_t)j] = (int8_t)(oko_rng_uniform(&rng) < missing ? -1 : k);
        }
    }
    w.scores = (oko_scores){ n, items, w.score, w.item_max };
    free(slope);
    free(c);
    return w;
}

/* Next pattern over the answered items, as an odometer; false after the last. */
static bool next_pattern(const world *w, const int8_t *row, int8_t *x)
{
    for (int j = 0; j < w->scores.n_items; j++) {
        if (row[j] >= 0) {
            if (x[j] < w->item_max[j]) {
                x[j]++;
                return true;
            }
            x[j] = 0;
        }
    }
    return false;
}

static void first_pattern(const world *w, const int8_t *row, int8_t *x)
{
    for (int j = 0; j < w->scores.n_items; j++) {
        x[j] = row[j] < 0 ? -1 : 0;
    }
}

/* log P of a pattern and Σ a·x at θ. */
static double pattern_log(const world *w, const int8_t *x, double theta, double *ret_s)
{
    double l = 0;
    *ret_s = 0;
    for (int j = 0; j < w->scores.n_items; j++) {
        double p[MOST];
        if (x[j] >= 0) {
            assert_int_equal(oko_irt_probabilities(w->irt, j, theta, p), OKO_OK);
            l += log(p[x[j]]);
            *ret_s += w->irt->slope[j] * x[j];
        }
    }
    return l;
}

/* lz, lz*, its centre and skewness by enumerating every pattern that the person could have given. */
static void check_likelihood(const world *w, const int8_t *row, const oko_person *p)
{
    int8_t x[ITEMS];
    double s, e_l = 0, e_s = 0, ll = 0, ls = 0, ss = 0, rrr = 0, rss = 0;
    for (int pass = 0; pass < 3; pass++) {
        double beta = pass == 2 ? ls / ss : 0;
        first_pattern(w, row, x);
        do {
            double l = pattern_log(w, x, p->theta, &s);
            double prob = exp(l), dl = l - e_l, ds = s - e_s, r = dl - beta * ds;
            if (pass == 0) {
                e_l += prob * l;
                e_s += prob * s;
            } else if (pass == 1) {
                ll += prob * dl * dl;
                ls += prob * dl * ds;
                ss += prob * ds * ds;
            } else {
                rrr += prob * r * r * r;
                rss += prob * r * ds * ds;
            }
        } while (next_pattern(w, row, x));
    }
    double l0 = pattern_log(w, row, p->theta, &s), beta = ls / ss, sd = sqrt(ll - beta * ls);
    assert_near(p->lz, (l0 - e_l) / sqrt(ll), EXACT);
    if (p->why_lzstar == OKO_WHY_NONE) {
        double star = (l0 - e_l - beta * (s - e_s)) / sd;
        assert_near(p->lzstar, star, EXACT);
        assert_near(p->lzstar_z, star + .5 * rss / (ss * sd), EXACT);
        assert_near(p->lzstar_skew, rrr / (sd * sd * sd), EXACT);
        assert_near(p->lzstar_p, exp(p->lzstar_log_p), 1e-15);
    } else {
        assert_true(isnan(p->lzstar) && isnan(p->lzstar_p));
    }
}

static void lz_by_enumeration(void **unused)
{
    (void)unused;
    static const oko_irt_kind kinds[] = { OKO_IRT_RASCH, OKO_IRT_2PL, OKO_IRT_PCM, OKO_IRT_GPCM };
    int computed = 0;
    for (int t = 0; t < 16; t++) {
        world w = world_make(kinds[t / 4], PERSONS, ITEMS, t >= 8 ? 3 : 1, t % 2 == 0 ? 0 : .2, 100 + (uint64_t)t);
        oko_person out[PERSONS];
        oko_persons_options o = { .stats = OKO_PERSON_LZ | OKO_PERSON_LZSTAR,
                                  .ability = t % 4 < 2 ? OKO_IRT_WLE : OKO_IRT_MLE };
        assert_int_equal(oko_persons(&w.scores, w.irt, &o, out), OKO_OK);
        for (size_t i = 0; i < PERSONS; i++) {
            if (isfinite(out[i].lz)) {
                check_likelihood(&w, w.score + ITEMS * i, &out[i]);
                computed += isfinite(out[i].lzstar);
            }
            assert_true(out[i].why_ht == OKO_WHY_NOT_ASKED && isnan(out[i].ht) && isnan(out[i].u3) && isnan(out[i].g));
        }
        world_free(&w);
    }
    assert_true(computed > 800);
}

/* H^T pair by pair over the items both answered. */
static double ht_by_definition(const world *w, size_t n, const uint8_t *leave_out)
{
    double cov = 0, most = 0;
    for (size_t m = 0; m < w->scores.n_persons; m++) {
        double items = 0, both = 0, a = 0, b = 0;
        for (int j = 0; j < w->scores.n_items; j++) {
            int x = w->score[n * (size_t)w->scores.n_items + (size_t)j];
            int y = w->score[m * (size_t)w->scores.n_items + (size_t)j];
            if (x >= 0 && y >= 0) {
                items++;
                both += x * y;
                a += x;
                b += y;
            }
        }
        if (m != n && items > 0 && (leave_out == NULL || leave_out[m] == 0)) {
            a /= items;
            b /= items;
            cov += both / items - a * b;
            most += fmin(a, b) * (1 - fmax(a, b));
        }
    }
    return cov / most;
}

static void ht_pair_by_pair(void **unused)
{
    (void)unused;
    int computed = 0;
    for (int t = 0; t < 4; t++) {
        world w = world_make(OKO_IRT_2PL, 90, 71, 1, t % 2 == 0 ? 0 : .3, 31 + (uint64_t)t);
        uint8_t leave_out[90] = { 1, 0, 0, 1 };
        oko_person out[90];
        oko_persons_options o = { .stats = OKO_PERSON_HT, .leave_out = t < 2 ? NULL : leave_out };
        assert_int_equal(oko_persons(&w.scores, NULL, &o, out), OKO_OK);
        for (size_t i = 0; i < 90; i++) {
            if (out[i].score == 0 || out[i].score == out[i].most) {
                assert_true(isnan(out[i].ht) && out[i].why_ht == OKO_WHY_EXTREME);
                continue;
            }
            assert_near(out[i].ht, ht_by_definition(&w, i, o.leave_out), EXACT);
            computed++;
        }
        world_free(&w);
    }
    assert_true(computed > 350);
}

/* Share of the persons counted who have at least k marks on item j, and whether it tells persons apart. */
static double step_share(const world *w, const uint8_t *leave_out, int j, int k)
{
    double n = 0, above = 0;
    for (size_t i = 0; i < w->scores.n_persons; i++) {
        int x = w->score[i * (size_t)w->scores.n_items + (size_t)j];
        if (x >= 0 && (leave_out == NULL || leave_out[i] == 0)) {
            n++;
            above += x >= k;
        }
    }
    return n > 0 ? above / n : 0;
}

/* Guttman errors and Σ logit of one pattern, step against step. */
static void pattern_order(const world *w, double (*share)[MOST], const int8_t *x, double *ret_errors, double *ret_w)
{
    double errors = 0, sum = 0;
    for (int j = 0; j < w->scores.n_items; j++) {
        for (int k = 1; x[j] >= 0 && k <= w->item_max[j]; k++) {
            double p = share[j][k];
            sum += x[j] >= k && p > 0 && p < 1 ? log(p / (1 - p)) : 0;
            for (int l = 0; l < w->scores.n_items; l++) {
                for (int m = 1; x[l] >= 0 && l != j && m <= w->item_max[l]; m++) {
                    bool wrong_way = x[j] >= k && x[l] < m; /* step (j, k) passed, (l, m) failed */
                    errors += wrong_way && share[l][m] > p ? 1 : wrong_way && share[l][m] == p ? .5 : 0;
                }
            }
        }
    }
    *ret_errors = errors;
    *ret_w = sum;
}

static int total_of(const world *w, const int8_t *x)
{
    int total = 0;
    for (int j = 0; j < w->scores.n_items; j++) {
        total += x[j] > 0 ? x[j] : 0;
    }
    return total;
}

static void check_order(const world *w, double (*share)[MOST], const int8_t *row, const oko_person *p)
{
    int8_t x[ITEMS];
    double most = 0, low = INFINITY, high = -INFINITY, errors, sum;
    first_pattern(w, row, x);
    do {
        if (total_of(w, x) == total_of(w, row)) {
            pattern_order(w, share, x, &errors, &sum);
            most = fmax(most, errors);
            low = fmin(low, sum);
            high = fmax(high, sum);
        }
    } while (next_pattern(w, row, x));
    pattern_order(w, share, row, &errors, &sum);
    if (p->n < 1 || p->most < 2) {
        assert_true(p->why_g == OKO_WHY_FEW_ITEMS && isnan(p->g));
        return;
    }
    assert_near(p->g, errors, EXACT);
    if (most > 0) {
        assert_near(p->g_normed, errors / most, EXACT);
    } else {
        assert_true(isnan(p->g_normed) && p->why_g == OKO_WHY_EXTREME);
    }
    if (high - low > 1e-9) {
        assert_near(p->u3, (high - sum) / (high - low), EXACT);
    } else {
        assert_true(isnan(p->u3) && p->why_u3 != OKO_WHY_NONE);
    }
}

/* 977 persons and 7 items: shares without ties, so that maxima over patterns are the closed forms. */
static void order_by_enumeration(void **unused)
{
    (void)unused;
    int computed = 0;
    for (int t = 0; t < 12; t++) {
        world w = world_make(t % 2 == 0 ? OKO_IRT_2PL : OKO_IRT_GPCM, 977, ITEMS, t % 2 == 0 ? 1 : 3,
                             t % 4 < 2 ? 0 : .2, 200 + (uint64_t)t);
        uint8_t leave_out[977] = { 1, 1, 0, 1 };
        oko_person *out = malloc(977 * sizeof *out);
        oko_persons_options o = { .stats = OKO_PERSON_U3 | OKO_PERSON_G, .leave_out = t < 6 ? NULL : leave_out };
        double share[ITEMS][MOST];
        for (int j = 0; j < ITEMS; j++) {
            for (int k = 1; k <= w.item_max[j]; k++) {
                share[j][k] = step_share(&w, o.leave_out, j, k);
            }
        }
        assert_int_equal(oko_persons(&w.scores, NULL, &o, out), OKO_OK);
        for (size_t i = 0; i < 977; i += 13) {
            check_order(&w, share, w.score + ITEMS * i, &out[i]);
            computed += isfinite(out[i].u3) && isfinite(out[i].g_normed);
        }
        free(out);
        world_free(&w);
    }
    assert_true(computed > 700);
}

/* A worked example done by hand: shares .8 .6 .6 .4 .2 of five persons. */
static void worked_example(void **unused)
{
    (void)unused;
    static const int8_t max[] = { 1, 1, 1, 1, 1 };
    static const int8_t score[] = {
        1, 1, 1, 1, 0, /* perfect order: no error */
        1, 1, 1, 0, 0, /* the same */
        1, 1, 0, 0, 0, /* one pair of equal difficulty: half an error */
        1, 0, 1, 1, 0, /* item 2 failed while item 4 (1) and its equal item 3 (½) were passed */
        0, 0, 0, 0, 1, /* reversed: 4 errors of 4 */
    };
    oko_scores s = { 5, 5, score, max };
    oko_person out[5];
    assert_int_equal(oko_persons(&s, NULL, NULL, out), OKO_OK);
    static const double g[] = { 0, 0, .5, 1.5, 4 }, normed[] = { 0, 0, .5 / 6, 1.5 / 6, 1 };
    for (int i = 0; i < 5; i++) {
        assert_near(out[i].g, g[i], EXACT);
        assert_near(out[i].g_normed, normed[i], EXACT);
        assert_true(out[i].why_lz == OKO_WHY_NO_MODEL && out[i].why_lzstar == OKO_WHY_NO_MODEL);
        assert_true(out[i].n == 5 && out[i].most == 5);
    }
    assert_near(out[4].u3, 1, EXACT);
    assert_near(out[0].u3, 0, EXACT);
    /* fourth: W = ln 4 + ln 1.5 − ln 1.5; best ln 4 + 2 ln 1.5; worst ln 1.5 − ln 1.5 − ln 4 */
    assert_near(out[3].u3, 2 * log(1.5) / (2 * log(4) + 2 * log(1.5)), EXACT);
    /* standardised: Σpλ = .8 ln4 + 1.2 ln1.5 − .4 ln1.5 − .2 ln4, Σpq = 1.04, Σpqλ by symmetry .24 ln 1.5 */
    double l4 = log(4), l15 = log(1.5), c = .24 * l15, v = .32 * l4 * l4 + .72 * l15 * l15 - c * c / 1.04;
    double expected = .6 * l4 + .8 * l15 + c / 1.04 * (3 - 2.6);
    assert_near(out[3].u3_z, (expected - l4) / sqrt(v), EXACT);
    assert_near(out[3].u3_p, .5 * erfc(out[3].u3_z / sqrt(2)), 1e-12);
}

static void reasons(void **unused)
{
    (void)unused;
    world w = world_make(OKO_IRT_PCM, 50, ITEMS, 3, 0, 4);
    for (int j = 0; j < ITEMS; j++) {
        w.score[j] = 0;
        w.score[ITEMS + j] = w.item_max[j];
        w.score[2 * ITEMS + j] = -1;
        w.score[3 * ITEMS + j] = (int8_t)(j == 3 ? 0 : -1);
    }
    oko_person out[50];
    assert_int_equal(oko_persons(&w.scores, w.irt, NULL, out), OKO_OK);
    for (int i = 0; i < 2; i++) {
        assert_true(out[i].why_lzstar == OKO_WHY_EXTREME && isnan(out[i].lzstar_p) && isfinite(out[i].lz));
        assert_true(out[i].why_u3 == OKO_WHY_EXTREME && isnan(out[i].u3));
        assert_true(out[i].g == 0 && isnan(out[i].g_normed));
        assert_int_equal(out[i].why_ht, OKO_WHY_SEVERAL_MARKS);
    }
    assert_true(out[2].n == 0 && out[2].why_lz == OKO_WHY_FEW_ITEMS && isnan(out[2].lz) && isnan(out[2].theta));
    assert_true(out[2].why_u3 == OKO_WHY_FEW_ITEMS && out[2].why_g == OKO_WHY_FEW_ITEMS && isnan(out[2].g));
    assert_true(isnan(out[3].lzstar));
    assert_string_equal(oko_person_why_name(OKO_WHY_SEVERAL_MARKS), "several_marks");
    assert_string_equal(oko_person_why_name((oko_person_why)99), "");
    oko_persons_options o = { .ability = OKO_IRT_EAP };
    assert_int_equal(oko_persons(&w.scores, w.irt, &o, out), OKO_OK);
    assert_true(out[9].why_lzstar == OKO_WHY_NO_MODEL && isfinite(out[9].lz));
    o = (oko_persons_options){ .stats = 32 };
    assert_int_equal(oko_persons(&w.scores, w.irt, &o, out), OKO_E_ARGUMENT);
    assert_int_equal(oko_persons(&w.scores, w.irt, NULL, NULL), OKO_E_ARGUMENT);
    w.item_max[0] = 2; /* the model was made for 1 */
    assert_int_equal(oko_persons(&w.scores, w.irt, NULL, out), OKO_E_ARGUMENT);
    world_free(&w);
}

/* Density of Pearson III by its definition, integrated from z down by Simpson's rule. */
static double tail_by_integration(double z, double skew)
{
    enum { STEPS = 200000 };
    double k = 4 / (skew * skew), x0 = k - z * sqrt(k), h = 60 * sqrt(k) / STEPS, sum = 0;
    if (x0 < 0) {
        return 1;
    }
    for (int i = 0; i <= STEPS; i++) {
        double x = x0 + i * h, weight = i == 0 || i == STEPS ? 1 : i % 2 == 1 ? 4 : 2;
        sum += weight * exp((k - 1) * (log(x) - log(x0)) - (x - x0));
    }
    return (k - 1) * log(x0) - x0 - lgamma(k) + log(sum * h / 3);
}

static void tail_of_a_skewed_statistic(void **unused)
{
    (void)unused;
    static const double z[] = { 1.3, .2, -.7, -2.33, -4.1, -9.7, -31.3 };
    static const double skew[] = { -.00201, -.07, -.31, -.83 };
    for (size_t i = 0; i < sizeof z / sizeof z[0]; i++) {
        for (size_t k = 0; k < sizeof skew / sizeof skew[0]; k++) {
            double log_p = person_tail(z[i], skew[k]);
            assert_near(log_p, tail_by_integration(z[i], skew[k]), 1e-8 * (1 + fabs(log_p)));
        }
        assert_near(person_tail(z[i], -.00199) / person_tail(z[i], -.00201), 1, 1e-3); /* the two branches meet */
        assert_near(exp(person_tail(z[i], .4)), .5 * erfc(-z[i] / sqrt(2)), 1e-14);
    }
    assert_true(person_tail(-38, -.5) > -400 && person_tail(-38, -.5) < -50);
    assert_true(isnan(person_tail(NAN, -.1)));
}

/* Share of honest persons with p ≤ 1 % and 5 %; items estimated from the same persons. */
static void calibration(void **unused)
{
    (void)unused;
    static const int lengths[] = { 15, 25, 40 };
    static const oko_irt_kind kinds[] = { OKO_IRT_RASCH, OKO_IRT_2PL, OKO_IRT_GPCM };
    for (int t = 0; t < 9; t++) {
        oko_irt_kind kind = kinds[t % 3];
        double n = 0, one = 0, five = 0, plain = 0;
        for (uint64_t rep = 0; rep < 6; rep++) {
            world w = world_make(kind, 2000, lengths[t / 3], kind == OKO_IRT_GPCM ? 3 : 1, .05, 1000 * rep + 9);
            oko_person *out = malloc(2000 * sizeof *out);
            oko_irt *irt = NULL;
            oko_irt_options fit = { .kind = kind };
            oko_persons_options o = { .stats = OKO_PERSON_LZSTAR };
            assert_int_equal(oko_irt_fit(&w.scores, &fit, &irt), OKO_OK);
            assert_int_equal(oko_persons(&w.scores, irt, &o, out), OKO_OK);
            for (size_t i = 0; i < 2000; i++) {
                n += isfinite(out[i].lzstar_p);
                one += out[i].lzstar_p <= .01;
                five += out[i].lzstar_p <= .05;
                plain += out[i].lzstar <= -2.3263478740408408;
            }
            oko_irt_free(irt);
            free(out);
            world_free(&w);
        }
        print_message("items %d model %d: p <= 1 %%: %.4f, p <= 5 %%: %.4f (plain lz*, normal, 1 %%: %.4f)\n",
                      lengths[t / 3], (int)kind, one / n, five / n, plain / n);
        assert_true(n > 11500);
        assert_near(one / n, .01, .0027); /* three standard errors of 12 000 */
        assert_near(five / n, .05, .0065);
        assert_true(plain > one);
    }
}

/* Persons who answered half of the test by chance are found; the others stay at their level. */
static void unusual_patterns_are_found(void **unused)
{
    (void)unused;
    world w = world_make(OKO_IRT_2PL, 2000, 40, 1, 0, 77);
    oko_rng rng = oko_rng_make(3, 3);
    for (size_t i = 0; i < 200; i++) { /* easy half at random, hard half as it is */
        for (size_t j = 0; j < 40; j++) {
            double b;
            assert_int_equal(oko_irt_difficulty(w.irt, (int)j, 1, &b), OKO_OK);
            w.score[40 * i + j] = b < 0 ? (int8_t)(oko_rng_uniform(&rng) < .25) : w.score[40 * i + j];
        }
    }
    oko_person *out = malloc(2000 * sizeof *out);
    assert_int_equal(oko_persons(&w.scores, w.irt, NULL, out), OKO_OK);
    double found[2] = { 0, 0 }, ht[2] = { 0, 0 }, u3[2] = { 0, 0 }, g[2] = { 0, 0 };
    for (size_t i = 0; i < 2000; i++) {
        found[i >= 200] += out[i].lzstar_p <= .01;
        ht[i >= 200] += isfinite(out[i].ht) ? out[i].ht : 0;
        u3[i >= 200] += isfinite(out[i].u3) ? out[i].u3 : 0;
        g[i >= 200] += isfinite(out[i].g_normed) ? out[i].g_normed : 0;
    }
    assert_true(found[0] / 200 > .4 && found[1] / 1800 < .016);
    assert_true(ht[0] / 200 < .5 * ht[1] / 1800);
    assert_true(u3[0] / 200 > 1.5 * u3[1] / 1800 && g[0] / 200 > 1.5 * g[1] / 1800);
    free(out);
    world_free(&w);
}

static void lz_by_rest_curves(void **unused)
{
    (void)unused;
    world w = world_make(OKO_IRT_GPCM, 3000, 30, 3, .05, 21);
    oko_rest_curves *c = NULL;
    oko_person *out = malloc(3000 * sizeof *out);
    assert_int_equal(oko_rest_curves_fit(&w.scores, NULL, &c), OKO_OK);
    oko_persons_options o = { .stats = OKO_PERSON_LZ, .curves = c };
    assert_int_equal(oko_persons(&w.scores, NULL, &o, out), OKO_OK);
    double n = 0, low = 0, mean = 0;
    for (size_t i = 0; i < 3000; i++) {
        assert_true(isnan(out[i].theta));
        n += isfinite(out[i].lz);
        mean += isfinite(out[i].lz) ? out[i].lz : 0;
        low += out[i].lz_p <= .05;
    }
    assert_true(n >= 2995);
    assert_near(mean / n, 0, .25);
    assert_true(low / n < .05);
    /* one person by definition */
    const int8_t *row = w.score;
    double sum = 0, variance = 0;
    for (int j = 0; j < 30; j++) {
        double p[MOST], first = 0, second = 0;
        if (row[j] < 0) {
            continue;
        }
        double share = (double)(out[0].score - row[j]) / (out[0].most - w.item_max[j]);
        assert_int_equal(oko_rest_curves_probabilities(c, j, share, p), OKO_OK);
        for (int k = 0; k <= w.item_max[j]; k++) {
            first += p[k] > 0 ? p[k] * log(p[k]) : 0;
            second += p[k] > 0 ? p[k] * log(p[k]) * log(p[k]) : 0;
        }
        sum += log(p[row[j]]) - first;
        variance += second - first * first;
    }
    assert_near(out[0].lz, sum / sqrt(variance), EXACT);
    oko_rest_curves_free(c);
    free(out);
    world_free(&w);
}

enum { TIMED = 400, TIMES = 21 };

/* Log-normal times with gaps; the first `hurried` persons answer a third of the items four times as fast. */
static double *times_make(uint64_t seed, size_t n, size_t hurried)
{
    oko_rng rng = oko_rng_make(seed, 1);
    double *seconds = malloc(n * TIMES * sizeof *seconds);
    for (size_t i = 0; i < n; i++) {
        double tau = .3 * oko_rng_normal(&rng);
        for (size_t j = 0; j < TIMES; j++) {
            double t = exp(4 + .1 * (double)j - tau + (.3 + .02 * (double)j) * oko_rng_normal(&rng));
            t = i < hurried && j % 3 == 0 ? t / 4 : t;
            seconds[i * TIMES + j] = oko_rng_uniform(&rng) < .08 ? (j % 2 == 0 ? 0 : NAN) : t;
        }
    }
    return seconds;
}

/* Residual of one time given the speeds that came out and the item's mean. */
static double time_residual(const double *seconds, const oko_person_time *out, const double *beta, size_t i, size_t j)
{
    double s = seconds[i * TIMES + j];
    return s > 0 ? log(s) - beta[j] + out[i].speed : NAN;
}

/* The result is the fixed point that the header tells of: means, variances and speeds agree with one another. */
static void times_by_definition(void **unused)
{
    (void)unused;
    double *seconds = times_make(5, TIMED, 0), beta[TIMES], weight[TIMES];
    uint8_t leave_out[TIMED] = { 0, 1, 1 };
    oko_person_time *out = malloc(TIMED * sizeof *out);
    assert_int_equal(oko_person_times(TIMED, TIMES, seconds, leave_out, out), OKO_OK);
    for (size_t j = 0; j < TIMES; j++) {
        double sum = 0, n = 0;
        for (size_t i = 0; i < TIMED; i++) {
            if (seconds[i * TIMES + j] > 0 && leave_out[i] == 0) {
                sum += log(seconds[i * TIMES + j]) + out[i].speed;
                n++;
            }
        }
        beta[j] = sum / n;
        weight[j] = 1;
    }
    for (int cycle = 0; cycle < 100; cycle++) {
        double next[TIMES];
        for (size_t j = 0; j < TIMES; j++) {
            double squares = 0, freedom = -1;
            for (size_t i = 0; i < TIMED; i++) {
                double r = time_residual(seconds, out, beta, i, j), all = 0;
                for (size_t k = 0; k < TIMES; k++) {
                    all += seconds[i * TIMES + k] > 0 ? weight[k] : 0;
                }
                if (!isnan(r) && leave_out[i] == 0) {
                    squares += r * r;
                    freedom += 1 - weight[j] / all;
                }
            }
            next[j] = freedom / squares;
        }
        memcpy(weight, next, sizeof next);
    }
    for (size_t i = 0; i < TIMED; i++) {
        double first = 0, sum = 0, tail = 0, term = 1;
        int n = 0;
        for (size_t j = 0; j < TIMES; j++) {
            double r = time_residual(seconds, out, beta, i, j);
            if (!isnan(r)) {
                first += weight[j] * r;
                sum += weight[j] * r * r;
                n++;
            }
        }
        assert_int_equal(out[i].n, n);
        assert_near(first, 0, 1e-5);
        assert_near(out[i].sum, sum, 1e-6 * sum);
        if (n % 2 == 1) { /* χ² with an even number of degrees of freedom is a Poisson sum */
            for (int k = 0; k < (n - 1) / 2; k++) {
                tail += term;
                term *= .5 * out[i].sum / (k + 1);
            }
            assert_near(out[i].p, exp(-.5 * out[i].sum) * tail, 1e-12);
        }
    }
    free(out);
    free(seconds);
}

static void times_calibration_and_power(void **unused)
{
    (void)unused;
    enum { MANY = 12000 };
    double *seconds = times_make(8, MANY, 600), one = 0, five = 0, found = 0;
    oko_person_time *out = malloc(MANY * sizeof *out);
    uint8_t *leave_out = calloc(MANY, 1);
    memset(leave_out, 1, 600);
    assert_int_equal(oko_person_times(MANY, TIMES, seconds, leave_out, out), OKO_OK);
    for (size_t i = 0; i < MANY; i++) {
        found += i < 600 && out[i].p <= .01;
        one += i >= 600 && out[i].p <= .01;
        five += i >= 600 && out[i].p <= .05;
    }
    assert_near(one / (MANY - 600), .01, .0028);
    assert_near(five / (MANY - 600), .05, .0062);
    assert_true(found / 600 > .9);
    assert_int_equal(oko_person_times(19, TIMES, seconds, NULL, out), OKO_E_NO_DATA);
    assert_int_equal(oko_person_times(0, TIMES, seconds, NULL, out), OKO_E_ARGUMENT);
    assert_int_equal(oko_person_times(50, TIMES, NULL, NULL, out), OKO_E_ARGUMENT);
    for (size_t j = 0; j < TIMES; j++) {
        seconds[j] = j == 3 ? 20 : -1; /* one time only */
        seconds[TIMES + j] = NAN;
    }
    assert_int_equal(oko_person_times(200, TIMES, seconds, NULL, out), OKO_OK);
    assert_true(out[0].n == 1 && isnan(out[0].p) && isnan(out[0].sum));
    assert_true(out[1].n == 0 && isnan(out[1].p) && isnan(out[1].speed));
    bool failed = true;
    for (size_t n = 1; failed; n++) {
        failing_alloc_arm(n);
        oko_status status = oko_person_times(200, TIMES, seconds, NULL, out);
        failed = failing_alloc_disarm();
        assert_int_equal(status, failed ? OKO_E_MEMORY : OKO_OK);
    }
    free(leave_out);
    free(out);
    free(seconds);
}

static void threads_do_not_matter(void **unused)
{
    (void)unused;
    world w = world_make(OKO_IRT_2PL, 700, 33, 1, .1, 66);
    oko_person *first = calloc(700, sizeof *first), *out = calloc(700, sizeof *out);
    static const int threads[] = { 1, 2, 8 };
    for (int t = 0; t < 3; t++) {
        oko_persons_options o = { .threads = threads[t] };
        assert_int_equal(oko_persons(&w.scores, w.irt, &o, t == 0 ? first : out), OKO_OK);
        for (size_t i = 0; t > 0 && i < 700; i++) {
            assert_memory_equal(&out[i].theta, &first[i].theta, 15 * sizeof(double));
            assert_true(out[i].why_lzstar == first[i].why_lzstar && out[i].why_ht == first[i].why_ht);
        }
    }
    free(first);
    free(out);
    world_free(&w);
}

static void failing_allocations(void **unused)
{
    (void)unused;
    for (int t = 0; t < 2; t++) {
        world w = world_make(t == 0 ? OKO_IRT_2PL : OKO_IRT_GPCM, 70, 6, t == 0 ? 1 : 3, .1, 12);
        oko_person out[70], untouched;
        bool failed = true;
        memset(&untouched, 7, sizeof untouched);
        for (size_t n = 1; failed; n++) {
            oko_persons_options o = { .threads = 1 };
            memcpy(&out[0], &untouched, sizeof untouched);
            failing_alloc_arm(n);
            oko_status status = oko_persons(&w.scores, w.irt, &o, out);
            failed = failing_alloc_disarm();
            assert_int_equal(status, failed ? OKO_E_MEMORY : OKO_OK);
            assert_true((memcmp(&out[0], &untouched, sizeof untouched) == 0) == failed);
            assert_true(n < 40);
        }
        world_free(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lz_by_enumeration),
        cmocka_unit_test(ht_pair_by_pair),
        cmocka_unit_test(order_by_enumeration),
        cmocka_unit_test(worked_example),
        cmocka_unit_test(reasons),
        cmocka_unit_test(tail_of_a_skewed_statistic),
        cmocka_unit_test(calibration),
        cmocka_unit_test(unusual_patterns_are_found),
        cmocka_unit_test(lz_by_rest_curves),
        cmocka_unit_test(threads_do_not_matter),
        cmocka_unit_test(failing_allocations),
        cmocka_unit_test(times_by_definition),
        cmocka_unit_test(times_calibration_and_power),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
