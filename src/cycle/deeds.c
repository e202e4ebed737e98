#include "cycle/deeds.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

typedef struct rule {
    const char *kind;
    oko_deed deed;
    const char *states;
} rule;

static const rule rules[] = {
    { "event", OKO_DEED_EVENTS, "draft,planned,held,closed" },
    { "event", OKO_DEED_EVENTS_HELD, "held,closed" },
    { "form", OKO_DEED_FORMS, NULL },
    { "form", OKO_DEED_FORMS_ACCEPTED, "accepted" },
    { "note", OKO_DEED_NOTES, "final" },
    { "recommendation", OKO_DEED_LETTERS, "sent,read,answered,closed" },
    { "recommendation", OKO_DEED_LETTERS_ANSWERED, "answered,closed" },
    { "case", OKO_DEED_CASES, NULL },
    { "case", OKO_DEED_CASES_MOVED, "plan,execution,acceptance,effect,dismissed,closed,repeated" },
    { "measure", OKO_DEED_MEASURES, "planned,in-progress,reported,accepted,returned" },
    { "measure", OKO_DEED_MEASURES_ACCEPTED, "accepted" },
};

typedef struct counting {
    oko_deeds *d;
    const oko_register *reg;
    oko_deed deed;
} counting;

static void add(const counting *c, int64_t unit, int64_t n)
{
    const oko_place *p = oko_register_find(c->reg, unit);
    if (p == NULL) {
        return;
    }
    c->d->own[p - c->reg->places][c->deed] += n;
    for (int step = 0; p != NULL && step < OKO_LEVEL_COUNT; step++) {
        c->d->below[p - c->reg->places][c->deed] += n;
        p = p->parent != 0 ? oko_register_find(c->reg, p->parent) : NULL;
    }
}

static oko_status count(void *ctx, int64_t unit, const char *state, int64_t n)
{
    (void)state;
    add(ctx, unit, n);
    return OKO_OK;
}

static oko_status total(void *ctx, int64_t unit, const char *state, int64_t n)
{
    (void)unit;
    (void)state;
    *(int64_t *)ctx += n;
    return OKO_OK;
}

static oko_status count_all(const oko_cycle *c, const char *kind, const char *states, int year, int64_t *ret_n,
                            oko_error *err)
{
    const oko_record_query q = { .kind = kind, .states = states, .year = year };
    return oko_store_record_counts(c->store, &q, false, total, ret_n, err);
}

static oko_status load(const oko_cycle *c, const oko_register *reg, oko_deeds *d, oko_error *err)
{
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < sizeof rules / sizeof *rules; i++) {
        counting k = { .d = d, .reg = reg, .deed = rules[i].deed };
        const oko_record_query q = { .kind = rules[i].kind, .states = rules[i].states, .year = d->year };
        status = oko_store_record_counts(c->store, &q, true, count, &k, err);
    }
    status = status == OKO_OK ? count_all(c, "indicator", "draft,review,active", d->year, &d->indicators, err) : status;
    status = status == OKO_OK ? count_all(c, "indicator", "active", d->year, &d->indicators_active, err) : status;
    return status == OKO_OK ? count_all(c, "campaign", "open,closed,published", d->year, &d->campaigns, err) : status;
}

/* ---- lists from outside ---- */

typedef struct listing {
    counting k;
    bool *seen;
} listing;

/* A school counts once, however many lists and reasons name it. */
static oko_status take_external(void *ctx, const oko_external *e)
{
    listing *l = ctx;
    const oko_place *p = oko_register_find(l->k.reg, e->unit);
    if (e->year != l->k.d->year || p == NULL || l->seen[p - l->k.reg->places]) {
        return OKO_OK;
    }
    const size_t at = (size_t)(p - l->k.reg->places);
    l->seen[at] = true;
    l->k.deed = OKO_DEED_LISTED;
    add(&l->k, e->unit, 1);
    if (l->k.d->own[at][OKO_DEED_LETTERS] > 0 || l->k.d->own[at][OKO_DEED_CASES_MOVED] > 0) {
        l->k.deed = OKO_DEED_LISTED_ADDRESSED;
        add(&l->k, e->unit, 1);
    }
    return OKO_OK;
}

