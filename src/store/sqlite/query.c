/* Prepared statements: each text is prepared once per handle and used again. */
#include "store/sqlite/sqlite_store.h"

#include <math.h>
#include <string.h>

/* Slot of this SQL text, or a free one for it; NULL when all are used by other texts. */
static oko_sqlite_slot *slot_of(oko_sqlite *s, const char *sql)
{
    size_t at = ((uintptr_t)sql >> 4) % OKO_SQLITE_STATEMENTS;
    for (size_t i = 0; i < OKO_SQLITE_STATEMENTS; i++) {
        oko_sqlite_slot *slot = &s->slots[(at + i) % OKO_SQLITE_STATEMENTS];
        if (slot->sql == sql || slot->sql == NULL) {
            return slot;
        }
    }
    return NULL;
}

/* With a place in the cache, or without (NULL). */
static oko_status begin(oko_sqlite *s, const char *sql, oko_sqlite_slot *slot, oko_query *ret_q, oko_error *err)
{
    sqlite3_stmt *statement = slot == NULL ? NULL : slot->statement;
    if (statement == NULL) {
        int rc = sqlite3_prepare_v3(s->db, sql, -1, slot == NULL ? 0 : SQLITE_PREPARE_PERSISTENT, &statement, NULL);
        if (rc != SQLITE_OK) {
            return oko_sqlite_fail(s, rc, err);
        }
    }
    if (slot != NULL) {
        *slot = (oko_sqlite_slot){ .sql = sql, .statement = statement, .taken = true };
    }
    *ret_q = (oko_query){ .s = s, .statement = statement, .slot = slot };
    return OKO_OK;
}

oko_status oko_query_begin(oko_sqlite *s, const char *sql, oko_query *ret_q, oko_error *err)
{
    oko_sqlite_slot *slot = slot_of(s, sql);
    if (slot != NULL && slot->taken) { /* a walk within a walk of the same kind */
        slot = NULL;
    }
    return begin(s, sql, slot, ret_q, err);
}

oko_status oko_query_begin_once(oko_sqlite *s, const char *sql, oko_query *ret_q, oko_error *err)
{
    return begin(s, sql, NULL, ret_q, err);
}

static void keep_first(oko_query *q, int rc)
{
    if (q->rc == SQLITE_OK) {
        q->rc = rc;
    }
}

void oko_query_int(oko_query *q, int64_t value)
{
    keep_first(q, sqlite3_bind_int64(q->statement, ++q->at, value));
}

void oko_query_ref(oko_query *q, int64_t id)
{
    ++q->at;
    keep_first(q, id == 0 ? sqlite3_bind_null(q->statement, q->at) : sqlite3_bind_int64(q->statement, q->at, id));
}

void oko_query_real(oko_query *q, double value)
{
    ++q->at;
    keep_first(q,
               isnan(value) ? sqlite3_bind_null(q->statement, q->at) : sqlite3_bind_double(q->statement, q->at, value));
}

void oko_query_text(oko_query *q, const char *text)
{
    keep_first(q, sqlite3_bind_text(q->statement, ++q->at, text, -1, SQLITE_STATIC));
}

void oko_query_view(oko_query *q, oko_str text)
{
    ++q->at;
    keep_first(q, sqlite3_bind_text64(q->statement, q->at, text.len == 0 ? "" : text.ptr, text.len, SQLITE_STATIC,
                                      SQLITE_UTF8));
}

void oko_query_word(oko_query *q, const char *text)
{
    oko_query_text(q, text[0] == '\0' ? NULL : text);
}

void oko_query_bytes(oko_query *q, const void *bytes, size_t n)
{
    ++q->at;
    keep_first(q, n == 0 ? sqlite3_bind_zeroblob(q->statement, q->at, 0)
                         : sqlite3_bind_blob64(q->statement, q->at, bytes, n, SQLITE_STATIC));
}

oko_status oko_query_next(oko_query *q, bool *ret_row, oko_error *err)
{
    int rc = q->rc != SQLITE_OK ? q->rc : sqlite3_step(q->statement);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        return oko_sqlite_fail(q->s, rc, err);
    }
    *ret_row = rc == SQLITE_ROW;
    return OKO_OK;
}

oko_status oko_query_run(oko_query *q, oko_error *err)
{
    bool row = true;
    while (row) {
        oko_status status = oko_query_next(q, &row, err);
        if (status != OKO_OK) {
            return status;
        }
    }
    oko_query_again(q);
    return OKO_OK;
}

void oko_query_again(oko_query *q)
{
    (void)sqlite3_reset(q->statement); /* repeats the error of the last step, which was told already */
    q->at = 0;
    q->rc = SQLITE_OK;
}

void oko_query_end(oko_query *q)
{
    if (q->statement == NULL) {
        return;
    }
    if (q->slot == NULL) {
        (void)sqlite3_finalize(q->statement);
    } else {
        (void)sqlite3_reset(q->statement);
        (void)sqlite3_clear_bindings(q->statement);
        q->slot->taken = false;
    }
    *q = (oko_query){ .s = NULL };
}

int64_t oko_query_get_int(const oko_query *q, int col)
{
    return sqlite3_column_int64(q->statement, col);
}

double oko_query_get_real(const oko_query *q, int col)
{
    return sqlite3_column_type(q->statement, col) == SQLITE_NULL ? (double)NAN
                                                                 : sqlite3_column_double(q->statement, col);
}

const char *oko_query_get_text(const oko_query *q, int col)
{
    const void *text = sqlite3_column_text(q->statement, col);
    return text == NULL ? "" : text;
}

void oko_query_copy_text(const oko_query *q, int col, char *dst, size_t bytes)
{
    (void)oko_str_copy(dst, bytes, oko_str_of(oko_query_get_text(q, col)));
}

oko_status oko_query_one_int(oko_sqlite *s, const char *sql, int64_t *ret_value, oko_error *err)
{
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    bool row = false;
    if (status == OKO_OK) {
        status = oko_query_next(&q, &row, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    if (!row) {
        return oko_sqlite_fail(s, SQLITE_OK, err);
    }
    *ret_value = oko_query_get_int(&q, 0);
    return OKO_OK;
}

oko_status oko_sqlite_exec(oko_sqlite *s, const char *sql, oko_error *err)
{
    int rc = sqlite3_exec(s->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? OKO_OK : oko_sqlite_fail(s, rc, err);
}
