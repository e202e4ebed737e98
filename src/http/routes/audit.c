/* The log of changes and looks. Looking at it is a look. */
#include "http/routes/routes.h"

#include "store/people.h"

static json_t *line_json(const oko_audit *a)
{
    json_t *o = json_object();
    json_t *detail = a->detail != NULL ? json_loads(a->detail, 0, NULL) : NULL;
    oko_json_set_int(o, "id", a->id);
    oko_json_set_str(o, "at", a->at);
    oko_json_set_int_or_null(o, "user", a->user);
    oko_json_set_str(o, "login", a->login);
    oko_json_set_str(o, "role", a->role);
    oko_json_set_str(o, "action", a->action);
    oko_json_set_str(o, "object", a->object);
    oko_json_set_int_or_null(o, "unit", a->unit);
    oko_json_set_str(o, "address", a->address);
    (void)json_object_set_new(o, "detail", json_is_object(detail) ? json_incref(detail) : json_object());
    json_decref(detail);
    oko_json_set_str(o, "prev", a->prev);
    oko_json_set_str(o, "hash", a->hash);
    return o;
}

static oko_status add_line(void *ctx, const oko_audit *a)
{
    return json_array_append_new(ctx, line_json(a)) == 0 ? OKO_OK : OKO_E_MEMORY;
}

static oko_status audit_list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_audit_query query = { .user = oko_request_int(rq, "user", 0),
                              .unit = oko_request_int(rq, "unit", 0),
                              .action = oko_request_str(rq, "action"),
                              .object = oko_request_str(rq, "object"),
                              .from = oko_request_str(rq, "from"),
                              .until = oko_request_str(rq, "until"),
                              .before = oko_request_int(rq, "before", 0),
                              .limit = oko_request_int(rq, "limit", 100) };
    json_t *items = json_array();
    oko_status status = oko_store_audit_walk(rq->store, &query, add_line, items, err);
    if (status != OKO_OK) {
        json_decref(items);
        return status;
    }
    return oko_reply_json(reply, 200, json_pack("{s:o}", "items", items), err);
}

static oko_status audit_proof(oko_request *rq, oko_reply *reply, oko_error *err)
{
    int64_t lines = 0;
    char head[65] = "";
    oko_status status = oko_store_audit_verify(rq->store, &lines, head, err);
    if (status != OKO_OK)
        return status;
    return oko_reply_json(reply, 200, json_pack("{s:I,s:s}", "lines", (json_int_t)lines, "head", head), err);
}

const oko_route oko_routes_audit[] = {
    { "audit.list", audit_list },
    { "audit.proof", audit_proof },
    { NULL, NULL },
};
