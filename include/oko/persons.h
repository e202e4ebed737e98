/*
 * Person fit: does one person's pattern of scores agree with everybody's order of difficulty?
 *
 *   lz      log-likelihood of the pattern, standardised at the estimated ability; Drasgow, Levine & Williams 1985
 *   lz*     the same with the estimation of ability taken out; Snijders 2001, Sinharay 2016 (several marks per item);
 *           its p is corrected for skewness and centring (Molenaar & Hoijtink 1990, Bedrick 1997)
 *   H^T     covariance with the other persons' patterns over its maximum; Sijtsma 1986, Sijtsma & Meijer 1992
 *   U3      distance from the perfect (Guttman) pattern in log odds; van der Flier 1982, several marks: Emons 2008
 *   G       Guttman errors: an easier item (step) failed while a harder one was passed; Guttman 1944, Emons 2008
 *
 * Low lz, lz*, H^T and high U3, G tell of an unusual pattern. p is the one-sided tail of unusual patterns. A small p is
 * a sign to look closer (a copied part, a page left out, another form of the test), it says nothing about who did what.
 * Missing answers are left out: every statistic of a person is over the items he or she answered. Formulas, measured
 * calibration and speed: docs/METHODS-persons.md.
 *
 * Pure; the digits do not depend on the number of threads; all calls may run in parallel on shared const arguments.
 */
#ifndef OKO_PERSONS_H
#define OKO_PERSONS_H

#include <oko/irt.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Statistics, to be or-ed. */
enum {
    OKO_PERSON_LZ = 1,
    OKO_PERSON_LZSTAR = 2,
    OKO_PERSON_HT = 4,
    OKO_PERSON_U3 = 8,
    OKO_PERSON_G = 16,
    OKO_PERSON_ALL = 31
};

/* Why a statistic is NaN. */
typedef enum oko_person_why {
    OKO_WHY_NONE = 0,      /* it was computed */
    OKO_WHY_NOT_ASKED,     /* its bit was not set */
    OKO_WHY_NO_MODEL,      /* needs an item response model (lz: or rest curves) */
    OKO_WHY_FEW_ITEMS,     /* fewer than 2 answered items that tell the persons apart */
    OKO_WHY_EXTREME,       /* the lowest or the highest score has one pattern only: nothing can be unusual */
    OKO_WHY_SEVERAL_MARKS, /* H^T is defined for marks 0 and 1 only */
    OKO_WHY_FEW_PERSONS,   /* fewer than 2 persons to compare with */
    OKO_WHY_TOO_MANY,      /* H^T with missing answers compares pairs: over OKO_PERSONS_HT_MAX persons it is not done */
    OKO_WHY_NO_VARIANCE    /* the reference distribution is degenerate */
} oko_person_why;

enum { OKO_PERSONS_HT_MAX = 30000 };

/* One person. What can't be computed is NaN, and why_… says why. */
typedef struct oko_person {
    int32_t n;           /* items answered */
    int32_t score, most; /* marks, and the most these items could give */
    double theta, se;    /* ability (WLE unless asked otherwise); NaN without a model */
    double lz, lz_p;     /* p of the normal: conservative, because θ is estimated */
    double lzstar;       /* Snijders' standardisation, as published */
    double lzstar_z;     /* the same, centred to the next order (see skewness) */
    double lzstar_skew;  /* skewness of its reference distribution */
    double lzstar_p;     /* lower tail of the Pearson III distribution of that centre and skewness */
    double lzstar_log_p; /* its log, exact far in the tail */
    double ht;           /* −1…1; no reference distribution */
    double u3;           /* 0 (perfect pattern) … 1 (reversed) */
    double u3_z, u3_p;   /* van der Flier's standardisation given the score; NaN with several marks */
    double g, g_normed;  /* number of errors (pairs of equal difficulty count ½), and its share of the maximum */
    uint8_t why_lz, why_lzstar, why_ht, why_u3, why_g; /* oko_person_why */
} oko_person;

typedef struct oko_persons_options {
    unsigned stats;                /* OKO_PERSON_… or-ed; 0 = all */
    oko_irt_estimate ability;      /* for lz and lz*; with EAP lz* is not computed (OKO_WHY_NO_MODEL) */
    const oko_rest_curves *curves; /* lz by rest score where `irt` is NULL; may be NULL */
    const uint8_t *leave_out;      /* [n_persons] non-zero: not in the reference of H^T, U3, G; NULL = all are */
    int threads;                   /* 0 = cores */
} oko_persons_options;

/*
 * Statistics of all persons into ret [n_persons]. irt may be NULL (then no lz*, and lz only by curves); it may be a
 * model fitted on other persons. options may be NULL. Item difficulties of U3, G and the persons of H^T come from the
 * scores themselves (those not left out). U3 leaves out items (steps) that everybody or nobody solved.
 * OKO_E_ARGUMENT (also when scores and model do not fit together), OKO_E_MEMORY.
 */
oko_status oko_persons(const oko_scores *scores, const oko_irt *irt, const oko_persons_options *options,
                       oko_person *ret) OKO_WARN_UNUSED;

/* Stable name of a reason, for machines: "extreme"; "" for OKO_WHY_NONE. Never NULL. */
const char *oko_person_why_name(oko_person_why why);

/* Response times of one person. NaN with fewer than 2 times. */
typedef struct oko_person_time {
    int32_t n;       /* items with a time */
    double speed;    /* τ: how much shorter (in ln seconds) the person's times are */
    double sum;      /* squared standardised residuals */
    double p, log_p; /* upper tail of χ² with n − 1 degrees of freedom */
} oko_person_time;

/*
 * Response times against the log-normal model of van der Linden (2006), ln T_ij = β_j − τ_i + e, e ~ N(0, σ_j²), by
 * weighted two-way least squares; a person's sum of squared standardised residuals is χ² with n − 1 degrees of freedom
 * (Sinharay 2018): one p for all of the person's items, small when some were answered much faster or slower than his or
 * her others. Real times have heavier tails than the model: docs/METHODS-persons.md tells how much.
 * seconds: [n × n_items], > 0; anything else (0, NaN) is a missing time. leave_out: [n] non-zero leaves a person out of
 * the fit, NULL = nobody. ret: [n]. OKO_E_ARGUMENT; OKO_E_NO_DATA with fewer than 20 persons with 2 times, or 2 items;
 * OKO_E_MEMORY; OKO_E_NUMERIC. One thread.
 */
oko_status oko_person_times(size_t n, int n_items, const double *seconds, const uint8_t *leave_out,
                            oko_person_time *ret) OKO_WARN_UNUSED;

#ifdef __cplusplus
}
#endif
#endif
