/* Charts, drawn once with cairo for SVG and PDF. Every chart has a text summary and a table twin made by the caller. */
#ifndef OKO_REPORT_CHART_H
#define OKO_REPORT_CHART_H

#include "base/memory.h"
#include "reference/text.h"

/* Histogram of raw scores: observed bars, cut-offs as labelled lines, counterfactual as a line. */
typedef struct oko_chart_histogram {
    int max_total;
    const double *observed; /* [max_total+1], share of works in %; NaN = suppressed */
    const double *expected; /* the same, or NULL */
    int n_cutoffs;
    const int16_t *cutoffs;
    int first_mark;
} oko_chart_histogram;

/* Rows of a stacked horizontal bar: raw-score marks within each journal mark, or lowered/confirmed/raised. */
typedef struct oko_chart_stack {
    int n_rows, n_parts;
    const char *const *row_labels;
    const char *const *part_labels;
    const double *percent; /* [n_rows × n_parts], NaN = suppressed */
} oko_chart_stack;

/* Item profile: % of the maximum by item, group against the region. */
typedef struct oko_chart_profile {
    int n_items;
    const char *const *labels;
    const double *group;     /* %, NaN = none */
    const double *reference; /* % */
    const char *group_label;
    const char *reference_label;
    const int8_t *marked; /* [n_items] 1: too good, −1: too bad, 0: neither; NULL: nothing is marked */
} oko_chart_profile;

/* What is seen beside what is expected with its interval, a row each: several procedures of one group. */
enum { OKO_CHART_COMPARE_ROWS = 64 };
typedef struct oko_chart_compare {
    int n_rows, subject; /* subject: the row that the sign is about; −1 */
    const char *const *labels;
    const double *observed, *expected, *lo, *hi; /* NaN: hidden or not known */
    double top;                                  /* end of the axis, at least */
    const char *axis, *expected_label;
} oko_chart_compare;

/* Pairs of works by the number of same answers. */
typedef struct oko_chart_bin {
    int from, to; /* same answers */
    double seen, expected;
    bool rare; /* hardly a pair is expected here or to the right */
} oko_chart_bin;
typedef struct oko_chart_pairs {
    int n;
    const oko_chart_bin *bins; /* ascending, without holes */
} oko_chart_pairs;

/* Appends an <svg> element (no XML head; ids prefixed with `id` so that several fit into one page; role="img",
 * <title> and <desc>). width in CSS pixels. OKO_E_MEMORY, OKO_E_LIMIT, OKO_E_INTERNAL. */
oko_status oko_chart_histogram_svg(const oko_chart_histogram *c, const oko_text *text, const char *id,
                                   const char *title, const char *summary, int width, oko_buffer *out) OKO_WARN_UNUSED;
oko_status oko_chart_stack_svg(const oko_chart_stack *c, const oko_text *text, const char *id, const char *title,
                               const char *summary, int width, oko_buffer *out) OKO_WARN_UNUSED;
oko_status oko_chart_profile_svg(const oko_chart_profile *c, const oko_text *text, const char *id, const char *title,
                                 const char *summary, int width, oko_buffer *out) OKO_WARN_UNUSED;
oko_status oko_chart_compare_svg(const oko_chart_compare *c, const oko_text *text, const char *id, const char *title,
                                 const char *summary, int width, oko_buffer *out) OKO_WARN_UNUSED;
oko_status oko_chart_pairs_svg(const oko_chart_pairs *c, const oko_text *text, const char *id, const char *title,
                               const char *summary, int width, oko_buffer *out) OKO_WARN_UNUSED;

#endif
