/* Delimited text: delimiters, quotes, line ends, limits. */
#include "intake/container_rows.h"
#include "intake/csv.h"
#include "intake/import.h"
#include "support/failing_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static oko_status read_text(const char *text, size_t n, told *t, oko_error *err)
{
    *t = (told){ .stop_at = t->stop_at };
    *err = (oko_error){ .code = OKO_OK };
    oko_rows_sink sink = told_sink(t);
    oko_status status = oko_csv_read_memory(text, n, &sink, err);
    assert_int_equal(err->code, status);
    return status;
}

static void assert_told(const char *text, const char *expected)
{
    told t = { .stop_at = 0 };
    oko_error err;
    assert_int_equal(read_text(text, strlen(text), &t, &err), OKO_OK);
    assert_string_equal(t.text, expected);
}

static void assert_refused(const char *text, oko_status status, const char *id, const char *cell, const char *number)
{
    told t = { .stop_at = 0 };
    oko_error err;
    assert_int_equal(read_text(text, strlen(text), &t, &err), status);
    assert_string_equal(err.id, id);
    assert_string_equal(err.arg[0], cell);
    assert_string_equal(err.arg[1], number);
}

static void delimiters(void **state)
{
    (void)state;
    assert_told("a;b;c\n1;2;3\n", "[]\n1: A=a B=b C=c\n2: A=1 B=2 C=3\n");
    assert_told("a,b,c\n1,2,3\n", "[]\n1: A=a B=b C=c\n2: A=1 B=2 C=3\n");
    assert_told("a\tb\tc\n1\t2\t3\n", "[]\n1: A=a B=b C=c\n2: A=1 B=2 C=3\n");
    assert_told("a|b|c\n1|2|3\n", "[]\n1: A=a B=b C=c\n2: A=1 B=2 C=3\n");
    assert_told("sep=|\r\na;b|c\r\n", "[]\n2: A=a;b B=c\n");
    assert_told("one\ntwo\n", "[]\n1: A=one\n2: A=two\n");
}

/* The delimiter is not the commonest sign but the one that splits all rows alike. */
static void delimiter_choice(void **state)
{
    (void)state;
#define CHOICE(text) oko_csv_delimiter(text, sizeof(text) - 1, true)
    assert_int_equal(CHOICE("школа;балл\nа;7,5\nб;8,5\n"), ';');
    assert_int_equal(CHOICE("id;a;b;c\n1;1,5;2,5;3,5\n2;0,5;0,5;0,5\n"), ';');
    assert_int_equal(CHOICE("1,5;2,5;3,5\n0,5;0,5;0,5\n"), ';');
    assert_int_equal(CHOICE("a,b,c,d\n1,x; y,2,3\n4,z; w,5,6\n"), ',');
    assert_int_equal(CHOICE("a,\"x;y;z\",c\n1,\"x;y;z\",3\n"), ',');
    assert_int_equal(CHOICE("ВПР 2026, Русский язык, 4 класс\n\nПредмет:;РУ\nДата;20.04\nОО;Код;Балл\nа;1;2\nб;1;2\n"),
                     ';');
    assert_int_equal(CHOICE("a\tb\n1,5\t2;3\n4,5\t6;7\n"), '\t');
    assert_int_equal(CHOICE("a|b|c\n1,5|2|3\n1|2,5|3\n"), '|');
    assert_int_equal(CHOICE("sep=,\na;b\nc;d\n"), ',');
#undef CHOICE
    /* a record cut by the end of the sample does not count */
    assert_int_equal(oko_csv_delimiter("a;b\nc;d\n1,2,3,4,5", 16, false), ';');
}

