/* The five families in pages and workbooks: only over the same data, nothing small told, every sign with its words,
 * picture and table. */
#include "report/region.h"

#include "analysis/answers.h"
#include "analysis/evidence.h"
#include "report/evidence.h"

#include <expat.h>
#include <math.h>
#include <zip.h>

enum { MIXED = REGION_SCHOOLS - 1, COPIED = 30, MIDDLE = 12, SMALL = 4 };

/* ---- a school of three classes: copied works, a class that is big enough, one that is not ---- */

static int64_t far_municipality; /* with one small school */

static void put_class_of(region *r, int64_t procedure, int64_t school, const char *label, size_t n, bool copied)
{
    oko_error err = { 0 };
    oko_sheet *sheet = NULL;
    oko_change change;
    oko_rng rng = oko_rng_make(77, (uint64_t)n);
    assert_int_equal(oko_sheet_new(n, 10, &sheet), OKO_OK);
    sheet->procedure = procedure;
    sheet->school = school;
    snprintf(sheet->class_label, sizeof sheet->class_label, "%s", label);
    for (size_t k = 0; k < n; k++) {
        int total = 0;
        for (size_t q = 0; q < 10; q++) {
            int score = (oko_rng_uniform(&rng) < .5) + (oko_rng_uniform(&rng) < .5);
            if (copied && k % 10 != 0)
                score = q % 3 == 0 ? 2 : q % 3 == 1 ? 0 : 1;
            sheet->items[k * 10 + q] = (int8_t)score;
            total += score;
        }
        sheet->code[k] = 40000 + n * 100 + k;
        sheet->total[k] = (int16_t)total;
        sheet->journal[k] = (int8_t)(3 + (total > 9));
    }
    ok(oko_store_sheet_put(r->w->store, r->w->import, sheet, &change, &err), &err);
    oko_sheet_free(sheet);
}

static void put_mixed_class(region *r, int64_t procedure, const char *label, size_t n, bool copied)
{
    put_class_of(r, procedure, r->school[MIXED], label, n, copied);
}

static int64_t procedure_id(region *r)
{
    oko_error err = { 0 };
    oko_procedure p;
    ok(oko_store_procedure_get(r->w->store, "2021-05-MA", 0, &p, &err), &err);
    return p.id;
}

static int make(void **state)
{
    region_make(state);
    region *r = *state;
    int64_t id = procedure_id(r);
    new_import(r->w);
    begin(r->w);
    far_municipality = put_named(r->w, OKO_LEVEL_MUNICIPALITY, "МО 9", "МО 9", r->w->region);
    int64_t far = put_named(r->w, OKO_LEVEL_SCHOOL, "sch990900", "Школа на острове", far_municipality);
    put_class_of(r, id, far, "А", 6, false);
    put_mixed_class(r, id, "Б", COPIED, true);
    put_mixed_class(r, id, "В", MIDDLE, false);
    put_mixed_class(r, id, "Г", SMALL, false);
    commit(r->w);
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.replicates = 40;
    bool fresh;
    oko_run_clear(&r->run);
    r->run = analyze(r->w, &options, false, &fresh);
    return 0;
}

static void compute(region *r)
{
    oko_evidence_options options = OKO_EVIDENCE_OPTIONS_INIT;
    oko_error err = { 0 };
    oko_run run = { 0 };
    bool fresh;
    options.replicates = 8;
    ok(oko_evidence_run(r->w->store, &options, false, &run, &fresh, &err), &err);
    oko_run_clear(&run);
}

/* ---- pages ---- */

static char *page_of(region *r, int64_t unit, const char *lang, bool internal)
{
    oko_report_options o = OKO_REPORT_OPTIONS_INIT;
    oko_error err = { 0 };
    char path[160];
    size_t n;
    o.lang = lang;
    o.internal = internal;
    snprintf(path, sizeof path, "%s/%lld.html", r->out, (long long)unit);
    ok(oko_report_html(r->w->store, unit, &o, path, &err), &err);
    char *page = read_all(path, &n);
    XML_Parser parser = XML_ParserCreate("UTF-8");
    if (XML_Parse(parser, page, (int)n, 1) != XML_STATUS_OK)
        fail_msg("line %lu: %s", XML_GetCurrentLineNumber(parser), XML_ErrorString(XML_GetErrorCode(parser)));
    XML_ParserFree(parser);
    return page;
}

/* From the section of the families to the next one. */
static char *section_of(char *page)
{
    char *from = strstr(page, "id=\"evidence\""), *to = strstr(page, "id=\"external\"");
    assert_non_null(from);
    assert_non_null(to);
    *to = '\0';
    return from;
}

