/* oko/threshold through a whole run: a smooth made-up region in which one school lifts works over the cut-offs. */
#include "world.h"

#include "base/random.h"
#include "reference/json.h"

#include <oko/threshold.h>

#include <math.h>

enum { SCHOOLS = 60, WORKS = 60, MAX = 20, PLANTED = 17 };
static const int16_t cutoffs[] = { 7, 11, 15 };

/* Scores of a school: rounded normal, the school's own level. The planted school lifts all works one point below. */
static void make_scores(int school, int scores[WORKS])
{
    oko_rng rng = oko_rng_make(5, (uint64_t)school);
    double level = 11 + oko_rng_normal(&rng);
    for (int i = 0; i < WORKS; i++) {
        double x = level + 3.8 * oko_rng_normal(&rng);
        scores[i] = x < 0 ? 0 : x > MAX ? MAX : (int)(x + .5);
        for (int c = 0; c < 3 && school == PLANTED; c++)
            if (scores[i] == cutoffs[c] - 1 || scores[i] == cutoffs[c] - 2)
                scores[i] = cutoffs[c];
    }
}

/* Schools get their ids in this order: forwards, or backwards to show that ids take no part. */
static world *make_region(bool backwards)
{
    world *w = world_open();
    begin(w);
    int64_t p = put_procedure(w, "2022-06-MA", OKO_KIND_VPR, MAX, 0, 3, cutoffs);
    for (int k = 0; k < SCHOOLS; k++) {
        int i = backwards ? SCHOOLS - 1 - k : k, scores[WORKS];
        char code[16];
        snprintf(code, sizeof code, "s%02d", i);
        int64_t school = put_unit(w, OKO_LEVEL_SCHOOL, code, w->municipality[i % 2]);
        make_scores(i, scores);
        put_class(w, p, school, "А", i == 3 ? 5 : WORKS, scores, NULL);
    }
    commit(w);
    return w;
}

typedef struct seen {
    world *w;
    int n, marked, no_data, n_p;
    bool planted;
    double p[SCHOOLS], q[SCHOOLS];
} seen;

static void check_details(const oko_result *r)
{
    json_t *json = NULL;
    oko_error err = { 0 };
    double sum = 0;
    size_t i;
    json_t *value;
    ok(oko_json_parse(oko_str_of(r->details), "details", &json, &err), &err);
    const json_t *expected = json_object_get(json, "expected");
    assert_int_equal(json_array_size(expected), MAX + 1);
    json_array_foreach((json_t *)expected, i, value) sum += json_number_value(value);
    assert_true(fabs(sum - (double)r->n) < .01);
    const json_t *list = json_object_get(json, "cutoffs");
    assert_int_equal(json_array_size(list), 3);
    int64_t above = 0;
    double lifted = 0;
    json_array_foreach((json_t *)list, i, value)
    {
        assert_int_equal(json_integer_value(json_object_get(value, "cutoff")), cutoffs[i]);
        above += json_integer_value(json_object_get(value, "above"));
        lifted += json_number_value(json_object_get(value, "lifted"));
    }
    assert_true(fabs(r->observed - (double)above) < 1e-9);
    assert_true(fabs(r->effect - lifted) < 1e-6 * (1 + fabs(lifted)));
    json_decref(json);
}

static oko_status look(void *ctx, const oko_result *r)
{
    seen *s = ctx;
    oko_error err = { 0 };
    oko_unit unit;
    ok(oko_store_unit_get(s->w->store, r->unit, &unit, &err), &err);
    s->n++;
    s->marked += r->marked;
    assert_false(r->official);
    if (r->state != OKO_RESULT_OK) {
        assert_string_equal(unit.code, "s03");
        assert_string_equal(r->why, "analysis.threshold.few_works");
        assert_true(isnan(r->p) && isnan(r->q) && !r->marked);
        s->no_data++;
        return OKO_OK;
    }
    s->planted = s->planted || (r->marked && strcmp(unit.code, "s17") == 0);
    assert_true(r->effect_lo <= r->effect && r->effect <= r->effect_hi);
    assert_int_equal(r->marked, r->q <= .05);
    check_details(r);
    s->p[s->n_p] = r->p;
    s->q[s->n_p++] = r->q;
    return OKO_OK;
}

