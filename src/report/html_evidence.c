/* The section of the five families: which run, a school's rows, and an article for each group that needs a look. */
#include "report/evidence.h"
#include "report/figures.h"
#include "report/labels.h"
#include "report/page.h"

#include <math.h>
#include <string.h>

enum { FIXED = 4 };
#define CLEARLY (-4.605170185988091) /* log .01 */

static const char *numeric(oko_page *page, const char *key)
{
    const char *s = oko_arena_printf(page->arena, "#%s", oko_text_get(page->text, key));
    return s != NULL ? s : "#";
}

static const char *word(oko_page *page, const char *prefix, const char *name)
{
    return oko_label_word(page->text, page->arena, prefix, name);
}

static const char *p_text(oko_page *page, double p, double log_p)
{
    if (isnan(p))
        return "—";
    const char *s = oko_text_p(page->text, page->arena, p, log_p);
    return s != NULL ? s : "";
}

static const char *title_of(oko_page *page, const oko_sign_row *row)
{
    const oko_view_procedure *vp = oko_view_procedure_find(page->view, row->result->procedure);
    return vp != NULL ? vp->base->title : row->result->procedure;
}

static const char *class_of(const oko_sign_row *row)
{
    return row->class_label[0] != '\0' ? row->class_label : "—";
}

/* ---- tables of rows ---- */

static bool has_fdr(const oko_view *v)
{
    for (size_t i = 0; i < v->evidence.n; i++)
        if (!isnan(oko_sign_number(&v->evidence.at[i], "lfdr")))
            return true;
    return false;
}

static void p_cell(oko_page *page, double p, double log_p)
{
    oko_page_raw(page, "<td class=\"n\">");
    oko_page_text(page, p_text(page, p, log_p));
    oko_page_raw(page, "</td>");
}

static void row_cells(oko_page *page, size_t i, bool fdr)
{
    const oko_sign_row *row = &page->view->evidence.at[i];
    const oko_result *r = row->result;
    if (!oko_evidence_told(page->view, i)) {
        if (r->n < page->view->session->hide_min)
            oko_page_cell_hidden(page);
        else
            oko_page_cell_withheld(page);
        for (int k = 0; k < OKO_FAMILY_COUNT + 4 + fdr; k++)
            oko_page_cell_withheld(page);
        return;
    }
    oko_page_cell_int(page, r->n);
    oko_page_cell(page, word(page, "evidence.word.", oko_evidence_name(row->evidence)));
    oko_page_cell(page, word(page, "evidence.reliability_short.", row->reliability));
    for (int f = 0; f < OKO_FAMILY_COUNT; f++)
        p_cell(page, row->p[f], row->log_p[f]);
    p_cell(page, r->p, r->log_p);
    p_cell(page, r->q, NAN);
    if (fdr)
        oko_page_cell_number(page, oko_sign_number(row, "lfdr"), 3);
}

/* Families, p and q of the school (classes false) or of its classes. */
static void families_table(oko_page *page, bool classes)
{
    const oko_view *v = page->view;
    const char *heads[OKO_FAMILY_COUNT + 9];
    const bool fdr = has_fdr(v);
    size_t n = 0, rows = 0;
    heads[n++] = oko_text_get(page->text, "report.col.procedure");
    if (classes)
        heads[n++] = oko_text_get(page->text, "evidence.col.class");
    heads[n++] = numeric(page, "report.col.n");
    heads[n++] = oko_text_get(page->text, "evidence.col.evidence");
    heads[n++] = oko_text_get(page->text, "evidence.col.reliability");
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        const char *head =
            oko_arena_printf(page->arena, "#%s", word(page, "evidence.family.", oko_family_name((oko_family)f)));
        heads[n++] = head != NULL ? head : "#";
    }
    heads[n++] = numeric(page, "evidence.col.p_all");
    heads[n++] = numeric(page, "report.col.q");
    if (fdr)
        heads[n++] = numeric(page, "evidence.col.lfdr");
    for (size_t i = 0; i < v->evidence.n; i++) {
        const oko_sign_row *row = &v->evidence.at[i];
        if (row->of_class != classes)
            continue;
        if (rows++ == 0)
            oko_page_table_open(
                page, oko_text_get(page->text, classes ? "evidence.table.classes" : "evidence.table.families"), heads,
                n);
        oko_page_row_open(page);
        oko_page_head_cell(page, title_of(page, row));
        if (classes)
            oko_page_cell(page, class_of(row));
        row_cells(page, i, fdr);
        oko_page_row_close(page);
    }
    if (rows > 0)
        oko_page_table_close(page);
}

static const char *effect(oko_page *page, const oko_sign_row *row, const char *key, int decimals)
{
    const oko_sign_effect e = oko_sign_effect_of(row, key);
    if (isnan(e.value))
        return "—";
    return oko_page_make(
        page, "report.sign.interval",
        OKO_PAGE_ARGS(OKO_N("value", e.value, decimals), OKO_N("lo", e.lo, decimals), OKO_N("hi", e.hi, decimals)));
}

