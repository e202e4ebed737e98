/* Pack external: what lists say is taken over, by procedure or year; 2 of the last 3 years. */
#include "look.h"

enum { SCHOOLS = 4 };

typedef struct region {
    world *w;
    int64_t school[SCHOOLS];
} region;

static void put(region *r, const char *list, int year, int school, const char *procedure, const char *reason)
{
    oko_error err = { 0 };
    oko_change change;
    oko_external e = { .year = year, .unit = r->school[school] };
    snprintf(e.list, sizeof e.list, "%s", list);
    snprintf(e.source, sizeof e.source, "letter %d", year);
    snprintf(e.procedure, sizeof e.procedure, "%s", procedure);
    snprintf(e.reason, sizeof e.reason, "%s", reason);
    ok(oko_store_external_put(r->w->store, r->w->import, &e, &change, &err), &err);
}

/* s0, s1, s2 in m1, s3 in m2; s0 has works; s3 has works and is in no list. */
static void open_region(region *r)
{
    *r = (region){ .w = world_open() };
    begin(r->w);
    int64_t p = put_procedure(r->w, "2021-04-MA", OKO_KIND_VPR, 20, 0, 0, NULL);
    for (int i = 0; i < SCHOOLS; i++) {
        char name[16];
        snprintf(name, sizeof name, "s%d", i);
        r->school[i] = put_unit(r->w, OKO_LEVEL_SCHOOL, name, r->w->municipality[i == 3]);
    }
    put_class(r->w, p, r->school[0], "А", 3, (int[]){ 1, 2, 3 }, NULL);
    put_class(r->w, p, r->school[3], "А", 3, (int[]){ 4, 2, 3 }, NULL);
}

static oko_run run_of(region *r)
{
    bool fresh = false;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    return analyze(r->w, &options, false, &fresh);
}

static int rows(region *r, int64_t run, const char *procedure, const char *rule)
{
    oko_error err = { 0 };
    int n = 0;
    const oko_result_query q = { .run = run, .procedure = procedure, .rule = rule, .level = OKO_LEVEL_COUNT };
    ok(oko_store_result_walk(r->w->store, &q, count, &n, &err), &err);
    return n;
}

static void entries_become_results(void **state)
{
    (void)state;
    region r;
    open_region(&r);
    put(&r, "Federal", 2021, 0, "2021-04-MA", "shape of the distribution");
    put(&r, "Regional", 2021, 0, "2021-04-MA", "");
    put(&r, "Federal", 2021, 1, "", "no procedure");
    put(&r, "Old", 0, 2, "2019-04-RU", "year of the procedure");
    put(&r, "Undated", 0, 2, "", "neither");
    commit(r.w);
    oko_run run = run_of(&r);
    oko_result s0 = result_of(r.w, run.id, "2021-04-MA", "external/list", r.school[0]);
    assert_true(s0.state == OKO_RESULT_OK && s0.marked && !s0.official && s0.n == 0);
    assert_true(isnan(s0.observed) && isnan(s0.expected) && isnan(s0.effect) && isnan(s0.p));
    assert_string_equal(s0.details, "{\"entries\":2,\"lists\":[{\"list\":\"Federal\",\"year\":2021,\"source\":\"letter "
                                    "2021\",\"reason\":\"shape of the distribution\"},{\"list\":\"Regional\",\"year\":"
                                    "2021,\"source\":\"letter 2021\",\"reason\":\"\"}]}");
    oko_result_clear(&s0);
    oko_result s1 = result_of(r.w, run.id, "2021", "external/list", r.school[1]);
    assert_true(s1.marked);
    oko_result_clear(&s1);
    oko_result s2 = result_of(r.w, run.id, "2019-04-RU", "external/list", r.school[2]);
    assert_non_null(strstr(s2.details, "\"year\":2019"));
    oko_result_clear(&s2);
    oko_result none = result_of(r.w, run.id, "", "external/list", r.school[2]);
    assert_non_null(strstr(none.details, "\"year\":null"));
    oko_result_clear(&none);
    /* schools that the run knows: three of m1 (two through lists alone), four of the region */
    oko_result m1 = result_of(r.w, run.id, "2021", "external/list", r.w->municipality[0]);
    assert_true(m1.n == 3 && near(m1.observed, 1) && near(m1.effect, 1.0 / 3) && !m1.marked);
    oko_result_clear(&m1);
    oko_result all = result_of(r.w, run.id, "2021", "external/list", r.w->region);
    assert_true(all.n == 4 && near(all.effect, .25) && near(detail(&all, "listed"), 1));
    oko_result_clear(&all);
    assert_int_equal(rows(&r, run.id, "2021", "external/list"), 3); /* nothing of m2: it is in no list */
    oko_run_clear(&run);
    world_close(r.w);
}

