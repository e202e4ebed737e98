/* Medallists (медалисты) with the results of their exams: one row per pupil, by code. Names are dropped. */
#include "intake/layouts/layouts.h"

#include <string.h>

enum { C_CODE, C_DEGREE, C_RU, C_PROFILE, C_BASE, C_MA, N_COLUMNS };

typedef struct medals_state {
    school_columns at;
    int col[N_COLUMNS];
    intake_inside outside;
} medals_state;

/* Mathematics of a level: the head names both, in any order. */
static int maths_of(const intake_row *row, const char *level)
{
    for (size_t i = 0; i < row->n; i++)
        if (strstr(row->key[i], level) != NULL &&
            (strstr(row->key[i], "мат") != NULL || strstr(row->key[i], "ма ") != NULL ||
             strstr(row->key[i], "math") != NULL))
            return (int)i;
    return -1;
}

static void bind(const intake_row *row, int col[N_COLUMNS])
{
    col[C_CODE] = head_any(row, (const char *const[]){ "код участника", "код выпускника", "код обучающегося", "pupil",
                                                       "participant", NULL });
    col[C_DEGREE] = head_any(row, (const char *const[]){ "медал", "степень", "medal", NULL });
    col[C_RU] = head_contains(row, "русск");
    if (col[C_RU] < 0)
        col[C_RU] = head_any(row, (const char *const[]){ "егэ ру", "ру", "russian", NULL });
    col[C_PROFILE] = maths_of(row, "проф");
    col[C_BASE] = maths_of(row, "баз");
    col[C_MA] = head_any(row, (const char *const[]){ "егэ ма", "математика", "ма", "mathematics", NULL });
    if (col[C_MA] == col[C_PROFILE] || col[C_MA] == col[C_BASE])
        col[C_MA] = -1;
}

/* «Медал» in the head or in a line above it; both subjects. */
static bool recognise(const intake_head *head)
{
    int col[N_COLUMNS];
    school_columns at;
    bind(head->row, col);
    bool said = head_contains(head->row, "медал") >= 0 || head_contains(head->row, "medal") >= 0;
    for (size_t i = 0; i < head->n_above && !said; i++)
        said = head_contains(&head->above[i], "медал") >= 0 || head_contains(&head->above[i], "medal") >= 0;
    return said && col[C_RU] >= 0 && (col[C_PROFILE] >= 0 || col[C_BASE] >= 0 || col[C_MA] >= 0) &&
           school_columns_bind(head->row, &at);
}

static oko_status begin(intake_reader *r, const intake_head *head, oko_error *err)
{
    (void)err;
    medals_state *s = r->state = oko_arena_alloc(r->arena, sizeof *s);
    if (s == NULL)
        return OKO_E_MEMORY;
    (void)school_columns_bind(head->row, &s->at);
    bind(head->row, s->col);
    reader_outside(r, head, &s->outside);
    return head_rest(r, head, &s->at, s->col, N_COLUMNS);
}

static int64_t result(const oko_cell *cells, size_t n, int col, int64_t hi)
{
    int64_t value = 0;
    return oko_str_to_int(cell_at(cells, n, col), &value) && value >= 0 && value <= hi ? value : OKO_FINDING_UNKNOWN;
}

/* 1 «золотая», first; 2 «серебряная», second; unknown otherwise. */
static int64_t degree(oko_str cell)
{
    char key[64];
    const oko_str s = { key, oko_str_fold(key, sizeof key, cell) };
    static const struct {
        const char *word;
        int64_t degree;
    } words[] = { { "втор", 2 }, { "ii", 2 }, { "2", 2 }, { "сереб", 2 },
                  { "перв", 1 }, { "i", 1 },  { "1", 1 }, { "золот", 1 } };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (oko_str_contains(s, oko_str_of(words[i].word)))
            return words[i].degree;
    return OKO_FINDING_UNKNOWN;
}

static oko_status row(intake_reader *r, uint32_t number, const oko_cell *cells, size_t n, oko_error *err)
{
    (void)err;
    const medals_state *s = r->state;
    batch_finding b = { .kind = OKO_FINDING_MEDALS,
                        .sheet = r->sheet,
                        .row = number,
                        .procedure = "",
                        .part = "",
                        .note = "",
                        .has_row = true };
    uint64_t code = 0;
    bool found = false;
    r->batch->rows++;
    b.year = school_columns_year(&s->at, cells, n, s->outside.year);
    oko_status status = school_columns_place(r, &s->at, number, cells, n, &found, &b.place);
    if (status != OKO_OK || !found)
        return status;
    if (b.year == 0)
        return reader_problem(r, (clean_fault){ OKO_PROBLEM_REJECTED, "empty", "problem.finding.no_year" }, number, 0,
                              NULL, NULL);
    const bool coded = clean_code(cell_at(cells, n, s->col[C_CODE]), &code) != CLEAN_CODE_NONE && code <= INT64_MAX;
    b.cells[OKO_MEDAL_CODE] = coded ? (int64_t)code : OKO_FINDING_UNKNOWN;
    b.cells[OKO_MEDAL_DEGREE] = degree(cell_at(cells, n, s->col[C_DEGREE]));
    b.cells[OKO_MEDAL_RU] = result(cells, n, s->col[C_RU], 100);
    b.cells[OKO_MEDAL_MA_PROFILE] = result(cells, n, s->col[C_PROFILE], 100);
    b.cells[OKO_MEDAL_MA_BASE] = result(cells, n, s->col[C_BASE], 5);
    const int64_t any = result(cells, n, s->col[C_MA], 100); /* a mark up to 5, or points */
    if (any > 5 && b.cells[OKO_MEDAL_MA_PROFILE] < 0)
        b.cells[OKO_MEDAL_MA_PROFILE] = any;
    else if (any >= 0 && any <= 5 && b.cells[OKO_MEDAL_MA_BASE] < 0)
        b.cells[OKO_MEDAL_MA_BASE] = any;
    return batch_finding_add(r->batch, &b);
}

const intake_layout layout_medals = { .name = "medals", .recognise = recognise, .begin = begin, .row = row };
