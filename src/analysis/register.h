/* The register as one analysis needs it: which municipality and region a school belongs to, and the codes that give
 * results an order that does not depend on the ids of one database. */
#ifndef OKO_ANALYSIS_REGISTER_H
#define OKO_ANALYSIS_REGISTER_H

#include "base/hash.h"
#include "store/store.h"

enum { OKO_REGISTER_MAX_UNITS = 4000000 };

typedef struct oko_place {
    int64_t id;
    int64_t parent; /* 0: none */
    oko_level level;
    char code[64];
    char *name; /* what files call it, where the code was made by the program; else NULL. Owned by the register */
} oko_place;

typedef struct oko_register {
    size_t n;
    oko_place *places;   /* country … school (no classes), ascending id */
    int64_t only_region; /* 0: none, or several */
} oko_register;

/* Reads all units above the class as they stood at a revision, 0 = latest. OKO_E_MEMORY, OKO_E_LIMIT, or the store's
 * status. */
oko_status oko_register_load(oko_store *store, int64_t revision, oko_register *ret_reg, oko_error *err) OKO_WARN_UNUSED;
void oko_register_clear(oko_register *reg);

/* NULL when there is no such unit. */
const oko_place *oko_register_find(const oko_register *reg, int64_t id);
/* The unit itself or its nearest ancestor of that level; NULL when there is none. */
const oko_place *oko_register_above(const oko_register *reg, int64_t id, oko_level level);
/* What output calls a place: its code, or the name that files give it where the code is of the program's own making
 * («name-1b5b86ab3703»; «99/МО 43» in a register of one region). "" for NULL. */
const char *oko_place_label(const oko_register *reg, const oko_place *place);
/* Region that a unit is compared within: its region, else the only region of the register, else its country, else
 * NULL (then all such units together are one region without a name). */
const oko_place *oko_register_top(const oko_register *reg, int64_t id);

/* Order by level, code, id; NULL first. */
int oko_place_compare(const oko_place *a, const oko_place *b);
/* Position of every place by level and code, from 1: [reg->n], malloc'ed; NULL when memory is out. */
uint32_t *oko_register_ranks(const oko_register *reg);

/* Hash of the units with used[i] != 0 and all above them (level, code, parent), whatever their ids.
 * OKO_E_MEMORY. */
oko_status oko_register_hash(const oko_register *reg, const uint8_t *used, char ret_hex[OKO_HASH_HEX]) OKO_WARN_UNUSED;

#endif
