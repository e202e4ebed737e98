/* Every known table of works, with the dirt of real files; invented pupils. */
#include "intake/feed.h"
#include "support/failing_alloc.h"

static void test_regional_2020(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    feed_one(&f, "2026-05-MA.xlsx",
             "groups\tuser\tid\tcode\totc\tgender\tklass\tvar-1\tvar-2\tsum\ta-1-grade\ta-2-grade\ta-3-grade\n"
             "99-RU,МО_43,\tsch990001\t1\t50001\t4\t\tа\t1\t\t3\t1\t2\tX\n"
             "99-RU,МО_43,\tsch990001\t2\t50002\tнет отметки\t\t5А\tотсутствовал\t2\t2\tотсутствовал\t0\t2\n"
             "99-RU,МО_43,\tsch990001\t3\t50003\t\t\t\tотсутствовал\tотсутствовал\t\t\t\t\n"
             "99-RU,МО_43,\tsch990001\t4\t50004\t3\t\tнет\t0\t\t6\t1\t3\t2\n"
             "99-RU,МО_7,\tsch990002\t1\t50001\t5\t\tБ\t2\t\t5\t1\tХ\t-2\n");
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "regional-2020");
    assert_int_equal(f.report.counts.rows, 5);
    assert_int_equal(f.report.counts.participants, 3);
    assert_int_equal(f.report.counts.no_total, 1);
    assert_int_equal(f.report.counts.above_max, 1);
    assert_int_equal(f.report.counts.sum_mismatch, 1); /* 5 against 1 + 0 − 2 */
    assert_int_equal(f.report.counts.absent, 2);
    assert_int_equal(f.report.n_dropped, 1);
    assert_string_equal(f.report.dropped[0], "gender");
    assert_int_equal(problems(&f, "problem.item.not_tried", "cyrillic-x"), 1);
    assert_int_equal(problems(&f, "problem.item.negative", NULL), 1);
    assert_int_equal(problems(&f, "problem.item.above_max", NULL), 1);
    assert_int_equal(problems(&f, "problem.variant.zero", NULL), 1);
    for (size_t i = 1; i < f.report.n_problems; i++) /* file order */
        assert_true(f.report.problems[i].row >= f.report.problems[i - 1].row);
    const oko_problem *above = problem_of(&f, "problem.item.above_max");
    assert_int_equal(above->row, 5);
    assert_int_equal(above->col, 12);
    assert_string_equal(above->column, "a-2-grade");
    assert_string_equal(above->detail, "2");
    assert_string_equal(above->sheet, "Лист1");
    kept_sheets k = sheets_of(&f, "2026-05-MA");
    assert_int_equal(k.n, 3);
    assert_string_equal(k.at[0].label, "");
    assert_string_equal(k.at[1].label, "А");
    assert_int_equal(k.at[1].n, 2); /* «а» and «5А» are one class */
    assert_int_equal(k.at[1].items[0][2], OKO_ITEM_NOT_TRIED);
    assert_int_equal(k.at[1].items[1][0], OKO_ITEM_ABSENT);
    assert_int_equal(k.at[1].variant[1], 2);
    assert_int_equal(k.at[1].flags[1], OKO_WORK_ABSENT);
    assert_int_equal(k.at[2].items[0][2], OKO_ITEM_INVALID);
    assert_int_equal(k.at[2].flags[0], OKO_WORK_SUM_MISMATCH | OKO_WORK_REPAIRED);
    oko_unit municipality = unit_of(&f, OKO_LEVEL_MUNICIPALITY, "99/МО 43");
    oko_unit school = unit_of(&f, OKO_LEVEL_SCHOOL, "sch990001");
    assert_string_equal(municipality.name, "МО 43");
    assert_int_equal(school.parent, municipality.id);
    assert_false(school.confirmed);
    assert_int_equal(unit_of(&f, OKO_LEVEL_CLASS, "sch990001/2026/5А").parent, school.id);
    assert_int_equal(f.report.new_units, 5); /* region, two municipalities, two schools */
    assert_int_equal(problems(&f, "problem.unit.new_school", NULL), 2);
    fed_close(&f);
}

