/* Jobs: long work that waits, runs, ends. */
#include "store/sqlite/sqlite_store.h"

#define JOB_COLUMNS                                                                                                    \
    "id, kind, state, ifnull(user, 0), ifnull(unit, 0), stage, done, total, cancel, attempts, params, result, error, " \
    "created, started, finished"
#define NOW "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"

/* ---- reading ---- */

static oko_status hand_on(const oko_query *q, oko_job_fn fn, void *ctx)
{
    oko_job j = { .id = oko_query_get_int(q, 0),
                  .state = (oko_job_state)oko_query_get_int(q, 2),
                  .user = oko_query_get_int(q, 3),
                  .unit = oko_query_get_int(q, 4),
                  .done = (uint64_t)oko_query_get_int(q, 6),
                  .total = (uint64_t)oko_query_get_int(q, 7),
                  .cancel = oko_query_get_int(q, 8) != 0,
                  .attempts = (int)oko_query_get_int(q, 9),
                  .params = oko_query_get_text(q, 10),
                  .result = oko_query_get_text(q, 11),
                  .error = oko_query_get_text(q, 12) };
    oko_query_copy_text(q, 1, j.kind, sizeof j.kind);
    oko_query_copy_text(q, 5, j.stage, sizeof j.stage);
    oko_query_copy_text(q, 13, j.created, sizeof j.created);
    oko_query_copy_text(q, 14, j.started, sizeof j.started);
    oko_query_copy_text(q, 15, j.finished, sizeof j.finished);
    return fn(ctx, &j);
}

static oko_status get(oko_store *store, int64_t id, oko_job_fn fn, void *ctx, oko_error *err)
{
    static const char sql[] = "SELECT " JOB_COLUMNS " FROM job WHERE id = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, id);
    status = oko_query_next(&q, &row, err);
    if (status == OKO_OK && !row) {
        status = oko_error_set(err, OKO_E_NOT_FOUND, "job.unknown", "");
    }
    return status == OKO_OK ? hand_on(&q, fn, ctx) : status;
}

static oko_status walk(oko_store *store, int64_t user, const char *kind, int64_t limit, oko_job_fn fn, void *ctx,
                       oko_error *err)
{
    static const char sql[] = "SELECT " JOB_COLUMNS " FROM job WHERE (?1 = 0 OR user = ?1) AND (?2 = '' OR kind = ?2) "
                              "ORDER BY id DESC LIMIT ?3";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = true;
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, user);
    oko_query_text(&q, kind);
    oko_query_int(&q, limit);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        status = hand_on(&q, fn, ctx);
    }
    return status;
}

/* ---- writing ---- */

