/* How a long call tells its caller where it is and asks whether to go on. */
#ifndef OKO_BASE_PROGRESS_H
#define OKO_BASE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Called from time to time, from one thread at a time. `stage` is a message key ("import.read"); total may
 * be 0 when unknown. Returning false asks the call to stop with OKO_E_CANCELLED. */
typedef bool (*oko_progress_fn)(void *ctx, const char *stage, uint64_t done, uint64_t total);

typedef struct oko_progress {
    oko_progress_fn fn; /* NULL: silent */
    void *ctx;
} oko_progress;

/* True when the work may go on. progress may be NULL. */
static inline bool oko_progress_tell(const oko_progress *progress, const char *stage, uint64_t done, uint64_t total)
{
    return progress == NULL || progress->fn == NULL || progress->fn(progress->ctx, stage, done, total);
}

#endif
