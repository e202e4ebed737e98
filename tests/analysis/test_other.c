/* Pack other: re-checks, observers, medallists, the relation to the state exam — from the store to results of a run. */
#include "look.h"

#include "analysis/other_pack.h"
#include "base/random.h"

#include <oko/proportion.h>

enum { SCHOOLS = 6 };

typedef struct region {
    world *w;
    int64_t school[SCHOOLS];
} region;

static const int16_t cutoffs[] = { 6, 10, 15 };

/* s0…s3 in m1, s4, s5 in m2; all wrote 2021-04-MA, forty works each. */
static void open_region(region *r)
{
    *r = (region){ .w = world_open() };
    begin(r->w);
    int64_t p = put_procedure(r->w, "2021-04-MA", OKO_KIND_VPR, 20, 0, 3, cutoffs);
    int total[40];
    for (int i = 0; i < 40; i++)
        total[i] = i % 19;
    for (int i = 0; i < SCHOOLS; i++) {
        char name[16];
        snprintf(name, sizeof name, "s%d", i);
        r->school[i] = put_unit(r->w, OKO_LEVEL_SCHOOL, name, r->w->municipality[i >= 4]);
        put_class(r->w, p, r->school[i], "А", 40, total, NULL);
    }
}

static void put(region *r, const oko_finding *f)
{
    oko_error err = { 0 };
    oko_change change;
    ok(oko_store_finding_put(r->w->store, r->w->import, f, &change, &err), &err);
}

static oko_run run_of(region *r)
{
    bool fresh = false;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    commit(r->w);
    return analyze(r->w, &options, false, &fresh);
}

/* ---- re-checks ---- */

/* n works of which `down` lost a mark and a point; marks are left to the cut-offs. */
static void put_recheck(region *r, int school, const char *by, int n, int down, bool marks)
{
    int64_t rows[60 * OKO_FINDING_COLUMNS];
    oko_finding f = { .kind = OKO_FINDING_RECHECK,
                      .unit = r->school[school],
                      .year = 2021,
                      .procedure = "2021-04-MA",
                      .n_rows = (size_t)n,
                      .rows = rows };
    snprintf(f.part, sizeof f.part, "%s", by);
    f.facts[OKO_RECHECK_WORKS] = OKO_FINDING_UNKNOWN;
    for (int i = 0; i < n; i++) {
        int64_t *row = rows + i * OKO_FINDING_COLUMNS;
        const int before = i < down ? 10 : 12;
        row[OKO_RECHECK_CODE] = 40001 + i;
        row[OKO_RECHECK_TOTAL_BEFORE] = before;
        row[OKO_RECHECK_TOTAL_AFTER] = i < down ? 9 : 12;
        row[OKO_RECHECK_MARK_BEFORE] = marks ? 4 : OKO_FINDING_UNKNOWN;
        row[OKO_RECHECK_MARK_AFTER] = marks ? (i < down ? 3 : 4) : OKO_FINDING_UNKNOWN;
    }
    put(r, &f);
}