oko_status oko_deeds_load(const oko_cycle *c, const oko_register *reg, int year, oko_deeds *ret_deeds, oko_error *err)
{
    const size_t n = reg->n > 0 ? reg->n : 1;
    oko_deeds d = { .year = year,
                    .own = oko_calloc_array(n, sizeof *d.own),
                    .below = oko_calloc_array(n, sizeof *d.below) };
    OKO_CLEANUP(oko_freep) bool *seen = oko_calloc_array(n, sizeof *seen);
    oko_status status =
        d.own != NULL && d.below != NULL && seen != NULL ? OKO_OK : oko_error_set(err, OKO_E_MEMORY, "", "");
    status = status == OKO_OK ? load(c, reg, &d, err) : status;
    listing l = { .k = { .d = &d, .reg = reg }, .seen = seen };
    status = status == OKO_OK ? oko_store_external_walk(c->store, 0, 0, take_external, &l, err) : status;
    if (status != OKO_OK) {
        oko_deeds_clear(&d);
        return status;
    }
    *ret_deeds = d;
    return OKO_OK;
}

void oko_deeds_clear(oko_deeds *deeds)
{
    free(deeds->own);
    free(deeds->below);
    *deeds = (oko_deeds){ 0 };
}

/* ---- progress ---- */

/* complete: all of it was done and, where `also` says so, what does not show in the two numbers. */
static json_t *progress(int64_t done, int64_t of, bool also, json_t *counts)
{
    return json_pack("{s:I, s:I, s:o, s:b, s:o}", "done", (json_int_t)done, "of", (json_int_t)of, "share",
                     of > 0 ? json_real((double)done / (double)of) : json_null(), "complete",
                     (int)(of > 0 && done >= of && also), "counts", counts);
}

static json_t *of_recommendations(const int64_t *k)
{
    const bool all = k[OKO_DEED_CASES_MOVED] == k[OKO_DEED_CASES] && k[OKO_DEED_LISTED_ADDRESSED] == k[OKO_DEED_LISTED];
    return progress(k[OKO_DEED_LETTERS_ANSWERED], k[OKO_DEED_LETTERS], all,
                    json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "sent", (json_int_t)k[OKO_DEED_LETTERS], "answered",
                              (json_int_t)k[OKO_DEED_LETTERS_ANSWERED], "cases", (json_int_t)k[OKO_DEED_CASES],
                              "cases_moved", (json_int_t)k[OKO_DEED_CASES_MOVED], "listed",
                              (json_int_t)k[OKO_DEED_LISTED], "listed_addressed",
                              (json_int_t)k[OKO_DEED_LISTED_ADDRESSED]));
}

json_t *oko_deeds_progress(const oko_deeds *d, size_t place, const char *step, bool run)
{
    const int64_t *own = d->own[place], *below = d->below[place];
    if (strcmp(step, "events") == 0) {
        return progress(own[OKO_DEED_EVENTS_HELD], own[OKO_DEED_EVENTS], true,
                        json_pack("{s:I, s:I}", "planned", (json_int_t)own[OKO_DEED_EVENTS], "held",
                                  (json_int_t)own[OKO_DEED_EVENTS_HELD]));
    }
    if (strcmp(step, "indicators") == 0) {
        return progress(d->indicators_active, d->indicators, true,
                        json_pack("{s:I, s:I}", "indicators", (json_int_t)d->indicators, "approved",
                                  (json_int_t)d->indicators_active));
    }
    if (strcmp(step, "monitoring") == 0) {
        return progress(below[OKO_DEED_FORMS_ACCEPTED], below[OKO_DEED_FORMS], true,
                        json_pack("{s:I, s:I, s:I}", "campaigns", (json_int_t)d->campaigns, "forms",
                                  (json_int_t)below[OKO_DEED_FORMS], "accepted",
                                  (json_int_t)below[OKO_DEED_FORMS_ACCEPTED]));
    }
    if (strcmp(step, "analysis") == 0) {
        const bool noted = own[OKO_DEED_NOTES] > 0;
        return progress((int64_t)run + noted, 2, true,
                        json_pack("{s:b, s:I}", "run", (int)run, "notes", (json_int_t)own[OKO_DEED_NOTES]));
    }
    if (strcmp(step, "recommendations") == 0) {
        return of_recommendations(below);
    }
    if (strcmp(step, "measures") == 0) {
        return progress(below[OKO_DEED_MEASURES_ACCEPTED], below[OKO_DEED_MEASURES], true,
                        json_pack("{s:I, s:I, s:I, s:I}", "planned", (json_int_t)below[OKO_DEED_MEASURES], "accepted",
                                  (json_int_t)below[OKO_DEED_MEASURES_ACCEPTED], "own_planned",
                                  (json_int_t)own[OKO_DEED_MEASURES], "own_accepted",
                                  (json_int_t)own[OKO_DEED_MEASURES_ACCEPTED]));
    }
    return progress(0, 0, true, json_object());
}
