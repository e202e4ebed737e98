/* Persons laid out for the kernels of the pair statistics: blocks of PAIR_LANES. Internal to src/stats. */
#ifndef OKO_STATS_PAIRS_TABLE_H
#define OKO_STATS_PAIRS_TABLE_H

#include "stats/pairs_kernel.h"

/* Persons who take part, in the order of their group and number; place = index in this order. */
typedef struct pair_table {
    const oko_responses *r;
    const oko_option_probs *probs;
    const int32_t *within; /* of oko_pairs_options */
    pair_shape shape;
    size_t n_columns, n_words; /* words of a bit set over items */
    size_t n;                  /* places */
    uint32_t *person;          /* [n] */
    int *right;                /* storage of shape.right */
    double *block_p;           /* [blocks × n_columns × PAIR_LANES] 0 where not answered */
    double *block_hit;         /* the same, 1 where that answer was given */
    uint64_t *answered;        /* [n × n_words] */
    uint64_t *correct;         /* [n × n_words] answered with the right option */
    bool all_keyed;            /* every item has a right answer */
    int *n_answered;           /* [n] */
} pair_table;

/* Lays the persons out. On failure the table may be half filled; pair_table_free it in any case. OKO_E_MEMORY. */
oko_status pair_table_make(const oko_responses *r, const oko_option_probs *probs, const int32_t *within,
                           pair_table *ret) OKO_WARN_UNUSED;
void pair_table_free(pair_table *table);

int32_t pair_table_group(const pair_table *table, size_t place);
/* Probabilities (0 where not answered) [n_columns] and answered column or −1 [n_items] of one person. */
void pair_table_person(const pair_table *table, size_t place, double *ret_p, int *ret_answer);
/* Items that both answered. */
int pair_table_common(const pair_table *table, size_t x, size_t y);
/* Fills right, wrong and both_missing of a pair whose n and matches are known. */
void pair_table_count(const pair_table *table, size_t x, size_t y, oko_pair *pair);

#endif
