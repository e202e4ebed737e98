/*
 * What answers wait for. Audit lines of looks are committed in groups, and the commits of changes go to the disk in
 * groups, by one thread: it takes all that wait, writes their lines in one transaction, syncs the log of the database
 * once, and lets them go; those that come meanwhile share the next round. The same thread notes when sessions were
 * used.
 */
#ifndef OKO_HTTP_LOOKS_H
#define OKO_HTTP_LOOKS_H

#include "http/service.h"

enum { OKO_LOOKS_MAX = 4096 }; /* lines waiting at a time */

oko_status oko_looks_new(oko_service *service, bool background, oko_looks **ret_looks, oko_error *err) OKO_WARN_UNUSED;
void oko_looks_free(oko_looks *looks);
/* wait->over is called later, with the status: when it is not OKO_OK, nothing may be shown. False: too many lines wait
 * (a change is never turned away), or there is no thread; nothing is called then. */
bool oko_looks_give(oko_looks *looks, oko_wait *wait) OKO_WARN_UNUSED;
/* Waits here. OKO_E_BUSY "http.queue", or the store's status. */
oko_status oko_looks_wait(oko_looks *looks, oko_wait *wait, oko_error *err) OKO_WARN_UNUSED;
/* Some time later; lost when too many wait. */
void oko_looks_touch(oko_looks *looks, int64_t secret, const char *used, const char *expires);

#endif
