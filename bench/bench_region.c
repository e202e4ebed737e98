/*
 * Evidence for a region, all five families of classes and schools with their bootstrap: (a) the six real files, (b)
 * made-up regions at three numbers of works, to see that time grows with works and how much memory a work takes. Floor
 * in the same run: the packing of the works alone. Importing and writing the made-up sheets are not timed. Each
 * measurement is a process of its own (peak memory).
 *
 * bench_region [works [from]]     largest made-up region, default 3 000 000 works, and the smallest, default a quarter
 * of it; --short: 6 000 works
 */
#include "analysis/evidence.h"
#include "analysis/evidence_works.h"
#include "analysis/plan.h"
#include "base/threads.h"
#include "clock.h"
#include "intake/import.h"
#include "reference/procedures.h"

#include <oko/simulate.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TESTS = 6, WORKS_PER_SCHOOL = 240 }; /* about two classes of 20 in each of six tests */
static const char *const codes[TESTS] = { "2020-04-MA", "2020-04-RU", "2021-04-MA",
                                          "2021-04-RU", "2021-05-MA", "2021-05-RU" };

static void check(oko_status status, const oko_error *err, const char *what)
{
    if (status != OKO_OK) {
        fprintf(stderr, "%s: status %d %s %s\n", what, (int)status, err->id, err->field);
        exit(1);
    }
}

/* ---- databases ---- */

static void remove_db(const char *path)
{
    static const char *const tails[] = { "", "-wal", "-shm" };
    char name[300];
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s%s", path, tails[i]);
        unlink(name);
    }
}

static oko_store *open_db(const char *path)
{
    oko_store *store = NULL;
    oko_error err = { 0 };
    check(oko_store_open(path, &(oko_store_options)OKO_STORE_OPTIONS_INIT, &store, &err), &err, "open");
    return store;
}

static void import_real(const char *db)
{
    static char paths[TESTS][300];
    const char *list[TESTS];
    for (int i = 0; i < TESTS; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/vpr/%s.xlsx", OKO_SHARED_DATA, codes[i]);
        list[i] = paths[i];
    }
    oko_error err = { 0 };
    oko_store *store = open_db(db);
    const oko_import_options options = OKO_IMPORT_OPTIONS_INIT;
    check(oko_import_files(store, list, TESTS, &options, NULL, NULL, &err), &err, "import");
    oko_store_close(store);
}

/* Writes the classes that the simulation hands out. */
typedef struct writer {
    oko_store *store;
    int64_t import, region;
    oko_procedure p[TESTS];
    int64_t *municipality, *school; /* unit ids by number; 0 not made yet */
    oko_world_test test[TESTS];
    int16_t item_max[TESTS][OKO_MAX_ITEMS];
    oko_error err;
} writer;

static int64_t make_unit(writer *w, oko_level level, const char *prefix, int number, int64_t parent)
{
    oko_unit unit = { .level = level, .parent = parent };
    snprintf(unit.code, sizeof unit.code, "%s%06d", prefix, number);
    snprintf(unit.name, sizeof unit.name, "%s", unit.code);
    int64_t id = 0;
    check(oko_store_unit_put(w->store, &unit, &id, &w->err), &w->err, "unit");
    return id;
}

static oko_status write_class(void *ctx, const oko_world_class *c)
{
    writer *w = ctx;
    int64_t *m = &w->municipality[c->municipality], *s = &w->school[c->school];
    if (*m == 0)
        *m = make_unit(w, OKO_LEVEL_MUNICIPALITY, "m", c->municipality, w->region);
    if (*s == 0)
        *s = make_unit(w, OKO_LEVEL_SCHOOL, "sch", c->school, *m);
    const oko_procedure *p = &w->p[c->test];
    oko_sheet *sheet = NULL;
    oko_change change;
    oko_status status = oko_sheet_new((size_t)c->n, p->n_items, &sheet);
    if (status != OKO_OK)
        return status;
    sheet->procedure = p->id;
    sheet->school = *s;
    snprintf(sheet->class_label, sizeof sheet->class_label, "%d", c->class_index + 1);
    for (int i = 0; i < c->n; i++) {
        sheet->code[i] = 40001 + c->pupil[i];
        sheet->journal[i] = c->journal[i];
        sheet->total[i] = c->absent[i] ? OKO_TOTAL_NONE : c->total[i];
        sheet->flags[i] = c->absent[i] ? OKO_WORK_ABSENT | OKO_WORK_NO_TOTAL : 0;
    }
    memcpy(sheet->items, c->items, (size_t)c->n * (size_t)p->n_items);
    status = oko_store_sheet_put(w->store, w->import, sheet, &change, &w->err);
    oko_sheet_free(sheet);
    return status;
}

