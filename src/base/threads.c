/* Loops over independent indices on several threads. */
#define _GNU_SOURCE /* sched_getaffinity */
#include "base/threads.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>
#include <unistd.h>

enum { MAX_WORKERS = 64, PAUSE_NS = 100000000, SECOND_NS = 1000000000 };

typedef struct loop {
    oko_loop_fn fn;
    void *ctx;
    size_t n;
    atomic_size_t next;
    atomic_bool stop;
    pthread_mutex_t lock;
    pthread_cond_t ended;
    size_t running;   /* workers but the calling thread that have not ended */
    size_t failed_at; /* lowest failed index; n when none */
    oko_status status;
} loop;

typedef struct worker {
    loop *shared;
    int number;
} worker;

static void fail_at(loop *shared, size_t i, oko_status status)
{
    atomic_store_explicit(&shared->stop, true, memory_order_relaxed);
    pthread_mutex_lock(&shared->lock);
    if (i < shared->failed_at) {
        shared->failed_at = i;
        shared->status = status;
    }
    pthread_mutex_unlock(&shared->lock);
}

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
            fail_at(shared, i, status);
        }
    }
    if (self->number != 0) {
        pthread_mutex_lock(&shared->lock);
        shared->running--;
        pthread_cond_signal(&shared->ended);
        pthread_mutex_unlock(&shared->lock);
    }
    return NULL;
}

static struct timespec a_little_later(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_nsec += PAUSE_NS;
    t.tv_sec += t.tv_nsec / SECOND_NS;
    t.tv_nsec %= SECOND_NS;
    return t;
}

/* The calling thread until the others have ended. */
static void wait_asking(loop *shared, bool (*ask)(void *ctx))
{
    bool asking = true;
    pthread_mutex_lock(&shared->lock);
    while (shared->running > 0) {
        const struct timespec until = a_little_later();
        bool woken = pthread_cond_timedwait(&shared->ended, &shared->lock, &until) == 0;
        if (woken || !asking) {
            continue;
        }
        pthread_mutex_unlock(&shared->lock);
        asking = ask(shared->ctx);
        if (!asking) {
            fail_at(shared, 0, OKO_E_CANCELLED);
        }
        pthread_mutex_lock(&shared->lock);
    }
    pthread_mutex_unlock(&shared->lock);
}

static void open_loop(loop *shared)
{
    pthread_condattr_t monotonic;
    atomic_init(&shared->next, 0);
    atomic_init(&shared->stop, false);
    pthread_mutex_init(&shared->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&shared->ended, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

oko_status oko_parallel_for_asking(size_t n, int threads, oko_loop_fn fn, void *ctx, bool (*ask)(void *ctx))
{
    if (threads < 0) {
        return OKO_E_ARGUMENT;
    }
    size_t wanted = threads == 0 ? (size_t)oko_cores() : (size_t)threads;
    wanted = wanted > MAX_WORKERS ? MAX_WORKERS : wanted;
    wanted = wanted > n ? n : wanted;

    loop shared = { .fn = fn, .ctx = ctx, .n = n, .running = wanted > 1 ? wanted - 1 : 0, .failed_at = n };
    open_loop(&shared);
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
    pthread_mutex_lock(&shared.lock);
    shared.running -= wanted > started ? wanted - started : 0;
    pthread_mutex_unlock(&shared.lock);
    work(&workers[0]);
    if (ask != NULL) {
        wait_asking(&shared, ask);
    }
    for (size_t i = 1; i < started; i++) {
        pthread_join(ids[i], NULL);
    }
    pthread_cond_destroy(&shared.ended);
    pthread_mutex_destroy(&shared.lock);
    return shared.status;
}

oko_status oko_parallel_for(size_t n, int threads, oko_loop_fn fn, void *ctx)
{
    return oko_parallel_for_asking(n, threads, fn, ctx, NULL);
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
