/*
 * Workbooks. Bytes that begin with «PK» are read as they are. Others are the parts of a workbook, with the byte 0x1e
 * between: worksheet, shared strings, workbook, its relationships (those left out are plain); they are packed here, so
 * that the fuzzer works on the XML and not on checksums.
 */
#include "intake/container.h"
#include "intake/import.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static const char *const names[] = { "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml",
                                     "xl/_rels/workbook.xml.rels" };
static const char *const plain[] = {
    "<worksheet xmlns='" MAIN "'><sheetData/></worksheet>", "<sst xmlns='" MAIN "'><si><t>a</t></si></sst>",
    "<workbook xmlns='" MAIN "' xmlns:r='" OFFICE "'><sheets><sheet name='S' r:id='r1'/></sheets></workbook>",
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
    "<Relationship Id='r1' Type='" OFFICE "/worksheet' Target='worksheets/sheet1.xml'/>"
    "<Relationship Id='r2' Type='" OFFICE "/sharedStrings' Target='sharedStrings.xml'/></Relationships>"
};
enum { PARTS = sizeof names / sizeof names[0] };

typedef struct seen {
    uint32_t row;
    size_t sheets;
} seen;

static oko_status check_sheet(void *ctx, const char *name, size_t index, oko_error *err)
{
    seen *s = ctx;
    (void)err;
    if (index != s->sheets++ || !oko_utf8_valid(oko_str_of(name))) {
        abort();
    }
    s->row = 0;
    return OKO_OK;
}

static oko_status check_row(void *ctx, uint32_t row, const oko_cell *cells, size_t n, oko_error *err)
{
    seen *s = ctx;
    (void)err;
    if (s->sheets == 0 || n == 0 || row <= s->row) {
        abort();
    }
    s->row = row;
    for (size_t i = 0; i < n; i++) {
        if ((i > 0 && cells[i].col <= cells[i - 1].col) || cells[i].col >= OKO_IMPORT_MAX_COLUMNS ||
            cells[i].text.len == 0 || cells[i].text.len > OKO_IMPORT_MAX_CELL_BYTES || !oko_utf8_valid(cells[i].text)) {
            abort();
        }
    }
    return OKO_OK;
}

static void read_book(const void *bytes, size_t n)
{
    seen s = { 0 };
    oko_error err = { .code = OKO_OK };
    oko_rows_sink sink = { .worksheet = check_sheet, .row = check_row, .ctx = &s };
    oko_status status = oko_xlsx_read_memory(bytes, n, &sink, &err);
    if (status != err.code || (status != OKO_OK && status != OKO_E_MEMORY && strncmp(err.id, "intake.", 7) != 0)) {
        abort();
    }
}

/* Packs the parts without compression and reads them. */
static void read_parts(const uint8_t *data, size_t size)
{
    zip_source_t *packed = zip_source_buffer_create(NULL, 0, 0, NULL);
    if (packed == NULL) {
        return;
    }
    zip_source_keep(packed);
    zip_t *zip = zip_open_from_source(packed, ZIP_TRUNCATE, NULL);
    for (size_t i = 0; zip != NULL && i < PARTS; i++) {
        const void *part = plain[i];
        size_t n = strlen(plain[i]);
        if (size > 0) {
            const uint8_t *end = memchr(data, 0x1e, size);
            part = data;
            n = end == NULL ? size : (size_t)(end - data);
            data += n + (end != NULL);
            size -= n + (end != NULL);
        }
        zip_int64_t at = zip_file_add(zip, names[i], zip_source_buffer(zip, part, n, 0), 0);
        (void)zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0);
    }
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip != NULL && zip_close(zip) == 0 && zip_source_open(packed) == 0) {
        void *bytes = zip_source_stat(packed, &stat) == 0 ? malloc(stat.size) : NULL;
        if (bytes != NULL && zip_source_read(packed, bytes, stat.size) == (zip_int64_t)stat.size) {
            read_book(bytes, stat.size);
        }
        free(bytes);
        (void)zip_source_close(packed);
    }
    zip_source_free(packed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size >= 2 && memcmp(data, "PK", 2) == 0) {
        read_book(data, size);
    } else {
        read_parts(data, size);
    }
    return 0;
}
