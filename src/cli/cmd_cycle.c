/* oko roadmap show|export|copy|seed, oko note export, oko tasks: operations of the contract, printed.
 */
#include "cli/ask.h"

#include "reference/json.h"

#include <stdlib.h>
#include <string.h>

enum { TITLE = 70 };

/* The problem in words, once. */
static void tell_problem(oko_cli *cli, const oko_reply *reply)
{
    json_t *problem = reply->bytes != NULL ? json_loadb(reply->bytes, reply->len, 0, NULL) : NULL;
    const char *detail = json_string_value(json_object_get(problem, "detail"));
    const char *title = json_string_value(json_object_get(problem, "title"));
    if (cli->json && reply->bytes != NULL)
        fprintf(stderr, "%.*s\n", (int)reply->len, reply->bytes);
    else if (detail != NULL || title != NULL)
        fprintf(stderr, "%s\n", detail != NULL ? detail : title);
    cli->told = problem != NULL;
    json_decref(problem);
}

static oko_status ask(oko_cli *cli, const char *method, const char *path, const char *body, oko_reply *reply,
                      oko_error *err)
{
    oko_status status = oko_cli_ask(cli, method, path, oko_str_of(body), reply, err);
    if (status != OKO_OK)
        tell_problem(cli, reply);
    return status;
}

/* The same for an answer in JSON. */
static oko_status ask_json(oko_cli *cli, const char *method, const char *path, const char *body, json_t **ret_json,
                           oko_error *err)
{
    oko_reply reply = { .status = 0 };
    oko_status status = ask(cli, method, path, body, &reply, err);
    if (status == OKO_OK)
        status = oko_json_parse((oko_str){ reply.bytes, reply.len }, "", ret_json, err);
    oko_reply_clear(&reply);
    return status;
}

static const char *str(const json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));
    return s != NULL ? s : "";
}

static const char *number(oko_cli *cli, const json_t *o, const char *name)
{
    return oko_cli_id(cli, json_integer_value(json_object_get(o, name)));
}

/* As much of a text as fits a line of a table. */
static const char *cut(oko_cli *cli, const char *text)
{
    size_t at = 0, n = 0;
    const oko_str s = oko_str_of(text);
    while (at < s.len && n < TITLE) {
        (void)oko_utf8_next(s, &at);
        n++;
    }
    return at < s.len ? oko_arena_printf(cli->arena, "%.*s…", (int)at, text) : text;
}

/* ---- roadmap ---- */

static const char *code_of(const oko_cli *cli)
{
    const char *code = oko_cli_option(cli, "code");
    return code != NULL ? code : "2020-2022";
}

/* "?unit=7&" or "?": the unit of --unit by its code. */
static oko_status unit_query(oko_cli *cli, const char **ret_query, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    const char *code = oko_cli_option(cli, "unit");
    oko_unit unit;
    *ret_query = "?";
    if (code == NULL)
        return OKO_OK;
    oko_status status = oko_cli_store(cli, false, true, &store, err);
    if (status == OKO_OK)
        status = oko_cli_unit(cli, store, code, &unit, err);
    if (status == OKO_OK)
        *ret_query = oko_arena_printf(cli->arena, "?unit=%lld&", (long long)unit.id);
    return status;
}

static void print_rows(oko_cli *cli, const json_t *table)
{
    static const char *const heads[] = { "roadmap.col.no",  "roadmap.col.year",  "roadmap.col.text",
                                         "roadmap.col.due", "roadmap.col.state", "roadmap.col.done" };
    static const bool numeric[] = { true, true, false, false, false, false };
    const char *level = str(json_object_get(table, "unit"), "level");
    const json_t *rows = json_object_get(table, "rows");
    oko_table *t = oko_table_new(cli, 6, heads, numeric);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i), *progress = json_object_get(row, "progress");
        const char *done =
            json_integer_value(json_object_get(progress, "of")) > 0
                ? oko_arena_printf(cli->arena, "%s/%s", number(cli, progress, "done"), number(cli, progress, "of"))
                : "";
        const char *state = *str(row, "state") != '\0' ? oko_cli_word(cli, "roadmap.state.", str(row, "state")) : "—";
        const char *const cells[] = { number(cli, row, "no"),
                                      number(cli, row, "year"),
                                      cut(cli, str(json_object_get(row, "texts"), level)),
                                      str(row, "due"),
                                      state,
                                      done };
        oko_table_row(t, cells);
    }
    oko_table_print(t);
}

oko_status oko_cmd_roadmap_show(oko_cli *cli, oko_error *err)
{
    json_t *table = NULL;
    const char *query;
    oko_status status = unit_query(cli, &query, err);
    if (status == OKO_OK)
        status = ask_json(cli, "GET", oko_arena_printf(cli->arena, "/roadmap-tables/%s%s", code_of(cli), query), NULL,
                          &table, err);
    if (status != OKO_OK)
        return status;
    if (cli->json)
        return oko_cli_json(cli, table, err);
    oko_cli_heading(cli, str(table, "title"));
    printf("%s\n\n", str(json_object_get(table, "unit"), "name"));
    print_rows(cli, table);
    json_decref(table);
    return OKO_OK;
}

static const char *format_of(const char *file)
{
    const char *dot = strrchr(file, '.');
    return dot != NULL ? dot + 1 : "html";
}

