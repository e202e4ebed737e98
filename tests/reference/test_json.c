/* The door for foreign JSON: limits, duplicate keys, and errors that say where. */
#include "base/memory.h"
#include "reference/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static json_t *const untouched = (json_t *)0x1;

static void refused(oko_str bytes, oko_status status, const char *id, const char *line, const char *column)
{
    json_t *json = untouched;
    oko_error err = { .code = OKO_OK };
    assert_int_equal(oko_json_parse(bytes, "mine.json", &json, &err), status);
    assert_ptr_equal(json, untouched);
    assert_int_equal(err.code, status);
    assert_string_equal(err.id, id);
    assert_string_equal(err.field, "mine.json");
    assert_string_equal(err.arg[0], line);
    assert_string_equal(err.arg[1], column);
}

static void good_text_is_read(void **state)
{
    (void)state;
    OKO_CLEANUP(oko_json_freep) json_t *json = NULL;
    oko_error err;
    assert_int_equal(oko_json_parse(OKO_STR("\xEF\xBB\xBF{\"а\": [1, \"б\"]}\n"), "x", &json, &err), OKO_OK);
    assert_int_equal(json_integer_value(json_array_get(json_object_get(json, "а"), 0)), 1);
}

static void errors_say_line_and_column(void **state)
{
    (void)state;
    refused(OKO_STR("{\n  \"a\": 1,\n  \"б\" 2\n}"), OKO_E_FORMAT, "reference.json_syntax", "3", "7");
    refused(OKO_STR("{\"a\": 1,\n \"a\": 2}"), OKO_E_FORMAT, "reference.json_duplicate", "2", "2");
    refused(OKO_STR("[1, 2"), OKO_E_FORMAT, "reference.json_end", "1", "6");
    refused(OKO_STR(""), OKO_E_FORMAT, "reference.json_end", "1", "1");
    refused(OKO_STR("[1] x"), OKO_E_FORMAT, "reference.json_trailing", "1", "5");
    refused(OKO_STR("[\"\\u0000\"]"), OKO_E_FORMAT, "reference.json_null", "1", "2");
    refused(OKO_STR("[99999999999999999999999]"), OKO_E_FORMAT, "reference.json_number", "1", "2");
    oko_error err;
    json_t *json = untouched;
    assert_int_equal(oko_json_parse(OKO_STR("[\"\xD0\"]"), "x", &json, &err), OKO_E_FORMAT);
    assert_string_equal(err.id, "reference.json_utf8");
}

static void the_piece_in_question_is_quoted(void **state)
{
    (void)state;
    oko_error err;
    json_t *json = untouched;
    assert_int_equal(oko_json_parse(OKO_STR("{\"a\": да}"), "x", &json, &err), OKO_E_FORMAT);
    assert_int_equal(err.n_args, 3);
    assert_true(err.arg[2][0] != '\0');
    assert_true(oko_utf8_valid(oko_str_of(err.arg[2])));
}

static void depth_is_limited_outside_strings_only(void **state)
{
    (void)state;
    char text[2 * OKO_JSON_MAX_DEPTH + 8];
    for (int depth = OKO_JSON_MAX_DEPTH; depth <= OKO_JSON_MAX_DEPTH + 1; depth++) {
        memset(text, '[', (size_t)depth);
        memset(text + depth, ']', (size_t)depth);
        oko_str bytes = { text, 2 * (size_t)depth };
        if (depth > OKO_JSON_MAX_DEPTH) {
            refused(bytes, OKO_E_LIMIT, "reference.json_depth", "1", "65");
            continue;
        }
        OKO_CLEANUP(oko_json_freep) json_t *json = NULL;
        assert_int_equal(oko_json_parse(bytes, "x", &json, NULL), OKO_OK);
    }
    OKO_CLEANUP(oko_json_freep) json_t *json = NULL;
    memset(text, '[', sizeof text);
    memcpy(text, "[\"\\\"", 4);
    text[sizeof text - 2] = '"';
    text[sizeof text - 1] = ']';
    assert_int_equal(oko_json_parse((oko_str){ text, sizeof text }, "x", &json, NULL), OKO_OK);
}

static void size_is_limited(void **state)
{
    (void)state;
    size_t n = OKO_JSON_MAX_BYTES + 1;
    char *bytes = malloc(n);
    assert_non_null(bytes);
    memset(bytes, ' ', n);
    bytes[0] = '[';
    bytes[n - 2] = ']';
    json_t *json = untouched;
    oko_error err;
    assert_int_equal(oko_json_parse((oko_str){ bytes, n }, "x", &json, &err), OKO_E_LIMIT);
    assert_string_equal(err.id, "reference.json_size");
    assert_int_equal(oko_json_parse((oko_str){ bytes, n - 1 }, "x", &json, &err), OKO_OK);
    json_decref(json);
    free(bytes);
}

static void files_are_read_or_refused_by_name(void **state)
{
    (void)state;
    char folder[] = "/tmp/oko-json-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char path[64];
    (void)snprintf(path, sizeof path, "%s/a.json", folder);
    json_t *json = untouched;
    oko_error err;
    assert_int_equal(oko_json_load(path, &json, &err), OKO_E_NOT_FOUND);
    assert_string_equal(err.field, path);
    assert_int_equal(oko_json_load(folder, &json, &err), OKO_E_FORMAT);
    assert_string_equal(err.id, "reference.json_directory");
    assert_int_equal(oko_json_load("/dev/zero", &json, &err), OKO_E_LIMIT);
    assert_ptr_equal(json, untouched);

    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs("{\"k\": 7}", f) >= 0);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(oko_json_load(path, &json, &err), OKO_OK);
    assert_int_equal(json_integer_value(json_object_get(json, "k")), 7);
    json_decref(json);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_text_is_read),
        cmocka_unit_test(errors_say_line_and_column),
        cmocka_unit_test(the_piece_in_question_is_quoted),
        cmocka_unit_test(depth_is_limited_outside_strings_only),
        cmocka_unit_test(size_is_limited),
        cmocka_unit_test(files_are_read_or_refused_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
