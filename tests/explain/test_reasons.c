/* Ordinary reasons: which come first for which facts, and that the built-in data and its texts are whole. */
#include "explain/explain.h"

#include "reference/embedded.h"
#include "reference/json.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

typedef struct fixture {
    oko_text *text;
    oko_explain *explain;
    oko_arena *arena;
} fixture;

static int setup(void **state)
{
    static fixture f;
    f = (fixture){ 0 };
    assert_int_equal(oko_text_open("ru", &f.text, NULL), OKO_OK);
    assert_int_equal(oko_explain_open(f.text, &f.explain, NULL), OKO_OK);
    assert_int_equal(oko_arena_new(0, &f.arena), OKO_OK);
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    oko_explain_free(f->explain);
    oko_arena_free(f->arena);
    oko_text_free(f->text);
    return 0;
}

/* A row of one speaking family, and no fact known but the number of works. */
static oko_sign_row row_of(oko_result *r, const char *details, double facts[OKO_FACT_COUNT])
{
    oko_sign_row row;
    r->details = (char *)(uintptr_t)details;
    oko_sign_row_read(r, NULL, &row);
    for (int i = 0; i < OKO_FACT_COUNT; i++)
        facts[i] = NAN;
    facts[OKO_FACT_N] = (double)r->n;
    return row;
}

static int place_of(const char *const *reasons, int n, const char *word)
{
    for (int i = 0; i < n; i++)
        if (strstr(reasons[i], word) != NULL)
            return i + 1;
    return 0;
}

static const char bunching[] =
    "{\"evidence\":\"signs\",\"families\":{\"threshold\":{\"p\":0.0001,\"log_p\":-9.2,\"top\":\"bunching\"}},"
    "\"statistics\":{},\"lifted\":[6.2,3.1,9.0],\"cutoff\":7,\"absent_n\":3}";

static void facts_change_the_order(void **state)
{
    const fixture *f = *state;
    const char *reasons[OKO_EXPLAIN_REASONS];
    double facts[OKO_FACT_COUNT];
    oko_result r = { .procedure = "2021-05-MA", .n = 60 };
    oko_sign_row row = row_of(&r, bunching, facts);
    int n = oko_explain_reasons(f->explain, f->arena, &row, facts, reasons);
    assert_int_equal(place_of(reasons, n, "критерии мягче"), 1);
    assert_int_equal(place_of(reasons, n, "Мало работ"), 0);

    /* When nearly every school shows it, the cut-offs themselves come first, and the text says why. */
    facts[OKO_FACT_FAMILY_SHARE] = 72;
    n = oko_explain_reasons(f->explain, f->arena, &row, facts, reasons);
    assert_int_equal(place_of(reasons, n, "не те границы"), 1);
    assert_non_null(strstr(reasons[0], "72 %"));

    /* A small group: its smallness first. */
    facts[OKO_FACT_FAMILY_SHARE] = 5;
    facts[OKO_FACT_N] = 8;
    n = oko_explain_reasons(f->explain, f->arena, &row, facts, reasons);
    assert_int_equal(place_of(reasons, n, "Мало работ"), 1);
    assert_non_null(strstr(reasons[0], "8 работ"));
    oko_sign_row_clear(&row);
}

static void one_variant_only_where_there_is_one(void **state)
{
    static const char pairs[] =
        "{\"evidence\":\"signs\",\"families\":{\"pattern\":{\"p\":0.0001,\"log_p\":-9.2,\"top\":\"pairs\"}}}";
    const fixture *f = *state;
    const char *reasons[OKO_EXPLAIN_REASONS];
    double facts[OKO_FACT_COUNT];
    oko_result r = { .procedure = "2021-05-MA", .n = 60 };
    oko_sign_row row = row_of(&r, pairs, facts);
    facts[OKO_FACT_VARIANTS] = 1;
    int n = oko_explain_reasons(f->explain, f->arena, &row, facts, reasons);
    assert_int_equal(place_of(reasons, n, "один вариант"), 1);
    facts[OKO_FACT_VARIANTS] = 2;
    n = oko_explain_reasons(f->explain, f->arena, &row, facts, reasons);
    assert_int_equal(place_of(reasons, n, "один вариант"), 0);
    oko_sign_row_clear(&row);
}

