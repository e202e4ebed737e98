/* Mergeable state of one test in one group: counts by journal mark × total and by item × score; one block of memory. */
#include <oko/state.h>

#include "base/memory.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_TOTAL = 1000,
    MAX_ITEMS = 250,
    MAX_ITEM_SCORE = 100,
    FORMAT_VERSION = 1,
    HEADER_MAGIC = 2, /* bytes "oS" */
};

struct oko_state {
    int max_total;
    int n_items;
    size_t n_counts; /* of counts[] */
    int64_t n, sum, sum_sq;
    int64_t *histogram; /* [max_total+1] */
    int64_t *journal;   /* [6][max_total+1] */
    int64_t *items;     /* item by item, [item_max+3] each */
    uint32_t *offset;   /* [n_items] start of an item in items */
    int16_t *item_max;  /* [n_items] */
    int64_t counts[];   /* histogram, journal, items; then offset and item_max */
};

static bool shape_is_valid(const oko_shape *shape)
{
    if (shape == NULL || shape->max_total < 1 || shape->max_total > MAX_TOTAL || shape->n_items < 0 ||
        shape->n_items > MAX_ITEMS || (shape->n_items > 0 && shape->item_max == NULL)) {
        return false;
    }
    for (int i = 0; i < shape->n_items; i++) {
        if (shape->item_max[i] < 1 || shape->item_max[i] > MAX_ITEM_SCORE) {
            return false;
        }
    }
    return true;
}

/* Points the arrays of a fresh block at their places; max_total and n_items are set. */
static void lay_out(oko_state *s, size_t totals, size_t n_items)
{
    s->histogram = s->counts;
    s->journal = s->histogram + totals;
    s->items = s->journal + OKO_JOURNAL_MARKS * totals;
    s->offset = (uint32_t *)(void *)(s->counts + s->n_counts);
    s->item_max = (int16_t *)(void *)(s->offset + n_items);
}

static size_t count_cells(const oko_shape *shape)
{
    size_t cells = (size_t)(shape->max_total + 1) * (1 + OKO_JOURNAL_MARKS);
    for (int i = 0; i < shape->n_items; i++) {
        cells += (size_t)shape->item_max[i] + 1 + OKO_SCORE_MISSING;
    }
    return cells;
}

static size_t block_bytes(size_t n_counts, size_t n_items)
{
    return sizeof(oko_state) + n_counts * sizeof(int64_t) + n_items * (sizeof(uint32_t) + sizeof(int16_t));
}

oko_status oko_state_new(const oko_shape *shape, oko_state **ret_state)
{
    if (ret_state == NULL || !shape_is_valid(shape)) {
        return OKO_E_ARGUMENT;
    }
    size_t n_items = (size_t)shape->n_items;
    size_t cells = count_cells(shape);
    oko_state *s = calloc(1, block_bytes(cells, n_items));
    if (s == NULL) {
        return OKO_E_MEMORY;
    }
    s->max_total = shape->max_total;
    s->n_items = shape->n_items;
    s->n_counts = cells;
    lay_out(s, (size_t)shape->max_total + 1, n_items);
    uint32_t at = 0;
    for (size_t i = 0; i < n_items; i++) {
        s->item_max[i] = shape->item_max[i];
        s->offset[i] = at;
        at += (uint32_t)shape->item_max[i] + 1 + OKO_SCORE_MISSING;
    }
    *ret_state = s;
    return OKO_OK;
}

void oko_state_free(oko_state *state)
{
    free(state);
}

void oko_state_freep(oko_state **state)
{
    if (state != NULL) {
        oko_state_free(*state);
        *state = NULL;
    }
}

oko_status oko_state_clone(const oko_state *state, oko_state **ret_state)
{
    if (state == NULL || ret_state == NULL) {
        return OKO_E_ARGUMENT;
    }
    size_t bytes = block_bytes(state->n_counts, (size_t)state->n_items);
    oko_state *copy = malloc(bytes);
    if (copy == NULL) {
        return OKO_E_MEMORY;
    }
    memcpy(copy, state, bytes);
    lay_out(copy, (size_t)state->max_total + 1, (size_t)state->n_items);
    *ret_state = copy;
    return OKO_OK;
}

/* ---- adding ---- */

