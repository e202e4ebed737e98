/* The chain of the audit log, read from its first line. */
#ifndef OKO_STORE_SQLITE_AUDIT_H
#define OKO_STORE_SQLITE_AUDIT_H

#include "store/sqlite/sqlite_store.h"

typedef struct oko_audit_chain {
    int64_t lines;  /* that fit */
    int64_t broken; /* number of the first line that does not; 0: all do */
    char head[OKO_HASH_HEX];
} oko_audit_chain;

oko_status oko_sqlite_audit_chain(oko_sqlite *s, oko_audit_chain *ret_chain, oko_error *err) OKO_WARN_UNUSED;

#endif
