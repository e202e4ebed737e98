/* The BLOB form of a sheet. The columns are copied whole; only pupil codes are packed. */
#include "domain/sheet.h"

#include "domain/procedure.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOB_VERSION = 1,
    VARINT_MAX = 10, /* bytes of a 64-bit varint */
    ALL_FLAGS = 63,
    BYTES_PER_WORK = 1 + 1 + 2 + 1 /* variant, journal, total, flags */
};

/* ---- what the values may be: the same for both directions ---- */

/* True when every byte + shift (modulo 256) is at most `most` (≤ 127): eight bytes at a time. */
static bool bytes_within(const void *bytes, size_t n, unsigned shift, unsigned most)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
    const uint64_t add = ones * shift, slack = ones * (127u - most);
    const unsigned char *p = bytes;
    uint64_t bad = 0;
    for (; n >= 8; n -= 8, p += 8) {
        uint64_t x;
        memcpy(&x, p, sizeof x);
        x = ((x & ~high) + add) ^ (x & high);
        bad |= x | ((x & ~high) + slack);
    }
    bool good = (bad & high) == 0;
    for (; n > 0; n--, p++) {
        good = good && (unsigned char)(*p + shift) <= most;
    }
    return good;
}

static bool totals_within(const int16_t *total, size_t n)
{
    int bad = 0;
    for (size_t i = 0; i < n; i++) {
        bad |= total[i] + 1; /* negative below OKO_TOTAL_NONE */
    }
    return bad >= 0;
}

/* All but the code, which may be any number. */
static bool values_ok(const oko_sheet *s)
{
    return bytes_within(s->journal, s->n, 0, 5) && totals_within(s->total, s->n) &&
           bytes_within(s->flags, s->n, 0, ALL_FLAGS) &&
           bytes_within(s->items, s->n * (size_t)s->n_items, (unsigned)-OKO_ITEM_ABSENT,
                        OKO_MAX_ITEM_SCORE - OKO_ITEM_ABSENT);
}

/* ---- byte order ---- */

/* Copies n 16-bit numbers between memory and their little-endian form. */
static void copy_le16(void *dst, const void *src, size_t n)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (n > 0) {
        memcpy(dst, src, 2 * n);
    }
#else
    const unsigned char *from = src;
    unsigned char *to = dst;
    for (size_t i = 0; i < n; i++) {
        unsigned char low = from[2 * i + 1];
        to[2 * i + 1] = from[2 * i];
        to[2 * i] = low;
    }
#endif
}

static size_t put_varint(unsigned char *dst, uint64_t value)
{
    size_t n = 0;
    for (; value >= 0x80; value >>= 7) {
        dst[n++] = (unsigned char)(value | 0x80);
    }
    dst[n++] = (unsigned char)value;
    return n;
}

/* Reads a varint in its shortest form; NULL when there is none before `end`. */
static inline const unsigned char *take_varint(const unsigned char *p, const unsigned char *end, uint64_t *ret)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 70 && p < end; shift += 7) {
        unsigned byte = *p++;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            if ((byte == 0 && shift > 0) || (shift == 63 && byte > 1)) {
                return NULL; /* a shorter form exists, or more than 64 bits */
            }
            *ret = value;
            return p;
        }
    }
    return NULL;
}

/* ---- encode ---- */

static void add_codes(const oko_sheet *sheet, oko_buffer *out)
{
    unsigned char chunk[64 * VARINT_MAX];
    uint64_t before = 0;
    for (size_t i = 0; i < sheet->n;) {
        size_t used = 0;
        for (; i < sheet->n && used + VARINT_MAX <= sizeof chunk; i++) {
            uint64_t step = sheet->code[i] - before;
            before = sheet->code[i];
            used += put_varint(chunk + used, step << 1 ^ (0 - (step >> 63)));
        }
        oko_buffer_add(out, chunk, used);
    }
}

static void add_totals(const oko_sheet *sheet, oko_buffer *out)
{
    unsigned char chunk[512];
    for (size_t i = 0; i < sheet->n;) {
        size_t n = sheet->n - i < sizeof chunk / 2 ? sheet->n - i : sizeof chunk / 2;
        copy_le16(chunk, sheet->total + i, n);
        oko_buffer_add(out, chunk, 2 * n);
        i += n;
    }
}

