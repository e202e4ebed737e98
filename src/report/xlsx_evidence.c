/* Sheets of the five families: rows, sentences with ordinary reasons, schools by level, nothing below a cut-off. */
#include "report/book.h"
#include "report/evidence.h"
#include "report/labels.h"

#include "base/memory.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *word(oko_book *book, const char *prefix, const char *name)
{
    return oko_label_word(book->text, book->arena, prefix, name);
}

static const char *title_of(const oko_book *book, const char *code)
{
    const oko_report_procedure *p = oko_report_procedure_find(book->view->session, code);
    return p != NULL ? p->title : code;
}

/* ---- rows ---- */

static void effect_cells(oko_book *book, const oko_sign_row *row, const char *key, bool told)
{
    const oko_sign_effect e = oko_sign_effect_of(row, key);
    const double at[] = { e.value, e.lo, e.hi };
    for (size_t i = 0; i < COUNT(at); i++) {
        if (told)
            oko_book_number(book, at[i]);
        else
            oko_book_withheld(book);
    }
}

/* What moved the families that speak. */
static void moved_cell(oko_book *book, const oko_sign_row *row, bool told)
{
    const char *text = "";
    for (int f = 0; told && f < OKO_FAMILY_COUNT; f++)
        if (oko_sign_speaks(row, f) && text != NULL)
            text = oko_arena_printf(book->arena, "%s%s%s", text, text[0] != '\0' ? ", " : "",
                                    word(book, "evidence.short.", row->top[f]));
    oko_book_text(book, text);
}

static void p_cell(oko_book *book, double p, bool told)
{
    if (told)
        oko_book_p(book, p);
    else
        oko_book_withheld(book);
}

static oko_status row_cells(oko_book *book, const oko_sign_row *row, const oko_report_unit *u, bool told)
{
    const oko_report_session *s = book->view->session;
    const oko_result *r = row->result;
    const oko_report_unit *m = oko_report_unit_above(s, u, OKO_LEVEL_MUNICIPALITY);
    if (book->row >= LXW_ROW_MAX - 1)
        return oko_error_set(book->err, OKO_E_LIMIT, "report.xlsx.rows", "");
    oko_book_text(book, word(book, "report.level.", oko_level_name(row->of_class ? OKO_LEVEL_CLASS : u->level)));
    oko_book_text(book, m != NULL ? m->name : "");
    oko_book_text(book, u->code);
    oko_book_text(book, u->name);
    oko_book_text(book, row->class_label);
    oko_book_text(book, r->procedure);
    if (told)
        oko_book_number(book, (double)r->n);
    else if (r->n < s->hide_min)
        oko_book_hidden(book);
    else
        oko_book_withheld(book);
    oko_book_text(book, told ? word(book, "evidence.word.", oko_evidence_name(row->evidence)) : "");
    oko_book_text(
        book, told && u->level == OKO_LEVEL_SCHOOL ? word(book, "evidence.reliability_short.", row->reliability) : "");
    for (int f = 0; f < OKO_FAMILY_COUNT; f++)
        p_cell(book, row->p[f], told);
    p_cell(book, r->p, told);
    p_cell(book, r->q, told);
    p_cell(book, oko_sign_number(row, "lfdr"), told);
    effect_cells(book, row, "marks", told);
    effect_cells(book, row, "lifted", told);
    effect_cells(book, row, "absent", told);
    moved_cell(book, row, told);
    oko_book_next(book);
    return OKO_OK;
}

/* Rows of units inside the region or municipality; classes stand in the workbooks of their schools. */
static oko_status take_row(void *ctx, const oko_result *r)
{
    oko_book *book = ctx;
    const oko_view *v = book->view;
    const oko_report_unit *u = oko_report_unit_find(v->session, r->unit);
    if (u == NULL || u->level < v->unit->level || !oko_view_holds(v, u))
        return OKO_OK;
    oko_sign_row row;
    oko_sign_row_read(r, NULL, &row);
    oko_status status = row_cells(book, &row, u, r->n >= v->session->hide_min);
    oko_sign_row_clear(&row);
    return status;
}

