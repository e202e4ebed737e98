/* The numbers of a picture: seen beside expected, items, pairs, scores. */
#include "report/figures.h"

#include "base/memory.h"
#include "reference/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *statistic;
    oko_figure_kind kind;
} statistics[] = {
    { "level", OKO_FIGURE_LEVEL },          { "growth", OKO_FIGURE_LEVEL },    { "bunching", OKO_FIGURE_HISTOGRAM },
    { "landing", OKO_FIGURE_HISTOGRAM },    { "absence", OKO_FIGURE_ROSTER },  { "weak_absent", OKO_FIGURE_ROSTER },
    { "contrast", OKO_FIGURE_PROFILE },     { "profile", OKO_FIGURE_PROFILE }, { "told", OKO_FIGURE_PROFILE },
    { "pairs", OKO_FIGURE_PAIRS },          { "nearest", OKO_FIGURE_PAIRS },   { "person_fit", OKO_FIGURE_PROFILE },
    { "compressed", OKO_FIGURE_HISTOGRAM }, { "year", OKO_FIGURE_LEVEL },      { "subject", OKO_FIGURE_LEVEL },
    { "disagree", OKO_FIGURE_JOURNAL },     { "agree", OKO_FIGURE_JOURNAL },
};

int oko_figure_of(const char *statistic)
{
    for (size_t i = 0; i < sizeof statistics / sizeof statistics[0]; i++)
        if (strcmp(statistics[i].statistic, statistic) == 0)
            return (int)statistics[i].kind;
    return -1;
}

const char *oko_figure_name(oko_figure_kind kind)
{
    static const char *const names[] = { "histogram", "profile", "pairs", "level", "roster", "journal" };
    return names[kind];
}

/* ---- seen beside expected, over procedures ---- */

static void add(oko_comparison *c, const char *label, double observed, double expected, double lo, double hi)
{
    if (c->n == OKO_FIGURE_ROWS)
        return;
    c->labels[c->n] = label;
    c->observed[c->n] = observed;
    c->expected[c->n] = expected;
    c->lo[c->n] = lo;
    c->hi[c->n++] = hi;
}

static void add_level(oko_comparison *c, const char *title, int max, const oko_sign_row *row, bool told)
{
    const oko_sign_effect e = oko_sign_effect_of(row, "marks");
    double seen = row->result->observed, scale = told ? 100.0 / max : NAN;
    if (!isnan(e.value))
        add(c, title, seen * scale, (seen - e.value) * scale, (seen - e.hi) * scale, (seen - e.lo) * scale);
}

static void add_roster(oko_comparison *c, const char *title, const oko_sign_row *row, bool told)
{
    const oko_sign_effect e = oko_sign_effect_of(row, "absent");
    double seen = told ? row->absent_n : NAN;
    if (!isnan(e.value))
        add(c, title, seen, seen - e.value, fmax(0, seen - e.hi), seen - e.lo);
}

static bool same_group(const oko_sign_row *row, const oko_sign_row *of)
{
    if (of == NULL)
        return !row->of_class;
    return row->of_class == of->of_class && (!of->of_class || row->cohort == of->cohort) &&
           strcmp(row->class_key, of->class_key) == 0;
}

void oko_figure_compare(const oko_figure_rows *rows, size_t at, bool roster, oko_comparison *c)
{
    const oko_sign_row *of = at < rows->n ? &rows->at[at] : NULL;
    *c = (oko_comparison){ .subject = -1 };
    for (size_t i = 0; i < rows->n; i++) {
        const oko_sign_row *row = &rows->at[i];
        const char *title = NULL;
        int max = 0, before = c->n;
        if (!same_group(row, of) || !rows->test(rows->ctx, row->result->procedure, &title, &max))
            continue;
        const bool told = rows->hidden == NULL || !rows->hidden[i];
        if (roster)
            add_roster(c, title, row, told);
        else
            add_level(c, title, max, row, told);
        if (i == at && c->n > before)
            c->subject = before;
    }
}

/* ---- results by journal mark ---- */

