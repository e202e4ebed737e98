/* Findings of schools (re-checks, observations, medallists) as one analysis needs them, and their sums by unit. */
#ifndef OKO_ANALYSIS_FINDINGS_H
#define OKO_ANALYSIS_FINDINGS_H

#include "analysis/other_pack.h"
#include "analysis/register.h"

enum { OKO_FINDINGS_MAX = 2000000, OKO_FINDINGS_MAX_PROCEDURES = 1000 };

typedef struct oko_entry {
    oko_finding_kind kind;
    size_t place;             /* in reg->places */
    char key[OKO_CODE_BYTES]; /* procedure of the results: code, else the year */
    int year;
    int64_t facts[OKO_FINDING_FACTS];
    size_t n_rows;
    int64_t *rows;      /* [n_rows × OKO_FINDING_COLUMNS], owned */
    uint32_t kinds;     /* observation: bit k = a remark of kind k of the pack, bit n_kinds = another one */
    int64_t population; /* re-check: works that the school wrote; −1 not known */
    uint64_t order;     /* hash of `part`: entries of one school in an order of their own */
} oko_entry;

/* A procedure that findings name, and the schools that wrote it. */
typedef struct oko_entry_procedure {
    oko_procedure *procedure; /* owned */
    size_t n;
    size_t *places; /* [n] schools with participants, in reg->places */
} oko_entry_procedure;

typedef struct oko_entries {
    size_t n, cap;
    oko_entry *at; /* by kind, key, code of the place, order */
    size_t n_procedures, cap_procedures;
    oko_entry_procedure *procedures; /* those that the store knows */
} oko_entries;

/* Reads what is visible at a revision; findings of units that are not in the register are left out. OKO_E_MEMORY,
 * OKO_E_LIMIT, or the store's status. */
oko_status oko_entries_load(oko_store *store, int64_t revision, const oko_register *reg, const oko_other *other,
                            oko_entries *ret, oko_error *err) OKO_WARN_UNUSED;
void oko_entries_clear(oko_entries *entries);
/* NULL when the store knows no such procedure. */
const oko_entry_procedure *oko_entries_procedure(const oko_entries *entries, const char *code);

/* Calls fn for the entries [first, first + n) of one kind, key by key. */
typedef oko_status (*oko_key_fn)(void *ctx, const oko_entry *first, size_t n);
oko_status oko_entries_keys(const oko_entries *entries, oko_finding_kind kind, oko_key_fn fn,
                            void *ctx) OKO_WARN_UNUSED;
/* Calls fn for every unit of a level (school, municipality, region) with the entries of its schools, in an order of
 * codes. The region of a place is oko_register_top of it. OKO_E_MEMORY. */
typedef oko_status (*oko_unit_entries_fn)(void *ctx, size_t place, const oko_entry *const *entries, size_t n);
oko_status oko_entries_units(const oko_register *reg, const oko_entry *first, size_t n, oko_level level,
                             oko_unit_entries_fn fn, void *ctx) OKO_WARN_UNUSED;
/* Index in reg->places of the unit of that level that a place belongs to; SIZE_MAX when there is none. */
size_t oko_entries_above(const oko_register *reg, size_t place, oko_level level);

#endif
