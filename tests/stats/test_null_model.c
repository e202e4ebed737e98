/* The null: curves add up to the total, the sampler draws the exact conditional distribution, variances are recovered.
 */
#include "stats/sign_prepare.h"
#include "stats/special.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"

enum { ITEMS = 4, TOTAL = 7 };
static const int16_t max_of[ITEMS] = { 1, 1, 2, 3 };
static const oko_sign_test test = { 2021, 5, 0, TOTAL, ITEMS, max_of, 0, NULL };

/* Shares of every answer by total, with some not tried. */
static void fill_counts(const null_curves *c, double *counts)
{
    for (int t = 0; t <= TOTAL; t++) {
        for (int j = 0; j < ITEMS; j++) {
            double *n = counts + ((size_t)t * ITEMS + (size_t)j) * (size_t)c->n_cats;
            for (int k = 0; k <= max_of[j] + 1; k++) {
                n[k] = 20 + 7.3 * ((t * 5 + j * 3 + k * 2) % 6) + (k == max_of[j] ? 6 * t : 0);
            }
            double sum = 0;
            for (int k = 0; k <= max_of[j] + 1; k++) {
                sum += n[k];
            }
            for (int k = 0; k <= max_of[j] + 1; k++) {
                n[k] *= 150 / sum; /* as many works at every item */
            }
        }
    }
}

static void make_curves(null_curves *c)
{
    assert_int_equal(null_curves_new(&test, 1, c), OKO_OK);
    double counts[(TOTAL + 1) * ITEMS * 5] = { 0 };
    assert_int_equal(c->n_cats, 5);
    fill_counts(c, counts);
    assert_int_equal(null_curves_fit(c, counts, NULL), OKO_OK);
}

static void test_curves_add_up(void **state)
{
    (void)state;
    null_curves c;
    make_curves(&c);
    for (int t = 0; t <= TOTAL; t++) {
        double sum = 0;
        for (int j = 0; j < ITEMS; j++) {
            const double *p = c.p + ((size_t)t * ITEMS + (size_t)j) * (size_t)c.n_cats;
            double all = 0;
            double mean = 0;
            for (int k = 0; k <= max_of[j] + 1; k++) {
                all += p[k];
                mean += k <= max_of[j] ? p[k] * k : 0;
            }
            assert_near(all, 1, 1e-12);
            sum += c.mean[(size_t)t * ITEMS + (size_t)j];
            if (t > 0 && t < TOTAL) {
                assert_near(mean, c.mean[(size_t)t * ITEMS + (size_t)j], 1e-12);
                assert_true(c.var[(size_t)t * ITEMS + (size_t)j] > 0);
            } else {
                assert_true(c.var[(size_t)t * ITEMS + (size_t)j] == 0);
            }
        }
        assert_near(sum, t, 1e-9);
    }
    null_curves_clear(&c);
}

