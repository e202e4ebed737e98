/*
 * Import against its floor: the six regional workbooks through bare libzip + expat (empty handlers), then through the
 * whole import into a fresh database, with one reader and with as many as there are cores; then a CSV of 1 000 000
 * simulated works. Each measurement runs in a process of its own, so that its peak memory is its own.
 *
 * Without ../shared/data the files of the demonstration region are used.
 */
#include "base/memory.h"
#include "base/random.h"
#include "demo/demo.h"
#include "intake/import.h"

#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zip.h>

enum { FILES = 6, CSV_ITEMS = 15 };

/* --short: one round and a small CSV, to see that the bench works. */
static int csv_works = 1000000, rounds = 3;

static const char *const names[FILES] = { "2020-04-MA", "2020-04-RU", "2021-04-MA",
                                          "2021-04-RU", "2021-05-MA", "2021-05-RU" };
static char paths[FILES][512];
static char folder[] = "/tmp/oko-bench-XXXXXX";

typedef struct result {
    int ok;
    double seconds;
    double megabytes; /* peak */
    int64_t works, schools, cells;
} result;

typedef void (*measure_fn)(const void *ctx, result *r);

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Runs fn in a child; r->ok is 0 when the child failed. */
static result measure(measure_fn fn, const void *ctx)
{
    result r = { .ok = 0 };
    int ends[2];
    if (pipe(ends) != 0)
        return r;
    pid_t child = fork();
    if (child == 0) {
        struct rusage usage;
        double start = now();
        fn(ctx, &r);
        r.seconds = now() - start;
        getrusage(RUSAGE_SELF, &usage);
        r.megabytes = (double)usage.ru_maxrss / 1024.0;
        ssize_t n = write(ends[1], &r, sizeof r);
        _exit(n == (ssize_t)sizeof r ? 0 : 1);
    }
    close(ends[1]);
    if (child < 0 || read(ends[0], &r, sizeof r) != (ssize_t)sizeof r)
        r = (result){ .ok = 0 };
    close(ends[0]);
    if (child > 0)
        waitpid(child, NULL, 0);
    return r;
}

/* ---- floor ---- */

static void XMLCALL on_start(void *ctx, const char *name, const char **attributes)
{
    (void)ctx;
    (void)name;
    (void)attributes;
}

static void XMLCALL on_end(void *ctx, const char *name)
{
    (void)ctx;
    (void)name;
}

static void XMLCALL on_text(void *ctx, const char *text, int n)
{
    (void)ctx;
    (void)text;
    (void)n;
}

static bool parse_member(zip_t *zip, zip_int64_t index)
{
    static char block[1 << 16];
    zip_file_t *member = zip_fopen_index(zip, (zip_uint64_t)index, 0);
    XML_Parser parser = XML_ParserCreate(NULL);
    bool ok = member != NULL && parser != NULL;
    zip_int64_t n = 1;
    if (ok) {
        XML_SetElementHandler(parser, on_start, on_end);
        XML_SetCharacterDataHandler(parser, on_text);
    }
    while (ok && n > 0) {
        n = zip_fread(member, block, sizeof block);
        ok = n >= 0 && XML_Parse(parser, block, (int)n, n == 0) == XML_STATUS_OK;
    }
    if (parser != NULL)
        XML_ParserFree(parser);
    if (member != NULL)
        zip_fclose(member);
    return ok;
}

static void floor_pass(const void *ctx, result *r)
{
    (void)ctx;
    static const char *const members[] = { "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml" };
    r->ok = 1;
    for (int i = 0; i < FILES; i++) {
        zip_t *zip = zip_open(paths[i], ZIP_RDONLY, NULL);
        if (zip == NULL) {
            r->ok = 0;
            return;
        }
        for (int m = 0; m < 2; m++) {
            zip_int64_t index = zip_name_locate(zip, members[m], 0);
            if (index >= 0 && !parse_member(zip, index))
                r->ok = 0;
        }
        zip_discard(zip);
    }
}

/* ---- ours ---- */

typedef struct import_case {
    const char *const *paths;
    size_t n;
    int threads;
} import_case;

/* Columns of a table, as its head has them. */
static int64_t columns_of(const char *path)
{
    static const int columns[FILES] = { 25, 30, 24, 29, 25, 30 };
    for (int i = 0; i < FILES; i++)
        if (strstr(path, ".csv") == NULL && strstr(path, names[i]) != NULL)
            return columns[i];
    return 7 + CSV_ITEMS;
}

static void on_file(void *ctx, const char *path, const oko_import_report *report, const char *hint,
                    const oko_error *err)
{
    result *r = ctx;
    (void)hint;
    if (report == NULL) {
        fprintf(stderr, "%s: %s %s\n", path, err->id, err->arg[0]);
        r->ok = 0;
        return;
    }
    r->works += report->counts.rows;
    r->cells += report->counts.rows * columns_of(path);
    r->schools += report->schools;
}

static void import_pass(const void *ctx, result *r)
{
    const import_case *c = ctx;
    char database[600];
    oko_store *store = NULL;
    oko_error err = { 0 };
    oko_import_options options = OKO_IMPORT_OPTIONS_INIT;
    options.threads = c->threads;
    snprintf(database, sizeof database, "%s/bench-%d.db", folder, (int)getpid());
    r->ok = 1;
    if (oko_store_open(database, NULL, &store, &err) != OKO_OK ||
        oko_import_files(store, c->paths, c->n, &options, on_file, r, &err) != OKO_OK)
        r->ok = 0;
    oko_store_close(store);
    unlink(database);
}