/* What moved the families of the row that speak, most telling first as the families stand. */
static void moved_cell(oko_page *page, const oko_sign_row *row)
{
    bool first = true;
    oko_page_raw(page, "<td>");
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        if (!oko_sign_speaks(row, f))
            continue;
        if (!first)
            oko_page_raw(page, ", ");
        first = false;
        oko_page_text(page, word(page, "evidence.short.", row->top[f]));
    }
    oko_page_raw(page, first ? "—</td>" : "</td>");
}

static void effects_table(oko_page *page)
{
    const oko_view *v = page->view;
    const char *const heads[] = {
        oko_text_get(page->text, "report.col.procedure"), oko_text_get(page->text, "evidence.col.marks"),
        oko_text_get(page->text, "evidence.col.lifted"),  oko_text_get(page->text, "evidence.col.absent"),
        oko_text_get(page->text, "evidence.col.moved"),
    };
    size_t rows = 0;
    for (size_t i = 0; i < v->evidence.n; i++) {
        const oko_sign_row *row = &v->evidence.at[i];
        if (row->of_class || row->evidence == OKO_EVIDENCE_NO_DATA)
            continue;
        if (rows++ == 0)
            oko_page_table_open(page, oko_text_get(page->text, "evidence.table.effects"), heads, 5);
        oko_page_row_open(page);
        oko_page_head_cell(page, title_of(page, row));
        if (oko_evidence_told(v, i)) {
            oko_page_cell(page, effect(page, row, "marks", 2));
            oko_page_cell(page, effect(page, row, "lifted", 1));
            oko_page_cell(page, effect(page, row, "absent", 1));
            moved_cell(page, row);
        } else {
            for (int k = 0; k < FIXED; k++)
                oko_page_cell_withheld(page);
        }
        oko_page_row_close(page);
    }
    if (rows > 0)
        oko_page_table_close(page);
}

/* ---- one group ---- */

static void number(oko_page *page, const char *key, const char *value)
{
    oko_page_raw(page, "<div><dt>");
    oko_page_key(page, key);
    oko_page_raw(page, "</dt><dd>");
    oko_page_text(page, value);
    oko_page_raw(page, "</dd></div>\n");
}

static void numbers(oko_page *page, const oko_sign_row *row)
{
    const oko_result *r = row->result;
    double cutoff = oko_sign_number(row, "cutoff"), fdr = oko_sign_number(row, "lfdr");
    oko_page_raw(page, "<dl class=\"numbers\">\n");
    number(page, "report.sign.n", oko_page_int(page, r->n));
    number(page, "evidence.col.marks", effect(page, row, "marks", 2));
    number(page, "evidence.col.lifted", effect(page, row, "lifted", 1));
    number(page, "evidence.col.absent", effect(page, row, "absent", 1));
    if (!isnan(cutoff) && oko_sign_speaks(row, OKO_FAMILY_THRESHOLD))
        number(page, "evidence.col.cutoff", oko_page_number(page, cutoff, 0));
    number(page, "evidence.col.p_all", p_text(page, r->p, r->log_p));
    number(page, "report.sign.q", p_text(page, r->q, NAN));
    if (!isnan(fdr))
        number(page, "evidence.col.lfdr", oko_page_number(page, fdr, 3));
    number(page, "evidence.col.reliability", word(page, "evidence.reliability_short.", row->reliability));
    oko_page_raw(page, "</dl>\n");
}

static void reasons(oko_page *page, const oko_sign_row *row)
{
    double facts[OKO_FACT_COUNT];
    const char *list[OKO_EXPLAIN_REASONS];
    oko_status status = oko_evidence_facts(page->view, row, facts, NULL);
    if (status != OKO_OK) {
        page->out.status = page->out.status == OKO_OK ? status : page->out.status;
        return;
    }
    int n = oko_explain_reasons(page->view->session->explain, page->arena, row, facts, list);
    oko_page_raw(page, "<p><strong>");
    oko_page_key(page, "evidence.explain.innocent");
    oko_page_raw(page, "</strong></p>\n<ol class=\"innocent\">\n");
    for (int i = 0; i < n; i++) {
        oko_page_raw(page, "<li>");
        oko_page_text(page, list[i]);
        oko_page_raw(page, "</li>\n");
    }
    oko_page_raw(page, "</ol>\n");
}

/* The sentence and the picture of one statistic; two may share a picture. head: what stands before the sentence. */
static void sign(oko_page *page, size_t at, const char *statistic, const char *head, unsigned *drawn)
{
    const oko_view *v = page->view;
    oko_page_raw(page, "<p class=\"family\"><strong>");
    oko_page_text(page, head);
    oko_page_raw(page, "</strong> ");
    oko_page_text(page,
                  oko_explain_sentence(page->text, page->arena, &v->evidence.at[at], statistic, v->session->internal));
    oko_page_raw(page, "</p>\n");
    int picture = oko_figure_of(statistic);
    if (picture < 0 || (*drawn & (1u << picture)) != 0)
        return;
    oko_html_picture(page, at, statistic);
    *drawn |= 1u << picture;
}

