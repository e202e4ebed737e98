/* Findings of a batch → store: rows of one key become one finding. */
#include "intake/commit.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* An entry of the batch and the unit that its place became. */
typedef struct entry {
    const batch_finding *b;
    int64_t unit;
    size_t order;
} entry;

static int by_key(const void *x, const void *y)
{
    const entry *a = x, *b = y;
    if (a->b->kind != b->b->kind)
        return a->b->kind < b->b->kind ? -1 : 1;
    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    if (a->b->year != b->b->year)
        return a->b->year < b->b->year ? -1 : 1;
    const int procedure = strcmp(a->b->procedure, b->b->procedure);
    return procedure != 0 ? procedure : strcmp(a->b->part, b->b->part);
}

static int by_key_and_order(const void *x, const void *y)
{
    const entry *a = x, *b = y;
    const int order = by_key(x, y);
    return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

static oko_status repeated(commit_state *c, const batch_finding *b)
{
    return problem_add(&c->batch->problems,
                       (clean_fault){ OKO_PROBLEM_REJECTED, "repeated", "problem.finding.repeated" },
                       (problem_place){ .sheet = b->sheet, .row = b->row });
}

static bool same_pupil(const int64_t *rows, size_t n, int64_t code)
{
    for (size_t i = 0; i < n && code >= 0; i++)
        if (rows[i * OKO_FINDING_COLUMNS] == code)
            return true;
    return false;
}

/* What rows of works come to. */
static void count_recheck(oko_finding *r)
{
    int64_t *f = r->facts;
    f[OKO_RECHECK_WORKS] = OKO_FINDING_UNKNOWN;
    f[OKO_RECHECK_CHECKED] = (int64_t)r->n_rows;
    f[OKO_RECHECK_CHANGED] = f[OKO_RECHECK_UP] = f[OKO_RECHECK_DOWN] = 0;
    for (size_t i = 0; i < r->n_rows; i++) {
        const int64_t *row = r->rows + i * OKO_FINDING_COLUMNS;
        const bool marks = row[OKO_RECHECK_MARK_BEFORE] >= 0 && row[OKO_RECHECK_MARK_AFTER] >= 0;
        const int64_t change = marks ? row[OKO_RECHECK_MARK_AFTER] - row[OKO_RECHECK_MARK_BEFORE]
                                     : row[OKO_RECHECK_TOTAL_AFTER] - row[OKO_RECHECK_TOTAL_BEFORE];
        f[OKO_RECHECK_CHANGED] += change != 0;
        f[OKO_RECHECK_UP] += change > 0;
        f[OKO_RECHECK_DOWN] += change < 0;
    }
}

/* One finding of entries [first, first + n). A second entry of a finding without rows, or a second row of one pupil, is
 * told and left out. */
static oko_status put_finding(commit_state *c, const entry *first, size_t n, int64_t *rows, oko_error *err)
{
    const batch_finding *b = first->b;
    oko_finding r = { .kind = b->kind, .unit = first->unit, .year = b->year, .rows = rows };
    oko_change change = OKO_UNCHANGED;
    oko_status status = OKO_OK;
    memcpy(r.facts, b->facts, sizeof r.facts);
    oko_str_copy(r.procedure, sizeof r.procedure, oko_str_of(b->procedure));
    oko_str_copy(r.part, sizeof r.part, oko_str_of(b->part));
    oko_str_copy(r.note, sizeof r.note, oko_str_of(b->note));
    for (size_t i = 0; i < n && status == OKO_OK; i++) {
        const batch_finding *more = first[i].b;
        const bool full = r.n_rows == OKO_FINDING_MAX_ROWS || more->has_row != b->has_row;
        if (i > 0 && (full || !more->has_row || same_pupil(rows, r.n_rows, more->cells[0])))
            status = repeated(c, more);
        else if (more->has_row)
            memcpy(rows + r.n_rows++ * OKO_FINDING_COLUMNS, more->cells, sizeof more->cells);
    }
    if (r.kind == OKO_FINDING_RECHECK && r.n_rows > 0)
        count_recheck(&r);
    if (status == OKO_OK)
        status = oko_store_finding_put(c->store, c->import, &r, &change, err);
    c->changes += status == OKO_OK && change != OKO_UNCHANGED ? 1 : 0;
    c->report->findings += status == OKO_OK;
    return status;
}

oko_status commit_findings(commit_state *c, oko_error *err)
{
    const size_t n = c->batch->n_findings;
    if (n == 0)
        return OKO_OK;
    OKO_CLEANUP(oko_freep) entry *list = oko_alloc_array(n, sizeof *list);
    OKO_CLEANUP(oko_freep) int64_t *rows = oko_alloc_array(OKO_FINDING_MAX_ROWS * OKO_FINDING_COLUMNS, sizeof *rows);
    if (list == NULL || rows == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const batch_finding *b = &c->batch->findings[i];
        list[i] = (entry){ .b = b, .unit = c->batch->places[b->place].unit, .order = i };
    }
    qsort(list, n, sizeof *list, by_key_and_order);
    oko_status status = OKO_OK;
    for (size_t from = 0, to; from < n && status == OKO_OK; from = to) {
        for (to = from + 1; to < n && by_key(&list[from], &list[to]) == 0; to++)
            continue;
        status = put_finding(c, &list[from], to - from, rows, err);
    }
    return status;
}
