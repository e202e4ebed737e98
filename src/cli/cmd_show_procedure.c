/* oko show procedure CODE: totals by score, works lifted over the cut-offs, units with signs (by code, no ranking). */
#include "cli/facts.h"

#include <string.h>

typedef struct listing {
    oko_cli *cli;
    oko_store *store;
    oko_error *err;
    json_t *json;
    oko_table *table;
    int64_t n;
} listing;

static oko_status one_sign(void *ctx, const oko_result *r)
{
    listing *l = ctx;
    oko_unit unit;
    l->n++;
    oko_status status = oko_store_unit_get(l->store, r->unit, &unit, l->err);
    if (status != OKO_OK)
        return status;
    if (l->json != NULL) {
        oko_append(l->json, oko_cli_result_json(r, &unit));
        return OKO_OK;
    }
    const char *cells[] = { oko_cli_rule(l->cli, r->rule, unit.level),
                            unit.code,
                            unit.name,
                            oko_cli_int(l->cli, r->n),
                            oko_cli_num(l->cli, r->observed, 2),
                            oko_cli_num(l->cli, r->expected, 2) };
    oko_table_row(l->table, cells);
    return OKO_OK;
}

/* Results that mark a unit of the level (schools unless --level says otherwise). */
static oko_status list_signs(listing *l, const oko_run *run, const char *code)
{
    static const char *const heads[] = { "cli.head.rule", "cli.head.code",     "cli.head.name",
                                         "cli.head.n",    "cli.head.observed", "cli.head.expected" };
    static const bool numeric[] = { false, false, false, true, true, true };
    const char *name = oko_cli_option(l->cli, "level");
    oko_level level = OKO_LEVEL_SCHOOL;
    if (name != NULL && !oko_level_parse(oko_str_of(name), &level)) {
        oko_status status = oko_error_set(l->err, OKO_E_ARGUMENT, "cli.bad_level", "level");
        oko_error_arg(l->err, "%s", name);
        return status;
    }
    if (l->cli->json)
        l->json = json_array();
    else
        l->table = oko_table_new(l->cli, 6, heads, numeric);
    const oko_result_query query = { .run = run->id, .procedure = code, .level = level, .marked_only = true };
    return oko_store_result_walk(l->store, &query, one_sign, l, l->err);
}

static void print_histogram(oko_cli *cli, const oko_facts *f)
{
    static const char *const heads[] = { "cli.head.score", "cli.head.mark", "cli.head.works", "cli.head.share" };
    static const bool numeric[] = { true, true, true, true };
    const int64_t *histogram = oko_state_histogram(f->states.all);
    double n = (double)oko_state_n(f->states.all);
    oko_table *t = oko_table_new(cli, 4, heads, numeric);
    for (int i = 0; i <= oko_state_max_total(f->states.all); i++) {
        int mark = oko_procedure_mark(&f->states.procedure, i);
        const char *cells[] = { oko_cli_int(cli, i), mark > 0 ? oko_cli_int(cli, mark) : "",
                                oko_cli_int(cli, histogram[i]),
                                oko_cli_num(cli, n > 0 ? 100.0 * (double)histogram[i] / n : 0.0, 2) };
        oko_table_row(t, cells);
    }
    oko_table_print(t);
}

static const char *member(oko_cli *cli, const json_t *o, const char *key, int decimals)
{
    const json_t *value = json_object_get(o, key);
    return json_is_number(value) ? oko_cli_num(cli, json_number_value(value), decimals) : "—";
}

static void print_lifted(oko_cli *cli, const json_t *lifted)
{
    static const char *const heads[] = { "cli.head.cutoff", "cli.head.mark", "cli.head.lifted",
                                         "cli.head.from",   "cli.head.to",   "cli.head.share" };
    static const bool numeric[] = { true, true, true, true, true, true };
    oko_table *t = oko_table_new(cli, 6, heads, numeric);
    for (size_t i = 0; i < json_array_size(lifted); i++) {
        const json_t *o = json_array_get(lifted, i);
        const json_t *share = json_object_get(o, "share");
        const char *cells[] = { member(cli, o, "cutoff", 0),
                                member(cli, o, "mark", 0),
                                member(cli, o, "lifted", 0),
                                member(cli, o, "lo", 0),
                                member(cli, o, "hi", 0),
                                json_is_number(share) ? oko_cli_num(cli, 100 * json_number_value(share), 2) : "—" };
        oko_table_row(t, cells);
    }
    oko_table_print(t);
}

static void print_facts(oko_cli *cli, const oko_facts *f)
{
    const oko_counts *c = &f->states.counts;
    const oko_procedure *p = &f->states.procedure;
    const char *head = oko_arena_printf(cli->arena, "%s  %s", p->code, p->title);
    oko_cli_heading(cli, head != NULL ? head : p->code);
    OKO_CLI_SAY(cli, stdout, "cli.show.counts", OKO_I("rows", c->rows), OKO_I("participants", c->participants),
                OKO_I("no_total", c->no_total), OKO_I("above_max", c->above_max),
                OKO_I("sum_mismatch", c->sum_mismatch), OKO_I("schools", f->schools));
    OKO_CLI_SAY(cli, stdout, "cli.show.moments", OKO_N("mean", f->mean, 4), OKO_N("sd", f->sd, 4),
                OKO_I("max", p->max_total));
    putchar('\n');
    print_histogram(cli, f);
    if (f->lifted != NULL) {
        printf("\n%s\n", oko_text_get(cli->text, "cli.show.lifted"));
        print_lifted(cli, f->lifted);
    }
}

static oko_status print_all(oko_cli *cli, oko_store *store, const oko_facts *f, const oko_run *run, oko_error *err)
{
    listing l = { .cli = cli, .store = store, .err = err };
    int64_t revision = 0;
    oko_status status = oko_store_revision(store, &revision, err);
    if (status == OKO_OK && run != NULL)
        status = list_signs(&l, run, f->states.procedure.code);
    if (status != OKO_OK) {
        json_decref(l.json);
        return status;
    }
    if (cli->json) {
        json_t *o = oko_facts_json(cli, f, run, revision);
        oko_put(o, "marked", l.json != NULL ? l.json : json_null());
        return oko_cli_json(cli, o, err);
    }
    print_facts(cli, f);
    if (run == NULL) {
        oko_cli_say(cli, stderr, "cli.show.not_analysed");
        return OKO_OK;
    }
    printf("\n%s\n", oko_text_get(cli->text, l.n > 0 ? "cli.show.signs" : "cli.show.no_signs"));
    if (l.n > 0)
        oko_table_print(l.table);
    if (run->revision != revision)
        OKO_CLI_SAY(cli, stderr, "cli.show.stale", OKO_S("run", oko_cli_id(cli, run->id)));
    return OKO_OK;
}

oko_status oko_cmd_show_procedure(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_facts facts;
    oko_run run;
    bool has = false;
    int64_t id = 0;
    memset(&run, 0, sizeof(run));
    oko_status status = oko_cli_option_int(cli, "run", 1, INT64_MAX, &id, err);
    if (status == OKO_OK)
        status = oko_cli_store(cli, false, true, &store, err);
    if (status == OKO_OK)
        status = oko_cli_run(store, id, &run, &has, err);
    if (status != OKO_OK)
        return status;
    status = oko_facts_load(store, cli->argv[0], has ? &run : NULL, &facts, err);
    if (status == OKO_OK) {
        status = print_all(cli, store, &facts, has ? &run : NULL, err);
        oko_facts_clear(&facts);
    }
    if (has)
        oko_run_clear(&run);
    return status;
}
