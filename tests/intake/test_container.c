/* Which reader a file gets, and what is said of files that no reader takes. */
#include "intake/container_book.h"
#include "intake/container_place.h"
#include "intake/container_rows.h"
#include "intake/container_sniff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/oko-container-XXXXXX";
static char path[128];

static int make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    (void)snprintf(path, sizeof path, "%s/файл.dat", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    (void)unlink(path);
    return rmdir(folder);
}

static void write_file(const void *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static oko_status read_path(const char *which, told *t, oko_container *kind, oko_error *err)
{
    *t = (told){ .stop_at = 0 };
    *err = (oko_error){ .code = OKO_OK };
    oko_rows_sink sink = told_sink(t);
    return oko_container_read(which, &sink, NULL, kind, err);
}

static void assert_refused(const char *which, oko_status status, const char *id)
{
    told t;
    oko_container kind = (oko_container)77;
    oko_error err;
    assert_int_equal(read_path(which, &t, &kind, &err), status);
    assert_string_equal(err.id, id);
    assert_int_equal(err.code, status);
    assert_int_equal(kind, 77); /* untouched */
    assert_null(strchr(err.field, '/'));
    assert_int_equal(t.rows, 0);
}

static void refused_bytes(const void *bytes, size_t n, const char *id)
{
    write_file(bytes, n);
    assert_refused(path, OKO_E_FORMAT, id);
}

static void both_readers(void **state)
{
    (void)state;
    told t;
    oko_container kind;
    oko_error err;
    book b = book_of(BOOK_SHEET("<row><c><v>7</v></c></row>"), NULL);
    assert_true(book_pack(&b));
    write_file(b.bytes, b.size);
    assert_int_equal(read_path(path, &t, &kind, &err), OKO_OK);
    assert_int_equal(kind, OKO_CONTAINER_XLSX);
    assert_string_equal(t.text, "[Лист1]\n1: A#7\n");
    write_file(b.bytes, b.size - 30);
    book_free(&b);
    assert_refused(path, OKO_E_FORMAT, "intake.truncated");
    assert_int_equal(read_path(path, &t, &kind, &err), OKO_E_FORMAT);
    assert_string_equal(err.field, "файл.dat");
    write_file("a;b\n1;2\n", 8);
    assert_int_equal(read_path(path, &t, &kind, &err), OKO_OK);
    assert_int_equal(kind, OKO_CONTAINER_CSV);
    assert_string_equal(t.text, "[]\n1: A=a B=b\n2: A=1 B=2\n");
}

static void paths(void **state)
{
    (void)state;
    char other[160];
    assert_refused(folder, OKO_E_FORMAT, "intake.directory");
    (void)snprintf(other, sizeof other, "%s/absent.csv", folder);
    assert_refused(other, OKO_E_NOT_FOUND, "intake.not_found");
    write_file("", 0);
    assert_refused(path, OKO_E_FORMAT, "intake.empty_file");
    (void)snprintf(other, sizeof other, "%s/x", path);
    assert_refused(other, OKO_E_NOT_FOUND, "intake.not_found");
    assert_refused("/dev/null", OKO_E_FORMAT, "intake.not_regular");
    (void)snprintf(other, sizeof other, "%s/pipe", folder);
    assert_int_equal(mkfifo(other, 0600), 0);
    assert_refused(other, OKO_E_FORMAT, "intake.not_regular"); /* and does not wait for a writer */
    assert_int_equal(unlink(other), 0);
    write_file("a;b\n", 4);
    assert_int_equal(chmod(path, 0), 0);
    if (geteuid() != 0) { /* root may read everything */
        assert_refused(path, OKO_E_PERMISSION, "intake.permission");
    }
    assert_int_equal(chmod(path, 0600), 0);
}

static void foreign_files(void **state)
{
    (void)state;
#define REFUSED(bytes, id) refused_bytes(bytes, sizeof(bytes) - 1, id)
    REFUSED("%PDF-1.7\n%\xe2\xe3", "intake.not_workbook.pdf");
    REFUSED("\x89PNG\r\n\x1a\n\0\0", "intake.not_workbook.image");
    REFUSED("\xff\xd8\xff\xe0", "intake.not_workbook.image");
    REFUSED("Rar!\x1a\x07\x01", "intake.not_workbook.archive");
    REFUSED("\x1f\x8b\x08", "intake.not_workbook.archive");
    REFUSED("{\\rtf1\\ansi", "intake.not_workbook.rtf");
    REFUSED("SQLite format 3\0xx", "intake.not_workbook.database");
    REFUSED("\x7f"
            "ELF\2\1\1\0\0\0",
            "intake.not_workbook");
    REFUSED("\x09\x02\x06\x00\x00\x00", "intake.old_xls");
    REFUSED("<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>", "intake.not_workbook.html");
    REFUSED("\xef\xbb\xbf\r\n  <TABLE border=1><tr><td>1", "intake.not_workbook.html");
    REFUSED("<!DOCTYPE HTML>\n<p>", "intake.not_workbook.html");
    REFUSED("MIME-Version: 1.0\nX-Document-Type: Workbook", "intake.not_workbook.html");
    REFUSED("<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?><Workbook>",
            "intake.not_workbook.xml2003");
    REFUSED("<?xml version=\"1.0\"?><data/>", "intake.not_workbook.xml");
    REFUSED("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "intake.not_workbook.zip");
    REFUSED("PK\3\4", "intake.truncated");
    REFUSED("PK\3\4 and then nothing of a ZIP file", "intake.truncated");
#undef REFUSED
}

/* An OLE2 file of 512-byte sectors: table in sector 0, directory in sectors 1 and 3; `name` is in the second. */
static size_t ole2(const char *name, unsigned char *file)
{
    enum { SECTOR = 512, SIZE = 5 * SECTOR };
    memset(file, 0, SIZE);
    memcpy(file, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
    file[30] = 9;
    file[48] = 1; /* the directory begins in sector 1 */
    memset(file + 76, 0xff, 4 * 109);
    memset(file + 76, 0, 4);                           /* the table is sector 0 */
    memset(file + SECTOR, 0xff, SECTOR);               /* its entries: */
    memcpy(file + SECTOR + 4, "\3\0\0\0", 4);          /* sector 1 goes on in 3 */
    memcpy(file + SECTOR + 12, "\xfe\xff\xff\xff", 4); /* which is the last */
    for (size_t i = 0; name[i] != '\0'; i++) {
        file[4 * SECTOR + 128 + 2 * i] = (unsigned char)name[i];
    }
    return SIZE;
}

static void ole2_files(void **state)
{
    (void)state;
    unsigned char file[4096];
    refused_bytes(file, ole2("EncryptedPackage", file), "intake.password");
    refused_bytes(file, ole2("Workbook", file), "intake.old_xls");
    refused_bytes(file, ole2("Book", file), "intake.old_xls");
    refused_bytes(file, ole2("WordDocument", file), "intake.not_workbook.docx");
    refused_bytes(file, ole2("EncryptedPackag", file), "intake.old_xls");
    refused_bytes(file, ole2("EncryptedPackages", file), "intake.old_xls");
    size_t n = ole2("EncryptedPackage", file);
    file[512 + 4] = 1; /* a directory that is its own continuation ends too */
    refused_bytes(file, n, "intake.old_xls");
    refused_bytes(file, 400, "intake.truncated");
    memset(file + 30, 0xff, 100);
    refused_bytes(file, n, "intake.old_xls");
}

typedef struct meter {
    uint64_t last, total;
    int calls, stop_at;
    bool backwards;
} meter;

static bool measure(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
    meter *m = ctx;
    assert_string_equal(stage, "import.read");
    m->backwards = m->backwards || done < m->last || done > total || (m->total != 0 && m->total != total);
    m->last = done;
    m->total = total;
    return ++m->calls != m->stop_at;
}

/* Progress runs from 0 to the whole without going back; a call that answers no ends the reading. */
static void assert_measured(int min_calls)
{
    told t = { .stop_at = 0 };
    oko_rows_sink sink = told_sink(&t);
    oko_error err;
    meter m = { .stop_at = 0 };
    assert_int_equal(oko_container_read(path, &sink, &(oko_progress){ measure, &m }, NULL, &err), OKO_OK);
    assert_false(m.backwards);
    assert_int_equal(m.last, m.total);
    assert_true(m.calls >= min_calls);
    size_t rows = t.rows;
    t = (told){ .stop_at = 0 };
    m = (meter){ .stop_at = 3 };
    assert_int_equal(oko_container_read(path, &sink, &(oko_progress){ measure, &m }, NULL, &err), OKO_E_CANCELLED);
    assert_int_equal(err.code, OKO_E_CANCELLED);
    assert_int_equal(m.calls, 3);
    assert_true(t.rows < rows);
}

static void progress_and_cancel(void **state)
{
    (void)state;
    enum { ROWS = 30000 };
    static char text[ROWS * 40 + 256];
    size_t n = 0;
    for (int i = 0; i < ROWS; i++) {
        n += (size_t)snprintf(text + n, sizeof text - n, "edu%06d;%d;%d\n", i, i * 7919 % 1000, i % 5);
    }
    write_file(text, n);
    assert_measured(5);
    n = (size_t)snprintf(text, sizeof text, "<worksheet xmlns='" BOOK_MAIN "'><sheetData>");
    for (int i = 0; i < ROWS; i++) {
        n += (size_t)snprintf(text + n, sizeof text - n, "<row><c><v>%d</v></c></row>", i * 7919 % 1000);
    }
    (void)snprintf(text + n, sizeof text - n, "</sheetData></worksheet>");
    book b = book_of(text, BOOK_STRINGS("<si><t>a</t></si>"));
    assert_true(book_pack(&b));
    write_file(b.bytes, b.size);
    book_free(&b);
    assert_measured(10);
}

static void places(void **state)
{
    (void)state;
    const struct {
        const char *sheet;
        uint32_t row, col;
        const char *text;
    } all[] = {
        { "", 7, 0, "7" },    { "", 1, 1, "A1" },    { "Лист1", 3, 26, "Лист1!Z3" }, { "Лист1", 3, 0, "Лист1!3" },
        { "", 5, 27, "AA5" }, { "", 1, 702, "ZZ1" }, { "", 1, 703, "AAA1" },         { "", 9, 16384, "XFD9" }
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        char text[96];
        oko_place(text, sizeof text, all[i].sheet, all[i].row, all[i].col);
        assert_string_equal(text, all[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_readers), cmocka_unit_test(paths),  cmocka_unit_test(foreign_files),
        cmocka_unit_test(ole2_files),   cmocka_unit_test(places), cmocka_unit_test(progress_and_cancel),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
