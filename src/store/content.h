/*
 * Content hashes: SHA-256 of the canonical form of what the store keeps, the same in every engine. Units and
 * procedures are named by codes, never by row ids, so that a snapshot does not depend on the order of imports.
 */
#ifndef OKO_STORE_CONTENT_H
#define OKO_STORE_CONTENT_H

#include "base/hash.h"
#include "base/memory.h"
#include "domain/aggregate.h"
#include "domain/finding.h"
#include "domain/procedure.h"
#include "domain/sheet.h"

enum { OKO_HASH_BYTES = 32 };

/* Empties `out`, writes the sheet's BLOB form there and hashes it: the hash of a sheet is the hash of its BLOB.
 * OKO_E_MEMORY, OKO_E_LIMIT, OKO_E_ARGUMENT as oko_sheet_encode. */
oko_status oko_content_sheet(const oko_sheet *sheet, oko_buffer *out, uint8_t ret_hash[OKO_HASH_BYTES]) OKO_WARN_UNUSED;

/* Empties `out`, writes the canonical form there and hashes it. OKO_E_MEMORY, OKO_E_LIMIT. The ids in the structs are
 * not part of the form. */
oko_status oko_content_procedure(const oko_procedure *p, oko_buffer *out,
                                 uint8_t ret_hash[OKO_HASH_BYTES]) OKO_WARN_UNUSED;
oko_status oko_content_aggregate(const oko_aggregate *a, oko_buffer *out,
                                 uint8_t ret_hash[OKO_HASH_BYTES]) OKO_WARN_UNUSED;
oko_status oko_content_external(const oko_external *e, oko_buffer *out,
                                uint8_t ret_hash[OKO_HASH_BYTES]) OKO_WARN_UNUSED;

/* The form ends with the numbers: facts, then rows, each 8 bytes little-endian. */
oko_status oko_content_finding(const oko_finding *r, oko_buffer *out, uint8_t ret_hash[OKO_HASH_BYTES]) OKO_WARN_UNUSED;

void oko_content_hash(const void *bytes, size_t n, uint8_t ret_hash[OKO_HASH_BYTES]);

/* Values of an aggregate as 8-byte little-endian doubles, any NaN as one pattern; dst has 8 × n bytes. */
void oko_content_put_doubles(const double *values, int n, uint8_t *dst);
void oko_content_get_doubles(const uint8_t *src, int n, double *ret_values);

void oko_content_get_ints(const uint8_t *src, size_t n, int64_t *ret_values);

/*
 * The snapshot: lines fed to one hasher in this order: procedures by code; sheets by procedure code, school code,
 * class; aggregates by procedure code, kind, unit level, unit code; external entries by unit level, unit code, list,
 * year, procedure code; findings by unit level, unit code, kind, year, procedure, part. Each line carries the place of
 * its unit in the register (codes of the unit, its parent and the parent above it), because results of a municipality
 * depend on it.
 */
typedef struct oko_content_place {
    int level;
    const char *code, *parent, *above; /* "" where there is none */
} oko_content_place;

void oko_content_line_procedure(oko_hasher *h, const char *code, const uint8_t hash[OKO_HASH_BYTES]);
void oko_content_line_sheet(oko_hasher *h, const char *procedure, const oko_content_place *school,
                            const char *class_label, const uint8_t hash[OKO_HASH_BYTES]);
void oko_content_line_aggregate(oko_hasher *h, const char *procedure, int kind, const oko_content_place *unit,
                                const uint8_t hash[OKO_HASH_BYTES]);
void oko_content_line_external(oko_hasher *h, const oko_content_place *unit, const uint8_t hash[OKO_HASH_BYTES]);
void oko_content_line_finding(oko_hasher *h, const oko_content_place *unit, const uint8_t hash[OKO_HASH_BYTES]);

#endif
