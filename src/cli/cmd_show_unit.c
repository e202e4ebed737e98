/* oko show unit CODE: every result of one unit in one run. */
#include "analysis/runs.h"
#include "cli/facts.h"
#include "cli/signs.h"

#include <string.h>

typedef struct listing {
    oko_cli *cli;
    oko_store *store;
    oko_error *err;
    const oko_unit *unit;
    json_t *json;
    oko_table *table;
    int64_t n, marked;
} listing;

static const char *verdict(oko_cli *cli, const oko_result *r)
{
    if (r->state == OKO_RESULT_NOT_APPLICABLE)
        return oko_text_get(cli->text, "cli.result.not_applicable");
    if (r->state == OKO_RESULT_NO_DATA)
        return oko_text_get(cli->text, "cli.result.no_data");
    return oko_text_get(cli->text, r->marked ? "cli.result.marked" : "cli.result.unmarked");
}

static oko_status one_result(void *ctx, const oko_result *r)
{
    listing *l = ctx;
    oko_cli *cli = l->cli;
    oko_unit merged; /* an old run may name the unit by what was merged into it later */
    const oko_unit *whose = l->unit;
    if (r->unit != l->unit->id) {
        oko_status status = oko_store_unit_get(l->store, r->unit, &merged, l->err);
        if (status != OKO_OK)
            return status;
        whose = &merged;
    }
    l->n++;
    l->marked += r->marked;
    if (l->json != NULL) {
        oko_append(l->json, oko_cli_result_json(r, whose));
        return OKO_OK;
    }
    const char *p = oko_text_p(cli->text, cli->arena, r->p, r->log_p);
    const char *named = whose != l->unit ? oko_arena_printf(cli->arena, "%s (%s)", r->procedure, whose->code) : NULL;
    const char *cells[] = { named != NULL ? named : r->procedure,
                            oko_cli_rule(cli, r->rule, whose->level),
                            oko_cli_int(cli, r->n),
                            oko_cli_num(cli, r->observed, 2),
                            oko_cli_num(cli, r->expected, 2),
                            oko_cli_num(cli, r->effect, 2),
                            p != NULL ? p : "",
                            verdict(cli, r) };
    oko_table_row(l->table, cells);
    return OKO_OK;
}

static json_t *unit_json(const oko_unit *u)
{
    json_t *o = json_object();
    oko_put_str(o, "code", u->code);
    oko_put_str(o, "level", oko_level_name(u->level));
    oko_put_str(o, "name", u->name);
    oko_put_bool(o, "confirmed", u->confirmed);
    return o;
}

/* ---- evidence: the newest run of it, when there is one ---- */

typedef struct evidence {
    oko_cli *cli;
    oko_register reg;
    json_t *json;
    oko_table *table;
    int64_t n;
} evidence;

static oko_status one_sign(void *ctx, const oko_result *r)
{
    evidence *e = ctx;
    oko_cli *cli = e->cli;
    oko_sign_row row;
    oko_sign_row_read(r, &e->reg, &row);
    e->n++;
    if (e->json != NULL) {
        oko_append(e->json, oko_sign_row_object(&row));
    } else {
        const char *family = json_string_value(json_object_get(row.details, "family"));
        const char *p = oko_text_p(cli->text, cli->arena, r->p, r->log_p);
        bool is_class = json_object_get(row.details, "class") != NULL;
        const char *cells[] = { r->procedure,
                                is_class && row.class_label[0] == '\0' ? "—" : row.class_label,
                                oko_cli_int(cli, r->n),
                                oko_cli_word(cli, "evidence.word.", oko_evidence_name(row.evidence)),
                                p != NULL ? p : "",
                                oko_cli_num(cli, r->q, 4),
                                family != NULL ? oko_cli_word(cli, "evidence.family.", family) : "",
                                oko_cli_num(cli, r->effect, 2) };
        oko_table_row(e->table, cells);
    }
    oko_sign_row_clear(&row);
    return OKO_OK;
}

static oko_status walk_evidence(evidence *e, oko_store *store, const oko_run *run, int64_t unit, oko_error *err)
{
    const oko_result_query query = { .run = run->id, .unit = unit, .level = OKO_LEVEL_COUNT, .with_merged = true };
    oko_status status = oko_register_load(store, run->revision, &e->reg, err);
    if (status == OKO_OK)
        status = oko_store_result_walk(store, &query, one_sign, e, err);
    oko_register_clear(&e->reg);
    return status;
}

