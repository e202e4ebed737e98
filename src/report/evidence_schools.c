/* What the evidence run says about the schools of a region or a municipality. */
#include "report/evidence.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- counts ---- */

static void count_fifth(oko_evidence_counts *c, int by, int fifth, bool marked)
{
    if (fifth == 0)
        return;
    c->fifth_n[by][fifth - 1]++;
    c->fifth_marked[by][fifth - 1] += marked;
}

static void count_school(oko_evidence_counts *c, const oko_peer_test *t, const oko_peer *p)
{
    bool marked = p->evidence >= OKO_EVIDENCE_SIGNS;
    c->by_level[p->evidence]++;
    if (p->evidence == OKO_EVIDENCE_NO_DATA)
        return;
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        c->family_n[f] += !isnan(p->log_p[f]);
        c->family_speaks[f] += (double)p->log_p[f] < log(.05);
    }
    count_fifth(c, 0, oko_peers_fifth(t->observed_cut, (double)p->observed), marked);
    count_fifth(c, 1, oko_peers_fifth(t->expected_cut, (double)p->expected), marked);
}

void oko_evidence_count(const oko_view *v, size_t test, oko_evidence_counts *ret_counts)
{
    const oko_peers *peers = &v->session->peers;
    const oko_peer_test *t = &peers->tests[test];
    *ret_counts = (oko_evidence_counts){ .procedure = oko_report_procedure_find(v->session, t->procedure) };
    for (size_t i = t->first; i < t->first + t->n; i++) {
        const oko_peer *p = &peers->at[i];
        const oko_report_unit *school = oko_report_unit_find(v->session, p->unit);
        if (school == NULL || !oko_view_holds(v, school))
            continue;
        if (p->n < v->session->hide_min)
            ret_counts->small++;
        else
            count_school(ret_counts, t, p);
    }
}

/* ---- lists of schools, by place and name ---- */

static int by_seat(const oko_report_unit *m1, const oko_report_unit *s1, const oko_report_procedure *p1,
                   const oko_report_unit *m2, const oko_report_unit *s2, const oko_report_procedure *p2)
{
    int order = oko_report_unit_order(m1, m2);
    if (order == 0)
        order = oko_report_unit_order(s1, s2);
    return order != 0 ? order : strcmp(p1->procedure.code, p2->procedure.code);
}

static int mark_order(const void *a, const void *b)
{
    const oko_evidence_mark *x = a, *y = b;
    return by_seat(x->municipality, x->school, x->procedure, y->municipality, y->school, y->procedure);
}

oko_status oko_evidence_marks(const oko_view *v, oko_evidence_mark **ret_list, size_t *ret_n)
{
    const oko_peers *peers = &v->session->peers;
    OKO_CLEANUP(oko_freep) oko_evidence_mark *list = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < peers->n; i++) {
        const oko_peer *p = &peers->at[i];
        const oko_report_unit *school = oko_report_unit_find(v->session, p->unit);
        const oko_report_procedure *procedure = oko_report_procedure_find(v->session, peers->tests[p->test].procedure);
        if (p->evidence < OKO_EVIDENCE_ATTENTION || p->n < v->session->hide_min || school == NULL ||
            procedure == NULL || !oko_view_holds(v, school))
            continue;
        oko_status status = oko_grow(&list, &cap, n + 1, sizeof *list, OKO_REPORT_MAX_ROWS);
        if (status != OKO_OK)
            return status;
        list[n++] =
            (oko_evidence_mark){ .school = school,
                                 .municipality = oko_report_unit_above(v->session, school, OKO_LEVEL_MUNICIPALITY),
                                 .procedure = procedure,
                                 .peer = p };
    }
    if (n > 1)
        qsort(list, n, sizeof *list, mark_order);
    *ret_list = list;
    *ret_n = n;
    list = NULL;
    return OKO_OK;
}

