/*
 * Re-checks of works: one row per work (mark or total before and after), or one row per school (checked, changed, up,
 * down). Both may name who re-checked.
 */
#include "intake/layouts/layouts.h"

#include <string.h>

enum { C_CODE, C_MARK_BEFORE, C_MARK_AFTER, C_TOTAL_BEFORE, C_TOTAL_AFTER, C_BY, N_WORK_COLUMNS };
enum { C_WORKS, C_CHECKED, C_CHANGED, C_UP, C_DOWN, N_COUNT_COLUMNS };

typedef struct recheck_state {
    school_columns at;
    int col[N_WORK_COLUMNS], count[N_COUNT_COLUMNS];
    bool by_school;
    intake_inside outside;
} recheck_state;

/* First column whose head holds both words; −1 none. */
static int with_both(const intake_row *row, const char *const *what, const char *const *when)
{
    for (size_t i = 0; i < row->n; i++)
        for (const char *const *a = what; *a != NULL; a++)
            for (const char *const *b = when; *b != NULL; b++)
                if (strstr(row->key[i], *a) != NULL && strstr(row->key[i], *b) != NULL)
                    return (int)i;
    return -1;
}

static void bind_works(const intake_row *row, int col[N_WORK_COLUMNS])
{
    static const char *const marks[] = { "отметк", "оценк", "mark", NULL };
    static const char *const totals[] = { "балл", "total", "score", NULL };
    static const char *const before[] = { " до", "до ", "первоначальн", "before", NULL };
    static const char *const after[] = { "после", "after", NULL };
    col[C_MARK_BEFORE] = with_both(row, marks, before);
    col[C_MARK_AFTER] = with_both(row, marks, after);
    col[C_TOTAL_BEFORE] = with_both(row, totals, before);
    col[C_TOTAL_AFTER] = with_both(row, totals, after);
    col[C_CODE] = head_any(
        row, (const char *const[]){ "код участника", "код работы", "код обучающегося", "pupil", "participant", NULL });
    col[C_BY] = head_any(row, (const char *const[]){ "кто перепроверял", "кем перепроверено", "комиссия",
                                                     "уровень перепроверки", "checked by", NULL });
}

static void bind_counts(const intake_row *row, int count[N_COUNT_COLUMNS])
{
    count[C_WORKS] = head_any(row, (const char *const[]){ "всего работ", "работ всего", "написали", "works", NULL });
    count[C_CHECKED] =
        head_any(row, (const char *const[]){ "перепроверено", "работ перепроверено", "rechecked", NULL });
    count[C_CHANGED] = head_any(row, (const char *const[]){ "измен", "работ с измен", "changed", NULL });
    count[C_UP] = head_any(row, (const char *const[]){ "повышен", "up", NULL });
    count[C_DOWN] = head_any(row, (const char *const[]){ "понижен", "down", NULL });
}

static bool has_works(const int col[N_WORK_COLUMNS])
{
    return (col[C_MARK_BEFORE] >= 0 && col[C_MARK_AFTER] >= 0) || (col[C_TOTAL_BEFORE] >= 0 && col[C_TOTAL_AFTER] >= 0);
}

static bool has_counts(const int count[N_COUNT_COLUMNS])
{
    return count[C_CHECKED] >= 0 && (count[C_CHANGED] >= 0 || (count[C_UP] >= 0 && count[C_DOWN] >= 0));
}

static bool recognise(const intake_head *head)
{
    int col[N_WORK_COLUMNS], count[N_COUNT_COLUMNS];
    school_columns at;
    bind_works(head->row, col);
    bind_counts(head->row, count);
    return school_columns_bind(head->row, &at) && (has_works(col) || has_counts(count));
}

static oko_status begin(intake_reader *r, const intake_head *head, oko_error *err)
{
    (void)err;
    recheck_state *s = r->state = oko_arena_alloc(r->arena, sizeof *s);
    if (s == NULL)
        return OKO_E_MEMORY;
    (void)school_columns_bind(head->row, &s->at);
    bind_works(head->row, s->col);
    bind_counts(head->row, s->count);
    s->by_school = !has_works(s->col);
    reader_outside(r, head, &s->outside);
    int more[N_WORK_COLUMNS + N_COUNT_COLUMNS];
    memcpy(more, s->col, sizeof s->col);
    memcpy(more + N_WORK_COLUMNS, s->count, sizeof s->count);
    return head_rest(r, head, &s->at, more, N_WORK_COLUMNS + N_COUNT_COLUMNS);
}

