/* «Мои задачи»: what waits for one person. Which states wait for whom is data: reference/cycle/tasks.json. */
#ifndef OKO_CYCLE_TASKS_H
#define OKO_CYCLE_TASKS_H

#include "cycle/cycle.h"

enum { OKO_TASKS_LIMIT = 200, OKO_TASKS_EACH = 50 };

/*
 * {items [{code, kind, id, unit, unit_code, unit_name, title, state, due, overdue, action, version}], groups [{code,
 * total, shown}], overdue, total, checklist [{code, done}]}: overdue ones first, then by deadline, then those without
 * one. Of each code the OKO_TASKS_EACH most urgent are looked at, and only those on which the action is possible for
 * this person now are listed; a group's total is by state and reach. checklist: the first steps of an empty system,
 * for whoever sets it up; else empty. New reference.
 */
/*
 * A row of an active roadmap that is planned at the actor's own unit for this year or an earlier one, and on which
 * nobody has worked, waits as "roadmap-begin" (kind "roadmap", id of the roadmap; members roadmap and row say which).
 */
oko_status oko_tasks(const oko_cycle *c, json_t **ret_json, oko_error *err) OKO_WARN_UNUSED;

/* tasks_roadmap.c: appends those items; *ret_n counts all of them. */
oko_status oko_tasks_roadmap(const oko_cycle *c, json_t *items, int64_t *ret_n, int64_t *ret_overdue,
                             oko_error *err) OKO_WARN_UNUSED;

#endif
