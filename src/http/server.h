/*
 * oko serve: the socket side. libmicrohttpd reads requests on a few epoll threads; quick reads are answered there, what
 * may take long (changes, passwords, looks) by workers while the connection is suspended; a watch cuts slow clients and
 * feeds the streams.
 */
#ifndef OKO_HTTP_SERVER_H
#define OKO_HTTP_SERVER_H

#include "http/service.h"

typedef struct oko_server oko_server;

typedef struct oko_server_options {
    const char *listen;   /* "127.0.0.1:8470", "[::1]:8470"; port 0 = a free one */
    const char *tls_cert; /* PEM files; both or none */
    const char *tls_key;
    bool behind_proxy; /* believe X-Forwarded-For (last entry) and X-Forwarded-Proto */
    int threads;       /* that read and answer, 1…64; 0 = 4 */
    int workers;       /* for slow operations, 1…64; 0 = 8 */
    int connections;   /* at a time; 0 = 2000, less when the system allows fewer files */
    int head_seconds;  /* for the head of a request; 0 = 10 */
    int idle_seconds;  /* without a byte; 0 = 30 */
} oko_server_options;

enum {
    OKO_SERVER_CONNECTION_MEMORY = 24 * 1024, /* head of a request */
    OKO_SERVER_QUEUE = 512,                   /* requests that wait for a worker; then 503 */
    OKO_SERVER_STREAMS = 200,                 /* open at a time; then 503 */
    OKO_SERVER_BODY_GRACE = 15,               /* seconds; then a body must come at … */
    OKO_SERVER_BODY_RATE = 1024               /* … bytes a second on average */
};

/* OKO_E_ARGUMENT "http.listen" (address), "http.tls" (files), OKO_E_CONFLICT "http.port" (taken), OKO_E_MEMORY. */
oko_status oko_server_start(oko_service *service, const oko_server_options *options, oko_server **ret_server,
                            oko_error *err) OKO_WARN_UNUSED;
int oko_server_port(const oko_server *server);
/* No new connections; what runs is finished (at most `seconds`), streams end. Frees the server. */
void oko_server_stop(oko_server *server, int seconds);

#endif
