#include "cycle/people_list.h"

#include <stdio.h>
#include <string.h>

/* How offices write the roles, folded. */
static const struct {
    const char *word;
    oko_role role;
} roles[] = {
    { "специалист", OKO_ROLE_OPERATOR },
    { "оператор", OKO_ROLE_OPERATOR },
    { "руководитель", OKO_ROLE_HEAD },
    { "муниципальный координатор", OKO_ROLE_MUNICIPAL },
    { "муниципалитет", OKO_ROLE_MUNICIPAL },
    { "координатор", OKO_ROLE_MUNICIPAL },
    { "школа", OKO_ROLE_SCHOOL },
    { "оо", OKO_ROLE_SCHOOL },
    { "наблюдатель", OKO_ROLE_OBSERVER },
    { "аудитор", OKO_ROLE_AUDITOR },
    { "администратор", OKO_ROLE_ADMIN },
};

static oko_status wrong(oko_error *err, const char *id, const char *field, const char *value)
{
    oko_status status = oko_error_set(err, OKO_E_FORMAT, id, field);
    oko_error_arg(err, "%s", value);
    return status;
}

static oko_status read_role(const oko_people_row *row, oko_role *ret_role, oko_error *err)
{
    char folded[128];
    if (row->role[0] == '\0') {
        *ret_role = OKO_ROLE_SCHOOL;
        return OKO_OK;
    }
    if (oko_role_parse(oko_str_of(row->role), ret_role))
        return OKO_OK;
    (void)oko_str_fold(folded, sizeof folded, oko_str_of(row->role));
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (strcmp(folded, roles[i].word) == 0) {
            *ret_role = roles[i].role;
            return OKO_OK;
        }
    }
    return wrong(err, "people.list.role", "role", row->role);
}

static oko_level level_of(oko_role role)
{
    return role == OKO_ROLE_SCHOOL      ? OKO_LEVEL_SCHOOL
           : role == OKO_ROLE_MUNICIPAL ? OKO_LEVEL_MUNICIPALITY
                                        : OKO_LEVEL_COUNT;
}

static oko_status find_on_level(oko_store *store, oko_level level, const char *code, oko_unit *ret_unit, oko_error *err)
{
    static const oko_alias_kind kinds[] = { OKO_ALIAS_LOGIN, OKO_ALIAS_OGE, OKO_ALIAS_EGE, OKO_ALIAS_OTHER,
                                            OKO_ALIAS_NAME };
    char folded[200];
    int64_t id = 0;
    oko_status status = oko_store_unit_find(store, level, code, ret_unit, err);
    for (size_t i = 0; status == OKO_E_NOT_FOUND && i < sizeof kinds / sizeof *kinds; i++) {
        const char *text = code;
        if (kinds[i] == OKO_ALIAS_NAME) {
            (void)oko_str_fold(folded, sizeof folded, oko_str_of(code));
            text = folded;
        }
        oko_error_clear(err);
        status = oko_store_alias_find(store, level, kinds[i], text, &id, err);
    }
    return status == OKO_OK && id != 0 ? oko_store_unit_get(store, id, ret_unit, err) : status;
}

static oko_status read_unit(oko_store *store, const oko_people_row *row, oko_role role, oko_unit *ret_unit,
                            oko_error *err)
{
    const oko_level wanted = level_of(role);
    oko_status status = OKO_E_NOT_FOUND;
    *ret_unit = (oko_unit){ .id = 0 };
    if (row->unit[0] == '\0')
        return wanted == OKO_LEVEL_COUNT ? OKO_OK : wrong(err, "people.unit", "unit", "");
    for (int l = OKO_LEVEL_REGION; l <= OKO_LEVEL_SCHOOL && status == OKO_E_NOT_FOUND; l++) {
        if (wanted == OKO_LEVEL_COUNT || (int)wanted == l)
            status = find_on_level(store, (oko_level)l, row->unit, ret_unit, err);
    }
    if (status != OKO_E_NOT_FOUND)
        return status;
    oko_error_clear(err);
    return wrong(err, "people.list.unit", "unit", row->unit);
}

/* The form that the contract asks of a login. */
static oko_status read_login(const char *text, char ret[OKO_LOGIN_BYTES], oko_error *err)
{
    (void)oko_str_copy(ret, OKO_LOGIN_BYTES, oko_str_of(text));
    for (char *p = ret; *p != '\0'; p++)
        *p = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
    const size_t n = strlen(ret);
    const bool fine = n >= 2 && n <= 60 && strspn(ret, "abcdefghijklmnopqrstuvwxyz0123456789._@-") == n &&
                      strchr("._@-", ret[0]) == NULL;
    return fine ? OKO_OK : wrong(err, "people.list.login", "login", text);
}

static oko_status not_there(oko_store *store, const char *login, oko_error *err)
{
    oko_user other;
    oko_status status = oko_store_user_find(store, login, &other, err);
    if (status == OKO_OK)
        return oko_error_set(err, OKO_E_CONFLICT, "user.login", "login");
    oko_error_clear(err);
    return status == OKO_E_NOT_FOUND ? OKO_OK : status;
}

static oko_status invite(oko_store *store, const oko_actor *actor, time_t now, oko_people_guest *g, oko_error *err)
{
    return oko_people_invite(store, actor, &g->user, now, g->secret, g->expires, err);
}

oko_status oko_people_list_add(oko_store *store, const oko_actor *actor, const oko_people_row *row, const char *lang,
                               time_t now, oko_people_guest *ret_guest, oko_error *err)
{
    oko_people_guest g = { .user = { .state = OKO_USER_INVITED } };
    oko_status status = read_login(row->login, g.user.login, err);
    if (status == OKO_OK)
        status = not_there(store, g.user.login, err);
    if (status == OKO_OK)
        status = read_role(row, &g.user.role, err);
    if (status == OKO_OK)
        status = read_unit(store, row, g.user.role, &g.unit, err);
    if (status != OKO_OK)
        return status;
    const char *name = row->name[0] != '\0' ? row->name : g.unit.name[0] != '\0' ? g.unit.name : row->login;
    (void)oko_str_copy(g.user.name, sizeof g.user.name, oko_str_of(name));
    (void)oko_str_copy(g.user.email, sizeof g.user.email, oko_str_of(row->email));
    (void)oko_str_copy(g.user.lang, sizeof g.user.lang, oko_str_of(lang));
    g.user.unit = g.unit.id;
    status = oko_people_put(store, actor, &g.user, &g.user, err);
    if (status == OKO_OK)
        status = invite(store, actor, now, &g, err);
    if (status == OKO_OK)
        *ret_guest = g;
    return status;
}

oko_status oko_people_list_invite(oko_store *store, const oko_actor *actor, int64_t user, time_t now,
                                  oko_people_guest *ret_guest, oko_error *err)
{
    oko_people_guest g = { .user = { .id = 0 } };
    oko_status status = oko_store_user_get(store, user, &g.user, err);
    if (status == OKO_OK && g.user.unit != 0)
        status = oko_store_unit_get(store, g.user.unit, &g.unit, err);
    if (status == OKO_OK)
        status = invite(store, actor, now, &g, err);
    if (status == OKO_OK)
        *ret_guest = g;
    return status;
}
