/*
 * Addressed recommendations: the base of advice (sign × cause → text, measures) that the region edits, suggestions for
 * a case, and letters — records of kind "recommendation" to a municipality or a school about one case or several.
 *
 * Numbers of letters. An office that has its own register gives the number when it sends; else the program gives
 * NNN/YYYY, one after the other within the year of the letter's date. The key of a sent letter is YYYY/NUMBER, so that
 * no number is given twice, whoever writes at the same moment.
 */
#ifndef OKO_CYCLE_LETTERS_H
#define OKO_CYCLE_LETTERS_H

#include "cycle/cycle.h"

enum { OKO_LETTER_CASES = 50 };

/* Puts the built-in advice (kind "advice", key SIGN/CAUSE) and the built-in catalogue of measures (kind
 * "catalogue-measure", key CODE) into the records; what is there already stays as the region has edited it. *ret_n
 * counts the new ones. */
oko_status oko_base_seed(const oko_cycle *c, int *ret_n, oko_error *err) OKO_WARN_UNUSED;

/* A measure of the catalogue by its code: the region's record, also a retired or removed one (head.removed), else the
 * built-in one (head.id 0). OKO_E_NOT_FOUND. */
oko_status oko_catalogue_find(const oko_cycle *c, const char *code, oko_entry *ret_entry,
                              oko_error *err) OKO_WARN_UNUSED;

/*
 * What the base says to a case: {sign, cause, advice [{id, sign, cause, text, measures [codes], exact}], text, measures
 * [codes]}. Advice for this sign and cause first, then for any sign with the cause, then for the sign with other causes
 * when nothing else fits. Before the base was put into records the built-in one speaks. New reference.
 */
oko_status oko_advice_for_case(const oko_cycle *c, int64_t id, json_t **ret_suggestion, oko_error *err) OKO_WARN_UNUSED;

/* Is the letter about this case? */
bool oko_letter_is_about(const oko_entry *letter, int64_t id);

/* The first look of the addressee at a letter that was sent marks it as read; other looks change nothing. *ret_marked
 * (may be NULL) tells whether it did. */
oko_status oko_letter_look(const oko_cycle *c, int64_t id, bool *ret_marked, oko_error *err) OKO_WARN_UNUSED;

/*
 * Everything that a letter on paper needs, as flat strings (and "paragraphs", a list; "cases" and "measures", lists of
 * objects of strings): number, date, addressee, unit, subject, text, deadline, sender, signer, state. Dates as
 * dd.mm.yyyy. New reference.
 */
oko_status oko_letter_model(const oko_cycle *c, int64_t id, json_t **ret_model, oko_error *err) OKO_WARN_UNUSED;

#endif
