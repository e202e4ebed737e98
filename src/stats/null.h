/*
 * The null of a test: item-category probabilities by total score, item × group variance, and works sampled from it.
 * Internal to src/stats.
 */
#ifndef OKO_STATS_NULL_H
#define OKO_STATS_NULL_H

#include "base/random.h"

#include <oko/signs.h>

#include <stddef.h>

enum { NULL_MOST_PARTS = 64 }; /* classes told apart in a group; further ones count as the last */

/* Categories of an item: its scores 0…max, then "not tried" (score 0). Tables go by row (block of variants and total),
 * item, category. */
typedef struct null_curves {
    int full;                       /* sum of the items' maxima: the highest total that answers can have */
    int max_total, n_items, n_cats; /* n_cats: of the longest item */
    int n_blocks;                   /* of variants; works of block b and total t stand in row b·(max_total+1) + t */
    const int16_t *item_max;
    double *p;                  /* [rows × n_items × n_cats] */
    double *log_p;              /* its logarithm */
    double *weight;             /* of the sampler, by score: their shares given the sum are p */
    double *mean;               /* [rows × n_items] expected score given the total */
    double *var;                /* of the score, items taken as independent given the total */
    double *fit_mean, *fit_var; /* [rows] of log P of a work's answers */
    double *sigma2;             /* [n_items] item × group variance of a group of one class, logits² */
    double class_share;         /* the part of it that is the class's own: the other is the whole group's */
} null_curves;

static inline int null_total(const null_curves *c, int row)
{
    return row % (c->max_total + 1);
}

oko_status null_curves_new(const oko_sign_test *test, int n_blocks, null_curves *ret) OKO_WARN_UNUSED;
void null_curves_clear(null_curves *c);
/*
 * counts: like p, works by row, item and category. reference: NULL, or such counts of the works that the curves are
 * anchored on: the shape is that of all works, and every item is then shifted (logits, smooth in the total) until its
 * mean is that of the reference works. OKO_E_MEMORY.
 */
oko_status null_curves_fit(null_curves *c, const double *counts, const double *reference) OKO_WARN_UNUSED;
/* The last step of it, for one block: the sampler's weights from p. */
oko_status null_weights_fit(null_curves *c) OKO_WARN_UNUSED;

/* Works of one group that have answers, by total. Everything is borrowed. */
typedef struct null_works {
    int n;
    const int16_t *total; /* [n] rows of the curves, ascending: totals, when there is one block */
    const int32_t *row;   /* [n] row in the caller's group */
    const int8_t *items;  /* the caller's answers: n_items of a row; negative = not tried */
    const uint8_t *part;  /* [n] class of the work, 0…NULL_MOST_PARTS−1; NULL = all of one class */
    double clump;         /* Σ n_c²/n² over the classes: 1 for one, ¼ for four equal ones */
} null_works;

/* Of the item × group variance of one class, what is left in the mean of a group's classes. */
static inline double null_group_share(const null_curves *c, const null_works *w)
{
    return 1 - c->class_share * (1 - w->clump);
}

/* Score of item j of work i: whether «0» or «not tried» is written is a habit of the school, not an answer. */
static inline int null_score(const null_works *w, int n_items, int i, int j)
{
    int score = w->items[(size_t)w->row[i] * (size_t)n_items + (size_t)j];
    return score > 0 ? score : 0;
}

/* excess [n_items]: Σ observed − expected score; info [n_items]: its variance given the totals without item × group
 * variance. */
void null_works_sum(const null_curves *c, const null_works *w, double *excess, double *info);
/* Standardised log P of a work's answers given its row (lz); 0 where all works are alike: nothing right, all right.
 */
float null_work_fit(const null_curves *c, int row, const uint8_t *cat);
/* Does null_work_fit tell works of this row apart? */
bool null_fit_known(const null_curves *c, int row);

/* Workspace of the sampler: one per thread. The effects of class `part` stand at part × (n_items + 3). */
typedef struct null_sampler {
    int part;       /* whose effects null_sample_one takes */
    double *weight; /* [n_items × n_cats] */
    double *tail;   /* [(n_items+1) × (max_total+1)] */
    double *effect; /* [NULL_MOST_PARTS × (n_items + 3)] */
    float *slope;   /* the same for the odds of donors; zeros at the end of a class */
    uint8_t *cat;   /* [n_items] one work */
} null_sampler;
oko_status null_sampler_new(const null_curves *c, null_sampler *ret) OKO_WARN_UNUSED;
void null_sampler_clear(null_sampler *s);
/* One work with the effects that stand in s->effect (total: a row); fresh: the total or the effects are not those of
 * the last call. */
void null_sample_one(const null_curves *c, null_sampler *s, oko_rng *rng, int total, bool fresh, uint8_t *cat);
/* Draws answers given n rows of the curves, ascending (exactly), with item × group effects drawn once. cat: [n ×
 * n_items]. */
void null_sample(const null_curves *c, null_sampler *s, oko_rng *rng, int n, const int16_t *total, uint8_t *cat);

/* In the guards `use` says whose values make median and MAD (the reference stratum); NULL = all. */
/* z → (z − max(0, median)) / max(1, MAD), NaN left out of both; for continuous statistics only. */
oko_status null_guard(size_t n, const bool *use, double *z) OKO_WARN_UNUSED;
/* The guard for log p of a continuous statistic. */
oko_status null_guard_log_p(size_t n, const bool *use, double *log_p) OKO_WARN_UNUSED;
/* Divides by the MAD, .75…1.5, when there are 100 units: the residual variance of a model is itself fitted. With `use`
 * from 30 units on, shrunk to 1. */
oko_status null_scale(size_t n, const bool *use, double *z) OKO_WARN_UNUSED;
/* The guard against the `near` neighbours in `by` (level, say), shrunk to the whole. */
oko_status null_guard_local(size_t n, const bool *use, const double *by, size_t near, double *z) OKO_WARN_UNUSED;
/* Guard by size: the variance of z is fitted as a + b/size, and where that is above 1, z is brought back; b counts as
 * far as it stands out of its noise. log p never gets smaller. size: [n] NaN = leave out. */
oko_status null_guard_size(size_t n, const bool *use, const double *size, double *log_p) OKO_WARN_UNUSED;
/* The b of such a line for z, as far as it stands out of its noise; 0 when it does not. */
double null_spread_slope(size_t n, const bool *use, const double *size, const double *z);

#endif
