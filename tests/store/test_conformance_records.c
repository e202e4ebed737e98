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

static oko_status add_count(void *ctx, int64_t unit, const char *state, int64_t n)
{
    (void)unit;
    assert_non_null(state);
    *(int64_t *)ctx += n;
    return OKO_OK;
}

static oko_status see_count(void *ctx, int64_t unit, const char *state, int64_t n)
{
    char word[96];
    (void)snprintf(word, sizeof word, "%lld:%s:%lld", (long long)unit, state, (long long)n);
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
    snprintf(now.at, sizeof now.at, "2021-03-01T09:00:00Z"); /* done then, told now */
    set_body(&now, "{}");
    now = put_record(b, &now);
    assert_string_equal(now.updated, "2021-03-01T09:00:00Z");
    assert_string_not_equal(now.created, now.updated);
    assert_string_equal(now.at, "");
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

/* ---- lists ---- */

typedef struct world {
    int64_t region, mo, other_mo, school, merged, stranger, user;
} world;

static int64_t put_user(bench *b, const char *login)
{
    oko_user u = { .role = OKO_ROLE_OPERATOR, .state = OKO_USER_ACTIVE, .lang = "ru" }, stored;
    snprintf(u.login, sizeof u.login, "%s", login);
    must(b, oko_store_user_put(b->store, &u, &stored, &b->err));
    return stored.id;
}

static void put_listed(bench *b, const char *title, int64_t unit, const char *state, const char *due, int year,
                       bool removed)
{
    oko_record r = sample_record("event", unit, title);
    snprintf(r.state, sizeof r.state, "%s", state);
    snprintf(r.due, sizeof r.due, "%s", due);
    snprintf(r.key, sizeof r.key, "2020-2022/%s", title);
    char body[64];
    snprintf(body, sizeof body, "{\"sign\": \"%s\", \"n\": %d, \"on\": %s}", state, year, removed ? "true" : "false");
    set_body(&r, body);
    r.year = year;
    r.removed = removed;
    put_record(b, &r);
}

/* a и в школе, b в её муниципалитете, c в другом, d общая, e в объединённой школе, f снята */
static world fill(bench *b)
{
    world w = { .region = put_unit(b, OKO_LEVEL_REGION, "99", 0), .user = put_user(b, "expert") };
    oko_unit_merge moved;
    w.mo = put_unit(b, OKO_LEVEL_MUNICIPALITY, "m1", w.region);
    w.other_mo = put_unit(b, OKO_LEVEL_MUNICIPALITY, "m2", w.region);
    w.school = put_unit(b, OKO_LEVEL_SCHOOL, "s1", w.mo);
    w.stranger = put_unit(b, OKO_LEVEL_SCHOOL, "s2", w.other_mo);
    w.merged = put_unit(b, OKO_LEVEL_SCHOOL, "s0", w.other_mo);
    put_listed(b, "a", w.school, "new", "2021-03-01", 2021, false);
    put_listed(b, "b", w.mo, "done", "", 2021, false);
    put_listed(b, "c", w.stranger, "new", "2021-01-15", 2022, false);
    put_listed(b, "d", 0, "open", "2021-02-01", 2020, false);
    put_listed(b, "e", w.merged, "open", "2021-03-01", 2021, false);
    put_listed(b, "f", w.school, "new", "2021-05-01", 2021, true);
    must(b, oko_store_unit_merge(b->store, w.merged, w.school, &moved, &b->err));
    return w;
}

static void lists_keep_to_their_conditions(void **state)
{
    bench *b = *state;
    const world w = fill(b);
    const struct {
        const char *want;
        oko_record_query query;
    } rows[] = {
        { "a b c d e", { .kind = "event" } },
        { "", { .kind = "case" } },
        { "a b c d e", { .kind = "", .states = "", .search = "", .due_from = "", .body_path = "" } },
        { "a b c d e f", { .with_removed = true } },
        { "a e", { .unit = w.school } }, /* what was merged into it stands with it */
        { "a e", { .unit = w.merged } }, /* and is found by either */
        { "b", { .unit = w.mo } },
        { "a b e", { .unit = w.mo, .subtree = true } },
        { "c", { .unit = w.other_mo, .subtree = true } }, /* not e: its school went to the other one */
        { "a b c e", { .unit = w.region, .subtree = true } },
        { "a b d e", { .unit = w.mo, .subtree = true, .or_common = true } },
        { "d", { .unit = w.region, .or_common = true } },
        { "a b e", { .unit = w.school, .or_above = true } },
        { "a b d e", { .unit = w.merged, .subtree = true, .or_above = true, .or_common = true } },
        { "c", { .unit = w.other_mo, .subtree = true, .or_above = true } },
        { "", { .unit = 999, .subtree = true } },
        { "d", { .level = OKO_LEVEL_REGION } }, /* of no unit: the region's */
        { "b", { .level = OKO_LEVEL_MUNICIPALITY } },
        { "a c e", { .level = OKO_LEVEL_SCHOOL } },
        { "a e", { .level = OKO_LEVEL_SCHOOL, .unit = w.mo, .subtree = true } },
        { "c", { .year = 2022 } },
        { "a c d e", { .states = "new,open" } },
        { "b", { .states = "done" } },
        { "", { .states = "ne" } },
        { "c d", { .due_until = "2021-02-01" } },
        { "a d e", { .due_from = "2021-02-01" } },
        { "d", { .due_from = "2021-02-01", .due_until = "2021-02-28" } },
        { "a b c d e", { .key_prefix = "2020-2022/" } },
        { "c", { .key_prefix = "2020-2022/c" } },
        { "", { .key_prefix = "2020-2022/%" } },
        { "b", { .body_path = "sign", .body_value = "done" } },
        { "c", { .body_path = "n", .body_value = "2022" } },
        { "f", { .body_path = "on", .body_value = "true", .with_removed = true } },
        { "", { .body_path = "absent", .body_value = "" } },
        { "", { .assignee = w.user } },
        { "", { .created_by = w.user } },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        seen s;
        int64_t total = -1, counted = 0;
        const char *got = records_of(b, &s, &rows[i].query, &total);
        if (strcmp(got, rows[i].want) != 0) {
            fail_msg("row %zu: %s, not %s", i, got, rows[i].want);
        }
        assert_int_equal(total, (int64_t)s.n);
        must(b, oko_store_record_counts(b->store, &rows[i].query, true, add_count, &counted, &b->err));
        assert_int_equal(counted, total);
    }
}

static void lists_are_sorted_and_paged(void **state)
{
    bench *b = *state;
    (void)fill(b);
    const struct {
        oko_record_sort sort;
        const char *up, *down;
    } rows[] = {
        { OKO_SORT_ID, "a b c d e", "e d c b a" },
        { OKO_SORT_UPDATED, "a b c d e", "e d c b a" }, /* within a second: by id */
        { OKO_SORT_DUE, "c d a e b", "e a d c b" },     /* without a deadline last, both ways */
        { OKO_SORT_STATE, "b a c d e", "e d c a b" },
        { OKO_SORT_TITLE, "a b c d e", "e d c b a" },
        { OKO_SORT_UNIT, "d b e a c", "c a e b d" },
        { OKO_SORT_YEAR, "d a b e c", "c e b a d" },
    };
    assert_int_equal(sizeof rows / sizeof *rows, OKO_SORT_COUNT);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int down = 0; down < 2; down++) {
            const char *want = down ? rows[i].down : rows[i].up;
            seen s;
            int64_t total = 0;
            oko_record_query q = { .kind = "event", .sort = rows[i].sort, .descending = down };
            assert_string_equal(records_of(b, &s, &q, &total), want);
            q.limit = 2;
            for (q.offset = 0; q.offset < 8; q.offset += 2) {
                const int64_t at = q.offset;
                char part[8] = "";
                if (at < 5) {
                    snprintf(part, sizeof part, "%.*s", at == 4 ? 1 : 3, want + 2 * at);
                }
                assert_string_equal(records_of(b, &s, &q, &total), part);
                assert_int_equal(total, 5);
            }
        }
    }
    seen s = { .stop_after = 2 };
    const oko_record_query all = { .limit = 1000 };
    assert_int_equal(oko_store_record_walk(b->store, &all, see_record, &s, NULL, &b->err), OKO_E_CANCELLED);
    assert_string_equal(s.text, "a b");
}

