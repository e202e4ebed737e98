#include "explain/inflation.h"

#include <math.h>
#include <string.h>

/* ---- reading ---- */

static oko_status take(void *ctx, const oko_result *r)
{
    json_t *found = ctx;
    json_t *details = r->details != NULL ? json_loads(r->details, 0, NULL) : json_object();
    if (details == NULL)
        return OKO_E_MEMORY;
    json_object_set_new(details, "computed", json_boolean(r->state == OKO_RESULT_OK));
    if (r->state != OKO_RESULT_OK)
        json_object_set_new(details, "why", json_string(r->why));
    return json_object_set_new(found, r->procedure, details) == 0 ? OKO_OK : OKO_E_MEMORY;
}

oko_status oko_inflation_load(oko_store *store, int64_t run, int64_t unit, json_t **ret_found, oko_error *err)
{
    json_t *found = json_object();
    const oko_result_query query = {
        .run = run, .unit = unit, .rule = OKO_RULE_INFLATION, .level = OKO_LEVEL_COUNT, .with_merged = true
    };
    oko_status status = found != NULL ? oko_store_result_walk(store, &query, take, found, err) : OKO_E_MEMORY;
    if (status != OKO_OK) {
        json_decref(found);
        return status;
    }
    *ret_found = found;
    return OKO_OK;
}

/* ---- words ---- */

typedef struct writer {
    const oko_text *text;
    oko_arena *arena;
    oko_inflation_line *lines;
    int n;
} writer;

static void say(writer *w, bool detail, const char *key, const oko_text_arg *args, size_t n)
{
    if (w->n < OKO_INFLATION_LINES)
        w->lines[w->n++] =
            (oko_inflation_line){ .text = oko_text_make(w->text, w->arena, key, args, n), .detail = detail };
}

#define SAY(w, detail, key, ...)                                                                                       \
    say((w), (detail), (key), (const oko_text_arg[]){ __VA_ARGS__ },                                                   \
        sizeof((const oko_text_arg[]){ __VA_ARGS__ }) / sizeof(oko_text_arg))

static double at(const json_t *estimate, size_t i)
{
    const json_t *value = json_array_get(estimate, i);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static double number(const json_t *o, const char *key)
{
    const json_t *value = json_object_get(o, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static int64_t whole(const json_t *o, const char *key)
{
    return (int64_t)json_integer_value(json_object_get(o, key));
}

static void say_estimate(writer *w, const char *key, double of, const json_t *e, double factor, int decimals)
{
    SAY(w, true, key, OKO_N("of", of, 0), OKO_N("value", factor * at(e, 0), decimals),
        OKO_N("lo", factor * at(e, 1), decimals), OKO_N("hi", factor * at(e, 2), decimals));
}

static void say_part(writer *w, const json_t *found, const json_t *part, bool adjusted)
{
    const json_t *marks = json_object_get(part, "marks");
    SAY(w, false, adjusted ? "inflation.adjusted" : "inflation.plain", OKO_N("value", at(marks, 0), 2),
        OKO_N("lo", at(marks, 1), 2), OKO_N("hi", at(marks, 2), 2), OKO_N("observed", number(part, "observed"), 2),
        OKO_N("expected", number(part, "expected"), 2), OKO_I("reference", whole(part, "reference_schools")),
        OKO_I("others", whole(part, "other_schools")));
    if (!adjusted)
        return;
    const json_t *share = json_object_get(part, "share"), *lifted = json_object_get(part, "lifted");
    for (size_t k = 0; k < json_array_size(share); k++)
        say_estimate(w, "inflation.share", (double)whole(found, "first_mark") + (double)k, json_array_get(share, k),
                     100, 1);
    for (size_t k = 0; k < json_array_size(lifted); k++)
        say_estimate(w, "inflation.lifted", at(json_object_get(found, "cutoffs"), k), json_array_get(lifted, k), 1, 0);
}

int oko_inflation_lines(const oko_text *text, oko_arena *arena, const json_t *found,
                        oko_inflation_line ret_lines[OKO_INFLATION_LINES])
{
    writer w = { .text = text, .arena = arena, .lines = ret_lines };
    const char *why = json_string_value(json_object_get(found, "why"));
    const json_t *plain = json_object_get(found, "plain"), *adjusted = json_object_get(found, "adjusted");
    const char *adjusted_why = json_string_value(json_object_get(adjusted, "why"));
    if (!json_is_true(json_object_get(found, "computed"))) {
        SAY(&w, false, why != NULL && oko_text_has(text, why) ? why : "inflation.no_reference",
            OKO_I("schools", whole(plain, "reference_schools")), OKO_I("works", whole(plain, "reference_works")));
        return w.n;
    }
    bool both = adjusted_why != NULL && strcmp(adjusted_why, "computed") == 0;
    if (both)
        say_part(&w, found, adjusted, true);
    say_part(&w, found, plain, false);
    if (!both)
        say(&w, false, "inflation.no_evidence", NULL, 0);
    return w.n;
}
