/*
 * Evidence: the five families of oko/signs.h for classes and schools of the loaded data, kept as an immutable run of
 * its own beside the main run (oko analyze), because it reads every answer and takes longer.
 *
 * A class is school × cohort (year of the test − grade of its content: an autumn wave about last year's content belongs
 * to the same cohort as the spring wave would) × class label; works without a label are one group per school and
 * procedure. A school is school × cohort. Schools are compared within their region. Municipalities and regions get the
 * threshold family from the main run over the same data, municipalities the time family from their schools
 * (oko/units.h); a region has no scale of its own to be held against, and is told its shares of works above and below
 * the journal mark instead.
 */
#ifndef OKO_ANALYSIS_EVIDENCE_H
#define OKO_ANALYSIS_EVIDENCE_H

#include <oko/signs.h>

#include "base/progress.h"
#include "store/store.h"

#define OKO_EVIDENCE_VERSION "oko-evidence 7"
/* Rules of the results. A class has no unit of its own: its result is about its school and names the class in the
 * details; where a school has one class only, both results are about the same works. */
#define OKO_RULE_EVIDENCE "oko/evidence"
#define OKO_RULE_EVIDENCE_CLASS "oko/evidence-class"
#define OKO_RULE_INFLATION "oko/inflation" /* of a region and procedure: oko/inflation.h */

typedef struct oko_evidence_options {
    uint64_t seed;  /* default 1 */
    int threads;    /* 0 = cores */
    int replicates; /* bootstrap of the families, 4…1000; 0 = 24 */
    oko_progress progress;
} oko_evidence_options;
#define OKO_EVIDENCE_OPTIONS_INIT                                                                                      \
    {                                                                                                                  \
        .seed = 1                                                                                                      \
    }

/*
 * Computes the evidence of the latest data and saves it as a run; when a run of the same snapshot, method, seed and
 * parameters exists, that one is returned and *ret_new is false (recompute = compute again and compare the digits:
 * OKO_E_INTERNAL "analysis.digits_differ"). Makes the main run of the same data when there is none. Not inside a
 * transaction. Clear *ret_run with oko_run_clear. OKO_E_NO_DATA "analysis.nothing_loaded", OKO_E_CANCELLED,
 * OKO_E_ARGUMENT, OKO_E_MEMORY, or the store's status; no evidence is saved then.
 *
 * Of each result: n works, observed = mean total, expected = observed − effect, effect = marks per pupil above what
 * other evidence expects with its interval, p, log_p, q; marked from OKO_EVIDENCE_SIGNS on. Details, a JSON object:
 *   class (of a class), cohort, absent_n, evidence, reliability, family (with the smallest p, or null),
 *   families {name: {p, log_p, top}}, statistics {name: log p}, marks [v, lo, hi], lifted [v, lo, hi], absent [v, lo,
 * hi], cutoff (null: none), good [labels], bad [labels], pair {codes [2], same, expected} or null, of_max (mean /
 * maximum), lfdr; where the procedure has a reference stratum: reference (of
 * it), anchored [families whose null it makes].
 * Of an inflation: n works outside of the stratum, observed and expected mean total, effect = marks per pupil, adjusted
 * where it could be; details: cohort, works, level, first_mark, cutoffs, plain and adjusted {why, reference_schools,
 * reference_works, other_schools, other_works, observed, expected, marks [v, lo, hi], mark [share], share [[v, lo,
 * hi]], lifted [[v, lo, hi]]}.
 * Of a municipality or region: cohort, evidence, family, families, marks, lifted, and time: {schools,
 * why (null, or a message key), year_unit, subject_unit, journal_unit {schools, marks [v, lo, hi], log_p}} of a
 * municipality, {schools, why, raised [v, lo, hi], lowered [v, lo, hi], against [{procedure, schools, balance [v, lo,
 * hi]}]} of a region: shares of works above and below the journal mark over its schools, and (above − below) against
 * the same schools' other tests. lfdr of them: not computed.
 */
oko_status oko_evidence_run(oko_store *store, const oko_evidence_options *options, bool recompute, oko_run *ret_run,
                            bool *ret_new, oko_error *err) OKO_WARN_UNUSED;

/* Stable words: "no_data", "none", "attention", "signs", "strong"; "no_data" for an unknown number. */
const char *oko_evidence_name(oko_evidence evidence);
bool oko_evidence_parse(const char *name, oko_evidence *ret_evidence);
const char *oko_reliability_name(oko_reliability reliability); /* "none", "low", "fair", "good" */

#endif
