/* ФИС ОКО, Ф3 «Статистика по отметкам»: Группы участников | Кол-во ОО | Кол-во участников | 2 | 3 | 4 | 5 (%). */
#include "intake/layouts/layouts.h"

enum { MARKS = 4 };

typedef struct marks_state {
    groups_state groups;
    uint32_t test;
    int group, units, n, mark[MARKS];
} marks_state;

static const char *const marks[MARKS] = { "2", "3", "4", "5" };

static bool recognise(const intake_head *head)
{
    bool all = head_starts(head->row, "групп") >= 0;
    for (int i = 0; i < MARKS; i++)
        all = all && head_equal(head->row, marks[i]) >= 0;
    return all;
}

static oko_status begin(intake_reader *r, const intake_head *head, oko_error *err)
{
    marks_state *state = r->state = oko_arena_alloc(r->arena, sizeof *state);
    if (state == NULL)
        return OKO_E_MEMORY;
    state->group = head_starts(head->row, "групп");
    state->units = head_starts(head->row, "кол-во оо");
    state->n = head_starts(head->row, "кол-во участников");
    for (int i = 0; i < MARKS; i++)
        state->mark[i] = head_equal(head->row, marks[i]);
    intake_inside inside;
    reader_inside(r, head, &inside);
    const oko_procedure *p = NULL;
    oko_status status = reader_procedure(r, &inside, &p, err);
    return status == OKO_OK && p != NULL ? batch_test_put(r->batch, p, &state->test) : status;
}

static oko_status row(intake_reader *r, uint32_t number, const oko_cell *cells, size_t n, oko_error *err)
{
    (void)err;
    marks_state *state = r->state;
    bool found = false;
    batch_aggregate a = {
        .kind = OKO_AGGREGATE_MARKS, .test = state->test, .n_units = -1, .n = -1, .percent = true, .n_values = MARKS
    };
    double *values = NULL;
    if (r->undecided)
        return OKO_OK;
    oko_status status = groups_place(r, &state->groups, cell_at(cells, n, state->group), number, &found, &a.place);
    if (status != OKO_OK || !found)
        return status;
    int64_t count = 0;
    a.n_units = oko_str_to_int(cell_at(cells, n, state->units), &count) ? count : -1;
    a.n = oko_str_to_int(cell_at(cells, n, state->n), &count) ? count : -1;
    r->batch->rows++;
    status = batch_aggregate_add(r->batch, &a, &values);
    for (int i = 0; i < MARKS && status == OKO_OK; i++) {
        oko_str text = cell_at(cells, n, state->mark[i]);
        if (text.len > 0 && !oko_str_to_double(text, &values[i]))
            status = reader_problem(r, (clean_fault){ OKO_PROBLEM_REJECTED, "text", "problem.value.not_a_number" },
                                    number, (uint32_t)state->mark[i] + 1, marks[i], NULL);
    }
    return status;
}

const intake_layout layout_fis_marks = { .name = "fis-marks", .recognise = recognise, .begin = begin, .row = row };
