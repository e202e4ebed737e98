/* Text key → number: open addressing over keys kept in an arena. One thread at a time. */
#ifndef OKO_INTAKE_KEYMAP_H
#define OKO_INTAKE_KEYMAP_H

#include "base/memory.h"

typedef struct keymap_slot {
    const char *key; /* in the arena; NULL: free */
    uint32_t len;
    uint32_t hash;
    uint32_t value;
} keymap_slot;

typedef struct keymap {
    keymap_slot *slots;
    size_t cap; /* power of two */
    size_t n;
} keymap;

enum { KEYMAP_LIMIT = 1 << 24 };

void keymap_free(keymap *map);
bool keymap_find(const keymap *map, oko_str key, uint32_t *ret_value);
/* Adds a key that is not there yet. OKO_E_MEMORY, OKO_E_LIMIT. */
oko_status keymap_add(keymap *map, oko_arena *arena, oko_str key, uint32_t value) OKO_WARN_UNUSED;

#endif
