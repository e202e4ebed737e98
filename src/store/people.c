/* The door to users, secrets, the audit log, answers and jobs: checks what callers give, then calls the engine. */
#include "store/people.h"

#include "domain/date.h"
#include "store/arguments.h"
#include "store/engine.h"

/* ---- arguments ---- */

static bool login_ok(const char login[OKO_LOGIN_BYTES])
{
    const size_t n = strnlen(login, OKO_LOGIN_BYTES);
    return n > 0 && n < OKO_LOGIN_BYTES && strspn(login, "abcdefghijklmnopqrstuvwxyz0123456789._@+-") == n;
}

/* 64 lower-case hex digits. */
static bool hash_ok(const char *hash)
{
    return strnlen(hash, OKO_SECRET_HEX) == OKO_SECRET_HEX - 1 &&
           strspn(hash, "0123456789abcdef") == OKO_SECRET_HEX - 1;
}

static bool time_or_none(const char *time)
{
    return time == NULL || time[0] == '\0' || oko_time_valid(time);
}

static bool json_size_ok(const char *text, size_t limit)
{
    return text != NULL && oko_store_bytes_ok(text, strnlen(text, limit + 1), limit);
}

/* NULL when the user may be stored, else the name of the member that may not. */
static const char *user_fault(const oko_user *u)
{
    return u->id < 0                                             ? "id"
           : u->id > 0 && u->version < 1                         ? "version"
           : !login_ok(u->login)                                 ? "login"
           : !oko_store_text_ok(u->name, sizeof u->name)         ? "name"
           : !oko_store_text_ok(u->email, sizeof u->email)       ? "email"
           : (unsigned)u->role >= OKO_ROLE_COUNT                 ? "role"
           : u->unit < 0                                         ? "unit"
           : (unsigned)u->state >= OKO_USER_STATE_COUNT          ? "state"
           : !oko_store_text_ok(u->password, sizeof u->password) ? "password"
           : !oko_store_text_ok(u->lang, sizeof u->lang)         ? "lang"
                                                                 : NULL;
}

static const char *secret_fault(const oko_secret *s)
{
    return (unsigned)s->kind >= OKO_SECRET_KIND_COUNT          ? "kind"
           : !hash_ok(s->hash)                                 ? "hash"
           : s->user <= 0                                      ? "user"
           : s->csrf[0] != '\0' && !hash_ok(s->csrf)           ? "csrf"
           : !oko_store_text_ok(s->title, sizeof s->title)     ? "title"
           : !oko_store_text_ok(s->scope, sizeof s->scope)     ? "scope"
           : !oko_time_valid(s->created)                       ? "created"
           : s->used[0] != '\0' && !oko_time_valid(s->used)    ? "used"
           : !oko_time_valid(s->expires)                       ? "expires"
           : !oko_store_text_ok(s->address, sizeof s->address) ? "address"
                                                               : NULL;
}

static const char *line_fault(const oko_audit *l)
{
    return l->user < 0                                                        ? "user"
           : !oko_store_text_ok(l->login, sizeof l->login)                    ? "login"
           : !oko_store_text_ok(l->role, sizeof l->role)                      ? "role"
           : !oko_store_text_ok(l->action, sizeof l->action) || !l->action[0] ? "action"
           : !oko_store_text_ok(l->object, sizeof l->object)                  ? "object"
           : l->unit < 0                                                      ? "unit"
           : !oko_store_text_ok(l->address, sizeof l->address)                ? "address"
           : !json_size_ok(l->detail, OKO_AUDIT_MAX_DETAIL)                   ? "detail"
                                                                              : NULL;
}

static const char *log_query_fault(const oko_audit_query *q)
{
    return q->user < 0                                   ? "user"
           : q->unit < 0                                 ? "unit"
           : !time_or_none(q->from)                      ? "from"
           : !time_or_none(q->until)                     ? "until"
           : q->before < 0                               ? "before"
           : q->limit < 0 || q->limit > OKO_PEOPLE_LIMIT ? "limit"
                                                         : NULL;
}

