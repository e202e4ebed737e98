/* The rules: each takes a frame and appends its results — schools first, in the order of the frame, then what they
 * come to in municipalities and the region. */
#ifndef OKO_ANALYSIS_RULES_H
#define OKO_ANALYSIS_RULES_H

#include "analysis/details.h"
#include "analysis/frame.h"
#include "analysis/pack.h"
#include "analysis/results.h"

enum { OKO_MAX_WORKERS = 64 };

/* What all rules of one analysis share. */
typedef struct oko_job {
    const oko_register *reg;
    oko_pack fioko; /* fioko-2019 */
    oko_pack own;   /* oko */
    uint64_t seed;
    int replicates;
    int threads;
    oko_results results;
    oko_details details[OKO_MAX_WORKERS]; /* one per worker of a loop */
} oko_job;

/* Packs and buffers. OKO_E_FORMAT, OKO_E_UNSUPPORTED (a parameter that this version can't change), OKO_E_MEMORY. */
oko_status oko_job_open(oko_job *job, oko_error *err) OKO_WARN_UNUSED;
void oko_job_close(oko_job *job);

/* All of the following: OKO_E_MEMORY, OKO_E_LIMIT. */
oko_status oko_rule_ci(oko_job *job, const oko_frame *f) OKO_WARN_UNUSED;
oko_status oko_rule_rs(oko_job *job, const oko_frame *f) OKO_WARN_UNUSED;
/* Both directions. previous: states of the procedure that the cohort wrote before, NULL when it is not loaded. */
oko_status oko_rule_change(oko_job *job, const oko_frame *f, const oko_states *previous) OKO_WARN_UNUSED;
oko_status oko_rule_threshold(oko_job *job, const oko_frame *f) OKO_WARN_UNUSED;
/* q-values and marks of the threshold results [first, n) of one procedure, over all its regions. */
oko_status oko_rule_threshold_finish(oko_job *job, size_t first) OKO_WARN_UNUSED;

/*
 * Number and share of schools marked in every municipality and the region, from the results [first, first + f->n) of
 * its schools. add (NULL = nothing) writes more numbers into the region's details.
 */
typedef void (*oko_details_fn)(oko_details *d, const void *ctx);
oko_status oko_summarise(oko_job *job, const oko_frame *f, const char *rule, bool official, size_t first,
                         oko_details_fn add, const void *ctx) OKO_WARN_UNUSED;

/* ---- index of objectivity: which of the pack's signs are on, by year and school ---- */
typedef struct oko_board_year {
    int year;
    uint8_t *took_part; /* [reg->n] */
    uint8_t *cells;     /* [reg->n × signs] OKO_CELL_… */
    char procedure[OKO_PACK_MAX_SIGNS][OKO_CODE_BYTES];
} oko_board_year;

enum { OKO_CELL_NO_DATA, OKO_CELL_OFF, OKO_CELL_ON };

typedef struct oko_board {
    size_t n, cap;
    oko_board_year *years;
} oko_board;

void oko_board_clear(oko_board *board);
/* Takes note of the results [first, n) of a frame. */
oko_status oko_board_note(oko_board *board, const oko_job *job, const oko_frame *f, size_t first) OKO_WARN_UNUSED;
/* Appends fioko-2019/index for every year: schools, municipalities, regions. */
oko_status oko_rule_index(oko_job *job, const oko_board *board) OKO_WARN_UNUSED;

#endif
