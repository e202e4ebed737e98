/* A small thread pool for loops over independent indices. Results must not depend on the order. */
#ifndef OKO_BASE_THREADS_H
#define OKO_BASE_THREADS_H

#include <oko/status.h>

#include <stdbool.h>
#include <stddef.h>

/* Work for index i, on worker `worker` (0…threads−1: index for per-worker workspaces). */
typedef oko_status (*oko_loop_fn)(void *ctx, size_t i, int worker);

/*
 * Runs fn for 0…n−1 on `threads` workers (0 = as many as there are cores, at most 64). After the first
 * failure no new index is started; the status of the lowest failed index is returned.
 */
oko_status oko_parallel_for(size_t n, int threads, oko_loop_fn fn, void *ctx) OKO_WARN_UNUSED;

/*
 * The same for indices that take long: while the calling thread has nothing left to do and waits for the others, it
 * calls `ask` every tenth of a second; false: no new index is started, and the call ends with OKO_E_CANCELLED when
 * those that run have ended (which `ask` may tell them to). ask may be NULL.
 */
oko_status oko_parallel_for_asking(size_t n, int threads, oko_loop_fn fn, void *ctx,
                                   bool (*ask)(void *ctx)) OKO_WARN_UNUSED;

/* Cores of this machine that the process may use, 1…64. */
int oko_cores(void);

#endif
