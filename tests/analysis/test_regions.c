/* Which schools are compared with which: several regions, schools outside of any, several procedures of one cohort. */
#include "look.h"

/* Two regions whose municipalities alternate by code: m1, m3 in the first, m2, m4 in the second. */
static void schools_are_compared_within_their_region(void **state)
{
    (void)state;
    world *w = world_open();
    begin(w);
    int64_t p = put_procedure(w, "2021-04-MA", OKO_KIND_VPR, 20, 0, 0, NULL);
    int64_t second = put_unit(w, OKO_LEVEL_REGION, "77", 0);
    const int64_t region[] = { w->region, second, w->region, second };
    int64_t school[4];
    for (int i = 0; i < 4; i++) {
        char code[16];
        snprintf(code, sizeof code, "r%d", i);
        int64_t m = put_unit(w, OKO_LEVEL_MUNICIPALITY, code, region[i]);
        snprintf(code, sizeof code, "s%d", i);
        school[i] = put_unit(w, OKO_LEVEL_SCHOOL, code, m);
        int level = i % 2 == 0 ? 3 : 15;
        put_class(w, p, school[i], "А", 4, (int[]){ level, level + 1, level, level + 2 }, NULL);
    }
    commit(w);
    bool fresh = false;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    oko_run run = analyze(w, &options, false, &fresh);
    for (int i = 0; i < 2; i++) {
        oko_result all = result_of(w, run.id, "2021-04-MA", "fioko-2019/ci", region[i]);
        assert_int_equal(all.n, 2);
        assert_true(near(detail(&all, "region_mean"), i == 0 ? 3.75 : 15.75));
        oko_result_clear(&all);
        oko_result index = result_of(w, run.id, "2021", "fioko-2019/index", region[i]);
        assert_int_equal(index.n, 2);
        oko_result_clear(&index);
        oko_result one = result_of(w, run.id, "2021-04-MA", "fioko-2019/ci", school[i + 2]);
        assert_true(near(one.effect, 0)); /* like its own region, far from the other */
        oko_result_clear(&one);
    }
    oko_run_clear(&run);
    world_close(w);
}

static void homeless_school_belongs_to_the_only_region(void **state)
{
    (void)state;
    world *w = world_open();
    begin(w);
    int64_t p = put_procedure(w, "2021-04-MA", OKO_KIND_VPR, 20, 0, 0, NULL);
    int64_t a = put_unit(w, OKO_LEVEL_SCHOOL, "a", w->municipality[0]);
    int64_t b = put_unit(w, OKO_LEVEL_SCHOOL, "b", 0);
    put_class(w, p, a, "А", 3, (int[]){ 1, 2, 3 }, NULL);
    put_class(w, p, b, "А", 3, (int[]){ 7, 8, 9 }, NULL);
    commit(w);
    bool fresh = false;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    oko_run run = analyze(w, &options, false, &fresh);
    oko_result all = result_of(w, run.id, "2021-04-MA", "fioko-2019/ci", w->region);
    assert_int_equal(all.n, 2);
    assert_true(near(detail(&all, "region_mean"), 5));
    oko_result_clear(&all);
    oko_run_clear(&run);
    world_close(w);
}

/* Two procedures of the later year go back to the same earlier one. */
static void two_procedures_after_one(void **state)
{
    (void)state;
    world *w = world_open();
    begin(w);
    int64_t before = put_procedure(w, "2020-04-MA", OKO_KIND_VPR, 10, 0, 0, NULL);
    int64_t after[] = { put_procedure(w, "2021-05-MA", OKO_KIND_VPR, 20, 0, 0, NULL),
                        put_procedure(w, "2021-05-MA-b", OKO_KIND_VPR, 20, 0, 0, NULL) };
    int64_t school[5];
    for (int i = 0; i < 5; i++) {
        char code[16];
        snprintf(code, sizeof code, "s%d", i);
        school[i] = put_unit(w, OKO_LEVEL_SCHOOL, code, w->municipality[0]);
        put_class(w, before, school[i], "А", 2, (int[]){ 5, 5 }, NULL);
        put_class(w, after[0], school[i], "А", 2, (int[]){ 10, 10 }, NULL);
        put_class(w, after[1], school[i], "А", 2, (int[]){ 4, 4 }, NULL);
    }
    commit(w);
    bool fresh = false;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    oko_run run = analyze(w, &options, false, &fresh);
    oko_result first = result_of(w, run.id, "2021-05-MA", "fioko-2019/fall", school[0]);
    assert_true(near(first.observed, 1));
    oko_result_clear(&first);
    oko_result second = result_of(w, run.id, "2021-05-MA-b", "fioko-2019/fall", school[0]);
    assert_true(near(second.observed, 2.5));
    assert_non_null(strstr(second.details, "\"previous\":\"2020-04-MA\""));
    oko_result_clear(&second);
    oko_run_clear(&run);
    world_close(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schools_are_compared_within_their_region),
        cmocka_unit_test(homeless_school_belongs_to_the_only_region),
        cmocka_unit_test(two_procedures_after_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
