/* Cases, measures, observers and effects beyond their records: what is made and counted. */
#include "http/routes/routes.h"

#include "cycle/body.h"
#include "cycle/cases.h"
#include "cycle/effects.h"
#include "cycle/inspections.h"
#include "cycle/letters.h"
#include "cycle/measures.h"
#include "http/cycle_door.h"

#include "analysis/evidence.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static oko_status answer(oko_reply *reply, oko_status status, json_t *json, oko_error *err)
{
    return status == OKO_OK ? oko_reply_json(reply, 200, json, err) : status;
}

/* ---- cases ---- */

static const char *text_or_null(const json_t *o, const char *name)
{
    return json_string_value(json_object_get(o, name));
}

static oko_status cases_make(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    oko_signal_options o = { .year = (int)oko_body_int(rq->body, "year"),
                             .unit = oko_body_int(rq->body, "unit"),
                             .evidence = oko_body_int(rq->body, "evidence"),
                             .pack = text_or_null(rq->body, "pack"),
                             .no_evidence = json_is_false(json_object_get(rq->body, "signs")),
                             .no_lists = json_is_false(json_object_get(rq->body, "lists")),
                             .keys = json_object_get(rq->body, "keys"),
                             .preview = oko_body_true(rq->body, "preview") };
    const char *threshold = text_or_null(rq->body, "threshold");
    if (threshold != NULL) {
        (void)oko_evidence_parse(threshold, &o.threshold);
    }
    json_t *report = NULL;
    oko_status status = oko_cases_make(&c, &o, &report, err);
    if (status == OKO_OK) {
        reply->detail = json_pack("{s:b, s:O, s:O}", "preview", (int)o.preview, "made", json_object_get(report, "made"),
                                  "existing", json_object_get(report, "existing"));
    }
    return answer(reply, status, report, err);
}

static oko_status cases_escalate(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    int n = 0;
    oko_status status = oko_cases_escalate(&c, &n, err);
    return answer(reply, status, json_pack("{s:i}", "changed", n), err);
}

static oko_status cases_board(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    const oko_board_options o = { .year = (int)oko_request_int(rq, "year", 0),
                                  .unit = oko_request_int(rq, "unit", 0),
                                  .sign = oko_request_str(rq, "sign"),
                                  .overdue = oko_request_bool(rq, "overdue"),
                                  .mine = oko_request_bool(rq, "mine"),
                                  .cards = oko_request_int(rq, "cards", 0) };
    json_t *board = NULL;
    oko_status status = oko_cases_board(&c, &o, &board, err);
    return answer(reply, status, board, err);
}

static oko_status cases_similar(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    json_t *items = NULL;
    oko_status status = oko_cases_similar(&c, oko_request_int(rq, "id", 0), &items, err);
    oko_reply_about(reply, "case", oko_request_int(rq, "id", 0), 0);
    return status == OKO_OK ? oko_reply_list(reply, items, (int64_t)json_array_size(items), err) : status;
}

static oko_status cases_advice(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    json_t *advice = NULL;
    oko_status status = oko_advice_for_case(&c, oko_request_int(rq, "id", 0), &advice, err);
    oko_reply_about(reply, "case", oko_request_int(rq, "id", 0), 0);
    return answer(reply, status, advice, err);
}

/* ---- the page of a case ---- */

typedef struct gathering {
    oko_request *rq;
    const oko_cycle *c;
    json_t *items;
} gathering;

static oko_status take_record(void *ctx, const oko_entry *e)
{
    gathering *g = ctx;
    return json_array_append_new(g->items, oko_record_json(g->rq, g->c, e)) == 0 ? OKO_OK : OKO_E_MEMORY;
}

/* Records that the caller may see, as they stand. */
static oko_status put_list(oko_request *rq, const oko_cycle *c, json_t *page, const char *name,
                           const oko_record_query *q, oko_error *err)
{
    gathering g = { .rq = rq, .c = c, .items = json_array() };
    oko_status status = oko_body_set(page, name, g.items, err);
    return status == OKO_OK ? oko_cycle_list(c, q, take_record, &g, NULL, err) : status;
}

/* The case of another year that this one points to; null when there is none, or out of sight. */
static oko_status put_other(oko_request *rq, const oko_cycle *c, json_t *page, const char *name, int64_t id,
                            oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    const bool seen = id != 0 && oko_cycle_get(c, "case", id, &e, NULL) == OKO_OK;
    return oko_body_set(page, name, seen ? oko_record_json(rq, c, &e) : json_null(), err);
}

static oko_status fill_page(oko_request *rq, const oko_cycle *c, const oko_entry *e, json_t *page, oko_error *err)
{
    char number[24];
    json_t *similar = NULL, *advice = NULL, *links = NULL;
    const int64_t id = e->head.id;
    (void)snprintf(number, sizeof number, "%lld", (long long)id);
    const oko_record_query letters = {
        .kind = "recommendation", .link_relation = "about", .link_target = OKO_LINK_RECORD, .link_id = id
    };
    const oko_record_query measures = { .kind = "measure", .body_path = "case", .body_value = number, .limit = 200 };
    oko_status status = oko_body_set(page, "case", oko_record_json(rq, c, e), err);
    status = status == OKO_OK ? oko_record_links(rq, c, id, &links, err) : status;
    status = status == OKO_OK ? oko_body_set(page, "links", links, err) : status;
    status = status == OKO_OK ? put_list(rq, c, page, "letters", &letters, err) : status;
    status = status == OKO_OK ? put_list(rq, c, page, "measures", &measures, err) : status;
    status = status == OKO_OK ? oko_cases_similar(c, id, &similar, err) : status;
    status = status == OKO_OK ? oko_body_set(page, "similar", similar, err) : status;
    status = status == OKO_OK ? oko_advice_for_case(c, id, &advice, err) : status;
    status = status == OKO_OK ? oko_body_set(page, "advice", advice, err) : status;
    status = status == OKO_OK ? put_other(rq, c, page, "earlier", oko_body_int(e->body, "repeats"), err) : status;
    return status == OKO_OK ? put_other(rq, c, page, "later", oko_body_int(e->body, "repeated_by"), err) : status;
}

