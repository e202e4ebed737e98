/* States: counting, merging in any order, bytes, limits, failing allocations. */
#include <oko/state.h>

#include "base/random.h"
#include "support/failing_alloc.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"

enum { MAX = 9, ITEMS = 4, WORKS = 700 };
static const int16_t ITEM_MAX[ITEMS] = { 1, 3, 2, 3 };
static const oko_shape SHAPE = { .max_total = MAX, .n_items = ITEMS, .item_max = ITEM_MAX };

static oko_state *fresh(void)
{
    oko_state *s = NULL;
    assert_int_equal(oko_state_new(&SHAPE, &s), OKO_OK);
    return s;
}

/* Irregular works: scores, "not tried", other missing, impossible item scores, odd journal marks. */
typedef struct works {
    int16_t total[WORKS];
    int8_t journal[WORKS];
    int8_t items[WORKS * ITEMS];
} works;

static void make_works(works *w, uint64_t seed)
{
    oko_rng rng = oko_rng_make(seed, 0);
    for (size_t i = 0; i < WORKS; i++) {
        w->total[i] = (int16_t)oko_rng_below(&rng, MAX + 1);
        w->journal[i] = (int8_t)((int)oko_rng_below(&rng, 9) - 1);
        for (size_t j = 0; j < ITEMS; j++) {
            w->items[i * ITEMS + j] = (int8_t)((int)oko_rng_below(&rng, 8) - 3);
        }
    }
}

static size_t bytes_of(const oko_state *s, unsigned char *bytes, size_t cap)
{
    size_t size = 0;
    assert_int_equal(oko_state_serialize(s, bytes, cap, &size), OKO_OK);
    return size;
}

static void assert_same(const oko_state *a, const oko_state *b)
{
    unsigned char x[4096];
    unsigned char y[4096];
    size_t nx = bytes_of(a, x, sizeof x);
    size_t ny = bytes_of(b, y, sizeof y);
    assert_int_equal(nx, ny);
    assert_memory_equal(x, y, nx);
    assert_int_equal(oko_state_n(a), oko_state_n(b));
    assert_int_equal(oko_state_sum(a), oko_state_sum(b));
    assert_int_equal(oko_state_sum_sq(a), oko_state_sum_sq(b));
    assert_memory_equal(oko_state_histogram(a), oko_state_histogram(b), (MAX + 1) * sizeof(int64_t));
}

static void counts_one_work(void **unused)
{
    (void)unused;
    oko_state *s = fresh();
    const int8_t items[ITEMS] = { 1, -1, -2, 4 }; /* score, not tried, other missing, above the maximum 3 */
    assert_int_equal(oko_state_add(s, 7, 4, items), OKO_OK);
    assert_int_equal(oko_state_add(s, 3, 0, NULL), OKO_OK);
    assert_int_equal(oko_state_add(s, 3, 6, NULL), OKO_OK); /* 6 is no mark */
    assert_int_equal(oko_state_n(s), 3);
    assert_int_equal(oko_state_sum(s), 13);
    assert_int_equal(oko_state_sum_sq(s), 49 + 9 + 9);
    assert_int_equal(oko_state_histogram(s)[7], 1);
    assert_int_equal(oko_state_histogram(s)[3], 2);
    assert_int_equal(oko_state_journal(s, 4)[7], 1);
    assert_int_equal(oko_state_journal(s, 0)[3], 2);
    assert_int_equal(oko_state_item_counts(s, 0)[1], 1);
    assert_int_equal(oko_state_item_counts(s, 1)[3 + 1], 1);
    assert_int_equal(oko_state_item_counts(s, 2)[2 + 2], 1);
    assert_int_equal(oko_state_item_counts(s, 3)[3 + 2], 1);
    assert_int_equal(oko_state_item_max(s, 1), 3);
    assert_null(oko_state_item_counts(s, ITEMS));
    assert_null(oko_state_journal(s, 6));
    assert_int_equal(oko_state_max_total(s), MAX);
    assert_int_equal(oko_state_n_items(s), ITEMS);
    oko_state_free(s);
}

