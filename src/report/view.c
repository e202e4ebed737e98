#include "report/view.h"

#include "report/evidence.h"
#include "report/figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- tables of marks ---- */

static int journal_row(int journal)
{
    return journal == 0 ? OKO_JOURNAL_MARKS - 1 : journal - 1;
}

/* Journal mark × mark by cut-offs, and who was lowered, confirmed, raised. */
static void count_marks(oko_view_procedure *vp, int64_t min)
{
    const oko_procedure *p = vp->p;
    vp->n_marks = p->n_cutoffs > 0 ? p->n_cutoffs + 1 : 0;
    vp->marks.rows = OKO_JOURNAL_MARKS;
    vp->marks.cols = vp->n_marks > 0 ? vp->n_marks : 1;
    vp->moves.rows = 1;
    vp->moves.cols = 3;
    for (int j = 0; j < OKO_JOURNAL_MARKS; j++) {
        const int64_t *counts = oko_state_journal(vp->state, j);
        for (int s = 0; s <= p->max_total && s <= oko_state_max_total(vp->state); s++) {
            int mark = oko_procedure_mark(p, s);
            vp->marks.at[journal_row(j)][vp->n_marks > 0 ? mark - p->first_mark : 0] += counts[s];
            if (j > 0 && vp->n_marks > 0)
                vp->moves.at[0][mark < j ? 0 : mark == j ? 1 : 2] += counts[s];
        }
    }
    oko_cells_close(&vp->marks, min);
    oko_cells_close(&vp->moves, min);
}

int64_t oko_view_works_at(const oko_view_procedure *vp, int score)
{
    if (vp->small || vp->state == NULL)
        return -1;
    int column = vp->n_marks > 0 ? oko_procedure_mark(vp->p, score) - vp->p->first_mark : 0;
    if (vp->n_marks > 0 && vp->marks.hidden[vp->marks.rows][column])
        return -1;
    return oko_state_histogram(vp->state)[score];
}

double oko_view_item_percent(const oko_view_procedure *vp, const oko_state *state, int item)
{
    double mean = NAN;
    int64_t n = 0;
    if (vp->small || state == NULL || item >= oko_state_n_items(state) ||
        oko_state_item_mean(state, item, &mean, &n) != OKO_OK || n == 0)
        return NAN;
    return 100 * mean / oko_state_item_max(state, item);
}

/* ---- one procedure ---- */

static const oko_report_aggregate *aggregate_of(const oko_view *v, const oko_procedure *p, oko_aggregate_kind kind)
{
    for (size_t i = 0; i < v->session->n_aggregates; i++) {
        const oko_report_aggregate *a = &v->session->aggregates[i];
        if (a->kind == kind && a->procedure == p->id && a->unit == v->unit->id)
            return a;
    }
    return NULL;
}

/* The counterfactual at the unit's level, from the details of its threshold result. */
static oko_status read_expected(const oko_view *v, oko_view_procedure *vp)
{
    const oko_result *r = oko_view_result(v, "oko/threshold", vp->p->code);
    const bool known = r != NULL && r->state == OKO_RESULT_OK;
    return oko_figure_expected(known ? r->details : NULL, vp->p->max_total, &vp->expected);
}

static oko_status read_state(const oko_view *v, oko_report_procedure *base, oko_view_procedure *vp)
{
    oko_status status =
        oko_states_below(&base->states, v->unit->level, v->unit->id, &vp->state, &vp->counts, &vp->schools);
    if (status != OKO_OK)
        return status == OKO_E_NO_DATA ? OKO_OK : status;
    int64_t n = oko_state_n(vp->state);
    vp->small = n > 0 && n < v->session->hide_min;
    if (oko_state_mean(vp->state, &vp->mean) != OKO_OK)
        vp->mean = NAN;
    if (oko_state_sd(vp->state, &vp->sd) != OKO_OK)
        vp->sd = NAN;
    count_marks(vp, v->session->hide_min);
    if (v->unit == v->region)
        return OKO_OK;
    status = oko_report_region_state(base, v->region, &vp->region);
    return status == OKO_E_NO_DATA ? OKO_OK : status;
}

static bool mentioned(const oko_view *v, const char *code)
{
    for (size_t i = 0; i < v->n_results; i++)
        if (strcmp(v->results[i].procedure, code) == 0)
            return true;
    return false;
}

