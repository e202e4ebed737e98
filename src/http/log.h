/* A line of JSON per event to standard error. No logins, names, addresses of people or values that were sent. */
#ifndef OKO_HTTP_LOG_H
#define OKO_HTTP_LOG_H

#include "http/service.h"

#include "domain/person.h"

void oko_log_request(const oko_request *rq, const oko_reply *reply, double seconds);
void oko_log_job(const oko_service *service, const oko_job *job, const char *state, const oko_error *why);
void oko_log_event(const oko_service *service, const char *event, const char *detail);

#endif