static int count(const char *text, const char *what)
{
    int n = 0;
    for (; (text = strstr(text, what)) != NULL; text += strlen(what))
        n++;
    return n;
}

static void without_a_run_the_page_says_what_makes_it(void **state)
{
    region *r = *state;
    char *page = page_of(r, r->school[MIXED], "ru", false), *section = section_of(page);
    assert_non_null(strstr(section, "для этих данных не рассчитаны"));
    assert_non_null(strstr(section, "<pre>oko signs</pre>"));
    assert_int_equal(count(section, "<table"), 0);
    free(page);
}

static void every_sign_has_words_picture_and_table(void **state)
{
    static const char *const langs[] = { "ru", "en" };
    region *r = *state;
    compute(r);
    for (int l = 0; l < 2; l++)
        for (int internal = 0; internal < 2; internal++) {
            char *page = page_of(r, r->school[MIXED], langs[l], internal), *section = section_of(page);
            int articles = count(section, "<div class=\"rule\">");
            assert_true(articles >= 1);
            assert_int_equal(count(section, "<ol class=\"innocent\">"), articles);
            assert_true(count(section, "<p class=\"family\">") >= articles);
            assert_true(count(section, "<figure>") > articles); /* and the one of all procedures */
            assert_int_equal(count(section, "<figure>"), count(section, "<svg "));
            assert_int_equal(count(section, "<figure>"), count(section, "<figcaption>"));
            assert_true(count(section, "<details>") == count(section, "<figure>"));
            assert_null(strstr(section, "evidence."));
            assert_null(strstr(section, "chart."));
            assert_null(strchr(section, '{'));
            free(page);
        }
}

/* Classes of 30, 12 and 4: the small one is hidden, and with it the next one, because the school minus the first would
 * tell of four pupils. Codes of pupils stand in the internal page only. */
static void nothing_small_is_told(void **state)
{
    region *r = *state;
    oko_report_options o = OKO_REPORT_OPTIONS_INIT;
    oko_error err = { 0 };
    oko_report_session *session = NULL;
    oko_view view;
    ok(oko_report_session_open(r->w->store, &o, &session, &err), &err);
    ok(oko_view_open(session, r->school[MIXED], &view, &err), &err);
    int told = 0, hidden = 0;
    for (size_t i = 0; i < view.evidence.n; i++) {
        const oko_sign_row *row = &view.evidence.at[i];
        if (!row->of_class)
            continue;
        told += oko_evidence_told(&view, i);
        hidden += !oko_evidence_told(&view, i);
        assert_int_equal(oko_evidence_told(&view, i), row->result->n == COPIED);
    }
    assert_int_equal(told, 1);
    assert_int_equal(hidden, 2);
    oko_view_clear(&view);
    oko_report_session_free(session);

    char *page = page_of(r, r->school[MIXED], "ru", false);
    assert_null(strstr(page, "4300")); /* codes of the copied class: 43000 … 43029 */
    assert_non_null(strstr(section_of(page), "скрыто: менее 10"));
    free(page);
    page = page_of(r, r->school[MIXED], "ru", true);
    assert_non_null(strstr(page, "43001, 43002"));
    assert_null(strstr(page, "скрыто: менее"));
    free(page);
    page = page_of(r, r->school[REGION_TINY], "ru", false);
    char *section = section_of(page);
    assert_int_equal(count(section, "<div class=\"rule\">"), 0);
    assert_int_equal(count(section, "признаков нет"), 0);
    free(page);
}

static void a_small_municipality_is_hidden_like_a_school(void **state)
{
    region *r = *state;
    char *page = page_of(r, far_municipality, "ru", false), *section = section_of(page);
    assert_null(strstr(section, ">6<"));
    assert_non_null(strstr(section, "скрыто: менее 10"));
    free(page);
    page = page_of(r, far_municipality, "ru", true);
    assert_non_null(strstr(section_of(page), ">6<"));
    free(page);
}

