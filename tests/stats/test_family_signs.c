/*
 * All families on made-up regions: honest false positives, power, false discoveries and effects within stated bounds;
 * the digits do not depend on threads or on the order of the groups; failing allocations; arguments.
 */
#include "stats/signs_world.h"
#include "support/failing_alloc.h"

#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static signs_world world;
static oko_sign sign[WORLD_MOST];
static oko_sign again[WORLD_MOST];

static void run(uint64_t seed, int schools, double planted, oko_sign_null *ret_null)
{
    assert_int_equal(signs_world_make(seed, schools, planted, &world), OKO_OK);
    oko_sign_options o = OKO_SIGN_OPTIONS_INIT;
    assert_int_equal(oko_signs(world.test, WORLD_TESTS, world.group, world.n, &o, sign, ret_null), OKO_OK);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Adds the groups of the fifth with the ablest classes: judged, below .01 by all families, by level, by time. */
static void add_strongest(double *n, double *below)
{
    static double sorted[WORLD_MOST];
    memcpy(sorted, world.ability, world.n * sizeof *sorted);
    qsort(sorted, world.n, sizeof *sorted, compare_doubles);
    for (size_t i = 0; i < world.n; i++) {
        if (world.ability[i] >= sorted[world.n * 4 / 5] && !isnan(sign[i].p_all)) {
            (*n)++;
            below[0] += sign[i].p_all < .01;
            below[1] += sign[i].p[OKO_FAMILY_LEVEL] < .01;
            below[2] += sign[i].p[OKO_FAMILY_TIME] < .01;
        }
    }
}

static void test_honest(void **state)
{
    (void)state;
    double strong = 0;
    double strong_below[3] = { 0 };
    double judged = 0;
    double below = 0;
    double family[OKO_FAMILY_COUNT] = { 0 };
    double known[OKO_FAMILY_COUNT] = { 0 };
    for (uint64_t seed = 1; seed <= 3; seed++) {
        oko_sign_null null[WORLD_TESTS];
        run(seed, 150, 0, null);
        add_strongest(&strong, strong_below);
        for (size_t i = 0; i < world.n; i++) {
            judged += !isnan(sign[i].p_all);
            below += sign[i].p_all < .01;
            for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
                known[f] += !isnan(sign[i].p[f]);
                family[f] += sign[i].p[f] < .01;
            }
        }
        for (int t = 0; t < WORLD_TESTS; t++) { /* .30 of ability was put in: times a slope of .55…1.15 in logits */
            assert_true(null[t].sd_item_group > .16 && null[t].sd_item_group < .36);
            assert_true(null[t].absence > .03 && null[t].absence < .07);
        }
        signs_world_clear(&world);
    }
    printf("honest: %.0f groups, p < .01 in %.4f;", judged, below / judged);
    assert_true(judged > 3500);
    assert_true(below / judged < .012);
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        printf(" %s %.4f", oko_family_name((oko_family)f), family[f] / known[f]);
        assert_true(known[f] > 3000);
        assert_true(family[f] / known[f] < .016);
        assert_true(family[f] > 0); /* and not asleep */
    }
    printf("; strongest fifth %.0f: %.4f, level %.4f, time %.4f\n", strong, strong_below[0] / strong,
           strong_below[1] / strong, strong_below[2] / strong);
    assert_true(strong > 700); /* nominal .01; the standard error is .004 */
    for (int k = 0; k < 3; k++) {
        assert_true(strong_below[k] / strong < .018);
    }
}

/* An exam inflated in all classes of a school is told against other tests, parallel classes or not; rings are told by
 * pairs; effects are in marks. */
