/* What the five families say about a region or a municipality and its schools. Neutral order, never a ranking. */
#include "report/evidence.h"
#include "report/labels.h"
#include "report/page.h"

#include "base/memory.h"
#include "explain/inflation.h"
#include "reference/json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *numeric(oko_page *page, const char *key)
{
    const char *s = oko_arena_printf(page->arena, "#%s", oko_text_get(page->text, key));
    return s != NULL ? s : "#";
}

static const char *word(oko_page *page, const char *prefix, const char *name)
{
    return oko_label_word(page->text, page->arena, prefix, name);
}

static void fail(oko_page *page, oko_status status)
{
    if (status != OKO_OK && page->out.status == OKO_OK)
        page->out.status = status;
}

static const char *counted(oko_page *page, int64_t part, int64_t whole)
{
    if (whole == 0)
        return "—";
    return oko_page_make(page, "report.count_percent",
                         OKO_PAGE_ARGS(OKO_I("n", part), OKO_N("percent", 100 * (double)part / (double)whole, 1)));
}

/* ---- the unit itself ---- */

/* Families that some procedure of the unit has a p of, as bits; of larger units not all are defined. */
static unsigned families_of(const oko_view *v)
{
    unsigned known = 0;
    for (size_t i = 0; i < v->evidence.n; i++)
        for (int f = 0; f < OKO_FAMILY_COUNT; f++)
            known |= isnan(v->evidence.at[i].log_p[f]) ? 0 : 1u << f;
    return known;
}

static bool has_marks(const oko_view *v)
{
    for (size_t i = 0; i < v->evidence.n; i++)
        if (!isnan(oko_sign_effect_of(&v->evidence.at[i], "marks").value))
            return true;
    return false;
}

static void effect_cell(oko_page *page, oko_sign_effect e, int decimals)
{
    oko_page_cell(page, isnan(e.value)
                            ? "—"
                            : oko_page_make(page, "report.sign.interval",
                                            OKO_PAGE_ARGS(OKO_N("value", e.value, decimals),
                                                          OKO_N("lo", e.lo, decimals), OKO_N("hi", e.hi, decimals))));
}

static void p_cell(oko_page *page, double p, double log_p)
{
    oko_page_raw(page, "<td class=\"n\">");
    oko_page_text(page, isnan(p) ? "—" : oko_text_p(page->text, page->arena, p, log_p));
    oko_page_raw(page, "</td>");
}

static void own_row(oko_page *page, size_t at, unsigned known, bool marks)
{
    const oko_sign_row *row = &page->view->evidence.at[at];
    const oko_result *r = row->result;
    const oko_view_procedure *vp = oko_view_procedure_find(page->view, r->procedure);
    const oko_sign_effect lifted = oko_sign_effect_of(row, "lifted");
    oko_page_row_open(page);
    oko_page_head_cell(page, vp != NULL ? vp->base->title : r->procedure);
    if (!oko_evidence_told(page->view, at)) { /* a municipality of a few pupils */
        oko_page_cell_hidden(page);
        for (int f = 0, cells = 4 + marks; f < OKO_FAMILY_COUNT + cells; f++)
            if (f >= OKO_FAMILY_COUNT || (known & (1u << f)) != 0)
                oko_page_cell_withheld(page);
        oko_page_row_close(page);
        return;
    }
    oko_page_cell(page, word(page, "evidence.word.", oko_evidence_name(row->evidence)));
    oko_page_cell_int(page, r->n);
    effect_cell(page, lifted, 0);
    oko_page_cell_number(page, r->n > 0 ? 100 * lifted.value / (double)r->n : NAN, 1);
    if (marks)
        effect_cell(page, oko_sign_effect_of(row, "marks"), 2);
    for (int f = 0; f < OKO_FAMILY_COUNT; f++)
        if ((known & (1u << f)) != 0)
            p_cell(page, row->p[f], row->log_p[f]);
    p_cell(page, r->q, NAN);
    oko_page_row_close(page);
}