static void a_region_counts_its_schools(void **state)
{
    region *r = *state;
    oko_report_options o = OKO_REPORT_OPTIONS_INIT;
    oko_error err = { 0 };
    oko_report_session *session = NULL;
    oko_view view;
    ok(oko_report_session_open(r->w->store, &o, &session, &err), &err);
    ok(oko_view_open(session, r->w->region, &view, &err), &err);
    assert_int_equal(session->peers.n_tests, 2);
    for (size_t t = 0; t < 2; t++) {
        oko_evidence_counts c;
        oko_evidence_count(&view, t, &c);
        int64_t all = c.small, computed = 0, fifths = 0;
        for (int e = 0; e <= OKO_EVIDENCE_STRONG; e++)
            all += c.by_level[e];
        computed = all - c.small - c.by_level[OKO_EVIDENCE_NO_DATA];
        for (int k = 0; k < OKO_PEERS_FIFTHS; k++) {
            fifths += c.fifth_n[0][k];
            assert_true(c.fifth_marked[0][k] <= c.fifth_n[0][k]);
        }
        assert_int_equal(all, t == 0 ? REGION_SCHOOLS - 1 : REGION_SCHOOLS + 1);
        assert_int_equal(c.small, 2); /* the tiny school, and the one that was small a year before, or the far one */
        assert_int_equal(fifths, computed);
    }
    oko_view_clear(&view);
    oko_report_session_free(session);

    char *page = page_of(r, r->w->region, "ru", false), *section = section_of(page);
    assert_non_null(strstr(section, "Отмечают ли сильные школы"));
    assert_non_null(strstr(section, "Школа имени №117"));
    assert_null(strstr(section, "Школа имени №103")); /* tiny */
    assert_non_null(strstr(section, "Сведения ограниченного доступа"));
    free(page);
    page = page_of(r, r->w->municipality[0], "en", false);
    free(page);
}

/* Sheet names of a workbook, as its XML has them. */
static char *sheets_of(region *r, int64_t unit)
{
    oko_report_options o = OKO_REPORT_OPTIONS_INIT;
    oko_error err = { 0 };
    char path[160];
    int code;
    snprintf(path, sizeof path, "%s/%lld.xlsx", r->out, (long long)unit);
    ok(oko_report_xlsx(r->w->store, unit, &o, path, &err), &err);
    zip_t *zip = zip_open(path, ZIP_RDONLY, &code);
    assert_non_null(zip);
    zip_file_t *file = zip_fopen(zip, "xl/workbook.xml", 0);
    char *xml = calloc(1, 1 << 16);
    assert_true(zip_fread(file, xml, (1 << 16) - 1) > 0);
    zip_fclose(file);
    zip_close(zip);
    return xml;
}

static void workbooks_have_the_same(void **state)
{
    region *r = *state;
    char *school = sheets_of(r, r->school[MIXED]), *whole = sheets_of(r, r->w->region);
    assert_non_null(strstr(school, "Пять семейств"));
    assert_non_null(strstr(school, "Что видно и что проверить"));
    assert_null(strstr(school, "По уровню школ"));
    assert_non_null(strstr(whole, "Пять семейств"));
    assert_non_null(strstr(whole, "По уровню школ"));
    assert_null(strstr(whole, "Что видно и что проверить"));
    free(school);
    free(whole);
}

static void evidence_over_other_data_is_not_shown(void **state)
{
    region *r = *state;
    int64_t id = procedure_id(r);
    new_import(r->w);
    begin(r->w);
    put_mixed_class(r, id, "Д", MIDDLE + 1, false);
    commit(r->w);
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.replicates = 40;
    bool fresh;
    oko_run run = analyze(r->w, &options, false, &fresh);
    oko_run_clear(&run);
    char *page = page_of(r, r->school[MIXED], "ru", false), *section = section_of(page);
    assert_non_null(strstr(section, "сделан по другим данным"));
    assert_int_equal(count(section, "<table"), 0);
    free(page);
}

/* ---- what pictures are drawn from ---- */

