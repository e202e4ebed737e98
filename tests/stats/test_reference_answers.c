/* Pair and person statistics, item response models against their definitions in 50 digits: tools/reference/answers.py
 * made the table. */
#include <oko/pairs.h>
#include <oko/persons.h>

#include "stats/reference_table.h"

enum { PER_PERSON = 9, MOST_PERSONS = 16, MOST_ITEMS = 16 };

static void copy_codes(const double *from, size_t n, int8_t *ret)
{
    assert_true(n <= REFERENCE_MOST);
    for (size_t i = 0; i < n; i++) {
        ret[i] = (int8_t)from[i];
    }
}

static void check_pair(const reference_row *r)
{
    int8_t options[REFERENCE_MOST];
    int8_t key[REFERENCE_MOST];
    int8_t answer[REFERENCE_MOST];
    int offset[MOST_ITEMS + 1] = { 0 };
    uint32_t row[2] = { 0, 1 };
    double p[2 * REFERENCE_MOST];
    size_t n = r->n[0];
    copy_codes(r->x[0], n, options);
    copy_codes(r->x[1], n, key);
    copy_codes(r->x[2], 2 * n, answer);
    for (size_t j = 0; j < n; j++) {
        offset[j + 1] = offset[j] + options[j];
    }
    assert_int_equal(offset[n], r->n[3]);
    memcpy(p, r->x[3], r->n[3] * sizeof *p);
    memcpy(p + r->n[3], r->x[4], r->n[3] * sizeof *p);
    const oko_responses responses = { 2, (int)n, answer, options, key, false };
    const oko_option_probs probs = { 2, (int)n, 2, offset, row, p };
    oko_pair found;
    assert_int_equal(oko_pair_test(&responses, &probs, 0, 1, OKO_PAIR_ALL, &found), OKO_OK);
    const double got[] = { found.n,      found.matches,   found.both_missing, found.expected,
                           found.z,      found.omega_a,   found.omega_b,      found.omega,
                           found.womega, found.gbt_log_p, found.m4_log_p };
    for (size_t i = 0; i < sizeof got / sizeof *got; i++) {
        assert_close(got[i], r->expected[i]);
    }
}

static void check_persons(const reference_row *r)
{
    size_t n = (size_t)r->x[0][0];
    size_t n_items = (size_t)r->x[0][1];
    int8_t top[REFERENCE_MOST];
    int8_t score[REFERENCE_MOST];
    double mle[MOST_PERSONS];
    double eap[MOST_PERSONS];
    oko_person person[MOST_PERSONS];
    oko_irt *irt = NULL;
    copy_codes(r->x[1], n_items, top);
    copy_codes(r->x[2], n * n_items, score);
    const oko_scores scores = { n, (int)n_items, score, top };
    assert_int_equal(oko_irt_given(OKO_IRT_GPCM, (int)n_items, top, r->x[3], r->x[4], 1, &irt), OKO_OK);
    const oko_persons_options options = { .threads = 1 };
    assert_int_equal(oko_persons(&scores, irt, &options, person), OKO_OK);
    assert_int_equal(oko_irt_abilities(irt, &scores, OKO_IRT_MLE, 1, mle, NULL), OKO_OK);
    assert_int_equal(oko_irt_abilities(irt, &scores, OKO_IRT_EAP, 1, eap, NULL), OKO_OK);
    for (size_t i = 0; i < n; i++) {
        const oko_person *f = &person[i];
        const double got[PER_PERSON] = { f->theta, mle[i], eap[i], f->lz, f->lzstar, f->ht, f->u3, f->g, f->g_normed };
        for (size_t k = 0; k < PER_PERSON; k++) {
            assert_close(got[k], r->expected[i * PER_PERSON + k]);
        }
    }
    oko_irt_free(irt);
}

static void check_curve(const reference_row *r)
{
    const int8_t top = (int8_t)r->x[0][0];
    double p[8];
    oko_irt *irt = NULL;
    assert_int_equal(oko_irt_given(OKO_IRT_GPCM, 1, &top, r->x[1], r->x[2], 1, &irt), OKO_OK);
    assert_int_equal(oko_irt_probabilities(irt, 0, r->x[3][0], p), OKO_OK);
    for (int k = 0; k <= top; k++) {
        assert_close(p[k], r->expected[k]);
    }
    oko_irt_free(irt);
}

static void check_row(const reference_row *r)
{
    void (*check)(const reference_row *r) = strcmp(r->kind, "pair") == 0      ? check_pair
                                            : strcmp(r->kind, "persons") == 0 ? check_persons
                                                                              : check_curve;
    check(r);
}

static void test_table(void **state)
{
    (void)state;
    reference_walk(OKO_TEST_DATA "/reference/answers.csv", 7, check_row);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_table) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
