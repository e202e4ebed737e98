/* Loads the places of the register and finds a unit's municipality and region. */
#include "analysis/register.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 16 }; /* a cycle of parents ends here */

typedef struct loader {
    oko_place *places;
    size_t n, cap;
} loader;

static bool code_is_made(const oko_unit *u)
{
    if (u->level == OKO_LEVEL_SCHOOL)
        return strncmp(u->code, "name-", 5) == 0;
    const char *slash = strchr(u->code, '/');
    return u->level == OKO_LEVEL_MUNICIPALITY && slash != NULL && strcmp(slash + 1, u->name) == 0;
}

/* Appends one unit. OKO_E_MEMORY, OKO_E_LIMIT. */
static oko_status add_unit(void *ctx, const oko_unit *u)
{
    loader *l = ctx;
    oko_status status = oko_grow(&l->places, &l->cap, l->n + 1, sizeof *l->places, OKO_REGISTER_MAX_UNITS);
    if (status != OKO_OK)
        return status;
    oko_place *place = &l->places[l->n++];
    *place = (oko_place){ .id = u->id, .parent = u->parent, .level = u->level };
    memcpy(place->code, u->code, sizeof place->code);
    if (!code_is_made(u) || u->name[0] == '\0')
        return OKO_OK;
    place->name = strdup(u->name);
    return place->name != NULL ? OKO_OK : OKO_E_MEMORY;
}

static void free_places(oko_place *places, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(places[i].name);
    free(places);
}

/* Id of the register's region when there is exactly one, else 0. */
static int64_t only_region(const loader *l)
{
    int64_t found = 0;
    for (size_t i = 0; i < l->n; i++) {
        if (l->places[i].level != OKO_LEVEL_REGION)
            continue;
        if (found != 0)
            return 0;
        found = l->places[i].id;
    }
    return found;
}

static int by_id(const void *a, const void *b)
{
    const oko_place *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

oko_status oko_register_load(oko_store *store, int64_t revision, oko_register *ret_reg, oko_error *err)
{
    loader l = { 0 };
    for (int level = OKO_LEVEL_COUNTRY; level <= OKO_LEVEL_SCHOOL; level++) {
        oko_status status = oko_store_unit_walk_at(store, revision, (oko_level)level, add_unit, &l, err);
        if (status != OKO_OK) {
            free_places(l.places, l.n);
            if (err != NULL && err->code == OKO_OK)
                oko_error_set(err, status, "", "");
            return status;
        }
    }
    if (l.n > 1)
        qsort(l.places, l.n, sizeof *l.places, by_id);
    *ret_reg = (oko_register){ .n = l.n, .places = l.places, .only_region = only_region(&l) };
    return OKO_OK;
}

void oko_register_clear(oko_register *reg)
{
    free_places(reg->places, reg->n);
    *reg = (oko_register){ 0 };
}

const oko_place *oko_register_find(const oko_register *reg, int64_t id)
{
    if (reg->n == 0)
        return NULL;
    oko_place key = { .id = id };
    return bsearch(&key, reg->places, reg->n, sizeof *reg->places, by_id);
}

const oko_place *oko_register_above(const oko_register *reg, int64_t id, oko_level level)
{
    for (int depth = 0; id != 0 && depth < MAX_DEPTH; depth++) {
        const oko_place *place = oko_register_find(reg, id);
        if (place == NULL)
            return NULL;
        if (place->level == level)
            return place;
        id = place->parent;
    }
    return NULL;
}

const char *oko_place_label(const oko_register *reg, const oko_place *place)
{
    if (place == NULL)
        return "";
    bool named = place->name != NULL && (place->level != OKO_LEVEL_MUNICIPALITY || reg->only_region != 0);
    return named ? place->name : place->code;
}

const oko_place *oko_register_top(const oko_register *reg, int64_t id)
{
    const oko_place *region = oko_register_above(reg, id, OKO_LEVEL_REGION);
    if (region == NULL && reg->only_region != 0)
        region = oko_register_find(reg, reg->only_region);
    return region != NULL ? region : oko_register_above(reg, id, OKO_LEVEL_COUNTRY);
}

int oko_place_compare(const oko_place *a, const oko_place *b)
{
    if (a == b || a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    if (a->level != b->level)
        return a->level < b->level ? -1 : 1;
    int order = strcmp(a->code, b->code);
    return order != 0 ? order : by_id(a, b);
}

static int by_code(const void *a, const void *b)
{
    return oko_place_compare(*(const oko_place *const *)a, *(const oko_place *const *)b);
}

/* Marks the ancestors of every used unit, and lists what is marked. Returns the number listed. */
static size_t list_used(const oko_register *reg, uint8_t *mark, const oko_place **list)
{
    for (size_t i = 0; i < reg->n; i++) {
        const oko_place *place = mark[i] ? &reg->places[i] : NULL;
        for (int depth = 0; place != NULL && depth < MAX_DEPTH; depth++) {
            mark[place - reg->places] = 1;
            place = oko_register_find(reg, place->parent);
        }
    }
    size_t n = 0;
    for (size_t i = 0; i < reg->n; i++)
        if (mark[i])
            list[n++] = &reg->places[i];
    qsort(list, n, sizeof *list, by_code);
    return n;
}

oko_status oko_register_hash(const oko_register *reg, const uint8_t *used, char ret_hex[OKO_HASH_HEX])
{
    OKO_CLEANUP(oko_hasher_freep) oko_hasher *hasher = NULL;
    OKO_CLEANUP(oko_freep) uint8_t *mark = oko_alloc_array(reg->n + 1, 1);
    OKO_CLEANUP(oko_freep) const oko_place **list = oko_alloc_array(reg->n + 1, sizeof *list);
    if (mark == NULL || list == NULL)
        return OKO_E_MEMORY;
    oko_status status = oko_hasher_new(&hasher);
    if (status != OKO_OK)
        return status;
    if (reg->n > 0)
        memcpy(mark, used, reg->n);
    size_t n = list_used(reg, mark, list);
    for (size_t i = 0; i < n; i++) {
        const oko_place *parent = oko_register_find(reg, list[i]->parent);
        const char level = (char)list[i]->level;
        oko_hasher_add(hasher, &level, 1);
        oko_hasher_add(hasher, list[i]->code, strlen(list[i]->code) + 1);
        if (parent != NULL)
            oko_hasher_add(hasher, parent->code, strlen(parent->code));
        oko_hasher_add(hasher, "\n", 1);
    }
    const oko_place *only = oko_register_find(reg, reg->only_region);
    if (only != NULL)
        oko_hasher_add(hasher, only->code, strlen(only->code));
    oko_hasher_finish(hasher, ret_hex);
    hasher = NULL;
    return OKO_OK;
}

uint32_t *oko_register_ranks(const oko_register *reg)
{
    OKO_CLEANUP(oko_freep) const oko_place **list = oko_alloc_array(reg->n + 1, sizeof *list);
    uint32_t *rank = oko_calloc_array(reg->n + 1, sizeof *rank);
    if (list == NULL || rank == NULL) {
        free(rank);
        return NULL;
    }
    for (size_t i = 0; i < reg->n; i++)
        list[i] = &reg->places[i];
    qsort(list, reg->n, sizeof *list, by_code);
    for (size_t i = 0; i < reg->n; i++)
        rank[list[i] - reg->places] = (uint32_t)i + 1;
    return rank;
}
