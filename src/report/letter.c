/* Letters: one order of parts for HTML and DOCX. */
#include "report/letter.h"

#include "reference/text.h"
#include "report/docx_package.h"
#include "report/escape.h"

#include <string.h>

static const char *part(const json_t *model, const char *name)
{
    const char *text = json_string_value(json_object_get(model, name));
    return text != NULL ? text : "";
}

/* "№ 001/2021 от 11.05.2021", or that it is a draft. */
static char *heading(const oko_text *text, oko_arena *arena, const json_t *model)
{
    const oko_text_arg args[] = { OKO_S("number", part(model, "number")), OKO_S("date", part(model, "date")) };
    return oko_text_make(text, arena, *part(model, "number") != '\0' ? "letter.paper.number" : "letter.paper.draft",
                         args, 2);
}

/* Within a sentence: its first letter small, when it is a Russian capital. */
static char *within(oko_arena *arena, const char *words)
{
    char *s = oko_arena_str(arena, oko_str_of(words));
    if (s == NULL || (unsigned char)s[0] != 0xD0) {
        return s;
    }
    const unsigned char letter = (unsigned char)s[1];
    if (letter >= 0x90 && letter <= 0x9F) { /* А–П */
        s[1] = (char)(letter + 0x20);
    } else if (letter >= 0xA0 && letter <= 0xAF) { /* Р–Я */
        s[0] = (char)0xD1;
        s[1] = (char)(letter - 0x20);
    }
    return s;
}

/* "Школа № 1, ВПР. Математика. 4 класс. 2020: картина ответов — несколько заданий решены …"; a case made by hand has
 * its reason alone. */
static char *case_line(oko_arena *arena, const json_t *one)
{
    const char *procedure = part(one, "procedure"), *statement = part(one, "statement");
    const char *sign = within(arena, part(one, "sign"));
    const bool both = sign != NULL && *sign != '\0' && *statement != '\0';
    const bool any = (sign != NULL && *sign != '\0') || *statement != '\0';
    return oko_arena_printf(arena, "%s%s%s%s%s%s%s", part(one, "school"), *procedure != '\0' ? ", " : "", procedure,
                            any ? ": " : "", sign != NULL ? sign : "", both ? " — " : "", statement);
}

static char *measure_line(oko_arena *arena, const json_t *one)
{
    const char *evidence = part(one, "evidence");
    return oko_arena_printf(arena, "%s%s%s%s", part(one, "name"), *evidence != '\0' ? " (" : "", evidence,
                            *evidence != '\0' ? ")" : "");
}

/* ---- the parts, whatever they are written to ---- */

typedef void (*put_fn)(void *out, oko_docx_style style, const char *text);

static void put_list(const json_t *list, char *(*line)(oko_arena *, const json_t *), const char *head, oko_arena *arena,
                     put_fn put, void *out)
{
    if (json_array_size(list) > 0) {
        put(out, OKO_DOCX_HEADING, head);
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *text = line(arena, json_array_get(list, i));
        put(out, OKO_DOCX_ITEM, text != NULL ? text : "");
    }
}

