/*
 * Analysis: (a) the six real files of a region, (b) a made-up region at three numbers of works with the same number of
 * schools — time, and how far memory grows with works. Floor in the same run: a bare walk of the sheets.
 * Importing and writing the made-up sheets are not timed. Each measurement is a process of its own (peak memory).
 *
 * bench_analyze [schools]     default 10 000; --short: 100 schools, to see that the bench works
 */
#include "analysis/analysis.h"
#include "base/memory.h"
#include "base/threads.h"
#include "clock.h"
#include "intake/import.h"
#include "reference/procedures.h"

#include <oko/simulate.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TESTS = 6, RUNS = 3 };
static const char *const codes[TESTS] = { "2020-04-MA", "2020-04-RU", "2021-04-MA",
                                          "2021-04-RU", "2021-05-MA", "2021-05-RU" };

static void check(oko_status status, const oko_error *err, const char *what)
{
    if (status != OKO_OK) {
        fprintf(stderr, "%s: status %d %s %s\n", what, (int)status, err->id, err->field);
        exit(1);
    }
}

static double cpu_seconds(void)
{
    return seconds_of(CLOCK_PROCESS_CPUTIME_ID);
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
    int64_t import;
    int64_t procedure[TESTS];
    int64_t *municipality, *school; /* unit ids by number; 0 not made yet */
    int64_t region;
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
    oko_procedure p;
    static oko_procedure cache[TESTS];
    if (cache[c->test].id == 0) {
        check(oko_store_procedure_get(w->store, codes[c->test], 0, &p, &w->err), &w->err, "procedure");
        cache[c->test] = p;
        cache[c->test].id = w->procedure[c->test];
    }
    int n_items = cache[c->test].n_items;
    oko_sheet *sheet = NULL;
    oko_status status = oko_sheet_new((size_t)c->n, n_items, &sheet);
    if (status != OKO_OK)
        return status;
    sheet->procedure = w->procedure[c->test];
    sheet->school = *s;
    snprintf(sheet->class_label, sizeof sheet->class_label, "%d", c->class_index + 1);
    for (int i = 0; i < c->n; i++) {
        sheet->code[i] = 40001 + c->pupil[i];
        sheet->journal[i] = c->journal[i];
        sheet->total[i] = c->absent[i] ? OKO_TOTAL_NONE : c->total[i];
        sheet->flags[i] = c->absent[i] ? OKO_WORK_ABSENT | OKO_WORK_NO_TOTAL : 0;
    }
    memcpy(sheet->items, c->items, (size_t)c->n * (size_t)n_items);
    oko_change change;
    status = oko_store_sheet_put(w->store, w->import, sheet, &change, &w->err);
    oko_sheet_free(sheet);
    return status;
}

typedef struct shapes {
    writer *w;
    oko_world_test test[TESTS];
    int16_t item_max[TESTS][OKO_MAX_ITEMS], cutoffs[TESTS][OKO_MAX_CUTOFFS];
} shapes;

/* Puts a built-in procedure into the store when it is one of ours, and describes it to the simulation. */
static oko_status take_procedure(void *ctx, const oko_procedure *p)
{
    shapes *s = ctx;
    for (int i = 0; i < TESTS; i++) {
        if (strcmp(p->code, codes[i]) != 0)
            continue;
        oko_change change;
        check(oko_store_procedure_put(s->w->store, p, &s->w->procedure[i], &change, &s->w->err), &s->w->err, "put");
        oko_procedure_shape(p, s->item_max[i]);
        memcpy(s->cutoffs[i], p->cutoffs, sizeof s->cutoffs[i]);
        s->test[i] = (oko_world_test){ .code = codes[i],
                                       .year = p->year,
                                       .grade = p->grade,
                                       .subject = strcmp(p->subject, "RU") == 0,
                                       .n_items = p->n_items,
                                       .item_max = s->item_max[i],
                                       .n_cutoffs = p->n_cutoffs,
                                       .cutoffs = s->cutoffs[i] };
    }
    return OKO_OK;
}

static void simulate(const char *db, int schools, int class_size)
{
    static shapes s;
    writer w = { .store = open_db(db) };
    w.municipality = calloc(1000, sizeof *w.municipality);
    w.school = calloc((size_t)schools, sizeof *w.school);
    s.w = &w;
    check(oko_store_begin(w.store, &w.err), &w.err, "begin");
    const oko_import import = { .file = "simulated", .layout = "bench" };
    check(oko_store_import_add(w.store, &import, &w.import, &w.err), &w.err, "import");
    w.region = make_unit(&w, OKO_LEVEL_REGION, "r", 99, 0);
    check(oko_procedures_builtin(take_procedure, &s, &w.err), &w.err, "procedures");
    oko_world_options options = OKO_WORLD_OPTIONS_INIT;
    options.schools = schools;
    options.municipalities = 50;
    options.max_classes = 1;
    options.min_class = options.max_class = class_size;
    check(oko_simulate(&options, s.test, TESTS, write_class, &w), &w.err, "simulate");
    check(oko_store_commit(w.store, &w.err), &w.err, "commit");
    oko_store_close(w.store);
    free(w.municipality);
    free(w.school);
}

/* ---- what is measured ---- */

typedef struct measure {
    double seconds, base_mb, peak_mb;
    double cpu; /* seconds of all threads: tells a busy machine from slow code */
    int64_t works, cells;
    int schools, results;
} measure;

typedef struct walk {
    int64_t works, cells;
} walk;

