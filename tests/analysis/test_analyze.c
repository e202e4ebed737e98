/* Runs over a small store whose every number was worked out by hand. */
#include "look.h"

/* Eight schools: s1…s4 in m1, s5…s8 in m2. Grade 4 in 2020 (maximum 10) and grade 5 in 2021 (maximum 20). */
enum { SCHOOLS = 8, WORKS = 4 };
static const int after[SCHOOLS][WORKS] = { { 18, 19, 18, 19 }, { 5, 6, 7, 8 },  { 4, 6, 8, 10 },
                                           { 9, -1, -1, -1 },  { 5, 7, 9, -1 }, { 10, 10, -1, -1 },
                                           { 12, -1, -1, -1 }, { 8, 8, 8, -1 } };
static const int before[SCHOOLS][WORKS] = { { 2, 2, -1, -1 }, { 3, 4, -1, -1 },  { 3, 4, 4, -1 },   { -1, -1, -1, -1 },
                                            { 3, 4, -1, -1 }, { 5, -1, -1, -1 }, { 6, -1, -1, -1 }, { 4, -1, -1, -1 } };

typedef struct region {
    world *w;
    int64_t school[SCHOOLS];
    int64_t later, earlier;
} region;

static void fill(region *r)
{
    *r = (region){ .w = world_open() };
    begin(r->w);
    r->later = put_procedure(r->w, "2021-05-MA", OKO_KIND_VPR, 20, 0, 0, NULL);
    r->earlier = put_procedure(r->w, "2020-04-MA", OKO_KIND_VPR, 10, 0, 0, NULL);
    for (int i = 0; i < SCHOOLS; i++) {
        char code[16];
        snprintf(code, sizeof code, "s%d", i + 1);
        r->school[i] = put_unit(r->w, OKO_LEVEL_SCHOOL, code, r->w->municipality[i / 4]);
        put_class(r->w, r->later, r->school[i], "А", WORKS, after[i], i == 4 ? (int[]){ 5, 4, 3, 3 } : NULL);
        if (i != 3)
            put_class(r->w, r->earlier, r->school[i], "А", WORKS, before[i], NULL);
    }
    commit(r->w);
}

/* ---- the rules ---- */

static void check_ci(region *r, int64_t run)
{
    oko_result s1 = result_of(r->w, run, "2021-05-MA", "fioko-2019/ci", r->school[0]);
    assert_true(s1.marked && s1.official && s1.state == OKO_RESULT_OK);
    assert_int_equal(s1.n, 4);
    assert_true(near(s1.observed, 18.5));
    assert_true(near(s1.expected, 214.0 / 22));
    assert_true(near(s1.effect, 18.5 - 214.0 / 22));
    assert_true(near(s1.effect_lo, s1.effect - .98 * sqrt(1.0 / 3)));
    assert_true(near(s1.effect_hi, s1.effect + .98 * sqrt(1.0 / 3)));
    assert_true(near(detail(&s1, "lower"), 18.5 - 1.96 * sqrt(1.0 / 3) / 2));
    assert_true(near(detail(&s1, "region_upper"), 11.662432119487807));
    assert_true(isnan(s1.p) && isnan(s1.q));
    oko_result_clear(&s1);
    oko_result s4 = result_of(r->w, run, "2021-05-MA", "fioko-2019/ci", r->school[3]);
    assert_int_equal(s4.state, OKO_RESULT_NO_DATA);
    assert_string_equal(s4.why, "analysis.few_works");
    assert_false(s4.marked);
    assert_true(isnan(s4.observed));
    oko_result_clear(&s4);
    oko_result m1 = result_of(r->w, run, "2021-05-MA", "fioko-2019/ci", r->w->municipality[0]);
    assert_int_equal(m1.n, 3); /* s4 has one work */
    assert_true(near(m1.observed, 1) && near(m1.effect, 1.0 / 3));
    assert_true(near(detail(&m1, "schools"), 4) && near(detail(&m1, "no_data"), 1));
    assert_false(m1.marked);
    oko_result_clear(&m1);
    oko_result m2 = result_of(r->w, run, "2021-05-MA", "fioko-2019/ci", r->w->municipality[1]);
    assert_int_equal(m2.n, 3); /* s7 has one work */
    assert_true(near(m2.observed, 0));
    oko_result_clear(&m2);
    oko_result all = result_of(r->w, run, "2021-05-MA", "fioko-2019/ci", r->w->region);
    assert_int_equal(all.n, 6);
    assert_true(near(detail(&all, "region_upper"), 11.662432119487807));
    oko_result_clear(&all);
}

