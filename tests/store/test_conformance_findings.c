/* What every engine must do with records: re-checks, observers' protocols, medallists. Speaks store.h only. */
#include "fixture.h"

typedef struct seen_findings {
    int n;
    oko_finding last;
    int64_t rows[3 * OKO_FINDING_COLUMNS];
} seen_findings;

static oko_status see_record(void *ctx, const oko_finding *r)
{
    seen_findings *s = ctx;
    s->n++;
    s->last = *r;
    assert_true(r->n_rows <= 3);
    for (size_t i = 0; i < r->n_rows * OKO_FINDING_COLUMNS; i++) {
        s->rows[i] = r->rows[i];
    }
    return OKO_OK;
}

static seen_findings look(bench *b, int64_t unit, int64_t revision)
{
    seen_findings s = { 0 };
    must(b, oko_store_finding_walk(b->store, unit, revision, see_record, &s, &b->err));
    return s;
}

static const int64_t works[2 * OKO_FINDING_COLUMNS] = { 40001, 4, 3, 21, 14, 40002, -1, -1, 9, 9 };

static oko_finding recheck(int64_t unit)
{
    return (oko_finding){ .kind = OKO_FINDING_RECHECK,
                          .unit = unit,
                          .year = 2021,
                          .procedure = "2021-04-MA",
                          .part = "комиссия",
                          .facts = { 40, 2, 1, 0, 1 },
                          .n_rows = 2,
                          .rows = works };
}

static oko_change put(bench *b, const oko_finding *r)
{
    oko_change change = OKO_REMOVED;
    must(b, oko_store_finding_put(b->store, 0, r, &change, &b->err));
    return change;
}

static void a_record_is_kept_in_versions(void **state)
{
    bench *b = *state;
    const int64_t school = put_unit(b, OKO_LEVEL_SCHOOL, "s1", 0);
    oko_finding r = recheck(school);
    char before[OKO_HASH_HEX], after[OKO_HASH_HEX];
    must(b, oko_store_snapshot(b->store, 0, before, &b->err));
    assert_int_equal(put(b, &r), OKO_ADDED);
    const int64_t first = revision_of(b);
    assert_int_equal(put(b, &r), OKO_UNCHANGED);
    assert_int_equal(revision_of(b), first);
    must(b, oko_store_snapshot(b->store, 0, after, &b->err));
    assert_string_not_equal(before, after);
    r.n_rows = 1;
    r.facts[OKO_RECHECK_CHECKED] = 1;
    assert_int_equal(put(b, &r), OKO_REPLACED);
    seen_findings old = look(b, school, first), now = look(b, 0, 0);
    assert_int_equal(old.n, 1);
    assert_int_equal(old.last.n_rows, 2);
    assert_int_equal(now.n, 1);
    assert_int_equal(now.last.n_rows, 1);
    assert_int_equal(old.rows[OKO_FINDING_COLUMNS + OKO_RECHECK_MARK_BEFORE], OKO_FINDING_UNKNOWN);
    assert_int_equal(old.rows[OKO_FINDING_COLUMNS + OKO_RECHECK_CODE], 40002);
    assert_string_equal(old.last.part, "комиссия");
    assert_int_equal(old.last.facts[OKO_RECHECK_WORKS], 40);
}

static void another_key_is_another_record(void **state)
{
    bench *b = *state;
    const int64_t school = put_unit(b, OKO_LEVEL_SCHOOL, "s1", 0);
    oko_finding r = recheck(school);
    (void)put(b, &r);
    (void)snprintf(r.part, sizeof r.part, "%s", "другая комиссия");
    assert_int_equal(put(b, &r), OKO_ADDED);
    r.kind = OKO_FINDING_MEDALS;
    assert_int_equal(put(b, &r), OKO_ADDED);
    r.year = 2022;
    assert_int_equal(put(b, &r), OKO_ADDED);
    assert_int_equal(look(b, school, 0).n, 4);
    assert_int_equal(look(b, school + 1, 0).n, 0);
}

static void what_breaks_a_rule_is_refused(void **state)
{
    bench *b = *state;
    const int64_t school = put_unit(b, OKO_LEVEL_SCHOOL, "s1", 0);
    oko_change change;
    oko_finding r = recheck(school);
    r.facts[2] = -2;
    assert_int_equal(oko_store_finding_put(b->store, 0, &r, &change, &b->err), OKO_E_ARGUMENT);
    assert_string_equal(b->err.field, "facts");
    r = recheck(school);
    r.year = 0;
    assert_int_equal(oko_store_finding_put(b->store, 0, &r, &change, &b->err), OKO_E_ARGUMENT);
    r = recheck(0);
    assert_int_equal(oko_store_finding_put(b->store, 0, &r, &change, &b->err), OKO_E_ARGUMENT);
    r = recheck(school);
    r.rows = NULL;
    assert_int_equal(oko_store_finding_put(b->store, 0, &r, &change, &b->err), OKO_E_ARGUMENT);
    assert_int_equal(look(b, 0, 0).n, 0);
}

static void a_merge_moves_records(void **state)
{
    bench *b = *state;
    const int64_t from = put_unit(b, OKO_LEVEL_SCHOOL, "s1", 0), into = put_unit(b, OKO_LEVEL_SCHOOL, "s2", 0);
    oko_finding r = recheck(from);
    oko_unit_merge moved;
    (void)put(b, &r);
    const int64_t before = revision_of(b);
    must(b, oko_store_unit_merge(b->store, from, into, &moved, &b->err));
    assert_int_equal(moved.findings, 1);
    assert_int_equal(look(b, into, 0).n, 1);
    assert_int_equal(look(b, from, 0).n, 0);
    assert_int_equal(look(b, from, before).n, 1);
    assert_int_equal(look(b, into, 0).last.n_rows, 2);
    must(b, oko_store_check(b->store, NULL, NULL, NULL, &b->err));
}

static void different_records_stop_a_merge(void **state)
{
    bench *b = *state;
    const int64_t from = put_unit(b, OKO_LEVEL_SCHOOL, "s1", 0), into = put_unit(b, OKO_LEVEL_SCHOOL, "s2", 0);
    oko_finding r = recheck(from), other = recheck(into);
    oko_unit_merge moved;
    (void)put(b, &r);
    other.facts[OKO_RECHECK_WORKS] = 41;
    (void)put(b, &other);
    assert_int_equal(oko_store_unit_merge(b->store, from, into, &moved, &b->err), OKO_E_CONFLICT);
    assert_string_equal(b->err.id, "store.merge.finding");
    other.facts[OKO_RECHECK_WORKS] = 40;
    (void)put(b, &other);
    must(b, oko_store_unit_merge(b->store, from, into, &moved, &b->err));
    assert_int_equal(look(b, into, 0).n, 1);
}

static void names_are_stable(void **state)
{
    (void)state;
    oko_finding_kind kind;
    for (int i = 0; i < OKO_FINDING_KIND_COUNT; i++) {
        assert_true(oko_finding_kind_parse(oko_str_of(oko_finding_kind_name((oko_finding_kind)i)), &kind));
        assert_int_equal(kind, i);
    }
    assert_false(oko_finding_kind_parse(OKO_STR("x"), &kind));
    assert_string_equal(oko_stage_name(OKO_STAGE_ROOM), "room");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_record_is_kept_in_versions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_key_is_another_record, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_breaks_a_rule_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_merge_moves_records, set_up, tear_down),
        cmocka_unit_test_setup_teardown(different_records_stop_a_merge, set_up, tear_down),
        cmocka_unit_test(names_are_stable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
