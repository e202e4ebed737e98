/* Time of municipalities and regions from the signs of their schools. */
#include "analysis/evidence_units.h"

#include "analysis/evidence_results.h"
#include "base/memory.h"

#include <oko/threshold.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

void oko_evidence_units_clear(oko_evidence_units *units)
{
    free(units->at);
    *units = (oko_evidence_units){ 0 };
}

typedef struct builder {
    const oko_works *works;
    const oko_register *reg;
    const oko_evidence_groups *groups;
    const oko_sign *signs;
    const oko_place *top;
    oko_evidence_units *out;
} builder;

/* ---- municipalities ---- */

static size_t fill_rows(const builder *b, oko_unit_row *rows)
{
    size_t n = 0;
    for (size_t i = 0; i < b->groups->n; i++) {
        const oko_evidence_group *g = &b->groups->at[i];
        const oko_sign *s = g->result != SIZE_MAX ? &b->signs[g->result] : NULL;
        if (s == NULL || s->n_works < 1)
            continue;
        const oko_place *school = &b->reg->places[g->span.place];
        const oko_place *above = oko_register_above(b->reg, school->id, OKO_LEVEL_MUNICIPALITY);
        rows[n++] = (oko_unit_row){ .test = g->test,
                                    .school = g->span.place,
                                    .unit = (uint32_t)((above != NULL ? above : school) - b->reg->places),
                                    .works = s->n_works,
                                    .level = s->level,
                                    .journal = s->journal };
    }
    return n;
}

/* SD of the totals of a test. */
static double sd_of(const oko_works *works, const oko_works_test *test)
{
    double n = 0, sum = 0, square = 0;
    for (size_t i = test->first; i < test->first + test->n; i++) {
        const oko_works_class *c = &works->classes[i];
        for (size_t k = c->row; k < c->row + c->n; k++) {
            double total = works->total[k];
            n += total >= 0;
            sum += total >= 0 ? total : 0;
            square += total >= 0 ? total * total : 0;
        }
    }
    return n > 1 ? sqrt((square - sum * sum / n) / (n - 1)) : NAN;
}

static oko_status append(oko_evidence_units *units, oko_evidence_unit **ret)
{
    oko_status status = oko_grow(&units->at, &units->cap, units->n + 1, sizeof *units->at, OKO_EVIDENCE_MAX_UNITS);
    if (status == OKO_OK) {
        *ret = &units->at[units->n++];
        memset(*ret, 0, sizeof **ret);
    }
    return status;
}

static oko_status add_municipalities(const builder *b, const double *sd)
{
    OKO_CLEANUP(oko_freep) oko_unit_row *rows = oko_alloc_array(b->groups->n + 1, sizeof *rows);
    OKO_CLEANUP(oko_freep) oko_unit_time *found = NULL;
    size_t n = 0;
    if (rows == NULL)
        return OKO_E_MEMORY;
    oko_status status = oko_unit_time_all(b->groups->tests, b->works->n_tests, rows, fill_rows(b, rows), &found, &n);
    for (size_t i = 0; status == OKO_OK && i < n; i++) {
        const oko_place *place = &b->reg->places[found[i].unit];
        oko_evidence_unit *unit;
        if (place->level != OKO_LEVEL_MUNICIPALITY)
            continue;
        status = append(b->out, &unit);
        if (status != OKO_OK)
            return status;
        unit->unit = place->id;
        unit->procedure = b->works->tests[found[i].test].procedure;
        unit->sd = sd[found[i].test];
        unit->time = found[i];
    }
    return status;
}

/* ---- the region ---- */

/* Works of one school in one test by their journal mark. */
typedef struct marked {
    uint32_t school;
    int test;
    double n, raised, lowered;
} marked;

static int mark_of(const oko_procedure *p, int total)
{
    int mark = 2;
    for (int c = 0; c < p->n_cutoffs; c++)
        mark += total >= p->cutoffs[c];
    return mark;
}

static marked count_marks(const oko_works *works, const oko_evidence_group *g)
{
    const oko_procedure *p = works->tests[g->test].procedure;
    marked m = { .school = g->span.place, .test = g->test };
    for (size_t k = g->span.row; k < g->span.row + g->span.n && p->n_cutoffs == 3; k++) {
        int journal = works->journal[k];
        if (works->total[k] < 0 || journal < 2 || journal > 5)
            continue;
        int mark = mark_of(p, works->total[k]);
        m.n++;
        m.raised += mark > journal;
        m.lowered += mark < journal;
    }
    return m;
}

static int by_school(const void *a, const void *b)
{
    const marked *x = a, *y = b;
    if (x->school != y->school)
        return x->school < y->school ? -1 : 1;
    return (x->test > y->test) - (x->test < y->test);
}

