/* Every command's --json is JSON, on the right stream, and `show procedures --json` keeps its contract. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/oko-cli-json-XXXXXX";

/* Runs the program in the scratch folder; its standard output (or error) as JSON, new reference. */
static json_t *run(const char *arguments, int wanted_exit, int from_stderr)
{
    char command[1024];
    json_error_t error;
    snprintf(command, sizeof(command), "cd %s && %s --db t.db --json %s %s", folder, OKO_PROGRAM, arguments,
             from_stderr ? "2>&1 >out" : "2>err");
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    json_t *json = json_loadf(pipe, JSON_DECODE_ANY, &error);
    int status = pclose(pipe);
    if (json == NULL)
        fail_msg("%s: %s", arguments, error.text);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != wanted_exit)
        fail_msg("%s: exit code %d instead of %d", arguments, WEXITSTATUS(status), wanted_exit);
    return json;
}

static void shell(const char *command)
{
    char whole[1024];
    snprintf(whole, sizeof(whole), "cd %s && %s", folder, command);
    assert_int_equal(system(whole), 0);
}

static int set_up(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL)
        return -1;
    unsetenv("OKO_DB");
    unsetenv("OKO_LANG");
    shell(OKO_PROGRAM " --quiet simulate --out world --seed 3 --schools 20 --municipalities 3 2>err");
    return 0;
}

static int tear_down(void **state)
{
    char command[64];
    (void)state;
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    return system(command) == 0 ? 0 : -1;
}

static const json_t *member(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL)
        fail_msg("no member %s", key);
    return value;
}

static void errors_are_json(void **state)
{
    (void)state;
    static const struct {
        const char *arguments;
        int exit_code;
    } cases[] = { { "frobnicate", 2 },           { "import", 2 },
                  { "show procedures", 4 },      { "import no-such-file.xlsx", 4 },
                  { "procedures show 1999", 4 }, { "report --format pdf", 2 },
                  { "analyze --seed x", 2 },     { "restore no-such-file", 4 } };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        json_t *json = run(cases[i].arguments, cases[i].exit_code, 1);
        const json_t *error = member(json, "error");
        assert_int_equal(json_integer_value(member(error, "exit")), cases[i].exit_code);
        assert_true(json_is_string(member(error, "code")));
        assert_true(strlen(json_string_value(member(error, "message"))) > 10);
        json_decref(json);
        shell("rm -f t.db t.db-wal t.db-shm");
    }
}

/* Not one of the numbers is made by the code under test: they are counted from the file's own histogram. */
static void check_procedure(const json_t *p, int analysed)
{
    const json_t *histogram = member(p, "histogram");
    double n = 0, sum = 0, squares = 0;
    for (size_t i = 0; i < json_array_size(histogram); i++) {
        double works = (double)json_integer_value(json_array_get(histogram, i));
        n += works;
        sum += works * (double)i;
        squares += works * (double)i * (double)i;
    }
    double mean = sum / n, sd = sqrt((squares - sum * mean) / (n - 1));
    assert_int_equal(json_array_size(histogram), json_integer_value(member(p, "max")) + 1);
    assert_int_equal(json_integer_value(member(p, "participants")), (long long)n);
    assert_true(fabs(json_real_value(member(p, "mean")) - mean) < 1e-9);
    assert_true(fabs(json_real_value(member(p, "sd")) - sd) < 1e-9);
    assert_true(json_integer_value(member(p, "rows")) >= json_integer_value(member(p, "participants")) +
                                                             json_integer_value(member(p, "no_total")) +
                                                             json_integer_value(member(p, "above_max")));
    assert_true(json_is_integer(member(p, "sum_mismatch")));
    assert_in_range(json_integer_value(member(p, "schools")), 1, 20);
    assert_int_equal(json_array_size(member(p, "cutoffs")), 3);
    if (!analysed) {
        assert_true(json_is_null(member(p, "signs")));
        assert_true(json_is_null(member(p, "lifted")));
        assert_true(json_is_null(member(p, "run")));
        return;
    }
    const json_t *signs = member(p, "signs");
    static const char *const rules[] = { "fioko-2019/ci", "fioko-2019/rs", "fioko-2019/rise", "fioko-2019/fall" };
    for (size_t i = 0; i < 4; i++)
        assert_true(json_is_integer(member(signs, rules[i])) || json_is_null(member(signs, rules[i])));
    assert_true(json_is_integer(member(signs, "fioko-2019/ci")));
    /* a change needs the year before */
    int later = strncmp(json_string_value(member(p, "code")), "2021-05", 7) == 0;
    assert_int_equal(json_is_integer(member(signs, "fioko-2019/fall")) != 0, later);
    assert_int_equal(json_array_size(member(p, "lifted")), 3);
    for (size_t i = 0; i < 3; i++) {
        const json_t *at = json_array_get(member(p, "lifted"), i);
        double lo = json_number_value(member(at, "lo")), lifted = json_number_value(member(at, "lifted"));
        assert_true(json_is_number(member(at, "lifted")));
        assert_true(lo <= lifted && lifted <= json_number_value(member(at, "hi")));
        assert_int_equal(json_integer_value(member(at, "cutoff")),
                         json_integer_value(json_array_get(member(p, "cutoffs"), i)));
        assert_int_equal(json_integer_value(member(at, "mark")), 3 + (int)i);
        assert_true(json_is_number(member(at, "share")) && json_is_number(member(at, "p")));
    }
    assert_false(json_is_true(member(member(p, "run"), "stale")));
}

