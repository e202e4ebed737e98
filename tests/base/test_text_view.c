/* Views of text: numbers, UTF-8, folding. */
#include "base/random.h"
#include "base/text_view.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define S(cstr) oko_str_of(cstr)

static void comparison(void **state)
{
    (void)state;
    oko_str none = { NULL, 0 };
    assert_int_equal(oko_str_of(NULL).len, 0);
    assert_true(oko_str_equal(none, S("")));
    assert_true(oko_str_equal(OKO_STR("abc"), S("abc")));
    assert_false(oko_str_equal(S("abc"), S("abd")));
    assert_false(oko_str_equal(S("abc"), S("ab")));
    assert_true(oko_str_starts(S("abc"), S("ab")));
    assert_true(oko_str_starts(S("abc"), none));
    assert_false(oko_str_starts(S("ab"), S("abc")));
    assert_true(oko_str_ends(S("abc"), S("bc")));
    assert_false(oko_str_ends(S("abc"), S("ab")));
    assert_false(oko_str_ends(S("c"), S("bc")));
    assert_true(oko_str_contains(S("aaab"), S("aab")));
    assert_true(oko_str_contains(S("ab"), S("b")));
    assert_true(oko_str_contains(none, none));
    assert_false(oko_str_contains(S("aaaa"), S("ab")));
    assert_false(oko_str_contains(S("ab"), S("abc")));
    assert_false(oko_str_contains(none, S("a")));
}

static void trim(void **state)
{
    (void)state;
    assert_true(oko_str_equal(oko_str_trim(S(" \t\r\n\xC2\xA0\xEF\xBB\xBFX x\xE2\x80\x8B \xC2\xA0")), S("X x")));
    assert_int_equal(oko_str_trim(S(" \xC2\xA0 ")).len, 0);
    assert_int_equal(oko_str_trim((oko_str){ NULL, 0 }).len, 0);
    /* The last byte of «à» is that of NBSP: only the whole character is white space. */
    assert_true(oko_str_equal(oko_str_trim(S("\xC3\xA0")), S("\xC3\xA0")));
}

static void copy_cuts_whole_characters(void **state)
{
    (void)state;
    char dst[6];
    assert_true(oko_str_copy(dst, sizeof dst, S("абc") /* 5 bytes */));
    assert_string_equal(dst, "абc");
    assert_false(oko_str_copy(dst, 5, S("абc")));
    assert_string_equal(dst, "аб");
    assert_false(oko_str_copy(dst, 4, S("абc")));
    assert_string_equal(dst, "а");
    assert_false(oko_str_copy(dst, 1, S("абc")));
    assert_string_equal(dst, "");
    assert_false(oko_str_copy(dst, 0, S("")));
    assert_true(oko_str_copy(dst, 1, (oko_str){ NULL, 0 }));
}

static void whole_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t value;
    } good[] = {
        { "0", 0 },
        { "7", 7 },
        { "-7", -7 },
        { "+12", 12 },
        { "0042", 42 },
        { "-0", 0 },
        { "4.0", 4 },
        { "4,00", 4 },
        { "1E1", 10 },
        { "2.5e1", 25 },
        { "2,50E+1", 25 },
        { "300E-2", 3 },
        { "0.0", 0 },
        { "0E5", 0 },
        { "9007199254740992", INT64_C(9007199254740992) },
        { "-9007199254740992", -INT64_C(9007199254740992) },
        { "999999999999999", INT64_C(999999999999999) },
        { "1000000000000000", INT64_C(1000000000000000) },
        { "12.000000000000000000000000000000", 12 },
        { "000000000000000000000000000000012", 12 },
        { "1E15", INT64_C(1000000000000000) },
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        int64_t value = -99;
        if (!oko_str_to_int(S(good[i].text), &value) || value != good[i].value) {
            fail_msg("%s read as %lld", good[i].text, (long long)value);
        }
    }
    static const char *const bad[] = { "",
                                       "-",
                                       "+",
                                       "x",
                                       "4.5",
                                       "4,05",
                                       "4.",
                                       ".0",
                                       "1E",
                                       "1E+",
                                       "1E1x",
                                       "E1",
                                       "1 2",
                                       " 1",
                                       "1 ",
                                       "--1",
                                       "+-1",
                                       "1,0,0",
                                       "1.0.0",
                                       "9007199254740993",
                                       "1E16",
                                       "5E-1",
                                       "0x10",
                                       "1E999999999999",
                                       "NaN",
                                       "12a",
                                       "99999999999999999999999" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t value = -99;
        if (oko_str_to_int(S(bad[i]), &value) || value != -99) {
            fail_msg("«%s» was taken for %lld", bad[i], (long long)value);
        }
    }
    int64_t value = -99;
    assert_true(oko_str_to_int((oko_str){ "123", 2 }, &value)); /* no byte behind the view is looked at */
    assert_int_equal(value, 12);
}

static void whole_numbers_round_trip(void **state)
{
    (void)state;
    oko_rng rng = oko_rng_make(11, 0);
    for (int i = 0; i < 20000; i++) {
        int64_t value = (int64_t)(oko_rng_u64(&rng) >> (11 + oko_rng_below(&rng, 50)));
        value = oko_rng_below(&rng, 2) == 0 ? value : -value;
        char text[64];
        int64_t back = 1;
        (void)snprintf(text, sizeof text, "%lld%s", (long long)value, i % 3 == 0 ? ".00" : i % 3 == 1 ? "" : "E0");
        assert_true(oko_str_to_int(S(text), &back));
        assert_int_equal(back, value);
    }
}

