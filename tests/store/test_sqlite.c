/* What is particular to the SQLite engine: what stands at the path, other versions, damage, locks, a full disk. */
#include "fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* ---- helpers ---- */

/* The file beside the database with this name. */
static const char *beside(const bench *b, const char *name, char path[PLACE_BYTES * 2])
{
    const char *slash = strrchr(b->place, '/');
    (void)snprintf(path, PLACE_BYTES * 2, "%.*s/%s", (int)(slash - b->place), b->place, name);
    return path;
}

static void close_store(bench *b)
{
    oko_store_close(b->store);
    b->store = NULL;
}

/* SQL behind the store's back. */
static void meddle(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        fail_msg("%s", message);
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void write_file(const char *path, const void *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static char *read_file(const char *path, size_t *ret_n)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    char *bytes = malloc((size_t)st.st_size + 1);
    FILE *f = fopen(path, "rb");
    assert_true(bytes != NULL && f != NULL);
    *ret_n = fread(bytes, 1, (size_t)st.st_size, f);
    assert_int_equal(*ret_n, st.st_size);
    (void)fclose(f);
    return bytes;
}

static void assert_refused(const char *path, const oko_store_options *options, oko_status status, const char *id)
{
    oko_store *store = NULL;
    oko_error err = { 0 };
    assert_int_equal(oko_store_open(path, options, &store, &err), status);
    assert_int_equal(err.code, status);
    assert_string_equal(err.id, id);
    assert_null(store);
}

static const oko_store_options existing = { .create = false, .busy_ms = 100 };

static void fill_some(bench *b, unsigned seed)
{
    must(b, oko_store_begin(b->store, &b->err));
    const int64_t procedure = put_procedure(b, 2021, 4, "MA");
    oko_unit u = sample_unit(OKO_LEVEL_SCHOOL, "sch1", 0);
    if (oko_store_unit_find(b->store, OKO_LEVEL_SCHOOL, "sch1", &u, &b->err) != OKO_OK) {
        u.id = put_unit(b, OKO_LEVEL_SCHOOL, "sch1", 0);
    }
    for (unsigned i = 0; i < 20; i++) {
        char label[16];
        (void)snprintf(label, sizeof label, "%u", i);
        put_sheet(b, procedure, u.id, label, 60, seed + i);
    }
    must(b, oko_store_commit(b->store, &b->err));
}

/* ---- what stands at the path ---- */

static void other_things_at_the_path_are_named(void **state)
{
    bench *b = *state;
    char path[PLACE_BYTES * 2];
    close_store(b);
    assert_refused("/tmp", NULL, OKO_E_STORE, "store.is_folder");
    assert_refused("/dev/null", NULL, OKO_E_STORE, "store.not_a_file");
    assert_refused("/nonexistent/folder/oko.db", NULL, OKO_E_NOT_FOUND, "store.no_folder");
    assert_refused(beside(b, "none.db", path), &existing, OKO_E_NOT_FOUND, "store.no_file");
    (void)beside(b, "oko.db/x.db", path); /* below a file */
    assert_refused(path, NULL, OKO_E_NOT_FOUND, "store.no_file");
    assert_refused("postgresql://host/db", NULL, OKO_E_UNSUPPORTED, "store.no_engine");
}

/* Foreign files are refused and stay as they were, byte for byte. */
static void foreign_files_are_left_alone(void **state)
{
    bench *b = *state;
    char path[PLACE_BYTES * 2];
    size_t n, m;
    close_store(b);
    beside(b, "text.db", path);
    static const char text[] = "Код участника;Вариант;1 (1б);2 (1б)\n40001;1;1;0\n";
    write_file(path, text, sizeof text);
    assert_refused(path, NULL, OKO_E_STORE, "store.not_ours");
    beside(b, "foreign.db", path);
    meddle(path, "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
    char *before = read_file(path, &n);
    assert_refused(path, NULL, OKO_E_STORE, "store.not_ours");
    char *after = read_file(path, &m);
    assert_int_equal(n, m);
    assert_memory_equal(before, after, n);
    free(before);
    free(after);
    write_file(beside(b, "empty.db", path), "", 0);
    assert_refused(path, &existing, OKO_E_STORE, "store.not_ours");
    must(b, oko_store_open(path, NULL, &b->store, &b->err)); /* an empty file is nobody's: it may become one */
    fill_some(b, 1);
    assert_clean(b);
}

/* Names that mean something else to SQLite are plain file names here. */
static void special_names_are_plain_files(void **state)
{
    bench *b = *state;
    char folder[PLACE_BYTES * 2];
    struct stat st;
    close_store(b);
    (void)beside(b, "", folder);
    char *cwd = getcwd(NULL, 0);
    assert_non_null(cwd);
    assert_int_equal(chdir(folder), 0);
    static const char *const names[] = { ":memory:", "file:x?mode=memory", "с пробелом %41.db" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        must(b, oko_store_open(names[i], NULL, &b->store, &b->err));
        OKO_CLEANUP(oko_store_closep) oko_store *clone = NULL;
        must(b, oko_store_clone(b->store, &clone, &b->err));
        close_store(b);
        assert_int_equal(stat(names[i], &st), 0);
    }
    assert_int_equal(chdir(cwd), 0);
    free(cwd);
}

/* Runs `work` in a child as a user without rights; 0 = every assertion of it held. */
static int as_nobody(int (*work)(const bench *b), const bench *b)
{
    int how = -1;
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) {
            _exit(99);
        }
        _exit(work(b));
    }
    assert_int_equal(waitpid(pid, &how, 0), pid);
    return WIFEXITED(how) ? WEXITSTATUS(how) : 98;
}