static inline size_t mark_slot(int journal)
{
    return journal >= 1 && journal < OKO_JOURNAL_MARKS ? (size_t)journal : 0;
}

/* Counts one row of item scores. The slot is chosen with a mask: a branch would be mispredicted on every other item. */
static inline void add_items(oko_state *s, const int8_t *restrict row)
{
    int64_t *restrict cells = s->items;
    const uint32_t *restrict offset = s->offset;
    const int16_t *restrict item_max = s->item_max;
    size_t n_items = (size_t)s->n_items;
    for (size_t j = 0; j < n_items; j++) {
        unsigned score = (uint8_t)row[j];
        unsigned max = (unsigned)item_max[j];
        unsigned missing = max + 2u - (unsigned)(row[j] == -1);
        unsigned outside = 0u - (unsigned)(score > max);
        cells[offset[j] + ((score & ~outside) | (missing & outside))]++;
    }
}

static inline void add_total(oko_state *s, size_t total, size_t mark)
{
    s->histogram[total]++;
    s->journal[mark * ((size_t)s->max_total + 1) + total]++;
}

oko_status oko_state_add(oko_state *state, int total, int journal, const int8_t *items)
{
    if (state == NULL || total < 0 || total > state->max_total) {
        return OKO_E_ARGUMENT;
    }
    if (state->n >= OKO_STATE_MAX_WORKS) {
        return OKO_E_LIMIT;
    }
    add_total(state, (size_t)total, mark_slot(journal));
    state->n++;
    state->sum += total;
    state->sum_sq += (int64_t)total * total;
    if (items != NULL) {
        add_items(state, items);
    }
    return OKO_OK;
}

/* All included totals in 0…max_total? Counts them. */
static bool totals_are_valid(const oko_state *s, size_t n, const int16_t *total, const uint8_t *include, int64_t *ret_n)
{
    int64_t included = 0;
    bool valid = true;
    for (size_t i = 0; i < n; i++) {
        bool in = include == NULL || include[i] != 0;
        included += in;
        valid &= !in || (total[i] >= 0 && total[i] <= s->max_total);
    }
    *ret_n = included;
    return valid;
}

oko_status oko_state_add_many(oko_state *state, size_t n, const int16_t *total, const int8_t *journal,
                              const int8_t *items, const uint8_t *include)
{
    if (state == NULL || (n > 0 && total == NULL)) {
        return OKO_E_ARGUMENT;
    }
    int64_t added = 0;
    if (!totals_are_valid(state, n, total, include, &added)) {
        return OKO_E_ARGUMENT;
    }
    if (added > OKO_STATE_MAX_WORKS - state->n) {
        return OKO_E_LIMIT;
    }
    int64_t sum = 0;
    int64_t sum_sq = 0;
    for (size_t i = 0; i < n; i++) {
        if (include != NULL && include[i] == 0) {
            continue;
        }
        int64_t t = total[i];
        sum += t;
        sum_sq += t * t;
        add_total(state, (size_t)t, journal == NULL ? 0 : mark_slot(journal[i]));
        if (items != NULL) {
            add_items(state, items + i * (size_t)state->n_items);
        }
    }
    state->n += added;
    state->sum += sum;
    state->sum_sq += sum_sq;
    return OKO_OK;
}

oko_status oko_state_add_histogram(oko_state *state, const int64_t *counts)
{
    if (state == NULL || counts == NULL) {
        return OKO_E_ARGUMENT;
    }
    int64_t added = 0;
    for (int t = 0; t <= state->max_total; t++) {
        if (counts[t] < 0) {
            return OKO_E_ARGUMENT;
        }
        if (counts[t] > OKO_STATE_MAX_WORKS - state->n - added) {
            return OKO_E_LIMIT;
        }
        added += counts[t];
    }
    for (int t = 0; t <= state->max_total; t++) {
        state->histogram[t] += counts[t];
        state->journal[t] += counts[t];
        state->sum += counts[t] * t;
        state->sum_sq += counts[t] * t * t;
    }
    state->n += added;
    return OKO_OK;
}

static bool same_shape(const oko_state *a, const oko_state *b)
{
    return a->max_total == b->max_total && a->n_items == b->n_items &&
           (a->n_items == 0 || memcmp(a->item_max, b->item_max, (size_t)a->n_items * sizeof *a->item_max) == 0);
}

