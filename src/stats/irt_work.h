/* A fit in progress: what the steps of the EM cycle share. Internal to src/stats. */
#ifndef OKO_STATS_IRT_WORK_H
#define OKO_STATS_IRT_WORK_H

#include <oko/irt.h>

enum { IRT_BLOCKS = 64, IRT_MAX_POINTS = 201 };

typedef struct irt_work {
    const oko_scores *data;
    const double *weight; /* NULL = all 1 */
    bool common;          /* one slope for all items */
    int n_items, n_points, threads;
    double slope_max;
    int *offset;      /* [n_items + 1] */
    uint8_t *bounded; /* [n_items] */
    double *count;    /* [columns] weighted answers per score */
    double *half;     /* [columns] added to an empty score: ½ or 0 */

    /* persons */
    int8_t *score;     /* missing as 0 */
    size_t *gap_from;  /* [n_persons + 1] into gap */
    uint16_t *gap;     /* items a person did not answer */
    bool complete;     /* nobody has gaps */
    size_t block_size; /* persons per block; blocks do not depend on the threads */
    size_t n_blocks;

    /* grid: node[q] on ±6, prior sums to 1 */
    double node[IRT_MAX_POINTS], prior[IRT_MAX_POINTS], log_prior[IRT_MAX_POINTS];
    double *log_z; /* [n_items × n_points] log Σ_k exp(k·a·θ + c_k) */
    double base[IRT_MAX_POINTS];

    /* parameters of one evaluation: slope [n_items], then intercepts [columns] */
    size_t n_par;
    const double *par;

    /* expected counts: each block has one of `stride`: n_points at the nodes, n_items Σ w·x·E(θ), 1 log-likelihood,
       and with gaps n_items × n_points persons without an answer */
    size_t stride;
    double *block;
    double *sum; /* [stride] total over the blocks */
} irt_work;

/* Index of the parts of a block. */
static inline size_t irt_at_moment(const irt_work *w)
{
    return (size_t)w->n_points;
}
static inline size_t irt_at_likelihood(const irt_work *w)
{
    return (size_t)w->n_points + (size_t)w->n_items;
}
static inline size_t irt_at_gaps(const irt_work *w)
{
    return (size_t)w->n_points + (size_t)w->n_items + 1;
}

/* Prepares everything that does not depend on the parameters, and starting values in par [*ret_n_par]; irt_work_clear
 * frees it also after a failure. OKO_E_MEMORY, OKO_E_NO_DATA. */
oko_status irt_work_init(irt_work *w, const oko_scores *data, const oko_irt_options *options,
                         double *ret_n_used) OKO_WARN_UNUSED;
void irt_work_clear(irt_work *w);
void irt_work_start(const irt_work *w, double *par);

/* Log-likelihood at par and expected counts in w->sum. */
oko_status irt_expect(irt_work *w, const double *par, double *ret_log_likelihood) OKO_WARN_UNUSED;
/* New parameters from the counts: par → next (may be the same array). */
void irt_maximise(const irt_work *w, const double *par, double *next);
/* Keeps parameters inside their bounds. */
void irt_clamp(const irt_work *w, double *par);

#endif
