/* Abilities of single persons. Internal to src/stats. */
#ifndef OKO_STATS_IRT_ABILITY_H
#define OKO_STATS_IRT_ABILITY_H

#include <oko/irt.h>

/* Whether the scores can be scored with the model: same items, same maxima. */
bool irt_fits(const oko_irt *irt, const oko_scores *scores);
/* θ and its se of one row of scores; NaN for a row without answers, and MLE of an extreme row. */
void irt_ability(const oko_irt *irt, const int8_t *row, oko_irt_estimate kind, double *ret_theta, double *ret_se);

#endif
