/* The section of one procedure: distribution, marks against the journal, items, quality of the data. */
#include "report/chart.h"
#include "report/page.h"

#include <math.h>
#include <stdio.h>

/* Small groups: one sentence instead of a picture. */
static void hidden_note(oko_page *page)
{
    oko_page_paragraph(page, "hid", "report.hidden_group",
                       OKO_PAGE_ARGS(OKO_I("n", page->view->session->published_min)));
}

/* ---- distribution of raw scores ---- */

static const char *mark_at(oko_page *page, const oko_procedure *p, int score)
{
    int mark = oko_procedure_mark(p, score);
    const char *s = mark > 0 ? oko_arena_printf(page->arena, "%d", mark) : "—";
    return s != NULL ? s : "";
}

static void histogram_table(oko_page *page, const oko_view_procedure *vp)
{
    const char *heads[5] = { oko_text_get(page->text, "report.col.score"), oko_text_get(page->text, "report.col.mark"),
                             oko_text_get(page->text, "report.col.works"),
                             oko_text_get(page->text, "report.col.works_percent"),
                             oko_text_get(page->text, "report.col.works_expected") };
    for (int i = 2; i < 5; i++) {
        const char *numeric = oko_arena_printf(page->arena, "#%s", heads[i]);
        heads[i] = numeric != NULL ? numeric : heads[i];
    }
    double n = (double)oko_state_n(vp->state);
    oko_page_table_open(page, oko_text_get(page->text, "report.table.histogram"), heads, vp->expected != NULL ? 5 : 4);
    for (int s = 0; s <= vp->p->max_total; s++) {
        int64_t works = oko_view_works_at(vp, s);
        oko_page_row_open(page);
        oko_page_head_cell(page, oko_page_int(page, s));
        oko_page_cell(page, mark_at(page, vp->p, s));
        if (works < 0) {
            oko_page_cell_withheld(page);
            oko_page_cell_withheld(page);
        } else {
            oko_page_cell_int(page, works);
            oko_page_cell_number(page, n > 0 ? 100 * (double)works / n : NAN, 1);
        }
        if (vp->expected != NULL)
            oko_page_cell_number(page, vp->expected[s], 1);
        oko_page_row_close(page);
    }
    oko_page_table_close(page);
}

/* Shares in percent; NaN where hidden. false when memory is out. */
static bool histogram_shares(oko_page *page, const oko_view_procedure *vp, double **ret_observed, double **ret_expected)
{
    size_t size = ((size_t)vp->p->max_total + 1) * sizeof(double);
    double *observed = oko_arena_alloc(page->arena, size), *expected = oko_arena_alloc(page->arena, size);
    if (observed == NULL || expected == NULL) {
        page->out.status = page->out.status == OKO_OK ? OKO_E_MEMORY : page->out.status;
        return false;
    }
    double n = (double)oko_state_n(vp->state), sum = 0;
    for (int s = 0; s <= vp->p->max_total; s++)
        sum += vp->expected != NULL ? vp->expected[s] : 0;
    for (int s = 0; s <= vp->p->max_total; s++) {
        int64_t works = oko_view_works_at(vp, s);
        observed[s] = works < 0 ? NAN : 100 * (double)works / n;
        expected[s] = sum > 0 ? 100 * vp->expected[s] / sum : NAN;
    }
    *ret_observed = observed;
    *ret_expected = sum > 0 ? expected : NULL;
    return true;
}

static const char *histogram_summary(oko_page *page, const oko_view_procedure *vp)
{
    return oko_page_describe(page, "report.chart.histogram_desc",
                             OKO_PAGE_ARGS(OKO_I("n", oko_state_n(vp->state)), OKO_N("mean", vp->mean, 1),
                                           OKO_N("sd", vp->sd, 1), OKO_I("max", vp->p->max_total)));
}

