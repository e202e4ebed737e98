/*
 * Details of a result: one JSON object written straight into a reused buffer. There are a few hundred thousand of them
 * in a large run, so no tree is built; keys stand in the order of the calls, numbers keep all digits (%.17g), NaN and
 * infinities are null, and the decimal point does not depend on the locale.
 */
#ifndef OKO_ANALYSIS_DETAILS_H
#define OKO_ANALYSIS_DETAILS_H

#include "base/memory.h"
#include "domain/run.h"

typedef struct oko_details {
    oko_buffer buffer;
    bool comma; /* the next member needs one before it */
} oko_details;

void oko_details_init(oko_details *d);
void oko_details_free(oko_details *d);

void oko_details_begin(oko_details *d);                  /* starts afresh: "{" */
void oko_details_open(oko_details *d, const char *key);  /* "key":{ ; NULL inside an array */
void oko_details_close(oko_details *d);                  /* } */
void oko_details_array(oko_details *d, const char *key); /* "key":[ */
void oko_details_end_array(oko_details *d);              /* ] */
/* key NULL: an element of an array. */
void oko_details_number(oko_details *d, const char *key, double value);
void oko_details_rounded(oko_details *d, const char *key, double value, int decimals);
void oko_details_integer(oko_details *d, const char *key, int64_t value);
void oko_details_bool(oko_details *d, const char *key, bool value);
void oko_details_text(oko_details *d, const char *key, const char *value); /* NULL: null */

/* Ends the object and copies it (malloc). OKO_E_MEMORY, OKO_E_LIMIT. */
oko_status oko_details_finish(oko_details *d, char **ret_json) OKO_WARN_UNUSED;

#endif