static oko_status write_parts(const json_t *model, put_fn put, void *out)
{
    OKO_CLEANUP(oko_text_freep) oko_text *text = NULL;
    OKO_CLEANUP(oko_arena_freep) oko_arena *arena = NULL;
    oko_status status = oko_text_open("ru", &text, NULL);
    status = status == OKO_OK ? oko_arena_new(8 * 1024 * 1024, &arena) : status;
    if (status != OKO_OK) {
        return status;
    }
    const char *number = heading(text, arena, model), *deadline = part(model, "deadline");
    put(out, OKO_DOCX_BODY, part(model, "sender"));
    put(out, OKO_DOCX_BODY, number != NULL ? number : "");
    put(out, OKO_DOCX_RIGHT, part(model, "addressee"));
    put(out, OKO_DOCX_TITLE, part(model, "subject"));
    const json_t *paragraphs = json_object_get(model, "paragraphs");
    for (size_t i = 0; i < json_array_size(paragraphs); i++) {
        put(out, OKO_DOCX_BODY, json_string_value(json_array_get(paragraphs, i)));
    }
    put_list(json_object_get(model, "cases"), case_line, oko_text_get(text, "letter.paper.cases"), arena, put, out);
    put_list(json_object_get(model, "measures"), measure_line, oko_text_get(text, "letter.paper.measures"), arena, put,
             out);
    if (*deadline != '\0') {
        const oko_text_arg args[] = { OKO_S("date", deadline) };
        const char *until = oko_text_make(text, arena, "letter.paper.deadline", args, 1);
        put(out, OKO_DOCX_BODY, until != NULL ? until : "");
    }
    put(out, OKO_DOCX_SMALL, oko_text_get(text, "letter.paper.note"));
    put(out, OKO_DOCX_BODY, part(model, "signer"));
    return OKO_OK;
}

/* ---- HTML ---- */

static void put_html(void *ctx, oko_docx_style style, const char *text)
{
    static const char *const tags[OKO_DOCX_STYLE_COUNT] = {
        "p", "h1", "h2", "p class=\"to\"", "p class=\"note\"", "p class=\"item\""
    };
    oko_buffer *out = ctx;
    if (*text == '\0') {
        return;
    }
    oko_buffer_printf(out, "<%s>", tags[style]);
    oko_escape(out, oko_str_of(text));
    oko_buffer_printf(out, "</%.2s>\n", style == OKO_DOCX_TITLE || style == OKO_DOCX_HEADING ? tags[style] : "p");
}

oko_status oko_letter_html(const json_t *model, oko_buffer *out)
{
    oko_buffer_str(out, "<!DOCTYPE html>\n<html lang=\"ru\"><head><meta charset=\"utf-8\"><title>");
    oko_escape(out, oko_str_of(part(model, "subject")));
    oko_buffer_str(out, "</title><style>body{font:16px/1.45 serif;max-width:46em;margin:2em auto;padding:0 1em}"
                        "h1{font-size:1.15em;text-align:center;margin:1.5em 0}h2{font-size:1em;margin:1.2em 0 .4em}"
                        ".to{margin-left:55%}.item{margin:.2em 0 .2em 1.2em}.item::before{content:\"– \"}"
                        ".note{font-size:.85em;margin-top:1.5em}@media print{body{margin:0}}</style></head><body>\n");
    oko_status status = write_parts(model, put_html, out);
    oko_buffer_str(out, "</body></html>\n");
    return status == OKO_OK ? oko_buffer_status(out) : status;
}

/* ---- DOCX ---- */

static void put_docx(void *ctx, oko_docx_style style, const char *text)
{
    if (*text != '\0') {
        oko_docx_paragraph(ctx, style, text);
    }
}

/* The model with its lists as lines, for a template. */
static json_t *flat(const json_t *model)
{
    static const struct {
        const char *name;
        char *(*line)(oko_arena *, const json_t *);
    } lists[] = { { "cases", case_line }, { "measures", measure_line } };
    OKO_CLEANUP(oko_arena_freep) oko_arena *arena = NULL;
    json_t *values = oko_arena_new(8 * 1024 * 1024, &arena) == OKO_OK ? json_copy((json_t *)(uintptr_t)model) : NULL;
    for (size_t k = 0; values != NULL && k < sizeof lists / sizeof *lists; k++) {
        const json_t *list = json_object_get(model, lists[k].name);
        OKO_CLEANUP(oko_buffer_free) oko_buffer lines = { 0 };
        oko_buffer_init(&lines, 1024 * 1024);
        for (size_t i = 0; i < json_array_size(list); i++) {
            const char *text = lists[k].line(arena, json_array_get(list, i));
            oko_buffer_printf(&lines, "%s– %s", i > 0 ? "\n" : "", text != NULL ? text : "");
        }
        (void)json_object_set_new(values, lists[k].name, json_string(lines.ptr != NULL ? lines.ptr : ""));
    }
    return values;
}

