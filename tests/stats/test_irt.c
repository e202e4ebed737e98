/*
 * Item response models against plain code: the marginal likelihood by brute force on a fine grid, its maximum by
 * perturbing every parameter, abilities by their definitions, parameters recovered in simulation.
 */
#include <oko/irt.h>

#include "base/memory.h"
#include "base/random.h"
#include "support/failing_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"

enum { MOST = 7 };

/* A made-up test and its answers. */
typedef struct world {
    oko_scores scores;
    int8_t *score, *item_max;
    double *slope, *intercept; /* true values; intercepts without c_0 */
    oko_irt *truth;
} world;

static void world_free(world *w)
{
    free(w->score);
    free(w->item_max);
    free(w->slope);
    free(w->intercept);
    oko_irt_free(w->truth);
}

static int draw(const oko_irt *irt, int item, double theta, oko_rng *rng)
{
    double p[MOST];
    assert_int_equal(oko_irt_probabilities(irt, item, theta, p), OKO_OK);
    double u = oko_rng_uniform(rng);
    int k = 0;
    while (k < irt->offset[item + 1] - irt->offset[item] - 1 && u >= p[k]) {
        u -= p[k++];
    }
    return k;
}

static world world_make(oko_irt_kind kind, size_t n, int items, int marks, double missing, double sd, uint64_t seed)
{
    world w = { 0 };
    oko_rng rng = oko_rng_make(seed, 3);
    bool slopes = kind == OKO_IRT_2PL || kind == OKO_IRT_GPCM;
    w.score = malloc(n * (size_t)items);
    w.item_max = malloc((size_t)items);
    w.slope = malloc((size_t)items * sizeof(double));
    w.intercept = malloc((size_t)(items * marks) * sizeof(double));
    size_t at = 0;
    for (int j = 0; j < items; j++) {
        w.item_max[j] = (int8_t)(marks > 1 ? 1 + j % marks : 1);
        w.slope[j] = slopes ? exp(.3 * oko_rng_normal(&rng)) : 1;
        double c = 0;
        for (int k = 0; k < w.item_max[j]; k++) {
            c -= w.slope[j] * (.9 * oko_rng_normal(&rng) + .3 * k);
            w.intercept[at++] = c;
        }
    }
    assert_int_equal(oko_irt_given(kind, items, w.item_max, w.slope, w.intercept, sd, &w.truth), OKO_OK);
    for (size_t i = 0; i < n; i++) {
        double theta = sd * oko_rng_normal(&rng);
        for (int j = 0; j < items; j++) {
            int x = draw(w.truth, j, theta, &rng);
            w.score[i * (size_t)items + (size_t)j] = (int8_t)(oko_rng_uniform(&rng) < missing ? -1 : x);
        }
    }
    w.scores = (oko_scores){ n, items, w.score, w.item_max };
    return w;
}

/* Marginal log-likelihood by brute force: 1201 nodes on ±8σ. */
static double brute_likelihood(const oko_irt *irt, const oko_scores *s, const double *weight)
{
    enum { NODES = 1201 };
    int columns = irt->offset[irt->n_items];
    double *log_p = malloc((size_t)(NODES * columns) * sizeof *log_p);
    double prior[NODES], all = 0, total = 0;
    for (int q = 0; q < NODES; q++) {
        double z = 8 * (2.0 * q / (NODES - 1) - 1);
        prior[q] = exp(-.5 * z * z);
        all += prior[q];
        for (int j = 0; j < irt->n_items; j++) {
            double p[MOST];
            assert_int_equal(oko_irt_probabilities(irt, j, z * irt->sd, p), OKO_OK);
            for (int k = 0; k < irt->offset[j + 1] - irt->offset[j]; k++) {
                log_p[q * columns + irt->offset[j] + k] = log(p[k]);
            }
        }
    }
    for (size_t i = 0; i < s->n_persons; i++) {
        double sum = 0;
        for (int q = 0; q < NODES; q++) {
            double l = 0;
            for (int j = 0; j < s->n_items; j++) {
                int x = s->score[i * (size_t)s->n_items + (size_t)j];
                l += x >= 0 ? log_p[q * columns + irt->offset[j] + x] : 0;
            }
            sum += prior[q] / all * exp(l);
        }
        total += (weight != NULL ? weight[i] : 1) * log(sum);
    }
    free(log_p);
    return total;
}

