/*
 * Who acts, and what they may see and do. Roles say which operations exist for a person (the contract's x-oko-roles);
 * the unit says about whom: a person's reach is their unit and all that lies below it. Every list is cut to the
 * reach, every object outside of it does not exist for the person (OKO_E_NOT_FOUND, so that nothing is given away).
 */
#ifndef OKO_CYCLE_ACCESS_H
#define OKO_CYCLE_ACCESS_H

#include "domain/person.h"
#include "store/people.h"
#include "store/records.h"

/* The person behind a request or a command, as it was at its start. */
typedef struct oko_actor {
    int64_t user; /* 0: the program itself, or the command line of the server's owner */
    char login[OKO_LOGIN_BYTES];
    oko_role role;
    int64_t unit;   /* 0: the whole register */
    bool read_only; /* an API token without the right to write */
    bool owner;     /* the command line on the database file: no rights are checked, everything is logged */
    char address[64];
    char lang[3]; /* "ru", "en" */
} oko_actor;

oko_actor oko_actor_of_user(const oko_user *user);
oko_actor oko_actor_owner(void);

/* Bit of a role, for sets of roles. */
#define OKO_ROLE_BIT(role) (1u << (unsigned)(role))
/* "operator,head" or a JSON list of names elsewhere; OKO_E_ARGUMENT for an unknown name. */
oko_status oko_roles_parse(oko_str list, unsigned *ret_roles) OKO_WARN_UNUSED;

/* How an operation reaches units. */
typedef enum oko_scope {
    OKO_SCOPE_NONE,    /* about no unit */
    OKO_SCOPE_OWN,     /* the actor's unit itself */
    OKO_SCOPE_SUBTREE, /* the actor's unit and what lies below */
    OKO_SCOPE_LINE,    /* the same, the units above it, and what is of no unit: no neighbours */
    OKO_SCOPE_ANY      /* every unit (the handler hides what must be hidden) */
} oko_scope;
bool oko_scope_parse(oko_str s, oko_scope *ret_scope);

/* Is `unit` the unit `top` or below it? top 0: always. A merged unit counts as the one that took its place. */
oko_status oko_unit_within(oko_store *store, int64_t unit, int64_t top, bool *ret_within,
                           oko_error *err) OKO_WARN_UNUSED;

/* OKO_OK when the actor reaches the unit in this way; OKO_E_NOT_FOUND ("access.unit") when it is out of sight. unit 0
 * (the whole register) is in reach of people without a unit only. */
oko_status oko_access_unit(oko_store *store, const oko_actor *actor, int64_t unit, oko_scope scope,
                           oko_error *err) OKO_WARN_UNUSED;
/* OKO_OK for files of the actor's own making and those of units in reach (observers: only the former);
 * OKO_E_NOT_FOUND. */
oko_status oko_access_file(oko_store *store, const oko_actor *actor, const oko_file *file,
                           oko_error *err) OKO_WARN_UNUSED;
/* OKO_OK when the actor's role is in the set and, for a change, the token may write; OKO_E_PERMISSION
 * ("access.role", "access.read_only"). */
oko_status oko_access_role(const oko_actor *actor, unsigned roles, bool change, oko_error *err) OKO_WARN_UNUSED;

/* Appends a line to the audit log in the name of the actor, in the open transaction when there is one. object and
 * detail (a JSON object) may be NULL. */
oko_status oko_audit_note(oko_store *store, const oko_actor *actor, const char *action, const char *object,
                          int64_t unit, const char *detail, oko_error *err) OKO_WARN_UNUSED;

#endif
