#include "explain/peers.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_SCHOOLS = 10 }; /* fewer have no fifths */

void oko_peers_clear(oko_peers *peers)
{
    free(peers->at);
    free(peers->tests);
    *peers = (oko_peers){ 0 };
}

static int by_code(const void *a, const void *b)
{
    const oko_peer_test *x = a, *y = b;
    return strcmp(x->procedure, y->procedure);
}

const oko_peer_test *oko_peers_test(const oko_peers *peers, const char *procedure)
{
    oko_peer_test wanted = { .computed = 0 };
    oko_str_copy(wanted.procedure, sizeof wanted.procedure, oko_str_of(procedure));
    return peers->n_tests == 0 ? NULL : bsearch(&wanted, peers->tests, peers->n_tests, sizeof wanted, by_code);
}

int oko_peers_fifth(const double cuts[OKO_PEERS_FIFTHS - 1], double value)
{
    if (isnan(value) || isnan(cuts[0]))
        return 0;
    int fifth = 1;
    while (fifth < OKO_PEERS_FIFTHS && value > cuts[fifth - 1])
        fifth++;
    return fifth;
}

/* ---- reading ---- */

/* Rows come by procedure: a new code begins a new test. */
static oko_status test_of(oko_peers *p, const char *procedure)
{
    if (p->n_tests > 0 && strcmp(p->tests[p->n_tests - 1].procedure, procedure) == 0)
        return OKO_OK;
    oko_status status = oko_grow(&p->tests, &p->cap_tests, p->n_tests + 1, sizeof *p->tests, OKO_PEERS_MAX_TESTS);
    if (status != OKO_OK)
        return status;
    oko_peer_test *t = &p->tests[p->n_tests];
    *t = (oko_peer_test){ .first = p->n, .absence_spread = NAN };
    oko_str_copy(t->procedure, sizeof t->procedure, oko_str_of(procedure));
    p->n_tests++;
    return OKO_OK;
}

static int family_of(const char *name)
{
    for (int f = 0; name != NULL && f < OKO_FAMILY_COUNT; f++)
        if (strcmp(name, oko_family_name((oko_family)f)) == 0)
            return f;
    return -1;
}

static void count(oko_peer_test *t, const oko_sign_row *row)
{
    t->works += row->result->n;
    t->absent += row->absent_n > 0 ? (int64_t)row->absent_n : 0;
    if (row->evidence == OKO_EVIDENCE_NO_DATA)
        return;
    t->computed++;
    t->marked += row->evidence >= OKO_EVIDENCE_SIGNS;
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        t->family_n[f] += !isnan(row->log_p[f]);
        t->family_speaks[f] += oko_sign_speaks(row, f);
    }
    double of_max = oko_sign_number(row, "of_max");
    t->of_max += isnan(of_max) ? 0 : of_max * (double)row->result->n;
}

static oko_status take(void *ctx, const oko_result *r)
{
    oko_peers *p = ctx;
    oko_peer peer = { .unit = r->unit, .n = (int32_t)r->n };
    oko_status status = oko_grow(&p->at, &p->cap, p->n + 1, sizeof *p->at, OKO_PEERS_MAX);
    if (status == OKO_OK)
        status = test_of(p, r->procedure);
    if (status != OKO_OK)
        return status;
    oko_sign_row row;
    oko_sign_row_read(r, NULL, &row);
    oko_peer_test *test = &p->tests[p->n_tests - 1];
    test->n++;
    count(test, &row);
    peer.test = (int32_t)p->n_tests - 1;
    peer.absent = row.absent_n > 0 ? (int32_t)row.absent_n : 0;
    peer.observed = (float)r->observed;
    peer.expected = (float)r->expected;
    peer.of_max = (float)oko_sign_number(&row, "of_max");
    peer.evidence = (int8_t)row.evidence;
    peer.family = (int8_t)family_of(row.family);
    for (int f = 0; f < OKO_FAMILY_COUNT; f++)
        peer.log_p[f] = (float)row.log_p[f];
    oko_sign_row_clear(&row);
    p->at[p->n++] = peer;
    return OKO_OK;
}

/* ---- what all of them say ---- */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Cuts between the fifths of n values (they are sorted). */
static void cut(double *values, size_t n, double cuts[OKO_PEERS_FIFTHS - 1])
{
    for (int k = 0; k < OKO_PEERS_FIFTHS - 1; k++)
        cuts[k] = NAN;
    if (n < LEAST_SCHOOLS)
        return;
    qsort(values, n, sizeof *values, ascending);
    for (size_t k = 0; k + 1 < OKO_PEERS_FIFTHS; k++) {
        size_t at = (k + 1) * n / OKO_PEERS_FIFTHS;
        cuts[k] = .5 * (values[at - 1] + values[at]);
    }
}

/* Pearson's χ² of absence over its degrees of freedom: 1 when pupils are absent independently of their school. */
static double spread(const oko_peers *p, const oko_peer_test *t)
{
    double share = (double)t->absent / (double)(t->absent + t->works), chi = 0;
    double schools = 0;
    if (!(share > 0 && share < 1))
        return NAN;
    for (size_t i = t->first; i < t->first + t->n; i++) {
        const oko_peer *s = &p->at[i];
        double rows = (double)s->n + (double)s->absent;
        if (rows < 1)
            continue;
        double off = (double)s->absent - share * rows;
        chi += off * off / (rows * share * (1 - share));
        schools++;
    }
    return schools > 1 ? chi / (schools - 1) : NAN;
}

static void conclude_test(oko_peers *p, oko_peer_test *t, double *values)
{
    t->of_max = t->works > 0 ? t->of_max / (double)t->works : NAN;
    t->absence_spread = t->works > 0 ? spread(p, t) : NAN;
    for (int expected = 0; expected < 2; expected++) {
        size_t n = 0;
        for (size_t i = t->first; i < t->first + t->n; i++) {
            double value = (double)(expected ? p->at[i].expected : p->at[i].observed);
            if (!isnan(value) && p->at[i].evidence != OKO_EVIDENCE_NO_DATA)
                values[n++] = value;
        }
        cut(values, n, expected ? t->expected_cut : t->observed_cut);
    }
}

static oko_status conclude(oko_peers *p)
{
    OKO_CLEANUP(oko_freep) double *values = oko_alloc_array(p->n + 1, sizeof *values);
    oko_status status = values != NULL ? OKO_OK : OKO_E_MEMORY;
    for (size_t t = 0; status == OKO_OK && t < p->n_tests; t++)
        conclude_test(p, &p->tests[t], values);
    return status;
}

oko_status oko_peers_load(oko_store *store, int64_t run, oko_peers *ret_peers, oko_error *err)
{
    oko_peers p = { 0 };
    const oko_result_query query = { .run = run, .rule = OKO_RULE_EVIDENCE, .level = OKO_LEVEL_SCHOOL };
    oko_status status = oko_store_result_walk(store, &query, take, &p, err);
    if (status == OKO_OK)
        status = conclude(&p);
    if (status != OKO_OK) {
        oko_peers_clear(&p);
        if (err != NULL && err->code != status)
            oko_error_set(err, status, "", "");
        return status;
    }
    *ret_peers = p;
    return OKO_OK;
}
