/*
 * Answers of persons to the items of one test, and the probability of every answer by ability.
 *
 * A table of responses holds either chosen options (with a key or without) or marks. The arrays belong to the caller.
 * The probabilities P_i(o) come from option curves by total score here; a parametric model fills the same structure,
 * which is all that the pair statistics (<oko/pairs.h>) ask for. Formulas and assumptions: docs/METHODS-pairs.md.
 *
 * Pure: no I/O, no clock, no global state. All calls may run in parallel on shared const arguments.
 */
#ifndef OKO_RESPONSES_H
#define OKO_RESPONSES_H

#include <oko/status.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    OKO_RESPONSES_MAX_PERSONS = 200000,
    OKO_RESPONSES_MAX_ITEMS = 1000,
    OKO_RESPONSES_MAX_OPTIONS = 64 /* of one item; also marks 0…63 */
};

/* Answers to one test (ответы). Plain data over arrays of the caller. */
typedef struct oko_responses {
    size_t n_persons;        /* 1…OKO_RESPONSES_MAX_PERSONS */
    int n_items;             /* 1…OKO_RESPONSES_MAX_ITEMS */
    const int8_t *answer;    /* [n_persons × n_items], a row per person: 0…n_options−1, −1 = no answer */
    const int8_t *n_options; /* [n_items], 1…OKO_RESPONSES_MAX_OPTIONS; for marks: maximum + 1 */
    const int8_t *key;       /* [n_items] right option, −1 = unknown; NULL = no key; not read when `marks` */
    bool marks;              /* the answers are marks 0…n_options−1, full marks count as right */
} oko_responses;

/* Checks sizes, pointers and that every code is in its range. OKO_E_ARGUMENT when one is not (also for NULL). */
oko_status oko_responses_check(const oko_responses *r) OKO_WARN_UNUSED;

/*
 * Persons who stand in the table more than once. id: [n] texts, compared byte for byte, none NULL. ret_first [n]: index
 * of the first row with the same id (its own index for a first or only one). *ret_n_repeats: rows that are not first;
 * may be NULL. OKO_E_ARGUMENT, OKO_E_MEMORY.
 */
oko_status oko_responses_duplicates(size_t n, const char *const *id, size_t *ret_first,
                                    size_t *ret_n_repeats) OKO_WARN_UNUSED;

/*
 * P_i(o): probability that a person of the ability of person i gives answer o to an item. Persons of equal ability may
 * share a row. Plain data: a caller with a model of its own (Rasch, 2PL, partial credit) fills it, with every item's
 * probabilities in [0, 1] and summing to 1. Made by oko_option_curves, freed by oko_option_probs_free.
 */
typedef struct oko_option_probs {
    size_t n_persons;
    int n_items;
    size_t n_rows; /* different abilities */
    int *offset;   /* [n_items + 1] first column of each item; offset[n_items] = sum of n_options */
    uint32_t *row; /* [n_persons] row of each person */
    double *p;     /* [n_rows × offset[n_items]] */
} oko_option_probs;

void oko_option_probs_free(oko_option_probs *probs); /* NULL is fine; also frees the structure itself */
void oko_option_probs_freep(oko_option_probs **probs);

/* Probability row of a person: [offset[n_items]]. No check of the range. */
const double *oko_option_probs_of(const oko_option_probs *probs, size_t person);

/* What a person's ability is read from. */
typedef enum oko_ability {
    OKO_ABILITY_LIKELIHOOD, /* the total at which the person's answers are most likely: wrong options count as well */
    OKO_ABILITY_TOTAL       /* the total score */
} oko_ability;

typedef struct oko_option_curves_options {
    oko_ability ability; /* 0 = OKO_ABILITY_LIKELIHOOD */
    const uint8_t
        *leave_out;   /* [n_persons] non-zero: not used in the fit (still gets probabilities); NULL = all used */
    double bandwidth; /* of the kernel, in marks of the total, ≥ 0; 0 = from the spread and number of persons */
    double prior;     /* answers' worth of the item's overall shares added at each ability, ≥ 0; 0 = 1 */
} oko_option_curves_options;

/*
 * Option curves: P_j(o | s) by total score s, a Gaussian kernel over the totals of all persons used, widened where few
 * persons are near, with additive smoothing, then tilted, P·exp(λ_s·value), so that the expected total at s is s itself
 * (kept a quarter of a mark off both ends). Value: the mark; 1 for the key; without a key the most frequent option
 * stands in for it. With OKO_ABILITY_LIKELIHOOD every person then moves to the s at which the own answers are most
 * likely, and the curves are fitted once more by these abilities, tilted to the mean total found there.
 * A person with missing answers stands at the share of the marks that the answered items could give; one without any
 * answer at the median. options may be NULL.
 * Source: kernel smoothing of option characteristic curves and the likelihood ability on them, Ramsay 1991; the tilt is
 * ours. The caller frees *ret_probs. OKO_E_ARGUMENT; OKO_E_NO_DATA with fewer than 20 persons to fit or fewer than 2
 * items; OKO_E_MEMORY.
 */
oko_status oko_option_curves(const oko_responses *r, const oko_option_curves_options *options,
                             oko_option_probs **ret_probs) OKO_WARN_UNUSED;

#ifdef __cplusplus
}
#endif
#endif
