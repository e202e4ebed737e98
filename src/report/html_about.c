/* How to read the page, what its words mean, and how its numbers were computed. */
#include "report/page.h"

#include "reference/json.h"

#include <stdio.h>

static void list(oko_page *page, const char *prefix)
{
    char key[64];
    oko_page_raw(page, "<ul>\n");
    for (int i = 1; i < 32; i++) {
        snprintf(key, sizeof key, "%s%d", prefix, i);
        if (!oko_text_has(page->text, key))
            break;
        oko_page_raw(page, "<li>");
        oko_page_fill(page, key, OKO_PAGE_ARGS(OKO_I("min", page->view->session->published_min)));
        oko_page_raw(page, "</li>\n");
    }
    oko_page_raw(page, "</ul>\n");
}

static void glossary(oko_page *page)
{
    char term[64], meaning[64];
    oko_page_raw(page, "<dl class=\"glossary\">\n");
    for (int i = 1; i < 64; i++) {
        snprintf(term, sizeof term, "report.glossary.%d.term", i);
        snprintf(meaning, sizeof meaning, "report.glossary.%d.meaning", i);
        if (!oko_text_has(page->text, term))
            break;
        oko_page_raw(page, "<dt>");
        oko_page_key(page, term);
        oko_page_raw(page, "</dt><dd>");
        oko_page_key(page, meaning);
        oko_page_raw(page, "</dd>\n");
    }
    oko_page_raw(page, "</dl>\n");
}

void oko_html_reading(oko_page *page)
{
    oko_page_raw(page, "<section>\n");
    oko_page_heading(page, 2, "reading", oko_text_get(page->text, "report.section.reading"));
    list(page, "report.reading.");
    oko_page_heading(page, 3, NULL, oko_text_get(page->text, "report.head.glossary"));
    glossary(page);
    oko_page_raw(page, "</section>\n");
}

/* " --replicates 400 --min 10" as the run was computed. */
static void options(oko_page *page, const oko_run *run)
{
    static const char *const names[][2] = { { "replicates", "--replicates" }, { "published_min", "--min" } };
    OKO_CLEANUP(oko_json_freep) json_t *json = NULL;
    if (run->params == NULL || oko_json_parse(oko_str_of(run->params), "params", &json, NULL) != OKO_OK)
        return;
    for (int i = 0; i < 2; i++) {
        const json_t *value = json_object_get(json, names[i][0]);
        if (json_is_integer(value))
            oko_buffer_printf(&page->out, " %s %lld", names[i][1], (long long)json_integer_value(value));
    }
}

void oko_html_method(oko_page *page)
{
    const oko_run *run = &page->view->session->run;
    const char *seed = oko_arena_printf(page->arena, "%llu", (unsigned long long)run->seed);
    const char *revision = oko_arena_printf(page->arena, "%lld", (long long)run->revision);
    const char *id = oko_arena_printf(page->arena, "%lld", (long long)run->id);
    oko_page_raw(page, "<section>\n");
    oko_page_heading(page, 2, "method", oko_text_get(page->text, "report.section.method"));
    oko_page_paragraph(page, NULL, "report.about.run",
                       OKO_PAGE_ARGS(OKO_S("run", id), OKO_S("created", run->created), OKO_S("method", run->method),
                                     OKO_S("program", run->program), OKO_S("revision", revision), OKO_S("seed", seed)));
    oko_page_paragraph(page, "hash", "report.about.snapshot", OKO_PAGE_ARGS(OKO_S("hash", run->snapshot)));
    oko_page_paragraph(page, "hash", "report.about.result", OKO_PAGE_ARGS(OKO_S("hash", run->result_hash)));
    oko_page_paragraph(page, NULL, "report.about.recompute", NULL, 0);
    oko_page_raw(page, "<pre>oko analyze --recompute --revision ");
    oko_page_text(page, revision);
    oko_page_raw(page, " --seed ");
    oko_page_text(page, seed);
    options(page, run);
    oko_page_raw(page, "\noko report --run ");
    oko_page_text(page, id);
    oko_page_raw(page, " --unit ");
    oko_page_text(page, page->view->unit->code);
    oko_page_raw(page, "</pre>\n");
    list(page, "report.about.limits.");
    oko_page_raw(page, "</section>\n");
}
