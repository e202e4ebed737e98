/*
 * Facts: what the variables of indicators stand for — counts of one year for every school, municipality and region —
 * gathered in one pass over runs, findings, lists and records. A school's counts are added to the units above it; a
 * number that nobody has is missing, not zero.
 *
 * The variables are listed, with words, in reference/cycle/variables.json; the fields of forms (form-fields.json) are
 * variables too: form_CODE, a sum or a number of «yes» over accepted forms, and form_CODE_n, the forms that answered.
 */
#ifndef OKO_CYCLE_TALLY_H
#define OKO_CYCLE_TALLY_H

#include "cycle/formula.h"
#include "store/records.h"

typedef struct oko_tally oko_tally;

typedef struct oko_tally_query {
    int year;                      /* of the cycle */
    int64_t campaign;              /* forms of this campaign only; 0: of any of the year */
    const char *const *procedures; /* codes; NULL: all procedures of the year */
    size_t n_procedures;
} oko_tally_query;

/* Reads everything at one moment. OKO_E_MEMORY, OKO_E_LIMIT, or the store's status. */
oko_status oko_tally_load(oko_store *store, const oko_tally_query *query, oko_tally **ret_facts,
                          oko_error *err) OKO_WARN_UNUSED;
void oko_tally_free(oko_tally *facts);
void oko_tally_freep(oko_tally **facts);

/* Value of a variable for a unit; source says what it was counted from. OKO_E_NOT_FOUND: no such variable or unit. */
oko_status oko_tally_value(const oko_tally *facts, int64_t unit, const char *variable,
                           oko_value *ret_value) OKO_WARN_UNUSED;
/* How many pupils are behind the number, at most: works of one pupil in several procedures are one pupil. −1: it is not
 * about pupils, or there is no number. Few of them are hidden in what is published. */
double oko_tally_pupils(const oko_tally *facts, int64_t unit, const char *variable);
/* Runs that the counts come from; 0: none. */
int64_t oko_tally_run(const oko_tally *facts);
int64_t oko_tally_evidence(const oko_tally *facts);
int64_t oko_tally_revision(const oko_tally *facts);

/* The names alone, without any number, for checking formulas. */
oko_status oko_variables_open(oko_tally **ret_variables, oko_error *err) OKO_WARN_UNUSED;
bool oko_variable_known(void *variables, const char *name); /* oko_variable_known_fn; ctx = an oko_tally */

/* All variables and functions with words, for whoever writes formulas: {items [{code, ru, en, levels, source, pupils}],
 * functions [{code, call, ru, en}]}. New reference. */
oko_status oko_variables_list(json_t **ret_list, oko_error *err) OKO_WARN_UNUSED;

#endif
