/* What proves a row of the roadmap, seen from above, put into one archive, and reports that are kept. */
#include "http/house.h"

#include <unistd.h>
#include <zip.h>

static int make(void **state)
{
    static house h;
    house_open(&h, NULL);
    *state = &h;
    return 0;
}

static int drop(void **state)
{
    house_drop(*state);
    return 0;
}

#define API "/api/v1"
#define TABLE API "/roadmap-tables/2020-2022"

static json_int_t number(const json_t *o, const char *name)
{
    return json_integer_value(json_object_get(o, name));
}

static const char *text(const json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));
    return s != NULL ? s : "";
}

static const json_t *at(const json_t *o, const char *name, size_t i)
{
    return json_array_get(json_object_get(o, name), i);
}

static json_t *ask(const house *h, oko_role who, const char *method, const char *path, const char *body, int status)
{
    return house_json(h, h->token[who], method, path, "", body, status);
}

static void link_to(const house *h, json_int_t row, const char *target, json_int_t id, int status)
{
    char path[120], body[160];
    (void)snprintf(path, sizeof path, API "/roadmap-rows/%lld/links", (long long)row);
    (void)snprintf(body, sizeof body, "{\"relation\":\"evidence\",\"target\":\"%s\",\"id\":%lld}", target,
                   (long long)id);
    json_decref(ask(h, OKO_ROLE_SCHOOL, "POST", path, body, status));
}

/* The school holds a seminar for few people, writes a note, attaches a file, and completes row 6 with all three. */
static json_int_t do_the_row(const house *h)
{
    char path[160], body[400], match[40];
    json_decref(ask(h, OKO_ROLE_OPERATOR, "POST", API "/roadmaps/seed", NULL, 200));
    json_t *e = ask(h, OKO_ROLE_SCHOOL, "POST", API "/events",
                    "{\"title\":\"Семинар о честных оценках\",\"body\":{\"type\":\"seminar\",\"from\":\"2020-11-05\","
                    "\"place\":\"школа\",\"audience\":{\"text\":\"учителя\"}}}",
                    201);
    (void)snprintf(path, sizeof path, API "/events/%lld/actions/plan", (long long)number(e, "id"));
    json_t *planned = house_json(h, h->token[OKO_ROLE_SCHOOL], "POST", path, "If-Match: \"1\"\r\n", "{}", 200);
    (void)snprintf(path, sizeof path, API "/events/%lld/actions/hold", (long long)number(e, "id"));
    (void)snprintf(match, sizeof match, "If-Match: \"%lld\"\r\n", (long long)number(planned, "version"));
    json_decref(planned);
    json_decref(house_json(h, h->token[OKO_ROLE_SCHOOL], "POST", path, match,
                           "{\"held_on\":\"2020-11-06\",\"participants\":7}", 200));
    json_t *note = ask(h, OKO_ROLE_SCHOOL, "POST", API "/notes",
                       "{\"title\":\"Самоанализ\",\"year\":2020,\"body\":{\"text\":\"Посмотрели работы.\"}}", 201);
    json_t *file = ask(h, OKO_ROLE_SCHOOL, "POST", API "/files?name=order.pdf", "the order of the headmaster", 201);
    json_t *row =
        ask(h, OKO_ROLE_SCHOOL, "POST", API "/roadmap-rows", "{\"body\":{\"roadmap\":\"2020-2022\",\"no\":6}}", 201);
    const json_int_t id = number(row, "id");
    link_to(h, id, "record", number(e, "id"), 201);
    link_to(h, id, "record", number(note, "id"), 201);
    link_to(h, id, "file", number(file, "id"), 201);
    (void)snprintf(path, sizeof path, API "/roadmap-rows/%lld/actions/complete", (long long)id);
    (void)snprintf(body, sizeof body, "{\"summary\":\"Семинар проведён\"}");
    json_decref(house_json(h, h->token[OKO_ROLE_SCHOOL], "POST", path, "If-Match: \"1\"\r\n", body, 200));
    json_decref(e);
    json_decref(note);
    json_decref(file);
    json_decref(row);
    return id;
}

