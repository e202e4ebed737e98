/* What the kinds of jobs do: the same calls as the command line's. */
#include "http/jobs.h"

#include "analysis/analysis.h"
#include "analysis/evidence.h"
#include "base/threads.h"
#include "cycle/indicators.h"
#include "cycle/settings.h"
#include "http/upload.h"
#include "intake/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *text_of(const json_t *params, const char *name)
{
    return json_string_value(json_object_get(params, name));
}

/* ---- import ---- */
static json_t *counts_json(const oko_import_report *r)
{
    json_t *array = json_array();
    for (size_t i = 0; i < r->n_problem_counts; i++) {
        const oko_problem_count *c = &r->problem_counts[i];
        (void)json_array_append_new(array,
                                    json_pack("{s:s,s:s,s:s,s:I}", "severity", oko_severity_name(c->severity), "reason",
                                              c->reason, "value_class", c->value_class, "n", (json_int_t)c->n));
    }
    return array;
}

static json_t *report_json(const oko_import_report *r)
{
    json_t *o = json_object(), *procedures = json_array(), *dropped = json_array();
    for (size_t i = 0; i < r->n_procedures; i++)
        (void)json_array_append_new(procedures, json_string(r->procedures[i]));
    oko_json_set_str(o, "file", r->file);
    oko_json_set_str(o, "layout", r->layout);
    oko_json_set_bool(o, "unchanged", r->unchanged);
    oko_json_set_int_or_null(o, "import", r->import);
    oko_json_set_int(o, "rows", r->counts.rows);
    oko_json_set_int(o, "participants", r->counts.participants);
    oko_json_set_int(o, "schools", r->schools);
    oko_json_set_int(o, "new_units", r->new_units);
    oko_json_set_int(o, "units", r->units);
    oko_json_set_int(o, "sheets_added", r->sheets_added);
    oko_json_set_int(o, "sheets_replaced", r->sheets_replaced);
    oko_json_set_int(o, "sheets_removed", r->sheets_removed);
    oko_json_set_int(o, "works_lost", r->works_lost);
    oko_json_set_int(o, "sheets_unchanged", r->sheets_unchanged);
    oko_json_set_int(o, "aggregates", r->aggregates);
    oko_json_set_int(o, "externals", r->externals);
    oko_json_set_int(o, "findings", r->findings);
    for (size_t i = 0; i < r->n_dropped; i++)
        (void)json_array_append_new(dropped, json_string(r->dropped[i]));
    (void)json_object_set_new(o, "dropped_columns", dropped);
    (void)json_object_set_new(o, "procedures", procedures);
    (void)json_object_set_new(o, "problem_counts", counts_json(r));
    return o;
}

