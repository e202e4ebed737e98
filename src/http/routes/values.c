/* Values of indicators: lists, a table, where a number comes from; and what of it others may see. */
#include "http/routes/routes.h"

#include "cycle/publish.h"
#include "cycle/trace.h"
#include "cycle/value_table.h"
#include "http/cycle_door.h"
#include "http/service.h"
#include "http/workbook.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PUBLISHED_BYTES = 256 << 20 };

typedef struct listing {
    oko_request *rq;
    const oko_cycle *c;
    json_t *items;
    json_t *bodies;                   /* of the indicators seen, by id */
    const oko_publication *published; /* NULL: for those who work with the numbers */
    bool with_trace;
    oko_error *err;
} listing;

/* Why a value is not shown to everybody; NULL: it is. */
static const char *hidden_why(const listing *l, const oko_indicator_value *v)
{
    if (l->published == NULL) {
        return NULL;
    }
    const oko_published *p = oko_publication_find(l->published, v->id);
    return p == NULL ? "indicator.not_published" : p->hidden ? p->why : NULL;
}

static oko_status explain(oko_request *rq, json_t *o, const char *text, oko_error *err)
{
    json_t *trace = NULL, *lines = NULL;
    if (oko_json_parse(oko_str_of(text), "trace", &trace, NULL) != OKO_OK) {
        return OKO_OK; /* not kept */
    }
    (void)json_object_set_new(o, "trace", trace);
    oko_status status = oko_trace_words(trace, rq->text, &lines, err);
    return status == OKO_OK && json_object_set_new(o, "explanation", lines) != 0 ? OKO_E_MEMORY : status;
}

static const json_t *body_of(listing *l, int64_t indicator)
{
    char id[24];
    (void)snprintf(id, sizeof id, "%lld", (long long)indicator);
    json_t *body = json_object_get(l->bodies, id);
    if (body == NULL) {
        oko_entry e = { 0 };
        if (oko_cycle_get(l->c, "indicator", indicator, &e, NULL) == OKO_OK) {
            (void)json_object_set_new(e.body, "title", json_string(e.head.title));
            (void)json_object_set(l->bodies, id, e.body);
        }
        oko_entry_clear(&e);
        body = json_object_get(l->bodies, id);
    }
    return body;
}

static void add_unit(const listing *l, json_t *o, int64_t unit)
{
    oko_unit u;
    const bool known = oko_store_unit_get(l->rq->store, unit, &u, NULL) == OKO_OK;
    oko_json_set_str(o, "unit_code", known ? u.code : "");
    oko_json_set_str(o, "unit_name", known ? u.name : "");
    oko_json_set_str(o, "level", known ? oko_level_name(u.level) : "");
}

static oko_status add_value(void *ctx, const oko_indicator_value *v)
{
    listing *l = ctx;
    const json_t *body = body_of(l, v->indicator);
    const char *hidden = hidden_why(l, v);
    json_t *o = oko_value_json(v, body, hidden);
    if (o == NULL) {
        return OKO_E_MEMORY;
    }
    const char *title = json_string_value(json_object_get(body, "title"));
    oko_json_set_str(o, "title", title != NULL ? title : v->code);
    const char *why = hidden != NULL ? hidden : v->why;
    oko_json_set_str(o, "why_text", why[0] != '\0' ? oko_text_get(l->rq->text, why) : "");
    oko_json_set_str(o, "standing_text",
                     oko_standing_text(l->rq->text, json_string_value(json_object_get(o, "standing"))));
    add_unit(l, o, v->unit);
    oko_status status = l->with_trace && hidden == NULL ? explain(l->rq, o, v->trace, l->err) : OKO_OK;
    if (status != OKO_OK) {
        json_decref(o);
        return status;
    }
    return json_array_append_new(l->items, o) == 0 ? OKO_OK : OKO_E_MEMORY;
}

static oko_status walk(oko_request *rq, oko_value_query *q, bool with_trace, json_t **ret_items, int64_t *ret_total,
                       oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    listing l = {
        .rq = rq, .c = &c, .items = json_array(), .bodies = json_object(), .with_trace = with_trace, .err = err
    };
    OKO_CLEANUP(oko_publication_freep) oko_publication *published = NULL;
    oko_status status = OKO_OK;
    if (oko_request_bool(rq, "published")) {
        status = oko_publication_load(&c, q->year, q->campaign, &published, err);
        l.published = published;
    }
    if (status == OKO_OK && !rq->actor.owner && rq->actor.unit != 0) {
        q->unit = q->unit != 0 ? q->unit : rq->actor.unit;
        status = oko_access_unit(rq->store, &rq->actor, q->unit, OKO_SCOPE_SUBTREE, err);
    }
    status = status == OKO_OK ? oko_store_value_walk(rq->store, q, add_value, &l, ret_total, err) : status;
    json_decref(l.bodies);
    if (status != OKO_OK) {
        json_decref(l.items);
        return status;
    }
    *ret_items = l.items;
    return OKO_OK;
}

static oko_status values(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const char *level = oko_request_str(rq, "level");
    oko_value_query q = { .code = oko_request_str(rq, "code"),
                          .year = (int)oko_request_int(rq, "year", 0),
                          .unit = oko_request_int(rq, "unit", 0),
                          .subtree = true,
                          .level = OKO_LEVEL_COUNT,
                          .campaign = oko_request_int(rq, "campaign", 0),
                          .all = oko_request_bool(rq, "all"),
                          .offset = oko_request_int(rq, "offset", 0),
                          .limit = oko_request_int(rq, "limit", 50) };
    if (level != NULL) {
        (void)oko_level_parse(oko_str_of(level), &q.level);
    }
    json_t *items = NULL;
    int64_t total = 0;
    oko_status status = walk(rq, &q, false, &items, &total, err);
    return status == OKO_OK ? oko_reply_list(reply, items, total, err) : status;
}

