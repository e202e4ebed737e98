/* The picture of one sign as numbers. What reports draw comes from the same functions. */
#include "http/routes/routes.h"

#include "http/known_procedures.h"
#include "http/service.h"
#include "http/signs_of.h"
#include "report/figures.h"
#include "report/labels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ARGS(...)                                                                                                      \
    (const oko_text_arg[]){ __VA_ARGS__ }, sizeof((const oko_text_arg[]){ __VA_ARGS__ }) / sizeof(oko_text_arg)

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

/* ---- pictures ---- */

typedef struct drawing {
    oko_request *rq;
    const oko_signs_of *signs;
    size_t at;
    const oko_sign_row *row;
    const char *label; /* of a class; NULL */
    const oko_procedure *p;
    oko_known_procedures *titles;
    json_t *out;
    oko_error *err;
} drawing;

static void summary(const drawing *d, const char *key, const oko_text_arg *args, size_t n)
{
    const char *text = oko_text_make(d->rq->text, d->rq->arena, key, args, n);
    oko_json_set_str(d->out, "summary", text != NULL ? text : "");
}

static void put_rows(const drawing *d, const oko_comparison *c)
{
    json_t *rows = json_array();
    for (int i = 0; i < c->n; i++)
        (void)json_array_append_new(rows,
                                    json_pack("{s:s, s:o, s:o, s:o, s:o, s:b}", "label", c->labels[i], "observed",
                                              number(c->observed[i]), "expected", number(c->expected[i]), "lo",
                                              number(c->lo[i]), "hi", number(c->hi[i]), "subject", i == c->subject));
    (void)json_object_set_new(d->out, "rows", rows);
    const int at = c->subject >= 0 ? c->subject : 0;
    if (c->n > 0)
        summary(d, "evidence.desc.compare",
                ARGS(OKO_S("label", c->labels[at]), OKO_N("observed", c->observed[at], 1),
                     OKO_N("expected", c->expected[at], 1), OKO_N("lo", c->lo[at], 1), OKO_N("hi", c->hi[at], 1)));
}

static oko_status compared(const drawing *d, bool roster)
{
    oko_comparison c;
    const oko_figure_rows rows = {
        .at = d->signs->all.at, .n = d->signs->all.n, .test = oko_known_test, .ctx = d->titles
    };
    oko_figure_compare(&rows, d->at, roster, &c);
    put_rows(d, &c);
    return OKO_OK;
}

static oko_status group_state(const drawing *d, const oko_states *states, oko_state **ret_state)
{
    oko_counts counts;
    int64_t schools;
    if (d->label == NULL)
        return oko_states_below(states, d->signs->unit.level, d->signs->unit.id, ret_state, &counts, &schools);
    OKO_CLEANUP(oko_group_answers_clear) oko_group_answers group = { 0 };
    oko_status status = oko_group_answers_load(d->rq->store, d->p, d->signs->rows->head.revision, d->signs->unit.id,
                                               d->label, &group, d->err);
    if (status == OKO_OK && group.n == 0)
        return OKO_E_NO_DATA;
    return status == OKO_OK ? oko_figure_state(d->p, &group, ret_state) : status;
}

/* States of the procedure and of the group; the caller clears both. */
static oko_status load_states(const drawing *d, oko_states *states, oko_state **ret_state)
{
    oko_status status = oko_states_load(d->rq->store, d->p->code, d->signs->rows->head.revision, 1, states, d->err);
    return status == OKO_OK ? group_state(d, states, ret_state) : status;
}

static void put_scores(const drawing *d, const oko_state *state, const double *expected)
{
    const int64_t *works = oko_state_histogram(state);
    double mean = NAN, sd = NAN;
    json_t *scores = json_array(), *cutoffs = json_array();
    for (int s = 0; s <= d->p->max_total; s++)
        (void)json_array_append_new(scores, json_pack("{s:i, s:I, s:o}", "score", s, "works", (json_int_t)works[s],
                                                      "expected", number(expected != NULL ? expected[s] : NAN)));
    for (int i = 0; i < d->p->n_cutoffs; i++)
        (void)json_array_append_new(
            cutoffs, json_pack("{s:i, s:i}", "mark", d->p->first_mark + i + 1, "score", d->p->cutoffs[i]));
    (void)json_object_set_new(d->out, "scores", scores);
    (void)json_object_set_new(d->out, "cutoffs", cutoffs);
    (void)!oko_state_mean(state, &mean);
    (void)!oko_state_sd(state, &sd);
    summary(d, "report.chart.histogram_desc",
            ARGS(OKO_I("n", oko_state_n(state)), OKO_N("mean", mean, 1), OKO_N("sd", sd, 1),
                 OKO_I("max", d->p->max_total)));
}

