#include "http/upload.h"

#include "http/multipart.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct oko_upload_writer {
    oko_upload upload;
    char folder[480]; /* of this upload alone */
    int fd;
    int64_t max_bytes, total;
    oko_multipart *parts; /* NULL: raw */
    bool got;             /* a file began */
};

static oko_status io(oko_error *err)
{
    return oko_error_set(err, errno == ENOSPC || errno == EDQUOT ? OKO_E_FULL : OKO_E_IO, "", "");
}

void oko_upload_name(const char *raw, char ret_name[256])
{
    const char *base = raw;
    char text[256];
    size_t n = 0;
    for (const char *p = raw; *p != '\0'; p++) {
        if (*p == '/' || *p == '\\')
            base = p + 1;
    }
    base += strspn(base, ". ");
    for (; *base != '\0' && n + 1 < sizeof text; base++) {
        unsigned char c = (unsigned char)*base;
        if (c >= 0x20 && c != 0x7F && strchr("\"<>|:*?", c) == NULL)
            text[n++] = (char)c;
    }
    text[n] = '\0';
    oko_str whole = { text, n };
    (void)oko_str_copy(ret_name, 200, oko_utf8_valid(whole) && n > 0 ? whole : OKO_STR("file"));
}

static oko_status open_file(oko_upload_writer *w, const char *name, oko_error *err)
{
    oko_upload_name(name, w->upload.name);
    int n = snprintf(w->upload.path, sizeof w->upload.path, "%s/%s", w->folder, w->upload.name);
    if (n < 0 || (size_t)n >= sizeof w->upload.path) /* a long folder: the name is not needed to find it again */
        (void)snprintf(w->upload.path, sizeof w->upload.path, "%s/file", w->folder);
    w->fd = open(w->upload.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    w->got = true;
    return w->fd >= 0 ? OKO_OK : io(err);
}

static oko_status put(oko_upload_writer *w, const char *bytes, size_t n, oko_error *err)
{
    while (n > 0) {
        ssize_t done = write(w->fd, bytes, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return io(err);
        bytes += done;
        n -= (size_t)done;
        w->upload.bytes += done;
    }
    return OKO_OK;
}

/* Of the parts, "file" is kept, others are passed over. */
static oko_status on_part(void *ctx, const oko_part *part, oko_error *err)
{
    oko_upload_writer *w = ctx;
    if (strcmp(part->name, "file") != 0 || w->got)
        return OKO_OK;
    (void)oko_str_copy(w->upload.type, sizeof w->upload.type, oko_str_of(part->type));
    return open_file(w, part->file_name, err);
}

static oko_status on_bytes(void *ctx, const oko_part *part, const char *bytes, size_t n, oko_error *err)
{
    oko_upload_writer *w = ctx;
    return strcmp(part->name, "file") == 0 && part->number == 1 && w->fd >= 0 ? put(w, bytes, n, err) : OKO_OK;
}

static oko_status make_folder(oko_upload_writer *w, const char *folder, oko_error *err)
{
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return io(err);
    int n = snprintf(w->folder, sizeof w->folder, "%s/XXXXXX", folder);
    if (n < 0 || (size_t)n >= sizeof w->folder || mkdtemp(w->folder) == NULL) {
        w->folder[0] = '\0';
        return io(err);
    }
    return OKO_OK;
}

oko_status oko_upload_begin(const char *folder, const char *content_type, const char *name, int64_t max_bytes,
                            oko_upload_writer **ret_writer, oko_error *err)
{
    oko_upload_writer *w = oko_calloc_array(1, sizeof *w);
    if (w == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    w->fd = -1;
    w->max_bytes = max_bytes;
    bool multipart = content_type != NULL && strncmp(content_type, "multipart/", 10) == 0;
    oko_status status = make_folder(w, folder, err);
    if (status == OKO_OK && multipart)
        status = oko_multipart_new(content_type, on_part, on_bytes, w, &w->parts, err);
    if (status == OKO_OK && !multipart) {
        (void)oko_str_copy(w->upload.type, sizeof w->upload.type, oko_str_of(content_type));
        status = open_file(w, name != NULL ? name : "file", err);
    }
    if (status != OKO_OK) {
        oko_upload_drop(w);
        return status;
    }
    *ret_writer = w;
    return OKO_OK;
}

oko_status oko_upload_write(oko_upload_writer *w, const void *bytes, size_t n, oko_error *err)
{
    w->total += (int64_t)n;
    if (w->total > w->max_bytes) {
        oko_status status = oko_error_set(err, OKO_E_LIMIT, "http.body_limit", "");
        oko_error_arg(err, "%lld", (long long)w->max_bytes);
        return status;
    }
    return w->parts != NULL ? oko_multipart_feed(w->parts, bytes, n, err) : put(w, bytes, n, err);
}

void oko_upload_drop(oko_upload_writer *w)
{
    if (w == NULL)
        return;
    if (w->fd >= 0)
        (void)close(w->fd);
    if (w->upload.path[0] != '\0')
        (void)unlink(w->upload.path);
    if (w->folder[0] != '\0')
        (void)rmdir(w->folder);
    oko_multipart_free(w->parts);
    free(w);
}

oko_status oko_upload_end(oko_upload_writer *w, oko_upload *ret_upload, oko_error *err)
{
    oko_status status = w->parts != NULL ? oko_multipart_end(w->parts, err) : OKO_OK;
    if (status == OKO_OK && (!w->got || w->upload.bytes == 0))
        status = oko_error_set(err, OKO_E_FORMAT, "http.no_file", "");
    if (status == OKO_OK) {
        int fd = w->fd;
        w->fd = -1;
        if (close(fd) != 0)
            status = io(err);
    }
    if (status == OKO_OK) {
        *ret_upload = w->upload;
        w->upload.path[0] = w->folder[0] = '\0';
    }
    oko_upload_drop(w);
    return status;
}

void oko_upload_remove_path(const char *path)
{
    char folder[512];
    (void)unlink(path);
    (void)snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash != NULL) {
        *slash = '\0';
        (void)rmdir(folder);
    }
}

void oko_upload_remove(oko_upload *upload)
{
    if (upload->path[0] != '\0')
        oko_upload_remove_path(upload->path);
    upload->path[0] = '\0';
}

static void empty_folder(const char *folder)
{
    DIR *d = opendir(folder);
    struct dirent *e;
    char path[1024];
    while (d != NULL && (e = readdir(d)) != NULL) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        (void)snprintf(path, sizeof path, "%.700s/%.255s", folder, e->d_name);
        (void)unlink(path);
    }
    if (d != NULL)
        (void)closedir(d);
    (void)rmdir(folder);
}

void oko_upload_sweep(const char *folder, int seconds)
{
    DIR *d = opendir(folder);
    struct dirent *e;
    struct stat st;
    char path[1024];
    while (d != NULL && (e = readdir(d)) != NULL) {
        (void)snprintf(path, sizeof path, "%.700s/%.255s", folder, e->d_name);
        /* six letters of mkdtemp, nothing else that may lie there */
        if (strlen(e->d_name) == 6 && e->d_name[0] != '.' && lstat(path, &st) == 0 && S_ISDIR(st.st_mode) &&
            time(NULL) - st.st_mtime >= seconds)
            empty_folder(path);
    }
    if (d != NULL)
        (void)closedir(d);
}
