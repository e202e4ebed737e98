/* oko signs --explain: what was seen, in plain words, and the ordinary reasons worth checking first. */
#include "cli/signs.h"

#include "explain/explain.h"
#include "explain/inflation.h"

#include <math.h>
#include <string.h>

typedef struct explainer {
    oko_cli *cli;
    oko_store *store;
    const oko_run *run;
    const oko_unit *unit;
    const char *procedure; /* NULL: all */
    oko_register reg;
    oko_peers peers;
    oko_sign_rows rows;
    oko_explain *explain;
    json_t *inflation; /* by procedure */
    json_t *json;      /* NULL: sentences */
    int64_t said;
    oko_error *err;
} explainer;

/* ---- one row ---- */

static const char *p_text(oko_cli *cli, double p, double log_p)
{
    const char *text = oko_text_p(cli->text, cli->arena, p, log_p);
    return text != NULL ? text : "";
}

static void say_head(oko_cli *cli, const oko_sign_row *row)
{
    const oko_result *r = row->result;
    OKO_CLI_SAY(cli, stdout, row->of_class ? "evidence.explain.class" : "evidence.explain.whole",
                OKO_S("procedure", r->procedure), OKO_S("class", row->class_label[0] != '\0' ? row->class_label : "—"),
                OKO_S("word", oko_cli_word(cli, "evidence.word.", oko_evidence_name(row->evidence))), OKO_I("n", r->n),
                OKO_S("p", p_text(cli, r->p, r->log_p)), OKO_S("q", p_text(cli, r->q, log(r->q))),
                OKO_S("reliability", oko_cli_word(cli, "evidence.reliability.", row->reliability)));
}

static const char *sentence(oko_cli *cli, const oko_sign_row *row, int f)
{
    const char *text = oko_explain_sentence(cli->text, cli->arena, row, row->top[f], true);
    return text != NULL ? text : row->top[f];
}

/* Facts of the group, with the number of variants that its works name. */
static oko_status find_facts(explainer *x, const oko_sign_row *row, double facts[OKO_FACT_COUNT])
{
    oko_procedure p;
    int variants = 0;
    oko_status status = OKO_OK;
    if (x->unit->level == OKO_LEVEL_SCHOOL) {
        status = oko_store_procedure_get(x->store, row->result->procedure, x->run->revision, &p, x->err);
        if (status == OKO_OK)
            status = oko_fact_variants(x->store, p.id, x->run->revision, row->result->unit,
                                       row->of_class ? row->class_key : NULL, &variants, x->err);
    }
    const oko_fact_sources sources = {
        .rows = x->rows.at, .n = x->rows.n, .peers = &x->peers, .type = x->unit->type, .variants = variants
    };
    oko_facts_of(row, &sources, facts);
    return status;
}

/* Whose results are taken as usual, where the procedure has a reference stratum. */
static void say_stratum(oko_cli *cli, const oko_sign_row *row)
{
    const json_t *anchored = json_object_get(row->details, "anchored");
    if (anchored == NULL)
        return;
    const char *list = "";
    for (size_t i = 0; i < json_array_size(anchored); i++) {
        const char *family = json_string_value(json_array_get(anchored, i));
        const char *word = oko_cli_word(cli, "evidence.family.", family != NULL ? family : "");
        const char *next = oko_arena_printf(cli->arena, "%s%s%s", list, i > 0 ? ", " : "", word);
        list = next != NULL ? next : list;
    }
    printf("  ");
    OKO_CLI_SAY(cli, stdout,
                json_array_size(anchored) == 0                             ? "evidence.explain.stratum_small"
                : json_is_true(json_object_get(row->details, "reference")) ? "evidence.explain.stratum_own"
                                                                           : "evidence.explain.stratum",
                OKO_S("families", list));
}

static void say_row(const explainer *x, const oko_sign_row *row, const double *facts)
{
    oko_cli *cli = x->cli;
    const char *reasons[OKO_EXPLAIN_REASONS];
    say_head(cli, row);
    say_stratum(cli, row);
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        if (!oko_sign_speaks(row, f))
            continue;
        printf("  ");
        OKO_CLI_SAY(cli, stdout, "evidence.explain.sign",
                    OKO_S("family", oko_cli_word(cli, "evidence.family.", oko_family_name((oko_family)f))),
                    OKO_S("p", p_text(cli, row->p[f], row->log_p[f])), OKO_S("text", sentence(cli, row, f)));
    }
    const char *time = oko_explain_time(cli->text, cli->arena, row);
    if (time != NULL)
        printf("  %s\n", time);
    int n = oko_explain_reasons(x->explain, cli->arena, row, facts, reasons);
    printf("  ");
    oko_cli_say(cli, stdout, n > 0 ? "evidence.explain.innocent" : "evidence.explain.plain");
    for (int i = 0; i < n; i++)
        printf("    %d. %s\n", i + 1, reasons[i] != NULL ? reasons[i] : "");
}

static json_t *facts_json(const double *facts)
{
    json_t *o = json_object();
    for (int f = 0; f < OKO_FACT_COUNT; f++)
        oko_put_num(o, oko_fact_name((oko_fact)f), facts[f]);
    return o;
}

