/* Freed memory back to the system. */
#include "base/memory_return.h"

#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

void oko_memory_return(void)
{
#ifdef __GLIBC__
    (void)malloc_trim(0);
#endif
}
