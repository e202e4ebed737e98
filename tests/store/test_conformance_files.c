/* What every engine must do with links of records, attached files, memory that runs out. Speaks records.h only. */
#include "fixture_cycle.h"

#include "base/hash.h"
#include "support/failing_alloc.h"

/* ---- links ---- */

static oko_status see_link(void *ctx, const oko_record_link *l)
{
    char word[640];
    (void)snprintf(word, sizeof word, "%lld-%s-%d/%lld:%s", (long long)l->record, l->relation, (int)l->target,
                   (long long)l->target_id, l->note);
    return see(ctx, word);
}

static int64_t put_link(bench *b, int64_t record, const char *relation, oko_link_target target, int64_t id,
                        const char *note)
{
    oko_record_link l = { .record = record, .target = target, .target_id = id };
    int64_t link = 0;
    (void)snprintf(l.relation, sizeof l.relation, "%s", relation);
    (void)snprintf(l.note, sizeof l.note, "%s", note);
    must(b, oko_store_link_put(b->store, &l, &link, &b->err));
    return link;
}

static const char *links_of(bench *b, seen *s, int64_t record, oko_link_target target, int64_t id)
{
    memset(s, 0, sizeof *s);
    must(b, oko_store_link_walk(b->store, record, target, id, see_link, s, &b->err));
    return s->text;
}

static void links_lead_both_ways(void **state)
{
    bench *b = *state;
    seen s;
    const oko_record a = sample_record("case", 0, "a"), c = sample_record("recommendation", 0, "c");
    const int64_t from = put_record(b, &a).id, to = put_record(b, &c).id, unit = put_unit(b, OKO_LEVEL_SCHOOL, "s", 0);
    const int64_t first = put_link(b, from, "answers", OKO_LINK_RECORD, to, "");
    assert_int_equal(put_link(b, from, "answers", OKO_LINK_RECORD, to, "пояснение"), first); /* one link */
    put_link(b, from, "repeats", OKO_LINK_RECORD, to, "");
    put_link(b, from, "about", OKO_LINK_UNIT, unit, "");
    put_link(b, from, "about", OKO_LINK_URL, 0, "https://a.example/1");
    const int64_t url = put_link(b, from, "about", OKO_LINK_URL, 0, "https://a.example/2"); /* another address */
    assert_string_equal(links_of(b, &s, from, OKO_LINK_RECORD, 0),
                        "1-answers-0/2:пояснение 1-repeats-0/2: 1-about-4/1: 1-about-5/0:https://a.example/1 "
                        "1-about-5/0:https://a.example/2");
    assert_string_equal(links_of(b, &s, 0, OKO_LINK_RECORD, to), "1-answers-0/2:пояснение 1-repeats-0/2:");
    assert_string_equal(links_of(b, &s, 0, OKO_LINK_UNIT, unit), "1-about-4/1:");
    assert_string_equal(links_of(b, &s, to, OKO_LINK_RECORD, 0), "");
    const oko_record_query rows[] = {
        { .link_target = OKO_LINK_RECORD, .link_id = to },
        { .link_target = OKO_LINK_RECORD, .link_id = to, .link_relation = "answers" },
        { .link_target = OKO_LINK_UNIT, .link_id = unit, .link_relation = "about" },
        { .link_target = OKO_LINK_UNIT, .link_id = unit, .link_relation = "answers" },
        { .link_target = OKO_LINK_RECORD, .link_id = from },
    };
    const char *const want[] = { "a", "a", "a", "", "" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(records_of(b, &s, &rows[i], NULL), want[i]);
    }
    assert_int_equal(oko_store_link_remove(b->store, to, url, &b->err), OKO_E_NOT_FOUND); /* not its link */
    must(b, oko_store_link_remove(b->store, from, url, &b->err));
    assert_int_equal(oko_store_link_remove(b->store, from, url, &b->err), OKO_E_NOT_FOUND);
    must(b, oko_store_link_remove(b->store, from, first, &b->err));
    assert_string_equal(links_of(b, &s, 0, OKO_LINK_RECORD, to), "1-repeats-0/2:");
    assert_clean(b);
}