/* Lists of 2018, 2020 and 2021: s0 in 2018 and 2020, s1 in 2020 and 2021 (twice), s2 in 2018 and 2021. */
static void two_of_three_years(void **state)
{
    (void)state;
    region r;
    open_region(&r);
    put(&r, "A", 2018, 0, "", "");
    put(&r, "A", 2018, 2, "", "");
    put(&r, "A", 2020, 0, "", "");
    put(&r, "A", 2020, 1, "", "");
    put(&r, "A", 2021, 1, "", "");
    put(&r, "B", 2021, 1, "2021-04-MA", "");
    put(&r, "A", 2021, 2, "", "");
    commit(r.w);
    oko_run run = run_of(&r);
    oko_result first = result_of(r.w, run.id, "2018", "external/repeated", r.w->region); /* one year alone */
    assert_int_equal(first.state, OKO_RESULT_NO_DATA);
    assert_string_equal(first.why, "analysis.external.few_years");
    oko_result_clear(&first);
    assert_int_equal(rows(&r, run.id, "2018", "external/repeated"), 1);
    oko_result s0 = result_of(r.w, run.id, "2020", "external/repeated", r.school[0]); /* 2018 is two years back */
    assert_true(s0.marked && near(s0.observed, 2) && near(s0.expected, 2) && near(detail(&s0, "years_loaded"), 2));
    assert_non_null(strstr(s0.details, "\"years\":[2018,2020]"));
    oko_result_clear(&s0);
    oko_result later = result_of(r.w, run.id, "2021", "external/repeated", r.school[0]); /* 2018 is three back */
    assert_true(!later.marked && near(later.observed, 1));
    oko_result_clear(&later);
    oko_result s1 = result_of(r.w, run.id, "2021", "external/repeated", r.school[1]);
    assert_true(s1.marked && near(s1.observed, 2)); /* two lists of one year are one year */
    oko_result_clear(&s1);
    oko_result s2 = result_of(r.w, run.id, "2021", "external/repeated", r.school[2]);
    assert_true(!s2.marked && near(s2.observed, 1));
    oko_result_clear(&s2);
    oko_result all = result_of(r.w, run.id, "2021", "external/repeated", r.w->region);
    assert_true(all.n == 4 && near(all.observed, 1) && near(detail(&all, "listed"), 3));
    oko_result_clear(&all);
    oko_run_clear(&run);
    world_close(r.w);
}

/* A list is data: a new entry makes a new run, the old revision keeps its own; no digit depends on ids. */
static void lists_are_versioned(void **state)
{
    (void)state;
    region r, other;
    open_region(&r);
    put(&r, "A", 2020, 0, "", "x");
    commit(r.w);
    oko_run first = run_of(&r);
    begin(r.w);
    new_import(r.w);
    put(&r, "A", 2021, 1, "", "y");
    commit(r.w);
    oko_run second = run_of(&r);
    assert_int_not_equal(second.id, first.id);
    bool fresh = true;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.revision = first.revision;
    oko_run past = analyze(r.w, &options, true, &fresh);
    assert_true(!fresh && past.id == first.id);
    open_region(&other);
    put(&other, "A", 2021, 1, "", "y");
    put(&other, "A", 2020, 0, "", "x");
    commit(other.w);
    oko_run same = run_of(&other);
    assert_string_equal(same.result_hash, second.result_hash);
    oko_run_clear(&first);
    oko_run_clear(&second);
    oko_run_clear(&past);
    oko_run_clear(&same);
    world_close(r.w);
    world_close(other.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_become_results),
        cmocka_unit_test(two_of_three_years),
        cmocka_unit_test(lists_are_versioned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
