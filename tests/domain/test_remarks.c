/* Remarks of observers: lists, «нет нарушений», names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "domain/remarks.h"

static void check_at(const char *text, int n, const char *expected, bool masked, int line)
{
    char out[400];
    int found = -2;
    bool hidden = false;
    oko_remarks_read(oko_str_of(text), out, sizeof out, &found, &hidden);
    if (found != n || strcmp(out, expected) != 0 || hidden != masked)
        fail_msg("line %d: %d remarks, masked %d: [%s]", line, found, (int)hidden, out);
}
#define check(text, n, expected, masked) check_at(text, n, expected, masked, __LINE__)

static void nothing_was_found(void **state)
{
    (void)state;
    check("Нарушений не выявлено", 0, "", false);
    check("  НАРУШЕНИЙ НЕ ВЫЯВЛЕНО.  ", 0, "", false);
    check("1. Нарушений не выявлено", 0, "", false);
    check("нет", 0, "", false);
    check("—", 0, "", false);
    check("", -1, "", false);
    check(" \n", -1, "", false);
}

static void numbered_lists(void **state)
{
    (void)state;
    check("1. В аудитории плакаты. 2. Посторонние лица", 2, "В аудитории плакаты\nПосторонние лица", false);
    check("1) Плакаты;\n2) Телефон", 2, "Плакаты\nТелефон", false);
    check("1.Плакаты", 1, "Плакаты", false);
    check("Выявлено: 1. Плакаты 2. Телефон", 2, "1. Плакаты\nТелефон", false); /* what stands before is kept */
    check("1. Нарушен п. 3 порядка 12.04.2021 2. Телефон", 2, "Нарушен п. 3 порядка 12.04.2021\nТелефон", false);
    check("1. Нарушений не выявлено при подготовке 2. Телефон", 2, "Нарушений не выявлено при подготовке\nТелефон",
          false);
    check("Плакаты; телефон\nпосторонние", 3, "Плакаты\nтелефон\nпосторонние", false);
}

static void names_are_masked(void **state)
{
    (void)state;
    check("Учитель Иванова И.О. подсказывала", 1, "Учитель [имя] подсказывала", true);
    check("Учитель Иванова И. О. подсказывала", 1, "Учитель [имя] подсказывала", true);
    check("подсказывала И.О. Иванова", 1, "подсказывала [имя]", true);
    check("Подсказывала И.О. Иванова", 1, "[имя]", true); /* which word is the surname can't be told */
    check("Организатор Петров Пётр Петрович вышел", 1, "Организатор [имя] вышел", true);
    check("подсказывала Ирина Олеговна", 1, "подсказывала [имя]", true);
    check("1. Иванова И. 2. Телефон", 2, "[имя]\nТелефон", true);
    check("Учитель Русского языка вышла. Двери открыты", 1, "Учитель Русского языка вышла. Двери открыты", false);
}

static void small_room_and_odd_bytes(void **state)
{
    (void)state;
    char out[8];
    int n = 0;
    bool masked = false;
    oko_remarks_read(oko_str_of("Плакаты; телефон"), out, sizeof out, &n, &masked);
    assert_string_equal(out, "Пла");
    assert_int_equal(n, 2);
    oko_remarks_read((oko_str){ "\xd0\xff;1.", 5 }, out, sizeof out, &n, &masked);
    assert_true(oko_utf8_valid(oko_str_of(out)));
    char long_list[6000] = "";
    for (int i = 0; i < 70; i++)
        strcat(long_list, "плакат;");
    char large[6000];
    oko_remarks_read(oko_str_of(long_list), large, sizeof large, &n, &masked);
    assert_int_equal(n, OKO_REMARKS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(nothing_was_found), cmocka_unit_test(numbered_lists),
                                        cmocka_unit_test(names_are_masked),
                                        cmocka_unit_test(small_room_and_odd_bytes) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
