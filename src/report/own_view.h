/*
 * Analysis as one unit sees its own: results by procedure and family, years, and — for a school — a band of similar
 * schools without names. A school's view names no other school; larger units name schools that lie below them only.
 * Nothing is computed here: it is what the newest runs say.
 */
#ifndef OKO_REPORT_OWN_VIEW_H
#define OKO_REPORT_OWN_VIEW_H

#include "explain/peers.h"
#include "reference/text.h"
#include "store/store.h"

#include <jansson.h>

enum {
    OKO_BAND_MIN = 10,         /* similar schools: fewer give no band */
    OKO_OWN_VIEW_MIN = 10,     /* works: fewer are not told of in the published form */
    OKO_OWN_VIEW_SCHOOLS = 500 /* listed of one larger unit and procedure */
};

typedef struct oko_own_view_options {
    int64_t unit;
    bool published;         /* as others may see it: small groups hidden, no schools named */
    int64_t run, evidence;  /* 0: the newest of each */
    const oko_peers *peers; /* of `evidence`, where somebody has them already; NULL: they are read */
} oko_own_view_options;

/*
 * {unit {id, code, name, level}, published, run, evidence_run (0: none), years [{year, procedures, works, percent,
 * signs, evidence {level: n}}], signs [{procedure, rule, title, year, marked, n, observed, expected, effect, q, why}],
 * procedures [...]}. A school's procedures: {procedure, title, year, n, hidden, mean, expected, percent, evidence,
 * reliability, family, p, q, families {name: p}, effects {marks, lifted, absent: [value, lo, hi] or null}, sentences,
 * reasons, classes [{class, n, hidden, evidence, families}], band}. band: {n, hidden, percentiles {p10 … p90}, place,
 * size [lo, hi], type, settlement} in whole % of the maximum. Of larger units: {procedure, title, year, schools, small,
 * works, percent, evidence {level: n}, families {name: {n, speaks}}, listed [{unit, code, name, evidence, family}]}.
 * New reference. OKO_E_NOT_FOUND, OKO_E_ARGUMENT (a class), OKO_E_MEMORY, or the store's status.
 */
oko_status oko_own_view(oko_store *store, const oko_text *text, const oko_own_view_options *options, json_t **ret_json,
                        oko_error *err) OKO_WARN_UNUSED;

#endif
