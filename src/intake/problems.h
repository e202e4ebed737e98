/* Log of problems of one file: compact while reading, full records for the report. Values are never kept. */
#ifndef OKO_INTAKE_PROBLEMS_H
#define OKO_INTAKE_PROBLEMS_H

#include "intake/clean.h"
#include "intake/import.h"

enum {
    PROBLEM_KINDS = 256,
    PROBLEM_NO_SHEET = UINT16_MAX /* about the whole file */
};

typedef struct problem_entry {
    const char *column; /* arena or static, "" when none */
    const char *value_class;
    const char *reason;
    const char *detail;
    uint32_t row, col;
    uint32_t order;
    uint16_t sheet;
    uint8_t severity;
} problem_entry;

typedef struct problem_log {
    problem_entry *entries;
    size_t n, cap;
    size_t n_kinds;
    struct {
        oko_severity severity;
        const char *reason, *value_class;
        int64_t n;
    } kinds[PROBLEM_KINDS];
    const char **sheets; /* worksheet names by index, arena */
    size_t n_sheets, cap_sheets;
} problem_log;

/* Where a problem stands. `column` and `detail` must outlive the log (static or batch arena); NULL = "". */
typedef struct problem_place {
    uint16_t sheet;
    uint32_t row, col;
    const char *column, *detail;
} problem_place;

void problem_log_free(problem_log *log);
/* Counts the problem, and lists it while there are fewer than OKO_IMPORT_MAX_LISTED_PROBLEMS. OKO_E_MEMORY. */
oko_status problem_add(problem_log *log, clean_fault fault, problem_place place) OKO_WARN_UNUSED;
/* Worksheet `index` is called `name` (must outlive the log). */
oko_status problem_sheet(problem_log *log, size_t index, const char *name) OKO_WARN_UNUSED;
/* File order: worksheet, row, column. */
void problem_sort(problem_log *log);
void problem_expand(const problem_log *log, const problem_entry *entry, oko_problem *ret_problem);
/* Copies counts and list into the report. OKO_E_MEMORY. */
oko_status problem_report(problem_log *log, oko_import_report *report) OKO_WARN_UNUSED;

#endif
