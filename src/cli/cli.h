/*
 * Command line: parse, call, print. One file per command (cmd_NAME.c); the table of commands is data (commands.c) and
 * makes help, the usage errors and the shell completion.
 *
 * Standard output holds data only (tables, JSON, a procedure description); progress, notes and errors go to standard
 * error. No rule of the domain lives here.
 */
#ifndef OKO_CLI_CLI_H
#define OKO_CLI_CLI_H

#include <oko/status.h>

#include "base/memory.h"
#include "base/progress.h"
#include "reference/text.h"
#include "store/store.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

enum { OKO_CLI_MAX_OPTIONS = 32, OKO_CLI_MAX_COLUMNS = 24 };

typedef struct oko_option {
    const char *name;  /* "procedure": --procedure */
    const char *value; /* "CODE": takes a value; NULL = a switch */
    const char *help;  /* message key of one line */
} oko_option;

typedef struct oko_cli {
    const char *db;        /* --db, OKO_DB, or "oko.db" */
    bool json;             /* --json */
    bool quiet;            /* --quiet */
    bool help;             /* --help, -h */
    bool tty_out, tty_err; /* colours and progress only on a terminal */
    oko_text *text;        /* catalogue in --lang, OKO_LANG or "ru" */
    oko_arena *arena;
    const char *subject; /* the one file that the command works on; named in errors that do not name it */
    bool told;           /* every error was printed as it came: nothing more to say at the end */
    const struct oko_command *command;
    int argc; /* positional arguments of the command */
    char **argv;
    int n_opts; /* parsed options of the command */
    struct {
        const oko_option *option;
        const char *value;
    } opts[OKO_CLI_MAX_OPTIONS];
} oko_cli;

typedef struct oko_command {
    const char *name;          /* "import" or several words: "db check" */
    const char *synopsis;      /* "FILE…" */
    const char *summary;       /* message key */
    const oko_option *options; /* ends with a NULL name; NULL = none */
    int min_args, max_args;    /* max −1: any number */
    oko_status (*run)(oko_cli *cli, oko_error *err);
} oko_command;

extern const oko_command *const oko_commands[]; /* NULL at the end */
extern const oko_option oko_global_options[];   /* ends with a NULL name */

/* ---- arguments (args.c) ---- */
/* Takes the global options out of argv wherever they stand and opens cli->text; the words left are *argc, argv. */
oko_status oko_cli_globals(oko_cli *cli, int *argc, char **argv, oko_error *err) OKO_WARN_UNUSED;
/* Finds the command (longest name that fits) and its options and arguments. cli->command stays NULL when no word was
 * given. OKO_E_ARGUMENT with a suggestion for what was mistyped. */
oko_status oko_cli_parse(oko_cli *cli, int argc, char **argv, oko_error *err) OKO_WARN_UNUSED;
/* Command by its name of one or several words; NULL when there is none. */
const oko_command *oko_cli_find(const char *name);
/* Nearest known command by edit distance, NULL when nothing is near. */
const char *oko_cli_nearest(const char *word);

/* Value of an option, NULL when not given ("" for a given switch). The last one wins. */
const char *oko_cli_option(const oko_cli *cli, const char *name);
oko_status oko_cli_option_int(const oko_cli *cli, const char *name, int64_t min, int64_t max, int64_t *value,
                              oko_error *err) OKO_WARN_UNUSED; /* unchanged when not given */
oko_status oko_cli_option_num(const oko_cli *cli, const char *name, double min, double max, double *value,
                              oko_error *err) OKO_WARN_UNUSED; /* unchanged when not given */

/* ---- store (open.c) ---- */
/* Opens cli->db; when it may be written, puts the built-in procedures that it does not know yet into it. */
oko_status oko_cli_store(oko_cli *cli, bool create, bool read_only, oko_store **ret_store,
                         oko_error *err) OKO_WARN_UNUSED;
/* Unit by code (any level, or the level of --level), else by alias. OKO_E_NOT_FOUND; OKO_E_UNDECIDED when the code
 * stands for units of several levels. */
