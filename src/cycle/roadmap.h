/*
 * The roadmap («дорожная карта»): a plan of rows over years and three levels, followed at every unit. A roadmap is a
 * record (key: its code); what a unit does about a row is a record of kind roadmap-row with the key CODE/NO/UNIT, made
 * when somebody first works on it. How far a row is, is counted from what was really done in its year.
 */
#ifndef OKO_CYCLE_ROADMAP_H
#define OKO_CYCLE_ROADMAP_H

#include "cycle/cycle.h"

/* All that writes stands in the caller's transaction (c->in_transaction). */

/* The built-in roadmap 2020–2022, active; the one that is there already stays as it is. */
oko_status oko_roadmap_seed(const oko_cycle *c, oko_entry *ret_roadmap, oko_error *err) OKO_WARN_UNUSED;
/* A draft for other years: years and due dates of the rows move by first_year − the old first year. to: the code of
 * the copy, NULL = its years. OKO_E_CONFLICT "record.key" when the code is taken. */
oko_status oko_roadmap_copy(const oko_cycle *c, const char *code, const char *to, int first_year,
                            oko_entry *ret_roadmap, oko_error *err) OKO_WARN_UNUSED;
/* By code. OKO_E_NOT_FOUND "roadmap.unknown". */
oko_status oko_roadmap_get(const oko_cycle *c, const char *code, oko_entry *ret_roadmap,
                           oko_error *err) OKO_WARN_UNUSED;
/* What is planned there at a level; NULL when nothing is («-» or empty). row: of the body's "rows". */
const char *oko_roadmap_planned(const json_t *row, oko_level level);
/* unit 0: the actor's own, else the only region. OKO_E_ARGUMENT "roadmap.unit", OKO_E_NOT_FOUND (out of sight). */
oko_status oko_roadmap_unit(const oko_cycle *c, int64_t unit, oko_unit *ret_unit, oko_error *err) OKO_WARN_UNUSED;

/*
 * The roadmap as one unit sees it (roadmap_table.c): {code, title, state, first_year, last_year, columns, unit {id,
 * code, name, level}, rows [{no, year, step, due, texts {region, municipality, school}, planned, id, version, state,
 * overdue, responsible, plan, summary, evidence [{target, id, note}], progress {done, of, share, complete, counts},
 * below {municipality, school: {units, states {…}, started, complete}}}]}. New reference. unit as oko_roadmap_unit.
 */
oko_status oko_roadmap_table(const oko_cycle *c, const char *code, int64_t unit, json_t **ret_table,
                             oko_error *err) OKO_WARN_UNUSED;

enum { OKO_ROADMAP_UNITS_LIMIT = 200 };
/* Which of the units below are asked for; 0, NULL and OKO_LEVEL_COUNT mean any. */
typedef struct oko_roadmap_below {
    int no;             /* number of the row */
    int64_t unit;       /* as oko_roadmap_unit */
    oko_level level;    /* municipality or school */
    const char *state;  /* of the row there */
    const char *search; /* part of the unit's name or code, letter case does not matter */
    int64_t offset, limit;
} oko_roadmap_below;
/*
 * One row at the units below (roadmap_below.c), by code: {items [{unit {id, code, name, level}, id, version, state,
 * due, overdue, responsible, summary, evidence (how many)}], total}. Only units at whose level the row is planned. New
 * reference. OKO_E_NOT_FOUND "roadmap.no_row".
 */
oko_status oko_roadmap_units(const oko_cycle *c, const char *code, const oko_roadmap_below *which, json_t **ret_page,
                             oko_error *err) OKO_WARN_UNUSED;

enum { OKO_ROADMAP_EVIDENCE_MAX = 5000 }; /* items of one collection */
/*
 * What proves that rows were done (roadmap_evidence.c), for one row (no) or all (no 0), of one unit or of all below as
 * well: {code, title, unit {…}, below, total, shown, rows [{no, year, text, units [{unit {…}, state, due, responsible,
 * summary, items [{target, id, kind, title, date, state, type, bytes, participants, few, note}]}]}]}. date: of the
 * event, of the letter, else when the target was made. participants of an event: null with few: true below 10. What the
 * actor may not see is not there. New reference.
 */
oko_status oko_roadmap_evidence(const oko_cycle *c, const char *code, int no, int64_t unit, bool below,
                                json_t **ret_pack, oko_error *err) OKO_WARN_UNUSED;

/* The row of that number, borrowed from the roadmap; NULL when there is none. */
const json_t *oko_roadmap_row(const oko_entry *roadmap, int no);

#endif
