/* The pattern kernels against a scalar twin, bit by bit, at ragged sizes; logarithm and power against the library's;
 * the donors against what they promise. */
#include "base/random.h"
#include "stats/null_donors.h"
#include "stats/pattern_kernel.h"
#include "stats/sign_prepare.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"
#include "signs_world.h"

enum { LANES = PATTERN_LANES, MOST = 64, ITEMS = 200 };

static void assert_same_bits(double a, double b)
{
    assert_memory_equal(&a, &b, sizeof a);
}

/* The kernel's operations for one pair after the other, each lane's product kept apart as the kernel keeps it. */
static pattern_pairs pairs_twin(const pattern_columns *w, int first, int last, float none, float share)
{
    pattern_pairs ret = { .nearest = -INFINITY };
    double product[LANES] = { 1, 1, 1, 1, 1, 1, 1, 1 };
    for (int i = first; i + 1 < last; i++) {
        for (int k = i + 1; k < last; k++) {
            float x = none;
            float y = none;
            for (size_t j = 0; j < (size_t)w->n_items; j++) {
                if (w->code[j * w->stride + (size_t)i] == w->code[j * w->stride + (size_t)k]) {
                    x += w->gain[j * w->stride + (size_t)i];
                    y += w->gain[j * w->stride + (size_t)k];
                }
            }
            double high = x > y ? x : y;
            if (high > ret.nearest) {
                ret.nearest = high;
                ret.a = i;
                ret.b = k;
            }
            if (high > PATTERN_LARGE) {
                ret.log_all += high + log(.5 * share);
            } else if (high > PATTERN_ALONE) {
                ret.log_all += log(1 + pattern_pair_excess(x, y, share));
            } else {
                product[k % LANES] *= 1 + pattern_pair_excess(x, y, share);
            }
        }
        for (int l = 0; l < LANES; l++) {
            ret.log_all += product[l] > 1e150 ? log(product[l]) : 0;
            product[l] = product[l] > 1e150 ? 1 : product[l];
        }
    }
    double all = 1;
    for (int l = 0; l < LANES; l++) {
        all *= product[l];
    }
    ret.log_all += log(all);
    return ret;
}

static void check_pairs(oko_rng *rng, int n, int items, int cats, float high)
{
    static int32_t code[ITEMS * MOST];
    static float gain[ITEMS * MOST];
    size_t stride = pattern_stride((size_t)n);
    for (size_t i = 0; i < (size_t)items * stride; i++) {
        code[i] = (int32_t)oko_rng_below(rng, (uint32_t)cats);
        gain[i] = high * (float)oko_rng_uniform(rng);
    }
    const pattern_columns w = { .n_items = items, .stride = stride, .code = code, .gain = gain };
    int first = (int)oko_rng_below(rng, 3);
    int last = n - (int)oko_rng_below(rng, 3);
    pattern_pairs found;
    pattern_pairs_kernel(&w, first, last, -.5f * (float)items, .5f / (float)(n - 1), &found);
    pattern_pairs twin = pairs_twin(&w, first, last, -.5f * (float)items, .5f / (float)(n - 1));
    assert_same_bits(found.log_all, twin.log_all);
    assert_same_bits(found.nearest, twin.nearest);
    assert_int_equal(found.a, twin.a);
    assert_int_equal(found.b, twin.b);
}

/* Every size of a block and its neighbours, few and many items, unlike pairs and such as are nearly one work. */
static void test_pairs_give_the_digits_of_the_twin(void **state)
{
    (void)state;
    oko_rng rng = oko_rng_make(17, 4);
    for (int n = 4; n <= 35; n++) {
        check_pairs(&rng, n, 3 + n % 5, 2, 1.3f);
        check_pairs(&rng, n, 21, 3, 2.1f);
        check_pairs(&rng, n, 40, 2, 3.7f); /* pairs beyond the bounds of the product */
    }
    check_pairs(&rng, 61, ITEMS, 2, 2.9f);
}

