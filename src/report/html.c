/* The page as a whole: head, contents, order of the parts; and the call that writes it. */
#include "report/labels.h"
#include "report/output.h"
#include "report/page.h"
#include "report/summary.h"

#include "reference/embedded.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *level_word(oko_page *page, oko_level level)
{
    return oko_label_word(page->text, page->arena, "report.level.", oko_level_name(level));
}

/* "2019–2021", or one year. */
static const char *years_of(oko_page *page)
{
    int first = 0, last = 0;
    for (size_t i = 0; i < page->view->n; i++) {
        int year = page->view->procedures[i].p->year;
        first = first == 0 || year < first ? year : first;
        last = year > last ? year : last;
    }
    const char *text = first == last ? oko_arena_printf(page->arena, "%d", first)
                                     : oko_arena_printf(page->arena, "%d–%d", first, last);
    return text != NULL ? text : "";
}

/* "Регион 99" when the register knows no name. */
static const char *unit_name(oko_page *page)
{
    const oko_report_unit *u = page->view->unit;
    if (strcmp(u->name, u->code) != 0)
        return u->name;
    return oko_page_make(page, "report.unnamed",
                         OKO_PAGE_ARGS(OKO_S("level", oko_label_word(page->text, page->arena, "report.level_title.",
                                                                     oko_level_name(u->level))),
                                       OKO_S("code", u->code)));
}

static void document_head(oko_page *page)
{
    oko_str css = { NULL, 0 };
    (void)oko_embedded_find("report/page.css", &css);
    oko_page_raw(page, "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"");
    oko_page_text(page, oko_text_lang(page->text));
    oko_page_raw(page, "\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, "
                       "initial-scale=1\"/>\n<meta name=\"robots\" content=\"noindex\"/>\n<title>");
    oko_page_fill(page, "report.page_title", OKO_PAGE_ARGS(OKO_S("unit", unit_name(page))));
    oko_page_raw(page, "</title>\n<style>\n");
    oko_buffer_view(&page->out, css);
    oko_page_raw(page, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">");
    oko_page_key(page, "report.skip");
    oko_page_raw(page, "</a>\n");
}

static void fact(oko_page *page, const char *key, const char *value)
{
    oko_page_raw(page, "<div><dt>");
    oko_page_key(page, key);
    oko_page_raw(page, "</dt><dd>");
    oko_page_text(page, value);
    oko_page_raw(page, "</dd></div>\n");
}

static const char *short_hash(oko_page *page, const char *hash)
{
    const char *s = oko_arena_printf(page->arena, "%.12s", hash);
    return s != NULL ? s : "";
}

/* "2021-06-01T10:00:00Z" as 01.06.2021 or 2021-06-01. */
static const char *date_of(oko_page *page, const char *created)
{
    int year, month, day;
    if (sscanf(created, "%4d-%2d-%2d", &year, &month, &day) != 3)
        return created;
    bool russian = strcmp(oko_text_lang(page->text), "ru") == 0;
    const char *s = russian ? oko_arena_printf(page->arena, "%02d.%02d.%d", day, month, year)
                            : oko_arena_printf(page->arena, "%d-%02d-%02d", year, month, day);
    return s != NULL ? s : created;
}

static void above(oko_page *page)
{
    const oko_view *v = page->view;
    const oko_report_unit *up[] = { v->municipality, v->region };
    for (int i = 0; i < 2; i++)
        if (up[i] != NULL && up[i] != v->unit)
            fact(page, i == 0 ? "report.fact.municipality" : "report.fact.region", up[i]->name);
}

void oko_html_head(oko_page *page)
{
    const oko_view *v = page->view;
    const oko_run *run = &v->session->run;
    if (v->session->internal)
        oko_page_paragraph(page, "banner", "report.internal", NULL, 0);
    oko_page_raw(page, "<header>\n<p class=\"kicker\">");
    oko_page_fill(page, "report.kicker", OKO_PAGE_ARGS(OKO_S("level", level_word(page, v->unit->level))));
    oko_page_raw(page, "</p>\n");
    oko_page_heading(page, 1, NULL, unit_name(page));
    oko_page_raw(page, "<dl class=\"facts\">\n");
    if (strcmp(v->unit->name, v->unit->code) != 0)
        fact(page, "report.fact.code", v->unit->code);
    above(page);
    fact(page, "report.fact.years", years_of(page));
    fact(page, "report.fact.run",
         oko_page_make(page, "report.run",
                       OKO_PAGE_ARGS(OKO_I("run", run->id), OKO_S("date", date_of(page, run->created)))));
    fact(page, "report.fact.snapshot", short_hash(page, run->snapshot));
    fact(page, "report.fact.method",
         oko_page_make(
             page, "report.method",
             OKO_PAGE_ARGS(OKO_S("method", run->method), OKO_S("program", run->program),
                           OKO_S("seed", oko_arena_printf(page->arena, "%llu", (unsigned long long)run->seed)))));
    oko_page_raw(page, "</dl>\n<p class=\"note\"><strong>");
    oko_page_key(page, "report.note.head");
    oko_page_raw(page, "</strong> ");
    oko_page_key(page, "report.note");
    oko_page_raw(page, "</p>\n");
    if (!v->unit->confirmed)
        oko_page_paragraph(page, "hint", "report.unconfirmed", NULL, 0);
    oko_page_raw(page, "</header>\n");
}

static void contents(oko_page *page)
{
    static const char *const ids[] = { "summary", "procedures", "signs", "evidence", "external", "reading", "method" };
    oko_page_raw(page, "<nav aria-label=\"");
    oko_page_key(page, "report.contents");
    oko_page_raw(page, "\"><ul>\n");
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        oko_buffer_printf(&page->out, "<li><a href=\"#%s\">", ids[i]);
        oko_page_text(page, oko_label_word(page->text, page->arena, "report.section.", ids[i]));
        oko_page_raw(page, "</a></li>\n");
    }
    oko_page_raw(page, "</ul></nav>\n");
}

