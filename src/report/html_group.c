/* Signs of a region or a municipality: index, counts of schools, works lifted, then the schools themselves. */
#include "report/labels.h"
#include "report/page.h"

#include "reference/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *numeric(oko_page *page, const char *key)
{
    const char *s = oko_arena_printf(page->arena, "#%s", oko_text_get(page->text, key));
    return s != NULL ? s : "#";
}

static double share(int64_t part, int64_t whole)
{
    return whole > 0 ? 100 * (double)part / (double)whole : NAN;
}

/* ---- index by year ---- */

static void index_table(oko_page *page)
{
    oko_view_year years[OKO_VIEW_YEARS];
    int n = oko_view_years(page->view, NULL, years);
    if (n == 0)
        return;
    const char *const heads[] = { oko_text_get(page->text, "report.col.year"), numeric(page, "report.col.index"),
                                  numeric(page, "report.col.schools"),         numeric(page, "report.col.one"),
                                  numeric(page, "report.col.one_percent"),     numeric(page, "report.col.two"),
                                  numeric(page, "report.col.two_percent") };
    oko_page_heading(page, 3, NULL, oko_text_get(page->text, "report.head.index"));
    oko_page_table_open(page, oko_text_get(page->text, "report.table.index"), heads, 7);
    for (int i = 0; i < n; i++) {
        char year[16];
        snprintf(year, sizeof year, "%d", years[i].year);
        const oko_result *r = oko_view_result(page->view, "fioko-2019/index", year);
        oko_page_row_open(page);
        oko_page_head_cell(page, year);
        oko_page_cell_number(page, r != NULL && r->state == OKO_RESULT_OK ? r->observed : NAN, 1);
        oko_page_cell_int(page, years[i].schools);
        oko_page_cell_int(page, years[i].one);
        oko_page_cell_number(page, share(years[i].one, years[i].schools), 1);
        oko_page_cell_int(page, years[i].two);
        oko_page_cell_number(page, share(years[i].two, years[i].schools), 1);
        oko_page_row_close(page);
    }
    oko_page_table_close(page);
}

/* ---- schools by rule and procedure ---- */

/* A share of the unit's own pupils, from a table that names no schools. */
bool oko_html_own_share(const oko_result *r)
{
    static const char own[] = "{\"summary\":false";
    return r->details != NULL && strncmp(r->details, own, sizeof own - 1) == 0;
}

/* Results above the school count marked schools, but for the index and the threshold family, which are numbers. */
static bool counts_schools(const oko_result *r)
{
    return !oko_html_own_share(r) && strcmp(r->rule, "fioko-2019/index") != 0 && strcmp(r->rule, "oko/threshold") != 0;
}

static int64_t marked_schools(const oko_view *v, const char *rule, const char *procedure)
{
    int64_t n = 0;
    for (size_t i = 0; i < v->session->n_marks; i++) {
        const oko_report_mark *m = &v->session->marks[i];
        n += strcmp(m->rule, rule) == 0 && strcmp(m->procedure->procedure.code, procedure) == 0 &&
             oko_view_holds(v, m->school);
    }
    return n;
}

static void rule_row(oko_page *page, const oko_result *r)
{
    const oko_view_procedure *vp = oko_view_procedure_find(page->view, r->procedure);
    bool own = counts_schools(r);
    oko_page_row_open(page);
    oko_page_head_cell(page, vp != NULL ? vp->base->title : r->procedure);
    oko_page_cell(page, oko_label_rule_short(page->text, page->arena, r->rule));
    oko_page_cell_number(page, own ? (double)r->n : vp != NULL && vp->schools >= 0 ? (double)vp->schools : NAN, 0);
    int64_t marked = own ? (int64_t)r->observed : marked_schools(page->view, r->rule, r->procedure);
    oko_page_cell_int(page, marked);
    oko_page_cell_number(page, share(marked, own ? r->n : vp != NULL ? vp->schools : 0), 1);
    oko_page_cell(page, oko_text_get(page->text, r->official ? "report.yes" : "report.no"));
    oko_page_row_close(page);
}

