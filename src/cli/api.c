/* Calls of the contract's operations in the process. */
#include "cli/api.h"

#include "cli/cycle_door.h"
#include "http/router.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static oko_status touch(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    return oko_cli_store(cli, true, false, &store, err);
}

oko_status oko_cli_api_open(oko_cli *cli, oko_cli_api *api, oko_error *err)
{
    oko_service_options shared = { .db = cli->db, .log = false, .background = false };
    *api = (oko_cli_api){ .cli = cli };
    oko_status status = touch(cli, err);
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    if (status == OKO_OK)
        status = oko_cli_store(cli, false, true, &store, err);
    if (status == OKO_OK)
        status = oko_cli_actor(cli, store, &api->actor, err);
    return status == OKO_OK ? oko_service_open(&shared, &api->service, err) : status;
}

void oko_cli_api_close(oko_cli_api *api)
{
    oko_service_closep(&api->service);
}

const char *oko_cli_api_header(void *ctx, const char *name)
{
    oko_cli *cli = ctx;
    if (strcmp(name, "If-Match") == 0) {
        const char *version = oko_cli_option(cli, "if-match");
        return version != NULL ? oko_arena_printf(cli->arena, "\"%s\"", version) : NULL;
    }
    if (strcmp(name, "Accept-Language") == 0)
        return oko_text_lang(cli->text);
    return strcmp(name, "Idempotency-Key") == 0 ? oko_cli_option(cli, "key") : NULL;
}

oko_request oko_cli_api_request(oko_cli_api *api, const char *method, const char *path)
{
    const char *root = oko_contract_root(api->service->contract);
    oko_cli *cli = api->cli;
    if (strncmp(path, root, strlen(root)) != 0)
        path = oko_arena_printf(cli->arena, "%s%s%s", root, path[0] == '/' ? "" : "/", path);
    return (oko_request){ .arena = cli->arena,
                          .now = time(NULL),
                          .service = api->service,
                          .in = { .method = method,
                                  .target = oko_str_of(path),
                                  .header = oko_cli_api_header,
                                  .header_ctx = cli,
                                  .address = "local",
                                  .local = true,
                                  .as = &api->actor } };
}

oko_status oko_cli_api_status(const oko_reply *reply, oko_error *err)
{
    if (reply->status < 400)
        return OKO_OK;
    for (int code = OKO_E_ARGUMENT; code < OKO_STATUS_COUNT; code++) {
        if (oko_status_describe((oko_status)code)->http_code == reply->status)
            return oko_error_set(err, (oko_status)code, "", "");
    }
    return oko_error_set(err, OKO_E_CONFLICT, "", "");
}

/* The problem in its own words; with --json as it is. */
static oko_status refused(oko_cli *cli, const oko_reply *reply, const json_t *answer, oko_error *err)
{
    const char *detail = json_string_value(json_object_get(answer, "detail"));
    if (cli->json || detail == NULL) {
        (void)json_dumpf(answer, stderr, JSON_INDENT(2));
        fputc('\n', stderr);
    } else {
        fprintf(stderr, "oko: %s\n", detail);
    }
    cli->told = true;
    return oko_cli_api_status(reply, err);
}

static oko_status send(oko_request *rq, oko_cli_api *api, const json_t *body, json_t **ret_answer, oko_buffer *bytes,
                       oko_error *err)
{
    char *text = body != NULL ? json_dumps(body, JSON_COMPACT) : NULL;
    if (body != NULL && text == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    oko_reply reply = { .status = 0 };
    oko_route_whole(rq, oko_str_of(text), &reply);
    const char *got = reply.bytes != NULL ? reply.bytes : reply.fixed;
    json_t *answer = reply.json != NULL ? json_incref(reply.json)
                     : got != NULL      ? json_loadb(got, reply.len, 0, NULL)
                                        : NULL;
    oko_status status = reply.status >= 400 ? refused(api->cli, &reply, answer, err) : OKO_OK;
    if (status == OKO_OK && bytes != NULL && got != NULL)
        oko_buffer_add(bytes, got, reply.len);
    if (status == OKO_OK && ret_answer != NULL)
        *ret_answer = json_incref(answer);
    json_decref(answer);
    oko_request_clear(rq);
    oko_reply_clear(&reply);
    free(text);
    return status;
}

oko_status oko_cli_api_call(oko_cli_api *api, const char *method, const char *path, const json_t *body,
                            json_t **ret_answer, oko_buffer *bytes, oko_error *err)
{
    oko_request rq = oko_cli_api_request(api, method, path);
    return send(&rq, api, body, ret_answer, bytes, err);
}

static const char *match(void *ctx, const char *name)
{
    const char *version = ctx;
    return strcmp(name, "If-Match") == 0 ? version : NULL;
}

oko_status oko_cli_api_change(oko_cli_api *api, const char *method, const char *record, const char *rest,
                              const json_t *body, json_t **ret_answer, oko_error *err)
{
    json_t *now = NULL;
    oko_status status = oko_cli_api_call(api, "GET", record, NULL, &now, NULL, err);
    if (status != OKO_OK)
        return status;
    char version[32];
    snprintf(version, sizeof(version), "\"%lld\"", (long long)json_integer_value(json_object_get(now, "version")));
    json_decref(now);
    const char *path = oko_arena_printf(api->cli->arena, "%s%s", record, rest);
    oko_request rq = oko_cli_api_request(api, method, path != NULL ? path : record);
    rq.in.header = match;
    rq.in.header_ctx = version;
    return send(&rq, api, body, ret_answer, NULL, err);
}

/* ---- lists ---- */
static const json_t *member_of(const json_t *item, const char *member)
{
    return strncmp(member, "body/", 5) == 0 ? json_object_get(json_object_get(item, "body"), member + 5)
                                            : json_object_get(item, member);
}

static const char *cell(oko_cli *cli, const oko_cli_column *column, const json_t *value)
{
    if (json_is_string(value))
        return column->words != NULL ? oko_cli_word(cli, column->words, json_string_value(value))
                                     : json_string_value(value);
    if (json_is_integer(value))
        return oko_cli_id(cli, json_integer_value(value));
    if (json_is_real(value))
        return oko_cli_num(cli, json_real_value(value), 2);
    if (json_is_boolean(value))
        return oko_text_get(cli->text, json_is_true(value) ? "campaign.yes" : "campaign.no");
    return "";
}

oko_status oko_cli_api_list(oko_cli *cli, json_t *answer, const oko_cli_column *columns, int n, oko_error *err)
{
    const char *heads[OKO_CLI_MAX_COLUMNS];
    bool numeric[OKO_CLI_MAX_COLUMNS];
    if (cli->json)
        return oko_cli_json(cli, answer, err);
    for (int k = 0; k < n; k++) {
        heads[k] = columns[k].head;
        numeric[k] = columns[k].numeric;
    }
    oko_table *table = oko_table_new(cli, n, heads, numeric);
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(answer, "items"), i, item)
    {
        const char *cells[OKO_CLI_MAX_COLUMNS];
        for (int k = 0; k < n; k++)
            cells[k] = cell(cli, &columns[k], member_of(item, columns[k].member));
        oko_table_row(table, cells);
    }
    oko_table_print(table);
    json_decref(answer);
    return OKO_OK;
}

json_t *oko_cli_names(oko_cli *cli, const char *option)
{
    const char *text = oko_cli_option(cli, option);
    json_t *names = json_array();
    while (text != NULL && *text != '\0') {
        const size_t n = strcspn(text, ",");
        if (n > 0)
            oko_append(names, json_stringn(text, n));
        text += n + (text[n] == ',');
    }
    return names;
}
