/* Descriptions of procedures: the built-in ones, the forms people may write, and what is refused. */
#include "base/memory.h"
#include "reference/procedures.h"

#include "support/failing_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct catch
{
    int n;
    oko_procedure p[32];
}
catch;

static oko_status keep(void *ctx, const oko_procedure *p)
{
    catch *c = ctx;
    assert_true(c->n < 32);
    c->p[c->n++] = *p;
    return OKO_OK;
}

static catch *fresh(void)
{
    catch *c = calloc(1, sizeof *c);
    assert_non_null(c);
    return c;
}

static oko_status read_text(const char *text, catch *c, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *json = NULL;
    assert_int_equal(oko_json_parse(oko_str_of(text), "t", &json, err), OKO_OK);
    return oko_procedures_read(json, keep, c, err);
}

/* Cut-offs and maxima of the published scales (domain facts §8.5). */
static void builtin_procedures_are_the_published_ones(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        int max, items, c[3], sum_of_squares;
        oko_kind kind;
    } expected[] = {
        { "2020-04-MA", 20, 15, { 6, 10, 15 }, 30, OKO_KIND_VPR },
        { "2020-04-RU", 38, 20, { 14, 24, 33 }, 88, OKO_KIND_VPR },
        { "2021-04-MA", 20, 15, { 6, 10, 15 }, 30, OKO_KIND_VPR },
        { "2021-04-RU", 38, 20, { 14, 24, 33 }, 88, OKO_KIND_VPR },
        { "2021-05-MA", 20, 16, { 7, 11, 15 }, 28, OKO_KIND_VPR },
        { "2021-05-RU", 45, 21, { 18, 29, 39 }, 111, OKO_KIND_VPR },
        { "2021-06-MA", 16, 13, { 6, 10, 14 }, 22, OKO_KIND_VPR },
        { "2021-06-RU", 51, 25, { 25, 35, 45 }, 123, OKO_KIND_VPR },
        { "2021-09-MA", 31, 0, { 8, 15, 22 }, 0, OKO_KIND_OGE },
        { "2021-09-RU", 33, 0, { 15, 23, 29 }, 0, OKO_KIND_OGE },
        { "2022-09-MA", 31, 0, { 8, 15, 22 }, 0, OKO_KIND_OGE },
        { "2022-09-RU", 33, 0, { 15, 23, 29 }, 0, OKO_KIND_OGE },
        { "2022-11-MA", 21, 0, { 7, 12, 17 }, 0, OKO_KIND_EGE },
        { "2022-11-MP", 31, 0, { 0 }, 0, OKO_KIND_EGE },
        { "2022-11-RU", 58, 0, { 0 }, 0, OKO_KIND_EGE }, /* a state exam of grade 11 gives no marks */
        { "2026-04-RU", 24, 15, { 10, 16, 21 }, 44, OKO_KIND_VPR },
    };
    catch *c = fresh();
    oko_error err;
    assert_int_equal(oko_procedures_builtin(keep, c, &err), OKO_OK);
    assert_int_equal(c->n, sizeof expected / sizeof expected[0]);
    for (int i = 0; i < c->n; i++) {
        const oko_procedure *p = &c->p[i];
        assert_string_equal(p->code, expected[i].code);
        assert_int_equal(p->kind, expected[i].kind);
        assert_int_equal(p->max_total, expected[i].max);
        assert_int_equal(p->n_items, expected[i].items);
        assert_int_equal(p->n_cutoffs, expected[i].c[0] > 0 ? 3 : 0);
        assert_int_equal(p->first_mark, 2);
        int squares = 0;
        for (int j = 0; j < p->n_items; j++) {
            squares += p->items[j].max * p->items[j].max;
        }
        assert_int_equal(squares, expected[i].sum_of_squares);
        for (int k = 0; k < 3; k++) {
            assert_int_equal(p->cutoffs[k], expected[i].c[k]);
        }
        assert_string_equal(p->n_items == 0 ? "" : p->items[p->n_items - 1].label, p->n_items == 0    ? ""
                                                                                   : p->n_items == 15 ? "15"
                                                                                   : p->n_items == 20 ? "20"
                                                                                   : p->n_items == 16 ? "16"
                                                                                   : p->n_items == 21 ? "21"
                                                                                   : p->n_items == 13 ? "13"
                                                                                                      : "25");
        assert_true(p->title[0] != '\0' && strcmp(p->title, p->code) != 0);
        assert_true(p->source[0] != '\0');
    }
    free(c);
}

