/* Which medallists of a list did not confirm their medal, by the bounds of reference/rules/other.json. */
#ifndef OKO_ANALYSIS_MEDALS_H
#define OKO_ANALYSIS_MEDALS_H

#include "analysis/other_pack.h"
#include "domain/finding.h"

typedef struct oko_medals {
    int64_t pupils, known, below, no_rule;
    int64_t below_ru, below_ma;
} oko_medals;

/* Adds the rows of a finding of kind OKO_FINDING_MEDALS. Both subjects must be known to be confirmed; one below its
 * bound is enough not to be. */
void oko_medals_count(const oko_other *other, int year, const int64_t *rows, size_t n_rows, oko_medals *m);

#endif
