/* List of schools from an external monitoring: login, code or name, and a reason; year and subject when given. */
#include "intake/layouts/layouts.h"

#include <stdio.h>
#include <string.h>

typedef struct external_state {
    school_columns at;
    int reason, source;
    int default_year;
    const char *title;
} external_state;

static const char *const reason_words[] = { "причина", "признак", "основание", "комментарий",
                                            "маркер",  "reason",  "sign",      NULL };
/* Heads that only a table of schools has. */
static const char *const school_words[] = { "логин",
                                            "login",
                                            "код оо",
                                            "код школы",
                                            "код огэ",
                                            "код егэ",
                                            "наименование оо",
                                            "название оо",
                                            "наименование школы",
                                            "название школы",
                                            "школа",
                                            "оо",
                                            "образовательная орг",
                                            "наименование образовательной орг",
                                            "название образовательной орг",
                                            "school",
                                            NULL };
/* Heads that say of a table with «код» or «название» that it is about schools. */
static const char *const place_words[] = { "муниципалитет", "municipality", "предмет", "subject", NULL };
static const char *const bare_words[] = { "код", "code", "название", "наименование", "name", NULL };
static const char *const title_words[] = { "необъектив",   "список оо",       "список школ",
                                           "перечень оо",  "перечень школ",   "список обр",
                                           "перечень обр", "list of schools", NULL };

static bool equal_to_any(const intake_row *row, const char *const *words)
{
    for (; *words != NULL; words++)
        if (head_equal(row, *words) >= 0)
            return true;
    return false;
}

/* «Признаки правил 2019 года у школы» is a value, not a head. */
static int reason_column(const intake_row *row)
{
    int col = head_any(row, reason_words);
    return col >= 0 && strpbrk(row->key[col], "0123456789") == NULL ? col : -1;
}

/*
 * A list names schools, and why. «Код», «Название» and «Причина» alone may be about anything: then a column of places
 * or subjects, a title above the table or --list must say that they are schools. So must a title for a list without
 * reasons.
 */
static bool recognise(const intake_head *head)
{
    school_columns at;
    bool works = head_equal(head->row, "total") >= 0 || head_contains(head->row, "балл") >= 0 ||
                 head_equal(head->row, "вариант") >= 0;
    bool names = school_columns_bind(head->row, &at);
    bool said = head->list_wanted || head_above(head, title_words);
    bool placed = equal_to_any(head->row, bare_words) && equal_to_any(head->row, place_words);
    bool schools = said || placed || head_any(head->row, school_words) >= 0;
    return names && !works && schools && head->row->n > 1 && (said || reason_column(head->row) >= 0);
}

/* Year and title that stand above the table, in the options or in the name of the file. */
static oko_status outside(intake_reader *r, const intake_head *head, external_state *s)
{
    intake_inside inside = { 0 };
    const char *title = r->options->list_title;
    for (size_t i = 0; i < head->n_above; i++) {
        const intake_row *row = &head->above[i];
        for (size_t c = 0; c < row->n; c++) {
            intake_inside_read(r->catalog, oko_str_of(row->text[c]), &inside);
            if (title == NULL && row->text[c][0] != '\0')
                title = row->text[c];
        }
    }
    intake_inside_read(r->catalog, oko_str_of(r->file), &inside);
    s->default_year = inside.year;
    s->title = batch_text(r->batch, oko_str_of(title != NULL ? title : r->file));
    return s->title == NULL ? OKO_E_MEMORY : OKO_OK;
}

static oko_status begin(intake_reader *r, const intake_head *head, oko_error *err)
{
    (void)err;
    external_state *s = r->state = oko_arena_alloc(r->arena, sizeof *s);
    if (s == NULL)
        return OKO_E_MEMORY;
    const intake_row *row = head->row;
    (void)school_columns_bind(row, &s->at);
    s->reason = reason_column(row);
    s->source = head_any(row, (const char *const[]){ "источник", "source", NULL });
    return outside(r, head, s);
}

static oko_status row(intake_reader *r, uint32_t number, const oko_cell *cells, size_t n, oko_error *err)
{
    (void)err;
    const external_state *s = r->state;
    batch_external e = { .title = s->title, .year = school_columns_year(&s->at, cells, n, s->default_year) };
    bool found = false;
    r->batch->rows++;
    oko_status status = school_columns_place(r, &s->at, number, cells, n, &found, &e.place);
    if (status != OKO_OK || !found)
        return status;
    char code[OKO_CODE_BYTES];
    school_columns_procedure(r, &s->at, cells, n, e.year, code);
    e.procedure = batch_text(r->batch, oko_str_of(code));
    e.reason = batch_text(r->batch, cell_at(cells, n, s->reason));
    oko_str source = cell_at(cells, n, s->source);
    e.source = batch_text(r->batch, source.len > 0 ? source : oko_str_of(r->file));
    if (e.procedure == NULL || e.reason == NULL || e.source == NULL)
        return OKO_E_MEMORY;
    return batch_external_add(r->batch, &e);
}

const intake_layout layout_external = { .name = "external-list", .recognise = recognise, .begin = begin, .row = row };