static void refuses_what_is_out_of_range(void **unused)
{
    (void)unused;
    oko_state *s = NULL;
    const int16_t bad_max[1] = { 101 };
    const oko_shape bad[] = {
        { 0, 0, NULL }, { 1001, 0, NULL }, { 5, 1, NULL }, { 5, 251, ITEM_MAX }, { 5, 1, bad_max }
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(oko_state_new(&bad[i], &s), OKO_E_ARGUMENT);
        assert_null(s);
    }
    s = fresh();
    assert_int_equal(oko_state_add(s, MAX + 1, 3, NULL), OKO_E_ARGUMENT);
    assert_int_equal(oko_state_add(s, -1, 3, NULL), OKO_E_ARGUMENT);
    const int16_t totals[3] = { 1, 2, 10 };
    assert_int_equal(oko_state_add_many(s, 3, totals, NULL, NULL, NULL), OKO_E_ARGUMENT);
    assert_int_equal(oko_state_n(s), 0); /* all or nothing */
    const uint8_t include[3] = { 1, 1, 0 };
    assert_int_equal(oko_state_add_many(s, 3, totals, NULL, NULL, include), OKO_OK);
    assert_int_equal(oko_state_n(s), 2);
    const int64_t negative[MAX + 1] = { 3, -1 };
    assert_int_equal(oko_state_add_histogram(s, negative), OKO_E_ARGUMENT);
    const int64_t huge[MAX + 1] = { OKO_STATE_MAX_WORKS - 1 };
    assert_int_equal(oko_state_add_histogram(s, huge), OKO_E_LIMIT);
    assert_int_equal(oko_state_n(s), 2);
    oko_state_free(s);
    oko_state_free(NULL);
}

static void many_equals_one_by_one(void **unused)
{
    (void)unused;
    works *w = malloc(sizeof *w);
    assert_non_null(w);
    make_works(w, 11);
    uint8_t include[WORKS];
    oko_state *a = fresh();
    oko_state *b = fresh();
    for (size_t i = 0; i < WORKS; i++) {
        include[i] = i % 7 != 3;
        if (include[i]) {
            assert_int_equal(oko_state_add(a, w->total[i], w->journal[i], w->items + i * ITEMS), OKO_OK);
        }
    }
    assert_int_equal(oko_state_add_many(b, WORKS, w->total, w->journal, w->items, include), OKO_OK);
    assert_same(a, b);
    int64_t tried = 0;
    for (int k = 0; k < ITEM_MAX[2] + 3; k++) {
        tried += oko_state_item_counts(b, 2)[k];
    }
    assert_int_equal(tried, oko_state_n(b));
    oko_state_free(a);
    oko_state_free(b);
    free(w);
}

static void merges_in_any_order_to_the_same_bytes(void **unused)
{
    (void)unused;
    enum { PARTS = 6 };
    works *w = malloc(sizeof *w);
    assert_non_null(w);
    make_works(w, 5);
    oko_state *part[PARTS];
    for (size_t p = 0; p < PARTS; p++) {
        part[p] = fresh();
        for (size_t i = p; i < WORKS; i += PARTS) {
            assert_int_equal(oko_state_add(part[p], w->total[i], w->journal[i], w->items + i * ITEMS), OKO_OK);
        }
    }
    oko_state *whole = fresh();
    assert_int_equal(oko_state_add_many(whole, WORKS, w->total, w->journal, w->items, NULL), OKO_OK);
    oko_state *forward = fresh();
    oko_state *backward = fresh();
    for (size_t p = 0; p < PARTS; p++) {
        assert_int_equal(oko_state_merge(forward, part[p]), OKO_OK);
        assert_int_equal(oko_state_merge(backward, part[PARTS - 1 - p]), OKO_OK);
    }
    oko_state *left = NULL; /* ((0+1)+2) + ((3+4)+5) */
    oko_state *right = NULL;
    assert_int_equal(oko_state_clone(part[0], &left), OKO_OK);
    assert_int_equal(oko_state_clone(part[3], &right), OKO_OK);
    for (size_t p = 1; p < 3; p++) {
        assert_int_equal(oko_state_merge(left, part[p]), OKO_OK);
        assert_int_equal(oko_state_merge(right, part[3 + p]), OKO_OK);
    }
    assert_int_equal(oko_state_merge(left, right), OKO_OK);
    assert_same(whole, forward);
    assert_same(whole, backward);
    assert_same(whole, left);
    oko_state *other = NULL;
    const int16_t other_max[ITEMS] = { 1, 3, 2, 2 };
    assert_int_equal(oko_state_new(&(oko_shape){ MAX, ITEMS, other_max }, &other), OKO_OK);
    assert_int_equal(oko_state_merge(whole, other), OKO_E_ARGUMENT);
    oko_state *all[] = { whole, forward, backward, left, right, other };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        oko_state_free(all[i]);
    }
    for (size_t p = 0; p < PARTS; p++) {
        oko_state_free(part[p]);
    }
    free(w);
}

