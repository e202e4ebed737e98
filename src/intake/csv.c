/*
 * Records are found in a buffer of decoded text that holds at least one of them whole: a record cut by the end of the
 * buffer is moved to its beginning, more text is read behind it and the record is begun anew. Cells are views into
 * the buffer; doubled quotes are undone in place once the record is whole.
 */
#include "intake/csv.h"

#include "base/memory.h"
#include "intake/container_place.h"
#include "intake/encoding.h"
#include "intake/import.h"

#include <stdlib.h>
#include <string.h>

enum {
    CHUNK = 128 << 10, /* bytes read at once */
    MAX_EMPTY = 16384, /* columns, filled or not */
    MAX_BUFFER = (OKO_IMPORT_MAX_COLUMNS + 2) * (2 * OKO_IMPORT_MAX_CELL_BYTES + 8)
};

typedef struct csv_reader {
    oko_source *source;
    const oko_rows_sink *sink;
    const oko_progress *progress;
    oko_error *err;
    oko_decoder decoder;
    unsigned char *raw; /* [CHUNK] undecoded bytes; NULL for UTF-8. Owned */
    char *text;         /* decoded, [cap], owned; text[len] is a line feed that stops every scan */
    size_t cap, len;
    size_t begin;      /* of the record to be read next */
    bool ended;        /* the source has no more */
    bool special[256]; /* ends a plain field */
    char delimiter;
    oko_cell *cells; /* [OKO_IMPORT_MAX_COLUMNS], owned */
    size_t n_cells;
    uint32_t row;  /* 1-based, of the record being read */
    uint64_t line; /* 1-based, where it begins */
    bool told;     /* a row has been told */
} csv_reader;

static void csv_reader_clear(csv_reader *r)
{
    free(r->raw);
    free(r->text);
    free(r->cells);
}

/* ---- text into the buffer ---- */

/* Bytes that a chunk may become. */
static size_t room_needed(const csv_reader *r)
{
    return r->raw == NULL ? CHUNK : 3 * (CHUNK + 4);
}

/* Makes room for a chunk behind the record that was cut. */
static oko_status make_room(csv_reader *r)
{
    if (r->begin > 0) {
        memmove(r->text, r->text + r->begin, r->len - r->begin);
        r->len -= r->begin;
        r->begin = 0;
    }
    size_t need = r->len + room_needed(r) + 1;
    oko_status status = oko_grow(&r->text, &r->cap, need, 1, MAX_BUFFER);
    if (status == OKO_E_LIMIT) {
        oko_error_set(r->err, status, "intake.long_row", "");
        oko_error_arg(r->err, "%llu", (unsigned long long)r->line);
    } else if (status != OKO_OK) {
        oko_error_set(r->err, status, "", "");
    }
    return status;
}

static oko_status decode_chunk(csv_reader *r, size_t got)
{
    size_t n = oko_decoder_run(&r->decoder, r->raw, got, got == 0, r->text + r->len);
    if (n == SIZE_MAX) {
        oko_error_set(r->err, OKO_E_FORMAT, "intake.encoding", "");
        uint64_t at = r->source->at - got + r->decoder.bad;
        oko_error_arg(r->err, "%llu", (unsigned long long)oko_source_line(r->source, at));
        return OKO_E_FORMAT;
    }
    r->len += n;
    return OKO_OK;
}

/* Reads and decodes the next chunk. */
static oko_status more_text(csv_reader *r)
{
    size_t got;
    oko_status status = make_room(r);
    if (status != OKO_OK) {
        return status;
    }
    void *to = r->raw == NULL ? (void *)(r->text + r->len) : r->raw;
    status = oko_source_read(r->source, to, CHUNK, &got, r->err);
    if (status != OKO_OK) {
        return status;
    }
    r->ended = got == 0;
    if (r->raw == NULL) {
        r->len += got;
    } else if ((status = decode_chunk(r, got)) != OKO_OK) {
        return status;
    }
    r->text[r->len] = '\n';
    uint64_t done = r->source->at < r->source->size ? r->source->at : r->source->size;
    if (!oko_progress_tell(r->progress, "import.read", done, r->source->size)) {
        return oko_error_set(r->err, OKO_E_CANCELLED, "", "");
    }
    return OKO_OK;
}

/* ---- fields ---- */

/* What a scan of a field or record found. OVER: the record's status says why. */
typedef enum found { FIELD, RECORD, CUT, OVER } found;

/* The record under way. */
typedef struct record {
    size_t at;      /* next byte */
    uint32_t col;   /* 0-based */
    uint64_t feeds; /* line breaks inside quotes so far */
    oko_status status;
} record;

