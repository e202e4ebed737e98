/*
 * Data and analysis over HTTP: lists of signs cut to the caller's reach, sorted, filtered and in pages; one sign in
 * words; a school's page; edits of the register and of procedures with the version that was read; backups.
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

static int64_t total(oko_role role, const char *target)
{
    json_t *page = house_get(&h, role, 200, "%s", target);
    int64_t n = json_integer_value(json_object_get(page, "total"));
    assert_int_equal((size_t)n, json_array_size(json_object_get(page, "items")));
    json_decref(page);
    return n;
}

static void everybody_sees_the_own_rows_only(void **state)
{
    (void)state;
    assert_int_equal(total(OKO_ROLE_OPERATOR, "/signs"), 9);
    assert_int_equal(total(OKO_ROLE_AUDITOR, "/signs"), 9);
    assert_int_equal(total(OKO_ROLE_MUNICIPAL, "/signs"), 4);
    assert_int_equal(total(OKO_ROLE_SCHOOL, "/signs"), 2);
    assert_int_equal(total(OKO_ROLE_SCHOOL, "/results"), 1);
    json_t *page = house_get(&h, OKO_ROLE_SCHOOL, 200, "/signs");
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(page, "items"), i, row)
        assert_int_equal(json_integer_value(json_object_get(row, "unit")), h.school[0]);
    json_decref(page);
    /* Asking for others gives nothing of theirs. */
    json_decref(house_get(&h, OKO_ROLE_SCHOOL, 404, "/signs?unit=%lld", (long long)h.school[1]));
    json_decref(house_get(&h, OKO_ROLE_SCHOOL, 404, "/signs?unit=%lld", (long long)h.municipality[0]));
    json_decref(house_get(&h, OKO_ROLE_SCHOOL, 404, "/units/%lld/page", (long long)h.school[1]));
    json_decref(
        house_get(&h, OKO_ROLE_SCHOOL, 403, "/units/%lld/pairs?procedure=" HOUSE_PROCEDURE, (long long)h.school[0]));
    json_decref(house_get(&h, OKO_ROLE_ADMIN, 403, "/signs"));
}

static void a_list_is_filtered_sorted_and_paged(void **state)
{
    (void)state;
    assert_int_equal(total(OKO_ROLE_OPERATOR, "/signs?level=class"), 4);
    assert_int_equal(total(OKO_ROLE_OPERATOR, "/signs?level=region"), 1);
    assert_int_equal(total(OKO_ROLE_OPERATOR, "/signs?evidence=signs&level=school"), 4);
    assert_int_equal(total(OKO_ROLE_OPERATOR, "/signs?family=level"), 4);
    assert_int_equal(total(OKO_ROLE_OPERATOR, "/signs?marked=true"), 4);
    assert_int_equal(total(OKO_ROLE_OPERATOR, "/signs?class=%D0%90"), 4);
    assert_int_equal(total(OKO_ROLE_OPERATOR, "/signs?procedure=2019-05-MA"), 0);
    assert_int_equal(total(OKO_ROLE_OPERATOR, "/results?pack=oko&rule=oko/threshold"), 4);
    assert_int_equal(total(OKO_ROLE_OPERATOR, "/results?pack=region"), 0);
    char target[200];
    (void)snprintf(target, sizeof target, "/signs?unit=%lld&level=school", (long long)h.municipality[1]);
    assert_int_equal(total(OKO_ROLE_OPERATOR, target), 2);
    json_t *down = house_get(&h, OKO_ROLE_OPERATOR, 200, "/signs?level=school&sort=-p&limit=1&offset=1");
    json_t *row = json_array_get(json_object_get(down, "items"), 0);
    assert_int_equal(json_integer_value(json_object_get(down, "total")), 4);
    assert_int_equal(json_integer_value(json_object_get(row, "unit")), h.school[2]);
    assert_true(fabs(json_number_value(json_object_get(row, "p")) - .003) < 1e-9);
    json_decref(down);
    json_decref(house_get(&h, OKO_ROLE_OPERATOR, 422, "/signs?sort=name"));
    json_decref(house_get(&h, OKO_ROLE_OPERATOR, 404, "/signs?run=987654"));
}

static void a_page_and_an_explanation_tell_one_school(void **state)
{
    (void)state;
    json_t *page = house_get(&h, OKO_ROLE_SCHOOL, 200, "/units/%lld/page", (long long)h.school[0]);
    json_t *procedures = json_object_get(page, "procedures");
    assert_int_equal(json_array_size(procedures), 1);
    assert_int_equal(json_array_size(json_object_get(json_array_get(procedures, 0), "signs")), 2);
    assert_int_equal(json_array_size(json_object_get(json_array_get(procedures, 0), "results")), 1);
    assert_int_equal(json_array_size(json_object_get(page, "path")), 1); /* nothing above the own unit */
    json_decref(page);
    page = house_get(&h, OKO_ROLE_OPERATOR, 200, "/units/%lld/page", (long long)h.school[0]);
    assert_int_equal(json_array_size(json_object_get(page, "path")), 3);
    json_decref(page);
    json_t *told = house_get(&h, OKO_ROLE_SCHOOL, 200, "/signs/explanation?unit=%lld&procedure=" HOUSE_PROCEDURE,
                             (long long)h.school[0]);
    assert_string_equal(json_string_value(json_object_get(told, "evidence")), "signs");
    const json_t *sign = json_array_get(json_object_get(told, "signs"), 0);
    assert_true(strlen(json_string_value(json_object_get(sign, "text"))) > 20);
    json_decref(told);
    json_decref(house_get(&h, OKO_ROLE_SCHOOL, 404, "/signs/explanation?unit=%lld&procedure=2019-05-MA",
                          (long long)h.school[0]));
}

