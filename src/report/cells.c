#include "report/cells.h"

#include <stddef.h>

/* A line: one row or one column with its total. */
typedef struct line {
    oko_cells *cells;
    bool column;
    int at;
} line;

static int length(const line *l)
{
    return (l->column ? l->cells->rows : l->cells->cols) + 1;
}

static int64_t *value(const line *l, int i)
{
    return l->column ? &l->cells->at[i][l->at] : &l->cells->at[l->at][i];
}

static bool *mark(const line *l, int i)
{
    return l->column ? &l->cells->hidden[i][l->at] : &l->cells->hidden[l->at][i];
}

static void add_totals(oko_cells *c)
{
    for (int r = 0; r < c->rows; r++) {
        c->at[r][c->cols] = 0;
        for (int k = 0; k < c->cols; k++)
            c->at[r][c->cols] += c->at[r][k];
    }
    for (int k = 0; k <= c->cols; k++) {
        c->at[c->rows][k] = 0;
        for (int r = 0; r < c->rows; r++)
            c->at[c->rows][k] += c->at[r][k];
    }
}

/* Which open cell of a line is hidden next: inner before total, counts before zeros, the smallest first; −1 none. */
static int next_victim(const line *l)
{
    int best = -1, best_rank = 0;
    for (int i = 0; i < length(l); i++) {
        if (*mark(l, i))
            continue;
        bool total = i == length(l) - 1;
        int rank = *value(l, i) == 0 ? 3 : total ? 2 : 1;
        bool better = best < 0 || rank < best_rank || (rank == best_rank && *value(l, i) < *value(l, best));
        if (better) {
            best = i;
            best_rank = rank;
        }
    }
    return best;
}

/* Hides a second cell where exactly one is hidden. Returns whether it did. */
static bool protect(const line *l)
{
    int hidden = 0;
    for (int i = 0; i < length(l); i++)
        hidden += *mark(l, i);
    int victim = hidden == 1 ? next_victim(l) : -1;
    if (victim < 0)
        return false;
    *mark(l, victim) = true;
    return true;
}

void oko_cells_close(oko_cells *c, int64_t min)
{
    add_totals(c);
    bool all = c->at[c->rows][c->cols] > 0 && c->at[c->rows][c->cols] < min;
    for (int r = 0; r <= c->rows; r++)
        for (int k = 0; k <= c->cols; k++)
            c->hidden[r][k] = all || (c->at[r][k] > 0 && c->at[r][k] < min);
    for (bool again = !all; again;) {
        again = false;
        for (int r = 0; r <= c->rows; r++)
            again |= protect(&(line){ c, false, r });
        for (int k = 0; k <= c->cols; k++)
            again |= protect(&(line){ c, true, k });
    }
}

bool oko_cells_row_hidden(const oko_cells *c, int r)
{
    for (int k = 0; k <= c->cols; k++)
        if (c->hidden[r][k])
            return true;
    return false;
}
