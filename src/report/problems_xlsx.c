#include "report/problems.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum {
    MAX_ROWS = 1048575, /* rows of a worksheet below the head */
    MAX_KINDS = 512,    /* kinds of problem counted one by one; further kinds go into the last */
    PATH_BYTES = 4096,
    COLUMNS = 7
};

typedef struct kind {
    oko_severity severity;
    char reason[48];
    char value_class[40];
    int64_t n;
} kind;

typedef struct writer {
    const oko_text *text;
    lxw_worksheet *sheet;
    lxw_format *wrap;
    lxw_row_t row;
    size_t n_kinds;
    kind kinds[MAX_KINDS];
    oko_arena *arena; /* one row's texts; renewed every so often */
    oko_error *err;
} writer;

/* ---- the file: written beside its place, then renamed ---- */
static oko_status errno_status(oko_error *err, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    switch (errno) {
    case EACCES:
    case EPERM:
    case EROFS:
        return oko_error_set(err, OKO_E_PERMISSION, "cli.write_permission", name);
    case ENOSPC:
    case EDQUOT:
        return oko_error_set(err, OKO_E_FULL, "cli.write_full", name);
    case ENOENT:
    case ENOTDIR:
        return oko_error_set(err, OKO_E_NOT_FOUND, "cli.write_no_folder", name);
    default:
        return oko_error_set(err, OKO_E_IO, "cli.write_failed", name);
    }
}

/* Makes an empty file beside `path`, with the rights that the user's umask gives. */
static oko_status make_beside(const char *path, char ret_temporary[PATH_BYTES], oko_error *err)
{
    struct stat info;
    int n = snprintf(ret_temporary, PATH_BYTES, "%s.XXXXXX", path);
    if (n < 0 || n >= PATH_BYTES)
        return oko_error_set(err, OKO_E_LIMIT, "cli.write_failed", "");
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        return oko_error_set(err, OKO_E_IO, "cli.write_directory", path);
    int fd = mkstemp(ret_temporary);
    if (fd < 0)
        return errno_status(err, path);
    mode_t mask = umask(0);
    umask(mask);
    (void)fchmod(fd, 0666 & ~mask);
    close(fd);
    return OKO_OK;
}

static oko_status close_workbook(lxw_workbook *book, const char *path, oko_error *err)
{
    errno = 0;
    lxw_error failed = workbook_close(book);
    if (failed == LXW_NO_ERROR)
        return OKO_OK;
    if (failed == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    return errno_status(err, path);
}

/* ---- rows ---- */
static const char *word(writer *w, const char *prefix, const char *name)
{
    const char *key = oko_arena_printf(w->arena, "%s%s", prefix, name);
    return key != NULL && oko_text_has(w->text, key) ? oko_text_get(w->text, key) : name;
}

static void count(writer *w, const oko_problem *p)
{
    size_t i = 0;
    for (; i < w->n_kinds; i++) {
        const kind *k = &w->kinds[i];
        if (k->severity == p->severity && strcmp(k->reason, p->reason) == 0 &&
            strcmp(k->value_class, p->value_class) == 0)
            break;
    }
    if (i == MAX_KINDS)
        i = MAX_KINDS - 1;
    kind *k = &w->kinds[i];
    if (i == w->n_kinds) {
        k->severity = p->severity;
        memcpy(k->reason, p->reason, sizeof(k->reason));
        memcpy(k->value_class, p->value_class, sizeof(k->value_class));
        w->n_kinds++;
    }
    k->n++;
}

static const char *reason_text(writer *w, const char *reason, const char *detail, const char *column)
{
    const oko_text_arg args[] = { OKO_S("0", detail), OKO_S("column", column) };
    const char *text = oko_text_make(w->text, w->arena, reason, args, 2);
    return text != NULL ? text : reason;
}

/* For a count of places: no single one is named. */
static const char *kind_text(writer *w, const char *reason)
{
    const char *key = oko_arena_printf(w->arena, "%s.all", reason);
    return key != NULL && oko_text_has(w->text, key) ? oko_text_get(w->text, key) : reason_text(w, reason, "…", "…");
}

static oko_status write_problem(void *ctx, const oko_problem *p)
{
    writer *w = ctx;
    if (w->row > MAX_ROWS)
        return oko_error_set(w->err, OKO_E_LIMIT, "cli.too_many_problems", "");
    oko_arena_freep(&w->arena);
    if (oko_arena_new(0, &w->arena) != OKO_OK)
        return oko_error_set(w->err, OKO_E_MEMORY, "", "");
    count(w, p);
    worksheet_write_string(w->sheet, w->row, 0, p->sheet, NULL);
    if (p->row > 0)
        worksheet_write_number(w->sheet, w->row, 1, p->row, NULL);
    if (p->col > 0)
        worksheet_write_number(w->sheet, w->row, 2, p->col, NULL);
    worksheet_write_string(w->sheet, w->row, 3, p->column, NULL);
    worksheet_write_string(w->sheet, w->row, 4, word(w, "cli.severity.", oko_severity_name(p->severity)), NULL);
    worksheet_write_string(w->sheet, w->row, 5, word(w, "cli.value_class.", p->value_class), NULL);
    worksheet_write_string(w->sheet, w->row, 6, reason_text(w, p->reason, p->detail, p->column), w->wrap);
    w->row++;
    return OKO_OK;
}

static void heads(const writer *w, lxw_format *bold, const char *const *keys, const double *widths, int n)
{
    for (int i = 0; i < n; i++) {
        worksheet_set_column(w->sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i], NULL);
        worksheet_write_string(w->sheet, 0, (lxw_col_t)i, oko_text_get(w->text, keys[i]), bold);
    }
    worksheet_freeze_panes(w->sheet, 1, 0);
}