static void bytes_round_trip_and_bad_bytes_are_refused(void **unused)
{
    (void)unused;
    works *w = malloc(sizeof *w);
    assert_non_null(w);
    make_works(w, 3);
    oko_state *s = fresh();
    assert_int_equal(oko_state_add_many(s, WORKS, w->total, w->journal, w->items, NULL), OKO_OK);
    unsigned char bytes[4096];
    size_t size = 0;
    assert_int_equal(oko_state_serialize(s, NULL, 0, &size), OKO_OK);
    size_t untouched = 12345;
    assert_int_equal(oko_state_serialize(s, bytes, size - 1, &untouched), OKO_E_LIMIT);
    assert_int_equal(untouched, 12345);
    assert_int_equal(bytes_of(s, bytes, sizeof bytes), size);
    oko_state *back = NULL;
    assert_int_equal(oko_state_deserialize(bytes, size, &back), OKO_OK);
    assert_same(s, back);
    oko_state_freep(&back);
    assert_null(back);
    for (size_t cut = 0; cut < size; cut++) {
        assert_int_equal(oko_state_deserialize(bytes, cut, &back), OKO_E_FORMAT);
    }
    bytes[size] = 0;
    assert_int_equal(oko_state_deserialize(bytes, size + 1, &back), OKO_E_FORMAT);
    bytes[2] = 2; /* version */
    assert_int_equal(oko_state_deserialize(bytes, size, &back), OKO_E_VERSION);
    bytes[0] = 'x';
    assert_int_equal(oko_state_deserialize(bytes, size, &back), OKO_E_FORMAT);
    /* more item scores than works: one work, an item counted twice */
    const unsigned char lie[] = { 'o', 'S', 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0 };
    assert_int_equal(oko_state_deserialize(lie, sizeof lie, &back), OKO_E_FORMAT);
    unsigned char honest[sizeof lie];
    memcpy(honest, lie, sizeof lie);
    honest[18] = 1;
    assert_int_equal(oko_state_deserialize(honest, sizeof honest, &back), OKO_OK);
    assert_int_equal(oko_state_n(back), 1);
    oko_state_free(back);
    oko_state_free(s);
    free(w);
}

static void damaged_bytes_never_hurt(void **unused)
{
    (void)unused;
    works *w = malloc(sizeof *w);
    assert_non_null(w);
    make_works(w, 8);
    oko_state *s = fresh();
    assert_int_equal(oko_state_add_many(s, WORKS, w->total, w->journal, w->items, NULL), OKO_OK);
    unsigned char bytes[4096];
    size_t size = bytes_of(s, bytes, sizeof bytes);
    oko_rng rng = oko_rng_make(77, 0);
    int accepted = 0;
    for (int trial = 0; trial < 20000; trial++) {
        unsigned char copy[4096];
        memcpy(copy, bytes, size);
        for (uint32_t k = 0; k <= (uint32_t)trial % 3u; k++) {
            copy[oko_rng_below(&rng, (uint32_t)size)] = (unsigned char)oko_rng_u64(&rng);
        }
        oko_state *back = NULL;
        if (oko_state_deserialize(copy, size, &back) == OKO_OK) {
            unsigned char again[4096]; /* what is accepted has exactly one form */
            assert_int_equal(bytes_of(back, again, sizeof again), size);
            assert_memory_equal(again, copy, size);
            accepted++;
            oko_state_free(back);
        }
    }
    assert_true(accepted > 0);
    oko_state_free(s);
    free(w);
}

