/* oko user add|list|disable|reset|invite, oko token add|list|remove, oko audit list|verify: the owner of the database
 * acts. */
#include "cli/cli.h"

#include "cycle/people.h"

#include <string.h>

/* ---- users ---- */
static const char *state_name(oko_user_state state)
{
    static const char *const names[] = { "invited", "active", "disabled" };
    return (unsigned)state < OKO_USER_STATE_COUNT ? names[state] : "";
}

typedef struct list {
    oko_cli *cli;
    json_t *json;
    oko_table *table;
} list;

static oko_status add_user(void *ctx, const oko_user *u)
{
    list *l = ctx;
    if (l->json != NULL) {
        json_t *o = json_object();
        oko_put_int(o, "id", u->id);
        oko_put_str(o, "login", u->login);
        oko_put_str(o, "name", u->name);
        oko_put_str(o, "role", oko_role_name(u->role));
        oko_put(o, "unit", u->unit != 0 ? json_integer((json_int_t)u->unit) : json_null());
        oko_put_str(o, "state", state_name(u->state));
        oko_append(l->json, o);
        return OKO_OK;
    }
    const char *cells[] = { u->login, u->name, oko_cli_word(l->cli, "people.role.", oko_role_name(u->role)),
                            u->unit != 0 ? oko_cli_id(l->cli, u->unit) : "",
                            oko_cli_word(l->cli, "people.state.", state_name(u->state)) };
    oko_table_row(l->table, cells);
    return OKO_OK;
}

oko_status oko_cmd_user_list(oko_cli *cli, oko_error *err)
{
    static const char *const heads[] = { "people.head.login", "people.head.name", "people.head.role",
                                         "people.head.unit", "people.head.state" };
    static const bool numeric[] = { false, false, false, true, false };
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    list l = { .cli = cli, .json = cli->json ? json_array() : NULL };
    oko_status status = oko_cli_store(cli, false, true, &store, err);
    if (!cli->json)
        l.table = oko_table_new(cli, 5, heads, numeric);
    if (status == OKO_OK)
        status = oko_store_user_walk(store, 0, OKO_ROLE_COUNT, add_user, &l, err);
    if (cli->json && status == OKO_OK)
        return oko_cli_json(cli, l.json, err);
    json_decref(l.json);
    if (status == OKO_OK)
        oko_table_print(l.table);
    return status;
}

static oko_status print_secret(oko_cli *cli, const char *login, const char *secret, const char *expires, oko_error *err)
{
    if (cli->json) {
        json_t *o = json_object();
        oko_put_str(o, "login", login);
        oko_put_str(o, "secret", secret);
        oko_put_str(o, "expires", expires);
        return oko_cli_json(cli, o, err);
    }
    printf("%s\n", secret);
    OKO_CLI_SAY(cli, stderr, "people.secret_once", OKO_S("login", login), OKO_S("expires", expires));
    return OKO_OK;
}

/* A new one-time secret in the same transaction as the change before it. */
static oko_status invite(oko_cli *cli, oko_store *store, const oko_user *user, oko_error *err)
{
    oko_actor owner = oko_actor_owner();
    char secret[OKO_SECRET_HEX], expires[OKO_TIME_BYTES];
    oko_status status = oko_people_invite(store, &owner, user, time(NULL), secret, expires, err);
    if (status == OKO_OK)
        status = oko_store_commit(store, err);
    return status == OKO_OK ? print_secret(cli, user->login, secret, expires, err) : status;
}

/* One line of standard input: a password is never an argument, where others could see it. */
static oko_status read_password(const char *login, char hash[OKO_PASSWORD_HASH_BYTES], oko_error *err)
{
    char line[OKO_PASSWORD_MAX + 8];
    if (fgets(line, sizeof(line), stdin) == NULL)
        line[0] = '\0';
    line[strcspn(line, "\r\n")] = '\0';
    oko_status status = oko_password_check(line, login, err);
    if (status == OKO_OK)
        status = oko_password_hash(line, hash);
    memset(line, 0, sizeof(line));
    return status == OKO_OK || err->code == status ? status : oko_error_set(err, status, "", "");
}

