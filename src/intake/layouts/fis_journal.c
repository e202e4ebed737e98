/* ФИС ОКО, comparison with journal marks: Понизили | Подтвердили | Повысили, % and numbers of pupils. */
#include "intake/layouts/layouts.h"

#include <string.h>

enum { WAYS = 3 };

typedef struct journal_state {
    groups_state groups;
    uint32_t test;
    int group, n, count[WAYS], percent[WAYS];
} journal_state;

static const char *const ways[WAYS] = { "понизили", "подтвердили", "повысили" };

/* Column of a way whose head also contains `part`. */
static int way_column(const intake_row *row, int way, const char *part)
{
    for (size_t i = 0; i < row->n; i++)
        if (strstr(row->key[i], ways[way]) != NULL && strstr(row->key[i], part) != NULL)
            return (int)i;
    return -1;
}

static bool recognise(const intake_head *head)
{
    bool all = head_starts(head->row, "групп") >= 0;
    for (int i = 0; i < WAYS; i++)
        all = all && head_contains(head->row, ways[i]) >= 0;
    return all;
}

static oko_status begin(intake_reader *r, const intake_head *head, oko_error *err)
{
    journal_state *state = r->state = oko_arena_alloc(r->arena, sizeof *state);
    if (state == NULL)
        return OKO_E_MEMORY;
    state->group = head_starts(head->row, "групп");
    state->n = head_starts(head->row, "кол-во участников");
    for (int i = 0; i < WAYS; i++) {
        state->percent[i] = way_column(head->row, i, "%");
        state->count[i] = way_column(head->row, i, "кол");
    }
    intake_inside inside;
    reader_inside(r, head, &inside);
    const oko_procedure *p = NULL;
    oko_status status = reader_procedure(r, &inside, &p, err);
    return status == OKO_OK && p != NULL ? batch_test_put(r->batch, p, &state->test) : status;
}

static oko_status value(intake_reader *r, uint32_t number, const oko_cell *cells, size_t n, int col, double *ret_value)
{
    oko_str text = cell_at(cells, n, col);
    if (text.len > 0 && text.ptr[text.len - 1] == '%')
        text.len--;
    if (text.len == 0 || oko_str_to_double(text, ret_value))
        return OKO_OK;
    return reader_problem(r, (clean_fault){ OKO_PROBLEM_REJECTED, "text", "problem.value.not_a_number" }, number,
                          (uint32_t)col + 1, NULL, NULL);
}

static oko_status row(intake_reader *r, uint32_t number, const oko_cell *cells, size_t n, oko_error *err)
{
    (void)err;
    journal_state *state = r->state;
    bool found = false;
    batch_aggregate a = {
        .kind = OKO_AGGREGATE_JOURNAL, .test = state->test, .n_units = -1, .n = -1, .n_values = 2 * WAYS
    };
    double *values = NULL;
    if (r->undecided)
        return OKO_OK;
    oko_status status = groups_place(r, &state->groups, cell_at(cells, n, state->group), number, &found, &a.place);
    if (status != OKO_OK || !found)
        return status;
    int64_t count = 0;
    a.n = oko_str_to_int(cell_at(cells, n, state->n), &count) ? count : -1;
    r->batch->rows++;
    status = batch_aggregate_add(r->batch, &a, &values);
    for (int i = 0; i < WAYS && status == OKO_OK; i++) {
        status = value(r, number, cells, n, state->count[i], &values[i]);
        if (status == OKO_OK)
            status = value(r, number, cells, n, state->percent[i], &values[WAYS + i]);
    }
    return status;
}

const intake_layout layout_fis_journal = { .name = "fis-journal", .recognise = recognise, .begin = begin, .row = row };
