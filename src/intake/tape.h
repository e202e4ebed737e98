/*
 * Tape: rows of a file as they stood in it, packed in blocks (deflate), so that a person can look at them beside the
 * problems and put cells right. What may go onto it is decided in kept.h; the tape only packs and unpacks.
 *
 * A block, unpacked: rows of {u32 row, u8 kind, u16 n, n cells of {u16 column, u8 number, u16 bytes, text}},
 * little-endian. Packed: u32 unpacked bytes, then the deflated rows.
 */
#ifndef OKO_INTAKE_TAPE_H
#define OKO_INTAKE_TAPE_H

#include "intake/container.h"

typedef enum tape_kind { TAPE_ABOVE, TAPE_HEAD, TAPE_ROW } tape_kind;

enum {
    TAPE_BLOCK_BYTES = 128 * 1024,    /* a block is closed when its rows take more */
    TAPE_BLOCK_MAX = 4 * 1024 * 1024, /* unpacked, with the row that closed it; a reader believes no more */
    TAPE_MAX_BYTES = 64 * 1024 * 1024 /* packed, of one file; beyond it nothing is kept */
};

typedef struct tape_block {
    uint16_t sheet;
    uint32_t first_row, last_row, n;
    char *bytes; /* owned by the tape */
    size_t len;
} tape_block;

typedef struct intake_tape intake_tape;

oko_status tape_new(intake_tape **ret_tape) OKO_WARN_UNUSED;
void tape_free(intake_tape *tape);
oko_status tape_add(intake_tape *tape, uint16_t sheet, uint32_t row, tape_kind kind, const oko_cell *cells,
                    size_t n) OKO_WARN_UNUSED;
/* Closes the last block. *ret_n 0: nothing was added, or it was too much. The list is the tape's. */
oko_status tape_blocks(intake_tape *tape, const tape_block **ret_blocks, size_t *ret_n) OKO_WARN_UNUSED;

/* Cells are valid during the call; a status other than OKO_OK ends the reading, which returns it. */
typedef oko_status (*tape_row_fn)(void *ctx, uint32_t row, tape_kind kind, const oko_cell *cells, size_t n);
/* Every row of a packed block. OKO_E_FORMAT: damaged. */
oko_status tape_read(const void *bytes, size_t len, tape_row_fn fn, void *ctx) OKO_WARN_UNUSED;

#endif
