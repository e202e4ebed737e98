/* States of a procedure: from sheets, from histograms, and of the units above the school. */
#include "world.h"

#include "analysis/states.h"

#include <math.h>

static void states_hold_participants_only(void **state)
{
    (void)state;
    world *w = world_open();
    oko_error err = { 0 };
    begin(w);
    int64_t p = put_procedure(w, "2021-04-MA", OKO_KIND_VPR, 20, 0, 0, NULL);
    int64_t a = put_unit(w, OKO_LEVEL_SCHOOL, "a", w->municipality[0]);
    int64_t b = put_unit(w, OKO_LEVEL_SCHOOL, "b", w->municipality[1]);
    int64_t c = put_unit(w, OKO_LEVEL_SCHOOL, "c", w->region);
    put_class(w, p, a, "А", 4, (int[]){ 3, -1, 7, 20 }, (int[]){ 3, 4, 0, 5 });
    put_class(w, p, a, "Б", 2, (int[]){ 7, 0 }, NULL);
    put_class(w, p, b, "А", 1, (int[]){ 12 }, NULL);
    put_class(w, p, c, "А", 1, (int[]){ -1 }, NULL);
    commit(w);
    for (int threads = 1; threads <= 5; threads += 2) {
        oko_states s = { 0 };
        ok(oko_states_load(w->store, "2021-04-MA", 0, threads, &s, &err), &err);
        assert_int_equal(s.n, 3);
        assert_false(s.from_aggregate);
        assert_int_equal(s.schools[0].school, a);
        assert_int_equal(s.schools[2].school, c);
        assert_int_equal(s.schools[0].municipality, w->municipality[0]);
        assert_int_equal(s.schools[2].municipality, 0);
        assert_int_equal(s.schools[2].region, w->region);
        assert_int_equal(oko_state_n(s.schools[0].state), 5);
        assert_int_equal(oko_state_sum(s.schools[0].state), 37);
        assert_int_equal(oko_state_histogram(s.schools[0].state)[7], 2);
        assert_int_equal(oko_state_journal(s.schools[0].state, 5)[20], 1);
        assert_int_equal(s.schools[0].counts.rows, 6);
        assert_int_equal(s.schools[0].counts.no_total, 1);
        assert_int_equal(oko_state_n(s.all), 6);
        assert_int_equal(s.counts.participants, 6);
        assert_int_equal(s.counts.rows, 8);
        oko_state *below = NULL;
        oko_counts counts = { 0 };
        int64_t schools = 0;
        assert_int_equal(oko_states_below(&s, OKO_LEVEL_REGION, w->region, &below, &counts, &schools), OKO_OK);
        assert_int_equal(oko_state_n(below), 6);
        assert_int_equal(counts.rows, 8);
        assert_int_equal(schools, 2);
        oko_state_free(below);
        assert_int_equal(oko_states_below(&s, OKO_LEVEL_MUNICIPALITY, w->municipality[1], &below, NULL, NULL), OKO_OK);
        assert_int_equal(oko_state_sum(below), 12);
        oko_state_free(below);
        assert_int_equal(oko_states_below(&s, OKO_LEVEL_MUNICIPALITY, 12345, &below, NULL, NULL), OKO_E_NO_DATA);
        assert_int_equal(oko_states_below(&s, OKO_LEVEL_CLASS, a, &below, NULL, NULL), OKO_E_ARGUMENT);
        oko_states_clear(&s);
    }
    world_close(w);
}

static void missing_procedure_and_missing_data(void **state)
{
    (void)state;
    world *w = world_open();
    oko_error err = { 0 };
    oko_states s = { 0 };
    begin(w);
    put_procedure(w, "2021-04-MA", OKO_KIND_VPR, 20, 0, 0, NULL);
    commit(w);
    assert_int_equal(oko_states_load(w->store, "2021-04-RU", 0, 1, &s, &err), OKO_E_NOT_FOUND);
    assert_int_equal(oko_states_load(w->store, "2021-04-MA", 0, 1, &s, &err), OKO_E_NO_DATA);
    assert_string_equal(err.id, "analysis.nothing_loaded");
    assert_null(s.all);
    world_close(w);
}

/* The maximum was lowered after the import: works above it leave the participants. */
static void lowered_maximum(void **state)
{
    (void)state;
    world *w = world_open();
    oko_error err = { 0 };
    begin(w);
    int64_t p = put_procedure(w, "2021-04-MA", OKO_KIND_VPR, 20, 0, 0, NULL);
    int64_t a = put_unit(w, OKO_LEVEL_SCHOOL, "a", w->municipality[0]);
    put_class(w, p, a, "А", 3, (int[]){ 3, 18, 20 }, NULL);
    commit(w);
    begin(w);
    put_procedure(w, "2021-04-MA", OKO_KIND_VPR, 19, 0, 0, NULL);
    commit(w);
    oko_states s = { 0 };
    ok(oko_states_load(w->store, "2021-04-MA", 0, 1, &s, &err), &err);
    assert_int_equal(oko_state_n(s.all), 2);
    assert_int_equal(s.counts.participants, 2);
    assert_int_equal(s.counts.above_max, 1);
    assert_int_equal(s.counts.sum, 21);
    assert_int_equal(s.counts.sum_sq, 9 + 324);
    oko_states_clear(&s);
    world_close(w);
}

