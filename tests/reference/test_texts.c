/* The catalogue: both languages say the same, numbers and plural forms are written as the language does. */
#include "base/memory.h"
#include "reference/embedded.h"
#include "reference/json.h"
#include "reference/text.h"

#include "support/failing_alloc.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NS "\xE2\x80\xAF" /* narrow no-break space */
#define NBSP "\xC2\xA0"   /* no-break space */

typedef struct both {
    oko_text *ru, *en;
    oko_arena *arena;
} both;

static int set_up(void **state)
{
    both *b = calloc(1, sizeof *b);
    oko_error err = { .code = OKO_OK };
    if (b == NULL || oko_arena_new(0, &b->arena) != OKO_OK || oko_text_open("ru", &b->ru, &err) != OKO_OK ||
        oko_text_open("en", &b->en, &err) != OKO_OK) {
        print_error("%s %s\n", err.id, err.field);
        return -1;
    }
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    both *b = *state;
    oko_text_free(b->ru);
    oko_text_free(b->en);
    oko_arena_free(b->arena);
    free(b);
    return 0;
}

/* ---- the files ---- */

/* Adds the places of one pattern to a sorted, comma-joined set. */
static void add_places(const char *pattern, char places[32][32], size_t *n)
{
    for (const char *at = strchr(pattern, '{'); at != NULL; at = strchr(at + 1, '{')) {
        size_t len = strcspn(at + 1, "{}");
        assert_true(at[1 + len] == '}' && len > 0 && len < 32);
        char name[32] = "";
        memcpy(name, at + 1, len);
        size_t i = 0;
        while (i < *n && strcmp(places[i], name) != 0) {
            i++;
        }
        if (i == *n) {
            assert_true(*n < 32);
            memcpy(places[(*n)++], name, sizeof name);
        }
    }
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static size_t places_of(const json_t *value, char places[32][32])
{
    size_t n = 0;
    if (json_is_object(value)) {
        const char *form = NULL;
        json_t *pattern = NULL;
        json_object_foreach((json_t *)(uintptr_t)value, form, pattern)
        {
            add_places(json_string_value(pattern), places, &n);
        }
    } else {
        add_places(json_string_value(value), places, &n);
    }
    qsort(places, n, sizeof places[0], by_text);
    return n;
}

static json_t *load(const char *lang, const char *module)
{
    char path[128] = "text/";
    strcat(path, lang);
    strcat(path, "/");
    strncat(path, module, 100);
    oko_str bytes;
    json_t *json = NULL;
    oko_error err;
    if (!oko_embedded_find(path, &bytes)) {
        fail_msg("no file %s", path);
    }
    if (oko_json_parse(bytes, path, &json, &err) != OKO_OK) {
        fail_msg("%s: line %s", path, err.arg[0]);
    }
    return json;
}

static void same_keys_and_places(const char *lang, const char *other, const char *module)
{
    json_t *mine = load(lang, module);
    json_t *theirs = load(other, module);
    const char *key = NULL;
    json_t *value = NULL;
    int bad = 0;
    json_object_foreach(mine, key, value)
    {
        const json_t *twin = json_object_get(theirs, key);
        if (twin == NULL) {
            print_error("%s/%s: %s is missing in %s\n", lang, module, key, other);
            bad++;
            continue;
        }
        char a[32][32];
        char b[32][32];
        size_t n = places_of(value, a);
        size_t m = places_of(twin, b);
        bool same = n == m;
        for (size_t i = 0; i < n && same; i++) {
            same = strcmp(a[i], b[i]) == 0;
        }
        if (!same) {
            print_error("%s: different {places} in ru and en\n", key);
            bad++;
        }
        if (strchr(key, '.') == NULL) {
            print_error("%s: a key is module.what\n", key);
            bad++;
        }
    }
    json_decref(mine);
    json_decref(theirs);
    assert_int_equal(bad, 0);
}

static void languages_are_twins(void **state)
{
    (void)state;
    int files = 0;
    const oko_embedded *file = NULL;
    for (size_t i = 0; (file = oko_embedded_at(i)) != NULL; i++) {
        if (strncmp(file->path, "text/ru/", 8) == 0) {
            same_keys_and_places("ru", "en", file->path + 8);
            files++;
        } else if (strncmp(file->path, "text/en/", 8) == 0) {
            same_keys_and_places("en", "ru", file->path + 8);
        }
    }
    assert_true(files >= 2);
}

static void every_status_has_a_sentence(void **state)
{
    const both *b = *state;
    for (int code = 0; code < OKO_STATUS_COUNT; code++) {
        char key[64] = "status.";
        strncat(key, oko_status_describe((oko_status)code)->name, 40);
        assert_true(oko_text_has(b->ru, key));
        assert_true(oko_text_has(b->en, key));
    }
}

/* Letters of a forbidden stem, compared without case for Latin and Cyrillic by folding. */
static void nobody_is_judged(void **state)
{
    (void)state;
    static const char *const stems[] = { "нарушител", "фальсифик", "рейтинг", "мошенн", "виновн",
                                         "жульнич",   "cheat",     "fraud",   "guilty", "culprit" };
    int bad = 0;
    const oko_embedded *file = NULL;
    for (size_t i = 0; (file = oko_embedded_at(i)) != NULL; i++) {
        size_t room = 2 * file->bytes.len + 16;
        char *folded = malloc(room);
        assert_non_null(folded);
        size_t n = oko_str_fold(folded, room, file->bytes);
        for (size_t k = 0; k < sizeof stems / sizeof stems[0]; k++) {
            char stem[64];
            size_t m = oko_str_fold(stem, sizeof stem, oko_str_of(stems[k]));
            /* Folding maps look-alike letters where there is any Cyrillic: try the stem as it is, too. */
            if (oko_str_contains((oko_str){ folded, n }, (oko_str){ stem, m }) ||
                oko_str_contains(file->bytes, oko_str_of(stems[k]))) {
                print_error("%s holds «%s»\n", file->path, stems[k]);
                bad++;
            }
        }
        free(folded);
    }
    assert_int_equal(bad, 0);
}

/* ---- the catalogue ---- */

static void unknown_languages_and_keys(void **state)
{
    const both *b = *state;
    oko_text *text = (oko_text *)0x1;
    oko_error err;
    assert_int_equal(oko_text_open("de", &text, &err), OKO_E_ARGUMENT);
    assert_int_equal(oko_text_open(NULL, &text, &err), OKO_E_ARGUMENT);
    assert_ptr_equal(text, (oko_text *)0x1);
    assert_string_equal(oko_text_get(b->ru, "no.such_key"), "no.such_key");
    assert_false(oko_text_has(b->ru, "no.such_key"));
    assert_string_equal(oko_text_get(b->en, "status.ok"), "Done.");
    assert_string_equal(oko_text_lang(b->en), "en");
    oko_text_free(NULL);
}

static void places_are_filled(void **state)
{
    const both *b = *state;
    const oko_text_arg args[] = { OKO_S("a", "школа"), OKO_I("i", -1234567), OKO_N("x", 12345.678, 1) };
    assert_string_equal(oko_text_make(b->ru, b->arena, "{a}: {i}; {x} {other} {", args, 3),
                        "школа: −1" NS "234" NS "567; 12" NS "345,7 {other} {");
    assert_string_equal(oko_text_make(b->en, b->arena, "{a}{a} {i} {x} {{a}}", args, 3),
                        "школашкола −1,234,567 12,345.7 {школа}");
    assert_string_equal(oko_text_make(b->en, b->arena, "", NULL, 0), "");
}

static void number(const oko_text *text, oko_arena *arena, double value, int decimals, const char *expected)
{
    assert_string_equal(oko_text_number(text, arena, value, decimals), expected);
}

static void numbers_follow_the_language(void **state)
{
    const both *b = *state;
    number(b->ru, b->arena, 12345.6, 1, "12" NS "345,6");
    number(b->en, b->arena, 12345.6, 1, "12,345.6");
    number(b->ru, b->arena, 2021, 0, "2021");
    number(b->ru, b->arena, 9999.96, 1, "10" NS "000,0");
    number(b->ru, b->arena, -0.04, 1, "0,0");
    number(b->ru, b->arena, -0.05, 2, "−0,05");
    number(b->ru, b->arena, 123456789, 0, "123" NS "456" NS "789");
    number(b->ru, b->arena, NAN, 2, "—");
    number(b->ru, b->arena, -INFINITY, 2, "−∞");
    number(b->ru, b->arena, 1e300, 2, "1,00e+300");
    number(b->ru, b->arena, 999999999999999.0, 15, "999" NS "999" NS "999" NS "999" NS "999,000000000000000");
    const oko_text_arg lowest[] = { OKO_I("i", INT64_MIN) };
    assert_string_equal(oko_text_make(b->en, b->arena, "{i}", lowest, 1), "−9,223,372,036,854,775,808");
}

static void p_values_keep_their_tail(void **state)
{
    const both *b = *state;
    static const struct {
        double p, log_p;
        const char *ru;
    } cases[] = {
        { .5, NAN, "0,50" },           { 1, NAN, "1,00" },
        { .0123, NAN, "0,012" },       { .0012, NAN, "0,0012" },
        { .0001, NAN, "0,0001" },      { .00009, -9.3, "<" NBSP "0,0001" },
        { 0, NAN, "<" NBSP "0,0001" }, { 1e-12, -27.63, "10⁻¹²" },
        { 0, -1000, "10⁻⁴³⁴" },        { NAN, NAN, "—" },
        { NAN, -3, "0,050" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(oko_text_p(b->ru, b->arena, cases[i].p, cases[i].log_p), cases[i].ru);
    }
    assert_string_equal(oko_text_p(b->en, b->arena, 1e-5, NAN), "<" NBSP "0.0001");
}

static void errors_become_sentences(void **state)
{
    const both *b = *state;
    oko_error err;
    (void)oko_error_set(&err, OKO_E_FORMAT, "reference.json_end", "my.json");
    oko_error_arg(&err, "%d", 12);
    oko_error_arg(&err, "%d", 3);
    const char *sentence = oko_text_error(b->en, b->arena, &err);
    assert_non_null(strstr(sentence, "my.json"));
    assert_non_null(strstr(sentence, "line 12"));
    (void)oko_error_set(&err, OKO_E_FULL, "", "");
    assert_string_equal(oko_text_error(b->ru, b->arena, &err), oko_text_get(b->ru, "status.full"));
    (void)oko_error_set(&err, OKO_E_FORMAT, "no.such_key", "a.csv");
    oko_error_arg(&err, "%d", 7);
    sentence = oko_text_error(b->ru, b->arena, &err);
    assert_non_null(strstr(sentence, oko_text_get(b->ru, "status.format")));
    assert_non_null(strstr(sentence, "no.such_key 7"));
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    bool failed = true;
    for (size_t n = 1; failed; n++) {
        assert_true(n < 10000);
        oko_text *text = NULL;
        oko_error err;
        failing_alloc_arm(n);
        oko_status status = oko_text_open("ru", &text, &err);
        failed = failing_alloc_disarm();
        assert_int_equal(status, failed ? OKO_E_MEMORY : OKO_OK);
        assert_int_equal(text == NULL, failed);
        oko_text_free(text);
    }
    const both *b = *state;
    failing_alloc_arm(1);
    char *sentence = oko_text_make(b->ru, b->arena, "status.ok", NULL, 0);
    assert_true(failing_alloc_disarm());
    assert_null(sentence);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(languages_are_twins),       cmocka_unit_test(every_status_has_a_sentence),
        cmocka_unit_test(nobody_is_judged),          cmocka_unit_test(unknown_languages_and_keys),
        cmocka_unit_test(places_are_filled),         cmocka_unit_test(numbers_follow_the_language),
        cmocka_unit_test(p_values_keep_their_tail),  cmocka_unit_test(errors_become_sentences),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
