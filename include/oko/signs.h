/*
 * Signs (признаки): five families of evidence for groups of pupils, one calibrated p each, combined into one p, a
 * q-value and a level of evidence. A group is what the caller says it is: a class, or a school (all its works of one
 * test).
 *
 * 1. The null is estimated from the data themselves, robustly: item-category probabilities by total score, item × group
 *    variance, covariance of results between schools, groups and pupils. It is fitted, the flagged groups are left out,
 *    and it is fitted again.
 * 2. Families: level against other evidence; cut-offs; roster; pattern of answers; time and journal. What has no
 *    closed tail is calibrated by a parametric bootstrap given the totals (same group sizes, same missing answers).
 * 3. Within a family and between families p-values are combined by the Cauchy rule (Liu & Xie 2020) in log space.
 * 4. A reference stratum (groups that were observed or marked centrally), when it is large enough, anchors the null:
 *    curves, means, spreads and guards are those of the reference groups, so that what the others have in common does
 *    not become normal. Levels are compared given other evidence, answers given totals: the reference groups need not
 *    be as strong as the others. They are themselves tested against each other. Too small a stratum changes no digit.
 * 5. Variants of a test with enough works have curves, donors and scales of their own; the works of a variant with too
 *    few are left out of the pattern. Variants without a number are a variant of their own.
 * Formulas, sources, behaviour with small n and missing data, measured calibration and power: docs/METHODS-families.md.
 *
 * Pure: no I/O, no clock, no global state. The digits depend on the data and the seed, not on the number of threads.
 * A sign starts a review of the circumstances; it is never a conclusion about a school or a person.
 */
#ifndef OKO_SIGNS_H
#define OKO_SIGNS_H

#include <oko/status.h>

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    OKO_SIGNS_MAX_TESTS = 64,
    OKO_SIGNS_MAX_ITEMS = 250,
    OKO_SIGNS_MAX_ITEM_SCORE = 20,
    OKO_SIGNS_MAX_TOTAL = 1000,
    OKO_SIGNS_MAX_GROUPS = 2000000,
    OKO_SIGNS_MAX_PUPILS = 100000,       /* rows of one group */
    OKO_SIGNS_TOP = 8,                   /* items named per group */
    OKO_SIGNS_MIN_WORKS = 5,             /* fewer works with a total: nothing is computed */
    OKO_SIGNS_MIN_REFERENCE = 30,        /* reference groups of a test with MIN_WORKS works that anchor its null … */
    OKO_SIGNS_MIN_REFERENCE_WORKS = 500, /* … and works in them */
    OKO_SIGNS_MAX_VARIANTS = 16,         /* told apart in a test */
    OKO_SIGNS_MIN_VARIANT_WORKS = 200    /* works of a variant that is told apart */
};

typedef enum oko_family {
    OKO_FAMILY_LEVEL,     /* уровень против других свидетельств */
    OKO_FAMILY_THRESHOLD, /* границы отметок */
    OKO_FAMILY_ROSTER,    /* состав участников */
    OKO_FAMILY_PATTERN,   /* картина ответов */
    OKO_FAMILY_TIME,      /* время, другие предметы и журнал */
    OKO_FAMILY_COUNT
} oko_family;
/* "level", "threshold", …; "" for another number. */
const char *oko_family_name(oko_family family);

