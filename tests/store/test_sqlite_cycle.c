/* The cycle in SQLite: what triggers refuse, what the check and the chain of the log find after tampering. */
#include "fixture_cycle.h"

#include "base/hash.h"

#include <sqlite3.h>

typedef struct filled {
    oko_record record;
    int64_t user;
    oko_file file;
} filled;

static void write_file(const char *path, size_t bytes, unsigned seed)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    for (size_t i = 0; i < bytes; i++) {
        assert_true(fputc((int)((i * 31 + seed + i / 251) & 0xFF), f) != EOF);
    }
    assert_int_equal(fclose(f), 0);
}

static void add_lines(bench *b, int n)
{
    const oko_audit line = { .action = "event.change", .object = "event/1", .detail = "{}" };
    for (int i = 0; i < n; i++) {
        must(b, oko_store_audit_add(b->store, &line, &b->err));
    }
}

static filled fill(bench *b)
{
    filled f;
    char path[PLACE_BYTES + 8];
    const oko_user u = { .login = "expert", .lang = "ru" };
    oko_user stored;
    oko_record r = sample_record("event", 0, "Семинар");
    const oko_file file = { .name = "акт.pdf", .type = "application/pdf" };
    int64_t id;
    must(b, oko_store_user_put(b->store, &u, &stored, &b->err));
    f.user = stored.id;
    f.record = put_record(b, &r);
    f.record = put_record(b, &f.record);
    (void)snprintf(path, sizeof path, "%s.file", b->place);
    write_file(path, 300000, 1);
    must(b, oko_store_file_put(b->store, &file, path, &f.file, &b->err));
    const oko_record_link link = {
        .record = f.record.id, .relation = "evidence", .target = OKO_LINK_FILE, .target_id = f.file.id
    };
    must(b, oko_store_link_put(b->store, &link, &id, &b->err));
    add_lines(b, 5);
    return f;
}

static int try_sql(bench *b, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(b->place, &db), SQLITE_OK);
    const int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return rc;
}

static void what_is_kept_is_guarded(void **state)
{
    bench *b = *state;
    static const char *const refused[] = {
        "DELETE FROM user",
        "UPDATE audit SET login = 'x' WHERE id = 3",
        "DELETE FROM audit WHERE id = 5",
        "INSERT INTO audit SELECT 7, at, user, login, role, action, object, unit, address, detail, hash, hash FROM "
        "audit "
        "WHERE id = 5", /* a gap */
        "INSERT INTO audit SELECT 6, at, user, login, role, action, object, unit, address, detail, prev, hash FROM "
        "audit "
        "WHERE id = 5", /* a fork */
        "UPDATE record_version SET body = '{}'",
        "DELETE FROM record_version",
        "INSERT INTO record_version SELECT 99, record, 4, unit, year, state, due, assignee, key, title, removed, "
        "updated, updated_by, body FROM record_version WHERE version = 2", /* a gap */
        "DELETE FROM record",
        "UPDATE record SET title = 'x'",                           /* in silence */
        "UPDATE record SET version = version + 1, kind = 'case'",  /* becomes another thing */
        "UPDATE record SET version = version + 1, created_by = 1", /* and of somebody else */
        "UPDATE record_version SET body = '[]'",
        "UPDATE file SET name = 'x'",
        "DELETE FROM file",
        "UPDATE file_content SET bytes = 1",
        "DELETE FROM file_content",
        "UPDATE file_chunk SET bytes = x'00'",
        "DELETE FROM file_chunk",
    };
    (void)fill(b);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        char sql[1024];
        (void)snprintf(sql, sizeof sql, "PRAGMA foreign_keys = ON; %s", refused[i]);
        if (try_sql(b, sql) != SQLITE_CONSTRAINT) {
            fail_msg("not refused: %s", refused[i]);
        }
    }
    assert_clean(b);
}

