#include "report/roadmap.h"

#include "report/document.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { LEVELS = 3, STATE_BYTES = 600 };
static const char *const levels[LEVELS] = { "region", "municipality", "school" };

static const char *text_of(const json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));
    return s != NULL ? s : "";
}

static const char *word(const oko_text *text, const char *prefix, const char *name, char *space, size_t bytes)
{
    (void)snprintf(space, bytes, "%s%s", prefix, name);
    return *name != '\0' ? oko_text_get(text, space) : "";
}

static const char *head_of(const json_t *table, const oko_text *text, int level, char *space, size_t bytes)
{
    const char *own = text_of(json_object_get(table, "columns"), levels[level]);
    return *own != '\0' ? own : word(text, "report.level_title.", levels[level], space, bytes);
}

/* "Выполнено. Отв.: … 3 из 5." */
static void say_state(const json_t *row, const oko_text *text, char ret_text[STATE_BYTES])
{
    char key[64];
    const json_t *progress = json_object_get(row, "progress");
    size_t n = (size_t)snprintf(ret_text, STATE_BYTES, "%s",
                                word(text, "roadmap.state.", text_of(row, "state"), key, sizeof key));
    if (*text_of(row, "responsible") != '\0' && n < STATE_BYTES) {
        n += (size_t)snprintf(ret_text + n, STATE_BYTES - n, ". %s: %.300s", oko_text_get(text, "roadmap.responsible"),
                              text_of(row, "responsible"));
    }
    if (json_integer_value(json_object_get(progress, "of")) > 0 && n < STATE_BYTES) {
        (void)snprintf(ret_text + n, STATE_BYTES - n, ". %s: %lld / %lld", oko_text_get(text, "roadmap.done"),
                       (long long)json_integer_value(json_object_get(progress, "done")),
                       (long long)json_integer_value(json_object_get(progress, "of")));
    }
}

static void year_of(const json_t *row, const oko_text *text, char *ret_text, size_t bytes)
{
    (void)snprintf(ret_text, bytes, "%lld%s", (long long)json_integer_value(json_object_get(row, "year")),
                   oko_text_get(text, "roadmap.year"));
}

static bool new_year(const json_t *rows, size_t i)
{
    return i == 0 || json_integer_value(json_object_get(json_array_get(rows, i), "year")) !=
                         json_integer_value(json_object_get(json_array_get(rows, i - 1), "year"));
}

static oko_status write_document(const json_t *table, const oko_text *text, oko_document_kind kind, bool with_state,
                                 char **ret_bytes, size_t *ret_len, oko_error *err)
{
    oko_document d;
    char space[LEVELS][64], state[STATE_BYTES], year[64];
    const char *cells[LEVELS + 1];
    const json_t *rows = json_object_get(table, "rows");
    oko_document_open(&d, kind, oko_text_lang(text), text_of(table, "title"), true);
    oko_document_heading(&d, 1, text_of(table, "title"));
    if (with_state) {
        oko_document_text(&d, text_of(json_object_get(table, "unit"), "name"));
    }
    for (int i = 0; i < LEVELS; i++) {
        cells[i] = head_of(table, text, i, space[i], sizeof space[i]);
    }
    cells[LEVELS] = oko_text_get(text, "roadmap.column.state");
    oko_document_table(&d, cells, with_state ? LEVELS + 1 : LEVELS);
    for (size_t k = 0; k < json_array_size(rows); k++) {
        const json_t *row = json_array_get(rows, k);
        if (new_year(rows, k)) {
            year_of(row, text, year, sizeof year);
            oko_document_span(&d, year);
        }
        for (int i = 0; i < LEVELS; i++) {
            cells[i] = text_of(json_object_get(row, "texts"), levels[i]);
        }
        say_state(row, text, state);
        cells[LEVELS] = state;
        oko_document_row(&d, cells);
    }
    oko_document_table_end(&d);
    return oko_document_close(&d, ret_bytes, ret_len, err);
}

/* ---- workbook ---- */

typedef struct sheet {
    lxw_worksheet *at;
    lxw_format *head, *cell;
    lxw_row_t row;
} sheet;

static void write_cell(const sheet *s, int column, const char *text, lxw_format *format)
{
    if (*text != '\0') {
        (void)worksheet_write_string(s->at, s->row, (lxw_col_t)column, text, format);
    } else {
        (void)worksheet_write_blank(s->at, s->row, (lxw_col_t)column, format);
    }
}

