/* Items of a procedure as people type them; private to this folder. */
#ifndef OKO_REFERENCE_PROCEDURE_ITEMS_H
#define OKO_REFERENCE_PROCEDURE_ITEMS_H

#include "domain/procedure.h"

/*
 * Compact forms, mixed freely and separated by commas, semicolons or white space:
 *   "2"        one item of maximum 2; its label is its number in the list
 *   "1×8"      eight items of maximum 1 (also 1x8, 1*8, 1х8)
 *   "13К1(2)"  an item labelled 13К1 of maximum 2; "1(1)2(3)" needs no separator, "12.2 (1б)" is fine too
 * Fills items and n_items. On failure OKO_E_FORMAT or OKO_E_LIMIT, the list in an unknown state and *ret_at the
 * byte where it went wrong.
 */
oko_status oko_procedure_items_parse(oko_str text, oko_procedure *p, size_t *ret_at) OKO_WARN_UNUSED;

#endif