/* Works and their totals by journal mark, of the group and of the region. */
typedef struct by_mark {
    double n[2], sum[2], square; /* square: of the region's totals */
} by_mark;

static by_mark count_mark(int max_total, const oko_state *group, const oko_state *region, int mark)
{
    by_mark m = { .square = 0 };
    const oko_state *states[2] = { group, region };
    for (int k = 0; k < 2; k++) {
        const int64_t *works = oko_state_journal(states[k], mark);
        for (int t = 0; works != NULL && t <= max_total; t++) {
            m.n[k] += (double)works[t];
            m.sum[k] += (double)works[t] * t;
            m.square += k == 1 ? (double)works[t] * t * t : 0;
        }
    }
    return m;
}

/* Which marks «2»…«5» may be told: none of fewer works than may be published, and what is not told, got by subtraction
 * from the whole, is no such group either. */
static void tell_marks(double hide_min, const oko_state *group, const by_mark *marks, bool *told)
{
    for (int k = 0; k < 4; k++)
        told[k] = marks[k].n[0] >= fmax(1, hide_min);
    for (;;) {
        double rest = (double)oko_state_n(group);
        int smallest = -1;
        for (int k = 0; k < 4; k++) {
            rest -= told[k] ? marks[k].n[0] : 0;
            if (told[k] && (smallest < 0 || marks[k].n[0] < marks[smallest].n[0]))
                smallest = k;
        }
        if (rest < .5 || rest >= hide_min || smallest < 0)
            return;
        told[smallest] = false;
    }
}

void oko_figure_journal(const oko_procedure *p, const oko_state *group, const oko_state *region, double hide_min,
                        const oko_text *text, oko_arena *arena, oko_comparison *c)
{
    by_mark marks[4];
    bool told[4];
    *c = (oko_comparison){ .subject = -1 };
    for (int k = 0; k < 4; k++)
        marks[k] = count_mark(p->max_total, group, region, k + 2);
    tell_marks(hide_min, group, marks, told);
    for (int k = 0; k < 4; k++) {
        const by_mark *m = &marks[k];
        if (m->n[0] < 1 || m->n[1] < 2)
            continue;
        const double scale = told[k] ? 100.0 / p->max_total : NAN, mean = m->sum[1] / m->n[1];
        const double error = 1.96 * sqrt(fmax(0, m->square / m->n[1] - mean * mean) / m->n[0]);
        const oko_text_arg args[] = { OKO_I("mark", k + 2) };
        const char *label = oko_text_make(text, arena, "report.journal.mark", args, 1);
        add(c, label != NULL ? label : "", m->sum[0] / m->n[0] * scale, mean * scale, fmax(0, mean - error) * scale,
            fmin(p->max_total, mean + error) * scale);
    }
}

/* ---- answers ---- */

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

void oko_figure_profile(const oko_procedure *p, const oko_answers *answers, const oko_group_answers *group,
                        const json_t *details, oko_profile *ret)
{
    ret->n = p->n_items;
    oko_answers_profile(answers, group, ret->seen, ret->expected);
    for (int i = 0; i < p->n_items; i++) {
        const char *label = p->items[i].label;
        ret->marked[i] = lists(details, "good", label) ? 1 : lists(details, "bad", label) ? -1 : 0;
    }
}

/* Bins of pairs: one per number of same answers; in what is published, joined from the most similar pairs downwards
 * until each holds so many pairs that at least the smallest publishable group of pupils is behind them. */
static void make_bins(double hide_min, int n_items, const double *seen, const double *expected, oko_pair_bins *ret)
{
    double least = hide_min > 1 ? hide_min * (hide_min - 1) / 2.0 : 0, tail = 0;
    int from = 0, to = n_items, n = 0;
    oko_chart_bin *bins = ret->at;
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
    ret->n = n;
}

