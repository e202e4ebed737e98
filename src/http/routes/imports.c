/* Files with results: upload, what became of them. Analyses are jobs as well. */
#include "http/routes/routes.h"

#include "http/jobs.h"

#include <string.h>

static json_t *import_json(const oko_import *i)
{
    json_t *o = json_object();
    json_t *summary = i->summary != NULL ? json_loads(i->summary, 0, NULL) : NULL;
    oko_json_set_int(o, "id", i->id);
    oko_json_set_str(o, "file", i->file);
    oko_json_set_str(o, "sha256", i->sha256);
    oko_json_set_int(o, "bytes", i->bytes);
    oko_json_set_str(o, "layout", i->layout);
    oko_json_set_str(o, "procedure", i->procedure);
    oko_json_set_str(o, "created", i->created);
    oko_json_set_int(o, "revision", i->revision);
    oko_json_set_int(o, "rows", i->rows);
    (void)json_object_set_new(o, "summary", summary != NULL ? summary : json_null());
    return o;
}

typedef struct page {
    json_t *items;
    int64_t offset, limit, seen;
    const char *severity;
    const oko_text *text;
    oko_arena *arena;
} page;

static page page_of(const oko_request *rq)
{
    return (page){ .items = json_array(),
                   .offset = oko_request_int(rq, "offset", 0),
                   .limit = oko_request_int(rq, "limit", 50),
                   .text = rq->text,
                   .arena = rq->arena };
}

static bool on_page(page *p)
{
    p->seen++;
    return p->seen > p->offset && p->seen <= p->offset + p->limit;
}

static oko_status end_page(page *p, oko_status status, oko_reply *reply, oko_error *err)
{
    if (status == OKO_OK)
        return oko_reply_list(reply, p->items, p->seen, err);
    json_decref(p->items);
    return status;
}

static oko_status add_import(void *ctx, const oko_import *i)
{
    page *p = ctx;
    if (on_page(p))
        (void)json_array_append_new(p->items, import_json(i));
    return OKO_OK;
}

static oko_status imports_list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    page p = page_of(rq);
    return end_page(&p, oko_store_import_walk(rq->store, add_import, &p, err), reply, err);
}

static oko_status imports_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_import i = { .id = 0 };
    oko_status status = oko_store_import_get(rq->store, oko_request_int(rq, "id", 0), &i, err);
    if (status == OKO_OK)
        status = oko_reply_json(reply, 200, import_json(&i), err);
    oko_import_clear(&i);
    return status;
}

static oko_status add_problem(void *ctx, const oko_problem *problem)
{
    page *p = ctx;
    if ((p->severity != NULL && strcmp(p->severity, oko_severity_name(problem->severity)) != 0) || !on_page(p))
        return OKO_OK;
    const oko_text_arg args[] = { OKO_S("0", problem->detail), OKO_S("column", problem->column) };
    const char *text = oko_text_make(p->text, p->arena, problem->reason, args, 2);
    json_t *o = json_object();
    oko_json_set_str(o, "severity", oko_severity_name(problem->severity));
    oko_json_set_str(o, "sheet", problem->sheet);
    oko_json_set_int(o, "row", problem->row);
    oko_json_set_int(o, "col", problem->col);
    oko_json_set_str(o, "column", problem->column);
    oko_json_set_str(o, "value_class", problem->value_class);
    oko_json_set_str(o, "reason", problem->reason);
    oko_json_set_str(o, "detail", problem->detail);
    oko_json_set_str(o, "text", text != NULL ? text : "");
    (void)json_array_append_new(p->items, o);
    return OKO_OK;
}

static oko_status imports_problems(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_import i = { .id = 0 };
    int64_t id = oko_request_int(rq, "id", 0);
    oko_status status = oko_store_import_get(rq->store, id, &i, err);
    oko_import_clear(&i);
    if (status != OKO_OK)
        return status;
    page p = page_of(rq);
    p.severity = oko_request_str(rq, "severity");
    return end_page(&p, oko_store_problem_walk(rq->store, id, add_problem, &p, err), reply, err);
}

static oko_status imports_create(oko_request *rq, oko_reply *reply, oko_error *err)
{
    static const char *const names[] = { "procedure", "list", "school", "region" };
    json_t *params = json_object();
    oko_json_set_str(params, "path", rq->upload.path);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (oko_request_str(rq, names[i]) != NULL)
            oko_json_set_str(params, names[i], oko_request_str(rq, names[i]));
    }
    oko_json_set_bool(params, "dry_run", oko_request_bool(rq, "dry_run"));
    oko_json_set_bool(params, "add_classes", oko_request_bool(rq, "add_classes"));
    reply->detail = json_pack("{s:s,s:I}", "file", rq->upload.name, "bytes", (json_int_t)rq->upload.bytes);
    oko_status status = oko_jobs_add(rq, reply, "import", 0, params, err);
    rq->upload.kept = status == OKO_OK;
    return status;
}

static oko_status analyses_create(oko_request *rq, oko_reply *reply, oko_error *err)
{
    return oko_jobs_add(rq, reply, json_string_value(json_object_get(rq->body, "kind")), 0, json_deep_copy(rq->body),
                        err);
}

const oko_route oko_routes_imports[] = {
    { "imports.list", imports_list },         { "imports.create", imports_create },   { "imports.get", imports_get },
    { "imports.problems", imports_problems }, { "analyses.create", analyses_create }, { NULL, NULL },
};
