/*
 * One operation of the contract, called: what a handler gets (request) and what it fills (reply). Neither knows
 * sockets: the server, `oko api` and tests use the same router.
 *
 * A handler finds parameters and body checked and typed by the contract, the roles enforced, and — where x-oko-unit
 * names a parameter — that unit in sight. For a change (any method but GET) rq->store is the writer inside an open
 * transaction that the router commits with the audit line and the idempotency key, or rolls back when the handler
 * fails. For a GET it is a reader.
 */
#ifndef OKO_HTTP_REQUEST_H
#define OKO_HTTP_REQUEST_H

#include "contract/contract.h"
#include "cycle/access.h"
#include "reference/text.h"

#include <jansson.h>
#include <time.h>

typedef struct oko_service oko_service;

enum { OKO_REPLY_HEADERS = 8 };

/* A request as it came, before anything was checked. */
typedef struct oko_incoming {
    const char *method;
    oko_str target;                                     /* raw: path and query */
    const char *(*header)(void *ctx, const char *name); /* value or NULL; lives as long as the request */
    void *header_ctx;
    char address[64];    /* of the client */
    bool secure;         /* came by TLS: cookies are Secure */
    bool local;          /* from this machine */
    const oko_actor *as; /* already known (command line); else cookie or token */
} oko_incoming;

/* A body that was written to a temporary file. */
typedef struct oko_upload {
    char path[512]; /* FOLDER/RANDOM/NAME; "" when there is none. The folder is the upload's own */
    char name[256]; /* as the client called it, made harmless */
    char type[128];
    int64_t bytes;
    bool kept; /* a job took it over: not removed after the request */
} oko_upload;

/* What an answer waits for before it may leave (looks.h). */
typedef enum oko_wait_for {
    OKO_WAIT_NOTHING,
    OKO_WAIT_DISK, /* a commit was made: until the disk has it */
    OKO_WAIT_LINE  /* a look: until its line of the audit log is on the disk */
} oko_wait_for;
typedef struct oko_wait {
    struct oko_wait *next;
    oko_wait_for what;
    const oko_actor *actor; /* of the line, as the rest; live until the end */
    const char *action, *object, *detail;
    int64_t unit;
    void (*over)(void *ctx, oko_status status); /* called once, by the thread that commits */
    void *ctx;
} oko_wait;

typedef struct oko_request {
    oko_service *service;
    const oko_operation *op;
    oko_incoming in;
    char number[20]; /* of the request, in the log and in problems */
    time_t now;
    oko_target target;
    json_t *parameters; /* object: name → typed value (path and query) */
    json_t *body;       /* JSON body, or NULL */
    oko_str body_bytes;
    oko_upload upload;
    oko_actor actor;
    bool signed_in;
    oko_secret secret; /* session or token that let the actor in */
    bool must_change;
    int64_t version; /* of If-Match; 0: none */
    const char *key; /* Idempotency-Key or NULL */
    const oko_text *text;
    oko_arena *arena;
    oko_store *store;
    bool defers;   /* whoever called the router lets the answer wait by itself */
    oko_wait wait; /* after step two: what the answer waits for */
} oko_request;

/* Produces the rest of an endless answer. Called from time to time (about four times a second). Appends what is new to
 * out; *ret_end when that was all. */
typedef struct oko_stream {
    void (*more)(void *ctx, oko_buffer *out, bool *ret_end);
    void (*release)(void *ctx);
    void *ctx;
} oko_stream;

typedef struct oko_reply {
    int status;   /* 0: 200 */
    json_t *json; /* owned; or bytes */
    char *bytes;  /* malloc, owned */
    size_t len;
    const char *fixed;  /* bytes that live for ever, instead of bytes */
    const char *type;   /* media type of bytes */
    oko_stream *stream; /* owned (malloc) */
    int descriptor;     /* of a file that is sent, plus one; owned, len is its size */
    bool cacheable;     /* the same for everybody */
    char etag[80];      /* with its quotes; "" = made from the body */
    size_t n_headers;
    struct {
        const char *name;
        char *value; /* of the request's arena, or for ever */
    } header[OKO_REPLY_HEADERS];
    /* for the audit line of the operation */
    char object[64];
    int64_t unit;
    json_t *detail; /* owned */
    bool noted;     /* the handler wrote its line itself */
} oko_reply;

typedef oko_status (*oko_handler)(oko_request *rq, oko_reply *reply, oko_error *err);
typedef struct oko_route {
    const char *operation; /* operationId */
    oko_handler handler;
} oko_route;

void oko_request_clear(oko_request *rq); /* also removes an upload that nobody kept */
void oko_reply_clear(oko_reply *reply);

/* ---- for handlers ---- */
const char *oko_request_str(const oko_request *rq, const char *name);            /* NULL when absent */
int64_t oko_request_int(const oko_request *rq, const char *name, int64_t other); /* `other` when absent */
/* The text member of a body into dst [bytes]; without one dst stays. */
void oko_request_take(const json_t *body, const char *name, char *dst, size_t bytes);
bool oko_request_bool(const oko_request *rq, const char *name);           /* false when absent */
const json_t *oko_request_value(const oko_request *rq, const char *name); /* any kind; NULL when absent */
/* A list parameter as "a,b" in the arena; NULL when absent. */
const char *oko_request_list(const oko_request *rq, const char *name);
/* OKO_E_NOT_FOUND when the actor may not see the unit (0: the whole register). */
oko_status oko_request_sees(const oko_request *rq, int64_t unit, oko_error *err) OKO_WARN_UNUSED;

/* Sets reply->json (stolen); OKO_E_MEMORY when it is NULL. */
oko_status oko_reply_json(oko_reply *reply, int status, json_t *json, oko_error *err) OKO_WARN_UNUSED;
/* Bytes of the buffer, which is JSON and is taken over; its status when it failed. */
oko_status oko_reply_text(oko_buffer *text, oko_reply *reply, oko_error *err) OKO_WARN_UNUSED;
/* {items, total}; steals items. */
oko_status oko_reply_list(oko_reply *reply, json_t *items, int64_t total, oko_error *err) OKO_WARN_UNUSED;
void oko_reply_version(oko_reply *reply, int64_t version); /* ETag */
void oko_reply_header(oko_request *rq, oko_reply *reply, const char *name, const char *value);
void oko_reply_about(oko_reply *reply, const char *kind, int64_t id, int64_t unit); /* object of the audit line */

/* Members of an object; "" and 0 → null in the _or_null forms. */
void oko_json_set_str(json_t *o, const char *key, const char *value);
void oko_json_set_str_or_null(json_t *o, const char *key, const char *value);
void oko_json_set_int(json_t *o, const char *key, int64_t value);
void oko_json_set_int_or_null(json_t *o, const char *key, int64_t value);
void oko_json_set_bool(json_t *o, const char *key, bool value);

#endif
