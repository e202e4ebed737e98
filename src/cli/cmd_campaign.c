/* oko campaign list|create|open|close|reopen|publish|status|late, oko form list|show|fill|submit|verify|accept|return|
 * substitute, oko jobs run */
#include "cli/api.h"

#include "http/jobs.h"

#include <stdlib.h>
#include <string.h>

static oko_status show_record(oko_cli *cli, json_t *record, oko_error *err)
{
    if (cli->json)
        return oko_cli_json(cli, record, err);
    const char *state = json_string_value(json_object_get(record, "state"));
    const char *due = json_string_value(json_object_get(record, "due"));
    OKO_CLI_SAY(cli, stdout, "campaign.now",
                OKO_S("id", oko_cli_id(cli, json_integer_value(json_object_get(record, "id")))),
                OKO_S("title", json_string_value(json_object_get(record, "title"))),
                OKO_S("state", oko_cli_word(cli, "campaign.state.", state != NULL ? state : "")),
                OKO_S("due", due != NULL && due[0] != '\0' ? due : "—"));
    json_decref(record);
    return OKO_OK;
}

static const char *record_path(oko_cli *cli, const char *kind)
{
    return oko_arena_printf(cli->arena, "/%s/%s", kind, cli->argv[0]);
}

/* The last word of the command is the action; what it needs comes from the options. */
static oko_status act(oko_cli *cli, const char *kind, const char *action, oko_error *err)
{
    static const char *const inputs[] = { "comment", "reason", "due" };
    OKO_CLEANUP(oko_cli_api_close) oko_cli_api api = { 0 };
    json_t *input = json_object(), *answer = NULL;
    for (size_t i = 0; i < sizeof(inputs) / sizeof(*inputs); i++) {
        const char *value = oko_cli_option(cli, inputs[i]);
        if (value != NULL)
            oko_put_str(input, inputs[i], value);
    }
    const char *rest = oko_arena_printf(cli->arena, "/actions/%s", action);
    oko_status status = oko_cli_api_open(cli, &api, err);
    if (status == OKO_OK)
        status = oko_cli_api_change(&api, "POST", record_path(cli, kind), rest, input, &answer, err);
    json_decref(input);
    return status == OKO_OK ? show_record(cli, answer, err) : status;
}

static const char *last_word(const oko_cli *cli)
{
    return strrchr(cli->command->name, ' ') + 1;
}

static oko_status list(oko_cli *cli, const char *path, const oko_cli_column *columns, int n, oko_error *err)
{
    OKO_CLEANUP(oko_cli_api_close) oko_cli_api api = { 0 };
    json_t *answer = NULL;
    oko_status status = oko_cli_api_open(cli, &api, err);
    if (status == OKO_OK)
        status = oko_cli_api_call(&api, "GET", path, NULL, &answer, NULL, err);
    return status == OKO_OK ? oko_cli_api_list(cli, answer, columns, n, err) : status;
}

/* ---- campaigns ---- */

oko_status oko_cmd_campaign_list(oko_cli *cli, oko_error *err)
{
    static const oko_cli_column columns[] = {
        { "indicator.head.id", "id", true, NULL },
        { "indicator.column.year", "year", true, NULL },
        { "indicator.head.state", "state", false, "campaign.state." },
        { "campaign.head.title", "title", false, NULL },
        { "campaign.head.deadline", "body/deadline", false, NULL },
        { "campaign.head.forms", "body/forms", true, NULL },
    };
    return list(cli, "/campaigns?limit=1000", columns, 6, err);
}

