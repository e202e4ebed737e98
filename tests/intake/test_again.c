/* Rows that an import keeps, cells put right in them, and the same file imported once more. */
#include "intake/feed.h"
#include "intake/tape.h"
#include "support/failing_alloc.h"

static char folder[] = "/tmp/oko-again-XXXXXX";

static const char *write_file(const char *name, const char *text, char path[128])
{
    snprintf(path, 128, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    fclose(file);
    return path;
}

/* Row 3: a total that is no number; row 4 is shifted by one cell, a name stands among the scores. */
static const char *const text = "school;ФИО;municipality;class;code;journal;total;1;2.1;13К1;Примечание\n"
                                "sch990001;Иванов Пётр;Город;5а;1;4;3;1;2;0;болел\n"
                                "sch990001;Петрова Анна;Город;5а;2;4;пять;1;2;2;\n"
                                "sch990001;Город;5а;3;4;Сидорова;4;1;1;2;\n"
                                "sch990002;Зайцев Олег;Город;5а;1;3;1;0;1;Х;\n";

static void import(fed *f, const char *path)
{
    fed_forget(f);
    f->options.keep_rows = true;
    f->status = oko_import_file(f->store, path, &f->options, &f->report, &f->hint, &f->err);
}

static void again(fed *f, int64_t id, const oko_import_fix *fixes, size_t n)
{
    fed_forget(f);
    f->status = oko_import_again(f->store, id, fixes, n, &f->options, &f->report, &f->hint, &f->err);
}

typedef struct told {
    char text[2000];
} told;

static oko_status tell(void *ctx, const char *sheet, uint32_t row, oko_kept_kind kind, const oko_kept_cell *cells,
                       size_t n)
{
    told *t = ctx;
    size_t used = strlen(t->text);
    (void)sheet;
    used += (size_t)snprintf(t->text + used, sizeof t->text - used, "%u%s", row, kind == OKO_KEPT_HEAD ? "!" : "");
    for (size_t i = 0; i < n; i++)
        used += (size_t)snprintf(t->text + used, sizeof t->text - used, " %u=%.*s", cells[i].col,
                                 (int)cells[i].text.len, cells[i].text.ptr);
    snprintf(t->text + used, sizeof t->text - used, "\n");
    return OKO_OK;
}

static const char *kept(fed *f, told *t, int64_t id, uint32_t first, uint32_t last)
{
    t->text[0] = '\0';
    assert_int_equal(oko_import_kept(f->store, id, "", first, last, tell, t, &f->err), OKO_OK);
    return t->text;
}

/* Neither the column of names, nor an unknown one, nor a name in a column of numbers is kept. */
static void test_kept(void **state)
{
    (void)state;
    char path[128];
    told t;
    fed f;
    fed_open(&f);
    import(&f, write_file("2026-05-MA.csv", text, path));
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(kept(&f, &t, f.report.import, 3, 4),
                        "1! 1=school 3=municipality 4=class 5=code 6=journal 7=total 8=1 9=2.1 10=13К1\n"
                        "3 1=sch990001 3=Город 4=5а 5=2 6=4 7=••• 8=1 9=2 10=2\n"
                        "4 1=sch990001 3=5а 4=3 5=4 6=••• 7=4 8=1 9=1 10=2\n");
    assert_string_equal(kept(&f, &t, f.report.import, 900, 901),
                        "1! 1=school 3=municipality 4=class 5=code 6=journal 7=total 8=1 9=2.1 10=13К1\n");
    assert_null(strstr(kept(&f, &t, f.report.import, 1, 100), "Иванов"));
    assert_null(strstr(t.text, "болел"));
    t.text[0] = '\0';
    assert_int_equal(oko_import_kept(f.store, f.report.import, "другой", 1, 9, tell, &t, &f.err), OKO_OK);
    assert_string_equal(t.text, "");
    fed_close(&f);
}

static void test_clean_file_keeps_nothing(void **state)
{
    (void)state;
    char path[128];
    told t;
    fed f;
    fed_open(&f);
    import(&f, write_file("2026-05-MA.csv", "school;class;code;total;1;2.1;13К1\nsch990001;а;1;3;1;2;0\n", path));
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(kept(&f, &t, f.report.import, 1, 9), "");
    const oko_import_fix fix = { "", 2, 4, "4" };
    again(&f, f.report.import, &fix, 1);
    assert_int_equal(f.status, OKO_E_CONFLICT);
    assert_string_equal(f.err.id, "intake.fix.no_rows");
    fed_close(&f);
}

static void test_fixed(void **state)
{
    (void)state;
    char path[128];
    fed f;
    oko_import i;
    fed_open(&f);
    import(&f, write_file("2026-05-MA.csv", text, path));
    const int64_t first = f.report.import;
    assert_int_equal(sheets_of(&f, "2026-05-MA").at[1].total[1], OKO_TOTAL_NONE);
    const oko_import_fix fixes[] = { { "", 5, 10, "" }, { "", 3, 7, "5" } }; /* any order */
    f.options.user = 0;
    again(&f, first, fixes, 2);
    assert_int_equal(f.status, OKO_OK);
    assert_true(f.report.import > first);
    assert_string_equal(f.report.file, "2026-05-MA.csv");
    kept_sheets k = sheets_of(&f, "2026-05-MA");
    assert_int_equal(k.at[1].total[1], 5);
    const int64_t second = f.report.import;
    assert_int_equal(oko_store_import_get(f.store, second, &i, &f.err), OKO_OK);
    assert_int_equal(i.corrects, first);
    assert_non_null(strstr(i.corrections, "\"col\":7,\"column\":\"total\",\"was\":\"•••\",\"value\":\"5\""));
    assert_non_null(strstr(i.corrections, "\"was\":\"Х\",\"value\":\"\""));
    oko_import_clear(&i);
    again(&f, first, fixes, 2); /* the same once more: nothing new */
    assert_int_equal(f.status, OKO_OK);
    assert_true(f.report.unchanged);
    /* What is still wrong is kept with the second import, with the fixes in it. */
    told t;
    assert_non_null(strstr(kept(&f, &t, second, 3, 3), "7=5"));
    /* Taken back: the first import stands, then nothing. */
    oko_import_undo done;
    assert_int_equal(oko_store_import_undo(f.store, first, 0, &done, &f.err), OKO_E_CONFLICT);
    assert_int_equal(oko_store_import_undo(f.store, second, 0, &done, &f.err), OKO_OK);
    assert_int_equal(sheets_of(&f, "2026-05-MA").at[1].total[1], OKO_TOTAL_NONE);
    assert_int_equal(oko_store_import_undo(f.store, first, 0, &done, &f.err), OKO_OK);
    assert_int_equal(sheets_of(&f, "2026-05-MA").n, 0);
    oko_unit u;
    assert_int_equal(oko_store_unit_find(f.store, OKO_LEVEL_SCHOOL, "sch990001", &u, &f.err), OKO_E_NOT_FOUND);
    /* … and the file can be read again: its units come back. */
    import(&f, path);
    assert_int_equal(f.status, OKO_OK);
    assert_int_equal(sheets_of(&f, "2026-05-MA").at[1].n, 2);
    (void)unit_of(&f, OKO_LEVEL_SCHOOL, "sch990001");
    fed_close(&f);
}

static void refused(fed *f, int64_t id, oko_import_fix fix, const char *why)
{
    const oko_import_fix fixes[] = { { "", 3, 7, "5" }, fix };
    int64_t before = 0, after = 0;
    assert_int_equal(oko_store_revision(f->store, &before, &f->err), OKO_OK);
    again(f, id, fixes, 2);
    assert_int_equal(f->status, OKO_E_ARGUMENT);
    assert_string_equal(f->err.id, why);
    assert_string_equal(f->err.field, "2");
    assert_int_equal(oko_store_revision(f->store, &after, &f->err), OKO_OK);
    assert_int_equal(after, before);
}

static void test_refused(void **state)
{
    (void)state;
    char path[128];
    fed f;
    fed_open(&f);
    import(&f, write_file("2026-05-MA.csv", text, path));
    const int64_t id = f.report.import;
    refused(&f, id, (oko_import_fix){ "", 99, 7, "5" }, "intake.fix.place");     /* no such row */
    refused(&f, id, (oko_import_fix){ "", 1, 7, "5" }, "intake.fix.place");      /* the head */
    refused(&f, id, (oko_import_fix){ "", 3, 2, "Имя" }, "intake.fix.place");    /* a column that was dropped */
    refused(&f, id, (oko_import_fix){ "Лист2", 3, 7, "5" }, "intake.fix.place"); /* no such worksheet */
    refused(&f, id, (oko_import_fix){ "", 3, 7, "5\n" }, "intake.fix.value");    /* a control byte */
    refused(&f, id, (oko_import_fix){ "", 3, 7, "\xD0" }, "intake.fix.value");   /* half a letter */
    again(&f, 777, &(oko_import_fix){ "", 3, 7, "5" }, 1);
    assert_int_equal(f.status, OKO_E_NOT_FOUND);
    f.options.dry_run = true; /* what would be */
    again(&f, id, &(oko_import_fix){ "", 3, 7, "5" }, 1);
    assert_int_equal(f.status, OKO_OK);
    assert_int_equal(f.report.import, 0);
    assert_int_equal(f.report.sheets_replaced, 1);
    assert_int_equal(sheets_of(&f, "2026-05-MA").at[1].total[1], OKO_TOTAL_NONE);
    fed_close(&f);
}

/* The file is read as it was: with the procedure, the region and the classes that the import was told. */
static void test_same_options(void **state)
{
    (void)state;
    char path[128];
    fed f;
    fed_open(&f);
    f.options.procedure = "2026-05-MA";
    f.options.region = "77";
    f.options.add_classes = true;
    import(&f, write_file("a.csv", "school;class;code;total\nSHK-1;а;1;3\nSHK-1;а;2;три\n", path));
    assert_int_equal(f.status, OKO_OK);
    f.options = (oko_import_options)OKO_IMPORT_OPTIONS_INIT;
    again(&f, f.report.import, &(oko_import_fix){ "", 3, 4, "3" }, 1);
    assert_int_equal(f.status, OKO_OK);
    assert_int_equal(sheets_of(&f, "2026-05-MA").at[0].total[1], 3);
    (void)unit_of(&f, OKO_LEVEL_REGION, "77");
    oko_import i;
    assert_int_equal(oko_store_import_get(f.store, f.report.import, &i, &f.err), OKO_OK);
    assert_string_equal(i.options, "{\"add_classes\":true,\"procedure\":\"2026-05-MA\",\"region\":\"77\"}");
    oko_import_clear(&i);
    fed_close(&f);
}

/* Every allocation fails once: the call says so, nothing is changed. */
static void test_memory(void **state)
{
    (void)state;
    char path[128];
    fed f;
    size_t failures = 0;
    fed_open(&f);
    import(&f, write_file("2026-05-MA.csv", text, path));
    const int64_t id = f.report.import;
    for (bool failed = true; failed;) {
        failing_alloc_arm(failures + 1);
        again(&f, id, &(oko_import_fix){ "", 3, 7, "5" }, 1);
        failed = failing_alloc_disarm();
        if (failed && f.status != OKO_E_MEMORY && f.status != OKO_OK)
            fail_msg("allocation %zu: status %d, %s", failures, (int)f.status, f.err.id);
        failures += failed ? 1 : 0;
    }
    assert_true(failures > 20);
    assert_int_equal(sheets_of(&f, "2026-05-MA").at[1].total[1], 5);
    fed_close(&f);
}

/* ---- the tape alone ---- */

static oko_status count_row(void *ctx, uint32_t row, tape_kind kind, const oko_cell *cells, size_t n)
{
    uint64_t *sum = ctx;
    (void)kind;
    for (size_t i = 0; i < n; i++)
        *sum = *sum * 31 + row + cells[i].col + (unsigned char)cells[i].text.ptr[0];
    return OKO_OK;
}

static void test_tape(void **state)
{
    (void)state;
    intake_tape *tape = NULL;
    const tape_block *blocks = NULL;
    size_t n = 0;
    char words[64];
    assert_int_equal(tape_new(&tape), OKO_OK);
    memset(words, 'x', sizeof words);
    for (uint32_t row = 1; row <= 4000; row++) {
        const oko_cell cells[] = { { .text = { words, sizeof words }, .col = 3 },
                                   { .text = { "7", 1 }, .col = 700, .number = true } };
        assert_int_equal(tape_add(tape, row > 3900, row, row == 1 ? TAPE_HEAD : TAPE_ROW, cells, 2), OKO_OK);
    }
    assert_int_equal(tape_blocks(tape, &blocks, &n), OKO_OK);
    assert_true(n >= 3);
    assert_int_equal(blocks[0].first_row, 1);
    assert_int_equal(blocks[1].first_row, blocks[0].last_row + 1);
    assert_int_equal(blocks[n - 1].sheet, 1);
    assert_int_equal(blocks[n - 1].n, 100);
    uint64_t whole = 0, part = 0;
    assert_int_equal(tape_read(blocks[0].bytes, blocks[0].len, count_row, &whole), OKO_OK);
    assert_true(whole != 0);
    /* Damage is told, whatever byte it is; nothing is read outside. */
    char *copy = malloc(blocks[0].len);
    assert_non_null(copy);
    for (size_t at = 0; at < blocks[0].len; at += 1 + at / 64) {
        memcpy(copy, blocks[0].bytes, blocks[0].len);
        copy[at] = (char)(copy[at] ^ 0x41);
        part = 0;
        oko_status status = tape_read(copy, blocks[0].len, count_row, &part);
        assert_true(status == OKO_E_FORMAT || (status == OKO_OK && part == whole));
        assert_int_equal(tape_read(blocks[0].bytes, at, count_row, &part), OKO_E_FORMAT);
    }
    free(copy);
    tape_free(tape);
}

int main(void)
{
    if (mkdtemp(folder) == NULL)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept),         cmocka_unit_test(test_clean_file_keeps_nothing),
        cmocka_unit_test(test_fixed),        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_same_options), cmocka_unit_test(test_memory),
        cmocka_unit_test(test_tape),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    static const char *const names[] = { "2026-05-MA.csv", "a.csv" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
    return failed;
}
