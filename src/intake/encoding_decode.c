#include "base/text_view.h"
#include "intake/encoding.h"

#include <string.h>

bool oko_decoder_init(oko_decoder *d, oko_encoding encoding)
{
    uint32_t table[OKO_ENCODING_HIGH];
    memset(d, 0, sizeof *d);
    d->encoding = encoding;
    if (encoding <= OKO_ENCODING_UTF16BE) {
        return true;
    }
    if (!oko_encoding_table(encoding, table)) {
        return false;
    }
    for (size_t i = 0; i < OKO_ENCODING_HIGH; i++) {
        char bytes[4];
        size_t len = table[i] == 0 ? 0 : oko_utf8_put(bytes, table[i]);
        d->high[i].len = (unsigned char)(len <= sizeof d->high[i].bytes ? len : 0);
        memcpy(d->high[i].bytes, bytes, d->high[i].len);
    }
    return true;
}

static size_t decode_bytes(oko_decoder *d, const unsigned char *from, size_t n, char *to)
{
    char *out = to;
    for (size_t i = 0; i < n; i++) {
        if (from[i] < 0x80) {
            *out++ = (char)from[i];
            continue;
        }
        size_t high = from[i] - 0x80u;
        if (d->high[high].len == 0) {
            d->bad = i;
            return SIZE_MAX;
        }
        memcpy(out, d->high[high].bytes, sizeof d->high[high].bytes);
        out += d->high[high].len;
    }
    return (size_t)(out - to);
}

static uint32_t unit_at(const oko_decoder *d, const unsigned char *p)
{
    return d->encoding == OKO_ENCODING_UTF16LE ? (uint32_t)(p[0] | p[1] << 8) : (uint32_t)(p[1] | p[0] << 8);
}

/* Decodes one character of `have` bytes. Returns the bytes used; 0 = more are needed; SIZE_MAX = no character. */
static size_t decode_unit(const oko_decoder *d, const unsigned char *p, size_t have, char **to)
{
    if (have < 2) {
        return 0;
    }
    uint32_t cp = unit_at(d, p);
    size_t used = 2;
    if (cp >= 0xd800 && cp < 0xdc00) {
        if (have < 4) {
            return 0;
        }
        uint32_t low = unit_at(d, p + 2);
        if (low < 0xdc00 || low > 0xdfff) {
            return SIZE_MAX;
        }
        cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
        used = 4;
    } else if (cp == 0 || (cp >= 0xdc00 && cp < 0xe000)) {
        return SIZE_MAX;
    }
    *to += oko_utf8_put(*to, cp);
    return used;
}

static size_t decode_utf16(oko_decoder *d, const unsigned char *from, size_t n, bool last, char *to)
{
    char *out = to;
    size_t i = 0;
    d->bad = 0;
    while (d->n_carry > 0 && i < n) {
        d->carry[d->n_carry++] = from[i++];
        size_t used = decode_unit(d, d->carry, d->n_carry, &out);
        if (used == SIZE_MAX) {
            return SIZE_MAX;
        }
        d->n_carry = used > 0 ? 0 : d->n_carry;
    }
    while (i < n) {
        size_t used = decode_unit(d, from + i, n - i, &out);
        if (used == SIZE_MAX) {
            d->bad = i;
            return SIZE_MAX;
        }
        if (used == 0) {
            d->n_carry = n - i;
            memcpy(d->carry, from + i, n - i);
            break;
        }
        i += used;
    }
    return last && d->n_carry > 0 ? SIZE_MAX : (size_t)(out - to);
}

size_t oko_decoder_run(oko_decoder *d, const unsigned char *from, size_t n, bool last, char *to)
{
    return d->encoding == OKO_ENCODING_UTF16LE || d->encoding == OKO_ENCODING_UTF16BE
               ? decode_utf16(d, from, n, last, to)
               : decode_bytes(d, from, n, to);
}
