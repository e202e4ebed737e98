/* Pack region: every number below was worked out by hand; bounds are met exactly, small groups are told as such. */
#include "look.h"

static const int16_t cutoffs[] = { 6, 10, 15 }; /* marks 2 … 5 of 0 … 20 */
static const char code[] = "2021-05-MA", earlier[] = "2020-04-MA";

enum { SCHOOLS = 6, MOST = 40 };

typedef struct region {
    world *w;
    int64_t school[SCHOOLS], now, before;
} region;

/* n works of one kind, appended. */
typedef struct works {
    size_t n;
    int total[MOST], journal[MOST];
} works;

static void add(works *w, int n, int total, int journal)
{
    for (int i = 0; i < n; i++, w->n++) {
        w->total[w->n] = total;
        w->journal[w->n] = journal;
    }
}

static void put(region *r, int64_t procedure, int school, const works *w)
{
    put_class(r->w, procedure, r->school[school], "А", w->n, w->total, w->journal);
}

static void open_region(region *r)
{
    *r = (region){ .w = world_open() };
    begin(r->w);
    r->now = put_procedure(r->w, code, OKO_KIND_VPR, 20, 0, 3, cutoffs);
    r->before = put_procedure(r->w, earlier, OKO_KIND_VPR, 20, 0, 3, cutoffs);
    for (int i = 0; i < SCHOOLS; i++) {
        char name[16];
        snprintf(name, sizeof name, "s%d", i);
        r->school[i] = put_unit(r->w, OKO_LEVEL_SCHOOL, name, r->w->municipality[i / 3]);
    }
}

/* s0: of 10 with both marks 4 are lowered (exactly 40 %), 2 raised (20 %); 3 more have no journal mark.
 * s1: of 10 only 3 are lowered, 7 confirmed.        s2: 9 with a mark: too few, though 12 wrote.
 * s3: of 20 8 are raised (40 %), 12 confirmed.      s4: 12 «4» of 15 (80 %), mean 10.2 of 20 (51 %).
 * s5: 12 «4» of 15, mean exactly 11 of 20 (55 %): not below the bound. */
static void fill_now(region *r)
{
    works s[SCHOOLS] = { { 0 } };
    add(&s[0], 4, 7, 4);
    add(&s[0], 4, 7, 3);
    add(&s[0], 2, 12, 3);
    add(&s[0], 3, 12, OKO_JOURNAL_NONE);
    add(&s[1], 3, 0, 3);
    add(&s[1], 7, 16, 5);
    add(&s[2], 9, 16, 2);
    add(&s[2], 3, 16, OKO_JOURNAL_NONE);
    add(&s[3], 8, 16, 4);
    add(&s[3], 12, 11, 4);
    add(&s[4], 12, 11, 4);
    add(&s[4], 3, 7, 3);
    add(&s[5], 12, 12, 4);
    add(&s[5], 3, 7, 3);
    for (int i = 0; i < SCHOOLS; i++)
        put(r, r->now, i, &s[i]);
}

/* Share of «2» a year before: s0 none of 12, s1 2 of 10 (20 %, now 30 %), s2 none of 5, s3 took no part, s4 3 of 15. */
static void fill_before(region *r)
{
    works s[SCHOOLS] = { { 0 } };
    add(&s[0], 12, 12, 4);
    add(&s[1], 2, 5, 3);
    add(&s[1], 2, 6, 3); /* the cut-off itself is a «3» */
    add(&s[1], 6, 12, 4);
    add(&s[2], 5, 12, 4);
    add(&s[4], 3, 0, 3);
    add(&s[4], 12, 11, 4);
    for (int i = 0; i < SCHOOLS; i++)
        if (s[i].n > 0)
            put(r, r->before, i, &s[i]);
}

static void fill(region *r)
{
    open_region(r);
    fill_now(r);
    fill_before(r);
    commit(r->w);
}

static oko_run run_of(region *r, const char *rules)
{
    bool fresh = false;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.replicates = 20;
    options.rules = rules;
    options.rules_name = "mine.json";
    return analyze(r->w, &options, false, &fresh);
}

static bool says(const oko_result *r, const char *text)
{
    return strstr(r->details, text) != NULL;
}

