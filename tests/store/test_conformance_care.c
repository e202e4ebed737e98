/* What every engine must do, third part: check, backup, restore, threads, memory that runs out. Speaks store.h only. */
#include "fixture.h"

#include "base/threads.h"
#include "support/failing_alloc.h"

/* Something of everything, in one transaction. */
static oko_status fill(oko_store *store, size_t works, unsigned seed, oko_error *err)
{
    int64_t procedure = 0, school = 0, import = 0;
    oko_change change;
    const oko_procedure p = sample_procedure(2021, 4, "MA");
    const oko_problem problem = { .reason = "problem.item.x", .row = 3 };
    const oko_import i = { .file = "a.xlsx", .sha256 = "aa" };
    oko_unit u = sample_unit(OKO_LEVEL_SCHOOL, "sch1", 0);
    oko_status status = oko_store_begin(store, err);
    if (status == OKO_OK) {
        status = oko_store_procedure_put(store, &p, &procedure, &change, err);
    }
    if (status == OKO_OK && oko_store_unit_find(store, OKO_LEVEL_SCHOOL, "sch1", &u, err) != OKO_OK) {
        status = oko_store_unit_put(store, &u, &u.id, err);
    }
    school = u.id;
    if (status == OKO_OK) {
        status = oko_store_alias_put(store, school, OKO_ALIAS_LOGIN, "sch1", err);
    }
    if (status == OKO_OK) {
        status = oko_store_import_add(store, &i, &import, err);
    }
    if (status == OKO_OK) {
        status = oko_store_problem_add(store, import, &problem, err);
    }
    oko_sheet *s = NULL;
    for (int c = 0; status == OKO_OK && c < 2; c++) {
        s = sample_sheet(procedure, school, c == 0 ? "А" : "Б", works, seed + (unsigned)c);
        status = oko_store_sheet_put(store, import, s, &change, err);
        oko_sheet_free(s);
    }
    if (status == OKO_OK) {
        return oko_store_commit(store, err);
    }
    oko_store_rollback(store);
    return status;
}

/* ---- backup and restore ---- */

static void backup_is_the_same_data(void **state)
{
    bench *b = *state;
    char copy[PLACE_BYTES], third[PLACE_BYTES], want[OKO_HASH_HEX], got[OKO_HASH_HEX];
    engine->fresh(copy);
    engine->fresh(third);
    must(b, fill(b->store, 500, 1, &b->err));
    must(b, oko_store_snapshot(b->store, 0, want, &b->err));
    must(b, oko_store_begin(b->store, &b->err)); /* what is not committed does not belong to it */
    put_procedure(b, 2022, 4, "MA");
    must(b, oko_store_backup(b->store, copy, false, NULL, &b->err));
    oko_store_rollback(b->store);
    must(b, oko_store_restore(copy, third, false, &b->err));
    for (int i = 0; i < 2; i++) {
        OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
        must(b, oko_store_open(i == 0 ? copy : third, NULL, &store, &b->err));
        must(b, oko_store_snapshot(store, 0, got, &b->err));
        assert_string_equal(got, want);
        must(b, oko_store_check(store, NULL, NULL, NULL, &b->err));
        must(b, fill(store, 10, 9, &b->err)); /* and it can be worked with */
    }
    engine->drop(copy);
    engine->drop(third);
}

