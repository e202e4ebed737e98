/* From signs to results: numbers, and details as one JSON object. */
#ifndef OKO_ANALYSIS_EVIDENCE_RESULTS_H
#define OKO_ANALYSIS_EVIDENCE_RESULTS_H

#include "analysis/details.h"
#include "analysis/evidence.h"
#include "analysis/evidence_works.h"
#include "analysis/results.h"
#include "analysis/spool.h"

/* Appends one result per group. null: of every test. d: a buffer to write details in. OKO_E_MEMORY, or the
 * status of the spool. */
oko_status oko_evidence_take(oko_spool *results, oko_details *d, const oko_works *works, const oko_register *reg,
                             const oko_evidence_groups *groups, oko_level level, const oko_sign *signs,
                             const oko_sign_null *null) OKO_WARN_UNUSED;
/* One result per test: inflation of the region (top; NULL: schools without one). groups: of schools. */
oko_status oko_inflation_take(oko_spool *results, oko_details *d, const oko_works *works,
                              const oko_evidence_groups *groups, const oko_place *top, uint64_t seed) OKO_WARN_UNUSED;

#endif
