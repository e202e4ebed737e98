/* The workbook as a whole: cells, order of the sheets, and the call that writes it. */
#include "report/book.h"
#include "report/output.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

oko_status oko_book_sheet(oko_book *book, const char *name_key, const oko_book_column *columns, size_t n)
{
    book->sheet = workbook_add_worksheet(book->workbook, oko_text_get(book->text, name_key));
    if (book->sheet == NULL)
        return oko_error_set(book->err, OKO_E_MEMORY, "", "");
    for (size_t i = 0; i < n; i++) {
        worksheet_set_column(book->sheet, (lxw_col_t)i, (lxw_col_t)i, columns[i].width, NULL);
        worksheet_write_string(book->sheet, 0, (lxw_col_t)i, oko_text_get(book->text, columns[i].key), book->bold);
    }
    worksheet_freeze_panes(book->sheet, 1, 0);
    worksheet_set_landscape(book->sheet);
    worksheet_set_paper(book->sheet, 9); /* A4 */
    worksheet_fit_to_pages(book->sheet, 1, 0);
    worksheet_repeat_rows(book->sheet, 0, 0);
    book->row = 1;
    book->col = 0;
    return OKO_OK;
}

void oko_book_filter(oko_book *book, size_t columns)
{
    if (book->row > 1)
        worksheet_autofilter(book->sheet, 0, 0, book->row - 1, (lxw_col_t)(columns - 1));
}

static void write_text(oko_book *book, const char *text, lxw_format *format)
{
    if (text != NULL && text[0] != '\0')
        worksheet_write_string(book->sheet, book->row, book->col, text, format);
    book->col++;
}

void oko_book_text(oko_book *book, const char *text)
{
    write_text(book, text, NULL);
}

void oko_book_long(oko_book *book, const char *text)
{
    write_text(book, text, book->wrap);
}

void oko_book_key(oko_book *book, const char *key)
{
    write_text(book, oko_text_get(book->text, key), NULL);
}

void oko_book_number(oko_book *book, double value)
{
    bool whole = isfinite(value) && floor(value) == value;
    if (isfinite(value))
        worksheet_write_number(book->sheet, book->row, book->col, value, whole ? NULL : book->real);
    book->col++;
}

void oko_book_p(oko_book *book, double p)
{
    if (isfinite(p))
        worksheet_write_number(book->sheet, book->row, book->col, p, p < .01 ? book->small : book->real);
    book->col++;
}

void oko_book_hidden(oko_book *book)
{
    const oko_text_arg n = OKO_I("n", book->view->session->published_min);
    write_text(book, oko_text_make(book->text, book->arena, "report.hidden", &n, 1), book->grey);
}

void oko_book_withheld(oko_book *book)
{
    write_text(book, oko_text_get(book->text, "report.withheld"), book->grey);
}

void oko_book_next(oko_book *book)
{
    book->row++;
    book->col = 0;
}

static oko_status write_sheets(oko_book *book)
{
    static oko_status (*const sheets[])(
        oko_book *) = { oko_book_summary,       oko_book_procedures, oko_book_signs,       oko_book_evidence,
                        oko_book_sentences,     oko_book_fifths,     oko_book_empty_below, oko_book_external,
                        oko_book_distributions, oko_book_journal,    oko_book_items,       oko_book_method };
    for (size_t i = 0; i < sizeof sheets / sizeof sheets[0]; i++) {
        oko_status status = sheets[i](book);
        if (status != OKO_OK)
            return status;
    }
    return OKO_OK;
}

/* The run's time, not the clock: the same run gives the same bytes. */
static void set_properties(oko_book *book)
{
    struct tm utc = { .tm_isdst = 0 };
    const oko_run *run = &book->view->session->run;
    lxw_doc_properties properties = { .title = (char *)(uintptr_t)book->view->unit->name,
                                      .comments = (char *)(uintptr_t)run->snapshot };
    if (sscanf(run->created, "%4d-%2d-%2dT%2d:%2d:%2d", &utc.tm_year, &utc.tm_mon, &utc.tm_mday, &utc.tm_hour,
               &utc.tm_min, &utc.tm_sec) == 6) {
        utc.tm_year -= 1900;
        utc.tm_mon -= 1;
        properties.created = timegm(&utc);
    }
    if (properties.created <= 0)
        properties.created = 1;
    workbook_set_properties(book->workbook, &properties);
}

static oko_status close_workbook(oko_book *book, const char *path, oko_error *err)
{
    errno = 0;
    lxw_error failed = workbook_close(book->workbook);
    if (failed == LXW_NO_ERROR)
        return OKO_OK;
    if (failed == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    /* Temporary files are the library's own trouble; the usual one is a full disk. */
    return oko_output_failed(path, errno != 0 ? errno : ENOSPC, err);
}

/* false when memory is out. */
static bool make_formats(oko_book *book)
{
    book->bold = workbook_add_format(book->workbook);
    book->wrap = workbook_add_format(book->workbook);
    book->grey = workbook_add_format(book->workbook);
    book->real = workbook_add_format(book->workbook);
    book->small = workbook_add_format(book->workbook);
    if (book->bold == NULL || book->wrap == NULL || book->grey == NULL || book->real == NULL || book->small == NULL)
        return false;
    format_set_bold(book->bold);
    format_set_text_wrap(book->bold);
    format_set_align(book->bold, LXW_ALIGN_VERTICAL_TOP);
    format_set_text_wrap(book->wrap);
    format_set_align(book->wrap, LXW_ALIGN_VERTICAL_TOP);
    format_set_font_color(book->grey, 0x5A6470);
    format_set_num_format(book->real, "0.00");
    format_set_num_format(book->small, "0.0E+00");
    return true;
}

static oko_status write_workbook(oko_book *book, oko_output *output, oko_error *err)
{
    lxw_workbook_options options = { .constant_memory = LXW_TRUE };
    book->workbook = workbook_new_opt(output->temporary, &options);
    if (book->workbook == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    oko_status status = OKO_OK;
    if (!make_formats(book)) {
        status = oko_error_set(err, OKO_E_MEMORY, "", "");
    } else {
        set_properties(book);
        status = write_sheets(book);
    }
    oko_status closed = close_workbook(book, output->path, status == OKO_OK ? err : NULL);
    return status != OKO_OK ? status : closed;
}

oko_status oko_report_session_xlsx(oko_report_session *session, int64_t unit, const char *path, oko_error *err)
{
    oko_view view;
    oko_output output;
    oko_status status = oko_view_open(session, unit, &view, err);
    if (status != OKO_OK)
        return status;
    oko_book book = { .view = &view, .text = session->text, .err = err };
    status = oko_arena_new(0, &book.arena);
    status = status == OKO_OK ? oko_output_open(path, &output, err) : oko_error_set(err, status, "", "");
    if (status == OKO_OK) {
        status = write_workbook(&book, &output, err);
        if (status == OKO_OK)
            status = oko_output_commit(&output, err);
        else
            oko_output_drop(&output);
    }
    oko_arena_free(book.arena);
    oko_view_clear(&view);
    return status;
}

oko_status oko_report_xlsx(oko_store *store, int64_t unit, const oko_report_options *options, const char *path,
                           oko_error *err)
{
    OKO_CLEANUP(oko_report_session_freep) oko_report_session *session = NULL;
    oko_status status = oko_report_session_open(store, options, &session, err);
    return status == OKO_OK ? oko_report_session_xlsx(session, unit, path, err) : status;
}
