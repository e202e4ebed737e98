/* other/recheck: works that were marked again by others. */
#include "analysis/rules.h"

#include "base/memory.h"

#include <oko/recheck.h>

#include <math.h>
#include <string.h>

typedef struct rule {
    oko_job *job;
    const oko_pack_rule *pack;
    const char *key;
    const oko_procedure *procedure; /* NULL: not known */
} rule;

/* What the entries of one unit come to. */
typedef struct sum {
    oko_recheck_work *works; /* owned */
    size_t n;
    int64_t checked, changed, up, down; /* of entries without rows; up, down −1: not known of all */
    int64_t population;                 /* −1 not known of some school */
} sum;

static int mark_of(const rule *r, int64_t mark, int64_t total)
{
    if (mark > 0 || r->procedure == NULL || total < 0)
        return (int)mark;
    const int found = oko_procedure_mark(r->procedure, (int)total);
    return found > 0 ? found : -1;
}

static void take_rows(const rule *r, const oko_entry *e, sum *s)
{
    for (size_t i = 0; i < e->n_rows; i++) {
        const int64_t *row = e->rows + i * OKO_FINDING_COLUMNS;
        const int64_t before = row[OKO_RECHECK_TOTAL_BEFORE], after = row[OKO_RECHECK_TOTAL_AFTER];
        s->works[s->n++] =
            (oko_recheck_work){ mark_of(r, row[OKO_RECHECK_MARK_BEFORE], before),
                                mark_of(r, row[OKO_RECHECK_MARK_AFTER], after), (int)before, (int)after };
    }
}

static void take_counts(const oko_entry *e, sum *s)
{
    s->checked += e->facts[OKO_RECHECK_CHECKED];
    s->changed += e->facts[OKO_RECHECK_CHANGED];
    const bool directed = e->facts[OKO_RECHECK_UP] >= 0 && e->facts[OKO_RECHECK_DOWN] >= 0 && s->up >= 0;
    s->up = directed ? s->up + e->facts[OKO_RECHECK_UP] : -1;
    s->down = directed ? s->down + e->facts[OKO_RECHECK_DOWN] : -1;
}

static oko_status add_up(const rule *r, const oko_entry *const *entries, size_t n, sum *s)
{
    size_t rows = 0;
    for (size_t i = 0; i < n; i++)
        rows += entries[i]->n_rows;
    *s = (sum){ .works = oko_alloc_array(rows + 1, sizeof *s->works) };
    if (s->works == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const oko_entry *e = entries[i];
        if (e->n_rows > 0)
            take_rows(r, e, s);
        else
            take_counts(e, s);
        const bool again = i > 0 && entries[i - 1]->place == e->place; /* another body re-checked the same school */
        if (!again && s->population >= 0)
            s->population = e->population >= 0 ? s->population + e->population : -1;
    }
    if (s->population < (int64_t)s->n + s->checked) /* re-checked twice, or a wrong number: not a sample of it */
        s->population = -1;
    return OKO_OK;
}

/* Both kinds of entries together: the marks, else the totals, and the counts. */
static oko_status combine(const rule *r, const sum *s, oko_recheck *all, oko_recheck_change *ret)
{
    const double target = oko_pack_value(r->pack, "target", 10) / 100;
    const oko_recheck_design design = { .population = s->population,
                                        .target = target,
                                        .n_cutoffs = r->procedure != NULL ? r->procedure->n_cutoffs : 0,
                                        .cutoffs = r->procedure != NULL ? r->procedure->cutoffs : NULL,
                                        .window = (int)oko_pack_value(r->pack, "window", 2) };
    oko_status status = oko_recheck_compute(s->works, s->n, &design, all);
    if (status != OKO_OK && status != OKO_E_NO_DATA)
        return status;
    const oko_recheck_change *c = all->mark.n > 0 ? &all->mark : &all->total;
    const bool directed = s->up >= 0 && s->down >= 0;
    return oko_recheck_counts(c->n + s->checked, c->changed + s->changed,
                              directed ? (c->up > 0 ? c->up : 0) + s->up : -1,
                              directed ? (c->down > 0 ? c->down : 0) + s->down : -1, s->population, target, ret);
}

static void put_interval(oko_details *d, const char *key, const oko_interval *i)
{
    oko_details_open(d, key);
    oko_details_number(d, "lo", i->lo);
    oko_details_number(d, "hi", i->hi);
    oko_details_close(d);
}

static void put_agreement(oko_details *d, const char *key, const oko_agreement *a)
{
    oko_details_open(d, key);
    oko_details_number(d, "kappa", a->n > 0 ? a->kappa : NAN);
    oko_details_number(d, "se", a->n > 0 ? a->se : NAN);
    oko_details_close(d);
}

