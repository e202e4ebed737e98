/* Encodings of delimited text: found for short and long Russian texts, undone over any chunks. */
#include "base/memory.h"
#include "intake/container_rows.h"
#include "intake/encoding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <iconv.h>

#include <cmocka.h>

static const struct {
    oko_encoding encoding;
    const char *name;
} single[] = { { OKO_ENCODING_CP1251, "CP1251" }, { OKO_ENCODING_KOI8R, "KOI8-R" }, { OKO_ENCODING_CP866, "CP866" } };

/* text (UTF-8) in another encoding; returns its length, 0 when the encoding lacks one of its characters. */
static size_t encoded(const char *name, const char *text, char *to, size_t bytes)
{
    iconv_t cd = iconv_open(name, "UTF-8");
    assert_true(cd != (iconv_t)-1);
    char *from = (char *)(uintptr_t)text, *out = to;
    size_t n = strlen(text), room = bytes;
    size_t done = iconv(cd, &from, &n, &out, &room);
    iconv_close(cd);
    return done == 0 ? bytes - room : 0;
}

/* Heads and rows as exports have them; the shortest are one word. */
static const char *const texts[] = {
    "класс",
    "Класс;Вариант",
    "ШКОЛА;КЛАСС;ИТОГО",
    "логин;итого\nedu201;5\n",
    "логин школы;регион;номер обучающегося;код обучающегося\nsch1;МО 43;1;1001\n",
    "Муниципалитет;ОО\nТарский район;МБОУ \"СОШ № 1\"\n",
    "Код участника;Отметка\n1;отсутствовал\n2;нет отметки\n",
    "ОУ;Ё\nСреднее;ё\n",
    "МКОУ «Екатеринославская школа»;4А;нет\n",
    "ФИО\nЩукин\nЮдина\nЖуков\n",
    "Х;х;не пройд.\n",
    "ЛОГИН ШКОЛЫ;МУНИЦИПАЛИТЕТ;КЛАСС;ВСЕГО БАЛЛОВ",
    "ФИО;ПОЛ;ДАТА;РАЙОН",
    "ВПР;РУССКИЙ ЯЗЫК",
    "ОТСУТСТВОВАЛ",
};

static void russian_encodings_are_told_apart(void **state)
{
    (void)state;
    size_t tried = 0;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        for (size_t e = 0; e < 3; e++) {
            char bytes[512];
            size_t n = encoded(single[e].name, texts[i], bytes, sizeof bytes);
            if (n == 0) {
                continue; /* KOI8-R and CP866 lack « and № */
            }
            tried++;
            oko_source source = { .bytes = bytes, .size = n };
            oko_encoding found;
            size_t bom;
            oko_error err;
            assert_int_equal(oko_encoding_detect(&source, &found, &bom, &err), OKO_OK);
            if (found != single[e].encoding) {
                print_message("%s in %s taken for %d\n", texts[i], single[e].name, (int)found);
            }
            assert_int_equal(found, single[e].encoding);
            assert_int_equal(bom, 0);
        }
    }
    assert_int_equal(tried, 3 * sizeof texts / sizeof texts[0] - 3);
}

/* Two letters tell nothing: they are taken as the commonest of the three. */
static void too_little_to_tell(void **state)
{
    (void)state;
    oko_source source = { .bytes = "\xe0;\xe1\n1;2\n", .size = 8 };
    oko_encoding found;
    size_t bom;
    oko_error err;
    assert_int_equal(oko_encoding_detect(&source, &found, &bom, &err), OKO_OK);
    assert_int_equal(found, OKO_ENCODING_CP1251);
}

/* The whole way: a table in every encoding gives the same rows. */
static void rows_are_the_same(void **state)
{
    (void)state;
    static const char text[] = "логин;класс;отметка по журналу\nedu1;4А;\"пять; \"\"5\"\"\"\nedu2;4Ё;нет\n";
    static const char expected[] =
        "[]\n1: A=логин B=класс C=отметка по журналу\n2: A=edu1 B=4А C=пять; \"5\"\n3: A=edu2 B=4Ё C=нет\n";
    const struct {
        const char *name, *bom;
        size_t n_bom;
    } all[] = { { "UTF-8", "", 0 },
                { "UTF-8", "\xef\xbb\xbf", 3 },
                { "UTF-16LE", "\xff\xfe", 2 },
                { "UTF-16BE", "\xfe\xff", 2 },
                { "CP1251", "", 0 },
                { "KOI8-R", "", 0 },
                { "CP866", "", 0 } };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        char bytes[1024];
        memcpy(bytes, all[i].bom, all[i].n_bom);
        size_t n = all[i].n_bom + encoded(all[i].name, text, bytes + all[i].n_bom, sizeof bytes - all[i].n_bom);
        told t = { .stop_at = 0 };
        oko_rows_sink sink = told_sink(&t);
        oko_error err;
        assert_int_equal(oko_csv_read_memory(bytes, n, &sink, &err), OKO_OK);
        assert_string_equal(t.text, expected);
    }
}

static void assert_broken(const char *bytes, size_t n, const char *line)
{
    told t = { .stop_at = 0 };
    oko_rows_sink sink = told_sink(&t);
    oko_error err;
    assert_int_equal(oko_csv_read_memory(bytes, n, &sink, &err), OKO_E_FORMAT);
    assert_string_equal(err.id, "intake.encoding");
    assert_string_equal(err.arg[0], line);
}

