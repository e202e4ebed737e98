/* Advice on a formula's fault: its place, what it takes to mend it, names that are alike. */
#include "cycle/formula_advice.h"

#include "base/text_view.h"
#include "cycle/tally_table.h"

#include <stdio.h>
#include <string.h>

static int characters(const char *text)
{
    int n = 0;
    for (; *text != '\0'; text++) {
        n += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return n;
}

static void find_place(const char *text, const oko_error *fault, oko_formula_advice *a)
{
    if (sscanf(fault->field, "%d:%d", &a->line, &a->column) != 2) {
        a->line = a->column = 0;
        return;
    }
    int line = 1;
    for (; line < a->line && *text != '\0'; text++) {
        line += *text == '\n';
        a->offset += ((unsigned char)*text & 0xC0) != 0x80;
    }
    a->offset += a->column - 1;
}

static const char *what_to_do(const oko_error *fault)
{
    static const struct {
        const char *id, *todo;
    } plain[] = {
        { "formula.empty", "formula.todo.empty" },   { "formula.long", "formula.todo.long" },
        { "formula.word", "formula.todo.word" },     { "formula.number", "formula.todo.number" },
        { "formula.syntax", "formula.todo.syntax" }, { "formula.call", "formula.todo.call" },
        { "formula.heavy", "formula.todo.long" },
    };
    const char *what = fault->n_args > 0 ? fault->arg[0] : "";
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (strcmp(plain[i].id, fault->id) == 0) {
            return plain[i].todo;
        }
    }
    if (strcmp(fault->id, "formula.unknown") == 0) {
        return "formula.todo.unknown";
    }
    return (unsigned char)*what >= 0x80                     ? "formula.todo.letters"
           : *what != '\0' && strchr("<>=~", *what) != NULL ? "formula.todo.comparison"
           : *what != '\0' && strchr(";:%", *what) != NULL  ? "formula.todo.separator"
                                                            : "formula.todo.character";
}

/* Letters to add, drop or replace to make b of a. */
static int distance(const char *a, const char *b)
{
    int row[OKO_VARIABLE_BYTES];
    const int n = (int)strlen(b);
    for (int j = 0; j <= n; j++) {
        row[j] = j;
    }
    for (int i = 0; a[i] != '\0'; i++) {
        int corner = row[0];
        row[0] = i + 1;
        for (int j = 0; j < n; j++) {
            const int replaced = corner + (a[i] != b[j]);
            corner = row[j + 1];
            const int shorter = (row[j] < row[j + 1] ? row[j] : row[j + 1]) + 1;
            row[j + 1] = replaced < shorter ? replaced : shorter;
        }
    }
    return row[n];
}

/* Characters of the word in foreign letters that begins there. */
static int foreign_word(const char *text, int offset)
{
    int n = 0;
    for (; *text != '\0' && offset > 0; text++) {
        offset -= ((unsigned char)text[1] & 0xC0) != 0x80;
    }
    for (; (unsigned char)*text >= 0x80; text++) {
        n += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return n > 0 ? n : 1;
}

typedef struct likeness {
    int n;
    int score[OKO_ADVICE_NAMES];
    const char *name[OKO_ADVICE_NAMES];
} likeness;

static void offer(likeness *l, const char *word, const char *name)
{
    const int length = (int)strlen(word), far = length < 3 ? 0 : length / 3 > 2 ? length / 3 : 2;
    int score = distance(word, name);
    if (score > far && !(length >= 3 && strstr(name, word) != NULL)) {
        return;
    }
    int at = l->n < OKO_ADVICE_NAMES ? l->n++ : OKO_ADVICE_NAMES;
    for (; at > 0 && l->score[at - 1] > score; at--) {
        if (at < OKO_ADVICE_NAMES) {
            l->score[at] = l->score[at - 1];
            l->name[at] = l->name[at - 1];
        }
    }
    if (at < OKO_ADVICE_NAMES) {
        l->score[at] = score;
        l->name[at] = name;
    }
}

void oko_formula_advise(const char *text, const oko_error *fault, const oko_tally *variables,
                        oko_formula_advice *ret_advice)
{
    const char *what = fault->n_args > 0 ? fault->arg[0] : "";
    oko_formula_advice a = { .todo = what_to_do(fault), .length = characters(what) };
    likeness l = { .n = 0 };
    find_place(text, fault, &a);
    a.length = a.length > 0 ? a.length : 1;
    if (strcmp(a.todo, "formula.todo.letters") == 0) {
        a.length = foreign_word(text, a.offset);
    }
    if (strcmp(fault->id, "formula.unknown") == 0 && strlen(what) < OKO_VARIABLE_BYTES) {
        for (int i = 0; i < variables->n; i++) {
            offer(&l, what, variables->name[i]);
        }
        for (const char *const *name = oko_formula_functions(); *name != NULL; name++) {
            offer(&l, what, *name);
        }
    }
    a.n = l.n;
    memcpy(a.names, l.name, sizeof a.names);
    a.todo = l.n > 0 ? "formula.todo.alike" : a.todo;
    *ret_advice = a;
}
