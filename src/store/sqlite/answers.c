/* Answers to requests that carried an idempotency key. */
#include "store/sqlite/sqlite_store.h"

static oko_status find(oko_store *store, int64_t user, const char *key, oko_answer_fn fn, void *ctx, oko_error *err)
{
    static const char sql[] = "SELECT request, status, headers, body FROM answer WHERE user = ? AND key = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, user);
    oko_query_text(&q, key);
    status = oko_query_next(&q, &row, err);
    if (status == OKO_OK && !row) {
        status = oko_error_set(err, OKO_E_NOT_FOUND, "answer.unknown", "");
    }
    if (status != OKO_OK) {
        return status;
    }
    oko_answer a = { .status = (int)oko_query_get_int(&q, 1),
                     .headers = oko_query_get_text(&q, 2),
                     .body = sqlite3_column_blob(q.statement, 3),
                     .body_len = (size_t)sqlite3_column_bytes(q.statement, 3) };
    oko_query_copy_text(&q, 0, a.request, sizeof a.request);
    if (a.body == NULL) {
        a.body = "";
    }
    return fn(ctx, &a);
}

static oko_status check(oko_sqlite *s, int64_t user, const char *key, const oko_answer *answer, oko_error *err)
{
    static const char sql[] = "SELECT 1 FROM answer WHERE user = ? AND key = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool taken = false;
    oko_status status = oko_sqlite_need_user(s, user, "user", err);
    if (status == OKO_OK) {
        status = oko_sqlite_need_object(s, oko_str_of(answer->headers), "store.argument", "headers", err);
    }
    if (status == OKO_OK) {
        status = oko_query_begin(s, sql, &q, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, user);
    oko_query_text(&q, key);
    status = oko_query_next(&q, &taken, err);
    return status == OKO_OK && taken ? oko_error_set(err, OKO_E_CONFLICT, "answer.exists", "") : status;
}

static oko_status insert(oko_sqlite *s, int64_t user, const char *key, const oko_answer *answer, oko_error *err)
{
    static const char sql[] =
        "INSERT INTO answer (user, key, request, status, headers, body) VALUES (?, ?, ?, ?, ?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = check(s, user, key, answer, err);
    if (status == OKO_OK) {
        status = oko_query_begin(s, sql, &q, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, user);
    oko_query_text(&q, key);
    oko_query_text(&q, answer->request);
    oko_query_int(&q, answer->status);
    oko_query_text(&q, answer->headers);
    oko_query_bytes(&q, answer->body, answer->body_len);
    return oko_query_run(&q, err);
}

static oko_status put(oko_store *store, int64_t user, const char *key, const oko_answer *answer, oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    oko_status status = oko_write_begin(s, &w, err);
    return status != OKO_OK ? status : oko_write_end(&w, insert(s, user, key, answer, err), err);
}

const oko_answer_engine oko_sqlite_answers = {
    .find = find,
    .put = put,
};
