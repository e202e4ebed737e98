/* What every engine must do, second part: sheets, snapshots, aggregates, external lists, runs. Speaks store.h only. */
#include "fixture.h"

typedef struct region {
    int64_t procedure, s1, s2, s3;
} region;

static region put_region(bench *b)
{
    region r;
    r.procedure = put_procedure(b, 2021, 4, "MA");
    r.s1 = put_unit(b, OKO_LEVEL_SCHOOL, "sch1", 0);
    r.s2 = put_unit(b, OKO_LEVEL_SCHOOL, "sch2", 0);
    r.s3 = put_unit(b, OKO_LEVEL_SCHOOL, "sch3", 0);
    return r;
}

/* ---- sheets ---- */

static oko_status compare_sheet(void *ctx, const oko_sheet *sheet, const oko_counts *counts)
{
    const oko_sheet *expected = ctx;
    oko_counts recount;
    assert_int_equal(sheet->procedure, expected->procedure);
    assert_int_equal(sheet->school, expected->school);
    assert_string_equal(sheet->class_label, expected->class_label);
    assert_int_equal(sheet->n, expected->n);
    assert_int_equal(sheet->n_items, expected->n_items);
    assert_memory_equal(sheet->code, expected->code, expected->n * sizeof *expected->code);
    assert_memory_equal(sheet->variant, expected->variant, expected->n);
    assert_memory_equal(sheet->journal, expected->journal, expected->n);
    assert_memory_equal(sheet->total, expected->total, expected->n * sizeof *expected->total);
    assert_memory_equal(sheet->flags, expected->flags, expected->n);
    assert_memory_equal(sheet->items, expected->items, expected->n * (size_t)expected->n_items);
    oko_sheet_count(expected, &recount);
    assert_memory_equal(counts, &recount, sizeof recount);
    return OKO_OK;
}

static void sheet_comes_back_whole(void **state)
{
    bench *b = *state;
    const region r = put_region(b);
    oko_change change;
    for (size_t n = 0; n <= 3000; n += 1500) { /* empty and larger than any page, too */
        OKO_CLEANUP(oko_sheet_freep) oko_sheet *s = sample_sheet(r.procedure, r.s1, "5А", n, 3);
        must(b, oko_store_sheet_put(b->store, 0, s, &change, &b->err));
        assert_int_equal(change, n == 0 ? OKO_ADDED : OKO_REPLACED);
        const oko_sheet_query query = { .procedure = r.procedure };
        must(b, oko_store_sheet_walk(b->store, &query, compare_sheet, s, &b->err));
    }
    assert_clean(b);
}

static void sheet_versions_stay(void **state)
{
    bench *b = *state;
    const region r = put_region(b);
    seen s;
    assert_int_equal(put_sheet(b, r.procedure, r.s1, "А", 5, 1), OKO_ADDED);
    const int64_t before = revision_of(b);
    assert_int_equal(put_sheet(b, r.procedure, r.s1, "А", 5, 1), OKO_UNCHANGED);
    assert_int_equal(put_sheet(b, r.procedure, r.s1, "А", 6, 2), OKO_REPLACED);
    assert_int_equal(put_sheet(b, r.procedure, r.s1, "А", 5, 1), OKO_REPLACED); /* back to the first content */
    assert_int_equal(revision_of(b), before + 2);
    assert_string_equal(sheets_of(b, &s, r.procedure, before - 1), "");
    assert_string_equal(sheets_of(b, &s, r.procedure, before), "1/А:1000+5");
    assert_string_equal(sheets_of(b, &s, r.procedure, before + 1), "1/А:2000+6");
    assert_string_equal(sheets_of(b, &s, r.procedure, 0), "1/А:1000+5");
    assert_clean(b);
}

