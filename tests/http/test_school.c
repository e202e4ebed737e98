/*
 * What a school's page is made of: pictures as numbers, how a number came about, items beside what lies around, who
 * wrote a procedure. Everybody sees the own territory; a school sees no codes of similar works and no neighbours.
 */
#include "http/house.h"

static house h;

static int make(void **state)
{
    (void)state;
    house_open(&h, NULL);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    house_drop(&h);
    return 0;
}

static size_t size(const json_t *o, const char *list)
{
    return json_array_size(json_object_get(o, list));
}

static double number(const json_t *o, const char *key)
{
    const json_t *value = json_object_get(o, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

#define PICTURE "/signs/picture?unit=%lld&procedure=" HOUSE_PROCEDURE "&statistic="

static void a_picture_fills_the_list_of_its_kind(void **state)
{
    (void)state;
    const long long school = h.school[0];
    json_t *p = house_get(&h, OKO_ROLE_SCHOOL, 200, PICTURE "pairs", school);
    double pairs = 0;
    size_t i;
    json_t *bin;
    json_array_foreach(json_object_get(p, "bins"), i, bin) pairs += number(bin, "seen");
    assert_int_equal((int)pairs, 190); /* of 20 works of one variant */
    assert_int_equal(size(p, "items"), 0);
    json_decref(p);
    p = house_get(&h, OKO_ROLE_SCHOOL, 200, PICTURE "bunching", school);
    double works = 0;
    json_t *score;
    json_array_foreach(json_object_get(p, "scores"), i, score) works += number(score, "works");
    assert_int_equal((int)works, 20);
    assert_int_equal(size(p, "cutoffs"), 3);
    json_decref(p);
    p = house_get(&h, OKO_ROLE_OPERATOR, 200, PICTURE "contrast", school);
    assert_true(size(p, "items") > 5);
    json_decref(p);
    p = house_get(&h, OKO_ROLE_OPERATOR, 200, PICTURE "level", school);
    assert_string_equal(json_string_value(json_object_get(p, "kind")), "level");
    json_decref(p);
    json_decref(house_get(&h, OKO_ROLE_OPERATOR, 422, PICTURE "unheard_of", school));
    json_decref(house_get(&h, OKO_ROLE_SCHOOL, 404, PICTURE "pairs", (long long)h.school[1]));
    json_decref(house_get(&h, OKO_ROLE_OBSERVER, 403, PICTURE "pairs", school));
}

/* A step of so deep a level that holds the words; NULL. */
static const char *step_with(const json_t *how, const char *words)
{
    size_t i;
    json_t *step;
    json_array_foreach(json_object_get(how, "steps"), i, step)
    {
        const char *text = json_string_value(json_object_get(step, "text"));
        if (strstr(text, words) != NULL)
            return text;
    }
    return NULL;
}

static void a_number_tells_how_it_came_about(void **state)
{
    (void)state;
    const long long school = h.school[0];
    json_t *how = house_get(&h, OKO_ROLE_SCHOOL, 200, "/results/how?unit=%lld&procedure=" HOUSE_PROCEDURE, school);
    const json_t *run = json_object_get(how, "run");
    assert_int_equal(json_integer_value(json_object_get(run, "id")), h.run[1]);
    assert_non_null(json_object_get(run, "snapshot"));
    assert_non_null(json_object_get(run, "seed"));
    assert_non_null(step_with(how, "В группе"));
    assert_non_null(step_with(how, "Бенджамини"));
    assert_string_equal(json_string_value(json_object_get(json_object_get(how, "document"), "file")),
                        "METHODS-families");
    json_decref(how);
    how = house_get(&h, OKO_ROLE_SCHOOL, 200, "/results/how?unit=%lld&procedure=" HOUSE_PROCEDURE "&rule=oko/threshold",
                    school);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(how, "run"), "id")), h.run[0]);
    assert_true(strlen(json_string_value(json_object_get(how, "what"))) > 40);
    assert_int_equal(size(how, "numbers") > 0, 1);
    json_decref(how);
    json_decref(house_get(&h, OKO_ROLE_SCHOOL, 404,
                          "/results/how?unit=%lld&procedure=" HOUSE_PROCEDURE "&rule=oko/none", school));
    json_decref(house_get(&h, OKO_ROLE_SCHOOL, 404, "/results/how?unit=%lld&procedure=" HOUSE_PROCEDURE,
                          (long long)h.school[1]));
}

static const json_t *scope(const json_t *profile, const char *level)
{
    size_t i;
    json_t *s;
    json_array_foreach(json_object_get(profile, "scopes"), i,
                       s) if (strcmp(json_string_value(json_object_get(s, "level")), level) == 0) return s;
    return NULL;
}

