/*
 * Inflation of a region (завышение): how much better the schools outside of the reference stratum (observed or
 * centrally marked) did than they would have done in its conditions, in marks per pupil, in shares of every mark and in
 * works lifted over every cut-off.
 *
 * plain      others against reference as they are: right when the reference schools are as strong as the others.
 * adjusted   for other evidence. The level that a group's other results (other subject, other years) and journal marks
 *            promise is that of the level model of oko/signs.h: covariances of schools, groups and pupils, means of the
 *            reference groups, flat prior of the general level, so that a stratum that is weaker as a whole does not
 *            turn a surplus of the others that is real into inflation. The distribution of the reference works is
 * tilted, q_t ∝ f_t·exp(λ·s_t + κ·s_t²), until mean and variance of the normal scores s are moved by as much as the
 *            promised levels of the others lie above and wider than those of the stratum; the others are compared with
 *            it.
 * Intervals: cluster bootstrap over schools, within the stratum and within the others, Student with the smaller number
 * of schools less one; what the estimated weights of the evidence add comes from a jackknife of the level model over 16
 * folds of schools.
 *
 * Assumptions: the reference works are honest; the other evidence is no more inflated among the others than in the
 * stratum (where it is, the adjusted figure is too small; plain does not use it); variants are not told apart. Formulas
 * and measured coverage: docs/METHODS-families.md §5.
 *
 * Pure: no I/O, no clock, no global state; the digits depend on data and seed alone.
 */
#ifndef OKO_INFLATION_H
#define OKO_INFLATION_H

#include <oko/signs.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    OKO_INFLATION_MIN_SCHOOLS = 10, /* clusters on each side */
    OKO_INFLATION_MIN_WORKS = 200,  /* reference works */
    OKO_INFLATION_CUTOFFS = 8
};

/* Why a figure can't be computed. */
typedef enum oko_inflation_why {
    OKO_INFLATION_COMPUTED,
    OKO_INFLATION_NO_REFERENCE,  /* no reference group in this test; nothing is counted */
    OKO_INFLATION_FEW_REFERENCE, /* fewer schools or works than the minimum */
    OKO_INFLATION_FEW_OTHERS,    /* (nearly) all schools are reference */
    OKO_INFLATION_NO_EVIDENCE    /* adjusted only: too few groups with other results or journal marks */
} oko_inflation_why;
/* "computed", "no_reference", "few_reference", "few_others", "no_evidence"; "" for another number. */
const char *oko_inflation_why_name(oko_inflation_why why);

typedef struct oko_estimate {
    double value, lo, hi; /* 95 %; NaN: not computed */
} oko_estimate;

/* One comparison. All estimates are of the works outside of the stratum. */
typedef struct oko_inflation_part {
    oko_inflation_why why;
    int reference_schools, other_schools; /* clusters compared */
    int64_t reference_works, other_works;
    double observed, expected;                     /* mean total of the others, and in the conditions of the stratum */
    oko_estimate marks;                            /* marks per pupil: observed − expected */
    double mark[OKO_INFLATION_CUTOFFS + 1];        /* observed share of each mark (0…1), lowest first */
    oko_estimate share[OKO_INFLATION_CUTOFFS + 1]; /* observed − expected share of each mark */
    oko_estimate lifted[OKO_INFLATION_CUTOFFS];    /* works lifted over each cut-off */
} oko_inflation_part;

typedef struct oko_inflation {
    int n_cutoffs;
    int64_t works; /* all works of the test */
    double level;  /* others − reference by other evidence, in SD of pupils' results; NaN: not adjusted */
    oko_inflation_part plain, adjusted;
} oko_inflation;

typedef struct oko_inflation_options {
    uint64_t seed;
    int replicates; /* 50…10000; 0 = 400 */
    bool by_parent; /* clusters are the parents (groups are classes); else every group is one */
} oko_inflation_options;
#define OKO_INFLATION_OPTIONS_INIT                                                                                     \
    {                                                                                                                  \
        .seed = 1, .replicates = 400                                                                                   \
    }

/*
 * Inflation of tests[target] from groups of all tests, as for oko_signs (equal units are the same pupils). options may
 * be NULL. What can't be computed is told by `why` and NaN. OKO_E_ARGUMENT (as oko_signs, or target out of range),
 * OKO_E_MEMORY.
 */
oko_status oko_inflation_estimate(const oko_sign_test *tests, int n_tests, const oko_sign_group *groups,
                                  size_t n_groups, int target, const oko_inflation_options *options,
                                  oko_inflation *ret) OKO_WARN_UNUSED;

#ifdef __cplusplus
}
#endif
#endif