static void one_transaction_makes_one_version(void **state)
{
    bench *b = *state;
    const region r = put_region(b);
    seen s;
    int64_t removed = -1;
    put_sheet(b, r.procedure, r.s1, "А", 5, 1);
    const int64_t before = revision_of(b);
    must(b, oko_store_begin(b->store, &b->err));
    assert_int_equal(put_sheet(b, r.procedure, r.s1, "А", 5, 2), OKO_REPLACED);
    assert_int_equal(put_sheet(b, r.procedure, r.s1, "А", 5, 3), OKO_REPLACED);
    put_sheet(b, r.procedure, r.s1, "Б", 5, 4);
    must(b, oko_store_sheet_retire(b->store, 0, r.procedure, r.s1, NULL, 0, &removed, &b->err));
    assert_int_equal(removed, 2);
    put_sheet(b, r.procedure, r.s1, "В", 5, 5);
    must(b, oko_store_commit(b->store, &b->err));
    assert_string_equal(sheets_of(b, &s, r.procedure, 0), "1/В:5000+5");
    assert_string_equal(sheets_of(b, &s, r.procedure, before), "1/А:1000+5");
    assert_clean(b);
}

static void retire_ends_what_is_not_kept(void **state)
{
    bench *b = *state;
    const region r = put_region(b);
    seen s;
    int64_t removed = -1;
    static const char keep[2][16] = { "Б", "Я" };
    put_sheet(b, r.procedure, r.s1, "А", 1, 1);
    put_sheet(b, r.procedure, r.s1, "Б", 1, 2);
    put_sheet(b, r.procedure, r.s1, "", 1, 3);
    put_sheet(b, r.procedure, r.s2, "А", 1, 4);
    const int64_t before = revision_of(b);
    must(b, oko_store_sheet_retire(b->store, 0, r.procedure, r.s1, keep, 2, &removed, &b->err));
    assert_int_equal(removed, 2);
    assert_int_equal(revision_of(b), before + 1);
    assert_string_equal(sheets_of(b, &s, r.procedure, 0), "1/Б:2000+1 2/А:4000+1");
    assert_string_equal(sheets_of(b, &s, r.procedure, before), "1/:3000+1 1/А:1000+1 1/Б:2000+1 2/А:4000+1");
    must(b, oko_store_sheet_retire(b->store, 0, r.procedure, r.s1, keep, 2, &removed, &b->err));
    assert_int_equal(removed, 0);
    assert_int_equal(revision_of(b), before + 1); /* nothing changed */
    assert_clean(b);
}

static void walk_filters_and_shards(void **state)
{
    bench *b = *state;
    const region r = put_region(b);
    const int64_t other = put_procedure(b, 2021, 5, "MA");
    seen s = { .n = 0 };
    put_sheet(b, r.procedure, r.s3, "Б", 1, 6);
    put_sheet(b, r.procedure, r.s3, "А", 1, 5);
    put_sheet(b, r.procedure, r.s1, "А", 1, 1);
    put_sheet(b, r.procedure, r.s2, "А", 1, 2);
    put_sheet(b, other, r.s1, "А", 1, 9);
    oko_sheet_query query = { .procedure = r.procedure, .n_shards = 2, .shard = 1 };
    must(b, oko_store_sheet_walk(b->store, &query, see_sheet, &s, &b->err));
    assert_string_equal(s.text, "1/А:1000+1 3/А:5000+1 3/Б:6000+1");
    query.shard = 0;
    s = (seen){ .n = 0 };
    must(b, oko_store_sheet_walk(b->store, &query, see_sheet, &s, &b->err));
    assert_string_equal(s.text, "2/А:2000+1");
    query = (oko_sheet_query){ .procedure = r.procedure, .school = r.s3 };
    s = (seen){ .stop_after = 1 };
    assert_int_equal(oko_store_sheet_walk(b->store, &query, see_sheet, &s, &b->err), OKO_E_CANCELLED);
    assert_string_equal(s.text, "3/А:5000+1");
    query.n_shards = 2;
    query.shard = 2;
    assert_int_equal(oko_store_sheet_walk(b->store, &query, see_sheet, &s, &b->err), OKO_E_ARGUMENT);
}

