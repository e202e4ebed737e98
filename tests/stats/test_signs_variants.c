/*
 * Variants of a test: classes that write one variant each, or both by turns, are not alike for it; copying is found as
 * before; levels of variants that differ in difficulty are brought to one scale; too rare variants are left out.
 */
#include "base/random.h"
#include "stats/signs_world.h"
#include "support/failing_alloc.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static signs_world world;
static oko_sign sign[WORLD_MOST];
static uint8_t variant[WORLD_MOST][64];
static bool alone[WORLD_MOST]; /* wrote the second variant only, where the others wrote both */

/* Each class one variant (two of five the second); all classes both; both, but one class in fifteen the second only. */
typedef enum how { ONE_EACH, BY_TURNS, FEW_SECOND, ONLY_FIRST } how;
static const double second_share[] = { .4, 0, .07, 0 };

/* Variant 2 asks the same in another order, and its first item is easier: half of the lost points are given. */
static void write_second(oko_sign_group *g, int row, oko_rng *rng)
{
    static const int from[WORLD_ITEMS] = { 12, 11, 10, 8, 9, 7, 6, 5, 3, 4, 2, 1, 0, 15, 14, 13 };
    int8_t *items = (int8_t *)(uintptr_t)g->items + row * WORLD_ITEMS;
    int16_t *total = (int16_t *)(uintptr_t)g->total + row;
    int8_t before[WORLD_ITEMS];
    if (*total < 0) {
        return;
    }
    memcpy(before, items, sizeof before);
    for (int j = 0; j < WORLD_ITEMS; j++) {
        int8_t score = before[from[j]];
        items[j] = score > world_max[j] ? (int8_t)world_max[j] : score;
    }
    for (int j = 0; j < 6; j++) {
        items[j] = items[j] < 1 && oko_rng_uniform(rng) < .5 ? 1 : items[j];
    }
    *total = 0;
    for (int j = 0; j < WORLD_ITEMS; j++) {
        *total = (int16_t)(*total + (items[j] > 0 ? items[j] : 0));
    }
}

static void make(uint64_t seed, double planted, how way, bool told)
{
    assert_int_equal(signs_world_make(seed, 150, planted, &world), OKO_OK);
    for (size_t i = 0; i < world.n; i++) {
        oko_sign_group *g = &world.group[i];
        oko_rng rng = oko_rng_make(seed, (uint64_t)g->test << 32 | g->unit);
        bool only_second = oko_rng_uniform(&rng) < second_share[way];
        bool turns = way == BY_TURNS || way == FEW_SECOND;
        alone[i] = only_second && turns;
        for (int k = 0; k < g->n && k < 64; k++) {
            bool second = only_second || (turns && k % 2 == 1);
            variant[i][k] = second ? 2 : 1;
            if (second) {
                write_second(g, k, &rng);
            }
        }
        g->variant = told ? variant[i] : NULL;
    }
}

typedef struct figures {
    double judged, below, pattern, level, alone, alone_pattern, alone_level;
    double n[OKO_PLANT_COUNT], hit[OKO_PLANT_COUNT];
} figures;

static figures judge(uint64_t from, uint64_t to, double planted, how way, bool told)
{
    figures f = { .judged = 0 };
    for (uint64_t seed = from; seed <= to; seed++) {
        oko_sign_null null[WORLD_TESTS];
        make(seed, planted, way, told);
        assert_int_equal(oko_signs(world.test, WORLD_TESTS, world.group, world.n, NULL, sign, null), OKO_OK);
        for (int t = 0; t < WORLD_TESTS; t++) {
            assert_int_equal(null[t].n_variants, told && way != ONLY_FIRST ? 2 : 1);
            assert_int_equal(null[t].n_left_out, 0);
        }
        for (size_t i = 0; i < world.n; i++) {
            if (!isnan(sign[i].p_all)) {
                f.n[world.plant[i]]++;
                f.hit[world.plant[i]] += sign[i].p[OKO_FAMILY_PATTERN] < .01;
            }
            if (!isnan(sign[i].p_all) && world.plant[i] == OKO_PLANT_NONE) {
                f.judged++;
                f.below += sign[i].p_all < .01;
                f.pattern += sign[i].p[OKO_FAMILY_PATTERN] < .01;
                f.level += sign[i].p[OKO_FAMILY_LEVEL] < .01;
                f.alone += alone[i];
                f.alone_pattern += alone[i] && sign[i].p[OKO_FAMILY_PATTERN] < .01;
                f.alone_level += alone[i] && sign[i].p[OKO_FAMILY_LEVEL] < .01;
            }
        }
        signs_world_clear(&world);
    }
    printf("  %.0f honest: all %.4f, pattern %.4f, level %.4f; copying %.3f, dictation %.3f by the pattern; %.0f "
           "alone: %.3f, %.3f\n",
           f.judged, f.below / f.judged, f.pattern / f.judged, f.level / f.judged,
           f.hit[OKO_PLANT_COPYING] / f.n[OKO_PLANT_COPYING], f.hit[OKO_PLANT_DICTATION] / f.n[OKO_PLANT_DICTATION],
           f.alone, f.alone_pattern / f.alone, f.alone_level / f.alone);
    return f;
}

