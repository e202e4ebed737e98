/*
 * Kernels of the pair statistics: one person against a block of PAIR_LANES others, and exact tails of PAIR_LANES pairs
 * at once. Each lane does the operations of the scalar twin (pairs_single.c) in the same order, so that the digits
 * agree whatever the width of the vector unit. Internal to src/stats.
 */
#ifndef OKO_STATS_PAIRS_KERNEL_H
#define OKO_STATS_PAIRS_KERNEL_H

#include "stats/kernel.h"

#include <oko/pairs.h>

enum { PAIR_LANES = 8 };

/* Starting value of the exact tails: 2^900, so that a double reaches down to 1e-578. */
#define PAIR_SCALE 0x1p900
#define PAIR_HALF_SCALE 0x1p450
#define PAIR_LOG_SCALE 623.8324625039507784755089

/* Shape of a test as the kernels see it. */
typedef struct pair_shape {
    size_t n_items;
    const int *offset; /* [n_items + 1] */
    const int *right;  /* [n_items] column of the right answer, −1 = unknown */
} pair_shape;

/* Sums of one person against a block. */
typedef struct pair_sums {
    double matches[PAIR_LANES];
    double mean[PAIR_LANES], var[PAIR_LANES]; /* Σ q, Σ q(1 − q) */
} pair_sums;

/* ω in both directions: sums of the probability of the other's answer and of p(1 − p). */
typedef struct pair_omega {
    double matches[PAIR_LANES];
    double mean_a[PAIR_LANES], var_a[PAIR_LANES]; /* given the answers of the one person */
    double mean_b[PAIR_LANES], var_b[PAIR_LANES]; /* given those of the block's persons */
} pair_omega;

/* Same wrong answers: mean and variance. */
typedef struct pair_wrong {
    double mean[PAIR_LANES], var[PAIR_LANES];
} pair_wrong;

/*
 * p [columns]: probabilities of the one person, 0 for items not answered; answer [n_items]: column of the answer, −1.
 * block_p, block_hit [columns × PAIR_LANES]: the same probabilities of the block's persons, and 1 where that answer was
 * given, else 0. ret_q [n_items × PAIR_LANES]: chance of the same answer.
 */
void pair_match_kernel(const pair_shape *shape, const double *p, const int *answer, const double *block_p,
                       const double *block_hit, double *ret_q, pair_sums *ret);
void pair_omega_kernel(const pair_shape *shape, const double *p, const int *answer, const double *block_p,
                       const double *block_hit, pair_omega *ret);
/* ret_right, ret_wrong [n_items × PAIR_LANES]: chance of the same right and the same wrong answer; 0 without a key. */
void pair_wrong_kernel(const pair_shape *shape, const double *p, const double *block_p, double *ret_right,
                       double *ret_wrong, pair_wrong *ret);
/* From the q of pair_match_kernel. ret_sum: Σ w(same − q), ret_var: Σ w²q(1 − q), w = −ln q; items with q = 0 or 1 add
 * nothing. */
void pair_weighted_kernel(const pair_shape *shape, const double *q, const int *answer, const double *block_hit,
                          double *ret_sum, double *ret_var);

/* Exact tails of PAIR_LANES pairs: q [n × PAIR_LANES]; f: workspace [(n + 2) × PAIR_LANES]. ret [PAIR_LANES] = P(M ≥
 * matches) × PAIR_SCALE. */
void pair_gbt_kernel(size_t n, const double *q, const int *matches, double *f, double *ret);

/* Cells (c, w) with c + w ≤ n of M4's table, row by row. */
size_t pair_m4_cells(size_t n);
/* M4 of PAIR_LANES pairs; f, tail: workspaces [pair_m4_cells(n) × PAIR_LANES]. ret [PAIR_LANES] = p × PAIR_SCALE. */
void pair_m4_kernel(size_t n, const double *right, const double *wrong, const int *n_right, const int *n_wrong,
                    double *f, double *tail, double *ret);

/* −ln q for 0 < q < 1 by +, ×, ÷ alone: the same digits everywhere, in or out of a vector. */
double pair_surprise(double q);

/* (sum − mean) / √var, NaN when var is not positive. */
double pair_z(double sum, double mean, double var);
/* A pair with nothing computed. */
oko_pair pair_blank(size_t a, size_t b);
/* Fill the members of a pair from the sums of the kernels or of their twins. */
void pair_set_omega(oko_pair *pair, double mean_a, double var_a, double mean_b, double var_b);
void pair_set_weighted(oko_pair *pair, double sum, double var);
/* q: every stride-th number is of this pair; read again in log space when the tail is beyond a double. */
void pair_set_gbt(oko_pair *pair, double scaled, size_t n, const double *q, size_t stride);
void pair_set_m4(oko_pair *pair, double scaled);

#endif
