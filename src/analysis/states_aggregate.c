/* States from histograms («Распределение первичных баллов» and other aggregate files) where no works are loaded. */
#include "analysis/states.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

typedef struct collector {
    const oko_register *reg;
    const oko_shape *shape;
    oko_states *states;
    size_t school_cap, part_cap;
} collector;

/* One bin as a number of works; NaN (an empty cell) is 0. */
static double bin(const oko_aggregate *a, int i, double scale)
{
    return i < a->n_values && isfinite(a->values[i]) ? a->values[i] * scale : 0.0;
}

/*
 * Number of works per score. Percents become whole works by largest remainders (the lower score first among equals);
 * a row that sums to 98…102 % means all n works. False when the histogram says nothing: percents without n, an empty
 * row, a negative or absurd value.
 */
static bool histogram_counts(const oko_aggregate *a, int max_total, int64_t *counts)
{
    if (a->percent && a->n < 1)
        return false;
    double scale = a->percent ? (double)a->n / 100.0 : 1.0, sum = 0;
    for (int i = 0; i <= max_total; i++) {
        double value = bin(a, i, scale);
        if (value < 0 || value > 1e12)
            return false;
        sum += value;
    }
    int64_t target = llround(sum), whole = 0;
    if (a->percent && fabs(sum - (double)a->n) <= .02 * (double)a->n) {
        target = a->n;
        scale *= (double)a->n / sum;
    }
    double rest[OKO_MAX_TOTAL + 1];
    for (int i = 0; i <= max_total; i++) {
        counts[i] = (int64_t)floor(bin(a, i, scale) + 1e-9);
        rest[i] = bin(a, i, scale) - (double)counts[i];
        whole += counts[i];
    }
    for (int64_t left = target - whole; left > 0 && left <= max_total + 1; left--) {
        int best = 0;
        for (int i = 1; i <= max_total; i++)
            if (rest[i] > rest[best] + 1e-9)
                best = i;
        counts[best]++;
        rest[best] = -1;
    }
    return target > 0;
}

static oko_status add_part(collector *c, const oko_place *place, oko_state *state)
{
    oko_states *s = c->states;
    const oko_place *region = oko_register_top(c->reg, place->id);
    oko_status status = oko_grow(&s->parts, &c->part_cap, s->n_parts + 1, sizeof *s->parts, OKO_STATES_MAX_SCHOOLS);
    if (status == OKO_OK)
        s->parts[s->n_parts++] = (oko_unit_state){
            .unit = place->id, .level = place->level, .region = region != NULL ? region->id : 0, .state = state
        };
    return status;
}

static oko_status add_school(collector *c, const oko_place *place, oko_state *state)
{
    oko_states *s = c->states;
    oko_status status = oko_grow(&s->schools, &c->school_cap, s->n + 1, sizeof *s->schools, OKO_STATES_MAX_SCHOOLS);
    if (status != OKO_OK)
        return status;
    const oko_place *municipality = oko_register_above(c->reg, place->id, OKO_LEVEL_MUNICIPALITY);
    const oko_place *top = oko_register_top(c->reg, place->id);
    s->schools[s->n++] = (oko_school_state){ .school = place->id,
                                             .municipality = municipality != NULL ? municipality->id : 0,
                                             .region = top != NULL ? top->id : 0,
                                             .state = state,
                                             .counts = { .rows = oko_state_n(state),
                                                         .participants = oko_state_n(state),
                                                         .sum = oko_state_sum(state),
                                                         .sum_sq = oko_state_sum_sq(state) } };
    return OKO_OK;
}

static oko_status take_aggregate(void *ctx, const oko_aggregate *a)
{
    collector *c = ctx;
    const oko_place *place = oko_register_find(c->reg, a->unit);
    int64_t counts[OKO_MAX_TOTAL + 1];
    if (a->kind != OKO_AGGREGATE_HISTOGRAM || place == NULL ||
        !histogram_counts(a, c->states->procedure.max_total, counts))
        return OKO_OK;
    OKO_CLEANUP(oko_state_freep) oko_state *state = NULL;
    oko_status status = oko_state_new(c->shape, &state);
    if (status == OKO_OK)
        status = oko_state_add_histogram(state, counts);
    if (status == OKO_OK)
        status = place->level == OKO_LEVEL_SCHOOL ? add_school(c, place, state) : add_part(c, place, state);
    if (status == OKO_OK)
        state = NULL;
    return status;
}

static int by_school(const void *a, const void *b)
{
    const oko_school_state *x = a, *y = b;
    return (x->school > y->school) - (x->school < y->school);
}

static int by_level(const void *a, const void *b)
{
    const oko_unit_state *x = a, *y = b;
    if (x->level != y->level)
        return x->level < y->level ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

/* all += the parts of one level. Returns how many there were through *ret_n. */
static oko_status merge_level(oko_states *s, oko_level level, size_t *ret_n)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_parts; i++) {
        if (s->parts[i].level != level)
            continue;
        oko_status status = oko_state_merge(s->all, s->parts[i].state);
        if (status != OKO_OK)
            return status;
        n++;
    }
    *ret_n = n;
    return OKO_OK;
}

/* `all`: the schools when there are any, else the first of regions, country, municipalities that is known. */
static oko_status merge_all(oko_states *s)
{
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < s->n; i++)
        status = oko_state_merge(s->all, s->schools[i].state);
    static const oko_level order[] = { OKO_LEVEL_REGION, OKO_LEVEL_COUNTRY, OKO_LEVEL_MUNICIPALITY };
    size_t found = s->n;
    for (size_t k = 0; status == OKO_OK && found == 0 && k < sizeof order / sizeof *order; k++)
        status = merge_level(s, order[k], &found);
    s->counts = (oko_counts){ .rows = oko_state_n(s->all),
                              .participants = oko_state_n(s->all),
                              .sum = oko_state_sum(s->all),
                              .sum_sq = oko_state_sum_sq(s->all) };
    return status;
}

oko_status oko_states_from_aggregates(oko_store *store, int64_t revision, const oko_register *reg, oko_states *states,
                                      oko_error *err)
{
    const oko_shape shape = { .max_total = states->procedure.max_total };
    collector c = { .reg = reg, .shape = &shape, .states = states };
    oko_status status = oko_store_aggregate_walk(store, states->procedure.id, revision, take_aggregate, &c, err);
    if (status != OKO_OK)
        return status;
    if (states->n == 0 && states->n_parts == 0)
        return oko_error_set(err, OKO_E_NO_DATA, "analysis.nothing_loaded", states->procedure.code);
    states->from_aggregate = true;
    if (states->n > 1)
        qsort(states->schools, states->n, sizeof *states->schools, by_school);
    if (states->n_parts > 1)
        qsort(states->parts, states->n_parts, sizeof *states->parts, by_level);
    status = oko_state_new(&shape, &states->all);
    return status == OKO_OK ? merge_all(states) : status;
}