static oko_status add_procedure(oko_view *v, oko_report_procedure *base)
{
    oko_view_procedure *vp = &v->procedures[v->n];
    *vp = (oko_view_procedure){
        .base = base, .p = base->loaded ? &base->states.procedure : &base->procedure, .mean = NAN, .sd = NAN
    };
    vp->schools = -1;
    vp->f3 = aggregate_of(v, vp->p, OKO_AGGREGATE_MARKS);
    vp->journal = aggregate_of(v, vp->p, OKO_AGGREGATE_JOURNAL);
    oko_status status = base->loaded ? read_state(v, base, vp) : OKO_OK;
    if (status == OKO_OK && vp->state != NULL)
        status = read_expected(v, vp);
    if (vp->state != NULL || vp->f3 != NULL || vp->journal != NULL || mentioned(v, vp->p->code))
        v->n++;
    return status;
}

/* ---- one class ---- */

/* The counterfactual at the level of the class; without one the picture has no line. */
static oko_status class_expected(oko_view_procedure *vp, oko_report_procedure *base)
{
    const oko_counterfactual *cf = NULL;
    oko_status status = oko_report_counterfactual(base, &cf);
    if (status == OKO_E_NO_DATA)
        return OKO_OK;
    return status == OKO_OK ? oko_figure_expected_at(cf, vp->state, vp->p->max_total, &vp->expected) : status;
}

oko_status oko_view_class(const oko_view *v, const oko_view_procedure *school, const char *label,
                          oko_view_procedure *ret_class, oko_error *err)
{
    OKO_CLEANUP(oko_group_answers_clear) oko_group_answers group = { 0 };
    oko_view_procedure vp = *school;
    vp.state = NULL;
    vp.expected = NULL;
    memset(&vp.marks, 0, sizeof vp.marks);
    memset(&vp.moves, 0, sizeof vp.moves);
    oko_status status =
        oko_group_answers_load(v->session->store, vp.p, v->session->run.revision, v->unit->id, label, &group, err);
    if (status == OKO_OK && group.n == 0)
        status = OKO_E_NO_DATA;
    if (status == OKO_OK)
        status = oko_figure_state(vp.p, &group, &vp.state);
    if (status != OKO_OK)
        return status;
    vp.small = (int64_t)group.n < v->session->hide_min;
    if (oko_state_mean(vp.state, &vp.mean) != OKO_OK)
        vp.mean = NAN;
    if (oko_state_sd(vp.state, &vp.sd) != OKO_OK)
        vp.sd = NAN;
    count_marks(&vp, v->session->hide_min);
    status = class_expected(&vp, oko_report_procedure_own(v->session, school->base));
    if (status != OKO_OK) {
        oko_view_class_clear(&vp);
        return status;
    }
    *ret_class = vp;
    return OKO_OK;
}

void oko_view_class_clear(oko_view_procedure *vp)
{
    oko_state_free(vp->state);
    free(vp->expected);
    *vp = (oko_view_procedure){ 0 };
}

/* ---- results ---- */

static oko_status take_result(void *ctx, const oko_result *r)
{
    oko_view *v = ctx;
    oko_status status =
        oko_grow(&v->results, &v->cap_results, v->n_results + 1, sizeof *v->results, OKO_REPORT_MAX_ROWS);
    if (status != OKO_OK)
        return status;
    status = oko_result_copy(r, &v->results[v->n_results]);
    v->n_results += status == OKO_OK;
    return status;
}

const oko_result *oko_view_result(const oko_view *v, const char *rule, const char *procedure)
{
    for (size_t i = 0; i < v->n_results; i++)
        if (strcmp(v->results[i].rule, rule) == 0 && strcmp(v->results[i].procedure, procedure) == 0)
            return &v->results[i];
    return NULL;
}

const oko_view_procedure *oko_view_procedure_find(const oko_view *v, const char *code)
{
    for (size_t i = 0; i < v->n; i++)
        if (strcmp(v->procedures[i].p->code, code) == 0)
            return &v->procedures[i];
    return NULL;
}

bool oko_view_small(const oko_report_session *s, const oko_result *r)
{
    static const char earlier[] = "\"n_before\":", least[] = "\"smallest\":";
    if (strcmp(r->rule, "fioko-2019/index") == 0 || strncmp(r->rule, "external/", 9) == 0 ||
        strcmp(r->rule, "other/observers") == 0) /* visits are no pupils */
        return false;
    const char *group = r->details != NULL ? strstr(r->details, least) : NULL;
    if (group != NULL && atoll(group + sizeof least - 1) < s->hide_min)
        return true;
    const char *before = r->details != NULL ? strstr(r->details, earlier) : NULL;
    return r->n < s->hide_min || (before != NULL && atoll(before + sizeof earlier - 1) < s->hide_min);
}

