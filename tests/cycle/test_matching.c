/* Which unit of the register an unconfirmed one may be: a suggestion with its reasons. */
#include "cycle/matching.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cast.h"

static int64_t unit(cast *c, const char *code, const char *name, int64_t parent, bool confirmed)
{
    oko_error err = { 0 };
    oko_unit u = { .level = OKO_LEVEL_SCHOOL, .parent = parent, .confirmed = confirmed };
    int64_t id = 0;
    (void)snprintf(u.code, sizeof u.code, "%s", code);
    (void)snprintf(u.name, sizeof u.name, "%s", name);
    MUST(oko_store_unit_put(c->store, &u, &id, &err));
    return id;
}

/* Candidates of the only unconfirmed unit. */
static size_t only(cast *c, oko_matching **m, oko_candidate list[OKO_MATCH_CANDIDATES])
{
    oko_error err = { 0 };
    oko_matching_freep(m);
    MUST(oko_matching_new(c->store, m, &err));
    assert_int_equal(oko_matching_count(*m), 1);
    return oko_matching_candidates(*m, 0, list);
}

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

static void by_name_within_the_municipality(void **state)
{
    cast *c = *state;
    OKO_CLEANUP(oko_matching_freep) oko_matching *m = NULL;
    oko_candidate list[OKO_MATCH_CANDIDATES];
    const int64_t right = unit(c, "a-12", "МБОУ «СОШ № 12» г. Лесной", c->municipality[0], true);
    (void)unit(c, "a-13", "МБОУ «СОШ № 13» г. Лесной", c->municipality[0], true); /* another number */
    (void)unit(c, "b-12", "МБОУ «СОШ № 12» г. Лесной", c->municipality[1], true); /* another municipality */
    (void)unit(c, "new", "МКОУ СОШ №12 г. Лесной", c->municipality[0], false);
    assert_int_equal(only(c, &m, list), 1);
    assert_int_equal(list[0].unit->id, right);
    assert_true(list[0].by_name && !list[0].by_login && !list[0].by_code);
    assert_true(list[0].score > .99);
    assert_string_equal(oko_matching_above(m, oko_matching_unit(m, 0)), "M0");
    assert_string_equal(oko_matching_above(m, &(oko_unit){ .parent = c->region }), "R");
}

/* A file that names no municipality: the school hangs on the region, and any municipality may have it. */
static void without_a_municipality(void **state)
{
    cast *c = *state;
    OKO_CLEANUP(oko_matching_freep) oko_matching *m = NULL;
    oko_candidate list[OKO_MATCH_CANDIDATES];
    (void)unit(c, "a-12", "СОШ № 12 Лесной", c->municipality[0], true);
    (void)unit(c, "b-12", "СОШ № 12 Лесной", c->municipality[1], true);
    (void)unit(c, "new", "СОШ № 12 Лесной", c->region, false);
    assert_int_equal(only(c, &m, list), 2);
    assert_string_equal(list[0].unit->code, "a-12"); /* equal scores: by code */
}

static void by_login_and_code(void **state)
{
    cast *c = *state;
    oko_error err = { 0 };
    OKO_CLEANUP(oko_matching_freep) oko_matching *m = NULL;
    oko_candidate list[OKO_MATCH_CANDIDATES];
    MUST(oko_store_alias_put(c->store, c->school[0], OKO_ALIAS_LOGIN, "sch990777", &err));
    MUST(oko_store_alias_put(c->store, c->school[3], OKO_ALIAS_EGE, "990777", &err));
    MUST(oko_store_alias_put(c->store, c->school[2], OKO_ALIAS_OTHER, "777", &err)); /* three digits say nothing */
    (void)unit(c, "edu990777", "edu990777", c->municipality[0], false);
    assert_int_equal(only(c, &m, list), 2);
    assert_int_equal(list[0].unit->id, c->school[0]);
    assert_true(list[0].by_login && !list[0].by_code);
    assert_true(list[0].score > .89 && list[0].score < .91);
    assert_int_equal(list[1].unit->id, c->school[3]);
    assert_true(list[1].by_code && !list[1].by_login);
    assert_true(list[1].score > .69 && list[1].score < .71);
}

/* Names that are both known and contradict make a login weak, and a code alone too weak to be told. */
static void contradicting_names(void **state)
{
    cast *c = *state;
    OKO_CLEANUP(oko_matching_freep) oko_matching *m = NULL;
    oko_error err = { 0 };
    oko_candidate list[OKO_MATCH_CANDIDATES];
    const int64_t other = unit(c, "x", "Лицей № 5", c->municipality[0], true);
    MUST(oko_store_alias_put(c->store, other, OKO_ALIAS_EGE, "990777", &err));
    (void)unit(c, "edu990777", "Школа № 4", c->municipality[0], false);
    assert_int_equal(only(c, &m, list), 0);
    MUST(oko_store_alias_put(c->store, other, OKO_ALIAS_LOGIN, "sch990777", &err));
    assert_int_equal(only(c, &m, list), 0); /* .45 */
}

static void confirmed_by_a_person(void **state)
{
    cast *c = *state;
    OKO_CLEANUP(oko_matching_freep) oko_matching *m = NULL;
    oko_error err = { 0 };
    bool changed = false;
    const int64_t id = unit(c, "new", "Школа № 4", c->municipality[0], false);
    MUST(oko_matching_confirm(c->store, id, &changed, &err));
    assert_true(changed);
    MUST(oko_matching_confirm(c->store, id, &changed, &err));
    assert_false(changed);
    MUST(oko_matching_new(c->store, &m, &err));
    assert_int_equal(oko_matching_count(m), 0);
    GIVES(OKO_E_NOT_FOUND, oko_matching_confirm(c->store, 99999, &changed, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(by_name_within_the_municipality, setup, teardown),
        cmocka_unit_test_setup_teardown(without_a_municipality, setup, teardown),
        cmocka_unit_test_setup_teardown(by_login_and_code, setup, teardown),
        cmocka_unit_test_setup_teardown(contradicting_names, setup, teardown),
        cmocka_unit_test_setup_teardown(confirmed_by_a_person, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
