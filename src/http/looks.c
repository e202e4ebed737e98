#include "http/looks.h"

#include "store/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOUCHES_MAX = 1024, SWEEP_SECONDS = 600, KEYS_SECONDS = 24 * 3600 };

typedef struct touched {
    int64_t secret;
    char used[OKO_TIME_BYTES], expires[OKO_TIME_BYTES];
} touched;

struct oko_looks {
    oko_service *service;
    pthread_mutex_t lock;
    pthread_cond_t work;
    oko_wait *first, **last;
    size_t n; /* lines among them */
    size_t n_touched;
    touched touches[TOUCHES_MAX];
    bool background, stop;
    pthread_t thread;
};

static oko_status note_all(oko_store *store, const oko_wait *list, oko_error *err)
{
    oko_status status = OKO_OK;
    for (const oko_wait *w = list; w != NULL && status == OKO_OK; w = w->next) {
        if (w->what == OKO_WAIT_LINE)
            status = oko_audit_note(store, w->actor, w->action, w->object, w->unit, w->detail, err);
    }
    return status;
}

static oko_status touch_all(oko_store *store, const touched *touches, size_t n, oko_error *err)
{
    for (size_t i = 0; i < n; i++) {
        oko_status status = oko_store_secret_touch(store, touches[i].secret, touches[i].used, touches[i].expires, err);
        if (status != OKO_OK && status != OKO_E_NOT_FOUND) /* it may have ended meanwhile */
            return status;
    }
    return OKO_OK;
}

/* Lines of looks and marks of sessions, in one transaction. */
static oko_status write_lines(oko_service *service, const oko_wait *list, const touched *touches, size_t n,
                              oko_error *err)
{
    oko_store *store = NULL;
    oko_status status = oko_service_write(service, &store, err);
    if (status != OKO_OK)
        return status;
    status = note_all(store, list, err);
    if (status == OKO_OK)
        status = touch_all(store, touches, n, err);
    return oko_service_write_quick(service, status, err);
}

/* Changes are committed already: they only want the disk. */
static void settle(oko_service *service, oko_wait *list, const touched *touches, size_t n)
{
    oko_error err = { .code = OKO_OK };
    oko_status lines = OKO_OK;
    bool any = n > 0;
    for (const oko_wait *w = list; w != NULL && !any; w = w->next)
        any = w->what == OKO_WAIT_LINE;
    if (any)
        lines = write_lines(service, list, touches, n, &err);
    oko_status disk = list != NULL ? oko_store_sync(service->writer, &err) : OKO_OK;
    for (oko_wait *w = list; w != NULL;) {
        oko_wait *next = w->next; /* gone as soon as it is over */
        w->over(w->ctx, disk != OKO_OK || w->what == OKO_WAIT_DISK ? disk : lines);
        w = next;
    }
}

static void sweep(oko_service *service, time_t now)
{
    char text[OKO_TIME_BYTES], keys[OKO_TIME_BYTES];
    struct tm tm;
    time_t before = now - KEYS_SECONDS;
    oko_store *store = NULL;
    oko_error err = { .code = OKO_OK };
    (void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &tm));
    (void)strftime(keys, sizeof keys, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&before, &tm));
    if (oko_service_write(service, &store, &err) == OKO_OK) {
        oko_status status = oko_store_secret_sweep(store, text, keys, &err);
        (void)!oko_service_write_end(service, status, &err);
    }
}

/* Takes all that waits; called with the lock held, which it gives up meanwhile. */
static void one_group(oko_looks *looks)
{
    static _Thread_local touched touches[TOUCHES_MAX];
    oko_wait *list = looks->first;
    size_t n = looks->n_touched;
    memcpy(touches, looks->touches, n * sizeof *touches);
    looks->first = NULL;
    looks->last = &looks->first;
    looks->n = looks->n_touched = 0;
    pthread_mutex_unlock(&looks->lock);
    settle(looks->service, list, touches, n);
    pthread_mutex_lock(&looks->lock);
}

