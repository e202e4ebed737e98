/*
 * A thread that looks four times a second: connections whose head or body comes too slowly are shut down (libmicrohttpd
 * only knows silence, a client that sends a byte now and then would stay for ever), streams get what is new.
 */
#include "http/exchange.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { TICK_MS = 250, STREAM_BYTES = 1 << 20, KEEP_ALIVE = 60, GRACE_MS = 20 };

typedef enum doing { WAITING, BODY, SERVED } doing;

typedef struct place {
    struct place *next, *before;
    int fd;
    doing what;
    bool used;     /* a request came before: it may rest a while between two */
    int64_t since; /* ms */
    int64_t bytes;
} place;

typedef struct feed {
    struct feed *next, *before;
    oko_watch *watch;
    struct MHD_Connection *connection;
    oko_stream stream;
    oko_buffer out;
    size_t sent;
    bool suspended, end;
} feed;

struct oko_watch {
    oko_server *server;
    pthread_mutex_t lock;  /* places */
    pthread_mutex_t feeds; /* streams */
    place *places;
    int n, limit, head_seconds;
    feed *streams;
    int n_streams;
    bool ending, stop;
    pthread_t thread;
};

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- slow clients ---- */
static bool too_slow(const oko_watch *w, const place *p, int64_t now)
{
    int64_t ms = now - p->since;
    /* Nearly full: who has not asked for anything gives way to those who do. */
    bool crowded = w->n * 4 > w->limit * 3, full = w->n * 8 > w->limit * 7;
    if (p->what == WAITING)
        return ms > (full ? TICK_MS : crowded ? 1000 : (int64_t)(p->used ? KEEP_ALIVE : w->head_seconds) * 1000);
    if (p->what == BODY && ms > OKO_SERVER_BODY_GRACE * 1000)
        return p->bytes < ms / 1000 * OKO_SERVER_BODY_RATE;
    return false;
}

static void cut(oko_watch *w, place *p)
{
    (void)shutdown(p->fd, SHUT_RDWR); /* the descriptor stays MHD's: it sees the end and closes */
    p->fd = -1;
    atomic_fetch_add_explicit(&oko_server_service(w->server)->metrics.refused, 1, memory_order_relaxed);
}

static void cut_slow(oko_watch *w)
{
    int64_t now = now_ms();
    pthread_mutex_lock(&w->lock);
    for (place *p = w->places; p != NULL; p = p->next) {
        if (p->fd >= 0 && too_slow(w, p, now))
            cut(w, p);
    }
    pthread_mutex_unlock(&w->lock);
}

/* A new connection and no room: the one that has waited longest without asking for anything goes. Called locked. */
static void make_room(oko_watch *w)
{
    place *oldest = NULL;
    if (w->n * 8 <= w->limit * 7)
        return;
    for (place *p = w->places; p != NULL; p = p->next) { /* newest first */
        if (p->fd >= 0 && p->what == WAITING)
            oldest = p;
    }
    if (oldest != NULL && now_ms() - oldest->since > GRACE_MS)
        cut(w, oldest);
}

void *oko_watch_open(oko_watch *watch, int fd)
{
    place *p = oko_calloc_array(1, sizeof *p);
    if (p == NULL)
        return NULL;
    p->fd = fd;
    p->since = now_ms();
    pthread_mutex_lock(&watch->lock);
    make_room(watch);
    p->next = watch->places;
    if (p->next != NULL)
        p->next->before = p;
    watch->places = p;
    watch->n++;
    pthread_mutex_unlock(&watch->lock);
    return p;
}

void oko_watch_close(oko_watch *watch, void *place_)
{
    place *p = place_;
    if (p == NULL)
        return;
    pthread_mutex_lock(&watch->lock);
    if (p->next != NULL)
        p->next->before = p->before;
    if (p->before != NULL)
        p->before->next = p->next;
    else
        watch->places = p->next;
    watch->n--;
    pthread_mutex_unlock(&watch->lock);
    free(p);
}

static void set(oko_watch *watch, void *place_, doing what, int64_t bytes)
{
    place *p = place_;
    if (p == NULL)
        return;
    pthread_mutex_lock(&watch->lock);
    if (what != BODY || p->what != BODY)
        p->since = now_ms();
    p->used = p->used || what == SERVED;
    p->what = what;
    p->bytes = bytes;
    pthread_mutex_unlock(&watch->lock);
}

void oko_watch_head(oko_watch *watch, void *place_)
{
    set(watch, place_, WAITING, 0);
}

void oko_watch_body(oko_watch *watch, void *place_, int64_t bytes)
{
    set(watch, place_, BODY, bytes);
}

void oko_watch_served(oko_watch *watch, void *place_)
{
    set(watch, place_, SERVED, 0);
}