/* Puts a built-in procedure into the store when it is one of ours, and describes it to the simulation. */
static oko_status take_procedure(void *ctx, const oko_procedure *p)
{
    writer *w = ctx;
    for (int i = 0; i < TESTS; i++) {
        if (strcmp(p->code, codes[i]) != 0)
            continue;
        oko_change change;
        w->p[i] = *p;
        check(oko_store_procedure_put(w->store, p, &w->p[i].id, &change, &w->err), &w->err, "put");
        for (int k = 0; k < p->n_items; k++)
            w->item_max[i][k] = p->items[k].max;
        w->test[i] = (oko_world_test){ .code = codes[i],
                                       .year = p->year,
                                       .grade = p->grade,
                                       .subject = strcmp(p->subject, "RU") == 0,
                                       .n_items = p->n_items,
                                       .item_max = w->item_max[i],
                                       .n_cutoffs = p->n_cutoffs,
                                       .cutoffs = w->p[i].cutoffs };
    }
    return OKO_OK;
}

static void simulate(const char *db, int schools)
{
    writer *w = calloc(1, sizeof *w);
    if (w == NULL)
        exit(1);
    w->store = open_db(db);
    w->municipality = calloc(1000, sizeof *w->municipality);
    w->school = calloc((size_t)schools, sizeof *w->school);
    check(oko_store_begin(w->store, &w->err), &w->err, "begin");
    const oko_import import = { .file = "simulated", .layout = "bench" };
    check(oko_store_import_add(w->store, &import, &w->import, &w->err), &w->err, "import");
    w->region = make_unit(w, OKO_LEVEL_REGION, "r", 99, 0);
    check(oko_procedures_builtin(take_procedure, w, &w->err), &w->err, "procedures");
    oko_world_options options = OKO_WORLD_OPTIONS_INIT;
    options.schools = schools;
    options.municipalities = schools < 50 ? 2 : 50;
    options.max_classes = 3; /* two in the mean */
    options.min_class = 10;
    options.max_class = 30;
    check(oko_simulate(&options, w->test, TESTS, write_class, w), &w->err, "simulate");
    check(oko_store_commit(w->store, &w->err), &w->err, "commit");
    oko_store_close(w->store);
    free(w->municipality);
    free(w->school);
    free(w);
}

/* ---- what is measured ---- */

enum { GAPS = 3 };

/* Time between two questions whether to go on: how long Ctrl-C may wait. */
typedef struct gap {
    double seconds, cpu; /* cpu: of the thread that asks */
    double at;           /* share of the work that was done */
} gap;

typedef struct measure {
    double seconds, cpu, base_mb, peak_mb;
    gap gaps[GAPS]; /* the longest, longest first */
    int64_t works, classes, rows, marked;
} measure;

/* The floor: all works packed, nothing computed. */
static void measure_floor(const char *db, int threads, measure *m)
{
    (void)threads;
    oko_error err = { 0 };
    oko_register reg = { 0 };
    oko_plan plan = { 0 };
    oko_works works = { 0 };
    const oko_procedure *list[OKO_SIGNS_MAX_TESTS];
    oko_store *store = open_db(db);
    m->base_mb = peak_mb();
    double start = seconds_of(CLOCK_MONOTONIC), cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    check(oko_register_load(store, 0, &reg, &err), &err, "register");
    check(oko_plan_make(store, 0, &reg, &plan, &err), &err, "plan");
    for (size_t i = 0; i < plan.n && i < OKO_SIGNS_MAX_TESTS; i++)
        list[i] = &plan.at[i];
    const oko_place *top = NULL;
    for (size_t i = 0; i < reg.n && top == NULL; i++)
        top = reg.places[i].level == OKO_LEVEL_SCHOOL ? oko_register_top(&reg, reg.places[i].id) : NULL;
    check(oko_works_load(store, 0, &reg, top, NULL, list, (int)plan.n, NULL, &works, &err), &err, "works");
    m->seconds = seconds_of(CLOCK_MONOTONIC) - start;
    m->cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    m->peak_mb = peak_mb();
    m->works = (int64_t)works.n_rows;
    m->classes = (int64_t)works.n;
    oko_works_clear(&works);
    oko_plan_clear(&plan);
    oko_register_clear(&reg);
    oko_store_close(store);
}

typedef struct asked {
    measure *m;
    double wall, cpu, at; /* of the question before */
} asked;

