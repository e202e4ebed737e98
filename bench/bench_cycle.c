/*
 * The store of the cycle: lists of records, lines of the log. 10 000 records of 4 000 schools; each figure is CPU time,
 * the best of several, beside it what the plainest SQLite query of the same rows takes.
 *
 *   bench_cycle [RECORDS]      (default 10 000)
 */
#include "store/people.h"
#include "store/records.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SCHOOLS = 4000, MUNICIPALITIES = 60, LINES = 20000, REPEAT = 7 };

static double clock_ms(clockid_t clock)
{
    struct timespec t;
    (void)clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Of this process alone: other work of the machine does not count. */
static double now_ms(void)
{
    return clock_ms(CLOCK_PROCESS_CPUTIME_ID);
}

static void must(oko_status status, const oko_error *err)
{
    if (status != OKO_OK) {
        (void)fprintf(stderr, "%s [%s]\n", err->id, err->field);
        exit(1);
    }
}

typedef struct world {
    oko_store *store;
    oko_error err;
    int64_t region, municipality[MUNICIPALITIES], school[SCHOOLS];
} world;

static int64_t put_unit(world *w, oko_level level, int i, int64_t parent)
{
    oko_unit u = { .level = level, .parent = parent };
    int64_t id = 0;
    (void)snprintf(u.code, sizeof u.code, "%d-%d", (int)level, i);
    must(oko_store_unit_put(w->store, &u, &id, &w->err), &w->err);
    return id;
}

static void fill(world *w, int records)
{
    static const char *const states[] = { "new", "open", "done", "late", "sent" };
    static const char body[] = "{\"sign\": \"threshold\", \"note\": \"требует дополнительного анализа\", \"n\": 25}";
    must(oko_store_begin(w->store, &w->err), &w->err);
    w->region = put_unit(w, OKO_LEVEL_REGION, 0, 0);
    for (int i = 0; i < MUNICIPALITIES; i++) {
        w->municipality[i] = put_unit(w, OKO_LEVEL_MUNICIPALITY, i, w->region);
    }
    for (int i = 0; i < SCHOOLS; i++) {
        w->school[i] = put_unit(w, OKO_LEVEL_SCHOOL, i, w->municipality[i % MUNICIPALITIES]);
    }
    const double from = now_ms();
    for (int i = 0; i < records; i++) {
        oko_record r = { .kind = "case", .year = 2021 + i % 2, .body = body, .body_len = strlen(body) }, stored;
        r.unit = w->school[(i * 7919) % SCHOOLS];
        (void)snprintf(r.state, sizeof r.state, "%s", states[i % 5]);
        (void)snprintf(r.title, sizeof r.title, "Случай %d: признаки в протоколе по математике", i * 31 % records);
        (void)snprintf(r.due, sizeof r.due, "2021-%02d-%02d", 1 + i % 12, 1 + i % 28);
        (void)snprintf(r.key, sizeof r.key, "2021/%d", i);
        must(oko_store_record_put(w->store, &r, &stored, &w->err), &w->err);
    }
    must(oko_store_commit(w->store, &w->err), &w->err);
    (void)printf("put %d records                       %8.1f us each\n", records, (now_ms() - from) * 1e3 / records);
}

static oko_status add_bytes(void *ctx, const oko_record *r)
{
    *(size_t *)ctx += r->body_len;
    return OKO_OK;
}

static void list(world *w, const char *name, const oko_record_query *query)
{
    double best = 1e9;
    int64_t total = 0;
    for (int i = 0; i < REPEAT; i++) {
        size_t bytes = 0;
        const double from = now_ms();
        must(oko_store_record_walk(w->store, query, add_bytes, &bytes, &total, &w->err), &w->err);
        best = now_ms() - from < best ? now_ms() - from : best;
    }
    (void)printf("%-37s %8.2f ms  (of %lld)\n", name, best, (long long)total);
}

static oko_status add_count(void *ctx, int64_t unit, const char *state, int64_t n)
{
    (void)unit;
    (void)state;
    *(int64_t *)ctx += n;
    return OKO_OK;
}

static void count(world *w, const char *name, const oko_record_query *query, bool by_unit)
{
    double best = 1e9;
    for (int i = 0; i < REPEAT; i++) {
        int64_t n = 0;
        const double from = now_ms();
        must(oko_store_record_counts(w->store, query, by_unit, add_count, &n, &w->err), &w->err);
        best = now_ms() - from < best ? now_ms() - from : best;
    }
    (void)printf("%-37s %8.2f ms\n", name, best);
}

static void log_lines(world *w)
{
    const oko_audit line = { .action = "signs.look",
                             .login = "expert",
                             .role = "operator",
                             .object = "unit/205",
                             .address = "127.0.0.1",
                             .detail = "{\"run\": 17}" };
    double from = now_ms();
    must(oko_store_begin(w->store, &w->err), &w->err);
    for (int i = 0; i < LINES; i++) {
        must(oko_store_audit_add(w->store, &line, &w->err), &w->err);
    }
    must(oko_store_commit(w->store, &w->err), &w->err);
    (void)printf("lines of the log, one transaction     %8.0f /s\n", LINES / (now_ms() - from) * 1e3);
    from = clock_ms(CLOCK_MONOTONIC);
    for (int i = 0; i < 100; i++) {
        must(oko_store_audit_add(w->store, &line, &w->err), &w->err);
    }
    (void)printf("lines of the log, each on the disk    %8.0f /s (wall clock)\n",
                 100 / (clock_ms(CLOCK_MONOTONIC) - from) * 1e3);
    int64_t lines;
    char head[65];
    from = now_ms();
    must(oko_store_audit_verify(w->store, &lines, head, &w->err), &w->err);
    (void)printf("chain recomputed                      %8.0f /s\n", (double)lines / (now_ms() - from) * 1e3);
}

/* The floor: 50 rows of the same join by their numbers, nothing looked for, nothing sorted. */
static void floor_of_page(const char *path)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    double best = 1e9;
    if (sqlite3_open(path, &db) != SQLITE_OK ||
        sqlite3_prepare_v2(db,
                           "SELECT * FROM record r JOIN record_version v ON v.record = r.id AND v.version = r.version "
                           "WHERE r.id <= 50",
                           -1, &q, NULL) != SQLITE_OK) {
        exit(1);
    }
    for (int i = 0; i < REPEAT; i++) {
        const double from = now_ms();
        while (sqlite3_step(q) == SQLITE_ROW) {
        }
        (void)sqlite3_reset(q);
        best = now_ms() - from < best ? now_ms() - from : best;
    }
    (void)printf("floor: 50 rows by number              %8.2f ms\n", best);
    (void)sqlite3_finalize(q);
    (void)sqlite3_close(db);
}

