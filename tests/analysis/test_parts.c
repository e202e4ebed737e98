/* Unit tests of the parts: cohorts, register, details, order and hash of results, rule packs and their texts. */
#include "world.h"

#include "analysis/details.h"
#include "analysis/pack.h"
#include "analysis/results.h"
#include "analysis/spool.h"
#include "reference/json.h"
#include "reference/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void previous_of_a_cohort(void **state)
{
    (void)state;
    char code[OKO_CODE_BYTES] = "untouched";
    oko_procedure p = { .year = 2021, .grade = 5, .subject = "MA", .code = "2021-05-MA-autumn" };
    assert_true(oko_procedure_previous(&p, code));
    assert_string_equal(code, "2020-04-MA");
    p.grade = 11;
    assert_true(oko_procedure_previous(&p, code));
    assert_string_equal(code, "2020-10-MA");
    p.grade = 1;
    assert_false(oko_procedure_previous(&p, code));
    p.grade = 0;
    assert_false(oko_procedure_previous(&p, code));
    assert_string_equal(code, "2020-10-MA");
}

static void shape_of_a_procedure(void **state)
{
    (void)state;
    int16_t buffer[OKO_MAX_ITEMS];
    oko_procedure p = { .max_total = 5, .n_items = 2, .items = { { .max = 2 }, { .max = 3 } } };
    oko_shape shape = oko_procedure_shape(&p, buffer);
    assert_int_equal(shape.max_total, 5);
    assert_int_equal(shape.n_items, 2);
    assert_int_equal(shape.item_max[1], 3);
    p.n_items = 0;
    assert_null(oko_procedure_shape(&p, buffer).item_max);
}

static oko_place place(int64_t id, int64_t parent, oko_level level, const char *code)
{
    oko_place p = { .id = id, .parent = parent, .level = level };
    snprintf(p.code, sizeof p.code, "%s", code);
    return p;
}

static void register_finds_what_is_above(void **state)
{
    (void)state;
    oko_place places[] = { place(2, 0, OKO_LEVEL_REGION, "99"), place(3, 2, OKO_LEVEL_MUNICIPALITY, "m"),
                           place(7, 3, OKO_LEVEL_SCHOOL, "s"), place(8, 0, OKO_LEVEL_SCHOOL, "orphan"),
                           place(9, 9, OKO_LEVEL_SCHOOL, "own parent") };
    oko_register reg = { .n = 5, .places = places };
    assert_int_equal(oko_register_above(&reg, 7, OKO_LEVEL_REGION)->id, 2);
    assert_int_equal(oko_register_above(&reg, 7, OKO_LEVEL_MUNICIPALITY)->id, 3);
    assert_int_equal(oko_register_above(&reg, 7, OKO_LEVEL_SCHOOL)->id, 7);
    assert_null(oko_register_above(&reg, 7, OKO_LEVEL_COUNTRY));
    assert_null(oko_register_above(&reg, 9, OKO_LEVEL_REGION));
    assert_null(oko_register_top(&reg, 8));
    reg.only_region = 2;
    assert_int_equal(oko_register_top(&reg, 8)->id, 2);
    assert_null(oko_register_find(&reg, 4));
}

static void register_hash_does_not_see_ids(void **state)
{
    (void)state;
    oko_place a[] = { place(1, 0, OKO_LEVEL_REGION, "99"), place(2, 1, OKO_LEVEL_SCHOOL, "x"),
                      place(3, 1, OKO_LEVEL_SCHOOL, "y") };
    oko_place b[] = { place(10, 30, OKO_LEVEL_SCHOOL, "y"), place(20, 30, OKO_LEVEL_SCHOOL, "x"),
                      place(30, 0, OKO_LEVEL_REGION, "99") };
    oko_register one = { .n = 3, .places = a }, two = { .n = 3, .places = b };
    const uint8_t x_in_one[] = { 0, 1, 0 }, x_in_two[] = { 0, 1, 0 }, both[] = { 0, 1, 1 };
    char h1[OKO_HASH_HEX], h2[OKO_HASH_HEX], h3[OKO_HASH_HEX], h4[OKO_HASH_HEX];
    assert_int_equal(oko_register_hash(&one, x_in_one, h1), OKO_OK);
    assert_int_equal(oko_register_hash(&two, x_in_two, h2), OKO_OK);
    assert_int_equal(oko_register_hash(&one, both, h3), OKO_OK);
    assert_string_equal(h1, h2);
    assert_string_not_equal(h1, h3);
    b[1].parent = 0;
    assert_int_equal(oko_register_hash(&two, x_in_two, h4), OKO_OK);
    assert_string_not_equal(h2, h4);
}

