/* The target of a request, "/api/v1/units/17?limit=5&search=%D1%88", taken apart. Foreign bytes: bounded and fuzzed. */
#ifndef OKO_CONTRACT_TARGET_H
#define OKO_CONTRACT_TARGET_H

#include <oko/status.h>

#include "base/memory.h"

enum { OKO_TARGET_MAX_BYTES = 8192, OKO_TARGET_MAX_SEGMENTS = 16, OKO_TARGET_MAX_PAIRS = 64 };

typedef struct oko_target_pair {
    const char *name, *value;
} oko_target_pair;

typedef struct oko_target {
    size_t n_segments;
    const char *segment[OKO_TARGET_MAX_SEGMENTS]; /* decoded; never "", "." or ".." */
    bool folder;                                  /* the path ends in a slash */
    size_t n_pairs;
    oko_target_pair pair[OKO_TARGET_MAX_PAIRS]; /* in their order, decoded; '+' is a space */
} oko_target;

/* Everything is copied into the arena. OKO_E_ARGUMENT "contract.bad_target": broken %XX or UTF-8, control bytes, an
 * encoded slash, "..", no leading slash; OKO_E_LIMIT "contract.long_target": longer or more parts than allowed. */
oko_status oko_target_parse(oko_arena *arena, oko_str raw, oko_target *ret_target, oko_error *err) OKO_WARN_UNUSED;
const char *oko_target_get(const oko_target *target, const char *name); /* first value, or NULL */

#endif