static void test_regional_2021(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    f.options.procedure = "2026-05-MA";
    feed_one(&f, "выгрузка.xlsx",
             "логин школы\tрегион\tномер обучающегося\tкод обучающегося\tотметка за предыдущую четверть/триместр\tпол"
             "\tкласс\tвариант\tвсего баллов\tбалл за 1\tбалл за 2\tбалл за 3 \n"
             "sch990001\tМО 43\t1\t50001\t4\t\tа\t1\t3\t1\t2\t0\n"
             "sch990001\tМО 43\t2\t50002\tж\t\t1\t2\t5\t1\t2\t2\n"
             "\tМО 43\t2\t50003\t4\t\tа\t2\t5\t1\t2\t2\n"
             "sch990001\tМО 43\t3\t50003\t\t\t\tотсутствовал\t\t\t\t\n");
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "regional-2021");
    assert_int_equal(f.report.counts.rows, 3);
    assert_int_equal(f.report.counts.participants, 2);
    assert_int_equal(problems(&f, "problem.row.no_school", NULL), 1);
    assert_int_equal(problem_of(&f, "problem.row.no_school")->row, 4);
    assert_int_equal(problems(&f, "problem.journal.shifted", "sex"), 1);
    assert_int_equal(problem_of(&f, "problem.journal.shifted")->severity, OKO_PROBLEM_REJECTED);
    kept_sheets k = sheets_of(&f, "2026-05-MA");
    assert_int_equal(k.n, 3);
    assert_string_equal(k.at[1].label, "1");
    assert_int_equal(k.at[1].journal[0], OKO_JOURNAL_NONE);
    assert_int_equal(k.at[1].total[0], 5);
    assert_int_equal(unit_of(&f, OKO_LEVEL_REGION, "99").confirmed, false);
    fed_close(&f);
}

static const char *const head_2022 =
    "Пользователь\tКод региона\tРегион\tМуниципалитет\tШкола\tДата загрузки\tКод\tВариант\t1 (1б)\t2.1(2б)\t13К1 (2б) "
    "\tНаименование класса\tПол\tОтметка за предыдущий триместр\tИтого баллов\n";

static void test_regional_2022(void **state)
{
    (void)state;
    char text[2048];
    fed f;
    fed_open(&f);
    snprintf(text, sizeof text, "%s%s", head_2022,
             "edu993379\t99\tКрай\tГород\tedu993379 | МКОУ \"Школа 1\"\t01.04.2026\t50001\t1\t1\t2\tX\tБ\tж\t4\t3\n"
             "edu993379\t99\tКрай\tГород\tedu993379 | МКОУ \"Школа 1\"\t01.04.2026\t50001\t1\t1\t1\t2\tБ\tм\t4\t4\n");
    feed(&f, "2026-05-MA протокол.xlsx",
         (const char *const[]){ "Классы", "Школа\tКласс\tПризнак\nedu993379\tБ\tда\n", "Протокол", text, NULL });
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "regional-2022");
    assert_int_equal(f.report.counts.participants, 2);
    assert_int_equal(problems(&f, "problem.code.duplicate", NULL), 1);
    assert_int_equal(problem_of(&f, "problem.code.duplicate")->row, 3);
    kept_sheets k = sheets_of(&f, "2026-05-MA");
    assert_int_equal(k.at[0].n, 2);
    assert_int_equal(k.at[0].code[0], 50001);
    assert_int_equal(k.at[0].code[1], 50002);
    oko_unit school = unit_of(&f, OKO_LEVEL_SCHOOL, "edu993379");
    assert_string_equal(school.name, "МКОУ \"Школа 1\"");
    assert_string_equal(unit_of(&f, OKO_LEVEL_REGION, "99").name, "Край");
    fed_close(&f);
}

