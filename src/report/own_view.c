#include "report/own_view_inside.h"

#include "analysis/runs.h"
#include "base/memory.h"
#include "reference/json.h"
#include "report/labels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

oko_status oko_own_no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

json_t *oko_own_number(double x)
{
    return isfinite(x) ? json_real(x) : json_null();
}

/* ---- what it is read from ---- */

static oko_status take_procedure(void *ctx, const oko_procedure *p)
{
    oko_own *o = ctx;
    oko_status status =
        oko_grow(&o->procedures, &o->cap_procedures, o->n_procedures + 1, sizeof *o->procedures, 100000);
    if (status != OKO_OK) {
        return status;
    }
    oko_own_procedure *at = &o->procedures[o->n_procedures++];
    *at = (oko_own_procedure){ .id = p->id, .year = p->year, .title = oko_label_procedure(o->text, o->arena, p) };
    memcpy(at->code, p->code, sizeof at->code);
    return at->title != NULL ? OKO_OK : OKO_E_MEMORY;
}

const oko_own_procedure *oko_own_procedure_find(const oko_own *o, const char *code)
{
    for (size_t lo = 0, hi = o->n_procedures; lo < hi;) {
        const size_t mid = lo + (hi - lo) / 2;
        const int order = strcmp(code, o->procedures[mid].code);
        if (order == 0) {
            return &o->procedures[mid];
        }
        lo = order > 0 ? mid + 1 : lo;
        hi = order > 0 ? hi : mid;
    }
    return NULL;
}

static oko_status take_school(void *ctx, const oko_unit *u)
{
    oko_own *o = ctx;
    oko_status status = oko_grow(&o->schools, &o->cap_schools, o->n_schools + 1, sizeof *o->schools, 4000000);
    if (status == OKO_OK) {
        oko_own_school *s = &o->schools[o->n_schools++];
        *s = (oko_own_school){ .id = u->id };
        memcpy(s->type, u->type, sizeof s->type);
        memcpy(s->place, u->place, sizeof s->place);
        memcpy(s->cluster, u->cluster, sizeof s->cluster);
    }
    return status;
}

