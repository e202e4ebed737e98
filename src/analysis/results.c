/* The list of results, and the hash over all. */
#include "analysis/results.h"

#include "base/memory.h"
#include "base/threads.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void oko_results_clear(oko_results *results)
{
    for (size_t i = 0; i < results->n; i++)
        oko_result_clear(&results->at[i]);
    free(results->at);
    *results = (oko_results){ 0 };
}

oko_status oko_results_extend(oko_results *results, size_t k, size_t *ret_first)
{
    oko_status status = oko_grow(&results->at, &results->cap, results->n + k, sizeof *results->at, OKO_RESULTS_MAX);
    if (status != OKO_OK)
        return status;
    if (k > 0)
        memset(results->at + results->n, 0, k * sizeof *results->at);
    *ret_first = results->n;
    results->n += k;
    return OKO_OK;
}

void oko_result_init(oko_result *r, const char *procedure, const char *rule, int64_t unit, bool official)
{
    *r = (oko_result){ .unit = unit,
                       .official = official,
                       .observed = NAN,
                       .expected = NAN,
                       .effect = NAN,
                       .effect_lo = NAN,
                       .effect_hi = NAN,
                       .p = NAN,
                       .log_p = NAN,
                       .q = NAN };
    oko_str_copy(r->procedure, sizeof r->procedure, oko_str_of(procedure));
    oko_str_copy(r->rule, sizeof r->rule, oko_str_of(rule));
}

void oko_result_no_data(oko_result *r, const char *why)
{
    r->state = OKO_RESULT_NO_DATA;
    oko_str_copy(r->why, sizeof r->why, oko_str_of(why));
}

/* ---- hash: of chunks of CHUNK results, then of their hashes, so that threads can share the work ---- */

enum { CHUNK = 4096 };

static void add_u64(oko_hasher *h, uint64_t value)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
    oko_hasher_add(h, bytes, sizeof bytes);
}

/* Bit pattern of a number; every NaN and both zeros are one value each. */
static void add_double(oko_hasher *h, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    if (isnan(value))
        bits = 0x7ff8000000000000u;
    else if (value == 0)
        bits = 0;
    add_u64(h, bits);
}

static void add_text(oko_hasher *h, const char *text)
{
    oko_hasher_add(h, text, strlen(text) + 1);
}

static void add_result(oko_hasher *h, const oko_result *r, const oko_place *place)
{
    add_text(h, r->procedure);
    add_text(h, r->rule);
    add_u64(h, place != NULL ? (uint64_t)place->level : UINT64_MAX);
    add_text(h, place != NULL ? place->code : "");
    add_u64(h, (uint64_t)r->state);
    add_text(h, r->why);
    add_u64(h, (uint64_t)(r->marked ? 2 : 0) + (r->official ? 1 : 0));
    add_u64(h, (uint64_t)r->n);
    const double numbers[] = { r->observed, r->expected, r->effect, r->effect_lo, r->effect_hi, r->p, r->log_p, r->q };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        add_double(h, numbers[i]);
    add_text(h, r->details != NULL ? r->details : "{}");
}

typedef struct hash_loop {
    const oko_result_source *results;
    const oko_register *reg;
    char (*hex)[OKO_HASH_HEX]; /* one per chunk */
} hash_loop;

static oko_status hash_chunk(void *ctx, size_t chunk, int worker)
{
    (void)worker;
    const hash_loop *l = ctx;
    OKO_CLEANUP(oko_hasher_freep) oko_hasher *hasher = NULL;
    OKO_CLEANUP(oko_buffer_free) oko_buffer room;
    oko_buffer_init(&room, OKO_RESULT_MAX_DETAILS);
    oko_status status = oko_hasher_new(&hasher);
    for (size_t i = chunk * CHUNK; status == OKO_OK && i < (chunk + 1) * CHUNK && i < l->results->n; i++) {
        oko_result r;
        status = l->results->get(l->results->ctx, i, &room, &r);
        if (status == OKO_OK)
            add_result(hasher, &r, oko_register_find(l->reg, r.unit));
    }
    if (status != OKO_OK)
        return status;
    oko_hasher_finish(hasher, l->hex[chunk]);
    hasher = NULL;
    return OKO_OK;
}

oko_status oko_results_hash(const oko_result_source *results, const oko_register *reg, int threads,
                            char ret_hex[OKO_HASH_HEX])
{
    size_t chunks = (results->n + CHUNK - 1) / CHUNK;
    OKO_CLEANUP(oko_freep) char(*hex)[OKO_HASH_HEX] = oko_calloc_array(chunks + 1, sizeof *hex);
    if (hex == NULL)
        return OKO_E_MEMORY;
    hash_loop l = { .results = results, .reg = reg, .hex = hex };
    oko_status status = oko_parallel_for(chunks, threads, hash_chunk, &l);
    if (status == OKO_OK)
        oko_hash_bytes(hex, chunks * sizeof *hex, ret_hex);
    return status;
}
