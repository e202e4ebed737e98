/*
 * Analysis: sheets → states → signs → run. The one place where store and statistics meet. Memory grows with the
 * number of schools, not of works; the digits do not depend on the number of threads.
 */
#ifndef OKO_ANALYSIS_ANALYSIS_H
#define OKO_ANALYSIS_ANALYSIS_H

#include <oko/state.h>

#include "base/progress.h"
#include "store/store.h"

#define OKO_METHOD_VERSION "oko-methods 1"

enum { OKO_ANALYSIS_MIN_REPLICATES = 20, OKO_ANALYSIS_MAX_REPLICATES = 100000 };

typedef struct oko_analysis_options {
    uint64_t seed;          /* default 1 */
    int threads;            /* 0 = cores */
    int64_t revision;       /* 0 = latest: an older one recomputes the past */
    int replicates;         /* bootstrap, 20…100 000; 0 = 400 */
    int published_min;      /* smallest group in published output; 0 = 10 */
    const char *rules;      /* text of a region's own pack `region` (JSON) in place of the built-in one; NULL */
    const char *rules_name; /* its file, for messages; NULL = "rules" */
    oko_progress progress;
} oko_analysis_options;
#define OKO_ANALYSIS_OPTIONS_INIT                                                                                      \
    {                                                                                                                  \
        .seed = 1                                                                                                      \
    }

/* Analyses every procedure that has sheets or histograms and saves an immutable run. When a run of the same snapshot,
 * method, seed and parameters exists, the newest such run is returned and *ret_new is false (recompute = always
 * compute, and compare the digits with that run: OKO_E_INTERNAL "analysis.digits_differ" when they are not the same).
 * Not inside a transaction. Clear *ret_run with oko_run_clear. OKO_E_NO_DATA "analysis.nothing_loaded",
 * OKO_E_FORMAT "analysis.rules.…" (a fault in options->rules, field = its place), OKO_E_CANCELLED, OKO_E_MEMORY, or the
 * store's status; nothing is saved then. */
oko_status oko_analyze(oko_store *store, const oko_analysis_options *options, bool recompute, oko_run *ret_run,
                       bool *ret_new, oko_error *err) OKO_WARN_UNUSED;

/* The results that the pack `region` would give with options->rules (NULL: as it is built in), handed to fn procedure
 * by procedure; nothing is written. The same code, so the same digits as of a run at that revision. A reader will do.
 * Any status of fn ends it; else as oko_analyze. */
oko_status oko_analysis_try(oko_store *store, const oko_analysis_options *options, oko_result_fn fn, void *ctx,
                            oko_error *err) OKO_WARN_UNUSED;

/* ---- states of a procedure, for analysis and reports ---- */
typedef struct oko_school_state {
    int64_t school, municipality, region; /* unit ids; municipality may be 0 */
    oko_state *state;                     /* participants only */
    oko_counts counts;
} oko_school_state;

/* Histogram of a unit above the school, when only such aggregates are loaded. */
typedef struct oko_unit_state {
    int64_t unit;
    oko_level level; /* country, region or municipality */
    int64_t region;  /* nearest region above (or itself); 0 none */
    oko_state *state;
} oko_unit_state;

typedef struct oko_states {
    oko_procedure procedure;
    size_t n;
    oko_school_state *schools; /* ascending school id; those with rows (or with a histogram of their own) */
    oko_state *all;            /* all schools merged; from a histogram aggregate when there are no sheets */
    oko_counts counts;
    bool from_aggregate; /* no sheets: everything here comes from histograms; rows = participants */
    size_t n_parts;      /* from_aggregate: histograms of units above the school, ascending level and id */
    oko_unit_state *parts;
} oko_states;

/* Reads the states of one procedure at a revision (0 = latest). OKO_E_NOT_FOUND (no such procedure), OKO_E_NO_DATA when
 * nothing is loaded. Sheets are walked by `threads` readers (0 = cores), each with a share of the schools. */
oko_status oko_states_load(oko_store *store, const char *procedure, int64_t revision, int threads,
                           oko_states *ret_states, oko_error *err) OKO_WARN_UNUSED;
void oko_states_clear(oko_states *states);
/* New state of what lies below a unit (country: everything; region, municipality, school), its counts and the number
 * of schools with participants (−1 when only the unit's own histogram is known). ret_counts and ret_schools may be
 * NULL. OKO_E_NO_DATA when nothing is loaded below it, OKO_E_ARGUMENT for a class. */
oko_status oko_states_below(const oko_states *states, oko_level level, int64_t unit, oko_state **ret_state,
                            oko_counts *ret_counts, int64_t *ret_schools) OKO_WARN_UNUSED;

/* Shape of a procedure for the statistics library; item_max points into `buffer`. */
oko_shape oko_procedure_shape(const oko_procedure *p, int16_t buffer[OKO_MAX_ITEMS]);

/* Code of the procedure that a cohort wrote a year and a grade earlier in the same subject ("2020-04-MA" for
 * "2021-05-MA"; a suffix of the code is not carried over); false when the procedure has no grade or the earlier grade
 * is < 1. */
bool oko_procedure_previous(const oko_procedure *p, char ret_code[OKO_CODE_BYTES]);

#endif
