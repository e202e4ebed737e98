/*
 * Fails allocations of our own objects on purpose (linker --wrap): the n-th malloc, calloc or realloc call after
 * arming returns NULL. A test runs the same work with n = 1, 2, … until nothing fails any more.
 */
#ifndef OKO_TEST_FAILING_ALLOC_H
#define OKO_TEST_FAILING_ALLOC_H

#include <stdbool.h>
#include <stddef.h>

/* From now on the n-th allocation of this thread fails (n ≥ 1); 0 = none fails. */
void failing_alloc_arm(size_t n);
/* Disarms; true when an allocation was failed since arming. */
bool failing_alloc_disarm(void);

#endif