static oko_status cases_page(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *page = json_object();
    oko_status status = oko_cycle_get(&c, "case", oko_request_int(rq, "id", 0), &e, err);
    if (status == OKO_OK && page == NULL) {
        status = oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    status = status == OKO_OK ? fill_page(rq, &c, &e, page, err) : status;
    oko_reply_about(reply, "case", e.head.id, e.head.unit);
    oko_reply_version(reply, e.head.version);
    return answer(reply, status, status == OKO_OK ? json_incref(page) : NULL, err);
}

/* Fixed words of the cycle: causes, kinds of remarks, types of events, questions. */
static oko_status lists_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    char name[64];
    json_t *list = NULL;
    (void)snprintf(name, sizeof name, "%s.json", oko_request_str(rq, "name"));
    oko_status status = oko_cycle_reference(name, &list, err);
    return answer(reply, status, list, err);
}

/* ---- letters ---- */

static oko_status base_seed(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    int n = 0;
    reply->noted = true; /* each record has its line */
    oko_status status = oko_base_seed(&c, &n, err);
    return answer(reply, status, json_pack("{s:i}", "changed", n), err);
}

/* ---- measures, observers, effects ---- */

static oko_status measures_overview(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    json_t *o = NULL;
    oko_status status =
        oko_measures_overview(&c, (int)oko_request_int(rq, "year", 0), oko_request_int(rq, "unit", 0), &o, err);
    return answer(reply, status, o, err);
}

static oko_status schedule(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    json_t *items = NULL;
    oko_status status = oko_observations_schedule(&c, oko_request_str(rq, "from"), oko_request_str(rq, "until"),
                                                  oko_request_int(rq, "unit", 0), &items, err);
    return status == OKO_OK ? oko_reply_list(reply, items, (int64_t)json_array_size(items), err) : status;
}

static oko_status reference(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    oko_buffer csv = { 0 };
    oko_buffer_init(&csv, 8 * 1024 * 1024);
    oko_status status = oko_observations_reference(&c, (int)oko_request_int(rq, "year", 0), &csv, err);
    if (status != OKO_OK) {
        oko_buffer_free(&csv);
        return status;
    }
    reply->bytes = csv.ptr;
    reply->len = csv.len;
    reply->type = "text/csv; charset=utf-8";
    oko_reply_header(rq, reply, "Content-Disposition", "attachment; filename=\"reference.csv\"");
    return OKO_OK;
}

static oko_status effects_look(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    json_t *report = NULL;
    oko_status status = oko_effects(&c, (int)oko_request_int(rq, "year", 0), true, &report, err);
    return answer(reply, status, report, err);
}

static oko_status effects_keep(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    json_t *report = NULL;
    oko_status status = oko_effects(&c, (int)oko_body_int(rq->body, "year"), false, &report, err);
    if (status == OKO_OK) {
        reply->detail = json_deep_copy(json_object_get(report, "counts"));
    }
    return answer(reply, status, report, err);
}

/* ---- kept reports of effects ---- */

/* What stands in a list: everything but the report itself. */
static oko_status take_kept(void *ctx, const oko_entry *e)
{
    gathering *g = ctx;
    json_t *o = oko_record_json(g->rq, g->c, e);
    (void)json_object_del(json_object_get(o, "body"), "report"); /* the entry is not used again */
    return json_array_append_new(g->items, o) == 0 ? OKO_OK : OKO_E_MEMORY;
}

static oko_status kept_list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    gathering g = { .rq = rq, .c = &c, .items = json_array() };
    const oko_record_query q = { .kind = "effect-report",
                                 .year = (int)oko_request_int(rq, "year", 0),
                                 .descending = true,
                                 .offset = oko_request_int(rq, "offset", 0),
                                 .limit = oko_request_int(rq, "limit", 50) };
    int64_t total = 0;
    oko_status status = oko_cycle_list(&c, &q, take_kept, &g, &total, err);
    if (status != OKO_OK) {
        json_decref(g.items);
        return status;
    }
    return oko_reply_list(reply, g.items, total, err);
}

static oko_status kept_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = oko_cycle_get(&c, "effect-report", oko_request_int(rq, "id", 0), &e, err);
    oko_reply_about(reply, "effect-report", e.head.id, e.head.unit);
    return answer(reply, status, status == OKO_OK ? oko_record_json(rq, &c, &e) : NULL, err);
}

const oko_route oko_routes_cases[] = {
    { "cases.make", cases_make },
    { "cases.escalate", cases_escalate },
    { "cases.board", cases_board },
    { "cases.page", cases_page },
    { "cases.similar", cases_similar },
    { "cases.advice", cases_advice },
    { "cycle.list", lists_get },
    { "recommendations.seed", base_seed },
    { "measures.overview", measures_overview },
    { "observations.schedule", schedule },
    { "observations.reference", reference },
    { "effects.get", effects_look },
    { "effects.compute", effects_keep },
    { "effectReports.list", kept_list },
    { "effectReports.get", kept_get },
    { NULL, NULL },
};
