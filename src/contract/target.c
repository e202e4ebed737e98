#include "contract/target.h"

#include <string.h>

static oko_status bad(oko_error *err)
{
    return oko_error_set(err, OKO_E_ARGUMENT, "contract.bad_target", "");
}

static oko_status too_long(oko_error *err)
{
    return oko_error_set(err, OKO_E_LIMIT, "contract.long_target", "");
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* %XX (and '+' in a query) → text. NULL when it is broken; *ret_memory when memory is out. */
static char *decode(oko_arena *arena, oko_str raw, bool query, bool *ret_memory)
{
    char *text = oko_arena_alloc(arena, raw.len + 1);
    size_t n = 0;
    if (text == NULL) {
        *ret_memory = true;
        return NULL;
    }
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.ptr[i];
        if (c == '%') {
            int high = i + 2 < raw.len ? hex(raw.ptr[i + 1]) : -1;
            int low = i + 2 < raw.len ? hex(raw.ptr[i + 2]) : -1;
            if (high < 0 || low < 0)
                return NULL;
            c = (char)(high * 16 + low);
            i += 2;
            if (c == '/' && !query)
                return NULL;
        } else if (c == '+' && query) {
            c = ' ';
        }
        if ((unsigned char)c < 0x20 || (unsigned char)c == 0x7F)
            return NULL;
        text[n++] = c;
    }
    text[n] = '\0';
    return oko_utf8_valid((oko_str){ text, n }) ? text : NULL;
}

static oko_status decoded(oko_arena *arena, oko_str raw, bool query, const char **ret_text, oko_error *err)
{
    bool memory = false;
    const char *text = decode(arena, raw, query, &memory);
    if (text == NULL)
        return memory ? oko_error_set(err, OKO_E_MEMORY, "", "") : bad(err);
    *ret_text = text;
    return OKO_OK;
}

/* The part of s up to `mark` (or all of it); s moves behind the mark. */
static oko_str cut(oko_str *s, char mark)
{
    const char *at = s->len > 0 ? memchr(s->ptr, mark, s->len) : NULL;
    oko_str part = { s->ptr, at != NULL ? (size_t)(at - s->ptr) : s->len };
    size_t skip = at != NULL ? part.len + 1 : part.len;
    *s = (oko_str){ s->ptr + skip, s->len - skip };
    return part;
}

static oko_status parse_path(oko_arena *arena, oko_str path, oko_target *t, oko_error *err)
{
    if (path.len == 0 || path.ptr[0] != '/')
        return bad(err);
    (void)cut(&path, '/');
    while (path.len > 0) {
        oko_str part = cut(&path, '/');
        const char *text = NULL;
        if (part.len == 0)
            return bad(err);
        if (t->n_segments >= OKO_TARGET_MAX_SEGMENTS)
            return too_long(err);
        oko_status status = decoded(arena, part, false, &text, err);
        if (status != OKO_OK)
            return status;
        if (strcmp(text, ".") == 0 || strcmp(text, "..") == 0)
            return bad(err);
        t->segment[t->n_segments++] = text;
    }
    return OKO_OK;
}

static oko_status parse_query(oko_arena *arena, oko_str query, oko_target *t, oko_error *err)
{
    while (query.len > 0) {
        oko_str value = cut(&query, '&');
        if (value.len == 0)
            continue;
        if (t->n_pairs >= OKO_TARGET_MAX_PAIRS)
            return too_long(err);
        oko_str name = cut(&value, '=');
        oko_target_pair *pair = &t->pair[t->n_pairs];
        oko_status status = decoded(arena, name, true, &pair->name, err);
        if (status == OKO_OK)
            status = decoded(arena, value, true, &pair->value, err);
        if (status != OKO_OK)
            return status;
        t->n_pairs++;
    }
    return OKO_OK;
}

oko_status oko_target_parse(oko_arena *arena, oko_str raw, oko_target *ret_target, oko_error *err)
{
    oko_target t = { .n_segments = 0 };
    if (raw.len > OKO_TARGET_MAX_BYTES)
        return too_long(err);
    oko_str path = cut(&raw, '?');
    oko_status status = parse_path(arena, path, &t, err);
    if (status == OKO_OK)
        status = parse_query(arena, raw, &t, err);
    t.folder = path.len > 1 && path.ptr[path.len - 1] == '/';
    if (status == OKO_OK)
        *ret_target = t;
    return status;
}

const char *oko_target_get(const oko_target *target, const char *name)
{
    for (size_t i = 0; i < target->n_pairs; i++) {
        if (strcmp(target->pair[i].name, name) == 0)
            return target->pair[i].value;
    }
    return NULL;
}
