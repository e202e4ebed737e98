/* ФИС ОКО, Ф1 «Индивидуальные результаты»: title rows, head, then a group line per school and its pupils. */
#include "intake/layouts/layouts.h"

#include <string.h>

static const intake_word words[] = { { "оо", WORD_EQUAL, ROLE_SCHOOL },
                                     { "логин оо", WORD_EQUAL, ROLE_SCHOOL },
                                     { "логин", WORD_EQUAL, ROLE_SCHOOL },
                                     { "муниципалитет", WORD_STARTS, ROLE_MUNICIPALITY },
                                     { "название оо", WORD_STARTS, ROLE_NAME },
                                     { "наименование оо", WORD_STARTS, ROLE_NAME },
                                     { "регион", WORD_EQUAL, ROLE_REGION_NAME },
                                     { "субъект", WORD_STARTS, ROLE_REGION_NAME },
                                     { "код участника", WORD_STARTS, ROLE_CODE },
                                     { "класс", WORD_EQUAL, ROLE_CLASS },
                                     { "вариант", WORD_EQUAL, ROLE_VARIANT },
                                     { "вариант", WORD_STARTS, ROLE_VARIANT_2 },
                                     { "первичный балл", WORD_STARTS, ROLE_TOTAL },
                                     { "отметка по журналу", WORD_STARTS, ROLE_JOURNAL },
                                     { "отметка за пред", WORD_STARTS, ROLE_JOURNAL },
                                     { "отметка", WORD_STARTS, ROLE_KNOWN },
                                     { NULL, WORD_EQUAL, ROLE_NONE } };

/* The school of the group line, and how many pupils the line announces. */
typedef struct fis_state {
    int64_t announced, read;
    uint32_t line; /* row of the line, 0 none */
} fis_state;

static bool recognise(const intake_head *head)
{
    return head_starts(head->row, "код участника") >= 0 && head_starts(head->row, "первичный балл") >= 0 &&
           head_starts(head->row, "отметка") >= 0 &&
           (head_starts(head->row, "название оо") >= 0 || head_starts(head->row, "наименование оо") >= 0 ||
            head_equal(head->row, "оо") >= 0);
}

static oko_status begin(intake_reader *r, const intake_head *head, oko_error *err)
{
    r->state = oko_arena_alloc(r->arena, sizeof(fis_state));
    if (r->state == NULL)
        return OKO_E_MEMORY;
    return works_begin(r, head, &(works_options){ .words = words, .by_label = true, .inside = true }, err);
}

/* «Кол-во участников: 89» → 89. */
static bool group_count(oko_str text, int64_t *ret_count)
{
    char buffer[96];
    oko_str key = { buffer, oko_str_fold(buffer, sizeof buffer, text) };
    if (!oko_str_starts(key, OKO_STR("кол-во участников")) && !oko_str_starts(key, OKO_STR("количество участников")))
        return false;
    size_t at = 0;
    while (at < key.len && (key.ptr[at] < '0' || key.ptr[at] > '9'))
        at++;
    return at < key.len && oko_str_to_int((oko_str){ key.ptr + at, key.len - at }, ret_count);
}

static oko_status check_group(intake_reader *r)
{
    const fis_state *state = r->state;
    if (state->line == 0 || state->announced == state->read || r->undecided)
        return OKO_OK;
    return reader_problem(r, (clean_fault){ OKO_PROBLEM_NOTE, "differs", "problem.group.count" }, state->line, 0, NULL,
                          NULL);
}

static oko_status group_line(intake_reader *r, uint32_t row, oko_str school, int64_t count)
{
    fis_state *state = r->state;
    oko_status status = check_group(r);
    oko_str login = { 0 }, name = { 0 };
    school_split(school, &login, &name);
    const char *login_copy = batch_text(r->batch, login), *name_copy = batch_text(r->batch, name);
    if (login_copy == NULL || name_copy == NULL)
        return OKO_E_MEMORY;
    r->works.school_login = oko_str_of(login_copy);
    r->works.school_name = oko_str_of(name_copy);
    r->works.cached = false;
    *state = (fis_state){ .announced = count, .line = row };
    return status;
}

static oko_status row(intake_reader *r, uint32_t number, const oko_cell *cells, size_t n, oko_error *err)
{
    fis_state *state = r->state;
    int64_t count = 0;
    for (size_t i = 0; i < n && n <= 4; i++) {
        oko_str text = oko_str_trim(cells[i].text);
        size_t bar = 0;
        while (bar < text.len && text.ptr[bar] != '|')
            bar++;
        oko_str tail = { text.ptr + bar + 1, bar < text.len ? text.len - bar - 1 : 0 };
        if (group_count(text, &count))
            return group_line(r, number, i > 0 ? cells[0].text : (oko_str){ "", 0 }, count);
        if (tail.len > 0 && group_count(tail, &count))
            return group_line(r, number, (oko_str){ text.ptr, bar }, count);
    }
    state->read++;
    return works_row(r, number, cells, n, err);
}

static oko_status end(intake_reader *r, oko_error *err)
{
    oko_status status = check_group(r);
    return status == OKO_OK ? works_end(r, err) : status;
}

const intake_layout layout_fis_results = {
    .name = "fis-results", .recognise = recognise, .begin = begin, .row = row, .end = end
};