static oko_status insert(oko_sqlite *s, const oko_job *job, int64_t *ret_id, oko_error *err)
{
    static const char sql[] = "INSERT INTO job (kind, state, user, unit, params) VALUES (?, ?, ?, ?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_sqlite_need_user(s, job->user, "user", err);
    if (status == OKO_OK) {
        status = oko_sqlite_need_unit(s, job->unit, "unit", err);
    }
    if (status == OKO_OK) {
        status = oko_sqlite_need_object(s, oko_str_of(job->params), "job.params", "params", err);
    }
    if (status == OKO_OK) {
        status = oko_query_begin(s, sql, &q, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    oko_query_text(&q, job->kind);
    oko_query_int(&q, OKO_JOB_QUEUED);
    oko_query_ref(&q, job->user);
    oko_query_ref(&q, job->unit);
    oko_query_text(&q, job->params);
    status = oko_query_run(&q, err);
    *ret_id = sqlite3_last_insert_rowid(s->db);
    return status;
}

static oko_status add(oko_store *store, const oko_job *job, int64_t *ret_id, oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    int64_t id = 0;
    oko_status status = oko_write_begin(s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_write_end(&w, insert(s, job, &id, err), err);
    if (status == OKO_OK) {
        *ret_id = id;
    }
    return status;
}

/* Oldest job that waits; OKO_E_NOT_FOUND "job.none". */
static oko_status oldest(oko_sqlite *s, int64_t *ret_id, oko_error *err)
{
    static const char sql[] = "SELECT ifnull(min(id), 0) FROM job WHERE state = 0 AND state < 2";
    oko_status status = oko_query_one_int(s, sql, ret_id, err);
    return status == OKO_OK && *ret_id == 0 ? oko_error_set(err, OKO_E_NOT_FOUND, "job.none", "") : status;
}

static oko_status start(oko_sqlite *s, int64_t id, oko_error *err)
{
    static const char sql[] = "UPDATE job SET state = 1, attempts = attempts + 1, started = " NOW ", stage = '', "
                              "done = 0, total = 0 WHERE id = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, id);
    return oko_query_run(&q, err);
}

static oko_status take(oko_store *store, oko_job_fn fn, void *ctx, oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    int64_t id = 0;
    oko_status status = oldest(s, &id, err); /* without holding the database: workers ask often */
    if (status == OKO_OK) {
        status = oko_write_begin(s, &w, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    status = oldest(s, &id, err); /* another worker may have been first */
    if (status == OKO_OK) {
        status = start(s, id, err);
    }
    status = oko_write_end(&w, status, err);
    return status == OKO_OK ? get(store, id, fn, ctx, err) : status;
}

/* Runs a change of one job that is open; none changed: OKO_E_NOT_FOUND, or OKO_E_CONFLICT when it has ended. */
static oko_status change_open(oko_query *q, int64_t id, oko_error *err)
{
    static const char sql[] = "SELECT 1 FROM job WHERE id = ?";
    oko_sqlite *s = q->s;
    bool exists = false;
    oko_status status = oko_query_run(q, err);
    if (status != OKO_OK || sqlite3_changes(s->db) > 0) {
        return status;
    }
    status = oko_sqlite_exists(s, sql, id, &exists, err);
    if (status == OKO_OK) {
        status = exists ? OKO_E_CONFLICT : OKO_E_NOT_FOUND;
        (void)oko_error_set(err, status, exists ? "job.ended" : "job.unknown", "");
    }
    return status;
}

static oko_status write_progress(oko_sqlite *s, int64_t id, const char *stage, uint64_t done, uint64_t total,
                                 oko_error *err)
{
    static const char sql[] = "UPDATE job SET stage = ?, done = ?, total = ? WHERE id = ? AND state = 1";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_text(&q, stage);
    oko_query_int(&q, (int64_t)done);
    oko_query_int(&q, (int64_t)total);
    oko_query_int(&q, id);
    return change_open(&q, id, err);
}

static oko_status progress(oko_store *store, int64_t id, const char *stage, uint64_t done, uint64_t total,
                           bool *ret_cancel, oko_error *err)
{
    static const char sql[] = "SELECT 1 FROM job WHERE id = ? AND cancel = 1";
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    bool asked = false;
    oko_status status = oko_write_begin(s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    status = write_progress(s, id, stage, done, total, err);
    if (status == OKO_OK) {
        status = oko_sqlite_exists(s, sql, id, &asked, err);
    }
    status = oko_write_end(&w, status, err);
    if (status == OKO_OK) {
        *ret_cancel = asked;
    }
    return status;
}

static oko_status write_end(oko_sqlite *s, int64_t id, oko_job_state state, const char *result, const char *error,
                            oko_error *err)
{
    static const char sql[] =
        "UPDATE job SET state = ?, result = ?, error = ?, finished = " NOW " WHERE id = ? AND state < 2";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, (int64_t)state);
    oko_query_text(&q, result);
    oko_query_text(&q, error);
    oko_query_int(&q, id);
    return change_open(&q, id, err);
}

static oko_status end(oko_store *store, int64_t id, oko_job_state state, const char *result, const char *error,
                      oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    oko_status status = oko_write_begin(s, &w, err);
    return status != OKO_OK ? status : oko_write_end(&w, write_end(s, id, state, result, error, err), err);
}

static oko_status write_cancel(oko_sqlite *s, int64_t id, oko_error *err)
{
    static const char sql[] = "UPDATE job SET cancel = 1, finished = iif(state = 0, " NOW ", finished), "
                              "state = iif(state = 0, 4, state) WHERE id = ? AND state < 2";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, id);
    return change_open(&q, id, err);
}

static oko_status cancel(oko_store *store, int64_t id, oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    oko_status status = oko_write_begin(s, &w, err);
    return status != OKO_OK ? status : oko_write_end(&w, write_cancel(s, id, err), err);
}

static oko_status write_recovered(oko_sqlite *s, int max_attempts, int64_t *ret_n, oko_error *err)
{
    static const char sql[] =
        "UPDATE job SET state = CASE WHEN cancel = 1 THEN 4 WHEN attempts >= ?1 THEN 3 ELSE 0 END, "
        "finished = iif(cancel = 1 OR attempts >= ?1, " NOW ", ''), "
        "error = iif(cancel = 0 AND attempts >= ?1, '{\"key\": \"' || ?2 || '\"}', '') WHERE state = 1";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, max_attempts);
    oko_query_text(&q, "job.interrupted");
    status = oko_query_run(&q, err);
    *ret_n = sqlite3_changes(s->db);
    return status;
}

static oko_status recover(oko_store *store, int max_attempts, int64_t *ret_n, oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    int64_t n = 0;
    oko_status status = oko_write_begin(s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_write_end(&w, write_recovered(s, max_attempts, &n, err), err);
    if (status == OKO_OK) {
        *ret_n = n;
    }
    return status;
}

const oko_job_engine oko_sqlite_jobs = {
    .add = add,
    .get = get,
    .walk = walk,
    .take = take,
    .progress = progress,
    .end = end,
    .cancel = cancel,
    .recover = recover,
};
