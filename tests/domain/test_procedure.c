/* Procedures: codes, kinds, checks, marks, items; names of problems and aggregates. */
#include "domain/procedure.h"

#include "domain/aggregate.h"
#include "domain/problem.h"
#include "domain/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void codes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int year, grade;
        const char *subject;
        size_t length;
    } good[] = {
        { "2021-04-MA", 2021, 4, "MA", 10 },
        { "2021-09-MA-OGE", 2021, 9, "MA", 14 },
        { "2021-04-MA.xlsx", 2021, 4, "MA", 10 },
        { "2021-04-ma (2).xlsx", 2021, 4, "MA", 10 },
        { "2021-04-Ru_v2.csv", 2021, 4, "RU", 10 },
        { "2021-09-MA-OGE.xlsx", 2021, 9, "MA", 14 },
        { "2021-09-MA-OGE2 копия", 2021, 9, "MA", 15 },
        { "2021-09-MA-копия", 2021, 9, "MA", 10 },
        { "2021-09-MA-", 2021, 9, "MA", 10 },
        { "1990-00-ABCDEFGHIJKLMNO", 1990, 0, "ABCDEFGHIJKLMNO", 23 },
        { "2100-12-X", 2100, 12, "X", 9 },
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        int year = 0, grade = -1;
        char subject[16] = "";
        size_t length = 0;
        assert_true(oko_procedure_code_parse(oko_str_of(good[i].text), &year, &grade, subject, &length));
        assert_int_equal(year, good[i].year);
        assert_int_equal(grade, good[i].grade);
        assert_string_equal(subject, good[i].subject);
        assert_int_equal(length, good[i].length);
    }
    static const char *const bad[] = { "",
                                       "2021",
                                       "2021-04-",
                                       "2021-4-MA",
                                       "2021-13-MA",
                                       "1989-04-MA",
                                       "2101-04-MA",
                                       "2021_04_MA",
                                       "x2021-04-MA",
                                       "2021-04-1A",
                                       "2021-04-МА",
                                       "2021-04-MAт",
                                       "2021-04-ABCDEFGHIJKLMNOP" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int year = 7, grade = 7;
        char subject[16] = "keep";
        size_t length = 7;
        if (oko_procedure_code_parse(oko_str_of(bad[i]), &year, &grade, subject, &length)) {
            fail_msg("«%s» was taken for a code", bad[i]);
        }
        assert_true(year == 7 && grade == 7 && length == 7 && strcmp(subject, "keep") == 0);
    }
}

static void kinds(void **state)
{
    (void)state;
    oko_kind kind = OKO_KIND_COUNT;
    for (int i = 0; i < OKO_KIND_COUNT; i++) {
        assert_true(oko_kind_parse(oko_str_of(oko_kind_name((oko_kind)i)), &kind));
        assert_int_equal(kind, i);
    }
    assert_true(oko_kind_parse(OKO_STR(" Впр "), &kind));
    assert_int_equal(kind, OKO_KIND_VPR);
    assert_true(oko_kind_parse(OKO_STR("ВHИКО") /* not a kind */, &kind) == false);
    assert_true(oko_kind_parse(OKO_STR("НИКO") /* Latin O */, &kind));
    assert_int_equal(kind, OKO_KIND_NIKO);
    assert_true(oko_kind_parse(OKO_STR("Внутренняя"), &kind));
    assert_int_equal(kind, OKO_KIND_INTERNAL);
    assert_true(oko_kind_parse(OKO_STR("другое"), &kind));
    assert_int_equal(kind, OKO_KIND_OTHER);
    assert_false(oko_kind_parse(OKO_STR(""), &kind));
    assert_int_equal(kind, OKO_KIND_OTHER);
    assert_string_equal(oko_kind_name((oko_kind)99), "other");
}

/* A procedure with 4 items, 7 points, marks 2…5. */
static oko_procedure sample(void)
{
    return (oko_procedure){ .code = "2021-04-MA",
                            .kind = OKO_KIND_VPR,
                            .year = 2021,
                            .grade = 4,
                            .subject = "MA",
                            .title = "ВПР, математика, 4 класс",
                            .date = "2021-03-15",
                            .max_total = 7,
                            .n_items = 4,
                            .items = { { "1", 1, 'B' }, { "12.2", 2, 'P' }, { "13К1", 3, 0 }, { "13К2", 1, 'V' } },
                            .n_cutoffs = 3,
                            .cutoffs = { 2, 4, 6 },
                            .first_mark = 2,
                            .n_gaps = 1,
                            .gaps = { 5 },
                            .n_aliases = 1,
                            .aliases = { "МА-4" },
                            .source = "ФИОКО" };
}

