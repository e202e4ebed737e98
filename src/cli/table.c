/* Tables on standard output, aligned by display width. */
#include "cli/cli.h"

#include <string.h>

typedef struct row {
    struct row *next;
    const char *cells[OKO_CLI_MAX_COLUMNS];
} row;

struct oko_table {
    oko_cli *cli;
    int columns;
    const char *heads[OKO_CLI_MAX_COLUMNS];
    bool numeric[OKO_CLI_MAX_COLUMNS];
    size_t width[OKO_CLI_MAX_COLUMNS];
    row *first, **last;
};

/* Combining marks take no column, the East Asian wide blocks two; enough for names and numbers. */
static size_t glyph_width(uint32_t cp)
{
    if ((cp >= 0x300 && cp <= 0x36f) || (cp >= 0x200b && cp <= 0x200f) || cp == 0xfeff || cp < 0x20)
        return 0;
    if ((cp >= 0x1100 && cp <= 0x115f) || (cp >= 0x2e80 && cp <= 0xa4cf) || (cp >= 0xac00 && cp <= 0xd7a3) ||
        (cp >= 0xf900 && cp <= 0xfaff) || (cp >= 0xff00 && cp <= 0xff60) || (cp >= 0x1f300 && cp <= 0x1faff))
        return 2;
    return 1;
}

size_t oko_cli_width(const char *text)
{
    oko_str s = oko_str_of(text);
    size_t width = 0;
    for (size_t at = 0; at < s.len;)
        width += glyph_width(oko_utf8_next(s, &at));
    return width;
}

static void widen(oko_table *t, int column, const char *text)
{
    size_t w = oko_cli_width(text);
    if (w > t->width[column])
        t->width[column] = w;
}

oko_table *oko_table_new(oko_cli *cli, int columns, const char *const *heads, const bool *numeric)
{
    oko_table *t = oko_arena_alloc(cli->arena, sizeof(*t));
    if (t == NULL || columns > OKO_CLI_MAX_COLUMNS)
        return NULL;
    t->cli = cli;
    t->columns = columns;
    t->last = &t->first;
    for (int i = 0; i < columns; i++) {
        t->heads[i] = oko_text_get(cli->text, heads[i]);
        t->numeric[i] = numeric[i];
        widen(t, i, t->heads[i]);
    }
    return t;
}

/* Control bytes of foreign text (a class name, a head) may not reach the terminal. */
static void blank_controls(char *text)
{
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            *text = ' ';
    }
}

void oko_table_row(oko_table *t, const char *const *cells)
{
    row *r = t != NULL ? oko_arena_alloc(t->cli->arena, sizeof(*r)) : NULL;
    if (r == NULL)
        return;
    for (int i = 0; i < t->columns; i++) {
        char *copy = oko_arena_str(t->cli->arena, oko_str_of(cells[i] != NULL ? cells[i] : ""));
        if (copy != NULL)
            blank_controls(copy);
        r->cells[i] = copy != NULL ? copy : "";
        widen(t, i, r->cells[i]);
    }
    *t->last = r;
    t->last = &r->next;
}

static void pad(size_t n)
{
    while (n-- > 0)
        fputc(' ', stdout);
}

static void print_cells(const oko_table *t, const char *const *cells)
{
    for (int i = 0; i < t->columns; i++) {
        size_t space = t->width[i] - oko_cli_width(cells[i]);
        if (t->numeric[i])
            pad(space);
        fputs(cells[i], stdout);
        if (i + 1 < t->columns)
            pad((t->numeric[i] ? 0 : space) + 2);
    }
    fputc('\n', stdout);
}

void oko_table_print(oko_table *t)
{
    if (t == NULL)
        return;
    if (t->cli->tty_out)
        fputs("\033[1m", stdout);
    print_cells(t, t->heads);
    if (t->cli->tty_out)
        fputs("\033[0m", stdout);
    for (const row *r = t->first; r != NULL; r = r->next)
        print_cells(t, r->cells);
}
