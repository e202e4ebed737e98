/* Ordinary reasons: what the statistics suggest, raised or lowered by the facts of the group. */
#include "explain/explain.h"

#include "reference/embedded.h"
#include "reference/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_REASONS = 32, MAX_CONDITIONS = 8 };

/* A fact between two bounds adds to a reason; `needs`: only when a statistic speaks for it at all. */
typedef struct condition {
    oko_fact fact;
    double above, below;
    int add;
    bool needs;
} condition;

typedef struct reason {
    char name[32];
    int statistic[OKO_STAT_COUNT];
    int n_conditions;
    condition conditions[MAX_CONDITIONS];
} reason;

struct oko_explain {
    const oko_text *text;
    int n;
    reason reasons[MAX_REASONS];
};

/* ---- reading ---- */

static bool read_statistics(const json_t *from, reason *r)
{
    const char *name;
    json_t *weight;
    json_object_foreach((json_t *)(uintptr_t)from, name, weight)
    {
        int k = 0;
        while (k < OKO_STAT_COUNT && strcmp(name, oko_statistic_name((oko_statistic)k)) != 0)
            k++;
        if (k == OKO_STAT_COUNT || !json_is_integer(weight))
            return false;
        r->statistic[k] = (int)json_integer_value(weight);
    }
    return true;
}

static double bound(const json_t *from, const char *key, double none)
{
    const json_t *value = json_object_get(from, key);
    return json_is_number(value) ? json_number_value(value) : none;
}

static bool read_condition(const json_t *from, condition *c)
{
    const char *name = json_string_value(json_object_get(from, "fact"));
    int f = 0;
    while (name != NULL && f < OKO_FACT_COUNT && strcmp(name, oko_fact_name((oko_fact)f)) != 0)
        f++;
    *c = (condition){ .fact = (oko_fact)f,
                      .above = bound(from, "above", -INFINITY),
                      .below = bound(from, "below", INFINITY),
                      .add = (int)json_integer_value(json_object_get(from, "add")),
                      .needs = json_is_true(json_object_get(from, "needs")) };
    return name != NULL && f < OKO_FACT_COUNT && c->add != 0;
}

static bool read_reason(const json_t *from, reason *r)
{
    const char *name = json_string_value(json_object_get(from, "reason"));
    const json_t *facts = json_object_get(from, "facts");
    if (name == NULL || !oko_str_copy(r->name, sizeof r->name, oko_str_of(name)) ||
        json_array_size(facts) > MAX_CONDITIONS || !read_statistics(json_object_get(from, "statistics"), r))
        return false;
    for (size_t i = 0; i < json_array_size(facts); i++)
        if (!read_condition(json_array_get(facts, i), &r->conditions[r->n_conditions++]))
            return false;
    return true;
}

oko_status oko_explain_open(const oko_text *text, oko_explain **ret_explain, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *json = NULL;
    OKO_CLEANUP(oko_explain_freep) oko_explain *e = calloc(1, sizeof *e);
    oko_str bytes = { NULL, 0 };
    if (e == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    (void)oko_embedded_find("explain/reasons.json", &bytes);
    oko_status status = oko_json_parse(bytes, "explain/reasons.json", &json, err);
    if (status != OKO_OK)
        return status;
    const json_t *list = json_object_get(json, "reasons");
    bool good = json_array_size(list) > 0 && json_array_size(list) <= MAX_REASONS;
    for (size_t i = 0; good && i < json_array_size(list); i++)
        good = read_reason(json_array_get(list, i), &e->reasons[e->n++]);
    if (!good)
        return oko_error_set(err, OKO_E_FORMAT, "", "explain/reasons.json");
    e->text = text;
    *ret_explain = e;
    e = NULL;
    return OKO_OK;
}

void oko_explain_free(oko_explain *explain)
{
    free(explain);
}

void oko_explain_freep(oko_explain **explain)
{
    oko_explain_free(*explain);
    *explain = NULL;
}

/* ---- weighing ---- */

/* Statistics count twice: the facts of a group refine what was seen, they do not replace it. */
static int from_statistics(const reason *r, const oko_sign_row *row)
{
    int weight = 0;
    for (int f = 0; f < OKO_FAMILY_COUNT; f++)
        for (int k = 0; oko_sign_speaks(row, f) && k < OKO_STAT_COUNT; k++)
            if (strcmp(row->top[f], oko_statistic_name((oko_statistic)k)) == 0)
                weight += 2 * r->statistic[k];
    return weight;
}

/* Weight of a reason, and the fact that raises it most (OKO_FACT_COUNT: none). */
static int weigh(const reason *r, const oko_sign_row *row, const double *facts, oko_fact *ret_because)
{
    const int seen = from_statistics(r, row);
    int weight = seen, most = 1; /* what adds one point only is not worth a word */
    *ret_because = OKO_FACT_COUNT;
    for (int i = 0; i < r->n_conditions; i++) {
        const condition *c = &r->conditions[i];
        double value = facts[c->fact];
        if (isnan(value) || !(value > c->above) || !(value < c->below) || (c->needs && seen == 0))
            continue;
        weight += c->add;
        if (c->add > most) {
            most = c->add;
            *ret_because = c->fact;
        }
    }
    return weight;
}

/* The reason, and behind it the fact that speaks for it. */
static const char *say(const oko_explain *e, oko_arena *arena, const reason *r, oko_fact because, double value)
{
    char key[64];
    snprintf(key, sizeof key, "evidence.why.%s", r->name);
    const char *text = oko_text_get(e->text, key);
    snprintf(key, sizeof key, "evidence.because.%s", oko_fact_name(because));
    if (because == OKO_FACT_COUNT || !oko_text_has(e->text, key))
        return text;
    const oko_text_arg args[] = { OKO_I("n", (int64_t)llround(value)),
                                  OKO_N("value", value, because == OKO_FACT_ABSENCE_SPREAD ? 1 : 0) };
    const char *fact = oko_text_make(e->text, arena, key, args, 2);
    return fact != NULL ? oko_arena_printf(arena, "%s %s", text, fact) : NULL;
}

int oko_explain_reasons(const oko_explain *e, oko_arena *arena, const oko_sign_row *row,
                        const double facts[OKO_FACT_COUNT], const char *ret_reasons[OKO_EXPLAIN_REASONS])
{
    int weight[MAX_REASONS], said = 0, n = 0;
    oko_fact because[MAX_REASONS];
    for (int f = 0; f < OKO_FAMILY_COUNT; f++)
        said += oko_sign_speaks(row, f);
    for (int i = 0; i < e->n; i++)
        weight[i] = weigh(&e->reasons[i], row, facts, &because[i]);
    while (said > 0 && n < OKO_EXPLAIN_REASONS) {
        int best = 0;
        for (int i = 1; i < e->n; i++)
            best = weight[i] > weight[best] ? i : best;
        if (weight[best] <= 0)
            break;
        weight[best] = 0;
        double value = because[best] < OKO_FACT_COUNT ? facts[because[best]] : NAN;
        ret_reasons[n++] = say(e, arena, &e->reasons[best], because[best], value);
    }
    return n;
}
