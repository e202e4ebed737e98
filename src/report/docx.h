/*
 * Word documents (DOCX, ECMA-376) written by hand: paragraphs and tables in a few styles, and filling of an office's
 * own template. The bytes depend on what is written only: no clock, no machine.
 */
#ifndef OKO_REPORT_DOCX_H
#define OKO_REPORT_DOCX_H

#include <oko/status.h>

#include "base/text_view.h"

#include <jansson.h>

enum {
    OKO_DOCX_MAX_COLUMNS = 12,
    OKO_DOCX_MAX_BYTES = 32 * 1024 * 1024, /* of a part, and of a template */
    OKO_DOCX_MAX_PARTS = 2000,             /* of a template */
    OKO_DOCX_MAX_PLACES = 200              /* different ones, of a template; more are not told */
};

typedef enum oko_docx_style {
    OKO_DOCX_BODY,
    OKO_DOCX_TITLE,   /* centred, bold, larger */
    OKO_DOCX_HEADING, /* bold */
    OKO_DOCX_RIGHT,   /* to the right edge: an addressee */
    OKO_DOCX_SMALL,   /* notes */
    OKO_DOCX_ITEM,    /* of a list */
    OKO_DOCX_STYLE_COUNT
} oko_docx_style;

/* A document that is being written. Memory that ran out is told by oko_docx_finish. */
typedef struct oko_docx oko_docx;
/* landscape: A4 across. */
oko_status oko_docx_new(bool landscape, oko_docx **ret_docx) OKO_WARN_UNUSED;
void oko_docx_free(oko_docx *docx);
void oko_docx_freep(oko_docx **docx);

/* Line breaks in the text are kept; characters that XML has not are left out. */
void oko_docx_paragraph(oko_docx *docx, oko_docx_style style, const char *text);
/* percent: widths of the columns, or NULL for equal ones. columns 1…OKO_DOCX_MAX_COLUMNS. */
void oko_docx_table(oko_docx *docx, int columns, const int *percent);
void oko_docx_row(oko_docx *docx, bool head, const char *const *cells); /* NULL = empty */
void oko_docx_table_end(oko_docx *docx);

/* The file's bytes (malloc). OKO_E_MEMORY, OKO_E_LIMIT, OKO_E_INTERNAL. */
oko_status oko_docx_finish(oko_docx *docx, char **ret_bytes, size_t *ret_len, oko_error *err) OKO_WARN_UNUSED;

/*
 * A template with {{name}} places, filled: each place becomes the string of that name in `values`; an unknown name
 * becomes nothing. Places in the text, in headers and in footers are found also when Word has cut them into pieces; the
 * whole paragraph then has the format of its beginning. OKO_E_FORMAT when it is no DOCX, OKO_E_LIMIT, OKO_E_MEMORY.
 */
oko_status oko_docx_fill(oko_str template, const json_t *values, char **ret_bytes, size_t *ret_len,
                         oko_error *err) OKO_WARN_UNUSED;

/* Names of the places of a template, each once: list of strings, new reference. Statuses as above. */
oko_status oko_docx_places(oko_str template, json_t **ret_names, oko_error *err) OKO_WARN_UNUSED;

#endif
