/* Facts of one procedure as `oko show procedures` and `oko show procedure` tell them: data, and the newest run. */
#ifndef OKO_CLI_FACTS_H
#define OKO_CLI_FACTS_H

#include "analysis/analysis.h"
#include "cli/cli.h"

enum { OKO_FACTS_MAX_RULES = 32 };

/* Schools marked by one rule; computed = schools for which the rule could be computed. */
typedef struct oko_facts_rule {
    char rule[48];
    int64_t computed, marked;
} oko_facts_rule;

typedef struct oko_facts {
    oko_states states;
    int64_t schools; /* with at least one participant */
    double mean, sd; /* NaN when they can't be computed */
    bool analysed;   /* the run has results of this procedure */
    int n_rules;
    oko_facts_rule rules[OKO_FACTS_MAX_RULES];
    json_t *lifted; /* array per cut-off from the region's threshold result; NULL when there is none */
} oko_facts;

/* The newest main run (or run number `id`), or *ret_has false when there is none yet. Clear with oko_run_clear. */
oko_status oko_cli_run(oko_store *store, int64_t id, oko_run *ret_run, bool *ret_has, oko_error *err) OKO_WARN_UNUSED;
/* run NULL: data only. OKO_E_NO_DATA when nothing is loaded under this code. */
oko_status oko_facts_load(oko_store *store, const char *code, const oko_run *run, oko_facts *ret_facts,
                          oko_error *err) OKO_WARN_UNUSED;
void oko_facts_clear(oko_facts *facts);

/* Schools marked by a rule; −1 when it could not be computed for any school, or was not. */
int64_t oko_facts_marked(const oko_facts *facts, const char *rule);
/* The object of the contract (see docs/user and the man page). */
json_t *oko_facts_json(oko_cli *cli, const oko_facts *facts, const oko_run *run, int64_t revision);
/* Title of a rule in words (arena). */
const char *oko_cli_rule(oko_cli *cli, const char *rule, oko_level level);

#endif
