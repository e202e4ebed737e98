/* One request on its way through the server; private to this folder. */
#ifndef OKO_HTTP_EXCHANGE_H
#define OKO_HTTP_EXCHANGE_H

#include "http/server.h"
#include "http/upload.h"

#include <microhttpd.h>

typedef enum oko_exchange_step {
    OKO_STEP_HEAD,    /* the head has not been looked at */
    OKO_STEP_BODY,    /* body comes in */
    OKO_STEP_WORKING, /* suspended, a worker has it */
    OKO_STEP_READY    /* the reply is ready to be queued */
} oko_exchange_step;

typedef struct oko_exchange oko_exchange;
struct oko_exchange {
    oko_server *server;
    struct MHD_Connection *connection;
    oko_exchange *next; /* in the queue of the workers */
    oko_exchange_step step;
    bool refused;  /* the reply was ready after the head: the body is thrown away */
    bool outside;  /* not of the API: a file of the web client */
    bool too_long; /* target */
    char *target;  /* raw, malloc */
    char method[16];
    int64_t body_seen;
    oko_buffer body;
    oko_upload_writer *upload;
    struct timespec started;
    oko_request rq;
    oko_reply reply;
};

/* ---- workers.c ---- */
typedef struct oko_workers oko_workers;
oko_status oko_workers_new(int n, oko_workers **ret_workers);
/* False when the queue is full: nothing was taken. The connection must have been suspended. */
bool oko_workers_give(oko_workers *w, oko_exchange *x);
void oko_workers_free(oko_workers *w); /* waits for what is being done */

/* ---- watch.c: slow clients and streams ---- */
typedef struct oko_watch oko_watch;
oko_status oko_watch_new(oko_server *server, const oko_server_options *options, int limit, oko_watch **ret_watch);
void oko_watch_stop(
    oko_watch *watch); /* ends the thread, and every stream; the lists stay for the daemon's last calls */
void oko_watch_free(oko_watch *watch);
void *oko_watch_open(oko_watch *watch, int fd); /* a connection began; NULL when memory is out */
void oko_watch_close(oko_watch *watch, void *place);
/* What the connection is doing: waiting for a head, reading a body (bytes so far), or being served. */
void oko_watch_head(oko_watch *watch, void *place);
void oko_watch_body(oko_watch *watch, void *place, int64_t bytes);
void oko_watch_served(oko_watch *watch, void *place);
/* Response that is fed by the stream (taken over). NULL when there are too many. */
struct MHD_Response *oko_watch_stream(oko_watch *watch, struct MHD_Connection *connection, oko_stream *stream);
void oko_watch_end_streams(oko_watch *watch);

/* ---- server.c ---- */
oko_watch *oko_server_watch(oko_server *server);
oko_service *oko_server_service(oko_server *server);

#endif