static const char *const f1_text =
    "Индивидуальные результаты\n\nВПР 2026 Математика 5 класс\nПредмет:\tМатематика\nМаксимальный первичный балл:\t5\n"
    "Дата:\t20.04.2026\n\t\t\t\t\t\tБ\tБ\tП\n"
    "ОО\tМуниципалитет\tНазвание ОО\tКод участника\tКласс\tВариант\t1 (1б)\t2.1 (2б)\t13К1 (2б)\tПервичный "
    "балл\tОтметка\t"
    "Отметка по журналу\n"
    "МБОУ СОШ № 1(edu990011)\tКол-во участников: 3\n"
    "\tГород\tМБОУ СОШ № 1\t50001\t5А\t1\t1\t2\t2\t5\t5\t4\n"
    "\tГород\tМБОУ СОШ № 1\t50002\t5А\t2\t0\tх\t1\t1\t2\t3\n"
    "МБОУ СОШ № 2(edu990012) | Кол-во участников: 1\n"
    "edu990012\tРайон\tМБОУ СОШ № 2\t50001\t5Б\t1\t1\t1\t1\t3\t4\t4\n";

static void test_fis_results(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    feed_one(&f, "Ф1_123.xlsx", f1_text);
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "fis-results");
    assert_string_equal(f.report.procedures[0], "2026-05-MA");
    assert_int_equal(f.report.counts.participants, 3);
    assert_int_equal(problems(&f, "problem.group.count", NULL), 1); /* 3 announced, 2 there */
    assert_int_equal(problems(&f, "problem.item.not_tried", "cyrillic-x"), 1);
    assert_string_equal(unit_of(&f, OKO_LEVEL_SCHOOL, "edu990011").name, "МБОУ СОШ № 1");
    assert_string_equal(unit_of(&f, OKO_LEVEL_MUNICIPALITY, "99/Район").name, "Район");
    kept_sheets k = sheets_of(&f, "2026-05-MA");
    assert_int_equal(k.n, 2);
    assert_string_equal(k.at[0].label, "А");
    /* The option may not contradict the file. */
    f.options.procedure = "2021-04-MA";
    feed_one(&f, "Ф1_123.xlsx", f1_text);
    assert_int_equal(f.status, OKO_E_CONFLICT);
    assert_string_equal(f.err.id, "intake.procedure_differs");
    fed_close(&f);
}

/* An unknown procedure gives its description; the description is readable and fits the file. */
static void test_unknown_procedure(void **state)
{
    (void)state;
    fed f;
    char text[2048];
    fed_open(&f);
    snprintf(text, sizeof text, "%s", f1_text);
    char *subject = strstr(text, "Математика 5");
    memcpy(subject, "Биология 5  ", strlen("Биология 5  "));
    char *rest = strstr(subject, "класс");
    memmove(subject + strlen("Биология 5 "), rest, strlen(rest) + 1);
    feed_one(&f, "Ф1_123.xlsx", text);
    assert_int_equal(f.status, OKO_E_UNDECIDED);
    assert_string_equal(f.err.id, "intake.procedure_unknown");
    assert_string_equal(f.err.arg[0], "2026-05-BI");
    assert_non_null(f.hint);
    assert_non_null(strstr(f.hint, "2026-05-BI"));
    assert_non_null(strstr(f.hint, "13К1"));
    /* A later worksheet of a known procedure does not change the question. */
    char known[4096];
    snprintf(known, sizeof known, "%s", f1_text);
    feed(&f, "Ф1_124.xlsx", (const char *const[]){ "Первый", text, "Второй", known, NULL });
    assert_int_equal(f.status, OKO_E_UNDECIDED);
    assert_string_equal(f.err.arg[0], "2026-05-BI");
    feed(&f, "Ф1_125.xlsx", (const char *const[]){ "Первый", known, "Второй", text, NULL });
    assert_int_equal(f.status, OKO_E_UNDECIDED);
    fed_close(&f);
}

