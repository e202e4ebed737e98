/* Bytes that are read twice from the beginning: an open file, or memory. */
#ifndef OKO_INTAKE_CONTAINER_SOURCE_H
#define OKO_INTAKE_CONTAINER_SOURCE_H

#include <oko/status.h>

#include <stddef.h>
#include <stdint.h>

typedef struct oko_source {
    const char *bytes; /* memory; NULL = the file */
    int fd;            /* not owned; used when bytes is NULL */
    uint64_t size;     /* bytes of memory; for a file the size when it was opened (progress only) */
    uint64_t at;       /* next byte to read */
} oko_source;

/* Reads up to n bytes, 0 only at the end. OKO_E_IO. */
oko_status oko_source_read(oko_source *s, void *to, size_t n, size_t *ret_got, oko_error *err) OKO_WARN_UNUSED;

/* Number of the line (1-based, by line feeds) that holds byte `offset`; moves s->at. 0 when it can't be read. */
uint64_t oko_source_line(oko_source *s, uint64_t offset);

#endif
