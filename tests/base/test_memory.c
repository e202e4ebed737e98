/* Arena, buffer, checked allocation; every allocation failed in turn. */
#include "base/hash.h"
#include "base/memory.h"
#include "support/failing_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void arrays_are_checked(void **state)
{
    (void)state;
    assert_null(oko_alloc_array(0, 8));
    assert_null(oko_alloc_array(8, 0));
    assert_null(oko_alloc_array(SIZE_MAX / 2, 3));
    assert_null(oko_calloc_array(SIZE_MAX / 2, 3));
    assert_null(oko_calloc_array(0, 1));
    OKO_CLEANUP(oko_freep) int *zeros = oko_calloc_array(100, sizeof *zeros);
    OKO_CLEANUP(oko_freep) char *nothing = NULL;
    assert_non_null(zeros);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(zeros[i], 0);
    }
    failing_alloc_arm(1);
    assert_null(oko_alloc_array(1, 1));
    assert_true(failing_alloc_disarm());
}

static void grow(void **state)
{
    (void)state;
    OKO_CLEANUP(oko_freep) uint32_t *a = NULL;
    size_t cap = 0, growths = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        size_t before = cap;
        assert_int_equal(oko_grow(&a, &cap, i + 1, sizeof *a, 1000), OKO_OK);
        assert_true(cap > i && cap <= 1000);
        growths += cap != before;
        a[i] = i * 7;
    }
    assert_in_range(growths, 2, 12);
    for (uint32_t i = 0; i < 1000; i++) {
        assert_int_equal(a[i], i * 7);
    }
    uint32_t *same = a;
    assert_int_equal(oko_grow(&a, &cap, 1001, sizeof *a, 1000), OKO_E_LIMIT);
    failing_alloc_arm(1);
    assert_int_equal(oko_grow(&a, &cap, 1001, sizeof *a, 5000), OKO_E_MEMORY);
    assert_true(failing_alloc_disarm());
    assert_ptr_equal(a, same);
    assert_int_equal(cap, 1000);
    assert_int_equal(oko_grow(&a, &cap, SIZE_MAX / 2, sizeof *a, SIZE_MAX), OKO_E_MEMORY); /* bytes overflow */
    assert_ptr_equal(a, same);
}

static void strings(void **state)
{
    (void)state;
    OKO_CLEANUP(oko_freep) char *copy = oko_str_dup((oko_str){ "abcdef", 3 });
    OKO_CLEANUP(oko_freep) char *empty = oko_str_dup((oko_str){ NULL, 0 });
    assert_string_equal(copy, "abc");
    assert_string_equal(empty, "");
    failing_alloc_arm(1);
    assert_null(oko_str_dup(OKO_STR("abc")));
    assert_true(failing_alloc_disarm());
}

static void arena_gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    OKO_CLEANUP(oko_arena_freep) oko_arena *arena = NULL;
    assert_int_equal(oko_arena_new(0, &arena), OKO_OK);
    unsigned char *all[400];
    size_t sizes[400];
    for (size_t i = 0; i < 400; i++) {
        sizes[i] = i % 50 == 49 ? 200000 : i * 7 % 900;
        all[i] = oko_arena_alloc(arena, sizes[i]);
        assert_non_null(all[i]);
        assert_int_equal((uintptr_t)all[i] % 16, 0);
        for (size_t k = 0; k < sizes[i]; k++) {
            assert_int_equal(all[i][k], 0);
        }
        memset(all[i], (int)(i % 251 + 1), sizes[i]);
    }
    size_t total = 0;
    for (size_t i = 0; i < 400; i++) { /* nobody wrote into another's memory */
        total += sizes[i];
        for (size_t k = 0; k < sizes[i]; k++) {
            assert_int_equal(all[i][k], i % 251 + 1);
        }
    }
    assert_true(oko_arena_used(arena) >= total && oko_arena_used(arena) <= total + 400 * 16);
}

static void arena_has_a_limit(void **state)
{
    (void)state;
    OKO_CLEANUP(oko_arena_freep) oko_arena *arena = NULL;
    assert_int_equal(oko_arena_new(1000, &arena), OKO_OK);
    assert_null(oko_arena_alloc(arena, 1001));
    assert_null(oko_arena_alloc(arena, SIZE_MAX));
    assert_null(oko_arena_alloc(arena, SIZE_MAX - 20));
    assert_non_null(oko_arena_alloc(arena, 900));
    assert_null(oko_arena_alloc(arena, 200));
    assert_non_null(oko_arena_alloc(arena, 64));
    oko_arena_free(NULL);
}

static void arena_text(void **state)
{
    (void)state;
    OKO_CLEANUP(oko_arena_freep) oko_arena *arena = NULL;
    assert_int_equal(oko_arena_new(0, &arena), OKO_OK);
    char longer[1000];
    memset(longer, 'y', sizeof longer);
    longer[999] = '\0';
    assert_string_equal(oko_arena_str(arena, (oko_str){ "abcdef", 4 }), "abcd");
    assert_string_equal(oko_arena_str(arena, (oko_str){ NULL, 0 }), "");
    assert_string_equal(oko_arena_printf(arena, "%d-%s", 7, "x"), "7-x");
    assert_string_equal(oko_arena_printf(arena, "%s", longer), longer);
    for (int n = 250; n < 260; n++) { /* around the inner buffer */
        assert_int_equal(strlen(oko_arena_printf(arena, "%*d", n, 1)), n);
    }
}

