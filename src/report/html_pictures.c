/* A picture for each sign, with a summary and a table of the same numbers. What the evidence run does not keep is
 * computed from the sheets of the report's own revision. */
#include "report/chart.h"
#include "report/evidence.h"
#include "report/labels.h"
#include "report/page.h"

#include "base/memory.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum picture { HISTOGRAM, PROFILE, PAIRS, LEVEL, ROSTER, JOURNAL };

static const struct {
    const char *statistic;
    enum picture picture;
} pictures[] = {
    { "level", LEVEL },        { "bunching", HISTOGRAM }, { "landing", HISTOGRAM },  { "absence", ROSTER },
    { "weak_absent", ROSTER }, { "contrast", PROFILE },   { "profile", PROFILE },    { "told", PROFILE },
    { "pairs", PAIRS },        { "nearest", PAIRS },      { "person_fit", PROFILE }, { "compressed", HISTOGRAM },
    { "year", LEVEL },         { "subject", LEVEL },      { "disagree", JOURNAL },   { "agree", JOURNAL },
};

int oko_html_picture_of(const char *statistic)
{
    for (size_t i = 0; i < sizeof pictures / sizeof pictures[0]; i++)
        if (strcmp(pictures[i].statistic, statistic) == 0)
            return (int)pictures[i].picture;
    return -1;
}

/* The row that a picture is about, and the works behind it. */
typedef struct subject {
    oko_page *page;
    size_t at;
    const oko_sign_row *row;
    const oko_view_procedure *vp;
    const char *title; /* of the group and procedure */
} subject;

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

static const char *label_of(const subject *s)
{
    return s->row->of_class ? s->row->class_key : NULL;
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

static void level(const subject *s, bool roster)
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

static void journal(const subject *s, const oko_view_procedure *vp)
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

/* ---- histogram ---- */

/* A class's own distribution beside its school's would tell of the other classes: only an internal report has it. */
static void of_state(const subject *s, void (*draw)(const subject *s, const oko_view_procedure *vp))
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

static void histogram(const subject *s, const oko_view_procedure *vp)
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

static bool lists(const json_t *details, const char *key, const char *label)
{
    const json_t *list = json_object_get(details, key);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *one = json_string_value(json_array_get(list, i));
        if (one != NULL && strcmp(one, label) == 0)
            return true;
    }
    return false;
}

static const char *mark_word(oko_page *page, int8_t mark)
{
    return mark == 0 ? "" : oko_text_get(page->text, mark > 0 ? "chart.legend.too_good" : "chart.legend.too_bad");
}

static void profile_table(const subject *s, const char *caption, const double *seen, const double *expected,
                          const int8_t *marked)
{
    oko_page *page = s->page;
    const char *const heads[] = { oko_text_get(page->text, "report.col.item"), numeric(page, "report.col.item_max"),
                                  numeric(page, "evidence.col.observed"), numeric(page, "evidence.col.expected"),
                                  oko_text_get(page->text, "evidence.col.marked") };
    oko_page_table_open(page, caption, heads, 5);
    for (int i = 0; i < s->vp->p->n_items; i++) {
        oko_page_row_open(page);
        oko_page_head_cell(page, s->vp->p->items[i].label);
        oko_page_cell_int(page, s->vp->p->items[i].max);
        oko_page_cell_number(page, seen[i], 1);
        oko_page_cell_number(page, expected[i], 1);
        oko_page_cell(page, mark_word(page, marked[i]));
        oko_page_row_close(page);
    }
    oko_page_table_close(page);
}

static void profile(const subject *s, const oko_answers *answers, const oko_group_answers *group)
{
    oko_page *page = s->page;
    double seen[OKO_MAX_ITEMS], expected[OKO_MAX_ITEMS];
    int8_t marked[OKO_MAX_ITEMS];
    const char *labels[OKO_MAX_ITEMS];
    char id[16];
    oko_answers_profile(answers, group, seen, expected);
    for (int i = 0; i < s->vp->p->n_items; i++) {
        labels[i] = s->vp->p->items[i].label;
        marked[i] = lists(s->row->details, "good", labels[i]) ? 1 : lists(s->row->details, "bad", labels[i]) ? -1 : 0;
    }
    const char *caption = oko_page_make(page, "evidence.caption.profile", OKO_PAGE_ARGS(OKO_S("title", s->title)));
    const char *summary = oko_page_make(page, "evidence.desc.profile",
                                        OKO_PAGE_ARGS(OKO_S("good", items_of(page, s->row->details, "good")),
                                                      OKO_S("bad", items_of(page, s->row->details, "bad"))));
    const oko_chart_profile chart = { .n_items = s->vp->p->n_items,
                                      .labels = labels,
                                      .group = seen,
                                      .reference = expected,
                                      .group_label = oko_text_get(page->text, "chart.legend.observed"),
                                      .reference_label = oko_text_get(page->text, "evidence.legend.profile"),
                                      .marked = marked };
    oko_page_figure_open(page, id);
    oko_status status =
        oko_chart_profile_svg(&chart, page->text, id, caption, summary, OKO_PAGE_CHART_WIDTH, &page->out);
    oko_page_figure_caption(page, status, caption);
    profile_table(s, caption, seen, expected, marked);
    oko_page_figure_close(page);
}

