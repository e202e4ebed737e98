/* Freed memory back to the system. */
#ifndef OKO_BASE_MEMORY_RETURN_H
#define OKO_BASE_MEMORY_RETURN_H

/* Where the C library keeps what was freed (glibc), it is given back: for between two large steps. */
void oko_memory_return(void);

#endif
