/* The list of results, its order and its hash. */
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

/* ---- order ---- */

enum { MAX_GROUPS = 65536, CHUNK = 4096 };

/* Key of one result: rank of its procedure and rule, rank of its place, and where it stands now. */
typedef struct sort_key {
    uint32_t group;
    uint32_t place; /* 0: of no unit */
    size_t index;
} sort_key;

static int by_key(const void *a, const void *b)
{
    const sort_key *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* Procedures and rules stand in few runs: one representative each, later sorted. */
typedef struct groups {
    const oko_result **at;
    uint32_t *rank;
    size_t n, cap, rank_cap;
} groups;

static int compare_groups(const oko_result *a, const oko_result *b)
{
    int order = strcmp(a->procedure, b->procedure);
    return order != 0 ? order : strcmp(a->rule, b->rule);
}

/* Number of the result's group; mostly that of the result before. */
static oko_status group_of(groups *g, const oko_result *r, uint32_t *last)
{
    if (g->n > 0 && compare_groups(g->at[*last], r) == 0)
        return OKO_OK;
    for (size_t i = 0; i < g->n; i++)
        if (compare_groups(g->at[i], r) == 0) {
            *last = (uint32_t)i;
            return OKO_OK;
        }
    oko_status status = oko_grow(&g->at, &g->cap, g->n + 1, sizeof *g->at, MAX_GROUPS);
    if (status == OKO_OK)
        status = oko_grow(&g->rank, &g->rank_cap, g->n + 1, sizeof *g->rank, MAX_GROUPS);
    if (status != OKO_OK)
        return status;
    *last = (uint32_t)g->n;
    g->at[g->n++] = r;
    return OKO_OK;
}

static void rank_groups(groups *g)
{
    for (size_t i = 0; i < g->n; i++) {
        g->rank[i] = 0;
        for (size_t k = 0; k < g->n; k++)
            g->rank[i] += compare_groups(g->at[k], g->at[i]) < 0;
    }
}

static int by_place(const void *a, const void *b)
{
    return oko_place_compare(*(const oko_place *const *)a, *(const oko_place *const *)b);
}

/* rank[i]: position of place i by level and code, from 1. OKO_E_MEMORY. */
static oko_status rank_places(const oko_register *reg, uint32_t *rank)
{
    OKO_CLEANUP(oko_freep) const oko_place **list = oko_alloc_array(reg->n + 1, sizeof *list);
    if (list == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < reg->n; i++)
        list[i] = &reg->places[i];
    qsort(list, reg->n, sizeof *list, by_place);
    for (size_t i = 0; i < reg->n; i++)
        rank[list[i] - reg->places] = (uint32_t)i + 1;
    return OKO_OK;
}

static oko_status make_keys(const oko_results *results, const oko_register *reg, groups *g, sort_key *keys)
{
    OKO_CLEANUP(oko_freep) uint32_t *place_rank = oko_calloc_array(reg->n + 1, sizeof *place_rank);
    if (place_rank == NULL)
        return OKO_E_MEMORY;
    oko_status status = rank_places(reg, place_rank);
    uint32_t group = 0;
    for (size_t i = 0; status == OKO_OK && i < results->n; i++) {
        const oko_place *place = oko_register_find(reg, results->at[i].unit);
        status = group_of(g, &results->at[i], &group);
        keys[i] = (sort_key){ group, place != NULL ? place_rank[place - reg->places] : 0, i };
    }
    if (status != OKO_OK)
        return status;
    rank_groups(g);
    for (size_t i = 0; i < results->n; i++)
        keys[i].group = g->rank[keys[i].group];
    return OKO_OK;
}

/* Moves every result to its place, cycle by cycle: keys[i].index says what belongs at i. */
static void permute(oko_result *at, sort_key *keys, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        oko_result first = at[i];
        size_t hole = i;
        while (keys[hole].index != i) {
            size_t from = keys[hole].index;
            at[hole] = at[from];
            keys[hole].index = hole;
            hole = from;
        }
        at[hole] = first;
        keys[hole].index = hole;
    }
}

/* Puts the results into their fixed order. OKO_E_MEMORY. */
static oko_status reorder(oko_results *results, const oko_register *reg)
{
    OKO_CLEANUP(oko_freep) sort_key *keys = oko_alloc_array(results->n, sizeof *keys);
    groups g = { 0 };
    oko_status status = keys != NULL ? make_keys(results, reg, &g, keys) : OKO_E_MEMORY;
    free(g.at);
    free(g.rank);
    if (status != OKO_OK)
        return status;
    qsort(keys, results->n, sizeof *keys, by_key);
    permute(results->at, keys, results->n);
    return OKO_OK;
}

/* ---- hash: of chunks of CHUNK results, then of their hashes, so that threads can share the work ---- */

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
    const oko_results *results;
    const oko_register *reg;
    char (*hex)[OKO_HASH_HEX]; /* one per chunk */
} hash_loop;

static oko_status hash_chunk(void *ctx, size_t chunk, int worker)
{
    (void)worker;
    const hash_loop *l = ctx;
    oko_hasher *hasher = NULL;
    oko_status status = oko_hasher_new(&hasher);
    if (status != OKO_OK)
        return status;
    for (size_t i = chunk * CHUNK; i < (chunk + 1) * CHUNK && i < l->results->n; i++)
        add_result(hasher, &l->results->at[i], oko_register_find(l->reg, l->results->at[i].unit));
    oko_hasher_finish(hasher, l->hex[chunk]);
    return OKO_OK;
}

oko_status oko_results_seal(oko_results *results, const oko_register *reg, int threads, char ret_hex[OKO_HASH_HEX])
{
    oko_status status = results->n > 0 ? reorder(results, reg) : OKO_OK;
    if (status != OKO_OK)
        return status;
    size_t chunks = (results->n + CHUNK - 1) / CHUNK;
    OKO_CLEANUP(oko_freep) char(*hex)[OKO_HASH_HEX] = oko_calloc_array(chunks + 1, sizeof *hex);
    if (hex == NULL)
        return OKO_E_MEMORY;
    hash_loop l = { .results = results, .reg = reg, .hex = hex };
    status = oko_parallel_for(chunks, threads, hash_chunk, &l);
    if (status == OKO_OK)
        oko_hash_bytes(hex, chunks * sizeof *hex, ret_hex);
    return status;
}
