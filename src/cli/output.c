/* Sentences, numbers and JSON on their way out. */
#include "cli/cli.h"

#include "report/output.h"

#include <math.h>
#include <string.h>

void oko_cli_say(oko_cli *cli, FILE *stream, const char *key)
{
    fprintf(stream, "%s\n", oko_text_get(cli->text, key));
}

void oko_cli_say_args(oko_cli *cli, FILE *stream, const char *key, const oko_text_arg *args, size_t n)
{
    const char *text = oko_text_make(cli->text, cli->arena, key, args, n);
    fprintf(stream, "%s\n", text != NULL ? text : key);
}

void oko_cli_heading(oko_cli *cli, const char *text)
{
    printf(cli->tty_out ? "\033[1m%s\033[0m\n" : "%s\n", text);
}

const char *oko_cli_num(oko_cli *cli, double value, int decimals)
{
    const char *text = oko_text_number(cli->text, cli->arena, value, decimals);
    return text != NULL ? text : "";
}

const char *oko_cli_int(oko_cli *cli, int64_t value)
{
    return oko_cli_num(cli, (double)value, 0);
}

const char *oko_cli_id(oko_cli *cli, int64_t id)
{
    const char *text = oko_arena_printf(cli->arena, "%lld", (long long)id);
    return text != NULL ? text : "";
}

const char *oko_cli_word(oko_cli *cli, const char *prefix, const char *name)
{
    const char *key = oko_arena_printf(cli->arena, "%s%s", prefix, name);
    if (key != NULL && oko_text_has(cli->text, key))
        return oko_text_get(cli->text, key);
    const char *copy = oko_arena_str(cli->arena, oko_str_of(name));
    return copy != NULL ? copy : "";
}

const char *oko_cli_problem(oko_cli *cli, const char *reason, const char *detail, const char *column)
{
    const oko_text_arg args[] = { OKO_S("0", detail), OKO_S("column", column) };
    const char *text = oko_text_make(cli->text, cli->arena, reason, args, 2);
    return text != NULL ? text : "";
}

const char *oko_cli_problem_kind(oko_cli *cli, const char *reason)
{
    const char *key = oko_arena_printf(cli->arena, "%s.all", reason);
    return key != NULL && oko_text_has(cli->text, key) ? oko_text_get(cli->text, key)
                                                       : oko_cli_problem(cli, reason, "…", "…");
}

/* A member was lost for want of memory; asked once, at the end. */
static bool json_lost;

void oko_put(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        json_lost = true;
}

void oko_append(json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0)
        json_lost = true;
}

void oko_put_str(json_t *object, const char *key, const char *value)
{
    oko_put(object, key, json_string(value != NULL ? value : ""));
}

void oko_put_int(json_t *object, const char *key, int64_t value)
{
    oko_put(object, key, json_integer((json_int_t)value));
}

void oko_put_bool(json_t *object, const char *key, bool value)
{
    oko_put(object, key, json_boolean(value));
}

json_t *oko_json_num(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

void oko_put_num(json_t *object, const char *key, double value)
{
    oko_put(object, key, oko_json_num(value));
}

json_t *oko_json_text(const char *text)
{
    json_t *json = text != NULL && text[0] != '\0' ? json_loads(text, JSON_DECODE_ANY, NULL) : NULL;
    return json != NULL ? json : json_null();
}

oko_status oko_cli_json(oko_cli *cli, json_t *json, oko_error *err)
{
    (void)cli;
    if (json == NULL || json_lost) {
        json_decref(json);
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    json_dumpf(json, stdout, JSON_INDENT(2) | JSON_ENCODE_ANY); /* a failed write is told at the end, by main */
    fputc('\n', stdout);
    json_decref(json);
    return OKO_OK;
}

oko_status oko_cli_write(const char *path, oko_str bytes, oko_error *err)
{
    if (path == NULL) {
        fwrite(bytes.ptr, 1, bytes.len, stdout); /* a failed write is told at the end, by main */
        return OKO_OK;
    }
    OKO_CLEANUP(oko_output_drop) oko_output output = { .path = path };
    oko_status status = oko_output_open(path, &output, err);
    if (status == OKO_OK)
        status = oko_output_fill(&output, bytes, err);
    return status == OKO_OK ? oko_output_commit(&output, err) : status;
}
