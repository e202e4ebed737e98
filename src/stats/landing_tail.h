/* Tail of the landing on cut-offs, the second statistic of the threshold family. Internal to src/stats. */
#ifndef OKO_STATS_LANDING_TAIL_H
#define OKO_STATS_LANDING_TAIL_H

#include <stdint.h>

enum { LANDING_CELLS = 6 }; /* of the workspace, per work and one more */

/* Scores around one cut-off: it, one above, and at most two below that belong to no other cut-off. */
typedef struct landing_block {
    int from, to;
    int cutoff;
    int trials, observed; /* works; sum of their weights: 2 on the cut-off, −3 and −2 one and two below */
} landing_block;

/* Blocks of the cut-offs [n_cutoffs, ascending], where q [n_scores] has anything below and on them; how many. */
int landing_place(int n_scores, int n_cutoffs, const int *cut, const int64_t *histogram, const double *q,
                  landing_block *ret);
/*
 * log of P(sum > observed) + .7 P(sum = observed) given the works of each of the n blocks, shares being those of q;
 * the log odds of at-or-above against below have variance var around these. f: LANDING_CELLS × (trials + 1).
 */
double landing_log_p(const landing_block *b, int n, const double *q, double var, double *f);

#endif
