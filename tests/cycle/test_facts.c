/* Every variable of indicators against a small region counted by hand. */
#include "cast.h"

#include "analysis/analysis.h"
#include "cycle/tally.h"
#include "support/failing_alloc.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { YEAR = 2021 };

/* ---- the region ---- */

static int64_t new_import(const cast *c)
{
    oko_error err = { 0 };
    oko_import import = { .bytes = 1 };
    int64_t id = 0;
    (void)snprintf(import.file, sizeof import.file, "f.csv");
    (void)snprintf(import.sha256, sizeof import.sha256, "%064d", 1);
    (void)snprintf(import.layout, sizeof import.layout, "test");
    MUST(oko_store_import_add(c->store, &import, &id, &err));
    return id;
}

static int64_t new_procedure(const cast *c, const char *code)
{
    oko_error err = { 0 };
    oko_procedure *p = calloc(1, sizeof *p);
    size_t length;
    int64_t id = 0;
    oko_change change;
    (void)snprintf(p->code, sizeof p->code, "%s", code);
    (void)snprintf(p->title, sizeof p->title, "%s", code);
    p->kind = OKO_KIND_VPR;
    assert_true(oko_procedure_code_parse(oko_str_of(code), &p->year, &p->grade, p->subject, &length));
    p->max_total = 10;
    p->first_mark = 2;
    p->n_cutoffs = 3;
    p->cutoffs[0] = 3;
    p->cutoffs[1] = 5;
    p->cutoffs[2] = 8;
    MUST(oko_store_procedure_put(c->store, p, &id, &change, &err));
    free(p);
    return id;
}

/* totals and journal marks: a digit a work, "-" none */
static void works(const cast *c, int64_t import, int64_t procedure, int school, const char *totals, const char *journal)
{
    oko_error err = { 0 };
    oko_sheet *sheet = NULL;
    oko_change change;
    const size_t n = strlen(totals);
    assert_int_equal(oko_sheet_new(n, 0, &sheet), OKO_OK);
    sheet->procedure = procedure;
    sheet->school = c->school[school];
    (void)snprintf(sheet->class_label, sizeof sheet->class_label, "4а");
    for (size_t i = 0; i < n; i++) {
        sheet->code[i] = 40001 + i;
        sheet->total[i] = (int16_t)(totals[i] == '-' ? OKO_TOTAL_NONE : totals[i] - '0');
        sheet->journal[i] = (int8_t)(journal[i] == '-' ? OKO_JOURNAL_NONE : journal[i] - '0');
        sheet->flags[i] = totals[i] == '-' ? OKO_WORK_NO_TOTAL : 0;
    }
    MUST(oko_store_sheet_put(c->store, import, sheet, &change, &err));
    oko_sheet_free(sheet);
}

static oko_result result(int64_t unit, const char *procedure, const char *rule, bool marked, bool official)
{
    oko_result r = { .unit = unit,
                     .state = OKO_RESULT_OK,
                     .marked = marked,
                     .official = official,
                     .n = 4,
                     .observed = NAN,
                     .expected = NAN,
                     .effect = NAN,
                     .effect_lo = NAN,
                     .effect_hi = NAN,
                     .p = NAN,
                     .log_p = NAN,
                     .q = NAN };
    (void)snprintf(r.procedure, sizeof r.procedure, "%s", procedure);
    (void)snprintf(r.rule, sizeof r.rule, "%s", rule);
    return r;
}

static oko_result threshold(int64_t unit, const char *procedure, double lifted, int64_t n)
{
    oko_result r = result(unit, procedure, "oko/threshold", false, false);
    r.effect = lifted;
    r.n = n;
    return r;
}

static oko_result evidence(int64_t unit, const char *procedure, const char *level)
{
    oko_result r = result(unit, procedure, "oko/evidence", false, false);
    char text[64];
    (void)snprintf(text, sizeof text, "{\"evidence\":\"%s\"}", level);
    r.details = oko_str_dup(oko_str_of(text));
    return r;
}

