/* Threads for what may take long. A connection is suspended while one of them has its request. */
#include "http/exchange.h"
#include "http/looks.h"
#include "http/router.h"

#include <stdlib.h>

struct oko_workers {
    pthread_mutex_t lock;
    pthread_cond_t work;
    oko_exchange *first, **last;
    size_t n;
    bool stop;
    int n_threads;
    pthread_t threads[64];
};

static void let_go(void *ctx, oko_status status)
{
    oko_exchange *x = ctx;
    oko_route_settled(&x->rq, &x->reply, status);
    x->step = OKO_STEP_READY;
    MHD_resume_connection(x->connection);
}

/* The answer leaves when what it waits for is over; the worker goes on meanwhile. */
static void finish(oko_exchange *x)
{
    x->rq.defers = true;
    oko_route_finish(&x->rq, &x->reply);
    x->rq.wait.over = let_go;
    x->rq.wait.ctx = x;
    oko_looks *looks = oko_server_service(x->server)->looks;
    if (x->rq.wait.what == OKO_WAIT_NOTHING)
        let_go(x, OKO_OK);
    else if (!oko_looks_give(looks, &x->rq.wait))
        let_go(x, x->rq.wait.what == OKO_WAIT_LINE ? OKO_E_BUSY
                                                   : oko_store_sync(oko_server_service(x->server)->writer, NULL));
}

static void *run(void *ctx)
{
    oko_workers *w = ctx;
    pthread_mutex_lock(&w->lock);
    for (;;) {
        while (w->first == NULL && !w->stop)
            pthread_cond_wait(&w->work, &w->lock);
        if (w->first == NULL)
            break;
        oko_exchange *x = w->first;
        w->first = x->next;
        if (w->first == NULL)
            w->last = &w->first;
        w->n--;
        pthread_mutex_unlock(&w->lock);
        finish(x);
        pthread_mutex_lock(&w->lock);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

oko_status oko_workers_new(int n, oko_workers **ret_workers)
{
    oko_workers *w = oko_calloc_array(1, sizeof *w);
    if (w == NULL)
        return OKO_E_MEMORY;
    w->last = &w->first;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->work, NULL);
    for (int i = 0; i < n && i < 64; i++) {
        if (pthread_create(&w->threads[w->n_threads], NULL, run, w) == 0)
            w->n_threads++;
    }
    if (w->n_threads == 0) {
        oko_workers_free(w);
        return OKO_E_MEMORY;
    }
    *ret_workers = w;
    return OKO_OK;
}

bool oko_workers_give(oko_workers *w, oko_exchange *x)
{
    pthread_mutex_lock(&w->lock);
    bool taken = w->n < OKO_SERVER_QUEUE && !w->stop;
    if (taken) {
        x->next = NULL;
        *w->last = x;
        w->last = &x->next;
        w->n++;
        pthread_cond_signal(&w->work);
    }
    pthread_mutex_unlock(&w->lock);
    return taken;
}

void oko_workers_free(oko_workers *w)
{
    if (w == NULL)
        return;
    pthread_mutex_lock(&w->lock);
    w->stop = true;
    pthread_cond_broadcast(&w->work);
    pthread_mutex_unlock(&w->lock);
    for (int i = 0; i < w->n_threads; i++)
        pthread_join(w->threads[i], NULL);
    pthread_cond_destroy(&w->work);
    pthread_mutex_destroy(&w->lock);
    free(w);
}
