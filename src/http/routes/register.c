/* Edits of the register: new units, corrections, aliases, confirmation, two units made one. */
#include "http/routes/routes.h"

#include "http/service.h"
#include "store/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A number that changes with what can be edited: what If-Match repeats. */
static int64_t version_of(const oko_unit *u)
{
    uint64_t h = 1469598103934665603u;
    char text[1024];
    (void)snprintf(text, sizeof text, "%lld|%s|%s|%s|%s|%s|%d|%d|%d", (long long)u->parent, u->code, u->name, u->type,
                   u->place, u->cluster, u->confirmed, u->valid_from, u->valid_to);
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++)
        h = (h ^ *p) * 1099511628211u;
    return (int64_t)(h >> 12) + 1;
}

void oko_unit_version(oko_reply *reply, const oko_unit *u)
{
    oko_reply_version(reply, version_of(u));
}

static oko_status answer(oko_request *rq, oko_reply *reply, int code, int64_t id, oko_error *err)
{
    oko_unit u;
    oko_status status = oko_store_unit_get(rq->store, id, &u, err);
    if (status != OKO_OK)
        return status;
    oko_tree_changed(rq->service->trees);
    oko_unit_version(reply, &u);
    oko_reply_about(reply, "unit", id, id);
    return oko_reply_json(reply, code, oko_unit_json(&u), err);
}

static void take(const json_t *body, const char *key, char *into, size_t bytes)
{
    const char *text = json_string_value(json_object_get(body, key));
    if (text != NULL)
        (void)oko_str_copy(into, bytes, oko_str_of(text));
}

static void take_all(const json_t *body, oko_unit *u)
{
    const json_t *confirmed = json_object_get(body, "confirmed"), *parent = json_object_get(body, "parent");
    const json_t *from = json_object_get(body, "valid_from"), *to = json_object_get(body, "valid_to");
    take(body, "name", u->name, sizeof u->name);
    take(body, "type", u->type, sizeof u->type);
    take(body, "place", u->place, sizeof u->place);
    take(body, "cluster", u->cluster, sizeof u->cluster);
    if (confirmed != NULL)
        u->confirmed = json_is_true(confirmed);
    if (parent != NULL)
        u->parent = json_integer_value(parent);
    if (from != NULL)
        u->valid_from = (int16_t)json_integer_value(from);
    if (to != NULL)
        u->valid_to = (int16_t)json_integer_value(to);
}

/* {"changes": {member: [was, now]}}: what the history of a unit tells. */
static json_t *changes_json(const oko_unit *was, const oko_unit *now)
{
    json_t *a = oko_unit_json(was), *b = oko_unit_json(now), *changes = json_object(), *value;
    const char *name;
    json_object_foreach(a, name, value)
    {
        json_t *after = json_object_get(b, name);
        if (!json_equal(value, after))
            (void)json_object_set_new(changes, name, json_pack("[O,O]", value, after));
    }
    json_decref(a);
    json_decref(b);
    return json_pack("{s:o}", "changes", changes);
}

static oko_status units_create(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_unit u = { .level = OKO_LEVEL_SCHOOL, .confirmed = true };
    int64_t id = 0;
    (void)oko_level_parse(oko_str_of(json_string_value(json_object_get(rq->body, "level"))), &u.level);
    take(rq->body, "code", u.code, sizeof u.code);
    take_all(rq->body, &u);
    oko_status status = u.parent != 0 ? oko_request_sees(rq, u.parent, err) : OKO_OK;
    if (status == OKO_OK)
        status = oko_store_unit_put(rq->store, &u, &id, err);
    return status == OKO_OK ? answer(rq, reply, 201, id, err) : status;
}

static oko_status units_change(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_unit u, was;
    int64_t id = oko_request_int(rq, "id", 0);
    oko_status status = oko_store_unit_get(rq->store, id, &u, err);
    if (status == OKO_OK && rq->version != version_of(&u))
        return oko_error_set(err, OKO_E_CONFLICT, "http.changed", "");
    if (status == OKO_OK && u.merged_into != 0)
        return oko_error_set(err, OKO_E_CONFLICT, "store.unit.merged", u.code);
    if (status != OKO_OK)
        return status;
    was = u;
    take_all(rq->body, &u);
    status = oko_store_unit_put(rq->store, &u, &id, err);
    if (status == OKO_OK)
        reply->detail = changes_json(&was, &u);
    return status == OKO_OK ? answer(rq, reply, 200, id, err) : status;
}

/* ---- aliases ---- */
static oko_status add_alias(void *ctx, oko_alias_kind kind, const char *alias, int64_t unit)
{
    json_t *o = json_object();
    (void)unit;
    oko_json_set_str(o, "kind", oko_alias_kind_name(kind));
    oko_json_set_str(o, "alias", alias);
    return json_array_append_new(ctx, o) == 0 ? OKO_OK : OKO_E_MEMORY;
}

static oko_status list_aliases(oko_request *rq, oko_reply *reply, oko_error *err)
{
    json_t *items = json_array();
    oko_status status = oko_store_alias_walk(rq->store, oko_request_int(rq, "id", 0), add_alias, items, err);
    if (status != OKO_OK) {
        json_decref(items);
        return status;
    }
    return oko_reply_list(reply, items, (int64_t)json_array_size(items), err);
}

