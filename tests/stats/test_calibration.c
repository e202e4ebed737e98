/*
 * Calibration and power of the threshold tests on made-up schools: honest pupils answer items (school, class and
 * item × class effects), then works just below a cut-off are lifted with a known probability. Prints its tables
 * (docs/METHODS.md quotes them); seeded, the bounds allow for Monte Carlo error.
 */
#include <oko/fioko2019.h>
#include <oko/threshold.h>

#include "base/random.h"
#include "base/threads.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MAX_ITEMS = 40, REGION_SCHOOLS = 400, CLASS = 25, BANDS = 4 };

typedef struct test_form {
    const char *name;
    int max_total;
    int n_items;
    int16_t item_max[MAX_ITEMS];
    int16_t cutoff[3];
} test_form;

static const test_form FORMS[2] = {
    { "max 20", 20, 16, { 1, 1, 1, 1, 1, 2, 1, 1, 2, 2, 1, 1, 1, 1, 1, 2 }, { 7, 11, 15 } },
    { "max 38", 38, 20, { 4, 3, 3, 1, 3, 2, 1, 2, 3, 2, 1, 1, 2, 1, 2, 1, 2, 1, 2, 1 }, { 14, 24, 33 } },
};

/* Score on one item: each of its marks is earned by a threshold of its own on the same latent response. */
static int item_score(oko_rng *rng, double ability, double difficulty, int max)
{
    double u = oko_rng_uniform(rng);
    double latent = ability - difficulty + log(u / (1 - u + 1e-300)) / 1.6;
    int score = 0;
    for (int k = 1; k <= max; k++) {
        score += latent > .55 * (k - .5 * (max + 1));
    }
    return score;
}

/* One pupil's total; item_effect: item × class. */
static int pupil_total(const test_form *form, oko_rng *rng, double ability, const double *item_effect)
{
    int total = 0;
    for (int j = 0; j < form->n_items; j++) {
        double difficulty = -1.4 + 2.8 * ((j * 7) % form->n_items) / (form->n_items - 1.0) + item_effect[j];
        total += item_score(rng, ability, difficulty, form->item_max[j]);
    }
    return total;
}

/* Lifts a work that stands up to `reach` points below a cut-off with the given probability. */
static int lift(const test_form *form, oko_rng *rng, int total, int reach, double probability)
{
    for (int c = 0; c < 3; c++) {
        int below = form->cutoff[c] - total;
        if (below >= 1 && below <= reach && oko_rng_uniform(rng) < probability) {
            return form->cutoff[c];
        }
    }
    return total;
}

/* One school of n pupils in classes of about CLASS; ability of the school given. Returns the works lifted. */
static int fill_school(const test_form *form, oko_rng *rng, int n, double ability, int reach, double probability,
                       oko_state *s)
{
    int lifted = 0;
    double effect[MAX_ITEMS] = { 0 };
    double class_ability = 0;
    for (int i = 0; i < n; i++) {
        if (i % CLASS == 0) {
            class_ability = ability + .3 * oko_rng_normal(rng);
            for (int j = 0; j < form->n_items; j++) {
                effect[j] = .3 * oko_rng_normal(rng);
            }
        }
        int honest = pupil_total(form, rng, class_ability + .9 * oko_rng_normal(rng), effect);
        int total = lift(form, rng, honest, reach, probability);
        lifted += total != honest;
        assert_int_equal(oko_state_add(s, total, 0, NULL), OKO_OK);
    }
    return lifted;
}

static oko_state *new_state(const test_form *form)
{
    oko_state *s = NULL;
    assert_int_equal(oko_state_new(&(oko_shape){ .max_total = form->max_total }, &s), OKO_OK);
    return s;
}

/* An honest region's counterfactual. */
static oko_counterfactual *honest_region(const test_form *form, uint64_t seed)
{
    oko_state *schools[REGION_SCHOOLS];
    for (int i = 0; i < REGION_SCHOOLS; i++) {
        oko_rng rng = oko_rng_make(seed, (uint64_t)i);
        schools[i] = new_state(form);
        double selective = i % 25 == 0 ? 1.3 : 0;
        fill_school(form, &rng, 15 + (int)oko_rng_below(&rng, 90), .4 * oko_rng_normal(&rng) + selective, 0, 0,
                    schools[i]);
    }
    oko_threshold_spec spec = { .max_total = form->max_total, .n_cutoffs = 3, .cutoffs = form->cutoff };
    oko_threshold_options options = { .seed = seed, .replicates = 50 };
    oko_counterfactual *cf = NULL;
    oko_threshold_result region;
    assert_int_equal(
        oko_threshold_fit(&spec, REGION_SCHOOLS, (const oko_state *const *)schools, &options, &cf, &region), OKO_OK);
    for (int i = 0; i < REGION_SCHOOLS; i++) {
        oko_state_free(schools[i]);
    }
    return cf;
}