static void links_to_nothing_are_refused(void **state)
{
    bench *b = *state;
    const oko_record a = sample_record("case", 0, "a");
    const int64_t record = put_record(b, &a).id;
    int64_t id = -1;
    for (int target = 0; target < OKO_LINK_TARGET_COUNT; target++) {
        const oko_record_link l = {
            .record = record, .relation = "x", .target = (oko_link_target)target, .target_id = 99
        };
        assert_int_equal(oko_store_link_put(b->store, &l, &id, &b->err),
                         target == OKO_LINK_URL ? OKO_E_ARGUMENT : OKO_E_NOT_FOUND);
    }
    oko_record_link l = { .record = 99, .relation = "x", .target = OKO_LINK_RECORD, .target_id = record };
    assert_int_equal(oko_store_link_put(b->store, &l, &id, &b->err), OKO_E_NOT_FOUND);
    l = (oko_record_link){ .record = record, .relation = "", .target = OKO_LINK_RECORD, .target_id = record };
    assert_int_equal(oko_store_link_put(b->store, &l, &id, &b->err), OKO_E_ARGUMENT);
    l = (oko_record_link){ .record = record, .relation = "x", .target = OKO_LINK_URL };
    assert_int_equal(oko_store_link_put(b->store, &l, &id, &b->err), OKO_E_ARGUMENT);
    assert_int_equal(id, -1);
    assert_int_equal(oko_store_link_walk(b->store, 0, OKO_LINK_TARGET_COUNT, 1, see_link, NULL, &b->err),
                     OKO_E_ARGUMENT);
}

/* ---- files ---- */

/* A made-up file in a folder of its own; its bytes in memory too. */
static char *make_file(char path[PLACE_BYTES], size_t n, unsigned seed)
{
    char *bytes = malloc(n + 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < n; i++) {
        bytes[i] = (char)(i * 31 + i / 253 + seed);
    }
    char folder[] = "/tmp/oko-file-XXXXXX";
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, PLACE_BYTES, "%s/file", folder);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
    return bytes;
}

static void drop_file(char path[PLACE_BYTES])
{
    assert_int_equal(unlink(path), 0);
    *strrchr(path, '/') = '\0';
    assert_int_equal(rmdir(path), 0);
}

static void read_back(bench *b, const oko_file *file, const char *bytes, size_t step)
{
    char *part = malloc(step);
    size_t at = 0, n = 1;
    assert_non_null(part);
    while (n > 0) {
        must(b, oko_store_file_read(b->store, file->id, (int64_t)at, part, step, &n, &b->err));
        assert_true(n == step || at + n == (size_t)file->bytes);
        assert_memory_equal(part, bytes + at, n);
        at += n;
    }
    assert_int_equal(at, file->bytes);
    free(part);
}

static void files_come_back_byte_by_byte(void **state)
{
    bench *b = *state;
    static const size_t sizes[] = { 0, 1, 262143, 262144, 262145, 5 * 1024 * 1024 };
    const oko_file named = { .name = "протокол.pdf",
                             .type = "application/pdf",
                             .unit = put_unit(b, OKO_LEVEL_SCHOOL, "s", 0) };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char path[PLACE_BYTES], sha256[OKO_HASH_HEX];
        char *bytes = make_file(path, sizes[i], 7);
        oko_file stored, got;
        must(b, oko_store_file_put(b->store, &named, path, &stored, &b->err));
        oko_hash_bytes(bytes, sizes[i], sha256);
        must(b, oko_store_file_get(b->store, stored.id, &got, &b->err));
        assert_string_equal(got.sha256, sha256);
        assert_string_equal(got.name, "протокол.pdf");
        assert_int_equal(got.bytes, sizes[i]);
        assert_int_equal(got.unit, named.unit);
        read_back(b, &got, bytes, 100000);
        read_back(b, &got, bytes, 262144);
        must(b, oko_store_file_put(b->store, &named, path, &stored, &b->err)); /* again: another file, one content */
        assert_int_equal(stored.id, got.id + 1);
        size_t n = 9;
        char one;
        must(b, oko_store_file_read(b->store, stored.id, got.bytes + 1000000, &one, 1, &n, &b->err));
        assert_int_equal(n, 0);
        free(bytes);
        drop_file(path);
    }
    assert_clean(b);
}