static int try_without_rights(const bench *b)
{
    oko_store *store = NULL;
    oko_error err;
    char path[PLACE_BYTES * 2];
    if (oko_store_open(beside(b, "new.db", path), NULL, &store, &err) != OKO_E_PERMISSION) {
        return 1;
    }
    if (oko_store_open(b->place, NULL, &store, &err) != OKO_E_PERMISSION || strcmp(err.id, "store.permission") != 0) {
        return 2;
    }
    const oko_store_options reading = { .read_only = true };
    if (oko_store_open(b->place, &reading, &store, &err) != OKO_OK) { /* no log can be made beside it: as it is */
        return 3;
    }
    int64_t revision = 0;
    oko_store *clone = NULL;
    const bool good = oko_store_revision(store, &revision, &err) == OKO_OK && revision == 1 &&
                      oko_store_check(store, NULL, NULL, NULL, &err) == OKO_OK &&
                      oko_store_clone(store, &clone, &err) == OKO_OK &&
                      oko_store_backup(store, beside(b, "copy.db", path), false, NULL, &err) == OKO_E_PERMISSION;
    oko_store_close(clone);
    oko_store_close(store);
    return good ? 0 : 4;
}

static int try_unreadable(const bench *b)
{
    oko_store *store = NULL;
    const oko_store_options reading = { .read_only = true };
    return oko_store_open(b->place, &reading, &store, NULL) == OKO_E_PERMISSION ? 0 : 1;
}

static void rights_are_respected(void **state)
{
    bench *b = *state;
    char folder[PLACE_BYTES * 2];
    fill_some(b, 1);
    close_store(b);
    (void)beside(b, "", folder);
    assert_int_equal(chmod(folder, 0555), 0);
    assert_int_equal(chmod(b->place, 0444), 0);
    assert_int_equal(as_nobody(try_without_rights, b), 0);
    assert_int_equal(chmod(b->place, 0), 0);
    assert_int_equal(as_nobody(try_unreadable, b), 0);
    assert_int_equal(chmod(folder, 0755), 0);
}

/* ---- versions of the schema ---- */

