/* What was wrong in a file: one by one, by rows as they stood in the file, as a table to take away. */
#include "http/routes/imports.h"

#include "http/service.h"
#include "intake/import.h"
#include "report/problems.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROWS_AT_ONCE = 2000, FILE_BYTES = 256 * 1024 * 1024 };

const char *oko_problem_kind_text(const oko_request *rq, const char *reason)
{
    const oko_text_arg args[] = { OKO_S("0", "…"), OKO_S("column", "…") };
    const char *key = oko_arena_printf(rq->arena, "%s.all", reason);
    const char *text = key != NULL && oko_text_has(rq->text, key) ? oko_text_get(rq->text, key)
                                                                  : oko_text_make(rq->text, rq->arena, reason, args, 2);
    return text != NULL ? text : reason;
}

static json_t *problem_json(const oko_request *rq, const oko_problem *problem)
{
    const oko_text_arg args[] = { OKO_S("0", problem->detail), OKO_S("column", problem->column) };
    const char *text = oko_text_make(rq->text, rq->arena, problem->reason, args, 2);
    json_t *o = json_object();
    oko_json_set_str(o, "severity", oko_severity_name(problem->severity));
    oko_json_set_str(o, "sheet", problem->sheet);
    oko_json_set_int(o, "row", problem->row);
    oko_json_set_int(o, "col", problem->col);
    oko_json_set_str(o, "column", problem->column);
    oko_json_set_str(o, "value_class", problem->value_class);
    oko_json_set_str(o, "reason", problem->reason);
    oko_json_set_str(o, "detail", problem->detail);
    oko_json_set_str(o, "text", text != NULL ? text : "");
    return o;
}

/* ---- which problems, which page ---- */

typedef struct listing {
    const oko_request *rq;
    json_t *items;
    int64_t offset, limit, seen;
    const char *severity, *reason;
    /* rows: */
    char sheet[sizeof((oko_problem *)NULL)->sheet];
    int64_t row;
    bool begun, wanted;
    json_t *problems; /* of the row that is read; NULL: not on the page */
} listing;

static listing listing_of(const oko_request *rq)
{
    return (listing){ .rq = rq,
                      .items = json_array(),
                      .offset = oko_request_int(rq, "offset", 0),
                      .limit = oko_request_int(rq, "limit", 50),
                      .severity = oko_request_str(rq, "severity"),
                      .reason = oko_request_str(rq, "reason") };
}

static bool passes(const listing *l, const oko_problem *p)
{
    return (l->severity == NULL || strcmp(l->severity, oko_severity_name(p->severity)) == 0) &&
           (l->reason == NULL || strcmp(l->reason, p->reason) == 0);
}

static oko_status check_import(const oko_request *rq, oko_error *err)
{
    oko_import i = { .id = 0 };
    oko_status status = oko_store_import_get(rq->store, oko_request_int(rq, "id", 0), &i, err);
    oko_import_clear(&i);
    return status;
}

static oko_status add_problem(void *ctx, const oko_problem *problem)
{
    listing *l = ctx;
    if (!passes(l, problem))
        return OKO_OK;
    l->seen++;
    if (l->seen > l->offset && l->seen <= l->offset + l->limit)
        (void)json_array_append_new(l->items, problem_json(l->rq, problem));
    return OKO_OK;
}

oko_status oko_imports_problems(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_status status = check_import(rq, err);
    if (status != OKO_OK)
        return status;
    listing l = listing_of(rq);
    status = oko_store_problem_walk(rq->store, oko_request_int(rq, "id", 0), add_problem, &l, err);
    if (status == OKO_OK)
        return oko_reply_list(reply, l.items, l.seen, err);
    json_decref(l.items);
    return status;
}

/* ---- rows ---- */

/* The row that was read is over: it counts when one of its problems passed. */
static void end_row(listing *l)
{
    if (l->begun && l->wanted) {
        l->seen++;
        if (l->seen > l->offset && l->seen <= l->offset + l->limit) {
            json_t *o = json_object();
            oko_json_set_str(o, "sheet", l->sheet);
            oko_json_set_int(o, "row", l->row);
            (void)json_object_set_new(o, "cells", json_array());
            (void)json_object_set(o, "problems", l->problems);
            (void)json_array_append_new(l->items, o);
        }
    }
    json_decref(l->problems);
    l->problems = NULL;
    l->wanted = false;
}

/* Problems come in the order of the file, those of a row together. */
static oko_status add_to_row(void *ctx, const oko_problem *problem)
{
    listing *l = ctx;
    if (!l->begun || l->row != problem->row || strcmp(l->sheet, problem->sheet) != 0) {
        end_row(l);
        l->begun = true;
        l->row = problem->row;
        memcpy(l->sheet, problem->sheet, sizeof l->sheet);
    }
    l->wanted = l->wanted || passes(l, problem);
    const bool near = l->seen + 1 > l->offset && l->seen + 1 <= l->offset + l->limit;
    if (near && l->problems == NULL)
        l->problems = json_array();
    if (near)
        (void)json_array_append_new(l->problems, problem_json(l->rq, problem));
    return OKO_OK;
}

typedef struct filling {
    json_t *items, *heads;
} filling;

static json_t *cells_json(const oko_kept_cell *cells, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++)
        (void)json_array_append_new(array, json_pack("{s:I,s:s%}", "col", (json_int_t)cells[i].col, "text",
                                                     cells[i].text.ptr, cells[i].text.len));
    return array;
}

