#include "http/server.h"

#include "http/exchange.h"
#include "http/log.h"
#include "http/looks.h"
#include "http/problem.h"
#include "http/router.h"
#include "http/seal.h"
#include "http/web.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ARENA_BYTES = 32 * 1024 * 1024, THROWN_AWAY = 4 * 1024 * 1024 };

struct oko_server {
    oko_service *service;
    struct MHD_Daemon *daemon;
    oko_workers *workers;
    oko_watch *watch;
    bool behind_proxy, tls;
    char *cert, *key;
    int port;
    int open; /* exchanges; atomic */
};

oko_watch *oko_server_watch(oko_server *server)
{
    return server->watch;
}

oko_service *oko_server_service(oko_server *server)
{
    return server->service;
}

int oko_server_port(const oko_server *server)
{
    return server->port;
}

/* ---- an exchange ---- */
static double seconds_since(const struct timespec *from)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - from->tv_sec) + (double)(now.tv_nsec - from->tv_nsec) / 1e9;
}

static void **place_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info != NULL ? (void **)(uintptr_t)&info->socket_context : NULL;
}

static void *place(struct MHD_Connection *connection)
{
    void **p = place_of(connection);
    return p != NULL ? *p : NULL;
}

/* The first thing known of a request: its raw target. */
static void *on_target(void *ctx, const char *target, struct MHD_Connection *connection)
{
    oko_server *server = ctx;
    oko_exchange *x = oko_calloc_array(1, sizeof *x);
    if (x == NULL)
        return NULL;
    x->server = server;
    x->connection = connection;
    x->target = oko_str_dup(oko_str_of(target));
    oko_buffer_init(&x->body, 0);
    (void)__atomic_add_fetch(&server->open, 1, __ATOMIC_RELAXED);
    return x;
}

static void on_completed(void *ctx, struct MHD_Connection *connection, void **req, enum MHD_RequestTerminationCode code)
{
    oko_server *server = ctx;
    oko_exchange *x = *req;
    (void)code;
    oko_watch_head(server->watch, place(connection));
    if (x == NULL)
        return;
    oko_upload_drop(x->upload);
    oko_request_clear(&x->rq);
    oko_reply_clear(&x->reply);
    oko_arena_free(x->rq.arena);
    oko_buffer_free(&x->body);
    free(x->target);
    free(x);
    (void)__atomic_sub_fetch(&server->open, 1, __ATOMIC_RELAXED);
    *req = NULL;
}

static void on_connection(void *ctx, struct MHD_Connection *connection, void **socket_context,
                          enum MHD_ConnectionNotificationCode code)
{
    oko_server *server = ctx;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *socket_context = oko_watch_open(server->watch, info != NULL ? info->connect_fd : -1);
        atomic_fetch_add_explicit(&server->service->metrics.connections, 1, memory_order_relaxed);
    } else {
        oko_watch_close(server->watch, *socket_context);
        *socket_context = NULL;
        atomic_fetch_sub_explicit(&server->service->metrics.connections, 1, memory_order_relaxed);
    }
}

static const char *get_header(void *ctx, const char *name)
{
    oko_exchange *x = ctx;
    return MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name);
}

/* ---- who is calling ---- */
static void peer_address(oko_exchange *x)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *a = info != NULL ? info->client_addr : NULL;
    socklen_t n = a != NULL && a->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
    if (a == NULL || getnameinfo(a, n, x->rq.in.address, sizeof x->rq.in.address, NULL, 0, NI_NUMERICHOST) != 0)
        x->rq.in.address[0] = '\0';
    x->rq.in.local = strcmp(x->rq.in.address, "127.0.0.1") == 0 || strcmp(x->rq.in.address, "::1") == 0;
}

/* The proxy before us appends the address it saw: the last entry is the one to believe. */
static void forwarded_address(oko_exchange *x)
{
    const char *list = get_header(x, "X-Forwarded-For"), *proto = get_header(x, "X-Forwarded-Proto");
    const char *last = list != NULL ? strrchr(list, ',') : NULL;
    oko_str address = oko_str_trim(oko_str_of(last != NULL ? last + 1 : list));
    unsigned char bytes[16];
    char text[64];
    x->rq.in.local = x->rq.in.local && list == NULL;
    if (address.len > 0 && oko_str_copy(text, sizeof text, address) &&
        (inet_pton(AF_INET, text, bytes) == 1 || inet_pton(AF_INET6, text, bytes) == 1))
        memcpy(x->rq.in.address, text, sizeof text);
    x->rq.in.secure = proto != NULL && strcmp(proto, "https") == 0;
}

