#include "intake/import.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/threads.h"
#include "intake/commit.h"
#include "intake/reader.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* One file on its way. */
typedef struct file_job {
    intake_batch *batch;
    commit_source source;
    char *hint;
    oko_error err;
    oko_status status;
    uint64_t share; /* bytes told to the progress so far */
} file_job;

/* Several files: readers take turns at the store in the order of the files. */
typedef struct import_job {
    oko_store *store;
    const char *const *paths;
    const oko_import_options *options;
    oko_import_options write_options; /* the same with the progress under its lock */
    const intake_catalog *catalog;
    oko_import_done_fn done;
    void *ctx;
    pthread_mutex_t lock; /* next, told */
    pthread_cond_t turn;
    size_t next;
    pthread_mutex_t told_lock;
    uint64_t told, total;
    oko_error first; /* failure */
} import_job;

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static oko_status hash_file(const char *path, commit_source *source)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return errno == ENOENT ? OKO_E_NOT_FOUND : (errno == EACCES ? OKO_E_PERMISSION : OKO_E_IO);
    OKO_CLEANUP(oko_hasher_freep) oko_hasher *hasher = NULL;
    OKO_CLEANUP(oko_freep) char *block = oko_alloc_array(1, 1 << 16);
    oko_status status = block == NULL ? OKO_E_MEMORY : oko_hasher_new(&hasher);
    size_t n = 0;
    while (status == OKO_OK && (n = fread(block, 1, 1 << 16, file)) > 0) {
        oko_hasher_add(hasher, block, n);
        source->bytes += (int64_t)n;
    }
    if (status == OKO_OK && ferror(file))
        status = OKO_E_IO;
    fclose(file);
    if (status == OKO_OK) {
        oko_hasher_finish(hasher, source->sha256);
        hasher = NULL;
    }
    return status;
}

/* ---- progress of several readers ---- */

typedef struct file_progress {
    import_job *job;
    file_job *file;
    uint64_t size;
} file_progress;

static bool tell(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
    file_progress *p = ctx;
    uint64_t share = total > 0 && done < total ? (uint64_t)((double)p->size * ((double)done / (double)total)) : p->size;
    pthread_mutex_lock(&p->job->told_lock);
    p->job->told += share - p->file->share;
    p->file->share = share;
    bool on = oko_progress_tell(&p->job->options->progress, stage, p->job->told, p->job->total);
    pthread_mutex_unlock(&p->job->told_lock);
    return on;
}

/* Progress of the writer; readers may be telling theirs at the moment. */
static bool tell_write(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
    import_job *job = ctx;
    pthread_mutex_lock(&job->told_lock);
    bool on = oko_progress_tell(&job->options->progress, stage, done, total);
    pthread_mutex_unlock(&job->told_lock);
    return on;
}

/* ---- one file ---- */

static oko_status read_one(import_job *job, const char *path, file_job *file)
{
    struct stat info;
    file_progress p = { .job = job, .file = file, .size = stat(path, &info) == 0 ? (uint64_t)info.st_size : 0 };
    oko_progress progress = { .fn = tell, .ctx = &p };
    file->source.file = base_name(path);
    oko_status status =
        reader_read_file(path, job->options, job->catalog, job->options->progress.fn != NULL ? &progress : NULL,
                         &file->batch, &file->hint, &file->err);
    return status == OKO_OK ? hash_file(path, &file->source) : status;
}

/* The error of a file always has a code and says which file it is. */
static void complete_error(oko_error *err, oko_status status, const char *file)
{
    if (status == OKO_OK)
        return;
    if (err->code == OKO_OK)
        oko_error_set(err, status, "", file);
    if (err->field[0] == '\0')
        oko_str_copy(err->field, sizeof err->field, oko_str_of(file));
}

