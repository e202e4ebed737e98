/* Likeness of two entries of the register. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/unit_match.h"

#include <math.h>
#include <string.h>

static oko_unit school(const char *code, const char *name)
{
    oko_unit u;
    memset(&u, 0, sizeof(u));
    u.level = OKO_LEVEL_SCHOOL;
    strcpy(u.code, code);
    strcpy(u.name, name);
    return u;
}

static double likeness(const char *a, const char *b)
{
    oko_unit x = school("sch1", a), y = school("edu2", b);
    double one = oko_unit_likeness(&x, &y), other = oko_unit_likeness(&y, &x);
    assert_true(fabs(one - other) < 1e-15);
    return one;
}

static void same_school(void **state)
{
    (void)state;
    assert_true(likeness("МБОУ \"СОШ № 5\"", "МБОУ «СОШ №5»") > 0.99);
    assert_true(likeness("МБОУ СОШ № 5", "МКОУ СОШ № 5") > 0.99); /* another legal form */
    assert_true(likeness("Гимназия №12 г. Лесной", "гимназия № 12, г.Лесной") > 0.99);
    /* words shared: сош, озерная of сош, озерная, село: 2·2/5 */
    assert_true(fabs(likeness("СОШ Озёрная", "СОШ Озерная село") - 0.8) < 1e-12);
}

static void another_school(void **state)
{
    (void)state;
    assert_true(likeness("МБОУ СОШ № 5", "МБОУ СОШ № 15") <= 0);
    assert_true(likeness("МБОУ СОШ № 5", "МБОУ СОШ") <= 0);
    assert_true(likeness("Лицей Радуга", "Гимназия Восход") <= 0);
    assert_true(likeness("", "") <= 0);
    assert_true(likeness("sch1", "edu2") <= 0); /* names unknown: equal to the codes */
    oko_unit a = school("sch1", "СОШ № 5"), b = school("edu2", "СОШ № 5");
    a.parent = 3;
    b.parent = 4;
    assert_true(oko_unit_likeness(&a, &b) <= 0);
    b.parent = 0;
    assert_true(oko_unit_likeness(&a, &b) > 0.99);
    b.level = OKO_LEVEL_CLASS;
    assert_true(oko_unit_likeness(&a, &b) <= 0);
}

/* As many words as the name has room for. */
static void long_names(void **state)
{
    (void)state;
    char name[400] = "";
    while (strlen(name) + 5 < sizeof(name))
        strcat(name, "аб ");
    assert_true(likeness(name, name) > 0.99);
    memset(name, 'x', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    assert_true(likeness(name, name) > 0.99);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_school),
        cmocka_unit_test(another_school),
        cmocka_unit_test(long_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
