/*
 * Import: foreign files → cells → rows → sheets → store, all or nothing.
 *
 * The layout is recognised by the header, never by the file name. Steps: container (xlsx, csv) → worksheet rows →
 * layout (recognise, map) → clean (what a cell means, problems) → batch (sheets, aggregates, lists, units) → one
 * transaction. Reading holds packed works only (about 45 bytes each); nothing is written before the whole file is read.
 */
#ifndef OKO_INTAKE_IMPORT_H
#define OKO_INTAKE_IMPORT_H

#include <stddef.h>

#include "base/progress.h"
#include "store/store.h"

typedef struct oko_import_options {
    const char *procedure;  /* code for files that do not name theirs; NULL = from the file name */
    const char *list_title; /* title of an external list; NULL = the file's name */
    bool reference;         /* the file is a list of the reference stratum, whatever its head says */
    const char *school;     /* login of the school, for forms that do not name it; NULL = from the file */
    const char *region;     /* code of the region for tables that do not name it; NULL = the only one of the register */
    bool add_classes;       /* keep classes of a school that the file does not mention */
    bool dry_run;           /* read and report, change nothing */
    bool keep_rows;         /* keep the file's rows for a while where something was repaired or rejected */
    int64_t user;           /* who imports; 0: the command line */
    int threads;            /* readers for several files; 0 = cores */
    oko_progress progress;
} oko_import_options;
#define OKO_IMPORT_OPTIONS_INIT                                                                                        \
    {                                                                                                                  \
        .keep_rows = true, .threads = 0                                                                                \
    }

/* Limits of one file; every reader honours them. */
enum {
    OKO_IMPORT_MAX_ROWS = 5000000,
    OKO_IMPORT_MAX_COLUMNS = 2048,
    OKO_IMPORT_MAX_CELL_BYTES = 32768,
    OKO_IMPORT_MAX_WORKSHEETS = 256,
    OKO_IMPORT_MAX_RATIO = 400,             /* unzipped : zipped of one member, above 64 MiB */
    OKO_IMPORT_MAX_LISTED_PROBLEMS = 200000 /* listed one by one; beyond it they are still counted */
};
enum {
    OKO_IMPORT_MAX_FIXES = 2000, /* cells that are put right at once */
    OKO_IMPORT_FIX_BYTES = 400,
    OKO_IMPORT_KEEP_DAYS = 30 /* rows of a file are kept so long for whoever puts it right */
};
#define OKO_IMPORT_MAX_UNZIPPED ((uint64_t)4 << 30)

typedef struct oko_problem_count {
    oko_severity severity;
    char reason[48];
    char value_class[40];
    int64_t n;
} oko_problem_count;

/* What an import of one file did: the same facts for screen, JSON and workbook. */
typedef struct oko_import_report {
    char file[256];
    char layout[32];
    bool unchanged;    /* the same content was imported before: nothing was done */
    int64_t import;    /* id in the store; 0 for a dry run or an unchanged file */
    oko_counts counts; /* rows, participants, … over all procedures of the file */
    int64_t schools;   /* with at least one participant, per procedure */
    int64_t new_units; /* regions, municipalities and schools made on the fly (classes are not counted) */
    int64_t sheets_added, sheets_replaced, sheets_unchanged, sheets_removed;
    int64_t aggregates, externals, findings, units,
        works_lost; /* works_lost: in removed or replaced sheets and not in the new ones */
    size_t n_procedures;
    char procedures[16][OKO_CODE_BYTES];
    size_t n_dropped;
    char dropped[32][64]; /* heads of personal columns that were dropped */
    size_t n_problem_counts;
    oko_problem_count *problem_counts; /* complete, owned */
    size_t n_problems;
    oko_problem *problems; /* at most OKO_IMPORT_MAX_LISTED_PROBLEMS, file order, owned */
} oko_import_report;
void oko_import_report_clear(oko_import_report *report);

/*
 * Imports one file in one transaction. When the procedure is unknown: OKO_E_UNDECIDED, and *ret_hint (malloc; may be
 * NULL) holds a ready-to-edit procedure description (JSON) made from the header, or the list of fitting procedures.
 * Other errors: OKO_E_FORMAT (not a workbook, truncated, password, empty form, unknown layout), OKO_E_LIMIT (zip bomb,
 * too many rows…), OKO_E_NOT_FOUND, OKO_E_PERMISSION, OKO_E_FULL, OKO_E_CANCELLED, … Nothing is changed on error.
 */
oko_status oko_import_file(oko_store *store, const char *path, const oko_import_options *options,
                           oko_import_report *ret_report, char **ret_hint, oko_error *err) OKO_WARN_UNUSED;

/* A cell that is put right: worksheet, row and column as a problem names them, and what should have stood there. */
typedef struct oko_import_fix {
    const char *sheet;
    uint32_t row, col; /* 1-based */
    const char *value; /* "" empties the cell */
} oko_import_fix;

/*
 * Reads the kept rows of an import once more, with cells put right, and imports what comes out: a new import that names
 * the first one (corrects) and holds the fixes with what had stood there. The file is read as it was (procedure, list,
 * school …); of `options` only dry_run, user and progress count. The same fixes twice change nothing the second time.
 * OKO_E_NOT_FOUND (no such import); OKO_E_CONFLICT intake.fix.no_rows (none were kept, or they are gone by now);
 * OKO_E_ARGUMENT intake.fix.place (no such row or column; its field is the number of the fix), intake.fix.value;
 * else as oko_import_file.
 */
oko_status oko_import_again(oko_store *store, int64_t import, const oko_import_fix *fixes, size_t n,
                            const oko_import_options *options, oko_import_report *ret_report, char **ret_hint,
                            oko_error *err) OKO_WARN_UNUSED;

/* A kept row: above the head, the head, or one below. Cells as oko_cell of a container; valid during the call. */
typedef enum oko_kept_kind { OKO_KEPT_ABOVE, OKO_KEPT_HEAD, OKO_KEPT_ROW } oko_kept_kind;
typedef struct oko_kept_cell {
    uint32_t col; /* 1-based */
    oko_str text;
} oko_kept_cell;
typedef oko_status (*oko_kept_fn)(void *ctx, const char *sheet, uint32_t row, oko_kept_kind kind,
                                  const oko_kept_cell *cells, size_t n);
/* Rows of the worksheet of this name from `first` to `last`, and its head before them. None when nothing is kept. */
oko_status oko_import_kept(oko_store *store, int64_t import, const char *sheet, uint32_t first, uint32_t last,
                           oko_kept_fn fn, void *ctx, oko_error *err) OKO_WARN_UNUSED;

/* Called for each file in the order given, after its commit or failure: from one thread at a time, not always the
 * caller's. report is NULL when the file failed; err->code is OKO_OK when it did not. */
typedef void (*oko_import_done_fn)(void *ctx, const char *path, const oko_import_report *report, const char *hint,
                                   const oko_error *err);

/* Several files: read by `threads` readers, committed one by one in the order given. Goes on after a failed file;
 * returns the first failure. */
oko_status oko_import_files(oko_store *store, const char *const *paths, size_t n, const oko_import_options *options,
                            oko_import_done_fn done, void *ctx, oko_error *err) OKO_WARN_UNUSED;

#endif
