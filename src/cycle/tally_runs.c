/* Facts from the newest runs: participants, journal, signs of 2019, works lifted, levels of evidence. */
#include "analysis/analysis.h"
#include "analysis/evidence.h"
#include "analysis/runs.h"
#include "base/memory.h"
#include "cycle/tally_table.h"
#include "reference/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- which procedures ---- */

static bool wanted(const oko_tally *f, const oko_procedure *p)
{
    if (f->query.procedures == NULL) {
        return p->year == f->query.year;
    }
    for (size_t i = 0; i < f->query.n_procedures; i++) {
        if (strcmp(f->query.procedures[i], p->code) == 0) {
            return true;
        }
    }
    return false;
}

typedef struct choosing {
    oko_tally *f;
    size_t cap;
} choosing;

static oko_status choose(void *ctx, const oko_procedure *p)
{
    choosing *c = ctx;
    if (!wanted(c->f, p)) {
        return OKO_OK;
    }
    oko_status status = oko_grow(&c->f->procedures, &c->cap, c->f->n_procedures + 1, sizeof *c->f->procedures, 4096);
    if (status == OKO_OK) {
        memcpy(c->f->procedures[c->f->n_procedures++], p->code, sizeof p->code);
    }
    return status;
}

static bool chosen(const oko_tally *f, const char *code)
{
    for (size_t i = 0; i < f->n_procedures; i++) {
        if (strcmp(f->procedures[i], code) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- what is known of a school over several procedures ---- */

enum { GRADES = 13 };

typedef struct per_school {
    int64_t grade[GRADES]; /* participants: the most of one procedure, who are as many different pupils */
    bool writes;           /* has participants */
    int signs;             /* official signs of 2019 */
    bool judged;           /* has a result of the 2019 rules */
    int evidence;          /* highest level, oko_evidence; −1: no row */
} per_school;

typedef struct gathering {
    oko_tally *f;
    per_school *school; /* [places] */
    oko_error *err;
} gathering;

static per_school *school_at(gathering *g, int64_t unit)
{
    const oko_place *p = oko_register_find(&g->f->reg, unit);
    return p != NULL && p->level == OKO_LEVEL_SCHOOL ? &g->school[p - g->f->reg.places] : NULL;
}

/* Journal marks against marks by cut-offs, over the works that have both. */
static void add_journal(oko_tally *f, int64_t school, const oko_state *state, const oko_procedure *p)
{
    int64_t moved[3] = { 0 };
    for (int j = 1; j < OKO_JOURNAL_MARKS; j++) {
        const int64_t *works = oko_state_journal(state, j);
        for (int s = 0; s <= oko_state_max_total(state); s++) {
            const int mark = oko_procedure_mark(p, s);
            moved[mark < j ? 0 : mark == j ? 1 : 2] += works[s];
        }
    }
    oko_tally_add(f, school, "lowered", (double)moved[0]);
    oko_tally_add(f, school, "confirmed", (double)moved[1]);
    oko_tally_add(f, school, "raised", (double)moved[2]);
    oko_tally_add(f, school, "journal_pairs", (double)(moved[0] + moved[1] + moved[2]));
}

static oko_status of_procedure(gathering *g, oko_store *store, const char *code)
{
    oko_states states = { 0 };
    oko_status status = oko_states_load(store, code, g->f->revision, 1, &states, g->err);
    if (status == OKO_E_NO_DATA) {
        oko_error_clear(g->err);
        return OKO_OK;
    }
    if (status != OKO_OK) {
        return status;
    }
    const bool marks = states.procedure.n_cutoffs == 3 && states.procedure.first_mark == 2;
    for (size_t i = 0; i < states.n; i++) {
        const oko_school_state *s = &states.schools[i];
        const int64_t n = oko_state_n(s->state);
        per_school *school = school_at(g, s->school);
        if (n == 0 || school == NULL) {
            continue;
        }
        school->writes = true;
        int64_t *grade =
            &school->grade[states.procedure.grade >= 0 && states.procedure.grade < GRADES ? states.procedure.grade : 0];
        *grade = n > *grade ? n : *grade;
        oko_tally_add(g->f, s->school, "works", (double)n);
        if (marks && !states.from_aggregate) {
            add_journal(g->f, s->school, s->state, &states.procedure);
        }
    }
    oko_states_clear(&states);
    return OKO_OK;
}

static oko_status take_result(void *ctx, const oko_result *r)
{
    gathering *g = ctx;
    if (!chosen(g->f, r->procedure) || r->state != OKO_RESULT_OK) {
        return OKO_OK;
    }
    if (strcmp(r->rule, "oko/threshold") == 0 && !isnan(r->effect)) {
        /* Each level has an estimate of its own: not added up. */
        oko_tally_add_own(g->f, r->unit, "lifted", fmax(0, r->effect));
        oko_tally_add_own(g->f, r->unit, "lifted_of", (double)r->n);
    }
    per_school *school = school_at(g, r->unit);
    if (school != NULL && strncmp(r->rule, "fioko-2019/", 11) == 0) {
        school->judged = true;
        school->signs += r->marked && r->official;
    }
    return OKO_OK;
}

static oko_status take_evidence(void *ctx, const oko_result *r)
{
    gathering *g = ctx;
    per_school *school = school_at(g, r->unit);
    if (school == NULL || !chosen(g->f, r->procedure) || strcmp(r->rule, OKO_RULE_EVIDENCE) != 0 ||
        r->details == NULL) {
        return OKO_OK;
    }
    json_t *details = NULL;
    oko_status status = oko_json_parse(oko_str_of(r->details), "details", &details, g->err);
    oko_evidence level;
    const char *word = status == OKO_OK ? json_string_value(json_object_get(details, "evidence")) : NULL;
    if (word != NULL && oko_evidence_parse(word, &level) && (int)level > school->evidence) {
        school->evidence = (int)level;
    }
    json_decref(details);
    return status;
}

/* A run of the method, walked; *ret_id stays 0 when there is none. */
static oko_status walk(gathering *g, oko_store *store, const char *method, oko_result_fn fn, int64_t *ret_id,
                       int64_t *ret_revision)
{
    oko_run run = { 0 };
    oko_status status = oko_run_find(store, 0, method, &run, g->err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(g->err);
        return OKO_OK;
    }
    if (status == OKO_OK) {
        *ret_id = run.id;
        *ret_revision = run.revision;
        const oko_result_query query = { .run = run.id, .level = OKO_LEVEL_COUNT };
        status = oko_store_result_walk(store, &query, fn, g, g->err);
    }
    oko_run_clear(&run);
    return status;
}

static void count_schools(gathering *g)
{
    oko_tally *f = g->f;
    for (size_t i = 0; i < f->reg.n; i++) {
        const per_school *s = &g->school[i];
        const int64_t id = f->reg.places[i].id;
        if (f->reg.places[i].level != OKO_LEVEL_SCHOOL) {
            continue;
        }
        if (s->writes) {
            int64_t pupils = 0;
            for (int k = 0; k < GRADES; k++) {
                pupils += s->grade[k];
            }
            oko_tally_add(f, id, "schools", 1);
            oko_tally_add(f, id, "pupils", (double)pupils);
        }
        if (s->judged) {
            oko_tally_add(f, id, "schools_sign_1", s->signs >= 1);
            oko_tally_add(f, id, "schools_sign_2", s->signs >= 2);
        }
        if (s->evidence > OKO_EVIDENCE_NO_DATA) {
            oko_tally_add(f, id, "schools_computed", 1);
            oko_tally_add(f, id, "schools_attention", s->evidence >= OKO_EVIDENCE_ATTENTION);
            oko_tally_add(f, id, "schools_signs", s->evidence >= OKO_EVIDENCE_SIGNS);
            oko_tally_add(f, id, "schools_strong", s->evidence >= OKO_EVIDENCE_STRONG);
        }
    }
}

oko_status oko_tally_of_runs(oko_tally *f, oko_store *store, oko_error *err)
{
    OKO_CLEANUP(oko_freep) per_school *school = oko_calloc_array(f->reg.n > 0 ? f->reg.n : 1, sizeof *school);
    if (school == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    for (size_t i = 0; i < f->reg.n; i++) {
        school[i].evidence = -1;
    }
    gathering g = { .f = f, .school = school, .err = err };
    choosing c = { .f = f };
    int64_t evidence_revision = 0;
    oko_status status = oko_store_procedure_walk(store, 0, choose, &c, err);
    status = status == OKO_OK ? walk(&g, store, OKO_METHODS_MAIN, take_result, &f->run, &f->revision) : status;
    status = status == OKO_OK ? walk(&g, store, OKO_METHODS_EVIDENCE, take_evidence, &f->evidence, &evidence_revision)
                              : status;
    for (size_t i = 0; status == OKO_OK && i < f->n_procedures; i++) {
        status = of_procedure(&g, store, f->procedures[i]);
    }
    if (status == OKO_OK) {
        count_schools(&g);
        oko_tally_why(f, "run", f->run == 0 ? "indicator.no_run" : "indicator.no_works");
        oko_tally_why(f, "evidence", f->evidence == 0 ? "indicator.no_evidence" : "indicator.no_works");
    }
    return status;
}