/* The statistics inside the families; the number that moved a family most is its `top`. */
typedef enum oko_statistic {
    OKO_STAT_LEVEL,       /* result against all other evidence */
    OKO_STAT_GROWTH,      /* the same as a mixture: a part of the works stands above its pupils' other results */
    OKO_STAT_BUNCHING,    /* works at and above the cut-offs against below */
    OKO_STAT_LANDING,     /* works exactly on the cut-offs */
    OKO_STAT_ABSENCE,     /* number of absent pupils */
    OKO_STAT_WEAK_ABSENT, /* the absent are the weak ones by journal and other results */
    OKO_STAT_CONTRAST,    /* hard items too good for the total, easy ones too bad */
    OKO_STAT_PROFILE,     /* a few items too good */
    OKO_STAT_TOLD,        /* the same as a mixture: a part of the items is known to all */
    OKO_STAT_PAIRS,       /* some pairs of works share too many answers */
    OKO_STAT_NEAREST,     /* the most similar pair */
    OKO_STAT_PERSON_FIT,  /* answers unlikely for the totals (lz) */
    OKO_STAT_COMPRESSED,  /* totals too close to each other */
    OKO_STAT_YEAR,        /* against the same pupils' other years */
    OKO_STAT_SUBJECT,     /* against the same pupils' other subject */
    OKO_STAT_DISAGREE,    /* pupils' order differs from journal and other subject */
    OKO_STAT_AGREE,       /* it agrees too well */
    OKO_STAT_COUNT
} oko_statistic;
const char *oko_statistic_name(oko_statistic statistic);

/* One test (procedure × subject × grade). Plain data over arrays of the caller. */
typedef struct oko_sign_test {
    int year, grade,
        subject;   /* any numbers; equal subject = comparable between years, equal year = pupils can be linked */
    int max_total; /* 1…1000 */
    int n_items;   /* 0…250; 0 = no answers known */
    const int16_t *item_max; /* [n_items] 1…20 */
    int n_cutoffs;           /* 0…8 */
    const int16_t *cutoffs;  /* lowest score of each higher mark, ascending */
} oko_sign_test;

/* One group in one test. The arrays belong to the caller and are read during the call only. */
typedef struct oko_sign_group {
    int test;        /* index into tests */
    uint32_t unit;   /* the same pupils in several tests have the same unit (class of a cohort, or school × cohort) */
    uint32_t parent; /* school of a class; municipality of a school */
    int n;           /* rows on the roll, present and absent */
    const int16_t *total;   /* [n]; negative = absent or no total */
    const int8_t *items;    /* [n × n_items] 0…max, negative = not tried; NULL = not known */
    const int8_t *journal;  /* [n] 1…5, other = none; NULL = not known */
    const uint32_t *pupil;  /* [n] code within unit and year, 0 = not known; NULL = not known */
    const uint8_t *variant; /* [n] variant of the test (вариант), 0 = not stated; NULL = none stated */
    const uint32_t *part;   /* [n] class of the row, those of a class in one piece; NULL = a group without parts */
    bool reference; /* of the reference stratum (опорная группа): observed or centrally marked. See below, 4. */
} oko_sign_group;

typedef struct oko_sign_options {
    uint64_t seed;
    int replicates; /* bootstrap replicates of each group, 4…1000; 0 = 24 (neighbours in size and level share theirs) */
    int refits;     /* times the null is refitted without flagged groups, 0…5; default 1 */
    int threads;    /* 0 = cores */
    /* May be NULL; called from time to time from the calling thread; false stops with OKO_E_CANCELLED. */
    bool (*go_on)(void *ctx, uint64_t done, uint64_t total);
    void *ctx;
} oko_sign_options;
#define OKO_SIGN_OPTIONS_INIT                                                                                          \
    {                                                                                                                  \
        .seed = 1, .replicates = 24, .refits = 1                                                                       \
    }

typedef enum oko_evidence {
    OKO_EVIDENCE_NO_DATA,   /* недостаточно данных */
    OKO_EVIDENCE_NONE,      /* нет признаков */
    OKO_EVIDENCE_ATTENTION, /* требует внимания: q ≤ .10 */
    OKO_EVIDENCE_SIGNS,     /* признаки: q ≤ .05 */
    OKO_EVIDENCE_STRONG /* устойчивые признаки: q ≤ .05, and two families or two tests of the unit */
} oko_evidence;

