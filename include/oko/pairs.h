/*
 * Pairs of persons: are two works more alike than two people of their abilities would be by chance?
 *
 * For a pair (a, b) and an item that both answered, q_j = Σ_o P_a(o)·P_b(o) is the chance of the same answer.
 * Statistics: GBT       number of same answers against its exact (Poisson-binomial) upper tail; van der Linden &
 * Sotaridona 2006 ω         same answers given the other's answers, standardised; Wollack 1997; both directions
 *   weighted  Σ w_j·same_j with w_j = −ln q_j, standardised: rare agreement counts more; Trout & Gorney 2025
 *   M4        same right and same wrong answers together, exact (generalised trinomial) tail; Maynes 2014
 * A small p is a sign that a pair of works needs a closer look; it says nothing about who did what. Formulas,
 * assumptions, measured calibration: docs/METHODS-pairs.md.
 *
 * Missing answers: an item counts only where both answered; items that neither answered are counted apart. All digits
 * are the same for any number of threads and with or without vector instructions. Pure; thread-safe on shared const
 * arguments.
 */
#ifndef OKO_PAIRS_H
#define OKO_PAIRS_H

#include <oko/responses.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Statistics, to be or-ed. */
enum { OKO_PAIR_GBT = 1, OKO_PAIR_OMEGA = 2, OKO_PAIR_WOMEGA = 4, OKO_PAIR_M4 = 8, OKO_PAIR_ALL = 15 };

enum {
    OKO_PAIRS_M4_MAX_ITEMS = 300,         /* M4's table grows with the square, its time with the cube */
    OKO_PAIRS_MAX_KEPT = 20 * 1000 * 1000 /* pairs in one result: about 3.5 GB */
};

/* One pair. Statistics that were not asked, not computable or screened out are NaN. */
typedef struct oko_pair {
    uint32_t a, b;        /* persons, a < b */
    uint32_t group;       /* cluster of flagged pairs, 1…; 0 = none (oko_pairs_adjust) */
    bool flag;            /* p_adjusted ≤ alpha (oko_pairs_adjust) */
    int32_t n;            /* items that both answered */
    int32_t matches;      /* same answers among them */
    int32_t right, wrong; /* same right, same wrong answers; without a key both 0 */
    int32_t both_missing; /* items that neither answered */
    double expected;      /* Σ q_j: matches expected of two such abilities */
    double z;             /* (matches − expected) / √Σ q_j(1 − q_j): what the screening looks at */
    double omega;         /* the larger of the two directions */
    double omega_a;       /* given the answers of a (b as the one who might have copied) */
    double omega_b;       /* given the answers of b */
    double p_omega;       /* one-sided normal tail of `omega`, doubled for the choice of direction, at most 1 */
    double gbt_p, gbt_log_p;
    double womega, p_womega;
    double m4_p, m4_log_p; /* NaN also where there is no key */
    double p_adjusted;     /* of the leading statistic (oko_pairs_adjust) */
} oko_pair;

/*
 * GBT tail: log P(M ≥ matches) for M the number of successes of n independent trials with probabilities q[n] in [0, 1].
 * Exact to 1e-12 relative down to 1e-500 and beyond. *ret_log_p = 0 for matches ≤ 0, −∞ when impossible.
 * OKO_E_ARGUMENT (n < 1, n > OKO_RESPONSES_MAX_ITEMS, a q outside [0, 1]), OKO_E_MEMORY.
 */
oko_status oko_gbt_tail(int n, const double *q, int matches, double *ret_log_p) OKO_WARN_UNUSED;

/*
 * M4: n trials, each a same right answer with probability right[j], a same wrong one with wrong[j], else neither. With
 * T(c, w) = P(C ≥ c, W ≥ w), the p-value is P(T(C, W) ≤ T(c, w)) at the observed counts: a true p-value (P(p ≤ α) ≤ α),
 * which T itself is not. T for all (c, w) comes from one two-dimensional suffix sum. OKO_E_ARGUMENT (n < 1 or over
 * OKO_PAIRS_M4_MAX_ITEMS, probabilities outside [0, 1] or summing over 1, counts outside 0…n), OKO_E_MEMORY.
 */
oko_status oko_m4_tail(int n, const double *right, const double *wrong, int n_right, int n_wrong,
                       double *ret_log_p) OKO_WARN_UNUSED;

