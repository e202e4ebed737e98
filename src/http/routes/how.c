/* How a number of a run came about: signs of evidence, results of rules. */
#include "http/routes/routes.h"

#include "analysis/runs.h"
#include "http/known_procedures.h"
#include "http/signs_of.h"
#include "report/how.h"

#include <string.h>

typedef struct wanted {
    const char *rule, *procedure;
    oko_result found; /* a copy */
    bool any;
} wanted;

static oko_status take_result(void *ctx, const oko_result *r)
{
    wanted *w = ctx;
    if (w->any || strcmp(r->rule, w->rule) != 0 || strcmp(r->procedure, w->procedure) != 0)
        return OKO_OK;
    w->any = true;
    return oko_result_copy(r, &w->found);
}

/* Adds what both kinds have: the run, the unit, the procedure. */
static oko_status reply_how(oko_request *rq, json_t *how, const oko_run *run, const oko_result *r,
                            const oko_known_procedures *titles, oko_reply *reply, oko_error *err)
{
    if (how == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    const char *title = oko_known_title(titles, r->procedure), *label = oko_request_str(rq, "class");
    oko_json_set_int(how, "unit", oko_request_int(rq, "unit", 0));
    oko_json_set_str(how, "procedure", r->procedure);
    oko_json_set_str(how, "procedure_title", title != NULL ? title : r->procedure);
    oko_json_set_str_or_null(how, "class", label != NULL ? label : "");
    oko_json_set_int(how, "n", r->n);
    (void)json_object_set_new(how, "run", oko_run_json(run));
    return oko_reply_json(reply, 200, how, err);
}

static oko_status how_result(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_run run = { 0 };
    oko_procedure p = { .id = 0 };
    wanted w = { .rule = oko_request_str(rq, "rule"), .procedure = oko_request_str(rq, "procedure") };
    oko_status status = oko_run_find(rq->store, oko_request_int(rq, "run", 0), OKO_METHODS_MAIN, &run, err);
    const oko_result_query q = {
        .run = run.id, .unit = oko_request_int(rq, "unit", 0), .level = OKO_LEVEL_COUNT, .with_merged = true
    };
    oko_known_procedures titles = { .rq = rq, .revision = run.revision };
    status = status == OKO_OK ? oko_store_result_walk(rq->store, &q, take_result, &w, err) : status;
    if (status == OKO_OK && !w.any)
        status = oko_error_set(err, OKO_E_NOT_FOUND, "http.no_result", "");
    if (status == OKO_OK) { /* results over several procedures have a year in place of one */
        oko_error ignored;
        (void)!oko_store_procedure_get(rq->store, w.procedure, run.revision, &p, &ignored);
        const oko_how how = { .text = rq->text,
                              .arena = rq->arena,
                              .titles = { .find = oko_known_title, .ctx = &titles } };
        status = reply_how(rq, oko_how_result(&how, &p, &w.found), &run, &w.found, &titles, reply, err);
    }
    oko_result_clear(&w.found);
    oko_run_clear(&run);
    return status;
}

static oko_status how_sign(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_signs_of signs;
    size_t at = 0;
    oko_status status = oko_signs_of_open(rq, oko_request_int(rq, "unit", 0), &signs, err);
    status = status == OKO_OK ? oko_signs_of_find(&signs, rq, &at, err) : status;
    if (status == OKO_OK) {
        const oko_sign_row *row = &signs.all.at[at];
        oko_known_procedures titles = { .rq = rq, .revision = signs.rows->head.revision };
        const oko_how how = { .text = rq->text,
                              .arena = rq->arena,
                              .titles = { .find = oko_known_title, .ctx = &titles } };
        status = reply_how(rq, oko_how_sign(&how, row), &signs.rows->head, row->result, &titles, reply, err);
    }
    oko_signs_of_close(rq, &signs);
    return status;
}

static oko_status results_how(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const int64_t unit = oko_request_int(rq, "unit", 0);
    oko_reply_about(reply, "unit", unit, unit);
    return oko_request_str(rq, "rule") != NULL ? how_result(rq, reply, err) : how_sign(rq, reply, err);
}

const oko_route oko_routes_how[] = {
    { "results.how", results_how },
    { NULL, NULL },
};
