/* Making and freeing of a sign_world. Internal to src/stats. */
#ifndef OKO_STATS_SIGN_PREPARE_H
#define OKO_STATS_SIGN_PREPARE_H

#include "stats/sign_world.h"

/* Arguments are checked here; on an error the world is still to be cleared. The caller's arrays are borrowed. sign:
 * [n_groups] where the world puts its signs, in its own order; NULL = of its own. */
oko_status sign_world_new(const oko_sign_test *tests, int n_tests, const oko_sign_group *groups, size_t n_groups,
                          const oko_sign_options *options, oko_sign *sign, sign_world *w) OKO_WARN_UNUSED;
void sign_world_clear(sign_world *w);

/* Which families of a test the reference groups anchor, and which variants are told apart: fills anchored, n_blocks,
 * n_rare and the groups' blocks. */
oko_status sign_strata(sign_world *w, int test) OKO_WARN_UNUSED;
/* score[test]: every scale is that of all works. */
oko_status sign_scales(sign_world *w, int test) OKO_WARN_UNUSED;
/* Level of the group from the scales of its works. */
void sign_measure_level(const sign_world *w, sign_group *g);
/*
 * Variants told apart get scales of their own, on a common level: writers of two variants are equally strong where both
 * are in one group; where groups write one variant each, as strong as the same groups' other results and journal say.
 * The groups' levels must stand, and are measured again.
 */
oko_status sign_equate(sign_world *w, int test) OKO_WARN_UNUSED;

#endif