static oko_status fill_user(oko_cli *cli, oko_store *store, oko_user *user, oko_error *err)
{
    const char *name = oko_cli_option(cli, "name"), *email = oko_cli_option(cli, "email");
    const char *unit = oko_cli_option(cli, "unit"), *role = oko_cli_option(cli, "role");
    oko_unit found;
    *user = (oko_user){ .state = OKO_USER_INVITED, .lang = "ru" };
    oko_str_copy(user->login, sizeof(user->login), oko_str_of(cli->argv[0]));
    oko_str_copy(user->name, sizeof(user->name), oko_str_of(name != NULL ? name : cli->argv[0]));
    oko_str_copy(user->email, sizeof(user->email), oko_str_of(email));
    if (role == NULL || !oko_role_parse(oko_str_of(role), &user->role)) {
        oko_status status = oko_error_set(err, OKO_E_ARGUMENT, "people.bad_role", "role");
        oko_error_arg(err, "%s", role != NULL ? role : "");
        return status;
    }
    if (unit == NULL)
        return OKO_OK;
    oko_status status = oko_cli_unit(cli, store, unit, &found, err);
    if (status == OKO_OK)
        user->unit = found.id;
    return status;
}

oko_status oko_cmd_user_add(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    bool with_password = oko_cli_option(cli, "password-stdin") != NULL;
    oko_actor owner = oko_actor_owner();
    oko_user user;
    oko_status status = oko_cli_store(cli, true, false, &store, err);
    if (status == OKO_OK)
        status = fill_user(cli, store, &user, err);
    if (status == OKO_OK && with_password)
        status = read_password(user.login, user.password, err);
    if (status != OKO_OK)
        return status;
    user.state = with_password ? OKO_USER_ACTIVE : OKO_USER_INVITED;
    user.must_change = oko_cli_option(cli, "must-change") != NULL;
    status = oko_store_begin(store, err);
    if (status == OKO_OK)
        status = oko_people_put(store, &owner, &user, &user, err);
    if (status == OKO_OK)
        status = with_password ? oko_store_commit(store, err) : invite(cli, store, &user, err);
    oko_store_rollback(store);
    return status;
}

/* Opens the store for a change of the person argv[0], inside a transaction. */
static oko_status begin_with_user(oko_cli *cli, oko_store **ret_store, oko_user *ret_user, oko_error *err)
{
    oko_status status = oko_cli_store(cli, false, false, ret_store, err);
    if (status == OKO_OK)
        status = oko_store_begin(*ret_store, err);
    return status == OKO_OK ? oko_store_user_find(*ret_store, cli->argv[0], ret_user, err) : status;
}

oko_status oko_cmd_user_disable(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_actor owner = oko_actor_owner();
    oko_user user;
    oko_status status = begin_with_user(cli, &store, &user, err);
    if (status == OKO_OK) {
        user.state = OKO_USER_DISABLED;
        status = oko_people_put(store, &owner, &user, &user, err);
    }
    if (status == OKO_OK)
        status = oko_store_commit(store, err);
    return status;
}

/* A fresh invitation; `reset` also ends what the person has open, lets a disabled one in again and forgets the lock. */
oko_status oko_cmd_user_invite(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_actor owner = oko_actor_owner();
    oko_user user;
    bool reset = strcmp(cli->command->name, "user reset") == 0;
    oko_status status = begin_with_user(cli, &store, &user, err);
    if (status == OKO_OK && reset) {
        user.state = OKO_USER_INVITED;
        user.password[0] = '\0';
        status = oko_people_put(store, &owner, &user, &user, err);
        if (status == OKO_OK)
            status = oko_store_secret_remove_all(store, user.id, OKO_SECRET_KIND_COUNT, 0, err);
        if (status == OKO_OK)
            status = oko_store_user_attempt(store, user.id, 0, "", err);
    }
    return status == OKO_OK ? invite(cli, store, &user, err) : status;
}

/* ---- tokens ---- */
oko_status oko_cmd_token_add(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_user user;
    oko_secret token;
    char secret[OKO_SECRET_HEX];
    int64_t days = 90;
    oko_status status = oko_cli_option_int(cli, "days", 1, 366, &days, err);
    if (status == OKO_OK)
        status = begin_with_user(cli, &store, &user, err);
    if (status != OKO_OK)
        return status;
    oko_actor actor = oko_actor_of_user(&user);
    snprintf(actor.address, sizeof(actor.address), "local");
    status = oko_people_token(store, &actor, cli->argv[1], oko_cli_option(cli, "write") != NULL, (int)days, time(NULL),
                              secret, &token, err);
    if (status == OKO_OK)
        status = oko_store_commit(store, err);
    return status == OKO_OK ? print_secret(cli, user.login, secret, token.expires, err) : status;
}