static void own_table(oko_page *page)
{
    const oko_view *v = page->view;
    const unsigned known = families_of(v);
    const bool marks = has_marks(v);
    const char *heads[OKO_FAMILY_COUNT + 7];
    size_t n = 0;
    if (v->evidence.n == 0)
        return;
    heads[n++] = oko_text_get(page->text, "report.col.procedure");
    heads[n++] = oko_text_get(page->text, "evidence.col.evidence");
    heads[n++] = numeric(page, "report.col.n");
    heads[n++] = oko_text_get(page->text, "report.col.lifted");
    heads[n++] = numeric(page, "evidence.col.lifted_percent");
    if (marks)
        heads[n++] = oko_text_get(page->text, "evidence.col.marks");
    for (int f = 0; f < OKO_FAMILY_COUNT; f++)
        if ((known & (1u << f)) != 0) {
            char key[48];
            snprintf(key, sizeof key, "evidence.col.p_%s", oko_family_name((oko_family)f));
            heads[n++] = numeric(page, key);
        }
    heads[n++] = numeric(page, "report.col.q");
    oko_page_heading(page, 3, NULL, oko_text_get(page->text, "evidence.head.own"));
    oko_page_paragraph(page, NULL, "evidence.own.about", NULL, 0);
    oko_page_table_open(page, oko_text_get(page->text, "evidence.table.own"), heads, n);
    for (size_t i = 0; i < v->evidence.n; i++)
        own_row(page, i, known, marks);
    oko_page_table_close(page);
}

/* What stands in place of the family of time, procedure by procedure. */
static void own_time(oko_page *page)
{
    const oko_view *v = page->view;
    bool any = false;
    for (size_t i = 0; i < v->evidence.n; i++) {
        const oko_sign_row *row = &v->evidence.at[i];
        const oko_view_procedure *vp = oko_view_procedure_find(v, row->result->procedure);
        const char *text = oko_evidence_told(v, i) ? oko_explain_time(page->text, page->arena, row) : NULL;
        if (text == NULL)
            continue;
        oko_page_raw(page, any ? "<li><strong>" : "<ul>\n<li><strong>");
        any = true;
        oko_page_text(page, vp != NULL ? vp->base->title : row->result->procedure);
        oko_page_raw(page, ".</strong> ");
        oko_page_text(page, text);
        oko_page_raw(page, "</li>\n");
    }
    if (any)
        oko_page_raw(page, "</ul>\n");
}

/* ---- against the reference stratum ---- */

/* What one procedure's result says; details of a sentence follow it as a list. */
static void inflation_lines(oko_page *page, const char *title, const json_t *found)
{
    oko_inflation_line lines[OKO_INFLATION_LINES];
    int n = oko_inflation_lines(page->text, page->arena, found, lines);
    for (int i = 0; i < n; i++) {
        bool first = i == 0 || !lines[i - 1].detail, last = i + 1 == n || !lines[i + 1].detail;
        oko_page_raw(page, !lines[i].detail ? "<p>" : first ? "<ul>\n<li>" : "<li>");
        if (i == 0 && title != NULL) {
            oko_page_raw(page, "<strong>");
            oko_page_text(page, title);
            oko_page_raw(page, ".</strong> ");
        }
        oko_page_text(page, lines[i].text);
        oko_page_raw(page, !lines[i].detail ? "</p>\n" : last ? "</li>\n</ul>\n" : "</li>\n");
    }
}