static void test_honest(void **state)
{
    (void)state;
    for (int way = ONE_EACH; way <= FEW_SECOND; way++) {
        figures f = judge(1, 2, 0, (how)way, true);
        assert_true(f.judged > 2300);
        assert_true(f.below / f.judged < .013);
        assert_true(f.pattern / f.judged < .016);
        assert_true(f.level / f.judged < .016);
        assert_true(f.pattern > 0 && f.level > 0);
    }
    /* the same works without the variants: what the field is for */
    figures blind = judge(1, 2, 0, FEW_SECOND, false);
    assert_true(blind.alone_pattern / blind.alone > .025);
}

static void test_power(void **state)
{
    (void)state;
    figures plain = judge(11, 12, .1, ONLY_FIRST, true);
    figures known = judge(11, 12, .1, ONE_EACH, true);
    assert_true(known.hit[OKO_PLANT_DICTATION] > .8 * plain.hit[OKO_PLANT_DICTATION]);
    assert_true(known.hit[OKO_PLANT_COPYING] > .7 * plain.hit[OKO_PLANT_COPYING]);
    assert_true(known.below / known.judged < .013);
}

/* Variants too rare for a pattern are left out of it and told; all else of the works is judged. */
static void test_rare(void **state)
{
    (void)state;
    oko_sign_null null[WORLD_TESTS];
    make(4, 0, BY_TURNS, true);
    int rare = 0; /* works */
    for (size_t i = 0; i < world.n; i++) {
        for (int k = 0; k < world.group[i].n && k < 64; k++) {
            bool odd = world.group[i].test == 0 && i % 16 == 0 && k % 3 == 0;
            variant[i][k] = odd ? 7 : variant[i][k];
            rare += odd && world.group[i].total[k] >= 0;
        }
    }
    assert_true(rare > 20 && rare < OKO_SIGNS_MIN_VARIANT_WORKS);
    assert_int_equal(oko_signs(world.test, WORLD_TESTS, world.group, world.n, NULL, sign, null), OKO_OK);
    assert_int_equal(null[0].n_variants, 2);
    assert_int_equal(null[0].n_left_out, rare);
    assert_int_equal(null[1].n_left_out, 0);
    for (size_t i = 0; i < world.n; i++) {
        for (int s = 0; s < 2 && sign[i].pair[s] >= 0; s++) {
            assert_int_not_equal(variant[i][sign[i].pair[s]], 7);
        }
        if (sign[i].pair[0] >= 0 && sign[i].pair[1] >= 0) { /* pairs are of one variant */
            assert_int_equal(variant[i][sign[i].pair[0]], variant[i][sign[i].pair[1]]);
        }
    }
    signs_world_clear(&world);
}

/* With variants and a stratum that anchors. */
static void test_failing_allocations(void **state)
{
    (void)state;
    oko_sign_options o = { .seed = 1, .replicates = 4, .refits = 0, .threads = 1 };
    oko_sign_null null[WORLD_TESTS];
    make(5, 0, ONE_EACH, true);
    size_t n_groups = 0;
    for (size_t i = 0; i < world.n; i++) { /* one test is enough */
        if (world.group[i].test == 0) {
            world.group[i].reference = world.group[i].parent % 3 != 0;
            oko_sign_group swap = world.group[n_groups];
            world.group[n_groups++] = world.group[i];
            world.group[i] = swap;
        }
    }
    size_t failed = 0;
    for (size_t n = 1;; n += 1 + n / 12) {
        failing_alloc_arm(n);
        oko_status status = oko_signs(world.test, 1, world.group, n_groups, &o, sign, null);
        bool hit = failing_alloc_disarm();
        if (!hit) {
            assert_int_equal(status, OKO_OK);
            break;
        }
        assert_int_equal(status, OKO_E_MEMORY);
        failed++;
    }
    assert_true(failed > 30);
    assert_int_equal(null[0].n_variants, 2);
    assert_true((null[0].anchored >> OKO_FAMILY_PATTERN & 1) != 0);
    signs_world_clear(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_honest),
        cmocka_unit_test(test_power),
        cmocka_unit_test(test_rare),
        cmocka_unit_test(test_failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
