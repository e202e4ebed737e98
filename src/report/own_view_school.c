/* A school's own results by procedure, in words, and where it stands among similar schools. */
#include "report/own_view_inside.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the band ---- */

static const oko_own_school *school_find(const oko_own *o, int64_t id)
{
    for (size_t lo = 0, hi = o->n_schools; lo < hi;) {
        const size_t mid = lo + (hi - lo) / 2;
        if (o->schools[mid].id == id) {
            return &o->schools[mid];
        }
        lo = o->schools[mid].id < id ? mid + 1 : lo;
        hi = o->schools[mid].id < id ? hi : mid;
    }
    return NULL;
}

/* Does the register know it, and is it the same? What is not known of the school itself does not narrow. */
static bool fits(const char *own, const char *other)
{
    return *own == '\0' || strcmp(own, other) == 0;
}

/* Same region, type, settlement and cluster, and half to twice as many works. */
static bool similar(const oko_own *o, const oko_own_school *own, const oko_peer *p, int64_t n)
{
    const oko_own_school *s = p->unit != o->unit.id ? school_find(o, p->unit) : NULL;
    return s != NULL && isfinite(p->of_max) && p->n >= OKO_OWN_VIEW_MIN && 2 * (int64_t)p->n >= n && p->n <= 2 * n &&
           fits(own->type, s->type) && fits(own->place, s->place) && fits(own->cluster, s->cluster) &&
           oko_register_top(&o->reg, p->unit) == oko_register_top(&o->reg, o->unit.id);
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Between the order statistics (type 7), as a whole number: no school's own value can be read off. */
static int percentile(const double *sorted, size_t n, double p)
{
    const double at = p * (double)(n - 1);
    const size_t lo = (size_t)at, hi = lo + 1 < n ? lo + 1 : lo;
    return (int)lround(sorted[lo] + (at - (double)lo) * (sorted[hi] - sorted[lo]));
}

static const char *position(const int at[5], double percent)
{
    static const char *const words[] = { "below_p10", "p10_p25", "p25_p50", "p50_p75", "p75_p90", "above_p90" };
    int k = 0;
    while (k < 5 && percent >= at[k]) {
        k++;
    }
    return words[k];
}

json_t *oko_own_band(const oko_own *o, const oko_peer_test *test, int64_t n, double percent)
{
    static const double shares[] = { .10, .25, .50, .75, .90 };
    const oko_own_school *own = school_find(o, o->unit.id);
    size_t found = 0;
    int at[5] = { 0 };
    OKO_CLEANUP(oko_freep)
    double *values = test != NULL && test->n > 0 ? oko_alloc_array(test->n, sizeof *values) : NULL;
    for (size_t i = 0; own != NULL && values != NULL && i < test->n; i++) {
        const oko_peer *p = &o->peers->at[test->first + i];
        if (similar(o, own, p, n)) {
            values[found++] = 100 * (double)p->of_max;
        }
    }
    if (found < OKO_BAND_MIN || !isfinite(percent)) {
        return json_pack("{s:s}", "why", "no_data");
    }
    qsort(values, found, sizeof *values, by_value);
    for (int k = 0; k < 5; k++) {
        at[k] = percentile(values, found, shares[k]);
    }
    return json_pack("{s:I, s:{s:i, s:i, s:i, s:i, s:i}, s:s, s:{s:s, s:s, s:s, s:[I, I]}}", "n", (json_int_t)found,
                     "percentiles", "p10", at[0], "p25", at[1], "p50", at[2], "p75", at[3], "p90", at[4], "position",
                     position(at, percent), "similar", "type", own->type, "place", own->place, "cluster", own->cluster,
                     "works", (json_int_t)((n + 1) / 2), (json_int_t)(2 * n));
}

/* ---- one row of evidence ---- */

typedef struct listing {
    oko_own *o;
    oko_explain *explain;
    oko_sign_rows rows;
    bool *hidden; /* [rows.n] */
    json_t *list;
} listing;

static json_t *effect(const oko_sign_row *row, const char *key)
{
    const oko_sign_effect e = oko_sign_effect_of(row, key);
    return isfinite(e.value) ? json_pack("[f, o, o]", e.value, oko_own_number(e.lo), oko_own_number(e.hi))
                             : json_null();
}

static json_t *families(const oko_sign_row *row)
{
    json_t *o = json_object();
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        (void)json_object_set_new(o, oko_family_name((oko_family)f), oko_own_number(row->p[f]));
    }
    return o;
}

/* Sentences of the families that speak, and ordinary reasons worth checking first. */
static oko_status add_words(const listing *l, const oko_sign_row *row, json_t *out)
{
    double facts[OKO_FACT_COUNT];
    const char *reasons[OKO_EXPLAIN_REASONS];
    const oko_own *o = l->o;
    const oko_own_procedure *p = oko_own_procedure_find(o, row->result->procedure);
    int variants = 0;
    json_t *sentences = json_array(), *why = json_array();
    oko_status status =
        p != NULL ? oko_fact_variants(o->store, p->id, o->evidence_revision, o->unit.id, NULL, &variants, o->err)
                  : OKO_OK;
    const oko_fact_sources sources = {
        .rows = l->rows.at, .n = l->rows.n, .peers = o->peers, .type = o->unit.type, .variants = variants
    };
    oko_facts_of(row, &sources, facts);
    for (int f = 0; status == OKO_OK && f < OKO_FAMILY_COUNT; f++) {
        const char *s =
            oko_sign_speaks(row, f) ? oko_explain_sentence(o->text, o->arena, row, row->top[f], false) : NULL;
        if (s != NULL) {
            (void)json_array_append_new(sentences, json_string(s));
        }
    }
    const int n = status == OKO_OK ? oko_explain_reasons(l->explain, o->arena, row, facts, reasons) : 0;
    for (int i = 0; i < n; i++) {
        (void)json_array_append_new(why, reasons[i] != NULL ? json_string(reasons[i]) : NULL);
    }
    (void)json_object_set_new(out, "sentences", sentences);
    (void)json_object_set_new(out, "reasons", why);
    return status;
}

