/* Run (расчёт): the immutable record of one analysis, and its results. */
#ifndef OKO_DOMAIN_RUN_H
#define OKO_DOMAIN_RUN_H

#include "base/hash.h"
#include "base/memory.h"
#include "domain/procedure.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct oko_run {
    int64_t id;
    char created[32];            /* UTC, ISO 8601 */
    char method[48];             /* version of the methods, e.g. "oko-methods 1" */
    char program[32];            /* version of the program */
    int64_t revision;            /* data snapshot: revision of the store … */
    char snapshot[OKO_HASH_HEX]; /* … and hash of all data that the run read */
    uint64_t seed;
    char *params;                   /* JSON object, owned (malloc) */
    char result_hash[OKO_HASH_HEX]; /* hash of all results in their fixed order: to prove a recomputation */
} oko_run;

/* Can the number be computed? Missing is not zero. */
typedef enum oko_result_state {
    OKO_RESULT_OK,
    OKO_RESULT_NO_DATA,       /* too few works, no journal marks, … ; `why` says */
    OKO_RESULT_NOT_APPLICABLE /* the rule does not cover this procedure */
} oko_result_state;

/* One sign (признак) of one unit in one procedure under one rule, marked or not. NaN = not computed. */
typedef struct oko_result {
    char procedure[OKO_CODE_BYTES]; /* code; "" for a result over several, e.g. the index of objectivity ("2021") */
    int64_t unit;
    char rule[48]; /* "pack/rule": fioko-2019/ci, region/lowered, external/list, …: the packs in reference/rules */
    oko_result_state state;
    char why[48];  /* message key when state is not OK */
    bool marked;   /* the rule marks the unit */
    bool official; /* counted by the pack's own index (fioko-2019 names 14 signs) */
    int64_t n;     /* works */
    double observed;
    double expected;
    double effect;    /* in the rule's unit: points, works lifted, ratio */
    double effect_lo; /* 95 % interval */
    double effect_hi;
    double p;      /* p-value, NaN for rules without one */
    double log_p;  /* natural log of p: keeps the tail */
    double q;      /* Benjamini–Hochberg within procedure, level and rule */
    char *details; /* JSON object with all numbers of the rule, owned (malloc); NULL = {} */
} oko_result;

enum { OKO_RESULT_MAX_DETAILS = 1 << 20 }; /* bytes */

/* Results wherever they lie, in memory or on disk: number 0…n−1, each read as often as it is asked for. */
typedef struct oko_result_source {
    size_t n;
    /* Fills *ret; its details belong to the source or lie in `room`, until the room is used again. Several threads may
     * read at once, each with a room of its own. */
    oko_status (*get)(const void *ctx, size_t i, oko_buffer *room, oko_result *ret);
    const void *ctx;
} oko_result_source;
/* results: [n], borrowed. */
oko_result_source oko_result_source_of(const oko_result *results, size_t n);

void oko_run_clear(oko_run *run); /* frees what it owns, zeroes */
void oko_result_clear(oko_result *result);
/* A copy with details of its own. OKO_E_MEMORY. */
oko_status oko_result_copy(const oko_result *from, oko_result *ret_copy) OKO_WARN_UNUSED;

#endif
