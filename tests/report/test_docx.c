/* DOCX: a package that opens, the same bytes twice, templates filled also where Word has cut the places. */
#include "report/docx_package.h"
#include "report/letter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include <cmocka.h>

/* A part of a package as text; free it. */
static char *part_of(const char *bytes, size_t len, const char *name)
{
    zip_error_t fault;
    zip_error_init(&fault);
    zip_source_t *source = zip_source_buffer_create(bytes, len, 0, &fault);
    zip_t *zip = zip_open_from_source(source, ZIP_CHECKCONS | ZIP_RDONLY, &fault);
    assert_non_null(zip);
    zip_stat_t st;
    assert_int_equal(zip_stat(zip, name, 0, &st), 0);
    char *text = calloc(1, (size_t)st.size + 1);
    zip_file_t *file = zip_fopen(zip, name, 0);
    assert_int_equal(zip_fread(file, text, st.size), (int)st.size);
    (void)zip_fclose(file);
    zip_discard(zip);
    return text;
}

static void test_written(void **state)
{
    (void)state;
    char *bytes[2];
    size_t len[2];
    oko_error err = { 0 };
    for (int i = 0; i < 2; i++) {
        oko_docx *d = NULL;
        static const char *const cells[] = { "а", "б < в" };
        assert_int_equal(oko_docx_new(true, &d), OKO_OK);
        oko_docx_paragraph(d, OKO_DOCX_TITLE, "Дорожная карта");
        oko_docx_paragraph(d, OKO_DOCX_BODY, "Строка\nвторая & последняя\x01");
        oko_docx_table(d, 2, NULL);
        oko_docx_row(d, true, cells);
        oko_docx_row(d, false, cells);
        oko_docx_table_end(d);
        assert_int_equal(oko_docx_finish(d, &bytes[i], &len[i], &err), OKO_OK);
        oko_docx_free(d);
    }
    assert_int_equal(len[0], len[1]);
    assert_memory_equal(bytes[0], bytes[1], len[0]);
    char *document = part_of(bytes[0], len[0], "word/document.xml");
    assert_non_null(strstr(document, "Дорожная карта"));
    assert_non_null(strstr(document, "б &lt; в"));
    assert_non_null(strstr(document, "Строка</w:t><w:br/>"));
    assert_non_null(strstr(document, "вторая &amp; последняя\xEF\xBF\xBD</w:t>"));
    assert_non_null(strstr(document, "w:orient=\"landscape\""));
    free(document);
    free(part_of(bytes[0], len[0], "[Content_Types].xml"));
    free(bytes[0]);
    free(bytes[1]);
}

static void fill(const char *body, const char *values, char **ret_document)
{
    const oko_docx_part parts[] = { { "[Content_Types].xml", OKO_STR("<Types/>") },
                                    { "word/document.xml", oko_str_of(body) },
                                    { "word/header1.xml", OKO_STR("<w:p><w:t>{{number}}</w:t></w:p>") },
                                    { "word/media/image1.png", OKO_STR("{{number}}") } };
    oko_error err = { 0 };
    char *template = NULL, *filled = NULL;
    size_t n, m;
    assert_int_equal(oko_docx_pack(parts, 4, &template, &n, &err), OKO_OK);
    json_t *v = json_loads(values, 0, NULL);
    assert_int_equal(oko_docx_fill((oko_str){ template, n }, v, &filled, &m, &err), OKO_OK);
    json_decref(v);
    *ret_document = part_of(filled, m, "word/document.xml");
    char *header = part_of(filled, m, "word/header1.xml"), *image = part_of(filled, m, "word/media/image1.png");
    assert_null(strstr(header, "{{"));
    assert_string_equal(image, "{{number}}");
    free(header);
    free(image);
    free(template);
    free(filled);
}

static void test_filled(void **state)
{
    (void)state;
    char *document;
    /* Cut into three runs, with a tab and an untouched paragraph beside it. */
    fill("<w:body><w:p><w:r><w:t>№ {</w:t></w:r><w:r><w:tab/><w:t "
         "xml:space=\"preserve\">{num</w:t></w:r><w:r><w:t>ber}} "
         "от {{date}}</w:t></w:r></w:p><w:p><w:r><w:t>Без "
         "мест</w:t></w:r></w:p><w:p><w:t>{{text}}{{nothing}}</w:t></w:p>"
         "</w:body>",
         "{\"number\": \"7/2021\", \"date\": \"11.05.2021\", \"text\": \"a <b>\\nc {{date}}\"}", &document);
    assert_non_null(strstr(document, "№ 7/2021 от 11.05.2021"));
    assert_non_null(strstr(document, "<w:r><w:t>Без мест</w:t></w:r>"));
    assert_non_null(strstr(document, "a &lt;b&gt;</w:t><w:br/><w:t xml:space=\"preserve\">c {{date}}</w:t>"));
    assert_null(strstr(document, "{{nothing"));
    free(document);
}

