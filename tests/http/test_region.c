/*
 * The region over HTTP: overview and cut-offs cut to the caller's reach, a map that is checked and matched, tiles, a
 * trial of thresholds that writes nothing, a table as a workbook.
 */
#include "http/house.h"

#include <unistd.h>

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

static json_t *call(oko_role role, const char *method, const char *body, int status, const char *form, ...)
{
    char target[300] = "/api/v1";
    va_list args;
    va_start(args, form);
    (void)vsnprintf(target + 7, sizeof target - 7, form, args);
    va_end(args);
    return house_json(&h, h.token[role], method, target, "", body, status);
}

static int64_t whole(const json_t *o, const char *a, const char *b)
{
    return json_integer_value(json_object_get(json_object_get(o, a), b));
}

static void an_overview_counts_schools_once(void **state)
{
    (void)state;
    json_t *o = call(OKO_ROLE_OPERATOR, "GET", NULL, 200, "/units/%lld/overview", (long long)h.region);
    const json_t *all = json_object_get(o, "all");
    assert_int_equal(whole(o, "all", "schools"), 4);
    assert_int_equal(whole(o, "all", "marked"), 4);
    assert_int_equal(whole(all, "levels", "signs"), 4);
    assert_int_equal(whole(json_object_get(all, "families"), "threshold", "signs"), 4);
    assert_int_equal(whole(json_object_get(all, "families"), "level", "signs"), 0); /* classes do not count */
    assert_true(json_is_null(json_object_get(all, "rate")));                        /* four schools have no share */
    assert_true(json_is_null(json_object_get(all, "lifted")));                      /* no result of the region */
    assert_int_equal(json_array_size(json_object_get(o, "municipalities")), 2);
    const json_t *first = json_array_get(json_object_get(o, "municipalities"), 0);
    assert_int_equal(whole(first, "sums", "schools"), 2);
    assert_int_equal(whole(first, "sums", "works"), 40);
    assert_int_equal(json_array_size(json_object_get(o, "dynamics")), 1);
    json_decref(o);
    o = call(OKO_ROLE_OPERATOR, "GET", NULL, 200, "/units/%lld/overview?year=2020", (long long)h.region);
    assert_int_equal(whole(o, "all", "schools"), 0);
    json_decref(o);
    o = call(OKO_ROLE_MUNICIPAL, "GET", NULL, 200, "/units/%lld/overview", (long long)h.municipality[0]);
    assert_int_equal(whole(o, "all", "schools"), 2);
    json_decref(o);
    json_decref(call(OKO_ROLE_MUNICIPAL, "GET", NULL, 404, "/units/%lld/overview", (long long)h.region));
    json_decref(call(OKO_ROLE_OPERATOR, "GET", NULL, 400, "/units/%lld/overview", (long long)h.school[0]));
    json_decref(call(OKO_ROLE_SCHOOL, "GET", NULL, 403, "/units/%lld/overview", (long long)h.school[0]));
}

static void cutoffs_show_the_works_of_the_run(void **state)
{
    (void)state;
    json_t *o = call(OKO_ROLE_SCHOOL, "GET", NULL, 200, "/units/%lld/cutoffs?procedure=" HOUSE_PROCEDURE,
                     (long long)h.school[0]);
    int64_t works = 0;
    size_t i;
    json_t *n;
    json_array_foreach(json_object_get(o, "observed"), i, n) works += json_integer_value(n);
    assert_int_equal(works, 20);
    assert_int_equal(i, json_integer_value(json_object_get(o, "max")) + 1);
    assert_int_equal(json_integer_value(json_object_get(o, "run")), h.run[0]);
    json_decref(o);
    json_decref(call(OKO_ROLE_SCHOOL, "GET", NULL, 404, "/units/%lld/cutoffs?procedure=" HOUSE_PROCEDURE,
                     (long long)h.school[1]));
    json_decref(call(OKO_ROLE_OPERATOR, "GET", NULL, 404, "/units/%lld/cutoffs?procedure=" HOUSE_PROCEDURE,
                     (long long)h.region)); /* the run says nothing of it */
    o = call(OKO_ROLE_OPERATOR, "GET", NULL, 200, "/units/%lld/inflation", (long long)h.region);
    assert_int_equal(json_array_size(json_object_get(o, "items")), 0);
    json_decref(o);
}

