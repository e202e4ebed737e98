/* Letters over a socket: the office's template, many at once, one ZIP; the page of a case; who may link what. */
#include "http/house.h"
#include "report/docx_package.h"

#include <zip.h>

#define API "/api/v1"

typedef struct scene {
    house h;
    json_int_t cases[2], letters[2];
} scene;

static json_int_t number(const json_t *o, const char *name)
{
    return json_integer_value(json_object_get(o, name));
}

static const char *text(const json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));
    return s != NULL ? s : "";
}

static json_t *ask(const house *h, oko_role who, const char *method, const char *path, const char *body, int status)
{
    return house_json(h, h->token[who], method, path, "", body, status);
}

static json_int_t make_record(const house *h, const char *collection, int64_t unit, const char *inner)
{
    char path[80], body[400];
    (void)snprintf(path, sizeof path, API "/%s", collection);
    (void)snprintf(body, sizeof body, "{\"unit\":%lld,\"title\":\"Т\",\"year\":2026,\"body\":%s}", (long long)unit,
                   inner);
    json_t *made = ask(h, OKO_ROLE_OPERATOR, "POST", path, body, 201);
    const json_int_t id = number(made, "id");
    json_decref(made);
    return id;
}

static int make(void **state)
{
    static scene s;
    house_open(&s.h, NULL);
    for (int i = 0; i < 2; i++) {
        char inner[120];
        s.cases[i] = make_record(&s.h, "cases", s.h.school[i],
                                 "{\"origin\":{\"kind\":\"manual\",\"reason\":\"проверка\"},\"sign\":\"threshold\"}");
        (void)snprintf(inner, sizeof inner, "{\"cases\":[%lld],\"text\":\"Согласовать критерии.\"}",
                       (long long)s.cases[i]);
        s.letters[i] = make_record(&s.h, "recommendations", s.h.school[i], inner);
    }
    *state = &s;
    return 0;
}

static int drop(void **state)
{
    scene *s = *state;
    house_drop(&s->h);
    return 0;
}

/* One action on both letters, from these versions. */
static json_t *act_both(const scene *s, oko_role who, const char *action, const char *input, int first, int second,
                        int status)
{
    char body[300];
    (void)snprintf(body, sizeof body,
                   "{\"action\":\"%s\",\"items\":[{\"id\":%lld,\"version\":%d},{\"id\":%lld,\"version\":%d}],"
                   "\"input\":%s}",
                   action, (long long)s->letters[0], first, (long long)s->letters[1], second, input);
    return ask(&s->h, who, "POST", API "/recommendations/actions", body, status);
}

static void many_letters_go_one_way(void **state)
{
    const scene *s = *state;
    json_decref(act_both(s, OKO_ROLE_OPERATOR, "submit", "{}", 1, 1, 200));
    json_t *r = act_both(s, OKO_ROLE_HEAD, "approve", "{}", 2, 7, 422); /* the second one has changed meanwhile */
    const json_t *problem = json_array_get(json_object_get(r, "problems"), 0);
    assert_int_equal(number(r, "changed"), 0);
    assert_int_equal(json_array_size(json_object_get(r, "problems")), 1);
    assert_int_equal(number(problem, "id"), s->letters[1]);
    assert_true(strlen(text(problem, "message")) > 10);
    assert_null(strstr(text(problem, "message"), "{0}"));
    json_decref(r);
    json_decref(act_both(s, OKO_ROLE_HEAD, "approve", "{}", 2, 2, 200)); /* nothing had been done to the first */
    json_decref(act_both(s, OKO_ROLE_OPERATOR, "send", "{\"date\":\"2026-05-11\"}", 3, 3, 200));
    char path[80];
    (void)snprintf(path, sizeof path, API "/recommendations/%lld", (long long)s->letters[1]);
    r = ask(&s->h, OKO_ROLE_OPERATOR, "GET", path, NULL, 200);
    assert_string_equal(text(r, "state"), "sent");
    assert_string_equal(text(json_object_get(r, "body"), "number"), "002/2026");
    json_decref(r);
    assert_int_equal(house_status(&s->h, s->h.token[OKO_ROLE_AUDITOR], "POST", API "/recommendations/actions", "",
                                  "{\"action\":\"send\",\"items\":[{\"id\":1,\"version\":1}]}"),
                     403);
}

/* Bytes of a DOCX with places; free them. */
static char *form(const char *document, size_t *ret_len)
{
    const oko_docx_part parts[] = { { "[Content_Types].xml", OKO_STR("<Types/>") },
                                    { "word/document.xml", oko_str_of(document) } };
    char *bytes = NULL;
    assert_int_equal(oko_docx_pack(parts, 2, &bytes, ret_len, &house_err), OKO_OK);
    return bytes;
}

