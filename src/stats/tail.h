/*
 * Distribution of the works above the cut-offs given the works in the windows: each cut-off Bin(T, π) with log odds
 * that are themselves uncertain (a normal mixture), cut-offs independent. Tails in log space. Internal to src/stats.
 */
#ifndef OKO_STATS_TAIL_H
#define OKO_STATS_TAIL_H

#include <oko/threshold.h>

typedef struct tail_part {
    double trials;       /* T = A + B ≥ 0 */
    double above;        /* B */
    double share;        /* π, 0 < π < 1 */
    double log_odds_var; /* of logit π */
} tail_part;

double tail_part_variance(const tail_part *part);
/* log mid-p: log(P(X > ΣB) + ½P(X = ΣB)) for the sum over n parts. OKO_E_MEMORY. */
oko_status tail_log_midp(const tail_part *parts, int n, double *ret_log_p) OKO_WARN_UNUSED;

#endif
