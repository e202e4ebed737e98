#include "http/request.h"

#include "http/upload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void oko_request_clear(oko_request *rq)
{
    json_decref(rq->parameters);
    json_decref(rq->body);
    rq->parameters = rq->body = NULL;
    if (!rq->upload.kept)
        oko_upload_remove(&rq->upload);
}

const json_t *oko_request_value(const oko_request *rq, const char *name)
{
    return json_object_get(rq->parameters, name);
}

const char *oko_request_str(const oko_request *rq, const char *name)
{
    return json_string_value(oko_request_value(rq, name));
}

void oko_request_take(const json_t *body, const char *name, char *dst, size_t bytes)
{
    const char *text = json_string_value(json_object_get(body, name));
    if (text != NULL)
        (void)oko_str_copy(dst, bytes, oko_str_of(text));
}

int64_t oko_request_int(const oko_request *rq, const char *name, int64_t other)
{
    const json_t *v = oko_request_value(rq, name);
    return json_is_integer(v) ? json_integer_value(v) : other;
}

bool oko_request_bool(const oko_request *rq, const char *name)
{
    return json_is_true(oko_request_value(rq, name));
}

const char *oko_request_list(const oko_request *rq, const char *name)
{
    const json_t *list = oko_request_value(rq, name), *one;
    size_t i;
    oko_buffer b;
    if (list == NULL)
        return NULL;
    oko_buffer_init(&b, 8192);
    json_array_foreach((json_t *)(uintptr_t)list, i, one)
    {
        if (i > 0)
            oko_buffer_char(&b, ',');
        if (json_is_string(one))
            oko_buffer_str(&b, json_string_value(one));
        else
            oko_buffer_printf(&b, "%lld", (long long)json_integer_value(one));
    }
    char *text = oko_arena_str(rq->arena, (oko_str){ b.ptr, b.len });
    oko_buffer_free(&b);
    return text;
}

oko_status oko_request_sees(const oko_request *rq, int64_t unit, oko_error *err)
{
    return oko_access_unit(rq->store, &rq->actor, unit, OKO_SCOPE_SUBTREE, err);
}

/* ---- members ---- */
void oko_json_set_str(json_t *o, const char *key, const char *value)
{
    (void)json_object_set_new(o, key, json_string(value));
}

void oko_json_set_str_or_null(json_t *o, const char *key, const char *value)
{
    (void)json_object_set_new(o, key, value[0] != '\0' ? json_string(value) : json_null());
}

void oko_json_set_int(json_t *o, const char *key, int64_t value)
{
    (void)json_object_set_new(o, key, json_integer(value));
}

void oko_json_set_int_or_null(json_t *o, const char *key, int64_t value)
{
    (void)json_object_set_new(o, key, value != 0 ? json_integer(value) : json_null());
}

void oko_json_set_bool(json_t *o, const char *key, bool value)
{
    (void)json_object_set_new(o, key, json_boolean(value));
}

oko_status oko_reply_text(oko_buffer *text, oko_reply *reply, oko_error *err)
{
    oko_status status = oko_buffer_status(text);
    if (status != OKO_OK) {
        oko_buffer_free(text);
        return oko_error_set(err, status, "", "");
    }
    reply->bytes = text->ptr;
    reply->len = text->len;
    reply->type = "application/json";
    return OKO_OK;
}
