/* oko show run [ID]: what an analysis did, counted by procedure and rule; the index of objectivity. */
#include "cli/facts.h"

#include <string.h>

enum { MAX_LINES = 4096 };

/* Counts of one procedure × rule × level. */
typedef struct line {
    char procedure[OKO_CODE_BYTES];
    char rule[48];
    oko_level level;
    int64_t units, computed, marked;
} line;

typedef struct tally {
    oko_level level; /* of the walk under way */
    size_t n;
    line lines[MAX_LINES];
    json_t *index;
} tally;

/* Results come ordered by procedure and rule: the line is the last one, or a new one. */
static oko_status one_result(void *ctx, const oko_result *r)
{
    tally *t = ctx;
    line *l = t->n > 0 ? &t->lines[t->n - 1] : NULL;
    if (l == NULL || l->level != t->level || strcmp(l->procedure, r->procedure) != 0 || strcmp(l->rule, r->rule) != 0) {
        if (t->n == MAX_LINES)
            return OKO_E_LIMIT;
        l = &t->lines[t->n++];
        memset(l, 0, sizeof(*l));
        snprintf(l->procedure, sizeof(l->procedure), "%s", r->procedure);
        snprintf(l->rule, sizeof(l->rule), "%s", r->rule);
        l->level = t->level;
    }
    l->units++;
    l->computed += r->state == OKO_RESULT_OK;
    l->marked += r->marked;
    return OKO_OK;
}

/* ---- index of objectivity of regions ---- */
typedef struct index_list {
    oko_cli *cli;
    oko_store *store;
    oko_error *err;
    json_t *json;
} index_list;

static oko_status one_index(void *ctx, const oko_result *r)
{
    index_list *l = ctx;
    oko_unit unit;
    bool has = r->unit != 0;
    if (has) {
        oko_status status = oko_store_unit_get(l->store, r->unit, &unit, l->err);
        if (status != OKO_OK)
            return status;
        if (unit.level > OKO_LEVEL_REGION)
            return OKO_OK;
    }
    if (l->json != NULL)
        oko_append(l->json, oko_cli_result_json(r, has ? &unit : NULL));
    else if (r->state == OKO_RESULT_OK)
        OKO_CLI_SAY(l->cli, stdout, "cli.run.index", OKO_S("unit", has ? unit.code : "—"), OKO_S("year", r->procedure),
                    OKO_N("index", r->observed, 1), OKO_I("n", r->n));
    return OKO_OK;
}

static oko_status count_levels(oko_store *store, const oko_run *run, tally *t, oko_error *err)
{
    for (int level = OKO_LEVEL_REGION; level <= OKO_LEVEL_SCHOOL; level++) {
        const oko_result_query query = { .run = run->id, .level = (oko_level)level };
        t->level = (oko_level)level;
        oko_status status = oko_store_result_walk(store, &query, one_result, t, err);
        if (status != OKO_OK)
            return status;
    }
    return OKO_OK;
}

static json_t *lines_json(const tally *t)
{
    json_t *array = json_array();
    for (size_t i = 0; i < t->n; i++) {
        const line *l = &t->lines[i];
        json_t *o = json_object();
        oko_put_str(o, "procedure", l->procedure);
        oko_put_str(o, "rule", l->rule);
        oko_put_str(o, "level", oko_level_name(l->level));
        oko_put_int(o, "units", l->units);
        oko_put_int(o, "computed", l->computed);
        oko_put_int(o, "marked", l->marked);
        oko_append(array, o);
    }
    return array;
}

static void print_lines(oko_cli *cli, const tally *t)
{
    static const char *const heads[] = { "cli.head.procedure", "cli.head.rule", "cli.head.schools", "cli.head.computed",
                                         "cli.head.marked" };
    static const bool numeric[] = { false, false, true, true, true };
    oko_table *table = oko_table_new(cli, 5, heads, numeric);
    for (size_t i = 0; i < t->n; i++) {
        const line *l = &t->lines[i];
        if (l->level != OKO_LEVEL_SCHOOL)
            continue; /* the other levels are in the JSON */
        const char *cells[] = { l->procedure, oko_cli_rule(cli, l->rule, OKO_LEVEL_REGION), oko_cli_int(cli, l->units),
                                oko_cli_int(cli, l->computed), oko_cli_int(cli, l->marked) };
        oko_table_row(table, cells);
    }
    oko_table_print(table);
}

static oko_status print_run(oko_cli *cli, oko_store *store, const oko_run *run, oko_error *err)
{
    index_list l = { .cli = cli, .store = store, .err = err, .json = cli->json ? json_array() : NULL };
    const oko_result_query query = { .run = run->id, .rule = "fioko-2019/index", .level = OKO_LEVEL_COUNT };
    int64_t revision = 0;
    tally *t = oko_arena_alloc(cli->arena, sizeof(*t));
    oko_status status =
        t != NULL ? oko_store_revision(store, &revision, err) : oko_error_set(err, OKO_E_MEMORY, "", "");
    if (status == OKO_OK)
        status = count_levels(store, run, t, err);
    if (status == OKO_OK && !cli->json)
        OKO_CLI_SAY(cli, stdout, "cli.run.about", OKO_S("run", oko_cli_id(cli, run->id)),
                    OKO_S("created", run->created), OKO_S("method", run->method), OKO_I("revision", run->revision),
                    OKO_S("seed", oko_cli_id(cli, (int64_t)run->seed)), OKO_S("snapshot", run->snapshot),
                    OKO_S("result", run->result_hash));
    if (status == OKO_OK)
        status = oko_store_result_walk(store, &query, one_index, &l, err);
    if (status != OKO_OK) {
        json_decref(l.json);
        return status;
    }
    if (cli->json) {
        json_t *o = oko_cli_run_json(run, revision);
        oko_put(o, "rules", lines_json(t));
        oko_put(o, "index", l.json);
        return oko_cli_json(cli, o, err);
    }
    print_lines(cli, t);
    if (run->revision != revision)
        OKO_CLI_SAY(cli, stderr, "cli.show.stale", OKO_S("run", oko_cli_id(cli, run->id)));
    return OKO_OK;
}

oko_status oko_cmd_show_run(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_run run;
    bool has = false;
    int64_t id = 0;
    memset(&run, 0, sizeof(run));
    if (cli->argc > 0 && (!oko_str_to_int(oko_str_of(cli->argv[0]), &id) || id < 1)) {
        oko_status bad = oko_error_set(err, OKO_E_ARGUMENT, "cli.bad_run", "");
        oko_error_arg(err, "%s", cli->argv[0]);
        return bad;
    }
    oko_status status = oko_cli_store(cli, false, true, &store, err);
    if (status == OKO_OK)
        status = oko_cli_run(store, id, &run, &has, err);
    if (status == OKO_OK && !has)
        return oko_error_set(err, OKO_E_NOT_FOUND, "cli.no_run", "");
    if (status == OKO_OK)
        status = print_run(cli, store, &run, err);
    if (has)
        oko_run_clear(&run);
    return status;
}
