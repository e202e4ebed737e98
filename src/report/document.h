/*
 * Document: headings, paragraphs, lists and tables that people take away and edit, written as a printable HTML page or
 * as DOCX (Office Open XML, ECMA-376) with the same content. The same content gives the same bytes: no clock, no names.
 * Errors stick and are told by oko_document_close.
 */
#ifndef OKO_REPORT_DOCUMENT_H
#define OKO_REPORT_DOCUMENT_H

#include <oko/status.h>

#include "base/memory.h"

typedef enum oko_document_kind { OKO_DOCUMENT_HTML, OKO_DOCUMENT_DOCX } oko_document_kind;
bool oko_document_kind_parse(const char *name, oko_document_kind *ret_kind); /* "html", "docx" */
const char *oko_document_media(oko_document_kind kind);                      /* media type */

typedef struct oko_document {
    oko_document_kind kind;
    bool landscape;
    char lang[3], title[512];
    size_t columns;        /* of the open table */
    struct oko_docx *docx; /* DOCX */
    oko_buffer out;        /* HTML */
} oko_document;

void oko_document_open(oko_document *d, oko_document_kind kind, const char *lang, const char *title, bool landscape);
void oko_document_heading(oko_document *d, int level, const char *text); /* 1…3 */
void oko_document_text(oko_document *d, const char *text);               /* an empty line or a line break parts it */
void oko_document_item(oko_document *d, const char *text);               /* of a list */
/* Tables: heads, then rows of as many cells (at most OKO_DOCX_MAX_COLUMNS). NULL is an empty cell. */
void oko_document_table(oko_document *d, const char *const *heads, size_t n);
void oko_document_row(oko_document *d, const char *const *cells);
void oko_document_span(oko_document *d, const char *text); /* a row that heads those below it */
void oko_document_table_end(oko_document *d);
/* Gives the bytes (malloc) and clears the document. OKO_E_MEMORY, OKO_E_LIMIT. */
oko_status oko_document_close(oko_document *d, char **ret_bytes, size_t *ret_len, oko_error *err) OKO_WARN_UNUSED;

#endif
