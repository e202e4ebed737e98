/*
 * Reference stratum: with half of the other schools helping their pupils, the honest ones stay unsuspected and the
 * helped ones are found, which they are not without the stratum; a stratum of weak schools does no harm; too small a
 * stratum, and none, leave the digits as they were. The inflation's interval covers the truth.
 */
#include "stats/reference_world.h"
#include "support/failing_alloc.h"

#include <oko/inflation.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

enum { TARGET = 2, SCHOOLS = 150, OBSERVED = 40 };
#define HELP .25

static signs_world world;
static oko_sign sign[WORLD_MOST];
static oko_sign again[WORLD_MOST];
static bool observed[WORLD_MOST];

typedef struct figures {
    double honest, honest_below, helped, helped_below, observed, observed_below, false_q, true_q;
} figures;

static void make(uint64_t seed, bool weaker, double share)
{
    const reference_plan plan = { SCHOOLS, OBSERVED, weaker, share, TARGET };
    assert_int_equal(reference_world_make(seed, &plan, &world), OKO_OK);
    for (size_t i = 0; i < world.n; i++) {
        observed[i] = world.group[i].reference;
    }
}

static figures judge(uint64_t from, uint64_t to, bool weaker, double share, bool known)
{
    figures f = { .honest = 0 };
    for (uint64_t seed = from; seed <= to; seed++) {
        oko_sign_null null[WORLD_TESTS];
        make(seed, weaker, share);
        for (size_t i = 0; i < world.n; i++) {
            world.group[i].reference = known && observed[i];
        }
        assert_int_equal(oko_signs(world.test, WORLD_TESTS, world.group, world.n, NULL, sign, null), OKO_OK);
        assert_int_equal(null[TARGET].anchored, known ? (1u << OKO_FAMILY_COUNT) - 1 : 0);
        assert_int_equal(null[TARGET].n_reference > 0, known);
        for (size_t i = 0; i < world.n; i++) {
            if (world.group[i].test != TARGET || isnan(sign[i].p_all)) {
                continue;
            }
            double *n = helped[i] ? &f.helped : observed[i] ? &f.observed : &f.honest;
            double *below = helped[i] ? &f.helped_below : observed[i] ? &f.observed_below : &f.honest_below;
            *n += 1;
            *below += sign[i].p_all < .01;
            f.false_q += !helped[i] && sign[i].q <= .10;
            f.true_q += helped[i] && sign[i].q <= .10;
        }
        signs_world_clear(&world);
    }
    printf("  %s stratum%s, help %.2f: honest %.4f of %.0f, observed %.4f of %.0f, helped %.3f of %.0f; q: %.0f false, "
           "%.0f true\n",
           known ? "with" : "without", weaker ? " of weak schools" : "", share, f.honest_below / f.honest, f.honest,
           f.observed_below / f.observed, f.observed, f.helped_below / f.helped, f.helped, f.false_q, f.true_q);
    return f;
}

static void test_mass(void **state)
{
    (void)state;
    figures blind = judge(1, 2, false, HELP, false);
    figures known = judge(1, 3, false, HELP, true);
    figures weak = judge(1, 3, true, HELP, true);
    assert_true(blind.helped_below / blind.helped < .03); /* what all do is normal */
    assert_true(known.helped_below / known.helped > .12);
    assert_true(weak.helped_below / weak.helped > .12);
    assert_true((known.honest_below + weak.honest_below) / (known.honest + weak.honest) <= .012);
    assert_true((known.observed_below + weak.observed_below) / (known.observed + weak.observed) <= .012);
    assert_true(known.false_q / (known.false_q + known.true_q) < .15);
}

static void test_honest(void **state)
{
    (void)state;
    figures f = judge(1, 3, false, 0, true);
    figures weak = judge(6, 8, true, 0, true);
    assert_true(f.honest + weak.honest > 1200);
    assert_true((f.honest_below + weak.honest_below) / (f.honest + weak.honest) <= .012);
    assert_true(f.honest_below > 0 && weak.honest_below > 0); /* and not asleep */
}

static void test_small_stratum(void **state)
{
    (void)state;
    oko_sign_null null[WORLD_TESTS];
    make(3, false, 0);
    size_t left = 10; /* groups */
    for (size_t i = 0; i < world.n; i++) {
        world.group[i].reference = false;
    }
    assert_int_equal(oko_signs(world.test, WORLD_TESTS, world.group, world.n, NULL, sign, null), OKO_OK);
    assert_int_equal(null[TARGET].n_reference, 0);
    for (size_t i = 0; i < world.n; i++) {
        world.group[i].reference = world.group[i].test == TARGET && left > 0 && sign[i].n_works >= OKO_SIGNS_MIN_WORKS;
        left -= world.group[i].reference;
    }
    assert_int_equal(oko_signs(world.test, WORLD_TESTS, world.group, world.n, NULL, again, null), OKO_OK);
    assert_int_equal(null[TARGET].n_reference, 10); /* it is told, and not used */
    assert_int_equal(null[TARGET].anchored, 0);
    assert_true(null[TARGET].n_reference_works > 50);
    for (size_t i = 0; i < world.n; i++) {
        assert_memory_equal(sign[i].stat_log_p, again[i].stat_log_p, sizeof sign[i].stat_log_p);
        assert_memory_equal(&sign[i].q, &again[i].q, sizeof(double));
    }
    signs_world_clear(&world);
}

