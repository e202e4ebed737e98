/*
 * Rules about people: passwords, wrong passwords, invitations, sessions, tokens, and who may manage whom. Nothing here
 * knows HTTP; the command line and the server call the same functions. `now` is given by the caller, in seconds UTC.
 *
 * Writing calls take part in the caller's transaction. Secrets are 32 random bytes as 64 hex digits; only their SHA-256
 * is stored.
 */
#ifndef OKO_CYCLE_PEOPLE_H
#define OKO_CYCLE_PEOPLE_H

#include "cycle/access.h"

#include <time.h>

enum {
    OKO_PASSWORD_MIN = 10,  /* code points */
    OKO_PASSWORD_MAX = 200, /* bytes */
    OKO_LOCK_AFTER = 5,     /* wrong passwords in a row; each further five double the time */
    OKO_LOCK_SECONDS = 15 * 60,
    OKO_LOCK_MAX_SECONDS = 24 * 3600,
    OKO_SESSION_IDLE = 8 * 3600,
    OKO_SESSION_WHOLE = 24 * 3600,
    OKO_INVITATION_SECONDS = 7 * 24 * 3600,
    OKO_SESSIONS_MAX = 50 /* of one person; the oldest ends */
};

/* yyyy-mm-ddThh:mm:ssZ and back; 0 for a text of another form. */
void oko_time_text(time_t t, char ret_text[OKO_TIME_BYTES]);
time_t oko_time_read(const char *text);

/* ---- passwords ---- */
/* OKO_E_FORMAT "people.password_short", "people.password_long", "people.password_login" (holds the login),
 * "people.password_plain" (too few different characters, or among the best known ones). */
oko_status oko_password_check(const char *password, const char *login, oko_error *err) OKO_WARN_UNUSED;
/* Argon2id, 64 MiB and 2 passes: slow on purpose, so not under a lock. OKO_E_MEMORY. */
oko_status oko_password_hash(const char *password, char ret_hash[OKO_PASSWORD_HASH_BYTES]) OKO_WARN_UNUSED;
/* The same time for a user without a password (hash ""). */
bool oko_password_fits(const char *hash, const char *password);

/* ---- secrets ---- */
void oko_secret_make(char ret_secret[OKO_SECRET_HEX], char ret_hash[OKO_SECRET_HEX]);
void oko_secret_hash(const char *secret, char ret_hash[OKO_SECRET_HEX]);

/* ---- signing in ---- */
/* May this person try a password now? OKO_E_PERMISSION "people.wrong" (disabled or invited: not told apart from a wrong
 * password), OKO_E_LIMIT "people.locked" with the seconds left. */
oko_status oko_people_may_try(const oko_user *user, time_t now, oko_error *err) OKO_WARN_UNUSED;
/* Counts a wrong password; from OKO_LOCK_AFTER on the person is locked for a while. */
oko_status oko_people_failed(oko_store *store, const oko_user *user, time_t now, oko_error *err) OKO_WARN_UNUSED;
typedef struct oko_session_made {
    char secret[OKO_SECRET_HEX]; /* for the cookie */
    oko_secret kept;
} oko_session_made;
/* Forgets wrong passwords, ends the oldest sessions above OKO_SESSIONS_MAX, makes a session, notes it. */
oko_status oko_people_signed_in(oko_store *store, const oko_user *user, const char *address, time_t now,
                                oko_session_made *ret_session, oko_error *err) OKO_WARN_UNUSED;
/* When a session that is used now would end. */
time_t oko_session_end(const oko_secret *session, time_t now);

/* Puts a new password (hash made before the transaction), ends all other sessions; tokens stay. */
oko_status oko_people_password(oko_store *store, const oko_actor *actor, const char *hash, int64_t keep_session,
                               oko_error *err) OKO_WARN_UNUSED;

/* ---- invitations ---- */
/* A fresh one-time secret to choose a password; earlier ones are void. */
oko_status oko_people_invite(oko_store *store, const oko_actor *actor, const oko_user *user, time_t now,
                             char ret_secret[OKO_SECRET_HEX], char ret_expires[OKO_TIME_BYTES],
                             oko_error *err) OKO_WARN_UNUSED;
/* The person whom a secret invites; OKO_E_NOT_FOUND "people.no_invitation". */
oko_status oko_people_invited(oko_store *store, const char *secret, time_t now, oko_user *ret_user,
                              oko_error *err) OKO_WARN_UNUSED;
/* Uses it up: the person is active with this password; all sessions end. OKO_E_NOT_FOUND as above. */
oko_status oko_people_accept(oko_store *store, const char *secret, const char *hash, const char *address, time_t now,
                             oko_error *err) OKO_WARN_UNUSED;

/* ---- managing ---- */
/* May the actor make, see as editor and change a person of this role and unit? Administrators and the owner: everybody.
 * Operators: all but administrators. Municipal coordinators: schools and observers of their subtree. OKO_E_PERMISSION
 * "people.reach", OKO_E_NOT_FOUND "access.unit". */
oko_status oko_people_may_manage(oko_store *store, const oko_actor *actor, oko_role role, int64_t unit,
                                 oko_error *err) OKO_WARN_UNUSED;
/* Does the unit's level fit the role? municipal: a municipality; school: a school; others: none, or any unit.
 * OKO_E_FORMAT "people.unit". */
oko_status oko_people_unit_fits(oko_store *store, oko_role role, int64_t unit, oko_error *err) OKO_WARN_UNUSED;
/* Inserts or changes with both checks above (of the state before and after), and notes it. A disabled person loses all
 * sessions and tokens. OKO_E_CONFLICT "people.self" (own role, unit or state). */
oko_status oko_people_put(oko_store *store, const oko_actor *actor, const oko_user *user, oko_user *ret_user,
                          oko_error *err) OKO_WARN_UNUSED;

/* ---- tokens ---- */
oko_status oko_people_token(oko_store *store, const oko_actor *actor, const char *title, bool may_write, int days,
                            time_t now, char ret_secret[OKO_SECRET_HEX], oko_secret *ret_token,
                            oko_error *err) OKO_WARN_UNUSED;
/* Takes back a token of this person. OKO_E_NOT_FOUND "people.no_token". */
oko_status oko_people_token_remove(oko_store *store, const oko_actor *actor, int64_t id,
                                   oko_error *err) OKO_WARN_UNUSED;

#endif
