/* Tails of the roster family: how many are absent, and which. Internal to src/stats. */
#ifndef OKO_STATS_ROSTER_TAIL_H
#define OKO_STATS_ROSTER_TAIL_H

#include <stdint.h>

enum { ROSTER_MIN_ROLL = 5 };

/* log mid-p of at least k of n, beta-binomial with mean share mu and correlation rho. */
double roster_absence_log_p(int k, int n, double mu, double rho);
/*
 * log mid-p that the absent (total < 0) are as weak as they are by what is known of them (NaN: nothing), given their
 * number, absence being drawn by the odds: all choices of one and two, the normal law above. NaN when nobody is absent,
 * all are, or fewer than ROSTER_MIN_ROLL are known. All arrays: [n].
 */
double roster_weak_log_p(int n, const int16_t *total, const double *known, const double *odds);

#endif
