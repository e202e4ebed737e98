/* Units, measures and values of two years. */
#include "cycle/effect_world.h"

#include "base/memory.h"
#include "cycle/body.h"
#include "reference/json.h"
#include "store/values.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t effect_place(const effect_world *w, int64_t unit)
{
    const oko_place *p = oko_register_find(&w->reg, unit);
    return p != NULL ? (size_t)(p - w->reg.places) : SIZE_MAX;
}

static oko_status take_type(void *ctx, const oko_unit *u)
{
    effect_world *w = ctx;
    const size_t at = effect_place(w, u->id);
    if (at != SIZE_MAX) {
        memcpy(w->type[at], u->type, sizeof w->type[at]);
    }
    return OKO_OK;
}

static oko_status take_measure(void *ctx, const oko_entry *e)
{
    effect_world *w = ctx;
    if (strcmp(e->head.state, "cancelled") == 0) {
        return OKO_OK;
    }
    oko_status status = oko_grow(&w->measures, &w->cap_measures, w->n_measures + 1, sizeof *w->measures, 1000000);
    if (status == OKO_OK) {
        effect_measure *m = &w->measures[w->n_measures++];
        *m = (effect_measure){ .id = e->head.id,
                               .unit = e->head.unit,
                               .accepted = strcmp(e->head.state, "accepted") == 0 };
        oko_str_copy(m->code, sizeof m->code, oko_str_of(oko_body_str(e->body, "code")));
        oko_str_copy(m->indicator, sizeof m->indicator, oko_str_of(oko_body_str(e->body, "indicator")));
    }
    return status;
}

oko_status effect_world_load(effect_world *w)
{
    oko_store *store = w->c->store;
    oko_status status = oko_register_load(store, 0, &w->reg, w->err);
    status = status == OKO_OK ? oko_text_open("ru", &w->text[0], w->err) : status;
    status = status == OKO_OK ? oko_text_open("en", &w->text[1], w->err) : status;
    status = status == OKO_OK ? oko_arena_new(64 * 1024 * 1024, &w->arena) : status;
    if (status != OKO_OK) {
        return status;
    }
    w->type = oko_calloc_array(w->reg.n > 0 ? w->reg.n : 1, sizeof *w->type);
    if (w->type == NULL) {
        return oko_error_set(w->err, OKO_E_MEMORY, "", "");
    }
    status = oko_store_unit_walk(store, 0, OKO_LEVEL_SCHOOL, take_type, w, w->err);
    const oko_record_query q = { .kind = "measure", .year = w->year };
    return status == OKO_OK ? oko_cycle_each(w->c, &q, take_measure, w, w->err) : status;
}

static void number_clear(effect_number *n)
{
    free(n->before);
    free(n->after);
    free(n->touched);
}

void effect_world_clear(effect_world *w)
{
    for (size_t i = 0; i < w->n_numbers; i++) {
        number_clear(&w->numbers[i]);
    }
    free(w->numbers);
    free(w->measures);
    free(w->type);
    oko_arena_free(w->arena);
    oko_text_free(w->text[0]);
    oko_text_free(w->text[1]);
    oko_register_clear(&w->reg);
}

/* ---- values of an indicator ---- */

typedef struct filling {
    effect_world *w;
    effect_number *n;
} filling;

static oko_status take_value(void *ctx, const oko_indicator_value *v)
{
    filling *f = ctx;
    const size_t at = effect_place(f->w, v->unit);
    if (at != SIZE_MAX) {
        *(v->year == f->w->year ? &f->n->before[at] : &f->n->after[at]) = v->value;
    }
    return OKO_OK;
}

static oko_status fill_values(effect_world *w, effect_number *n)
{
    filling f = { .w = w, .n = n };
    oko_status status = OKO_OK;
    for (int year = w->year; status == OKO_OK && year <= w->year + 1; year++) {
        oko_value_query q = { .code = n->name, .year = year, .level = OKO_LEVEL_COUNT, .limit = 100000 };
        int64_t total = 0;
        do {
            status = oko_store_value_walk(w->c->store, &q, take_value, &f, &total, w->err);
            q.offset += q.limit;
        } while (status == OKO_OK && q.offset < total);
    }
    return status;
}

static int direction_of(const char *word)
{
    return strcmp(word, "up") == 0 ? 1 : strcmp(word, "down") == 0 ? -1 : 0;
}

/* The year's definition of the indicator says which way is better; else the built-in list. */
static oko_status read_direction(const effect_world *w, effect_number *n)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *file = NULL;
    char key[OKO_RECORD_KEY_BYTES];
    (void)snprintf(key, sizeof key, "%s/%d", n->name, w->year);
    oko_status status = oko_cycle_find(w->c, "indicator", key, &e, w->err);
    if (status == OKO_OK) {
        n->better = direction_of(oko_body_str(e.body, "direction"));
        return OKO_OK;
    }
    if (status != OKO_E_NOT_FOUND) {
        return status;
    }
    oko_error_clear(w->err);
    status = oko_cycle_reference("indicators.json", &file, w->err);
    const json_t *list = json_object_get(file, "indicators");
    for (size_t i = 0; status == OKO_OK && i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        if (strcmp(oko_body_str(one, "code"), n->name) == 0) {
            n->better = direction_of(oko_body_str(one, "direction"));
        }
    }
    return status;
}

static void touch(const effect_world *w, effect_number *n)
{
    for (size_t i = 0; i < w->n_measures; i++) {
        const size_t at = effect_place(w, w->measures[i].unit);
        if (at != SIZE_MAX && strcmp(w->measures[i].indicator, n->name) == 0) {
            n->touched[at] = 1;
        }
    }
}

static oko_status number_new(effect_world *w, const char *name, effect_number *ret)
{
    const size_t n = w->reg.n > 0 ? w->reg.n : 1;
    *ret = (effect_number){ .before = oko_alloc_array(n, sizeof(double)),
                            .after = oko_alloc_array(n, sizeof(double)),
                            .touched = oko_calloc_array(n, 1) };
    if (ret->before == NULL || ret->after == NULL || ret->touched == NULL) {
        return oko_error_set(w->err, OKO_E_MEMORY, "", "");
    }
    for (size_t i = 0; i < n; i++) {
        ret->before[i] = ret->after[i] = NAN;
    }
    oko_str_copy(ret->name, sizeof ret->name, oko_str_of(name));
    return OKO_OK;
}

oko_status effect_number_get(effect_world *w, const char *name, effect_number **ret_number)
{
    for (size_t i = 0; i < w->n_numbers; i++) {
        if (strcmp(w->numbers[i].name, name) == 0) {
            *ret_number = &w->numbers[i];
            return OKO_OK;
        }
    }
    oko_status status = oko_grow(&w->numbers, &w->cap_numbers, w->n_numbers + 1, sizeof *w->numbers, 1000);
    if (status != OKO_OK) {
        return oko_error_set(w->err, status, "", "");
    }
    effect_number *n = &w->numbers[w->n_numbers++];
    status = number_new(w, name, n);
    if (status == OKO_OK && strcmp(name, "sign") == 0) {
        status = effect_signs_load(w, n);
    } else if (status == OKO_OK && *name != '\0') {
        status = fill_values(w, n);
        status = status == OKO_OK ? read_direction(w, n) : status;
        touch(w, n);
    }
    *ret_number = n;
    return status;
}