static oko_status rejected(intake_reader *r, const char *reason, uint32_t row)
{
    return reader_problem(r, (clean_fault){ OKO_PROBLEM_REJECTED, "text", reason }, row, 0, NULL, NULL);
}

/* A whole number in lo…hi, or unknown. */
static int64_t whole(const oko_cell *cells, size_t n, int col, int64_t lo, int64_t hi)
{
    int64_t value = 0;
    return oko_str_to_int(cell_at(cells, n, col), &value) && value >= lo && value <= hi ? value : OKO_FINDING_UNKNOWN;
}

static oko_status work_row(intake_reader *r, uint32_t row, const oko_cell *cells, size_t n, batch_finding *b)
{
    const recheck_state *s = r->state;
    uint64_t code = 0;
    const bool coded = clean_code(cell_at(cells, n, s->col[C_CODE]), &code) != CLEAN_CODE_NONE && code <= INT64_MAX;
    b->has_row = true;
    b->cells[OKO_RECHECK_CODE] = coded ? (int64_t)code : OKO_FINDING_UNKNOWN;
    b->cells[OKO_RECHECK_MARK_BEFORE] = whole(cells, n, s->col[C_MARK_BEFORE], 1, 5);
    b->cells[OKO_RECHECK_MARK_AFTER] = whole(cells, n, s->col[C_MARK_AFTER], 1, 5);
    b->cells[OKO_RECHECK_TOTAL_BEFORE] = whole(cells, n, s->col[C_TOTAL_BEFORE], 0, OKO_MAX_TOTAL);
    b->cells[OKO_RECHECK_TOTAL_AFTER] = whole(cells, n, s->col[C_TOTAL_AFTER], 0, OKO_MAX_TOTAL);
    b->facts[OKO_RECHECK_WORKS] = OKO_FINDING_UNKNOWN;
    const bool marks = b->cells[OKO_RECHECK_MARK_BEFORE] >= 0 && b->cells[OKO_RECHECK_MARK_AFTER] >= 0;
    const bool totals = b->cells[OKO_RECHECK_TOTAL_BEFORE] >= 0 && b->cells[OKO_RECHECK_TOTAL_AFTER] >= 0;
    return marks || totals ? batch_finding_add(r->batch, b) : rejected(r, "problem.recheck.no_result", row);
}

static oko_status count_row(intake_reader *r, uint32_t row, const oko_cell *cells, size_t n, batch_finding *b)
{
    const recheck_state *s = r->state;
    for (int i = 0; i < N_COUNT_COLUMNS; i++)
        b->facts[i] = whole(cells, n, s->count[i], 0, 1000000);
    const int64_t up = b->facts[OKO_RECHECK_UP], down = b->facts[OKO_RECHECK_DOWN];
    int64_t *changed = &b->facts[OKO_RECHECK_CHANGED];
    if (*changed < 0 && up >= 0 && down >= 0)
        *changed = up + down;
    const int64_t checked = b->facts[OKO_RECHECK_CHECKED], works = b->facts[OKO_RECHECK_WORKS];
    const bool sums = up < 0 || down < 0 || up + down == *changed;
    if (checked < 0 || *changed < 0 || *changed > checked || up > *changed || down > *changed || !sums ||
        (works >= 0 && works < checked))
        return rejected(r, "problem.recheck.counts", row);
    return batch_finding_add(r->batch, b);
}

static oko_status row(intake_reader *r, uint32_t number, const oko_cell *cells, size_t n, oko_error *err)
{
    (void)err;
    const recheck_state *s = r->state;
    batch_finding b = { .kind = OKO_FINDING_RECHECK, .sheet = r->sheet, .row = number, .note = "" };
    bool found = false;
    r->batch->rows++;
    oko_status status = school_columns_place(r, &s->at, number, cells, n, &found, &b.place);
    if (status != OKO_OK || !found)
        return status;
    if (!record_procedure(r, &s->at, &s->outside, cells, n, &b))
        return b.procedure == NULL ? OKO_E_MEMORY : rejected(r, "problem.finding.no_procedure", number);
    b.part = batch_text(r->batch, cell_at(cells, n, s->col[C_BY]));
    if (b.part == NULL)
        return OKO_E_MEMORY;
    return s->by_school ? count_row(r, number, cells, n, &b) : work_row(r, number, cells, n, &b);
}

const intake_layout layout_recheck = { .name = "recheck", .recognise = recognise, .begin = begin, .row = row };
