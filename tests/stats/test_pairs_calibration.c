/*
 * Honest worlds: pairs of independent persons. No statistic may find more than its nominal share, over all pairs, in
 * pairs of the strongest fifth, with blanks, and in short tests. Bounds: nominal × 1.2 (methods: 1.2 % at 1 %) plus two
 * and a half standard errors over persons (pairs of one person hang together, so persons are what is counted).
 */
#include <oko/pairs.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pairs_world.h"

enum { STATS = 4 };
static const unsigned STAT[STATS] = { OKO_PAIR_GBT, OKO_PAIR_OMEGA, OKO_PAIR_WOMEGA, OKO_PAIR_M4 };
static const char *const NAME[STATS] = { "GBT", "omega", "weighted", "M4" };

typedef struct rates {
    double pairs, strong_pairs;
    double at_01[STATS], at_001[STATS], strong_01[STATS];
} rates;

static int right_answers(const pairs_world *w, size_t person)
{
    int right = 0;
    for (int j = 0; j < w->r.n_items; j++) {
        right += w->answer[person * (size_t)w->r.n_items + (size_t)j] == w->key[j];
    }
    return right;
}

/* Total score that a fifth of the persons reaches. */
static int strong_from(const pairs_world *w)
{
    int count[OKO_RESPONSES_MAX_ITEMS + 1] = { 0 };
    int from = w->r.n_items;
    size_t above = 0;
    for (size_t i = 0; i < w->r.n_persons; i++) {
        count[right_answers(w, i)]++;
    }
    while (from > 0 && above * 5 < w->r.n_persons) {
        above += (size_t)count[from--];
    }
    return from + 1;
}

static void add_world(size_t persons, int items, double blank, uint64_t seed, rates *r)
{
    pairs_world w = make_world(persons, items, blank, seed);
    oko_option_probs *probs = curves_of(&w.r);
    oko_pairs *pairs = NULL;
    oko_pairs_options options = { .stats = OKO_PAIR_ALL, .keep_p = 1, .exact = true, .threads = 2 };
    assert_int_equal(oko_pairs_all(&w.r, probs, &options, &pairs), OKO_OK);
    int strong = strong_from(&w);
    for (size_t k = 0; k < pairs->n; k++) {
        const oko_pair *pair = &pairs->pair[k];
        bool both = right_answers(&w, pair->a) >= strong && right_answers(&w, pair->b) >= strong;
        r->pairs++;
        r->strong_pairs += both;
        for (size_t s = 0; s < STATS; s++) {
            double p = oko_pair_p(pair, STAT[s]);
            r->at_01[s] += p <= .01;
            r->at_001[s] += p <= .001;
            r->strong_01[s] += both && p <= .01;
        }
    }
    oko_pairs_free(pairs);
    oko_option_probs_free(probs);
    free_world(&w);
}

static void check_setting(size_t persons, int items, double blank, int worlds)
{
    rates r = { .pairs = 0 };
    for (int k = 0; k < worlds; k++) {
        add_world(persons, items, blank, 100 + (uint64_t)k, &r);
    }
    double independent = (double)persons * worlds / 2;
    for (size_t s = 0; s < STATS; s++) {
        double p01 = r.at_01[s] / r.pairs;
        double p001 = r.at_001[s] / r.pairs;
        double strong = r.strong_01[s] / r.strong_pairs;
        print_message("%4zu x %2d blank %.2f %-8s .01: %.4f  .001: %.5f  strongest fifth .01: %.4f\n", persons, items,
                      blank, NAME[s], p01, p001, strong);
        assert_true(p01 <= .012 + 2.5 * sqrt(.01 / independent));
        assert_true(p001 <= .0012 + 2.5 * sqrt(.001 / independent));
        assert_true(strong <= .012 + 2.5 * sqrt(.01 / (independent / 5)));
        assert_true(p01 >= .0005); /* and it is alive */
    }
}

static void honest_pairs_are_rarely_found(void **unused)
{
    (void)unused;
    check_setting(400, 40, 0, 3);
    check_setting(200, 20, 0, 6);
    check_setting(200, 20, .15, 6);
    check_setting(60, 30, .05, 30);
    check_setting(300, 12, 0, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(honest_pairs_are_rarely_found) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
