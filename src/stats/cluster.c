/* Groups of persons connected by flagged pairs: union–find with path halving. */
#include <oko/pairs.h>

#include "base/memory.h"

static uint32_t find_root(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

/* The lower number becomes the root, so that the groups do not depend on the order of the edges. */
static void join(uint32_t *parent, uint32_t a, uint32_t b)
{
    uint32_t x = find_root(parent, a);
    uint32_t y = find_root(parent, b);
    if (x < y) {
        parent[y] = x;
    } else {
        parent[x] = y;
    }
}

oko_status oko_groups(size_t n, size_t n_edges, const uint32_t *from, const uint32_t *to, uint32_t *ret_group,
                      uint32_t *ret_n_groups)
{
    if (n == 0 || n > OKO_RESPONSES_MAX_PERSONS || ret_group == NULL || (n_edges > 0 && (from == NULL || to == NULL))) {
        return OKO_E_ARGUMENT;
    }
    for (size_t k = 0; k < n_edges; k++) {
        if (from[k] >= n || to[k] >= n) {
            return OKO_E_ARGUMENT;
        }
    }
    OKO_CLEANUP(oko_freep) uint32_t *parent = oko_alloc_array(n, sizeof *parent);
    OKO_CLEANUP(oko_freep) uint8_t *joined = oko_calloc_array(n, sizeof *joined);
    if (parent == NULL || joined == NULL) {
        return OKO_E_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++) {
        parent[i] = i;
    }
    for (size_t k = 0; k < n_edges; k++) {
        join(parent, from[k], to[k]);
        joined[from[k]] = joined[to[k]] = 1;
    }
    uint32_t groups = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t root = find_root(parent, i);
        ret_group[i] = !joined[i] ? 0 : root == i ? ++groups : ret_group[root];
    }
    if (ret_n_groups != NULL) {
        *ret_n_groups = groups;
    }
    return OKO_OK;
}