static oko_status add_token(void *ctx, const oko_secret *t)
{
    list *l = ctx;
    if (l->json != NULL) {
        json_t *o = json_object();
        oko_put_int(o, "id", t->id);
        oko_put_str(o, "title", t->title);
        oko_put_str(o, "scope", t->scope);
        oko_put_str(o, "used", t->used);
        oko_put_str(o, "expires", t->expires);
        oko_append(l->json, o);
        return OKO_OK;
    }
    const char *cells[] = { oko_cli_id(l->cli, t->id), t->title, t->scope, t->used, t->expires };
    oko_table_row(l->table, cells);
    return OKO_OK;
}

oko_status oko_cmd_token_list(oko_cli *cli, oko_error *err)
{
    static const char *const heads[] = { "people.head.number", "people.head.title", "people.head.scope",
                                         "people.head.used", "people.head.expires" };
    static const bool numeric[] = { true, false, false, false, false };
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    list l = { .cli = cli, .json = cli->json ? json_array() : NULL };
    oko_user user;
    oko_status status = oko_cli_store(cli, false, true, &store, err);
    if (!cli->json)
        l.table = oko_table_new(cli, 5, heads, numeric);
    if (status == OKO_OK)
        status = oko_store_user_find(store, cli->argv[0], &user, err);
    if (status == OKO_OK)
        status = oko_store_secret_walk(store, user.id, OKO_SECRET_TOKEN, add_token, &l, err);
    if (cli->json && status == OKO_OK)
        return oko_cli_json(cli, l.json, err);
    json_decref(l.json);
    if (status == OKO_OK)
        oko_table_print(l.table);
    return status;
}

oko_status oko_cmd_token_remove(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_user user;
    int64_t id = 0;
    if (!oko_str_to_int(oko_str_of(cli->argv[1]), &id))
        return oko_error_set(err, OKO_E_NOT_FOUND, "people.no_token", "");
    oko_status status = begin_with_user(cli, &store, &user, err);
    if (status != OKO_OK)
        return status;
    oko_actor actor = oko_actor_of_user(&user);
    status = oko_people_token_remove(store, &actor, id, err);
    return status == OKO_OK ? oko_store_commit(store, err) : status;
}

/* ---- audit ---- */
static oko_status add_line(void *ctx, const oko_audit *a)
{
    list *l = ctx;
    if (l->json != NULL) {
        json_t *o = json_object();
        oko_put_int(o, "id", a->id);
        oko_put_str(o, "at", a->at);
        oko_put_str(o, "login", a->login);
        oko_put_str(o, "role", a->role);
        oko_put_str(o, "action", a->action);
        oko_put_str(o, "object", a->object);
        oko_put_int(o, "unit", a->unit);
        oko_put_str(o, "address", a->address);
        oko_put(o, "detail", oko_json_text(a->detail));
        oko_put_str(o, "hash", a->hash);
        oko_append(l->json, o);
        return OKO_OK;
    }
    const char *cells[] = { oko_cli_id(l->cli, a->id), a->at, a->login, a->action, a->object };
    oko_table_row(l->table, cells);
    return OKO_OK;
}

oko_status oko_cmd_audit_list(oko_cli *cli, oko_error *err)
{
    static const char *const heads[] = { "people.head.number", "people.head.at", "people.head.login",
                                         "people.head.action", "people.head.object" };
    static const bool numeric[] = { true, false, false, false, false };
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    list l = { .cli = cli, .json = cli->json ? json_array() : NULL };
    oko_audit_query query = { .action = oko_cli_option(cli, "action"), .limit = 100 };
    oko_status status = oko_cli_option_int(cli, "limit", 1, 1000, &query.limit, err);
    if (status == OKO_OK)
        status = oko_cli_store(cli, false, true, &store, err);
    if (!cli->json)
        l.table = oko_table_new(cli, 5, heads, numeric);
    if (status == OKO_OK)
        status = oko_store_audit_walk(store, &query, add_line, &l, err);
    if (cli->json && status == OKO_OK)
        return oko_cli_json(cli, l.json, err);
    json_decref(l.json);
    if (status == OKO_OK)
        oko_table_print(l.table);
    return status;
}

oko_status oko_cmd_audit_verify(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    int64_t lines = 0;
    char head[65] = "";
    oko_status status = oko_cli_store(cli, false, true, &store, err);
    if (status == OKO_OK)
        status = oko_store_audit_verify(store, &lines, head, err);
    if (status != OKO_OK)
        return status;
    if (cli->json) {
        json_t *o = json_object();
        oko_put_int(o, "lines", lines);
        oko_put_str(o, "head", head);
        return oko_cli_json(cli, o, err);
    }
    OKO_CLI_SAY(cli, stdout, "people.audit_holds", OKO_I("n", lines), OKO_S("head", head));
    return OKO_OK;
}