void oko_html_histogram(oko_page *page, const oko_view_procedure *vp)
{
    double *observed = NULL, *expected = NULL;
    if (vp->small) {
        hidden_note(page);
        return;
    }
    if (!histogram_shares(page, vp, &observed, &expected))
        return;
    char id[16];
    oko_page_figure_open(page, id);
    const oko_chart_histogram chart = { .max_total = vp->p->max_total,
                                        .observed = observed,
                                        .expected = expected,
                                        .n_cutoffs = vp->p->n_cutoffs,
                                        .cutoffs = vp->p->cutoffs,
                                        .first_mark = vp->p->first_mark };
    const char *caption =
        oko_page_make(page, expected != NULL ? "report.caption.histogram" : "report.caption.histogram_plain",
                      OKO_PAGE_ARGS(OKO_S("title", vp->base->title), OKO_I("n", oko_state_n(vp->state))));
    oko_status status = oko_chart_histogram_svg(&chart, page->text, id, caption, histogram_summary(page, vp),
                                                OKO_PAGE_CHART_WIDTH, &page->out);
    oko_page_figure_caption(page, status, caption);
    histogram_table(page, vp);
    oko_page_figure_close(page);
    if (oko_state_n(vp->state) < 50)
        oko_page_paragraph(page, "hint", "report.few_works", OKO_PAGE_ARGS(OKO_I("n", oko_state_n(vp->state))));
}

/* ---- marks against the journal ---- */

static const char *row_name(oko_page *page, int row)
{
    if (row == OKO_JOURNAL_MARKS - 1)
        return oko_text_get(page->text, "report.journal.none");
    return oko_page_make(page, "report.journal.mark", OKO_PAGE_ARGS(OKO_I("mark", row + 1)));
}

static bool row_used(const oko_cells *c, int row)
{
    return c->at[row][c->cols] > 0;
}

static void cell(oko_page *page, const oko_cells *c, int row, int column)
{
    if (c->hidden[row][column])
        oko_page_cell_withheld(page);
    else
        oko_page_cell_int(page, c->at[row][column]);
}

static void journal_table(oko_page *page, const oko_view_procedure *vp)
{
    const oko_cells *c = &vp->marks;
    const char *heads[OKO_VIEW_MARKS + 2] = { oko_text_get(page->text, "report.col.journal") };
    size_t n = 1;
    for (int k = 0; k < vp->n_marks; k++)
        heads[n++] = oko_arena_printf(page->arena, "#«%d»", vp->p->first_mark + k);
    heads[n++] = oko_arena_printf(page->arena, "#%s", oko_text_get(page->text, "report.col.total"));
    for (size_t i = 0; i < n; i++)
        heads[i] = heads[i] != NULL ? heads[i] : "";
    oko_page_table_open(page, oko_text_get(page->text, "report.table.journal"), heads, n);
    for (int row = 0; row <= c->rows; row++) {
        if (row < c->rows && !row_used(c, row))
            continue;
        oko_page_row_open(page);
        oko_page_head_cell(page, row < c->rows ? row_name(page, row) : oko_text_get(page->text, "report.col.total"));
        for (int k = 0; k <= c->cols; k++)
            cell(page, c, row, k);
        oko_page_row_close(page);
    }
    oko_page_table_close(page);
}

/* Lowered, confirmed, raised: counts and shares; those known from an imported comparison below. */
static void moves_table(oko_page *page, const oko_view_procedure *vp)
{
    const oko_cells *c = &vp->moves;
    const char *const heads[] = { oko_text_get(page->text, "report.col.source"),
                                  oko_text_get(page->text, "report.col.lowered"),
                                  oko_text_get(page->text, "report.col.confirmed"),
                                  oko_text_get(page->text, "report.col.raised") };
    oko_page_table_open(page, oko_text_get(page->text, "report.table.moves"), heads, 4);
    if (vp->state != NULL && c->at[1][3] > 0) {
        oko_page_row_open(page);
        oko_page_head_cell(page, oko_text_get(page->text, "report.source.own"));
        for (int k = 0; k < 3; k++) {
            if (c->hidden[0][k] || c->hidden[1][3])
                oko_page_cell_withheld(page);
            else
                oko_page_cell(
                    page,
                    oko_page_make(page, "report.count_percent",
                                  OKO_PAGE_ARGS(OKO_I("n", c->at[0][k]),
                                                OKO_N("percent", 100 * (double)c->at[0][k] / (double)c->at[1][3], 1))));
        }
        oko_page_row_close(page);
    }
    if (vp->journal != NULL) {
        const oko_report_aggregate *a = vp->journal;
        bool small = a->n >= 0 && a->n < page->view->session->hide_min;
        oko_page_row_open(page);
        oko_page_head_cell(page, oko_text_get(page->text, "report.source.journal"));
        for (int k = 0; k < 3; k++) {
            double count = k < a->n_values ? a->values[k] : NAN, share = k + 3 < a->n_values ? a->values[k + 3] : NAN;
            if (small || (count > 0 && count < page->view->session->hide_min))
                oko_page_cell_withheld(page);
            else
                oko_page_cell(page, oko_page_make(page, "report.count_percent",
                                                  OKO_PAGE_ARGS(OKO_N("n", count, 0), OKO_N("percent", share, 1))));
        }
        oko_page_row_close(page);
    }
    oko_page_table_close(page);
}

