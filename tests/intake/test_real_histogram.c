/* The New York Regents histograms through the generic aggregate import. */
#include "intake/feed.h"
#include "support/failing_alloc.h"

#include <math.h>

static char path[512];

static const char *const subjects[] = { "integrated_algebra", "global_history", "living_environment", "english",
                                        "us_history" };
static const char *const codes[] = { "2010-09-IA", "2010-10-GH", "2010-09-LE", "2010-11-EN", "2010-11-UH" };
/* Pupils at 64 and 65, as data/README.md states them. */
static const double heap[][2] = { { 102, 8451 }, { 349, 6392 }, { 237, 7978 }, { 1, 6084 }, { 101, 4749 } };

typedef struct seen_histograms {
    int n;
    oko_unit region;
} seen_histograms;

static oko_status see(void *ctx, const oko_aggregate *a)
{
    seen_histograms *s = ctx;
    bool known = false;
    assert_int_equal(a->kind, OKO_AGGREGATE_HISTOGRAM);
    assert_int_equal(a->n_values, 101);
    assert_int_equal(a->unit, s->region.id);
    assert_false(a->percent);
    for (int i = 0; i < 5; i++)
        known = known || (a->values[64] == heap[i][0] && a->values[65] == heap[i][1]);
    assert_true(known);
    double sum = 0;
    for (int i = 0; i < a->n_values; i++)
        sum += isnan(a->values[i]) ? 0 : a->values[i];
    assert_int_equal(a->n, (int64_t)sum);
    s->n++;
    return OKO_OK;
}

static void test_regents(void **state)
{
    (void)state;
    fed f;
    seen_histograms s = { .n = 0 };
    fed_open(&f);
    f.status = oko_import_file(f.store, path, &f.options, &f.report, &f.hint, &f.err);
    assert_int_equal(f.status, OKO_E_UNDECIDED);
    assert_non_null(strstr(f.hint, "integrated_algebra"));
    for (int i = 0; i < 5; i++) {
        oko_procedure p = { .kind = OKO_KIND_OTHER, .max_total = 100, .first_mark = 2, .n_aliases = 1, .year = 2010 };
        size_t len = 0;
        oko_str_copy(p.code, sizeof p.code, oko_str_of(codes[i]));
        assert_true(oko_procedure_code_parse(oko_str_of(codes[i]), &p.year, &p.grade, p.subject, &len));
        oko_str_copy(p.title, sizeof p.title, oko_str_of(subjects[i]));
        oko_str_copy(p.aliases[0], sizeof p.aliases[0], oko_str_of(subjects[i]));
        fed_procedure(&f, &p);
    }
    fed_forget(&f);
    f.status = oko_import_file(f.store, path, &f.options, &f.report, &f.hint, &f.err);
    assert_int_equal(f.status, OKO_OK);
    assert_int_equal(f.report.aggregates, 5);
    assert_int_equal(f.report.n_procedures, 5);
    s.region = unit_of(&f, OKO_LEVEL_REGION, "00");
    assert_int_equal(oko_store_aggregate_walk(f.store, 0, 0, see, &s, &f.err), OKO_OK);
    assert_int_equal(s.n, 5);
    fed_forget(&f);
    f.status = oko_import_file(f.store, path, &f.options, &f.report, &f.hint, &f.err);
    assert_true(f.report.unchanged);
    fed_close(&f);
}

int main(void)
{
    failing_alloc_arm(0); /* none fails; the wrappers of malloc are linked */
    snprintf(path, sizeof path, "%s/nyc_regents_2010_score_freq.csv", OKO_SHARED_DATA);
    if (access(path, R_OK) != 0)
        return 77;
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_regents) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
