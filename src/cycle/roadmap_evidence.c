/* What proves that the rows of a roadmap were done: everything that was linked as evidence, row by row. */
#include "cycle/roadmap.h"

#include "cycle/body.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 1000, FEW = 10 };

typedef struct gathering {
    const oko_cycle *c;
    const oko_entry *roadmap;
    oko_unit top;
    bool below;
    json_t *row;   /* of the roadmap */
    json_t *units; /* of the row, as they go out */
    json_t *items; /* of the unit */
    int64_t total, shown;
    oko_error *err;
} gathering;

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

/* ---- one thing that proves something ---- */

/* The day that an office would write beside it. */
static const char *date_of(const oko_entry *e)
{
    static const char *const members[] = { "held_on", "date", "done_on", "from" };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const char *date = oko_body_str(e->body, members[i]);
        if (*date != '\0') {
            return date;
        }
    }
    return e->head.updated;
}

static json_t *item_of(const oko_record_link *link, const char *title, const char *date)
{
    static const char *const targets[] = { "record", "file", "run", "import", "unit", "url" };
    char day[OKO_DATE_BYTES];
    (void)snprintf(day, sizeof day, "%.10s", date);
    return json_pack("{s:s, s:I, s:s, s:s, s:s}", "target", targets[link->target], "id", (json_int_t)link->target_id,
                     "title", title, "date", day, "note", link->note);
}

/* Few people are not told of: how many came is a number of persons. */
static oko_status add_people(json_t *item, const oko_entry *e, oko_error *err)
{
    const json_t *n = json_object_get(e->body, "participants");
    if (strcmp(e->head.kind, "event") != 0 || !json_is_integer(n)) {
        return OKO_OK;
    }
    const bool few = json_integer_value(n) < FEW;
    oko_status status =
        oko_body_set(item, "participants", few ? json_null() : json_integer(json_integer_value(n)), err);
    return status == OKO_OK ? oko_body_set(item, "few", json_boolean(few), err) : status;
}

static oko_status record_item(const gathering *g, const oko_record_link *link, json_t **ret_item)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_error none = { .code = OKO_OK };
    oko_status status = oko_cycle_get(g->c, NULL, link->target_id, &e, &none);
    if (status == OKO_E_NOT_FOUND || status == OKO_E_PERMISSION) {
        return OKO_OK; /* out of sight: as if it were not there */
    }
    json_t *o = status == OKO_OK ? item_of(link, e.head.title, date_of(&e)) : NULL;
    if (o == NULL) {
        return status != OKO_OK ? oko_error_set(g->err, status, "", "") : no_memory(g->err);
    }
    status = oko_body_set(o, "kind", json_string(e.head.kind), g->err);
    status = status == OKO_OK ? oko_body_set(o, "state", json_string(e.head.state), g->err) : status;
    status = status == OKO_OK ? add_people(o, &e, g->err) : status;
    if (status != OKO_OK) {
        json_decref(o);
        return status;
    }
    *ret_item = o;
    return OKO_OK;
}

static oko_status file_item(const gathering *g, const oko_record_link *link, json_t **ret_item)
{
    oko_file f;
    oko_error none = { .code = OKO_OK };
    oko_status status = oko_store_file_get(g->c->store, link->target_id, &f, g->err);
    if (status != OKO_OK || oko_access_file(g->c->store, g->c->actor, &f, &none) == OKO_E_NOT_FOUND) {
        return status;
    }
    json_t *o = item_of(link, f.name, f.created);
    status = o != NULL ? oko_body_set(o, "type", json_string(f.type), g->err) : no_memory(g->err);
    status = status == OKO_OK ? oko_body_set(o, "bytes", json_integer((json_int_t)f.bytes), g->err) : status;
    if (status != OKO_OK) {
        json_decref(o);
        return status;
    }
    *ret_item = o;
    return OKO_OK;
}

static oko_status add_link(void *ctx, const oko_record_link *link)
{
    gathering *g = ctx;
    json_t *item = NULL;
    oko_status status = OKO_OK;
    if (strcmp(link->relation, "evidence") != 0) {
        return OKO_OK;
    }
    if (link->target == OKO_LINK_RECORD) {
        status = record_item(g, link, &item);
    } else if (link->target == OKO_LINK_FILE) {
        status = file_item(g, link, &item);
    } else {
        item = item_of(link, link->note, link->created);
        status = item != NULL ? OKO_OK : no_memory(g->err);
    }
    if (status != OKO_OK || item == NULL) {
        return status;
    }
    g->total++;
    if (g->shown == OKO_ROADMAP_EVIDENCE_MAX) {
        json_decref(item);
        return OKO_OK;
    }
    g->shown++;
    return oko_body_append(g->items, item, g->err);
}

