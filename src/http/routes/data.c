/* What is known beside results: procedures, external lists, findings, rule packs. */
#include "http/routes/routes.h"

#include "http/packs.h"
#include "http/service.h"
#include "reference/embedded.h"
#include "reference/procedures.h"
#include "store/records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a page of a walk, cut to the caller's reach ---- */
typedef struct page {
    oko_request *rq;
    json_t *items;
    const oko_tree *tree;
    size_t from, to; /* places in sight */
    bool all;
    int64_t offset, limit, seen;
    const char *kind, *list;
    int64_t year;
} page;

static bool on_page(page *p)
{
    p->seen++;
    return p->seen > p->offset && p->seen <= p->offset + p->limit;
}

static bool in_sight(const page *p, int64_t unit)
{
    size_t at = p->all ? 0 : oko_tree_find(p->tree, unit);
    return p->all || (at >= p->from && at < p->to);
}

static void narrow(page *p, int64_t unit)
{
    size_t at = oko_tree_find(p->tree, unit), end = at < p->tree->n ? p->tree->end[at] : at;
    p->from = p->all || at > p->from ? at : p->from;
    p->to = p->all || end < p->to ? end : p->to;
    p->all = false;
}

static oko_status page_begin(oko_request *rq, page *p, oko_error *err)
{
    *p = (page){ .rq = rq,
                 .items = json_array(),
                 .all = true,
                 .offset = oko_request_int(rq, "offset", 0),
                 .limit = oko_request_int(rq, "limit", 50),
                 .kind = oko_request_str(rq, "kind"),
                 .list = oko_request_str(rq, "list"),
                 .year = oko_request_int(rq, "year", 0) };
    oko_status status = oko_tree_get(rq->service->trees, rq->store, &p->tree, err);
    if (status != OKO_OK) {
        json_decref(p->items);
        return status;
    }
    if (!rq->actor.owner && rq->actor.unit != 0)
        narrow(p, rq->actor.unit);
    if (oko_request_int(rq, "unit", 0) != 0)
        narrow(p, oko_request_int(rq, "unit", 0));
    return OKO_OK;
}

static oko_status page_end(page *p, oko_status status, oko_reply *reply, oko_error *err)
{
    oko_tree_back(p->rq->service->trees, p->tree);
    if (status == OKO_OK)
        return oko_reply_list(reply, p->items, p->seen, err);
    json_decref(p->items);
    return status;
}

static void name_unit(const page *p, json_t *o, int64_t unit)
{
    size_t at = oko_tree_find(p->tree, unit);
    oko_json_set_int(o, "unit", unit);
    oko_json_set_str(o, "unit_code", at < p->tree->n ? p->tree->units[at].code : "");
    oko_json_set_str(o, "unit_name", at < p->tree->n ? p->tree->units[at].name : "");
}

/* ---- external lists ---- */
static oko_status add_external(void *ctx, const oko_external *e)
{
    page *p = ctx;
    if (!in_sight(p, e->unit) || (p->list != NULL && strcmp(p->list, e->list) != 0) ||
        (p->year != 0 && p->year != e->year) || !on_page(p))
        return OKO_OK;
    json_t *o = json_object();
    name_unit(p, o, e->unit);
    oko_json_set_str(o, "list", e->list);
    oko_json_set_int(o, "year", e->year);
    oko_json_set_str(o, "source", e->source);
    oko_json_set_str(o, "procedure", e->procedure);
    oko_json_set_str(o, "reason", e->reason);
    return json_array_append_new(p->items, o) == 0 ? OKO_OK : OKO_E_MEMORY;
}

static oko_status externals_list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    page p;
    oko_status status = page_begin(rq, &p, err);
    if (status != OKO_OK)
        return status;
    return page_end(&p, oko_store_external_walk(rq->store, 0, 0, add_external, &p, err), reply, err);
}

