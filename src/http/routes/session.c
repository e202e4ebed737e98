/* Signing in and out, and what people may change about themselves. */
#include "http/routes/routes.h"

#include "cycle/people.h"
#include "http/session.h"
#include "store/people.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

static const char *member(const oko_request *rq, const char *name)
{
    const char *text = json_string_value(json_object_get(rq->body, name));
    return text != NULL ? text : "";
}

json_t *oko_me_json(const oko_user *user)
{
    json_t *o = json_object();
    oko_json_set_int(o, "id", user->id);
    oko_json_set_str(o, "login", user->login);
    oko_json_set_str(o, "name", user->name);
    oko_json_set_str(o, "email", user->email);
    oko_json_set_str(o, "role", oko_role_name(user->role));
    oko_json_set_int_or_null(o, "unit", user->unit);
    oko_json_set_str(o, "lang", user->lang[0] != '\0' ? user->lang : "ru");
    oko_json_set_int(o, "version", user->version);
    return o;
}

static json_t *session_json(const oko_user *user, const char *csrf, const char *expires)
{
    return json_pack("{s:o,s:s,s:s,s:b}", "user", oko_me_json(user), "csrf", csrf, "expires", expires,
                     "must_change_password", (int)user->must_change);
}

/* The person behind the request. The command line acts without an account. */
static oko_status myself(oko_request *rq, oko_user *ret_user, oko_error *err)
{
    if (rq->actor.user != 0)
        return oko_store_user_get(rq->store, rq->actor.user, ret_user, err);
    *ret_user = (oko_user){ .role = rq->actor.role, .lang = "ru", .name = "oko" };
    return OKO_OK;
}

/* ---- sign in ---- */
static oko_status wrong(oko_error *err)
{
    return oko_error_set(err, OKO_E_PERMISSION, "people.wrong", "");
}

static oko_status note_failed(oko_request *rq, const oko_user *user, oko_error *err)
{
    oko_store *store = NULL;
    oko_error inner = { .code = OKO_OK };
    oko_actor actor = { .user = 0, .lang = "ru", .role = OKO_ROLE_COUNT };
    memcpy(actor.address, rq->in.address, sizeof actor.address);
    char object[40];
    (void)snprintf(object, sizeof object, user->id != 0 ? "user/%lld" : "", (long long)user->id);
    oko_status status = oko_service_write(rq->service, &store, &inner);
    if (status != OKO_OK)
        return oko_error_set(err, status, "", "");
    if (user->id != 0)
        status = oko_people_failed(store, user, rq->now, &inner);
    if (status == OKO_OK)
        status = oko_audit_note(store, &actor, "session.failed", object, user->unit, NULL, &inner);
    status = oko_service_write_end(rq->service, status, &inner);
    return status == OKO_OK ? wrong(err) : oko_error_set(err, status, "", "");
}

static oko_status let_in(oko_request *rq, const oko_user *user, oko_reply *reply, oko_error *err)
{
    oko_store *store = NULL;
    oko_session_made made;
    oko_status status = oko_service_write(rq->service, &store, err);
    if (status != OKO_OK)
        return status;
    status = oko_people_signed_in(store, user, rq->in.address, rq->now, &made, err);
    status = oko_service_write_end(rq->service, status, err);
    if (status != OKO_OK)
        return status;
    oko_session_cookie(rq, reply, made.secret);
    sodium_memzero(made.secret, sizeof made.secret);
    return oko_reply_json(reply, 201, session_json(user, made.kept.csrf, made.kept.expires), err);
}

static bool password_fits(oko_request *rq, const char *hash, const char *password, oko_status *ret_status,
                          oko_error *err)
{
    *ret_status = oko_gate_enter(rq->service->gate, err);
    if (*ret_status != OKO_OK)
        return false;
    bool fits = oko_password_fits(hash, password);
    oko_gate_leave(rq->service->gate);
    return fits;
}