static void save(const cast *c, const char *method, oko_result *results, size_t n)
{
    oko_error err = { 0 };
    int64_t id = 0;
    oko_run run = { .params = oko_str_dup(OKO_STR("{}")), .seed = 1 };
    (void)snprintf(run.method, sizeof run.method, "%s", method);
    (void)snprintf(run.program, sizeof run.program, "test");
    MUST(oko_store_revision(c->store, &run.revision, &err));
    MUST(oko_store_snapshot(c->store, run.revision, run.snapshot, &err));
    memcpy(run.result_hash, run.snapshot, sizeof run.result_hash);
    MUST(oko_store_run_save(c->store, &run, results, n, &id, &err));
    for (size_t i = 0; i < n; i++) {
        oko_result_clear(&results[i]);
    }
    oko_run_clear(&run);
}

static void finding(const cast *c, int64_t import, oko_finding_kind kind, int school, int year, const int64_t *facts,
                    const int64_t *rows, size_t n_rows)
{
    oko_error err = { 0 };
    oko_change change;
    oko_finding *f = calloc(1, sizeof *f);
    f->kind = kind;
    f->unit = c->school[school];
    f->year = year;
    f->rows = rows;
    f->n_rows = n_rows;
    (void)snprintf(f->procedure, sizeof f->procedure, "%s", kind == OKO_FINDING_RECHECK ? "2021-04-MA" : "");
    (void)snprintf(f->part, sizeof f->part, "%s", kind == OKO_FINDING_MEDALS ? "" : "p");
    if (facts != NULL) {
        memcpy(f->facts, facts, sizeof f->facts);
    }
    MUST(oko_store_finding_put(c->store, import, f, &change, &err));
    free(f);
}

static void listed(const cast *c, int64_t import, int school, int year)
{
    oko_error err = { 0 };
    oko_change change;
    oko_external e = { .unit = c->school[school], .year = year };
    (void)snprintf(e.list, sizeof e.list, "list %d", year);
    MUST(oko_store_external_put(c->store, import, &e, &change, &err));
}

static void record(const cast *c, const char *kind, int64_t unit, int year, const char *state, const char *body)
{
    oko_error err = { 0 };
    oko_record r = { .unit = unit, .year = year, .body = body, .body_len = strlen(body) }, now;
    (void)snprintf(r.kind, sizeof r.kind, "%s", kind);
    (void)snprintf(r.state, sizeof r.state, "%s", state);
    MUST(oko_store_record_put(c->store, &r, &now, &err));
}

static void fill_works(const cast *c, int64_t import)
{
    const int64_t ma = new_procedure(c, "2021-04-MA"), ru = new_procedure(c, "2021-04-RU");
    const int64_t before = new_procedure(c, "2020-04-MA");
    works(c, import, ma, 0, "2469", "333-");       /* 2<3 · 3=3 · 4>3 · no journal */
    works(c, import, ru, 0, "555555-", "4444444"); /* six confirmed, one without a total */
    works(c, import, ma, 1, "111", "222");
    works(c, import, ru, 2, "55", "--");
    works(c, import, before, 3, "55555", "44444"); /* another year */
}