/* A walk inside a walk: each has its own place and its own sheet. */
static oko_status walk_again(void *ctx, const oko_sheet *sheet, const oko_counts *counts)
{
    bench *b = ctx;
    seen s;
    (void)counts;
    const uint64_t first = sheet->code[0];
    const char *all = sheets_of(b, &s, sheet->procedure, 0);
    assert_string_equal(all, "1/А:1000+3 2/А:2000+9");
    assert_int_equal(sheet->code[0], first);
    put_sheet(b, sheet->procedure, sheet->school, "Я", 1, 1); /* and a write inside */
    int64_t removed = 0;
    static const char keep[1][16] = { "А" };
    must(b, oko_store_sheet_retire(b->store, 0, sheet->procedure, sheet->school, keep, 1, &removed, &b->err));
    assert_int_equal(removed, 1);
    return OKO_OK;
}

static void walks_may_nest(void **state)
{
    bench *b = *state;
    const region r = put_region(b);
    put_sheet(b, r.procedure, r.s1, "А", 3, 1);
    put_sheet(b, r.procedure, r.s2, "А", 9, 2);
    const oko_sheet_query query = { .procedure = r.procedure, .revision = revision_of(b) };
    must(b, oko_store_sheet_walk(b->store, &query, walk_again, b, &b->err));
    assert_clean(b);
}

static void bad_sheets_are_refused(void **state)
{
    bench *b = *state;
    const region r = put_region(b);
    oko_change change = OKO_REMOVED;
    OKO_CLEANUP(oko_sheet_freep) oko_sheet *s = sample_sheet(r.procedure, r.s1, "А", 5, 1);
    s->items[3] = 101; /* no item has so many points */
    assert_int_equal(oko_store_sheet_put(b->store, 0, s, &change, &b->err), OKO_E_ARGUMENT);
    s->items[3] = 1;
    s->school = 0;
    assert_int_equal(oko_store_sheet_put(b->store, 0, s, &change, &b->err), OKO_E_ARGUMENT);
    s->school = r.s1;
    memset(s->class_label, 'x', sizeof s->class_label);
    assert_int_equal(oko_store_sheet_put(b->store, 0, s, &change, &b->err), OKO_E_ARGUMENT);
    s->class_label[0] = '\0';
    assert_int_equal(oko_store_sheet_put(b->store, 999, s, &change, &b->err), OKO_E_NOT_FOUND); /* no such import */
    assert_int_equal(change, OKO_REMOVED);
    must(b, oko_store_sheet_put(b->store, 0, s, &change, &b->err));
}

static oko_status see_counts(void *ctx, int64_t school, const oko_counts *c)
{
    char word[128];
    (void)snprintf(word, sizeof word, "%lld:%lld,%lld,%lld,%lld,%lld,%lld", (long long)school, (long long)c->rows,
                   (long long)c->participants, (long long)c->absent, (long long)c->no_total, (long long)c->sum,
                   (long long)c->sum_sq);
    return see(ctx, word);
}

static void counts_add_up_by_school(void **state)
{
    bench *b = *state;
    const region r = put_region(b);
    oko_counts expected = { 0 }, one;
    for (unsigned i = 0; i < 3; i++) {
        char label[2] = { (char)('A' + i), 0 };
        OKO_CLEANUP(oko_sheet_freep) oko_sheet *s = sample_sheet(r.procedure, r.s2, label, 20, i);
        oko_sheet_count(s, &one);
        oko_counts_add(&expected, &one);
        put_sheet(b, r.procedure, r.s2, label, 20, i);
    }
    const int64_t before = revision_of(b);
    put_sheet(b, r.procedure, r.s1, "A", 1, 0);
    seen s = { .n = 0 }, t = { .n = 0 };
    must(b, oko_store_counts_walk(b->store, r.procedure, before, see_counts, &s, &b->err));
    assert_int_equal(see_counts(&t, r.s2, &expected), OKO_OK);
    assert_string_equal(s.text, t.text);
    assert_int_equal(expected.rows, 60);
    assert_int_equal(expected.absent, 6);
    s = (seen){ .n = 0 };
    must(b, oko_store_counts_walk(b->store, r.procedure, 0, see_counts, &s, &b->err));
    assert_int_equal(s.n, 2);
}

/* ---- aggregates and external lists ---- */