static void quotes(void **state)
{
    (void)state;
    assert_told("\"a;1\";\"say \"\"hi\"\"\";\"\"\"\"\n\"\";x;\"line\nbreak\r\nhere\"\n\"last\"",
                "[]\n1: A=a;1 B=say \"hi\" C=\"\n2: B=x C=line\nbreak\r\nhere\n3: A=last\n");
    assert_told("МКОУ \"Школа №1\";5\n;\"ok\"\n", "[]\n1: A=МКОУ \"Школа №1\" B=5\n2: B=ok\n");
    assert_refused("a;b\nc;\"d\ne;f\n", OKO_E_FORMAT, "intake.csv_unclosed", "B2", "2");
    assert_refused("a;b\n\"x\ny\";\"d", OKO_E_FORMAT, "intake.csv_unclosed", "B2", "3");
    assert_refused("a;b\n1;\"Лицей\" г.Тара\n", OKO_E_FORMAT, "intake.csv_quote", "B2", "2");
    assert_refused("a;b\n\n\"x\ny\";\"z\"z\n", OKO_E_FORMAT, "intake.csv_quote", "B3", "4");
    assert_refused("a;b\n1;\"", OKO_E_FORMAT, "intake.csv_unclosed", "B2", "2");
}

static void line_ends(void **state)
{
    (void)state;
    assert_told("a;b\r\n1;2\r\n", "[]\n1: A=a B=b\n2: A=1 B=2\n");
    assert_told("a;b\r1;2\r", "[]\n1: A=a B=b\n2: A=1 B=2\n");
    assert_told("a;b\n\r\n\n;;\n1;2", "[]\n1: A=a B=b\n5: A=1 B=2\n");
    assert_told("a;b\n1;", "[]\n1: A=a B=b\n2: A=1\n");
    assert_told("\xef\xbb\xbf"
                "a;b\n1;2",
                "[]\n1: A=a B=b\n2: A=1 B=2\n");
    assert_told("a;b\n ; \n", "[]\n1: A=a B=b\n2: A=  B= \n");
}

static void nothing_inside(void **state)
{
    (void)state;
    const char *const empty[] = { "", "\n", "\r\n\r\n", ";;;\n;;\n", "\xef\xbb\xbf", "\"\"\n", "sep=;\n" };
    told t = { .stop_at = 0 };
    oko_error err;
    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++) {
        assert_int_equal(read_text(empty[i], strlen(empty[i]), &t, &err), OKO_E_FORMAT);
        assert_string_equal(err.id, "intake.empty_file");
    }
}

static void nul_bytes_are_refused(void **state)
{
    (void)state;
    told t = { .stop_at = 0 };
    oko_error err;
    assert_int_equal(read_text("a;b\n1;2\n3;\0;\n", 14, &t, &err), OKO_E_FORMAT);
    assert_string_equal(err.id, "intake.nul_byte");
    assert_string_equal(err.arg[0], "3");
}

/* n × `piece`, between head and tail; from malloc. */
static char *repeated(const char *head, const char *piece, size_t n, const char *tail, size_t *ret_n)
{
    size_t h = strlen(head), p = strlen(piece), t = strlen(tail);
    char *text = malloc(h + p * n + t + 1);
    assert_non_null(text);
    memcpy(text, head, h);
    for (size_t i = 0; i < n; i++) {
        memcpy(text + h + i * p, piece, p);
    }
    memcpy(text + h + n * p, tail, t + 1);
    *ret_n = h + p * n + t;
    return text;
}

static void expect_limit(const char *head, const char *piece, size_t n, const char *tail, oko_status status,
                         const char *id, const char *cell)
{
    told t = { .stop_at = 0 };
    oko_error err;
    size_t size;
    char *text = repeated(head, piece, n, tail, &size);
    assert_int_equal(read_text(text, size, &t, &err), status);
    assert_string_equal(err.id, id);
    assert_string_equal(err.arg[0], cell);
    free(text);
}

