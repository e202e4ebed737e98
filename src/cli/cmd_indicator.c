/* oko indicator list|check|try|seed|copy|act|compute|values|trace|publish */
#include "cli/api.h"

#include "cycle/indicators.h"

#include <stdlib.h>
#include <string.h>

static const char *with_option(oko_cli *cli, const char *path, const char *name)
{
    const char *value = oko_cli_option(cli, name);
    return value == NULL
               ? path
               : oko_arena_printf(cli->arena, "%s%c%s=%s", path, strchr(path, '?') != NULL ? '&' : '?', name, value);
}

static oko_status year_of(const char *word, int64_t *ret_year, oko_error *err)
{
    char *end = NULL;
    *ret_year = strtoll(word, &end, 10);
    return end != word && *end == '\0' && *ret_year >= 1990 && *ret_year <= 2100
               ? OKO_OK
               : oko_error_set(err, OKO_E_ARGUMENT, "indicator.bad_year", word);
}

oko_status oko_cmd_indicator_list(oko_cli *cli, oko_error *err)
{
    static const oko_cli_column columns[] = {
        { "indicator.head.id", "id", true, NULL },
        { "indicator.column.code", "body/code", false, NULL },
        { "indicator.column.year", "year", true, NULL },
        { "indicator.head.state", "state", false, "indicator.state." },
        { "indicator.column.title", "title", false, NULL },
        { "indicator.column.target", "body/target", true, NULL },
        { "indicator.head.formula", "body/formula", false, NULL },
    };
    OKO_CLEANUP(oko_cli_api_close) oko_cli_api api = { 0 };
    json_t *answer = NULL;
    oko_status status = oko_cli_api_open(cli, &api, err);
    const char *path = with_option(cli, with_option(cli, "/indicators?limit=1000", "year"), "state");
    if (status == OKO_OK)
        status = oko_cli_api_call(&api, "GET", path, NULL, &answer, NULL, err);
    return status == OKO_OK ? oko_cli_api_list(cli, answer, columns, 7, err) : status;
}

/* A formula with a fault is told as an error of the command's argument. */
oko_status oko_cmd_indicator_check(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_tally_freep) oko_tally *variables = NULL;
    oko_formula_names names = { 0 };
    oko_status status = oko_variables_open(&variables, err);
    if (status == OKO_OK)
        status = oko_formula_check(cli->argv[0], oko_variable_known, variables, &names, err);
    if (status != OKO_OK)
        return status;
    json_t *list = json_array();
    for (int i = 0; i < names.n; i++)
        oko_append(list, json_string(names.at[i]));
    if (cli->json) {
        json_t *o = json_object();
        oko_put(o, "variables", list);
        return oko_cli_json(cli, o, err);
    }
    json_decref(list);
    for (int i = 0; i < names.n; i++)
        printf("%s\n", names.at[i]);
    return OKO_OK;
}

static void print_lines(const json_t *lines)
{
    size_t i;
    json_t *line;
    json_array_foreach((json_t *)(uintptr_t)lines, i, line)
    {
        printf("%*s%s\n", 2 * (int)json_integer_value(json_object_get(line, "depth")), "",
               json_string_value(json_object_get(line, "text")));
    }
}

oko_status oko_cmd_indicator_try(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_cli_api_close) oko_cli_api api = { 0 };
    oko_unit unit = { .id = 0 };
    int64_t year = 0;
    json_t *answer = NULL;
    oko_status status = year_of(cli->argv[2], &year, err);
    if (status == OKO_OK)
        status = oko_cli_api_open(cli, &api, err);
    if (status == OKO_OK)
        status = oko_cli_unit(cli, api.service->writer, cli->argv[1], &unit, err);
    if (status != OKO_OK)
        return status;
    json_t *body =
        json_pack("{s:s, s:I, s:I}", "formula", cli->argv[0], "unit", (json_int_t)unit.id, "year", (json_int_t)year);
    status = oko_cli_api_call(&api, "POST", "/indicators/try", body, &answer, NULL, err);
    json_decref(body);
    if (status != OKO_OK || cli->json)
        return status == OKO_OK ? oko_cli_json(cli, answer, err) : status;
    print_lines(json_object_get(answer, "explanation"));
    json_decref(answer);
    return OKO_OK;
}