oko_status oko_cli_unit(oko_cli *cli, oko_store *store, const char *code, oko_unit *ret_unit,
                        oko_error *err) OKO_WARN_UNUSED;

/* ---- output (output.c) ---- */
/* A sentence of the catalogue and a newline. */
void oko_cli_say(oko_cli *cli, FILE *stream, const char *key);
void oko_cli_say_args(oko_cli *cli, FILE *stream, const char *key, const oko_text_arg *args, size_t n);
#define OKO_CLI_SAY(cli_, stream_, key_, ...)                                                                          \
    oko_cli_say_args((cli_), (stream_), (key_), (const oko_text_arg[]){ __VA_ARGS__ },                                 \
                     sizeof((const oko_text_arg[]){ __VA_ARGS__ }) / sizeof(oko_text_arg))
/* Bold heading on a terminal, plain text elsewhere, to standard output. */
void oko_cli_heading(oko_cli *cli, const char *text);
/* A whole number, or a number with decimals, as the language writes it (arena). */
const char *oko_cli_int(oko_cli *cli, int64_t value);
const char *oko_cli_num(oko_cli *cli, double value, int decimals);
const char *oko_cli_id(oko_cli *cli, int64_t id); /* digits alone: to be copied into a command */
/* Text of `prefix` + name, or the name itself when the catalogue has none (arena). */
const char *oko_cli_word(oko_cli *cli, const char *prefix, const char *name);
/* Words for a problem: its reason with the detail (arena). */
const char *oko_cli_problem(oko_cli *cli, const char *reason, const char *detail, const char *column);
/* The same for a count of such places: no single one is named. */
const char *oko_cli_problem_kind(oko_cli *cli, const char *reason);

/* A command's data, to a file that appears whole or not at all, or (path NULL) to standard output. */
oko_status oko_cli_write(const char *path, oko_str bytes, oko_error *err) OKO_WARN_UNUSED;
/* Prints JSON to standard output with a newline; steals the reference. OKO_E_MEMORY when json is NULL or a part of it
 * was lost for want of memory. */
oko_status oko_cli_json(oko_cli *cli, json_t *json, oko_error *err) OKO_WARN_UNUSED;
/* Members of an object; a NaN becomes null, a lost member is remembered and told by oko_cli_json. */
void oko_put(json_t *object, const char *key, json_t *value);
void oko_put_str(json_t *object, const char *key, const char *value);
void oko_put_int(json_t *object, const char *key, int64_t value);
void oko_put_num(json_t *object, const char *key, double value);
void oko_put_bool(json_t *object, const char *key, bool value);
void oko_append(json_t *array, json_t *value);
json_t *oko_json_num(double value);
/* Text that holds JSON → value; null when it is empty or broken. */
json_t *oko_json_text(const char *text);

/* A table on standard output: columns aligned by display width, right when numeric; head bold on a terminal. Heads are
 * message keys. */
typedef struct oko_table oko_table;
oko_table *oko_table_new(oko_cli *cli, int columns, const char *const *heads, const bool *numeric);
void oko_table_row(oko_table *t, const char *const *cells); /* copies the cells; NULL = empty */
void oko_table_print(oko_table *t);                         /* prints and frees (memory is the arena's) */
size_t oko_cli_width(const char *text);                     /* columns on a terminal */

/* ---- progress and interruption (progress.c) ---- */
/* Progress bar on standard error when it is a terminal; give &progress to long calls. The call is asked to stop after
 * Ctrl-C. */
oko_progress oko_cli_progress(oko_cli *cli);
void oko_cli_progress_end(oko_cli *cli);
void oko_cli_signals(void);
bool oko_cli_interrupted(void);

/* ---- errors (error.c) ---- */
/* Prints the sentence, what it is about and what to do, to standard error (JSON with --json). */
void oko_cli_tell(oko_cli *cli, const oko_error *err);
/* The same, unless it was told already; returns the exit code. */
int oko_cli_fail(oko_cli *cli, const oko_error *err);
json_t *oko_cli_error_json(oko_cli *cli, const oko_error *err); /* the inner object */
/* Sentence of an error (arena). */
const char *oko_cli_error_text(oko_cli *cli, const oko_error *err);
/* What to do about it (arena), NULL when there is no advice. */
const char *oko_cli_error_todo(oko_cli *cli, const oko_error *err);

