/*
 * Descriptions of procedures: built in (reference/procedures, one JSON file a year) and the user's own files of the
 * same form. docs/formats/procedures.md describes the form; `oko procedures template` prints an example.
 */
#ifndef OKO_REFERENCE_PROCEDURES_H
#define OKO_REFERENCE_PROCEDURES_H

#include "domain/procedure.h"
#include "reference/json.h"

typedef oko_status (*oko_reference_procedure_fn)(void *ctx, const oko_procedure *p);

/* {"procedures":[{…}]} → checked procedures, in file order. Errors name the entry and the member. */
oko_status oko_procedures_read(const json_t *json, oko_reference_procedure_fn fn, void *ctx,
                               oko_error *err) OKO_WARN_UNUSED;
/* All built-in ones, by code. */
oko_status oko_procedures_builtin(oko_reference_procedure_fn fn, void *ctx, oko_error *err) OKO_WARN_UNUSED;
/* One procedure as JSON in the same form (new reference), NULL when memory is out. */
json_t *oko_procedure_to_json(const oko_procedure *p);

#endif
