/* Facts of one procedure: counts, moments, histogram, marked schools, lifted works. */
#include "cli/facts.h"

#include "analysis/runs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char threshold[] = "oko/threshold";

oko_status oko_cli_run(oko_store *store, int64_t id, oko_run *ret_run, bool *ret_has, oko_error *err)
{
    oko_status status = oko_run_find(store, id, OKO_METHODS_MAIN, ret_run, err);
    *ret_has = status == OKO_OK;
    if (status == OKO_E_NOT_FOUND && id == 0) {
        oko_error_clear(err);
        return OKO_OK;
    }
    return status;
}

static oko_facts_rule *rule_of(oko_facts *f, const char *rule)
{
    for (int i = 0; i < f->n_rules; i++) {
        if (strcmp(f->rules[i].rule, rule) == 0)
            return &f->rules[i];
    }
    if (f->n_rules == OKO_FACTS_MAX_RULES)
        return NULL;
    oko_facts_rule *r = &f->rules[f->n_rules++];
    memset(r, 0, sizeof(*r));
    snprintf(r->rule, sizeof(r->rule), "%s", rule);
    return r;
}

static void copy_member(json_t *to, const char *key, const json_t *from, const char *its_key)
{
    json_t *value = json_object_get(from, its_key);
    oko_put(to, key, value != NULL ? json_incref(value) : json_null());
}

/* The threshold rule's details, as the contract names them. */
static json_t *lifted_json(const oko_procedure *p, const oko_result *r)
{
    static const char *const keys[][2] = { { "cutoff", "cutoff" }, { "lifted", "lifted" }, { "lo", "lifted_lo" },
                                           { "hi", "lifted_hi" },  { "share", "share" },   { "p", "p" },
                                           { "log_p", "log_p" } };
    json_t *details = oko_json_text(r->details), *array = json_array();
    const json_t *cutoffs = json_object_get(details, "cutoffs");
    for (size_t i = 0; i < json_array_size(cutoffs); i++) {
        const json_t *at = json_array_get(cutoffs, i);
        json_t *o = json_object();
        int mark = oko_procedure_mark(p, (int)json_integer_value(json_object_get(at, "cutoff")));
        for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++)
            copy_member(o, keys[k][0], at, keys[k][1]);
        oko_put(o, "mark", mark > 0 ? json_integer(mark) : json_null());
        oko_append(array, o);
    }
    json_decref(details);
    return array;
}

static oko_status one_school(void *ctx, const oko_result *r)
{
    oko_facts *f = ctx;
    oko_facts_rule *rule = rule_of(f, r->rule);
    f->analysed = true;
    if (rule != NULL && r->state == OKO_RESULT_OK) {
        rule->computed++;
        rule->marked += r->marked;
    }
    return OKO_OK;
}

static oko_status one_whole(void *ctx, const oko_result *r)
{
    oko_facts *f = ctx;
    f->analysed = true;
    if (f->lifted == NULL && r->state == OKO_RESULT_OK)
        f->lifted = lifted_json(&f->states.procedure, r);
    return OKO_OK;
}

/* The same when no region is known: the result that is about no unit. */
static oko_status one_nameless(void *ctx, const oko_result *r)
{
    return r->unit == 0 ? one_whole(ctx, r) : OKO_OK;
}

/* What the run says: schools marked by rule; works lifted in the region (the first one by code), else the country, else
 * all schools together. */
static oko_status read_results(oko_store *store, oko_facts *f, int64_t run, oko_error *err)
{
    oko_result_query query = { .run = run, .procedure = f->states.procedure.code, .level = OKO_LEVEL_SCHOOL };
    oko_status status = oko_store_result_walk(store, &query, one_school, f, err);
    query.rule = threshold;
    query.level = OKO_LEVEL_REGION;
    if (status == OKO_OK)
        status = oko_store_result_walk(store, &query, one_whole, f, err);
    query.level = OKO_LEVEL_COUNTRY;
    if (status == OKO_OK && f->lifted == NULL)
        status = oko_store_result_walk(store, &query, one_whole, f, err);
    query.level = OKO_LEVEL_COUNT;
    if (status == OKO_OK && f->lifted == NULL)
        status = oko_store_result_walk(store, &query, one_nameless, f, err);
    return status;
}

oko_status oko_facts_load(oko_store *store, const char *code, const oko_run *run, oko_facts *ret_facts, oko_error *err)
{
    oko_facts f;
    memset(&f, 0, sizeof(f));
    oko_status status = oko_states_load(store, code, 0, 0, &f.states, err);
    if (status != OKO_OK)
        return status;
    for (size_t i = 0; i < f.states.n; i++)
        f.schools += f.states.schools[i].counts.participants > 0;
    f.mean = f.sd = NAN;
    if (oko_state_mean(f.states.all, &f.mean) != OKO_OK)
        f.mean = NAN;
    if (oko_state_sd(f.states.all, &f.sd) != OKO_OK)
        f.sd = NAN;
    if (run != NULL)
        status = read_results(store, &f, run->id, err);
    if (status != OKO_OK) {
        oko_facts_clear(&f);
        return status;
    }
    *ret_facts = f;
    return OKO_OK;
}

