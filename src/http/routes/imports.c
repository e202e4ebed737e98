/* Files with results: upload, the list of imports, what became of one. Analyses are jobs as well. */
#include "http/routes/imports.h"

#include "http/jobs.h"
#include "http/routes/routes.h"
#include "intake/import.h"
#include "store/people.h"

#include <string.h>

/* ---- one import ---- */

static void put_user(json_t *o, oko_store *store, int64_t user)
{
    oko_user u;
    const bool known = user != 0 && oko_store_user_get(store, user, &u, NULL) == OKO_OK;
    oko_json_set_int_or_null(o, "user", user);
    oko_json_set_str_or_null(o, "user_name", known ? (u.name[0] != '\0' ? u.name : u.login) : "");
}

static json_t *import_json(oko_store *store, const oko_import *i)
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
    put_user(o, store, i->user);
    oko_json_set_int_or_null(o, "undoes", i->undoes);
    oko_json_set_int_or_null(o, "undone_by", i->undone_by);
    oko_json_set_int_or_null(o, "corrects", i->corrects);
    (void)json_object_set_new(o, "summary", summary != NULL ? summary : json_null());
    return o;
}

typedef struct page {
    json_t *items;
    oko_store *store;
    bool files; /* only those of files */
    int64_t offset, limit, seen;
} page;

static oko_status add_import(void *ctx, const oko_import *i)
{
    page *p = ctx;
    if (p->files && strcmp(i->layout, "cycle") == 0)
        return OKO_OK;
    p->seen++;
    if (p->seen > p->offset && p->seen <= p->offset + p->limit)
        (void)json_array_append_new(p->items, import_json(p->store, i));
    return OKO_OK;
}

static oko_status imports_list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    page p = { .items = json_array(),
               .store = rq->store,
               .files = oko_request_bool(rq, "files"),
               .offset = oko_request_int(rq, "offset", 0),
               .limit = oko_request_int(rq, "limit", 50) };
    oko_status status = oko_store_import_walk(rq->store, add_import, &p, err);
    if (status == OKO_OK)
        return oko_reply_list(reply, p.items, p.seen, err);
    json_decref(p.items);
    return status;
}

json_t *oko_import_name_json(const oko_import *i)
{
    json_t *o = json_object();
    oko_json_set_int(o, "id", i->id);
    oko_json_set_str(o, "file", i->file);
    oko_json_set_str(o, "created", i->created);
    return o;
}

static oko_status add_blocker(void *ctx, const oko_import *i)
{
    return json_array_append_new(ctx, oko_import_name_json(i)) == 0 ? OKO_OK : OKO_E_MEMORY;
}

/* Problems by severity and reason, in words, from the summary. */
static json_t *counts_json(const oko_request *rq, const json_t *summary)
{
    json_t *list = json_array(), *by_key = json_object();
    const json_t *one;
    size_t i;
    json_array_foreach(json_object_get(summary, "problem_counts"), i, one)
    {
        const char *severity = json_string_value(json_object_get(one, "severity"));
        const char *reason = json_string_value(json_object_get(one, "reason"));
        const char *key = oko_arena_printf(rq->arena, "%s %s", severity, reason);
        json_t *o = key != NULL ? json_object_get(by_key, key) : NULL;
        const json_int_t n = json_integer_value(json_object_get(one, "n"));
        if (o != NULL) {
            (void)json_object_set_new(o, "n", json_integer(json_integer_value(json_object_get(o, "n")) + n));
            continue;
        }
        o = json_object();
        oko_json_set_str(o, "severity", severity);
        oko_json_set_str(o, "reason", reason);
        oko_json_set_str(o, "text", oko_problem_kind_text(rq, reason));
        oko_json_set_int(o, "n", n);
        (void)json_object_set(by_key, key != NULL ? key : "", o);
        (void)json_array_append_new(list, o);
    }
    json_decref(by_key);
    return list;
}

static oko_status see_kept(void *ctx, const oko_import_rows *block)
{
    (void)block;
    *(bool *)ctx = true;
    return OKO_E_CANCELLED;
}

