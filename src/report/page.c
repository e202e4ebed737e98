#include "report/page.h"

#include "report/escape.h"

#include <stdio.h>
#include <string.h>

void oko_page_raw(oko_page *page, const char *markup)
{
    oko_buffer_str(&page->out, markup);
}

void oko_page_text(oko_page *page, const char *s)
{
    oko_escape(&page->out, oko_str_of(s));
}

void oko_page_key(oko_page *page, const char *key)
{
    oko_page_text(page, oko_text_get(page->text, key));
}

/* Memory that is out sticks to the buffer, like every other error of a page. */
static const char *kept(oko_page *page, const char *s)
{
    if (s == NULL && page->out.status == OKO_OK)
        page->out.status = OKO_E_MEMORY;
    return s != NULL ? s : "";
}

const char *oko_page_make(oko_page *page, const char *key, const oko_text_arg *args, size_t n)
{
    return kept(page, oko_text_make(page->text, page->arena, key, args, n));
}

const char *oko_page_describe(oko_page *page, const char *key, const oko_text_arg *args, size_t n)
{
    const char *what = oko_page_make(page, key, args, n);
    return kept(page,
                oko_arena_printf(page->arena, "%s %s", what, oko_text_get(page->text, "report.chart.numbers_below")));
}

void oko_page_fill(oko_page *page, const char *key, const oko_text_arg *args, size_t n)
{
    oko_page_text(page, oko_page_make(page, key, args, n));
}

void oko_page_paragraph(oko_page *page, const char *css_class, const char *key, const oko_text_arg *args, size_t n)
{
    if (css_class != NULL)
        oko_buffer_printf(&page->out, "<p class=\"%s\">", css_class);
    else
        oko_page_raw(page, "<p>");
    oko_page_fill(page, key, args, n);
    oko_page_raw(page, "</p>\n");
}

void oko_page_heading(oko_page *page, int level, const char *id, const char *text)
{
    oko_buffer_printf(&page->out, "<h%d", level);
    if (id != NULL) {
        oko_page_raw(page, " id=\"");
        oko_page_text(page, id);
        oko_page_raw(page, "\"");
    }
    oko_page_raw(page, ">");
    oko_page_text(page, text);
    oko_buffer_printf(&page->out, "</h%d>\n", level);
}

const char *oko_page_number(oko_page *page, double value, int decimals)
{
    return kept(page, oko_text_number(page->text, page->arena, value, decimals));
}

const char *oko_page_int(oko_page *page, int64_t value)
{
    return oko_page_number(page, (double)value, 0);
}

const char *oko_page_hidden(oko_page *page)
{
    return oko_page_make(page, "report.hidden", OKO_PAGE_ARGS(OKO_I("n", page->view->session->published_min)));
}

/* ---- tables ---- */

void oko_page_table_open(oko_page *page, const char *caption, const char *const *heads, size_t n)
{
    oko_page_raw(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    oko_page_text(page, caption);
    oko_page_raw(page, "\"><table><caption><span>");
    oko_page_text(page, caption);
    oko_page_raw(page, "</span></caption><thead><tr>");
    for (size_t i = 0; i < n; i++) {
        bool number = heads[i][0] == '#';
        oko_page_raw(page, number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
        oko_page_text(page, heads[i] + number);
        oko_page_raw(page, "</th>");
    }
    oko_page_raw(page, "</tr></thead><tbody>\n");
}

void oko_page_table_close(oko_page *page)
{
    oko_page_raw(page, "</tbody></table></div>\n");
}

void oko_page_row_open(oko_page *page)
{
    oko_page_raw(page, "<tr>");
}

void oko_page_row_close(oko_page *page)
{
    oko_page_raw(page, "</tr>\n");
}

void oko_page_head_cell(oko_page *page, const char *text)
{
    oko_page_raw(page, "<th scope=\"row\">");
    oko_page_text(page, text);
    oko_page_raw(page, "</th>");
}

void oko_page_cell(oko_page *page, const char *text)
{
    oko_page_raw(page, "<td>");
    oko_page_text(page, text);
    oko_page_raw(page, "</td>");
}

static void number_cell(oko_page *page, const char *text)
{
    oko_page_raw(page, "<td class=\"n\">");
    oko_page_text(page, text);
    oko_page_raw(page, "</td>");
}

void oko_page_cell_number(oko_page *page, double value, int decimals)
{
    number_cell(page, oko_page_number(page, value, decimals));
}

void oko_page_cell_int(oko_page *page, int64_t value)
{
    number_cell(page, oko_page_int(page, value));
}

void oko_page_cell_withheld(oko_page *page)
{
    oko_page_raw(page, "<td class=\"n hid\">");
    oko_page_key(page, "report.withheld");
    oko_page_raw(page, "</td>");
}

void oko_page_cell_hidden(oko_page *page)
{
    oko_page_raw(page, "<td class=\"n hid\">");
    oko_page_text(page, oko_page_hidden(page));
    oko_page_raw(page, "</td>");
}

/* ---- figures ---- */

void oko_page_figure_open(oko_page *page, char id[16])
{
    snprintf(id, 16, "c%d", page->charts++);
    oko_page_raw(page, "<figure><div class=\"scroll\" tabindex=\"0\">\n");
}

void oko_page_figure_caption(oko_page *page, oko_status status, const char *caption)
{
    if (status != OKO_OK && page->out.status == OKO_OK)
        page->out.status = status;
    oko_page_raw(page, "\n</div><figcaption>");
    oko_page_text(page, caption);
    oko_page_raw(page, "</figcaption>\n<details><summary>");
    oko_page_key(page, "report.numbers");
    oko_page_raw(page, "</summary>\n");
}

void oko_page_figure_close(oko_page *page)
{
    oko_page_raw(page, "</details></figure>\n");
}
