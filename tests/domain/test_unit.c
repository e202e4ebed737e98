/* Class labels, names of levels and aliases. */
#include "domain/unit.h"

#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void class_labels(void **state)
{
    (void)state;
    static const struct {
        const char *raw;
        int grade;
        const char *label;
    } cases[] = {
        /* forms that real files hold (domain facts, «dirt») */
        { "5А", 5, "А" },
        { "5 \"А\"", 5, "А" },
        { "5-а", 5, "А" },
        { "а(1)", 5, "А(1)" },
        { "нет", 4, "" },
        { "НЕТ", 4, "" },
        { "Нет", 4, "" },
        { "", 4, "" },
        { "-", 4, "" },
        { "—", 4, "" },
        { "0", 4, "" },
        { "а", 4, "А" },
        { " б ", 4, "Б" },
        { "4 Б", 4, "Б" },
        { "4кб", 4, "КБ" },
        { "«4А»", 4, "А" },
        { "4–в", 4, "В" },
        { "4_г", 4, "Г" },
        { "4А класс", 4, "А" },
        { "4 класс", 4, "" },
        { "Класс 4а", 4, "А" },
        { "класс", 4, "" },
        /* autumn waves are written by the next grade */
        { "5А", 4, "А" },
        { "6А", 4, "6А" },
        { "4А", 5, "4А" },
        { "10А", 10, "А" },
        { "11А", 10, "А" },
        { "1А", 10, "1А" },
        { "05Б", 5, "Б" },
        { "5А", 0, "5А" },
        /* numbers */
        { "5", 5, "" },
        { "5", 4, "" },
        { "1", 4, "1" },
        { "6", 4, "6" },
        { "1.0", 4, "1" },
        { "4.0", 4, "" },
        { "4.1", 4, "1" },
        { "4/2", 4, "2" },
        { "4-1", 4, "1" },
        { "1-2", 4, "1-2" },
        { "12", 4, "12" },
        { "123456789", 4, "123456789" },
        { "99999999999999999999", 4, "99999999999FB96" },
        /* Latin letters that look like Cyrillic ones */
        { "a", 4, "А" },
        { "C", 4, "С" },
        { "ABCEHKM", 4, "АВСЕНКМ" },
        { "OPTXy", 4, "ОРТХУ" },
        { "HET", 4, "" },
        { "G", 4, "G" },
        { "ё", 4, "Ё" },
        /* long ones are cut at a whole letter */
        { "филиал", 4, "ФИЛИАЛ" },
        { "Коррекционный", 4, "КОРРЕ2667" },
        { "1Коррекционный", 4, "1КОРРЕ6031" },
        { "sch990001_class1", 4, "SСН9900010924" },
        { "\xFF\xC3", 4, "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char label[16];
        memset(label, 'z', sizeof label);
        oko_class_label(oko_str_of(cases[i].raw), cases[i].grade, label);
        if (strcmp(label, cases[i].label) != 0) {
            fail_msg("«%s» in grade %d gives «%s», not «%s»", cases[i].raw, cases[i].grade, label, cases[i].label);
        }
    }
}

static void any_bytes_give_a_short_valid_label(void **state)
{
    (void)state;
    oko_rng rng = oko_rng_make(31, 0);
    for (int i = 0; i < 30000; i++) {
        char raw[80], label[16];
        size_t n = oko_rng_below(&rng, sizeof raw);
        for (size_t k = 0; k < n; k++) {
            uint32_t pick = oko_rng_below(&rng, 4);
            raw[k] = pick == 0    ? (char)oko_rng_u64(&rng)
                     : pick == 1  ? "0145 -.,(\"A"[oko_rng_below(&rng, 11)]
                     : k % 2 == 0 ? '\xD0'
                                  : '\x90';
        }
        oko_class_label((oko_str){ raw, n }, (int)oko_rng_below(&rng, 13), label);
        assert_non_null(memchr(label, '\0', sizeof label));
        assert_true(oko_utf8_valid(oko_str_of(label)));
    }
}

static void names_round_trip(void **state)
{
    (void)state;
    for (int i = 0; i < OKO_LEVEL_COUNT; i++) {
        oko_level level = OKO_LEVEL_COUNT;
        assert_true(oko_level_parse(oko_str_of(oko_level_name((oko_level)i)), &level));
        assert_int_equal(level, i);
    }
    for (int i = 0; i < OKO_ALIAS_KIND_COUNT; i++) {
        oko_alias_kind kind = OKO_ALIAS_KIND_COUNT;
        assert_true(oko_alias_kind_parse(oko_str_of(oko_alias_kind_name((oko_alias_kind)i)), &kind));
        assert_int_equal(kind, i);
    }
    oko_level level = OKO_LEVEL_COUNT;
    assert_true(oko_level_parse(OKO_STR("Субъект"), &level));
    assert_int_equal(level, OKO_LEVEL_REGION);
    assert_true(oko_level_parse(OKO_STR("ОО"), &level));
    assert_int_equal(level, OKO_LEVEL_SCHOOL);
    assert_false(oko_level_parse(OKO_STR(""), &level));
    assert_false(oko_level_parse(OKO_STR("schools"), &level));
    assert_int_equal(level, OKO_LEVEL_SCHOOL);
    oko_alias_kind kind = OKO_ALIAS_OTHER;
    assert_true(oko_alias_kind_parse(OKO_STR("Код ОГЭ"), &kind));
    assert_int_equal(kind, OKO_ALIAS_OGE);
    assert_string_equal(oko_level_name(OKO_LEVEL_COUNT), "unknown");
    assert_string_equal(oko_alias_kind_name(OKO_ALIAS_KIND_COUNT), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(class_labels),
        cmocka_unit_test(any_bytes_give_a_short_valid_label),
        cmocka_unit_test(names_round_trip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
