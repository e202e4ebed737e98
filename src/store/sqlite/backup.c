/* Backup and restore: a whole copy is made beside the target, synced, and only then takes its name. */
#include "store/sqlite/path.h"
#include "store/sqlite/sqlite_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGES_PER_STEP = 128, WAIT_US = 10000 };

/* Files that SQLite keeps beside a database. */
static const char *const companions[] = { "-wal", "-shm", "-journal" };

static void remove_companions(const char *path)
{
    char name[OKO_PATH_BYTES];
    for (size_t i = 0; i < sizeof companions / sizeof *companions; i++) {
        (void)snprintf(name, sizeof name, "%s%s", path, companions[i]);
        (void)unlink(name);
    }
}

/* ---- where it goes ---- */

typedef struct target {
    const char *field;         /* as the user wrote it: for messages */
    char path[OKO_PATH_BYTES]; /* where a link leads, so that the file is replaced and not the link */
    bool exists;
} target;

/* May the target be written? The file that is copied can't be its own target. */
static oko_status target_look(const char *path, sqlite3 *source, bool overwrite, target *ret_t, oko_error *err)
{
    struct stat a, b;
    bool exists;
    oko_status status = oko_path_look(path, true, true, &exists, err);
    if (status != OKO_OK) {
        return status;
    }
    *ret_t = (target){ .field = path, .exists = exists };
    if (!exists) {
        (void)oko_str_copy(ret_t->path, sizeof ret_t->path, oko_str_of(path));
        return OKO_OK;
    }
    if (realpath(path, ret_t->path) == NULL) {
        return oko_path_errno(errno, path, err);
    }
    if (stat(path, &a) == 0 && stat(sqlite3_db_filename(source, "main"), &b) == 0 && a.st_dev == b.st_dev &&
        a.st_ino == b.st_ino) {
        return oko_error_set(err, OKO_E_CONFLICT, "store.same_file", path);
    }
    return overwrite ? OKO_OK : oko_error_set(err, OKO_E_CONFLICT, "store.exists", path);
}

/* ---- the copy, while it has no name of its own ---- */

typedef struct copy {
    char path[OKO_PATH_BYTES]; /* "": none */
} copy;

/* For OKO_CLEANUP: a copy that did not take its place is removed. */
static void copy_drop(copy *c)
{
    if (c->path[0] != '\0') {
        (void)unlink(c->path);
        remove_companions(c->path);
    }
}

/* An empty file beside the target, with the permissions of `model` (an open database). */
static oko_status copy_make(const target *t, sqlite3 *model, copy *ret_copy, oko_error *err)
{
    struct stat st;
    char path[OKO_PATH_BYTES];
    if ((size_t)snprintf(path, sizeof path, "%s.part-XXXXXX", t->path) >= sizeof path) {
        return oko_error_set(err, OKO_E_NOT_FOUND, "store.no_file", t->field);
    }
    int fd = mkstemp(path);
    if (fd < 0) {
        return oko_path_errno(errno, t->field, err);
    }
    if (stat(t->path, &st) == 0 || stat(sqlite3_db_filename(model, "main"), &st) == 0) {
        (void)fchmod(fd, st.st_mode & 0777);
    }
    (void)close(fd);
    memcpy(ret_copy->path, path, sizeof path);
    return OKO_OK;
}

static oko_status sync_path(const char *path, bool folder, const char *field, oko_error *err)
{
    int fd = open(path, folder ? O_RDONLY | O_DIRECTORY | O_CLOEXEC : O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return oko_path_errno(errno, field, err);
    }
    const int failed = fsync(fd) != 0 ? errno : 0;
    (void)close(fd);
    /* some file systems can't sync a folder and say EINVAL */
    return failed == 0 || (folder && failed == EINVAL) ? OKO_OK : oko_path_errno(failed, field, err);
}

static oko_status tell_code(sqlite3 *db, int rc, const char *field, oko_error *err)
{
    const oko_status status = oko_sqlite_status(rc, sqlite3_system_errno(db));
    return oko_error_set(err, status == OKO_OK ? OKO_E_INTERNAL : status, "store.copy", field);
}

static oko_status run_backup(sqlite3_backup *b, int busy_ms, const oko_progress *progress, int *ret_rc)
{
    int waited_us = 0;
    for (;;) {
        int rc = sqlite3_backup_step(b, PAGES_PER_STEP);
        const bool busy = (rc & 0xFF) == SQLITE_BUSY || (rc & 0xFF) == SQLITE_LOCKED;
        if (busy && waited_us < busy_ms * 1000) {
            (void)usleep(WAIT_US);
            waited_us += WAIT_US;
        } else if (rc != SQLITE_OK) {
            *ret_rc = rc;
            return OKO_OK;
        }
        const int total = sqlite3_backup_pagecount(b);
        if (!oko_progress_tell(progress, "store.backup", (uint64_t)(total - sqlite3_backup_remaining(b)),
                               (uint64_t)total)) {
            return OKO_E_CANCELLED;
        }
    }
}

