/*
 * The chain of the audit log: the hash of a line is SHA-256 over these fields, in this order, each written as its
 * length in bytes (decimal), ':', the bytes, ',':
 *
 *   prev id at user login role action object unit address detail
 *
 * prev is the hash of the line before in lower-case hex, 64 zeros for the first; numbers are decimal, 0 for none. The
 * same in every engine; anybody can recompute it from the table with a few lines of any language.
 */
#ifndef OKO_STORE_AUDIT_LINE_H
#define OKO_STORE_AUDIT_LINE_H

#include "base/hash.h"
#include "domain/person.h"

/* Hash of the line as its fields say (its own hash is not read). OKO_E_MEMORY. */
oko_status oko_audit_line_hash(const oko_audit *line, char ret_hex[OKO_HASH_HEX]) OKO_WARN_UNUSED;
/* prev of the first line. */
extern const char oko_audit_first[OKO_HASH_HEX];

#endif
