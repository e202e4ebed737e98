#include "intake/again.h"

#include "base/memory.h"
#include "intake/commit.h"
#include "intake/reader.h"
#include "intake/tape.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- how a file was read ---- */

static int set_text(json_t *o, const char *key, const char *text)
{
    return text == NULL || text[0] == '\0' ? 0 : json_object_set_new(o, key, json_string(text));
}

oko_status import_options_text(const oko_import_options *o, const intake_batch *batch, char **ret_text)
{
    OKO_CLEANUP(oko_json_freep) json_t *json = json_object();
    const char *school = o->school != NULL ? o->school : batch->service_login;
    if (json == NULL || set_text(json, "procedure", o->procedure) != 0 || set_text(json, "list", o->list_title) != 0 ||
        set_text(json, "school", school) != 0 || set_text(json, "region", o->region) != 0 ||
        (o->reference && json_object_set_new(json, "reference", json_true()) != 0) ||
        (o->add_classes && json_object_set_new(json, "add_classes", json_true()) != 0))
        return OKO_E_MEMORY;
    *ret_text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    return *ret_text != NULL ? OKO_OK : OKO_E_MEMORY;
}

/* Texts are views into `json`. */
static void options_of(const json_t *json, const oko_import_options *asked, oko_import_options *ret_o)
{
    *ret_o = (oko_import_options){ .procedure = json_string_value(json_object_get(json, "procedure")),
                                   .list_title = json_string_value(json_object_get(json, "list")),
                                   .school = json_string_value(json_object_get(json, "school")),
                                   .region = json_string_value(json_object_get(json, "region")),
                                   .reference = json_is_true(json_object_get(json, "reference")),
                                   .add_classes = json_is_true(json_object_get(json, "add_classes")),
                                   .dry_run = asked->dry_run,
                                   .keep_rows = true,
                                   .user = asked->user,
                                   .progress = asked->progress };
}

/* ---- the rows, with fixes ---- */

typedef struct again {
    oko_store *store;
    int64_t import;
    const oko_import_fix *fixes;
    size_t n;
    size_t *by_row;    /* indices into fixes, ascending row and column */
    char **was;        /* what stood in the cell of each fix; NULL: not met yet */
    char (*head)[128]; /* head of the column of each fix */
    const oko_rows_sink *sink;
    const char *name; /* of the worksheet */
    int sheet;
    oko_kept_cell *heads; /* of the worksheet */
    size_t n_heads;
    oko_arena *arena;
    oko_error *err;
} again;

static oko_status bad_fix(size_t i, const char *id, oko_error *err)
{
    char field[32];
    (void)snprintf(field, sizeof field, "%zu", i + 1);
    return oko_error_set(err, OKO_E_ARGUMENT, id, field);
}

static bool is_good_value(const char *value)
{
    oko_str s = oko_str_of(value);
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] < ' ')
            return false;
    return s.len <= OKO_IMPORT_FIX_BYTES && oko_utf8_valid(s);
}

static oko_status sort_fixes(again *a, oko_error *err)
{
    for (size_t i = 0; i < a->n; i++) {
        const oko_import_fix *f = &a->fixes[i];
        if (!is_good_value(f->value))
            return bad_fix(i, "intake.fix.value", err);
        size_t at = i;
        for (; at > 0; at--) { /* they come in the order of the file, or nearly */
            const oko_import_fix *o = &a->fixes[a->by_row[at - 1]];
            if (o->row < f->row || (o->row == f->row && o->col <= f->col))
                break;
            a->by_row[at] = a->by_row[at - 1];
        }
        a->by_row[at] = i;
    }
    return OKO_OK;
}

