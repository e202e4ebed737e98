/* Distribution of raw scores, wide: Год, Класс, Предмет, Муниципалитет, Логин, ОО, Кол-во участников, 0, 1, … (%). */
#include "intake/layouts/layouts.h"

#include <stdio.h>
#include <string.h>

typedef struct scores_state {
    int year, grade, subject, municipality, login, name, n;
    int16_t *score; /* [n_cols] raw score of the column, −1 */
    size_t n_cols;
    int top;       /* largest score */
    char text[96]; /* year, grade, subject of the row before */
    const oko_procedure *procedure;
    uint32_t test;
} scores_state;

static bool recognise(const intake_head *head)
{
    return head_equal(head->row, "0") >= 0 && head_equal(head->row, "1") >= 0 && head_equal(head->row, "2") >= 0 &&
           head_starts(head->row, "кол-во участников") >= 0 && head_starts(head->row, "логин") >= 0;
}

static oko_status begin(intake_reader *r, const intake_head *head, oko_error *err)
{
    (void)err;
    scores_state *s = r->state = oko_arena_alloc(r->arena, sizeof *s);
    if (s == NULL)
        return OKO_E_MEMORY;
    const intake_row *row = head->row;
    s->year = head_equal(row, "год");
    s->grade = head_equal(row, "класс");
    s->subject = head_equal(row, "предмет");
    s->municipality = head_starts(row, "муниципалитет");
    s->login = head_starts(row, "логин");
    s->name = head_equal(row, "оо") >= 0 ? head_equal(row, "оо") : head_starts(row, "название");
    s->n = head_starts(row, "кол-во участников");
    s->n_cols = row->n;
    s->score = oko_arena_alloc(r->arena, row->n * sizeof *s->score);
    if (s->score == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < row->n; i++) {
        int64_t value = -1;
        bool score = oko_str_to_int(oko_str_of(row->key[i]), &value) && value >= 0 && value <= OKO_MAX_TOTAL;
        s->score[i] = (int16_t)(score ? value : -1);
        s->top = score && value > s->top ? (int)value : s->top;
    }
    r->works.seen_total = s->top;
    return OKO_OK;
}

/* Procedure of the row: its year, grade and subject, else as for any file. */
static oko_status row_procedure(intake_reader *r, const oko_cell *cells, size_t n, oko_error *err)
{
    scores_state *s = r->state;
    oko_str year = cell_at(cells, n, s->year), grade = cell_at(cells, n, s->grade);
    oko_str subject = cell_at(cells, n, s->subject);
    char text[sizeof s->text];
    int length = snprintf(text, sizeof text, "%.*s|%.*s|%.*s", (int)year.len, year.ptr, (int)grade.len, grade.ptr,
                          (int)(subject.len < 64 ? subject.len : 64), subject.ptr);
    if (length < 0 || (s->procedure != NULL && strcmp(text, s->text) == 0))
        return OKO_OK;
    intake_inside inside = { 0 };
    int64_t value = 0;
    if (oko_str_to_int(year, &value) && value >= 1990 && value <= 2100)
        inside.year = (int)value;
    if (oko_str_to_int(grade, &value) && value >= 1 && value <= 12)
        inside.grade = (int)value;
    if (!intake_subject_code(r->catalog, subject, inside.subject))
        inside.subject[0] = '\0';
    s->procedure = NULL;
    oko_status status = reader_procedure(r, &inside, &s->procedure, err);
    if (status != OKO_OK || s->procedure == NULL)
        return status;
    memcpy(s->text, text, sizeof text);
    return batch_test_put(r->batch, s->procedure, &s->test);
}

static oko_status fill(intake_reader *r, uint32_t number, const oko_cell *cells, size_t n, double *values)
{
    const scores_state *s = r->state;
    for (size_t i = 0; i < n; i++) {
        int score = cells[i].col < s->n_cols ? s->score[cells[i].col] : -1;
        double value = 0;
        oko_str text = oko_str_trim(cells[i].text);
        if (score < 0 || text.len == 0)
            continue;
        bool number_there = oko_str_to_double(text, &value) && value >= 0;
        if (number_there && score <= s->procedure->max_total) {
            values[score] = value;
            continue;
        }
        if (number_there && value == 0)
            continue; /* columns of a table for several tests */
        clean_fault fault = { OKO_PROBLEM_REJECTED, number_there ? "above-max" : "text",
                              number_there ? "problem.total.above_max" : "problem.value.not_a_number" };
        oko_status status = reader_problem(r, fault, number, cells[i].col + 1, NULL, NULL);
        if (status != OKO_OK)
            return status;
    }
    return OKO_OK;
}

static oko_status row(intake_reader *r, uint32_t number, const oko_cell *cells, size_t n, oko_error *err)
{
    scores_state *s = r->state;
    batch_place_key key = { .level = OKO_LEVEL_SCHOOL,
                            .municipality = cell_at(cells, n, s->municipality),
                            .login = cell_at(cells, n, s->login),
                            .name = cell_at(cells, n, s->name) };
    key.region = login_region(key.login);
    if (key.login.len == 0 && key.name.len == 0)
        key.level = OKO_LEVEL_MUNICIPALITY;
    if (r->undecided || (key.level == OKO_LEVEL_MUNICIPALITY && key.municipality.len == 0))
        return OKO_OK;
    oko_status status = row_procedure(r, cells, n, err);
    if (status != OKO_OK || s->procedure == NULL)
        return status;
    int64_t count = 0;
    batch_aggregate a = { .kind = OKO_AGGREGATE_HISTOGRAM,
                          .test = s->test,
                          .n_units = -1,
                          .n = oko_str_to_int(cell_at(cells, n, s->n), &count) ? count : -1,
                          .percent = true,
                          .n_values = s->procedure->max_total + 1 };
    double *values = NULL;
    r->batch->rows++;
    status = batch_place_put(r->batch, &key, r->sheet, number, &a.place);
    if (status == OKO_OK)
        status = batch_aggregate_add(r->batch, &a, &values);
    return status == OKO_OK ? fill(r, number, cells, n, values) : status;
}

const intake_layout layout_fis_scores = { .name = "fis-scores", .recognise = recognise, .begin = begin, .row = row };
