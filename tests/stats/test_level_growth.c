/* Growth of a part of the works: finds corrected classes better than the mean alone, leaves honest ones and those whose
 * pupils can't be linked. */
#include "signs_world.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static signs_world world;
static oko_sign sign[WORLD_MOST];

static void judge(int threads)
{
    oko_sign_options options = OKO_SIGN_OPTIONS_INIT;
    options.threads = threads;
    assert_int_equal(oko_signs(world.test, WORLD_TESTS, world.group, world.n, &options, sign, NULL), OKO_OK);
}

static void test_power(void **state)
{
    (void)state;
    double honest[3] = { 0 };
    double corrected[3] = { 0 };
    oko_world_options o = OKO_WORLD_OPTIONS_INIT;
    o.seed = 801;
    o.schools = 160;
    o.min_class = 18;
    memset(o.strength, 0, sizeof o.strength);
    o.strength[OKO_PLANT_CORRECTION] = 1;
    assert_int_equal(signs_world_make_of(&o, &world), OKO_OK);
    judge(0);
    for (size_t i = 0; i < world.n; i++) {
        const double *log_p = sign[i].stat_log_p;
        if (isnan(log_p[OKO_STAT_GROWTH])) {
            assert_true(sign[i].n_works < 10);
            continue;
        }
        double *count = world.plant[i] == OKO_PLANT_NONE ? honest : corrected;
        count[0]++;
        count[1] += log_p[OKO_STAT_LEVEL] < log(.01);
        count[2] += log_p[OKO_STAT_GROWTH] < log(.01);
    }
    print_message("p < .01 of %.0f honest: level %.4f growth %.4f; of %.0f corrected: level %.3f growth %.3f\n",
                  honest[0], honest[1] / honest[0], honest[2] / honest[0], corrected[0], corrected[1] / corrected[0],
                  corrected[2] / corrected[0]);
    assert_true(honest[0] > 1000 && corrected[0] > 80);
    assert_true(honest[2] / honest[0] < .012 + 3 * sqrt(.01 * .99 / honest[0]));
    assert_true(corrected[2] > corrected[1] + .05 * corrected[0]);
    signs_world_clear(&world);
}

/* Pupils without codes have a journal of their own; without that too there is nothing to hold a work against. */
static void test_not_linked(void **state)
{
    (void)state;
    assert_int_equal(signs_world_make(802, 60, 0, &world), OKO_OK);
    for (int journal = 1; journal >= 0; journal--) {
        for (size_t i = 0; i < world.n; i++) {
            free((void *)(uintptr_t)world.group[i].pupil);
            world.group[i].pupil = NULL;
            if (!journal) {
                free((void *)(uintptr_t)world.group[i].journal);
                world.group[i].journal = NULL;
            }
        }
        judge(1);
        int known = 0;
        int level = 0;
        for (size_t i = 0; i < world.n; i++) {
            known += !isnan(sign[i].stat_log_p[OKO_STAT_GROWTH]);
            level += !isnan(sign[i].stat_log_p[OKO_STAT_LEVEL]);
        }
        assert_true(level > 0 && (journal ? known > level / 2 : known == 0));
    }
    signs_world_clear(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_power), cmocka_unit_test(test_not_linked) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