static void nothing_is_overwritten_unasked(void **state)
{
    bench *b = *state;
    char copy[PLACE_BYTES], want[OKO_HASH_HEX], got[OKO_HASH_HEX];
    engine->fresh(copy);
    must(b, fill(b->store, 5, 1, &b->err));
    must(b, oko_store_snapshot(b->store, 0, want, &b->err));
    must(b, oko_store_backup(b->store, copy, false, NULL, &b->err));
    must(b, fill(b->store, 5, 3, &b->err));
    assert_int_equal(oko_store_backup(b->store, copy, false, NULL, &b->err), OKO_E_CONFLICT);
    assert_int_equal(oko_store_backup(b->store, b->place, true, NULL, &b->err), OKO_E_CONFLICT); /* onto itself */
    assert_int_equal(oko_store_restore(copy, b->place, false, &b->err), OKO_E_CONFLICT);
    assert_int_equal(oko_store_restore(copy, copy, true, &b->err), OKO_E_CONFLICT);
    assert_int_equal(oko_store_restore("/nonexistent/x", b->place, true, &b->err), OKO_E_NOT_FOUND);
    must(b, oko_store_snapshot(b->store, 0, got, &b->err));
    assert_string_not_equal(got, want);
    oko_store_close(b->store);
    b->store = NULL;
    must(b, oko_store_restore(copy, b->place, true, &b->err));
    must(b, oko_store_open(b->place, NULL, &b->store, &b->err));
    must(b, oko_store_snapshot(b->store, 0, got, &b->err));
    assert_string_equal(got, want);
    must(b, fill(b->store, 5, 3, &b->err));
    must(b, oko_store_backup(b->store, copy, true, NULL, &b->err));
    engine->drop(copy);
}

static bool stop(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
    int *calls = ctx;
    assert_non_null(stage);
    assert_true(done <= total);
    return ++*calls < 1;
}

static void backup_and_check_can_be_stopped(void **state)
{
    bench *b = *state;
    char copy[PLACE_BYTES];
    int calls = 0;
    const oko_progress progress = { stop, &calls };
    engine->fresh(copy);
    for (unsigned i = 0; i < 8; i++) { /* more than one step of a backup */
        must(b, fill(b->store, OKO_SHEET_MAX_WORKS, 20 * i, &b->err));
    }
    assert_int_equal(oko_store_backup(b->store, copy, false, &progress, &b->err), OKO_E_CANCELLED);
    assert_int_equal(calls, 1);
    assert_int_equal(oko_store_check(b->store, NULL, NULL, &progress, &b->err), OKO_E_CANCELLED);
    const oko_store_options options = { .create = false };
    oko_store *store = NULL;
    assert_int_equal(oko_store_open(copy, &options, &store, &b->err), OKO_E_NOT_FOUND); /* nothing was left */
    assert_clean(b);
    engine->drop(copy);
}

/* ---- threads ---- */

enum { SHARDS = 4, SCHOOLS = 40 };

typedef struct reading {
    oko_store *clones[SHARDS];
    int64_t procedure, revision;
    int64_t works[SHARDS];
} reading;

static oko_status add_works(void *ctx, const oko_sheet *sheet, const oko_counts *counts)
{
    (void)counts;
    *(int64_t *)ctx += (int64_t)sheet->n;
    return OKO_OK;
}

static oko_status read_shard(void *ctx, size_t i, int worker)
{
    reading *r = ctx;
    (void)worker;
    oko_status status = OKO_OK;
    for (int pass = 0; status == OKO_OK && pass < 20; pass++) {
        const oko_sheet_query query = {
            .procedure = r->procedure, .revision = r->revision, .shard = (int)i, .n_shards = SHARDS
        };
        r->works[i] = 0;
        status = oko_store_sheet_walk(r->clones[i], &query, add_works, &r->works[i], NULL);
    }
    return status;
}

/* Shards are read by several threads while another one writes. */
static oko_status read_or_write(void *ctx, size_t i, int worker)
{
    bench *b = ((void **)ctx)[0];
    if (i < SHARDS) {
        return read_shard(((void **)ctx)[1], i, worker);
    }
    oko_status status = OKO_OK;
    for (unsigned n = 0; status == OKO_OK && n < 10; n++) {
        status = fill(b->store, 30, n + 100, NULL);
    }
    return status;
}

static void threads_read_while_one_writes(void **state)
{
    bench *b = *state;
    reading r = { .procedure = put_procedure(b, 2021, 5, "MA") };
    for (int i = 0; i < SCHOOLS; i++) {
        char code[16];
        (void)snprintf(code, sizeof code, "s%d", i);
        put_sheet(b, r.procedure, put_unit(b, OKO_LEVEL_SCHOOL, code, 0), "А", 10, (unsigned)i);
    }
    r.revision = revision_of(b);
    for (int i = 0; i < SHARDS; i++) {
        must(b, oko_store_clone(b->store, &r.clones[i], &b->err));
    }
    void *all[] = { b, &r };
    assert_int_equal(oko_parallel_for(SHARDS + 1, SHARDS + 1, read_or_write, all), OKO_OK);
    for (int i = 0; i < SHARDS; i++) {
        assert_int_equal(r.works[i], SCHOOLS / SHARDS * 10);
        oko_store_close(r.clones[i]);
    }
    assert_clean(b);
}

