/* Units that imports made: which unit of the register each may be, and a person's word that it is one. */
#include "http/routes/routes.h"

#include "cycle/matching.h"
#include "http/routes/imports.h"
#include "http/service.h"

#include <stdlib.h>
#include <string.h>

/* ---- how many works a school has ---- */

typedef struct works {
    struct {
        int64_t school, n;
    } * at;
    size_t n, cap;
    oko_store *store;
    oko_error *err;
} works;

static oko_status add_school(void *ctx, int64_t school, const oko_counts *counts)
{
    works *w = ctx;
    for (size_t i = 0; i < w->n; i++) { /* only the schools of the page are asked for */
        if (w->at[i].school == school)
            w->at[i].n += counts->participants;
    }
    return OKO_OK;
}

static oko_status add_procedure(void *ctx, const oko_procedure *p)
{
    works *w = ctx;
    return oko_store_counts_walk(w->store, p->id, 0, add_school, w, w->err);
}

static oko_status want(works *w, int64_t school)
{
    for (size_t i = 0; i < w->n; i++) {
        if (w->at[i].school == school)
            return OKO_OK;
    }
    oko_status status = oko_grow(&w->at, &w->cap, w->n + 1, sizeof *w->at, OKO_MATCH_MAX_UNITS);
    if (status == OKO_OK) {
        w->at[w->n].school = school;
        w->at[w->n++].n = 0;
    }
    return status;
}

static int64_t works_of(const works *w, int64_t school)
{
    for (size_t i = 0; i < w->n; i++) {
        if (w->at[i].school == school)
            return w->at[i].n;
    }
    return 0;
}

/* ---- the page ---- */

typedef struct row {
    const oko_unit *unit;
    oko_candidate candidates[OKO_MATCH_CANDIDATES];
    size_t n;
} row;

static bool asked_for(const oko_request *rq, const oko_unit *u, const char *folded_search)
{
    const int64_t import = oko_request_int(rq, "import", 0);
    char text[512], folded[512];
    if (import != 0 && u->made_by != import)
        return false;
    if (folded_search == NULL)
        return true;
    (void)snprintf(text, sizeof text, "%s %s", u->code, u->name);
    (void)oko_str_fold(folded, sizeof folded, oko_str_of(text));
    return strstr(folded, folded_search) != NULL;
}

/* Fills rows with the page; returns how many there are in all. */
static int64_t take_page(const oko_request *rq, const oko_matching *m, row *rows, size_t *ret_n)
{
    const int64_t offset = oko_request_int(rq, "offset", 0), limit = oko_request_int(rq, "limit", 50);
    const char *search = oko_request_str(rq, "search");
    char folded[400];
    int64_t seen = 0;
    size_t n = 0;
    if (search != NULL)
        (void)oko_str_fold(folded, sizeof folded, oko_str_of(search));
    for (size_t i = 0; i < oko_matching_count(m); i++) {
        const oko_unit *u = oko_matching_unit(m, i);
        if (!asked_for(rq, u, search != NULL ? folded : NULL))
            continue;
        seen++;
        if (seen <= offset || seen > offset + limit)
            continue;
        rows[n].unit = u;
        rows[n].n = oko_matching_candidates(m, i, rows[n].candidates);
        n++;
    }
    *ret_n = n;
    return seen;
}

static json_t *candidate_json(const oko_matching *m, const works *w, const oko_candidate *c)
{
    json_t *o = json_object(), *reasons = json_array();
    if (c->by_login)
        (void)json_array_append_new(reasons, json_string("login"));
    if (c->by_name)
        (void)json_array_append_new(reasons, json_string("name"));
    if (c->by_code)
        (void)json_array_append_new(reasons, json_string("code"));
    (void)json_object_set_new(o, "unit", oko_unit_json(c->unit));
    oko_json_set_str(o, "above", oko_matching_above(m, c->unit));
    oko_json_set_int(o, "works", works_of(w, c->unit->id));
    (void)json_object_set_new(o, "score", json_real(c->score));
    (void)json_object_set_new(o, "reasons", reasons);
    return o;
}

