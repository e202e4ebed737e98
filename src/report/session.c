#include "report/session.h"

#include "analysis/runs.h"
#include "report/evidence.h"
#include "report/labels.h"

#include <stdlib.h>
#include <string.h>

/* ---- register ---- */

static oko_status take_unit(void *ctx, const oko_unit *u)
{
    oko_report_session *s = ctx;
    if (u->level == OKO_LEVEL_CLASS)
        return OKO_OK;
    oko_status status = oko_grow(&s->units, &s->cap_units, s->n_units + 1, sizeof *s->units, OKO_REPORT_MAX_UNITS);
    if (status != OKO_OK)
        return status;
    const char *code = oko_arena_str(s->arena, oko_str_of(u->code));
    const char *name = oko_arena_str(s->arena, oko_str_of(u->name[0] != '\0' ? u->name : u->code));
    const char *type = oko_arena_str(s->arena, oko_str_of(u->type));
    if (code == NULL || name == NULL || type == NULL)
        return OKO_E_MEMORY;
    s->units[s->n_units++] = (oko_report_unit){ .id = u->id,
                                                .parent = u->parent,
                                                .level = u->level,
                                                .code = code,
                                                .name = name,
                                                .type = type,
                                                .confirmed = u->confirmed };
    return OKO_OK;
}

static int by_id(const void *a, const void *b)
{
    const oko_report_unit *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

const oko_report_unit *oko_report_unit_find(const oko_report_session *s, int64_t id)
{
    const oko_report_unit wanted = { .id = id };
    return s->n_units == 0 ? NULL : bsearch(&wanted, s->units, s->n_units, sizeof wanted, by_id);
}

const oko_report_unit *oko_report_unit_above(const oko_report_session *s, const oko_report_unit *u, oko_level level)
{
    for (int steps = 0; u != NULL && steps < OKO_LEVEL_COUNT; steps++) {
        if (u->level == level)
            return u;
        u = oko_report_unit_find(s, u->parent);
    }
    return NULL;
}

const oko_report_unit *oko_report_region_of(const oko_report_session *s, const oko_report_unit *u)
{
    const oko_report_unit *region = oko_report_unit_above(s, u, OKO_LEVEL_REGION);
    if (region != NULL || u->level == OKO_LEVEL_COUNTRY)
        return region != NULL ? region : u;
    return s->only_region != NULL ? s->only_region : oko_report_unit_above(s, u, OKO_LEVEL_COUNTRY);
}

static void find_only_region(oko_report_session *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_units; i++) {
        if (s->units[i].level == OKO_LEVEL_REGION) {
            s->only_region = &s->units[i];
            n++;
        }
    }
    if (n != 1)
        s->only_region = NULL;
}

/* ---- procedures ---- */

static oko_status take_procedure(void *ctx, const oko_procedure *p)
{
    oko_report_session *s = ctx;
    oko_status status = oko_grow(&s->procedures, &s->cap_procedures, s->n_procedures + 1, sizeof *s->procedures,
                                 OKO_REPORT_MAX_PROCEDURES);
    if (status != OKO_OK)
        return status;
    oko_report_procedure *entry = calloc(1, sizeof *entry);
    if (entry == NULL)
        return OKO_E_MEMORY;
    entry->procedure = *p;
    s->procedures[s->n_procedures++] = entry;
    entry->title = oko_label_procedure(s->text, s->arena, p);
    return OKO_OK;
}

const oko_report_procedure *oko_report_procedure_find(const oko_report_session *s, const char *code)
{
    for (size_t i = 0; i < s->n_procedures; i++)
        if (strcmp(s->procedures[i]->procedure.code, code) == 0)
            return s->procedures[i];
    return NULL;
}

oko_report_procedure *oko_report_procedure_own(const oko_report_session *s, const oko_report_procedure *p)
{
    for (size_t i = 0; i < s->n_procedures; i++)
        if (s->procedures[i] == p)
            return s->procedures[i];
    return NULL;
}

static oko_status load_states(oko_report_session *s, oko_error *err)
{
    for (size_t i = 0; i < s->n_procedures; i++) {
        oko_report_procedure *p = s->procedures[i];
        if (!oko_progress_tell(&s->progress, "report.stage", i, s->n_procedures))
            return oko_error_set(err, OKO_E_CANCELLED, "", "");
        oko_status status = oko_states_load(s->store, p->procedure.code, s->run.revision, 0, &p->states, err);
        p->loaded = status == OKO_OK;
        if (status != OKO_OK && status != OKO_E_NO_DATA)
            return status;
        oko_error_clear(err);
    }
    return OKO_OK;
}