oko_status oko_cmd_campaign_create(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_cli_api_close) oko_cli_api api = { 0 };
    json_t *answer = NULL;
    int64_t year = 0;
    const char *deadline = oko_cli_option(cli, "deadline");
    oko_status status = oko_cli_option_int(cli, "year", 1990, 2100, &year, err);
    if (status == OKO_OK && (year == 0 || deadline == NULL))
        status = oko_error_set(err, OKO_E_ARGUMENT, "cycle.required", year == 0 ? "year" : "deadline");
    if (status == OKO_OK)
        status = oko_cli_api_open(cli, &api, err);
    if (status != OKO_OK)
        return status;
    json_t *body = json_pack("{s:I, s:s, s:o, s:o, s:o}", "year", (json_int_t)year, "deadline", deadline, "indicators",
                             oko_cli_names(cli, "indicators"), "levels", oko_cli_names(cli, "levels"), "procedures",
                             oko_cli_names(cli, "procedures"));
    json_t *draft = json_pack("{s:s, s:I, s:o}", "title", cli->argv[0], "year", (json_int_t)year, "body", body);
    status = oko_cli_api_call(&api, "POST", "/campaigns", draft, &answer, NULL, err);
    json_decref(draft);
    return status == OKO_OK ? show_record(cli, answer, err) : status;
}

oko_status oko_cmd_campaign_act(oko_cli *cli, oko_error *err)
{
    return act(cli, "campaigns", last_word(cli), err);
}

/* One column of counts from the member "states" of a row. */
static void flatten(json_t *row)
{
    static const char *const states[] = { "draft", "returned", "submitted", "verified", "accepted" };
    json_t *counts = json_object_get(row, "states");
    for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++)
        oko_put_int(row, states[i], json_integer_value(json_object_get(counts, states[i])));
}

oko_status oko_cmd_campaign_status(oko_cli *cli, oko_error *err)
{
    static const oko_cli_column columns[] = {
        { "campaign.head.unit", "name", false, NULL },           { "campaign.head.total", "total", true, NULL },
        { "campaign.state.draft", "draft", true, NULL },         { "campaign.state.returned", "returned", true, NULL },
        { "campaign.state.submitted", "submitted", true, NULL }, { "campaign.state.verified", "verified", true, NULL },
        { "campaign.state.accepted", "accepted", true, NULL },   { "campaign.head.overdue", "overdue", true, NULL },
    };
    OKO_CLEANUP(oko_cli_api_close) oko_cli_api api = { 0 };
    json_t *answer = NULL;
    oko_status status = oko_cli_api_open(cli, &api, err);
    const char *path = oko_arena_printf(cli->arena, "/campaigns/%s/board", cli->argv[0]);
    if (status == OKO_OK)
        status = oko_cli_api_call(&api, "GET", path, NULL, &answer, NULL, err);
    if (status != OKO_OK || cli->json)
        return status == OKO_OK ? oko_cli_json(cli, answer, err) : status;
    json_t *rows = json_array(), *row;
    size_t i;
    json_array_foreach(json_object_get(answer, "units"), i, row)
    {
        (void)json_array_append(rows, row);
    }
    oko_put_str(answer, "name", oko_text_get(cli->text, "campaign.all"));
    (void)json_array_append(rows, answer);
    json_array_foreach(rows, i, row)
    {
        flatten(row);
    }
    status = oko_cli_api_list(cli, json_pack("{s:o}", "items", rows), columns, 8, err);
    json_decref(answer);
    return status;
}

oko_status oko_cmd_campaign_late(oko_cli *cli, oko_error *err)
{
    static const oko_cli_column columns[] = {
        { "campaign.head.form", "form", true, NULL },      { "indicator.column.unit_code", "code", false, NULL },
        { "campaign.head.due", "due", false, NULL },       { "campaign.head.reminded", "reminded", false, NULL },
        { "campaign.head.reminder", "text", false, NULL },
    };
    const char *path = oko_arena_printf(cli->arena, "/campaigns/%s", cli->argv[0]);
    if (oko_cli_option(cli, "remind") != NULL) {
        OKO_CLEANUP(oko_cli_api_close) oko_cli_api api = { 0 };
        oko_status status = oko_cli_api_open(cli, &api, err);
        if (status == OKO_OK)
            status = oko_cli_api_call(&api, "POST", oko_arena_printf(cli->arena, "%s/reminders", path), NULL, NULL,
                                      NULL, err);
        if (status != OKO_OK)
            return status;
    }
    return list(cli, oko_arena_printf(cli->arena, "%s/late", path), columns, 5, err);
}

