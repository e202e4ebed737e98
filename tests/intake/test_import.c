/* Whole imports of files: idempotent, corrected, refused, several at once, and with memory running out. */
#include "intake/feed.h"
#include "intake/report.h"
#include "support/failing_alloc.h"

#include <sys/stat.h>

static char folder[] = "/tmp/oko-import-XXXXXX";

static const char *const first_text = "school;municipality;class;code;variant;journal;total;1;2.1;13К1\r\n"
                                      "sch990001;Город;5а;1;1;4;3;1;2;0\r\n"
                                      "sch990001;Город;5а;2;1;4;5;1;2;2\r\n"
                                      "sch990002;Город;5а;1;2;3;1;0;1;X\r\n"
                                      "sch990001;Город;5б;3;1;4;4;1;1;2\r\n";

static const char *write_file(const char *name, const char *text, char path[128])
{
    snprintf(path, 128, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    fclose(file);
    return path;
}

static void import(fed *f, const char *path)
{
    fed_forget(f);
    f->status = oko_import_file(f->store, path, &f->options, &f->report, &f->hint, &f->err);
}

static int64_t revision(fed *f)
{
    int64_t r = 0;
    assert_int_equal(oko_store_revision(f->store, &r, &f->err), OKO_OK);
    return r;
}

static void test_twice(void **state)
{
    (void)state;
    char path[128];
    fed f;
    fed_open(&f);
    write_file("2026-05-MA.csv", first_text, path);
    f.options.dry_run = true;
    int64_t empty = revision(&f);
    import(&f, path);
    assert_int_equal(f.status, OKO_OK);
    assert_int_equal(f.report.import, 0);
    assert_int_equal(f.report.counts.participants, 4);
    assert_int_equal(revision(&f), empty);
    f.options.dry_run = false;
    import(&f, path);
    assert_int_equal(f.status, OKO_OK);
    assert_int_equal(f.report.sheets_added, 3);
    assert_int_equal(f.report.schools, 2);
    assert_true(f.report.import > 0);
    assert_string_equal(f.report.file, "2026-05-MA.csv");
    int64_t after = revision(&f);
    assert_true(after > empty);
    import(&f, path);
    assert_int_equal(f.status, OKO_OK);
    assert_true(f.report.unchanged);
    assert_int_equal(f.report.import, 0);
    assert_int_equal(f.report.sheets_unchanged, 3);
    assert_int_equal(revision(&f), after);
    fed_close(&f);
}

static void test_corrected(void **state)
{
    (void)state;
    char path[128];
    fed f;
    fed_open(&f);
    import(&f, write_file("2026-05-MA.csv", first_text, path));
    /* School 1: one work of 5А gone, one mark changed, 5Б gone; school 2 is not mentioned and stays. */
    import(&f, write_file("2026-05-MA_2.csv",
                          "school;municipality;class;code;variant;journal;total;1;2.1;13К1\n"
                          "sch990001;Город;5а;1;1;4;2;1;1;0\n",
                          path));
    assert_int_equal(f.status, OKO_OK);
    assert_int_equal(f.report.sheets_replaced, 1);
    assert_int_equal(f.report.sheets_removed, 1);
    assert_int_equal(f.report.works_lost, 2);
    kept_sheets k = sheets_of(&f, "2026-05-MA");
    assert_int_equal(k.n, 2);
    assert_int_equal(k.at[0].n, 1);
    assert_int_equal(k.at[0].total[0], 2);
    /* Classes that the file does not mention stay when asked. */
    f.options.add_classes = true;
    import(&f, write_file("2026-05-MA_3.csv",
                          "school;municipality;class;code;total;1;2.1;13К1\nsch990001;Город;5в;9;2;1;1;0\n", path));
    assert_int_equal(f.report.sheets_added, 1);
    assert_int_equal(f.report.sheets_removed, 0);
    assert_int_equal(sheets_of(&f, "2026-05-MA").n, 3);
    fed_close(&f);
}

/* Two names of one school in one file are one school. */
static void test_same_school_twice(void **state)
{
    (void)state;
    char path[128];
    fed f;
    fed_open(&f);
    feed_one(&f, "units.csv",
             "level\tcode\tname\tparent\tlogin\nregion\t99\tКрай\t\t\nschool\ts1\tШкола\t99\tsch990001,edu990777\n");
    assert_int_equal(f.status, OKO_OK);
    import(&f, write_file("2026-05-MA.csv",
                          "school;class;code;total\nsch990001;а;1;3\nedu990777;а;1;4\nsch990001;а;2;5\n", path));
    assert_int_equal(f.status, OKO_OK);
    assert_int_equal(f.report.sheets_added, 1);
    kept_sheets k = sheets_of(&f, "2026-05-MA");
    assert_int_equal(k.n, 1);
    assert_int_equal(k.at[0].n, 3);
    assert_int_equal(problems(&f, "problem.code.duplicate", NULL), 1);
    fed_close(&f);
}

static void test_errors(void **state)
{
    (void)state;
    char path[128];
    fed f;
    fed_open(&f);
    int64_t before = revision(&f);
    import(&f, "/nowhere/2026-05-MA.csv");
    assert_int_equal(f.status, OKO_E_NOT_FOUND);
    assert_true(f.err.field[0] != '\0');
    import(&f, folder);
    assert_int_equal(f.status, OKO_E_FORMAT);
    import(&f, write_file("a.csv", first_text, path));
    assert_int_equal(f.status, OKO_E_UNDECIDED);
    assert_non_null(f.hint);
    assert_int_equal(revision(&f), before);
    fed_close(&f);
}

typedef struct seen_files {
    int n, failed;
    char names[4][64];
} seen_files;

static void seen(void *ctx, const char *path, const oko_import_report *report, const char *hint, const oko_error *err)
{
    (void)hint;
    seen_files *s = ctx;
    snprintf(s->names[s->n++], 64, "%s", strrchr(path, '/') + 1);
    s->failed += report == NULL ? 1 : 0;
    assert_int_equal(report == NULL, err->code != OKO_OK);
}

/* A file that takes longer to read than the ones after it. */
static const char *write_long(const char *name, char path[128])
{
    snprintf(path, 128, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(first_text, file);
    for (int i = 0; i < 50000; i++)
        fprintf(file, "\"\";Город;5а;%d;1;4;3;1;2;0\r\n", i);
    fclose(file);
    return path;
}

/* A failed file does not stop the others; they are told in the order given, whatever the number of threads. */
static void test_several(void **state)
{
    (void)state;
    char a[128], b[128], c[128];
    fed f;
    for (int threads = 1; threads <= 3; threads++) {
        seen_files s = { .n = 0 };
        fed_open(&f);
        oko_procedure p = small_procedure("2026-06-RU");
        fed_procedure(&f, &p);
        f.options.threads = threads;
        const char *paths[] = { write_long("2026-05-MA.csv", a), write_file("bad.csv", "x;y\n1;2\n", b),
                                write_file("2026-06-RU.csv", first_text, c) };
        assert_int_equal(oko_import_files(f.store, paths, 3, &f.options, seen, &s, &f.err), OKO_E_FORMAT);
        assert_string_equal(f.err.id, "intake.unknown_layout");
        assert_int_equal(s.n, 3);
        assert_int_equal(s.failed, 1);
        assert_string_equal(s.names[0], "2026-05-MA.csv");
        assert_string_equal(s.names[2], "2026-06-RU.csv");
        assert_int_equal(sheets_of(&f, "2026-05-MA").n, 3);
        assert_int_equal(sheets_of(&f, "2026-06-RU").n, 3);
        fed_close(&f);
    }
}

static bool stop(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
    (void)stage;
    (void)done;
    (void)total;
    ++*(int *)ctx;
    return false;
}

static void test_cancelled(void **state)
{
    (void)state;
    char path[128];
    int calls = 0;
    fed f;
    fed_open(&f);
    f.options.progress = (oko_progress){ .fn = stop, .ctx = &calls };
    import(&f, write_file("2026-05-MA.csv", first_text, path));
    assert_int_equal(f.status, OKO_E_CANCELLED);
    assert_true(calls > 0);
    assert_int_equal(sheets_of(&f, "2026-05-MA").n, 0);
    fed_close(&f);
}

static void test_report_json(void **state)
{
    (void)state;
    char path[128];
    fed f;
    fed_open(&f);
    import(&f, write_file("2026-05-MA.csv", "school;пол;class;code;total;1;2.1;13К1\nsch990001;ж;а;1;9;1;3;Х\n", path));
    json_t *json = oko_import_report_json(&f.report, true);
    assert_non_null(json);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(json, "counts"), "above_max")), 1);
    assert_string_equal(json_string_value(json_array_get(json_object_get(json, "dropped_columns"), 0)), "пол");
    json_t *list = json_object_get(json, "problems");
    assert_int_equal(json_array_size(list), f.report.n_problems);
    assert_true(f.report.n_problems >= 3);
    json_decref(json);
    char *summary = NULL;
    assert_int_equal(oko_import_report_summary(&f.report, &summary), OKO_OK);
    assert_non_null(strstr(summary, "\"layout\":\"wide\""));
    oko_import stored = { 0 };
    assert_int_equal(oko_store_import_get(f.store, f.report.import, &stored, &f.err), OKO_OK);
    assert_string_equal(stored.summary, summary);
    assert_string_equal(stored.procedure, "2026-05-MA");
    oko_import_clear(&stored);
    free(summary);
    fed_close(&f);
}

