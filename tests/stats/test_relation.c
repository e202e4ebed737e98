/* Relation of two procedures: a known line is found, honest schools are told at the nominal rate whatever their size,
 * inflated ones are found and their effect is unbiased. Made-up schools, seeded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include <oko/relation.h>

#include "base/random.h"
#include "support/failing_alloc.h"

enum { SCHOOLS = 200 };

static double normal(oko_rng *rng)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += (double)oko_rng_below(rng, 1000003) / 1000003;
    return sum;
}

typedef struct world {
    oko_relation_school at[SCHOOLS];
    int planted; /* the first ones: y lifted by `lift` */
} world;

/* x of SD 6 in points of a state exam, y of another scale; sizes 5…80. */
static void make(world *w, uint64_t seed, int n, int planted, double lift)
{
    oko_rng rng = oko_rng_make(seed, 7);
    w->planted = planted;
    for (int i = 0; i < n; i++) {
        const double xi = 18 + 3.2 * normal(&rng), eta = 4 + .7 * xi + 1.1 * normal(&rng);
        oko_relation_school *s = &w->at[i];
        s->n_x = 5 + (int64_t)oko_rng_below(&rng, 76);
        s->n_y = 5 + (int64_t)oko_rng_below(&rng, 76);
        s->x = xi + 6 / sqrt((double)s->n_x) * normal(&rng);
        s->y = eta + 5 / sqrt((double)s->n_y) * normal(&rng) + (i < planted ? lift : 0);
    }
}

static const oko_relation_options options = { .sd_x = 6, .sd_y = 5, .min_pupils = 5 };

static void the_line_is_found_through_errors(void **state)
{
    (void)state;
    double slope = 0, spread = 0, sd = 0;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        world w;
        oko_relation fit;
        make(&w, seed, SCHOOLS, 0, 0);
        assert_int_equal(oko_relation_fit(w.at, SCHOOLS, &options, &fit, NULL), OKO_OK);
        assert_int_equal(fit.schools, SCHOOLS);
        slope += fit.slope / 100;
        spread += fit.spread / 100;
        sd += fit.sd / 100;
    }
    assert_true(fabs(slope - .7) < .02); /* plain least squares gives .63 here */
    assert_true(fabs(spread - 1.1) < .08);
    assert_true(fabs(sd - 3.2) < .15);
}

/* Share of schools below p, by size band. */
static void honest_schools_are_told_at_the_nominal_rate(void **state)
{
    (void)state;
    int64_t n[2][2] = { { 0 } }, told[2][2] = { { 0 } }, low = 0;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        static const int sizes[2] = { 30, SCHOOLS };
        for (int k = 0; k < 2; k++) {
            world w;
            oko_relation fit;
            oko_relation_residual r[SCHOOLS];
            make(&w, seed + 1000, sizes[k], 0, 0);
            assert_int_equal(oko_relation_fit(w.at, (size_t)sizes[k], &options, &fit, r), OKO_OK);
            for (int i = 0; i < sizes[k]; i++) {
                const int small = w.at[i].n_y < 20;
                n[k][small]++;
                told[k][small] += r[i].p < .01;
                low += r[i].p_low < .01;
            }
        }
    }
    for (int k = 0; k < 2; k++)
        for (int small = 0; small < 2; small++) {
            const double share = (double)told[k][small] / (double)n[k][small];
            const double slack = 3 * sqrt(.01 * .99 / (double)n[k][small]);
            if (share > .013 + slack || share < .004 - slack)
                fail_msg("band %d %d: %.4f of %lld", k, small, share, (long long)n[k][small]);
        }
    const double all = (double)(n[0][0] + n[0][1] + n[1][0] + n[1][1]);
    assert_true((double)low / all < .014);
}

