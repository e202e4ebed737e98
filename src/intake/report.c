#include "intake/report.h"

#include "base/memory.h"
#include "reference/json.h"

#include <stdlib.h>
#include <string.h>

enum { SUMMARY_BYTES = 1 << 20 };

void oko_import_report_clear(oko_import_report *report)
{
    free(report->problem_counts);
    free(report->problems);
    memset(report, 0, sizeof *report);
}

static json_t *counts_json(const oko_counts *c)
{
    return json_pack("{s:I,s:I,s:I,s:I,s:I,s:I,s:I}", "rows", (json_int_t)c->rows, "participants",
                     (json_int_t)c->participants, "absent", (json_int_t)c->absent, "no_total", (json_int_t)c->no_total,
                     "bad_total", (json_int_t)c->bad_total, "above_max", (json_int_t)c->above_max, "sum_mismatch",
                     (json_int_t)c->sum_mismatch);
}

static json_t *sheets_json(const oko_import_report *r)
{
    return json_pack("{s:I,s:I,s:I,s:I}", "added", (json_int_t)r->sheets_added, "replaced",
                     (json_int_t)r->sheets_replaced, "unchanged", (json_int_t)r->sheets_unchanged, "removed",
                     (json_int_t)r->sheets_removed);
}

/* NULL when memory is out; frees what it was given by json_array_append_new then. */
static json_t *procedures_json(const oko_import_report *r)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < r->n_procedures; i++)
        if (json_array_append_new(list, json_string(r->procedures[i])) != 0)
            oko_json_freep(&list);
    return list;
}

static json_t *dropped_json(const oko_import_report *r)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < r->n_dropped; i++)
        if (json_array_append_new(list, json_string(r->dropped[i])) != 0)
            oko_json_freep(&list);
    return list;
}

static json_t *problem_counts_json(const oko_import_report *r)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < r->n_problem_counts; i++) {
        const oko_problem_count *c = &r->problem_counts[i];
        json_t *one = json_pack("{s:s,s:s,s:s,s:I}", "severity", oko_severity_name(c->severity), "reason", c->reason,
                                "value_class", c->value_class, "n", (json_int_t)c->n);
        if (json_array_append_new(list, one) != 0)
            oko_json_freep(&list);
    }
    return list;
}

static json_t *problems_json(const oko_import_report *r)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < r->n_problems; i++) {
        const oko_problem *p = &r->problems[i];
        json_t *one = json_pack("{s:s,s:s,s:i,s:i,s:s,s:s,s:s,s:s}", "severity", oko_severity_name(p->severity),
                                "sheet", p->sheet, "row", (int)p->row, "col", (int)p->col, "column", p->column,
                                "value_class", p->value_class, "reason", p->reason, "detail", p->detail);
        if (json_array_append_new(list, one) != 0)
            oko_json_freep(&list);
    }
    return list;
}

/* Takes over `value`; *json becomes NULL when memory is out. */
static void set(json_t **json, const char *key, json_t *value)
{
    if (*json == NULL)
        json_decref(value);
    else if (json_object_set_new(*json, key, value) != 0)
        oko_json_freep(json);
}

json_t *oko_import_report_json(const oko_import_report *r, bool problems)
{
    json_t *json = json_pack(
        "{s:s,s:s,s:b,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I}", "file", r->file, "layout", r->layout, "unchanged",
        (int)r->unchanged, "import", (json_int_t)r->import, "schools", (json_int_t)r->schools, "new_units",
        (json_int_t)r->new_units, "aggregates", (json_int_t)r->aggregates, "externals", (json_int_t)r->externals,
        "findings", (json_int_t)r->findings, "units", (json_int_t)r->units, "works_lost", (json_int_t)r->works_lost);
    set(&json, "procedures", procedures_json(r));
    set(&json, "counts", counts_json(&r->counts));
    set(&json, "sheets", sheets_json(r));
    set(&json, "dropped_columns", dropped_json(r));
    set(&json, "problem_counts", problem_counts_json(r));
    if (problems)
        set(&json, "problems", problems_json(r));
    return json;
}

static int dump_to(const char *bytes, size_t n, void *ctx)
{
    oko_buffer_add(ctx, bytes, n);
    return oko_buffer_status(ctx) == OKO_OK ? 0 : -1;
}

oko_status oko_import_report_summary(const oko_import_report *report, char **ret_summary)
{
    OKO_CLEANUP(oko_json_freep) json_t *json = oko_import_report_json(report, false);
    oko_buffer out;
    oko_buffer_init(&out, SUMMARY_BYTES);
    if (json == NULL || json_dump_callback(json, dump_to, &out, JSON_COMPACT | JSON_SORT_KEYS) != 0) {
        oko_buffer_free(&out);
        return OKO_E_MEMORY;
    }
    *ret_summary = out.ptr; /* malloc; the caller's now */
    return OKO_OK;
}
