/* A picture for each sign, with a summary and a table of the same numbers. What the evidence run does not keep is
 * computed from the sheets of the report's own revision. */
#include "report/figures.h"
#include "report/pictures.h"

#include "base/memory.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void fail(oko_page *page, oko_status status)
{
    if (status != OKO_OK && page->out.status == OKO_OK)
        page->out.status = status;
}

static const char *numeric(oko_page *page, const char *key)
{
    const char *s = oko_arena_printf(page->arena, "#%s", oko_text_get(page->text, key));
    return s != NULL ? s : "#";
}

static const char *label_of(const oko_picture *s)
{
    return s->row->of_class ? s->row->class_key : NULL;
}

/* ---- histogram ---- */

/* A class's own distribution beside its school's would tell of the other classes: only an internal report has it. */
static void of_state(const oko_picture *s, void (*draw)(const oko_picture *s, const oko_view_procedure *vp))
{
    oko_page *page = s->page;
    if (!s->row->of_class || !page->view->session->internal) {
        if (s->row->of_class)
            oko_page_paragraph(page, "hint", "evidence.picture.school", NULL, 0);
        draw(s, s->vp);
        return;
    }
    oko_view_procedure vp;
    oko_status status = oko_view_class(page->view, s->vp, s->row->class_key, &vp, NULL);
    fail(page, status == OKO_E_NO_DATA ? OKO_OK : status);
    if (status != OKO_OK)
        return;
    draw(s, &vp);
    oko_view_class_clear(&vp);
}

static void histogram(const oko_picture *s, const oko_view_procedure *vp)
{
    if (vp->state != NULL && oko_state_n(vp->state) > 0)
        oko_html_histogram(s->page, vp);
}

/* ---- answers: profile of items, pairs of works ---- */

static const char *items_of(oko_page *page, const json_t *details, const char *key)
{
    const json_t *list = json_object_get(details, key);
    const char *text = NULL;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *label = json_string_value(json_array_get(list, i));
        if (label != NULL)
            text = oko_arena_printf(page->arena, "%s%s%s", text != NULL ? text : "", text != NULL ? ", " : "", label);
    }
    return text != NULL ? text : oko_text_get(page->text, "evidence.items.none");
}

static const char *mark_word(oko_page *page, int8_t mark)
{
    return mark == 0 ? "" : oko_text_get(page->text, mark > 0 ? "chart.legend.too_good" : "chart.legend.too_bad");
}

static void profile_table(const oko_picture *s, const char *caption, const oko_profile *of)
{
    oko_page *page = s->page;
    const char *const heads[] = { oko_text_get(page->text, "report.col.item"), numeric(page, "report.col.item_max"),
                                  numeric(page, "evidence.col.observed"), numeric(page, "evidence.col.expected"),
                                  oko_text_get(page->text, "evidence.col.marked") };
    oko_page_table_open(page, caption, heads, 5);
    for (int i = 0; i < of->n; i++) {
        oko_page_row_open(page);
        oko_page_head_cell(page, s->vp->p->items[i].label);
        oko_page_cell_int(page, s->vp->p->items[i].max);
        oko_page_cell_number(page, of->seen[i], 1);
        oko_page_cell_number(page, of->expected[i], 1);
        oko_page_cell(page, mark_word(page, of->marked[i]));
        oko_page_row_close(page);
    }
    oko_page_table_close(page);
}

static void profile(const oko_picture *s, const oko_answers *answers, const oko_group_answers *group)
{
    oko_page *page = s->page;
    oko_profile of;
    const char *labels[OKO_MAX_ITEMS];
    char id[16];
    oko_figure_profile(s->vp->p, answers, group, s->row->details, &of);
    for (int i = 0; i < of.n; i++)
        labels[i] = s->vp->p->items[i].label;
    const char *caption = oko_page_make(page, "evidence.caption.profile", OKO_PAGE_ARGS(OKO_S("title", s->title)));
    const char *summary = oko_page_describe(page, "evidence.desc.profile",
                                            OKO_PAGE_ARGS(OKO_S("good", items_of(page, s->row->details, "good")),
                                                          OKO_S("bad", items_of(page, s->row->details, "bad"))));
    const oko_chart_profile chart = { .n_items = of.n,
                                      .labels = labels,
                                      .group = of.seen,
                                      .reference = of.expected,
                                      .group_label = oko_text_get(page->text, "chart.legend.observed"),
                                      .reference_label = oko_text_get(page->text, "evidence.legend.profile"),
                                      .marked = of.marked };
    oko_page_figure_open(page, id);
    oko_status status =
        oko_chart_profile_svg(&chart, page->text, id, caption, summary, OKO_PAGE_CHART_WIDTH, &page->out);
    oko_page_figure_caption(page, status, caption);
    profile_table(s, caption, &of);
    oko_page_figure_close(page);
}

static void pairs_table(oko_page *page, const char *caption, const oko_chart_bin *bins, int n)
{
    const char *const heads[] = { oko_text_get(page->text, "evidence.col.same"), numeric(page, "evidence.col.pairs"),
                                  numeric(page, "evidence.col.pairs_expected") };
    oko_page_table_open(page, caption, heads, 3);
    for (int i = 0; i < n; i++) {
        const char *range = bins[i].from == bins[i].to
                                ? oko_arena_printf(page->arena, "%d", bins[i].to)
                                : oko_arena_printf(page->arena, "%d–%d", bins[i].from, bins[i].to);
        oko_page_row_open(page);
        oko_page_head_cell(page, range != NULL ? range : "");
        oko_page_cell_number(page, bins[i].seen, 0);
        oko_page_cell_number(page, bins[i].expected, 1);
        oko_page_row_close(page);
    }
    oko_page_table_close(page);
}