static oko_status compare_aggregate(void *ctx, const oko_aggregate *a)
{
    const oko_aggregate *expected = ctx;
    assert_int_equal(a->kind, expected->kind);
    assert_int_equal(a->procedure, expected->procedure);
    assert_int_equal(a->unit, expected->unit);
    assert_int_equal(a->n_units, expected->n_units);
    assert_int_equal(a->n, expected->n);
    assert_int_equal(a->percent, expected->percent);
    assert_int_equal(a->n_values, expected->n_values);
    for (int i = 0; i < a->n_values; i++) {
        assert_true(isnan(expected->values[i]) ? isnan(a->values[i]) : a->values[i] == expected->values[i]);
    }
    return OKO_OK;
}

static void aggregate_versions_stay(void **state)
{
    bench *b = *state;
    const region r = put_region(b);
    oko_aggregate a = { .kind = OKO_AGGREGATE_HISTOGRAM,
                        .procedure = r.procedure,
                        .unit = r.s1,
                        .n_units = -1,
                        .n = 30,
                        .percent = true,
                        .n_values = OKO_MAX_TOTAL + 1 };
    oko_change change;
    for (int i = 0; i < a.n_values; i++) {
        a.values[i] = i % 7 == 3 ? (double)NAN : 100.0 / (i + 3);
    }
    must(b, oko_store_aggregate_put(b->store, 0, &a, &change, &b->err));
    assert_int_equal(change, OKO_ADDED);
    const int64_t before = revision_of(b);
    must(b, oko_store_aggregate_put(b->store, 0, &a, &change, &b->err));
    assert_int_equal(change, OKO_UNCHANGED);
    oko_aggregate next = a;
    next.n_values = 3;
    next.values[1] = 5.06;
    must(b, oko_store_aggregate_put(b->store, 0, &next, &change, &b->err));
    assert_int_equal(change, OKO_REPLACED);
    must(b, oko_store_aggregate_walk(b->store, r.procedure, before, compare_aggregate, &a, &b->err));
    must(b, oko_store_aggregate_walk(b->store, 0, 0, compare_aggregate, &next, &b->err));
    a.unit = 999;
    assert_int_equal(oko_store_aggregate_put(b->store, 0, &a, &change, &b->err), OKO_E_NOT_FOUND);
    a.n_values = OKO_MAX_TOTAL + 2;
    assert_int_equal(oko_store_aggregate_put(b->store, 0, &a, &change, &b->err), OKO_E_ARGUMENT);
    assert_clean(b);
}

static oko_status see_external(void *ctx, const oko_external *e)
{
    char word[700];
    (void)snprintf(word, sizeof word, "%lld|%s|%d|%s|%s|%s", (long long)e->unit, e->list, e->year, e->source,
                   e->procedure, e->reason);
    return see(ctx, word);
}

static void external_versions_stay(void **state)
{
    bench *b = *state;
    const region r = put_region(b);
    oko_external e = {
        .list = "ФИОКО", .year = 2021, .source = "письмо", .unit = r.s1, .procedure = "2021-04-MA", .reason = "пики"
    };
    oko_change change;
    seen s = { .n = 0 };
    must(b, oko_store_external_put(b->store, 0, &e, &change, &b->err));
    assert_int_equal(change, OKO_ADDED);
    const int64_t before = revision_of(b);
    must(b, oko_store_external_put(b->store, 0, &e, &change, &b->err));
    assert_int_equal(change, OKO_UNCHANGED);
    (void)snprintf(e.reason, sizeof e.reason, "иное");
    must(b, oko_store_external_put(b->store, 0, &e, &change, &b->err));
    assert_int_equal(change, OKO_REPLACED);
    e.unit = r.s2;
    must(b, oko_store_external_put(b->store, 0, &e, &change, &b->err));
    must(b, oko_store_external_walk(b->store, 0, before, see_external, &s, &b->err));
    assert_string_equal(s.text, "1|ФИОКО|2021|письмо|2021-04-MA|пики");
    s = (seen){ .n = 0 };
    must(b, oko_store_external_walk(b->store, r.s1, 0, see_external, &s, &b->err));
    assert_string_equal(s.text, "1|ФИОКО|2021|письмо|2021-04-MA|иное");
    assert_clean(b);
}

/* ---- snapshot ---- */

static const char *snapshot_of(bench *b, int64_t revision, char hex[OKO_HASH_HEX])
{
    must(b, oko_store_snapshot(b->store, revision, hex, &b->err));
    assert_int_equal(strlen(hex), OKO_HASH_HEX - 1);
    return hex;
}

