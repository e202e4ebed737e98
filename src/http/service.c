#include "http/service.h"

#include "http/jobs.h"
#include "http/looks.h"
#include "http/routes/routes.h"
#include "http/session.h"
#include "store/people.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static oko_status no_handler(const char *operation, oko_error *err)
{
    return oko_error_set(err, OKO_E_INTERNAL, "http.no_handler", operation);
}

static oko_status bind_list(oko_service *s, const oko_route *routes, oko_error *err)
{
    for (const oko_route *r = routes; r->operation != NULL; r++) {
        const oko_operation *op = oko_contract_operation(s->contract, r->operation);
        if (op == NULL || s->handlers[op->index] != NULL)
            return no_handler(r->operation, err);
        s->handlers[op->index] = r->handler;
    }
    return OKO_OK;
}

static oko_status bind_roles(oko_service *s, const oko_operation *op, oko_error *err)
{
    for (size_t i = 0; i < op->n_roles; i++) {
        oko_role role;
        if (!oko_role_parse(oko_str_of(op->role[i]), &role))
            return no_handler(op->id, err);
        s->roles[op->index] |= OKO_ROLE_BIT(role);
    }
    if (op->any_role || op->is_public)
        s->roles[op->index] = OKO_ROLE_BIT(OKO_ROLE_COUNT) - 1;
    return OKO_OK;
}

/* Every operation of the contract has one handler, every handler an operation. */
static oko_status bind(oko_service *s, oko_error *err)
{
    size_t n = oko_contract_count(s->contract);
    s->handlers = oko_calloc_array(n, sizeof *s->handlers);
    s->roles = oko_calloc_array(n, sizeof *s->roles);
    if (s->handlers == NULL || s->roles == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && oko_routes[i] != NULL; i++)
        status = bind_list(s, oko_routes[i], err);
    for (size_t i = 0; status == OKO_OK && i < n; i++) {
        const oko_operation *op = oko_contract_at(s->contract, i);
        status = s->handlers[i] != NULL ? bind_roles(s, op, err) : no_handler(op->id, err);
    }
    return status;
}

/* Who may set an empty database up: whoever sees what the server prints. */
static oko_status begin_setup(oko_service *s, oko_error *err)
{
    bool open = false;
    oko_status status = oko_setup_is_open(s->writer, &open, err);
    if (status == OKO_OK && open)
        oko_setup_code(s->setup_code);
    return status;
}

static oko_status open_parts(oko_service *s, const oko_service_options *options, oko_error *err)
{
    oko_store_options store = OKO_STORE_OPTIONS_INIT;
    store.create = true;
    store.defer_sync = true;
    oko_status status = oko_contract_open((oko_str){ NULL, 0 }, &s->contract, err);
    status = status == OKO_OK ? oko_flows_open(&s->flows, err) : status;
    if (status == OKO_OK)
        status = bind(s, err);
    if (status == OKO_OK)
        status = oko_text_open("ru", &s->ru, err);
    if (status == OKO_OK)
        status = oko_text_open("en", &s->en, err);
    if (status == OKO_OK)
        status = oko_explain_open(s->ru, &s->explain_ru, err);
    if (status == OKO_OK)
        status = oko_explain_open(s->en, &s->explain_en, err);
    if (status == OKO_OK)
        status = oko_store_open(s->db, &store, &s->writer, err);
    if (status == OKO_OK)
        status = begin_setup(s, err);
    if (status == OKO_OK && oko_tree_cache_new(&s->trees) != OKO_OK)
        status = oko_error_set(err, OKO_E_MEMORY, "", "");
    if (status == OKO_OK && oko_run_cache_new(&s->runs) != OKO_OK)
        status = oko_error_set(err, OKO_E_MEMORY, "", "");
    if (status == OKO_OK)
        status = oko_gate_new(&s->gate, err);
    if (status == OKO_OK)
        status = oko_looks_new(s, options->background, &s->looks, err);
    if (status == OKO_OK)
        status = oko_jobs_new(s, options->background, &s->jobs, err);
    return status;
}