/* ---- forms ---- */

oko_status oko_cmd_form_list(oko_cli *cli, oko_error *err)
{
    static const oko_cli_column columns[] = {
        { "campaign.head.form", "id", true, NULL },
        { "indicator.head.unit", "unit", true, NULL },
        { "indicator.head.state", "state", false, "campaign.state." },
        { "campaign.head.due", "due", false, NULL },
        { "campaign.head.title", "title", false, NULL },
    };
    const char *state = oko_cli_option(cli, "state");
    return list(cli,
                state != NULL ? oko_arena_printf(cli->arena, "/forms?limit=1000&state=%s", state) : "/forms?limit=1000",
                columns, 5, err);
}

static const char *field_words(oko_cli *cli, const json_t *fields, const char *code)
{
    size_t i;
    json_t *f;
    json_array_foreach((json_t *)(uintptr_t)fields, i, f)
    {
        if (strcmp(json_string_value(json_object_get(f, "code")), code) == 0)
            return json_string_value(json_object_get(f, oko_text_lang(cli->text)));
    }
    return code;
}

static void print_form(oko_cli *cli, const json_t *form, const json_t *fields)
{
    static const char *const heads[] = { "campaign.head.field", "campaign.head.value", "campaign.head.question" };
    static const bool numeric[] = { false, true, false };
    const json_t *body = json_object_get(form, "body"), *values = json_object_get(body, "values");
    oko_table *table = oko_table_new(cli, 3, heads, numeric);
    size_t i;
    json_t *code;
    json_array_foreach(json_object_get(body, "fields"), i, code)
    {
        const json_t *v = json_object_get(values, json_string_value(code));
        const char *value = json_is_boolean(v)
                                ? oko_text_get(cli->text, json_is_true(v) ? "campaign.yes" : "campaign.no")
                            : json_is_number(v) ? oko_cli_id(cli, (int64_t)json_number_value(v))
                                                : "—";
        const char *cells[] = { json_string_value(code), value, field_words(cli, fields, json_string_value(code)) };
        oko_table_row(table, cells);
    }
    oko_table_print(table);
}

oko_status oko_cmd_form_show(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_cli_api_close) oko_cli_api api = { 0 };
    json_t *form = NULL, *fields = NULL;
    oko_status status = oko_cli_api_open(cli, &api, err);
    if (status == OKO_OK)
        status = oko_cli_api_call(&api, "GET", record_path(cli, "forms"), NULL, &form, NULL, err);
    if (status == OKO_OK && !cli->json)
        status = oko_cli_api_call(&api, "GET", "/form-fields", NULL, &fields, NULL, err);
    if (status == OKO_OK && !cli->json)
        print_form(cli, form, json_object_get(fields, "items"));
    json_decref(fields);
    if (status != OKO_OK) {
        json_decref(form);
        return status;
    }
    return show_record(cli, form, err);
}

/* FIELD=NUMBER, FIELD=yes|no|да|нет, FIELD= (not filled). */
static oko_status put_value(json_t *values, const char *word, oko_error *err)
{
    const char *equals = strchr(word, '=');
    if (equals == NULL || equals == word)
        return oko_error_set(err, OKO_E_ARGUMENT, "campaign.assignment", word);
    const char *text = equals + 1;
    char *end = NULL;
    const double number = strtod(text, &end);
    json_t *value = *text == '\0'                                         ? json_null()
                    : strcmp(text, "yes") == 0 || strcmp(text, "да") == 0 ? json_true()
                    : strcmp(text, "no") == 0 || strcmp(text, "нет") == 0 ? json_false()
                    : *end == '\0'                                        ? json_real(number)
                                                                          : json_string(text);
    char code[128];
    snprintf(code, sizeof(code), "%.*s", (int)(equals - word), word);
    oko_put(values, code, value);
    return OKO_OK;
}