/* Of a region only. Where nothing could be computed, the reason is said once. */
static void inflation(oko_page *page)
{
    const oko_view *v = page->view;
    OKO_CLEANUP(oko_json_freep) json_t *all = NULL;
    const char *code;
    json_t *found;
    bool any = false;
    oko_status status = oko_inflation_load(v->session->store, v->session->evidence_run.id, v->unit->id, &all, NULL);
    if (status != OKO_OK || json_object_size(all) == 0) {
        fail(page, status);
        return;
    }
    oko_page_heading(page, 3, NULL, oko_text_get(page->text, "rule.oko.inflation.title"));
    json_object_foreach(all, code, found)
    {
        const oko_view_procedure *vp = oko_view_procedure_find(v, code);
        if (json_is_true(json_object_get(found, "computed")))
            inflation_lines(page, vp != NULL ? vp->base->title : code, found);
        any |= json_is_true(json_object_get(found, "computed"));
    }
    if (!any)
        inflation_lines(page, NULL, json_object_iter_value(json_object_iter(all)));
}

/* ---- counts of schools ---- */

static const char *procedure_title(const oko_view *v, const oko_evidence_counts *c, size_t test)
{
    return c->procedure != NULL ? c->procedure->title : v->session->peers.tests[test].procedure;
}

static int64_t all_of(const oko_evidence_counts *c)
{
    int64_t n = c->small;
    for (int e = 0; e <= OKO_EVIDENCE_STRONG; e++)
        n += c->by_level[e];
    return n;
}

static void levels_table(oko_page *page, const oko_evidence_counts *counts, size_t n)
{
    const char *heads[OKO_EVIDENCE_STRONG + 4] = { oko_text_get(page->text, "report.col.procedure"),
                                                   numeric(page, "report.col.schools") };
    for (int e = 0; e <= OKO_EVIDENCE_STRONG; e++) {
        const char *head =
            oko_arena_printf(page->arena, "#%s", word(page, "evidence.word.", oko_evidence_name((oko_evidence)e)));
        heads[2 + e] = head != NULL ? head : "#";
    }
    const char *small = oko_arena_printf(page->arena, "#%s", oko_page_hidden(page));
    heads[OKO_EVIDENCE_STRONG + 3] = small != NULL ? small : "#";
    oko_page_heading(page, 3, NULL, oko_text_get(page->text, "evidence.head.levels"));
    oko_page_table_open(page, oko_text_get(page->text, "evidence.table.levels"), heads, OKO_EVIDENCE_STRONG + 4);
    for (size_t i = 0; i < n; i++) {
        if (all_of(&counts[i]) == 0)
            continue;
        oko_page_row_open(page);
        oko_page_head_cell(page, procedure_title(page->view, &counts[i], i));
        oko_page_cell_int(page, all_of(&counts[i]));
        for (int e = 0; e <= OKO_EVIDENCE_STRONG; e++)
            oko_page_cell_int(page, counts[i].by_level[e]);
        oko_page_cell_int(page, counts[i].small);
        oko_page_row_close(page);
    }
    oko_page_table_close(page);
}

static void families_table(oko_page *page, const oko_evidence_counts *counts, size_t n)
{
    const char *heads[OKO_FAMILY_COUNT + 1] = { oko_text_get(page->text, "report.col.procedure") };
    for (int f = 0; f < OKO_FAMILY_COUNT; f++)
        heads[1 + f] = word(page, "evidence.family.", oko_family_name((oko_family)f));
    oko_page_heading(page, 3, NULL, oko_text_get(page->text, "evidence.head.families"));
    oko_page_paragraph(page, NULL, "evidence.families.about", NULL, 0);
    oko_page_table_open(page, oko_text_get(page->text, "evidence.table.family_counts"), heads, OKO_FAMILY_COUNT + 1);
    for (size_t i = 0; i < n; i++) {
        if (all_of(&counts[i]) == 0)
            continue;
        oko_page_row_open(page);
        oko_page_head_cell(page, procedure_title(page->view, &counts[i], i));
        for (int f = 0; f < OKO_FAMILY_COUNT; f++)
            oko_page_cell(page, counted(page, counts[i].family_speaks[f], counts[i].family_n[f]));
        oko_page_row_close(page);
    }
    oko_page_table_close(page);
}

