/* Sheets: counts, the BLOB form, hostile bytes. */
#include "domain/sheet.h"

#include "base/random.h"
#include "domain/procedure.h"
#include "support/failing_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A sheet of any values that the struct documents. */
static oko_sheet *random_sheet(oko_rng *rng, size_t n, int n_items)
{
    oko_sheet *s = NULL;
    assert_int_equal(oko_sheet_new(n, n_items, &s), OKO_OK);
    for (size_t i = 0; i < n; i++) {
        s->code[i] = oko_rng_below(rng, 8) == 0 ? oko_rng_u64(rng) : 40000 + i * 3;
        s->variant[i] = (uint8_t)oko_rng_u64(rng);
        s->journal[i] = (int8_t)oko_rng_below(rng, 6);
        s->total[i] = (int16_t)(oko_rng_below(rng, 32769) - 1);
        s->flags[i] = (uint8_t)oko_rng_below(rng, 64);
        for (int k = 0; k < n_items; k++) {
            s->items[i * (size_t)n_items + (size_t)k] = (int8_t)((int)oko_rng_below(rng, 106) + OKO_ITEM_ABSENT);
        }
    }
    return s;
}

static void assert_same(const oko_sheet *a, const oko_sheet *b)
{
    assert_int_equal(a->n, b->n);
    assert_int_equal(a->n_items, b->n_items);
    assert_memory_equal(a->code, b->code, a->n * sizeof *a->code);
    assert_memory_equal(a->variant, b->variant, a->n);
    assert_memory_equal(a->journal, b->journal, a->n);
    assert_memory_equal(a->total, b->total, a->n * sizeof *a->total);
    assert_memory_equal(a->flags, b->flags, a->n);
    assert_memory_equal(a->items, b->items, a->n * (size_t)a->n_items);
}

static void round_trip(void **state)
{
    (void)state;
    oko_rng rng = oko_rng_make(41, 0);
    OKO_CLEANUP(oko_sheet_freep) oko_sheet *reused = NULL;
    for (int i = 0; i < 400; i++) {
        size_t n = oko_rng_below(&rng, i % 20 == 0 ? 3000 : 40);
        OKO_CLEANUP(oko_sheet_freep) oko_sheet *s = random_sheet(&rng, n, (int)oko_rng_below(&rng, OKO_MAX_ITEMS + 1));
        OKO_CLEANUP(oko_sheet_freep) oko_sheet *fresh = NULL;
        OKO_CLEANUP(oko_buffer_free) oko_buffer bytes, again;
        oko_buffer_init(&bytes, 1 << 24);
        oko_buffer_init(&again, 1 << 24);
        oko_buffer_str(&bytes, "before");
        assert_int_equal(oko_sheet_encode(s, &bytes), OKO_OK);
        assert_memory_equal(bytes.ptr, "before", 6);
        assert_int_equal(oko_sheet_decode(bytes.ptr + 6, bytes.len - 6, &fresh), OKO_OK);
        assert_int_equal(oko_sheet_decode(bytes.ptr + 6, bytes.len - 6, &reused), OKO_OK);
        assert_same(s, fresh);
        assert_same(s, reused);
        assert_int_equal(oko_sheet_encode(reused, &again), OKO_OK);
        assert_int_equal(again.len, bytes.len - 6);
        assert_memory_equal(again.ptr, bytes.ptr + 6, again.len);
    }
}

/* The form is written into databases: these bytes must stay readable for ever. */
static void form_is_fixed(void **state)
{
    (void)state;
    static const unsigned char expected[] = { 1,    2,    3,          /* version, works, items */
                                              0xD0, 0x0F, 1,          /* 1000, then −1 */
                                              1,    2,                /* variant */
                                              5,    0,                /* journal */
                                              0x2C, 0x01, 0xFF, 0xFF, /* 300, none */
                                              8,    3,                /* flags */
                                              0,    1,    2,    0xFF, 0xFD, 100 };
    OKO_CLEANUP(oko_sheet_freep) oko_sheet *s = NULL;
    assert_int_equal(oko_sheet_new(2, 3, &s), OKO_OK);
    s->code[0] = 1000;
    s->code[1] = 999;
    s->variant[0] = 1;
    s->variant[1] = 2;
    s->journal[0] = 5;
    s->total[0] = 300;
    s->total[1] = OKO_TOTAL_NONE;
    s->flags[0] = OKO_WORK_ABOVE_MAX;
    s->flags[1] = OKO_WORK_ABSENT | OKO_WORK_NO_TOTAL;
    static const int8_t items[] = { 0, 1, 2, OKO_ITEM_NOT_TRIED, OKO_ITEM_EMPTY, 100 };
    memcpy(s->items, items, sizeof items);
    OKO_CLEANUP(oko_buffer_free) oko_buffer bytes;
    oko_buffer_init(&bytes, 1000);
    assert_int_equal(oko_sheet_encode(s, &bytes), OKO_OK);
    assert_int_equal(bytes.len, sizeof expected);
    assert_memory_equal(bytes.ptr, expected, sizeof expected);
}

