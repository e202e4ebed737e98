/* What a reader told, as text: "[Лист1]" for a worksheet, "3: A=text C#4.0" for a row (# = a number). */
#ifndef OKO_TEST_CONTAINER_ROWS_H
#define OKO_TEST_CONTAINER_ROWS_H

#include "intake/container.h"

#include <stdio.h>
#include <string.h>

typedef struct told {
    char text[8192]; /* cut when full */
    size_t used;
    size_t rows, cells;
    uint32_t last;  /* number of the last row */
    size_t longest; /* bytes of the longest cell */
    size_t stop_at; /* the row after which the sink says OKO_E_CONFLICT; 0 = never */
} told;

static inline void told_add(told *t, const char *text, size_t n)
{
    n = n < sizeof t->text - 1 - t->used ? n : sizeof t->text - 1 - t->used;
    memcpy(t->text + t->used, text, n);
    t->used += n;
}

static inline oko_status told_worksheet(void *ctx, const char *name, size_t index, oko_error *err)
{
    (void)index;
    (void)err;
    told_add(ctx, "[", 1);
    told_add(ctx, name, strlen(name));
    told_add(ctx, "]\n", 2);
    return OKO_OK;
}

static inline oko_status told_row(void *ctx, uint32_t row, const oko_cell *cells, size_t n, oko_error *err)
{
    told *t = ctx;
    char head[16];
    told_add(t, head, (size_t)snprintf(head, sizeof head, "%u:", row));
    for (size_t i = 0; i < n; i++) {
        told_add(
            t, head,
            (size_t)snprintf(head, sizeof head, " %c%s", (char)('A' + cells[i].col % 26), cells[i].number ? "#" : "="));
        told_add(t, cells[i].text.ptr, cells[i].text.len);
        t->longest = cells[i].text.len > t->longest ? cells[i].text.len : t->longest;
    }
    told_add(t, "\n", 1);
    t->rows++;
    t->last = row;
    t->cells += n;
    return t->stop_at != 0 && t->rows >= t->stop_at ? oko_error_set(err, OKO_E_CONFLICT, "test.stop", "") : OKO_OK;
}

static inline oko_rows_sink told_sink(told *t)
{
    return (oko_rows_sink){ .worksheet = told_worksheet, .row = told_row, .ctx = t };
}

#endif
