/* One run over all pairs: options, layout, memory of the workers, candidates and kept pairs. Internal to src/stats. */
#ifndef OKO_STATS_PAIRS_JOB_H
#define OKO_STATS_PAIRS_JOB_H

#include "stats/pairs_table.h"

#include <stdatomic.h>

/* Pairs kept by one task. */
typedef struct pair_kept {
    oko_pair *pair;
    size_t n, cap;
} pair_kept;

/* Candidates whose exact tails are still to be computed. */
typedef struct pair_queue {
    int n;
    size_t x[PAIR_LANES], y[PAIR_LANES];
    oko_pair pair[PAIR_LANES];
    double *q, *right, *wrong; /* [n_items × PAIR_LANES] */
} pair_queue;

/* Memory of one worker. */
typedef struct pair_desk {
    double *block; /* one allocation for all doubles below */
    double *p;     /* [n_columns] */
    double *q, *right, *wrong;
    double *f, *m4, *m4_tail;
    int *answer; /* [n_items] */
    pair_queue queue;
    uint32_t *partners; /* [n_persons] */
    uint64_t compared;
} pair_desk;

typedef struct pair_job {
    pair_table table;
    oko_pairs_options options;
    double keep_z; /* no statistic below has a normal p ≤ keep_p */
    bool keep_all, keyed;
    pair_kept *tasks;
    size_t n_tasks;
    pair_desk *desks;
    size_t n_desks;
    atomic_size_t n_kept;
    atomic_size_t n_done;
} pair_job;

static inline bool pair_asked(const pair_job *j, unsigned stat)
{
    return (j->options.stats & stat) != 0;
}

/* Is the leading p of the pair small enough? */
bool pair_keeps(const pair_job *j, const oko_pair *pair);
/* Appends a pair to what the task keeps. OKO_E_LIMIT, OKO_E_MEMORY. */
oko_status pair_keep(pair_job *j, pair_kept *to, const oko_pair *pair) OKO_WARN_UNUSED;
/* Lane `from` of the desk (its q, and right and wrong where M4 is asked) waits for its exact tails. x < y are places.
 */
void pair_enqueue(const pair_job *j, pair_desk *d, int from, size_t x, size_t y, const oko_pair *pair);
/* Computes the tails of what waits and keeps what is to be kept. */
oko_status pair_flush(pair_job *j, pair_desk *d, pair_kept *to) OKO_WARN_UNUSED;

#endif