static void mean_and_sd(void **unused)
{
    (void)unused;
    oko_state *s = fresh();
    double value = 1;
    int64_t n = 0;
    assert_int_equal(oko_state_mean(s, &value), OKO_E_NO_DATA);
    assert_true(isnan(value));
    assert_int_equal(oko_state_add(s, 4, 0, (const int8_t[ITEMS]){ -2, -1, 0, 3 }), OKO_OK);
    assert_int_equal(oko_state_sd(s, &value), OKO_E_NO_DATA);
    assert_true(isnan(value));
    assert_int_equal(oko_state_item_mean(s, 0, &value, &n), OKO_E_NO_DATA);
    assert_int_equal(n, 0);
    assert_true(isnan(value));
    assert_int_equal(oko_state_add(s, 9, 0, (const int8_t[ITEMS]){ 1, 3, 5, 1 }), OKO_OK);
    assert_int_equal(oko_state_add(s, 2, 0, NULL), OKO_OK);
    assert_int_equal(oko_state_mean(s, &value), OKO_OK);
    assert_near(value, 5.0, 1e-15);
    assert_int_equal(oko_state_sd(s, &value), OKO_OK);
    assert_near(value, sqrt((1.0 + 16.0 + 9.0) / 2.0), 1e-14);
    assert_int_equal(oko_state_item_mean(s, 1, &value, &n), OKO_OK); /* not tried counts as 0 */
    assert_near(value, 1.5, 1e-15);
    assert_int_equal(n, 2);
    assert_int_equal(oko_state_item_mean(s, 2, &value, &n), OKO_OK); /* 5 of 2 is other missing */
    assert_near(value, 0.0, 0.0);
    assert_int_equal(n, 1);
    assert_int_equal(oko_state_item_mean(s, ITEMS, &value, &n), OKO_E_ARGUMENT);
    oko_state_free(s);
}

/* A million works shifted far from zero: the SD has no cancellation. */
static void sd_of_many_equal_works(void **unused)
{
    (void)unused;
    oko_state *s = NULL;
    assert_int_equal(oko_state_new(&(oko_shape){ .max_total = 1000 }, &s), OKO_OK);
    int64_t counts[1001] = { 0 };
    counts[1000] = 100000000;
    counts[999] = 1;
    assert_int_equal(oko_state_add_histogram(s, counts), OKO_OK);
    double sd = 0;
    assert_int_equal(oko_state_sd(s, &sd), OKO_OK);
    double n = 100000001.0; /* variance n−1-normed: Σ(x−x̄)² = 1 − 1/n */
    assert_near(sd, sqrt((1.0 - 1.0 / n) / (n - 1.0)), 1e-15);
    oko_state_free(s);
}

static void allocations_can_fail(void **unused)
{
    (void)unused;
    oko_state *s = NULL;
    failing_alloc_arm(1);
    assert_int_equal(oko_state_new(&SHAPE, &s), OKO_E_MEMORY);
    assert_true(failing_alloc_disarm());
    assert_null(s);
    s = fresh();
    oko_state *copy = NULL;
    failing_alloc_arm(1);
    assert_int_equal(oko_state_clone(s, &copy), OKO_E_MEMORY);
    assert_true(failing_alloc_disarm());
    assert_null(copy);
    unsigned char bytes[4096];
    size_t size = bytes_of(s, bytes, sizeof bytes);
    failing_alloc_arm(1);
    assert_int_equal(oko_state_deserialize(bytes, size, &copy), OKO_E_MEMORY);
    assert_true(failing_alloc_disarm());
    assert_null(copy);
    oko_state_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_one_work),
        cmocka_unit_test(refuses_what_is_out_of_range),
        cmocka_unit_test(many_equals_one_by_one),
        cmocka_unit_test(merges_in_any_order_to_the_same_bytes),
        cmocka_unit_test(bytes_round_trip_and_bad_bytes_are_refused),
        cmocka_unit_test(damaged_bytes_never_hurt),
        cmocka_unit_test(mean_and_sd),
        cmocka_unit_test(sd_of_many_equal_works),
        cmocka_unit_test(allocations_can_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