/* Prints how many changed. */
static oko_status changed(oko_cli *cli, json_t *answer, oko_error *err)
{
    if (cli->json)
        return oko_cli_json(cli, answer, err);
    OKO_CLI_SAY(cli, stdout, "indicator.changed", OKO_I("n", json_integer_value(json_object_get(answer, "changed"))));
    json_decref(answer);
    return OKO_OK;
}

static oko_status call_and_count(oko_cli *cli, const char *path, json_t *body, oko_error *err)
{
    OKO_CLEANUP(oko_cli_api_close) oko_cli_api api = { 0 };
    json_t *answer = NULL;
    oko_status status = oko_cli_api_open(cli, &api, err);
    if (status == OKO_OK)
        status = oko_cli_api_call(&api, "POST", path, body, &answer, NULL, err);
    json_decref(body);
    return status == OKO_OK ? changed(cli, answer, err) : status;
}

oko_status oko_cmd_indicator_seed(oko_cli *cli, oko_error *err)
{
    int64_t year = 0;
    oko_status status = year_of(cli->argv[0], &year, err);
    return status == OKO_OK ? call_and_count(cli, "/indicators/seed", json_pack("{s:I}", "year", (json_int_t)year), err)
                            : status;
}

oko_status oko_cmd_indicator_copy(oko_cli *cli, oko_error *err)
{
    int64_t from = 0, to = 0;
    oko_status status = year_of(cli->argv[0], &from, err);
    if (status == OKO_OK)
        status = year_of(cli->argv[1], &to, err);
    return status == OKO_OK
               ? call_and_count(cli, "/indicators/seed",
                                json_pack("{s:I, s:I}", "from", (json_int_t)from, "year", (json_int_t)to), err)
               : status;
}

oko_status oko_cmd_indicator_act(oko_cli *cli, oko_error *err)
{
    int64_t year = 0;
    json_t *input = json_object();
    const char *reason = oko_cli_option(cli, "reason"), *comment = oko_cli_option(cli, "comment");
    oko_status status = year_of(cli->argv[0], &year, err);
    if (reason != NULL)
        oko_put_str(input, "reason", reason);
    if (comment != NULL)
        oko_put_str(input, "comment", comment);
    json_t *body = json_pack("{s:I, s:s, s:o}", "year", (json_int_t)year, "action", cli->argv[1], "input", input);
    if (status != OKO_OK) {
        json_decref(body);
        return status;
    }
    return call_and_count(cli, "/indicators/actions", body, err);
}

oko_status oko_cmd_indicator_compute(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_cli_api_close) oko_cli_api api = { 0 };
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    int64_t year = 0, campaign = 0, n = 0;
    oko_status status = year_of(cli->argv[0], &year, err);
    if (status == OKO_OK)
        status = oko_cli_option_int(cli, "campaign", 1, INT64_MAX, &campaign, err);
    if (status == OKO_OK)
        status = oko_cli_api_open(cli, &api, err);
    if (status == OKO_OK)
        status = oko_cli_store(cli, false, false, &store, err);
    if (status != OKO_OK)
        return status;
    const oko_cycle c = { .store = store, .flows = api.service->flows, .actor = &api.actor };
    const oko_progress progress = oko_cli_progress(cli);
    status = oko_indicators_compute(&c, (int)year, campaign, &progress, &n, err);
    oko_cli_progress_end(cli);
    if (status != OKO_OK)
        return status;
    if (cli->json)
        return oko_cli_json(cli, json_pack("{s:I}", "values", (json_int_t)n), err);
    OKO_CLI_SAY(cli, stdout, "indicator.computed", OKO_I("n", n));
    return OKO_OK;
}