static void rule_table(oko_page *page)
{
    const oko_view *v = page->view;
    const char *const heads[] = { oko_text_get(page->text, "report.col.procedure"),
                                  oko_text_get(page->text, "report.col.rule"),
                                  numeric(page, "report.col.schools"),
                                  numeric(page, "report.col.marked_schools"),
                                  numeric(page, "report.col.marked_percent"),
                                  oko_text_get(page->text, "report.col.official") };
    oko_page_heading(page, 3, NULL, oko_text_get(page->text, "report.head.by_rule"));
    oko_page_table_open(page, oko_text_get(page->text, "report.table.by_rule"), heads, 6);
    for (size_t i = 0; i < v->n_results; i++)
        if (v->results[i].state == OKO_RESULT_OK && strcmp(v->results[i].rule, "fioko-2019/index") != 0 &&
            !oko_html_own_share(&v->results[i]))
            rule_row(page, &v->results[i]);
    oko_page_table_close(page);
    for (size_t i = 0; i < v->n_results; i++)
        if (v->results[i].state == OKO_RESULT_OK && oko_html_own_share(&v->results[i]))
            oko_html_sign(page, &v->results[i]);
}

/* ---- works lifted ---- */

static void lifted(oko_page *page)
{
    const oko_view *v = page->view;
    bool first = true;
    for (size_t i = 0; i < v->n_results; i++) {
        const oko_result *r = &v->results[i];
        if (strcmp(r->rule, "oko/threshold") != 0 || r->state != OKO_RESULT_OK)
            continue;
        if (first) {
            oko_page_heading(page, 3, NULL, oko_text_get(page->text, "report.head.lifted"));
            oko_page_paragraph(page, NULL, "report.lifted.about", NULL, 0);
        }
        first = false;
        oko_html_sign(page, r);
    }
}

/* ---- municipalities ---- */

/* Schools of a municipality that the threshold rule marks in any procedure of the year. */
static int64_t threshold_schools(const oko_report_session *s, const oko_report_unit *m, int year)
{
    const oko_report_unit *last = NULL;
    int64_t n = 0;
    for (size_t i = 0; i < s->n_marks; i++) {
        const oko_report_mark *k = &s->marks[i];
        if (k->municipality != m || k->school == last || k->procedure->procedure.year != year ||
            strcmp(k->rule, "oko/threshold") != 0)
            continue;
        n++;
        last = k->school;
    }
    return n;
}

static void municipality_row(oko_page *page, const oko_report_unit *m)
{
    oko_view_year years[OKO_VIEW_YEARS];
    const oko_report_session *s = page->view->session;
    int n = oko_view_years(page->view, m, years);
    for (int i = 0; i < n; i++) {
        oko_page_row_open(page);
        oko_page_head_cell(page, m->name);
        oko_page_cell(page, oko_arena_printf(page->arena, "%d", years[i].year));
        oko_page_cell_int(page, years[i].schools);
        oko_page_cell_int(page, years[i].one);
        oko_page_cell_int(page, years[i].two);
        oko_page_cell_int(page, threshold_schools(s, m, years[i].year));
        oko_page_row_close(page);
    }
}

typedef struct name_order {
    const oko_report_unit *unit;
} name_order;

static int compare_names(const void *a, const void *b)
{
    const name_order *x = a, *y = b;
    return oko_report_unit_order(x->unit, y->unit);
}

static void municipality_table(oko_page *page)
{
    const oko_view *v = page->view;
    const oko_report_session *s = v->session;
    if (v->unit->level == OKO_LEVEL_MUNICIPALITY)
        return;
    size_t n = 0;
    name_order *list = oko_arena_alloc(page->arena, (s->n_units + 1) * sizeof *list);
    if (list == NULL) {
        page->out.status = OKO_E_MEMORY;
        return;
    }
    for (size_t i = 0; i < s->n_units; i++)
        if (s->units[i].level == OKO_LEVEL_MUNICIPALITY && oko_view_holds(v, &s->units[i]))
            list[n++].unit = &s->units[i];
    if (n == 0)
        return;
    qsort(list, n, sizeof *list, compare_names);
    const char *const heads[] = { oko_text_get(page->text, "report.col.municipality"),
                                  oko_text_get(page->text, "report.col.year"),
                                  numeric(page, "report.col.schools"),
                                  numeric(page, "report.col.one"),
                                  numeric(page, "report.col.two"),
                                  numeric(page, "report.col.threshold_schools") };
    oko_page_heading(page, 3, NULL, oko_text_get(page->text, "report.head.municipalities"));
    oko_page_paragraph(page, "hint", "report.municipalities.about", NULL, 0);
    oko_page_table_open(page, oko_text_get(page->text, "report.table.municipalities"), heads, 6);
    for (size_t i = 0; i < n; i++)
        municipality_row(page, list[i].unit);
    oko_page_table_close(page);
}

void oko_html_signs_group(oko_page *page)
{
    index_table(page);
    rule_table(page);
    lifted(page);
    municipality_table(page);
    oko_html_schools(page);
}