static void lowered_and_raised(void **state)
{
    (void)state;
    region r;
    fill(&r);
    oko_run run = run_of(&r, NULL);
    oko_result s0 = result_of(r.w, run.id, code, "region/lowered", r.school[0]);
    assert_true(s0.marked && !s0.official && s0.state == OKO_RESULT_OK);
    assert_int_equal(s0.n, 10);
    assert_true(near(s0.observed, 40));
    assert_true(near(s0.expected, 100 * 7.0 / 79)); /* of 10 + 10 + 9 + 20 + 15 + 15 */
    assert_true(near(detail(&s0, "n"), 13) && near(detail(&s0, "with_mark"), 10));
    assert_true(near(detail(&s0, "smallest"), 2));
    assert_true(says(&s0, "\"degree\":\"high\"") && says(&s0, "\"from\":\"works\""));
    oko_result_clear(&s0);
    oko_result up = result_of(r.w, run.id, code, "region/raised", r.school[0]);
    assert_false(up.marked);
    assert_true(near(up.observed, 20));
    assert_true(says(&up, "\"degree\":\"medium\"")); /* exactly 20 % */
    oko_result_clear(&up);
    oko_result s1 = result_of(r.w, run.id, code, "region/lowered", r.school[1]);
    assert_true(!s1.marked && near(s1.observed, 30) && says(&s1, "\"degree\":\"medium\""));
    assert_true(near(detail(&s1, "smallest"), 3)); /* nobody is raised: no group */
    oko_result_clear(&s1);
    oko_result s2 = result_of(r.w, run.id, code, "region/raised", r.school[2]);
    assert_int_equal(s2.state, OKO_RESULT_NO_DATA);
    assert_string_equal(s2.why, "analysis.region.few_journal_marks");
    assert_true(!s2.marked && isnan(s2.observed));
    assert_int_equal(s2.n, 9);
    oko_result_clear(&s2);
    oko_result s3 = result_of(r.w, run.id, code, "region/raised", r.school[3]);
    assert_true(s3.marked && near(s3.observed, 40));
    oko_result_clear(&s3);
    oko_run_clear(&run);
    world_close(r.w);
}

static void summaries(void **state)
{
    (void)state;
    region r;
    fill(&r);
    oko_run run = run_of(&r, NULL);
    oko_result m1 = result_of(r.w, run.id, code, "region/lowered", r.w->municipality[0]);
    assert_int_equal(m1.n, 2); /* s2 is too small */
    assert_true(near(m1.observed, 1) && near(m1.effect, .5) && !m1.marked);
    assert_true(near(detail(&m1, "schools"), 3) && near(detail(&m1, "no_data"), 1));
    oko_result_clear(&m1);
    oko_result all = result_of(r.w, run.id, code, "region/raised", r.w->region);
    assert_int_equal(all.n, 5);
    assert_true(near(all.observed, 1));
    assert_true(near(detail(&all, "with_mark"), 79));
    assert_true(near(detail(&all, "lowered_share"), 100 * 7.0 / 79));
    assert_true(near(detail(&all, "raised_share"), 100 * 19.0 / 79));
    oko_result_clear(&all);
    assert_int_equal(marked(r.w, run.id, code, "region/lowered", OKO_LEVEL_SCHOOL), 1);
    assert_int_equal(marked(r.w, run.id, code, "region/raised", OKO_LEVEL_SCHOOL), 1);
    assert_int_equal(marked(r.w, run.id, code, "region/lowered", OKO_LEVEL_REGION), 0);
    oko_run_clear(&run);
    world_close(r.w);
}

static void contrast(void **state)
{
    (void)state;
    region r;
    fill(&r);
    oko_run run = run_of(&r, NULL);
    oko_result s4 = result_of(r.w, run.id, code, "region/contrast", r.school[4]);
    assert_true(s4.marked);
    assert_int_equal(s4.n, 15);
    assert_true(near(s4.observed, 51) && near(s4.expected, 55) && near(s4.effect, 80));
    assert_true(near(detail(&s4, "good"), 12) && near(detail(&s4, "smallest"), 3));
    oko_result_clear(&s4);
    oko_result s5 = result_of(r.w, run.id, code, "region/contrast", r.school[5]);
    assert_true(!s5.marked && near(s5.observed, 55) && near(s5.effect, 80));
    oko_result_clear(&s5);
    oko_result s0 = result_of(r.w, run.id, code, "region/contrast", r.school[0]);
    assert_true(!s0.marked && near(s0.effect, 100 * 5.0 / 13)); /* the work's marks: all 13 */
    oko_result_clear(&s0);
    assert_int_equal(marked(r.w, run.id, code, "region/contrast", OKO_LEVEL_SCHOOL), 1);
    oko_run_clear(&run);
    world_close(r.w);
}

