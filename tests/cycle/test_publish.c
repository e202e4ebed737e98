/* What is hidden in published values: small groups, and what would give them away. */
#include "cast.h"

#include "cycle/publish.h"
#include "cycle/settings.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { MOST = 60 };

/* Can an outsider compute the number of a hidden value? Linear algebra over the equations total = sum of parts, by
 * elimination: a hidden value is known when some combination of equations holds it alone. */
static bool told(const oko_part *p, size_t n, size_t which)
{
    double m[MOST][MOST + 1] = { { 0 } };
    size_t column[MOST], n_columns = 0, n_rows = 0;
    for (size_t i = 0; i < n; i++) {
        column[i] = p[i].hidden ? n_columns++ : SIZE_MAX;
    }
    for (size_t head = 0; head < n; head++) {
        bool any = false;
        for (size_t i = 0; i < n; i++) {
            if (p[i].parent == (int)head && p[i].n >= 0) {
                any = true;
                if (p[i].hidden) {
                    m[n_rows][column[i]] = 1;
                }
            }
        }
        if (any && p[head].n >= 0) {
            if (p[head].hidden) {
                m[n_rows][column[head]] = -1;
            }
            n_rows++;
        } else {
            memset(m[n_rows], 0, sizeof m[n_rows]);
        }
    }
    size_t row = 0;
    for (size_t c = 0; c < n_columns && row < n_rows; c++) {
        size_t best = row;
        for (size_t r = row; r < n_rows; r++) {
            best = fabs(m[r][c]) > fabs(m[best][c]) ? r : best;
        }
        if (fabs(m[best][c]) < 1e-9) {
            continue;
        }
        for (size_t k = 0; k < n_columns; k++) {
            const double t = m[row][k];
            m[row][k] = m[best][k];
            m[best][k] = t;
        }
        for (size_t r = 0; r < n_rows; r++) {
            const double f = r == row ? 0 : m[r][c] / m[row][c];
            for (size_t k = 0; k < n_columns; k++) {
                m[r][k] -= f * m[row][k];
            }
        }
        row++;
    }
    for (size_t r = 0; r < row; r++) {
        int others = 0;
        for (size_t k = 0; k < n_columns; k++) {
            others += k != column[which] && fabs(m[r][k]) > 1e-9;
        }
        if (others == 0 && fabs(m[r][column[which]]) > 1e-9) {
            return true;
        }
    }
    return false;
}

static int hidden(const oko_part *p, size_t n)
{
    int k = 0;
    for (size_t i = 0; i < n; i++) {
        k += p[i].hidden;
    }
    return k;
}

static void test_by_hand(void **state)
{
    (void)state;
    /* region 0; municipalities 1, 2; schools 3…5 of 1, 6…7 of 2 */
    oko_part p[] = { { 140, -1, 0 }, { 85, 0, 0 }, { 55, 0, 0 }, { 5, 1, 0 },
                     { 30, 1, 0 },   { 50, 1, 0 }, { 25, 2, 0 }, { 30, 2, 0 } };
    oko_publish_protect(p, 8, OKO_SETTINGS_MIN_LEAST);
    assert_true(p[3].hidden); /* five pupils */
    assert_true(p[4].hidden); /* the smallest of its neighbours, else 85 − 30 − 50 = 5 */
    assert_int_equal(hidden(p, 8), 2);
    /* two small ones whose sum is small: a third has to go */
    oko_part q[] = { { 57, -1, 0 }, { 3, 0, 0 }, { 4, 0, 0 }, { 20, 0, 0 }, { 30, 0, 0 } };
    oko_publish_protect(q, 5, OKO_SETTINGS_MIN_LEAST);
    assert_true(q[1].hidden && q[2].hidden && q[3].hidden && !q[4].hidden && !q[0].hidden);
    /* one part alone: its total is its number */
    oko_part alone[] = { { 40, -1, 0 }, { 33, 0, 0 }, { 7, 0, 0 }, { 7, 2, 0 } };
    oko_publish_protect(alone, 4, OKO_SETTINGS_MIN_LEAST);
    assert_true(alone[2].hidden && alone[3].hidden && alone[1].hidden && !alone[0].hidden);
    /* a total hidden for its two small parts must not stand alone under the region, however large it is */
    oko_part large[] = { { 120, -1, 0 }, { 50, 0, 0 }, { 70, 0, 0 }, { 4, 1, 0 }, { 5, 1, 0 } };
    oko_publish_protect(large, 5, OKO_SETTINGS_MIN_LEAST);
    assert_true(large[1].hidden && large[2].hidden && !large[0].hidden);
    /* schools without a total, and values that are not about pupils, give nothing away */
    oko_part loose[] = { { 3, -1, 0 }, { 30, -1, 0 }, { -1, -1, 0 }, { -1, 2, 0 } };
    oko_publish_protect(loose, 4, OKO_SETTINGS_MIN_LEAST);
    assert_int_equal(hidden(loose, 4), 1);
    /* nothing small: nothing hidden */
    oko_part all[] = { { 60, -1, 0 }, { 30, 0, 0 }, { 30, 0, 0 } };
    oko_publish_protect(all, 3, OKO_SETTINGS_MIN_LEAST);
    assert_int_equal(hidden(all, 3), 0);
}

