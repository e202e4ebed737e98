/* Who may do what to whose account. */
#include "cycle/people.h"

#include <stdio.h>
#include <string.h>

static oko_status note_user(oko_store *store, const oko_actor *actor, const char *action, const oko_user *user,
                            const char *detail, oko_error *err)
{
    char object[64];
    (void)snprintf(object, sizeof object, "user/%lld", (long long)user->id);
    return oko_audit_note(store, actor, action, object, user->unit, detail, err);
}

/* ---- signing in ---- */
oko_status oko_people_may_try(const oko_user *user, time_t now, oko_error *err)
{
    time_t until = user->locked_until[0] != '\0' ? oko_time_read(user->locked_until) : 0;
    if (until > now) {
        oko_status status = oko_error_set(err, OKO_E_LIMIT, "people.locked", "");
        oko_error_arg(err, "%lld", (long long)(until - now));
        return status;
    }
    if (user->state != OKO_USER_ACTIVE)
        return oko_error_set(err, OKO_E_PERMISSION, "people.wrong", "");
    return OKO_OK;
}

oko_status oko_people_failed(oko_store *store, const oko_user *user, time_t now, oko_error *err)
{
    int failed = user->failed + 1;
    char until[OKO_TIME_BYTES] = "";
    if (failed % OKO_LOCK_AFTER == 0) {
        int doublings = failed / OKO_LOCK_AFTER - 1;
        long seconds = doublings < 8 ? (long)OKO_LOCK_SECONDS << doublings : OKO_LOCK_MAX_SECONDS;
        oko_time_text(now + (seconds < OKO_LOCK_MAX_SECONDS ? seconds : OKO_LOCK_MAX_SECONDS), until);
    }
    return oko_store_user_attempt(store, user->id, failed, until, err);
}

typedef struct oldest {
    int64_t id;
    int n;
    char used[OKO_TIME_BYTES];
} oldest;

static oko_status find_oldest(void *ctx, const oko_secret *s)
{
    oldest *o = ctx;
    if (o->n++ == 0 || strcmp(s->used, o->used) < 0) {
        o->id = s->id;
        (void)snprintf(o->used, sizeof o->used, "%s", s->used);
    }
    return OKO_OK;
}

static oko_status make_room(oko_store *store, int64_t user, oko_error *err)
{
    oldest o = { .n = 0 };
    oko_status status = oko_store_secret_walk(store, user, OKO_SECRET_SESSION, find_oldest, &o, err);
    if (status == OKO_OK && o.n >= OKO_SESSIONS_MAX)
        status = oko_store_secret_remove(store, o.id, err);
    return status;
}

time_t oko_session_end(const oko_secret *session, time_t now)
{
    time_t whole = oko_time_read(session->created) + OKO_SESSION_WHOLE;
    return now + OKO_SESSION_IDLE < whole ? now + OKO_SESSION_IDLE : whole;
}

oko_status oko_people_signed_in(oko_store *store, const oko_user *user, const char *address, time_t now,
                                oko_session_made *ret_session, oko_error *err)
{
    oko_session_made made = { .kept = { .kind = OKO_SECRET_SESSION, .user = user->id } };
    char unused[OKO_SECRET_HEX];
    oko_secret_make(made.secret, made.kept.hash);
    oko_secret_make(made.kept.csrf, unused);
    oko_time_text(now, made.kept.created);
    oko_time_text(now, made.kept.used);
    oko_time_text(oko_session_end(&made.kept, now), made.kept.expires);
    (void)snprintf(made.kept.address, sizeof made.kept.address, "%s", address);
    oko_actor actor = oko_actor_of_user(user);
    (void)snprintf(actor.address, sizeof actor.address, "%s", address);
    oko_status status = make_room(store, user->id, err);
    if (status == OKO_OK && (user->failed != 0 || user->locked_until[0] != '\0'))
        status = oko_store_user_attempt(store, user->id, 0, "", err);
    if (status == OKO_OK)
        status = oko_store_secret_add(store, &made.kept, &made.kept.id, err);
    if (status == OKO_OK)
        status = note_user(store, &actor, "session.create", user, NULL, err);
    if (status == OKO_OK)
        *ret_session = made;
    return status;
}

oko_status oko_people_password(oko_store *store, const oko_actor *actor, const char *hash, int64_t keep_session,
                               oko_error *err)
{
    oko_user user;
    oko_status status = oko_store_user_get(store, actor->user, &user, err);
    if (status != OKO_OK)
        return status;
    (void)snprintf(user.password, sizeof user.password, "%s", hash);
    user.must_change = false;
    status = oko_store_user_put(store, &user, &user, err);
    if (status == OKO_OK && (user.failed != 0 || user.locked_until[0] != '\0'))
        status = oko_store_user_attempt(store, user.id, 0, "", err);
    if (status == OKO_OK)
        status = oko_store_secret_remove_all(store, user.id, OKO_SECRET_SESSION, keep_session, err);
    return status == OKO_OK ? note_user(store, actor, "me.password", &user, NULL, err) : status;
}

