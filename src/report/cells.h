/* A small table of counts with totals, and which of its cells a published report must hide. */
#ifndef OKO_REPORT_CELLS_H
#define OKO_REPORT_CELLS_H

#include <stdbool.h>
#include <stdint.h>

enum { OKO_CELLS_ROWS = 8, OKO_CELLS_COLS = 12 };

typedef struct oko_cells {
    int rows, cols; /* without totals: at most OKO_CELLS_ROWS − 1 and OKO_CELLS_COLS − 1 */
    /* at[rows][…] and at[…][cols] are the totals */
    int64_t at[OKO_CELLS_ROWS][OKO_CELLS_COLS];
    bool hidden[OKO_CELLS_ROWS][OKO_CELLS_COLS];
} oko_cells;

/*
 * Computes the totals from the inner cells and hides: every count in 1…min−1, then, as long as a row or a column (its
 * total counts as a member) has exactly one hidden cell, the smallest other one, because the first could be got by
 * subtraction. With a grand total under min everything is hidden. min ≤ 1 hides nothing.
 */
void oko_cells_close(oko_cells *cells, int64_t min);

/* Is anything hidden in row r (r == rows: the totals)? */
bool oko_cells_row_hidden(const oko_cells *cells, int r);

#endif
