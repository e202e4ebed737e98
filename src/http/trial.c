#include "http/trial.h"

#include "analysis/analysis.h"

#include <oko/threshold.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- marks ---- */
static oko_status marks_open(oko_trial_marks *m, size_t n)
{
    *m = (oko_trial_marks){ .state = oko_calloc_array(n + 1, sizeof *m->state) };
    m->rules = oko_calloc_array(n + 1, sizeof *m->rules);
    return m->state != NULL && m->rules != NULL ? OKO_OK : OKO_E_MEMORY;
}

void oko_trial_marks_clear(oko_trial_marks *marks)
{
    free(marks->state);
    free(marks->rules);
    *marks = (oko_trial_marks){ .n_rules = 0 };
}

/* Bit of a rule; one beyond the room for names is counted with the last. */
static size_t rule_bit(oko_trial_marks *m, const char *rule)
{
    size_t i = 0;
    while (i < m->n_rules && strcmp(m->rule[i], rule) != 0)
        i++;
    if (i == m->n_rules && i < OKO_TRIAL_RULES)
        (void)snprintf(m->rule[m->n_rules++], sizeof m->rule[0], "%s", rule);
    return i < OKO_TRIAL_RULES ? i : OKO_TRIAL_RULES - 1;
}

static void note(oko_trial_marks *m, size_t place, const char *rule, bool computed, bool marked)
{
    size_t bit = rule_bit(m, rule);
    uint8_t state = marked ? OKO_TRIAL_ON : computed ? OKO_TRIAL_OFF : OKO_TRIAL_UNKNOWN;
    if (state > m->state[place])
        m->state[place] = state;
    if (marked)
        m->rules[place] |= 1u << bit;
}

static void count(oko_trial_marks *m, const oko_trial_filter *f)
{
    for (size_t i = f->from; i < f->to; i++)
        for (size_t k = 0; k < m->n_rules; k++)
            m->marked[k] += (m->rules[i] >> k) & 1u;
}

static bool in_reach(const oko_trial_filter *f, const oko_run_rows *rows, const oko_run_row *r)
{
    return r->level == OKO_LEVEL_SCHOOL && r->place >= 0 && (size_t)r->place >= f->from && (size_t)r->place < f->to &&
           (f->procedure == NULL || strcmp(rows->procedure[r->procedure], f->procedure) == 0) &&
           (f->year == 0 || rows->procedure_year[r->procedure] == f->year);
}

/* ---- what a run holds ---- */
static bool of_pack(const char *rule, const char *pack)
{
    size_t n = strlen(pack);
    return strncmp(rule, pack, n) == 0 && rule[n] == '/';
}

static void take_held(oko_trial_marks *m, const char *pack, const oko_run_rows *rows, const oko_run_row *r)
{
    bool evidence = strcmp(pack, "evidence") == 0;
    const char *rule = rows->rule[r->rule];
    if (evidence && r->evidence >= 0)
        note(m, (size_t)r->place, rule, r->evidence > OKO_EVIDENCE_NO_DATA, r->evidence >= OKO_EVIDENCE_SIGNS);
    else if (!evidence && of_pack(rule, pack))
        note(m, (size_t)r->place, rule, r->computed, r->marked);
}

/* A list speaks of those that it names only: where there is one, the other schools are not marked. */
static void not_listed(oko_trial_marks *m, const oko_tree *tree, const oko_trial_filter *f)
{
    bool any = false;
    for (size_t i = f->from; i < f->to; i++)
        any = any || m->state[i] != OKO_TRIAL_UNKNOWN;
    for (size_t i = f->from; any && i < f->to; i++)
        if (m->state[i] == OKO_TRIAL_UNKNOWN && tree->units[i].level == OKO_LEVEL_SCHOOL)
            m->state[i] = OKO_TRIAL_OFF;
}