static void fill_runs(const cast *c)
{
    oko_result no_data = result(c->school[2], "2021-04-RU", "fioko-2019/ci", false, true);
    no_data.state = OKO_RESULT_NO_DATA;
    (void)snprintf(no_data.why, sizeof no_data.why, "analysis.small");
    oko_result main_results[] = {
        result(c->school[0], "2021-04-MA", "fioko-2019/ci", true, true),
        result(c->school[0], "2021-04-RU", "fioko-2019/lowered", true, true),
        result(c->school[1], "2021-04-MA", "fioko-2019/ci", false, true),
        result(c->school[1], "2021-04-MA", "fioko-2019/other", true, false),
        result(c->school[3], "2020-04-MA", "fioko-2019/ci", true, true),
        no_data,
        threshold(c->region, "2021-04-MA", 5, 15),
        threshold(c->municipality[0], "2021-04-MA", -1, 13),
        threshold(c->school[0], "2021-04-MA", 2.5, 4),
        threshold(c->school[0], "2021-04-RU", 1, 6),
        threshold(c->school[3], "2020-04-MA", 7, 5),
    };
    save(c, "oko-methods 1", main_results, sizeof main_results / sizeof *main_results);
    oko_result levels[] = {
        evidence(c->school[0], "2021-04-MA", "signs"),  evidence(c->school[0], "2021-04-RU", "attention"),
        evidence(c->school[1], "2021-04-MA", "none"),   evidence(c->school[2], "2021-04-RU", "no_data"),
        evidence(c->school[3], "2020-04-MA", "strong"),
    };
    save(c, "oko-evidence 4", levels, sizeof levels / sizeof *levels);
}

static void fill_lists(const cast *c, int64_t import)
{
    static const int64_t medals[] = { 1, 1, 100, 100, -1, 2, 1, 1, 100, -1, 3, 1, -1, -1, -1 };
    const int64_t recheck[OKO_FINDING_FACTS] = { 10, 5, 2, 1, 1 };
    const int64_t unknown[OKO_FINDING_FACTS] = { 10, -1, -1, -1, -1 };
    const int64_t independent[OKO_FINDING_FACTS] = { 20210415, 4, OKO_STAGE_ROOM, 540, 600, 1, 1, 0 };
    const int64_t own[OKO_FINDING_FACTS] = { 20210415, 4, OKO_STAGE_ROOM, 540, 600, 0, 0, 3 };
    finding(c, import, OKO_FINDING_RECHECK, 0, YEAR, recheck, NULL, 0);
    finding(c, import, OKO_FINDING_RECHECK, 1, YEAR, unknown, NULL, 0);
    finding(c, import, OKO_FINDING_RECHECK, 3, YEAR - 1, recheck, NULL, 0);
    finding(c, import, OKO_FINDING_OBSERVATION, 0, YEAR, independent, NULL, 0);
    finding(c, import, OKO_FINDING_OBSERVATION, 2, YEAR, own, NULL, 0);
    finding(c, import, OKO_FINDING_MEDALS, 0, YEAR, NULL, medals, 3);
    listed(c, import, 0, YEAR);
    listed(c, import, 0, YEAR - 2);
    listed(c, import, 1, YEAR - 1);
}

static void fill_records(const cast *c)
{
    const int64_t *s = c->school;
    record(c, "form", s[0], YEAR, "accepted",
           "{\"campaign\":77,\"values\":{\"rooms\":3,\"rooms_video\":2,\"criteria_agreed\":true}}");
    record(c, "form", s[1], YEAR, "accepted",
           "{\"campaign\":77,\"values\":{\"rooms\":2,\"rooms_video\":null,\"criteria_agreed\":false}}");
    record(c, "form", s[2], YEAR, "submitted", "{\"campaign\":77,\"values\":{\"rooms\":9}}");
    record(c, "form", c->municipality[0], YEAR, "accepted", "{\"campaign\":78,\"values\":{\"municipal_events\":4}}");
    record(c, "form", s[3], YEAR - 1, "accepted", "{\"campaign\":70,\"values\":{\"rooms\":100}}");
    record(c, "event", s[0], YEAR, "held", "{\"participants\":30}");
    record(c, "event", c->municipality[0], YEAR, "closed", "{}");
    record(c, "event", s[1], YEAR, "planned", "{\"participants\":99}");
    record(c, "survey-answer", s[0], YEAR, "received", "{\"answers\":{\"a\":5,\"b\":4,\"c\":2,\"d\":\"text\"}}");
    record(c, "case", s[0], YEAR, "signal", "{}");
    record(c, "case", s[1], YEAR, "closed", "{}");
    record(c, "case", s[3], YEAR - 1, "signal", "{}");
    record(c, "measure", s[0], YEAR, "accepted", "{}");
    record(c, "measure", s[0], YEAR, "planned", "{}");
    record(c, "recommendation", s[0], YEAR, "sent", "{}");
    record(c, "recommendation", s[1], YEAR, "answered", "{}");
    record(c, "recommendation", s[2], YEAR, "draft", "{}");
}

