#include "reference/text.h"

#include "reference/embedded.h"
#include "reference/json.h"
#include "reference/text_numbers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_KEYS = 20000,
    MAX_CATALOGUE_BYTES = 16 * 1024 * 1024,
    MAX_SENTENCE_BYTES = 256 * 1024, /* a filled text */
    ERROR_PLACES = OKO_ERROR_ARGS + 2
};

/* One key with its plural forms; a fixed text has the same pointer three times. */
typedef struct entry {
    const char *key;
    const char *form[OKO_PLURAL_COUNT];
} entry;

struct oko_text {
    char lang[4];
    const oko_number_style *style;
    oko_arena *arena; /* keys and forms */
    entry *entries;   /* by key */
    size_t n, cap;
};

static int by_key(const void *a, const void *b)
{
    return strcmp(((const entry *)a)->key, ((const entry *)b)->key);
}

static const entry *find(const oko_text *text, const char *key)
{
    entry wanted = { .key = key };
    return text->n == 0 ? NULL : bsearch(&wanted, text->entries, text->n, sizeof wanted, by_key);
}

static oko_status copy_string(oko_text *text, const json_t *value, const char **ret)
{
    char *copy = oko_arena_str(text->arena, (oko_str){ json_string_value(value), json_string_length(value) });
    if (copy == NULL) {
        return OKO_E_MEMORY;
    }
    *ret = copy;
    return OKO_OK;
}

/* A string, or an object of plural forms: one, few and many in Russian, one and other in English. */
static oko_status read_forms(oko_text *text, const json_t *value, entry *e)
{
    static const char *const names[2][OKO_PLURAL_COUNT] = { { "one", "other", "other" }, { "one", "few", "many" } };
    size_t wanted = text->style->russian_plural ? 3 : 2;
    bool plural = json_is_object(value);
    if (plural && json_object_size(value) != wanted) {
        return OKO_E_FORMAT;
    }
    for (int i = 0; i < OKO_PLURAL_COUNT; i++) {
        const json_t *form = plural ? json_object_get(value, names[text->style->russian_plural][i]) : value;
        if (!json_is_string(form)) {
            return OKO_E_FORMAT;
        }
        oko_status status = i > 0 && !plural ? OKO_OK : copy_string(text, form, &e->form[i]);
        if (status != OKO_OK) {
            return status;
        }
    }
    if (!plural) {
        e->form[OKO_PLURAL_FEW] = e->form[OKO_PLURAL_MANY] = e->form[OKO_PLURAL_ONE];
    }
    return OKO_OK;
}

static oko_status add_entry(oko_text *text, const char *key, const json_t *value)
{
    oko_status status = oko_grow(&text->entries, &text->cap, text->n + 1, sizeof *text->entries, MAX_KEYS);
    if (status != OKO_OK) {
        return status;
    }
    entry e = { .key = oko_arena_str(text->arena, oko_str_of(key)) };
    if (e.key == NULL) {
        return OKO_E_MEMORY;
    }
    status = read_forms(text, value, &e);
    if (status == OKO_OK) {
        text->entries[text->n++] = e;
    }
    return status;
}

static oko_status add_file(oko_text *text, const oko_embedded *file, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *json = NULL;
    oko_status status = oko_json_parse(file->bytes, file->path, &json, err);
    if (status != OKO_OK) {
        return status;
    }
    if (!json_is_object(json)) {
        return oko_error_set(err, OKO_E_FORMAT, "", file->path);
    }
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(json, key, value)
    {
        status = add_entry(text, key, value);
        if (status != OKO_OK) {
            return oko_error_set(err, status, "", status == OKO_E_FORMAT ? key : file->path);
        }
    }
    return OKO_OK;
}

