#include "http/router.h"

#include "base/hash.h"
#include "http/looks.h"
#include "http/problem.h"
#include "http/seal.h"
#include "http/session.h"
#include "reference/json.h"
#include "store/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *header(const oko_request *rq, const char *name)
{
    return rq->in.header != NULL ? rq->in.header(rq->in.header_ctx, name) : NULL;
}

static bool is_safe(const oko_request *rq)
{
    return strcmp(rq->in.method, "GET") == 0 || strcmp(rq->in.method, "HEAD") == 0;
}

static bool refuse(oko_request *rq, oko_reply *reply, oko_error *err, oko_status status)
{
    if (err->code != status)
        (void)oko_error_set(err, status, "", "");
    oko_problem_reply(rq, reply, err);
    return false;
}

/* ---- step one ---- */
/* Russian unless English is asked for first. */
static const oko_text *language(const oko_request *rq)
{
    const char *wanted = header(rq, "Accept-Language");
    if (wanted == NULL && rq->signed_in)
        wanted = rq->actor.lang;
    return wanted != NULL && strncmp(wanted, "en", 2) == 0 ? rq->service->en : rq->service->ru;
}

static oko_status find_operation(oko_request *rq, const char **values, oko_error *err)
{
    bool known = false;
    char allow[64];
    oko_status status = oko_target_parse(rq->arena, rq->in.target, &rq->target, err);
    if (status != OKO_OK)
        return status;
    rq->op = oko_contract_find(rq->service->contract, rq->in.method, &rq->target, values, &known, allow);
    if (rq->op != NULL)
        return OKO_OK;
    if (!known)
        return oko_error_set(err, OKO_E_NOT_FOUND, "http.no_path", "");
    status = oko_error_set(err, OKO_E_ARGUMENT, "http.method", "");
    oko_error_arg(err, "%s", allow);
    return status;
}

/* What works before the first password was changed. */
static bool before_change(const oko_operation *op)
{
    return op->is_public || strncmp(op->id, "session.", 8) == 0 || strcmp(op->id, "me.password") == 0 ||
           strcmp(op->id, "me.get") == 0;
}

static oko_status check_rights(oko_request *rq, oko_error *err)
{
    if (rq->op->is_public)
        return OKO_OK;
    if (!rq->signed_in)
        return oko_error_set(err, OKO_E_PERMISSION, "http.sign_in", "");
    if (rq->must_change && !before_change(rq->op))
        return oko_error_set(err, OKO_E_PERMISSION, "people.must_change", "");
    return oko_access_role(&rq->actor, rq->service->roles[rq->op->index], !is_safe(rq) && !rq->op->reads_only, err);
}

static const char *parameter_text(const oko_request *rq, const oko_parameter *p, const char **values, size_t *path)
{
    if (p->place == OKO_IN_PATH)
        return values[(*path)++];
    return p->place == OKO_IN_QUERY ? oko_target_get(&rq->target, p->name) : header(rq, p->name);
}

static void check_names(const oko_request *rq, oko_violations *found)
{
    for (size_t i = 0; i < rq->target.n_pairs; i++) {
        const char *name = rq->target.pair[i].name;
        bool known = false;
        for (size_t k = 0; k < rq->op->n_parameters && !known; k++)
            known = rq->op->parameter[k].place == OKO_IN_QUERY && strcmp(rq->op->parameter[k].name, name) == 0;
        for (size_t k = 0; k < i && known; k++) {
            if (strcmp(rq->target.pair[k].name, name) == 0)
                oko_violations_add(found, name, "contract.twice", "");
        }
        if (!known)
            oko_violations_add(found, name, "contract.unknown_parameter", "");
    }
}

static void read_parameters(oko_request *rq, const char **values, oko_violations *found)
{
    size_t path = 0;
    rq->parameters = json_object();
    check_names(rq, found);
    for (size_t i = 0; i < rq->op->n_parameters; i++) {
        const oko_parameter *p = &rq->op->parameter[i];
        const char *text = parameter_text(rq, p, values, &path);
        if (text == NULL && p->required && p->place != OKO_IN_HEADER)
            oko_violations_add(found, p->name, "contract.missing", "");
        if (text == NULL)
            continue;
        json_t *value = oko_parameter_read(p, text, found);
        if (value != NULL && p->place != OKO_IN_HEADER)
            (void)json_object_set_new(rq->parameters, p->name, value);
        else
            json_decref(value);
    }
}

