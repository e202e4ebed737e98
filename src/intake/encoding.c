#include "intake/encoding.h"

#include "base/memory.h"

#include <string.h>

enum { SCAN_CHUNK = 256 << 10, BROKEN_UTF8_RATIO = 10, LONGEST_PREFIX = 64 };

/* What a pass over the whole text has seen. */
typedef struct scan {
    int need;                /* continuation bytes still missing of this UTF-8 character */
    unsigned char low, high; /* range of the next one */
    uint64_t valid, broken;  /* multi-byte characters, bytes that fit none */
    uint64_t first_broken;   /* offset */
    unsigned char *sample;   /* [OKO_ENCODING_SAMPLE + 1] words with high bytes, a space between */
    size_t n_sample;
    size_t word;    /* begin of the word being copied into the sample */
    bool word_high; /* it holds a high byte */
} scan;

static void broken_at(scan *s, uint64_t offset)
{
    if (s->broken++ == 0) {
        s->first_broken = offset;
    }
    s->need = 0;
}

/* First byte of a multi-byte character (RFC 3629: no overlong forms, no surrogates, up to U+10FFFF). */
static void lead_byte(scan *s, unsigned char b, uint64_t offset)
{
    s->low = 0x80;
    s->high = 0xbf;
    if (b >= 0xc2 && b <= 0xdf) {
        s->need = 1;
    } else if (b >= 0xe0 && b <= 0xef) {
        s->need = 2;
        s->low = b == 0xe0 ? 0xa0 : 0x80;
        s->high = b == 0xed ? 0x9f : 0xbf;
    } else if (b >= 0xf0 && b <= 0xf4) {
        s->need = 3;
        s->low = b == 0xf0 ? 0x90 : 0x80;
        s->high = b == 0xf4 ? 0x8f : 0xbf;
    } else {
        broken_at(s, offset);
    }
}

static void next_byte(scan *s, unsigned char b, uint64_t offset)
{
    if (s->need > 0) {
        if (b >= s->low && b <= s->high) {
            s->low = 0x80;
            s->high = 0xbf;
            s->valid += --s->need == 0;
            return;
        }
        broken_at(s, offset);
    }
    if (b >= 0x80) {
        lead_byte(s, b, offset);
    }
}

/* Checks a chunk as UTF-8, eight plain bytes at a time. Returns whether it holds high bytes. */
static bool check_utf8(scan *s, const unsigned char *bytes, size_t n, uint64_t offset)
{
    bool high = false;
    for (size_t i = 0; i < n;) {
        uint64_t eight;
        if (s->need == 0 && n - i >= sizeof eight) {
            memcpy(&eight, bytes + i, sizeof eight);
            if ((eight & 0x8080808080808080u) == 0) {
                i += sizeof eight;
                continue;
            }
        }
        size_t end = n - i < sizeof eight ? n : i + sizeof eight;
        for (; i < end; i++) {
            next_byte(s, bytes[i], offset + i);
        }
        high = true;
    }
    return high;
}

static bool letter(unsigned char b)
{
    return b >= 0x80 || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
}

/* Copies the words of a chunk that hold high bytes into the sample while there is room. */
static void take_sample(scan *s, const unsigned char *bytes, size_t n)
{
    for (size_t i = 0; i < n && s->n_sample < OKO_ENCODING_SAMPLE; i++) {
        if (letter(bytes[i])) {
            s->sample[s->n_sample++] = bytes[i];
            s->word_high = s->word_high || bytes[i] >= 0x80;
            if (!s->word_high && s->n_sample - s->word > LONGEST_PREFIX) {
                s->n_sample = s->word; /* a long Latin word must not fill the sample */
            }
            continue;
        }
        if (s->word_high) {
            s->sample[s->n_sample++] = ' ';
        } else {
            s->n_sample = s->word;
        }
        s->word = s->n_sample;
        s->word_high = false;
    }
}

static oko_status refuse_line(oko_source *source, uint64_t offset, const char *id, oko_error *err)
{
    oko_error_set(err, OKO_E_FORMAT, id, "");
    oko_error_arg(err, "%llu", (unsigned long long)oko_source_line(source, offset));
    return OKO_E_FORMAT;
}

/* Reads all chunks from `bom` on. */
static oko_status scan_all(oko_source *source, size_t bom, scan *s, unsigned char *chunk, oko_error *err)
{
    source->at = bom;
    for (;;) {
        size_t got;
        uint64_t offset = source->at;
        oko_status status = oko_source_read(source, chunk, SCAN_CHUNK, &got, err);
        if (status != OKO_OK) {
            return status;
        }
        if (got == 0) {
            break;
        }
        const unsigned char *nul = memchr(chunk, '\0', got);
        if (nul != NULL) {
            return refuse_line(source, offset + (uint64_t)(nul - chunk), "intake.nul_byte", err);
        }
        if (check_utf8(s, chunk, got, offset) && s->n_sample < OKO_ENCODING_SAMPLE) {
            take_sample(s, chunk, got);
        }
    }
    if (s->need > 0) {
        broken_at(s, source->at);
    }
    return OKO_OK;
}

static oko_status decide(oko_source *source, const scan *s, size_t bom, oko_encoding *ret_encoding, oko_error *err)
{
    if (s->broken == 0) {
        *ret_encoding = OKO_ENCODING_UTF8;
        return OKO_OK;
    }
    /* Russian text of another encoding holds few accidental UTF-8 characters; broken UTF-8 holds little else. */
    if (bom > 0 || s->valid >= BROKEN_UTF8_RATIO * s->broken) {
        return refuse_line(source, s->first_broken, "intake.encoding", err);
    }
    if (!oko_encoding_guess(s->sample, s->n_sample, ret_encoding)) {
        return oko_error_set(err, OKO_E_UNSUPPORTED, "intake.encoding_unknown", "");
    }
    return OKO_OK;
}

oko_status oko_encoding_detect(oko_source *source, oko_encoding *ret_encoding, size_t *ret_bom, oko_error *err)
{
    unsigned char head[3] = { 0 };
    size_t got;
    source->at = 0;
    oko_status status = oko_source_read(source, head, sizeof head, &got, err);
    if (status != OKO_OK) {
        return status;
    }
    if (got >= 2 && ((head[0] == 0xff && head[1] == 0xfe) || (head[0] == 0xfe && head[1] == 0xff))) {
        *ret_encoding = head[0] == 0xff ? OKO_ENCODING_UTF16LE : OKO_ENCODING_UTF16BE;
        *ret_bom = 2;
        return OKO_OK;
    }
    size_t bom = got == 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    OKO_CLEANUP(oko_freep) unsigned char *chunk = oko_alloc_array(SCAN_CHUNK, 1);
    OKO_CLEANUP(oko_freep) unsigned char *sample = oko_alloc_array(OKO_ENCODING_SAMPLE + 1, 1);
    if (chunk == NULL || sample == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    scan s = { .sample = sample };
    status = scan_all(source, bom, &s, chunk, err);
    if (status == OKO_OK) {
        status = decide(source, &s, bom, ret_encoding, err);
    }
    if (status == OKO_OK) {
        *ret_bom = bom;
    }
    return status;
}