static void test_threads(void **state)
{
    (void)state;
    make(4, false, HELP);
    oko_sign_options o = OKO_SIGN_OPTIONS_INIT;
    o.threads = 1;
    assert_int_equal(oko_signs(world.test, WORLD_TESTS, world.group, world.n, &o, sign, NULL), OKO_OK);
    o.threads = 8;
    assert_int_equal(oko_signs(world.test, WORLD_TESTS, world.group, world.n, &o, again, NULL), OKO_OK);
    for (size_t i = 0; i < world.n; i++) {
        assert_memory_equal(sign[i].stat_log_p, again[i].stat_log_p, sizeof sign[i].stat_log_p);
    }
    signs_world_clear(&world);
}

/* ---- inflation ---- */

enum { FIGURES = 2 + WORLD_CUTS }; /* marks, share of the lowest mark, lifted */

static void true_figures(double truth[FIGURES])
{
    double works = 0;
    memset(truth, 0, FIGURES * sizeof *truth);
    for (size_t i = 0; i < world.n; i++) {
        const oko_sign_group *g = &world.group[i];
        for (int k = 0; k < g->n; k++) {
            works += g->test == TARGET && !g->reference && g->total[k] >= 0;
        }
        truth[0] += g->test == TARGET ? world.moved[i] : 0;
        for (int c = 0; c < WORLD_CUTS; c++) {
            truth[2 + c] += g->test == TARGET ? crossed[i][c] : 0;
        }
    }
    truth[0] /= works;
    truth[1] = -truth[2] / works;
}

static bool covers(oko_estimate e, double truth)
{
    assert_true(e.lo <= e.value && e.value <= e.hi);
    return e.lo <= truth && truth <= e.hi;
}

static void cover(bool weaker, double share, int seeds)
{
    double hit[FIGURES] = { 0 };
    double plain = 0;
    double bias = 0;
    double all = 0;
    for (int seed = 1; seed <= seeds; seed++) {
        double truth[FIGURES];
        oko_inflation f;
        oko_inflation_options o = OKO_INFLATION_OPTIONS_INIT;
        make((uint64_t)seed, weaker, share);
        true_figures(truth);
        o.by_parent = true;
        o.replicates = 200;
        assert_int_equal(oko_inflation_estimate(world.test, WORLD_TESTS, world.group, world.n, TARGET, &o, &f), OKO_OK);
        assert_int_equal(f.adjusted.why, OKO_INFLATION_COMPUTED);
        hit[0] += covers(f.adjusted.marks, truth[0]);
        hit[1] += covers(f.adjusted.share[0], truth[1]);
        for (int c = 0; c < WORLD_CUTS; c++) {
            hit[2 + c] += covers(f.adjusted.lifted[c], truth[2 + c]);
        }
        plain += covers(f.plain.marks, truth[0]);
        bias += f.adjusted.marks.value - truth[0];
        all += truth[0];
        signs_world_clear(&world);
    }
    printf("  inflation of %.2f%s: bias %+.3f, covered %.3f (lowest mark %.3f, cut-offs %.3f %.3f %.3f; plain %.3f)\n",
           all / seeds, weaker ? ", weak stratum" : "", bias / seeds, hit[0] / seeds, hit[1] / seeds, hit[2] / seeds,
           hit[3] / seeds, hit[4] / seeds, plain / seeds);
    for (int k = 0; k < FIGURES; k++) {
        assert_true(hit[k] / seeds >= (k == 0 ? .90 : .85)); /* of 95 %, in 20…30 regions */
    }
    assert_true(fabs(bias / seeds) < .08);
    assert_true(weaker ? plain / seeds < .2 : plain / seeds > .85); /* what the adjustment is for */
}

static void test_coverage(void **state)
{
    (void)state;
    cover(false, HELP, 20);
    cover(true, HELP, 20);
    cover(true, 0, 30);
}

