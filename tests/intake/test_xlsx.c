/* Workbooks: what every kind of cell is told as, and what is refused, where. */
#include "intake/container_book.h"
#include "intake/container_rows.h"
#include "intake/import.h"
#include "support/failing_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Packs and reads; frees the book. */
static oko_status read_book(book b, told *t, oko_error *err)
{
    *t = (told){ .stop_at = t->stop_at };
    *err = (oko_error){ .code = OKO_OK };
    assert_true(book_pack(&b));
    oko_rows_sink sink = told_sink(t);
    oko_status status = oko_xlsx_read_memory(b.bytes, b.size, &sink, err);
    book_free(&b);
    assert_int_equal(err->code, status);
    return status;
}

static void assert_told(const char *sheet, const char *strings, const char *expected)
{
    told t = { .stop_at = 0 };
    oko_error err;
    assert_int_equal(read_book(book_of(sheet, strings), &t, &err), OKO_OK);
    assert_string_equal(t.text, expected);
}

/* The book is refused with this message; `arg` (or NULL) is its {0}. */
static void assert_refused(book b, oko_status status, const char *id, const char *arg)
{
    told t = { .stop_at = 0 };
    oko_error err;
    assert_int_equal(read_book(b, &t, &err), status);
    assert_string_equal(err.id, id);
    if (arg != NULL) {
        assert_string_equal(err.arg[0], arg);
    }
}

static void kinds_of_cells(void **state)
{
    (void)state;
    assert_told(BOOK_SHEET("<row r='2' spans='1:9' ht='15'>"
                           "<c r='A2' t='s'><v>1</v></c>"
                           "<c r='B2' t='inlineStr'><is><t>&#1083;ог</t></is></c>"
                           "<c r='C2' s='4'><v> 44306.50 </v></c>"
                           "<c r='D2' t='n'><v>-1E1</v></c>"
                           "<c r='E2' t='str'><f>A1&amp;B1</f><v>a b</v></c>"
                           "<c r='F2' t='b'><v>1</v></c><c r='G2' t='b'><v>0</v></c>"
                           "<c r='H2' t='e'><v>#N/A</v></c>"
                           "<c r='I2' t='d'><v>2026-04-20</v></c>"
                           "<c r='J2' s='1'/><c r='K2'><v></v></c><c r='L2' t='s'><v>0</v></c>"
                           "<c r='Z2' t='inlineStr'><is><r><rPr><b/></rPr><t>x </t></r><r><t>y</t></r>"
                           "<rPh sb='0' eb='1'><t>no</t></rPh></is></c></row>"),
                BOOK_STRINGS("<si><t/></si><si><r><t>о</t></r><r><rPr/><t>дин</t></r><rPh sb='0' eb='1'><t>no</t></rPh>"
                             "<phoneticPr fontId='1'/></si>"),
                "[Лист1]\n2: A=один B=лог C#44306.50 D#-1E1 E=a b F=TRUE G=FALSE H=#N/A I=2026-04-20 Z=x y\n");
}

static void positions_are_counted(void **state)
{
    (void)state;
    assert_told(
        BOOK_SHEET("<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c r='B3'><v>4</v></c><c><v>5</v></c></row>"
                   "<row r='9'><c><v>6</v></c></row><row><c r='AB10'><v>7</v></c></row>"),
        NULL, "[Лист1]\n1: A#1 C#3\n3: B#4 C#5\n9: A#6\n10: B#7\n");
}

static void text_is_kept(void **state)
{
    (void)state;
    assert_told(BOOK_SHEET("<row><c t='inlineStr'><is><t xml:space='preserve'> a\nb </t></is></c>"
                           "<c t='str'><v>x_x000A_y_x005F_x0041_ _x00ZZ_ _x0001_ _x0416_</v></c>"
                           "<c t='str'><v><![CDATA[a<b]]>&amp;&lt;&#x1F600;</v></c>"
                           "<c t='str'><!-- no --><v>p<!-- no -->q<?pi no?></v></c><c><v>abc</v></c></row>"),
                NULL, "[Лист1]\n1: A= a\nb  B=x\ny_x0041_ _x00ZZ_ _x0001_ Ж C=a<b&<😀 D=pq E=abc\n");
}

