/* The first run, settings of the office, the demonstration put back. The rules are in cycle/setup.h and settings.h. */
#include "http/routes/routes.h"

#include "cycle/settings.h"
#include "cycle/setup.h"
#include "http/service.h"
#include "http/session.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

static const char *text_of(const json_t *o, const char *name)
{
    const char *text = json_string_value(json_object_get(o, name));
    return text != NULL ? text : "";
}

/* ---- before anybody signs in ---- */
static oko_status first_region(void *ctx, const oko_unit *u)
{
    char *name = ctx;
    if (name[0] == '\0')
        (void)snprintf(name, 400, "%s", u->name);
    return OKO_OK;
}

static oko_status setup_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    bool open = false, demo = false;
    oko_settings s;
    char name[400];
    oko_status status = oko_setup_is_open(rq->store, &open, err);
    if (status == OKO_OK)
        status = oko_demo_is_marked(rq->store, &demo, err);
    if (status == OKO_OK)
        status = oko_settings_get(rq->store, &s, err);
    if (status != OKO_OK)
        return status;
    memcpy(name, s.organisation, sizeof name);
    if (name[0] == '\0')
        status = oko_store_unit_walk(rq->store, 0, OKO_LEVEL_REGION, first_region, name, err);
    if (status != OKO_OK)
        return status;
    return oko_reply_json(reply, 200,
                          json_pack("{s:b,s:b,s:s,s:s,s:s}", "open", (int)open, "demo", (int)demo, "organisation", name,
                                    "contact", s.contact, "lang", s.lang),
                          err);
}

typedef struct hashes {
    char admin[OKO_PASSWORD_HASH_BYTES], specialist[OKO_PASSWORD_HASH_BYTES];
} hashes;

static oko_status read_person(oko_request *rq, const char *member, oko_setup_person *p, char *hash, oko_error *err)
{
    const json_t *o = json_object_get(rq->body, member);
    if (o == NULL)
        return OKO_OK;
    *p = (oko_setup_person){ text_of(o, "login"), text_of(o, "name"), hash };
    oko_status status = oko_session_hash(rq, text_of(o, "password"), p->login, hash, err);
    if (status == OKO_E_FORMAT)
        (void)snprintf(err->field, sizeof err->field, "/%s/password", member);
    return status;
}

/* May this code set the database up? */
static oko_status check_code(oko_request *rq, oko_error *err)
{
    bool open = false;
    oko_status status = oko_gate_try(rq->service->gate, rq->in.address, "setup", rq->now, err);
    if (status == OKO_OK)
        status = oko_setup_is_open(rq->store, &open, err);
    if (status == OKO_OK && !open)
        return oko_error_set(err, OKO_E_CONFLICT, "setup.closed", "");
    if (status == OKO_OK && !oko_setup_code_fits(rq->service->setup_code, text_of(rq->body, "code")))
        return oko_error_set(err, OKO_E_FORMAT, "setup.code", "/code");
    return status;
}

static oko_status setup_create(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const json_t *region = json_object_get(rq->body, "region");
    oko_setup setup = { .region_code = text_of(region, "code"),
                        .region_name = text_of(region, "name"),
                        .lang = text_of(rq->body, "lang") };
    hashes h;
    oko_store *store = NULL;
    int64_t id = 0;
    oko_status status = check_code(rq, err);
    if (status == OKO_OK)
        status = read_person(rq, "admin", &setup.admin, h.admin, err);
    if (status == OKO_OK)
        status = read_person(rq, "operator", &setup.specialist, h.specialist, err);
    if (status == OKO_OK && setup.specialist.login != NULL && strcmp(setup.admin.login, setup.specialist.login) == 0)
        status = oko_error_set(err, OKO_E_FORMAT, "setup.one_login", "/operator/login");
    if (status == OKO_OK)
        status = oko_service_write(rq->service, &store, err);
    if (status != OKO_OK)
        return status;
    status = oko_setup_make(store, &setup, rq->in.address, &id, err);
    status = oko_service_write_end(rq->service, status, err);
    sodium_memzero(&h, sizeof h);
    oko_tree_changed(rq->service->trees);
    return status == OKO_OK ? oko_reply_json(reply, 201, json_pack("{s:I}", "region", (json_int_t)id), err) : status;
}

/* ---- settings ---- */
static json_t *settings_json(oko_store *store, const oko_settings *s)
{
    json_t *o = json_object();
    oko_user user;
    oko_json_set_str(o, "organisation", s->organisation);
    oko_json_set_str(o, "signer", s->signer);
    oko_json_set_str(o, "contact", s->contact);
    oko_json_set_str(o, "lang", s->lang);
    oko_json_set_int(o, "published_min", s->published_min);
    oko_json_set_int(o, "version", s->version);
    oko_json_set_str_or_null(o, "updated", s->updated);
    oko_json_set_int_or_null(o, "updated_by", s->updated_by);
    if (s->updated_by != 0 && oko_store_user_get(store, s->updated_by, &user, NULL) == OKO_OK)
        oko_json_set_str(o, "updated_by_name", user.name);
    return o;
}