static json_t *row_json(const oko_request *rq, const oko_matching *m, const works *w, const row *r)
{
    json_t *o = json_object(), *list = json_array(), *import = NULL;
    oko_import i = { .id = 0 };
    for (size_t k = 0; k < r->n; k++)
        (void)json_array_append_new(list, candidate_json(m, w, &r->candidates[k]));
    if (r->unit->made_by != 0 && oko_store_import_get(rq->store, r->unit->made_by, &i, NULL) == OKO_OK)
        import = oko_import_name_json(&i);
    oko_import_clear(&i);
    (void)json_object_set_new(o, "unit", oko_unit_json(r->unit));
    oko_json_set_str(o, "above", oko_matching_above(m, r->unit));
    oko_json_set_int(o, "works", works_of(w, r->unit->id));
    (void)json_object_set_new(o, "import", import != NULL ? import : json_null());
    (void)json_object_set_new(o, "candidates", list);
    return o;
}

static oko_status count_works(works *w, const row *rows, size_t n)
{
    oko_status status = OKO_OK;
    for (size_t i = 0; i < n && status == OKO_OK; i++) {
        status = want(w, rows[i].unit->id);
        for (size_t k = 0; k < rows[i].n && status == OKO_OK; k++)
            status = want(w, rows[i].candidates[k].unit->id);
    }
    return status == OKO_OK && n > 0 ? oko_store_procedure_walk(w->store, 0, add_procedure, w, w->err) : status;
}

static oko_status units_unmatched(oko_request *rq, oko_reply *reply, oko_error *err)
{
    OKO_CLEANUP(oko_matching_freep) oko_matching *m = NULL;
    works w = { .store = rq->store, .err = err };
    size_t n = 0;
    row *rows = oko_arena_alloc(rq->arena, (size_t)(oko_request_int(rq, "limit", 50) + 1) * sizeof *rows);
    oko_status status = rows == NULL ? OKO_E_MEMORY : oko_matching_new(rq->store, &m, err);
    if (status != OKO_OK)
        return status;
    const int64_t total = take_page(rq, m, rows, &n);
    status = count_works(&w, rows, n);
    json_t *items = json_array();
    for (size_t i = 0; status == OKO_OK && i < n; i++)
        (void)json_array_append_new(items, row_json(rq, m, &w, &rows[i]));
    free(w.at);
    if (status == OKO_OK)
        return oko_reply_list(reply, items, total, err);
    json_decref(items);
    return status;
}

/* ---- confirming ---- */

typedef struct open_units {
    json_t *ids;
} open_units;

static oko_status see_open(void *ctx, const oko_unit *u)
{
    open_units *o = ctx;
    if (u->confirmed || u->level == OKO_LEVEL_CLASS)
        return OKO_OK;
    return json_array_append_new(o->ids, json_integer((json_int_t)u->id)) == 0 ? OKO_OK : OKO_E_MEMORY;
}

static oko_status units_confirm(oko_request *rq, oko_reply *reply, oko_error *err)
{
    open_units open = { .ids = json_incref(json_object_get(rq->body, "units")) };
    oko_status status = OKO_OK;
    int64_t n = 0;
    const json_t *id;
    size_t i;
    if (json_is_true(json_object_get(rq->body, "all"))) {
        json_decref(open.ids);
        open.ids = json_array();
        status = oko_store_unit_walk(rq->store, 0, OKO_LEVEL_COUNT, see_open, &open, err);
    }
    json_array_foreach(open.ids, i, id)
    {
        bool changed = false;
        if (status == OKO_OK)
            status = oko_request_sees(rq, json_integer_value(id), err);
        if (status == OKO_OK)
            status = oko_matching_confirm(rq->store, json_integer_value(id), &changed, err);
        n += changed;
    }
    reply->detail = json_pack("{s:O?}", "units", open.ids);
    json_decref(open.ids);
    oko_tree_changed(rq->service->trees);
    return status == OKO_OK ? oko_reply_json(reply, 200, json_pack("{s:I}", "confirmed", (json_int_t)n), err) : status;
}

const oko_route oko_routes_matching[] = {
    { "units.unmatched", units_unmatched },
    { "units.confirm", units_confirm },
    { NULL, NULL },
};
