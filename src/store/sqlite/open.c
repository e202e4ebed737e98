/* A handle's life: recognise the file, set the connection up, migrate, clone, close. */
#include "store/sqlite/path.h"
#include "store/sqlite/sqlite_store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const size_t bytes_limit = (size_t)64 << 20; /* form of one sheet, procedure, … */

static void drop(oko_sqlite *s)
{
    if (s == NULL) {
        return;
    }
    for (size_t i = 0; i < OKO_SQLITE_STATEMENTS; i++) {
        (void)sqlite3_finalize(s->slots[i].statement);
    }
    (void)sqlite3_close_v2(s->db);
    oko_buffer_free(&s->bytes);
    oko_sheet_free(s->spare);
    free(s->kinds);
    free(s->path);
    free(s);
}

static void dropp(oko_sqlite **s)
{
    drop(*s);
}

void oko_sqlite_close(oko_store *store)
{
    oko_sqlite *s = oko_sqlite_of(store);
    oko_sqlite_rollback(store);
    drop(s);
}

/* ---- the connection ---- */

static oko_status open_file(oko_sqlite *s, oko_error *err)
{
    OKO_CLEANUP(oko_freep) char *name = s->immutable ? oko_path_immutable(s->path) : oko_path_plain(s->path);
    if (name == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "store.memory", "");
    }
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= s->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    flags |= s->immutable ? SQLITE_OPEN_URI : 0;
    int rc = sqlite3_open_v2(name, &s->db, flags, NULL);
    if (rc != SQLITE_OK) {
        return oko_sqlite_fail(s, rc, err);
    }
    (void)sqlite3_busy_timeout(s->db, s->busy_ms);
    (void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    (void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
    return OKO_OK;
}

/* One number from a PRAGMA or a SELECT; not cached, so it works on any file. Returns SQLite's code. */
static int number(sqlite3 *db, const char *sql, int64_t *ret_value)
{
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(statement);
        if (rc == SQLITE_ROW) {
            *ret_value = sqlite3_column_int64(statement, 0);
            rc = SQLITE_OK;
        }
    }
    (void)sqlite3_finalize(statement);
    return rc;
}

/* Is it ours, and of which version? Nothing is written. Returns SQLite's code; *ret_status for the rest. */
static int recognise(oko_sqlite *s, oko_status *ret_status)
{
    int64_t application = 0, version = 0, objects = 0;
    int rc = number(s->db, "SELECT count(*) FROM sqlite_schema", &objects);
    if (rc == SQLITE_OK) {
        rc = number(s->db, "PRAGMA application_id", &application);
    }
    if (rc == SQLITE_OK) {
        rc = number(s->db, "PRAGMA user_version", &version);
    }
    if (rc != SQLITE_OK) {
        return rc;
    }
    const bool ours = application == OKO_SQLITE_APPLICATION;
    const bool blank = application == 0 && version == 0 && objects == 0;
    s->version = (int)version;
    *ret_status = !ours && !blank                                        ? OKO_E_STORE
                  : version > oko_sqlite_schema_version() || version < 0 ? OKO_E_VERSION
                                                                         : OKO_OK;
    return SQLITE_OK;
}

static oko_status configure(oko_sqlite *s, oko_error *err)
{
    return oko_sqlite_exec(s,
                           "PRAGMA foreign_keys = ON;"
                           "PRAGMA synchronous = FULL;"
                           "PRAGMA cell_size_check = ON;"
                           "PRAGMA temp_store = MEMORY;"
                           "PRAGMA cache_size = -8000;"
                           "PRAGMA journal_size_limit = 67108864;",
                           err);
}

/* Is there a file of this ending with something in it? */
static bool has_beside(const oko_sqlite *s, const char *ending)
{
    char name[OKO_PATH_BYTES];
    struct stat st;
    (void)snprintf(name, sizeof name, "%s%s", s->path, ending);
    return stat(name, &st) == 0 && st.st_size > 0;
}

/* A read-only folder or medium, a full disk: SQLite can't make the files that WAL needs there. Without a log, nobody
 * writes. */
static bool may_be_immutable(const oko_sqlite *s, int rc)
{
    const int kind = rc & 0xFF;
    const bool full = kind == SQLITE_FULL || rc == SQLITE_IOERR_SHMSIZE;
    if (!s->read_only || s->immutable || (kind != SQLITE_CANTOPEN && kind != SQLITE_READONLY && !full)) {
        return false;
    }
    return !has_beside(s, "-wal") && !has_beside(s, "-journal");
}

/* A program was killed while it made the file (later writes go through the log): the journal that it left undoes the
 * half, which takes a writer; the writer then makes the file whole. */
