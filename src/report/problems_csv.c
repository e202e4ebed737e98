#include "report/problems.h"

#include "base/memory.h"

#include <string.h>

typedef struct writer {
    const oko_text *text;
    oko_arena *arena; /* of one row */
    oko_buffer *out;
    oko_error *err;
} writer;

/* A field; quoted where it must be. A text that a spreadsheet would take for a formula gets an apostrophe. */
static void field(writer *w, const char *text, bool last)
{
    const bool formula = text[0] != '\0' && strchr("=+-@\t", text[0]) != NULL;
    oko_buffer_char(w->out, '"');
    if (formula)
        oko_buffer_char(w->out, '\'');
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '"')
            oko_buffer_char(w->out, '"');
        oko_buffer_char(w->out, *p);
    }
    oko_buffer_str(w->out, last ? "\"\r\n" : "\";");
}

static void number(writer *w, uint32_t value)
{
    if (value > 0)
        oko_buffer_printf(w->out, "%u", (unsigned)value);
    oko_buffer_char(w->out, ';');
}

static const char *word(const writer *w, const char *prefix, const char *name)
{
    const char *key = oko_arena_printf(w->arena, "%s%s", prefix, name);
    return key != NULL && oko_text_has(w->text, key) ? oko_text_get(w->text, key) : name;
}

static oko_status write_problem(void *ctx, const oko_problem *p)
{
    writer *w = ctx;
    const oko_text_arg args[] = { OKO_S("0", p->detail), OKO_S("column", p->column) };
    oko_arena_freep(&w->arena);
    oko_status status = oko_arena_new(0, &w->arena);
    if (status != OKO_OK)
        return oko_error_set(w->err, status, "", "");
    const char *text = oko_text_make(w->text, w->arena, p->reason, args, 2);
    field(w, p->sheet, false);
    number(w, p->row);
    number(w, p->col);
    field(w, p->column, false);
    field(w, word(w, "cli.severity.", oko_severity_name(p->severity)), false);
    field(w, word(w, "cli.value_class.", p->value_class), false);
    field(w, text != NULL ? text : p->reason, true);
    return oko_buffer_status(w->out);
}

oko_status oko_report_problems_csv(oko_store *store, int64_t import, const oko_text *text, oko_buffer *out,
                                   oko_error *err)
{
    static const char *const keys[] = { "cli.head.sheet",  "cli.head.row",      "cli.head.col",
                                        "cli.head.column", "cli.head.severity", "cli.head.value_class",
                                        "cli.head.reason" };
    enum { HEADS = sizeof keys / sizeof *keys };
    writer w = { .text = text, .out = out, .err = err };
    oko_import known = { .id = 0 };
    oko_status status = oko_store_import_get(store, import, &known, err);
    oko_import_clear(&known);
    if (status != OKO_OK)
        return status;
    oko_buffer_str(out, "\xEF\xBB\xBF"); /* so that spreadsheets read it as UTF-8 */
    for (size_t i = 0; i < HEADS; i++)
        field(&w, oko_text_get(text, keys[i]), i + 1 == HEADS);
    status = oko_store_problem_walk(store, import, write_problem, &w, err);
    oko_arena_free(w.arena);
    if (status == OKO_OK && oko_buffer_status(out) != OKO_OK)
        status = oko_error_set(err, oko_buffer_status(out), "", "");
    return status;
}