static oko_status to_file(oko_cli *cli, const char *path, const char *file, oko_error *err)
{
    oko_reply reply = { .status = 0 };
    oko_status status = ask(cli, "GET", path, NULL, &reply, err);
    if (status == OKO_OK)
        status = oko_cli_write(file, (oko_str){ reply.bytes, reply.len }, err);
    if (status == OKO_OK && !cli->quiet)
        OKO_CLI_SAY(cli, stderr, "roadmap.exported", OKO_S("file", file));
    oko_reply_clear(&reply);
    return status;
}

oko_status oko_cmd_roadmap_export(oko_cli *cli, oko_error *err)
{
    const char *query, *file = cli->argv[0];
    const char *state = oko_cli_option(cli, "state") != NULL ? "&state=true" : "";
    oko_status status = unit_query(cli, &query, err);
    return status == OKO_OK ? to_file(cli,
                                      oko_arena_printf(cli->arena, "/roadmap-tables/%s/document%sformat=%s%s",
                                                       code_of(cli), query, format_of(file), state),
                                      file, err)
                            : status;
}

static oko_status print_code(oko_cli *cli, json_t *roadmap, const char *key, oko_error *err)
{
    if (cli->json)
        return oko_cli_json(cli, roadmap, err);
    OKO_CLI_SAY(cli, stdout, key, OKO_S("code", str(roadmap, "key")));
    json_decref(roadmap);
    return OKO_OK;
}

oko_status oko_cmd_roadmap_seed(oko_cli *cli, oko_error *err)
{
    json_t *roadmap = NULL;
    oko_status status = ask_json(cli, "POST", "/roadmaps/seed", NULL, &roadmap, err);
    return status == OKO_OK ? print_code(cli, roadmap, "roadmap.seeded", err) : status;
}

oko_status oko_cmd_roadmap_copy(oko_cli *cli, oko_error *err)
{
    int64_t year = 0;
    const char *to = oko_cli_option(cli, "to");
    json_t *roadmap = NULL;
    if (!oko_str_to_int(oko_str_of(cli->argv[0]), &year))
        return oko_error_set(err, OKO_E_ARGUMENT, "roadmap.years", cli->argv[0]);
    json_t *body = json_pack("{s:s, s:I, s:s*}", "code", code_of(cli), "first_year", (json_int_t)year, "to", to);
    char *text = body != NULL ? json_dumps(body, JSON_COMPACT) : NULL;
    json_decref(body);
    if (text == NULL)
        return oko_error_set(err, OKO_E_ARGUMENT, "roadmap.code", "");
    oko_status status = ask_json(cli, "POST", "/roadmaps/copies", text, &roadmap, err);
    free(text);
    return status == OKO_OK ? print_code(cli, roadmap, "roadmap.copied", err) : status;
}

/* ---- notes ---- */

oko_status oko_cmd_note_export(oko_cli *cli, oko_error *err)
{
    int64_t id = 0;
    if (!oko_str_to_int(oko_str_of(cli->argv[0]), &id) || id <= 0)
        return oko_error_set(err, OKO_E_NOT_FOUND, "cycle.record", cli->argv[0]);
    return to_file(
        cli, oko_arena_printf(cli->arena, "/notes/%lld/document?format=%s", (long long)id, format_of(cli->argv[1])),
        cli->argv[1], err);
}

/* ---- tasks ---- */

static void print_tasks(oko_cli *cli, const json_t *items)
{
    static const char *const heads[] = { "task.col.due", "task.col.what", "task.col.unit", "task.col.title",
                                         "task.col.id" };
    static const bool numeric[] = { false, false, false, false, false };
    oko_table *t = oko_table_new(cli, 5, heads, numeric);
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *task = json_array_get(items, i);
        const bool late = json_is_true(json_object_get(task, "overdue"));
        const char *due =
            late ? oko_arena_printf(cli->arena, "%s (%s)", str(task, "due"), oko_text_get(cli->text, "task.overdue"))
                 : str(task, "due");
        const char *const cells[] = { due, str(task, "text"), str(task, "unit_name"), cut(cli, str(task, "title")),
                                      oko_arena_printf(cli->arena, "%s/%s", str(task, "kind"),
                                                       number(cli, task, "id")) };
        oko_table_row(t, cells);
    }
    oko_table_print(t);
}

oko_status oko_cmd_tasks(oko_cli *cli, oko_error *err)
{
    json_t *all = NULL;
    oko_status status = ask_json(cli, "GET", "/tasks", NULL, &all, err);
    if (status != OKO_OK)
        return status;
    if (cli->json)
        return oko_cli_json(cli, all, err);
    const json_t *items = json_object_get(all, "items"), *first = json_object_get(all, "checklist");
    if (json_array_size(items) == 0)
        oko_cli_say(cli, stdout, "task.nothing");
    else
        print_tasks(cli, items);
    if (json_array_size(first) > 0)
        oko_cli_heading(cli, oko_text_get(cli->text, "task.first"));
    for (size_t i = 0; i < json_array_size(first); i++) {
        const json_t *step = json_array_get(first, i);
        printf("[%s] %s\n", json_is_true(json_object_get(step, "done")) ? "x" : " ", str(step, "text"));
    }
    json_decref(all);
    return OKO_OK;
}
