/* One entry of a procedure file; private to this folder. */
#ifndef OKO_REFERENCE_PROCEDURE_READ_H
#define OKO_REFERENCE_PROCEDURE_READ_H

#include "domain/procedure.h"
#include "reference/json.h"

/* Reads and checks entry number `index` of a file into *p (changed even on failure). OKO_E_FORMAT, OKO_E_LIMIT,
 * OKO_E_CONFLICT, OKO_E_ARGUMENT (a broken invariant); the error's field names the entry and the member. */
oko_status oko_procedure_read_entry(const json_t *entry, size_t index, oko_procedure *p,
                                    oko_error *err) OKO_WARN_UNUSED;

#endif