static void rechecks_become_results(void **state)
{
    (void)state;
    region r;
    oko_interval exact, finite;
    double p = 0;
    open_region(&r);
    put_recheck(&r, 0, "region", 20, 12, true);
    put_recheck(&r, 1, "region", 20, 2, false); /* marks follow from the cut-offs: 10 is a four, 9 a three */
    put_recheck(&r, 2, "region", 5, 5, true);   /* too few */
    put_recheck(&r, 4, "region", 12, 0, true);
    oko_finding counts = { .kind = OKO_FINDING_RECHECK,
                           .unit = r.school[5],
                           .year = 2021,
                           .procedure = "2021-04-MA",
                           .facts = { 40, 16, 3, OKO_FINDING_UNKNOWN, OKO_FINDING_UNKNOWN } };
    put(&r, &counts);
    oko_run run = run_of(&r);

    oko_result s0 = result_of(r.w, run.id, "2021-04-MA", "other/recheck", r.school[0]);
    assert_int_equal(s0.state, OKO_RESULT_OK);
    assert_int_equal(s0.n, 20);
    assert_true(s0.marked);
    assert_true(fabs(s0.observed - 60) < 1e-9 && fabs(s0.expected - 10) < 1e-9);
    assert_int_equal(oko_share_finite(12, 20, 40, .05, &finite), OKO_OK); /* the school wrote forty */
    assert_true(fabs(s0.effect_lo - (100 * finite.lo - 10)) < 1e-9);
    assert_int_equal(oko_share_above_finite(12, 20, 40, .1, &p, NULL), OKO_OK);
    assert_true(s0.p == p && s0.q >= p);
    assert_true(detail(&s0, "down") == 12 && detail(&s0, "up") == 0 && detail(&s0, "works") == 40);
    assert_true(detail(&s0, "near") == 12 && detail(&s0, "near_changed") == 12 &&
                detail(&s0, "elsewhere_changed") == 0);

    oko_result s1 = result_of(r.w, run.id, "2021-04-MA", "other/recheck", r.school[1]);
    assert_false(s1.marked);
    assert_true(fabs(s1.observed - 10) < 1e-9);
    oko_result s2 = result_of(r.w, run.id, "2021-04-MA", "other/recheck", r.school[2]);
    assert_int_equal(s2.state, OKO_RESULT_NO_DATA);
    assert_string_equal(s2.why, "analysis.other.few_checked");
    assert_true(isnan(s2.observed));
    oko_result s5 = result_of(r.w, run.id, "2021-04-MA", "other/recheck", r.school[5]);
    assert_true(fabs(s5.observed - 300. / 16) < 1e-9 && isnan(detail(&s5, "up")));

    oko_result m1 = result_of(r.w, run.id, "2021-04-MA", "other/recheck", r.w->municipality[0]);
    assert_int_equal(m1.n, 45);
    assert_true(fabs(m1.observed - 100 * 19. / 45) < 1e-9 && detail(&m1, "works") == 120);
    oko_result all = result_of(r.w, run.id, "2021-04-MA", "other/recheck", r.w->region);
    assert_int_equal(all.n, 73);
    assert_true(detail(&all, "changed") == 22);
    assert_int_equal(oko_share_exact(22, 73, .05, &exact), OKO_OK);
    assert_true(detail(&all, "sign_p") != detail(&all, "sign_p")); /* s5 did not tell directions */
    assert_int_equal(marked(r.w, run.id, "2021-04-MA", "other/recheck", OKO_LEVEL_SCHOOL), 1);
    oko_result *const list[] = { &s0, &s1, &s2, &s5, &m1, &all };
    for (size_t i = 0; i < 6; i++)
        oko_result_clear(list[i]);
    oko_run_clear(&run);
    world_close(r.w);
}

/* ---- observers ---- */

static void put_visit(region *r, int school, const char *procedure, const char *part, int independent, const char *note)
{
    oko_finding f = { .kind = OKO_FINDING_OBSERVATION, .unit = r->school[school], .year = 2021 };
    int remarks = note[0] != '\0';
    for (const char *c = note; *c != '\0'; c++)
        remarks += *c == '\n';
    snprintf(f.procedure, sizeof f.procedure, "%s", procedure);
    snprintf(f.part, sizeof f.part, "%s", part);
    snprintf(f.note, sizeof f.note, "%s", note);
    f.facts[OKO_OBSERVATION_DATE] = 20210412;
    f.facts[OKO_OBSERVATION_STAGE] = OKO_STAGE_ROOM;
    f.facts[OKO_OBSERVATION_INDEPENDENT] = independent;
    f.facts[OKO_OBSERVATION_VIDEO] = 1;
    f.facts[OKO_OBSERVATION_REMARKS] = remarks;
    put(r, &f);
}