/* A call whose body is bytes. */
static json_t *upload(const house *h, oko_role who, const char *path, const char *bytes, size_t len, int status)
{
    char head[700];
    int fd = client_connect(h->port);
    (void)snprintf(head, sizeof head,
                   "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/octet-stream\r\n"
                   "Content-Length: %zu\r\nAuthorization: Bearer %s\r\n\r\n",
                   path, len, h->token[who]);
    assert_true(client_send(fd, head, strlen(head)) && client_send(fd, bytes, len));
    answer a = client_read(fd);
    if (a.status != status)
        fail_msg("%s: %d instead of %d: %s", path, a.status, status, a.body);
    json_t *json = json_loads(a.body, 0, NULL);
    client_free(&a);
    return json;
}

static json_t *choose(const house *h, const json_t *template, const char *action, int status)
{
    char path[100], match[40];
    (void)snprintf(path, sizeof path, API "/templates/%lld/actions/%s", (long long)number(template, "id"), action);
    (void)snprintf(match, sizeof match, "If-Match: \"%lld\"\r\n", (long long)number(template, "version"));
    return house_json(h, h->token[OKO_ROLE_OPERATOR], "POST", path, match, "{}", status);
}

/* A part of a ZIP as text; free it. NULL: there is none. */
static char *part_of(const char *bytes, size_t len, const char *name)
{
    zip_error_t fault;
    zip_error_init(&fault);
    zip_source_t *source = zip_source_buffer_create(bytes, len, 0, &fault);
    zip_t *zip = zip_open_from_source(source, ZIP_CHECKCONS | ZIP_RDONLY, &fault);
    assert_non_null(zip);
    zip_stat_t st;
    char *part = NULL;
    if (zip_stat(zip, name, 0, &st) == 0) {
        part = calloc(1, (size_t)st.size + 1);
        zip_file_t *file = zip_fopen(zip, name, 0);
        assert_int_equal(zip_fread(file, part, st.size), (int)st.size);
        (void)zip_fclose(file);
    }
    zip_discard(zip);
    return part;
}

static answer document(const scene *s, const char *query)
{
    char path[120];
    (void)snprintf(path, sizeof path, API "/recommendations/%lld/letter?format=docx%s", (long long)s->letters[0],
                   query);
    answer a = house_call(&s->h, s->h.token[OKO_ROLE_SCHOOL], "GET", path, "", NULL);
    assert_int_equal(a.status, 200);
    return a;
}

static void holds(const answer *a, const char *wanted, bool there)
{
    char *body = part_of(a->body, a->body_len, "word/document.xml");
    assert_non_null(body);
    if ((strstr(body, wanted) != NULL) != there)
        fail_msg("%s is %s in %s", wanted, there ? "not" : "", body);
    free(body);
}

static void a_template_is_chosen(void **state)
{
    const scene *s = *state;
    const house *h = &s->h;
    size_t n;
    char *bytes = form("<w:p><w:t>Бланк № {{number}}, {{addressee}}: {{text}} {{stamp}}</w:t></w:p>", &n);
    json_t *other = upload(h, OKO_ROLE_ADMIN, API "/templates?name=a.docx", bytes, n, 201);
    json_t *mine = upload(h, OKO_ROLE_OPERATOR, API "/templates?name=b.docx&title=Form", bytes, n, 201);
    assert_int_equal(json_array_size(json_object_get(json_object_get(mine, "body"), "places")), 4);
    assert_string_equal(text(mine, "title"), "Form");
    answer a = document(s, "");
    holds(&a, "Бланк № 001/2026", false); /* not chosen yet */
    client_free(&a);
    json_t *first = choose(h, other, "choose", 200), *second = choose(h, mine, "choose", 200);
    assert_string_equal(text(second, "state"), "chosen");
    json_t *list = ask(h, OKO_ROLE_HEAD, "GET", API "/templates?state=chosen", NULL, 200);
    assert_int_equal(number(list, "total"), 1); /* the one before gave way */
    a = document(s, "");
    holds(&a, "Бланк № 001/2026, sch0: Согласовать критерии.", true);
    client_free(&a);
    a = document(s, "&template=0");
    holds(&a, "Бланк", false);
    client_free(&a);
    char path[100];
    (void)snprintf(path, sizeof path, API "/recommendations/%lld/letter", (long long)s->letters[0]);
    json_t *model = ask(h, OKO_ROLE_OPERATOR, "GET", path, NULL, 200);
    const json_t *gap = json_array_get(json_object_get(model, "unfilled"), 0);
    assert_int_equal(json_array_size(json_object_get(model, "unfilled")), 1);
    assert_string_equal(text(gap, "place"), "stamp");
    assert_string_equal(text(gap, "why"), "unknown");
    assert_string_equal(text(json_object_get(model, "template"), "title"), "Form");
    json_decref(upload(h, OKO_ROLE_OPERATOR, API "/templates?name=c.docx", "no template", 11, 422));
    json_decref(upload(h, OKO_ROLE_MUNICIPAL, API "/templates?name=c.docx", bytes, n, 403));
    list = (json_decref(list), ask(h, OKO_ROLE_HEAD, "GET", API "/templates", NULL, 200));
    assert_int_equal(number(list, "total"), 2); /* nothing is left of what was refused */
    json_decref(choose(h, second, "release", 200));
    json_decref(model);
    json_decref(list);
    json_decref(first);
    json_decref(second);
    json_decref(mine);
    json_decref(other);
    free(bytes);
}