/* The check refuses p with this message and field, also without an error record. */
static void assert_refused(const oko_procedure *p, const char *id, const char *field)
{
    oko_error err;
    oko_error_clear(&err);
    assert_int_equal(oko_procedure_check(p, NULL), OKO_E_ARGUMENT);
    assert_int_equal(oko_procedure_check(p, &err), OKO_E_ARGUMENT);
    assert_int_equal(err.code, OKO_E_ARGUMENT);
    assert_string_equal(err.id, id);
    assert_string_equal(err.field, field);
}

static void a_good_procedure_passes(void **state)
{
    (void)state;
    oko_error err;
    oko_procedure p = sample();
    assert_int_equal(oko_procedure_check(&p, &err), OKO_OK);
    p = (oko_procedure){ .code = "2010-00-US-X", .year = 2010, .subject = "US", .max_total = 100 }; /* the least */
    assert_int_equal(oko_procedure_check(&p, &err), OKO_OK);
    p = sample();
    strcpy(p.date, "2020-02-29");
    assert_int_equal(oko_procedure_check(&p, &err), OKO_OK);
}

/* Changes one member of a good procedure and expects one refusal. */
#define REFUSED(change, id, field)                                                                                     \
    do {                                                                                                               \
        oko_procedure p = sample();                                                                                    \
        change;                                                                                                        \
        assert_refused(&p, id, field);                                                                                 \
    } while (0)

static void texts_and_codes_are_checked(void **state)
{
    (void)state;
    REFUSED(memset(p.title, 'x', sizeof p.title), "procedure.text", "title");
    REFUSED(strcpy(p.source, "\xFF"), "procedure.text", "source");
    REFUSED(memset(p.code, 'x', sizeof p.code), "procedure.text", "code");
    REFUSED(p.n_aliases = OKO_MAX_ALIASES + 1, "procedure.aliases", "aliases");
    REFUSED(p.n_aliases = -1, "procedure.aliases", "aliases");
    REFUSED(p.n_aliases = 2, "procedure.alias", "aliases");
    REFUSED(p.code[0] = '\0', "procedure.code", "code");
    REFUSED(strcpy(p.code, "2021-04-MA.xlsx"), "procedure.code", "code");
    REFUSED(strcpy(p.code, "2021-04-ma"), "procedure.code", "code");
    REFUSED(p.year = 2020, "procedure.code_differs", "year");
    REFUSED(p.grade = 5, "procedure.code_differs", "grade");
    REFUSED(strcpy(p.subject, "RU"), "procedure.code_differs", "subject");
    REFUSED(p.kind = OKO_KIND_COUNT, "procedure.kind", "kind");
    REFUSED(strcpy(p.date, "15.03.2021"), "procedure.date", "date");
    REFUSED(strcpy(p.date, "2021-3-15"), "procedure.date", "date");
    REFUSED(strcpy(p.date, "2021-02-29"), "procedure.date", "date");
    REFUSED(strcpy(p.date, "2021-13-01"), "procedure.date", "date");
    REFUSED(strcpy(p.date, "2021-04-00"), "procedure.date", "date");
}

static void numbers_are_checked(void **state)
{
    (void)state;
    REFUSED(p.max_total = 0, "procedure.max_total", "max");
    REFUSED(p.max_total = OKO_MAX_TOTAL + 1, "procedure.max_total", "max");
    REFUSED(p.max_total = 8, "procedure.items_sum", "max");
    REFUSED(p.n_cutoffs = OKO_MAX_CUTOFFS + 1, "procedure.cutoffs_many", "cutoffs");
    REFUSED(p.n_cutoffs = -1, "procedure.cutoffs_many", "cutoffs");
    REFUSED(p.cutoffs[1] = 2, "procedure.cutoffs", "cutoffs");
    REFUSED(p.cutoffs[0] = 0, "procedure.cutoffs", "cutoffs");
    REFUSED(p.cutoffs[2] = 8, "procedure.cutoffs", "cutoffs");
    REFUSED(p.first_mark = 0, "procedure.first_mark", "first_mark");
    REFUSED(p.n_gaps = OKO_MAX_TOTAL, "procedure.gaps_many", "gaps");
    REFUSED(p.gaps[0] = 8, "procedure.gaps", "gaps");
    REFUSED((p.n_gaps = 2, p.gaps[1] = 5), "procedure.gaps", "gaps");
    REFUSED(p.n_items = OKO_MAX_ITEMS + 1, "procedure.items", "items");
    REFUSED(p.n_items = -1, "procedure.items", "items");
    REFUSED(p.items[1].label[0] = '\0', "procedure.item_label", "items");
    REFUSED(memset(p.items[1].label, 'x', sizeof p.items[1].label), "procedure.item_label", "items");
    REFUSED(p.items[2].max = 0, "procedure.item_max", "items");
    REFUSED(p.items[2].max = OKO_MAX_ITEM_SCORE + 1, "procedure.item_max", "items");
    REFUSED(p.items[2].level = 'X', "procedure.item_level", "items");
    REFUSED(strcpy(p.items[3].label, "13k1"), "procedure.item_twice", "items");
}

