#include "domain/unit_match.h"

#include <string.h>

enum { MAX_WORDS = 32, NAME_BYTES = 400 };

/* Words and numbers of a folded name; views into `text`. */
typedef struct words {
    char text[NAME_BYTES];
    size_t n, n_numbers;
    oko_str word[MAX_WORDS], number[MAX_WORDS];
} words;

/* Punctuation that parts words in names of schools; quotes «» and № are two and three bytes long. */
static size_t gap_at(oko_str s, size_t at)
{
    static const char *const gaps[] = { " ", "\"", "'", "(", ")", ",", ".", "-", "/", "«", "»", "№", "“", "”", "–" };
    for (size_t i = 0; i < sizeof(gaps) / sizeof(gaps[0]); i++) {
        size_t n = strlen(gaps[i]);
        if (s.len - at >= n && memcmp(s.ptr + at, gaps[i], n) == 0)
            return n;
    }
    return 0;
}

/* «мбоу», «мкоу», «гбоу», «чоу», …: a short word that ends in «оу» says the legal form, not the school. */
static bool is_legal_form(oko_str word)
{
    return word.len <= 10 && oko_str_ends(word, OKO_STR("оу"));
}

static bool is_number(oko_str word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] < '0' || word.ptr[i] > '9')
            return false;
    }
    return word.len > 0;
}

static void keep(words *w, oko_str word)
{
    if (word.len == 0)
        return;
    if (is_number(word)) {
        if (w->n_numbers < MAX_WORDS)
            w->number[w->n_numbers++] = word;
    } else if (!is_legal_form(word) && w->n < MAX_WORDS) {
        w->word[w->n++] = word;
    }
}

static void split(words *w, const char *name)
{
    memset(w, 0, sizeof(*w));
    oko_str s = { w->text, oko_str_fold(w->text, sizeof(w->text), oko_str_of(name)) };
    size_t from = 0, at = 0;
    while (at < s.len) {
        size_t gap = gap_at(s, at);
        if (gap > 0) {
            keep(w, (oko_str){ s.ptr + from, at - from });
            from = at + gap;
        }
        at += gap > 0 ? gap : 1;
    }
    keep(w, (oko_str){ s.ptr + from, s.len - from });
}

/* How many entries of a stand in b, each of b's used once. */
static size_t shared(size_t n, const oko_str *a, size_t m, const oko_str *b)
{
    bool used[MAX_WORDS] = { false };
    size_t hits = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < m; k++) {
            if (!used[k] && oko_str_equal(a[i], b[k])) {
                used[k] = true;
                hits++;
                break;
            }
        }
    }
    return hits;
}

double oko_unit_likeness(const oko_unit *a, const oko_unit *b)
{
    words x, y;
    if (a->level != b->level || (a->parent != 0 && b->parent != 0 && a->parent != b->parent))
        return 0;
    if (a->name[0] == '\0' || b->name[0] == '\0' || strcmp(a->name, a->code) == 0 || strcmp(b->name, b->code) == 0)
        return 0;
    split(&x, a->name);
    split(&y, b->name);
    if (x.n_numbers != y.n_numbers || shared(x.n_numbers, x.number, y.n_numbers, y.number) != x.n_numbers)
        return 0;
    size_t all = x.n + y.n + x.n_numbers + y.n_numbers;
    size_t same = shared(x.n, x.word, y.n, y.word) + x.n_numbers;
    return all > 0 ? 2.0 * (double)same / (double)all : 0;
}
