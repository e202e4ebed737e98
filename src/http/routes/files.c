/* Attached files. Their bytes always leave as an attachment of no type, so that no browser runs them. */
#include "http/routes/routes.h"

#include "store/records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *file_json(const oko_file *f)
{
    json_t *o = json_object();
    oko_json_set_int(o, "id", f->id);
    oko_json_set_str(o, "name", f->name);
    oko_json_set_str(o, "type", f->type);
    oko_json_set_str(o, "sha256", f->sha256);
    oko_json_set_int(o, "bytes", f->bytes);
    oko_json_set_int_or_null(o, "unit", f->unit);
    oko_json_set_str(o, "created", f->created);
    oko_json_set_int_or_null(o, "created_by", f->created_by);
    return o;
}

static oko_status find_file(const oko_request *rq, int64_t id, oko_file *ret_file, oko_error *err)
{
    oko_status status = oko_store_file_get(rq->store, id, ret_file, err);
    return status == OKO_OK ? oko_access_file(rq->store, &rq->actor, ret_file, err) : status;
}

oko_status oko_file_sees(const oko_request *rq, int64_t id, oko_error *err)
{
    oko_file file;
    return find_file(rq, id, &file, err);
}

oko_status oko_file_keep(oko_request *rq, int64_t unit, oko_file *ret_file, oko_error *err)
{
    oko_file file = { .unit = unit, .created_by = rq->actor.user };
    (void)oko_str_copy(file.name, sizeof file.name, oko_str_of(rq->upload.name));
    (void)oko_str_copy(file.type, sizeof file.type,
                       rq->upload.type[0] != '\0' ? oko_str_of(rq->upload.type) : OKO_STR("application/octet-stream"));
    return oko_store_file_put(rq->store, &file, rq->upload.path, ret_file, err);
}

static oko_status files_create(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_file kept;
    oko_status status = oko_file_keep(rq, oko_request_int(rq, "unit", rq->actor.unit), &kept, err);
    if (status != OKO_OK)
        return status;
    oko_reply_about(reply, "file", kept.id, kept.unit);
    return oko_reply_json(reply, 201, file_json(&kept), err);
}

static oko_status files_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_file file;
    oko_status status = find_file(rq, oko_request_int(rq, "id", 0), &file, err);
    return status == OKO_OK ? oko_reply_json(reply, 200, file_json(&file), err) : status;
}

/* attachment; filename*=UTF-8''… */
static void disposition(oko_request *rq, oko_reply *reply, const char *name)
{
    oko_buffer b;
    oko_buffer_init(&b, 2048);
    oko_buffer_str(&b, "attachment; filename*=UTF-8''");
    for (const unsigned char *p = (const unsigned char *)name; *p != '\0'; p++) {
        bool plain = (*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                     strchr("-_.", *p) != NULL;
        oko_buffer_printf(&b, plain ? "%c" : "%%%02X", *p);
    }
    if (oko_buffer_status(&b) == OKO_OK)
        oko_reply_header(rq, reply, "Content-Disposition", b.ptr);
    oko_buffer_free(&b);
}

static oko_status read_all(oko_store *store, const oko_file *file, char *bytes, oko_error *err)
{
    size_t at = 0, n = 0;
    do {
        oko_status status =
            oko_store_file_read(store, file->id, (int64_t)at, bytes + at, (size_t)file->bytes - at, &n, err);
        if (status != OKO_OK)
            return status;
        at += n;
    } while (n > 0 && at < (size_t)file->bytes);
    return at == (size_t)file->bytes ? OKO_OK : oko_error_set(err, OKO_E_STORE, "", "");
}

oko_status oko_file_bytes(oko_store *store, const oko_file *file, char **ret_bytes, oko_error *err)
{
    if (file->bytes < 0 || file->bytes > OKO_FILE_MAX_BYTES)
        return oko_error_set(err, OKO_E_STORE, "", "");
    char *bytes = oko_alloc_array((size_t)file->bytes + 1, 1);
    if (bytes == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    oko_status status = read_all(store, file, bytes, err);
    if (status == OKO_OK)
        *ret_bytes = bytes;
    else
        free(bytes);
    return status;
}

static oko_status files_content(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_file file;
    oko_status status = find_file(rq, oko_request_int(rq, "id", 0), &file, err);
    if (status == OKO_OK)
        status = oko_file_bytes(rq->store, &file, &reply->bytes, err);
    if (status != OKO_OK)
        return status;
    reply->len = (size_t)file.bytes;
    reply->type = "application/octet-stream";
    (void)snprintf(reply->etag, sizeof reply->etag, "\"%.64s\"", file.sha256);
    disposition(rq, reply, file.name);
    oko_reply_about(reply, "file", file.id, file.unit);
    return OKO_OK;
}

const oko_route oko_routes_files[] = {
    { "files.create", files_create },
    { "files.get", files_get },
    { "files.content", files_content },
    { NULL, NULL },
};
