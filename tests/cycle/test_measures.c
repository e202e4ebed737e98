/* Measures: defaults of the catalogue, the baseline, links, acceptance from above, the overview. */
#include "cast.h"

#include "cycle/body.h"
#include "cycle/letters.h"
#include "cycle/measures.h"
#include "store/values.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char day[] = "2021-05-10";

static int setup(void **state)
{
    static cast c;
    cast_open(&c);
    *state = &c;
    return 0;
}

static int teardown(void **state)
{
    cast_close(*state);
    return 0;
}

static void put_value(const cast *c, int64_t indicator, const char *code, int year, int64_t unit, double value)
{
    oko_error err = { 0 };
    const oko_indicator_value v = {
        .indicator = indicator, .indicator_version = 1, .year = year, .unit = unit, .value = value, .n = -1, .trace = ""
    };
    oko_indicator_value own = v;
    (void)snprintf(own.code, sizeof own.code, "%s", code);
    MUST(oko_store_value_add(c->store, &own, &err));
}

static int64_t indicator(const cast *c, const char *code)
{
    char body[200];
    (void)snprintf(body, sizeof body,
                   "{\"code\":\"%s\",\"group\":\"control\",\"formula\":\"share(recheck_changed, rechecked)\","
                   "\"direction\":\"down\"}",
                   code);
    return cast_make(c, &c->operator, day, "indicator", c->region, body);
}

static void test_defaults(void **state)
{
    const cast *c = *state;
    const int64_t i = indicator(c, "recheck_changed");
    put_value(c, i, "recheck_changed", 2020, c->school[0], 30);
    put_value(c, i, "recheck_changed", 2021, c->school[0], 25);
    put_value(c, i, "recheck_changed", 2021, c->school[0], 26); /* computed again: the newest counts */
    put_value(c, i, "recheck_changed", 2022, c->school[0], 5);  /* later than the plan */
    oko_entry e = cast_get(
        c, "measure",
        cast_make(c, &c->school_user[0], day, "measure", c->school[0], "{\"code\":\"not-own-class\",\"target\":10}"));
    assert_string_equal(oko_body_str(e.body, "indicator"), "recheck_changed");
    assert_true(fabs(oko_body_num(e.body, "baseline") - 26) < 1e-12);
    assert_int_equal(oko_body_int(e.body, "baseline_year"), 2021);
    assert_string_equal(e.head.due, "2021-06-09"); /* thirty days */
    assert_true(e.head.title[0] != '\0');
    assert_int_equal(e.head.year, 2021);
    oko_entry_clear(&e);
    e = cast_get(c, "measure",
                 cast_make(c, &c->school_user[1], day, "measure", c->school[1], "{\"code\":\"not-own-class\"}"));
    assert_null(json_object_get(e.body, "baseline")); /* nobody has computed it: missing, not zero */
    oko_entry_clear(&e);
}

static void test_refusals(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const oko_cycle school = cast_as(c, &c->school_user[0], day), op = cast_as(c, &c->operator, day);
    oko_draft d = { .unit = c->school[0], .body = json_loads("{\"code\":\"dance\"}", 0, NULL) };
    GIVES(OKO_E_ARGUMENT, oko_cycle_create(&school, "measure", &d, NULL, &err));
    assert_string_equal(err.id, "measure.code");
    json_decref(d.body);
    d.body = json_loads("{\"code\":\"recheck-sample\"}", 0, NULL); /* of regions and municipalities */
    GIVES(OKO_E_ARGUMENT, oko_cycle_create(&school, "measure", &d, NULL, &err));
    assert_string_equal(err.id, "measure.level");
    json_decref(d.body);
    d = (oko_draft){ .unit = c->school[0],
                     .due = "2021-05-01",
                     .body = json_loads("{\"starts\":\"2021-05-05\"}", 0, NULL) };
    GIVES(OKO_E_ARGUMENT, oko_cycle_create(&school, "measure", &d, NULL, &err));
    assert_string_equal(err.id, "measure.dates");
    json_decref(d.body);
    int n;
    MUST(oko_base_seed(&op, &n, &err));
    OKO_CLEANUP(oko_entry_clear) oko_entry m = { 0 };
    MUST(oko_cycle_find(&op, "catalogue-measure", "criteria", &m, &err));
    MUST(cast_act(c, &c->operator, day, "catalogue-measure", m.head.id, "retire", "{}", &err));
    d = (oko_draft){ .unit = c->school[0], .body = json_loads("{\"code\":\"criteria\"}", 0, NULL) };
    GIVES(OKO_E_ARGUMENT, oko_cycle_create(&school, "measure", &d, NULL, &err)); /* the region has retired it */
    json_decref(d.body);
}

typedef struct seeking {
    int64_t target;
    const char *relation;
    bool found;
} seeking;

static oko_status seek(void *ctx, const oko_record_link *l)
{
    seeking *s = ctx;
    s->found = s->found || (l->target_id == s->target && strcmp(l->relation, s->relation) == 0);
    return OKO_OK;
}