/* ---- invitations ---- */
oko_status oko_people_invite(oko_store *store, const oko_actor *actor, const oko_user *user, time_t now,
                             char ret_secret[OKO_SECRET_HEX], char ret_expires[OKO_TIME_BYTES], oko_error *err)
{
    oko_secret invitation = { .kind = OKO_SECRET_INVITE, .user = user->id };
    oko_status status = oko_people_may_manage(store, actor, user->role, user->unit, err);
    if (status == OKO_OK && user->state == OKO_USER_DISABLED)
        status = oko_error_set(err, OKO_E_CONFLICT, "people.disabled", "");
    if (status == OKO_OK)
        status = oko_store_secret_remove_all(store, user->id, OKO_SECRET_INVITE, 0, err);
    if (status != OKO_OK)
        return status;
    char secret[OKO_SECRET_HEX];
    oko_secret_make(secret, invitation.hash);
    oko_time_text(now, invitation.created);
    oko_time_text(now, invitation.used);
    oko_time_text(now + OKO_INVITATION_SECONDS, invitation.expires);
    status = oko_store_secret_add(store, &invitation, &invitation.id, err);
    if (status == OKO_OK)
        status = note_user(store, actor, "users.invite", user, NULL, err);
    if (status == OKO_OK) {
        memcpy(ret_secret, secret, sizeof secret);
        memcpy(ret_expires, invitation.expires, OKO_TIME_BYTES);
    }
    return status;
}

static oko_status find_invitation(oko_store *store, const char *secret, time_t now, oko_secret *ret_invitation,
                                  oko_user *ret_user, oko_error *err)
{
    char hash[OKO_SECRET_HEX], text[OKO_TIME_BYTES];
    oko_secret_hash(secret, hash);
    oko_time_text(now, text);
    oko_status status = oko_store_secret_find(store, OKO_SECRET_INVITE, hash, text, ret_invitation, err);
    if (status == OKO_OK)
        status = oko_store_user_get(store, ret_invitation->user, ret_user, err);
    if (status == OKO_E_NOT_FOUND || (status == OKO_OK && ret_user->state == OKO_USER_DISABLED))
        return oko_error_set(err, OKO_E_NOT_FOUND, "people.no_invitation", "");
    return status;
}

oko_status oko_people_invited(oko_store *store, const char *secret, time_t now, oko_user *ret_user, oko_error *err)
{
    oko_secret invitation;
    return find_invitation(store, secret, now, &invitation, ret_user, err);
}

oko_status oko_people_accept(oko_store *store, const char *secret, const char *hash, const char *address, time_t now,
                             oko_error *err)
{
    oko_secret invitation;
    oko_user user;
    oko_status status = find_invitation(store, secret, now, &invitation, &user, err);
    if (status != OKO_OK)
        return status;
    oko_actor actor = oko_actor_of_user(&user);
    (void)snprintf(actor.address, sizeof actor.address, "%s", address);
    (void)snprintf(user.password, sizeof user.password, "%s", hash);
    user.state = OKO_USER_ACTIVE;
    user.must_change = false;
    status = oko_store_user_put(store, &user, &user, err);
    if (status == OKO_OK)
        status = oko_store_user_attempt(store, user.id, 0, "", err);
    if (status == OKO_OK)
        status = oko_store_secret_remove_all(store, user.id, OKO_SECRET_INVITE, 0, err);
    if (status == OKO_OK)
        status = oko_store_secret_remove_all(store, user.id, OKO_SECRET_SESSION, 0, err);
    return status == OKO_OK ? note_user(store, &actor, "invitations.accept", &user, NULL, err) : status;
}

/* ---- managing ---- */
oko_status oko_people_may_manage(oko_store *store, const oko_actor *actor, oko_role role, int64_t unit, oko_error *err)
{
    if (actor->owner || actor->role == OKO_ROLE_ADMIN)
        return OKO_OK;
    bool operator_may = actor->role == OKO_ROLE_OPERATOR && role != OKO_ROLE_ADMIN;
    bool municipal_may = actor->role == OKO_ROLE_MUNICIPAL && (role == OKO_ROLE_SCHOOL || role == OKO_ROLE_OBSERVER);
    if (!operator_may && !municipal_may)
        return oko_error_set(err, OKO_E_PERMISSION, "people.reach", "");
    return oko_access_unit(store, actor, unit, OKO_SCOPE_SUBTREE, err);
}