static void details_are_json(void **state)
{
    (void)state;
    oko_details d;
    char *json = NULL;
    oko_details_init(&d);
    for (int round = 0; round < 2; round++) {
        free(json);
        oko_details_begin(&d);
        oko_details_number(&d, "third", 1.0 / 3);
        oko_details_number(&d, "nan", NAN);
        oko_details_number(&d, "tail", 1e-300);
        oko_details_rounded(&d, "rounded", 2.0 / 3, 4);
        oko_details_integer(&d, "n", -9007199254740993);
        oko_details_text(&d, "text", "a\"b\\c\n«ё»");
        oko_details_text(&d, "none", NULL);
        oko_details_array(&d, "list");
        oko_details_open(&d, NULL);
        oko_details_bool(&d, "yes", true);
        oko_details_close(&d);
        oko_details_number(&d, NULL, -INFINITY);
        oko_details_end_array(&d);
        assert_int_equal(oko_details_finish(&d, &json), OKO_OK);
    }
    json_t *parsed = NULL;
    oko_error err = { 0 };
    ok(oko_json_parse(oko_str_of(json), "details", &parsed, &err), &err);
    assert_true(json_real_value(json_object_get(parsed, "third")) == 1.0 / 3);
    assert_true(json_is_null(json_object_get(parsed, "nan")));
    assert_true(json_real_value(json_object_get(parsed, "tail")) == 1e-300);
    assert_true(fabs(json_real_value(json_object_get(parsed, "rounded")) - .6667) < 1e-12);
    assert_true(json_integer_value(json_object_get(parsed, "n")) == -9007199254740993);
    assert_string_equal(json_string_value(json_object_get(parsed, "text")), "a\"b\\c\n«ё»");
    assert_int_equal(json_array_size(json_object_get(parsed, "list")), 2);
    assert_true(strncmp(json, "{\"third\":0.33333333333333331,\"nan\":null,", 39) == 0);
    json_decref(parsed);
    free(json);
    oko_details_free(&d);
}

static void rounded_numbers(void **state)
{
    (void)state;
    static const struct {
        double value;
        int decimals;
        const char *text;
    } cases[] = { { 0, 4, "0.0000" },        { 2.0 / 3, 4, "0.6667" },     { -2.0 / 3, 2, "-0.67" },
                  { 9.99996, 4, "10.0000" }, { 12345.678, 1, "12345.7" },  { 7.4, 0, "7" },
                  { -0.00001, 4, "0.0000" }, { 1e12, 4, "1000000000000" }, { NAN, 4, "null" } };
    oko_details d;
    oko_details_init(&d);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *json = NULL, expected[64];
        oko_details_begin(&d);
        oko_details_rounded(&d, "x", cases[i].value, cases[i].decimals);
        assert_int_equal(oko_details_finish(&d, &json), OKO_OK);
        snprintf(expected, sizeof expected, "{\"x\":%s}", cases[i].text);
        assert_string_equal(json, expected);
        free(json);
    }
    oko_details_free(&d);
}