oko_status oko_state_merge(oko_state *into, const oko_state *from)
{
    if (into == NULL || from == NULL || !same_shape(into, from)) {
        return OKO_E_ARGUMENT;
    }
    if (from->n > OKO_STATE_MAX_WORKS - into->n) {
        return OKO_E_LIMIT;
    }
    for (size_t i = 0; i < into->n_counts; i++) {
        into->counts[i] += from->counts[i];
    }
    into->n += from->n;
    into->sum += from->sum;
    into->sum_sq += from->sum_sq;
    return OKO_OK;
}

/* ---- bytes: "oS", version, max_total, n_items, item maxima, journal × total counts, item counts; varints ---- */

typedef struct writer {
    uint8_t *bytes; /* NULL: only measure */
    size_t cap, size;
} writer;

static void put_byte(writer *w, uint8_t byte)
{
    if (w->bytes != NULL && w->size < w->cap) {
        w->bytes[w->size] = byte;
    }
    w->size++;
}

static void put_varint(writer *w, uint64_t value)
{
    while (value >= 0x80) {
        put_byte(w, (uint8_t)(value | 0x80));
        value >>= 7;
    }
    put_byte(w, (uint8_t)value);
}

oko_status oko_state_serialize(const oko_state *state, void *bytes, size_t cap, size_t *ret_size)
{
    if (state == NULL || ret_size == NULL) {
        return OKO_E_ARGUMENT;
    }
    writer w = { .bytes = bytes, .cap = cap };
    put_byte(&w, 'o');
    put_byte(&w, 'S');
    put_varint(&w, FORMAT_VERSION);
    put_varint(&w, (uint64_t)state->max_total);
    put_varint(&w, (uint64_t)state->n_items);
    for (int i = 0; i < state->n_items; i++) {
        put_varint(&w, (uint64_t)state->item_max[i]);
    }
    for (const int64_t *c = state->journal; c < state->counts + state->n_counts; c++) {
        put_varint(&w, (uint64_t)*c);
    }
    if (bytes != NULL && w.size > cap) {
        return OKO_E_LIMIT;
    }
    *ret_size = w.size;
    return OKO_OK;
}

typedef struct reader {
    const uint8_t *at, *end;
    bool failed;
} reader;

/* Next varint in its only (shortest) form, at most `limit`; else sets failed and gives 0. */
static uint64_t get_varint(reader *r, uint64_t limit)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 63 && r->at < r->end; shift += 7) {
        uint8_t byte = *r->at++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if ((byte & 0x80) == 0) {
            if ((byte == 0 && shift > 0) || value > limit) {
                break;
            }
            return value;
        }
    }
    r->failed = true;
    return 0;
}

static oko_status read_shape(reader *r, int16_t item_max[MAX_ITEMS], oko_shape *shape)
{
    if (r->end - r->at < HEADER_MAGIC || r->at[0] != 'o' || r->at[1] != 'S') {
        return OKO_E_FORMAT;
    }
    r->at += HEADER_MAGIC;
    uint64_t version = get_varint(r, INT64_MAX);
    if (r->failed || version == 0) {
        return OKO_E_FORMAT;
    }
    if (version > FORMAT_VERSION) {
        return OKO_E_VERSION;
    }
    shape->max_total = (int)get_varint(r, MAX_TOTAL);
    shape->n_items = (int)get_varint(r, MAX_ITEMS);
    shape->item_max = item_max;
    for (int i = 0; i < shape->n_items; i++) {
        item_max[i] = (int16_t)get_varint(r, MAX_ITEM_SCORE);
    }
    return r->failed || !shape_is_valid(shape) ? OKO_E_FORMAT : OKO_OK;
}

