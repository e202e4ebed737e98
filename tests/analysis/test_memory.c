/* Every allocation of an analysis fails in turn: the status says so, nothing is saved, nothing leaks (asan). */
#include "world.h"

#include "support/failing_alloc.h"

static world *make_region(void)
{
    static const int16_t cutoffs[] = { 7, 11 };
    world *w = world_open();
    begin(w);
    int64_t later = put_procedure(w, "2021-05-MA", OKO_KIND_VPR, 20, 0, 2, cutoffs);
    int64_t earlier = put_procedure(w, "2020-04-MA", OKO_KIND_VPR, 20, 0, 0, NULL);
    for (int s = 0; s < 5; s++) {
        int scores[60];
        char code[16];
        snprintf(code, sizeof code, "s%d", s);
        for (int i = 0; i < 60; i++)
            scores[i] = (i * 7 + s) % 11 + (i * 5) % 10;
        int64_t school = put_unit(w, OKO_LEVEL_SCHOOL, code, w->municipality[s % 2]);
        put_class(w, later, school, "А", 60, scores, NULL);
        put_class(w, earlier, school, "А", 30, scores, NULL);
    }
    commit(w);
    return w;
}

/* The packs region and external: three cut-offs, a table of journal marks, two lists, rules from a file. */
static world *make_packs(void)
{
    static const int16_t cutoffs[] = { 6, 10, 15 };
    world *w = world_open();
    oko_error err = { 0 };
    oko_change change;
    begin(w);
    int64_t later = put_procedure(w, "2021-05-MA", OKO_KIND_VPR, 20, 0, 3, cutoffs);
    int64_t earlier = put_procedure(w, "2020-04-MA", OKO_KIND_VPR, 20, 0, 3, cutoffs);
    oko_aggregate *table = calloc(1, sizeof *table);
    assert_non_null(table);
    *table = (oko_aggregate){ .kind = OKO_AGGREGATE_JOURNAL, .n_units = -1, .n = 20, .n_values = 6 };
    table->procedure = put_procedure(w, "2021-06-MA", OKO_KIND_VPR, 20, 0, 3, cutoffs);
    memcpy(table->values, (double[]){ 4, 10, 6, 20, 50, 30 }, 6 * sizeof *table->values);
    for (int s = 0; s < 2; s++) {
        int scores[12], journal[12];
        char code[16];
        snprintf(code, sizeof code, "s%d", s);
        for (int i = 0; i < 12; i++) {
            scores[i] = (i * 7 + s) % 20;
            journal[i] = 2 + i % 4;
        }
        table->unit = put_unit(w, OKO_LEVEL_SCHOOL, code, w->municipality[s]);
        put_class(w, later, table->unit, "А", 12, scores, journal);
        put_class(w, earlier, table->unit, "А", 12, scores, journal);
        ok(oko_store_aggregate_put(w->store, w->import, table, &change, &err), &err);
        const oko_external e = { .list = "list", .year = 2020 + s, .source = "x", .unit = table->unit };
        ok(oko_store_external_put(w->store, w->import, &e, &change, &err), &err);
    }
    free(table);
    commit(w);
    return w;
}

static void fail_each(world *w, const char *rules)
{
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.rules = rules;
    options.threads = 1;
    options.replicates = 20;
    size_t n = 0, failures = 0;
    for (bool failed = true; failed; failures += failed) {
        oko_error err = { 0 };
        oko_run run = { 0 };
        bool fresh = false;
        assert_true(++n < 20000);
        failing_alloc_arm(n);
        oko_status status = oko_analyze(w->store, &options, false, &run, &fresh, &err);
        failed = failing_alloc_disarm();
        if (failed && status != OKO_OK) {
            assert_int_equal(err.code, status);
            assert_null(run.params);
            assert_int_equal(oko_store_run_get(w->store, 0, &run, &err), OKO_E_NOT_FOUND);
        } else {
            ok(status, &err);
            failed = false; /* the last allocation was one that the analysis can do without */
        }
        oko_run_clear(&run);
    }
    assert_true(failures > 100);
    world_close(w);
}

static void each_allocation_fails(void **state)
{
    (void)state;
    fail_each(make_region(), NULL);
}

static void in_all_packs(void **state)
{
    (void)state;
    fail_each(make_packs(), "{\"pack\":\"region\",\"version\":\"2\",\"rules\":["
                            "{\"rule\":\"raised\",\"params\":{\"high\":40,\"medium\":20,\"min_works\":10}},"
                            "{\"rule\":\"twos\",\"params\":{\"rise\":10,\"min_works\":10}}]}");
}

static void states_too(void **state)
{
    (void)state;
    world *w = make_region();
    bool failed = true;
    for (size_t n = 1; failed; n++) {
        oko_error err = { 0 };
        oko_states states = { 0 };
        failing_alloc_arm(n);
        oko_status status = oko_states_load(w->store, "2021-05-MA", 0, 1, &states, &err);
        failed = failing_alloc_disarm();
        if (failed) {
            assert_int_equal(status, OKO_E_MEMORY);
            assert_null(states.all);
            continue;
        }
        ok(status, &err);
        assert_int_equal(oko_state_n(states.all), 300);
        oko_states_clear(&states);
    }
    world_close(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(each_allocation_fails), cmocka_unit_test(in_all_packs),
                                        cmocka_unit_test(states_too) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
