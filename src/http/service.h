/*
 * What all requests share: contract and routes, texts, the pool of readers, the one writer, jobs, figures. The server
 * and `oko api` open one; it knows no sockets.
 */
#ifndef OKO_HTTP_SERVICE_H
#define OKO_HTTP_SERVICE_H

#include "cycle/flow.h"
#include "cycle/setup.h"
#include "explain/explain.h"
#include "http/metrics.h"
#include "http/request.h"
#include "http/run_rows.h"
#include "http/tree.h"

#include <pthread.h>

typedef struct oko_jobs oko_jobs;
typedef struct oko_looks oko_looks;
typedef struct oko_gate oko_gate;

typedef struct oko_service_options {
    const char *db;
    const char *folder; /* of temporary files; NULL = DB.uploads */
    bool log;           /* a JSON line per request to standard error */
    bool background;    /* start the workers of jobs and looks */
} oko_service_options;

enum { OKO_READERS_MAX = 64 };

/* The record that holds the region's own pack of rules; every version of it stays. */
#define OKO_OWN_PACK_KIND "rule-pack"
#define OKO_OWN_PACK_KEY "region"

struct oko_service {
    oko_contract *contract;
    oko_flows *flows;      /* of the cycle's records */
    oko_handler *handlers; /* by operation index */
    unsigned *roles;       /* by operation index: bits */
    oko_text *ru, *en;
    oko_explain *explain_ru, *explain_en;
    char db[512], folder[512];
    bool log;
    _Atomic bool stopping;
    bool job_added; /* in the open transaction: its worker is woken after the commit */
    oko_store *writer;
    pthread_mutex_t writer_lock, reader_lock;
    size_t n_readers;
    oko_store *readers[OKO_READERS_MAX];
    oko_tree_cache *trees;
    oko_run_cache *runs;
    oko_gate *gate;   /* signing in: rates, and how many at once */
    oko_looks *looks; /* audit lines of looks, committed in groups */
    oko_jobs *jobs;
    char setup_code[OKO_SETUP_CODE_BYTES]; /* of the first run; "" when there are people already */
    oko_metrics metrics;
    uint64_t requests; /* numbers of requests; atomic */
    char boot[9];
};

/* OKO_E_INTERNAL "http.no_handler" (an operation without a handler or the reverse), and whatever the store says. */
oko_status oko_service_open(const oko_service_options *options, oko_service **ret_service,
                            oko_error *err) OKO_WARN_UNUSED;
/* No new jobs; running ones are asked to stop and go on after the next start. */
void oko_service_stop(oko_service *service);
void oko_service_close(oko_service *service);
void oko_service_closep(oko_service **service);

/* A reader for one thread until it is given back. */
oko_status oko_service_reader(oko_service *service, oko_store **ret_store, oko_error *err) OKO_WARN_UNUSED;
void oko_service_reader_back(oko_service *service, oko_store *store);

/* The writer, in a transaction of its own. Short: everybody else waits. Ends with commit or rollback by `status`. */
oko_status oko_service_write(oko_service *service, oko_store **ret_store, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_service_write_end(oko_service *service, oko_status status, oko_error *err) OKO_WARN_UNUSED;
/* The same without waiting for the disk: the caller lets something wait for it (looks.h). */
oko_status oko_service_write_quick(oko_service *service, oko_status status, oko_error *err) OKO_WARN_UNUSED;

#endif
