/* Workbooks: sheets and heads, numbers as numbers, texts as texts, suppression, the same bytes at any time. */
#include "report/region.h"

#include "intake/import.h"

#include <zip.h>

/* A part of a workbook (malloc), NULL when there is none. */
static char *part(const char *path, const char *name)
{
    int error = 0;
    zip_t *zip = zip_open(path, ZIP_RDONLY, &error);
    assert_non_null(zip);
    zip_stat_t info;
    char *text = NULL;
    if (zip_stat(zip, name, 0, &info) == 0) {
        text = calloc(1, (size_t)info.size + 1);
        assert_non_null(text);
        zip_file_t *f = zip_fopen(zip, name, 0);
        assert_non_null(f);
        assert_int_equal(zip_fread(f, text, info.size), (zip_int64_t)info.size);
        zip_fclose(f);
    }
    zip_discard(zip);
    return text;
}

static void write_book(region *r, int64_t unit, oko_report_options options, char path[160])
{
    oko_error err = { 0 };
    snprintf(path, 160, "%s/%lld.xlsx", r->out, (long long)unit);
    ok(oko_report_xlsx(r->w->store, unit, &options, path, &err), &err);
}

static int count_of(const char *text, const char *what)
{
    int n = 0;
    for (const char *at = text; (at = strstr(at, what)) != NULL; at += strlen(what))
        n++;
    return n;
}

static void sheets_have_neutral_names_heads_and_filters(void **state)
{
    static const char *const names[] = { "Сводка",        "Процедуры",        "Признаки", "Внешние списки",
                                         "Распределения", "Отметки и журнал", "Задания",  "О расчёте" };
    region *r = *state;
    char path[160], name[64];
    write_book(r, r->w->region, (oko_report_options){ .lang = NULL }, path);
    char *book = part(path, "xl/workbook.xml");
    assert_non_null(book);
    for (size_t i = 0; i < 8; i++) {
        snprintf(name, sizeof name, "name=\"%s\"", names[i]);
        assert_non_null(strstr(book, name));
        snprintf(name, sizeof name, "xl/worksheets/sheet%zu.xml", i + 1);
        char *sheet = part(path, name);
        assert_non_null(sheet);
        assert_non_null(strstr(sheet, "state=\"frozen\""));
        assert_int_equal(count_of(sheet, "<autoFilter"), i == 0 || i == 7 ? 0 : 1);
        assert_null(strstr(sheet, "report."));
        assert_null(strstr(sheet, "<f>")); /* no formula anywhere */
        free(sheet);
    }
    free(book);
}

static oko_status count_result(void *ctx, const oko_result *result)
{
    (void)result;
    ++*(int *)ctx;
    return OKO_OK;
}

static void signs_are_one_row_each_and_numbers(void **state)
{
    region *r = *state;
    oko_error err = { 0 };
    char path[160];
    write_book(r, r->w->region, (oko_report_options){ .internal = true }, path);
    char *sheet = part(path, "xl/worksheets/sheet3.xml");
    assert_non_null(sheet);
    int expected = 0;
    const oko_result_query query = { .run = r->run.id, .level = OKO_LEVEL_COUNT };
    ok(oko_store_result_walk(r->w->store, &query, count_result, &expected, &err), &err);
    assert_true(expected > 17 * 8);
    assert_int_equal(count_of(sheet, "<row "), expected + 1);
    assert_true(count_of(sheet, "<v>") > 17 * 8 * 4);
    assert_int_equal(count_of(sheet, "скрыто"), 0);
    free(sheet);
}

static void what_looks_like_a_formula_is_a_text(void **state)
{
    region *r = *state;
    char path[160];
    write_book(r, r->school[REGION_FORMULA], (oko_report_options){ .lang = NULL }, path);
    char *sheet = part(path, "xl/worksheets/sheet1.xml");
    assert_non_null(strstr(sheet, "<t>=HYPERLINK(\"x\")</t>"));
    assert_null(strstr(sheet, "<f>"));
    free(sheet);
    write_book(r, r->school[REGION_LIFTED], (oko_report_options){ .lang = NULL }, path);
    sheet = part(path, "xl/worksheets/sheet4.xml");
    assert_non_null(strstr(sheet, "<t>=1+1</t>"));
    free(sheet);
}