/* ---- the map ---- */
static const char shape[] = "{\"type\":\"Polygon\",\"coordinates\":[[[40,50],[41,50],[41,51.123456789],[40,50]]]}";

static void a_map_is_matched_and_taken_back(void **state)
{
    (void)state;
    char body[1024];
    (void)snprintf(body, sizeof body,
                   "{\"type\":\"FeatureCollection\",\"features\":["
                   "{\"type\":\"Feature\",\"properties\":{\"id\":7,\"title\":\"ПЕРВЫЙ\"},\"geometry\":%s},"
                   "{\"type\":\"Feature\",\"properties\":{\"id\":8,\"title\":\"Третий\"},\"geometry\":%s}]}",
                   shape, shape);
    json_decref(call(OKO_ROLE_HEAD, "PUT", body, 403, "/map"));
    json_t *o = call(OKO_ROLE_OPERATOR, "PUT", body, 200, "/map");
    assert_string_equal(json_string_value(json_object_get(o, "property")), "title");
    const json_t *features = json_object_get(json_object_get(o, "shapes"), "features");
    assert_int_equal(whole(json_array_get(features, 0), "properties", "unit"), h.municipality[0]);
    assert_true(json_is_null(json_object_get(json_object_get(json_array_get(features, 1), "properties"), "unit")));
    assert_int_equal(json_array_size(json_object_get(o, "unmatched_units")), 1);
    assert_string_equal(json_string_value(json_array_get(json_object_get(o, "unmatched_shapes"), 0)), "Третий");
    json_decref(o);
    o = call(OKO_ROLE_MUNICIPAL, "GET", NULL, 200, "/map");
    assert_true(json_is_object(json_object_get(o, "shapes")));
    json_decref(o);
    o = call(OKO_ROLE_ADMIN, "DELETE", NULL, 200, "/map");
    assert_true(json_is_null(json_object_get(o, "shapes")));
    assert_int_equal(json_array_size(json_object_get(o, "tiles")), 2);
    json_decref(o);
    json_decref(call(OKO_ROLE_ADMIN, "DELETE", NULL, 200, "/map"));
    json_decref(call(OKO_ROLE_OPERATOR, "PUT", body, 200, "/map")); /* again, after it was taken back */
    json_decref(call(OKO_ROLE_OPERATOR, "DELETE", NULL, 200, "/map"));
}

static void a_map_with_a_fault_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *geometry, *code;
    } faults[] = {
        { "{\"type\":\"Point\",\"coordinates\":[1,2]}", "geojson.kind" },
        { "{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[3,4]]]}", "geojson.ring" },
        { "{\"type\":\"Polygon\",\"coordinates\":[]}", "geojson.ring" },
        { "{\"type\":\"Polygon\",\"coordinates\":[[[4000000,5000000],[1,2],[3,4],[1,2]]]}", "geojson.degrees" },
        { "{\"type\":\"Polygon\",\"coordinates\":[[[\"1\",2],[1,2],[3,4],[1,2]]]}", "geojson.degrees" },
        { "{\"type\":\"Polygon\",\"coordinates\":[[[1],[1,2],[3,4],[1,2]]]}", "geojson.position" },
        { "null", "geojson.kind" },
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        char body[512];
        (void)snprintf(body, sizeof body,
                       "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":null,"
                       "\"geometry\":%s}]}",
                       faults[i].geometry);
        json_t *o = call(OKO_ROLE_OPERATOR, "PUT", body, 422, "/map");
        assert_string_equal(json_string_value(json_object_get(o, "code")), faults[i].code);
        json_decref(o);
    }
    json_decref(call(OKO_ROLE_OPERATOR, "PUT", "{\"type\":\"FeatureCollection\",\"features\":[]}", 422, "/map"));
    json_t *o = call(OKO_ROLE_OPERATOR, "GET", NULL, 200, "/map");
    assert_true(json_is_null(json_object_get(o, "shapes")));
    json_decref(o);
}