static void fill_incoming(oko_exchange *x, const char *method)
{
    (void)snprintf(x->method, sizeof x->method, "%.15s", method);
    x->rq.service = x->server->service;
    x->rq.now = time(NULL);
    x->rq.in.method = x->method;
    x->rq.in.target = oko_str_of(x->target);
    x->rq.in.header = get_header;
    x->rq.in.header_ctx = x;
    peer_address(x);
    if (x->server->behind_proxy)
        forwarded_address(x);
    x->rq.in.secure = x->rq.in.secure || x->server->tls;
}

/* ---- the answer ---- */
static void add(struct MHD_Response *r, const char *name, const char *value)
{
    (void)!MHD_add_response_header(r, name, value);
}

static void add_headers(oko_exchange *x, struct MHD_Response *r)
{
    const oko_reply *reply = &x->reply;
    if (reply->type != NULL)
        add(r, "Content-Type", reply->type);
    for (size_t i = 0; i < reply->n_headers; i++)
        add(r, reply->header[i].name, reply->header[i].value);
    if (reply->etag[0] != '\0')
        add(r, "ETag", reply->etag);
    if (!x->outside) {
        add(r, "Cache-Control", reply->cacheable ? "no-cache" : "no-store");
        add(r, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
    }
    add(r, "X-Content-Type-Options", "nosniff");
    add(r, "X-Frame-Options", "DENY");
    add(r, "Referrer-Policy", "no-referrer");
    if (x->server->tls)
        add(r, "Strict-Transport-Security", "max-age=31536000");
    if (x->server->service->stopping)
        add(r, "Connection", "close");
}

static struct MHD_Response *make_response(oko_exchange *x)
{
    oko_reply *reply = &x->reply;
    struct MHD_Response *r = NULL;
    if (reply->stream != NULL) {
        r = oko_watch_stream(x->server->watch, x->connection, reply->stream);
        if (r != NULL) { /* the watch has the stream now */
            free(reply->stream);
            reply->stream = NULL;
            return r;
        }
        oko_error err = { .code = OKO_OK };
        (void)oko_error_set(&err, OKO_E_BUSY, "http.queue", "");
        oko_problem_reply(&x->rq, reply, &err);
        oko_seal_bytes(reply);
    }
    if (reply->descriptor > 0) {
        r = MHD_create_response_from_fd64(reply->len, reply->descriptor - 1); /* closes it */
        if (r != NULL)
            reply->descriptor = 0;
        return r;
    }
    if (reply->bytes != NULL) {
        r = MHD_create_response_from_buffer(reply->len, reply->bytes, MHD_RESPMEM_MUST_FREE);
        if (r != NULL)
            reply->bytes = NULL;
        return r;
    }
    return MHD_create_response_from_buffer(reply->len, (void *)(uintptr_t)(reply->fixed != NULL ? reply->fixed : ""),
                                           MHD_RESPMEM_PERSISTENT);
}

static enum MHD_Result answer(oko_exchange *x)
{
    oko_seal_bytes(&x->reply);
    if (x->reply.status == 0)
        x->reply.status = 200;
    struct MHD_Response *r = make_response(x);
    if (r == NULL)
        return MHD_NO;
    add_headers(x, r);
    enum MHD_Result queued = MHD_queue_response(x->connection, (unsigned)x->reply.status, r);
    MHD_destroy_response(r);
    double seconds = seconds_since(&x->started);
    oko_metrics_request(&x->server->service->metrics, x->rq.op, x->reply.status, seconds);
    atomic_fetch_add_explicit(&x->server->service->metrics.bytes_out, x->reply.len, memory_order_relaxed);
    if (!x->outside)
        oko_log_request(&x->rq, &x->reply, seconds);
    oko_watch_served(x->server->watch, place(x->connection));
    return queued;
}

static void refuse(oko_exchange *x, oko_error *err)
{
    oko_problem_reply(&x->rq, &x->reply, err);
    x->refused = true;
}

/* ---- files of the web client ---- */
static void serve_file(oko_exchange *x)
{
    oko_str path = oko_str_of(x->target);
    const char *query = memchr(path.ptr, '?', path.len);
    if (query != NULL)
        path.len = (size_t)(query - path.ptr);
    oko_web_file f = oko_web_find(path, get_header(x, "Accept-Encoding"));
    x->reply.fixed = f.bytes.ptr;
    x->reply.len = f.bytes.len;
    x->reply.type = f.type;
    x->reply.status = f.status;
    oko_reply_header(&x->rq, &x->reply, "Content-Security-Policy", OKO_WEB_POLICY);
    oko_reply_header(&x->rq, &x->reply, "Cache-Control",
                     f.forever ? "public, max-age=31536000, immutable" : "no-cache");
    if (f.twins)
        oko_reply_header(&x->rq, &x->reply, "Vary", "Accept-Encoding");
    if (f.gzip)
        oko_reply_header(&x->rq, &x->reply, "Content-Encoding", "gzip");
    if (f.status == 200)
        oko_seal(&x->rq, &x->reply, &(oko_error){ .code = OKO_OK });
    x->refused = true; /* ready; a body, if there is one, is thrown away */
}

static bool is_outside(const oko_exchange *x)
{
    const char *root = oko_contract_root(x->server->service->contract);
    bool get = strcmp(x->method, "GET") == 0 || strcmp(x->method, "HEAD") == 0;
    return get && strncmp(x->target, "/api/", 5) != 0 && strncmp(x->target, root, strlen(root)) != 0;
}

/* ---- the body ---- */
static int64_t announced(oko_exchange *x)
{
    const char *text = get_header(x, "Content-Length");
    return text != NULL ? strtoll(text, NULL, 10) : get_header(x, "Transfer-Encoding") != NULL ? -1 : 0;
}

static void body_limit(oko_exchange *x, oko_error *err)
{
    (void)oko_error_set(err, OKO_E_LIMIT, "http.body_limit", "");
    oko_error_arg(err, "%lld", (long long)(x->rq.op != NULL ? x->rq.op->max_body : 0));
    refuse(x, err);
}

static void prepare_body(oko_exchange *x)
{
    oko_error err = { .code = OKO_OK };
    const oko_operation *op = x->rq.op;
    int64_t length = announced(x);
    if (length > op->max_body) {
        body_limit(x, &err);
        return;
    }
    oko_buffer_free(&x->body);
    oko_buffer_init(&x->body, (size_t)(op->body_kind == OKO_BODY_JSON ? op->max_body : 0) + 1);
    if (op->body_kind == OKO_BODY_FILE && length != 0) {
        oko_status status = oko_upload_begin(x->server->service->folder, get_header(x, "Content-Type"),
                                             oko_request_str(&x->rq, "name"), op->max_body, &x->upload, &err);
        if (status != OKO_OK)
            refuse(x, &err);
    }
}

static enum MHD_Result take_body(oko_exchange *x, const char *bytes, size_t n)
{
    oko_error err = { .code = OKO_OK };
    x->body_seen += (int64_t)n;
    oko_watch_body(x->server->watch, place(x->connection), x->body_seen);
    atomic_fetch_add_explicit(&x->server->service->metrics.bytes_in, n, memory_order_relaxed);
    if (x->refused) /* the answer can only go out when the body is over; not for ever */
        return x->body_seen > THROWN_AWAY ? MHD_NO : MHD_YES;
    if (x->rq.op->body_kind == OKO_BODY_NONE || x->body_seen > x->rq.op->max_body)
        body_limit(x, &err);
    else if (x->upload != NULL && oko_upload_write(x->upload, bytes, n, &err) != OKO_OK)
        refuse(x, &err);
    else if (x->upload == NULL)
        oko_buffer_add(&x->body, bytes, n);
    if (!x->refused && oko_buffer_status(&x->body) != OKO_OK) {
        (void)oko_error_set(&err, OKO_E_MEMORY, "", "");
        refuse(x, &err);
    }
    return MHD_YES;
}

/* ---- the steps ---- */
static enum MHD_Result head(oko_exchange *x, const char *method)
{
    x->step = OKO_STEP_BODY;
    fill_incoming(x, method);
    oko_watch_body(x->server->watch, place(x->connection), 0);
    if (x->target == NULL || oko_arena_new(ARENA_BYTES, &x->rq.arena) != OKO_OK)
        return MHD_NO;
    x->rq.text = x->server->service->ru;
    x->outside = is_outside(x);
    if (x->outside)
        serve_file(x);
    else if (!oko_route_begin(&x->rq, &x->reply))
        x->refused = true;
    else
        prepare_body(x);
    int64_t length = announced(x);
    /* Refused with a large body to come: say so now, and the connection ends. */
    if (x->refused && (length < 0 || length > THROWN_AWAY || get_header(x, "Expect") != NULL)) {
        clock_gettime(CLOCK_MONOTONIC, &x->started);
        return answer(x);
    }
    return MHD_YES;
}

static void end_body(oko_exchange *x)
{
    oko_error err = { .code = OKO_OK };
    if (x->upload != NULL) {
        oko_status status = oko_upload_end(x->upload, &x->rq.upload, &err);
        x->upload = NULL;
        if (status != OKO_OK)
            refuse(x, &err);
    }
    x->rq.body_bytes = (oko_str){ x->body.ptr, x->body.len };
}

static enum MHD_Result whole(oko_exchange *x)
{
    clock_gettime(CLOCK_MONOTONIC, &x->started);
    oko_watch_served(x->server->watch, place(x->connection));
    if (x->refused) {
        x->step = OKO_STEP_READY;
        return answer(x);
    }
    end_body(x);
    if (!x->refused && oko_route_is_slow(&x->rq)) {
        x->step = OKO_STEP_WORKING;
        MHD_suspend_connection(x->connection);
        if (oko_workers_give(x->server->workers, x))
            return MHD_YES;
        MHD_resume_connection(x->connection);
        oko_error err = { .code = OKO_OK };
        (void)oko_error_set(&err, OKO_E_BUSY, "http.queue", "");
        refuse(x, &err);
        x->step = OKO_STEP_READY;
        return MHD_YES;
    }
    if (!x->refused)
        oko_route_finish(&x->rq, &x->reply);
    x->step = OKO_STEP_READY;
    return answer(x);
}

static enum MHD_Result on_request(void *ctx, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *bytes, size_t *n, void **req)
{
    oko_exchange *x = *req;
    (void)ctx;
    (void)connection;
    (void)url;
    (void)version;
    if (x == NULL)
        return MHD_NO;
    if (x->step == OKO_STEP_HEAD)
        return head(x, method);
    if (*n > 0) {
        enum MHD_Result result = take_body(x, bytes, *n);
        *n = 0;
        return result;
    }
    return x->step == OKO_STEP_BODY ? whole(x) : answer(x);
}

/* ---- life ---- */
static int connection_limit(const oko_server_options *options)
{
    struct rlimit limit;
    int wanted = options->connections > 0 ? options->connections : 2000;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return wanted;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
    (void)getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur != RLIM_INFINITY && (rlim_t)wanted + 200 > limit.rlim_cur)
        wanted = limit.rlim_cur > 264 ? (int)limit.rlim_cur - 200 : 64;
    return wanted;
}

