/* Procedures: codes, names of kinds, marks, items. The checks are in procedure_check.c. */
#include "domain/procedure.h"

#include <string.h>

static const struct {
    const char *name;
    const char *russian[2]; /* folded; NULL when there is none */
} kinds[OKO_KIND_COUNT] = {
    [OKO_KIND_VPR] = { "vpr", { "впр", NULL } },
    [OKO_KIND_OGE] = { "oge", { "огэ", NULL } },
    [OKO_KIND_EGE] = { "ege", { "егэ", NULL } },
    [OKO_KIND_NIKO] = { "niko", { "нико", NULL } },
    [OKO_KIND_RDR] = { "rdr", { "рдр", NULL } },
    [OKO_KIND_INTERNAL] = { "internal", { "внутренняя", NULL } },
    [OKO_KIND_OTHER] = { "other", { "другая", "другое" } },
};

const char *oko_kind_name(oko_kind kind)
{
    return kinds[(size_t)kind < OKO_KIND_COUNT ? kind : OKO_KIND_OTHER].name;
}

bool oko_kind_parse(oko_str s, oko_kind *ret_kind)
{
    char key[64];
    oko_str folded = { key, oko_str_fold(key, sizeof key, s) };
    for (size_t i = 0; i < OKO_KIND_COUNT; i++) {
        const char *const *russian = kinds[i].russian;
        if (oko_str_equal(folded, oko_str_of(kinds[i].name)) || oko_str_equal(folded, oko_str_of(russian[0])) ||
            (russian[1] != NULL && oko_str_equal(folded, oko_str_of(russian[1])))) {
            *ret_kind = (oko_kind)i;
            return true;
        }
    }
    return false;
}

/* ---- codes ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_latin(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* A letter of any script: bytes outside ASCII count as letters, NBSP aside. */
static bool letter_at(oko_str s, size_t at)
{
    if (at >= s.len) {
        return false;
    }
    return is_latin(s.ptr[at]) ||
           ((unsigned char)s.ptr[at] >= 0x80 && !(at + 1 < s.len && memcmp(s.ptr + at, "\xC2\xA0", 2) == 0));
}

/* Number of exactly `digits` digits at `at`, −1 when there is none. */
static int fixed_number(oko_str s, size_t at, size_t digits)
{
    int value = 0;
    if (s.len < at + digits) {
        return -1;
    }
    for (size_t i = at; i < at + digits; i++) {
        if (!is_digit(s.ptr[i])) {
            return -1;
        }
        value = value * 10 + (s.ptr[i] - '0');
    }
    return value;
}

/* Bytes of "-suffix" (Latin letters and digits) at `at`, 0 when there is none. */
static size_t suffix_length(oko_str s, size_t at)
{
    if (at >= s.len || s.ptr[at] != '-') {
        return 0;
    }
    size_t end = at + 1;
    while (end < s.len && (is_latin(s.ptr[end]) || is_digit(s.ptr[end]))) {
        end++;
    }
    return end == at + 1 || end >= OKO_CODE_BYTES || letter_at(s, end) ? 0 : end - at;
}

bool oko_procedure_code_parse(oko_str s, int *ret_year, int *ret_grade, char ret_subject[16], size_t *ret_len)
{
    const size_t subject_at = 8; /* "YYYY-GG-" */
    int year = fixed_number(s, 0, 4), grade = fixed_number(s, 5, 2);
    if (s.len <= subject_at || s.ptr[4] != '-' || s.ptr[7] != '-' || year < 1990 || year > 2100 || grade < 0 ||
        grade > 12) {
        return false;
    }
    char subject[16] = "";
    size_t n = 0;
    while (n < sizeof subject - 1 && subject_at + n < s.len && is_latin(s.ptr[subject_at + n])) {
        subject[n] = (char)(s.ptr[subject_at + n] & ~0x20); /* capital */
        n++;
    }
    if (n == 0 || letter_at(s, subject_at + n)) {
        return false;
    }
    *ret_year = year;
    *ret_grade = grade;
    memcpy(ret_subject, subject, sizeof subject);
    *ret_len = subject_at + n + suffix_length(s, subject_at + n);
    return true;
}

int oko_procedure_code_year(const char *code)
{
    int year, grade;
    char subject[16];
    size_t len;
    return oko_procedure_code_parse(oko_str_of(code), &year, &grade, subject, &len) ? year : 0;
}

/* ---- marks and items ---- */

int oko_procedure_mark(const oko_procedure *p, int total)
{
    if (p->n_cutoffs < 1 || p->n_cutoffs > OKO_MAX_CUTOFFS || total < 0 || total > p->max_total) {
        return 0;
    }
    int mark = p->first_mark;
    for (int i = 0; i < p->n_cutoffs && total >= p->cutoffs[i]; i++) {
        mark++;
    }
    return mark;
}

/*
 * Key for labels of items: without spaces, «,» as «.», and look-alike letters Cyrillic whatever the rest is, because
 * «13К1» is typed in both alphabets. Returns the length, 0 for a label too long to be one.
 */
static size_t label_key(oko_str label, char ret_key[64])
{
    char text[64];
    char folded[96];
    size_t n = 0, used = 0;
    if (label.len > sizeof text - 8) {
        return 0;
    }
    text[n++] = '\xD1'; /* «ы»: a Cyrillic letter makes oko_str_fold map the others */
    text[n++] = '\x8B';
    for (size_t i = 0; i < label.len; i++) {
        char c = label.ptr[i];
        text[n++] = (char)(c >= 'a' && c <= 'z' ? c & ~0x20 : c == ',' ? '.' : c);
    }
    size_t length = oko_str_fold(folded, sizeof folded, (oko_str){ text, n });
    for (size_t i = 2; i < length && used < 63; i++) {
        if (folded[i] != ' ') {
            ret_key[used++] = folded[i];
        }
    }
    ret_key[used] = '\0';
    return used;
}

int oko_procedure_item(const oko_procedure *p, oko_str label)
{
    char wanted[64], key[64];
    size_t length = label_key(label, wanted);
    if (length == 0) {
        return -1;
    }
    for (int i = 0; i < p->n_items && i < OKO_MAX_ITEMS; i++) {
        size_t n = label_key(oko_str_of(p->items[i].label), key);
        if (n == length && memcmp(key, wanted, n) == 0) {
            return i;
        }
    }
    return -1;
}
