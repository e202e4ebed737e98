/* A school of two logins: its cohort is followed once they are one, and old runs keep their digits. */
#include "look.h"

enum { SCHOOLS = 5, WORKS = 6 };

/* Five schools in two municipalities, grade 4 in 2021 and grade 5 in 2022. The first wrote under two logins. */
typedef struct region {
    world *w;
    int64_t earlier, later;
    int64_t old_login, new_login;
} region;

static void fill(region *r)
{
    static const int before[WORKS] = { 3, 4, 5, 6, 7, 8 };
    *r = (region){ .w = world_open() };
    begin(r->w);
    r->earlier = put_procedure(r->w, "2021-04-MA", OKO_KIND_VPR, 20, 0, 0, NULL);
    r->later = put_procedure(r->w, "2022-05-MA", OKO_KIND_VPR, 20, 0, 0, NULL);
    for (int i = 0; i < SCHOOLS; i++) {
        char code[16];
        int then[WORKS], now[WORKS];
        for (int k = 0; k < WORKS; k++) {
            then[k] = before[k] + i % 2;
            now[k] = i == 0 ? 20 - k % 2 : before[k] + (i + k) % 3;
        }
        snprintf(code, sizeof code, "sch%d", i + 1);
        const int64_t school = put_unit(r->w, OKO_LEVEL_SCHOOL, code, r->w->municipality[i % 2]);
        put_class(r->w, r->earlier, school, "А", WORKS, then, NULL);
        if (i == 0) {
            r->old_login = school;
            r->new_login = put_unit(r->w, OKO_LEVEL_SCHOOL, "edu1", r->w->municipality[i % 2]);
        }
        put_class(r->w, r->later, i == 0 ? r->new_login : school, "А", WORKS, now, NULL);
    }
    commit(r->w);
}

static void merge(world *w, int64_t from, int64_t into)
{
    oko_error err = { 0 };
    oko_unit_merge moved;
    ok(oko_store_unit_merge(w->store, from, into, &moved, &err), &err);
}

/* The run of that revision is found by its inputs, and computing it again gives its digits. */
static void assert_recomputed(region *r, const oko_run *run)
{
    bool fresh = true;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.revision = run->revision;
    oko_run again = analyze(r->w, &options, true, &fresh);
    assert_false(fresh);
    assert_int_equal(again.id, run->id);
    assert_string_equal(again.result_hash, run->result_hash);
    oko_run_clear(&again);
}

static void cohort_is_followed_and_old_digits_stay(void **state)
{
    (void)state;
    region r;
    bool fresh = false;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    fill(&r);
    oko_run first = analyze(r.w, &options, false, &fresh);
    oko_result alone = result_of(r.w, first.id, "2022-05-MA", "fioko-2019/rise", r.new_login);
    assert_int_equal(alone.state, OKO_RESULT_NO_DATA);
    assert_string_equal(alone.why, "analysis.no_previous_works");
    oko_result_clear(&alone);

    merge(r.w, r.old_login, r.new_login);
    assert_recomputed(&r, &first);
    oko_run second = analyze(r.w, &options, false, &fresh);
    assert_true(fresh);
    assert_int_equal(second.revision, first.revision + 1);
    assert_string_not_equal(second.result_hash, first.result_hash);
    oko_result joined = result_of(r.w, second.id, "2022-05-MA", "fioko-2019/rise", r.new_login);
    assert_int_equal(joined.state, OKO_RESULT_OK);
    assert_true(joined.marked);
    oko_result_clear(&joined);
    assert_recomputed(&r, &first);
    assert_recomputed(&r, &second);
    oko_run_clear(&first);
    oko_run_clear(&second);
    world_close(r.w);
}

/* Merging municipalities moves schools, which changes results but not those of earlier revisions. */
static void merged_municipality_leaves_old_runs(void **state)
{
    (void)state;
    region r;
    bool fresh = false;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    fill(&r);
    oko_run first = analyze(r.w, &options, false, &fresh);
    merge(r.w, r.w->municipality[0], r.w->municipality[1]);
    assert_recomputed(&r, &first);
    oko_run second = analyze(r.w, &options, false, &fresh);
    assert_true(fresh);
    oko_result all = result_of(r.w, second.id, "2022-05-MA", "fioko-2019/ci", r.w->municipality[1]);
    assert_true(near(detail(&all, "schools"), SCHOOLS));
    oko_result_clear(&all);
    merge(r.w, r.old_login, r.new_login);
    assert_recomputed(&r, &first);
    assert_recomputed(&r, &second);
    oko_run_clear(&first);
    oko_run_clear(&second);
    world_close(r.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cohort_is_followed_and_old_digits_stay),
        cmocka_unit_test(merged_municipality_leaves_old_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
