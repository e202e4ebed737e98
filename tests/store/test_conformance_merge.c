/* Conformance of an engine: two units of the register become one. */
#include "fixture.h"

/* A school under its old and its new login, in one municipality of region 99. */
typedef struct twins {
    int64_t region, municipality, from, into;
    int64_t earlier, later; /* procedures */
} twins;

static twins make_twins(bench *b)
{
    twins t = { .earlier = put_procedure(b, 2021, 4, "MA"), .later = put_procedure(b, 2022, 5, "MA") };
    t.region = put_unit(b, OKO_LEVEL_REGION, "99", 0);
    t.municipality = put_unit(b, OKO_LEVEL_MUNICIPALITY, "99/1", t.region);
    t.from = put_unit(b, OKO_LEVEL_SCHOOL, "sch1", t.municipality);
    t.into = put_unit(b, OKO_LEVEL_SCHOOL, "edu1", t.municipality);
    must(b, oko_store_alias_put(b->store, t.from, OKO_ALIAS_LOGIN, "sch1", &b->err));
    must(b, oko_store_alias_put(b->store, t.into, OKO_ALIAS_LOGIN, "edu1", &b->err));
    return t;
}

static oko_unit_merge merge(bench *b, int64_t from, int64_t into)
{
    oko_unit_merge moved = { 0 };
    must(b, oko_store_unit_merge(b->store, from, into, &moved, &b->err));
    return moved;
}

static void assert_refused(bench *b, int64_t from, int64_t into, oko_status status, const char *id)
{
    oko_unit_merge moved = { .sheets = -7 };
    char before[OKO_HASH_HEX], after[OKO_HASH_HEX];
    const int64_t revision = revision_of(b);
    must(b, oko_store_snapshot(b->store, 0, before, &b->err));
    assert_int_equal(oko_store_unit_merge(b->store, from, into, &moved, &b->err), status);
    assert_string_equal(b->err.id, id);
    assert_int_equal(moved.sheets, -7);
    must(b, oko_store_snapshot(b->store, 0, after, &b->err));
    assert_string_equal(before, after);
    assert_int_equal(revision_of(b), revision);
}

static void put_aggregate(bench *b, int64_t procedure, int64_t unit, double value)
{
    const oko_aggregate a = { .procedure = procedure, .unit = unit, .n_values = 2, .values = { value, 2 } };
    oko_change change;
    must(b, oko_store_aggregate_put(b->store, 0, &a, &change, &b->err));
}

static void put_external(bench *b, int64_t unit, const char *reason)
{
    oko_external e = { .list = "Список", .year = 2021, .unit = unit };
    oko_change change;
    (void)snprintf(e.reason, sizeof e.reason, "%s", reason);
    must(b, oko_store_external_put(b->store, 0, &e, &change, &b->err));
}

static oko_status see_unit(void *ctx, const oko_unit *u)
{
    char word[160];
    (void)snprintf(word, sizeof word, "%s<%lld", u->code, (long long)u->parent);
    return see(ctx, word);
}

static const char *units_at(bench *b, seen *s, int64_t revision, oko_level level)
{
    memset(s, 0, sizeof *s);
    must(b, oko_store_unit_walk_at(b->store, revision, level, see_unit, s, &b->err));
    return s->text;
}

static const char *units_now(bench *b, seen *s, oko_level level)
{
    memset(s, 0, sizeof *s);
    must(b, oko_store_unit_walk(b->store, 0, level, see_unit, s, &b->err));
    return s->text;
}

static oko_status see_aggregate(void *ctx, const oko_aggregate *a)
{
    char word[64];
    (void)snprintf(word, sizeof word, "%lld=%g", (long long)a->unit, a->values[0]);
    return see(ctx, word);
}

static oko_status see_external(void *ctx, const oko_external *e)
{
    char word[700];
    (void)snprintf(word, sizeof word, "%lld=%s", (long long)e->unit, e->reason);
    return see(ctx, word);
}

static const char *others_at(bench *b, seen *s, int64_t revision)
{
    memset(s, 0, sizeof *s);
    must(b, oko_store_aggregate_walk(b->store, 0, revision, see_aggregate, s, &b->err));
    must(b, oko_store_external_walk(b->store, 0, revision, see_external, s, &b->err));
    return s->text;
}

