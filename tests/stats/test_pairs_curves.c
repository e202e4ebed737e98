/* Tables of responses and option curves: ranges, repeats, and what the probabilities must obey. */
#include <oko/pairs.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"
#include "pairs_world.h"
#include "support/failing_alloc.h"

static void a_table_is_checked(void **unused)
{
    (void)unused;
    pairs_world w = make_world(25, 5, .1, 1);
    assert_int_equal(oko_responses_check(&w.r), OKO_OK);
    w.answer[7] = w.n_options[2];
    assert_int_equal(oko_responses_check(&w.r), OKO_E_ARGUMENT);
    w.answer[7] = -2;
    assert_int_equal(oko_responses_check(&w.r), OKO_E_ARGUMENT);
    w.answer[7] = -1;
    w.key[4] = w.n_options[4];
    assert_int_equal(oko_responses_check(&w.r), OKO_E_ARGUMENT);
    w.r.marks = true; /* the key is not read */
    assert_int_equal(oko_responses_check(&w.r), OKO_OK);
    w.n_options[0] = 0;
    assert_int_equal(oko_responses_check(&w.r), OKO_E_ARGUMENT);
    w.n_options[0] = 3;
    w.r.n_items = OKO_RESPONSES_MAX_ITEMS + 1;
    assert_int_equal(oko_responses_check(&w.r), OKO_E_ARGUMENT);
    assert_int_equal(oko_responses_check(NULL), OKO_E_ARGUMENT);
    free_world(&w);
}

static void repeats_point_to_the_first(void **unused)
{
    (void)unused;
    static const char *const id[] = { "b7", "a1", "b7", "B7", "a1", "b7", "c" };
    static const size_t expected[] = { 0, 1, 0, 3, 1, 0, 6 };
    size_t first[7];
    size_t n = 99;
    assert_int_equal(oko_responses_duplicates(7, id, first, &n), OKO_OK);
    assert_memory_equal(first, expected, sizeof first);
    assert_int_equal(n, 3);
    static const char *const hole[] = { "a", NULL };
    assert_int_equal(oko_responses_duplicates(2, hole, first, &n), OKO_E_ARGUMENT);
    failing_alloc_arm(1);
    assert_int_equal(oko_responses_duplicates(7, id, first, &n), OKO_E_MEMORY);
    (void)failing_alloc_disarm();
    assert_int_equal(n, 3);
}

/* Every item's probabilities are inside (0, 1) and sum to one. */
static void check_sums(const oko_option_probs *probs)
{
    for (size_t s = 0; s < probs->n_rows; s++) {
        const double *p = probs->p + s * (size_t)probs->offset[probs->n_items];
        for (int j = 0; j < probs->n_items; j++) {
            double sum = 0;
            for (int t = probs->offset[j]; t < probs->offset[j + 1]; t++) {
                assert_true(p[t] > 0 && p[t] < 1);
                sum += p[t];
            }
            assert_near(sum, 1, 1e-12);
        }
    }
}

static double expected_right(const oko_option_probs *probs, const pairs_world *w, size_t person)
{
    double sum = 0;
    for (int j = 0; j < w->r.n_items; j++) {
        sum += oko_option_probs_of(probs, person)[probs->offset[j] + w->key[j]];
    }
    return sum;
}

static int right_answers(const pairs_world *w, size_t person)
{
    int right = 0;
    for (int j = 0; j < w->r.n_items; j++) {
        right += w->answer[person * (size_t)w->r.n_items + (size_t)j] == w->key[j];
    }
    return right;
}

static void the_expected_total_is_the_total(void **unused)
{
    (void)unused;
    pairs_world w = make_world(300, 45, 0, 2);
    for (int j = 0; j < 45; j++) { /* one who knows everything, one who knows nothing */
        w.answer[j] = w.key[j];
        w.answer[45 + j] = (int8_t)((w.key[j] + 1) % w.n_options[j]);
    }
    oko_option_probs *probs = NULL;
    oko_option_curves_options options = { .ability = OKO_ABILITY_TOTAL };
    assert_int_equal(oko_option_curves(&w.r, &options, &probs), OKO_OK);
    check_sums(probs);
    assert_near(expected_right(probs, &w, 0), 44.75, 1e-8);
    assert_near(expected_right(probs, &w, 1), .25, 1e-8);
    for (size_t i = 2; i < 300; i++) {
        assert_near(expected_right(probs, &w, i), right_answers(&w, i), 1e-8);
    }
    oko_option_probs_free(probs);
    probs = curves_of(&w.r); /* by likelihood: right on average, not one by one */
    check_sums(probs);
    double miss = 0;
    double apart = 0;
    for (size_t i = 0; i < 300; i++) {
        double d = expected_right(probs, &w, i) - right_answers(&w, i);
        miss += d / 300;
        apart += fabs(d) / 300;
    }
    assert_near(miss, 0, .15);
    assert_true(apart > .05 && apart < 3);
    oko_option_probs_free(probs);
    free_world(&w);
}

static void marks_are_totals_too(void **unused)
{
    (void)unused;
    pairs_world w = make_world(200, 20, 0, 3);
    oko_option_probs *probs = NULL;
    oko_option_curves_options options = { .ability = OKO_ABILITY_TOTAL };
    w.r.marks = true;
    assert_int_equal(oko_option_curves(&w.r, &options, &probs), OKO_OK);
    check_sums(probs);
    for (size_t i = 0; i < 200; i++) {
        double sum = 0;
        int total = 0;
        for (int j = 0; j < 20; j++) {
            total += w.answer[i * 20 + (size_t)j];
            for (int o = 0; o < w.n_options[j]; o++) {
                sum += o * oko_option_probs_of(probs, i)[probs->offset[j] + o];
            }
        }
        assert_near(sum, total, 1e-8);
    }
    oko_option_probs_free(probs);
    free_world(&w);
}