static void items_may_be_written_in_every_form(void **state)
{
    (void)state;
    static const char *const forms[] = {
        "\"1,1,2\"",        "\"1×2, 2\"",
        "\"1x2;2\"",        "\" 1*2 2 \"",
        "\"1(1)2(1)3(2)\"", "\"1 (1б), 2 (1б), 3 (2б)\"",
        "[1, 1, 2]",        "[{\"max\": 1}, 1, {\"label\": \"3\", \"max\": 2}]",
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        char text[512];
        (void)snprintf(text, sizeof text,
                       "{\"procedures\":[{\"code\":\"2030-07-BI\",\"kind\":\"РДР\",\"max\":4,\"items\":%s}]}",
                       forms[i]);
        catch *c = fresh();
        oko_error err;
        assert_int_equal(read_text(text, c, &err), OKO_OK);
        assert_int_equal(c->p[0].n_items, 3);
        assert_int_equal(c->p[0].kind, OKO_KIND_RDR);
        assert_int_equal(c->p[0].n_cutoffs, 0);
        static const int16_t max[] = { 1, 1, 2 };
        static const char *const label[] = { "1", "2", "3" };
        for (int j = 0; j < 3; j++) {
            assert_int_equal(c->p[0].items[j].max, max[j]);
            assert_string_equal(c->p[0].items[j].label, label[j]);
        }
        free(c);
    }
}

static const char full[] =
    "{\"procedures\":[{\"code\":\"2022-09-MA-K\",\"kind\":\"ОГЭ\",\"year\":2022,\"grade\":9,\"subject\":\"MA\","
    "\"title\":\"ОГЭ\",\"date\":\"2022-05-27\",\"max\":8,\"items\":[{\"label\":\"1\",\"max\":1,\"level\":\"Б\"},"
    "{\"label\":\"13К1\",\"max\":3,\"level\":\"П\"},{\"label\":\"13К2\",\"max\":4,\"level\":\"В\"}],"
    "\"cutoffs\":{\"5\":7,\"3\":3,\"4\":5},\"gaps\":[2,6],\"aliases\":[\"Математика (ОГЭ)\"],"
    "\"source\":\"приказ\",\"comment\":\"заметка\"}]}";

static void every_member_is_read(void **state)
{
    (void)state;
    catch *c = fresh();
    oko_error err;
    assert_int_equal(read_text(full, c, &err), OKO_OK);
    const oko_procedure *p = &c->p[0];
    assert_string_equal(p->code, "2022-09-MA-K");
    assert_int_equal(p->kind, OKO_KIND_OGE);
    assert_int_equal(p->year, 2022);
    assert_int_equal(p->grade, 9);
    assert_string_equal(p->subject, "MA");
    assert_string_equal(p->date, "2022-05-27");
    assert_string_equal(p->items[1].label, "13К1");
    assert_int_equal(p->items[1].level, 'P');
    assert_int_equal(p->items[2].level, 'V');
    assert_int_equal(p->cutoffs[0], 3);
    assert_int_equal(p->cutoffs[2], 7);
    assert_int_equal(p->first_mark, 2);
    assert_int_equal(p->n_gaps, 2);
    assert_int_equal(p->gaps[1], 6);
    assert_string_equal(p->aliases[0], "Математика (ОГЭ)");
    assert_string_equal(p->source, "приказ");
    free(c);
}

static void assert_same(const oko_procedure *a, const oko_procedure *b)
{
    /* Both were built member by member upon zeroes, so they must agree byte for byte. */
    assert_memory_equal(a, b, sizeof *a);
}

static void export_reads_back_equal(void **state)
{
    (void)state;
    catch *c = fresh();
    oko_error err;
    assert_int_equal(oko_procedures_builtin(keep, c, &err), OKO_OK);
    assert_int_equal(read_text(full, c, &err), OKO_OK);
    assert_int_equal(read_text("{\"procedures\":[{\"code\":\"2024-11-RU\",\"kind\":\"ege\",\"max\":50,\"first_mark\":1,"
                               "\"cutoffs\":[24,36]}]}",
                               c, &err),
                     OKO_OK);
    for (int i = 0; i < c->n; i++) {
        json_t *one = oko_procedure_to_json(&c->p[i]);
        assert_non_null(one);
        OKO_CLEANUP(oko_json_freep) json_t *file = json_pack("{s:[o]}", "procedures", one);
        assert_non_null(file);
        catch *again = fresh();
        assert_int_equal(oko_procedures_read(file, keep, again, &err), OKO_OK);
        assert_int_equal(again->n, 1);
        assert_same(&c->p[i], &again->p[0]);
        free(again);
    }
    free(c);
}

static void refused(const char *members, oko_status status, const char *id, const char *field)
{
    char text[2048];
    (void)snprintf(text, sizeof text,
                   "{\"procedures\":[{\"code\":\"2029-04-MA\",\"kind\":\"vpr\",\"max\":3},"
                   "{\"code\":\"2030-04-MA\"%s}]}",
                   members);
    catch *c = fresh();
    oko_error err = { .code = OKO_OK };
    assert_int_equal(read_text(text, c, &err), status);
    assert_string_equal(err.id, id);
    assert_string_equal(err.field, field);
    assert_int_equal(c->n, 0); /* not even the good one before it */
    free(c);
}

#define HEAD ", \"kind\": \"vpr\", \"max\": 4"

