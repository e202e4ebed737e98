/* Tables of all procedures of the unit: counts and levels, then marks. */
#include "report/page.h"

#include <math.h>
#include <stdio.h>

static double mean_percent(const oko_view_procedure *vp)
{
    return 100 * vp->mean / vp->p->max_total;
}

static void counts_row(oko_page *page, const oko_view_procedure *vp)
{
    oko_page_row_open(page);
    oko_page_head_cell(page, vp->base->title);
    if (vp->state == NULL) {
        for (int i = 0; i < (page->view->school ? 8 : 9); i++)
            oko_page_cell_number(page, NAN, 0);
        oko_page_row_close(page);
        return;
    }
    if (!page->view->school)
        oko_page_cell_number(page, vp->schools >= 0 ? (double)vp->schools : NAN, 0);
    oko_page_cell_int(page, vp->counts.rows);
    if (vp->small) {
        for (int i = 0; i < 7; i++)
            oko_page_cell_hidden(page);
    } else {
        oko_page_cell_int(page, vp->counts.participants);
        oko_page_cell_int(page, vp->counts.absent);
        oko_page_cell_int(page, vp->counts.no_total);
        oko_page_cell_int(page, vp->counts.above_max);
        oko_page_cell_number(page, vp->mean, 2);
        oko_page_cell_number(page, vp->sd, 2);
        oko_page_cell_number(page, mean_percent(vp), 1);
    }
    oko_page_row_close(page);
}

static void counts_table(oko_page *page)
{
    const oko_text *t = page->text;
    const char *heads[10];
    size_t n = 0;
    heads[n++] = oko_text_get(t, "report.col.procedure");
    if (!page->view->school)
        heads[n++] = oko_text_get(t, "report.col.schools");
    heads[n++] = oko_text_get(t, "report.col.rows");
    heads[n++] = oko_text_get(t, "report.col.participants");
    heads[n++] = oko_text_get(t, "report.col.absent");
    heads[n++] = oko_text_get(t, "report.col.no_total");
    heads[n++] = oko_text_get(t, "report.col.above_max");
    heads[n++] = oko_text_get(t, "report.col.mean");
    heads[n++] = oko_text_get(t, "report.col.sd");
    heads[n++] = oko_text_get(t, "report.col.percent");
    for (size_t i = 1; i < n; i++) {
        const char *numeric = oko_arena_printf(page->arena, "#%s", heads[i]);
        heads[i] = numeric != NULL ? numeric : heads[i];
    }
    oko_page_table_open(page, oko_text_get(t, "report.table.procedures"), heads, n);
    for (size_t i = 0; i < page->view->n; i++)
        counts_row(page, &page->view->procedures[i]);
    oko_page_table_close(page);
}

/* ---- marks ---- */

static void mark_range(const oko_view *v, int *ret_first, int *ret_last)
{
    *ret_first = 0;
    *ret_last = -1;
    for (size_t i = 0; i < v->n; i++) {
        const oko_view_procedure *vp = &v->procedures[i];
        if (vp->state == NULL || vp->n_marks == 0)
            continue;
        int first = vp->p->first_mark, last = first + vp->n_marks - 1;
        *ret_first = *ret_last < *ret_first || first < *ret_first ? first : *ret_first;
        *ret_last = last > *ret_last ? last : *ret_last;
    }
}

static void marks_row(oko_page *page, const oko_view_procedure *vp, int first, int last)
{
    const oko_cells *c = &vp->marks;
    int64_t n = c->at[c->rows][c->cols];
    oko_page_row_open(page);
    oko_page_head_cell(page, vp->base->title);
    for (int mark = first; mark <= last; mark++) {
        int column = mark - vp->p->first_mark;
        if (column < 0 || column >= vp->n_marks || n == 0)
            oko_page_cell_number(page, NAN, 0);
        else if (vp->small)
            oko_page_cell_hidden(page);
        else if (c->hidden[c->rows][column])
            oko_page_cell_withheld(page);
        else
            oko_page_cell_number(page, 100 * (double)c->at[c->rows][column] / (double)n, 1);
    }
    oko_page_row_close(page);
}

static void marks_table(oko_page *page)
{
    int first, last;
    mark_range(page->view, &first, &last);
    if (last < first || last - first >= OKO_VIEW_MARKS)
        return;
    const char *heads[OKO_VIEW_MARKS + 1] = { oko_text_get(page->text, "report.col.procedure") };
    size_t n = 1;
    for (int mark = first; mark <= last; mark++)
        heads[n++] = oko_arena_printf(page->arena, "#«%d», %%", mark);
    for (size_t i = 0; i < n; i++)
        heads[i] = heads[i] != NULL ? heads[i] : "";
    oko_page_table_open(page, oko_text_get(page->text, "report.table.marks"), heads, n);
    for (size_t i = 0; i < page->view->n; i++)
        if (page->view->procedures[i].state != NULL && page->view->procedures[i].n_marks > 0)
            marks_row(page, &page->view->procedures[i], first, last);
    oko_page_table_close(page);
    if (page->view->session->hide_min > 1)
        oko_page_paragraph(page, "hint", "report.withheld.about",
                           OKO_PAGE_ARGS(OKO_I("n", page->view->session->published_min)));
}

void oko_html_procedures(oko_page *page)
{
    oko_page_raw(page, "<section>\n");
    oko_page_heading(page, 2, "procedures", oko_text_get(page->text, "report.section.procedures"));
    oko_page_paragraph(page, NULL, "report.procedures.about", NULL, 0);
    counts_table(page);
    marks_table(page);
    oko_page_raw(page, "<ul class=\"jump\">\n");
    for (size_t i = 0; i < page->view->n; i++) {
        oko_buffer_printf(&page->out, "<li><a href=\"#p%d\">", (int)i);
        oko_page_text(page, page->view->procedures[i].base->title);
        oko_page_raw(page, "</a></li>\n");
    }
    oko_page_raw(page, "</ul>\n</section>\n");
}
