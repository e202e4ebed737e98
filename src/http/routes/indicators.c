/* Indicators beyond their records: starter set, all at once, formulas checked and tried. */
#include "http/routes/routes.h"

#include "cycle/formula_advice.h"
#include "cycle/indicators.h"
#include "cycle/trace.h"
#include "cycle/value_table.h"
#include "http/cycle_door.h"
#include "http/jobs.h"

#include <math.h>

static int year_of(const oko_request *rq)
{
    return (int)json_integer_value(json_object_get(rq->body, "year"));
}

static oko_status counted(oko_request *rq, oko_reply *reply, oko_status status, int n, oko_error *err)
{
    (void)rq;
    reply->noted = true; /* each record has its line */
    return status == OKO_OK ? oko_reply_json(reply, 200, json_pack("{s:i}", "changed", n), err) : status;
}

static oko_status seed(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    const json_t *from = json_object_get(rq->body, "from");
    int n = 0;
    oko_status status = from != NULL ? oko_indicators_copy(&c, (int)json_integer_value(from), year_of(rq), &n, err)
                                     : oko_indicators_seed(&c, year_of(rq), &n, err);
    return counted(rq, reply, status, n, err);
}

static oko_status act_all(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    int n = 0;
    const char *action = json_string_value(json_object_get(rq->body, "action"));
    oko_status status = oko_indicators_act(&c, year_of(rq), action, json_object_get(rq->body, "input"), &n, err);
    return counted(rq, reply, status, n, err);
}

static json_t *names_json(const oko_formula_names *names)
{
    json_t *list = json_array();
    for (int i = 0; i < names->n; i++) {
        (void)json_array_append_new(list, json_string(names->at[i]));
    }
    return list;
}

/* Where the fault is, what it is, what to do. */
static json_t *fault_json(oko_request *rq, const char *formula, oko_error *fault, const oko_tally *known)
{
    oko_formula_advice a;
    oko_formula_advise(formula, fault, known, &a);
    json_t *o = json_pack("{s:b, s:s, s:s, s:[]}", "valid", 0, "place", fault->field, "code", fault->id, "variables");
    fault->field[0] = '\0'; /* told apart */
    oko_json_set_str(o, "message", oko_text_error(rq->text, rq->arena, fault));
    oko_json_set_str(o, "todo", oko_text_get(rq->text, a.todo));
    if (a.line > 0) {
        oko_json_set_int(o, "offset", a.offset);
        oko_json_set_int(o, "length", a.length);
    }
    json_t *alike = json_array();
    for (int i = 0; i < a.n; i++) {
        (void)json_array_append_new(alike, json_string(a.names[i]));
    }
    (void)json_object_set_new(o, "alike", alike);
    return o;
}

/* A formula with a fault is an answer, not an error. */
static oko_status check(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_error fault = { 0 };
    oko_formula_names names = { 0 };
    const char *formula = json_string_value(json_object_get(rq->body, "formula"));
    OKO_CLEANUP(oko_tally_freep) oko_tally *known = NULL;
    oko_status status = oko_variables_open(&known, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_formula_check(formula, oko_variable_known, known, &names, &fault);
    reply->noted = true;
    if (status == OKO_E_MEMORY) {
        return oko_error_set(err, status, "", "");
    }
    return oko_reply_json(reply, 200,
                          status != OKO_OK ? fault_json(rq, formula, &fault, known)
                                           : json_pack("{s:b, s:s, s:s, s:s, s:o}", "valid", 1, "place", "", "code", "",
                                                       "message", "", "variables", names_json(&names)),
                          err);
}

static oko_status try_it(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    json_t *out = NULL;
    reply->noted = true;
    oko_status status = oko_indicator_try(&c, year_of(rq), json_integer_value(json_object_get(rq->body, "unit")),
                                          json_string_value(json_object_get(rq->body, "formula")), &out, err);
    json_t *lines = NULL;
    status = status == OKO_OK ? oko_trace_words(json_object_get(out, "trace"), rq->text, &lines, err) : status;
    if (status != OKO_OK) {
        json_decref(out);
        return status;
    }
    (void)json_object_set_new(out, "explanation", lines);
    const json_t *value = json_object_get(out, "value");
    const char *standing = oko_value_standing(json_is_number(value) ? json_number_value(value) : NAN, rq->body);
    const char *why = json_string_value(json_object_get(out, "why"));
    oko_json_set_str(out, "standing", standing);
    oko_json_set_str(out, "standing_text", oko_standing_text(rq->text, standing));
    oko_json_set_str(out, "why_text", why != NULL && *why != '\0' ? oko_text_get(rq->text, why) : "");
    return oko_reply_json(reply, 200, out, err);
}

static oko_status compute(oko_request *rq, oko_reply *reply, oko_error *err)
{
    json_t *params = json_pack("{s:i, s:I, s:s}", "year", year_of(rq), "campaign",
                               json_integer_value(json_object_get(rq->body, "campaign")), "login", rq->actor.login);
    return oko_jobs_add(rq, reply, "indicators", rq->actor.unit, params, err);
}

static oko_status variables(oko_request *rq, oko_reply *reply, oko_error *err)
{
    json_t *list = NULL;
    (void)rq;
    oko_status status = oko_variables_list(&list, err);
    return status == OKO_OK ? oko_reply_json(reply, 200, list, err) : status;
}

const oko_route oko_routes_indicators[] = {
    { "indicators.seed", seed },
    { "indicators.actAll", act_all },
    { "indicators.check", check },
    { "indicators.try", try_it },
    { "indicators.compute", compute },
    { "indicators.variables", variables },
    { NULL, NULL },
};