static bool note_question(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
    (void)stage;
    asked *a = ctx;
    double wall = seconds_of(CLOCK_MONOTONIC), cpu = seconds_of(CLOCK_THREAD_CPUTIME_ID);
    gap g = { wall - a->wall, cpu - a->cpu, a->at };
    for (int k = 0; k < GAPS; k++)
        if (g.seconds > a->m->gaps[k].seconds) {
            gap lesser = a->m->gaps[k];
            a->m->gaps[k] = g;
            g = lesser;
        }
    a->wall = wall;
    a->cpu = cpu;
    a->at = total > 0 ? (double)done / (double)total : 0;
    return true;
}

static oko_status count_row(void *ctx, const oko_result *r)
{
    measure *m = ctx;
    m->rows++;
    m->marked += r->marked;
    return OKO_OK;
}

static void measure_evidence(const char *db, int threads, measure *m)
{
    oko_error err = { 0 };
    oko_run run = { 0 };
    bool fresh = false;
    oko_store *store = open_db(db);
    oko_evidence_options options = OKO_EVIDENCE_OPTIONS_INIT;
    options.threads = threads;
    options.seed = (uint64_t)getpid(); /* a run of its own */
    m->base_mb = peak_mb();
    double start = seconds_of(CLOCK_MONOTONIC), cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    asked a = { m, start, seconds_of(CLOCK_THREAD_CPUTIME_ID), 0 };
    options.progress = (oko_progress){ note_question, &a };
    check(oko_evidence_run(store, &options, false, &run, &fresh, &err), &err, "evidence");
    m->seconds = seconds_of(CLOCK_MONOTONIC) - start;
    m->cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    m->peak_mb = peak_mb();
    const oko_result_query query = { .run = run.id, .level = OKO_LEVEL_COUNT };
    check(oko_store_result_walk(store, &query, count_row, m, &err), &err, "rows");
    oko_run_clear(&run);
    oko_store_close(store);
}

typedef void (*measure_fn)(const char *db, int threads, measure *m);

/* Runs fn in a process of its own, so that its peak memory is its own. */
static measure in_process(measure_fn fn, const char *db, int threads)
{
    int ends[2];
    measure m = { 0 };
    fflush(stdout);
    if (pipe(ends) != 0)
        exit(1);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        fn(db, threads, &m);
        _exit(write(ends[1], &m, sizeof m) == (ssize_t)sizeof m ? 0 : 1);
    }
    close(ends[1]);
    ssize_t got = read(ends[0], &m, sizeof m);
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (child < 0 || got != (ssize_t)sizeof m || status != 0)
        exit(1);
    return m;
}

static void report(const char *what, const char *db)
{
    int threads = oko_cores();
    measure floor = in_process(measure_floor, db, threads);
    measure all = in_process(measure_evidence, db, threads);
    double per = 1e6 * all.cpu / (double)floor.works;
    printf("%s: %lld works, %lld classes, %lld rows of results, %lld with signs, %d threads\n", what,
           (long long)floor.works, (long long)floor.classes, (long long)all.rows, (long long)all.marked, threads);
    printf("  works packed (floor)         %7.2f s   +%6.1f MB\n", floor.seconds, floor.peak_mb - floor.base_mb);
    printf("  evidence and main run, saved %7.2f s   +%6.1f MB   %.1f s of CPU, %.0f µs of CPU per work\n", all.seconds,
           all.peak_mb - all.base_mb, all.cpu, per);
    printf("  longest waits of Ctrl-C:");
    for (int k = 0; k < GAPS; k++)
        printf(" %.2f s (%.2f s of CPU, at %.1f %%)", all.gaps[k].seconds, all.gaps[k].cpu, 100 * all.gaps[k].at);
    printf("\n");
    fflush(stdout);
}

int main(int argc, char **argv)
{
    bool brief = argc > 1 && strcmp(argv[1], "--short") == 0;
    long most = brief ? 6000 : argc > 1 ? atol(argv[1]) : 3000000;
    long least = !brief && argc > 2 ? atol(argv[2]) : most / 4;
    char dir[] = "/tmp/oko-bench-XXXXXX", db[64], probe[300];
    if (most < 4 * WORKS_PER_SCHOOL || least < WORKS_PER_SCHOOL || mkdtemp(dir) == NULL)
        return 2;
    snprintf(db, sizeof db, "%s/oko.db", dir);
    snprintf(probe, sizeof probe, "%s/vpr/%s.xlsx", OKO_SHARED_DATA, codes[0]);
    if (!brief && access(probe, R_OK) == 0) {
        import_real(db);
        report("six real files", db);
        remove_db(db);
    } else {
        printf("six real files: %s\n", brief ? "left out" : "not on this machine");
    }
    for (long works = least; works <= most; works *= 2) {
        simulate(db, (int)(works / WORKS_PER_SCHOOL));
        report("made-up region", db);
        remove_db(db);
    }
    rmdir(dir);
    return 0;
}