static void test_fitting_procedures(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    feed_one(&f, "данные.csv",
             "school\tclass\tcode\ttotal\t1\t2.1\t13К1\n"
             "sch990001\tа\t1\t3\t1\t1\t1\n");
    assert_int_equal(f.status, OKO_E_UNDECIDED);
    assert_string_equal(f.err.id, "intake.procedure_needed");
    assert_string_equal(f.err.arg[0], "2026-05-MA");
    assert_non_null(strstr(f.hint, "2026-05-MA\t"));
    /* One with the same labels and lower maxima than the scores seen is not offered. */
    oko_procedure low = small_procedure("2026-07-RU");
    low.items[1].max = low.items[2].max = 1;
    low.max_total = 3;
    low.n_cutoffs = 0;
    fed_procedure(&f, &low);
    const char *text = "school\tclass\tcode\ttotal\t1\t2.1\t13К1\nsch990001\tа\t1\t3\t1\t2\t0\n";
    feed_one(&f, "данные.csv", text);
    assert_string_equal(f.err.arg[0], "2026-05-MA");
    feed_one(&f, "данные.csv", "school\tclass\tcode\ttotal\t1\t2\t3\t4\nsch990001\tа\t1\t7\t1\t1\t1\t4\n");
    assert_int_equal(f.status, OKO_E_UNDECIDED);
    assert_string_equal(f.err.id, "intake.procedure_none_fits");
    assert_int_equal(f.hint[0], '{');
    fed_close(&f);
}

static const char *const form_head = "Код участника\tВариант\t1 (1б)\t2.1 (2б)\t13К1(2б)\tПорядковый номер класса\t"
                                     "Отметка за предыдущий триместр/ четверть/полугодие\tИтого баллов\n";

static void test_school_form(void **state)
{
    (void)state;
    fed f;
    char text[2048];
    fed_open(&f);
    snprintf(text, sizeof text, "%s%s", form_head,
             "50001\t1\t1\t2\tX\t1\t4\t3\n"
             "50002\tотсутствовал\t\t\t\t1\tнет отметки\t0\n"
             "50003\t\t\t\t\t\t\t0\n\t\t\t\t\t\t\t0\n\t\t\t\t\t\t\t0\n");
    const char *sheets[] = { "Протокол", text, "Служебный", "Логин\tedu990077\n", NULL };
    feed(&f, "2026-05-MA форма.xlsx", sheets);
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "school-form");
    assert_int_equal(f.report.counts.rows, 2);
    assert_int_equal(f.report.counts.participants, 1);
    assert_int_equal(f.report.counts.no_total, 1);
    assert_int_equal(problems(&f, "problem.total.prefilled", NULL), 1);
    kept_sheets k = sheets_of(&f, "2026-05-MA");
    assert_int_equal(k.n, 1);
    assert_string_equal(k.at[0].label, "1");
    assert_int_equal(unit_of(&f, OKO_LEVEL_SCHOOL, "edu990077").id, k.at[0].school);
    /* No service worksheet: the file name, then the option, else a question. */
    sheets[2] = NULL;
    feed(&f, "2026-05-MA_edu990078.xlsx", sheets);
    assert_int_equal(f.status, OKO_OK);
    unit_of(&f, OKO_LEVEL_SCHOOL, "edu990078");
    feed(&f, "2026-05-MA.xlsx", sheets);
    assert_int_equal(f.status, OKO_E_UNDECIDED);
    assert_string_equal(f.err.id, "intake.school_needed");
    f.options.school = "edu990079";
    feed(&f, "2026-05-MA.xlsx", sheets);
    assert_int_equal(f.status, OKO_OK);
    fed_close(&f);
}

static void test_empty_form(void **state)
{
    (void)state;
    fed f;
    char text[2048];
    fed_open(&f);
    snprintf(text, sizeof text, "%s%s", form_head, "\t\t\t\t\t\t\t0\n\t\t\t\t\t\t\t0\n50001\t\t\t\t\t\t\t0\n");
    feed(&f, "2026-05-MA_edu990078.xlsx", (const char *const[]){ "Протокол", text, NULL });
    assert_int_equal(f.status, OKO_E_FORMAT);
    assert_string_equal(f.err.id, "intake.empty_form");
    fed_close(&f);
}

