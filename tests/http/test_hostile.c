/* Clients that send too much, too slowly, or nonsense: each gets its answer or is cut, and others do not notice. */
#include "http/house.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <time.h>

static house h;
static char raw_target[20000];

static int make(void **state)
{
    (void)state;
    const oko_server_options o = { .head_seconds = 2, .connections = 400 };
    house_open(&h, &o);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    house_drop(&h);
    return 0;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void others_are_served(void)
{
    double start = seconds();
    assert_int_equal(house_status(&h, NULL, "GET", "/api/v1/health", "", NULL), 200);
    assert_int_equal(house_status(&h, h.token[OKO_ROLE_OPERATOR], "GET", "/api/v1/units", "", NULL), 200);
    assert_true(seconds() - start < 2);
}

/* What a request is answered with; problems must be problem+json that fits the contract. */
static void gives(int status, const char *method, const char *target, const char *headers, const char *body)
{
    char type[64];
    answer a = house_call(&h, h.token[OKO_ROLE_OPERATOR], method, target, headers, body);
    if (a.status != status)
        fail_msg("%s %.60s: %d instead of %d: %.200s", method, target, a.status, status, a.body);
    if (strncmp(target, "/api/v1", 7) == 0) {
        assert_string_equal(client_header(&a, "Content-Type", type, sizeof type), "application/problem+json");
        json_t *json = json_loads(a.body, 0, NULL);
        assert_true(oko_schema_check(oko_contract_schema(h.service->contract, "Problem"), json, NULL));
        assert_int_equal(json_integer_value(json_object_get(json, "status")), status);
        assert_null(strstr(a.body, "SELECT"));
        assert_null(strstr(a.body, h.folder));
        json_decref(json);
    }
    client_free(&a);
}

static void every_status_is_a_problem(void **state)
{
    (void)state;
    gives(404, "GET", "/api/v1/nothing", "", NULL);
    gives(404, "GET", "/api/v1/units/987654", "", NULL);
    gives(405, "PUT", "/api/v1/units", "", "{}");
    gives(422, "GET", "/api/v1/units?colour=red", "", NULL);
    gives(422, "GET", "/api/v1/units?limit=0", "", NULL);
    gives(422, "GET", "/api/v1/units?limit=ten", "", NULL);
    gives(422, "GET", "/api/v1/units?limit=5&limit=6", "", NULL);
    gives(422, "GET", "/api/v1/units/-1", "", NULL);
    gives(422, "GET", "/api/v1/units/99999999999999999999999", "", NULL);
    gives(400, "GET", "/api/v1/units?search=%zz", "", NULL);
    gives(400, "GET", "/api/v1/units?search=%ff%fe", "", NULL);
    gives(400, "GET", "/api/v1/units?search=%00", "", NULL);
    gives(400, "GET", "/api/v1/../../etc/passwd", "", NULL);
    gives(400, "GET", "/api/v1/units/..%2f..%2fetc", "", NULL);
    gives(415, "POST", "/api/v1/analyses", "Content-Type: text/xml\r\n", "<a/>");
    gives(400, "POST", "/api/v1/analyses", "", "{\"kind\":");
    gives(400, "POST", "/api/v1/analyses", "", "{\"kind\":\"\xff\xfe\"}");
    gives(400, "POST", "/api/v1/analyses", "", "{\"kind\":\"analyze\",\"kind\":\"analyze\"}");
    gives(422, "POST", "/api/v1/analyses", "", "{\"kind\":\"analyze\",\"more\":1}");
    gives(422, "POST", "/api/v1/analyses", "", "[]");
    gives(422, "POST", "/api/v1/analyses", "", "");
    gives(428, "PATCH", "/api/v1/me", "", "{}");
    gives(412, "PATCH", "/api/v1/me", "If-Match: \"999\"\r\n", "{\"lang\":\"en\"}");
    gives(404, "GET", "/no/such/page.png", "", NULL);
}

static void paths_lead_nowhere(void **state)
{
    (void)state;
    static const char *const targets[] = { "/../../../../etc/passwd", "/assets/../../etc/passwd",
                                           "/%2e%2e/%2e%2e/etc/passwd", "/assets/..%2f..%2f..%2fetc%2fpasswd",
                                           "//etc/passwd" };
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        answer a = house_call(&h, NULL, "GET", targets[i], "", NULL);
        assert_null(strstr(a.body, "root:"));
        client_free(&a);
    }
}

static void deep_and_large_bodies_are_refused(void **state)
{
    (void)state;
    size_t n = 2 * 1024 * 1024;
    char *body = malloc(n + 1);
    memset(body, '[', 100000);
    body[100000] = '\0';
    gives(400, "POST", "/api/v1/analyses", "", body);
    memset(body, 'a', n);
    body[n] = '\0';
    gives(413, "POST", "/api/v1/analyses", "", body);
    body[8000] = '\0'; /* the operation's own limit */
    gives(413, "POST", "/api/v1/session", "", body);
    free(body);
    memset(raw_target, 'x', 9000);
    memcpy(raw_target, "/api/v1/units?search=", 21);
    raw_target[9000] = '\0';
    gives(414, "GET", raw_target, "", NULL);
    others_are_served();
}

