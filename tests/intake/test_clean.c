/* What single cells mean. */
#include "intake/clean.h"
#include "intake/layout.h"
#include "support/failing_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

static void test_items(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int max;
        int8_t score;
        int64_t written;
        const char *value_class; /* NULL: no problem */
    } cases[] = {
        { "0", 1, 0, 0, NULL },
        { "2", 2, 2, 2, NULL },
        { "10", 12, 10, 10, NULL },
        { "2.0", 2, 2, 2, NULL },
        { "2,0", 2, 2, 2, NULL },
        { " 1 ", 2, 1, 1, NULL },
        { "3", 2, OKO_ITEM_INVALID, 3, "above-item-max" },
        { "30", 3, OKO_ITEM_INVALID, 30, "above-item-max" },
        { "-2", 2, OKO_ITEM_INVALID, -2, "negative" },
        { "X", 2, OKO_ITEM_NOT_TRIED, 0, NULL },
        { "x", 2, OKO_ITEM_NOT_TRIED, 0, NULL },
        { "X ", 2, OKO_ITEM_NOT_TRIED, 0, "x-with-blanks" },
        { "Х", 2, OKO_ITEM_NOT_TRIED, 0, "cyrillic-x" },
        { "х", 2, OKO_ITEM_NOT_TRIED, 0, "cyrillic-x" },
        { "H", 2, OKO_ITEM_NOT_TRIED, 0, "letter-h" },
        { "N", 2, OKO_ITEM_NOT_TRIED, 0, "letter-n" },
        { "не пройд.", 2, OKO_ITEM_NOT_TAUGHT, 0, NULL },
        { "Не  пройд", 2, OKO_ITEM_NOT_TAUGHT, 0, NULL },
        { "отсутствовал", 2, OKO_ITEM_ABSENT, 0, NULL },
        { "", 2, OKO_ITEM_EMPTY, 0, NULL },
        { "  ", 2, OKO_ITEM_EMPTY, 0, NULL },
        { "0,5", 2, OKO_ITEM_INVALID, 0, "decimal" },
        { "два", 2, OKO_ITEM_INVALID, 0, "text" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t written = -77;
        clean_fault fault;
        assert_int_equal(clean_item(oko_str_of(cases[i].text), cases[i].max, &written, &fault), cases[i].score);
        assert_int_equal(written, cases[i].written);
        assert_int_equal(fault.reason == NULL, cases[i].value_class == NULL);
        if (cases[i].value_class != NULL)
            assert_string_equal(fault.value_class, cases[i].value_class);
    }
}

static void test_totals(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int16_t total;
        uint8_t flags;
    } cases[] = { { "0", 0, 0 },
                  { "20", 20, 0 },
                  { "7.0", 7, 0 },
                  { "21", 21, OKO_WORK_ABOVE_MAX },
                  { "99999", 32767, OKO_WORK_ABOVE_MAX },
                  { "", OKO_TOTAL_NONE, OKO_WORK_NO_TOTAL },
                  { " ", OKO_TOTAL_NONE, OKO_WORK_NO_TOTAL },
                  { "-1", OKO_TOTAL_NONE, OKO_WORK_BAD_TOTAL },
                  { "7,5", OKO_TOTAL_NONE, OKO_WORK_BAD_TOTAL },
                  { "нет", OKO_TOTAL_NONE, OKO_WORK_BAD_TOTAL } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint8_t flags = 255;
        clean_fault fault;
        assert_int_equal(clean_total(oko_str_of(cases[i].text), 20, &flags, &fault), cases[i].total);
        assert_int_equal(flags, cases[i].flags);
    }
}

static void test_marks_and_variants(void **state)
{
    (void)state;
    clean_fault fault;
    bool absent = false;
    assert_int_equal(clean_journal(OKO_STR("4"), &fault), 4);
    assert_null(fault.reason);
    assert_int_equal(clean_journal(OKO_STR("5.0"), &fault), 5);
    assert_int_equal(clean_journal(OKO_STR("1"), &fault), 1);
    assert_string_equal(fault.reason, "problem.journal.one");
    assert_int_equal(clean_journal(OKO_STR("нет отметки"), &fault), OKO_JOURNAL_NONE);
    assert_null(fault.reason);
    assert_int_equal(clean_journal(OKO_STR("ж"), &fault), OKO_JOURNAL_NONE);
    assert_string_equal(fault.reason, "problem.journal.shifted");
    assert_int_equal(clean_journal(OKO_STR("6"), &fault), OKO_JOURNAL_NONE);
    assert_string_equal(fault.value_class, "out-of-range");
    assert_int_equal(clean_variant(OKO_STR("2"), &absent, &fault), 2);
    assert_int_equal(clean_variant(OKO_STR("11"), &absent, &fault), 11);
    assert_int_equal(clean_variant(OKO_STR("0"), &absent, &fault), 0);
    assert_string_equal(fault.reason, "problem.variant.zero");
    assert_int_equal(clean_variant(OKO_STR("Отсутствовал "), &absent, &fault), 0);
    assert_true(absent);
    assert_null(fault.reason);
    assert_int_equal(clean_variant(OKO_STR("305120"), &absent, &fault), 0);
    assert_false(absent);
    assert_string_equal(fault.reason, "problem.variant.not_kept");
}

