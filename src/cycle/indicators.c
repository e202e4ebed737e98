/* The register of indicators: starter set, copies, formulas checked when they come in. */
#include "cycle/indicators.h"

#include "base/memory.h"
#include "cycle/nouns.h"
#include "reference/embedded.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

/* ---- hooks ---- */

static oko_status note_variables(oko_entry *e, const oko_formula_names *names, oko_error *err)
{
    json_t *list = json_array();
    for (int i = 0; list != NULL && i < names->n; i++) {
        (void)json_array_append_new(list, json_string(names->at[i]));
    }
    return list != NULL && json_object_set_new(e->body, "variables", list) == 0 ? OKO_OK : no_memory(err);
}

static oko_status check(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    (void)c;
    const char *code = json_string_value(json_object_get(e->body, "code"));
    const char *formula = json_string_value(json_object_get(e->body, "formula"));
    if (code == NULL || *code == '\0') {
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.required", "code");
    }
    if (e->head.year == 0) {
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.required", "year");
    }
    OKO_CLEANUP(oko_tally_freep) oko_tally *variables = NULL;
    oko_formula_names names = { 0 };
    oko_status status = oko_variables_open(&variables, err);
    status = status == OKO_OK
                 ? oko_formula_check(formula != NULL ? formula : "", oko_variable_known, variables, &names, err)
                 : status;
    if (status != OKO_OK) {
        return status;
    }
    (void)snprintf(e->head.key, sizeof e->head.key, "%s/%d", code, e->head.year);
    return note_variables(e, &names, err);
}

const oko_noun oko_noun_indicator = { .kind = "indicator", .creating = check, .changing = check };

/* ---- starter set and copies ---- */

/* Makes a draft from a definition unless its key is taken. */
static oko_status add(const oko_cycle *c, int year, const char *title, json_t *body, int *n, oko_error *err)
{
    const oko_draft draft = { .title = title, .unit = c->actor->unit, .year = year, .body = body };
    oko_error own = { 0 };
    oko_status status = oko_cycle_create(c, "indicator", &draft, NULL, &own);
    if (status == OKO_E_CONFLICT) {
        return OKO_OK; /* it is there */
    }
    if (status == OKO_OK) {
        ++*n;
    } else if (err != NULL) {
        *err = own;
    }
    return status;
}

static json_t *body_of(const json_t *definition)
{
    static const char *const members[] = { "code",      "group",  "name_en", "formula",   "unit",  "direction",
                                           "attention", "target", "levels",  "collected", "source" };
    json_t *body = json_object();
    for (size_t i = 0; body != NULL && i < sizeof members / sizeof *members; i++) {
        json_t *value = json_object_get(definition, members[i]);
        if (value != NULL && json_object_set(body, members[i], value) != 0) {
            json_decref(body);
            return NULL;
        }
    }
    if (body != NULL && json_object_get(definition, "en") != NULL) {
        (void)json_object_set(body, "name_en", json_object_get(definition, "en"));
    }
    return body;
}

typedef struct taken {
    int year;
    int n;
    char keys[OKO_INDICATORS_MAX][OKO_RECORD_KEY_BYTES];
} taken;

static oko_status remember(void *ctx, const oko_entry *e)
{
    taken *t = ctx;
    if (t->n < OKO_INDICATORS_MAX) {
        memcpy(t->keys[t->n++], e->head.key, sizeof e->head.key);
    }
    return OKO_OK;
}

static oko_status keys_of(const oko_cycle *c, int year, taken *t, oko_error *err)
{
    const oko_record_query query = { .kind = "indicator", .year = year, .limit = OKO_INDICATORS_MAX };
    *t = (taken){ .year = year };
    return oko_cycle_list(c, &query, remember, t, NULL, err);
}

static bool has(const taken *t, const char *code)
{
    char key[OKO_RECORD_KEY_BYTES];
    (void)snprintf(key, sizeof key, "%s/%d", code, t->year);
    for (int i = 0; i < t->n; i++) {
        if (strcmp(t->keys[i], key) == 0) {
            return true;
        }
    }
    return false;
}

