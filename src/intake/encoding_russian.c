/* Which Russian single-byte encoding is it? By the letters that come out. */
#include "intake/encoding.h"

#include <iconv.h>
#include <string.h>
#include <uchardet/uchardet.h>

/* −100·log₂ of the share of each letter а…я in Russian prose («о» 10.97 %, «ъ» .04 %; ё apart), from the usual tables.
 */
static const short rarity[32] = { 364, 597, 446, 588, 507, 356, 673, 592, 377, 637, 484,  451, 496, 390, 319, 515,
                                  440, 419, 400, 525, 859, 669, 770, 612, 710, 812, 1129, 572, 584, 829, 729, 564 };

static const struct {
    oko_encoding encoding;
    const char *iconv_name, *uchardet_name;
} encodings[] = { { OKO_ENCODING_CP1251, "CP1251", "WINDOWS-1251" },
                  { OKO_ENCODING_KOI8R, "KOI8-R", "KOI8-R" },
                  { OKO_ENCODING_CP866, "CP866", "IBM866" } };
enum { N_ENCODINGS = sizeof encodings / sizeof encodings[0] };

bool oko_encoding_table(oko_encoding encoding, uint32_t ret_table[OKO_ENCODING_HIGH])
{
    const char *name = NULL;
    for (size_t i = 0; i < N_ENCODINGS; i++) {
        name = encodings[i].encoding == encoding ? encodings[i].iconv_name : name;
    }
    iconv_t cd = name == NULL ? (iconv_t)-1 : iconv_open("UTF-16LE", name);
    if (cd == (iconv_t)-1) {
        return false;
    }
    for (unsigned i = 0; i < OKO_ENCODING_HIGH; i++) {
        char in = (char)(unsigned char)(i + 0x80);
        unsigned char out[4] = { 0 };
        char *from = &in, *to = (char *)out;
        size_t n_in = 1, n_out = sizeof out;
        bool good = iconv(cd, &from, &n_in, &to, &n_out) != (size_t)-1 && n_out == sizeof out - 2;
        ret_table[i] = good ? (uint32_t)(out[0] | out[1] << 8) : 0;
        if (!good) {
            (void)iconv(cd, NULL, NULL, NULL, NULL);
        }
    }
    (void)iconv_close(cd);
    return true;
}

/* ---- how unlike Russian a text is: hundredths of a bit, the rarer the dearer ---- */

typedef enum letter_kind { OTHER, VOWEL, CONSONANT, SIGN } letter_kind; /* SIGN: ъ, ь */

typedef struct letter {
    letter_kind kind;
    bool upper;
    uint32_t lower; /* the small letter; 0 for OTHER */
} letter;

static letter letter_of(uint32_t cp)
{
    static const char vowels[] = "\x00\x05\x08\x0e\x13\x1b\x1d\x1e\x1f\x21"; /* а е и о у ы э ю я ё, from а */
    bool upper = (cp >= 0x410 && cp <= 0x42f) || cp == 0x401;
    uint32_t lower = cp == 0x401 ? 0x451 : upper ? cp + 0x20 : cp;
    if (lower < 0x430 || lower > 0x451 || lower == 0x450) {
        return (letter){ .kind = OTHER };
    }
    letter_kind kind = memchr(vowels, (int)(lower - 0x430), sizeof vowels - 1) != NULL ? VOWEL
                       : lower == 0x44a || lower == 0x44c                              ? SIGN
                                                                                       : CONSONANT;
    return (letter){ .kind = kind, .upper = upper, .lower = lower };
}

/* How often the letter or sign occurs. */
static int cost_of_character(uint32_t cp, letter l)
{
    if (l.kind != OTHER) {
        return l.lower == 0x451 ? 800 : rarity[l.lower - 0x430];
    }
    switch (cp) {
    case 0:
        return 3000; /* no character at all */
    case 0x2116:     /* № */
    case 0xab:       /* « */
    case 0xbb:       /* » */
    case 0xa0:       /* no-break space */
    case 0x2013:     /* – */
    case 0x2014:     /* — */
        return 900;
    default:
        return 1600; /* frames, letters of other languages, signs */
    }
}

/* How well it follows the letter before, and the run of consonants it ends: nothing begins with ы, ъ, ь, few words
 * pile up four consonants, capitals stand first or everywhere. */
static int cost_of_place(letter before, letter l, int consonants)
{
    int cost = 0;
    if (l.kind == SIGN) {
        cost += before.kind == CONSONANT ? 0 : 400;
    } else if (l.kind == VOWEL) {
        cost += before.kind == VOWEL ? 150 : 0;
        cost += l.lower == 0x44b && before.kind != CONSONANT ? 400 : 0;
    } else if (l.kind == CONSONANT) {
        cost += consonants > 3 ? 300 : consonants > 2 ? 200 : consonants > 1 ? 100 : 0;
    }
    if (l.upper) {
        cost += before.kind == OTHER ? 50 : before.upper ? 0 : 500; /* «кЛАСС»; a class like 4аБ is rare */
    }
    return cost;
}

/* Cost of the sample in one encoding. A byte without a character is dear but does not decide: one stray byte in a
 * Windows-1251 text must end in an error at its line, not in another alphabet. */
static int64_t cost_of_sample(const unsigned char *sample, size_t n, const uint32_t *table)
{
    int64_t cost = 0;
    int consonants = 0;
    letter before = { .kind = OTHER };
    for (size_t i = 0; i < n; i++) {
        uint32_t cp = sample[i] < 0x80 ? sample[i] : table[sample[i] - 0x80];
        letter l = letter_of(cp);
        consonants = l.kind == CONSONANT ? consonants + 1 : 0;
        if (sample[i] >= 0x80) {
            cost += cost_of_character(cp, l) + cost_of_place(before, l, consonants);
        }
        before = l;
    }
    return cost;
}

/* The encoding that uchardet takes the sample for; N_ENCODINGS when none of ours. */
static size_t uchardet_vote(const unsigned char *sample, size_t n)
{
    size_t vote = N_ENCODINGS;
    uchardet_t ud = uchardet_new();
    if (ud == NULL) {
        return vote;
    }
    if (uchardet_handle_data(ud, (const char *)sample, n) == 0) {
        uchardet_data_end(ud);
        const char *name = uchardet_get_charset(ud);
        for (size_t i = 0; i < N_ENCODINGS; i++) {
            vote = strcmp(name, encodings[i].uchardet_name) == 0 ? i : vote;
        }
    }
    uchardet_delete(ud);
    return vote;
}

bool oko_encoding_guess(const unsigned char *sample, size_t n, oko_encoding *ret_encoding)
{
    enum { VOTE = 400, RARE = 200 }; /* uchardet is worth four bits, the commonness of Windows-1251 two */
    int64_t best = -1;
    size_t vote = uchardet_vote(sample, n);
    for (size_t i = 0; i < N_ENCODINGS; i++) {
        uint32_t table[OKO_ENCODING_HIGH];
        if (!oko_encoding_table(encodings[i].encoding, table)) {
            return false;
        }
        int64_t cost = cost_of_sample(sample, n, table);
        cost += (i == vote ? 0 : VOTE) + (encodings[i].encoding == OKO_ENCODING_CP1251 ? 0 : RARE);
        if (best < 0 || cost < best) {
            best = cost;
            *ret_encoding = encodings[i].encoding;
        }
    }
    return true;
}
