/* Columns that name a school and a procedure, in lists and protocols. */
#include "intake/layout.h"

#include <stdio.h>
#include <string.h>

int head_any(const intake_row *row, const char *const *words)
{
    for (; *words != NULL; words++)
        if (head_starts(row, *words) >= 0)
            return head_starts(row, *words);
    return -1;
}

bool head_above(const intake_head *head, const char *const *words)
{
    for (size_t i = 0; i < head->n_above; i++)
        for (const char *const *word = words; *word != NULL; word++)
            if (head_contains(&head->above[i], *word) >= 0)
                return true;
    return false;
}

static const char *const login_words[] = { "логин", "login", "код оо", "код школы", "код", "code", NULL };
static const char *const name_words[] = { "наименование",        "название", "школа",  "оо",
                                          "образовательная орг", "name",     "school", NULL };

bool school_columns_bind(const intake_row *row, school_columns *ret_columns)
{
    school_columns c = { .oge = head_starts(row, "код огэ"), .ege = head_starts(row, "код егэ") };
    c.login = head_any(row, login_words);
    if (c.login == c.oge || c.login == c.ege || (c.login >= 0 && strstr(row->key[c.login], "участник") != NULL))
        c.login = -1;
    c.name = head_any(row, name_words);
    c.municipality = head_any(row, (const char *const[]){ "муниципалитет", "мо", "municipality", "район", NULL });
    c.region = head_any(row, (const char *const[]){ "код региона", "регион", "субъект", "region", NULL });
    c.year = head_any(row, (const char *const[]){ "год", "year", NULL });
    c.grade = head_any(row, (const char *const[]){ "класс", "grade", NULL });
    c.subject = head_any(row, (const char *const[]){ "предмет", "subject", NULL });
    c.procedure = head_any(row, (const char *const[]){ "процедура", "procedure", NULL });
    *ret_columns = c;
    return c.login >= 0 || c.oge >= 0 || c.ege >= 0 || c.name >= 0;
}

oko_status school_columns_place(intake_reader *r, const school_columns *c, uint32_t row, const oko_cell *cells,
                                size_t n, bool *ret_found, uint32_t *ret_place)
{
    batch_place_key key = { .level = OKO_LEVEL_SCHOOL,
                            .municipality = cell_at(cells, n, c->municipality),
                            .login = cell_at(cells, n, c->login),
                            .oge = cell_at(cells, n, c->oge),
                            .ege = cell_at(cells, n, c->ege) };
    oko_str login = { 0 };
    oko_str region = cell_at(cells, n, c->region);
    int64_t number = 0;
    school_split(cell_at(cells, n, c->name), &login, &key.name);
    key.login = key.login.len == 0 ? login : key.login;
    if (oko_str_to_int(region, &number))
        key.region = region;
    else
        key.region_name = region;
    if (key.region.len == 0)
        key.region = login_region(key.login);
    *ret_found = key.login.len + key.name.len + key.oge.len + key.ege.len > 0;
    if (!*ret_found)
        return reader_problem(r, (clean_fault){ OKO_PROBLEM_REJECTED, "empty", "problem.row.no_school" }, row, 0, NULL,
                              NULL);
    return batch_place_put(r->batch, &key, r->sheet, row, ret_place);
}

int school_columns_year(const school_columns *c, const oko_cell *cells, size_t n, int otherwise)
{
    int64_t year = 0;
    return oko_str_to_int(cell_at(cells, n, c->year), &year) && year >= 1990 && year <= 2100 ? (int)year : otherwise;
}

