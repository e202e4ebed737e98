/* A campaign from draft to publication: forms, four eyes, late ones, values for many, what is frozen. */
#include "cast.h"

#include "cycle/campaigns.h"
#include "cycle/forms.h"
#include "cycle/indicators.h"
#include "cycle/publish.h"
#include "reference/json.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char day[] = "2021-05-10", deadline[] = "2021-06-01", after[] = "2021-06-05";

typedef struct stage {
    cast c;
    int64_t campaign, version;
} stage;

static const oko_progress none = { .fn = NULL };

static int setup(void **state)
{
    static stage s;
    oko_error err = { 0 };
    int n = 0;
    cast_open(&s.c);
    const oko_cycle op = cast_as(&s.c, &s.c.operator, day), head = cast_as(&s.c, &s.c.head, day);
    MUST(oko_indicators_seed(&op, 2021, &n, &err));
    MUST(oko_indicators_act(&op, 2021, "submit", NULL, &n, &err));
    MUST(oko_indicators_act(&head, 2021, "approve", NULL, &n, &err));
    *state = &s;
    return 0;
}

static int teardown(void **state)
{
    cast_close(&((stage *)*state)->c);
    return 0;
}

static oko_status campaign_act(stage *s, const oko_actor *who, const char *today, const char *action, const char *input,
                               oko_error *err)
{
    const oko_cycle c = cast_as(&s->c, who, today);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    json_t *in = json_loads(input, 0, NULL);
    oko_error_clear(err);
    oko_status status = oko_cycle_act(&c, "campaign", s->campaign, s->version, action, in, &e, err);
    json_decref(in);
    s->version = status == OKO_OK ? e.head.version : s->version;
    return status;
}

static oko_status change(stage *s, const char *body, oko_error *err)
{
    const oko_cycle c = cast_as(&s->c, &s->c.operator, day);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_draft d = { .body = json_loads(body, 0, NULL) };
    oko_error_clear(err);
    oko_status status = oko_cycle_change(&c, "campaign", s->campaign, s->version, &d, &e, err);
    json_decref(d.body);
    s->version = status == OKO_OK ? e.head.version : s->version;
    return status;
}

typedef struct form {
    int64_t id, version;
    char due[11], state[40];
    json_t *body;
} form;

static oko_status take(void *ctx, const oko_record *r)
{
    form *f = ctx;
    *f = (form){ .id = r->id, .version = r->version, .body = json_loadb(r->body, r->body_len, 0, NULL) };
    (void)snprintf(f->due, sizeof f->due, "%s", r->due);
    (void)snprintf(f->state, sizeof f->state, "%s", r->state);
    return OKO_OK;
}

static bool form_of(const stage *s, int64_t unit, form *f)
{
    oko_error err = { 0 };
    char key[64];
    (void)snprintf(key, sizeof key, "%lld/%lld", (long long)s->campaign, (long long)unit);
    return oko_store_record_find(s->c.store, "form", key, take, f, &err) == OKO_OK;
}

static oko_status fill(const stage *s, const oko_actor *who, int64_t unit, const char *values, oko_error *err)
{
    const oko_cycle c = cast_as(&s->c, who, day);
    form f = { 0 };
    assert_true(form_of(s, unit, &f));
    oko_draft d = { .body = json_object() };
    (void)json_object_set_new(d.body, "values", json_loads(values, 0, NULL));
    oko_error_clear(err);
    oko_status status = oko_cycle_change(&c, "form", f.id, f.version, &d, NULL, err);
    json_decref(d.body);
    json_decref(f.body);
    return status;
}

static oko_status step(const stage *s, const oko_actor *who, int64_t unit, const char *action, const char *input,
                       oko_error *err)
{
    const oko_cycle c = cast_as(&s->c, who, day);
    form f = { 0 };
    assert_true(form_of(s, unit, &f));
    json_t *in = json_loads(input, 0, NULL);
    oko_error_clear(err);
    oko_status status = oko_cycle_act(&c, "form", f.id, f.version, action, in, NULL, err);
    json_decref(in);
    json_decref(f.body);
    return status;
}

static void state_is(const stage *s, int64_t unit, const char *state)
{
    form f = { 0 };
    assert_true(form_of(s, unit, &f));
    assert_string_equal(f.state, state);
    json_decref(f.body);
}