/* The same data in two orders: the row ids differ, the snapshot does not. */
static void snapshot_does_not_depend_on_the_order(void **state)
{
    bench *b = *state;
    bench *c = NULL;
    char first[OKO_HASH_HEX], second[OKO_HASH_HEX];
    assert_int_equal(set_up((void **)&c), 0);
    for (int pass = 0; pass < 2; pass++) {
        bench *at = pass == 0 ? b : c;
        const char *codes[] = { pass == 0 ? "sch1" : "sch2", pass == 0 ? "sch2" : "sch1" };
        if (pass == 1) {
            put_procedure(at, 2021, 5, "RU");
        }
        const int64_t procedure = put_procedure(at, 2021, 4, "MA");
        const int64_t x = put_unit(at, OKO_LEVEL_SCHOOL, codes[0], 0), y = put_unit(at, OKO_LEVEL_SCHOOL, codes[1], 0);
        if (pass == 0) {
            put_procedure(at, 2021, 5, "RU");
        }
        put_sheet(at, procedure, x, pass == 0 ? "А" : "Б", 5, pass == 0 ? 1 : 2);
        if (pass == 1) {
            put_sheet(at, procedure, y, "А", 9, 9);
        }
        put_sheet(at, procedure, y, pass == 0 ? "Б" : "А", 5, pass == 0 ? 2 : 1);
    }
    assert_string_equal(snapshot_of(b, 0, first), snapshot_of(c, 0, second));
    tear_down((void **)&c);
}

static void assert_new_snapshot(bench *b, char last[OKO_HASH_HEX])
{
    char now[OKO_HASH_HEX];
    assert_string_not_equal(snapshot_of(b, 0, now), last);
    memcpy(last, now, sizeof now);
}

static void snapshot_changes_with_all_data(void **state)
{
    bench *b = *state;
    char last[OKO_HASH_HEX], old[OKO_HASH_HEX], now[OKO_HASH_HEX];
    int64_t removed, id;
    oko_change change;
    snapshot_of(b, 0, last);
    const region r = put_region(b);
    assert_new_snapshot(b, last);
    put_sheet(b, r.procedure, r.s1, "А", 5, 1);
    assert_new_snapshot(b, last);
    const int64_t revision = revision_of(b);
    memcpy(old, last, sizeof old);
    put_sheet(b, r.procedure, r.s1, "А", 5, 2);
    assert_new_snapshot(b, last);
    put_sheet(b, r.procedure, r.s1, "Б", 5, 2);
    assert_new_snapshot(b, last);
    must(b, oko_store_sheet_retire(b->store, 0, r.procedure, r.s1, NULL, 0, &removed, &b->err));
    assert_new_snapshot(b, last);
    const oko_aggregate a = { .procedure = r.procedure, .unit = r.s1, .n_values = 4, .values = { 1, 2, 3, 4 } };
    must(b, oko_store_aggregate_put(b->store, 0, &a, &change, &b->err));
    assert_new_snapshot(b, last);
    const oko_external e = { .list = "L", .unit = r.s1 };
    must(b, oko_store_external_put(b->store, 0, &e, &change, &b->err));
    assert_new_snapshot(b, last);
    oko_procedure p = sample_procedure(2021, 4, "MA");
    p.cutoffs[2] = 7;
    must(b, oko_store_procedure_put(b->store, &p, &id, &change, &b->err));
    assert_new_snapshot(b, last);
    assert_string_equal(snapshot_of(b, revision, now), old); /* the past stays as it was */
    oko_unit u = sample_unit(OKO_LEVEL_SCHOOL, "sch1", put_unit(b, OKO_LEVEL_MUNICIPALITY, "m", 0));
    u.id = r.s1;
    must(b, oko_store_unit_put(b->store, &u, &id, &b->err)); /* moved to a municipality: its results differ */
    assert_new_snapshot(b, last);
}

/* ---- runs ---- */

