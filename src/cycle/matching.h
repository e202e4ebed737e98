/*
 * Units that imports made and nobody confirmed («не подтверждена»), and which unit of the register each may be. A
 * suggestion with its reasons, never a decision: a person confirms, or makes two units one.
 *
 * The rule. A candidate is a unit of the same level and region. Name: oko_unit_likeness, where both stand in one
 * municipality or one of them stands in none. Login: the digits of the logins are the same and the prefixes are the two
 * of the federal system (sch…, edu…): .9. Code: at least four digits of the codes or other codes are the same: .7. Two
 * reasons count as independent: 1 − (1 − a)(1 − b); names that are known and contradict halve the score. Told from .5
 * on.
 */
#ifndef OKO_CYCLE_MATCHING_H
#define OKO_CYCLE_MATCHING_H

#include "store/store.h"

enum { OKO_MATCH_CANDIDATES = 5, OKO_MATCH_MAX_UNITS = 300000 };
#define OKO_MATCH_LEAST 0.5

typedef struct oko_candidate {
    const oko_unit *unit; /* of the matching */
    double score;         /* OKO_MATCH_LEAST…1 */
    bool by_login, by_name, by_code;
} oko_candidate;

typedef struct oko_matching oko_matching;

/* Reads schools and municipalities with their codes. */
oko_status oko_matching_new(oko_store *store, oko_matching **ret_matching, oko_error *err) OKO_WARN_UNUSED;
void oko_matching_free(oko_matching *m);
void oko_matching_freep(oko_matching **m);

/* Unconfirmed ones, by the name of the unit above, then by name. */
size_t oko_matching_count(const oko_matching *m);
const oko_unit *oko_matching_unit(const oko_matching *m, size_t i);
/* Name of the unit above, "" when there is none. */
const char *oko_matching_above(const oko_matching *m, const oko_unit *u);
/* The likest first; returns how many. */
size_t oko_matching_candidates(const oko_matching *m, size_t i, oko_candidate ret_list[OKO_MATCH_CANDIDATES]);

/* Confirms one unit that is not; *ret_changed false when it was, or is merged or gone. */
oko_status oko_matching_confirm(oko_store *store, int64_t unit, bool *ret_changed, oko_error *err) OKO_WARN_UNUSED;

#endif