static void newer_version_is_refused(void **state)
{
    bench *b = *state;
    close_store(b);
    meddle(b->place, "PRAGMA user_version = 99");
    assert_refused(b->place, NULL, OKO_E_VERSION, "store.newer");
    oko_error err;
    oko_store *store = NULL;
    assert_int_equal(oko_store_open(b->place, NULL, &store, &err), OKO_E_VERSION);
    assert_int_equal(err.n_args, 2);
    assert_string_equal(err.arg[0], "99");
    assert_int_equal(oko_store_restore(b->place, "/tmp/oko-never-made.db", false, &err), OKO_E_VERSION);
}

static int count_tables(const char *path)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT count(*) FROM sqlite_schema", -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    const int n = sqlite3_column_int(q, 0);
    (void)sqlite3_finalize(q);
    (void)sqlite3_close(db);
    return n;
}

/* The step to version 1 stumbles over a table in the middle: nothing of it stays. */
static void migration_is_all_or_nothing(void **state)
{
    bench *b = *state;
    char path[PLACE_BYTES * 2];
    close_store(b);
    beside(b, "half.db", path);
    meddle(path, "CREATE TABLE run (x); PRAGMA application_id = 1869311793");
    assert_refused(path, NULL, OKO_E_STORE, "store.damaged");
    assert_int_equal(count_tables(path), 1);
    const oko_store_options reading = { .read_only = true };
    assert_refused(path, &reading, OKO_E_STORE, "store.not_ours");
}

/* Several processes make the same new database at the same time. */
static void creation_may_race(void **state)
{
    bench *b = *state;
    char path[PLACE_BYTES * 2];
    pid_t pids[6];
    beside(b, "race.db", path);
    for (size_t i = 0; i < sizeof pids / sizeof *pids; i++) {
        pids[i] = fork();
        assert_true(pids[i] >= 0);
        if (pids[i] == 0) {
            oko_store *store = NULL;
            oko_unit u = { .level = OKO_LEVEL_SCHOOL };
            int64_t id;
            (void)snprintf(u.code, sizeof u.code, "s%zu", i);
            oko_status status = oko_store_open(path, NULL, &store, NULL);
            _exit(status != OKO_OK ? (int)status : (int)oko_store_unit_put(store, &u, &id, NULL));
        }
    }
    for (size_t i = 0; i < sizeof pids / sizeof *pids; i++) {
        int how = -1;
        assert_int_equal(waitpid(pids[i], &how, 0), pids[i]);
        assert_int_equal(how, 0);
    }
    close_store(b);
    must(b, oko_store_open(path, &existing, &b->store, &b->err));
    oko_unit u;
    must(b, oko_store_unit_find(b->store, OKO_LEVEL_SCHOOL, "s5", &u, &b->err));
    assert_clean(b);
}

/* ---- damage ---- */

/* The check finds this fault, and says so; what it tells begins with the expected reason. */
static void assert_fault(bench *b, const char *sql, const char *reason)
{
    seen s = { .n = 0 };
    char copy[PLACE_BYTES * 2];
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    must(b, oko_store_backup(b->store, beside(b, "meddled.db", copy), true, NULL, &b->err));
    meddle(copy, sql);
    must(b, oko_store_open(copy, NULL, &store, &b->err));
    const oko_status status = oko_store_check(store, see_problem, &s, NULL, &b->err);
    if (status != OKO_E_STORE || strstr(s.text, reason) == NULL) {
        fail_msg("%s: status %d, told: %s", sql, (int)status, s.text);
    }
    assert_string_equal(b->err.id, "store.faults");
}