static oko_status session_create(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_user user = { .id = 0 };
    char login[OKO_LOGIN_BYTES];
    (void)oko_str_copy(login, sizeof login, oko_str_of(member(rq, "login")));
    for (char *p = login; *p != '\0'; p++)
        *p = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
    oko_status status = oko_gate_try(rq->service->gate, rq->in.address, login, rq->now, err);
    if (status != OKO_OK)
        return status;
    status = oko_store_user_find(rq->store, login, &user, err);
    if (status != OKO_OK && status != OKO_E_NOT_FOUND)
        return status;
    bool known = status == OKO_OK;
    if (!known)
        user = (oko_user){ .id = 0 };
    oko_status may = known ? oko_people_may_try(&user, rq->now, err) : OKO_E_PERMISSION;
    if (may == OKO_E_LIMIT)
        return may;
    bool fits = password_fits(rq, may == OKO_OK ? user.password : "", member(rq, "password"), &status, err);
    if (status != OKO_OK)
        return status;
    return fits && may == OKO_OK ? let_in(rq, &user, reply, err) : note_failed(rq, &user, err);
}

static oko_status session_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_user user;
    char expires[OKO_TIME_BYTES];
    oko_status status = myself(rq, &user, err);
    if (status != OKO_OK)
        return status;
    oko_time_text(rq->secret.id != 0 && rq->secret.kind == OKO_SECRET_SESSION ? oko_session_end(&rq->secret, rq->now)
                                                                              : rq->now + OKO_SESSION_IDLE,
                  expires);
    return oko_reply_json(
        reply, 200,
        session_json(&user, rq->secret.csrf, rq->secret.kind == OKO_SECRET_TOKEN ? rq->secret.expires : expires), err);
}

static oko_status session_delete(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_status status = OKO_OK;
    if (rq->secret.id != 0 && rq->secret.kind == OKO_SECRET_SESSION)
        status = oko_store_secret_remove(rq->store, rq->secret.id, err);
    if (status != OKO_OK)
        return status;
    oko_session_cookie(rq, reply, NULL);
    reply->status = 204;
    return OKO_OK;
}

/* ---- the person ---- */
static oko_status me_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_user user;
    oko_status status = myself(rq, &user, err);
    if (status != OKO_OK)
        return status;
    oko_reply_version(reply, user.version);
    return oko_reply_json(reply, 200, oko_me_json(&user), err);
}

static oko_status me_change(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_user user;
    oko_status status = oko_store_user_get(rq->store, rq->actor.user, &user, err);
    if (status != OKO_OK)
        return status;
    user.version = rq->version;
    oko_request_take(rq->body, "name", user.name, sizeof user.name);
    oko_request_take(rq->body, "email", user.email, sizeof user.email);
    oko_request_take(rq->body, "lang", user.lang, sizeof user.lang);
    status = oko_store_user_put(rq->store, &user, &user, err);
    if (status != OKO_OK)
        return status;
    oko_reply_about(reply, "user", user.id, user.unit);
    oko_reply_version(reply, user.version);
    return oko_reply_json(reply, 200, oko_me_json(&user), err);
}

oko_status oko_session_hash(oko_request *rq, const char *password, const char *login,
                            char ret_hash[OKO_PASSWORD_HASH_BYTES], oko_error *err)
{
    oko_status status = oko_password_check(password, login, err);
    if (status == OKO_OK)
        status = oko_gate_enter(rq->service->gate, err);
    if (status != OKO_OK)
        return status;
    status = oko_password_hash(password, ret_hash);
    oko_gate_leave(rq->service->gate);
    return status == OKO_OK ? OKO_OK : oko_error_set(err, status, "", "");
}

static oko_status me_password(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_user user;
    oko_store *store = NULL;
    char hash[OKO_PASSWORD_HASH_BYTES];
    oko_status status = oko_store_user_get(rq->store, rq->actor.user, &user, err);
    if (status == OKO_OK)
        status = oko_gate_try(rq->service->gate, rq->in.address, user.login, rq->now, err);
    if (status == OKO_OK)
        status = oko_people_may_try(&user, rq->now, err);
    if (status != OKO_OK)
        return status;
    bool fits = password_fits(rq, user.password, member(rq, "current"), &status, err);
    if (status != OKO_OK)
        return status;
    if (!fits) {
        status = note_failed(rq, &user, err);
        return status == OKO_E_PERMISSION ? oko_error_set(err, OKO_E_FORMAT, "people.current", "/current") : status;
    }
    status = oko_session_hash(rq, member(rq, "password"), user.login, hash, err);
    if (status == OKO_OK)
        status = oko_service_write(rq->service, &store, err);
    if (status != OKO_OK)
        return status;
    int64_t keep = rq->secret.kind == OKO_SECRET_SESSION ? rq->secret.id : 0;
    status = oko_people_password(store, &rq->actor, hash, keep, err);
    status = oko_service_write_end(rq->service, status, err);
    reply->status = 204;
    return status;
}