static void twos(void **state)
{
    (void)state;
    region r;
    fill(&r);
    oko_run run = run_of(&r, NULL);
    oko_result s1 = result_of(r.w, run.id, code, "region/twos", r.school[1]);
    assert_true(s1.marked); /* exactly 10 points */
    assert_true(near(s1.observed, 30) && near(s1.expected, 20) && near(s1.effect, 10));
    assert_true(near(detail(&s1, "n_before"), 10) && near(detail(&s1, "twos_after"), 3));
    assert_true(near(detail(&s1, "smallest"), 2));
    /* s0, s1, s2, s4 wrote in both years: 3 of 50 now, 5 of 42 before */
    assert_true(near(detail(&s1, "region_change"), 100 * (3.0 / 50 - 5.0 / 42)));
    oko_result_clear(&s1);
    oko_result s2 = result_of(r.w, run.id, code, "region/twos", r.school[2]);
    assert_int_equal(s2.state, OKO_RESULT_NO_DATA);
    assert_string_equal(s2.why, "analysis.region.few_works_year");
    oko_result_clear(&s2);
    oko_result s3 = result_of(r.w, run.id, code, "region/twos", r.school[3]);
    assert_string_equal(s3.why, "analysis.no_previous_works");
    oko_result_clear(&s3);
    oko_result s4 = result_of(r.w, run.id, code, "region/twos", r.school[4]);
    assert_true(!s4.marked && near(s4.effect, -20));
    oko_result_clear(&s4);
    oko_result first = result_of(r.w, run.id, earlier, "region/twos", r.w->region);
    assert_int_equal(first.state, OKO_RESULT_NO_DATA);
    assert_string_equal(first.why, "analysis.no_previous");
    oko_result_clear(&first);
    oko_run_clear(&run);
    world_close(r.w);
}

/* Without a scale 2…5 only the region says why. */
static void no_scale(void **state)
{
    (void)state;
    static const char *const rules[] = { "region/lowered", "region/raised", "region/contrast", "region/twos" };
    region r;
    open_region(&r);
    int64_t raw = put_procedure(r.w, "2021-06-MA", OKO_KIND_VPR, 20, 0, 0, NULL);
    int64_t next = put_procedure(r.w, "2022-07-MA", OKO_KIND_VPR, 20, 0, 3, cutoffs);
    works w = { 0 };
    add(&w, 12, 11, 4);
    put(&r, raw, 0, &w);
    put(&r, next, 0, &w);
    commit(r.w);
    oko_run run = run_of(&r, NULL);
    for (int i = 0; i < 4; i++) {
        oko_result no = result_of(r.w, run.id, "2021-06-MA", rules[i], r.w->region);
        assert_int_equal(no.state, OKO_RESULT_NOT_APPLICABLE);
        assert_string_equal(no.why, "analysis.region.no_scale");
        oko_result_clear(&no);
    }
    oko_result no = result_of(r.w, run.id, "2022-07-MA", "region/twos", r.w->region);
    assert_string_equal(no.why, "analysis.region.previous_no_scale");
    oko_result_clear(&no);
    oko_run_clear(&run);
    world_close(r.w);
}

/* All packs stand in one run, and threads change no digit. */
static void side_by_side(void **state)
{
    (void)state;
    static const char *const rules[] = { "fioko-2019/ci", "oko/threshold", "region/lowered", "region/contrast" };
    region r;
    fill(&r);
    oko_run run = run_of(&r, NULL);
    for (int i = 0; i < 4; i++) {
        oko_result any = result_of(r.w, run.id, code, rules[i], r.w->region);
        oko_result_clear(&any);
    }
    assert_non_null(strstr(run.params, "\"region\":{\"version\":\"1\",\"sha256\":\""));
    assert_non_null(strstr(run.params, "\"external\":{\"version\":\"1\""));
    assert_null(strstr(run.params, "content"));
    for (int threads = 1; threads <= 8; threads *= 2) {
        bool fresh = true;
        oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
        options.replicates = 20;
        options.threads = threads;
        oko_run again = analyze(r.w, &options, true, &fresh); /* fails when the digits differ */
        assert_false(fresh);
        assert_string_equal(again.result_hash, run.result_hash);
        oko_run_clear(&again);
    }
    oko_run_clear(&run);
    world_close(r.w);
}

