/* Cases, letters, measures, observers and effects beyond their records: what is made, counted and put on paper. */
#include "http/routes/routes.h"

#include "cycle/body.h"
#include "cycle/cases.h"
#include "cycle/effects.h"
#include "cycle/inspections.h"
#include "cycle/letters.h"
#include "cycle/measures.h"
#include "http/cycle_door.h"
#include "http/service.h"
#include "report/letter.h"

#include "analysis/evidence.h"

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
    json_t *board = NULL;
    oko_status status =
        oko_cases_board(&c, (int)oko_request_int(rq, "year", 0), oko_request_int(rq, "unit", 0), &board, err);
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

/* A reader can't mark: the mark is one short step of the writer. */
oko_status oko_letter_seen(oko_request *rq, int64_t id, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_cycle c = oko_door(rq);
    oko_status status = oko_cycle_get(&c, "recommendation", id, &e, err);
    const oko_flow_action *read = oko_flow_action_find(oko_flow_find(c.flows, "recommendation"), "read");
    if (status != OKO_OK || rq->actor.owner || oko_cycle_may(&c, &e, read, NULL) != OKO_OK) {
        return status;
    }
    oko_store *writer = NULL;
    status = oko_service_write(rq->service, &writer, err);
    if (status != OKO_OK) {
        return status;
    }
    c.store = writer;
    c.in_transaction = true;
    status = oko_letter_look(&c, id, NULL, err);
    return oko_service_write_end(rq->service, status, err);
}

static void attach(oko_request *rq, oko_reply *reply, int64_t id, const char *ending)
{
    const char *value = oko_arena_printf(rq->arena, "attachment; filename=\"letter-%lld.%s\"", (long long)id, ending);
    oko_reply_header(rq, reply, "Content-Disposition", value);
}

static oko_status reply_html(oko_reply *reply, const json_t *model, oko_error *err)
{
    oko_buffer out = { 0 };
    oko_buffer_init(&out, 4 * 1024 * 1024);
    oko_status status = oko_letter_html(model, &out);
    if (status != OKO_OK) {
        oko_buffer_free(&out);
        return oko_error_set(err, status, "", "");
    }
    reply->bytes = out.ptr;
    reply->len = out.len;
    reply->type = "text/html; charset=utf-8";
    return OKO_OK;
}

static oko_status letter(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const int64_t id = oko_request_int(rq, "id", 0);
    const char *format = oko_request_str(rq, "format");
    json_t *model = NULL;
    oko_status status = oko_letter_seen(rq, id, err);
    const oko_cycle c = oko_door(rq);
    status = status == OKO_OK ? oko_letter_model(&c, id, &model, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    oko_reply_about(reply, "recommendation", id, 0);
    if (format == NULL || strcmp(format, "json") == 0) {
        return oko_reply_json(reply, 200, model, err);
    }
    if (strcmp(format, "docx") == 0) {
        status = oko_letter_docx(model, (oko_str){ 0 }, &reply->bytes, &reply->len, err);
        reply->type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    } else {
        status = reply_html(reply, model, err);
    }
    attach(rq, reply, id, format);
    json_decref(model);
    return status;
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
    oko_status status =
        oko_observations_schedule(&c, oko_request_str(rq, "from"), oko_request_str(rq, "until"), &items, err);
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

const oko_route oko_routes_cases[] = {
    { "cases.make", cases_make },
    { "cases.escalate", cases_escalate },
    { "cases.board", cases_board },
    { "cases.similar", cases_similar },
    { "cases.advice", cases_advice },
    { "cycle.list", lists_get },
    { "recommendations.seed", base_seed },
    { "recommendations.letter", letter },
    { "measures.overview", measures_overview },
    { "observations.schedule", schedule },
    { "observations.reference", reference },
    { "effects.get", effects_look },
    { "effects.compute", effects_keep },
    { NULL, NULL },
};
