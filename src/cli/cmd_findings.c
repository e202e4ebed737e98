/* oko findings: what others found out about schools — re-checks, observers' protocols, medallists; oko findings
 * --observed: the schools seen by independent observers or filmed, as a list to import. */
#include "cli/cli.h"

#include "analysis/observed.h"

#include <string.h>

enum { MAX_BYTES = 64 * 1024 * 1024 };

typedef struct listing {
    oko_cli *cli;
    oko_store *store;
    oko_error *err;
    json_t *json;
    oko_table *table;
    bool one_kind;
    oko_finding_kind kind;
    int64_t n;
} listing;

/* ---- the list ---- */

static json_t *fact(int64_t value)
{
    return value >= 0 ? json_integer((json_int_t)value) : json_null();
}

/* Facts of a kind by their names; NULL ends. */
static const char *const *fact_names(oko_finding_kind kind)
{
    static const char *const recheck[] = { "works", "checked", "changed", "up", "down", NULL };
    static const char *const observation[] = { "date", "grade",       "stage", "begin",
                                               "end",  "independent", "video", "remarks" };
    static const char *const none[] = { NULL };
    return kind == OKO_FINDING_RECHECK ? recheck : kind == OKO_FINDING_OBSERVATION ? observation : none;
}

static json_t *finding_json(const oko_finding *f, const oko_unit *unit)
{
    json_t *o = json_object(), *facts = json_object();
    const char *const *names = fact_names(f->kind);
    oko_put_str(o, "kind", oko_finding_kind_name(f->kind));
    oko_put_str(o, "unit", unit->code);
    oko_put_int(o, "year", f->year);
    oko_put_str(o, "procedure", f->procedure);
    oko_put_str(o, "part", f->part);
    oko_put_int(o, "rows", (int64_t)f->n_rows);
    for (size_t i = 0; i < OKO_FINDING_FACTS && names[i] != NULL; i++)
        oko_put(facts, names[i], fact(f->facts[i]));
    oko_put(o, "facts", facts);
    oko_put_str(o, "note", f->note);
    return o;
}

/* What a finding comes to in a few words. */
static const char *short_of(oko_cli *cli, const oko_finding *f)
{
    const oko_text_arg recheck[] = { OKO_I("checked", f->facts[OKO_RECHECK_CHECKED]),
                                     OKO_I("changed", f->facts[OKO_RECHECK_CHANGED]) };
    const oko_text_arg pupils[] = { OKO_I("n", (int64_t)f->n_rows) };
    const oko_text_arg remarks[] = { OKO_I("n", f->facts[OKO_OBSERVATION_REMARKS]) };
    const bool said = f->facts[OKO_OBSERVATION_REMARKS] >= 0;
    const char *text =
        f->kind == OKO_FINDING_RECHECK  ? oko_text_make(cli->text, cli->arena, "cli.finding.recheck", recheck, 2)
        : f->kind == OKO_FINDING_MEDALS ? oko_text_make(cli->text, cli->arena, "cli.finding.medals", pupils, 1)
        : said                          ? oko_text_make(cli->text, cli->arena, "cli.finding.remarks", remarks, 1)
                                        : oko_text_get(cli->text, "cli.finding.unsaid");
    return text != NULL ? text : "";
}

static oko_status one(void *ctx, const oko_finding *f)
{
    listing *l = ctx;
    oko_unit unit;
    if (f->kind > OKO_FINDING_MEDALS || (l->one_kind && f->kind != l->kind))
        return OKO_OK;
    oko_status status = oko_store_unit_get(l->store, f->unit, &unit, l->err);
    if (status != OKO_OK)
        return status;
    l->n++;
    if (l->json != NULL) {
        oko_append(l->json, finding_json(f, &unit));
        return OKO_OK;
    }
    const char *year = oko_arena_printf(l->cli->arena, "%d", f->year);
    const char *cells[] = { oko_cli_word(l->cli, "cli.finding.kind.", oko_finding_kind_name(f->kind)), unit.code,
                            f->procedure[0] != '\0' ? f->procedure : year, f->part, short_of(l->cli, f) };
    oko_table_row(l->table, cells);
    return OKO_OK;
}

static oko_status list_all(oko_cli *cli, oko_store *store, int64_t unit, listing *l, oko_error *err)
{
    static const char *const heads[] = { "cli.head.kind", "cli.head.unit", "cli.head.procedure", "cli.head.part",
                                         "cli.head.found" };
    static const bool numeric[] = { false, false, false, false, false };
    if (cli->json)
        l->json = json_array();
    else
        l->table = oko_table_new(cli, 5, heads, numeric);
    oko_status status = oko_store_finding_walk(store, unit, 0, one, l, err);
    if (status != OKO_OK) {
        json_decref(l->json);
        return status;
    }
    if (cli->json)
        return oko_cli_json(cli, l->json, err);
    if (l->n > 0)
        oko_table_print(l->table);
    OKO_CLI_SAY(cli, stderr, "cli.finding.total", OKO_I("n", l->n));
    return OKO_OK;
}

/* ---- the reference list ---- */

typedef struct exporter {
    oko_buffer out;
    int64_t listed, left_out;
} exporter;

static oko_status one_observed(void *ctx, const oko_observed *o)
{
    exporter *e = ctx;
    if (o->serious > 0) {
        e->left_out++;
        return OKO_OK;
    }
    e->listed++;
    oko_buffer_printf(&e->out, "%s;%s;%d;%s\n", o->school->code, o->procedure, o->year,
                      o->independent ? "observer" : "video");
    return OKO_OK;
}

static oko_status export_observed(oko_cli *cli, oko_store *store, oko_error *err)
{
    exporter e = { .listed = 0 };
    oko_buffer_init(&e.out, MAX_BYTES);
    oko_buffer_str(&e.out, "login;procedure;year;basis\n");
    oko_status status = oko_observed_walk(store, one_observed, &e, err);
    if (status == OKO_OK && oko_buffer_status(&e.out) != OKO_OK)
        status = oko_error_set(err, oko_buffer_status(&e.out), "", "");
    if (status == OKO_OK)
        status = oko_cli_write(oko_cli_option(cli, "out"), (oko_str){ e.out.ptr, e.out.len }, err);
    if (status == OKO_OK)
        OKO_CLI_SAY(cli, stderr, "cli.finding.observed", OKO_I("n", e.listed), OKO_I("left", e.left_out));
    oko_buffer_free(&e.out);
    return status;
}

oko_status oko_cmd_findings(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_unit unit = { .id = 0 };
    listing l = { .cli = cli, .err = err };
    const char *kind = oko_cli_option(cli, "kind"), *code = oko_cli_option(cli, "unit");
    l.one_kind = kind != NULL;
    if (kind != NULL && !oko_finding_kind_parse(oko_str_of(kind), &l.kind)) {
        (void)oko_error_set(err, OKO_E_ARGUMENT, "cli.bad_finding_kind", "kind");
        oko_error_arg(err, "%s", kind);
        return OKO_E_ARGUMENT;
    }
    oko_status status = oko_cli_store(cli, false, true, &store, err);
    if (status == OKO_OK && code != NULL)
        status = oko_cli_unit(cli, store, code, &unit, err);
    if (status != OKO_OK)
        return status;
    l.store = store;
    return oko_cli_option(cli, "observed") != NULL ? export_observed(cli, store, err)
                                                   : list_all(cli, store, unit.id, &l, err);
}