/* A case made by hand is told by its reason, with the sign where it has one. */
static void a_case_by_hand_has_its_reason(void **state)
{
    const scene *s = *state;
    char inner[120], path[120];
    answer a = document(s, "&template=0");
    holds(&a, "границы отметок — проверка", true);
    client_free(&a);
    const json_int_t one = make_record(&s->h, "cases", s->h.school[0],
                                       "{\"origin\":{\"kind\":\"manual\",\"reason\":\"уточнить порядок\"}}");
    (void)snprintf(inner, sizeof inner, "{\"cases\":[%lld],\"text\":\"Уточнить.\"}", (long long)one);
    (void)snprintf(path, sizeof path, API "/recommendations/%lld/letter?format=docx&template=0",
                   (long long)make_record(&s->h, "recommendations", s->h.school[0], inner));
    a = house_call(&s->h, s->h.token[OKO_ROLE_OPERATOR], "GET", path, "", NULL);
    assert_int_equal(a.status, 200);
    holds(&a, "sch0: уточнить порядок", true);
    client_free(&a);
}

static void letters_come_as_one_file(void **state)
{
    const scene *s = *state;
    char path[120];
    (void)snprintf(path, sizeof path, API "/recommendations/letters?ids=%lld,%lld", (long long)s->letters[0],
                   (long long)s->letters[1]);
    answer a = house_call(&s->h, s->h.token[OKO_ROLE_HEAD], "GET", path, "", NULL);
    assert_int_equal(a.status, 200);
    char *first = part_of(a.body, a.body_len, "001-2026_sch0.docx"),
         *second = part_of(a.body, a.body_len, "002-2026_sch1.docx");
    assert_non_null(first);
    assert_non_null(second);
    assert_memory_equal(first, "PK", 2);
    free(first);
    free(second);
    client_free(&a);
    assert_int_equal(house_status(&s->h, s->h.token[OKO_ROLE_SCHOOL], "GET", path, "", NULL), 403);
    assert_int_equal(
        house_status(&s->h, s->h.token[OKO_ROLE_HEAD], "GET", API "/recommendations/letters?ids=987654", "", NULL),
        404);
}

static void the_page_of_a_case(void **state)
{
    const scene *s = *state;
    char path[80];
    (void)snprintf(path, sizeof path, API "/cases/%lld/page", (long long)s->cases[0]);
    json_t *page = ask(&s->h, OKO_ROLE_OPERATOR, "GET", path, NULL, 200);
    const json_t *letter = json_array_get(json_object_get(page, "letters"), 0);
    assert_int_equal(json_array_size(json_object_get(page, "letters")), 1);
    assert_int_equal(number(letter, "id"), s->letters[0]);
    assert_true(json_array_size(json_object_get(json_object_get(page, "advice"), "advice")) > 0);
    assert_true(json_is_null(json_object_get(page, "earlier")));
    json_decref(page);
    assert_int_equal(house_status(&s->h, s->h.token[OKO_ROLE_SCHOOL], "GET", path, "", NULL), 404); /* a signal yet */
}

/* The name of a file may tell something: nobody links to one that they can't open. */
static void foreign_files_are_not_linked(void **state)
{
    const scene *s = *state;
    const house *h = &s->h;
    char path[100], body[100];
    (void)snprintf(path, sizeof path, API "/files?name=secret.pdf&unit=%lld", (long long)h->school[3]);
    json_t *foreign = ask(h, OKO_ROLE_OPERATOR, "POST", path, "bytes", 201);
    (void)snprintf(path, sizeof path, API "/files?name=own.pdf&unit=%lld", (long long)h->school[0]);
    json_t *own = ask(h, OKO_ROLE_OPERATOR, "POST", path, "bytes", 201);
    (void)snprintf(path, sizeof path, API "/recommendations/%lld/links", (long long)s->letters[0]);
    (void)snprintf(body, sizeof body, "{\"relation\":\"attachment\",\"target\":\"file\",\"id\":%lld}",
                   (long long)number(foreign, "id"));
    json_decref(ask(h, OKO_ROLE_SCHOOL, "POST", path, body, 404));
    (void)snprintf(body, sizeof body, "{\"relation\":\"attachment\",\"target\":\"file\",\"id\":%lld}",
                   (long long)number(own, "id"));
    json_decref(ask(h, OKO_ROLE_SCHOOL, "POST", path, body, 201)); /* to its answer */
    json_decref(foreign);
    json_decref(own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_letters_go_one_way),
        cmocka_unit_test(a_template_is_chosen),
        cmocka_unit_test(a_case_by_hand_has_its_reason),
        cmocka_unit_test(letters_come_as_one_file),
        cmocka_unit_test(the_page_of_a_case),
        cmocka_unit_test(foreign_files_are_not_linked),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
