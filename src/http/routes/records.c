/*
 * Records of the cycle: the same operations for every kind. What a kind is, who may do what and what an action needs
 * stands in the flows and the contract; what is particular to a kind is in src/cycle.
 */
#include "http/routes/routes.h"

#include "cycle/cycle.h"
#include "cycle/many.h"
#include "http/cycle_door.h"
#include "http/service.h"

#include <stdio.h>
#include <string.h>

/* Collection of the path → kind of the flows. */
static const struct {
    const char *collection, *kind;
} kinds[] = {
    { "roadmaps", "roadmap" },
    { "roadmap-rows", "roadmap-row" },
    { "events", "event" },
    { "registrations", "registration" },
    { "survey-answers", "survey-answer" },
    { "indicators", "indicator" },
    { "campaigns", "campaign" },
    { "forms", "form" },
    { "notes", "note" },
    { "cases", "case" },
    { "recommendations", "recommendation" },
    { "advice", "advice" },
    { "catalogue-measures", "catalogue-measure" },
    { "measures", "measure" },
    { "observations", "observation" },
    { "rechecks", "recheck" },
    { "templates", "template" },
};

static const char *kind_of(const oko_request *rq)
{
    const size_t n = strcspn(rq->op->id, ".");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strlen(kinds[i].collection) == n && strncmp(kinds[i].collection, rq->op->id, n) == 0) {
            return kinds[i].kind;
        }
    }
    return "";
}

/* ---- a record as the contract shows it ---- */

static void name_unit(oko_request *rq, json_t *o, int64_t unit)
{
    oko_unit u;
    const bool known = unit != 0 && oko_store_unit_get(rq->store, unit, &u, NULL) == OKO_OK;
    oko_json_set_str(o, "unit_code", known ? u.code : "");
    oko_json_set_str(o, "unit_name", known ? u.name : "");
}

json_t *oko_record_json(oko_request *rq, const oko_cycle *c, const oko_entry *e)
{
    json_t *o = oko_cycle_json(c, e);
    if (o != NULL) {
        name_unit(rq, o, e->head.unit);
    }
    return o;
}

oko_status oko_record_reply(oko_request *rq, oko_reply *reply, const oko_cycle *c, int status, const oko_entry *e,
                            oko_error *err)
{
    oko_reply_version(reply, e->head.version);
    oko_reply_about(reply, e->head.kind, e->head.id, e->head.unit);
    /* The cycle wrote the line of a change itself, in the same transaction. */
    reply->noted = strcmp(rq->op->method, "GET") != 0;
    return oko_reply_json(reply, status, oko_record_json(rq, c, e), err);
}

/* ---- reading ---- */

typedef struct listing {
    oko_request *rq;
    const oko_cycle *c;
    json_t *items;
} listing;

static oko_status add_item(void *ctx, const oko_entry *e)
{
    listing *l = ctx;
    return json_array_append_new(l->items, oko_record_json(l->rq, l->c, e)) == 0 ? OKO_OK : OKO_E_MEMORY;
}

static void read_sort(const char *text, oko_record_query *q)
{
    static const char *const names[OKO_SORT_COUNT] = {
        [OKO_SORT_ID] = "id",       [OKO_SORT_UPDATED] = "updated", [OKO_SORT_DUE] = "due",  [OKO_SORT_STATE] = "state",
        [OKO_SORT_TITLE] = "title", [OKO_SORT_UNIT] = "unit",       [OKO_SORT_YEAR] = "year"
    };
    if (text == NULL) {
        return;
    }
    q->descending = *text == '-';
    text += q->descending;
    for (int i = 0; i < OKO_SORT_COUNT; i++) {
        if (strcmp(names[i], text) == 0) {
            q->sort = (oko_record_sort)i;
        }
    }
}

/* States that are not final, as a list, for "overdue". */
static const char *open_states(oko_request *rq, const oko_flow *flow)
{
    oko_buffer list = { 0 };
    oko_buffer_init(&list, 4096);
    for (int i = 0; i < flow->n_states; i++) {
        if ((flow->final & (1u << i)) == 0) {
            oko_buffer_printf(&list, "%s%s", list.len > 0 ? "," : "", flow->states[i]);
        }
    }
    char *text = list.ptr != NULL ? oko_arena_str(rq->arena, oko_str_of(list.ptr)) : NULL;
    oko_buffer_free(&list);
    return text;
}

