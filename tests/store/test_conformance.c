/* What every engine must do, first part: life, transactions, procedures, units, imports. Speaks store.h only. */
#include "fixture.h"

/* ---- life ---- */

static void opens_only_what_exists(void **state)
{
    bench *b = *state;
    char place[PLACE_BYTES];
    engine->fresh(place);
    oko_store *store = (oko_store *)b;
    oko_store_options options = OKO_STORE_OPTIONS_INIT;
    options.create = false;
    assert_int_equal(oko_store_open(place, &options, &store, &b->err), OKO_E_NOT_FOUND);
    options = (oko_store_options){ .read_only = true, .create = true };
    assert_int_equal(oko_store_open(place, &options, &store, &b->err), OKO_E_NOT_FOUND);
    assert_int_equal(oko_store_open("", NULL, &store, &b->err), OKO_E_ARGUMENT);
    assert_ptr_equal(store, b);
    engine->drop(place);
}

static void keeps_data_after_reopening(void **state)
{
    bench *b = *state;
    const int64_t procedure = put_procedure(b, 2021, 4, "MA");
    const int64_t school = put_unit(b, OKO_LEVEL_SCHOOL, "sch1", 0);
    put_sheet(b, procedure, school, "А", 5, 1);
    const int64_t revision = revision_of(b);
    oko_store_close(b->store);
    b->store = NULL;
    const oko_store_options options = { .create = false };
    must(b, oko_store_open(b->place, &options, &b->store, &b->err));
    seen s;
    assert_string_equal(sheets_of(b, &s, procedure, 0), "1/А:1000+5");
    assert_int_equal(revision_of(b), revision);
    assert_clean(b);
}

static void refuses_writes_when_read_only(void **state)
{
    bench *b = *state;
    OKO_CLEANUP(oko_store_closep) oko_store *reader = NULL;
    const oko_store_options options = { .read_only = true };
    must(b, oko_store_open(b->place, &options, &reader, &b->err));
    const oko_unit u = sample_unit(OKO_LEVEL_SCHOOL, "sch1", 0);
    int64_t id = 77;
    assert_int_equal(oko_store_begin(reader, &b->err), OKO_E_PERMISSION);
    assert_int_equal(oko_store_unit_put(reader, &u, &id, &b->err), OKO_E_PERMISSION);
    assert_int_equal(id, 77);
}

static void clone_reads_what_is_committed(void **state)
{
    bench *b = *state;
    OKO_CLEANUP(oko_store_closep) oko_store *clone = NULL;
    oko_unit u;
    must(b, oko_store_clone(b->store, &clone, &b->err));
    must(b, oko_store_begin(b->store, &b->err));
    put_unit(b, OKO_LEVEL_SCHOOL, "sch1", 0);
    assert_int_equal(oko_store_unit_find(clone, OKO_LEVEL_SCHOOL, "sch1", &u, &b->err), OKO_E_NOT_FOUND);
    must(b, oko_store_commit(b->store, &b->err));
    must(b, oko_store_unit_find(clone, OKO_LEVEL_SCHOOL, "sch1", &u, &b->err));
    assert_int_equal(oko_store_begin(clone, &b->err), OKO_E_PERMISSION);
    oko_store_close(NULL);
    assert_true(oko_store_schema_version() >= 1);
}

/* ---- transactions and revisions ---- */

static void revision_rises_once_per_transaction(void **state)
{
    bench *b = *state;
    assert_int_equal(revision_of(b), 0);
    must(b, oko_store_begin(b->store, &b->err));
    const int64_t school = put_unit(b, OKO_LEVEL_SCHOOL, "sch1", 0);
    assert_int_equal(revision_of(b), 0);
    const int64_t procedure = put_procedure(b, 2021, 4, "MA");
    assert_int_equal(revision_of(b), 1);
    put_sheet(b, procedure, school, "А", 5, 1);
    put_sheet(b, procedure, school, "Б", 5, 2);
    must(b, oko_store_commit(b->store, &b->err));
    assert_int_equal(revision_of(b), 1);
    put_sheet(b, procedure, school, "А", 5, 1); /* equal: no change */
    put_unit(b, OKO_LEVEL_SCHOOL, "sch2", 0);
    assert_int_equal(revision_of(b), 1);
    put_sheet(b, procedure, school, "А", 6, 1);
    assert_int_equal(revision_of(b), 2);
    assert_clean(b);
}

