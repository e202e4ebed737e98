/* oko signs --explain: what was seen, in plain words, and the ordinary reasons worth checking first. */
#include "cli/signs.h"

#include <math.h>
#include <string.h>

#define SPEAKS (-2.995732273553991) /* log .05: a family below it gets a sentence */

enum { MAX_REASONS = 5, SMALL_GROUP = 15 };
#define EASY .8 /* mean of the group as a share of the maximum */

/* How much a statistic speaks for checking a reason. */
typedef struct link {
    const char *statistic, *reason;
    int weight;
} link;

static const link links[] = {
    { "level", "specialised", 2 },      { "level", "teacher", 2 },
    { "level", "marking", 1 },          { "level", "easy", 1 },
    { "bunching", "marking", 3 },       { "bunching", "cutoffs", 2 },
    { "landing", "marking", 2 },        { "landing", "cutoffs", 2 },
    { "landing", "data_entry", 1 },     { "absence", "illness", 3 },
    { "absence", "excused", 2 },        { "weak_absent", "excused", 3 },
    { "weak_absent", "illness", 1 },    { "contrast", "textbook", 3 },
    { "contrast", "emphasis", 2 },      { "contrast", "marking", 1 },
    { "profile", "emphasis", 3 },       { "profile", "textbook", 2 },
    { "told", "emphasis", 3 },          { "told", "textbook", 2 },
    { "pairs", "shared_way", 3 },       { "pairs", "easy", 2 },
    { "pairs", "data_entry", 2 },       { "nearest", "data_entry", 3 },
    { "nearest", "shared_way", 2 },     { "person_fit", "textbook", 2 },
    { "person_fit", "data_entry", 2 },  { "compressed", "even_class", 3 },
    { "compressed", "easy", 2 },        { "year", "changed_class", 3 },
    { "year", "teacher", 2 },           { "subject", "specialised", 2 },
    { "subject", "teacher", 2 },        { "disagree", "journal", 2 },
    { "disagree", "changed_class", 2 }, { "agree", "journal", 3 },
    { "agree", "data_entry", 1 },
};

static const char *const reasons[] = { "small_group", "specialised", "easy",    "textbook", "emphasis", "changed_class",
                                       "teacher",     "marking",     "cutoffs", "illness",  "excused",  "shared_way",
                                       "data_entry",  "even_class",  "journal", "chance" };
enum { N_REASONS = sizeof(reasons) / sizeof(reasons[0]) };

typedef struct explainer {
    oko_cli *cli;
    const oko_unit *unit;
    oko_register reg;
    json_t *json; /* NULL: sentences */
    int64_t rows;
} explainer;

/* ---- numbers of the sentences ---- */

static const char *number_at(oko_cli *cli, const json_t *details, const char *key, size_t at, int decimals)
{
    const json_t *value = json_array_get(json_object_get(details, key), at);
    return oko_cli_num(cli, json_is_number(value) ? json_number_value(value) : NAN, decimals);
}

static const char *labels_of(oko_cli *cli, const json_t *details, const char *key)
{
    const json_t *list = json_object_get(details, key);
    const char *text = NULL;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *label = json_string_value(json_array_get(list, i));
        char *longer = label == NULL  ? NULL
                       : text == NULL ? oko_arena_str(cli->arena, oko_str_of(label))
                                      : oko_arena_printf(cli->arena, "%s, %s", text, label);
        text = longer != NULL ? longer : text;
    }
    return text != NULL ? text : oko_text_get(cli->text, "evidence.items.none");
}

static const char *code_of(const json_t *pair, size_t at)
{
    const char *code = json_string_value(json_array_get(json_object_get(pair, "codes"), at));
    return code != NULL ? code : "—";
}

