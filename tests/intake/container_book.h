/* Builds workbooks in memory, part by part, for tests. */
#ifndef OKO_TEST_CONTAINER_BOOK_H
#define OKO_TEST_CONTAINER_BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#define BOOK_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define BOOK_STRICT "http://purl.oclc.org/ooxml/spreadsheetml/main"
#define BOOK_OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define BOOK_PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"
#define BOOK_WORKBOOK                                                                                                   \
    "<workbook xmlns='" BOOK_MAIN "' xmlns:r='" BOOK_OFFICE "'><sheets><sheet name='Лист1' sheetId='1' r:id='r1'/>" \
    "</sheets></workbook>"
#define BOOK_RELATIONS                                                                                                 \
    "<Relationships xmlns='" BOOK_PACKAGE "'>"                                                                         \
    "<Relationship Id='r1' Type='" BOOK_OFFICE "/worksheet' Target='worksheets/sheet1.xml'/>"                          \
    "<Relationship Id='r2' Type='" BOOK_OFFICE "/sharedStrings' Target='sharedStrings.xml'/></Relationships>"
#define BOOK_SHEET(rows) "<worksheet xmlns='" BOOK_MAIN "'><sheetData>" rows "</sheetData></worksheet>"
#define BOOK_STRINGS(items) "<sst xmlns='" BOOK_MAIN "'>" items "</sst>"

enum { BOOK_PARTS = 16 };

typedef struct book {
    struct {
        const char *name, *text;
        size_t n;
    } part[BOOK_PARTS];
    size_t n;
    const char *password;
    bool stored;
    void *bytes; /* made by book_pack; freed by book_free */
    size_t size;
} book;

static inline void book_add(book *b, const char *name, const char *text, size_t n)
{
    b->part[b->n].name = name;
    b->part[b->n].text = text;
    b->part[b->n].n = n;
    b->n++;
}

static inline void book_text(book *b, const char *name, const char *text)
{
    book_add(b, name, text, strlen(text));
}

/* The common case: one worksheet, and shared strings when not NULL. */
static inline book book_of(const char *sheet, const char *strings)
{
    book b = { .n = 0 };
    book_text(&b, "xl/workbook.xml", BOOK_WORKBOOK);
    book_text(&b, "xl/_rels/workbook.xml.rels", BOOK_RELATIONS);
    book_text(&b, "xl/worksheets/sheet1.xml", sheet);
    if (strings != NULL) {
        book_text(&b, "xl/sharedStrings.xml", strings);
    }
    return b;
}

/* Makes b->bytes; false when libzip fails. */
static inline bool book_pack(book *b)
{
    zip_source_t *packed = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_source_keep(packed);
    zip_t *zip = zip_open_from_source(packed, ZIP_TRUNCATE, NULL);
    for (size_t i = 0; i < b->n; i++) {
        zip_source_t *part = zip_source_buffer(zip, b->part[i].text, b->part[i].n, 0);
        zip_int64_t at = zip_file_add(zip, b->part[i].name, part, ZIP_FL_ENC_UTF_8);
        if (at < 0) {
            return false;
        }
        (void)zip_set_file_compression(zip, (zip_uint64_t)at, b->stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0);
        if (b->password != NULL) {
            (void)zip_file_set_encryption(zip, (zip_uint64_t)at, ZIP_EM_AES_128, b->password);
        }
    }
    zip_stat_t stat;
    zip_stat_init(&stat);
    bool good = zip_close(zip) == 0 && zip_source_open(packed) == 0 && zip_source_stat(packed, &stat) == 0;
    b->bytes = good ? malloc(stat.size) : NULL;
    b->size = stat.size;
    good = b->bytes != NULL && zip_source_read(packed, b->bytes, b->size) == (zip_int64_t)b->size;
    (void)zip_source_close(packed);
    zip_source_free(packed);
    return good;
}

static inline void book_free(book *b)
{
    free(b->bytes);
    b->bytes = NULL;
}

#endif