void oko_html_summary(oko_page *page)
{
    oko_summary summary = { .n = 0 };
    oko_status status = oko_summary_make(page->view, page->arena, &summary);
    if (status != OKO_OK && page->out.status == OKO_OK)
        page->out.status = status;
    oko_page_raw(page, "<section>\n");
    oko_page_heading(page, 2, "summary", oko_text_get(page->text, "report.section.summary"));
    oko_page_raw(page, "<ul class=\"summary\">\n");
    for (int i = 0; i < summary.n; i++) {
        oko_page_raw(page, "<li>");
        oko_page_text(page, summary.lines[i]);
        oko_page_raw(page, "</li>\n");
    }
    oko_page_raw(page, "</ul>\n</section>\n");
}

static void body(oko_page *page)
{
    oko_page_raw(page, "<main id=\"main\">\n");
    oko_html_summary(page);
    oko_html_procedures(page);
    for (size_t i = 0; i < page->view->n; i++)
        oko_html_procedure(page, i);
    oko_html_signs(page);
    oko_html_evidence(page);
    oko_html_external(page);
    oko_html_reading(page);
    oko_html_method(page);
    oko_page_raw(page, "</main>\n<footer>");
    oko_page_fill(page, "report.footer", OKO_PAGE_ARGS(OKO_I("run", page->view->session->run.id)));
    oko_page_raw(page, "</footer>\n</body>\n</html>\n");
}

static oko_status write_page(oko_page *page, const char *path, oko_error *err)
{
    document_head(page);
    oko_html_head(page);
    contents(page);
    body(page);
    oko_status status = oko_buffer_status(&page->out);
    if (status != OKO_OK)
        return oko_error_set(err, status, "", "");
    oko_output output;
    status = oko_output_open(path, &output, err);
    if (status == OKO_OK)
        status = oko_output_fill(&output, (oko_str){ page->out.ptr, page->out.len }, err);
    if (status == OKO_OK)
        return oko_output_commit(&output, err);
    oko_output_drop(&output);
    return status;
}

oko_status oko_report_session_html(oko_report_session *session, int64_t unit, const char *path, oko_error *err)
{
    oko_view view;
    oko_status status = oko_view_open(session, unit, &view, err);
    if (status != OKO_OK)
        return status;
    oko_page page = { .view = &view, .text = session->text };
    oko_buffer_init(&page.out, OKO_PAGE_MAX_BYTES);
    status = oko_arena_new(0, &page.arena);
    status = status == OKO_OK ? write_page(&page, path, err) : oko_error_set(err, status, "", "");
    oko_buffer_free(&page.out);
    oko_arena_free(page.arena);
    oko_view_clear(&view);
    return status;
}

oko_status oko_report_html(oko_store *store, int64_t unit, const oko_report_options *options, const char *path,
                           oko_error *err)
{
    OKO_CLEANUP(oko_report_session_freep) oko_report_session *session = NULL;
    oko_status status = oko_report_session_open(store, options, &session, err);
    return status == OKO_OK ? oko_report_session_html(session, unit, path, err) : status;
}
