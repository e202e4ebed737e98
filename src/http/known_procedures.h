/* Titles and largest totals of procedures for one request, read once each. */
#ifndef OKO_HTTP_KNOWN_PROCEDURES_H
#define OKO_HTTP_KNOWN_PROCEDURES_H

#include "http/request.h"

enum { OKO_KNOWN_PROCEDURES = 64 };

typedef struct oko_known_procedures {
    const oko_request *rq;
    int64_t revision; /* 0: now */
    size_t n;
    struct {
        char code[OKO_CODE_BYTES];
        const char *title; /* of the request's arena, in its language */
        int max;
    } at[OKO_KNOWN_PROCEDURES];
} oko_known_procedures;

/* ctx: an oko_known_procedures. false: the store has no such procedure, or there are too many. */
bool oko_known_test(const void *ctx, const char *procedure, const char **ret_title, int *ret_max);
/* NULL then. */
const char *oko_known_title(const void *ctx, const char *procedure);

#endif
