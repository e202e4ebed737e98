/* oko: the command line's entry. Parse, run one command, tell what went wrong. */
#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EXIT_PIPE = 141 }; /* as if SIGPIPE had ended the program */

static void terminal(oko_cli *cli)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    bool plain = (no_color != NULL && no_color[0] != '\0') || term == NULL || strcmp(term, "dumb") == 0;
    cli->tty_out = isatty(STDOUT_FILENO) && !plain;
    cli->tty_err = isatty(STDERR_FILENO) && !plain;
}

static oko_status run(oko_cli *cli, int argc, char **argv, oko_error *err)
{
    oko_status status = oko_arena_new(0, &cli->arena);
    if (status != OKO_OK)
        return oko_error_set(err, status, "", "");
    status = oko_cli_globals(cli, &argc, argv, err);
    if (status != OKO_OK)
        return status;
    status = oko_cli_parse(cli, argc, argv, err);
    if (status != OKO_OK)
        return status;
    if (cli->command == NULL || (cli->help && cli->command->run != oko_cmd_help)) {
        if (cli->command == NULL && !cli->help && argc < 2) {
            oko_cli_usage(cli, stderr, NULL);
            return oko_error_set(err, OKO_E_ARGUMENT, "cli.no_command", "");
        }
        return oko_cmd_help(cli, err);
    }
    return cli->command->run(cli, err);
}

/* What was written may still be in the buffer: a full disk or a closed pipe shows only here. */
static int finish_output(oko_cli *cli, int code)
{
    errno = 0;
    bool failed = ferror(stdout) != 0;
    if (fflush(stdout) == 0 && !failed)
        return code;
    struct stat out;
    bool pipe = fstat(STDOUT_FILENO, &out) == 0 && (S_ISFIFO(out.st_mode) || S_ISSOCK(out.st_mode));
    if (errno == EPIPE || (errno == 0 && pipe)) /* 0: an earlier write failed, and its reason is no longer known */
        return code != 0 ? code : EXIT_PIPE;
    oko_error err;
    oko_error_clear(&err);
    (void)oko_error_set(&err, errno == ENOSPC ? OKO_E_FULL : OKO_E_IO, "cli.output_failed", "");
    return oko_cli_fail(cli, &err);
}

int main(int argc, char **argv)
{
    oko_cli cli;
    oko_error err;
    memset(&cli, 0, sizeof(cli));
    oko_error_clear(&err);
    oko_cli_signals();
    terminal(&cli);

    oko_status status = run(&cli, argc, argv, &err);
    oko_cli_progress_end(&cli);
    int code = 0;
    if (status != OKO_OK) {
        if (err.code != status)
            (void)oko_error_set(&err, status, "", "");
        fflush(stdout);
        code = oko_cli_fail(&cli, &err);
    }
    code = finish_output(&cli, code);
    oko_text_free(cli.text);
    oko_arena_free(cli.arena);
    return code;
}