typedef enum oko_reliability {
    OKO_RELIABILITY_NONE, /* fewer than OKO_SIGNS_MIN_WORKS works */
    OKO_RELIABILITY_LOW,  /* fewer than 10 works */
    OKO_RELIABILITY_FAIR, /* 10…19 works, or at most two families */
    OKO_RELIABILITY_GOOD  /* 20 works and more, three families and more */
} oko_reliability;

/* Result of one group. NaN where a number can't be computed, never 0. */
typedef struct oko_sign {
    int n_works, n_absent;
    double p[OKO_FAMILY_COUNT];          /* one-sided, calibrated */
    double log_p[OKO_FAMILY_COUNT];      /* natural log, for ordering beyond 1e-300 */
    oko_statistic top[OKO_FAMILY_COUNT]; /* what moved the family; OKO_STAT_COUNT when not computed */
    double stat_log_p[OKO_STAT_COUNT];
    double p_all, log_p_all; /* two-stage combination */
    double q;                /* Benjamini–Hochberg within the test */
    double lfdr;    /* local fdr within the test (oko/local_fdr.h), the null theoretical; NaN below 200 groups */
    double level;   /* mean normal score of the works in the region; NaN without works */
    double journal; /* mean standardised journal mark of those who wrote; NaN without marks */
    oko_evidence evidence;
    oko_reliability reliability;
    oko_family family; /* with the smallest p; OKO_FAMILY_COUNT when none was computed */
    /* Effects with 95 % intervals. */
    double marks, marks_lo, marks_hi;    /* mean total above what other evidence expects, in marks per pupil */
    double lifted, lifted_lo, lifted_hi; /* works lifted over cut-offs */
    double absent, absent_lo, absent_hi; /* pupils absent above the expectation */
    int cutoff;                          /* with the largest excess; −1 */
    int n_good, n_bad;                   /* items too good / too bad for the totals, worst first (|z| > 2) */
    int16_t good[OKO_SIGNS_TOP], bad[OKO_SIGNS_TOP];
    int pair[2];                     /* rows of the most similar pair of works, −1 when not computed */
    double pair_same, pair_expected; /* same answers, and expected at their totals */
} oko_sign;

/* What the null is made of, per test: for reports and for tests. */
typedef struct oko_sign_null {
    int n_groups, n_flagged;    /* left out of the last fit */
    double sd_item_group;       /* item × group, logits */
    double sd_parent, sd_group; /* of results, in normal scores of the region */
    double sd_pupil;
    double absence, absence_rho;        /* share absent; intra-group correlation of absence */
    int n_reference, n_reference_works; /* reference groups with MIN_WORKS works, works in them */
    unsigned anchored; /* families (1u << oko_family) whose null is that of the reference stratum; 0: of the region */
    int n_variants;    /* variants told apart; 1 = not told apart */
    int n_left_out;    /* works of variants that are too rare for a pattern */
} oko_sign_null;

/*
 * All families for all groups. tests: [n_tests], groups: [n_groups] in any order, at most one group per unit and test.
 * ret: [n_groups]; ret_null: [n_tests] or NULL. options may be NULL. A group that can't be judged is a result
 * (OKO_EVIDENCE_NO_DATA), not an error. OKO_E_ARGUMENT (a bound is broken, a unit occurs twice in a test, totals or
 * items above their maximum), OKO_E_MEMORY, OKO_E_NUMERIC, OKO_E_CANCELLED. ret is
 * the workspace (there may be millions of signs): on an error its content means nothing.
 */
oko_status oko_signs(const oko_sign_test *tests, int n_tests, const oko_sign_group *groups, size_t n_groups,
                     const oko_sign_options *options, oko_sign *ret, oko_sign_null *ret_null) OKO_WARN_UNUSED;

/*
 * Cauchy combination of n one-sided p given as natural logs; NaN are left out, weights NULL = equal. Precise for p far
 * below 1e-300; p above .99 counts as .99. NaN when none is left. Valid for any dependence in the tail.
 */
double oko_cauchy_log_p(size_t n, const double *log_p, const double *weights);

#ifdef __cplusplus
}
#endif
#endif