/* The fitted probabilities come near those that made the answers, nearer with more persons and by likelihood. */
static double error_of_fit(size_t persons, oko_ability ability)
{
    pairs_world w = make_world(persons, 40, 0, 4);
    oko_option_probs *probs = NULL;
    oko_option_curves_options options = { .ability = ability };
    assert_int_equal(oko_option_curves(&w.r, &options, &probs), OKO_OK);
    oko_rng rng = oko_rng_make(4, 7); /* the draws of make_world once more */
    double sum = 0;
    for (size_t i = 0; i < persons; i++) {
        double ability_of = oko_rng_normal(&rng);
        for (int j = 0; j < 40; j++) {
            double easy = 1.4 - 2.6 * ((j * 7) % 40) / 40;
            double truth = 1 / (1 + exp(-ability_of - easy));
            double d = oko_option_probs_of(probs, i)[probs->offset[j] + w.key[j]] - truth;
            sum += d * d;
            (void)oko_rng_uniform(&rng);
            if (!(oko_rng_uniform(&rng) < .55)) {
                (void)oko_rng_below(&rng, (uint32_t)(w.n_options[j] - 1));
            }
            (void)oko_rng_uniform(&rng);
        }
    }
    oko_option_probs_free(probs);
    free_world(&w);
    return sqrt(sum / (double)(persons * 40));
}

static void the_fit_comes_near_the_truth(void **unused)
{
    (void)unused;
    double small = error_of_fit(150, OKO_ABILITY_LIKELIHOOD);
    double large = error_of_fit(3000, OKO_ABILITY_LIKELIHOOD);
    double by_total = error_of_fit(3000, OKO_ABILITY_TOTAL);
    print_message("error of P: %.4f (150 persons), %.4f (3000), %.4f (3000, by total)\n", small, large, by_total);
    assert_true(large < small);
    assert_true(small < .11);
    assert_true(large < .075);
    assert_true(fabs(large - by_total) < .01);
}

static void persons_left_out_do_not_move_the_curves(void **unused)
{
    (void)unused;
    pairs_world w = make_world(120, 15, 0, 5);
    pairs_world v = make_world(120, 15, 0, 5);
    uint8_t leave_out[120] = { 0 };
    for (size_t i = 100; i < 120; i++) {
        leave_out[i] = 1;
        memset(v.answer + i * 15, 0, 15); /* what they answered is of no account */
    }
    oko_option_curves_options options = { .leave_out = leave_out };
    oko_option_probs *a = NULL;
    oko_option_probs *b = NULL;
    assert_int_equal(oko_option_curves(&w.r, &options, &a), OKO_OK);
    assert_int_equal(oko_option_curves(&v.r, &options, &b), OKO_OK);
    size_t columns = (size_t)a->offset[15];
    for (size_t i = 0; i < 100; i++) {
        assert_memory_equal(oko_option_probs_of(a, i), oko_option_probs_of(b, i), columns * sizeof(double));
    }
    oko_option_probs_free(a);
    a = NULL;
    memset(leave_out, 1, 101);
    assert_int_equal(oko_option_curves(&w.r, &options, &a), OKO_E_NO_DATA);
    assert_null(a);
    oko_option_probs_free(b);
    free_world(&w);
    free_world(&v);
}

static void little_or_odd_data(void **unused)
{
    (void)unused;
    pairs_world w = make_world(40, 6, .3, 6);
    oko_option_probs *probs = NULL;
    memset(w.answer, -1, 6); /* no answer at all */
    for (size_t i = 0; i < 40; i++) {
        w.answer[i * 6 + 2] = 1; /* the same answer of everybody */
    }
    w.key[4] = -1;
    assert_int_equal(oko_option_curves(&w.r, NULL, &probs), OKO_OK);
    check_sums(probs);
    oko_option_probs_free(probs);
    probs = NULL;
    w.r.key = NULL; /* the most frequent answer stands in */
    assert_int_equal(oko_option_curves(&w.r, NULL, &probs), OKO_OK);
    check_sums(probs);
    oko_option_probs_free(probs);
    probs = NULL;
    memset(w.key, -1, 6); /* a key that says nothing: everybody is alike */
    w.r.key = w.key;
    assert_int_equal(oko_option_curves(&w.r, NULL, &probs), OKO_OK);
    check_sums(probs);
    oko_option_probs_free(probs);
    probs = NULL;
    oko_option_curves_options options = { .bandwidth = -1 };
    assert_int_equal(oko_option_curves(&w.r, &options, &probs), OKO_E_ARGUMENT);
    w.r.n_persons = 19;
    assert_int_equal(oko_option_curves(&w.r, NULL, &probs), OKO_E_NO_DATA);
    assert_null(probs);
    free_world(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_is_checked),
        cmocka_unit_test(repeats_point_to_the_first),
        cmocka_unit_test(the_expected_total_is_the_total),
        cmocka_unit_test(marks_are_totals_too),
        cmocka_unit_test(the_fit_comes_near_the_truth),
        cmocka_unit_test(persons_left_out_do_not_move_the_curves),
        cmocka_unit_test(little_or_odd_data),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