/* The same for long tests: each person's sum is taken relative to its largest term. */
static double brute_likelihood_log(const oko_irt *irt, const oko_scores *s)
{
    enum { NODES = 801 };
    double *l = malloc(s->n_persons * NODES * sizeof *l), prior = 0, total = 0;
    for (int q = 0; q < NODES; q++) {
        double z = 8 * (2.0 * q / (NODES - 1) - 1), p[MOST];
        prior += exp(-.5 * z * z);
        for (size_t i = 0; i < s->n_persons; i++) {
            l[i * NODES + (size_t)q] = -.5 * z * z;
        }
        for (int j = 0; j < s->n_items; j++) {
            assert_int_equal(oko_irt_probabilities(irt, j, z * irt->sd, p), OKO_OK);
            double log_p[2] = { log(p[0]), log(p[1]) };
            for (size_t i = 0; i < s->n_persons; i++) {
                int x = s->score[i * (size_t)s->n_items + (size_t)j];
                l[i * NODES + (size_t)q] += x >= 0 ? log_p[x] : 0;
            }
        }
    }
    for (size_t i = 0; i < s->n_persons; i++) {
        double peak = -INFINITY, sum = 0;
        for (size_t q = 0; q < NODES; q++) {
            peak = fmax(peak, l[i * NODES + q]);
        }
        for (size_t q = 0; q < NODES; q++) {
            sum += exp(l[i * NODES + q] - peak);
        }
        total += peak + log(sum / prior);
    }
    free(l);
    return total;
}

/* A change of any parameter by ±h lowers the brute-force likelihood, and its slope is nearly 0. */
static void check_maximum(oko_irt *irt, const oko_scores *s, const double *weight)
{
    double at = brute_likelihood(irt, s, weight);
    const double h = .004;
    bool common = irt->kind == OKO_IRT_RASCH || irt->kind == OKO_IRT_PCM;
    for (int t = 0; t < irt->n_items + irt->offset[irt->n_items]; t++) {
        double *par = t < irt->n_items ? &irt->slope[t] : &irt->intercept[t - irt->n_items];
        bool first = false;
        for (int j = 0; j < irt->n_items; j++) {
            first = first || t - irt->n_items == irt->offset[j];
        }
        if (first || (common && t < irt->n_items && t > 0)) {
            continue;
        }
        par = common && t == 0 ? &irt->sd : par;
        double was = *par;
        *par = was + h;
        double up = brute_likelihood(irt, s, weight);
        *par = was - h;
        double down = brute_likelihood(irt, s, weight);
        *par = was;
        assert_true(up < at && down < at);
        /* distance to the maximum of the parabola through the three points */
        assert_near(.5 * h * (up - down) / (2 * at - up - down), 0, 2e-4);
    }
}

static void likelihood_and_its_maximum(void **unused)
{
    (void)unused;
    static const oko_irt_kind kinds[] = { OKO_IRT_RASCH, OKO_IRT_2PL, OKO_IRT_PCM, OKO_IRT_GPCM };
    for (int t = 0; t < 8; t++) {
        oko_irt_kind kind = kinds[t / 2];
        world w = world_make(kind, 260, 7, kind >= OKO_IRT_PCM ? 3 : 1, t % 2 == 0 ? 0 : .17, 1, 41 + (uint64_t)t);
        double weight[260];
        for (int i = 0; i < 260; i++) {
            weight[i] = i % 5 == 0 ? 0 : i % 3 == 0 ? 1.7 : 1;
        }
        oko_irt_options o = { .kind = kind, .weight = t % 2 == 0 ? NULL : weight, .tolerance = 1e-7, .points = 81 };
        oko_irt *irt = NULL;
        assert_int_equal(oko_irt_fit(&w.scores, &o, &irt), OKO_OK);
        assert_int_equal(irt->n_bounded, 0);
        assert_near(irt->log_likelihood, brute_likelihood(irt, &w.scores, o.weight), 1e-6);
        check_maximum(irt, &w.scores, o.weight);
        oko_irt_free(irt);
        world_free(&w);
    }
}

