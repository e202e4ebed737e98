/* What every engine must do with records of the cycle, their links and files. Speaks records.h only. */
#include "fixture_cycle.h"

#include "support/failing_alloc.h"

/* ---- one record ---- */

static oko_status copy_record(void *ctx, const oko_record *r)
{
    *(oko_record *)ctx = *r;
    ((oko_record *)ctx)->body = NULL; /* lives during the call only */
    return OKO_OK;
}

static oko_status see_version(void *ctx, const oko_record *r)
{
    char word[2048];
    (void)snprintf(word, sizeof word, "%lld:%s:%s:%s", (long long)r->version, r->state, r->title, r->body);
    return see(ctx, word);
}

static void every_version_is_kept(void **state)
{
    bench *b = *state;
    seen s = { .n = 0 };
    oko_record got;
    const int64_t unit = put_unit(b, OKO_LEVEL_SCHOOL, "sch1", 0);
    oko_record r = sample_record("event", unit, "Семинар");
    snprintf(r.key, sizeof r.key, "2021/1");
    snprintf(r.due, sizeof r.due, "2021-02-28");
    set_body(&r, "{\"a\": [1, \"ё\"]}");
    oko_record now = put_record(b, &r);
    assert_true(now.id > 0 && now.body == r.body && now.body_len == r.body_len);
    assert_int_equal(now.version, 1);
    assert_int_equal(strlen(now.created), 20);
    assert_string_equal(now.created, now.updated);
    assert_int_equal(revision_of(b), 0); /* records are no data */
    snprintf(now.state, sizeof now.state, "done");
    snprintf(now.title, sizeof now.title, "Семинар 2");
    now.due[0] = '\0';
    set_body(&now, "{}");
    now = put_record(b, &now);
    now.removed = true;
    now = put_record(b, &now);
    assert_int_equal(now.version, 3);
    must(b, oko_store_record_history(b->store, now.id, see_version, &s, &b->err));
    assert_string_equal(s.text, "1:new:Семинар:{\"a\": [1, \"ё\"]} 2:done:Семинар 2:{} 3:done:Семинар 2:{}");
    must(b, oko_store_record_get(b->store, now.id, 1, copy_record, &got, &b->err));
    assert_string_equal(got.due, "2021-02-28");
    assert_int_equal(got.unit, unit);
    assert_int_equal(got.year, 2021);
    assert_false(got.removed);
    must(b, oko_store_record_find(b->store, "event", "2021/1", copy_record, &got, &b->err));
    assert_true(got.removed && got.version == 3 && got.due[0] == '\0'); /* a removed one is found too */
    assert_int_equal(oko_store_record_get(b->store, now.id, 4, copy_record, &got, &b->err), OKO_E_NOT_FOUND);
    assert_int_equal(oko_store_record_get(b->store, 99, 0, copy_record, &got, &b->err), OKO_E_NOT_FOUND);
    assert_string_equal(b->err.id, "record.unknown");
    assert_int_equal(oko_store_record_history(b->store, 99, copy_record, &got, &b->err), OKO_E_NOT_FOUND);
    assert_int_equal(oko_store_record_find(b->store, "case", "2021/1", copy_record, &got, &b->err), OKO_E_NOT_FOUND);
    assert_clean(b);
}

static void the_second_writer_is_told(void **state)
{
    bench *b = *state;
    const oko_record r = sample_record("event", 0, "A");
    oko_record first = put_record(b, &r), second = first, stored = { .id = -1 };
    first = put_record(b, &first);
    must(b, oko_store_begin(b->store, &b->err));
    assert_int_equal(oko_store_record_put(b->store, &second, &stored, &b->err), OKO_E_CONFLICT);
    assert_string_equal(b->err.id, "record.changed");
    assert_string_equal(b->err.arg[0], "2");
    assert_int_equal(stored.id, -1);
    put_record(b, &first); /* told before anything was written: the transaction goes on */
    must(b, oko_store_commit(b->store, &b->err));
    second = first;
    second.version = 3;
    snprintf(second.kind, sizeof second.kind, "case");
    assert_int_equal(oko_store_record_put(b->store, &second, &stored, &b->err), OKO_E_ARGUMENT);
    assert_string_equal(b->err.field, "kind");
    second.id = 77;
    assert_int_equal(oko_store_record_put(b->store, &second, &stored, &b->err), OKO_E_NOT_FOUND);
    assert_clean(b);
}

