/* Reach and roles; the one place that writes the audit log in somebody's name. */
#include "cycle/access.h"

#include <stdio.h>
#include <string.h>

oko_actor oko_actor_of_user(const oko_user *user)
{
    oko_actor a = { .user = user->id, .role = user->role, .unit = user->unit };
    (void)snprintf(a.login, sizeof a.login, "%s", user->login);
    (void)snprintf(a.lang, sizeof a.lang, "%s", user->lang[0] != '\0' ? user->lang : "ru");
    return a;
}

oko_actor oko_actor_owner(void)
{
    return (oko_actor){ .role = OKO_ROLE_OPERATOR, .owner = true, .login = "", .address = "local", .lang = "ru" };
}

oko_status oko_roles_parse(oko_str list, unsigned *ret_roles)
{
    unsigned roles = 0;
    while (list.len > 0) {
        size_t end = 0;
        while (end < list.len && list.ptr[end] != ',') {
            end++;
        }
        oko_role role;
        if (!oko_role_parse(oko_str_trim((oko_str){ list.ptr, end }), &role)) {
            return OKO_E_ARGUMENT;
        }
        roles |= OKO_ROLE_BIT(role);
        end += end < list.len;
        list = (oko_str){ list.ptr + end, list.len - end };
    }
    *ret_roles = roles;
    return OKO_OK;
}

bool oko_scope_parse(oko_str s, oko_scope *ret_scope)
{
    static const char *const names[] = { [OKO_SCOPE_NONE] = "none",
                                         [OKO_SCOPE_OWN] = "own",
                                         [OKO_SCOPE_SUBTREE] = "subtree",
                                         [OKO_SCOPE_LINE] = "line",
                                         [OKO_SCOPE_ANY] = "any" };
    for (int i = 0; i < (int)(sizeof names / sizeof *names); i++) {
        if (oko_str_equal(s, oko_str_of(names[i]))) {
            *ret_scope = (oko_scope)i;
            return true;
        }
    }
    return false;
}

oko_status oko_unit_within(oko_store *store, int64_t unit, int64_t top, bool *ret_within, oko_error *err)
{
    if (top == 0 || unit == top) {
        *ret_within = true;
        return OKO_OK;
    }
    /* The register is five levels deep; a merged unit leads to another of its level, once (its end is never merged). */
    for (int step = 0; unit != 0 && step < 2 * OKO_LEVEL_COUNT; step++) {
        oko_unit u;
        oko_status status = oko_store_unit_get(store, unit, &u, err);
        if (status != OKO_OK) {
            return status;
        }
        unit = u.merged_into != 0 ? u.merged_into : u.parent;
        if (unit == top) {
            *ret_within = true;
            return OKO_OK;
        }
    }
    *ret_within = false;
    return OKO_OK;
}

oko_status oko_access_unit(oko_store *store, const oko_actor *actor, int64_t unit, oko_scope scope, oko_error *err)
{
    if (actor->owner || actor->unit == 0 || scope == OKO_SCOPE_NONE || scope == OKO_SCOPE_ANY) {
        return OKO_OK;
    }
    bool within = scope == OKO_SCOPE_LINE && unit == 0;
    if (unit != 0) {
        oko_status status = scope == OKO_SCOPE_OWN ? OKO_OK : oko_unit_within(store, unit, actor->unit, &within, err);
        if (status != OKO_OK) {
            return status;
        }
        within = within || unit == actor->unit;
        if (!within && scope == OKO_SCOPE_LINE) {
            status = oko_unit_within(store, actor->unit, unit, &within, err);
            if (status != OKO_OK) {
                return status;
            }
        }
    }
    return within ? OKO_OK : oko_error_set(err, OKO_E_NOT_FOUND, "access.unit", "");
}

oko_status oko_access_file(oko_store *store, const oko_actor *actor, const oko_file *file, oko_error *err)
{
    if (actor->owner || (file->created_by != 0 && file->created_by == actor->user)) {
        return OKO_OK;
    }
    return actor->role == OKO_ROLE_OBSERVER ? oko_error_set(err, OKO_E_NOT_FOUND, "access.unit", "")
                                            : oko_access_unit(store, actor, file->unit, OKO_SCOPE_SUBTREE, err);
}

oko_status oko_access_role(const oko_actor *actor, unsigned roles, bool change, oko_error *err)
{
    if (actor->owner) {
        return OKO_OK;
    }
    if ((roles & OKO_ROLE_BIT(actor->role)) == 0) {
        return oko_error_set(err, OKO_E_PERMISSION, "access.role", "");
    }
    if (change && actor->read_only) {
        return oko_error_set(err, OKO_E_PERMISSION, "access.read_only", "");
    }
    return OKO_OK;
}

oko_status oko_audit_note(oko_store *store, const oko_actor *actor, const char *action, const char *object,
                          int64_t unit, const char *detail, oko_error *err)
{
    oko_audit line = { .user = actor->user, .unit = unit, .detail = detail != NULL ? detail : "{}" };
    (void)snprintf(line.login, sizeof line.login, "%s", actor->login);
    (void)snprintf(line.role, sizeof line.role, "%s", actor->owner ? "owner" : oko_role_name(actor->role));
    (void)snprintf(line.action, sizeof line.action, "%s", action);
    (void)snprintf(line.object, sizeof line.object, "%s", object != NULL ? object : "");
    (void)snprintf(line.address, sizeof line.address, "%s", actor->address);
    return oko_store_audit_add(store, &line, err);
}