/* Prints the table, or gives {"run", "rows"}; *ret_json NULL when there is no such run. */
static oko_status show_evidence(oko_cli *cli, oko_store *store, int64_t unit, json_t **ret_json, oko_error *err)
{
    static const char *const heads[] = { "cli.head.procedure",     "evidence.head.class", "cli.head.n",
                                         "evidence.head.evidence", "cli.head.p",          "evidence.head.q",
                                         "evidence.head.family",   "evidence.head.marks" };
    static const bool numeric[] = { false, false, true, false, true, true, false, true };
    OKO_CLEANUP(oko_run_clear) oko_run run = { 0 };
    oko_status status = oko_run_find(store, 0, OKO_METHODS_EVIDENCE, &run, err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(err);
        return OKO_OK;
    }
    evidence e = { .cli = cli, .json = cli->json ? json_array() : NULL };
    if (!cli->json)
        e.table = oko_table_new(cli, 8, heads, numeric);
    if (status == OKO_OK)
        status = walk_evidence(&e, store, &run, unit, err);
    if (status != OKO_OK || e.n == 0) {
        json_decref(e.json);
        return status;
    }
    if (cli->json) {
        *ret_json = json_object();
        oko_put_int(*ret_json, "run", run.id);
        oko_put_int(*ret_json, "revision", run.revision);
        oko_put(*ret_json, "rows", e.json);
        return OKO_OK;
    }
    const oko_text_arg args[] = { OKO_S("run", oko_cli_id(cli, run.id)) };
    const char *title = oko_text_make(cli->text, cli->arena, "evidence.show.title", args, 1);
    printf("\n");
    oko_cli_heading(cli, title != NULL ? title : "");
    oko_table_print(e.table);
    return OKO_OK;
}

static oko_status print_unit(oko_cli *cli, oko_store *store, const oko_unit *unit, const oko_run *run, oko_error *err)
{
    static const char *const heads[] = { "cli.head.procedure", "cli.head.rule",   "cli.head.n", "cli.head.observed",
                                         "cli.head.expected",  "cli.head.effect", "cli.head.p", "cli.head.result" };
    static const bool numeric[] = { false, false, true, true, true, true, true, false };
    listing l = { .cli = cli, .store = store, .err = err, .unit = unit };
    int64_t revision = 0;
    const oko_result_query query = { .run = run->id, .unit = unit->id, .level = OKO_LEVEL_COUNT, .with_merged = true };
    if (cli->json)
        l.json = json_array();
    else
        l.table = oko_table_new(cli, 8, heads, numeric);
    oko_status status = oko_store_revision(store, &revision, err);
    if (status == OKO_OK)
        status = oko_store_result_walk(store, &query, one_result, &l, err);
    if (status != OKO_OK) {
        json_decref(l.json);
        return status;
    }
    bool newest = oko_cli_option(cli, "run") == NULL; /* a named run is shown alone */
    json_t *signs = NULL;
    if (cli->json) {
        status = newest ? show_evidence(cli, store, unit->id, &signs, err) : OKO_OK;
        if (status != OKO_OK) {
            json_decref(l.json);
            return status;
        }
        json_t *o = json_object();
        oko_put(o, "unit", unit_json(unit));
        oko_put(o, "run", oko_cli_run_json(run, revision));
        oko_put(o, "results", l.json);
        oko_put(o, "evidence", signs != NULL ? signs : json_null());
        return oko_cli_json(cli, o, err);
    }
    const char *head = oko_arena_printf(cli->arena, "%s  %s", unit->code, unit->name);
    oko_cli_heading(cli, head != NULL ? head : unit->code);
    if (l.n > 0)
        oko_table_print(l.table);
    if (newest)
        status = show_evidence(cli, store, unit->id, &signs, err);
    if (status != OKO_OK)
        return status;
    OKO_CLI_SAY(cli, stderr, "cli.show.unit_total", OKO_I("n", l.n), OKO_I("marked", l.marked),
                OKO_S("run", oko_cli_id(cli, run->id)));
    if (run->revision != revision)
        OKO_CLI_SAY(cli, stderr, "cli.show.stale", OKO_S("run", oko_cli_id(cli, run->id)));
    return OKO_OK;
}

oko_status oko_cmd_show_unit(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_unit unit;
    oko_run run;
    int64_t id = 0;
    bool has = false;
    memset(&run, 0, sizeof(run));
    oko_status status = oko_cli_option_int(cli, "run", 1, INT64_MAX, &id, err);
    if (status == OKO_OK)
        status = oko_cli_store(cli, false, true, &store, err);
    if (status == OKO_OK)
        status = oko_cli_unit(cli, store, cli->argv[0], &unit, err);
    if (status == OKO_OK)
        status = oko_cli_run(store, id, &run, &has, err);
    if (status == OKO_OK && !has)
        return oko_error_set(err, OKO_E_NOT_FOUND, "cli.no_run", "");
    if (status == OKO_OK)
        status = print_unit(cli, store, &unit, &run, err);
    if (has)
        oko_run_clear(&run);
    return status;
}