static void *work(void *ctx)
{
    oko_looks *looks = ctx;
    time_t swept = time(NULL);
    pthread_mutex_lock(&looks->lock);
    while (!looks->stop || looks->first != NULL) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += 1;
        if (looks->first == NULL)
            (void)pthread_cond_timedwait(&looks->work, &looks->lock, &until);
        if (looks->first != NULL || looks->n_touched > 0)
            one_group(looks);
        if (time(NULL) - swept >= SWEEP_SECONDS) {
            swept = time(NULL);
            pthread_mutex_unlock(&looks->lock);
            sweep(looks->service, swept);
            pthread_mutex_lock(&looks->lock);
        }
    }
    pthread_mutex_unlock(&looks->lock);
    return NULL;
}

oko_status oko_looks_new(oko_service *service, bool background, oko_looks **ret_looks, oko_error *err)
{
    oko_looks *looks = oko_calloc_array(1, sizeof *looks);
    if (looks == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    looks->service = service;
    looks->last = &looks->first;
    looks->background = background;
    pthread_mutex_init(&looks->lock, NULL);
    pthread_cond_init(&looks->work, NULL);
    if (background && pthread_create(&looks->thread, NULL, work, looks) != 0) {
        looks->background = false;
        oko_looks_free(looks);
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    *ret_looks = looks;
    return OKO_OK;
}

void oko_looks_free(oko_looks *looks)
{
    if (looks == NULL)
        return;
    if (looks->background) {
        pthread_mutex_lock(&looks->lock);
        looks->stop = true;
        pthread_cond_signal(&looks->work);
        pthread_mutex_unlock(&looks->lock);
        pthread_join(looks->thread, NULL);
    }
    pthread_cond_destroy(&looks->work);
    pthread_mutex_destroy(&looks->lock);
    free(looks);
}

bool oko_looks_give(oko_looks *looks, oko_wait *wait)
{
    pthread_mutex_lock(&looks->lock);
    bool line = wait->what == OKO_WAIT_LINE;
    bool taken = looks->background && !looks->stop && !(line && looks->n >= OKO_LOOKS_MAX);
    if (taken) {
        wait->next = NULL;
        *looks->last = wait;
        looks->last = &wait->next;
        looks->n += line;
        pthread_cond_signal(&looks->work);
    }
    pthread_mutex_unlock(&looks->lock);
    return taken;
}

/* Somebody who waits on this thread. */
typedef struct waiting {
    pthread_mutex_t lock;
    pthread_cond_t done;
    oko_status status;
    bool over;
} waiting;

static void wake(void *ctx, oko_status status)
{
    waiting *w = ctx;
    pthread_mutex_lock(&w->lock);
    w->status = status;
    w->over = true;
    pthread_cond_signal(&w->done);
    pthread_mutex_unlock(&w->lock);
}

oko_status oko_looks_wait(oko_looks *looks, oko_wait *wait, oko_error *err)
{
    waiting w = { .status = OKO_OK };
    pthread_mutex_init(&w.lock, NULL);
    pthread_cond_init(&w.done, NULL);
    wait->over = wake;
    wait->ctx = &w;
    wait->next = NULL;
    if (looks->background && !oko_looks_give(looks, wait)) {
        w.status = wait->what == OKO_WAIT_LINE ? OKO_E_BUSY : oko_store_sync(looks->service->writer, err);
    } else if (!looks->background) {
        settle(looks->service, wait, NULL, 0);
    } else {
        pthread_mutex_lock(&w.lock);
        while (!w.over)
            pthread_cond_wait(&w.done, &w.lock);
        pthread_mutex_unlock(&w.lock);
    }
    pthread_cond_destroy(&w.done);
    pthread_mutex_destroy(&w.lock);
    return w.status == OKO_OK ? OKO_OK : oko_error_set(err, w.status, w.status == OKO_E_BUSY ? "http.queue" : "", "");
}

void oko_looks_touch(oko_looks *looks, int64_t secret, const char *used, const char *expires)
{
    pthread_mutex_lock(&looks->lock);
    bool there = !looks->background;
    for (size_t i = 0; i < looks->n_touched && !there; i++)
        there = looks->touches[i].secret == secret;
    if (!there && looks->n_touched < TOUCHES_MAX) {
        touched *t = &looks->touches[looks->n_touched++];
        t->secret = secret;
        (void)snprintf(t->used, sizeof t->used, "%s", used);
        (void)snprintf(t->expires, sizeof t->expires, "%s", expires);
    }
    pthread_mutex_unlock(&looks->lock);
}
