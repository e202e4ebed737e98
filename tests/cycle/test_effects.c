/* Effect of a year: by type, by measure, by case; the sign seen again; the same digits twice. */
#include "cast_runs.h"

#include "cycle/body.h"
#include "cycle/cases.h"
#include "cycle/effects.h"
#include "store/values.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { SCHOOLS = 60, TREATED = 15 };

static const char day[] = "2021-05-10";

typedef struct world {
    cast c;
    int64_t school[SCHOOLS];
    int64_t measure[TREATED];
} world;

static double noise(int i) /* −1 … 1, the same in every run; neighbours have nothing in common */
{
    uint32_t x = (uint32_t)i * 2654435761u + 12345u;
    x ^= x >> 15;
    x *= 2246822519u;
    x ^= x >> 13;
    x *= 3266489917u;
    x ^= x >> 16;
    return (double)x / 2147483647.5 - 1;
}

static void put_value(const cast *c, int64_t indicator, int year, int64_t unit, double value)
{
    oko_error err = { 0 };
    const oko_indicator_value v = { .indicator = indicator,
                                    .indicator_version = 1,
                                    .code = "lifted_share",
                                    .year = year,
                                    .unit = unit,
                                    .value = value,
                                    .n = 50,
                                    .trace = "" };
    MUST(oko_store_value_add(c->store, &v, &err));
}

static int64_t accepted(const cast *c, int64_t school)
{
    oko_error err = { 0 };
    const int64_t id =
        cast_make(c, &c->operator, day, "measure", school, "{\"code\":\"criteria\",\"indicator\":\"lifted_share\"}");
    oko_entry e = cast_get(c, "measure", id);
    const oko_cycle op = cast_as(c, &c->operator, day);
    memcpy(e.head.state, "accepted", sizeof "accepted");
    MUST(oko_cycle_put(&op, &e, "accept", &err));
    oko_entry_clear(&e);
    return id;
}

static int worst_first(const void *x, const void *y)
{
    const double *a = x, *b = y;
    return (*a < *b) - (*a > *b);
}

/* A quarter of the schools has a measure; `gain` is what it gives. by_truth: those that are known to be 6 points worse;
 * else those that look worst (part of that is chance). */
static void build(world *w, double gain, bool by_truth)
{
    double own[SCHOOLS], before[SCHOOLS], sorted[SCHOOLS];
    int n = 0;
    cast_open(&w->c);
    cast *c = &w->c;
    const int64_t indicator = cast_make(c, &c->operator, day, "indicator", c->region,
                                        "{\"code\":\"lifted_share\",\"group\":\"control\",\"direction\":\"down\","
                                        "\"formula\":\"share(lifted, works)\"}");
    for (int i = 0; i < SCHOOLS; i++) {
        char code[16];
        (void)snprintf(code, sizeof code, "T%02d", i);
        w->school[i] = cast_unit(c, OKO_LEVEL_SCHOOL, code, c->municipality[i % 2]);
        own[i] = by_truth ? (i < TREATED ? 14 + noise(i) : 8 + 4 * noise(i)) : 10 + 5 * noise(i);
        sorted[i] = before[i] = own[i] + 2 * noise(i + 100);
    }
    qsort(sorted, SCHOOLS, sizeof *sorted, worst_first);
    for (int i = 0; i < SCHOOLS; i++) {
        const bool treated = by_truth ? i < TREATED : before[i] >= sorted[TREATED - 1];
        put_value(c, indicator, 2021, w->school[i], before[i]);
        put_value(c, indicator, 2022, w->school[i], own[i] + 2 * noise(i + 200) - (treated ? gain : 0));
        if (treated) {
            w->measure[n++] = accepted(c, w->school[i]);
        }
    }
    assert_int_equal(n, TREATED);
}

static json_t *effects(const world *w, const oko_actor *who, bool preview)
{
    oko_error err = { 0 };
    const oko_cycle cycle = cast_as(&w->c, who, "2022-06-01");
    json_t *r = NULL;
    MUST(oko_effects(&cycle, 2021, preview, &r, &err));
    return r;
}