oko_status oko_report_region_state(oko_report_procedure *p, const oko_report_unit *region, const oko_state **ret_state)
{
    if (!p->loaded)
        return OKO_E_NO_DATA;
    if (region == NULL) {
        *ret_state = p->states.all;
        return OKO_OK;
    }
    if (p->region_state == NULL || p->region != region->id) {
        oko_state *state = NULL;
        oko_status status = oko_states_below(&p->states, region->level, region->id, &state, NULL, NULL);
        if (status != OKO_OK)
            return status;
        oko_state_free(p->region_state);
        p->region_state = state;
        p->region = region->id;
    }
    *ret_state = p->region_state;
    return OKO_OK;
}

/* ---- results of schools ---- */

static oko_status take_mark(void *ctx, const oko_result *r)
{
    oko_report_session *s = ctx;
    const oko_report_unit *school = oko_report_unit_find(s, r->unit);
    const oko_report_procedure *p = oko_report_procedure_find(s, r->procedure);
    if (school == NULL || p == NULL || r->state != OKO_RESULT_OK)
        return OKO_OK; /* the index is told by year, elsewhere */
    oko_status status = oko_grow(&s->marks, &s->cap_marks, s->n_marks + 1, sizeof *s->marks, OKO_REPORT_MAX_ROWS);
    if (status != OKO_OK)
        return status;
    oko_report_mark *m = &s->marks[s->n_marks++];
    *m = (oko_report_mark){ .school = school,
                            .municipality = oko_report_unit_above(s, school, OKO_LEVEL_MUNICIPALITY),
                            .procedure = p,
                            .n = r->n };
    memcpy(m->rule, r->rule, sizeof m->rule);
    return OKO_OK;
}

/* Compares texts with runs of digits as numbers: «№ 3» before «№ 12». */
static int natural_order(const char *a, const char *b)
{
    static const char digits[] = "0123456789";
    while (*a != '\0' && *b != '\0') {
        size_t n = strspn(a, digits), m = strspn(b, digits);
        if (n == 0 || m == 0) {
            if (*a != *b)
                break;
            a++;
            b++;
            continue;
        }
        for (; n > 1 && *a == '0'; n--)
            a++;
        for (; m > 1 && *b == '0'; m--)
            b++;
        int order = n != m ? (n > m) - (n < m) : memcmp(a, b, n);
        if (order != 0)
            return order;
        a += n;
        b += m;
    }
    return (int)(unsigned char)*a - (int)(unsigned char)*b;
}

