/* What if: a pack with other thresholds beside what the newest runs hold. */
#include "http/routes/routes.h"

#include "analysis/runs.h"
#include "http/packs.h"
#include "http/service.h"
#include "http/trial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const columns[OKO_TRIAL_PACKS] = { "region", "fioko-2019", "oko", "other", "external", "evidence" };

typedef struct trial {
    oko_request *rq;
    const oko_tree *tree;
    const oko_run_rows *rules, *evidence; /* evidence: NULL when there is no such run */
    oko_trial_filter filter;
    oko_pack pack;
    bool own;
    size_t against; /* column */
    oko_trial_marks tried, held[OKO_TRIAL_PACKS];
} trial;

static const char *body_text(const trial *t, const char *key)
{
    return json_string_value(json_object_get(t->rq->body, key));
}

/* What the caller may see, and of that the unit asked for. */
static oko_status read_filter(trial *t, oko_error *err)
{
    const json_t *unit = json_object_get(t->rq->body, "unit");
    int64_t units[2] = { t->rq->actor.owner ? 0 : t->rq->actor.unit, json_integer_value(unit) };
    t->filter = (oko_trial_filter){ .procedure = body_text(t, "procedure"),
                                    .year = (int)json_integer_value(json_object_get(t->rq->body, "year")),
                                    .to = t->tree->n };
    oko_status status = unit != NULL ? oko_request_sees(t->rq, units[1], err) : OKO_OK;
    for (int i = 0; i < 2 && status == OKO_OK; i++) {
        size_t at = units[i] != 0 ? oko_tree_find(t->tree, units[i]) : 0;
        if (units[i] == 0)
            continue;
        t->filter.from = at;
        t->filter.to = at < t->tree->n ? t->tree->end[at] : at;
    }
    return status;
}

static oko_status read_pack(trial *t, oko_error *err)
{
    const char *name = oko_request_str(t->rq, "name"), *against = body_text(t, "against");
    for (size_t k = 0; k < OKO_TRIAL_PACKS; k++)
        if (strcmp(columns[k], against != NULL ? against : name) == 0)
            t->against = k;
    oko_status status = oko_pack_now(t->rq->store, name, &t->pack, &t->own, err);
    return status == OKO_OK ? oko_trial_edit(&t->pack, json_object_get(t->rq->body, "params"), err) : status;
}

static oko_status find_marks(trial *t, oko_error *err)
{
    oko_status status = oko_trial_run(t->rq->store, &t->pack, t->tree, t->rules, &t->filter, &t->tried, err);
    for (size_t k = 0; status == OKO_OK && k < OKO_TRIAL_PACKS; k++) {
        const oko_run_rows *rows = strcmp(columns[k], "evidence") == 0 ? t->evidence : t->rules;
        status = oko_trial_held(columns[k], t->tree, rows, &t->filter, &t->held[k]);
        if (status != OKO_OK)
            return oko_error_set(err, status, "", "");
    }
    return status;
}

/* ---- numbers ---- */
typedef struct agreement {
    int64_t both, only_tried, only_against, neither, unknown;
} agreement;

/* Schools that neither knows are not asked about. */
static void agree(agreement *a, uint8_t tried, uint8_t against)
{
    if (tried == OKO_TRIAL_UNKNOWN && against == OKO_TRIAL_UNKNOWN)
        return;
    if (tried == OKO_TRIAL_UNKNOWN || against == OKO_TRIAL_UNKNOWN)
        a->unknown++;
    else if (tried == OKO_TRIAL_ON)
        *(against == OKO_TRIAL_ON ? &a->both : &a->only_tried) += 1;
    else
        *(against == OKO_TRIAL_ON ? &a->only_against : &a->neither) += 1;
}

static agreement agreement_of(const trial *t, const oko_trial_marks *against, size_t from, size_t to)
{
    agreement a = { 0 };
    for (size_t i = from; i < to; i++)
        agree(&a, t->tried.state[i], against->state[i]);
    return a;
}

/* Cohen's kappa: agreement beyond what the two shares alone would give; null where it says nothing. */
static json_t *kappa(const agreement *a)
{
    double n = (double)(a->both + a->only_tried + a->only_against + a->neither);
    double x = (double)(a->both + a->only_tried), y = (double)(a->both + a->only_against);
    double chance = n > 0 ? (x * y + (n - x) * (n - y)) / (n * n) : 1;
    double same = n > 0 ? (double)(a->both + a->neither) / n : 0;
    return chance < 1 ? json_real((same - chance) / (1 - chance)) : json_null();
}

