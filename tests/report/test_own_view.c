/* A unit's own view: a school sees itself in words and a band without names; larger units see their schools; what is
 * published hides small groups. And the papers made of it. */
#include "report/region.h"

#include "analysis/evidence.h"
#include "reference/embedded.h"
#include "report/note.h"
#include "report/own_view.h"
#include "report/roadmap.h"

#include <expat.h>
#include <math.h>
#include <time.h>

enum { PLAIN = 1, LAST = REGION_SCHOOLS - 1 };

static int make(void **state)
{
    region_make(state);
    region *r = *state;
    oko_evidence_options options = OKO_EVIDENCE_OPTIONS_INIT;
    oko_error err = { 0 };
    oko_run run = { 0 };
    bool fresh;
    options.replicates = 4;
    ok(oko_evidence_run(r->w->store, &options, false, &run, &fresh, &err), &err);
    oko_run_clear(&run);
    return 0;
}

static json_t *view_of(const region *r, int64_t unit, bool published)
{
    oko_error err = { 0 };
    oko_text *text = NULL;
    json_t *v = NULL;
    const oko_own_view_options options = { .unit = unit, .published = published };
    ok(oko_text_open("ru", &text, &err), &err);
    ok(oko_own_view(r->w->store, text, &options, &v, &err), &err);
    oko_text_free(text);
    return v;
}

static json_t *procedure(const json_t *v, const char *code)
{
    size_t i;
    json_t *p;
    json_array_foreach(json_object_get(v, "procedures"), i, p)
    {
        if (strcmp(json_string_value(json_object_get(p, "procedure")), code) == 0)
            return p;
    }
    fail_msg("no %s", code);
    return NULL;
}

static double number(const json_t *o, const char *a, const char *b)
{
    const json_t *v = json_object_get(o, a);
    return json_number_value(b != NULL ? json_object_get(v, b) : v);
}

/* ---- a school ---- */

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The band again from the views of all schools, by hand. */
static void the_band_is_of_similar_schools(void **state)
{
    const region *r = *state;
    json_t *own = view_of(r, r->school[PLAIN], false);
    const json_t *p = procedure(own, "2021-05-MA"), *band = json_object_get(p, "band");
    const double n = number(p, "n", NULL);
    double values[REGION_SCHOOLS];
    size_t k = 0;
    for (int i = 0; i < LAST; i++) {
        json_t *v = view_of(r, r->school[i], false);
        const json_t *other = procedure(v, "2021-05-MA");
        const double m = number(other, "n", NULL);
        if (i != PLAIN && m >= 10 && 2 * m >= n && m <= 2 * n)
            values[k++] = number(other, "percent", NULL);
        json_decref(v);
    }
    assert_true(k >= 10);
    assert_int_equal((int)number(band, "n", NULL), (int)k);
    qsort(values, k, sizeof *values, by_value);
    const double at = .25 * (double)(k - 1);
    const size_t lo = (size_t)at;
    const double p25 = values[lo] + (at - (double)lo) * (values[lo + 1] - values[lo]);
    assert_true(fabs(number(band, "percentiles", "p25") - p25) <= .5 + 1e-6);
    assert_true(number(band, "percentiles", "p10") <= number(band, "percentiles", "p90"));
    assert_non_null(json_string_value(json_object_get(band, "position")));
    json_decref(own);
}

static void set_type(const region *r, int school, const char *type)
{
    oko_error err = { 0 };
    oko_unit u;
    int64_t id;
    ok(oko_store_unit_get(r->w->store, r->school[school], &u, &err), &err);
    snprintf(u.type, sizeof u.type, "%s", type);
    ok(oko_store_unit_put(r->w->store, &u, &id, &err), &err);
}

static void too_few_similar_schools_give_no_band(void **state)
{
    const region *r = *state;
    set_type(r, PLAIN, "lyceum");
    json_t *v = view_of(r, r->school[PLAIN], false);
    const json_t *band = json_object_get(procedure(v, "2021-05-MA"), "band");
    assert_string_equal(json_string_value(json_object_get(band, "why")), "no_data");
    assert_null(json_object_get(band, "percentiles"));
    json_decref(v);
    set_type(r, PLAIN, "");
}

