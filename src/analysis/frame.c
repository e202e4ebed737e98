/* Splits the schools of a procedure into regions and municipalities. */
#include "analysis/frame.h"

#include "base/memory.h"

#include <stdlib.h>

/* A school with the places that give it its position. */
typedef struct seat {
    const oko_place *region, *municipality, *place;
    const oko_school_state *school;
} seat;

static int by_seat(const void *a, const void *b)
{
    const seat *x = a, *y = b;
    int order = oko_place_compare(x->region, y->region);
    if (order == 0)
        order = oko_place_compare(x->municipality, y->municipality);
    return order != 0 ? order : oko_place_compare(x->place, y->place);
}

static void clear_frame(oko_frame *f)
{
    free(f->schools);
    free(f->groups);
    oko_state_free(f->all);
}

void oko_frames_clear(oko_frames *frames)
{
    for (size_t i = 0; i < frames->n; i++)
        clear_frame(&frames->at[i]);
    free(frames->at);
    *frames = (oko_frames){ 0 };
}

/* Fills one frame from n seats of one region. OKO_E_MEMORY; the caller clears it. */
static oko_status fill_frame(const oko_states *states, const seat *seats, size_t n, oko_frame *f)
{
    f->procedure = &states->procedure;
    f->region = seats[0].region != NULL ? seats[0].region->id : 0;
    f->schools = oko_alloc_array(n, sizeof *f->schools);
    f->groups = oko_alloc_array(n, sizeof *f->groups);
    if (f->schools == NULL || f->groups == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || seats[i].municipality != seats[i - 1].municipality) {
            const oko_place *m = seats[i].municipality;
            f->groups[f->n_groups++] = (oko_group){ .unit = m != NULL ? m->id : 0, .first = i };
        }
        f->groups[f->n_groups - 1].n++;
        f->schools[f->n++] = seats[i].school;
        oko_status status = f->all == NULL ? oko_state_clone(seats[i].school->state, &f->all)
                                           : oko_state_merge(f->all, seats[i].school->state);
        if (status != OKO_OK)
            return status;
    }
    return OKO_OK;
}

static oko_status frames_of_schools(const oko_states *states, const oko_register *reg, oko_frames *frames)
{
    OKO_CLEANUP(oko_freep) seat *seats = oko_alloc_array(states->n, sizeof *seats);
    if (seats == NULL)
        return OKO_E_MEMORY;
    size_t regions = 0;
    for (size_t i = 0; i < states->n; i++) {
        const oko_school_state *s = &states->schools[i];
        seats[i] = (seat){ .region = oko_register_find(reg, s->region),
                           .municipality = oko_register_find(reg, s->municipality),
                           .place = oko_register_find(reg, s->school),
                           .school = s };
    }
    qsort(seats, states->n, sizeof *seats, by_seat);
    for (size_t i = 0; i < states->n; i++)
        regions += i == 0 || seats[i].region != seats[i - 1].region;
    frames->at = oko_calloc_array(regions, sizeof *frames->at);
    if (frames->at == NULL)
        return OKO_E_MEMORY;
    oko_status status = OKO_OK;
    for (size_t from = 0, to; status == OKO_OK && from < states->n; from = to) {
        for (to = from + 1; to < states->n && seats[to].region == seats[from].region; to++)
            ;
        status = fill_frame(states, seats + from, to - from, &frames->at[frames->n++]);
    }
    return status;
}

/* The municipalities' own histograms below a region become its groups. */
static oko_status add_histograms(const oko_states *states, oko_frame *f)
{
    f->groups = oko_calloc_array(states->n_parts, sizeof *f->groups);
    if (f->groups == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < states->n_parts; i++) {
        const oko_unit_state *part = &states->parts[i];
        if (part->level == OKO_LEVEL_MUNICIPALITY && part->region == f->region)
            f->groups[f->n_groups++] = (oko_group){ .unit = part->unit, .histogram = part->state };
    }
    return OKO_OK;
}

/* Without schools every histogram of a region or a country is a frame of its own. */
static oko_status frames_of_parts(const oko_states *states, oko_frames *frames)
{
    frames->at = oko_calloc_array(states->n_parts, sizeof *frames->at);
    if (frames->at == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < states->n_parts; i++) {
        const oko_unit_state *part = &states->parts[i];
        if (part->level > OKO_LEVEL_REGION)
            continue;
        oko_frame *f = &frames->at[frames->n++];
        f->procedure = &states->procedure;
        f->region = part->unit;
        oko_status status = oko_state_clone(part->state, &f->all);
        if (status == OKO_OK && part->level == OKO_LEVEL_REGION)
            status = add_histograms(states, f);
        if (status != OKO_OK)
            return status;
    }
    return OKO_OK;
}

oko_status oko_frames_make(const oko_states *states, const oko_register *reg, oko_frames *ret_frames)
{
    oko_frames frames = { 0 };
    oko_status status = OKO_OK;
    if (states->n > 0)
        status = frames_of_schools(states, reg, &frames);
    else if (states->n_parts > 0)
        status = frames_of_parts(states, &frames);
    if (status != OKO_OK) {
        oko_frames_clear(&frames);
        return status;
    }
    *ret_frames = frames;
    return OKO_OK;
}
