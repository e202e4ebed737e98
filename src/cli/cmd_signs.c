/* oko signs: evidence by class, school, municipality or region, computed when there is none for the data as they are.
 */
#include "cli/signs.h"

#include <string.h>

enum { MAX_BYTES = 1 << 30 };

typedef struct request {
    oko_cli *cli;
    oko_store *store;
    oko_level level;
    oko_evidence least; /* rows below it are left out */
    bool json;
    const char *procedure; /* NULL = all */
    oko_register reg;
    oko_buffer out;
    int64_t rows;
} request;

static oko_status refuse(oko_error *err, const char *id, const char *field, const char *value)
{
    oko_status status = oko_error_set(err, OKO_E_ARGUMENT, id, field);
    oko_error_arg(err, "%s", value);
    return status;
}

/* What to print. */
static oko_status read_request(request *q, oko_error *err)
{
    const char *level = oko_cli_option(q->cli, "level"), *format = oko_cli_option(q->cli, "format");
    const char *only = oko_cli_option(q->cli, "only");
    q->level = OKO_LEVEL_SCHOOL;
    q->least = OKO_EVIDENCE_NO_DATA;
    q->json = q->cli->json || (format != NULL && strcmp(format, "json") == 0);
    if (level != NULL && (!oko_level_parse(oko_str_of(level), &q->level) || q->level == OKO_LEVEL_COUNTRY))
        return refuse(err, "cli.bad_level", "level", level);
    if (format != NULL && strcmp(format, "csv") != 0 && strcmp(format, "json") != 0)
        return refuse(err, "evidence.bad_format", "format", format);
    if (only != NULL && (!oko_evidence_parse(only, &q->least) || q->least < OKO_EVIDENCE_ATTENTION))
        return refuse(err, "evidence.bad_only", "only", only);
    return OKO_OK;
}

static oko_status read_options(oko_cli *cli, oko_evidence_options *o, oko_error *err)
{
    int64_t seed = (int64_t)o->seed, threads = 0, replicates = 0;
    oko_status status = oko_cli_option_int(cli, "seed", 0, INT64_C(1) << 53, &seed, err);
    if (status == OKO_OK)
        status = oko_cli_option_int(cli, "threads", 0, 64, &threads, err);
    if (status == OKO_OK)
        status = oko_cli_option_int(cli, "replicates", 4, 1000, &replicates, err);
    o->seed = (uint64_t)seed;
    o->threads = (int)threads;
    o->replicates = (int)replicates;
    o->progress = oko_cli_progress(cli);
    return status;
}

/* ---- rows ---- */

/* The result's level: its unit's, or the region's when it is about no unit. */
static bool wanted(const request *q, const oko_result *r)
{
    const oko_place *place = oko_register_find(&q->reg, r->unit);
    oko_level level = place != NULL ? place->level : OKO_LEVEL_REGION;
    return q->level == OKO_LEVEL_CLASS ? level == OKO_LEVEL_SCHOOL : level == q->level;
}

static oko_status print_row(void *ctx, const oko_result *r)
{
    request *q = ctx;
    if (!wanted(q, r))
        return OKO_OK;
    oko_sign_row row;
    oko_sign_row_read(r, &q->reg, &row);
    if (row.evidence >= q->least) {
        if (q->json) {
            oko_buffer_str(&q->out, q->rows > 0 ? ",\n  " : "  ");
            oko_sign_row_json(&row, &q->out);
        } else {
            oko_sign_row_csv(&row, &q->out);
        }
        q->rows++;
    }
    oko_sign_row_clear(&row);
    return oko_buffer_status(&q->out);
}

static oko_status make_rows(request *q, const oko_run *run, oko_error *err)
{
    const oko_result_query query = { .run = run->id,
                                     .procedure = q->procedure,
                                     .rule = q->level == OKO_LEVEL_CLASS ? OKO_RULE_EVIDENCE_CLASS : OKO_RULE_EVIDENCE,
                                     .level = OKO_LEVEL_COUNT };
    oko_status status = oko_register_load(q->store, run->revision, &q->reg, err);
    oko_buffer_str(&q->out, q->json ? "[\n" : OKO_SIGNS_HEAD "\n");
    if (status == OKO_OK)
        status = oko_store_result_walk(q->store, &query, print_row, q, err);
    if (q->json)
        oko_buffer_str(&q->out, q->rows > 0 ? "\n]\n" : "]\n");
    if (status == OKO_OK)
        status = oko_buffer_status(&q->out);
    if (status != OKO_OK && err->code != status)
        oko_error_set(err, status, "", "");
    return status;
}

static oko_status print_all(request *q, const oko_run *run, oko_error *err)
{
    oko_buffer_init(&q->out, MAX_BYTES);
    oko_status status = make_rows(q, run, err);
    if (status == OKO_OK)
        status = oko_cli_write(oko_cli_option(q->cli, "out"), (oko_str){ q->out.ptr, q->out.len }, err);
    if (status == OKO_OK && !q->cli->quiet)
        OKO_CLI_SAY(q->cli, stderr, "evidence.done", OKO_I("n", q->rows), OKO_S("run", oko_cli_id(q->cli, run->id)),
                    OKO_S("revision", oko_cli_id(q->cli, run->revision)));
    oko_buffer_free(&q->out);
    oko_register_clear(&q->reg);
    return status;
}

static oko_status compute(oko_cli *cli, oko_store *store, oko_run *ret_run, oko_error *err)
{
    oko_evidence_options options = OKO_EVIDENCE_OPTIONS_INIT;
    bool fresh = false;
    oko_status status = read_options(cli, &options, err);
    if (status == OKO_OK)
        status = oko_evidence_run(store, &options, oko_cli_option(cli, "recompute") != NULL, ret_run, &fresh, err);
    oko_cli_progress_end(cli);
    return status;
}

oko_status oko_cmd_signs(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    OKO_CLEANUP(oko_run_clear) oko_run run = { 0 };
    oko_procedure p;
    oko_unit unit;
    request q = { .cli = cli };
    const char *code = oko_cli_option(cli, "procedure"), *explain = oko_cli_option(cli, "explain");
    oko_status status = read_request(&q, err);
    if (status == OKO_OK)
        status = oko_cli_store(cli, false, false, &store, err);
    if (status == OKO_E_PERMISSION) { /* who may only read sees the run that is there */
        oko_error_clear(err);
        status = oko_cli_store(cli, false, true, &store, err);
    }
    if (status == OKO_OK && code != NULL)
        status = oko_store_procedure_get(store, code, 0, &p, err);
    if (status == OKO_OK && explain != NULL)
        status = oko_cli_unit(cli, store, explain, &unit, err);
    if (status == OKO_OK)
        status = compute(cli, store, &run, err);
    if (status != OKO_OK)
        return status;
    q.store = store;
    q.procedure = code != NULL ? p.code : NULL;
    return explain != NULL ? oko_signs_explain(cli, store, &run, &unit, q.procedure, err) : print_all(&q, &run, err);
}
