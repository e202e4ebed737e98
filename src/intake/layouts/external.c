/* List of schools from an external monitoring: login, code or name, and a reason; year and subject when given. */
#include "intake/layouts/layouts.h"

#include <stdio.h>
#include <string.h>

typedef struct external_state {
    int login, oge, ege, name, municipality, region, reason, year, grade, subject, procedure, source;
    int default_year;
    const char *title;
} external_state;

/* First column whose head starts with one of the words. */
static int any_of(const intake_row *row, const char *const *words)
{
    for (; *words != NULL; words++)
        if (head_starts(row, *words) >= 0)
            return head_starts(row, *words);
    return -1;
}

static const char *const login_words[] = { "логин", "login", "код оо", "код школы", "код", "code", NULL };
static const char *const name_words[] = { "наименование",        "название", "школа",  "оо",
                                          "образовательная орг", "name",     "school", NULL };
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
    int col = any_of(row, reason_words);
    return col >= 0 && strpbrk(row->key[col], "0123456789") == NULL ? col : -1;
}

/* Does a line above the table call it a list of schools? */
static bool titled(const intake_head *head)
{
    for (size_t i = 0; i < head->n_above; i++)
        for (const char *const *word = title_words; *word != NULL; word++)
            if (head_contains(&head->above[i], *word) >= 0)
                return true;
    return false;
}

/*
 * A list names schools, and why. «Код», «Название» and «Причина» alone may be about anything: then a column of places
 * or subjects, a title above the table or --list must say that they are schools. So must a title for a list without
 * reasons.
 */
static bool recognise(const intake_head *head)
{
    bool works = head_equal(head->row, "total") >= 0 || head_contains(head->row, "балл") >= 0 ||
                 head_equal(head->row, "вариант") >= 0;
    bool names = any_of(head->row, login_words) >= 0 || any_of(head->row, name_words) >= 0;
    bool said = head->list_wanted || titled(head);
    bool placed = equal_to_any(head->row, bare_words) && equal_to_any(head->row, place_words);
    bool schools = said || placed || any_of(head->row, school_words) >= 0;
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
    s->oge = head_starts(row, "код огэ");
    s->ege = head_starts(row, "код егэ");
    s->login = any_of(row, login_words);
    if (s->login == s->oge || s->login == s->ege)
        s->login = -1;
    s->name = any_of(row, name_words);
    s->municipality = any_of(row, (const char *const[]){ "муниципалитет", "мо", "municipality", "район", NULL });
    s->region = any_of(row, (const char *const[]){ "код региона", "регион", "субъект", "region", NULL });
    s->reason = reason_column(row);
    s->year = any_of(row, (const char *const[]){ "год", "year", NULL });
    s->grade = any_of(row, (const char *const[]){ "класс", "grade", NULL });
    s->subject = any_of(row, (const char *const[]){ "предмет", "subject", NULL });
    s->procedure = any_of(row, (const char *const[]){ "процедура", "procedure", NULL });
    s->source = any_of(row, (const char *const[]){ "источник", "source", NULL });
    return outside(r, head, s);
}

/* Code of the procedure that the row names, "" when it names none. */
static void row_code(const intake_reader *r, const oko_cell *cells, size_t n, int year, char code[OKO_CODE_BYTES])
{
    const external_state *s = r->state;
    oko_str given = cell_at(cells, n, s->procedure);
    const oko_procedure *p = intake_catalog_find(r->catalog, given);
    int64_t grade = 0;
    char subject[16];
    code[0] = '\0';
    if (given.len > 0)
        oko_str_copy(code, OKO_CODE_BYTES, p != NULL ? oko_str_of(p->code) : given);
    else if (year != 0 && oko_str_to_int(cell_at(cells, n, s->grade), &grade) && grade >= 1 && grade <= 12 &&
             intake_subject_code(r->catalog, cell_at(cells, n, s->subject), subject))
        snprintf(code, OKO_CODE_BYTES, "%04d-%02d-%s", year, (int)grade, subject);
}

static oko_status row(intake_reader *r, uint32_t number, const oko_cell *cells, size_t n, oko_error *err)
{
    (void)err;
    const external_state *s = r->state;
    batch_place_key key = { .level = OKO_LEVEL_SCHOOL,
                            .municipality = cell_at(cells, n, s->municipality),
                            .login = cell_at(cells, n, s->login),
                            .oge = cell_at(cells, n, s->oge),
                            .ege = cell_at(cells, n, s->ege) };
    oko_str login = { 0 };
    oko_str region = cell_at(cells, n, s->region);
    school_split(cell_at(cells, n, s->name), &login, &key.name);
    key.login = key.login.len == 0 ? login : key.login;
    int64_t number_value = 0;
    if (oko_str_to_int(region, &number_value))
        key.region = region;
    else
        key.region_name = region;
    if (key.region.len == 0)
        key.region = login_region(key.login);
    r->batch->rows++;
    if (key.login.len == 0 && key.name.len == 0 && key.oge.len == 0 && key.ege.len == 0)
        return reader_problem(r, (clean_fault){ OKO_PROBLEM_REJECTED, "empty", "problem.row.no_school" }, number, 0,
                              NULL, NULL);
    batch_external e = { .title = s->title, .year = s->default_year };
    if (oko_str_to_int(cell_at(cells, n, s->year), &number_value) && number_value >= 1990 && number_value <= 2100)
        e.year = (int)number_value;
    char code[OKO_CODE_BYTES];
    row_code(r, cells, n, e.year, code);
    e.procedure = batch_text(r->batch, oko_str_of(code));
    e.reason = batch_text(r->batch, cell_at(cells, n, s->reason));
    oko_str source = cell_at(cells, n, s->source);
    e.source = batch_text(r->batch, source.len > 0 ? source : oko_str_of(r->file));
    if (e.procedure == NULL || e.reason == NULL || e.source == NULL)
        return OKO_E_MEMORY;
    oko_status status = batch_place_put(r->batch, &key, r->sheet, number, &e.place);
    return status == OKO_OK ? batch_external_add(r->batch, &e) : status;
}

const intake_layout layout_external = { .name = "external-list", .recognise = recognise, .begin = begin, .row = row };
