/* The status table and the error record. */
#include "base/text_view.h"

#include <oko/status.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void table_is_complete(void **state)
{
    (void)state;
    for (int i = 0; i < OKO_STATUS_COUNT; i++) {
        const oko_status_info *a = oko_status_describe((oko_status)i);
        assert_int_equal(a->code, i);
        assert_true(strlen(a->name) >= 2);
        assert_in_range(a->exit_code, 0, 255);
        assert_in_range(a->http_code, 200, 599);
        size_t length = strlen(a->text);
        assert_true(length > 4);
        assert_int_equal(a->text[length - 1], '.');
        for (int j = 0; j < i; j++) {
            const oko_status_info *b = oko_status_describe((oko_status)j);
            assert_string_not_equal(a->name, b->name);
            assert_string_not_equal(a->text, b->text);
            assert_int_not_equal(a->exit_code, b->exit_code);
        }
    }
}

static void exit_codes_are_stable(void **state)
{
    (void)state;
    static const int expected[OKO_STATUS_COUNT] = {
        0, 2, 71, 4, 5, 65, 66, 74, 77, 73, 70, 75, 76, 6, 7, 8, 130, 9, 1
    };
    for (int i = 0; i < OKO_STATUS_COUNT; i++) {
        assert_int_equal(oko_status_describe((oko_status)i)->exit_code, expected[i]);
    }
    assert_int_equal(oko_status_describe(OKO_OK)->http_code, 200);
    assert_int_equal(oko_status_describe(OKO_E_NOT_FOUND)->http_code, 404);
}

static void unknown_code_is_internal(void **state)
{
    (void)state;
    assert_int_equal(oko_status_describe(OKO_STATUS_COUNT)->code, OKO_E_INTERNAL);
    assert_int_equal(oko_status_describe((oko_status)12345)->code, OKO_E_INTERNAL);
    assert_int_equal(oko_status_describe((oko_status)-1)->code, OKO_E_INTERNAL);
}

static void set_and_clear(void **state)
{
    (void)state;
    oko_error err;
    memset(&err, 0x5A, sizeof err);
    assert_int_equal(oko_error_set(&err, OKO_E_FORMAT, "intake.truncated", "Sheet!C7"), OKO_E_FORMAT);
    assert_int_equal(err.code, OKO_E_FORMAT);
    assert_string_equal(err.id, "intake.truncated");
    assert_string_equal(err.field, "Sheet!C7");
    assert_int_equal(err.n_args, 0);
    oko_error_arg(&err, "%d", 5);
    assert_int_equal(err.n_args, 1);
    assert_int_equal(oko_error_set(&err, OKO_E_IO, NULL, NULL), OKO_E_IO);
    assert_int_equal(err.n_args, 0);
    assert_string_equal(err.id, "");
    assert_string_equal(err.arg[0], "");
    oko_error_clear(&err);
    assert_int_equal(err.code, OKO_OK);
    assert_string_equal(err.field, "");
}

static void null_record_is_fine(void **state)
{
    (void)state;
    assert_int_equal(oko_error_set(NULL, OKO_E_FULL, "x", "y"), OKO_E_FULL);
    oko_error_arg(NULL, "%d", 1);
    oko_error_clear(NULL);
}

static void arguments_are_bounded(void **state)
{
    (void)state;
    oko_error err;
    (void)oko_error_set(&err, OKO_E_LIMIT, "a.b", "");
    for (int i = 0; i < OKO_ERROR_ARGS + 3; i++) {
        oko_error_arg(&err, "n%d", i);
    }
    assert_int_equal(err.n_args, OKO_ERROR_ARGS);
    assert_string_equal(err.arg[OKO_ERROR_ARGS - 1], "n5");
}

static void arguments_are_cut_at_a_code_point(void **state)
{
    (void)state;
    char text[600] = "";
    for (int shift = 0; shift < 4; shift++) {
        memset(text, 'x', (size_t)shift);
        size_t used = (size_t)shift;
        while (used + 3 < sizeof text) {
            memcpy(text + used, "\xE2\x82\xAC", 3); /* € */
            used += 3;
        }
        text[used] = '\0';
        oko_error err;
        (void)oko_error_set(&err, OKO_E_LIMIT, "a.b", text);
        oko_error_arg(&err, "%s", text);
        assert_true(oko_utf8_valid(oko_str_of(err.arg[0])));
        assert_true(oko_utf8_valid(oko_str_of(err.field)));
        assert_in_range(strlen(err.arg[0]), OKO_ERROR_ARG_BYTES - 3, OKO_ERROR_ARG_BYTES - 1);
        assert_memory_equal(err.arg[0], text, strlen(err.arg[0]));
    }
}

static void broken_arguments_become_valid(void **state)
{
    (void)state;
    oko_error err;
    (void)oko_error_set(&err, OKO_E_FORMAT, "a.b", "");
    oko_error_arg(&err, "%s", "a\xFF\xC3z");
    assert_string_equal(err.arg[0], "a??z");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_is_complete),
        cmocka_unit_test(exit_codes_are_stable),
        cmocka_unit_test(unknown_code_is_internal),
        cmocka_unit_test(set_and_clear),
        cmocka_unit_test(null_record_is_fine),
        cmocka_unit_test(arguments_are_bounded),
        cmocka_unit_test(arguments_are_cut_at_a_code_point),
        cmocka_unit_test(broken_arguments_become_valid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
