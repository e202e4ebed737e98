/*
 * Many people at once, from a table that an office has: a row is a person with login, name, role and the code of the
 * unit. A row that does not fit is told with what is wrong; the others go on.
 */
#ifndef OKO_CYCLE_PEOPLE_LIST_H
#define OKO_CYCLE_PEOPLE_LIST_H

#include "cycle/people.h"

enum { OKO_PEOPLE_LIST_MAX = 5000 }; /* rows */

/* Texts as they stand in the table, trimmed; "" where the cell is empty. */
typedef struct oko_people_row {
    char login[OKO_LOGIN_BYTES], name[200], role[64], unit[64], email[200];
} oko_people_row;

/* A person with a one-time secret to choose a password. */
typedef struct oko_people_guest {
    oko_user user;
    oko_unit unit; /* id 0: the whole register */
    char secret[OKO_SECRET_HEX], expires[OKO_TIME_BYTES];
} oko_people_guest;

/* Makes the person of a row and invites them, within the caller's transaction; what is wrong with the row is told
 * before anything is written. The role may be a name or a Russian word, and is "school" when there is none; the unit is
 * found by code or another code of it, and is the whole register when there is none. err->field: login, name, role,
 * unit. OKO_E_FORMAT "people.list.…", OKO_E_CONFLICT "user.login", and what oko_people_put says. */
oko_status oko_people_list_add(oko_store *store, const oko_actor *actor, const oko_people_row *row, const char *lang,
                               time_t now, oko_people_guest *ret_guest, oko_error *err) OKO_WARN_UNUSED;
/* Another invitation for a person who is there. */
oko_status oko_people_list_invite(oko_store *store, const oko_actor *actor, int64_t user, time_t now,
                                  oko_people_guest *ret_guest, oko_error *err) OKO_WARN_UNUSED;

#endif