static void observations_become_results(void **state)
{
    (void)state;
    region r;
    double p = 0;
    open_region(&r);
    put_visit(&r, 0, "2021-04-MA", "1", 1, "Учитель подсказывал\nПлакаты на стенах");
    put_visit(&r, 0, "2021-04-MA", "2", 0, "");
    put_visit(&r, 1, "2021-04-MA", "1", 1, "Плакаты на стенах");
    put_visit(&r, 4, "2021-04-MA", "1", 0, "");
    put_visit(&r, 4, "", "1", 1, ""); /* of no procedure: the year */
    oko_run run = run_of(&r);
    oko_result s0 = result_of(r.w, run.id, "2021-04-MA", "other/observers", r.school[0]);
    assert_true(s0.marked);
    assert_int_equal(s0.n, 2);
    assert_true(fabs(s0.observed - 50) < 1e-9 && fabs(s0.expected - 50) < 1e-9);
    assert_int_equal(oko_share_compare(1, 2, 1, 2, &p), OKO_OK);
    assert_true(s0.p == p);
    assert_true(detail(&s0, "serious") == 1 && detail(&s0, "remarks") == 2);
    oko_result s1 = result_of(r.w, run.id, "2021-04-MA", "other/observers", r.school[1]);
    assert_false(s1.marked); /* a poster is no help */
    oko_result all = result_of(r.w, run.id, "2021-04-MA", "other/observers", r.w->region);
    assert_int_equal(all.n, 4);
    assert_true(detail(&all, "schools") == 6 && detail(&all, "schools_independent") == 2);
    assert_true(fabs(detail(&all, "coverage") - 100. / 3) < 1e-9);
    assert_true(isnan(all.expected) && isnan(all.p));
    oko_result year = result_of(r.w, run.id, "2021", "other/observers", r.school[4]);
    assert_true(fabs(year.observed) < 1e-9);
    oko_result *const list[] = { &s0, &s1, &all, &year };
    for (size_t i = 0; i < 4; i++)
        oko_result_clear(list[i]);
    oko_run_clear(&run);
    world_close(r.w);
}

/* ---- medallists ---- */

static void put_medals(region *r, int school, int year, int confirmed, int below_ru, int below_ma, int unknown)
{
    int64_t rows[60 * OKO_FINDING_COLUMNS];
    oko_finding f = { .kind = OKO_FINDING_MEDALS, .unit = r->school[school], .year = year, .rows = rows };
    const int counts[] = { confirmed, below_ru, below_ma, unknown };
    for (int kind = 0; kind < 4; kind++) {
        for (int i = 0; i < counts[kind]; i++) {
            int64_t *row = rows + f.n_rows++ * OKO_FINDING_COLUMNS;
            row[OKO_MEDAL_CODE] = (int64_t)f.n_rows;
            row[OKO_MEDAL_DEGREE] = OKO_FINDING_UNKNOWN;
            row[OKO_MEDAL_RU] = kind == 1 ? 69 : kind == 3 ? OKO_FINDING_UNKNOWN : 70;
            row[OKO_MEDAL_MA_PROFILE] = kind == 2 ? 69 : i % 2 == 0 ? 70 : OKO_FINDING_UNKNOWN;
            row[OKO_MEDAL_MA_BASE] = kind == 2 ? 4 : i % 2 == 0 ? OKO_FINDING_UNKNOWN : 5;
        }
    }
    put(r, &f);
}