/* Each place once, in the order of the text, also where Word has cut it. */
static void test_places(void **state)
{
    (void)state;
    const oko_docx_part parts[] = {
        { "[Content_Types].xml", OKO_STR("<Types/>") },
        { "word/document.xml",
          OKO_STR("<w:p><w:t>{{text}} {</w:t></w:r><w:r><w:t>{ number }}</w:t></w:p><w:p><w:t>{{text}}"
                  " {{not closed</w:t></w:p>") },
        { "word/header1.xml", OKO_STR("<w:p><w:t>{{date}}</w:t></w:p>") },
        { "docProps/core.xml", OKO_STR("<w:p><w:t>{{other}}</w:t></w:p>") }
    };
    oko_error err = { 0 };
    char *template = NULL;
    size_t n;
    json_t *names = NULL, *wanted = json_loads("[\"text\",\"number\",\"date\"]", 0, NULL);
    assert_int_equal(oko_docx_pack(parts, 4, &template, &n, &err), OKO_OK);
    assert_int_equal(oko_docx_places((oko_str){ template, n }, &names, &err), OKO_OK);
    assert_true(json_equal(names, wanted));
    assert_int_equal(oko_docx_places(OKO_STR("PK no zip"), &names, &err), OKO_E_FORMAT);
    json_decref(wanted);
    json_decref(names);
    free(template);
}

/* What is missing says when it comes. */
static void test_unfilled(void **state)
{
    (void)state;
    json_t *m =
        json_loads("{\"state\":\"approved\",\"text\":\"т\",\"number\":\"\",\"signer\":\"\",\"measures\":[]}", 0, NULL);
    json_t *places = json_loads("[\"text\",\"number\",\"signer\",\"measures\",\"stamp\"]", 0, NULL), *list = NULL;
    json_t *wanted = json_loads("[{\"place\":\"number\",\"why\":\"sent\"},{\"place\":\"signer\",\"why\":\"empty\"},"
                                "{\"place\":\"measures\",\"why\":\"empty\"},{\"place\":\"stamp\",\"why\":\"unknown\"}]",
                                0, NULL);
    assert_int_equal(oko_letter_unfilled(m, places, &list), OKO_OK);
    assert_true(json_equal(list, wanted));
    json_decref(list);
    assert_int_equal(oko_letter_unfilled(m, NULL, &list), OKO_OK); /* the built-in form has all of them */
    assert_int_equal(json_array_size(list), 10);
    json_decref(list);
    json_decref(wanted);
    json_decref(places);
    json_decref(m);
}

static void test_no_template(void **state)
{
    (void)state;
    oko_error err = { 0 };
    char *bytes = NULL;
    size_t n;
    json_t *v = json_object();
    assert_int_equal(oko_docx_fill(OKO_STR("not a zip"), v, &bytes, &n, &err), OKO_E_FORMAT);
    const oko_docx_part parts[] = { { "other.xml", OKO_STR("<x/>") } };
    char *other = NULL;
    assert_int_equal(oko_docx_pack(parts, 1, &other, &n, &err), OKO_OK);
    assert_int_equal(oko_docx_fill((oko_str){ other, n }, v, &bytes, &n, &err), OKO_E_FORMAT);
    free(other);
    json_decref(v);
}

static void test_letter(void **state)
{
    (void)state;
    oko_error err = { 0 };
    json_t *m =
        json_loads("{\"number\":\"001/2021\",\"date\":\"11.05.2021\",\"addressee\":\"Школа <7>\",\"subject\":\"О "
                   "результатах\",\"deadline\":\"11.06.2021\",\"sender\":\"РЦОКО\",\"signer\":\"Руководитель\","
                   "\"text\":\"Один.\\nДва.\",\"paragraphs\":[\"Один.\",\"Два.\"],\"cases\":[{\"school\":\"Школа "
                   "7\",\"sign\":\"Границы отметок\",\"procedure\":\"2021-04-MA\",\"statement\":\"\"}],"
                   "\"measures\":[{\"code\":\"criteria\",\"name\":\"Согласование критериев\",\"evidence\":"
                   "\"протокол\"}]}",
                   0, NULL);
    assert_non_null(m);
    OKO_CLEANUP(oko_buffer_free) oko_buffer html = { 0 };
    oko_buffer_init(&html, 1000000);
    assert_int_equal(oko_letter_html(m, &html), OKO_OK);
    assert_non_null(strstr(html.ptr, "Школа &lt;7&gt;"));
    assert_non_null(strstr(html.ptr, "№ 001/2021 от 11.05.2021"));
    assert_non_null(strstr(html.ptr, "Согласование критериев (протокол)"));
    assert_null(strstr(html.ptr, "{"
                                 "{"));
    char *bytes = NULL;
    size_t n;
    assert_int_equal(oko_letter_docx(m, (oko_str){ 0 }, &bytes, &n, &err), OKO_OK);
    char *document = part_of(bytes, n, "word/document.xml");
    assert_non_null(strstr(document, "Школа 7, 2021-04-MA: границы отметок"));
    assert_non_null(strstr(document, "Ответ просим направить до 11.06.2021."));
    free(document);
    free(bytes);
    json_decref(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_written),  cmocka_unit_test(test_filled),      cmocka_unit_test(test_places),
        cmocka_unit_test(test_unfilled), cmocka_unit_test(test_no_template), cmocka_unit_test(test_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
