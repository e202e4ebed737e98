/* Formulas: values, missing ones, places of errors, the trace, and the box. */
#include "cycle/formula.h"
#include "support/failing_alloc.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool known(void *ctx, const char *name)
{
    (void)ctx;
    return strchr("abcz", name[0]) != NULL && name[1] == '\0';
}

/* a = 3, b = 4.5, c is missing, z = 0. */
static oko_status value_of(void *ctx, const char *name, oko_value *ret_value)
{
    (void)ctx;
    if (!known(NULL, name)) {
        return OKO_E_NOT_FOUND;
    }
    *ret_value = (oko_value){ .v = name[0] == 'a' ? 3 : name[0] == 'b' ? 4.5 : 0, .missing = name[0] == 'c' };
    if (ret_value->missing) {
        ret_value->v = NAN;
        (void)snprintf(ret_value->why, sizeof ret_value->why, "indicator.no_form");
    }
    ret_value->source = json_pack("{s:s}", "counted", name);
    return OKO_OK;
}

static void gives(const char *text, double wanted)
{
    oko_value v = { 0 };
    oko_error err = { 0 };
    if (oko_formula_compute(text, value_of, NULL, &v, NULL, &err) != OKO_OK) {
        fail_msg("%s: %s at %s", text, err.id, err.field);
    }
    if (v.missing || fabs(v.v - wanted) > 1e-12 * fmax(1, fabs(wanted))) {
        fail_msg("%s = %.17g, wanted %.17g", text, v.v, wanted);
    }
}

static void is_missing(const char *text, const char *why)
{
    oko_value v = { 0 };
    oko_error err = { 0 };
    assert_int_equal(oko_formula_compute(text, value_of, NULL, &v, NULL, &err), OKO_OK);
    assert_true(v.missing && isnan(v.v));
    assert_string_equal(v.why, why);
}

static void test_values(void **state)
{
    (void)state;
    gives("a", 3);
    gives("2 + 3 * a ^ 2 - b / 2", 26.75);
    gives("-a + (b)", 1.5);
    gives("7", 7);
    gives("1e-2 + .5", .51);
    gives("share(a, b)", 100 * 3 / 4.5);
    gives("min(a, b, 1) + max(a, b, 1) + sum(a, b) + mean(a, b)", 1 + 4.5 + 7.5 + 3.75);
    gives("round(100 / a, 2)", 33.33);
    gives("round(2.5)", 3);
    gives("abs(a - b)", 1.5);
    gives("at_least(a, 3) + above(a, 3) * 10 + at_most(a, 3) * 100 + below(a, 4) * 1000", 1101);
    gives("choose(above(b, a), 1, 2)", 1);
    gives("choose(above(a, b), 1, 2)", 2);
    gives("a\n+\tb", 7.5);
}

static void test_missing_is_not_zero(void **state)
{
    (void)state;
    is_missing("c", "indicator.no_form");
    is_missing("a + c", "indicator.no_form");
    is_missing("0 * c", "indicator.no_form");
    is_missing("sum(a, c)", "indicator.no_form");
    is_missing("mean(c, a)", "indicator.no_form");
    is_missing("at_least(c, 0)", "indicator.no_form");
    is_missing("choose(c, 1, 2)", "indicator.no_form");
    is_missing("a / z", "formula.zero");
    is_missing("share(a, z)", "formula.zero");
    is_missing("0 / 0", "formula.not_finite");
    is_missing("(0 - 1) ^ .5", "formula.not_finite");
    gives("first(c, a)", 3);
    gives("present(a, b, c)", 2);
    gives("choose(1, a, c)", 3);
}

static void fault(const char *text, const char *id, const char *place)
{
    oko_error err = { 0 };
    oko_status status = oko_formula_check(text, known, NULL, NULL, &err);
    if (status == OKO_OK || strcmp(err.id, id) != 0 || strcmp(err.field, place) != 0) {
        fail_msg("%s: status %d, %s at %s; wanted %s at %s", text, status, err.id, err.field, id, place);
    }
}

