/* How a procedure went in one unit: scores, marks, items; works at the cut-offs against a smooth distribution; a region
 * against its reference stratum. */
#include "http/routes/routes.h"

#include "analysis/analysis.h"
#include "analysis/runs.h"
#include "explain/inflation.h"
#include "http/service.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void set_number(json_t *o, const char *key, double value)
{
    (void)json_object_set_new(o, key, isfinite(value) ? json_real(value) : json_null());
}

/* ---- distribution of scores ---- */
typedef struct counting {
    const oko_procedure *p;
    int64_t revision; /* 0: now */
    const char *label;
    oko_state *state;
    oko_counts counts;
} counting;

static oko_status add_sheet(void *ctx, const oko_sheet *sheet, const oko_counts *counts)
{
    counting *c = ctx;
    if (c->label != NULL && strcmp(sheet->class_label, c->label) != 0)
        return OKO_OK;
    OKO_CLEANUP(oko_freep) uint8_t *include = oko_calloc_array(sheet->n + 1, 1);
    if (include == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < sheet->n; i++)
        include[i] = (uint8_t)oko_work_takes_part(sheet->flags[i]);
    oko_counts_add(&c->counts, counts);
    bool items = sheet->n_items == c->p->n_items && sheet->n_items > 0;
    return oko_state_add_many(c->state, sheet->n, sheet->total, sheet->journal, items ? sheet->items : NULL, include);
}

static oko_status of_school(oko_request *rq, const oko_procedure *p, counting *c, oko_error *err)
{
    int16_t room[OKO_MAX_ITEMS];
    const oko_shape shape = oko_procedure_shape(p, room);
    const oko_sheet_query query = {
        .procedure = p->id, .school = oko_request_int(rq, "id", 0), .revision = c->revision, .n_shards = 1
    };
    oko_status status = oko_state_new(&shape, &c->state);
    return status == OKO_OK ? oko_store_sheet_walk(rq->store, &query, add_sheet, c, err)
                            : oko_error_set(err, status, "", "");
}

static oko_status of_larger(oko_request *rq, const oko_procedure *p, const oko_unit *u, counting *c, oko_error *err)
{
    oko_states states = { .n = 0 };
    int64_t schools = 0;
    oko_status status = oko_states_load(rq->store, p->code, c->revision, 1, &states, err);
    if (status != OKO_OK)
        return status;
    status = oko_states_below(&states, u->level, u->id, &c->state, &c->counts, &schools);
    oko_states_clear(&states);
    return status == OKO_OK ? status : oko_error_set(err, status, "http.no_works", "");
}

static json_t *numbers(const int64_t *values, int n)
{
    json_t *list = json_array();
    for (int i = 0; i < n; i++)
        (void)json_array_append_new(list, json_integer(values[i]));
    return list;
}

static json_t *marks_json(const oko_procedure *p, const oko_state *s)
{
    int64_t marks[OKO_MAX_CUTOFFS + 1] = { 0 };
    const int64_t *histogram = oko_state_histogram(s);
    json_t *list = json_array();
    for (int t = 0; t <= p->max_total && p->n_cutoffs > 0; t++)
        marks[oko_procedure_mark(p, t) - p->first_mark] += histogram[t];
    for (int m = 0; m <= p->n_cutoffs && p->n_cutoffs > 0; m++)
        (void)json_array_append_new(list, json_pack("{s:i,s:I}", "mark", p->first_mark + m, "n", (json_int_t)marks[m]));
    return list;
}

static json_t *items_json(const oko_procedure *p, const oko_state *s)
{
    json_t *list = json_array();
    for (int i = 0; i < p->n_items; i++) {
        double mean = NAN;
        int64_t n = 0;
        json_t *o = json_object();
        (void)!oko_state_item_mean(s, i, &mean, &n);
        oko_json_set_str(o, "label", p->items[i].label);
        oko_json_set_int(o, "max", p->items[i].max);
        set_number(o, "mean", mean);
        oko_json_set_int(o, "n", n);
        (void)json_array_append_new(list, o);
    }
    return list;
}

