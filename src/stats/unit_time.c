/* Rows of schools → differences → states of units → the family of every unit and test. */
#include <oko/units.h>

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

const char *oko_unit_stat_name(oko_unit_stat stat)
{
    static const char *const names[OKO_UNIT_STATS] = { "year_unit", "subject_unit", "journal_unit" };
    return (unsigned)stat < OKO_UNIT_STATS ? names[stat] : "";
}

static int compare_rows(const void *a, const void *b)
{
    const oko_unit_row *x = *(const oko_unit_row *const *)a;
    const oko_unit_row *y = *(const oko_unit_row *const *)b;
    if (x->school != y->school) {
        return x->school < y->school ? -1 : 1;
    }
    return (x->test > y->test) - (x->test < y->test);
}

/* One school's rows, all its tests, with the differences of one of them. */
typedef struct school_tests {
    const oko_sign_test *tests;
    const oko_unit_row *const *row;
    size_t n;
} school_tests;

/* Mean level of the school's rows that stand `years` from the row, in the same subject: the same pupils when `pupils`
 * (grade moves with the year), else the same grade. NaN when there is none. */
static double level_beside(const school_tests *s, const oko_unit_row *row, int years, bool pupils)
{
    const oko_sign_test *own = &s->tests[row->test];
    double sum = 0;
    double n = 0;
    for (size_t k = 0; k < s->n; k++) {
        const oko_sign_test *t = &s->tests[s->row[k]->test];
        bool fits =
            t->subject == own->subject && t->year == own->year + years && t->grade == own->grade + (pupils ? years : 0);
        sum += fits ? s->row[k]->level : 0;
        n += fits;
    }
    return n > 0 ? sum / n : NAN;
}

static double against_years(const school_tests *s, const oko_unit_row *row)
{
    for (int pupils = 1; pupils >= 0; pupils--) {
        double before = level_beside(s, row, -1, pupils != 0);
        double after = level_beside(s, row, 1, pupils != 0);
        double other = isnan(before) ? after : isnan(after) ? before : .5 * (before + after);
        if (!isnan(other)) {
            return row->level - other;
        }
    }
    return NAN;
}

static double against_subjects(const school_tests *s, const oko_unit_row *row)
{
    const oko_sign_test *own = &s->tests[row->test];
    double sum = 0;
    double n = 0;
    for (size_t k = 0; k < s->n; k++) {
        const oko_sign_test *t = &s->tests[s->row[k]->test];
        bool fits = t->subject != own->subject && t->year == own->year && t->grade == own->grade;
        sum += fits ? s->row[k]->level : 0;
        n += fits;
    }
    return n > 0 ? row->level - sum / n : NAN;
}

/* A school's part in its unit, test by test. */
typedef struct part {
    uint32_t unit, school;
    int test;
    double works, difference[OKO_UNIT_STATS];
} part;

static int compare_parts(const void *a, const void *b)
{
    const part *x = a;
    const part *y = b;
    if (x->test != y->test) {
        return x->test < y->test ? -1 : 1;
    }
    if (x->unit != y->unit) {
        return x->unit < y->unit ? -1 : 1;
    }
    return (x->school > y->school) - (x->school < y->school);
}

/* Differences of all rows; false when a school occurs twice in a test. */
static bool make_parts(const oko_sign_test *tests, const oko_unit_row *const *sorted, size_t n, part *ret)
{
    size_t m = 0;
    for (size_t from = 0, to; from < n; from = to) {
        to = from + 1;
        while (to < n && sorted[to]->school == sorted[from]->school) {
            if (sorted[to]->test == sorted[to - 1]->test) {
                return false;
            }
            to++;
        }
        school_tests s = { tests, sorted + from, to - from };
        for (size_t k = from; k < to; k++) {
            const oko_unit_row *row = sorted[k];
            ret[m++] = (part){ .unit = row->unit,
                               .school = row->school,
                               .test = row->test,
                               .works = row->works,
                               .difference = { against_years(&s, row), against_subjects(&s, row),
                                               row->level - row->journal } };
        }
    }
    return true;
}