/* The sentence of one statistic with the numbers of its row. */
static const char *sentence(oko_cli *cli, const oko_sign_row *row, const char *statistic)
{
    const json_t *d = row->details, *pair = json_object_get(d, "pair"), *cutoff = json_object_get(d, "cutoff");
    const char *key = oko_arena_printf(cli->arena, "evidence.stat.%s", statistic);
    const json_t *same = json_object_get(pair, "same"), *expected = json_object_get(pair, "expected");
    const oko_text_arg args[] = {
        OKO_S("marks", number_at(cli, d, "marks", 0, 2)),
        OKO_S("lo", number_at(cli, d, "marks", 1, 2)),
        OKO_S("hi", number_at(cli, d, "marks", 2, 2)),
        OKO_S("lifted", number_at(cli, d, "lifted", 0, 1)),
        OKO_S("absent", number_at(cli, d, "absent", 0, 1)),
        OKO_I("absent_n", (int64_t)json_integer_value(json_object_get(d, "absent_n"))),
        OKO_N("cutoff", json_is_number(cutoff) ? json_number_value(cutoff) : NAN, 0),
        OKO_S("good", labels_of(cli, d, "good")),
        OKO_S("bad", labels_of(cli, d, "bad")),
        OKO_S("a", code_of(pair, 0)),
        OKO_S("b", code_of(pair, 1)),
        OKO_N("same", json_is_number(same) ? json_number_value(same) : NAN, 0),
        OKO_N("expected", json_is_number(expected) ? json_number_value(expected) : NAN, 1),
    };
    const char *text =
        key != NULL ? oko_text_make(cli->text, cli->arena, key, args, sizeof(args) / sizeof(args[0])) : NULL;
    return text != NULL ? text : statistic;
}

/* ---- ordinary reasons ---- */

static void weigh(const explainer *x, const oko_sign_row *row, int weight[N_REASONS])
{
    const json_t *share = json_object_get(row->details, "of_max");
    bool easy = json_is_number(share) && json_number_value(share) > EASY;
    bool selects = strcmp(x->unit->type, "gymnasium") == 0 || strcmp(x->unit->type, "lyceum") == 0;
    memset(weight, 0, N_REASONS * sizeof(*weight));
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        if (!(row->log_p[f] < SPEAKS) || row->top[f] == NULL)
            continue;
        for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
            for (int r = 0; r < N_REASONS; r++)
                if (strcmp(links[i].statistic, row->top[f]) == 0 && strcmp(links[i].reason, reasons[r]) == 0)
                    weight[r] += 2 * links[i].weight;
    }
    for (int r = 0; r < N_REASONS; r++) {
        weight[r] += strcmp(reasons[r], "easy") == 0 && easy && weight[r] > 0 ? 6 : 0;
        weight[r] += strcmp(reasons[r], "specialised") == 0 && selects ? 6 : 0;
        weight[r] += strcmp(reasons[r], "small_group") == 0 && row->result->n < SMALL_GROUP ? 9 : 0;
        weight[r] += strcmp(reasons[r], "chance") == 0 ? 1 : 0;
    }
}

/* The next reason by weight, taken out; NULL when none is left. */
static const char *next_reason(const explainer *x, int weight[N_REASONS])
{
    int best = 0;
    for (int r = 1; r < N_REASONS; r++)
        best = weight[r] > weight[best] ? r : best;
    if (weight[best] <= 0)
        return NULL;
    weight[best] = 0;
    return oko_cli_word(x->cli, "evidence.why.", reasons[best]);
}

/* ---- one row ---- */

static bool speaks(const oko_sign_row *row, int f)
{
    return row->log_p[f] < SPEAKS && row->top[f] != NULL;
}

static const char *p_text(oko_cli *cli, double p, double log_p)
{
    const char *text = oko_text_p(cli->text, cli->arena, p, log_p);
    return text != NULL ? text : "";
}

static void say_head(oko_cli *cli, const oko_sign_row *row)
{
    const oko_result *r = row->result;
    const char *reliability = json_string_value(json_object_get(row->details, "reliability"));
    bool class = json_object_get(row->details, "class") != NULL;
    OKO_CLI_SAY(
        cli, stdout, class ? "evidence.explain.class" : "evidence.explain.whole", OKO_S("procedure", r->procedure),
        OKO_S("class", row->class_label[0] != '\0' ? row->class_label : "—"),
        OKO_S("word", oko_cli_word(cli, "evidence.word.", oko_evidence_name(row->evidence))), OKO_I("n", r->n),
        OKO_S("p", p_text(cli, r->p, r->log_p)), OKO_S("q", p_text(cli, r->q, log(r->q))),
        OKO_S("reliability", oko_cli_word(cli, "evidence.reliability.", reliability != NULL ? reliability : "none")));
}