/* "127.0.0.1:8470" or "[::1]:8470" → address. */
static bool parse_listen(const char *text, struct sockaddr_storage *ret, socklen_t *ret_len)
{
    char host[64];
    const char *colon = strrchr(text, ':');
    char *end = NULL;
    long port = colon != NULL ? strtol(colon + 1, &end, 10) : -1;
    if (colon == NULL || end == colon + 1 || *end != '\0' || port < 0 || port > 65535)
        return false;
    oko_str part = { text, (size_t)(colon - text) };
    if (part.len > 2 && part.ptr[0] == '[' && part.ptr[part.len - 1] == ']')
        part = (oko_str){ part.ptr + 1, part.len - 2 };
    if (!oko_str_copy(host, sizeof host, part))
        return false;
    memset(ret, 0, sizeof *ret);
    struct sockaddr_in *v4 = (struct sockaddr_in *)(void *)ret;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)(void *)ret;
    if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons((uint16_t)port);
        *ret_len = sizeof *v4;
        return true;
    }
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons((uint16_t)port);
    *ret_len = sizeof *v6;
    return inet_pton(AF_INET6, host, &v6->sin6_addr) == 1;
}

static oko_status open_socket(const char *listen_on, int *ret_fd, int *ret_port, oko_error *err)
{
    struct sockaddr_storage a;
    socklen_t n = 0;
    int yes = 1;
    if (!parse_listen(listen_on, &a, &n))
        return oko_error_set(err, OKO_E_ARGUMENT, "http.listen", listen_on);
    int fd = socket(a.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return oko_error_set(err, OKO_E_IO, "http.listen", listen_on);
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&a, n) != 0 || listen(fd, 1024) != 0 ||
        getsockname(fd, (struct sockaddr *)&a, &n) != 0) {
        oko_status status = errno == EADDRINUSE ? OKO_E_CONFLICT : OKO_E_PERMISSION;
        close(fd);
        return oko_error_set(err, status, status == OKO_E_CONFLICT ? "http.port" : "http.listen", listen_on);
    }
    *ret_port = ntohs(a.ss_family == AF_INET ? ((struct sockaddr_in *)(void *)&a)->sin_port
                                             : ((struct sockaddr_in6 *)(void *)&a)->sin6_port);
    *ret_fd = fd;
    return OKO_OK;
}