static oko_status read_query(oko_request *rq, const oko_cycle *c, oko_record_query *q)
{
    *q = (oko_record_query){ .kind = kind_of(rq),
                             .unit = oko_request_int(rq, "unit", 0),
                             .subtree = true,
                             .year = (int)oko_request_int(rq, "year", 0),
                             .states = oko_request_str(rq, "state"),
                             .assignee = oko_request_int(rq, "assignee", 0),
                             .due_from = oko_request_str(rq, "due_from"),
                             .due_until = oko_request_str(rq, "due_until"),
                             .search = oko_request_str(rq, "search"),
                             .body_path = oko_request_str(rq, "member"),
                             .body_value = oko_request_str(rq, "value"),
                             .offset = oko_request_int(rq, "offset", 0),
                             .limit = oko_request_int(rq, "limit", 50) };
    read_sort(oko_request_str(rq, "sort"), q);
    (void)oko_level_parse(oko_str_of(oko_request_str(rq, "level")), &q->level);
    if (q->body_value == NULL) {
        q->body_path = NULL;
    }
    if (oko_request_bool(rq, "overdue")) {
        char *yesterday = oko_arena_alloc(rq->arena, OKO_DATE_BYTES);
        if (yesterday == NULL) {
            return OKO_E_MEMORY;
        }
        oko_door_yesterday(rq, yesterday);
        q->due_until = yesterday;
        q->states = q->states != NULL ? q->states : open_states(rq, oko_flow_find(c->flows, q->kind));
    }
    return OKO_OK;
}

static oko_status list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    oko_record_query q;
    listing l = { .rq = rq, .c = &c, .items = json_array() };
    int64_t total = 0;
    oko_status status = read_query(rq, &c, &q);
    status = status == OKO_OK ? oko_cycle_list(&c, &q, add_item, &l, &total, err) : status;
    if (status != OKO_OK) {
        json_decref(l.items);
        return status;
    }
    return oko_reply_list(reply, l.items, total, err);
}

static oko_status get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    const int64_t id = oko_request_int(rq, "id", 0);
    oko_status status = strcmp(kind_of(rq), "recommendation") == 0 ? oko_letter_seen(rq, id, err) : OKO_OK;
    status = status == OKO_OK ? oko_cycle_get(&c, kind_of(rq), id, &e, err) : status;
    return status == OKO_OK ? oko_record_reply(rq, reply, &c, 200, &e, err) : status;
}

/* What a record was: nothing can be done with it any more. */
static oko_status add_past(void *ctx, const oko_entry *e)
{
    listing *l = ctx;
    oko_status status = add_item(l, e);
    json_t *o = json_array_get(l->items, json_array_size(l->items) - 1);
    if (status == OKO_OK) {
        oko_json_set_bool(o, "editable", false);
        (void)json_array_clear(json_object_get(o, "actions"));
    }
    return status;
}

static oko_status history(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    listing l = { .rq = rq, .c = &c, .items = json_array() };
    const int64_t id = oko_request_int(rq, "id", 0);
    oko_status status = oko_cycle_history(&c, kind_of(rq), id, add_past, &l, err);
    if (status != OKO_OK) {
        json_decref(l.items);
        return status;
    }
    oko_reply_about(reply, kind_of(rq), id, 0);
    return oko_reply_list(reply, l.items, (int64_t)json_array_size(l.items), err);
}

/* ---- writing ---- */

static oko_draft read_draft(const oko_request *rq, int64_t *assignee)
{
    oko_draft d = { .title = json_string_value(json_object_get(rq->body, "title")),
                    .due = json_string_value(json_object_get(rq->body, "due")),
                    .unit = json_integer_value(json_object_get(rq->body, "unit")),
                    .year = (int)json_integer_value(json_object_get(rq->body, "year")),
                    .body = json_object_get(rq->body, "body") };
    const json_t *given = json_object_get(rq->body, "assignee");
    if (given != NULL) {
        *assignee = json_integer_value(given);
        d.assignee = assignee;
    }
    return d;
}

static oko_status create(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    int64_t assignee = 0;
    oko_draft d = read_draft(rq, &assignee);
    if (json_object_get(rq->body, "unit") == NULL) {
        d.unit = rq->actor.unit; /* whoever makes it, makes it at home */
    }
    oko_status status = oko_cycle_create(&c, kind_of(rq), &d, &e, err);
    return status == OKO_OK ? oko_record_reply(rq, reply, &c, 201, &e, err) : status;
}

static oko_status change(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    int64_t assignee = 0;
    const oko_draft d = read_draft(rq, &assignee);
    oko_status status = oko_cycle_change(&c, kind_of(rq), oko_request_int(rq, "id", 0), rq->version, &d, &e, err);
    return status == OKO_OK ? oko_record_reply(rq, reply, &c, 200, &e, err) : status;
}

static oko_status act(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = oko_cycle_act(&c, kind_of(rq), oko_request_int(rq, "id", 0), rq->version,
                                      oko_request_str(rq, "action"), rq->body, &e, err);
    return status == OKO_OK ? oko_record_reply(rq, reply, &c, 200, &e, err) : status;
}