static void rollback_leaves_nothing(void **state)
{
    bench *b = *state;
    oko_unit u;
    must(b, oko_store_begin(b->store, &b->err));
    const int64_t procedure = put_procedure(b, 2021, 4, "MA");
    const int64_t school = put_unit(b, OKO_LEVEL_SCHOOL, "sch1", 0);
    put_sheet(b, procedure, school, "А", 5, 1);
    oko_store_rollback(b->store);
    oko_store_rollback(b->store);
    assert_int_equal(revision_of(b), 0);
    assert_int_equal(oko_store_unit_find(b->store, OKO_LEVEL_SCHOOL, "sch1", &u, &b->err), OKO_E_NOT_FOUND);
    oko_procedure p;
    assert_int_equal(oko_store_procedure_get(b->store, "2021-04-MA", 0, &p, &b->err), OKO_E_NOT_FOUND);
    assert_int_equal(put_procedure(b, 2021, 4, "MA"), procedure);
    assert_int_equal(revision_of(b), 1);
    assert_clean(b);
}

static void transactions_do_not_nest(void **state)
{
    bench *b = *state;
    assert_int_equal(oko_store_commit(b->store, &b->err), OKO_E_CONFLICT);
    must(b, oko_store_begin(b->store, &b->err));
    assert_int_equal(oko_store_begin(b->store, &b->err), OKO_E_CONFLICT);
    must(b, oko_store_commit(b->store, &b->err));
}

static void failed_write_breaks_the_transaction(void **state)
{
    bench *b = *state;
    oko_change change = OKO_REMOVED;
    const int64_t procedure = put_procedure(b, 2021, 4, "MA");
    const int64_t school = put_unit(b, OKO_LEVEL_SCHOOL, "sch1", 0);
    must(b, oko_store_begin(b->store, &b->err));
    put_sheet(b, procedure, school, "А", 5, 1);
    OKO_CLEANUP(oko_sheet_freep) oko_sheet *stray = sample_sheet(procedure, 999, "А", 5, 1);
    assert_int_equal(oko_store_sheet_put(b->store, 0, stray, &change, &b->err), OKO_E_NOT_FOUND);
    assert_int_equal(change, OKO_REMOVED);
    assert_int_equal(oko_store_commit(b->store, &b->err), OKO_E_NOT_FOUND);
    seen s;
    assert_string_equal(sheets_of(b, &s, procedure, 0), "");
    put_sheet(b, procedure, school, "А", 5, 2);
    assert_string_equal(sheets_of(b, &s, procedure, 0), "1/А:2000+5");
    assert_clean(b);
}

static void refusal_does_not_break_the_transaction(void **state)
{
    bench *b = *state;
    oko_unit u = sample_unit(OKO_LEVEL_SCHOOL, "sch1", 0);
    int64_t id = 0;
    must(b, oko_store_begin(b->store, &b->err));
    must(b, oko_store_unit_put(b->store, &u, &id, &b->err));
    assert_int_equal(oko_store_unit_put(b->store, &u, &id, &b->err), OKO_E_CONFLICT);
    must(b, oko_store_commit(b->store, &b->err));
    must(b, oko_store_unit_find(b->store, OKO_LEVEL_SCHOOL, "sch1", &u, &b->err));
}

/* ---- procedures ---- */

