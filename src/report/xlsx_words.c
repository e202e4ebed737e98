/* Sheets of findings and words: summary, signs, external lists, how it was computed. */
#include "report/book.h"
#include "report/labels.h"
#include "report/summary.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- summary ---- */

static void pair(oko_book *book, const char *key, const char *value)
{
    oko_book_key(book, key);
    oko_book_long(book, value);
    oko_book_next(book);
}

oko_status oko_book_summary(oko_book *book)
{
    static const oko_book_column columns[] = { { "report.sheet.what", 26 }, { "report.sheet.value", 110 } };
    const oko_view *v = book->view;
    oko_summary summary = { .n = 0 };
    oko_status status = oko_book_sheet(book, "report.sheet.summary", columns, COUNT(columns));
    if (status == OKO_OK)
        status = oko_summary_make(v, book->arena, &summary);
    if (status != OKO_OK)
        return status;
    if (v->session->internal)
        pair(book, "report.sheet.attention", oko_text_get(book->text, "report.internal"));
    pair(book, "report.sheet.unit", v->unit->name);
    pair(book, "report.fact.code", v->unit->code);
    pair(book, "report.sheet.level",
         oko_label_word(book->text, book->arena, "report.level.", oko_level_name(v->unit->level)));
    pair(book, "report.note.head", oko_text_get(book->text, "report.note"));
    for (int i = 0; i < summary.n; i++)
        pair(book, "report.section.summary", summary.lines[i]);
    return OKO_OK;
}

/* ---- signs ---- */

static void sign_numbers(oko_book *book, const oko_result *r, bool hidden)
{
    const double numbers[] = { r->observed, r->expected, r->effect, r->effect_lo, r->effect_hi };
    for (size_t i = 0; i < COUNT(numbers); i++) {
        if (hidden && r->state == OKO_RESULT_OK)
            oko_book_hidden(book);
        else
            oko_book_number(book, numbers[i]);
    }
    if (hidden && (strncmp(r->rule, "region/", 7) != 0 || r->n < book->view->session->hide_min))
        oko_book_hidden(book);
    else
        oko_book_number(book, r->n == 0 && strncmp(r->rule, "external/", 9) == 0 ? NAN : (double)r->n);
    oko_book_p(book, r->p);
    oko_book_p(book, r->q);
}

static oko_status sign_row(void *ctx, const oko_result *r)
{
    oko_book *book = ctx;
    const oko_report_session *s = book->view->session;
    const oko_report_unit *u = oko_report_unit_find(s, r->unit);
    if (u == NULL || !oko_view_holds(book->view, u) || u->level < book->view->unit->level)
        return OKO_OK;
    if (book->row >= LXW_ROW_MAX - 1)
        return oko_error_set(book->err, OKO_E_LIMIT, "report.xlsx.rows", "");
    const oko_report_unit *m = oko_report_unit_above(s, u, OKO_LEVEL_MUNICIPALITY);
    oko_book_text(book, oko_label_word(book->text, book->arena, "report.level.", oko_level_name(u->level)));
    oko_book_text(book, m != NULL ? m->name : "");
    oko_book_text(book, u->code);
    oko_book_text(book, u->name);
    oko_book_text(book, r->procedure);
    oko_book_text(book, oko_label_rule_of(book->text, book->arena, r->rule, book->view->unit->level));
    oko_book_key(book, r->state != OKO_RESULT_OK ? "report.state.no_data"
                       : r->marked               ? "report.state.marked"
                                                 : "report.state.unmarked");
    sign_numbers(book, r, u->level == OKO_LEVEL_SCHOOL && oko_view_small(s, r));
    oko_book_text(book, r->state != OKO_RESULT_OK ? oko_label_state(book->text, r) : "");
    oko_book_key(book, r->official ? "report.yes" : "report.no");
    oko_book_text(book, r->rule);
    oko_book_text(book, oko_label_source(book->text, book->arena, r->rule));
    oko_book_next(book);
    return OKO_OK;
}