static void only_documented_values_are_encoded(void **state)
{
    (void)state;
    oko_rng rng = oko_rng_make(42, 0);
    for (size_t n = 1; n < 40; n++) { /* the place of the bad value moves through the eight-byte steps */
        for (int kind = 0; kind < 8; kind++) {
            OKO_CLEANUP(oko_sheet_freep) oko_sheet *s = random_sheet(&rng, n, 3);
            OKO_CLEANUP(oko_buffer_free) oko_buffer bytes;
            size_t at = oko_rng_below(&rng, (uint32_t)n);
            oko_buffer_init(&bytes, 1 << 20);
            switch (kind) {
            case 0:
                s->journal[at] = 6;
                break;
            case 1:
                s->journal[at] = -1;
                break;
            case 2:
                s->total[at] = -2;
                break;
            case 3:
                s->flags[at] = 64;
                break;
            case 4:
                s->flags[at] = 128;
                break;
            case 5:
                s->items[at * 3 + 1] = 101;
                break;
            case 6:
                s->items[at * 3 + 2] = -6;
                break;
            default:
                s->n_items = OKO_MAX_ITEMS + 1;
                break;
            }
            assert_int_equal(oko_sheet_encode(s, &bytes), OKO_E_ARGUMENT);
            assert_int_equal(bytes.len, 0);
        }
    }
}

static void head_is_checked(void **state)
{
    (void)state;
    static const struct {
        unsigned char bytes[16];
        size_t n;
        oko_status status;
    } cases[] = {
        { { 1, 0, 0 }, 3, OKO_OK },
        { { 1, 0, 120 }, 3, OKO_OK },
        { { 1, 0, 0xFA, 1 }, 4, OKO_OK },       /* 250 items */
        { { 1, 0, 0xFB, 1 }, 4, OKO_E_FORMAT }, /* 251 */
        { { 0 }, 0, OKO_E_FORMAT },
        { { 0, 0, 0 }, 3, OKO_E_FORMAT },
        { { 2, 0, 0 }, 3, OKO_E_VERSION },
        { { 255 }, 1, OKO_E_VERSION },
        { { 1 }, 1, OKO_E_FORMAT },
        { { 1, 0 }, 2, OKO_E_FORMAT },
        { { 1, 0, 0, 0 }, 4, OKO_E_FORMAT },          /* one byte too many */
        { { 1, 0x80, 0, 0 }, 4, OKO_E_FORMAT },       /* long form of 0 */
        { { 1, 0xA0, 0x9C, 1, 0 }, 5, OKO_E_FORMAT }, /* 20000 works without bytes */
        { { 1, 0xA1, 0x9C, 1, 0 }, 5, OKO_E_FORMAT }, /* 20001 */
        { { 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0 }, 12, OKO_E_FORMAT },
        { { 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0 }, 12, OKO_E_FORMAT },
        { { 1, 1, 0, 2, 0, 0, 0, 0, 0 }, 9, OKO_OK },
        { { 1, 1, 0, 0x82, 0, 0, 0, 0, 0, 0 }, 10, OKO_E_FORMAT }, /* long form in a code */
        { { 1, 1, 0, 2, 0, 6, 0, 0, 0 }, 9, OKO_E_FORMAT },        /* journal 6 */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        OKO_CLEANUP(oko_sheet_freep) oko_sheet *s = NULL;
        oko_status status = oko_sheet_decode(cases[i].bytes, cases[i].n, &s);
        if (status != cases[i].status) {
            fail_msg("case %zu: %s", i, oko_status_describe(status)->name);
        }
        assert_int_equal(s != NULL, status == OKO_OK);
    }
}

