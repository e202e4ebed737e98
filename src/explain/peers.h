/* Peers: what the whole evidence run says about the schools of each procedure, so that one school can be seen beside
 * them. One compact record per school and procedure. */
#ifndef OKO_EXPLAIN_PEERS_H
#define OKO_EXPLAIN_PEERS_H

#include "explain/row.h"

enum { OKO_PEERS_MAX = 20000000, OKO_PEERS_MAX_TESTS = 4096, OKO_PEERS_FIFTHS = 5 };

typedef struct oko_peer {
    int64_t unit; /* school */
    int32_t test; /* index into tests */
    int32_t n;    /* works */
    int32_t absent;
    float observed, expected; /* mean total; what other evidence expects; NaN */
    float of_max;             /* observed / maximum */
    float log_p[OKO_FAMILY_COUNT];
    int8_t evidence; /* oko_evidence */
    int8_t family;   /* with the smallest p; −1 */
} oko_peer;

typedef struct oko_peer_test {
    char procedure[OKO_CODE_BYTES];
    size_t first, n;          /* its records */
    int64_t computed, marked; /* schools with evidence; marked from "signs" on */
    int64_t family_n[OKO_FAMILY_COUNT], family_speaks[OKO_FAMILY_COUNT];
    int64_t works, absent;
    double of_max;                             /* mean of the schools' shares of the maximum, by works */
    double absence_spread;                     /* overdispersion of absence: 1 = as by chance; NaN */
    double observed_cut[OKO_PEERS_FIFTHS - 1]; /* mean totals between the fifths of schools; NaN: too few */
    double expected_cut[OKO_PEERS_FIFTHS - 1];
} oko_peer_test;

typedef struct oko_peers {
    size_t n, cap;
    oko_peer *at; /* by procedure, then as stored */
    size_t n_tests, cap_tests;
    oko_peer_test *tests; /* by code */
} oko_peers;

/* Reads the schools' rows of an evidence run. OKO_E_MEMORY, OKO_E_LIMIT, or the store's status. */
oko_status oko_peers_load(oko_store *store, int64_t run, oko_peers *ret_peers, oko_error *err) OKO_WARN_UNUSED;
void oko_peers_clear(oko_peers *peers);
/* NULL when there is none. */
const oko_peer_test *oko_peers_test(const oko_peers *peers, const char *procedure);
/* 1 (weakest) … 5 by the cuts; 0 when the value or the cuts are not known. */
int oko_peers_fifth(const double cuts[OKO_PEERS_FIFTHS - 1], double value);

#endif
