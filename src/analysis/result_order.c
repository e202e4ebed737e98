/* Keys of results, and their order. */
#include "analysis/result_order.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_GROUPS = 65536 };

oko_status oko_result_order_begin(oko_result_order *order, const oko_register *reg)
{
    *order = (oko_result_order){ .reg = reg, .place_rank = oko_register_ranks(reg) };
    return order->place_rank != NULL ? OKO_OK : OKO_E_MEMORY;
}

static bool is_of(const oko_result_group *g, const oko_result *r)
{
    return strcmp(g->procedure, r->procedure) == 0 && strcmp(g->rule, r->rule) == 0;
}

/* Number of the result's group; mostly that of the result before. */
static oko_status find_group(oko_result_order *order, const oko_result *r)
{
    if (order->n_groups > 0 && is_of(&order->group[order->last], r))
        return OKO_OK;
    for (order->last = 0; order->last < order->n_groups; order->last++)
        if (is_of(&order->group[order->last], r))
            return OKO_OK;
    oko_status status =
        oko_grow(&order->group, &order->cap_groups, order->n_groups + 1, sizeof *order->group, MAX_GROUPS);
    if (status != OKO_OK) {
        order->last = 0;
        return status;
    }
    oko_result_group *g = &order->group[order->n_groups++];
    memcpy(g->procedure, r->procedure, sizeof g->procedure);
    memcpy(g->rule, r->rule, sizeof g->rule);
    return OKO_OK;
}

oko_status oko_result_order_add(oko_result_order *order, const oko_result *r, uint64_t at)
{
    oko_status status = find_group(order, r);
    if (status == OKO_OK)
        status = oko_grow(&order->key, &order->cap, order->n + 1, sizeof *order->key, OKO_RESULTS_MAX);
    if (status != OKO_OK)
        return status;
    const oko_place *place = oko_register_find(order->reg, r->unit);
    uint32_t rank = place != NULL ? order->place_rank[place - order->reg->places] : 0;
    order->key[order->n++] = (oko_result_key){ (uint32_t)order->last, rank, at };
    return OKO_OK;
}

static int compare_groups(const oko_result_group *a, const oko_result_group *b)
{
    int order = strcmp(a->procedure, b->procedure);
    return order != 0 ? order : strcmp(a->rule, b->rule);
}

static int by_key(const void *a, const void *b)
{
    const oko_result_key *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

oko_status oko_result_order_sort(oko_result_order *order)
{
    OKO_CLEANUP(oko_freep) uint32_t *rank = oko_calloc_array(order->n_groups + 1, sizeof *rank);
    if (rank == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < order->n_groups; i++)
        for (size_t k = 0; k < order->n_groups; k++)
            rank[i] += compare_groups(&order->group[k], &order->group[i]) < 0;
    for (size_t i = 0; i < order->n; i++)
        order->key[i].group = rank[order->key[i].group];
    if (order->n > 1)
        qsort(order->key, order->n, sizeof *order->key, by_key);
    return OKO_OK;
}

void oko_result_order_clear(oko_result_order *order)
{
    free(order->place_rank);
    free(order->group);
    free(order->key);
    *order = (oko_result_order){ 0 };
}