static void foreign_elements_are_left_out(void **state)
{
    (void)state;
    assert_told("<?xml version='1.0' standalone='yes'?><x:worksheet xmlns:x='" BOOK_STRICT "' xmlns='urn:other'>"
                "<sheetData><row><c><v>9</v></c></row></sheetData><x:cols><x:col/></x:cols><x:sheetData>"
                "<row><x:c><x:v>8</x:v></x:c></row>"
                "<x:row r='1'><x:c r='A1'><x:extLst><x:v>7</x:v></x:extLst><x:v>1</x:v></x:c></x:row></x:sheetData>"
                "<x:sheetData><x:row r='2'><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>",
                NULL, "[Лист1]\n1: A#1\n2: A#2\n");
}

/* A UTF-16 part; expat turns it into UTF-8. */
static void utf16_part(void **state)
{
    (void)state;
    static const char ascii[] =
        "<worksheet xmlns='" BOOK_MAIN "'><sheetData><row><c><v>5</v></c></row></sheetData></worksheet>";
    char wide[2 * sizeof ascii] = "\xff\xfe";
    for (size_t i = 0; i + 1 < sizeof ascii; i++) {
        wide[2 + 2 * i] = ascii[i];
    }
    book b = book_of("", NULL);
    b.part[2].text = wide;
    b.part[2].n = 2 * sizeof ascii;
    told t = { .stop_at = 0 };
    oko_error err;
    assert_int_equal(read_book(b, &t, &err), OKO_OK);
    assert_string_equal(t.text, "[Лист1]\n1: A#5\n");
}

/* Worksheets come in the order of the workbook, hidden ones too; charts are passed by. Odd paths are found. */
static void several_worksheets(void **state)
{
    (void)state;
    book b = { .n = 0 };
    book_text(&b, "_rels/.rels",
              "<Relationships xmlns='" BOOK_PACKAGE
              "'><Relationship Id='a' Type='http://purl.oclc.org/ooxml/officeDocument/"
              "relationships/officeDocument' Target='/Main/book.xml'/></Relationships>");
    book_text(
        &b, "main/Book.xml",
        "<y:workbook xmlns:y='" BOOK_STRICT
        "' xmlns:q='urn:q'><y:sheets><y:sheet name='Второй' q:id='z2' state='hidden'/>"
        "<y:sheet name='Chart' q:id='z9'/><y:sheet name='&quot;A&amp;B&quot;' q:id='z1'/></y:sheets></y:workbook>");
    book_text(&b, "Main/_rels/book.xml.rels",
              "<p:Relationships xmlns:p='" BOOK_PACKAGE "'>"
              "<p:Relationship Id='z1' Type='" BOOK_OFFICE "/worksheet' Target='../sheets/./one.xml'/>"
              "<p:Relationship Id='z2' Type='" BOOK_OFFICE "/worksheet' Target='/sheets/two.xml'/>"
              "<p:Relationship Id='z3' Type='" BOOK_OFFICE "/sharedStrings' Target='absent.xml'/>"
              "<p:Relationship Id='z4' Type='" BOOK_OFFICE "/worksheet' Target='http://x/' TargetMode='External'/>"
              "<p:Relationship Id='z9' Type='" BOOK_OFFICE "/chartsheet' Target='c.xml'/></p:Relationships>");
    book_text(&b, "sheets/one.xml", BOOK_SHEET("<row><c><v>1</v></c></row>"));
    book_text(&b, "sheets\\two.xml", BOOK_SHEET("<row><c><v>2</v></c></row>"));
    told t = { .stop_at = 0 };
    oko_error err;
    assert_int_equal(read_book(b, &t, &err), OKO_OK);
    assert_string_equal(t.text, "[Второй]\n1: A#2\n[\"A&B\"]\n1: A#1\n");
}

