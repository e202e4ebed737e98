/*
 * Answers at the same totals: how all works of a procedure answer each item, given the total, and how one group's works
 * compare with that. For pictures and their tables: the p-values come from the evidence run; what it does not keep is
 * computed here again, from the sheets of the run's own revision. An answer that is not known counts 0, as it does in
 * a total. Variants with enough works have chances of their own, as in the families; the others share those of all
 * works.
 */
#ifndef OKO_ANALYSIS_ANSWERS_H
#define OKO_ANALYSIS_ANSWERS_H

#include <oko/signs.h>
#include <oko/state.h>

#include "store/store.h"

enum { OKO_ANSWERS_MAX_SCORE = 20, OKO_ANSWERS_SMOOTH = 100 /* works that a chance is taken from, at least */ };

typedef struct oko_answers {
    int n_items, max_total, width; /* width: scores 0…width−1 of any item */
    int16_t item_max[OKO_MAX_ITEMS];
    int n_tables;       /* 1 + variants with chances of their own */
    uint8_t table[256]; /* of a variant; 0: that of all works */
    float *chance; /* [n_tables][n_items][max_total + 1][width]: P(score | total), from works of this and near totals */
    int64_t works;
} oko_answers;

/* Two walks over the sheets of a procedure at a revision. OKO_E_NO_DATA: no answers, or an item of more than
 * OKO_ANSWERS_MAX_SCORE marks. OKO_E_MEMORY, or the store's status. */
oko_status oko_answers_load(oko_store *store, const oko_procedure *procedure, int64_t revision,
                            oko_answers *ret_answers, oko_error *err) OKO_WARN_UNUSED;
void oko_answers_clear(oko_answers *answers);

/* The works of a school, or of one of its classes, that have a total. */
typedef struct oko_group_answers {
    size_t n, cap;
    int n_items;
    int16_t *total;
    int8_t *items; /* [n × n_items], not known = 0 */
    int8_t *journal;
    uint8_t *variant;
    uint64_t *code;
    size_t cap_total, cap_items, cap_journal, cap_variant, cap_code;
} oko_group_answers;

enum { OKO_GROUP_ANSWERS_MAX = 100000 };

/* label NULL: the whole school. OKO_E_MEMORY, OKO_E_LIMIT, or the store's status; a group without works has n = 0. */
oko_status oko_group_answers_load(oko_store *store, const oko_procedure *procedure, int64_t revision, int64_t school,
                                  const char *label, oko_group_answers *ret_group, oko_error *err) OKO_WARN_UNUSED;
void oko_group_answers_clear(oko_group_answers *group);

/* Mean of each item in % of its maximum: seen, and expected at the same totals. Arrays: [n_items]. NaN without works.
 */
void oko_answers_profile(const oko_answers *answers, const oko_group_answers *group, double *ret_seen,
                         double *ret_expected);
/* Pairs of works of one variant by the number of same answers, 0…n_items: seen, and expected of independent works of
 * these totals. OKO_E_MEMORY. */
oko_status oko_answers_pairs(const oko_answers *answers, const oko_group_answers *group, double *ret_seen,
                             double *ret_expected) OKO_WARN_UNUSED;

/* Works of one variant that share at least `same` answers, joined in chains: cluster[i] = 0 alone, 1… a cluster;
 * returns their number.
 */
int oko_answers_clusters(const oko_group_answers *group, int same, int *ret_cluster);

#endif