static oko_status histogram(const drawing *d)
{
    oko_states states = { .n = 0 };
    oko_state *state = NULL;
    oko_counterfactual *cf = NULL;
    double *expected = NULL;
    oko_status status = load_states(d, &states, &state);
    if (status == OKO_OK) {
        status = oko_figure_counterfactual(&states, &cf);
        status = status == OKO_OK ? oko_figure_expected_at(cf, state, d->p->max_total, &expected) : status;
        status = status == OKO_E_NO_DATA ? OKO_OK : status;
    }
    if (status == OKO_OK)
        put_scores(d, state, expected);
    free(expected);
    oko_counterfactual_free(cf);
    oko_state_free(state);
    oko_states_clear(&states);
    return status;
}

static oko_status journal(const drawing *d)
{
    oko_states states = { .n = 0 };
    oko_state *state = NULL, *region = NULL;
    oko_counts counts;
    int64_t schools = 0;
    oko_comparison c;
    const oko_place *top = oko_register_top(&d->signs->rows->reg, d->signs->unit.id);
    oko_status status = load_states(d, &states, &state);
    if (status == OKO_OK && top != NULL)
        status = oko_states_below(&states, top->level, top->id, &region, &counts, &schools);
    if (status == OKO_OK) {
        oko_figure_journal(d->p, state, region != NULL ? region : states.all, 0, d->rq->text, d->rq->arena, &c);
        put_rows(d, &c);
    }
    oko_state_free(region);
    oko_state_free(state);
    oko_states_clear(&states);
    return status;
}

static const char *labels_in(const drawing *d, const char *key)
{
    const json_t *list = json_object_get(d->row->details, key);
    const char *text = NULL;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *label = json_string_value(json_array_get(list, i));
        if (label != NULL)
            text = oko_arena_printf(d->rq->arena, "%s%s%s", text != NULL ? text : "", text != NULL ? ", " : "", label);
    }
    return text != NULL ? text : oko_text_get(d->rq->text, "evidence.items.none");
}

static oko_status profile(const drawing *d, const oko_answers *answers, const oko_group_answers *group)
{
    oko_profile of;
    json_t *items = json_array();
    oko_figure_profile(d->p, answers, group, d->row->details, &of);
    for (int i = 0; i < of.n; i++)
        (void)json_array_append_new(items, json_pack("{s:s, s:i, s:o, s:o, s:i}", "label", d->p->items[i].label, "max",
                                                     d->p->items[i].max, "seen", number(of.seen[i]), "expected",
                                                     number(of.expected[i]), "marked", of.marked[i]));
    (void)json_object_set_new(d->out, "items", items);
    summary(d, "evidence.desc.profile", ARGS(OKO_S("good", labels_in(d, "good")), OKO_S("bad", labels_in(d, "bad"))));
    return OKO_OK;
}

static oko_status pairs(const drawing *d, const oko_answers *answers, const oko_group_answers *group)
{
    oko_pair_bins bins;
    json_t *list = json_array();
    oko_status status = oko_figure_pairs(answers, group, 0, &bins);
    for (int i = 0; status == OKO_OK && i < bins.n; i++)
        (void)json_array_append_new(list, json_pack("{s:i, s:i, s:f, s:f, s:b}", "from", bins.at[i].from, "to",
                                                    bins.at[i].to, "seen", bins.at[i].seen, "expected",
                                                    bins.at[i].expected, "rare", bins.at[i].rare));
    (void)json_object_set_new(d->out, "bins", list);
    if (status == OKO_OK && bins.n > 0) {
        const oko_chart_bin *last = &bins.at[bins.n - 1];
        summary(d, "evidence.desc.pairs",
                ARGS(OKO_N("same", last->from, 0), OKO_N("seen", last->seen, 0), OKO_N("expected", last->expected, 1)));
    }
    return status;
}

