/*
 * Store of people: users, the secrets that let them in, the audit log, idempotency keys and jobs. Same rules as
 * store.h; nothing here raises the revision of the data. Times come from the caller where a rule depends on them, so
 * that the rules can be tested.
 */
#ifndef OKO_STORE_PEOPLE_H
#define OKO_STORE_PEOPLE_H

#include "domain/person.h"
#include "store/store.h"

enum {
    OKO_PEOPLE_LIMIT = 1000,            /* lines or jobs of one list */
    OKO_AUDIT_MAX_DETAIL = 64 * 1024,   /* bytes */
    OKO_JOB_MAX_TEXT = 2 * 1024 * 1024, /* bytes of params, result, error */
    OKO_ANSWER_MAX_BODY = 4 * 1024 * 1024,
    OKO_ANSWER_KEY_BYTES = 256
};

/* ---- users ---- */
typedef oko_status (*oko_user_fn)(void *ctx, const oko_user *user);
/* Inserts (id 0) or changes the user whose version is user->version (OKO_E_CONFLICT "user.changed"; "user.login" when
 * the login is taken). ret_user as it stands now. OKO_E_NOT_FOUND: no such user or unit. A login is a-z, 0-9 and ._@+-.
 * failed and locked_until are left to oko_store_user_attempt: a change at the same moment must not forget them. */
oko_status oko_store_user_put(oko_store *store, const oko_user *user, oko_user *ret_user,
                              oko_error *err) OKO_WARN_UNUSED;
