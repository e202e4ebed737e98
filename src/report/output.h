/* A file that appears complete or not at all: written beside its place, synced, renamed. */
#ifndef OKO_REPORT_OUTPUT_H
#define OKO_REPORT_OUTPUT_H

#include <oko/status.h>

#include "base/text_view.h"

enum { OKO_OUTPUT_PATH_BYTES = 4096 };

typedef struct oko_output {
    const char *path;
    char temporary[OKO_OUTPUT_PATH_BYTES]; /* "" when there is none */
} oko_output;

/* Makes an empty file beside `path`. OKO_E_NOT_FOUND (no such folder), OKO_E_PERMISSION, OKO_E_FULL, OKO_E_IO (also: a
 * directory stands there), OKO_E_LIMIT (path too long); messages "report.write.…". */
oko_status oko_output_open(const char *path, oko_output *output, oko_error *err) OKO_WARN_UNUSED;
/* Fills it with bytes. */
oko_status oko_output_fill(oko_output *output, oko_str bytes, oko_error *err) OKO_WARN_UNUSED;
/* Syncs it and puts it in place. On failure the temporary file is gone. */
oko_status oko_output_commit(oko_output *output, oko_error *err) OKO_WARN_UNUSED;
/* Drops the temporary file when it is still there. */
void oko_output_drop(oko_output *output);
/* Status and message for errno `code`. */
oko_status oko_output_failed(const char *path, int code, oko_error *err);

#endif