/* Container → layout → batch → store of one file, without what the import loads beforehand. */
static void run_all(fed *f, const char *path, const intake_catalog *catalog)
{
    intake_batch *batch = NULL;
    commit_source source = { .file = "2026-05-MA.csv", .bytes = 1 };
    f->status = reader_read_file(path, &f->options, catalog, NULL, &batch, &f->hint, &f->err);
    if (f->status == OKO_OK)
        f->status = commit_batch(f->store, batch, &source, &f->options, &f->report, &f->err);
    intake_batch_freep(&batch);
}

/* Fails each allocation of the way in turn; returns how many were failed. */
static size_t fail_each(fed *f, const char *path)
{
    size_t failures = 0;
    intake_catalog *catalog = NULL;
    assert_int_equal(intake_catalog_load(f->store, &catalog, &f->err), OKO_OK);
    int64_t before = revision(f);
    for (bool failed = true; failed;) {
        fed_forget(f);
        failing_alloc_arm(failures + 1);
        run_all(f, path, catalog);
        failed = failing_alloc_disarm();
        failures += failed ? 1 : 0;
        if (failed && f->status == OKO_OK) { /* a cache of the store that it can do without: the work is whole */
            assert_true(f->report.import > 0);
            fed_close(f);
            fed_open(f);
            continue;
        }
        if (failed && f->status != OKO_E_MEMORY)
            fail_msg("allocation %zu: status %d, %s %s", failures, (int)f->status, f->err.id, f->err.field);
        if (failed)
            assert_int_equal(revision(f), before);
    }
    intake_catalog_freep(&catalog);
    return failures;
}

