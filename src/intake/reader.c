#include "intake/reader.h"

#include "intake/kept.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { READER_ARENA_BYTES = 1 << 26 };

void reader_init(intake_reader *r, const char *file, const oko_import_options *options, const intake_catalog *catalog,
                 intake_batch *batch)
{
    memset(r, 0, sizeof *r);
    const char *slash = strrchr(file, '/');
    r->file = slash != NULL ? slash + 1 : file;
    r->options = options;
    r->catalog = catalog;
    r->batch = batch;
    r->worksheet = "";
}

void reader_clear(intake_reader *r)
{
    oko_arena_freep(&r->arena);
    free(r->hint);
    r->hint = NULL;
}

oko_status reader_problem(intake_reader *r, clean_fault fault, uint32_t row, uint32_t col, const char *column,
                          const char *detail)
{
    problem_place place = { .sheet = r->sheet, .row = row, .col = col, .column = column, .detail = detail };
    return problem_add(&r->batch->problems, fault, place);
}

void reader_inside(const intake_reader *r, const intake_head *head, intake_inside *ret_inside)
{
    memset(ret_inside, 0, sizeof *ret_inside);
    for (size_t i = 0; i < head->n_above; i++) {
        const intake_row *row = &head->above[i];
        bool value_row = row->n >= 2 && strncmp(row->key[0], "дата", strlen("дата")) == 0;
        for (size_t c = 0; c < row->n && !value_row; c++)
            intake_inside_read(r->catalog, oko_str_of(row->text[c]), ret_inside);
    }
}

/* ---- which procedure ---- */

static const oko_procedure *undecided(intake_reader *r, oko_str wanted)
{
    if (!r->undecided)
        oko_str_copy(r->wanted, sizeof r->wanted, wanted);
    r->undecided = true;
    return NULL;
}

static oko_status differs(const oko_procedure *p, const char *inside, oko_error *err)
{
    oko_error_set(err, OKO_E_CONFLICT, "intake.procedure_differs", "procedure");
    oko_error_arg(err, "%s", p->code);
    oko_error_arg(err, "%s", inside);
    return OKO_E_CONFLICT;
}

static oko_status from_inside(intake_reader *r, const intake_inside *inside, const oko_procedure **ret_procedure,
                              oko_error *err)
{
    char code[OKO_CODE_BYTES];
    snprintf(code, sizeof code, "%04d-%02d-%.15s", inside->year, inside->grade, inside->subject);
    if (r->options->procedure != NULL) {
        const oko_procedure *p = intake_catalog_find(r->catalog, oko_str_of(r->options->procedure));
        if (p != NULL &&
            (p->year != inside->year || p->grade != inside->grade || strcmp(p->subject, inside->subject) != 0))
            return differs(p, code, err);
        *ret_procedure = p != NULL ? p : undecided(r, oko_str_of(r->options->procedure));
        return OKO_OK;
    }
    const oko_procedure *p = intake_catalog_find(r->catalog, oko_str_of(code));
    *ret_procedure = p != NULL ? p : undecided(r, oko_str_of(code));
    return OKO_OK;
}

static const oko_procedure *from_file_name(intake_reader *r)
{
    int year = 0, grade = 0;
    char subject[16];
    size_t len = 0;
    oko_str name = oko_str_of(r->file);
    if (!oko_procedure_code_parse(name, &year, &grade, subject, &len))
        return undecided(r, (oko_str){ "", 0 });
    const oko_procedure *p = intake_catalog_find(r->catalog, (oko_str){ name.ptr, len });
    size_t bare = strlen("0000-00-") + strlen(subject);
    oko_str shorter = { name.ptr, bare < len ? bare : len };
    if (p == NULL)
        p = intake_catalog_find(r->catalog, shorter);
    return p != NULL ? p : undecided(r, shorter);
}

oko_status reader_procedure(intake_reader *r, const intake_inside *inside, const oko_procedure **ret_procedure,
                            oko_error *err)
{
    if (inside != NULL && intake_inside_complete(inside))
        return from_inside(r, inside, ret_procedure, err);
    if (r->options->procedure != NULL) {
        const oko_procedure *p = intake_catalog_find(r->catalog, oko_str_of(r->options->procedure));
        *ret_procedure = p != NULL ? p : undecided(r, oko_str_of(r->options->procedure));
        return OKO_OK;
    }
    *ret_procedure = from_file_name(r);
    return OKO_OK;
}

