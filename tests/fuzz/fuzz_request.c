/* A request's target and body, read as the router reads them: the target against the paths and parameters of the
 * contract, the body against the schema of the operation; and the body as multipart/form-data. First line: the target.
 */
#include "contract/contract.h"
#include "http/multipart.h"
#include "reference/json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static oko_status on_part(void *ctx, const oko_part *part, oko_error *err)
{
    (void)err;
    *(size_t *)ctx += strlen(part->name) + strlen(part->file_name) + strlen(part->type);
    return OKO_OK;
}

static oko_status on_bytes(void *ctx, const oko_part *part, const char *bytes, size_t n, oko_error *err)
{
    (void)part;
    (void)bytes;
    (void)err;
    *(size_t *)ctx += n;
    return OKO_OK;
}

static void multipart(oko_str body)
{
    oko_multipart *m = NULL;
    size_t seen = 0;
    if (oko_multipart_new("multipart/form-data; boundary=b", on_part, on_bytes, &seen, &m, NULL) != OKO_OK)
        abort();
    size_t half = body.len / 2;
    if (oko_multipart_feed(m, body.ptr, half, NULL) == OKO_OK)
        (void)!oko_multipart_feed(m, body.ptr + half, body.len - half, NULL);
    oko_multipart_free(m);
}

static void parameters(const oko_operation *op, const oko_target *t, const char **values)
{
    oko_violations found = { .n = 0 };
    size_t path = 0;
    for (size_t i = 0; i < op->n_parameters; i++) {
        const oko_parameter *p = &op->parameter[i];
        const char *text = p->place == OKO_IN_PATH ? values[path++] : oko_target_get(t, p->name);
        if (text != NULL)
            json_decref(oko_parameter_read(p, text, &found));
    }
}

static void body_against(const oko_operation *op, oko_str body)
{
    json_t *json = NULL;
    oko_violations found = { .n = 0 };
    if (oko_json_parse(body, "body", &json, NULL) != OKO_OK)
        return;
    if (op != NULL && op->body != NULL && oko_schema_check(op->body, json, &found) != (found.n == 0))
        abort();
    json_decref(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static oko_contract *contract;
    static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE" };
    const char *text = (const char *)data, *line = size > 0 ? memchr(text, '\n', size) : NULL;
    oko_str target = { text, line != NULL ? (size_t)(line - text) : size };
    oko_str body = line != NULL ? (oko_str){ line + 1, size - target.len - 1 } : (oko_str){ text, 0 };
    oko_arena *arena = NULL;
    oko_target t;
    if (contract == NULL && oko_contract_open((oko_str){ NULL, 0 }, &contract, NULL) != OKO_OK)
        abort();
    if (oko_arena_new(1 << 20, &arena) != OKO_OK)
        return 0;
    const oko_operation *op = NULL;
    if (oko_target_parse(arena, target, &t, NULL) == OKO_OK) {
        for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
            const char *values[OKO_TARGET_MAX_SEGMENTS] = { NULL };
            bool known;
            char allow[64];
            op = oko_contract_find(contract, methods[m], &t, values, &known, allow);
            if (op != NULL) {
                parameters(op, &t, values);
                body_against(op, body);
            }
        }
    }
    body_against(NULL, body);
    multipart(body);
    oko_arena_free(arena);
    return 0;
}