static void procedure_comes_back_whole(void **state)
{
    bench *b = *state;
    oko_procedure p = sample_procedure(2021, 4, "MA"), back;
    (void)snprintf(p.date, sizeof p.date, "2021-04-20");
    (void)snprintf(p.source, sizeof p.source, "приказ № 1");
    p.n_gaps = 2;
    p.gaps[0] = 1;
    p.gaps[1] = 4;
    p.n_aliases = 2;
    (void)snprintf(p.aliases[0], OKO_CODE_BYTES, "Математика 4");
    (void)snprintf(p.aliases[1], OKO_CODE_BYTES, "MA4");
    int64_t id = 0;
    oko_change change = OKO_REMOVED;
    must(b, oko_store_procedure_put(b->store, &p, &id, &change, &b->err));
    assert_int_equal(change, OKO_ADDED);
    must(b, oko_store_procedure_get(b->store, "2021-04-MA", 0, &back, &b->err));
    assert_int_equal(back.id, id);
    p.id = id;
    assert_memory_equal(&back, &p, sizeof p);
    must(b, oko_store_procedure_get(b->store, "Математика 4", 0, &back, &b->err));
    assert_int_equal(back.id, id);
}

static void procedure_versions_stay(void **state)
{
    bench *b = *state;
    oko_procedure p = sample_procedure(2021, 4, "MA"), back;
    int64_t id = 0, again = 0;
    oko_change change = OKO_REMOVED;
    must(b, oko_store_procedure_put(b->store, &p, &id, &change, &b->err));
    must(b, oko_store_procedure_put(b->store, &p, &again, &change, &b->err));
    assert_int_equal(change, OKO_UNCHANGED);
    assert_int_equal(revision_of(b), 1);
    p.cutoffs[0] = 2;
    must(b, oko_store_procedure_put(b->store, &p, &again, &change, &b->err));
    assert_int_equal(change, OKO_REPLACED);
    assert_int_equal(again, id);
    assert_int_equal(revision_of(b), 2);
    must(b, oko_store_procedure_get(b->store, p.code, 1, &back, &b->err));
    assert_int_equal(back.cutoffs[0], 3);
    must(b, oko_store_procedure_get(b->store, p.code, 2, &back, &b->err));
    assert_int_equal(back.cutoffs[0], 2);
    must(b, oko_store_begin(b->store, &b->err)); /* twice in one transaction: one version */
    for (int16_t first = 1; first <= 2; first++) {
        p.first_mark = first;
        p.cutoffs[0] = 1;
        must(b, oko_store_procedure_put(b->store, &p, &again, &change, &b->err));
    }
    must(b, oko_store_commit(b->store, &b->err));
    must(b, oko_store_procedure_get(b->store, p.code, 0, &back, &b->err));
    assert_int_equal(back.cutoffs[0], 1);
    assert_int_equal(back.n_items, 4);
    assert_clean(b);
}

static oko_status see_procedure(void *ctx, const oko_procedure *p)
{
    return see(ctx, p->code);
}

static void procedures_are_walked_by_code(void **state)
{
    bench *b = *state;
    seen s = { .n = 0 };
    put_procedure(b, 2021, 5, "MA");
    put_procedure(b, 2020, 4, "RU");
    put_procedure(b, 2020, 4, "MA");
    must(b, oko_store_procedure_walk(b->store, 0, see_procedure, &s, &b->err));
    assert_string_equal(s.text, "2020-04-MA 2020-04-RU 2021-05-MA");
    s = (seen){ .n = 0 };
    must(b, oko_store_procedure_walk(b->store, 2, see_procedure, &s, &b->err));
    assert_string_equal(s.text, "2020-04-RU 2021-05-MA");
    s = (seen){ .stop_after = 2 };
    assert_int_equal(oko_store_procedure_walk(b->store, 0, see_procedure, &s, &b->err), OKO_E_CANCELLED);
    assert_int_equal(s.n, 2);
}