/* Other statistics of the pattern of answers that are as telling as its first and have a picture of their own: copied
 * works are told of even where single items moved the family more. */
static void further_patterns(oko_page *page, size_t at, unsigned *drawn)
{
    static const char *const names[] = { "profile", "contrast", "told", "pairs", "nearest" };
    const oko_sign_row *row = &page->view->evidence.at[at];
    const json_t *statistics = json_object_get(row->details, "statistics");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const json_t *log_p = json_object_get(statistics, names[i]);
        int picture = oko_figure_of(names[i]);
        if (json_is_number(log_p) && json_number_value(log_p) < CLEARLY && (*drawn & (1u << picture)) == 0)
            sign(page, at, names[i], oko_text_get(page->text, "evidence.further"), drawn);
    }
}

/* Every family with something to say. */
static void families(oko_page *page, size_t at)
{
    const oko_sign_row *row = &page->view->evidence.at[at];
    unsigned drawn = 0;
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        if (!oko_sign_speaks(row, f))
            continue;
        const char *family = word(page, "evidence.family.", oko_family_name((oko_family)f));
        const char *head =
            oko_page_make(page, "evidence.family_p",
                          OKO_PAGE_ARGS(OKO_S("family", family), OKO_S("p", p_text(page, row->p[f], row->log_p[f]))));
        sign(page, at, row->top[f], head, &drawn);
        if (f == OKO_FAMILY_PATTERN)
            further_patterns(page, at, &drawn);
    }
}

static void article(oko_page *page, size_t at)
{
    const oko_sign_row *row = &page->view->evidence.at[at];
    const char *level = word(page, "evidence.word.", oko_evidence_name(row->evidence));
    oko_page_raw(page, "<div class=\"rule\">\n");
    oko_page_heading(page, 4, NULL,
                     row->of_class
                         ? oko_page_make(page, "evidence.head.of_class",
                                         OKO_PAGE_ARGS(OKO_S("title", title_of(page, row)),
                                                       OKO_S("class", class_of(row)), OKO_S("word", level)))
                         : oko_page_make(page, "evidence.head.of_school",
                                         OKO_PAGE_ARGS(OKO_S("title", title_of(page, row)), OKO_S("word", level))));
    numbers(page, row);
    families(page, at);
    reasons(page, row);
    oko_page_raw(page, "</div>\n");
}

static void articles(oko_page *page)
{
    const oko_view *v = page->view;
    size_t n = 0;
    oko_page_heading(page, 3, NULL, oko_text_get(page->text, "evidence.head.groups"));
    for (size_t i = 0; i < v->evidence.n; i++)
        if (oko_evidence_speaks(v, i)) {
            article(page, i);
            n++;
        }
    if (n == 0)
        oko_page_paragraph(page, NULL, "evidence.groups.none", NULL, 0);
}

static void school(oko_page *page)
{
    if (page->view->evidence.n == 0) {
        oko_page_paragraph(page, NULL, "evidence.explain.nothing", NULL, 0);
        return;
    }
    families_table(page, false);
    effects_table(page);
    oko_html_picture_level(page);
    families_table(page, true);
    articles(page);
}

/* ---- which run ---- */

/* Says that there is no evidence over these data, and what makes it. */
static void missing(oko_page *page)
{
    const oko_report_session *s = page->view->session;
    if (s->evidence == OKO_REPORT_EVIDENCE_NONE)
        oko_page_paragraph(page, "hint", "evidence.report.none", NULL, 0);
    else
        oko_page_paragraph(
            page, "hint", "evidence.report.other",
            OKO_PAGE_ARGS(OKO_S("run", oko_arena_printf(page->arena, "%lld", (long long)s->evidence_run.id)),
                          OKO_S("revision", oko_arena_printf(page->arena, "%lld", (long long)s->evidence_run.revision)),
                          OKO_S("own", oko_arena_printf(page->arena, "%lld", (long long)s->run.revision))));
    oko_page_raw(page, "<pre>oko signs</pre>\n");
}

static void which(oko_page *page)
{
    const oko_run *run = &page->view->session->evidence_run;
    oko_page_paragraph(
        page, NULL, "evidence.report.run",
        OKO_PAGE_ARGS(OKO_S("run", oko_arena_printf(page->arena, "%lld", (long long)run->id)),
                      OKO_S("method", run->method),
                      OKO_S("revision", oko_arena_printf(page->arena, "%lld", (long long)run->revision)),
                      OKO_S("seed", oko_arena_printf(page->arena, "%llu", (unsigned long long)run->seed))));
    oko_page_paragraph(page, "note", "evidence.report.about", NULL, 0);
}

void oko_html_evidence(oko_page *page)
{
    oko_page_raw(page, "<section class=\"evidence\">\n");
    oko_page_heading(page, 2, "evidence", oko_text_get(page->text, "report.section.evidence"));
    if (page->view->session->evidence != OKO_REPORT_EVIDENCE_HERE) {
        missing(page);
    } else {
        which(page);
        if (page->view->school)
            school(page);
        else
            oko_html_evidence_group(page);
    }
    oko_page_raw(page, "</section>\n");
}