/* ---- a region's own thresholds ---- */

static const char mine[] = "{\"pack\": \"region\", \"version\": \"99-1\", \"rules\": ["
                           "{\"rule\": \"lowered\", \"params\": {\"high\": 30, \"medium\": 25, \"min_works\": 10}},"
                           "{\"rule\": \"contrast\", \"params\": {\"good\": 80, \"mean\": 55.5, \"journal\": 1, "
                           "\"min_works\": 10}}]}";

/* The same content, written in another way. */
static const char mine_reordered[] = "{ \"rules\" : ["
                                     "{\"params\": {\"medium\": 25, \"high\": 30, \"min_works\": 10}, \"rule\": "
                                     "\"lowered\"}, {\"rule\": \"contrast\", \"params\": {\"good\": 80, \"mean\": "
                                     "55.50, \"min_works\": 10, \"journal\": 1}}],\n \"version\": \"99-1\", "
                                     "\"pack\": \"region\"}";

static void own_thresholds(void **state)
{
    (void)state;
    region r;
    fill(&r);
    oko_run builtin = run_of(&r, NULL), run = run_of(&r, mine);
    assert_int_not_equal(run.id, builtin.id);
    oko_result s1 = result_of(r.w, run.id, code, "region/lowered", r.school[1]);
    assert_true(s1.marked && near(detail(&s1, "high"), 30)); /* 30 % */
    oko_result_clear(&s1);
    oko_result s5 = result_of(r.w, run.id, code, "region/contrast", r.school[5]);
    assert_true(s5.marked && near(s5.observed, 55) && says(&s5, "\"marks\":\"journal\""));
    oko_result_clear(&s5);
    oko_result s0 = result_of(r.w, run.id, code, "region/contrast", r.school[0]);
    assert_int_equal(s0.n, 10); /* with a journal mark */
    assert_true(near(s0.effect, 40) && near(s0.observed, 100 * (8 * 7 + 2 * 12) / 200.0));
    oko_result_clear(&s0);
    assert_int_equal(marked(r.w, run.id, code, "region/raised", OKO_LEVEL_SCHOOL), 0); /* not in this file */
    /* the content that the run keeps gives the same run again */
    oko_error err = { 0 };
    json_t *params = NULL;
    ok(oko_json_parse(oko_str_of(run.params), "params", &params, &err), &err);
    json_t *pack = json_object_get(json_object_get(params, "packs"), "region");
    assert_string_equal(json_string_value(json_object_get(pack, "version")), "99-1");
    oko_run again = run_of(&r, json_string_value(json_object_get(pack, "content")));
    assert_int_equal(again.id, run.id);
    json_decref(params);
    oko_run_clear(&again);
    again = run_of(&r, mine_reordered);
    assert_int_equal(again.id, run.id);
    oko_run_clear(&again);
    bool fresh = true;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.replicates = 20;
    options.rules = mine;
    again = analyze(r.w, &options, true, &fresh); /* recompute */
    assert_true(!fresh && again.id == run.id);
    oko_run_clear(&again);
    oko_run_clear(&builtin);
    oko_run_clear(&run);
    world_close(r.w);
}

/* ---- a trial ---- */
typedef struct trial {
    const region *r;
    int64_t run;
    size_t n;
} trial;

static oko_status as_in_the_run(void *ctx, const oko_result *tried)
{
    trial *t = ctx;
    oko_result kept = result_of(t->r->w, t->run, tried->procedure, tried->rule, tried->unit);
    assert_memory_equal(tried->rule, "region/", 7);
    assert_int_equal(tried->state, kept.state);
    assert_int_equal(tried->marked, kept.marked);
    assert_int_equal(tried->n, kept.n);
    if (kept.details != NULL)
        assert_string_equal(tried->details, kept.details);
    oko_result_clear(&kept);
    t->n++;
    return OKO_OK;
}

static oko_status count_region(void *ctx, const oko_result *result)
{
    size_t *n = ctx;
    *n += strncmp(result->rule, "region/", 7) == 0;
    return OKO_OK;
}

static oko_status refuse(void *ctx, const oko_result *result)
{
    (void)ctx;
    (void)result;
    return OKO_E_LIMIT;
}