static void doubtful_procedures_are_refused(void **state)
{
    bench *b = *state;
    oko_procedure p = sample_procedure(2021, 4, "MA"), q = sample_procedure(2021, 5, "MA"), back;
    int64_t id = 5;
    oko_change change = OKO_REMOVED;
    p.max_total = 99; /* items say 7 */
    assert_int_equal(oko_store_procedure_put(b->store, &p, &id, &change, &b->err), OKO_E_ARGUMENT);
    assert_int_equal(id, 5);
    assert_int_equal(oko_store_procedure_get(b->store, "2021-04-MA", 0, &back, &b->err), OKO_E_NOT_FOUND);
    assert_string_equal(b->err.field, "2021-04-MA");
    p.max_total = 7;
    p.n_aliases = q.n_aliases = 1;
    (void)snprintf(p.aliases[0], OKO_CODE_BYTES, "MA");
    (void)snprintf(q.aliases[0], OKO_CODE_BYTES, "MA");
    must(b, oko_store_procedure_put(b->store, &p, &id, &change, &b->err));
    must(b, oko_store_procedure_put(b->store, &q, &id, &change, &b->err));
    assert_int_equal(oko_store_procedure_get(b->store, "MA", 0, &back, &b->err), OKO_E_UNDECIDED);
    must(b, oko_store_procedure_get(b->store, "MA", 1, &back, &b->err));
    assert_string_equal(back.code, "2021-04-MA");
}

/* ---- units ---- */

static void unit_comes_back_whole(void **state)
{
    bench *b = *state;
    const int64_t region = put_unit(b, OKO_LEVEL_REGION, "20", 0);
    oko_unit u = sample_unit(OKO_LEVEL_SCHOOL, "sch1", region), back;
    u.confirmed = true;
    u.valid_from = 2019;
    u.valid_to = 2024;
    (void)snprintf(u.type, sizeof u.type, "lyceum");
    (void)snprintf(u.place, sizeof u.place, "village");
    (void)snprintf(u.cluster, sizeof u.cluster, "B2");
    must(b, oko_store_unit_put(b->store, &u, &u.id, &b->err));
    must(b, oko_store_unit_get(b->store, u.id, &back, &b->err));
    assert_memory_equal(&back, &u, sizeof u);
    (void)snprintf(u.code, sizeof u.code, "edu1");
    u.parent = 0;
    u.confirmed = false;
    int64_t id = 0;
    must(b, oko_store_unit_put(b->store, &u, &id, &b->err));
    assert_int_equal(id, u.id);
    must(b, oko_store_unit_find(b->store, OKO_LEVEL_SCHOOL, "edu1", &back, &b->err));
    assert_memory_equal(&back, &u, sizeof u);
    assert_int_equal(oko_store_unit_find(b->store, OKO_LEVEL_SCHOOL, "sch1", &back, &b->err), OKO_E_NOT_FOUND);
    assert_int_equal(oko_store_unit_get(b->store, 999, &back, &b->err), OKO_E_NOT_FOUND);
}