static int by_id(const void *a, const void *b)
{
    const oko_own_school *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

/* The run *ret_id, or with 0 the newest of the method; it stays 0 when there is none. */
static oko_status find_run(oko_own *o, const char *method, int64_t *ret_id, int64_t *ret_revision)
{
    oko_run run = { 0 };
    oko_status status = oko_run_find(o->store, *ret_id, method, &run, o->err);
    if (status == OKO_E_NOT_FOUND && *ret_id == 0) {
        oko_error_clear(o->err);
        return OKO_OK;
    }
    if (status == OKO_OK) {
        *ret_id = run.id;
        *ret_revision = run.revision;
    }
    oko_run_clear(&run);
    return status;
}

static oko_status read_all(oko_own *o)
{
    int64_t revision = 0;
    oko_status status = oko_register_load(o->store, 0, &o->reg, o->err);
    status = status == OKO_OK ? find_run(o, OKO_METHODS_MAIN, &o->run, &revision) : status;
    status = status == OKO_OK ? find_run(o, OKO_METHODS_EVIDENCE, &o->evidence, &o->evidence_revision) : status;
    status = status == OKO_OK ? oko_store_procedure_walk(o->store, 0, take_procedure, o, o->err) : status;
    status = status == OKO_OK ? oko_store_unit_walk(o->store, 0, OKO_LEVEL_SCHOOL, take_school, o, o->err) : status;
    if (status == OKO_OK && o->n_schools > 0) {
        qsort(o->schools, o->n_schools, sizeof *o->schools, by_id);
    }
    if (status != OKO_OK || o->evidence == 0 || o->peers != NULL) {
        return status;
    }
    o->peers = &o->read_peers;
    return oko_peers_load(o->store, o->evidence, &o->read_peers, o->err);
}

/* ---- years ---- */

static json_t *year_at(oko_own *o, int year)
{
    char key[16];
    (void)snprintf(key, sizeof key, "%d", year);
    json_t *y = json_object_get(o->years, key);
    if (y == NULL) {
        y = json_pack("{s:i, s:i, s:I, s:f, s:I, s:i, s:{}}", "year", year, "procedures", 0, "works", (json_int_t)0,
                      "sum", 0., "weight", (json_int_t)0, "signs", 0, "evidence");
        if (y == NULL || json_object_set_new(o->years, key, y) != 0) {
            return NULL;
        }
    }
    return y;
}

static void add_int(json_t *o, const char *name, int64_t n)
{
    (void)json_object_set_new(o, name, json_integer(json_integer_value(json_object_get(o, name)) + n));
}

oko_status oko_own_year(oko_own *o, int year, int64_t works, double percent)
{
    json_t *y = year_at(o, year);
    if (y == NULL) {
        return oko_own_no_memory(o->err);
    }
    add_int(y, "procedures", 1);
    add_int(y, "works", works);
    if (isfinite(percent)) {
        const double sum = json_real_value(json_object_get(y, "sum")) + percent * (double)works;
        add_int(y, "weight", works);
        (void)json_object_set_new(y, "sum", json_real(sum));
    }
    return OKO_OK;
}

oko_status oko_own_year_evidence(oko_own *o, int year, const char *level, int64_t n)
{
    json_t *y = year_at(o, year);
    if (y == NULL) {
        return oko_own_no_memory(o->err);
    }
    add_int(json_object_get(y, "evidence"), level, n);
    return OKO_OK;
}

/* By year; sums become the mean share of the maximum. */
static json_t *years_list(const oko_own *o)
{
    json_t *list = json_array();
    for (int year = 1990; list != NULL && year <= 2100; year++) {
        char key[16];
        (void)snprintf(key, sizeof key, "%d", year);
        json_t *y = json_object_get(o->years, key);
        if (y == NULL) {
            continue;
        }
        const double weight = (double)json_integer_value(json_object_get(y, "weight"));
        const double sum = json_real_value(json_object_get(y, "sum"));
        (void)json_object_set_new(y, "percent", oko_own_number(weight > 0 ? sum / weight : NAN));
        (void)json_object_del(y, "sum");
        (void)json_object_del(y, "weight");
        (void)json_array_append(list, y);
    }
    return list;
}

/* ---- signs of the main run ---- */

typedef struct signs {
    oko_own *o;
    json_t *list;
} signs;

static oko_status take_sign(void *ctx, const oko_result *r)
{
    signs *s = ctx;
    oko_own *o = s->o;
    const oko_own_procedure *p = oko_own_procedure_find(o, r->procedure);
    const bool hidden = o->published && o->unit.level == OKO_LEVEL_SCHOOL && r->n < OKO_OWN_VIEW_MIN;
    if (p == NULL || (r->state != OKO_RESULT_OK && !r->marked)) {
        return OKO_OK;
    }
    if (r->marked) {
        json_t *y = year_at(o, p->year);
        if (y == NULL) {
            return oko_own_no_memory(o->err);
        }
        add_int(y, "signs", 1);
    }
    const char *title = oko_label_rule_of(o->text, o->arena, r->rule, o->unit.level);
    json_t *out = json_pack("{s:s, s:s, s:s, s:s, s:i, s:b, s:b, s:b}", "procedure", r->procedure, "title", p->title,
                            "rule", r->rule, "name", title != NULL ? title : r->rule, "year", p->year, "marked",
                            (int)r->marked, "official", (int)r->official, "hidden", (int)hidden);
    if (!hidden) {
        (void)json_object_set_new(out, "n", json_integer(r->n));
        (void)json_object_set_new(out, "observed", oko_own_number(r->observed));
        (void)json_object_set_new(out, "expected", oko_own_number(r->expected));
        (void)json_object_set_new(out, "effect", oko_own_number(r->effect));
        (void)json_object_set_new(out, "q", oko_own_number(r->q));
    }
    return json_array_append_new(s->list, out) == 0 ? OKO_OK : oko_own_no_memory(o->err);
}

static oko_status add_signs(oko_own *o, json_t *list)
{
    signs s = { .o = o, .list = list };
    const oko_result_query q = { .run = o->run, .unit = o->unit.id, .level = OKO_LEVEL_COUNT, .with_merged = true };
    return o->run != 0 ? oko_store_result_walk(o->store, &q, take_sign, &s, o->err) : OKO_OK;
}

/* ---- all of it ---- */

static oko_status make(oko_own *o, json_t **ret_json)
{
    OKO_CLEANUP(oko_json_freep) json_t *procedures = json_array();
    OKO_CLEANUP(oko_json_freep) json_t *own_signs = json_array();
    oko_status status = procedures != NULL && own_signs != NULL ? OKO_OK : oko_own_no_memory(o->err);
    status = status == OKO_OK ? read_all(o) : status;
    if (status == OKO_OK && o->evidence != 0) {
        status =
            o->unit.level == OKO_LEVEL_SCHOOL ? oko_own_school_list(o, procedures) : oko_own_large_list(o, procedures);
    }
    status = status == OKO_OK ? add_signs(o, own_signs) : status;
    json_t *years = status == OKO_OK ? years_list(o) : NULL;
    if (status != OKO_OK || years == NULL) {
        return status != OKO_OK ? status : oko_own_no_memory(o->err);
    }
    json_t *unit = json_pack("{s:I, s:s, s:s, s:s}", "id", (json_int_t)o->unit.id, "code", o->unit.code, "name",
                             o->unit.name, "level", oko_level_name(o->unit.level));
    *ret_json = json_pack("{s:o, s:b, s:I, s:I, s:o, s:O, s:O}", "unit", unit, "published", (int)o->published, "run",
                          (json_int_t)o->run, "evidence_run", (json_int_t)o->evidence, "years", years, "signs",
                          own_signs, "procedures", procedures);
    return *ret_json != NULL ? OKO_OK : oko_own_no_memory(o->err);
}

oko_status oko_own_view(oko_store *store, const oko_text *text, const oko_own_view_options *options, json_t **ret_json,
                        oko_error *err)
{
    oko_own o = { .store = store,
                  .text = text,
                  .published = options->published,
                  .run = options->run,
                  .evidence = options->evidence,
                  .peers = options->peers,
                  .err = err };
    oko_status status = oko_store_unit_get(store, options->unit, &o.unit, err);
    if (status == OKO_OK && o.unit.level == OKO_LEVEL_CLASS) {
        return oko_error_set(err, OKO_E_ARGUMENT, "view.level", "unit");
    }
    if (status != OKO_OK) {
        return status;
    }
    o.years = json_object();
    status = o.years != NULL ? oko_arena_new(0, &o.arena) : OKO_E_MEMORY;
    status = status == OKO_OK ? make(&o, ret_json) : oko_error_set(err, status, "", "");
    if (status == OKO_E_MEMORY) {
        (void)oko_own_no_memory(err);
    }
    json_decref(o.years);
    free(o.procedures);
    free(o.schools);
    oko_peers_clear(&o.read_peers);
    oko_register_clear(&o.reg);
    oko_arena_free(o.arena);
    return status;
}
