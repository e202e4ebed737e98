/* The status table and the error record. */
#include <oko/status.h>

#include "base/text_view.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const oko_status_info status_table[] = {
    { OKO_OK, "ok", 0, 200, "Done." },
    { OKO_E_ARGUMENT, "argument", 2, 400, "A parameter is outside its documented range." },
    { OKO_E_MEMORY, "memory", 71, 503, "There is not enough memory." },
    { OKO_E_NOT_FOUND, "not_found", 4, 404, "The named thing does not exist." },
    { OKO_E_CONFLICT, "conflict", 5, 409, "It exists already or contradicts what exists." },
    { OKO_E_FORMAT, "format", 65, 422, "The data are not in the expected format." },
    { OKO_E_LIMIT, "limit", 66, 413, "A documented limit would be passed." },
    { OKO_E_IO, "io", 74, 500, "The operating system refused a read or a write." },
    { OKO_E_PERMISSION, "permission", 77, 403, "There is no right to read or write it." },
    { OKO_E_FULL, "full", 73, 507, "There is no space left on the device." },
    { OKO_E_STORE, "store", 70, 500, "The database is damaged or was not made by this program." },
    { OKO_E_BUSY, "busy", 75, 503, "Another process holds the database." },
    { OKO_E_VERSION, "version", 76, 409, "It was made by a newer version of the program." },
    { OKO_E_UNDECIDED, "undecided", 6, 409, "The user has to choose, for example the procedure." },
    { OKO_E_NO_DATA, "no_data", 7, 422, "There are too few data to compute the statistic." },
    { OKO_E_NUMERIC, "numeric", 8, 500, "A computation did not converge." },
    { OKO_E_CANCELLED, "cancelled", 130, 499, "The work was stopped at the caller's request." },
    { OKO_E_UNSUPPORTED, "unsupported", 9, 501, "It is known, but this build does not do it." },
    { OKO_E_INTERNAL, "internal", 1, 500, "The program has a defect." },
};
static_assert(sizeof status_table / sizeof *status_table == OKO_STATUS_COUNT, "one row for each status");

const oko_status_info *oko_status_describe(oko_status code)
{
    size_t row = (size_t)code < OKO_STATUS_COUNT ? (size_t)code : (size_t)OKO_E_INTERNAL;
    return &status_table[row];
}

void oko_error_clear(oko_error *err)
{
    if (err != NULL) {
        *err = (oko_error){ .code = OKO_OK };
    }
}

oko_status oko_error_set(oko_error *err, oko_status code, const char *id, const char *field)
{
    if (err != NULL) {
        oko_error fresh = { .code = code };
        (void)oko_str_copy(fresh.id, sizeof fresh.id, oko_str_of(id));
        (void)oko_str_copy(fresh.field, sizeof fresh.field, oko_str_of(field));
        *err = fresh;
    }
    return code;
}

/* Copies src to dst (bytes bytes) as valid UTF-8: broken bytes become '?', the end is cut at a whole code point. */
static void copy_valid(char *dst, size_t bytes, oko_str src)
{
    size_t used = 0;
    for (size_t at = 0; at < src.len;) {
        char one[4];
        size_t from = at;
        uint32_t cp = oko_utf8_next(src, &at);
        bool broken = cp == 0xFFFD && at == from + 1;
        size_t n = oko_utf8_put(one, broken ? (uint32_t)'?' : cp);
        if (used + n + 1 > bytes) {
            break;
        }
        memcpy(dst + used, one, n);
        used += n;
    }
    dst[used] = '\0';
}

void oko_error_arg(oko_error *err, const char *fmt, ...)
{
    if (err == NULL || err->n_args < 0 || err->n_args >= OKO_ERROR_ARGS) {
        return;
    }
    char text[OKO_ERROR_ARG_BYTES + 4]; /* room to see whether the last code point was whole */
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (n < 0) {
        text[0] = '\0';
    }
    copy_valid(err->arg[err->n_args], OKO_ERROR_ARG_BYTES, oko_str_of(text));
    err->n_args++;
}