static void register_has_no_contradictions(void **state)
{
    bench *b = *state;
    const int64_t region = put_unit(b, OKO_LEVEL_REGION, "20", 0);
    const int64_t school = put_unit(b, OKO_LEVEL_SCHOOL, "sch1", region);
    put_unit(b, OKO_LEVEL_SCHOOL, "sch2", region);
    put_unit(b, OKO_LEVEL_MUNICIPALITY, "sch1", region); /* the same code in another level is fine */
    int64_t id = 0;
    oko_unit u = sample_unit(OKO_LEVEL_SCHOOL, "sch2", region);
    u.id = school; /* another's code */
    assert_int_equal(oko_store_unit_put(b->store, &u, &id, &b->err), OKO_E_CONFLICT);
    u = sample_unit(OKO_LEVEL_SCHOOL, "sch3", school); /* a school below a school */
    assert_int_equal(oko_store_unit_put(b->store, &u, &id, &b->err), OKO_E_CONFLICT);
    u = sample_unit(OKO_LEVEL_SCHOOL, "sch3", 999);
    assert_int_equal(oko_store_unit_put(b->store, &u, &id, &b->err), OKO_E_NOT_FOUND);
    u = sample_unit(OKO_LEVEL_SCHOOL, "sch3", 0);
    u.id = 999;
    assert_int_equal(oko_store_unit_put(b->store, &u, &id, &b->err), OKO_E_NOT_FOUND);
    u = sample_unit(OKO_LEVEL_MUNICIPALITY, "m", 0);
    u.id = school; /* a school stays a school */
    assert_int_equal(oko_store_unit_put(b->store, &u, &id, &b->err), OKO_E_CONFLICT);
    u = sample_unit(OKO_LEVEL_SCHOOL, "", 0);
    assert_int_equal(oko_store_unit_put(b->store, &u, &id, &b->err), OKO_E_ARGUMENT);
    u = sample_unit(OKO_LEVEL_COUNT, "x", 0);
    assert_int_equal(oko_store_unit_put(b->store, &u, &id, &b->err), OKO_E_ARGUMENT);
    u = sample_unit(OKO_LEVEL_SCHOOL, "\xFF\xFE", 0);
    assert_int_equal(oko_store_unit_put(b->store, &u, &id, &b->err), OKO_E_ARGUMENT);
    memset(u.code, 'x', sizeof u.code); /* no end */
    assert_int_equal(oko_store_unit_put(b->store, &u, &id, &b->err), OKO_E_ARGUMENT);
    assert_int_equal(id, 0);
}

static oko_status see_unit(void *ctx, const oko_unit *u)
{
    return see(ctx, u->code);
}

static const char *units_of(bench *b, seen *s, int64_t parent, oko_level level)
{
    *s = (seen){ .n = 0 };
    must(b, oko_store_unit_walk(b->store, parent, level, see_unit, s, &b->err));
    return s->text;
}

static void units_are_walked_by_level_and_code(void **state)
{
    bench *b = *state;
    seen s;
    const int64_t region = put_unit(b, OKO_LEVEL_REGION, "20", 0);
    const int64_t m2 = put_unit(b, OKO_LEVEL_MUNICIPALITY, "m2", region);
    const int64_t m1 = put_unit(b, OKO_LEVEL_MUNICIPALITY, "m1", region);
    put_unit(b, OKO_LEVEL_SCHOOL, "s3", m2);
    put_unit(b, OKO_LEVEL_SCHOOL, "s1", m1);
    put_unit(b, OKO_LEVEL_SCHOOL, "s2", m2);
    assert_string_equal(units_of(b, &s, 0, OKO_LEVEL_COUNT), "20 m1 m2 s1 s2 s3");
    assert_string_equal(units_of(b, &s, 0, OKO_LEVEL_SCHOOL), "s1 s2 s3");
    assert_string_equal(units_of(b, &s, m2, OKO_LEVEL_COUNT), "s2 s3");
    assert_string_equal(units_of(b, &s, region, OKO_LEVEL_SCHOOL), "");
}

static oko_status see_alias(void *ctx, oko_alias_kind kind, const char *alias, int64_t unit)
{
    char word[64];
    (void)snprintf(word, sizeof word, "%d:%s:%lld", (int)kind, alias, (long long)unit);
    return see(ctx, word);
}

