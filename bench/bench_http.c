/*
 * The server under load: 64 connections of one epoll client against `oko serve`'s own server in a child process, on a
 * made-up register, or on a copy of a database with runs (--db FILE, as ./start makes one: then also signs, a school's
 * page, and a list beside a running analysis). Prints requests a second, p50 and p99 of each kind of request, and the
 * memory of the server; beside them the floor: the same client against a fixed answer. Usage: bench_http [--short]
 * [--db FILE]
 */
#include "cycle/people.h"
#include "http/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS = 64, ANSWER_BYTES = 1 << 19, MUNICIPALITIES = 40, SCHOOLS = 15 };

typedef struct shop {
    char db[64], token[OKO_SECRET_HEX];
    int64_t school;
    int port;
    pid_t server;
} shop;

static void must(oko_status status, const oko_error *err)
{
    if (status != OKO_OK) {
        fprintf(stderr, "%s %s\n", oko_status_describe(status)->name, err->id);
        exit(1);
    }
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- the server ---- */
static int64_t add_unit(oko_store *s, oko_level level, int64_t parent, const char *code)
{
    oko_unit u = { .level = level, .parent = parent, .confirmed = true };
    oko_error err = { .code = OKO_OK };
    int64_t id = 0;
    (void)snprintf(u.code, sizeof u.code, "%s", code);
    (void)snprintf(u.name, sizeof u.name, "Муниципальное бюджетное учреждение %s", code);
    must(oko_store_unit_put(s, &u, &id, &err), &err);
    return id;
}

static void add_person(oko_store *s, shop *b)
{
    oko_error err = { .code = OKO_OK };
    oko_actor owner = oko_actor_owner();
    oko_user user = {
        .login = "bench", .name = "bench", .role = OKO_ROLE_OPERATOR, .state = OKO_USER_ACTIVE, .lang = "ru"
    };
    oko_secret token;
    must(oko_people_put(s, &owner, &user, &user, &err), &err);
    oko_actor actor = oko_actor_of_user(&user);
    must(oko_people_token(s, &actor, "bench", true, 1, time(NULL), b->token, &token, &err), &err);
}

static oko_status take_school(void *ctx, const oko_unit *u)
{
    *(int64_t *)ctx = u->id;
    return OKO_OK;
}

/* A copy of somebody's database. */
static void copy(shop *b, const char *from)
{
    char command[1200];
    oko_store *s = NULL;
    oko_error err = { .code = OKO_OK };
    oko_store_options options = OKO_STORE_OPTIONS_INIT;
    (void)snprintf(command, sizeof command, "cp '%.900s' '%s'", from, b->db);
    if (system(command) != 0)
        exit(1);
    must(oko_store_open(b->db, &options, &s, &err), &err);
    must(oko_store_unit_walk(s, 0, OKO_LEVEL_SCHOOL, take_school, &b->school, &err), &err);
    add_person(s, b);
    oko_store_close(s);
}

static void fill(shop *b)
{
    oko_store *s = NULL;
    oko_error err = { .code = OKO_OK };
    oko_store_options options = OKO_STORE_OPTIONS_INIT;
    must(oko_store_open(b->db, &options, &s, &err), &err);
    must(oko_store_begin(s, &err), &err);
    int64_t region = add_unit(s, OKO_LEVEL_REGION, 0, "20");
    for (int m = 0; m < MUNICIPALITIES; m++) {
        char code[32];
        (void)snprintf(code, sizeof code, "m%02d", m);
        int64_t municipality = add_unit(s, OKO_LEVEL_MUNICIPALITY, region, code);
        for (int k = 0; k < SCHOOLS; k++) {
            (void)snprintf(code, sizeof code, "sch99%02d%02d", m, k);
            b->school = add_unit(s, OKO_LEVEL_SCHOOL, municipality, code);
        }
    }
    add_person(s, b);
    must(oko_store_commit(s, &err), &err);
    oko_store_close(s);
}

static volatile sig_atomic_t stopped;
static void on_stop(int sig)
{
    (void)sig;
    stopped = 1;
}

static void serve(const shop *b, int out)
{
    oko_service *service = NULL;
    oko_server *server = NULL;
    oko_error err = { .code = OKO_OK };
    oko_service_options shared = { .db = b->db, .background = true };
    oko_server_options options = { .listen = "127.0.0.1:0" };
    (void)signal(SIGTERM, on_stop);
    must(oko_service_open(&shared, &service, &err), &err);
    must(oko_server_start(service, &options, &server, &err), &err);
    int port = oko_server_port(server);
    if (write(out, &port, sizeof port) != (ssize_t)sizeof port)
        exit(1);
    while (!stopped)
        (void)usleep(50000);
    oko_service_stop(service);
    oko_server_stop(server, 5);
    oko_service_close(service);
    exit(0);
}

static void start(shop *b)
{
    int pipes[2];
    if (pipe(pipes) != 0)
        exit(1);
    b->server = fork();
    if (b->server == 0)
        serve(b, pipes[1]);
    if (read(pipes[0], &b->port, sizeof b->port) != (ssize_t)sizeof b->port)
        exit(1);
}

static long memory_kib(pid_t pid, const char *name)
{
    char path[64], line[256];
    long value = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *f = fopen(path, "r");
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        if (strncmp(line, name, strlen(name)) == 0)
            value = atol(line + strlen(name) + 1);
    }
    if (f != NULL)
        fclose(f);
    return value;
}