static void check_procedures(size_t wanted, int analysed)
{
    json_t *json = run("show procedures", 0, 0);
    assert_int_equal(json_array_size(json), wanted);
    for (size_t i = 0; i < wanted; i++)
        check_procedure(json_array_get(json, i), analysed);
    json_decref(json);
}

static void the_contract_holds(void **state)
{
    (void)state;
    json_t *json = run("units import world/units.csv", 0, 0);
    json_decref(json);
    json = run("import world/2020-04-MA.xlsx world/2020-04-RU.xlsx world/2021-05-MA.xlsx world/2021-05-RU.xlsx", 0, 0);
    assert_int_equal(json_array_size(member(json, "files")), 4);
    const json_t *file = json_array_get(member(json, "files"), 0);
    assert_string_equal(json_string_value(member(file, "layout")), "regional-2020");
    assert_true(json_integer_value(member(member(file, "counts"), "participants")) > 0);
    json_decref(json);
    check_procedures(4, 0);

    json = run("analyze", 0, 0);
    assert_true(json_is_true(member(json, "new")));
    json_decref(json);
    check_procedures(4, 1);

    /* new data: the run is older than they are */
    json = run("import world/2021-04-MA.xlsx", 0, 0);
    json_decref(json);
    json = run("show procedures", 0, 0);
    assert_int_equal(json_array_size(json), 5);
    for (size_t i = 0; i < 5; i++)
        assert_true(json_is_true(member(member(json_array_get(json, i), "run"), "stale")));
    json_decref(json);
}

static void every_command_prints_json(void **state)
{
    (void)state;
    static const char *const commands[] = { "version",
                                            "help",
                                            "help import",
                                            "imports",
                                            "problems",
                                            "problems 2",
                                            "procedures",
                                            "procedures show 2021-04-MA",
                                            "procedures template",
                                            "units",
                                            "units list --level municipality",
                                            "units match",
                                            "units confirm --all",
                                            "analyze --recompute",
                                            "show run",
                                            "show procedure 2021-05-MA",
                                            "show procedure 2021-05-MA --level municipality",
                                            "report --out reports --format html",
                                            "db info",
                                            "db check",
                                            "backup copy.db",
                                            "problems 2 --xlsx problems.xlsx",
                                            "simulate --out small --schools 12 --municipalities 2" };
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        json_decref(run(commands[i], 0, 0));
    shell(OKO_PROGRAM " procedures template >form.json 2>err");
    json_t *json = run("procedures add form.json", 0, 0);
    assert_string_equal(json_string_value(member(json_array_get(json, 0), "change")), "added");
    json_decref(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_are_json),
        cmocka_unit_test(the_contract_holds),
        cmocka_unit_test(every_command_prints_json),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