static oko_status units_aliases(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_unit u;
    oko_status status = oko_store_unit_get(rq->store, oko_request_int(rq, "id", 0), &u, err);
    return status == OKO_OK ? list_aliases(rq, reply, err) : status;
}

static const char *alias_of(oko_alias_kind kind, const char *text, char folded[512])
{
    if (kind != OKO_ALIAS_NAME)
        return text;
    (void)oko_str_fold(folded, 512, oko_str_of(text)); /* names are kept folded */
    return folded;
}

static oko_status units_alias(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_alias_kind kind = OKO_ALIAS_OTHER;
    char folded[512];
    const char *text = json_string_value(json_object_get(rq->body, "alias"));
    (void)oko_alias_kind_parse(oko_str_of(json_string_value(json_object_get(rq->body, "kind"))), &kind);
    oko_status status =
        oko_store_alias_put(rq->store, oko_request_int(rq, "id", 0), kind, alias_of(kind, text, folded), err);
    if (status == OKO_OK)
        status = list_aliases(rq, reply, err);
    oko_reply_about(reply, "unit", oko_request_int(rq, "id", 0), oko_request_int(rq, "id", 0));
    reply->status = reply->status == 200 ? 201 : reply->status;
    return status;
}

static oko_status units_unalias(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_alias_kind kind = OKO_ALIAS_OTHER;
    char folded[512];
    int64_t id = oko_request_int(rq, "id", 0);
    (void)oko_alias_kind_parse(oko_str_of(oko_request_str(rq, "kind")), &kind);
    const char *text = alias_of(kind, oko_request_str(rq, "alias"), folded);
    oko_status status = oko_store_alias_remove(rq->store, id, kind, text, err);
    if (status == OKO_OK)
        status = list_aliases(rq, reply, err);
    oko_reply_about(reply, "unit", id, id);
    reply->detail = json_pack("{s:s,s:s}", "kind", oko_alias_kind_name(kind), "alias", text);
    return status;
}

/* ---- what was done with a unit: from the log ---- */
static oko_status add_line(void *ctx, const oko_audit *a)
{
    json_t *detail = a->detail != NULL ? json_loads(a->detail, 0, NULL) : NULL, *o = json_object();
    oko_json_set_int(o, "id", a->id);
    oko_json_set_str(o, "at", a->at);
    oko_json_set_str(o, "login", a->login);
    oko_json_set_str(o, "action", a->action);
    (void)json_object_set_new(o, "detail", json_is_object(detail) ? json_incref(detail) : json_object());
    json_decref(detail);
    return json_array_append_new(ctx, o) == 0 ? OKO_OK : OKO_E_MEMORY;
}

static oko_status units_history(oko_request *rq, oko_reply *reply, oko_error *err)
{
    char object[64];
    json_t *items = json_array();
    (void)snprintf(object, sizeof object, "unit/%lld", (long long)oko_request_int(rq, "id", 0));
    oko_audit_query query = { .action = "units.", .object = object, .limit = 1000 };
    oko_status status = oko_store_audit_walk(rq->store, &query, add_line, items, err);
    if (status != OKO_OK) {
        json_decref(items);
        return status;
    }
    return oko_reply_list(reply, items, (int64_t)json_array_size(items), err);
}

/* ---- two become one ---- */
static json_t *merge_json(const oko_unit_merge *m, bool dry)
{
    json_t *o = json_object();
    oko_json_set_int(o, "sheets", m->sheets);
    oko_json_set_int(o, "aggregates", m->aggregates);
    oko_json_set_int(o, "externals", m->externals);
    oko_json_set_int(o, "findings", m->findings);
    oko_json_set_int(o, "units", m->units);
    oko_json_set_int(o, "aliases", m->aliases);
    oko_json_set_bool(o, "dry_run", dry);
    return o;
}

/* A trial is the whole merge, rolled back. Takes the writer itself, so that it can be. */
static oko_status units_merge(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_store *store = NULL;
    oko_unit_merge moved = { 0 };
    int64_t from = oko_request_int(rq, "id", 0), into = json_integer_value(json_object_get(rq->body, "into"));
    bool dry = json_is_true(json_object_get(rq->body, "dry_run"));
    oko_status status = oko_service_write(rq->service, &store, err);
    if (status != OKO_OK)
        return status;
    status = oko_store_unit_merge(store, from, into, &moved, err);
    if (status == OKO_OK && !dry) {
        char object[64], detail[64];
        (void)snprintf(object, sizeof object, "unit/%lld", (long long)from);
        (void)snprintf(detail, sizeof detail, "{\"into\":%lld}", (long long)into);
        status = oko_audit_note(store, &rq->actor, rq->op->id, object, into, detail, err);
    }
    if (status == OKO_OK && dry) {
        (void)!oko_service_write_quick(rq->service, OKO_E_CANCELLED, err); /* rolled back */
    } else {
        status = oko_service_write_end(rq->service, status, err);
        oko_tree_changed(rq->service->trees);
    }
    return status == OKO_OK ? oko_reply_json(reply, 200, merge_json(&moved, dry), err) : status;
}

const oko_route oko_routes_register[] = {
    { "units.create", units_create },   { "units.change", units_change },
    { "units.aliases", units_aliases }, { "units.alias", units_alias },
    { "units.merge", units_merge },     { "units.unalias", units_unalias },
    { "units.history", units_history }, { NULL, NULL },
};