static void a_school_sees_no_other_school(void **state)
{
    const region *r = *state;
    json_t *v = view_of(r, r->school[REGION_LIFTED], false);
    char *text = json_dumps(v, 0);
    for (int i = 0; i < REGION_SCHOOLS; i++) {
        char code[32];
        snprintf(code, sizeof code, "sch99%04d", 100 + i);
        const bool there = strstr(text, code) != NULL;
        assert_true(there == (i == REGION_LIFTED));
        snprintf(code, sizeof code, "№%d", 100 + i);
        if (i != REGION_LIFTED)
            assert_null(strstr(text, code));
    }
    assert_int_equal(json_array_size(json_object_get(v, "procedures")), 2);
    assert_int_equal(json_array_size(json_object_get(v, "years")), 2);
    const json_t *last = json_array_get(json_object_get(v, "years"), 1);
    assert_int_equal((int)number(last, "year", NULL), 2021);
    const json_t *p = procedure(v, "2021-05-MA");
    assert_int_equal(json_object_size(json_object_get(p, "families")), OKO_FAMILY_COUNT);
    assert_true(json_array_size(json_object_get(p, "sentences")) > 0); /* lifted over the cut-offs: it says so */
    assert_true(json_array_size(json_object_get(p, "reasons")) > 0);
    free(text);
    json_decref(v);
}

static void small_groups_are_hidden_when_published(void **state)
{
    const region *r = *state;
    json_t *v = view_of(r, r->school[REGION_TINY], false);
    assert_int_equal((int)number(procedure(v, "2021-05-MA"), "n", NULL), 6);
    json_decref(v);
    v = view_of(r, r->school[REGION_TINY], true);
    const json_t *p = procedure(v, "2021-05-MA");
    assert_true(json_is_true(json_object_get(p, "hidden")));
    assert_null(json_object_get(p, "n"));
    assert_null(json_object_get(p, "percent"));
    assert_int_equal(json_array_size(json_object_get(v, "years")) == 0
                         ? 0
                         : (int)number(json_array_get(json_object_get(v, "years"), 0), "works", NULL),
                     0);
    size_t i;
    json_t *s;
    json_array_foreach(json_object_get(v, "signs"), i, s)
    {
        assert_null(json_object_get(s, "n"));
    }
    json_decref(v);
}

/* ---- larger units ---- */

static void larger_units_count_their_schools(void **state)
{
    const region *r = *state;
    json_t *all = view_of(r, r->w->region, false), *half = view_of(r, r->w->municipality[0], false);
    const json_t *p = procedure(all, "2021-05-MA"), *q = procedure(half, "2021-05-MA");
    assert_int_equal((int)number(p, "schools", NULL), LAST);
    assert_int_equal((int)number(q, "schools", NULL), 9); /* every second one */
    json_int_t levels = 0;
    const char *name;
    json_t *n;
    json_object_foreach(json_object_get(p, "evidence"), name, n)
    {
        levels += json_integer_value(n);
    }
    assert_int_equal(levels, LAST);
    size_t i;
    json_t *s;
    json_array_foreach(json_object_get(q, "listed"), i, s)
    {
        const int no = atoi(json_string_value(json_object_get(s, "code")) + 5) - 100;
        assert_int_equal(no % 2, 0); /* schools of the first municipality only */
    }
    json_decref(half);
    json_decref(all);
    all = view_of(r, r->w->region, true);
    p = procedure(all, "2021-05-MA");
    assert_int_equal(json_array_size(json_object_get(p, "listed")), 0);
    assert_int_equal((int)number(p, "small", NULL), 1);
    json_decref(all);
}

/* ---- a large region ---- */

enum { MANY_SCHOOLS = 1000, MANY_TESTS = 20 };