static void journal_chart(oko_page *page, const oko_view_procedure *vp)
{
    const oko_cells *c = &vp->marks;
    const char *rows[OKO_JOURNAL_MARKS], *parts[OKO_VIEW_MARKS];
    double percent[OKO_JOURNAL_MARKS * OKO_VIEW_MARKS];
    int n = 0;
    for (int row = 0; row < c->rows; row++) {
        if (!row_used(c, row))
            continue;
        rows[n] = row_name(page, row);
        for (int k = 0; k < vp->n_marks; k++)
            percent[n * vp->n_marks + k] = c->hidden[row][k] || c->hidden[row][c->cols]
                                               ? NAN
                                               : 100 * (double)c->at[row][k] / (double)c->at[row][c->cols];
        n++;
    }
    for (int k = 0; k < vp->n_marks; k++) {
        const char *name = oko_arena_printf(page->arena, "«%d»", vp->p->first_mark + k);
        parts[k] = name != NULL ? name : "";
    }
    const char *caption = oko_page_make(page, "report.caption.journal", OKO_PAGE_ARGS(OKO_S("title", vp->base->title)));
    const oko_chart_stack chart = {
        .n_rows = n, .n_parts = vp->n_marks, .row_labels = rows, .part_labels = parts, .percent = percent
    };
    char id[16];
    oko_page_figure_open(page, id);
    oko_status status = vp->n_marks > 8 ? OKO_OK
                                        : oko_chart_stack_svg(&chart, page->text, id, caption,
                                                              oko_text_get(page->text, "report.chart.journal_desc"),
                                                              OKO_PAGE_CHART_WIDTH, &page->out);
    oko_page_figure_caption(page, status, caption);
    journal_table(page, vp);
    oko_page_figure_close(page);
}

static void journal(oko_page *page, const oko_view_procedure *vp)
{
    bool own = vp->state != NULL && vp->n_marks > 0 && vp->moves.at[1][3] > 0;
    if (!own && vp->journal == NULL)
        return;
    oko_page_heading(page, 4, NULL, oko_text_get(page->text, "report.head.journal"));
    if (own && vp->small)
        hidden_note(page);
    else if (own)
        journal_chart(page, vp);
    moves_table(page, vp);
}

/* ---- items ---- */

static void profile_table(oko_page *page, const oko_view_procedure *vp, const double *group, const double *reference)
{
    const char *heads[4] = { oko_text_get(page->text, "report.col.item"), NULL, NULL, NULL };
    size_t n = 1;
    heads[n++] = oko_arena_printf(page->arena, "#%s", oko_text_get(page->text, "report.col.item_max"));
    heads[n++] = oko_arena_printf(page->arena, "#%s", oko_text_get(page->text, "report.col.item_percent"));
    if (reference != NULL)
        heads[n++] = oko_arena_printf(page->arena, "#%s", oko_text_get(page->text, "report.col.item_region"));
    for (size_t i = 0; i < n; i++)
        heads[i] = heads[i] != NULL ? heads[i] : "";
    oko_page_table_open(page, oko_text_get(page->text, "report.table.items"), heads, n);
    for (int i = 0; i < vp->p->n_items; i++) {
        oko_page_row_open(page);
        oko_page_head_cell(page, vp->p->items[i].label);
        oko_page_cell_int(page, vp->p->items[i].max);
        oko_page_cell_number(page, group[i], 1);
        if (reference != NULL)
            oko_page_cell_number(page, reference[i], 1);
        oko_page_row_close(page);
    }
    oko_page_table_close(page);
}

