#include "domain/remarks.h"

#include <string.h>

/* ---- words and names ---- */

static bool is_capital(uint32_t cp)
{
    return (cp >= 0x410 && cp <= 0x42F) || cp == 0x401 || (cp >= 'A' && cp <= 'Z');
}

static bool is_letter(uint32_t cp)
{
    return is_capital(cp) || (cp >= 0x430 && cp <= 0x44F) || cp == 0x451 || (cp >= 'a' && cp <= 'z');
}

typedef struct word {
    size_t from, to; /* bytes */
    int letters;     /* 0: no word left */
    bool capital;    /* begins with one */
    bool dotted;     /* a point follows at once */
    bool apart;      /* something other than blanks and points stands between it and the word before */
} word;

/* The next word at or after *at. */
static word next_word(oko_str s, size_t *at)
{
    word w = { .from = s.len, .to = s.len };
    while (*at < s.len) {
        const size_t here = *at;
        const uint32_t cp = oko_utf8_next(s, at);
        if (is_letter(cp)) {
            w.from = w.letters == 0 ? here : w.from;
            w.capital = w.letters == 0 ? is_capital(cp) : w.capital;
            w.letters++;
            w.to = *at;
        } else if (w.letters > 0) {
            w.dotted = cp == '.';
            *at = here;
            return w;
        } else {
            w.apart = w.apart || !(cp == ' ' || cp == '.' || cp == 0xA0);
        }
    }
    w.dotted = w.letters > 0; /* the point at the end of a remark is cut off before */
    return w;
}

static bool is_initial(const word *w)
{
    return w->letters == 1 && w->capital && w->dotted;
}

static bool is_patronymic(oko_str s, const word *w)
{
    static const char *const ends[] = { "вич", "ьич", "вна", "чна", "вича", "вичу", "вны", "вне", "вной", "вичем" };
    const oko_str text = { s.ptr + w->from, w->to - w->from };
    for (size_t i = 0; w->capital && w->letters >= 6 && i < sizeof ends / sizeof *ends; i++)
        if (oko_str_ends(text, oko_str_of(ends[i])))
            return true;
    return false;
}

/* Do the words begin a name? Gives the byte after it, 0 when they do not. */
static size_t name_end(oko_str s, const word w[4])
{
    const bool second = w[1].letters > 0 && !w[1].apart, third = second && w[2].letters > 0 && !w[2].apart,
               fourth = third && w[3].letters > 0 && !w[3].apart;
    const bool surname = w[0].capital && w[0].letters > 1;
    if (surname && second && is_initial(&w[1])) { /* Иванова И. О.; a name may also follow its initials: all goes */
        const word *last = third && is_initial(&w[2]) ? &w[2] : &w[1];
        const word *next = last == &w[2] ? (fourth ? &w[3] : NULL) : (third ? &w[2] : NULL);
        return next != NULL && next->capital && next->letters > 1 ? next->to : last->to + 1;
    }
    if (is_initial(&w[0]) && second && is_initial(&w[1]) && third && w[2].capital && w[2].letters > 1)
        return w[2].to; /* И. О. Иванова */
    if (is_initial(&w[0]) && second && w[1].capital && w[1].letters > 1)
        return w[1].to; /* И. Иванова */
    if (surname && second && w[1].capital && third && is_patronymic(s, &w[2]))
        return w[2].to;                               /* Иванова Ирина Олеговна */
    if (surname && second && is_patronymic(s, &w[1])) /* Ирина Олеговна Иванова */
        return third && w[2].capital && w[2].letters > 1 && !(fourth && is_initial(&w[3])) ? w[2].to : w[1].to;
    return 0;
}

/* ---- writing ---- */

typedef struct writer {
    char *out;
    size_t len, bytes;
    bool full, masked;
} writer;

static void put(writer *w, oko_str piece)
{
    if (w->full || w->len + piece.len + 1 > w->bytes) {
        w->full = true;
        return;
    }
    if (piece.len > 0)
        memcpy(w->out + w->len, piece.ptr, piece.len);
    w->len += piece.len;
    w->out[w->len] = '\0';
}

/* Code point by code point, so that a cut never splits one; line breaks and broken bytes become blanks and U+FFFD. */
static void put_plain(writer *w, oko_str s)
{
    for (size_t at = 0; at < s.len;) {
        char bytes[4];
        const uint32_t cp = oko_utf8_next(s, &at);
        put(w, (oko_str){ bytes, oko_utf8_put(bytes, cp < 0x20 ? ' ' : cp) });
    }
}