static char *read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    char *text = f != NULL ? oko_calloc_array(1 << 17, 1) : NULL;
    if (text != NULL && fread(text, 1, (1 << 17) - 1, f) == 0) {
        free(text);
        text = NULL;
    }
    if (f != NULL)
        fclose(f);
    return text;
}

static oko_status load_tls(oko_server *s, const oko_server_options *o, oko_error *err)
{
    s->tls = o->tls_cert != NULL;
    if (!s->tls && o->tls_key == NULL)
        return OKO_OK;
    s->cert = s->tls ? read_file(o->tls_cert) : NULL;
    s->key = o->tls_key != NULL ? read_file(o->tls_key) : NULL;
    return s->cert != NULL && s->key != NULL ? OKO_OK : oko_error_set(err, OKO_E_ARGUMENT, "http.tls", "");
}

static bool start_daemon(oko_server *s, const oko_server_options *o, int fd, int limit)
{
    unsigned flags =
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | (s->tls ? MHD_USE_TLS : 0U);
    struct MHD_OptionItem tls[] = { { MHD_OPTION_HTTPS_MEM_KEY, 0, s->key },
                                    { MHD_OPTION_HTTPS_MEM_CERT, 0, s->cert },
                                    { MHD_OPTION_END, 0, NULL } };
    struct MHD_OptionItem none[] = { { MHD_OPTION_END, 0, NULL } };
    s->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, on_request, s, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE,
        (unsigned)(o->threads > 0 ? o->threads : 4), MHD_OPTION_CONNECTION_LIMIT, (unsigned)limit,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)OKO_SERVER_CONNECTION_MEMORY, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)(o->idle_seconds > 0 ? o->idle_seconds : 30), MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, s, MHD_OPTION_URI_LOG_CALLBACK, on_target, s, MHD_OPTION_ARRAY,
        s->tls ? tls : none, MHD_OPTION_END);
    return s->daemon != NULL;
}

