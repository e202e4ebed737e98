/* Seconds and memory of a benchmark's own process. */
#ifndef OKO_BENCH_CLOCK_H
#define OKO_BENCH_CLOCK_H

#include <sys/resource.h>
#include <time.h>

static inline double seconds_of(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline double now(void)
{
    return seconds_of(CLOCK_MONOTONIC);
}

/* Peak memory of this process so far, MB. */
static inline double peak_mb(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

#endif