static double now_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* An evidence run over many schools, with details as long as real ones. */
static int64_t save_large_run(const region *r)
{
    static char details[] =
        "{\"cohort\":2016,\"absent_n\":2,\"evidence\":\"none\",\"reliability\":\"fair\",\"family\":\"time\","
        "\"families\":{"
        "\"level\":{\"p\":0.5627,\"log_p\":-0.575,\"top\":\"level\"},\"threshold\":{\"p\":0.4636,\"log_p\":-0.769,"
        "\"top\":"
        "\"gap\"},\"roster\":{\"p\":0.8096,\"log_p\":-0.211,\"top\":\"absent\"},\"pattern\":{\"p\":0.748,\"log_p\":-0."
        "29,"
        "\"top\":\"pairs\"},\"time\":{\"p\":0.3454,\"log_p\":-1.063,\"top\":\"journal\"}},\"statistics\":{\"level\":-0."
        "575,"
        "\"gap\":-0.769,\"absent\":-0.211,\"pairs\":-0.29,\"journal\":-1.063},\"marks\":[0.2,-3.7,3.4],\"lifted\":[0.3,"
        "-2.1,"
        "2.7],\"absent\":[-0.3,-2.5,1.8],\"cutoff\":null,\"good\":[],\"bad\":[],\"pair\":null,\"of_max\":0.41}";
    oko_error err = { 0 };
    int64_t id = 0, last = 0;
    oko_result *results = calloc(MANY_SCHOOLS * MANY_TESTS, sizeof *results);
    assert_non_null(results);
    ok(oko_store_begin(r->w->store, &err), &err);
    for (int s = 0; s < MANY_SCHOOLS; s++) {
        char code[32];
        snprintf(code, sizeof code, "x%04d", s);
        last = put_named(r->w, OKO_LEVEL_SCHOOL, code, code, r->w->municipality[s % 2]);
        for (int t = 0; t < MANY_TESTS; t++) {
            oko_result *at = &results[t * MANY_SCHOOLS + s];
            *at = (oko_result){ .unit = last, .n = 20 + s % 30, .observed = 8, .p = .5, .q = .9, .details = details };
            snprintf(at->procedure, sizeof at->procedure, "%04d-05-MA", 2001 + t);
            snprintf(at->rule, sizeof at->rule, "%s", OKO_RULE_EVIDENCE);
        }
    }
    ok(oko_store_commit(r->w->store, &err), &err);
    oko_run run = { .seed = 1, .params = "{}" };
    snprintf(run.method, sizeof run.method, "%s", OKO_EVIDENCE_VERSION);
    snprintf(run.program, sizeof run.program, "0");
    snprintf(run.snapshot, sizeof run.snapshot, "%064d", 7);
    snprintf(run.result_hash, sizeof run.result_hash, "%064d", 7);
    ok(oko_store_run_save(r->w->store, &run, results, (size_t)MANY_SCHOOLS * MANY_TESTS, &id, &err), &err);
    free(results);
    return last;
}

static void a_thousand_schools(void **state)
{
    const region *r = *state;
    const int64_t school = save_large_run(r);
    const double start = now_ms();
    json_t *v = view_of(r, school, false);
    const double middle = now_ms();
    json_t *all = view_of(r, r->w->region, false);
    print_message("own view of a region with 1 000 schools in 20 procedures: a school %.0f ms, the region %.0f ms\n",
                  middle - start, now_ms() - middle);
    assert_int_equal(json_array_size(json_object_get(v, "procedures")), MANY_TESTS);
    assert_true((int)number(json_object_get(json_array_get(json_object_get(v, "procedures"), 0), "band"), "n", NULL) >
                500);
    assert_int_equal((int)number(json_array_get(json_object_get(all, "procedures"), 3), "schools", NULL), MANY_SCHOOLS);
    json_decref(v);
    json_decref(all);
}

/* ---- papers ---- */

static void check_xml(const char *bytes, size_t len)
{
    XML_Parser parser = XML_ParserCreate("UTF-8");
    if (XML_Parse(parser, bytes, (int)len, 1) != XML_STATUS_OK)
        fail_msg("line %lu: %s", XML_GetCurrentLineNumber(parser), XML_ErrorString(XML_GetErrorCode(parser)));
    XML_ParserFree(parser);
}