static bool must_recover(const oko_sqlite *s, int rc)
{
    const int kind = rc & 0xFF;
    const bool blank = rc == SQLITE_OK && s->version == 0;
    return s->read_only && (blank || kind == SQLITE_CANTOPEN || kind == SQLITE_READONLY) && has_beside(s, "-journal");
}

static oko_status recover(oko_sqlite *s, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    const oko_store_options options = { .create = true, .busy_ms = s->busy_ms };
    (void)sqlite3_close_v2(s->db);
    s->db = NULL;
    oko_status status = oko_sqlite_open(s->path, &options, &store, err);
    return status == OKO_OK ? open_file(s, err) : status;
}

static oko_status open_recognised(oko_sqlite *s, oko_error *err)
{
    oko_status seen = OKO_OK;
    oko_status status = open_file(s, err);
    if (status != OKO_OK) {
        return status;
    }
    int rc = recognise(s, &seen);
    if (must_recover(s, rc)) {
        status = recover(s, err);
        if (status != OKO_OK) {
            return status;
        }
        rc = recognise(s, &seen);
    }
    if (may_be_immutable(s, rc)) {
        (void)sqlite3_close_v2(s->db);
        s->db = NULL;
        s->immutable = true;
        status = open_file(s, err);
        if (status != OKO_OK) {
            return status;
        }
        rc = recognise(s, &seen);
    }
    if (rc != SQLITE_OK) {
        return oko_sqlite_fail(s, rc, err);
    }
    if (seen == OKO_E_VERSION) {
        status = oko_error_set(err, seen, "store.newer", s->path);
        oko_error_arg(err, "%d", s->version);
        oko_error_arg(err, "%d", oko_sqlite_schema_version());
        return status;
    }
    return seen == OKO_OK ? configure(s, err) : oko_error_set(err, seen, "store.not_ours", s->path);
}

oko_status oko_sqlite_connect(const char *path, const oko_store_options *options, oko_sqlite **ret_s, oko_error *err)
{
    bool exists;
    oko_status status = oko_path_look(path, !options->read_only, options->create && !options->read_only, &exists, err);
    if (status != OKO_OK) {
        return status;
    }
    OKO_CLEANUP(dropp) oko_sqlite *s = calloc(1, sizeof *s);
    if (s == NULL || (s->path = oko_str_dup(oko_str_of(path))) == NULL) {
        (void)oko_error_set(err, OKO_E_MEMORY, "store.memory", "");
        return OKO_E_MEMORY;
    }
    s->base.engine = &oko_engine_sqlite;
    s->busy_ms = options->busy_ms;
    s->read_only = options->read_only;
    s->defer_sync = options->defer_sync && !options->read_only;
    oko_buffer_init(&s->bytes, bytes_limit);
    status = open_recognised(s, err);
    if (status != OKO_OK) {
        return status;
    }
    *ret_s = s;
    s = NULL;
    return OKO_OK;
}

/* ---- the schema ---- */

static oko_status migrate_step(oko_sqlite *s, int version, oko_error *err)
{
    const oko_str text = oko_sqlite_migration(version);
    OKO_CLEANUP(oko_buffer_free) oko_buffer sql;
    oko_buffer_init(&sql, text.len + 256);
    oko_buffer_view(&sql, text);
    oko_buffer_printf(&sql, "\nPRAGMA application_id = %d;\nPRAGMA user_version = %d;\n", OKO_SQLITE_APPLICATION,
                      version);
    if (oko_buffer_status(&sql) != OKO_OK) {
        return oko_error_set(err, OKO_E_MEMORY, "store.memory", "");
    }
    return oko_sqlite_exec(s, sql.ptr, err);
}

