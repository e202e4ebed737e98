#include "intake/tape.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { MAX_BLOCKS = 1 << 16, MAX_CELLS = 2048, PREFIX = 4, ROW_HEAD = 7, CELL_HEAD = 5 };

struct intake_tape {
    tape_block *blocks;
    size_t n, cap;
    size_t packed; /* bytes of all blocks */
    bool full;
    oko_buffer rows; /* of the open block */
    tape_block open;
};

oko_status tape_new(intake_tape **ret_tape)
{
    intake_tape *tape = oko_calloc_array(1, sizeof *tape);
    if (tape == NULL)
        return OKO_E_MEMORY;
    oko_buffer_init(&tape->rows, TAPE_BLOCK_MAX);
    *ret_tape = tape;
    return OKO_OK;
}

static void drop_blocks(intake_tape *tape)
{
    for (size_t i = 0; i < tape->n; i++)
        free(tape->blocks[i].bytes);
    tape->n = 0;
}

void tape_free(intake_tape *tape)
{
    if (tape == NULL)
        return;
    drop_blocks(tape);
    free(tape->blocks);
    oko_buffer_free(&tape->rows);
    free(tape);
}

/* ---- writing ---- */

static void put_number(oko_buffer *b, uint32_t value, int bytes)
{
    char le[4];
    for (int i = 0; i < bytes; i++)
        le[i] = (char)(value >> (8 * i) & 0xFF);
    oko_buffer_add(b, le, (size_t)bytes);
}

static oko_status pack(const oko_buffer *rows, char **ret_bytes, size_t *ret_len)
{
    uLongf len = compressBound((uLong)rows->len);
    OKO_CLEANUP(oko_freep) char *bytes = oko_alloc_array(1, PREFIX + (size_t)len);
    if (bytes == NULL)
        return OKO_E_MEMORY;
    for (int i = 0; i < PREFIX; i++)
        bytes[i] = (char)(rows->len >> (8 * i) & 0xFF);
    if (compress2((Bytef *)bytes + PREFIX, &len, (const Bytef *)rows->ptr, (uLong)rows->len, Z_BEST_SPEED) != Z_OK)
        return OKO_E_MEMORY; /* the only way: the room is as large as zlib asked for */
    char *fitted = realloc(bytes, PREFIX + (size_t)len);
    bytes = fitted != NULL ? fitted : bytes;
    *ret_bytes = bytes;
    *ret_len = PREFIX + (size_t)len;
    bytes = NULL;
    return OKO_OK;
}

static oko_status close_block(intake_tape *tape)
{
    if (tape->open.n == 0)
        return OKO_OK;
    oko_status status = oko_grow(&tape->blocks, &tape->cap, tape->n + 1, sizeof *tape->blocks, MAX_BLOCKS);
    if (status == OKO_OK)
        status = pack(&tape->rows, &tape->open.bytes, &tape->open.len);
    if (status != OKO_OK)
        return status;
    tape->packed += tape->open.len;
    tape->blocks[tape->n++] = tape->open;
    tape->open = (tape_block){ .n = 0 };
    oko_buffer_clear(&tape->rows);
    if (tape->packed > TAPE_MAX_BYTES) {
        tape->full = true;
        drop_blocks(tape);
    }
    return OKO_OK;
}

oko_status tape_add(intake_tape *tape, uint16_t sheet, uint32_t row, tape_kind kind, const oko_cell *cells, size_t n)
{
    if (tape->full)
        return OKO_OK;
    if (tape->open.n > 0 && (tape->open.sheet != sheet || tape->rows.len >= TAPE_BLOCK_BYTES)) {
        oko_status status = close_block(tape);
        if (status != OKO_OK)
            return status;
    }
    if (tape->open.n == 0)
        tape->open = (tape_block){ .sheet = sheet, .first_row = row };
    tape->open.last_row = row;
    tape->open.n++;
    put_number(&tape->rows, row, 4);
    put_number(&tape->rows, (uint32_t)kind, 1);
    put_number(&tape->rows, (uint32_t)n, 2);
    for (size_t i = 0; i < n; i++) {
        size_t len = cells[i].text.len < UINT16_MAX ? cells[i].text.len : UINT16_MAX;
        put_number(&tape->rows, cells[i].col, 2);
        put_number(&tape->rows, cells[i].number ? 1 : 0, 1);
        put_number(&tape->rows, (uint32_t)len, 2);
        oko_buffer_add(&tape->rows, cells[i].text.ptr, len);
    }
    return oko_buffer_status(&tape->rows);
}

oko_status tape_blocks(intake_tape *tape, const tape_block **ret_blocks, size_t *ret_n)
{
    oko_status status = tape->full ? OKO_OK : close_block(tape);
    if (status != OKO_OK)
        return status;
    *ret_blocks = tape->blocks;
    *ret_n = tape->n;
    return OKO_OK;
}

/* ---- reading: the bytes come from a database that may be damaged ---- */

typedef struct cursor {
    const unsigned char *at, *end;
} cursor;

static uint32_t get_number(const unsigned char *p, int bytes)
{
    uint32_t value = 0;
    for (int i = 0; i < bytes; i++)
        value |= (uint32_t)p[i] << (8 * i);
    return value;
}

static bool get_cell(cursor *c, oko_cell *ret_cell)
{
    if (c->end - c->at < CELL_HEAD)
        return false;
    size_t len = get_number(c->at + 3, 2);
    *ret_cell = (oko_cell){ .col = get_number(c->at, 2), .number = c->at[2] != 0 };
    c->at += CELL_HEAD;
    if ((size_t)(c->end - c->at) < len)
        return false;
    ret_cell->text = (oko_str){ (const char *)c->at, len };
    c->at += len;
    return true;
}

static oko_status read_row(cursor *c, oko_cell *cells, tape_row_fn fn, void *ctx)
{
    if (c->end - c->at < ROW_HEAD)
        return OKO_E_FORMAT;
    const uint32_t row = get_number(c->at, 4);
    const unsigned kind = c->at[4];
    const size_t n = get_number(c->at + 5, 2);
    c->at += ROW_HEAD;
    if (n > MAX_CELLS || kind > TAPE_ROW)
        return OKO_E_FORMAT;
    for (size_t i = 0; i < n; i++)
        if (!get_cell(c, &cells[i]) || (i > 0 && cells[i].col <= cells[i - 1].col))
            return OKO_E_FORMAT;
    return fn(ctx, row, (tape_kind)kind, cells, n);
}

oko_status tape_read(const void *bytes, size_t len, tape_row_fn fn, void *ctx)
{
    const unsigned char *p = bytes;
    if (len <= PREFIX)
        return OKO_E_FORMAT;
    uLongf size = get_number(p, PREFIX);
    if (size == 0 || size > TAPE_BLOCK_MAX)
        return OKO_E_FORMAT;
    OKO_CLEANUP(oko_freep) unsigned char *rows = oko_alloc_array(1, size);
    OKO_CLEANUP(oko_freep) oko_cell *cells = oko_alloc_array(MAX_CELLS, sizeof *cells);
    if (rows == NULL || cells == NULL)
        return OKO_E_MEMORY;
    const uLongf told = size;
    if (uncompress(rows, &size, p + PREFIX, (uLong)(len - PREFIX)) != Z_OK || size != told)
        return OKO_E_FORMAT;
    cursor c = { rows, rows + size };
    oko_status status = OKO_OK;
    while (status == OKO_OK && c.at < c.end)
        status = read_row(&c, cells, fn, ctx);
    return status;
}
