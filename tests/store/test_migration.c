/* A database of an earlier version of the schema is brought up with its data whole (SQLite). */
#include "fixture.h"

#include <sqlite3.h>

/* ---- a database of version 1: its released schema, filled with real rows ---- */

static void run_sql(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        fail_msg("%s: %s", sql, message);
    }
}

static char *schema_text(const char *name)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%.*s/../src/store/sqlite/schema/%s",
                   (int)(strlen(OKO_TEST_DATA) - strlen("/data")), OKO_TEST_DATA, name);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    char *text = calloc(1, 100000);
    assert_non_null(text);
    assert_in_range(fread(text, 1, 99999, f), 1, 99998);
    (void)fclose(f);
    return text;
}

/* Copies every table of the old schema, column by column, from the attached database `new`. */
static void copy_tables(sqlite3 *db)
{
    static const char sql[] =
        "SELECT 'INSERT INTO main.' || t.name || ' (' || group_concat(c.name) || ') SELECT ' || group_concat(c.name) "
        "|| ' FROM new.' || t.name FROM main.sqlite_schema t JOIN pragma_table_info(t.name, 'main') c "
        "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' GROUP BY t.name";
    sqlite3_stmt *q = NULL;
    int tables = 0;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    while (sqlite3_step(q) == SQLITE_ROW) {
        run_sql(db, (const char *)(const void *)sqlite3_column_text(q, 0));
        tables++;
    }
    assert_int_equal(sqlite3_finalize(q), SQLITE_OK);
    assert_in_range(tables, 15, 30);
}

static void make_version_1(const char *path, const char *from)
{
    char attach[PLACE_BYTES * 2];
    sqlite3 *db = NULL;
    char *text = schema_text("0001.sql");
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    run_sql(db, text);
    (void)snprintf(attach, sizeof attach, "ATTACH '%s' AS new", from);
    run_sql(db, attach);
    copy_tables(db);
    run_sql(db, "PRAGMA main.application_id = 1869311793; PRAGMA main.user_version = 1");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    free(text);
}

/* All statements that make the schema, in the order of names. */
static char *schema_of(const char *path)
{
    static const char sql[] = "SELECT group_concat(name || ': ' || ifnull(sql, ''), char(10)) FROM (SELECT * FROM "
                              "sqlite_schema ORDER BY name)";
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    char *text = strdup((const char *)(const void *)sqlite3_column_text(q, 0));
    (void)sqlite3_finalize(q);
    (void)sqlite3_close(db);
    assert_non_null(text);
    return text;
}

/* ---- the tests ---- */

typedef struct filled {
    int64_t procedure, from, into;
    char snapshot[OKO_HASH_HEX];
    int64_t revision;
} filled;

static filled fill(bench *b)
{
    filled f = { .procedure = put_procedure(b, 2021, 4, "MA") };
    const int64_t region = put_unit(b, OKO_LEVEL_REGION, "99", 0);
    const oko_aggregate a = { .procedure = f.procedure, .unit = region, .n_values = 2, .values = { 1, 2 } };
    const oko_run run = { .method = "m", .revision = 2 };
    oko_change change;
    int64_t id;
    f.from = put_unit(b, OKO_LEVEL_SCHOOL, "sch1", region);
    f.into = put_unit(b, OKO_LEVEL_SCHOOL, "edu1", region);
    must(b, oko_store_alias_put(b->store, f.from, OKO_ALIAS_LOGIN, "sch1", &b->err));
    put_sheet(b, f.procedure, f.from, "А", 12, 1);
    put_sheet(b, f.procedure, f.from, "А", 13, 2);
    put_sheet(b, f.procedure, f.into, "Б", 14, 3);
    must(b, oko_store_aggregate_put(b->store, 0, &a, &change, &b->err));
    const oko_result result = { .rule = "r", .unit = f.from };
    must(b, oko_store_run_save(b->store, &run, &result, 1, &id, &b->err));
    must(b, oko_store_snapshot(b->store, 0, f.snapshot, &b->err));
    f.revision = revision_of(b);
    return f;
}

static void version_1_comes_up_whole(void **state)
{
    bench *b = *state;
    char path[PLACE_BYTES + 8], now[OKO_HASH_HEX];
    seen s;
    oko_unit u;
    const filled f = fill(b);
    (void)snprintf(path, sizeof path, "%s.v1", b->place);
    make_version_1(path, b->place);
    oko_store_close(b->store);
    b->store = NULL;

    const oko_store_options reading = { .read_only = true };
    assert_int_equal(oko_store_open(path, &reading, &b->store, &b->err), OKO_E_STORE);
    assert_string_equal(b->err.id, "store.older");
    must(b, oko_store_open(path, NULL, &b->store, &b->err));
    assert_int_equal(revision_of(b), f.revision);
    must(b, oko_store_snapshot(b->store, 0, now, &b->err));
    assert_string_equal(now, f.snapshot);
    must(b, oko_store_unit_find(b->store, OKO_LEVEL_SCHOOL, "sch1", &u, &b->err));
    assert_int_equal(u.id, f.from);
    assert_int_equal(u.merged_into, 0);
    assert_non_null(strstr(sheets_of(b, &s, f.procedure, 0), "/А:2000+13"));
    assert_clean(b);

    oko_unit_merge moved;
    must(b, oko_store_unit_merge(b->store, f.from, f.into, &moved, &b->err));
    assert_int_equal(moved.sheets, 1);
    must(b, oko_store_snapshot(b->store, f.revision, now, &b->err));
    assert_string_equal(now, f.snapshot);
    assert_clean(b);
    oko_store_close(b->store);
    b->store = NULL;
    char *migrated = schema_of(path), *made = schema_of(b->place);
    assert_string_equal(migrated, made);
    free(migrated);
    free(made);
}

/* A backup of version 1 is restored and brought up. */
static void backup_of_version_1_is_restored(void **state)
{
    bench *b = *state;
    char path[PLACE_BYTES + 8], target[PLACE_BYTES + 16], now[OKO_HASH_HEX];
    const filled f = fill(b);
    (void)snprintf(path, sizeof path, "%s.v1", b->place);
    (void)snprintf(target, sizeof target, "%s.restored", b->place);
    make_version_1(path, b->place);
    must(b, oko_store_restore(path, target, false, &b->err));
    oko_store_close(b->store);
    b->store = NULL;
    const oko_store_options reading = { .read_only = true };
    must(b, oko_store_open(target, &reading, &b->store, &b->err));
    must(b, oko_store_snapshot(b->store, 0, now, &b->err));
    assert_string_equal(now, f.snapshot);
    assert_clean(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(version_1_comes_up_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(backup_of_version_1_is_restored, set_up, tear_down),
    };
    return cmocka_run_group_tests_name(engine->name, tests, NULL, NULL);
}
