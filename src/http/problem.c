#include "http/problem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Messages whose code is not that of their status. */
static const struct {
    const char *id;
    int code;
} codes[] = {
    { "http.sign_in", 401 },
    { "http.session_over", 401 },
    { "people.wrong", 401 },
    { "people.locked", 429 },
    { "http.too_many", 429 },
    { "http.queue", 503 },
    { "http.csrf", 403 },
    { "http.method", 405 },
    { "http.media", 415 },
    { "http.version_wanted", 428 },
    { "http.version_form", 400 },
    { "record.changed", 412 },
    { "http.changed", 412 },
    { "user.changed", 412 },
    { "form.field_changed", 412 },
    { "form.values", 422 },
    { "campaign.rows", 422 },
    { "http.key_reused", 422 },
    { "contract.bad_target", 400 },
    { "contract.long_target", 414 },
    { "http.stopping", 503 },
    { "http.no_body", 422 },
    { "access.role", 403 },
    { "access.read_only", 403 },
    { "reference.json_depth", 400 },
};

/* Faults of the machine: what they hold (paths, the engine's words) is for the log only. */
static bool is_inner(oko_status code)
{
    return code == OKO_E_IO || code == OKO_E_STORE || code == OKO_E_INTERNAL || code == OKO_E_MEMORY ||
           code == OKO_E_FULL || code == OKO_E_BUSY || code == OKO_E_NUMERIC;
}

int oko_problem_code(const oko_error *err)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (strcmp(codes[i].id, err->id) == 0)
            return codes[i].code;
    }
    if (strncmp(err->id, "reference.json", 14) == 0 && err->code == OKO_E_FORMAT)
        return 400;
    return oko_status_describe(err->code)->http_code;
}

static const char *sentence(oko_request *rq, const oko_error *err)
{
    char key[64];
    oko_error shown = *err;
    (void)snprintf(key, sizeof key, "http.status.%s", oko_status_describe(err->code)->name);
    if ((is_inner(err->code) && strncmp(err->id, "http.", 5) != 0) || err->id[0] == '\0')
        return oko_text_get(rq->text, oko_text_has(rq->text, key) ? key : "http.status.internal");
    if (shown.field[0] == '/')
        shown.field[0] = '\0';
    const char *text = oko_text_error(rq->text, rq->arena, &shown);
    return text != NULL ? text : "";
}

static void start(oko_request *rq, oko_reply *reply, int code, const char *id, const char *detail, json_t *errors)
{
    char type[96], title[24];
    oko_reply_clear(reply);
    (void)snprintf(type, sizeof type, "urn:oko:problem:%s", id);
    (void)snprintf(title, sizeof title, "http.title.%d", code);
    json_t *o = json_object();
    oko_json_set_str(o, "type", id[0] != '\0' ? type : "about:blank");
    oko_json_set_str(o, "title", oko_text_has(rq->text, title) ? oko_text_get(rq->text, title) : "");
    oko_json_set_int(o, "status", code);
    oko_json_set_str(o, "detail", detail);
    if (id[0] != '\0')
        oko_json_set_str(o, "code", id);
    if (rq->number[0] != '\0')
        oko_json_set_str(o, "request", rq->number);
    if (errors != NULL)
        (void)json_object_set_new(o, "errors", errors);
    reply->json = o;
    reply->type = "application/problem+json";
    reply->status = code;
}

static void add_headers(oko_request *rq, oko_reply *reply, const oko_error *err)
{
    if (reply->status == 401)
        oko_reply_header(rq, reply, "WWW-Authenticate", "Bearer realm=\"oko\"");
    if (reply->status == 405)
        oko_reply_header(rq, reply, "Allow", err->arg[0]);
    if (reply->status == 429 || reply->status == 503)
        oko_reply_header(rq, reply, "Retry-After", reply->status == 429 && err->n_args > 0 ? err->arg[0] : "2");
}

void oko_problem_reply(oko_request *rq, oko_reply *reply, const oko_error *err)
{
    int code = oko_problem_code(err);
    bool inner = is_inner(err->code) && strncmp(err->id, "http.", 5) != 0;
    start(rq, reply, code >= 400 && code < 600 ? code : 500, inner ? "" : err->id, sentence(rq, err), NULL);
    add_headers(rq, reply, err);
}

void oko_problem_places(oko_request *rq, oko_reply *reply, const oko_error *err, json_t *places)
{
    size_t i;
    json_t *place;
    json_array_foreach(places, i, place)
    {
        oko_json_set_str(place, "detail", oko_text_get(rq->text, json_string_value(json_object_get(place, "code"))));
    }
    start(rq, reply, oko_problem_code(err), err->id, sentence(rq, err), places);
}

void oko_problem_violations(oko_request *rq, oko_reply *reply, const oko_violations *found)
{
    json_t *errors = json_array();
    for (size_t i = 0; i < found->n; i++) {
        const oko_violation *v = &found->item[i];
        const oko_text_arg args[] = { OKO_S("0", v->arg) };
        const char *text = oko_text_make(rq->text, rq->arena, v->key, args, 1);
        (void)json_array_append_new(errors, json_pack("{s:s,s:s,s:s}", "pointer", v->pointer, "code", v->key, "detail",
                                                      text != NULL ? text : v->key));
    }
    start(rq, reply, 422, "contract.invalid", oko_text_get(rq->text, "contract.invalid"), errors);
}
