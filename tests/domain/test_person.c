/* Names of roles and job states; dates and times as text. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include "domain/date.h"
#include "domain/person.h"

static void roles_have_names(void **state)
{
    (void)state;
    for (int i = 0; i < OKO_ROLE_COUNT; i++) {
        oko_role role = OKO_ROLE_COUNT;
        assert_true(oko_role_name((oko_role)i)[0] != '\0');
        assert_true(oko_role_parse(oko_str_of(oko_role_name((oko_role)i)), &role));
        assert_int_equal(role, i);
    }
    oko_role role = OKO_ROLE_ADMIN;
    assert_string_equal(oko_role_name(OKO_ROLE_COUNT), "");
    assert_false(oko_role_parse(OKO_STR(""), &role));
    assert_false(oko_role_parse(OKO_STR("Operator"), &role));
    assert_int_equal(role, OKO_ROLE_ADMIN);
    for (int i = 0; i < OKO_JOB_STATE_COUNT; i++) {
        assert_true(oko_job_state_name((oko_job_state)i)[0] != '\0');
    }
    assert_string_equal(oko_job_state_name(OKO_JOB_STATE_COUNT), "");
}

static void dates_are_days_of_the_calendar(void **state)
{
    (void)state;
    static const char *const good[] = { "2021-03-01", "2020-02-29", "2000-02-29", "0001-12-31" };
    static const char *const bad[] = { "",           "2021-02-29", "1900-02-29", "2021-13-01",  "2021-00-10",
                                       "2021-01-00", "2021-04-31", "2021-4-01",  "2021-03-011", "21-03-01",
                                       "2021/03/01", "2021-03" };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(oko_date_valid(good[i]));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(oko_date_valid(bad[i]));
    }
    assert_true(oko_time_valid("2021-03-01T00:00:00Z"));
    assert_true(oko_time_valid("2016-12-31T23:59:60Z")); /* a leap second */
    static const char *const bad_times[] = {
        "2021-03-01",          "2021-03-01T24:00:00Z", "2021-03-01T00:60:00Z",  "2021-03-01 00:00:00Z",
        "2021-03-01T00:00:00", "2021-02-30T00:00:00Z", "2021-03-01T00:00:00Z ", "2021-03-01T00:00:61Z"
    };
    for (size_t i = 0; i < sizeof bad_times / sizeof *bad_times; i++) {
        assert_false(oko_time_valid(bad_times[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_have_names),
        cmocka_unit_test(dates_are_days_of_the_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