static void assert_text(const char *text, const char *format, ...)
{
    char wanted[512];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(wanted, sizeof wanted, format, args);
    va_end(args);
    assert_string_equal(text, wanted);
}

/* ---- what moves, what stays ---- */

static void data_move_and_old_versions_stay(void **state)
{
    bench *b = *state;
    seen s;
    char before[OKO_HASH_HEX], then[OKO_HASH_HEX], now[OKO_HASH_HEX];
    const twins t = make_twins(b);
    put_sheet(b, t.earlier, t.from, "А", 5, 1);
    put_sheet(b, t.earlier, t.from, "Б", 6, 2);
    put_sheet(b, t.later, t.into, "А", 7, 3);
    put_aggregate(b, t.earlier, t.from, 4);
    put_external(b, t.from, "низкие");
    const int64_t old = revision_of(b);
    must(b, oko_store_snapshot(b->store, 0, before, &b->err));

    const oko_unit_merge moved = merge(b, t.from, t.into);
    assert_int_equal(moved.sheets, 2);
    assert_int_equal(moved.aggregates, 1);
    assert_int_equal(moved.externals, 1);
    assert_int_equal(moved.units, 0);
    assert_int_equal(moved.aliases, 1);
    assert_int_equal(moved.revision, old + 1);
    assert_int_equal(revision_of(b), old + 1);

    const int from = (int)t.from, into = (int)t.into;
    assert_text(sheets_of(b, &s, t.earlier, 0), "%d/А:1000+5 %d/Б:2000+6", into, into);
    assert_text(sheets_of(b, &s, t.earlier, old), "%d/А:1000+5 %d/Б:2000+6", from, from);
    assert_text(sheets_of(b, &s, t.later, 0), "%d/А:3000+7", into);
    assert_text(others_at(b, &s, 0), "%d=4 %d=низкие", into, into);
    assert_text(others_at(b, &s, old), "%d=4 %d=низкие", from, from);
    must(b, oko_store_snapshot(b->store, old, then, &b->err));
    must(b, oko_store_snapshot(b->store, 0, now, &b->err));
    assert_string_equal(then, before);
    assert_string_not_equal(now, before);
    assert_clean(b);
}

static void old_names_lead_to_the_new_unit(void **state)
{
    bench *b = *state;
    seen s;
    oko_unit u;
    int64_t id = 0;
    const twins t = make_twins(b);
    put_sheet(b, t.earlier, t.from, "А", 5, 1);
    const int64_t old = revision_of(b);
    (void)merge(b, t.from, t.into);

    must(b, oko_store_unit_find(b->store, OKO_LEVEL_SCHOOL, "sch1", &u, &b->err));
    assert_int_equal(u.id, t.into);
    assert_int_equal(u.merged_into, 0);
    must(b, oko_store_alias_find(b->store, OKO_LEVEL_SCHOOL, OKO_ALIAS_LOGIN, "sch1", &id, &b->err));
    assert_int_equal(id, t.into);
    must(b, oko_store_unit_get(b->store, t.from, &u, &b->err));
    assert_string_equal(u.code, "sch1");
    assert_int_equal(u.merged_into, t.into);
    assert_text(units_now(b, &s, OKO_LEVEL_SCHOOL), "edu1<%d", (int)t.municipality);
    assert_text(units_at(b, &s, 0, OKO_LEVEL_SCHOOL), "edu1<%d", (int)t.municipality);
    assert_text(units_at(b, &s, old, OKO_LEVEL_SCHOOL), "edu1<%d sch1<%d", (int)t.municipality, (int)t.municipality);
}

