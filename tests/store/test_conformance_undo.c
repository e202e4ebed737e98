/* Conformance of an engine: an import is taken back; rows that an import keeps. */
#include "fixture.h"

typedef struct place {
    int64_t procedure, region, municipality, school;
} place;

static place make_place(bench *b)
{
    place p = { .procedure = put_procedure(b, 2021, 4, "MA") };
    p.region = put_unit(b, OKO_LEVEL_REGION, "99", 0);
    p.municipality = put_unit(b, OKO_LEVEL_MUNICIPALITY, "99/1", p.region);
    p.school = put_unit(b, OKO_LEVEL_SCHOOL, "sch1", p.municipality);
    return p;
}

static void put_by(bench *b, int64_t import, int64_t procedure, int64_t school, const char *label, unsigned seed)
{
    oko_change change;
    OKO_CLEANUP(oko_sheet_freep) oko_sheet *s = sample_sheet(procedure, school, label, 5, seed);
    must(b, oko_store_sheet_put(b->store, import, s, &change, &b->err));
}

static int64_t unit_by(bench *b, int64_t import, oko_level level, const char *code, int64_t parent)
{
    oko_unit u = sample_unit(level, code, parent);
    int64_t id = 0;
    u.made_by = import;
    must(b, oko_store_unit_put(b->store, &u, &id, &b->err));
    return id;
}

static oko_import_undo undo(bench *b, int64_t import)
{
    oko_import_undo done = { 0 };
    must(b, oko_store_import_undo(b->store, import, 0, &done, &b->err));
    assert_clean(b);
    return done;
}

static void refused(bench *b, int64_t import, const char *id)
{
    oko_import_undo done = { .sheets_ended = -7 };
    const int64_t revision = revision_of(b);
    assert_int_equal(oko_store_import_undo(b->store, import, 0, &done, &b->err), OKO_E_CONFLICT);
    assert_string_equal(b->err.id, id);
    assert_int_equal(done.sheets_ended, -7);
    assert_int_equal(revision_of(b), revision);
}

static void snapshot(bench *b, int64_t revision, char hex[OKO_HASH_HEX])
{
    must(b, oko_store_snapshot(b->store, revision, hex, &b->err));
}

static oko_status see_import(void *ctx, const oko_import *i)
{
    char word[64];
    (void)snprintf(word, sizeof word, "%lld", (long long)i->id);
    return see(ctx, word);
}

static const char *blockers(bench *b, seen *s, int64_t import)
{
    memset(s, 0, sizeof *s);
    must(b, oko_store_import_blockers(b->store, import, see_import, s, &b->err));
    return s->text;
}

static void what_was_before_stands_again(void **state)
{
    bench *b = *state;
    char before[OKO_HASH_HEX], with[OKO_HASH_HEX], after[OKO_HASH_HEX];
    seen s;
    int64_t removed = 0;
    const place p = make_place(b);
    const int64_t first = add_import(b, "a.xlsx", "1", ""), second = add_import(b, "b.xlsx", "2", "");
    put_by(b, first, p.procedure, p.school, "А", 1);
    put_by(b, first, p.procedure, p.school, "Б", 2);
    snapshot(b, 0, before);
    must(b, oko_store_begin(b->store, &b->err));
    put_by(b, second, p.procedure, p.school, "А", 3); /* replaced */
    put_by(b, second, p.procedure, p.school, "В", 4); /* added */
    must(b, oko_store_sheet_retire(b->store, second, p.procedure, p.school, (const char[2][16]){ "А", "В" }, 2,
                                   &removed, &b->err));
    must(b, oko_store_commit(b->store, &b->err));
    snapshot(b, 0, with);
    const int64_t revision = revision_of(b);
    const oko_import_undo done = undo(b, second);
    assert_int_equal(done.sheets_ended, 2);
    assert_int_equal(done.sheets_back, 2);
    assert_int_equal(done.revision, revision + 1);
    snapshot(b, 0, after);
    assert_string_equal(after, before);
    assert_string_equal(sheets_of(b, &s, p.procedure, 0), "3/А:1000+5 3/Б:2000+5");
    snapshot(b, revision, after); /* history keeps it */
    assert_string_equal(after, with);
    oko_import i;
    must(b, oko_store_import_get(b->store, second, &i, &b->err));
    assert_int_equal(i.undone_by, done.import);
    oko_import_clear(&i);
    must(b, oko_store_import_get(b->store, done.import, &i, &b->err));
    assert_int_equal(i.undoes, second);
    assert_string_equal(i.layout, "undo");
    assert_string_equal(i.file, "b.xlsx");
    assert_non_null(strstr(i.summary, "\"sheets_back\":2"));
    oko_import_clear(&i);
    refused(b, second, "store.undo.done");
    refused(b, done.import, "store.undo.undo");
    assert_int_equal(oko_store_import_undo(b->store, 9999, 0, &(oko_import_undo){ 0 }, &b->err), OKO_E_NOT_FOUND);
}

