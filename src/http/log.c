#include "http/log.h"

#include "cycle/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put(json_t *o)
{
    char *line = json_dumps(o, JSON_COMPACT);
    if (line != NULL) {
        flockfile(stderr);
        fputs(line, stderr);
        fputc('\n', stderr);
        funlockfile(stderr);
    }
    free(line);
    json_decref(o);
}

static json_t *line(const char *event)
{
    char now[OKO_TIME_BYTES];
    json_t *o = json_object();
    oko_time_text(time(NULL), now);
    oko_json_set_str(o, "at", now);
    oko_json_set_str(o, "event", event);
    return o;
}

void oko_log_request(const oko_request *rq, const oko_reply *reply, double seconds)
{
    if (!rq->service->log)
        return;
    json_t *o = line("request");
    oko_json_set_str(o, "request", rq->number);
    oko_json_set_str(o, "operation", rq->op != NULL ? rq->op->id : "");
    oko_json_set_int(o, "status", reply->status);
    oko_json_set_int(o, "us", (int64_t)(seconds * 1e6));
    oko_json_set_int(o, "bytes", (int64_t)reply->len);
    if (rq->signed_in)
        oko_json_set_int(o, "user", rq->actor.user);
    put(o);
}

void oko_log_job(const oko_service *service, const oko_job *job, const char *state, const oko_error *why)
{
    if (!service->log)
        return;
    json_t *o = line("job");
    oko_json_set_int(o, "job", job->id);
    oko_json_set_str(o, "kind", job->kind);
    oko_json_set_str(o, "state", state);
    if (why != NULL)
        oko_json_set_str(o, "error", why->id[0] != '\0' ? why->id : oko_status_describe(why->code)->name);
    put(o);
}

void oko_log_event(const oko_service *service, const char *event, const char *detail)
{
    if (!service->log)
        return;
    json_t *o = line(event);
    oko_json_set_str(o, "detail", detail);
    put(o);
}