static void tiles_stand_where_they_are_put(void **state)
{
    (void)state;
    char body[256];
    (void)snprintf(body, sizeof body, "{\"tiles\":[{\"unit\":%lld,\"column\":0,\"row\":0}]}",
                   (long long)h.municipality[1]);
    json_t *o = call(OKO_ROLE_OPERATOR, "PUT", body, 200, "/map/tiles");
    const json_t *tiles = json_object_get(o, "tiles");
    assert_int_equal(json_integer_value(json_object_get(json_array_get(tiles, 0), "column")), 1); /* the next place */
    assert_int_equal(json_integer_value(json_object_get(json_array_get(tiles, 1), "column")), 0);
    json_decref(o);
    (void)snprintf(body, sizeof body,
                   "{\"tiles\":[{\"unit\":%lld,\"column\":0,\"row\":0},{\"unit\":%lld,\"column\":0,\"row\":0}]}",
                   (long long)h.municipality[1], (long long)h.municipality[0]);
    json_decref(call(OKO_ROLE_OPERATOR, "PUT", body, 409, "/map/tiles"));
    (void)snprintf(body, sizeof body, "{\"tiles\":[{\"unit\":%lld,\"column\":0,\"row\":0}]}", (long long)h.school[1]);
    json_decref(call(OKO_ROLE_OPERATOR, "PUT", body, 400, "/map/tiles"));
    json_decref(call(OKO_ROLE_OPERATOR, "PUT", "{\"tiles\":[]}", 200, "/map/tiles"));
}

/* ---- trials ---- */
static void a_trial_marks_anew_and_writes_nothing(void **state)
{
    (void)state;
    json_t *before = call(OKO_ROLE_OPERATOR, "GET", NULL, 200, "/runs");
    json_t *o = call(OKO_ROLE_OPERATOR, "POST", "{\"params\":{\"threshold\":{\"q\":0.5}}}", 200, "/rule-packs/oko/try");
    /* The run marks p under .01: all four schools; q of .001 … .004 are under .5 as well. */
    assert_int_equal(whole(o, "agreement", "both"), 4);
    json_decref(o);
    o = call(OKO_ROLE_OPERATOR, "POST", "{\"params\":{\"threshold\":{\"q\":0.003,\"min_works\":10}}}", 200,
             "/rule-packs/oko/try");
    assert_int_equal(whole(o, "agreement", "only_against"), 4); /* q of all of them is .004 */
    assert_int_equal(json_integer_value(json_object_get(o, "total")), 4);
    json_decref(o);
    o = call(OKO_ROLE_OPERATOR, "POST", "{\"params\":{\"threshold\":{\"min_works\":21}}}", 200, "/rule-packs/oko/try");
    assert_int_equal(whole(o, "agreement", "unknown"), 4); /* twenty works are too few then */
    json_decref(o);
    o = call(OKO_ROLE_AUDITOR, "POST",
             "{\"params\":{\"contrast\":{\"good\":1,\"mean\":99}},\"against\":\"evidence\",\"show\":\"all\"}", 200,
             "/rule-packs/region/try");
    assert_int_equal(json_integer_value(json_object_get(o, "total")), 4);
    json_decref(o);
    json_decref(
        call(OKO_ROLE_OPERATOR, "POST", "{\"params\":{\"lowered\":{\"high\":900}}}", 422, "/rule-packs/region/try"));
    json_decref(call(OKO_ROLE_OPERATOR, "POST", "{\"params\":{\"other\":{}}}", 400, "/rule-packs/region/try"));
    json_decref(call(OKO_ROLE_OPERATOR, "POST", "{\"params\":{\"lowered\":{\"z\":1}}}", 400, "/rule-packs/region/try"));
    json_decref(call(OKO_ROLE_OPERATOR, "POST", "{\"params\":{\"threshold\":{\"q\":0}}}", 400, "/rule-packs/oko/try"));
    json_decref(call(OKO_ROLE_SCHOOL, "POST", "{}", 403, "/rule-packs/region/try"));
    json_t *after = call(OKO_ROLE_OPERATOR, "GET", NULL, 200, "/runs");
    assert_true(json_equal(before, after));
    json_decref(before);
    json_decref(after);
    o = call(OKO_ROLE_OPERATOR, "GET", NULL, 200, "/rule-packs/region");
    assert_true(json_is_false(json_object_get(o, "own")));
    json_decref(o);
}