/* ---- files ---- */

static bool find_files(void)
{
    bool shared = true;
    for (int i = 0; i < FILES; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/vpr/%s.xlsx", OKO_SHARED_DATA, names[i]);
        shared = shared && access(paths[i], R_OK) == 0;
    }
    if (shared)
        return true;
    char dir[300];
    oko_demo_options options = OKO_DEMO_OPTIONS_INIT;
    oko_error err = { 0 };
    snprintf(dir, sizeof dir, "%s/demo", folder);
    printf("shared data are absent: the demonstration region is used\n");
    for (int i = 0; i < FILES; i++)
        snprintf(paths[i], sizeof paths[i], "%s/%s.xlsx", dir, names[i]);
    return oko_demo_write(dir, &options, &err) == OKO_OK;
}

static void remove_files(const char *csv)
{
    static const char *const others[] = { "units.csv", "truth.csv", "recheck.csv", "observers.csv", "medals.csv" };
    char path[600];
    unlink(csv);
    for (int i = 0; i < FILES; i++)
        if (strncmp(paths[i], folder, strlen(folder)) == 0)
            unlink(paths[i]);
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/demo/%s", folder, others[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/demo", folder);
    rmdir(path);
    rmdir(folder);
}

/* 2 500 schools of 4 classes, 100 works in each, in the generic wide form. */
static bool write_csv(const char *path)
{
    static const int max[CSV_ITEMS] = { 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 2, 2, 2 };
    static const char *const letters[] = { "А", "Б", "В", "Г" };
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return false;
    fputs("municipality;school;class;code;variant;journal;total", file);
    for (int i = 0; i < CSV_ITEMS; i++)
        fprintf(file, ";%d", i + 1);
    fputc('\n', file);
    oko_rng rng = oko_rng_make(1, 0);
    for (int w = 0; w < csv_works; w++) {
        char items[4 * CSV_ITEMS + 1];
        int total = 0, at = 0, school = w / 400;
        for (int i = 0; i < CSV_ITEMS; i++) {
            int score = (int)oko_rng_below(&rng, (uint32_t)max[i] + 2) - 1;
            total += score > 0 ? score : 0;
            at += snprintf(items + at, sizeof items - (size_t)at, score < 0 ? ";X" : ";%d", score);
        }
        fprintf(file, "МО %d;sch99%04d;4%s;%d;%d;%d;%d%s\n", school % 60, school, letters[w / 100 % 4], 40001 + w % 400,
                1 + w % 2, 2 + (int)oko_rng_below(&rng, 4), total, items);
    }
    return fclose(file) == 0;
}

static void show(const char *what, result r)
{
    printf("%-34s %7.2f s  %8lld works  %6lld schools  %9lld cells  peak %6.1f MB%s\n", what, r.seconds,
           (long long)r.works, (long long)r.schools, (long long)r.cells, r.megabytes, r.ok ? "" : "  FAILED");
}

/* Keeps the faster of two rounds and the higher peak: other work on the machine only ever adds time. */
static void keep_best(result *best, result next)
{
    bool first = best->seconds == 0;
    double peak = next.megabytes > best->megabytes ? next.megabytes : best->megabytes;
    bool ok = next.ok && (first || best->ok);
    if (first || next.seconds < best->seconds)
        *best = next;
    best->megabytes = peak;
    best->ok = ok;
}

static int run(const char *csv)
{
    const char *list[FILES];
    for (int i = 0; i < FILES; i++)
        list[i] = paths[i];
    import_case one = { list, FILES, 1 }, all = { list, FILES, 0 };
    import_case wide = { (const char *const[]){ csv }, 1, 0 };
    result lowest = { 0 }, single = { 0 }, several = { 0 };
    for (int i = 0; i < rounds; i++) { /* in turn, so that a busy machine is busy for all */
        keep_best(&lowest, measure(floor_pass, NULL));
        keep_best(&single, measure(import_pass, &one));
        keep_best(&several, measure(import_pass, &all));
    }
    show("floor: libzip + expat, 1 thread", lowest);
    show("import, 1 thread", single);
    show("import, all cores", several);
    printf("ratio to the floor: %.2f with 1 thread, %.2f with all cores (limit 1.5)\n", single.seconds / lowest.seconds,
           several.seconds / lowest.seconds);
    result big = write_csv(csv) ? measure(import_pass, &wide) : (result){ .ok = 0 };
    show(csv_works == 1000000 ? "CSV of 1 000 000 works (limit 4 s)" : "CSV, short", big);
    return lowest.ok && single.ok && several.ok && big.ok ? 0 : 1;
}

int main(int argc, char **argv)
{
    char csv[600];
    if (argc > 1 && strcmp(argv[1], "--short") == 0) {
        csv_works = 20000;
        rounds = 1;
    }
    if (mkdtemp(folder) == NULL)
        return 1;
    setvbuf(stdout, NULL, _IOLBF, 0);
    snprintf(csv, sizeof csv, "%s/2021-04-MA.csv", folder);
    int status = find_files() ? run(csv) : 1;
    remove_files(csv);
    return status;
}