static int setup(void **state)
{
    static cast c;
    cast_open(&c);
    const int64_t import = new_import(&c);
    fill_works(&c, import);
    fill_lists(&c, import);
    fill_runs(&c);
    fill_records(&c);
    *state = &c;
    return 0;
}

static int teardown(void **state)
{
    cast_close(*state);
    return 0;
}

/* ---- what it should be ---- */

#define NO (-1e9) /* missing */

typedef struct wanted {
    const char *variable;
    double region, first, second, school[4]; /* municipalities, schools */
    const char *why;                         /* of the missing ones */
} wanted;

static const wanted table[] = {
    { "schools", 3, 2, 1, { 1, 1, 1, NO }, "indicator.no_works" },
    { "pupils", 11, 9, 2, { 6, 3, 2, NO }, "indicator.no_works" },
    { "works", 15, 13, 2, { 10, 3, 2, NO }, "indicator.no_works" },
    { "journal_pairs", 12, 12, 0, { 9, 3, 0, NO }, "indicator.no_works" },
    { "lowered", 1, 1, 0, { 1, 0, 0, NO }, "indicator.no_works" },
    { "confirmed", 10, 10, 0, { 7, 3, 0, NO }, "indicator.no_works" },
    { "raised", 1, 1, 0, { 1, 0, 0, NO }, "indicator.no_works" },
    { "schools_sign_1", 1, 1, NO, { 1, 0, NO, NO }, "indicator.no_works" },
    { "schools_sign_2", 1, 1, NO, { 1, 0, NO, NO }, "indicator.no_works" },
    { "schools_computed", 2, 2, NO, { 1, 1, NO, NO }, "indicator.no_works" },
    { "schools_attention", 1, 1, NO, { 1, 0, NO, NO }, "indicator.no_works" },
    { "schools_signs", 1, 1, NO, { 1, 0, NO, NO }, "indicator.no_works" },
    { "schools_strong", 0, 0, NO, { 0, 0, NO, NO }, "indicator.no_works" },
    { "lifted", 5, 0, NO, { 3.5, NO, NO, NO }, "indicator.no_works" },
    { "lifted_of", 15, 13, NO, { 10, NO, NO, NO }, "indicator.no_works" },
    { "external", 1, 1, 0, { 1, 0, 0, 0 }, "" },
    { "external_2of3", 1, 1, 0, { 1, 0, 0, 0 }, "" },
    { "rechecked", 5, 5, NO, { 5, NO, NO, NO }, "indicator.no_recheck" },
    { "recheck_changed", 2, 2, NO, { 2, NO, NO, NO }, "indicator.no_recheck" },
    { "observed_schools", 1, 1, 0, { 1, 0, 0, 0 }, "" },
    { "protocols", 2, 1, 1, { 1, NO, 1, NO }, "indicator.no_observation" },
    { "protocols_remarks", 1, 0, 1, { 0, NO, 1, NO }, "indicator.no_observation" },
    { "medallists", 2, 2, NO, { 2, NO, NO, NO }, "indicator.no_medallists" },
    { "medallists_unconfirmed", 1, 1, NO, { 1, NO, NO, NO }, "indicator.no_medallists" },
    { "forms_expected", 4, 3, 1, { 1, 1, 1, NO }, "indicator.no_form" },
    { "forms_accepted", 3, 3, 0, { 1, 1, 0, NO }, "indicator.no_form" },
    { "form_rooms", 5, 5, NO, { 3, 2, NO, NO }, "indicator.no_form" },
    { "form_rooms_n", 2, 2, NO, { 1, 1, NO, NO }, "indicator.no_form" },
    { "form_rooms_video", 2, 2, NO, { 2, NO, NO, NO }, "indicator.no_form" },
    { "form_criteria_agreed", 1, 1, NO, { 1, 0, NO, NO }, "indicator.no_form" },
    { "form_criteria_agreed_n", 2, 2, NO, { 1, 1, NO, NO }, "indicator.no_form" },
    { "form_municipal_events", 4, 4, NO, { NO, NO, NO, NO }, "indicator.no_form" },
    { "events_held", 2, 2, 0, { 1, 0, 0, 0 }, "" },
    { "events_reach", 30, 30, 0, { 30, 0, 0, 0 }, "" },
    { "survey_answers", 3, 3, NO, { 3, NO, NO, NO }, "indicator.no_survey" },
    { "survey_positive", 2, 2, NO, { 2, NO, NO, NO }, "indicator.no_survey" },
    { "cases_open", 1, 1, 0, { 1, 0, 0, 0 }, "" },
    { "cases_closed", 1, 1, 0, { 0, 1, 0, 0 }, "" },
    { "measures_planned", 2, 2, 0, { 2, 0, 0, 0 }, "" },
    { "measures_accepted", 1, 1, 0, { 1, 0, 0, 0 }, "" },
    { "recommendations_sent", 2, 2, 0, { 1, 1, 0, 0 }, "" },
    { "recommendations_answered", 1, 1, 0, { 0, 1, 0, 0 }, "" },
};