static void planted_school_is_found(void **state)
{
    (void)state;
    world *w = make_region(false);
    oko_error err = { 0 };
    bool fresh = false;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.replicates = 60;
    oko_run run = analyze(w, &options, false, &fresh);
    seen s = { .w = w };
    oko_result_query query = { .run = run.id, .rule = "oko/threshold", .level = OKO_LEVEL_SCHOOL };
    ok(oko_store_result_walk(w->store, &query, look, &s, &err), &err);
    assert_int_equal(s.n, SCHOOLS);
    assert_int_equal(s.no_data, 1);
    assert_true(s.planted);
    assert_in_range(s.marked, 1, 3);
    double q[SCHOOLS];
    assert_int_equal(oko_bh((size_t)s.n_p, s.p, q), OKO_OK);
    for (int i = 0; i < s.n_p; i++)
        assert_true(fabs(q[i] - s.q[i]) < 1e-12);
    oko_run_clear(&run);
    world_close(w);
}

static oko_status look_above(void *ctx, const oko_result *r)
{
    int *n = ctx;
    (*n)++;
    assert_int_equal(r->state, OKO_RESULT_OK);
    assert_true(r->effect_lo <= r->effect_hi);
    assert_true(r->p >= 0 && r->p <= 1 && r->q >= 0 && r->q <= 1);
    check_details(r);
    return OKO_OK;
}

static void every_level_has_a_result(void **state)
{
    (void)state;
    world *w = make_region(false);
    oko_error err = { 0 };
    bool fresh = false;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.replicates = 60;
    oko_run run = analyze(w, &options, false, &fresh);
    oko_result_query query = { .run = run.id, .rule = "oko/threshold", .level = OKO_LEVEL_MUNICIPALITY };
    int n = 0;
    ok(oko_store_result_walk(w->store, &query, look_above, &n, &err), &err);
    assert_int_equal(n, 2);
    query.level = OKO_LEVEL_REGION;
    n = 0;
    ok(oko_store_result_walk(w->store, &query, look_above, &n, &err), &err);
    assert_int_equal(n, 1);
    oko_run_clear(&run);
    world_close(w);
}

static void digits_do_not_depend_on_threads_or_ids(void **state)
{
    (void)state;
    char hash[OKO_HASH_HEX] = "";
    static const int threads[] = { 1, 2, 8 };
    for (int i = 0; i < 3; i++)
        for (int backwards = 0; backwards < 2; backwards++) {
            world *w = make_region(backwards != 0);
            bool fresh = false;
            oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
            options.threads = threads[i];
            options.replicates = 40;
            oko_run run = analyze(w, &options, false, &fresh);
            if (hash[0] == '\0')
                memcpy(hash, run.result_hash, sizeof hash);
            assert_string_equal(run.result_hash, hash);
            oko_run_clear(&run);
            world_close(w);
        }
}

/* Only a region's histogram: the region gets its result, nobody else. */
static void histogram_alone(void **state)
{
    (void)state;
    world *w = world_open();
    oko_error err = { 0 };
    oko_change change;
    oko_aggregate *a = calloc(1, sizeof *a);
    assert_non_null(a);
    begin(w);
    *a = (oko_aggregate){ .kind = OKO_AGGREGATE_HISTOGRAM, .unit = w->region, .n_units = -1, .n = -1 };
    a->procedure = put_procedure(w, "2022-06-MA", OKO_KIND_VPR, MAX, 0, 3, cutoffs);
    a->n_values = MAX + 1;
    for (int i = 0; i <= MAX; i++)
        a->values[i] = floor(4000 * exp(-.5 * pow((i - 11) / 3.8, 2)));
    for (int c = 0; c < 3; c++) {
        a->values[cutoffs[c] - 1] -= 700;
        a->values[cutoffs[c]] += 700;
    }
    ok(oko_store_aggregate_put(w->store, w->import, a, &change, &err), &err);
    commit(w);
    free(a);
    bool fresh = false;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.replicates = 60;
    oko_run run = analyze(w, &options, false, &fresh);
    oko_result_query query = { .run = run.id, .level = OKO_LEVEL_COUNT };
    int n = 0;
    ok(oko_store_result_walk(w->store, &query, look_above, &n, &err), &err);
    assert_int_equal(n, 1);
    query.marked_only = true;
    n = 0;
    ok(oko_store_result_walk(w->store, &query, look_above, &n, &err), &err);
    assert_int_equal(n, 1); /* 2 100 works lifted */
    oko_run_clear(&run);
    world_close(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planted_school_is_found),
        cmocka_unit_test(every_level_has_a_result),
        cmocka_unit_test(digits_do_not_depend_on_threads_or_ids),
        cmocka_unit_test(histogram_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