static void alias_means_one_unit_of_a_level(void **state)
{
    bench *b = *state;
    const int64_t s1 = put_unit(b, OKO_LEVEL_SCHOOL, "s1", 0), s2 = put_unit(b, OKO_LEVEL_SCHOOL, "s2", 0);
    const int64_t m = put_unit(b, OKO_LEVEL_MUNICIPALITY, "m", 0);
    int64_t found = -1;
    must(b, oko_store_alias_put(b->store, s1, OKO_ALIAS_LOGIN, "edu7", &b->err));
    must(b, oko_store_alias_put(b->store, s1, OKO_ALIAS_LOGIN, "edu7", &b->err));
    must(b, oko_store_alias_put(b->store, s2, OKO_ALIAS_OGE, "edu7", &b->err));
    must(b, oko_store_alias_put(b->store, m, OKO_ALIAS_LOGIN, "edu7", &b->err));
    must(b, oko_store_alias_put(b->store, s1, OKO_ALIAS_EGE, "0012", &b->err));
    assert_int_equal(oko_store_alias_put(b->store, s2, OKO_ALIAS_LOGIN, "edu7", &b->err), OKO_E_CONFLICT);
    assert_int_equal(oko_store_alias_put(b->store, 999, OKO_ALIAS_LOGIN, "x", &b->err), OKO_E_NOT_FOUND);
    assert_int_equal(oko_store_alias_put(b->store, s1, OKO_ALIAS_LOGIN, "", &b->err), OKO_E_ARGUMENT);
    must(b, oko_store_alias_find(b->store, OKO_LEVEL_SCHOOL, OKO_ALIAS_LOGIN, "edu7", &found, &b->err));
    assert_int_equal(found, s1);
    must(b, oko_store_alias_find(b->store, OKO_LEVEL_MUNICIPALITY, OKO_ALIAS_LOGIN, "edu7", &found, &b->err));
    assert_int_equal(found, m);
    assert_int_equal(oko_store_alias_find(b->store, OKO_LEVEL_SCHOOL, OKO_ALIAS_EGE, "12", &found, &b->err),
                     OKO_E_NOT_FOUND);
    assert_int_equal(found, m);
    seen s = { .n = 0 };
    must(b, oko_store_alias_walk(b->store, s1, see_alias, &s, &b->err));
    assert_string_equal(s.text, "0:edu7:1 2:0012:1");
    assert_clean(b);
}

/* ---- imports ---- */

static void import_is_added_finished_and_found(void **state)
{
    bench *b = *state;
    const int64_t first = add_import(b, "a.xlsx", "aa", "2021-04-MA");
    const int64_t second = add_import(b, "b.xlsx", "aa", "2021-04-MA");
    const int64_t other = add_import(b, "c.xlsx", "aa", "2021-04-RU");
    char summary[] = "{\"rows\":12}";
    oko_import back = { .id = second, .revision = 3, .rows = 12, .summary = summary };
    must(b, oko_store_import_finish(b->store, &back, &b->err));
    must(b, oko_store_import_find(b->store, "aa", "2021-04-MA", &back, &b->err));
    assert_int_equal(back.id, second);
    assert_string_equal(back.file, "b.xlsx");
    assert_string_equal(back.layout, "regional-2021");
    assert_int_equal(back.bytes, 1234);
    assert_int_equal(back.rows, 12);
    assert_int_equal(back.revision, 3);
    assert_string_equal(back.summary, "{\"rows\":12}");
    assert_int_equal(strlen(back.created), 20);
    oko_import_clear(&back);
    must(b, oko_store_import_find(b->store, "aa", "", &back, &b->err));
    assert_int_equal(back.id, other);
    oko_import_clear(&back);
    must(b, oko_store_import_get(b->store, first, &back, &b->err));
    assert_string_equal(back.file, "a.xlsx");
    oko_import_clear(&back);
    assert_int_equal(oko_store_import_find(b->store, "bb", "", &back, &b->err), OKO_E_NOT_FOUND);
    back.id = 999;
    assert_int_equal(oko_store_import_finish(b->store, &back, &b->err), OKO_E_NOT_FOUND);
}

static oko_status see_import(void *ctx, const oko_import *import)
{
    assert_non_null(import->summary);
    return see(ctx, import->file);
}

