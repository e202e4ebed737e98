/* oko help [COMMAND], oko version: made from the table of commands. */
#include "cli/cli.h"

#include "analysis/analysis.h"

#include <string.h>

static void print_options(oko_cli *cli, FILE *stream, const oko_option *options)
{
    for (const oko_option *o = options; o != NULL && o->name != NULL; o++) {
        const char *left = oko_arena_printf(cli->arena, "  --%s%s%s", o->name, o->value != NULL ? " " : "",
                                            o->value != NULL ? o->value : "");
        fprintf(stream, "%-26s %s\n", left != NULL ? left : "", oko_text_get(cli->text, o->help));
    }
}

static void usage_all(oko_cli *cli, FILE *stream)
{
    oko_cli_say(cli, stream, "cli.help.about");
    fprintf(stream, "\n%s oko [--db FILE] %s\n\n", oko_text_get(cli->text, "cli.help.usage"),
            oko_text_get(cli->text, "cli.help.usage_line"));
    for (const oko_command *const *c = oko_commands; *c != NULL; c++) {
        char left[64];
        if (c != oko_commands && c[-1]->run == (*c)->run)
            continue; /* "units list" is "units" */
        snprintf(left, sizeof(left), "%s%s%s", (*c)->name, (*c)->synopsis[0] != '\0' ? " " : "", (*c)->synopsis);
        size_t width = oko_cli_width(left);
        fprintf(stream, "  %s%*s %s\n", left, width < 32 ? (int)(32 - width) : 1, "",
                oko_text_get(cli->text, (*c)->summary));
    }
    fprintf(stream, "\n%s\n", oko_text_get(cli->text, "cli.help.global"));
    print_options(cli, stream, oko_global_options);
    fprintf(stream, "\n%s\n", oko_text_get(cli->text, "cli.help.more"));
}

void oko_cli_usage(oko_cli *cli, FILE *stream, const oko_command *command)
{
    if (command == NULL) {
        usage_all(cli, stream);
        return;
    }
    fprintf(stream, "%s oko %s%s%s%s%s\n\n%s\n", oko_text_get(cli->text, "cli.help.usage"), command->name,
            command->options != NULL ? " " : "",
            command->options != NULL ? oko_text_get(cli->text, "cli.help.options_word") : "",
            command->synopsis[0] != '\0' ? " " : "", command->synopsis, oko_text_get(cli->text, command->summary));
    char about[80];
    snprintf(about, sizeof(about), "cli.about.%s", command->name);
    for (char *c = about; *c != '\0'; c++)
        *c = *c == ' ' ? '_' : *c;
    if (oko_text_has(cli->text, about))
        fprintf(stream, "\n%s\n", oko_text_get(cli->text, about));
    if (command->options != NULL) {
        fprintf(stream, "\n%s\n", oko_text_get(cli->text, "cli.help.options"));
        print_options(cli, stream, command->options);
    }
    fprintf(stream, "\n%s\n", oko_text_get(cli->text, "cli.help.global"));
    print_options(cli, stream, oko_global_options);
}

static json_t *options_json(oko_cli *cli, const oko_option *options)
{
    json_t *array = json_array();
    for (const oko_option *o = options; o != NULL && o->name != NULL; o++) {
        json_t *item = json_object();
        oko_put_str(item, "name", o->name);
        oko_put(item, "value", o->value != NULL ? json_string(o->value) : json_null());
        oko_put_str(item, "help", oko_text_get(cli->text, o->help));
        oko_append(array, item);
    }
    return array;
}

static json_t *command_json(oko_cli *cli, const oko_command *c)
{
    json_t *o = json_object();
    oko_put_str(o, "name", c->name);
    oko_put_str(o, "synopsis", c->synopsis);
    oko_put_str(o, "summary", oko_text_get(cli->text, c->summary));
    oko_put(o, "options", options_json(cli, c->options));
    return o;
}

static oko_status help_json(oko_cli *cli, const oko_command *only, oko_error *err)
{
    if (only != NULL)
        return oko_cli_json(cli, command_json(cli, only), err);
    json_t *root = json_object(), *commands = json_array();
    for (const oko_command *const *c = oko_commands; *c != NULL; c++)
        oko_append(commands, command_json(cli, *c));
    oko_put(root, "commands", commands);
    oko_put(root, "global_options", options_json(cli, oko_global_options));
    return oko_cli_json(cli, root, err);
}

/* Commands of a group ("db", "show"), one line each, or into `list`. False when the word names no group. */
static bool print_group(oko_cli *cli, const char *word, json_t *list)
{
    size_t n = strlen(word);
    bool found = false;
    for (const oko_command *const *c = oko_commands; *c != NULL; c++) {
        if (strncmp((*c)->name, word, n) != 0 || (*c)->name[n] != ' ')
            continue;
        if (list != NULL) {
            oko_append(list, command_json(cli, *c));
            found = true;
            continue;
        }
        printf("  oko %s%s%s\n      %s\n", (*c)->name, (*c)->synopsis[0] != '\0' ? " " : "", (*c)->synopsis,
               oko_text_get(cli->text, (*c)->summary));
        found = true;
    }
    return found;
}

oko_status oko_cmd_help(oko_cli *cli, oko_error *err)
{
    const oko_command *command = cli->command;
    char name[128] = "";
    if (command != NULL && command->run == oko_cmd_help && !(cli->help && cli->argc == 0)) {
        command = NULL;
        for (int i = 0; i < cli->argc; i++) {
            size_t n = strlen(name);
            snprintf(name + n, sizeof(name) - n, "%s%s", i > 0 ? " " : "", cli->argv[i]);
        }
        command = name[0] != '\0' ? oko_cli_find(name) : NULL;
    }
    if (command == NULL && name[0] != '\0') {
        json_t *group = cli->json ? json_pack("{s:[]}", "commands") : NULL;
        if (print_group(cli, name, json_object_get(group, "commands")))
            return cli->json ? oko_cli_json(cli, group, err) : OKO_OK;
        json_decref(group);
        const char *near = oko_cli_nearest(name);
        oko_status status =
            oko_error_set(err, OKO_E_ARGUMENT, near != NULL ? "cli.unknown_command_near" : "cli.unknown_command", "");
        oko_error_arg(err, "%s", name);
        if (near != NULL)
            oko_error_arg(err, "%s", near);
        return status;
    }
    if (cli->json)
        return help_json(cli, command, err);
    oko_cli_usage(cli, stdout, command);
    return OKO_OK;
}

oko_status oko_cmd_version(oko_cli *cli, oko_error *err)
{
    if (!cli->json) {
        printf("oko %s\n", OKO_VERSION);
        return OKO_OK;
    }
    json_t *o = json_object();
    oko_put_str(o, "program", OKO_VERSION);
    oko_put_str(o, "method", OKO_METHOD_VERSION);
    oko_put_int(o, "schema", oko_store_schema_version());
    return oko_cli_json(cli, o, err);
}
