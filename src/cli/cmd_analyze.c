/* oko analyze: computes (or finds) the run of the data as they are. */
#include "cli/cli.h"

#include "analysis/analysis.h"
#include "reference/json.h"

#include <stdlib.h>
#include <string.h>

static oko_status read_options(oko_cli *cli, oko_analysis_options *o, oko_error *err)
{
    int64_t seed = (int64_t)o->seed, replicates = 0, revision = 0, min = 0, threads = 0;
    oko_status status = oko_cli_option_int(cli, "seed", 0, INT64_C(1) << 53, &seed, err);
    if (status == OKO_OK)
        status = oko_cli_option_int(cli, "replicates", 20, 100000, &replicates, err);
    if (status == OKO_OK)
        status = oko_cli_option_int(cli, "revision", 1, INT64_MAX, &revision, err);
    if (status == OKO_OK)
        status = oko_cli_option_int(cli, "min", 1, 1000, &min, err);
    if (status == OKO_OK)
        status = oko_cli_option_int(cli, "threads", 0, 64, &threads, err);
    o->seed = (uint64_t)seed;
    o->replicates = (int)replicates;
    o->revision = revision;
    o->published_min = (int)min;
    o->threads = (int)threads;
    o->progress = oko_cli_progress(cli);
    return status;
}

/* Text of the region's own rules (--rules FILE), NULL without the option. */
static oko_status read_rules(oko_cli *cli, oko_analysis_options *o, char **ret_text, oko_error *err)
{
    const char *path = oko_cli_option(cli, "rules");
    OKO_CLEANUP(oko_json_freep) json_t *json = NULL;
    if (path == NULL)
        return OKO_OK;
    oko_status status = oko_json_load(path, &json, err);
    if (status != OKO_OK)
        return status;
    const char *slash = strrchr(path, '/');
    *ret_text = json_dumps(json, JSON_COMPACT);
    if (*ret_text == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    o->rules = *ret_text;
    o->rules_name = slash != NULL ? slash + 1 : path;
    return OKO_OK;
}

static oko_status tell(oko_cli *cli, oko_store *store, const oko_run *run, bool fresh, oko_error *err)
{
    int64_t revision = 0;
    oko_status status = oko_store_revision(store, &revision, err);
    if (status != OKO_OK)
        return status;
    if (cli->json) {
        json_t *o = oko_cli_run_json(run, revision);
        oko_put_bool(o, "new", fresh);
        return oko_cli_json(cli, o, err);
    }
    OKO_CLI_SAY(cli, stdout, fresh ? "cli.analyze.done" : "cli.analyze.same", OKO_S("run", oko_cli_id(cli, run->id)),
                OKO_I("revision", run->revision), OKO_S("created", run->created), OKO_S("method", run->method));
    if (!cli->quiet)
        oko_cli_say(cli, stderr, "cli.analyze.next");
    return OKO_OK;
}

oko_status oko_cmd_analyze(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    OKO_CLEANUP(oko_freep) char *rules = NULL;
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    oko_run run;
    bool fresh = false;
    memset(&run, 0, sizeof(run));
    oko_status status = read_options(cli, &options, err);
    if (status == OKO_OK)
        status = read_rules(cli, &options, &rules, err);
    if (status == OKO_OK)
        status = oko_cli_store(cli, false, false, &store, err);
    if (status == OKO_OK)
        status = oko_analyze(store, &options, oko_cli_option(cli, "recompute") != NULL, &run, &fresh, err);
    oko_cli_progress_end(cli);
    if (status == OKO_OK)
        status = tell(cli, store, &run, fresh, err);
    oko_run_clear(&run);
    return status;
}
