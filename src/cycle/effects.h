/*
 * Effect of a year's measures in the next cycle (docs/METHODS-effect.md): the same indicator of the same units in the
 * year and the year after, beside comparable units without a measure for it; and the sign of each case that waits for
 * it, seen again in the next year's runs and lists.
 */
#ifndef OKO_CYCLE_EFFECTS_H
#define OKO_CYCLE_EFFECTS_H

#include "cycle/cycle.h"

#include <oko/effect.h>

#define OKO_EFFECTS_VERSION "oko-effects 1"
/* A gain worth the measure: so many standard deviations of the units' values before it. */
#define OKO_EFFECTS_USEFUL .2

/*
 * Verdicts by type of measure (code × indicator × level, within a region), by accepted measure and by case in the state
 * "effect". preview: nothing is written; else the facts become effect_facts of measures and cases (an operator's
 * right), and the report itself becomes a record of kind "effect-report", unless the newest one of the year says the
 * same: it can be shown again to the digit, whatever the data do later.
 *
 * ret_report: {method, year, next, evidence, run (the evidence run: id, method, snapshot, seed, created, result_hash,
 * or null), inputs and sha256 (hashes of what went in and of what the report says), kept (the record of kind
 * "effect-report" that holds this report, or null), preview, types [facts + {code, indicator, level, region}], measures
 * [facts + {measure, unit, unit_code, unit_name, code, indicator}], cases [{case, unit, unit_code, unit_name, verdict,
 * words, words_en, by, mark {was, is}, sign facts, indicators [facts]}], counts}. Facts: {verdict, why, controls,
 * n_treated, n_controls, n_left_out, before, after, controls_before, controls_after, by_itself, effect, effect_lo,
 * effect_hi, p, did, did_lo, did_hi, useful, better, words (a sentence in Russian), words_en}; a number that can't be
 * computed is null. The same data give the same report, byte for byte. New reference.
 */
oko_status oko_effects(const oko_cycle *c, int year, bool preview, json_t **ret_report, oko_error *err) OKO_WARN_UNUSED;

#endif
