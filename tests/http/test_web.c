/*
 * Files of the web interface over a socket. The interface itself is made of the test's own bytes: what is asked is how
 * the server hands files out (types, twins in gzip, tags, how long they may be kept, paths of the interface's own).
 */
#include "http/house.h"
#include "http/web.h"
#include "reference/embedded.h"

#define INDEX "<!DOCTYPE html><title>x</title>"
#define SCRIPT "export const words = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa';"

const oko_embedded oko_embedded_more[] = { { "web/assets/app-1a2b.js", { SCRIPT, sizeof SCRIPT - 1 } },
                                           { "web/assets/app-1a2b.js.gz", { "packed", 6 } },
                                           { "web/assets/dot-3c4d.png", { "\x89PNG", 4 } },
                                           { "web/index.html", { INDEX, sizeof INDEX - 1 } },
                                           { "web/index.html.gz", { "index", 5 } },
                                           { "web/text/note.txt", { "?", 1 } },
                                           { NULL, { NULL, 0 } } };

static int setup(void **state)
{
    static house h;
    house_open(&h, NULL);
    *state = &h;
    return 0;
}

static int teardown(void **state)
{
    house_drop(*state);
    return 0;
}

static answer get(const house *h, const char *path, const char *headers)
{
    return house_call(h, NULL, "GET", path, headers, NULL);
}

static void header_is(const answer *a, const char *name, const char *wanted)
{
    char value[512];
    assert_string_equal(client_header(a, name, value, sizeof value), wanted);
}

static void body_is(const answer *a, const char *wanted)
{
    assert_int_equal(a->body_len, strlen(wanted));
    assert_memory_equal(a->body, wanted, a->body_len);
}

static void test_plain_and_packed(void **state)
{
    answer a = get(*state, "/assets/app-1a2b.js?x=1", "");
    assert_int_equal(a.status, 200);
    body_is(&a, SCRIPT);
    header_is(&a, "Content-Type", "text/javascript; charset=utf-8");
    header_is(&a, "Content-Encoding", "");
    header_is(&a, "Vary", "Accept-Encoding");
    header_is(&a, "Cache-Control", "public, max-age=31536000, immutable");
    client_free(&a);

    a = get(*state, "/assets/app-1a2b.js", "Accept-Encoding: br, GZIP;q=0.5\r\n");
    body_is(&a, "packed");
    header_is(&a, "Content-Type", "text/javascript; charset=utf-8");
    header_is(&a, "Content-Encoding", "gzip");
    header_is(&a, "Vary", "Accept-Encoding");
    client_free(&a);
}

static void test_what_a_client_takes(void **state)
{
    static const struct {
        const char *accept;
        bool gzip;
    } cases[] = { { "gzip", true },
                  { "deflate, gzip;q=1.0, *;q=0.5", true },
                  { "*", true },
                  { "gzip;q=0", false },
                  { "gzip;q=0.000, *", false },
                  { "*;q=0", false },
                  { "identity", false },
                  { "xgzip, gzipx", false },
                  { "", false },
                  { " deflate ,gzip", true } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char header[128];
        (void)snprintf(header, sizeof header, "Accept-Encoding: %s\r\n", cases[i].accept);
        answer a = get(*state, "/", header);
        assert_int_equal(a.status, 200);
        header_is(&a, "Content-Encoding", cases[i].gzip ? "gzip" : "");
        body_is(&a, cases[i].gzip ? "index" : INDEX);
        client_free(&a);
    }
}

/* Each form has a tag of its own, and what is known is not sent again. */
static void test_tags(void **state)
{
    char plain[128], packed[128], header[300];
    answer a = get(*state, "/index.html", "");
    assert_true(client_header(&a, "ETag", plain, sizeof plain)[0] == '"');
    header_is(&a, "Cache-Control", "no-cache");
    client_free(&a);
    a = get(*state, "/index.html", "Accept-Encoding: gzip\r\n");
    assert_true(client_header(&a, "ETag", packed, sizeof packed)[0] == '"');
    client_free(&a);
    assert_string_not_equal(plain, packed);

    (void)snprintf(header, sizeof header, "Accept-Encoding: gzip\r\nIf-None-Match: %s\r\n", packed);
    a = get(*state, "/index.html", header);
    assert_int_equal(a.status, 304);
    assert_int_equal(a.body_len, 0);
    header_is(&a, "Vary", "Accept-Encoding");
    client_free(&a);
    (void)snprintf(header, sizeof header, "Accept-Encoding: gzip\r\nIf-None-Match: %s\r\n", plain);
    a = get(*state, "/index.html", header);
    assert_int_equal(a.status, 200);
    client_free(&a);
}

static void test_paths(void **state)
{
    static const char *const own[] = { "/", "/login", "/analysis/schools/12?unit=3&year=2021", "/a.b/c" };
    static const char *const absent[] = { "/assets/app-0000.js", "/favicon.ico", "/index.html.gz",
                                          "/assets/app-1a2b.js.gz", "/../index.html" };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        answer a = get(*state, own[i], "");
        assert_int_equal(a.status, 200);
        body_is(&a, INDEX);
        header_is(&a, "Content-Type", "text/html; charset=utf-8");
        header_is(&a, "Content-Security-Policy", OKO_WEB_POLICY);
        client_free(&a);
    }
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        answer a = get(*state, absent[i], "Accept-Encoding: gzip\r\n");
        assert_int_equal(a.status, 404);
        client_free(&a);
    }
    answer a = get(*state, "/assets/dot-3c4d.png", "Accept-Encoding: gzip\r\n");
    assert_int_equal(a.status, 200);
    header_is(&a, "Content-Type", "image/png");
    header_is(&a, "Content-Encoding", "");
    header_is(&a, "Vary", "");
    client_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_plain_and_packed),
                                        cmocka_unit_test(test_what_a_client_takes), cmocka_unit_test(test_tags),
                                        cmocka_unit_test(test_paths) };
    return cmocka_run_group_tests(tests, setup, teardown);
}
