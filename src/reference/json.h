/*
 * The one door for foreign JSON (jansson behind it): size ≤ 8 MiB, depth ≤ 64, duplicate keys refused, UTF-8
 * checked, and an error that says line and column. Fuzzed (tests/fuzz).
 */
#ifndef OKO_REFERENCE_JSON_H
#define OKO_REFERENCE_JSON_H

#include <oko/status.h>

#include "base/text_view.h"

#include <jansson.h>

enum { OKO_JSON_MAX_BYTES = 8 * 1024 * 1024, OKO_JSON_MAX_DEPTH = 64 };

/* `name` goes into the error's field. New reference. OKO_E_FORMAT, OKO_E_LIMIT, OKO_E_MEMORY. */
oko_status oko_json_parse(oko_str bytes, const char *name, json_t **ret_json, oko_error *err) OKO_WARN_UNUSED;
/* Reads a whole file (OKO_E_NOT_FOUND, OKO_E_PERMISSION, OKO_E_IO, OKO_E_LIMIT), then as above. */
oko_status oko_json_load(const char *path, json_t **ret_json, oko_error *err) OKO_WARN_UNUSED;
void oko_json_freep(json_t **json); /* for OKO_CLEANUP */

#endif
