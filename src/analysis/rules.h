/* The rules: each takes a frame and appends its results — schools first, in the order of the frame, then what they
 * come to in municipalities and the region. */
#ifndef OKO_ANALYSIS_RULES_H
#define OKO_ANALYSIS_RULES_H

#include "analysis/details.h"
#include "analysis/findings.h"
#include "analysis/frame.h"
#include "analysis/pack.h"
#include "analysis/results.h"
#include "base/progress.h"

enum { OKO_MAX_WORKERS = 64 };

/* What all rules of one analysis share. */
typedef struct oko_job {
    const oko_register *reg;
    oko_pack fioko;       /* fioko-2019 */
    oko_pack own;         /* oko */
    oko_pack region;      /* region: built in, or the caller's */
    oko_pack external;    /* external */
    oko_other other;      /* other: a pack with data of its own */
    char *region_content; /* the caller's pack as the run keeps it; NULL = built in */
    uint64_t seed;
    int replicates;
    int threads;
    const oko_progress *progress; /* NULL: nobody asks to stop */
    uint64_t begun, steps;        /* procedures: the one that is being computed, and all */
    oko_results results;
    oko_details details[OKO_MAX_WORKERS]; /* one per worker of a loop */
} oko_job;

/* May the work go on? Asked for every unit of a loop, so that a run stops within a moment; one worker asks for all. */
static inline bool oko_job_goes_on(const oko_job *job, int worker)
{
    return worker != 0 || oko_progress_tell(job->progress, "analysis.stage", job->begun, job->steps);
}

/* Packs and buffers. rules: text of a region's own pack (name: its file), NULL = built in. OKO_E_FORMAT,
 * OKO_E_UNSUPPORTED (a parameter that this version can't change), OKO_E_MEMORY. */
oko_status oko_job_open(oko_job *job, const char *rules, const char *name, oko_error *err) OKO_WARN_UNUSED;
void oko_job_close(oko_job *job);

/* All of the following: OKO_E_MEMORY, OKO_E_LIMIT. */
oko_status oko_rule_ci(oko_job *job, const oko_frame *f) OKO_WARN_UNUSED;
oko_status oko_rule_rs(oko_job *job, const oko_frame *f) OKO_WARN_UNUSED;
/* Both directions. previous: states of the procedure that the cohort wrote before, NULL when it is not loaded. */
oko_status oko_rule_change(oko_job *job, const oko_frame *f, const oko_states *previous) OKO_WARN_UNUSED;
oko_status oko_rule_threshold(oko_job *job, const oko_frame *f) OKO_WARN_UNUSED;
/* q-values and marks of the threshold results [first, n) of one procedure, over all its regions. */
oko_status oko_rule_threshold_finish(oko_job *job, size_t first) OKO_WARN_UNUSED;

/* ---- pack region: conventions of regions (rule_region.c, rule_region_marks.c, rule_region_reports.c) ---- */

/* Journal mark against mark of the work. All additive. */
typedef struct oko_moves {
    int64_t works;     /* −1 unknown */
    int64_t with_mark; /* that have both marks: the three below */
    int64_t lowered, confirmed, raised;
} oko_moves;

/* Has the procedure marks 2…5? The rules of the pack need them. */
bool oko_region_scale(const oko_procedure *p);
/* Is part of n at least `percent` %? Whole numbers decide, a rounding of the percent does not. */
bool oko_region_reaches(double part, double n, double percent);

/* region/lowered and region/raised. moves: [f->n] of its schools; report = they come from a table without works. */
oko_status oko_rule_moves(oko_job *job, const oko_frame *f, const oko_moves *moves, bool report) OKO_WARN_UNUSED;
/* The same from works. */
oko_status oko_rule_region_works(oko_job *job, const oko_frame *f) OKO_WARN_UNUSED;
/* region/contrast and region/twos (previous as in oko_rule_change). */
oko_status oko_rule_region_marks(oko_job *job, const oko_frame *f, const oko_states *previous) OKO_WARN_UNUSED;
/* One result of region/RULE for a region: why it is not computed. Nothing when the pack has no such rule. */
oko_status oko_region_says_no(oko_job *job, const oko_frame *f, const char *rule, oko_result_state state,
                              const char *why) OKO_WARN_UNUSED;
/* region/lowered and region/raised from tables «Сравнение отметок с отметками по журналу», for a procedure without
 * works. *ret_found: was there any? */
