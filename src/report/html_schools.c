/* Schools with signs, municipality by municipality, by name; and what external lists say beside our own signs. */
#include "report/labels.h"
#include "report/page.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- schools with signs ---- */

static const char *school_name(oko_page *page, const oko_report_unit *u)
{
    if (strcmp(u->name, u->code) == 0)
        return u->code;
    return oko_page_make(page, "report.school_name", OKO_PAGE_ARGS(OKO_S("name", u->name), OKO_S("code", u->code)));
}

/* Entries of external lists are no signs of our own. */
static bool is_external(const oko_report_mark *m)
{
    return strncmp(m->rule, "external/", 9) == 0;
}

/* Signs of one school: marks[i … end) as list items "procedure: rule". Returns the end. */
static size_t school_row(oko_page *page, size_t i)
{
    const oko_report_session *s = page->view->session;
    const oko_report_unit *school = s->marks[i].school;
    oko_page_row_open(page);
    oko_page_head_cell(page, school_name(page, school));
    oko_page_raw(page, "<td><ul class=\"plain\">");
    for (; i < s->n_marks && s->marks[i].school == school; i++) {
        const oko_report_mark *m = &s->marks[i];
        bool small = m->n < s->hide_min;
        oko_page_raw(page, "<li>");
        bool listed = is_external(m);
        oko_page_fill(page,
                      listed  ? "report.schools.sign_plain"
                      : small ? "report.schools.sign_small"
                              : "report.schools.sign",
                      OKO_PAGE_ARGS(OKO_S("rule", oko_label_rule_short(page->text, page->arena, m->rule)),
                                    OKO_S("procedure", m->procedure->title), OKO_I("n", m->n),
                                    OKO_I("min", s->published_min)));
        oko_page_raw(page, "</li>");
    }
    oko_page_raw(page, "</ul></td>");
    oko_page_row_close(page);
    return i;
}

/* The table of one municipality, from marks[i] on. Returns the end. */
static size_t municipality(oko_page *page, size_t i)
{
    const oko_report_session *s = page->view->session;
    const oko_report_unit *m = s->marks[i].municipality;
    const char *const heads[] = { oko_text_get(page->text, "report.col.school"),
                                  oko_text_get(page->text, "report.col.signs") };
    oko_page_table_open(page, m != NULL ? m->name : oko_text_get(page->text, "report.no_municipality"), heads, 2);
    while (i < s->n_marks && s->marks[i].municipality == m)
        if (oko_view_holds(page->view, s->marks[i].school))
            i = school_row(page, i);
        else
            i++;
    oko_page_table_close(page);
    return i;
}

void oko_html_schools(oko_page *page)
{
    const oko_report_session *s = page->view->session;
    bool first = true;
    for (size_t i = 0; i < s->n_marks;) {
        if (!oko_view_holds(page->view, s->marks[i].school)) {
            i++;
            continue;
        }
        if (first) {
            oko_page_heading(page, 3, NULL, oko_text_get(page->text, "report.head.schools"));
            oko_page_paragraph(page, "note", "report.schools.about", NULL, 0);
            first = false;
        }
        i = municipality(page, i);
    }
}

/* ---- external lists ---- */

/* Our own signs of a school in a year, short names with procedures; "—" when there are none. */
static const char *own_signs(oko_page *page, const oko_report_unit *school, const oko_external *e)
{
    const oko_report_session *s = page->view->session;
    const char *text = NULL;
    for (size_t i = 0; i < s->n_marks; i++) {
        const oko_report_mark *m = &s->marks[i];
        if (m->school != school || m->procedure->procedure.year != e->year || is_external(m))
            continue;
        const char *rule = oko_label_rule_short(page->text, page->arena, m->rule);
        text = oko_arena_printf(page->arena, "%s%s%s (%s)", text != NULL ? text : "", text != NULL ? "; " : "", rule,
                                m->procedure->procedure.code);
    }
    return text != NULL ? text : oko_text_get(page->text, "report.external.no_signs");
}

static void external_row(oko_page *page, const oko_external *e, const oko_report_unit *u)
{
    oko_page_row_open(page);
    oko_page_head_cell(page, school_name(page, u));
    oko_page_cell(page, oko_page_make(page, e->year > 0 ? "report.external.list" : "report.external.list_no_year",
                                      OKO_PAGE_ARGS(OKO_S("list", e->list),
                                                    OKO_S("year", oko_arena_printf(page->arena, "%d", e->year)),
                                                    OKO_S("source", e->source))));
    oko_page_cell(page, e->procedure[0] != '\0' ? e->procedure : "—");
    oko_page_cell(page, e->reason[0] != '\0' ? e->reason : "—");
    oko_page_cell(page, own_signs(page, u, e));
    oko_page_row_close(page);
}

void oko_html_external(oko_page *page)
{
    const oko_report_session *s = page->view->session;
    const char *const heads[] = { oko_text_get(page->text, "report.col.school"),
                                  oko_text_get(page->text, "report.col.list"),
                                  oko_text_get(page->text, "report.col.list_procedure"),
                                  oko_text_get(page->text, "report.col.list_reason"),
                                  oko_text_get(page->text, "report.col.own_signs") };
    bool any = false;
    oko_page_raw(page, "<section>\n");
    oko_page_heading(page, 2, "external", oko_text_get(page->text, "report.section.external"));
    for (size_t i = 0; i < s->n_externals; i++) {
        const oko_report_unit *u = oko_report_unit_find(s, s->externals[i].unit);
        if (u == NULL || !oko_view_holds(page->view, u))
            continue;
        if (!any) {
            oko_page_paragraph(page, "note", "report.external.about", NULL, 0);
            oko_page_table_open(page, oko_text_get(page->text, "report.table.external"), heads, 5);
        }
        any = true;
        external_row(page, &s->externals[i], u);
    }
    if (any)
        oko_page_table_close(page);
    else
        oko_page_paragraph(page, NULL, "report.external.none", NULL, 0);
    oko_page_raw(page, "</section>\n");
}
