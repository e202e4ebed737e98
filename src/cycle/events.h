/*
 * Events (roadmap row 1): seminars, round tables … with an audience, registrations, attendance, materials (links to
 * files and addresses) and a short survey before and after. Registrations have the key EVENT/UNIT; answers to the
 * survey are records without names.
 */
#ifndef OKO_CYCLE_EVENTS_H
#define OKO_CYCLE_EVENTS_H

#include "cycle/cycle.h"

/*
 * Who came, for many at once, in the caller's transaction: rows = [{unit, attended, persons}] with units of which there
 * is a registration. All or none. OKO_E_NOT_FOUND "event.not_registered" (field: rows/N), or what stood in the way.
 */
oko_status oko_event_attendance(const oko_cycle *c, int64_t event, const json_t *rows, int *ret_n,
                                oko_error *err) OKO_WARN_UNUSED;

enum { OKO_SURVEY_MIN = 10 }; /* answers: fewer are not told of */

/*
 * Results of the survey: {event, published, questions [{code, text, before {n, mean, good}, after {…}, change {value,
 * lo, hi} or null}]}; good = share of the answers 4 and 5, change = difference of the means with its 95 % interval
 * (Welch). published: groups under OKO_SURVEY_MIN have only hidden: true. Whoever may not read the answers themselves
 * always gets the published form. New reference.
 */
oko_status oko_event_survey(const oko_cycle *c, int64_t event, bool published, json_t **ret_json,
                            oko_error *err) OKO_WARN_UNUSED;

#endif
