/* What a class is called, as people mean it. */
#include "domain/unit.h"

#include <string.h>

enum { MAX_POINTS = 48, NUMBER_DIGITS = 4 };

/* Text as upper-case code points without quotes; white space and dashes are both SEPARATOR. */
typedef struct points {
    uint32_t at[MAX_POINTS];
    int n;
} points;

enum { SEPARATOR = ' ' };

/* Upper case; Latin letters that look like Cyrillic ones become Cyrillic. */
static uint32_t capital(uint32_t cp)
{
    static const char latin[] = "ABCEHKMOPTXY";
    static const uint16_t cyrillic[] = { 0x410, 0x412, 0x421, 0x415, 0x41D, 0x41A,
                                         0x41C, 0x41E, 0x420, 0x422, 0x425, 0x423 };
    if (cp >= 'a' && cp <= 'z') {
        cp -= 0x20;
    }
    if (cp >= 'A' && cp <= 'Z') {
        const char *hit = strchr(latin, (int)cp);
        return hit == NULL ? cp : cyrillic[hit - latin];
    }
    if (cp >= 0x0430 && cp <= 0x044F) {
        return cp - 0x20;
    }
    return cp >= 0x0450 && cp <= 0x045F ? cp - 0x50 : cp;
}

static bool is_separator(uint32_t cp)
{
    return cp <= ' ' || cp == 0xA0 || cp == '-' || cp == '_' || (cp >= 0x2000 && cp <= 0x2015) || cp == 0x202F ||
           cp == 0x2212;
}

static bool is_dropped(uint32_t cp)
{
    return cp == '"' || cp == '\'' || cp == '`' || cp == 0xAB || cp == 0xBB || (cp >= 0x2018 && cp <= 0x201F) ||
           cp == 0xFEFF || cp == 0x200B || cp == 0xAD || cp == 0x7F || cp == 0xFFFD;
}

static points read_points(oko_str raw)
{
    points p = { .n = 0 };
    for (size_t at = 0; at < raw.len && p.n < MAX_POINTS;) {
        uint32_t cp = oko_utf8_next(raw, &at);
        if (is_dropped(cp)) {
            continue;
        }
        cp = is_separator(cp) ? SEPARATOR : capital(cp);
        if (cp != SEPARATOR || (p.n > 0 && p.at[p.n - 1] != SEPARATOR)) {
            p.at[p.n++] = cp;
        }
    }
    p.n -= p.n > 0 && p.at[p.n - 1] == SEPARATOR;
    return p;
}

static bool is_digit(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

/* Drops the first k points and separators behind them. */
static void drop_front(points *p, int k)
{
    while (k < p->n && p->at[k] == SEPARATOR) {
        k++;
    }
    memmove(p->at, p->at + k, (size_t)(p->n - k) * sizeof *p->at);
    p->n -= k;
}

/* Takes the word КЛАСС off either end. */
static void drop_word_class(points *p)
{
    static const uint32_t word[] = { 0x41A, 0x41B, 0x410, 0x421, 0x421 };
    const int length = (int)(sizeof word / sizeof *word);
    if (p->n >= length && memcmp(p->at, word, sizeof word) == 0) {
        drop_front(p, length);
    }
    if (p->n >= length && memcmp(p->at + p->n - length, word, sizeof word) == 0) {
        p->n -= length;
        p->n -= p->n > 0 && p->at[p->n - 1] == SEPARATOR;
    }
}

/* «НЕТ», a lone zero: the file says that there is no label. */
static bool says_none(const points *p)
{
    static const uint32_t none[] = { 0x41D, 0x415, 0x422 };
    return (p->n == 3 && memcmp(p->at, none, sizeof none) == 0) || (p->n == 1 && p->at[0] == '0');
}

/* Leading number: its value (−1 when there is none or it is too long) and its length. */
static int leading_number(const points *p, int *ret_length)
{
    int value = 0, n = 0;
    for (; n < p->n && is_digit(p->at[n]); n++) {
        value = n < NUMBER_DIGITS ? value * 10 + (int)(p->at[n] - '0') : -1;
        if (value < 0) {
            break;
        }
    }
    *ret_length = n;
    return n == 0 ? -1 : value;
}

/* A number cell may be written 1.0 or 1,00: the zeros behind the point say nothing. */
static void drop_zero_decimals(points *p)
{
    int length;
    (void)leading_number(p, &length);
    if (length == 0 || length + 1 >= p->n || (p->at[length] != '.' && p->at[length] != ',')) {
        return;
    }
    for (int i = length + 1; i < p->n; i++) {
        if (p->at[i] != '0') {
            return;
        }
    }
    p->n = length;
}

/* A label that has no room ends in four digits that tell it from others with the same beginning. */
static void mark_cut(const points *p, char label[16], size_t used)
{
    uint32_t h = 2166136261u; /* FNV-1a over the code points */
    for (int i = 0; i < p->n; i++)
        h = (h ^ p->at[i]) * 16777619u;
    while (used > 11 || (used > 0 && ((unsigned char)label[used] & 0xC0) == 0x80))
        used--;
    static const char hex[] = "0123456789ABCDEF";
    for (int i = 0; i < 4; i++)
        label[used++] = hex[(h >> (4 * i + 8)) & 15];
    memset(label + used, 0, 16 - used);
}

/* Writes the label; a separator is kept, as «-», only between digits («1-2» is not «12»). */
static void write_label(const points *p, char ret_label[16])
{
    char label[16] = "";
    size_t used = 0;
    for (int i = 0; i < p->n; i++) {
        char bytes[4];
        uint32_t cp = p->at[i];
        if (cp == SEPARATOR) {
            if (i == 0 || i + 1 == p->n || !is_digit(p->at[i - 1]) || !is_digit(p->at[i + 1])) {
                continue;
            }
            cp = '-';
        }
        size_t n = oko_utf8_put(bytes, cp);
        if (used + n > sizeof label - 1) {
            mark_cut(p, label, used);
            break;
        }
        memcpy(label + used, bytes, n);
        used += n;
    }
    memcpy(ret_label, label, sizeof label);
}

void oko_class_label(oko_str raw, int grade, char ret_label[16])
{
    points p = read_points(raw);
    drop_word_class(&p);
    drop_zero_decimals(&p);
    int length;
    int number = leading_number(&p, &length);
    if (number > 0 && grade > 0 && (number == grade || number == grade + 1)) {
        drop_front(&p, length);
        while (p.n > 0 && (p.at[0] == '.' || p.at[0] == '/' || p.at[0] == ',')) {
            drop_front(&p, 1);
        }
        drop_word_class(&p);
    }
    if (says_none(&p)) {
        p.n = 0;
    }
    write_label(&p, ret_label);
}