static const char *answer_fault(int64_t user, const char *key, const oko_answer *a)
{
    return user <= 0                                                            ? "user"
           : key[0] == '\0' || !oko_store_text_ok(key, OKO_ANSWER_KEY_BYTES)    ? "key"
           : !hash_ok(a->request)                                               ? "request"
           : a->status < 100 || a->status > 599                                 ? "status"
           : !json_size_ok(a->headers, OKO_AUDIT_MAX_DETAIL)                    ? "headers"
           : a->body_len > OKO_ANSWER_MAX_BODY || (a->body_len > 0 && !a->body) ? "body"
                                                                                : NULL;
}

/* ---- users ---- */

oko_status oko_store_user_put(oko_store *store, const oko_user *user, oko_user *ret_user, oko_error *err)
{
    const char *fault = user_fault(user);
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->user->put(store, user, ret_user, err);
}

oko_status oko_store_user_get(oko_store *store, int64_t id, oko_user *ret_user, oko_error *err)
{
    return store->engine->user->get(store, id, ret_user, err);
}

oko_status oko_store_user_find(oko_store *store, const char *login, oko_user *ret_user, oko_error *err)
{
    return store->engine->user->find(store, login, ret_user, err);
}

oko_status oko_store_user_walk(oko_store *store, int64_t unit, oko_role role, oko_user_fn fn, void *ctx, oko_error *err)
{
    return (unsigned)role > OKO_ROLE_COUNT ? oko_store_bad(err, "role")
                                           : store->engine->user->walk(store, unit, role, fn, ctx, err);
}

oko_status oko_store_user_attempt(oko_store *store, int64_t id, int failed, const char *locked_until, oko_error *err)
{
    const char *fault = failed < 0 ? "failed" : !time_or_none(locked_until) ? "locked_until" : NULL;
    return fault != NULL ? oko_store_bad(err, fault)
                         : store->engine->user->attempt(store, id, failed, locked_until ? locked_until : "", err);
}

/* ---- secrets ---- */

oko_status oko_store_secret_add(oko_store *store, const oko_secret *secret, int64_t *ret_id, oko_error *err)
{
    const char *fault = secret_fault(secret);
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->secret->add(store, secret, ret_id, err);
}

oko_status oko_store_secret_find(oko_store *store, oko_secret_kind kind, const char *hash, const char *now,
                                 oko_secret *ret_secret, oko_error *err)
{
    const char *fault = (unsigned)kind >= OKO_SECRET_KIND_COUNT ? "kind" : !oko_time_valid(now) ? "now" : NULL;
    return fault != NULL ? oko_store_bad(err, fault)
                         : store->engine->secret->find(store, kind, hash, now, ret_secret, err);
}

oko_status oko_store_secret_touch(oko_store *store, int64_t id, const char *used, const char *expires, oko_error *err)
{
    const char *fault = !oko_time_valid(used) ? "used" : !oko_time_valid(expires) ? "expires" : NULL;
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->secret->touch(store, id, used, expires, err);
}

oko_status oko_store_secret_remove(oko_store *store, int64_t id, oko_error *err)
{
    return store->engine->secret->remove(store, id, err);
}

oko_status oko_store_secret_remove_all(oko_store *store, int64_t user, oko_secret_kind kind, int64_t except,
                                       oko_error *err)
{
    return (unsigned)kind > OKO_SECRET_KIND_COUNT ? oko_store_bad(err, "kind")
                                                  : store->engine->secret->remove_all(store, user, kind, except, err);
}

oko_status oko_store_secret_walk(oko_store *store, int64_t user, oko_secret_kind kind, oko_secret_fn fn, void *ctx,
                                 oko_error *err)
{
    return (unsigned)kind > OKO_SECRET_KIND_COUNT ? oko_store_bad(err, "kind")
                                                  : store->engine->secret->walk(store, user, kind, fn, ctx, err);
}

oko_status oko_store_secret_sweep(oko_store *store, const char *now, const char *keys_before, oko_error *err)
{
    const char *fault = !oko_time_valid(now) ? "now" : !oko_time_valid(keys_before) ? "keys_before" : NULL;
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->secret->sweep(store, now, keys_before, err);
}

/* ---- audit log ---- */

oko_status oko_store_audit_add(oko_store *store, const oko_audit *line, oko_error *err)
{
    const char *fault = line_fault(line);
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->audit->add(store, line, err);
}

