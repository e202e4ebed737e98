/*
 * The register of units in memory, for lists and trees, with each unit's JSON ready: read anew after oko_tree_changed,
 * and once a second when it is asked for, because other programs may write to the same database. While one thread reads
 * it anew, the others go on with what there is.
 */
#ifndef OKO_HTTP_TREE_H
#define OKO_HTTP_TREE_H

#include "store/store.h"

#include <jansson.h>
#include <stdbool.h>

/* Units without classes, in the order of a walk through the tree: what lies below unit i is i+1 … end[i]−1. Immutable.
 */
typedef struct oko_tree {
    int64_t generation; /* rises with each change that was seen */
    size_t n;
    oko_unit *units;
    size_t *end;
    size_t *by_order; /* indices ordered by level, code */
    size_t *by_id;    /* indices ordered by id */
    char **row;       /* the unit as JSON of the contract */
    char **folded;    /* oko_unit_fold: what a search looks at */
    int users;        /* references */
} oko_tree;

typedef struct oko_tree_cache oko_tree_cache;

oko_status oko_tree_cache_new(oko_tree_cache **ret_cache) OKO_WARN_UNUSED;
void oko_tree_cache_free(oko_tree_cache *cache);
/* Units were changed by this program: called by whatever does that (jobs do it at their end). */
void oko_tree_changed(oko_tree_cache *cache);
/* The current register; give it back. `store` is used when it must be read. */
oko_status oko_tree_get(oko_tree_cache *cache, oko_store *store, const oko_tree **ret_register,
                        oko_error *err) OKO_WARN_UNUSED;
void oko_tree_back(oko_tree_cache *cache, const oko_tree *reg);

/* What a search looks at: code, line break, name, folded apart, because folding takes Latin letters for Cyrillic ones
 * where both stand in one text. Returns the length. */
size_t oko_unit_fold(const oko_unit *u, char ret_folded[512]);
/* A unit as the contract's Unit. New reference. */
json_t *oko_unit_json(const oko_unit *u);
/* Index of a unit, or n when it is not there. */
size_t oko_tree_find(const oko_tree *reg, int64_t id);

#endif