static void test_open(void **state)
{
    stage *s = *state;
    oko_error err = { 0 };
    const oko_cycle op = cast_as(&s->c, &s->c.operator, day);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_draft d = { .title = "Мониторинг", .unit = s->c.region, .year = 2021 };
    d.body = json_pack("{s:i, s:[s,s,s], s:[s,s]}", "year", 2021, "indicators", "video_rooms", "criteria_agreed",
                       "forms_accepted", "levels", "school", "municipality");
    MUST(oko_cycle_create(&op, "campaign", &d, &e, &err));
    json_decref(d.body);
    s->campaign = e.head.id;
    s->version = e.head.version;
    GIVES(OKO_E_ARGUMENT, campaign_act(s, &s->c.operator, day, "open", "{}", &err)); /* no deadline */
    GIVES(OKO_E_ARGUMENT, change(s, "{\"fields\":[\"roomz\"]}", &err));
    MUST(change(s, "{\"deadline\":\"2021-06-01\"}", &err));
    GIVES(OKO_E_PERMISSION, campaign_act(s, &s->c.municipal[0], day, "open", "{}", &err));
    MUST(campaign_act(s, &s->c.operator, day, "open", "{}", &err));
    form f = { 0 };
    for (int i = 0; i < 4; i++) { /* fields come from the indicators, in their order */
        assert_true(form_of(s, s->c.school[i], &f));
        assert_string_equal(f.due, deadline);
        char *fields = json_dumps(json_object_get(f.body, "fields"), JSON_COMPACT);
        assert_string_equal(fields, "[\"rooms\",\"rooms_video\",\"criteria_agreed\"]");
        free(fields);
        json_decref(f.body);
    }
    assert_false(form_of(s, s->c.municipality[0], &f)); /* nothing is asked of municipalities */
    GIVES(OKO_E_CONFLICT, change(s, "{\"levels\":[\"school\"]}", &err));
    assert_string_equal(err.id, "campaign.fixed");
    MUST(change(s, "{\"deadline\":\"2021-06-03\"}", &err)); /* moves those of the forms */
    assert_true(form_of(s, s->c.school[0], &f));
    assert_string_equal(f.due, "2021-06-03");
    json_decref(f.body);
    MUST(change(s, "{\"deadline\":\"2021-06-01\"}", &err));
}

