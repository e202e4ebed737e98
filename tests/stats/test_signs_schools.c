/* Schools as groups with classes: what an item × class effect leaves of itself in a school, and honest schools of one
 * class, of several, of the strong and of the weak. */
#include "signs_world.h"

#include "stats/null_donors.h"
#include "stats/sign_prepare.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "near.h"

enum { SEEDS = 4 };

static signs_world world;
static oko_sign sign[WORLD_MOST];

/* Item × class variance of the classes alone (the world has hardly any of schools) is found from schools too. */
static void test_class_share(void **state)
{
    (void)state;
    const oko_sign_options options = OKO_SIGN_OPTIONS_INIT;
    double sd[2];
    for (int joined = 0; joined < 2; joined++) {
        sign_world *w = calloc(1, sizeof *w);
        assert_non_null(w);
        assert_int_equal(signs_world_make(11, 200, 0, &world), OKO_OK);
        if (joined) {
            signs_world_join(&world);
        }
        assert_int_equal(sign_world_new(world.test, WORLD_TESTS, world.group, world.n, &options, NULL, w), OKO_OK);
        sd[joined] = 0;
        for (int t = 0; t < WORLD_TESTS; t++) {
            assert_int_equal(null_fit(w, t), OKO_OK);
            sd[joined] += w->null[t].sd_item_group / WORLD_TESTS;
            assert_true(!joined || w->curves[t].class_share > .65);
        }
        for (size_t i = w->first[0]; i < w->first[1]; i++) {
            const null_works *g = &w->group[i].works;
            assert_true(g->part == NULL ? g->clump == 1 : g->clump < 1 && g->clump > .1);
        }
        sign_world_clear(w);
        signs_world_clear(&world);
        free(w);
    }
    print_message("item x class SD from classes %.3f, from schools %.3f (true .30)\n", sd[0], sd[1]);
    assert_near(sd[1], sd[0], .06);
}

/* The effects of the sampler's classes are as large in one class as in many, and differ between classes. */
static void test_sampled_classes(void **state)
{
    (void)state;
    enum { N = 80, DRAWS = 300 };
    const oko_sign_options options = OKO_SIGN_OPTIONS_INIT;
    sign_world *w = calloc(1, sizeof *w);
    assert_non_null(w);
    assert_int_equal(signs_world_make(12, 120, 0, &world), OKO_OK);
    assert_int_equal(sign_world_new(world.test, WORLD_TESTS, world.group, world.n, &options, NULL, w), OKO_OK);
    assert_int_equal(null_fit(w, 0), OKO_OK);
    w->curves[0].class_share = 1;
    static int16_t total[N];
    static uint8_t part[N];
    for (int i = 0; i < N; i++) {
        total[i] = 11;
        part[i] = (uint8_t)(i / (N / 4));
    }
    null_works one = { .n = N, .total = total, .clump = 1 };
    null_works four = { .n = N, .total = total, .part = part, .clump = .25 };
    assert_near(null_group_share(&w->curves[0], &four), .25, 1e-12);
    static double nothing[WORLD_ITEMS];
    null_curves still = w->curves[0]; /* without any effect: what the draws vary by anyway */
    still.sigma2 = nothing;
    double square[3] = { 0 };
    null_sampler s;
    null_donors d = { 0 };
    assert_int_equal(null_sampler_new(&w->curves[0], &s), OKO_OK);
    assert_int_equal(null_donors_new(w, 0, &d), OKO_OK);
    static int32_t code[WORLD_ITEMS * N];
    static size_t taken[N];
    oko_rng rng = oko_rng_make(3, 1);
    for (int k = 0; k < 3 * DRAWS; k++) {
        null_drawn drawn = { .stride = N, .code = code, .taken = taken };
        const null_curves *c = k % 3 == 2 ? &still : &w->curves[0];
        null_donate(c, &d, &s, &rng, UINT32_MAX - 1, k % 3 == 0 ? &one : &four, &drawn);
        for (size_t j = 0; j < WORLD_ITEMS; j++) {
            double excess = -N * w->curves[0].mean[11 * WORLD_ITEMS + j];
            for (int i = 0; i < N; i++) {
                excess += code[j * N + (size_t)i];
            }
            square[k % 3] += excess * excess;
        }
    }
    double effect = 0;
    for (int j = 0; j < WORLD_ITEMS; j++) {
        double v = N * w->curves[0].var[11 * WORLD_ITEMS + j];
        effect += w->curves[0].sigma2[j] * v * v;
    }
    double seen = (square[1] - square[2]) / (square[0] - square[2]);
    print_message("effects: one class %.2f of the null's; four equal ones %.2f of one\n",
                  (square[0] - square[2]) / DRAWS / effect, seen);
    assert_true(seen > .12 && seen < .42);
    null_donors_clear(&d);
    null_sampler_clear(&s);
    sign_world_clear(w);
    signs_world_clear(&world);
    free(w);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef struct share {
    double n, level, pattern, all;
} share;

static void add(share *s, const oko_sign *of)
{
    s->n += !isnan(of->p_all);
    s->level += of->p[OKO_FAMILY_LEVEL] < .01;
    s->pattern += of->p[OKO_FAMILY_PATTERN] < .01;
    s->all += of->p_all < .01;
}

/* Nominal .01; the bounds are three standard errors and more above the .012 that nothing may exceed. */
static void test_honest_schools(void **state)
{
    (void)state;
    static const char *const name[4] = { "one class", "several", "weakest fifth", "strongest fifth" };
    static double sorted[WORLD_MOST];
    share s[4] = { { 0 } };
    double found = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        assert_int_equal(signs_world_make(500 + seed, 150, 0, &world), OKO_OK);
        signs_world_join(&world);
        const oko_sign_options options = OKO_SIGN_OPTIONS_INIT;
        assert_int_equal(oko_signs(world.test, WORLD_TESTS, world.group, world.n, &options, sign, NULL), OKO_OK);
        memcpy(sorted, world.ability, world.n * sizeof *sorted);
        qsort(sorted, world.n, sizeof *sorted, compare_doubles);
        for (size_t i = 0; i < world.n; i++) {
            const uint32_t *part = world.group[i].part;
            add(&s[part[0] != part[world.group[i].n - 1]], &sign[i]);
            found += sign[i].q <= .05;
            if (world.ability[i] < sorted[world.n / 5]) {
                add(&s[2], &sign[i]);
            } else if (world.ability[i] >= sorted[world.n * 4 / 5]) {
                add(&s[3], &sign[i]);
            }
        }
        signs_world_clear(&world);
    }
    for (int k = 0; k < 4; k++) {
        print_message("%s %.0f: all %.4f level %.4f pattern %.4f\n", name[k], s[k].n, s[k].all / s[k].n,
                      s[k].level / s[k].n, s[k].pattern / s[k].n);
        assert_true(s[k].n > 350);
        double bound = .012 + 3 * sqrt(.01 * .99 / s[k].n);
        assert_true(s[k].all / s[k].n < bound && s[k].pattern / s[k].n < bound && s[k].level / s[k].n < bound);
    }
    assert_true(s[2].level > 0); /* the weak are not asleep */
    print_message("q <= .05: %.0f of %.0f schools\n", found, s[0].n + s[1].n);
    assert_true(found <= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_class_share), cmocka_unit_test(test_sampled_classes),
                                        cmocka_unit_test(test_honest_schools) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
