/*
 * What if the thresholds of a pack were others: marks of schools under the edited pack beside those that the newest run
 * holds under this and the other packs. Nothing is written. `region` is computed anew from the works as the run saw
 * them, by the rules' own code; of `oko` the marks are decided anew from the run's p-values (its thresholds come after
 * them). The other packs are published rules or lists and can't be edited.
 */
#ifndef OKO_HTTP_TRIAL_H
#define OKO_HTTP_TRIAL_H

#include "analysis/pack.h"
#include "http/run_rows.h"

enum { OKO_TRIAL_PACKS = 6, OKO_TRIAL_RULES = 32 };

typedef enum oko_trial_mark {
    OKO_TRIAL_UNKNOWN, /* no rule of the pack could be computed */
    OKO_TRIAL_OFF,
    OKO_TRIAL_ON
} oko_trial_mark;

/* Marks of all places of the register under one pack. */
typedef struct oko_trial_marks {
    uint8_t *state;  /* [n] oko_trial_mark */
    uint32_t *rules; /* [n] bits of the rules that mark */
    size_t n_rules;
    char rule[OKO_TRIAL_RULES][48];
    int64_t marked[OKO_TRIAL_RULES]; /* schools in reach that each rule marks */
} oko_trial_marks;

/* Which results count: those of one procedure or year, of schools at places [from, to). */
typedef struct oko_trial_filter {
    const char *procedure; /* NULL: all */
    int year;              /* 0: all */
    size_t from, to;
} oko_trial_filter;

/* pack: as tried. rows: of the run `oko-methods` that is compared. OKO_E_ARGUMENT "trial.fixed" (a pack that can't be
 * edited), OKO_E_FORMAT "analysis.rules.…" (a threshold out of bounds), and whatever the analysis says. */
oko_status oko_trial_run(oko_store *store, const oko_pack *pack, const oko_tree *tree, const oko_run_rows *rows,
                         const oko_trial_filter *filter, oko_trial_marks *ret_marks, oko_error *err) OKO_WARN_UNUSED;
/* Marks that a run holds: of a pack's rules, or with pack "evidence" of rows from "signs" on. rows may be NULL. */
oko_status oko_trial_held(const char *pack, const oko_tree *tree, const oko_run_rows *rows,
                          const oko_trial_filter *filter, oko_trial_marks *ret_marks) OKO_WARN_UNUSED;
void oko_trial_marks_clear(oko_trial_marks *marks);

/* Sets parameters of rules ({"lowered": {"high": 35}}) in a pack. OKO_E_ARGUMENT "trial.rule", "trial.param". */
oko_status oko_trial_edit(oko_pack *pack, const json_t *params, oko_error *err) OKO_WARN_UNUSED;

#endif