static void a_trial_gives_what_a_run_gives(void **state)
{
    (void)state;
    region r;
    fill(&r);
    oko_run run = run_of(&r, mine);
    trial t = { .r = &r, .run = run.id };
    size_t kept = 0;
    oko_error err = { 0 };
    const oko_result_query query = { .run = run.id, .level = OKO_LEVEL_COUNT };
    ok(oko_store_result_walk(r.w->store, &query, count_region, &kept, &err), &err);
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.rules = mine;
    options.revision = run.revision;
    options.threads = 1;
    ok(oko_analysis_try(r.w->store, &options, as_in_the_run, &t, &err), &err);
    assert_true(t.n > 0);
    assert_int_equal(t.n, kept);
    oko_run newest = { .id = 0 };
    ok(oko_store_run_get(r.w->store, 0, &newest, &err), &err);
    assert_int_equal(newest.id, run.id); /* nothing was saved */
    oko_run_clear(&newest);
    assert_int_equal(oko_analysis_try(r.w->store, &options, refuse, &t, &err), OKO_E_LIMIT);
    options.rules = "{\"pack\":\"region\"}";
    assert_int_equal(oko_analysis_try(r.w->store, &options, as_in_the_run, &t, &err), OKO_E_FORMAT);
    oko_run_clear(&run);
    world_close(r.w);
}

#define SIXTEEN "1234567890123456"
/* A rule with its parameters, in a pack that is sound otherwise. */
#define PACK(rules) "{\"pack\":\"region\",\"version\":\"2\",\"rules\":[" rules "]}"
#define LOWERED(high, medium, min)                                                                                     \
    "{\"rule\":\"lowered\",\"params\":{\"high\":" high ",\"medium\":" medium ",\"min_works\":" min "}}"

static const struct {
    const char *text, *id, *place;
} bad[] = {
    { "[]", "analysis.rules.pack", "pack (mine.json)" },
    { "{\"pack\":\"oko\",\"version\":\"1\",\"rules\":[]}", "analysis.rules.pack", "pack" },
    { "{\"pack\":\"region\",\"rules\":[]}", "analysis.rules.version", "version" },
    { "{\"pack\":\"region\",\"version\":\"" SIXTEEN SIXTEEN SIXTEEN SIXTEEN "\",\"rules\":[]}",
      "analysis.rules.version", "version" },
    { "{\"pack\":\"region\",\"version\":\"1\"}", "analysis.rules.missing", "rules" },
    { "{\"pack\":\"region\",\"version\":\"1\",\"rule\":[]}", "analysis.rules.member", "rule" },
    { "{\"pack\":\"region\",\"version\":\"1\",\"rules\":[7]}", "analysis.rules.missing", "rules[0]." },
    { PACK("{\"rule\":\"ci\",\"params\":{}}"), "analysis.rules.rule", "rules[0].rule" },
    { PACK("{\"rule\":\"twos\"}"), "analysis.rules.missing", "rules[0].params." },
    { PACK("{\"rule\":\"twos\",\"params\":{\"rise\":10}}"), "analysis.rules.missing", "rules[0].params.min_works" },
    { PACK("{\"rule\":\"twos\",\"params\":{\"raise\":10}}"), "analysis.rules.member", "rules[0].params.raise" },
    { PACK(LOWERED("40", "20", "10") "," LOWERED("50", "20", "10")), "analysis.rules.twice", "rules[1].rule" },
    { PACK(LOWERED("101", "20", "10")), "analysis.rules.value", "rules[0].params.high" },
    { PACK(LOWERED("\"40\"", "20", "10")), "analysis.rules.value", "rules[0].params.high" },
    { PACK(LOWERED("40", "0", "10")), "analysis.rules.value", "rules[0].params.medium" },
    { PACK(LOWERED("40", "20", "9")), "analysis.rules.whole", "rules[0].params.min_works" },
    { PACK(LOWERED("40", "20", "10.5")), "analysis.rules.whole", "rules[0].params.min_works" },
    { PACK(LOWERED("20", "40", "10")), "analysis.rules.order", "rules[0].params.medium" },
    { "{\"pack\":", "", "mine.json" },
};