static void schools_are_listed_with_their_strongest(void **state)
{
    (void)state;
    json_t *o = call(OKO_ROLE_OPERATOR, "GET", NULL, 200, "/signs/schools?sort=-code&limit=3");
    assert_int_equal(json_integer_value(json_object_get(o, "total")), 4);
    assert_int_equal(json_array_size(json_object_get(o, "items")), 3);
    const json_t *first = json_array_get(json_object_get(o, "items"), 0);
    assert_string_equal(json_string_value(json_object_get(first, "code")), "sch3");
    assert_string_equal(json_string_value(json_object_get(first, "municipality")), "Второй");
    assert_string_equal(json_string_value(json_object_get(first, "evidence")), "signs");
    assert_int_equal(json_integer_value(json_object_get(first, "works")), 20);
    assert_string_equal(json_string_value(json_array_get(json_object_get(first, "families"), 0)), "threshold");
    json_decref(o);
    static const struct {
        oko_role role;
        const char *query;
        int total;
    } asked[] = { { OKO_ROLE_OPERATOR, "?search=SCH2", 1 },
                  { OKO_ROLE_OPERATOR, "?family=level", 0 },
                  { OKO_ROLE_OPERATOR, "?evidence=strong", 0 },
                  { OKO_ROLE_OPERATOR, "?evidence=signs", 4 },
                  { OKO_ROLE_OPERATOR, "?year=2020", 0 },
                  { OKO_ROLE_MUNICIPAL, "", 2 },
                  { OKO_ROLE_SCHOOL, "", 1 },
                  { OKO_ROLE_OPERATOR, "?procedure=2021-05-MA", 4 } };
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        o = call(asked[i].role, "GET", NULL, 200, "/signs/schools%s", asked[i].query);
        assert_int_equal(json_integer_value(json_object_get(o, "total")), asked[i].total);
        json_decref(o);
    }
    answer a = house_call(&h, h.token[OKO_ROLE_MUNICIPAL], "GET", "/api/v1/signs/file?level=school", "", NULL);
    assert_int_equal(a.status, 200);
    assert_memory_equal(a.body, "PK\3\4", 4);
    client_free(&a);
}

static void a_table_is_a_workbook(void **state)
{
    (void)state;
    static const char body[] =
        "{\"title\":\"Отметки: [все]\",\"columns\":[{\"head\":\"Отметка\"},{\"head\":\"Работ\"}],"
        "\"rows\":[[\"3\",40],[\"=1+1\",null],[true,1.5]]}";
    answer a = house_call(&h, h.token[OKO_ROLE_SCHOOL], "POST", "/api/v1/tables/xlsx", "", body);
    assert_int_equal(a.status, 200);
    assert_true(a.body_len > 1000);
    assert_memory_equal(a.body, "PK\3\4", 4);
    client_free(&a);
    json_decref(call(OKO_ROLE_SCHOOL, "POST", "{\"title\":\"\",\"columns\":[],\"rows\":[]}", 422, "/tables/xlsx"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_overview_counts_schools_once),
        cmocka_unit_test(cutoffs_show_the_works_of_the_run),
        cmocka_unit_test(a_map_is_matched_and_taken_back),
        cmocka_unit_test(a_map_with_a_fault_is_refused),
        cmocka_unit_test(tiles_stand_where_they_are_put),
        cmocka_unit_test(a_trial_marks_anew_and_writes_nothing),
        cmocka_unit_test(schools_are_listed_with_their_strongest),
        cmocka_unit_test(a_table_is_a_workbook),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