static void say_row(const explainer *x, const oko_sign_row *row)
{
    oko_cli *cli = x->cli;
    int weight[N_REASONS], said = 0;
    say_head(cli, row);
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        if (!speaks(row, f))
            continue;
        said++;
        printf("  ");
        OKO_CLI_SAY(cli, stdout, "evidence.explain.sign",
                    OKO_S("family", oko_cli_word(cli, "evidence.family.", oko_family_name((oko_family)f))),
                    OKO_S("p", p_text(cli, row->p[f], row->log_p[f])), OKO_S("text", sentence(cli, row, row->top[f])));
    }
    if (said == 0) {
        printf("  ");
        oko_cli_say(cli, stdout, "evidence.explain.plain");
        return;
    }
    weigh(x, row, weight);
    printf("  ");
    oko_cli_say(cli, stdout, "evidence.explain.innocent");
    const char *reason;
    for (int i = 0; i < MAX_REASONS && (reason = next_reason(x, weight)) != NULL; i++)
        printf("    %d. %s\n", i + 1, reason);
}

static json_t *row_json(const explainer *x, const oko_sign_row *row)
{
    json_t *o = json_object(), *signs = json_array(), *why = json_array();
    int weight[N_REASONS], said = 0;
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        if (!speaks(row, f))
            continue;
        said++;
        json_t *sign = json_object();
        oko_put_str(sign, "family", oko_family_name((oko_family)f));
        oko_put_str(sign, "statistic", row->top[f]);
        oko_put_num(sign, "p", row->p[f]);
        oko_put_str(sign, "text", sentence(x->cli, row, row->top[f]));
        oko_append(signs, sign);
    }
    weigh(x, row, weight);
    const char *reason;
    for (int i = 0; said > 0 && i < MAX_REASONS && (reason = next_reason(x, weight)) != NULL; i++)
        oko_append(why, json_string(reason));
    oko_put_str(o, "procedure", row->result->procedure);
    oko_put(o, "class", json_object_get(row->details, "class") != NULL ? json_string(row->class_label) : json_null());
    oko_put_int(o, "n", row->result->n);
    oko_put_num(o, "p", row->result->p);
    oko_put_num(o, "q", row->result->q);
    oko_put_str(o, "evidence", oko_evidence_name(row->evidence));
    oko_put(o, "signs", signs);
    oko_put(o, "innocent", why);
    oko_put(o, "details", json_incref(row->details));
    return o;
}

static void say_no_data(oko_cli *cli, const oko_sign_row *row)
{
    const char *class = row->class_label[0] != '\0' ? oko_arena_printf(cli->arena, " %s", row->class_label) : "";
    OKO_CLI_SAY(cli, stdout, "evidence.explain.no_data", OKO_S("procedure", row->result->procedure),
                OKO_S("class", class != NULL ? class : ""), OKO_I("n", row->result->n));
}

static oko_status explain_row(void *ctx, const oko_result *r)
{
    explainer *x = ctx;
    oko_sign_row row;
    oko_sign_row_read(r, &x->reg, &row);
    x->rows++;
    if (x->json != NULL)
        oko_append(x->json, row_json(x, &row));
    else if (row.evidence == OKO_EVIDENCE_NO_DATA)
        say_no_data(x->cli, &row);
    else
        say_row(x, &row);
    oko_sign_row_clear(&row);
    return OKO_OK;
}

oko_status oko_signs_explain(oko_cli *cli, oko_store *store, const oko_run *run, const oko_unit *unit,
                             const char *procedure, oko_error *err)
{
    explainer x = { .cli = cli, .unit = unit, .json = cli->json ? json_array() : NULL };
    const oko_result_query query = {
        .run = run->id, .unit = unit->id, .procedure = procedure, .level = OKO_LEVEL_COUNT, .with_merged = true
    };
    oko_status status = oko_register_load(store, run->revision, &x.reg, err);
    if (!cli->json)
        oko_cli_heading(cli, oko_arena_printf(cli->arena, "%s  %s", unit->code, unit->name));
    if (status == OKO_OK)
        status = oko_store_result_walk(store, &query, explain_row, &x, err);
    oko_register_clear(&x.reg);
    if (status != OKO_OK) {
        json_decref(x.json);
        return status;
    }
    if (cli->json)
        return oko_cli_json(cli, x.json, err);
    if (x.rows == 0)
        oko_cli_say(cli, stdout, "evidence.explain.nothing");
    else if (!cli->quiet)
        oko_cli_say(cli, stderr, "evidence.explain.note");
    return OKO_OK;
}
