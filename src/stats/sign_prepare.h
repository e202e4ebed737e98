/* Making and freeing of a sign_world. Internal to src/stats. */
#ifndef OKO_STATS_SIGN_PREPARE_H
#define OKO_STATS_SIGN_PREPARE_H

#include "stats/sign_world.h"

/* Arguments are checked here; on an error the world is still to be cleared. The caller's arrays are borrowed. */
oko_status sign_world_new(const oko_sign_test *tests, int n_tests, const oko_sign_group *groups, size_t n_groups,
                          const oko_sign_options *options, sign_world *w) OKO_WARN_UNUSED;
void sign_world_clear(sign_world *w);

#endif
