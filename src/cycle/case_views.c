/* Cases like this one. */
#include "base/memory.h"
#include "cycle/body.h"
#include "cycle/cases.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct candidate {
    int64_t id;
    int score, year;
    bool same_cause, same_type;
} candidate;

typedef struct comparing {
    const oko_cycle *c;
    const oko_entry *own;
    const char *cause;
    char type[32];
    candidate *at;
    size_t n, cap;
    oko_error *err;
} comparing;

static oko_status take_candidate(void *ctx, const oko_entry *e)
{
    comparing *k = ctx;
    oko_unit u;
    if (e->head.id == k->own->head.id) {
        return OKO_OK;
    }
    oko_status status = oko_store_unit_get(k->c->store, e->head.unit, &u, k->err);
    status = status == OKO_OK ? oko_grow(&k->at, &k->cap, k->n + 1, sizeof *k->at, OKO_CASES_MAX) : status;
    if (status != OKO_OK) {
        return status;
    }
    candidate one = { .id = e->head.id, .year = e->head.year };
    one.same_cause = *k->cause != '\0' && strcmp(k->cause, oko_body_str(e->body, "cause")) == 0;
    one.same_type = k->type[0] != '\0' && strcmp(k->type, u.type) == 0;
    /* A cause in common tells more than the type of the school; a known effect tells most of what to do. */
    one.score = 4 * one.same_cause + 2 * one.same_type + (*oko_body_str(e->body, "effect") != '\0');
    k->at[k->n++] = one;
    return OKO_OK;
}

static int by_score(const void *x, const void *y)
{
    const candidate *a = x, *b = y;
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    return a->year != b->year ? (a->year > b->year ? -1 : 1) : (a->id > b->id) - (a->id < b->id);
}

static oko_status add_measure(const oko_cycle *c, int64_t id, bool open, json_t *list, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry m = { 0 };
    oko_status status = oko_cycle_load(c, "measure", id, &m, err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(err);
        return OKO_OK;
    }
    if (status != OKO_OK) {
        return status;
    }
    const char *verdict = oko_body_str(json_object_get(m.body, "effect_facts"), "verdict");
    /* A title may name the school: only the code of the catalogue leaves it. */
    json_t *o = json_pack("{s:s, s:s, s:s, s:o}", "code", oko_body_str(m.body, "code"), "state", m.head.state, "title",
                          open ? m.head.title : "", "effect", *verdict != '\0' ? json_string(verdict) : json_null());
    return oko_body_append(list, o, err);
}

static oko_status name_it(const oko_entry *e, const oko_unit *u, json_t *item, oko_error *err)
{
    oko_status status = oko_body_set(item, "case", json_integer(e->head.id), err);
    status = status == OKO_OK ? oko_body_set(item, "unit", json_integer(e->head.unit), err) : status;
    status = status == OKO_OK ? oko_body_set(item, "code", json_string(u->code), err) : status;
    return status == OKO_OK ? oko_body_set(item, "name", json_string(u->name), err) : status;
}

static oko_status tell_similar(const comparing *k, const candidate *one, json_t *items)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 }, seen = { 0 };
    oko_unit u;
    oko_status status = oko_cycle_load(k->c, "case", one->id, &e, k->err);
    status = status == OKO_OK ? oko_store_unit_get(k->c->store, e.head.unit, &u, k->err) : status;
    if (status != OKO_OK) {
        return status;
    }
    const bool open = oko_cycle_get(k->c, "case", one->id, &seen, NULL) == OKO_OK;
    const char *effect = oko_body_str(e.body, "effect");
    json_t *measures = json_array();
    json_t *item = json_pack("{s:s, s:s, s:i, s:s, s:b, s:o, s:o}", "sign", oko_body_str(e.body, "sign"), "cause",
                             oko_body_str(e.body, "cause"), "year", e.head.year, "state", e.head.state, "same_cause",
                             (int)one->same_cause, "effect", *effect != '\0' ? json_string(effect) : json_null(),
                             "measures", measures);
    status = oko_body_append(items, item, k->err);
    const json_t *plan = json_object_get(e.body, "measures");
    for (size_t i = 0; status == OKO_OK && i < json_array_size(plan); i++) {
        status = add_measure(k->c, json_integer_value(json_array_get(plan, i)), open, measures, k->err);
    }
    if (status == OKO_OK && open) {
        status = name_it(&e, &u, item, k->err);
        status = status == OKO_OK ? oko_body_set(item, "same_type", json_boolean(one->same_type), k->err) : status;
    }
    return status;
}

oko_status oko_cases_similar(const oko_cycle *c, int64_t id, json_t **ret_items, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry own = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *items = json_array();
    oko_unit u = { 0 };
    oko_status status =
        items != NULL ? oko_cycle_get(c, "case", id, &own, err) : oko_error_set(err, OKO_E_MEMORY, "", "");
    status = status == OKO_OK ? oko_store_unit_get(c->store, own.head.unit, &u, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    const char *sign = oko_body_str(own.body, "sign");
    comparing k = { .c = c, .own = &own, .cause = oko_body_str(own.body, "cause"), .err = err };
    oko_str_copy(k.type, sizeof k.type, oko_str_of(u.type));
    /* What was dismissed was no case; what nobody has agreed on yet has nothing to tell. */
    const oko_record_query q = { .kind = "case",
                                 .states = "recommendation,plan,execution,acceptance,effect,closed,repeated",
                                 .body_path = "sign",
                                 .body_value = sign };
    status = *sign != '\0' ? oko_cycle_each(c, &q, take_candidate, &k, err) : OKO_OK;
    if (k.n > 1) {
        qsort(k.at, k.n, sizeof *k.at, by_score);
    }
    for (size_t i = 0; status == OKO_OK && i < k.n && i < OKO_SIMILAR_MAX; i++) {
        status = tell_similar(&k, &k.at[i], items);
    }
    free(k.at);
    if (status == OKO_OK) {
        *ret_items = json_incref(items);
    }
    return status;
}
