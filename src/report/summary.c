#include "report/summary.h"

#include "report/evidence.h"
#include "report/labels.h"

#include "base/memory.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct writer {
    const oko_view *view;
    const oko_text *text;
    oko_arena *arena;
    oko_summary *out;
    bool out_of_memory;
} writer;

static void say(writer *w, const char *key, const oko_text_arg *args, size_t n)
{
    if (w->out->n == OKO_SUMMARY_LINES)
        return;
    const char *line = oko_text_make(w->text, w->arena, key, args, n);
    if (line == NULL)
        w->out_of_memory = true;
    else
        w->out->lines[w->out->n++] = line;
}

#define SAY(w, key, ...)                                                                                               \
    say((w), (key), (const oko_text_arg[]){ __VA_ARGS__ },                                                             \
        sizeof((const oko_text_arg[]){ __VA_ARGS__ }) / sizeof(oko_text_arg))

static double percent(int64_t part, int64_t whole)
{
    return whole > 0 ? 100 * (double)part / (double)whole : NAN;
}

/* ---- region, municipality ---- */

static void say_index(writer *w)
{
    oko_view_year years[OKO_VIEW_YEARS];
    int n = oko_view_years(w->view, NULL, years);
    for (int i = 0; i < n && i < 2; i++) {
        const oko_view_year *y = &years[i];
        char year[16];
        snprintf(year, sizeof year, "%d", y->year);
        const oko_result *r = oko_view_result(w->view, "fioko-2019/index", year);
        if (r == NULL || r->state != OKO_RESULT_OK)
            continue;
        SAY(w, "report.summary.index", OKO_S("year", year), OKO_N("index", r->observed, 1), OKO_I("n", y->schools),
            OKO_I("one", y->one), OKO_I("two", y->two), OKO_N("share", percent(y->one, y->schools), 1),
            OKO_N("share2", percent(y->two, y->schools), 1));
    }
    if (n > 0)
        SAY(w, "report.summary.index_meaning", OKO_I("n", 0));
}

/* Works lifted, for up to two procedures with the largest share; the interval must lie above zero. */
static void say_lifted(writer *w)
{
    const oko_result *told[2] = { NULL };
    int n = 0, computed = 0;
    for (size_t i = 0; i < w->view->n_results; i++) {
        const oko_result *r = &w->view->results[i];
        if (strcmp(r->rule, "oko/threshold") != 0 || r->state != OKO_RESULT_OK)
            continue;
        computed++;
        if (!(r->effect_lo > 0))
            continue;
        int at = n < 2 ? n++ : 2;
        while (at > 0 && r->effect / (double)r->n > told[at - 1]->effect / (double)told[at - 1]->n) {
            if (at < 2)
                told[at] = told[at - 1];
            at--;
        }
        if (at < 2)
            told[at] = r;
    }
    for (int i = 0; i < n; i++) {
        const oko_view_procedure *vp = oko_view_procedure_find(w->view, told[i]->procedure);
        SAY(w, "report.summary.lifted", OKO_S("title", vp != NULL ? vp->base->title : told[i]->procedure),
            OKO_N("lifted", told[i]->effect, 0), OKO_N("lo", told[i]->effect_lo, 0), OKO_N("hi", told[i]->effect_hi, 0),
            OKO_I("n", told[i]->n), OKO_N("share", 100 * told[i]->effect / (double)told[i]->n, 1));
    }
    if (n == 0 && computed > 0)
        SAY(w, "report.summary.no_lift", OKO_I("n", computed));
}

static void say_schools(writer *w)
{
    const oko_report_unit *last = NULL;
    int64_t schools = 0;
    for (size_t i = 0; i < w->view->session->n_marks; i++) {
        const oko_report_mark *m = &w->view->session->marks[i];
        if (strcmp(m->rule, "oko/threshold") != 0 || m->school == last || !oko_view_holds(w->view, m->school))
            continue;
        schools++;
        last = m->school;
    }
    if (schools > 0)
        SAY(w, "report.summary.threshold_schools", OKO_I("n", schools));
}

/* ---- school ---- */

static void say_sign(writer *w, const oko_result *r)
{
    const oko_rule_decimals d = oko_rule_decimals_of(r->rule);
    const oko_view_procedure *vp = oko_view_procedure_find(w->view, r->procedure);
    const char *procedure = vp != NULL ? vp->base->title : r->procedure;
    const char *title = oko_label_rule(w->text, w->arena, r->rule, "title");
    const char *observed = oko_label_rule(w->text, w->arena, r->rule, "observed");
    const char *expected = oko_label_rule(w->text, w->arena, r->rule, "expected");
    bool list = isnan(r->observed); /* an entry of a list: nothing is counted */
    if (title != NULL && (list || oko_view_hides_group(w->view, r)))
        SAY(w, "report.summary.sign_plain", OKO_S("procedure", procedure), OKO_S("title", title));
    else if (title == NULL || observed == NULL || expected == NULL || oko_view_hides(w->view, r))
        SAY(w, "report.summary.sign_small", OKO_S("procedure", procedure),
            OKO_S("title", title != NULL ? title : r->rule));
    else
        SAY(w, "report.summary.sign", OKO_S("procedure", procedure), OKO_S("title", title),
            OKO_S("observed_label", observed), OKO_S("expected_label", expected),
            OKO_N("observed", r->observed, d.observed), OKO_N("expected", r->expected, d.expected), OKO_I("n", r->n));
}