static oko_status answered(const drawing *d, oko_status (*draw)(const drawing *d, const oko_answers *answers,
                                                                const oko_group_answers *group))
{
    OKO_CLEANUP(oko_answers_clear) oko_answers answers = { 0 };
    OKO_CLEANUP(oko_group_answers_clear) oko_group_answers group = { 0 };
    const int64_t revision = d->signs->rows->head.revision;
    if (d->signs->unit.level != OKO_LEVEL_SCHOOL)
        return OKO_E_NO_DATA;
    oko_status status = oko_answers_load(d->rq->store, d->p, revision, &answers, d->err);
    if (status == OKO_OK)
        status = oko_group_answers_load(d->rq->store, d->p, revision, d->signs->unit.id, d->label, &group, d->err);
    if (status == OKO_OK && group.n == 0)
        return OKO_E_NO_DATA;
    return status == OKO_OK ? draw(d, &answers, &group) : status;
}

static oko_status draw(const drawing *d, oko_figure_kind kind)
{
    switch (kind) {
    case OKO_FIGURE_HISTOGRAM:
        return histogram(d);
    case OKO_FIGURE_PROFILE:
        return answered(d, profile);
    case OKO_FIGURE_PAIRS:
        return answered(d, pairs);
    case OKO_FIGURE_JOURNAL:
        return journal(d);
    case OKO_FIGURE_ROSTER:
        return compared(d, true);
    case OKO_FIGURE_LEVEL:
        break;
    }
    return compared(d, false);
}

static json_t *picture_head(const drawing *d, const char *statistic, int kind)
{
    return json_pack("{s:I, s:s, s:s, s:s, s:s, s:I, s:s, s:I, s:[], s:[], s:[], s:[], s:[]}", "run",
                     (json_int_t)d->signs->rows->run, "kind", oko_figure_name((oko_figure_kind)kind), "statistic",
                     statistic, "procedure", d->p->code, "title", oko_label_procedure(d->rq->text, d->rq->arena, d->p),
                     "n", (json_int_t)d->row->result->n, "summary", "", "max", (json_int_t)d->p->max_total, "rows",
                     "items", "bins", "scores", "cutoffs");
}

static oko_status picture(oko_request *rq, const oko_signs_of *signs, oko_reply *reply, oko_error *err)
{
    oko_procedure p;
    size_t at = 0;
    const char *statistic = oko_request_str(rq, "statistic");
    const int kind = oko_figure_of(statistic);
    oko_known_procedures titles = { .rq = rq, .revision = signs->rows->head.revision };
    if (kind < 0)
        return oko_error_set(err, OKO_E_NO_DATA, "http.no_picture", "statistic");
    oko_status status = oko_signs_of_find(signs, rq, &at, err);
    if (status == OKO_OK)
        status = oko_store_procedure_get(rq->store, signs->all.at[at].result->procedure, titles.revision, &p, err);
    if (status != OKO_OK)
        return status;
    drawing d = { .rq = rq,
                  .signs = signs,
                  .at = at,
                  .row = &signs->all.at[at],
                  .label = oko_request_str(rq, "class"),
                  .p = &p,
                  .titles = &titles,
                  .err = err };
    d.out = picture_head(&d, statistic, kind);
    status = d.out != NULL ? draw(&d, (oko_figure_kind)kind) : OKO_E_MEMORY;
    if (status == OKO_OK)
        return oko_reply_json(reply, 200, d.out, err);
    json_decref(d.out);
    return oko_error_set(err, status, status == OKO_E_NO_DATA ? "http.no_picture" : "", "");
}

static oko_status signs_picture(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const int64_t unit = oko_request_int(rq, "unit", 0);
    oko_signs_of signs;
    oko_status status = oko_signs_of_open(rq, unit, &signs, err);
    if (status == OKO_OK)
        status = picture(rq, &signs, reply, err);
    oko_reply_about(reply, "unit", unit, unit);
    oko_signs_of_close(rq, &signs);
    return status;
}

const oko_route oko_routes_pictures[] = {
    { "signs.picture", signs_picture },
    { NULL, NULL },
};