/* Every allocation of the whole way fails once: the call says so, the database is as it was. */
static void test_memory(void **state)
{
    (void)state;
    char path[128];
    fed f;
    fed_open(&f);
    write_file("2026-05-MA.csv", first_text, path);
    assert_true(fail_each(&f, path) > 30);
    assert_int_equal(f.status, OKO_OK);
    assert_int_equal(sheets_of(&f, "2026-05-MA").n, 3);
    fed_close(&f);
}

/* The same for files that end with a hint, and for tables without pupils. */
static void test_memory_others(void **state)
{
    (void)state;
    char path[128];
    fed f;
    fed_open(&f);
    fail_each(&f, write_file("2026-05-BI.csv", first_text, path));
    assert_int_equal(f.status, OKO_E_UNDECIDED);
    assert_non_null(strstr(f.hint, "2026-05-BI"));
    fail_each(&f, write_file("a.csv", first_text, path));
    assert_int_equal(f.status, OKO_E_UNDECIDED);
    assert_string_equal(f.hint, "2026-05-MA\t2026-05-MA\n");
    fail_each(&f,
              write_file("a.csv", "level;code;name;parent;login\nregion;99;Край;;\nschool;s;Ш;99;sch990001\n", path));
    assert_int_equal(f.status, OKO_OK);
    fail_each(&f, write_file("a.csv", "логин;причина;год\nsch990001;завышение;2025\n", path));
    assert_int_equal(f.status, OKO_OK);
    fail_each(&f, write_file("a.csv", "score;2026-05-MA\n0;4\n5;6\n", path));
    assert_int_equal(f.status, OKO_OK);
    assert_int_equal(f.report.aggregates, 1);
    fed_close(&f);
}

int main(void)
{
    if (mkdtemp(folder) == NULL)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_twice),       cmocka_unit_test(test_corrected), cmocka_unit_test(test_same_school_twice),
        cmocka_unit_test(test_errors),      cmocka_unit_test(test_several),   cmocka_unit_test(test_cancelled),
        cmocka_unit_test(test_report_json), cmocka_unit_test(test_memory),    cmocka_unit_test(test_memory_others),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    static const char *const names[] = { "2026-05-MA.csv", "2026-05-MA_2.csv", "2026-05-MA_3.csv", "a.csv",
                                         "bad.csv",        "2026-06-RU.csv",   "2026-05-BI.csv" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
    return failed;
}
