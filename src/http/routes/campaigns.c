/* Campaigns beyond their records: the board, the late ones, values by field and pasted for many. */
#include "http/routes/routes.h"

#include "cycle/campaigns.h"
#include "cycle/forms.h"
#include "http/cycle_door.h"
#include "http/problem.h"
#include "http/service.h"

static oko_status board(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    json_t *out = NULL;
    oko_status status = oko_campaign_board(&c, oko_request_int(rq, "id", 0), &out, err);
    return status == OKO_OK ? oko_reply_json(reply, 200, out, err) : status;
}

static oko_status late(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    json_t *out = NULL;
    oko_status status = oko_campaign_late(&c, oko_request_int(rq, "id", 0), rq->text, &out, err);
    return status == OKO_OK ? oko_reply_json(reply, 200, out, err) : status;
}

static oko_status remind(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    int n = 0;
    oko_status status = oko_campaign_remind(&c, oko_request_int(rq, "id", 0), &n, err);
    reply->noted = true; /* each form has its line */
    return status == OKO_OK ? oko_reply_json(reply, 200, json_pack("{s:i}", "changed", n), err) : status;
}

/* The words of each problem, in the language of whoever asked. */
static oko_status forms(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    const oko_campaign_form_query q = { .unit = oko_request_int(rq, "unit", 0),
                                        .stage = oko_request_str(rq, "stage"),
                                        .level = oko_request_str(rq, "level"),
                                        .search = oko_request_str(rq, "search"),
                                        .offset = oko_request_int(rq, "offset", 0),
                                        .limit = oko_request_int(rq, "limit", 50) };
    json_t *out = NULL;
    oko_status status = oko_campaign_form_list(&c, oko_request_int(rq, "id", 0), &q, &out, err);
    return status == OKO_OK ? oko_reply_json(reply, 200, out, err) : status;
}

/* The door with a transaction of the handler: where something stands in the way, what stands there is the answer. */
static oko_status own_door(oko_request *rq, oko_cycle *ret_c, oko_error *err)
{
    oko_store *writer = NULL;
    oko_status status = oko_service_write(rq->service, &writer, err);
    if (status == OKO_OK) {
        *ret_c = oko_door(rq);
        ret_c->store = writer;
        ret_c->in_transaction = true;
    }
    return status;
}

/* The error, with a place for each problem; steals problems. */
static oko_status refuse(oko_request *rq, oko_reply *reply, oko_status status, json_t *problems, oko_error *err)
{
    if (json_array_size(problems) == 0) {
        json_decref(problems);
        return status;
    }
    oko_problem_places(rq, reply, err, problems);
    reply->noted = true;
    return OKO_OK;
}

static oko_status fill(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_cycle c;
    json_t *problems = NULL;
    int n = 0;
    const bool check = json_is_true(json_object_get(rq->body, "check"));
    oko_status status = own_door(rq, &c, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_campaign_fill(&c, oko_request_int(rq, "id", 0), json_object_get(rq->body, "rows"), check, &n,
                               &problems, err);
    const bool undo = status == OKO_OK && check;
    const oko_status ended = oko_service_write_end(rq->service, undo ? OKO_E_CANCELLED : status, err);
    status = undo ? OKO_OK : ended;
    if (status != OKO_OK) {
        return refuse(rq, reply, status, problems, err);
    }
    json_decref(problems);
    reply->noted = true;
    return oko_reply_json(reply, 200, json_pack("{s:i}", "changed", n), err);
}

static oko_status fill_form(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_cycle c;
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    json_t *problems = NULL;
    oko_status status = own_door(rq, &c, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_form_fill(&c, oko_request_int(rq, "id", 0), rq->version, json_object_get(rq->body, "values"),
                           json_string_value(json_object_get(rq->body, "explanation")), &e, &problems, err);
    status = oko_service_write_end(rq->service, status, err);
    if (status != OKO_OK) {
        return refuse(rq, reply, status, problems, err);
    }
    json_decref(problems);
    c.store = rq->store;
    return oko_record_reply(rq, reply, &c, 200, &e, err);
}

static oko_status fields(oko_request *rq, oko_reply *reply, oko_error *err)
{
    json_t *list = NULL;
    (void)rq;
    oko_status status = oko_form_fields(&list, err);
    return status == OKO_OK ? oko_reply_json(reply, 200, json_pack("{s:o}", "items", list), err) : status;
}

const oko_route oko_routes_campaigns[] = {
    { "campaigns.board", board }, { "campaigns.forms", forms },
    { "campaigns.late", late },   { "campaigns.remind", remind },
    { "campaigns.fill", fill },   { "forms.fill", fill_form },
    { "forms.fields", fields },   { NULL, NULL },
};