static void test_sums_give_the_digits_of_the_twin(void **state)
{
    (void)state;
    oko_rng rng = oko_rng_make(18, 4);
    for (int n = LANES; n <= 4 * LANES; n += LANES) {
        double weight[4 * LANES];
        int32_t code[4 * LANES];
        float x[4 * LANES];
        double lane[LANES] = { 0 };
        for (int i = 0; i < n; i++) {
            weight[i] = oko_rng_normal(&rng);
            code[i] = (int32_t)oko_rng_below(&rng, 7) - 1;
            x[i] = (float)exp(20 * oko_rng_normal(&rng));
            lane[i % LANES] += weight[i] * code[i];
        }
        double sum = ((lane[0] + lane[4]) + (lane[1] + lane[5])) + ((lane[2] + lane[6]) + (lane[3] + lane[7]));
        assert_same_bits(pattern_dot_kernel((size_t)n, weight, code), sum);
        float twin[4 * LANES];
        for (int i = 0; i < n; i++) {
            twin[i] = pattern_log(x[i]);
            assert_near((double)twin[i], log((double)x[i]), 2e-5 * (1 + fabs(log((double)x[i]))));
        }
        pattern_log_kernel((size_t)n, x);
        assert_memory_equal(x, twin, (size_t)n * sizeof *x);
    }
}

static void test_odds_give_the_digits_of_the_twin(void **state)
{
    (void)state;
    oko_rng rng = oko_rng_make(19, 4);
    enum { WORDS = 6 };
    uint32_t score[PATTERN_BLOCKS][WORDS * LANES];
    const uint32_t *block[PATTERN_BLOCKS];
    float effect[WORDS * PATTERN_PACKED];
    float odds[PATTERN_BLOCKS * LANES];
    for (int words = 1; words <= WORDS; words++) {
        for (int b = 0; b < PATTERN_BLOCKS; b++) {
            block[b] = score[b];
            for (int i = 0; i < words * LANES; i++) {
                score[b][i] = (uint32_t)oko_rng_u64(&rng) & 0x03140102u;
            }
        }
        for (int j = 0; j < words * PATTERN_PACKED; j++) {
            effect[j] = .6f * (float)oko_rng_normal(&rng);
        }
        pattern_odds_kernel(words, effect, block, odds);
        for (int k = 0; k < PATTERN_BLOCKS * LANES; k++) {
            float sum = 0;
            for (int j = 0; j < words * PATTERN_PACKED; j++) {
                uint32_t word = score[k / LANES][j / PATTERN_PACKED * LANES + k % LANES];
                sum += effect[j] * (float)(word >> 8 * (j % PATTERN_PACKED) & 0xFF);
            }
            float twin = pattern_exp(sum);
            assert_memory_equal(&odds[k], &twin, sizeof twin);
        }
    }
}

static void test_power(void **state)
{
    (void)state;
    for (double x = -86.9; x < 87; x += .0371) {
        double power = (double)pattern_exp((float)x);
        assert_near(power / exp((double)(float)x), 1, 3e-7);
    }
    assert_true(pattern_exp(1000) == pattern_exp(87) && pattern_exp(-1000) == pattern_exp(-87));
    assert_true(pattern_exp(0) == 1);
}