/* UTF-8 that is broken in one place is an error there, not a text in another encoding. */
static void broken_utf8(void **state)
{
    (void)state;
    char text[2048];
    size_t n = 0;
    for (int i = 0; i < 30; i++) {
        n += (size_t)snprintf(text + n, sizeof text - n, "школа;%d\n", i);
    }
    memcpy(text + n, "\xd0", 2);
    assert_broken(text, n + 1, "31"); /* cut in the middle of a letter */
    text[n] = '\0';
    memcpy(strstr(text, ";7\n"), "\xc3;\n", 3);
    assert_broken(text, n, "8");
    assert_broken("\xef\xbb\xbf"
                  "a;b\n\xff;1\n",
                  10, "2");
    n = encoded("CP1251", "школа;класс\nа;б\n", text, sizeof text);
    memcpy(text + n, "\x98;1\n", 4); /* no character of Windows-1251 */
    assert_broken(text, n + 4, "3");
}

/* Overlong forms, surrogates and what lies beyond U+10FFFF are not UTF-8. */
static void strict_utf8(void **state)
{
    (void)state;
    const char *const bad[] = { "\xc0\xaf",         "\xe0\x80\xaf",         "\xed\xa0\x80",
                                "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\x80" };
    const char *const good[] = { "\xc2\x80",     "\xe0\xa0\x80",     "\xed\x9f\xbf",
                                 "\xee\x80\x80", "\xf4\x8f\xbf\xbf", "\xf0\x90\x80\x80" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char text[32];
        oko_encoding found;
        size_t bom;
        oko_error err;
        (void)snprintf(text, sizeof text, "\xef\xbb\xbf%s", bad[i]);
        oko_source source = { .bytes = text, .size = strlen(text) };
        assert_int_equal(oko_encoding_detect(&source, &found, &bom, &err), OKO_E_FORMAT);
        source = (oko_source){ .bytes = good[i], .size = strlen(good[i]) };
        assert_int_equal(oko_encoding_detect(&source, &found, &bom, &err), OKO_OK);
        assert_int_equal(found, OKO_ENCODING_UTF8);
    }
}

/* Letters far behind the beginning count: the file is looked at to its end. */
static void late_letters(void **state)
{
    (void)state;
    enum { N = 900000 };
    OKO_CLEANUP(oko_freep) char *text = malloc(N + 64);
    assert_non_null(text);
    for (size_t i = 0; i < N; i++) {
        text[i] = "id;1\n"[i % 5];
    }
    size_t n = N + encoded("CP1251", "школа;класс\n", text + N, 64);
    oko_source source = { .bytes = text, .size = n };
    oko_encoding found;
    size_t bom;
    oko_error err;
    assert_int_equal(oko_encoding_detect(&source, &found, &bom, &err), OKO_OK);
    assert_int_equal(found, OKO_ENCODING_CP1251);
}

/* Every way to cut a text into two chunks gives the same letters. */
static void decoding_in_chunks(void **state)
{
    (void)state;
    static const char text[] = "Ж;😀;x";
    const struct {
        const char *name;
        oko_encoding encoding;
    } wide[] = { { "UTF-16LE", OKO_ENCODING_UTF16LE }, { "UTF-16BE", OKO_ENCODING_UTF16BE } };
    for (size_t i = 0; i < 2; i++) {
        char bytes[64];
        size_t n = encoded(wide[i].name, text, bytes, sizeof bytes);
        for (size_t cut = 0; cut <= n; cut++) {
            oko_decoder d;
            char out[3 * (sizeof bytes + 4)];
            assert_true(oko_decoder_init(&d, wide[i].encoding));
            size_t len = oko_decoder_run(&d, (unsigned char *)bytes, cut, false, out);
            len += oko_decoder_run(&d, (unsigned char *)bytes + cut, n - cut, true, out + len);
            assert_int_equal(len, sizeof text - 1);
            assert_memory_equal(out, text, len);
        }
        oko_decoder d;
        char out[64];
        assert_true(oko_decoder_init(&d, wide[i].encoding));
        assert_true(oko_decoder_run(&d, (unsigned char *)bytes, 5, true, out) == SIZE_MAX); /* half a unit */
        assert_true(oko_decoder_init(&d, wide[i].encoding));
        assert_true(oko_decoder_run(&d, (unsigned char *)bytes, 6, true, out) == SIZE_MAX); /* half a pair */
    }
    oko_decoder d;
    char out[64];
    assert_true(oko_decoder_init(&d, OKO_ENCODING_UTF16LE));
    assert_true(oko_decoder_run(&d, (const unsigned char *)"\0\0", 2, true, out) == SIZE_MAX);
    assert_true(oko_decoder_run(&d, (const unsigned char *)"\x00\xdc", 2, true, out) == SIZE_MAX);
    assert_true(oko_decoder_run(&d, (const unsigned char *)"\x00\xd8x\0", 4, true, out) == SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(russian_encodings_are_told_apart),
        cmocka_unit_test(too_little_to_tell),
        cmocka_unit_test(rows_are_the_same),
        cmocka_unit_test(broken_utf8),
        cmocka_unit_test(strict_utf8),
        cmocka_unit_test(late_letters),
        cmocka_unit_test(decoding_in_chunks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
