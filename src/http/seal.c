#include "http/seal.h"

#include "http/problem.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char out_of_memory[] = "{\"type\":\"about:blank\",\"title\":\"\",\"status\":503}";

void oko_seal_bytes(oko_reply *reply)
{
    if (reply->json == NULL || reply->bytes != NULL)
        return;
    reply->bytes = json_dumps(reply->json, JSON_COMPACT);
    json_decref(reply->json);
    reply->json = NULL;
    if (reply->type == NULL)
        reply->type = "application/json";
    if (reply->bytes != NULL) {
        reply->len = strlen(reply->bytes);
        return;
    }
    reply->fixed = out_of_memory;
    reply->len = sizeof out_of_memory - 1;
    reply->type = "application/problem+json";
    reply->status = 503;
}

/* A short keyed hash: the same bytes give the same tag while the server runs, and after. */
static void tag_of_body(oko_reply *reply)
{
    static const unsigned char key[crypto_shorthash_KEYBYTES] = "oko etag of body";
    unsigned char hash[crypto_shorthash_BYTES];
    char hex[2 * crypto_shorthash_BYTES + 1];
    const char *bytes = reply->bytes != NULL ? reply->bytes : reply->fixed;
    (void)crypto_shorthash(hash, (const unsigned char *)(bytes != NULL ? bytes : ""), reply->len, key);
    (void)sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    (void)snprintf(reply->etag, sizeof reply->etag, "\"h%s\"", hex);
}

/* Is `etag` in a list such as "a", W/"b" or *? */
static bool in_list(const char *list, const char *etag)
{
    size_t n = strlen(etag);
    if (strcmp(list, "*") == 0)
        return true;
    for (const char *p = strstr(list, etag); p != NULL; p = strstr(p + 1, etag)) {
        if (p[n] == '\0' || p[n] == ',' || p[n] == ' ')
            return true;
    }
    return false;
}

void oko_seal(oko_request *rq, oko_reply *reply, oko_error *err)
{
    bool json = reply->json != NULL;
    bool get = strcmp(rq->in.method, "GET") == 0 || strcmp(rq->in.method, "HEAD") == 0;
    oko_seal_bytes(reply);
    if (json && reply->bytes == NULL) {
        (void)oko_error_set(err, OKO_E_MEMORY, "", "");
        oko_problem_reply(rq, reply, err);
        oko_seal_bytes(reply);
        return;
    }
    if (!get || reply->stream != NULL || reply->descriptor > 0 || reply->status >= 300)
        return;
    if (reply->etag[0] == '\0' && reply->len > 0)
        tag_of_body(reply);
    const char *known = rq->in.header != NULL ? rq->in.header(rq->in.header_ctx, "If-None-Match") : NULL;
    if (known == NULL || reply->etag[0] == '\0' || !in_list(known, reply->etag))
        return;
    free(reply->bytes);
    reply->bytes = NULL;
    reply->fixed = NULL;
    reply->len = 0;
    reply->status = 304;
}
