/* Evidence of municipalities and regions: their cut-offs from the main run, time from the schools of the evidence run.
 */
#ifndef OKO_ANALYSIS_EVIDENCE_UNITS_H
#define OKO_ANALYSIS_EVIDENCE_UNITS_H

#include "analysis/details.h"
#include "analysis/evidence_works.h"
#include "analysis/results.h"
#include "analysis/spool.h"

#include <oko/units.h>

enum { OKO_EVIDENCE_MAX_UNITS = 1000000, OKO_EVIDENCE_AGAINST = 4 };

/* A share of works, or a difference of shares, over the schools of a region. */
typedef struct oko_evidence_share {
    const oko_procedure *with; /* other test, the same schools in both; NULL = of this test alone */
    oko_shift shift;
} oko_evidence_share;

/* What is known of one unit in one procedure besides its cut-offs. */
typedef struct oko_evidence_unit {
    int64_t unit; /* id */
    bool of_region;
    const oko_procedure *procedure;
    double sd;          /* of totals in the region: marks per normal score */
    oko_unit_time time; /* of a municipality */
    /* Of a region: works above and below their journal mark, and their difference against other tests. */
    oko_evidence_share raised, lowered, against[OKO_EVIDENCE_AGAINST];
    int n_against;
} oko_evidence_unit;

typedef struct oko_evidence_units {
    size_t n, cap;
    oko_evidence_unit *at;
} oko_evidence_units;

void oko_evidence_units_clear(oko_evidence_units *units);
/* From the schools of a batch. top: the region they are of; NULL = none. Procedures are pointed at. OKO_E_MEMORY,
 * OKO_E_LIMIT. */
oko_status oko_evidence_units_add(oko_evidence_units *units, const oko_works *works, const oko_register *reg,
                                  const oko_place *top, const oko_evidence_groups *groups,
                                  const oko_sign *signs) OKO_WARN_UNUSED;

/* A unit above the school in one procedure: what the main run says of its cut-offs, and its level. */
typedef struct oko_evidence_whole {
    oko_result threshold; /* without details */
    oko_level level;
    int cohort;
    /* Filled by oko_evidence_units_take. */
    const oko_evidence_unit *unit;        /* NULL: no schools with works */
    double log_p[2], log_p_all, p_all, q; /* threshold, time; both; Benjamini–Hochberg within procedure and level */
} oko_evidence_whole;

/* Appends one result per whole; wholes and units are sorted. OKO_E_MEMORY, or the status of the
 * spool. */
oko_status oko_evidence_units_take(oko_evidence_units *units, oko_evidence_whole *wholes, size_t n, oko_spool *results,
                                   oko_details *d) OKO_WARN_UNUSED;

#endif
