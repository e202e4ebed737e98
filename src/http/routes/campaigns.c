/* Campaigns beyond their records: the board, the late ones, values pasted for many. */
#include "http/routes/routes.h"

#include "cycle/campaigns.h"
#include "cycle/forms.h"
#include "http/cycle_door.h"
#include "http/service.h"

#include <stdio.h>

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

oko_status oko_reply_rows(oko_request *rq, oko_reply *reply, oko_status status, int n, json_t *problems, oko_error *err)
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

/* All or nothing, and the rows that stood in the way are the answer: so the handler has its own transaction. */
static oko_status fill(oko_request *rq, oko_reply *reply, oko_error *err)
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
    status = oko_campaign_fill(&c, oko_request_int(rq, "id", 0), json_object_get(rq->body, "rows"), &n, &problems, err);
    status = oko_service_write_end(rq->service, status, err);
    return oko_reply_rows(rq, reply, status, n, problems, err);
}

static oko_status fields(oko_request *rq, oko_reply *reply, oko_error *err)
{
    json_t *list = NULL;
    (void)rq;
    oko_status status = oko_form_fields(&list, err);
    return status == OKO_OK ? oko_reply_json(reply, 200, json_pack("{s:o}", "items", list), err) : status;
}

const oko_route oko_routes_campaigns[] = {
    { "campaigns.board", board }, { "campaigns.late", late }, { "campaigns.remind", remind },
    { "campaigns.fill", fill },   { "forms.fields", fields }, { NULL, NULL },
};
