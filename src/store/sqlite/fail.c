/* What SQLite's result codes mean to the rest of the program. No SQL and no message of SQLite goes further. */
#include "store/sqlite/sqlite_store.h"

#include <errno.h>

static bool no_space(int system_errno)
{
    return system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG;
}

static oko_status status_of_constraint(int rc)
{
    switch (rc) {
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return OKO_E_NOT_FOUND;
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_TRIGGER:
        return OKO_E_CONFLICT;
    default:
        return OKO_E_ARGUMENT;
    }
}

static oko_status status_of_open(int system_errno)
{
    switch (system_errno) {
    case ENOENT:
    case ENOTDIR:
        return OKO_E_NOT_FOUND;
    case EACCES:
    case EPERM:
    case EROFS:
        return OKO_E_PERMISSION;
    default:
        return no_space(system_errno) ? OKO_E_FULL : OKO_E_IO;
    }
}

static oko_status status_of_io(int rc, int system_errno)
{
    return rc == SQLITE_IOERR_NOMEM       ? OKO_E_MEMORY
           : rc == SQLITE_IOERR_CORRUPTFS ? OKO_E_STORE
           : no_space(system_errno)       ? OKO_E_FULL
                                          : OKO_E_IO;
}

oko_status oko_sqlite_status(int rc, int system_errno)
{
    switch (rc & 0xFF) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return OKO_OK;
    case SQLITE_NOMEM:
        return OKO_E_MEMORY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
        return OKO_E_BUSY;
    case SQLITE_FULL:
        return OKO_E_FULL;
    case SQLITE_IOERR:
        return status_of_io(rc, system_errno);
    case SQLITE_CANTOPEN:
        return status_of_open(system_errno);
    case SQLITE_READONLY:
        return rc == SQLITE_READONLY_DBMOVED ? OKO_E_STORE : OKO_E_PERMISSION;
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return OKO_E_PERMISSION;
    case SQLITE_CONSTRAINT:
        return status_of_constraint(rc);
    case SQLITE_INTERRUPT:
        return OKO_E_CANCELLED;
    case SQLITE_TOOBIG:
        return OKO_E_LIMIT;
    case SQLITE_ERROR: /* our SQL is sound, so the tables are not */
    case SQLITE_SCHEMA:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_EMPTY:
        return OKO_E_STORE;
    default:
        return OKO_E_INTERNAL;
    }
}

static const char *key_of(int rc, oko_status status)
{
    switch (status) {
    case OKO_E_MEMORY:
        return "store.memory";
    case OKO_E_BUSY:
        return "store.busy";
    case OKO_E_FULL:
        return "store.full";
    case OKO_E_IO:
        return "store.io";
    case OKO_E_PERMISSION:
        return "store.permission";
    case OKO_E_NOT_FOUND:
        return (rc & 0xFF) == SQLITE_CONSTRAINT ? "store.reference" : "store.no_file";
    case OKO_E_CONFLICT:
        return "store.conflict";
    case OKO_E_ARGUMENT:
        return "store.argument";
    case OKO_E_LIMIT:
        return "store.limit";
    case OKO_E_CANCELLED:
        return "store.cancelled";
    case OKO_E_STORE:
        return (rc & 0xFF) == SQLITE_NOTADB ? "store.not_ours" : "store.damaged";
    default:
        return "store.internal";
    }
}

oko_status oko_sqlite_fail(oko_sqlite *s, int rc, oko_error *err)
{
    oko_status status = oko_sqlite_status(rc, s->db == NULL ? 0 : sqlite3_system_errno(s->db));
    if (status == OKO_OK) { /* a call that should have failed or given a row did not */
        status = OKO_E_INTERNAL;
    }
    if (s->in_transaction && s->broken == OKO_OK) {
        s->broken = status;
    }
    const bool constraint = (rc & 0xFF) == SQLITE_CONSTRAINT;
    return oko_error_set(err, status, key_of(rc, status), constraint || s->path == NULL ? "" : s->path);
}

oko_status oko_sqlite_refuse(oko_sqlite *s, oko_status status, const char *id, oko_error *err)
{
    if (s->in_transaction && s->broken == OKO_OK) {
        s->broken = status;
    }
    return oko_error_set(err, status, id, "");
}
