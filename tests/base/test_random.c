/* Seeded random numbers: fixed digits, independence of streams, distributions. */
#include "base/random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Reference: the published recurrence written in Python with unbounded integers, from the state 1, 2, 3, 4. */
static void generator_is_xoshiro(void **state)
{
    (void)state;
    static const uint64_t expected[] = { UINT64_C(41943041),
                                         UINT64_C(58720359),
                                         UINT64_C(3588806011781223),
                                         UINT64_C(3591011842654386),
                                         UINT64_C(9228616714210784205),
                                         UINT64_C(9973669472204895162) };
    oko_rng rng = { { 1, 2, 3, 4 } };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_true(oko_rng_u64(&rng) == expected[i]);
    }
}

static void streams_differ(void **state)
{
    (void)state;
    uint64_t first[400];
    size_t n = 0;
    for (uint64_t seed = 0; seed < 20; seed++) {
        for (uint64_t stream = 0; stream < 20; stream++) {
            oko_rng a = oko_rng_make(seed, stream), b = oko_rng_make(seed, stream);
            first[n] = oko_rng_u64(&a);
            assert_true(first[n] == oko_rng_u64(&b));
            for (size_t i = 0; i < n; i++) {
                assert_true(first[i] != first[n]);
            }
            n++;
        }
    }
}

static void streams_are_uncorrelated(void **state)
{
    (void)state;
    enum { N = 20000 };
    for (uint64_t k = 0; k < 4; k++) {
        oko_rng a = oko_rng_make(7, k), b = oko_rng_make(7, k + 1);
        double sum = 0;
        for (int i = 0; i < N; i++) {
            sum += (oko_rng_uniform(&a) - .5) * (oko_rng_uniform(&b) - .5);
        }
        assert_true(fabs(sum / N * 12) < 4.5 / sqrt(N));
    }
}

static void uniform_is_uniform(void **state)
{
    (void)state;
    enum { N = 200000, BINS = 50 };
    int count[BINS] = { 0 };
    oko_rng rng = oko_rng_make(3, 0);
    for (int i = 0; i < N; i++) {
        double u = oko_rng_uniform(&rng);
        assert_true(u >= 0 && u < 1);
        count[(int)(u * BINS)]++;
    }
    double chi = 0, expected = (double)N / BINS;
    for (int i = 0; i < BINS; i++) {
        chi += (count[i] - expected) * (count[i] - expected) / expected;
    }
    assert_true(chi > 20 && chi < 95); /* 49 degrees of freedom: far beyond 0.0001 on both sides */
}

static void below_is_unbiased(void **state)
{
    (void)state;
    oko_rng rng = oko_rng_make(5, 9);
    assert_int_equal(oko_rng_below(&rng, 1), 0);
    enum { N = 300000 };
    static const uint32_t tops[] = { 2, 3, 7, 10, 4000000000u, 3221225472u };
    for (size_t k = 0; k < sizeof tops / sizeof *tops; k++) {
        double sum = 0;
        for (int i = 0; i < N; i++) {
            uint32_t x = oko_rng_below(&rng, tops[k]);
            assert_true(x < tops[k]);
            sum += x;
        }
        double top = tops[k];
        assert_true(fabs(sum / N - (top - 1) / 2) < 4.5 * top / sqrt(12.0 * N));
    }
}

/* Without the second draw one third of the values below ¾·2³² would come twice as often, at an unchanged mean. */
static void below_draws_again(void **state)
{
    (void)state;
    enum { N = 100000 };
    oko_rng rng = oko_rng_make(6, 2);
    int thirds[3] = { 0 };
    for (int i = 0; i < N; i++) {
        thirds[oko_rng_below(&rng, 3221225472u) % 3]++;
    }
    for (int i = 0; i < 3; i++) {
        assert_true(fabs(thirds[i] - N / 3.0) < 4.5 * sqrt(N * 2.0 / 9));
    }
}

static void normal_is_normal(void **state)
{
    (void)state;
    enum { N = 400000 };
    double m1 = 0, m2 = 0, m3 = 0, m4 = 0;
    int beyond2 = 0;
    oko_rng rng = oko_rng_make(8, 1);
    for (int i = 0; i < N; i++) {
        double x = oko_rng_normal(&rng);
        m1 += x;
        m2 += x * x;
        m3 += x * x * x;
        m4 += x * x * x * x;
        beyond2 += fabs(x) > 1.959963984540054;
    }
    double root = sqrt(N);
    assert_true(fabs(m1 / N) < 4.5 / root);
    assert_true(fabs(m2 / N - 1) < 4.5 * sqrt(2) / root);
    assert_true(fabs(m3 / N) < 4.5 * sqrt(15) / root);
    assert_true(fabs(m4 / N - 3) < 4.5 * sqrt(96) / root);
    assert_true(fabs((double)beyond2 / N - .05) < 4.5 * sqrt(.05 * .95) / root);
}

/* The logarithm inside is our own: against libm, by undoing the polar method from a copy of the generator. */
static void normal_agrees_with_libm(void **state)
{
    (void)state;
    oko_rng rng = oko_rng_make(21, 4);
    for (int i = 0; i < 50000; i++) {
        oko_rng copy = rng;
        double u, v, s;
        do {
            u = 2 * oko_rng_uniform(&copy) - 1;
            v = 2 * oko_rng_uniform(&copy) - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        double expected = u * sqrt(-2 * log(s) / s);
        assert_true(fabs(oko_rng_normal(&rng) - expected) <= 1e-13 * fabs(expected));
        assert_memory_equal(&rng, &copy, sizeof rng);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generator_is_xoshiro),     cmocka_unit_test(streams_differ),
        cmocka_unit_test(streams_are_uncorrelated), cmocka_unit_test(uniform_is_uniform),
        cmocka_unit_test(below_is_unbiased),        cmocka_unit_test(below_draws_again),
        cmocka_unit_test(normal_is_normal),         cmocka_unit_test(normal_agrees_with_libm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
