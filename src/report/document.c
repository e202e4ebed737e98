#include "report/document.h"

#include "reference/embedded.h"
#include "report/docx.h"

#include <stdio.h>
#include <string.h>

enum { MAX_BYTES = 64 << 20 };

bool oko_document_kind_parse(const char *name, oko_document_kind *ret_kind)
{
    *ret_kind = strcmp(name, "docx") == 0 ? OKO_DOCUMENT_DOCX : OKO_DOCUMENT_HTML;
    return strcmp(name, "docx") == 0 || strcmp(name, "html") == 0;
}

const char *oko_document_media(oko_document_kind kind)
{
    return kind == OKO_DOCUMENT_DOCX ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
                                     : "text/html; charset=utf-8";
}

static void raw(oko_document *d, const char *s)
{
    oko_buffer_str(&d->out, s);
}

/* Escaped for XML; what XML 1.0 does not allow is left out. */
static void escaped(oko_document *d, oko_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        const char c = s.ptr[i];
        switch (c) {
        case '&':
            raw(d, "&amp;");
            break;
        case '<':
            raw(d, "&lt;");
            break;
        case '>':
            raw(d, "&gt;");
            break;
        case '"':
            raw(d, "&quot;");
            break;
        default:
            if ((unsigned char)c >= 0x20 || c == '\t') {
                oko_buffer_char(&d->out, c);
            }
        }
    }
}

static bool docx(const oko_document *d)
{
    return d->kind == OKO_DOCUMENT_DOCX;
}

static void docx_paragraph(oko_document *d, oko_docx_style style, const char *text)
{
    if (d->docx != NULL) {
        oko_docx_paragraph(d->docx, style, text);
    }
}

static void docx_row(oko_document *d, bool head, const char *const *cells)
{
    if (d->docx != NULL) {
        oko_docx_row(d->docx, head, cells);
    }
}

static void open_html(oko_document *d)
{
    oko_str css = { NULL, 0 };
    (void)oko_embedded_find("report/page.css", &css);
    oko_buffer_printf(&d->out, "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"%s\">\n", d->lang);
    raw(d, "<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"robots\" content=\"noindex\"/>\n<title>");
    escaped(d, oko_str_of(d->title));
    raw(d, "</title>\n<style>\n");
    oko_buffer_view(&d->out, css);
    raw(d, d->landscape ? "@page { size: A4 landscape; margin: 15mm; }\n" : "@page { size: A4; margin: 20mm; }\n");
    raw(d, "</style>\n</head>\n<body>\n<main>\n");
}

void oko_document_open(oko_document *d, oko_document_kind kind, const char *lang, const char *title, bool landscape)
{
    *d = (oko_document){ .kind = kind, .landscape = landscape };
    oko_buffer_init(&d->out, MAX_BYTES);
    (void)snprintf(d->lang, sizeof d->lang, "%s", strcmp(lang, "en") == 0 ? "en" : "ru");
    (void)oko_str_copy(d->title, sizeof d->title, oko_str_of(title));
    if (!docx(d)) {
        open_html(d);
    } else if (oko_docx_new(landscape, &d->docx) != OKO_OK) {
        d->out.status = OKO_E_MEMORY;
    }
}

void oko_document_heading(oko_document *d, int level, const char *text)
{
    level = level < 1 ? 1 : level > 3 ? 3 : level;
    if (docx(d)) {
        docx_paragraph(d, level == 1 ? OKO_DOCX_TITLE : OKO_DOCX_HEADING, text);
        return;
    }
    oko_buffer_printf(&d->out, "<h%d>", level);
    escaped(d, oko_str_of(text));
    oko_buffer_printf(&d->out, "</h%d>\n", level);
}

void oko_document_text(oko_document *d, const char *text)
{
    oko_str rest = oko_str_of(text);
    if (docx(d)) {
        docx_paragraph(d, OKO_DOCX_BODY, text);
        return;
    }
    while (rest.len > 0) {
        size_t n = 0;
        while (n < rest.len && rest.ptr[n] != '\n') {
            n++;
        }
        const oko_str line = oko_str_trim((oko_str){ rest.ptr, n });
        if (line.len > 0) {
            raw(d, "<p>");
            escaped(d, line);
            raw(d, "</p>\n");
        }
        n += n < rest.len;
        rest = (oko_str){ rest.ptr + n, rest.len - n };
    }
}

void oko_document_item(oko_document *d, const char *text)
{
    if (docx(d)) {
        docx_paragraph(d, OKO_DOCX_ITEM, text);
        return;
    }
    raw(d, "<ul><li>");
    escaped(d, oko_str_of(text));
    raw(d, "</li></ul>\n");
}

static void html_cell(oko_document *d, const char *tag, const char *text)
{
    oko_buffer_printf(&d->out, "<%s>", tag);
    escaped(d, oko_str_of(text));
    oko_buffer_printf(&d->out, "</%.2s>", tag);
}

void oko_document_table(oko_document *d, const char *const *heads, size_t n)
{
    d->columns = n <= OKO_DOCX_MAX_COLUMNS ? n : OKO_DOCX_MAX_COLUMNS;
    if (docx(d)) {
        if (d->docx != NULL) {
            oko_docx_table(d->docx, (int)d->columns, NULL);
        }
        docx_row(d, true, heads);
        return;
    }
    raw(d, "<table>\n<thead><tr>");
    for (size_t i = 0; i < d->columns; i++) {
        html_cell(d, "th scope=\"col\"", heads[i]);
    }
    raw(d, "</tr></thead>\n<tbody>\n");
}

void oko_document_row(oko_document *d, const char *const *cells)
{
    if (docx(d)) {
        docx_row(d, false, cells);
        return;
    }
    raw(d, "<tr>");
    for (size_t i = 0; i < d->columns; i++) {
        html_cell(d, "td", cells[i]);
    }
    raw(d, "</tr>\n");
}

void oko_document_span(oko_document *d, const char *text)
{
    const char *cells[OKO_DOCX_MAX_COLUMNS] = { text };
    char tag[32];
    if (docx(d)) {
        docx_row(d, false, cells);
        return;
    }
    (void)snprintf(tag, sizeof tag, "th colspan=\"%zu\"", d->columns);
    raw(d, "<tr>");
    html_cell(d, tag, text);
    raw(d, "</tr>\n");
}

void oko_document_table_end(oko_document *d)
{
    if (docx(d) && d->docx != NULL) {
        oko_docx_table_end(d->docx);
    } else if (!docx(d)) {
        raw(d, "</tbody>\n</table>\n");
    }
    d->columns = 0;
}

oko_status oko_document_close(oko_document *d, char **ret_bytes, size_t *ret_len, oko_error *err)
{
    oko_status status = oko_buffer_status(&d->out);
    if (docx(d)) {
        status =
            status == OKO_OK ? oko_docx_finish(d->docx, ret_bytes, ret_len, err) : oko_error_set(err, status, "", "");
        oko_docx_free(d->docx);
        d->docx = NULL;
        return status;
    }
    raw(d, "</main>\n</body>\n</html>\n");
    status = oko_buffer_status(&d->out);
    if (status != OKO_OK) {
        oko_buffer_free(&d->out);
        return oko_error_set(err, status, "", "");
    }
    *ret_bytes = d->out.ptr;
    *ret_len = d->out.len;
    return OKO_OK;
}
