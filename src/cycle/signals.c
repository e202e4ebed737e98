/* From runs and lists to signals. */
#include "cycle/signals.h"

#include "analysis/runs.h"
#include "base/memory.h"
#include "cycle/body.h"
#include "reference/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct gathering {
    const oko_cycle *c;
    const oko_signal_options *o;
    oko_signals *s;
    oko_run run;
    oko_evidence threshold;
    oko_error *err;
} gathering;

void oko_signals_clear(oko_signals *signals)
{
    for (size_t i = 0; i < signals->n; i++) {
        json_decref(signals->at[i].origin);
    }
    free(signals->at);
    *signals = (oko_signals){ 0 };
}

/* ---- one signal ---- */

/* The school as it stands today, when it is one and the actor reaches it. */
static oko_status school_of(const gathering *g, int64_t unit, oko_unit *ret_unit, bool *ret_wanted)
{
    oko_status status = oko_store_unit_get(g->c->store, unit, ret_unit, g->err);
    if (status == OKO_OK && ret_unit->merged_into != 0) {
        status = oko_store_unit_get(g->c->store, ret_unit->merged_into, ret_unit, g->err);
    }
    *ret_wanted = status == OKO_OK && ret_unit->level == OKO_LEVEL_SCHOOL;
    if (!*ret_wanted) {
        return status;
    }
    const oko_actor *a = g->c->actor;
    status = oko_unit_within(g->c->store, ret_unit->id, a->owner ? 0 : a->unit, ret_wanted, g->err);
    if (status == OKO_OK && *ret_wanted && g->o->unit != 0) {
        status = oko_unit_within(g->c->store, ret_unit->id, g->o->unit, ret_wanted, g->err);
    }
    return status;
}

static oko_signal *find(const oko_signals *s, const char *key)
{
    for (size_t i = s->n; i > 0; i--) {
        if (strcmp(s->at[i - 1].key, key) == 0) {
            return &s->at[i - 1];
        }
    }
    return NULL;
}

/* Adds to the list of procedures of an origin. */
static oko_status add_procedure(json_t *origin, const char *procedure, oko_error *err)
{
    json_t *list = json_object_get(origin, "procedures");
    if (list == NULL) {
        list = json_array();
        oko_status status = oko_body_set(origin, "procedures", list, err);
        if (status != OKO_OK) {
            return status;
        }
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (strcmp(json_string_value(json_array_get(list, i)), procedure) == 0) {
            return OKO_OK;
        }
    }
    return *procedure != '\0' ? oko_body_append(list, json_string(procedure), err) : OKO_OK;
}

/* Two rows of one key: the origin of the stronger one stays, with the procedures of both. */
static oko_status join(oko_signal *there, oko_signal *more, oko_error *err)
{
    const bool stronger = more->log_p < there->log_p;
    json_t *from = stronger ? there->origin : more->origin, *into = stronger ? more->origin : there->origin;
    const json_t *list = json_object_get(from, "procedures");
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < json_array_size(list); i++) {
        status = add_procedure(into, json_string_value(json_array_get(list, i)), err);
    }
    if (stronger) {
        const oko_signal weaker = *there;
        *there = *more;
        more->origin = weaker.origin;
    }
    json_decref(more->origin);
    more->origin = NULL;
    return status;
}

/* Was this one asked for? */
static bool asked(const gathering *g, const char *key)
{
    bool found = g->o->keys == NULL;
    for (size_t i = 0; !found && i < json_array_size(g->o->keys); i++) {
        const char *one = json_string_value(json_array_get(g->o->keys, i));
        found = one != NULL && strcmp(one, key) == 0;
    }
    return found;
}

/* Takes over signal->origin. */
static oko_status add(gathering *g, oko_signal *signal)
{
    if (!asked(g, signal->key)) {
        json_decref(signal->origin);
        return OKO_OK;
    }
    oko_status status = add_procedure(signal->origin, signal->procedure, g->err);
    oko_signal *there = status == OKO_OK ? find(g->s, signal->key) : NULL;
    if (there != NULL) {
        return join(there, signal, g->err);
    }
    if (status == OKO_OK) {
        status = oko_grow(&g->s->at, &g->s->cap, g->s->n + 1, sizeof *g->s->at, OKO_CASES_MAX);
    }
    if (status != OKO_OK) {
        json_decref(signal->origin);
        return oko_error_set(g->err, status, "", "");
    }
    g->s->at[g->s->n++] = *signal;
    return OKO_OK;
}