/* Whatever decode accepts is what encode writes; whatever it refuses leaves an empty sheet. */
static void assert_canonical(const unsigned char *bytes, size_t n, oko_sheet **reused)
{
    /* A copy of the exact size: the sanitizer sees every read behind it. */
    OKO_CLEANUP(oko_freep) unsigned char *exact = malloc(n == 0 ? 1 : n);
    assert_non_null(exact);
    memcpy(exact, bytes, n);
    oko_status status = oko_sheet_decode(exact, n, reused);
    if (status == OKO_OK) {
        OKO_CLEANUP(oko_buffer_free) oko_buffer again;
        oko_buffer_init(&again, 1 << 24);
        assert_int_equal(oko_sheet_encode(*reused, &again), OKO_OK);
        assert_int_equal(again.len, n);
        assert_memory_equal(again.ptr, exact, n);
    } else {
        assert_true(status == OKO_E_FORMAT || status == OKO_E_VERSION);
        assert_true(*reused == NULL || (*reused)->n == 0);
    }
}

static void hostile_bytes(void **state)
{
    (void)state;
    oko_rng rng = oko_rng_make(43, 0);
    OKO_CLEANUP(oko_sheet_freep) oko_sheet *reused = NULL;
    int accepted = 0;
    for (int i = 0; i < 3000; i++) {
        OKO_CLEANUP(oko_sheet_freep)
        oko_sheet *s = random_sheet(&rng, oko_rng_below(&rng, 30), (int)oko_rng_below(&rng, 20));
        OKO_CLEANUP(oko_buffer_free) oko_buffer b;
        oko_buffer_init(&b, 1 << 20);
        assert_int_equal(oko_sheet_encode(s, &b), OKO_OK);
        unsigned char *bytes = (unsigned char *)b.ptr;
        for (int k = 0; k < 20; k++) {
            size_t at = oko_rng_below(&rng, (uint32_t)(k % 2 == 0 && b.len > 8 ? 8 : b.len));
            unsigned char before = bytes[at];
            bytes[at] = (unsigned char)oko_rng_u64(&rng);
            assert_canonical(bytes, b.len, &reused);
            accepted += reused != NULL && reused->n > 0;
            bytes[at] = k % 4 == 3 ? bytes[at] : before; /* some changes stay */
        }
        assert_canonical(bytes, oko_rng_below(&rng, (uint32_t)b.len + 1), &reused);
    }
    assert_true(accepted > 1000); /* the test does reach the inside */
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    oko_rng rng = oko_rng_make(44, 0);
    OKO_CLEANUP(oko_sheet_freep) oko_sheet *s = random_sheet(&rng, 25, 7);
    OKO_CLEANUP(oko_sheet_freep) oko_sheet *reused = NULL;
    OKO_CLEANUP(oko_buffer_free) oko_buffer b;
    oko_buffer_init(&b, 1 << 20);
    assert_int_equal(oko_sheet_encode(s, &b), OKO_OK);
    for (size_t n = 0; n < b.len; n++) {
        assert_int_equal(oko_sheet_decode(b.ptr, n, &reused), OKO_E_FORMAT);
        assert_null(reused);
    }
    oko_buffer_char(&b, 0);
    assert_int_equal(oko_sheet_decode(b.ptr, b.len, &reused), OKO_E_FORMAT);
    assert_int_equal(oko_sheet_decode(b.ptr, b.len - 1, &reused), OKO_OK);
}

static void limits(void **state)
{
    (void)state;
    oko_sheet *s = NULL;
    assert_int_equal(oko_sheet_new(OKO_SHEET_MAX_WORKS + 1, 1, &s), OKO_E_LIMIT);
    assert_int_equal(oko_sheet_new(1, OKO_MAX_ITEMS + 1, &s), OKO_E_ARGUMENT);
    assert_int_equal(oko_sheet_new(1, -1, &s), OKO_E_ARGUMENT);
    assert_null(s);
    OKO_CLEANUP(oko_sheet_freep) oko_sheet *largest = NULL;
    OKO_CLEANUP(oko_sheet_freep) oko_sheet *back = NULL;
    OKO_CLEANUP(oko_buffer_free) oko_buffer b;
    oko_buffer_init(&b, 1 << 24);
    assert_int_equal(oko_sheet_new(OKO_SHEET_MAX_WORKS, OKO_MAX_ITEMS, &largest), OKO_OK);
    assert_int_equal(oko_sheet_encode(largest, &b), OKO_OK);
    assert_int_equal(oko_sheet_decode(b.ptr, b.len, &back), OKO_OK);
    assert_same(largest, back);
    OKO_CLEANUP(oko_buffer_free) oko_buffer small;
    oko_buffer_init(&small, 100);
    assert_int_equal(oko_sheet_encode(largest, &small), OKO_E_LIMIT);
    oko_sheet_free(NULL);
}