static void medals_become_results(void **state)
{
    (void)state;
    region r;
    double p = 0;
    open_region(&r);
    put_medals(&r, 0, 2021, 3, 5, 4, 2);
    put_medals(&r, 1, 2021, 20, 1, 0, 0);
    put_medals(&r, 4, 2021, 15, 0, 1, 0);
    put_medals(&r, 5, 2021, 1, 0, 0, 3);  /* one known */
    put_medals(&r, 5, 2020, 10, 0, 0, 0); /* no exam results were asked for in that year */
    oko_run run = run_of(&r);
    oko_result s0 = result_of(r.w, run.id, "2021", "other/medals", r.school[0]);
    assert_int_equal(s0.n, 12);
    assert_true(s0.marked && fabs(s0.observed - 75) < 1e-9);
    assert_true(fabs(s0.expected - 100 * 11. / 50) < 1e-9);
    assert_int_equal(oko_share_compare(9, 12, 2, 38, &p), OKO_OK);
    assert_true(s0.p == p);
    assert_true(detail(&s0, "below_ru") == 5 && detail(&s0, "below_ma") == 4 && detail(&s0, "medallists") == 14);
    oko_result s1 = result_of(r.w, run.id, "2021", "other/medals", r.school[1]);
    assert_false(s1.marked); /* fewer than the region is no sign */
    assert_true(s1.effect < 0);
    oko_result s5 = result_of(r.w, run.id, "2021", "other/medals", r.school[5]);
    assert_string_equal(s5.why, "analysis.other.few_medals");
    oko_result before = result_of(r.w, run.id, "2020", "other/medals", r.school[5]);
    assert_string_equal(before.why, "analysis.other.no_bound");
    oko_result all = result_of(r.w, run.id, "2021", "other/medals", r.w->region);
    assert_true(fabs(all.observed - 22) < 1e-9 && all.n == 50);
    oko_result *const list[] = { &s0, &s1, &s5, &before, &all };
    for (size_t i = 0; i < 5; i++)
        oko_result_clear(list[i]);
    oko_run_clear(&run);
    world_close(r.w);
}

/* ---- the relation to the state exam ---- */

enum { MANY = 60 };

static int clamp(double v, int max)
{
    return v < 0 ? 0 : v > max ? max : (int)(v + .5);
}

/* ВПР of grade 8 in 2021 and ОГЭ of the same cohort in 2022; the first three schools lifted their ВПР by five points.
 */
static void high_before_the_exam_is_told(void **state)
{
    (void)state;
    static const int16_t of_vpr[] = { 8, 15, 21 }, of_oge[] = { 8, 15, 22 };
    region r = { .w = world_open() };
    int64_t school[MANY];
    oko_rng rng = oko_rng_make(20210, 1);
    begin(r.w);
    const int64_t vpr = put_procedure(r.w, "2021-08-MA", OKO_KIND_VPR, 25, 0, 3, of_vpr);
    const int64_t oge = put_procedure(r.w, "2022-09-MA", OKO_KIND_OGE, 31, 0, 3, of_oge);
    for (int i = 0; i < MANY; i++) {
        char name[16];
        int before[40], after[40];
        const int n = 12 + (int)oko_rng_below(&rng, 28);
        const double level = ((double)oko_rng_below(&rng, 1000) + (double)oko_rng_below(&rng, 1000)) / 1000 - 1;
        snprintf(name, sizeof name, "r%02d", i);
        school[i] = put_unit(r.w, OKO_LEVEL_SCHOOL, name, r.w->municipality[i % 2]);
        for (int k = 0; k < n; k++) {
            const double a = ((double)oko_rng_below(&rng, 1000) / 1000 - .5) * 10,
                         b = (double)oko_rng_below(&rng, 7) - 3;
            after[k] = clamp(16 + 6 * level + a + b, 31);
            before[k] = clamp(12 + 5 * level + .7 * a + (double)oko_rng_below(&rng, 5) - 2 + (i < 3 ? 5 : 0), 25);
        }
        put_class(r.w, vpr, school[i], "А", (size_t)n, before, NULL);
        if (i != MANY - 1)
            put_class(r.w, oge, school[i], "А", (size_t)n, after, NULL);
    }
    oko_run run = run_of(&r);
    for (int i = 0; i < 3; i++) {
        oko_result s = result_of(r.w, run.id, "2021-08-MA", "other/relation", school[i]);
        assert_int_equal(s.state, OKO_RESULT_OK);
        assert_true(s.marked && s.q <= .05 && s.effect_lo > 0 && s.effect > 3.5 && s.effect < 6.5);
        assert_true(fabs(s.observed - s.expected - s.effect) < 1e-9);
        assert_true(detail(&s, "good") > detail(&s, "other_good"));
        oko_result_clear(&s);
    }
    assert_true(marked(r.w, run.id, "2021-08-MA", "other/relation", OKO_LEVEL_SCHOOL) <= 4);
    oko_result last = result_of(r.w, run.id, "2021-08-MA", "other/relation", school[MANY - 1]);
    assert_string_equal(last.why, "analysis.other.no_other_works");
    oko_result all = result_of(r.w, run.id, "2021-08-MA", "other/relation", r.w->region);
    assert_true(all.n == MANY - 1 && all.observed >= 3); /* schools: computed and marked */
    assert_true(detail(&all, "fit_schools") == MANY - 1 && detail(&all, "slope") > .5);
    oko_result_clear(&last);
    oko_result_clear(&all);
    oko_run_clear(&run);
    world_close(r.w);
}