/* Many schools of one kind, tested on all cores. */
typedef struct trial {
    const test_form *form;
    const oko_counterfactual *cf;
    uint64_t seed;
    int min_n, max_n;
    double ability_mean, ability_sd;
    int reach;      /* works up to so many points below a cut-off are lifted … */
    double lift;    /* … with this probability */
    double *p;      /* [schools] NaN: not enough data */
    double *error;  /* [schools] lifted − truth */
    uint8_t *cover; /* [schools] the interval holds the truth */
} trial;

static oko_status run_school(void *ctx, size_t i, int worker)
{
    (void)worker;
    trial *t = ctx;
    oko_rng rng = oko_rng_make(t->seed, i);
    oko_state *s = NULL;
    if (oko_state_new(&(oko_shape){ .max_total = t->form->max_total }, &s) != OKO_OK) {
        return OKO_E_MEMORY;
    }
    int n = t->min_n + (int)oko_rng_below(&rng, (uint32_t)(t->max_n - t->min_n + 1));
    double ability = t->ability_mean + t->ability_sd * oko_rng_normal(&rng);
    int truth = fill_school(t->form, &rng, n, ability, t->reach, t->lift, s);
    oko_threshold_result r;
    oko_status status = oko_threshold_test(t->cf, s, &r, NULL);
    oko_state_free(s);
    bool tested = status == OKO_OK;
    t->p[i] = tested ? r.p : NAN;
    t->error[i] = tested ? r.lifted - truth : NAN;
    t->cover[i] = tested && r.lifted_lo <= truth && truth <= r.lifted_hi;
    return tested || status == OKO_E_NO_DATA ? OKO_OK : status;
}

/* Shares of p below a level etc. over the tested schools. */
typedef struct rates {
    int tested;
    double at_10, at_01, at_001, covered, bias;
} rates;

static rates run_trial(trial *t, size_t n)
{
    t->p = malloc(n * sizeof *t->p);
    t->error = malloc(n * sizeof *t->error);
    t->cover = malloc(n);
    assert_true(t->p != NULL && t->error != NULL && t->cover != NULL);
    assert_int_equal(oko_parallel_for(n, 0, run_school, t), OKO_OK);
    rates r = { 0 };
    for (size_t i = 0; i < n; i++) {
        if (!isnan(t->p[i])) {
            r.tested++;
            r.at_10 += t->p[i] < .1;
            r.at_01 += t->p[i] < .01;
            r.at_001 += t->p[i] < .001;
            r.covered += t->cover[i];
            r.bias += t->error[i];
        }
    }
    r.at_10 /= r.tested;
    r.at_01 /= r.tested;
    r.at_001 /= r.tested;
    r.covered /= r.tested;
    r.bias /= r.tested;
    free(t->p);
    free(t->error);
    free(t->cover);
    return r;
}

static void print_rates(const char *what, const test_form *form, const rates *r)
{
    print_message("%-34s %s: %5d schools, p<.1 %.4f, p<.01 %.4f, p<.001 %.4f, interval holds truth %.3f, bias %+.2f\n",
                  what, form->name, r->tested, r->at_10, r->at_01, r->at_001, r->covered, r->bias);
}

/* Monte Carlo allowance: three standard errors of a share of `level`. */
static double with_error(double level, int n)
{
    return level + 3 * sqrt(level * (1 - level) / n);
}

