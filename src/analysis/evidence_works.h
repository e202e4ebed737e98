/* Works of some procedures in one region, packed as the statistics read them: a few bytes per work, allocated once. */
#ifndef OKO_ANALYSIS_EVIDENCE_WORKS_H
#define OKO_ANALYSIS_EVIDENCE_WORKS_H

#include "analysis/register.h"
#include "analysis/strata.h"

#include <oko/signs.h>

enum { OKO_WORKS_MAX = 200000000 };

/* A test: a procedure and those of its items that the statistics can use (at most 20 marks). */
typedef struct oko_works_test {
    const oko_procedure *procedure;
    int n_items;
    int16_t item[OKO_MAX_ITEMS];     /* index in the procedure */
    int16_t item_max[OKO_MAX_ITEMS]; /* as oko_sign_test wants it */
    size_t first, n;                 /* classes of the test; a school's stand together, by label */
} oko_works_test;

/* The rows of one class: those that take part, and those that were absent. */
typedef struct oko_works_class {
    uint32_t place; /* of the school: index in the register */
    char label[16];
    char written[48]; /* as the file spells it; "" unknown */
    size_t row, item; /* first row; first cell of its items */
    uint32_t n;
    bool reference; /* of the reference stratum */
} oko_works_class;

typedef struct oko_works {
    int n_tests;
    oko_works_test *tests;
    size_t n, cap;
    oko_works_class *classes;    /* by test, school id, label */
    size_t n_rows, n_cells, all; /* all: rows counted beforehand */
    int16_t *total;              /* −1: absent */
    int8_t *journal;
    uint32_t *code; /* of the pupil; 0 when it has more than 32 bits */
    int8_t *items;
    uint8_t *variant; /* 0 = not stated */
    uint32_t *part;   /* class of the row: its number */
} oko_works;

/* done of total rows; false: stop. */
typedef struct oko_works_progress {
    bool (*go_on)(void *ctx, uint64_t done, uint64_t total);
    void *ctx;
} oko_works_progress;

/*
 * Reads the sheets of `n` procedures (1…OKO_SIGNS_MAX_TESTS) of the schools of one region (top: the unit that
 * oko_register_top gives them; NULL = those without). Rows whose total is damaged or above the maximum are left out:
 * neither present nor absent. strata: says which classes are of the reference stratum. OKO_E_MEMORY, OKO_E_LIMIT, or
 * the store's status. progress: told and asked as works are read, may be NULL; OKO_E_CANCELLED. Clear with
 * oko_works_clear.
 */
oko_status oko_works_load(oko_store *store, int64_t revision, const oko_register *reg, const oko_place *top,
                          const oko_strata *strata, const oko_procedure *const *procedures, int n,
                          const oko_works_progress *progress, oko_works *ret_works, oko_error *err) OKO_WARN_UNUSED;
void oko_works_clear(oko_works *works);

/* Groups for oko_signs at level class or school, in an order of codes that does not depend on the ids of a database. */
typedef struct oko_evidence_group {
    oko_works_class span; /* all rows of the group; label "" for a school */
    int test;
    size_t result; /* index into the signs; SIZE_MAX: more rows than the statistics take */
} oko_evidence_group;

typedef struct oko_evidence_groups {
    size_t n;               /* groups told of in results */
    oko_evidence_group *at; /* [n] */
    size_t n_signs;
    oko_sign_group *groups; /* [n_signs] point into the works */
    oko_sign_test tests[OKO_SIGNS_MAX_TESTS];
} oko_evidence_groups;

/* OKO_E_MEMORY. The groups point into works, which must live longer. */
oko_status oko_evidence_groups_make(const oko_works *works, const oko_register *reg, oko_level level,
                                    oko_evidence_groups *ret_groups) OKO_WARN_UNUSED;
void oko_evidence_groups_clear(oko_evidence_groups *groups);

#endif