/* ---- a unit, a row ---- */

static json_t *unit_json(const oko_unit *u)
{
    return json_pack("{s:I, s:s, s:s, s:s}", "id", (json_int_t)u->id, "code", u->code, "name", u->name, "level",
                     oko_level_name(u->level));
}

static oko_status add_unit(void *ctx, const oko_entry *e)
{
    gathering *g = ctx;
    oko_unit u;
    oko_status status = oko_store_unit_get(g->c->store, e->head.unit, &u, g->err);
    if (status != OKO_OK) {
        return status;
    }
    json_t *items = json_array();
    json_t *o = json_pack("{s:o, s:s, s:s, s:s, s:s, s:o}", "unit", unit_json(&u), "state", e->head.state, "due",
                          e->head.due, "responsible", oko_body_str(e->body, "responsible"), "summary",
                          oko_body_str(e->body, "summary"), "items", items);
    if (o == NULL) {
        return no_memory(g->err);
    }
    g->items = items;
    status = oko_store_link_walk(g->c->store, e->head.id, OKO_LINK_TARGET_COUNT, 0, add_link, g, g->err);
    if (status != OKO_OK) {
        json_decref(o);
        return status;
    }
    return oko_body_append(g->units, o, g->err);
}

static oko_status add_row(gathering *g, json_t *rows)
{
    char prefix[OKO_RECORD_KEY_BYTES];
    int64_t total = 1;
    const json_t *own = json_object_get(g->row, oko_level_name(g->top.level));
    json_t *out = json_pack("{s:O, s:O, s:O*, s:[]}", "no", json_object_get(g->row, "no"), "year",
                            json_object_get(g->row, "year"), "text", own, "units");
    oko_status status = oko_body_append(rows, out, g->err);
    if (status != OKO_OK) {
        return status;
    }
    g->units = json_object_get(out, "units");
    (void)snprintf(prefix, sizeof prefix, "%.100s/%lld/", g->roadmap->head.key, (long long)oko_body_int(g->row, "no"));
    oko_record_query q = { .kind = "roadmap-row",
                           .key_prefix = prefix,
                           .unit = g->top.id,
                           .subtree = g->below,
                           .sort = OKO_SORT_UNIT,
                           .limit = PAGE };
    for (; status == OKO_OK && q.offset < total; q.offset += PAGE) {
        status = oko_cycle_list(g->c, &q, add_unit, g, &total, g->err);
    }
    return status;
}

static oko_status add_rows(gathering *g, int no, json_t *rows)
{
    oko_status status = OKO_OK;
    size_t i;
    json_array_foreach(json_object_get(g->roadmap->body, "rows"), i, g->row)
    {
        if (status == OKO_OK && (no == 0 || oko_body_int(g->row, "no") == no)) {
            status = add_row(g, rows);
        }
    }
    if (status == OKO_OK && no != 0 && json_array_size(rows) == 0) {
        return oko_error_set(g->err, OKO_E_NOT_FOUND, "roadmap.no_row", "no");
    }
    return status;
}

oko_status oko_roadmap_evidence(const oko_cycle *c, const char *code, int no, int64_t unit, bool below,
                                json_t **ret_pack, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry roadmap = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *rows = json_array();
    gathering g = { .c = c, .roadmap = &roadmap, .below = below, .err = err };
    oko_status status = rows != NULL ? oko_roadmap_get(c, code, &roadmap, err) : no_memory(err);
    status = status == OKO_OK ? oko_roadmap_unit(c, unit, &g.top, err) : status;
    status = status == OKO_OK ? add_rows(&g, no, rows) : status;
    if (status != OKO_OK) {
        return status;
    }
    *ret_pack = json_pack("{s:s, s:s, s:o, s:b, s:I, s:I, s:O}", "code", roadmap.head.key, "title", roadmap.head.title,
                          "unit", unit_json(&g.top), "below", (int)below, "total", (json_int_t)g.total, "shown",
                          (json_int_t)g.shown, "rows", rows);
    return *ret_pack != NULL ? OKO_OK : no_memory(err);
}
