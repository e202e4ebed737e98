/* Traces in words. */
#include "cycle/trace.h"

#include "base/memory.h"
#include "cycle/tally.h"
#include "reference/json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH = 64, ARENA = 8 << 20, CODES_SHOWN = 12 };

typedef struct telling {
    const oko_text *text;
    oko_arena *arena;
    const json_t *variables; /* with words */
    json_t *lines;
} telling;

static const char *text_of(const json_t *o, const char *name)
{
    const char *text = json_string_value(json_object_get(o, name));
    return text != NULL ? text : "";
}

static const char *word_in(const telling *t, const json_t *list, const char *code)
{
    size_t i;
    json_t *v;
    json_array_foreach((json_t *)(uintptr_t)list, i, v)
    {
        if (strcmp(text_of(v, "code"), code) == 0) {
            return text_of(v, oko_text_lang(t->text));
        }
    }
    return code;
}

static const char *number(const telling *t, double v)
{
    return oko_text_number(t->text, t->arena, v, v == floor(v) && fabs(v) < 1e15 ? 0 : 2);
}

/* The number, or why there is none. */
static const char *value_words(const telling *t, const json_t *node)
{
    const json_t *v = json_object_get(node, "value");
    return json_is_number(v) ? number(t, json_number_value(v)) : oko_text_get(t->text, text_of(node, "why"));
}

static const char *codes_of(const telling *t, const json_t *codes)
{
    const char *all = "";
    size_t i;
    json_t *code;
    json_array_foreach((json_t *)(uintptr_t)codes, i, code)
    {
        const bool last = i == CODES_SHOWN;
        all = oko_arena_printf(t->arena, "%s%s%s", all, i == 0 ? "" : ", ", last ? "…" : json_string_value(code));
        if (all == NULL || last) {
            break;
        }
    }
    return all;
}

static const char *source_words(const telling *t, const json_t *source)
{
    char key[64];
    (void)snprintf(key, sizeof key, "indicator.source.%s", text_of(source, "from"));
    const oko_text_arg args[] = {
        OKO_I("run", json_integer_value(json_object_get(source, "run"))),
        OKO_S("year", oko_arena_printf(t->arena, "%d", (int)json_integer_value(json_object_get(source, "year")))),
        OKO_S("procedures", codes_of(t, json_object_get(source, "procedures")))
    };
    return oko_text_has(t->text, key) ? oko_text_make(t->text, t->arena, key, args, 3) : "";
}

static const char *variable_line(const telling *t, const json_t *node)
{
    const char *name = text_of(node, "variable");
    const char *source = source_words(t, json_object_get(node, "source"));
    const oko_text_arg args[] = { OKO_S("what", word_in(t, t->variables, name)), OKO_S("value", value_words(t, node)),
                                  OKO_S("variable", name), OKO_S("source", source != NULL ? source : "") };
    return oko_text_make(t->text, t->arena, "indicator.trace.variable", args, 4);
}

/* "a; b; c" */
static const char *arguments(const telling *t, const json_t *args)
{
    const char *all = "";
    size_t i;
    json_t *arg;
    json_array_foreach((json_t *)(uintptr_t)args, i, arg)
    {
        all = all == NULL ? NULL : oko_arena_printf(t->arena, "%s%s%s", all, i == 0 ? "" : "; ", value_words(t, arg));
    }
    return all != NULL ? all : "";
}

static const char *operation_line(const telling *t, const json_t *node)
{
    const json_t *args = json_object_get(node, "args");
    const char *op = text_of(node, "op");
    const size_t n = json_array_size(args);
    const char *key = strcmp(op, "share") == 0    ? "indicator.trace.share"
                      : strlen(op) == 1 && n == 2 ? "indicator.trace.binary"
                      : strlen(op) == 1           ? "indicator.trace.unary"
                                                  : "indicator.trace.operation";
    const oko_text_arg fill[] = { OKO_S("a", n > 0 ? value_words(t, json_array_get(args, 0)) : ""),
                                  OKO_S("b", n > 1 ? value_words(t, json_array_get(args, 1)) : ""),
                                  OKO_S("value", value_words(t, node)), OKO_S("op", op),
                                  OKO_S("args", arguments(t, args)) };
    return oko_text_make(t->text, t->arena, key, fill, 5);
}

static oko_status tell(const telling *t, const json_t *node, int depth)
{
    const char *line = json_object_get(node, "variable") != NULL ? variable_line(t, node)
                       : json_object_get(node, "op") != NULL     ? operation_line(t, node)
                                                                 : value_words(t, node);
    if (line == NULL || json_array_append_new(t->lines, json_pack("{s:i, s:s}", "depth", depth, "text", line)) != 0) {
        return OKO_E_MEMORY;
    }
    size_t i;
    json_t *arg;
    oko_status status = depth < DEPTH ? OKO_OK : OKO_E_LIMIT;
    json_array_foreach(json_object_get(node, "args"), i, arg)
    {
        /* A number of the formula stands in the line above. */
        if (status == OKO_OK && (json_object_get(arg, "op") != NULL || json_object_get(arg, "variable") != NULL)) {
            status = tell(t, arg, depth + 1);
        }
    }
    return status;
}

oko_status oko_trace_words(const json_t *trace, const oko_text *text, json_t **ret_lines, oko_error *err)
{
    OKO_CLEANUP(oko_arena_freep) oko_arena *arena = NULL;
    OKO_CLEANUP(oko_json_freep) json_t *lists = NULL;
    telling t = { .text = text };
    oko_status status = oko_variables_list(&lists, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_arena_new(ARENA, &arena);
    t.arena = arena;
    t.variables = json_object_get(lists, "items");
    t.lines = json_array();
    status = status == OKO_OK && t.lines != NULL ? tell(&t, trace, 0) : OKO_E_MEMORY;
    if (status != OKO_OK) {
        json_decref(t.lines);
        return oko_error_set(err, status, "", "");
    }
    *ret_lines = t.lines;
    return OKO_OK;
}