static void test_schools_and_rings(void **state)
{
    (void)state;
    double n[OKO_PLANT_COUNT] = { 0 };
    double hit[OKO_PLANT_COUNT] = { 0 };
    double marks[OKO_PLANT_COUNT] = { 0 };
    double moved[OKO_PLANT_COUNT] = { 0 };
    oko_world_options o = OKO_WORLD_OPTIONS_INIT;
    memset(o.strength, 0, sizeof o.strength);
    o.strength[OKO_PLANT_EXAM] = 2;
    o.strength[OKO_PLANT_RING] = 1;
    o.min_class = 15;
    for (uint64_t seed = 31; seed <= 32; seed++) {
        o.seed = seed;
        assert_int_equal(signs_world_make_of(&o, &world), OKO_OK);
        oko_sign_options so = OKO_SIGN_OPTIONS_INIT;
        assert_int_equal(oko_signs(world.test, WORLD_TESTS, world.group, world.n, &so, sign, NULL), OKO_OK);
        for (size_t i = 0; i < world.n; i++) {
            oko_plant kind = world.plant[i];
            n[kind]++;
            hit[kind] += sign[i].p[kind == OKO_PLANT_EXAM ? OKO_FAMILY_LEVEL : OKO_FAMILY_PATTERN] < .01;
            marks[kind] += isnan(sign[i].marks) ? 0 : sign[i].marks;
            moved[kind] += isnan(sign[i].marks) ? 0 : world.moved[i];
        }
        signs_world_clear(&world);
    }
    printf("exam %.0f: level p < .01 %.3f, marks %.3f of the truth; ring %.0f: pattern %.3f\n", n[OKO_PLANT_EXAM],
           hit[OKO_PLANT_EXAM] / n[OKO_PLANT_EXAM], marks[OKO_PLANT_EXAM] / moved[OKO_PLANT_EXAM], n[OKO_PLANT_RING],
           hit[OKO_PLANT_RING] / n[OKO_PLANT_RING]);
    assert_true(n[OKO_PLANT_EXAM] > 60 && n[OKO_PLANT_RING] > 60);
    assert_true(hit[OKO_PLANT_EXAM] / n[OKO_PLANT_EXAM] > .4);
    assert_true(fabs(marks[OKO_PLANT_EXAM] / moved[OKO_PLANT_EXAM] - 1) < .15);
    assert_true(hit[OKO_PLANT_RING] / n[OKO_PLANT_RING] > .15);
}

static void test_planted(void **state)
{
    (void)state;
    double n[OKO_PLANT_COUNT] = { 0 };
    double hit[OKO_PLANT_COUNT] = { 0 };
    double found[2] = { 0 };
    double marks = 0;
    double true_marks = 0;
    double absent = 0;
    double true_absent = 0;
    for (uint64_t seed = 11; seed <= 13; seed++) {
        run(seed, 150, .1, NULL);
        for (size_t i = 0; i < world.n; i++) {
            const oko_sign *s = &sign[i];
            oko_plant kind = world.plant[i];
            n[kind]++;
            hit[kind] += s->p_all < .01;
            found[kind != OKO_PLANT_NONE] += s->q <= .10;
            assert_int_equal(s->evidence >= OKO_EVIDENCE_ATTENTION, s->q <= .10);
            bool marked = kind == OKO_PLANT_UPLIFT || kind == OKO_PLANT_CORRECTION;
            if (marked && !isnan(s->marks)) {
                assert_true(s->marks_lo <= s->marks && s->marks <= s->marks_hi);
                marks += s->marks;
                true_marks += world.moved[i];
            }
            if (kind == OKO_PLANT_EXCLUSION && !isnan(s->absent)) {
                absent += s->absent;
                true_absent += world.moved[i];
            }
        }
        signs_world_clear(&world);
    }
    printf("planted, p < .01:");
    for (int k = 0; k < OKO_PLANT_COUNT; k++) {
        if (n[k] > 0) {
            printf(" %s %.3f", oko_plant_name((oko_plant)k), hit[k] / n[k]);
        }
    }
    printf("; false of all found %.3f; marks %.3f of the truth, absent %.3f\n", found[0] / (found[0] + found[1]),
           marks / true_marks, absent / true_absent);
    assert_true(hit[OKO_PLANT_NONE] / n[OKO_PLANT_NONE] < .012);
    assert_true(hit[OKO_PLANT_DICTATION] / n[OKO_PLANT_DICTATION] > .5);
    assert_true(hit[OKO_PLANT_EXCLUSION] / n[OKO_PLANT_EXCLUSION] > .7);
    assert_true(hit[OKO_PLANT_BUNCHING] / n[OKO_PLANT_BUNCHING] > .5);
    assert_true(found[0] / (found[0] + found[1]) < .12);
    assert_true(fabs(marks / true_marks - 1) < .15);
    assert_true(fabs(absent / true_absent - 1) < .1);
}

/* Byte by byte but for padding: the numbers that reports show. */
static void assert_same(const oko_sign *a, const oko_sign *b)
{
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        assert_memory_equal(&a->log_p[f], &b->log_p[f], sizeof(double));
        assert_int_equal(a->top[f], b->top[f]);
    }
    assert_memory_equal(a->stat_log_p, b->stat_log_p, sizeof a->stat_log_p);
    assert_memory_equal(&a->q, &b->q, sizeof(double));
    assert_memory_equal(&a->marks, &b->marks, sizeof(double));
    assert_memory_equal(&a->lifted_hi, &b->lifted_hi, sizeof(double));
    assert_int_equal(a->evidence, b->evidence);
    assert_int_equal(a->pair[0], b->pair[0]);
    assert_int_equal(a->n_good, b->n_good);
    assert_memory_equal(a->good, b->good, sizeof a->good[0] * (size_t)a->n_good);
}

