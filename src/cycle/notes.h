/* Analysts' notes (аналитическая справка, самоанализ): text and conclusions about a unit, tied to a run; each version
 * is kept. */
#ifndef OKO_CYCLE_NOTES_H
#define OKO_CYCLE_NOTES_H

#include "cycle/cycle.h"

/*
 * Questions for a school's self-analysis: those for everybody and those of the families of evidence that stand out at
 * the school in the newest evidence run: {unit, run (0: none), families [names], questions [{family, ru, en}]}. New
 * reference. OKO_E_NOT_FOUND: the unit is out of sight.
 */
oko_status oko_note_questions(const oko_cycle *c, int64_t unit, json_t **ret_json, oko_error *err) OKO_WARN_UNUSED;

#endif