static void test_helped(void **state)
{
    (void)state;
    world w;
    build(&w, 6, false);
    json_t *r = effects(&w, &w.c.operator, false), *again = effects(&w, &w.c.operator, false);
    assert_true(json_equal(r, again));
    assert_int_equal(json_array_size(json_object_get(r, "types")), 1);
    const json_t *t = json_array_get(json_object_get(r, "types"), 0);
    assert_string_equal(oko_body_str(t, "verdict"), "helped");
    assert_string_equal(oko_body_str(t, "code"), "criteria");
    assert_int_equal(oko_body_int(t, "n_treated"), TREATED);
    assert_int_equal(oko_body_int(t, "n_controls"), SCHOOLS - TREATED);
    assert_true(fabs(oko_body_num(t, "effect") + 6) < 1.5);
    assert_true(oko_body_num(t, "effect_hi") < 0);
    assert_non_null(strstr(oko_body_str(t, "words"), "Помогло"));
    assert_non_null(strstr(oko_body_str(t, "words_en"), "It helped"));
    assert_int_equal(json_array_size(json_object_get(r, "measures")), TREATED);
    oko_entry e = cast_get(&w.c, "measure", w.measure[3]);
    const json_t *facts = json_object_get(e.body, "effect_facts");
    assert_string_equal(oko_body_str(facts, "indicator"), "lifted_share");
    assert_true(isfinite(oko_body_num(facts, "effect")));
    assert_int_equal(e.head.version, 3); /* created, accepted, effect: the second computation changed nothing */
    oko_entry_clear(&e);
    json_decref(r);
    json_decref(again);
    cast_close(&w.c);
}

/* What was told stays as it was told; a new record is made only when there is something new to say. */
static void test_kept(void **state)
{
    (void)state;
    world w;
    build(&w, 6, false);
    json_t *look = effects(&w, &w.c.head, true), *first = effects(&w, &w.c.operator, false);
    const int64_t id = oko_body_int(first, "kept");
    assert_true(id > 0);
    assert_true(json_is_null(json_object_get(look, "kept")));
    assert_string_equal(oko_body_str(look, "sha256"), oko_body_str(first, "sha256"));
    assert_int_equal(strlen(oko_body_str(first, "inputs")), 64);
    json_t *same = effects(&w, &w.c.operator, false);
    assert_int_equal(oko_body_int(same, "kept"), id);
    put_value(&w.c, 1, 2022, w.school[0], 99); /* the data move on */
    json_t *later = effects(&w, &w.c.operator, false);
    assert_true(oko_body_int(later, "kept") > id);
    assert_string_not_equal(oko_body_str(later, "inputs"), oko_body_str(first, "inputs"));
    assert_string_not_equal(oko_body_str(later, "sha256"), oko_body_str(first, "sha256"));
    oko_entry e = cast_get(&w.c, "effect-report", id);
    assert_true(
        json_equal(json_object_get(json_object_get(e.body, "report"), "types"), json_object_get(first, "types")));
    assert_string_equal(oko_body_str(e.body, "sha256"), oko_body_str(first, "sha256"));
    assert_string_equal(e.head.key, "2021/1");
    oko_entry_clear(&e);
    json_decref(look);
    json_decref(first);
    json_decref(same);
    json_decref(later);
    cast_close(&w.c);
}

/* Docs: when measures go by what is known beforehand, the allowance is too large; the plain difference stands beside
 * it. */
static void test_chosen_by_knowledge(void **state)
{
    (void)state;
    world w;
    build(&w, 6, true);
    json_t *r = effects(&w, &w.c.operator, true);
    const json_t *t = json_array_get(json_object_get(r, "types"), 0);
    assert_true(fabs(oko_body_num(t, "effect") + 3.5) < .1);
    assert_true(fabs(oko_body_num(t, "did") + 5.4) < .1);
    json_decref(r);
    cast_close(&w.c);
}

static void test_did_not_help(void **state)
{
    (void)state;
    world w;
    build(&w, -3, false); /* it even became worse */
    json_t *r = effects(&w, &w.c.auditor, true);
    const json_t *t = json_array_get(json_object_get(r, "types"), 0);
    assert_string_equal(oko_body_str(t, "verdict"), "not_helped");
    oko_entry e = cast_get(&w.c, "measure", w.measure[0]);
    assert_null(json_object_get(e.body, "effect_facts")); /* a look writes nothing */
    oko_entry_clear(&e);
    json_decref(r);
    oko_error err = { 0 };
    const oko_cycle auditor = cast_as(&w.c, &w.c.auditor, day);
    GIVES(OKO_E_PERMISSION, oko_effects(&auditor, 2021, false, &r, &err));
    cast_close(&w.c);
}

static void test_not_enough(void **state)
{
    (void)state;
    world w;
    oko_error err = { 0 };
    build(&w, 6, false);
    /* Nearly everybody plans the same: too few controls are left. */
    for (int i = 0; i < SCHOOLS - 7; i++) {
        (void)cast_make(&w.c, &w.c.operator, day, "measure", w.school[i], "{\"indicator\":\"lifted_share\"}");
    }
    json_t *r = effects(&w, &w.c.operator, true);
    const json_t *t = json_array_get(json_object_get(r, "types"), 0);
    assert_string_equal(oko_body_str(t, "verdict"), "no_data");
    assert_string_equal(oko_body_str(t, "why"), "effect.few_controls");
    assert_in_range(oko_body_int(t, "n_controls"), 1, OKO_EFFECT_MIN_CONTROLS - 1);
    assert_true(json_is_null(json_object_get(t, "effect")));
    json_decref(r);
    /* A year without values says so. */
    const oko_cycle op = cast_as(&w.c, &w.c.operator, day);
    MUST(oko_effects(&op, 2019, true, &r, &err));
    assert_int_equal(json_array_size(json_object_get(r, "types")), 0);
    json_decref(r);
    cast_close(&w.c);
}