static void mistakes_are_named(void **state)
{
    (void)state;
    refused(", \"max\": 4", OKO_E_FORMAT, "reference.procedure_missing", "2030-04-MA: kind");
    refused(", \"kind\": \"vpr\"", OKO_E_FORMAT, "reference.procedure_missing", "2030-04-MA: max");
    refused(", \"kind\": \"проверка\", \"max\": 4", OKO_E_FORMAT, "reference.procedure_kind", "2030-04-MA: kind");
    refused(HEAD ", \"cutofs\": {}", OKO_E_FORMAT, "reference.procedure_unknown", "2030-04-MA");
    refused(HEAD ", \"year\": 2031", OKO_E_CONFLICT, "reference.procedure_contradicts", "2030-04-MA: year");
    refused(HEAD ", \"subject\": \"RU\"", OKO_E_CONFLICT, "reference.procedure_contradicts", "2030-04-MA: subject");
    refused(HEAD ", \"items\": \"1,1,z\"", OKO_E_FORMAT, "reference.procedure_items", "2030-04-MA: items");
    refused(HEAD ", \"items\": \"1×0,4\"", OKO_E_FORMAT, "reference.procedure_items", "2030-04-MA: items");
    refused(HEAD ", \"items\": \"\"", OKO_E_FORMAT, "reference.procedure_items", "2030-04-MA: items");
    refused(HEAD ", \"items\": \"1×9999\"", OKO_E_LIMIT, "reference.procedure_items", "2030-04-MA: items");
    refused(HEAD ", \"items\": [1, \"2\"]", OKO_E_FORMAT, "reference.procedure_type", "2030-04-MA: items[1]");
    refused(HEAD ", \"items\": [1, {\"label\": \"2\"}]", OKO_E_FORMAT, "reference.procedure_missing",
            "2030-04-MA: items[1]");
    refused(HEAD ", \"cutoffs\": {\"3\": 1, \"5\": 3}", OKO_E_FORMAT, "reference.procedure_marks",
            "2030-04-MA: cutoffs");
    refused(HEAD ", \"cutoffs\": [1, 2000]", OKO_E_FORMAT, "reference.procedure_range", "2030-04-MA: cutoffs");
    refused(HEAD ", \"aliases\": \"x\"", OKO_E_FORMAT, "reference.procedure_type", "2030-04-MA: aliases");
    refused("}, {\"code\": \"2029-04-MA\", \"kind\": \"vpr\", \"max\": 3", OKO_E_FORMAT, "reference.procedure_missing",
            "2030-04-MA: kind");
    refused(HEAD "}, {\"code\": \"2029-04-MA\", \"kind\": \"vpr\", \"max\": 3", OKO_E_CONFLICT,
            "reference.procedure_twice", "2029-04-MA");
    refused(HEAD "}, {\"code\": \"проба\"", OKO_E_FORMAT, "reference.procedure_code", "procedures[2]: code");
}

/* What the domain refuses comes with the code and the member in front. */
static void sum_of_items_must_be_the_maximum(void **state)
{
    (void)state;
    catch *c = fresh();
    oko_error err = { .code = OKO_OK };
    assert_int_equal(read_text("{\"procedures\":[{\"code\":\"2030-04-MA\",\"kind\":\"vpr\",\"max\":5,"
                               "\"items\":\"1,1,2\"}]}",
                               c, &err),
                     OKO_E_ARGUMENT);
    assert_memory_equal(err.id, "procedure.", 10);
    assert_memory_equal(err.field, "2030-04-MA: ", 12);
    assert_int_equal(c->n, 0);
    assert_int_equal(read_text("{\"procedures\":{}}", c, &err), OKO_E_FORMAT);
    assert_string_equal(err.id, "reference.procedure_file");
    assert_int_equal(read_text("[]", c, &err), OKO_E_FORMAT);
    free(c);
}

static oko_status stop(void *ctx, const oko_procedure *p)
{
    (void)p;
    ++*(int *)ctx;
    return OKO_E_CANCELLED;
}

static void the_callers_status_comes_back(void **state)
{
    (void)state;
    int calls = 0;
    oko_error err = { .code = OKO_OK };
    assert_int_equal(oko_procedures_builtin(stop, &calls, &err), OKO_E_CANCELLED);
    assert_int_equal(calls, 1);
    assert_int_equal(err.code, OKO_E_CANCELLED);
}

static oko_status count(void *ctx, const oko_procedure *p)
{
    (void)p;
    ++*(int *)ctx;
    return OKO_OK;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    bool failed = true;
    for (size_t n = 1; failed; n++) {
        assert_true(n < 10000);
        int calls = 0;
        oko_error err;
        failing_alloc_arm(n);
        oko_status status = oko_procedures_builtin(count, &calls, &err);
        failed = failing_alloc_disarm();
        assert_int_equal(status, failed ? OKO_E_MEMORY : OKO_OK);
        assert_int_equal(calls, failed ? 0 : 16);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(builtin_procedures_are_the_published_ones),
        cmocka_unit_test(items_may_be_written_in_every_form),
        cmocka_unit_test(every_member_is_read),
        cmocka_unit_test(export_reads_back_equal),
        cmocka_unit_test(mistakes_are_named),
        cmocka_unit_test(sum_of_items_must_be_the_maximum),
        cmocka_unit_test(the_callers_status_comes_back),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