/* First of the sorted fixes with this row or a later one. */
static size_t first_fix(const again *a, uint32_t row)
{
    size_t lo = 0, hi = a->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (a->fixes[a->by_row[mid]].row < row)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static const oko_kept_cell *head_of(const again *a, uint32_t col)
{
    for (size_t i = 0; i < a->n_heads; i++)
        if (a->heads[i].col == col)
            return &a->heads[i];
    return NULL;
}

/* Puts the value of fix `i` into the row; cells stay in the order of columns. */
static oko_status apply(again *a, size_t i, oko_cell *cells, size_t *n)
{
    const oko_import_fix *f = &a->fixes[i];
    const oko_kept_cell *head = head_of(a, f->col);
    if (head == NULL)
        return bad_fix(i, "intake.fix.place", a->err);
    size_t at = 0;
    while (at < *n && cells[at].col + 1 < f->col)
        at++;
    bool there = at < *n && cells[at].col + 1 == f->col;
    free(a->was[i]);
    a->was[i] = oko_str_dup(there ? cells[at].text : OKO_STR(""));
    if (a->was[i] == NULL)
        return OKO_E_MEMORY;
    if (!oko_str_copy(a->head[i], sizeof a->head[i], head->text))
        (void)oko_str_copy(a->head[i], sizeof a->head[i] - strlen("…"), head->text);
    if (f->value[0] == '\0') {
        if (there)
            memmove(&cells[at], &cells[at + 1], (--*n - at) * sizeof *cells);
        return OKO_OK;
    }
    if (!there && *n == OKO_IMPORT_MAX_COLUMNS)
        return OKO_E_LIMIT;
    if (!there)
        memmove(&cells[at + 1], &cells[at], ((*n)++ - at) * sizeof *cells);
    cells[at] = (oko_cell){ .text = oko_str_of(f->value), .col = f->col - 1 };
    return OKO_OK;
}

static oko_status keep_head(again *a, const oko_cell *cells, size_t n)
{
    a->n_heads = 0;
    a->heads = oko_arena_alloc(a->arena, (n + 1) * sizeof *a->heads);
    if (a->heads == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const char *text = oko_arena_str(a->arena, cells[i].text);
        if (text == NULL)
            return OKO_E_MEMORY;
        a->heads[a->n_heads++] = (oko_kept_cell){ cells[i].col + 1, oko_str_of(text) };
    }
    return OKO_OK;
}

static oko_status on_row(void *ctx, uint32_t row, tape_kind kind, const oko_cell *cells, size_t n)
{
    again *a = ctx;
    oko_cell fixed[OKO_IMPORT_MAX_COLUMNS];
    oko_status status = kind == TAPE_HEAD ? keep_head(a, cells, n) : OKO_OK;
    if (n > OKO_IMPORT_MAX_COLUMNS)
        return OKO_E_LIMIT;
    memcpy(fixed, cells, n * sizeof *cells);
    for (size_t i = first_fix(a, row);
         status == OKO_OK && kind == TAPE_ROW && i < a->n && a->fixes[a->by_row[i]].row == row; i++)
        if (strcmp(a->fixes[a->by_row[i]].sheet, a->name) == 0)
            status = apply(a, a->by_row[i], fixed, &n);
    return status == OKO_OK ? a->sink->row(a->sink->ctx, row, fixed, n, a->err) : status;
}

static oko_status on_block(void *ctx, const oko_import_rows *block)
{
    again *a = ctx;
    if (block->sheet != a->sheet) {
        a->name = oko_arena_str(a->arena, oko_str_of(block->name));
        a->sheet = block->sheet;
        a->n_heads = 0;
        oko_status status =
            a->name == NULL ? OKO_E_MEMORY : a->sink->worksheet(a->sink->ctx, a->name, (size_t)block->sheet, a->err);
        if (status != OKO_OK)
            return status;
    }
    return tape_read(block->bytes, block->len, on_row, a);
}

static oko_status read_rows(void *ctx, const oko_rows_sink *sink, oko_error *err)
{
    again *a = ctx;
    a->sink = sink;
    a->err = err;
    oko_status status = oko_store_import_rows_walk(a->store, a->import, -1, 0, 0, on_block, a, err);
    if (status == OKO_OK && a->sheet < 0)
        return oko_error_set(err, OKO_E_CONFLICT, "intake.fix.no_rows", "");
    for (size_t i = 0; i < a->n && status == OKO_OK; i++)
        if (a->was[i] == NULL)
            status = bad_fix(i, "intake.fix.place", err);
    return status;
}

/* ---- the whole ---- */

static oko_status corrections_text(const again *a, char **ret_text)
{
    OKO_CLEANUP(oko_json_freep) json_t *list = json_array();
    for (size_t i = 0; i < a->n; i++) {
        const oko_import_fix *f = &a->fixes[i];
        json_t *o = json_pack("{s:s,s:I,s:I,s:s,s:s,s:s}", "sheet", f->sheet, "row", (json_int_t)f->row, "col",
                              (json_int_t)f->col, "column", a->head[i], "was", a->was[i], "value", f->value);
        if (json_array_append_new(list, o) != 0)
            return OKO_E_MEMORY;
    }
    *ret_text = json_dumps(list, JSON_COMPACT);
    return *ret_text != NULL ? OKO_OK : OKO_E_MEMORY;
}

static oko_status again_new(again *a)
{
    size_t room = a->n > 0 ? a->n : 1;
    a->sheet = -1;
    a->name = "";
    a->by_row = oko_calloc_array(room, sizeof *a->by_row);
    a->was = oko_calloc_array(room, sizeof *a->was);
    a->head = oko_calloc_array(room, sizeof *a->head);
    if (a->by_row == NULL || a->was == NULL || a->head == NULL)
        return OKO_E_MEMORY;
    return oko_arena_new(0, &a->arena);
}

static void again_clear(again *a)
{
    for (size_t i = 0; a->was != NULL && i < a->n; i++)
        free(a->was[i]);
    free(a->by_row);
    free(a->was);
    free(a->head);
    oko_arena_free(a->arena);
}

static oko_status run(again *a, const oko_import *first, const oko_import_options *asked, oko_import_report *ret_report,
                      char **ret_hint, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *json = NULL;
    OKO_CLEANUP(intake_catalog_freep) intake_catalog *catalog = NULL;
    OKO_CLEANUP(intake_batch_freep) intake_batch *batch = NULL;
    OKO_CLEANUP(oko_freep) char *corrections = NULL;
    oko_import_options options;
    commit_source source = { .file = first->file, .bytes = first->bytes, .corrects = a->import };
    const reader_source rows = { .read = read_rows, .ctx = a };
    memcpy(source.sha256, first->sha256, sizeof source.sha256);
    oko_status status = sort_fixes(a, err);
    if (status == OKO_OK && first->options[0] != '\0')
        status = oko_json_parse(oko_str_of(first->options), "options", &json, err);
    options_of(json, asked, &options);
    if (status == OKO_OK)
        status = intake_catalog_load(a->store, &catalog, err);
    if (status == OKO_OK)
        status = reader_read(first->file, &rows, &options, catalog, &batch, ret_hint, err);
    if (status == OKO_OK)
        status = corrections_text(a, &corrections);
    source.corrections = corrections;
    return status == OKO_OK ? commit_batch(a->store, batch, &source, &options, ret_report, err) : status;
}

oko_status oko_import_again(oko_store *store, int64_t import, const oko_import_fix *fixes, size_t n,
                            const oko_import_options *options, oko_import_report *ret_report, char **ret_hint,
                            oko_error *err)
{
    again a = { .store = store, .import = import, .fixes = fixes, .n = n };
    oko_import first = { .id = 0 };
    OKO_CLEANUP(oko_freep) char *hint = NULL;
    oko_error own = { .code = OKO_OK };
    if (n > OKO_IMPORT_MAX_FIXES)
        return oko_error_set(err, OKO_E_LIMIT, "intake.fix.too_many", "");
    oko_status status = again_new(&a);
    if (status == OKO_OK)
        status = oko_store_import_get(store, import, &first, &own);
    if (status == OKO_OK)
        status = run(&a, &first, options, ret_report, &hint, &own);
    if (status != OKO_OK && own.code == OKO_OK)
        (void)oko_error_set(&own, status, "", first.file);
    if (status != OKO_OK && err != NULL)
        *err = own;
    if (ret_hint != NULL) {
        *ret_hint = hint;
        hint = NULL;
    }
    oko_import_clear(&first);
    again_clear(&a);
    return status;
}

/* ---- looking at kept rows ---- */

typedef struct look {
    const char *sheet;
    uint32_t first, last;
    oko_kept_fn fn;
    void *ctx;
    int number; /* of the worksheet; −1 */
} look;

static oko_status find_sheet(void *ctx, const oko_import_rows *block)
{
    look *l = ctx;
    if (strcmp(block->name, l->sheet) != 0)
        return OKO_OK;
    l->number = block->sheet;
    return OKO_E_CANCELLED; /* found */
}

static oko_status see_row(void *ctx, uint32_t row, tape_kind kind, const oko_cell *cells, size_t n)
{
    const look *l = ctx;
    oko_kept_cell kept[OKO_IMPORT_MAX_COLUMNS];
    if (n > OKO_IMPORT_MAX_COLUMNS || (kind != TAPE_HEAD && (row < l->first || row > l->last)))
        return n > OKO_IMPORT_MAX_COLUMNS ? OKO_E_LIMIT : OKO_OK;
    for (size_t i = 0; i < n; i++)
        kept[i] = (oko_kept_cell){ cells[i].col + 1, cells[i].text };
    return l->fn(l->ctx, l->sheet, row, (oko_kept_kind)kind, kept, n);
}

static oko_status see_block(void *ctx, const oko_import_rows *block)
{
    return tape_read(block->bytes, block->len, see_row, ctx);
}

oko_status oko_import_kept(oko_store *store, int64_t import, const char *sheet, uint32_t first, uint32_t last,
                           oko_kept_fn fn, void *ctx, oko_error *err)
{
    _Static_assert((int)OKO_KEPT_HEAD == (int)TAPE_HEAD && (int)OKO_KEPT_ROW == (int)TAPE_ROW, "same numbers");
    look l = { .sheet = sheet, .first = first, .last = last, .fn = fn, .ctx = ctx, .number = -1 };
    oko_status status = oko_store_import_rows_walk(store, import, -1, 0, 0, find_sheet, &l, err);
    if (status == OKO_E_CANCELLED && l.number >= 0)
        status = oko_store_import_rows_walk(store, import, l.number, first, last, see_block, &l, err);
    return status;
}
