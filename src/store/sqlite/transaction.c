/* Transactions, revisions, and the end of a version. */
#include "store/sqlite/sqlite_store.h"

static oko_status begin(oko_sqlite *s, oko_error *err)
{
    if (s->read_only) {
        return oko_error_set(err, OKO_E_PERMISSION, "store.read_only", s->path);
    }
    oko_status status = oko_sqlite_exec(s, "BEGIN IMMEDIATE", err);
    if (status == OKO_OK) {
        s->in_transaction = true;
        s->broken = OKO_OK;
        s->revision = 0;
    }
    return status;
}

/* Whatever the transaction made is gone: so are the numbers remembered from it. */
static void forget(oko_sqlite *s)
{
    s->in_transaction = false;
    s->broken = OKO_OK;
    s->revision = 0;
    s->problem_import = 0;
}

static void rollback(oko_sqlite *s)
{
    if (!s->in_transaction) {
        return;
    }
    if (!sqlite3_get_autocommit(s->db)) { /* SQLite rolls back by itself when the disk is full */
        (void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    }
    forget(s);
    for (size_t i = 0; s->kinds != NULL && i < OKO_SQLITE_KINDS; i++) {
        s->kinds[i].id = 0;
    }
}

static oko_status commit(oko_sqlite *s, oko_error *err)
{
    if (s->broken != OKO_OK) {
        const oko_status status = s->broken;
        rollback(s);
        return oko_error_set(err, status, "store.broken_transaction", "");
    }
    oko_status status = oko_sqlite_exec(s, "COMMIT", err);
    if (status != OKO_OK) {
        rollback(s);
        return status;
    }
    forget(s);
    if (s->defer_sync && atomic_load(&s->log) == NULL) {
        sqlite3_file *log = NULL;
        (void)sqlite3_file_control(s->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
        atomic_store(&s->log, log);
    }
    return OKO_OK;
}

/* What is before a checkpoint is synced by the checkpoint itself, so the log is all that can be missing on the disk. */
oko_status oko_sqlite_sync(oko_store *store, oko_error *err)
{
    sqlite3_file *log = atomic_load(&oko_sqlite_of(store)->log);
    if (log == NULL || log->pMethods == NULL) {
        return OKO_OK;
    }
    const int rc = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
    return rc == SQLITE_OK ? OKO_OK : oko_error_set(err, oko_sqlite_status(rc, 0), "store.sync", "");
}

oko_status oko_sqlite_begin(oko_store *store, oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    return s->in_transaction ? oko_error_set(err, OKO_E_CONFLICT, "store.in_transaction", "") : begin(s, err);
}

oko_status oko_sqlite_commit(oko_store *store, oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    return s->in_transaction ? commit(s, err) : oko_error_set(err, OKO_E_CONFLICT, "store.no_transaction", "");
}

void oko_sqlite_rollback(oko_store *store)
{
    rollback(oko_sqlite_of(store));
}

oko_status oko_write_begin(oko_sqlite *s, oko_write *ret_w, oko_error *err)
{
    if (s->in_transaction) {
        *ret_w = (oko_write){ .s = s, .own = false };
        return s->broken == OKO_OK ? OKO_OK : oko_error_set(err, s->broken, "store.broken_transaction", "");
    }
    oko_status status = begin(s, err);
    if (status == OKO_OK) {
        *ret_w = (oko_write){ .s = s, .own = true };
    }
    return status;
}

oko_status oko_write_end(oko_write *w, oko_status status, oko_error *err)
{
    if (!w->own) {
        return status;
    }
    if (status == OKO_OK) {
        return commit(w->s, err);
    }
    rollback(w->s);
    return status;
}

oko_status oko_sqlite_new_revision(oko_sqlite *s, int64_t *ret_revision, oko_error *err)
{
    if (s->revision == 0) {
        oko_status status = oko_sqlite_exec(s, "INSERT INTO revision DEFAULT VALUES", err);
        if (status != OKO_OK) {
            return status;
        }
        s->revision = sqlite3_last_insert_rowid(s->db);
    }
    *ret_revision = s->revision;
    return OKO_OK;
}

static const char sql_latest[] = "SELECT ifnull(max(rev), 0) FROM revision";

oko_status oko_sqlite_revision(oko_store *store, int64_t *ret_revision, oko_error *err)
{
    return oko_query_one_int(oko_sqlite_of(store), sql_latest, ret_revision, err);
}

oko_status oko_sqlite_at_revision(oko_sqlite *s, int64_t asked, int64_t *ret_revision, oko_error *err)
{
    if (asked != 0) {
        *ret_revision = asked;
        return OKO_OK;
    }
    return oko_query_one_int(s, sql_latest, ret_revision, err);
}

oko_status oko_sqlite_end_version(oko_sqlite *s, const char *end_sql, const char *delete_sql, int64_t id,
                                  int64_t since_rev, int64_t import, oko_error *err)
{
    int64_t revision;
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_sqlite_new_revision(s, &revision, err);
    const bool own = status == OKO_OK && since_rev == revision;
    if (status == OKO_OK) {
        status = oko_query_begin(s, own ? delete_sql : end_sql, &q, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    if (!own) {
        oko_query_int(&q, revision);
        if (sqlite3_bind_parameter_count(q.statement) == 3) {
            oko_query_ref(&q, import);
        }
    }
    oko_query_int(&q, id);
    return oko_query_run(&q, err);
}
