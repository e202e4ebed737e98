/* Filling {{name}} places of a template, paragraph by paragraph. */
#include "report/docx_package.h"

#include <string.h>

/* Place of `what` in s from `from` on; s.len when there is none. */
static size_t find(oko_str s, size_t from, const char *what)
{
    const size_t len = strlen(what);
    for (size_t i = from; i + len <= s.len; i++) {
        if (memcmp(s.ptr + i, what, len) == 0) {
            return i;
        }
    }
    return s.len;
}

/* The next text element <w:t> or <w:t …> from `from` on: begin and end of its content. False when there is none. */
static bool next_text(oko_str s, size_t from, size_t *ret_begin, size_t *ret_end)
{
    for (size_t at = find(s, from, "<w:t"); at < s.len; at = find(s, at + 4, "<w:t")) {
        const char after = at + 4 < s.len ? s.ptr[at + 4] : '\0';
        const size_t close = find(s, at, ">");
        if ((after != '>' && after != ' ') || close >= s.len || s.ptr[close - 1] == '/') {
            continue; /* <w:tab/>, <w:tbl>, <w:t/> … */
        }
        *ret_begin = close + 1;
        *ret_end = find(s, close, "</w:t>");
        return *ret_end < s.len;
    }
    return false;
}

/* The text with its places filled; it is XML already, the values are not. */
static void fill_text(oko_str text, const json_t *values, oko_buffer *out)
{
    for (size_t at = 0; at < text.len;) {
        const size_t open = find(text, at, "{{"), close = find(text, open, "}}");
        oko_buffer_add(out, text.ptr + at, (close < text.len ? open : text.len) - at);
        if (close >= text.len) {
            return;
        }
        char name[64] = "";
        (void)oko_str_copy(name, sizeof name, oko_str_trim((oko_str){ text.ptr + open + 2, close - open - 2 }));
        const char *value = json_string_value(json_object_get(values, name));
        oko_docx_text(out, value != NULL ? value : "");
        at = close + 2;
    }
}

/* All texts of a paragraph, one after the other. */
static void text_of(oko_str p, oko_buffer *whole)
{
    size_t begin, end;
    oko_buffer_init(whole, OKO_DOCX_MAX_BYTES);
    for (size_t from = 0; next_text(p, from, &begin, &end); from = end) {
        oko_buffer_add(whole, p.ptr + begin, end - begin);
    }
}

/* One paragraph: when its texts together hold a place, all of them go into the first, filled. */
static void fill_paragraph(oko_str p, const json_t *values, oko_buffer *out)
{
    OKO_CLEANUP(oko_buffer_free) oko_buffer whole = { 0 };
    size_t begin, end, at = 0;
    text_of(p, &whole);
    const oko_str text = { whole.ptr, whole.len };
    if (find(text, find(text, 0, "{{"), "}}") >= text.len) {
        oko_buffer_add(out, p.ptr, p.len);
        return;
    }
    for (bool first = true; next_text(p, at, &begin, &end); first = false) {
        oko_buffer_add(out, p.ptr + at, begin - at);
        if (first) { /* blanks at the ends of a value stay */
            oko_buffer_str(out, "</w:t><w:t xml:space=\"preserve\">");
            fill_text(text, values, out);
        }
        at = end;
    }
    oko_buffer_add(out, p.ptr + at, p.len - at);
}

static bool has_places(const char *name)
{
    const oko_str n = oko_str_of(name);
    return oko_str_equal(n, OKO_STR("word/document.xml")) || oko_str_starts(n, OKO_STR("word/header")) ||
           oko_str_starts(n, OKO_STR("word/footer"));
}

/* The next paragraph from *at on; paragraphs end with </w:p>, those inside of boxes end first. */
static bool next_paragraph(oko_str bytes, size_t *at, oko_str *ret)
{
    if (*at >= bytes.len) {
        return false;
    }
    size_t end = find(bytes, *at, "</w:p>");
    end = end < bytes.len ? end + strlen("</w:p>") : bytes.len;
    *ret = (oko_str){ bytes.ptr + *at, end - *at };
    *at = end;
    return true;
}

static bool fill_part(void *ctx, const char *name, oko_str bytes, oko_buffer *out)
{
    oko_str p;
    if (!has_places(name)) {
        return false;
    }
    for (size_t at = 0; next_paragraph(bytes, &at, &p);) {
        fill_paragraph(p, ctx, out);
    }
    return true;
}

oko_status oko_docx_fill(oko_str template, const json_t *values, char **ret_bytes, size_t *ret_len, oko_error *err)
{
    return oko_docx_repack(template, fill_part, (void *)(uintptr_t)values, ret_bytes, ret_len, err);
}

/* ---- which places there are ---- */

typedef struct placing {
    json_t *names; /* object: each name once, in the order of the text */
    bool no_memory;
} placing;

static void note_places(placing *p, oko_str text)
{
    for (size_t at = 0;;) {
        const size_t open = find(text, at, "{{"), close = find(text, open, "}}");
        if (close >= text.len || json_object_size(p->names) >= OKO_DOCX_MAX_PLACES) {
            return;
        }
        char name[64] = "";
        (void)oko_str_copy(name, sizeof name, oko_str_trim((oko_str){ text.ptr + open + 2, close - open - 2 }));
        p->no_memory = json_object_set_new(p->names, name, json_true()) != 0 || p->no_memory;
        at = close + 2;
    }
}

static bool note_part(void *ctx, const char *name, oko_str bytes, oko_buffer *out)
{
    oko_str p;
    (void)out;
    for (size_t at = 0; has_places(name) && next_paragraph(bytes, &at, &p);) {
        OKO_CLEANUP(oko_buffer_free) oko_buffer whole = { 0 };
        text_of(p, &whole);
        note_places(ctx, (oko_str){ whole.ptr, whole.len });
    }
    return false;
}

oko_status oko_docx_places(oko_str template, json_t **ret_names, oko_error *err)
{
    OKO_CLEANUP(oko_freep) char *bytes = NULL;
    size_t len;
    placing p = { .names = json_object() };
    json_t *list = json_array();
    oko_status status = p.names != NULL && list != NULL ? oko_docx_repack(template, note_part, &p, &bytes, &len, err)
                                                        : oko_error_set(err, OKO_E_MEMORY, "", "");
    const char *name;
    json_t *value;
    json_object_foreach(p.names, name, value)
    {
        p.no_memory = json_array_append_new(list, json_string(name)) != 0 || p.no_memory;
    }
    json_decref(p.names);
    if (status == OKO_OK && p.no_memory) {
        status = oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    if (status == OKO_OK) {
        *ret_names = list;
        return OKO_OK;
    }
    json_decref(list);
    return status;
}