static oko_status add_language(oko_text *text, oko_error *err)
{
    char folder[16] = "text/";
    strcat(folder, text->lang);
    strcat(folder, "/");
    const oko_embedded *file = NULL;
    for (size_t i = 0; (file = oko_embedded_at(i)) != NULL; i++) {
        oko_str path = oko_str_of(file->path);
        if (oko_str_starts(path, oko_str_of(folder)) && oko_str_ends(path, OKO_STR(".json"))) {
            oko_status status = add_file(text, file, err);
            if (status != OKO_OK) {
                return status;
            }
        }
    }
    if (text->n > 0) {
        qsort(text->entries, text->n, sizeof *text->entries, by_key);
    }
    for (size_t i = 1; i < text->n; i++) {
        if (strcmp(text->entries[i - 1].key, text->entries[i].key) == 0) {
            return oko_error_set(err, OKO_E_CONFLICT, "", text->entries[i].key);
        }
    }
    return OKO_OK;
}

oko_status oko_text_open(const char *lang, oko_text **ret_text, oko_error *err)
{
    bool russian = lang != NULL && strcmp(lang, "ru") == 0;
    if (!russian && (lang == NULL || strcmp(lang, "en") != 0)) {
        return oko_error_set(err, OKO_E_ARGUMENT, "", "lang");
    }
    OKO_CLEANUP(oko_text_freep) oko_text *text = calloc(1, sizeof *text);
    if (text == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    strcpy(text->lang, russian ? "ru" : "en");
    text->style = russian ? &oko_number_style_ru : &oko_number_style_en;
    oko_status status = oko_arena_new(MAX_CATALOGUE_BYTES, &text->arena);
    if (status != OKO_OK) {
        return oko_error_set(err, status, "", "");
    }
    status = add_language(text, err);
    if (status != OKO_OK) {
        return status;
    }
    *ret_text = text;
    text = NULL;
    return OKO_OK;
}

void oko_text_free(oko_text *text)
{
    if (text != NULL) {
        oko_arena_free(text->arena);
        free(text->entries);
        free(text);
    }
}

void oko_text_freep(oko_text **text)
{
    oko_text_free(*text);
    *text = NULL;
}

const char *oko_text_lang(const oko_text *text)
{
    return text->lang;
}

const char *oko_text_get(const oko_text *text, const char *key)
{
    const entry *e = find(text, key);
    return e != NULL ? e->form[OKO_PLURAL_MANY] : key;
}

bool oko_text_has(const oko_text *text, const char *key)
{
    return find(text, key) != NULL;
}

static const oko_text_arg *find_arg(const oko_text_arg *args, size_t n, oko_str name)
{
    for (size_t i = 0; i < n; i++) {
        if (oko_str_equal(oko_str_of(args[i].name), name)) {
            return &args[i];
        }
    }
    return NULL;
}

static void put_arg(const oko_text *text, oko_buffer *out, const oko_text_arg *arg)
{
    char number[OKO_NUMBER_BYTES];
    switch (arg->kind) {
    case OKO_ARG_STR:
        oko_buffer_str(out, arg->str != NULL ? arg->str : "");
        return;
    case OKO_ARG_INT:
        oko_number_int(text->style, arg->i, number);
        break;
    case OKO_ARG_NUM:
    default:
        oko_number_real(text->style, arg->num, arg->decimals, number);
        break;
    }
    oko_buffer_str(out, number);
}

/* Appends a pattern with its {places} filled; a place without an argument stays as it is written. */
static void put_pattern(const oko_text *text, oko_buffer *out, const char *pattern, const oko_text_arg *args, size_t n)
{
    const char *at = pattern;
    while (*at != '\0') {
        size_t plain = strcspn(at, "{");
        oko_buffer_add(out, at, plain);
        at += plain;
        if (*at != '{') {
            return;
        }
        size_t name = strcspn(at + 1, "{}");
        const oko_text_arg *arg = at[1 + name] == '}' ? find_arg(args, n, (oko_str){ at + 1, name }) : NULL;
        if (arg != NULL) {
            put_arg(text, out, arg);
            at += name + 2;
        } else {
            oko_buffer_char(out, '{');
            at++;
        }
    }
}

/* Plural form that the argument "n" asks for; the many-form when there is none. */
static oko_plural form_for(const oko_text *text, const oko_text_arg *args, size_t n)
{
    const oko_text_arg *count = find_arg(args, n, OKO_STR("n"));
    if (count == NULL || count->kind == OKO_ARG_STR) {
        return OKO_PLURAL_MANY;
    }
    return oko_number_plural(text->style, count->kind == OKO_ARG_INT ? (double)count->i : count->num);
}

void oko_text_fill(const oko_text *text, oko_buffer *out, const char *key, const oko_text_arg *args, size_t n)
{
    const entry *e = find(text, key);
    put_pattern(text, out, e != NULL ? e->form[form_for(text, args, n)] : key, args, n);
}

/* The buffer's text in the arena; NULL when memory is out. A sentence above the limit is cut. */
static char *into_arena(oko_arena *arena, const oko_buffer *b)
{
    return b->status == OKO_E_MEMORY ? NULL : oko_arena_str(arena, (oko_str){ b->ptr, b->len });
}

char *oko_text_make(const oko_text *text, oko_arena *arena, const char *key, const oko_text_arg *args, size_t n)
{
    OKO_CLEANUP(oko_buffer_free) oko_buffer b = { 0 };
    oko_buffer_init(&b, MAX_SENTENCE_BYTES);
    oko_text_fill(text, &b, key, args, n);
    return into_arena(arena, &b);
}

char *oko_text_number(const oko_text *text, oko_arena *arena, double value, int decimals)
{
    char number[OKO_NUMBER_BYTES];
    oko_number_real(text->style, value, decimals, number);
    return oko_arena_str(arena, oko_str_of(number));
}

char *oko_text_p(const oko_text *text, oko_arena *arena, double p, double log_p)
{
    char number[OKO_NUMBER_BYTES];
    oko_number_p(text->style, p, log_p, number);
    return oko_arena_str(arena, oko_str_of(number));
}

/* {0}, {1}, … of the error, {field}, and "n" (the first argument when it is a whole number) for plural forms. */
static size_t error_places(const oko_error *err, oko_text_arg args[ERROR_PLACES])
{
    static const char *const names[OKO_ERROR_ARGS] = { "0", "1", "2", "3", "4", "5" };
    size_t n = 0;
    for (int i = 0; i < err->n_args && i < OKO_ERROR_ARGS; i++) {
        args[n++] = OKO_S(names[i], err->arg[i]);
    }
    int64_t count = 0;
    if (n > 0 && oko_str_to_int(oko_str_of(err->arg[0]), &count)) {
        args[n++] = OKO_I("n", count);
    }
    args[n++] = OKO_S("field", err->field);
    return n;
}

char *oko_text_error(const oko_text *text, oko_arena *arena, const oko_error *err)
{
    OKO_CLEANUP(oko_buffer_free) oko_buffer b = { 0 };
    oko_buffer_init(&b, MAX_SENTENCE_BYTES);
    oko_text_arg args[ERROR_PLACES];
    size_t n = error_places(err, args);
    char status_key[64] = "status.";
    strncat(status_key, oko_status_describe(err->code)->name, sizeof status_key - 8);
    bool known = err->id[0] != '\0' && oko_text_has(text, err->id);
    const char *key = known ? err->id : status_key;
    oko_text_fill(text, &b, key, args, n);
    if (err->field[0] != '\0' && oko_buffer_status(&b) == OKO_OK && strstr(b.ptr, err->field) == NULL) {
        b.len = 0; /* the sentence does not say what it is about: begin with that */
        oko_buffer_printf(&b, "%s: ", err->field);
        oko_text_fill(text, &b, key, args, n);
    }
    if (err->id[0] != '\0' && !known) { /* a sentence we forgot: show at least its name and numbers */
        oko_buffer_str(&b, " [");
        oko_buffer_str(&b, err->id);
        for (int i = 0; i < err->n_args && i < OKO_ERROR_ARGS; i++) {
            oko_buffer_str(&b, " ");
            oko_buffer_str(&b, err->arg[i]);
        }
        oko_buffer_str(&b, "]");
    }
    return into_arena(arena, &b);
}