oko_status oko_trial_held(const char *pack, const oko_tree *tree, const oko_run_rows *rows,
                          const oko_trial_filter *filter, oko_trial_marks *ret_marks)
{
    oko_trial_marks m;
    oko_status status = marks_open(&m, tree->n);
    for (size_t i = 0; status == OKO_OK && rows != NULL && i < rows->n; i++)
        if (in_reach(filter, rows, &rows->row[i]))
            take_held(&m, pack, rows, &rows->row[i]);
    if (status != OKO_OK) {
        oko_trial_marks_clear(&m);
        return status;
    }
    if (strcmp(pack, "external") == 0)
        not_listed(&m, tree, filter);
    count(&m, filter);
    *ret_marks = m;
    return OKO_OK;
}

/* ---- region: computed anew ---- */
typedef struct trying {
    const oko_tree *tree;
    const oko_run_rows *rows;
    const oko_trial_filter *filter;
    oko_trial_marks *marks;
} trying;

static int year_of(const oko_run_rows *rows, const char *procedure)
{
    for (size_t i = 0; i < rows->n_procedures; i++)
        if (strcmp(rows->procedure[i], procedure) == 0)
            return rows->procedure_year[i];
    return 0;
}

static oko_status take_result(void *ctx, const oko_result *r)
{
    const trying *t = ctx;
    const oko_trial_filter *f = t->filter;
    size_t place = oko_tree_find(t->tree, r->unit);
    if (place < f->from || place >= f->to || t->tree->units[place].level != OKO_LEVEL_SCHOOL)
        return OKO_OK;
    if ((f->procedure != NULL && strcmp(r->procedure, f->procedure) != 0) ||
        (f->year != 0 && year_of(t->rows, r->procedure) != f->year))
        return OKO_OK;
    note(t->marks, place, r->rule, r->state == OKO_RESULT_OK, r->marked);
    return OKO_OK;
}

/* The pack as its reader takes it: what it checks is checked for a trial as well. */
static char *region_text(const oko_pack *pack)
{
    json_t *rules = json_array();
    for (int i = 0; i < pack->n_rules; i++) {
        json_t *params = json_object();
        for (int k = 0; k < pack->rules[i].n_params; k++)
            (void)json_object_set_new(params, pack->rules[i].params[k].name, json_real(pack->rules[i].params[k].value));
        (void)json_array_append_new(rules, json_pack("{s:s,s:o}", "rule", pack->rules[i].name, "params", params));
    }
    json_t *json = json_pack("{s:s,s:s,s:o}", "pack", pack->name, "version", "trial", "rules", rules);
    char *text = json != NULL ? json_dumps(json, JSON_COMPACT) : NULL;
    json_decref(json);
    return text;
}

static oko_status try_region(oko_store *store, const oko_pack *pack, trying *t, oko_error *err)
{
    char *text = region_text(pack);
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.rules = text;
    options.rules_name = "trial";
    options.revision = t->rows->head.revision;
    options.threads = 1;
    oko_status status = text != NULL ? oko_analysis_try(store, &options, take_result, t, err)
                                     : oko_error_set(err, OKO_E_MEMORY, "", "");
    free(text);
    return status;
}

/* ---- oko: decided anew ---- */

/* Schools of one procedure are adjusted together, over all regions; `at` gets their rows, `p` what counts. */
static size_t collect(const oko_run_rows *rows, uint16_t procedure, double least, size_t *at, double *p)
{
    size_t n = 0;
    for (size_t i = 0; i < rows->n; i++) {
        const oko_run_row *r = &rows->row[i];
        if (r->procedure != procedure || r->level != OKO_LEVEL_SCHOOL ||
            strcmp(rows->rule[r->rule], "oko/threshold") != 0)
            continue;
        at[n] = i;
        p[n++] = r->computed && (double)r->n >= least ? exp(r->log_p) : NAN;
    }
    return n;
}

