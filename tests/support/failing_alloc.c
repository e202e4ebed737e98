#include "support/failing_alloc.h"

#include <stdlib.h>

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);

static _Thread_local size_t countdown;
static _Thread_local bool failed;

void failing_alloc_arm(size_t n)
{
    countdown = n;
    failed = false;
}

bool failing_alloc_disarm(void)
{
    countdown = 0;
    return failed;
}

static bool must_fail(void)
{
    if (countdown == 0 || --countdown != 0) {
        return false;
    }
    failed = true;
    return true;
}

void *__wrap_malloc(size_t n)
{
    return must_fail() ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return must_fail() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t n)
{
    return must_fail() ? NULL : __real_realloc(p, n);
}