/* ---- worksheets and heads ---- */

/* A school's form names the school on a service sheet: remember the first login among the kept rows. */
static void note_login(intake_reader *r)
{
    for (size_t i = 0; i < r->n_above && r->service_login[0] == '\0'; i++) {
        for (size_t c = 0; c < r->above[i].n; c++) {
            oko_str login = { 0 }, name = { 0 };
            school_split(oko_str_of(r->above[i].text[c]), &login, &name);
            if (login_region(login).len > 0 && login.len == 9) {
                oko_str_copy(r->service_login, sizeof r->service_login, login);
                return;
            }
        }
    }
}

static oko_status worksheet_end(intake_reader *r, oko_error *err)
{
    if (r->layout != NULL && r->layout->end != NULL)
        return r->layout->end(r, err);
    if (r->layout == NULL && r->n_above > 0) {
        note_login(r);
        if (r->auxiliary)
            return OKO_OK;
        return reader_problem(r, (clean_fault){ OKO_PROBLEM_NOTE, "", "problem.worksheet.ignored" }, 0, 0, NULL,
                              r->worksheet);
    }
    return OKO_OK;
}

/* Worksheets that known workbooks carry beside the table. */
static bool is_auxiliary(const char *worksheet)
{
    static const char *const names[] = { "классы", "служебный", "порядковый номер класса" };
    char key[64];
    oko_str folded = { key, oko_str_fold(key, sizeof key, oko_str_of(worksheet)) };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (oko_str_equal(folded, oko_str_of(names[i])))
            return true;
    return false;
}

static oko_status on_worksheet(void *ctx, const char *name, size_t index, oko_error *err)
{
    intake_reader *r = ctx;
    oko_status status = r->arena != NULL ? worksheet_end(r, err) : OKO_OK;
    if (status != OKO_OK)
        return status;
    if (r->undecided) { /* the worksheet that asks the question stays in r->works; the others can't change it */
        r->layout = NULL;
        r->given_up = true;
        r->n_above = 0;
        return OKO_OK;
    }
    oko_arena_freep(&r->arena);
    status = oko_arena_new(READER_ARENA_BYTES, &r->arena);
    const char *copy = status == OKO_OK ? batch_text(r->batch, oko_str_of(name)) : NULL;
    if (copy == NULL)
        return OKO_E_MEMORY;
    r->worksheet = copy;
    r->sheet = (uint16_t)index;
    r->n_above = 0;
    r->layout = NULL;
    r->given_up = false;
    r->auxiliary = is_auxiliary(copy);
    r->state = NULL;
    r->works = (intake_works){ 0 };
    return problem_sheet(&r->batch->problems, index, copy);
}

static oko_status keep_row(intake_reader *r, uint32_t number, const oko_cell *cells, size_t n, intake_row *ret_row)
{
    intake_row row = { .row = number, .n = n > 0 ? (size_t)cells[n - 1].col + 1 : 0 };
    if (row.n > OKO_IMPORT_MAX_COLUMNS)
        return OKO_E_LIMIT;
    row.text = oko_arena_alloc(r->arena, row.n * sizeof *row.text + 1);
    row.key = oko_arena_alloc(r->arena, row.n * sizeof *row.key + 1);
    if (row.text == NULL || row.key == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < row.n; i++)
        row.text[i] = row.key[i] = "";
    for (size_t i = 0; i < n; i++) {
        char cut[HEAD_TEXT_BYTES], key[HEAD_TEXT_BYTES];
        oko_str_copy(cut, sizeof cut, oko_str_trim(cells[i].text));
        size_t len = oko_str_fold(key, sizeof key, oko_str_of(cut));
        const char *text = oko_arena_str(r->arena, oko_str_of(cut));
        const char *folded = oko_arena_str(r->arena, (oko_str){ key, len });
        if (text == NULL || folded == NULL)
            return OKO_E_MEMORY;
        row.text[cells[i].col] = text;
        row.key[cells[i].col] = folded;
    }
    *ret_row = row;
    return OKO_OK;
}

static oko_status mixed(const intake_reader *r, const intake_layout *layout, oko_error *err)
{
    oko_error_set(err, OKO_E_FORMAT, "intake.mixed_layouts", r->worksheet);
    oko_error_arg(err, "%s", r->file_layout->name);
    oko_error_arg(err, "%s", layout->name);
    return OKO_E_FORMAT;
}

