/* Tables without pupils: aggregate reports, histograms, external lists, the register. */
#include "intake/feed.h"
#include "support/failing_alloc.h"

#include <math.h>

typedef struct kept_aggregates {
    oko_aggregate at[12];
    size_t n;
} kept_aggregates;

static oko_status keep(void *ctx, const oko_aggregate *a)
{
    kept_aggregates *k = ctx;
    assert_true(k->n < 12);
    k->at[k->n++] = *a;
    return OKO_OK;
}

static const kept_aggregates *aggregates(fed *f)
{
    static kept_aggregates k;
    k.n = 0;
    assert_int_equal(oko_store_aggregate_walk(f->store, 0, 0, keep, &k, &f->err), OKO_OK);
    return &k;
}

static const oko_aggregate *of_unit(const kept_aggregates *k, int64_t unit)
{
    for (size_t i = 0; i < k->n; i++)
        if (k->at[i].unit == unit)
            return &k->at[i];
    fail_msg("no aggregate of unit %lld", (long long)unit);
    return NULL;
}

static const char *const f3_text = "Статистика по отметкам\n\nВПР 2026 Математика 5 класс\nПредмет:\tМатематика\n"
                                   "Группы участников\tКол-во ОО\tКол-во участников\t2\t3\t4\t5\n"
                                   "Вся выборка\t35589\t1722202\t5,06\t32,92\t44,33\t17,69\n"
                                   "Некоторый край\t560\t30216\t13.44\t44.15\t36.28\t6.14\n"
                                   "Город (reg99_m012)\t47\t3162\t13.57\t46.9\t33.65\t5.88\n"
                                   "МБОУ СОШ № 1(edu990089)\t\t89\t1\t2\t—\t5\n";

static void test_marks(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    feed_one(&f, "Ф3_1.xlsx", f3_text);
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "fis-marks");
    assert_int_equal(f.report.aggregates, 4);
    assert_int_equal(problems(&f, "problem.value.not_a_number", NULL), 1);
    const kept_aggregates *k = aggregates(&f);
    assert_int_equal(k->n, 4);
    oko_unit region = unit_of(&f, OKO_LEVEL_REGION, "99");
    assert_string_equal(region.name, "Некоторый край");
    const oko_aggregate *a = of_unit(k, region.id);
    assert_int_equal(a->kind, OKO_AGGREGATE_MARKS);
    assert_true(a->percent);
    assert_int_equal(a->n, 30216);
    assert_int_equal(a->n_units, 560);
    assert_true(fabs(a->values[1] - 44.15) < 1e-9);
    a = of_unit(k, unit_of(&f, OKO_LEVEL_SCHOOL, "edu990089").id);
    assert_int_equal(a->n_units, -1);
    assert_true(isnan(a->values[2]));
    assert_true(of_unit(k, unit_of(&f, OKO_LEVEL_COUNTRY, "RU").id)->n == 1722202);
    int64_t municipality = 0;
    assert_int_equal(
        oko_store_alias_find(f.store, OKO_LEVEL_MUNICIPALITY, OKO_ALIAS_LOGIN, "reg99_m012", &municipality, &f.err),
        OKO_OK);
    assert_int_equal(of_unit(k, municipality)->n, 3162);
    feed_one(&f, "Ф3_1.xlsx", f3_text);
    assert_int_equal(f.status, OKO_OK);
    assert_true(f.report.unchanged);
    fed_close(&f);
}

static void test_journal(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    feed_one(&f, "сравнение.xlsx",
             "Сравнение отметок с отметками по журналу\nВПР 2026 Математика 5 класс\n"
             "Группы участников\tКол-во участников(всего)\tПонизили (Отметка < Отметка по журналу) %\t"
             "Понизили (Отметка < Отметка по журналу) Кол-во\tПодтвердили (Отметка = Отметке по журналу) %\t"
             "Подтвердили (Отметка = Отметке по журналу) Кол-во\tПовысили (Отметка > Отметка по журналу) %\t"
             "Повысили (Отметка > Отметка по журналу) Кол-во\n"
             "Некоторый край\t29589\t37,22%\t11011\t60,67\t17951\t2,11\t624\n");
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "fis-journal");
    const oko_aggregate *a = &aggregates(&f)->at[0];
    static const double values[] = { 11011, 17951, 624, 37.22, 60.67, 2.11 };
    assert_int_equal(a->n, 29589);
    assert_int_equal(a->n_values, 6);
    for (int i = 0; i < 6; i++)
        assert_true(fabs(a->values[i] - values[i]) < 1e-9);
    fed_close(&f);
}

