#include "store/content.h"

#include <math.h>
#include <string.h>

/* Strings are written with their NUL, which no string holds inside: no two different contents look alike. */
static void add_text(oko_buffer *out, const char *text)
{
    oko_buffer_add(out, text, strlen(text) + 1);
}

static void add_int(oko_buffer *out, int64_t value)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)((uint64_t)value >> (8 * i));
    }
    oko_buffer_add(out, bytes, sizeof bytes);
}

static int hex_digit(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

void oko_content_hash(const void *bytes, size_t n, uint8_t ret_hash[OKO_HASH_BYTES])
{
    char hex[OKO_HASH_HEX];
    oko_hash_bytes(bytes, n, hex);
    for (size_t i = 0; i < OKO_HASH_BYTES; i++) {
        ret_hash[i] = (uint8_t)(hex_digit(hex[2 * i]) << 4 | hex_digit(hex[2 * i + 1]));
    }
}

static oko_status hash_buffer(const oko_buffer *out, uint8_t ret_hash[OKO_HASH_BYTES])
{
    oko_status status = oko_buffer_status(out);
    if (status == OKO_OK) {
        oko_content_hash(out->ptr, out->len, ret_hash);
    }
    return status;
}

oko_status oko_content_sheet(const oko_sheet *sheet, oko_buffer *out, uint8_t ret_hash[OKO_HASH_BYTES])
{
    oko_buffer_clear(out);
    oko_status status = oko_sheet_encode(sheet, out);
    return status != OKO_OK ? status : hash_buffer(out, ret_hash);
}

oko_status oko_content_procedure(const oko_procedure *p, oko_buffer *out, uint8_t ret_hash[OKO_HASH_BYTES])
{
    oko_buffer_clear(out);
    add_text(out, "procedure 1");
    add_text(out, p->code);
    add_text(out, oko_kind_name(p->kind));
    add_int(out, p->year);
    add_int(out, p->grade);
    add_text(out, p->subject);
    add_text(out, p->title);
    add_text(out, p->date);
    add_int(out, p->max_total);
    add_int(out, p->first_mark);
    add_text(out, p->source);
    add_int(out, p->n_items);
    for (int i = 0; i < p->n_items; i++) {
        add_text(out, p->items[i].label);
        add_int(out, p->items[i].max);
        add_int(out, p->items[i].level);
    }
    add_int(out, p->n_cutoffs);
    for (int i = 0; i < p->n_cutoffs; i++) {
        add_int(out, p->cutoffs[i]);
    }
    add_int(out, p->n_gaps);
    for (int i = 0; i < p->n_gaps; i++) {
        add_int(out, p->gaps[i]);
    }
    add_int(out, p->n_aliases);
    for (int i = 0; i < p->n_aliases; i++) {
        add_text(out, p->aliases[i]);
    }
    return hash_buffer(out, ret_hash);
}

oko_status oko_content_aggregate(const oko_aggregate *a, oko_buffer *out, uint8_t ret_hash[OKO_HASH_BYTES])
{
    oko_buffer_clear(out);
    add_text(out, "aggregate 1");
    add_text(out, oko_aggregate_kind_name(a->kind));
    add_int(out, a->n_units);
    add_int(out, a->n);
    add_int(out, a->percent);
    add_int(out, a->n_values);
    for (int i = 0; i < a->n_values; i++) {
        uint8_t bytes[8];
        oko_content_put_doubles(&a->values[i], 1, bytes);
        oko_buffer_add(out, bytes, sizeof bytes);
    }
    return hash_buffer(out, ret_hash);
}

oko_status oko_content_external(const oko_external *e, oko_buffer *out, uint8_t ret_hash[OKO_HASH_BYTES])
{
    oko_buffer_clear(out);
    add_text(out, "external 1");
    add_text(out, e->list);
    add_int(out, e->year);
    add_text(out, e->procedure);
    add_text(out, e->source);
    add_text(out, e->reason);
    return hash_buffer(out, ret_hash);
}

oko_status oko_content_finding(const oko_finding *r, oko_buffer *out, uint8_t ret_hash[OKO_HASH_BYTES])
{
    oko_buffer_clear(out);
    add_text(out, "finding 1");
    add_text(out, oko_finding_kind_name(r->kind));
    add_int(out, r->year);
    add_text(out, r->procedure);
    add_text(out, r->part);
    add_text(out, r->note);
    for (size_t i = 0; i < OKO_FINDING_FACTS; i++) {
        add_int(out, r->facts[i]);
    }
    for (size_t i = 0; i < r->n_rows * OKO_FINDING_COLUMNS; i++) {
        add_int(out, r->rows[i]);
    }
    return hash_buffer(out, ret_hash);
}

void oko_content_put_doubles(const double *values, int n, uint8_t *dst)
{
    for (int i = 0; i < n; i++) {
        double value = isnan(values[i]) ? (double)NAN : values[i];
        uint64_t bits;
        memcpy(&bits, &value, sizeof bits);
        for (int k = 0; k < 8; k++) {
            dst[8 * i + k] = (uint8_t)(bits >> (8 * k));
        }
    }
}

static uint64_t bits_at(const uint8_t *src)
{
    uint64_t bits = 0;
    for (int k = 0; k < 8; k++) {
        bits |= (uint64_t)src[k] << (8 * k);
    }
    return bits;
}

void oko_content_get_doubles(const uint8_t *src, int n, double *ret_values)
{
    for (int i = 0; i < n; i++) {
        const uint64_t bits = bits_at(src + 8 * i);
        memcpy(&ret_values[i], &bits, sizeof bits);
    }
}

void oko_content_get_ints(const uint8_t *src, size_t n, int64_t *ret_values)
{
    for (size_t i = 0; i < n; i++) {
        const uint64_t bits = bits_at(src + 8 * i);
        memcpy(&ret_values[i], &bits, sizeof bits);
    }
}

static void feed_text(oko_hasher *h, const char *text)
{
    oko_hasher_add(h, text, strlen(text) + 1);
}

static void feed_place(oko_hasher *h, const oko_content_place *place)
{
    const uint8_t level = (uint8_t)place->level;
    oko_hasher_add(h, &level, 1);
    feed_text(h, place->code);
    feed_text(h, place->parent);
    feed_text(h, place->above);
}

void oko_content_line_procedure(oko_hasher *h, const char *code, const uint8_t hash[OKO_HASH_BYTES])
{
    feed_text(h, "p");
    feed_text(h, code);
    oko_hasher_add(h, hash, OKO_HASH_BYTES);
}

void oko_content_line_sheet(oko_hasher *h, const char *procedure, const oko_content_place *school,
                            const char *class_label, const uint8_t hash[OKO_HASH_BYTES])
{
    feed_text(h, "s");
    feed_text(h, procedure);
    feed_place(h, school);
    feed_text(h, class_label);
    oko_hasher_add(h, hash, OKO_HASH_BYTES);
}

void oko_content_line_aggregate(oko_hasher *h, const char *procedure, int kind, const oko_content_place *unit,
                                const uint8_t hash[OKO_HASH_BYTES])
{
    const uint8_t kind_byte = (uint8_t)kind;
    feed_text(h, "a");
    feed_text(h, procedure);
    oko_hasher_add(h, &kind_byte, 1);
    feed_place(h, unit);
    oko_hasher_add(h, hash, OKO_HASH_BYTES);
}

/* The content hash says the rest. */
static void line_of_unit(oko_hasher *h, const char *sort, const oko_content_place *unit,
                         const uint8_t hash[OKO_HASH_BYTES])
{
    feed_text(h, sort);
    feed_place(h, unit);
    oko_hasher_add(h, hash, OKO_HASH_BYTES);
}

void oko_content_line_external(oko_hasher *h, const oko_content_place *unit, const uint8_t hash[OKO_HASH_BYTES])
{
    line_of_unit(h, "e", unit, hash);
}

void oko_content_line_finding(oko_hasher *h, const oko_content_place *unit, const uint8_t hash[OKO_HASH_BYTES])
{
    line_of_unit(h, "r", unit, hash);
}