static void silence_has_no_reasons(void **state)
{
    static const char quiet[] =
        "{\"evidence\":\"none\",\"families\":{\"pattern\":{\"p\":0.4,\"log_p\":-0.9,\"top\":\"pairs\"}}}";
    const fixture *f = *state;
    const char *reasons[OKO_EXPLAIN_REASONS];
    double facts[OKO_FACT_COUNT];
    oko_result r = { .procedure = "2021-05-MA", .n = 6 };
    oko_sign_row row = row_of(&r, quiet, facts);
    assert_int_equal(oko_explain_reasons(f->explain, f->arena, &row, facts, reasons), 0);
    oko_sign_row_clear(&row);
}

static void codes_are_told_only_when_asked(void **state)
{
    static const char nearest[] =
        "{\"evidence\":\"signs\",\"pair\":{\"codes\":[\"40017\",\"40023\"],\"same\":30,\"expected\":17.4}}";
    const fixture *f = *state;
    double facts[OKO_FACT_COUNT];
    oko_result r = { .procedure = "2021-05-MA", .n = 60 };
    oko_sign_row row = row_of(&r, nearest, facts);
    const char *with = oko_explain_sentence(f->text, f->arena, &row, "nearest", true);
    const char *without = oko_explain_sentence(f->text, f->arena, &row, "nearest", false);
    assert_non_null(strstr(with, "40017"));
    assert_non_null(strstr(with, "17,4"));
    assert_null(strpbrk(without, "0123456789"));
    oko_sign_row_clear(&row);
}

/* A region has no cut-off of its own: the sentence names none rather than a dash. */
static void a_missing_number_has_a_sentence_without_it(void **state)
{
    static const char whole[] = "{\"evidence\":\"signs\",\"lifted\":[57.2,12.0,98.0]}";
    const fixture *f = *state;
    double facts[OKO_FACT_COUNT];
    oko_result r = { .procedure = "2021-05-MA", .n = 5000 };
    oko_sign_row row = row_of(&r, whole, facts);
    const char *text = oko_explain_sentence(f->text, f->arena, &row, "bunching", true);
    assert_non_null(strstr(text, "57,2"));
    assert_null(strstr(text, "—"));
    oko_sign_row_clear(&row);
    row = row_of(&r, bunching, facts);
    assert_non_null(strstr(oko_explain_sentence(f->text, f->arena, &row, "bunching", true), "у границы 7"));
    oko_sign_row_clear(&row);
}

/* Every statistic of the library has a sentence, and every reason of the data a text, in both languages. */
static void nothing_lacks_its_text(void **state)
{
    static const char *const langs[] = { "ru", "en" };
    char key[96];
    (void)state;
    for (int l = 0; l < 2; l++) {
        OKO_CLEANUP(oko_text_freep) oko_text *text = NULL;
        OKO_CLEANUP(oko_json_freep) json_t *json = NULL;
        assert_int_equal(oko_text_open(langs[l], &text, NULL), OKO_OK);
        for (int k = 0; k < OKO_STAT_COUNT; k++) {
            snprintf(key, sizeof key, "evidence.stat.%s", oko_statistic_name((oko_statistic)k));
            assert_true(oko_text_has(text, key));
        }
        oko_str bytes = { NULL, 0 };
        assert_true(oko_embedded_find("explain/reasons.json", &bytes));
        assert_int_equal(oko_json_parse(bytes, "reasons", &json, NULL), OKO_OK);
        const json_t *list = json_object_get(json, "reasons");
        assert_true(json_array_size(list) > 10);
        for (size_t i = 0; i < json_array_size(list); i++) {
            snprintf(key, sizeof key, "evidence.why.%s",
                     json_string_value(json_object_get(json_array_get(list, i), "reason")));
            assert_true(oko_text_has(text, key));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(facts_change_the_order),
                                        cmocka_unit_test(one_variant_only_where_there_is_one),
                                        cmocka_unit_test(silence_has_no_reasons),
                                        cmocka_unit_test(codes_are_told_only_when_asked),
                                        cmocka_unit_test(a_missing_number_has_a_sentence_without_it),
                                        cmocka_unit_test(nothing_lacks_its_text) };
    return cmocka_run_group_tests(tests, setup, teardown);
}
