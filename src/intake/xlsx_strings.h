/* Shared strings of a workbook: one blob and the offsets into it. */
#ifndef OKO_INTAKE_XLSX_STRINGS_H
#define OKO_INTAKE_XLSX_STRINGS_H

#include "base/text_view.h"
#include "intake/xlsx_package.h"

enum {
    OKO_XLSX_MAX_STRINGS = 8000000,
    OKO_XLSX_MAX_STRING_BYTES = 512 << 20 /* of all of them */
};

typedef struct oko_xlsx_strings {
    char *bytes;      /* owned */
    uint32_t *begins; /* [n + 1], owned; NULL when n is 0 */
    size_t n;
} oko_xlsx_strings;
void oko_xlsx_strings_clear(oko_xlsx_strings *s); /* for OKO_CLEANUP */

/* Reads the part. Rich text is joined, phonetic runs are left out. Errors: of oko_xlsx_stream, intake.long_cell,
 * intake.too_many_strings (OKO_E_LIMIT). */
oko_status oko_xlsx_read_strings(oko_xlsx_package *p, const char *path, oko_xlsx_strings *ret,
                                 oko_error *err) OKO_WARN_UNUSED;

/* String i; i must be < n. */
static inline oko_str oko_xlsx_string(const oko_xlsx_strings *s, size_t i)
{
    return (oko_str){ s->bytes + s->begins[i], s->begins[i + 1] - s->begins[i] };
}

/* Undoes the standard's _xHHHH_ for characters XML can't hold, in place; returns the new length. Control characters
 * and lone surrogates are left as written. */
size_t oko_xlsx_unescape(char *text, size_t len);

#endif
