/* Charts: well-formed SVG whose texts are texts, cut where they do not fit, with ids of their own. */
#include "report/canvas.h"
#include "report/chart.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <expat.h>

enum { LIMIT = 4 << 20, MAX_IDS = 400 };

typedef struct seen {
    char ids[MAX_IDS][48];
    int n_ids, texts, rects, paths;
    char text[8192];
} seen;

static void on_start(void *ctx, const XML_Char *name, const XML_Char **a)
{
    seen *s = ctx;
    s->texts += strcmp(name, "text") == 0;
    s->paths += strcmp(name, "path") == 0 || strcmp(name, "rect") == 0;
    for (; *a != NULL; a += 2) {
        if (strcmp(a[0], "id") != 0)
            continue;
        for (int i = 0; i < s->n_ids; i++)
            assert_string_not_equal(s->ids[i], a[1]);
        assert_true(s->n_ids < MAX_IDS);
        snprintf(s->ids[s->n_ids++], 48, "%s", a[1]);
    }
}

static void on_text(void *ctx, const XML_Char *text, int n)
{
    seen *s = ctx;
    size_t used = strlen(s->text);
    if (used + (size_t)n < sizeof s->text) {
        memcpy(s->text + used, text, (size_t)n);
        s->text[used + (size_t)n] = '\0';
    }
}

static seen *look(const oko_buffer *svg)
{
    seen *s = calloc(1, sizeof *s);
    assert_non_null(s);
    XML_Parser parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, s);
    XML_SetElementHandler(parser, on_start, NULL);
    XML_SetCharacterDataHandler(parser, on_text);
    assert_int_equal(XML_Parse(parser, "<page>", 6, 0), XML_STATUS_OK);
    assert_int_equal(XML_Parse(parser, svg->ptr, (int)svg->len, 0), XML_STATUS_OK);
    assert_int_equal(XML_Parse(parser, "</page>", 7, 1), XML_STATUS_OK);
    XML_ParserFree(parser);
    return s;
}

static oko_text *russian(void)
{
    oko_text *text = NULL;
    assert_int_equal(oko_text_open("ru", &text, NULL), OKO_OK);
    return text;
}

static void a_histogram_tells_its_words_and_withholds(void **state)
{
    (void)state;
    static const int16_t cutoffs[] = { 2, 4 };
    const double told[] = { 10, 20, 30, 25, 10, 5 }, expected[] = { 12, 20, 28, 25, 10, 5 };
    const double withheld[] = { NAN, NAN, 30, 25, 10, 5 };
    oko_chart_histogram chart = {
        .max_total = 5, .observed = told, .expected = expected, .n_cutoffs = 2, .cutoffs = cutoffs, .first_mark = 3
    };
    OKO_CLEANUP(oko_text_freep) oko_text *text = russian();
    OKO_CLEANUP(oko_buffer_free) oko_buffer out = { 0 };
    oko_buffer_init(&out, LIMIT);
    assert_int_equal(oko_chart_histogram_svg(&chart, text, "a", "1 < 2 & \"3\"", "<b>", 680, &out), OKO_OK);
    chart.observed = withheld;
    assert_int_equal(oko_chart_histogram_svg(&chart, text, "b", "t", "s", 680, &out), OKO_OK);
    seen *s = look(&out);
    assert_non_null(strstr(s->text, "1 < 2 & \"3\""));
    assert_non_null(strstr(s->text, "«5»"));
    assert_non_null(strstr(s->text, "Первичный балл"));
    assert_non_null(strstr(s->text, "скрыто"));
    assert_true(s->texts > 20 && s->paths > 12);
    free(s);
}