static oko_status look_for_head(intake_reader *r, const intake_row *row, oko_error *err)
{
    intake_head head = { .worksheet = r->worksheet, .above = r->above, .n_above = r->n_above, .row = row };
    head.list_wanted = r->options->list_title != NULL;
    head.reference_wanted = r->options->reference;
    for (size_t i = 0; !r->auxiliary && intake_layouts[i] != NULL; i++) {
        const intake_layout *layout = intake_layouts[i];
        if (!layout->recognise(&head))
            continue;
        if (r->file_layout != NULL && r->file_layout != layout)
            return mixed(r, layout, err);
        r->layout = r->file_layout = layout;
        r->batch->layout = layout->name;
        oko_status status = layout->begin(r, &head, err);
        return status == OKO_OK && r->batch->tape != NULL ? kept_head(r, row) : status;
    }
    r->above[r->n_above++] = *row;
    r->given_up = r->n_above == HEAD_ROWS;
    return OKO_OK;
}

static oko_status on_row(void *ctx, uint32_t number, const oko_cell *cells, size_t n, oko_error *err)
{
    intake_reader *r = ctx;
    if (r->layout != NULL) {
        oko_status read = r->layout->row(r, number, cells, n, err);
        return read == OKO_OK && r->batch->tape != NULL ? kept_row(r, number, cells, n) : read;
    }
    if (r->given_up || n == 0)
        return OKO_OK;
    oko_status status = r->arena == NULL ? on_worksheet(r, "", 0, err) : OKO_OK;
    intake_row row = { 0 };
    if (status == OKO_OK)
        status = keep_row(r, number, cells, n, &row);
    return status == OKO_OK ? look_for_head(r, &row, err) : status;
}

oko_rows_sink reader_sink(intake_reader *r)
{
    return (oko_rows_sink){ .worksheet = on_worksheet, .row = on_row, .ctx = r };
}

oko_status reader_finish(intake_reader *r, oko_error *err)
{
    oko_status status = r->arena != NULL ? worksheet_end(r, err) : OKO_OK;
    if (status != OKO_OK)
        return status;
    if (r->file_layout == NULL)
        return oko_error_set(err, OKO_E_FORMAT, "intake.unknown_layout", r->file);
    if (r->undecided)
        return reader_hint(r, err);
    if (r->file_layout->finish != NULL)
        status = r->file_layout->finish(r, err);
    const intake_batch *b = r->batch;
    if (status == OKO_OK && b->rows == 0 && b->n_aggregates == 0 && b->n_externals == 0 && b->n_findings == 0 &&
        b->n_units == 0)
        return oko_error_set(err, OKO_E_FORMAT, "intake.no_rows", r->file);
    return status;
}

oko_status reader_read(const char *file, const reader_source *source, const oko_import_options *options,
                       const intake_catalog *catalog, intake_batch **ret_batch, char **ret_hint, oko_error *err)
{
    OKO_CLEANUP(intake_batch_freep) intake_batch *batch = NULL;
    oko_status status = intake_batch_new(&batch);
    if (status == OKO_OK && options->keep_rows)
        status = tape_new(&batch->tape);
    if (status != OKO_OK)
        return status;
    intake_reader r;
    reader_init(&r, file, options, catalog, batch);
    oko_rows_sink sink = reader_sink(&r);
    status = source->read(source->ctx, &sink, err);
    if (status == OKO_OK)
        status = reader_finish(&r, err);
    memcpy(batch->service_login, r.service_login, sizeof batch->service_login);
    if (status == OKO_OK) {
        *ret_batch = batch;
        batch = NULL;
    } else {
        *ret_hint = r.hint;
        r.hint = NULL;
    }
    reader_clear(&r);
    return status;
}

/* ---- a file on the disk ---- */

typedef struct disk_file {
    const char *path;
    const oko_progress *progress;
} disk_file;

static oko_status read_disk(void *ctx, const oko_rows_sink *sink, oko_error *err)
{
    const disk_file *file = ctx;
    oko_container kind = OKO_CONTAINER_CSV;
    return oko_container_read(file->path, sink, file->progress, &kind, err);
}

oko_status reader_read_file(const char *path, const oko_import_options *options, const intake_catalog *catalog,
                            const oko_progress *progress, intake_batch **ret_batch, char **ret_hint, oko_error *err)
{
    disk_file file = { .path = path, .progress = progress };
    const reader_source source = { .read = read_disk, .ctx = &file };
    return reader_read(path, &source, options, catalog, ret_batch, ret_hint, err);
}
