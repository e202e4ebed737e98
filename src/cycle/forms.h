/* Fields of forms (reference/cycle/form-fields.json) and the check of their values. */
#ifndef OKO_CYCLE_FORMS_H
#define OKO_CYCLE_FORMS_H

#include "cycle/cycle.h"

/* The list of fields: [{code, ru, en, type, level, of}]. New reference. */
oko_status oko_form_fields(json_t **ret_fields, oko_error *err) OKO_WARN_UNUSED;
/* A field of the list; NULL when there is none. Borrowed. */
const json_t *oko_form_field(const json_t *fields, const char *code);
/* Not handed in yet, or sent back. */
bool oko_form_waits(const oko_entry *e);
/* It waits, and its deadline is before today (yyyy-mm-dd). */
bool oko_form_late(const oko_entry *e, const char *today);
/* How many of its fields have a value. */
int oko_form_filled(const oko_entry *e);
/*
 * Sets values of some fields, and the explanation when it is not NULL. version: the one that the client read. Fields
 * that somebody else changed since then are not overwritten: OKO_E_CONFLICT "form.field_changed" after *ret_problems
 * [{pointer, code}] named them, nothing is written. Changes of other fields stay. Values that their fields can't take:
 * OKO_E_ARGUMENT "form.values" with a problem for each. *ret_problems: new reference, set in every case but
 * OKO_E_MEMORY.
 */
oko_status oko_form_fill(const oko_cycle *c, int64_t id, int64_t version, const json_t *values, const char *explanation,
                         oko_entry *ret_entry, json_t **ret_problems, oko_error *err) OKO_WARN_UNUSED;
/* OKO_E_CONFLICT "form.campaign_closed" unless the form's campaign is open. */
oko_status oko_form_campaign_open(const oko_cycle *c, const oko_entry *e, oko_error *err) OKO_WARN_UNUSED;
/* Message key of why the value can't stand in the field of the form; NULL when it can. */
const char *oko_form_fault(const json_t *fields, const json_t *form_fields, const char *code, const json_t *values);
/* Are the values those of the form's fields (codes), each as its type wants it? null: not filled yet. OKO_E_ARGUMENT
 * "form.unknown", "form.count", "form.yesno", "form.part" with err->field = the code. */
oko_status oko_form_check(const json_t *fields, const json_t *form_fields, const json_t *values,
                          oko_error *err) OKO_WARN_UNUSED;

#endif
