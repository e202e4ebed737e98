/*
 * Item response models: how likely each score on each item is at a given ability.
 *
 *   P(X = k | θ) ∝ exp(k·a·θ + c_k), c_0 = 0, k = 0…item maximum        (θ ~ N(0, σ²) among the persons)
 *
 * Rasch and PCM (Masters 1982): a = 1 for all items, σ estimated. 2PL (Birnbaum 1968) and GPCM (Muraki 1992): a of each
 * item estimated, σ = 1. Step difficulties are b_k = −(c_k − c_{k−1})/a. Estimation is marginal maximum likelihood
 * (Bock & Aitkin 1981): EM on a fixed grid, concave Newton steps per item, SQUAREM acceleration (Varadhan & Roland
 * 2008). The models are exponential families given the slopes, so a cycle costs persons × (items + nodes), not their
 * product. Formulas, small n, measured bias and speed: docs/METHODS-persons.md.
 *
 * Missing answers are left out of the likelihood (ignorable missingness is assumed). Pure; the digits do not depend on
 * the number of threads; all calls may run in parallel on shared const arguments.
 */
#ifndef OKO_IRT_H
#define OKO_IRT_H

#include <oko/status.h>

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    OKO_SCORES_MAX_PERSONS = 5000000,
    OKO_SCORES_MAX_ITEMS = 1000,
    OKO_SCORES_MAX_MARK = 40 /* of one item */
};

/* Scores of persons (баллы за задания). Plain data over arrays of the caller. */
typedef struct oko_scores {
    size_t n_persons;       /* 1…OKO_SCORES_MAX_PERSONS */
    int n_items;            /* 1…OKO_SCORES_MAX_ITEMS */
    const int8_t *score;    /* [n_persons × n_items], a row per person: 0…item_max, −1 = no answer */
    const int8_t *item_max; /* [n_items], 1…OKO_SCORES_MAX_MARK */
} oko_scores;

/* Checks sizes, pointers and that every score is in its range. OKO_E_ARGUMENT when one is not (also for NULL). */
oko_status oko_scores_check(const oko_scores *scores) OKO_WARN_UNUSED;

typedef enum oko_irt_kind { OKO_IRT_RASCH, OKO_IRT_2PL, OKO_IRT_PCM, OKO_IRT_GPCM } oko_irt_kind;

/* Why an item's parameters are not plain maximum likelihood; to be or-ed. */
enum {
    OKO_IRT_EMPTY_CATEGORY = 1, /* a score nobody got: half an answer was added to it */
    OKO_IRT_CONSTANT = 2,       /* never or always solved, or not answered at all: its slope was not estimated */
    OKO_IRT_SLOPE_BOUND = 4     /* the slope stands at ±slope_max */
};

/* A fitted (or given) model. Plain data, immutable after it was made. */
typedef struct oko_irt {
    oko_irt_kind kind;
    int n_items;
    double sd;             /* σ of θ; 1 for 2PL and GPCM */
    double *slope;         /* [n_items] a */
    int *offset;           /* [n_items + 1]; c_k of item i stands at intercept[offset[i] + k] */
    double *intercept;     /* c_k, c_0 = 0 */
    uint8_t *bounded;      /* [n_items] OKO_IRT_… */
    int n_bounded;         /* items with any */
    double n_used;         /* Σ weights of persons with at least one answer */
    double log_likelihood; /* marginal, of the persons used */
    int cycles;            /* evaluations of the likelihood */
} oko_irt;

typedef struct oko_irt_options {
    oko_irt_kind kind;
    const double *weight; /* [n_persons] ≥ 0 and finite; 0 leaves a person out of the fit; NULL = all 1 */
    int points;           /* nodes of the grid on ±6σ, 11…201; 0 = 41…81 by the length of the test */
    double tolerance;     /* largest change of a parameter in a plain EM step at the end; 0 = 1e-5 */
    int max_cycles;       /* 0 = 2000 */
    double slope_max;     /* 0 = 8 */
    int threads;          /* 0 = cores */
} oko_irt_options;

/*
 * Fits the model. options may be NULL (Rasch). Scores above 1 need PCM or GPCM. The caller frees *ret.
 * Items never or always solved, and scores that nobody got, keep finite parameters (half an answer at the prior's
 * abilities is added) and are told in `bounded`. Small n: the fit is made from 20 persons on, but slopes need hundreds.
 * OKO_E_ARGUMENT; OKO_E_NO_DATA (fewer than 2 items that vary, or fewer than 20 persons used); OKO_E_MEMORY;
 * OKO_E_NUMERIC when max_cycles do not reach the tolerance.
 */