static void test_same_digits(void **state)
{
    (void)state;
    run(7, 60, .1, NULL);
    oko_sign_options o = OKO_SIGN_OPTIONS_INIT;
    for (int threads = 1; threads <= 8; threads *= 2) {
        o.threads = threads;
        assert_int_equal(oko_signs(world.test, WORLD_TESTS, world.group, world.n, &o, again, NULL), OKO_OK);
        for (size_t i = 0; i < world.n; i++) {
            assert_same(&sign[i], &again[i]);
        }
    }
    for (size_t i = 0; i < world.n / 2; i++) { /* from the last to the first */
        oko_sign_group g = world.group[i];
        world.group[i] = world.group[world.n - 1 - i];
        world.group[world.n - 1 - i] = g;
    }
    assert_int_equal(oko_signs(world.test, WORLD_TESTS, world.group, world.n, &o, again, NULL), OKO_OK);
    for (size_t i = 0; i < world.n; i++) {
        assert_same(&sign[i], &again[world.n - 1 - i]);
    }
    signs_world_clear(&world);
}

/* Classes of a school: one class is as good as none told; with a class for every row nothing is known of the spread. */
static void test_parts_of_a_group(void **state)
{
    (void)state;
    static const uint32_t same[OKO_SIGNS_MAX_PUPILS] = { 0 };
    static uint32_t each[OKO_SIGNS_MAX_PUPILS];
    static oko_sign_group part[WORLD_MOST];
    static oko_sign first[WORLD_MOST];
    oko_sign_null null;
    for (uint32_t i = 0; i < OKO_SIGNS_MAX_PUPILS; i++) {
        each[i] = i;
    }
    assert_int_equal(signs_world_make(5, 40, 0, &world), OKO_OK);
    size_t n = 0;
    for (size_t i = 0; i < world.n; i++) {
        if (world.group[i].test == 0) {
            part[n] = world.group[i];
            part[n++].items = NULL;
        }
    }
    assert_int_equal(oko_signs(world.test, 1, part, n, NULL, first, &null), OKO_OK);
    for (size_t i = 0; i < n; i++) {
        part[i].part = same;
    }
    assert_int_equal(oko_signs(world.test, 1, part, n, NULL, sign, &null), OKO_OK);
    int compressed = 0;
    for (size_t i = 0; i < n; i++) {
        compressed += !isnan(first[i].stat_log_p[OKO_STAT_COMPRESSED]);
        assert_memory_equal(first[i].stat_log_p, sign[i].stat_log_p, sizeof sign[i].stat_log_p);
        part[i].part = each;
    }
    assert_true(compressed > 20);
    assert_int_equal(oko_signs(world.test, 1, part, n, NULL, sign, &null), OKO_OK);
    for (size_t i = 0; i < n; i++) {
        assert_true(isnan(sign[i].stat_log_p[OKO_STAT_COMPRESSED]));
    }
    signs_world_clear(&world);
}

/* Without journal, items, pupil codes and absent rows: what is left is judged, the rest is not computed. */
static void test_little_is_known(void **state)
{
    (void)state;
    assert_int_equal(signs_world_make(3, 60, 0, &world), OKO_OK);
    static oko_sign_group bare[WORLD_MOST];
    size_t n = 0;
    for (size_t i = 0; i < world.n; i++) {
        const oko_sign_group *g = &world.group[i];
        if (g->test == 0) {
            bare[n++] = (oko_sign_group){ .unit = g->unit, .parent = g->parent, .n = g->n, .total = g->total };
        }
    }
    assert_true(n > 60);
    oko_sign_null null;
    assert_int_equal(oko_signs(world.test, 1, bare, n, NULL, sign, &null), OKO_OK);
    int level = 0;
    for (size_t i = 0; i < n; i++) {
        assert_true(isnan(sign[i].stat_log_p[OKO_STAT_CONTRAST]));
        assert_true(isnan(sign[i].stat_log_p[OKO_STAT_YEAR]));
        assert_true(isnan(sign[i].p[OKO_FAMILY_TIME]));
        level += !isnan(sign[i].p[OKO_FAMILY_LEVEL]); /* parallel classes are evidence */
        if (sign[i].n_works < OKO_SIGNS_MIN_WORKS) {
            assert_int_equal(sign[i].evidence, OKO_EVIDENCE_NO_DATA);
            assert_true(isnan(sign[i].p_all));
        }
    }
    assert_true(level > 10);
    /* one group alone */
    assert_int_equal(oko_signs(world.test, 1, bare, 1, NULL, sign, &null), OKO_OK);
    assert_int_equal(sign[0].evidence, OKO_EVIDENCE_NO_DATA);
    assert_int_equal(oko_signs(world.test, 1, NULL, 0, NULL, sign, NULL), OKO_OK);
    signs_world_clear(&world);
}

