#include "http/jobs.h"

#include "analysis/runs.h"
#include "http/log.h"
#include "http/upload.h"
#include "http/words.h"
#include "store/people.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { ORPHAN_SECONDS = 24 * 3600 };

struct oko_jobs {
    oko_service *service;
    pthread_mutex_t lock;
    pthread_cond_t work;
    bool server; /* works until it is stopped */
    bool background, stop, woken;
    pthread_t thread;
    int at_work;     /* file that the one worker of a database holds locked, plus one; 0: none */
    int64_t running; /* 0: none */
    bool cancel;
    char stage[64];
    uint64_t done, total;
};

/* A copy of a job that outlives the walk. */
typedef struct taken {
    oko_job job;
    char *params;
} taken;

static oko_status copy_job(void *ctx, const oko_job *job)
{
    taken *t = ctx;
    t->job = *job;
    t->params = oko_str_dup(oko_str_of(job->params));
    t->job.params = t->params;
    t->job.result = t->job.error = "";
    return t->params != NULL ? OKO_OK : OKO_E_MEMORY;
}

static bool on_progress(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
    oko_jobs *jobs = ctx;
    pthread_mutex_lock(&jobs->lock);
    if (stage != NULL)
        (void)snprintf(jobs->stage, sizeof jobs->stage, "%s", stage);
    jobs->done = done;
    jobs->total = total;
    bool go_on = !jobs->cancel && !jobs->stop;
    pthread_mutex_unlock(&jobs->lock);
    return go_on;
}

static const oko_job_kind *kind_of(const char *name)
{
    for (const oko_job_kind *k = oko_job_kinds; k->name != NULL; k++) {
        if (strcmp(k->name, name) == 0)
            return k;
    }
    return NULL;
}

static oko_status take(oko_jobs *jobs, taken *ret, oko_error *err)
{
    oko_store *store = NULL;
    oko_status status = oko_service_write(jobs->service, &store, err);
    if (status != OKO_OK)
        return status;
    status = oko_store_job_take(store, copy_job, ret, err);
    return oko_service_write_end(jobs->service, status, err);
}

static void end(oko_jobs *jobs, const taken *t, oko_status status, const json_t *result, const oko_error *why)
{
    oko_store *store = NULL;
    oko_error err = { .code = OKO_OK };
    oko_job_state state = status == OKO_OK            ? OKO_JOB_DONE
                          : status == OKO_E_CANCELLED ? OKO_JOB_CANCELLED
                                                      : OKO_JOB_FAILED;
    char *text = result != NULL ? json_dumps(result, JSON_COMPACT) : NULL;
    char *problem = status != OKO_OK ? oko_error_words(jobs->service->ru, why) : NULL;
    oko_status done = oko_service_write(jobs->service, &store, &err);
    if (done == OKO_OK) {
        done =
            oko_store_job_end(store, t->job.id, state, text != NULL ? text : "", problem != NULL ? problem : "", &err);
        done = oko_service_write_end(jobs->service, done, &err);
    }
    oko_log_job(jobs->service, &t->job, oko_job_state_name(state), status != OKO_OK ? why : NULL);
    free(text);
    free(problem);
}

static void run_one(oko_jobs *jobs, oko_store *store, taken *t)
{
    const oko_job_kind *kind = kind_of(t->job.kind);
    oko_error err = { .code = OKO_OK };
    json_t *params = json_loads(t->params, 0, NULL), *result = NULL;
    oko_job_work work = { .service = jobs->service,
                          .job = &t->job,
                          .params = params,
                          .store = store,
                          .progress = { .fn = on_progress, .ctx = jobs } };
    oko_log_job(jobs->service, &t->job, "running", NULL);
    oko_status status = kind != NULL && params != NULL ? kind->run(&work, &result, &err)
                                                       : oko_error_set(&err, OKO_E_UNSUPPORTED, "http.no_job", "");
    if (err.code != status)
        (void)oko_error_set(&err, status, "", "");
    pthread_mutex_lock(&jobs->lock);
    bool interrupted = status == OKO_E_CANCELLED && jobs->stop && !jobs->cancel;
    pthread_mutex_unlock(&jobs->lock);
    if (!interrupted) { /* else it stays "running" and is taken up after the restart */
        end(jobs, t, status, result, &err);
        if (kind != NULL && kind->gone != NULL)
            kind->gone(jobs->service, params);
    }
    oko_tree_changed(jobs->service->trees);
    json_decref(params);
    json_decref(result);
}