static json_t *state_json(const oko_procedure *p, const counting *c)
{
    double mean = NAN, sd = NAN;
    json_t *o = json_object();
    (void)!oko_state_mean(c->state, &mean);
    (void)!oko_state_sd(c->state, &sd);
    oko_json_set_str(o, "procedure", p->code);
    oko_json_set_int(o, "n", oko_state_n(c->state));
    oko_json_set_int(o, "rows", c->counts.rows);
    oko_json_set_int(o, "absent", c->counts.absent);
    oko_json_set_int(o, "max", p->max_total);
    set_number(o, "mean", mean);
    set_number(o, "sd", sd);
    (void)json_object_set_new(o, "histogram", numbers(oko_state_histogram(c->state), p->max_total + 1));
    (void)json_object_set_new(o, "marks", marks_json(p, c->state));
    (void)json_object_set_new(o, "items", items_json(p, c->state));
    return o;
}

/* Works of the unit, from its sheets or from what lies below it. */
static oko_status count_works(oko_request *rq, const oko_procedure *p, const oko_unit *u, counting *c, oko_error *err)
{
    if (u->level == OKO_LEVEL_CLASS)
        return oko_error_set(err, OKO_E_ARGUMENT, "http.no_works", "");
    return u->level == OKO_LEVEL_SCHOOL ? of_school(rq, p, c, err) : of_larger(rq, p, u, c, err);
}

static oko_status units_distribution(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_procedure p;
    oko_unit u;
    counting c = { .p = &p, .label = oko_request_str(rq, "class") };
    oko_status status = oko_store_procedure_get(rq->store, oko_request_str(rq, "procedure"), 0, &p, err);
    if (status == OKO_OK)
        status = oko_store_unit_get(rq->store, oko_request_int(rq, "id", 0), &u, err);
    if (status == OKO_OK)
        status = count_works(rq, &p, &u, &c, err);
    if (status == OKO_OK && oko_state_n(c.state) == 0)
        status = oko_error_set(err, OKO_E_NO_DATA, "http.no_works", "");
    if (status == OKO_OK)
        status = oko_reply_json(reply, 200, state_json(&p, &c), err);
    oko_state_free(c.state);
    return status;
}

/* ---- works at the cut-offs ---- */
typedef struct found {
    bool any;
    oko_result result; /* without details */
    json_t *details;
} found;

static oko_status keep_result(void *ctx, const oko_result *r)
{
    found *f = ctx;
    if (f->any)
        return OKO_OK;
    f->any = true;
    f->result = *r;
    f->result.details = NULL;
    f->details = r->details != NULL ? json_loads(r->details, 0, NULL) : json_object();
    return f->details != NULL ? OKO_OK : OKO_E_MEMORY;
}

static json_t *member(const json_t *o, const char *key)
{
    json_t *value = json_object_get(o, key);
    return value != NULL ? json_incref(value) : json_array();
}

static json_t *cutoffs_json(const oko_procedure *p, const oko_run *run, const oko_unit *u, const found *f,
                            const oko_state *state)
{
    static const char *const states[] = {
        [OKO_RESULT_OK] = "ok", [OKO_RESULT_NO_DATA] = "no_data", [OKO_RESULT_NOT_APPLICABLE] = "not_applicable"
    };
    const oko_result *r = &f->result;
    json_t *o = json_object();
    oko_json_set_int(o, "run", run->id);
    oko_json_set_int(o, "unit", u->id);
    oko_json_set_str(o, "procedure", p->code);
    oko_json_set_str(o, "state", states[r->state]);
    oko_json_set_str_or_null(o, "why", r->why);
    oko_json_set_int(o, "n", r->n);
    oko_json_set_int(o, "max", p->max_total);
    oko_json_set_int(o, "first_mark", p->first_mark);
    set_number(o, "lifted", r->effect);
    set_number(o, "lifted_lo", r->effect_lo);
    set_number(o, "lifted_hi", r->effect_hi);
    set_number(o, "p", r->p);
    set_number(o, "q", r->q);
    oko_json_set_bool(o, "marked", r->marked);
    (void)json_object_set_new(o, "cutoffs", member(f->details, "cutoffs"));
    (void)json_object_set_new(o, "expected", member(f->details, "expected"));
    (void)json_object_set_new(o, "observed",
                              state != NULL ? numbers(oko_state_histogram(state), p->max_total + 1) : json_array());
    return o;
}

