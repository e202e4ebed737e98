/*
 * All pairs: a row of persons against every later block, candidates collected and their exact tails computed eight at a
 * time. A task is one row block; its pairs are put together in the order of the tasks, so threads leave no trace.
 */
#include "stats/pairs_job.h"

#include "base/memory.h"
#include "base/threads.h"
#include "stats/special.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_WORKERS = 64, DEFAULT_COMMON = 5 };

static const double SCREEN = 2;
static const double DEFAULT_KEEP = .01;

/* What the kernels found for one person against one block. */
typedef struct found {
    pair_sums sums;
    pair_omega omega;
    pair_wrong wrong;
    double weighted[PAIR_LANES], weighted_var[PAIR_LANES];
    bool summed; /* sums and the desk's q are there */
} found;

static void desk_free(pair_desk *d)
{
    free(d->block);
    free(d->answer);
    free(d->partners);
}

static void job_free(pair_job *j)
{
    for (size_t t = 0; j->tasks != NULL && t < j->n_tasks; t++) {
        free(j->tasks[t].pair);
    }
    for (size_t d = 0; j->desks != NULL && d < j->n_desks; d++) {
        desk_free(&j->desks[d]);
    }
    free(j->tasks);
    free(j->desks);
    pair_table_free(&j->table);
}

static oko_status desk_make(const pair_job *j, pair_desk *d)
{
    size_t items = j->table.shape.n_items;
    size_t lanes = items * PAIR_LANES;
    size_t cells = pair_asked(j, OKO_PAIR_M4) ? pair_m4_cells(items) * PAIR_LANES : 0;
    size_t total = j->table.n_columns + 6 * lanes + (items + 2) * PAIR_LANES + 2 * cells;
    d->block = oko_calloc_array(total, sizeof *d->block);
    d->answer = oko_calloc_array(items, sizeof *d->answer);
    d->partners = oko_calloc_array(j->table.r->n_persons, sizeof *d->partners);
    if (d->block == NULL || d->answer == NULL || d->partners == NULL) {
        return OKO_E_MEMORY;
    }
    double *at = d->block;
    double **parts[] = { &d->q, &d->right, &d->wrong, &d->queue.q, &d->queue.right, &d->queue.wrong };
    for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++, at += lanes) {
        *parts[k] = at;
    }
    d->f = at;
    d->m4 = d->f + (items + 2) * PAIR_LANES;
    d->m4_tail = d->m4 + cells;
    d->p = d->m4_tail + cells;
    return OKO_OK;
}

/* Are exact tails to be computed for this pair? */
static bool screened_in(const pair_job *j, const oko_pair *pair, const found *at, int l)
{
    if (j->options.exact) {
        return true;
    }
    if (pair_asked(j, OKO_PAIR_GBT) && pair->z > SCREEN) {
        return true;
    }
    if (!pair_asked(j, OKO_PAIR_M4) || !j->keyed) {
        return false;
    }
    return pair->z > SCREEN || pair->wrong - at->wrong.mean[l] > SCREEN * sqrt(at->wrong.var[l]);
}

/* Is (sum − mean)/√var at least keep_z? Without a root; keep_z is positive. */
static bool reaches(const pair_job *j, double sum, double mean, double var)
{
    double d = sum - mean;
    return d > 0 && var > 0 && d * d >= j->keep_z * j->keep_z * var;
}

/* May the leading p of lane l be small enough to keep the pair? */
static bool may_keep(const pair_job *j, const found *at, int l)
{
    if (j->keep_all || j->keep_z <= 0) {
        return true;
    }
    switch (j->options.lead) {
    case OKO_PAIR_OMEGA:
        return reaches(j, at->omega.matches[l], at->omega.mean_a[l], at->omega.var_a[l]) ||
               reaches(j, at->omega.matches[l], at->omega.mean_b[l], at->omega.var_b[l]);
    case OKO_PAIR_WOMEGA:
        return reaches(j, at->weighted[l], 0, at->weighted_var[l]);
    default:
        return j->options.exact || (j->options.stats & OKO_PAIR_M4) != 0 ||
               at->sums.matches[l] > at->sums.mean[l]; /* GBT is screened in above its mean only */
    }
}

static bool exact_leads(const pair_job *j)
{
    return j->options.lead == OKO_PAIR_GBT || j->options.lead == OKO_PAIR_M4;
}