static void imports_are_walked_newest_first(void **state)
{
    bench *b = *state;
    seen s = { .n = 0 };
    add_import(b, "a", "1", "");
    add_import(b, "b", "2", "");
    add_import(b, "c", "3", "");
    must(b, oko_store_import_walk(b->store, see_import, &s, &b->err));
    assert_string_equal(s.text, "c b a");
}

/* ---- problems ---- */

enum { MANY = 2000, KINDS = 700 }; /* more kinds than an engine may remember */

static oko_problem sample_problem(uint32_t i)
{
    oko_problem p = { .severity = (oko_severity)(i % 3), .row = i + 2, .col = i % KINDS };
    (void)snprintf(p.sheet, sizeof p.sheet, "Лист%u", i % 2);
    (void)snprintf(p.column, sizeof p.column, "%u (1б)", i % KINDS);
    (void)snprintf(p.value_class, sizeof p.value_class, "cyrillic-x");
    (void)snprintf(p.reason, sizeof p.reason, "problem.item.%u", i % 5);
    (void)snprintf(p.detail, sizeof p.detail, "%u", i);
    return p;
}

static oko_status compare_problem(void *ctx, const oko_problem *p)
{
    uint32_t *i = ctx;
    const oko_problem expected = sample_problem((*i)++);
    assert_memory_equal(p, &expected, sizeof expected);
    return OKO_OK;
}

static void problems_come_back_in_order(void **state)
{
    bench *b = *state;
    const int64_t import = add_import(b, "a", "1", "");
    const int64_t other = add_import(b, "b", "2", "");
    const oko_problem stray = sample_problem(7);
    must(b, oko_store_begin(b->store, &b->err)); /* kinds made and forgotten again */
    must(b, oko_store_problem_add(b->store, import, &stray, &b->err));
    oko_store_rollback(b->store);
    for (uint32_t i = 0; i < MANY; i++) {
        const oko_problem p = sample_problem(i);
        if (i == 0 || i == MANY / 2) {
            must(b, oko_store_begin(b->store, &b->err));
        }
        must(b, oko_store_problem_add(b->store, import, &p, &b->err));
        if (i % 100 == 0) {
            must(b, oko_store_problem_add(b->store, other, &stray, &b->err));
        }
        if (i == MANY / 2 - 1 || i == MANY - 1) {
            must(b, oko_store_commit(b->store, &b->err));
        }
    }
    uint32_t n = 0;
    must(b, oko_store_problem_walk(b->store, import, compare_problem, &n, &b->err));
    assert_int_equal(n, MANY);
    assert_int_equal(oko_store_problem_add(b->store, 999, &stray, &b->err), OKO_E_NOT_FOUND);
    assert_clean(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(opens_only_what_exists, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keeps_data_after_reopening, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_writes_when_read_only, set_up, tear_down),
        cmocka_unit_test_setup_teardown(clone_reads_what_is_committed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(revision_rises_once_per_transaction, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rollback_leaves_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(transactions_do_not_nest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(failed_write_breaks_the_transaction, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refusal_does_not_break_the_transaction, set_up, tear_down),
        cmocka_unit_test_setup_teardown(procedure_comes_back_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(procedure_versions_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(procedures_are_walked_by_code, set_up, tear_down),
        cmocka_unit_test_setup_teardown(doubtful_procedures_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unit_comes_back_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(register_has_no_contradictions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(units_are_walked_by_level_and_code, set_up, tear_down),
        cmocka_unit_test_setup_teardown(alias_means_one_unit_of_a_level, set_up, tear_down),
        cmocka_unit_test_setup_teardown(import_is_added_finished_and_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(imports_are_walked_newest_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(problems_come_back_in_order, set_up, tear_down),
    };
    int failed = 0;
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++) {
        engine = &engines[i];
        failed += cmocka_run_group_tests_name(engine->name, tests, NULL, NULL);
    }
    return failed;
}