void oko_facts_clear(oko_facts *facts)
{
    oko_states_clear(&facts->states);
    json_decref(facts->lifted);
    memset(facts, 0, sizeof(*facts));
}

int64_t oko_facts_marked(const oko_facts *facts, const char *rule)
{
    for (int i = 0; i < facts->n_rules; i++) {
        if (strcmp(facts->rules[i].rule, rule) == 0)
            return facts->rules[i].computed > 0 ? facts->rules[i].marked : -1;
    }
    return -1;
}

static void put_marked(json_t *signs, const oko_facts *f, const char *rule)
{
    int64_t marked = oko_facts_marked(f, rule);
    oko_put(signs, rule, marked >= 0 ? json_integer((json_int_t)marked) : json_null());
}

static json_t *signs_json(const oko_facts *f)
{
    static const char *const always[] = { "fioko-2019/ci",  "fioko-2019/rs", "fioko-2019/rise", "fioko-2019/fall",
                                          "region/lowered", "region/raised", "region/contrast", "region/twos" };
    json_t *signs = json_object();
    for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
        put_marked(signs, f, always[i]);
    for (int i = 0; i < f->n_rules; i++) {
        if (json_object_get(signs, f->rules[i].rule) == NULL)
            put_marked(signs, f, f->rules[i].rule);
    }
    return signs;
}

static void put_data(json_t *o, const oko_facts *f)
{
    const oko_procedure *p = &f->states.procedure;
    const oko_counts *c = &f->states.counts;
    const int64_t *histogram = oko_state_histogram(f->states.all);
    json_t *scores = json_array(), *cutoffs = json_array();
    for (int i = 0; i <= oko_state_max_total(f->states.all); i++)
        oko_append(scores, json_integer((json_int_t)histogram[i]));
    for (int i = 0; i < p->n_cutoffs; i++)
        oko_append(cutoffs, json_integer(p->cutoffs[i]));
    oko_put_int(o, "rows", c->rows);
    oko_put_int(o, "participants", c->participants);
    oko_put_int(o, "absent", c->absent);
    oko_put_int(o, "no_total", c->no_total);
    oko_put_int(o, "bad_total", c->bad_total);
    oko_put_int(o, "above_max", c->above_max);
    oko_put_int(o, "sum_mismatch", c->sum_mismatch);
    oko_put_int(o, "schools", f->schools);
    oko_put_num(o, "mean", f->mean);
    oko_put_num(o, "sd", f->sd);
    oko_put(o, "histogram", scores);
    oko_put(o, "cutoffs", cutoffs);
    oko_put_bool(o, "aggregate", f->states.from_aggregate);
}

json_t *oko_facts_json(oko_cli *cli, const oko_facts *f, const oko_run *run, int64_t revision)
{
    const oko_procedure *p = &f->states.procedure;
    json_t *o = json_object();
    (void)cli;
    oko_put_str(o, "code", p->code);
    oko_put_str(o, "title", p->title);
    oko_put_str(o, "kind", oko_kind_name(p->kind));
    oko_put_int(o, "year", p->year);
    oko_put_int(o, "grade", p->grade);
    oko_put_str(o, "subject", p->subject);
    oko_put_int(o, "max", p->max_total);
    put_data(o, f);
    bool analysed = run != NULL && f->analysed;
    oko_put(o, "signs", analysed ? signs_json(f) : json_null());
    oko_put(o, "lifted", analysed && f->lifted != NULL ? json_incref(f->lifted) : json_null());
    if (run != NULL) {
        json_t *r = json_object();
        oko_put_int(r, "id", run->id);
        oko_put_bool(r, "stale", run->revision != revision);
        oko_put(o, "run", r);
    } else {
        oko_put(o, "run", json_null());
    }
    return o;
}

const char *oko_cli_rule(oko_cli *cli, const char *rule, oko_level level)
{
    static const char *const all_tails[] = { "school", "title", "name" };
    const char *const *tails = level == OKO_LEVEL_SCHOOL ? all_tails : all_tails + 1;
    size_t n_tails = level == OKO_LEVEL_SCHOOL ? 3 : 2;
    char *dotted = oko_arena_str(cli->arena, oko_str_of(rule));
    for (char *c = dotted; c != NULL && *c != '\0'; c++)
        *c = *c == '/' ? '.' : *c;
    for (size_t i = 0; dotted != NULL && i < n_tails; i++) {
        const char *key = oko_arena_printf(cli->arena, "rule.%s.%s", dotted, tails[i]);
        if (key != NULL && oko_text_has(cli->text, key))
            return oko_text_get(cli->text, key);
    }
    return oko_cli_word(cli, "cli.rule.", rule);
}