bool oko_view_hides_group(const oko_view *v, const oko_result *r)
{
    return oko_view_hides(v, r) && (strncmp(r->rule, "region/", 7) == 0 || strncmp(r->rule, "other/", 6) == 0) &&
           r->n >= v->session->hide_min;
}

bool oko_view_hides(const oko_view *v, const oko_result *r)
{
    return v->school && oko_view_small(v->session, r);
}

bool oko_view_holds(const oko_view *v, const oko_report_unit *u)
{
    if (v->unit->level == OKO_LEVEL_REGION)
        return oko_report_region_of(v->session, u) == v->unit;
    return oko_report_unit_above(v->session, u, v->unit->level) == v->unit;
}

/* ---- years ---- */

static oko_view_year *year_entry(oko_view_year years[OKO_VIEW_YEARS], int *n, int year)
{
    int at = 0;
    while (at < *n && years[at].year > year)
        at++;
    if (at < *n && years[at].year == year)
        return &years[at];
    if (*n == OKO_VIEW_YEARS)
        return NULL;
    memmove(years + at + 1, years + at, (size_t)(*n - at) * sizeof *years);
    years[at] = (oko_view_year){ .year = year };
    (*n)++;
    return &years[at];
}

int oko_view_years(const oko_view *v, const oko_report_unit *within, oko_view_year years[OKO_VIEW_YEARS])
{
    oko_view of = *v;
    int n = 0;
    of.unit = within != NULL ? within : v->unit;
    for (size_t i = 0; i < v->session->n_scores; i++) {
        const oko_report_score *s = &v->session->scores[i];
        oko_view_year *y = oko_view_holds(&of, s->school) ? year_entry(years, &n, s->year) : NULL;
        if (y == NULL)
            continue;
        y->schools++;
        y->one += s->signs >= 1;
        y->two += s->signs >= 2;
    }
    return n;
}

/* ---- life ---- */

static oko_status fill(oko_view *v, oko_error *err)
{
    oko_report_session *s = v->session;
    const oko_result_query query = { .run = s->run.id, .unit = v->unit->id, .level = OKO_LEVEL_COUNT };
    oko_status status = oko_store_result_walk(s->store, &query, take_result, v, err);
    if (status != OKO_OK)
        return status;
    v->procedures = oko_calloc_array(s->n_procedures + 1, sizeof *v->procedures);
    if (v->procedures == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; status == OKO_OK && i < s->n_procedures; i++)
        status = add_procedure(v, s->procedures[i]);
    if (status == OKO_OK)
        status = oko_view_evidence_load(v, err);
    if (status == OKO_OK && v->n == 0)
        return oko_error_set(err, OKO_E_NO_DATA, "report.no_data", v->unit->code);
    return status;
}

oko_status oko_view_open(oko_report_session *session, int64_t unit, oko_view *ret_view, oko_error *err)
{
    oko_error_clear(err);
    oko_view v = { .session = session, .unit = oko_report_unit_find(session, unit) };
    if (v.unit == NULL)
        return oko_error_set(err, OKO_E_NOT_FOUND, "report.no_unit", "");
    v.school = v.unit->level == OKO_LEVEL_SCHOOL;
    v.municipality = oko_report_unit_above(session, v.unit, OKO_LEVEL_MUNICIPALITY);
    v.region = oko_report_region_of(session, v.unit);
    oko_status status = fill(&v, err);
    if (status != OKO_OK) {
        oko_view_clear(&v);
        if (err != NULL && err->code != status)
            oko_error_set(err, status, "", "");
        return status;
    }
    *ret_view = v;
    return OKO_OK;
}

void oko_view_clear(oko_view *v)
{
    for (size_t i = 0; i < v->n; i++) {
        oko_state_free(v->procedures[i].state);
        free(v->procedures[i].expected);
    }
    free(v->procedures);
    for (size_t i = 0; i < v->n_results; i++)
        oko_result_clear(&v->results[i]);
    free(v->results);
    oko_sign_rows_clear(&v->evidence);
    free(v->evidence_hidden);
    *v = (oko_view){ 0 };
}