static void test_fields(void **state)
{
    const stage *s = *state;
    const oko_actor *school = &s->c.school_user[0];
    const int64_t unit = s->c.school[0];
    oko_error err = { 0 };
    static const struct {
        const char *values, *id, *field;
    } bad[] = {
        { "{\"rooms\":-1}", "form.count", "rooms" },
        { "{\"rooms\":1.5}", "form.count", "rooms" },
        { "{\"rooms\":\"3\"}", "form.count", "rooms" },
        { "{\"rooms\":2,\"rooms_video\":3}", "form.part", "rooms_video" },
        { "{\"criteria_agreed\":1}", "form.yesno", "criteria_agreed" },
        { "{\"observers\":1}", "form.unknown", "observers" }, /* a field, but not of this form */
        { "{\"roomz\":1}", "form.unknown", "roomz" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        GIVES(OKO_E_ARGUMENT, fill(s, school, unit, bad[i].values, &err));
        assert_string_equal(err.id, bad[i].id);
        assert_string_equal(err.field, bad[i].field);
    }
    GIVES(OKO_E_NOT_FOUND, fill(s, &s->c.school_user[1], unit, "{\"rooms\":2}", &err));
    MUST(fill(s, school, unit, "{\"rooms\":3,\"rooms_video\":2}", &err));
    GIVES(OKO_E_ARGUMENT, step(s, school, unit, "submit", "{}", &err)); /* a field is empty and nobody says why */
    assert_string_equal(err.field, "criteria_agreed");
    MUST(fill(s, school, unit, "{\"rooms\":3,\"rooms_video\":2,\"criteria_agreed\":true}", &err));
}

static void test_four_eyes(void **state)
{
    const stage *s = *state;
    const cast *c = &s->c;
    const int64_t unit = c->school[0];
    oko_error err = { 0 };
    MUST(step(s, &c->school_user[0], unit, "submit", "{}", &err));
    GIVES(OKO_E_CONFLICT, fill(s, &c->school_user[0], unit, "{\"rooms\":4}", &err));
    GIVES(OKO_E_PERMISSION, step(s, &c->school_user[0], unit, "verify", "{}", &err));
    GIVES(OKO_E_NOT_FOUND, step(s, &c->municipal[1], unit, "verify", "{}", &err));
    GIVES(OKO_E_ARGUMENT, step(s, &c->municipal[0], unit, "return", "{\"comment\":\"уточните\"}", &err));
    MUST(step(s, &c->municipal[0], unit, "return", "{\"comment\":\"уточните\",\"due\":\"2021-06-20\"}", &err));
    form f = { 0 };
    assert_true(form_of(s, unit, &f));
    assert_string_equal(f.due, "2021-06-20");
    assert_string_equal(json_string_value(json_object_get(f.body, "comment")), "уточните");
    json_decref(f.body);
    MUST(step(s, &c->school_user[0], unit, "submit", "{}", &err));
    MUST(step(s, &c->municipal[0], unit, "verify", "{}", &err));
    GIVES(OKO_E_PERMISSION, step(s, &c->municipal[0], unit, "accept", "{}", &err));
    MUST(step(s, &c->operator, unit, "accept", "{}", &err));
    GIVES(OKO_E_CONFLICT, fill(s, &c->school_user[0], unit, "{\"rooms\":4}", &err)); /* locked */
    GIVES(OKO_E_CONFLICT, step(s, &c->operator, unit, "return", "{\"comment\":\"x\",\"due\":\"2021-06-20\"}", &err));
    /* the municipality hands in for a school: it answers for it, another one accepts */
    const int64_t other = c->school[1];
    GIVES(OKO_E_ARGUMENT, step(s, &c->municipal[0], other, "substitute", "{\"reason\":\"нет связи\"}", &err));
    json_t *rows = json_pack("[{s:I, s:{s:i, s:i, s:b}}]", "unit", (json_int_t)other, "values", "rooms", 4,
                             "rooms_video", 1, "criteria_agreed", 0);
    json_t *problems = NULL;
    int n = 0;
    const oko_cycle mun = cast_as(c, &c->municipal[0], day);
    MUST(oko_campaign_fill(&mun, s->campaign, rows, false, &n, &problems, &err));
    assert_int_equal(n, 1);
    json_decref(rows);
    json_decref(problems);
    GIVES(OKO_E_ARGUMENT, step(s, &c->municipal[0], other, "substitute", "{}", &err));
    MUST(step(s, &c->municipal[0], other, "substitute", "{\"reason\":\"нет связи\"}", &err));
    state_is(s, other, "verified");
    MUST(step(s, &c->operator, other, "accept", "{}", &err));
}

static void test_many_at_once(void **state)
{
    const stage *s = *state;
    const cast *c = &s->c;
    oko_error err = { 0 };
    const oko_cycle mun = cast_as(c, &c->municipal[1], day);
    json_t *problems = NULL;
    int n = 0;
    json_t *rows = json_pack("[{s:I, s:{s:i}}, {s:I, s:{s:i, s:i, s:i}}, {s:I, s:{s:i}}, {s:I, s:{s:i}}]", "unit",
                             (json_int_t)c->school[2], "values", "rooms", 2, "unit", (json_int_t)c->school[3], "values",
                             "rooms", -2, "criteria_agreed", 5, "roomz", 1, "unit", (json_int_t)c->school[0], "values",
                             "rooms", 2, "unit", (json_int_t)999999, "values", "rooms", 1);
    GIVES(OKO_E_ARGUMENT, oko_campaign_fill(&mun, s->campaign, rows, false, &n, &problems, &err));
    assert_int_equal(json_array_size(problems), 5); /* three fields, a school out of sight, no such unit */
    int of_second = 0;
    for (size_t i = 0; i < 5; i++) {
        const char *pointer = json_string_value(json_object_get(json_array_get(problems, i), "pointer"));
        of_second += strncmp(pointer, "/rows/1/values/", 15) == 0;
    }
    assert_int_equal(of_second, 3);
    json_decref(problems);
    json_decref(rows);
    form f = { 0 };
    assert_true(form_of(s, c->school[2], &f)); /* all or nothing */
    assert_int_equal(json_object_size(json_object_get(f.body, "values")), 0);
    json_decref(f.body);
    rows = json_pack("[{s:I, s:{s:i}}, {s:I, s:{s:i}}]", "unit", (json_int_t)c->school[2], "values", "rooms", 2, "unit",
                     (json_int_t)c->school[3], "values", "rooms", 5);
    MUST(oko_campaign_fill(&mun, s->campaign, rows, true, &n, &problems, &err)); /* only looks */
    assert_int_equal(n, 2);
    json_decref(problems);
    assert_true(form_of(s, c->school[2], &f));
    assert_int_equal(json_object_size(json_object_get(f.body, "values")), 0);
    const int64_t read = f.version;
    json_decref(f.body);
    MUST(oko_campaign_fill(&mun, s->campaign, rows, false, &n, &problems, &err));
    assert_int_equal(n, 2);
    json_decref(problems);
    json_decref(rows);
    /* with the version that was read, what was changed since then is not overwritten */
    rows = json_pack("[{s:I, s:I, s:{s:i}}]", "unit", (json_int_t)c->school[2], "version", (json_int_t)read, "values",
                     "rooms", 9);
    GIVES(OKO_E_ARGUMENT, oko_campaign_fill(&mun, s->campaign, rows, false, &n, &problems, &err));
    assert_string_equal(json_string_value(json_object_get(json_array_get(problems, 0), "code")), "form.field_changed");
    json_decref(problems);
    json_decref(rows);
}

static oko_status put_values(const stage *s, const oko_actor *who, const form *f, const char *values,
                             json_t **ret_problems, oko_entry *ret_entry, oko_error *err)
{
    const oko_cycle c = cast_as(&s->c, who, day);
    OKO_CLEANUP(oko_json_freep) json_t *given = json_loads(values, 0, NULL);
    oko_error_clear(err);
    return oko_form_fill(&c, f->id, f->version, given, NULL, ret_entry, ret_problems, err);
}

/* Two people fill one form: fields of both stay, the same field is told. */
static void test_field_by_field(void **state)
{
    const stage *s = *state;
    const cast *c = &s->c;
    const oko_actor *school = &c->school_user[3];
    oko_error err = { 0 };
    json_t *problems = NULL;
    oko_entry e = { 0 };
    form read = { 0 };
    assert_true(form_of(s, c->school[3], &read));
    MUST(put_values(s, school, &read, "{\"rooms\": 7}", &problems, &e, &err));
    json_decref(problems);
    oko_entry_clear(&e);
    MUST(put_values(s, school, &read, "{\"rooms_video\": 3, \"rooms\": 7}", &problems, &e, &err)); /* the same value */
    json_decref(problems);
    const json_t *values = json_object_get(e.body, "values");
    assert_int_equal(json_integer_value(json_object_get(values, "rooms")), 7);
    assert_int_equal(json_integer_value(json_object_get(values, "rooms_video")), 3);
    oko_entry_clear(&e);
    GIVES(OKO_E_CONFLICT,
          put_values(s, school, &read, "{\"rooms\": 8, \"criteria_agreed\": true}", &problems, &e, &err));
    assert_string_equal(err.id, "form.field_changed");
    assert_int_equal(json_array_size(problems), 1);
    assert_string_equal(json_string_value(json_object_get(json_array_get(problems, 0), "pointer")), "/values/rooms");
    json_decref(problems);
    json_decref(read.body);
    assert_true(form_of(s, c->school[3], &read)); /* nothing of it was written */
    assert_null(json_object_get(json_object_get(read.body, "values"), "criteria_agreed"));
    GIVES(OKO_E_ARGUMENT, put_values(s, school, &read, "{\"rooms\": 2, \"a/b\": 1}", &problems, &e, &err));
    assert_int_equal(json_array_size(problems), 2); /* the part is more than the whole; no such field */
    bool escaped = false;
    for (size_t i = 0; i < 2; i++) {
        escaped |=
            strcmp(json_string_value(json_object_get(json_array_get(problems, i), "pointer")), "/values/a~1b") == 0;
    }
    assert_true(escaped);
    json_decref(problems);
    GIVES(OKO_E_PERMISSION, put_values(s, &c->municipal[1], &read, "{\"rooms\": 9}", &problems, &e, &err));
    json_decref(problems);
    json_decref(read.body);
}

static int64_t listed(const stage *s, const oko_actor *who, const oko_campaign_form_query *q, json_t **ret_first)
{
    const oko_cycle c = cast_as(&s->c, who, after);
    oko_error err = { 0 };
    json_t *list = NULL;
    MUST(oko_campaign_form_list(&c, s->campaign, q, &list, &err));
    const int64_t total = json_integer_value(json_object_get(list, "total"));
    if (ret_first != NULL) {
        *ret_first = json_incref(json_array_get(json_object_get(list, "items"), 0));
    }
    json_decref(list);
    return total;
}

static void test_form_list(void **state)
{
    const stage *s = *state;
    const cast *c = &s->c;
    json_t *first = NULL;
    oko_campaign_form_query q = { .limit = 1, .offset = 1 };
    assert_int_equal(listed(s, &c->operator, & q, &first), 4); /* the second of four */
    assert_int_equal(json_integer_value(json_object_get(first, "unit")), c->school[1]);
    json_decref(first);
    q = (oko_campaign_form_query){ .limit = 50, .stage = "late" };
    assert_int_equal(listed(s, &c->operator, & q, &first), 2);
    assert_string_equal(json_string_value(json_object_get(first, "stage")), "filling");
    assert_true(json_is_true(json_object_get(first, "late")));
    assert_true(json_is_true(json_object_get(first, "fillable")));
    json_decref(first);
    q.stage = "untouched";
    assert_int_equal(listed(s, &c->operator, & q, NULL), 0);
    q = (oko_campaign_form_query){ .limit = 50, .unit = c->school[2], .search = "s2" };
    assert_int_equal(listed(s, &c->operator, & q, NULL), 1);
    q.search = "s3";
    assert_int_equal(listed(s, &c->operator, & q, NULL), 0);
    q = (oko_campaign_form_query){ .limit = 50 };
    assert_int_equal(listed(s, &c->municipal[1], &q, NULL), 2); /* one's own only */
    assert_int_equal(listed(s, &c->auditor, &q, &first), 4);
    assert_true(json_is_false(json_object_get(first, "fillable")));
    json_decref(first);
}

static void test_board_and_late(void **state)
{
    const stage *s = *state;
    const cast *c = &s->c;
    oko_error err = { 0 };
    OKO_CLEANUP(oko_text_freep) oko_text *text = NULL;
    MUST(oko_text_open("ru", &text, &err));
    json_t *board = NULL, *late = NULL;
    const oko_cycle op = cast_as(c, &c->operator, after), mun = cast_as(c, &c->municipal[1], after);
    MUST(oko_campaign_board(&op, s->campaign, &board, &err));
    assert_int_equal(json_integer_value(json_object_get(board, "total")), 4);
    assert_int_equal(json_integer_value(json_object_get(board, "overdue")), 2);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(board, "states"), "accepted")), 2);
    assert_int_equal(json_array_size(json_object_get(board, "units")), 2);
    json_decref(board);
    MUST(oko_campaign_board(&mun, s->campaign, &board, &err)); /* one's own only */
    assert_int_equal(json_integer_value(json_object_get(board, "total")), 2);
    json_decref(board);
    MUST(oko_campaign_late(&op, s->campaign, text, &late, &err));
    const json_t *first = json_array_get(json_object_get(late, "items"), 0);
    assert_int_equal(json_array_size(json_object_get(late, "items")), 2);
    assert_string_equal(json_string_value(json_object_get(first, "code")), "S2");
    const char *words = json_string_value(json_object_get(first, "text"));
    assert_non_null(strstr(words, "S2: срок сдачи формы «Мониторинг» был 2021-06-01"));
    assert_string_equal(json_string_value(json_object_get(first, "reminded")), "");
    json_decref(late);
    const oko_cycle on_time = cast_as(c, &c->operator, deadline);
    MUST(oko_campaign_late(&on_time, s->campaign, text, &late, &err)); /* the day itself is not late */
    assert_int_equal(json_integer_value(json_object_get(late, "total")), 0);
    json_decref(late);
    int n = 0;
    const oko_cycle school = cast_as(c, &c->school_user[2], after);
    GIVES(OKO_E_PERMISSION, oko_campaign_remind(&school, s->campaign, &n, &err));
    MUST(oko_campaign_remind(&op, s->campaign, &n, &err));
    assert_int_equal(n, 2);
    MUST(oko_campaign_remind(&op, s->campaign, &n, &err)); /* once a day */
    assert_int_equal(n, 0);
    form f = { 0 };
    assert_true(form_of(s, c->school[2], &f));
    assert_string_equal(json_string_value(json_object_get(f.body, "reminded")), after);
    assert_string_equal(f.state, "draft");
    json_decref(f.body);
}

