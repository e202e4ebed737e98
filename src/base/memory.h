/*
 * Memory: arena (freed at once), bounded growable buffer, cleanup on scope exit.
 *
 * Every allocation of the project is a plain malloc/calloc/realloc call of our own objects, so that
 * the tests can fail each in turn (linker --wrap). strdup and friends are not used.
 */
#ifndef OKO_BASE_MEMORY_H
#define OKO_BASE_MEMORY_H

#include <oko/status.h>

#include "base/text_view.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Runs fn(&variable) when the variable leaves its scope; fn must accept a pointer to NULL. */
#define OKO_CLEANUP(fn) __attribute__((cleanup(fn)))

/* free() for OKO_CLEANUP on any pointer: OKO_CLEANUP(oko_freep) char *s = NULL; */
void oko_freep(void *pointer_to_pointer);

/* count × size, checked. NULL on overflow, on zero-size (count or size 0) or when memory is out. */
void *oko_alloc_array(size_t count, size_t size);
void *oko_calloc_array(size_t count, size_t size);

/* Grows *array (cap elements of `size` bytes) so that it holds at least `need`, doubling, never above
 * `limit` elements. OKO_E_LIMIT or OKO_E_MEMORY leave *array and *cap as they were. */
oko_status oko_grow(void *array_pointer, size_t *cap, size_t need, size_t size, size_t limit) OKO_WARN_UNUSED;

/* Copy of a view as a C string from malloc; NULL when memory is out. */
char *oko_str_dup(oko_str s);

/* ---- arena: allocations that live and die together; not thread-safe ---- */
typedef struct oko_arena oko_arena;

/* limit: bytes in all, 0 for 1 GiB. */
oko_status oko_arena_new(size_t limit, oko_arena **ret_arena) OKO_WARN_UNUSED;
void oko_arena_free(oko_arena *arena);                 /* NULL is fine */
void oko_arena_freep(oko_arena **arena);               /* for OKO_CLEANUP */
void *oko_arena_alloc(oko_arena *arena, size_t bytes); /* 16-byte aligned, zeroed; NULL when out or over the limit */
char *oko_arena_str(oko_arena *arena, oko_str s);      /* NUL-terminated copy; NULL when out */
char *oko_arena_printf(oko_arena *arena, const char *fmt, ...) OKO_PRINTF(2, 3);
size_t oko_arena_used(const oko_arena *arena);

/* ---- buffer: bytes that grow up to a stated maximum; errors stick and are asked once at the end ---- */
typedef struct oko_buffer {
    char *ptr; /* NUL-terminated when not NULL */
    size_t len;
    size_t cap;
    size_t limit; /* bytes; set by oko_buffer_init */
    oko_status status;
} oko_buffer;

void oko_buffer_init(oko_buffer *b, size_t limit);
void oko_buffer_free(oko_buffer *b); /* also for OKO_CLEANUP; the buffer can be used again after init */
void oko_buffer_clear(oko_buffer *b);
void oko_buffer_add(oko_buffer *b, const void *bytes, size_t n);
void oko_buffer_str(oko_buffer *b, const char *cstr);
void oko_buffer_view(oko_buffer *b, oko_str s);
void oko_buffer_char(oko_buffer *b, char c);
void oko_buffer_printf(oko_buffer *b, const char *fmt, ...) OKO_PRINTF(2, 3);
oko_status oko_buffer_status(const oko_buffer *b) OKO_WARN_UNUSED;

#endif