/* ω and weighted ω of a pair; person `a` of ω's directions is the lower number, which may be the lane's. */
static void set_normal(const pair_job *j, const found *at, int l, bool swapped, oko_pair *pair)
{
    const pair_omega *o = &at->omega;
    if (pair_asked(j, OKO_PAIR_OMEGA) && !swapped) {
        pair_set_omega(pair, o->mean_a[l], o->var_a[l], o->mean_b[l], o->var_b[l]);
    } else if (pair_asked(j, OKO_PAIR_OMEGA)) {
        pair_set_omega(pair, o->mean_b[l], o->var_b[l], o->mean_a[l], o->var_a[l]);
    }
    if (pair_asked(j, OKO_PAIR_WOMEGA)) {
        pair_set_weighted(pair, at->weighted[l], at->weighted_var[l]);
    }
}

/* A pair that may be kept: its statistics, its place in the queue or in the result. x < y are places, l the lane of y.
 */
static oko_status settle_pair(pair_job *j, pair_desk *d, pair_kept *to, size_t x, size_t y, int common, const found *at,
                              int l)
{
    const pair_table *table = &j->table;
    bool swapped = table->person[x] > table->person[y];
    oko_pair pair = pair_blank(table->person[swapped ? y : x], table->person[swapped ? x : y]);
    pair.n = common;
    pair.matches = (int32_t)at->sums.matches[l];
    pair.expected = at->sums.mean[l];
    pair.z = pair_z(pair.matches, at->sums.mean[l], at->sums.var[l]);
    if (pair_asked(j, OKO_PAIR_M4) && j->keyed && !j->options.exact) {
        pair_table_count(table, x, y, &pair);
    }
    bool tails = pair_asked(j, OKO_PAIR_GBT | OKO_PAIR_M4) && screened_in(j, &pair, at, l);
    if (!tails && !j->keep_all && exact_leads(j)) {
        return OKO_OK;
    }
    set_normal(j, at, l, swapped, &pair);
    if (tails) {
        pair_enqueue(j, d, l, x, y, &pair);
        return d->queue.n == PAIR_LANES ? pair_flush(j, d, to) : OKO_OK;
    }
    if (!pair_keeps(j, &pair)) {
        return OKO_OK;
    }
    pair_table_count(table, x, y, &pair);
    return pair_keep(j, to, &pair);
}

/* The kernels that decide whether a pair may be kept; with ω alone the chances of the same answer come later, only for
 * blocks that need them. */
static void run_kernels(const pair_job *j, pair_desk *d, size_t block, found *ret)
{
    const pair_table *table = &j->table;
    size_t base = block * table->n_columns * PAIR_LANES;
    const double *p = table->block_p + base;
    const double *hit = table->block_hit + base;
    ret->summed = j->options.lead != OKO_PAIR_OMEGA;
    if (ret->summed) {
        pair_match_kernel(&table->shape, d->p, d->answer, p, hit, d->q, &ret->sums);
    }
    if (pair_asked(j, OKO_PAIR_OMEGA)) {
        pair_omega_kernel(&table->shape, d->p, d->answer, p, hit, &ret->omega);
    }
    if (j->options.lead == OKO_PAIR_WOMEGA) {
        pair_weighted_kernel(&table->shape, d->q, d->answer, hit, ret->weighted, ret->weighted_var);
    }
}

/* The kernels for what is told about a pair that may be kept. */
static void run_other_kernels(const pair_job *j, pair_desk *d, size_t block, found *ret)
{
    const pair_table *table = &j->table;
    size_t base = block * table->n_columns * PAIR_LANES;
    const double *p = table->block_p + base;
    const double *hit = table->block_hit + base;
    if (!ret->summed) {
        pair_match_kernel(&table->shape, d->p, d->answer, p, hit, d->q, &ret->sums);
    }
    if (pair_asked(j, OKO_PAIR_WOMEGA) && j->options.lead != OKO_PAIR_WOMEGA) {
        pair_weighted_kernel(&table->shape, d->q, d->answer, hit, ret->weighted, ret->weighted_var);
    }
    if (pair_asked(j, OKO_PAIR_M4) && j->keyed) {
        pair_wrong_kernel(&table->shape, d->p, p, d->right, d->wrong, &ret->wrong);
    }
}

/* Person x against one block: the later persons of the same group in it. */
static oko_status take_block(pair_job *j, pair_desk *d, pair_kept *to, size_t x, size_t block)
{
    const pair_table *table = &j->table;
    int32_t group = pair_table_group(table, x);
    size_t first = block * PAIR_LANES;
    size_t from = x + 1 > first ? x + 1 : first;
    size_t end = first + PAIR_LANES < table->n ? first + PAIR_LANES : table->n;
    bool all_run = false;
    found at;
    if (from >= end || pair_table_group(table, from) != group) {
        return OKO_OK;
    }
    run_kernels(j, d, block, &at);
    for (size_t y = from; y < end && pair_table_group(table, y) == group; y++) {
        int common = pair_table_common(table, x, y);
        if (common < j->options.min_common) {
            continue;
        }
        d->compared++;
        d->partners[table->person[x]]++;
        d->partners[table->person[y]]++;
        if (!may_keep(j, &at, (int)(y - first))) {
            continue;
        }
        if (!all_run) {
            run_other_kernels(j, d, block, &at);
            all_run = true;
        }
        oko_status status = settle_pair(j, d, to, x, y, common, &at, (int)(y - first));
        if (status != OKO_OK) {
            return status;
        }
    }
    return OKO_OK;
}