static void works_are_counted_and_compared(void **state)
{
    (void)state;
    json_t *d = house_get(&h, OKO_ROLE_SCHOOL, 200, "/units/%lld/distribution?procedure=" HOUSE_PROCEDURE,
                          (long long)h.school[0]);
    int64_t n = 0;
    size_t i;
    json_t *value;
    json_array_foreach(json_object_get(d, "histogram"), i, value) n += json_integer_value(value);
    assert_int_equal(n, 20);
    json_decref(d);
    d = house_get(&h, OKO_ROLE_OPERATOR, 200, "/units/%lld/distribution?procedure=" HOUSE_PROCEDURE,
                  (long long)h.region);
    assert_int_equal(json_integer_value(json_object_get(d, "n")), 80);
    json_decref(d);
    json_decref(house_get(&h, OKO_ROLE_SCHOOL, 422,
                          "/units/%lld/distribution?procedure=" HOUSE_PROCEDURE "&class=%%D0%%AF",
                          (long long)h.school[0]));
    json_t *pairs =
        house_get(&h, OKO_ROLE_MUNICIPAL, 200, "/units/%lld/pairs?procedure=" HOUSE_PROCEDURE, (long long)h.school[0]);
    assert_int_equal(json_integer_value(json_object_get(pairs, "works")), 20);
    assert_int_equal(json_integer_value(json_object_get(pairs, "pairs")), 190);
    assert_true(json_array_size(json_object_get(pairs, "items")) > 0);
    json_decref(pairs);
}

static void runs_are_listed_and_compared(void **state)
{
    (void)state;
    assert_int_equal(total(OKO_ROLE_SCHOOL, "/runs"), 2);
    assert_int_equal(total(OKO_ROLE_SCHOOL, "/runs?kind=evidence"), 1);
    json_t *c =
        house_get(&h, OKO_ROLE_HEAD, 200, "/runs/compare?a=%lld&b=%lld", (long long)h.run[0], (long long)h.run[1]);
    bool found = false;
    size_t i;
    json_t *d;
    json_array_foreach(json_object_get(c, "differences"), i, d) found =
        found || strcmp(json_string_value(json_object_get(d, "member")), "params.replicates") == 0;
    assert_true(found);
    assert_true(json_is_true(json_object_get(c, "same_data")));
    json_decref(c);
}

/* The ETag of an answer, as If-Match. */
static void version_of(const char *target, char line[200])
{
    char etag[100];
    answer a = house_call(&h, h.token[OKO_ROLE_OPERATOR], "GET", target, "", NULL);
    assert_int_equal(a.status, 200);
    (void)snprintf(line, 200, "If-Match: %s\r\n", client_header(&a, "ETag", etag, sizeof etag));
    client_free(&a);
}

static void the_register_is_edited_with_the_version_read(void **state)
{
    (void)state;
    char target[100], match[200];
    const char *token = h.token[OKO_ROLE_OPERATOR];
    (void)snprintf(target, sizeof target, "/api/v1/units/%lld", (long long)h.school[3]);
    version_of(target, match);
    json_decref(house_json(&h, token, "PATCH", target, match, "{\"name\":\"Школа № 33\"}", 200));
    json_decref(house_json(&h, token, "PATCH", target, match, "{\"name\":\"Школа № 34\"}", 412));
    json_decref(house_json(&h, token, "PATCH", target, "", "{\"name\":\"Школа № 34\"}", 428));
    json_t *found =
        house_get(&h, OKO_ROLE_OPERATOR, 200, "/units?search=%%E2%%84%%96%%2033"); /* the list knows at once */
    assert_int_equal(json_integer_value(json_object_get(found, "total")), 1);
    json_decref(found);
    json_t *unit = house_json(&h, token, "POST", "/api/v1/units", "",
                              "{\"level\":\"school\",\"code\":\"sch77\",\"name\":\"Новая\",\"parent\":2}", 201);
    long long id = json_integer_value(json_object_get(unit, "id"));
    json_decref(unit);
    json_decref(house_json(&h, token, "POST", "/api/v1/units", "",
                           "{\"level\":\"school\",\"code\":\"sch77\",\"name\":\"Новая\"}", 409));
    (void)snprintf(target, sizeof target, "/api/v1/units/%lld/aliases", id);
    json_decref(house_json(&h, token, "POST", target, "", "{\"kind\":\"other\",\"alias\":\"x-77\"}", 201));
    (void)snprintf(target, sizeof target, "/api/v1/units/%lld/merge", id);
    char body[100];
    (void)snprintf(body, sizeof body, "{\"into\":%lld,\"dry_run\":true}", (long long)h.school[1]);
    json_t *moved = house_json(&h, token, "POST", target, "", body, 200);
    assert_int_equal(json_integer_value(json_object_get(moved, "aliases")), 1);
    json_decref(moved);
    json_decref(house_get(&h, OKO_ROLE_OPERATOR, 200, "/units/%lld", id));
    (void)snprintf(body, sizeof body, "{\"into\":%lld}", (long long)h.school[1]);
    json_decref(house_json(&h, token, "POST", target, "", body, 200));
    json_t *aliases = house_get(&h, OKO_ROLE_OPERATOR, 200, "/units/%lld/aliases", (long long)h.school[1]);
    assert_true(json_integer_value(json_object_get(aliases, "total")) >= 1);
    json_decref(aliases);
}