static void put_masked(writer *w, oko_str s)
{
    for (size_t at = 0, done = 0; done < s.len;) {
        word words[4] = { { 0 } };
        size_t next = at;
        words[0] = next_word(s, &next);
        const size_t after_first = next;
        for (int i = 1; i < 4; i++)
            words[i] = next_word(s, &next);
        const size_t end = words[0].letters > 0 ? name_end(s, words) : 0;
        const size_t to = words[0].letters == 0 ? s.len : end > 0 ? words[0].from : words[0].to;
        put_plain(w, (oko_str){ s.ptr + done, to - done });
        done = end > 0 ? end : to;
        at = end > 0 ? end : after_first;
        w->masked = w->masked || end > 0;
        if (end > 0)
            put(w, OKO_STR("[имя]"));
    }
}

static oko_str tidy(oko_str s)
{
    s = oko_str_trim(s);
    while (s.len > 0 && (s.ptr[s.len - 1] == ';' || s.ptr[s.len - 1] == '.' || s.ptr[s.len - 1] == ','))
        s = oko_str_trim((oko_str){ s.ptr, s.len - 1 });
    return s;
}

static void put_remark(writer *w, oko_str s, int *n)
{
    s = tidy(s);
    if (s.len == 0 || *n == OKO_REMARKS_MAX)
        return;
    if (*n > 0)
        put(w, OKO_STR("\n"));
    put_masked(w, s);
    ++*n;
}

bool oko_remark_mask(oko_str remark, char *out, size_t bytes)
{
    writer w = { .out = out, .bytes = bytes };
    out[0] = '\0';
    put_masked(&w, oko_str_trim(remark));
    return w.masked;
}

/* ---- splitting ---- */

/* Place of «number.» or «number)» at or after `from`, at the beginning or after a blank; s.len when there is none. */
static size_t find_number(oko_str s, size_t from, int number, size_t *ret_after)
{
    for (size_t i = from; i < s.len; i++) {
        if (i > 0 && s.ptr[i - 1] != ' ' && s.ptr[i - 1] != '\n' && s.ptr[i - 1] != '\r' && s.ptr[i - 1] != '\t')
            continue;
        size_t j = i;
        int value = 0;
        while (j < s.len && j < i + 2 && s.ptr[j] >= '0' && s.ptr[j] <= '9')
            value = 10 * value + (s.ptr[j++] - '0');
        const bool marked = j > i && j < s.len && (s.ptr[j] == '.' || s.ptr[j] == ')');
        const bool alone = marked && (j + 1 == s.len || s.ptr[j + 1] < '0' || s.ptr[j + 1] > '9');
        if (alone && value == number) {
            *ret_after = j + 1;
            return i;
        }
    }
    return s.len;
}

static void split_numbers(writer *w, oko_str s, size_t after, int *n)
{
    for (int number = 2; after < s.len || number == 2; number++) {
        size_t next = s.len;
        const size_t end = find_number(s, after, number, &next);
        put_remark(w, (oko_str){ s.ptr + after, end - after }, n);
        after = next;
    }
}

static void split_lines(writer *w, oko_str s, int *n)
{
    for (size_t from = 0, i = 0; i <= s.len; i++) {
        if (i < s.len && s.ptr[i] != '\n' && s.ptr[i] != ';')
            continue;
        put_remark(w, (oko_str){ s.ptr + from, i - from }, n);
        from = i + 1;
    }
}

/* «Нарушений не выявлено» and its kin, the whole text. */
static bool says_none(oko_str s)
{
    static const char *const whole[] = { "нет", "-", "—", "–", "0", "no", "none" };
    static const char *const parts[] = { "не выявлен",    "не обнаружен",  "не зафиксирован",
                                         "без нарушений", "нарушений нет", "замечаний нет",
                                         "без замечаний", "no violations", "no remarks" };
    char key[160];
    const oko_str folded = tidy((oko_str){ key, oko_str_fold(key, sizeof key, s) });
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (oko_str_equal(folded, oko_str_of(whole[i])))
            return true;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && s.len < 120; i++)
        if (oko_str_contains(folded, oko_str_of(parts[i])))
            return true;
    return false;
}

void oko_remarks_read(oko_str text, char *out, size_t bytes, int *ret_n, bool *ret_masked)
{
    const oko_str s = oko_str_trim(text);
    writer w = { .out = out, .bytes = bytes };
    size_t after = 0, second = 0;
    *ret_n = 0;
    *ret_masked = false;
    out[0] = '\0';
    if (s.len == 0) {
        *ret_n = -1;
        return;
    }
    const size_t first = find_number(s, 0, 1, &after);
    const bool listed = first < s.len && find_number(s, after, 2, &second) < s.len;
    if (!listed && says_none(first == 0 ? (oko_str){ s.ptr + after, s.len - after } : s))
        return;
    if (first == 0 || listed)
        split_numbers(&w, s, first == 0 ? after : first, ret_n);
    else
        split_lines(&w, s, ret_n);
    *ret_masked = w.masked;
}