/* ---- the client ---- */
typedef struct line {
    int fd;
    double sent;
    size_t got, need;
    char *bytes;
} line;

typedef struct load {
    const char *text;
    size_t len;
    double *times;
    size_t n, cap;
    size_t wrong;
} load;

static void send_one(line *l, const load *work)
{
    l->got = 0;
    l->need = 0;
    l->sent = now();
    if (send(l->fd, work->text, work->len, MSG_NOSIGNAL) != (ssize_t)work->len)
        exit(1);
}

/* True when the whole answer is there. */
static bool receive(line *l, load *work)
{
    ssize_t got = recv(l->fd, l->bytes + l->got, ANSWER_BYTES - 1 - l->got, 0);
    if (got <= 0) {
        if (got < 0 && errno == EAGAIN)
            return false;
        fprintf(stderr, "the connection ended\n");
        exit(1);
    }
    l->got += (size_t)got;
    l->bytes[l->got] = '\0';
    char *end = l->need == 0 ? strstr(l->bytes, "\r\n\r\n") : NULL;
    if (end != NULL) {
        const char *length = strstr(l->bytes, "Content-Length: ");
        if (length == NULL)
            exit(1);
        l->need = (size_t)(end + 4 - l->bytes) + (size_t)atol(length + 16);
        work->wrong += l->bytes[9] != '2';
    }
    return l->need > 0 && l->got >= l->need;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void open_line(line *l, int port, int loop)
{
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    l->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    l->bytes = malloc(ANSWER_BYTES);
    if (l->fd < 0 || l->bytes == NULL || connect(l->fd, (struct sockaddr *)&a, sizeof a) != 0)
        exit(1);
    (void)fcntl(l->fd, F_SETFL, O_NONBLOCK);
    struct epoll_event e = { .events = EPOLLIN, .data = { .ptr = l } };
    (void)epoll_ctl(loop, EPOLL_CTL_ADD, l->fd, &e);
}

static void run(const shop *b, const char *name, const char *method, const char *path, const char *body, double seconds)
{
    static line lines[CONNECTIONS];
    char text[1024];
    load work = { .text = text, .cap = 4000000 };
    int loop = epoll_create1(EPOLL_CLOEXEC);
    work.times = calloc(work.cap, sizeof *work.times);
    work.len = (size_t)snprintf(text, sizeof text,
                                "%s /api/v1%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: "
                                "application/json\r\nContent-Length: %zu\r\n\r\n%s",
                                method, path, b->token, strlen(body), body);
    for (int i = 0; i < CONNECTIONS; i++)
        open_line(&lines[i], b->port, loop);
    double begin = now();
    for (int i = 0; i < CONNECTIONS; i++)
        send_one(&lines[i], &work);
    while (now() - begin < seconds && work.n < work.cap) {
        struct epoll_event events[CONNECTIONS];
        int n = epoll_wait(loop, events, CONNECTIONS, 1000);
        for (int i = 0; i < n && work.n < work.cap; i++) {
            line *l = events[i].data.ptr;
            if (receive(l, &work)) {
                work.times[work.n++] = now() - l->sent;
                send_one(l, &work);
            }
        }
    }
    double spent = now() - begin;
    for (int i = 0; i < CONNECTIONS; i++) {
        close(lines[i].fd);
        free(lines[i].bytes);
    }
    close(loop);
    qsort(work.times, work.n, sizeof *work.times, by_value);
    if (work.n == 0 || work.wrong > 0) {
        fprintf(stderr, "%s: %zu answers, %zu of them wrong\n", name, work.n, work.wrong);
        exit(1);
    }
    printf("%-28s %9.0f req/s   p50 %7.2f ms   p99 %7.2f ms   %6ld KiB\n", name, (double)work.n / spent,
           work.times[work.n / 2] * 1000, work.times[work.n * 99 / 100] * 1000, memory_kib(b->server, "VmRSS:"));
    fflush(stdout);
    free(work.times);
}

/* What needs a database with runs. */
static void run_signs(const shop *b, double seconds)
{
    char path[64];
    (void)snprintf(path, sizeof path, "/units/%lld/page", (long long)b->school);
    run(b, "school page (a look)", "GET", path, "", seconds);
    run(b, "signs, a page of 50 (a look)", "GET", "/signs?limit=50", "", seconds);
    run(b, "signs, filtered and sorted", "GET", "/signs?level=class&evidence=attention&sort=-effect&limit=50", "",
        seconds);
    run(b, "results, a page of 50", "GET", "/results?marked=true&limit=50", "", seconds);
}

/* A list while the server computes: a fresh seed each time, so that it does. */
static void run_beside(const shop *b, double seconds)
{
    char command[1500];
    (void)snprintf(command, sizeof command,
                   "for n in 1 2 3 4 5 6; do curl -s -o /dev/null -H 'Authorization: Bearer %s' -H 'Content-Type: "
                   "application/json' -d '{\"kind\":\"evidence\",\"seed\":10'$n'}' "
                   "http://127.0.0.1:%d/api/v1/analyses; done",
                   b->token, b->port);
    if (system(command) != 0)
        exit(1);
    run(b, "units beside an analysis", "GET", "/units?limit=50", "", seconds);
    run(b, "signs beside an analysis", "GET", "/signs?limit=50", "", seconds);
}

int main(int argc, char **argv)
{
    double seconds = 8;
    const char *db = NULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--short") == 0)
            seconds = 1;
        else if (strcmp(argv[i], "--db") == 0 && i + 1 < argc)
            db = argv[++i];
    }
    char folder[] = "/tmp/oko-bench-http-XXXXXX", path[64], command[128];
    shop b = { .port = 0 };
    if (mkdtemp(folder) == NULL)
        return 1;
    (void)snprintf(b.db, sizeof b.db, "%s/oko.db", folder);
    if (db != NULL)
        copy(&b, db);
    else
        fill(&b);
    start(&b);
    printf("%d connections\n", CONNECTIONS);
    run(&b, "floor: contract (fixed)", "GET", "/openapi.json", "", seconds);
    run(&b, "health", "GET", "/health", "", seconds);
    run(&b, "me", "GET", "/me", "", seconds);
    (void)snprintf(path, sizeof path, "/units/%lld", (long long)b.school);
    run(&b, "one unit", "GET", path, "", seconds);
    run(&b, "units, a page of 50", "GET", "/units?limit=50", "", seconds);
    run(&b, "units, search", "GET", "/units?search=sch9917&limit=20", "", seconds);
    run(&b, "tree of all units", "GET", "/units/tree", "", seconds);
    run(&b, "audit log (a look)", "GET", "/audit?limit=20", "", seconds);
    run(&b, "write (a token)", "POST", "/me/tokens", "{\"title\":\"b\",\"scope\":\"read\"}", seconds);
    if (db != NULL) {
        run_signs(&b, seconds);
        run_beside(&b, seconds);
    }
    printf("peak memory of the server %ld KiB\n", memory_kib(b.server, "VmHWM:"));
    (void)kill(b.server, SIGTERM);
    int status = 0;
    (void)waitpid(b.server, &status, 0);
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command) != 0 || status != 0;
}