static bool wait_for_work(oko_jobs *jobs)
{
    struct timespec until;
    pthread_mutex_lock(&jobs->lock);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 2; /* another program may have added one */
    if (!jobs->woken && !jobs->stop)
        (void)pthread_cond_timedwait(&jobs->work, &jobs->lock, &until);
    jobs->woken = false;
    bool go_on = !jobs->stop;
    pthread_mutex_unlock(&jobs->lock);
    return go_on;
}

static void announce(oko_jobs *jobs, const taken *t)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->running = t != NULL ? t->job.id : 0;
    if (t != NULL) {
        jobs->cancel = t->job.cancel;
        jobs->stage[0] = '\0';
        jobs->done = jobs->total = 0;
    }
    pthread_mutex_unlock(&jobs->lock);
}

static bool any_queued(oko_jobs *jobs);
static oko_status recover(oko_jobs *jobs, oko_error *err);

/* Results of the newest runs are read before somebody asks. Nothing is lost when it fails: it is tried again then. */
static void warm(oko_service *service)
{
    static const char *const methods[] = { OKO_METHODS_MAIN, OKO_METHODS_EVIDENCE };
    oko_store *reader = NULL;
    const oko_tree *tree = NULL;
    oko_error err = { .code = OKO_OK };
    if (oko_service_reader(service, &reader, &err) != OKO_OK)
        return;
    if (oko_tree_get(service->trees, reader, &tree, &err) == OKO_OK) {
        for (int i = 0; i < 2; i++) {
            const oko_run_rows *rows = NULL;
            if (oko_run_rows_get(service->runs, reader, 0, methods[i], tree, &rows, &err) == OKO_OK)
                oko_run_rows_back(service->runs, rows);
        }
        oko_tree_back(service->trees, tree);
    }
    oko_service_reader_back(service, reader);
}

static void *work(void *ctx)
{
    oko_jobs *jobs = ctx;
    oko_store *store = NULL;
    warm(jobs->service);
    do {
        taken t = { .params = NULL };
        oko_error err = { .code = OKO_OK };
        while (any_queued(jobs)) {
            oko_store_options options = OKO_STORE_OPTIONS_INIT;
            options.create = false;
            options.busy_ms = 60000;
            if (store == NULL && oko_store_open(jobs->service->db, &options, &store, &err) != OKO_OK)
                break;
            if (take(jobs, &t, &err) != OKO_OK)
                break;
            announce(jobs, &t);
            run_one(jobs, store, &t);
            warm(jobs->service);
            announce(jobs, NULL);
            pthread_mutex_lock(&jobs->lock);
            bool stop = jobs->stop;
            pthread_mutex_unlock(&jobs->lock);
            free(t.params);
            t.params = NULL;
            if (stop)
                break;
        }
        free(t.params);
        oko_store_close(store); /* what it remembers may be void when a demonstration is put back */
        store = NULL;
    } while (wait_for_work(jobs));
    return NULL;
}

oko_status oko_jobs_run(oko_jobs *jobs, oko_job_fn fn, void *ctx, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_store_options options = OKO_STORE_OPTIONS_INIT;
    options.create = false;
    options.busy_ms = 60000;
    oko_status status = oko_store_open(jobs->service->db, &options, &store, err);
    status = status == OKO_OK ? recover(jobs, err) : status;
    while (status == OKO_OK && any_queued(jobs)) {
        taken t = { .params = NULL };
        status = take(jobs, &t, err);
        if (status == OKO_OK) {
            announce(jobs, &t);
            run_one(jobs, store, &t);
            announce(jobs, NULL);
            status = oko_store_job_get(store, t.job.id, fn, ctx, err);
        }
        free(t.params);
    }
    return status;
}

