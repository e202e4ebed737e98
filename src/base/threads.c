/* Loops over independent indices on several threads. */
#define _GNU_SOURCE /* sched_getaffinity */
#include "base/threads.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

enum { MAX_WORKERS = 64 };

typedef struct loop {
    oko_loop_fn fn;
    void *ctx;
    size_t n;
    atomic_size_t next;
    atomic_bool stop;
    pthread_mutex_t lock;
    size_t failed_at; /* lowest failed index; n when none */
    oko_status status;
} loop;

typedef struct worker {
    loop *shared;
    int number;
} worker;

/* Indices are handed out in order, so every index below a failed one has been run: which failure is the lowest does
 * not depend on the threads. */
static void *work(void *argument)
{
    worker *self = argument;
    loop *shared = self->shared;
    while (!atomic_load_explicit(&shared->stop, memory_order_relaxed)) {
        size_t i = atomic_fetch_add_explicit(&shared->next, 1, memory_order_relaxed);
        if (i >= shared->n) {
            break;
        }
        oko_status status = shared->fn(shared->ctx, i, self->number);
        if (status != OKO_OK) {
            atomic_store_explicit(&shared->stop, true, memory_order_relaxed);
            pthread_mutex_lock(&shared->lock);
            if (i < shared->failed_at) {
                shared->failed_at = i;
                shared->status = status;
            }
            pthread_mutex_unlock(&shared->lock);
        }
    }
    return NULL;
}

oko_status oko_parallel_for(size_t n, int threads, oko_loop_fn fn, void *ctx)
{
    if (threads < 0) {
        return OKO_E_ARGUMENT;
    }
    size_t wanted = threads == 0 ? (size_t)oko_cores() : (size_t)threads;
    wanted = wanted > MAX_WORKERS ? MAX_WORKERS : wanted;
    wanted = wanted > n ? n : wanted;

    loop shared = { .fn = fn, .ctx = ctx, .n = n, .failed_at = n, .status = OKO_OK };
    atomic_init(&shared.next, 0);
    atomic_init(&shared.stop, false);
    pthread_mutex_init(&shared.lock, NULL);

    worker workers[MAX_WORKERS];
    pthread_t ids[MAX_WORKERS];
    size_t started = 1; /* worker 0 is this thread */
    workers[0] = (worker){ &shared, 0 };
    for (; started < wanted; started++) {
        workers[started] = (worker){ &shared, (int)started };
        if (pthread_create(&ids[started], NULL, work, &workers[started]) != 0) {
            break; /* the machine has no more threads: the others do the work */
        }
    }
    work(&workers[0]);
    for (size_t i = 1; i < started; i++) {
        pthread_join(ids[i], NULL);
    }
    pthread_mutex_destroy(&shared.lock);
    return shared.status;
}

int oko_cores(void)
{
    cpu_set_t set;
    long n = 0;
    if (sched_getaffinity(0, sizeof set, &set) == 0) {
        n = CPU_COUNT(&set);
    }
    if (n < 1) {
        n = sysconf(_SC_NPROCESSORS_ONLN);
    }
    return n < 1 ? 1 : n > MAX_WORKERS ? MAX_WORKERS : (int)n;
}
