/* Works of the region as a sampler of the null. Internal to src/stats. */
#ifndef OKO_STATS_NULL_DONORS_H
#define OKO_STATS_NULL_DONORS_H

#include "stats/sign_world.h"

#include <stddef.h>

/* Works of the groups that are not flagged, by row of the curves (variant and total), in random order within a row, in
 * blocks of PATTERN_LANES works as pattern_odds_kernel reads them: word w of lane l at (block·n_words +
 * w)·PATTERN_LANES + l. Anchored: of the reference groups only, in rows where they are enough. */
typedef struct null_donors {
    size_t *first;   /* [rows+1] blocks of row t: first[t]…first[t+1]−1 */
    uint32_t *n;     /* [rows] works of the row */
    bool *anchored;  /* [rows] only works of reference groups are in it */
    int n_words;     /* of a work: PATTERN_PACKED scores each */
    uint32_t *score; /* [blocks × n_words × PATTERN_LANES] */
    uint32_t *group; /* [blocks × PATTERN_LANES] index within the test; UINT32_MAX = no work there */
    float *fit;      /* [blocks × PATTERN_LANES] null_work_fit */
    bool large;      /* more than a core's own cache holds */
} null_donors;

/* Works of one group put in the place of its own. */
typedef struct null_drawn {
    size_t stride; /* whole blocks of lanes */
    int32_t *code; /* [n_items × stride] scores, column by column */
    size_t *taken; /* workspace [n] */
    double fit;    /* Σ null_work_fit */
} null_drawn;

oko_status null_donors_new(const sign_world *w, int test, null_donors *ret) OKO_WARN_UNUSED;
void null_donors_clear(null_donors *d);
/* A work by one of another group with the same variant and total for every work of `like`; `own` is its index within
 * the test. */
void null_donate(const null_curves *c, const null_donors *d, null_sampler *s, oko_rng *rng, uint32_t own,
                 const null_works *like, null_drawn *ret);

#endif