oko_status oko_people_unit_fits(oko_store *store, oko_role role, int64_t unit, oko_error *err)
{
    oko_unit u = { .level = OKO_LEVEL_COUNTRY };
    oko_status status = unit != 0 ? oko_store_unit_get(store, unit, &u, err) : OKO_OK;
    if (status != OKO_OK)
        return status;
    bool fits = role == OKO_ROLE_MUNICIPAL ? unit != 0 && u.level == OKO_LEVEL_MUNICIPALITY
                : role == OKO_ROLE_SCHOOL  ? unit != 0 && u.level == OKO_LEVEL_SCHOOL
                                           : u.level != OKO_LEVEL_CLASS;
    return fits ? OKO_OK : oko_error_set(err, OKO_E_FORMAT, "people.unit", "unit");
}

static oko_status check_before(oko_store *store, const oko_actor *actor, const oko_user *user, oko_user *before,
                               oko_error *err)
{
    oko_status status = oko_store_user_get(store, user->id, before, err);
    if (status == OKO_OK)
        status = oko_people_may_manage(store, actor, before->role, before->unit, err);
    bool self = status == OKO_OK && !actor->owner && actor->user == user->id &&
                (before->role != user->role || before->unit != user->unit || before->state != user->state);
    return self ? oko_error_set(err, OKO_E_CONFLICT, "people.self", "") : status;
}

oko_status oko_people_put(oko_store *store, const oko_actor *actor, const oko_user *user, oko_user *ret_user,
                          oko_error *err)
{
    oko_user before = { .id = 0 }, now;
    oko_status status = user->id != 0 ? check_before(store, actor, user, &before, err) : OKO_OK;
    if (status == OKO_OK)
        status = oko_people_may_manage(store, actor, user->role, user->unit, err);
    if (status == OKO_OK)
        status = oko_people_unit_fits(store, user->role, user->unit, err);
    if (status == OKO_OK)
        status = oko_store_user_put(store, user, &now, err);
    if (status != OKO_OK)
        return status;
    bool lost = now.state == OKO_USER_DISABLED || (before.id != 0 && before.role != now.role);
    if (lost)
        status = oko_store_secret_remove_all(store, now.id, OKO_SECRET_KIND_COUNT, 0, err);
    char detail[160];
    (void)snprintf(detail, sizeof detail, "{\"role\":\"%s\",\"unit\":%lld,\"state\":%d}", oko_role_name(now.role),
                   (long long)now.unit, (int)now.state);
    if (status == OKO_OK)
        status = note_user(store, actor, user->id == 0 ? "users.create" : "users.change", &now, detail, err);
    if (status == OKO_OK)
        *ret_user = now;
    return status;
}

/* ---- tokens ---- */
oko_status oko_people_token(oko_store *store, const oko_actor *actor, const char *title, bool may_write, int days,
                            time_t now, char ret_secret[OKO_SECRET_HEX], oko_secret *ret_token, oko_error *err)
{
    oko_secret token = { .kind = OKO_SECRET_TOKEN, .user = actor->user };
    char secret[OKO_SECRET_HEX], object[64];
    oko_secret_make(secret, token.hash);
    (void)oko_str_copy(token.title, sizeof token.title, oko_str_of(title));
    (void)snprintf(token.scope, sizeof token.scope, "%s", may_write ? "write" : "read");
    (void)snprintf(token.address, sizeof token.address, "%s", actor->address);
    oko_time_text(now, token.created);
    oko_time_text(now, token.used);
    oko_time_text(now + (time_t)days * 24 * 3600, token.expires);
    oko_status status = oko_store_secret_add(store, &token, &token.id, err);
    (void)snprintf(object, sizeof object, "token/%lld", (long long)token.id);
    if (status == OKO_OK)
        status = oko_audit_note(store, actor, "tokens.create", object, 0, NULL, err);
    if (status == OKO_OK) {
        memcpy(ret_secret, secret, sizeof secret);
        *ret_token = token;
    }
    return status;
}

static oko_status is_wanted(void *ctx, const oko_secret *s)
{
    int64_t *wanted = ctx;
    if (s->id == *wanted)
        *wanted = -s->id;
    return OKO_OK;
}

oko_status oko_people_token_remove(oko_store *store, const oko_actor *actor, int64_t id, oko_error *err)
{
    int64_t wanted = id;
    char object[64];
    oko_status status = oko_store_secret_walk(store, actor->user, OKO_SECRET_TOKEN, is_wanted, &wanted, err);
    if (status == OKO_OK && wanted != -id)
        status = oko_error_set(err, OKO_E_NOT_FOUND, "people.no_token", "");
    if (status == OKO_OK)
        status = oko_store_secret_remove(store, id, err);
    (void)snprintf(object, sizeof object, "token/%lld", (long long)id);
    return status == OKO_OK ? oko_audit_note(store, actor, "tokens.delete", object, 0, NULL, err) : status;
}