oko_status oko_evidence_schools(const oko_view *v, int64_t *ret_n)
{
    const oko_peers *peers = &v->session->peers;
    OKO_CLEANUP(oko_freep) bool *seen = oko_calloc_array(v->session->n_units + 1, sizeof *seen);
    int64_t n = 0;
    if (seen == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < peers->n; i++) {
        const oko_peer *p = &peers->at[i];
        const oko_report_unit *school = oko_report_unit_find(v->session, p->unit);
        if (p->evidence == OKO_EVIDENCE_NO_DATA || p->n < v->session->hide_min || school == NULL ||
            seen[school - v->session->units] || !oko_view_holds(v, school))
            continue;
        seen[school - v->session->units] = true;
        n++;
    }
    *ret_n = n;
    return OKO_OK;
}

/* ---- nothing below a cut-off ---- */

static int empty_order(const void *a, const void *b)
{
    const oko_empty_below *x = a, *y = b;
    int order = by_seat(x->municipality, x->school, x->procedure, y->municipality, y->school, y->procedure);
    return order != 0 ? order : x->cutoff - y->cutoff;
}

typedef struct finding {
    const oko_view *view;
    oko_empty_below *list;
    size_t n, cap;
} finding;

/* One school at one cut-off: with no work on the score below, m on the cut-off itself, and the share π of the cut-off
 * in both under the smooth distribution at the region's level, so empty a score has probability π^m. */
static oko_status look(finding *f, const oko_report_procedure *p, const oko_report_unit *school, const oko_state *state,
                       const double *pmf, int cutoff)
{
    const int64_t *works = oko_state_histogram(state);
    double both = pmf[cutoff - 1] + pmf[cutoff];
    double log_p = both > 0 ? (double)works[cutoff] * log(pmf[cutoff] / both) : 0;
    if (works[cutoff - 1] != 0 || works[cutoff] < f->view->session->hide_min || !(log_p < OKO_EMPTY_BELOW_LOG_P))
        return OKO_OK;
    oko_status status = oko_grow(&f->list, &f->cap, f->n + 1, sizeof *f->list, OKO_EMPTY_BELOW_MAX);
    if (status != OKO_OK)
        return status;
    f->list[f->n++] =
        (oko_empty_below){ .school = school,
                           .municipality = oko_report_unit_above(f->view->session, school, OKO_LEVEL_MUNICIPALITY),
                           .procedure = p,
                           .cutoff = cutoff,
                           .works = oko_state_n(state),
                           .above = works[cutoff],
                           .log_p = log_p };
    return OKO_OK;
}

static oko_status look_at_procedure(finding *f, oko_report_procedure *p)
{
    const oko_counterfactual *cf = NULL;
    oko_status status = oko_report_counterfactual(p, &cf);
    if (status != OKO_OK)
        return status == OKO_E_NO_DATA ? OKO_OK : status;
    const double *pmf = oko_counterfactual_pmf(cf);
    for (size_t i = 0; i < p->states.n; i++) {
        const oko_report_unit *school = oko_report_unit_find(f->view->session, p->states.schools[i].school);
        const oko_state *state = p->states.schools[i].state;
        if (school == NULL || state == NULL || !oko_view_holds(f->view, school))
            continue;
        for (int k = 0; status == OKO_OK && k < p->states.procedure.n_cutoffs; k++)
            if (p->states.procedure.cutoffs[k] >= 1)
                status = look(f, p, school, state, pmf, p->states.procedure.cutoffs[k]);
    }
    return status;
}

oko_status oko_evidence_empty_below(const oko_view *v, oko_empty_below **ret_list, size_t *ret_n)
{
    finding f = { .view = v };
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < v->session->n_procedures; i++)
        status = look_at_procedure(&f, v->session->procedures[i]);
    if (status != OKO_OK) {
        free(f.list);
        return status;
    }
    if (f.n > 1)
        qsort(f.list, f.n, sizeof *f.list, empty_order);
    *ret_list = f.list;
    *ret_n = f.n;
    return OKO_OK;
}
