/* Re-checks (перепроверка) as measures: what was found becomes a finding when it is confirmed. */
#include "cycle/body.h"
#include "cycle/inspections.h"
#include "cycle/nouns.h"

#include <oko/recheck.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TARGET .10 /* regions aim at no more than 10 % of changed marks */

/* ---- numbers ---- */

/* A whole number of the body; −1 when it is not there. */
static int64_t count_of(const oko_entry *e, const char *name)
{
    const json_t *v = json_object_get(e->body, name);
    return json_is_integer(v) ? json_integer_value(v) : OKO_FINDING_UNKNOWN;
}

static oko_status wrong(const char *field, oko_error *err)
{
    return oko_error_set(err, OKO_E_ARGUMENT, "recheck.numbers", field);
}

/* In %. NaN: not known. */
static oko_status put_percent(oko_entry *e, const char *name, double share, oko_error *err)
{
    return oko_body_set(e->body, name, oko_body_number(100 * share), err);
}

/* The share of changed marks with the exact interval of Clopper and Pearson; of all works written, when their number is
 * known; and how sure it is that more than the target changes. */
static oko_status note_share(oko_entry *e, int64_t works, int64_t checked, int64_t up, int64_t down, oko_error *err)
{
    oko_recheck_change r;
    oko_status status = oko_recheck_counts(checked, up + down, up, down, works, TARGET, &r);
    if (status != OKO_OK) {
        return oko_error_set(err, status, "recheck.numbers", "checked");
    }
    status = oko_body_set(e->body, "changed", json_integer(up + down), err);
    status = status == OKO_OK ? put_percent(e, "share", r.share, err) : status;
    status = status == OKO_OK ? put_percent(e, "share_lo", r.exact.lo, err) : status;
    status = status == OKO_OK ? put_percent(e, "share_hi", r.exact.hi, err) : status;
    status = status == OKO_OK ? put_percent(e, "all_lo", r.finite.lo, err) : status;
    status = status == OKO_OK ? put_percent(e, "all_hi", r.finite.hi, err) : status;
    return status == OKO_OK ? oko_body_set(e->body, "p_above_target", oko_body_number(r.p), err) : status;
}

static oko_status finish(oko_entry *e, oko_error *err)
{
    const int64_t works = count_of(e, "works"), checked = count_of(e, "checked");
    const int64_t up = count_of(e, "up"), down = count_of(e, "down");
    if (checked <= 0 || (works >= 0 && checked > works)) {
        return wrong("checked", err);
    }
    if (up < 0 || down < 0 || up + down > checked) {
        return wrong(up < 0 ? "up" : "down", err);
    }
    return note_share(e, works, checked, up, down, err);
}

/* ---- finding ---- */

static oko_status confirm(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    oko_finding f = { .kind = OKO_FINDING_RECHECK, .unit = e->head.unit, .year = e->head.year };
    int64_t import = 0;
    f.facts[OKO_RECHECK_WORKS] = count_of(e, "works");
    f.facts[OKO_RECHECK_CHECKED] = count_of(e, "checked");
    f.facts[OKO_RECHECK_UP] = count_of(e, "up");
    f.facts[OKO_RECHECK_DOWN] = count_of(e, "down");
    f.facts[OKO_RECHECK_CHANGED] = f.facts[OKO_RECHECK_UP] + f.facts[OKO_RECHECK_DOWN];
    oko_str_copy(f.procedure, sizeof f.procedure, oko_str_of(oko_body_str(e->body, "procedure")));
    /* As in files: re-checks by different bodies are kept apart; a class of its own, too. */
    const char *label = oko_body_str(e->body, "class");
    (void)snprintf(f.part, sizeof f.part, "%.*s%s%s", (int)sizeof f.part - 24, oko_body_str(e->body, "body"),
                   *label != '\0' ? ", " : "", label);
    oko_status status = oko_inspection_finding(c, e, &f, &import, err);
    return status == OKO_OK && import != 0 ? oko_body_set(e->body, "import", json_integer(import), err) : status;
}

/* ---- hooks ---- */

static oko_status check(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    oko_unit u;
    oko_procedure p;
    const char *code = oko_body_str(e->body, "procedure");
    oko_status status = oko_store_unit_get(c->store, e->head.unit, &u, err);
    if (status == OKO_OK && u.level != OKO_LEVEL_SCHOOL) {
        return oko_error_set(err, OKO_E_ARGUMENT, "inspection.school", "unit");
    }
    if (status == OKO_OK && *code != '\0') {
        status = oko_store_procedure_get(c->store, code, 0, &p, err);
        if (status == OKO_E_NOT_FOUND) {
            return oko_error_set(err, OKO_E_ARGUMENT, "inspection.procedure", "procedure");
        }
        e->head.year = status == OKO_OK && e->head.year == 0 ? p.year : e->head.year;
    }
    if (e->head.year == 0) {
        e->head.year = (int)strtol(c->today, NULL, 10);
    }
    return status;
}

static oko_status acting(const oko_cycle *c, oko_entry *e, const oko_flow_action *a, json_t *input, oko_error *err)
{
    (void)input;
    if (strcmp(a->name, "finish") == 0) {
        return finish(e, err);
    }
    return strcmp(a->name, "confirm") == 0 ? confirm(c, e, err) : OKO_OK;
}

const oko_noun oko_noun_recheck = { .kind = "recheck", .creating = check, .changing = check, .acting = acting };
