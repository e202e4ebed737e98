/* Parts of JSON that several commands print. */
#include "cli/cli.h"

json_t *oko_cli_counts_json(const oko_counts *c)
{
    json_t *o = json_object();
    oko_put_int(o, "rows", c->rows);
    oko_put_int(o, "participants", c->participants);
    oko_put_int(o, "absent", c->absent);
    oko_put_int(o, "no_total", c->no_total);
    oko_put_int(o, "bad_total", c->bad_total);
    oko_put_int(o, "above_max", c->above_max);
    oko_put_int(o, "sum_mismatch", c->sum_mismatch);
    return o;
}

json_t *oko_cli_run_json(const oko_run *run, int64_t current)
{
    json_t *o = json_object();
    oko_put_int(o, "id", run->id);
    oko_put_str(o, "created", run->created);
    oko_put_str(o, "method", run->method);
    oko_put_str(o, "program", run->program);
    oko_put_int(o, "revision", run->revision);
    oko_put_str(o, "snapshot", run->snapshot);
    oko_put(o, "seed", json_integer((json_int_t)run->seed));
    oko_put(o, "params", oko_json_text(run->params));
    oko_put_str(o, "result_hash", run->result_hash);
    oko_put_bool(o, "stale", run->revision != current);
    return o;
}

static const char *state_name(oko_result_state state)
{
    static const char *const names[] = { "ok", "no_data", "not_applicable" };
    return (unsigned)state < sizeof(names) / sizeof(names[0]) ? names[state] : "no_data";
}

json_t *oko_cli_result_json(const oko_result *r, const oko_unit *unit)
{
    json_t *o = json_object();
    oko_put_str(o, "procedure", r->procedure);
    oko_put_str(o, "rule", r->rule);
    if (unit != NULL) {
        oko_put_str(o, "unit", unit->code);
        oko_put_str(o, "level", oko_level_name(unit->level));
    }
    oko_put_str(o, "state", state_name(r->state));
    oko_put(o, "why", r->why[0] != '\0' ? json_string(r->why) : json_null());
    oko_put_bool(o, "marked", r->marked);
    oko_put_bool(o, "official", r->official);
    oko_put_int(o, "n", r->n);
    oko_put_num(o, "observed", r->observed);
    oko_put_num(o, "expected", r->expected);
    oko_put_num(o, "effect", r->effect);
    oko_put_num(o, "effect_lo", r->effect_lo);
    oko_put_num(o, "effect_hi", r->effect_hi);
    oko_put_num(o, "p", r->p);
    oko_put_num(o, "log_p", r->log_p);
    oko_put_num(o, "q", r->q);
    oko_put(o, "details", oko_json_text(r->details));
    return o;
}
