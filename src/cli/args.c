/* Arguments: global options anywhere, the command by its longest name, its own options and words. */
#include "cli/cli.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_WORD = 64 };

/* Is `arg` --name or --name=value? *ret_value points behind "=", or is NULL. */
static bool names_option(const char *arg, const char *name, const char **ret_value)
{
    size_t n = strlen(name);
    if (strncmp(arg, "--", 2) != 0 || strncmp(arg + 2, name, n) != 0)
        return false;
    if (arg[2 + n] != '\0' && arg[2 + n] != '=')
        return false;
    *ret_value = arg[2 + n] == '=' ? arg + 2 + n + 1 : NULL;
    return true;
}

static const oko_option *find_option(const oko_option *options, const char *arg, const char **ret_value)
{
    for (const oko_option *o = options; o != NULL && o->name != NULL; o++) {
        if (names_option(arg, o->name, ret_value))
            return o;
    }
    return NULL;
}

static oko_status usage(oko_error *err, const char *id, const char *field, const char *a, const char *b)
{
    oko_status status = oko_error_set(err, OKO_E_ARGUMENT, id, field);
    oko_error_arg(err, "%s", a);
    if (b != NULL)
        oko_error_arg(err, "%s", b);
    return status;
}

/* The value of `option` at argv[*at], which moves when the value is a word of its own. */
static oko_status take_value(const oko_option *option, int argc, char **argv, int *at, const char **value,
                             oko_error *err)
{
    if (option->value == NULL) {
        if (*value != NULL)
            return usage(err, "cli.option_no_value", argv[*at], option->name, NULL);
        *value = "";
        return OKO_OK;
    }
    if (*value == NULL) {
        if (*at + 1 >= argc)
            return usage(err, "cli.option_needs_value", argv[*at], option->name, option->value);
        *value = argv[++*at];
    }
    return OKO_OK;
}

static void set_global(oko_cli *cli, const char *name, const char *value, const char **lang)
{
    if (strcmp(name, "db") == 0)
        cli->db = value;
    else if (strcmp(name, "json") == 0)
        cli->json = true;
    else if (strcmp(name, "quiet") == 0)
        cli->quiet = true;
    else if (strcmp(name, "help") == 0)
        cli->help = true;
    else if (strcmp(name, "lang") == 0)
        *lang = value;
}

/* One pass over argv: global options are taken out, everything else moves forward. */
static oko_status strip_globals(oko_cli *cli, int *argc, char **argv, const char **lang, oko_error *err)
{
    int kept = 1;
    for (int i = 1; i < *argc; i++) {
        const char *value = NULL;
        if (strcmp(argv[i], "--") == 0) {
            while (i < *argc)
                argv[kept++] = argv[i++];
            break;
        }
        if (strcmp(argv[i], "-h") == 0) {
            cli->help = true;
            continue;
        }
        const oko_option *option = find_option(oko_global_options, argv[i], &value);
        if (option == NULL) {
            argv[kept++] = argv[i];
            continue;
        }
        oko_status status = take_value(option, *argc, argv, &i, &value, err);
        if (status != OKO_OK)
            return status;
        set_global(cli, option->name, value, lang);
    }
    *argc = kept;
    return OKO_OK;
}

oko_status oko_cli_globals(oko_cli *cli, int *argc, char **argv, oko_error *err)
{
    const char *db = getenv("OKO_DB"), *lang = getenv("OKO_LANG");
    cli->db = db != NULL && db[0] != '\0' ? db : "oko.db";
    if (lang == NULL || lang[0] == '\0')
        lang = "ru";
    oko_status found = strip_globals(cli, argc, argv, &lang, err);
    bool known = strcmp(lang, "ru") == 0 || strcmp(lang, "en") == 0;
    oko_status status = oko_text_open(known ? lang : "ru", &cli->text, found == OKO_OK ? err : NULL);
    if (found != OKO_OK)
        return found;
    if (status != OKO_OK)
        return status;
    if (!known)
        return usage(err, "cli.bad_lang", "--lang", lang, NULL);
    if (cli->db[0] == '\0')
        return usage(err, "cli.option_needs_value", "--db", "db", "FILE");
    return OKO_OK;
}

const oko_command *oko_cli_find(const char *name)
{
    for (const oko_command *const *c = oko_commands; *c != NULL; c++) {
        if (strcmp((*c)->name, name) == 0)
            return *c;
    }
    return NULL;
}