oko_status oko_figure_pairs(const oko_answers *answers, const oko_group_answers *group, double hide_min,
                            oko_pair_bins *ret)
{
    double seen[OKO_MAX_ITEMS + 1], expected[OKO_MAX_ITEMS + 1], all = 0;
    ret->n = 0;
    ret->same = answers->n_items;
    oko_status status = oko_answers_pairs(answers, group, seen, expected);
    if (status != OKO_OK)
        return status;
    for (int k = 0; k <= answers->n_items; k++)
        all += seen[k];
    if (all < 1)
        return OKO_OK;
    make_bins(hide_min, answers->n_items, seen, expected, ret);
    double tail = expected[ret->same];
    while (ret->same > 1 && tail + expected[ret->same - 1] < .05)
        tail += expected[--ret->same];
    return OKO_OK;
}

/* ---- distribution of scores ---- */

oko_status oko_figure_expected(const char *details, int max_total, double **ret_expected)
{
    OKO_CLEANUP(oko_json_freep) json_t *json = NULL;
    *ret_expected = NULL;
    if (details == NULL)
        return OKO_OK;
    oko_status status = oko_json_parse(oko_str_of(details), "details", &json, NULL);
    if (status != OKO_OK)
        return status == OKO_E_MEMORY ? status : OKO_OK;
    const json_t *list = json_object_get(json, "expected");
    if (json_array_size(list) != (size_t)max_total + 1)
        return OKO_OK;
    double *expected = oko_alloc_array((size_t)max_total + 1, sizeof *expected);
    if (expected == NULL)
        return OKO_E_MEMORY;
    for (int s = 0; s <= max_total; s++) {
        const json_t *value = json_array_get(list, (size_t)s);
        expected[s] = json_is_number(value) ? json_number_value(value) : NAN;
    }
    *ret_expected = expected;
    return OKO_OK;
}

oko_status oko_figure_counterfactual(const oko_states *states, oko_counterfactual **ret_cf)
{
    const oko_procedure *of = &states->procedure;
    const oko_threshold_spec spec = { .max_total = of->max_total,
                                      .n_cutoffs = of->n_cutoffs,
                                      .cutoffs = of->cutoffs,
                                      .n_gaps = of->n_gaps,
                                      .gaps = of->gaps };
    const oko_threshold_options options = { .replicates = 20, .seed = 1, .threads = 1 }; /* intervals are not used */
    oko_threshold_result region;
    if (of->n_cutoffs == 0 || states->n == 0)
        return OKO_E_NO_DATA;
    OKO_CLEANUP(oko_freep) const oko_state **list = oko_alloc_array(states->n, sizeof *list);
    if (list == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < states->n; i++)
        list[i] = states->schools[i].state;
    oko_status status = oko_threshold_fit(&spec, states->n, list, &options, ret_cf, &region);
    return status == OKO_OK || status == OKO_E_MEMORY ? status : OKO_E_NO_DATA;
}

oko_status oko_figure_expected_at(const oko_counterfactual *cf, const oko_state *group, int max_total,
                                  double **ret_expected)
{
    oko_threshold_result t;
    OKO_CLEANUP(oko_freep) double *expected = oko_alloc_array((size_t)max_total + 1, sizeof *expected);
    *ret_expected = NULL;
    if (expected == NULL)
        return OKO_E_MEMORY;
    oko_status status = oko_threshold_test(cf, group, &t, expected);
    if (status == OKO_E_NO_DATA || status == OKO_E_NUMERIC)
        return OKO_OK;
    if (status != OKO_OK)
        return status;
    *ret_expected = expected;
    expected = NULL;
    return OKO_OK;
}

oko_status oko_figure_state(const oko_procedure *p, const oko_group_answers *g, oko_state **ret_state)
{
    int16_t item_max[OKO_MAX_ITEMS];
    const oko_shape shape = oko_procedure_shape(p, item_max);
    oko_state *state = NULL;
    oko_status status = oko_state_new(&shape, &state);
    if (status == OKO_OK)
        status = oko_state_add_many(state, g->n, g->total, g->journal, NULL, NULL);
    if (status != OKO_OK) {
        oko_state_free(state);
        return status;
    }
    *ret_state = state;
    return OKO_OK;
}