/* Bins of pairs: one per number of same answers; in what is published, joined from the most similar pairs downwards
 * until each holds so many pairs that at least the smallest publishable group of pupils is behind them. */
static int make_bins(const oko_view *v, int n_items, const double *seen, const double *expected, oko_chart_bin *bins)
{
    double least = v->session->hide_min > 1 ? v->session->hide_min * (v->session->hide_min - 1) / 2.0 : 0, tail = 0;
    int from = 0, to = n_items, n = 0;
    while (from < to && seen[from] < .5 && expected[from] < .05)
        from++;
    while (to > from && seen[to] < .5 && expected[to] < .05)
        to--;
    oko_chart_bin bin = { .from = to, .to = to };
    for (int k = to; k >= from; k--) { /* from the right */
        bin.from = k;
        bin.seen += seen[k];
        bin.expected += expected[k];
        tail += expected[k];
        if (bin.seen < least && k > from)
            continue;
        bin.rare = tail < .5 && bin.seen > .5;
        if (bin.seen < least && n > 0) { /* the rest at the left end joins its neighbour */
            bins[n - 1].from = bin.from;
            bins[n - 1].seen += bin.seen;
            bins[n - 1].expected += bin.expected;
        } else {
            bins[n++] = bin;
        }
        bin = (oko_chart_bin){ .from = k - 1, .to = k - 1 };
    }
    for (int i = 0; i < n / 2; i++) {
        oko_chart_bin swap = bins[i];
        bins[i] = bins[n - 1 - i];
        bins[n - 1 - i] = swap;
    }
    return n;
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
static void clusters(const subject *s, const oko_group_answers *group, const double *expected)
{
    oko_page *page = s->page;
    int same = group->n_items;
    double tail = expected[same];
    while (same > 1 && tail + expected[same - 1] < .05)
        tail += expected[--same];
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

static void pairs(const subject *s, const oko_answers *answers, const oko_group_answers *group)
{
    oko_page *page = s->page;
    double seen[OKO_MAX_ITEMS + 1], expected[OKO_MAX_ITEMS + 1];
    oko_chart_bin bins[OKO_MAX_ITEMS + 1];
    char id[16];
    oko_status status = oko_answers_pairs(answers, group, seen, expected);
    double all = 0;
    for (int k = 0; status == OKO_OK && k <= answers->n_items; k++)
        all += seen[k];
    if (status != OKO_OK || all < 1) { /* no two works of one variant */
        fail(page, status);
        return;
    }
    int n = make_bins(page->view, answers->n_items, seen, expected, bins);
    const oko_chart_bin *last = &bins[n - 1];
    const char *caption = oko_page_make(page, "evidence.caption.pairs", OKO_PAGE_ARGS(OKO_S("title", s->title)));
    const char *summary = oko_page_make(page, "evidence.desc.pairs",
                                        OKO_PAGE_ARGS(OKO_N("same", last->from, 0), OKO_N("seen", last->seen, 0),
                                                      OKO_N("expected", last->expected, 1)));
    const oko_chart_pairs chart = { .n = n, .bins = bins };
    oko_page_figure_open(page, id);
    status = oko_chart_pairs_svg(&chart, page->text, id, caption, summary, OKO_PAGE_CHART_WIDTH, &page->out);
    oko_page_figure_caption(page, status, caption);
    pairs_table(page, caption, bins, n);
    oko_page_figure_close(page);
    if (page->view->session->internal)
        clusters(s, group, expected);
}

/* Reads the answers of the group and of the region and draws. */
static void of_answers(const subject *s,
                       void (*draw)(const subject *s, const oko_answers *answers, const oko_group_answers *group))
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
    const subject s = { .page = page, .at = at, .row = row, .vp = vp, .title = title_of(page, row, vp) };
    switch (oko_html_picture_of(statistic)) {
    case HISTOGRAM:
        of_state(&s, histogram);
        break;
    case PROFILE:
        of_answers(&s, profile);
        break;
    case PAIRS:
        of_answers(&s, pairs);
        break;
    case LEVEL:
        level(&s, false);
        break;
    case ROSTER:
        level(&s, true);
        break;
    case JOURNAL:
        of_state(&s, journal);
        break;
    default:
        break;
    }
}
