/* Who is calling: cookie with its token against cross-site requests, or bearer token; and the gate before passwords. */
#ifndef OKO_HTTP_SESSION_H
#define OKO_HTTP_SESSION_H

#include "http/service.h"

#define OKO_SESSION_COOKIE "oko_session"

enum {
    OKO_GATE_SLOTS = 4096,     /* addresses and logins that are counted at a time */
    OKO_GATE_PER_ADDRESS = 30, /* passwords tried from one address in a minute */
    OKO_GATE_PER_LOGIN = 10,   /* and for one login */
    OKO_GATE_HASHING = 2,      /* passwords hashed at once (64 MiB each) */
    OKO_GATE_WAITING = 32      /* that may wait for it */
};

/* Fills actor, secret, signed_in and must_change of a request. Nobody: signed_in stays false. OKO_E_PERMISSION
 * "http.session_over" (cookie or token that is not known any more), "http.csrf"; or the store's status. */
oko_status oko_session_recognise(oko_request *rq, oko_store *reader, oko_error *err) OKO_WARN_UNUSED;

/* Set-Cookie for a fresh session, or one that ends it (secret NULL). */
void oko_session_cookie(oko_request *rq, oko_reply *reply, const char *secret);

/* ---- the gate ---- */
oko_status oko_gate_new(oko_gate **ret_gate, oko_error *err) OKO_WARN_UNUSED;
void oko_gate_free(oko_gate *gate);
/* Counts a try by address and login. OKO_E_LIMIT "http.too_many" with the seconds to wait. */
oko_status oko_gate_try(oko_gate *gate, const char *address, const char *login, time_t now,
                        oko_error *err) OKO_WARN_UNUSED;
/* Waits for one of the places where a password may be hashed. OKO_E_BUSY "http.queue" when too many wait already. */
oko_status oko_gate_enter(oko_gate *gate, oko_error *err) OKO_WARN_UNUSED;
void oko_gate_leave(oko_gate *gate);

#endif
