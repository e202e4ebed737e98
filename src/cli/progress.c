/* Progress bar on a terminal, and Ctrl-C as a polite request to stop. */
#include "cli/cli.h"

#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BAR = 30, REDRAW_MS = 80 };

static volatile sig_atomic_t interrupted;

/* First Ctrl-C: ask the work to stop with nothing half done. Second one: the default action (nothing is half done
 * either, a transaction that was not committed does not count). */
static void on_interrupt(int sig)
{
    interrupted = 1;
    signal(sig, SIG_DFL);
}

void oko_cli_signals(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof(action));
    sigemptyset(&action.sa_mask);
    action.sa_handler = on_interrupt;
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
    sigaction(SIGXFSZ, &action, NULL); /* a limit on file size is told like a full disk */
}

bool oko_cli_interrupted(void)
{
    return interrupted != 0;
}

/* State of the one bar of the process. */
static struct {
    bool drawn;
    int64_t last_ms;
    char stage[64];
} bar;

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static const char *stage_text(oko_cli *cli, const char *stage)
{
    static char key[96];
    snprintf(key, sizeof(key), "cli.stage.%s", stage);
    if (oko_text_has(cli->text, key))
        return oko_text_get(cli->text, key);
    return oko_text_has(cli->text, stage) ? oko_text_get(cli->text, stage) : oko_text_get(cli->text, "cli.stage.other");
}

static void draw(oko_cli *cli, const char *stage, uint64_t done, uint64_t total)
{
    const char *text = stage_text(cli, stage);
    if (total == 0) {
        fprintf(stderr, "\r\033[K%s… %llu", text, (unsigned long long)done);
    } else {
        double share = done >= total ? 1.0 : (double)done / (double)total;
        int filled = (int)(share * BAR);
        fprintf(stderr, "\r\033[K%s [", text);
        for (int i = 0; i < BAR; i++)
            fputs(i < filled ? "█" : "·", stderr);
        fprintf(stderr, "] %3d %%", (int)(share * 100));
    }
    fflush(stderr);
    bar.drawn = true;
}

static bool tell(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
    oko_cli *cli = ctx;
    if (interrupted)
        return false;
    if (!cli->tty_err || cli->quiet || cli->json || stage == NULL)
        return true;
    int64_t now = now_ms();
    bool same = strncmp(bar.stage, stage, sizeof(bar.stage) - 1) == 0;
    if (same && now - bar.last_ms < REDRAW_MS)
        return true;
    snprintf(bar.stage, sizeof(bar.stage), "%s", stage);
    bar.last_ms = now;
    draw(cli, stage, done, total);
    return true;
}

oko_progress oko_cli_progress(oko_cli *cli)
{
    return (oko_progress){ .fn = tell, .ctx = cli };
}

void oko_cli_progress_end(oko_cli *cli)
{
    (void)cli;
    if (bar.drawn) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
    bar.drawn = false;
    bar.stage[0] = '\0';
}