static void order_is_checked(void **state)
{
    (void)state;
    assert_refused(book_of(BOOK_SHEET("<row r='3'/><row r='2'/>"), NULL), OKO_E_FORMAT, "intake.xml.order", "Лист1!2");
    assert_refused(book_of(BOOK_SHEET("<row r='3'/><row r='3'/>"), NULL), OKO_E_FORMAT, "intake.xml.order", "Лист1!3");
    assert_refused(book_of(BOOK_SHEET("<row><c r='B1'/><c r='A1'/></row>"), NULL), OKO_E_FORMAT, "intake.xml.order",
                   "Лист1!A1");
    assert_refused(book_of(BOOK_SHEET("<row><c r='B1'/><c r='B1'/></row>"), NULL), OKO_E_FORMAT, "intake.xml.order",
                   "Лист1!B1");
    assert_refused(book_of(BOOK_SHEET("<row r='0'/>"), NULL), OKO_E_FORMAT, "intake.xml.row", NULL);
    assert_refused(book_of(BOOK_SHEET("<row r='1x'/>"), NULL), OKO_E_FORMAT, "intake.xml.row", NULL);
    assert_refused(book_of(BOOK_SHEET("<row r=''/>"), NULL), OKO_E_FORMAT, "intake.xml.row", NULL);
    assert_refused(book_of(BOOK_SHEET("<row><c r='A2'/></row>"), NULL), OKO_E_FORMAT, "intake.xml.cell", "Лист1!1");
    assert_refused(book_of(BOOK_SHEET("<row><c r='a1'/></row>"), NULL), OKO_E_FORMAT, "intake.xml.cell", NULL);
    assert_refused(book_of(BOOK_SHEET("<row><c r='1'/></row>"), NULL), OKO_E_FORMAT, "intake.xml.cell", NULL);
}

static void shared_strings_must_exist(void **state)
{
    (void)state;
    static const char strings[] = BOOK_STRINGS("<si><t>a</t></si>");
    const char *const bad[] = { BOOK_SHEET("<row><c/><c t='s'><v>1</v></c></row>"),
                                BOOK_SHEET("<row><c/><c t='s'><v>-1</v></c></row>"),
                                BOOK_SHEET("<row><c/><c t='s'><v>99999999999999999999999</v></c></row>"),
                                BOOK_SHEET("<row><c/><c t='s'><v> </v></c></row>") };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_refused(book_of(bad[i], strings), OKO_E_FORMAT, "intake.xml.string", "Лист1!B1");
    }
    assert_refused(book_of(BOOK_SHEET("<row><c t='s'><v>0</v></c></row>"), NULL), OKO_E_FORMAT, "intake.xml.string",
                   NULL);
}

static void columns_have_a_limit(void **state)
{
    (void)state;
    assert_refused(book_of(BOOK_SHEET("<row><c r='XFE1'/></row>"), NULL), OKO_E_LIMIT, "intake.too_many_columns", NULL);
    assert_refused(book_of(BOOK_SHEET("<row><c r='ZZZZZZZZZZZZ1'/></row>"), NULL), OKO_E_LIMIT,
                   "intake.too_many_columns", NULL);
    assert_refused(book_of(BOOK_SHEET("<row><c r='BZU1'><v>1</v></c></row>"), NULL), OKO_E_LIMIT,
                   "intake.too_many_columns", "Лист1!BZU1"); /* column 2049 */
    assert_told(BOOK_SHEET("<row><c r='BZT1'><v>1</v></c><c r='XFD1' s='3'/></row>"), NULL, "[Лист1]\n1: T#1\n");
    assert_refused(book_of(BOOK_SHEET("<row r='5000001'/>"), NULL), OKO_E_LIMIT, "intake.too_many_rows", NULL);
    assert_refused(book_of(BOOK_SHEET("<row r='99999999999999999999'/>"), NULL), OKO_E_LIMIT, "intake.too_many_rows",
                   NULL);
}

/* head + n × 'y' + tail, from malloc. */
static char *stretched(const char *head, size_t n, const char *tail, size_t *ret_n)
{
    size_t h = strlen(head), t = strlen(tail);
    char *text = malloc(h + n + t);
    assert_non_null(text);
    memcpy(text, head, h);
    memset(text + h, 'y', n);
    memcpy(text + h + n, tail, t);
    *ret_n = h + n + t;
    return text;
}