/* ---- findings ---- */
static oko_status add_finding(void *ctx, const oko_finding *f)
{
    page *p = ctx;
    if (!in_sight(p, f->unit) || (p->kind != NULL && strcmp(p->kind, oko_finding_kind_name(f->kind)) != 0) ||
        (p->year != 0 && p->year != f->year) || !on_page(p))
        return OKO_OK;
    json_t *o = json_object(), *facts = json_array();
    for (int i = 0; i < OKO_FINDING_FACTS; i++)
        (void)json_array_append_new(facts, f->facts[i] >= 0 ? json_integer(f->facts[i]) : json_null());
    name_unit(p, o, f->unit);
    oko_json_set_str(o, "kind", oko_finding_kind_name(f->kind));
    oko_json_set_int(o, "year", f->year);
    oko_json_set_str(o, "procedure", f->procedure);
    oko_json_set_str(o, "part", f->part);
    oko_json_set_str(o, "note", f->note);
    oko_json_set_int(o, "rows", (int64_t)f->n_rows);
    (void)json_object_set_new(o, "facts", facts);
    return json_array_append_new(p->items, o) == 0 ? OKO_OK : OKO_E_MEMORY;
}

static oko_status findings_list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    page p;
    oko_status status = page_begin(rq, &p, err);
    if (status != OKO_OK)
        return status;
    return page_end(&p, oko_store_finding_walk(rq->store, 0, 0, add_finding, &p, err), reply, err);
}

/* ---- procedures ---- */
/* A number that changes with the description: what If-Match repeats. */
static int64_t version_of(const json_t *json)
{
    uint64_t h = 1469598103934665603u;
    char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    for (const unsigned char *p = (const unsigned char *)text; p != NULL && *p != '\0'; p++)
        h = (h ^ *p) * 1099511628211u;
    free(text);
    return (int64_t)(h >> 12) + 1;
}

static oko_status add_procedure(void *ctx, const oko_procedure *q)
{
    page *p = ctx;
    if ((p->year != 0 && q->year != p->year) || (p->kind != NULL && strcmp(p->kind, oko_kind_name(q->kind)) != 0) ||
        !on_page(p))
        return OKO_OK;
    return json_array_append_new(p->items, oko_procedure_to_json(q)) == 0 ? OKO_OK : OKO_E_MEMORY;
}

static oko_status procedures_list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    page p;
    oko_status status = page_begin(rq, &p, err);
    if (status != OKO_OK)
        return status;
    return page_end(&p, oko_store_procedure_walk(rq->store, 0, add_procedure, &p, err), reply, err);
}

static oko_status reply_procedure(oko_reply *reply, int code, const oko_procedure *p, oko_error *err)
{
    json_t *json = oko_procedure_to_json(p);
    oko_reply_version(reply, version_of(json));
    (void)snprintf(reply->object, sizeof reply->object, "procedure/%.40s", p->code);
    return oko_reply_json(reply, code, json, err);
}

static oko_status procedures_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_procedure p;
    oko_status status = oko_store_procedure_get(rq->store, oko_request_str(rq, "code"), 0, &p, err);
    return status == OKO_OK ? reply_procedure(reply, 200, &p, err) : status;
}

static oko_status keep_read(void *ctx, const oko_procedure *p)
{
    *(oko_procedure *)ctx = *p;
    return OKO_OK;
}

