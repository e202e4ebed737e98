/* Pictures of what is seen beside what is expected: over procedures, or by journal mark. */
#include "report/chart.h"
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

typedef struct comparison {
    int n, subject;
    const char *labels[OKO_CHART_COMPARE_ROWS];
    double observed[OKO_CHART_COMPARE_ROWS], expected[OKO_CHART_COMPARE_ROWS], lo[OKO_CHART_COMPARE_ROWS],
        hi[OKO_CHART_COMPARE_ROWS];
} comparison;

static void add(comparison *c, const char *label, double observed, double expected, double lo, double hi)
{
    if (c->n == OKO_CHART_COMPARE_ROWS)
        return;
    c->labels[c->n] = label;
    c->observed[c->n] = observed;
    c->expected[c->n] = expected;
    c->lo[c->n] = lo;
    c->hi[c->n++] = hi;
}

static void add_level(comparison *c, const oko_view_procedure *vp, const oko_sign_row *row, bool told)
{
    const oko_sign_effect e = oko_sign_effect_of(row, "marks");
    double seen = row->result->observed, scale = told ? 100.0 / vp->p->max_total : NAN;
    if (!isnan(e.value))
        add(c, vp->base->title, seen * scale, (seen - e.value) * scale, (seen - e.hi) * scale, (seen - e.lo) * scale);
}

static void add_roster(comparison *c, const oko_view_procedure *vp, const oko_sign_row *row, bool told)
{
    const oko_sign_effect e = oko_sign_effect_of(row, "absent");
    double seen = told ? row->absent_n : NAN;
    if (!isnan(e.value))
        add(c, vp->base->title, seen, seen - e.value, fmax(0, seen - e.hi), seen - e.lo);
}

/* The group in all its procedures; at: the row that the sign is about, SIZE_MAX: the school, none of them. */
static void fill(const oko_view *v, size_t at, bool roster, comparison *c)
{
    const oko_sign_row *of = at < v->evidence.n ? &v->evidence.at[at] : NULL;
    *c = (comparison){ .subject = -1 };
    for (size_t i = 0; i < v->evidence.n; i++) {
        const oko_sign_row *row = &v->evidence.at[i];
        const oko_view_procedure *vp = oko_view_procedure_find(v, row->result->procedure);
        bool same = of == NULL ? !row->of_class
                               : row->of_class == of->of_class && (!of->of_class || row->cohort == of->cohort) &&
                                     strcmp(row->class_key, of->class_key) == 0;
        if (!same || vp == NULL)
            continue;
        int before = c->n;
        (roster ? add_roster : add_level)(c, vp, row, oko_evidence_told(v, i));
        if (i == at && c->n > before)
            c->subject = before;
    }
}

static void comparison_table(oko_page *page, const comparison *c, const char *caption, const char *first, int decimals)
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
static void comparison_figure(oko_page *page, const comparison *c, const char *kind, const char *title,
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
    const char *summary = oko_page_make(
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

static double largest(const comparison *c)
{
    double top = 4;
    for (int i = 0; i < c->n; i++)
        top = fmax(top, fmax(isnan(c->observed[i]) ? 0 : c->observed[i], isnan(c->hi[i]) ? 0 : c->hi[i]));
    return top;
}

void oko_html_picture_level(oko_page *page)
{
    comparison c;
    fill(page->view, SIZE_MAX, false, &c);
    comparison_figure(page, &c, "level", page->view->unit->name, "report.col.procedure", 100);
}

void oko_picture_compare(const oko_picture *s, bool roster)
{
    comparison c;
    fill(s->page->view, s->at, roster, &c);
    comparison_figure(s->page, &c, roster ? "roster" : "level", s->title, "report.col.procedure",
                      roster ? largest(&c) : 100);
}

/* ---- result by journal mark ---- */

/* Works and their totals by journal mark, of the group and of the region. */
typedef struct by_mark {
    double n[2], sum[2], square; /* square: of the region's totals */
} by_mark;

static by_mark count_mark(const oko_view_procedure *vp, int mark)
{
    by_mark m = { .square = 0 };
    const oko_state *states[2] = { vp->state, vp->region };
    for (int k = 0; k < 2; k++) {
        const int64_t *works = oko_state_journal(states[k], mark);
        for (int t = 0; works != NULL && t <= vp->p->max_total; t++) {
            m.n[k] += (double)works[t];
            m.sum[k] += (double)works[t] * t;
            m.square += k == 1 ? (double)works[t] * t * t : 0;
        }
    }
    return m;
}

/* Which marks «2»…«5» may be told: none of fewer works than may be published, and what is not told, got by subtraction
 * from the whole, is no such group either. */
static void tell_marks(const oko_view *v, const oko_view_procedure *vp, const by_mark *marks, bool *told)
{
    const double min = v->session->hide_min;
    for (int k = 0; k < 4; k++)
        told[k] = marks[k].n[0] >= fmax(1, min);
    for (;;) {
        double rest = (double)oko_state_n(vp->state);
        int smallest = -1;
        for (int k = 0; k < 4; k++) {
            rest -= told[k] ? marks[k].n[0] : 0;
            if (told[k] && (smallest < 0 || marks[k].n[0] < marks[smallest].n[0]))
                smallest = k;
        }
        if (rest < .5 || rest >= min || smallest < 0)
            return;
        told[smallest] = false;
    }
}

static void journal_row(oko_page *page, comparison *c, const oko_view_procedure *vp, int mark, const by_mark *m,
                        bool told)
{
    if (m->n[0] < 1 || m->n[1] < 2)
        return;
    double scale = told ? 100.0 / vp->p->max_total : NAN, mean = m->sum[1] / m->n[1];
    double error = 1.96 * sqrt(fmax(0, m->square / m->n[1] - mean * mean) / m->n[0]);
    add(c, oko_page_make(page, "report.journal.mark", OKO_PAGE_ARGS(OKO_I("mark", mark))), m->sum[0] / m->n[0] * scale,
        mean * scale, fmax(0, mean - error) * scale, fmin(vp->p->max_total, mean + error) * scale);
}

void oko_picture_journal(const oko_picture *s, const oko_view_procedure *vp)
{
    comparison c = { .subject = -1 };
    by_mark marks[4];
    bool told[4];
    if (vp->state == NULL || vp->region == NULL)
        return;
    for (int k = 0; k < 4; k++)
        marks[k] = count_mark(vp, k + 2);
    tell_marks(s->page->view, vp, marks, told);
    for (int k = 0; k < 4; k++)
        journal_row(s->page, &c, vp, k + 2, &marks[k], told[k]);
    comparison_figure(s->page, &c, "journal", s->title, "report.col.journal", 100);
}
