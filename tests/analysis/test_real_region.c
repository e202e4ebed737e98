/*
 * The six real files under the pack region. The counts are computed a second time here, pupil by pupil from the stored
 * sheets and with whole numbers only, and compared with the run; the table below was made by a third program from the
 * spreadsheets themselves. Skipped (77) where the files are absent.
 */
#include "world.h"

#include "intake/import.h"

enum { FILES = 6, MAX_SCHOOLS = 2000, MIN_WORKS = 10 };
enum { LOWERED, RAISED, CONTRAST, TWOS, RULES };

static const char *const rules[RULES] = { "region/lowered", "region/raised", "region/contrast", "region/twos" };

static const struct {
    const char *code;
    int max, cutoffs[3];
    int previous;        /* index of the cohort's work a year earlier, −1 not loaded */
    int expected[RULES]; /* schools marked; −1: not computed */
} files[FILES] = {
    { "2020-04-MA", 20, { 6, 10, 15 }, -1, { 192, 3, 2, -1 } },
    { "2020-04-RU", 38, { 14, 24, 33 }, -1, { 275, 5, 0, -1 } },
    { "2021-04-MA", 20, { 6, 10, 15 }, -1, { 23, 38, 0, -1 } },
    { "2021-04-RU", 38, { 14, 24, 33 }, -1, { 53, 5, 0, -1 } },
    { "2021-05-MA", 20, { 7, 11, 15 }, 0, { 187, 1, 0, 143 } },
    { "2021-05-RU", 45, { 18, 29, 39 }, 1, { 157, 0, 0, 49 } },
};

static world *shared; /* the six files imported once */
static int64_t run_id;

static int open_region(void **state)
{
    (void)state;
    oko_error err = { 0 };
    shared = calloc(1, sizeof *shared);
    assert_non_null(shared);
    snprintf(shared->dir, sizeof shared->dir, "/tmp/oko-analysis-XXXXXX");
    assert_non_null(mkdtemp(shared->dir));
    snprintf(shared->path, sizeof shared->path, "%s/oko.db", shared->dir);
    ok(oko_store_open(shared->path, &(oko_store_options)OKO_STORE_OPTIONS_INIT, &shared->store, &err), &err);
    for (int i = 0; i < FILES; i++) {
        char path[400];
        oko_import_report report = { 0 };
        const oko_import_options options = OKO_IMPORT_OPTIONS_INIT;
        snprintf(path, sizeof path, "%s/vpr/%s.xlsx", OKO_SHARED_DATA, files[i].code);
        ok(oko_import_file(shared->store, path, &options, &report, NULL, &err), &err);
        oko_import_report_clear(&report);
    }
    bool fresh = false;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.replicates = 20;
    oko_run run = analyze(shared, &options, false, &fresh);
    run_id = run.id;
    oko_run_clear(&run);
    return 0;
}

static int close_region(void **state)
{
    (void)state;
    world_close(shared);
    return 0;
}

/* ---- the second computation ---- */

/* One school in one file. */
typedef struct tally {
    int64_t school;
    int works, twos, good, sum; /* sum of scores */
    int with_mark, lowered, raised;
} tally;

typedef struct file {
    int index, n;
    tally schools[MAX_SCHOOLS];
} file;

static int mark_of(int index, int total)
{
    int mark = 2;
    for (int i = 0; i < 3; i++)
        mark += total >= files[index].cutoffs[i];
    return mark;
}

static oko_status take(void *ctx, const oko_sheet *sheet, const oko_counts *counts)
{
    file *f = ctx;
    (void)counts;
    if (f->n == 0 || f->schools[f->n - 1].school != sheet->school) {
        assert_true(f->n < MAX_SCHOOLS);
        f->schools[f->n++] = (tally){ .school = sheet->school };
    }
    tally *t = &f->schools[f->n - 1];
    for (size_t i = 0; i < sheet->n; i++) {
        int total = sheet->total[i], journal = sheet->journal[i];
        if (total < 0 || total > files[f->index].max || !oko_work_takes_part(sheet->flags[i]))
            continue;
        int mark = mark_of(f->index, total);
        t->works++;
        t->sum += total;
        t->twos += mark == 2;
        t->good += mark >= 4;
        if (journal < 1 || journal > 5)
            continue;
        t->with_mark++;
        t->lowered += mark < journal;
        t->raised += mark > journal;
    }
    return OKO_OK;
}

