/* Views of text: comparison, trimming, numbers, UTF-8. */
#include "base/text_view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

oko_str oko_str_of(const char *cstr)
{
    return (oko_str){ cstr, cstr == NULL ? 0 : strlen(cstr) };
}

bool oko_str_equal(oko_str a, oko_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool oko_str_starts(oko_str s, oko_str prefix)
{
    return prefix.len <= s.len && (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

bool oko_str_ends(oko_str s, oko_str suffix)
{
    return suffix.len <= s.len &&
           (suffix.len == 0 || memcmp(s.ptr + (s.len - suffix.len), suffix.ptr, suffix.len) == 0);
}

bool oko_str_contains(oko_str s, oko_str part)
{
    if (part.len == 0) {
        return true;
    }
    size_t at = 0;
    while (part.len <= s.len - at) {
        const char *hit = memchr(s.ptr + at, part.ptr[0], s.len - at - part.len + 1);
        if (hit == NULL) {
            return false;
        }
        if (memcmp(hit, part.ptr, part.len) == 0) {
            return true;
        }
        at = (size_t)(hit - s.ptr) + 1;
    }
    return false;
}

static bool ascii_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Bytes of the white space that stands at the end of the first n bytes of p, 0 when none does. */
static size_t space_at_end(const char *p, size_t n)
{
    if (n >= 1 && ascii_space(p[n - 1])) {
        return 1;
    }
    if (n >= 2 && memcmp(p + n - 2, "\xC2\xA0", 2) == 0) {
        return 2;
    }
    if (n >= 3 && (memcmp(p + n - 3, "\xEF\xBB\xBF", 3) == 0 || memcmp(p + n - 3, "\xE2\x80\x8B", 3) == 0)) {
        return 3;
    }
    return 0;
}

static size_t space_at_start(const char *p, size_t n)
{
    if (n >= 1 && ascii_space(p[0])) {
        return 1;
    }
    if (n >= 2 && memcmp(p, "\xC2\xA0", 2) == 0) {
        return 2;
    }
    if (n >= 3 && (memcmp(p, "\xEF\xBB\xBF", 3) == 0 || memcmp(p, "\xE2\x80\x8B", 3) == 0)) {
        return 3;
    }
    return 0;
}

oko_str oko_str_trim(oko_str s)
{
    size_t cut;
    while (s.len > 0 && (cut = space_at_start(s.ptr, s.len)) > 0) {
        s.ptr += cut;
        s.len -= cut;
    }
    while (s.len > 0 && (cut = space_at_end(s.ptr, s.len)) > 0) {
        s.len -= cut;
    }
    return s;
}

bool oko_str_copy(char *dst, size_t dst_bytes, oko_str src)
{
    if (dst_bytes == 0) {
        return false;
    }
    size_t n = src.len;
    bool whole = n < dst_bytes;
    if (!whole) {
        n = dst_bytes - 1;
        while (n > 0 && ((unsigned char)src.ptr[n] & 0xC0u) == 0x80u) {
            n--;
        }
    }
    if (n > 0) {
        memcpy(dst, src.ptr, n);
    }
    dst[n] = '\0';
    return whole;
}

/* ---- numbers ---- */

static bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

/* Decimal digits of a number as they stand: value = ±mantissa × 10^scale, mantissa without trailing zeros. */
typedef struct decimal {
    bool negative;
    uint64_t mantissa; /* at most MAX_DIGITS digits */
    int64_t scale;
} decimal;

enum { MAX_DIGITS = 18, MAX_EXPONENT = 1000000 };

/* Collects digits, keeping trailing zeros apart, so that "1.000000000000000000000" still fits. */
typedef struct digit_sink {
    uint64_t mantissa;
    int digits;      /* of mantissa */
    int64_t zeros;   /* zeros seen after mantissa */
    int64_t decimal; /* digits behind the point */
    bool any;
    bool dropped; /* digits beyond MAX_DIGITS were counted but not kept */
} digit_sink;

static void sink_digit(digit_sink *sink, char c, bool behind_point)
{
    sink->any = true;
    sink->decimal += behind_point;
    if (c == '0' || sink->dropped) { /* a digit that is not kept counts as a zero */
        sink->zeros += sink->mantissa != 0;
        return;
    }
    if (sink->mantissa != 0 && sink->digits + sink->zeros + 1 > MAX_DIGITS) {
        sink->dropped = true;
        sink->zeros++;
        return;
    }
    for (; sink->zeros > 0; sink->zeros--) {
        sink->mantissa *= 10;
        sink->digits++;
    }
    sink->mantissa = sink->mantissa * 10 + (uint64_t)(c - '0');
    sink->digits++;
}

/* Reads the digits after E; saturates. False when there are none or something else follows. */
static bool read_exponent(oko_str s, size_t at, int64_t *ret_exponent)
{
    bool negative = false;
    if (at < s.len && (s.ptr[at] == '-' || s.ptr[at] == '+')) {
        negative = s.ptr[at++] == '-';
    }
    if (at == s.len) {
        return false;
    }
    int64_t e = 0;
    for (; at < s.len; at++) {
        if (!is_digit(s.ptr[at])) {
            return false;
        }
        e = e < MAX_EXPONENT ? e * 10 + (s.ptr[at] - '0') : e;
    }
    *ret_exponent = negative ? -e : e;
    return true;
}

/* Bytes of a space inside a number at p: blank, NBSP, narrow NBSP, thin space. */
static size_t group_space(const char *p, size_t n)
{
    if (p[0] == ' ') {
        return 1;
    }
    if (n >= 2 && memcmp(p, "\xC2\xA0", 2) == 0) {
        return 2;
    }
    if (n >= 3 && (memcmp(p, "\xE2\x80\xAF", 3) == 0 || memcmp(p, "\xE2\x80\x89", 3) == 0)) {
        return 3;
    }
    return 0;
}

/* Parses the whole of s. grouped: spaces between digits are skipped. */
static bool read_decimal(oko_str s, bool grouped, digit_sink *sink, decimal *ret)
{
    size_t at = 0;
    bool negative = false, point = false, after_digit = false;
    if (at < s.len && (s.ptr[at] == '-' || s.ptr[at] == '+')) {
        negative = s.ptr[at++] == '-';
    }
    int64_t exponent = 0;
    while (at < s.len) {
        char c = s.ptr[at];
        size_t space;
        if (is_digit(c)) {
            sink_digit(sink, c, point);
            after_digit = true;
            at++;
        } else if ((c == '.' || c == ',') && !point &&
                   (after_digit || (grouped && at + 1 < s.len && is_digit(s.ptr[at + 1])))) {
            point = true;
            after_digit = false;
            at++;
        } else if ((c == 'E' || c == 'e') && after_digit) {
            if (!read_exponent(s, at + 1, &exponent)) {
                return false;
            }
            break;
        } else if (grouped && after_digit && (space = group_space(s.ptr + at, s.len - at)) > 0) {
            at += space;
            after_digit = at < s.len && (is_digit(s.ptr[at]) || group_space(s.ptr + at, s.len - at) > 0);
            if (!after_digit) {
                return false;
            }
        } else {
            return false;
        }
    }
    if (!after_digit) {
        return false;
    }
    *ret = (decimal){ negative, sink->mantissa, sink->zeros - sink->decimal + exponent };
    return true;
}

/* The forms that are not plain digits: 4.0, 4,00, 1E1, 2.5E1, very long zeros. */
static bool int_slow(oko_str s, int64_t *ret_value)
{
    digit_sink sink = { 0 };
    decimal d;
    if (!read_decimal(s, false, &sink, &d) || sink.dropped) {
        return false;
    }
    if (d.mantissa == 0) {
        *ret_value = 0;
        return true;
    }
    const uint64_t limit = UINT64_C(1) << 53;
    if (d.scale < 0 || d.scale > 15 || d.mantissa > limit) {
        return false;
    }
    uint64_t value = d.mantissa;
    for (int64_t i = 0; i < d.scale; i++) {
        value *= 10; /* value ≤ 2^53 before, so this can't overflow */
        if (value > limit) {
            return false;
        }
    }
    *ret_value = d.negative ? -(int64_t)value : (int64_t)value;
    return true;
}

bool oko_str_to_int(oko_str s, int64_t *ret_value)
{
    const char *p = s.ptr;
    size_t n = s.len;
    if (n == 1) {
        unsigned digit = (unsigned char)p[0] - (unsigned)'0';
        if (digit < 10) {
            *ret_value = (int64_t)digit;
            return true;
        }
        return false;
    }
    if (n == 0) {
        return false;
    }
    bool negative = p[0] == '-';
    size_t at = negative || p[0] == '+';
    if (n - at > 15) {
        return int_slow(s, ret_value);
    }
    int64_t value = 0;
    for (; at < n; at++) {
        unsigned digit = (unsigned char)p[at] - (unsigned)'0';
        if (digit >= 10) {
            return (p[at] == '.' || p[at] == ',' || p[at] == 'E' || p[at] == 'e') && int_slow(s, ret_value);
        }
        value = value * 10 + (int64_t)digit;
    }
    *ret_value = negative ? -value : value;
    return true;
}

/* Up to 2^53 and 10^22 one division or product of exact numbers is correctly rounded; strtod does the rest,
 * without a decimal point so that the locale can't matter. More than 18 significant digits are cut. */
bool oko_str_to_double(oko_str s, double *ret_value)
{
    static const double power[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
    digit_sink sink = { 0 };
    decimal d;
    if (!read_decimal(s, true, &sink, &d)) {
        return false;
    }
    double value;
    if (d.mantissa == 0) {
        value = 0;
    } else if (d.mantissa <= UINT64_C(1) << 53 && d.scale >= -22 && d.scale <= 22) {
        double m = (double)d.mantissa;
        value = d.scale < 0 ? m / power[-d.scale] : m * power[d.scale];
    } else {
        char text[48];
        char *end = text + sizeof text - 1;
        int64_t scale = d.scale > 9999 ? 9999 : d.scale < -9999 ? -9999 : d.scale;
        uint64_t e = (uint64_t)(scale < 0 ? -scale : scale);
        *end = '\0';
        do {
            *--end = (char)('0' + e % 10);
            e /= 10;
        } while (e > 0);
        *--end = scale < 0 ? '-' : '+';
        *--end = 'E';
        for (uint64_t m = d.mantissa; m > 0; m /= 10) {
            *--end = (char)('0' + m % 10);
        }
        value = strtod(end, NULL);
    }
    if (!isfinite(value)) {
        return false;
    }
    *ret_value = d.negative ? -value : value;
    return true;
}

/* ---- UTF-8 ---- */

uint32_t oko_utf8_next(oko_str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.ptr + *at;
    size_t left = s.len - *at;
    uint32_t cp;
    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if (p[0] >= 0xC2 && p[0] < 0xE0 && left >= 2 && (p[1] & 0xC0) == 0x80) {
        *at += 2;
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    }
    if (p[0] >= 0xE0 && p[0] < 0xF0 && left >= 3 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
        cp = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        if (cp >= 0x800 && (cp < 0xD800 || cp > 0xDFFF)) {
            *at += 3;
            return cp;
        }
    } else if (p[0] >= 0xF0 && p[0] < 0xF5 && left >= 4 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80 &&
               (p[3] & 0xC0) == 0x80) {
        cp = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 |
             (p[3] & 0x3F);
        if (cp >= 0x10000 && cp <= 0x10FFFF) {
            *at += 4;
            return cp;
        }
    }
    *at += 1;
    return 0xFFFD;
}

bool oko_utf8_valid(oko_str s)
{
    for (size_t at = 0; at < s.len;) {
        uint64_t eight;
        if (s.len - at >= sizeof eight) {
            memcpy(&eight, s.ptr + at, sizeof eight);
            if ((eight & UINT64_C(0x8080808080808080)) == 0) {
                at += sizeof eight;
                continue;
            }
        }
        size_t from = at;
        if (oko_utf8_next(s, &at) == 0xFFFD && at == from + 1) {
            return false;
        }
    }
    return true;
}

size_t oko_utf8_put(char *dst, uint32_t cp)
{
    if (cp < 0x80) {
        dst[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        dst[0] = (char)(0xC0u | cp >> 6);
        dst[1] = (char)(0x80u | (cp & 0x3Fu));
        return 2;
    }
    if (cp < 0x10000) {
        if (cp >= 0xD800 && cp <= 0xDFFF) {
            return 0;
        }
        dst[0] = (char)(0xE0u | cp >> 12);
        dst[1] = (char)(0x80u | (cp >> 6 & 0x3Fu));
        dst[2] = (char)(0x80u | (cp & 0x3Fu));
        return 3;
    }
    if (cp > 0x10FFFF) {
        return 0;
    }
    dst[0] = (char)(0xF0u | cp >> 18);
    dst[1] = (char)(0x80u | (cp >> 12 & 0x3Fu));
    dst[2] = (char)(0x80u | (cp >> 6 & 0x3Fu));
    dst[3] = (char)(0x80u | (cp & 0x3Fu));
    return 4;
}
