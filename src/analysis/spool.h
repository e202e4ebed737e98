/*
 * Results of a large run on their way into the store: each is written to an unnamed temporary file as it comes, only
 * its key for the order stays in memory. The file lies in TMPDIR, else in /var/tmp (/tmp is often memory), and is gone
 * with the process. A spool belongs to one thread; once sealed, several may read it.
 */
#ifndef OKO_ANALYSIS_SPOOL_H
#define OKO_ANALYSIS_SPOOL_H

#include "analysis/result_order.h"

#include <stdio.h>

typedef struct oko_spool {
    oko_result_order order;
    FILE *file;
    uint64_t size; /* bytes written */
    bool failed;   /* the file could not be made, written or read */
    /* Asked from time to time by the calling thread; false: OKO_E_CANCELLED. NULL: nobody is asked. */
    bool (*go_on)(void *ctx);
    void *ctx;
} oko_spool;

/* OKO_E_MEMORY, OKO_E_FULL, OKO_E_IO (then `failed` is true). Clear in any case. go_on may be NULL. */
oko_status oko_spool_open(oko_spool *spool, const oko_register *reg, bool (*go_on)(void *ctx),
                          void *ctx) OKO_WARN_UNUSED;
/* Takes the result over and clears it, also on an error. OKO_E_MEMORY, OKO_E_LIMIT, OKO_E_FULL, OKO_E_IO,
 * OKO_E_CANCELLED. */
oko_status oko_spool_put(oko_spool *spool, oko_result *r) OKO_WARN_UNUSED;
/* Puts all into their fixed order and hashes them (oko_results_hash). Nothing is put afterwards. */
oko_status oko_spool_seal(oko_spool *spool, int threads, char ret_hex[OKO_HASH_HEX]) OKO_WARN_UNUSED;
/* Of a sealed spool, in the fixed order; points to it. For any number of threads; nobody is asked. */
oko_result_source oko_spool_source(const oko_spool *spool);
/* The same for the calling thread alone, which is asked. */
oko_result_source oko_spool_asking(const oko_spool *spool);
void oko_spool_clear(oko_spool *spool);

#endif