/* Probability of every pattern of scores given the total, by enumeration, against shares drawn. */
static void test_sampler_is_exact(void **state)
{
    (void)state;
    null_curves c;
    make_curves(&c);
    null_sampler s;
    assert_int_equal(null_sampler_new(&c, &s), OKO_OK);
    enum { GIVEN = 4, DRAWS = 40000, PATTERNS = 2 * 2 * 3 * 4 };
    double expected[PATTERNS] = { 0 };
    double all = 0;
    double skip_expected = 0;
    const double *p = c.p + (size_t)GIVEN * ITEMS * (size_t)c.n_cats;
    const double *base = c.weight + (size_t)GIVEN * ITEMS * (size_t)c.n_cats;
    double mean[ITEMS] = { 0 };
    for (int a = 0; a < PATTERNS; a++) {
        int score[ITEMS] = { a % 2, a / 2 % 2, a / 4 % 3, a / 12 };
        double weight = score[0] + score[1] + score[2] + score[3] == GIVEN ? 1 : 0;
        for (int j = 0; j < ITEMS; j++) {
            weight *= base[(size_t)j * (size_t)c.n_cats + (size_t)score[j]];
        }
        expected[a] = weight;
        all += weight;
        for (int j = 0; j < ITEMS; j++) {
            mean[j] += weight * score[j];
        }
        double share = p[max_of[0] + 1] / (p[0] + p[max_of[0] + 1]);
        skip_expected += score[0] == 0 ? weight * share : 0;
    }
    for (int j = 0; j < ITEMS; j++) { /* the shares given the sum are those of the curves */
        assert_near(mean[j] / all, c.mean[(size_t)GIVEN * ITEMS + (size_t)j], 1e-3);
    }
    const int16_t total[1] = { GIVEN };
    uint8_t cat[ITEMS];
    oko_rng rng = oko_rng_make(5, 6);
    double seen[PATTERNS] = { 0 };
    double skipped = 0;
    for (int d = 0; d < DRAWS; d++) {
        null_sample(&c, &s, &rng, 1, total, cat);
        int score[ITEMS];
        for (int j = 0; j < ITEMS; j++) {
            score[j] = cat[j] <= max_of[j] ? cat[j] : 0;
        }
        assert_int_equal(score[0] + score[1] + score[2] + score[3], GIVEN);
        seen[score[0] + 2 * score[1] + 4 * score[2] + 12 * score[3]]++;
        skipped += cat[0] == max_of[0] + 1;
    }
    double chi2 = 0;
    int cells = 0;
    for (int a = 0; a < PATTERNS; a++) {
        double e = DRAWS * expected[a] / all;
        if (e > 0) {
            chi2 += (seen[a] - e) * (seen[a] - e) / e;
            cells++;
        } else {
            assert_true(seen[a] == 0);
        }
    }
    assert_true(cells > 5);
    assert_true(chi2 < cells + 4 * sqrt(2.0 * cells));
    assert_near(skipped / DRAWS, skip_expected / all, .012);
    null_sampler_clear(&s);
    null_curves_clear(&c);
}

/* A group drawn without effects: excess has mean 0 and the stated variance. */
static void test_excess_has_its_variance(void **state)
{
    (void)state;
    null_curves c;
    make_curves(&c);
    null_sampler s;
    assert_int_equal(null_sampler_new(&c, &s), OKO_OK);
    enum { N = 12, DRAWS = 8000 };
    const int16_t total[N] = { 1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 6 };
    uint8_t cat[N * ITEMS];
    double excess[ITEMS];
    double info[ITEMS];
    int8_t items[N * ITEMS];
    int32_t row[N];
    null_works w = { .n = N, .total = total, .row = row, .items = items };
    oko_rng rng = oko_rng_make(9, 1);
    double sum[ITEMS] = { 0 };
    double square[ITEMS] = { 0 };
    for (int d = 0; d < DRAWS; d++) {
        null_sample(&c, &s, &rng, N, total, cat);
        for (int i = 0; i < N; i++) {
            row[i] = N - 1 - i;
            for (int j = 0; j < ITEMS; j++) { /* not tried is −1 in the caller's answers */
                int k = cat[i * ITEMS + j];
                items[row[i] * ITEMS + j] = (int8_t)(k <= max_of[j] ? k : -1);
            }
        }
        null_works_sum(&c, &w, excess, info);
        double all = 0;
        for (int j = 0; j < ITEMS; j++) {
            sum[j] += excess[j];
            square[j] += excess[j] * excess[j];
            all += excess[j];
        }
        assert_near(all, 0, 1e-9); /* the totals are given */
    }
    for (int j = 0; j < ITEMS; j++) {
        assert_near(sum[j] / DRAWS, 0, .1);
        assert_near(square[j] / DRAWS / info[j], 1, .08);
    }
    null_sampler_clear(&s);
    null_curves_clear(&c);
}

static void test_guard(void **state)
{
    (void)state;
    enum { N = 4000 };
    double z[N];
    double same[N];
    oko_rng rng = oko_rng_make(3, 3);
    for (int i = 0; i < N; i++) {
        z[i] = .5 + 2 * oko_rng_normal(&rng);
        same[i] = -.3 + .5 * oko_rng_normal(&rng);
    }
    z[7] = NAN;
    double narrow = same[11];
    double wide = z[11];
    assert_int_equal(null_guard(N, NULL, z), OKO_OK);
    assert_int_equal(null_guard(N, NULL, same), OKO_OK);
    assert_true(isnan(z[7]));
    assert_near(z[11], (wide - .5) / 2, .15);
    assert_near(same[11], narrow, 1e-12); /* never made larger */
    double few[3] = { 5, 6, 7 };
    assert_int_equal(null_guard(3, NULL, few), OKO_OK);
    assert_true(few[2] == 7);
}