static void limits(void **state)
{
    (void)state;
    told t = { .stop_at = 0 };
    oko_error err;
    size_t size;
    expect_limit("a;b\n;", "x", OKO_IMPORT_MAX_CELL_BYTES, "", OKO_OK, "", "");
    expect_limit("a;b\n;", "x", OKO_IMPORT_MAX_CELL_BYTES + 1, "", OKO_E_LIMIT, "intake.long_cell", "B2");
    expect_limit("a;b\n;", "x", 8 << 20, "", OKO_E_LIMIT, "intake.long_cell", "B2");
    expect_limit("a;b\n;\"", "x", OKO_IMPORT_MAX_CELL_BYTES + 1, "\"", OKO_E_LIMIT, "intake.long_cell", "B2");
    expect_limit("a;b\n;\"", "xxxxxxx\n", 1 << 20, "\"", OKO_E_FORMAT, "intake.csv_unclosed", "B2");
    expect_limit("", "x;", OKO_IMPORT_MAX_COLUMNS, "", OKO_OK, "", "");
    expect_limit("", "x;", OKO_IMPORT_MAX_COLUMNS, "x", OKO_E_LIMIT, "intake.too_many_columns", "BZU1");
    expect_limit("a;b\n", ";", 20000, "", OKO_E_LIMIT, "intake.too_many_columns", "XFE2");
    expect_limit("a;b", "\n", OKO_IMPORT_MAX_ROWS, "a", OKO_E_LIMIT, "intake.too_many_rows", "A5000001");
    /* a row longer than every buffer: 2 000 cells of 30 000 bytes, read over many chunks */
    char *cell = repeated("\"", "z", 29998, "\";", &size);
    char *text = repeated("a;b\n", cell, 2000, "\nc;d\n", &size);
    assert_int_equal(read_text(text, size, &t, &err), OKO_OK);
    assert_int_equal(t.cells, 2004);
    assert_int_equal(t.longest, 29998);
    free(text);
    free(cell);
}

/* Whatever byte a chunk of the file ends at, the rows are the same: a long text against its own halves. */
static void chunks_do_not_show(void **state)
{
    (void)state;
    static const char row[] = "школа;\"a \"\"b\"\"\n c\";;7,5;x\r\n";
    for (size_t shift = 0; shift < sizeof row; shift++) {
        size_t size;
        char *head = repeated("", "s", shift, ";1;2;3;4\n", &size);
        char *text = repeated(head, row, 12000, "", &size); /* some 400 KB: several chunks */
        told t = { .stop_at = 0 };
        oko_error err;
        assert_int_equal(read_text(text, size, &t, &err), OKO_OK);
        assert_int_equal(t.rows, 12001);
        assert_int_equal(t.last, 12001);
        assert_int_equal(t.cells, 12000 * 4 + (shift > 0 ? 5 : 4));
        free(text);
        free(head);
    }
}

static void sink_stops(void **state)
{
    (void)state;
    told t = { .stop_at = 2 };
    oko_error err;
    assert_int_equal(read_text("a;b\nc;d\ne;f\n", 12, &t, &err), OKO_E_CONFLICT);
    assert_int_equal(t.rows, 2);
    assert_string_equal(err.id, "test.stop");
}

static void memory_fails(void **state)
{
    (void)state;
    static const char plain[] = "a;b\n1;2\n", cp1251[] = "\xea\xeb\xe0\xf1\xf1;b\n1;2\n";
    const char *const texts[] = { plain, cp1251 };
    for (size_t i = 0; i < 2; i++) {
        size_t n = 1;
        for (bool failed = true; failed; n++) {
            told t = { .stop_at = 0 };
            oko_rows_sink sink = told_sink(&t);
            oko_error err = { .code = OKO_OK };
            failing_alloc_arm(n);
            oko_status status = oko_csv_read_memory(texts[i], strlen(texts[i]), &sink, &err);
            failed = failing_alloc_disarm();
            assert_int_equal(status, failed ? OKO_E_MEMORY : OKO_OK);
            assert_int_equal(err.code, status);
        }
        assert_true(n >= 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(delimiters),   cmocka_unit_test(delimiter_choice),   cmocka_unit_test(quotes),
        cmocka_unit_test(line_ends),    cmocka_unit_test(nothing_inside),     cmocka_unit_test(nul_bytes_are_refused),
        cmocka_unit_test(limits),       cmocka_unit_test(chunks_do_not_show), cmocka_unit_test(sink_stops),
        cmocka_unit_test(memory_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