static void a_key_is_taken_once_in_its_kind(void **state)
{
    bench *b = *state;
    oko_record r = sample_record("event", 0, "A"), stored;
    snprintf(r.key, sizeof r.key, "k");
    oko_record one = put_record(b, &r);
    assert_int_equal(oko_store_record_put(b->store, &r, &stored, &b->err), OKO_E_CONFLICT);
    assert_string_equal(b->err.id, "record.key");
    put_record(b, &one); /* itself */
    snprintf(r.kind, sizeof r.kind, "case");
    put_record(b, &r);
    r.key[0] = '\0'; /* no key: any number of them */
    put_record(b, &r);
    put_record(b, &r);
}

static void strange_records_are_refused(void **state)
{
    bench *b = *state;
    const oko_record good = sample_record("event", 0, "A");
    oko_record stored = { .id = -1 };
    struct {
        oko_record r;
        oko_status status;
        const char *field;
    } bad[16];
    size_t n = 0;
#define BAD(status_, field_, ...)                                                                                      \
    do {                                                                                                               \
        bad[n].r = good;                                                                                               \
        oko_record *r = &bad[n].r;                                                                                     \
        __VA_ARGS__;                                                                                                   \
        bad[n].status = (status_);                                                                                     \
        bad[n++].field = (field_);                                                                                     \
    } while (0)
    BAD(OKO_E_ARGUMENT, "kind", r->kind[0] = '\0');
    BAD(OKO_E_ARGUMENT, "due", snprintf(r->due, sizeof r->due, "2021-02-29"));
    BAD(OKO_E_ARGUMENT, "due", snprintf(r->due, sizeof r->due, "28.02.2021"));
    BAD(OKO_E_ARGUMENT, "year", r->year = 21);
    BAD(OKO_E_ARGUMENT, "state", snprintf(r->state, sizeof r->state, "a,b"));
    BAD(OKO_E_ARGUMENT, "title", memset(r->title, 'x', sizeof r->title));
    BAD(OKO_E_ARGUMENT, "title", snprintf(r->title, sizeof r->title, "\xFF"));
    BAD(OKO_E_ARGUMENT, "body", set_body(r, "[1]"));
    BAD(OKO_E_ARGUMENT, "body", set_body(r, "{\"a\": }"));
    BAD(OKO_E_ARGUMENT, "body", set_body(r, ""));
    BAD(OKO_E_ARGUMENT, "body", r->body = NULL);
    BAD(OKO_E_NOT_FOUND, "unit", r->unit = 5);
    BAD(OKO_E_NOT_FOUND, "assignee", r->assignee = 5);
    BAD(OKO_E_NOT_FOUND, "updated_by", r->updated_by = 5);
    BAD(OKO_E_NOT_FOUND, "created_by", r->created_by = 5);
#undef BAD
    must(b, oko_store_begin(b->store, &b->err));
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(oko_store_record_put(b->store, &bad[i].r, &stored, &b->err), bad[i].status);
        assert_string_equal(b->err.field, bad[i].field);
        assert_int_equal(stored.id, -1);
    }
    must(b, oko_store_commit(b->store, &b->err)); /* none of them broke it */
    char *big = malloc(OKO_RECORD_MAX_BODY + 1);
    assert_non_null(big);
    memset(big, ' ', OKO_RECORD_MAX_BODY + 1);
    memcpy(big, "{}", 2);
    oko_record r = good;
    r.body = big;
    r.body_len = OKO_RECORD_MAX_BODY + 1;
    assert_int_equal(oko_store_record_put(b->store, &r, &stored, &b->err), OKO_E_ARGUMENT);
    r.body_len--; /* the largest one, not ended by NUL */
    put_record(b, &r);
    free(big);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_version_is_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_second_writer_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_key_is_taken_once_in_its_kind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(strange_records_are_refused, set_up, tear_down),
    };
    int failed = 0;
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++) {
        engine = &engines[i];
        failed += cmocka_run_group_tests_name(engine->name, tests, NULL, NULL);
    }
    return failed;
}