static void faults_are_told_with_their_place(void **state)
{
    (void)state;
    region r;
    fill(&r);
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.rules_name = "mine.json";
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        oko_error err = { 0 };
        oko_run run = { 0 };
        bool fresh = false;
        options.rules = bad[i].text;
        assert_int_equal(oko_analyze(r.w->store, &options, false, &run, &fresh, &err), OKO_E_FORMAT);
        if (bad[i].id[0] != '\0')
            assert_string_equal(err.id, bad[i].id);
        if (strncmp(err.field, bad[i].place, strlen(bad[i].place)) != 0)
            fail_msg("%zu: %s", i, err.field);
        assert_int_equal(oko_store_run_get(r.w->store, 0, &run, &err), OKO_E_NOT_FOUND);
    }
    size_t length = 20 * 1024;
    char *large = malloc(length + 200);
    assert_non_null(large);
    int at = snprintf(large, 100, "{\"pack\":\"region\",\"version\":\"1\",\"source\":\"");
    memset(large + at, 'x', length);
    snprintf(large + at + length, 100, "\",\"rules\":[%s]}",
             "{\"rule\":\"twos\",\"params\":{\"rise\":9,\"min_works\":10}}");
    oko_error err = { 0 };
    oko_run run = { 0 };
    bool fresh = false;
    options.rules = large;
    assert_int_equal(oko_analyze(r.w->store, &options, false, &run, &fresh, &err), OKO_E_FORMAT);
    assert_string_equal(err.id, "analysis.rules.too_large");
    free(large);
    world_close(r.w);
}

/* ---- tables without works ---- */

static void put_journal(world *w, int64_t procedure, int64_t unit, int64_t n, const double values[6])
{
    oko_error err = { 0 };
    oko_change change;
    oko_aggregate *a = calloc(1, sizeof *a);
    assert_non_null(a);
    *a = (oko_aggregate){
        .kind = OKO_AGGREGATE_JOURNAL, .procedure = procedure, .unit = unit, .n_units = -1, .n = n, .n_values = 6
    };
    memcpy(a->values, values, 6 * sizeof *values);
    ok(oko_store_aggregate_put(w->store, w->import, a, &change, &err), &err);
    free(a);
}

static void tables_of_schools(void **state)
{
    (void)state;
    region r;
    open_region(&r);
    put_journal(r.w, r.now, r.school[0], 22, (double[]){ 8, 10, 2, 40, 50, 10 });
    put_journal(r.w, r.now, r.school[1], 50, (double[]){ NAN, NAN, NAN, 20, 40, 40 }); /* percents alone */
    put_journal(r.w, r.now, r.school[3], 9, (double[]){ 9, 0, 0, 100, 0, 0 });
    put_journal(r.w, r.now, r.w->region, 1000,
                (double[]){ 500, 400, 100, 50, 40, 10 }); /* schools are told: left out */
    commit(r.w);
    oko_run run = run_of(&r, NULL);
    oko_result s0 = result_of(r.w, run.id, code, "region/lowered", r.school[0]);
    assert_true(s0.marked && near(s0.observed, 40) && near(s0.expected, 100 * 27.0 / 79));
    assert_int_equal(s0.n, 20);
    assert_true(near(detail(&s0, "n"), 22) && says(&s0, "\"from\":\"report\""));
    oko_result_clear(&s0);
    oko_result s1 = result_of(r.w, run.id, code, "region/raised", r.school[1]);
    assert_true(s1.marked && near(s1.observed, 40) && near(detail(&s1, "lowered"), 10));
    oko_result_clear(&s1);
    oko_result s3 = result_of(r.w, run.id, code, "region/lowered", r.school[3]);
    assert_string_equal(s3.why, "analysis.region.few_journal_marks");
    oko_result_clear(&s3);
    oko_result m1 = result_of(r.w, run.id, code, "region/lowered", r.w->municipality[0]);
    assert_true(m1.n == 2 && near(m1.observed, 1));
    oko_result_clear(&m1);
    oko_result all = result_of(r.w, run.id, code, "region/lowered", r.w->region);
    assert_true(all.n == 2 && near(detail(&all, "with_mark"), 79));
    oko_result_clear(&all);
    oko_run_clear(&run);
    world_close(r.w);
}

