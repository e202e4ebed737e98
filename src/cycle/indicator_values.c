/* Values of indicators: facts into formulas, for every unit of the indicator's levels. */
#include "cycle/indicators.h"

#include "analysis/register.h"
#include "base/memory.h"
#include "reference/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a formula for a unit ---- */

typedef struct looking {
    const oko_tally *facts;
    int64_t unit;
    double pupils; /* the largest count of pupils seen; −1: none */
} looking;

static oko_status look(void *ctx, const char *name, oko_value *ret_value)
{
    looking *l = ctx;
    oko_status status = oko_tally_value(l->facts, l->unit, name, ret_value);
    if (status == OKO_OK) {
        l->pupils = fmax(l->pupils, oko_tally_pupils(l->facts, l->unit, name));
    }
    return status;
}

oko_status oko_indicator_try(const oko_cycle *c, int year, int64_t unit, const char *formula, json_t **ret_json,
                             oko_error *err)
{
    OKO_CLEANUP(oko_tally_freep) oko_tally *facts = NULL;
    const oko_tally_query query = { .year = year };
    oko_status status = oko_access_unit(c->store, c->actor, unit, OKO_SCOPE_SUBTREE, err);
    status = status == OKO_OK ? oko_tally_load(c->store, &query, &facts, err) : status;
    status = status == OKO_OK ? oko_formula_check(formula, oko_variable_known, facts, NULL, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    looking l = { .facts = facts, .unit = unit, .pupils = -1 };
    oko_value v = { 0 };
    json_t *trace = NULL;
    status = oko_formula_compute(formula, look, &l, &v, &trace, err);
    if (status == OKO_OK) {
        *ret_json = json_pack("{s:o, s:s, s:o}", "value", v.missing ? json_null() : json_real(v.v), "why", v.why,
                              "trace", trace);
    }
    return status;
}

/* ---- all of a year ---- */

typedef struct definition {
    int64_t id, version;
    json_t *body; /* owned */
    unsigned levels;
} definition;

typedef struct computing {
    const oko_cycle *c;
    int year;
    int64_t campaign;
    const json_t *wanted; /* codes of the campaign's indicators; NULL or empty: all */
    const oko_tally *facts;
    int n;
    definition *at;
    size_t n_values, cap;
    oko_indicator_value *values; /* computed before the transaction: others may write meanwhile */
    oko_error *err;
} computing;

enum { MAX_VALUES = 4000000 };

static bool wanted(const computing *k, const char *code)
{
    size_t i;
    json_t *c;
    json_array_foreach((json_t *)(uintptr_t)k->wanted, i, c)
    {
        if (code != NULL && json_is_string(c) && strcmp(json_string_value(c), code) == 0) {
            return true;
        }
    }
    return json_array_size(k->wanted) == 0;
}

static oko_status take(void *ctx, const oko_entry *e)
{
    computing *k = ctx;
    if (!wanted(k, json_string_value(json_object_get(e->body, "code")))) {
        return OKO_OK;
    }
    if (k->n == OKO_INDICATORS_MAX) {
        return oko_error_set(k->err, OKO_E_LIMIT, "cycle.steps", "indicators");
    }
    definition *d = &k->at[k->n++];
    *d = (definition){ .id = e->head.id, .version = e->head.version, .body = json_incref(e->body) };
    size_t i;
    json_t *level;
    json_array_foreach(json_object_get(e->body, "levels"), i, level)
    {
        oko_level l;
        if (oko_level_parse(oko_str_of(json_string_value(level)), &l)) {
            d->levels |= 1u << l;
        }
    }
    return OKO_OK;
}

static oko_status compute_one(computing *k, const definition *d, int64_t unit)
{
    looking l = { .facts = k->facts, .unit = unit, .pupils = -1 };
    oko_value v = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *trace = NULL;
    const char *formula = json_string_value(json_object_get(d->body, "formula"));
    oko_status status = oko_grow(&k->values, &k->cap, k->n_values + 1, sizeof *k->values, MAX_VALUES);
    if (status != OKO_OK) {
        return oko_error_set(k->err, status, "", "");
    }
    status = oko_formula_compute(formula != NULL ? formula : "", look, &l, &v, &trace, k->err);
    char *text = status == OKO_OK ? json_dumps(trace, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    if (status != OKO_OK || text == NULL) {
        return status != OKO_OK ? status : oko_error_set(k->err, OKO_E_MEMORY, "", "");
    }
    oko_indicator_value *row = &k->values[k->n_values++];
    *row = (oko_indicator_value){ .indicator = d->id,
                                  .indicator_version = d->version,
                                  .year = k->year,
                                  .unit = unit,
                                  .campaign = k->campaign,
                                  .value = v.missing ? NAN : v.v,
                                  .n = (int64_t)l.pupils,
                                  .run = oko_tally_run(k->facts),
                                  .evidence = oko_tally_evidence(k->facts),
                                  .revision = oko_tally_revision(k->facts),
                                  .trace = text };
    (void)snprintf(row->code, sizeof row->code, "%s", json_string_value(json_object_get(d->body, "code")));
    (void)snprintf(row->why, sizeof row->why, "%s", v.why);
    return OKO_OK;
}

static oko_status compute_all(computing *k, const oko_register *reg, const oko_progress *progress)
{
    oko_status status = OKO_OK;
    for (size_t u = 0; u < reg->n && status == OKO_OK; u++) {
        if (u % 64 == 0 && !oko_progress_tell(progress, "indicator.computing", u, reg->n)) {
            return oko_error_set(k->err, OKO_E_CANCELLED, "", "");
        }
        for (int i = 0; i < k->n && status == OKO_OK; i++) {
            if ((k->at[i].levels & (1u << reg->places[u].level)) != 0) {
                status = compute_one(k, &k->at[i], reg->places[u].id);
            }
        }
    }
    return status;
}

/* Procedures of the campaign as the facts want them. */
static size_t procedures_of(const json_t *body, const char **codes, size_t cap)
{
    size_t n = 0, i;
    json_t *code;
    json_array_foreach(json_object_get(body, "procedures"), i, code)
    {
        if (n < cap && json_is_string(code)) {
            codes[n++] = json_string_value(code);
        }
    }
    return n;
}

/* What was published stays as it was. */
static oko_status load_campaign(const computing *k, oko_entry *ret_campaign)
{
    oko_status status = oko_cycle_get(k->c, "campaign", k->campaign, ret_campaign, k->err);
    if (status == OKO_OK && strcmp(ret_campaign->head.state, "published") == 0) {
        return oko_error_set(k->err, OKO_E_CONFLICT, "campaign.published", "campaign");
    }
    if (status == OKO_OK && ret_campaign->head.year != k->year) {
        return oko_error_set(k->err, OKO_E_ARGUMENT, "campaign.other_year", "year");
    }
    return status;
}

static oko_status load_facts(computing *k, const oko_entry *campaign, oko_tally **ret_facts)
{
    const char *codes[256];
    oko_tally_query query = { .year = k->year, .campaign = k->campaign };
    if (k->campaign != 0) {
        query.n_procedures = procedures_of(campaign->body, codes, 256);
        query.procedures = query.n_procedures > 0 ? codes : NULL;
    }
    return oko_tally_load(k->c->store, &query, ret_facts, k->err);
}

static oko_status store_all(const computing *k)
{
    oko_status status = OKO_OK;
    char detail[96];
    for (size_t i = 0; i < k->n_values && status == OKO_OK; i++) {
        status = oko_store_value_add(k->c->store, &k->values[i], k->err);
    }
    (void)snprintf(detail, sizeof detail, "{\"year\":%d,\"values\":%zu}", k->year, k->n_values);
    return status == OKO_OK
               ? oko_audit_note(k->c->store, k->c->actor, "indicators.compute", NULL, k->c->actor->unit, detail, k->err)
               : status;
}

static oko_status store_in_transaction(const computing *k)
{
    const oko_cycle *c = k->c;
    oko_cycle inside;
    oko_status status = oko_cycle_begin(c, &inside, k->err);
    if (status != OKO_OK) {
        return status;
    }
    if (!c->in_transaction && k->campaign != 0) { /* it may have been published meanwhile */
        OKO_CLEANUP(oko_entry_clear) oko_entry campaign = { 0 };
        status = load_campaign(k, &campaign);
    }
    return oko_cycle_end(c, status == OKO_OK ? store_all(k) : status, k->err);
}

static void clear(computing *k)
{
    for (int i = 0; i < k->n; i++) {
        json_decref(k->at[i].body);
    }
    for (size_t i = 0; i < k->n_values; i++) {
        free((char *)(uintptr_t)k->values[i].trace);
    }
    free(k->at);
    free(k->values);
}

static oko_status compute(computing *k, const oko_entry *campaign, const oko_progress *progress)
{
    OKO_CLEANUP(oko_tally_freep) oko_tally *facts = NULL;
    oko_register reg = { 0 };
    oko_status status = load_facts(k, campaign, &facts);
    k->facts = facts;
    status = status == OKO_OK ? oko_register_load(k->c->store, 0, &reg, k->err) : status;
    status = status == OKO_OK ? compute_all(k, &reg, progress) : status;
    oko_register_clear(&reg);
    return status == OKO_OK ? store_in_transaction(k) : status;
}

oko_status oko_indicators_compute(const oko_cycle *c, int year, int64_t campaign, const oko_progress *progress,
                                  int64_t *ret_n, oko_error *err)
{
    OKO_CLEANUP(clear) computing k = { .c = c, .year = year, .campaign = campaign, .err = err };
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    const oko_record_query query = {
        .kind = "indicator", .year = year, .states = "active", .limit = OKO_INDICATORS_MAX
    };
    oko_status status = oko_access_role(c->actor, OKO_ROLE_BIT(OKO_ROLE_OPERATOR), true, err);
    k.at = oko_calloc_array(OKO_INDICATORS_MAX, sizeof *k.at);
    if (status == OKO_OK && k.at == NULL) {
        status = oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    if (status == OKO_OK && campaign != 0) {
        status = load_campaign(&k, &e);
        k.wanted = json_object_get(e.body, "indicators");
    }
    status = status == OKO_OK ? oko_cycle_list(c, &query, take, &k, NULL, err) : status;
    if (status == OKO_OK && k.n == 0) {
        status = oko_error_set(err, OKO_E_NO_DATA, "indicator.none_active", "");
    }
    status = status == OKO_OK ? compute(&k, &e, progress) : status;
    if (status == OKO_OK) {
        *ret_n = (int64_t)k.n_values;
    }
    return status;
}

/* ---- as shown ---- */

const char *oko_value_standing(double value, const json_t *indicator_body)
{
    const json_t *target = json_object_get(indicator_body, "target");
    const json_t *attention = json_object_get(indicator_body, "attention");
    const char *direction = json_string_value(json_object_get(indicator_body, "direction"));
    if (isnan(value)) {
        return "no_data";
    }
    if (!json_is_number(target) || direction == NULL || strcmp(direction, "none") == 0) {
        return "no_target";
    }
    const double sign = strcmp(direction, "down") == 0 ? -1 : 1;
    if (sign * value >= sign * json_number_value(target)) {
        return "reached";
    }
    return json_is_number(attention) && sign * value >= sign * json_number_value(attention) ? "attention"
                                                                                            : "not_reached";
}

json_t *oko_value_json(const oko_indicator_value *v, const json_t *indicator_body, const char *hidden_why)
{
    const bool hidden = hidden_why != NULL;
    const double value = hidden ? NAN : v->value;
    return json_pack("{s:I, s:s, s:i, s:I, s:I, s:o, s:s, s:b, s:I, s:I, s:I, s:I, s:s, s:s}", "id", (json_int_t)v->id,
                     "code", v->code, "year", v->year, "unit", (json_int_t)v->unit, "campaign", (json_int_t)v->campaign,
                     "value", isnan(value) ? json_null() : json_real(value), "why", hidden ? hidden_why : v->why,
                     "suppressed", (int)hidden, "n", (json_int_t)(hidden ? -1 : v->n), "run", (json_int_t)v->run,
                     "evidence", (json_int_t)v->evidence, "revision", (json_int_t)v->revision, "computed", v->computed,
                     "standing", oko_value_standing(value, indicator_body));
}