/* A book whose worksheet (or part `which`) is a stretched text. */
static oko_status read_stretched(size_t which, const char *head, size_t n, const char *tail, bool stored, told *t,
                                 oko_error *err)
{
    book b = book_of(BOOK_SHEET("<row><c t='s'><v>0</v></c></row>"), BOOK_STRINGS("<si><t>a</t></si>"));
    size_t size;
    char *text = stretched(head, n, tail, &size);
    b.part[which].text = text;
    b.part[which].n = size;
    b.stored = stored;
    oko_status status = read_book(b, t, err);
    free(text);
    return status;
}

#define SHEET_HEAD "<worksheet xmlns='" BOOK_MAIN "'><sheetData>"
#define SHEET_TAIL "</sheetData></worksheet>"
#define CELL_HEAD SHEET_HEAD "<row><c r='C1' t='inlineStr'><is><t>"
#define CELL_TAIL "</t></is></c></row>" SHEET_TAIL

static void cells_have_a_limit(void **state)
{
    (void)state;
    told t = { .stop_at = 0 };
    oko_error err;
    assert_int_equal(read_stretched(2, CELL_HEAD, OKO_IMPORT_MAX_CELL_BYTES, CELL_TAIL, false, &t, &err), OKO_OK);
    assert_int_equal(t.longest, OKO_IMPORT_MAX_CELL_BYTES);
    assert_int_equal(read_stretched(2, CELL_HEAD, OKO_IMPORT_MAX_CELL_BYTES + 1, CELL_TAIL, false, &t, &err),
                     OKO_E_LIMIT);
    assert_string_equal(err.id, "intake.long_cell");
    assert_string_equal(err.field, "Лист1!C1");
    assert_int_equal(read_stretched(2, CELL_HEAD, 32 << 20, CELL_TAIL, false, &t, &err), OKO_E_LIMIT);
    assert_string_equal(err.id, "intake.long_cell");
    assert_int_equal(read_stretched(3, "<sst xmlns='" BOOK_MAIN "'><si><t>", 40000, "</t></si></sst>", false, &t, &err),
                     OKO_E_LIMIT);
    assert_string_equal(err.id, "intake.long_cell");
}

enum { LONG_CELLS = 40, LONG_EACH = 30000 };

/* A worksheet of one row of a million bytes. */
static const char *long_row_sheet(void)
{
    static char sheet[LONG_CELLS * (LONG_EACH + 100)];
    size_t n = (size_t)snprintf(sheet, sizeof sheet, "%s<row><c t='s'><v>0</v></c>", SHEET_HEAD);
    for (int i = 0; i < LONG_CELLS; i++) {
        n += (size_t)snprintf(sheet + n, sizeof sheet - n, "<c t='str'><v>%02d", i);
        memset(sheet + n, 'a' + i % 26, LONG_EACH - 2);
        n += LONG_EACH - 2;
        n += (size_t)snprintf(sheet + n, sizeof sheet - n, "</v></c>");
    }
    (void)snprintf(sheet + n, sizeof sheet - n, "</row>%s", SHEET_TAIL);
    return sheet;
}

/* The buffer of the row moves, the cells with it. */
static void long_rows(void **state)
{
    (void)state;
    told t = { .stop_at = 0 };
    oko_error err;
    book b = book_of(long_row_sheet(), BOOK_STRINGS("<si><t>first</t></si>"));
    assert_int_equal(read_book(b, &t, &err), OKO_OK);
    assert_int_equal(t.cells, LONG_CELLS + 1);
    assert_int_equal(t.longest, LONG_EACH);
    assert_non_null(strstr(t.text, "1: A=first B=00aaaaaaaa"));
}

static void bombs(void **state)
{
    (void)state;
    told t = { .stop_at = 0 };
    oko_error err;
    assert_int_equal(read_stretched(2, SHEET_HEAD "<!--", 200 << 20, "-->" SHEET_TAIL, false, &t, &err), OKO_E_LIMIT);
    assert_string_equal(err.id, "intake.zip_bomb");
    assert_string_equal(err.arg[0], "xl/worksheets/sheet1.xml");
    /* one token of 40 MB, not compressed: no bomb, but expat would have to hold it */
    assert_int_equal(read_stretched(2, SHEET_HEAD "<!--", 40 << 20, "-->" SHEET_TAIL, true, &t, &err), OKO_E_LIMIT);
    assert_string_equal(err.id, "intake.xml.memory");
    assert_int_equal(read_stretched(2, SHEET_HEAD "<", 40 << 20, "/>" SHEET_TAIL, true, &t, &err), OKO_E_LIMIT);
    assert_string_equal(err.id, "intake.xml.memory");
}

