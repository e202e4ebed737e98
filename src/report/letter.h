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

/*
 * What of a letter has no words yet: list of {place, why}, new reference. places: names in the template, NULL: those of
 * the built-in form. why: "unknown" (the program has no such place), "approved" or "sent" (comes with that step),
 * "empty".
 */
oko_status oko_letter_unfilled(const json_t *model, const json_t *places, json_t **ret_list) OKO_WARN_UNUSED;

/* Documents {name, bytes} as one ZIP (malloc). OKO_E_MEMORY, OKO_E_INTERNAL. */
typedef struct oko_letter_file {
    char name[96];
    char *bytes; /* owned by the caller */
    size_t len;
} oko_letter_file;
oko_status oko_letter_zip(const oko_letter_file *files, size_t n, char **ret_bytes, size_t *ret_len,
                          oko_error *err) OKO_WARN_UNUSED;

#endif