static void test_why_not(void **state)
{
    (void)state;
    oko_inflation f;
    oko_inflation_options o = OKO_INFLATION_OPTIONS_INIT;
    make(2, false, 0);
    o.by_parent = true;
    for (size_t i = 0; i < world.n; i++) {
        world.group[i].reference = false;
    }
    assert_int_equal(oko_inflation_estimate(world.test, WORLD_TESTS, world.group, world.n, TARGET, &o, &f), OKO_OK);
    assert_int_equal(f.plain.why, OKO_INFLATION_NO_REFERENCE);
    assert_int_equal(f.adjusted.why, OKO_INFLATION_NO_REFERENCE);
    assert_true(isnan(f.plain.marks.value) && isnan(f.adjusted.lifted[0].lo) && isnan(f.level));
    assert_true(f.works > 4000);
    for (size_t i = 0; i < world.n; i++) {
        world.group[i].reference = world.group[i].parent < 4;
    }
    assert_int_equal(oko_inflation_estimate(world.test, WORLD_TESTS, world.group, world.n, TARGET, &o, &f), OKO_OK);
    assert_int_equal(f.plain.why, OKO_INFLATION_FEW_REFERENCE);
    assert_int_equal(f.plain.reference_schools, 4);
    for (size_t i = 0; i < world.n; i++) {
        world.group[i].reference = world.group[i].parent > 4;
    }
    assert_int_equal(oko_inflation_estimate(world.test, WORLD_TESTS, world.group, world.n, TARGET, &o, &f), OKO_OK);
    assert_int_equal(f.plain.why, OKO_INFLATION_FEW_OTHERS);
    /* one test alone, without a journal: no other evidence */
    static oko_sign_group bare[WORLD_MOST];
    size_t n = 0;
    for (size_t i = 0; i < world.n; i++) {
        if (world.group[i].test == TARGET) {
            bare[n] = world.group[i];
            bare[n].test = 0;
            bare[n].journal = NULL;
            bare[n++].reference = observed[i];
        }
    }
    assert_int_equal(oko_inflation_estimate(&world.test[TARGET], 1, bare, n, 0, &o, &f), OKO_OK);
    assert_int_equal(f.plain.why, OKO_INFLATION_COMPUTED);
    assert_int_equal(f.adjusted.why, OKO_INFLATION_NO_EVIDENCE);
    assert_true(isfinite(f.plain.marks.lo) && isnan(f.adjusted.marks.value));
    double shares = 0;
    double differences = 0;
    for (int k = 0; k <= f.n_cutoffs; k++) {
        shares += f.plain.mark[k];
        differences += f.plain.share[k].value;
    }
    assert_true(fabs(shares - 1) < 1e-12 && fabs(differences) < 1e-12);
    assert_true(fabs(f.plain.observed - f.plain.expected - f.plain.marks.value) < 1e-12);
    /* the digits do not depend on the order of the groups */
    oko_inflation g;
    for (size_t i = 0; i < n / 2; i++) {
        oko_sign_group swap = bare[i];
        bare[i] = bare[n - 1 - i];
        bare[n - 1 - i] = swap;
    }
    assert_int_equal(oko_inflation_estimate(&world.test[TARGET], 1, bare, n, 0, &o, &g), OKO_OK);
    assert_memory_equal(&f.plain.marks, &g.plain.marks, sizeof f.plain.marks);
    assert_int_equal(oko_inflation_estimate(&world.test[TARGET], 1, bare, n, 1, &o, &g), OKO_E_ARGUMENT);
    o.replicates = 3;
    assert_int_equal(oko_inflation_estimate(&world.test[TARGET], 1, bare, n, 0, &o, &g), OKO_E_ARGUMENT);
    assert_string_equal(oko_inflation_why_name(OKO_INFLATION_FEW_OTHERS), "few_others");
    assert_string_equal(oko_inflation_why_name((oko_inflation_why)99), "");
    signs_world_clear(&world);
}

static void test_failing_allocations(void **state)
{
    (void)state;
    make(5, false, 0);
    oko_inflation f = { .n_cutoffs = -77 };
    oko_inflation_options o = { .seed = 1, .replicates = 50, .by_parent = true };
    size_t failed = 0;
    for (size_t n = 1;; n += 1 + n / 4) {
        failing_alloc_arm(n);
        oko_status status = oko_inflation_estimate(world.test, WORLD_TESTS, world.group, world.n, TARGET, &o, &f);
        bool hit = failing_alloc_disarm();
        if (!hit) {
            assert_int_equal(status, OKO_OK);
            break;
        }
        assert_int_equal(status, OKO_E_MEMORY);
        assert_int_equal(f.n_cutoffs, -77);
        failed++;
    }
    assert_true(failed > 10);
    signs_world_clear(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mass),
        cmocka_unit_test(test_honest),
        cmocka_unit_test(test_small_stratum),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_coverage),
        cmocka_unit_test(test_why_not),
        cmocka_unit_test(test_failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
