/* People: lists, invitations, changes. Who may manage whom is in cycle/people.h. */
#include "http/routes/routes.h"

#include "cycle/people.h"
#include "http/service.h"
#include "store/people.h"

#include <sodium.h>
#include <string.h>

static const char *state_name(oko_user_state state)
{
    static const char *const names[] = { "invited", "active", "disabled" };
    return (unsigned)state < OKO_USER_STATE_COUNT ? names[state] : "";
}

json_t *oko_user_json(const oko_user *user)
{
    json_t *o = json_object();
    oko_json_set_int(o, "id", user->id);
    oko_json_set_str(o, "login", user->login);
    oko_json_set_str(o, "name", user->name);
    oko_json_set_str(o, "email", user->email);
    oko_json_set_str(o, "role", oko_role_name(user->role));
    oko_json_set_int_or_null(o, "unit", user->unit);
    oko_json_set_str(o, "state", state_name(user->state));
    oko_json_set_bool(o, "must_change_password", user->must_change);
    oko_json_set_str_or_null(o, "locked_until", user->locked_until);
    oko_json_set_str(o, "lang", user->lang[0] != '\0' ? user->lang : "ru");
    oko_json_set_int(o, "version", user->version);
    oko_json_set_str(o, "created", user->created);
    oko_json_set_str(o, "updated", user->updated);
    return o;
}

/* ---- list ---- */
typedef struct listing {
    const oko_tree *reg;
    json_t *items;
    const char *state, *search;
    char folded[400];
    int64_t offset, limit, seen;
} listing;

static bool wanted(const listing *l, const oko_user *u)
{
    char folded[1024];
    if (l->state != NULL && strcmp(l->state, state_name(u->state)) != 0)
        return false;
    if (l->search == NULL)
        return true;
    /* Apart: folding takes Latin letters for Cyrillic ones where both stand in one text. */
    (void)oko_str_fold(folded, sizeof folded, oko_str_of(u->login));
    if (strstr(folded, l->folded) != NULL)
        return true;
    (void)oko_str_fold(folded, sizeof folded, oko_str_of(u->name));
    return strstr(folded, l->folded) != NULL;
}

static oko_status add_user(void *ctx, const oko_user *u)
{
    listing *l = ctx;
    if (!wanted(l, u))
        return OKO_OK;
    l->seen++;
    if (l->seen <= l->offset || l->seen > l->offset + l->limit)
        return OKO_OK;
    json_t *o = oko_user_json(u);
    const size_t at = u->unit != 0 ? oko_tree_find(l->reg, u->unit) : l->reg->n;
    oko_json_set_str(o, "unit_name", at < l->reg->n ? l->reg->units[at].name : "");
    return json_array_append_new(l->items, o) == 0 ? OKO_OK : OKO_E_MEMORY;
}

static oko_status users_list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    listing l = { .items = json_array(),
                  .state = oko_request_str(rq, "state"),
                  .search = oko_request_str(rq, "search"),
                  .offset = oko_request_int(rq, "offset", 0),
                  .limit = oko_request_int(rq, "limit", 50) };
    oko_role role = OKO_ROLE_COUNT;
    const char *name = oko_request_str(rq, "role");
    if (name != NULL)
        (void)oko_role_parse(oko_str_of(name), &role);
    if (l.search != NULL)
        (void)oko_str_fold(l.folded, sizeof l.folded, oko_str_of(l.search));
    int64_t unit = oko_request_int(rq, "unit", rq->actor.owner ? 0 : rq->actor.unit);
    oko_status status = oko_tree_get(rq->service->trees, rq->store, &l.reg, err);
    if (status == OKO_OK) {
        status = oko_store_user_walk(rq->store, unit, role, add_user, &l, err);
        oko_tree_back(rq->service->trees, l.reg);
    }
    if (status != OKO_OK) {
        json_decref(l.items);
        return status;
    }
    return oko_reply_list(reply, l.items, l.seen, err);
}

/* ---- one ---- */
static oko_status find_user(oko_request *rq, oko_user *ret_user, oko_error *err)
{
    oko_status status = oko_store_user_get(rq->store, oko_request_int(rq, "id", 0), ret_user, err);
    return status == OKO_OK ? oko_request_sees(rq, ret_user->unit, err) : status;
}

static oko_status users_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_user user;
    oko_status status = find_user(rq, &user, err);
    if (status != OKO_OK)
        return status;
    oko_reply_version(reply, user.version);
    return oko_reply_json(reply, 200, oko_user_json(&user), err);
}

static void take_all(const json_t *body, oko_user *user)
{
    const char *role = json_string_value(json_object_get(body, "role"));
    const char *state = json_string_value(json_object_get(body, "state"));
    const json_t *unit = json_object_get(body, "unit");
    oko_request_take(body, "login", user->login, sizeof user->login);
    oko_request_take(body, "name", user->name, sizeof user->name);
    oko_request_take(body, "email", user->email, sizeof user->email);
    oko_request_take(body, "lang", user->lang, sizeof user->lang);
    if (role != NULL)
        (void)oko_role_parse(oko_str_of(role), &user->role);
    if (unit != NULL)
        user->unit = json_integer_value(unit);
    if (state != NULL && strcmp(state, "disabled") == 0)
        user->state = OKO_USER_DISABLED;
    else if (state != NULL) /* back again: without a password only an invitation helps */
        user->state = user->password[0] != '\0' ? OKO_USER_ACTIVE : OKO_USER_INVITED;
}

static oko_status reply_invitation(oko_request *rq, oko_reply *reply, const oko_user *user, oko_error *err)
{
    char secret[OKO_SECRET_HEX], expires[OKO_TIME_BYTES];
    oko_status status = oko_people_invite(rq->store, &rq->actor, user, rq->now, secret, expires, err);
    if (status != OKO_OK)
        return status;
    reply->noted = true;
    json_t *o = json_pack("{s:o,s:s,s:s}", "user", oko_user_json(user), "secret", secret, "expires", expires);
    sodium_memzero(secret, sizeof secret);
    return oko_reply_json(reply, 201, o, err);
}

static oko_status users_create(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_user user = { .state = OKO_USER_INVITED, .lang = "ru" };
    take_all(rq->body, &user);
    oko_status status = oko_people_put(rq->store, &rq->actor, &user, &user, err);
    if (status != OKO_OK)
        return status;
    oko_reply_version(reply, user.version);
    return reply_invitation(rq, reply, &user, err);
}

static oko_status users_change(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_user user;
    oko_status status = find_user(rq, &user, err);
    if (status != OKO_OK)
        return status;
    take_all(rq->body, &user);
    user.version = rq->version;
    status = oko_people_put(rq->store, &rq->actor, &user, &user, err);
    if (status != OKO_OK)
        return status;
    reply->noted = true;
    oko_reply_version(reply, user.version);
    return oko_reply_json(reply, 200, oko_user_json(&user), err);
}

static oko_status users_invite(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_user user;
    oko_status status = find_user(rq, &user, err);
    return status == OKO_OK ? reply_invitation(rq, reply, &user, err) : status;
}

const oko_route oko_routes_users[] = {
    { "users.list", users_list },     { "users.create", users_create }, { "users.get", users_get },
    { "users.change", users_change }, { "users.invite", users_invite }, { NULL, NULL },
};