static void honest_schools_are_not_signs(void **unused)
{
    (void)unused;
    static const struct {
        const char *what;
        int min_n, max_n;
        double mean, sd, bound;
    } kind[] = {
        { "honest, 15-40 pupils", 15, 40, 0, .4, .012 },
        { "honest, 41-120 pupils", 41, 120, 0, .4, .012 },
        { "honest, 121-300 pupils", 121, 300, 0, .4, .012 },
        { "honest, weak (-1 SD), 15-150", 15, 150, -.5, .1, .015 },
        { "honest, strong (+1.5 SD), 15-150", 15, 150, 1.5 * .5, .1, .02 },
        { "honest, selective (+1.5), 15-150", 15, 150, 1.5, .1, .02 },
    };
    for (size_t f = 0; f < 2; f++) {
        oko_counterfactual *cf = honest_region(&FORMS[f], 100 + f);
        for (size_t k = 0; k < sizeof kind / sizeof kind[0]; k++) {
            trial t = { .form = &FORMS[f],
                        .cf = cf,
                        .seed = 1000 + 10 * f + k,
                        .min_n = kind[k].min_n,
                        .max_n = kind[k].max_n,
                        .ability_mean = kind[k].mean,
                        .ability_sd = kind[k].sd };
            rates r = run_trial(&t, 2000);
            print_rates(kind[k].what, &FORMS[f], &r);
            assert_true(r.at_01 <= with_error(kind[k].bound, r.tested));
            assert_true(r.at_10 > .03); /* and the test is not asleep */
        }
        oko_counterfactual_free(cf);
    }
}

/* methods.md names .44 (N = 100) and .91 (N = 300) when half of the works just below are lifted. Just below: the
 * points of the test's own window, 1 for a maximum of 20 and 2 for 38. */
static void lifting_is_found(void **unused)
{
    (void)unused;
    static const struct {
        size_t form;
        int n, reach;
        double lift, power;
    } kind[] = { { 0, 100, 1, .5, .44 }, { 0, 300, 1, .5, .91 }, { 0, 300, 1, .25, .4 }, { 1, 100, 2, .5, .44 },
                 { 1, 300, 2, .5, .91 }, { 1, 300, 2, .25, .4 }, { 1, 100, 1, .5, .1 },  { 1, 300, 1, .5, .4 } };
    oko_counterfactual *cf[2] = { honest_region(&FORMS[0], 100), honest_region(&FORMS[1], 101) };
    for (size_t k = 0; k < sizeof kind / sizeof kind[0]; k++) {
        const test_form *form = &FORMS[kind[k].form];
        trial t = { .form = form,
                    .cf = cf[kind[k].form],
                    .seed = 2000 + k,
                    .min_n = kind[k].n,
                    .max_n = kind[k].n,
                    .ability_sd = .4,
                    .reach = kind[k].reach,
                    .lift = kind[k].lift };
        rates r = run_trial(&t, 600);
        char what[64];
        (void)snprintf(what, sizeof what, "N = %d, %.0f %% of %d below lifted", kind[k].n, 100 * kind[k].lift, t.reach);
        print_rates(what, form, &r);
        assert_true(r.at_01 >= kind[k].power);
        assert_true(r.covered > .92);
    }
    oko_counterfactual_free(cf[0]);
    oko_counterfactual_free(cf[1]);
}

/* Half of the region's schools lift 1…5 points (a region inflated as a whole): the other half is still not a sign. */
static void honest_half_of_an_inflated_region(void **unused)
{
    (void)unused;
    for (size_t f = 0; f < 2; f++) {
        const test_form *form = &FORMS[f];
        oko_state *schools[REGION_SCHOOLS];
        int honest_tested = 0;
        int honest_marked = 0;
        int lifting_marked = 0;
        double truth = 0;
        for (int i = 0; i < REGION_SCHOOLS; i++) {
            oko_rng rng = oko_rng_make(300 + f, (uint64_t)i);
            schools[i] = new_state(form);
            truth += fill_school(form, &rng, 15 + (int)oko_rng_below(&rng, 120), .4 * oko_rng_normal(&rng), 5,
                                 i % 2 == 0 ? 0 : .4, schools[i]);
        }
        oko_threshold_spec spec = { .max_total = form->max_total, .n_cutoffs = 3, .cutoffs = form->cutoff };
        oko_threshold_options options = { .seed = 1, .replicates = 200 };
        oko_counterfactual *cf = NULL;
        oko_threshold_result region;
        const oko_state *const *view = (const oko_state *const *)schools;
        assert_int_equal(oko_threshold_fit(&spec, REGION_SCHOOLS, view, &options, &cf, &region), OKO_OK);
        for (int i = 0; i < REGION_SCHOOLS; i++) {
            oko_threshold_result r;
            if (oko_threshold_test(cf, schools[i], &r, NULL) == OKO_OK) {
                honest_tested += i % 2 == 0;
                honest_marked += i % 2 == 0 && r.p < .01;
                lifting_marked += i % 2 == 1 && r.p < .01;
            }
            oko_state_free(schools[i]);
        }
        print_message(
            "inflated half of the region, %s: lifted %.0f [%.0f, %.0f] of %.0f; honest p<.01: %d of %d, lifting: %d\n",
            form->name, region.lifted, region.lifted_lo, region.lifted_hi, truth, honest_marked, honest_tested,
            lifting_marked);
        assert_true(fabs(region.lifted - truth) < .15 * truth);
        assert_true(honest_marked <= 6); /* of about 190 */
        assert_true(lifting_marked > 60);
        oko_counterfactual_free(cf);
    }
}

