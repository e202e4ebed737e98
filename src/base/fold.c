/* oko_str_fold: the key for loose comparison. Runs once per text cell, so plain ASCII goes through one table. */
#include "base/text_view.h"

/* Folded ASCII: lower case; 1 = white space. */
static const char ascii_fold[128] = {
    1,   1,   1,   1,   1,    1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,    1,   1,   1,   1,
    1,   1,   1,   1,   1,    1,   1,   1,   1,   1,   1,   '!', '"', '#', '$', '%', '&', '\'', '(', ')', '*', '+',
    ',', '-', '.', '/', '0',  '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';', '<', '=',  '>', '?', '@', 'a',
    'b', 'c', 'd', 'e', 'f',  'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's',  't', 'u', 'v', 'w',
    'x', 'y', 'z', '[', '\\', ']', '^', 1,   '`', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i',  'j', 'k', 'l', 'm',
    'n', 'o', 'p', 'q', 'r',  's', 't', 'u', 'v', 'w', 'x', 'y', 'z', '{', '|', '}', '~', 1,
};

/* Lower-case Cyrillic look-alike (low 10 bits of U+04xx as an offset from U+0400) of a Latin letter, 0 = none. The
 * case matters: «B» looks like «В», «b» does not. */
static const unsigned char look_alike[128] = {
    ['A'] = 0x30, ['B'] = 0x32, ['C'] = 0x41, ['E'] = 0x35, ['H'] = 0x3D, ['K'] = 0x3A, ['M'] = 0x3C,
    ['O'] = 0x3E, ['P'] = 0x40, ['T'] = 0x42, ['X'] = 0x45, ['Y'] = 0x43, ['a'] = 0x30, ['c'] = 0x41,
    ['e'] = 0x35, ['k'] = 0x3A, ['o'] = 0x3E, ['p'] = 0x40, ['x'] = 0x45, ['y'] = 0x43,
};

/* True when the text holds a byte that begins a Cyrillic letter (U+0400…U+047F). */
static bool holds_cyrillic(oko_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (((unsigned char)s.ptr[i] & 0xFEu) == 0xD0u) {
            return true;
        }
    }
    return false;
}

/* One code point outside ASCII: its folded form, ' ' for white space, 0 for what is dropped. */
static uint32_t fold_wide(uint32_t cp)
{
    if (cp >= 0x0400 && cp <= 0x045F) {
        uint32_t lower = cp >= 0x0430 ? cp : cp >= 0x0410 ? cp + 0x20 : cp + 0x50;
        return lower == 0x0451 ? 0x0435 : lower; /* ё → е */
    }
    if (cp == 0x00A0 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F ||
        cp == 0x0085 || cp == 0x3000) {
        return ' ';
    }
    return cp == 0xFEFF || cp == 0x200B ? 0 : cp;
}

/* Folds the code point at *at (advanced) into piece. Returns its bytes, 0 when it is dropped; piece[0] is 1 for white
 * space. cyrillic: the text holds Cyrillic letters, so look-alikes are mapped. */
static inline size_t fold_one(oko_str s, size_t *at, bool cyrillic, char piece[4])
{
    const unsigned char c = (unsigned char)s.ptr[*at];
    uint32_t cp;
    if (c < 0x80) {
        *at += 1;
        if (!cyrillic || look_alike[c] == 0) {
            piece[0] = ascii_fold[c];
            return 1;
        }
        cp = 0x0400u + look_alike[c];
    } else if ((c & 0xFEu) == 0xD0u && *at + 1 < s.len && ((unsigned char)s.ptr[*at + 1] & 0xC0u) == 0x80u) {
        cp = fold_wide((uint32_t)(c & 0x1Fu) << 6 | ((unsigned char)s.ptr[*at + 1] & 0x3Fu));
        *at += 2;
    } else {
        cp = fold_wide(oko_utf8_next(s, at));
        if (cp == ' ') {
            piece[0] = 1;
            return 1;
        }
        return cp == 0 ? 0 : oko_utf8_put(piece, cp);
    }
    piece[0] = (char)(0xC0u | cp >> 6);
    piece[1] = (char)(0x80u | (cp & 0x3Fu));
    return 2;
}

size_t oko_str_fold(char *dst, size_t dst_bytes, oko_str s)
{
    if (dst_bytes == 0) {
        return 0;
    }
    const bool cyrillic = holds_cyrillic(s);
    const size_t room = dst_bytes - 1;
    size_t used = 0, space = 0; /* space: 1 when one is due before the next letter */
    for (size_t at = 0; at < s.len;) {
        char piece[4];
        size_t n = fold_one(s, &at, cyrillic, piece);
        if (n == 0) {
            continue;
        }
        if (piece[0] == 1) {
            space = used > 0;
            continue;
        }
        if (used + n + space > room) {
            break;
        }
        if (space > 0) {
            dst[used++] = ' ';
            space = 0;
        }
        dst[used] = piece[0];
        for (size_t i = 1; i < n; i++) {
            dst[used + i] = piece[i];
        }
        used += n;
    }
    dst[used] = '\0';
    return used;
}