static void case_in_effect(const world *w, const char *sign, int64_t unit, int64_t measure, int64_t *ret_id)
{
    oko_error err = { 0 };
    const oko_cycle op = cast_as(&w->c, &w->c.operator, day);
    oko_entry e = { .head = { .kind = "case", .state = "effect", .year = 2021, .unit = unit } };
    e.body =
        json_pack("{s:{s:s}, s:s, s:[I]}", "origin", "kind", "sign", "sign", sign, "measures", (json_int_t)measure);
    MUST(oko_cycle_put(&op, &e, "create", &err));
    *ret_id = e.head.id;
    oko_entry_clear(&e);
}

static void test_case_and_its_sign(void **state)
{
    (void)state;
    world w;
    oko_error err = { 0 };
    build(&w, 6, false);
    cast_procedure(&w.c, "2021-04-MA");
    cast_procedure(&w.c, "2022-04-MA");
    cast_row rows[2 * SCHOOLS];
    for (int i = 0; i < SCHOOLS; i++) {
        const bool marked = i < 2;
        rows[2 * i] = (cast_row){ w.school[i],
                                  "2021-04-MA",
                                  marked ? "strong" : "none",
                                  "threshold",
                                  (marked ? .8 : .4 * noise(i)) + .05 * noise(i + 100),
                                  marked ? 1e-9 : .5 };
        rows[2 * i + 1] = (cast_row){ w.school[i],
                                      "2022-04-MA",
                                      i == 1 ? "signs" : "none",
                                      "threshold",
                                      (i == 0   ? 0
                                       : i == 1 ? .8
                                                : .4 * noise(i)) +
                                          .05 * noise(i + 300),
                                      i == 1 ? 1e-6 : .5 };
    }
    (void)cast_evidence(&w.c, rows, 2 * SCHOOLS);
    int64_t better, same, listed;
    case_in_effect(&w, "threshold", w.school[0], 0, &better);
    case_in_effect(&w, "threshold", w.school[1], 0, &same);
    oko_entry m = cast_get(&w.c, "measure", w.measure[2]);
    case_in_effect(&w, "external", m.head.unit, w.measure[2], &listed);
    oko_entry_clear(&m);
    cast_external(&w.c, "Список 2022", 2022, w.c.school[3], "");
    json_decref(effects(&w, &w.c.operator, false));
    oko_entry e = cast_get(&w.c, "case", better);
    const json_t *f = json_object_get(e.body, "effect_facts");
    assert_string_equal(oko_body_str(f, "verdict"), "helped");
    assert_string_equal(oko_body_str(f, "by"), "sign");
    assert_true(json_is_false(json_object_get(json_object_get(f, "mark"), "is")));
    oko_entry_clear(&e);
    e = cast_get(&w.c, "case", same);
    f = json_object_get(e.body, "effect_facts");
    assert_true(json_is_true(json_object_get(json_object_get(f, "mark"), "is")));
    assert_string_not_equal(oko_body_str(f, "verdict"), "helped");
    oko_entry_clear(&e);
    e = cast_get(&w.c, "case", listed);
    f = json_object_get(e.body, "effect_facts");
    assert_true(json_is_false(json_object_get(json_object_get(f, "mark"), "is"))); /* a list of 2022 without it */
    assert_int_equal(json_array_size(json_object_get(f, "indicators")), 1);
    oko_entry_clear(&e);
    /* The conclusion says what was found, nothing else. */
    GIVES(OKO_E_CONFLICT, cast_act(&w.c, &w.c.operator, day, "case", better, "conclude",
                                   "{\"effect\":\"not_helped\",\"comment\":\"x\"}", &err));
    assert_string_equal(err.id, "case.effect_differs");
    MUST(cast_act(&w.c, &w.c.operator, day, "case", better, "conclude", "{\"effect\":\"helped\",\"comment\":\"x\"}",
                  &err));
    cast_close(&w.c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_helped),
        cmocka_unit_test(test_kept),
        cmocka_unit_test(test_chosen_by_knowledge),
        cmocka_unit_test(test_did_not_help),
        cmocka_unit_test(test_not_enough),
        cmocka_unit_test(test_case_and_its_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
