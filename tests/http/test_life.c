/*
 * The whole roadmap 2020–2022 over a socket: a server of its own, people of every role with sessions, and the story
 * that also makes the demonstration (reference/demo/story.json). What the story checks on its way is checked here; at
 * the end the states of the 14 rows are asked once more.
 */
#include "client.h"

#include "http/story.h"
#include "reference/embedded.h"
#include "reference/json.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

enum { PEOPLE = 200 };

typedef struct person {
    char login[64], cookie[160], csrf[80];
} person;

typedef struct life {
    char dir[64], db[128];
    pid_t server;
    int port, n;
    person people[PEOPLE];
} life;

static void run_program(const char *const *args)
{
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        (void)dup2(null, 1);
        execv(OKO_PROGRAM, (char *const *)(uintptr_t)args);
        _exit(127);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* oko serve on a free port; its first line names it. */
static void start_server(life *l)
{
    int out[2];
    char line[256] = "";
    assert_int_equal(pipe(out), 0);
    l->server = fork();
    if (l->server == 0) {
        (void)dup2(out[1], 1);
        execl(OKO_PROGRAM, "oko", "--quiet", "--db", l->db, "serve", "--listen", "127.0.0.1:0", (char *)NULL);
        _exit(127);
    }
    close(out[1]);
    FILE *f = fdopen(out[0], "r");
    assert_non_null(fgets(line, sizeof line, f));
    (void)fclose(f);
    assert_int_equal(sscanf(line, "http://127.0.0.1:%d/", &l->port), 1);
}

static int setup(void **state)
{
    static life l;
    l = (life){ .dir = "/tmp/oko_life_XXXXXX" };
    assert_non_null(mkdtemp(l.dir));
    (void)snprintf(l.db, sizeof l.db, "%s/oko.db", l.dir);
    run_program((const char *const[]){ "oko", "--quiet", "demo", "--out", l.dir, "--schools", "12", "--municipalities",
                                       "2", "--prepare", NULL });
    start_server(&l);
    *state = &l;
    return 0;
}

static int teardown(void **state)
{
    life *l = *state;
    char command[160];
    int status = 0;
    (void)kill(l->server, SIGTERM);
    (void)waitpid(l->server, &status, 0);
    (void)snprintf(command, sizeof command, "rm -rf '%s'", l->dir);
    return system(command);
}

/* ---- people sign in once ---- */

static person *sign_in(life *l, const char *login)
{
    for (int i = 0; i < l->n; i++) {
        if (strcmp(l->people[i].login, login) == 0) {
            return &l->people[i];
        }
    }
    assert_true(l->n < PEOPLE);
    person *p = &l->people[l->n++];
    char body[200], cookie[128];
    (void)snprintf(p->login, sizeof p->login, "%s", login);
    (void)snprintf(body, sizeof body, "{\"login\":\"%s\",\"password\":\"oko-demo-2022\"}", login);
    answer a = { .status = 429 };
    for (int i = 0; i < 100 && (a.status == 429 || a.status == 503); i++) { /* the gate lets in so many at a time */
        if (i > 0) {
            client_free(&a);
            (void)usleep(200000);
        }
        a = client_call(l->port, "POST", "/api/v1/session", "", body);
    }
    if (a.status != 201) {
        fail_msg("%s: %d %s", login, a.status, a.body);
    }
    (void)client_header(&a, "Set-Cookie", cookie, sizeof cookie);
    (void)snprintf(p->cookie, sizeof p->cookie, "%.*s", (int)strcspn(cookie, ";"), cookie);
    json_t *session = json_loads(a.body, 0, NULL);
    (void)snprintf(p->csrf, sizeof p->csrf, "%s", json_string_value(json_object_get(session, "csrf")));
    json_decref(session);
    client_free(&a);
    return p;
}

/* ---- the teller ---- */

static answer upload(const life *l, const char *target, const char *headers, const char *file)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/files/%s", l->dir, file);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    char *text = malloc((size_t)st.st_size + 4096);
    int n = snprintf(text, 4096,
                     "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%sContent-Type: "
                     "application/octet-stream\r\nContent-Length: %lld\r\n\r\n",
                     target, headers, (long long)st.st_size);
    int fd = open(path, O_RDONLY);
    assert_int_equal(read(fd, text + n, (size_t)st.st_size), st.st_size);
    close(fd);
    fd = client_connect(l->port);
    assert_true(client_send(fd, text, (size_t)n + (size_t)st.st_size));
    answer a = client_read(fd);
    close(fd);
    free(text);
    return a;
}