static void cut_offs_change_as_a_new_version(void **state)
{
    (void)state;
    char match[200];
    const char *target = "/api/v1/procedures/" HOUSE_PROCEDURE, *token = h.token[OKO_ROLE_OPERATOR];
    json_t *p = house_get(&h, OKO_ROLE_OPERATOR, 200, "/procedures/" HOUSE_PROCEDURE);
    (void)json_object_set_new(json_object_get(p, "cutoffs"), "3", json_integer(6));
    char *body = json_dumps(p, 0);
    json_decref(house_json(&h, token, "PUT", target, "", body, 428));
    version_of(target, match);
    json_t *now = house_json(&h, token, "PUT", target, match, body, 200);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(now, "cutoffs"), "3")), 6);
    json_decref(now);
    json_decref(house_json(&h, token, "PUT", target, match, body, 412));
    free(body);
    (void)json_object_set_new(p, "max", json_integer(3)); /* less than the items together */
    body = json_dumps(p, 0);
    version_of(target, match);
    json_decref(house_json(&h, token, "PUT", target, match, body, 400));
    free(body);
    json_decref(p);
}

static void a_backup_is_made_and_fetched(void **state)
{
    (void)state;
    const char *token = h.token[OKO_ROLE_ADMIN];
    json_t *job = house_json(&h, token, "POST", "/api/v1/backups", "", "", 202);
    long long id = json_integer_value(json_object_get(job, "id"));
    json_decref(job);
    char name[64] = "";
    for (int i = 0; i < 200 && name[0] == '\0'; i++) {
        job = house_get(&h, OKO_ROLE_ADMIN, 200, "/jobs/%lld", id);
        const char *made = json_string_value(json_object_get(json_object_get(job, "result"), "backup"));
        (void)snprintf(name, sizeof name, "%s", made != NULL ? made : "");
        json_decref(job);
        (void)usleep(50000);
    }
    assert_string_not_equal(name, "");
    assert_int_equal(total(OKO_ROLE_ADMIN, "/backups"), 1);
    char target[200];
    (void)snprintf(target, sizeof target, "/api/v1/backups/%s/content", name);
    answer a = house_call(&h, token, "GET", target, "", NULL);
    assert_int_equal(a.status, 200);
    assert_memory_equal(a.body, "SQLite format 3", 15);
    client_free(&a);
    json_decref(house_get(&h, OKO_ROLE_ADMIN, 404, "/backups/oko-20200101-000000.db/content"));
    json_decref(house_get(&h, OKO_ROLE_ADMIN, 400, "/backups/..%%2Foko.db/content"));
    json_decref(house_get(&h, OKO_ROLE_OPERATOR, 403, "/backups"));
}

static void a_regions_own_pack_is_kept(void **state)
{
    (void)state;
    const char *token = h.token[OKO_ROLE_OPERATOR];
    json_t *pack = house_json(&h, token, "PUT", "/api/v1/rule-packs/region", "",
                              "{\"pack\":\"region\",\"version\":\"own 1\",\"rules\":[{\"rule\":\"lowered\",\"params\":"
                              "{\"high\":45,\"medium\":20,\"min_works\":10}}]}",
                              200);
    assert_true(json_is_true(json_object_get(pack, "own")));
    json_decref(pack);
    pack = house_get(&h, OKO_ROLE_SCHOOL, 200, "/rule-packs/region");
    assert_string_equal(json_string_value(json_object_get(pack, "version")), "own 1");
    json_decref(pack);
    json_decref(house_json(&h, token, "PUT", "/api/v1/rule-packs/region", "", "{\"pack\":\"region\"}", 422));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_sees_the_own_rows_only),
        cmocka_unit_test(a_list_is_filtered_sorted_and_paged),
        cmocka_unit_test(a_page_and_an_explanation_tell_one_school),
        cmocka_unit_test(works_are_counted_and_compared),
        cmocka_unit_test(runs_are_listed_and_compared),
        cmocka_unit_test(the_register_is_edited_with_the_version_read),
        cmocka_unit_test(cut_offs_change_as_a_new_version),
        cmocka_unit_test(a_backup_is_made_and_fetched),
        cmocka_unit_test(a_regions_own_pack_is_kept),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