static void test_gia(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    oko_procedure p = small_procedure("2026-09-RU");
    p.kind = OKO_KIND_OGE;
    fed_procedure(&f, &p);
    f.options.procedure = "2026-09-RU";
    feed_one(&f, "протокол.xlsx",
             "Протокол\n№\tКод ППЭ\tКод ОО\tКласс\tФамилия\tИмя\tОтчество\tСерия\tНомер\tВариант\tКод участника\t"
             "Задания с кратким ответом\tЗадания с развёрнутым ответом\tПервичный балл\tОценка\n"
             "1\t9001\t990101\t9А\tОдинцова\tАнна\tИвановна\t1234\t567890\t305\t1001\t+2\t1(2)\t4\t4\n"
             "2\t9001\t990101\t9А\tВторов\tПётр\tИльич\t1234\t567891\t306\t1002\t-0\t2(2)\t2\t3\n"
             "3\t9001\t990101\t9А\tТретьев\tИлья\tПетрович\t1234\t567892\t306\t1003\t++++\t\t2\t3\n");
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "gia");
    assert_int_equal(f.report.n_dropped, 5);
    assert_string_equal(f.report.dropped[0], "Фамилия");
    assert_int_equal(problems(&f, "problem.mask.does_not_fit", NULL), 1);
    assert_int_equal(f.report.counts.sum_mismatch, 0);
    kept_sheets k = sheets_of(&f, "2026-09-RU");
    assert_int_equal(k.at[0].n, 3);
    assert_int_equal(k.at[0].items[0][1], 2);
    assert_int_equal(k.at[0].items[2][0], OKO_ITEM_EMPTY);
    for (size_t i = 0; i < f.report.n_problems; i++)
        assert_null(strstr(f.report.problems[i].detail, "Одинцова"));
    int64_t unit = 0;
    assert_int_equal(oko_store_alias_find(f.store, OKO_LEVEL_SCHOOL, OKO_ALIAS_OGE, "990101", &unit, &f.err), OKO_OK);
    assert_int_equal(unit, k.at[0].school);
    feed_one(&f, "ege.csv",
             "SchoolCode\tClassCode\tSurname\tName\tSecondName\tDocumentSeries\tPrimaryMark\tMark5\n"
             "990102\t9Б\tА\tБ\tВ\t1\t5\t5\n990102\t9Б\tА\tБ\tВ\t1\t3\t4\n");
    assert_int_equal(f.status, OKO_OK);
    assert_int_equal(f.report.n_dropped, 4);
    assert_int_equal(f.report.counts.participants, 2);
    assert_int_equal(problems(&f, "problem.code.no_column", NULL), 1);
    k = sheets_of(&f, "2026-09-RU");
    assert_int_equal(k.at[1].code[0], 1);
    assert_int_equal(k.at[1].code[1], 2);
    fed_close(&f);
}

static void test_wide(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    oko_procedure p = small_procedure("2026-06-RU");
    fed_procedure(&f, &p);
    feed_one(&f, "все.csv",
             "procedure\tregion\tmunicipality\tschool\tclass\tcode\tvariant\tjournal\ttotal\titem_1\titem_2.1\tК1\t13К1"
             "\tтелефон\n"
             "2026-05-MA\t77\tМО 1\t1001\t5а\tA-7\t1\t4\t3\t1\t2\tlost\t0\t1\n"
             "2026-05-MA\t77\tМО 1\t1001\t5а\tбез\t1\t4\t3\t1\t2\t\t0\t1\n"
             "2026-06-RU\t77\tМО 1\tШкола № 5\t6б\t9\t1\t4\t3,0\t1\t2\t\t0\t1\n");
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "wide");
    assert_int_equal(f.report.n_procedures, 2);
    assert_string_equal(f.report.dropped[0], "телефон");
    assert_int_equal(problems(&f, "problem.column.ignored", NULL), 1);
    assert_int_equal(problems(&f, "problem.code.digits", NULL), 1);
    assert_int_equal(problems(&f, "problem.code.position", NULL), 1);
    kept_sheets k = sheets_of(&f, "2026-05-MA");
    assert_int_equal(k.at[0].code[0], 7);
    assert_int_equal(k.at[0].code[1], 2);
    k = sheets_of(&f, "2026-06-RU");
    assert_int_equal(k.n, 1);
    assert_int_equal(k.at[0].total[0], 3);
    unit_of(&f, OKO_LEVEL_SCHOOL, "1001");
    fed_close(&f);
}

