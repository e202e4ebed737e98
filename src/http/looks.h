/*
 * Audit lines of looks, committed in groups by one thread: an answer that needs a line waits for its commit, and those
 * that come meanwhile share the next one. The same thread notes when sessions were used.
 */
#ifndef OKO_HTTP_LOOKS_H
#define OKO_HTTP_LOOKS_H

#include "http/service.h"

enum { OKO_LOOKS_MAX = 1024 }; /* waiting at a time */

oko_status oko_looks_new(oko_service *service, bool background, oko_looks **ret_looks, oko_error *err) OKO_WARN_UNUSED;
void oko_looks_free(oko_looks *looks);
/* Returns when the line is in the log. OKO_E_BUSY "http.queue", or the store's status: then nothing may be shown. */
oko_status oko_looks_add(oko_looks *looks, const oko_actor *actor, const char *action, const char *object, int64_t unit,
                         const char *detail, oko_error *err) OKO_WARN_UNUSED;
/* Some time later; lost when too many wait. */
void oko_looks_touch(oko_looks *looks, int64_t secret, const char *used, const char *expires);

#endif