/* Is the test comparable: another subject of the year and grade, or the same subject a year before or after? */
static bool comparable(const oko_sign_test *own, const oko_sign_test *other)
{
    if (own->subject != other->subject)
        return own->year == other->year && own->grade == other->grade;
    int years = other->year - own->year;
    return abs(years) == 1 && (other->grade == own->grade || other->grade == own->grade + years);
}

static double balance(const marked *m)
{
    return (m->raised - m->lowered) / m->n;
}

/* Schools that have both tests: difference of (raised − lowered), with the works of the smaller. */
static oko_shift compare_tests(const marked *m, size_t n, int own, int other)
{
    oko_shift_state state = { 0 };
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i; m[i].test == own && k-- > 0 && m[k].school == m[i].school;)
            if (m[k].test == other)
                oko_shift_add(&state, fmin(m[i].n, m[k].n), balance(&m[i]) - balance(&m[k]));
        for (size_t k = i + 1; m[i].test == own && k < n && m[k].school == m[i].school; k++)
            if (m[k].test == other)
                oko_shift_add(&state, fmin(m[i].n, m[k].n), balance(&m[i]) - balance(&m[k]));
    }
    return oko_shift_mean(&state);
}

static void fill_region(const builder *b, const marked *m, size_t n, int test, oko_evidence_unit *unit)
{
    oko_shift_state raised = { 0 }, lowered = { 0 };
    for (size_t i = 0; i < n; i++) {
        if (m[i].test == test) {
            oko_shift_add(&raised, m[i].n, m[i].raised / m[i].n);
            oko_shift_add(&lowered, m[i].n, m[i].lowered / m[i].n);
        }
    }
    unit->raised.shift = oko_shift_mean(&raised);
    unit->lowered.shift = oko_shift_mean(&lowered);
    for (int t = 0; t < b->works->n_tests && unit->n_against < OKO_EVIDENCE_AGAINST; t++) {
        if (t == test || !comparable(&b->groups->tests[test], &b->groups->tests[t]))
            continue;
        oko_shift shift = compare_tests(m, n, test, t);
        if (!isnan(shift.value))
            unit->against[unit->n_against++] = (oko_evidence_share){ b->works->tests[t].procedure, shift };
    }
}

static oko_status add_region(const builder *b)
{
    OKO_CLEANUP(oko_freep) marked *m = oko_alloc_array(b->groups->n + 1, sizeof *m);
    size_t n = 0;
    if (m == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < b->groups->n; i++) {
        m[n] = count_marks(b->works, &b->groups->at[i]);
        n += m[n].n > 0;
    }
    if (n > 1)
        qsort(m, n, sizeof *m, by_school);
    for (int t = 0; t < b->works->n_tests; t++) {
        oko_evidence_unit *unit;
        oko_status status = append(b->out, &unit);
        if (status != OKO_OK)
            return status;
        unit->unit = b->top != NULL ? b->top->id : 0;
        unit->of_region = true;
        unit->procedure = b->works->tests[t].procedure;
        fill_region(b, m, n, t, unit);
    }
    return OKO_OK;
}

oko_status oko_evidence_units_add(oko_evidence_units *units, const oko_works *works, const oko_register *reg,
                                  const oko_place *top, const oko_evidence_groups *groups, const oko_sign *signs)
{
    double sd[OKO_SIGNS_MAX_TESTS];
    const builder b = { works, reg, groups, signs, top, units };
    for (int t = 0; t < works->n_tests; t++)
        sd[t] = sd_of(works, &works->tests[t]);
    oko_status status = add_municipalities(&b, sd);
    return status == OKO_OK ? add_region(&b) : status;
}

/* ---- results ---- */

enum { THRESHOLD, TIME };
#define SPEAKS (-4.60517) /* log .01: a family that speaks by itself, as for classes and schools */

static int compare_ids(int64_t unit_a, const char *code_a, int64_t unit_b, const char *code_b)
{
    return unit_a != unit_b ? (unit_a < unit_b ? -1 : 1) : strcmp(code_a, code_b);
}

static int by_unit(const void *a, const void *b)
{
    const oko_evidence_unit *x = a, *y = b;
    return compare_ids(x->unit, x->procedure->code, y->unit, y->procedure->code);
}

static const oko_evidence_unit *find(const oko_evidence_units *units, const oko_result *r)
{
    size_t low = 0, high = units->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const oko_evidence_unit *u = &units->at[middle];
        int order = compare_ids(u->unit, u->procedure->code, r->unit, r->procedure);
        if (order == 0)
            return u;
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return NULL;
}

