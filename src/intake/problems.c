#include "intake/problems.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void problem_log_free(problem_log *log)
{
    free(log->entries);
    free(log->sheets);
    memset(log, 0, sizeof *log);
}

static void count(problem_log *log, clean_fault fault)
{
    for (size_t i = 0; i < log->n_kinds; i++) {
        if (log->kinds[i].severity == fault.severity && strcmp(log->kinds[i].reason, fault.reason) == 0 &&
            strcmp(log->kinds[i].value_class, fault.value_class) == 0) {
            log->kinds[i].n++;
            return;
        }
    }
    if (log->n_kinds == PROBLEM_KINDS)
        return; /* reasons × classes are static and far fewer */
    log->kinds[log->n_kinds].severity = fault.severity;
    log->kinds[log->n_kinds].reason = fault.reason;
    log->kinds[log->n_kinds].value_class = fault.value_class;
    log->kinds[log->n_kinds++].n = 1;
}

oko_status problem_add(problem_log *log, clean_fault fault, problem_place place)
{
    if (fault.value_class == NULL)
        fault.value_class = "";
    if (log->n < OKO_IMPORT_MAX_LISTED_PROBLEMS) {
        oko_status status =
            oko_grow(&log->entries, &log->cap, log->n + 1, sizeof *log->entries, OKO_IMPORT_MAX_LISTED_PROBLEMS);
        if (status != OKO_OK)
            return status;
        log->entries[log->n] = (problem_entry){ .column = place.column != NULL ? place.column : "",
                                                .value_class = fault.value_class,
                                                .reason = fault.reason,
                                                .detail = place.detail != NULL ? place.detail : "",
                                                .row = place.row,
                                                .col = place.col,
                                                .order = (uint32_t)log->n,
                                                .sheet = place.sheet,
                                                .severity = (uint8_t)fault.severity };
        log->n++;
    }
    count(log, fault);
    return OKO_OK;
}

oko_status problem_sheet(problem_log *log, size_t index, const char *name)
{
    oko_status status =
        oko_grow(&log->sheets, &log->cap_sheets, index + 1, sizeof *log->sheets, OKO_IMPORT_MAX_WORKSHEETS);
    if (status != OKO_OK)
        return status;
    while (log->n_sheets <= index)
        log->sheets[log->n_sheets++] = "";
    log->sheets[index] = name;
    return OKO_OK;
}

static int by_place(const void *left, const void *right)
{
    const problem_entry *a = left, *b = right;
    uint16_t sheet_a = (uint16_t)(a->sheet + 1), sheet_b = (uint16_t)(b->sheet + 1); /* the whole file comes first */
    if (sheet_a != sheet_b)
        return sheet_a < sheet_b ? -1 : 1;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->col != b->col)
        return a->col < b->col ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

void problem_sort(problem_log *log)
{
    if (log->n > 1)
        qsort(log->entries, log->n, sizeof *log->entries, by_place);
}

void problem_expand(const problem_log *log, const problem_entry *entry, oko_problem *ret_problem)
{
    oko_problem p = { .severity = (oko_severity)entry->severity, .row = entry->row, .col = entry->col };
    if (entry->sheet < log->n_sheets)
        oko_str_copy(p.sheet, sizeof p.sheet, oko_str_of(log->sheets[entry->sheet]));
    if (!oko_str_copy(p.column, sizeof p.column, oko_str_of(entry->column))) {
        oko_str_copy(p.column, sizeof p.column - strlen("…"),
                     oko_str_of(entry->column)); /* a long head is cut openly */
        strcat(p.column, "…");
    }
    oko_str_copy(p.value_class, sizeof p.value_class, oko_str_of(entry->value_class));
    oko_str_copy(p.reason, sizeof p.reason, oko_str_of(entry->reason));
    oko_str_copy(p.detail, sizeof p.detail, oko_str_of(entry->detail));
    *ret_problem = p;
}

oko_status problem_report(problem_log *log, oko_import_report *report)
{
    if (log->n_kinds == 0)
        return OKO_OK;
    oko_problem_count *counts = oko_calloc_array(log->n_kinds, sizeof *counts);
    oko_problem *list = oko_alloc_array(log->n > 0 ? log->n : 1, sizeof *list);
    if (counts == NULL || list == NULL) {
        free(counts);
        free(list);
        return OKO_E_MEMORY;
    }
    for (size_t i = 0; i < log->n_kinds; i++) {
        counts[i].severity = log->kinds[i].severity;
        counts[i].n = log->kinds[i].n;
        oko_str_copy(counts[i].reason, sizeof counts[i].reason, oko_str_of(log->kinds[i].reason));
        oko_str_copy(counts[i].value_class, sizeof counts[i].value_class, oko_str_of(log->kinds[i].value_class));
    }
    for (size_t i = 0; i < log->n; i++)
        problem_expand(log, &log->entries[i], &list[i]);
    report->problem_counts = counts;
    report->n_problem_counts = log->n_kinds;
    report->problems = list;
    report->n_problems = log->n;
    return OKO_OK;
}