static void test_scores(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    oko_procedure p = small_procedure("2026-06-RU");
    fed_procedure(&f, &p);
    feed_one(&f, "распределение.xlsx",
             "Год\tКласс\tПредмет\tМуниципалитет\tЛогин\tОО\tКол-во участников\t0\t1\t2\t3\t4\t5\t6\n"
             "2026\t5\tМатематика\tГород\tedu990001\tШкола 1\t20\t0\t10\t20\t30\t15\t25\t0\n"
             "2026\t6\tРусский язык\tГород\tedu990001\tШкола 1\t10\t0\t0\t0\t0\t0\t99\t1\n");
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "fis-scores");
    assert_int_equal(f.report.n_procedures, 2);
    assert_int_equal(problems(&f, "problem.total.above_max", NULL), 1);
    const kept_aggregates *k = aggregates(&f);
    assert_int_equal(k->n, 2);
    assert_int_equal(k->at[0].kind, OKO_AGGREGATE_HISTOGRAM);
    assert_int_equal(k->at[0].n_values, 6);
    assert_true(k->at[0].percent);
    assert_true(k->at[0].values[3] + k->at[1].values[3] == 30);
    feed_one(&f, "распределение.xlsx",
             "Год\tКласс\tПредмет\tМуниципалитет\tЛогин\tОО\tКол-во участников\t0\t1\t2\t3\n"
             "2026\t8\tХимия\tГород\tedu990001\tШкола 1\t20\t0\t10\t20\t30\n");
    assert_int_equal(f.status, OKO_E_UNDECIDED);
    assert_string_equal(f.err.arg[0], "2026-08-HI");
    fed_close(&f);
}

static void test_histogram(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    const char *text = "score\talgebra\t2026-06-RU\n0\t5\t\n1\t\t2\n5\t7\t1\n";
    feed_one(&f, "counts.csv", text);
    assert_int_equal(f.status, OKO_E_UNDECIDED); /* neither column is known yet */
    assert_string_equal(f.err.arg[0], "algebra");
    assert_non_null(strstr(f.hint, "algebra"));
    oko_procedure p = small_procedure("2026-06-RU");
    fed_procedure(&f, &p);
    p = small_procedure("2026-07-MA");
    p.n_aliases = 1;
    oko_str_copy(p.aliases[0], sizeof p.aliases[0], OKO_STR("algebra"));
    fed_procedure(&f, &p);
    feed_one(&f, "counts.csv", text);
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "histogram");
    oko_unit region = unit_of(&f, OKO_LEVEL_REGION, "00");
    assert_false(region.confirmed);
    assert_int_equal(problems(&f, "problem.unit.region_unknown", NULL), 1);
    const kept_aggregates *k = aggregates(&f);
    assert_int_equal(k->n, 2);
    const oko_aggregate *a = k->at[0].n == 12 ? &k->at[0] : &k->at[1];
    assert_int_equal(a->n, 12);
    assert_int_equal(a->unit, region.id);
    assert_true(a->values[0] == 5 && isnan(a->values[1]) && a->values[5] == 7);
    assert_false(a->percent);
    /* Schools side by side under one procedure. */
    f.options.procedure = "2026-05-MA";
    feed_one(&f, "schools.csv", "балл\tedu990001\tedu990002\n0\t1\t2\n5\t3\t4\nвсего\t4\t6\n");
    assert_int_equal(f.status, OKO_OK);
    assert_int_equal(f.report.aggregates, 2);
    assert_int_equal(problems(&f, "problem.row.no_score", NULL), 1);
    assert_int_equal(of_unit(aggregates(&f), unit_of(&f, OKO_LEVEL_SCHOOL, "edu990002").id)->n, 6);
    /* Scores above the maximum: not this procedure. */
    feed_one(&f, "schools.csv", "балл\tedu990001\n0\t1\n6\t3\n");
    assert_int_equal(f.status, OKO_E_CONFLICT);
    fed_close(&f);
}

typedef struct kept_externals {
    oko_external at[4];
    size_t n;
} kept_externals;

static oko_status keep_external(void *ctx, const oko_external *e)
{
    kept_externals *k = ctx;
    assert_true(k->n < 4);
    k->at[k->n++] = *e;
    return OKO_OK;
}

static void test_external(void **state)
{
    (void)state;
    fed f;
    kept_externals k = { .n = 0 };
    fed_open(&f);
    feed_one(&f, "список.xlsx",
             "Перечень ОО с признаками необъективности 2026\n"
             "Логин\tНаименование ОО\tМуниципалитет\tПредмет\tКласс\tПризнак\n"
             "edu990001\tШкола 1\tГород\tМатематика\t5\tзавышение\n"
             "\tШкола 7\tГород\t\t\tиное\n"
             "\t\tГород\t\t\tиное\n");
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "external-list");
    assert_int_equal(f.report.externals, 2);
    assert_int_equal(problems(&f, "problem.row.no_school", NULL), 1);
    assert_int_equal(oko_store_external_walk(f.store, 0, 0, keep_external, &k, &f.err), OKO_OK);
    assert_int_equal(k.n, 2);
    int first = strcmp(k.at[0].reason, "завышение") == 0 ? 0 : 1;
    assert_string_equal(k.at[first].procedure, "2026-05-MA");
    assert_string_equal(k.at[first].list, "Перечень ОО с признаками необъективности 2026");
    assert_int_equal(k.at[first].year, 2026);
    assert_int_equal(k.at[first].unit, unit_of(&f, OKO_LEVEL_SCHOOL, "edu990001").id);
    fed_close(&f);
}