oko_status oko_letter_docx(const json_t *model, oko_str template, char **ret_bytes, size_t *ret_len, oko_error *err)
{
    OKO_CLEANUP(oko_docx_freep) oko_docx *docx = NULL;
    if (template.len > 0) {
        json_t *values = flat(model);
        oko_status status = values != NULL ? oko_docx_fill(template, values, ret_bytes, ret_len, err)
                                           : oko_error_set(err, OKO_E_MEMORY, "", "");
        json_decref(values);
        return status;
    }
    oko_status status = oko_docx_new(false, &docx);
    status = status == OKO_OK ? write_parts(model, put_docx, docx) : status;
    return status == OKO_OK ? oko_docx_finish(docx, ret_bytes, ret_len, err) : oko_error_set(err, status, "", "");
}

/* ---- what is not filled yet ---- */

static const struct {
    const char *name, *comes; /* the step that it comes with; "" */
} places_known[] = { { "number", "sent" }, { "date", "sent" },     { "addressee", "" },     { "unit", "" },
                     { "subject", "" },    { "text", "" },         { "cases", "" },         { "measures", "" },
                     { "sender", "" },     { "deadline", "sent" }, { "signer", "approved" } };
enum { PLACES = sizeof places_known / sizeof *places_known };

/* Did the letter come to this step? */
static bool beyond(const json_t *model, const char *step)
{
    static const char *const states[] = { "draft", "review", "approved", "sent", "read", "answered", "closed" };
    size_t is = 0, wanted = 0;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        is = strcmp(states[i], part(model, "state")) == 0 ? i : is;
        wanted = strcmp(states[i], step) == 0 ? i : wanted;
    }
    return is >= wanted;
}

static oko_status note_unfilled(const json_t *model, const char *place, json_t *list)
{
    const char *why = "unknown";
    for (size_t i = 0; i < PLACES; i++) {
        if (strcmp(places_known[i].name, place) == 0) {
            const json_t *v = json_object_get(model, place);
            const bool filled = json_is_string(v) ? json_string_length(v) > 0 : json_array_size(v) > 0;
            why = filled                                                                      ? NULL
                  : places_known[i].comes[0] != '\0' && !beyond(model, places_known[i].comes) ? places_known[i].comes
                                                                                              : "empty";
        }
    }
    return why == NULL || json_array_append_new(list, json_pack("{s:s, s:s}", "place", place, "why", why)) == 0
               ? OKO_OK
               : OKO_E_MEMORY;
}

oko_status oko_letter_unfilled(const json_t *model, const json_t *places, json_t **ret_list)
{
    json_t *list = json_array();
    oko_status status = list != NULL ? OKO_OK : OKO_E_MEMORY;
    const size_t n = places != NULL ? json_array_size(places) : PLACES;
    for (size_t i = 0; status == OKO_OK && i < n; i++) {
        const char *name = places != NULL ? json_string_value(json_array_get(places, i)) : places_known[i].name;
        status = name != NULL ? note_unfilled(model, name, list) : OKO_OK;
    }
    if (status == OKO_OK) {
        *ret_list = list;
        return OKO_OK;
    }
    json_decref(list);
    return status;
}

/* ---- several ---- */

oko_status oko_letter_zip(const oko_letter_file *files, size_t n, char **ret_bytes, size_t *ret_len, oko_error *err)
{
    OKO_CLEANUP(oko_freep) oko_docx_part *parts = oko_alloc_array(n > 0 ? n : 1, sizeof *parts);
    if (parts == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    for (size_t i = 0; i < n; i++) {
        parts[i] = (oko_docx_part){ files[i].name, { files[i].bytes, files[i].len } };
    }
    return oko_docx_pack(parts, n, ret_bytes, ret_len, err);
}