static void strange_queries_are_refused(void **state)
{
    bench *b = *state;
    char many[4 * (OKO_RECORD_QUERY_STATES + 1)] = "";
    for (int i = 0; i <= OKO_RECORD_QUERY_STATES; i++) {
        strcat(many, i == 0 ? "a" : ",a");
    }
    const struct {
        const char *field;
        oko_record_query query;
    } rows[] = {
        { "limit", { .limit = OKO_RECORD_QUERY_LIMIT + 1 } },
        { "limit", { .limit = -1 } },
        { "offset", { .offset = -1 } },
        { "sort", { .sort = OKO_SORT_COUNT } },
        { "due_from", { .due_from = "2021" } },
        { "body_path", { .body_path = "a\" OR 1", .body_value = "x" } },
        { "body_value", { .body_path = "a" } },
        { "search", { .search = "\xFF" } },
        { "link_target", { .link_target = OKO_LINK_TARGET_COUNT, .link_id = 1 } },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(oko_store_record_walk(b->store, &rows[i].query, see_record, NULL, NULL, &b->err),
                         OKO_E_ARGUMENT);
        assert_string_equal(b->err.field, rows[i].field);
    }
    const oko_record_query q = { .states = many };
    assert_int_equal(oko_store_record_walk(b->store, &q, see_record, NULL, NULL, &b->err), OKO_E_LIMIT);
}