/* ---- are schools flagged for being strong? ---- */

static void fifths_table(oko_page *page, const oko_evidence_counts *counts, size_t n)
{
    static const char *const by[] = { "evidence.fifths.observed", "evidence.fifths.expected" };
    const char *heads[OKO_PEERS_FIFTHS + 1] = { oko_text_get(page->text, "evidence.col.by") };
    int64_t all[2][OKO_PEERS_FIFTHS] = { 0 }, marked[2][OKO_PEERS_FIFTHS] = { 0 }, known = 0;
    for (size_t i = 0; i < n; i++)
        for (int b = 0; b < 2; b++)
            for (int k = 0; k < OKO_PEERS_FIFTHS; k++) {
                all[b][k] += counts[i].fifth_n[b][k];
                marked[b][k] += counts[i].fifth_marked[b][k];
                known += counts[i].fifth_n[b][k];
            }
    if (known == 0)
        return;
    for (int k = 0; k < OKO_PEERS_FIFTHS; k++) {
        char key[48];
        snprintf(key, sizeof key, "evidence.fifth.%d", k + 1);
        heads[1 + k] = oko_text_get(page->text, key);
    }
    oko_page_heading(page, 3, NULL, oko_text_get(page->text, "evidence.head.fifths"));
    oko_page_paragraph(page, NULL, "evidence.fifths.about", NULL, 0);
    oko_page_table_open(page, oko_text_get(page->text, "evidence.table.fifths"), heads, OKO_PEERS_FIFTHS + 1);
    for (int b = 0; b < 2; b++) {
        oko_page_row_open(page);
        oko_page_head_cell(page, oko_text_get(page->text, by[b]));
        for (int k = 0; k < OKO_PEERS_FIFTHS; k++)
            oko_page_cell(
                page,
                all[b][k] == 0
                    ? "—"
                    : oko_page_make(
                          page, "evidence.of",
                          OKO_PAGE_ARGS(OKO_N("part", (double)marked[b][k], 0), OKO_N("all", (double)all[b][k], 0),
                                        OKO_N("percent", 100 * (double)marked[b][k] / (double)all[b][k], 1))));
        oko_page_row_close(page);
    }
    oko_page_table_close(page);
}

static void counts(oko_page *page)
{
    const oko_peers *peers = &page->view->session->peers;
    OKO_CLEANUP(oko_freep) oko_evidence_counts *list = oko_alloc_array(peers->n_tests + 1, sizeof *list);
    if (list == NULL) {
        fail(page, OKO_E_MEMORY);
        return;
    }
    for (size_t i = 0; i < peers->n_tests; i++)
        oko_evidence_count(page->view, i, &list[i]);
    levels_table(page, list, peers->n_tests);
    families_table(page, list, peers->n_tests);
    fifths_table(page, list, peers->n_tests);
}

/* ---- lists of schools ---- */

static const char *school_name(oko_page *page, const oko_report_unit *u)
{
    if (strcmp(u->name, u->code) == 0)
        return u->code;
    return oko_page_make(page, "report.school_name", OKO_PAGE_ARGS(OKO_S("name", u->name), OKO_S("code", u->code)));
}

static const char *place_name(oko_page *page, const oko_report_unit *m)
{
    return m != NULL ? m->name : oko_text_get(page->text, "report.no_municipality");
}