static int next(uint64_t *x, int below)
{
    *x = *x * 6364136223846793005u + 1442695040888963407u;
    return (int)((*x >> 33) % (uint64_t)below);
}

static void test_no_hidden_value_can_be_computed(void **state)
{
    (void)state;
    uint64_t x = 12345;
    int small = 0;
    for (int round = 0; round < 4000; round++) {
        oko_part p[MOST] = { { 0 } };
        size_t n = 1;
        p[0].parent = -1;
        const int municipalities = 1 + next(&x, 4);
        for (int m = 0; m < municipalities; m++) {
            const size_t head = n++;
            p[head].parent = 0;
            const int schools = 1 + next(&x, 5);
            for (int s = 0; s < schools; s++) {
                p[n].parent = (int)head;
                p[n].n = next(&x, 6) == 0 ? -1 : 1 + next(&x, next(&x, 3) == 0 ? 12 : 60);
                p[head].n += p[n].n > 0 ? p[n].n : 0;
                n++;
            }
            p[head].n += next(&x, 4) == 0 ? 30 : 0; /* of schools without a number of their own */
            p[0].n += p[head].n;
        }
        oko_publish_protect(p, n, OKO_SETTINGS_MIN_LEAST);
        for (size_t i = 0; i < n; i++) {
            if (p[i].n < 0) {
                assert_false(p[i].hidden);
                continue;
            }
            small += p[i].n < OKO_SETTINGS_MIN_LEAST;
            assert_true(p[i].hidden || p[i].n >= OKO_SETTINGS_MIN_LEAST);
            if (p[i].hidden && told(p, n, i)) {
                fail_msg("round %d: value %zu of %zu can be computed", round, i, n);
            }
        }
    }
    assert_true(small > 3000);
}

/* ---- through the store ---- */

static int setup(void **state)
{
    static cast c;
    cast_open(&c);
    *state = &c;
    return 0;
}

static int teardown(void **state)
{
    cast_close(*state);
    return 0;
}

static int64_t indicator(const cast *c, const char *code)
{
    oko_error err = { 0 };
    const oko_cycle cycle = cast_as(c, &c->operator, "2021-05-10");
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_draft d = { .title = "Доля", .unit = c->region, .year = 2021 };
    d.body = json_pack("{s:s, s:s, s:s, s:i, s:[s,s,s], s:s}", "code", code, "formula", "share(lowered, journal_pairs)",
                       "direction", "down", "target", 20, "levels", "region", "municipality", "school", "unit", "%");
    MUST(oko_cycle_create(&cycle, "indicator", &d, &e, &err));
    json_decref(d.body);
    return e.head.id;
}

static void add(const cast *c, int64_t id, int64_t unit, double value, int64_t n, int64_t campaign)
{
    oko_error err = { 0 };
    oko_indicator_value v = { .indicator = id,
                              .indicator_version = 1,
                              .year = 2021,
                              .unit = unit,
                              .value = value,
                              .n = n,
                              .campaign = campaign };
    (void)snprintf(v.code, sizeof v.code, "lowered");
    (void)snprintf(v.why, sizeof v.why, "%s", isnan(value) ? "indicator.no_works" : "");
    MUST(oko_store_value_add(c->store, &v, &err));
}

