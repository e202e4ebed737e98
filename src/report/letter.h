/* A letter of recommendation on paper: HTML to print, DOCX, or an office's own DOCX template filled. */
#ifndef OKO_REPORT_LETTER_H
#define OKO_REPORT_LETTER_H

#include "base/memory.h"
#include "report/docx.h"

/*
 * model: what oko_letter_model gives. Places of a template: {{number}}, {{date}}, {{addressee}}, {{unit}}, {{subject}},
 * {{text}}, {{deadline}}, {{sender}}, {{signer}}, {{cases}} and {{measures}} (one a line).
 */
oko_status oko_letter_html(const json_t *model, oko_buffer *out) OKO_WARN_UNUSED;
/* template with len 0: the built-in form. Bytes are malloc. */
oko_status oko_letter_docx(const json_t *model, oko_str template, char **ret_bytes, size_t *ret_len,
                           oko_error *err) OKO_WARN_UNUSED;

#endif