static bool has_head(const json_t *heads, const char *sheet)
{
    const json_t *one;
    size_t i;
    json_array_foreach(heads, i, one)
    {
        if (strcmp(json_string_value(json_object_get(one, "sheet")), sheet) == 0)
            return true;
    }
    return false;
}

static oko_status fill_row(void *ctx, const char *sheet, uint32_t row, oko_kept_kind kind, const oko_kept_cell *cells,
                           size_t n)
{
    filling *f = ctx;
    json_t *one;
    size_t i;
    if (kind == OKO_KEPT_HEAD && !has_head(f->heads, sheet))
        (void)json_array_append_new(f->heads, json_pack("{s:s,s:o}", "sheet", sheet, "cells", cells_json(cells, n)));
    json_array_foreach(f->items, i, one)
    {
        if (json_integer_value(json_object_get(one, "row")) == (json_int_t)row &&
            strcmp(json_string_value(json_object_get(one, "sheet")), sheet) == 0)
            (void)json_object_set_new(one, "cells", cells_json(cells, n));
    }
    return OKO_OK;
}

/* Rows of the page that lie near each other are read together. */
static oko_status fill_rows(const oko_request *rq, filling *f, oko_error *err)
{
    const int64_t id = oko_request_int(rq, "id", 0);
    const size_t n = json_array_size(f->items);
    oko_status status = OKO_OK;
    for (size_t i = 0, next = 0; status == OKO_OK && i < n; i = next) {
        const json_t *first = json_array_get(f->items, i);
        const char *sheet = json_string_value(json_object_get(first, "sheet"));
        const int64_t from = json_integer_value(json_object_get(first, "row"));
        int64_t to = from;
        for (next = i + 1; next < n; next++) {
            const json_t *o = json_array_get(f->items, next);
            const int64_t row = json_integer_value(json_object_get(o, "row"));
            if (strcmp(json_string_value(json_object_get(o, "sheet")), sheet) != 0 || row > from + ROWS_AT_ONCE)
                break;
            to = row;
        }
        if (to > 0)
            status = oko_import_kept(rq->store, id, sheet, (uint32_t)from, (uint32_t)to, fill_row, f, err);
    }
    return status;
}

oko_status oko_imports_rows(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const int64_t id = oko_request_int(rq, "id", 0);
    bool kept = false;
    oko_status status = check_import(rq, err);
    if (status == OKO_OK)
        status = oko_import_is_kept(rq->store, id, &kept, err);
    if (status != OKO_OK)
        return status;
    listing l = listing_of(rq);
    filling f = { l.items, json_array() };
    status = oko_store_problem_walk(rq->store, id, add_to_row, &l, err);
    end_row(&l);
    if (status == OKO_OK && kept)
        status = fill_rows(rq, &f, err);
    json_t *answer = json_pack("{s:b,s:o,s:o,s:I}", "kept", (int)kept, "heads", f.heads, "items", l.items, "total",
                               (json_int_t)l.seen);
    if (status == OKO_OK)
        return oko_reply_json(reply, 200, answer, err);
    json_decref(answer);
    return status;
}

/* ---- as a file ---- */

static oko_status read_back(const char *path, oko_reply *reply, oko_error *err)
{
    FILE *f = fopen(path, "rb");
    struct stat st = { .st_size = 0 };
    if (f == NULL || fstat(fileno(f), &st) != 0 || st.st_size < 1 || st.st_size > FILE_BYTES) {
        if (f != NULL)
            (void)fclose(f);
        return oko_error_set(err, OKO_E_IO, "", "");
    }
    reply->bytes = malloc((size_t)st.st_size);
    reply->len = reply->bytes != NULL ? fread(reply->bytes, 1, (size_t)st.st_size, f) : 0;
    (void)fclose(f);
    if (reply->bytes == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    return reply->len == (size_t)st.st_size ? OKO_OK : oko_error_set(err, OKO_E_IO, "", "");
}

static oko_status as_xlsx(const oko_request *rq, oko_reply *reply, oko_error *err)
{
    char path[600];
    (void)snprintf(path, sizeof path, "%.500s-problems-%08x", rq->service->db, (unsigned)randombytes_random());
    oko_status status = oko_report_problems_xlsx(rq->store, oko_request_int(rq, "id", 0), rq->text, path, err);
    if (status == OKO_OK)
        status = read_back(path, reply, err);
    (void)unlink(path);
    return status;
}

static oko_status as_csv(const oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_buffer out;
    oko_buffer_init(&out, FILE_BYTES);
    oko_status status = oko_report_problems_csv(rq->store, oko_request_int(rq, "id", 0), rq->text, &out, err);
    if (status != OKO_OK) {
        oko_buffer_free(&out);
        return status;
    }
    reply->bytes = out.ptr;
    reply->len = out.len;
    return OKO_OK;
}

oko_status oko_imports_problems_file(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const char *format = oko_request_str(rq, "format");
    const bool csv = format != NULL && strcmp(format, "csv") == 0;
    const char *disposition = oko_arena_printf(rq->arena, "attachment; filename=\"problems-%lld.%s\"",
                                               (long long)oko_request_int(rq, "id", 0), csv ? "csv" : "xlsx");
    oko_status status = csv ? as_csv(rq, reply, err) : as_xlsx(rq, reply, err);
    reply->type = csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    if (disposition != NULL)
        oko_reply_header(rq, reply, "Content-Disposition", disposition);
    return status;
}