static void test_wrong_procedures(void **state)
{
    (void)state;
    fed f;
    char text[4096] = "school\tcode\ttotal\t1\t2.1\t13К1\n";
    fed_open(&f);
    f.options.procedure = "2026-05-MA";
    feed_one(&f, "a.csv", "school\tcode\ttotal\t1\t2.1\t13К1\t14\nsch990001\t1\t1\t1\t0\t0\t0\n");
    assert_int_equal(f.status, OKO_E_CONFLICT);
    assert_string_equal(f.err.id, "intake.wrong_procedure.count");
    feed_one(&f, "a.csv", "school\tcode\ttotal\t1\t2.1\t7\nsch990001\t1\t1\t1\t0\t0\n");
    assert_string_equal(f.err.id, "intake.wrong_procedure.label");
    assert_string_equal(f.err.arg[1], "7");
    feed_one(&f, "a.csv", "school\tcode\ttotal\t1 (1б)\t2.1 (3б)\t13К1 (2б)\nsch990001\t1\t1\t1\t0\t0\n");
    assert_string_equal(f.err.id, "intake.wrong_procedure.max");
    for (int i = 0; i < 12; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "sch990001\t%d\t5\t1\t%d\t0\n", i + 1, i < 4 ? 4 : 2);
    feed_one(&f, "a.csv", text);
    assert_int_equal(f.status, OKO_E_CONFLICT);
    assert_string_equal(f.err.id, "intake.wrong_procedure.items");
    /* Other labels, the same maxima in the heads: matched in order, and said so. */
    feed_one(&f, "a.csv", "school\tcode\ttotal\t1 (1б)\t2 (2б)\t3 (2б)\nsch990001\t1\t3\t1\t0\t2\n");
    assert_int_equal(f.status, OKO_OK);
    assert_int_equal(problems(&f, "problem.items.by_order", NULL), 1);
    fed_close(&f);
}

static void test_unknown_layout(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    feed_one(&f, "письмо.xlsx", "Уважаемые коллеги\nпросим\tприслать\n");
    assert_int_equal(f.status, OKO_E_FORMAT);
    assert_string_equal(f.err.id, "intake.unknown_layout");
    f.options.procedure = "2026-05-MA";
    feed_one(&f, "a.csv", "school\tcode\ttotal\t1\t2.1\t13К1\n");
    assert_int_equal(f.status, OKO_E_FORMAT);
    assert_string_equal(f.err.id, "intake.no_rows");
    fed_close(&f);
}

int main(void)
{
    failing_alloc_arm(0); /* none fails; the wrappers of malloc are linked */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_regional_2020),
        cmocka_unit_test(test_regional_2021),
        cmocka_unit_test(test_regional_2022),
        cmocka_unit_test(test_fis_results),
        cmocka_unit_test(test_unknown_procedure),
        cmocka_unit_test(test_fitting_procedures),
        cmocka_unit_test(test_school_form),
        cmocka_unit_test(test_empty_form),
        cmocka_unit_test(test_gia),
        cmocka_unit_test(test_wide),
        cmocka_unit_test(test_wrong_procedures),
        cmocka_unit_test(test_unknown_layout),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
