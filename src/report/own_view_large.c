/* A region's or a municipality's own results: its schools counted by procedure. */
#include "report/own_view_inside.h"

#include <math.h>
#include <string.h>

typedef struct counts {
    int64_t schools, small, works, by_level[OKO_EVIDENCE_STRONG + 1];
    int64_t family_n[OKO_FAMILY_COUNT], family_speaks[OKO_FAMILY_COUNT];
    double sum; /* Σ works × share of the maximum */
    json_t *listed;
} counts;

#define SPEAKS (-2.995732273553991) /* log .05 */

static bool below(const oko_own *o, int64_t unit)
{
    const oko_place *p = oko_register_above(&o->reg, unit, o->unit.level);
    return p != NULL && p->id == o->unit.id;
}

static oko_status list_school(const oko_own *o, const oko_peer *p, json_t *listed)
{
    const oko_place *place = oko_register_find(&o->reg, p->unit);
    oko_unit u;
    if (place == NULL || json_array_size(listed) >= OKO_OWN_VIEW_SCHOOLS) {
        return OKO_OK;
    }
    oko_status status = oko_store_unit_get(o->store, p->unit, &u, o->err);
    if (status != OKO_OK) {
        return status;
    }
    json_t *s = json_pack("{s:I, s:s, s:s, s:I, s:s, s:s}", "unit", (json_int_t)u.id, "code", u.code, "name", u.name,
                          "n", (json_int_t)p->n, "evidence", oko_evidence_name((oko_evidence)p->evidence), "family",
                          p->family >= 0 ? oko_family_name((oko_family)p->family) : "");
    return json_array_append_new(listed, s) == 0 ? OKO_OK : oko_own_no_memory(o->err);
}

static oko_status count_school(const oko_own *o, const oko_peer *p, counts *c)
{
    c->schools++;
    if (o->published && p->n < OKO_OWN_VIEW_MIN) {
        c->small++;
        return OKO_OK;
    }
    c->works += p->n;
    c->sum += isfinite(p->of_max) ? (double)p->n * (double)p->of_max : 0;
    c->by_level[p->evidence]++;
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        c->family_n[f] += !isnan(p->log_p[f]);
        c->family_speaks[f] += p->log_p[f] < SPEAKS;
    }
    return !o->published && p->evidence >= OKO_EVIDENCE_ATTENTION ? list_school(o, p, c->listed) : OKO_OK;
}

static json_t *levels_json(const counts *c)
{
    json_t *o = json_object();
    for (int k = 0; k <= OKO_EVIDENCE_STRONG; k++) {
        (void)json_object_set_new(o, oko_evidence_name((oko_evidence)k), json_integer(c->by_level[k]));
    }
    return o;
}

static json_t *families_json(const counts *c)
{
    json_t *o = json_object();
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        json_t *one =
            json_pack("{s:I, s:I}", "n", (json_int_t)c->family_n[f], "speaks", (json_int_t)c->family_speaks[f]);
        (void)json_object_set_new(o, oko_family_name((oko_family)f), one);
    }
    return o;
}

static oko_status add_test(oko_own *o, const oko_peer_test *t, json_t *list)
{
    const oko_own_procedure *p = oko_own_procedure_find(o, t->procedure);
    counts c = { .listed = json_array() };
    oko_status status = c.listed != NULL ? OKO_OK : oko_own_no_memory(o->err);
    for (size_t i = 0; status == OKO_OK && i < t->n; i++) {
        const oko_peer *peer = &o->peers->at[t->first + i];
        status = below(o, peer->unit) ? count_school(o, peer, &c) : OKO_OK;
    }
    if (status != OKO_OK || c.schools == 0) {
        json_decref(c.listed);
        return status;
    }
    const int year = p != NULL ? p->year : 0;
    const double percent = c.works > 0 ? 100 * c.sum / (double)c.works : NAN;
    status = oko_own_year(o, year, c.works, percent);
    for (int k = 0; status == OKO_OK && k <= OKO_EVIDENCE_STRONG; k++) {
        status = oko_own_year_evidence(o, year, oko_evidence_name((oko_evidence)k), c.by_level[k]);
    }
    json_t *out =
        json_pack("{s:s, s:s, s:i, s:I, s:I, s:I, s:o, s:o, s:o, s:o}", "procedure", t->procedure, "title",
                  p != NULL ? p->title : t->procedure, "year", year, "schools", (json_int_t)c.schools, "small",
                  (json_int_t)c.small, "works", (json_int_t)c.works, "percent", oko_own_number(percent), "evidence",
                  levels_json(&c), "families", families_json(&c), "listed", c.listed);
    if (status != OKO_OK) {
        json_decref(out);
        return status;
    }
    return json_array_append_new(list, out) == 0 ? OKO_OK : oko_own_no_memory(o->err);
}

oko_status oko_own_large_list(oko_own *o, json_t *list)
{
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < o->peers->n_tests; i++) {
        status = add_test(o, &o->peers->tests[i], list);
    }
    return status;
}