static oko_status count_sheet(void *ctx, const oko_sheet *sheet, const oko_counts *counts)
{
    walk *w = ctx;
    (void)counts;
    w->works += (int64_t)sheet->n;
    w->cells += (int64_t)sheet->n * (sheet->n_items + 5);
    return OKO_OK;
}

typedef struct floor_loop {
    oko_store *store[64];
    walk counted[64];
    int64_t procedure;
    int n;
} floor_loop;

static oko_status walk_shard(void *ctx, size_t i, int worker)
{
    (void)worker;
    floor_loop *l = ctx;
    oko_error err = { 0 };
    const oko_sheet_query query = { .procedure = l->procedure, .shard = (int)i, .n_shards = l->n };
    return oko_store_sheet_walk(l->store[i], &query, count_sheet, &l->counted[i], &err);
}

/* The floor: every sheet read and decoded by as many threads, nothing computed. */
static void measure_floor(const char *db, int threads, measure *m)
{
    oko_error err = { 0 };
    floor_loop l = { .n = threads };
    l.store[0] = open_db(db);
    m->base_mb = peak_mb();
    double start = now();
    for (int i = 1; i < threads; i++)
        check(oko_store_clone(l.store[0], &l.store[i], &err), &err, "clone");
    for (int t = 0; t < TESTS; t++) {
        oko_procedure p;
        check(oko_store_procedure_get(l.store[0], codes[t], 0, &p, &err), &err, "procedure");
        l.procedure = p.id;
        check(oko_parallel_for((size_t)threads, threads, walk_shard, &l), &err, "walk");
    }
    m->seconds = now() - start;
    for (int i = 0; i < threads; i++) {
        m->works += l.counted[i].works;
        m->cells += l.counted[i].cells;
    }
    m->peak_mb = peak_mb();
}

static oko_status count_school(void *ctx, const oko_unit *unit)
{
    (void)unit;
    (*(int *)ctx)++;
    return OKO_OK;
}

static oko_status count_result(void *ctx, const oko_result *result)
{
    (void)result;
    (*(int *)ctx)++;
    return OKO_OK;
}

static void measure_analysis(const char *db, int threads, measure *m)
{
    static uint64_t seed = 1;
    oko_error err = { 0 };
    oko_run run = { 0 };
    bool fresh = false;
    oko_store *store = open_db(db);
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.threads = threads;
    options.seed = (uint64_t)getpid() * 1000 + seed++; /* a run of its own each time */
    m->base_mb = peak_mb();
    double start = now(), cpu = cpu_seconds();
    check(oko_analyze(store, &options, false, &run, &fresh, &err), &err, "analyze");
    m->seconds = now() - start;
    m->cpu = cpu_seconds() - cpu;
    m->peak_mb = peak_mb();
    check(oko_store_unit_walk(store, 0, OKO_LEVEL_SCHOOL, count_school, &m->schools, &err), &err, "units");
    const oko_result_query query = { .run = run.id, .level = OKO_LEVEL_COUNT };
    check(oko_store_result_walk(store, &query, count_result, &m->results, &err), &err, "results");
    oko_run_clear(&run);
    oko_store_close(store);
}

/* Only the states: what the memory of the analysis consists of before there are results. */
static void measure_states(const char *db, int threads, measure *m)
{
    oko_error err = { 0 };
    oko_store *store = open_db(db);
    m->base_mb = peak_mb();
    double start = now();
    for (int t = 0; t < TESTS; t++) {
        oko_states states = { 0 };
        check(oko_states_load(store, codes[t], 0, threads, &states, &err), &err, "states");
        oko_states_clear(&states);
    }
    m->seconds = now() - start;
    m->peak_mb = peak_mb();
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

/* The fastest of RUNS. */
static measure best(measure_fn fn, const char *db, int threads)
{
    measure fastest = { .seconds = 1e9 };
    for (int i = 0; i < RUNS; i++) {
        measure m = in_process(fn, db, threads);
        if (m.seconds < fastest.seconds)
            fastest = m;
    }
    return fastest;
}

static void report(const char *what, const char *db)
{
    int threads = oko_cores() < 64 ? oko_cores() : 64;
    measure floor = best(measure_floor, db, threads);
    measure states = best(measure_states, db, threads);
    measure all = best(measure_analysis, db, threads);
    printf("%s: %lld works, %d schools, %lld cells, %d results, %d threads\n", what, (long long)floor.works,
           all.schools, (long long)floor.cells, all.results, threads);
    printf("  walk of the sheets (floor)  %6.2f s   +%6.1f MB\n", floor.seconds, floor.peak_mb - floor.base_mb);
    printf("  states of all procedures    %6.2f s   +%6.1f MB\n", states.seconds, states.peak_mb - states.base_mb);
    printf("  whole analysis, saved       %6.2f s   +%6.1f MB   %.1f × floor, %.2f s of CPU\n", all.seconds,
           all.peak_mb - all.base_mb, all.seconds / floor.seconds, all.cpu);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    bool brief = argc > 1 && strcmp(argv[1], "--short") == 0;
    int schools = brief ? 100 : argc > 1 ? atoi(argv[1]) : 10000;
    int most = brief ? 7500 : 3000000;
    char dir[] = "/tmp/oko-bench-XXXXXX", db[64], probe[300];
    if (schools < 1 || mkdtemp(dir) == NULL)
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
    for (int works = most / 4; works <= most; works *= 2) {
        simulate(db, schools, (works + TESTS * schools - 1) / (TESTS * schools));
        report("made-up region", db);
        remove_db(db);
    }
    rmdir(dir);
    return 0;
}
