/*
 * Observers and re-checks as records that flow back into the statistics: when a protocol or a re-check is confirmed, it
 * becomes a finding of the data, as one that came in by a file.
 */
#ifndef OKO_CYCLE_INSPECTIONS_H
#define OKO_CYCLE_INSPECTIONS_H

#include "base/memory.h"
#include "cycle/cycle.h"
#include "domain/finding.h"

/* Puts a finding into the data in the name of a record, in the open transaction. *ret_import: the import that it made;
 * 0 when the data know it already. */
oko_status oko_inspection_finding(const oko_cycle *c, const oko_entry *e, const oko_finding *finding,
                                  int64_t *ret_import, oko_error *err) OKO_WARN_UNUSED;

/* Which observers are where on which days: items [{observation, observer, login, observer_name, conflict, unit, code,
 * name, date, begin, end, procedure, stage, state}] by date and observer, as far as the actor sees them. conflict: the
 * observer is at home at this "school" or in its "municipality"; "". from and until: dates or NULL; unit 0: all. */
oko_status oko_observations_schedule(const oko_cycle *c, const char *from, const char *until, int64_t unit,
                                     json_t **ret_items, oko_error *err) OKO_WARN_UNUSED;

/* Visits of independent observers that were confirmed without remarks, as a reference list (docs/formats/findings.md)
 * that `oko import` reads: one row per school, procedure and class. CSV with ";". year 0: all. */
oko_status oko_observations_reference(const oko_cycle *c, int year, oko_buffer *ret_csv,
                                      oko_error *err) OKO_WARN_UNUSED;

#endif