static json_t *agreement_json(const agreement *a)
{
    json_t *o = json_object();
    oko_json_set_int(o, "both", a->both);
    oko_json_set_int(o, "only_tried", a->only_tried);
    oko_json_set_int(o, "only_against", a->only_against);
    oko_json_set_int(o, "neither", a->neither);
    oko_json_set_int(o, "unknown", a->unknown);
    (void)json_object_set_new(o, "kappa", kappa(a));
    return o;
}

static json_t *packs_json(const trial *t)
{
    json_t *list = json_array();
    for (size_t k = 0; k < OKO_TRIAL_PACKS; k++) {
        int64_t marked = 0, known = 0;
        for (size_t i = t->filter.from; i < t->filter.to; i++) {
            marked += t->held[k].state[i] == OKO_TRIAL_ON;
            known += t->held[k].state[i] != OKO_TRIAL_UNKNOWN;
        }
        agreement a = agreement_of(t, &t->held[k], t->filter.from, t->filter.to);
        json_t *o =
            json_pack("{s:s,s:I,s:I}", "pack", columns[k], "computed", (json_int_t)known, "marked", (json_int_t)marked);
        (void)json_object_set_new(o, "agreement", agreement_json(&a));
        (void)json_array_append_new(list, o);
    }
    return list;
}

static int64_t held_by(const oko_trial_marks *m, const char *rule)
{
    for (size_t i = 0; i < m->n_rules; i++)
        if (strcmp(m->rule[i], rule) == 0)
            return m->marked[i];
    return 0;
}

/* Each rule of the tried pack: schools that it marks, and that it marks in the run. */
static json_t *rules_json(const trial *t)
{
    json_t *list = json_array();
    size_t same = 0;
    while (strcmp(columns[same], t->pack.name) != 0)
        same++;
    for (int i = 0; i < t->pack.n_rules; i++) {
        const char *code = t->pack.rules[i].code;
        (void)json_array_append_new(list, json_pack("{s:s,s:I,s:I}", "rule", code, "tried",
                                                    (json_int_t)held_by(&t->tried, code), "held",
                                                    (json_int_t)held_by(&t->held[same], code)));
    }
    return list;
}

static json_t *municipalities_json(const trial *t)
{
    json_t *list = json_array();
    for (size_t i = t->filter.from; i < t->filter.to; i++) {
        const oko_unit *u = &t->tree->units[i];
        if (u->level != OKO_LEVEL_MUNICIPALITY)
            continue;
        agreement a = agreement_of(t, &t->held[t->against], i, t->tree->end[i]);
        json_t *o = json_pack("{s:I,s:s,s:s}", "unit", (json_int_t)u->id, "code", u->code, "name", u->name);
        (void)json_object_set_new(o, "agreement", agreement_json(&a));
        (void)json_array_append_new(list, o);
    }
    return list;
}

/* ---- schools ---- */
static json_t *mark_json(uint8_t state)
{
    return state == OKO_TRIAL_UNKNOWN ? json_null() : json_boolean(state == OKO_TRIAL_ON);
}

static json_t *rule_names(const oko_trial_marks *m, size_t place)
{
    json_t *list = json_array();
    for (size_t k = 0; k < m->n_rules; k++)
        if (((m->rules[place] >> k) & 1u) != 0)
            (void)json_array_append_new(list, json_string(m->rule[k]));
    return list;
}

static json_t *school_json(const trial *t, size_t i)
{
    const oko_unit *u = &t->tree->units[i];
    size_t up = oko_tree_find(t->tree, u->parent);
    json_t *o = json_object();
    oko_json_set_int(o, "unit", u->id);
    oko_json_set_str(o, "code", u->code);
    oko_json_set_str(o, "name", u->name);
    oko_json_set_str(o, "municipality", up < t->tree->n ? t->tree->units[up].name : "");
    (void)json_object_set_new(o, "tried", mark_json(t->tried.state[i]));
    (void)json_object_set_new(o, "against", mark_json(t->held[t->against].state[i]));
    (void)json_object_set_new(o, "tried_rules", rule_names(&t->tried, i));
    (void)json_object_set_new(o, "against_rules", rule_names(&t->held[t->against], i));
    return o;
}