static oko_status see_state(void *ctx, const oko_job *job)
{
    bool *queued = ctx;
    *queued = *queued || job->state == OKO_JOB_QUEUED;
    return OKO_OK;
}

/* Asked of a reader, so that an idle server takes no write lock every two seconds. */
static bool any_queued(oko_jobs *jobs)
{
    oko_store *reader = NULL;
    oko_error err = { .code = OKO_OK };
    bool queued = false;
    pthread_mutex_lock(&jobs->lock);
    bool stop = jobs->stop;
    pthread_mutex_unlock(&jobs->lock);
    if (stop || oko_service_reader(jobs->service, &reader, &err) != OKO_OK)
        return false;
    (void)!oko_store_job_walk(reader, 0, NULL, 1000, see_state, &queued, &err);
    oko_service_reader_back(jobs->service, reader);
    return queued;
}

/* Is this the one worker of its database? A killed process holds no lock any more. Where locks are not to be had, a
 * server takes itself for the only one. */
static bool alone(oko_jobs *jobs)
{
    char path[600];
    (void)snprintf(path, sizeof path, "%.580s.jobs", jobs->service->db);
    int fd = jobs->at_work == 0 ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (fd < 0)
        return jobs->at_work != 0 || jobs->server;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
        jobs->at_work = fd + 1;
        return true;
    }
    const bool held = errno == EWOULDBLOCK;
    (void)close(fd);
    return !held && jobs->server;
}

/* What ran when a program was stopped is queued again. */
static oko_status recover(oko_jobs *jobs, oko_error *err)
{
    int64_t n = 0;
    oko_store *store = NULL;
    oko_service *service = jobs->service;
    if (!alone(jobs))
        return OKO_OK; /* what runs may be another worker's */
    oko_status status = oko_service_write(service, &store, err);
    if (status != OKO_OK)
        return status;
    status = oko_store_job_recover(store, OKO_JOB_ATTEMPTS, &n, err);
    status = oko_service_write_end(service, status, err);
    oko_upload_sweep(service->folder, ORPHAN_SECONDS);
    return status;
}

