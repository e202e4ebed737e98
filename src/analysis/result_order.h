/* The fixed order of results: procedure, rule, unit level, unit code; ids of the database take no part. */
#ifndef OKO_ANALYSIS_RESULT_ORDER_H
#define OKO_ANALYSIS_RESULT_ORDER_H

#include "analysis/register.h"
#include "domain/run.h"

enum { OKO_RESULTS_MAX = 50000000 };

/* Key of one result. */
typedef struct oko_result_key {
    uint32_t group; /* number, then rank, of its procedure and rule */
    uint32_t place; /* rank of its unit; 0: of no unit */
    uint64_t at;    /* where it stands: equal ones keep this order */
} oko_result_key;

/* Procedures and rules stand in few runs: each named once. */
typedef struct oko_result_group {
    char procedure[OKO_CODE_BYTES];
    char rule[48];
} oko_result_group;

typedef struct oko_result_order {
    const oko_register *reg;
    uint32_t *place_rank; /* by index in the register, from 1 */
    oko_result_group *group;
    size_t n_groups, cap_groups, last;
    oko_result_key *key; /* [n] */
    size_t n, cap;
} oko_result_order;

/* The register is pointed at. OKO_E_MEMORY; clear in any case. */
oko_status oko_result_order_begin(oko_result_order *order, const oko_register *reg) OKO_WARN_UNUSED;
/* OKO_E_MEMORY, OKO_E_LIMIT. */
oko_status oko_result_order_add(oko_result_order *order, const oko_result *r, uint64_t at) OKO_WARN_UNUSED;
/* Sorts the keys; nothing is added afterwards. OKO_E_MEMORY. */
oko_status oko_result_order_sort(oko_result_order *order) OKO_WARN_UNUSED;
void oko_result_order_clear(oko_result_order *order);

#endif
