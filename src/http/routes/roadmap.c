/* Roadmap, events, tasks and the analysis of one's own unit, beyond their records. */
#include "http/routes/routes.h"

#include "analysis/runs.h"
#include "cycle/calendar.h"
#include "cycle/events.h"
#include "cycle/notes.h"
#include "cycle/roadmap.h"
#include "cycle/search.h"
#include "cycle/tasks.h"
#include "http/cycle_door.h"
#include "http/service.h"
#include "reference/json.h"
#include "report/note.h"
#include "report/own_view.h"
#include "report/roadmap.h"

#include <stdio.h>
#include <string.h>

enum { CALENDAR_BYTES = 8 << 20 };

/* ---- roadmap ---- */

static oko_status entry_reply(const oko_cycle *c, oko_reply *reply, int code, const oko_entry *e, oko_error *err)
{
    reply->noted = true; /* the record has its line */
    oko_reply_version(reply, e->head.version);
    return oko_reply_json(reply, code, oko_cycle_json(c, e), err);
}

static oko_status seed(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = oko_roadmap_seed(&c, &e, err);
    return status == OKO_OK ? entry_reply(&c, reply, 200, &e, err) : status;
}

static oko_status copy(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = oko_roadmap_copy(&c, json_string_value(json_object_get(rq->body, "code")),
                                         json_string_value(json_object_get(rq->body, "to")),
                                         (int)json_integer_value(json_object_get(rq->body, "first_year")), &e, err);
    return status == OKO_OK ? entry_reply(&c, reply, 201, &e, err) : status;
}

static oko_status table(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    json_t *out = NULL;
    oko_status status = oko_roadmap_table(&c, oko_request_str(rq, "code"), oko_request_int(rq, "unit", 0), &out, err);
    return status == OKO_OK ? oko_reply_json(reply, 200, out, err) : status;
}

static void attach(oko_request *rq, oko_reply *reply, char *bytes, size_t len, const char *type, const char *name,
                   const char *format)
{
    const char *value = oko_arena_printf(rq->arena, "attachment; filename=\"%s.%s\"", name, format);
    reply->bytes = bytes;
    reply->len = len;
    reply->type = type;
    if (value != NULL) {
        oko_reply_header(rq, reply, "Content-Disposition", value);
    }
}

static const char *format_of(const oko_request *rq)
{
    const char *format = oko_request_str(rq, "format");
    return format != NULL ? format : "html";
}

static oko_status table_document(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    OKO_CLEANUP(oko_json_freep) json_t *out = NULL;
    char *bytes = NULL;
    size_t len = 0;
    const char *code = oko_request_str(rq, "code"), *format = format_of(rq);
    oko_status status = oko_roadmap_table(&c, code, oko_request_int(rq, "unit", 0), &out, err);
    status = status == OKO_OK
                 ? oko_roadmap_document(out, rq->text, format, oko_request_bool(rq, "state"), &bytes, &len, err)
                 : status;
    if (status == OKO_OK) {
        attach(rq, reply, bytes, len, oko_roadmap_media(format), oko_arena_printf(rq->arena, "roadmap-%s", code),
               format);
    }
    return status;
}

static oko_status row_units(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    json_t *out = NULL;
    const char *level = oko_request_str(rq, "level");
    oko_roadmap_below which = { .no = (int)oko_request_int(rq, "no", 0),
                                .unit = oko_request_int(rq, "unit", 0),
                                .level = OKO_LEVEL_COUNT,
                                .state = oko_request_str(rq, "state"),
                                .search = oko_request_str(rq, "search"),
                                .offset = oko_request_int(rq, "offset", 0),
                                .limit = oko_request_int(rq, "limit", 50) };
    if (level != NULL) {
        (void)oko_level_parse(oko_str_of(level), &which.level);
    }
    oko_status status = oko_roadmap_units(&c, oko_request_str(rq, "code"), &which, &out, err);
    return status == OKO_OK ? oko_reply_json(reply, 200, out, err) : status;
}

