/* Re-checks, observers' protocols, medallists: from a foreign table to records. */
#include "intake/feed.h"
#include "support/failing_alloc.h"

typedef struct kept_records {
    oko_finding at[12];
    int64_t rows[12][4 * OKO_FINDING_COLUMNS];
    size_t n;
} kept_records;

static oko_status keep(void *ctx, const oko_finding *r)
{
    kept_records *k = ctx;
    assert_true(k->n < 12 && r->n_rows <= 4);
    k->at[k->n] = *r;
    if (r->n_rows > 0)
        memcpy(k->rows[k->n], r->rows, r->n_rows * OKO_FINDING_COLUMNS * sizeof *r->rows);
    k->n++;
    return OKO_OK;
}

static const kept_records *records(fed *f)
{
    static kept_records k;
    k.n = 0;
    assert_int_equal(oko_store_finding_walk(f->store, 0, 0, keep, &k, &f->err), OKO_OK);
    return &k;
}

static const char *const works_text = "Перепроверка работ ВПР 2026 Математика 5 класс\n"
                                      "Логин\tФИО учителя\tКод участника\tОтметка до перепроверки\tОтметка после "
                                      "перепроверки\tБалл до\tБалл после\tЦвет\n"
                                      "edu990001\tИванова\t50001\t4\t3\t4\t2\tсиний\n"
                                      "edu990001\tИванова\t50002\t3\t3\t2\t2\n"
                                      "edu990001\tИванова\t50002\t3\t5\t2\t5\n"
                                      "edu990001\tИванова\t50003\tX\t3\t1\t2\n"
                                      "edu990001\tИванова\t50004\t\t3\t\t2\n"
                                      "edu990002\tПетрова\t50001\t2\t2\t\t\n"
                                      "\tПетрова\t50009\t2\t2\t\t\n";

static void works_of_a_recheck(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    feed_one(&f, "перепроверка.xlsx", works_text);
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "recheck");
    assert_int_equal(f.report.findings, 2);
    assert_int_equal(f.report.n_dropped, 1);
    assert_string_equal(f.report.dropped[0], "ФИО учителя");
    assert_int_equal(problems(&f, "problem.column.ignored", NULL), 1);
    assert_int_equal(problems(&f, "problem.finding.repeated", NULL), 1);
    assert_int_equal(problems(&f, "problem.recheck.no_result", NULL), 1);
    assert_int_equal(problems(&f, "problem.row.no_school", NULL), 1);
    const kept_records *k = records(&f);
    assert_int_equal(k->n, 2);
    const oko_finding *r = &k->at[0];
    assert_int_equal(r->kind, OKO_FINDING_RECHECK);
    assert_string_equal(r->procedure, "2026-05-MA");
    assert_int_equal(r->year, 2026);
    assert_int_equal(r->n_rows, 3);
    assert_int_equal(r->facts[OKO_RECHECK_CHECKED], 3);
    assert_int_equal(r->facts[OKO_RECHECK_CHANGED], 2);
    assert_int_equal(r->facts[OKO_RECHECK_UP], 1);
    assert_int_equal(r->facts[OKO_RECHECK_DOWN], 1);
    assert_int_equal(r->facts[OKO_RECHECK_WORKS], OKO_FINDING_UNKNOWN);
    const int64_t *third = k->rows[0] + 2 * OKO_FINDING_COLUMNS;
    assert_int_equal(third[OKO_RECHECK_MARK_BEFORE], OKO_FINDING_UNKNOWN);
    assert_int_equal(third[OKO_RECHECK_TOTAL_AFTER], 2);
    fed_close(&f);
}

static void the_same_file_changes_nothing(void **state)
{
    (void)state;
    fed f;
    int64_t before = 0, after = 0;
    fed_open(&f);
    feed_one(&f, "перепроверка.xlsx", works_text);
    assert_int_equal(oko_store_revision(f.store, &before, &f.err), OKO_OK);
    feed_one(&f, "то же.xlsx", works_text);
    assert_int_equal(f.status, OKO_OK);
    assert_true(f.report.unchanged);
    assert_int_equal(oko_store_revision(f.store, &after, &f.err), OKO_OK);
    assert_int_equal(before, after);
    fed_close(&f);
}

