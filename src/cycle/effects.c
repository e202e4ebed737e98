/* Effects of a year: by type of measure, by measure, by case. */
#include "cycle/effects.h"

#include "base/memory.h"
#include "cycle/body.h"
#include "cycle/effect_world.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

typedef struct reporting {
    effect_world w;
    oko_cycle inside;
    bool preview;
    json_t *types, *measures, *cases;
    int helped, not_helped, no_data; /* measures and cases */
    int64_t *waiting;                /* cases in the state "effect" */
    size_t n_waiting, cap_waiting;
} reporting;

static void tally_verdict(reporting *r, const json_t *facts)
{
    const char *v = oko_body_str(facts, "verdict");
    r->helped += strcmp(v, "helped") == 0;
    r->not_helped += strcmp(v, "not_helped") == 0;
    r->no_data += strcmp(v, "no_data") == 0;
}

/* ---- by type ---- */

static const oko_place *place_of(const reporting *r, const effect_measure *m)
{
    return oko_register_find(&r->w.reg, m->unit);
}

/* Do the two belong to one statement? */
static bool same_type(const reporting *r, const effect_measure *a, const effect_measure *b)
{
    const oko_place *p = place_of(r, a), *q = place_of(r, b);
    return p != NULL && q != NULL && a->accepted && b->accepted && strcmp(a->code, b->code) == 0 &&
           strcmp(a->indicator, b->indicator) == 0 && p->level == q->level &&
           oko_register_top(&r->w.reg, p->id) == oko_register_top(&r->w.reg, q->id);
}

static bool told_before(const reporting *r, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (same_type(r, &r->w.measures[k], &r->w.measures[i])) {
            return true;
        }
    }
    return false;
}

static oko_status tell_type(reporting *r, const effect_measure *m, uint8_t *treated)
{
    effect_world *w = &r->w;
    effect_number *number;
    const oko_place *p = place_of(r, m), *region = oko_register_top(&w->reg, m->unit);
    memset(treated, 0, w->reg.n);
    for (size_t i = 0; i < w->n_measures; i++) {
        if (same_type(r, m, &w->measures[i])) {
            treated[effect_place(w, w->measures[i].unit)] = 1;
        }
    }
    oko_status status = effect_number_get(w, m->indicator, &number);
    json_t *facts = status == OKO_OK ? effect_facts(w, number, treated, SIZE_MAX) : NULL;
    status = status == OKO_OK ? oko_body_append(r->types, facts, w->err) : status;
    status = status == OKO_OK ? oko_body_set(facts, "code", json_string(m->code), w->err) : status;
    status = status == OKO_OK ? oko_body_set(facts, "indicator", json_string(m->indicator), w->err) : status;
    status = status == OKO_OK ? oko_body_set(facts, "level", json_string(oko_level_name(p->level)), w->err) : status;
    return status == OKO_OK ? oko_body_set(facts, "region", json_string(region != NULL ? region->code : ""), w->err)
                            : status;
}

static oko_status by_type(reporting *r)
{
    OKO_CLEANUP(oko_freep) uint8_t *treated = oko_calloc_array(r->w.reg.n > 0 ? r->w.reg.n : 1, 1);
    oko_status status = treated != NULL ? OKO_OK : no_memory(r->w.err);
    for (size_t i = 0; status == OKO_OK && i < r->w.n_measures; i++) {
        const effect_measure *m = &r->w.measures[i];
        if (m->accepted && m->indicator[0] != '\0' && place_of(r, m) != NULL && !told_before(r, i)) {
            status = tell_type(r, m, treated);
        }
    }
    return status;
}

/* ---- kept with the record ---- */

/* Facts as they stand in the record, unless it says the same already. */
static oko_status keep(const reporting *r, const char *kind, int64_t id, json_t *facts)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_error *err = r->w.err;
    if (r->preview) {
        return OKO_OK;
    }
    oko_status status = oko_cycle_load(&r->inside, kind, id, &e, err);
    if (status != OKO_OK || json_equal(json_object_get(e.body, "effect_facts"), facts)) {
        return status;
    }
    status = oko_body_set(e.body, "effect_facts", json_deep_copy(facts), err);
    return status == OKO_OK ? oko_cycle_put(&r->inside, &e, "effect", err) : status;
}

/* Which unit it is about, for readers. */
static oko_status name_unit(const reporting *r, json_t *facts, int64_t unit)
{
    oko_unit u;
    oko_error *err = r->w.err;
    oko_status status = oko_store_unit_get(r->inside.store, unit, &u, err);
    status = status == OKO_OK ? oko_body_set(facts, "unit", json_integer(unit), err) : status;
    status = status == OKO_OK ? oko_body_set(facts, "unit_code", json_string(u.code), err) : status;
    return status == OKO_OK ? oko_body_set(facts, "unit_name", json_string(u.name), err) : status;
}

/* ---- by measure ---- */

static oko_status tell_measure(reporting *r, const effect_measure *m)
{
    effect_world *w = &r->w;
    effect_number *number;
    const size_t at = effect_place(w, m->unit);
    oko_status status = effect_number_get(w, m->indicator, &number);
    OKO_CLEANUP(oko_json_freep) json_t *facts = status == OKO_OK ? effect_facts(w, number, NULL, at) : NULL;
    if (status != OKO_OK || facts == NULL) {
        return status != OKO_OK ? status : no_memory(w->err);
    }
    status = oko_body_set(facts, "indicator", json_string(m->indicator), w->err);
    status = status == OKO_OK ? oko_body_set(facts, "year", json_integer(w->year), w->err) : status;
    status = status == OKO_OK ? keep(r, "measure", m->id, facts) : status;
    tally_verdict(r, facts);
    status = status == OKO_OK ? oko_body_set(facts, "measure", json_integer(m->id), w->err) : status;
    status = status == OKO_OK ? name_unit(r, facts, m->unit) : status;
    status = status == OKO_OK ? oko_body_set(facts, "code", json_string(m->code), w->err) : status;
    return status == OKO_OK ? oko_body_append(r->measures, json_incref(facts), w->err) : status;
}