static void write_rows(sheet *s, const json_t *table, const oko_text *text, bool with_state)
{
    char space[64], state[STATE_BYTES];
    const json_t *rows = json_object_get(table, "rows");
    const int columns = with_state ? LEVELS + 1 : LEVELS;
    (void)worksheet_set_column(s->at, 0, (lxw_col_t)(columns - 1), 48, NULL);
    (void)worksheet_write_string(s->at, s->row++, 0, text_of(table, "title"), s->head);
    for (int i = 0; i < columns; i++) {
        write_cell(s, i,
                   i < LEVELS ? head_of(table, text, i, space, sizeof space)
                              : oko_text_get(text, "roadmap.column.state"),
                   s->head);
    }
    s->row++;
    worksheet_freeze_panes(s->at, s->row, 0);
    for (size_t k = 0; k < json_array_size(rows); k++) {
        const json_t *row = json_array_get(rows, k);
        if (new_year(rows, k)) {
            year_of(row, text, space, sizeof space);
            write_cell(s, 0, space, s->head);
            s->row++;
        }
        say_state(row, text, state);
        for (int i = 0; i < columns; i++) {
            write_cell(s, i, i < LEVELS ? text_of(json_object_get(row, "texts"), levels[i]) : state, s->cell);
        }
        s->row++;
    }
}

/* The library writes to a name only: a temporary file takes the bytes. */
static bool fill_workbook(const char *path, const json_t *table, const oko_text *text, bool with_state)
{
    lxw_workbook *book = workbook_new(path);
    if (book == NULL) {
        return false;
    }
    lxw_doc_properties properties = { .title = (char *)(uintptr_t)text_of(table, "title"), .created = 1 };
    sheet s = { .head = workbook_add_format(book), .cell = workbook_add_format(book) };
    s.at = workbook_add_worksheet(book, NULL);
    (void)workbook_set_properties(book, &properties);
    if (s.at != NULL && s.head != NULL && s.cell != NULL) {
        format_set_bold(s.head);
        format_set_text_wrap(s.cell);
        format_set_align(s.cell, LXW_ALIGN_VERTICAL_TOP);
        format_set_border(s.cell, LXW_BORDER_THIN);
        worksheet_set_landscape(s.at);
        worksheet_set_paper(s.at, 9); /* A4 */
        write_rows(&s, table, text, with_state);
    }
    return workbook_close(book) == LXW_NO_ERROR && s.at != NULL;
}

static oko_status read_whole(int fd, char **ret_bytes, size_t *ret_len)
{
    struct stat info;
    if (fstat(fd, &info) != 0 || info.st_size <= 0) {
        return OKO_E_IO;
    }
    const size_t size = (size_t)info.st_size;
    char *bytes = malloc(size + 1);
    if (bytes == NULL) {
        return OKO_E_MEMORY;
    }
    size_t at = 0;
    for (ssize_t n = 1; at < size && n > 0; at += n > 0 ? (size_t)n : 0) {
        n = pread(fd, bytes + at, size - at, (off_t)at);
    }
    if (at != size) {
        free(bytes);
        return OKO_E_IO;
    }
    *ret_bytes = bytes;
    *ret_len = size;
    return OKO_OK;
}

static oko_status write_workbook(const json_t *table, const oko_text *text, bool with_state, char **ret_bytes,
                                 size_t *ret_len, oko_error *err)
{
    const char *folder = getenv("TMPDIR");
    char path[4096];
    const int n = snprintf(path, sizeof path, "%s/oko-XXXXXX", folder != NULL && *folder != '\0' ? folder : "/tmp");
    const int made = n > 0 && n < (int)sizeof path ? mkstemp(path) : -1;
    if (made < 0) {
        return oko_error_set(err, OKO_E_IO, "report.write.failed", "");
    }
    (void)close(made);
    oko_status status = fill_workbook(path, table, text, with_state) ? OKO_OK : OKO_E_FULL;
    const int fd = status == OKO_OK ? open(path, O_RDONLY | O_CLOEXEC) : -1; /* a new file may stand there */
    status = fd >= 0 ? read_whole(fd, ret_bytes, ret_len) : status != OKO_OK ? status : OKO_E_IO;
    if (fd >= 0) {
        (void)close(fd);
    }
    (void)unlink(path);
    return status == OKO_OK ? OKO_OK : oko_error_set(err, status, "", "");
}

oko_status oko_roadmap_document(const json_t *table, const oko_text *text, const char *format, bool with_state,
                                char **ret_bytes, size_t *ret_len, oko_error *err)
{
    oko_document_kind kind;
    if (strcmp(format, "xlsx") == 0) {
        return write_workbook(table, text, with_state, ret_bytes, ret_len, err);
    }
    if (!oko_document_kind_parse(format, &kind)) {
        return oko_error_set(err, OKO_E_ARGUMENT, "report.format", "format");
    }
    return write_document(table, text, kind, with_state, ret_bytes, ret_len, err);
}

const char *oko_roadmap_media(const char *format)
{
    return strcmp(format, "xlsx") == 0   ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
           : strcmp(format, "docx") == 0 ? oko_document_media(OKO_DOCUMENT_DOCX)
                                         : oko_document_media(OKO_DOCUMENT_HTML);
}