static void later_ones_go_first(void **state)
{
    bench *b = *state;
    seen s;
    char empty[OKO_HASH_HEX], after[OKO_HASH_HEX];
    const place p = make_place(b);
    snapshot(b, 0, empty);
    const int64_t x = add_import(b, "x", "1", ""), y = add_import(b, "y", "2", ""), z = add_import(b, "z", "3", "");
    put_by(b, x, p.procedure, p.school, "А", 1);
    put_by(b, y, p.procedure, p.school, "А", 2);
    put_by(b, z, p.procedure, p.school, "А", 3);
    put_by(b, z, p.procedure, p.school, "Б", 4);
    refused(b, x, "store.undo.later");
    assert_string_equal(b->err.arg[0], "2");
    assert_string_equal(blockers(b, &s, y), "3");
    (void)undo(b, z);
    assert_string_equal(blockers(b, &s, y), "");
    assert_string_equal(sheets_of(b, &s, p.procedure, 0), "3/А:2000+5");
    (void)undo(b, y); /* what z had done in between is no obstacle */
    assert_string_equal(sheets_of(b, &s, p.procedure, 0), "3/А:1000+5");
    (void)undo(b, x);
    snapshot(b, 0, after);
    assert_string_equal(after, empty);
}

/* An import that only removed a class is blocked by whoever filled the place since. */
static void a_filled_gap_blocks(void **state)
{
    bench *b = *state;
    int64_t removed = 0;
    seen s;
    const place p = make_place(b);
    const int64_t x = add_import(b, "x", "1", ""), y = add_import(b, "y", "2", ""), z = add_import(b, "z", "3", "");
    put_by(b, x, p.procedure, p.school, "А", 1);
    must(b, oko_store_sheet_retire(b->store, y, p.procedure, p.school, NULL, 0, &removed, &b->err));
    put_by(b, z, p.procedure, p.school, "А", 3);
    refused(b, y, "store.undo.later");
    assert_string_equal(b->err.arg[0], "3");
    (void)undo(b, z);
    (void)undo(b, y);
    assert_string_equal(sheets_of(b, &s, p.procedure, 0), "3/А:1000+5");
}

/* ---- lists, tables, findings ---- */

static oko_status see_aggregate(void *ctx, const oko_aggregate *a)
{
    char word[64];
    (void)snprintf(word, sizeof word, "%g", a->values[0]);
    return see(ctx, word);
}

static oko_status see_external(void *ctx, const oko_external *e)
{
    return see(ctx, e->reason);
}

static oko_status see_finding(void *ctx, const oko_finding *f)
{
    char word[64];
    (void)snprintf(word, sizeof word, "f%lld", (long long)f->facts[0]);
    return see(ctx, word);
}

static const char *others(bench *b, seen *s)
{
    memset(s, 0, sizeof *s);
    must(b, oko_store_aggregate_walk(b->store, 0, 0, see_aggregate, s, &b->err));
    must(b, oko_store_external_walk(b->store, 0, 0, see_external, s, &b->err));
    must(b, oko_store_finding_walk(b->store, 0, 0, see_finding, s, &b->err));
    return s->text;
}

static void put_others(bench *b, int64_t import, const place *p, int k)
{
    const oko_aggregate a = { .procedure = p->procedure, .unit = p->region, .n_values = 1, .values = { k } };
    oko_external e = { .list = "Список", .year = 2021, .unit = p->school };
    oko_finding f = { .kind = OKO_FINDING_RECHECK, .unit = p->school, .year = 2021, .procedure = "2021-04-MA" };
    oko_change change;
    (void)snprintf(e.reason, sizeof e.reason, "r%d", k);
    for (size_t i = 0; i < OKO_FINDING_FACTS; i++)
        f.facts[i] = k;
    must(b, oko_store_aggregate_put(b->store, import, &a, &change, &b->err));
    must(b, oko_store_external_put(b->store, import, &e, &change, &b->err));
    must(b, oko_store_finding_put(b->store, import, &f, &change, &b->err));
}

