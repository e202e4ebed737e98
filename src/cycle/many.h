/* One action on many records, all or nothing. */
#ifndef OKO_CYCLE_MANY_H
#define OKO_CYCLE_MANY_H

#include "cycle/cycle.h"

enum { OKO_MANY_MAX = 500 };

/*
 * items: list of {id, version}. input: as of oko_cycle_act, the same for all. Nothing is done when one of them can't
 * be: *ret_problems (new reference, always set unless memory is out) tells which: [{row, id, field, problem, arg}]
 * (problem: key of the message, arg: its {0}), and the status is OKO_E_ARGUMENT "cycle.many".
 */
oko_status oko_cycle_act_many(const oko_cycle *c, const char *kind, const char *action, const json_t *items,
                              json_t *input, int *ret_n, json_t **ret_problems, oko_error *err) OKO_WARN_UNUSED;

#endif
