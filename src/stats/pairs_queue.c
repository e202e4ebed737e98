/* Candidates of a run over all pairs: exact tails eight at a time, and what is kept. */
#include "stats/pairs_job.h"

#include "base/memory.h"

bool pair_keeps(const pair_job *j, const oko_pair *pair)
{
    return j->keep_all || oko_pair_p(pair, j->options.lead) <= j->options.keep_p;
}

oko_status pair_keep(pair_job *j, pair_kept *to, const oko_pair *pair)
{
    if (atomic_fetch_add_explicit(&j->n_kept, 1, memory_order_relaxed) >= OKO_PAIRS_MAX_KEPT) {
        return OKO_E_LIMIT;
    }
    oko_status status = oko_grow(&to->pair, &to->cap, to->n + 1, sizeof *to->pair, OKO_PAIRS_MAX_KEPT);
    if (status == OKO_OK) {
        to->pair[to->n++] = *pair;
    }
    return status;
}

static void queue_gbt(const pair_job *j, pair_desk *d)
{
    pair_queue *w = &d->queue;
    int matches[PAIR_LANES] = { 0 };
    double scaled[PAIR_LANES];
    for (int l = 0; l < PAIR_LANES; l++) {
        matches[l] = l < w->n ? w->pair[l].matches : w->pair[0].matches;
    }
    pair_gbt_kernel(j->table.shape.n_items, w->q, matches, d->f, scaled);
    for (int l = 0; l < w->n; l++) {
        pair_set_gbt(&w->pair[l], scaled[l], j->table.shape.n_items, w->q + l, PAIR_LANES);
    }
}

static void queue_m4(const pair_job *j, pair_desk *d)
{
    pair_queue *w = &d->queue;
    int right[PAIR_LANES] = { 0 };
    int wrong[PAIR_LANES] = { 0 };
    double scaled[PAIR_LANES];
    for (int l = 0; l < w->n; l++) {
        right[l] = w->pair[l].right;
        wrong[l] = w->pair[l].wrong;
    }
    pair_m4_kernel(j->table.shape.n_items, w->right, w->wrong, right, wrong, d->m4, d->m4_tail, scaled);
    for (int l = 0; l < w->n; l++) {
        pair_set_m4(&w->pair[l], scaled[l]);
    }
}

/* The tails of what waits, the leading one first: the other only where a pair is kept. */
oko_status pair_flush(pair_job *j, pair_desk *d, pair_kept *to)
{
    pair_queue *w = &d->queue;
    bool m4_leads = j->options.lead == OKO_PAIR_M4;
    bool any = false;
    if (w->n == 0) {
        return OKO_OK;
    }
    if (pair_asked(j, OKO_PAIR_M4) && j->keyed && m4_leads) {
        queue_m4(j, d);
    }
    if (pair_asked(j, OKO_PAIR_GBT) && !m4_leads) {
        queue_gbt(j, d);
    }
    for (int l = 0; l < w->n; l++) {
        any = any || pair_keeps(j, &w->pair[l]);
    }
    if (any && pair_asked(j, OKO_PAIR_M4) && j->keyed && !m4_leads) {
        queue_m4(j, d);
    }
    if (any && pair_asked(j, OKO_PAIR_GBT) && m4_leads) {
        queue_gbt(j, d);
    }
    oko_status status = OKO_OK;
    for (int l = 0; any && l < w->n && status == OKO_OK; l++) {
        if (pair_keeps(j, &w->pair[l])) {
            pair_table_count(&j->table, w->x[l], w->y[l], &w->pair[l]);
            status = pair_keep(j, to, &w->pair[l]);
        }
    }
    w->n = 0;
    return status;
}

/* Chances of lane `from` of the desk into the next lane of the queue. */
void pair_enqueue(const pair_job *j, pair_desk *d, int from, size_t x, size_t y, const oko_pair *pair)
{
    pair_queue *w = &d->queue;
    size_t lanes = j->table.shape.n_items * PAIR_LANES;
    w->x[w->n] = x;
    w->y[w->n] = y;
    w->pair[w->n] = *pair;
    const double *q = d->q + from;
    double *to = w->q + w->n;
    for (size_t k = 0; k < lanes; k += PAIR_LANES) {
        to[k] = q[k];
    }
    if (pair_asked(j, OKO_PAIR_M4) && j->keyed) {
        for (size_t k = 0; k < lanes; k += PAIR_LANES) {
            w->right[k + (size_t)w->n] = d->right[k + (size_t)from];
            w->wrong[k + (size_t)w->n] = d->wrong[k + (size_t)from];
        }
        pair_table_count(&j->table, x, y, &w->pair[w->n]);
    }
    w->n++;
}