static oko_status write_list(writer *w, oko_store *store, int64_t import, lxw_workbook *book, lxw_format *bold)
{
    static const char *const keys[COLUMNS] = { "cli.head.sheet",  "cli.head.row",      "cli.head.col",
                                               "cli.head.column", "cli.head.severity", "cli.head.value_class",
                                               "cli.head.reason" };
    static const double widths[COLUMNS] = { 18, 9, 9, 24, 14, 26, 80 };
    w->sheet = workbook_add_worksheet(book, oko_text_get(w->text, "cli.problems.worksheet"));
    if (w->sheet == NULL)
        return oko_error_set(w->err, OKO_E_MEMORY, "", "");
    heads(w, bold, keys, widths, COLUMNS);
    w->row = 1;
    oko_status status = oko_store_problem_walk(store, import, write_problem, w, w->err);
    if (status == OKO_OK && w->row > 1)
        worksheet_autofilter(w->sheet, 0, 0, w->row - 1, COLUMNS - 1);
    return status;
}

static oko_status write_kinds(writer *w, lxw_workbook *book, lxw_format *bold)
{
    static const char *const keys[] = { "cli.head.severity", "cli.head.value_class", "cli.head.reason",
                                        "cli.head.count" };
    static const double widths[] = { 14, 26, 80, 12 };
    w->sheet = workbook_add_worksheet(book, oko_text_get(w->text, "cli.problems.kinds"));
    if (w->sheet == NULL)
        return oko_error_set(w->err, OKO_E_MEMORY, "", "");
    heads(w, bold, keys, widths, 4);
    for (size_t i = 0; i < w->n_kinds; i++) {
        const kind *k = &w->kinds[i];
        lxw_row_t row = (lxw_row_t)(i + 1);
        worksheet_write_string(w->sheet, row, 0, word(w, "cli.severity.", oko_severity_name(k->severity)), NULL);
        worksheet_write_string(w->sheet, row, 1, word(w, "cli.value_class.", k->value_class), NULL);
        worksheet_write_string(w->sheet, row, 2, kind_text(w, k->reason), w->wrap);
        worksheet_write_number(w->sheet, row, 3, (double)k->n, NULL);
    }
    return OKO_OK;
}

/* Fills and closes the workbook at `temporary`. */
static oko_status write_workbook(writer *w, oko_store *store, int64_t import, char *temporary, oko_error *err)
{
    lxw_workbook_options options = { .constant_memory = LXW_TRUE };
    lxw_workbook *book = workbook_new_opt(temporary, &options);
    if (book == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    lxw_format *bold = workbook_add_format(book);
    w->wrap = workbook_add_format(book);
    if (bold == NULL || w->wrap == NULL) {
        (void)workbook_close(book);
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    format_set_bold(bold);
    format_set_text_wrap(w->wrap);
    oko_status status = write_list(w, store, import, book, bold);
    if (status == OKO_OK)
        status = write_kinds(w, book, bold);
    oko_status closed = close_workbook(book, temporary, status == OKO_OK ? err : NULL);
    return status != OKO_OK ? status : closed;
}

oko_status oko_report_problems_xlsx(oko_store *store, int64_t import, const oko_text *text, const char *path,
                                    oko_error *err)
{
    char temporary[PATH_BYTES];
    oko_import known = { .id = 0 };
    oko_status status = oko_store_import_get(store, import, &known, err);
    if (status != OKO_OK)
        return status;
    oko_import_clear(&known);
    OKO_CLEANUP(oko_freep) writer *w = calloc(1, sizeof(*w));
    if (w == NULL || oko_arena_new(0, &w->arena) != OKO_OK)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    w->text = text;
    w->err = err;
    status = make_beside(path, temporary, err);
    if (status == OKO_OK) {
        status = write_workbook(w, store, import, temporary, err);
        if (status == OKO_OK && rename(temporary, path) != 0)
            status = errno_status(err, path);
        if (status != OKO_OK)
            (void)unlink(temporary);
    }
    oko_arena_free(w->arena);
    return status;
}