/* Damerau–Levenshtein distance (neighbours swapped count one); words longer than MAX_WORD are far from all. */
static size_t distance(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    size_t d[3][MAX_WORD + 1];
    if (n > MAX_WORD || m > MAX_WORD)
        return MAX_WORD;
    for (size_t j = 0; j <= m; j++)
        d[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *row = d[i % 3], *above = d[(i - 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = above[j - 1] + (a[i - 1] != b[j - 1]);
            best = above[j] + 1 < best ? above[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && d[(i - 2) % 3][j - 2] + 1 < best)
                best = d[(i - 2) % 3][j - 2] + 1;
            row[j] = best;
        }
    }
    return d[n % 3][m];
}

const char *oko_cli_nearest(const char *word)
{
    const char *best = NULL;
    size_t best_distance = strlen(word) < 5 ? 2 : 3;
    for (const oko_command *const *c = oko_commands; *c != NULL; c++) {
        size_t d = distance(word, (*c)->name);
        if (d < best_distance) {
            best_distance = d;
            best = (*c)->name;
        }
    }
    return best;
}

/* Longest command whose words are the first words of argv; *ret_words of them. */
static const oko_command *longest_command(int argc, char **argv, int *ret_words)
{
    char name[3 * MAX_WORD] = "";
    const oko_command *best = NULL;
    size_t len = 0;
    for (int i = 0; i < argc && i < 3; i++) {
        size_t n = strlen(argv[i]);
        if (argv[i][0] == '-' || n >= MAX_WORD || len + n + 2 > sizeof(name))
            break;
        if (i > 0)
            name[len++] = ' ';
        memcpy(name + len, argv[i], n + 1);
        len += n;
        const oko_command *c = oko_cli_find(name);
        if (c != NULL) {
            best = c;
            *ret_words = i + 1;
        }
    }
    return best;
}

static bool is_group(const char *word)
{
    size_t n = strlen(word);
    for (const oko_command *const *c = oko_commands; *c != NULL; c++) {
        if (strncmp((*c)->name, word, n) == 0 && (*c)->name[n] == ' ')
            return true;
    }
    return false;
}

static oko_status unknown_command(const char *first, const char *second, oko_error *err)
{
    char name[2 * MAX_WORD + 2];
    snprintf(name, sizeof(name), "%.63s%s%.63s", first, second != NULL ? " " : "", second != NULL ? second : "");
    const char *nearest = oko_cli_nearest(name);
    if (nearest == NULL && second == NULL && is_group(first))
        return usage(err, "cli.incomplete_command", "", name, NULL);
    return usage(err, nearest != NULL ? "cli.unknown_command_near" : "cli.unknown_command", "", name, nearest);
}

/* Options and positional arguments after the command's name. */
static oko_status parse_rest(oko_cli *cli, int argc, char **argv, oko_error *err)
{
    bool only_words = false;
    for (int i = 0; i < argc; i++) {
        if (!only_words && strcmp(argv[i], "--") == 0) {
            only_words = true;
            continue;
        }
        if (only_words || argv[i][0] != '-' || argv[i][1] == '\0') {
            cli->argv[cli->argc++] = argv[i];
            continue;
        }
        const char *value = NULL;
        const oko_option *option = find_option(cli->command->options, argv[i], &value);
        if (option == NULL)
            return usage(err, "cli.unknown_option", argv[i], argv[i], cli->command->name);
        oko_status status = take_value(option, argc, argv, &i, &value, err);
        if (status != OKO_OK)
            return status;
        if (cli->n_opts >= OKO_CLI_MAX_OPTIONS)
            return usage(err, "cli.too_many_options", argv[i], option->name, NULL);
        cli->opts[cli->n_opts].option = option;
        cli->opts[cli->n_opts++].value = value;
    }
    return OKO_OK;
}

static oko_status check_count(const oko_cli *cli, oko_error *err)
{
    const oko_command *c = cli->command;
    if (cli->argc < c->min_args)
        return usage(err, "cli.missing_argument", "", c->name, c->synopsis);
    if (c->max_args >= 0 && cli->argc > c->max_args) {
        const char *extra = cli->argv[c->max_args];
        if (c->max_args == 0 && is_group(c->name))
            return unknown_command(c->name, extra, err);
        return usage(err, "cli.extra_argument", extra, extra, c->name);
    }
    return OKO_OK;
}

oko_status oko_cli_parse(oko_cli *cli, int argc, char **argv, oko_error *err)
{
    int words = 0;
    if (argc < 2)
        return OKO_OK;
    if (strcmp(argv[1], "--version") == 0) {
        argv[1] = argv[0];
        cli->command = oko_cli_find("version");
        words = 1;
    } else {
        cli->command = longest_command(argc - 1, argv + 1, &words);
    }
    if (cli->command == NULL && argv[1][0] == '-')
        return usage(err, "cli.unknown_option_global", argv[1], argv[1], NULL);
    if (cli->command == NULL)
        return unknown_command(argv[1], is_group(argv[1]) && argc > 2 ? argv[2] : NULL, err);
    cli->argv = oko_arena_alloc(cli->arena, (size_t)argc * sizeof(*cli->argv));
    if (cli->argv == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    oko_status status = parse_rest(cli, argc - 1 - words, argv + 1 + words, err);
    if (status == OKO_OK && !cli->help)
        status = check_count(cli, err);
    return status;
}

const char *oko_cli_option(const oko_cli *cli, const char *name)
{
    for (int i = cli->n_opts - 1; i >= 0; i--) {
        if (strcmp(cli->opts[i].option->name, name) == 0)
            return cli->opts[i].value;
    }
    return NULL;
}

oko_status oko_cli_option_int(const oko_cli *cli, const char *name, int64_t min, int64_t max, int64_t *value,
                              oko_error *err)
{
    const char *text = oko_cli_option(cli, name);
    int64_t found = 0;
    if (text == NULL)
        return OKO_OK;
    if (!oko_str_to_int(oko_str_of(text), &found) || found < min || found > max) {
        oko_status status = usage(err, "cli.bad_number", name, text, NULL);
        oko_error_arg(err, "%lld", (long long)min);
        oko_error_arg(err, "%lld", (long long)max);
        return status;
    }
    *value = found;
    return OKO_OK;
}

oko_status oko_cli_option_num(const oko_cli *cli, const char *name, double min, double max, double *value,
                              oko_error *err)
{
    const char *text = oko_cli_option(cli, name);
    double found = 0;
    if (text == NULL)
        return OKO_OK;
    if (!oko_str_to_double(oko_str_of(text), &found) || !(found >= min && found <= max)) {
        oko_status status = usage(err, "cli.bad_number", name, text, NULL);
        oko_error_arg(err, "%g", min);
        oko_error_arg(err, "%g", max);
        return status;
    }
    *value = found;
    return OKO_OK;
}
