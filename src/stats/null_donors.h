/* Works of the region as a sampler of the null. Internal to src/stats. */
#ifndef OKO_STATS_NULL_DONORS_H
#define OKO_STATS_NULL_DONORS_H

#include "stats/sign_world.h"

#include <stddef.h>

/* Works of the groups that are not flagged, by total, in random order within a total. */
typedef struct null_donors {
    size_t *first;   /* [max_total+2] works of total t: first[t]…first[t+1]−1 */
    uint8_t *cat;    /* [works × n_items] scores */
    uint32_t *group; /* index within the test */
} null_donors;

oko_status null_donors_new(const sign_world *w, int test, null_donors *ret) OKO_WARN_UNUSED;
void null_donors_clear(null_donors *d);
/* Overwrites w->cat: every work by one of another group with the same total. taken: workspace [w->n]. */
void null_donate(const null_curves *c, const null_donors *d, null_sampler *s, oko_rng *rng, uint32_t own, size_t *taken,
                 null_works *w);

#endif