static int by_family_of_tests(const void *a, const void *b)
{
    const oko_evidence_whole *x = a, *y = b;
    int order = strcmp(x->threshold.procedure, y->threshold.procedure);
    if (order == 0)
        order = (x->level > y->level) - (x->level < y->level);
    return order != 0 ? order : (x->threshold.unit > y->threshold.unit) - (x->threshold.unit < y->threshold.unit);
}

static void combine(const oko_evidence_units *units, oko_evidence_whole *w)
{
    static const double weight[2] = { 1, .5 }; /* as for classes and schools */
    w->unit = find(units, &w->threshold);
    bool timed = w->unit != NULL && !w->unit->of_region;
    w->log_p[THRESHOLD] = w->threshold.state == OKO_RESULT_OK ? w->threshold.log_p : NAN;
    w->log_p[TIME] = timed ? w->unit->time.log_p : NAN;
    bool alone = isnan(w->log_p[TIME]) && !isnan(w->log_p[THRESHOLD]); /* its own digits */
    w->log_p_all = alone ? w->threshold.log_p : oko_cauchy_log_p(2, w->log_p, weight);
    w->p_all = alone ? w->threshold.p : exp(w->log_p_all);
}

/* q of those of one procedure and level. */
static oko_status rank_wholes(oko_evidence_whole *w, size_t n, double *p, double *q)
{
    for (size_t i = 0; i < n; i++)
        p[i] = w[i].p_all;
    oko_status status = oko_bh(n, p, q);
    for (size_t i = 0; status == OKO_OK && i < n; i++)
        w[i].q = q[i];
    return status;
}

static bool time_first(const oko_evidence_whole *w)
{
    return !isnan(w->log_p[TIME]) && !(w->log_p[THRESHOLD] <= w->log_p[TIME]);
}

/* Two families speak, or the same one stands out in another procedure of the unit. */
static bool lasting(const oko_evidence_whole *all, size_t n, const oko_evidence_whole *w)
{
    if (w->log_p[THRESHOLD] < SPEAKS && w->log_p[TIME] < SPEAKS)
        return true;
    for (size_t i = 0; i < n; i++)
        if (&all[i] != w && all[i].threshold.unit == w->threshold.unit && all[i].level == w->level && all[i].q <= .05 &&
            time_first(&all[i]) == time_first(w))
            return true;
    return false;
}

static oko_evidence evidence_of(const oko_evidence_whole *all, size_t n, const oko_evidence_whole *w)
{
    if (isnan(w->q))
        return OKO_EVIDENCE_NO_DATA;
    if (w->q > .05)
        return w->q > .10 ? OKO_EVIDENCE_NONE : OKO_EVIDENCE_ATTENTION;
    return lasting(all, n, w) ? OKO_EVIDENCE_STRONG : OKO_EVIDENCE_SIGNS;
}

static void put_family(oko_details *d, oko_family family, double log_p, const char *top)
{
    if (isnan(log_p))
        return;
    oko_details_open(d, oko_family_name(family));
    oko_details_number(d, "p", exp(log_p));
    oko_details_number(d, "log_p", log_p);
    oko_details_text(d, "top", top);
    oko_details_close(d);
}

static void put_shift(oko_details *d, const char *key, const oko_shift *s, double scale)
{
    oko_details_array(d, key);
    oko_details_rounded(d, NULL, scale * s->value, 4);
    oko_details_rounded(d, NULL, scale * s->lo, 4);
    oko_details_rounded(d, NULL, scale * s->hi, 4);
    oko_details_end_array(d);
}

/* time: per statistic marks [v, lo, hi] and schools; or why there is none. */
static void put_municipality(oko_details *d, const oko_evidence_unit *u)
{
    oko_details_open(d, "time");
    oko_details_integer(d, "schools", u->time.n_schools);
    oko_details_text(d, "why",
                     !isnan(u->time.p)                           ? NULL
                     : u->time.n_schools < OKO_UNITS_MIN_SCHOOLS ? "evidence.time.few_schools"
                                                                 : "evidence.time.nothing_comparable");
    for (int s = 0; s < OKO_UNIT_STATS; s++) {
        const oko_shift *shift = &u->time.shift[s];
        if (isnan(shift->value))
            continue;
        oko_details_open(d, oko_unit_stat_name((oko_unit_stat)s));
        oko_details_integer(d, "schools", shift->n_schools);
        put_shift(d, "marks", shift, u->sd);
        oko_details_number(d, "log_p", shift->log_p);
        oko_details_close(d);
    }
    oko_details_close(d);
}