oko_status oko_sheet_encode(const oko_sheet *sheet, oko_buffer *out)
{
    if (sheet->n > OKO_SHEET_MAX_WORKS) {
        return OKO_E_LIMIT;
    }
    if (sheet->n_items < 0 || sheet->n_items > OKO_MAX_ITEMS || !values_ok(sheet)) {
        return OKO_E_ARGUMENT;
    }
    unsigned char head[1 + 2 * VARINT_MAX] = { BLOB_VERSION };
    size_t used = 1;
    used += put_varint(head + used, sheet->n);
    used += put_varint(head + used, (uint64_t)sheet->n_items);
    oko_buffer_add(out, head, used);
    add_codes(sheet, out);
    oko_buffer_add(out, sheet->variant, sheet->n);
    oko_buffer_add(out, sheet->journal, sheet->n);
    add_totals(sheet, out);
    oko_buffer_add(out, sheet->flags, sheet->n);
    oko_buffer_add(out, sheet->items, sheet->n * (size_t)sheet->n_items);
    return oko_buffer_status(out);
}

/* ---- decode ---- */

/* Gives *array room for `bytes`; the old content is not kept. False when memory is out (the array stays). */
static bool renew(void *array_pointer, size_t bytes)
{
    void *fresh = malloc(bytes);
    if (fresh == NULL) {
        return false;
    }
    oko_freep(array_pointer);
    memcpy(array_pointer, &fresh, sizeof fresh);
    return true;
}

/* Room for n works of n_items; the capacities are raised only when every array has it. */
static oko_status make_room(oko_sheet *sheet, size_t n, size_t cells)
{
    if (n > sheet->cap_works) {
        size_t works = n + n / 2;
        if (!renew(&sheet->code, works * sizeof *sheet->code) || !renew(&sheet->variant, works) ||
            !renew(&sheet->journal, works) || !renew(&sheet->total, works * sizeof *sheet->total) ||
            !renew(&sheet->flags, works)) {
            return OKO_E_MEMORY;
        }
        sheet->cap_works = works;
    }
    if (cells > sheet->cap_items) {
        if (!renew(&sheet->items, cells + cells / 2)) {
            return OKO_E_MEMORY;
        }
        sheet->cap_items = cells + cells / 2;
    }
    return OKO_OK;
}

/* Copies a column of n bytes and returns the place behind it. */
static const unsigned char *take_bytes(void *dst, const unsigned char *p, size_t n)
{
    if (n > 0) {
        memcpy(dst, p, n);
    }
    return p + n;
}

/* Fills a sheet that has room: p…end is all behind the head. */
static oko_status fill(oko_sheet *sheet, const unsigned char *p, const unsigned char *end)
{
    const size_t n = sheet->n, cells = n * (size_t)sheet->n_items;
    uint64_t code = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t packed;
        p = take_varint(p, end, &packed);
        if (p == NULL) {
            return OKO_E_FORMAT;
        }
        code += packed >> 1 ^ (0 - (packed & 1));
        sheet->code[i] = code;
    }
    if ((size_t)(end - p) != n * BYTES_PER_WORK + cells) {
        return OKO_E_FORMAT;
    }
    p = take_bytes(sheet->variant, p, n);
    p = take_bytes(sheet->journal, p, n);
    copy_le16(sheet->total, p, n);
    p = take_bytes(sheet->flags, p + 2 * n, n);
    (void)take_bytes(sheet->items, p, cells);
    return values_ok(sheet) ? OKO_OK : OKO_E_FORMAT;
}

oko_status oko_sheet_decode(const void *bytes, size_t n_bytes, oko_sheet **sheet)
{
    if (*sheet != NULL) {
        (*sheet)->n = 0;
    }
    const unsigned char *p = bytes;
    if (n_bytes == 0 || p[0] == 0) {
        return OKO_E_FORMAT;
    }
    if (p[0] > BLOB_VERSION) {
        return OKO_E_VERSION;
    }
    const unsigned char *const end = p + n_bytes;
    uint64_t n, n_items;
    p = take_varint(p + 1, end, &n);
    p = p == NULL ? NULL : take_varint(p, end, &n_items);
    if (p == NULL || n > OKO_SHEET_MAX_WORKS || n_items > OKO_MAX_ITEMS ||
        (uint64_t)(end - p) < n * (1 + BYTES_PER_WORK + n_items)) {
        return OKO_E_FORMAT;
    }
    OKO_CLEANUP(oko_sheet_freep) oko_sheet *fresh = NULL;
    oko_sheet *s = *sheet;
    oko_status status =
        s == NULL ? oko_sheet_new((size_t)n, (int)n_items, &fresh) : make_room(s, (size_t)n, (size_t)(n * n_items));
    if (status != OKO_OK) {
        return status;
    }
    s = s == NULL ? fresh : s;
    s->n = (size_t)n;
    s->n_items = (int)n_items;
    status = fill(s, p, end);
    if (status != OKO_OK) {
        s->n = 0;
        return status;
    }
    *sheet = s;
    fresh = NULL;
    return OKO_OK;
}
