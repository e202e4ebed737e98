/* The register, cut to what the caller may see. */
#include "http/routes/routes.h"

#include "http/service.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct listing {
    oko_buffer rows; /* "{…},{…}" */
    oko_level level;
    int64_t parent;
    const char *search;
    char folded[400];
    int64_t offset, limit, seen;
} listing;

enum { PAGE_BYTES = 4 * 1024 * 1024 };

static bool wanted(const listing *l, const oko_unit *u, const char *folded)
{
    if ((l->level != OKO_LEVEL_COUNT && u->level != l->level) || (l->parent != 0 && u->parent != l->parent))
        return false;
    return l->search == NULL || strstr(folded, l->folded) != NULL;
}

static bool on_page(listing *l)
{
    l->seen++;
    return l->seen > l->offset && l->seen <= l->offset + l->limit;
}

static void put_row(listing *l, const char *row)
{
    if (l->rows.len > 0)
        oko_buffer_char(&l->rows, ',');
    oko_buffer_str(&l->rows, row);
}

static oko_status add_class(void *ctx, const oko_unit *u)
{
    listing *l = ctx;
    char folded[512];
    (void)oko_unit_fold(u, folded);
    if (!wanted(l, u, folded) || !on_page(l))
        return OKO_OK;
    json_t *json = oko_unit_json(u);
    char *row = json_dumps(json, JSON_COMPACT);
    json_decref(json);
    if (row == NULL)
        return OKO_E_MEMORY;
    put_row(l, row);
    free(row);
    return OKO_OK;
}

/* Part of the register that the caller may see: indices [*from, *to). */
static void in_sight(const oko_request *rq, const oko_tree *reg, size_t *from, size_t *to)
{
    *from = 0;
    *to = reg->n;
    if (rq->actor.owner || rq->actor.unit == 0)
        return;
    *from = oko_tree_find(reg, rq->actor.unit);
    *to = *from < reg->n ? reg->end[*from] : *from;
}

static oko_status walk_register(oko_request *rq, listing *l, oko_error *err)
{
    const oko_tree *reg = NULL;
    size_t from, to;
    oko_status status = oko_tree_get(rq->service->trees, rq->store, &reg, err);
    if (status != OKO_OK)
        return status;
    in_sight(rq, reg, &from, &to);
    for (size_t i = 0; i < reg->n; i++) {
        size_t at = reg->by_order[i];
        if (at >= from && at < to && wanted(l, &reg->units[at], reg->folded[at]) && on_page(l))
            put_row(l, reg->row[at]);
    }
    oko_tree_back(rq->service->trees, reg);
    return OKO_OK;
}

/* Classes are many and asked for below one school only. */
static oko_status walk_classes(oko_request *rq, listing *l, oko_error *err)
{
    int64_t school = l->parent != 0 ? l->parent : rq->actor.unit;
    if (school == 0)
        return oko_error_set(err, OKO_E_FORMAT, "http.classes_of", "parent");
    return oko_store_unit_walk(rq->store, school, OKO_LEVEL_CLASS, add_class, l, err);
}

/* {"items":[…],"total":n} of rows that are JSON already. */
static oko_status reply_rows(const listing *l, oko_reply *reply, oko_error *err)
{
    oko_buffer out;
    oko_buffer_init(&out, PAGE_BYTES + 128);
    oko_buffer_str(&out, "{\"items\":[");
    if (l->rows.len > 0)
        oko_buffer_add(&out, l->rows.ptr, l->rows.len);
    oko_buffer_printf(&out, "],\"total\":%lld}", (long long)l->seen);
    oko_status status = oko_buffer_status(&l->rows) != OKO_OK ? oko_buffer_status(&l->rows) : oko_buffer_status(&out);
    if (status != OKO_OK) {
        oko_buffer_free(&out);
        return oko_error_set(err, status, "", "");
    }
    reply->bytes = out.ptr;
    reply->len = out.len;
    reply->type = "application/json";
    return OKO_OK;
}

static oko_status units_list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    listing l = { .level = OKO_LEVEL_COUNT,
                  .parent = oko_request_int(rq, "parent", 0),
                  .search = oko_request_str(rq, "search"),
                  .offset = oko_request_int(rq, "offset", 0),
                  .limit = oko_request_int(rq, "limit", 50) };
    oko_buffer_init(&l.rows, PAGE_BYTES);
    const char *level = oko_request_str(rq, "level");
    if (level != NULL)
        (void)oko_level_parse(oko_str_of(level), &l.level);
    if (l.search != NULL)
        (void)oko_str_fold(l.folded, sizeof l.folded, oko_str_of(l.search));
    oko_status status = l.level == OKO_LEVEL_CLASS ? walk_classes(rq, &l, err) : walk_register(rq, &l, err);
    if (status == OKO_OK)
        status = reply_rows(&l, reply, err);
    oko_buffer_free(&l.rows);
    return status;
}

static json_t *node_json(const oko_tree *reg, size_t at)
{
    const oko_unit *u = &reg->units[at];
    json_t *o = json_object(), *children = json_array();
    oko_json_set_int(o, "id", u->id);
    oko_json_set_str(o, "level", oko_level_name(u->level));
    oko_json_set_str(o, "code", u->code);
    oko_json_set_str(o, "name", u->name);
    for (size_t i = at + 1; i < reg->end[at]; i = reg->end[i])
        (void)json_array_append_new(children, node_json(reg, i));
    (void)json_object_set_new(o, "children", children);
    return o;
}

static oko_status units_tree(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_tree *reg = NULL;
    size_t from, to;
    json_t *items = json_array();
    oko_status status = oko_tree_get(rq->service->trees, rq->store, &reg, err);
    if (status != OKO_OK) {
        json_decref(items);
        return status;
    }
    in_sight(rq, reg, &from, &to);
    for (size_t i = from; i < to; i = reg->end[i])
        (void)json_array_append_new(items, node_json(reg, i));
    oko_tree_back(rq->service->trees, reg);
    return oko_reply_json(reply, 200, json_pack("{s:o}", "items", items), err);
}

static oko_status units_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_unit u;
    oko_status status = oko_store_unit_get(rq->store, oko_request_int(rq, "id", 0), &u, err);
    if (status == OKO_OK)
        oko_unit_version(reply, &u);
    return status == OKO_OK ? oko_reply_json(reply, 200, oko_unit_json(&u), err) : status;
}

const oko_route oko_routes_units[] = {
    { "units.list", units_list },
    { "units.tree", units_tree },
    { "units.get", units_get },
    { NULL, NULL },
};