oko_status oko_indicators_seed(const oko_cycle *c, int year, int *ret_n, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *file = NULL;
    OKO_CLEANUP(oko_freep) taken *t = malloc(sizeof *t);
    oko_str text;
    oko_cycle inside;
    int n = 0;
    if (t == NULL || !oko_embedded_find("cycle/indicators.json", &text)) {
        return no_memory(err);
    }
    oko_status status = oko_json_parse(text, "indicators.json", &file, err);
    status = status == OKO_OK ? oko_cycle_begin(c, &inside, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    status = keys_of(&inside, year, t, err);
    size_t i;
    json_t *d;
    json_array_foreach(json_object_get(file, "indicators"), i, d)
    {
        if (status != OKO_OK || has(t, json_string_value(json_object_get(d, "code")))) {
            continue;
        }
        OKO_CLEANUP(oko_json_freep) json_t *body = body_of(d);
        status = body == NULL ? no_memory(err)
                              : add(&inside, year, json_string_value(json_object_get(d, "ru")), body, &n, err);
    }
    status = oko_cycle_end(c, status, err);
    if (status == OKO_OK) {
        *ret_n = n;
    }
    return status;
}

typedef struct copying {
    const oko_cycle *c;
    const taken *there;
    int n;
    oko_error *err;
} copying;

static oko_status copy_one(void *ctx, const oko_entry *e)
{
    copying *k = ctx;
    const char *code = json_string_value(json_object_get(e->body, "code"));
    if (code == NULL || has(k->there, code)) {
        return OKO_OK;
    }
    OKO_CLEANUP(oko_json_freep) json_t *body = body_of(e->body);
    if (body == NULL) {
        return no_memory(k->err);
    }
    return add(k->c, k->there->year, e->head.title, body, &k->n, k->err);
}

oko_status oko_indicators_copy(const oko_cycle *c, int from, int to, int *ret_n, oko_error *err)
{
    OKO_CLEANUP(oko_freep) taken *t = malloc(sizeof *t);
    oko_cycle inside;
    if (t == NULL) {
        return no_memory(err);
    }
    oko_status status = oko_cycle_begin(c, &inside, err);
    if (status != OKO_OK) {
        return status;
    }
    copying k = { .c = &inside, .there = t, .err = err };
    const oko_record_query query = {
        .kind = "indicator", .year = from, .states = "active", .limit = OKO_INDICATORS_MAX
    };
    status = keys_of(&inside, to, t, err);
    status = status == OKO_OK ? oko_cycle_list(&inside, &query, copy_one, &k, NULL, err) : status;
    status = oko_cycle_end(c, status, err);
    if (status == OKO_OK) {
        *ret_n = k.n;
    }
    return status;
}

/* ---- one action on all ---- */

typedef struct acting {
    int n;
    struct {
        int64_t id, version;
    } at[OKO_INDICATORS_MAX];
    const oko_flow_action *action;
} acting;

static oko_status choose(void *ctx, const oko_entry *e)
{
    acting *a = ctx;
    a->action = oko_flow_action_find(e->flow, a->action != NULL ? a->action->name : "");
    const int state = oko_flow_state(e->flow, e->head.state);
    if (a->action != NULL && state >= 0 && (a->action->from & (1u << state)) != 0 && a->n < OKO_INDICATORS_MAX) {
        a->at[a->n].id = e->head.id;
        a->at[a->n++].version = e->head.version;
    }
    return OKO_OK;
}

oko_status oko_indicators_act(const oko_cycle *c, int year, const char *action, json_t *input, int *ret_n,
                              oko_error *err)
{
    const oko_flow *flow = oko_flow_find(c->flows, "indicator");
    OKO_CLEANUP(oko_freep) acting *a = calloc(1, sizeof *a);
    oko_cycle inside;
    if (a == NULL) {
        return no_memory(err);
    }
    a->action = oko_flow_action_find(flow, action);
    if (a->action == NULL) {
        return oko_error_set(err, OKO_E_NOT_FOUND, "cycle.action", action);
    }
    const oko_record_query query = { .kind = "indicator", .year = year, .limit = OKO_INDICATORS_MAX };
    oko_status status = oko_cycle_begin(c, &inside, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_cycle_list(&inside, &query, choose, a, NULL, err);
    for (int i = 0; status == OKO_OK && i < a->n; i++) {
        status = oko_cycle_act(&inside, "indicator", a->at[i].id, a->at[i].version, action, input, NULL, err);
    }
    status = oko_cycle_end(c, status, err);
    if (status == OKO_OK) {
        *ret_n = a->n;
    }
    return status;
}