oko_status oko_rule_region_reports(oko_job *job, oko_store *store, const oko_procedure *p, int64_t revision,
                                   bool *ret_found, oko_error *err) OKO_WARN_UNUSED;

/* Writes the numbers of one result that is a share of pupils by its own marks; used for schools and, where no schools
 * are known, for units above. */
typedef struct oko_moves_rule {
    const oko_pack_rule *rule;
    bool raised;
    bool report;
    oko_moves all; /* of the region; with_mark 0: not known */
} oko_moves_rule;
/* False when the pack has no such rule. */
bool oko_moves_rule_open(const oko_job *job, bool raised, bool report, oko_moves_rule *ret_rule);
oko_status oko_moves_result(const oko_moves_rule *rule, const oko_moves *m, oko_details *d,
                            oko_result *r) OKO_WARN_UNUSED;

/* ---- pack external: lists that came from outside (rule_external.c) ---- */
enum { OKO_LISTS_MAX = 2000000 };

typedef struct oko_listing {
    char key[OKO_CODE_BYTES]; /* procedure of the results: code, else the year, else "" */
    int year;                 /* 0: not known */
    size_t place;             /* index in reg->places */
    char list[120], source[160], reason[240];
} oko_listing;

typedef struct oko_lists {
    size_t n, cap;
    oko_listing *at; /* by key, code of the unit, and all that they say */
} oko_lists;

/* Reads the entries visible at a revision; entries of units that are not in the register are left out. OKO_E_MEMORY,
 * OKO_E_LIMIT, or the store's status. */
oko_status oko_lists_load(oko_store *store, int64_t revision, const oko_register *reg, oko_lists *ret_lists,
                          oko_error *err) OKO_WARN_UNUSED;
void oko_lists_clear(oko_lists *lists);
/* external/list and external/repeated. used: [reg->n] units of the run. */
oko_status oko_rule_external(oko_job *job, const oko_lists *lists, const uint8_t *used) OKO_WARN_UNUSED;

/* ---- pack other: findings and other exams (rule_other.c, rule_recheck.c, rule_observers.c, rule_relation.c) ---- */

/* A unit's share of works, visits or pupils, and that of its region. */
typedef struct oko_share {
    int64_t part, n;
    int64_t region_part, region_n; /* of the whole region, this unit included; region_n 0: it is the region itself */
} oko_share;
/* Shares of the regions of one key, to compare their units with. */
enum { OKO_OTHER_REGIONS = 256 };
typedef struct oko_region_shares {
    size_t n;
    struct {
        size_t place;
        int64_t part, n;
    } at[OKO_OTHER_REGIONS];
} oko_region_shares;
/* Takes note of a region. OKO_E_LIMIT. */
oko_status oko_other_note(oko_region_shares *regions, size_t place, int64_t part, int64_t n) OKO_WARN_UNUSED;
/* The share of a unit below a noted region, or of the region itself. */
oko_share oko_other_share_of(const oko_region_shares *regions, const oko_register *reg, size_t place, int64_t part,
                             int64_t n);
/* A result for reg->places[place] of one key; its rule and procedure are set. Earlier pointers may move. */
oko_status oko_other_add(oko_job *job, const oko_pack_rule *rule, const char *key, size_t place,
                         oko_result **ret) OKO_WARN_UNUSED;
/* Numbers of a share: observed, expected (the region) and effect in per cent with the exact interval; p of Fisher's
 * exact test against the rest of the region (NaN when it can't be told). */
oko_status oko_other_share(const oko_share *s, oko_result *r) OKO_WARN_UNUSED;
/* Smallest group of people that a share tells of; reports hide what is too small. */
int64_t oko_other_smallest(int64_t part, int64_t n);
/* q-values (Benjamini–Hochberg) of the schools' results [first, n), and marks: q at most `bound` and effect > 0. */
oko_status oko_other_mark(oko_job *job, size_t first, double bound) OKO_WARN_UNUSED;

/* other/recheck, other/observers, other/medals: for schools, municipalities and regions. */
oko_status oko_rule_recheck(oko_job *job, const oko_entries *entries) OKO_WARN_UNUSED;
oko_status oko_rule_observers(oko_job *job, const oko_entries *entries) OKO_WARN_UNUSED;
oko_status oko_rule_medals(oko_job *job, const oko_entries *entries) OKO_WARN_UNUSED;
/* other/relation: schools of a frame against their results in another procedure. */
oko_status oko_rule_relation(oko_job *job, const oko_frame *f, const oko_states *other) OKO_WARN_UNUSED;

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
