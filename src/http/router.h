/*
 * From a request as it came to a reply, in two steps: everything that can be said from the head alone (operation, who,
 * rights, limits), so that a body is only read when it may be sent; then the body and the handler. No sockets here.
 */
#ifndef OKO_HTTP_ROUTER_H
#define OKO_HTTP_ROUTER_H

#include "http/service.h"

/* Step one. rq must have in, arena, service and now set. False: the reply is ready (a refusal). */
bool oko_route_begin(oko_request *rq, oko_reply *reply);
/* Step two: rq->body_bytes or rq->upload are filled in. Always leaves a reply. */
void oko_route_finish(oko_request *rq, oko_reply *reply);
/* May step two take long (other than a quick read)? Then it belongs on a worker. */
bool oko_route_is_slow(const oko_request *rq);

/* What rq->wait waited for is over: an answer whose line or change is not on the disk becomes a problem. */
void oko_route_settled(oko_request *rq, oko_reply *reply, oko_status status);

/* Both steps for a body in memory: `oko api`, tests. */
void oko_route_whole(oko_request *rq, oko_str body, oko_reply *reply);

#endif