/* ---- values ---- */

static oko_status keep(void *ctx, const oko_indicator_value *v)
{
    *(double *)ctx = v->value;
    return OKO_OK;
}

static double value_of(const stage *s, const char *code, int64_t campaign)
{
    oko_error err = { 0 };
    double v = -1;
    const oko_value_query q = { .code = code, .unit = s->c.region, .campaign = campaign, .level = OKO_LEVEL_COUNT };
    MUST(oko_store_value_walk(s->c.store, &q, keep, &v, NULL, &err));
    return v;
}

static void test_close_and_publish(void **state)
{
    stage *s = *state;
    const cast *c = &s->c;
    oko_error err = { 0 };
    int64_t n = 0;
    GIVES(OKO_E_ARGUMENT,
          step(s, &c->municipal[1], c->school[2], "substitute", "{\"reason\":\"x\"}", &err)); /* not filled yet */
    MUST(fill(s, &c->school_user[2], c->school[2], "{\"rooms\":2,\"rooms_video\":0,\"criteria_agreed\":true}", &err));
    MUST(step(s, &c->school_user[2], c->school[2], "submit", "{}", &err));
    GIVES(OKO_E_CONFLICT, campaign_act(s, &c->head, after, "publish", "{}", &err)); /* still open */
    MUST(campaign_act(s, &c->operator, after, "close", "{}", &err));
    GIVES(OKO_E_CONFLICT, fill(s, &c->school_user[3], c->school[3], "{\"rooms\":9}", &err));
    assert_string_equal(err.id, "form.campaign_closed");
    GIVES(OKO_E_CONFLICT, step(s, &c->municipal[1], c->school[3], "substitute", "{\"reason\":\"x\"}", &err));
    MUST(step(s, &c->municipal[1], c->school[2], "verify", "{}", &err)); /* what came in is still looked through */
    MUST(step(s, &c->operator, c->school[2], "accept", "{}", &err));
    GIVES(OKO_E_CONFLICT, campaign_act(s, &c->head, after, "publish", "{}", &err));
    assert_string_equal(err.id, "campaign.no_values");
    const oko_cycle op = cast_as(c, &c->operator, after);
    GIVES(OKO_E_ARGUMENT, oko_indicators_compute(&op, 2020, s->campaign, &none, &n, &err));
    MUST(oko_indicators_compute(&op, 2021, s->campaign, &none, &n, &err));
    assert_int_equal(n, (1 + 2 + 4) * 2 + (1 + 2)); /* its own three indicators; forms_accepted not of schools */
    assert_true(value_of(s, "forms_accepted", s->campaign) == 75);
    assert_true(fabs(value_of(s, "video_rooms", s->campaign) - 100.0 * 3 / 9) < 1e-12);
    GIVES(OKO_E_PERMISSION, campaign_act(s, &c->operator, after, "publish", "{}", &err));
    MUST(campaign_act(s, &c->head, after, "publish", "{}", &err));
    GIVES(OKO_E_CONFLICT, oko_indicators_compute(&op, 2021, s->campaign, &none, &n, &err));
    assert_string_equal(err.id, "campaign.published");
    /* a later computation of the whole year does not touch what was published */
    MUST(oko_indicators_compute(&op, 2021, 0, &none, &n, &err));
    oko_publication *p = NULL;
    MUST(oko_publication_load(&op, 0, s->campaign, &p, &err));
    assert_int_equal(oko_publication_count(p), 17);
    oko_publication_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_open),           cmocka_unit_test(test_fields),
        cmocka_unit_test(test_four_eyes),      cmocka_unit_test(test_many_at_once),
        cmocka_unit_test(test_field_by_field), cmocka_unit_test(test_form_list),
        cmocka_unit_test(test_board_and_late), cmocka_unit_test(test_close_and_publish),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