/* ---- parts shared by commands ---- */
json_t *oko_cli_counts_json(const oko_counts *c);              /* show.c */
json_t *oko_cli_run_json(const oko_run *run, int64_t current); /* show.c: {"id",…,"stale"} */
json_t *oko_cli_result_json(const oko_result *r, const oko_unit *unit);
/* Help of one command, to `stream` (help.c). */
void oko_cli_usage(oko_cli *cli, FILE *stream, const oko_command *command);

oko_status oko_cmd_help(oko_cli *cli, oko_error *err);
oko_status oko_cmd_version(oko_cli *cli, oko_error *err);
oko_status oko_cmd_import(oko_cli *cli, oko_error *err);
oko_status oko_cmd_import_undo(oko_cli *cli, oko_error *err);
oko_status oko_cmd_imports(oko_cli *cli, oko_error *err);
oko_status oko_cmd_problems(oko_cli *cli, oko_error *err);
oko_status oko_cmd_units_list(oko_cli *cli, oko_error *err);
oko_status oko_cmd_units_show(oko_cli *cli, oko_error *err);
oko_status oko_cmd_units_alias(oko_cli *cli, oko_error *err);
oko_status oko_cmd_units_confirm(oko_cli *cli, oko_error *err);
oko_status oko_cmd_units_match(oko_cli *cli, oko_error *err);
oko_status oko_cmd_units_merge(oko_cli *cli, oko_error *err);
oko_status oko_cmd_procedures_list(oko_cli *cli, oko_error *err);
oko_status oko_cmd_procedures_show(oko_cli *cli, oko_error *err);
oko_status oko_cmd_procedures_add(oko_cli *cli, oko_error *err);
oko_status oko_cmd_procedures_template(oko_cli *cli, oko_error *err);
oko_status oko_cmd_analyze(oko_cli *cli, oko_error *err);
oko_status oko_cmd_show_procedures(oko_cli *cli, oko_error *err);
oko_status oko_cmd_show_procedure(oko_cli *cli, oko_error *err);
oko_status oko_cmd_show_reference(oko_cli *cli, oko_error *err);
oko_status oko_cmd_show_run(oko_cli *cli, oko_error *err);
oko_status oko_cmd_show_unit(oko_cli *cli, oko_error *err);
oko_status oko_cmd_findings(oko_cli *cli, oko_error *err);
oko_status oko_cmd_signs(oko_cli *cli, oko_error *err);
oko_status oko_cmd_report(oko_cli *cli, oko_error *err);
oko_status oko_cmd_simulate(oko_cli *cli, oko_error *err);
oko_status oko_cmd_demo(oko_cli *cli, oko_error *err);
oko_status oko_cmd_persons(oko_cli *cli, oko_error *err);
oko_status oko_cmd_pairs(oko_cli *cli, oko_error *err);
oko_status oko_cmd_db_check(oko_cli *cli, oko_error *err);
oko_status oko_cmd_db_info(oko_cli *cli, oko_error *err);
oko_status oko_cmd_backup(oko_cli *cli, oko_error *err);
oko_status oko_cmd_restore(oko_cli *cli, oko_error *err);
oko_status oko_cmd_serve(oko_cli *cli, oko_error *err);
oko_status oko_cmd_api(oko_cli *cli, oko_error *err);
oko_status oko_cmd_roadmap_show(oko_cli *cli, oko_error *err);
oko_status oko_cmd_roadmap_export(oko_cli *cli, oko_error *err);
oko_status oko_cmd_roadmap_copy(oko_cli *cli, oko_error *err);
oko_status oko_cmd_roadmap_seed(oko_cli *cli, oko_error *err);
oko_status oko_cmd_note_export(oko_cli *cli, oko_error *err);
oko_status oko_cmd_tasks(oko_cli *cli, oko_error *err);
oko_status oko_cmd_user_list(oko_cli *cli, oko_error *err);
oko_status oko_cmd_user_add(oko_cli *cli, oko_error *err);
oko_status oko_cmd_user_disable(oko_cli *cli, oko_error *err);
oko_status oko_cmd_user_invite(oko_cli *cli, oko_error *err);
oko_status oko_cmd_token_add(oko_cli *cli, oko_error *err);
oko_status oko_cmd_token_list(oko_cli *cli, oko_error *err);
oko_status oko_cmd_token_remove(oko_cli *cli, oko_error *err);
oko_status oko_cmd_audit_list(oko_cli *cli, oko_error *err);
oko_status oko_cmd_audit_verify(oko_cli *cli, oko_error *err);
oko_status oko_cmd_records_list(oko_cli *cli, oko_error *err);
oko_status oko_cmd_records_show(oko_cli *cli, oko_error *err);
oko_status oko_cmd_records_add(oko_cli *cli, oko_error *err);
oko_status oko_cmd_records_act(oko_cli *cli, oko_error *err);
oko_status oko_cmd_records_link(oko_cli *cli, oko_error *err);
oko_status oko_cmd_case_make(oko_cli *cli, oko_error *err);
oko_status oko_cmd_case_board(oko_cli *cli, oko_error *err);
oko_status oko_cmd_case_escalate(oko_cli *cli, oko_error *err);
oko_status oko_cmd_case_similar(oko_cli *cli, oko_error *err);
oko_status oko_cmd_recommend_seed(oko_cli *cli, oko_error *err);
oko_status oko_cmd_recommend_advice(oko_cli *cli, oko_error *err);
oko_status oko_cmd_recommend_letter(oko_cli *cli, oko_error *err);
oko_status oko_cmd_measure_overview(oko_cli *cli, oko_error *err);
oko_status oko_cmd_observe_schedule(oko_cli *cli, oko_error *err);
oko_status oko_cmd_observe_reference(oko_cli *cli, oko_error *err);
oko_status oko_cmd_effect(oko_cli *cli, oko_error *err);
oko_status oko_cmd_indicator_list(oko_cli *cli, oko_error *err);
oko_status oko_cmd_indicator_check(oko_cli *cli, oko_error *err);
oko_status oko_cmd_indicator_try(oko_cli *cli, oko_error *err);
oko_status oko_cmd_indicator_seed(oko_cli *cli, oko_error *err);
oko_status oko_cmd_indicator_copy(oko_cli *cli, oko_error *err);
oko_status oko_cmd_indicator_act(oko_cli *cli, oko_error *err);
oko_status oko_cmd_indicator_compute(oko_cli *cli, oko_error *err);
oko_status oko_cmd_indicator_values(oko_cli *cli, oko_error *err);
oko_status oko_cmd_indicator_trace(oko_cli *cli, oko_error *err);
oko_status oko_cmd_indicator_publish(oko_cli *cli, oko_error *err);
oko_status oko_cmd_campaign_list(oko_cli *cli, oko_error *err);
oko_status oko_cmd_campaign_create(oko_cli *cli, oko_error *err);
oko_status oko_cmd_campaign_act(oko_cli *cli, oko_error *err);
oko_status oko_cmd_campaign_status(oko_cli *cli, oko_error *err);
oko_status oko_cmd_campaign_late(oko_cli *cli, oko_error *err);
oko_status oko_cmd_form_list(oko_cli *cli, oko_error *err);
oko_status oko_cmd_form_show(oko_cli *cli, oko_error *err);
oko_status oko_cmd_form_fill(oko_cli *cli, oko_error *err);
oko_status oko_cmd_form_act(oko_cli *cli, oko_error *err);
oko_status oko_cmd_form_accept(oko_cli *cli, oko_error *err);
oko_status oko_cmd_jobs_run(oko_cli *cli, oko_error *err);
oko_status oko_cmd_completion(oko_cli *cli, oko_error *err);

#endif