/*
 * The statistics `stats` of one pair of different persons, always exact (no screening), by plain scalar code: the twin
 * against which oko_pairs_all is tested digit by digit. OKO_E_ARGUMENT, OKO_E_MEMORY; a pair with no item in common is
 * OKO_OK with NaN. M4 is NaN for tests over OKO_PAIRS_M4_MAX_ITEMS.
 */
oko_status oko_pair_test(const oko_responses *r, const oko_option_probs *probs, size_t a, size_t b, unsigned stats,
                         oko_pair *ret) OKO_WARN_UNUSED;

typedef struct oko_pairs_options {
    unsigned stats; /* OKO_PAIR_… or-ed; 0 = GBT and ω */
    unsigned lead;  /* the one that decides what is kept; 0 = first asked of GBT, ω, weighted ω, M4 */
    double keep_p;  /* keep pairs whose leading p is at most this; ≥ 1 keeps all; 0 = .01 */
    bool exact;     /* exact tails for every pair; else GBT and M4 only where z (M4: or its z of same wrong
                       answers) is above 2, and NaN elsewhere */
    int min_common; /* pairs with fewer common items are not compared; 0 = 5 */
    const int32_t
        *within; /* [n_persons] compare only persons of equal value (class, room); < 0 = not at all; NULL = all */
    int threads; /* 0 = cores; the digits do not depend on it */
    bool (*go_on)(void *ctx, uint64_t done, uint64_t total); /* may be NULL; from any thread, false stops */
    void *ctx;
} oko_pairs_options;

/* Result of comparing all pairs. */
typedef struct oko_pairs {
    size_t n_persons;
    unsigned stats, lead;
    uint64_t n_compared;  /* pairs compared: the family of a Bonferroni or Benjamini–Hochberg correction */
    uint32_t *n_partners; /* [n_persons] pairs of each person: the family of the per-examinee correction */
    size_t n;             /* pairs kept */
    oko_pair *pair;       /* [n], by a, then b */
    uint32_t n_groups;    /* clusters of flagged pairs */
} oko_pairs;

/*
 * Compares all pairs of persons. options may be NULL. The caller frees *ret. OKO_E_ARGUMENT; OKO_E_NO_DATA with fewer
 * than two persons; OKO_E_LIMIT when more than OKO_PAIRS_MAX_KEPT pairs would be kept, or M4 is asked for over
 * OKO_PAIRS_M4_MAX_ITEMS items; OKO_E_MEMORY; OKO_E_CANCELLED.
 */
oko_status oko_pairs_all(const oko_responses *r, const oko_option_probs *probs, const oko_pairs_options *options,
                         oko_pairs **ret) OKO_WARN_UNUSED;
void oko_pairs_free(oko_pairs *pairs); /* NULL is fine */
void oko_pairs_freep(oko_pairs **pairs);

/* Leading p of a pair, NaN when it has none. */
double oko_pair_p(const oko_pair *pair, unsigned stat);

typedef enum oko_correction {
    OKO_CORRECTION_BONFERRONI, /* p × all pairs compared */
    OKO_CORRECTION_EXAMINEE,   /* p × pairs of the person with the more partners of the two */
    OKO_CORRECTION_BH,         /* Benjamini–Hochberg 1995 over all pairs compared */
    OKO_CORRECTION_NONE
} oko_correction;

/*
 * Sets p_adjusted, flag (p_adjusted ≤ alpha) and group of every kept pair, and n_groups. Pairs that were not kept count
 * in the family with a p above keep_p, so that Benjamini–Hochberg never gains from them. OKO_E_ARGUMENT (alpha outside
 * 0…1), OKO_E_MEMORY.
 */
oko_status oko_pairs_adjust(oko_pairs *pairs, oko_correction correction, double alpha) OKO_WARN_UNUSED;

/*
 * Groups of persons connected by edges: (from[k], to[k]), k < n_edges, both below n. ret_group [n]: 0 for a person
 * without an edge, else 1… in the order of the lowest member. *ret_n_groups may be NULL. OKO_E_ARGUMENT, OKO_E_MEMORY.
 */
oko_status oko_groups(size_t n, size_t n_edges, const uint32_t *from, const uint32_t *to, uint32_t *ret_group,
                      uint32_t *ret_n_groups) OKO_WARN_UNUSED;

#ifdef __cplusplus
}
#endif
#endif