static oko_status value(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_value_query q = { .id = oko_request_int(rq, "id", 0), .subtree = true, .level = OKO_LEVEL_COUNT };
    json_t *items = NULL; /* published: among the newest of all years and campaigns */
    int64_t total = 0;
    oko_status status = walk(rq, &q, true, &items, &total, err);
    if (status != OKO_OK) {
        return status;
    }
    json_t *one = json_incref(json_array_get(items, 0));
    json_decref(items);
    return one != NULL ? oko_reply_json(reply, 200, one, err) : oko_error_set(err, OKO_E_NOT_FOUND, "cycle.record", "");
}

static oko_status table(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    oko_value_table_query q = { .year = (int)oko_request_int(rq, "year", 0),
                                .level = OKO_LEVEL_SCHOOL,
                                .unit = oko_request_int(rq, "unit", 0),
                                .campaign = oko_request_int(rq, "campaign", 0),
                                .group = oko_request_str(rq, "group"),
                                .search = oko_request_str(rq, "search"),
                                .offset = oko_request_int(rq, "offset", 0),
                                .limit = oko_request_int(rq, "limit", 50) };
    (void)oko_level_parse(oko_str_of(oko_request_str(rq, "level")), &q.level);
    json_t *out = NULL;
    oko_status status = oko_value_table(&c, &q, rq->text, &out, err);
    return status == OKO_OK ? oko_reply_json(reply, 200, out, err) : status;
}

/* ---- as others may see them ---- */

static oko_status published_rows(oko_request *rq, json_t **ret_rows, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    OKO_CLEANUP(oko_publication_freep) oko_publication *p = NULL;
    oko_status status =
        oko_publication_load(&c, (int)oko_request_int(rq, "year", 0), oko_request_int(rq, "campaign", 0), &p, err);
    return status == OKO_OK ? oko_publication_rows(&c, p, rq->text, oko_request_str(rq, "code"), ret_rows, err)
                            : status;
}

static oko_status published(oko_request *rq, oko_reply *reply, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *rows = NULL;
    const char *level = oko_request_str(rq, "level");
    const int64_t offset = oko_request_int(rq, "offset", 0), limit = oko_request_int(rq, "limit", INT32_MAX);
    oko_status status = published_rows(rq, &rows, err);
    int64_t total = 0;
    json_t *page = json_array(), *row;
    size_t i;
    json_array_foreach(rows, i, row)
    {
        if (level == NULL || strcmp(level, json_string_value(json_object_get(row, "level"))) == 0) {
            if (total >= offset && total - offset < limit) {
                (void)json_array_append(page, row);
            }
            total++;
        }
    }
    if (status != OKO_OK) {
        json_decref(page);
        return status;
    }
    return oko_reply_list(reply, page, total, err);
}

static oko_status csv(oko_request *rq, const json_t *rows, oko_reply *reply, oko_error *err)
{
    OKO_CLEANUP(oko_buffer_free) oko_buffer out = { 0 };
    oko_buffer_init(&out, PUBLISHED_BYTES);
    oko_status status = oko_publication_csv(rows, rq->text, &out, err);
    if (status == OKO_OK) {
        reply->bytes = out.ptr;
        reply->len = out.len;
        out.ptr = NULL;
        oko_buffer_init(&out, 0);
    }
    return status;
}

static oko_status xlsx(oko_request *rq, const json_t *rows, oko_reply *reply, oko_error *err)
{
    oko_table_column columns[16] = { 0 };
    size_t n = 0;
    for (const oko_published_column *c = oko_published_columns; c->name != NULL && n < 16; c++, n++) {
        const char *key = oko_arena_printf(rq->arena, "indicator.column.%s", c->name);
        columns[n] = (oko_table_column){ c->name, oko_text_get(rq->text, key != NULL ? key : ""), c->width };
    }
    return oko_reply_workbook(rq, reply, oko_text_get(rq->text, "indicator.sheet"), columns, n, rows, "indicators",
                              err);
}

static oko_status published_file(oko_request *rq, oko_reply *reply, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *rows = NULL;
    const char *asked = oko_request_str(rq, "format"), *format = asked != NULL ? asked : "csv";
    oko_status status = published_rows(rq, &rows, err);
    if (status != OKO_OK) {
        return status;
    }
    if (strcmp(format, "xlsx") == 0) {
        return xlsx(rq, rows, reply, err);
    }
    reply->type = "application/octet-stream";
    const char *file = oko_arena_printf(rq->arena, "attachment; filename=indicators.%s", format);
    oko_reply_header(rq, reply, "Content-Disposition", file != NULL ? file : "attachment");
    return strcmp(format, "json") == 0 ? oko_reply_json(reply, 200, json_pack("{s:O}", "items", rows), err)
                                       : csv(rq, rows, reply, err);
}

const oko_route oko_routes_values[] = {
    { "indicatorValues.list", values },    { "indicatorValues.table", table },         { "indicatorValues.get", value },
    { "publishedValues.list", published }, { "publishedValues.file", published_file }, { NULL, NULL },
};