static void say_school(writer *w)
{
    int64_t marked = 0, computed = 0;
    for (size_t i = 0; i < w->view->n_results; i++) {
        const oko_result *r = &w->view->results[i];
        if (strcmp(r->rule, "fioko-2019/index") == 0)
            continue;
        computed += r->state == OKO_RESULT_OK;
        marked += r->state == OKO_RESULT_OK && r->marked;
    }
    if (computed == 0)
        SAY(w, "report.summary.school_nothing", OKO_I("n", 0));
    else
        SAY(w, marked > 0 ? "report.summary.school" : "report.summary.school_none", OKO_I("n", computed),
            OKO_I("marked", marked));
    for (size_t i = 0; i < w->view->n_results && w->out->n < OKO_SUMMARY_LINES - 3; i++)
        if (w->view->results[i].marked && strcmp(w->view->results[i].rule, "fioko-2019/index") != 0)
            say_sign(w, &w->view->results[i]);
    if (marked > OKO_SUMMARY_LINES - 4)
        SAY(w, "report.summary.more", OKO_I("n", marked - (OKO_SUMMARY_LINES - 4)));
}

/* ---- the five families ---- */

static const char *evidence_word(const writer *w, oko_evidence evidence)
{
    return oko_label_word(w->text, w->arena, "evidence.word.", oko_evidence_name(evidence));
}

static void say_own_evidence(writer *w)
{
    const oko_view *v = w->view;
    const char *list = "";
    int64_t computed = 0, n = 0;
    for (size_t i = 0; i < v->evidence.n; i++) {
        const oko_sign_row *row = &v->evidence.at[i];
        const oko_view_procedure *vp = oko_view_procedure_find(v, row->result->procedure);
        if (row->of_class || row->evidence == OKO_EVIDENCE_NO_DATA || !oko_evidence_told(v, i))
            continue;
        computed++;
        if (row->evidence < OKO_EVIDENCE_ATTENTION)
            continue;
        const oko_text_arg args[] = { OKO_S("title", vp != NULL ? vp->base->title : row->result->procedure),
                                      OKO_S("word", evidence_word(w, row->evidence)) };
        const char *item = oko_text_make(w->text, w->arena, "evidence.summary.item", args, 2);
        list =
            item != NULL && list != NULL ? oko_arena_printf(w->arena, "%s%s%s", list, n > 0 ? "; " : "", item) : NULL;
        n++;
    }
    w->out_of_memory |= list == NULL;
    if (n > 0 && list != NULL)
        SAY(w, "evidence.summary.school", OKO_I("n", n), OKO_N("computed", (double)computed, 0), OKO_S("list", list));
    else if (computed > 0)
        SAY(w, "evidence.summary.school_none", OKO_I("n", computed));
}

/* Schools with signs, and with persistent ones, in any procedure. */
static oko_status say_school_evidence(writer *w)
{
    OKO_CLEANUP(oko_freep) oko_evidence_mark *list = NULL;
    size_t n = 0;
    int64_t marked = 0, strong = 0, schools = 0;
    oko_status status = oko_evidence_marks(w->view, &list, &n);
    if (status == OKO_OK)
        status = oko_evidence_schools(w->view, &schools);
    if (status != OKO_OK)
        return status;
    for (size_t i = 0, end; i < n; i = end) {
        oko_evidence best = OKO_EVIDENCE_NONE;
        for (end = i; end < n && list[end].school == list[i].school; end++)
            best = (oko_evidence)list[end].peer->evidence > best ? (oko_evidence)list[end].peer->evidence : best;
        marked += best >= OKO_EVIDENCE_SIGNS;
        strong += best == OKO_EVIDENCE_STRONG;
    }
    if (schools > 0)
        SAY(w, "evidence.summary.group", OKO_I("n", strong), OKO_N("marked", (double)marked, 0),
            OKO_N("schools", (double)schools, 0));
    return OKO_OK;
}

static oko_status say_evidence(writer *w)
{
    if (w->view->session->evidence != OKO_REPORT_EVIDENCE_HERE) {
        SAY(w, "evidence.summary.none", OKO_I("n", 0));
        return OKO_OK;
    }
    if (!w->view->school)
        return say_school_evidence(w);
    say_own_evidence(w);
    return OKO_OK;
}

/* ---- data ---- */

static void say_data(writer *w)
{
    int64_t rows = 0, above = 0, mismatch = 0;
    for (size_t i = 0; i < w->view->n; i++) {
        const oko_counts *c = &w->view->procedures[i].counts;
        rows += c->rows;
        above += c->above_max;
        mismatch += c->sum_mismatch;
    }
    if (rows > 0)
        SAY(w, above + mismatch > 0 ? "report.summary.data" : "report.summary.data_clean", OKO_I("n", rows),
            OKO_I("above", above), OKO_I("mismatch", mismatch));
}

oko_status oko_summary_make(const oko_view *view, oko_arena *arena, oko_summary *ret_summary)
{
    oko_summary summary = { .n = 0 };
    writer w = { .view = view, .text = view->session->text, .arena = arena, .out = &summary };
    if (view->school) {
        say_school(&w);
    } else {
        say_index(&w);
        say_lifted(&w);
        say_schools(&w);
    }
    oko_status status = say_evidence(&w);
    if (status != OKO_OK)
        return status;
    say_data(&w);
    if (w.out_of_memory)
        return OKO_E_MEMORY;
    *ret_summary = summary;
    return OKO_OK;
}