static oko_status read_procedure(oko_request *rq, oko_procedure *ret, oko_error *err)
{
    json_t *file = json_pack("{s:[O]}", "procedures", rq->body);
    if (file == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    oko_status status = oko_procedures_read(file, keep_read, ret, err);
    json_decref(file);
    return status;
}

/* A known code: If-Match must name what it was. */
static oko_status check_version(oko_request *rq, const oko_procedure *was, oko_error *err)
{
    json_t *json = oko_procedure_to_json(was);
    int64_t version = version_of(json);
    json_decref(json);
    if (rq->version == 0)
        return oko_error_set(err, OKO_E_CONFLICT, "http.version_wanted", "");
    return rq->version == version ? OKO_OK : oko_error_set(err, OKO_E_CONFLICT, "http.changed", "");
}

static oko_status procedures_put(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_procedure p, was;
    oko_change change = OKO_UNCHANGED;
    oko_error none = { .code = OKO_OK };
    int64_t id = 0;
    const char *code = oko_request_str(rq, "code");
    oko_status status = read_procedure(rq, &p, err);
    if (status == OKO_OK && strcmp(p.code, code) != 0)
        return oko_error_set(err, OKO_E_ARGUMENT, "http.other_code", "code");
    if (status == OKO_OK && oko_store_procedure_get(rq->store, code, 0, &was, &none) == OKO_OK &&
        strcmp(was.code, code) == 0)
        status = check_version(rq, &was, err);
    if (status == OKO_OK)
        status = oko_store_procedure_put(rq->store, &p, &id, &change, err);
    if (status == OKO_OK)
        status = oko_store_procedure_get(rq->store, code, 0, &p, err);
    return status == OKO_OK ? reply_procedure(reply, change == OKO_ADDED ? 201 : 200, &p, err) : status;
}

/* ---- rule packs ---- */
static oko_status pack_now(oko_store *store, const char *name, json_t **ret, oko_error *err)
{
    OKO_CLEANUP(oko_freep) oko_pack *pack = oko_calloc_array(1, sizeof *pack);
    bool own = false;
    oko_status status =
        pack != NULL ? oko_pack_now(store, name, pack, &own, err) : oko_error_set(err, OKO_E_MEMORY, "", "");
    if (status == OKO_OK)
        *ret = oko_pack_json(pack, own);
    return status;
}

static oko_status packs_list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    json_t *items = json_array();
    for (int i = 0; oko_pack_names[i] != NULL; i++) {
        json_t *pack = NULL;
        oko_error why = { .code = OKO_OK };
        oko_status status = pack_now(rq->store, oko_pack_names[i], &pack, &why);
        if (status == OKO_OK)
            (void)json_array_append_new(items, pack);
        else if (status != OKO_E_NOT_FOUND) {
            json_decref(items);
            *err = why;
            return status;
        }
    }
    return oko_reply_list(reply, items, (int64_t)json_array_size(items), err);
}

static oko_status packs_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    json_t *pack = NULL;
    const char *name = oko_request_str(rq, "name");
    bool known = false;
    for (int i = 0; oko_pack_names[i] != NULL; i++)
        known = known || strcmp(oko_pack_names[i], name) == 0;
    oko_status status =
        known ? pack_now(rq->store, name, &pack, err) : oko_error_set(err, OKO_E_NOT_FOUND, "http.no_path", "");
    return status == OKO_OK ? oko_reply_json(reply, 200, pack, err) : status;
}

static oko_status keep_head(void *ctx, const oko_record *r)
{
    oko_record *head = ctx;
    *head = *r;
    head->body = NULL;
    return OKO_OK;
}

/* Checked by the reader of packs, then kept as a record: every version of it stays. */
static oko_status packs_put(oko_request *rq, oko_reply *reply, oko_error *err)
{
    OKO_CLEANUP(oko_freep) oko_pack *pack = oko_calloc_array(1, sizeof *pack);
    char *text = json_dumps(rq->body, JSON_COMPACT), *content = NULL;
    oko_record r = { .id = 0 }, kept;
    oko_error none = { .code = OKO_OK };
    json_t *json = NULL;
    oko_status status = pack != NULL && text != NULL
                            ? oko_pack_read_region(oko_str_of(text), "rules", pack, &content, err)
                            : oko_error_set(err, OKO_E_MEMORY, "", "");
    free(text);
    if (status == OKO_OK) {
        (void)!oko_store_record_find(rq->store, OKO_OWN_PACK_KIND, OKO_OWN_PACK_KEY, keep_head, &r, &none);
        (void)snprintf(r.kind, sizeof r.kind, "%s", OKO_OWN_PACK_KIND);
        (void)snprintf(r.key, sizeof r.key, "%s", OKO_OWN_PACK_KEY);
        (void)snprintf(r.state, sizeof r.state, "kept");
        (void)snprintf(r.title, sizeof r.title, "%s", pack->version);
        r.updated_by = rq->actor.user;
        r.body = content;
        r.body_len = strlen(content);
        status = oko_store_record_put(rq->store, &r, &kept, err);
    }
    if (status == OKO_OK)
        status = pack_now(rq->store, "region", &json, err);
    free(content);
    if (status != OKO_OK)
        return status;
    oko_reply_about(reply, OKO_OWN_PACK_KIND, kept.id, 0);
    return oko_reply_json(reply, 200, json, err);
}

const oko_route oko_routes_data[] = {
    { "externals.list", externals_list }, { "findings.list", findings_list },   { "procedures.list", procedures_list },
    { "procedures.get", procedures_get }, { "procedures.put", procedures_put }, { "packs.list", packs_list },
    { "packs.get", packs_get },           { "packs.put", packs_put },           { NULL, NULL },
};
