/* A JSON writer for the details of results. */
#include "analysis/details.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void oko_details_init(oko_details *d)
{
    oko_buffer_init(&d->buffer, OKO_DETAILS_MAX_BYTES);
    d->comma = false;
}

void oko_details_free(oko_details *d)
{
    oko_buffer_free(&d->buffer);
}

/* A JSON string. Bytes are UTF-8 already; quotes, backslashes and control characters are escaped. */
static void put_string(oko_buffer *b, const char *s)
{
    oko_buffer_char(b, '"');
    for (; *s != '\0'; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\') {
            oko_buffer_char(b, '\\');
            oko_buffer_char(b, *s);
        } else if (c < 0x20) {
            oko_buffer_printf(b, "\\u%04x", c);
        } else {
            oko_buffer_char(b, *s);
        }
    }
    oko_buffer_char(b, '"');
}

static void put_key(oko_details *d, const char *key)
{
    if (d->comma)
        oko_buffer_char(&d->buffer, ',');
    d->comma = true;
    if (key != NULL) {
        put_string(&d->buffer, key);
        oko_buffer_char(&d->buffer, ':');
    }
}

/* snprintf's digits with a point in every locale. */
static void put_digits(oko_buffer *b, char *digits)
{
    char *comma = strchr(digits, ',');
    if (comma != NULL)
        *comma = '.';
    oko_buffer_str(b, digits);
}

void oko_details_begin(oko_details *d)
{
    oko_buffer_clear(&d->buffer);
    oko_buffer_char(&d->buffer, '{');
    d->comma = false;
}

void oko_details_open(oko_details *d, const char *key)
{
    put_key(d, key);
    oko_buffer_char(&d->buffer, '{');
    d->comma = false;
}

void oko_details_close(oko_details *d)
{
    oko_buffer_char(&d->buffer, '}');
    d->comma = true;
}

void oko_details_array(oko_details *d, const char *key)
{
    put_key(d, key);
    oko_buffer_char(&d->buffer, '[');
    d->comma = false;
}

void oko_details_end_array(oko_details *d)
{
    oko_buffer_char(&d->buffer, ']');
    d->comma = true;
}

void oko_details_number(oko_details *d, const char *key, double value)
{
    put_key(d, key);
    char digits[40];
    if (!isfinite(value)) {
        oko_buffer_str(&d->buffer, "null");
        return;
    }
    snprintf(digits, sizeof digits, "%.17g", value == 0 ? 0.0 : value);
    put_digits(&d->buffer, digits);
}

void oko_details_rounded(oko_details *d, const char *key, double value, int decimals)
{
    if (!isfinite(value) || fabs(value) > 1e15) {
        oko_details_number(d, key, value);
        return;
    }
    put_key(d, key);
    char digits[40];
    snprintf(digits, sizeof digits, "%.*f", decimals, value);
    put_digits(&d->buffer, digits);
}

void oko_details_integer(oko_details *d, const char *key, int64_t value)
{
    put_key(d, key);
    oko_buffer_printf(&d->buffer, "%lld", (long long)value);
}

void oko_details_bool(oko_details *d, const char *key, bool value)
{
    put_key(d, key);
    oko_buffer_str(&d->buffer, value ? "true" : "false");
}

void oko_details_text(oko_details *d, const char *key, const char *value)
{
    put_key(d, key);
    if (value == NULL)
        oko_buffer_str(&d->buffer, "null");
    else
        put_string(&d->buffer, value);
}

oko_status oko_details_finish(oko_details *d, char **ret_json)
{
    oko_buffer_char(&d->buffer, '}');
    oko_status status = oko_buffer_status(&d->buffer);
    if (status != OKO_OK)
        return status;
    char *json = oko_str_dup((oko_str){ d->buffer.ptr, d->buffer.len });
    if (json == NULL)
        return OKO_E_MEMORY;
    *ret_json = json;
    return OKO_OK;
}
