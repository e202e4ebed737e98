/* Signs: how one is told with its numbers, and a school's own. */
#include "report/detail_words.h"
#include "report/labels.h"
#include "report/page.h"

#include "reference/json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool is_index(const oko_result *r)
{
    return strcmp(r->rule, "fioko-2019/index") == 0;
}

static const char *title_of(oko_page *page, const char *procedure)
{
    const oko_view_procedure *vp = oko_view_procedure_find(page->view, procedure);
    return vp != NULL ? vp->base->title : procedure;
}

/* ---- numbers ---- */

static void number(oko_page *page, const char *label, const char *value)
{
    oko_page_raw(page, "<div><dt>");
    oko_page_text(page, label);
    oko_page_raw(page, "</dt><dd>");
    oko_page_text(page, value);
    oko_page_raw(page, "</dd></div>\n");
}

/* Label of the rule for observed, expected or effect; else the general one. */
static const char *label_of(oko_page *page, const oko_result *r, const char *what)
{
    const char *label = oko_label_rule(page->text, page->arena, r->rule, what);
    return label != NULL ? label : oko_label_word(page->text, page->arena, "report.sign.", what);
}

static const char *with_interval(oko_page *page, const oko_result *r, int decimals)
{
    if (isnan(r->effect_lo) || isnan(r->effect_hi))
        return oko_page_number(page, r->effect, decimals);
    return oko_page_make(page, "report.sign.interval",
                         OKO_PAGE_ARGS(OKO_N("value", r->effect, decimals), OKO_N("lo", r->effect_lo, decimals),
                                       OKO_N("hi", r->effect_hi, decimals)));
}

static void numbers(oko_page *page, const oko_result *r)
{
    const oko_rule_decimals d = oko_rule_decimals_of(r->rule);
    bool group = oko_view_hides_group(page->view, r);
    const char *works = oko_view_hides(page->view, r) && !group ? oko_page_hidden(page) : oko_page_int(page, r->n);
    oko_page_raw(page, "<dl class=\"numbers\">\n");
    if (!oko_view_hides(page->view, r)) {
        number(page, label_of(page, r, "observed"), oko_page_number(page, r->observed, d.observed));
        number(page, label_of(page, r, "expected"), oko_page_number(page, r->expected, d.expected));
        number(page, label_of(page, r, "effect"), with_interval(page, r, d.effect));
    }
    number(page, oko_text_get(page->text, "report.sign.n"), works);
    if (!isnan(r->p) && !oko_view_hides(page->view, r))
        number(page, oko_text_get(page->text, "report.sign.p"), oko_text_p(page->text, page->arena, r->p, r->log_p));
    if (!isnan(r->q) && !oko_view_hides(page->view, r))
        number(page, oko_text_get(page->text, "report.sign.q"), oko_text_p(page->text, page->arena, r->q, NAN));
    number(page, oko_text_get(page->text, "report.sign.reliability"), oko_label_reliability(page->text, r->n));
    oko_page_raw(page, "</dl>\n");
    if (group)
        oko_page_paragraph(page, NULL, "report.sign.small_group",
                           OKO_PAGE_ARGS(OKO_N("min", page->view->session->published_min, 0)));
}

/* ---- what a rule's details add ---- */