static void answers_add_up(void **state)
{
    region *r = *state;
    oko_error err = { 0 };
    oko_procedure p;
    oko_answers answers = { 0 };
    oko_group_answers group = { 0 };
    double seen[OKO_MAX_ITEMS + 1], expected[OKO_MAX_ITEMS + 1], pairs = 0, other = 0;
    int cluster[COPIED];
    ok(oko_store_procedure_get(r->w->store, "2021-05-MA", 0, &p, &err), &err);
    ok(oko_answers_load(r->w->store, &p, 0, &answers, &err), &err);
    ok(oko_group_answers_load(r->w->store, &p, 0, r->school[MIXED], "Б", &group, &err), &err);
    assert_int_equal(group.n, COPIED);
    for (int k = 0; k < 10; k++) /* chances of an item at a total sum to one */
        for (int t = 0; t <= 20; t++) {
            double sum = 0;
            for (int v = 0; v < answers.width; v++)
                sum += (double)answers.chance[((size_t)k * 21 + (size_t)t) * (size_t)answers.width + (size_t)v];
            assert_true(fabs(sum - 1) < 1e-5);
        }
    oko_answers_profile(&answers, &group, seen, expected);
    double total = 0, mean = 0;
    for (int k = 0; k < 10; k++)
        total += seen[k] / 100 * 2;
    for (size_t i = 0; i < group.n; i++)
        mean += group.total[i] / (double)group.n;
    assert_true(fabs(total - mean) < 1e-9);
    assert_true(seen[0] > expected[0] + 20 && seen[1] < expected[1] - 20); /* planted: q % 3 */
    assert_int_equal(oko_answers_pairs(&answers, &group, seen, expected), OKO_OK);
    for (int k = 0; k <= 10; k++) {
        pairs += seen[k];
        other += expected[k];
    }
    assert_true(fabs(pairs - COPIED * (COPIED - 1) / 2.0) < 1e-9);
    assert_true(fabs(other - pairs) < 1e-6);
    assert_true(seen[10] >= 27 * 26 / 2 && expected[10] < 1); /* 27 copies of one work */
    assert_int_equal(oko_answers_clusters(&group, 10, cluster), 1);
    for (int i = 0; i < COPIED; i++)
        assert_int_equal(cluster[i], i % 10 != 0);
    oko_group_answers_clear(&group);
    oko_answers_clear(&answers);
}

static void put_variant(region *r, int64_t procedure, const char *label, uint8_t variant)
{
    enum { WORKS = 250 };
    oko_error err = { 0 };
    oko_sheet *sheet = NULL;
    oko_change change;
    assert_int_equal(oko_sheet_new(WORKS, 10, &sheet), OKO_OK);
    sheet->procedure = procedure;
    sheet->school = r->school[0];
    snprintf(sheet->class_label, sizeof sheet->class_label, "%s", label);
    for (size_t k = 0; k < WORKS; k++) {
        sheet->items[k * 10 + (variant == 1 ? 0 : 9)] = 2; /* the one item that is easy in this variant */
        sheet->total[k] = 2;
        sheet->variant[k] = variant;
        sheet->code[k] = (uint64_t)variant * 1000 + k;
    }
    ok(oko_store_sheet_put(r->w->store, r->w->import, sheet, &change, &err), &err);
    oko_sheet_free(sheet);
}

static void variants_have_chances_of_their_own(void **state)
{
    region *r = *state;
    oko_error err = { 0 };
    oko_procedure p;
    oko_answers answers = { 0 };
    oko_group_answers class = { 0 }, school = { 0 };
    double seen[OKO_MAX_ITEMS + 1], expected[OKO_MAX_ITEMS + 1];
    new_import(r->w);
    begin(r->w);
    int64_t id = region_procedure(r, "2021-06-MA", "ВПР. Математика. 6 класс. 2021");
    put_variant(r, id, "А", 1);
    put_variant(r, id, "Б", 2);
    commit(r->w);
    ok(oko_store_procedure_get(r->w->store, "2021-06-MA", 0, &p, &err), &err);
    ok(oko_answers_load(r->w->store, &p, 0, &answers, &err), &err);
    assert_int_equal(answers.n_tables, 3);
    ok(oko_group_answers_load(r->w->store, &p, 0, r->school[0], "Б", &class, &err), &err);
    ok(oko_group_answers_load(r->w->store, &p, 0, r->school[0], NULL, &school, &err), &err);
    oko_answers_profile(&answers, &class, seen, expected);
    assert_true(fabs(expected[9] - 100) < 1e-4 && fabs(expected[0]) < 1e-4); /* 50 and 50 of both together */
    assert_int_equal(oko_answers_pairs(&answers, &school, seen, expected), OKO_OK);
    assert_true(fabs(seen[10] - 250.0 * 249) < 1e-9); /* no pair of two variants */
    assert_true(fabs(expected[10] - seen[10]) < .5);
    oko_group_answers_clear(&class);
    oko_group_answers_clear(&school);
    oko_answers_clear(&answers);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(without_a_run_the_page_says_what_makes_it),
                                        cmocka_unit_test(every_sign_has_words_picture_and_table),
                                        cmocka_unit_test(nothing_small_is_told),
                                        cmocka_unit_test(a_small_municipality_is_hidden_like_a_school),
                                        cmocka_unit_test(a_region_counts_its_schools),
                                        cmocka_unit_test(workbooks_have_the_same),
                                        cmocka_unit_test(answers_add_up),
                                        cmocka_unit_test(evidence_over_other_data_is_not_shown),
                                        cmocka_unit_test(variants_have_chances_of_their_own) };
    return cmocka_run_group_tests(tests, make, region_drop);
}