/* Results of three units in any order: sealed, they stand by procedure, rule, level, code; details come back. */
static void seal(const oko_register *reg, const int64_t *units, double observed, char hex[OKO_HASH_HEX], int64_t *order)
{
    static const char *const procedures[] = { "p1", "p1", "p0", "p1" }, *const rules[] = { "r/a", "r/a", "r/b", "r/a" };
    static const int of[] = { 0, 1, 2, 2 };
    oko_spool spool = { 0 };
    oko_buffer room;
    oko_buffer_init(&room, OKO_RESULT_MAX_DETAILS);
    assert_int_equal(oko_spool_open(&spool, reg, NULL, NULL), OKO_OK);
    for (int i = 0; i < 4; i++) {
        oko_result r;
        oko_result_init(&r, procedures[i], rules[i], units[of[i]], false);
        r.observed = i == 1 ? observed : NAN;
        r.details = i != 3 ? malloc(1000) : NULL;
        if (r.details != NULL)
            snprintf(r.details, 1000, "{\"unit\":%*d}", 900, of[i]);
        assert_int_equal(oko_spool_put(&spool, &r), OKO_OK);
        assert_null(r.details);
    }
    assert_int_equal(oko_spool_seal(&spool, 2, hex), OKO_OK);
    const oko_result_source source = oko_spool_source(&spool);
    assert_int_equal(source.n, 4);
    for (size_t i = 0; i < 4; i++) {
        oko_result r;
        assert_int_equal(source.get(source.ctx, i, &room, &r), OKO_OK);
        order[i] = r.unit;
        int k = r.unit == units[0] ? 0 : r.unit == units[1] ? 1 : 2;
        char expected[1000];
        snprintf(expected, sizeof expected, "{\"unit\":%*d}", 900, k);
        assert_true(r.details != NULL ? strcmp(r.details, expected) == 0 : k == 2);
    }
    oko_buffer_free(&room);
    oko_spool_clear(&spool);
}

static void no_room_for_results(void **state)
{
    (void)state;
    oko_register reg = { 0 };
    oko_spool spool = { 0 };
    char before[512] = "";
    const char *old = getenv("TMPDIR");
    snprintf(before, sizeof before, "%s", old != NULL ? old : "");
    setenv("TMPDIR", "/nowhere/at/all", 1);
    assert_int_equal(oko_spool_open(&spool, &reg, NULL, NULL), OKO_E_IO);
    assert_true(spool.failed);
    oko_spool_clear(&spool);
    if (old != NULL)
        setenv("TMPDIR", before, 1);
    else
        unsetenv("TMPDIR");
}

static void results_have_one_order_and_hash(void **state)
{
    (void)state;
    oko_place a[] = { place(1, 0, OKO_LEVEL_REGION, "99"), place(2, 1, OKO_LEVEL_SCHOOL, "b"),
                      place(3, 1, OKO_LEVEL_SCHOOL, "a") };
    oko_place b[] = { place(4, 0, OKO_LEVEL_SCHOOL, "a"), place(5, 0, OKO_LEVEL_SCHOOL, "b"),
                      place(6, 0, OKO_LEVEL_REGION, "99") };
    oko_register one = { .n = 3, .places = a }, two = { .n = 3, .places = b };
    char h1[OKO_HASH_HEX], h2[OKO_HASH_HEX], h3[OKO_HASH_HEX], h4[OKO_HASH_HEX];
    int64_t order[4];
    const int64_t in_one[] = { 2, 3, 1 }, in_two[] = { 5, 4, 6 };
    seal(&one, in_one, .5, h1, order);
    const int64_t expected[] = { 1, 1, 3, 2 };
    assert_memory_equal(order, expected, sizeof order);
    seal(&two, in_two, .5, h2, order);
    assert_string_equal(h1, h2);
    seal(&one, in_one, nextafter(.5, 1), h3, order);
    assert_string_not_equal(h1, h3);
    snprintf(a[1].code, sizeof a[1].code, "c"); /* another school with the same numbers */
    seal(&one, in_one, .5, h3, order);
    assert_string_not_equal(h1, h3);
    snprintf(a[1].code, sizeof a[1].code, "b");
    seal(&one, in_one, NAN, h3, order);
    seal(&one, in_one, -NAN, h4, order);
    assert_string_equal(h3, h4);
}