static bool shown(const trial *t, size_t i, const char *show)
{
    uint8_t a = t->tried.state[i], b = t->held[t->against].state[i];
    if (t->tree->units[i].level != OKO_LEVEL_SCHOOL || (a == OKO_TRIAL_UNKNOWN && b == OKO_TRIAL_UNKNOWN))
        return false;
    if (show != NULL && strcmp(show, "all") == 0)
        return true;
    return show != NULL && strcmp(show, "marked") == 0 ? a == OKO_TRIAL_ON || b == OKO_TRIAL_ON
                                                       : (a == OKO_TRIAL_ON) != (b == OKO_TRIAL_ON);
}

/* A page, in the order of the register. */
static json_t *items_json(const trial *t, int64_t *ret_total)
{
    const json_t *limit = json_object_get(t->rq->body, "limit");
    int64_t offset = json_integer_value(json_object_get(t->rq->body, "offset")), seen = 0;
    int64_t most = limit != NULL ? json_integer_value(limit) : 50;
    json_t *list = json_array();
    for (size_t i = t->filter.from; i < t->filter.to; i++) {
        if (!shown(t, i, body_text(t, "show")))
            continue;
        if (seen >= offset && seen < offset + most)
            (void)json_array_append_new(list, school_json(t, i));
        seen++;
    }
    *ret_total = seen;
    return list;
}

static json_t *trial_json(const trial *t)
{
    int64_t total = 0;
    agreement all = agreement_of(t, &t->held[t->against], t->filter.from, t->filter.to);
    json_t *o = json_object();
    oko_json_set_int(o, "run", t->rules->run);
    oko_json_set_int_or_null(o, "evidence_run", t->evidence != NULL ? t->evidence->run : 0);
    (void)json_object_set_new(o, "pack", oko_pack_json(&t->pack, t->own));
    oko_json_set_str(o, "against", columns[t->against]);
    (void)json_object_set_new(o, "agreement", agreement_json(&all));
    (void)json_object_set_new(o, "rules", rules_json(t));
    (void)json_object_set_new(o, "packs", packs_json(t));
    (void)json_object_set_new(o, "municipalities", municipalities_json(t));
    (void)json_object_set_new(o, "items", items_json(t, &total));
    oko_json_set_int(o, "total", total);
    return o;
}

/* ---- the operation ---- */
static oko_status runs_of(trial *t, oko_error *err)
{
    oko_request *rq = t->rq;
    oko_status status = oko_run_rows_get(rq->service->runs, rq->store, 0, OKO_METHODS_MAIN, t->tree, &t->rules, err);
    if (status != OKO_OK)
        return status;
    return oko_run_rows_newest(rq->service->runs, rq->store, OKO_METHODS_EVIDENCE, t->tree, &t->evidence, err);
}

static oko_status run_trial(trial *t, oko_reply *reply, oko_error *err)
{
    oko_status status = read_filter(t, err);
    if (status == OKO_OK)
        status = runs_of(t, err);
    if (status == OKO_OK)
        status = read_pack(t, err);
    if (status == OKO_OK)
        status = find_marks(t, err);
    return status == OKO_OK ? oko_reply_json(reply, 200, trial_json(t), err) : status;
}

static oko_status packs_try(oko_request *rq, oko_reply *reply, oko_error *err)
{
    OKO_CLEANUP(oko_freep) trial *t = oko_calloc_array(1, sizeof *t);
    if (t == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    t->rq = rq;
    oko_status status = oko_tree_get(rq->service->trees, rq->store, &t->tree, err);
    if (status != OKO_OK)
        return status;
    status = run_trial(t, reply, err);
    oko_trial_marks_clear(&t->tried);
    for (size_t k = 0; k < OKO_TRIAL_PACKS; k++)
        oko_trial_marks_clear(&t->held[k]);
    oko_run_rows_back(rq->service->runs, t->rules);
    oko_run_rows_back(rq->service->runs, t->evidence);
    oko_tree_back(rq->service->trees, t->tree);
    return status;
}

const oko_route oko_routes_trial[] = {
    { "packs.try", packs_try },
    { NULL, NULL },
};