static void check_rs(region *r, int64_t run)
{
    oko_result s5 = result_of(r->w, run, "2021-05-MA", "fioko-2019/rs", r->school[4]);
    assert_true(s5.marked && s5.official);
    assert_true(near(s5.observed, -1));
    assert_int_equal(s5.n, 3);
    oko_result_clear(&s5);
    oko_result s1 = result_of(r->w, run, "2021-05-MA", "fioko-2019/rs", r->school[0]);
    assert_string_equal(s1.why, "analysis.few_journal_marks");
    oko_result_clear(&s1);
    oko_result m1 = result_of(r->w, run, "2021-05-MA", "fioko-2019/rs", r->w->municipality[0]);
    assert_int_equal(m1.state, OKO_RESULT_NO_DATA);
    assert_string_equal(m1.why, "analysis.no_school_computable");
    oko_result_clear(&m1);
    assert_int_equal(marked(r->w, run, "2021-05-MA", "fioko-2019/rs", OKO_LEVEL_SCHOOL), 1);
}

/* K: s1 8/37, s2 14/13, s3 22/21, the four others 1: Q1 = 1, Q3 = 1 + 1/42. */
static void check_change(region *r, int64_t run)
{
    oko_result s1 = result_of(r->w, run, "2021-05-MA", "fioko-2019/rise", r->school[0]);
    assert_true(s1.marked && s1.official);
    assert_true(near(s1.observed, 8.0 / 37));
    assert_true(near(s1.expected, 1 - 3.0 / 42));
    assert_true(near(s1.effect, 92.5 - 20));
    assert_true(near(detail(&s1, "q3"), 1 + 1.0 / 42));
    assert_true(near(detail(&s1, "bounds_schools"), 7));
    assert_true(near(detail(&s1, "n_before"), 2) && near(detail(&s1, "n_after"), 4));
    oko_result_clear(&s1);
    oko_result fall = result_of(r->w, run, "2021-05-MA", "fioko-2019/fall", r->school[1]);
    assert_false(fall.marked);
    assert_true(near(fall.observed, 14.0 / 13) && near(fall.expected, 1 + 4.0 / 42));
    oko_result_clear(&fall);
    oko_result s4 = result_of(r->w, run, "2021-05-MA", "fioko-2019/rise", r->school[3]);
    assert_string_equal(s4.why, "analysis.no_previous_works");
    oko_result_clear(&s4);
    oko_result none = result_of(r->w, run, "2020-04-MA", "fioko-2019/rise", r->w->region);
    assert_int_equal(none.state, OKO_RESULT_NO_DATA);
    assert_string_equal(none.why, "analysis.no_previous");
    assert_false(none.official);
    assert_non_null(strstr(none.details, "2019-03-MA"));
    oko_result_clear(&none);
    assert_int_equal(marked(r->w, run, "2021-05-MA", "fioko-2019/rise", OKO_LEVEL_SCHOOL), 1);
    assert_int_equal(marked(r->w, run, "2021-05-MA", "fioko-2019/fall", OKO_LEVEL_SCHOOL), 0);
}