/* ---- the run ---- */

/* Findings without works make a run; the digits are the same with one and four threads, and again. */
static void a_run_of_findings_alone_is_reproducible(void **state)
{
    (void)state;
    region r = { .w = world_open() };
    bool fresh = false;
    begin(r.w);
    for (int i = 0; i < SCHOOLS; i++) {
        char name[16];
        snprintf(name, sizeof name, "s%d", i);
        r.school[i] = put_unit(r.w, OKO_LEVEL_SCHOOL, name, r.w->municipality[i >= 4]);
        put_recheck(&r, i, "region", 20, i, true);
        put_medals(&r, i, 2021, 5, i, 0, 0);
    }
    oko_run run = run_of(&r);
    oko_result s5 = result_of(r.w, run.id, "2021-04-MA", "other/recheck", r.school[5]);
    assert_true(isnan(detail(&s5, "works"))); /* nobody knows how many were written: binomial */
    oko_result_clear(&s5);
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.threads = 4;
    oko_run again = analyze(r.w, &options, true, &fresh);
    assert_false(fresh);
    assert_string_equal(again.result_hash, run.result_hash);
    assert_non_null(strstr(run.params, "\"other\":{\"version\":\"1\""));
    oko_run_clear(&run);
    oko_run_clear(&again);
    world_close(r.w);
}

static void the_pack_is_whole(void **state)
{
    (void)state;
    static oko_other other;
    oko_error err = { 0 };
    ok(oko_other_load(&other, &err), &err);
    assert_int_equal(other.pack.n_rules, 4);
    assert_true(other.n_kinds > 5 && other.n_medals == 2 && other.n_pairs == 7);
    const int help = oko_other_kind_of(&other, OKO_STR("Учитель ПОДСКАЗЫВАЛ ответы"));
    assert_string_equal(other.kinds[help].name, "help");
    assert_true(other.kinds[help].serious);
    assert_int_equal(oko_other_kind_of(&other, OKO_STR("что-то ещё")), other.n_kinds);
    assert_null(oko_other_medal(&other, 2020, 1));
    assert_null(oko_other_medal(&other, 2022, 2));
    assert_int_equal(oko_other_medal(&other, 2022, -1)->ru, 70);
    const oko_procedure vpr = { .kind = OKO_KIND_VPR, .year = 2021, .grade = 8, .subject = "MA" };
    oko_procedure oge = { .kind = OKO_KIND_OGE, .year = 2022, .grade = 9, .subject = "MA" };
    assert_true(oko_other_pair_fits(&other.pairs[0], &vpr, &oge));
    oge.year = 2023;
    assert_false(oko_other_pair_fits(&other.pairs[0], &vpr, &oge));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rechecks_become_results),
        cmocka_unit_test(observations_become_results),
        cmocka_unit_test(medals_become_results),
        cmocka_unit_test(high_before_the_exam_is_told),
        cmocka_unit_test(a_run_of_findings_alone_is_reproducible),
        cmocka_unit_test(the_pack_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