/* Groups of near-identical works, by code. Internal reports only. */
static void clusters(const oko_picture *s, const oko_group_answers *group, int same)
{
    oko_page *page = s->page;
    int *cluster = oko_arena_alloc(page->arena, (group->n + 1) * sizeof *cluster);
    if (cluster == NULL) {
        fail(page, OKO_E_MEMORY);
        return;
    }
    int n = oko_answers_clusters(group, same, cluster);
    if (n == 0)
        return;
    oko_page_paragraph(page, NULL, "evidence.clusters", OKO_PAGE_ARGS(OKO_I("n", same)));
    oko_page_raw(page, "<ul>\n");
    for (int c = 1; c <= n; c++) {
        oko_page_raw(page, "<li>");
        bool first = true;
        for (size_t i = 0; i < group->n; i++) {
            if (cluster[i] != c)
                continue;
            if (!first)
                oko_page_raw(page, ", ");
            first = false;
            oko_page_text(page, oko_arena_printf(page->arena, "%llu", (unsigned long long)group->code[i]));
        }
        oko_page_raw(page, "</li>\n");
    }
    oko_page_raw(page, "</ul>\n");
}

static void pairs(const oko_picture *s, const oko_answers *answers, const oko_group_answers *group)
{
    oko_page *page = s->page;
    oko_pair_bins bins;
    char id[16];
    oko_status status = oko_figure_pairs(answers, group, page->view->session->hide_min, &bins);
    if (status != OKO_OK || bins.n == 0) { /* no two works of one variant */
        fail(page, status);
        return;
    }
    const oko_chart_bin *last = &bins.at[bins.n - 1];
    const char *caption = oko_page_make(page, "evidence.caption.pairs", OKO_PAGE_ARGS(OKO_S("title", s->title)));
    const char *summary = oko_page_describe(page, "evidence.desc.pairs",
                                            OKO_PAGE_ARGS(OKO_N("same", last->from, 0), OKO_N("seen", last->seen, 0),
                                                          OKO_N("expected", last->expected, 1)));
    const oko_chart_pairs chart = { .n = bins.n, .bins = bins.at };
    oko_page_figure_open(page, id);
    status = oko_chart_pairs_svg(&chart, page->text, id, caption, summary, OKO_PAGE_CHART_WIDTH, &page->out);
    oko_page_figure_caption(page, status, caption);
    pairs_table(page, caption, bins.at, bins.n);
    oko_page_figure_close(page);
    if (page->view->session->internal)
        clusters(s, group, bins.same);
}

/* Reads the answers of the group and of the region and draws. */
static void of_answers(const oko_picture *s,
                       void (*draw)(const oko_picture *s, const oko_answers *answers, const oko_group_answers *group))
{
    const oko_view *v = s->page->view;
    OKO_CLEANUP(oko_group_answers_clear) oko_group_answers group = { 0 };
    const oko_answers *answers = NULL;
    oko_status status =
        oko_report_answers(v->session, oko_report_procedure_own(v->session, s->vp->base), &answers, NULL);
    if (status == OKO_OK)
        status = oko_group_answers_load(v->session->store, s->vp->p, v->session->run.revision, v->unit->id, label_of(s),
                                        &group, NULL);
    if (status == OKO_OK && group.n > 0)
        draw(s, answers, &group);
    fail(s->page, status == OKO_E_NO_DATA ? OKO_OK : status);
}

/* ---- one sign ---- */

static const char *title_of(oko_page *page, const oko_sign_row *row, const oko_view_procedure *vp)
{
    if (!row->of_class)
        return vp->base->title;
    return oko_page_make(page, "evidence.title.class",
                         OKO_PAGE_ARGS(OKO_S("title", vp->base->title),
                                       OKO_S("class", row->class_label[0] != '\0' ? row->class_label : "—")));
}

void oko_html_picture(oko_page *page, size_t at, const char *statistic)
{
    const oko_sign_row *row = &page->view->evidence.at[at];
    const oko_view_procedure *vp = oko_view_procedure_find(page->view, row->result->procedure);
    if (vp == NULL)
        return;
    const oko_picture s = { .page = page, .at = at, .row = row, .vp = vp, .title = title_of(page, row, vp) };
    switch (oko_figure_of(statistic)) {
    case OKO_FIGURE_HISTOGRAM:
        of_state(&s, histogram);
        break;
    case OKO_FIGURE_PROFILE:
        of_answers(&s, profile);
        break;
    case OKO_FIGURE_PAIRS:
        of_answers(&s, pairs);
        break;
    case OKO_FIGURE_LEVEL:
        oko_picture_compare(&s, false);
        break;
    case OKO_FIGURE_ROSTER:
        oko_picture_compare(&s, true);
        break;
    case OKO_FIGURE_JOURNAL:
        of_state(&s, oko_picture_journal);
        break;
    default:
        break;
    }
}