static json_t *class_json(const listing *l, size_t i)
{
    const oko_sign_row *row = &l->rows.at[i];
    if (l->hidden[i]) {
        return json_pack("{s:s, s:s, s:i, s:b}", "class", row->class_label, "key", row->class_key, "cohort",
                         row->cohort, "hidden", 1);
    }
    return json_pack("{s:s, s:s, s:i, s:b, s:I, s:s, s:o}", "class", row->class_label, "key", row->class_key, "cohort",
                     row->cohort, "hidden", 0, "n", (json_int_t)row->result->n, "evidence",
                     oko_evidence_name(row->evidence), "families", families(row));
}

static json_t *classes_of(const listing *l, const char *procedure)
{
    json_t *list = json_array();
    for (size_t i = 0; i < l->rows.n; i++) {
        if (l->rows.at[i].of_class && strcmp(l->rows.at[i].result->procedure, procedure) == 0) {
            (void)json_array_append_new(list, class_json(l, i));
        }
    }
    return list;
}

static oko_status add_numbers(const listing *l, const oko_sign_row *row, json_t *out)
{
    const oko_result *r = row->result;
    const double percent = 100 * oko_sign_number(row, "of_max");
    json_t *more =
        json_pack("{s:I, s:o, s:o, s:o, s:s, s:s, s:s, s:o, s:o, s:o, s:{s:o, s:o, s:o}, s:o, s:o}", "n",
                  (json_int_t)r->n, "mean", oko_own_number(r->observed), "expected", oko_own_number(r->expected),
                  "percent", oko_own_number(percent), "evidence", oko_evidence_name(row->evidence), "reliability",
                  row->reliability, "family", row->family != NULL ? row->family : "", "p", oko_own_number(r->p), "q",
                  oko_own_number(r->q), "families", families(row), "effects", "marks", effect(row, "marks"), "lifted",
                  effect(row, "lifted"), "absent", effect(row, "absent"), "classes", classes_of(l, r->procedure),
                  "band", oko_own_band(l->o, oko_peers_test(l->o->peers, r->procedure), r->n, percent));
    const bool set = more != NULL && json_object_update(out, more) == 0;
    json_decref(more);
    return set ? add_words(l, row, out) : oko_own_no_memory(l->o->err);
}

static oko_status add_row(const listing *l, size_t i)
{
    const oko_sign_row *row = &l->rows.at[i];
    const oko_result *r = row->result;
    const oko_own_procedure *p = oko_own_procedure_find(l->o, r->procedure);
    const int year = p != NULL ? p->year : 0;
    json_t *out = json_pack("{s:s, s:s, s:i, s:b}", "procedure", r->procedure, "title",
                            p != NULL ? p->title : r->procedure, "year", year, "hidden", (int)l->hidden[i]);
    oko_status status = out != NULL ? OKO_OK : oko_own_no_memory(l->o->err);
    if (status == OKO_OK && !l->hidden[i]) {
        status = add_numbers(l, row, out);
        status = status == OKO_OK ? oko_own_year(l->o, year, r->n, 100 * oko_sign_number(row, "of_max")) : status;
        status = status == OKO_OK ? oko_own_year_evidence(l->o, year, oko_evidence_name(row->evidence), 1) : status;
    }
    if (status != OKO_OK) {
        json_decref(out);
        return status;
    }
    return json_array_append_new(l->list, out) == 0 ? OKO_OK : oko_own_no_memory(l->o->err);
}

/* Hidden: small groups; and of a procedure with a small class all classes, so that none can be got by subtraction. */
static oko_status hide(listing *l)
{
    l->hidden = oko_calloc_array(l->rows.n + 1, sizeof *l->hidden);
    if (l->hidden == NULL) {
        return oko_own_no_memory(l->o->err);
    }
    for (size_t i = 0; l->o->published && i < l->rows.n; i++) {
        const oko_sign_row *row = &l->rows.at[i];
        l->hidden[i] = row->result->n < OKO_OWN_VIEW_MIN;
        for (size_t k = 0; row->of_class && k < l->rows.n; k++) {
            const oko_sign_row *other = &l->rows.at[k];
            l->hidden[i] = l->hidden[i] || (other->of_class && other->result->n < OKO_OWN_VIEW_MIN &&
                                            strcmp(other->result->procedure, row->result->procedure) == 0);
        }
    }
    return OKO_OK;
}

oko_status oko_own_school_list(oko_own *o, json_t *list)
{
    listing l = { .o = o, .list = list };
    oko_status status = oko_explain_open(o->text, &l.explain, o->err);
    status = status == OKO_OK ? oko_sign_rows_load(o->store, o->evidence, o->unit.id, true, &o->reg, &l.rows, o->err)
                              : status;
    status = status == OKO_OK ? hide(&l) : status;
    for (size_t i = 0; status == OKO_OK && i < l.rows.n; i++) {
        status = l.rows.at[i].of_class ? OKO_OK : add_row(&l, i);
    }
    free(l.hidden);
    oko_sign_rows_clear(&l.rows);
    oko_explain_free(l.explain);
    return status;
}
