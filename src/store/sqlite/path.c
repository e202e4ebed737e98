/* What stands at a path, told before SQLite is asked: its own answer is "unable to open database file" for everything.
 */
#include "store/sqlite/path.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void oko_path_folder(const char *path, char *ret_folder, size_t bytes)
{
    const char *slash = strrchr(path, '/');
    const size_t n = slash == NULL ? 0 : slash == path ? 1 : (size_t)(slash - path);
    (void)oko_str_copy(ret_folder, bytes, n == 0 ? OKO_STR(".") : (oko_str){ path, n });
}

/* Why a system call on this path failed. */
oko_status oko_path_errno(int code, const char *path, oko_error *err)
{
    switch (code) {
    case ENOENT:
    case ENOTDIR:
    case ELOOP:
    case ENAMETOOLONG:
        return oko_error_set(err, OKO_E_NOT_FOUND, "store.no_file", path);
    case EACCES:
    case EPERM:
    case EROFS:
        return oko_error_set(err, OKO_E_PERMISSION, "store.permission", path);
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return oko_error_set(err, OKO_E_FULL, "store.full", path);
    case EEXIST:
        return oko_error_set(err, OKO_E_CONFLICT, "store.exists", path);
    default:
        return oko_error_set(err, OKO_E_IO, "store.io", path);
    }
}

/* May a file be made here? */
static oko_status look_at_folder(const char *path, oko_error *err)
{
    char folder[OKO_PATH_BYTES];
    struct stat st;
    oko_path_folder(path, folder, sizeof folder);
    if (stat(folder, &st) != 0 || !S_ISDIR(st.st_mode)) {
        const bool denied = errno == EACCES;
        return oko_error_set(err, denied ? OKO_E_PERMISSION : OKO_E_NOT_FOUND,
                             denied ? "store.permission" : "store.no_folder", path);
    }
    return access(folder, W_OK | X_OK) == 0 ? OKO_OK : oko_path_errno(errno, path, err);
}

oko_status oko_path_look(const char *path, bool write, bool create, bool *ret_exists, oko_error *err)
{
    struct stat st;
    if (strlen(path) >= OKO_PATH_BYTES - 32) {
        return oko_error_set(err, OKO_E_NOT_FOUND, "store.no_file", path);
    }
    if (stat(path, &st) != 0) {
        if (errno != ENOENT || !create) {
            return oko_path_errno(errno, path, err);
        }
        oko_status status = look_at_folder(path, err);
        if (status == OKO_OK) {
            *ret_exists = false;
        }
        return status;
    }
    if (!S_ISREG(st.st_mode)) {
        return oko_error_set(err, OKO_E_STORE, S_ISDIR(st.st_mode) ? "store.is_folder" : "store.not_a_file", path);
    }
    if (access(path, write ? R_OK | W_OK : R_OK) != 0) {
        return oko_path_errno(errno, path, err);
    }
    *ret_exists = true;
    return OKO_OK;
}

/* SQLite gives a meaning to ":memory:", "" and "file:…"; a path with a folder is always only a path. */
char *oko_path_plain(const char *path)
{
    const size_t n = strlen(path);
    char *plain = malloc(n + 3);
    if (plain != NULL) {
        memcpy(plain, path[0] == '/' ? "" : "./", path[0] == '/' ? 0 : 2);
        memcpy(plain + (path[0] == '/' ? 0 : 2), path, n + 1);
    }
    return plain;
}

char *oko_path_immutable(const char *path)
{
    OKO_CLEANUP(oko_buffer_free) oko_buffer uri;
    oko_buffer_init(&uri, (size_t)4 * OKO_PATH_BYTES);
    oko_buffer_str(&uri, "file:");
    oko_buffer_str(&uri, path[0] == '/' ? "" : "./");
    for (const char *c = path; *c != '\0'; c++) {
        const bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') ||
                           strchr("/._-", *c) != NULL;
        if (plain) {
            oko_buffer_char(&uri, *c);
        } else {
            oko_buffer_printf(&uri, "%%%02X", (unsigned)(unsigned char)*c);
        }
    }
    oko_buffer_str(&uri, "?immutable=1");
    return oko_buffer_status(&uri) == OKO_OK ? oko_str_dup((oko_str){ uri.ptr, uri.len }) : NULL;
}
