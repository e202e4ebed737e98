/* Sheets: memory and counts. */
#include "domain/sheet.h"

#include "domain/procedure.h"

#include <stdlib.h>

oko_status oko_sheet_new(size_t n, int n_items, oko_sheet **ret_sheet)
{
    if (n_items < 0 || n_items > OKO_MAX_ITEMS) {
        return OKO_E_ARGUMENT;
    }
    if (n > OKO_SHEET_MAX_WORKS) {
        return OKO_E_LIMIT;
    }
    oko_sheet *sheet = calloc(1, sizeof *sheet);
    if (sheet == NULL) {
        return OKO_E_MEMORY;
    }
    size_t works = n == 0 ? 1 : n;
    size_t cells = n * (size_t)n_items == 0 ? 1 : n * (size_t)n_items;
    sheet->code = oko_calloc_array(works, sizeof *sheet->code);
    sheet->variant = oko_calloc_array(works, sizeof *sheet->variant);
    sheet->journal = oko_calloc_array(works, sizeof *sheet->journal);
    sheet->total = oko_calloc_array(works, sizeof *sheet->total);
    sheet->flags = oko_calloc_array(works, sizeof *sheet->flags);
    sheet->items = oko_calloc_array(cells, sizeof *sheet->items);
    if (sheet->code == NULL || sheet->variant == NULL || sheet->journal == NULL || sheet->total == NULL ||
        sheet->flags == NULL || sheet->items == NULL) {
        oko_sheet_free(sheet);
        return OKO_E_MEMORY;
    }
    sheet->n = n;
    sheet->n_items = n_items;
    sheet->cap_works = works;
    sheet->cap_items = cells;
    *ret_sheet = sheet;
    return OKO_OK;
}

void oko_sheet_free(oko_sheet *sheet)
{
    if (sheet == NULL) {
        return;
    }
    free(sheet->code);
    free(sheet->variant);
    free(sheet->journal);
    free(sheet->total);
    free(sheet->flags);
    free(sheet->items);
    free(sheet);
}

void oko_sheet_freep(oko_sheet **sheet)
{
    oko_sheet_free(*sheet);
}

void oko_sheet_count(const oko_sheet *sheet, oko_counts *ret_counts)
{
    oko_counts c = { .rows = (int64_t)sheet->n };
    for (size_t i = 0; i < sheet->n; i++) {
        const uint8_t flags = sheet->flags[i];
        c.absent += (flags & OKO_WORK_ABSENT) != 0;
        c.no_total += (flags & OKO_WORK_NO_TOTAL) != 0;
        c.bad_total += (flags & OKO_WORK_BAD_TOTAL) != 0;
        c.above_max += (flags & OKO_WORK_ABOVE_MAX) != 0;
        c.sum_mismatch += (flags & OKO_WORK_SUM_MISMATCH) != 0;
        if (oko_work_takes_part(flags)) {
            const int64_t total = sheet->total[i];
            c.participants++;
            c.sum += total;
            c.sum_sq += total * total;
        }
    }
    *ret_counts = c;
}

void oko_counts_add(oko_counts *into, const oko_counts *from)
{
    into->rows += from->rows;
    into->participants += from->participants;
    into->absent += from->absent;
    into->no_total += from->no_total;
    into->bad_total += from->bad_total;
    into->above_max += from->above_max;
    into->sum_mismatch += from->sum_mismatch;
    into->sum += from->sum;
    into->sum_sq += from->sum_sq;
}