oko_status oko_irt_fit(const oko_scores *scores, const oko_irt_options *options, oko_irt **ret) OKO_WARN_UNUSED;

/*
 * A model with given parameters: slope [n_items] finite and not 0; intercept: for item i its c_1…c_max (c_0 is left
 * out), items one after another, finite; sd > 0. The caller frees *ret. OKO_E_ARGUMENT, OKO_E_MEMORY.
 */
oko_status oko_irt_given(oko_irt_kind kind, int n_items, const int8_t *item_max, const double *slope,
                         const double *intercept, double sd, oko_irt **ret) OKO_WARN_UNUSED;
void oko_irt_free(oko_irt *irt); /* NULL is fine; also frees the structure itself */
void oko_irt_freep(oko_irt **irt);

/* P(X = k | theta) for k = 0…item maximum into ret_p. OKO_E_ARGUMENT (item out of range, theta not finite). */
oko_status oko_irt_probabilities(const oko_irt *irt, int item, double theta, double *ret_p) OKO_WARN_UNUSED;
/* Difficulty b_k of step `step` (1…maximum) of an item. OKO_E_ARGUMENT; OKO_E_NO_DATA when the slope is 0. */
oko_status oko_irt_difficulty(const oko_irt *irt, int item, int step, double *ret_b) OKO_WARN_UNUSED;

typedef enum oko_irt_estimate {
    OKO_IRT_WLE, /* Warm 1989: bias of order 1/n removed, finite for all scores; se = 1/√I(θ) */
    OKO_IRT_MLE, /* maximum likelihood: NaN for the lowest and the highest score; se = 1/√I(θ) */
    OKO_IRT_EAP  /* mean of the posterior under N(0, σ²); se = its standard deviation */
} oko_irt_estimate;

/*
 * Abilities of all persons: ret_theta, ret_se [n_persons] (ret_se may be NULL). NaN for a person without answers. Test
 * information is 1/se² (WLE, MLE). OKO_E_ARGUMENT (also when scores and model do not fit together), OKO_E_MEMORY.
 */
oko_status oko_irt_abilities(const oko_irt *irt, const oko_scores *scores, oko_irt_estimate kind, int threads,
                             double *ret_theta, double *ret_se) OKO_WARN_UNUSED;

/*
 * Item curves without a model: P(X = k | u), u = share of the marks that the person's other answered items could give.
 * A Gaussian kernel over u, half an answer per score spread by the item's overall shares, and P(X ≥ k) made
 * non-decreasing in u (pool adjacent violators, weights from the kernel). Sources: Ramsay 1991; Barlow et al. 1972.
 */
typedef struct oko_rest_curves {
    int n_items;
    int n_points; /* u = 0, 1/(n_points−1), …, 1; between them straight lines */
    int *offset;  /* [n_items + 1] first score of each item */
    double *p;    /* [offset[n_items] × n_points] */
} oko_rest_curves;

typedef struct oko_rest_curves_options {
    const double *weight; /* as in oko_irt_options */
    double bandwidth;     /* in shares of the rest score, 0…1; 0 = 1.06·sd·n^(−1/5), at least half a mark */
    bool not_monotone;    /* leave the kernel estimate as it is */
} oko_rest_curves_options;

/* options may be NULL. The caller frees *ret. OKO_E_ARGUMENT; OKO_E_NO_DATA with fewer than 20 persons used or fewer
 * than 2 items; OKO_E_MEMORY. */
oko_status oko_rest_curves_fit(const oko_scores *scores, const oko_rest_curves_options *options,
                               oko_rest_curves **ret) OKO_WARN_UNUSED;
void oko_rest_curves_free(oko_rest_curves *curves); /* NULL is fine */
void oko_rest_curves_freep(oko_rest_curves **curves);
/* P(X = k | share) for k = 0…item maximum. OKO_E_ARGUMENT (item or share out of range). */
oko_status oko_rest_curves_probabilities(const oko_rest_curves *curves, int item, double share,
                                         double *ret_p) OKO_WARN_UNUSED;

#ifdef __cplusplus
}
#endif
#endif
