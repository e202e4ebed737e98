/* Reports: jobs make them, files keep them, and a list leads back to them. */
#include "http/routes/routes.h"

#include "cycle/roadmap.h"
#include "http/cycle_door.h"
#include "http/jobs.h"
#include "reference/json.h"

#include <string.h>

enum { LISTED = 200 };

static const char *member(const json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));
    return s != NULL ? s : "";
}

/* ---- asking for one ---- */

static bool one_of(const char *word, const char *list)
{
    const size_t n = strlen(word);
    for (const char *at = strstr(list, word); n > 0 && at != NULL; at = strstr(at + 1, word)) {
        if ((at == list || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
            return true;
    }
    return false;
}

static oko_status check_roadmap(oko_request *rq, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    OKO_CLEANUP(oko_entry_clear) oko_entry roadmap = { 0 };
    const char *code = member(rq->body, "code");
    const int no = (int)json_integer_value(json_object_get(rq->body, "no"));
    if (*code == '\0')
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.required", "/body/code");
    oko_status status = oko_roadmap_get(&c, code, &roadmap, err);
    if (status == OKO_OK && no != 0 && oko_roadmap_row(&roadmap, no) == NULL)
        status = oko_error_set(err, OKO_E_NOT_FOUND, "roadmap.no_row", "/body/no");
    return status;
}

static oko_status reports_create(oko_request *rq, oko_reply *reply, oko_error *err)
{
    int64_t unit = json_integer_value(json_object_get(rq->body, "unit"));
    oko_unit u;
    const char *kind = member(rq->body, "kind"), *format = member(rq->body, "format");
    const bool evidence = strcmp(kind, "evidence") == 0, roadmap = strcmp(kind, "roadmap") == 0;
    oko_status status = oko_request_sees(rq, unit, err);
    if (status == OKO_OK)
        status = oko_store_unit_get(rq->store, unit, &u, err);
    if (status == OKO_OK && !one_of(format, evidence ? "zip" : roadmap ? "html docx xlsx" : "html xlsx"))
        status = oko_error_set(err, OKO_E_ARGUMENT, "report.format", "/body/format");
    if (status == OKO_OK && (evidence || roadmap))
        status = check_roadmap(rq, err);
    return status == OKO_OK ? oko_jobs_add(rq, reply, "report", unit, json_deep_copy(rq->body), err) : status;
}

/* ---- those that were made ---- */

typedef struct listing {
    oko_request *rq;
    json_t *items;
} listing;

static void name_unit(const listing *l, json_t *o, int64_t unit)
{
    oko_unit u = { .id = 0 };
    oko_error none = { .code = OKO_OK };
    (void)!oko_store_unit_get(l->rq->store, unit, &u, &none);
    oko_json_set_int(o, "unit", unit);
    oko_json_set_str(o, "unit_code", u.code);
    oko_json_set_str(o, "unit_name", u.name);
}

static oko_status add(void *ctx, const oko_job *job)
{
    listing *l = ctx;
    OKO_CLEANUP(oko_json_freep) json_t *params = json_loads(job->params, 0, NULL);
    OKO_CLEANUP(oko_json_freep) json_t *all = oko_job_json(l->rq->service, job);
    json_t *o = json_object();
    const char *kind = member(params, "kind");
    oko_json_set_str(o, "kind", *kind != '\0' ? kind : "results");
    oko_json_set_str(o, "format", member(params, "format"));
    oko_json_set_str(o, "code", member(params, "code"));
    oko_json_set_int(o, "no", json_integer_value(json_object_get(params, "no")));
    oko_json_set_bool(o, "below", json_is_true(json_object_get(params, "below")));
    name_unit(l, o, job->unit);
    if (json_object_set(o, "job", all) != 0) {
        json_decref(o);
        return OKO_E_MEMORY;
    }
    return json_array_append_new(l->items, o) == 0 ? OKO_OK : OKO_E_MEMORY;
}

static oko_status reports_list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    listing l = { .rq = rq, .items = json_array() };
    oko_status status =
        oko_store_job_walk(rq->store, rq->actor.user, "report", oko_request_int(rq, "limit", LISTED), add, &l, err);
    if (status != OKO_OK) {
        json_decref(l.items);
        return status;
    }
    return oko_reply_list(reply, l.items, (int64_t)json_array_size(l.items), err);
}

const oko_route oko_routes_reports[] = {
    { "reports.create", reports_create },
    { "reports.list", reports_list },
    { NULL, NULL },
};
