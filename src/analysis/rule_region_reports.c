/* region/lowered and region/raised from tables of a federal system that say how many pupils of a unit were lowered,
 * confirmed and raised, where the works themselves are not loaded. */
#include "analysis/rules.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WAYS = 3 };

/* One line of such a table. */
typedef struct line {
    const oko_place *place;
    oko_moves moves;
} line;

typedef struct collector {
    const oko_register *reg;
    size_t n, cap;
    line *lines;
} collector;

/* Whole pupils: the numbers, else the percents of those who took part. False when the line says nothing. */
static bool moves_of(const oko_aggregate *a, oko_moves *ret_moves)
{
    int64_t pupils[WAYS];
    for (int i = 0; i < WAYS; i++) {
        double count = i < a->n_values ? a->values[i] : NAN;
        double percent = WAYS + i < a->n_values ? a->values[WAYS + i] : NAN;
        if (isnan(count) && !isnan(percent) && a->n >= 0)
            count = percent * (double)a->n / 100;
        if (!(count >= 0 && count <= 1e12))
            return false;
        pupils[i] = llround(count);
    }
    *ret_moves = (oko_moves){ .works = a->n,
                              .with_mark = pupils[0] + pupils[1] + pupils[2],
                              .lowered = pupils[0],
                              .confirmed = pupils[1],
                              .raised = pupils[2] };
    return true;
}

static oko_status take(void *ctx, const oko_aggregate *a)
{
    collector *c = ctx;
    line entry = { .place = oko_register_find(c->reg, a->unit) };
    if (a->kind != OKO_AGGREGATE_JOURNAL || entry.place == NULL || !moves_of(a, &entry.moves))
        return OKO_OK;
    oko_status status = oko_grow(&c->lines, &c->cap, c->n + 1, sizeof *c->lines, OKO_STATES_MAX_SCHOOLS);
    if (status == OKO_OK)
        c->lines[c->n++] = entry;
    return status;
}

/* Schools first, by id; then the units above. */
static int schools_first(const void *a, const void *b)
{
    const oko_place *x = ((const line *)a)->place, *y = ((const line *)b)->place;
    bool school_x = x->level == OKO_LEVEL_SCHOOL, school_y = y->level == OKO_LEVEL_SCHOOL;
    if (school_x != school_y)
        return school_x ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

/* ---- schools ---- */

/* Schools of the table as states without works, so that they fall into regions and municipalities like all others. */
static oko_status make_states(const collector *c, size_t n, const oko_procedure *p, oko_states *states)
{
    static const oko_shape shape = { .max_total = 1 };
    states->procedure = *p;
    states->schools = oko_calloc_array(n, sizeof *states->schools);
    if (states->schools == NULL)
        return OKO_E_MEMORY;
    for (; states->n < n; states->n++) {
        const oko_place *place = c->lines[states->n].place;
        const oko_place *municipality = oko_register_above(c->reg, place->id, OKO_LEVEL_MUNICIPALITY);
        const oko_place *top = oko_register_top(c->reg, place->id);
        oko_school_state *s = &states->schools[states->n];
        *s = (oko_school_state){ .school = place->id,
                                 .municipality = municipality != NULL ? municipality->id : 0,
                                 .region = top != NULL ? top->id : 0 };
        oko_status status = oko_state_new(&shape, &s->state);
        if (status != OKO_OK)
            return status;
    }
    return OKO_OK;
}

static oko_status frame_results(oko_job *job, const collector *c, const oko_states *states, const oko_frame *f)
{
    OKO_CLEANUP(oko_freep) oko_moves *moves = oko_alloc_array(f->n, sizeof *moves);
    if (moves == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < f->n; i++)
        moves[i] = c->lines[f->schools[i] - states->schools].moves;
    return oko_rule_moves(job, f, moves, true);
}

static oko_status school_results(oko_job *job, const collector *c, size_t n, const oko_procedure *p)
{
    oko_states states = { 0 };
    oko_frames frames = { 0 };
    oko_status status = make_states(c, n, p, &states);
    if (status == OKO_OK)
        status = oko_frames_make(&states, c->reg, &frames);
    for (size_t i = 0; status == OKO_OK && i < frames.n; i++)
        status = frame_results(job, c, &states, &frames.at[i]);
    oko_frames_clear(&frames);
    oko_states_clear(&states);
    return status;
}

/* ---- units above, when no school is told ---- */

/* The line of the region that a unit belongs to, to compare with. */
static oko_moves region_of(const collector *c, const oko_place *place)
{
    const oko_place *top = oko_register_top(c->reg, place->id);
    for (size_t i = 0; i < c->n; i++)
        if (c->lines[i].place == top && top != place)
            return c->lines[i].moves;
    return (oko_moves){ 0 };
}

static oko_status unit_results(oko_job *job, const collector *c, const oko_procedure *p, bool raised)
{
    oko_moves_rule rule;
    oko_status status = OKO_OK;
    if (!oko_moves_rule_open(job, raised, true, &rule))
        return OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < c->n; i++) {
        size_t at = 0;
        status = oko_results_extend(&job->results, 1, &at);
        if (status != OKO_OK)
            return status;
        oko_result *r = &job->results.at[at];
        oko_result_init(r, p->code, rule.rule->code, c->lines[i].place->id, false);
        rule.all = region_of(c, c->lines[i].place);
        status = oko_moves_result(&rule, &c->lines[i].moves, &job->details[0], r);
    }
    return status;
}

oko_status oko_rule_region_reports(oko_job *job, oko_store *store, const oko_procedure *p, int64_t revision,
                                   bool *ret_found, oko_error *err)
{
    collector c = { .reg = job->reg };
    size_t schools = 0;
    oko_status status = oko_store_aggregate_walk(store, p->id, revision, take, &c, err);
    if (status == OKO_OK && c.n > 1)
        qsort(c.lines, c.n, sizeof *c.lines, schools_first);
    while (schools < c.n && c.lines[schools].place->level == OKO_LEVEL_SCHOOL)
        schools++;
    if (status == OKO_OK && schools > 0)
        status = school_results(job, &c, schools, p);
    for (int raised = 0; status == OKO_OK && schools == 0 && raised < 2; raised++)
        status = unit_results(job, &c, p, raised);
    if (status == OKO_OK)
        *ret_found = c.n > 0;
    free(c.lines);
    return status;
}
