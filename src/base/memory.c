/* Arena, bounded buffer and checked allocation. */
#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void oko_freep(void *pointer_to_pointer)
{
    void *p;
    memcpy(&p, pointer_to_pointer, sizeof p);
    free(p);
}

void *oko_alloc_array(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes == 0) {
        return NULL;
    }
    return malloc(bytes);
}

void *oko_calloc_array(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes == 0) {
        return NULL;
    }
    return calloc(count, size);
}

oko_status oko_grow(void *array_pointer, size_t *cap, size_t need, size_t size, size_t limit)
{
    if (need <= *cap) {
        return OKO_OK;
    }
    if (need > limit) {
        return OKO_E_LIMIT;
    }
    size_t wish = *cap < 8 ? 8 : *cap > limit / 2 ? limit : *cap * 2;
    if (wish < need) {
        wish = need;
    }
    if (wish > limit) {
        wish = limit;
    }
    size_t bytes;
    if (__builtin_mul_overflow(wish, size, &bytes) || bytes == 0) {
        return OKO_E_MEMORY;
    }
    void *old;
    memcpy(&old, array_pointer, sizeof old);
    void *grown = realloc(old, bytes);
    if (grown == NULL) {
        return OKO_E_MEMORY;
    }
    memcpy(array_pointer, &grown, sizeof grown);
    *cap = wish;
    return OKO_OK;
}

char *oko_str_dup(oko_str s)
{
    if (s.len == SIZE_MAX) {
        return NULL;
    }
    char *copy = malloc(s.len + 1);
    if (copy != NULL) {
        if (s.len > 0) {
            memcpy(copy, s.ptr, s.len);
        }
        copy[s.len] = '\0';
    }
    return copy;
}

/* ---- arena ---- */

enum { ARENA_ALIGN = 16, ARENA_FIRST_BLOCK = 64 * 1024, ARENA_MAX_BLOCK = 4 * 1024 * 1024 };
static const size_t arena_default_limit = (size_t)1 << 30;

typedef struct arena_block {
    struct arena_block *next;
    size_t size; /* bytes behind this header; keeps the header 16 bytes */
} arena_block;
_Static_assert(sizeof(arena_block) % ARENA_ALIGN == 0, "the bytes behind the header stay aligned");

struct oko_arena {
    arena_block *blocks; /* newest first */
    char *at;            /* free bytes of the newest block: at…end */
    char *end;
    size_t used; /* bytes handed out, rounded up to the alignment */
    size_t limit;
    size_t next_block; /* size of the next block */
};

oko_status oko_arena_new(size_t limit, oko_arena **ret_arena)
{
    oko_arena *arena = calloc(1, sizeof *arena);
    if (arena == NULL) {
        return OKO_E_MEMORY;
    }
    arena->limit = limit == 0 ? arena_default_limit : limit;
    arena->next_block = ARENA_FIRST_BLOCK;
    *ret_arena = arena;
    return OKO_OK;
}

void oko_arena_free(oko_arena *arena)
{
    if (arena == NULL) {
        return;
    }
    for (arena_block *b = arena->blocks; b != NULL;) {
        arena_block *next = b->next;
        free(b);
        b = next;
    }
    free(arena);
}

void oko_arena_freep(oko_arena **arena)
{
    oko_arena_free(*arena);
}

/* A new block with room for `bytes`. A large request gets a block of its own and the current one stays in use. */
static void *arena_block_alloc(oko_arena *arena, size_t bytes)
{
    bool own = bytes > arena->next_block / 2;
    size_t size = own ? bytes : arena->next_block;
    arena_block *b = calloc(1, sizeof *b + size);
    if (b == NULL) {
        return NULL;
    }
    b->size = size;
    b->next = arena->blocks;
    arena->blocks = b;
    char *memory = (char *)(b + 1);
    if (!own) {
        arena->at = memory + bytes;
        arena->end = memory + size;
        arena->next_block = size < ARENA_MAX_BLOCK ? size * 2 : size;
    }
    return memory;
}

