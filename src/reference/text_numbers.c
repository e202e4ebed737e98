#include "reference/text_numbers.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define NARROW_SPACE "\xE2\x80\xAF" /* U+202F */
#define MINUS "\xE2\x88\x92"        /* U+2212 */
#define DASH "\xE2\x80\x94"         /* U+2014 */
#define INFINITE "\xE2\x88\x9E"     /* U+221E */

enum { GROUP_FROM_DIGITS = 5, MAX_DECIMALS = 15 };

const oko_number_style oko_number_style_ru = { .group = NARROW_SPACE, .decimal = ",", .russian_plural = true };
const oko_number_style oko_number_style_en = { .group = ",", .decimal = ".", .russian_plural = false };

oko_plural oko_number_plural(const oko_number_style *style, double n)
{
    double size = fabs(n);
    bool whole = size == floor(size) && size < 9e15;
    if (!style->russian_plural) {
        return whole && size == 1 ? OKO_PLURAL_ONE : OKO_PLURAL_MANY;
    }
    if (!whole) {
        return isfinite(size) ? OKO_PLURAL_FEW : OKO_PLURAL_MANY; /* 1,5 балла */
    }
    int64_t i = (int64_t)size;
    int64_t last = i % 10;
    bool teen = i % 100 >= 11 && i % 100 <= 14;
    if (last == 1 && !teen) {
        return OKO_PLURAL_ONE;
    }
    return last >= 2 && last <= 4 && !teen ? OKO_PLURAL_FEW : OKO_PLURAL_MANY;
}

/* Text under construction; whatever would not fit is left out (the callers' numbers always fit). */
typedef struct line {
    char *text;
    size_t len;
} line;

static void put(line *l, const char *s, size_t n)
{
    if (l->len + n < OKO_NUMBER_BYTES) {
        memcpy(l->text + l->len, s, n);
        l->len += n;
        l->text[l->len] = '\0';
    }
}

static void put_text(line *l, const char *s)
{
    put(l, s, strlen(s));
}

static void put_grouped(line *l, const oko_number_style *style, const char *digits, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0 && n >= GROUP_FROM_DIGITS) {
            put_text(l, style->group);
        }
        put(l, digits + i, 1);
    }
}

void oko_number_int(const oko_number_style *style, int64_t value, char ret_text[OKO_NUMBER_BYTES])
{
    line l = { .text = ret_text };
    ret_text[0] = '\0';
    char digits[24];
    uint64_t size = value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value;
    int n = snprintf(digits, sizeof digits, "%llu", (unsigned long long)size);
    if (value < 0) {
        put_text(&l, MINUS);
    }
    put_grouped(&l, style, digits, n > 0 ? (size_t)n : 0);
}

/* Writes what printf made, with the marks of the language instead of those of the C locale. */
static void put_printed(line *l, const oko_number_style *style, const char *printed)
{
    size_t whole = strspn(printed, "0123456789");
    put_grouped(l, style, printed, whole);
    const char *rest = printed + whole;
    if (*rest != '\0') {
        size_t mark = strcspn(rest, "0123456789e");
        if (mark > 0) {
            put_text(l, style->decimal);
        }
        put_text(l, rest + mark);
    }
}

void oko_number_real(const oko_number_style *style, double value, int decimals, char ret_text[OKO_NUMBER_BYTES])
{
    line l = { .text = ret_text };
    ret_text[0] = '\0';
    if (isnan(value)) {
        put_text(&l, DASH);
        return;
    }
    int places = decimals < 0 ? 0 : decimals > MAX_DECIMALS ? MAX_DECIMALS : decimals;
    double size = fabs(value);
    char printed[64];
    (void)snprintf(printed, sizeof printed, size < 1e15 ? "%.*f" : "%.*e", size < 1e15 ? places : 2, size);
    bool zero = strpbrk(printed, "123456789") == NULL;
    if (value < 0 && (!zero || isinf(value))) {
        put_text(&l, MINUS);
    }
    if (isinf(value)) {
        put_text(&l, INFINITE);
        return;
    }
    put_printed(&l, style, printed);
}

static void put_power_of_ten(line *l, int exponent)
{
    static const char *const raised[] = { "\xE2\x81\xB0", "\xC2\xB9",     "\xC2\xB2",     "\xC2\xB3",
                                          "\xE2\x81\xB4", "\xE2\x81\xB5", "\xE2\x81\xB6", "\xE2\x81\xB7",
                                          "\xE2\x81\xB8", "\xE2\x81\xB9" };
    char digits[16];
    (void)snprintf(digits, sizeof digits, "%d", exponent);
    put_text(l, "10\xE2\x81\xBB"); /* ⁻ */
    for (const char *d = digits; *d != '\0'; d++) {
        put_text(l, raised[*d - '0']);
    }
}

void oko_number_p(const oko_number_style *style, double p, double log_p, char ret_text[OKO_NUMBER_BYTES])
{
    if (isnan(p) && !isnan(log_p)) {
        p = exp(log_p);
    }
    if (isnan(p) || p >= 1e-4) {
        oko_number_real(style, p > 1 ? 1.0 : p, isnan(p) || p >= .1 ? 2 : p >= .01 ? 3 : 4, ret_text);
        return;
    }
    line l = { .text = ret_text };
    ret_text[0] = '\0';
    double tail = !isnan(log_p) ? -log_p / log(10.0) : p > 0 ? -log10(p) : NAN;
    if (tail >= 5.5 && tail < 1e6) {
        put_power_of_ten(&l, (int)floor(tail + .5));
        return;
    }
    put_text(&l, "<\xC2\xA0"); /* no-break space */
    char bound[OKO_NUMBER_BYTES];
    oko_number_real(style, 1e-4, 4, bound);
    put_text(&l, bound);
}