static double detail(const json_t *json, const char *key)
{
    const json_t *value = json_object_get(json, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

/* "3–5", or "5" alone. */
static const char *range(oko_page *page, double from, double to)
{
    if (isnan(from) || isnan(to) || to - from < .5)
        return oko_page_number(page, to, 0);
    const char *text = oko_arena_printf(page->arena, "%.0f–%.0f", from, to);
    return text != NULL ? text : "";
}

static void cutoff_row(oko_page *page, const oko_view_procedure *vp, const json_t *c)
{
    double cutoff = detail(c, "cutoff"), below = detail(c, "below"), above = detail(c, "above");
    double min = page->view->session->hide_min;
    int mark = vp != NULL && !isnan(cutoff) ? oko_procedure_mark(vp->p, (int)cutoff) : 0;
    oko_page_row_open(page);
    oko_page_head_cell(
        page, oko_page_make(page, "report.cutoff.name", OKO_PAGE_ARGS(OKO_I("mark", mark), OKO_N("score", cutoff, 0))));
    oko_page_cell(page, oko_page_make(page, "report.cutoff.window",
                                      OKO_PAGE_ARGS(OKO_S("below", range(page, detail(c, "below_from"), cutoff - 1)),
                                                    OKO_S("above", range(page, cutoff, detail(c, "above_to"))))));
    bool hide_below = below > 0 && below<min, hide_above = above> 0 && above < min;
    if (hide_below)
        oko_page_cell_hidden(page);
    else
        oko_page_cell_number(page, below, 0);
    if (hide_above)
        oko_page_cell_hidden(page);
    else
        oko_page_cell_number(page, above, 0);
    oko_page_cell_number(page, detail(c, "expected_above"), 1);
    oko_page_cell(page, oko_page_make(page, "report.sign.interval",
                                      OKO_PAGE_ARGS(OKO_N("value", detail(c, "lifted"), 1),
                                                    OKO_N("lo", detail(c, "lifted_lo"), 1),
                                                    OKO_N("hi", detail(c, "lifted_hi"), 1))));
    oko_page_cell(page, oko_text_p(page->text, page->arena, detail(c, "p"), detail(c, "log_p")));
    oko_page_row_close(page);
}

static void cutoff_table(oko_page *page, const oko_result *r, const json_t *json)
{
    static const char *const keys[] = { "report.col.cutoff", "report.col.window",         "report.col.below",
                                        "report.col.above",  "report.col.expected_above", "report.col.lifted",
                                        "report.col.p" };
    const char *heads[7];
    for (int i = 0; i < 7; i++) {
        heads[i] = oko_text_get(page->text, keys[i]);
        const char *numeric = i >= 2 && i <= 4 ? oko_arena_printf(page->arena, "#%s", heads[i]) : NULL;
        heads[i] = numeric != NULL ? numeric : heads[i];
    }
    const json_t *list = json_object_get(json, "cutoffs");
    oko_page_table_open(
        page, oko_page_make(page, "report.table.cutoffs", OKO_PAGE_ARGS(OKO_S("title", title_of(page, r->procedure)))),
        heads, 7);
    for (size_t i = 0; i < json_array_size(list); i++)
        cutoff_row(page, oko_view_procedure_find(page->view, r->procedure), json_array_get(list, i));
    oko_page_table_close(page);
}

static const char *procedure_title(const void *ctx, const char *code)
{
    const oko_report_procedure *p = oko_report_procedure_find(ctx, code);
    return p != NULL ? p->title : NULL;
}

static void details(oko_page *page, const oko_result *r)
{
    OKO_CLEANUP(oko_json_freep) json_t *json = NULL;
    if (r->details == NULL || oko_view_hides(page->view, r) ||
        oko_json_parse(oko_str_of(r->details), "details", &json, NULL) != OKO_OK)
        return;
    if (strcmp(r->rule, "oko/threshold") == 0)
        cutoff_table(page, r, json);
    oko_detail_words words;
    const oko_titles titles = { .find = procedure_title, .ctx = page->view->session };
    oko_detail_words_of(page->text, page->arena, &titles, r, json, &words);
    for (int i = 0; i < words.n; i++) {
        oko_page_raw(page, "<p>");
        oko_page_text(page, words.at[i] != NULL ? words.at[i] : "");
        oko_page_raw(page, "</p>\n");
    }
}

void oko_html_sign(oko_page *page, const oko_result *r)
{
    oko_page_raw(page, "<article class=\"sign\">\n");
    oko_page_heading(page, 4, NULL, title_of(page, r->procedure));
    if (strncmp(r->rule, "external/", 9) != 0) /* a list has no numbers of pupils */
        numbers(page, r);
    details(page, r);
    oko_page_raw(page, "</article>\n");
}

/* ---- a rule's words ---- */

static void rule_paragraph(oko_page *page, const char *label_key, const char *text)
{
    if (text == NULL)
        return;
    oko_page_raw(page, "<p><strong>");
    oko_page_key(page, label_key);
    oko_page_raw(page, "</strong> ");
    oko_page_text(page, text);
    oko_page_raw(page, "</p>\n");
}

/* What a rule says, how to read it, where it is from. */
static void rule_words(oko_page *page, const char *rule)
{
    rule_paragraph(page, "report.rule.what", oko_label_rule(page->text, page->arena, rule, "what"));
    rule_paragraph(page, "report.rule.reading", oko_label_rule(page->text, page->arena, rule, "reading"));
    rule_paragraph(page, "report.rule.source",
                   oko_page_make(page, "report.rule.source_code",
                                 OKO_PAGE_ARGS(OKO_S("source", oko_label_source(page->text, page->arena, rule)),
                                               OKO_S("rule", rule))));
}

void oko_html_innocent(oko_page *page, const char *rule)
{
    char what[24];
    oko_page_raw(page, "<p><strong>");
    oko_page_key(page, "report.rule.innocent");
    oko_page_raw(page, "</strong></p>\n<ul class=\"innocent\">\n");
    for (int i = 1; i < 32; i++) {
        snprintf(what, sizeof what, "innocent.%d", i);
        const char *text = oko_label_rule(page->text, page->arena, rule, what);
        if (text == NULL)
            break;
        oko_page_raw(page, "<li>");
        oko_page_text(page, text);
        oko_page_raw(page, "</li>\n");
    }
    oko_page_raw(page, "</ul>\n");
}

/* Rules that the unit has results of, in the order of their first one: pointers into v->results. */
typedef struct rule_list {
    size_t n;
    const char **at;
} rule_list;

static rule_list rules_in_use(oko_page *page, bool marked_only)
{
    const oko_view *v = page->view;
    rule_list list = { 0, oko_arena_alloc(page->arena, (v->n_results + 1) * sizeof *list.at) };
    if (list.at == NULL)
        page->out.status = OKO_E_MEMORY;
    for (size_t i = 0; i < v->n_results && list.at != NULL; i++) {
        const oko_result *r = &v->results[i];
        if (marked_only && (!r->marked || r->state != OKO_RESULT_OK || is_index(r)))
            continue;
        size_t at = 0;
        while (at < list.n && strcmp(list.at[at], r->rule) != 0)
            at++;
        if (at == list.n)
            list.at[list.n++] = r->rule;
    }
    return list;
}

void oko_html_rules(oko_page *page)
{
    const rule_list rules = rules_in_use(page, false);
    oko_page_heading(page, 3, NULL, oko_text_get(page->text, "report.head.rules"));
    for (size_t i = 0; i < rules.n; i++) {
        const char *title = oko_label_rule(page->text, page->arena, rules.at[i], "title");
        oko_page_raw(page, "<div class=\"rule\">\n");
        oko_page_heading(page, 4, NULL, title != NULL ? title : rules.at[i]);
        rule_words(page, rules.at[i]);
        oko_html_innocent(page, rules.at[i]);
        oko_page_raw(page, "</div>\n");
    }
}

/* ---- a school ---- */

static void marked_signs(oko_page *page)
{
    const oko_view *v = page->view;
    const rule_list rules = rules_in_use(page, true);
    oko_page_heading(page, 3, NULL, oko_text_get(page->text, "report.head.marked"));
    if (rules.n == 0)
        oko_page_paragraph(page, NULL, "report.signs.none", NULL, 0);
    for (size_t k = 0; k < rules.n; k++) {
        const char *title = oko_label_rule(page->text, page->arena, rules.at[k], "title");
        oko_page_raw(page, "<div class=\"rule\">\n");
        oko_page_heading(page, 3, NULL, title != NULL ? title : rules.at[k]);
        rule_words(page, rules.at[k]);
        for (size_t i = 0; i < v->n_results; i++)
            if (v->results[i].marked && strcmp(v->results[i].rule, rules.at[k]) == 0)
                oko_html_sign(page, &v->results[i]);
        oko_html_innocent(page, rules.at[k]);
        oko_page_raw(page, "</div>\n");
    }
}

static void unmarked_row(oko_page *page, const oko_result *r)
{
    const oko_rule_decimals d = oko_rule_decimals_of(r->rule);
    oko_page_row_open(page);
    oko_page_head_cell(page, title_of(page, r->procedure));
    oko_page_cell(page, oko_label_rule_short(page->text, page->arena, r->rule));
    if (oko_view_hides(page->view, r)) {
        for (int i = 0; i < 3; i++)
            oko_page_cell_hidden(page);
        if (oko_view_hides_group(page->view, r))
            oko_page_cell_int(page, r->n);
        else
            oko_page_cell_hidden(page);
    } else {
        oko_page_cell_number(page, r->observed, d.observed);
        oko_page_cell_number(page, r->expected, d.expected);
        oko_page_cell(page, with_interval(page, r, d.effect));
        oko_page_cell_int(page, r->n);
    }
    oko_page_row_close(page);
}

static void unmarked_signs(oko_page *page)
{
    const oko_view *v = page->view;
    const char *const heads[] = { oko_text_get(page->text, "report.col.procedure"),
                                  oko_text_get(page->text, "report.col.rule"),
                                  oko_arena_printf(page->arena, "#%s", oko_text_get(page->text, "report.col.observed")),
                                  oko_arena_printf(page->arena, "#%s", oko_text_get(page->text, "report.col.expected")),
                                  oko_text_get(page->text, "report.col.effect"),
                                  oko_arena_printf(page->arena, "#%s", oko_text_get(page->text, "report.col.n")) };
    if (heads[2] == NULL || heads[3] == NULL || heads[5] == NULL) {
        page->out.status = OKO_E_MEMORY;
        return;
    }
    size_t n = 0;
    for (size_t i = 0; i < v->n_results; i++) {
        const oko_result *r = &v->results[i];
        if (r->state != OKO_RESULT_OK || r->marked || is_index(r))
            continue;
        if (n++ == 0) {
            oko_page_heading(page, 3, NULL, oko_text_get(page->text, "report.head.unmarked"));
            oko_page_table_open(page, oko_text_get(page->text, "report.table.unmarked"), heads, 6);
        }
        unmarked_row(page, r);
    }
    if (n > 0)
        oko_page_table_close(page);
}

/* What could not be computed, and why: of the unit, and for a school also what was never begun for its region. */
static void missing_signs(oko_page *page)
{
    const oko_view *v = page->view;
    const char *const heads[] = { oko_text_get(page->text, "report.col.procedure"),
                                  oko_text_get(page->text, "report.col.rule"),
                                  oko_text_get(page->text, "report.col.reason") };
    size_t n = 0;
    for (size_t i = 0; i < v->n_results; i++) {
        const oko_result *r = &v->results[i];
        if (r->state == OKO_RESULT_OK)
            continue;
        if (n++ == 0) {
            oko_page_heading(page, 3, NULL, oko_text_get(page->text, "report.head.missing"));
            oko_page_table_open(page, oko_text_get(page->text, "report.table.missing"), heads, 3);
        }
        oko_page_row_open(page);
        oko_page_head_cell(page, title_of(page, r->procedure));
        oko_page_cell(page, oko_label_rule_short(page->text, page->arena, r->rule));
        oko_page_cell(page, oko_label_state(page->text, r));
        oko_page_row_close(page);
    }
    if (n > 0)
        oko_page_table_close(page);
}

/* How many of the pack's own signs are on in each year. */
static void index_table(oko_page *page)
{
    const oko_view *v = page->view;
    const char *const heads[] = { oko_text_get(page->text, "report.col.year"),
                                  oko_text_get(page->text, "report.col.signs_on"),
                                  oko_text_get(page->text, "report.col.signs_computed") };
    bool any = false;
    for (size_t i = 0; i < v->n_results; i++) {
        const oko_result *r = &v->results[i];
        if (!is_index(r) || r->state != OKO_RESULT_OK)
            continue;
        if (!any)
            oko_page_table_open(page, oko_text_get(page->text, "report.table.school_index"), heads, 3);
        any = true;
        oko_page_row_open(page);
        oko_page_head_cell(page, r->procedure);
        oko_page_cell(page, oko_page_number(page, r->observed, 0));
        oko_page_cell(page, oko_page_int(page, r->n));
        oko_page_row_close(page);
    }
    if (any)
        oko_page_table_close(page);
}

void oko_html_signs_school(oko_page *page)
{
    index_table(page);
    marked_signs(page);
    unmarked_signs(page);
}

void oko_html_signs(oko_page *page)
{
    oko_page_raw(page, "<section>\n");
    oko_page_heading(page, 2, "signs", oko_text_get(page->text, "report.section.signs"));
    oko_page_paragraph(page, "note", "report.signs.about", NULL, 0);
    if (page->view->school)
        oko_html_signs_school(page);
    else
        oko_html_signs_group(page);
    missing_signs(page);
    if (!page->view->school)
        oko_html_rules(page);
    oko_page_raw(page, "</section>\n");
}