static oko_status copy_pages(sqlite3 *from, sqlite3 *to, int busy_ms, const oko_progress *progress, const char *field,
                             oko_error *err)
{
    int rc = SQLITE_OK;
    (void)sqlite3_exec(to, "PRAGMA synchronous = OFF", NULL, NULL, NULL); /* synced once, at the end */
    sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
    if (b == NULL) {
        return tell_code(to, sqlite3_extended_errcode(to), field, err);
    }
    oko_status status = run_backup(b, busy_ms, progress, &rc);
    (void)sqlite3_backup_finish(b);
    if (status != OKO_OK) {
        return oko_error_set(err, status, "store.cancelled", "");
    }
    if (rc != SQLITE_DONE) {
        return tell_code(to, rc, field, err);
    }
    rc = sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL); /* one file, no log beside it */
    return rc == SQLITE_OK ? OKO_OK : tell_code(to, rc, field, err);
}

/* Copies what `from` sees now: the read transaction keeps writers from restarting the copy. */
static oko_status copy_fill(const copy *c, oko_sqlite *from, const oko_progress *progress, const char *field,
                            oko_error *err)
{
    sqlite3 *to = NULL;
    OKO_CLEANUP(oko_freep) char *name = oko_path_plain(c->path);
    if (name == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "store.memory", "");
    }
    oko_status status = oko_sqlite_exec(from, "BEGIN; SELECT count(*) FROM sqlite_schema", err);
    if (status != OKO_OK) {
        return status;
    }
    int rc = sqlite3_open_v2(name, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    status =
        rc == SQLITE_OK ? copy_pages(from->db, to, from->busy_ms, progress, field, err) : tell_code(to, rc, field, err);
    rc = sqlite3_close(to);
    (void)sqlite3_exec(from->db, "ROLLBACK", NULL, NULL, NULL);
    if (status == OKO_OK && rc != SQLITE_OK) {
        status = oko_error_set(err, OKO_E_IO, "store.copy", field);
    }
    return status == OKO_OK ? sync_path(c->path, false, field, err) : status;
}

/* ---- taking the place of the target ---- */

/* Nobody may have the old file open, and its log must be gone before another file gets its name: SQLite would play an
 * old log into the new database. *ret_holder keeps others out until the name is taken; NULL when the old file is no
 * database. */
static oko_status hold_target(const target *t, sqlite3 **ret_holder, oko_error *err)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *mode = NULL;
    OKO_CLEANUP(oko_freep) char *name = oko_path_plain(t->path);
    if (name == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "store.memory", "");
    }
    int rc = sqlite3_open_v2(name, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_exec(db, "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE", NULL, NULL, NULL);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_prepare_v2(db, "PRAGMA journal_mode", -1, &mode, NULL);
    }
    if (rc == SQLITE_OK && sqlite3_step(mode) == SQLITE_ROW) {
        const void *text = sqlite3_column_text(mode, 0);
        rc = text != NULL && strcmp(text, "wal") == 0 ? SQLITE_BUSY : SQLITE_OK; /* someone was quicker */
    }
    (void)sqlite3_finalize(mode);
    if (rc == SQLITE_OK) {
        *ret_holder = db;
        return OKO_OK;
    }
    const oko_status status = oko_sqlite_status(rc, sqlite3_system_errno(db));
    (void)sqlite3_close(db);
    return status == OKO_E_STORE
               ? OKO_OK
               : oko_error_set(err, status, status == OKO_E_BUSY ? "store.target_busy" : "store.copy", t->field);
}

/* Does another process hold a lock on a file in which SQLite sees no database? */
static bool locked(const char *path)
{
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    int fd = open(path, O_RDWR | O_CLOEXEC);
    const bool held = fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    if (fd >= 0) {
        (void)close(fd);
    }
    return held;
}

static oko_status take_name(copy *c, const target *t, bool overwrite, oko_error *err)
{
    char folder[OKO_PATH_BYTES];
    int failed = 0;
    if (overwrite) {
        failed = rename(c->path, t->path) != 0 ? errno : 0;
    } else if (link(c->path, t->path) == 0) { /* fails when the target came into being meanwhile */
        (void)unlink(c->path);
    } else {
        failed = errno;
        if (failed == EPERM || failed == ENOTSUP || failed == ENOSYS) { /* no hard links here */
            failed = access(t->path, F_OK) == 0 ? EEXIST : rename(c->path, t->path) != 0 ? errno : 0;
        }
    }
    if (failed != 0) {
        return oko_path_errno(failed, t->field, err);
    }
    c->path[0] = '\0';
    oko_path_folder(t->path, folder, sizeof folder);
    return sync_path(folder, true, t->field, err);
}