oko_status oko_import_is_kept(oko_store *store, int64_t import, bool *ret_kept, oko_error *err)
{
    *ret_kept = false;
    oko_status status = oko_store_import_rows_walk(store, import, -1, 0, 0, see_kept, ret_kept, err);
    return status == OKO_E_CANCELLED ? OKO_OK : status;
}

static oko_status put_details(const oko_request *rq, const oko_import *i, json_t *o, oko_error *err)
{
    json_t *corrections = i->corrections[0] != '\0' ? json_loads(i->corrections, 0, NULL) : NULL;
    json_t *blockers = json_array();
    bool kept = false;
    (void)json_object_set_new(o, "corrections", corrections != NULL ? corrections : json_array());
    (void)json_object_set_new(o, "problems", counts_json(rq, json_object_get(o, "summary")));
    (void)json_object_set_new(o, "blocked_by", blockers);
    oko_status status = oko_import_is_kept(rq->store, i->id, &kept, err);
    if (status == OKO_OK && i->undone_by == 0 && i->undoes == 0)
        status = oko_store_import_blockers(rq->store, i->id, add_blocker, blockers, err);
    oko_json_set_bool(o, "kept", kept);
    return status;
}

static oko_status imports_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_import i = { .id = 0 };
    oko_status status = oko_store_import_get(rq->store, oko_request_int(rq, "id", 0), &i, err);
    if (status != OKO_OK)
        return status;
    json_t *o = import_json(rq->store, &i);
    status = put_details(rq, &i, o, err);
    oko_import_clear(&i);
    if (status == OKO_OK)
        return oko_reply_json(reply, 200, o, err);
    json_decref(o);
    return status;
}

/* ---- jobs ---- */

static oko_status imports_create(oko_request *rq, oko_reply *reply, oko_error *err)
{
    static const char *const names[] = { "procedure", "list", "school", "region" };
    static const char *const switches[] = { "dry_run", "add_classes", "reference" };
    json_t *params = json_object();
    oko_json_set_str(params, "path", rq->upload.path);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (oko_request_str(rq, names[i]) != NULL)
            oko_json_set_str(params, names[i], oko_request_str(rq, names[i]));
    }
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        oko_json_set_bool(params, switches[i], oko_request_bool(rq, switches[i]));
    reply->detail = json_pack("{s:s,s:I}", "file", rq->upload.name, "bytes", (json_int_t)rq->upload.bytes);
    oko_status status = oko_jobs_add(rq, reply, "import", 0, params, err);
    rq->upload.kept = status == OKO_OK;
    return status;
}

/* The same file with cells put right. What can't be done is told at once, not by a job that fails. */
static oko_status imports_correct(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const int64_t id = oko_request_int(rq, "id", 0);
    oko_import i = { .id = 0 };
    bool kept = false;
    oko_status status = oko_store_import_get(rq->store, id, &i, err);
    if (status == OKO_OK)
        status = oko_import_is_kept(rq->store, id, &kept, err);
    oko_import_clear(&i);
    if (status == OKO_OK && !kept)
        status = oko_error_set(err, OKO_E_CONFLICT, "intake.fix.no_rows", "");
    if (status != OKO_OK)
        return status;
    json_t *params = json_deep_copy(rq->body);
    oko_json_set_int(params, "again", id);
    reply->detail =
        json_pack("{s:I,s:O}", "import", (json_int_t)id, "corrections", json_object_get(rq->body, "corrections"));
    return oko_jobs_add(rq, reply, "import", 0, params, err);
}

static oko_status analyses_create(oko_request *rq, oko_reply *reply, oko_error *err)
{
    return oko_jobs_add(rq, reply, json_string_value(json_object_get(rq->body, "kind")), 0, json_deep_copy(rq->body),
                        err);
}

const oko_route oko_routes_imports[] = {
    { "imports.list", imports_list },
    { "imports.create", imports_create },
    { "imports.get", imports_get },
    { "imports.correct", imports_correct },
    { "imports.problems", oko_imports_problems },
    { "imports.problems_file", oko_imports_problems_file },
    { "imports.rows", oko_imports_rows },
    { "imports.undo", oko_imports_undo },
    { "analyses.create", analyses_create },
    { NULL, NULL },
};
