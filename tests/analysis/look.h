/* Looking into the results of a run. */
#ifndef OKO_TEST_ANALYSIS_LOOK_H
#define OKO_TEST_ANALYSIS_LOOK_H

#include "world.h"

#include "reference/json.h"

#include <math.h>

typedef struct picked {
    int n;
    oko_result result; /* the last one; details taken over */
} picked;

static inline oko_status pick(void *ctx, const oko_result *result)
{
    picked *p = ctx;
    oko_result_clear(&p->result);
    p->result = *result;
    p->result.details = result->details != NULL ? oko_str_dup(oko_str_of(result->details)) : NULL;
    p->n++;
    return OKO_OK;
}

/* The one result of a unit under a rule. Clear it. */
static inline oko_result result_of(world *w, int64_t run, const char *procedure, const char *rule, int64_t unit)
{
    oko_error err = { 0 };
    picked p = { 0 };
    const oko_result_query q = {
        .run = run, .unit = unit, .procedure = procedure, .rule = rule, .level = OKO_LEVEL_COUNT
    };
    ok(oko_store_result_walk(w->store, &q, pick, &p, &err), &err);
    if (p.n != 1)
        fail_msg("%d results of %s %s", p.n, procedure, rule);
    return p.result;
}

static inline oko_status count(void *ctx, const oko_result *result)
{
    (void)result;
    (*(int *)ctx)++;
    return OKO_OK;
}

static inline int marked(world *w, int64_t run, const char *procedure, const char *rule, oko_level level)
{
    oko_error err = { 0 };
    int n = 0;
    const oko_result_query q = {
        .run = run, .procedure = procedure, .rule = rule, .level = level, .marked_only = true
    };
    ok(oko_store_result_walk(w->store, &q, count, &n, &err), &err);
    return n;
}

static inline double detail(const oko_result *r, const char *key)
{
    json_t *json = NULL;
    oko_error err = { 0 };
    ok(oko_json_parse(oko_str_of(r->details), "details", &json, &err), &err);
    const json_t *value = json_object_get(json, key);
    assert_non_null(value);
    double number = json_is_null(value) ? NAN : json_number_value(value);
    json_decref(json);
    return number;
}

static inline bool near(double a, double b)
{
    return fabs(a - b) < 1e-9;
}

#endif
