/* Tables as workbooks. */
#include "report/table_xlsx.h"

#include "report/output.h"

#include <string.h>
#include <xlsxwriter.h>

enum { MAX_ROWS = 1048575, CELL_BYTES = 32767 };

static bool put(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col, const json_t *value, lxw_format *format)
{
    lxw_error code = LXW_NO_ERROR;
    if (json_is_string(value) && json_string_length(value) > 0) {
        code = json_string_length(value) <= CELL_BYTES
                   ? worksheet_write_string(sheet, row, col, json_string_value(value), format)
                   : LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED;
    } else if (json_is_number(value)) {
        code = worksheet_write_number(sheet, row, col, json_number_value(value), NULL);
    }
    return code == LXW_NO_ERROR;
}

static bool fill(lxw_workbook *book, lxw_worksheet *sheet, const oko_table_column *columns, size_t n,
                 const json_t *rows)
{
    lxw_format *bold = workbook_add_format(book), *wrap = workbook_add_format(book);
    if (sheet == NULL || bold == NULL || wrap == NULL) {
        return false;
    }
    format_set_bold(bold);
    format_set_text_wrap(bold);
    format_set_text_wrap(wrap);
    bool good = true;
    for (size_t k = 0; k < n; k++) {
        const lxw_col_t col = (lxw_col_t)k;
        good = worksheet_set_column(sheet, col, col, columns[k].width, NULL) == LXW_NO_ERROR && good;
        good = worksheet_write_string(sheet, 0, col, columns[k].head, bold) == LXW_NO_ERROR && good;
    }
    worksheet_freeze_panes(sheet, 1, 0);
    size_t i;
    json_t *row;
    json_array_foreach((json_t *)(uintptr_t)rows, i, row)
    {
        for (size_t k = 0; k < n; k++) {
            good = put(sheet, (lxw_row_t)(i + 1), (lxw_col_t)k, json_object_get(row, columns[k].member), wrap) && good;
        }
    }
    (void)worksheet_autofilter(sheet, 0, 0, (lxw_row_t)json_array_size(rows), (lxw_col_t)(n - 1));
    return good;
}

static oko_status write_book(const char *temporary, const char *name, const oko_table_column *columns, size_t n,
                             const json_t *rows, oko_error *err)
{
    lxw_workbook_options options = { .constant_memory = LXW_TRUE };
    lxw_doc_properties properties = { .created = 1 }; /* the same table makes the same bytes */
    lxw_workbook *book = workbook_new_opt(temporary, &options);
    if (book == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    (void)workbook_set_properties(book, &properties);
    const bool good = fill(book, workbook_add_worksheet(book, name), columns, n, rows);
    const lxw_error closed = workbook_close(book);
    if (!good) {
        return oko_error_set(err, OKO_E_LIMIT, "", name);
    }
    return closed == LXW_NO_ERROR ? OKO_OK : oko_error_set(err, OKO_E_IO, "", name);
}

oko_status oko_report_table_xlsx(const char *path, const char *sheet, const oko_table_column *columns, size_t n_columns,
                                 const json_t *rows, oko_error *err)
{
    oko_output output;
    if (json_array_size(rows) > MAX_ROWS) {
        return oko_error_set(err, OKO_E_LIMIT, "report.xlsx.rows", sheet);
    }
    oko_status status = oko_output_open(path, &output, err);
    if (status != OKO_OK) {
        return status;
    }
    status = write_book(output.temporary, sheet, columns, n_columns, rows, err);
    if (status == OKO_OK) {
        return oko_output_commit(&output, err);
    }
    oko_output_drop(&output);
    return status;
}