static oko_status send_call(void *ctx, const oko_story_call *call, oko_story_answer *ret_answer, oko_error *err)
{
    life *l = ctx;
    const person *p = sign_in(l, call->as);
    char headers[512], target[1024], match[48] = "";
    (void)err;
    if (call->version > 0) {
        (void)snprintf(match, sizeof match, "If-Match: \"%lld\"\r\n", (long long)call->version);
    }
    (void)snprintf(headers, sizeof headers, "Cookie: %s\r\nX-CSRF-Token: %s\r\n%s", p->cookie, p->csrf, match);
    (void)snprintf(target, sizeof target, "/api/v1%s", call->path);
    char *body = call->body != NULL ? json_dumps(call->body, JSON_COMPACT) : NULL;
    answer a = call->file != NULL ? upload(l, target, headers, call->file)
                                  : client_call(l->port, call->method, target, headers, body);
    free(body);
    ret_answer->status = a.status;
    ret_answer->body = json_loadb(a.body, a.body_len, 0, NULL);
    client_free(&a);
    return OKO_OK;
}

/* Units with the logins that the demonstration gives them. */
static void list_units(life *l, json_t *variables, const char *level, const char *name)
{
    char path[128];
    oko_story_answer a = { 0 };
    json_t *list = json_array();
    (void)snprintf(path, sizeof path, "/units?level=%s&limit=1000", level);
    const oko_story_call call = { .as = "operator", .on = "", .method = "GET", .path = path };
    assert_int_equal(send_call(l, &call, &a, NULL), OKO_OK);
    assert_int_equal(a.status, 200);
    size_t i;
    json_t *u;
    json_array_foreach(json_object_get(a.body, "items"), i, u)
    {
        char login[64];
        (void)snprintf(login, sizeof login, "mun%02zu", i + 1);
        json_t *o = json_copy(u);
        (void)json_object_set_new(o, "no", json_integer((json_int_t)i));
        (void)json_object_set_new(
            o, "login", strcmp(level, "school") == 0 ? json_incref(json_object_get(u, "code")) : json_string(login));
        (void)json_array_append_new(list, o);
    }
    json_decref(a.body);
    if (strcmp(level, "region") == 0) {
        (void)json_object_set(variables, name, json_object_get(json_array_get(list, 0), "id"));
        json_decref(list);
    } else {
        (void)json_object_set_new(variables, name, list);
    }
}

static void test_three_years(void **state)
{
    life *l = *state;
    oko_str text;
    oko_error err = { 0 };
    json_t *story = NULL, *variables = json_object();
    oko_story_result result;
    assert_true(oko_embedded_find("demo/story.json", &text));
    assert_int_equal(oko_json_parse(text, "story.json", &story, &err), OKO_OK);
    list_units(l, variables, "region", "region");
    list_units(l, variables, "municipality", "municipalities");
    list_units(l, variables, "school", "schools");
    oko_status status = oko_story_tell(json_object_get(story, "steps"), variables, send_call, l, &result, &err);
    print_message("%lld steps, %lld calls, %d people\n", (long long)result.steps, (long long)result.calls, l->n);
    if (status != OKO_OK) {
        fail_msg("%s", result.where);
    }
    assert_true(result.calls > 1500);
    json_decref(variables);
    json_decref(story);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_three_years, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