static void check_finds_each_fault(void **state)
{
    bench *b = *state;
    fill_some(b, 1);
    fill_some(b, 2);
    const oko_aggregate a = { .procedure = 1, .unit = 1, .n_values = 2, .values = { 1, 2 } };
    const oko_external e = { .list = "L", .unit = 1 };
    const oko_run run = { .method = "m" };
    const oko_result result = { .rule = "r", .unit = 1 };
    oko_change change;
    int64_t id;
    must(b, oko_store_aggregate_put(b->store, 0, &a, &change, &b->err));
    must(b, oko_store_external_put(b->store, 0, &e, &change, &b->err));
    const oko_finding record = { .unit = 1, .year = 2021 };
    must(b, oko_store_finding_put(b->store, 0, &record, &change, &b->err));
    must(b, oko_store_run_save(b->store, &run, &result, 1, &id, &b->err));
    must(b, oko_store_alias_put(b->store, 1, OKO_ALIAS_LOGIN, "x", &b->err));
    add_import(b, "a", "1", "");
    assert_clean(b);
#define UNLOCK "DROP TRIGGER sheet_content; "
    assert_fault(b, UNLOCK "UPDATE sheet SET participants = participants + 1 WHERE id = 3", "db.sheet.counts");
    assert_fault(b, UNLOCK "UPDATE sheet SET works = x'0102' WHERE id = 3", "db.sheet.damaged");
    assert_fault(b, UNLOCK "UPDATE sheet SET works = (SELECT works FROM sheet WHERE id = 4) WHERE id = 3",
                 "db.sheet.hash");
    assert_fault(b, UNLOCK "UPDATE sheet SET until_rev = NULL WHERE until_rev IS NOT NULL", "db.version");
    assert_fault(b, UNLOCK "UPDATE sheet SET since_rev = 77 WHERE id = 3", "db.version");
    assert_fault(b, UNLOCK "UPDATE sheet SET school = 77 WHERE id = 3", "db.foreign_key");
    assert_fault(b, "DELETE FROM revision WHERE rev = 1", "db.revision");
    assert_fault(b, "UPDATE procedure_version SET max_total = 8", "db.procedure");
    assert_fault(b, "UPDATE procedure_cutoff SET score = 4 WHERE no = 0", "db.procedure");
    assert_fault(b, "UPDATE aggregate SET n = 5", "db.aggregate");
    assert_fault(b, "UPDATE aggregate SET vals = x'00'", "db.aggregate");
    assert_fault(b, "UPDATE external SET reason = 'x'", "db.external");
    assert_fault(b, "UPDATE finding SET note = 'x'", "db.finding");
    assert_fault(b, "UPDATE finding SET vals = x'00'", "db.finding");
    assert_fault(b, "UPDATE import SET revision = 77", "db.import");
    assert_fault(b, "DROP TRIGGER result_delete; DELETE FROM result", "db.run");
    assert_fault(b, "UPDATE unit_alias SET level = 2", "db.alias");
#define MERGED "INSERT INTO unit SELECT 7, 3, 'twin', NULL, '', '', '', '', 0, 0, 0, NULL, NULL, NULL, NULL; "
    assert_fault(b, MERGED "UPDATE unit SET merged_into = 7, merged_rev = 1 WHERE id = 1", "db.merged");
    assert_fault(b, MERGED "UPDATE unit SET merged_into = 1 WHERE id = 7", "db.merged");
    assert_fault(b, MERGED "UPDATE unit SET merged_into = 7, merged_rev = 1 WHERE id = 7", "db.merged");
    assert_fault(b, MERGED "UPDATE unit SET merged_into = 1, merged_rev = 77 WHERE id = 7", "db.merged");
    assert_fault(b, MERGED "UPDATE unit SET merged_into = 1, merged_rev = 1, level = 2 WHERE id = 7", "db.merged");
    assert_fault(b, "UPDATE unit SET withdrawn = 1 WHERE id = 1", "db.withdrawn");
    assert_fault(b, MERGED "UPDATE unit SET withdrawn = 77 WHERE id = 7", "db.withdrawn");
    assert_fault(b, "INSERT INTO unit SELECT 5, 3, 'below', 1, '', '', '', '', 0, 0, 0, NULL, NULL, NULL, NULL",
                 "db.unit");
    assert_fault(b, "DROP TABLE external", "db.unreadable");
}

