/* A JSON writer for the details of results. */
#include "analysis/details.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void oko_details_init(oko_details *d)
{
    oko_buffer_init(&d->buffer, OKO_RESULT_MAX_DETAILS);
    d->comma = false;
}

void oko_details_free(oko_details *d)
{
    oko_buffer_free(&d->buffer);
}

/* One byte of a string; quotes, backslashes and control characters are escaped. */
static void put_escaped(oko_buffer *b, char c)
{
    if (c == '"' || c == '\\') {
        const char pair[2] = { '\\', c };
        oko_buffer_add(b, pair, 2);
    } else if ((unsigned char)c < 0x20) {
        oko_buffer_printf(b, "\\u%04x", (unsigned)c);
    } else {
        oko_buffer_add(b, &c, 1);
    }
}

/* A JSON string; its bytes are UTF-8 already. What needs no escape goes in one piece. */
static void put_string(oko_buffer *b, const char *s)
{
    oko_buffer_char(b, '"');
    size_t plain = 0;
    while (s[plain] != '\0' && s[plain] != '"' && s[plain] != '\\' && (unsigned char)s[plain] >= 0x20)
        plain++;
    oko_buffer_add(b, s, plain);
    for (s += plain; *s != '\0'; s++)
        put_escaped(b, *s);
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
    static const double scale[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6 };
    if (!isfinite(value) || fabs(value) > 1e9 || decimals < 0 || decimals > 6) {
        oko_details_number(d, key, value);
        return;
    }
    put_key(d, key);
    char digits[32], *at = digits + sizeof digits;
    long long rounded = llround(value * scale[decimals]);
    unsigned long long rest = (unsigned long long)(rounded < 0 ? -rounded : rounded);
    for (int i = 0; rest > 0 || i <= decimals; i++) {
        if (i == decimals && i > 0)
            *--at = '.';
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (rounded < 0)
        *--at = '-';
    oko_buffer_add(&d->buffer, at, (size_t)(digits + sizeof digits - at));
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
