#include "reference/embedded.h"

#include <string.h>

#define OKO_EMBEDDED(index, path_)                                                                                     \
    extern const char oko_embedded_##index[];                                                                          \
    extern const char oko_embedded_##index##_end[];
#include "embedded_files.def"
#undef OKO_EMBEDDED

enum {
#define OKO_EMBEDDED(index, path_) EMBEDDED_ORDINAL_##index,
#include "embedded_files.def"
#undef OKO_EMBEDDED
    EMBEDDED_COUNT
};

/* Lengths are differences of symbols, which C has no constant for: they are filled in before main. */
static oko_embedded table[EMBEDDED_COUNT + 1] = {
#define OKO_EMBEDDED(index, path_) { .path = path_, .bytes = { .ptr = oko_embedded_##index, .len = 0 } },
#include "embedded_files.def"
#undef OKO_EMBEDDED
};

__attribute__((constructor)) static void fill_lengths(void)
{
    size_t i = 0;
#define OKO_EMBEDDED(index, path_)                                                                                     \
    table[i++].bytes.len = (size_t)((uintptr_t)oko_embedded_##index##_end - (uintptr_t)oko_embedded_##index);
#include "embedded_files.def"
#undef OKO_EMBEDDED
    (void)i;
}

const oko_embedded *oko_embedded_at(size_t i)
{
    return i < (size_t)EMBEDDED_COUNT ? &table[i] : NULL;
}

bool oko_embedded_find(const char *path, oko_str *ret_bytes)
{
    const oko_embedded *file = NULL;
    for (size_t i = 0; (file = oko_embedded_at(i)) != NULL; i++) {
        if (strcmp(file->path, path) == 0) {
            *ret_bytes = file->bytes;
            return true;
        }
    }
    for (file = oko_embedded_more; file != NULL && file->path != NULL; file++) {
        if (strcmp(file->path, path) == 0) {
            *ret_bytes = file->bytes;
            return true;
        }
    }
    return false;
}