/* The run's result, and the works as the run saw them. */
static oko_status find_cutoffs(oko_request *rq, oko_run *run, oko_procedure *p, found *f, oko_error *err)
{
    const char *code = oko_request_str(rq, "procedure");
    const oko_result_query query = { .unit = oko_request_int(rq, "id", 0),
                                     .procedure = code,
                                     .rule = "oko/threshold",
                                     .level = OKO_LEVEL_COUNT,
                                     .with_merged = true };
    oko_result_query q = query;
    oko_status status = oko_run_find(rq->store, oko_request_int(rq, "run", 0), OKO_METHODS_MAIN, run, err);
    if (status == OKO_OK)
        status = oko_store_procedure_get(rq->store, code, run->revision, p, err);
    q.run = run->id;
    if (status == OKO_OK)
        status = oko_store_result_walk(rq->store, &q, keep_result, f, err);
    return status == OKO_OK && !f->any ? oko_error_set(err, OKO_E_NOT_FOUND, "http.no_result", "") : status;
}

static oko_status units_cutoffs(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_run run = { .id = 0 };
    oko_procedure p;
    oko_unit u;
    found f = { .any = false };
    counting c = { .p = &p };
    oko_error none = { .code = OKO_OK };
    oko_status status = oko_store_unit_get(rq->store, oko_request_int(rq, "id", 0), &u, err);
    if (status == OKO_OK)
        status = find_cutoffs(rq, &run, &p, &f, err);
    c.revision = run.revision;
    if (status == OKO_OK && count_works(rq, &p, &u, &c, &none) == OKO_E_MEMORY)
        status = oko_error_set(err, OKO_E_MEMORY, "", "");
    if (status == OKO_OK) {
        oko_reply_about(reply, "unit", u.id, u.id);
        status = oko_reply_json(reply, 200, cutoffs_json(&p, &run, &u, &f, c.state), err);
    }
    json_decref(f.details);
    oko_state_free(c.state);
    oko_run_clear(&run);
    return status;
}

/* ---- a region against its reference stratum ---- */
static json_t *lines_json(oko_request *rq, const json_t *details)
{
    oko_inflation_line lines[OKO_INFLATION_LINES];
    json_t *list = json_array();
    int n = oko_inflation_lines(rq->text, rq->arena, details, lines);
    for (int i = 0; i < n; i++)
        (void)json_array_append_new(list, json_pack("{s:s,s:b}", "text", lines[i].text != NULL ? lines[i].text : "",
                                                    "detail", (int)lines[i].detail));
    return list;
}

static oko_status inflation_items(oko_request *rq, int64_t run, json_t *items, oko_error *err)
{
    json_t *by_procedure = NULL, *details;
    const char *code;
    oko_status status = oko_inflation_load(rq->store, run, oko_request_int(rq, "id", 0), &by_procedure, err);
    if (status != OKO_OK)
        return status;
    json_object_foreach(by_procedure, code, details)
    {
        json_t *o = json_object();
        oko_json_set_str(o, "procedure", code);
        oko_json_set_bool(o, "computed", json_is_true(json_object_get(details, "computed")));
        (void)json_object_set_new(o, "lines", lines_json(rq, details));
        (void)json_object_set_new(o, "details", json_incref(details));
        (void)json_array_append_new(items, o);
    }
    json_decref(by_procedure);
    return OKO_OK;
}

static oko_status units_inflation(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_run run = { .id = 0 };
    json_t *items = json_array();
    oko_status status = oko_run_find(rq->store, oko_request_int(rq, "run", 0), OKO_METHODS_EVIDENCE, &run, err);
    if (status == OKO_OK)
        status = inflation_items(rq, run.id, items, err);
    int64_t id = run.id;
    oko_run_clear(&run);
    if (status != OKO_OK) {
        json_decref(items);
        return status;
    }
    oko_reply_about(reply, "unit", oko_request_int(rq, "id", 0), oko_request_int(rq, "id", 0));
    return oko_reply_json(reply, 200, json_pack("{s:I,s:o}", "run", (json_int_t)id, "items", items), err);
}

const oko_route oko_routes_distribution[] = {
    { "units.distribution", units_distribution },
    { "units.cutoffs", units_cutoffs },
    { "units.inflation", units_inflation },
    { NULL, NULL },
};