static oko_status invitations_look(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_user user;
    oko_unit unit = { .id = 0 };
    oko_status status = oko_gate_try(rq->service->gate, rq->in.address, "", rq->now, err);
    if (status == OKO_OK)
        status = oko_people_invited(rq->store, member(rq, "secret"), rq->now, &user, err);
    if (status == OKO_OK && user.unit != 0)
        status = oko_store_unit_get(rq->store, user.unit, &unit, err);
    if (status != OKO_OK)
        return status;
    return oko_reply_json(reply, 200,
                          json_pack("{s:s,s:s,s:s,s:s,s:s}", "login", user.login, "name", user.name, "role",
                                    oko_role_name(user.role), "unit_name", unit.name, "lang",
                                    user.lang[0] != '\0' ? user.lang : "ru"),
                          err);
}

static oko_status invitations_accept(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_user user;
    oko_store *store = NULL;
    char hash[OKO_PASSWORD_HASH_BYTES];
    oko_status status = oko_gate_try(rq->service->gate, rq->in.address, "", rq->now, err);
    if (status == OKO_OK)
        status = oko_people_invited(rq->store, member(rq, "secret"), rq->now, &user, err);
    if (status == OKO_OK)
        status = oko_session_hash(rq, member(rq, "password"), user.login, hash, err);
    if (status == OKO_OK)
        status = oko_service_write(rq->service, &store, err);
    if (status != OKO_OK)
        return status;
    status = oko_people_accept(store, member(rq, "secret"), hash, rq->in.address, rq->now, err);
    status = oko_service_write_end(rq->service, status, err);
    reply->status = 204;
    return status;
}

/* ---- tokens ---- */
static json_t *token_json(const oko_secret *t, const char *secret)
{
    json_t *o = json_object();
    oko_json_set_int(o, "id", t->id);
    oko_json_set_str(o, "title", t->title);
    oko_json_set_str(o, "scope", t->scope);
    oko_json_set_str(o, "created", t->created);
    oko_json_set_str_or_null(o, "used", t->used);
    oko_json_set_str(o, "expires", t->expires);
    if (secret != NULL)
        oko_json_set_str(o, "secret", secret);
    return o;
}

static oko_status add_token(void *ctx, const oko_secret *t)
{
    return json_array_append_new(ctx, token_json(t, NULL)) == 0 ? OKO_OK : OKO_E_MEMORY;
}

static oko_status tokens_list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    json_t *items = json_array();
    oko_status status = oko_store_secret_walk(rq->store, rq->actor.user, OKO_SECRET_TOKEN, add_token, items, err);
    if (status != OKO_OK) {
        json_decref(items);
        return status;
    }
    return oko_reply_list(reply, items, (int64_t)json_array_size(items), err);
}

static oko_status tokens_create(oko_request *rq, oko_reply *reply, oko_error *err)
{
    char secret[OKO_SECRET_HEX];
    oko_secret token;
    const json_t *days = json_object_get(rq->body, "days");
    oko_status status =
        oko_people_token(rq->store, &rq->actor, member(rq, "title"), strcmp(member(rq, "scope"), "write") == 0,
                         days != NULL ? (int)json_integer_value(days) : 90, rq->now, secret, &token, err);
    if (status != OKO_OK)
        return status;
    reply->noted = true;
    status = oko_reply_json(reply, 201, token_json(&token, secret), err);
    sodium_memzero(secret, sizeof secret);
    return status;
}

static oko_status tokens_delete(oko_request *rq, oko_reply *reply, oko_error *err)
{
    reply->noted = true;
    reply->status = 204;
    return oko_people_token_remove(rq->store, &rq->actor, oko_request_int(rq, "id", 0), err);
}

const oko_route oko_routes_session[] = {
    { "session.create", session_create },
    { "session.get", session_get },
    { "session.delete", session_delete },
    { "me.get", me_get },
    { "me.change", me_change },
    { "me.password", me_password },
    { "tokens.list", tokens_list },
    { "tokens.create", tokens_create },
    { "tokens.delete", tokens_delete },
    { "invitations.look", invitations_look },
    { "invitations.accept", invitations_accept },
    { NULL, NULL },
};