static void xml_must_be_well_formed(void **state)
{
    (void)state;
    const char *const bad[] = { SHEET_HEAD "<row></c></row>" SHEET_TAIL,
                                SHEET_HEAD "<row>",
                                "",
                                SHEET_HEAD "<row><c><v>&nbsp;</v></c></row>" SHEET_TAIL,
                                SHEET_HEAD "<row><c><v>\xd0</v></c></row>" SHEET_TAIL,
                                SHEET_HEAD "<row><c><v>\xff</v></c></row>" SHEET_TAIL,
                                SHEET_HEAD "<row r='1' r='2'/>" SHEET_TAIL,
                                SHEET_HEAD SHEET_TAIL "<more/>",
                                "<?xml version='1.0' encoding='windows-1251'?>" SHEET_HEAD SHEET_TAIL };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_refused(book_of(bad[i], NULL), OKO_E_FORMAT, "intake.xml", "xl/worksheets/sheet1.xml");
    }
    static const char laughs[] = "<!DOCTYPE w [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]>" BOOK_SHEET(
        "<row><c t='str'><v>&b;</v></c></row>");
    assert_refused(book_of(laughs, NULL), OKO_E_FORMAT, "intake.xml.doctype", NULL);
    assert_refused(book_of("<!DOCTYPE w SYSTEM 'file:///etc/hostname'>" BOOK_SHEET(""), NULL), OKO_E_FORMAT,
                   "intake.xml.doctype", NULL);
    assert_refused(book_of("<workbook xmlns='" BOOK_MAIN "'/>", NULL), OKO_E_FORMAT, "intake.xml.root", NULL);
    assert_refused(book_of("<worksheet/>", NULL), OKO_E_FORMAT, "intake.xml.root", NULL);
    assert_refused(book_of("<worksheet xmlns='urn:x'/>", NULL), OKO_E_FORMAT, "intake.xml.root", NULL);
    assert_refused(book_of(BOOK_SHEET(""), "<sst xmlns='urn:x'/>"), OKO_E_FORMAT, "intake.xml.root",
                   "xl/sharedStrings.xml");
}

static void nesting_has_a_limit(void **state)
{
    (void)state;
    static char deep[4096];
    const struct {
        size_t part;
        const char *head;
    } places[] = { { 0, "<workbook xmlns='" BOOK_MAIN "'>" },
                   { 1, "<Relationships xmlns='" BOOK_PACKAGE "'>" },
                   { 2, SHEET_HEAD },
                   { 3, "<sst xmlns='" BOOK_MAIN "'>" } };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        size_t n = (size_t)snprintf(deep, sizeof deep, "%s", places[i].head);
        for (int k = 0; k < 70; k++) {
            n += (size_t)snprintf(deep + n, sizeof deep - n, "<q>");
        }
        book b = book_of(BOOK_SHEET(""), BOOK_STRINGS(""));
        b.part[places[i].part].text = deep;
        b.part[places[i].part].n = n;
        assert_refused(b, OKO_E_LIMIT, "intake.xml.depth", b.part[places[i].part].name);
    }
}