int main(int argc, char **argv)
{
    static world w;
    char folder[] = "/tmp/oko-bench-XXXXXX", path[64], command[96];
    const int records = argc > 1 ? atoi(argv[1]) : 10000;
    if (records < 100 || mkdtemp(folder) == NULL) {
        return 2;
    }
    (void)snprintf(path, sizeof path, "%s/oko.db", folder);
    must(oko_store_open(path, NULL, &w.store, &w.err), &w.err);
    fill(&w, records);
    floor_of_page(path);
    list(&w, "page of 50 by number", &(oko_record_query){ .kind = "case" });
    list(&w, "page of 50 by deadline", &(oko_record_query){ .kind = "case", .sort = OKO_SORT_DUE });
    list(&w, "… the last page", &(oko_record_query){ .kind = "case", .sort = OKO_SORT_DUE, .offset = records - 50 });
    list(&w, "page of 50 by last change",
         &(oko_record_query){ .kind = "case", .sort = OKO_SORT_UPDATED, .descending = true });
    list(&w, "page of 50 by title", &(oko_record_query){ .kind = "case", .sort = OKO_SORT_TITLE });
    list(&w, "page of 50 by unit", &(oko_record_query){ .kind = "case", .sort = OKO_SORT_UNIT });
    list(&w, "two states of a municipality",
         &(oko_record_query){ .kind = "case", .states = "done,late", .unit = w.municipality[3], .subtree = true });
    list(&w, "all of the region, by deadline",
         &(oko_record_query){ .kind = "case", .unit = w.region, .subtree = true, .sort = OKO_SORT_DUE });
    list(&w, "words in the title", &(oko_record_query){ .kind = "case", .search = "ПРОТОКОЛЕ по" });
    list(&w, "a member of the body",
         &(oko_record_query){ .kind = "case", .body_path = "sign", .body_value = "threshold" });
    list(&w, "one school", &(oko_record_query){ .kind = "case", .unit = w.school[17] });
    count(&w, "counts by state", &(oko_record_query){ .kind = "case" }, false);
    count(&w, "counts by unit and state", &(oko_record_query){ .kind = "case", .unit = w.region, .subtree = true },
          true);
    log_lines(&w);
    oko_store_close(w.store);
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command) == 0 ? 0 : 1;
}