static void parameters_are_recovered(void **unused)
{
    (void)unused;
    static const oko_irt_kind kinds[] = { OKO_IRT_RASCH, OKO_IRT_2PL, OKO_IRT_PCM, OKO_IRT_GPCM };
    for (int t = 0; t < 4; t++) {
        bool common = kinds[t] == OKO_IRT_RASCH || kinds[t] == OKO_IRT_PCM;
        double sd = common ? 1.3 : 1;
        world w = world_make(kinds[t], 6000, 24, t >= 2 ? 3 : 1, .1, sd, 7);
        oko_irt_options o = { .kind = kinds[t] };
        oko_irt *irt = NULL;
        assert_int_equal(oko_irt_fit(&w.scores, &o, &irt), OKO_OK);
        assert_near(irt->sd, sd, common ? .05 : 0);
        double bias = 0, squares = 0, steps = 0, step_squares = 0, n = 0;
        for (int j = 0; j < 24; j++) {
            bias += (irt->slope[j] - w.slope[j]) / 24;
            squares += (irt->slope[j] - w.slope[j]) * (irt->slope[j] - w.slope[j]) / 24;
            for (int k = 1; k <= w.item_max[j]; k++) {
                double is, was;
                assert_int_equal(oko_irt_difficulty(irt, j, k, &is), OKO_OK);
                assert_int_equal(oko_irt_difficulty(w.truth, j, k, &was), OKO_OK);
                steps += is - was;
                step_squares += (is - was) * (is - was);
                n++;
            }
        }
        assert_near(bias, 0, .03);
        assert_near(sqrt(squares), 0, .06);
        assert_near(steps / n, 0, .05);
        assert_near(sqrt(step_squares / n), 0, .09);
        oko_irt_free(irt);
        world_free(&w);
    }
}

static void weights_are_persons(void **unused)
{
    (void)unused;
    world w = world_make(OKO_IRT_2PL, 500, 10, 1, .1, 1, 91);
    double weight[500];
    int8_t *kept = malloc(1000 * 10);
    size_t n = 0;
    for (size_t i = 0; i < 500; i++) {
        weight[i] = (double)(i % 3);
        for (size_t k = 0; k < i % 3; k++) {
            memcpy(kept + 10 * n++, w.score + 10 * i, 10);
        }
    }
    oko_scores copies = { n, 10, kept, w.item_max };
    oko_irt_options o = { .kind = OKO_IRT_2PL, .weight = weight, .tolerance = 1e-9 };
    oko_irt *a = NULL, *b = NULL;
    assert_int_equal(oko_irt_fit(&w.scores, &o, &a), OKO_OK);
    o.weight = NULL;
    assert_int_equal(oko_irt_fit(&copies, &o, &b), OKO_OK);
    assert_near(a->n_used, (double)n, 0);
    assert_near(a->log_likelihood, b->log_likelihood, 1e-7);
    for (int j = 0; j < 10; j++) {
        assert_near(a->slope[j], b->slope[j], 1e-6);
    }
    oko_irt_free(a);
    oko_irt_free(b);
    free(kept);
    world_free(&w);
}

static void items_without_variance(void **unused)
{
    (void)unused;
    static const oko_irt_kind kinds[] = { OKO_IRT_PCM, OKO_IRT_GPCM };
    for (int t = 0; t < 2; t++) {
        world w = world_make(kinds[t], 400, 12, 3, .05, 1, 17);
        for (size_t i = 0; i < 400; i++) {
            w.score[12 * i + 2] = w.item_max[2]; /* always solved */
            w.score[12 * i + 3] = 0;             /* never */
            w.score[12 * i + 4] = -1;            /* nobody was asked */
            w.score[12 * i + 5] = (int8_t)(w.score[12 * i + 5] == 2 ? 3 : w.score[12 * i + 5]);
        }
        oko_irt_options o = { .kind = kinds[t] };
        oko_irt *irt = NULL;
        assert_int_equal(oko_irt_fit(&w.scores, &o, &irt), OKO_OK);
        assert_int_equal(irt->n_bounded, 4);
        assert_int_equal(irt->bounded[2], OKO_IRT_CONSTANT | OKO_IRT_EMPTY_CATEGORY);
        assert_int_equal(irt->bounded[3], OKO_IRT_CONSTANT | OKO_IRT_EMPTY_CATEGORY);
        assert_int_equal(irt->bounded[4], OKO_IRT_CONSTANT | OKO_IRT_EMPTY_CATEGORY);
        assert_int_equal(irt->bounded[5], OKO_IRT_EMPTY_CATEGORY);
        double p[MOST];
        assert_int_equal(oko_irt_probabilities(irt, 3, 0, p), OKO_OK);
        assert_true(p[0] > .99 && p[0] < 1);
        assert_int_equal(oko_irt_probabilities(irt, 2, 0, p), OKO_OK);
        assert_true(p[w.item_max[2]] > .98 && p[w.item_max[2]] < 1);
        for (int c = 0; c < irt->offset[12]; c++) {
            assert_true(isfinite(irt->intercept[c]) && fabs(irt->intercept[c]) < 15);
        }
        oko_irt_free(irt);
        world_free(&w);
    }
}

