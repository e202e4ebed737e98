/* Backups: made by a job beside the database while everything goes on; listed and fetched by administrators. */
#include "http/routes/routes.h"

#include "http/jobs.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BACKUPS_MAX = 1000 };

static void folder_of(const oko_service *service, char folder[600])
{
    (void)snprintf(folder, 600, "%.500s.backups", service->db);
}

/* oko-20260101-120000.db */
static bool is_name(const char *name)
{
    static const char form[] = "oko-dddddddd-dddddd.db";
    for (size_t i = 0; i < sizeof form; i++) {
        bool digit = form[i] == 'd' && i < 19;
        if (digit ? name[i] < '0' || name[i] > '9' : name[i] != form[i])
            return false;
    }
    return true;
}

oko_status oko_run_backup(const oko_job_work *work, json_t **ret_result, oko_error *err)
{
    char folder[600], path[700], name[64];
    struct stat st;
    struct tm tm;
    time_t now = time(NULL);
    folder_of(work->service, folder);
    (void)mkdir(folder, 0700);
    (void)strftime(name, sizeof name, "oko-%Y%m%d-%H%M%S.db", gmtime_r(&now, &tm));
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    oko_status status = oko_store_backup(work->store, path, false, &work->progress, err);
    if (status != OKO_OK)
        return status;
    *ret_result =
        json_pack("{s:s,s:I}", "backup", name, "bytes", stat(path, &st) == 0 ? (json_int_t)st.st_size : (json_int_t)0);
    return OKO_OK;
}

static oko_status backups_create(oko_request *rq, oko_reply *reply, oko_error *err)
{
    return oko_jobs_add(rq, reply, "backup", 0, json_object(), err);
}

static int newest_first(const void *a, const void *b)
{
    return strcmp(b, a);
}

static json_t *backup_json(const char *folder, const char *name)
{
    char path[700], created[64];
    struct stat st;
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    if (stat(path, &st) != 0)
        return NULL;
    (void)snprintf(created, sizeof created, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", name + 4, name + 8, name + 10, name + 13,
                   name + 15, name + 17);
    json_t *o = json_object();
    oko_json_set_str(o, "name", name);
    oko_json_set_int(o, "bytes", (int64_t)st.st_size);
    oko_json_set_str(o, "created", created);
    return o;
}

static oko_status backups_list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    char folder[600], (*names)[32] = oko_calloc_array(BACKUPS_MAX, sizeof *names);
    size_t n = 0;
    json_t *items = json_array();
    const struct dirent *entry;
    folder_of(rq->service, folder);
    DIR *dir = names != NULL ? opendir(folder) : NULL;
    while (dir != NULL && n < BACKUPS_MAX && (entry = readdir(dir)) != NULL) {
        if (is_name(entry->d_name))
            (void)snprintf(names[n++], sizeof *names, "%.31s", entry->d_name);
    }
    if (dir != NULL)
        (void)closedir(dir);
    if (n > 0)
        qsort(names, n, sizeof *names, newest_first);
    for (size_t i = 0; i < n; i++) {
        json_t *o = backup_json(folder, names[i]);
        if (o != NULL)
            (void)json_array_append_new(items, o);
    }
    free(names);
    return oko_reply_list(reply, items, (int64_t)json_array_size(items), err);
}

static oko_status backups_content(oko_request *rq, oko_reply *reply, oko_error *err)
{
    char folder[600], path[700];
    struct stat st;
    const char *name = oko_request_str(rq, "name");
    folder_of(rq->service, folder);
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = is_name(name) ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        if (fd >= 0)
            close(fd);
        return oko_error_set(err, OKO_E_NOT_FOUND, "http.no_backup", "");
    }
    char *value = oko_arena_printf(rq->arena, "attachment; filename=\"%s\"", name);
    if (value != NULL)
        oko_reply_header(rq, reply, "Content-Disposition", value);
    reply->descriptor = fd + 1;
    reply->len = (size_t)st.st_size;
    reply->type = "application/octet-stream";
    (void)snprintf(reply->object, sizeof reply->object, "backup/%.40s", name);
    return OKO_OK;
}

const oko_route oko_routes_backups[] = {
    { "backups.create", backups_create },
    { "backups.list", backups_list },
    { "backups.content", backups_content },
    { NULL, NULL },
};
