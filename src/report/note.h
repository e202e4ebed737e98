/* A note on paper (аналитическая справка, самоанализ): the figures of its run for its unit, the analyst's text and
 * conclusions, answers to guiding questions. */
#ifndef OKO_REPORT_NOTE_H
#define OKO_REPORT_NOTE_H

#include "reference/text.h"
#include "report/document.h"

#include <jansson.h>

/* view: oko_own_view of the note's unit and runs; title and body: of the note. Bytes from malloc. */
oko_status oko_note_document(const json_t *view, const char *title, const json_t *body, const oko_text *text,
                             oko_document_kind kind, char **ret_bytes, size_t *ret_len, oko_error *err) OKO_WARN_UNUSED;

#endif
