#include "http/looks.h"

#include "store/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOUCHES_MAX = 1024, SWEEP_SECONDS = 600, KEYS_SECONDS = 24 * 3600 };

typedef struct look {
    struct look *next;
    const oko_actor *actor;
    const char *action, *object, *detail;
    int64_t unit;
    oko_status status;
    bool done;
} look;

typedef struct touched {
    int64_t secret;
    char used[OKO_TIME_BYTES], expires[OKO_TIME_BYTES];
} touched;

struct oko_looks {
    oko_service *service;
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    look *first, **last;
    size_t n;
    size_t n_touched;
    touched touches[TOUCHES_MAX];
    bool background, stop;
    pthread_t thread;
};

static oko_status note_all(oko_store *store, look *list, oko_error *err)
{
    for (look *l = list; l != NULL; l = l->next) {
        oko_status status = oko_audit_note(store, l->actor, l->action, l->object, l->unit, l->detail, err);
        if (status != OKO_OK)
            return status;
    }
    return OKO_OK;
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

static oko_status commit(oko_service *service, look *list, const touched *touches, size_t n)
{
    oko_store *store = NULL;
    oko_error err = { .code = OKO_OK };
    oko_status status = oko_service_write(service, &store, &err);
    if (status != OKO_OK)
        return status;
    status = note_all(store, list, &err);
    if (status == OKO_OK)
        status = touch_all(store, touches, n, &err);
    if (status == OKO_OK)
        status = oko_store_commit(store, &err);
    else
        oko_store_rollback(store);
    pthread_mutex_unlock(&service->writer_lock); /* no register was changed: not oko_service_write_end */
    return status;
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

/* Takes all that waits and commits it; called with the lock held, which it gives up meanwhile. */
static void one_group(oko_looks *looks)
{
    static _Thread_local touched touches[TOUCHES_MAX];
    look *list = looks->first;
    size_t n = looks->n_touched;
    memcpy(touches, looks->touches, n * sizeof *touches);
    looks->first = NULL;
    looks->last = &looks->first;
    looks->n = looks->n_touched = 0;
    pthread_mutex_unlock(&looks->lock);
    oko_status status = commit(looks->service, list, touches, n);
    pthread_mutex_lock(&looks->lock);
    for (look *l = list; l != NULL;) {
        look *next = l->next; /* its owner may be gone as soon as it is done */
        l->status = status;
        l->done = true;
        l = next;
    }
    pthread_cond_broadcast(&looks->done);
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
    pthread_cond_init(&looks->done, NULL);
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
    pthread_cond_destroy(&looks->done);
    pthread_mutex_destroy(&looks->lock);
    free(looks);
}

oko_status oko_looks_add(oko_looks *looks, const oko_actor *actor, const char *action, const char *object, int64_t unit,
                         const char *detail, oko_error *err)
{
    look mine = { .actor = actor, .action = action, .object = object, .unit = unit, .detail = detail };
    if (!looks->background)
        return oko_error_set(err, commit(looks->service, &mine, NULL, 0), "", "");
    pthread_mutex_lock(&looks->lock);
    if (looks->n >= OKO_LOOKS_MAX || looks->stop) {
        pthread_mutex_unlock(&looks->lock);
        return oko_error_set(err, OKO_E_BUSY, "http.queue", "");
    }
    *looks->last = &mine;
    looks->last = &mine.next;
    looks->n++;
    pthread_cond_signal(&looks->work);
    while (!mine.done)
        pthread_cond_wait(&looks->done, &looks->lock);
    pthread_mutex_unlock(&looks->lock);
    return mine.status == OKO_OK ? OKO_OK : oko_error_set(err, mine.status, "", "");
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