static void put_region(oko_details *d, const oko_evidence_unit *u)
{
    oko_details_open(d, "time");
    oko_details_integer(d, "schools", u->raised.shift.n_schools);
    oko_details_text(d, "why",
                     isnan(u->raised.shift.value) ? "evidence.time.nothing_comparable" : "evidence.time.no_scale");
    put_shift(d, "raised", &u->raised.shift, 1);
    put_shift(d, "lowered", &u->lowered.shift, 1);
    oko_details_array(d, "against");
    for (int i = 0; i < u->n_against; i++) {
        oko_details_open(d, NULL);
        oko_details_text(d, "procedure", u->against[i].with->code);
        oko_details_integer(d, "schools", u->against[i].shift.n_schools);
        put_shift(d, "balance", &u->against[i].shift, 1);
        oko_details_close(d);
    }
    oko_details_end_array(d);
    oko_details_close(d);
}

static void put_numbers(oko_result *r, const oko_evidence_whole *w, oko_evidence evidence)
{
    r->n = w->threshold.n;
    if (evidence == OKO_EVIDENCE_NO_DATA) {
        oko_result_no_data(r, w->threshold.why[0] != '\0' ? w->threshold.why : "evidence.no_family");
        return;
    }
    r->log_p = w->log_p_all;
    r->p = w->p_all;
    r->q = w->q;
    r->marked = evidence >= OKO_EVIDENCE_SIGNS;
    if (!isnan(w->log_p[TIME])) {
        const oko_shift *top = &w->unit->time.shift[w->unit->time.top];
        r->effect = w->unit->sd * top->value;
        r->effect_lo = w->unit->sd * top->lo;
        r->effect_hi = w->unit->sd * top->hi;
    }
}

static oko_status take_whole(const oko_evidence_whole *w, oko_evidence evidence, oko_result *r, oko_details *d)
{
    const oko_result *t = &w->threshold;
    const char *family = time_first(w)                 ? oko_family_name(OKO_FAMILY_TIME)
                         : !isnan(w->log_p[THRESHOLD]) ? oko_family_name(OKO_FAMILY_THRESHOLD)
                                                       : NULL;
    oko_result_init(r, t->procedure, OKO_RULE_EVIDENCE, t->unit, false);
    put_numbers(r, w, evidence);
    oko_details_begin(d);
    oko_details_integer(d, "cohort", w->cohort);
    oko_details_text(d, "evidence", oko_evidence_name(evidence));
    oko_details_text(d, "family", family);
    oko_details_open(d, "families");
    put_family(d, OKO_FAMILY_THRESHOLD, w->log_p[THRESHOLD], oko_statistic_name(OKO_STAT_BUNCHING));
    put_family(d, OKO_FAMILY_TIME, w->log_p[TIME],
               isnan(w->log_p[TIME]) ? NULL : oko_unit_stat_name(w->unit->time.top));
    oko_details_close(d);
    const oko_shift marks = { .value = r->effect, .lo = r->effect_lo, .hi = r->effect_hi };
    const oko_shift lifted = { .value = t->effect, .lo = t->effect_lo, .hi = t->effect_hi };
    put_shift(d, "marks", &marks, 1);
    put_shift(d, "lifted", &lifted, 1);
    if (w->unit != NULL && w->unit->of_region)
        put_region(d, w->unit);
    else if (w->unit != NULL)
        put_municipality(d, w->unit);
    return oko_details_finish(d, &r->details);
}

oko_status oko_evidence_units_take(oko_evidence_units *units, oko_evidence_whole *wholes, size_t n, oko_spool *results,
                                   oko_details *d)
{
    OKO_CLEANUP(oko_freep) double *p = oko_alloc_array(2 * n + 1, sizeof *p);
    oko_status status = p != NULL ? OKO_OK : OKO_E_MEMORY;
    if (units->n > 1)
        qsort(units->at, units->n, sizeof *units->at, by_unit);
    for (size_t i = 0; i < n; i++)
        combine(units, &wholes[i]);
    if (n > 1)
        qsort(wholes, n, sizeof *wholes, by_family_of_tests);
    for (size_t from = 0, to; status == OKO_OK && from < n; from = to) {
        to = from + 1;
        while (to < n && wholes[to].level == wholes[from].level &&
               strcmp(wholes[to].threshold.procedure, wholes[from].threshold.procedure) == 0)
            to++;
        status = rank_wholes(wholes + from, to - from, p, p + n);
    }
    for (size_t i = 0; status == OKO_OK && i < n; i++) {
        oko_result r;
        status = take_whole(&wholes[i], evidence_of(wholes, n, &wholes[i]), &r, d);
        if (status == OKO_OK)
            status = oko_spool_put(results, &r);
    }
    return status;
}
