#include "http/request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void oko_reply_clear(oko_reply *reply)
{
    json_decref(reply->json);
    json_decref(reply->detail);
    free(reply->bytes);
    if (reply->descriptor > 0)
        (void)close(reply->descriptor - 1);
    if (reply->stream != NULL) {
        reply->stream->release(reply->stream->ctx);
        free(reply->stream);
    }
    *reply = (oko_reply){ .status = 0 };
}

oko_status oko_reply_json(oko_reply *reply, int status, json_t *json, oko_error *err)
{
    json_decref(reply->json);
    reply->json = json;
    reply->status = status;
    return json != NULL ? OKO_OK : oko_error_set(err, OKO_E_MEMORY, "", "");
}

oko_status oko_reply_list(oko_reply *reply, json_t *items, int64_t total, oko_error *err)
{
    return oko_reply_json(
        reply, 200, items != NULL ? json_pack("{s:o,s:I}", "items", items, "total", (json_int_t)total) : NULL, err);
}

void oko_reply_version(oko_reply *reply, int64_t version)
{
    (void)snprintf(reply->etag, sizeof reply->etag, "\"%lld\"", (long long)version);
}

/* Bytes that could begin a header of their own never go out. */
void oko_reply_header(oko_request *rq, oko_reply *reply, const char *name, const char *value)
{
    for (const char *p = value; *p != '\0'; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            return;
    }
    char *copy = oko_arena_str(rq->arena, oko_str_of(value));
    if (copy == NULL || reply->n_headers >= OKO_REPLY_HEADERS)
        return;
    reply->header[reply->n_headers].name = name;
    reply->header[reply->n_headers++].value = copy;
}

void oko_reply_about(oko_reply *reply, const char *kind, int64_t id, int64_t unit)
{
    (void)snprintf(reply->object, sizeof reply->object, "%s/%lld", kind, (long long)id);
    reply->unit = unit;
}
