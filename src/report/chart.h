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
} oko_chart_profile;

/* Appends an <svg> element (no XML head; ids prefixed with `id` so that several fit into one page; role="img",
 * <title> and <desc>). width in CSS pixels. OKO_E_MEMORY, OKO_E_LIMIT, OKO_E_INTERNAL. */
oko_status oko_chart_histogram_svg(const oko_chart_histogram *c, const oko_text *text, const char *id,
                                   const char *title, const char *summary, int width, oko_buffer *out) OKO_WARN_UNUSED;
oko_status oko_chart_stack_svg(const oko_chart_stack *c, const oko_text *text, const char *id, const char *title,
                               const char *summary, int width, oko_buffer *out) OKO_WARN_UNUSED;
oko_status oko_chart_profile_svg(const oko_chart_profile *c, const oko_text *text, const char *id, const char *title,
                                 const char *summary, int width, oko_buffer *out) OKO_WARN_UNUSED;

#endif
