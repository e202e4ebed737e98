/* Errors as application/problem+json (RFC 9457). They hold no SQL, no paths and no values that were sent. */
#ifndef OKO_HTTP_PROBLEM_H
#define OKO_HTTP_PROBLEM_H

#include "http/request.h"

/* HTTP code of an error: by its message where that says more than the status, else from the status table. */
int oko_problem_code(const oko_error *err);
/* Replaces what the reply holds by the problem. */
void oko_problem_reply(oko_request *rq, oko_reply *reply, const oko_error *err);
/* 422 with the places that are wrong. */
void oko_problem_violations(oko_request *rq, oko_reply *reply, const oko_violations *found);
/* The error with the places that stand in the way: places = [{pointer, code}], stolen, gets its details. */
void oko_problem_places(oko_request *rq, oko_reply *reply, const oko_error *err, json_t *places);

#endif