static void memory_runs_out(void **state)
{
    (void)state;
    oko_rng rng = oko_rng_make(45, 0);
    OKO_CLEANUP(oko_sheet_freep) oko_sheet *s = random_sheet(&rng, 50, 20);
    OKO_CLEANUP(oko_buffer_free) oko_buffer b;
    oko_buffer_init(&b, 1 << 20);
    assert_int_equal(oko_sheet_encode(s, &b), OKO_OK);
    bool failed = true;
    for (size_t n = 1; failed; n++) {
        OKO_CLEANUP(oko_sheet_freep) oko_sheet *made = NULL;
        OKO_CLEANUP(oko_sheet_freep) oko_sheet *decoded = NULL;
        OKO_CLEANUP(oko_sheet_freep) oko_sheet *reused = NULL;
        OKO_CLEANUP(oko_buffer_free) oko_buffer out;
        oko_buffer_init(&out, 1 << 20);
        assert_int_equal(oko_sheet_new(2, 2, &reused), OKO_OK);
        failing_alloc_arm(n);
        oko_status status = oko_sheet_new(50, 20, &made);
        if (status == OKO_OK) {
            status = oko_sheet_decode(b.ptr, b.len, &decoded);
        } else {
            assert_null(made);
        }
        if (status == OKO_OK) {
            status = oko_sheet_decode(b.ptr, b.len, &reused);
            assert_int_equal(reused->n, status == OKO_OK ? 50 : 0);
        } else {
            assert_null(decoded);
        }
        if (status == OKO_OK) {
            status = oko_sheet_encode(s, &out);
        }
        failed = failing_alloc_disarm();
        assert_int_equal(status, failed ? OKO_E_MEMORY : OKO_OK);
        assert_int_equal(oko_sheet_decode(b.ptr, b.len, &reused), OKO_OK); /* usable after the failure */
        assert_same(reused, s);
        assert_true(n < 100);
    }
}

static void counts(void **state)
{
    (void)state;
    static const uint8_t flags[] = { 0,
                                     OKO_WORK_ABSENT,
                                     OKO_WORK_ABSENT | OKO_WORK_NO_TOTAL,
                                     OKO_WORK_NO_TOTAL,
                                     OKO_WORK_NO_TOTAL,
                                     OKO_WORK_BAD_TOTAL,
                                     OKO_WORK_ABOVE_MAX,
                                     OKO_WORK_SUM_MISMATCH | OKO_WORK_REPAIRED };
    static const int16_t total[] = { 7, 11, OKO_TOTAL_NONE, OKO_TOTAL_NONE, OKO_TOTAL_NONE, OKO_TOTAL_NONE, 300, 13 };
    OKO_CLEANUP(oko_sheet_freep) oko_sheet *s = NULL;
    assert_int_equal(oko_sheet_new(8, 0, &s), OKO_OK);
    memcpy(s->flags, flags, sizeof flags);
    memcpy(s->total, total, sizeof total);
    oko_counts c, twice;
    oko_sheet_count(s, &c);
    const oko_counts expected = { .rows = 8,
                                  .participants = 3,
                                  .absent = 2,
                                  .no_total = 3,
                                  .bad_total = 1,
                                  .above_max = 1,
                                  .sum_mismatch = 1,
                                  .sum = 31,
                                  .sum_sq = 49 + 121 + 169 };
    assert_memory_equal(&c, &expected, sizeof c);
    twice = c;
    oko_counts_add(&twice, &c);
    const int64_t *a = (const int64_t *)&twice, *b = (const int64_t *)&expected;
    for (size_t i = 0; i < sizeof c / sizeof *a; i++) { /* every member is added */
        assert_int_equal(a[i], 2 * b[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_trip),
        cmocka_unit_test(form_is_fixed),
        cmocka_unit_test(only_documented_values_are_encoded),
        cmocka_unit_test(head_is_checked),
        cmocka_unit_test(hostile_bytes),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(limits),
        cmocka_unit_test(memory_runs_out),
        cmocka_unit_test(counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
