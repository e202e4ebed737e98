/*
 * Indicators of a year: the register that the region decides on (roadmap step «indicators»), and their values for
 * units. A definition is a record of kind "indicator" with the key CODE/YEAR; its formula speaks of the variables of
 * facts.h.
 */
#ifndef OKO_CYCLE_INDICATORS_H
#define OKO_CYCLE_INDICATORS_H

#include "base/progress.h"
#include "cycle/cycle.h"
#include "cycle/tally.h"
#include "store/values.h"

enum { OKO_INDICATORS_MAX = 500 };

/* Drafts of the built-in starter set for a year; those that are there already stay. *ret_n counts the new ones. */
oko_status oko_indicators_seed(const oko_cycle *c, int year, int *ret_n, oko_error *err) OKO_WARN_UNUSED;
/* Drafts for `to` from the active indicators of `from`. */
oko_status oko_indicators_copy(const oko_cycle *c, int from, int to, int *ret_n, oko_error *err) OKO_WARN_UNUSED;
/* One action on every indicator of the year that it fits (submit, approve, retire): all or none. */
oko_status oko_indicators_act(const oko_cycle *c, int year, const char *action, json_t *input, int *ret_n,
                              oko_error *err) OKO_WARN_UNUSED;

/* A formula for one unit of one year without saving anything: {value, why, trace}. New reference. */
oko_status oko_indicator_try(const oko_cycle *c, int year, int64_t unit, const char *formula, json_t **ret_json,
                             oko_error *err) OKO_WARN_UNUSED;

/*
 * Values of all active indicators of a year for every unit of their levels, stored in one transaction. campaign: record
 * whose forms, procedures and indicators count; 0 = everything of the year. *ret_n counts the values. OKO_E_NO_DATA
 * "indicator.none_active", OKO_E_CONFLICT "campaign.published" (its values are frozen).
 */
oko_status oko_indicators_compute(const oko_cycle *c, int year, int64_t campaign, const oko_progress *progress,
                                  int64_t *ret_n, oko_error *err) OKO_WARN_UNUSED;

/* How a value stands to its target: "reached", "attention", "not_reached", "no_target", "no_data". */
const char *oko_value_standing(double value, const json_t *indicator_body);
/* A value as the contract shows it; hidden_why: message key of why its number is left out (publish.h), NULL: it is not.
 * New reference, NULL when memory is out. */
json_t *oko_value_json(const oko_indicator_value *v, const json_t *indicator_body, const char *hidden_why);

#endif
