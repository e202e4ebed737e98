/* Jobs: own ones; operators, auditors and administrators see all. Progress as server-sent events. */
#include "http/routes/routes.h"

#include "http/jobs.h"
#include "store/people.h"

#include <stdlib.h>
#include <string.h>

enum { HEARTBEAT = 60 }; /* calls of `more`, about 15 s */

static bool sees_all(const oko_actor *a)
{
    return a->owner || a->role == OKO_ROLE_OPERATOR || a->role == OKO_ROLE_AUDITOR || a->role == OKO_ROLE_ADMIN;
}

typedef struct walk {
    oko_service *service;
    const oko_actor *actor;
    json_t *json; /* array, or one job */
    bool list, hidden, over;
} walk;

static oko_status add_job(void *ctx, const oko_job *job)
{
    walk *w = ctx;
    if (!sees_all(w->actor) && job->user != w->actor->user) {
        w->hidden = true;
        return OKO_OK;
    }
    json_t *o = oko_job_json(w->service, job);
    w->over = job->state != OKO_JOB_QUEUED && job->state != OKO_JOB_RUNNING;
    if (w->list)
        return json_array_append_new(w->json, o) == 0 ? OKO_OK : OKO_E_MEMORY;
    w->json = o;
    return OKO_OK;
}

static oko_status jobs_list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    walk w = { .service = rq->service, .actor = &rq->actor, .json = json_array(), .list = true };
    int64_t user = sees_all(&rq->actor) ? 0 : rq->actor.user;
    oko_status status = oko_store_job_walk(rq->store, user, oko_request_str(rq, "kind"),
                                           oko_request_int(rq, "limit", 50), add_job, &w, err);
    if (status != OKO_OK) {
        json_decref(w.json);
        return status;
    }
    return oko_reply_list(reply, w.json, (int64_t)json_array_size(w.json), err);
}

static oko_status find_job(oko_request *rq, walk *w, oko_error *err)
{
    *w = (walk){ .service = rq->service, .actor = &rq->actor };
    oko_status status = oko_store_job_get(rq->store, oko_request_int(rq, "id", 0), add_job, w, err);
    if (status == OKO_OK && w->hidden)
        return oko_error_set(err, OKO_E_NOT_FOUND, "http.no_such_job", "");
    return status;
}

static oko_status jobs_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    walk w;
    oko_status status = find_job(rq, &w, err);
    return status == OKO_OK ? oko_reply_json(reply, 200, w.json, err) : status;
}

static oko_status jobs_cancel(oko_request *rq, oko_reply *reply, oko_error *err)
{
    walk w;
    int64_t id = oko_request_int(rq, "id", 0);
    oko_status status = find_job(rq, &w, err);
    if (status != OKO_OK)
        return status;
    json_decref(w.json);
    if (w.over)
        return oko_error_set(err, OKO_E_CONFLICT, "http.job_over", "");
    status = oko_store_job_cancel(rq->store, id, err);
    if (status == OKO_OK)
        status = find_job(rq, &w, err);
    if (status != OKO_OK)
        return status;
    oko_jobs_cancel(rq->service->jobs, id);
    oko_reply_about(reply, "job", id, 0);
    return oko_reply_json(reply, 200, w.json, err);
}

/* ---- events ---- */
typedef struct events {
    oko_service *service;
    oko_actor actor;
    int64_t id;
    char *last; /* what was sent last */
    int quiet;
} events;

static void more(void *ctx, oko_buffer *out, bool *ret_end)
{
    events *e = ctx;
    walk w = { .service = e->service, .actor = &e->actor };
    oko_error err = { .code = OKO_OK };
    oko_store *reader = NULL;
    oko_status status = oko_service_reader(e->service, &reader, &err);
    if (status == OKO_OK) {
        status = oko_store_job_get(reader, e->id, add_job, &w, &err);
        oko_service_reader_back(e->service, reader);
    }
    char *text = w.json != NULL ? json_dumps(w.json, JSON_COMPACT) : NULL;
    json_decref(w.json);
    if (text != NULL && (e->last == NULL || strcmp(text, e->last) != 0)) {
        oko_buffer_printf(out, "event: job\ndata: %s\n\n", text);
        free(e->last);
        e->last = text;
        text = NULL;
        e->quiet = 0;
    } else if (++e->quiet >= HEARTBEAT) {
        oko_buffer_str(out, ":\n\n"); /* keeps proxies from closing the connection */
        e->quiet = 0;
    }
    free(text);
    *ret_end = status != OKO_OK || w.over || e->service->stopping;
}

static void release(void *ctx)
{
    events *e = ctx;
    free(e->last);
    free(e);
}

static oko_status jobs_events(oko_request *rq, oko_reply *reply, oko_error *err)
{
    walk w;
    oko_status status = find_job(rq, &w, err);
    if (status != OKO_OK)
        return status;
    json_decref(w.json);
    events *e = oko_calloc_array(1, sizeof *e);
    oko_stream *stream = oko_calloc_array(1, sizeof *stream);
    if (e == NULL || stream == NULL) {
        free(e);
        free(stream);
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    *e = (events){ .service = rq->service, .actor = rq->actor, .id = oko_request_int(rq, "id", 0) };
    *stream = (oko_stream){ .more = more, .release = release, .ctx = e };
    reply->stream = stream;
    reply->type = "text/event-stream";
    return OKO_OK;
}

const oko_route oko_routes_jobs[] = {
    { "jobs.list", jobs_list },     { "jobs.get", jobs_get }, { "jobs.cancel", jobs_cancel },
    { "jobs.events", jobs_events }, { NULL, NULL },
};
