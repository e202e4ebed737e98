/*
 * The numbers of a picture, one set for all who show it: reports draw them with cairo, the server gives them to the
 * browser. What is hidden is NaN here already. Nothing is drawn and no page is written here.
 */
#ifndef OKO_REPORT_FIGURES_H
#define OKO_REPORT_FIGURES_H

#include <oko/threshold.h>

#include "analysis/analysis.h"
#include "analysis/answers.h"
#include "explain/row.h"
#include "report/chart.h"

/* Which picture tells of a statistic. */
typedef enum oko_figure_kind {
    OKO_FIGURE_HISTOGRAM,
    OKO_FIGURE_PROFILE,
    OKO_FIGURE_PAIRS,
    OKO_FIGURE_LEVEL,
    OKO_FIGURE_ROSTER,
    OKO_FIGURE_JOURNAL
} oko_figure_kind;

/* −1: no picture. */
int oko_figure_of(const char *statistic);
/* "histogram", "profile", "pairs", "level", "roster", "journal". */
const char *oko_figure_name(oko_figure_kind kind);

/* ---- what is seen beside what is expected ---- */

enum { OKO_FIGURE_ROWS = OKO_CHART_COMPARE_ROWS };

/* A row each; NaN: hidden or not known. Labels belong to whoever filled them. */
typedef struct oko_comparison {
    int n, subject; /* subject: the row that the sign is about; −1 */
    const char *labels[OKO_FIGURE_ROWS];
    double observed[OKO_FIGURE_ROWS], expected[OKO_FIGURE_ROWS], lo[OKO_FIGURE_ROWS], hi[OKO_FIGURE_ROWS];
} oko_comparison;

/* Title and largest total of a procedure; false when it is not to be shown. */
typedef bool (*oko_figure_test)(const void *ctx, const char *procedure, const char **ret_title, int *ret_max);

/* Rows of one unit and of its classes. */
typedef struct oko_figure_rows {
    const oko_sign_row *at;
    size_t n;
    const bool *hidden; /* [n]; NULL: none */
    oko_figure_test test;
    const void *ctx;
} oko_figure_rows;

/* The group in all its procedures. at: the row that the sign is about, SIZE_MAX: the unit itself. roster: absent
 * pupils; else the mean in % of the maximum. */
void oko_figure_compare(const oko_figure_rows *rows, size_t at, bool roster, oko_comparison *ret);

/* Results of pupils by their journal marks «2»…«5» beside the region's, % of the maximum. Marks of fewer works than
 * hide_min are not told, nor any that could be got by subtraction; their labels come from the arena. */
void oko_figure_journal(const oko_procedure *p, const oko_state *group, const oko_state *region, double hide_min,
                        const oko_text *text, oko_arena *arena, oko_comparison *ret);

/* ---- answers ---- */

/* Items in % of their maximum, at the same totals. */
typedef struct oko_profile {
    int n;
    double seen[OKO_MAX_ITEMS], expected[OKO_MAX_ITEMS];
    int8_t marked[OKO_MAX_ITEMS]; /* 1: better than expected, −1: worse, 0: neither */
} oko_profile;
/* details: of the sign, with the items it names; NULL. */
void oko_figure_profile(const oko_procedure *p, const oko_answers *answers, const oko_group_answers *group,
                        const json_t *details, oko_profile *ret);

/* Pairs of works by the number of same answers. */
typedef struct oko_pair_bins {
    int n; /* 0: there are no two works of one variant */
    oko_chart_bin at[OKO_MAX_ITEMS + 1];
    int same; /* works with so many same answers belong together: one pair in twenty such groups is expected */
} oko_pair_bins;
/* hide_min > 1: bins are joined until at least so many pupils are behind each. OKO_E_MEMORY. */
oko_status oko_figure_pairs(const oko_answers *answers, const oko_group_answers *group, double hide_min,
                            oko_pair_bins *ret) OKO_WARN_UNUSED;

/* ---- distribution of scores ---- */

/* Works expected by score, [max_total + 1], from malloc: kept in the details of a threshold result; NULL when there are
 * none. OKO_E_MEMORY. */
oko_status oko_figure_expected(const char *details, int max_total, double **ret_expected) OKO_WARN_UNUSED;
/* The smooth distribution of all schools. OKO_E_NO_DATA (also when no fit is possible), OKO_E_MEMORY. */
oko_status oko_figure_counterfactual(const oko_states *states, oko_counterfactual **ret_cf) OKO_WARN_UNUSED;
/* Works expected by score at the level of a class or school, from malloc; NULL when they can't be told. OKO_E_MEMORY.
 */
oko_status oko_figure_expected_at(const oko_counterfactual *cf, const oko_state *group, int max_total,
                                  double **ret_expected) OKO_WARN_UNUSED;
/* The works of a group as a state, without answers. OKO_E_MEMORY. */
oko_status oko_figure_state(const oko_procedure *p, const oko_group_answers *group,
                            oko_state **ret_state) OKO_WARN_UNUSED;

#endif