/* What If-Match repeats: there is a version before the first change, too. */
static oko_status reply_settings(oko_request *rq, oko_reply *reply, const oko_settings *s, oko_error *err)
{
    oko_reply_version(reply, s->version + 1);
    return oko_reply_json(reply, 200, settings_json(rq->store, s), err);
}

static oko_status settings_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_settings s;
    oko_status status = oko_settings_get(rq->store, &s, err);
    return status == OKO_OK ? reply_settings(rq, reply, &s, err) : status;
}

static void take(const json_t *body, const char *name, char *dst, size_t bytes)
{
    const char *text = json_string_value(json_object_get(body, name));
    if (text != NULL)
        (void)oko_str_copy(dst, bytes, oko_str_of(text));
}

static oko_status settings_put(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_settings s;
    const json_t *min = json_object_get(rq->body, "published_min");
    oko_status status = oko_settings_get(rq->store, &s, err);
    if (status != OKO_OK)
        return status;
    s.version = rq->version - 1;
    take(rq->body, "organisation", s.organisation, sizeof s.organisation);
    take(rq->body, "signer", s.signer, sizeof s.signer);
    take(rq->body, "contact", s.contact, sizeof s.contact);
    take(rq->body, "lang", s.lang, sizeof s.lang);
    if (min != NULL)
        s.published_min = (int)json_integer_value(min);
    status = oko_settings_put(rq->store, &rq->actor, &s, &s, err);
    reply->noted = true;
    return status == OKO_OK ? reply_settings(rq, reply, &s, err) : status;
}

typedef struct past {
    oko_store *store;
    json_t *items;
} past;

static oko_status add_past(void *ctx, const oko_settings *s)
{
    past *p = ctx;
    return json_array_append_new(p->items, settings_json(p->store, s)) == 0 ? OKO_OK : OKO_E_MEMORY;
}

static oko_status settings_history(oko_request *rq, oko_reply *reply, oko_error *err)
{
    past p = { rq->store, json_array() };
    oko_status status = oko_settings_history(rq->store, add_past, &p, err);
    if (status == OKO_OK)
        return oko_reply_list(reply, p.items, (int64_t)json_array_size(p.items), err);
    json_decref(p.items);
    return status;
}

/* ---- demonstration ---- */
static oko_status see_open(void *ctx, const oko_job *job)
{
    bool *open = ctx;
    *open = *open || job->state == OKO_JOB_QUEUED || job->state == OKO_JOB_RUNNING;
    return OKO_OK;
}

static oko_status may_reset(oko_request *rq, oko_error *err)
{
    bool demo = false, busy = false;
    oko_status status = oko_demo_is_marked(rq->store, &demo, err);
    if (status == OKO_OK && !demo)
        return oko_error_set(err, OKO_E_CONFLICT, "demo.not_demo", "");
    if (status == OKO_OK && !json_is_true(json_object_get(rq->body, "confirm")))
        return oko_error_set(err, OKO_E_FORMAT, "demo.confirm", "/confirm");
    if (status == OKO_OK)
        status = oko_store_job_walk(rq->store, 0, NULL, OKO_PEOPLE_LIMIT, see_open, &busy, err);
    return status == OKO_OK && busy ? oko_error_set(err, OKO_E_CONFLICT, "demo.busy", "") : status;
}

/* The first line after the copy's own: who put it back. Their number may be another person's there. */
static oko_status note_reset(oko_request *rq, oko_error *err)
{
    oko_store *store = NULL;
    oko_actor actor = rq->actor;
    actor.user = 0;
    oko_status status = oko_service_write(rq->service, &store, err);
    if (status != OKO_OK)
        return status;
    return oko_service_write_end(rq->service, oko_audit_note(store, &actor, "demo.reset", "", 0, NULL, err), err);
}

static oko_status demo_reset(oko_request *rq, oko_reply *reply, oko_error *err)
{
    char copy[600];
    oko_service *service = rq->service;
    (void)snprintf(copy, sizeof copy, "%s" OKO_DEMO_COPY, service->db);
    oko_status status = may_reset(rq, err);
    if (status != OKO_OK)
        return status;
    pthread_mutex_lock(&service->writer_lock);
    status = oko_store_refill(service->writer, copy, err);
    pthread_mutex_unlock(&service->writer_lock);
    if (status == OKO_E_NOT_FOUND)
        return oko_error_set(err, OKO_E_CONFLICT, "demo.no_copy", "");
    oko_tree_changed(service->trees);
    oko_run_cache_forget(service->runs);
    if (status == OKO_OK)
        status = note_reset(rq, err);
    oko_session_cookie(rq, reply, NULL);
    reply->noted = true;
    reply->status = 204;
    return status;
}

const oko_route oko_routes_setup[] = {
    { "setup.get", setup_get },
    { "setup.create", setup_create },
    { "settings.get", settings_get },
    { "settings.put", settings_put },
    { "settings.history", settings_history },
    { "demo.reset", demo_reset },
    { NULL, NULL },
};