/* One school: a line per procedure. Returns the end of its marks. */
static size_t school_row(oko_page *page, const oko_evidence_mark *list, size_t n, size_t i)
{
    const oko_report_unit *school = list[i].school;
    oko_page_row_open(page);
    oko_page_head_cell(page, school_name(page, school));
    oko_page_raw(page, "<td><ul class=\"plain\">");
    for (; i < n && list[i].school == school; i++) {
        const oko_peer *p = list[i].peer;
        oko_page_raw(page, "<li>");
        oko_page_fill(
            page, "evidence.schools.line",
            OKO_PAGE_ARGS(OKO_S("procedure", list[i].procedure->title),
                          OKO_S("word", word(page, "evidence.word.", oko_evidence_name((oko_evidence)p->evidence))),
                          OKO_S("family", p->family >= 0
                                              ? word(page, "evidence.family.", oko_family_name((oko_family)p->family))
                                              : "—"),
                          OKO_I("n", p->n)));
        oko_page_raw(page, "</li>");
    }
    oko_page_raw(page, "</ul></td>");
    oko_page_row_close(page);
    return i;
}

static void schools(oko_page *page)
{
    OKO_CLEANUP(oko_freep) oko_evidence_mark *list = NULL;
    const char *const heads[] = { oko_text_get(page->text, "report.col.school"),
                                  oko_text_get(page->text, "evidence.col.signs") };
    size_t n = 0;
    fail(page, oko_evidence_marks(page->view, &list, &n));
    oko_page_heading(page, 3, NULL, oko_text_get(page->text, "evidence.head.schools"));
    if (n == 0) {
        oko_page_paragraph(page, NULL, "evidence.schools.none", NULL, 0);
        return;
    }
    oko_page_paragraph(page, "note", "report.schools.about", NULL, 0);
    for (size_t i = 0; i < n;) {
        const oko_report_unit *m = list[i].municipality;
        oko_page_table_open(page, place_name(page, m), heads, 2);
        while (i < n && list[i].municipality == m)
            i = school_row(page, list, n, i);
        oko_page_table_close(page);
    }
}

static void empty_row(oko_page *page, const oko_empty_below *e)
{
    oko_page_row_open(page);
    oko_page_head_cell(page, place_name(page, e->municipality));
    oko_page_cell(page, school_name(page, e->school));
    oko_page_cell(page, e->procedure->title);
    oko_page_cell(
        page, oko_page_make(page, "report.cutoff.name",
                            OKO_PAGE_ARGS(OKO_I("mark", oko_procedure_mark(&e->procedure->states.procedure, e->cutoff)),
                                          OKO_N("score", e->cutoff, 0))));
    oko_page_cell_int(page, e->works);
    oko_page_cell_int(page, 0);
    oko_page_cell_int(page, e->above);
    oko_page_cell(page, oko_text_p(page->text, page->arena, exp(e->log_p), e->log_p));
    oko_page_row_close(page);
}

static void empty_below(oko_page *page)
{
    OKO_CLEANUP(oko_freep) oko_empty_below *list = NULL;
    const char *const heads[] = { oko_text_get(page->text, "report.col.municipality"),
                                  oko_text_get(page->text, "report.col.school"),
                                  oko_text_get(page->text, "report.col.procedure"),
                                  oko_text_get(page->text, "report.col.cutoff"),
                                  numeric(page, "report.col.n"),
                                  numeric(page, "evidence.col.point_below"),
                                  numeric(page, "evidence.col.at_cutoff"),
                                  oko_text_get(page->text, "evidence.col.chance") };
    size_t n = 0;
    fail(page, oko_evidence_empty_below(page->view, &list, &n));
    oko_page_heading(page, 3, NULL, oko_text_get(page->text, "evidence.head.empty"));
    oko_page_paragraph(page, NULL, n > 0 ? "evidence.empty.about" : "evidence.empty.none",
                       OKO_PAGE_ARGS(OKO_I("n", (int64_t)n)));
    if (n == 0)
        return;
    oko_page_table_open(page, oko_text_get(page->text, "evidence.table.empty"), heads, 8);
    for (size_t i = 0; i < n; i++)
        empty_row(page, &list[i]);
    oko_page_table_close(page);
}

void oko_html_evidence_group(oko_page *page)
{
    own_table(page);
    own_time(page);
    inflation(page);
    counts(page);
    schools(page);
    empty_below(page);
}