static const char *const register_text =
    "level\tcode\tname\tparent\ttype\tplace\tcluster\tvalid_from\tvalid_to\tlogin\toge\tege\n"
    "school\ts1\tШкола 1\tm1\tлицей\tгород\tК1\t2020\t\tsch990001, edu990501\t101\t201\n"
    "school\ts2\tШкола 2\tnowhere\t\t\t\t\t\t\t\t\n"
    "школа\ts3\tШкола 3\tm1\t\tсело\t\tкогда\t\t\t\t\n"
    "муниципалитет\tm1\tГород\t99\t\t\t\t\t\treg99_m001\t\t\n"
    "region\t99\tКрай\t\t\t\t\t\t\t\t\t\n"
    "planet\tx\t\t\t\t\t\t\t\t\t\t\n";

static void test_register(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    feed_one(&f, "units.csv", register_text);
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "register");
    assert_int_equal(f.report.units, 4);
    assert_int_equal(problems(&f, "problem.unit.no_parent", NULL), 1);
    assert_int_equal(problems(&f, "problem.unit.level", NULL), 1);
    assert_int_equal(problems(&f, "problem.unit.year", NULL), 1);
    oko_unit s1 = unit_of(&f, OKO_LEVEL_SCHOOL, "s1");
    assert_true(s1.confirmed);
    assert_string_equal(s1.place, "town");
    assert_int_equal(s1.valid_from, 2020);
    assert_int_equal(s1.parent, unit_of(&f, OKO_LEVEL_MUNICIPALITY, "m1").id);
    feed_one(&f, "units.csv", register_text);
    assert_true(f.report.unchanged);
    /* Results find the school by either login, by its ОГЭ code, and by its name. */
    f.options.procedure = "2026-05-MA";
    feed_one(&f, "a.csv",
             "school\tmunicipality\tcode\ttotal\n"
             "edu990501\tГород\t1\t3\nШкола 3\tГород\t1\t4\n");
    assert_int_equal(f.status, OKO_OK);
    assert_int_equal(f.report.new_units, 0);
    kept_sheets k = sheets_of(&f, "2026-05-MA");
    assert_int_equal(k.n, 2);
    assert_int_equal(k.at[0].school, s1.id);
    /* The same digits under the other prefix are only pointed out. */
    feed_one(&f, "a.csv", "login\tmunicipality\tcode\ttotal\nedu990001\tГород\t1\t3\n");
    assert_int_equal(f.report.new_units, 1);
    assert_int_equal(problems(&f, "problem.unit.possible_match", NULL), 1);
    /* A school of that name that has another login is another school. */
    feed_one(&f, "a.csv",
             "login\tназвание оо\tmunicipality\tcode\ttotal\nedu999999\tШкола 1\tГород\t1\t3\n"
             "edu999998\tШкола 3\tГород\t1\t3\n");
    assert_int_equal(f.status, OKO_OK);
    assert_int_equal(f.report.new_units, 1);
    assert_int_equal(problems(&f, "problem.unit.matched_by_name", NULL), 1);
    unit_of(&f, OKO_LEVEL_SCHOOL, "edu999999");
    fed_close(&f);
}

/* A unit made on the fly becomes the confirmed one of the register. */
static void test_register_after_results(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    f.options.procedure = "2026-05-MA";
    feed_one(&f, "a.csv", "login\tcode\ttotal\nsch990001\t1\t3\n");
    oko_unit before = unit_of(&f, OKO_LEVEL_SCHOOL, "sch990001");
    assert_false(before.confirmed);
    feed_one(&f, "units.csv", register_text);
    assert_int_equal(f.status, OKO_OK);
    oko_unit after = unit_of(&f, OKO_LEVEL_SCHOOL, "s1");
    assert_int_equal(after.id, before.id);
    assert_true(after.confirmed);
    fed_close(&f);
}

int main(void)
{
    failing_alloc_arm(0); /* none fails; the wrappers of malloc are linked */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_journal),
        cmocka_unit_test(test_scores),
        cmocka_unit_test(test_histogram),
        cmocka_unit_test(test_external),
        cmocka_unit_test(test_register),
        cmocka_unit_test(test_register_after_results),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
