#include "report/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Messages name the file, never its folder: they may reach a client. */
static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

oko_status oko_output_failed(const char *path, int code, oko_error *err)
{
    const char *name = name_of(path);
    switch (code) {
    case EACCES:
    case EPERM:
    case EROFS:
        return oko_error_set(err, OKO_E_PERMISSION, "report.write.permission", name);
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return oko_error_set(err, OKO_E_FULL, "report.write.full", name);
    case ENOENT:
    case ENOTDIR:
        return oko_error_set(err, OKO_E_NOT_FOUND, "report.write.folder", name);
    case ENAMETOOLONG:
        return oko_error_set(err, OKO_E_LIMIT, "report.write.name", "");
    default:
        return oko_error_set(err, OKO_E_IO, "report.write.failed", name);
    }
}

oko_status oko_output_open(const char *path, oko_output *output, oko_error *err)
{
    struct stat info;
    *output = (oko_output){ .path = path };
    int n = snprintf(output->temporary, sizeof output->temporary, "%s.XXXXXX", path);
    if (n < 0 || n >= (int)sizeof output->temporary) {
        output->temporary[0] = '\0';
        return oko_output_failed(path, ENAMETOOLONG, err);
    }
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
        output->temporary[0] = '\0';
        return oko_error_set(err, OKO_E_IO, "report.write.directory", name_of(path));
    }
    int fd = mkstemp(output->temporary);
    if (fd < 0) {
        int code = errno;
        output->temporary[0] = '\0';
        return oko_output_failed(path, code, err);
    }
    mode_t mask = umask(0);
    umask(mask);
    (void)fchmod(fd, 0666 & ~mask);
    close(fd);
    return OKO_OK;
}

static int write_all(int fd, oko_str bytes)
{
    while (bytes.len > 0) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
        bytes.ptr += n;
        bytes.len -= (size_t)n;
    }
    return 0;
}

oko_status oko_output_fill(oko_output *output, oko_str bytes, oko_error *err)
{
    int fd = open(output->temporary, O_WRONLY | O_TRUNC | O_CLOEXEC);
    int code = fd < 0 ? errno : write_all(fd, bytes);
    if (fd >= 0 && close(fd) != 0 && code == 0)
        code = errno;
    return code == 0 ? OKO_OK : oko_output_failed(output->path, code, err);
}

/* The content reaches the disk before the name does. */
static int sync_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int code = fsync(fd) == 0 ? 0 : errno;
    close(fd);
    return code;
}

oko_status oko_output_commit(oko_output *output, oko_error *err)
{
    int code = sync_file(output->temporary);
    if (code == 0 && rename(output->temporary, output->path) != 0)
        code = errno;
    if (code != 0) {
        oko_output_drop(output);
        return oko_output_failed(output->path, code, err);
    }
    output->temporary[0] = '\0';
    return OKO_OK;
}

void oko_output_drop(oko_output *output)
{
    if (output->temporary[0] != '\0')
        (void)unlink(output->temporary);
    output->temporary[0] = '\0';
}
