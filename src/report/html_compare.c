/* Pictures of what is seen beside what is expected: over procedures, or by journal mark. */
#include "report/figures.h"
#include "report/pictures.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *numeric(oko_page *page, const char *key)
{
    const char *s = oko_arena_printf(page->arena, "#%s", oko_text_get(page->text, key));
    return s != NULL ? s : "#";
}

/* ---- seen beside expected, over procedures: level, roster ---- */

static bool test_of(const void *ctx, const char *procedure, const char **ret_title, int *ret_max)
{
    const oko_view_procedure *vp = oko_view_procedure_find(ctx, procedure);
    if (vp == NULL)
        return false;
    *ret_title = vp->base->title;
    *ret_max = vp->p->max_total;
    return true;
}

/* The group in all its procedures; at: the row that the sign is about, SIZE_MAX: the school, none of them. */
static void fill(const oko_view *v, size_t at, bool roster, oko_comparison *c)
{
    const oko_figure_rows rows = {
        .at = v->evidence.at, .n = v->evidence.n, .hidden = v->evidence_hidden, .test = test_of, .ctx = v
    };
    oko_figure_compare(&rows, at, roster, c);
}

static void comparison_table(oko_page *page, const oko_comparison *c, const char *caption, const char *first,
                             int decimals)
{
    const char *const heads[] = { oko_text_get(page->text, first), numeric(page, "evidence.col.observed"),
                                  numeric(page, "evidence.col.expected"),
                                  oko_text_get(page->text, "evidence.col.interval") };
    oko_page_table_open(page, caption, heads, 4);
    for (int i = 0; i < c->n; i++) {
        oko_page_row_open(page);
        oko_page_head_cell(page, c->labels[i]);
        if (isnan(c->observed[i])) {
            for (int k = 0; k < 3; k++)
                oko_page_cell_withheld(page);
        } else {
            oko_page_cell_number(page, c->observed[i], decimals);
            oko_page_cell_number(page, c->expected[i], 1);
            oko_page_cell(page, oko_page_make(page, "evidence.interval",
                                              OKO_PAGE_ARGS(OKO_N("lo", c->lo[i], 1), OKO_N("hi", c->hi[i], 1))));
        }
        oko_page_row_close(page);
    }
    oko_page_table_close(page);
}

/* kind: "level", "roster" or "journal": which words the picture has. */
static void comparison_figure(oko_page *page, const oko_comparison *c, const char *kind, const char *title,
                              const char *first, double top)
{
    char id[16], key[64];
    if (c->n == 0)
        return;
    snprintf(key, sizeof key, "evidence.axis.%s", kind);
    const char *axis = oko_text_get(page->text, key);
    snprintf(key, sizeof key, "evidence.legend.%s", kind);
    const char *legend = oko_text_get(page->text, key);
    snprintf(key, sizeof key, "evidence.caption.%s", kind);
    const char *caption = oko_page_make(page, key, OKO_PAGE_ARGS(OKO_S("title", title)));
    int at = c->subject >= 0 ? c->subject : 0;
    const char *summary = oko_page_describe(
        page, "evidence.desc.compare",
        OKO_PAGE_ARGS(OKO_S("label", c->labels[at]), OKO_N("observed", c->observed[at], 1),
                      OKO_N("expected", c->expected[at], 1), OKO_N("lo", c->lo[at], 1), OKO_N("hi", c->hi[at], 1)));
    const oko_chart_compare chart = { .n_rows = c->n,
                                      .subject = c->subject,
                                      .labels = c->labels,
                                      .observed = c->observed,
                                      .expected = c->expected,
                                      .lo = c->lo,
                                      .hi = c->hi,
                                      .top = top,
                                      .axis = axis,
                                      .expected_label = legend };
    oko_page_figure_open(page, id);
    oko_status status =
        oko_chart_compare_svg(&chart, page->text, id, caption, summary, OKO_PAGE_CHART_WIDTH, &page->out);
    oko_page_figure_caption(page, status, caption);
    comparison_table(page, c, caption, first, strcmp(kind, "roster") == 0 ? 0 : 1);
    oko_page_figure_close(page);
}

static double largest(const oko_comparison *c)
{
    double top = 4;
    for (int i = 0; i < c->n; i++)
        top = fmax(top, fmax(isnan(c->observed[i]) ? 0 : c->observed[i], isnan(c->hi[i]) ? 0 : c->hi[i]));
    return top;
}

void oko_html_picture_level(oko_page *page)
{
    oko_comparison c;
    fill(page->view, SIZE_MAX, false, &c);
    comparison_figure(page, &c, "level", page->view->unit->name, "report.col.procedure", 100);
}

void oko_picture_compare(const oko_picture *s, bool roster)
{
    oko_comparison c;
    fill(s->page->view, s->at, roster, &c);
    comparison_figure(s->page, &c, roster ? "roster" : "level", s->title, "report.col.procedure",
                      roster ? largest(&c) : 100);
}

/* ---- result by journal mark ---- */

void oko_picture_journal(const oko_picture *s, const oko_view_procedure *vp)
{
    oko_page *page = s->page;
    oko_comparison c;
    if (vp->state == NULL || vp->region == NULL)
        return;
    oko_figure_journal(vp->p, vp->state, vp->region, page->view->session->hide_min, page->text, page->arena, &c);
    comparison_figure(page, &c, "journal", s->title, "report.col.journal", 100);
}
