/*
 * What a group's own level does to its statistics: the strong stand above any prediction more often, and at the end of
 * the scale totals are close to each other. Internal to src/stats.
 */
#ifndef OKO_STATS_LEVEL_GUARD_H
#define OKO_STATS_LEVEL_GUARD_H

#include "stats/level_model.h"

/* Total whose normal score is y on a scale of max_total + 1 scores, by linear interpolation. */
double level_total_at(const double *score, int max_total, double y);

/*
 * z of residuals given the group's own level: less a line in it, fitted to the groups that are not flagged (use: the
 * reference groups; NULL = all) and counting as far as it stands out of its noise. Changes nothing below 40 of them.
 */
oko_status level_take_line(const sign_world *w, const level_model *m, const bool *use, double *z) OKO_WARN_UNUSED;

/*
 * The few groups whose other evidence lies far out are predicted from a covariance that knows the others: where the
 * variance of z grows with the square of that distance (median and robust SD of the groups that are fitted), z is
 * brought back. expected: [n] level that the evidence promises, NaN where z is.
 */
oko_status level_guard_far(const sign_world *w, const level_model *m, const bool *use, const double *expected,
                           double *z) OKO_WARN_UNUSED;

/* Variance of pupils' normal scores by the mean of the group. */
enum { LEVEL_PLACES = 57 };
typedef struct level_ceiling {
    double mean[LEVEL_PLACES], var[LEVEL_PLACES];
    double typical; /* of the region's works */
} level_ceiling;

/* least_works: of groups that count in what is typical. */
void level_ceiling_fit(const sign_world *w, const level_model *m, int least_works, level_ceiling *ret);
/* Share of the usual variance that the scale leaves a group of this level; NaN below .7, where it tells nothing. */
double level_ceiling_share(const level_ceiling *c, const sign_group *g);

#endif