static void strange_files_are_refused(void **state)
{
    bench *b = *state;
    oko_file file = { .name = "a.pdf" }, stored = { .id = -1 };
    char path[PLACE_BYTES];
    size_t n;
    char one;
    assert_int_equal(oko_store_file_put(b->store, &file, "/nonexistent/x", &stored, &b->err), OKO_E_NOT_FOUND);
    assert_string_equal(b->err.field, "a.pdf"); /* not the path */
    assert_int_equal(oko_store_file_put(b->store, &file, "/tmp", &stored, &b->err), OKO_E_ARGUMENT);
    free(make_file(path, 10, 1));
    file.unit = 99;
    assert_int_equal(oko_store_file_put(b->store, &file, path, &stored, &b->err), OKO_E_NOT_FOUND);
    file.unit = 0;
    (void)snprintf(file.name, sizeof file.name, "../a");
    assert_int_equal(oko_store_file_put(b->store, &file, path, &stored, &b->err), OKO_E_ARGUMENT);
    (void)snprintf(file.name, sizeof file.name, "a");
    assert_int_equal(truncate(path, (off_t)OKO_FILE_MAX_BYTES + 1), 0);
    assert_int_equal(oko_store_file_put(b->store, &file, path, &stored, &b->err), OKO_E_LIMIT);
    assert_string_equal(b->err.id, "record.file_bytes");
    assert_int_equal(stored.id, -1);
    assert_int_equal(oko_store_file_get(b->store, 1, &stored, &b->err), OKO_E_NOT_FOUND);
    assert_int_equal(oko_store_file_read(b->store, 1, 0, &one, 1, &n, &b->err), OKO_E_NOT_FOUND);
    drop_file(path);
    assert_clean(b);
}

/* ---- memory ---- */

/* Something of every noun, in one transaction. */
static oko_status fill(oko_store *store, const char *path, oko_error *err)
{
    const oko_file file = { .name = "a" };
    const oko_audit line = { .action = "event.new", .detail = "{}" };
    const oko_record r = sample_record("event", 0, "Семинар");
    oko_record stored = { .id = 0 };
    oko_file kept = { .id = 0 };
    int64_t id;
    oko_status status = oko_store_begin(store, err);
    if (status == OKO_OK) {
        status = oko_store_record_put(store, &r, &stored, err);
    }
    if (status == OKO_OK) {
        status = oko_store_file_put(store, &file, path, &kept, err);
    }
    const oko_record_link link = {
        .record = stored.id, .relation = "evidence", .target = OKO_LINK_FILE, .target_id = kept.id
    };
    if (status == OKO_OK) {
        status = oko_store_link_put(store, &link, &id, err);
    }
    if (status == OKO_OK) {
        status = oko_store_audit_add(store, &line, err);
    }
    if (status == OKO_OK) {
        return oko_store_commit(store, err);
    }
    oko_store_rollback(store);
    return status;
}

static oko_status see_action(void *ctx, const oko_audit *line)
{
    return see(ctx, line->action);
}

static void failed_allocation_changes_nothing(void **state)
{
    bench *b = *state;
    char path[PLACE_BYTES];
    bool failed = true;
    free(make_file(path, 300000, 3));
    for (size_t n = 1; failed; n++) {
        OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
        must(b, oko_store_open(b->place, NULL, &store, &b->err));
        failing_alloc_arm(n);
        const oko_status status = fill(store, path, &b->err);
        failed = failing_alloc_disarm();
        assert_int_equal(status, failed ? OKO_E_MEMORY : OKO_OK);
        assert_true(n < 100);
        const oko_record_query all = { .search = "семинар", .unit = 0 };
        seen s;
        assert_string_equal(records_of(b, &s, &all, NULL), failed ? "" : "Семинар");
    }
    failed = true;
    for (size_t n = 1; failed; n++) { /* reading */
        OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
        const oko_record_query all = { .search = "семинар" };
        const oko_audit_query lines = { .action = "event." };
        int64_t total = -1, verified;
        char head[65];
        seen s = { .n = 0 };
        must(b, oko_store_open(b->place, NULL, &store, &b->err));
        failing_alloc_arm(n);
        oko_status status = oko_store_record_walk(store, &all, see_record, &s, &total, &b->err);
        if (status == OKO_OK) {
            status = oko_store_audit_walk(store, &lines, see_action, &s, &b->err);
        }
        if (status == OKO_OK) {
            status = oko_store_audit_verify(store, &verified, head, &b->err);
        }
        if (status == OKO_OK) {
            status = oko_store_check(store, NULL, NULL, NULL, &b->err);
        }
        failed = failing_alloc_disarm();
        assert_int_equal(status, failed ? OKO_E_MEMORY : OKO_OK);
        assert_true(n < 1000);
    }
    drop_file(path);
    assert_clean(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(links_lead_both_ways, set_up, tear_down),
        cmocka_unit_test_setup_teardown(links_to_nothing_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(files_come_back_byte_by_byte, set_up, tear_down),
        cmocka_unit_test_setup_teardown(strange_files_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(failed_allocation_changes_nothing, set_up, tear_down),
    };
    int failed = 0;
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++) {
        engine = &engines[i];
        failed += cmocka_run_group_tests_name(engine->name, tests, NULL, NULL);
    }
    return failed;
}
