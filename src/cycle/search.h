/* Records of several kinds at once, by their titles: to link them, or to go there. */
#ifndef OKO_CYCLE_SEARCH_H
#define OKO_CYCLE_SEARCH_H

#include "cycle/cycle.h"

enum { OKO_SEARCH_LIMIT = 50 };

/*
 * {items [{id, kind, title, state, unit, unit_code, unit_name, year, date}], total}: of the kinds (comma list; NULL or
 * "": all that people work with) what the actor may see and whose title has the words, newest first, at most `limit`
 * (1…OKO_SEARCH_LIMIT). year 0: any. New reference. OKO_E_ARGUMENT "cycle.kind" for an unknown kind.
 */
oko_status oko_cycle_search(const oko_cycle *c, const char *kinds, const char *words, int year, int limit,
                            json_t **ret_json, oko_error *err) OKO_WARN_UNUSED;

#endif
