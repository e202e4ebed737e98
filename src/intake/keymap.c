#include "intake/keymap.h"

#include <stdlib.h>
#include <string.h>

void keymap_free(keymap *map)
{
    free(map->slots);
    *map = (keymap){ 0 };
}

/* FNV-1a with a final mix: keys are short. */
static uint32_t hash_of(oko_str key)
{
    uint64_t h = 1469598103934665603u;
    for (size_t i = 0; i < key.len; i++)
        h = (h ^ (unsigned char)key.ptr[i]) * 1099511628211u;
    return (uint32_t)(h ^ (h >> 32));
}

static size_t slot_of(const keymap *map, oko_str key, uint32_t hash)
{
    size_t i = hash & (map->cap - 1);
    while (map->slots[i].key != NULL) {
        const keymap_slot *s = &map->slots[i];
        if (s->hash == hash && s->len == key.len && (key.len == 0 || memcmp(s->key, key.ptr, key.len) == 0))
            break;
        i = (i + 1) & (map->cap - 1);
    }
    return i;
}

bool keymap_find(const keymap *map, oko_str key, uint32_t *ret_value)
{
    if (map->cap == 0)
        return false;
    const keymap_slot *s = &map->slots[slot_of(map, key, hash_of(key))];
    if (s->key == NULL)
        return false;
    *ret_value = s->value;
    return true;
}

static oko_status widen(keymap *map)
{
    size_t cap = map->cap == 0 ? 256 : map->cap * 2;
    if (cap > KEYMAP_LIMIT)
        return OKO_E_LIMIT;
    keymap bigger = { oko_calloc_array(cap, sizeof *bigger.slots), cap, map->n };
    if (bigger.slots == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < map->cap; i++) {
        const keymap_slot *s = &map->slots[i];
        if (s->key != NULL)
            bigger.slots[slot_of(&bigger, (oko_str){ s->key, s->len }, s->hash)] = *s;
    }
    free(map->slots);
    *map = bigger;
    return OKO_OK;
}

oko_status keymap_add(keymap *map, oko_arena *arena, oko_str key, uint32_t value)
{
    if (map->n * 2 >= map->cap) {
        oko_status status = widen(map);
        if (status != OKO_OK)
            return status;
    }
    char *copy = oko_arena_str(arena, key);
    if (copy == NULL)
        return OKO_E_MEMORY;
    uint32_t hash = hash_of(key);
    map->slots[slot_of(map, key, hash)] = (keymap_slot){ copy, (uint32_t)key.len, hash, value };
    map->n++;
    return OKO_OK;
}