static void items(oko_page *page, const oko_view_procedure *vp)
{
    double group[OKO_MAX_ITEMS], reference[OKO_MAX_ITEMS];
    const char *labels[OKO_MAX_ITEMS];
    int known = 0;
    for (int i = 0; i < vp->p->n_items; i++) {
        group[i] = oko_view_item_percent(vp, vp->state, i);
        reference[i] = oko_view_item_percent(vp, vp->region, i);
        labels[i] = vp->p->items[i].label;
        known += !isnan(group[i]);
    }
    if (known == 0)
        return;
    oko_page_heading(page, 4, NULL, oko_text_get(page->text, "report.head.items"));
    const char *caption =
        oko_page_make(page, vp->region != NULL ? "report.caption.items_region" : "report.caption.items",
                      OKO_PAGE_ARGS(OKO_S("title", vp->base->title)));
    const oko_chart_profile chart = { .n_items = vp->p->n_items,
                                      .labels = labels,
                                      .group = group,
                                      .reference = vp->region != NULL ? reference : NULL,
                                      .group_label = page->view->unit->name,
                                      .reference_label = oko_text_get(page->text, "report.region_label") };
    char id[16];
    oko_page_figure_open(page, id);
    oko_status status =
        oko_chart_profile_svg(&chart, page->text, id, caption, oko_text_get(page->text, "report.chart.items_desc"),
                              OKO_PAGE_CHART_WIDTH, &page->out);
    oko_page_figure_caption(page, status, caption);
    profile_table(page, vp, group, vp->region != NULL ? reference : NULL);
    oko_page_figure_close(page);
}

/* ---- imported marks, quality ---- */

static void f3_table(oko_page *page, const oko_view_procedure *vp)
{
    const oko_report_aggregate *a = vp->f3;
    if (a == NULL)
        return;
    const char *const heads[] = { oko_text_get(page->text, "report.col.source"), "#«2», %", "#«3», %", "#«4», %",
                                  "#«5», %" };
    oko_page_table_open(page, oko_text_get(page->text, "report.table.f3"), heads, 5);
    oko_page_row_open(page);
    oko_page_head_cell(
        page, oko_page_make(page, "report.source.f3", OKO_PAGE_ARGS(OKO_N("n", a->n >= 0 ? (double)a->n : NAN, 0))));
    for (int k = 0; k < 4; k++) {
        double share = k < a->n_values ? a->values[k] : NAN, count = a->percent ? share * (double)a->n / 100 : share;
        if (a->n >= 0 && count > .5 && count < page->view->session->hide_min - .5)
            oko_page_cell_withheld(page);
        else
            oko_page_cell_number(page, a->percent || a->n <= 0 ? share : 100 * share / (double)a->n, 2);
    }
    oko_page_row_close(page);
    oko_page_table_close(page);
}

static void quality(oko_page *page, const oko_view_procedure *vp)
{
    const oko_counts *c = &vp->counts;
    if (vp->state == NULL)
        return;
    oko_page_heading(page, 4, NULL, oko_text_get(page->text, "report.head.quality"));
    if (vp->base->states.from_aggregate) {
        oko_page_paragraph(page, NULL, "report.quality.aggregate", NULL, 0);
        return;
    }
    if (vp->small)
        hidden_note(page);
    else
        oko_page_paragraph(page, NULL, "report.quality",
                           OKO_PAGE_ARGS(OKO_I("n", c->rows), OKO_I("participants", c->participants),
                                         OKO_I("absent", c->absent), OKO_I("no_total", c->no_total),
                                         OKO_I("bad_total", c->bad_total), OKO_I("above", c->above_max),
                                         OKO_I("mismatch", c->sum_mismatch)));
}

void oko_html_procedure(oko_page *page, size_t index)
{
    const oko_view_procedure *vp = &page->view->procedures[index];
    char id[16];
    snprintf(id, sizeof id, "p%d", (int)index);
    oko_page_raw(page, "<section class=\"procedure\">\n");
    oko_page_heading(page, 3, id, vp->base->title);
    if (vp->state == NULL)
        oko_page_paragraph(page, NULL, "report.procedure.no_works", NULL, 0);
    else if (oko_state_n(vp->state) == 0)
        oko_page_paragraph(page, NULL, "report.procedure.no_participants", NULL, 0);
    else {
        oko_page_heading(page, 4, NULL, oko_text_get(page->text, "report.head.histogram"));
        oko_html_histogram(page, vp);
    }
    f3_table(page, vp);
    journal(page, vp);
    if (vp->state != NULL && oko_state_n(vp->state) > 0)
        items(page, vp);
    quality(page, vp);
    oko_page_raw(page, "</section>\n");
}
