/* States of units above the school: merged from the schools below, or the unit's own histogram. */
#include "analysis/states.h"

#include "base/memory.h"

/* Is this school below (or the same as) the unit? */
static bool is_below(const oko_school_state *s, oko_level level, int64_t unit)
{
    switch (level) {
    case OKO_LEVEL_COUNTRY:
        return true;
    case OKO_LEVEL_REGION:
        return s->region == unit;
    case OKO_LEVEL_MUNICIPALITY:
        return s->municipality == unit;
    default:
        return s->school == unit;
    }
}

/* The unit's own histogram, NULL when there is none. */
static const oko_state *part_of(const oko_states *states, int64_t unit)
{
    for (size_t i = 0; i < states->n_parts; i++)
        if (states->parts[i].unit == unit)
            return states->parts[i].state;
    return NULL;
}

static oko_status own_histogram(const oko_state *part, oko_state **ret_state, oko_counts *ret_counts,
                                int64_t *ret_schools)
{
    oko_state *state = NULL;
    oko_status status = oko_state_clone(part, &state);
    if (status != OKO_OK)
        return status;
    if (ret_counts != NULL)
        *ret_counts = (oko_counts){ .rows = oko_state_n(part),
                                    .participants = oko_state_n(part),
                                    .sum = oko_state_sum(part),
                                    .sum_sq = oko_state_sum_sq(part) };
    if (ret_schools != NULL)
        *ret_schools = -1;
    *ret_state = state;
    return OKO_OK;
}

oko_status oko_states_below(const oko_states *states, oko_level level, int64_t unit, oko_state **ret_state,
                            oko_counts *ret_counts, int64_t *ret_schools)
{
    if (level > OKO_LEVEL_SCHOOL)
        return OKO_E_ARGUMENT;
    const oko_state *part = part_of(states, unit);
    if (part != NULL)
        return own_histogram(part, ret_state, ret_counts, ret_schools);
    if (level == OKO_LEVEL_COUNTRY && states->n == 0 && states->all != NULL)
        return own_histogram(states->all, ret_state, ret_counts, ret_schools);
    OKO_CLEANUP(oko_state_freep) oko_state *sum = NULL;
    oko_counts counts = { 0 };
    int64_t schools = 0;
    for (size_t i = 0; i < states->n; i++) {
        const oko_school_state *s = &states->schools[i];
        if (!is_below(s, level, unit))
            continue;
        oko_status status = sum == NULL ? oko_state_clone(s->state, &sum) : oko_state_merge(sum, s->state);
        if (status != OKO_OK)
            return status;
        oko_counts_add(&counts, &s->counts);
        schools += oko_state_n(s->state) > 0;
    }
    if (sum == NULL)
        return OKO_E_NO_DATA;
    if (ret_counts != NULL)
        *ret_counts = counts;
    if (ret_schools != NULL)
        *ret_schools = schools;
    *ret_state = sum;
    sum = NULL;
    return OKO_OK;
}