static void merged_unit_takes_nothing_any_more(void **state)
{
    bench *b = *state;
    int64_t id = 0;
    const twins t = make_twins(b);
    (void)merge(b, t.from, t.into);
    oko_unit u, taken = sample_unit(OKO_LEVEL_SCHOOL, "sch1", 0), class = sample_unit(OKO_LEVEL_CLASS, "k", t.from);
    must(b, oko_store_unit_get(b->store, t.from, &u, &b->err));
    assert_int_equal(oko_store_unit_put(b->store, &u, &id, &b->err), OKO_E_CONFLICT);
    assert_int_equal(oko_store_unit_put(b->store, &taken, &id, &b->err), OKO_E_CONFLICT);
    assert_string_equal(b->err.id, "store.unit.exists");
    taken.id = t.into;
    assert_int_equal(oko_store_unit_put(b->store, &taken, &id, &b->err), OKO_E_CONFLICT);
    assert_string_equal(b->err.id, "store.unit.exists");
    assert_int_equal(oko_store_unit_put(b->store, &class, &id, &b->err), OKO_E_CONFLICT);
    assert_string_equal(b->err.id, "store.unit.merged");
    assert_int_equal(oko_store_alias_put(b->store, t.from, OKO_ALIAS_EGE, "7", &b->err), OKO_E_CONFLICT);
    assert_string_equal(b->err.id, "store.unit.merged");
    assert_int_equal(oko_store_unit_merge(b->store, t.from, t.municipality, &(oko_unit_merge){ 0 }, &b->err),
                     OKO_E_CONFLICT);
    assert_string_equal(b->err.id, "store.unit.merged");
    assert_clean(b);
}

static void classes_move_with_their_codes(void **state)
{
    bench *b = *state;
    seen s;
    oko_unit u;
    int64_t id = 0;
    const twins t = make_twins(b);
    put_unit(b, OKO_LEVEL_CLASS, "sch1/2021/4А", t.from);
    const int64_t twin = put_unit(b, OKO_LEVEL_CLASS, "sch1/2022/5А", t.from);
    put_unit(b, OKO_LEVEL_CLASS, "особый", t.from);
    must(b, oko_store_alias_put(b->store, twin, OKO_ALIAS_NAME, "пятый а", &b->err));
    const int64_t stays = put_unit(b, OKO_LEVEL_CLASS, "edu1/2022/5А", t.into);
    put_sheet(b, t.earlier, t.from, "А", 5, 1);
    const int64_t old = revision_of(b);
    assert_int_equal(merge(b, t.from, t.into).units, 3);

    const int into = (int)t.into, from = (int)t.from;
    assert_text(units_now(b, &s, OKO_LEVEL_CLASS), "edu1/2021/4А<%d edu1/2022/5А<%d особый<%d", into, into, into);
    assert_text(units_at(b, &s, old, OKO_LEVEL_CLASS), "edu1/2021/4А<%d edu1/2022/5А<%d sch1/2022/5А<%d особый<%d",
                from, into, from, from);
    must(b, oko_store_alias_find(b->store, OKO_LEVEL_CLASS, OKO_ALIAS_OTHER, "sch1/2021/4А", &id, &b->err));
    must(b, oko_store_unit_get(b->store, id, &u, &b->err));
    assert_string_equal(u.code, "edu1/2021/4А");
    must(b, oko_store_unit_get(b->store, twin, &u, &b->err));
    assert_int_equal(u.merged_into, stays);
    must(b, oko_store_unit_find(b->store, OKO_LEVEL_CLASS, "sch1/2022/5А", &u, &b->err));
    assert_int_equal(u.id, stays);
    must(b, oko_store_alias_find(b->store, OKO_LEVEL_CLASS, OKO_ALIAS_NAME, "пятый а", &id, &b->err));
    assert_int_equal(id, stays);
    assert_clean(b);
}

/* Snapshots of earlier revisions name a class by its code, so a class with data of its own keeps it. */
static void class_with_data_keeps_its_code(void **state)
{
    bench *b = *state;
    seen s;
    char before[OKO_HASH_HEX], then[OKO_HASH_HEX];
    const twins t = make_twins(b);
    const int64_t class = put_unit(b, OKO_LEVEL_CLASS, "sch1/2021/4А", t.from);
    put_unit(b, OKO_LEVEL_CLASS, "edu1/2021/4А", t.into);
    put_aggregate(b, t.earlier, class, 5);
    const int64_t old = revision_of(b);
    must(b, oko_store_snapshot(b->store, 0, before, &b->err));
    (void)merge(b, t.from, t.into);
    assert_text(units_now(b, &s, OKO_LEVEL_CLASS), "edu1/2021/4А<%d sch1/2021/4А<%d", (int)t.into, (int)t.into);
    must(b, oko_store_snapshot(b->store, old, then, &b->err));
    assert_string_equal(then, before);
    assert_clean(b);
}