static oko_result sample_result(const char *procedure, const char *rule, int64_t unit, bool marked)
{
    oko_result r = { .unit = unit,
                     .marked = marked,
                     .official = true,
                     .n = 25,
                     .observed = 1.25,
                     .expected = NAN,
                     .effect = -3e-300,
                     .effect_lo = -INFINITY,
                     .effect_hi = 0.1,
                     .p = 1e-300,
                     .log_p = -4000.5,
                     .q = NAN };
    (void)snprintf(r.procedure, sizeof r.procedure, "%s", procedure);
    (void)snprintf(r.rule, sizeof r.rule, "%s", rule);
    return r;
}

static oko_status see_result(void *ctx, const oko_result *r)
{
    char word[160];
    (void)snprintf(word, sizeof word, "%s/%s/%lld", r->procedure, r->rule, (long long)r->unit);
    return see(ctx, word);
}

static const char *results_of(bench *b, seen *s, oko_result_query query)
{
    *s = (seen){ .n = 0 };
    must(b, oko_store_result_walk(b->store, &query, see_result, s, &b->err));
    return s->text;
}

static void results_come_back_ordered_and_filtered(void **state)
{
    bench *b = *state;
    seen s;
    const int64_t school_b = put_unit(b, OKO_LEVEL_SCHOOL, "b", 0), school_a = put_unit(b, OKO_LEVEL_SCHOOL, "a", 0);
    const int64_t area = put_unit(b, OKO_LEVEL_REGION, "z", 0);
    const oko_result results[] = {
        sample_result("P2", "ci", school_b, true),  sample_result("P1", "rs", school_b, false),
        sample_result("P1", "rs", school_a, true),  sample_result("P1", "rs", area, false),
        sample_result("P1", "ci", school_a, false), sample_result("", "index", area, false)
    };
    const oko_run run = { .method = "m", .program = "p" };
    int64_t id = 0;
    must(b, oko_store_run_save(b->store, &run, results, 6, &id, &b->err));
    must(b, oko_store_run_save(b->store, &run, results, 1, &id, &b->err));
    assert_string_equal(results_of(b, &s, (oko_result_query){ .run = 1, .level = OKO_LEVEL_COUNT }),
                        "/index/3 P1/ci/2 P1/rs/3 P1/rs/2 P1/rs/1 P2/ci/1");
    assert_string_equal(results_of(b, &s, (oko_result_query){ .run = 2, .level = OKO_LEVEL_COUNT }), "P2/ci/1");
    assert_string_equal(results_of(b, &s, (oko_result_query){ .level = OKO_LEVEL_COUNT }), "P2/ci/1"); /* newest */
    assert_string_equal(results_of(b, &s, (oko_result_query){ .run = 1, .unit = school_a, .level = OKO_LEVEL_COUNT }),
                        "P1/ci/2 P1/rs/2");
    assert_string_equal(results_of(b, &s, (oko_result_query){ .run = 1, .level = OKO_LEVEL_REGION }),
                        "/index/3 P1/rs/3");
    assert_string_equal(
        results_of(b, &s, (oko_result_query){ .run = 1, .procedure = "P1", .rule = "rs", .level = OKO_LEVEL_SCHOOL }),
        "P1/rs/2 P1/rs/1");
    assert_string_equal(
        results_of(b, &s, (oko_result_query){ .run = 1, .marked_only = true, .level = OKO_LEVEL_COUNT }),
        "P1/rs/2 P2/ci/1");
    assert_clean(b);
}

static bool same_number(double a, double b)
{
    return isnan(a) ? isnan(b) : a == b;
}

static oko_status compare_result(void *ctx, const oko_result *r)
{
    const oko_result *x = ctx;
    assert_true(same_number(r->observed, x->observed) && same_number(r->expected, x->expected) &&
                same_number(r->effect, x->effect) && same_number(r->effect_lo, x->effect_lo) &&
                same_number(r->effect_hi, x->effect_hi) && same_number(r->p, x->p) && same_number(r->log_p, x->log_p) &&
                same_number(r->q, x->q));
    assert_int_equal(r->state, x->state);
    assert_string_equal(r->why, x->why);
    assert_int_equal(r->n, x->n);
    assert_true(r->marked == x->marked && r->official == x->official);
    if (x->details == NULL) {
        assert_null(r->details);
    } else {
        assert_string_equal(r->details, x->details);
    }
    return OKO_OK;
}