static void a_row_at_the_units_below(void **state)
{
    const house *h = *state;
    (void)do_the_row(h);
    json_t *page = ask(h, OKO_ROLE_OPERATOR, "GET", TABLE "/units?no=6&level=school&limit=2", NULL, 200);
    assert_int_equal(number(page, "total"), 4);
    assert_int_equal(json_array_size(json_object_get(page, "items")), 2);
    const json_t *first = at(page, "items", 0);
    assert_string_equal(text(first, "state"), "done");
    assert_string_equal(text(first, "summary"), "Семинар проведён");
    assert_int_equal(number(first, "evidence"), 3);
    assert_int_equal(number(at(page, "items", 1), "id"), 0); /* nobody has begun */
    assert_string_equal(text(at(page, "items", 1), "state"), "planned");
    json_decref(page);
    page = ask(h, OKO_ROLE_OPERATOR, "GET", TABLE "/units?no=6&state=planned", NULL, 200);
    assert_int_equal(number(page, "total"), 5); /* two municipalities, three schools */
    json_decref(page);
    page = ask(h, OKO_ROLE_MUNICIPAL, "GET", TABLE "/units?no=6", NULL, 200);
    assert_int_equal(number(page, "total"), 2);
    json_decref(page);
    page = ask(h, OKO_ROLE_OPERATOR, "GET", TABLE "/units?no=2", NULL, 200); /* «-» below the region */
    assert_int_equal(number(page, "total"), 0);
    json_decref(page);
    assert_int_equal(house_status(h, h->token[OKO_ROLE_HEAD], "GET", TABLE "/units?no=99", "", NULL), 404);
}

static void evidence_from_above(void **state)
{
    const house *h = *state;
    char path[80];
    json_t *e = ask(h, OKO_ROLE_OPERATOR, "GET", TABLE "/evidence?no=6&below=true", NULL, 200);
    assert_int_equal(number(e, "total"), 3);
    const json_t *unit = at(at(e, "rows", 0), "units", 0);
    assert_string_equal(text(unit, "state"), "done");
    const json_t *event = at(unit, "items", 0);
    assert_string_equal(text(event, "kind"), "event");
    assert_string_equal(text(event, "date"), "2020-11-06");
    assert_true(json_is_null(json_object_get(event, "participants"))); /* 7 people */
    assert_true(json_is_true(json_object_get(event, "few")));
    assert_string_equal(text(at(unit, "items", 2), "title"), "order.pdf");
    assert_int_equal(number(at(unit, "items", 2), "bytes"), 27);
    json_decref(e);
    e = ask(h, OKO_ROLE_OPERATOR, "GET", TABLE "/evidence?no=6", NULL, 200); /* the region's own */
    assert_int_equal(number(e, "total"), 0);
    json_decref(e);
    e = ask(h, OKO_ROLE_SCHOOL, "GET", TABLE "/evidence", NULL, 200);
    assert_int_equal(number(e, "total"), 3);
    assert_int_equal(json_array_size(json_object_get(e, "rows")), 14);
    json_decref(e);
    json_t *found = ask(h, OKO_ROLE_SCHOOL, "GET",
                        API "/records?search=%D0%A7%D0%95%D0%A1%D0%A2%D0%9D%D0%AB%D0%A5&kind=event,note", NULL, 200);
    assert_int_equal(number(found, "total"), 1); /* «ЧЕСТНЫХ» */
    assert_string_equal(text(at(found, "items", 0), "kind"), "event");
    (void)snprintf(path, sizeof path, API "/records/%lld", (long long)number(at(found, "items", 0), "id"));
    json_t *one = ask(h, OKO_ROLE_HEAD, "GET", path, NULL, 200);
    assert_string_equal(text(one, "kind"), "event");
    json_decref(one);
    json_decref(found);
    assert_int_equal(house_status(h, h->token[OKO_ROLE_SCHOOL], "GET", API "/records?search=a&kind=nothing", "", NULL),
                     400);
}

/* Nobody attaches a file that they can't see: its name and bytes would come out with the evidence. */
static void foreign_files_stay_foreign(void **state)
{
    const house *h = *state;
    char path[120];
    (void)snprintf(path, sizeof path, API "/files?name=secret.txt&unit=%lld", (long long)h->school[1]);
    json_t *file = ask(h, OKO_ROLE_MUNICIPAL, "POST", path, "of another school", 201);
    json_t *e = ask(h, OKO_ROLE_SCHOOL, "GET", API "/roadmap-rows", NULL, 200);
    link_to(h, number(at(e, "items", 0), "id"), "file", number(file, "id"), 404);
    json_decref(e);
    json_decref(file);
}

/* Waits for the job; its result, new reference. */
static json_t *result_of(const house *h, oko_role who, json_t *job)
{
    char path[80];
    (void)snprintf(path, sizeof path, API "/jobs/%lld", (long long)number(job, "id"));
    json_decref(job);
    for (int i = 0; i < 200; i++) {
        job = ask(h, who, "GET", path, NULL, 200);
        const bool over = strcmp(text(job, "state"), "queued") != 0 && strcmp(text(job, "state"), "running") != 0;
        if (over) {
            assert_string_equal(text(job, "state"), "done");
            json_t *result = json_incref(json_object_get(job, "result"));
            json_decref(job);
            return result;
        }
        json_decref(job);
        (void)usleep(50000);
    }
    fail();
    return NULL;
}