static oko_status try_procedure(const oko_pack_rule *rule, trying *t, uint16_t procedure, size_t *at, double *p,
                                double *q)
{
    size_t n = collect(t->rows, procedure, oko_pack_value(rule, "min_works", 10), at, p);
    oko_status status = n > 0 ? oko_bh(n, p, q) : OKO_OK;
    for (size_t k = 0; status == OKO_OK && k < n; k++) {
        const oko_run_row *r = &t->rows->row[at[k]];
        if (in_reach(t->filter, t->rows, r))
            note(t->marks, (size_t)r->place, rule->code, !isnan(q[k]), q[k] <= oko_pack_value(rule, "q", .05));
    }
    return status;
}

static oko_status check_own(const oko_pack_rule *rule, oko_error *err)
{
    double q = oko_pack_value(rule, "q", .05), works = oko_pack_value(rule, "min_works", 10);
    if (!(q > 0 && q <= .5))
        return oko_error_set(err, OKO_E_ARGUMENT, "trial.q", "params");
    return works >= 10 && works <= 1e6 && works == floor(works)
               ? OKO_OK
               : oko_error_set(err, OKO_E_ARGUMENT, "trial.min_works", "params");
}

static oko_status try_own(const oko_pack *pack, trying *t, oko_error *err)
{
    const oko_pack_rule *rule = oko_pack_find(pack, "threshold");
    size_t n = t->rows->n + 1;
    if (rule == NULL)
        return oko_error_set(err, OKO_E_ARGUMENT, "trial.fixed", "name");
    OKO_CLEANUP(oko_freep) size_t *at = oko_alloc_array(n, sizeof *at);
    OKO_CLEANUP(oko_freep) double *p = oko_alloc_array(n, sizeof *p);
    OKO_CLEANUP(oko_freep) double *q = oko_alloc_array(n, sizeof *q);
    oko_status status = at != NULL && p != NULL && q != NULL ? check_own(rule, err) : OKO_E_MEMORY;
    for (size_t i = 0; status == OKO_OK && i < t->rows->n_procedures; i++)
        status = try_procedure(rule, t, (uint16_t)i, at, p, q);
    return status == OKO_OK || err->code == status ? status : oko_error_set(err, status, "", "");
}

/* ---- a trial ---- */
oko_status oko_trial_run(oko_store *store, const oko_pack *pack, const oko_tree *tree, const oko_run_rows *rows,
                         const oko_trial_filter *filter, oko_trial_marks *ret_marks, oko_error *err)
{
    oko_trial_marks m;
    trying t = { .tree = tree, .rows = rows, .filter = filter, .marks = &m };
    if (marks_open(&m, tree->n) != OKO_OK) {
        oko_trial_marks_clear(&m);
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    oko_status status = strcmp(pack->name, "region") == 0 ? try_region(store, pack, &t, err)
                        : strcmp(pack->name, "oko") == 0  ? try_own(pack, &t, err)
                                                          : oko_error_set(err, OKO_E_ARGUMENT, "trial.fixed", "name");
    if (status != OKO_OK) {
        oko_trial_marks_clear(&m);
        return status;
    }
    count(&m, filter);
    *ret_marks = m;
    return OKO_OK;
}

static oko_pack_param *find_param(oko_pack_rule *rule, const char *name)
{
    for (int i = 0; i < rule->n_params; i++)
        if (strcmp(rule->params[i].name, name) == 0)
            return &rule->params[i];
    return NULL;
}

oko_status oko_trial_edit(oko_pack *pack, const json_t *params, oko_error *err)
{
    const char *name, *param;
    json_t *values, *value;
    json_object_foreach((json_t *)(uintptr_t)params, name, values)
    {
        const oko_pack_rule *known = oko_pack_find(pack, name);
        if (known == NULL)
            return oko_error_set(err, OKO_E_ARGUMENT, "trial.rule", name);
        oko_pack_rule *rule = &pack->rules[known - pack->rules];
        json_object_foreach(values, param, value)
        {
            oko_pack_param *found = find_param(rule, param);
            if (found == NULL)
                return oko_error_set(err, OKO_E_ARGUMENT, "trial.param", param);
            found->value = json_number_value(value);
        }
    }
    return OKO_OK;
}