static void server_free(oko_server *s)
{
    oko_workers_free(s->workers);
    oko_watch_free(s->watch);
    free(s->cert);
    free(s->key);
    free(s);
}

oko_status oko_server_start(oko_service *service, const oko_server_options *options, oko_server **ret_server,
                            oko_error *err)
{
    int fd = -1, limit = connection_limit(options);
    oko_server *s = oko_calloc_array(1, sizeof *s);
    if (s == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    s->service = service;
    s->behind_proxy = options->behind_proxy;
    oko_status status = load_tls(s, options, err);
    if (status == OKO_OK)
        status = open_socket(options->listen, &fd, &s->port, err);
    if (status == OKO_OK && (oko_workers_new(options->workers > 0 ? options->workers : 8, &s->workers) != OKO_OK ||
                             oko_watch_new(s, options, limit, &s->watch) != OKO_OK))
        status = oko_error_set(err, OKO_E_MEMORY, "", "");
    if (status == OKO_OK && !start_daemon(s, options, fd, limit))
        status = oko_error_set(err, s->tls ? OKO_E_ARGUMENT : OKO_E_IO, s->tls ? "http.tls" : "http.listen",
                               options->listen);
    if (status != OKO_OK) {
        if (fd >= 0)
            close(fd);
        server_free(s);
        return status;
    }
    *ret_server = s;
    return OKO_OK;
}

void oko_server_stop(oko_server *server, int seconds)
{
    const struct timespec tick = { .tv_sec = 0, .tv_nsec = 20 * 1000000L };
    MHD_socket fd = MHD_quiesce_daemon(server->daemon);
    oko_watch_end_streams(server->watch);
    for (int i = 0; i < seconds * 50 && __atomic_load_n(&server->open, __ATOMIC_RELAXED) > 0; i++)
        (void)nanosleep(&tick, NULL);
    oko_workers_free(server->workers); /* finishes what it has and resumes the connections */
    server->workers = NULL;
    oko_wait last = { .what = OKO_WAIT_DISK }; /* behind it, no answer waits any more */
    (void)!oko_looks_wait(server->service->looks, &last, NULL);
    oko_watch_stop(server->watch);
    MHD_stop_daemon(server->daemon);
    if (fd != MHD_INVALID_SOCKET)
        close(fd);
    server_free(server);
}