int oko_report_unit_order(const oko_report_unit *a, const oko_report_unit *b)
{
    if (a == b || a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    int order = natural_order(a->name, b->name);
    return order != 0 ? order : strcmp(a->code, b->code);
}

/* By name, never by the number of signs. */
static int by_seat(const void *a, const void *b)
{
    const oko_report_mark *x = a, *y = b;
    int order = oko_report_unit_order(x->municipality, y->municipality);
    if (order == 0)
        order = oko_report_unit_order(x->school, y->school);
    if (order == 0)
        order = strcmp(x->procedure->procedure.code, y->procedure->procedure.code);
    return order != 0 ? order : strcmp(x->rule, y->rule);
}

static oko_status take_score(void *ctx, const oko_result *r)
{
    oko_report_session *s = ctx;
    const oko_report_unit *school = oko_report_unit_find(s, r->unit);
    if (school == NULL)
        return OKO_OK;
    oko_status status = oko_grow(&s->scores, &s->cap_scores, s->n_scores + 1, sizeof *s->scores, OKO_REPORT_MAX_ROWS);
    if (status == OKO_OK)
        s->scores[s->n_scores++] = (oko_report_score){ .school = school,
                                                       .year = atoi(r->procedure),
                                                       .signs = r->state == OKO_RESULT_OK ? (int)r->observed : -1 };
    return status;
}

static oko_status load_results(oko_report_session *s, oko_error *err)
{
    const oko_result_query marked = { .run = s->run.id, .level = OKO_LEVEL_SCHOOL, .marked_only = true };
    const oko_result_query index = { .run = s->run.id, .level = OKO_LEVEL_SCHOOL, .rule = "fioko-2019/index" };
    oko_status status = oko_store_result_walk(s->store, &marked, take_mark, s, err);
    if (status == OKO_OK && s->n_marks > 1)
        qsort(s->marks, s->n_marks, sizeof *s->marks, by_seat);
    return status == OKO_OK ? oko_store_result_walk(s->store, &index, take_score, s, err) : status;
}

/* ---- aggregates and external lists ---- */

static oko_status take_aggregate(void *ctx, const oko_aggregate *a)
{
    oko_report_session *s = ctx;
    if (a->kind == OKO_AGGREGATE_HISTOGRAM)
        return OKO_OK; /* known through the states */
    oko_status status =
        oko_grow(&s->aggregates, &s->cap_aggregates, s->n_aggregates + 1, sizeof *s->aggregates, OKO_REPORT_MAX_ROWS);
    if (status != OKO_OK)
        return status;
    oko_report_aggregate *copy = &s->aggregates[s->n_aggregates++];
    *copy = (oko_report_aggregate){ .kind = a->kind,
                                    .procedure = a->procedure,
                                    .unit = a->unit,
                                    .n_units = a->n_units,
                                    .n = a->n,
                                    .percent = a->percent,
                                    .n_values = a->n_values < OKO_REPORT_VALUES ? a->n_values : OKO_REPORT_VALUES };
    memcpy(copy->values, a->values, (size_t)copy->n_values * sizeof copy->values[0]);
    return OKO_OK;
}

static oko_status take_external(void *ctx, const oko_external *e)
{
    oko_report_session *s = ctx;
    oko_status status =
        oko_grow(&s->externals, &s->cap_externals, s->n_externals + 1, sizeof *s->externals, OKO_REPORT_MAX_ROWS);
    if (status == OKO_OK)
        s->externals[s->n_externals++] = *e;
    return status;
}

/* ---- life ---- */

static oko_status load(oko_report_session *s, oko_error *err)
{
    oko_status status = oko_store_unit_walk_at(s->store, s->run.revision, OKO_LEVEL_COUNT, take_unit, s, err);
    if (status == OKO_OK && s->n_units > 1)
        qsort(s->units, s->n_units, sizeof *s->units, by_id);
    find_only_region(s);
    if (status == OKO_OK)
        status = oko_store_procedure_walk(s->store, s->run.revision, take_procedure, s, err);
    if (status == OKO_OK)
        status = load_states(s, err);
    if (status == OKO_OK)
        status = load_results(s, err);
    if (status == OKO_OK)
        status = oko_store_aggregate_walk(s->store, 0, s->run.revision, take_aggregate, s, err);
    if (status == OKO_OK)
        status = oko_store_external_walk(s->store, 0, s->run.revision, take_external, s, err);
    return status == OKO_OK ? oko_report_evidence_load(s, err) : status;
}

static oko_status open_run(oko_report_session *s, int64_t run, oko_error *err)
{
    oko_status status = oko_run_find(s->store, run, OKO_METHODS_MAIN, &s->run, err);
    if (status == OKO_OK && !oko_run_is(&s->run, OKO_METHODS_MAIN))
        return oko_error_set(err, OKO_E_ARGUMENT, "report.other_method", "run");
    if (status == OKO_E_NOT_FOUND)
        return oko_error_set(err, status, run == 0 ? "report.no_run_yet" : "report.no_run", "");
    return status;
}

oko_status oko_report_session_open(oko_store *store, const oko_report_options *options,
                                   oko_report_session **ret_session, oko_error *err)
{
    oko_error_clear(err);
    OKO_CLEANUP(oko_report_session_freep) oko_report_session *s = calloc(1, sizeof *s);
    if (s == NULL || oko_arena_new(0, &s->arena) != OKO_OK)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    s->store = store;
    s->internal = options->internal;
    s->published_min = options->published_min > 0 ? options->published_min : 10;
    s->hide_min = options->internal ? 0 : s->published_min;
    s->progress = options->progress;
    oko_status status = oko_text_open(options->lang != NULL ? options->lang : "ru", &s->own_text, err);
    if (status != OKO_OK)
        return status;
    s->text = s->own_text;
    status = open_run(s, options->run, err);
    if (status == OKO_OK)
        status = load(s, err);
    if (status != OKO_OK) {
        if (err != NULL && err->code != status)
            oko_error_set(err, status, "", "");
        return status;
    }
    *ret_session = s;
    s = NULL;
    return OKO_OK;
}

void oko_report_session_free(oko_report_session *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < s->n_procedures; i++) {
        if (s->procedures[i]->loaded)
            oko_states_clear(&s->procedures[i]->states);
        oko_state_free(s->procedures[i]->region_state);
        oko_answers_clear(&s->procedures[i]->answers);
        oko_counterfactual_free(s->procedures[i]->counterfactual);
        free(s->procedures[i]);
    }
    free(s->procedures);
    free(s->units);
    free(s->marks);
    free(s->scores);
    free(s->aggregates);
    free(s->externals);
    oko_peers_clear(&s->peers);
    oko_explain_free(s->explain);
    oko_run_clear(&s->evidence_run);
    oko_run_clear(&s->run);
    oko_text_free(s->own_text);
    oko_arena_free(s->arena);
    free(s);
}

void oko_report_session_freep(oko_report_session **session)
{
    oko_report_session_free(*session);
    *session = NULL;
}