static void test_places_of_errors(void **state)
{
    (void)state;
    fault("", "formula.empty", "1:1");
    fault(" \n ", "formula.empty", "1:1");
    fault("a + unknown", "formula.unknown", "1:5");
    fault("a +\n  q * 2", "formula.unknown", "2:3");
    fault("average(a)", "formula.unknown", "1:1");
    fault("a + ", "formula.syntax", "1:5");
    fault("a b", "formula.syntax", "1:3");
    fault("(a + b", "formula.syntax", "1:7");
    fault("a = b", "formula.character", "1:3");
    fault("доля(a)", "formula.character", "1:1");
    fault("a + 'x'", "formula.character", "1:5");
    fault("a -- b", "formula.character", "1:3");
    fault("a // b", "formula.character", "1:3");
    fault("a b + z", "formula.syntax", "1:3");
    fault("a + * b", "formula.syntax", "1:5");
    fault("a + () + b", "formula.syntax", "1:6");
    fault("a + while", "formula.word", "1:5");
    fault("a and b", "formula.word", "1:3");
    fault("1.2.3", "formula.number", "1:1");
    fault("0x10", "formula.number", "1:1");
    fault("a + 3b", "formula.number", "1:5");
    fault("share(a)", "formula.call", "1:1");
    fault("round(a, 2, 3)", "formula.call", "1:1");
    fault("a +\n round(a, 2, 3)", "formula.call", "2:2");
}

static void test_names(void **state)
{
    (void)state;
    oko_formula_names names;
    oko_error err = { 0 };
    assert_int_equal(oko_formula_check("share(b, a) + b * z", known, NULL, &names, &err), OKO_OK);
    assert_int_equal(names.n, 3);
    assert_string_equal(names.at[0], "b");
    assert_string_equal(names.at[1], "a");
    assert_string_equal(names.at[2], "z");
}

static void test_trace(void **state)
{
    (void)state;
    oko_value v = { 0 };
    json_t *trace = NULL;
    assert_int_equal(oko_formula_compute("share(a, b + c)", value_of, NULL, &v, &trace, NULL), OKO_OK);
    char *text = json_dumps(trace, JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(text, "{\"args\":[{\"source\":{\"counted\":\"a\"},\"value\":3.0,\"variable\":\"a\"},"
                              "{\"args\":[{\"source\":{\"counted\":\"b\"},\"value\":4.5,\"variable\":\"b\"},"
                              "{\"source\":{\"counted\":\"c\"},\"value\":null,\"variable\":\"c\",\"why\":"
                              "\"indicator.no_form\"}],\"op\":\"+\",\"value\":null,\"why\":\"indicator.no_form\"}],"
                              "\"op\":\"share\",\"value\":null,\"why\":\"indicator.no_form\"}");
    free(text);
    json_decref(trace);
}

static void test_limits(void **state)
{
    (void)state;
    char text[OKO_FORMULA_BYTES + 8];
    oko_value v = { 0 };
    oko_error err = { 0 };
    memset(text, '1', sizeof text);
    text[sizeof text - 1] = '\0';
    assert_int_equal(oko_formula_check(text, known, NULL, NULL, &err), OKO_E_LIMIT);
    memset(text, '(', 1500); /* deeper than Lua's own limit: refused, not a crash */
    text[1500] = '\0';
    assert_int_not_equal(oko_formula_check(text, known, NULL, NULL, &err), OKO_OK);
    size_t at = 0;
    for (int i = 0; i < 998; i++) {
        at += (size_t)snprintf(text + at, sizeof text - at, "a+");
    }
    (void)snprintf(text + at, sizeof text - at, "a");
    oko_status status = oko_formula_compute(text, value_of, NULL, &v, NULL, &err);
    assert_true(status == OKO_OK ? v.v == 999 * 3 : status == OKO_E_LIMIT);
    assert_int_equal(oko_formula_compute("q", value_of, NULL, &v, NULL, &err), OKO_E_FORMAT);
}

/* Memory that gives out at any moment is told as such, never as a fault of the formula. */
static void test_failing_memory(void **state)
{
    (void)state;
    size_t failed = 0;
    for (size_t n = 1;; n++) {
        oko_value v = { 0 };
        oko_error err = { 0 };
        json_t *trace = NULL;
        failing_alloc_arm(n);
        oko_status status =
            oko_formula_compute("share(a, b) + max(a, c, 2) * round(b, 1)", value_of, NULL, &v, &trace, &err);
        const bool gave_out = failing_alloc_disarm();
        json_decref(trace);
        if (!gave_out) {
            assert_int_equal(status, OKO_OK);
            break;
        }
        if (status != OKO_OK) { /* Lua may get along after it cleaned up */
            assert_int_equal(status, OKO_E_MEMORY);
            failed++;
        }
    }
    assert_true(failed >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_missing_is_not_zero),
        cmocka_unit_test(test_places_of_errors),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_trace),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_failing_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
