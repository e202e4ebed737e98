#include "report/evidence.h"

#include "analysis/runs.h"
#include "base/memory.h"
#include "report/figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the run ---- */

oko_status oko_report_evidence_load(oko_report_session *s, oko_error *err)
{
    int64_t id = 0;
    oko_status status = oko_explain_open(s->text, &s->explain, err);
    if (status == OKO_OK)
        status = oko_run_beside(s->store, OKO_METHODS_EVIDENCE, s->run.snapshot, &id, err);
    if (status != OKO_OK)
        return status;
    s->evidence = id != 0 ? OKO_REPORT_EVIDENCE_HERE : OKO_REPORT_EVIDENCE_OTHER;
    status = oko_run_find(s->store, id, OKO_METHODS_EVIDENCE, &s->evidence_run, err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(err);
        s->evidence = OKO_REPORT_EVIDENCE_NONE;
        return OKO_OK;
    }
    return status == OKO_OK && id != 0 ? oko_peers_load(s->store, id, &s->peers, err) : status;
}

/* ---- rows of a unit ---- */

static bool same_procedure(const oko_sign_row *a, const oko_sign_row *b)
{
    return strcmp(a->result->procedure, b->result->procedure) == 0;
}

/* Hides one class more while the hidden ones of the procedure hold fewer works than may be published. */
static void hide_classes(oko_view *v, size_t of)
{
    const oko_sign_rows *rows = &v->evidence;
    const int64_t min = v->session->hide_min;
    for (;;) {
        int64_t hidden = 0;
        size_t smallest = SIZE_MAX;
        for (size_t i = 0; i < rows->n; i++) {
            const oko_sign_row *r = &rows->at[i];
            if (!r->of_class || !same_procedure(r, &rows->at[of]))
                continue;
            if (v->evidence_hidden[i])
                hidden += r->result->n;
            else if (smallest == SIZE_MAX || r->result->n < rows->at[smallest].result->n)
                smallest = i;
        }
        if (hidden == 0 || hidden >= min || smallest == SIZE_MAX)
            return;
        v->evidence_hidden[smallest] = true;
    }
}

static void hide_rows(oko_view *v)
{
    const oko_sign_rows *rows = &v->evidence;
    for (size_t i = 0; i < rows->n; i++)
        v->evidence_hidden[i] = rows->at[i].result->n < v->session->hide_min;
    for (size_t i = 0; i < rows->n; i++)
        if (rows->at[i].of_class && v->evidence_hidden[i])
            hide_classes(v, i);
}

oko_status oko_view_evidence_load(oko_view *v, oko_error *err)
{
    const oko_report_session *s = v->session;
    if (s->evidence != OKO_REPORT_EVIDENCE_HERE)
        return OKO_OK;
    oko_status status = oko_sign_rows_load(s->store, s->evidence_run.id, v->unit->id, false, NULL, &v->evidence, err);
    if (status != OKO_OK)
        return status;
    v->evidence_hidden = oko_calloc_array(v->evidence.n + 1, sizeof *v->evidence_hidden);
    if (v->evidence_hidden == NULL)
        return OKO_E_MEMORY;
    hide_rows(v);
    return OKO_OK;
}

bool oko_evidence_told(const oko_view *v, size_t i)
{
    return !v->evidence_hidden[i];
}

/* A class that is all of its school: the school's own row says the same. */
static bool only_class(const oko_view *v, size_t i)
{
    const oko_sign_row *row = &v->evidence.at[i];
    for (size_t k = 0; k < v->evidence.n; k++) {
        const oko_sign_row *school = &v->evidence.at[k];
        if (!school->of_class && same_procedure(row, school) && school->result->n == row->result->n)
            return true;
    }
    return false;
}

bool oko_evidence_speaks(const oko_view *v, size_t i)
{
    const oko_sign_row *row = &v->evidence.at[i];
    return oko_evidence_told(v, i) && row->evidence >= OKO_EVIDENCE_ATTENTION && !(row->of_class && only_class(v, i));
}

oko_status oko_evidence_facts(const oko_view *v, const oko_sign_row *row, double facts[OKO_FACT_COUNT], oko_error *err)
{
    int variants = 0;
    const oko_view_procedure *vp = oko_view_procedure_find(v, row->result->procedure);
    oko_status status = OKO_OK;
    if (v->school && vp != NULL)
        status = oko_fact_variants(v->session->store, vp->p->id, v->session->evidence_run.revision, v->unit->id,
                                   row->of_class ? row->class_key : NULL, &variants, err);
    const oko_fact_sources sources = { .rows = v->evidence.at,
                                       .n = v->evidence.n,
                                       .peers = &v->session->peers,
                                       .type = v->unit->type,
                                       .variants = variants };
    oko_facts_of(row, &sources, facts);
    return status;
}

/* ---- what pictures are drawn from ---- */

oko_status oko_report_answers(const oko_report_session *s, oko_report_procedure *p, const oko_answers **ret_answers,
                              oko_error *err)
{
    if (!p->answers_tried) {
        oko_status status = oko_answers_load(s->store, &p->procedure, s->run.revision, &p->answers, err);
        if (status != OKO_OK && status != OKO_E_NO_DATA)
            return status;
        oko_error_clear(err);
        p->answers_tried = true;
    }
    *ret_answers = &p->answers;
    return p->answers.works > 0 ? OKO_OK : OKO_E_NO_DATA;
}

oko_status oko_report_counterfactual(oko_report_procedure *p, const oko_counterfactual **ret_cf)
{
    if (!p->counterfactual_tried && p->loaded) {
        oko_status status = oko_figure_counterfactual(&p->states, &p->counterfactual);
        if (status == OKO_E_MEMORY)
            return status;
    }
    p->counterfactual_tried = true;
    *ret_cf = p->counterfactual;
    return p->counterfactual != NULL ? OKO_OK : OKO_E_NO_DATA;
}