static file *read_file(int index)
{
    oko_error err = { 0 };
    file *f = calloc(1, sizeof *f);
    oko_procedure *p = calloc(1, sizeof *p);
    assert_true(f != NULL && p != NULL);
    f->index = index;
    ok(oko_store_procedure_get(shared->store, files[index].code, 0, p, &err), &err);
    const oko_sheet_query q = { .procedure = p->id, .n_shards = 1 };
    ok(oko_store_sheet_walk(shared->store, &q, take, f, &err), &err);
    free(p);
    return f;
}

static const tally *find(const file *f, int64_t school)
{
    for (int i = 0; f != NULL && i < f->n; i++)
        if (f->schools[i].school == school)
            return &f->schools[i];
    return NULL;
}

/* Is the rule on (1), off (0), or not to be computed (−1)? */
static int decide(const file *f, const file *before, const tally *t, int rule)
{
    const tally *b = find(before, t->school);
    switch (rule) {
    case LOWERED:
        return t->with_mark < MIN_WORKS ? -1 : 5 * t->lowered >= 2 * t->with_mark;
    case RAISED:
        return t->with_mark < MIN_WORKS ? -1 : 5 * t->raised >= 2 * t->with_mark;
    case CONTRAST:
        return t->works < MIN_WORKS ? -1
                                    : 5 * t->good >= 4 * t->works && 100 * t->sum < 55 * t->works * files[f->index].max;
    default:
        return b == NULL || b->works < MIN_WORKS || t->works < MIN_WORKS
                   ? -1
                   : 10 * (t->twos * b->works - b->twos * t->works) >= t->works * b->works;
    }
}

typedef struct comparison {
    const file *now, *before;
    int rule, computed, marked, rows;
} comparison;

static oko_status compare(void *ctx, const oko_result *r)
{
    comparison *c = ctx;
    const tally *t = find(c->now, r->unit);
    assert_non_null(t);
    int decided = decide(c->now, c->before, t, c->rule);
    int told = r->state == OKO_RESULT_OK ? r->marked : -1;
    if (decided != told)
        fail_msg("%s, school %lld: %d here, %d in the run", rules[c->rule], (long long)r->unit, decided, told);
    c->rows++;
    c->computed += told >= 0;
    c->marked += told > 0;
    return OKO_OK;
}

static void every_school_agrees(void **state)
{
    (void)state;
    file *read[FILES];
    for (int i = 0; i < FILES; i++)
        read[i] = read_file(i);
    for (int i = 0; i < FILES; i++) {
        printf("%s:", files[i].code);
        for (int rule = 0; rule < RULES; rule++) {
            oko_error err = { 0 };
            const file *before = files[i].previous >= 0 ? read[files[i].previous] : NULL;
            comparison c = { .now = read[i], .before = before, .rule = rule };
            const oko_result_query q = {
                .run = run_id, .procedure = files[i].code, .rule = rules[rule], .level = OKO_LEVEL_SCHOOL
            };
            ok(oko_store_result_walk(shared->store, &q, compare, &c, &err), &err);
            printf("  %s %d of %d", rules[rule], c.marked, c.computed);
            assert_int_equal(c.rows, files[i].expected[rule] < 0 ? 0 : read[i]->n);
            if (files[i].expected[rule] >= 0)
                assert_int_equal(c.marked, files[i].expected[rule]);
        }
        printf("\n");
    }
    for (int i = 0; i < FILES; i++)
        free(read[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_school_agrees),
    };
    if (access(OKO_SHARED_DATA "/vpr/2021-05-RU.xlsx", R_OK) != 0)
        return 77;
    return cmocka_run_group_tests(tests, open_region, close_region);
}
