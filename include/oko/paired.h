/*
 * The same works judged twice: in which direction did the second judgement differ, and how well do the two agree?
 *
 * Pure and thread-safe. OKO_E_NO_DATA (outputs NaN) when nothing can be said, e.g. no pair differs.
 */
#ifndef OKO_PAIRED_H
#define OKO_PAIRED_H

#include <oko/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    OKO_WILCOXON_EXACT = 100, /* differing pairs up to which the null distribution is enumerated */
    OKO_AGREEMENT_MAX = 12    /* categories */
};

/* Sign test (exact, two-sided): up and down are equally likely among the pairs that differ; pairs without a difference
 * say nothing. p = min(1, 2·P(X ≤ min(up, down))), X ~ Bin(up + down, ½). OKO_E_NO_DATA for up + down = 0. */
oko_status oko_paired_sign_test(int64_t up, int64_t down, double *ret_p) OKO_WARN_UNUSED;

typedef struct oko_wilcoxon {
    int64_t pairs; /* that differ */
    double w_plus; /* Σ ranks of the positive differences, mid-ranks for ties */
    double p;      /* two-sided */
    int exact;     /* 1: enumerated; 0: normal approximation with correction for ties */
    double median; /* of all n differences, zeros too */
} oko_wilcoxon;
/* Wilcoxon's signed-rank test of n differences; zeros are left out (Wilcoxon 1945). With at most OKO_WILCOXON_EXACT
 * differing pairs the distribution given the tied ranks is enumerated, so that ties need no correction. difference: [n]
 * finite. OKO_E_NO_DATA when none differs (pairs 0, median is given when n > 0), OKO_E_ARGUMENT, OKO_E_MEMORY. */
oko_status oko_wilcoxon_test(const double *difference, size_t n, oko_wilcoxon *ret) OKO_WARN_UNUSED;

typedef enum oko_agreement_weights {
    OKO_AGREEMENT_EXACT,    /* Cohen's kappa: any difference counts the same */
    OKO_AGREEMENT_LINEAR,   /* 1 − |i − j|/(k − 1) */
    OKO_AGREEMENT_QUADRATIC /* 1 − (i − j)²/(k − 1)² */
} oko_agreement_weights;

typedef struct oko_agreement {
    int64_t n;
    double observed; /* weighted share of agreement */
    double chance;   /* expected from the margins */
    double kappa;
    double se; /* of kappa, large samples (Fleiss, Cohen, Everitt 1969); NaN for n < 2 */
} oko_agreement;
/* Kappa of a k × k table (row: first judgement), 2 ≤ k ≤ OKO_AGREEMENT_MAX, counts ≥ 0 (else OKO_E_ARGUMENT).
 * OKO_E_NO_DATA for an empty table, and when all works have one category in both (kappa is 0/0). */
oko_status oko_agreement_kappa(int k, const int64_t *table, oko_agreement_weights weights,
                               oko_agreement *ret) OKO_WARN_UNUSED;

#ifdef __cplusplus
}
#endif
#endif
