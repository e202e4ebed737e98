/* Plural forms of both languages and the writing of bare numbers. */
#include "reference/text_numbers.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void russian(void **state)
{
    (void)state;
    static const struct {
        double n;
        oko_plural form;
    } cases[] = {
        { 0, OKO_PLURAL_MANY },    { 1, OKO_PLURAL_ONE },    { 2, OKO_PLURAL_FEW },    { 4, OKO_PLURAL_FEW },
        { 5, OKO_PLURAL_MANY },    { 10, OKO_PLURAL_MANY },  { 11, OKO_PLURAL_MANY },  { 12, OKO_PLURAL_MANY },
        { 14, OKO_PLURAL_MANY },   { 15, OKO_PLURAL_MANY },  { 21, OKO_PLURAL_ONE },   { 22, OKO_PLURAL_FEW },
        { 101, OKO_PLURAL_ONE },   { 111, OKO_PLURAL_MANY }, { 1001, OKO_PLURAL_ONE }, { 1013, OKO_PLURAL_MANY },
        { 1.5, OKO_PLURAL_FEW },   { -1, OKO_PLURAL_ONE },   { -12, OKO_PLURAL_MANY }, { NAN, OKO_PLURAL_MANY },
        { 1e300, OKO_PLURAL_FEW },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(oko_number_plural(&oko_number_style_ru, cases[i].n), cases[i].form);
    }
}

static void english(void **state)
{
    (void)state;
    assert_int_equal(oko_number_plural(&oko_number_style_en, 1), OKO_PLURAL_ONE);
    assert_int_equal(oko_number_plural(&oko_number_style_en, 0), OKO_PLURAL_MANY);
    assert_int_equal(oko_number_plural(&oko_number_style_en, 21), OKO_PLURAL_MANY);
    assert_int_equal(oko_number_plural(&oko_number_style_en, 1.5), OKO_PLURAL_MANY);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(russian), cmocka_unit_test(english) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