/* The words of each problem, in the language of whoever asked. */
static void say(oko_request *rq, json_t *problems)
{
    size_t i;
    json_t *p;
    json_array_foreach(problems, i, p)
    {
        const char *arg = json_string_value(json_object_get(p, "arg"));
        oko_error shown = { .code = OKO_E_ARGUMENT };
        (void)snprintf(shown.id, sizeof shown.id, "%s", json_string_value(json_object_get(p, "problem")));
        if (arg != NULL && *arg != '\0') {
            oko_error_arg(&shown, "%s", arg);
        }
        const char *text = oko_text_error(rq->text, rq->arena, &shown);
        oko_json_set_str(p, "message", text != NULL ? text : "");
        (void)json_object_del(p, "arg");
    }
}

static oko_status answer_rows(oko_request *rq, oko_reply *reply, oko_status status, int n, json_t *problems,
                              oko_error *err)
{
    reply->noted = true; /* each record has its line */
    if (status != OKO_OK && json_array_size(problems) > 0) {
        say(rq, problems);
        return oko_reply_json(reply, 422, json_pack("{s:i, s:o}", "changed", 0, "problems", problems), err);
    }
    if (status != OKO_OK) {
        json_decref(problems);
        return status;
    }
    return oko_reply_json(reply, 200, json_pack("{s:i, s:o}", "changed", n, "problems", problems), err);
}

/* One action on many: all or nothing, and what stood in the way is the answer, so it has its own transaction. */
static oko_status act_all(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_store *writer = NULL;
    json_t *problems = NULL;
    int n = 0;
    oko_status status = oko_service_write(rq->service, &writer, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_cycle c = oko_door(rq);
    c.store = writer;
    c.in_transaction = true;
    status =
        oko_cycle_act_many(&c, kind_of(rq), json_string_value(json_object_get(rq->body, "action")),
                           json_object_get(rq->body, "items"), json_object_get(rq->body, "input"), &n, &problems, err);
    status = oko_service_write_end(rq->service, status, err);
    return answer_rows(rq, reply, status, n, problems, err);
}

static oko_status take_back(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    reply->noted = true;
    reply->status = 204;
    return oko_cycle_remove(&c, kind_of(rq), oko_request_int(rq, "id", 0), rq->version, err);
}

/* ---- links ---- */

static const char *const targets[OKO_LINK_TARGET_COUNT] = {
    [OKO_LINK_RECORD] = "record", [OKO_LINK_FILE] = "file", [OKO_LINK_RUN] = "run",
    [OKO_LINK_IMPORT] = "import", [OKO_LINK_UNIT] = "unit", [OKO_LINK_URL] = "url",
};

typedef struct linking {
    const oko_cycle *c;
    json_t *items;
    bool back;
} linking;

/* Title of the other end, when the caller may see it. */
static bool other_title(const linking *l, const oko_record_link *link, json_t *o)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_file file;
    if (l->back || link->target == OKO_LINK_RECORD) {
        const int64_t id = l->back ? link->record : link->target_id;
        if (oko_cycle_get(l->c, NULL, id, &e, NULL) != OKO_OK) {
            return false;
        }
        oko_json_set_str(o, "title", e.head.title);
    } else if (link->target == OKO_LINK_FILE &&
               oko_store_file_get(l->c->store, link->target_id, &file, NULL) == OKO_OK) {
        oko_json_set_str(o, "title", file.name);
    }
    return true;
}

static json_t *link_json(const oko_record_link *link, bool back)
{
    json_t *o = json_object();
    oko_json_set_int(o, "id", link->id);
    oko_json_set_int(o, "record", link->record);
    oko_json_set_str(o, "relation", link->relation);
    oko_json_set_str(o, "target", targets[link->target]);
    oko_json_set_int(o, "target_id", link->target_id);
    oko_json_set_str(o, "note", link->note);
    oko_json_set_str(o, "created", link->created);
    oko_json_set_int(o, "created_by", link->created_by);
    oko_json_set_bool(o, "back", back);
    return o;
}

static oko_status add_link(void *ctx, const oko_record_link *link)
{
    linking *l = ctx;
    json_t *o = link_json(link, l->back);
    if (!other_title(l, link, o)) { /* out of sight: as if it were not there */
        json_decref(o);
        return OKO_OK;
    }
    return json_array_append_new(l->items, o) == 0 ? OKO_OK : OKO_E_MEMORY;
}