/* The rows of an earlier import with cells put right. The texts are those of the job. */
static oko_status import_again(const oko_job_work *work, const oko_import_options *options, oko_import_report *report,
                               char **hint, oko_error *err)
{
    const json_t *list = json_object_get(work->params, "corrections"), *one;
    const size_t n = json_array_size(list);
    OKO_CLEANUP(oko_freep) oko_import_fix *fixes = oko_calloc_array(n + 1, sizeof *fixes);
    size_t i;
    if (fixes == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    json_array_foreach(list, i, one) fixes[i] =
        (oko_import_fix){ .sheet = text_of(one, "sheet"),
                          .row = (uint32_t)json_integer_value(json_object_get(one, "row")),
                          .col = (uint32_t)json_integer_value(json_object_get(one, "col")),
                          .value = text_of(one, "value") };
    return oko_import_again(work->store, json_integer_value(json_object_get(work->params, "again")), fixes, n, options,
                            report, hint, err);
}

static oko_status run_import(const oko_job_work *work, json_t **ret_result, oko_error *err)
{
    oko_import_options options = OKO_IMPORT_OPTIONS_INIT;
    oko_import_report report = { .import = 0 };
    char *hint = NULL;
    options.procedure = text_of(work->params, "procedure");
    options.list_title = text_of(work->params, "list");
    options.school = text_of(work->params, "school");
    options.region = text_of(work->params, "region");
    options.reference = json_is_true(json_object_get(work->params, "reference"));
    options.add_classes = json_is_true(json_object_get(work->params, "add_classes"));
    options.dry_run = json_is_true(json_object_get(work->params, "dry_run"));
    options.user = work->job->user;
    options.threads = 1;
    options.progress = work->progress;
    const char *path = text_of(work->params, "path");
    oko_status status = json_object_get(work->params, "again") != NULL
                            ? import_again(work, &options, &report, &hint, err)
                            : oko_import_file(work->store, path != NULL ? path : "", &options, &report, &hint, err);
    if (status == OKO_OK) {
        *ret_result = report_json(&report);
        oko_import_report_clear(&report);
    } else if (hint != NULL) {
        *ret_result = json_pack("{s:s}", "hint", hint);
    }
    free(hint);
    return status;
}

static void import_gone(oko_service *service, const json_t *params)
{
    const char *path = text_of(params, "path");
    size_t n = strlen(service->folder);
    if (path != NULL && strncmp(path, service->folder, n) == 0 && path[n] == '/' && strstr(path, "/../") == NULL)
        oko_upload_remove_path(path);
}

/* ---- analysis ---- */
/* checked: it was computed again and every digit is the same. */
static json_t *run_json(const oko_run *run, bool fresh, bool checked)
{
    return json_pack("{s:I,s:s,s:b,s:s,s:b}", "run", (json_int_t)run->id, "method", run->method, "new", (int)fresh,
                     "result_hash", run->result_hash, "checked", (int)(checked && !fresh));
}

static bool again(const oko_job_work *work)
{
    return json_is_true(json_object_get(work->params, "recompute"));
}

static oko_status copy_body(void *ctx, const oko_record *r)
{
    char **text = ctx;
    *text = r->removed ? NULL : oko_str_dup((oko_str){ r->body, r->body_len });
    return OKO_OK;
}

/* The region's own pack of rules, or NULL. */
static char *own_rules(oko_store *store)
{
    char *text = NULL;
    oko_error none = { .code = OKO_OK };
    (void)!oko_store_record_find(store, OKO_OWN_PACK_KIND, OKO_OWN_PACK_KEY, copy_body, &text, &none);
    return text;
}

static oko_status run_analyze(const oko_job_work *work, json_t **ret_result, oko_error *err)
{
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    const json_t *seed = json_object_get(work->params, "seed");
    oko_run run = { .id = 0 };
    bool fresh = false;
    if (seed != NULL)
        options.seed = (uint64_t)json_integer_value(seed);
    options.replicates = (int)json_integer_value(json_object_get(work->params, "replicates"));
    options.threads = oko_cores() > 1 ? oko_cores() - 1 : 1; /* one is left for requests */
    options.progress = work->progress;
    oko_settings settings;
    oko_status status = oko_settings_get(work->store, &settings, err);
    if (status != OKO_OK)
        return status;
    char *own = own_rules(work->store);
    options.rules = own;
    options.published_min = settings.published_min;
    status = oko_analyze(work->store, &options, again(work), &run, &fresh, err);
    if (status == OKO_OK)
        *ret_result = run_json(&run, fresh, again(work));
    oko_run_clear(&run);
    free(own);
    return status;
}

static oko_status run_evidence(const oko_job_work *work, json_t **ret_result, oko_error *err)
{
    oko_evidence_options options = OKO_EVIDENCE_OPTIONS_INIT;
    const json_t *seed = json_object_get(work->params, "seed");
    oko_run run = { .id = 0 };
    bool fresh = false;
    if (seed != NULL)
        options.seed = (uint64_t)json_integer_value(seed);
    options.replicates = (int)json_integer_value(json_object_get(work->params, "replicates"));
    options.threads = oko_cores() > 1 ? oko_cores() - 1 : 1;
    options.progress = work->progress;
    oko_status status = oko_evidence_run(work->store, &options, again(work), &run, &fresh, err);
    if (status == OKO_OK)
        *ret_result = run_json(&run, fresh, again(work));
    oko_run_clear(&run);
    return status;
}

/* ---- indicators ---- */
static oko_status run_indicators(const oko_job_work *work, json_t **ret_result, oko_error *err)
{
    oko_user user;
    const char *login = text_of(work->params, "login");
    oko_actor actor = oko_actor_owner();
    if (login != NULL && login[0] != '\0') {
        oko_status found = oko_store_user_find(work->store, login, &user, err);
        if (found != OKO_OK)
            return found;
        actor = oko_actor_of_user(&user);
    }
    oko_cycle c = { .store = work->store, .flows = work->service->flows, .actor = &actor };
    int64_t n = 0;
    oko_status status =
        oko_indicators_compute(&c, (int)json_integer_value(json_object_get(work->params, "year")),
                               json_integer_value(json_object_get(work->params, "campaign")), &work->progress, &n, err);
    if (status == OKO_OK)
        *ret_result = json_pack("{s:I}", "values", (json_int_t)n);
    return status;
}

const oko_job_kind oko_job_kinds[] = {
    { "import", run_import, import_gone },
    { "analyze", run_analyze, NULL },
    { "evidence", run_evidence, NULL },
    { "report", oko_run_report, NULL },
    { "indicators", run_indicators, NULL },
    { "backup", oko_run_backup, NULL },
    { NULL, NULL, NULL },
};