static void arena_without_memory(void **state)
{
    (void)state;
    bool failed = true;
    for (size_t n = 1; failed; n++) {
        OKO_CLEANUP(oko_arena_freep) oko_arena *arena = NULL;
        failing_alloc_arm(n);
        oko_status status = oko_arena_new(0, &arena);
        bool all = status == OKO_OK;
        for (int i = 0; all && i < 10; i++) {
            all = oko_arena_alloc(arena, 30000) != NULL && oko_arena_printf(arena, "%500d", i) != NULL;
        }
        failed = failing_alloc_disarm();
        assert_int_equal(all, !failed);
        assert_true(n != 1 || (status == OKO_E_MEMORY && arena == NULL));
        if (arena != NULL) { /* still usable */
            assert_non_null(oko_arena_alloc(arena, 100));
        }
        assert_true(n < 50);
    }
}

static void buffer_collects(void **state)
{
    (void)state;
    OKO_CLEANUP(oko_buffer_free) oko_buffer b;
    oko_buffer_init(&b, 1 << 20);
    oko_buffer_add(&b, "", 0);
    assert_int_equal(oko_buffer_status(&b), OKO_OK);
    oko_buffer_str(&b, "ab");
    oko_buffer_str(&b, NULL);
    oko_buffer_view(&b, (oko_str){ "cdef", 2 });
    oko_buffer_char(&b, '!');
    oko_buffer_printf(&b, "%03d", 7);
    assert_string_equal(b.ptr, "abcd!007");
    assert_int_equal(b.len, 8);
    size_t expected = b.len;
    for (int i = 0; i < 300; i++) {
        oko_buffer_printf(&b, "%*d", i, 1);
        expected += i == 0 ? 1 : (size_t)i;
        assert_int_equal(b.len, expected);
        assert_int_equal(strlen(b.ptr), expected);
    }
    assert_int_equal(oko_buffer_status(&b), OKO_OK);
    oko_buffer_clear(&b);
    assert_int_equal(b.len, 0);
    assert_string_equal(b.ptr, "");
}

static void buffer_limit_sticks(void **state)
{
    (void)state;
    OKO_CLEANUP(oko_buffer_free) oko_buffer b;
    oko_buffer_init(&b, 10);
    oko_buffer_str(&b, "0123456789");
    assert_int_equal(oko_buffer_status(&b), OKO_OK);
    assert_string_equal(b.ptr, "0123456789");
    oko_buffer_char(&b, 'x');
    assert_int_equal(oko_buffer_status(&b), OKO_E_LIMIT);
    oko_buffer_str(&b, "");
    assert_int_equal(oko_buffer_status(&b), OKO_E_LIMIT);
    assert_string_equal(b.ptr, "0123456789");
    oko_buffer_clear(&b);
    oko_buffer_printf(&b, "%s", "0123456789");
    assert_int_equal(oko_buffer_status(&b), OKO_OK);
    oko_buffer_printf(&b, "%d", 1);
    assert_int_equal(oko_buffer_status(&b), OKO_E_LIMIT);
    assert_string_equal(b.ptr, "0123456789");
    oko_buffer_free(&b);
    oko_buffer_init(&b, 0);
    oko_buffer_char(&b, 'x');
    assert_int_equal(oko_buffer_status(&b), OKO_E_LIMIT);
}

static void buffer_without_memory(void **state)
{
    (void)state;
    bool failed = true;
    for (size_t n = 1; failed; n++) {
        OKO_CLEANUP(oko_buffer_free) oko_buffer b;
        oko_buffer_init(&b, 1 << 20);
        failing_alloc_arm(n);
        for (int i = 0; i < 100; i++) {
            oko_buffer_printf(&b, "%100d", i);
        }
        failed = failing_alloc_disarm();
        assert_int_equal(oko_buffer_status(&b), failed ? OKO_E_MEMORY : OKO_OK);
        assert_int_equal(b.len % 100, 0);
        assert_true(failed ? b.len < 10000 : b.len == 10000);
        assert_true(n < 50);
    }
}

static void hash_of_known_bytes(void **state)
{
    (void)state;
    char hex[OKO_HASH_HEX], parts[OKO_HASH_HEX];
    oko_hash_bytes("abc", 3, hex); /* FIPS 180-4 */
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    oko_hash_bytes(NULL, 0, parts);
    assert_string_equal(parts, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    oko_hasher *h = NULL;
    assert_int_equal(oko_hasher_new(&h), OKO_OK);
    oko_hasher_add(h, "a", 1);
    oko_hasher_add(h, NULL, 0);
    oko_hasher_add(h, "bc", 2);
    oko_hasher_finish(h, parts);
    assert_string_equal(parts, hex);
    OKO_CLEANUP(oko_hasher_freep) oko_hasher *dropped = NULL;
    failing_alloc_arm(1);
    assert_int_equal(oko_hasher_new(&dropped), OKO_E_MEMORY);
    assert_true(failing_alloc_disarm());
    assert_null(dropped);
    assert_int_equal(oko_hasher_new(&dropped), OKO_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_are_checked),
        cmocka_unit_test(grow),
        cmocka_unit_test(strings),
        cmocka_unit_test(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(arena_has_a_limit),
        cmocka_unit_test(arena_text),
        cmocka_unit_test(arena_without_memory),
        cmocka_unit_test(buffer_collects),
        cmocka_unit_test(buffer_limit_sticks),
        cmocka_unit_test(buffer_without_memory),
        cmocka_unit_test(hash_of_known_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