static double log_likelihood_at(const oko_irt *irt, const int8_t *row, double theta, double *ret_info)
{
    double l = 0;
    *ret_info = 0;
    for (int j = 0; j < irt->n_items; j++) {
        double p[MOST], mean = 0, square = 0;
        if (row[j] < 0) {
            continue;
        }
        assert_int_equal(oko_irt_probabilities(irt, j, theta, p), OKO_OK);
        for (int k = 0; k < irt->offset[j + 1] - irt->offset[j]; k++) {
            mean += k * p[k];
            square += k * k * p[k];
        }
        l += log(p[row[j]]);
        *ret_info += irt->slope[j] * irt->slope[j] * (square - mean * mean);
    }
    return l;
}

/* WLE is where L·√I is largest (exponential family), MLE where L is; EAP by integration on a fine grid. */
static void abilities_by_definition(void **unused)
{
    (void)unused;
    world w = world_make(OKO_IRT_GPCM, 300, 11, 3, .2, 1, 5);
    double theta[300], se[300], info;
    const double h = 1e-4;
    for (int kind = 0; kind < 2; kind++) {
        assert_int_equal(oko_irt_abilities(w.truth, &w.scores, kind == 0 ? OKO_IRT_WLE : OKO_IRT_MLE, 2, theta, se),
                         OKO_OK);
        for (size_t i = 0; i < 300; i++) {
            const int8_t *row = w.score + 11 * i;
            if (isnan(theta[i])) {
                assert_int_equal(kind, 1);
                continue;
            }
            double value[3];
            for (int k = -1; k <= 1; k++) {
                double l = log_likelihood_at(w.truth, row, theta[i] + k * h, &info);
                value[k + 1] = l + (kind == 0 ? .5 * log(info) : 0);
            }
            double curve = 2 * value[1] - value[0] - value[2];
            assert_near((value[2] - value[0]) * h / 2 / fmax(curve, 1e-12), 0, 1e-5);
            log_likelihood_at(w.truth, row, theta[i], &info);
            assert_near(se[i], 1 / sqrt(info), 1e-10);
        }
    }
    assert_int_equal(oko_irt_abilities(w.truth, &w.scores, OKO_IRT_EAP, 1, theta, se), OKO_OK);
    for (size_t i = 0; i < 300; i += 17) {
        double sum = 0, first = 0, second = 0;
        for (int q = -4000; q <= 4000; q++) {
            double z = q * .002;
            double f = exp(log_likelihood_at(w.truth, w.score + 11 * i, z, &info) - .5 * z * z);
            sum += f;
            first += f * z;
            second += f * z * z;
        }
        assert_near(theta[i], first / sum, 1e-6);
        assert_near(se[i], sqrt(second / sum - first / sum * (first / sum)), 1e-6);
    }
    world_free(&w);
}

static void extreme_and_empty_rows(void **unused)
{
    (void)unused;
    static const int8_t max[] = { 1, 1, 1 };
    static const double slope[] = { 1, 1, 1 }, c[] = { .3, -.2, .9 };
    static const int8_t score[] = { 0, 0, 0, 1, 1, 1, -1, -1, -1, 1, -1, 0 };
    oko_scores s = { 4, 3, score, max };
    oko_irt *irt = NULL;
    double theta[4], se[4];
    assert_int_equal(oko_irt_given(OKO_IRT_RASCH, 3, max, slope, c, 1, &irt), OKO_OK);
    assert_int_equal(oko_irt_abilities(irt, &s, OKO_IRT_MLE, 1, theta, se), OKO_OK);
    assert_true(isnan(theta[0]) && isnan(theta[1]) && isnan(theta[2]) && isfinite(theta[3]));
    assert_int_equal(oko_irt_abilities(irt, &s, OKO_IRT_WLE, 1, theta, NULL), OKO_OK);
    assert_true(theta[0] < -1 && theta[1] > 1 && isnan(theta[2]));
    oko_irt_free(irt);
}