static void runs_resist_even_sql(void **state)
{
    bench *b = *state;
    const oko_run run = { .method = "m" };
    const oko_result result = { .rule = "r" };
    int64_t id;
    sqlite3 *db = NULL;
    must(b, oko_store_run_save(b->store, &run, &result, 1, &id, &b->err));
    assert_int_equal(sqlite3_open(b->place, &db), SQLITE_OK);
    static const char *const forbidden[] = { "UPDATE run SET method = 'x'", "DELETE FROM run",
                                             "UPDATE result SET marked = 1", "DELETE FROM result" };
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
        assert_int_equal(sqlite3_exec(db, forbidden[i], NULL, NULL, NULL), SQLITE_CONSTRAINT);
    }
    (void)sqlite3_close(db);
}

static oko_status ignore_sheet(void *ctx, const oko_sheet *sheet, const oko_counts *counts)
{
    (void)ctx;
    (void)sheet;
    (void)counts;
    return OKO_OK;
}

/* One byte is turned at every 397th place of the file: nothing crashes, and no fault passes as a clean, changed file
 * (a turned byte may also stand in unused space, where it harms nobody). */
static void turned_bytes_never_pass(void **state)
{
    bench *b = *state;
    char want[OKO_HASH_HEX], got[OKO_HASH_HEX];
    size_t n, harmed = 0;
    fill_some(b, 1);
    must(b, oko_store_snapshot(b->store, 0, want, &b->err));
    close_store(b);
    char *bytes = read_file(b->place, &n);
    for (size_t at = 1; at < n; at += 397) {
        bytes[at] = (char)(bytes[at] ^ 0x41);
        write_file(b->place, bytes, n);
        bytes[at] = (char)(bytes[at] ^ 0x41);
        OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
        const oko_store_options reading = { .read_only = true, .busy_ms = 1 };
        oko_status status = oko_store_open(b->place, &reading, &store, &b->err);
        if (status == OKO_OK) {
            const oko_sheet_query query = { .procedure = 1 };
            status = oko_store_sheet_walk(store, &query, ignore_sheet, NULL, &b->err);
            assert_true(status == OKO_OK || status == OKO_E_STORE);
            status = oko_store_check(store, NULL, NULL, NULL, &b->err);
        }
        if (status == OKO_OK) {
            must(b, oko_store_snapshot(store, 0, got, &b->err));
            assert_string_equal(got, want);
        }
        harmed += status != OKO_OK;
    }
    free(bytes);
    print_message("%zu of %zu turned bytes were found\n", harmed, n / 397);
    assert_true(harmed > 30); /* the works alone are 36 of these places; most of a small database is unused space */
}

static void damaged_backup_is_not_restored(void **state)
{
    bench *b = *state;
    char copy[PLACE_BYTES * 2], want[OKO_HASH_HEX], got[OKO_HASH_HEX];
    size_t n;
    fill_some(b, 1);
    must(b, oko_store_snapshot(b->store, 0, want, &b->err));
    must(b, oko_store_backup(b->store, beside(b, "copy.db", copy), false, NULL, &b->err));
    char *bytes = read_file(copy, &n);
    memset(bytes + n - 3000, 0x5A, 2000);
    write_file(copy, bytes, n);
    close_store(b);
    assert_int_equal(oko_store_restore(copy, b->place, true, &b->err), OKO_E_STORE);
    assert_string_equal(b->err.field, copy);
    write_file(copy, bytes, n / 2); /* cut short */
    assert_int_equal(oko_store_restore(copy, b->place, true, &b->err), OKO_E_STORE);
    free(bytes);
    must(b, oko_store_open(b->place, &existing, &b->store, &b->err));
    must(b, oko_store_snapshot(b->store, 0, got, &b->err));
    assert_string_equal(got, want);
}