oko_status oko_jobs_new(oko_service *service, bool background, oko_jobs **ret_jobs, oko_error *err)
{
    oko_jobs *jobs = oko_calloc_array(1, sizeof *jobs);
    if (jobs == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    jobs->service = service;
    jobs->server = background;
    pthread_mutex_init(&jobs->lock, NULL);
    pthread_cond_init(&jobs->work, NULL);
    oko_status status = background ? recover(jobs, err) : OKO_OK;
    if (status == OKO_OK && background) {
        jobs->background = pthread_create(&jobs->thread, NULL, work, jobs) == 0;
        if (!jobs->background)
            status = oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    if (status != OKO_OK) {
        oko_jobs_free(jobs);
        return status;
    }
    *ret_jobs = jobs;
    return OKO_OK;
}

void oko_jobs_stop(oko_jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->stop = true;
    pthread_cond_signal(&jobs->work);
    pthread_mutex_unlock(&jobs->lock);
}

void oko_jobs_free(oko_jobs *jobs)
{
    if (jobs == NULL)
        return;
    if (jobs->background) {
        oko_jobs_stop(jobs);
        pthread_join(jobs->thread, NULL);
    }
    if (jobs->at_work != 0)
        (void)close(jobs->at_work - 1);
    pthread_cond_destroy(&jobs->work);
    pthread_mutex_destroy(&jobs->lock);
    free(jobs);
}

void oko_jobs_wake(oko_jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->woken = true;
    pthread_cond_signal(&jobs->work);
    pthread_mutex_unlock(&jobs->lock);
}

void oko_jobs_cancel(oko_jobs *jobs, int64_t id)
{
    pthread_mutex_lock(&jobs->lock);
    if (jobs->running == id)
        jobs->cancel = true;
    pthread_mutex_unlock(&jobs->lock);
}

/* A server that was killed left only the key: told in words as every other end. */
static json_t *in_words(oko_service *service, json_t *error)
{
    const char *id = json_string_value(json_object_get(error, "key"));
    oko_error why = { .code = OKO_OK };
    if (id == NULL)
        return error;
    (void)oko_error_set(&why, OKO_E_CANCELLED, id, "");
    char *text = oko_error_words(service->ru, &why);
    json_t *words = text != NULL ? json_loads(text, 0, NULL) : NULL;
    free(text);
    json_decref(error);
    return words;
}

static void set_object(json_t *o, const char *key, const char *text)
{
    json_t *value = text != NULL && text[0] != '\0' ? json_loads(text, 0, NULL) : NULL;
    (void)json_object_set_new(o, key, json_is_object(value) ? value : json_null());
    if (!json_is_object(value))
        json_decref(value);
}

json_t *oko_job_json(oko_service *service, const oko_job *job)
{
    oko_jobs *jobs = service->jobs;
    json_t *o = json_object();
    char stage[64];
    uint64_t done = job->done, total = job->total;
    (void)snprintf(stage, sizeof stage, "%s", job->stage);
    bool cancel = job->cancel;
    pthread_mutex_lock(&jobs->lock);
    if (jobs->running == job->id && job->state == OKO_JOB_RUNNING) {
        memcpy(stage, jobs->stage, sizeof stage);
        done = jobs->done;
        total = jobs->total;
        cancel = cancel || jobs->cancel;
    }
    pthread_mutex_unlock(&jobs->lock);
    oko_json_set_int(o, "id", job->id);
    oko_json_set_str(o, "kind", job->kind);
    oko_json_set_str(o, "state", oko_job_state_name(job->state));
    oko_json_set_int_or_null(o, "user", job->user);
    oko_json_set_str(o, "stage", stage);
    oko_json_set_int(o, "done", (int64_t)done);
    oko_json_set_int(o, "total", (int64_t)total);
    oko_json_set_bool(o, "cancel", cancel);
    oko_json_set_int(o, "attempts", job->attempts);
    set_object(o, "result", job->result);
    set_object(o, "error", job->error);
    if (json_object_get(json_object_get(o, "error"), "key") != NULL)
        (void)json_object_set_new(o, "error", in_words(service, json_incref(json_object_get(o, "error"))));
    oko_json_set_str(o, "created", job->created);
    oko_json_set_str_or_null(o, "started", job->started);
    oko_json_set_str_or_null(o, "finished", job->finished);
    return o;
}

typedef struct shown {
    oko_service *service;
    json_t *json;
} shown;

static oko_status show(void *ctx, const oko_job *job)
{
    shown *s = ctx;
    s->json = oko_job_json(s->service, job);
    return OKO_OK;
}

oko_status oko_jobs_add(oko_request *rq, oko_reply *reply, const char *kind, int64_t unit, json_t *params,
                        oko_error *err)
{
    char *text = params != NULL ? json_dumps(params, JSON_COMPACT) : NULL;
    oko_job job = { .user = rq->actor.user, .unit = unit, .params = text, .result = "", .error = "" };
    shown s = { .service = rq->service };
    int64_t id = 0;
    json_decref(params);
    if (text == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    (void)snprintf(job.kind, sizeof job.kind, "%s", kind);
    oko_status status = oko_store_job_add(rq->store, &job, &id, err);
    free(text);
    if (status == OKO_OK)
        status = oko_store_job_get(rq->store, id, show, &s, err);
    if (status != OKO_OK)
        return status;
    char location[80];
    (void)snprintf(location, sizeof location, "%s/jobs/%lld", oko_contract_root(rq->service->contract), (long long)id);
    oko_reply_header(rq, reply, "Location", location);
    oko_reply_about(reply, "job", id, unit);
    rq->service->job_added = true;
    return oko_reply_json(reply, 202, s.json, err);
}
