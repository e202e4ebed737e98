/*
 * kill -9 at random moments: a child writes transactions of sheets through store.h and says through a pipe which ones
 * were committed. Whatever the moment, the store opens, its check is clean, and its content is exactly the state after
 * some transaction that is not older than the last acknowledged one.
 */
#include "fixture.h"

#include "base/random.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

enum { KILLS = 40, SCHOOLS = 7, CLASSES = 3, MAX_WORKS = 120, MAX_ACKNOWLEDGED = 6, MAX_WAIT_US = 15000 };

/* Transaction t (1, 2, …) rewrites the sheets of one school: class c gets works made from t, or is removed. */
static int64_t school_of(int64_t t)
{
    return 1 + t % SCHOOLS;
}

static size_t works_of(int64_t t, int c)
{
    return (size_t)((t * 37 + c * 11) % MAX_WORKS) + 1;
}

static bool class_is_kept(int64_t t, int c)
{
    return (t + c) % 4 != 0;
}

static void label_of(int c, char ret_label[16])
{
    (void)snprintf(ret_label, 16, "%c", 'A' + c);
}

/* ---- the child ---- */

static oko_status write_transaction(oko_store *store, int64_t procedure, int64_t t)
{
    oko_import import = { .bytes = t };
    oko_change change;
    int64_t import_id = 0, removed = 0;
    char keep[CLASSES][16];
    size_t n_keep = 0;
    (void)snprintf(import.sha256, sizeof import.sha256, "%lld", (long long)t);
    oko_status status = oko_store_begin(store, NULL);
    if (status == OKO_OK) {
        status = oko_store_import_add(store, &import, &import_id, NULL);
    }
    for (int c = 0; status == OKO_OK && c < CLASSES; c++) {
        if (class_is_kept(t, c)) {
            label_of(c, keep[n_keep]);
            OKO_CLEANUP(oko_sheet_freep)
            oko_sheet *s = sample_sheet(procedure, school_of(t), keep[n_keep++], works_of(t, c), (unsigned)t);
            status = oko_store_sheet_put(store, import_id, s, &change, NULL);
        }
    }
    if (status == OKO_OK) {
        status = oko_store_sheet_retire(store, import_id, procedure, school_of(t), (const char(*)[16])keep, n_keep,
                                        &removed, NULL);
    }
    import = (oko_import){ .id = import_id, .revision = t + 1, .rows = t };
    if (status == OKO_OK) {
        status = oko_store_import_finish(store, &import, NULL);
    }
    return status == OKO_OK ? oko_store_commit(store, NULL) : status;
}

static void child(const char *place, int64_t procedure, int64_t from, int pipe_end)
{
    oko_store *store = NULL;
    oko_status status = oko_store_open(place, NULL, &store, NULL);
    for (int64_t t = from; status == OKO_OK; t++) {
        status = write_transaction(store, procedure, t);
        if (status == OKO_OK && write(pipe_end, &t, sizeof t) != (ssize_t)sizeof t) {
            break;
        }
    }
    _exit(3); /* only SIGKILL ends it in a good run */
}

/* ---- the parent ---- */

static oko_status see_last(void *ctx, const oko_import *import)
{
    int64_t *last = ctx;
    *last = import->rows;
    assert_int_equal(import->revision, import->rows + 1); /* the procedure made revision 1 */
    return OKO_E_CANCELLED;                               /* newest first: the first one is enough */
}

typedef struct expectation {
    int64_t last;
    size_t n;
} expectation;

/* The newest transaction ≤ last that wrote this school. */
static int64_t writer_of(int64_t school, int64_t last)
{
    int64_t t = last;
    while (t > 0 && school_of(t) != school) {
        t--;
    }
    return t;
}

static oko_status compare_sheet(void *ctx, const oko_sheet *sheet, const oko_counts *counts)
{
    expectation *e = ctx;
    const int c = sheet->class_label[0] - 'A';
    const int64_t t = writer_of(sheet->school, e->last);
    (void)counts;
    assert_true(t > 0 && class_is_kept(t, c));
    assert_int_equal(sheet->n, works_of(t, c));
    OKO_CLEANUP(oko_sheet_freep)
    oko_sheet *s = sample_sheet(sheet->procedure, sheet->school, sheet->class_label, sheet->n, (unsigned)t);
    assert_memory_equal(sheet->code, s->code, s->n * sizeof *s->code);
    assert_memory_equal(sheet->total, s->total, s->n * sizeof *s->total);
    assert_memory_equal(sheet->items, s->items, s->n * 4);
    e->n++;
    return OKO_OK;
}

static size_t sheets_expected(int64_t last)
{
    size_t n = 0;
    for (int64_t school = 1; school <= SCHOOLS; school++) {
        const int64_t t = writer_of(school, last);
        for (int c = 0; t > 0 && c < CLASSES; c++) {
            n += class_is_kept(t, c);
        }
    }
    return n;
}

