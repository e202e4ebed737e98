/* Facts from what came in by files beside the works: external lists, re-checks, observers, medallists. */
#include "analysis/medals.h"
#include "base/memory.h"
#include "cycle/tally_table.h"

#include <string.h>

typedef struct gathering {
    oko_tally *f;
    uint8_t *listed; /* [places]: bits of the last three years: 1 this year, 2 the year before, 4 two before */
    bool any_list[3];
    bool any_observation;
    oko_other other;   /* results that confirm a medal */
    uint8_t *observed; /* [places] */
} gathering;

static size_t place(const oko_tally *f, int64_t unit)
{
    const oko_place *p = oko_register_find(&f->reg, unit);
    return p != NULL && p->level == OKO_LEVEL_SCHOOL ? (size_t)(p - f->reg.places) : SIZE_MAX;
}

static oko_status take_external(void *ctx, const oko_external *e)
{
    gathering *g = ctx;
    const int back = g->f->query.year - e->year;
    if (back >= 0 && back < 3) {
        g->any_list[back] = true;
        const size_t at = place(g->f, e->unit);
        if (at != SIZE_MAX) {
            g->listed[at] |= (uint8_t)(1u << back);
        }
    }
    return OKO_OK;
}

static void count_listed(gathering *g)
{
    const int years = g->any_list[0] + g->any_list[1] + g->any_list[2];
    for (size_t i = 0; i < g->f->reg.n; i++) {
        const oko_place *p = &g->f->reg.places[i];
        const unsigned bits = g->listed[i];
        if (p->level != OKO_LEVEL_SCHOOL) {
            continue;
        }
        if (g->any_list[0]) {
            oko_tally_add(g->f, p->id, "external", bits & 1u);
        }
        if (g->any_list[0] && years >= 2) { /* a year without any list is unknown, not clean */
            const unsigned times = (bits & 1u) + ((bits >> 1) & 1u) + ((bits >> 2) & 1u);
            oko_tally_add(g->f, p->id, "external_2of3", times >= 2);
        }
    }
    oko_tally_why(g->f, "external", "indicator.no_list");
}

static oko_status take_finding(void *ctx, const oko_finding *r)
{
    gathering *g = ctx;
    oko_tally *f = g->f;
    const int64_t *x = r->facts;
    if (r->year != f->query.year) {
        return OKO_OK;
    }
    switch (r->kind) {
    case OKO_FINDING_RECHECK:
        if (x[OKO_RECHECK_CHECKED] >= 0 && x[OKO_RECHECK_CHANGED] >= 0) {
            oko_tally_add(f, r->unit, "rechecked", (double)x[OKO_RECHECK_CHECKED]);
            oko_tally_add(f, r->unit, "recheck_changed", (double)x[OKO_RECHECK_CHANGED]);
        }
        break;
    case OKO_FINDING_OBSERVATION: {
        const size_t at = place(f, r->unit);
        g->any_observation = true;
        if (at != SIZE_MAX) {
            g->observed[at] |= x[OKO_OBSERVATION_INDEPENDENT] != 0;
        }
        oko_tally_add(f, r->unit, "protocols", 1);
        oko_tally_add(f, r->unit, "protocols_remarks", x[OKO_OBSERVATION_REMARKS] > 0);
        break;
    }
    case OKO_FINDING_MEDALS: {
        oko_medals m = { 0 };
        oko_medals_count(&g->other, r->year, r->rows, r->n_rows, &m);
        oko_tally_add(f, r->unit, "medallists", (double)m.known); /* a result that is not known says nothing */
        oko_tally_add(f, r->unit, "medallists_unconfirmed", (double)m.below);
        break;
    }
    case OKO_FINDING_REFERENCE: /* a choice of the region, not a count */
    case OKO_FINDING_KIND_COUNT:
        break;
    }
    return OKO_OK;
}

static void count_observed(gathering *g)
{
    for (size_t i = 0; g->any_observation && i < g->f->reg.n; i++) {
        if (g->f->reg.places[i].level == OKO_LEVEL_SCHOOL) {
            oko_tally_add(g->f, g->f->reg.places[i].id, "observed_schools", g->observed[i]);
        }
    }
    oko_tally_why(g->f, "observation", "indicator.no_observation");
    oko_tally_why(g->f, "recheck", "indicator.no_recheck");
    oko_tally_why(g->f, "medallist", "indicator.no_medallists");
}

oko_status oko_tally_of_lists(oko_tally *f, oko_store *store, oko_error *err)
{
    const size_t n = f->reg.n > 0 ? f->reg.n : 1;
    OKO_CLEANUP(oko_freep) uint8_t *bits = oko_calloc_array(2 * n, 1);
    if (bits == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    gathering g = { .f = f, .listed = bits, .observed = bits + n };
    oko_status status = oko_other_load(&g.other, err);
    status = status == OKO_OK ? oko_store_external_walk(store, 0, 0, take_external, &g, err) : status;
    status = status == OKO_OK ? oko_store_finding_walk(store, 0, 0, take_finding, &g, err) : status;
    if (status == OKO_OK) {
        count_listed(&g);
        count_observed(&g);
    }
    return status;
}
