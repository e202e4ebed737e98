/* What all reports of one run share: read once, then only looked at. Private to this folder. */
#ifndef OKO_REPORT_SESSION_H
#define OKO_REPORT_SESSION_H

#include "report/report.h"

#include <oko/threshold.h>

#include "analysis/answers.h"
#include "explain/explain.h"

enum {
    OKO_REPORT_MAX_UNITS = 4000000,
    OKO_REPORT_MAX_PROCEDURES = 4096,
    OKO_REPORT_MAX_ROWS = 20000000,
    OKO_REPORT_VALUES = 9 /* of an aggregate that is no histogram: marks, or six numbers of a journal comparison */
};

/* A table that came without pupils (Ф3, comparison with the journal). */
typedef struct oko_report_aggregate {
    oko_aggregate_kind kind;
    int64_t procedure, unit, n_units, n;
    bool percent;
    int n_values;
    double values[OKO_REPORT_VALUES];
} oko_report_aggregate;

/* A unit of the register as reports need it; strings live in the session. */
typedef struct oko_report_unit {
    int64_t id, parent;
    oko_level level;
    const char *code, *name, *type;
    bool confirmed;
} oko_report_unit;

/* One procedure with everything loaded for it. */
typedef struct oko_report_procedure {
    oko_procedure procedure;
    const char *title; /* in the report's language */
    bool loaded;       /* states are there */
    oko_states states;
    int64_t region; /* whose works region_state holds */
    oko_state *region_state;
    /* For pictures, made when the first one asks; tried: it was asked for, there may be none. */
    bool answers_tried, counterfactual_tried;
    oko_answers answers;
    oko_counterfactual *counterfactual;
} oko_report_procedure;

/* Is there an evidence run over the data of the report's run? */
typedef enum oko_report_evidence {
    OKO_REPORT_EVIDENCE_NONE,  /* none at all */
    OKO_REPORT_EVIDENCE_OTHER, /* only over other data: not told */
    OKO_REPORT_EVIDENCE_HERE
} oko_report_evidence;

/* A marked school: one sign in one procedure. */
typedef struct oko_report_mark {
    const oko_report_unit *school, *municipality; /* municipality may be NULL */
    const oko_report_procedure *procedure;
    char rule[48];
    int64_t n;
} oko_report_mark;

/* How many official signs a school has in a year. */
typedef struct oko_report_score {
    const oko_report_unit *school;
    int year;
    int signs; /* −1: none could be computed */
} oko_report_score;

struct oko_report_session {
    oko_store *store;
    const oko_text *text;
    oko_text *own_text;
    bool internal;
    int published_min; /* as stated on the page */
    int hide_min;      /* 0 for an internal report */
    oko_progress progress;
    oko_run run;
    oko_arena *arena;
    size_t n_units, cap_units;
    oko_report_unit *units;             /* by id */
    const oko_report_unit *only_region; /* NULL: none, or several */
    size_t n_procedures, cap_procedures;
    oko_report_procedure **procedures; /* by code */
    size_t n_marks, cap_marks;
    oko_report_mark *marks; /* by municipality, name of the school, procedure, rule */
    size_t n_scores, cap_scores;
    oko_report_score *scores;
    size_t n_aggregates, cap_aggregates;
    oko_report_aggregate *aggregates; /* marks and journal comparisons */
    size_t n_externals, cap_externals;
    oko_external *externals;
    oko_report_evidence evidence;
    oko_run evidence_run; /* of the same data; with EVIDENCE_OTHER the newest one, to name it */
    oko_peers peers;
    oko_explain *explain;
};

/* NULL when there is none. */
const oko_report_unit *oko_report_unit_find(const oko_report_session *s, int64_t id);
/* The unit itself or its ancestor of a level; NULL. */
const oko_report_unit *oko_report_unit_above(const oko_report_session *s, const oko_report_unit *u, oko_level level);
/* Region that a unit is compared within: its own, else the only one, else its country; NULL: all schools together. */
const oko_report_unit *oko_report_region_of(const oko_report_session *s, const oko_report_unit *u);
/* Order of lists: by name, numbers in names as numbers, then by code; NULL first. */
int oko_report_unit_order(const oko_report_unit *a, const oko_report_unit *b);
const oko_report_procedure *oko_report_procedure_find(const oko_report_session *s, const char *code);
/* The same procedure, to keep something with it. */
oko_report_procedure *oko_report_procedure_own(const oko_report_session *s, const oko_report_procedure *p);

/* Merged works of a region (NULL: of all schools), kept in the session. OKO_E_NO_DATA, OKO_E_MEMORY. */
oko_status oko_report_region_state(oko_report_procedure *p, const oko_report_unit *region,
                                   const oko_state **ret_state) OKO_WARN_UNUSED;
/* Chances of answers by total for a procedure, kept in the session. OKO_E_NO_DATA, OKO_E_MEMORY, the store's status. */
oko_status oko_report_answers(const oko_report_session *s, oko_report_procedure *p, const oko_answers **ret_answers,
                              oko_error *err) OKO_WARN_UNUSED;
/* Smooth distribution of the region's scores, kept in the session. OKO_E_NO_DATA (also when no fit is possible). */
oko_status oko_report_counterfactual(oko_report_procedure *p, const oko_counterfactual **ret_cf) OKO_WARN_UNUSED;

#endif
