/*
 * Kernels of the pattern of answers. Works of a group stand column by column: item j of work i at j·stride + i, stride
 * a whole number of blocks of PATTERN_LANES works. Logarithms and powers are made of +, ×, ÷ alone: the same digits
 * everywhere, in or out of a vector. Internal to src/stats.
 */
#ifndef OKO_STATS_PATTERN_KERNEL_H
#define OKO_STATS_PATTERN_KERNEL_H

#include "stats/kernel.h"

#include <stddef.h>
#include <stdint.h>

enum { PATTERN_LANES = 8, PATTERN_BLOCKS = 3, PATTERN_PACKED = 4 };

/* n works, rounded up to whole blocks. */
static inline size_t pattern_stride(size_t n)
{
    return (n + PATTERN_LANES - 1) / PATTERN_LANES * PATTERN_LANES;
}

/* ln x to 1e-5 for a normal x > 0; e^x to 2e-7, −87 ≤ x ≤ 87 (clipped there). */
float pattern_log(float x);
float pattern_exp(float x);

/* Replaces x[0…n) by its logarithms; n a multiple of PATTERN_LANES. */
void pattern_log_kernel(size_t n, float *x);

typedef struct pattern_columns {
    int n_items;
    size_t stride;
    const int32_t *code; /* [n_items × stride] answers; the padding is never read as a work */
    const float *gain;   /* [n_items × stride] log LR of meeting the answer again in a work it is taken from */
} pattern_columns;

typedef struct pattern_pairs {
    double log_all; /* Σ over pairs log(1 + share·(LR − 1)), LR the mean of both directions */
    double nearest; /* largest log LR of one direction; −∞ without a pair */
    int a, b;       /* that pair, a < b */
} pattern_pairs;

/* share·(LR − 1) of one pair from the log LR of its directions. */
double pattern_pair_excess(float x, float y, float share);

/* All pairs of the works first…last−1. log LR of a direction: none + Σ gain of equal answers. */
void pattern_pairs_kernel(const pattern_columns *w, int first, int last, float none, float share, pattern_pairs *ret);

/* Σ weight·code over n numbers, a multiple of PATTERN_LANES. */
double pattern_dot_kernel(size_t n, const double *weight, const int32_t *code);

/* exp(Σ effect_j × score_j), clipped at e^±87, of the works of PATTERN_BLOCKS blocks. The scores of PATTERN_PACKED
 * items make a word, the first in its low byte; block: [n_words × PATTERN_LANES] each; effect: [n_words ×
 * PATTERN_PACKED]. */
void pattern_odds_kernel(int n_words, const float *effect, const uint32_t *const *block, float *ret_odds);

/* Bounds of the pair kernel, for its twin in the tests. */
#define PATTERN_NO_LR (-7.0f) /* below, the pair counts as unlike */
#define PATTERN_ALONE 8.0f    /* above, the pair's logarithm is taken by itself … */
#define PATTERN_LARGE 60.0f   /* … and above this the LR is all there is of it */

#endif