static void items_are_told_beside_what_lies_around(void **state)
{
    (void)state;
    const long long school = h.school[0];
    json_t *p = house_get(&h, OKO_ROLE_OPERATOR, 200, "/units/%lld/items?procedure=" HOUSE_PROCEDURE, school);
    assert_int_equal((int)number(p, "n"), 20);
    assert_int_equal((int)number(scope(p, "region"), "n"), 80);
    assert_int_equal((int)number(scope(p, "municipality"), "n"), 40);
    assert_int_equal((int)number(scope(p, "school"), "n"), 20);
    assert_null(scope(p, "class"));
    const json_t *item = json_array_get(json_object_get(p, "items"), 0);
    assert_int_equal(size(item, "curve"), (size_t)number(p, "max") + 1);
    const double region = json_number_value(json_array_get(json_object_get(scope(p, "region"), "percent"), 0));
    assert_true(fabs(number(item, "difficulty") - (100 - region)) < .11);
    size_t i;
    json_t *band;
    int64_t in_bands = 0;
    json_array_foreach(json_object_get(p, "bands"), i, band)
    {
        assert_true(number(band, "n") >= 10);
        in_bands += (int64_t)number(band, "n");
    }
    assert_int_equal(in_bands, 20);
    json_decref(p);
    /* Two schools in the municipality: one could be got from the other. */
    p = house_get(&h, OKO_ROLE_SCHOOL, 200, "/units/%lld/items?procedure=" HOUSE_PROCEDURE, school);
    assert_null(scope(p, "municipality"));
    assert_non_null(scope(p, "school"));
    json_decref(p);
    json_decref(
        house_get(&h, OKO_ROLE_SCHOOL, 404, "/units/%lld/items?procedure=" HOUSE_PROCEDURE, (long long)h.school[1]));
}

static void similar_works_are_told_with_their_answers(void **state)
{
    (void)state;
    json_t *p =
        house_get(&h, OKO_ROLE_OPERATOR, 200, "/units/%lld/pairs?procedure=" HOUSE_PROCEDURE, (long long)h.school[0]);
    const json_t *work = json_array_get(json_object_get(p, "rows"), 0);
    assert_int_equal(size(work, "answers"), size(p, "labels"));
    assert_int_equal(size(work, "chances"), size(p, "labels"));
    json_decref(p);
    /* The school may look at no pairs, and its explanation names no codes. */
    p = house_get(&h, OKO_ROLE_SCHOOL, 200, "/signs/explanation?unit=%lld&procedure=" HOUSE_PROCEDURE,
                  (long long)h.school[0]);
    assert_null(json_object_get(json_object_get(p, "details"), "pair"));
    json_decref(p);
    p = house_get(&h, OKO_ROLE_MUNICIPAL, 200, "/signs/explanation?unit=%lld&procedure=" HOUSE_PROCEDURE,
                  (long long)h.school[0]);
    assert_non_null(json_object_get(json_object_get(p, "details"), "pair"));
    json_decref(p);
}

static void coverage_counts_schools_and_works(void **state)
{
    (void)state;
    json_t *c = house_get(&h, OKO_ROLE_OPERATOR, 200, "/procedures/" HOUSE_PROCEDURE "/coverage");
    assert_int_equal((int)number(json_object_get(c, "whole"), "works"), 80);
    assert_int_equal((int)number(json_object_get(c, "whole"), "register_schools"), 4);
    assert_int_equal(size(c, "items"), 2);
    assert_int_equal((int)number(json_array_get(json_object_get(c, "items"), 0), "works"), 40);
    json_decref(c);
    c = house_get(&h, OKO_ROLE_SCHOOL, 200, "/procedures/" HOUSE_PROCEDURE "/coverage");
    assert_int_equal((int)number(json_object_get(c, "whole"), "works"), 20);
    assert_int_equal(size(c, "items"), 0);
    json_decref(c);
    json_decref(
        house_get(&h, OKO_ROLE_SCHOOL, 404, "/procedures/" HOUSE_PROCEDURE "/coverage?unit=%lld", (long long)h.region));
    c = house_get(&h, OKO_ROLE_MUNICIPAL, 200, "/procedures/overview?year=2021");
    size_t i, known = 0;
    json_t *p;
    json_array_foreach(json_object_get(c, "items"), i, p)
    {
        assert_int_equal((int)number(p, "year"), 2021);
        if (strcmp(json_string_value(json_object_get(p, "code")), HOUSE_PROCEDURE) == 0) {
            assert_int_equal((int)number(p, "works"), 40);
            known++;
        }
    }
    assert_int_equal(known, 1);
    json_decref(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_fills_the_list_of_its_kind),
        cmocka_unit_test(a_number_tells_how_it_came_about),
        cmocka_unit_test(items_are_told_beside_what_lies_around),
        cmocka_unit_test(similar_works_are_told_with_their_answers),
        cmocka_unit_test(coverage_counts_schools_and_works),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