oko_status oko_cmd_indicator_values(oko_cli *cli, oko_error *err)
{
    static const oko_cli_column columns[] = {
        { "indicator.head.id", "id", true, NULL },
        { "indicator.column.code", "code", false, NULL },
        { "indicator.column.year", "year", true, NULL },
        { "indicator.head.unit", "unit", true, NULL },
        { "indicator.column.value", "value", true, NULL },
        { "indicator.column.n", "n", true, NULL },
        { "indicator.column.standing_text", "standing", false, "indicator.standing." },
        { "indicator.column.why_text", "why_text", false, NULL },
    };
    OKO_CLEANUP(oko_cli_api_close) oko_cli_api api = { 0 };
    oko_unit unit = { .id = 0 };
    json_t *answer = NULL;
    const char *code = oko_cli_option(cli, "unit"), *path = "/indicator-values?limit=1000";
    path = with_option(cli, with_option(cli, with_option(cli, path, "year"), "code"), "campaign");
    path = with_option(cli, path, "level");
    oko_status status = oko_cli_api_open(cli, &api, err);
    if (status == OKO_OK && code != NULL)
        status = oko_cli_unit(cli, api.service->writer, code, &unit, err);
    if (status != OKO_OK)
        return status;
    if (code != NULL)
        path = oko_arena_printf(cli->arena, "%s&unit=%lld", path, (long long)unit.id);
    status = oko_cli_api_call(&api, "GET", path, NULL, &answer, NULL, err);
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(answer, "items"), i, item)
    {
        if (!cli->json && json_integer_value(json_object_get(item, "n")) < 0)
            oko_put(item, "n", json_null()); /* not about pupils */
    }
    return status == OKO_OK ? oko_cli_api_list(cli, answer, columns, 8, err) : status;
}

oko_status oko_cmd_indicator_trace(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_cli_api_close) oko_cli_api api = { 0 };
    json_t *answer = NULL;
    oko_status status = oko_cli_api_open(cli, &api, err);
    const char *path = oko_arena_printf(cli->arena, "/indicator-values/%s", cli->argv[0]);
    if (status == OKO_OK)
        status = oko_cli_api_call(&api, "GET", path, NULL, &answer, NULL, err);
    if (status != OKO_OK || cli->json)
        return status == OKO_OK ? oko_cli_json(cli, answer, err) : status;
    printf("%s\n", json_string_value(json_object_get(answer, "title")));
    print_lines(json_object_get(answer, "explanation"));
    json_decref(answer);
    return OKO_OK;
}

/* JSON, CSV or a workbook of what others may see. */
oko_status oko_cmd_indicator_publish(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_cli_api_close) oko_cli_api api = { 0 };
    OKO_CLEANUP(oko_buffer_free) oko_buffer bytes = { 0 };
    const char *format = oko_cli_option(cli, "format"), *out = oko_cli_option(cli, "out");
    const bool json = cli->json || (format != NULL && strcmp(format, "json") == 0);
    const char *path = json ? "/published-values" : "/published-values/file";
    path = with_option(cli, with_option(cli, with_option(cli, path, "year"), "code"), "campaign");
    path = json ? path : with_option(cli, path, "format");
    if (!json && format != NULL && strcmp(format, "xlsx") == 0 && out == NULL)
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.required", "out");
    oko_buffer_init(&bytes, 256 << 20);
    oko_status status = oko_cli_api_open(cli, &api, err);
    json_t *answer = NULL;
    if (status == OKO_OK)
        status = oko_cli_api_call(&api, "GET", path, NULL, json ? &answer : NULL, json ? NULL : &bytes, err);
    if (status != OKO_OK)
        return status;
    if (json) {
        char *text = json_dumps(answer, JSON_INDENT(2));
        oko_buffer_str(&bytes, text != NULL ? text : "");
        oko_buffer_char(&bytes, '\n');
        free(text);
        json_decref(answer);
    }
    status = oko_buffer_status(&bytes);
    return status == OKO_OK ? oko_cli_write(out, (oko_str){ bytes.ptr, bytes.len }, err)
                            : oko_error_set(err, status, "", "");
}