oko_status oko_service_open(const oko_service_options *options, oko_service **ret_service, oko_error *err)
{
    OKO_CLEANUP(oko_service_closep) oko_service *s = oko_calloc_array(1, sizeof *s);
    unsigned char random[4];
    if (s == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    pthread_mutex_init(&s->writer_lock, NULL);
    pthread_mutex_init(&s->reader_lock, NULL);
    if (sodium_init() < 0)
        return oko_error_set(err, OKO_E_INTERNAL, "", "");
    randombytes_buf(random, sizeof random);
    (void)sodium_bin2hex(s->boot, sizeof s->boot, random, sizeof random);
    s->log = options->log;
    if (!oko_str_copy(s->db, sizeof s->db - 16, oko_str_of(options->db)))
        return oko_error_set(err, OKO_E_LIMIT, "http.long_path", "");
    (void)snprintf(s->folder, sizeof s->folder, options->folder != NULL ? "%.480s" : "%.480s.uploads",
                   options->folder != NULL ? options->folder : options->db);
    oko_status status = open_parts(s, options, err);
    if (status != OKO_OK)
        return status;
    *ret_service = s;
    s = NULL;
    return OKO_OK;
}

void oko_service_stop(oko_service *service)
{
    service->stopping = true;
    oko_jobs_stop(service->jobs);
}

void oko_service_close(oko_service *s)
{
    if (s == NULL)
        return;
    s->stopping = true;
    oko_jobs_free(s->jobs);
    oko_looks_free(s->looks);
    oko_gate_free(s->gate);
    oko_tree_cache_free(s->trees);
    oko_run_cache_free(s->runs);
    for (size_t i = 0; i < s->n_readers; i++)
        oko_store_close(s->readers[i]);
    oko_store_close(s->writer);
    oko_flows_free(s->flows);
    oko_contract_free(s->contract);
    oko_explain_free(s->explain_ru);
    oko_explain_free(s->explain_en);
    oko_text_free(s->ru);
    oko_text_free(s->en);
    free(s->handlers);
    free(s->roles);
    pthread_mutex_destroy(&s->writer_lock);
    pthread_mutex_destroy(&s->reader_lock);
    free(s);
}

void oko_service_closep(oko_service **service)
{
    oko_service_close(*service);
    *service = NULL;
}

oko_status oko_service_reader(oko_service *service, oko_store **ret_store, oko_error *err)
{
    oko_store *store = NULL;
    pthread_mutex_lock(&service->reader_lock);
    if (service->n_readers > 0)
        store = service->readers[--service->n_readers];
    pthread_mutex_unlock(&service->reader_lock);
    oko_status status = OKO_OK;
    if (store == NULL) {
        pthread_mutex_lock(&service->writer_lock); /* cloning uses the writer's handle */
        status = oko_store_clone(service->writer, &store, err);
        pthread_mutex_unlock(&service->writer_lock);
    }
    if (status == OKO_OK)
        *ret_store = store;
    return status;
}

void oko_service_reader_back(oko_service *service, oko_store *store)
{
    pthread_mutex_lock(&service->reader_lock);
    bool kept = store != NULL && service->n_readers < OKO_READERS_MAX;
    if (kept)
        service->readers[service->n_readers++] = store;
    pthread_mutex_unlock(&service->reader_lock);
    if (!kept)
        oko_store_close(store);
}

oko_status oko_service_write(oko_service *service, oko_store **ret_store, oko_error *err)
{
    pthread_mutex_lock(&service->writer_lock);
    oko_status status = oko_store_begin(service->writer, err);
    if (status != OKO_OK)
        pthread_mutex_unlock(&service->writer_lock);
    else
        *ret_store = service->writer;
    return status;
}

oko_status oko_service_write_quick(oko_service *service, oko_status status, oko_error *err)
{
    if (status == OKO_OK)
        status = oko_store_commit(service->writer, err);
    else
        oko_store_rollback(service->writer);
    bool wake = status == OKO_OK && service->job_added;
    service->job_added = false;
    pthread_mutex_unlock(&service->writer_lock);
    if (wake)
        oko_jobs_wake(service->jobs);
    return status;
}

oko_status oko_service_write_end(oko_service *service, oko_status status, oko_error *err)
{
    status = oko_service_write_quick(service, status, err);
    return status == OKO_OK ? oko_store_sync(service->writer, err) : status;
}