/* "7" of If-Match: "7" or W/"7". */
static oko_status read_version(oko_request *rq, oko_error *err)
{
    const char *text = rq->op->takes_if_match ? header(rq, "If-Match") : NULL;
    if (text == NULL)
        return rq->op->needs_if_match ? oko_error_set(err, OKO_E_CONFLICT, "http.version_wanted", "") : OKO_OK;
    text += strncmp(text, "W/", 2) == 0 ? 2 : 0;
    char *end = NULL;
    long long v = text[0] == '"' ? strtoll(text + 1, &end, 10) : 0;
    if (v <= 0 || end == NULL || strcmp(end, "\"") != 0)
        return oko_error_set(err, OKO_E_ARGUMENT, "http.version_form", "");
    rq->version = v;
    return OKO_OK;
}

static oko_status check_unit(oko_request *rq, oko_store *reader, oko_error *err)
{
    const json_t *unit = rq->op->unit_parameter != NULL ? oko_request_value(rq, rq->op->unit_parameter) : NULL;
    if (unit == NULL || rq->op->reach != OKO_REACH_OWN)
        return OKO_OK;
    return oko_access_unit(reader, &rq->actor, json_integer_value(unit), OKO_SCOPE_SUBTREE, err);
}

static bool begin_known(oko_request *rq, oko_reply *reply, oko_store *reader, const char **values)
{
    oko_violations found = { .n = 0 };
    oko_error err = { .code = OKO_OK };
    oko_status status = check_rights(rq, &err);
    if (status != OKO_OK)
        return refuse(rq, reply, &err, status);
    read_parameters(rq, values, &found);
    if (found.n > 0) {
        oko_problem_violations(rq, reply, &found);
        return false;
    }
    status = check_unit(rq, reader, &err);
    if (status == OKO_OK)
        status = read_version(rq, &err);
    rq->key = rq->op->takes_key ? header(rq, "Idempotency-Key") : NULL;
    return status == OKO_OK || refuse(rq, reply, &err, status);
}

bool oko_route_begin(oko_request *rq, oko_reply *reply)
{
    oko_error err = { .code = OKO_OK };
    oko_store *reader = NULL;
    const char *values[OKO_TARGET_MAX_SEGMENTS] = { NULL };
    uint64_t n = __atomic_add_fetch(&rq->service->requests, 1, __ATOMIC_RELAXED);
    (void)snprintf(rq->number, sizeof rq->number, "%.8s-%llx", rq->service->boot,
                   (unsigned long long)n & 0xFFFFFFFFULL);
    rq->text = language(rq);
    oko_status status = find_operation(rq, values, &err);
    if (status != OKO_OK)
        return refuse(rq, reply, &err, status);
    status = oko_service_reader(rq->service, &reader, &err);
    if (status != OKO_OK)
        return refuse(rq, reply, &err, status);
    status = oko_session_recognise(rq, reader, &err);
    rq->text = language(rq);
    /* Signing in again with a cookie that has ended is no fault, nor is asking whether the server lives. */
    bool fine = status == OKO_OK || (status == OKO_E_PERMISSION && rq->op->is_public);
    bool go_on = fine ? begin_known(rq, reply, reader, values) : refuse(rq, reply, &err, status);
    oko_service_reader_back(rq->service, reader);
    return go_on;
}

