/*
 * How a number came about, in words: the trace of a formula as lines of text, the whole first, its parts under it, down
 * to counts and where each was counted.
 */
#ifndef OKO_CYCLE_TRACE_H
#define OKO_CYCLE_TRACE_H

#include "reference/text.h"

#include <jansson.h>

/* Lines [{depth, text}], depth 0 = the value itself. New reference; OKO_E_MEMORY, OKO_E_LIMIT. */
oko_status oko_trace_words(const json_t *trace, const oko_text *text, json_t **ret_lines,
                           oko_error *err) OKO_WARN_UNUSED;

#endif
