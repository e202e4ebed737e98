/* Which Russian single-byte encoding is it? By the letters that come out. */
#include "intake/encoding.h"

#include <iconv.h>
#include <string.h>
#include <uchardet/uchardet.h>

/* Occurrences per 10 000 letters of Russian prose, а…я (with ё apart); rounded from the usual tables. */
static const unsigned short per_10000[32] = { 801, 159, 454, 170,  298, 845, 94,  165, 735, 121, 349,
                                              440, 321, 670, 1097, 281, 473, 547, 626, 262, 26,  97,
                                              48,  144, 73,  36,   4,   190, 174, 32,  64,  201 };

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

/* Cost of a code point in Russian text, in hundredths of a bit or so: the rarer the dearer. */
static int cost_of(uint32_t cp)
{
    bool upper = cp >= 0x410 && cp <= 0x42f;
    if (upper || (cp >= 0x430 && cp <= 0x44f)) {
        unsigned f = per_10000[(cp - 0x410) % 32];
        int bits = 0;
        for (unsigned rest = 10000 / f; rest > 1; rest >>= 1) {
            bits += 100;
        }
        return bits + (upper ? 40 : 0);
    }
    switch (cp) {
    case 0x451: /* ё */
    case 0x401: /* Ё */
        return 800;
    case 0x2116: /* № */
    case 0xab:   /* « */
    case 0xbb:   /* » */
    case 0xa0:   /* no-break space */
    case 0x2013: /* – */
    case 0x2014: /* — */
        return 900;
    default:
        return 1600; /* frames, letters of other languages, signs */
    }
}

static bool is_upper(uint32_t cp)
{
    return (cp >= 0x410 && cp <= 0x42f) || cp == 0x401;
}

static bool is_lower(uint32_t cp)
{
    return (cp >= 0x430 && cp <= 0x44f) || cp == 0x451;
}

/* Cost of the sample in one encoding; −1 when a byte has no character there. */
static int64_t cost_of_sample(const unsigned char *sample, size_t n, const uint32_t *table)
{
    int64_t cost = 0;
    uint32_t before = ' ';
    for (size_t i = 0; i < n; i++) {
        uint32_t cp = sample[i] < 0x80 ? sample[i] : table[sample[i] - 0x80];
        if (cp == 0) {
            return -1;
        }
        if (sample[i] >= 0x80) {
            cost += cost_of(cp);
            cost += is_lower(before) && is_upper(cp) ? 500 : 0; /* «кЛАСС»: a class like 4аБ is rare */
        }
        before = cp;
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
    enum { VOTE = 400 }; /* worth four bits: settles ties of a word or two */
    int64_t best = -1;
    size_t vote = uchardet_vote(sample, n);
    for (size_t i = 0; i < N_ENCODINGS; i++) {
        uint32_t table[OKO_ENCODING_HIGH];
        if (!oko_encoding_table(encodings[i].encoding, table)) {
            return false;
        }
        int64_t cost = cost_of_sample(sample, n, table);
        if (cost < 0) {
            continue;
        }
        cost += i == vote ? 0 : VOTE;
        if (best < 0 || cost < best) {
            best = cost;
            *ret_encoding = encodings[i].encoding;
        }
    }
    return best >= 0;
}
