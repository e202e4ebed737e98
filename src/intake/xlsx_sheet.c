/*
 * The hot path of the import: called for every tag and piece of text of a worksheet, about 140 000 times a megabyte.
 * So: one state to switch on, names compared by their first bytes, text collected straight into the buffer of the
 * row, nothing allocated per cell.
 */
#include "intake/xlsx_sheet.h"

#include "intake/container_place.h"
#include "intake/import.h"

#include <stdlib.h>
#include <string.h>

const char *const oko_xlsx_namespaces[] = { "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                                            "http://purl.oclc.org/ooxml/spreadsheetml/main", NULL };

enum {
    FIRST_ROW_TEXT = 64 << 10,
    MAX_ROW_TEXT = OKO_IMPORT_MAX_COLUMNS * OKO_IMPORT_MAX_CELL_BYTES,
    LAST_COLUMN = 16384 /* XFD */
};

typedef enum sheet_state {
    AT_ROOT,
    IN_SHEET,
    IN_DATA,
    IN_ROW,
    IN_CELL,
    IN_VALUE,
    IN_INLINE,
    IN_RUN,
    IN_TEXT
} sheet_state;

typedef enum cell_type { TYPE_NUMBER, TYPE_SHARED, TYPE_TEXT, TYPE_BOOLEAN, TYPE_AS_WRITTEN } cell_type;

typedef struct sheet_reader {
    oko_xml xml;
    sheet_state state, outer; /* outer: where to return to when <t> ends */
    int skip;                 /* depth inside an element that does not matter */
    oko_xlsx_rows *shared;
    const char *name; /* of the worksheet */
    uint32_t row;     /* 1-based, of the row being read or the last one */
    uint32_t col;     /* 1-based, of the cell being read or the last one of this row */
    cell_type type;
    size_t n_cells;
    size_t len;   /* of the row's text */
    size_t begin; /* of this cell's text */
} sheet_reader;

oko_status oko_xlsx_rows_open(oko_xlsx_rows *r, oko_error *err)
{
    r->cells = oko_alloc_array(OKO_IMPORT_MAX_COLUMNS, sizeof *r->cells);
    r->text = oko_alloc_array(FIRST_ROW_TEXT, 1);
    if (r->cells == NULL || r->text == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    r->cap_text = FIRST_ROW_TEXT;
    return OKO_OK;
}

void oko_xlsx_rows_close(oko_xlsx_rows *r)
{
    free(r->cells);
    free(r->text);
    r->cells = NULL;
    r->text = NULL;
}

/* Stops with a message about the row or cell being read: {0} its place. */
static void refuse_here(sheet_reader *r, oko_status status, const char *id)
{
    char place[96];
    oko_place(place, sizeof place, r->name, r->row, r->state > IN_ROW ? r->col : 0);
    oko_error_set(r->xml.err, status, id, place);
    oko_error_arg(r->xml.err, "%s", place);
    oko_xml_stop(&r->xml, status);
}

/* The same for a limit: {1}. */
static void refuse_limit(sheet_reader *r, const char *id, long limit)
{
    refuse_here(r, OKO_E_LIMIT, id);
    oko_error_arg(r->xml.err, "%ld", limit);
}

/* ---- tags ---- */

static void start_row(sheet_reader *r, const char **atts)
{
    uint32_t row = r->row + 1;
    for (; *atts != NULL; atts += 2) {
        if (atts[0][0] == 'r' && atts[0][1] == '\0') {
            const char *digit = atts[1];
            row = 0;
            for (; *digit >= '0' && *digit <= '9' && row < 100000000; digit++) {
                row = row * 10 + (uint32_t)(*digit - '0');
            }
            if (*digit != '\0' && row <= OKO_IMPORT_MAX_ROWS) {
                row = 0;
            }
            break;
        }
    }
    uint32_t before = r->row;
    r->row = row;
    r->state = IN_ROW;
    r->col = 0;
    r->n_cells = 0;
    r->len = 0;
    if (row > OKO_IMPORT_MAX_ROWS || r->shared->rows >= OKO_IMPORT_MAX_ROWS) {
        refuse_limit(r, "intake.too_many_rows", OKO_IMPORT_MAX_ROWS);
    } else if (row <= before) {
        refuse_here(r, OKO_E_FORMAT, row == 0 ? "intake.xml.row" : "intake.xml.order");
    }
    r->shared->rows++;
}

/* Column of "AB12", 1-based; 0 when it is not a reference into this row. Beyond XFD: LAST_COLUMN + 1. */
static uint32_t column_of(const char *ref, uint32_t row)
{
    uint32_t col = 0, number = 0;
    for (; *ref >= 'A' && *ref <= 'Z'; ref++) {
        col = col > LAST_COLUMN ? col : col * 26 + (uint32_t)(*ref - 'A' + 1);
    }
    for (; *ref >= '0' && *ref <= '9' && number < 100000000; ref++) {
        number = number * 10 + (uint32_t)(*ref - '0');
    }
    if (*ref != '\0' || number != row) {
        return 0;
    }
    return col > LAST_COLUMN ? LAST_COLUMN + 1 : col;
}

static cell_type type_of(const char *t)
{
    switch (t[0]) {
    case 'n':
        return TYPE_NUMBER;
    case 's':
        return t[1] == '\0' ? TYPE_SHARED : TYPE_TEXT; /* s, str */
    case 'i':
        return TYPE_TEXT; /* inlineStr */
    case 'b':
        return TYPE_BOOLEAN;
    default:
        return TYPE_AS_WRITTEN; /* e (error), d (date) */
    }
}

static void start_cell(sheet_reader *r, const char **atts)
{
    uint32_t col = r->col + 1;
    r->type = TYPE_NUMBER;
    for (; *atts != NULL; atts += 2) {
        if (atts[0][1] != '\0') {
            continue;
        }
        if (atts[0][0] == 'r') {
            col = column_of(atts[1], r->row);
        } else if (atts[0][0] == 't') {
            r->type = type_of(atts[1]);
        }
    }
    r->state = IN_CELL;
    r->begin = r->len;
    uint32_t before = r->col;
    r->col = col;
    if (col > LAST_COLUMN) {
        refuse_limit(r, "intake.too_many_columns", OKO_IMPORT_MAX_COLUMNS);
    } else if (col <= before) {
        refuse_here(r, OKO_E_FORMAT, col == 0 ? "intake.xml.cell" : "intake.xml.order");
    }
}

/* Rows, cells and what stands around them; an element that does not matter begins a skip. */
static void enter(sheet_reader *r, const char *name, const char **atts)
{
    const char *local = oko_xml_local(&r->xml, name);
    if (local == NULL) {
        r->skip = 1;
        return;
    }
    switch (r->state) {
    case IN_ROW:
        if (local[0] == 'c' && local[1] == '\0') {
            start_cell(r, atts);
            return;
        }
        break;
    case IN_CELL:
        if (local[0] == 'v' && local[1] == '\0') {
            r->len = r->begin;
            r->state = IN_VALUE;
            return;
        }
        if (local[0] == 'i' && local[1] == 's' && local[2] == '\0') {
            r->len = r->begin;
            r->state = IN_INLINE;
            return;
        }
        break;
    case IN_INLINE:
    case IN_RUN:
        if (local[0] == 't' && local[1] == '\0') {
            r->outer = r->state;
            r->state = IN_TEXT;
            return;
        }
        if (r->state == IN_INLINE && local[0] == 'r' && local[1] == '\0') {
            r->state = IN_RUN;
            return;
        }
        break;
    case IN_DATA:
        if (strcmp(local, "row") == 0) {
            start_row(r, atts);
            return;
        }
        break;
    case IN_SHEET:
        if (strcmp(local, "sheetData") == 0) {
            r->state = IN_DATA;
            return;
        }
        break;
    case AT_ROOT:
        if (!oko_xml_root(&r->xml, name, atts, "worksheet", oko_xlsx_namespaces)) {
            oko_xml_refuse(&r->xml, OKO_E_FORMAT, "intake.xml.root", r->xml.part);
        }
        r->state = IN_SHEET;
        return;
    case IN_VALUE:
    case IN_TEXT:
        break;
    }
    r->skip = 1;
}

static void XMLCALL sheet_start(void *user, const XML_Char *name, const XML_Char **atts)
{
    sheet_reader *r = user;
    if (r->xml.status != OKO_OK) {
        return;
    }
    if (r->skip == 0) {
        enter(r, name, atts);
    } else if (++r->skip > OKO_XML_MAX_DEPTH) {
        oko_xml_refuse(&r->xml, OKO_E_LIMIT, "intake.xml.depth", r->xml.part);
    }
}

static oko_str trimmed(const char *text, size_t len)
{
    while (len > 0 && (unsigned char)text[0] <= ' ') {
        text++;
        len--;
    }
    while (len > 0 && (unsigned char)text[len - 1] <= ' ') {
        len--;
    }
    return (oko_str){ text, len };
}

/* The shared string that `index` names; stops the parser when there is none. */
static oko_str shared_string(sheet_reader *r, oko_str index)
{
    size_t i = 0, n = r->shared->strings->n;
    bool good = index.len > 0;
    for (size_t k = 0; k < index.len && good; k++) {
        good = index.ptr[k] >= '0' && index.ptr[k] <= '9' && i < n;
        i = i * 10 + (size_t)(index.ptr[k] - '0');
    }
    if (!good || i >= n) {
        refuse_here(r, OKO_E_FORMAT, "intake.xml.string");
        return (oko_str){ NULL, 0 };
    }
    return oko_xlsx_string(r->shared->strings, i);
}

static oko_str cell_text(sheet_reader *r, bool *ret_number)
{
    char *text = r->shared->text + r->begin;
    size_t len = r->len - r->begin;
    *ret_number = false;
    switch (r->type) {
    case TYPE_NUMBER: {
        oko_str number = trimmed(text, len);
        *ret_number = number.len > 0 && ((number.ptr[0] >= '0' && number.ptr[0] <= '9') || number.ptr[0] == '-' ||
                                         number.ptr[0] == '+' || number.ptr[0] == '.');
        return number;
    }
    case TYPE_SHARED:
        return shared_string(r, trimmed(text, len));
    case TYPE_TEXT:
        return (oko_str){ text, oko_xlsx_unescape(text, len) };
    case TYPE_BOOLEAN: {
        oko_str value = trimmed(text, len);
        bool plain = value.len == 1 && (value.ptr[0] == '0' || value.ptr[0] == '1');
        return !plain ? value : value.ptr[0] == '1' ? OKO_STR("TRUE") : OKO_STR("FALSE");
    }
    case TYPE_AS_WRITTEN:
        break;
    }
    return trimmed(text, len);
}

static void end_cell(sheet_reader *r)
{
    if (r->len == r->begin) {
        r->state = IN_ROW;
        return; /* a format without a value */
    }
    bool number;
    oko_str text = cell_text(r, &number);
    if (text.len > 0) {
        if (r->col > OKO_IMPORT_MAX_COLUMNS) {
            refuse_limit(r, "intake.too_many_columns", OKO_IMPORT_MAX_COLUMNS);
            return;
        }
        r->shared->cells[r->n_cells++] = (oko_cell){ .text = text, .col = r->col - 1, .number = number };
    }
    r->state = IN_ROW;
}

static void end_row(sheet_reader *r)
{
    r->state = IN_DATA;
    if (r->n_cells == 0) {
        return;
    }
    const oko_rows_sink *sink = r->shared->sink;
    oko_status status = sink->row(sink->ctx, r->row, r->shared->cells, r->n_cells, r->xml.err);
    if (status != OKO_OK) {
        oko_xml_stop(&r->xml, status);
    }
}

static void XMLCALL sheet_end(void *user, const XML_Char *name)
{
    sheet_reader *r = user;
    (void)name;
    if (r->xml.status != OKO_OK) {
        return;
    }
    if (r->skip > 0) {
        r->skip--;
        return;
    }
    switch (r->state) {
    case IN_CELL:
        end_cell(r);
        break;
    case IN_VALUE:
    case IN_INLINE:
        r->state = IN_CELL;
        break;
    case IN_TEXT:
        r->state = r->outer;
        break;
    case IN_RUN:
        r->state = IN_INLINE;
        break;
    case IN_ROW:
        end_row(r);
        break;
    case IN_DATA:
        r->state = IN_SHEET;
        break;
    case IN_SHEET:
    case AT_ROOT:
        break;
    }
}

/* Makes room for n more bytes of the row's text and moves the cells that point into it. False: stopped. */
static bool more_text(sheet_reader *r, size_t n)
{
    oko_xlsx_rows *shared = r->shared;
    size_t cap = shared->cap_text * 2 < r->len + n ? r->len + n : shared->cap_text * 2;
    if (r->len + n > MAX_ROW_TEXT) {
        refuse_limit(r, "intake.long_row", MAX_ROW_TEXT);
        return false;
    }
    char *text = oko_alloc_array(cap, 1);
    if (text == NULL) {
        oko_xml_stop(&r->xml, oko_error_set(r->xml.err, OKO_E_MEMORY, "", r->xml.part));
        return false;
    }
    memcpy(text, shared->text, r->len);
    for (size_t i = 0; i < r->n_cells; i++) {
        uintptr_t offset = (uintptr_t)shared->cells[i].text.ptr - (uintptr_t)shared->text;
        if (offset < r->len) { /* else a shared string or a constant */
            shared->cells[i].text.ptr = text + offset;
        }
    }
    free(shared->text);
    shared->text = text;
    shared->cap_text = cap;
    return true;
}

static void XMLCALL sheet_text(void *user, const XML_Char *text, int n)
{
    sheet_reader *r = user;
    if ((r->state != IN_VALUE && r->state != IN_TEXT) || r->skip > 0 || r->xml.status != OKO_OK) {
        return;
    }
    size_t more = (size_t)n;
    if (r->len - r->begin + more > OKO_IMPORT_MAX_CELL_BYTES) {
        refuse_limit(r, "intake.long_cell", OKO_IMPORT_MAX_CELL_BYTES);
        return;
    }
    if (r->len + more > r->shared->cap_text && !more_text(r, more)) {
        return;
    }
    if (more == 2) {
        memcpy(r->shared->text + r->len, text, 2); /* a letter written as a reference: the commonest piece */
    } else {
        memcpy(r->shared->text + r->len, text, more);
    }
    r->len += more;
}

oko_status oko_xlsx_read_sheet(oko_xlsx_rows *r, const char *path, const char *name, oko_error *err)
{
    static const oko_xml_handlers handlers = { .start = sheet_start, .end = sheet_end, .text = sheet_text };
    sheet_reader reader = { .shared = r, .name = name };
    oko_status status = oko_xml_open(&reader.xml, &reader, &handlers, path, err);
    if (status == OKO_OK) {
        status = oko_xlsx_stream(r->package, path, &reader.xml);
        oko_xml_close(&reader.xml);
    }
    return status;
}
