/*
 * Cases: what is done about a sign at one school, from the signal to the effect (domain facts §6). The transitions are
 * in flows.json; here is what they need beyond it, how cases are made from runs and external lists, and how they are
 * looked at together.
 */
#ifndef OKO_CYCLE_CASES_H
#define OKO_CYCLE_CASES_H

#include "cycle/cycle.h"

#include <oko/signs.h>

enum { OKO_CASES_MAX = 100000, OKO_SIMILAR_MAX = 20, OKO_ESCALATION_DAYS = 7 };

/* From what cases are made. */
typedef struct oko_signal_options {
    int year;               /* of the procedures and lists; 0: every year */
    int64_t unit;           /* schools of this unit; 0: all that the actor reaches */
    int64_t evidence;       /* evidence run; 0: the newest */
    oko_evidence threshold; /* rows of evidence from this level on; OKO_EVIDENCE_NO_DATA: as _SIGNS */
    const char *pack; /* also what the rules of this pack mark in the newest main run ("fioko-2019"); NULL: none */
    bool no_evidence, no_lists;
    const json_t *keys; /* list of keys of a preview: these alone; NULL: all */
    bool preview;       /* tell what would be made, and write nothing */
} oko_signal_options;

/*
 * A case per school × family of signs (the family with the smallest p; several procedures of a year make one case), per
 * school × rule of a pack and per school × external list, unless its key is there: a second call makes nothing new. The
 * state is "signal"; origin holds what the sign was computed from, its numbers and the ordinary reasons. A sign of an
 * earlier year at the same school is linked ("repeats"), and that case, when it was closed or waits for its effect,
 * becomes "repeated".
 *
 * ret_report: {evidence, run, made, existing, repeats, items [{unit, code, name, year, sign, source, key, procedure, n,
 * effect, p, q, evidence, reliability, state "new" | "existing", case, repeats}]}, ordered by key; new reference.
 * OKO_E_NO_DATA "case.nothing": neither a run nor a list. OKO_E_PERMISSION, OKO_E_MEMORY, OKO_E_LIMIT, the store's.
 */
oko_status oko_cases_make(const oko_cycle *c, const oko_signal_options *options, json_t **ret_report,
                          oko_error *err) OKO_WARN_UNUSED;
/* What oko_cases_make does with one evidence run. */
oko_status oko_cases_from_run(const oko_cycle *c, int64_t evidence, oko_evidence threshold, json_t **ret_report,
                              oko_error *err) OKO_WARN_UNUSED;

/*
 * Cases past their deadline are marked: to the municipality when the school is late, to the region when the
 * municipality is, or when OKO_ESCALATION_DAYS have passed since the first mark. The mark goes with the next step.
 * *ret_n counts the marks set.
 */
oko_status oko_cases_escalate(const oko_cycle *c, int *ret_n, oko_error *err) OKO_WARN_UNUSED;

/* What the board shows. */
typedef struct oko_board_options {
    int year;         /* 0: all */
    int64_t unit;     /* the unit and what lies below it; 0: all in reach */
    const char *sign; /* NULL: every */
    bool overdue;     /* past their deadline only */
    bool mine;        /* those that wait for the actor's role */
    int64_t cards;    /* most urgent cases of each state; 0: counts only */
} oko_board_options;

/*
 * What the actor sees, counted: {total, overdue, escalated, states {name: n}, signs {name: n} (whatever the filter by
 * sign), units [{unit, total, open, overdue}], columns {state: [cards by deadline]}, waits {state: [roles whose turn it
 * is]}}. A card: id, title, unit, unit_code, unit_name, parent, sign, procedure, year, state, due, overdue, escalated,
 * version. New reference.
 */
oko_status oko_cases_board(const oko_cycle *c, const oko_board_options *options, json_t **ret_board,
                           oko_error *err) OKO_WARN_UNUSED;

/*
 * Cases of the same sign, those with the same cause and type of school first, with their measures and effects: items
 * [{sign, cause, year, state, same_cause, same_type, effect, measures [{code, title, state, effect}], case, unit, code,
 * name}]. What lies outside of the actor's reach is told without case, unit, code, name and type. At most
 * OKO_SIMILAR_MAX.
 */
oko_status oko_cases_similar(const oko_cycle *c, int64_t id, json_t **ret_items, oko_error *err) OKO_WARN_UNUSED;

/* ---- shared by case.c and signals.c ---- */
/* The case of this school, sign and year; *ret_id 0 when there is none. */
oko_status oko_case_of(const oko_cycle *c, int64_t unit, const char *sign, int year, int64_t *ret_id,
                       oko_error *err) OKO_WARN_UNUSED;
/* Puts a case as the repetition of an earlier one, with a link to it. */
oko_status oko_case_link_repeat(const oko_cycle *c, oko_entry *next, int64_t earlier, oko_error *err) OKO_WARN_UNUSED;
/* SOURCE/SIGN/UNIT/YEAR; source "sign", "rule" or "list". */
void oko_case_key(char ret_key[OKO_RECORD_KEY_BYTES], const char *source, const char *sign, int64_t unit, int year);

#endif
