/*
 * Command line: parse, call, print. One file per command (cmd_NAME.c); the table of commands is data (commands.c) and
 * makes help, the usage errors and the shell completion.
 */
#ifndef OKO_CLI_CLI_H
#define OKO_CLI_CLI_H

#include <oko/status.h>

#include "base/memory.h"
#include "reference/text.h"
#include "store/store.h"

#include <jansson.h>
#include <stdbool.h>

typedef struct oko_option {
    const char *name;  /* "procedure": --procedure */
    const char *value; /* "CODE": takes a value; NULL = a switch */
    const char *help;  /* message key of one line */
} oko_option;

typedef struct oko_cli {
    const char *db;        /* --db, OKO_DB, or "oko.db" */
    bool json;             /* --json */
    bool quiet;            /* --quiet */
    bool tty_out, tty_err; /* colours and progress only on a terminal */
    oko_text *text;        /* catalogue in --lang, OKO_LANG or "ru" */
    oko_arena *arena;
    const struct oko_command *command;
    int argc; /* positional arguments of the command */
    char **argv;
    int n_opts; /* parsed options of the command */
    struct {
        const oko_option *option;
        const char *value;
    } opts[32];
} oko_cli;

typedef struct oko_command {
    const char *name;          /* "import" or "db check" (two words) */
    const char *synopsis;      /* "FILE…" */
    const char *summary;       /* message key */
    const oko_option *options; /* ends with a NULL name */
    int min_args, max_args;    /* max −1: any number */
    oko_status (*run)(oko_cli *cli, oko_error *err);
} oko_command;

extern const oko_command *const oko_commands[]; /* NULL at the end */

/* Value of an option, NULL when not given ("" for a given switch). */
const char *oko_cli_option(const oko_cli *cli, const char *name);
oko_status oko_cli_option_int(const oko_cli *cli, const char *name, int64_t min, int64_t max, int64_t *value,
                              oko_error *err) OKO_WARN_UNUSED; /* unchanged when not given */

/* Opens cli->db and puts the built-in procedures into a new one. */
oko_status oko_cli_store(oko_cli *cli, bool create, bool read_only, oko_store **ret_store,
                         oko_error *err) OKO_WARN_UNUSED;

/* Prints JSON to standard output with a newline; steals the reference. */
oko_status oko_cli_json(oko_cli *cli, json_t *json, oko_error *err) OKO_WARN_UNUSED;

/* A table on standard output: columns aligned by display width, right when numeric; head bold on a terminal. */
typedef struct oko_table oko_table;
oko_table *oko_table_new(oko_cli *cli, int columns, const char *const *heads, const bool *numeric);
void oko_table_row(oko_table *t, const char *const *cells);
void oko_table_print(oko_table *t); /* prints and frees (memory is the arena's) */

/* Progress bar on standard error when it is a terminal; give &progress to long calls. */
oko_progress oko_cli_progress(oko_cli *cli);
void oko_cli_progress_end(oko_cli *cli);

#endif
