/* Sheets of numbers: procedures, distributions, marks against the journal, items. */
#include "report/book.h"

#include "report/labels.h"

#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void procedure_cells(oko_book *book, const oko_view_procedure *vp)
{
    oko_book_text(book, vp->p->code);
    oko_book_text(book, vp->base->title);
}

/* A count, or the word that the group is too small. */
static void count(oko_book *book, int64_t value, bool hidden)
{
    if (hidden)
        oko_book_hidden(book);
    else
        oko_book_number(book, (double)value);
}

static void real(oko_book *book, double value, bool hidden)
{
    if (hidden)
        oko_book_hidden(book);
    else
        oko_book_number(book, value);
}

/* ---- procedures ---- */

static void procedure_row(oko_book *book, const oko_view_procedure *vp)
{
    const oko_counts *c = &vp->counts;
    procedure_cells(book, vp);
    oko_book_number(book, vp->p->max_total);
    if (vp->state != NULL) {
        oko_book_number(book, vp->schools >= 0 ? (double)vp->schools : NAN);
        oko_book_number(book, (double)c->rows);
        count(book, c->participants, vp->small);
        count(book, c->absent, vp->small);
        count(book, c->no_total, vp->small);
        count(book, c->bad_total, vp->small);
        count(book, c->above_max, vp->small);
        count(book, c->sum_mismatch, vp->small);
        real(book, vp->mean, vp->small);
        real(book, vp->sd, vp->small);
        real(book, 100 * vp->mean / vp->p->max_total, vp->small);
    }
    oko_book_next(book);
}

oko_status oko_book_procedures(oko_book *book)
{
    static const oko_book_column columns[] = { { "report.col.code", 16 },         { "report.col.procedure", 40 },
                                               { "report.col.max", 12 },          { "report.col.schools", 10 },
                                               { "report.col.rows", 10 },         { "report.col.participants", 12 },
                                               { "report.col.absent", 14 },       { "report.col.no_total", 14 },
                                               { "report.col.bad_total", 14 },    { "report.col.above_max", 14 },
                                               { "report.col.sum_mismatch", 16 }, { "report.col.mean", 10 },
                                               { "report.col.sd", 10 },           { "report.col.percent", 12 } };
    oko_status status = oko_book_sheet(book, "report.sheet.procedures", columns, COUNT(columns));
    for (size_t i = 0; status == OKO_OK && i < book->view->n; i++)
        procedure_row(book, &book->view->procedures[i]);
    if (status == OKO_OK)
        oko_book_filter(book, COUNT(columns));
    return status;
}

/* A part of a table, or the word that it is withheld. */
static void part(oko_book *book, double value, bool hidden)
{
    if (hidden)
        oko_book_withheld(book);
    else
        oko_book_number(book, value);
}

/* ---- distributions ---- */

static void distribution(oko_book *book, const oko_view_procedure *vp)
{
    double n = (double)oko_state_n(vp->state);
    for (int s = 0; s <= vp->p->max_total; s++) {
        int64_t works = oko_view_works_at(vp, s);
        procedure_cells(book, vp);
        oko_book_number(book, s);
        int mark = oko_procedure_mark(vp->p, s);
        oko_book_number(book, mark > 0 ? (double)mark : (double)NAN);
        part(book, (double)works, works < 0);
        part(book, 100 * (double)works / n, works < 0);
        oko_book_number(book, vp->expected != NULL && !vp->small ? vp->expected[s] : NAN);
        oko_book_next(book);
    }
}

oko_status oko_book_distributions(oko_book *book)
{
    static const oko_book_column columns[] = { { "report.col.code", 16 },          { "report.col.procedure", 40 },
                                               { "report.col.score", 12 },         { "report.col.mark", 10 },
                                               { "report.col.works", 12 },         { "report.col.works_percent", 12 },
                                               { "report.col.works_expected", 16 } };
    oko_status status = oko_book_sheet(book, "report.sheet.distributions", columns, COUNT(columns));
    for (size_t i = 0; status == OKO_OK && i < book->view->n; i++)
        if (book->view->procedures[i].state != NULL && oko_state_n(book->view->procedures[i].state) > 0)
            distribution(book, &book->view->procedures[i]);
    if (status == OKO_OK)
        oko_book_filter(book, COUNT(columns));
    return status;
}

