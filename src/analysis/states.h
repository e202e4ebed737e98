/* Reading of states inside the analysis, with a register that is loaded once. */
#ifndef OKO_ANALYSIS_STATES_H
#define OKO_ANALYSIS_STATES_H

#include "analysis/analysis.h"
#include "analysis/register.h"

enum { OKO_STATES_MAX_SCHOOLS = 2000000 };

/* As oko_states_load, for a known procedure and register at a revision > 0. */
oko_status oko_states_read(oko_store *store, const oko_procedure *procedure, int64_t revision, int threads,
                           const oko_register *reg, oko_states *ret_states, oko_error *err) OKO_WARN_UNUSED;

/* Fills states (empty but for the procedure) from histograms. OKO_E_NO_DATA when there are none. On failure the
 * caller clears states. */
oko_status oko_states_from_aggregates(oko_store *store, int64_t revision, const oko_register *reg, oko_states *states,
                                      oko_error *err) OKO_WARN_UNUSED;

#endif