static void a_note_on_paper(void **state)
{
    const region *r = *state;
    oko_error err = { 0 };
    oko_text *text = NULL;
    char *bytes = NULL, *again = NULL;
    size_t len = 0, len_again = 0;
    json_t *v = view_of(r, r->school[REGION_MARKUP], false);
    json_t *body = json_pack("{s:s, s:[s], s:[{s:s, s:s}]}", "text", "Первый абзац <b>\n\nВторой & последний",
                             "conclusions", "Вывод один", "answers", "question", "Кто проверял?", "answer", "Комиссия");
    ok(oko_text_open("ru", &text, &err), &err);
    ok(oko_note_document(v, "Справка <2021>", body, text, OKO_DOCUMENT_HTML, &bytes, &len, &err), &err);
    check_xml(bytes, len);
    assert_non_null(strstr(bytes, "Справка &lt;2021&gt;"));
    assert_non_null(strstr(bytes, "<p>Второй &amp; последний</p>"));
    assert_non_null(strstr(bytes, "Вывод один"));
    assert_non_null(strstr(bytes, "ВПР. Математика. 5 класс. 2021"));
    assert_null(strstr(bytes, "<script>"));
    free(bytes);
    ok(oko_note_document(v, "Справка", body, text, OKO_DOCUMENT_DOCX, &bytes, &len, &err), &err);
    ok(oko_note_document(v, "Справка", body, text, OKO_DOCUMENT_DOCX, &again, &len_again, &err), &err);
    assert_int_equal(len, len_again);
    assert_memory_equal(bytes, again, len);
    assert_memory_equal(bytes, "PK", 2);
    free(bytes);
    free(again);
    json_decref(body);
    json_decref(v);
    oko_text_free(text);
}

/* The table as the cycle gives it, made of the built-in roadmap. */
static json_t *table(void)
{
    oko_str bytes;
    size_t i;
    json_t *row;
    assert_true(oko_embedded_find("cycle/roadmap-2020-2022.json", &bytes));
    json_t *t = json_loadb(bytes.ptr, bytes.len, 0, NULL);
    assert_non_null(t);
    json_array_foreach(json_object_get(t, "rows"), i, row)
    {
        json_t *texts = json_pack("{s:O, s:O, s:O}", "region", json_object_get(row, "region"), "municipality",
                                  json_object_get(row, "municipality"), "school", json_object_get(row, "school"));
        json_object_set_new(row, "texts", texts);
        json_object_set_new(row, "state", json_string("in-progress"));
    }
    return t;
}

static int count(const char *text, const char *what)
{
    int n = 0;
    for (; (text = strstr(text, what)) != NULL; text += strlen(what))
        n++;
    return n;
}

static void the_roadmap_on_paper(void **state)
{
    (void)state;
    oko_error err = { 0 };
    oko_text *text = NULL;
    char *bytes = NULL;
    size_t len = 0, i;
    json_t *t = table(), *row;
    ok(oko_text_open("ru", &text, &err), &err);
    ok(oko_roadmap_document(t, text, "html", false, &bytes, &len, &err), &err);
    check_xml(bytes, len);
    assert_int_equal(count(bytes, "<th scope=\"col\">"), 3);
    assert_int_equal(count(bytes, "<tr>"), 1 + 3 + 14); /* heads, years, rows */
    assert_int_equal(count(bytes, "<td>"), 3 * 14);
    json_array_foreach(json_object_get(t, "rows"), i, row)
    {
        assert_non_null(strstr(bytes, json_string_value(json_object_get(row, "region"))));
        assert_non_null(strstr(bytes, json_string_value(json_object_get(row, "municipality"))));
    }
    assert_null(strstr(bytes, "Выполняется"));
    free(bytes);
    ok(oko_roadmap_document(t, text, "html", true, &bytes, &len, &err), &err);
    assert_int_equal(count(bytes, "Выполняется"), 14);
    free(bytes);
    ok(oko_roadmap_document(t, text, "docx", false, &bytes, &len, &err), &err);
    assert_memory_equal(bytes, "PK", 2);
    free(bytes);
    ok(oko_roadmap_document(t, text, "xlsx", false, &bytes, &len, &err), &err);
    assert_memory_equal(bytes, "PK", 2);
    free(bytes);
    assert_int_equal(oko_roadmap_document(t, text, "pdf", false, &bytes, &len, &err), OKO_E_ARGUMENT);
    json_decref(t);
    oko_text_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_band_is_of_similar_schools),
        cmocka_unit_test(too_few_similar_schools_give_no_band),
        cmocka_unit_test(a_school_sees_no_other_school),
        cmocka_unit_test(small_groups_are_hidden_when_published),
        cmocka_unit_test(larger_units_count_their_schools),
        cmocka_unit_test(a_note_on_paper),
        cmocka_unit_test(the_roadmap_on_paper),
        cmocka_unit_test(a_thousand_schools), /* the last: its run is the newest one then */
    };
    return cmocka_run_group_tests(tests, make, region_drop);
}