/* Looks at what the killed child left; returns the last transaction in it. */
static int64_t look(bench *b, int64_t procedure, int64_t acknowledged)
{
    expectation e = { .last = 0 };
    must(b, oko_store_open(b->place, NULL, &b->store, &b->err));
    assert_clean(b);
    const oko_status status = oko_store_import_walk(b->store, see_last, &e.last, &b->err);
    assert_true(status == OKO_OK || status == OKO_E_CANCELLED);
    assert_true(e.last >= acknowledged);
    assert_int_equal(revision_of(b), e.last + 1);
    const oko_sheet_query query = { .procedure = procedure };
    must(b, oko_store_sheet_walk(b->store, &query, compare_sheet, &e, &b->err));
    assert_int_equal(e.n, sheets_expected(e.last));
    oko_store_close(b->store);
    b->store = NULL;
    return e.last;
}

/* One child, killed a random while after a random number of commits (perhaps none: while it opens); returns the last
 * acknowledged transaction (or `before`). */
static int64_t run_and_kill(const char *place, int64_t procedure, int64_t before, oko_rng *rng)
{
    const uint32_t wait_for = oko_rng_below(rng, MAX_ACKNOWLEDGED);
    int ends[2];
    int64_t acknowledged = before, t;
    int how = 0;
    assert_int_equal(pipe(ends), 0);
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)close(ends[0]);
        child(place, procedure, before + 1, ends[1]);
    }
    (void)close(ends[1]);
    for (uint32_t i = 0; i < wait_for && read(ends[0], &t, sizeof t) == (ssize_t)sizeof t; i++) {
        acknowledged = t;
    }
    const struct timespec wait = { .tv_nsec = (long)oko_rng_below(rng, MAX_WAIT_US) * 1000 };
    (void)nanosleep(&wait, NULL);
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, &how, 0), pid);
    assert_true(WIFSIGNALED(how)); /* it was still writing */
    while (read(ends[0], &t, sizeof t) == (ssize_t)sizeof t) {
        acknowledged = t;
    }
    (void)close(ends[0]);
    return acknowledged;
}

static void kill_leaves_a_committed_state(void **state)
{
    bench *b = *state;
    oko_rng rng = oko_rng_make((uint64_t)getpid(), (uint64_t)time(NULL));
    const int64_t procedure = put_procedure(b, 2021, 4, "MA");
    for (int i = 0; i < SCHOOLS; i++) {
        char code[16];
        (void)snprintf(code, sizeof code, "sch%d", i + 1);
        put_unit(b, OKO_LEVEL_SCHOOL, code, 0);
    }
    oko_store_close(b->store);
    b->store = NULL;
    int64_t last = 0;
    for (int i = 0; i < KILLS; i++) {
        const int64_t acknowledged = run_and_kill(b->place, procedure, last, &rng);
        last = look(b, procedure, acknowledged);
    }
    print_message("%d kills, %lld transactions\n", KILLS, (long long)last);
    assert_true(last > KILLS); /* the moments were spread over real work */
}

/* ---- undo ---- */

enum { UNDO_KILLS = 25 };

/* Imports and takes back until it is killed; says after each which state was committed: t made, −t taken back. */
static void undo_forever(const char *place, int64_t procedure, int64_t from, int pipe_end)
{
    oko_store *store = NULL;
    oko_import_undo done;
    oko_status status = oko_store_open(place, NULL, &store, NULL);
    for (int64_t t = from; status == OKO_OK; t++) {
        int64_t told[2] = { t, -t }, import = 2 * t - 1; /* each import is followed by its undo */
        status = write_transaction(store, procedure, t);
        if (status == OKO_OK && write(pipe_end, &told[0], sizeof told[0]) != (ssize_t)sizeof told[0]) {
            break;
        }
        status = status == OKO_OK ? oko_store_import_undo(store, import, 0, &done, NULL) : status;
        if (status == OKO_OK && write(pipe_end, &told[1], sizeof told[1]) != (ssize_t)sizeof told[1]) {
            break;
        }
    }
    _exit(3);
}

static int64_t undo_and_kill(const char *place, int64_t procedure, int64_t from, oko_rng *rng)
{
    int ends[2], how = 0;
    int64_t told = 0, last = 0;
    assert_int_equal(pipe(ends), 0);
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)close(ends[0]);
        undo_forever(place, procedure, from, ends[1]);
    }
    (void)close(ends[1]);
    assert_int_equal(read(ends[0], &last, sizeof last), (ssize_t)sizeof last);
    const struct timespec wait = { .tv_nsec = (long)oko_rng_below(rng, MAX_WAIT_US) * 1000 };
    (void)nanosleep(&wait, NULL);
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, &how, 0), pid);
    assert_true(WIFSIGNALED(how));
    while (read(ends[0], &told, sizeof told) == (ssize_t)sizeof told) {
        last = told;
    }
    (void)close(ends[0]);
    return last;
}

static oko_status see_newest(void *ctx, const oko_import *import)
{
    *(oko_import *)ctx = *import;
    return OKO_E_CANCELLED;
}

