/* What every engine must do with computed values of indicators. Speaks values.h only. */
#include "fixture_cycle.h"

#include "store/values.h"

#include <math.h>

/* "code/year/unit=value;" of each row. */
static oko_status see_value(void *ctx, const oko_indicator_value *v)
{
    char line[128];
    if (isnan(v->value)) {
        (void)snprintf(line, sizeof line, "%s/%d/%lld:%s", v->code, v->year, (long long)v->unit, v->why);
    } else {
        (void)snprintf(line, sizeof line, "%s/%d/%lld=%g", v->code, v->year, (long long)v->unit, v->value);
    }
    return see(ctx, line);
}

static const char *values_of(bench *b, seen *s, const oko_value_query *q, int64_t *ret_total)
{
    memset(s, 0, sizeof *s);
    must(b, oko_store_value_walk(b->store, q, see_value, s, ret_total, &b->err));
    return s->text;
}

static void add(bench *b, int64_t indicator, const char *code, int year, int64_t unit, double value)
{
    oko_indicator_value v = { .indicator = indicator,
                              .indicator_version = 1,
                              .year = year,
                              .unit = unit,
                              .value = value,
                              .n = -1,
                              .trace = "{\"op\":\"+\"}" };
    (void)snprintf(v.code, sizeof v.code, "%s", code);
    (void)snprintf(v.why, sizeof v.why, "%s", isnan(value) ? "indicator.no_form" : "");
    must(b, oko_store_value_add(b->store, &v, &b->err));
}

static void test_newest_counts(void **state)
{
    bench *b = *state;
    seen s;
    int64_t total = 0;
    const int64_t region = put_unit(b, OKO_LEVEL_REGION, "R", 0),
                  town = put_unit(b, OKO_LEVEL_MUNICIPALITY, "M", region);
    const oko_record r = sample_record("indicator", 0, "i");
    const int64_t id = put_record(b, &r).id;
    char wanted[256];
    add(b, id, "a", 2021, region, 1);
    add(b, id, "a", 2021, region, 2);
    add(b, id, "a", 2021, town, NAN);
    add(b, id, "a", 2020, region, 7.5);
    add(b, id, "b", 2021, region, 0);
    oko_value_query q = { .level = OKO_LEVEL_COUNT };
    (void)snprintf(wanted, sizeof wanted, "a/2020/%lld=7.5 a/2021/%lld=2 a/2021/%lld:indicator.no_form b/2021/%lld=0",
                   (long long)region, (long long)region, (long long)town, (long long)region);
    assert_string_equal(values_of(b, &s, &q, &total), wanted);
    assert_int_equal(total, 4);
    q.all = true;
    (void)values_of(b, &s, &q, &total);
    assert_int_equal(total, 5);
    q = (oko_value_query){
        .level = OKO_LEVEL_MUNICIPALITY, .unit = region, .subtree = true, .code = "a", .year = 2021
    };
    (void)snprintf(wanted, sizeof wanted, "a/2021/%lld:indicator.no_form", (long long)town);
    assert_string_equal(values_of(b, &s, &q, &total), wanted);
    q = (oko_value_query){ .level = OKO_LEVEL_COUNT, .unit = region, .limit = 1, .offset = 1 };
    (void)snprintf(wanted, sizeof wanted, "a/2021/%lld=2", (long long)region);
    assert_string_equal(values_of(b, &s, &q, &total), wanted);
    assert_int_equal(total, 3);
}

static void test_refusals(void **state)
{
    bench *b = *state;
    const int64_t region = put_unit(b, OKO_LEVEL_REGION, "R", 0);
    oko_indicator_value v = {
        .indicator = 99, .indicator_version = 1, .code = "a", .year = 2021, .unit = region, .n = -1
    };
    assert_int_equal(oko_store_value_add(b->store, &v, &b->err), OKO_E_NOT_FOUND);
    const oko_record r = sample_record("indicator", 0, "i");
    v.indicator = put_record(b, &r).id;
    v.unit = 12345;
    assert_int_equal(oko_store_value_add(b->store, &v, &b->err), OKO_E_NOT_FOUND);
    v.unit = region;
    v.value = NAN; /* missing, and does not say why */
    assert_int_equal(oko_store_value_add(b->store, &v, &b->err), OKO_E_ARGUMENT);
    v.value = INFINITY;
    assert_int_equal(oko_store_value_add(b->store, &v, &b->err), OKO_E_ARGUMENT);
    const oko_value_query q = { .level = OKO_LEVEL_COUNT, .limit = 100001 };
    assert_int_equal(oko_store_value_walk(b->store, &q, see_value, NULL, NULL, &b->err), OKO_E_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_newest_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refusals, set_up, tear_down),
    };
    int failed = 0;
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++) {
        engine = &engines[i];
        failed += cmocka_run_group_tests_name(engine->name, tests, NULL, NULL);
    }
    return failed;
}
