/* The list of results, its order and its hash. */
#include "analysis/results.h"

#include "base/memory.h"

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

/* ---- order ---- */

/* Key of one result: where it stands now and which place it is about. */
typedef struct sort_key {
    const oko_result *result;
    const oko_place *place;
} sort_key;

static int by_fixed_order(const void *a, const void *b)
{
    const sort_key *x = a, *y = b;
    int order = strcmp(x->result->procedure, y->result->procedure);
    if (order == 0)
        order = strcmp(x->result->rule, y->result->rule);
    return order != 0 ? order : oko_place_compare(x->place, y->place);
}

/* Puts the results into the order of keys (n of each). OKO_E_MEMORY. */
static oko_status reorder(oko_results *results, const sort_key *keys)
{
    oko_result *sorted = oko_alloc_array(results->n, sizeof *sorted);
    if (sorted == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < results->n; i++)
        sorted[i] = *keys[i].result;
    free(results->at);
    results->at = sorted;
    results->cap = results->n;
    return OKO_OK;
}

/* ---- hash ---- */

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

oko_status oko_results_seal(oko_results *results, const oko_register *reg, char ret_hex[OKO_HASH_HEX])
{
    OKO_CLEANUP(oko_hasher_freep) oko_hasher *hasher = NULL;
    oko_status status = oko_hasher_new(&hasher);
    if (status != OKO_OK)
        return status;
    if (results->n > 0) {
        OKO_CLEANUP(oko_freep) sort_key *keys = oko_alloc_array(results->n, sizeof *keys);
        if (keys == NULL)
            return OKO_E_MEMORY;
        for (size_t i = 0; i < results->n; i++)
            keys[i] = (sort_key){ &results->at[i], oko_register_find(reg, results->at[i].unit) };
        qsort(keys, results->n, sizeof *keys, by_fixed_order);
        for (size_t i = 0; i < results->n; i++)
            add_result(hasher, keys[i].result, keys[i].place);
        status = reorder(results, keys);
        if (status != OKO_OK)
            return status;
    }
    oko_hasher_finish(hasher, ret_hex);
    hasher = NULL;
    return OKO_OK;
}
