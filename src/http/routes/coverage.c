/* What is loaded: procedures with their works, and one procedure by municipality or school. */
#include "http/routes/routes.h"

#include "http/service.h"
#include "report/labels.h"

#include <stdlib.h>
#include <string.h>

/* ---- works below a unit ---- */

/* Works by place in the register, summed upwards afterwards. */
typedef struct counting {
    const oko_tree *tree;
    int64_t *works, *absent, *schools; /* [tree->n] */
} counting;

static oko_status take_school(void *ctx, int64_t school, const oko_counts *counts)
{
    counting *c = ctx;
    const size_t at = oko_tree_find(c->tree, school);
    if (at < c->tree->n) {
        c->works[at] += counts->participants;
        c->absent[at] += counts->absent;
        c->schools[at] += counts->participants > 0;
    }
    return OKO_OK;
}

static oko_status counting_new(const oko_tree *tree, counting *c)
{
    c->tree = tree;
    c->works = oko_calloc_array(tree->n + 1, sizeof *c->works);
    c->absent = oko_calloc_array(tree->n + 1, sizeof *c->absent);
    c->schools = oko_calloc_array(tree->n + 1, sizeof *c->schools);
    return c->works != NULL && c->absent != NULL && c->schools != NULL ? OKO_OK : OKO_E_MEMORY;
}

static void counting_free(counting *c)
{
    free(c->works);
    free(c->absent);
    free(c->schools);
}

static int64_t below(const counting *c, const int64_t *values, size_t at)
{
    int64_t sum = 0;
    for (size_t i = at; i < c->tree->end[at]; i++)
        sum += values[i];
    return sum;
}

static int64_t schools_below(const oko_tree *tree, size_t at)
{
    int64_t n = 0;
    for (size_t i = at; i < tree->end[at]; i++)
        n += tree->units[i].level == OKO_LEVEL_SCHOOL;
    return n;
}

/* The unit asked for, else the caller's own, else the first of the register. */
static size_t unit_of(const oko_request *rq, const oko_tree *tree)
{
    const int64_t own = rq->actor.owner ? 0 : rq->actor.unit, unit = oko_request_int(rq, "unit", own);
    return unit == 0 ? 0 : oko_tree_find(tree, unit);
}

/* ---- all procedures ---- */

typedef struct listing {
    oko_request *rq;
    const oko_tree *tree;
    size_t at;
    int year;
    json_t *items;
    oko_error *err;
} listing;

static json_t *procedure_json(const listing *l, const oko_procedure *p, const counting *c)
{
    const char *title = oko_label_procedure(l->rq->text, l->rq->arena, p);
    return json_pack("{s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:i, s:b, s:I, s:I, s:I}", "code", p->code, "title",
                     title != NULL ? title : p->code, "kind", oko_kind_name(p->kind), "subject", p->subject, "year",
                     p->year, "grade", p->grade, "max", p->max_total, "items", p->n_items, "cutoffs", p->n_cutoffs > 0,
                     "schools", (json_int_t)below(c, c->schools, l->at), "works", (json_int_t)below(c, c->works, l->at),
                     "absent", (json_int_t)below(c, c->absent, l->at));
}

static oko_status take_procedure(void *ctx, const oko_procedure *p)
{
    listing *l = ctx;
    counting c;
    if (l->year != 0 && p->year != l->year)
        return OKO_OK;
    oko_status status = counting_new(l->tree, &c);
    status = status == OKO_OK ? oko_store_counts_walk(l->rq->store, p->id, 0, take_school, &c, l->err) : status;
    if (status == OKO_OK && json_array_append_new(l->items, procedure_json(l, p, &c)) != 0)
        status = OKO_E_MEMORY;
    counting_free(&c);
    return status;
}

static oko_status overview(oko_request *rq, const oko_tree *tree, oko_reply *reply, oko_error *err)
{
    listing l = { .rq = rq,
                  .tree = tree,
                  .at = unit_of(rq, tree),
                  .year = (int)oko_request_int(rq, "year", 0),
                  .items = json_array(),
                  .err = err };
    if (l.at >= tree->n && tree->n > 0) {
        json_decref(l.items);
        return oko_error_set(err, OKO_E_NOT_FOUND, "access.unit", "");
    }
    oko_status status = tree->n > 0 ? oko_store_procedure_walk(rq->store, 0, take_procedure, &l, err) : OKO_OK;
    if (status == OKO_OK)
        return oko_reply_list(reply, l.items, (int64_t)json_array_size(l.items), err);
    json_decref(l.items);
    return status;
}

static oko_status procedures_overview(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_tree *tree = NULL;
    oko_status status = oko_tree_get(rq->service->trees, rq->store, &tree, err);
    if (status != OKO_OK)
        return status;
    status = overview(rq, tree, reply, err);
    oko_tree_back(rq->service->trees, tree);
    return status;
}

/* ---- one procedure ---- */

static json_t *place_json(const counting *c, size_t at)
{
    const oko_unit *u = &c->tree->units[at];
    return json_pack("{s:I, s:s, s:s, s:s, s:I, s:I, s:I, s:I}", "unit", (json_int_t)u->id, "code", u->code, "name",
                     u->name, "level", oko_level_name(u->level), "register_schools",
                     (json_int_t)schools_below(c->tree, at), "schools", (json_int_t)below(c, c->schools, at), "works",
                     (json_int_t)below(c, c->works, at), "absent", (json_int_t)below(c, c->absent, at));
}

static json_t *coverage_json(const oko_request *rq, const counting *c, size_t at)
{
    const int64_t offset = oko_request_int(rq, "offset", 0), limit = oko_request_int(rq, "limit", 50);
    json_t *items = json_array();
    int64_t seen = 0;
    for (size_t i = at + 1; i < c->tree->end[at]; i = c->tree->end[i]) {
        if (seen >= offset && seen < offset + limit)
            (void)json_array_append_new(items, place_json(c, i));
        seen++;
    }
    return json_pack("{s:o, s:o, s:I}", "whole", place_json(c, at), "items", items, "total", (json_int_t)seen);
}

static oko_status coverage(oko_request *rq, const oko_tree *tree, oko_reply *reply, oko_error *err)
{
    oko_procedure p;
    counting c = { .tree = tree };
    const size_t at = unit_of(rq, tree);
    oko_status status = oko_store_procedure_get(rq->store, oko_request_str(rq, "code"), 0, &p, err);
    if (status == OKO_OK && at >= tree->n)
        status = oko_error_set(err, OKO_E_NOT_FOUND, "access.unit", "");
    status = status == OKO_OK ? counting_new(tree, &c) : status;
    status = status == OKO_OK ? oko_store_counts_walk(rq->store, p.id, 0, take_school, &c, err) : status;
    if (status == OKO_OK)
        status = oko_reply_json(reply, 200, coverage_json(rq, &c, at), err);
    counting_free(&c);
    return status;
}

static oko_status procedures_coverage(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_tree *tree = NULL;
    oko_status status = oko_tree_get(rq->service->trees, rq->store, &tree, err);
    if (status != OKO_OK)
        return status;
    status = coverage(rq, tree, reply, err);
    oko_tree_back(rq->service->trees, tree);
    return status;
}

const oko_route oko_routes_coverage[] = {
    { "procedures.overview", procedures_overview },
    { "procedures.coverage", procedures_coverage },
    { NULL, NULL },
};