void school_columns_procedure(const intake_reader *r, const school_columns *c, const oko_cell *cells, size_t n,
                              int year, char code[OKO_CODE_BYTES])
{
    oko_str given = cell_at(cells, n, c->procedure);
    const oko_procedure *p = intake_catalog_find(r->catalog, given);
    int64_t grade = 0;
    char subject[16];
    code[0] = '\0';
    if (given.len > 0)
        oko_str_copy(code, OKO_CODE_BYTES, p != NULL ? oko_str_of(p->code) : given);
    else if (year != 0 && oko_str_to_int(cell_at(cells, n, c->grade), &grade) && grade >= 1 && grade <= 12 &&
             intake_subject_code(r->catalog, cell_at(cells, n, c->subject), subject))
        snprintf(code, OKO_CODE_BYTES, "%04d-%02d-%s", year, (int)grade, subject);
}

void reader_outside(const intake_reader *r, const intake_head *head, intake_inside *ret_inside)
{
    reader_inside(r, head, ret_inside);
    intake_inside_read(r->catalog, oko_str_of(r->file), ret_inside);
}

static bool is_used(const school_columns *at, const int *more, size_t n_more, int col)
{
    const int columns[] = { at->login,  at->oge,  at->ege,   at->name,    at->municipality,
                            at->region, at->year, at->grade, at->subject, at->procedure };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (columns[i] == col)
            return true;
    for (size_t i = 0; i < n_more; i++)
        if (more[i] == col)
            return true;
    return false;
}

oko_status head_rest(intake_reader *r, const intake_head *head, const school_columns *at, const int *more,
                     size_t n_more)
{
    for (size_t col = 0; col < head->row->n; col++) {
        const oko_str text = oko_str_of(head->row->text[col]), key = oko_str_of(head->row->key[col]);
        if (key.len == 0 || is_used(at, more, n_more, (int)col))
            continue;
        const char *copy = batch_text(r->batch, text);
        if (copy == NULL)
            return OKO_E_MEMORY;
        bool named = head_is_personal(key) || oko_str_contains(key, OKO_STR("наблюдател")) ||
                     oko_str_contains(key, OKO_STR("эксперт")) || oko_str_contains(key, OKO_STR("организатор")) ||
                     oko_str_contains(key, OKO_STR("подпис")) || oko_str_contains(key, OKO_STR("observer"));
        oko_status status = named ? batch_drop(r->batch, text)
                                  : reader_problem(r, (clean_fault){ OKO_PROBLEM_NOTE, "", "problem.column.ignored" },
                                                   head->row->row, (uint32_t)col + 1, copy, copy);
        if (status != OKO_OK)
            return status;
    }
    return OKO_OK;
}

int school_columns_grade(oko_str cell)
{
    int grade = 0;
    for (size_t i = 0; i < cell.len && i < 2 && cell.ptr[i] >= '0' && cell.ptr[i] <= '9'; i++)
        grade = 10 * grade + (cell.ptr[i] - '0');
    return grade >= 1 && grade <= 12 ? grade : 0;
}

bool record_procedure(const intake_reader *r, const school_columns *c, const intake_inside *outside,
                      const oko_cell *cells, size_t n, batch_finding *b)
{
    char code[OKO_CODE_BYTES], subject[16];
    const int year = school_columns_year(c, cells, n, outside->year);
    int grade = school_columns_grade(cell_at(cells, n, c->grade));
    size_t len = 0;
    school_columns_procedure(r, c, cells, n, year, code);
    grade = grade == 0 ? outside->grade : grade;
    if (!intake_subject_code(r->catalog, cell_at(cells, n, c->subject), subject))
        memcpy(subject, outside->subject, sizeof subject);
    if (code[0] == '\0' && year != 0 && grade != 0 && subject[0] != '\0')
        snprintf(code, sizeof code, "%04d-%02d-%s", year, grade, subject);
    if (code[0] == '\0' && r->options->procedure != NULL)
        oko_str_copy(code, sizeof code, oko_str_of(r->options->procedure));
    b->procedure = batch_text(r->batch, oko_str_of(code));
    return b->procedure != NULL && oko_procedure_code_parse(oko_str_of(code), &b->year, &grade, subject, &len);
}
