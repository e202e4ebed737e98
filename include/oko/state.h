/*
 * Mergeable state of one test in one group of pupils: all that the regional statistics need, so that a school, a
 * municipality and a region are the same object, and shards can be merged in any order to the same digits.
 *
 * Pure: no I/O, no clock, no global state. A state belongs to one thread at a time; reading one is safe from many.
 * The histogram is always the sum of the six journal tables. Every adding call either counts all of its works or, on
 * failure, none: OKO_E_ARGUMENT as documented at the call, OKO_E_LIMIT above OKO_STATE_MAX_WORKS works.
 */
#ifndef OKO_STATE_H
#define OKO_STATE_H

#include <oko/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    OKO_JOURNAL_MARKS = 6, /* journal marks 1…5 and index 0 for "no mark" */
    OKO_SCORE_MISSING = 2  /* of the per-item count arrays: index max+1 = not tried, max+2 = other missing */
};

/* Works one state can hold: with totals ≤ 1000 no sum of squares leaves int64. */
#define OKO_STATE_MAX_WORKS INT64_C(1000000000000)

/* What the test looks like; the state copies it. */
typedef struct oko_shape {
    int max_total;           /* 1…1000 */
    int n_items;             /* 0…250 */
    const int16_t *item_max; /* [n_items], 1…100; NULL when n_items is 0 */
} oko_shape;

typedef struct oko_state oko_state;

/* An empty state. OKO_E_ARGUMENT (a bound of oko_shape is broken), OKO_E_MEMORY. The caller frees it. */
oko_status oko_state_new(const oko_shape *shape, oko_state **ret_state) OKO_WARN_UNUSED;
void oko_state_free(oko_state *state);
void oko_state_freep(oko_state **state);
oko_status oko_state_clone(const oko_state *state, oko_state **ret_state) OKO_WARN_UNUSED;

/*
 * Adds one work. total: 0…max_total (else OKO_E_ARGUMENT). journal: 1…5, anything else counts as no mark.
 * items: [n_items] score 0…item max, −1 not tried, other negative = other missing; a score above the maximum counts
 * as other missing. NULL when items are not known (then no item count changes).
 */
oko_status oko_state_add(oko_state *state, int total, int journal, const int8_t *items) OKO_WARN_UNUSED;
/* The same for n works at once: arrays [n], items row by row or NULL; include[i] == 0 leaves a work out (NULL = all).
 */
oko_status oko_state_add_many(oko_state *state, size_t n, const int16_t *total, const int8_t *journal,
                              const int8_t *items, const uint8_t *include) OKO_WARN_UNUSED;
/* Adds a histogram without journal marks and items: counts[max_total + 1], each ≥ 0. */
oko_status oko_state_add_histogram(oko_state *state, const int64_t *counts) OKO_WARN_UNUSED;

/* into += from. OKO_E_ARGUMENT when the shapes differ. Associative and commutative, exact (integers). */
oko_status oko_state_merge(oko_state *into, const oko_state *from) OKO_WARN_UNUSED;

/*
 * Portable bytes (versioned, little-endian varints): equal states give equal bytes, whatever the order of the merges.
 * serialize with bytes NULL gives the size needed; OKO_E_LIMIT when cap is smaller than that.
 */
oko_status oko_state_serialize(const oko_state *state, void *bytes, size_t cap, size_t *ret_size) OKO_WARN_UNUSED;
oko_status oko_state_deserialize(const void *bytes, size_t n,
                                 oko_state **ret_state) OKO_WARN_UNUSED; /* OKO_E_FORMAT, OKO_E_VERSION */

/* ---- reading; pointers live as long as the state and change with it; an index out of range gives 0 or NULL ---- */
int oko_state_max_total(const oko_state *state);
int oko_state_n_items(const oko_state *state);
int oko_state_item_max(const oko_state *state, int item);
int64_t oko_state_n(const oko_state *state);
int64_t oko_state_sum(const oko_state *state); /* Σ totals */
int64_t oko_state_sum_sq(const oko_state *state);
const int64_t *oko_state_histogram(const oko_state *state);             /* [max_total+1] */
const int64_t *oko_state_item_counts(const oko_state *state, int item); /* [item_max+3] */
/* Works with journal mark j by total: [max_total+1]; j 0…5. */
const int64_t *oko_state_journal(const oko_state *state, int j);

/* Mean (OKO_E_NO_DATA and NaN in *ret_mean for n < 1) and sample SD with n−1 (the same for n < 2). */
oko_status oko_state_mean(const oko_state *state, double *ret_mean) OKO_WARN_UNUSED;
oko_status oko_state_sd(const oko_state *state, double *ret_sd) OKO_WARN_UNUSED;
/* Mean item score over works that have a score or "not tried" (as 0); other missing left out. */
oko_status oko_state_item_mean(const oko_state *state, int item, double *ret_mean, int64_t *ret_n) OKO_WARN_UNUSED;

#ifdef __cplusplus
}
#endif
#endif
