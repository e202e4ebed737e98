/* Errors at the edge: the sentence, what it is about, what to do. */
#include "cli/cli.h"

#include <string.h>

/* Key for the advice: by message id when there is one, else by status. */
static const char *todo_key(oko_cli *cli, const oko_error *err)
{
    char *key = oko_arena_printf(cli->arena, "cli.todo.%s", err->id);
    if (key != NULL && err->id[0] != '\0' && oko_text_has(cli->text, key))
        return key;
    key = oko_arena_printf(cli->arena, "cli.todo.%s", oko_status_describe(err->code)->name);
    return key != NULL && oko_text_has(cli->text, key) ? key : NULL;
}

/* "bomb.xlsx: xl/worksheets/sheet1.xml: …" when the sentence does not name the file itself. */
static const char *with_subject(oko_cli *cli, const char *text)
{
    if (cli->subject == NULL)
        return text;
    const char *slash = strrchr(cli->subject, '/');
    if (strstr(text, slash != NULL ? slash + 1 : cli->subject) != NULL)
        return text;
    const char *both = oko_arena_printf(cli->arena, "%s: %s", cli->subject, text);
    return both != NULL ? both : text;
}

/* An option is called as people write it; where it was not given (the procedure came from the file), the sentence is
 * enough. */
static void name_option(oko_cli *cli, oko_error *err)
{
    char name[sizeof err->field];
    const oko_option *options = cli->command != NULL ? cli->command->options : NULL;
    for (const oko_option *o = options; o != NULL && o->name != NULL; o++) {
        if (strcmp(o->name, err->field) != 0)
            continue;
        snprintf(name, sizeof(name), "--%.80s", o->name);
        oko_str_copy(err->field, sizeof(err->field), oko_str_of(oko_cli_option(cli, o->name) != NULL ? name : ""));
        return;
    }
}

const char *oko_cli_error_text(oko_cli *cli, const oko_error *err)
{
    oko_error shown = *err;
    name_option(cli, &shown);
    const char *text = cli->text != NULL ? oko_text_error(cli->text, cli->arena, &shown) : NULL;
    return with_subject(cli, text != NULL ? text : oko_status_describe(err->code)->text);
}

const char *oko_cli_error_todo(oko_cli *cli, const oko_error *err)
{
    const char *key = cli->text != NULL ? todo_key(cli, err) : NULL;
    const oko_text_arg args[] = {
        OKO_S("0", err->arg[0]),
        OKO_S("1", err->arg[1]),
        OKO_S("field", err->field),
        OKO_S("db", cli->db),
        OKO_S("command", cli->command != NULL ? cli->command->name : "help"),
    };
    return key != NULL ? oko_text_make(cli->text, cli->arena, key, args, sizeof(args) / sizeof(args[0])) : NULL;
}

json_t *oko_cli_error_json(oko_cli *cli, const oko_error *err)
{
    const oko_status_info *info = oko_status_describe(err->code);
    const char *todo = oko_cli_error_todo(cli, err);
    json_t *e = json_object(), *args = json_array();
    for (int i = 0; i < err->n_args; i++)
        oko_append(args, json_string(err->arg[i]));
    oko_put_str(e, "code", info->name);
    oko_put_int(e, "exit", info->exit_code);
    oko_put_str(e, "id", err->id);
    oko_put_str(e, "field", err->field);
    oko_put(e, "args", args);
    oko_put_str(e, "message", oko_cli_error_text(cli, err));
    oko_put(e, "todo", todo != NULL ? json_string(todo) : json_null());
    return e;
}

static void print_json(oko_cli *cli, const oko_error *err)
{
    json_t *root = json_object();
    oko_put(root, "error", oko_cli_error_json(cli, err));
    if (json_dumpf(root, stderr, JSON_COMPACT) == 0)
        fputc('\n', stderr);
    json_decref(root);
}

void oko_cli_tell(oko_cli *cli, const oko_error *err)
{
    if (cli->json) {
        print_json(cli, err);
        return;
    }
    const char *todo = oko_cli_error_todo(cli, err);
    const char *red = cli->tty_err ? "\033[31m" : "", *plain = cli->tty_err ? "\033[0m" : "";
    fprintf(stderr, "%soko:%s %s\n", red, plain, oko_cli_error_text(cli, err));
    if (todo != NULL)
        fprintf(stderr, "  → %s\n", todo);
}

int oko_cli_fail(oko_cli *cli, const oko_error *err)
{
    oko_cli_progress_end(cli);
    if (!cli->told)
        oko_cli_tell(cli, err);
    return oko_status_describe(err->code)->exit_code;
}