static void refusals_tell_numbers(void **state)
{
    (void)state;
    oko_error err;
    oko_procedure p = sample();
    p.items[2].max = 2;
    assert_int_equal(oko_procedure_check(&p, &err), OKO_E_ARGUMENT);
    assert_int_equal(err.n_args, 2);
    assert_string_equal(err.arg[0], "6");
    assert_string_equal(err.arg[1], "7");
    p.items[2].max = 101;
    assert_int_equal(oko_procedure_check(&p, &err), OKO_E_ARGUMENT);
    assert_string_equal(err.arg[0], "3");
}

static void marks(void **state)
{
    (void)state;
    static const int expected[] = { 2, 2, 3, 3, 4, 4, 5, 5 };
    oko_procedure p = sample();
    for (int total = 0; total <= 7; total++) {
        assert_int_equal(oko_procedure_mark(&p, total), expected[total]);
    }
    assert_int_equal(oko_procedure_mark(&p, -1), 0);
    assert_int_equal(oko_procedure_mark(&p, 8), 0);
    p.n_cutoffs = 0;
    assert_int_equal(oko_procedure_mark(&p, 3), 0);
}

static void items_by_label(void **state)
{
    (void)state;
    oko_procedure p = sample();
    assert_int_equal(oko_procedure_item(&p, OKO_STR("1")), 0);
    assert_int_equal(oko_procedure_item(&p, OKO_STR(" 12.2 ")), 1);
    assert_int_equal(oko_procedure_item(&p, OKO_STR("12,2")), 1);
    assert_int_equal(oko_procedure_item(&p, OKO_STR("13k1")), 2);
    assert_int_equal(oko_procedure_item(&p, OKO_STR("13 К1")), 2);
    assert_int_equal(oko_procedure_item(&p, OKO_STR("13K2")), 3);
    assert_int_equal(oko_procedure_item(&p, OKO_STR("12")), -1);
    assert_int_equal(oko_procedure_item(&p, OKO_STR("")), -1);
    assert_int_equal(oko_procedure_item(&p, OKO_STR(" ")), -1);
    assert_int_equal(oko_procedure_item(&p, (oko_str){ NULL, 0 }), -1);
    char longer[500];
    memset(longer, '1', sizeof longer);
    assert_int_equal(oko_procedure_item(&p, (oko_str){ longer, sizeof longer }), -1);
}

static void small_names(void **state)
{
    (void)state;
    assert_string_equal(oko_severity_name(OKO_PROBLEM_NOTE), "note");
    assert_string_equal(oko_severity_name(OKO_PROBLEM_REPAIRED), "repaired");
    assert_string_equal(oko_severity_name(OKO_PROBLEM_REJECTED), "rejected");
    assert_string_equal(oko_aggregate_kind_name(OKO_AGGREGATE_MARKS), "marks");
    assert_string_equal(oko_aggregate_kind_name(OKO_AGGREGATE_JOURNAL), "journal");
    assert_string_equal(oko_aggregate_kind_name(OKO_AGGREGATE_HISTOGRAM), "histogram");
    assert_string_equal(oko_aggregate_kind_name(OKO_AGGREGATE_KIND_COUNT), "unknown");
}

/* What is owned is freed (the leak checker looks), and the struct can be used again. */
static void runs_and_results_are_cleared(void **state)
{
    (void)state;
    oko_run run = { .id = 5, .params = malloc(10), .seed = 3 };
    oko_result result = { .unit = 5, .details = malloc(10), .n = 7 };
    oko_run_clear(&run);
    oko_result_clear(&result);
    assert_null(run.params);
    assert_int_equal(run.id, 0);
    assert_null(result.details);
    assert_int_equal(result.n, 0);
    oko_run_clear(&run);
    oko_result_clear(&result);
    oko_run_clear(NULL);
    oko_result_clear(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes),
        cmocka_unit_test(kinds),
        cmocka_unit_test(a_good_procedure_passes),
        cmocka_unit_test(texts_and_codes_are_checked),
        cmocka_unit_test(numbers_are_checked),
        cmocka_unit_test(refusals_tell_numbers),
        cmocka_unit_test(marks),
        cmocka_unit_test(items_by_label),
        cmocka_unit_test(small_names),
        cmocka_unit_test(runs_and_results_are_cleared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