/* s1: ci and rise; s5: rs. */
static void check_index(region *r, int64_t run)
{
    oko_result all = result_of(r->w, run, "2021", "fioko-2019/index", r->w->region);
    assert_int_equal(all.n, 8);
    assert_true(near(all.observed, 75) && near(all.effect, .25));
    assert_true(near(detail(&all, "year"), 2021) && near(detail(&all, "marked"), 2));
    oko_result_clear(&all);
    oko_result m2 = result_of(r->w, run, "2021", "fioko-2019/index", r->w->municipality[1]);
    assert_int_equal(m2.n, 4);
    assert_true(near(m2.observed, 75));
    oko_result_clear(&m2);
    oko_result s1 = result_of(r->w, run, "2021", "fioko-2019/index", r->school[0]);
    assert_true(s1.marked && near(s1.observed, 2));
    assert_int_equal(s1.n, 3); /* ci, rise, fall */
    assert_true(near(detail(&s1, "no_data"), 11) && near(detail(&s1, "signs"), 14));
    assert_non_null(strstr(s1.details, "\"id\":\"rise-vpr-ma-5\",\"rule\":\"fioko-2019/rise\","
                                       "\"procedure\":\"2021-05-MA\",\"state\":\"on\""));
    assert_non_null(strstr(s1.details, "\"id\":\"ci-oge-ru\",\"rule\":\"fioko-2019/ci\","
                                       "\"procedure\":null,\"state\":\"no_data\""));
    oko_result_clear(&s1);
    oko_result s4 = result_of(r->w, run, "2021", "fioko-2019/index", r->school[3]);
    assert_int_equal(s4.state, OKO_RESULT_NO_DATA);
    assert_string_equal(s4.why, "analysis.no_sign_computable");
    oko_result_clear(&s4);
    oko_result past = result_of(r->w, run, "2020", "fioko-2019/index", r->w->region);
    assert_int_equal(past.n, 7);
    oko_result_clear(&past);
}

static void rules_of_2019(void **state)
{
    (void)state;
    region r;
    fill(&r);
    bool fresh = false;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    oko_run run = analyze(r.w, &options, false, &fresh);
    assert_true(fresh);
    assert_string_equal(run.method, OKO_METHOD_VERSION);
    assert_true(run.program[0] != '\0' && run.created[0] != '\0' && strlen(run.result_hash) == 64);
    check_ci(&r, run.id);
    check_rs(&r, run.id);
    check_change(&r, run.id);
    check_index(&r, run.id);
    oko_result t = result_of(r.w, run.id, "2021-05-MA", "oko/threshold", r.w->region);
    assert_int_equal(t.state, OKO_RESULT_NOT_APPLICABLE);
    assert_string_equal(t.why, "analysis.threshold.no_cutoffs");
    oko_result_clear(&t);
    oko_run_clear(&run);
    world_close(r.w);
}

/* ---- the run ---- */

static void same_inputs_same_run(void **state)
{
    (void)state;
    region r;
    fill(&r);
    bool fresh = false;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    oko_run first = analyze(r.w, &options, false, &fresh);
    oko_run again = analyze(r.w, &options, false, &fresh);
    assert_false(fresh);
    assert_int_equal(again.id, first.id);
    oko_run_clear(&again);
    static const int threads[] = { 1, 2, 3, 8 };
    for (int i = 0; i < 4; i++) { /* other digits would be an error */
        options.threads = threads[i];
        again = analyze(r.w, &options, true, &fresh);
        assert_false(fresh);
        assert_int_equal(again.id, first.id);
        oko_run_clear(&again);
    }
    options.seed = 2;
    again = analyze(r.w, &options, false, &fresh);
    assert_true(fresh);
    assert_int_not_equal(again.id, first.id);
    oko_run_clear(&again);
    options = (oko_analysis_options)OKO_ANALYSIS_OPTIONS_INIT;
    options.replicates = 100;
    again = analyze(r.w, &options, false, &fresh);
    assert_true(fresh);
    oko_run_clear(&again);
    oko_run_clear(&first);
    world_close(r.w);
}

static void old_revision_is_recomputed(void **state)
{
    (void)state;
    region r;
    fill(&r);
    bool fresh = false;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    oko_run first = analyze(r.w, &options, false, &fresh);
    begin(r.w);
    new_import(r.w);
    put_class(r.w, r.later, r.school[0], "А", 2, (int[]){ 1, 2 }, NULL);
    commit(r.w);
    oko_run changed = analyze(r.w, &options, false, &fresh);
    assert_true(fresh); /* same units, other data */
    oko_run_clear(&changed);
    begin(r.w);
    put_class(r.w, r.later, put_unit(r.w, OKO_LEVEL_SCHOOL, "s0", r.w->municipality[1]), "А", 2, (int[]){ 1, 2 }, NULL);
    commit(r.w);
    oko_run second = analyze(r.w, &options, false, &fresh);
    assert_true(fresh);
    assert_string_not_equal(first.result_hash, second.result_hash);
    assert_true(second.revision > first.revision);
    options.revision = first.revision;
    oko_run past = analyze(r.w, &options, true, &fresh);
    assert_false(fresh);
    assert_int_equal(past.id, first.id);
    oko_run_clear(&past);
    oko_run_clear(&first);
    oko_run_clear(&second);
    world_close(r.w);
}