static void name_school(oko_signal *signal, const oko_unit *u)
{
    signal->unit = u->id;
    oko_str_copy(signal->code, sizeof signal->code, oko_str_of(u->code));
    oko_str_copy(signal->name, sizeof signal->name, oko_str_of(u->name));
}

/* ---- runs ---- */

/* Numbers of a result and where they come from. NULL when memory is out. */
static json_t *origin_of(const gathering *g, const oko_result *r)
{
    return json_pack("{s:s, s:I, s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "kind",
                     "sign", "run", (json_int_t)g->run.id, "rule", r->rule, "procedure", r->procedure, "method",
                     g->run.method, "snapshot", g->run.snapshot, "seed", (json_int_t)g->run.seed, "revision",
                     (json_int_t)g->run.revision, "n", (json_int_t)r->n, "observed", oko_body_number(r->observed),
                     "expected", oko_body_number(r->expected), "effect", oko_body_number(r->effect), "effect_lo",
                     oko_body_number(r->effect_lo), "effect_hi", oko_body_number(r->effect_hi), "p",
                     oko_body_number(r->p), "log_p", oko_body_number(r->log_p), "q", oko_body_number(r->q));
}

/* Fills the common parts of a signal from a result; *ret_wanted false: not one of ours. */
static oko_status begin_signal(gathering *g, const oko_result *r, oko_signal *ret, bool *ret_wanted)
{
    oko_unit u;
    *ret = (oko_signal){ .year = oko_procedure_code_year(r->procedure), .log_p = r->log_p };
    *ret_wanted = ret->year != 0 && (g->o->year == 0 || g->o->year == ret->year);
    if (!*ret_wanted) {
        return OKO_OK;
    }
    oko_status status = school_of(g, r->unit, &u, ret_wanted);
    if (status == OKO_OK && *ret_wanted) {
        name_school(ret, &u);
        oko_str_copy(ret->procedure, sizeof ret->procedure, oko_str_of(r->procedure));
        ret->origin = origin_of(g, r);
        status = ret->origin != NULL ? OKO_OK : oko_error_set(g->err, OKO_E_MEMORY, "", "");
    }
    return status;
}

/* Level, family and reliability of an evidence row; *ret_family "" when it is below the threshold. */
static oko_status read_details(gathering *g, const oko_result *r, json_t **ret_details, const char **ret_family)
{
    oko_evidence level = OKO_EVIDENCE_NO_DATA;
    *ret_family = "";
    if (r->details == NULL) {
        return OKO_OK;
    }
    oko_status status = oko_json_parse(oko_str_of(r->details), "details", ret_details, g->err);
    if (status == OKO_OK && oko_evidence_parse(oko_body_str(*ret_details, "evidence"), &level) &&
        level >= g->threshold) {
        *ret_family = oko_body_str(*ret_details, "family");
    }
    return status;
}

static oko_status add_evidence(oko_signal *s, const json_t *details, const char *family, oko_error *err)
{
    const json_t *f = json_object_get(json_object_get(details, "families"), family);
    oko_status status = oko_body_set(s->origin, "family", json_string(family), err);
    status = status == OKO_OK ? oko_body_set(s->origin, "statistic", json_string(oko_body_str(f, "top")), err) : status;
    if (status == OKO_OK) {
        status = oko_body_set(s->origin, "evidence", json_string(oko_body_str(details, "evidence")), err);
    }
    return status == OKO_OK
               ? oko_body_set(s->origin, "reliability", json_string(oko_body_str(details, "reliability")), err)
               : status;
}

static oko_status take_evidence(void *ctx, const oko_result *r)
{
    gathering *g = ctx;
    OKO_CLEANUP(oko_json_freep) json_t *details = NULL;
    const char *family;
    bool wanted;
    oko_signal s;
    if (strcmp(r->rule, OKO_RULE_EVIDENCE) != 0 || r->state != OKO_RESULT_OK) {
        return OKO_OK;
    }
    oko_status status = read_details(g, r, &details, &family);
    if (status != OKO_OK || *family == '\0') {
        return status;
    }
    status = begin_signal(g, r, &s, &wanted);
    if (status != OKO_OK || !wanted) {
        return status;
    }
    oko_str_copy(s.source, sizeof s.source, oko_str_of("sign"));
    oko_str_copy(s.sign, sizeof s.sign, oko_str_of(family));
    oko_case_key(s.key, "sign", family, s.unit, s.year);
    status = add_evidence(&s, details, family, g->err);
    if (status != OKO_OK) {
        json_decref(s.origin);
        return status;
    }
    return add(g, &s);
}