static void lists_and_findings_too(void **state)
{
    bench *b = *state;
    seen s;
    const place p = make_place(b);
    const int64_t x = add_import(b, "x", "1", ""), y = add_import(b, "y", "2", "");
    put_others(b, x, &p, 1);
    put_others(b, y, &p, 2);
    assert_string_equal(others(b, &s), "2 r2 f2");
    refused(b, x, "store.undo.later");
    oko_import_undo done = undo(b, y);
    assert_int_equal(done.others_ended, 3);
    assert_int_equal(done.others_back, 3);
    assert_string_equal(others(b, &s), "1 r1 f1");
    done = undo(b, x);
    assert_int_equal(done.others_back, 0);
    assert_string_equal(others(b, &s), "");
}

/* ---- units ---- */

static oko_status see_unit(void *ctx, const oko_unit *u)
{
    return see(ctx, u->code);
}

static const char *units_at(bench *b, seen *s, int64_t revision)
{
    memset(s, 0, sizeof *s);
    must(b, oko_store_unit_walk_at(b->store, revision, OKO_LEVEL_COUNT, see_unit, s, &b->err));
    return s->text;
}

static void made_units_go_with_it(void **state)
{
    bench *b = *state;
    seen s;
    oko_unit u;
    int64_t id = 0;
    const place p = make_place(b);
    const int64_t x = add_import(b, "x", "1", "");
    const int64_t m = unit_by(b, x, OKO_LEVEL_MUNICIPALITY, "99/2", p.region);
    const int64_t wrong = unit_by(b, x, OKO_LEVEL_SCHOOL, "sch7", m);
    (void)unit_by(b, x, OKO_LEVEL_CLASS, "sch7/2021/4А", wrong);
    const int64_t good = unit_by(b, x, OKO_LEVEL_SCHOOL, "sch8", p.municipality);
    must(b, oko_store_alias_put(b->store, wrong, OKO_ALIAS_LOGIN, "sch7", &b->err));
    put_by(b, x, p.procedure, wrong, "А", 1);
    put_by(b, x, p.procedure, good, "А", 2);
    must(b, oko_store_unit_get(b->store, good, &u, &b->err));
    u.confirmed = true; /* a person said that it is one */
    must(b, oko_store_unit_put(b->store, &u, &id, &b->err));
    const int64_t revision = revision_of(b);
    const oko_import_undo done = undo(b, x);
    assert_int_equal(done.units_gone, 2);
    assert_int_equal(done.units_kept, 1);
    assert_string_equal(units_at(b, &s, 0), "99 99/1 sch1 sch8");
    assert_string_equal(units_at(b, &s, revision), "99 99/1 99/2 sch1 sch7 sch8 sch7/2021/4А");
    memset(&s, 0, sizeof s);
    must(b, oko_store_unit_walk(b->store, 0, OKO_LEVEL_COUNT, see_unit, &s, &b->err));
    assert_string_equal(s.text, "99 99/1 sch1 sch8");
    assert_int_equal(oko_store_unit_find(b->store, OKO_LEVEL_SCHOOL, "sch7", &u, &b->err), OKO_E_NOT_FOUND);
    assert_int_equal(oko_store_alias_find(b->store, OKO_LEVEL_SCHOOL, OKO_ALIAS_LOGIN, "sch7", &id, &b->err),
                     OKO_E_NOT_FOUND);
    must(b, oko_store_unit_get(b->store, wrong, &u, &b->err));
    assert_true(u.withdrawn);
    assert_int_equal(oko_store_unit_put(b->store, &u, &id, &b->err), OKO_E_CONFLICT);
    assert_string_equal(b->err.id, "store.unit.withdrawn");
}

/* The same code again is the same unit, with what the new file says of it. */
static void a_withdrawn_unit_comes_again(void **state)
{
    bench *b = *state;
    seen s;
    oko_unit u;
    const place p = make_place(b);
    const int64_t x = add_import(b, "x", "1", ""), y = add_import(b, "y", "2", "");
    const int64_t school = unit_by(b, x, OKO_LEVEL_SCHOOL, "sch7", p.region);
    put_by(b, x, p.procedure, school, "А", 1);
    (void)undo(b, x);
    assert_int_equal(unit_by(b, y, OKO_LEVEL_SCHOOL, "sch7", p.municipality), school);
    put_by(b, y, p.procedure, school, "А", 2);
    must(b, oko_store_unit_find(b->store, OKO_LEVEL_SCHOOL, "sch7", &u, &b->err));
    assert_int_equal(u.parent, p.municipality);
    assert_false(u.withdrawn);
    assert_int_equal(u.made_by, y);
    assert_clean(b);
    (void)undo(b, y);
    assert_string_equal(units_at(b, &s, 0), "99 99/1 sch1");
}

