/* What the doors of the store (store.c, records.c, people.c) ask of every argument. */
#ifndef OKO_STORE_ARGUMENTS_H
#define OKO_STORE_ARGUMENTS_H

#include <oko/status.h>

#include "base/text_view.h"

#include <string.h>

/* Refuses the member `field`. */
static inline oko_status oko_store_bad(oko_error *err, const char *field)
{
    return oko_error_set(err, OKO_E_ARGUMENT, "store.argument", field);
}

/* Does the string end inside its array, and is it UTF-8? */
static inline bool oko_store_text_ok(const char *text, size_t bytes)
{
    const size_t n = strnlen(text, bytes);
    return n < bytes && oko_utf8_valid((oko_str){ text, n });
}

/* Text of n bytes without NUL inside, UTF-8, at most `limit` bytes. */
static inline bool oko_store_bytes_ok(const char *text, size_t n, size_t limit)
{
    return text != NULL && n <= limit && memchr(text, '\0', n) == NULL && oko_utf8_valid((oko_str){ text, n });
}

#endif