static oko_status evidence(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    json_t *out = NULL;
    oko_status status = oko_roadmap_evidence(&c, oko_request_str(rq, "code"), (int)oko_request_int(rq, "no", 0),
                                             oko_request_int(rq, "unit", 0), oko_request_bool(rq, "below"), &out, err);
    return status == OKO_OK ? oko_reply_json(reply, 200, out, err) : status;
}

/* ---- records of several kinds ---- */

static oko_status search(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    json_t *out = NULL;
    oko_status status =
        oko_cycle_search(&c, oko_request_str(rq, "kind"), oko_request_str(rq, "search"),
                         (int)oko_request_int(rq, "year", 0), (int)oko_request_int(rq, "limit", 20), &out, err);
    return status == OKO_OK ? oko_reply_json(reply, 200, out, err) : status;
}

static oko_status kind_of(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = oko_cycle_get(&c, NULL, oko_request_int(rq, "id", 0), &e, err);
    return status != OKO_OK ? status
                            : oko_reply_json(reply, 200,
                                             json_pack("{s:I, s:s, s:s}", "id", (json_int_t)e.head.id, "kind",
                                                       e.head.kind, "title", e.head.title),
                                             err);
}

/* ---- events ---- */

static oko_status attendance(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    int n = 0;
    reply->noted = true; /* each record has its line */
    oko_status status =
        oko_event_attendance(&c, oko_request_int(rq, "id", 0), json_object_get(rq->body, "rows"), &n, err);
    return status == OKO_OK ? oko_reply_json(reply, 200, json_pack("{s:i}", "changed", n), err) : status;
}

static oko_status survey(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    json_t *out = NULL;
    oko_status status =
        oko_event_survey(&c, oko_request_int(rq, "id", 0), oko_request_bool(rq, "published"), &out, err);
    return status == OKO_OK ? oko_reply_json(reply, 200, out, err) : status;
}

static oko_status calendar_create(oko_request *rq, oko_reply *reply, oko_error *err)
{
    char secret[OKO_SECRET_HEX], expires[OKO_TIME_BYTES], path[160];
    reply->noted = true;
    oko_status status = oko_feed_make(rq->store, &rq->actor, rq->now, secret, expires, err);
    if (status != OKO_OK) {
        return status;
    }
    (void)snprintf(path, sizeof path, "%s/calendar/%s", oko_contract_root(rq->service->contract), secret);
    return oko_reply_json(reply, 201, json_pack("{s:s, s:s, s:s}", "secret", secret, "path", path, "expires", expires),
                          err);
}

static oko_status calendar_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_buffer out;
    oko_status status = oko_feed_actor(rq->store, oko_request_str(rq, "secret"), rq->now, &rq->actor, err);
    if (status != OKO_OK) {
        return status;
    }
    const oko_cycle c = oko_door(rq);
    oko_buffer_init(&out, CALENDAR_BYTES);
    status = oko_calendar_write(&c, &out, err);
    if (status != OKO_OK) {
        oko_buffer_free(&out);
        return status;
    }
    reply->bytes = out.ptr;
    reply->len = out.len;
    reply->type = "text/calendar; charset=utf-8";
    return OKO_OK;
}

/* ---- tasks ---- */

/* The words of each code, in the language of whoever asked. */
static void add_words(const oko_request *rq, json_t *list, const char *member, const char *prefix)
{
    size_t i;
    json_t *o;
    json_array_foreach(list, i, o)
    {
        char key[96];
        (void)snprintf(key, sizeof key, "%s%s", prefix, json_string_value(json_object_get(o, "code")));
        oko_json_set_str(o, member, oko_text_get(rq->text, key));
    }
}