/* {0} the cell as a spreadsheet program would name it, {1} `number`: a line or a limit. */
static found refuse(csv_reader *r, record *rec, oko_status status, const char *id, uint64_t number)
{
    char place[32];
    oko_place(place, sizeof place, "", r->row + 1, rec->col + 1);
    rec->status = oko_error_set(r->err, status, id, place);
    oko_error_arg(r->err, "%s", place);
    oko_error_arg(r->err, "%llu", (unsigned long long)number);
    return OVER;
}

/* What stands behind a field: a delimiter, a line end (both are passed), or the end of the buffer. */
static found after_field(csv_reader *r, record *rec)
{
    if (rec->at >= r->len) {
        rec->at = r->len;
        return r->ended ? RECORD : CUT;
    }
    char c = r->text[rec->at];
    if (c == r->delimiter) {
        rec->at++;
        return FIELD;
    }
    if (c == '\r') {
        if (rec->at + 1 >= r->len && !r->ended) {
            return CUT; /* its line feed may follow */
        }
        rec->at += rec->at + 1 < r->len && r->text[rec->at + 1] == '\n';
    }
    rec->at++;
    return RECORD;
}

/* Keeps a filled cell; a doubled quote inside is marked by `number` until the record is whole. */
static found keep(csv_reader *r, record *rec, size_t begin, size_t end, bool doubled)
{
    if (end - begin > OKO_IMPORT_MAX_CELL_BYTES) {
        return refuse(r, rec, OKO_E_LIMIT, "intake.long_cell", OKO_IMPORT_MAX_CELL_BYTES);
    }
    if (end > begin) {
        if (rec->col >= OKO_IMPORT_MAX_COLUMNS) {
            return refuse(r, rec, OKO_E_LIMIT, "intake.too_many_columns", OKO_IMPORT_MAX_COLUMNS);
        }
        r->cells[r->n_cells++] =
            (oko_cell){ .text = { r->text + begin, end - begin }, .col = rec->col, .number = doubled };
    }
    return FIELD;
}

/* A field in quotes; rec->at stands on the opening one. */
static found quoted_field(csv_reader *r, record *rec)
{
    size_t begin = rec->at + 1, at = begin;
    uint64_t opened = r->line + rec->feeds;
    bool doubled = false;
    for (;;) {
        const char *quote = memchr(r->text + at, '"', r->len - at);
        if (quote == NULL && !r->ended && r->len - begin <= 2 * OKO_IMPORT_MAX_CELL_BYTES) {
            return CUT;
        }
        if (quote == NULL) {
            return refuse(r, rec, OKO_E_FORMAT, "intake.csv_unclosed", opened);
        }
        at = (size_t)(quote - r->text) + 1;
        if (at >= r->len || *(quote + 1) != '"') {
            break; /* at the end of the buffer after_field asks for more */
        }
        doubled = true;
        at++;
    }
    size_t end = at - 1;
    if (at < r->len && !r->special[(unsigned char)r->text[at]]) {
        return refuse(r, rec, OKO_E_FORMAT, "intake.csv_quote", r->line + rec->feeds);
    }
    if (keep(r, rec, begin, end, doubled) == OVER) {
        return OVER;
    }
    for (const char *p = r->text + begin, *stop = r->text + end; (p = memchr(p, '\n', (size_t)(stop - p))) != NULL;
         p++) {
        rec->feeds++;
    }
    rec->at = at;
    return after_field(r, rec);
}

static found plain_field(csv_reader *r, record *rec)
{
    size_t begin = rec->at;
    const char *p = r->text + begin;
    while (!r->special[(unsigned char)*p]) {
        p++;
    }
    size_t end = (size_t)(p - r->text);
    if (end >= r->len && !r->ended && end - begin <= OKO_IMPORT_MAX_CELL_BYTES) {
        return CUT;
    }
    if (keep(r, rec, begin, end, false) == OVER) {
        return OVER;
    }
    rec->at = end;
    return after_field(r, rec);
}

/* ---- records ---- */

/* Finds the cells of the record at r->begin. */
static found scan_record(csv_reader *r, record *rec)
{
    r->n_cells = 0;
    for (;; rec->col++) {
        if (rec->col >= MAX_EMPTY) {
            return refuse(r, rec, OKO_E_LIMIT, "intake.too_many_columns", OKO_IMPORT_MAX_COLUMNS);
        }
        bool quoted = rec->at < r->len && r->text[rec->at] == '"';
        found what = quoted ? quoted_field(r, rec) : plain_field(r, rec);
        if (what != FIELD) {
            return what;
        }
    }
}