static void decimals(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } good[] = {
        { "0", 0 },
        { "-1,5", -1.5 },
        { "3.14", 3.14 },
        { "1 234,5", 1234.5 },
        { "1\xC2\xA0"
          "234 567",
          1234567 },
        { "12\xE2\x80\xAF"
          "345.25",
          12345.25 },
        { "1e-300", 1e-300 },
        { "2.2250738585072014E-308", 2.2250738585072014E-308 },
        { "0.1000000000000000", 0.1 },
        { "1E-999", 0 },
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        double value = -99;
        if (!oko_str_to_double(S(good[i].text), &value) || value != good[i].value) {
            fail_msg("%s read as %.17g", good[i].text, value);
        }
    }
    static const char *const bad[] = { "",   "-",    "1e999", "inf", "nan",  "1.2.3", "1 ",
                                       " 1", "1, 5", "a",     "0x1", "1 -2", "1 .5" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double value = -99;
        if (oko_str_to_double(S(bad[i]), &value) || value != -99) {
            fail_msg("«%s» was taken for %g", bad[i], value);
        }
    }
}

static void decimals_as_strtod(void **state)
{
    (void)state;
    oko_rng rng = oko_rng_make(12, 0);
    for (int i = 0; i < 20000; i++) {
        double value = (oko_rng_uniform(&rng) - .5) * pow(10, (double)oko_rng_below(&rng, 40) - 20);
        char text[64];
        double back;
        (void)snprintf(text, sizeof text, "%.17g", value);
        assert_true(oko_str_to_double(S(text), &back));
        assert_true(back == strtod(text, NULL));
    }
}

static void utf8(void **state)
{
    (void)state;
    for (uint32_t cp = 1; cp <= 0x110000; cp += cp < 0x3000 ? 1 : 97) {
        char bytes[4];
        size_t n = oko_utf8_put(bytes, cp), at = 0;
        bool scalar = cp <= 0x10FFFF && (cp < 0xD800 || cp > 0xDFFF);
        assert_int_equal(n > 0, scalar);
        if (scalar) {
            assert_int_equal(oko_utf8_next((oko_str){ bytes, n }, &at), cp);
            assert_int_equal(at, n);
            assert_true(oko_utf8_valid((oko_str){ bytes, n }));
            at = 0;
            if (n > 1) { /* cut short */
                assert_int_equal(oko_utf8_next((oko_str){ bytes, n - 1 }, &at), 0xFFFD);
                assert_int_equal(at, 1);
            }
        }
    }
    static const char *const broken[] = { "\x80",         "\xC0\x80",         "\xE0\x80\x80",
                                          "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80",
                                          "\xFF",         "12345678\xC3" };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        assert_false(oko_utf8_valid(S(broken[i])));
    }
    assert_true(oko_utf8_valid(S("plain text, русский текст, \xEF\xBF\xBD")));
    assert_true(oko_utf8_valid((oko_str){ NULL, 0 }));
}

static void fold(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *key;
    } cases[] = {
        { "", "" },
        { "  Балл за 1 ", "балл за 1" },
        { "БАЛЛ\r\nза\xC2\xA0 1_2", "балл за 1 2" },
        { "Ёлка ёж", "елка еж" },
        { "Код OO", "код оо" }, /* Latin OO */
        { "BPT-Х", "врт-х" },   /* Latin B, P, T before a Cyrillic letter */
        { "bPтx", "bртх" },     /* a small b does not look like «в» */
        { "School Login", "school login" },
        { "\xEF\xBB\xBFLogin", "login" },
        { "a\xE2\x80\x8B"
          "b",
          "ab" },
        { "Ӏ\xFF", "Ӏ\xEF\xBF\xBD" }, /* broken bytes become U+FFFD */
        { "ЉЂ", "љђ" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char key[64];
        size_t n = oko_str_fold(key, sizeof key, S(cases[i].text));
        assert_string_equal(key, cases[i].key);
        assert_int_equal(n, strlen(cases[i].key));
    }
}

static void fold_is_idempotent_and_cut_whole(void **state)
{
    (void)state;
    static const char *const pieces[] = { "а", "Я",   "x", "B", " ", "_", "\xC2\xA0", "ё", "1", "\xEF\xBB\xBF",
                                          "€", "\xFF" };
    oko_rng rng = oko_rng_make(13, 0);
    for (int i = 0; i < 5000; i++) {
        char text[64] = "", once[80], twice[80], cut[80];
        for (uint32_t k = oko_rng_below(&rng, 15); k > 0; k--) {
            strcat(text, pieces[oko_rng_below(&rng, sizeof pieces / sizeof *pieces)]);
        }
        size_t n = oko_str_fold(once, sizeof once, S(text));
        assert_int_equal(oko_str_fold(twice, sizeof twice, (oko_str){ once, n }), n);
        assert_string_equal(twice, once);
        assert_true(oko_utf8_valid(S(once)));
        size_t room = oko_rng_below(&rng, 12);
        memset(cut, 'z', sizeof cut);
        size_t m = oko_str_fold(cut, room, S(text));
        assert_true(room == 0 ? m == 0 && cut[0] == 'z' : m < room && cut[m] == '\0');
        assert_true(m <= n && memcmp(cut, once, m) == 0);
        assert_true(oko_utf8_valid((oko_str){ cut, m }));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparison),
        cmocka_unit_test(trim),
        cmocka_unit_test(copy_cuts_whole_characters),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(whole_numbers_round_trip),
        cmocka_unit_test(decimals),
        cmocka_unit_test(decimals_as_strtod),
        cmocka_unit_test(utf8),
        cmocka_unit_test(fold),
        cmocka_unit_test(fold_is_idempotent_and_cut_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