oko_status oko_book_evidence(oko_book *book)
{
    static const oko_book_column columns[] = {
        { "report.col.level", 16 },       { "report.col.municipality", 30 },  { "report.col.unit_code", 16 },
        { "report.col.unit", 40 },        { "evidence.col.class", 8 },        { "report.col.code", 16 },
        { "report.col.n", 10 },           { "evidence.col.evidence", 20 },    { "evidence.col.reliability", 14 },
        { "evidence.col.p_level", 12 },   { "evidence.col.p_threshold", 12 }, { "evidence.col.p_roster", 12 },
        { "evidence.col.p_pattern", 12 }, { "evidence.col.p_time", 12 },      { "evidence.col.p_all", 12 },
        { "report.col.q", 12 },           { "evidence.col.lfdr", 14 },        { "evidence.col.marks", 16 },
        { "evidence.col.lo", 10 },        { "evidence.col.hi", 10 },          { "evidence.col.lifted", 16 },
        { "evidence.col.lo", 10 },        { "evidence.col.hi", 10 },          { "evidence.col.absent", 16 },
        { "evidence.col.lo", 10 },        { "evidence.col.hi", 10 },          { "evidence.col.moved", 50 }
    };
    const oko_view *v = book->view;
    if (v->session->evidence != OKO_REPORT_EVIDENCE_HERE)
        return OKO_OK;
    oko_status status = oko_book_sheet(book, "evidence.sheet.evidence", columns, COUNT(columns));
    if (status == OKO_OK && v->school) {
        for (size_t i = 0; status == OKO_OK && i < v->evidence.n; i++)
            status = row_cells(book, &v->evidence.at[i], v->unit, oko_evidence_told(v, i));
    } else if (status == OKO_OK) {
        const oko_result_query query = { .run = v->session->evidence_run.id,
                                         .rule = OKO_RULE_EVIDENCE,
                                         .level = OKO_LEVEL_COUNT };
        status = oko_store_result_walk(v->session->store, &query, take_row, book, book->err);
    }
    if (status == OKO_OK)
        oko_book_filter(book, COUNT(columns));
    return status;
}

/* ---- a school's signs in words ---- */

static oko_status sentence_rows(oko_book *book, size_t at)
{
    const oko_view *v = book->view;
    const oko_sign_row *row = &v->evidence.at[at];
    double facts[OKO_FACT_COUNT];
    const char *reasons[OKO_EXPLAIN_REASONS];
    oko_status status = oko_evidence_facts(v, row, facts, book->err);
    if (status != OKO_OK)
        return status;
    int n = oko_explain_reasons(v->session->explain, book->arena, row, facts, reasons);
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        if (!oko_sign_speaks(row, f))
            continue;
        oko_book_text(book, title_of(book, row->result->procedure));
        oko_book_text(book, row->class_label);
        oko_book_text(book, word(book, "evidence.word.", oko_evidence_name(row->evidence)));
        oko_book_text(book, word(book, "evidence.family.", oko_family_name((oko_family)f)));
        oko_book_p(book, row->p[f]);
        oko_book_long(book, oko_explain_sentence(book->text, book->arena, row, row->top[f], v->session->internal));
        for (int i = 0; i < n; i++)
            oko_book_long(book, reasons[i]);
        oko_book_next(book);
    }
    return OKO_OK;
}

oko_status oko_book_sentences(oko_book *book)
{
    static const oko_book_column columns[] = { { "report.col.procedure", 34 },  { "evidence.col.class", 8 },
                                               { "evidence.col.evidence", 20 }, { "evidence.col.family", 22 },
                                               { "report.col.p", 12 },          { "evidence.col.sentence", 60 },
                                               { "evidence.col.why.1", 40 },    { "evidence.col.why.2", 40 },
                                               { "evidence.col.why.3", 40 },    { "evidence.col.why.4", 40 },
                                               { "evidence.col.why.5", 40 } };
    const oko_view *v = book->view;
    bool any = false;
    oko_status status = OKO_OK;
    for (size_t i = 0; v->school && status == OKO_OK && i < v->evidence.n; i++) {
        if (!oko_evidence_speaks(v, i))
            continue;
        if (!any)
            status = oko_book_sheet(book, "evidence.sheet.signs", columns, COUNT(columns));
        any = true;
        if (status == OKO_OK)
            status = sentence_rows(book, i);
    }
    return status;
}

