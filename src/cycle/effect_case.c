/* The sign of a case seen again a year later. */
#include "analysis/evidence.h"
#include "analysis/runs.h"
#include "base/memory.h"
#include "cycle/body.h"
#include "cycle/effect_world.h"
#include "reference/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the number "sign": marks per pupil above what other evidence expects ---- */

typedef struct summing {
    effect_world *w;
    double *n[2], *sum[2]; /* [places]: works; effect × works */
} summing;

static oko_status take_effect(void *ctx, const oko_result *r)
{
    summing *s = ctx;
    const int late = oko_procedure_code_year(r->procedure) - s->w->year;
    const size_t at = effect_place(s->w, r->unit);
    if ((late == 0 || late == 1) && at != SIZE_MAX && r->state == OKO_RESULT_OK && isfinite(r->effect) && r->n > 0 &&
        strcmp(r->rule, OKO_RULE_EVIDENCE) == 0) {
        s->n[late][at] += (double)r->n;
        s->sum[late][at] += (double)r->n * r->effect;
    }
    return OKO_OK;
}

static oko_status take_case_unit(void *ctx, const oko_entry *e)
{
    summing *s = ctx;
    const size_t at = effect_place(s->w, e->head.unit);
    if (at != SIZE_MAX && strcmp(e->head.state, "dismissed") != 0) {
        s->w->numbers[s->w->n_numbers - 1].touched[at] = 1;
    }
    return OKO_OK;
}

static oko_status find_run(effect_world *w, const char *method, int64_t *ret_id)
{
    oko_run run = { 0 };
    *ret_id = 0;
    oko_status status = oko_run_find(w->c->store, 0, method, &run, w->err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(w->err);
        return OKO_OK;
    }
    *ret_id = status == OKO_OK ? run.id : 0;
    oko_run_clear(&run);
    return status;
}

oko_status effect_signs_load(effect_world *w, effect_number *number)
{
    const size_t n = w->reg.n > 0 ? w->reg.n : 1;
    OKO_CLEANUP(oko_freep) double *space = oko_calloc_array(4 * n, sizeof *space);
    if (space == NULL) {
        return oko_error_set(w->err, OKO_E_MEMORY, "", "");
    }
    summing s = { .w = w, .n = { space, space + n }, .sum = { space + 2 * n, space + 3 * n } };
    number->better = -1;
    oko_status status = find_run(w, OKO_METHODS_EVIDENCE, &w->evidence);
    if (status == OKO_OK && w->evidence != 0) {
        const oko_result_query q = { .run = w->evidence, .level = OKO_LEVEL_SCHOOL };
        status = oko_store_result_walk(w->c->store, &q, take_effect, &s, w->err);
    }
    for (size_t i = 0; i < w->reg.n; i++) {
        number->before[i] = s.n[0][i] > 0 ? s.sum[0][i] / s.n[0][i] : NAN;
        number->after[i] = s.n[1][i] > 0 ? s.sum[1][i] / s.n[1][i] : NAN;
    }
    const oko_record_query cases = { .kind = "case", .year = w->year };
    return status == OKO_OK ? oko_cycle_each(w->c, &cases, take_case_unit, &s, w->err) : status;
}

/* ---- the mark ---- */

typedef struct marking {
    effect_world *w;
    const char *sign;
    int64_t unit;
    bool computed, marked;
} marking;

static oko_status take_row(void *ctx, const oko_result *r)
{
    marking *m = ctx;
    OKO_CLEANUP(oko_json_freep) json_t *details = NULL;
    oko_evidence level;
    if (oko_procedure_code_year(r->procedure) != m->w->year + 1 || r->state != OKO_RESULT_OK ||
        strcmp(r->rule, OKO_RULE_EVIDENCE) != 0 || r->details == NULL) {
        return OKO_OK;
    }
    oko_status status = oko_json_parse(oko_str_of(r->details), "details", &details, m->w->err);
    if (status == OKO_OK && oko_evidence_parse(oko_body_str(details, "evidence"), &level) &&
        level > OKO_EVIDENCE_NO_DATA) {
        m->computed = true;
        m->marked = m->marked || (level >= OKO_EVIDENCE_SIGNS && strcmp(oko_body_str(details, "family"), m->sign) == 0);
    }
    return status;
}

