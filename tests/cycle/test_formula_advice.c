/* Advice while a formula is typed: the faulty piece, in characters, and what helps. */
#include "cycle/formula_advice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static oko_formula_advice advice(const oko_tally *variables, const char *formula)
{
    oko_error fault = { 0 };
    oko_formula_advice a;
    assert_int_not_equal(oko_formula_check(formula, oko_variable_known, (void *)(uintptr_t)variables, NULL, &fault),
                         OKO_OK);
    oko_formula_advise(formula, &fault, variables, &a);
    return a;
}

static void points(const oko_tally *variables, const char *formula, int offset, int length, const char *todo)
{
    const oko_formula_advice a = advice(variables, formula);
    assert_int_equal(a.offset, offset);
    assert_int_equal(a.length, length);
    assert_string_equal(a.todo, todo);
}

static void test_places_and_words(void **state)
{
    const oko_tally *v = *state;
    points(v, "share(schools; works)", 13, 1, "formula.todo.separator");
    points(v, "доля", 0, 4, "formula.todo.letters");
    points(v, "1 +\n школы + 1", 5, 5, "formula.todo.letters");
    points(v, "works > 1", 6, 1, "formula.todo.comparison");
    points(v, "works & 1", 6, 1, "formula.todo.character");
    points(v, "works + qqqqqqqqqqqq", 8, 12, "formula.todo.unknown");
    points(v, "share(works)", 0, 5, "formula.todo.call");
    points(v, "1..2", 0, 1, "formula.todo.number");
    points(v, "", 0, 1, "formula.todo.empty");
    points(v, "works or 1", 6, 2, "formula.todo.word");
}

static void test_names_alike(void **state)
{
    const oko_tally *v = *state;
    oko_formula_advice a = advice(v, "share(schols_signs, schools)");
    assert_string_equal(a.todo, "formula.todo.alike");
    assert_true(a.n >= 1 && a.n <= OKO_ADVICE_NAMES);
    assert_string_equal(a.names[0], "schools_signs"); /* the nearest first */
    a = advice(v, "shaer(works, works)");
    assert_string_equal(a.names[0], "share"); /* functions, too */
    a = advice(v, "confirm + 1");             /* part of a name */
    assert_string_equal(a.names[0], "confirmed");
    a = advice(v, "a + 1"); /* one letter is like everything: nothing is offered */
    assert_int_equal(a.n, 0);
}

static int setup(void **state)
{
    oko_error err = { 0 };
    oko_tally *v = NULL;
    assert_int_equal(oko_variables_open(&v, &err), OKO_OK);
    *state = v;
    return 0;
}

static int teardown(void **state)
{
    oko_tally_free(*state);
    return 0;
}

/* The list for whoever writes formulas names every variable and every function that there is. */
static void test_list(void **state)
{
    const oko_tally *v = *state;
    oko_error err = { 0 };
    json_t *list = NULL, *o;
    size_t i, n = 0;
    assert_int_equal(oko_variables_list(&list, &err), OKO_OK);
    json_array_foreach(json_object_get(list, "items"), i, o)
    {
        const char *code = json_string_value(json_object_get(o, "code"));
        assert_true(oko_variable_known((void *)(uintptr_t)v, code));
        assert_true(strlen(json_string_value(json_object_get(o, "ru"))) > 3);
        assert_true(json_array_size(json_object_get(o, "levels")) >= 2);
        if (strcmp(code, "form_rooms_n") == 0) {
            assert_string_equal(json_string_value(json_object_get(o, "en")),
                                "Accepted forms that answer: Rooms in which the work was written");
            n++;
        }
    }
    assert_int_equal(n, 1);
    n = 0;
    for (const char *const *name = oko_formula_functions(); *name != NULL; name++) {
        n = 0;
        json_array_foreach(json_object_get(list, "functions"), i, o)
        {
            n += strcmp(json_string_value(json_object_get(o, "code")), *name) == 0;
        }
        assert_int_equal(n, 1);
    }
    json_decref(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places_and_words),
        cmocka_unit_test(test_names_alike),
        cmocka_unit_test(test_list),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