static void threads_do_not_matter(void **unused)
{
    (void)unused;
    world w = world_make(OKO_IRT_GPCM, 9000, 30, 3, .1, 1, 63);
    oko_irt *first = NULL;
    static const int threads[] = { 1, 2, 8 };
    for (int t = 0; t < 3; t++) {
        oko_irt_options o = { .kind = OKO_IRT_GPCM, .threads = threads[t] };
        oko_irt *irt = NULL;
        assert_int_equal(oko_irt_fit(&w.scores, &o, &irt), OKO_OK);
        if (first == NULL) {
            first = irt;
            continue;
        }
        assert_memory_equal(irt->slope, first->slope, 30 * sizeof(double));
        assert_memory_equal(irt->intercept, first->intercept, (size_t)irt->offset[30] * sizeof(double));
        assert_memory_equal(&irt->log_likelihood, &first->log_likelihood, sizeof(double));
        oko_irt_free(irt);
    }
    oko_irt_free(first);
    world_free(&w);
}

static void refusals(void **unused)
{
    (void)unused;
    world w = world_make(OKO_IRT_2PL, 100, 5, 1, 0, 1, 3);
    oko_irt *irt = NULL;
    oko_irt_options o = { .kind = OKO_IRT_2PL, .max_cycles = 2 };
    assert_int_equal(oko_irt_fit(&w.scores, &o, &irt), OKO_E_NUMERIC);
    assert_null(irt);
    o = (oko_irt_options){ .kind = OKO_IRT_2PL, .points = 5 };
    assert_int_equal(oko_irt_fit(&w.scores, &o, &irt), OKO_E_ARGUMENT);
    double weight[100] = { 1, 1, 1, -1 };
    o = (oko_irt_options){ .weight = weight };
    assert_int_equal(oko_irt_fit(&w.scores, &o, &irt), OKO_E_ARGUMENT);
    weight[3] = 1;
    assert_int_equal(oko_irt_fit(&w.scores, &o, &irt), OKO_E_NO_DATA); /* 4 persons of weight over 0 */
    w.score[7] = 2;
    assert_int_equal(oko_irt_fit(&w.scores, NULL, &irt), OKO_E_ARGUMENT);
    w.score[7] = -2;
    assert_int_equal(oko_irt_fit(&w.scores, NULL, &irt), OKO_E_ARGUMENT);
    w.score[7] = 0;
    w.item_max[1] = 2;
    assert_int_equal(oko_irt_fit(&w.scores, NULL, &irt), OKO_E_ARGUMENT); /* two marks in a Rasch model */
    assert_int_equal(oko_irt_fit(NULL, NULL, &irt), OKO_E_ARGUMENT);
    assert_null(irt);
    double p[MOST];
    assert_int_equal(oko_irt_probabilities(w.truth, 5, 0, p), OKO_E_ARGUMENT);
    assert_int_equal(oko_irt_probabilities(w.truth, 0, NAN, p), OKO_E_ARGUMENT);
    assert_int_equal(oko_irt_abilities(w.truth, &w.scores, OKO_IRT_WLE, 1, p, NULL), OKO_E_ARGUMENT);
    oko_irt_free(NULL);
    world_free(&w);
}

static void curves_by_rest_score(void **unused)
{
    (void)unused;
    world w = world_make(OKO_IRT_GPCM, 4000, 20, 3, .1, 1, 8);
    oko_rest_curves *c = NULL;
    assert_int_equal(oko_rest_curves_fit(&w.scores, NULL, &c), OKO_OK);
    for (int j = 0; j < 20; j++) {
        double before[MOST] = { 0 };
        for (int g = 0; g <= 200; g++) {
            double p[MOST], sum = 0;
            assert_int_equal(oko_rest_curves_probabilities(c, j, g / 200.0, p), OKO_OK);
            for (int k = w.item_max[j]; k >= 0; k--) {
                assert_true(p[k] >= 0);
                sum += p[k];
                assert_true(sum >= before[k] - 1e-12);
                before[k] = sum;
            }
            assert_near(sum, 1, 1e-12);
        }
    }
    /* near the shares that persons with about half of the other marks really have */
    for (int j = 0; j < 20; j++) {
        double n = 0, sum = 0, p[MOST], mean = 0;
        for (size_t i = 0; i < 4000; i++) {
            int marks = 0, most = 0;
            for (int l = 0; l < 20; l++) {
                int x = w.score[20 * i + (size_t)l];
                marks += l != j && x >= 0 ? x : 0;
                most += l != j && x >= 0 ? w.item_max[l] : 0;
            }
            if (w.score[20 * i + (size_t)j] >= 0 && fabs((double)marks / most - .5) < .06) {
                n++;
                sum += w.score[20 * i + (size_t)j];
            }
        }
        assert_int_equal(oko_rest_curves_probabilities(c, j, .5, p), OKO_OK);
        for (int k = 1; k <= w.item_max[j]; k++) {
            mean += k * p[k];
        }
        assert_near(mean, sum / n, .07 * w.item_max[j]);
    }
    oko_rest_curves_free(c);
    world_free(&w);
}