static oko_status take_rule(void *ctx, const oko_result *r)
{
    gathering *g = ctx;
    bool wanted;
    oko_signal s;
    const size_t len = strlen(g->o->pack);
    if (!r->marked || r->state != OKO_RESULT_OK || strncmp(r->rule, g->o->pack, len) != 0 || r->rule[len] != '/') {
        return OKO_OK;
    }
    oko_status status = begin_signal(g, r, &s, &wanted);
    if (status != OKO_OK || !wanted) {
        return status;
    }
    oko_str_copy(s.source, sizeof s.source, oko_str_of("rule"));
    oko_str_copy(s.sign, sizeof s.sign, oko_str_of(r->rule));
    oko_case_key(s.key, "rule", r->rule, s.unit, s.year);
    return add(g, &s);
}

/* Walks a run of the method; *ret_id stays 0 when there is none and none was named. */
static oko_status walk_run(gathering *g, int64_t id, const char *method, oko_result_fn fn, int64_t *ret_id)
{
    oko_status status = oko_run_find(g->c->store, id, method, &g->run, g->err);
    if (status == OKO_E_NOT_FOUND && id == 0) {
        oko_error_clear(g->err);
        return OKO_OK;
    }
    if (status == OKO_OK) {
        *ret_id = g->run.id;
        const oko_result_query q = { .run = g->run.id, .level = OKO_LEVEL_SCHOOL };
        status = oko_store_result_walk(g->c->store, &q, fn, g, g->err);
    }
    oko_run_clear(&g->run);
    return status;
}

/* ---- lists ---- */

static json_t *origin_of_entry(const oko_external *e)
{
    return json_pack("{s:s, s:s, s:i, s:s, s:s, s:s}", "kind", "external", "list", e->list, "list_year", e->year,
                     "source", e->source, "procedure", e->procedure, "reason", e->reason);
}

static oko_status take_entry(void *ctx, const oko_external *e)
{
    gathering *g = ctx;
    oko_unit u;
    bool wanted;
    char hash[OKO_HASH_HEX], list[24];
    g->s->lists = true;
    if (g->o->year != 0 && g->o->year != e->year) {
        return OKO_OK;
    }
    oko_status status = school_of(g, e->unit, &u, &wanted);
    if (status != OKO_OK || !wanted) {
        return status;
    }
    oko_signal s = { .source = "list", .sign = "external", .year = e->year, .log_p = NAN };
    name_school(&s, &u);
    oko_hash_bytes(e->list, strlen(e->list), hash);
    (void)snprintf(list, sizeof list, "%.16s", hash);
    oko_case_key(s.key, "list", list, s.unit, s.year);
    oko_str_copy(s.procedure, sizeof s.procedure, oko_str_of(e->procedure));
    oko_str_copy(s.about, sizeof s.about, oko_str_of(e->list));
    s.origin = origin_of_entry(e);
    return s.origin != NULL ? add(g, &s) : oko_error_set(g->err, OKO_E_MEMORY, "", "");
}

/* ---- all ---- */

static int by_key(const void *x, const void *y)
{
    const oko_signal *a = x, *b = y;
    const int code = strcmp(a->code, b->code);
    return code != 0 ? code : strcmp(a->key, b->key);
}

oko_status oko_signals_gather(const oko_cycle *c, const oko_signal_options *o, oko_signals *ret_signals, oko_error *err)
{
    oko_signals s = { 0 };
    gathering g = { .c = c, .o = o, .s = &s, .threshold = o->threshold, .err = err };
    if (g.threshold == OKO_EVIDENCE_NO_DATA) {
        g.threshold = OKO_EVIDENCE_SIGNS;
    }
    oko_status status = OKO_OK;
    if (!o->no_evidence) {
        status = walk_run(&g, o->evidence, OKO_METHODS_EVIDENCE, take_evidence, &s.evidence);
    }
    if (status == OKO_OK && o->pack != NULL) {
        status = walk_run(&g, 0, OKO_METHODS_MAIN, take_rule, &s.run);
    }
    if (status == OKO_OK && !o->no_lists) {
        status = oko_store_external_walk(c->store, 0, 0, take_entry, &g, err);
    }
    if (status != OKO_OK) {
        oko_signals_clear(&s);
        return status;
    }
    if (s.n > 1) {
        qsort(s.at, s.n, sizeof *s.at, by_key);
    }
    *ret_signals = s;
    return OKO_OK;
}