/* Blocks that hold persons of the group of x. */
static size_t last_block(const pair_table *table, size_t x)
{
    size_t low = x;
    size_t high = table->n - 1;
    int32_t group = pair_table_group(table, x);
    while (low < high) {
        size_t middle = low + (high - low + 1) / 2;
        if (pair_table_group(table, middle) == group) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low / PAIR_LANES;
}

static oko_status run_task(void *ctx, size_t task, int worker)
{
    pair_job *j = ctx;
    pair_desk *d = &j->desks[worker];
    pair_kept *to = &j->tasks[task];
    const pair_table *table = &j->table;
    size_t end = (task + 1) * PAIR_LANES < table->n ? (task + 1) * PAIR_LANES : table->n;
    for (size_t x = task * PAIR_LANES; x < end; x++) {
        size_t last = last_block(table, x);
        pair_table_person(table, x, d->p, d->answer);
        for (size_t block = task; block <= last; block++) {
            oko_status status = take_block(j, d, to, x, block);
            if (status != OKO_OK) {
                return status;
            }
        }
    }
    oko_status status = pair_flush(j, d, to);
    size_t done = atomic_fetch_add(&j->n_done, 1) + 1;
    if (status == OKO_OK && j->options.go_on != NULL && !j->options.go_on(j->options.ctx, done, j->n_tasks)) {
        return OKO_E_CANCELLED;
    }
    return status;
}

static oko_status job_prepare(pair_job *j)
{
    size_t workers = j->options.threads == 0 ? (size_t)oko_cores() : (size_t)j->options.threads;
    j->n_tasks = (j->table.n + PAIR_LANES - 1) / PAIR_LANES;
    workers = workers > MAX_WORKERS ? MAX_WORKERS : workers;
    j->n_desks = workers > j->n_tasks ? j->n_tasks : workers;
    j->tasks = oko_calloc_array(j->n_tasks, sizeof *j->tasks);
    j->desks = oko_calloc_array(j->n_desks, sizeof *j->desks);
    if (j->tasks == NULL || j->desks == NULL) {
        return OKO_E_MEMORY;
    }
    for (size_t d = 0; d < j->n_desks; d++) {
        oko_status status = desk_make(j, &j->desks[d]);
        if (status != OKO_OK) {
            return status;
        }
    }
    return OKO_OK;
}

static int compare_pairs(const void *a, const void *b)
{
    const oko_pair *x = a;
    const oko_pair *y = b;
    int by_a = (x->a > y->a) - (x->a < y->a);
    return by_a != 0 ? by_a : (x->b > y->b) - (x->b < y->b);
}

static void sum_desks(const pair_job *j, oko_pairs *result)
{
    for (size_t d = 0; d < j->n_desks; d++) {
        result->n_compared += j->desks[d].compared;
        for (size_t i = 0; i < result->n_persons; i++) {
            result->n_partners[i] += j->desks[d].partners[i];
        }
    }
}

/* Puts the tasks' pairs together; each task's memory is given back as it is read. */
static oko_status collect(pair_job *j, oko_pairs *result)
{
    size_t n = 0;
    for (size_t t = 0; t < j->n_tasks; t++) {
        n += j->tasks[t].n;
    }
    if (n > 0) {
        result->pair = oko_alloc_array(n, sizeof *result->pair);
        if (result->pair == NULL) {
            return OKO_E_MEMORY;
        }
    }
    for (size_t t = 0; t < j->n_tasks; t++) {
        pair_kept *from = &j->tasks[t];
        if (from->n > 0) {
            memcpy(result->pair + result->n, from->pair, from->n * sizeof *from->pair);
        }
        result->n += from->n;
        free(from->pair);
        from->pair = NULL;
    }
    if (n > 1) {
        qsort(result->pair, n, sizeof *result->pair, compare_pairs);
    }
    sum_desks(j, result);
    return OKO_OK;
}

/* A z a little below the one whose normal p is `keep`. */
static double keep_limit(double keep)
{
    double low = -10;
    double high = 40;
    for (int step = 0; step < 60; step++) {
        double z = (low + high) / 2;
        if (exp(oko_log_normal_q(z)) > keep) {
            low = z;
        } else {
            high = z;
        }
    }
    return low - 1e-6;
}

static unsigned first_asked(unsigned stats)
{
    static const unsigned order[] = { OKO_PAIR_GBT, OKO_PAIR_OMEGA, OKO_PAIR_WOMEGA, OKO_PAIR_M4 };
    for (size_t k = 0; k < sizeof order / sizeof order[0]; k++) {
        if ((stats & order[k]) != 0) {
            return order[k];
        }
    }
    return 0;
}

static oko_status set_options(pair_job *j, const oko_pairs_options *options)
{
    oko_pairs_options *o = &j->options;
    *o = options != NULL ? *options : (oko_pairs_options){ 0 };
    o->stats = o->stats != 0 ? o->stats : OKO_PAIR_GBT | OKO_PAIR_OMEGA;
    o->lead = o->lead != 0 ? o->lead : first_asked(o->stats);
    o->keep_p = o->keep_p > 0 ? o->keep_p : o->keep_p == 0 ? DEFAULT_KEEP : -1;
    o->min_common = o->min_common != 0 ? o->min_common : DEFAULT_COMMON;
    bool lead_asked = (o->lead & (o->lead - 1)) == 0 && (o->lead & o->stats) == o->lead;
    if (o->stats > OKO_PAIR_ALL || !lead_asked || !(o->keep_p > 0) || o->min_common < 1 || o->threads < 0) {
        return OKO_E_ARGUMENT;
    }
    j->keep_all = o->keep_p >= 1;
    j->keep_z = keep_limit(o->lead == OKO_PAIR_OMEGA ? o->keep_p / 2 : o->keep_p);
    return OKO_OK;
}

static bool probs_fit(const oko_responses *r, const oko_option_probs *probs)
{
    if (probs == NULL || probs->n_persons != r->n_persons || probs->n_items != r->n_items || probs->offset == NULL ||
        probs->row == NULL || probs->p == NULL || probs->offset[0] != 0) {
        return false;
    }
    for (int j = 0; j < r->n_items; j++) {
        if (probs->offset[j + 1] - probs->offset[j] != r->n_options[j]) {
            return false;
        }
    }
    for (size_t i = 0; i < r->n_persons; i++) {
        if (probs->row[i] >= probs->n_rows) {
            return false;
        }
    }
    return true;
}

static oko_status run_job(pair_job *j, const oko_responses *r, const oko_option_probs *probs, oko_pairs *result)
{
    oko_status status = pair_table_make(r, probs, j->options.within, &j->table);
    if (status != OKO_OK || j->table.n < 2) {
        return status;
    }
    status = job_prepare(j);
    if (status == OKO_OK) {
        status = oko_parallel_for(j->n_tasks, (int)j->n_desks, run_task, j);
    }
    return status == OKO_OK ? collect(j, result) : status;
}

oko_status oko_pairs_all(const oko_responses *r, const oko_option_probs *probs, const oko_pairs_options *options,
                         oko_pairs **ret)
{
    OKO_CLEANUP(job_free) pair_job j = { .keep_all = false };
    if (ret == NULL || oko_responses_check(r) != OKO_OK || !probs_fit(r, probs) || set_options(&j, options) != OKO_OK) {
        return OKO_E_ARGUMENT;
    }
    if (r->n_persons < 2) {
        return OKO_E_NO_DATA;
    }
    if (pair_asked(&j, OKO_PAIR_M4) && r->n_items > OKO_PAIRS_M4_MAX_ITEMS) {
        return OKO_E_LIMIT;
    }
    j.keyed = r->marks || r->key != NULL;
    atomic_init(&j.n_kept, 0);
    atomic_init(&j.n_done, 0);
    OKO_CLEANUP(oko_pairs_freep) oko_pairs *result = oko_calloc_array(1, sizeof *result);
    if (result == NULL) {
        return OKO_E_MEMORY;
    }
    result->n_persons = r->n_persons;
    result->stats = j.options.stats;
    result->lead = j.options.lead;
    result->n_partners = oko_calloc_array(r->n_persons, sizeof *result->n_partners);
    if (result->n_partners == NULL) {
        return OKO_E_MEMORY;
    }
    oko_status status = run_job(&j, r, probs, result);
    if (status != OKO_OK) {
        return status;
    }
    *ret = result;
    result = NULL;
    return OKO_OK;
}

void oko_pairs_free(oko_pairs *pairs)
{
    if (pairs != NULL) {
        free(pairs->n_partners);
        free(pairs->pair);
        free(pairs);
    }
}

void oko_pairs_freep(oko_pairs **pairs)
{
    oko_pairs_free(*pairs);
    *pairs = NULL;
}