static oko_status take_rule(void *ctx, const oko_result *r)
{
    marking *m = ctx;
    if (oko_procedure_code_year(r->procedure) == m->w->year + 1 && r->state == OKO_RESULT_OK &&
        strcmp(r->rule, m->sign) == 0) {
        m->computed = true;
        m->marked = m->marked || r->marked;
    }
    return OKO_OK;
}

static oko_status take_entry(void *ctx, const oko_external *e)
{
    marking *m = ctx;
    if (e->year == m->w->year + 1) {
        m->computed = true; /* there is a list of the year */
        m->marked = m->marked || e->unit == m->unit;
    }
    return OKO_OK;
}

static oko_status look_again(marking *m)
{
    effect_world *w = m->w;
    int64_t run = 0;
    if (strcmp(m->sign, "external") == 0) {
        return oko_store_external_walk(w->c->store, 0, 0, take_entry, m, w->err);
    }
    const bool rule = strchr(m->sign, '/') != NULL;
    oko_status status = find_run(w, rule ? OKO_METHODS_MAIN : OKO_METHODS_EVIDENCE, &run);
    if (status != OKO_OK || run == 0) {
        return status;
    }
    const oko_result_query q = { .run = run, .unit = m->unit, .level = OKO_LEVEL_COUNT, .with_merged = true };
    return oko_store_result_walk(w->c->store, &q, rule ? take_rule : take_row, m, w->err);
}

/* ---- the case ---- */

static oko_status planned(effect_world *w, const oko_entry *e, json_t *list)
{
    const json_t *ids = json_object_get(e->body, "measures");
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < w->n_measures; i++) {
        const effect_measure *m = &w->measures[i];
        effect_number *number;
        const size_t at = effect_place(w, m->unit);
        if (!m->accepted || m->indicator[0] == '\0' || at == SIZE_MAX || !oko_body_has(ids, m->id)) {
            continue;
        }
        status = effect_number_get(w, m->indicator, &number);
        json_t *facts = status == OKO_OK ? effect_facts(w, number, NULL, at) : NULL;
        status = status == OKO_OK ? oko_body_append(list, facts, w->err) : status;
        status = status == OKO_OK ? oko_body_set(facts, "indicator", json_string(m->indicator), w->err) : status;
        status = status == OKO_OK ? oko_body_set(facts, "measure", json_integer(m->id), w->err) : status;
    }
    return status;
}

/* What decides the case: the first planned indicator that allows a verdict, else the sign's own number. */
static const json_t *decisive(const json_t *indicators, const json_t *own)
{
    for (size_t i = 0; i < json_array_size(indicators); i++) {
        const json_t *one = json_array_get(indicators, i);
        if (strcmp(oko_body_str(one, "verdict"), "no_data") != 0) {
            return one;
        }
    }
    return own;
}

static json_t *put_together(const effect_world *w, const marking *m, json_t *own, json_t *list)
{
    const json_t *by = decisive(list, own);
    const char *indicator = oko_body_str(by, "indicator");
    return json_pack("{s:s, s:s, s:s, s:s, s:i, s:{s:b, s:o}, s:O, s:O}", "verdict", oko_body_str(by, "verdict"),
                     "words", oko_body_str(by, "words"), "words_en", oko_body_str(by, "words_en"), "by",
                     *indicator != '\0' ? indicator : "sign", "year", w->year, "mark", "was", 1, "is",
                     m->computed ? json_boolean(m->marked) : json_null(), "sign", own, "indicators", list);
}

oko_status effect_of_case(effect_world *w, const oko_entry *e, json_t **ret_facts)
{
    marking m = { .w = w, .sign = oko_body_str(e->body, "sign"), .unit = e->head.unit };
    effect_number *number;
    const size_t at = effect_place(w, e->head.unit);
    *ret_facts = NULL;
    if (at == SIZE_MAX) {
        return OKO_OK;
    }
    oko_status status = look_again(&m);
    status = status == OKO_OK ? effect_number_get(w, "sign", &number) : status;
    if (status != OKO_OK) {
        return status;
    }
    OKO_CLEANUP(oko_json_freep) json_t *own = effect_facts(w, number, NULL, at);
    OKO_CLEANUP(oko_json_freep) json_t *list = json_array();
    status = own != NULL && list != NULL ? planned(w, e, list) : oko_error_set(w->err, OKO_E_MEMORY, "", "");
    if (status == OKO_OK) {
        *ret_facts = put_together(w, &m, own, list);
        status = *ret_facts != NULL ? OKO_OK : oko_error_set(w->err, OKO_E_MEMORY, "", "");
    }
    return status;
}
