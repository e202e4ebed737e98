/* Members of a record's body: reading with a value for "absent", writing with one status. */
#ifndef OKO_CYCLE_BODY_H
#define OKO_CYCLE_BODY_H

#include "cycle/cycle.h"

/* "", 0, NaN, false for an absent member or one of another type. The text lives as long as the body. */
const char *oko_body_str(const json_t *o, const char *name);
int64_t oko_body_int(const json_t *o, const char *name);
double oko_body_num(const json_t *o, const char *name);
bool oko_body_true(const json_t *o, const char *name);
bool oko_body_has(const json_t *list, int64_t value); /* a list of whole numbers */

/* value: new reference, stolen; NULL means that memory is out. */
oko_status oko_body_set(json_t *o, const char *name, json_t *value, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_body_append(json_t *list, json_t *value, oko_error *err) OKO_WARN_UNUSED;
/* A number, or null where it can't be computed. */
json_t *oko_body_number(double value);

/* A file of reference/cycle as JSON, new reference. OKO_E_INTERNAL when it is not there. */
oko_status oko_cycle_reference(const char *name, json_t **ret_json, oko_error *err) OKO_WARN_UNUSED;

#endif