/* Writes the file that was read, tells the caller, frees the batch. Called in the order of the files. */
static void write_one(import_job *job, size_t i, file_job *file)
{
    oko_import_report report = { 0 };
    if (file->status == OKO_OK)
        file->status = commit_batch(job->store, file->batch, &file->source, &job->write_options, &report, &file->err);
    complete_error(&file->err, file->status, file->source.file);
    intake_batch_freep(&file->batch);
    if (file->status != OKO_OK && job->first.code == OKO_OK)
        job->first = file->err;
    if (job->done != NULL)
        job->done(job->ctx, job->paths[i], file->status == OKO_OK ? &report : NULL, file->hint, &file->err);
    oko_import_report_clear(&report);
    free(file->hint);
    file->hint = NULL;
}

static oko_status import_one(void *ctx, size_t i, int worker)
{
    import_job *job = ctx;
    (void)worker;
    file_job file = { .status = OKO_OK };
    file.status = read_one(job, job->paths[i], &file);
    pthread_mutex_lock(&job->lock);
    while (job->next != i)
        pthread_cond_wait(&job->turn, &job->lock);
    write_one(job, i, &file);
    job->next++;
    pthread_cond_broadcast(&job->turn);
    pthread_mutex_unlock(&job->lock);
    return OKO_OK; /* a failed file does not stop the others */
}

static uint64_t total_bytes(const char *const *paths, size_t n)
{
    uint64_t total = 0;
    struct stat info;
    for (size_t i = 0; i < n; i++)
        total += stat(paths[i], &info) == 0 ? (uint64_t)info.st_size : 0;
    return total;
}

oko_status oko_import_files(oko_store *store, const char *const *paths, size_t n, const oko_import_options *options,
                            oko_import_done_fn done, void *ctx, oko_error *err)
{
    oko_import_options defaults = OKO_IMPORT_OPTIONS_INIT;
    OKO_CLEANUP(intake_catalog_freep) intake_catalog *catalog = NULL;
    oko_status status = intake_catalog_load(store, &catalog, err);
    if (status != OKO_OK || n == 0)
        return status;
    import_job job = { .store = store,
                       .paths = paths,
                       .options = options != NULL ? options : &defaults,
                       .catalog = catalog,
                       .done = done,
                       .ctx = ctx,
                       .total = total_bytes(paths, n) };
    job.write_options = *job.options;
    job.write_options.progress = (oko_progress){ .fn = tell_write, .ctx = &job };
    if (pthread_mutex_init(&job.lock, NULL) != 0)
        return OKO_E_MEMORY;
    if (pthread_mutex_init(&job.told_lock, NULL) != 0 || pthread_cond_init(&job.turn, NULL) != 0)
        return OKO_E_MEMORY;
    status = oko_parallel_for(n, job.options->threads, import_one, &job);
    pthread_cond_destroy(&job.turn);
    pthread_mutex_destroy(&job.told_lock);
    pthread_mutex_destroy(&job.lock);
    if (status == OKO_OK && job.first.code != OKO_OK) {
        status = job.first.code;
        if (err != NULL)
            *err = job.first;
    }
    return status;
}

oko_status oko_import_file(oko_store *store, const char *path, const oko_import_options *options,
                           oko_import_report *ret_report, char **ret_hint, oko_error *err)
{
    oko_import_options defaults = OKO_IMPORT_OPTIONS_INIT;
    const oko_import_options *o = options != NULL ? options : &defaults;
    OKO_CLEANUP(intake_catalog_freep) intake_catalog *catalog = NULL;
    OKO_CLEANUP(intake_batch_freep) intake_batch *batch = NULL;
    OKO_CLEANUP(oko_freep) char *hint = NULL;
    commit_source source = { .file = base_name(path) };
    oko_error own = { 0 };
    oko_status status = intake_catalog_load(store, &catalog, &own);
    if (status == OKO_OK)
        status = reader_read_file(path, o, catalog, &o->progress, &batch, &hint, &own);
    if (status == OKO_OK)
        status = hash_file(path, &source);
    if (status == OKO_OK)
        status = commit_batch(store, batch, &source, o, ret_report, &own);
    complete_error(&own, status, source.file);
    if (status != OKO_OK && err != NULL)
        *err = own;
    if (ret_hint != NULL) {
        *ret_hint = hint;
        hint = NULL;
    }
    return status;
}
