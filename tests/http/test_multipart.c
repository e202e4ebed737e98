/* multipart/form-data, cut in every possible place: the same parts come out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "http/multipart.h"
#include "http/upload.h"

#include <stdio.h>
#include <string.h>

typedef struct got {
    char text[1024];
    size_t n;
} got;

static oko_status on_part(void *ctx, const oko_part *part, oko_error *err)
{
    got *g = ctx;
    (void)err;
    g->n += (size_t)snprintf(g->text + g->n, sizeof g->text - g->n, "[%s|%s|%s|%d]", part->name, part->file_name,
                             part->type, part->number);
    return OKO_OK;
}

static oko_status on_bytes(void *ctx, const oko_part *part, const char *bytes, size_t n, oko_error *err)
{
    got *g = ctx;
    (void)part;
    (void)err;
    memcpy(g->text + g->n, bytes, n);
    g->n += n;
    g->text[g->n] = '\0';
    return OKO_OK;
}

static const char body[] =
    "preamble\r\n--XX\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n\r\n-\r\n--X\r\r\n--XX\r\n"
    "content-disposition: form-data; filename=\"a \\\"b\\\".csv\"; name=file\r\n"
    "Content-Type: text/csv \r\n\r\n1;2\r\n3;4\r\n\r\n--XX--\r\nepilogue";
static const char wanted[] = "[note|||1]\r\n-\r\n--X\r[file|a \"b\".csv|text/csv|1]1;2\r\n3;4\r\n";

static void any_cut_gives_the_same(void **state)
{
    (void)state;
    for (size_t a = 0; a < sizeof body; a++) {
        for (size_t step = 1; step < 4; step++) {
            got g = { .n = 0 };
            oko_multipart *m = NULL;
            assert_int_equal(oko_multipart_new("multipart/form-data; boundary=XX", on_part, on_bytes, &g, &m, NULL),
                             OKO_OK);
            assert_int_equal(oko_multipart_feed(m, body, a, NULL), OKO_OK);
            for (size_t i = a; i < sizeof body - 1; i += step) {
                size_t n = i + step < sizeof body - 1 ? step : sizeof body - 1 - i;
                assert_int_equal(oko_multipart_feed(m, body + i, n, NULL), OKO_OK);
            }
            assert_int_equal(oko_multipart_end(m, NULL), OKO_OK);
            assert_string_equal(g.text, wanted);
            oko_multipart_free(m);
        }
    }
}

static void broken_ones_are_refused(void **state)
{
    (void)state;
    static const char *const types[] = { "multipart/form-data", "multipart/form-data; boundary=",
                                         "multipart/form-data; "
                                         "boundary=\"\"" };
    oko_multipart *m = NULL;
    got g = { .n = 0 };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        assert_int_equal(oko_multipart_new(types[i], on_part, on_bytes, &g, &m, NULL), OKO_E_FORMAT);
    assert_int_equal(oko_multipart_new("multipart/form-data; boundary=\"XX\"", on_part, on_bytes, &g, &m, NULL),
                     OKO_OK);
    assert_int_equal(oko_multipart_feed(m, "--XX\r\nContent-Disposition: form-data\r\n\r\n", 41, NULL), OKO_E_FORMAT);
    oko_multipart_free(m);
    assert_int_equal(oko_multipart_new("multipart/form-data; boundary=XX", on_part, on_bytes, &g, &m, NULL), OKO_OK);
    assert_int_equal(oko_multipart_feed(m, body, sizeof body - 30, NULL), OKO_OK);
    assert_int_equal(oko_multipart_end(m, NULL), OKO_E_FORMAT);
    oko_multipart_free(m);
}

static void names_are_made_harmless(void **state)
{
    (void)state;
    static const char *const samples[][2] = { { "a.xlsx", "a.xlsx" },
                                              { "../../etc/passwd", "passwd" },
                                              { "C:\\x\\отчёт.xlsx", "отчёт.xlsx" },
                                              { "..", "file" },
                                              { "", "file" },
                                              { "a\r\nb", "ab" },
                                              { ".hidden", "hidden" },
                                              { "\xff\xfe", "file" } };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        char name[256];
        oko_upload_name(samples[i][0], name);
        assert_string_equal(name, samples[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_cut_gives_the_same),
        cmocka_unit_test(broken_ones_are_refused),
        cmocka_unit_test(names_are_made_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