static void packages_that_are_no_workbook(void **state)
{
    (void)state;
    const struct {
        const char *part, *text, *id;
    } packages[] = { { "word/document.xml", "x", "intake.not_workbook.docx" },
                     { "ppt/presentation.xml", "x", "intake.not_workbook.pptx" },
                     { "xl/workbook.bin", "x", "intake.not_workbook.xlsb" },
                     { "Index/Document.iwa", "x", "intake.not_workbook.numbers" },
                     { "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "intake.not_workbook.ods" },
                     { "mimetype", "application/vnd.oasis.opendocument.text", "intake.not_workbook.odt" },
                     { "отчёты/2021-04-MA.xlsx", "x", "intake.not_workbook.archive" },
                     { "readme.txt", "x", "intake.not_workbook.zip" } };
    for (size_t i = 0; i < sizeof packages / sizeof packages[0]; i++) {
        book b = { .stored = true };
        book_text(&b, packages[i].part, packages[i].text);
        assert_refused(b, OKO_E_FORMAT, packages[i].id, NULL);
    }
}

static void broken_workbooks(void **state)
{
    (void)state;
    book b = book_of(BOOK_SHEET(""), NULL);
    b.part[2].name = "xl/worksheets/other.xml";
    assert_refused(b, OKO_E_FORMAT, "intake.missing_part", "xl/worksheets/sheet1.xml");
    b = book_of(BOOK_SHEET(""), NULL);
    b.part[1].name = "xl/_rels/other.rels"; /* no relationships: no worksheet can be found */
    assert_refused(b, OKO_E_FORMAT, "intake.no_worksheets", NULL);
    b = book_of(BOOK_SHEET(""), NULL);
    b.part[0].text = "<workbook xmlns='" BOOK_MAIN "'><sheets><sheet name='A'/></sheets></workbook>";
    b.part[0].n = strlen(b.part[0].text);
    assert_refused(b, OKO_E_FORMAT, "intake.xml.workbook", NULL);
    b = book_of(BOOK_SHEET(""), NULL);
    b.part[0].text = "<workbook xmlns='" BOOK_MAIN "' xmlns:r='" BOOK_OFFICE "'><sheets><sheet name='A' r:id='r2'/>"
                     "</sheets></workbook>"; /* the shared strings are no worksheet */
    b.part[0].n = strlen(b.part[0].text);
    assert_refused(b, OKO_E_FORMAT, "intake.no_worksheets", NULL);
    b = book_of(BOOK_SHEET(""), NULL);
    b.password = "secret";
    assert_refused(b, OKO_E_FORMAT, "intake.password", NULL);
}

/* Rows are counted over all worksheets: here one part of two and a half million empty ones, named twice. */
static void rows_have_a_limit(void **state)
{
    (void)state;
    enum { HALF = OKO_IMPORT_MAX_ROWS / 2, EACH = sizeof "<row/>" - 1 };
    char *sheet = malloc(HALF * EACH + 512);
    assert_non_null(sheet);
    size_t n = (size_t)snprintf(sheet, 256, "%s", SHEET_HEAD);
    for (int i = 0; i < HALF; i++, n += EACH) {
        memcpy(sheet + n, "<row/>", EACH);
    }
    (void)snprintf(sheet + n, 256, "%s", SHEET_TAIL);
    for (int more = 0; more < 2; more++) {
        told t = { .stop_at = 0 };
        oko_error err;
        book b = book_of(sheet, NULL);
        b.stored = true;
        b.part[0].text = more == 0
                             ? "<workbook xmlns='" BOOK_MAIN "' xmlns:r='" BOOK_OFFICE "'><sheets><sheet name='A' "
                               "r:id='r1'/><sheet name='B' r:id='r1'/></sheets></workbook>"
                             : "<workbook xmlns='" BOOK_MAIN "' xmlns:r='" BOOK_OFFICE "'><sheets><sheet name='A' "
                               "r:id='r1'/><sheet name='B' r:id='r1'/><sheet name='C' r:id='r1'/></sheets></workbook>";
        b.part[0].n = strlen(b.part[0].text);
        assert_int_equal(read_book(b, &t, &err), more == 0 ? OKO_OK : OKO_E_LIMIT);
        assert_string_equal(err.id, more == 0 ? "" : "intake.too_many_rows");
        assert_string_equal(err.field, more == 0 ? "" : "C!1");
    }
    free(sheet);
}

static void worksheets_have_a_limit(void **state)
{
    (void)state;
    static char many[64000];
    size_t n =
        (size_t)snprintf(many, sizeof many, "<workbook xmlns='" BOOK_MAIN "' xmlns:r='" BOOK_OFFICE "'><sheets>");
    for (int i = 0; i <= OKO_IMPORT_MAX_WORKSHEETS; i++) {
        n += (size_t)snprintf(many + n, sizeof many - n, "<sheet name='%d' r:id='r1'/>", i);
    }
    (void)snprintf(many + n, sizeof many - n, "</sheets></workbook>");
    book b = book_of(BOOK_SHEET(""), NULL);
    b.part[0].text = many;
    b.part[0].n = strlen(many);
    assert_refused(b, OKO_E_LIMIT, "intake.too_many_worksheets", NULL);
}

/* Cut anywhere, or with any byte of the worksheet changed, a file gives an error and never other rows. */
static void truncated_and_damaged(void **state)
{
    (void)state;
    book b = book_of(BOOK_SHEET("<row><c><v>12345</v></c></row>"), NULL);
    b.stored = true;
    assert_true(book_pack(&b));
    told t = { .stop_at = 0 };
    oko_rows_sink sink = told_sink(&t);
    oko_error err;
    for (size_t n = 4; n < b.size; n += 7) {
        assert_int_equal(oko_xlsx_read_memory(b.bytes, n, &sink, &err), OKO_E_FORMAT);
        assert_string_equal(err.id, "intake.truncated");
    }
    assert_int_equal(t.rows, 0);
    char *number = NULL;
    for (char *p = b.bytes; number == NULL && p < (char *)b.bytes + b.size - 5; p++) {
        number = memcmp(p, "12345", 5) == 0 ? p : NULL;
    }
    assert_non_null(number);
    *number = '9';
    assert_int_equal(oko_xlsx_read_memory(b.bytes, b.size, &sink, &err), OKO_E_FORMAT);
    assert_string_equal(err.id, "intake.damaged");
    book_free(&b);
}

static void sink_stops(void **state)
{
    (void)state;
    told t = { .stop_at = 2 };
    oko_error err;
    assert_int_equal(read_book(book_of(BOOK_SHEET("<row><c><v>1</v></c></row><row><c><v>2</v></c></row>"
                                                  "<row><c><v>3</v></c></row>"),
                                       NULL),
                               &t, &err),
                     OKO_E_CONFLICT);
    assert_string_equal(t.text, "[Лист1]\n1: A#1\n2: A#2\n");
    assert_string_equal(err.id, "test.stop");
}

/* Every allocation fails in turn: OKO_E_MEMORY each time, nothing leaks (the sanitizer build looks). */
static void memory_fails(void **state)
{
    (void)state;
    book b = book_of(long_row_sheet(), BOOK_STRINGS("<si><t>a</t></si><si><t>b</t></si>"));
    assert_true(book_pack(&b));
    size_t n = 1;
    for (bool failed = true; failed; n++) {
        told t = { .stop_at = 0 };
        oko_rows_sink sink = told_sink(&t);
        oko_error err = { .code = OKO_OK };
        failing_alloc_arm(n);
        oko_status status = oko_xlsx_read_memory(b.bytes, b.size, &sink, &err);
        failed = failing_alloc_disarm();
        assert_int_equal(status, failed ? OKO_E_MEMORY : OKO_OK);
        assert_int_equal(err.code, status);
        assert_true(n < 1000);
    }
    assert_true(n > 20);
    book_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_of_cells),
        cmocka_unit_test(positions_are_counted),
        cmocka_unit_test(text_is_kept),
        cmocka_unit_test(foreign_elements_are_left_out),
        cmocka_unit_test(utf16_part),
        cmocka_unit_test(several_worksheets),
        cmocka_unit_test(order_is_checked),
        cmocka_unit_test(shared_strings_must_exist),
        cmocka_unit_test(columns_have_a_limit),
        cmocka_unit_test(cells_have_a_limit),
        cmocka_unit_test(long_rows),
        cmocka_unit_test(bombs),
        cmocka_unit_test(xml_must_be_well_formed),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(packages_that_are_no_workbook),
        cmocka_unit_test(broken_workbooks),
        cmocka_unit_test(rows_have_a_limit),
        cmocka_unit_test(worksheets_have_a_limit),
        cmocka_unit_test(truncated_and_damaged),
        cmocka_unit_test(sink_stops),
        cmocka_unit_test(memory_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
