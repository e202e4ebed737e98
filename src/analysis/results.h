/* Results: a growing list, and the hash that proves a recomputation. */
#ifndef OKO_ANALYSIS_RESULTS_H
#define OKO_ANALYSIS_RESULTS_H

#include "analysis/result_order.h"

typedef struct oko_results {
    oko_result *at;
    size_t n, cap;
} oko_results;

void oko_results_clear(oko_results *results);
/* Appends k blank results and gives the index of the first. Earlier pointers may move. OKO_E_MEMORY, OKO_E_LIMIT. */
oko_status oko_results_extend(oko_results *results, size_t k, size_t *ret_first) OKO_WARN_UNUSED;

/* A blank result: no number is computed yet (NaN), nothing marked. */
void oko_result_init(oko_result *r, const char *procedure, const char *rule, int64_t unit, bool official);
/* Says that the numbers can't be computed, and why (a message key). */
void oko_result_no_data(oko_result *r, const char *why);

/* Hash of every digit of results that stand in their fixed order; ids of the database take no part. OKO_E_MEMORY, or
 * the source's status. */
oko_status oko_results_hash(const oko_result_source *results, const oko_register *reg, int threads,
                            char ret_hex[OKO_HASH_HEX]) OKO_WARN_UNUSED;

#endif