static void test_links(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const int64_t one = cast_make(c, &c->operator, day, "case", c->school[0], "{\"origin\":{\"kind\":\"manual\"}}");
    const oko_cycle op = cast_as(c, &c->operator, day);
    oko_entry row = { .head = { .kind = "roadmap-row", .state = "planned", .key = "2020-2022/6/S0" },
                      .body = json_object() };
    row.head.unit = c->school[0];
    MUST(oko_cycle_put(&op, &row, "create", &err));
    char body[96];
    (void)snprintf(body, sizeof body, "{\"case\":%lld,\"roadmap_row\":\"2020-2022/6/S0\"}", (long long)one);
    const int64_t id = cast_make(c, &c->school_user[0], day, "measure", c->school[0], body);
    seeking s = { .target = one, .relation = "answers" }, r = { .target = row.head.id, .relation = "carries-out" };
    MUST(oko_store_link_walk(c->store, id, OKO_LINK_RECORD, 0, seek, &s, &err));
    MUST(oko_store_link_walk(c->store, id, OKO_LINK_RECORD, 0, seek, &r, &err));
    assert_true(s.found);
    assert_true(r.found);
    oko_entry_clear(&row);
    const oko_cycle other = cast_as(c, &c->school_user[1], day);
    const oko_draft d = { .unit = c->school[1], .body = json_loads(body, 0, NULL) };
    GIVES(OKO_E_CONFLICT, oko_cycle_create(&other, "measure", &d, NULL, &err)); /* the case is another school's */
    json_decref(d.body);
}

static void test_accepted_from_above(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const char done[] = "{\"report\":\"r\",\"done_on\":\"2021-05-09\"}", yes[] = "{\"comment\":\"c\"}";
    int64_t id = cast_make(c, &c->municipal[0], day, "measure", c->municipality[0], "{}");
    GIVES(OKO_E_ARGUMENT, cast_act(c, &c->municipal[0], day, "measure", id, "report",
                                   "{\"report\":\"r\",\"done_on\":\"вчера\"}", &err));
    MUST(cast_act(c, &c->municipal[0], day, "measure", id, "report", done, &err));
    const oko_actor colleague = cast_person((cast *)(uintptr_t)c, "mun0b", OKO_ROLE_MUNICIPAL, c->municipality[0]);
    GIVES(OKO_E_PERMISSION, cast_act(c, &colleague, day, "measure", id, "accept", yes, &err)); /* of the same level */
    assert_string_equal(err.id, "measure.from_above");
    MUST(cast_act(c, &c->operator, day, "measure", id, "accept", yes, &err));
    id = cast_make(c, &c->school_user[0], day, "measure", c->school[0], "{}");
    MUST(cast_act(c, &c->school_user[0], day, "measure", id, "report", done, &err));
    GIVES(OKO_E_NOT_FOUND, cast_act(c, &c->municipal[1], day, "measure", id, "accept", yes, &err));
    MUST(cast_act(c, &c->municipal[0], day, "measure", id, "return",
                  "{\"comment\":\"где протокол?\",\"due\":\"2021-06-01\"}", &err));
    MUST(cast_act(c, &c->school_user[0], day, "measure", id, "report", done, &err));
    MUST(cast_act(c, &c->municipal[0], day, "measure", id, "accept", yes, &err));
}

static void test_overview(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    const int64_t a = cast_make(c, &c->school_user[0], day, "measure", c->school[0], "{\"code\":\"criteria\"}");
    (void)cast_make(c, &c->school_user[0], day, "measure", c->school[0], "{\"code\":\"not-own-class\"}");
    (void)cast_make(c, &c->school_user[2], day, "measure", c->school[2], "{\"code\":\"criteria\"}");
    MUST(cast_act(c, &c->school_user[0], day, "measure", a, "report", "{\"report\":\"r\",\"done_on\":\"2021-05-09\"}",
                  &err));
    MUST(cast_act(c, &c->municipal[0], day, "measure", a, "accept", "{\"comment\":\"c\"}", &err));
    const oko_cycle later = cast_as(c, &c->operator, "2021-06-10"), school = cast_as(c, &c->school_user[2], day);
    json_t *o = NULL;
    MUST(oko_measures_overview(&later, 2021, 0, &o, &err));
    assert_int_equal(oko_body_int(o, "total"), 3);
    assert_int_equal(oko_body_int(o, "overdue"), 1); /* thirty days are over, forty-five are not */
    assert_int_equal(oko_body_int(json_object_get(o, "states"), "accepted"), 1);
    assert_int_equal(json_array_size(json_object_get(o, "codes")), 2);
    assert_int_equal(json_array_size(json_object_get(o, "units")), 2);
    json_decref(o);
    MUST(oko_measures_overview(&school, 2021, 0, &o, &err));
    assert_int_equal(oko_body_int(o, "total"), 1);
    json_decref(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_defaults, setup, teardown),
        cmocka_unit_test_setup_teardown(test_refusals, setup, teardown),
        cmocka_unit_test_setup_teardown(test_links, setup, teardown),
        cmocka_unit_test_setup_teardown(test_accepted_from_above, setup, teardown),
        cmocka_unit_test_setup_teardown(test_overview, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
