#include "report/note.h"

#include "reference/json.h"
#include "report/labels.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct note {
    oko_document d;
    const oko_text *text;
    oko_arena *arena;
    const json_t *view;
    bool school;
} note;

static const char *str(const json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));
    return s != NULL ? s : "";
}

static const char *number(note *n, const json_t *o, const char *name, int decimals)
{
    const json_t *v = json_object_get(o, name);
    const char *s = oko_text_number(n->text, n->arena, json_is_number(v) ? json_number_value(v) : NAN, decimals);
    return s != NULL ? s : "";
}

static const char *say(const note *n, const char *key)
{
    return oko_text_get(n->text, key);
}

static void head(note *n, const char *title)
{
    char line[512];
    const json_t *unit = json_object_get(n->view, "unit");
    oko_document_heading(&n->d, 1, title);
    oko_document_text(&n->d, str(unit, "name"));
    (void)snprintf(line, sizeof line, "%s: %lld, %s: %lld", say(n, "note.run_number"),
                   (long long)json_integer_value(json_object_get(n->view, "run")), say(n, "note.evidence_number"),
                   (long long)json_integer_value(json_object_get(n->view, "evidence_run")));
    oko_document_text(&n->d, line);
    oko_document_text(&n->d, say(n, "report.note"));
}

static void years(note *n)
{
    const char *const heads[] = { say(n, "note.col.year"), say(n, "note.col.procedures"), say(n, "note.col.works"),
                                  say(n, "note.col.percent"), say(n, "note.col.signs") };
    const json_t *list = json_object_get(n->view, "years");
    if (json_array_size(list) == 0) {
        oko_document_text(&n->d, say(n, "note.no_results"));
        return;
    }
    oko_document_heading(&n->d, 2, say(n, "note.section.years"));
    oko_document_table(&n->d, heads, 5);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *y = json_array_get(list, i);
        char year[16];
        (void)snprintf(year, sizeof year, "%lld", (long long)json_integer_value(json_object_get(y, "year")));
        const char *const cells[] = { year, number(n, y, "procedures", 0), number(n, y, "works", 0),
                                      number(n, y, "percent", 1), number(n, y, "signs", 0) };
        oko_document_row(&n->d, cells);
    }
    oko_document_table_end(&n->d);
}

/* A school: its own level of evidence; larger units: how many schools have signs. */
static void procedure_row(note *n, const json_t *p)
{
    const json_t *levels = json_object_get(p, "evidence");
    const char *cells[5] = { str(p, "title"), NULL, NULL, NULL, NULL };
    if (json_is_true(json_object_get(p, "hidden"))) {
        cells[1] = say(n, "report.withheld");
    } else if (n->school) {
        cells[1] = number(n, p, "n", 0);
        cells[2] = number(n, p, "percent", 1);
        cells[3] = oko_label_word(n->text, n->arena, "evidence.word.", str(p, "evidence"));
        cells[4] =
            *str(p, "family") != '\0' ? oko_label_word(n->text, n->arena, "evidence.family.", str(p, "family")) : "";
    } else {
        cells[1] = number(n, p, "schools", 0);
        cells[2] = number(n, p, "percent", 1);
        cells[3] = number(n, levels, "attention", 0);
        const json_int_t signs = json_integer_value(json_object_get(levels, "signs")) +
                                 json_integer_value(json_object_get(levels, "strong"));
        cells[4] = oko_text_number(n->text, n->arena, (double)signs, 0);
    }
    oko_document_row(&n->d, cells);
}

static void procedures(note *n)
{
    const json_t *list = json_object_get(n->view, "procedures");
    const char *const heads[] = { say(n, "note.col.procedure"),
                                  say(n, n->school ? "note.col.works" : "note.col.schools"), say(n, "note.col.percent"),
                                  say(n, n->school ? "note.col.evidence" : "note.col.attention"),
                                  say(n, n->school ? "note.col.family" : "note.col.with_signs") };
    if (json_array_size(list) == 0) {
        return;
    }
    oko_document_heading(&n->d, 2, say(n, "note.section.procedures"));
    oko_document_table(&n->d, heads, 5);
    for (size_t i = 0; i < json_array_size(list); i++) {
        procedure_row(n, json_array_get(list, i));
    }
    oko_document_table_end(&n->d);
}

/* Of a school: what the signs say, in words. */
static void sentences(note *n)
{
    const json_t *list = json_object_get(n->view, "procedures");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *p = json_array_get(list, i), *said = json_object_get(p, "sentences"),
                     *reasons = json_object_get(p, "reasons");
        if (json_array_size(said) == 0) {
            continue;
        }
        oko_document_heading(&n->d, 3, str(p, "title"));
        for (size_t k = 0; k < json_array_size(said); k++) {
            oko_document_text(&n->d, json_string_value(json_array_get(said, k)));
        }
        for (size_t k = 0; k < json_array_size(reasons); k++) {
            const char *reason = json_string_value(json_array_get(reasons, k));
            oko_document_item(&n->d, reason != NULL ? reason : "");
        }
    }
}

static void words(note *n, const json_t *body)
{
    const json_t *conclusions = json_object_get(body, "conclusions"), *answers = json_object_get(body, "answers");
    if (*str(body, "text") != '\0') {
        oko_document_heading(&n->d, 2, say(n, "note.section.text"));
        oko_document_text(&n->d, str(body, "text"));
    }
    if (json_array_size(answers) > 0) {
        oko_document_heading(&n->d, 2, say(n, "note.section.answers"));
    }
    for (size_t i = 0; i < json_array_size(answers); i++) {
        oko_document_heading(&n->d, 3, str(json_array_get(answers, i), "question"));
        oko_document_text(&n->d, str(json_array_get(answers, i), "answer"));
    }
    if (json_array_size(conclusions) > 0) {
        oko_document_heading(&n->d, 2, say(n, "note.section.conclusions"));
    }
    for (size_t i = 0; i < json_array_size(conclusions); i++) {
        const char *line = json_string_value(json_array_get(conclusions, i));
        oko_document_item(&n->d, line != NULL ? line : "");
    }
}

oko_status oko_note_document(const json_t *view, const char *title, const json_t *body, const oko_text *text,
                             oko_document_kind kind, char **ret_bytes, size_t *ret_len, oko_error *err)
{
    note n = { .text = text, .view = view };
    n.school = strcmp(str(json_object_get(view, "unit"), "level"), "school") == 0;
    title = *title != '\0' ? title : oko_text_get(text, "note.title");
    if (oko_arena_new(0, &n.arena) != OKO_OK) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    oko_document_open(&n.d, kind, oko_text_lang(text), title, false);
    head(&n, title);
    years(&n);
    procedures(&n);
    sentences(&n);
    words(&n, body);
    oko_status status = oko_document_close(&n.d, ret_bytes, ret_len, err);
    oko_arena_free(n.arena);
    return status;
}