static void counts_of_a_recheck(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    feed_one(&f, "p.csv",
             "Логин\tПроцедура\tВсего работ\tПерепроверено работ\tИзменено\tПовышено\tПонижено\tКомиссия\n"
             "edu990001\t2026-05-MA\t80\t16\t3\t1\t2\tмуниципальная\n"
             "edu990001\t2026-05-MA\t80\t8\t0\t\t\tрегиональная\n"
             "edu990002\t2026-05-MA\t80\t16\t17\t\t\tрегиональная\n"
             "edu990003\t\t80\t16\t1\t\t\tрегиональная\n");
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "recheck");
    assert_int_equal(problems(&f, "problem.recheck.counts", NULL), 1);
    assert_int_equal(problems(&f, "problem.finding.no_procedure", NULL), 1);
    const kept_records *k = records(&f);
    assert_int_equal(k->n, 2);
    assert_string_equal(k->at[0].part, "муниципальная");
    assert_int_equal(k->at[0].facts[OKO_RECHECK_WORKS], 80);
    assert_int_equal(k->at[0].facts[OKO_RECHECK_DOWN], 2);
    assert_int_equal(k->at[1].facts[OKO_RECHECK_UP], OKO_FINDING_UNKNOWN);
    assert_int_equal(k->at[1].n_rows, 0);
    fed_close(&f);
}

static void protocols_of_observers(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    feed_one(&f, "акты.xlsx",
             "Акты наблюдения\n"
             "Логин ОО\tДата\tВремя начала\tОкончание\tПредмет\tКласс\tЭтап\tАудитория\tФИО наблюдателя\tНезависимый\t"
             "Видео\tВыявленные нарушения\n"
             "edu990001\t12.04.2026\t9:05\t10:00\tМатематика\t5А\tАудитория\t12\tПетров П. П.\tда\tведётся\t"
             "Нарушений не выявлено\n"
             "edu990001\t46124\t0,375\t\tМатематика\t5А\tПроверка работ\t\tПетров\tнет\tнет\t"
             "1. Плакаты на стенах 2. Учитель Сидорова А.Б. подсказывала\n"
             "edu990001\t12.04.2026\t9:05\t10:00\tМатематика\t5А\tАудитория\t12\tПетров\tда\tда\tнет\n"
             "edu990002\tвчера\t\t\tМатематика\t5А\tАудитория\t\t\t\t\tнет\n"
             "edu990002\t2026-04-14\t\t\t\t\tчто-то\t\t\t\t\t\n");
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "observers");
    assert_int_equal(f.report.n_dropped, 1);
    assert_int_equal(problems(&f, "problem.finding.repeated", NULL), 1);
    assert_int_equal(problems(&f, "problem.observation.date", NULL), 1);
    assert_int_equal(problems(&f, "problem.observation.stage", NULL), 1);
    assert_int_equal(problems(&f, "problem.observation.no_remarks", NULL), 1);
    assert_int_equal(problems(&f, "problem.observation.name", NULL), 1);
    const kept_records *k = records(&f);
    assert_int_equal(k->n, 3);
    const oko_finding *other = &k->at[0], *clean = &k->at[1], *remarks = &k->at[2];
    if (clean->procedure[0] == '\0') {
        const oko_finding *swap = other;
        other = clean, clean = swap;
    }
    for (size_t i = 0; i < 3; i++) {
        const oko_finding *r = &k->at[i];
        if (r->procedure[0] == '\0')
            other = r;
        else if (r->facts[OKO_OBSERVATION_REMARKS] == 0)
            clean = r;
        else
            remarks = r;
    }
    assert_string_equal(clean->procedure, "2026-05-MA");
    assert_int_equal(clean->facts[OKO_OBSERVATION_DATE], 20260412);
    assert_int_equal(clean->facts[OKO_OBSERVATION_BEGIN], 9 * 60 + 5);
    assert_int_equal(clean->facts[OKO_OBSERVATION_STAGE], OKO_STAGE_ROOM);
    assert_int_equal(clean->facts[OKO_OBSERVATION_INDEPENDENT], 1);
    assert_int_equal(clean->facts[OKO_OBSERVATION_VIDEO], 1);
    assert_string_equal(clean->part, "20260412 room А 12");
    assert_int_equal(remarks->facts[OKO_OBSERVATION_DATE], 20260412);
    assert_int_equal(remarks->facts[OKO_OBSERVATION_BEGIN], 9 * 60);
    assert_int_equal(remarks->facts[OKO_OBSERVATION_STAGE], OKO_STAGE_MARKING);
    assert_int_equal(remarks->facts[OKO_OBSERVATION_INDEPENDENT], 0);
    assert_int_equal(remarks->facts[OKO_OBSERVATION_REMARKS], 2);
    assert_string_equal(remarks->note, "Плакаты на стенах\nУчитель [имя] подсказывала");
    assert_int_equal(other->year, 2026);
    assert_int_equal(other->facts[OKO_OBSERVATION_REMARKS], OKO_FINDING_UNKNOWN);
    assert_int_equal(other->facts[OKO_OBSERVATION_VIDEO], OKO_FINDING_UNKNOWN);
    fed_close(&f);
}