static oko_status tasks(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    json_t *out = NULL;
    oko_status status = oko_tasks(&c, &out, err);
    if (status != OKO_OK) {
        return status;
    }
    add_words(rq, json_object_get(out, "items"), "text", "task.");
    add_words(rq, json_object_get(out, "groups"), "text", "task.");
    add_words(rq, json_object_get(out, "checklist"), "text", "task.first.");
    add_words(rq, json_object_get(out, "checklist"), "why", "task.first.why.");
    if (oko_request_bool(rq, "brief")) {
        (void)json_array_clear(json_object_get(out, "items"));
    }
    return oko_reply_json(reply, 200, out, err);
}

/* ---- analysis ---- */

static oko_status questions(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    json_t *out = NULL;
    oko_unit unit;
    oko_status status = oko_roadmap_unit(&c, oko_request_int(rq, "unit", 0), &unit, err);
    status = status == OKO_OK ? oko_note_questions(&c, unit.id, &out, err) : status;
    return status == OKO_OK ? oko_reply_json(reply, 200, out, err) : status;
}

static oko_status view(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    json_t *out = NULL;
    oko_unit unit;
    oko_status status = oko_roadmap_unit(&c, oko_request_int(rq, "unit", 0), &unit, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_own_view_options options = { .unit = unit.id, .published = oko_request_bool(rq, "published") };
    const oko_tree *tree = NULL;
    const oko_run_rows *rows = NULL; /* keeps what all schools say */
    status = oko_tree_get(rq->service->trees, rq->store, &tree, err);
    status = status == OKO_OK
                 ? oko_run_rows_newest(rq->service->runs, rq->store, OKO_METHODS_EVIDENCE, tree, &rows, err)
                 : status;
    if (rows != NULL) {
        options.evidence = rows->run;
        options.peers = &rows->peers;
    }
    status = status == OKO_OK ? oko_own_view(rq->store, rq->text, &options, &out, err) : status;
    oko_run_rows_back(rq->service->runs, rows);
    if (tree != NULL) {
        oko_tree_back(rq->service->trees, tree);
    }
    oko_reply_about(reply, "unit", unit.id, unit.id);
    return status == OKO_OK ? oko_reply_json(reply, 200, out, err) : status;
}

static oko_status note_document(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *figures = NULL;
    oko_document_kind kind;
    oko_unit unit;
    char *bytes = NULL;
    size_t len = 0;
    const char *format = format_of(rq);
    oko_status status = oko_cycle_get(&c, "note", oko_request_int(rq, "id", 0), &e, err);
    status = status == OKO_OK ? oko_roadmap_unit(&c, e.head.unit, &unit, err) : status;
    if (status != OKO_OK || !oko_document_kind_parse(format, &kind)) {
        return status != OKO_OK ? status : oko_error_set(err, OKO_E_ARGUMENT, "report.format", "format");
    }
    const oko_own_view_options options = { .unit = unit.id,
                                           .run = json_integer_value(json_object_get(e.body, "run")),
                                           .evidence = json_integer_value(json_object_get(e.body, "evidence")) };
    status = oko_own_view(rq->store, rq->text, &options, &figures, err);
    status =
        status == OKO_OK ? oko_note_document(figures, e.head.title, e.body, rq->text, kind, &bytes, &len, err) : status;
    if (status == OKO_OK) {
        attach(rq, reply, bytes, len, oko_document_media(kind),
               oko_arena_printf(rq->arena, "note-%lld", (long long)e.head.id), format);
    }
    return status;
}

const oko_route oko_routes_roadmap[] = {
    { "roadmaps.seed", seed },
    { "roadmaps.copy", copy },
    { "roadmapTables.get", table },
    { "roadmapTables.document", table_document },
    { "roadmapTables.units", row_units },
    { "roadmapTables.evidence", evidence },
    { "records.search", search },
    { "records.get", kind_of },
    { "events.attendance", attendance },
    { "events.survey", survey },
    { "calendar.create", calendar_create },
    { "calendar.get", calendar_get },
    { "tasks.list", tasks },
    { "questions.list", questions },
    { "analysis.view", view },
    { "notes.document", note_document },
    { NULL, NULL },
};