/* Reads the counts and derives histogram, n and sums. False when they contradict each other. */
static bool read_counts(reader *r, oko_state *s)
{
    size_t totals = (size_t)s->max_total + 1;
    for (int64_t *c = s->journal; c < s->counts + s->n_counts; c++) {
        *c = (int64_t)get_varint(r, (uint64_t)OKO_STATE_MAX_WORKS);
    }
    for (size_t k = 0; k < totals * OKO_JOURNAL_MARKS; k++) {
        int64_t t = (int64_t)(k % totals);
        int64_t count = s->journal[k];
        if (count > OKO_STATE_MAX_WORKS - s->n) {
            return false;
        }
        s->histogram[t] += count;
        s->n += count;
        s->sum += count * t;
        s->sum_sq += count * t * t;
    }
    for (int i = 0; i < s->n_items; i++) {
        int64_t left = s->n;
        for (int k = 0; k < s->item_max[i] + 1 + OKO_SCORE_MISSING; k++) {
            int64_t count = s->items[s->offset[i] + (uint32_t)k];
            if (count > left) {
                return false;
            }
            left -= count;
        }
    }
    return !r->failed && r->at == r->end;
}

oko_status oko_state_deserialize(const void *bytes, size_t n, oko_state **ret_state)
{
    if (bytes == NULL || ret_state == NULL) {
        return OKO_E_ARGUMENT;
    }
    reader r = { .at = bytes, .end = (const uint8_t *)bytes + n };
    int16_t item_max[MAX_ITEMS] = { 0 };
    oko_shape shape = { 0 };
    oko_status status = read_shape(&r, item_max, &shape);
    if (status != OKO_OK) {
        return status;
    }
    OKO_CLEANUP(oko_state_freep) oko_state *s = NULL;
    status = oko_state_new(&shape, &s);
    if (status != OKO_OK) {
        return status;
    }
    if (!read_counts(&r, s)) {
        return OKO_E_FORMAT;
    }
    *ret_state = s;
    s = NULL;
    return OKO_OK;
}

/* ---- reading ---- */

int oko_state_max_total(const oko_state *state)
{
    return state->max_total;
}

int oko_state_n_items(const oko_state *state)
{
    return state->n_items;
}

int oko_state_item_max(const oko_state *state, int item)
{
    return item >= 0 && item < state->n_items ? state->item_max[item] : 0;
}

int64_t oko_state_n(const oko_state *state)
{
    return state->n;
}

int64_t oko_state_sum(const oko_state *state)
{
    return state->sum;
}

int64_t oko_state_sum_sq(const oko_state *state)
{
    return state->sum_sq;
}

const int64_t *oko_state_histogram(const oko_state *state)
{
    return state->histogram;
}

const int64_t *oko_state_item_counts(const oko_state *state, int item)
{
    return item >= 0 && item < state->n_items ? state->items + state->offset[item] : NULL;
}

const int64_t *oko_state_journal(const oko_state *state, int j)
{
    return j >= 0 && j < OKO_JOURNAL_MARKS ? state->journal + (size_t)j * ((size_t)state->max_total + 1) : NULL;
}

oko_status oko_state_mean(const oko_state *state, double *ret_mean)
{
    if (state == NULL || ret_mean == NULL) {
        return OKO_E_ARGUMENT;
    }
    if (state->n < 1) {
        *ret_mean = NAN;
        return OKO_E_NO_DATA;
    }
    *ret_mean = (double)state->sum / (double)state->n;
    return OKO_OK;
}

oko_status oko_state_sd(const oko_state *state, double *ret_sd)
{
    if (state == NULL || ret_sd == NULL) {
        return OKO_E_ARGUMENT;
    }
    if (state->n < 2) {
        *ret_sd = NAN;
        return OKO_E_NO_DATA;
    }
    double mean = (double)state->sum / (double)state->n;
    double squares = 0;
    for (int t = 0; t <= state->max_total; t++) {
        double d = t - mean;
        squares += (double)state->histogram[t] * d * d;
    }
    *ret_sd = sqrt(squares / (double)(state->n - 1));
    return OKO_OK;
}

oko_status oko_state_item_mean(const oko_state *state, int item, double *ret_mean, int64_t *ret_n)
{
    if (state == NULL || ret_mean == NULL || ret_n == NULL || item < 0 || item >= state->n_items) {
        return OKO_E_ARGUMENT;
    }
    const int64_t *counts = state->items + state->offset[item];
    int max = state->item_max[item];
    int64_t n = counts[max + 1];
    int64_t sum = 0;
    for (int k = 0; k <= max; k++) {
        n += counts[k];
        sum += counts[k] * k;
    }
    *ret_n = n;
    *ret_mean = n < 1 ? NAN : (double)sum / (double)n;
    return n < 1 ? OKO_E_NO_DATA : OKO_OK;
}