/* Items that have nothing to do with one another: the curve of each is flat in the score on the others. */
static void curves_of_noise_are_flat(void **unused)
{
    (void)unused;
    enum { N = 6000, J = 6 };
    static const int8_t max[J] = { 1, 1, 1, 1, 1, 1 };
    int8_t *score = malloc(N * J);
    oko_rng rng = oko_rng_make(71, 2);
    for (size_t t = 0; t < N * J; t++) {
        score[t] = oko_rng_uniform(&rng) < .5;
    }
    oko_scores s = { N, J, score, max };
    oko_rest_curves *c = NULL;
    oko_rest_curves_options o = { .not_monotone = true };
    assert_int_equal(oko_rest_curves_fit(&s, &o, &c), OKO_OK);
    for (int j = 0; j < J; j++) {
        for (int g = 2; g <= 8; g++) {
            double p[2];
            assert_int_equal(oko_rest_curves_probabilities(c, j, g / 10.0, p), OKO_OK);
            assert_near(p[1], .5, .05);
        }
    }
    oko_rest_curves_free(c);
    free(score);
}

/* 600 items: likelihoods far below and sums far above what a double holds without its logarithm. */
static void long_tests(void **unused)
{
    (void)unused;
    world w = world_make(OKO_IRT_2PL, 400, 600, 1, .01, 1, 19);
    oko_irt_options o = { .kind = OKO_IRT_2PL };
    oko_irt *irt = NULL;
    assert_int_equal(oko_irt_fit(&w.scores, &o, &irt), OKO_OK);
    double truth = brute_likelihood_log(w.truth, &w.scores);
    assert_true(irt->log_likelihood > truth && irt->log_likelihood < truth + 1500); /* 1 200 parameters */
    oko_irt_free(irt);
    world_free(&w);
}

static void failing_allocations(void **unused)
{
    (void)unused;
    world w = world_make(OKO_IRT_GPCM, 60, 5, 2, .1, 1, 12);
    bool failed = true;
    for (size_t n = 1; failed; n++) {
        oko_irt_options o = { .kind = OKO_IRT_GPCM, .threads = 1 };
        oko_irt *irt = NULL;
        failing_alloc_arm(n);
        oko_status status = oko_irt_fit(&w.scores, &o, &irt);
        failed = failing_alloc_disarm();
        assert_int_equal(status, failed ? OKO_E_MEMORY : OKO_OK);
        assert_true(failed == (irt == NULL));
        oko_irt_free(irt);
        assert_true(n < 40);
    }
    failed = true;
    for (size_t n = 1; failed; n++) {
        oko_rest_curves *c = NULL;
        failing_alloc_arm(n);
        oko_status status = oko_rest_curves_fit(&w.scores, NULL, &c);
        failed = failing_alloc_disarm();
        assert_int_equal(status, failed ? OKO_E_MEMORY : OKO_OK);
        oko_rest_curves_free(c);
    }
    failed = true;
    for (size_t n = 1; failed; n++) {
        oko_irt *irt = NULL;
        failing_alloc_arm(n);
        oko_status status = oko_irt_given(OKO_IRT_GPCM, 5, w.item_max, w.slope, w.intercept, 1, &irt);
        failed = failing_alloc_disarm();
        assert_int_equal(status, failed ? OKO_E_MEMORY : OKO_OK);
        oko_irt_free(irt);
    }
    world_free(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(likelihood_and_its_maximum), cmocka_unit_test(parameters_are_recovered),
        cmocka_unit_test(weights_are_persons),        cmocka_unit_test(items_without_variance),
        cmocka_unit_test(abilities_by_definition),    cmocka_unit_test(extreme_and_empty_rows),
        cmocka_unit_test(threads_do_not_matter),      cmocka_unit_test(refusals),
        cmocka_unit_test(curves_by_rest_score),       cmocka_unit_test(failing_allocations),
        cmocka_unit_test(curves_of_noise_are_flat),   cmocka_unit_test(long_tests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