static void municipality_moves_its_schools(void **state)
{
    bench *b = *state;
    seen s;
    char before[OKO_HASH_HEX], then[OKO_HASH_HEX], now[OKO_HASH_HEX];
    const twins t = make_twins(b);
    const int64_t other = put_unit(b, OKO_LEVEL_MUNICIPALITY, "99/2", t.region);
    put_sheet(b, t.earlier, t.from, "А", 5, 1);
    const int64_t old = revision_of(b);
    must(b, oko_store_snapshot(b->store, 0, before, &b->err));
    const oko_unit_merge moved = merge(b, t.municipality, other);
    assert_int_equal(moved.units, 2);
    assert_int_equal(moved.sheets, 0);
    assert_int_equal(revision_of(b), old + 1);
    assert_text(units_at(b, &s, 0, OKO_LEVEL_SCHOOL), "edu1<%d sch1<%d", (int)other, (int)other);
    assert_text(units_at(b, &s, old, OKO_LEVEL_SCHOOL), "edu1<%d sch1<%d", (int)t.municipality, (int)t.municipality);
    must(b, oko_store_snapshot(b->store, old, then, &b->err));
    must(b, oko_store_snapshot(b->store, 0, now, &b->err));
    assert_string_equal(then, before);
    assert_string_not_equal(now, before);
    assert_clean(b);
}

static void knowledge_of_both_is_kept(void **state)
{
    bench *b = *state;
    seen s;
    oko_unit u;
    const twins t = make_twins(b);
    oko_unit poor = { .level = OKO_LEVEL_SCHOOL, .code = "edu2", .name = "edu2", .parent = t.region };
    oko_unit rich = { .level = OKO_LEVEL_SCHOOL, .code = "sch2", .name = "Лицей № 2", .parent = t.municipality };
    (void)snprintf(rich.type, sizeof rich.type, "lyceum");
    (void)snprintf(rich.place, sizeof rich.place, "town");
    (void)snprintf(poor.place, sizeof poor.place, "village");
    rich.confirmed = true;
    poor.valid_from = 2022;
    rich.valid_from = 2019;
    rich.valid_to = 2021;
    must(b, oko_store_unit_put(b->store, &poor, &poor.id, &b->err));
    must(b, oko_store_unit_put(b->store, &rich, &rich.id, &b->err));
    put_sheet(b, t.later, poor.id, "А", 5, 1);
    const int64_t old = revision_of(b);
    (void)merge(b, rich.id, poor.id);
    must(b, oko_store_unit_get(b->store, poor.id, &u, &b->err));
    assert_string_equal(u.code, "edu2");
    assert_string_equal(u.name, "Лицей № 2");
    assert_string_equal(u.type, "lyceum");
    assert_string_equal(u.place, "village");
    assert_true(u.confirmed);
    assert_int_equal(u.valid_from, 2019);
    assert_int_equal(u.valid_to, 0);
    assert_int_equal(u.parent, t.municipality);
    assert_non_null(strstr(units_at(b, &s, old, OKO_LEVEL_SCHOOL), "edu2<"));
    char there[32];
    (void)snprintf(there, sizeof there, "edu2<%d", (int)t.region);
    assert_non_null(strstr(s.text, there));
    assert_clean(b);
}

/* ---- what is refused ---- */

static void loss_is_refused(void **state)
{
    bench *b = *state;
    const twins t = make_twins(b);
    put_sheet(b, t.earlier, t.from, "А", 5, 1);
    put_sheet(b, t.earlier, t.into, "А", 5, 2);
    assert_refused(b, t.from, t.into, OKO_E_CONFLICT, "store.merge.sheets");
    assert_string_equal(b->err.field, "sch1");
    assert_string_equal(b->err.arg[0], "edu1");
    assert_string_equal(b->err.arg[1], "2021-04-MA");
    assert_string_equal(b->err.arg[2], "А");
    put_sheet(b, t.earlier, t.into, "А", 5, 1); /* now the same: one copy is enough */
    put_aggregate(b, t.later, t.from, 1);
    put_aggregate(b, t.later, t.into, 3);
    assert_refused(b, t.from, t.into, OKO_E_CONFLICT, "store.merge.aggregate");
    assert_string_equal(b->err.arg[1], "2022-05-MA");
    put_aggregate(b, t.later, t.into, 1);
    put_external(b, t.from, "x");
    put_external(b, t.into, "y");
    assert_refused(b, t.from, t.into, OKO_E_CONFLICT, "store.merge.external");
    assert_string_equal(b->err.arg[1], "Список");
    put_external(b, t.into, "x");
    const oko_unit_merge moved = merge(b, t.from, t.into);
    assert_int_equal(moved.sheets + moved.aggregates + moved.externals, 0);
    seen s;
    assert_text(sheets_of(b, &s, t.earlier, 0), "%d/А:1000+5", (int)t.into);
    assert_text(others_at(b, &s, 0), "%d=1 %d=x", (int)t.into, (int)t.into);
    assert_clean(b);
}