static void inflated_schools_are_found(void **state)
{
    (void)state;
    double effect = 0;
    int found = 0, others = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        world w;
        oko_relation fit;
        oko_relation_residual r[SCHOOLS];
        make(&w, seed + 5000, SCHOOLS, 20, 6); /* a tenth of the schools, by 6 points */
        assert_int_equal(oko_relation_fit(w.at, SCHOOLS, &options, &fit, r), OKO_OK);
        for (int i = 0; i < SCHOOLS; i++) {
            effect += i < 20 ? r[i].effect / (20 * 40) : 0;
            found += i < 20 && r[i].p < .01;
            others += i >= 20 && r[i].p < .01;
        }
    }
    assert_true(fabs(effect - 6) < .35);
    assert_true(found > .78 * 20 * 40);
    assert_true(others < .012 * 180 * 40);
}

/* Shift and scale of either procedure change nothing but the units; the order of schools changes nothing. */
static void units_do_not_matter(void **state)
{
    (void)state;
    world w, v;
    oko_relation a, b;
    oko_relation_residual r[SCHOOLS], s[SCHOOLS];
    make(&w, 77, 60, 3, 5);
    for (int i = 0; i < 60; i++) {
        v.at[59 - i] = w.at[i];
        v.at[59 - i].y = 3 * w.at[i].y - 11;
        v.at[59 - i].x = .5 * w.at[i].x + 100;
    }
    const oko_relation_options other = { .sd_x = 3, .sd_y = 15, .min_pupils = 5 };
    assert_int_equal(oko_relation_fit(w.at, 60, &options, &a, r), OKO_OK);
    assert_int_equal(oko_relation_fit(v.at, 60, &other, &b, s), OKO_OK);
    for (int i = 0; i < 60; i++) {
        assert_true(fabs(r[i].z - s[59 - i].z) < 1e-6);
        assert_true(fabs(3 * r[i].effect - s[59 - i].effect) < 1e-6);
        assert_true((r[i].lo > 0) == (2 * fmin(r[i].p, r[i].p_low) < .05 && r[i].effect > 0));
        assert_true(fabs(r[i].p + r[i].p_low - 1) < 1e-12);
    }
}

static void too_little_is_said(void **state)
{
    (void)state;
    world w;
    oko_relation fit;
    oko_relation_residual r[SCHOOLS];
    make(&w, 5, 12, 0, 0);
    w.at[0].x = NAN;
    w.at[1].n_y = 2;
    w.at[2].y = NAN;
    assert_int_equal(oko_relation_fit(w.at, 12, &options, &fit, r), OKO_E_NO_DATA);
    assert_true(isnan(fit.slope) && !r[5].computed && isnan(r[5].effect));
    make(&w, 5, 13, 0, 0);
    w.at[0].x = NAN;
    w.at[1].n_y = 2;
    assert_int_equal(oko_relation_fit(w.at, 13, &options, &fit, r), OKO_OK);
    assert_int_equal(fit.schools, 11);
    assert_false(r[0].computed || r[1].computed);
    assert_true(r[2].computed);
    for (int i = 0; i < 13; i++)
        w.at[i].x = 20; /* no school differs from another */
    assert_int_equal(oko_relation_fit(w.at, 13, &options, &fit, r), OKO_E_NO_DATA);
    const oko_relation_options bad = { .sd_x = 0, .sd_y = 1, .min_pupils = 1 };
    assert_int_equal(oko_relation_fit(w.at, 13, &bad, &fit, r), OKO_E_ARGUMENT);
}

static void memory_runs_out(void **state)
{
    (void)state;
    world w;
    oko_relation fit;
    make(&w, 5, 20, 0, 0);
    for (size_t n = 1; n <= 3; n++) {
        failing_alloc_arm(n);
        const oko_status status = oko_relation_fit(w.at, 20, &options, &fit, NULL);
        assert_int_equal(status, failing_alloc_disarm() ? OKO_E_MEMORY : OKO_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line_is_found_through_errors),
        cmocka_unit_test(honest_schools_are_told_at_the_nominal_rate),
        cmocka_unit_test(inflated_schools_are_found),
        cmocka_unit_test(units_do_not_matter),
        cmocka_unit_test(too_little_is_said),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
