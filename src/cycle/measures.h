/* Measures (меры): what a school, a municipality or the region does, with an expected change of an indicator. */
#ifndef OKO_CYCLE_MEASURES_H
#define OKO_CYCLE_MEASURES_H

#include "cycle/cycle.h"

/* The newest value of an indicator of a unit, of this year or an earlier one; NaN when there is none. */
oko_status oko_measure_baseline(const oko_cycle *c, const char *indicator, int64_t unit, int year, double *ret_value,
                                int *ret_year, oko_error *err) OKO_WARN_UNUSED;

/* What the actor sees, counted: {total, overdue, states {name: n}, codes [{code, total, accepted, overdue}],
 * units [{unit, total, accepted, overdue}]}. year and unit 0: all. New reference. */
oko_status oko_measures_overview(const oko_cycle *c, int year, int64_t unit, json_t **ret_overview,
                                 oko_error *err) OKO_WARN_UNUSED;

#endif