static oko_tally *load(const cast *c, int64_t campaign, const char *const *procedures, size_t n)
{
    oko_error err = { 0 };
    oko_tally *facts = NULL;
    const oko_tally_query q = { .year = YEAR, .campaign = campaign, .procedures = procedures, .n_procedures = n };
    MUST(oko_tally_load(c->store, &q, &facts, &err));
    return facts;
}

static double value(const oko_tally *facts, int64_t unit, const char *variable, char why[48])
{
    oko_value v = { 0 };
    assert_int_equal(oko_tally_value(facts, unit, variable, &v), OKO_OK);
    assert_non_null(v.source);
    json_decref(v.source);
    assert_int_equal(v.missing, isnan(v.v));
    (void)snprintf(why, 48, "%s", v.why);
    return v.missing ? NO : v.v;
}

static void is(const oko_tally *facts, int64_t unit, const char *where, const char *variable, double wanted_value,
               const char *wanted_why)
{
    char why[48];
    const double v = value(facts, unit, variable, why);
    if (v != wanted_value || strcmp(why, wanted_value == NO ? wanted_why : "") != 0) {
        fail_msg("%s of %s: %g (%s), wanted %g (%s)", variable, where, v, why, wanted_value, wanted_why);
    }
}

static void test_every_variable(void **state)
{
    const cast *c = *state;
    static const char *const names[] = { "S0", "S1", "S2", "S3" };
    oko_tally *facts = load(c, 0, NULL, 0);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const wanted *w = &table[i];
        is(facts, c->region, "R", w->variable, w->region, w->why);
        is(facts, c->municipality[0], "M0", w->variable, w->first, w->why);
        is(facts, c->municipality[1], "M1", w->variable, w->second, w->why);
        for (int s = 0; s < 4; s++) {
            is(facts, c->school[s], names[s], w->variable, w->school[s], w->why);
        }
    }
    oko_tally_free(facts);
}

