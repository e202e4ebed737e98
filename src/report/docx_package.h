/* The zip package around the parts of a DOCX. */
#ifndef OKO_REPORT_DOCX_PACKAGE_H
#define OKO_REPORT_DOCX_PACKAGE_H

#include "base/memory.h"
#include "report/docx.h"

typedef struct oko_docx_part {
    const char *name;
    oko_str bytes; /* borrowed */
} oko_docx_part;

/* A new package; every part has the same old time, so that the same parts give the same bytes. */
oko_status oko_docx_pack(const oko_docx_part *parts, size_t n, char **ret_bytes, size_t *ret_len,
                         oko_error *err) OKO_WARN_UNUSED;

/* Changes some parts of a package: fn is asked for every part (bytes valid during the call) and appends its new content
 * to out and says so, or leaves it. */
typedef bool (*oko_docx_change_fn)(void *ctx, const char *name, oko_str bytes, oko_buffer *out);
oko_status oko_docx_repack(oko_str package, oko_docx_change_fn fn, void *ctx, char **ret_bytes, size_t *ret_len,
                           oko_error *err) OKO_WARN_UNUSED;

/* Text inside of <w:t>: escaped, line breaks as breaks of Word. */
void oko_docx_text(oko_buffer *out, const char *text);

#endif