/* One step of the schema in one transaction. Another process may have made it while we waited for the lock. */
static oko_status migrate_to(oko_sqlite *s, int version, oko_error *err)
{
    oko_write w = { 0 };
    int64_t now = 0;
    oko_status status = oko_write_begin(s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    int rc = number(s->db, "PRAGMA user_version", &now);
    status = rc != SQLITE_OK ? oko_sqlite_fail(s, rc, err) : now >= version ? OKO_OK : migrate_step(s, version, err);
    return oko_write_end(&w, status, err);
}

/* Write-ahead log: readers go on while one writes. Changing to it is refused while another process uses the file, and
 * SQLite does not wait here by itself. A file system without shared memory keeps the rollback journal. */
static oko_status use_log(oko_sqlite *s, oko_error *err)
{
    for (int waited = 0;; waited += 20) {
        int rc = sqlite3_exec(s->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
        if (rc == SQLITE_OK) {
            return OKO_OK;
        }
        if ((rc & 0xFF) != SQLITE_BUSY || waited >= s->busy_ms) {
            return oko_sqlite_fail(s, rc, err);
        }
        (void)usleep(20000);
    }
}

static oko_status migrate(oko_sqlite *s, oko_error *err)
{
    oko_status status = OKO_OK;
    if (s->version == 0) {
        status = oko_sqlite_exec(s, "PRAGMA page_size = 8192", err);
    }
    for (int v = s->version + 1; status == OKO_OK && v <= oko_sqlite_schema_version(); v++) {
        status = migrate_to(s, v, err);
    }
    s->version = oko_sqlite_schema_version();
    return status;
}

/* Only a log can be synced later: with a rollback journal each commit goes on waiting for the disk. */
static oko_status use_late_sync(oko_sqlite *s, oko_error *err)
{
    sqlite3_stmt *mode = NULL;
    int rc = sqlite3_prepare_v2(s->db, "PRAGMA journal_mode", -1, &mode, NULL);
    if (rc == SQLITE_OK && sqlite3_step(mode) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(mode, 0);
        s->defer_sync = name != NULL && strcmp(name, "wal") == 0;
    } else {
        s->defer_sync = false;
    }
    rc = sqlite3_finalize(mode);
    if (rc != SQLITE_OK) {
        return oko_sqlite_fail(s, rc, err);
    }
    return s->defer_sync ? oko_sqlite_exec(s, "PRAGMA synchronous = NORMAL;PRAGMA wal_autocheckpoint = 4000", err)
                         : OKO_OK;
}

static oko_status bring_up(oko_sqlite *s, oko_error *err)
{
    oko_status status = migrate(s, err);
    status = status == OKO_OK ? use_log(s, err) : status;
    return status == OKO_OK && s->defer_sync ? use_late_sync(s, err) : status;
}

/* ---- a new file ---- */

static oko_status make_tables(const char *path, const oko_store_options *options, oko_error *err)
{
    OKO_CLEANUP(dropp) oko_sqlite *s = NULL;
    oko_status status = oko_sqlite_connect(path, options, &s, err);
    return status == OKO_OK ? migrate(s, err) : status;
}

/* A new database gets its name when its tables stand: killed before, there is none; never half a one. Another process
 * may have made it meanwhile: then theirs is taken. */
static oko_status make_file(const char *path, const oko_store_options *options, oko_error *err)
{
    char aside[OKO_PATH_BYTES], journal[OKO_PATH_BYTES + 16];
    (void)snprintf(aside, sizeof aside, "%s.new-%ld", path, (long)getpid());
    (void)snprintf(journal, sizeof journal, "%s-journal", aside);
    (void)unlink(aside); /* of a killed process that had our number */
    (void)unlink(journal);
    oko_status status = make_tables(aside, options, err);
    if (status != OKO_OK) {
        (void)oko_str_copy(err->field, sizeof err->field, oko_str_of(path));
    } else if (link(aside, path) != 0 && errno != EEXIST && rename(aside, path) != 0) { /* no links on FAT */
        status = oko_path_errno(errno, path, err);
    }
    (void)unlink(aside);
    (void)unlink(journal);
    return status;
}

oko_status oko_sqlite_open(const char *path, const oko_store_options *options, oko_store **ret_store, oko_error *err)
{
    OKO_CLEANUP(dropp) oko_sqlite *s = NULL;
    bool exists = false, create = options->create && !options->read_only;
    oko_status status = oko_path_look(path, !options->read_only, create, &exists, err);
    if (status == OKO_OK && !exists) {
        status = make_file(path, options, err);
    }
    if (status == OKO_OK) {
        status = oko_sqlite_connect(path, options, &s, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    if (!s->read_only && (s->version > 0 || options->create)) {
        status = bring_up(s, err);
    } else if (s->version == 0) {
        status = oko_error_set(err, OKO_E_STORE, "store.not_ours", path);
    } else if (s->version < oko_sqlite_schema_version()) {
        status = oko_error_set(err, OKO_E_STORE, "store.older", path);
    }
    if (status != OKO_OK) {
        return status;
    }
    *ret_store = &s->base;
    s = NULL;
    return OKO_OK;
}

oko_status oko_sqlite_clone(oko_store *store, oko_store **ret_store, oko_error *err)
{
    const oko_sqlite *s = oko_sqlite_of(store);
    const oko_store_options options = { .read_only = true, .create = false, .busy_ms = s->busy_ms };
    const char *path = sqlite3_db_filename(s->db, "main"); /* full: the working directory may have changed */
    return oko_sqlite_open(path == NULL || path[0] == '\0' ? s->path : path, &options, ret_store, err);
}
