/*
 * Long work: jobs of the store, done by one worker thread with a writer of its own, so that requests go on. Progress is
 * kept in memory (readers ask often), start, end and outcome in the database. After a restart what was running is
 * queued again.
 */
#ifndef OKO_HTTP_JOBS_H
#define OKO_HTTP_JOBS_H

#include "http/service.h"

#include "domain/person.h"

enum { OKO_JOB_ATTEMPTS = 3 };

/* What the code of one kind of job gets. */
typedef struct oko_job_work {
    oko_service *service;
    const oko_job *job;
    const json_t *params;
    oko_store *store;      /* its own writer, outside of a transaction */
    oko_progress progress; /* hand it on: tells stages, and false when the job must stop */
} oko_job_work;
/* ret_result: JSON object or NULL. */
typedef oko_status (*oko_job_fn_run)(const oko_job_work *work, json_t **ret_result, oko_error *err);
typedef struct oko_job_kind {
    const char *name;
    oko_job_fn_run run;
    void (*gone)(oko_service *service, const json_t *params); /* after the end, whatever it was; or NULL */
} oko_job_kind;
extern const oko_job_kind oko_job_kinds[];                                                /* ends with a NULL name */
oko_status oko_run_backup(const oko_job_work *work, json_t **ret_result, oko_error *err); /* routes/backups.c */
oko_status oko_run_report(const oko_job_work *work, json_t **ret_result, oko_error *err); /* report_job.c */

oko_status oko_jobs_new(oko_service *service, bool background, oko_jobs **ret_jobs, oko_error *err) OKO_WARN_UNUSED;
void oko_jobs_stop(oko_jobs *jobs); /* the running job stops soon and is queued again */
void oko_jobs_free(oko_jobs *jobs);

/* In the request's transaction: adds a job and answers 202 with it. params is stolen. */
oko_status oko_jobs_add(oko_request *rq, oko_reply *reply, const char *kind, int64_t unit, json_t *params,
                        oko_error *err) OKO_WARN_UNUSED;
/* Without a server: runs what is queued, and what a killed server left running, in this thread until nothing is left;
 * fn is told each job as it ended. */
oko_status oko_jobs_run(oko_jobs *jobs, oko_job_fn fn, void *ctx, oko_error *err) OKO_WARN_UNUSED;
void oko_jobs_wake(oko_jobs *jobs);
/* Asks the running job `id` to stop; the store is told by the caller. */
void oko_jobs_cancel(oko_jobs *jobs, int64_t id);
/* JSON of the contract, with live progress. New reference. */
json_t *oko_job_json(oko_service *service, const oko_job *job);

#endif
