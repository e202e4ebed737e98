/* Views of text: {pointer, length}, never owned, not terminated. Used by every parser. */
#ifndef OKO_BASE_TEXT_VIEW_H
#define OKO_BASE_TEXT_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct oko_str {
    const char *ptr; /* may be NULL when len is 0 */
    size_t len;      /* bytes */
} oko_str;

#define OKO_STR(literal) ((oko_str){ (literal), sizeof(literal) - 1 })

oko_str oko_str_of(const char *cstr);     /* NULL gives an empty view */
bool oko_str_equal(oko_str a, oko_str b); /* byte for byte */
bool oko_str_starts(oko_str s, oko_str prefix);
bool oko_str_ends(oko_str s, oko_str suffix);
bool oko_str_contains(oko_str s, oko_str part);
oko_str oko_str_trim(oko_str s); /* ASCII white space, NBSP, U+FEFF, U+200B on both ends */

/* Copies into a caller's buffer, NUL-terminated, cut at a UTF-8 boundary. Returns false when cut. */
bool oko_str_copy(char *dst, size_t dst_bytes, oko_str src);

/* Whole number: optional sign, digits, optional ".0…" or ",0…" tail (spreadsheets write 4.0);
 * exponent forms such as 1E1 are accepted when whole. False when it is not one or |value| > 2^53. */
bool oko_str_to_int(oko_str s, int64_t *ret_value);

/* Decimal number with "." or ","; spaces and NBSP between digits are ignored. Finite or false. */
bool oko_str_to_double(oko_str s, double *ret_value);

bool oko_utf8_valid(oko_str s);

/* Next code point at *at (advanced); U+FFFD for a broken byte. *at must be < s.len. */
uint32_t oko_utf8_next(oko_str s, size_t *at);

/* Appends a code point at dst (needs 4 bytes). Returns the bytes written, 0 when it is not a scalar value. */
size_t oko_utf8_put(char *dst, uint32_t cp);

/*
 * Key for loose comparison of headers and names: lower case (Latin and Cyrillic), ё→е, runs of white
 * space, NBSP, line breaks and «_» to one space, trimmed; Latin letters that look like Cyrillic ones
 * are mapped to Cyrillic when the text holds any Cyrillic letter. Cut at dst_bytes. Returns length.
 */
size_t oko_str_fold(char *dst, size_t dst_bytes, oko_str s);

#endif