static void test_arguments(void **state)
{
    (void)state;
    static const int16_t max2[2] = { 1, 1 };
    static const int16_t total[6] = { 0, 1, 2, 1, 1, -1 };
    static const int8_t items[12] = { 0, 0, 1, 0, 1, 1, 0, 1, 1, 0, -1, -1 };
    oko_sign_test t = { 2021, 5, 0, 2, 2, max2, 0, NULL };
    oko_sign_group g[2] = { { .unit = 1, .n = 6, .total = total, .items = items },
                            { .unit = 2, .n = 6, .total = total, .items = items } };
    assert_int_equal(oko_signs(&t, 1, g, 2, NULL, sign, NULL), OKO_OK);
    assert_int_equal(sign[0].n_works, 5);
    assert_int_equal(sign[0].n_absent, 1);
    assert_int_equal(oko_signs(NULL, 1, g, 2, NULL, sign, NULL), OKO_E_ARGUMENT);
    assert_int_equal(oko_signs(&t, 0, g, 2, NULL, sign, NULL), OKO_E_ARGUMENT);
    assert_int_equal(oko_signs(&t, 1, g, 2, NULL, NULL, NULL), OKO_E_ARGUMENT);
    g[1].unit = 1;
    assert_int_equal(oko_signs(&t, 1, g, 2, NULL, sign, NULL), OKO_E_ARGUMENT);
    g[1].unit = 2;
    t.max_total = 1; /* a total above it */
    assert_int_equal(oko_signs(&t, 1, g, 2, NULL, sign, NULL), OKO_E_ARGUMENT);
    t.max_total = 2;
    static const int8_t above[12] = { 0, 0, 2, 0, 1, 1, 0, 1, 1, 0, -1, -1 };
    g[0].items = above;
    assert_int_equal(oko_signs(&t, 1, g, 2, NULL, sign, NULL), OKO_E_ARGUMENT);
    g[0].items = items;
    static const int16_t falling[2] = { 2, 1 };
    t.cutoffs = falling;
    t.n_cutoffs = 2;
    assert_int_equal(oko_signs(&t, 1, g, 2, NULL, sign, NULL), OKO_E_ARGUMENT);
    t.n_cutoffs = 0;
    oko_sign_options o = OKO_SIGN_OPTIONS_INIT;
    o.replicates = 3;
    assert_int_equal(oko_signs(&t, 1, g, 2, &o, sign, NULL), OKO_E_ARGUMENT);
}

typedef struct patience {
    uint64_t last;
    int calls, most;
} patience;

static bool wait_no_longer(void *ctx, uint64_t done, uint64_t total)
{
    patience *p = ctx;
    assert_true(done >= p->last && done <= total);
    p->last = done;
    return ++p->calls < p->most;
}

/* The caller hears of every stretch of work and can stop at any of them; nothing is written then. */
static void test_stopping(void **state)
{
    (void)state;
    assert_int_equal(signs_world_make(6, 14, 0, &world), OKO_OK);
    patience p = { .most = INT_MAX };
    oko_sign_options o = { .seed = 1, .replicates = 4, .refits = 1, .threads = 2, .go_on = wait_no_longer, .ctx = &p };
    assert_int_equal(oko_signs(world.test, WORLD_TESTS, world.group, world.n, &o, sign, NULL), OKO_OK);
    int all = p.calls;
    assert_true(all > WORLD_TESTS * 8 && p.last > 0);
    for (int most = 1; most < 20; most += 3) {
        p = (patience){ .most = most };
        assert_int_equal(oko_signs(world.test, WORLD_TESTS, world.group, world.n, &o, sign, NULL), OKO_E_CANCELLED);
        assert_int_equal(p.calls, most);
    }
    signs_world_clear(&world);
}

static void test_failing_allocations(void **state)
{
    (void)state;
    assert_int_equal(signs_world_make(5, 14, .1, &world), OKO_OK);
    oko_sign_options o = { .seed = 1, .replicates = 4, .refits = 0, .threads = 1 };
    sign[0].n_works = -77;
    size_t failed = 0;
    for (size_t n = 1;; n += 1 + n / 24) { /* every one at first, then wider steps */
        failing_alloc_arm(n);
        oko_status status = oko_signs(world.test, WORLD_TESTS, world.group, world.n, &o, sign, NULL);
        bool hit = failing_alloc_disarm();
        if (!hit) {
            assert_int_equal(status, OKO_OK);
            break;
        }
        assert_int_equal(status, OKO_E_MEMORY);
        failed++;
    }
    assert_true(failed > 40);
    assert_int_not_equal(sign[0].n_works, -77);
    signs_world_clear(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_honest),
        cmocka_unit_test(test_planted),
        cmocka_unit_test(test_schools_and_rings),
        cmocka_unit_test(test_same_digits),
        cmocka_unit_test(test_little_is_known),
        cmocka_unit_test(test_parts_of_a_group),
        cmocka_unit_test(test_arguments),
        cmocka_unit_test(test_stopping),
        cmocka_unit_test(test_failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
