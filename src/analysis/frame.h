/*
 * Frame: one procedure in one region, the field within which schools are compared. Its schools stand in an order of
 * codes, municipality by municipality, so that seeded statistics do not depend on the ids of one database.
 */
#ifndef OKO_ANALYSIS_FRAME_H
#define OKO_ANALYSIS_FRAME_H

#include "analysis/states.h"

/* A municipality: schools[first … first+n−1] of the frame, or a histogram of its own (n = 0). */
typedef struct oko_group {
    int64_t unit; /* 0: schools without a municipality */
    size_t first, n;
    const oko_state *histogram; /* NULL when there are schools */
} oko_group;

typedef struct oko_frame {
    const oko_procedure *procedure;
    int64_t region; /* unit that the region's results are about; 0 = the schools have none in the register */
    size_t n;
    const oko_school_state **schools;
    size_t n_groups;
    oko_group *groups;
    oko_state *all; /* all works of the region */
} oko_frame;

typedef struct oko_frames {
    size_t n;
    oko_frame *at;
} oko_frames;

/* Splits states by region. They point into states, which must live longer. OKO_E_MEMORY. */
oko_status oko_frames_make(const oko_states *states, const oko_register *reg, oko_frames *ret_frames) OKO_WARN_UNUSED;
void oko_frames_clear(oko_frames *frames);

#endif
