/* From a request to the cycle: who asks, on which day, with bodies checked against the contract. */
#ifndef OKO_HTTP_CYCLE_DOOR_H
#define OKO_HTTP_CYCLE_DOOR_H

#include "cycle/cycle.h"
#include "http/request.h"

/* Checks a body against a schema of the contract (ctx); see oko_body_check_fn. */
oko_status oko_door_check(void *ctx, const char *schema, const json_t *body, bool client, oko_error *err);
/* Lives as long as the request. For a change the router's transaction is open. */
oko_cycle oko_door(oko_request *rq);
/* The day of a moment, here (room for OKO_DATE_BYTES). */
void oko_door_day(time_t t, char *ret_date);
/* The day before the request's, as yyyy-mm-dd (room for OKO_DATE_BYTES). */
void oko_door_yesterday(const oko_request *rq, char *ret_date);

#endif