/* Municipalities of 3…25 schools; lifting in all schools or in none. */
static void municipalities(void **unused)
{
    (void)unused;
    enum { MUNICIPALITIES = 400, MOST = 25 };
    const test_form *form = &FORMS[0];
    oko_counterfactual *cf = honest_region(form, 100);
    static const double share[3] = { 0, .15, .3 };
    for (size_t k = 0; k < 3; k++) {
        int marked = 0;
        int covered = 0;
        int tested = 0;
        for (size_t m = 0; m < MUNICIPALITIES; m++) {
            oko_rng rng = oko_rng_make(400 + k, m);
            oko_state *schools[MOST];
            size_t n = 3 + oko_rng_below(&rng, MOST - 2);
            int truth = 0;
            for (size_t i = 0; i < n; i++) {
                schools[i] = new_state(form);
                truth += fill_school(form, &rng, 10 + (int)oko_rng_below(&rng, 50), .4 * oko_rng_normal(&rng), 1,
                                     share[k], schools[i]);
            }
            oko_threshold_result r;
            oko_threshold_options options = { .seed = m, .replicates = 200 };
            const oko_state *const *view = (const oko_state *const *)schools;
            if (oko_threshold_test_cluster(cf, n, view, &options, &r, NULL) == OKO_OK) {
                tested++;
                marked += r.p < .01;
                covered += r.lifted_lo <= truth && truth <= r.lifted_hi;
            }
            for (size_t i = 0; i < n; i++) {
                oko_state_free(schools[i]);
            }
        }
        print_message("municipalities, %2.0f %% of c-1 lifted: %d tested, p<.01 %.4f, interval holds truth %.3f\n",
                      100 * share[k], tested, (double)marked / tested, (double)covered / tested);
        assert_true(covered >= .93 * tested);
        assert_true(k > 0 ? marked > (k == 1 ? .2 : .5) * tested : marked <= with_error(.012, tested) * tested);
    }
    oko_counterfactual_free(cf);
}

/* The known fault of the rule «завышение»: in an honest region it marks the strong. Measured for docs/METHODS.md. */
static void the_rule_of_2019_marks_strong_schools(void **unused)
{
    (void)unused;
    enum { SCHOOLS = 1000, FIFTHS = 5 };
    const test_form *form = &FORMS[0];
    oko_state *region = new_state(form);
    oko_state *schools[SCHOOLS];
    int fifth[SCHOOLS];
    for (int i = 0; i < SCHOOLS; i++) {
        oko_rng rng = oko_rng_make(500, (uint64_t)i);
        schools[i] = new_state(form);
        double z = oko_rng_normal(&rng);
        fifth[i] = (z > -.8416) + (z > -.2533) + (z > .2533) + (z > .8416);
        fill_school(form, &rng, 15 + (int)oko_rng_below(&rng, 90), .4 * z, 0, 0, schools[i]);
        assert_int_equal(oko_state_merge(region, schools[i]), OKO_OK);
    }
    int marked[FIFTHS] = { 0 };
    int tested[FIFTHS] = { 0 };
    int all = 0;
    for (int i = 0; i < SCHOOLS; i++) {
        oko_fioko_ci ci;
        assert_int_equal(oko_fioko2019_ci(schools[i], region, &ci), OKO_OK);
        tested[fifth[i]]++;
        marked[fifth[i]] += ci.marked;
        all += ci.marked;
        oko_state_free(schools[i]);
    }
    print_message("rule of 2019 in an honest region: %.3f of the schools marked; by fifth of true ability",
                  (double)all / SCHOOLS);
    for (int k = 0; k < FIFTHS; k++) {
        print_message(" %.2f", (double)marked[k] / tested[k]);
    }
    print_message("\n");
    assert_true(marked[0] + marked[1] < .02 * SCHOOLS);
    assert_true(marked[4] > .4 * tested[4]);
    oko_state_free(region);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(honest_schools_are_not_signs),          cmocka_unit_test(lifting_is_found),
        cmocka_unit_test(honest_half_of_an_inflated_region),     cmocka_unit_test(municipalities),
        cmocka_unit_test(the_rule_of_2019_marks_strong_schools),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
