/* Suppression of small counts: what is hidden, and that the hidden cannot be got by subtraction. */
#include "report/cells.h"

#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void one_small_part_takes_the_next_smallest_with_it(void **state)
{
    (void)state;
    oko_cells c = { .rows = 1, .cols = 3, .at = { { 4, 61, 35 } } };
    oko_cells_close(&c, 10);
    assert_int_equal(c.at[0][3], 100);
    assert_int_equal(c.at[1][1], 61);
    assert_true(c.hidden[0][0]);
    assert_false(c.hidden[0][1]);
    assert_true(c.hidden[0][2]);
    assert_false(c.hidden[0][3]);
    assert_true(oko_cells_row_hidden(&c, 0));
}

static void two_small_parts_are_enough(void **state)
{
    (void)state;
    oko_cells c = { .rows = 1, .cols = 4, .at = { { 4, 61, 9, 35 } } };
    oko_cells_close(&c, 10);
    assert_true(c.hidden[0][0] && c.hidden[0][2]);
    assert_false(c.hidden[0][1] || c.hidden[0][3]);
}

static void zeros_and_ten_are_told(void **state)
{
    (void)state;
    oko_cells c = { .rows = 1, .cols = 3, .at = { { 0, 10, 35 } } };
    oko_cells_close(&c, 10);
    for (int k = 0; k <= 3; k++)
        assert_false(c.hidden[0][k]);
    assert_false(oko_cells_row_hidden(&c, 0));
}

static void small_group_is_hidden_whole(void **state)
{
    (void)state;
    oko_cells c = { .rows = 2, .cols = 2, .at = { { 0, 5 }, { 4, 0 } } };
    oko_cells_close(&c, 10);
    for (int r = 0; r <= 2; r++)
        for (int k = 0; k <= 2; k++)
            assert_true(c.hidden[r][k]);
}

static void nothing_is_hidden_inside(void **state)
{
    (void)state;
    oko_cells c = { .rows = 2, .cols = 2, .at = { { 1, 5 }, { 4, 2 } } };
    oko_cells_close(&c, 0);
    for (int r = 0; r <= 2; r++)
        assert_false(oko_cells_row_hidden(&c, r));
}

/* Random tables: every small count is hidden and no line has exactly one hidden cell. */
static void no_line_gives_a_hidden_cell_away(void **state)
{
    (void)state;
    oko_rng rng = oko_rng_make(5, 1);
    for (int t = 0; t < 3000; t++) {
        oko_cells c = { .rows = 1 + (int)oko_rng_below(&rng, 6), .cols = 2 + (int)oko_rng_below(&rng, 4) };
        uint32_t top = 5 + oko_rng_below(&rng, 120);
        for (int r = 0; r < c.rows; r++)
            for (int k = 0; k < c.cols; k++)
                c.at[r][k] = oko_rng_below(&rng, top);
        oko_cells_close(&c, 10);
        for (int r = 0; r <= c.rows; r++) {
            int hidden = 0;
            for (int k = 0; k <= c.cols; k++) {
                hidden += c.hidden[r][k];
                assert_true(c.at[r][k] == 0 || c.at[r][k] >= 10 || c.hidden[r][k]);
            }
            assert_int_not_equal(hidden, 1);
        }
        for (int k = 0; k <= c.cols; k++) {
            int hidden = 0;
            for (int r = 0; r <= c.rows; r++)
                hidden += c.hidden[r][k];
            assert_int_not_equal(hidden, 1);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_small_part_takes_the_next_smallest_with_it),
        cmocka_unit_test(two_small_parts_are_enough),
        cmocka_unit_test(zeros_and_ten_are_told),
        cmocka_unit_test(small_group_is_hidden_whole),
        cmocka_unit_test(nothing_is_hidden_inside),
        cmocka_unit_test(no_line_gives_a_hidden_cell_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
