#include "intake/csv.h"

#include <string.h>

enum { MAX_RECORDS = 100, MAX_FIELDS = 255 };

static const char candidates[] = { ';', '\t', ',', '|' };

/* How one delimiter would split the first records. */
typedef struct split {
    unsigned records; /* with anything in them */
    unsigned several; /* with two fields or more */
    unsigned modal;   /* the commonest number of fields among those; 0 = none */
    unsigned fitting; /* records with that number */
    unsigned total;   /* delimiters seen */
} split;

/* End of the quoted field that begins at `at` (its opening quote): after the closing quote, or n. */
static size_t skip_quoted(const char *text, size_t at, size_t n)
{
    for (at++; at < n; at++) {
        if (text[at] == '"') {
            if (at + 1 >= n || text[at + 1] != '"') {
                return at + 1;
            }
            at++;
        }
    }
    return n;
}

/* Counts the fields of the record at *at and moves *at behind its line end. 0 = empty; *ret_cut: no line end. */
static unsigned count_fields(const char *text, size_t n, size_t *at, char delimiter, bool *ret_cut)
{
    size_t i = *at, begin = i;
    unsigned fields = 1;
    bool fresh = true;
    while (i < n && text[i] != '\n' && text[i] != '\r') {
        if (fresh && text[i] == '"') {
            i = skip_quoted(text, i, n);
            fresh = false;
            continue;
        }
        fields += text[i] == delimiter;
        fresh = memchr(candidates, text[i], sizeof candidates) != NULL; /* of whatever delimiter is the right one */
        i++;
    }
    bool empty = i == begin;
    *ret_cut = i >= n;
    i += i + 1 < n && text[i] == '\r' && text[i + 1] == '\n' ? 2 : 1;
    *at = i;
    return empty ? 0 : fields;
}

static split split_by(const char *text, size_t n, bool whole, char delimiter)
{
    unsigned with[MAX_FIELDS + 1] = { 0 };
    split s = { 0 };
    for (size_t at = 0; at < n && s.records < MAX_RECORDS;) {
        bool cut;
        unsigned fields = count_fields(text, n, &at, delimiter, &cut);
        if (fields == 0 || (cut && !whole && s.records > 0)) {
            continue;
        }
        s.records++;
        s.total += fields - 1;
        s.several += fields > 1;
        with[fields < MAX_FIELDS ? fields : MAX_FIELDS]++;
    }
    for (unsigned fields = 2; fields <= MAX_FIELDS; fields++) {
        if (with[fields] > 0 && with[fields] >= s.fitting) {
            s.fitting = with[fields];
            s.modal = fields;
        }
    }
    return s;
}

/* Do most records that this delimiter splits agree, and is that a fair part of all records? */
static bool fits(const split *s)
{
    return s->modal >= 2 && s->fitting * 2 >= s->several && s->several * 3 >= s->records;
}

static bool better(const split *a, const split *b)
{
    return a->modal != b->modal ? a->modal > b->modal : a->fitting > b->fitting;
}

size_t oko_csv_hint(const char *text, size_t n)
{
    if (n < 6 || memcmp(text, "sep=", 4) != 0 || (text[5] != '\r' && text[5] != '\n')) {
        return 0;
    }
    return n > 6 && text[5] == '\r' && text[6] == '\n' ? 7 : 6;
}

char oko_csv_delimiter(const char *text, size_t n, bool whole)
{
    enum { N = sizeof candidates };
    if (oko_csv_hint(text, n) > 0 && text[4] != '"') {
        return text[4];
    }
    split s[N];
    bool fit[N];
    size_t most = 0;
    for (size_t i = 0; i < N; i++) {
        s[i] = split_by(text, n, whole, candidates[i]);
        fit[i] = fits(&s[i]);
        most = s[i].total > s[most].total ? i : most;
    }
    size_t plain = fit[1] && (!fit[0] || better(&s[1], &s[0])) ? 1 : 0; /* tab or semicolon */
    size_t other = fit[3] && (!fit[2] || better(&s[3], &s[2])) ? 3 : 2; /* bar or comma */
    if (fit[plain] && (!fit[other] || s[other].modal < 2 * s[plain].modal)) {
        return candidates[plain];
    }
    return candidates[fit[other] ? other : most];
}
