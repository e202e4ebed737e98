/*
 * Batch: all that was read from one file, before anything is written. Works are packed (24 bytes and one per item),
 * texts are in one arena, places (schools, municipalities…) are still what the file calls them.
 */
#ifndef OKO_INTAKE_BATCH_H
#define OKO_INTAKE_BATCH_H

#include "intake/keymap.h"
#include "intake/problems.h"
#include "intake/tape.h"

enum {
    BATCH_MAX_TESTS = 64,      /* procedures of one file */
    BATCH_MAX_PLACES = 200000, /* schools, municipalities, … of one file */
    BATCH_MAX_GROUPS = 1000000,
    BATCH_MAX_RECORDS = 1000000,
    BATCH_MAX_DROPPED = 32,
    BATCH_CHUNK_BYTES = 1 << 18
};

/* A unit as the file names it. Views must not be NULL-terminated; batch_place copies them. */
typedef struct batch_place_key {
    oko_level level; /* country, region, municipality or school */
    oko_str region;  /* code, e.g. "99"; "" unknown */
    oko_str region_name;
    oko_str municipality;
    oko_str municipality_login; /* reg20_m012 */
    oko_str login;              /* sch…, edu… or the region's own code */
    oko_str oge, ege;
    oko_str name;
} batch_place_key;

typedef struct batch_place {
    oko_level level;
    const char *region, *region_name, *municipality, *municipality_login, *login, *oge, *ege, *name; /* arena */
    uint16_t sheet;
    uint32_t row; /* first row that names it */
    int64_t unit; /* set when committed */
} batch_place;

/* Pupils of one class of one place in one test. */
typedef struct batch_group {
    uint32_t test, place;
    char label[16];
    const char *written; /* class as the first row of the group writes it (arena) */
    uint32_t n;
} batch_group;

enum { BATCH_CODE_DIGITS = 1, BATCH_CODE_NONE = 2 };

typedef struct batch_work {
    uint64_t code;
    uint32_t group;
    uint32_t row;
    int16_t total;
    uint16_t sheet;
    uint8_t variant;
    int8_t journal;
    uint8_t flags;     /* enum oko_work_flag */
    uint8_t code_kind; /* BATCH_CODE_… or 0 */
} batch_work;

/* One procedure of the file and its works. */
typedef struct batch_test {
    oko_procedure *procedure; /* owned copy */
    size_t stride;            /* bytes of a packed work */
    size_t per_chunk;
    unsigned char **chunks;
    size_t n_chunks, cap_chunks;
    size_t n_works;
    int64_t item_works;      /* works with at least one written item score */
    int64_t item_above;      /* … and with an item above its maximum */
    const char *code_column; /* head of the column of pupil codes, "" when none */
    uint32_t code_col;       /* 1-based, 0 none */
} batch_test;

typedef struct batch_aggregate {
    oko_aggregate_kind kind;
    uint32_t test, place;
    int64_t n_units, n;
    bool percent;
    int n_values;
    double *values; /* arena */
} batch_aggregate;

typedef struct batch_external {
    uint32_t place;
    int year;
    const char *title, *source, *procedure, *reason; /* arena */
} batch_external;

/* A row of a table of re-checks, observations or medallists; rows of one key become one finding. */
typedef struct batch_finding {
    oko_finding_kind kind;
    uint32_t place;
    int year;
    const char *procedure, *part, *note; /* arena or static, never NULL */
    int64_t facts[OKO_FINDING_FACTS];
    bool has_row;
    int64_t cells[OKO_FINDING_COLUMNS]; /* of its row */
    uint16_t sheet;
    uint32_t row;
} batch_finding;

/* Row of a register of units. */
enum {
    BATCH_TOLD_NAME = 1,
    BATCH_TOLD_PARENT = 2,
    BATCH_TOLD_TYPE = 4,
    BATCH_TOLD_PLACE = 8,
    BATCH_TOLD_CLUSTER = 16,
    BATCH_TOLD_FROM = 32,
    BATCH_TOLD_TO = 64
};
typedef struct batch_unit {
    oko_unit unit;
    const char *parent; /* code of the parent, "" none */
    const char *login;  /* several may be separated by blanks, commas or semicolons */
    const char *oge, *ege;
    unsigned told; /* BATCH_TOLD_… : what the table says; the rest stays as the register has it */
    uint16_t sheet;
    uint32_t row;
} batch_unit;

typedef struct intake_batch {
    oko_arena *arena;
    const char *layout; /* static; "" none */
    problem_log problems;
    keymap place_keys, group_keys;
    batch_place *places;
    size_t n_places, cap_places;
    batch_group *groups;
    size_t n_groups, cap_groups;
    batch_test tests[BATCH_MAX_TESTS];
    size_t n_tests;
    batch_aggregate *aggregates;
    size_t n_aggregates, cap_aggregates;
    batch_external *externals;
    size_t n_externals, cap_externals;
    batch_finding *findings;
    size_t n_findings, cap_findings;
    batch_unit *units;
    size_t n_units, cap_units;
    const char *dropped[BATCH_MAX_DROPPED];
    size_t n_dropped;
    int64_t rows;           /* rows below heads */
    intake_tape *tape;      /* rows as they stood; NULL: not kept */
    char service_login[48]; /* of a school's form: what its service sheet said */
} intake_batch;

oko_status intake_batch_new(intake_batch **ret_batch) OKO_WARN_UNUSED;
void intake_batch_free(intake_batch *batch);
void intake_batch_freep(intake_batch **batch);

/* Arena copy of a text; NULL when memory is out. */
const char *batch_text(intake_batch *batch, oko_str s);
/* Finds or adds. OKO_E_MEMORY, OKO_E_LIMIT. */
oko_status batch_place_put(intake_batch *batch, const batch_place_key *key, uint16_t sheet, uint32_t row,
                           uint32_t *ret_place) OKO_WARN_UNUSED;
oko_status batch_test_put(intake_batch *batch, const oko_procedure *procedure, uint32_t *ret_test) OKO_WARN_UNUSED;
oko_status batch_group_put(intake_batch *batch, uint32_t test, uint32_t place, const char label[16], oko_str written,
                           uint32_t *ret_group) OKO_WARN_UNUSED;
oko_status batch_work_add(intake_batch *batch, uint32_t test, const batch_work *work,
                          const int8_t *items) OKO_WARN_UNUSED;
/* i-th work in file order; *ret_items points into the batch. */
void batch_work_at(const batch_test *test, size_t i, batch_work *ret_work, const int8_t **ret_items);
/* Zeroed new entry at the end; values has n_values entries of NaN. */
oko_status batch_aggregate_add(intake_batch *batch, const batch_aggregate *aggregate,
                               double **ret_values) OKO_WARN_UNUSED;
oko_status batch_external_add(intake_batch *batch, const batch_external *external) OKO_WARN_UNUSED;
oko_status batch_finding_add(intake_batch *batch, const batch_finding *finding) OKO_WARN_UNUSED;
oko_status batch_unit_add(intake_batch *batch, const batch_unit *unit) OKO_WARN_UNUSED;
/* Remembers the head of a personal column that was dropped (once each). */
oko_status batch_drop(intake_batch *batch, oko_str head) OKO_WARN_UNUSED;

#endif