/* A table of a region and its municipalities, as the federal system gives it: their own shares. */
static void tables_of_regions(void **state)
{
    (void)state;
    region r;
    open_region(&r);
    put_journal(r.w, r.now, r.w->region, 29589, (double[]){ 11011, 17951, 624, 37.22, 60.67, 2.11 });
    put_journal(r.w, r.now, r.w->municipality[0], 100, (double[]){ 40, 50, 10, 40, 50, 10 });
    put_journal(r.w, r.now, r.w->municipality[1], -1, (double[]){ NAN, NAN, NAN, 40, 50, 10 }); /* of how many? */
    commit(r.w);
    oko_run run = run_of(&r, NULL);
    oko_result all = result_of(r.w, run.id, code, "region/lowered", r.w->region);
    assert_true(!all.marked && all.n == 29586);
    assert_true(fabs(all.observed - 37.22) < .005); /* of those with a journal mark, as the table itself */
    assert_true(isnan(all.expected) && says(&all, "\"degree\":\"medium\""));
    oko_result_clear(&all);
    oko_result m1 = result_of(r.w, run.id, code, "region/lowered", r.w->municipality[0]);
    assert_true(m1.marked && near(m1.expected, 100 * 11011.0 / 29586));
    oko_result_clear(&m1);
    oko_error err = { 0 };
    int n = 0;
    const oko_result_query q = { .run = run.id, .unit = r.w->municipality[1], .level = OKO_LEVEL_COUNT };
    ok(oko_store_result_walk(r.w->store, &q, count, &n, &err), &err);
    assert_int_equal(n, 0);
    oko_run_clear(&run);
    world_close(r.w);
}

/* Histograms of schools hold no journal marks: the region says so; contrast needs none. A table beside them is used. */
static void histograms(void **state)
{
    (void)state;
    region r;
    open_region(&r);
    oko_error err = { 0 };
    oko_change change;
    oko_aggregate *a = calloc(1, sizeof *a);
    assert_non_null(a);
    *a = (oko_aggregate){
        .kind = OKO_AGGREGATE_HISTOGRAM, .procedure = r.now, .unit = r.school[0], .n_units = -1, .n = 15, .n_values = 21
    };
    a->values[11] = 12;
    a->values[7] = 3;
    ok(oko_store_aggregate_put(r.w->store, r.w->import, a, &change, &err), &err);
    free(a);
    commit(r.w);
    oko_run run = run_of(&r, NULL);
    oko_result s0 = result_of(r.w, run.id, code, "region/contrast", r.school[0]);
    assert_true(s0.marked && near(s0.observed, 51));
    oko_result_clear(&s0);
    oko_result no = result_of(r.w, run.id, code, "region/raised", r.w->region);
    assert_int_equal(no.state, OKO_RESULT_NO_DATA);
    assert_string_equal(no.why, "analysis.region.no_journal");
    oko_result_clear(&no);
    oko_run_clear(&run);
    begin(r.w);
    new_import(r.w);
    put_journal(r.w, r.now, r.school[0], 15, (double[]){ 3, 3, 9, 20, 20, 60 });
    commit(r.w);
    run = run_of(&r, NULL);
    s0 = result_of(r.w, run.id, code, "region/raised", r.school[0]);
    assert_true(s0.marked && near(s0.observed, 60));
    oko_result_clear(&s0);
    oko_run_clear(&run);
    world_close(r.w);
}

/* Works are loaded: the table beside them is not counted a second time. */
static void works_come_first(void **state)
{
    (void)state;
    region r;
    open_region(&r);
    fill_now(&r);
    put_journal(r.w, r.now, r.school[1], 10, (double[]){ 10, 0, 0, 100, 0, 0 });
    commit(r.w);
    oko_run run = run_of(&r, NULL);
    oko_result s1 = result_of(r.w, run.id, code, "region/lowered", r.school[1]);
    assert_true(near(s1.observed, 30));
    oko_result_clear(&s1);
    oko_run_clear(&run);
    world_close(r.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lowered_and_raised),
        cmocka_unit_test(summaries),
        cmocka_unit_test(contrast),
        cmocka_unit_test(twos),
        cmocka_unit_test(no_scale),
        cmocka_unit_test(side_by_side),
        cmocka_unit_test(a_trial_gives_what_a_run_gives),
        cmocka_unit_test(own_thresholds),
        cmocka_unit_test(faults_are_told_with_their_place),
        cmocka_unit_test(tables_of_schools),
        cmocka_unit_test(tables_of_regions),
        cmocka_unit_test(histograms),
        cmocka_unit_test(works_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