static void search_knows_no_case_and_no_yo(void **state)
{
    bench *b = *state;
    const struct {
        const char *title, *search;
        bool found;
    } rows[] = {
        { "Ёлочный семинар «ЕГЭ»", "елочный СЕМ", true },
        { "Ёлочный семинар «ЕГЭ»", "ёлоч", true },
        { "елочный", "Ё", true },
        { "Форма MA и PC", "ma", true },
        { "Форма MA и PC", "Ма И", true },
        { "OGE 2021", "oge", true },
        { "100 % школ", "%", true },
        { "100 школ", "%", false },
        { "школа_2", "а 2", true },
        { "школа", "а'", false },
        { "школа", "  ", true },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const oko_record r = sample_record("event", 0, rows[i].title);
        const oko_record stored = put_record(b, &r);
        oko_record_query q = { .search = rows[i].search };
        oko_record removed = stored;
        int64_t total = -1;
        seen s;
        (void)records_of(b, &s, &q, &total);
        if (total != rows[i].found) {
            fail_msg("row %zu: %s in %s", i, rows[i].search, rows[i].title);
        }
        removed.removed = true;
        set_body(&removed, "{}");
        put_record(b, &removed);
    }
}

static void counts_go_by_state_and_unit(void **state)
{
    bench *b = *state;
    const world w = fill(b);
    const oko_record_query q = { .kind = "event" };
    seen s = { .n = 0 };
    char want[256];
    must(b, oko_store_record_counts(b->store, &q, false, see_count, &s, &b->err));
    assert_string_equal(s.text, "0:done:1 0:new:2 0:open:2");
    memset(&s, 0, sizeof s);
    must(b, oko_store_record_counts(b->store, &q, true, see_count, &s, &b->err));
    snprintf(want, sizeof want, "0:open:1 %lld:done:1 %lld:new:1 %lld:open:1 %lld:new:1", (long long)w.mo,
             (long long)w.school, (long long)w.school, (long long)w.stranger);
    assert_string_equal(s.text, want);
}

/* ---- people of a record ---- */

static void a_record_names_its_people(void **state)
{
    bench *b = *state;
    const int64_t one = put_user(b, "one"), two = put_user(b, "two");
    oko_record r = sample_record("case", 0, "x");
    r.assignee = two;
    r.created_by = one;
    r = put_record(b, &r);
    assert_true(r.created_by == one && r.updated_by == one && r.assignee == two);
    r.updated_by = two;
    r.created_by = two; /* stays with the first one */
    r = put_record(b, &r);
    assert_true(r.created_by == one && r.updated_by == two);
    r.updated_by = 0; /* the program */
    r = put_record(b, &r);
    assert_true(r.created_by == one && r.updated_by == 0);
    seen s;
    const oko_record_query mine = { .assignee = two }, made = { .created_by = one }, not_made = { .created_by = two };
    assert_string_equal(records_of(b, &s, &mine, NULL), "x");
    assert_string_equal(records_of(b, &s, &made, NULL), "x");
    assert_string_equal(records_of(b, &s, &not_made, NULL), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_version_is_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_second_writer_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_key_is_taken_once_in_its_kind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(strange_records_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lists_keep_to_their_conditions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lists_are_sorted_and_paged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(strange_queries_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(search_knows_no_case_and_no_yo, set_up, tear_down),
        cmocka_unit_test_setup_teardown(counts_go_by_state_and_unit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_record_names_its_people, set_up, tear_down),
    };
    int failed = 0;
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++) {
        engine = &engines[i];
        failed += cmocka_run_group_tests_name(engine->name, tests, NULL, NULL);
    }
    return failed;
}
