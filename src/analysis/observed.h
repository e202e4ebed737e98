/* Which schools were seen by independent observers or filmed: a list that others can import as a reference stratum. */
#ifndef OKO_ANALYSIS_OBSERVED_H
#define OKO_ANALYSIS_OBSERVED_H

#include "store/store.h"

/* One school in one procedure (code, or "" and a year). */
typedef struct oko_observed {
    const oko_unit *school;
    const char *procedure;
    int year;
    bool independent, video; /* some visit says so */
    int64_t visits, serious; /* visits with remarks of a serious kind: such a school is no reference */
} oko_observed;

typedef oko_status (*oko_observed_fn)(void *ctx, const oko_observed *o);
/* All that have an independent observer or video, by procedure and code of the school. OKO_E_MEMORY, or the store's. */
oko_status oko_observed_walk(oko_store *store, oko_observed_fn fn, void *ctx, oko_error *err) OKO_WARN_UNUSED;

#endif
