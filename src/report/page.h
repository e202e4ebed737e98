/*
 * Page: writes HTML that is well-formed XML as well. Everything that is not a literal of this folder goes through the
 * escaping calls. Errors stick to the buffer and are asked for once, at the end.
 */
#ifndef OKO_REPORT_PAGE_H
#define OKO_REPORT_PAGE_H

#include "reference/json.h"
#include "report/view.h"

enum { OKO_PAGE_MAX_BYTES = 256 << 20, OKO_PAGE_CHART_WIDTH = 680 };

typedef struct oko_page {
    oko_buffer out;
    oko_arena *arena; /* texts of this page */
    const oko_view *view;
    const oko_text *text;
    int charts; /* numbers their ids */
} oko_page;

void oko_page_raw(oko_page *page, const char *markup); /* as it is: literals only */
void oko_page_text(oko_page *page, const char *s);     /* escaped; NULL writes nothing */
void oko_page_key(oko_page *page, const char *key);    /* text of a key, escaped */
void oko_page_fill(oko_page *page, const char *key, const oko_text_arg *args, size_t n);
/* <p class="…">, the class may be NULL. */
void oko_page_paragraph(oko_page *page, const char *css_class, const char *key, const oko_text_arg *args, size_t n);
void oko_page_heading(oko_page *page, int level, const char *id, const char *text);

/* Arena strings for cells; never NULL unless memory is out. */
const char *oko_page_make(oko_page *page, const char *key, const oko_text_arg *args, size_t n);
/* The same for a picture: what it shows, and that its numbers stand in the table below. */
const char *oko_page_describe(oko_page *page, const char *key, const oko_text_arg *args, size_t n);
const char *oko_page_number(oko_page *page, double value, int decimals);
const char *oko_page_int(oko_page *page, int64_t value);
const char *oko_page_hidden(oko_page *page); /* «скрыто: менее 10» */

#define OKO_PAGE_ARGS(...)                                                                                             \
    (const oko_text_arg[]){ __VA_ARGS__ }, sizeof((const oko_text_arg[]){ __VA_ARGS__ }) / sizeof(oko_text_arg)

/* ---- tables ---- */
/* caption may be NULL (then label, read out only); heads are texts; a head that begins with '#' is of numbers. */
void oko_page_table_open(oko_page *page, const char *caption, const char *const *heads, size_t n);
void oko_page_table_close(oko_page *page);
void oko_page_row_open(oko_page *page);
void oko_page_row_close(oko_page *page);
void oko_page_head_cell(oko_page *page, const char *text); /* <th scope="row"> */
void oko_page_cell(oko_page *page, const char *text);
void oko_page_cell_number(oko_page *page, double value, int decimals);
void oko_page_cell_int(oko_page *page, int64_t value);
void oko_page_cell_hidden(oko_page *page);   /* the group is too small */
void oko_page_cell_withheld(oko_page *page); /* this number, or one that could be got from it, is too small */

/* ---- figures: open, the picture, caption, the table twin, close ---- */
void oko_page_figure_open(oko_page *page, char id[16]);
void oko_page_figure_caption(oko_page *page, oko_status status, const char *caption); /* status: of the picture */
void oko_page_figure_close(oko_page *page);

/* ---- parts of a page ---- */
void oko_html_head(oko_page *page);
void oko_html_summary(oko_page *page);
void oko_html_procedures(oko_page *page);                              /* the table of all procedures */
void oko_html_procedure(oko_page *page, size_t index);                 /* the section of one */
void oko_html_histogram(oko_page *page, const oko_view_procedure *vp); /* a figure; or that the group is too small */
void oko_html_signs(oko_page *page);
void oko_html_evidence(oko_page *page);       /* the five families */
void oko_html_evidence_group(oko_page *page); /* … of a region's or municipality's schools */
void oko_html_picture(oko_page *page, size_t row, const char *statistic); /* of view->evidence */
void oko_html_picture_level(oko_page *page);                              /* all procedures of the school, no subject */
void oko_html_signs_school(oko_page *page);
void oko_html_signs_group(oko_page *page); /* region, municipality */
void oko_html_rules(oko_page *page);       /* what the rules in use say */
void oko_html_sign(oko_page *page, const oko_result *r);
/* Is a result above the school a share of the unit's own pupils rather than a number of schools? */
bool oko_html_own_share(const oko_result *r);
void oko_html_innocent(oko_page *page, const char *rule);
void oko_html_schools(oko_page *page);  /* schools with signs, by municipality */
void oko_html_external(oko_page *page); /* external lists */
void oko_html_reading(oko_page *page);  /* how to read, glossary */
void oko_html_method(oko_page *page);   /* run, snapshot, how to recompute */

#endif