static char *entry_of(zip_t *zip, const char *name)
{
    zip_stat_t st;
    if (zip_stat(zip, name, 0, &st) != 0) {
        fail_msg("%s is not in the archive", name);
    }
    char *bytes = calloc(1, (size_t)st.size + 1);
    zip_file_t *f = zip_fopen(zip, name, 0);
    assert_int_equal(zip_fread(f, bytes, st.size), (int)st.size);
    (void)zip_fclose(f);
    return bytes;
}

static void the_archive(void **state)
{
    const house *h = *state;
    char path[80], body[200];
    (void)snprintf(body, sizeof body,
                   "{\"unit\":%lld,\"kind\":\"evidence\",\"format\":\"zip\",\"code\":\"2020-2022\",\"below\":true}",
                   (long long)h->region);
    json_t *result = result_of(h, OKO_ROLE_OPERATOR, ask(h, OKO_ROLE_OPERATOR, "POST", API "/reports", body, 202));
    assert_string_equal(text(result, "name"), "evidence-2020-2022-20.zip");
    (void)snprintf(path, sizeof path, API "/files/%lld/content", (long long)number(result, "file"));
    answer a = house_call(h, h->token[OKO_ROLE_OPERATOR], "GET", path, "", NULL);
    assert_int_equal(a.status, 200);
    zip_error_t fault;
    zip_error_init(&fault);
    zip_source_t *source = zip_source_buffer_create(a.body, (zip_uint64_t)number(result, "bytes"), 0, &fault);
    zip_t *zip = zip_open_from_source(source, ZIP_CHECKCONS | ZIP_RDONLY, &fault);
    assert_non_null(zip);
    assert_int_equal(zip_get_num_entries(zip, 0), 4); /* two indexes, the note, the order */
    char *file = entry_of(zip, "06/sch0/02-order.pdf"), *index = entry_of(zip, "index.html");
    assert_string_equal(file, "the order of the headmaster");
    assert_non_null(strstr(index, "06/sch0/02-order.pdf"));
    assert_non_null(strstr(index, "Семинар о честных оценках"));
    assert_non_null(strstr(index, "участников меньше 10"));
    assert_null(strstr(index, "участников: 7"));
    free(index);
    index = entry_of(zip, "index.docx");
    assert_memory_equal(index, "PK", 2);
    free(index);
    free(file);
    zip_discard(zip);
    client_free(&a);
    json_decref(result);
}

static void reports_are_kept(void **state)
{
    const house *h = *state;
    char body[200];
    (void)snprintf(body, sizeof body, "{\"unit\":%lld,\"kind\":\"roadmap\",\"format\":\"docx\",\"code\":\"2020-2022\"}",
                   (long long)h->school[0]);
    json_t *result = result_of(h, OKO_ROLE_SCHOOL, ask(h, OKO_ROLE_SCHOOL, "POST", API "/reports", body, 202));
    json_t *list = ask(h, OKO_ROLE_SCHOOL, "GET", API "/reports", NULL, 200);
    assert_int_equal(number(list, "total"), 1); /* the operator's is not here */
    const json_t *first = at(list, "items", 0);
    assert_string_equal(text(first, "kind"), "roadmap");
    assert_int_equal(number(first, "unit"), h->school[0]);
    assert_int_equal(number(json_object_get(json_object_get(first, "job"), "result"), "file"), number(result, "file"));
    json_decref(list);
    json_decref(result);
    (void)snprintf(body, sizeof body,
                   "{\"unit\":%lld,\"kind\":\"evidence\",\"format\":\"html\",\"code\":\"2020-2022\"}",
                   (long long)h->school[0]);
    json_decref(ask(h, OKO_ROLE_SCHOOL, "POST", API "/reports", body, 400)); /* evidence is an archive */
    (void)snprintf(body, sizeof body, "{\"unit\":%lld,\"kind\":\"evidence\",\"format\":\"zip\",\"code\":\"1999\"}",
                   (long long)h->school[0]);
    json_decref(ask(h, OKO_ROLE_SCHOOL, "POST", API "/reports", body, 404));
    (void)snprintf(body, sizeof body, "{\"unit\":%lld,\"kind\":\"evidence\",\"format\":\"zip\",\"code\":\"2020-2022\"}",
                   (long long)h->school[3]);
    json_decref(ask(h, OKO_ROLE_SCHOOL, "POST", API "/reports", body, 404));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_at_the_units_below),   cmocka_unit_test(evidence_from_above),
        cmocka_unit_test(foreign_files_stay_foreign), cmocka_unit_test(the_archive),
        cmocka_unit_test(reports_are_kept),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