static void a_chunked_body_has_a_limit(void **state)
{
    (void)state;
    char head[512];
    int fd = client_connect(h.port);
    (void)snprintf(head, sizeof head,
                   "POST /api/v1/analyses HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: "
                   "application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
                   h.token[OKO_ROLE_OPERATOR]);
    assert_true(client_send(fd, head, strlen(head)));
    static char chunk[65536 + 16];
    int n = snprintf(chunk, 16, "10000\r\n");
    memset(chunk + n, ' ', 65536);
    memcpy(chunk + n + 65536, "\r\n", 2);
    int sent = 0;
    while (sent < 200 && client_send(fd, chunk, (size_t)n + 65538))
        sent++;
    assert_true(sent < 200); /* cut before 13 MB had gone */
    close(fd);
    others_are_served();
}

/* No header of ours can be begun by what a client sends. */
static void headers_are_not_injected(void **state)
{
    (void)state;
    char value[64];
    json_t *file = house_json(&h, h.token[OKO_ROLE_OPERATOR], "POST", "/api/v1/files?name=a%22%3Bb%2F..%2Fc.txt", "",
                              "bytes", 201);
    char target[64];
    (void)snprintf(target, sizeof target, "/api/v1/files/%lld/content",
                   (long long)json_integer_value(json_object_get(file, "id")));
    assert_string_equal(json_string_value(json_object_get(file, "name")), "c.txt");
    json_decref(file);
    answer a = house_call(&h, h.token[OKO_ROLE_OPERATOR], "GET", target, "", NULL);
    assert_int_equal(a.status, 200);
    assert_string_equal(client_header(&a, "Content-Disposition", value, sizeof value),
                        "attachment; filename*=UTF-8''c.txt");
    assert_string_equal(client_header(&a, "X-Content-Type-Options", value, sizeof value), "nosniff");
    assert_int_equal(a.body_len, 5);
    client_free(&a);
    gives(400, "POST", "/api/v1/files?name=a%0d%0aX-Evil:1", "", "bytes");
}

/* Bytes that come one by one: the connection is gone after the time for a head, others are served meanwhile. */
static void slow_heads_are_cut(void **state)
{
    (void)state;
    enum { SLOW = 50 };
    int fd[SLOW];
    for (int i = 0; i < SLOW; i++) {
        fd[i] = client_connect(h.port);
        assert_true(client_send(fd[i], "GET /api/v1/health HTTP/1.1\r\nX-", 31));
    }
    double start = seconds();
    bool alive = true;
    while (alive && seconds() - start < 10) {
        const struct timespec tick = { .tv_nsec = 200000000L };
        (void)nanosleep(&tick, NULL);
        others_are_served();
        alive = false;
        for (int i = 0; i < SLOW; i++)
            alive = client_send(fd[i], "a", 1) || alive;
    }
    assert_false(alive);
    for (int i = 0; i < SLOW; i++)
        close(fd[i]);
}

/* More connections than there is room for, none of which asks for anything: who asks is served all the same. */
/* As many as the system lets both ends hold: 10 000 where 20 500 files may be open. */
static int idle_allowed(int most)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return most / 20;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
    rlim_t half = limit.rlim_cur == RLIM_INFINITY ? (rlim_t)most : (limit.rlim_cur - 500) / 2;
    return half < (rlim_t)most ? (int)half : most;
}

static void idle_connections_give_way(void **state)
{
    (void)state;
    enum { MOST = 10000 };
    static int fd[MOST];
    const int idle = idle_allowed(MOST);
    double start = seconds();
    for (int i = 0; i < idle; i++) {
        fd[i] = client_connect(h.port);
        assert_true(fd[i] >= 0);
    }
    int status = 0;
    while (status != 200 && seconds() - start < 60)
        status = house_status(&h, NULL, "GET", "/api/v1/health", "", NULL);
    assert_int_equal(status, 200);
    print_message("served after %.1f s\n", seconds() - start);
    print_message("%d idle connections\n", idle);
    for (int i = 0; i < idle; i++)
        close(fd[i]);
    others_are_served();
}

static void slow_bodies_keep_nobody_waiting(void **state)
{
    (void)state;
    enum { SLOW = 30 };
    int fd[SLOW];
    char head[512];
    int n = snprintf(head, sizeof head,
                     "POST /api/v1/analyses HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: "
                     "application/json\r\nContent-Length: 1000\r\n\r\n{",
                     h.token[OKO_ROLE_OPERATOR]);
    for (int i = 0; i < SLOW; i++) {
        fd[i] = client_connect(h.port);
        assert_true(client_send(fd[i], head, (size_t)n));
    }
    for (int i = 0; i < 20; i++)
        others_are_served();
    for (int i = 0; i < SLOW; i++)
        close(fd[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_is_a_problem),         cmocka_unit_test(paths_lead_nowhere),
        cmocka_unit_test(deep_and_large_bodies_are_refused), cmocka_unit_test(a_chunked_body_has_a_limit),
        cmocka_unit_test(headers_are_not_injected),          cmocka_unit_test(slow_heads_are_cut),
        cmocka_unit_test(slow_bodies_keep_nobody_waiting),   cmocka_unit_test(idle_connections_give_way),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