/* ---- schools by level ---- */

static void fifth_row(oko_book *book, const oko_evidence_counts *c, size_t test, int by, int k)
{
    char key[32];
    static const char *const bases[] = { "evidence.fifths.observed", "evidence.fifths.expected" };
    snprintf(key, sizeof key, "evidence.fifth.%d", k + 1);
    oko_book_text(book, title_of(book, book->view->session->peers.tests[test].procedure));
    oko_book_key(book, bases[by]);
    oko_book_key(book, key);
    oko_book_number(book, (double)c->fifth_n[by][k]);
    oko_book_number(book, (double)c->fifth_marked[by][k]);
    oko_book_number(book,
                    c->fifth_n[by][k] > 0 ? 100 * (double)c->fifth_marked[by][k] / (double)c->fifth_n[by][k] : NAN);
    oko_book_next(book);
}

oko_status oko_book_fifths(oko_book *book)
{
    static const oko_book_column columns[] = {
        { "report.col.procedure", 34 },        { "evidence.col.by", 40 },
        { "evidence.col.fifth", 18 },          { "report.col.schools", 12 },
        { "evidence.col.marked_schools", 14 }, { "report.col.marked_percent", 12 }
    };
    const oko_view *v = book->view;
    if (v->school || v->session->evidence != OKO_REPORT_EVIDENCE_HERE)
        return OKO_OK;
    oko_status status = oko_book_sheet(book, "evidence.sheet.fifths", columns, COUNT(columns));
    for (size_t t = 0; status == OKO_OK && t < v->session->peers.n_tests; t++) {
        oko_evidence_counts c;
        oko_evidence_count(v, t, &c);
        for (int by = 0; by < 2; by++)
            for (int k = 0; k < OKO_PEERS_FIFTHS; k++)
                fifth_row(book, &c, t, by, k);
    }
    if (status == OKO_OK)
        oko_book_filter(book, COUNT(columns));
    return status;
}

/* ---- nothing below a cut-off ---- */

oko_status oko_book_empty_below(oko_book *book)
{
    static const oko_book_column columns[] = { { "report.col.municipality", 30 },  { "report.col.unit_code", 16 },
                                               { "report.col.unit", 40 },          { "report.col.code", 16 },
                                               { "report.col.cutoff", 10 },        { "report.col.n", 10 },
                                               { "evidence.col.point_below", 16 }, { "evidence.col.at_cutoff", 16 },
                                               { "evidence.col.chance", 18 } };
    const oko_view *v = book->view;
    OKO_CLEANUP(oko_freep) oko_empty_below *list = NULL;
    size_t n = 0;
    oko_status status =
        v->school || v->session->evidence != OKO_REPORT_EVIDENCE_HERE ? OKO_OK : oko_evidence_empty_below(v, &list, &n);
    if (status != OKO_OK || n == 0)
        return status;
    status = oko_book_sheet(book, "evidence.sheet.empty", columns, COUNT(columns));
    for (size_t i = 0; status == OKO_OK && i < n; i++) {
        const oko_empty_below *e = &list[i];
        oko_book_text(book, e->municipality != NULL ? e->municipality->name : "");
        oko_book_text(book, e->school->code);
        oko_book_text(book, e->school->name);
        oko_book_text(book, e->procedure->procedure.code);
        oko_book_number(book, e->cutoff);
        oko_book_number(book, (double)e->works);
        oko_book_number(book, 0);
        oko_book_number(book, (double)e->above);
        oko_book_p(book, exp(e->log_p));
        oko_book_next(book);
    }
    if (status == OKO_OK)
        oko_book_filter(book, COUNT(columns));
    return status;
}