/* A school moves to another municipality: not a change of data, but of what is computed. */
static void register_is_part_of_a_run(void **state)
{
    (void)state;
    region r;
    fill(&r);
    bool fresh = false;
    oko_error err = { 0 };
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    oko_run first = analyze(r.w, &options, false, &fresh);
    oko_unit s1;
    int64_t id;
    ok(oko_store_unit_get(r.w->store, r.school[0], &s1, &err), &err);
    s1.parent = r.w->municipality[1];
    begin(r.w);
    ok(oko_store_unit_put(r.w->store, &s1, &id, &err), &err);
    commit(r.w);
    oko_run second = analyze(r.w, &options, false, &fresh);
    assert_true(fresh);
    assert_string_not_equal(first.result_hash, second.result_hash);
    oko_run_clear(&first);
    oko_run_clear(&second);
    world_close(r.w);
}

static void other_digits_are_a_defect(void **state)
{
    (void)state;
    region r;
    fill(&r);
    bool fresh = false;
    oko_error err = { 0 };
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    oko_run run = analyze(r.w, &options, false, &fresh), out = { 0 };
    int64_t id = 0;
    run.result_hash[0] = run.result_hash[0] == '0' ? '1' : '0';
    ok(oko_store_run_save(r.w->store, &run, NULL, 0, &id, &err), &err);
    assert_int_equal(oko_analyze(r.w->store, &options, true, &out, &fresh, &err), OKO_E_INTERNAL);
    assert_string_equal(err.id, "analysis.digits_differ");
    oko_run_clear(&run);
    world_close(r.w);
}

static bool stop(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
    (void)stage;
    assert_int_equal(total, 2);
    *(uint64_t *)ctx = done;
    return done < 1;
}

/* Stops at the third question about the first procedure. */
static bool stop_inside(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
    int *asked = ctx;
    (void)stage;
    (void)total;
    return done > 0 || ++*asked < 3;
}

/* It is asked within a procedure too, not only before each: a long one stops at once. */
static void stops_within_a_procedure(void **state)
{
    (void)state;
    region r;
    oko_error err = { 0 };
    oko_run run = { 0 };
    bool fresh = false;
    int asked = 0;
    fill(&r);
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.progress = (oko_progress){ stop_inside, &asked };
    assert_int_equal(oko_analyze(r.w->store, &options, false, &run, &fresh, &err), OKO_E_CANCELLED);
    assert_int_equal(asked, 3);
    assert_int_equal(oko_store_run_get(r.w->store, 0, &run, &err), OKO_E_NOT_FOUND);
    world_close(r.w);
}

static void nothing_loaded_and_cancelled(void **state)
{
    (void)state;
    world *w = world_open();
    oko_error err = { 0 };
    oko_run run = { 0 };
    bool fresh = false;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    assert_int_equal(oko_analyze(w->store, &options, false, &run, &fresh, &err), OKO_E_NO_DATA);
    assert_string_equal(err.id, "analysis.nothing_loaded");
    options.replicates = 5;
    assert_int_equal(oko_analyze(w->store, &options, false, &run, &fresh, &err), OKO_E_ARGUMENT);
    assert_string_equal(err.id, "analysis.replicates");
    options.replicates = 0;
    world_close(w);
    region r;
    fill(&r);
    uint64_t done = 99;
    options.progress = (oko_progress){ stop, &done };
    assert_int_equal(oko_analyze(r.w->store, &options, false, &run, &fresh, &err), OKO_E_CANCELLED);
    assert_int_equal(done, 1);
    assert_int_equal(oko_store_run_get(r.w->store, 0, &run, &err), OKO_E_NOT_FOUND);
    world_close(r.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_of_2019),
        cmocka_unit_test(same_inputs_same_run),
        cmocka_unit_test(old_revision_is_recomputed),
        cmocka_unit_test(register_is_part_of_a_run),
        cmocka_unit_test(other_digits_are_a_defect),
        cmocka_unit_test(nothing_loaded_and_cancelled),
        cmocka_unit_test(stops_within_a_procedure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