/* The store holds an import whole or not at all; a killed undo left it standing, or has taken it back. */
static void killed_undo_leaves_all_or_nothing(void **state)
{
    bench *b = *state;
    oko_rng rng = oko_rng_make((uint64_t)getpid(), (uint64_t)time(NULL));
    char base[OKO_HASH_HEX], now[OKO_HASH_HEX];
    const int64_t procedure = put_procedure(b, 2021, 4, "MA");
    int64_t next = 1, standing = 0;
    oko_import_undo done;
    for (int i = 0; i < SCHOOLS; i++) {
        char code[16];
        (void)snprintf(code, sizeof code, "sch%d", i + 1);
        put_sheet(b, procedure, put_unit(b, OKO_LEVEL_SCHOOL, code, 0), "А", 20, 77);
    }
    must(b, oko_store_snapshot(b->store, 0, base, &b->err));
    for (int i = 0; i < UNDO_KILLS; i++) {
        oko_store_close(b->store);
        b->store = NULL;
        const int64_t last = undo_and_kill(b->place, procedure, next, &rng);
        oko_import newest = { .id = 0 };
        must(b, oko_store_open(b->place, NULL, &b->store, &b->err));
        assert_clean(b);
        assert_int_equal(oko_store_import_walk(b->store, see_newest, &newest, &b->err), OKO_E_CANCELLED);
        const int64_t t = (newest.id + 1) / 2;
        assert_true(t >= (last < 0 ? -last : last)); /* nothing acknowledged is lost */
        assert_true(last > 0 || t > -last || newest.undoes != 0);
        must(b, oko_store_snapshot(b->store, 0, now, &b->err));
        if (newest.undoes == 0) {
            standing++;
            assert_string_not_equal(now, base);
            must(b, oko_store_import_undo(b->store, newest.id, 0, &done, &b->err));
            must(b, oko_store_snapshot(b->store, 0, now, &b->err));
        }
        assert_string_equal(now, base);
        next = t + 1;
    }
    print_message("%d kills, %lld imports, %lld standing\n", UNDO_KILLS, (long long)next, (long long)standing);
}

/* ---- restore ---- */

enum { RESTORE_KILLS = 20 };

/* Puts one backup after the other in place of the database until it is killed. */
static void restore_forever(const char *place, char copies[2][PLACE_BYTES], int pipe_end)
{
    oko_status status = OKO_OK;
    for (int i = 0; status == OKO_OK; i++) {
        status = oko_store_restore(copies[i % 2], place, true, NULL);
        if (write(pipe_end, &i, sizeof i) != (ssize_t)sizeof i) {
            break;
        }
    }
    _exit(3);
}

static void kill_and_count(const char *place, char copies[2][PLACE_BYTES], oko_rng *rng)
{
    int ends[2], how = 0, i;
    assert_int_equal(pipe(ends), 0);
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)close(ends[0]);
        restore_forever(place, copies, ends[1]);
    }
    (void)close(ends[1]);
    assert_int_equal(read(ends[0], &i, sizeof i), (ssize_t)sizeof i); /* one was done */
    const struct timespec wait = { .tv_nsec = (long)oko_rng_below(rng, 120000) * 1000 };
    (void)nanosleep(&wait, NULL);
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, &how, 0), pid);
    assert_true(WIFSIGNALED(how));
    (void)close(ends[0]);
}

/* Whenever a restore is killed, the database is the one before or the one after, whole. */
static void killed_restore_leaves_one_or_the_other(void **state)
{
    bench *b = *state;
    oko_rng rng = oko_rng_make((uint64_t)getpid(), (uint64_t)time(NULL));
    char copies[2][PLACE_BYTES], want[2][OKO_HASH_HEX], got[OKO_HASH_HEX];
    const int64_t procedure = put_procedure(b, 2021, 4, "MA"), school = put_unit(b, OKO_LEVEL_SCHOOL, "sch1", 0);
    size_t seen_copies[2] = { 0, 0 };
    for (unsigned i = 0; i < 2; i++) {
        engine->fresh(copies[i]);
        put_sheet(b, procedure, school, "А", 20000, i);
        must(b, oko_store_snapshot(b->store, 0, want[i], &b->err));
        must(b, oko_store_backup(b->store, copies[i], false, NULL, &b->err));
    }
    oko_store_close(b->store);
    b->store = NULL;
    for (int i = 0; i < RESTORE_KILLS; i++) {
        kill_and_count(b->place, copies, &rng);
        must(b, oko_store_open(b->place, NULL, &b->store, &b->err));
        assert_clean(b);
        must(b, oko_store_snapshot(b->store, 0, got, &b->err));
        const int which = strcmp(got, want[0]) == 0 ? 0 : 1;
        assert_string_equal(got, want[which]);
        seen_copies[which]++;
        put_sheet(b, procedure, school, "Б", 20, (unsigned)i); /* a log that must not outlive the next restore */
        oko_store_close(b->store);
        b->store = NULL;
    }
    print_message("%zu and %zu times\n", seen_copies[0], seen_copies[1]);
    engine->drop(copies[0]);
    engine->drop(copies[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(kill_leaves_a_committed_state, set_up, tear_down),
        cmocka_unit_test_setup_teardown(killed_undo_leaves_all_or_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(killed_restore_leaves_one_or_the_other, set_up, tear_down),
    };
    return cmocka_run_group_tests_name(engine->name, tests, NULL, NULL);
}