static const json_t *row_of(const json_t *rows, int64_t unit)
{
    size_t i;
    json_t *r;
    json_array_foreach((json_t *)(uintptr_t)rows, i, r)
    {
        if (json_integer_value(json_object_get(r, "unit")) == unit) {
            return r;
        }
    }
    return NULL;
}

static json_t *rows_for(const cast *c, const oko_actor *who, const oko_text *text)
{
    oko_error err = { 0 };
    const oko_cycle cycle = cast_as(c, who, "2021-06-10");
    oko_publication *p = NULL;
    json_t *rows = NULL;
    MUST(oko_publication_load(&cycle, 2021, 0, &p, &err));
    MUST(oko_publication_rows(&cycle, p, text, NULL, &rows, &err));
    oko_publication_free(p);
    return rows;
}

static bool shown(const json_t *rows, int64_t unit)
{
    const json_t *r = row_of(rows, unit);
    assert_non_null(r);
    const bool hidden_flag = json_is_true(json_object_get(r, "suppressed"));
    assert_int_equal(hidden_flag, json_is_null(json_object_get(r, "value")));
    assert_true(!hidden_flag || json_is_null(json_object_get(r, "n")));
    return !hidden_flag;
}

/* Words of the other language. */
static void in_english(const cast *c)
{
    oko_error err = { 0 };
    OKO_CLEANUP(oko_text_freep) oko_text *text = NULL;
    MUST(oko_text_open("en", &text, &err));
    json_t *rows = rows_for(c, &c->operator, text);
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 0), "level_text")), "region");
    json_decref(rows);
}

static void test_rows(void **state)
{
    const cast *c = *state;
    oko_error err = { 0 };
    OKO_CLEANUP(oko_text_freep) oko_text *text = NULL;
    MUST(oko_text_open("ru", &text, &err));
    const int64_t id = indicator(c, "lowered");
    add(c, id, c->region, 20, 135, 0);
    add(c, id, c->municipality[0], 22, 35, 0);
    add(c, id, c->municipality[1], 19, 100, 0);
    add(c, id, c->school[0], 40, 5, 0);
    add(c, id, c->school[1], 19, 30, 0);
    add(c, id, c->school[2], 18, 40, 0);
    add(c, id, c->school[3], 20, 60, 0);
    json_t *rows = rows_for(c, &c->operator, text);
    assert_int_equal(json_array_size(rows), 7);
    assert_true(shown(rows, c->region) && shown(rows, c->municipality[0]) && shown(rows, c->school[2]));
    assert_false(shown(rows, c->school[0]));
    assert_false(shown(rows, c->school[1]));
    const json_t *small = row_of(rows, c->school[0]), *big = row_of(rows, c->school[1]);
    assert_string_equal(json_string_value(json_object_get(small, "why")), "indicator.small_group");
    assert_string_equal(json_string_value(json_object_get(big, "why")), "indicator.protects");
    assert_string_equal(json_string_value(json_object_get(small, "standing")), "no_data");
    assert_string_equal(json_string_value(json_object_get(row_of(rows, c->school[3]), "standing")), "reached");
    /* order: by code of the unit within a level, not by number */
    assert_int_equal(json_integer_value(json_object_get(json_array_get(rows, 3), "unit")), c->school[0]);
    /* CSV holds neither the number nor the pupils of what is hidden */
    oko_buffer csv = { 0 };
    oko_buffer_init(&csv, 1 << 20);
    MUST(oko_publication_csv(rows, text, &csv, &err));
    oko_buffer_char(&csv, '\0');
    const char *line = strstr(csv.ptr, "\"S0\"");
    assert_non_null(line);
    assert_true(strncmp(line, "\"S0\",\"S0\",2021,,\"%\",,20,", 24) == 0);
    oko_buffer_free(&csv);
    json_decref(rows);
    /* a school: itself and the totals above; a municipality: its schools and the region */
    rows = rows_for(c, &c->school_user[2], text);
    assert_int_equal(json_array_size(rows), 3);
    assert_null(row_of(rows, c->school[3]));
    json_decref(rows);
    rows = rows_for(c, &c->municipal[0], text);
    assert_int_equal(json_array_size(rows), 4);
    assert_false(shown(rows, c->school[1])); /* hidden for everybody alike */
    json_decref(rows);
    in_english(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_no_hidden_value_can_be_computed),
        cmocka_unit_test_setup_teardown(test_rows, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