/* A class that a later import uses as well stays. */
static void what_others_use_stays(void **state)
{
    bench *b = *state;
    seen s;
    const place p = make_place(b);
    const int64_t other = put_procedure(b, 2021, 4, "RU");
    const int64_t x = add_import(b, "x", "1", ""), y = add_import(b, "y", "2", "");
    const int64_t school = unit_by(b, x, OKO_LEVEL_SCHOOL, "sch7", p.municipality);
    (void)unit_by(b, x, OKO_LEVEL_CLASS, "sch7/2021/4А", school);
    put_by(b, x, p.procedure, school, "А", 1);
    put_by(b, y, other, school, "А", 2);
    const oko_import_undo done = undo(b, x);
    assert_int_equal(done.units_gone, 0);
    assert_int_equal(done.units_kept, 1);
    assert_string_equal(units_at(b, &s, 0), "99 99/1 sch1 sch7 sch7/2021/4А");
}

/* The usual way after an import: an unknown school turns out to be a known one. Then the import is taken back. */
static void a_merge_in_between(void **state)
{
    bench *b = *state;
    seen s;
    oko_unit_merge moved;
    const place p = make_place(b);
    const int64_t x = add_import(b, "x", "1", ""), y = add_import(b, "y", "2", "");
    put_by(b, x, p.procedure, p.school, "А", 1);
    const int64_t twin = unit_by(b, y, OKO_LEVEL_SCHOOL, "edu1", p.municipality);
    put_by(b, y, p.procedure, twin, "Б", 2);
    put_by(b, y, p.procedure, p.school, "А", 3);
    must(b, oko_store_unit_merge(b->store, p.school, twin, &moved, &b->err));
    char text[96];
    (void)snprintf(text, sizeof text, "%lld/А:3000+5 %lld/Б:2000+5", (long long)twin, (long long)twin);
    assert_string_equal(sheets_of(b, &s, p.procedure, 0), text);
    (void)undo(b, y);
    (void)snprintf(text, sizeof text, "%lld/А:1000+5", (long long)twin); /* at the unit that took the place */
    assert_string_equal(sheets_of(b, &s, p.procedure, 0), text);
}

/* ---- rows that are kept ---- */

static oko_status see_block(void *ctx, const oko_import_rows *block)
{
    char word[64];
    assert_int_equal(block->len, 3);
    (void)snprintf(word, sizeof word, "%lld:%s:%u-%u:%.3s", (long long)block->no, block->name, block->first_row,
                   block->last_row, (const char *)block->bytes);
    return see(ctx, word);
}

static const char *blocks(bench *b, seen *s, int64_t import, int sheet, uint32_t first, uint32_t last)
{
    memset(s, 0, sizeof *s);
    must(b, oko_store_import_rows_walk(b->store, import, sheet, first, last, see_block, s, &b->err));
    return s->text;
}

static void rows_are_kept_for_a_while(void **state)
{
    bench *b = *state;
    seen s;
    int64_t dropped = -1;
    const int64_t x = add_import(b, "x", "1", "");
    const oko_import_rows rows[] = { { 0, 0, "Л1", 1, 100, 100, "abc", 3 },
                                     { 1, 0, "Л1", 101, 180, 60, "def", 3 },
                                     { 2, 1, "Л2", 1, 30, 20, "ghi", 3 } };
    for (size_t i = 0; i < 3; i++)
        must(b, oko_store_import_rows_put(b->store, x, &rows[i], &b->err));
    assert_string_equal(blocks(b, &s, x, -1, 0, 0), "0:Л1:1-100:abc 1:Л1:101-180:def 2:Л2:1-30:ghi");
    assert_string_equal(blocks(b, &s, x, 0, 150, 160), "0:Л1:1-100:abc 1:Л1:101-180:def");
    assert_string_equal(blocks(b, &s, x, 0, 5, 6), "0:Л1:1-100:abc");
    assert_string_equal(blocks(b, &s, x, 1, 7, 7), "2:Л2:1-30:ghi");
    assert_string_equal(blocks(b, &s, x, 3, 7, 7), "");
    must(b, oko_store_import_rows_drop(b->store, 30, &dropped, &b->err));
    assert_int_equal(dropped, 0);
    assert_int_equal(oko_store_import_rows_put(b->store, x, &(oko_import_rows){ .name = "" }, &b->err), OKO_E_ARGUMENT);
    assert_clean(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_before_stands_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(later_ones_go_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_filled_gap_blocks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lists_and_findings_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(made_units_go_with_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_withdrawn_unit_comes_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_others_use_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_merge_in_between, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_are_kept_for_a_while, set_up, tear_down),
    };
    return cmocka_run_group_tests_name(engine->name, tests, NULL, NULL);
}