oko_status oko_store_audit_walk(oko_store *store, const oko_audit_query *query, oko_audit_fn fn, void *ctx,
                                oko_error *err)
{
    oko_audit_query q = *query;
    const char *fault = log_query_fault(&q);
    if (q.limit == 0) {
        q.limit = 100;
    }
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->audit->walk(store, &q, fn, ctx, err);
}

oko_status oko_store_audit_verify(oko_store *store, int64_t *ret_lines, char ret_head[65], oko_error *err)
{
    return store->engine->audit->verify(store, ret_lines, ret_head, err);
}

/* ---- idempotency keys ---- */

oko_status oko_store_answer_find(oko_store *store, int64_t user, const char *key, oko_answer_fn fn, void *ctx,
                                 oko_error *err)
{
    return store->engine->answer->find(store, user, key, fn, ctx, err);
}

oko_status oko_store_answer_put(oko_store *store, int64_t user, const char *key, const oko_answer *answer,
                                oko_error *err)
{
    const char *fault = answer_fault(user, key, answer);
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->answer->put(store, user, key, answer, err);
}

/* ---- jobs ---- */

oko_status oko_store_job_add(oko_store *store, const oko_job *job, int64_t *ret_id, oko_error *err)
{
    const char *fault = !oko_store_text_ok(job->kind, sizeof job->kind) || !job->kind[0] ? "kind"
                        : job->user < 0                                                  ? "user"
                        : job->unit < 0                                                  ? "unit"
                        : !json_size_ok(job->params, OKO_JOB_MAX_TEXT)                   ? "params"
                                                                                         : NULL;
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->job->add(store, job, ret_id, err);
}

oko_status oko_store_job_get(oko_store *store, int64_t id, oko_job_fn fn, void *ctx, oko_error *err)
{
    return store->engine->job->get(store, id, fn, ctx, err);
}

oko_status oko_store_job_walk(oko_store *store, int64_t user, const char *kind, int64_t limit, oko_job_fn fn, void *ctx,
                              oko_error *err)
{
    return limit < 1 || limit > OKO_PEOPLE_LIMIT
               ? oko_store_bad(err, "limit")
               : store->engine->job->walk(store, user, kind == NULL ? "" : kind, limit, fn, ctx, err);
}

oko_status oko_store_job_take(oko_store *store, oko_job_fn fn, void *ctx, oko_error *err)
{
    return store->engine->job->take(store, fn, ctx, err);
}

oko_status oko_store_job_progress(oko_store *store, int64_t id, const char *stage, uint64_t done, uint64_t total,
                                  bool *ret_cancel, oko_error *err)
{
    const char *fault = !oko_store_text_ok(stage, OKO_JOB_STAGE_BYTES) ? "stage"
                        : done > INT64_MAX                             ? "done"
                        : total > INT64_MAX                            ? "total"
                                                                       : NULL;
    return fault != NULL ? oko_store_bad(err, fault)
                         : store->engine->job->progress(store, id, stage, done, total, ret_cancel, err);
}

oko_status oko_store_job_end(oko_store *store, int64_t id, oko_job_state state, const char *result, const char *error,
                             oko_error *err)
{
    const bool ends = state == OKO_JOB_DONE || state == OKO_JOB_FAILED || state == OKO_JOB_CANCELLED;
    const char *fault = !ends                                                       ? "state"
                        : result != NULL && !json_size_ok(result, OKO_JOB_MAX_TEXT) ? "result"
                        : error != NULL && !json_size_ok(error, OKO_JOB_MAX_TEXT)   ? "error"
                                                                                    : NULL;
    return fault != NULL ? oko_store_bad(err, fault)
                         : store->engine->job->end(store, id, state, result ? result : "", error ? error : "", err);
}

oko_status oko_store_job_cancel(oko_store *store, int64_t id, oko_error *err)
{
    return store->engine->job->cancel(store, id, err);
}

oko_status oko_store_job_recover(oko_store *store, int max_attempts, int64_t *ret_n, oko_error *err)
{
    return max_attempts < 1 ? oko_store_bad(err, "max_attempts")
                            : store->engine->job->recover(store, max_attempts, ret_n, err);
}