/* ---- memory ---- */

static void assert_memory_or_ok(oko_status status, bool failed)
{
    assert_int_equal(status, failed ? OKO_E_MEMORY : OKO_OK);
}

/* Each of our allocations fails once: the call says so, and the data are as before. */
static void survives_every_failed_allocation(void **state)
{
    bench *b = *state;
    bool failed = true;
    for (size_t n = 1; failed; n++) { /* opening */
        oko_store *store = NULL;
        failing_alloc_arm(n);
        const oko_status status = oko_store_open(b->place, NULL, &store, &b->err);
        failed = failing_alloc_disarm();
        assert_memory_or_ok(status, failed);
        assert_true(failed == (store == NULL));
        oko_store_close(store);
        assert_true(n < 1000);
    }
    failed = true;
    for (size_t n = 1; failed; n++) { /* walking, on a fresh handle each time */
        OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
        int64_t works = 0;
        char hex[OKO_HASH_HEX];
        must(b, fill(b->store, 50, 1, &b->err));
        must(b, oko_store_open(b->place, NULL, &store, &b->err));
        const oko_sheet_query query = { .procedure = 1 };
        failing_alloc_arm(n);
        oko_status status = oko_store_sheet_walk(store, &query, add_works, &works, &b->err);
        if (status == OKO_OK) {
            status = oko_store_snapshot(store, 0, hex, &b->err);
        }
        failed = failing_alloc_disarm();
        assert_memory_or_ok(status, failed);
        assert_true(n < 1000);
    }
    assert_clean(b);
}

static oko_status put_one(oko_store *store, const oko_sheet *s, oko_error *err)
{
    oko_change change;
    const oko_problem problem = { .reason = "problem.item.x", .row = 3 };
    oko_status status = oko_store_begin(store, err);
    if (status == OKO_OK) {
        status = oko_store_sheet_put(store, 1, s, &change, err);
    }
    if (status == OKO_OK) {
        status = oko_store_problem_add(store, 1, &problem, err);
    }
    if (status == OKO_OK) {
        return oko_store_commit(store, err);
    }
    oko_store_rollback(store);
    return status;
}

/* Where a help (a cache) gets no memory the work may go on without it; then the write is whole. */
static void failed_allocation_in_a_write_changes_nothing(void **state)
{
    bench *b = *state;
    bool failed = true;
    must(b, fill(b->store, 50, 1, &b->err));
    for (size_t n = 1; failed; n++) {
        OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
        must(b, oko_store_open(b->place, NULL, &store, &b->err));
        OKO_CLEANUP(oko_sheet_freep) oko_sheet *s = sample_sheet(1, 1, "А", 200, 50 + (unsigned)n);
        const int64_t before = revision_of(b);
        failing_alloc_arm(n);
        const oko_status status = put_one(store, s, &b->err);
        failed = failing_alloc_disarm();
        assert_true(status == OKO_OK || (failed && status == OKO_E_MEMORY));
        assert_int_equal(revision_of(b), before + (status == OKO_OK));
        assert_true(n < 1000);
    }
    assert_clean(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(backup_is_the_same_data, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_overwritten_unasked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(backup_and_check_can_be_stopped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(threads_read_while_one_writes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(survives_every_failed_allocation, set_up, tear_down),
        cmocka_unit_test_setup_teardown(failed_allocation_in_a_write_changes_nothing, set_up, tear_down),
    };
    int failed = 0;
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++) {
        engine = &engines[i];
        failed += cmocka_run_group_tests_name(engine->name, tests, NULL, NULL);
    }
    return failed;
}
