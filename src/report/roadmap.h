/* The roadmap as the three-column table that it is on paper, with what was done beside it where a unit is asked for. */
#ifndef OKO_REPORT_ROADMAP_H
#define OKO_REPORT_ROADMAP_H

#include "reference/text.h"

#include <jansson.h>

/*
 * table: what oko_roadmap_table gives (cycle/roadmap.h). format "html", "docx" or "xlsx" (OKO_E_ARGUMENT otherwise).
 * Years are rows of their own; cells are word for word. with_state: a fourth column, what was done at table.unit. Bytes
 * from malloc.
 */
oko_status oko_roadmap_document(const json_t *table, const oko_text *text, const char *format, bool with_state,
                                char **ret_bytes, size_t *ret_len, oko_error *err) OKO_WARN_UNUSED;
/* Media type of a format. */
const char *oko_roadmap_media(const char *format);

#endif
