/*
 * Did it help? Before and after of units that had a measure, against comparable units that had none.
 *
 * Units are chosen for a measure because their value was bad, so part of any later gain would have come by itself
 * (regression to the mean). The estimate therefore compares a treated unit with what untreated units of the same
 * starting value did: after = a + b·before + τ·treated (analysis of covariance; b < 1 is the regression to the mean),
 * τ with heteroscedasticity-consistent errors (HC3, MacKinnon & White 1985) and Student's t. The plain difference in
 * differences stands beside it, so that a reader sees how much the allowance matters.
 *
 * Pure; nothing is assumed about the direction of good: `better` says it.
 */
#ifndef OKO_EFFECT_H
#define OKO_EFFECT_H

#include <oko/status.h>

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    OKO_EFFECT_MIN_CONTROLS = 8, /* fewer untreated units: not enough data */
    OKO_EFFECT_MIN_TREATED = 3   /* for a statement about a kind of measure */
};

typedef struct oko_effect_unit {
    double before, after; /* the same indicator in two cycles; NaN: the unit is left out and counted */
    bool treated;
} oko_effect_unit;

typedef enum oko_effect_verdict {
    OKO_EFFECT_NO_DATA, /* недостаточно данных: too few units, or the interval is too wide to say either */
    OKO_EFFECT_HELPED,    /* помогло: the interval lies on the good side of zero */
    OKO_EFFECT_NOT_HELPED /* не помогло: an effect as large as `useful` is outside of the interval */
} oko_effect_verdict;
/* "no_data", "helped", "not_helped"; "" for another number. */
const char *oko_effect_verdict_name(oko_effect_verdict verdict);

typedef struct oko_effect_options {
    int better;    /* −1: less is better, +1: more is better */
    double useful; /* smallest gain that would be worth the measure, in the indicator's units, > 0 */
} oko_effect_options;

/* NaN where a number can't be computed. */
typedef struct oko_effect {
    int n_treated, n_controls, n_left_out;
    double treated_before, treated_after, controls_before, controls_after; /* means */
    double did, did_lo, did_hi;                                            /* difference in differences, 95 % (Welch) */
    double slope;                        /* b: what is left of a difference a cycle later */
    double effect, effect_lo, effect_hi; /* τ, 95 % */
    double p;                            /* one-sided: of no effect in the direction of good */
    double by_itself;                    /* change of the treated that would have come without a measure */
    oko_effect_verdict verdict;
} oko_effect;

/*
 * Effect of a measure over all treated units. units: [n] in any order. With fewer than OKO_EFFECT_MIN_CONTROLS
 * untreated or OKO_EFFECT_MIN_TREATED treated units the means and the difference are given as far as they exist and the
 * verdict is OKO_EFFECT_NO_DATA. OKO_E_ARGUMENT: NULL, better not ±1, useful not above 0.
 */
oko_status oko_effect_estimate(const oko_effect_unit *units, size_t n, const oko_effect_options *options,
                               oko_effect *ret_effect) OKO_WARN_UNUSED;

/*
 * One treated unit: its value after against the prediction from the untreated units (the treated ones in `units` are
 * not used). The interval is that of the difference (95 %, prediction of one unit), p one-sided. n_treated is 1.
 */
oko_status oko_effect_of_one(const oko_effect_unit *units, size_t n, double before, double after,
                             const oko_effect_options *options, oko_effect *ret_effect) OKO_WARN_UNUSED;

#ifdef __cplusplus
}
#endif
#endif