/* Undoes doubled quotes in the cells that have them. */
static void undo_quotes(csv_reader *r)
{
    for (size_t i = 0; i < r->n_cells; i++) {
        if (!r->cells[i].number) {
            continue;
        }
        char *text = r->text + (r->cells[i].text.ptr - r->text);
        size_t to = 0;
        for (size_t from = 0; from < r->cells[i].text.len; from++, to++) {
            text[to] = text[from];
            from += text[from] == '"';
        }
        r->cells[i].text.len = to;
        r->cells[i].number = false;
    }
}

static oko_status tell_record(csv_reader *r, const record *rec)
{
    oko_status status = OKO_OK;
    if (r->row >= OKO_IMPORT_MAX_ROWS) {
        record first = { 0 };
        (void)refuse(r, &first, OKO_E_LIMIT, "intake.too_many_rows", OKO_IMPORT_MAX_ROWS);
        return OKO_E_LIMIT;
    }
    r->row++;
    if (r->n_cells > 0) {
        undo_quotes(r);
        r->told = true;
        status = r->sink->row(r->sink->ctx, r->row, r->cells, r->n_cells, r->err);
    }
    r->line += rec->feeds + 1;
    r->begin = rec->at;
    return status;
}

/* Reads on until the record that was cut may have doubled: a long one is then scanned a bounded number of times. */
static oko_status twice_as_much(csv_reader *r)
{
    size_t enough = 2 * (r->len - r->begin);
    oko_status status = more_text(r);
    while (status == OKO_OK && !r->ended && r->len < enough) {
        status = more_text(r);
    }
    return status;
}

static oko_status read_records(csv_reader *r)
{
    oko_status status = OKO_OK;
    while (status == OKO_OK && !(r->ended && r->begin >= r->len)) {
        record rec = { .at = r->begin };
        switch (r->begin < r->len ? scan_record(r, &rec) : CUT) {
        case RECORD:
            status = tell_record(r, &rec);
            break;
        case CUT:
            status = twice_as_much(r);
            break;
        case OVER:
        case FIELD:
            return rec.status;
        }
    }
    return status;
}

/* ---- the whole ---- */

static oko_status reader_open(csv_reader *r, oko_encoding encoding)
{
    if (!oko_decoder_init(&r->decoder, encoding)) {
        return oko_error_set(r->err, OKO_E_UNSUPPORTED, "intake.encoding_unknown", "");
    }
    bool plain = encoding == OKO_ENCODING_UTF8;
    r->raw = plain ? NULL : oko_alloc_array(CHUNK, 1);
    r->cells = oko_alloc_array(OKO_IMPORT_MAX_COLUMNS, sizeof *r->cells);
    if ((!plain && r->raw == NULL) || r->cells == NULL) {
        return oko_error_set(r->err, OKO_E_MEMORY, "", "");
    }
    r->line = 1;
    return OKO_OK;
}

/* Reads the first text and finds the delimiter in it. */
static oko_status reader_begin(csv_reader *r)
{
    enum { ENOUGH = 64 << 10 };
    oko_status status = more_text(r);
    while (status == OKO_OK && !r->ended && r->len < ENOUGH) {
        status = more_text(r);
    }
    if (status != OKO_OK) {
        return status;
    }
    r->delimiter = oko_csv_delimiter(r->text, r->len, r->ended);
    r->begin = oko_csv_hint(r->text, r->len);
    if (r->begin > 0) {
        r->line++;
        r->row++;
    }
    r->special[(unsigned char)r->delimiter] = true;
    r->special['\n'] = true;
    r->special['\r'] = true;
    return OKO_OK;
}

oko_status oko_csv_read_source(oko_source *source, const oko_rows_sink *sink, const oko_progress *progress,
                               oko_error *err)
{
    OKO_CLEANUP(csv_reader_clear) csv_reader r = { .source = source, .sink = sink, .progress = progress, .err = err };
    oko_encoding encoding;
    size_t bom;
    oko_status status = oko_encoding_detect(source, &encoding, &bom, err);
    if (status == OKO_OK) {
        status = reader_open(&r, encoding);
    }
    source->at = bom;
    if (status == OKO_OK) {
        status = reader_begin(&r);
    }
    if (status == OKO_OK && sink->worksheet != NULL) {
        status = sink->worksheet(sink->ctx, "", 0, err);
    }
    if (status == OKO_OK) {
        status = read_records(&r);
    }
    if (status == OKO_OK && !r.told) {
        return oko_error_set(err, OKO_E_FORMAT, "intake.empty_file", "");
    }
    return status;
}

oko_status oko_csv_read_memory(const void *bytes, size_t n, const oko_rows_sink *sink, oko_error *err)
{
    oko_source source = { .bytes = n > 0 ? bytes : "", .size = n };
    return oko_csv_read_source(&source, sink, NULL, err);
}
