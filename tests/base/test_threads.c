/* Loops on several threads. */
#include "base/threads.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { N = 5000 };

typedef struct job {
    atomic_int runs[N];
    atomic_int bad_worker;
    int threads;
    size_t fails_from; /* indices ≥ this that divide by 7 fail with their own status */
} job;

static oko_status count_run(void *ctx, size_t i, int worker)
{
    job *j = ctx;
    atomic_fetch_add(&j->runs[i], 1);
    if (worker < 0 || worker >= j->threads) {
        atomic_store(&j->bad_worker, 1);
    }
    if (i >= j->fails_from && i % 7 == 0) {
        return i % 14 == 0 ? OKO_E_FORMAT : OKO_E_IO;
    }
    return OKO_OK;
}

static void every_index_once(void **state)
{
    (void)state;
    static const int threads[] = { 1, 2, 3, 8, 64, 0 };
    for (size_t k = 0; k < sizeof threads / sizeof *threads; k++) {
        static job j;
        memset(&j, 0, sizeof j);
        j.threads = threads[k] == 0 ? oko_cores() : threads[k];
        j.fails_from = SIZE_MAX;
        assert_int_equal(oko_parallel_for(N, threads[k], count_run, &j), OKO_OK);
        for (int i = 0; i < N; i++) {
            assert_int_equal(atomic_load(&j.runs[i]), 1);
        }
        assert_int_equal(atomic_load(&j.bad_worker), 0);
    }
}

static void lowest_failure_wins(void **state)
{
    (void)state;
    for (int repeat = 0; repeat < 60; repeat++) {
        static job j;
        memset(&j, 0, sizeof j);
        j.threads = 1 + repeat % 8;
        j.fails_from = 1 + (size_t)repeat * 7;
        size_t first = j.fails_from + 6; /* next multiple of 7 */
        assert_int_equal(oko_parallel_for(N, j.threads, count_run, &j), first % 14 == 0 ? OKO_E_FORMAT : OKO_E_IO);
        for (size_t i = 0; i <= first; i++) {
            assert_int_equal(atomic_load(&j.runs[i]), 1);
        }
        if (j.threads == 1) {
            assert_int_equal(atomic_load(&j.runs[first + 1]), 0);
        }
    }
}

typedef struct late {
    atomic_int second_runs;
    atomic_int first_ended;
} late;

/* Waits for a flag, at most about ten seconds. */
static void wait_for(atomic_int *flag)
{
    for (int i = 0; i < 10000 && atomic_load(flag) == 0; i++) {
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    }
}

/* Index 0 fails first, index 1, which runs already, fails after it. */
static oko_status fail_late(void *ctx, size_t i, int worker)
{
    late *l = ctx;
    (void)worker;
    if (i == 0) {
        wait_for(&l->second_runs);
        atomic_store(&l->first_ended, 1);
        return OKO_E_IO;
    }
    atomic_store(&l->second_runs, 1);
    wait_for(&l->first_ended);
    nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL); /* index 0 has been written down by now */
    return OKO_E_FORMAT;
}

static void a_later_failure_does_not_replace_a_lower_one(void **state)
{
    (void)state;
    late l = { 0 };
    assert_int_equal(oko_parallel_for(2, 2, fail_late, &l), OKO_E_IO);
}

static void edges(void **state)
{
    (void)state;
    static job j;
    memset(&j, 0, sizeof j);
    assert_int_equal(oko_parallel_for(0, 4, count_run, &j), OKO_OK);
    assert_int_equal(atomic_load(&j.runs[0]), 0);
    assert_int_equal(oko_parallel_for(1, -1, count_run, &j), OKO_E_ARGUMENT);
    j.threads = 64;
    j.fails_from = SIZE_MAX;
    assert_int_equal(oko_parallel_for(N, 1000, count_run, &j), OKO_OK); /* at most 64 workers */
    assert_int_equal(atomic_load(&j.bad_worker), 0);
    assert_in_range(oko_cores(), 1, 64);
}

/* Work that another thread does not end until it is told to. */
typedef struct long_job {
    atomic_int asked, told, begun;
    int until; /* questions that are answered yes */
} long_job;

static oko_status run_long(void *ctx, size_t i, int worker)
{
    (void)i;
    long_job *j = ctx;
    const struct timespec pause = { 0, 1000000 };
    if (worker != 0) {
        atomic_store(&j->begun, 1);
        while (!atomic_load(&j->told)) {
            nanosleep(&pause, NULL);
        }
        return OKO_OK;
    }
    for (int k = 0; k < 10000 && j->until > 0 && !atomic_load(&j->begun); k++) { /* the other one may start late */
        nanosleep(&pause, NULL);
    }
    return OKO_OK;
}

static bool ask_long(void *ctx)
{
    long_job *j = ctx;
    bool yes = atomic_fetch_add(&j->asked, 1) < j->until;
    if (!yes) {
        atomic_store(&j->told, 1);
    }
    return yes;
}

static void the_waiting_thread_asks(void **state)
{
    (void)state;
    long_job j = { .until = 2 };
    assert_int_equal(oko_parallel_for_asking(64, 2, run_long, &j, ask_long), OKO_E_CANCELLED);
    assert_int_equal(atomic_load(&j.asked), 3);
    /* nobody is asked when there is nothing to wait for */
    long_job alone = { .until = 0 };
    assert_int_equal(oko_parallel_for_asking(64, 1, run_long, &alone, ask_long), OKO_OK);
    assert_int_equal(atomic_load(&alone.asked), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_index_once),
        cmocka_unit_test(lowest_failure_wins),
        cmocka_unit_test(a_later_failure_does_not_replace_a_lower_one),
        cmocka_unit_test(edges),
        cmocka_unit_test(the_waiting_thread_asks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