void *oko_arena_alloc(oko_arena *arena, size_t bytes)
{
    size_t rounded = bytes == 0 ? ARENA_ALIGN : (bytes + (ARENA_ALIGN - 1)) & ~(size_t)(ARENA_ALIGN - 1);
    if (rounded < bytes || rounded > arena->limit - arena->used) {
        return NULL;
    }
    void *memory;
    if (arena->at != NULL && rounded <= (size_t)(arena->end - arena->at)) {
        memory = arena->at;
        arena->at += rounded;
    } else {
        memory = arena_block_alloc(arena, rounded);
        if (memory == NULL) {
            return NULL;
        }
    }
    arena->used += rounded;
    return memory;
}

char *oko_arena_str(oko_arena *arena, oko_str s)
{
    char *copy = s.len == SIZE_MAX ? NULL : oko_arena_alloc(arena, s.len + 1);
    if (copy != NULL && s.len > 0) {
        memcpy(copy, s.ptr, s.len);
    }
    return copy;
}

char *oko_arena_printf(oko_arena *arena, const char *fmt, ...)
{
    char text[256];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (n < 0) {
        return NULL;
    }
    if ((size_t)n < sizeof text) {
        return oko_arena_str(arena, (oko_str){ text, (size_t)n });
    }
    char *copy = oko_arena_alloc(arena, (size_t)n + 1);
    if (copy != NULL) {
        va_start(args, fmt);
        (void)vsnprintf(copy, (size_t)n + 1, fmt, args);
        va_end(args);
    }
    return copy;
}

size_t oko_arena_used(const oko_arena *arena)
{
    return arena->used;
}

/* ---- buffer ---- */

void oko_buffer_init(oko_buffer *b, size_t limit)
{
    *b = (oko_buffer){ .limit = limit, .status = OKO_OK };
}

void oko_buffer_free(oko_buffer *b)
{
    free(b->ptr);
    *b = (oko_buffer){ .status = OKO_OK };
}

void oko_buffer_clear(oko_buffer *b)
{
    b->len = 0;
    b->status = OKO_OK;
    if (b->ptr != NULL) {
        b->ptr[0] = '\0';
    }
}

/* Makes room for n more bytes and the NUL; false (and the sticky status) when that can't be. */
static bool buffer_room(oko_buffer *b, size_t n)
{
    if (b->status != OKO_OK) {
        return false;
    }
    if (n < b->cap - b->len) { /* cap is 0 or more than len: there is always the NUL */
        return true;
    }
    if (n > b->limit - b->len) {
        b->status = OKO_E_LIMIT;
        return false;
    }
    size_t most = b->limit == SIZE_MAX ? SIZE_MAX : b->limit + 1;
    size_t need = b->len + n + 1;
    b->status = need == 0 ? OKO_E_LIMIT : oko_grow(&b->ptr, &b->cap, need < 64 && most >= 64 ? 64 : need, 1, most);
    return b->status == OKO_OK;
}

void oko_buffer_add(oko_buffer *b, const void *bytes, size_t n)
{
    if (!buffer_room(b, n)) {
        return;
    }
    if (n > 0) {
        memcpy(b->ptr + b->len, bytes, n);
    }
    b->len += n;
    b->ptr[b->len] = '\0';
}

void oko_buffer_str(oko_buffer *b, const char *cstr)
{
    oko_buffer_view(b, oko_str_of(cstr));
}

void oko_buffer_view(oko_buffer *b, oko_str s)
{
    oko_buffer_add(b, s.ptr, s.len);
}

void oko_buffer_char(oko_buffer *b, char c)
{
    oko_buffer_add(b, &c, 1);
}

void oko_buffer_printf(oko_buffer *b, const char *fmt, ...)
{
    if (!buffer_room(b, 0)) {
        return;
    }
    size_t space = b->cap - b->len;
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(b->ptr + b->len, space, fmt, args);
    va_end(args);
    if (n < 0) {
        b->status = OKO_E_ARGUMENT;
        b->ptr[b->len] = '\0';
        return;
    }
    if ((size_t)n >= space) {
        b->ptr[b->len] = '\0';
        if (!buffer_room(b, (size_t)n)) {
            return;
        }
        va_start(args, fmt);
        (void)vsnprintf(b->ptr + b->len, (size_t)n + 1, fmt, args);
        va_end(args);
    }
    b->len += (size_t)n;
}

oko_status oko_buffer_status(const oko_buffer *b)
{
    return b->status;
}
