/* Delimited text: any bytes end in rows that keep the reader's promises, or in an error that says what is wrong. */
#include "intake/container.h"
#include "intake/import.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static oko_status check_row(void *ctx, uint32_t row, const oko_cell *cells, size_t n, oko_error *err)
{
    uint32_t *before = ctx;
    (void)err;
    if (n == 0 || row <= *before) {
        abort();
    }
    *before = row;
    for (size_t i = 0; i < n; i++) {
        if ((i > 0 && cells[i].col <= cells[i - 1].col) || cells[i].col >= OKO_IMPORT_MAX_COLUMNS || cells[i].number ||
            cells[i].text.len == 0 || cells[i].text.len > OKO_IMPORT_MAX_CELL_BYTES || !oko_utf8_valid(cells[i].text)) {
            abort();
        }
    }
    return OKO_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint32_t row = 0;
    oko_error err = { .code = OKO_OK };
    oko_rows_sink sink = { .row = check_row, .ctx = &row };
    oko_status status = oko_csv_read_memory(data, size, &sink, &err);
    if (status != err.code || (status == OKO_OK && row == 0) ||
        (status != OKO_OK && status != OKO_E_MEMORY && strncmp(err.id, "intake.", 7) != 0)) {
        abort();
    }
    return 0;
}
