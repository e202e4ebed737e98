#include "demo/files.h"

#include "base/text_view.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

const char *const oko_demo_codes[OKO_DEMO_TESTS] = { "2020-04-MA", "2020-04-RU", "2021-04-MA",
                                                     "2021-04-RU", "2021-05-MA", "2021-05-RU" };

void oko_demo_login(int school, char ret[48])
{
    (void)snprintf(ret, 48, "sch" OKO_DEMO_REGION "%04d", school + 1);
}

void oko_demo_municipality(int municipality, char ret[48])
{
    (void)snprintf(ret, 48, "МО %02d", municipality + 1);
}

oko_status oko_demo_errno(const char *path, oko_error *err)
{
    switch (errno) {
    case ENOSPC:
    case EFBIG:
    case EDQUOT:
        return oko_error_set(err, OKO_E_FULL, "", path);
    case EACCES:
    case EPERM:
    case EROFS:
        return oko_error_set(err, OKO_E_PERMISSION, "", path);
    case ENOENT:
    case ENOTDIR:
        return oko_error_set(err, OKO_E_NOT_FOUND, "demo.no_folder", path);
    default:
        return oko_error_set(err, OKO_E_IO, "", path);
    }
}

/* One of the files, or one of them half-written. */
static bool is_ours(const char *name)
{
    oko_str s = oko_str_of(name);
    if (oko_str_ends(s, OKO_STR(OKO_DEMO_PART))) {
        s.len -= strlen(OKO_DEMO_PART);
    }
    static const char *const tables[] = { "units.csv", "truth.csv", "recheck.csv", "observers.csv", "medals.csv" };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        if (oko_str_equal(s, oko_str_of(tables[i]))) {
            return true;
        }
    }
    for (int i = 0; i < OKO_DEMO_TESTS; i++) {
        oko_str code = oko_str_of(oko_demo_codes[i]);
        if (oko_str_starts(s, code) &&
            oko_str_equal((oko_str){ s.ptr + code.len, s.len - code.len }, OKO_STR(".xlsx"))) {
            return true;
        }
    }
    return false;
}

oko_status oko_demo_folder(const char *dir, oko_error *err)
{
    if (dir == NULL || dir[0] == '\0' || strlen(dir) > OKO_DEMO_PATH_BYTES - 64) {
        return oko_error_set(err, OKO_E_ARGUMENT, "", "dir");
    }
    if (mkdir(dir, 0777) == 0) {
        return OKO_OK;
    }
    if (errno != EEXIST) {
        return oko_demo_errno(dir, err);
    }
    DIR *folder = opendir(dir);
    if (folder == NULL) {
        return errno == ENOTDIR ? oko_error_set(err, OKO_E_CONFLICT, "demo.not_a_folder", dir)
                                : oko_demo_errno(dir, err);
    }
    oko_status status = OKO_OK;
    for (const struct dirent *entry = readdir(folder); entry != NULL && status == OKO_OK; entry = readdir(folder)) {
        bool dots = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        if (!dots && !is_ours(entry->d_name)) {
            status = oko_error_set(err, OKO_E_CONFLICT, "demo.not_ours", dir);
            oko_error_arg(err, "%s", entry->d_name);
        }
    }
    (void)closedir(folder);
    return status;
}
