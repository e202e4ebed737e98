/* Many people at once: a table of them, invitations for several. The rules are in cycle/people_list.h. */
#include "http/routes/routes.h"

#include "cycle/people_list.h"
#include "cycle/settings.h"
#include "http/service.h"
#include "intake/container.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* ---- the table ---- */
enum { HEAD_ROWS = 20, NONE = -1 };

typedef enum column { LOGIN, NAME, ROLE, UNIT, EMAIL, COLUMNS } column;

/* Folded heads of each column. */
static const char *const heads[COLUMNS][8] = {
    [LOGIN] = { "вход", "логин", "login", "имя входа", "имя для входа", NULL },
    [NAME] = { "имя", "фио", "название", "name", "наименование", NULL },
    [ROLE] = { "роль", "role", NULL },
    [UNIT] = { "код единицы", "единица", "код", "unit", "unit code", "код оо", "код школы", NULL },
    [EMAIL] = { "почта", "email", "e-mail", "электронная почта", "адрес", NULL },
};

typedef struct table {
    oko_request *rq;
    oko_store *store;
    const char *lang; /* of new people */
    bool dry, found;  /* found: the row of heads */
    int at[COLUMNS];
    int64_t rows;
    json_t *made, *problems, *seen;
} table;

static bool is_head(table *t, const oko_cell *cells, size_t n)
{
    char folded[128];
    for (int c = 0; c < COLUMNS; c++)
        t->at[c] = NONE;
    for (size_t i = 0; i < n; i++) {
        (void)oko_str_fold(folded, sizeof folded, cells[i].text);
        for (int c = 0; c < COLUMNS; c++) {
            for (int k = 0; heads[c][k] != NULL && t->at[c] == NONE; k++)
                t->at[c] = strcmp(folded, heads[c][k]) == 0 ? (int)cells[i].col : NONE;
        }
    }
    return t->at[LOGIN] != NONE;
}

static void copy_cell(const table *t, column c, const oko_cell *cells, size_t n, char *dst, size_t bytes)
{
    dst[0] = '\0';
    for (size_t i = 0; i < n && t->at[c] != NONE; i++) {
        if ((int)cells[i].col == t->at[c])
            (void)oko_str_copy(dst, bytes, oko_str_trim(cells[i].text));
    }
}

static json_t *guest_json(const oko_people_guest *g, bool with_secret)
{
    json_t *o = json_object();
    (void)json_object_set_new(o, "user", oko_user_json(&g->user));
    oko_json_set_str(o, "unit_code", g->unit.code);
    oko_json_set_str(o, "unit_name", g->unit.name);
    oko_json_set_str_or_null(o, "secret", with_secret ? g->secret : "");
    oko_json_set_str(o, "expires", g->expires);
    return o;
}

static oko_status tell_wrong(table *t, uint32_t row, const char *login, oko_error *why)
{
    json_t *o = json_object();
    oko_error shown = *why;
    const char *field = why->field[0] == '/' ? why->field + 1 : why->field;
    oko_json_set_int(o, "row", row);
    oko_json_set_str(o, "login", login);
    oko_json_set_str(o, "field",
                     strcmp(field, "login") == 0 || strcmp(field, "name") == 0 || strcmp(field, "role") == 0 ||
                             strcmp(field, "unit") == 0
                         ? field
                         : "");
    if (strcmp(shown.id, "user.login") == 0)
        (void)snprintf(shown.field, sizeof shown.field, "%s", login);
    const char *text = oko_text_error(t->rq->text, t->rq->arena, &shown);
    oko_json_set_str(o, "detail", text != NULL ? text : "");
    return json_array_append_new(t->problems, o) == 0 ? OKO_OK : OKO_E_MEMORY;
}

/* Is what went wrong a fault of the row, so that the others may go on? */
static bool of_row(oko_status status)
{
    return status == OKO_E_FORMAT || status == OKO_E_CONFLICT || status == OKO_E_ARGUMENT ||
           status == OKO_E_PERMISSION || status == OKO_E_NOT_FOUND;
}

static oko_status add_row(table *t, uint32_t number, const oko_people_row *row, oko_error *err)
{
    oko_people_guest g;
    oko_error why = { .code = OKO_OK };
    oko_status status = json_object_get(t->seen, row->login) != NULL
                            ? oko_error_set(&why, OKO_E_FORMAT, "people.list.twice", "login")
                            : oko_people_list_add(t->store, &t->rq->actor, row, t->lang, t->rq->now, &g, &why);
    (void)json_object_set_new(t->seen, row->login, json_true());
    if (status == OKO_OK) {
        status = json_array_append_new(t->made, guest_json(&g, !t->dry)) == 0 ? OKO_OK : OKO_E_MEMORY;
        sodium_memzero(g.secret, sizeof g.secret);
        return status;
    }
    if (of_row(status))
        return tell_wrong(t, number, row->login, &why);
    *err = why;
    return status;
}