/* ---- step two ---- */
static bool read_body(oko_request *rq, oko_reply *reply)
{
    oko_error err = { .code = OKO_OK };
    oko_violations found = { .n = 0 };
    const char *type = header(rq, "Content-Type");
    if (rq->op->body_kind == OKO_BODY_FILE)
        return rq->upload.path[0] != '\0' ||
               refuse(rq, reply, &err, oko_error_set(&err, OKO_E_FORMAT, "http.no_file", ""));
    if (rq->op->body_kind == OKO_BODY_NONE)
        return true;
    if (rq->body_bytes.len == 0)
        return !rq->op->body_required || refuse(rq, reply, &err, oko_error_set(&err, OKO_E_FORMAT, "http.no_body", ""));
    if (type != NULL && strncmp(type, "application/json", 16) != 0)
        return refuse(rq, reply, &err, oko_error_set(&err, OKO_E_FORMAT, "http.media", ""));
    oko_status status = oko_json_parse(rq->body_bytes, "", &rq->body, &err);
    if (status != OKO_OK)
        return refuse(rq, reply, &err, status);
    if (oko_schema_check(rq->op->body, rq->body, &found))
        return true;
    oko_problem_violations(rq, reply, &found);
    return false;
}

/* The line of a change: in its transaction. */
static oko_status note_change(oko_request *rq, const oko_reply *reply, oko_error *err)
{
    if (rq->op->audit != OKO_AUDIT_CHANGE || reply->noted)
        return OKO_OK;
    char *detail = reply->detail != NULL ? json_dumps(reply->detail, JSON_COMPACT) : NULL;
    oko_status status = oko_audit_note(rq->store, &rq->actor, rq->op->id, reply->object, reply->unit, detail, err);
    free(detail);
    return status;
}

/* An answer that was given before to the same key is given again. */
typedef struct replay {
    oko_reply *reply;
    oko_request *rq;
    char request[OKO_HASH_HEX];
    bool other;
} replay;

static oko_status repeat(void *ctx, const oko_answer *a)
{
    replay *r = ctx;
    r->other = strcmp(a->request, r->request) != 0;
    if (r->other)
        return OKO_OK;
    r->reply->status = a->status;
    r->reply->json = a->body_len > 0 ? json_loadb(a->body, a->body_len, 0, NULL) : NULL;
    oko_reply_header(r->rq, r->reply, "Idempotent-Replay", "true");
    json_t *headers = json_loads(a->headers != NULL ? a->headers : "{}", 0, NULL);
    const char *etag = json_string_value(json_object_get(headers, "ETag"));
    const char *location = json_string_value(json_object_get(headers, "Location"));
    if (etag != NULL)
        (void)oko_str_copy(r->reply->etag, sizeof r->reply->etag, oko_str_of(etag));
    if (location != NULL)
        oko_reply_header(r->rq, r->reply, "Location", location);
    json_decref(headers);
    return OKO_OK;
}

static oko_status request_hash(const oko_request *rq, char ret_hex[OKO_HASH_HEX])
{
    oko_hasher *h = NULL;
    oko_status status = oko_hasher_new(&h);
    if (status != OKO_OK)
        return status;
    oko_hasher_add(h, rq->in.method, strlen(rq->in.method) + 1);
    oko_hasher_add(h, rq->in.target.ptr, rq->in.target.len);
    oko_hasher_add(h, "\n", 1);
    oko_hasher_add(h, rq->body_bytes.ptr != NULL ? rq->body_bytes.ptr : "", rq->body_bytes.len);
    oko_hasher_finish(h, ret_hex);
    return OKO_OK;
}

static oko_status keep_answer(oko_request *rq, const replay *r, oko_error *err)
{
    json_t *headers = json_object();
    if (r->reply->etag[0] != '\0')
        oko_json_set_str(headers, "ETag", r->reply->etag);
    for (size_t i = 0; i < r->reply->n_headers; i++) {
        if (strcmp(r->reply->header[i].name, "Location") == 0)
            oko_json_set_str(headers, "Location", r->reply->header[i].value);
    }
    char *text = json_dumps(headers, JSON_COMPACT);
    char *body = r->reply->json != NULL ? json_dumps(r->reply->json, JSON_COMPACT) : NULL;
    oko_answer a = { .status = r->reply->status != 0 ? r->reply->status : 200,
                     .headers = text,
                     .body = body != NULL ? body : "",
                     .body_len = body != NULL ? strlen(body) : 0 };
    memcpy(a.request, r->request, sizeof a.request);
    oko_status status = text != NULL ? oko_store_answer_put(rq->store, rq->actor.user, rq->key, &a, err)
                                     : oko_error_set(err, OKO_E_MEMORY, "", "");
    free(text);
    free(body);
    json_decref(headers);
    return status;
}