static void small_groups_are_hidden(void **state)
{
    region *r = *state;
    char path[160], name[64];
    write_book(r, r->school[REGION_TINY], (oko_report_options){ .lang = NULL }, path);
    char *sheet = part(path, "xl/worksheets/sheet2.xml");
    assert_int_equal(count_of(sheet, "скрыто: менее 10"), 18);
    free(sheet);
    for (int i = 4; i <= 6; i++) {
        snprintf(name, sizeof name, "xl/worksheets/sheet%d.xml", i);
        sheet = part(path, name);
        assert_non_null(sheet);
        assert_true(count_of(sheet, "скрыто") > 5);
        free(sheet);
    }
    write_book(r, r->w->region, (oko_report_options){ .lang = NULL }, path);
    sheet = part(path, "xl/worksheets/sheet3.xml");
    assert_true(count_of(sheet, "скрыто: менее 10") >= 6);
    free(sheet);
}

static void a_school_is_not_told_of_others(void **state)
{
    region *r = *state;
    char path[160], name[64], code[32];
    write_book(r, r->school[REGION_LIFTED], (oko_report_options){ .lang = NULL }, path);
    for (int i = 1; i <= 8; i++) {
        snprintf(name, sizeof name, "xl/worksheets/sheet%d.xml", i);
        char *sheet = part(path, name);
        assert_non_null(sheet);
        for (int k = 0; k < REGION_SCHOOLS; k++) {
            snprintf(code, sizeof code, "sch99%04d", 100 + k);
            if (k != REGION_LIFTED)
                assert_null(strstr(sheet, code));
        }
        free(sheet);
    }
}

/* A report put among the files by mistake must not come back as data or as somebody else's list. */
static void a_report_is_no_data(void **state)
{
    region *r = *state;
    const int64_t units[] = { r->w->region, r->w->municipality[0], r->school[REGION_LIFTED] };
    for (int i = 0; i < 6; i++) {
        oko_error err = { 0 };
        char path[160], *hint = NULL;
        oko_import_report report = { .import = 0 };
        oko_import_options options = OKO_IMPORT_OPTIONS_INIT;
        options.dry_run = true;
        write_book(r, units[i / 2], (oko_report_options){ .lang = i % 2 == 0 ? "ru" : "en" }, path);
        oko_status status = oko_import_file(r->w->store, path, &options, &report, &hint, &err);
        oko_import_report_clear(&report);
        free(hint);
        assert_int_equal(status, OKO_E_FORMAT);
    }
}

static void the_same_run_gives_the_same_bytes(void **state)
{
    region *r = *state;
    char path[160];
    size_t na, nb;
    write_book(r, r->w->region, (oko_report_options){ .lang = NULL }, path);
    char *a = read_all(path, &na);
    sleep(2); /* a clock inside the file would show */
    write_book(r, r->w->region, (oko_report_options){ .lang = NULL }, path);
    char *b = read_all(path, &nb);
    assert_int_equal(na, nb);
    assert_memory_equal(a, b, na);
    free(a);
    free(b);
    char *core = part(path, "docProps/core.xml");
    assert_non_null(strstr(core, r->run.created));
    free(core);
}

static void english_sheets(void **state)
{
    region *r = *state;
    char path[160];
    write_book(r, r->w->region, (oko_report_options){ .lang = "en" }, path);
    char *book = part(path, "xl/workbook.xml");
    assert_non_null(strstr(book, "name=\"Signs\""));
    assert_non_null(strstr(book, "name=\"Marks and journal\""));
    free(book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheets_have_neutral_names_heads_and_filters),
        cmocka_unit_test(signs_are_one_row_each_and_numbers),
        cmocka_unit_test(what_looks_like_a_formula_is_a_text),
        cmocka_unit_test(small_groups_are_hidden),
        cmocka_unit_test(a_school_is_not_told_of_others),
        cmocka_unit_test(a_report_is_no_data),
        cmocka_unit_test(the_same_run_gives_the_same_bytes),
        cmocka_unit_test(english_sheets),
    };
    return cmocka_run_group_tests(tests, region_make, region_drop);
}