/* Tails from shared replicates: uniform for honest values whose spread depends on size and level, and far out. */
/* Small groups whose z vary more are brought back; where the variance does not depend on size, nothing is. */
static void test_guard_by_size(void **state)
{
    (void)state;
    enum { N = 4000 };
    static double size[N], wide[N], even[N], was[N], large[N];
    int large_after = 0;
    oko_rng rng = oko_rng_make(77, 0);
    int before = 0, after = 0;
    for (int i = 0; i < N; i++) {
        bool small = i % 2 == 0;
        size[i] = small ? 20 : 80;
        wide[i] = oko_log_normal_q((small ? 1.35 : 1) * oko_rng_normal(&rng));
        was[i] = wide[i];
        large[i] = oko_log_normal_q((small ? .8 : 1.35) * oko_rng_normal(&rng));
        even[i] = oko_log_normal_q((small ? .9 : 1) * oko_rng_normal(&rng));
        before += small && wide[i] < log(.01);
    }
    wide[6] = NAN;
    size[8] = NAN;
    was[1] = even[1];
    assert_int_equal(null_guard_size(N, NULL, size, wide), OKO_OK);
    assert_int_equal(null_guard_size(N, NULL, size, even), OKO_OK);
    assert_int_equal(null_guard_size(N, NULL, size, large), OKO_OK);
    for (int i = 1; i < N; i += 2) {
        large_after += large[i] < log(.01);
    }
    assert_true(large_after < .016 * N / 2); /* 4.2 % before */
    assert_true(isnan(wide[6]));
    assert_true(wide[8] == was[8]);
    assert_near(even[1], was[1], .06 * fabs(was[1])); /* the small vary less, the large as they should */
    for (int i = 0; i < N; i++) {
        after += i % 2 == 0 && wide[i] < log(.01);
        assert_true(isnan(wide[i]) || i == 1 || wide[i] >= was[i]);
    }
    assert_true(before > .033 * N / 2); /* 4.2 % */
    assert_true(after < .018 * N / 2);
    assert_true(after > .003 * N / 2);
    double few[3] = { -1, -2, -30 };
    assert_int_equal(null_guard_size(3, NULL, size, few), OKO_OK);
    assert_true(few[2] == -30);
}

static void test_bootstrap_tails(void **state)
{
    (void)state;
    enum { N = 3000, R = 24, STRIDE = R + 1 };
    static double values[2 * N * STRIDE];
    static double size[N];
    static double level[N];
    static double log_p[2 * N];
    oko_rng rng = oko_rng_make(8, 2);
    for (int i = 0; i < N; i++) {
        size[i] = i == 5 ? 0 : 5 + (double)oko_rng_below(&rng, 30);
        level[i] = oko_rng_normal(&rng);
        for (int r = 0; r < STRIDE; r++) {
            double z = oko_rng_normal(&rng);
            values[i * STRIDE + r] = sqrt(size[i]) * z + level[i];
            values[(N + i) * STRIDE + r] = -log(1 - oko_rng_uniform(&rng)) * (1 + size[i] / 10);
        }
    }
    values[7 * STRIDE] = NAN;
    values[(N + 9) * STRIDE] = 12 * (1 + size[9] / 10); /* P = e^−12 */
    assert_int_equal(bootstrap_log_p(N, 2, R, values, size, level, 2, NULL, log_p), OKO_OK);
    assert_true(isnan(log_p[5]) && isnan(log_p[7]) && !isnan(log_p[N + 7]));
    double below[2][2] = { { 0 } };
    for (int i = 0; i < N; i++) {
        for (int s = 0; s < 2; s++) {
            below[s][0] += log_p[s * N + i] < log(.05);
            below[s][1] += log_p[s * N + i] < log(.005);
        }
    }
    for (int s = 0; s < 2; s++) {
        assert_near(below[s][0] / N, .05, .012);
        assert_near(below[s][1] / N, .005, .004);
    }
    assert_near(log_p[N + 9], -12, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_curves_add_up),           cmocka_unit_test(test_sampler_is_exact),
        cmocka_unit_test(test_excess_has_its_variance), cmocka_unit_test(test_guard),
        cmocka_unit_test(test_guard_by_size),           cmocka_unit_test(test_bootstrap_tails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