oko_status oko_store_user_get(oko_store *store, int64_t id, oko_user *ret_user, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_store_user_find(oko_store *store, const char *login, oko_user *ret_user, oko_error *err) OKO_WARN_UNUSED;
/* unit 0 = any, else the unit and what lies below; role OKO_ROLE_COUNT = any. Ordered by login. */
oko_status oko_store_user_walk(oko_store *store, int64_t unit, oko_role role, oko_user_fn fn, void *ctx,
                               oko_error *err) OKO_WARN_UNUSED;
/* Counts a wrong password, or forgets them (failed 0); does not change the version. */
oko_status oko_store_user_attempt(oko_store *store, int64_t id, int failed, const char *locked_until,
                                  oko_error *err) OKO_WARN_UNUSED;

/* ---- secrets ---- */
typedef oko_status (*oko_secret_fn)(void *ctx, const oko_secret *secret);
oko_status oko_store_secret_add(oko_store *store, const oko_secret *secret, int64_t *ret_id,
                                oko_error *err) OKO_WARN_UNUSED;
/* The secret of this kind and hash that has not expired at `now`; OKO_E_NOT_FOUND. */
oko_status oko_store_secret_find(oko_store *store, oko_secret_kind kind, const char *hash, const char *now,
                                 oko_secret *ret_secret, oko_error *err) OKO_WARN_UNUSED;
/* Sets used and expires (a session lives on while it is used). */
oko_status oko_store_secret_touch(oko_store *store, int64_t id, const char *used, const char *expires,
                                  oko_error *err) OKO_WARN_UNUSED;
oko_status oko_store_secret_remove(oko_store *store, int64_t id, oko_error *err) OKO_WARN_UNUSED;
/* All of a user and kind (OKO_SECRET_KIND_COUNT = any), e.g. after a change of password, but not `except` (0 = none).
 */
oko_status oko_store_secret_remove_all(oko_store *store, int64_t user, oko_secret_kind kind, int64_t except,
                                       oko_error *err) OKO_WARN_UNUSED;
/* By id; those that have expired stand there until they are swept. */
oko_status oko_store_secret_walk(oko_store *store, int64_t user, oko_secret_kind kind, oko_secret_fn fn, void *ctx,
                                 oko_error *err) OKO_WARN_UNUSED;
/* Forgets what expired before `now`; also idempotency keys older than `keys_before`. */
oko_status oko_store_secret_sweep(oko_store *store, const char *now, const char *keys_before,
                                  oko_error *err) OKO_WARN_UNUSED;

/* ---- audit log ---- */
typedef oko_status (*oko_audit_fn)(void *ctx, const oko_audit *line);
typedef struct oko_audit_query {
    int64_t user;             /* 0 any */
    int64_t unit;             /* 0 any, else the unit and what lies below */
    const char *action;       /* prefix, e.g. "case."; NULL any */
    const char *object;       /* NULL any */
    const char *from, *until; /* times, inclusive; NULL any */
    int64_t before;           /* ids below this one; 0 any */
    int64_t limit;            /* 1…1000; 0 = 100 */
} oko_audit_query;
/* Appends a line: id, at, prev and hash are set by the store. In the caller's transaction when there is one, so that a
 * change and its line stand or fall together. A trigger refuses changes and deletions. */
oko_status oko_store_audit_add(oko_store *store, const oko_audit *line, oko_error *err) OKO_WARN_UNUSED;
/* Newest first. */
oko_status oko_store_audit_walk(oko_store *store, const oko_audit_query *query, oko_audit_fn fn, void *ctx,
                                oko_error *err) OKO_WARN_UNUSED;
/* Recomputes the chain from the first line (what is hashed: store/audit_line.h). OKO_E_STORE "audit.broken" with the
 * number of the first line that does not fit; *ret_lines counts those read, ret_head = hash of the last (may be kept
 * elsewhere to prove the end). */
oko_status oko_store_audit_verify(oko_store *store, int64_t *ret_lines, char ret_head[65],
                                  oko_error *err) OKO_WARN_UNUSED;

/* ---- idempotency keys ---- */
typedef struct oko_answer {
    char request[65];    /* SHA-256 of method, path and body, hex */
    int status;          /* HTTP */
    const char *headers; /* JSON object of those worth repeating (ETag, Location) */
    const char *body;
    size_t body_len;
} oko_answer;
typedef oko_status (*oko_answer_fn)(void *ctx, const oko_answer *answer);
/* The answer given to this user's key; OKO_E_NOT_FOUND. */
oko_status oko_store_answer_find(oko_store *store, int64_t user, const char *key, oko_answer_fn fn, void *ctx,
                                 oko_error *err) OKO_WARN_UNUSED;
/* Keeps it, in the transaction of the change itself. OKO_E_CONFLICT when the key is there already. */
oko_status oko_store_answer_put(oko_store *store, int64_t user, const char *key, const oko_answer *answer,
                                oko_error *err) OKO_WARN_UNUSED;

/* ---- jobs ---- */
typedef oko_status (*oko_job_fn)(void *ctx, const oko_job *job);
oko_status oko_store_job_add(oko_store *store, const oko_job *job, int64_t *ret_id, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_store_job_get(oko_store *store, int64_t id, oko_job_fn fn, void *ctx, oko_error *err) OKO_WARN_UNUSED;
/* Newest first; user 0 = any, kind NULL = any; limit 1…OKO_PEOPLE_LIMIT. */
oko_status oko_store_job_walk(oko_store *store, int64_t user, const char *kind, int64_t limit, oko_job_fn fn, void *ctx,
                              oko_error *err) OKO_WARN_UNUSED;
/* Takes the oldest queued job: it becomes running, attempts + 1. OKO_E_NOT_FOUND when there is none. */
oko_status oko_store_job_take(oko_store *store, oko_job_fn fn, void *ctx, oko_error *err) OKO_WARN_UNUSED;
/* Tells how far a running job is, and asks whether somebody wants it to stop. A worker calls it now and then, never in
 * the transaction of its own work. OKO_E_CONFLICT "job.ended" when it does not run. */
oko_status oko_store_job_progress(oko_store *store, int64_t id, const char *stage, uint64_t done, uint64_t total,
                                  bool *ret_cancel, oko_error *err) OKO_WARN_UNUSED;
/* Ends a running (or queued) job with its result or error. */
oko_status oko_store_job_end(oko_store *store, int64_t id, oko_job_state state, const char *result, const char *error,
                             oko_error *err) OKO_WARN_UNUSED;
/* A queued job is cancelled at once, a running one is asked to stop. OKO_E_CONFLICT "job.ended". */
oko_status oko_store_job_cancel(oko_store *store, int64_t id, oko_error *err) OKO_WARN_UNUSED;
/* After a restart: what was running is queued again; it is cancelled when somebody had asked to stop it, and fails
 * (error {"key": "job.interrupted"}) when it was started max_attempts times. *ret_n counts them. */
oko_status oko_store_job_recover(oko_store *store, int max_attempts, int64_t *ret_n, oko_error *err) OKO_WARN_UNUSED;

#endif