static oko_status by_measure(reporting *r)
{
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < r->w.n_measures; i++) {
        const effect_measure *m = &r->w.measures[i];
        if (m->accepted && m->indicator[0] != '\0' && effect_place(&r->w, m->unit) != SIZE_MAX) {
            status = tell_measure(r, m);
        }
    }
    return status;
}

/* ---- by case ---- */

static oko_status take_waiting(void *ctx, const oko_entry *e)
{
    reporting *r = ctx;
    oko_status status = oko_grow(&r->waiting, &r->cap_waiting, r->n_waiting + 1, sizeof *r->waiting, 1000000);
    if (status == OKO_OK) {
        r->waiting[r->n_waiting++] = e->head.id;
    }
    return status;
}

static oko_status tell_case(reporting *r, int64_t id)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *facts = NULL;
    oko_status status = oko_cycle_load(&r->inside, "case", id, &e, r->w.err);
    status = status == OKO_OK ? effect_of_case(&r->w, &e, &facts) : status;
    if (status != OKO_OK || facts == NULL) {
        return status;
    }
    status = keep(r, "case", id, facts);
    tally_verdict(r, facts);
    status = status == OKO_OK ? oko_body_set(facts, "case", json_integer(id), r->w.err) : status;
    status = status == OKO_OK ? name_unit(r, facts, e.head.unit) : status;
    return status == OKO_OK ? oko_body_append(r->cases, json_incref(facts), r->w.err) : status;
}

static oko_status by_case(reporting *r)
{
    const oko_record_query q = { .kind = "case", .year = r->w.year, .states = "effect" };
    oko_status status = oko_cycle_each(&r->inside, &q, take_waiting, r, r->w.err);
    for (size_t i = 0; status == OKO_OK && i < r->n_waiting; i++) {
        status = tell_case(r, r->waiting[i]);
    }
    return status;
}

/* ---- all ---- */

static json_t *report_of(const reporting *r)
{
    return json_pack("{s:s, s:i, s:i, s:I, s:O, s:O, s:O, s:{s:i, s:i, s:i}}", "method", OKO_EFFECTS_VERSION, "year",
                     r->w.year, "next", r->w.year + 1, "evidence", (json_int_t)r->w.evidence, "types", r->types,
                     "measures", r->measures, "cases", r->cases, "counts", "helped", r->helped, "not_helped",
                     r->not_helped, "no_data", r->no_data);
}

/* Everything in its order; *ret_report is the same for a preview and for what is kept, but for its last two members. */
static oko_status tell_all(reporting *r, json_t **ret_report)
{
    OKO_CLEANUP(oko_json_freep) json_t *report = NULL;
    int64_t kept = 0;
    oko_error *err = r->w.err;
    oko_status status =
        r->types != NULL && r->measures != NULL && r->cases != NULL ? effect_world_load(&r->w) : no_memory(err);
    status = status == OKO_OK ? by_type(r) : status;
    status = status == OKO_OK ? by_measure(r) : status;
    status = status == OKO_OK ? by_case(r) : status;
    if (status == OKO_OK) {
        report = report_of(r);
        status = report != NULL ? effect_seal(&r->w, report) : no_memory(err);
    }
    status = status == OKO_OK && !r->preview ? effect_keep(&r->w, report, &kept) : status;
    status = status == OKO_OK ? oko_body_set(report, "preview", json_boolean(r->preview), err) : status;
    status =
        status == OKO_OK ? oko_body_set(report, "kept", kept != 0 ? json_integer(kept) : json_null(), err) : status;
    if (status == OKO_OK) {
        *ret_report = json_incref(report);
    }
    return status;
}

oko_status oko_effects(const oko_cycle *c, int year, bool preview, json_t **ret_report, oko_error *err)
{
    const unsigned readers =
        OKO_ROLE_BIT(OKO_ROLE_OPERATOR) | OKO_ROLE_BIT(OKO_ROLE_HEAD) | OKO_ROLE_BIT(OKO_ROLE_AUDITOR);
    OKO_CLEANUP(oko_json_freep) json_t *report = NULL;
    reporting r = { .preview = preview, .w = { .year = year, .err = err } };
    oko_status status = oko_access_role(c->actor, preview ? readers : OKO_ROLE_BIT(OKO_ROLE_OPERATOR), !preview, err);
    r.inside = *c;
    if (status == OKO_OK && !preview) {
        status = oko_cycle_begin(c, &r.inside, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    r.w.c = &r.inside;
    r.types = json_array();
    r.measures = json_array();
    r.cases = json_array();
    status = tell_all(&r, &report);
    status = preview ? status : oko_cycle_end(c, status, err);
    effect_world_clear(&r.w);
    free(r.waiting);
    json_decref(r.types);
    json_decref(r.measures);
    json_decref(r.cases);
    if (status == OKO_OK) {
        *ret_report = json_incref(report);
    }
    return status;
}