static void combine(oko_unit_time *u)
{
    static const double weight[OKO_UNIT_STATS] = { 1, 1, .5 }; /* marking habits of a municipality are its own */
    double log_p[OKO_UNIT_STATS];
    u->top = OKO_UNIT_STATS;
    for (int s = 0; s < OKO_UNIT_STATS; s++) {
        log_p[s] = u->shift[s].log_p;
        if (!isnan(log_p[s]) && (u->top == OKO_UNIT_STATS || log_p[s] < log_p[u->top])) {
            u->top = (oko_unit_stat)s;
        }
    }
    u->log_p = oko_cauchy_log_p(OKO_UNIT_STATS, log_p, weight);
    u->p = exp(u->log_p);
}

/* The units of one test: parts of [n], units filled and counted. */
static oko_status judge_test(const part *parts, size_t n, oko_unit_time *units, size_t *ret_n)
{
    OKO_CLEANUP(oko_freep) oko_shift_state *state = oko_calloc_array((n + 1) * OKO_UNIT_STATS, sizeof *state);
    OKO_CLEANUP(oko_freep) oko_shift *shift = oko_alloc_array(n + 1, sizeof *shift);
    if (state == NULL || shift == NULL) {
        return OKO_E_MEMORY;
    }
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || parts[i].unit != parts[i - 1].unit) {
            units[m++] = (oko_unit_time){ .unit = parts[i].unit, .test = parts[i].test };
        }
        units[m - 1].n_schools++;
        for (int s = 0; s < OKO_UNIT_STATS; s++) { /* all units of a statistic stand together */
            oko_shift_add(&state[(size_t)s * n + m - 1], parts[i].works, parts[i].difference[s]);
        }
    }
    for (int s = 0; s < OKO_UNIT_STATS; s++) {
        oko_status status = oko_shift_compare(m, state + (size_t)s * n, shift, NULL);
        if (status != OKO_OK) {
            return status;
        }
        for (size_t u = 0; u < m; u++) {
            units[u].shift[s] = shift[u];
        }
    }
    for (size_t u = 0; u < m; u++) {
        combine(&units[u]);
    }
    *ret_n = m;
    return OKO_OK;
}

static bool rows_fit(int n_tests, const oko_unit_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (rows[i].test < 0 || rows[i].test >= n_tests || !(rows[i].works > 0) || !isfinite(rows[i].level)) {
            return false;
        }
    }
    return true;
}

oko_status oko_unit_time_all(const oko_sign_test *tests, int n_tests, const oko_unit_row *rows, size_t n_rows,
                             oko_unit_time **ret, size_t *ret_n)
{
    if (tests == NULL || n_tests < 1 || n_tests > OKO_SIGNS_MAX_TESTS || (n_rows > 0 && rows == NULL) || ret == NULL ||
        ret_n == NULL || n_rows > OKO_SIGNS_MAX_GROUPS || !rows_fit(n_tests, rows, n_rows)) {
        return OKO_E_ARGUMENT;
    }
    OKO_CLEANUP(oko_freep) const oko_unit_row **sorted = oko_alloc_array(n_rows + 1, sizeof(const oko_unit_row *));
    OKO_CLEANUP(oko_freep) part *parts = oko_alloc_array(n_rows + 1, sizeof *parts);
    OKO_CLEANUP(oko_freep) oko_unit_time *units = oko_calloc_array(n_rows + 1, sizeof *units);
    if (sorted == NULL || parts == NULL || units == NULL) {
        return OKO_E_MEMORY;
    }
    for (size_t i = 0; i < n_rows; i++) {
        sorted[i] = &rows[i];
    }
    if (n_rows > 1) {
        qsort(sorted, n_rows, sizeof *sorted, compare_rows);
    }
    if (!make_parts(tests, sorted, n_rows, parts)) {
        return OKO_E_ARGUMENT;
    }
    if (n_rows > 1) {
        qsort(parts, n_rows, sizeof *parts, compare_parts);
    }
    size_t n = 0;
    for (size_t from = 0, to; from < n_rows; from = to) {
        size_t m = 0;
        to = from + 1;
        while (to < n_rows && parts[to].test == parts[from].test) {
            to++;
        }
        oko_status status = judge_test(parts + from, to - from, units + n, &m);
        if (status != OKO_OK) {
            return status;
        }
        n += m;
    }
    *ret = units;
    *ret_n = n;
    units = NULL;
    return OKO_OK;
}
