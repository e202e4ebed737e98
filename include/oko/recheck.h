/*
 * A re-check of works (перепроверка): what share of marks and totals changed, in which direction, near the cut-offs or
 * anywhere, and how well the two judgements agree.
 *
 * Design. A re-check is a sample of the works that a school wrote, often 10–20 % of them, or all works near a cut-off.
 * When the number of works is known, intervals and the test against the target are hypergeometric (finite population);
 * else binomial. A sample that was not drawn at random (only works near a cut-off) says less of the rest: the figures
 * are of the works that were checked. Regions use the target «at most 10 % of the marks change».
 *
 * Small n: exact at any n. Missing: a work whose mark (total) is not known on both sides is left out of that figure;
 * NaN where nothing is known, never 0. Pure, thread-safe.
 */
#ifndef OKO_RECHECK_H
#define OKO_RECHECK_H

#include <oko/paired.h>
#include <oko/proportion.h>

#ifdef __cplusplus
extern "C" {
#endif

/* −1: not known. */
typedef struct oko_recheck_work {
    int mark_before, mark_after;   /* 1…5 */
    int total_before, total_after; /* raw score */
} oko_recheck_work;

typedef struct oko_recheck_design {
    int64_t population;     /* works written, of which these were checked; −1 = not known */
    double target;          /* share that may change, 0…1 exclusive: .10 */
    int n_cutoffs;          /* 0 = near the cut-offs is not told apart */
    const int16_t *cutoffs; /* lowest total of each higher mark, ascending */
    int window;             /* a total is near when it is one of `window` scores on either side; usually 2 */
} oko_recheck_design;

/* Counts of changes with what follows from them. */
typedef struct oko_recheck_change {
    int64_t n, changed; /* known on both sides; different */
    int64_t up, down;   /* −1 = not known */
    double share;
    oko_interval exact;  /* Clopper–Pearson 95 % */
    oko_interval midp;   /* mid-p 95 % */
    oko_interval finite; /* hypergeometric 95 %; NaN when the population is not known */
    double p, log_p;     /* that the share is above the target */
    double sign_p;       /* two-sided: up and down equally likely; NaN when not known or nothing changed */
} oko_recheck_change;

typedef struct oko_recheck {
    oko_recheck_change mark, total;
    double median_mark, median_total; /* change after − before, of all works known on both sides */
    double rank_p;                    /* Wilcoxon on the totals, else on the marks */
    int64_t near_n, near_changed;     /* marks of works with a total near a cut-off … */
    int64_t far_n, far_changed;       /* … and elsewhere */
    double near_p; /* Fisher, two-sided: overturned as often near as elsewhere; NaN = can't be told */
    oko_agreement exact, linear, quadratic; /* kappa of marks 1…5 */
} oko_recheck;

/* From counts. OKO_E_NO_DATA for n = 0 (all numbers NaN), OKO_E_ARGUMENT for counts or a design that can't be. */
oko_status oko_recheck_counts(int64_t n, int64_t changed, int64_t up, int64_t down, int64_t population, double target,
                              oko_recheck_change *ret) OKO_WARN_UNUSED;
/* From works. OKO_E_NO_DATA when no work is known on both sides, OKO_E_ARGUMENT, OKO_E_MEMORY. */
oko_status oko_recheck_compute(const oko_recheck_work *works, size_t n, const oko_recheck_design *design,
                               oko_recheck *ret) OKO_WARN_UNUSED;

#ifdef __cplusplus
}
#endif
#endif