/* A new variable needs a line above. */
static void test_none_forgotten(void **state)
{
    (void)state;
    oko_error err = { 0 };
    json_t *list = NULL, *v;
    size_t i;
    MUST(oko_variables_list(&list, &err));
    assert_true(json_array_size(json_object_get(list, "items")) >= 34);
    json_array_foreach(json_object_get(list, "items"), i, v)
    {
        const char *code = json_string_value(json_object_get(v, "code"));
        bool there = strncmp(code, "form_", 5) == 0; /* fields of forms are counted alike */
        for (size_t k = 0; k < sizeof table / sizeof *table; k++) {
            there = there || strcmp(table[k].variable, code) == 0;
        }
        if (!there) {
            fail_msg("%s is in no test", code);
        }
    }
    json_decref(list);
}

static void test_of_a_campaign(void **state)
{
    const cast *c = *state;
    static const char *const only[] = { "2021-04-RU" };
    oko_tally *facts = load(c, 77, only, 1);
    is(facts, c->region, "R", "forms_expected", 3, "");
    is(facts, c->region, "R", "form_municipal_events", NO, "indicator.no_form");
    is(facts, c->region, "R", "works", 8, "");
    is(facts, c->school[1], "S1", "works", NO, "indicator.no_works");
    is(facts, c->school[0], "S0", "schools_sign_1", 1, "");
    is(facts, c->school[0], "S0", "schools_sign_2", 0, "");
    is(facts, c->school[0], "S0", "schools_signs", 0, ""); /* «attention» in Russian */
    oko_tally_free(facts);
}

static void test_pupils_behind_a_number(void **state)
{
    const cast *c = *state;
    oko_tally *facts = load(c, 0, NULL, 0);
    assert_true(oko_tally_pupils(facts, c->school[0], "works") == 6); /* ten works of six pupils at most */
    assert_true(oko_tally_pupils(facts, c->school[0], "lowered") == 1);
    assert_true(oko_tally_pupils(facts, c->school[0], "schools") == -1);
    assert_true(oko_tally_pupils(facts, c->school[3], "works") == -1);
    assert_true(oko_tally_pupils(facts, c->school[0], "medallists") == 2);
    oko_tally_free(facts);
}

/* Without any data nothing is zero but what the program itself keeps. */
static void test_empty(void **state)
{
    (void)state;
    cast empty;
    cast_open(&empty);
    oko_tally *facts = load(&empty, 0, NULL, 0);
    static const struct {
        const char *variable, *why;
    } missing[] = {
        { "works", "indicator.no_run" },          { "schools_signs", "indicator.no_evidence" },
        { "external", "indicator.no_list" },      { "observed_schools", "indicator.no_observation" },
        { "rechecked", "indicator.no_recheck" },  { "medallists", "indicator.no_medallists" },
        { "form_rooms", "indicator.no_form" },    { "survey_answers", "indicator.no_survey" },
        { "external_2of3", "indicator.no_list" }, { "lifted", "indicator.no_run" },
    };
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
        is(facts, empty.region, "R", missing[i].variable, NO, missing[i].why);
    }
    is(facts, empty.region, "R", "cases_open", 0, "");
    oko_tally_free(facts);
    cast_close(&empty);
}

/* Memory that gives out at any moment is told, and nothing is left behind. */
static void test_failing_memory(void **state)
{
    const cast *c = *state;
    const oko_tally_query q = { .year = YEAR };
    size_t failed = 0;
    for (size_t n = 1;; n++) {
        oko_error err = { 0 };
        oko_tally *facts = NULL;
        failing_alloc_arm(n);
        oko_status status = oko_tally_load(c->store, &q, &facts, &err);
        if (!failing_alloc_disarm()) {
            assert_int_equal(status, OKO_OK);
            oko_tally_free(facts);
            break;
        }
        assert_int_equal(status, OKO_E_MEMORY);
        assert_null(facts);
        failed++;
    }
    assert_true(failed >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_variable), cmocka_unit_test(test_none_forgotten),
        cmocka_unit_test(test_of_a_campaign),  cmocka_unit_test(test_pupils_behind_a_number),
        cmocka_unit_test(test_empty),          cmocka_unit_test(test_failing_memory),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