/* ---- marks against the journal ---- */

/* One cell of the table as a row: journal mark, mark, works, share of the row. */
static void mark_row(oko_book *book, const oko_view_procedure *vp, int row, int k)
{
    const oko_cells *c = &vp->marks;
    bool hidden = c->hidden[row][k];
    procedure_cells(book, vp);
    if (row == c->rows)
        oko_book_key(book, "report.journal.all");
    else if (row == OKO_JOURNAL_MARKS - 1)
        oko_book_key(book, "report.journal.none");
    else
        oko_book_number(book, row + 1);
    oko_book_number(book, vp->p->first_mark + k);
    part(book, (double)c->at[row][k], hidden);
    part(book, 100 * (double)c->at[row][k] / (double)c->at[row][c->cols], hidden || c->hidden[row][c->cols]);
    oko_book_next(book);
}

static void move_rows(oko_book *book, const oko_view_procedure *vp)
{
    static const char *const keys[] = { "report.col.lowered", "report.col.confirmed", "report.col.raised" };
    const oko_cells *c = &vp->moves;
    for (int k = 0; k < 3 && c->at[1][3] > 0; k++) {
        procedure_cells(book, vp);
        oko_book_key(book, "report.journal.with_mark");
        oko_book_key(book, keys[k]);
        part(book, (double)c->at[0][k], c->hidden[0][k]);
        part(book, 100 * (double)c->at[0][k] / (double)c->at[1][3], c->hidden[0][k] || c->hidden[1][3]);
        oko_book_next(book);
    }
}

oko_status oko_book_journal(oko_book *book)
{
    static const oko_book_column columns[] = { { "report.col.code", 16 },    { "report.col.procedure", 40 },
                                               { "report.col.journal", 20 }, { "report.col.mark", 16 },
                                               { "report.col.works", 12 },   { "report.col.row_percent", 16 } };
    oko_status status = oko_book_sheet(book, "report.sheet.journal", columns, COUNT(columns));
    for (size_t i = 0; status == OKO_OK && i < book->view->n; i++) {
        const oko_view_procedure *vp = &book->view->procedures[i];
        if (vp->state == NULL || vp->n_marks == 0)
            continue;
        for (int row = 0; row <= vp->marks.rows; row++)
            for (int k = 0; k < vp->n_marks && vp->marks.at[row][vp->marks.cols] > 0; k++)
                mark_row(book, vp, row, k);
        move_rows(book, vp);
    }
    if (status == OKO_OK)
        oko_book_filter(book, COUNT(columns));
    return status;
}

/* ---- items ---- */

static void item_row(oko_book *book, const oko_view_procedure *vp, int i)
{
    procedure_cells(book, vp);
    oko_book_text(book, vp->p->items[i].label);
    oko_book_number(book, vp->p->items[i].max);
    real(book, oko_view_item_percent(vp, vp->state, i), vp->small);
    real(book, oko_view_item_percent(vp, vp->region, i), vp->small && vp->region != NULL);
    oko_book_next(book);
}

oko_status oko_book_items(oko_book *book)
{
    static const oko_book_column columns[] = { { "report.col.code", 16 },         { "report.col.procedure", 40 },
                                               { "report.col.item", 12 },         { "report.col.item_max", 14 },
                                               { "report.col.item_percent", 16 }, { "report.col.item_region", 18 } };
    oko_status status = oko_book_sheet(book, "report.sheet.items", columns, COUNT(columns));
    for (size_t i = 0; status == OKO_OK && i < book->view->n; i++) {
        const oko_view_procedure *vp = &book->view->procedures[i];
        for (int k = 0; vp->state != NULL && k < vp->p->n_items; k++)
            if (vp->small || !isnan(oko_view_item_percent(vp, vp->state, k)))
                item_row(book, vp, k);
    }
    if (status == OKO_OK)
        oko_book_filter(book, COUNT(columns));
    return status;
}