static void pack_has_fourteen_signs(void **state)
{
    (void)state;
    oko_error err = { 0 };
    oko_pack *pack = calloc(1, sizeof *pack);
    ok(oko_pack_load("fioko-2019", pack, &err), &err);
    assert_int_equal(pack->n_signs, 14);
    assert_int_equal(pack->n_rules, 5);
    oko_procedure p = { .kind = OKO_KIND_VPR, .subject = "MA", .grade = 4, .year = 2020 };
    assert_true(oko_pack_sign_of(pack, "fioko-2019/ci", &p) >= 0);
    assert_true(oko_pack_sign_of(pack, "fioko-2019/rs", &p) >= 0);
    assert_int_equal(oko_pack_sign_of(pack, "fioko-2019/fall", &p), -1);
    p.grade = 5;
    assert_true(oko_pack_sign_of(pack, "fioko-2019/fall", &p) >= 0);
    assert_true(oko_pack_sign_of(pack, "fioko-2019/rise", &p) >= 0);
    assert_true(oko_pack_covers(pack, &p));
    p.grade = 6;
    assert_false(oko_pack_covers(pack, &p));
    p = (oko_procedure){ .kind = OKO_KIND_OGE, .subject = "RU", .grade = 9 };
    assert_true(oko_pack_sign_of(pack, "fioko-2019/ci", &p) >= 0);
    assert_int_equal(oko_pack_sign_of(pack, "fioko-2019/rs", &p), -1);
    assert_true(oko_pack_value(oko_pack_find(pack, "ci"), "z", 0) == 1.96);
    assert_true(oko_pack_value(oko_pack_find(pack, "ci"), "nothing", 7) == 7);
    assert_int_equal(oko_pack_load("no-such", pack, &err), OKO_E_NOT_FOUND);
    free(pack);
}

static void every_rule_explains_itself(void **state)
{
    (void)state;
    static const char *const packs[] = { "fioko-2019", "oko" }, *const langs[] = { "ru", "en" };
    static const char *const parts[] = { "title", "what", "reading", "observed", "expected", "effect" };
    oko_error err = { 0 };
    oko_pack *pack = calloc(1, sizeof *pack);
    char key[128];
    for (int l = 0; l < 2; l++) {
        oko_text *text = NULL;
        ok(oko_text_open(langs[l], &text, &err), &err);
        for (int k = 0; k < 2; k++) {
            ok(oko_pack_load(packs[k], pack, &err), &err);
            for (int r = 0; r < pack->n_rules; r++) {
                const oko_pack_rule *rule = &pack->rules[r];
                for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
                    snprintf(key, sizeof key, "rule.%s.%s.%s", pack->name, rule->name, parts[i]);
                    assert_true(oko_text_has(text, key));
                }
                assert_true(rule->n_innocent >= 3);
                for (int i = 1; i <= rule->n_innocent + 1; i++) {
                    snprintf(key, sizeof key, "rule.%s.%s.innocent.%d", pack->name, rule->name, i);
                    assert_int_equal(oko_text_has(text, key), i <= rule->n_innocent);
                }
            }
        }
        oko_text_free(text);
    }
    free(pack);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(previous_of_a_cohort),
        cmocka_unit_test(shape_of_a_procedure),
        cmocka_unit_test(register_finds_what_is_above),
        cmocka_unit_test(register_hash_does_not_see_ids),
        cmocka_unit_test(details_are_json),
        cmocka_unit_test(rounded_numbers),
        cmocka_unit_test(results_have_one_order_and_hash),
        cmocka_unit_test(no_room_for_results),
        cmocka_unit_test(pack_has_fourteen_signs),
        cmocka_unit_test(every_rule_explains_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