static void run_comes_back_whole(void **state)
{
    bench *b = *state;
    char params[] = "{\"replicates\":400}", details[] = "{\"k\":[1,2.5]}";
    oko_run run = { .method = "oko-methods 1",
                    .program = "0.1.0",
                    .revision = 0,
                    .seed = UINT64_MAX - 5,
                    .created = "2026-11-23T10:00:00Z",
                    .snapshot = "ab",
                    .result_hash = "cd",
                    .params = params };
    oko_result result = sample_result("", "index", put_unit(b, OKO_LEVEL_REGION, "20", 0), true);
    int64_t id = 0;
    result.details = details;
    result.state = OKO_RESULT_NO_DATA;
    (void)snprintf(result.why, sizeof result.why, "analysis.few_works");
    must(b, oko_store_run_save(b->store, &run, &result, 1, &id, &b->err));
    oko_run back = { 0 };
    must(b, oko_store_run_get(b->store, id, &back, &b->err));
    assert_int_equal(back.id, id);
    assert_true(back.seed == run.seed);
    assert_string_equal(back.created, run.created);
    assert_string_equal(back.method, run.method);
    assert_string_equal(back.program, run.program);
    assert_string_equal(back.snapshot, run.snapshot);
    assert_string_equal(back.result_hash, run.result_hash);
    assert_string_equal(back.params, params);
    oko_run_clear(&back);
    const oko_result_query query = { .run = id, .level = OKO_LEVEL_COUNT };
    must(b, oko_store_result_walk(b->store, &query, compare_result, &result, &b->err));
}

static oko_status see_run(void *ctx, const oko_run *run)
{
    assert_non_null(run->params);
    assert_int_equal(strlen(run->created), 20);
    return see(ctx, run->method);
}

static void runs_are_never_half_saved(void **state)
{
    bench *b = *state;
    seen s = { .n = 0 };
    int64_t id = -1;
    oko_run run = { .method = "one" }, back = { 0 };
    assert_int_equal(oko_store_run_get(b->store, 0, &back, &b->err), OKO_E_NOT_FOUND);
    must(b, oko_store_run_save(b->store, &run, NULL, 0, &id, &b->err));
    (void)snprintf(run.method, sizeof run.method, "two");
    const oko_result results[] = { sample_result("P", "ci", 0, false), sample_result("P", "ci", 999, false) };
    assert_int_equal(oko_store_run_save(b->store, &run, results, 2, &id, &b->err), OKO_E_NOT_FOUND);
    must(b, oko_store_begin(b->store, &b->err));
    assert_int_equal(oko_store_run_save(b->store, &run, NULL, 0, &id, &b->err), OKO_E_CONFLICT);
    oko_store_rollback(b->store);
    assert_int_equal(id, 1);
    must(b, oko_store_run_save(b->store, &run, results, 1, &id, &b->err));
    must(b, oko_store_run_walk(b->store, see_run, &s, &b->err));
    assert_string_equal(s.text, "two one");
    must(b, oko_store_run_get(b->store, 0, &back, &b->err));
    assert_string_equal(back.method, "two");
    oko_run_clear(&back);
    assert_clean(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sheet_comes_back_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sheet_versions_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_transaction_makes_one_version, set_up, tear_down),
        cmocka_unit_test_setup_teardown(retire_ends_what_is_not_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(walk_filters_and_shards, set_up, tear_down),
        cmocka_unit_test_setup_teardown(walks_may_nest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bad_sheets_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(counts_add_up_by_school, set_up, tear_down),
        cmocka_unit_test_setup_teardown(aggregate_versions_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(external_versions_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(snapshot_does_not_depend_on_the_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(snapshot_changes_with_all_data, set_up, tear_down),
        cmocka_unit_test_setup_teardown(results_come_back_ordered_and_filtered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(run_comes_back_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(runs_are_never_half_saved, set_up, tear_down),
    };
    int failed = 0;
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++) {
        engine = &engines[i];
        failed += cmocka_run_group_tests_name(engine->name, tests, NULL, NULL);
    }
    return failed;
}