/* −1 is null: not known. */
static void put_count(oko_details *d, const char *key, int64_t value)
{
    if (value >= 0)
        oko_details_integer(d, key, value);
    else
        oko_details_text(d, key, NULL);
}

static oko_status put_details(const rule *r, const sum *s, const oko_recheck *all, const oko_recheck_change *c,
                              char **ret)
{
    oko_details *d = &r->job->details[0];
    oko_details_begin(d);
    oko_details_bool(d, "summary", false);
    oko_details_text(d, "of", all->mark.n > 0 || s->checked > 0 ? "marks" : "totals");
    oko_details_integer(d, "checked", c->n);
    oko_details_integer(d, "changed", c->changed);
    put_count(d, "up", c->up);
    put_count(d, "down", c->down);
    put_count(d, "works", s->population);
    oko_details_integer(d, "smallest", oko_other_smallest(c->changed, c->n));
    put_interval(d, "exact", &c->exact);
    put_interval(d, "midp", &c->midp);
    put_interval(d, "finite", &c->finite);
    oko_details_number(d, "sign_p", c->sign_p);
    oko_details_integer(d, "totals", all->total.n);
    oko_details_integer(d, "totals_changed", all->total.changed);
    oko_details_number(d, "median_mark", all->median_mark);
    oko_details_number(d, "median_total", all->median_total);
    oko_details_number(d, "rank_p", all->rank_p);
    oko_details_integer(d, "near", all->near_n);
    oko_details_integer(d, "near_changed", all->near_changed);
    oko_details_integer(d, "elsewhere", all->far_n);
    oko_details_integer(d, "elsewhere_changed", all->far_changed);
    oko_details_number(d, "near_p", all->near_p);
    put_agreement(d, "agreement", &all->exact);
    put_agreement(d, "agreement_linear", &all->linear);
    put_agreement(d, "agreement_quadratic", &all->quadratic);
    return oko_details_finish(d, ret);
}

static oko_status unit_result(void *ctx, size_t place, const oko_entry *const *entries, size_t n)
{
    const rule *r = ctx;
    OKO_CLEANUP(oko_freep) oko_recheck *all = oko_alloc_array(1, sizeof *all);
    oko_result *result = NULL;
    oko_recheck_change c;
    sum s = { 0 };
    if (all == NULL)
        return OKO_E_MEMORY;
    oko_status status = add_up(r, entries, n, &s);
    OKO_CLEANUP(oko_freep) oko_recheck_work *works = s.works;
    if (status == OKO_OK)
        status = combine(r, &s, all, &c);
    if (status != OKO_OK && status != OKO_E_NO_DATA)
        return status;
    status = oko_other_add(r->job, r->pack, r->key, place, &result);
    if (status != OKO_OK)
        return status;
    result->n = c.n;
    if (c.n < llround(oko_pack_value(r->pack, "min_works", 10))) {
        oko_result_no_data(result, "analysis.other.few_checked");
        return OKO_OK;
    }
    const oko_interval *i = s.population >= 0 ? &c.finite : &c.exact;
    result->observed = 100 * c.share;
    result->expected = oko_pack_value(r->pack, "target", 10);
    result->effect = result->observed - result->expected;
    result->effect_lo = 100 * i->lo - result->expected;
    result->effect_hi = 100 * i->hi - result->expected;
    result->p = c.p;
    result->log_p = c.log_p;
    return put_details(r, &s, all, &c, &result->details);
}

typedef struct keys {
    oko_job *job;
    const oko_entries *entries;
} keys;

static oko_status one_key(void *ctx, const oko_entry *first, size_t n)
{
    const keys *k = ctx;
    const oko_entry_procedure *known = oko_entries_procedure(k->entries, first->key);
    rule r = { .job = k->job,
               .pack = oko_pack_find(&k->job->other.pack, "recheck"),
               .key = first->key,
               .procedure = known != NULL ? known->procedure : NULL };
    const size_t schools = k->job->results.n;
    oko_status status = oko_entries_units(k->job->reg, first, n, OKO_LEVEL_SCHOOL, unit_result, &r);
    if (status == OKO_OK)
        status = oko_other_mark(k->job, schools, oko_pack_value(r.pack, "q", .05));
    if (status == OKO_OK)
        status = oko_entries_units(k->job->reg, first, n, OKO_LEVEL_MUNICIPALITY, unit_result, &r);
    return status == OKO_OK ? oko_entries_units(k->job->reg, first, n, OKO_LEVEL_REGION, unit_result, &r) : status;
}

oko_status oko_rule_recheck(oko_job *job, const oko_entries *entries)
{
    return oko_entries_keys(entries, OKO_FINDING_RECHECK, one_key, &(keys){ job, entries });
}