/* Drawn works have the totals of those they stand for, are never the group's own, and none is taken twice. */
static void test_donors(void **state)
{
    (void)state;
    signs_world *region = calloc(1, sizeof *region);
    sign_world *w = calloc(1, sizeof *w);
    assert_non_null(region);
    assert_non_null(w);
    assert_int_equal(signs_world_make(3, 40, 0, region), OKO_OK);
    const oko_sign_options options = OKO_SIGN_OPTIONS_INIT;
    assert_int_equal(sign_world_new(region->test, WORLD_TESTS, region->group, region->n, &options, NULL, w), OKO_OK);
    assert_int_equal(null_fit(w, 0), OKO_OK);
    null_donors d = { 0 };
    null_sampler s;
    assert_int_equal(null_donors_new(w, 0, &d), OKO_OK);
    assert_int_equal(null_sampler_new(&w->curves[0], &s), OKO_OK);
    int32_t code[WORLD_ITEMS * MOST];
    size_t taken[MOST];
    oko_rng rng = oko_rng_make(5, 5);
    size_t real = 0;
    for (uint32_t i = 0; i < 20; i++) {
        const null_works *g = &w->group[i].works;
        assert_true(g->n <= MOST);
        null_drawn drawn = { .stride = pattern_stride((size_t)g->n), .code = code, .taken = taken };
        null_donate(&w->curves[0], &d, &s, &rng, i, g, &drawn);
        double fit = 0;
        for (int k = 0; k < g->n; k++) {
            uint8_t cat[WORLD_ITEMS];
            int sum = 0;
            for (size_t j = 0; j < WORLD_ITEMS; j++) {
                cat[j] = (uint8_t)code[j * drawn.stride + (size_t)k];
                sum += cat[j];
            }
            assert_int_equal(sum, g->total[k]);
            fit += (double)null_work_fit(&w->curves[0], sum, cat);
            if (taken[k] == SIZE_MAX) {
                continue;
            }
            real++;
            assert_true(d.group[taken[k]] != i && d.group[taken[k]] != UINT32_MAX);
            for (int m = 0; m < k; m++) {
                assert_true(taken[m] != taken[k]);
            }
        }
        assert_same_bits(fit, drawn.fit);
    }
    assert_true(real > 100);
    null_sampler_clear(&s);
    null_donors_clear(&d);
    sign_world_clear(w);
    signs_world_clear(region);
    free(w);
    free(region);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median and MAD of the neighbours by sorting them anew at every place. */
static void spread(const double *z, size_t n, double *ret_median, double *ret_sd)
{
    double x[MOST * 8];
    memcpy(x, z, n * sizeof *x);
    qsort(x, n, sizeof *x, compare_doubles);
    *ret_median = .5 * (x[(n - 1) / 2] + x[n / 2]);
    for (size_t i = 0; i < n; i++) {
        x[i] = fabs(x[i] - *ret_median);
    }
    qsort(x, n, sizeof *x, compare_doubles);
    *ret_sd = 1.4826022185056018 * .5 * (x[(n - 1) / 2] + x[n / 2]);
}

static void test_local_guard_gives_the_digits_of_sorting(void **state)
{
    (void)state;
    enum { N = 300 };
    const double NOISE = 1.01; /* of a spread that is estimated: METHODS-families.md §1 */
    oko_rng rng = oko_rng_make(23, 1);
    for (size_t near = 30; near <= 61; near += 31) {
        double z[N];
        double guarded[N];
        double by[N];
        for (int i = 0; i < N; i++) {
            by[i] = i;
            z[i] = .3 + 1.4 * floor(8 * oko_rng_normal(&rng)) / 8; /* with ties */
        }
        memcpy(guarded, z, sizeof z);
        assert_int_equal(null_guard_local(N, NULL, by, near, guarded), OKO_OK);
        double median;
        double sd;
        spread(z, N, &median, &sd);
        for (size_t i = 0; i < N; i++) {
            size_t from = i > near / 2 ? i - near / 2 : 0;
            from = from + near > N ? N - near : from;
            double here;
            double here_sd;
            spread(z + from, near, &here, &here_sd);
            double trust = (double)near / ((double)near + 20);
            double shift = trust * here + (1 - trust) * median - sd * 1.25 / sqrt((double)near);
            double scale = sqrt(trust * here_sd * here_sd + (1 - trust) * sd * sd) * (1 - .8 / sqrt((double)near));
            assert_same_bits(guarded[i], (z[i] - (shift > 0 ? shift : 0)) / ((scale > 1 ? scale : 1) * NOISE));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs_give_the_digits_of_the_twin),
        cmocka_unit_test(test_sums_give_the_digits_of_the_twin),
        cmocka_unit_test(test_odds_give_the_digits_of_the_twin),
        cmocka_unit_test(test_power),
        cmocka_unit_test(test_donors),
        cmocka_unit_test(test_local_guard_gives_the_digits_of_sorting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