static void a_long_label_is_cut_at_a_letter(void **state)
{
    (void)state;
    const char *const rows[] = {
        "Очень длинное название строки, которое никогда не поместится слева от полосы диаграммы"
    };
    const char *const parts[] = { "а", "б" };
    const double percent[] = { 40, 60 };
    const oko_chart_stack chart = {
        .n_rows = 1, .n_parts = 2, .row_labels = rows, .part_labels = parts, .percent = percent
    };
    OKO_CLEANUP(oko_text_freep) oko_text *text = russian();
    OKO_CLEANUP(oko_buffer_free) oko_buffer out = { 0 };
    oko_buffer_init(&out, LIMIT);
    assert_int_equal(oko_chart_stack_svg(&chart, text, "a", "t", "s", 400, &out), OKO_OK);
    seen *s = look(&out);
    assert_non_null(strstr(s->text, "Очень длинное"));
    assert_non_null(strstr(s->text, "…"));
    assert_null(strstr(s->text, "диаграммы"));
    assert_null(strstr(s->text, "скрыто"));
    assert_non_null(strstr(s->text, "60%"));
    free(s);
}

static void parts_that_are_withheld_take_the_rest_of_the_bar(void **state)
{
    (void)state;
    const char *const rows[] = { "один" };
    const char *const parts[] = { "а", "б", "в" };
    const double percent[] = { NAN, 55, NAN };
    const oko_chart_stack chart = {
        .n_rows = 1, .n_parts = 3, .row_labels = rows, .part_labels = parts, .percent = percent
    };
    OKO_CLEANUP(oko_text_freep) oko_text *text = russian();
    OKO_CLEANUP(oko_buffer_free) oko_buffer out = { 0 };
    oko_buffer_init(&out, LIMIT);
    assert_int_equal(oko_chart_stack_svg(&chart, text, "a", "t", "s", 400, &out), OKO_OK);
    seen *s = look(&out);
    assert_non_null(strstr(s->text, "55%"));
    assert_non_null(strstr(s->text, "скрыто"));
    free(s);
}

static void a_profile_compares_with_the_region(void **state)
{
    (void)state;
    const char *const labels[] = { "1", "13К1", "12.2" };
    const double group[] = { 50, NAN, 100 }, region[] = { 40, 60, 80 };
    const oko_chart_profile chart = { .n_items = 3,
                                      .labels = labels,
                                      .group = group,
                                      .reference = region,
                                      .group_label = "Школа <1>",
                                      .reference_label = "регион" };
    OKO_CLEANUP(oko_text_freep) oko_text *text = russian();
    OKO_CLEANUP(oko_buffer_free) oko_buffer out = { 0 };
    oko_buffer_init(&out, LIMIT);
    assert_int_equal(oko_chart_profile_svg(&chart, text, "a", "t", "s", 500, &out), OKO_OK);
    seen *s = look(&out);
    assert_non_null(strstr(s->text, "Школа <1>"));
    assert_non_null(strstr(s->text, "13К1"));
    assert_non_null(strstr(s->text, "регион"));
    free(s);
}

static void senseless_charts_are_refused(void **state)
{
    (void)state;
    const oko_chart_histogram none = { .max_total = 0 };
    const oko_chart_stack empty = { .n_rows = 0 };
    const oko_chart_profile bare = { .n_items = 0 };
    OKO_CLEANUP(oko_text_freep) oko_text *text = russian();
    OKO_CLEANUP(oko_buffer_free) oko_buffer out = { 0 };
    oko_buffer_init(&out, LIMIT);
    assert_int_equal(oko_chart_histogram_svg(&none, text, "a", "t", "s", 680, &out), OKO_E_ARGUMENT);
    assert_int_equal(oko_chart_stack_svg(&empty, text, "a", "t", "s", 680, &out), OKO_E_ARGUMENT);
    assert_int_equal(oko_chart_profile_svg(&bare, text, "a", "t", "s", 680, &out), OKO_E_ARGUMENT);
    assert_int_equal(out.len, 0);
}

static void axis_steps_are_round(void **state)
{
    (void)state;
    assert_true(fabs(oko_axis_step(9.8, 5) - 2) < 1e-12);
    assert_true(fabs(oko_axis_step(38, 14) - 5) < 1e-12);
    assert_true(fabs(oko_axis_step(.9, 5) - .2) < 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_histogram_tells_its_words_and_withholds),
        cmocka_unit_test(a_long_label_is_cut_at_a_letter),
        cmocka_unit_test(parts_that_are_withheld_take_the_rest_of_the_bar),
        cmocka_unit_test(a_profile_compares_with_the_region),
        cmocka_unit_test(senseless_charts_are_refused),
        cmocka_unit_test(axis_steps_are_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
