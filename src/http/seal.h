/* The last steps of a reply: bytes, ETag, 304. */
#ifndef OKO_HTTP_SEAL_H
#define OKO_HTTP_SEAL_H

#include "http/request.h"

/* JSON → bytes; ETag of the body unless the handler gave one; 304 when the client has it already. Without memory the
 * reply becomes a problem. */
void oko_seal(oko_request *rq, oko_reply *reply, oko_error *err);
/* JSON of a problem → bytes; fixed words when memory is out. */
void oko_seal_bytes(oko_reply *reply);

#endif