static oko_status on_row(void *ctx, uint32_t number, const oko_cell *cells, size_t n, oko_error *err)
{
    table *t = ctx;
    oko_people_row row;
    if (!t->found) {
        t->found = number <= HEAD_ROWS && is_head(t, cells, n);
        return OKO_OK;
    }
    copy_cell(t, LOGIN, cells, n, row.login, sizeof row.login);
    copy_cell(t, NAME, cells, n, row.name, sizeof row.name);
    copy_cell(t, ROLE, cells, n, row.role, sizeof row.role);
    copy_cell(t, UNIT, cells, n, row.unit, sizeof row.unit);
    copy_cell(t, EMAIL, cells, n, row.email, sizeof row.email);
    if (row.login[0] == '\0' && row.name[0] == '\0' && row.unit[0] == '\0')
        return OKO_OK;
    if (++t->rows > OKO_PEOPLE_LIST_MAX) {
        oko_status status = oko_error_set(err, OKO_E_LIMIT, "people.list.rows", "");
        oko_error_arg(err, "%d", (int)OKO_PEOPLE_LIST_MAX);
        return status;
    }
    return add_row(t, number, &row, err);
}

static oko_status read_table(table *t, oko_error *err)
{
    const oko_rows_sink sink = { .worksheet = NULL, .row = on_row, .ctx = t };
    oko_status status = oko_container_read(t->rq->upload.path, &sink, NULL, NULL, err);
    if (status == OKO_OK && t->rows == 0)
        status = oko_error_set(err, OKO_E_FORMAT, t->found ? "people.list.empty" : "people.list.head", "");
    return status;
}

/* A trial is the whole import, rolled back. */
static oko_status import_inside(table *t, oko_error *err)
{
    oko_status status = oko_service_write(t->rq->service, &t->store, err);
    if (status != OKO_OK)
        return status;
    status = read_table(t, err);
    if (status != OKO_OK || !t->dry)
        return oko_service_write_end(t->rq->service, status, err);
    oko_error none = { .code = OKO_OK };
    (void)!oko_service_write_quick(t->rq->service, OKO_E_CANCELLED, &none);
    return OKO_OK;
}

static oko_status users_import(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_settings settings;
    oko_status status = oko_settings_get(rq->store, &settings, err);
    if (status != OKO_OK)
        return status;
    table t = { .rq = rq,
                .lang = settings.lang,
                .dry = oko_request_bool(rq, "dry_run"),
                .made = json_array(),
                .problems = json_array(),
                .seen = json_object() };
    status = import_inside(&t, err);
    reply->noted = true; /* a line for each person */
    if (status == OKO_OK)
        status = oko_reply_json(reply, 200,
                                json_pack("{s:I,s:b,s:O,s:O}", "rows", (json_int_t)t.rows, "dry_run", (int)t.dry,
                                          "made", t.made, "problems", t.problems),
                                err);
    json_decref(t.made);
    json_decref(t.problems);
    json_decref(t.seen);
    return status;
}

/* ---- those who are there ---- */
static oko_status users_invite_all(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const json_t *ids = json_object_get(rq->body, "users");
    json_t *items = json_array();
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < json_array_size(ids); i++) {
        oko_people_guest g;
        status =
            oko_people_list_invite(rq->store, &rq->actor, json_integer_value(json_array_get(ids, i)), rq->now, &g, err);
        if (status == OKO_OK)
            (void)json_array_append_new(items, guest_json(&g, true));
        sodium_memzero(g.secret, sizeof g.secret);
    }
    if (status != OKO_OK) {
        json_decref(items);
        return status;
    }
    reply->noted = true;
    status = oko_reply_list(reply, items, (int64_t)json_array_size(items), err);
    reply->status = 201;
    return status;
}

static oko_status users_unlock(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_user user;
    oko_status status = oko_store_user_get(rq->store, oko_request_int(rq, "id", 0), &user, err);
    if (status == OKO_OK)
        status = oko_request_sees(rq, user.unit, err);
    if (status == OKO_OK)
        status = oko_people_may_manage(rq->store, &rq->actor, user.role, user.unit, err);
    if (status == OKO_OK)
        status = oko_store_user_attempt(rq->store, user.id, 0, "", err);
    oko_reply_about(reply, "user", user.id, user.unit);
    reply->status = 204;
    return status;
}

const oko_route oko_routes_people_list[] = {
    { "users.import", users_import },
    { "users.inviteAll", users_invite_all },
    { "users.unlock", users_unlock },
    { NULL, NULL },
};
