/* Paths of database files. */
#ifndef OKO_STORE_SQLITE_PATH_H
#define OKO_STORE_SQLITE_PATH_H

#include <oko/status.h>

#include "base/memory.h"

enum { OKO_PATH_BYTES = 4096 };

/* Is there a regular file that may be read (and written), or may one be made there? */
oko_status oko_path_look(const char *path, bool write, bool create, bool *ret_exists, oko_error *err) OKO_WARN_UNUSED;
/* Folder that holds the path; "." for a bare name. */
void oko_path_folder(const char *path, char *ret_folder, size_t bytes);
/* Error of a failed system call (errno) on the path. */
oko_status oko_path_errno(int code, const char *path, oko_error *err);
/* The path in a form to which SQLite gives no special meaning (malloc); NULL when memory is out. */
char *oko_path_plain(const char *path);
/* URI that opens the file as one that nobody can change (malloc); NULL when memory is out. */
char *oko_path_immutable(const char *path);

#endif
