/*
 * Generic table of score counts: first column the raw score, every other column a procedure (code or alias) — or, when
 * the procedure is known from outside, a unit (login of a school or a municipality).
 */
#include "intake/layouts/layouts.h"

#include <math.h>
#include <string.h>

typedef struct histogram_state {
    size_t n_cols;
    int64_t *column; /* [n_cols] index of the aggregate, −1 */
    const char **head;
    int64_t above, in_range; /* pupils */
} histogram_state;

static bool is_score_head(const char *key)
{
    static const char *const known[] = { "score", "балл", "баллы", "первичный балл", "raw score" };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(key, known[i]) == 0)
            return true;
    return false;
}

/* The score first, no column of schools or totals beside it. */
static bool recognise(const intake_head *head)
{
    static const char *const others[] = { "school", "школа", "оо", "логин", "login", "code", "код", "class", "класс" };
    if (head->row->n < 2 || !is_score_head(head->row->key[0]))
        return false;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (head_equal(head->row, others[i]) >= 0)
            return false;
    return true;
}

static oko_status column_place(intake_reader *r, oko_str head, bool unit, uint32_t row, uint32_t *ret_place)
{
    batch_place_key key = { .level = OKO_LEVEL_REGION, .region = oko_str_of(r->options->region) };
    if (unit && login_region(head).len > 0 && head.ptr[5] == '_')
        key = (batch_place_key){ .level = OKO_LEVEL_MUNICIPALITY,
                                 .region = login_region(head),
                                 .municipality_login = head };
    else if (unit)
        key = (batch_place_key){ .level = OKO_LEVEL_SCHOOL, .region = login_region(head), .login = head };
    return batch_place_put(r->batch, &key, r->sheet, row, ret_place);
}

static oko_status add_column(intake_reader *r, const intake_row *row, size_t col, const oko_procedure *p, bool unit)
{
    histogram_state *s = r->state;
    batch_aggregate a = { .kind = OKO_AGGREGATE_HISTOGRAM, .n_units = -1, .n = 0, .n_values = p->max_total + 1 };
    double *values = NULL;
    oko_status status = batch_test_put(r->batch, p, &a.test);
    if (status == OKO_OK)
        status = column_place(r, oko_str_of(row->text[col]), unit, row->row, &a.place);
    if (status == OKO_OK)
        status = batch_aggregate_add(r->batch, &a, &values);
    if (status == OKO_OK)
        s->column[col] = (int64_t)r->batch->n_aggregates - 1;
    return status;
}

/* Columns are procedures when one of them is known by its name, else units of the procedure of the file. */
static oko_status bind(intake_reader *r, const intake_row *row, oko_error *err)
{
    oko_status status = OKO_OK;
    bool units = true;
    for (size_t i = 1; i < row->n; i++)
        units = units && intake_catalog_find(r->catalog, oko_str_of(row->text[i])) == NULL;
    bool logins = is_login(oko_str_of(row->text[1]));
    const oko_procedure *file = NULL;
    if (units && (logins || r->options->procedure != NULL)) {
        status = reader_procedure(r, NULL, &file, err);
        if (status != OKO_OK || file == NULL)
            return status;
    }
    for (size_t i = 1; i < row->n && status == OKO_OK; i++) {
        oko_str head = oko_str_of(row->text[i]);
        const oko_procedure *p = file != NULL ? file : intake_catalog_find(r->catalog, head);
        if (head.len == 0)
            continue;
        if (p != NULL) {
            status = add_column(r, row, i, p, file != NULL);
        } else {
            if (!r->undecided)
                oko_str_copy(r->wanted, sizeof r->wanted, head);
            r->undecided = true;
        }
    }
    return status;
}

static oko_status begin(intake_reader *r, const intake_head *head, oko_error *err)
{
    histogram_state *s = r->state = oko_arena_alloc(r->arena, sizeof *s);
    if (s == NULL)
        return OKO_E_MEMORY;
    s->n_cols = head->row->n;
    s->column = oko_arena_alloc(r->arena, s->n_cols * sizeof *s->column);
    s->head = oko_arena_alloc(r->arena, s->n_cols * sizeof *s->head);
    if (s->column == NULL || s->head == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < s->n_cols; i++) {
        s->column[i] = -1;
        s->head[i] = batch_text(r->batch, oko_str_of(head->row->text[i]));
        if (s->head[i] == NULL)
            return OKO_E_MEMORY;
    }
    return bind(r, head->row, err);
}

static oko_status take(intake_reader *r, uint32_t number, int64_t score, const oko_cell *cell)
{
    histogram_state *s = r->state;
    batch_aggregate *a = &r->batch->aggregates[s->column[cell->col]];
    double count = 0;
    oko_str text = oko_str_trim(cell->text);
    if (text.len == 0)
        return OKO_OK;
    clean_fault fault = { OKO_PROBLEM_REJECTED, "text", "problem.value.not_a_count" };
    if (!oko_str_to_double(text, &count) || count < 0 || count != floor(count))
        return reader_problem(r, fault, number, cell->col + 1, s->head[cell->col], NULL);
    if (score < a->n_values) {
        double before = isnan(a->values[score]) ? 0 : a->values[score];
        a->values[score] = before + count;
        a->n += (int64_t)count;
        s->in_range += (int64_t)count;
        return OKO_OK;
    }
    s->above += (int64_t)count;
    if (count == 0)
        return OKO_OK;
    fault = (clean_fault){ OKO_PROBLEM_REJECTED, "above-max", "problem.total.above_max" };
    return reader_problem(r, fault, number, cell->col + 1, s->head[cell->col], NULL);
}

static oko_status row(intake_reader *r, uint32_t number, const oko_cell *cells, size_t n, oko_error *err)
{
    (void)err;
    histogram_state *s = r->state;
    int64_t score = 0;
    oko_str text = cell_at(cells, n, 0);
    if (!oko_str_to_int(text, &score) || score < 0 || score > OKO_MAX_TOTAL)
        return reader_problem(
            r, (clean_fault){ OKO_PROBLEM_REJECTED, text.len == 0 ? "empty" : "text", "problem.row.no_score" }, number,
            1, s->head[0], NULL);
    if (score > r->works.seen_total)
        r->works.seen_total = score;
    if (r->undecided)
        return OKO_OK;
    r->batch->rows++;
    oko_status status = OKO_OK;
    for (size_t i = 0; i < n && status == OKO_OK; i++)
        if (cells[i].col < s->n_cols && s->column[cells[i].col] >= 0)
            status = take(r, number, score, &cells[i]);
    return status;
}

static oko_status end(intake_reader *r, oko_error *err)
{
    const histogram_state *s = r->state;
    if (r->undecided || s->above * 100 <= (s->above + s->in_range) * 30)
        return OKO_OK;
    oko_error_set(err, OKO_E_CONFLICT, "intake.wrong_procedure.totals", "procedure");
    oko_error_arg(err, "%s", r->batch->n_tests > 0 ? r->batch->tests[0].procedure->code : "");
    oko_error_arg(err, "%lld", (long long)s->above);
    oko_error_arg(err, "%lld", (long long)(s->above + s->in_range));
    return OKO_E_CONFLICT;
}

const intake_layout layout_histogram = {
    .name = "histogram", .recognise = recognise, .begin = begin, .row = row, .end = end
};