/* A database that is past reading, with an old log beside it, is what restore is for. */
static void restore_replaces_a_ruin(void **state)
{
    bench *b = *state;
    char copy[PLACE_BYTES * 2], path[PLACE_BYTES * 2], want[OKO_HASH_HEX], got[OKO_HASH_HEX];
    struct stat st;
    size_t n;
    fill_some(b, 1);
    must(b, oko_store_snapshot(b->store, 0, want, &b->err));
    must(b, oko_store_backup(b->store, beside(b, "copy.db", copy), false, NULL, &b->err));
    fill_some(b, 50);
    char *old_log = read_file(beside(b, "oko.db-wal", path), &n); /* valid frames of later data */
    assert_true(n > 0);
    close_store(b);
    write_file(path, old_log, n);
    free(old_log);
    write_file(b->place, "ruin ruin ruin ruin", 19);
    must(b, oko_store_restore(copy, b->place, true, &b->err));
    assert_int_not_equal(stat(path, &st), 0);
    must(b, oko_store_open(b->place, &existing, &b->store, &b->err));
    must(b, oko_store_snapshot(b->store, 0, got, &b->err));
    assert_string_equal(got, want);
    assert_clean(b);
}

/* The database may be a link to a file on another disk: the file is replaced, the link stays. */
static void restore_follows_a_link(void **state)
{
    bench *b = *state;
    char copy[PLACE_BYTES * 2], name[PLACE_BYTES * 2], want[OKO_HASH_HEX], got[OKO_HASH_HEX];
    struct stat st;
    fill_some(b, 1);
    must(b, oko_store_snapshot(b->store, 0, want, &b->err));
    must(b, oko_store_backup(b->store, beside(b, "copy.db", copy), false, NULL, &b->err));
    fill_some(b, 50);
    close_store(b);
    assert_int_equal(symlink(b->place, beside(b, "link.db", name)), 0);
    must(b, oko_store_restore(copy, name, true, &b->err));
    assert_int_equal(lstat(name, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    must(b, oko_store_open(b->place, &existing, &b->store, &b->err));
    must(b, oko_store_snapshot(b->store, 0, got, &b->err));
    assert_string_equal(got, want);
}

/* ---- locks ---- */

static void busy_is_told_in_time(void **state)
{
    bench *b = *state;
    OKO_CLEANUP(oko_store_closep) oko_store *other = NULL;
    int64_t revision = -1;
    must(b, oko_store_open(b->place, &existing, &other, &b->err));
    must(b, oko_store_begin(b->store, &b->err));
    put_procedure(b, 2021, 4, "MA");
    assert_int_equal(oko_store_begin(other, &b->err), OKO_E_BUSY);
    assert_string_equal(b->err.id, "store.busy");
    must(b, oko_store_revision(other, &revision, &b->err)); /* reading goes on */
    assert_int_equal(revision, 0);
    must(b, oko_store_commit(b->store, &b->err));
    must(b, oko_store_begin(other, &b->err));
    oko_store_rollback(other);
}

/* Restore in another process while this one has the target open. */
static void restore_waits_for_nobody(void **state)
{
    bench *b = *state;
    char copy[PLACE_BYTES * 2], want[OKO_HASH_HEX], got[OKO_HASH_HEX];
    fill_some(b, 1);
    must(b, oko_store_backup(b->store, beside(b, "copy.db", copy), false, NULL, &b->err));
    fill_some(b, 50);
    must(b, oko_store_snapshot(b->store, 0, want, &b->err));
    int how = -1;
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        oko_error err;
        _exit(oko_store_restore(copy, b->place, true, &err) == OKO_E_BUSY && strcmp(err.field, b->place) == 0 ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &how, 0), pid);
    assert_int_equal(how, 0);
    assert_int_equal(oko_store_restore(copy, b->place, true, &b->err), OKO_E_BUSY); /* nor in this process */
    must(b, oko_store_snapshot(b->store, 0, got, &b->err));
    assert_string_equal(got, want);
    fill_some(b, 90);
    assert_clean(b);
}

/* ---- a full disk ---- */

/* In a child: files may not grow beyond a little more than they are. 0 = all as it should be. */
static int fill_up(const bench *b)
{
    oko_store *store = NULL;
    oko_error err = { 0 };
    char before[OKO_HASH_HEX], after[OKO_HASH_HEX], path[PLACE_BYTES * 2];
    const struct rlimit limit = { .rlim_cur = 300000, .rlim_max = RLIM_INFINITY },
                        none = { RLIM_INFINITY, RLIM_INFINITY };
    oko_change change;
    (void)signal(SIGXFSZ, SIG_IGN);
    if (oko_store_open(b->place, NULL, &store, &err) != OKO_OK ||
        oko_store_snapshot(store, 0, before, &err) != OKO_OK || setrlimit(RLIMIT_FSIZE, &limit) != 0) {
        return 1;
    }
    oko_status status = oko_store_begin(store, &err);
    for (unsigned i = 0; status == OKO_OK && i < 2000; i++) {
        char label[16];
        (void)snprintf(label, sizeof label, "n%u", i);
        oko_sheet *s = sample_sheet(1, 1, label, 20000, i);
        status = oko_store_sheet_put(store, 0, s, &change, &err);
        oko_sheet_free(s);
    }
    if (status == OKO_OK) {
        status = oko_store_commit(store, &err);
    }
    if (status != OKO_E_FULL || strcmp(err.id, "store.full") != 0) {
        return 2;
    }
    if (oko_store_commit(store, &err) != OKO_E_FULL) { /* a broken transaction can't be committed */
        return 3;
    }
    if (oko_store_backup(store, beside(b, "copy.db", path), false, NULL, &err) != OKO_E_FULL ||
        access(path, F_OK) == 0) {
        return 4;
    }
    if (oko_store_snapshot(store, 0, after, &err) != OKO_OK || strcmp(before, after) != 0) {
        return 5;
    }
    if (setrlimit(RLIMIT_FSIZE, &none) != 0 || oko_store_check(store, NULL, NULL, NULL, &err) != OKO_OK) {
        return 6;
    }
    oko_sheet *s = sample_sheet(1, 1, "after", 100, 1);
    status = oko_store_sheet_put(store, 0, s, &change, &err);
    oko_sheet_free(s);
    oko_store_close(store);
    return status == OKO_OK ? 0 : 7;
}

static void full_disk_changes_nothing(void **state)
{
    bench *b = *state;
    int how = -1;
    for (unsigned i = 0; i < 12; i++) { /* larger than the limit, so that a backup does not fit either */
        fill_some(b, 100 * i);
    }
    close_store(b);
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        _exit(fill_up(b));
    }
    assert_int_equal(waitpid(pid, &how, 0), pid);
    assert_true(WIFEXITED(how));
    assert_int_equal(WEXITSTATUS(how), 0);
    must(b, oko_store_open(b->place, &existing, &b->store, &b->err));
    assert_clean(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(other_things_at_the_path_are_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(foreign_files_are_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(special_names_are_plain_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rights_are_respected, set_up, tear_down),
        cmocka_unit_test_setup_teardown(newer_version_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(migration_is_all_or_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(creation_may_race, set_up, tear_down),
        cmocka_unit_test_setup_teardown(check_finds_each_fault, set_up, tear_down),
        cmocka_unit_test_setup_teardown(runs_resist_even_sql, set_up, tear_down),
        cmocka_unit_test_setup_teardown(turned_bytes_never_pass, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damaged_backup_is_not_restored, set_up, tear_down),
        cmocka_unit_test_setup_teardown(restore_replaces_a_ruin, set_up, tear_down),
        cmocka_unit_test_setup_teardown(restore_follows_a_link, set_up, tear_down),
        cmocka_unit_test_setup_teardown(busy_is_told_in_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(restore_waits_for_nobody, set_up, tear_down),
        cmocka_unit_test_setup_teardown(full_disk_changes_nothing, set_up, tear_down),
    };
    return cmocka_run_group_tests_name(engine->name, tests, NULL, NULL);
}