static json_t *row_json(const explainer *x, const oko_sign_row *row, const double *facts)
{
    json_t *o = json_object(), *signs = json_array(), *why = json_array();
    const char *reasons[OKO_EXPLAIN_REASONS];
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        if (!oko_sign_speaks(row, f))
            continue;
        json_t *sign = json_object();
        oko_put_str(sign, "family", oko_family_name((oko_family)f));
        oko_put_str(sign, "statistic", row->top[f]);
        oko_put_num(sign, "p", row->p[f]);
        oko_put_str(sign, "text", sentence(x->cli, row, f));
        oko_append(signs, sign);
    }
    int n = oko_explain_reasons(x->explain, x->cli->arena, row, facts, reasons);
    for (int i = 0; i < n; i++)
        oko_append(why, json_string(reasons[i] != NULL ? reasons[i] : ""));
    oko_put_str(o, "procedure", row->result->procedure);
    oko_put(o, "class", row->of_class ? json_string(row->class_label) : json_null());
    oko_put_int(o, "n", row->result->n);
    oko_put_num(o, "p", row->result->p);
    oko_put_num(o, "q", row->result->q);
    oko_put_str(o, "evidence", oko_evidence_name(row->evidence));
    oko_put(o, "signs", signs);
    oko_put(o, "innocent", why);
    json_t *inflation = json_object_get(x->inflation, row->result->procedure);
    if (inflation != NULL)
        oko_put(o, "inflation", json_incref(inflation));
    oko_put(o, "facts", facts_json(facts));
    oko_put(o, "details", json_incref(row->details));
    return o;
}

static void say_no_data(oko_cli *cli, const oko_sign_row *row)
{
    const char *class = row->class_label[0] != '\0' ? oko_arena_printf(cli->arena, " %s", row->class_label) : "";
    OKO_CLI_SAY(cli, stdout, "evidence.explain.no_data", OKO_S("procedure", row->result->procedure),
                OKO_S("class", class != NULL ? class : ""), OKO_I("n", row->result->n));
}

static void say_inflation(oko_cli *cli, const json_t *inflation)
{
    oko_inflation_line lines[OKO_INFLATION_LINES];
    int n = oko_inflation_lines(cli->text, cli->arena, inflation, lines);
    for (int i = 0; i < n; i++)
        printf("%s%s\n", lines[i].detail ? "    " : "  ", lines[i].text != NULL ? lines[i].text : "");
}

/* ---- all rows ---- */

static oko_status explain_rows(explainer *x)
{
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < x->rows.n; i++) {
        const oko_sign_row *row = &x->rows.at[i];
        double facts[OKO_FACT_COUNT];
        if (x->procedure != NULL && strcmp(row->result->procedure, x->procedure) != 0)
            continue;
        x->said++;
        status = find_facts(x, row, facts);
        if (x->json != NULL)
            oko_append(x->json, row_json(x, row, facts));
        else if (row->evidence == OKO_EVIDENCE_NO_DATA)
            say_no_data(x->cli, row);
        else
            say_row(x, row, facts);
        const json_t *inflation = json_object_get(x->inflation, row->result->procedure);
        if (x->json == NULL && inflation != NULL)
            say_inflation(x->cli, inflation);
    }
    return status;
}

static oko_status explain_unit(explainer *x)
{
    oko_status status = oko_explain_open(x->cli->text, &x->explain, x->err);
    if (status == OKO_OK)
        status = oko_register_load(x->store, x->run->revision, &x->reg, x->err);
    if (status == OKO_OK)
        status = oko_peers_load(x->store, x->run->id, &x->peers, x->err);
    if (status == OKO_OK)
        status = oko_sign_rows_load(x->store, x->run->id, x->unit->id, true, &x->reg, &x->rows, x->err);
    if (status == OKO_OK && x->unit->level <= OKO_LEVEL_REGION)
        status = oko_inflation_load(x->store, x->run->id, x->unit->id, &x->inflation, x->err);
    return status == OKO_OK ? explain_rows(x) : status;
}

oko_status oko_signs_explain(oko_cli *cli, oko_store *store, const oko_run *run, const oko_unit *unit,
                             const char *procedure, oko_error *err)
{
    explainer x = { .cli = cli, .store = store, .run = run, .unit = unit, .procedure = procedure, .err = err };
    x.json = cli->json ? json_array() : NULL;
    if (!cli->json)
        oko_cli_heading(cli, oko_arena_printf(cli->arena, "%s  %s", unit->code, unit->name));
    oko_status status = explain_unit(&x);
    oko_sign_rows_clear(&x.rows);
    oko_peers_clear(&x.peers);
    oko_register_clear(&x.reg);
    json_decref(x.inflation);
    oko_explain_free(x.explain);
    if (status != OKO_OK) {
        json_decref(x.json);
        return status;
    }
    if (cli->json)
        return oko_cli_json(cli, x.json, err);
    if (x.said == 0)
        oko_cli_say(cli, stdout, "evidence.explain.nothing");
    else if (!cli->quiet)
        oko_cli_say(cli, stderr, "evidence.explain.note");
    return OKO_OK;
}