static void medallists(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    feed_one(&f, "медали 2022.xlsx",
             "Медалисты 2022 года\n"
             "Логин\tФамилия\tКод участника\tМедаль\tЕГЭ Русский язык\tМатематика профильная\tМатематика базовая\n"
             "edu990001\tИванов\t110001\tI степени\t94\t72\t\n"
             "edu990001\tПетров\t110002\tII степени\t66\t\t5\n"
             "edu990001\tПетров\t110003\t\tнет\t101\t\n");
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "medals");
    assert_int_equal(f.report.n_dropped, 1);
    const kept_records *k = records(&f);
    assert_int_equal(k->n, 1);
    assert_int_equal(k->at[0].year, 2022);
    assert_int_equal(k->at[0].n_rows, 3);
    const int64_t expected[3][OKO_FINDING_COLUMNS] = { { 110001, 1, 94, 72, -1 },
                                                       { 110002, 2, 66, -1, 5 },
                                                       { 110003, -1, -1, -1, -1 } };
    assert_memory_equal(k->rows[0], expected, sizeof expected);
    fed_close(&f);
}

/* One mathematics column: up to 5 a mark, above it points. A corrected file takes the place of the old one. */
static void a_corrected_list_replaces_the_old_one(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    feed_one(&f, "m.csv",
             "Школа\tГод\tМедаль\tРусский\tМатематика\nedu990001\t2022\tда\t90\t5\nedu990001\t2022\tда\t90\t80\n");
    assert_int_equal(f.status, OKO_OK);
    assert_int_equal(records(&f)->at[0].n_rows, 2);
    assert_int_equal(records(&f)->rows[0][OKO_MEDAL_MA_BASE], 5);
    assert_int_equal(records(&f)->rows[0][OKO_FINDING_COLUMNS + OKO_MEDAL_MA_PROFILE], 80);
    feed_one(&f, "m2.csv", "Школа\tГод\tМедаль\tРусский\tМатематика\nedu990001\t2022\tда\t90\t5\n");
    assert_int_equal(records(&f)->n, 1);
    assert_int_equal(records(&f)->at[0].n_rows, 1);
    fed_close(&f);
}

/* A list of schools with reasons, works and the register are still what they were. */
static void other_tables_are_not_records(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    feed_one(&f, "l.csv", "Логин\tПризнак\tГод\nedu990001\tвысокие результаты\t2026\n");
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "external-list");
    fed_close(&f);
}

/* Any allocation may fail: the import says so and changes nothing. */
static void memory_runs_out(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Логин\tПроцедура\tКод участника\tОтметка до\tОтметка после\nedu990001\t2026-05-MA\t50001\t4\t3\n",
        "Логин\tДата\tПредмет\tКласс\tЭтап\tНарушения\nedu990001\t12.04.2026\tМатематика\t5А\tАудитория\t1. Плакаты\n",
        "Логин\tГод\tМедаль\tРусский\tМатематика\nedu990001\t2022\tда\t90\t5\n",
    };
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        fed f;
        fed_open(&f);
        size_t n = 1;
        for (bool failed = true; failed; n++) {
            failing_alloc_arm(n);
            feed_one(&f, "f.csv", texts[t]);
            failed = failing_alloc_disarm();
            if (failed && f.status == OKO_OK) { /* a cache of the store that it can do without: the work is whole */
                assert_int_equal(records(&f)->n, 1);
                fed_close(&f);
                fed_open(&f);
                continue;
            }
            assert_int_equal(f.status, failed ? OKO_E_MEMORY : OKO_OK);
            assert_int_equal(records(&f)->n, failed ? 0 : 1);
        }
        assert_true(n > 10);
        fed_close(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(works_of_a_recheck),
        cmocka_unit_test(the_same_file_changes_nothing),
        cmocka_unit_test(counts_of_a_recheck),
        cmocka_unit_test(protocols_of_observers),
        cmocka_unit_test(medallists),
        cmocka_unit_test(a_corrected_list_replaces_the_old_one),
        cmocka_unit_test(other_tables_are_not_records),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