oko_status oko_record_links(oko_request *rq, const oko_cycle *c, int64_t id, json_t **ret_items, oko_error *err)
{
    linking l = { .c = c, .items = json_array() };
    oko_status status = oko_store_link_walk(rq->store, id, OKO_LINK_RECORD, 0, add_link, &l, err);
    l.back = true;
    status = status == OKO_OK ? oko_store_link_walk(rq->store, 0, OKO_LINK_RECORD, id, add_link, &l, err) : status;
    if (status == OKO_OK) {
        *ret_items = l.items;
        return OKO_OK;
    }
    json_decref(l.items);
    return status;
}

static oko_status links(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    json_t *items = NULL;
    const int64_t id = oko_request_int(rq, "id", 0);
    oko_status status = oko_cycle_get(&c, kind_of(rq), id, &e, err);
    status = status == OKO_OK ? oko_record_links(rq, &c, id, &items, err) : status;
    return status == OKO_OK ? oko_reply_list(reply, items, (int64_t)json_array_size(items), err) : status;
}

static oko_status add(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    oko_record_link l = { .target_id = json_integer_value(json_object_get(rq->body, "id")) };
    const char *target = json_string_value(json_object_get(rq->body, "target"));
    const char *note = json_string_value(json_object_get(rq->body, "note"));
    for (int i = 0; i < OKO_LINK_TARGET_COUNT; i++) {
        l.target = strcmp(targets[i], target) == 0 ? (oko_link_target)i : l.target;
    }
    (void)snprintf(l.relation, sizeof l.relation, "%s", json_string_value(json_object_get(rq->body, "relation")));
    (void)snprintf(l.note, sizeof l.note, "%s", note != NULL ? note : "");
    const int64_t id = oko_request_int(rq, "id", 0);
    /* Nobody links to a file that they can't open: its name alone may tell. */
    oko_status status = l.target == OKO_LINK_FILE ? oko_file_sees(rq, l.target_id, err) : OKO_OK;
    status = status != OKO_OK ? status : oko_cycle_link(&c, kind_of(rq), id, &l, &l.id, err);
    if (status != OKO_OK) {
        return status;
    }
    l.record = id;
    l.created_by = rq->actor.user;
    reply->noted = true;
    return oko_reply_json(reply, 201, link_json(&l, false), err);
}

static oko_status unlink_one(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    reply->noted = true;
    reply->status = 204;
    return oko_cycle_unlink(&c, kind_of(rq), oko_request_int(rq, "id", 0), oko_request_int(rq, "link", 0), err);
}

/* ---- the table ---- */

#define READ(c)                                                                                                        \
    { c ".list", list }, { c ".get", get }, { c ".history", history },                                                 \
    {                                                                                                                  \
        c ".links", links                                                                                              \
    }
#define MAKE(c)                                                                                                        \
    { c ".create", create },                                                                                           \
    {                                                                                                                  \
        c ".remove", take_back                                                                                         \
    }
#define WORK(c)                                                                                                        \
    { c ".change", change }, { c ".act", act }, { c ".link", add },                                                    \
    {                                                                                                                  \
        c ".unlink", unlink_one                                                                                        \
    }

const oko_route oko_routes_records[] = {
    READ("roadmaps"),
    MAKE("roadmaps"),
    WORK("roadmaps"),
    READ("roadmap-rows"),
    MAKE("roadmap-rows"),
    WORK("roadmap-rows"),
    READ("events"),
    MAKE("events"),
    WORK("events"),
    READ("registrations"),
    MAKE("registrations"),
    WORK("registrations"),
    READ("survey-answers"),
    MAKE("survey-answers"),
    READ("indicators"),
    MAKE("indicators"),
    WORK("indicators"),
    READ("campaigns"),
    MAKE("campaigns"),
    WORK("campaigns"),
    READ("forms"),
    MAKE("forms"),
    WORK("forms"),
    READ("notes"),
    MAKE("notes"),
    WORK("notes"),
    READ("cases"),
    MAKE("cases"),
    { "cases.act", act },
    { "cases.actAll", act_all },
    { "forms.actAll", act_all },
    { "recommendations.actAll", act_all },
    { "measures.actAll", act_all },
    { "cases.link", add },
    { "cases.unlink", unlink_one },
    READ("recommendations"),
    MAKE("recommendations"),
    WORK("recommendations"),
    READ("advice"),
    MAKE("advice"),
    WORK("advice"),
    READ("catalogue-measures"),
    MAKE("catalogue-measures"),
    WORK("catalogue-measures"),
    READ("measures"),
    MAKE("measures"),
    WORK("measures"),
    READ("observations"),
    MAKE("observations"),
    WORK("observations"),
    READ("rechecks"),
    MAKE("rechecks"),
    WORK("rechecks"),
    READ("templates"),
    { "templates.remove", take_back },
    { "templates.act", act },
    { NULL, NULL },
};