/* Handler, audit line and key, inside the open transaction. */
static oko_status change_inside(oko_request *rq, oko_reply *reply, oko_error *err)
{
    replay r = { .reply = reply, .rq = rq };
    oko_status status = OKO_OK;
    if (rq->key != NULL) {
        status = request_hash(rq, r.request);
        if (status == OKO_OK)
            status = oko_store_answer_find(rq->store, rq->actor.user, rq->key, repeat, &r, err);
        if (status == OKO_OK)
            return r.other ? oko_error_set(err, OKO_E_CONFLICT, "http.key_reused", "") : OKO_OK;
        if (status != OKO_E_NOT_FOUND)
            return status;
        oko_error_clear(err);
    }
    status = rq->service->handlers[rq->op->index](rq, reply, err);
    if (status == OKO_OK)
        status = note_change(rq, reply, err);
    if (status == OKO_OK && rq->key != NULL)
        status = keep_answer(rq, &r, err);
    return status;
}

static oko_status change(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_status status = oko_service_write(rq->service, &rq->store, err);
    if (status != OKO_OK)
        return status;
    status = change_inside(rq, reply, err);
    status = oko_service_write_quick(rq->service, status, err);
    rq->store = NULL;
    if (status == OKO_OK)
        rq->wait.what = OKO_WAIT_DISK;
    return status;
}

/* The line of a look; written before the answer leaves. */
static oko_status look(oko_request *rq, const oko_reply *reply, oko_error *err)
{
    if (rq->op->audit != OKO_AUDIT_LOOK)
        return OKO_OK;
    char *detail = json_dumps(reply->detail != NULL ? reply->detail : rq->parameters, JSON_COMPACT);
    rq->wait = (oko_wait){ .what = OKO_WAIT_LINE,
                           .actor = &rq->actor,
                           .action = rq->op->id,
                           .object = reply->object,
                           .unit = reply->unit,
                           .detail = detail != NULL ? oko_arena_str(rq->arena, oko_str_of(detail)) : NULL };
    free(detail);
    return rq->wait.detail != NULL ? OKO_OK : oko_error_set(err, OKO_E_MEMORY, "", "");
}

static oko_status read_only(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_store *reader = NULL;
    oko_status status = oko_service_reader(rq->service, &reader, err);
    if (status != OKO_OK)
        return status;
    rq->store = reader;
    status = rq->service->handlers[rq->op->index](rq, reply, err);
    rq->store = NULL;
    oko_service_reader_back(rq->service, reader);
    return status == OKO_OK ? look(rq, reply, err) : status;
}

bool oko_route_is_slow(const oko_request *rq)
{
    return !is_safe(rq) || rq->op->audit == OKO_AUDIT_LOOK || strcmp(rq->op->id, "audit.proof") == 0;
}

void oko_route_finish(oko_request *rq, oko_reply *reply)
{
    oko_error err = { .code = OKO_OK };
    if (!read_body(rq, reply))
        return;
    oko_status status = is_safe(rq) || rq->op->own_transaction ? read_only(rq, reply, &err) : change(rq, reply, &err);
    if (status == OKO_OK)
        oko_seal(rq, reply, &err);
    else
        (void)refuse(rq, reply, &err, status);
    if (status == OKO_OK && rq->wait.what != OKO_WAIT_NOTHING && !rq->defers)
        oko_route_settled(rq, reply, oko_looks_wait(rq->service->looks, &rq->wait, &err));
}

void oko_route_settled(oko_request *rq, oko_reply *reply, oko_status status)
{
    oko_error err = { .code = OKO_OK };
    if (status == OKO_OK)
        return;
    oko_reply_clear(reply);
    *reply = (oko_reply){ .status = 0 };
    (void)oko_error_set(&err, status, status == OKO_E_BUSY ? "http.queue" : "", "");
    oko_problem_reply(rq, reply, &err);
    oko_seal_bytes(reply);
}

void oko_route_whole(oko_request *rq, oko_str body, oko_reply *reply)
{
    rq->body_bytes = body;
    if (oko_route_begin(rq, reply))
        oko_route_finish(rq, reply);
    oko_seal_bytes(reply);
}