static void works_of_no_class_are_in_the_way(void **state)
{
    bench *b = *state;
    const twins t = make_twins(b);
    put_sheet(b, t.earlier, t.from, "А", 5, 1);
    put_sheet(b, t.earlier, t.into, "Б", 6, 2); /* classes apart: nothing is lost */
    put_sheet(b, t.later, t.from, "", 5, 3);
    put_sheet(b, t.later, t.into, "В", 5, 4);
    assert_refused(b, t.from, t.into, OKO_E_CONFLICT, "store.merge.unnamed");
    assert_string_equal(b->err.arg[1], "2022-05-MA");
    assert_refused(b, t.into, t.from, OKO_E_CONFLICT, "store.merge.unnamed");
    int64_t removed = 0;
    must(b, oko_store_sheet_retire(b->store, 0, t.later, t.from, NULL, 0, &removed, &b->err));
    assert_int_equal(merge(b, t.from, t.into).sheets, 1);
    seen s;
    assert_text(sheets_of(b, &s, t.earlier, 0), "%d/А:1000+5 %d/Б:2000+6", (int)t.into, (int)t.into);
}

static void unlike_units_are_refused(void **state)
{
    bench *b = *state;
    const twins t = make_twins(b);
    const int64_t elsewhere = put_unit(b, OKO_LEVEL_REGION, "77", 0);
    const int64_t far = put_unit(b, OKO_LEVEL_SCHOOL, "edu7", elsewhere);
    const int64_t nowhere = put_unit(b, OKO_LEVEL_SCHOOL, "edu8", 0);
    assert_refused(b, t.from, t.from, OKO_E_ARGUMENT, "store.merge.same");
    assert_refused(b, t.from, t.municipality, OKO_E_CONFLICT, "store.merge.level");
    assert_refused(b, t.region, elsewhere, OKO_E_ARGUMENT, "store.merge.kind");
    assert_refused(b, t.from, far, OKO_E_CONFLICT, "store.merge.region");
    assert_refused(b, t.from, 999, OKO_E_NOT_FOUND, "store.unit.unknown");
    assert_refused(b, 0, t.into, OKO_E_ARGUMENT, "store.argument");
    (void)merge(b, t.from, nowhere); /* no region told: not another one */
}

static void merge_is_all_or_nothing(void **state)
{
    bench *b = *state;
    seen s;
    char before[OKO_HASH_HEX], after[OKO_HASH_HEX];
    oko_unit_merge moved;
    const twins t = make_twins(b);
    put_sheet(b, t.earlier, t.from, "А", 5, 1);
    must(b, oko_store_snapshot(b->store, 0, before, &b->err));
    const int64_t old = revision_of(b);
    must(b, oko_store_begin(b->store, &b->err));
    must(b, oko_store_unit_merge(b->store, t.from, t.into, &moved, &b->err));
    assert_int_equal(moved.sheets, 1);
    oko_store_rollback(b->store);
    must(b, oko_store_snapshot(b->store, 0, after, &b->err));
    assert_string_equal(before, after);
    assert_int_equal(revision_of(b), old);
    assert_text(units_now(b, &s, OKO_LEVEL_SCHOOL), "edu1<%d sch1<%d", (int)t.municipality, (int)t.municipality);
    /* A refusal leaves the caller's transaction whole. */
    must(b, oko_store_begin(b->store, &b->err));
    assert_int_equal(oko_store_unit_merge(b->store, t.from, t.municipality, &moved, &b->err), OKO_E_CONFLICT);
    put_unit(b, OKO_LEVEL_SCHOOL, "edu9", t.municipality);
    must(b, oko_store_commit(b->store, &b->err));
    assert_clean(b);
}