oko_status oko_book_signs(oko_book *book)
{
    static const oko_book_column columns[] = { { "report.col.level", 16 },      { "report.col.municipality", 30 },
                                               { "report.col.unit_code", 16 },  { "report.col.unit", 40 },
                                               { "report.col.code", 16 },       { "report.col.rule", 26 },
                                               { "report.col.state", 16 },      { "report.col.observed", 14 },
                                               { "report.col.expected", 14 },   { "report.col.effect", 12 },
                                               { "report.col.effect_lo", 16 },  { "report.col.effect_hi", 16 },
                                               { "report.col.n", 10 },          { "report.col.p", 12 },
                                               { "report.col.q", 12 },          { "report.col.reason", 50 },
                                               { "report.col.official", 14 },   { "report.col.rule_code", 20 },
                                               { "report.col.rule_source", 50 } };
    const oko_view *v = book->view;
    oko_status status = oko_book_sheet(book, "report.sheet.signs", columns, COUNT(columns));
    if (status != OKO_OK)
        return status;
    if (v->school) {
        for (size_t i = 0; status == OKO_OK && i < v->n_results; i++)
            status = sign_row(book, &v->results[i]);
    } else {
        const oko_result_query query = { .run = v->session->run.id, .level = OKO_LEVEL_COUNT };
        status = oko_store_result_walk(v->session->store, &query, sign_row, book, book->err);
    }
    if (status == OKO_OK)
        oko_book_filter(book, COUNT(columns));
    return status;
}

/* ---- external lists ---- */

oko_status oko_book_external(oko_book *book)
{
    static const oko_book_column columns[] = { { "report.col.unit_code", 16 },  { "report.col.unit", 40 },
                                               { "report.col.list", 40 },       { "report.col.year", 10 },
                                               { "report.col.source", 40 },     { "report.col.list_procedure", 20 },
                                               { "report.col.list_reason", 50 } };
    const oko_report_session *s = book->view->session;
    bool any = false;
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < s->n_externals; i++) {
        const oko_external *e = &s->externals[i];
        const oko_report_unit *u = oko_report_unit_find(s, e->unit);
        if (u == NULL || !oko_view_holds(book->view, u))
            continue;
        if (!any)
            status = oko_book_sheet(book, "report.sheet.external", columns, COUNT(columns));
        any = true;
        if (status != OKO_OK)
            return status;
        oko_book_text(book, u->code);
        oko_book_text(book, u->name);
        oko_book_text(book, e->list);
        oko_book_number(book, e->year > 0 ? (double)e->year : NAN); /* the list may not say */
        oko_book_text(book, e->source);
        oko_book_text(book, e->procedure);
        oko_book_text(book, e->reason);
        oko_book_next(book);
    }
    if (any)
        oko_book_filter(book, COUNT(columns));
    return status;
}

/* ---- how it was computed ---- */

static void rule_rows(oko_book *book)
{
    const oko_view *v = book->view;
    for (size_t i = 0; i < v->n_results; i++) {
        bool seen = false;
        for (size_t k = 0; k < i && !seen; k++)
            seen = strcmp(v->results[k].rule, v->results[i].rule) == 0;
        const char *what = seen ? NULL : oko_label_rule(book->text, book->arena, v->results[i].rule, "what");
        if (what == NULL)
            continue;
        oko_book_text(book, oko_label_rule_of(book->text, book->arena, v->results[i].rule, v->unit->level));
        oko_book_long(book, what);
        oko_book_next(book);
    }
}

oko_status oko_book_method(oko_book *book)
{
    static const oko_book_column columns[] = { { "report.sheet.what", 30 }, { "report.sheet.value", 110 } };
    const oko_run *run = &book->view->session->run;
    char number[32];
    oko_status status = oko_book_sheet(book, "report.sheet.method", columns, COUNT(columns));
    if (status != OKO_OK)
        return status;
    oko_book_key(book, "report.sheet.run");
    oko_book_number(book, (double)run->id);
    oko_book_next(book);
    pair(book, "report.sheet.created", run->created);
    pair(book, "report.sheet.method_version", run->method);
    pair(book, "report.sheet.program", run->program);
    oko_book_key(book, "report.sheet.revision");
    oko_book_number(book, (double)run->revision);
    oko_book_next(book);
    snprintf(number, sizeof number, "%llu", (unsigned long long)run->seed);
    pair(book, "report.sheet.seed", number);
    pair(book, "report.fact.snapshot", run->snapshot);
    pair(book, "report.sheet.result_hash", run->result_hash);
    pair(book, "report.sheet.params", run->params);
    oko_book_key(book, "report.sheet.published_min");
    oko_book_number(book, book->view->session->hide_min);
    oko_book_next(book);
    rule_rows(book);
    return OKO_OK;
}
