/*
 * Growth of a part of the works: within a group, some pupils stand above what their other results promise and some do
 * not. Internal to src/stats.
 */
#ifndef OKO_STATS_LEVEL_GROWTH_H
#define OKO_STATS_LEVEL_GROWTH_H

#include "stats/level_model.h"

enum { LEVEL_MIN_ROWS = 8 };

/* How the results of a group's pupils go with the columns that they can be linked to: of the same year. */
typedef struct level_within {
    int n; /* linked columns */
    int column[LEVEL_COLUMNS];
    level_link link[LEVEL_COLUMNS];
    double slope[LEVEL_COLUMNS];
    double var; /* of a result around what the columns say */
} level_within;

/* Columns that most of the pupils can be linked to; false when there are none. */
bool level_within_of(const sign_world *w, const level_model *m, const sign_group *g, level_within *ret);
/* What the columns say of a pupil, but for a constant of the group; NaN when not known. */
double level_within_says(const sign_world *w, const sign_group *g, const level_within *v, int row);

/*
 * Log p of the likelihood ratio «half of the works gained four tenths of what they lack» against «none did», given the
 * group's residual z·√var against all other evidence [n each; NaN = not known] and the pupils' residuals against what
 * their other results say. Calibrated by replicates whose pupils' residuals are those of other groups' pupils with the
 * same promise. ret_log_p: [n]; NaN where pupils can't be linked.
 */
oko_status level_growth(sign_world *w, const level_model *m, const double *z, const double *var, int worker,
                        double *ret_log_p) OKO_WARN_UNUSED;

/*
 * Log of the mean, over the group's own shift given the results r (variances: common of the shift, pupil of a result
 * around it), of Π over pupils of the density of «half of the works gained» over the density of «none did». Nodes at
 * every .7 of the shift's SD given r, from 8 below its mean to 3.2 above: what others gained is not the group's own.
 */
double level_growth_ratio(size_t n, double common, double pupil, const double *r, const double *gain);

#endif
