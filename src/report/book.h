/* Book: the workbook of a report while it is written, one sheet after the other. */
#ifndef OKO_REPORT_BOOK_H
#define OKO_REPORT_BOOK_H

#include "report/view.h"

#include <xlsxwriter.h>

typedef struct oko_book {
    const oko_view *view;
    const oko_text *text;
    oko_arena *arena;
    lxw_workbook *workbook;
    lxw_format *bold, *wrap, *grey, *real, *small; /* real: two decimals; small: 1.2E-05 */
    lxw_worksheet *sheet;
    lxw_row_t row; /* the next to write */
    lxw_col_t col; /* … in it */
    oko_error *err;
} oko_book;

typedef struct oko_book_column {
    const char *key; /* text of the head */
    double width;
} oko_book_column;

/* A new sheet with a frozen head row. OKO_E_MEMORY. */
oko_status oko_book_sheet(oko_book *book, const char *name_key, const oko_book_column *columns,
                          size_t n) OKO_WARN_UNUSED;
/* Ends a sheet: filter over all rows. */
void oko_book_filter(oko_book *book, size_t columns);

/* Cells from left to right; a text is always a text, whatever it begins with; NaN leaves the cell empty. */
void oko_book_text(oko_book *book, const char *text);
void oko_book_long(oko_book *book, const char *text); /* wrapped */
void oko_book_key(oko_book *book, const char *key);
void oko_book_number(oko_book *book, double value); /* all digits are kept, two decimals are shown */
void oko_book_p(oko_book *book, double p);
void oko_book_hidden(oko_book *book); /* «скрыто: менее 10»: the group is too small */
void oko_book_withheld(oko_book *book); /* «скрыто»: this number, or one that could be got from it, is too small */
void oko_book_next(oko_book *book);     /* the next row */

/* The sheets. */
oko_status oko_book_summary(oko_book *book) OKO_WARN_UNUSED;
oko_status oko_book_procedures(oko_book *book) OKO_WARN_UNUSED;
oko_status oko_book_signs(oko_book *book) OKO_WARN_UNUSED;
oko_status oko_book_evidence(oko_book *book) OKO_WARN_UNUSED;    /* rows of the five families */
oko_status oko_book_sentences(oko_book *book) OKO_WARN_UNUSED;   /* a school's signs in words, and what to check */
oko_status oko_book_fifths(oko_book *book) OKO_WARN_UNUSED;      /* shares of schools with signs by level */
oko_status oko_book_empty_below(oko_book *book) OKO_WARN_UNUSED; /* nothing below a cut-off, many on it */
oko_status oko_book_external(oko_book *book) OKO_WARN_UNUSED;
oko_status oko_book_distributions(oko_book *book) OKO_WARN_UNUSED;
oko_status oko_book_journal(oko_book *book) OKO_WARN_UNUSED;
oko_status oko_book_items(oko_book *book) OKO_WARN_UNUSED;
oko_status oko_book_method(oko_book *book) OKO_WARN_UNUSED;

#endif