oko_status oko_cmd_form_fill(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_cli_api_close) oko_cli_api api = { 0 };
    const char *explanation = oko_cli_option(cli, "explanation");
    json_t *form = NULL, *answer = NULL;
    oko_status status = oko_cli_api_open(cli, &api, err);
    if (status == OKO_OK)
        status = oko_cli_api_call(&api, "GET", record_path(cli, "forms"), NULL, &form, NULL, err);
    if (status != OKO_OK)
        return status;
    json_t *body = json_object(), *values = json_object_get(json_object_get(form, "body"), "values");
    for (int i = 1; i < cli->argc && status == OKO_OK; i++)
        status = put_value(values, cli->argv[i], err);
    oko_put(body, "values", json_incref(values));
    if (explanation != NULL)
        oko_put_str(body, "explanation", explanation);
    json_t *draft = json_pack("{s:o}", "body", body);
    if (status == OKO_OK)
        status = oko_cli_api_change(&api, "PATCH", record_path(cli, "forms"), "", draft, &answer, err);
    json_decref(draft);
    json_decref(form);
    return status == OKO_OK ? show_record(cli, answer, err) : status;
}

oko_status oko_cmd_form_act(oko_cli *cli, oko_error *err)
{
    return act(cli, "forms", last_word(cli), err);
}

/* A municipality's own form is accepted by another step than a school's. */
oko_status oko_cmd_form_accept(oko_cli *cli, oko_error *err)
{
    json_t *form = NULL;
    bool own = false;
    {
        OKO_CLEANUP(oko_cli_api_close) oko_cli_api api = { 0 };
        oko_status status = oko_cli_api_open(cli, &api, err);
        if (status == OKO_OK)
            status = oko_cli_api_call(&api, "GET", record_path(cli, "forms"), NULL, &form, NULL, err);
        if (status != OKO_OK)
            return status;
        const char *level = json_string_value(json_object_get(json_object_get(form, "body"), "level"));
        own = level != NULL && strcmp(level, "municipality") == 0;
        json_decref(form);
    }
    return act(cli, "forms", own ? "accept-municipal" : "accept", err);
}

/* ---- jobs ---- */

typedef struct ended {
    oko_cli *cli;
    json_t *items;
    int failed;
} ended;

static oko_status see_job(void *ctx, const oko_job *job)
{
    ended *e = ctx;
    json_t *o = json_object();
    oko_put_int(o, "id", job->id);
    oko_put_str(o, "kind", job->kind);
    oko_put_str(o, "state", oko_job_state_name(job->state));
    oko_put(o, "result", oko_json_text(job->result));
    oko_put(o, "error", oko_json_text(job->error));
    oko_append(e->items, o);
    e->failed += job->state == OKO_JOB_FAILED;
    return oko_cli_interrupted() ? OKO_E_CANCELLED : OKO_OK;
}

oko_status oko_cmd_jobs_run(oko_cli *cli, oko_error *err)
{
    static const oko_cli_column columns[] = {
        { "indicator.head.id", "id", true, NULL },
        { "campaign.head.kind", "kind", false, NULL },
        { "indicator.head.state", "state", false, "campaign.job." },
    };
    OKO_CLEANUP(oko_cli_api_close) oko_cli_api api = { 0 };
    ended e = { .cli = cli, .items = json_array() };
    oko_status status = oko_cli_api_open(cli, &api, err);
    if (status == OKO_OK)
        status = oko_jobs_run(api.service->jobs, see_job, &e, err);
    if (status == OKO_OK)
        status = oko_cli_api_list(cli, json_pack("{s:o}", "items", e.items), columns, 3, err);
    else
        json_decref(e.items);
    return status == OKO_OK && e.failed > 0 ? oko_error_set(err, OKO_E_CONFLICT, "campaign.job_failed", "") : status;
}
