#include "intake/container.h"

#include "base/memory.h"
#include "intake/container_sniff.h"
#include "intake/csv.h"
#include "intake/xlsx.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void close_fd(int *fd)
{
    if (*fd >= 0) {
        close(*fd);
    }
}

/* A file's name without its folders. */
static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* An error about the file as a whole: its name is the field and {0}. */
static oko_status refuse_file(oko_error *err, oko_status status, const char *id, const char *path)
{
    oko_error_set(err, status, id, name_of(path));
    oko_error_arg(err, "%s", name_of(path));
    return status;
}

static oko_status refuse_errno(oko_error *err, int error, const char *path)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
        return refuse_file(err, OKO_E_NOT_FOUND, "intake.not_found", path);
    case EACCES:
    case EPERM:
        return refuse_file(err, OKO_E_PERMISSION, "intake.permission", path);
    case EISDIR:
        return refuse_file(err, OKO_E_FORMAT, "intake.directory", path);
    default:
        return refuse_file(err, OKO_E_IO, "intake.read", path);
    }
}

/* Opens a regular file with something in it. */
static oko_status open_file(const char *path, int *ret_fd, uint64_t *ret_size, oko_error *err)
{
    struct stat st;
    OKO_CLEANUP(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 || fstat(fd, &st) != 0) {
        return refuse_errno(err, errno, path);
    }
    if (S_ISDIR(st.st_mode)) {
        return refuse_file(err, OKO_E_FORMAT, "intake.directory", path);
    }
    if (!S_ISREG(st.st_mode)) {
        return refuse_file(err, OKO_E_FORMAT, "intake.not_regular", path);
    }
    if (st.st_size == 0) {
        return refuse_file(err, OKO_E_FORMAT, "intake.empty_file", path);
    }
    *ret_fd = fd;
    *ret_size = (uint64_t)st.st_size;
    fd = -1;
    return OKO_OK;
}

/* Reads until `to` is full or the file ends. */
static oko_status read_head(oko_source *source, unsigned char *to, size_t n, size_t *ret_got, oko_error *err)
{
    size_t have = 0, got = 1;
    while (have < n && got > 0) {
        oko_status status = oko_source_read(source, to + have, n - have, &got, err);
        if (status != OKO_OK) {
            return status;
        }
        have += got;
    }
    *ret_got = have;
    return OKO_OK;
}

oko_status oko_container_read(const char *path, const oko_rows_sink *sink, const oko_progress *progress,
                              oko_container *ret_kind, oko_error *err)
{
    unsigned char head[OKO_SNIFF_BYTES];
    OKO_CLEANUP(close_fd) int fd = -1;
    const char *id = NULL;
    size_t n = 0;
    oko_source source = { 0 };
    oko_status status = open_file(path, &fd, &source.size, err);
    if (status != OKO_OK) {
        return status;
    }
    source.fd = fd;
    status = read_head(&source, head, sizeof head, &n, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_container kind = OKO_CONTAINER_CSV;
    switch (oko_sniff(&source, head, n, &id)) {
    case OKO_SNIFFED_ZIP:
        kind = OKO_CONTAINER_XLSX;
        status = oko_xlsx_read_file(path, sink, progress, err);
        break;
    case OKO_SNIFFED_TEXT:
        status = oko_csv_read_source(&source, sink, progress, err);
        break;
    case OKO_SNIFFED_OTHER:
        return refuse_file(err, OKO_E_FORMAT, id, path);
    }
    if (status != OKO_OK && err != NULL && err->field[0] == '\0') {
        (void)oko_str_copy(err->field, sizeof err->field, oko_str_of(name_of(path)));
    }
    if (status == OKO_OK && ret_kind != NULL) {
        *ret_kind = kind;
    }
    return status;
}