static oko_status place(copy *c, const target *t, bool overwrite, oko_error *err)
{
    sqlite3 *holder = NULL;
    oko_status status = t->exists ? hold_target(t, &holder, err) : OKO_OK;
    if (status == OKO_OK && t->exists && holder == NULL && locked(t->path)) {
        status = oko_error_set(err, OKO_E_BUSY, "store.target_busy", t->field);
    }
    if (status == OKO_OK && holder == NULL) {
        char folder[OKO_PATH_BYTES];
        oko_path_folder(t->path, folder, sizeof folder);
        remove_companions(t->path);
        status = sync_path(folder, true, t->field, err);
    }
    if (status == OKO_OK) {
        status = take_name(c, t, overwrite, err);
    }
    (void)sqlite3_close(holder);
    return status;
}

/* ---- the two operations ---- */

static void close_handle(oko_sqlite **s)
{
    if (*s != NULL) {
        oko_sqlite_close(&(*s)->base);
    }
}

oko_status oko_sqlite_backup(oko_store *store, const char *to, bool overwrite, const oko_progress *progress,
                             oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    OKO_CLEANUP(oko_store_closep) oko_store *reader = NULL; /* sees what is committed, even within a transaction */
    OKO_CLEANUP(copy_drop) copy c = { .path = "" };
    target t;
    oko_status status = target_look(to, s->db, overwrite, &t, err);
    if (status == OKO_OK) {
        status = oko_sqlite_clone(store, &reader, err);
    }
    if (status == OKO_OK) {
        status = copy_make(&t, s->db, &c, err);
    }
    if (status == OKO_OK) {
        status = copy_fill(&c, oko_sqlite_of(reader), progress, to, err);
    }
    return status == OKO_OK ? place(&c, &t, overwrite, err) : status;
}

/* The copy becomes a database of this version and is checked as a whole. */
static oko_status prove(const copy *c, const char *backup, int busy_ms, oko_error *err)
{
    const oko_store_options options = { .read_only = false, .create = false, .busy_ms = busy_ms };
    oko_store *store = NULL;
    oko_status status = oko_sqlite_open(c->path, &options, &store, err);
    if (status == OKO_OK) {
        status = oko_sqlite_check(store, NULL, NULL, NULL, err);
    }
    if (status == OKO_OK) {
        status = oko_sqlite_exec(oko_sqlite_of(store), "PRAGMA journal_mode = DELETE", err);
    }
    oko_store_close(store);
    if (status == OKO_E_STORE) {
        return oko_error_set(err, status, "store.backup_damaged", backup);
    }
    return status == OKO_OK ? sync_path(c->path, false, backup, err) : status;
}

oko_status oko_sqlite_restore(const char *backup, const char *path, bool overwrite, oko_error *err)
{
    const oko_store_options options = { .read_only = true, .create = false, .busy_ms = 10000 };
    OKO_CLEANUP(close_handle) oko_sqlite *source = NULL;
    OKO_CLEANUP(copy_drop) copy c = { .path = "" };
    target t;
    oko_status status = oko_sqlite_connect(backup, &options, &source, err);
    if (status == OKO_OK && source->version == 0) {
        status = oko_error_set(err, OKO_E_STORE, "store.not_ours", backup);
    }
    if (status == OKO_OK) {
        status = target_look(path, source->db, overwrite, &t, err);
    }
    if (status == OKO_OK) {
        status = copy_make(&t, source->db, &c, err);
    }
    if (status == OKO_OK) {
        status = copy_fill(&c, source, NULL, path, err);
    }
    if (status == OKO_OK) {
        status = prove(&c, backup, options.busy_ms, err);
    }
    return status == OKO_OK ? place(&c, &t, overwrite, err) : status;
}

/* ---- in place of what an open database holds ---- */

oko_status oko_sqlite_refill(oko_store *store, const char *from, oko_error *err)
{
    const oko_store_options options = { .read_only = false, .create = false, .busy_ms = 10000 };
    OKO_CLEANUP(oko_store_closep) oko_store *source = NULL;
    oko_sqlite *s = oko_sqlite_of(store);
    int rc = SQLITE_OK;
    if (s->in_transaction) {
        return oko_error_set(err, OKO_E_CONFLICT, "store.in_transaction", "");
    }
    oko_status status = oko_sqlite_open(from, &options, &source, err);
    if (status != OKO_OK) {
        return status;
    }
    sqlite3_backup *b = sqlite3_backup_init(s->db, "main", oko_sqlite_of(source)->db, "main");
    if (b == NULL) {
        return tell_code(s->db, sqlite3_extended_errcode(s->db), from, err);
    }
    status = run_backup(b, s->busy_ms, NULL, &rc);
    (void)sqlite3_backup_finish(b);
    free(s->kinds); /* numbers of the kinds of problems are other ones now */
    s->kinds = NULL;
    s->problem_import = 0;
    return status == OKO_OK && rc != SQLITE_DONE ? tell_code(s->db, rc, from, err) : status;
}