static void the_check_finds_what_was_tampered_with(void **state)
{
    bench *b = *state;
    static const struct {
        const char *sql, *reason;
    } rows[] = {
        { "DROP TRIGGER record_update; UPDATE record SET title = 'x'", "db.record" },
        { "DROP TRIGGER record_version_update; UPDATE record_version SET state = 'x' WHERE version = 2", "db.record" },
        { "DROP TRIGGER record_version_delete; DELETE FROM record_version WHERE version = 1", "db.record" },
        { "DROP TRIGGER record_version_update; UPDATE record_version SET body = '{\"a\"' WHERE version = 1",
          "db.record_body" },
        { "UPDATE record_link SET target = 0, target_id = 99", "db.record_link" },
        { "DROP TRIGGER file_chunk_update; UPDATE file_chunk SET bytes = x'00' WHERE no = 1", "db.file" },
        { "DROP TRIGGER file_chunk_delete; DELETE FROM file_chunk WHERE no = 0", "db.file" },
        { "DROP TRIGGER file_chunk_update; UPDATE file_chunk SET no = 5 WHERE no = 1", "db.file" },
        { "DROP TRIGGER audit_update; UPDATE audit SET object = 'event/2' WHERE id = 3", "db.audit" },
        { "DROP TRIGGER audit_delete; DELETE FROM audit WHERE id = 2", "db.audit" },
        { "DROP TRIGGER audit_delete; DELETE FROM audit WHERE id = 1", "db.audit" },
        { "DROP TRIGGER audit_update; UPDATE audit SET prev = '" /* the hash stays */
          "0000000000000000000000000000000000000000000000000000000000000000' WHERE id = 4",
          "db.audit" },
    };
    (void)fill(b);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char copy[PLACE_BYTES + 16];
        bench other = { .store = NULL };
        seen s = { .n = 0 };
        (void)snprintf(copy, sizeof copy, "%s.%zu", b->place, i);
        must(b, oko_store_backup(b->store, copy, false, NULL, &b->err));
        (void)snprintf(other.place, sizeof other.place, "%.*s", PLACE_BYTES - 1, copy);
        assert_int_equal(try_sql(&other, rows[i].sql), SQLITE_OK);
        must(b, oko_store_open(other.place, NULL, &other.store, &b->err));
        assert_int_equal(oko_store_check(other.store, see_problem, &s, NULL, &b->err), OKO_E_STORE);
        if (strcmp(s.text, rows[i].reason) != 0) {
            fail_msg("%s: %s", rows[i].sql, s.text);
        }
        oko_store_close(other.store);
    }
    assert_clean(b);
}

static void the_chain_names_the_first_line_that_does_not_fit(void **state)
{
    bench *b = *state;
    int64_t lines = -1;
    char head[65];
    (void)fill(b);
    must(b, oko_store_audit_verify(b->store, &lines, head, &b->err));
    assert_int_equal(lines, 5);
    assert_int_equal(try_sql(b, "DROP TRIGGER audit_update; UPDATE audit SET detail = '{\"a\": 1}' WHERE id = 4"),
                     SQLITE_OK);
    lines = -1;
    assert_int_equal(oko_store_audit_verify(b->store, &lines, head, &b->err), OKO_E_STORE);
    assert_string_equal(b->err.id, "audit.broken");
    assert_string_equal(b->err.arg[0], "4");
    assert_int_equal(lines, -1);
    /* Who cuts the end leaves a chain that fits: the head that was kept elsewhere tells. */
    assert_int_equal(try_sql(b, "DROP TRIGGER audit_delete; DELETE FROM audit WHERE id > 3"), SQLITE_OK);
    char cut[65];
    must(b, oko_store_audit_verify(b->store, &lines, cut, &b->err));
    assert_int_equal(lines, 3);
    assert_string_not_equal(cut, head);
}

/* The form of the hash is a promise: anybody may recompute it. */
static void the_hash_of_a_line_is_as_documented(void **state)
{
    bench *b = *state;
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    const oko_audit line = { .login = "ё", .role = "head", .action = "a", .address = "::1", .detail = "{}" };
    char form[512], expected[65], at[32];
    must(b, oko_store_audit_add(b->store, &line, &b->err));
    assert_int_equal(sqlite3_open(b->place, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT at, hash FROM audit", -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    (void)snprintf(at, sizeof at, "%s", (const char *)(const void *)sqlite3_column_text(q, 0));
    const int n = snprintf(form, sizeof form,
                           "64:0000000000000000000000000000000000000000000000000000000000000000,1:1,20:%s,1:0,2:ё,"
                           "4:head,1:a,0:,1:0,3:::1,2:{},",
                           at);
    oko_hash_bytes(form, (size_t)n, expected);
    assert_string_equal((const char *)(const void *)sqlite3_column_text(q, 1), expected);
    (void)sqlite3_finalize(q);
    (void)sqlite3_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_kept_is_guarded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_check_finds_what_was_tampered_with, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_chain_names_the_first_line_that_does_not_fit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_hash_of_a_line_is_as_documented, set_up, tear_down),
    };
    return cmocka_run_group_tests_name(engine->name, tests, NULL, NULL);
}
