/* Everything a report says about one unit, as plain numbers: pages and workbooks only write it down. */
#ifndef OKO_REPORT_VIEW_H
#define OKO_REPORT_VIEW_H

#include "report/cells.h"
#include "report/session.h"

enum { OKO_VIEW_MARKS = OKO_MAX_CUTOFFS + 1 };

/* One procedure in one unit. */
typedef struct oko_view_procedure {
    const oko_report_procedure *base;
    const oko_procedure *p;
    oko_state *state;        /* owned; NULL: only aggregates or results are known */
    const oko_state *region; /* to compare with; NULL for the region itself */
    oko_counts counts;
    int64_t schools;  /* with participants; −1 unknown */
    bool small;       /* participants under the published minimum: nothing about them is told */
    double mean, sd;  /* NaN: not computed */
    int n_marks;      /* 0 without cut-offs */
    oko_cells marks;  /* rows: journal 1 … 5, then "no mark"; columns: marks by cut-offs; totals */
    oko_cells moves;  /* one row: lowered, confirmed, raised */
    double *expected; /* [max_total+1] works expected at this level (threshold rule); NULL */
    const oko_report_aggregate *f3, *journal; /* NULL: not loaded */
} oko_view_procedure;

typedef struct oko_view {
    oko_report_session *session;
    const oko_report_unit *unit, *municipality, *region; /* the two above may be NULL */
    bool school;
    size_t n;
    oko_view_procedure *procedures; /* those that say anything about the unit, by code */
    size_t n_results, cap_results;
    oko_result *results;    /* of the unit itself, by procedure and rule */
    oko_sign_rows evidence; /* rows of the evidence run about the unit and its classes */
    bool *evidence_hidden;  /* [evidence.n] a small group, or one that a small one could be got from */
} oko_view;

/* OKO_E_NOT_FOUND (no such unit), OKO_E_ARGUMENT (a class), OKO_E_NO_DATA (nothing loaded for it), OKO_E_MEMORY. */
oko_status oko_view_open(oko_report_session *session, int64_t unit, oko_view *ret_view, oko_error *err) OKO_WARN_UNUSED;
void oko_view_clear(oko_view *view);

/* The same numbers for one class of the school. OKO_E_NO_DATA when it has no works. Clear with oko_view_class_clear. */
oko_status oko_view_class(const oko_view *view, const oko_view_procedure *school, const char *label,
                          oko_view_procedure *ret_class, oko_error *err) OKO_WARN_UNUSED;
void oko_view_class_clear(oko_view_procedure *of_class);

/* Works with a raw score, −1 when they are hidden (a hidden mark, or a small group). */
int64_t oko_view_works_at(const oko_view_procedure *vp, int score);
/* % of the maximum for an item; NaN when unknown or small. */
double oko_view_item_percent(const oko_view_procedure *vp, const oko_state *state, int item);
/* The unit's own result; NULL. rule "oko/threshold", procedure code. */
const oko_result *oko_view_result(const oko_view *view, const char *rule, const char *procedure);
/* Is this school (or municipality) inside the unit? */
bool oko_view_holds(const oko_view *view, const oko_report_unit *u);
const oko_view_procedure *oko_view_procedure_find(const oko_view *view, const char *code);
/* Should the numbers of a school's result be hidden: few works, now or in the year that it is compared with, or a small
 * group of pupils that a share would tell of? Entries of external lists have no numbers of pupils. */
bool oko_view_small(const oko_report_session *session, const oko_result *r);
/* The same for the unit's own results; those about schools count schools, not works, and are never hidden. */
bool oko_view_hides(const oko_view *view, const oko_result *r);
/* Of these: there are works enough, and it is a small group among them that shares would tell of. */
bool oko_view_hides_group(const oko_view *view, const oko_result *r);

/* Schools of the unit in a year: with a number of signs known, with ≥ 1 and ≥ 2 official signs. */
typedef struct oko_view_year {
    int year;
    int64_t schools, one, two;
} oko_view_year;
enum { OKO_VIEW_YEARS = 32 };
/* Years, newest first; within = NULL for the unit itself. Returns how many there are. */
int oko_view_years(const oko_view *view, const oko_report_unit *within, oko_view_year years[OKO_VIEW_YEARS]);

#endif