/* ---- streams ---- */
static void feed_streams(oko_watch *w)
{
    pthread_mutex_lock(&w->feeds);
    for (feed *f = w->streams; f != NULL; f = f->next) {
        if (!f->suspended)
            continue;
        bool end = false;
        oko_buffer_clear(&f->out);
        f->sent = 0;
        f->stream.more(f->stream.ctx, &f->out, &end);
        f->end = end || w->ending || oko_buffer_status(&f->out) != OKO_OK;
        if (f->out.len > 0 || f->end) {
            f->suspended = false;
            MHD_resume_connection(f->connection);
        }
    }
    pthread_mutex_unlock(&w->feeds);
}

static ssize_t read_stream(void *ctx, uint64_t pos, char *bytes, size_t max)
{
    feed *f = ctx;
    ssize_t n = 0;
    (void)pos;
    pthread_mutex_lock(&f->watch->feeds);
    if (f->sent < f->out.len) {
        size_t left = f->out.len - f->sent;
        size_t part = left < max ? left : max;
        memcpy(bytes, f->out.ptr + f->sent, part);
        f->sent += part;
        n = (ssize_t)part;
    } else if (f->end || f->watch->ending) {
        n = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        f->suspended = true;
        MHD_suspend_connection(f->connection);
    }
    pthread_mutex_unlock(&f->watch->feeds);
    return n;
}

static void free_stream(void *ctx)
{
    feed *f = ctx;
    pthread_mutex_lock(&f->watch->feeds);
    if (f->next != NULL)
        f->next->before = f->before;
    if (f->before != NULL)
        f->before->next = f->next;
    else
        f->watch->streams = f->next;
    f->watch->n_streams--;
    pthread_mutex_unlock(&f->watch->feeds);
    f->stream.release(f->stream.ctx);
    oko_buffer_free(&f->out);
    free(f);
}

struct MHD_Response *oko_watch_stream(oko_watch *watch, struct MHD_Connection *connection, oko_stream *stream)
{
    feed *f = oko_calloc_array(1, sizeof *f);
    if (f == NULL)
        return NULL;
    *f = (feed){ .watch = watch, .connection = connection, .stream = *stream };
    oko_buffer_init(&f->out, STREAM_BYTES);
    pthread_mutex_lock(&watch->feeds);
    bool room = watch->n_streams < OKO_SERVER_STREAMS && !watch->ending;
    if (room) {
        f->next = watch->streams;
        if (f->next != NULL)
            f->next->before = f;
        watch->streams = f;
        watch->n_streams++;
    }
    pthread_mutex_unlock(&watch->feeds);
    if (!room) {
        free(f);
        return NULL;
    }
    struct MHD_Response *r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, read_stream, f, free_stream);
    if (r == NULL) {
        f->stream = (oko_stream){ .release = free, .ctx = NULL };
        free_stream(f);
    }
    return r;
}

void oko_watch_end_streams(oko_watch *watch)
{
    pthread_mutex_lock(&watch->feeds);
    watch->ending = true;
    pthread_mutex_unlock(&watch->feeds);
}

/* ---- the thread ---- */
static void *run(void *ctx)
{
    oko_watch *w = ctx;
    const struct timespec tick = { .tv_sec = 0, .tv_nsec = TICK_MS * 1000000L };
    while (!__atomic_load_n(&w->stop, __ATOMIC_ACQUIRE)) {
        cut_slow(w);
        feed_streams(w);
        (void)nanosleep(&tick, NULL);
    }
    feed_streams(w);
    return NULL;
}

oko_status oko_watch_new(oko_server *server, const oko_server_options *options, int limit, oko_watch **ret_watch)
{
    oko_watch *w = oko_calloc_array(1, sizeof *w);
    if (w == NULL)
        return OKO_E_MEMORY;
    w->server = server;
    w->limit = limit;
    w->head_seconds = options->head_seconds > 0 ? options->head_seconds : 10;
    pthread_mutex_init(&w->lock, NULL);
    pthread_mutex_init(&w->feeds, NULL);
    if (pthread_create(&w->thread, NULL, run, w) != 0) {
        free(w);
        return OKO_E_MEMORY;
    }
    *ret_watch = w;
    return OKO_OK;
}

void oko_watch_stop(oko_watch *watch)
{
    if (__atomic_exchange_n(&watch->stop, true, __ATOMIC_ACQ_REL))
        return;
    oko_watch_end_streams(watch);
    pthread_join(watch->thread, NULL);
}

void oko_watch_free(oko_watch *watch)
{
    if (watch == NULL)
        return;
    oko_watch_stop(watch);
    pthread_mutex_destroy(&watch->lock);
    pthread_mutex_destroy(&watch->feeds);
    free(watch);
}
