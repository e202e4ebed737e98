/* oko show procedures: what is loaded, and what the newest analysis found. Its JSON is a stable contract. */
#include "cli/facts.h"

#include <string.h>

enum { MAX_PROCEDURES = 4096 };

typedef struct codes {
    oko_arena *arena;
    size_t n;
    const char *code[MAX_PROCEDURES];
} codes;

static oko_status one_code(void *ctx, const oko_procedure *p)
{
    codes *c = ctx;
    if (c->n == MAX_PROCEDURES)
        return OKO_E_LIMIT;
    c->code[c->n] = oko_arena_str(c->arena, oko_str_of(p->code));
    return c->code[c->n++] != NULL ? OKO_OK : OKO_E_MEMORY;
}

static const char *marked(oko_cli *cli, const oko_facts *f, const char *rule)
{
    int64_t n = f->analysed ? oko_facts_marked(f, rule) : -1;
    return n >= 0 ? oko_cli_int(cli, n) : "—";
}

static void add_row(oko_cli *cli, oko_table *t, const oko_facts *f)
{
    const oko_counts *c = &f->states.counts;
    const char *cells[] = { f->states.procedure.code,          oko_cli_int(cli, c->rows),
                            oko_cli_int(cli, c->participants), oko_cli_int(cli, c->no_total),
                            oko_cli_int(cli, c->above_max),    oko_cli_int(cli, c->sum_mismatch),
                            oko_cli_int(cli, f->schools),      oko_cli_num(cli, f->mean, 2),
                            oko_cli_num(cli, f->sd, 2),        marked(cli, f, "fioko-2019/ci"),
                            marked(cli, f, "fioko-2019/rs"),   marked(cli, f, "fioko-2019/rise"),
                            marked(cli, f, "fioko-2019/fall"), marked(cli, f, "oko/threshold") };
    oko_table_row(t, cells);
}

static oko_table *new_table(oko_cli *cli)
{
    static const char *const heads[] = { "cli.head.procedure", "cli.head.rows",          "cli.head.participants",
                                         "cli.head.no_total",  "cli.head.above_max",     "cli.head.sum_mismatch",
                                         "cli.head.schools",   "cli.head.mean",          "cli.head.sd",
                                         "cli.head.rule_ci",   "cli.head.rule_rs",       "cli.head.rule_rise",
                                         "cli.head.rule_fall", "cli.head.rule_threshold" };
    static const bool numeric[] = {
        false, true, true, true, true, true, true, true, true, true, true, true, true, true
    };
    return oko_table_new(cli, 14, heads, numeric);
}

static void footer(oko_cli *cli, const oko_run *run, int64_t revision)
{
    if (cli->quiet)
        return;
    if (run == NULL)
        oko_cli_say(cli, stderr, "cli.show.not_analysed");
    else if (run->revision != revision)
        OKO_CLI_SAY(cli, stderr, "cli.show.stale", OKO_S("run", oko_cli_id(cli, run->id)));
    else
        OKO_CLI_SAY(cli, stderr, "cli.show.from_run", OKO_S("run", oko_cli_id(cli, run->id)));
}

/* All procedures with data, one by one: only one procedure's states are in memory at a time. */
static oko_status each(oko_cli *cli, oko_store *store, const oko_run *run, int64_t revision, const codes *c,
                       oko_error *err)
{
    json_t *array = cli->json ? json_array() : NULL;
    oko_table *table = cli->json ? NULL : new_table(cli);
    size_t shown = 0;
    for (size_t i = 0; i < c->n; i++) {
        oko_facts facts;
        oko_status status = oko_facts_load(store, c->code[i], run, &facts, err);
        if (status == OKO_E_NO_DATA) {
            oko_error_clear(err);
            continue;
        }
        if (status != OKO_OK) {
            json_decref(array);
            return status;
        }
        shown++;
        if (array != NULL)
            oko_append(array, oko_facts_json(cli, &facts, run, revision));
        else
            add_row(cli, table, &facts);
        oko_facts_clear(&facts);
    }
    if (cli->json)
        return oko_cli_json(cli, array, err);
    if (shown == 0) {
        oko_cli_say(cli, stderr, "cli.show.nothing");
        return OKO_OK;
    }
    oko_table_print(table);
    footer(cli, run, revision);
    return OKO_OK;
}

oko_status oko_cmd_show_procedures(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_run run;
    bool has = false;
    int64_t revision = 0;
    memset(&run, 0, sizeof(run));
    codes *c = oko_arena_alloc(cli->arena, sizeof(*c));
    if (c == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    c->arena = cli->arena;
    oko_status status = oko_cli_store(cli, false, true, &store, err);
    if (status == OKO_OK)
        status = oko_store_revision(store, &revision, err);
    if (status == OKO_OK)
        status = oko_store_procedure_walk(store, 0, one_code, c, err);
    if (status == OKO_OK)
        status = oko_cli_run(store, 0, &run, &has, err);
    if (status == OKO_OK)
        status = each(cli, store, has ? &run : NULL, revision, c, err);
    if (has)
        oko_run_clear(&run);
    return status;
}