/* ---- several merges ---- */

static void chain(bench *b, bool at_once)
{
    seen s;
    oko_unit u;
    const twins t = make_twins(b);
    const int64_t last = put_unit(b, OKO_LEVEL_SCHOOL, "edu2", t.municipality);
    put_unit(b, OKO_LEVEL_CLASS, "sch1/2021/4А", t.from);
    put_unit(b, OKO_LEVEL_CLASS, "edu1/2021/4А", t.into);
    put_unit(b, OKO_LEVEL_CLASS, "edu2/2021/4А", last);
    put_sheet(b, t.earlier, t.from, "А", 5, 1);
    put_external(b, t.from, "x");
    const int64_t old = revision_of(b);
    if (at_once) {
        must(b, oko_store_begin(b->store, &b->err));
    }
    (void)merge(b, t.from, t.into);
    (void)merge(b, t.into, last);
    if (at_once) {
        must(b, oko_store_commit(b->store, &b->err));
    }
    assert_int_equal(revision_of(b), old + (at_once ? 1 : 2));
    must(b, oko_store_unit_find(b->store, OKO_LEVEL_SCHOOL, "sch1", &u, &b->err));
    assert_int_equal(u.id, last);
    must(b, oko_store_unit_find(b->store, OKO_LEVEL_CLASS, "sch1/2021/4А", &u, &b->err));
    assert_string_equal(u.code, "edu2/2021/4А");
    assert_text(sheets_of(b, &s, t.earlier, 0), "%d/А:1000+5", (int)last);
    assert_text(sheets_of(b, &s, t.earlier, old), "%d/А:1000+5", (int)t.from);
    if (!at_once) {
        assert_text(sheets_of(b, &s, t.earlier, old + 1), "%d/А:1000+5", (int)t.into);
        assert_text(units_at(b, &s, old + 1, OKO_LEVEL_SCHOOL), "edu1<%d edu2<%d", (int)t.municipality,
                    (int)t.municipality);
    }
    assert_clean(b);
}

static void merges_follow_each_other(void **state)
{
    chain(*state, false);
}

static void merges_follow_in_one_transaction(void **state)
{
    chain(*state, true);
}

static oko_status see_result(void *ctx, const oko_result *r)
{
    char word[96];
    (void)snprintf(word, sizeof word, "%s@%lld", r->rule, (long long)r->unit);
    return see(ctx, word);
}

static void old_results_are_found_through_the_new_unit(void **state)
{
    bench *b = *state;
    seen s = { .n = 0 };
    int64_t run = 0;
    const twins t = make_twins(b);
    const oko_run record = { .method = "m" };
    const oko_result results[] = { { .rule = "a", .unit = t.from }, { .rule = "b", .unit = t.into } };
    must(b, oko_store_run_save(b->store, &record, results, 2, &run, &b->err));
    (void)merge(b, t.from, t.into);
    oko_result_query query = { .run = run, .unit = t.into, .level = OKO_LEVEL_COUNT };
    must(b, oko_store_result_walk(b->store, &query, see_result, &s, &b->err));
    assert_text(s.text, "b@%d", (int)t.into);
    query.with_merged = true;
    memset(&s, 0, sizeof s);
    must(b, oko_store_result_walk(b->store, &query, see_result, &s, &b->err));
    assert_text(s.text, "a@%d b@%d", (int)t.from, (int)t.into);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(data_move_and_old_versions_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(old_names_lead_to_the_new_unit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(merged_unit_takes_nothing_any_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(classes_move_with_their_codes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(class_with_data_keeps_its_code, set_up, tear_down),
        cmocka_unit_test_setup_teardown(municipality_moves_its_schools, set_up, tear_down),
        cmocka_unit_test_setup_teardown(knowledge_of_both_is_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(loss_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(works_of_no_class_are_in_the_way, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unlike_units_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(merge_is_all_or_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(merges_follow_each_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(merges_follow_in_one_transaction, set_up, tear_down),
        cmocka_unit_test_setup_teardown(old_results_are_found_through_the_new_unit, set_up, tear_down),
    };
    int failed = 0;
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++) {
        engine = &engines[i];
        failed += cmocka_run_group_tests_name(engine->name, tests, NULL, NULL);
    }
    return failed;
}