static void test_codes(void **state)
{
    (void)state;
    uint64_t code = 0;
    assert_int_equal(clean_code(OKO_STR("40001"), &code), CLEAN_CODE_NUMBER);
    assert_int_equal(code, 40001);
    assert_int_equal(clean_code(OKO_STR(" 7.0"), &code), CLEAN_CODE_NUMBER);
    assert_int_equal(code, 7);
    assert_int_equal(clean_code(OKO_STR("4-001"), &code), CLEAN_CODE_DIGITS);
    assert_int_equal(code, 4001);
    assert_int_equal(clean_code(OKO_STR("без кода"), &code), CLEAN_CODE_NONE);
    assert_int_equal(clean_code(OKO_STR(""), &code), CLEAN_CODE_NONE);
    assert_int_equal(clean_code(OKO_STR("123456789012345678901234567890"), &code), CLEAN_CODE_NONE);
}

static void check_item(const char *head, const char *label, int max)
{
    item_head item = { .max = -1 };
    if (label == NULL) {
        assert_false(item_head_parse(oko_str_of(head), &item));
        return;
    }
    assert_true(item_head_parse(oko_str_of(head), &item));
    assert_string_equal(item.label, label);
    assert_int_equal(item.max, max);
}

static void test_item_heads(void **state)
{
    (void)state;
    check_item("1 (2б)", "1", 2);
    check_item("5(1б)", "5", 1);
    check_item("16 (1) (1б)  ", "16 (1)", 1);
    check_item("12.2 (1 балл)", "12.2", 1);
    check_item("4К4 (2б)", "4К4", 2);
    check_item("a-13-grade", "13", 0);
    check_item("балл за 3", "3", 0);
    check_item("Задание 7", "7", 0);
    check_item("item_4", "4", 0);
    check_item("№ 2", "2", 0);
    check_item("школа 12", NULL, 0);
    check_item("Код участника", NULL, 0);
    check_item("2021 год", NULL, 0);
    check_item("5 класс, параллель", NULL, 0);
}

static void check_school(const char *text, const char *login, const char *name)
{
    oko_str a = { 0 }, b = { 0 };
    school_split(oko_str_of(text), &a, &b);
    assert_true(oko_str_equal(a, oko_str_of(login)));
    assert_true(oko_str_equal(b, oko_str_of(name)));
}

static void test_schools(void **state)
{
    (void)state;
    check_school("edu993379 | МКОУ \"Школа\"", "edu993379", "МКОУ \"Школа\"");
    check_school("МКОУ \"Школа\" (edu993379)", "edu993379", "МКОУ \"Школа\"");
    check_school(" sch990001 ", "sch990001", "");
    check_school("МБОУ СОШ (вечерняя)", "", "МБОУ СОШ (вечерняя)");
    check_school("Город (reg99_m012)", "reg99_m012", "Город");
    assert_true(oko_str_equal(login_region(OKO_STR("sch990453")), OKO_STR("99")));
    assert_true(oko_str_equal(login_region(OKO_STR("reg20_m012")), OKO_STR("20")));
    assert_int_equal(login_region(OKO_STR("school1")).len, 0);
}

static void test_masks(void **state)
{
    (void)state;
    oko_procedure p = {
        .n_items = 6, .items = { { .max = 1 }, { .max = 1 }, { .max = 2 }, { .max = 2 }, { .max = 1 }, { .max = 3 } }
    };
    int8_t items[OKO_MAX_ITEMS];
    int at = 0;
    int64_t sum = 0;
    assert_true(mask_items(OKO_STR("+-2+"), &p, &at, items, &sum));
    assert_true(mask_items(OKO_STR("1(1)2(3)"), &p, &at, items, &sum));
    assert_int_equal(at, 6);
    assert_int_equal(sum, 1 + 0 + 2 + 2 + 1 + 2);
    assert_int_equal(items[1], 0);
    assert_int_equal(items[5], 2);
    at = 0;
    assert_false(mask_items(OKO_STR("1(2)"), &p, &at, items, &sum));
    at = 0;
    assert_false(mask_items(OKO_STR("2"), &p, &at, items, &sum));
    at = 0;
    assert_false(mask_items(OKO_STR("+++++++"), &p, &at, items, &sum));
}

int main(void)
{
    failing_alloc_arm(0); /* none fails; the wrappers of malloc are linked */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_items), cmocka_unit_test(test_totals),     cmocka_unit_test(test_marks_and_variants),
        cmocka_unit_test(test_codes), cmocka_unit_test(test_item_heads), cmocka_unit_test(test_schools),
        cmocka_unit_test(test_masks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