static void put_histogram(world *w, int64_t procedure, int64_t unit, int64_t n, bool percent, int n_values,
                          const double *values)
{
    oko_error err = { 0 };
    oko_change change;
    oko_aggregate *a = calloc(1, sizeof *a);
    assert_non_null(a);
    *a = (oko_aggregate){ .kind = OKO_AGGREGATE_HISTOGRAM,
                          .procedure = procedure,
                          .unit = unit,
                          .n_units = -1,
                          .n = n,
                          .percent = percent,
                          .n_values = n_values };
    memcpy(a->values, values, (size_t)n_values * sizeof *values);
    ok(oko_store_aggregate_put(w->store, w->import, a, &change, &err), &err);
    free(a);
}

static void histograms_of_units_above_the_school(void **state)
{
    (void)state;
    world *w = world_open();
    oko_error err = { 0 };
    begin(w);
    int64_t p = put_procedure(w, "2021-09-MA", OKO_KIND_OGE, 3, 0, 0, NULL);
    put_histogram(w, p, w->region, 200, true, 4, (double[]){ 33.4, 33.3, NAN, 33.3 });
    put_histogram(w, p, w->municipality[0], -1, false, 4, (double[]){ 1, 2, 3, 4 });
    put_histogram(w, p, w->municipality[1], -1, true, 4, (double[]){ 10, 20, 30, 40 }); /* percents of nothing */
    commit(w);
    oko_states s = { 0 };
    ok(oko_states_load(w->store, "2021-09-MA", 0, 2, &s, &err), &err);
    assert_true(s.from_aggregate);
    assert_int_equal(s.n, 0);
    assert_int_equal(s.n_parts, 2);
    const int64_t expected[] = { 67, 67, 0, 66 }; /* 66.8, 66.6, 0, 66.6 by largest remainders, sum 200 */
    assert_memory_equal(oko_state_histogram(s.all), expected, sizeof expected);
    assert_int_equal(s.counts.participants, 200);
    oko_state *below = NULL;
    int64_t schools = 0;
    assert_int_equal(oko_states_below(&s, OKO_LEVEL_MUNICIPALITY, w->municipality[0], &below, NULL, &schools), OKO_OK);
    assert_int_equal(oko_state_n(below), 10);
    assert_int_equal(schools, -1);
    oko_state_free(below);
    oko_states_clear(&s);
    world_close(w);
}

static void histograms_of_schools(void **state)
{
    (void)state;
    world *w = world_open();
    oko_error err = { 0 };
    begin(w);
    int64_t p = put_procedure(w, "2021-09-MA", OKO_KIND_OGE, 3, 0, 0, NULL);
    int64_t a = put_unit(w, OKO_LEVEL_SCHOOL, "a", w->municipality[0]);
    int64_t b = put_unit(w, OKO_LEVEL_SCHOOL, "b", w->municipality[1]);
    put_histogram(w, p, b, 3, true, 4, (double[]){ 33.33, 33.33, 0, 33.33 });
    put_histogram(w, p, a, 2, false, 4, (double[]){ 0, 0, 1, 1 });
    put_histogram(w, p, w->region, 1000, true, 4, (double[]){ 25, 25, 25, 25 });
    int64_t c = put_unit(w, OKO_LEVEL_SCHOOL, "c", w->municipality[1]);
    put_histogram(w, p, c, 2000, true, 4, (double[]){ 33.3, 33.3, 0, 33.3 }); /* 99.9 %: all 2000 are meant */
    commit(w);
    oko_states s = { 0 };
    ok(oko_states_load(w->store, "2021-09-MA", 0, 2, &s, &err), &err);
    assert_int_equal(s.n, 3);
    assert_int_equal(s.schools[0].school, a);
    const int64_t of_c[] = { 667, 667, 0, 666 };
    assert_memory_equal(oko_state_histogram(s.schools[2].state), of_c, sizeof of_c);
    const int64_t expected[] = { 1, 1, 0, 1 };
    assert_memory_equal(oko_state_histogram(s.schools[1].state), expected, sizeof expected);
    assert_int_equal(oko_state_n(s.all), 2005); /* the schools themselves, not the region's row */
    oko_states_clear(&s);
    world_close(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_hold_participants_only),
        cmocka_unit_test(missing_procedure_and_missing_data),
        cmocka_unit_test(lowered_maximum),
        cmocka_unit_test(histograms_of_units_above_the_school),
        cmocka_unit_test(histograms_of_schools),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
