/* One walk over the sheets: sums of item scores of four scopes, by total and by variant. */
#include "analysis/item_profile.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Sums of scores, [n_items], and works. */
typedef struct sums {
    int64_t n;
    double *sum;
} sums;

typedef struct counting {
    const oko_procedure *p;
    const oko_register *reg;
    const oko_answers *answers;
    const char *label;
    oko_item_profile *out;
    const oko_place *top;
    int64_t school; /* of the sheet before: its place is looked up once */
    bool inside[OKO_ITEMS_SCOPES], seen[OKO_ITEMS_SCOPES];
    sums of[OKO_ITEMS_SCOPES], expected;
    sums *by_total;   /* [max_total + 1] of the group */
    sums *variant[2]; /* [256] of region and group */
} counting;

static oko_status sums_new(sums *s, int n_items)
{
    s->sum = oko_calloc_array((size_t)n_items + 1, sizeof *s->sum);
    return s->sum != NULL ? OKO_OK : OKO_E_MEMORY;
}

static void sums_free(sums *list, size_t n)
{
    for (size_t i = 0; list != NULL && i < n; i++)
        free(list[i].sum);
}

static oko_status many_new(sums **list, size_t n, int n_items)
{
    *list = oko_calloc_array(n, sizeof **list);
    oko_status status = *list != NULL ? OKO_OK : OKO_E_MEMORY;
    for (size_t i = 0; status == OKO_OK && i < n; i++)
        status = sums_new(&(*list)[i], n_items);
    return status;
}

static oko_status prepare(counting *c)
{
    const int items = c->p->n_items;
    oko_status status = sums_new(&c->expected, items);
    for (int s = 0; status == OKO_OK && s < OKO_ITEMS_SCOPES; s++)
        status = sums_new(&c->of[s], items);
    status = status == OKO_OK ? many_new(&c->by_total, (size_t)c->p->max_total + 1, items) : status;
    status = status == OKO_OK ? many_new(&c->variant[0], 256, items) : status;
    return status == OKO_OK ? many_new(&c->variant[1], 256, items) : status;
}

static void clear(counting *c)
{
    sums_free(c->of, OKO_ITEMS_SCOPES);
    sums_free(&c->expected, 1);
    sums_free(c->by_total, (size_t)c->p->max_total + 1);
    sums_free(c->variant[0], 256);
    sums_free(c->variant[1], 256);
    free(c->by_total);
    free(c->variant[0]);
    free(c->variant[1]);
}

/* ---- the walk ---- */

static void add_work(sums *to, const int8_t *scores)
{
    to->n++;
    for (int i = 0; scores[i] >= 0; i++)
        to->sum[i] += scores[i];
}

static void add_expected(const counting *c, int total, int variant)
{
    const oko_answers *a = c->answers;
    const size_t table = a->table[variant];
    for (int i = 0; i < a->n_items; i++) {
        const size_t at = ((table * (size_t)a->n_items + (size_t)i) * ((size_t)a->max_total + 1) + (size_t)total);
        for (int v = 1; v < a->width; v++)
            c->expected.sum[i] += v * (double)a->chance[at * (size_t)a->width + (size_t)v];
    }
}

static void place_school(counting *c, int64_t school)
{
    const oko_item_profile *out = c->out;
    const oko_place *m = oko_register_above(c->reg, school, OKO_LEVEL_MUNICIPALITY);
    const oko_place *top = oko_register_top(c->reg, school);
    c->school = school;
    c->inside[OKO_ITEMS_REGION] = top == c->top;
    c->inside[OKO_ITEMS_MUNICIPALITY] = m != NULL && m->id == out->unit[OKO_ITEMS_MUNICIPALITY];
    c->inside[OKO_ITEMS_SCHOOL] = school == out->unit[OKO_ITEMS_SCHOOL];
    memset(c->seen, 0, sizeof c->seen);
}

static void count_work(counting *c, const oko_sheet *sheet, size_t i)
{
    int8_t scores[OKO_MAX_ITEMS + 1];
    const int n = c->p->n_items, variant = sheet->variant[i];
    for (int k = 0; k < n; k++) {
        const int8_t s = k < sheet->n_items ? sheet->items[i * (size_t)sheet->n_items + (size_t)k] : 0;
        scores[k] = s > 0 ? s : 0;
    }
    scores[n] = -1;
    for (int s = 0; s < OKO_ITEMS_SCOPES; s++) {
        if (!c->inside[s])
            continue;
        add_work(&c->of[s], scores);
        c->out->schools[s] += !c->seen[s];
        c->seen[s] = true;
    }
    if (c->inside[OKO_ITEMS_REGION])
        add_work(&c->variant[0][variant], scores);
    if (!c->inside[c->out->group])
        return;
    add_work(&c->variant[1][variant], scores);
    add_work(&c->by_total[sheet->total[i]], scores);
    add_expected(c, sheet->total[i], variant);
}

static oko_status count_sheet(void *ctx, const oko_sheet *sheet, const oko_counts *unused)
{
    counting *c = ctx;
    (void)unused;
    if (sheet->school != c->school)
        place_school(c, sheet->school);
    c->inside[OKO_ITEMS_CLASS] =
        c->label != NULL && c->inside[OKO_ITEMS_SCHOOL] && strcmp(c->label, sheet->class_label) == 0;
    for (size_t i = 0; i < sheet->n; i++)
        if (oko_work_takes_part(sheet->flags[i]) && sheet->total[i] >= 0 && sheet->total[i] <= c->p->max_total)
            count_work(c, sheet, i);
    return OKO_OK;
}

/* ---- sums to shares ---- */

static oko_status shares(const oko_procedure *p, const sums *s, oko_item_shares *ret)
{
    ret->n = s->n;
    ret->percent = oko_alloc_array((size_t)p->n_items + 1, sizeof *ret->percent);
    for (int i = 0; ret->percent != NULL && i < p->n_items; i++)
        ret->percent[i] = s->n > 0 ? 100 * s->sum[i] / ((double)s->n * p->items[i].max) : NAN;
    return ret->percent != NULL ? OKO_OK : OKO_E_MEMORY;
}

/* Totals of the group in up to five bands of about as many works, none with fewer than `least`. */
static oko_status bands(const counting *c, int64_t least)
{
    oko_item_profile *out = c->out;
    const int64_t all = c->of[out->group].n;
    const int64_t wanted = all / OKO_ITEM_BANDS > least ? all / OKO_ITEM_BANDS : least;
    sums band = { .n = 0 };
    oko_status status = sums_new(&band, c->p->n_items);
    int64_t rest = all;
    int from = 0;
    for (int t = 0; status == OKO_OK && t <= c->p->max_total && out->n_bands < OKO_ITEM_BANDS; t++) {
        band.n += c->by_total[t].n;
        for (int i = 0; i < c->p->n_items; i++)
            band.sum[i] += c->by_total[t].sum[i];
        const bool last = out->n_bands == OKO_ITEM_BANDS - 1 || rest - band.n < least;
        if (t < c->p->max_total ? last || band.n < wanted : band.n < least)
            continue;
        out->band[out->n_bands] = (oko_item_band){ .from = from, .to = t };
        status = shares(c->p, &band, &out->band[out->n_bands++].shares);
        rest -= band.n;
        from = t + 1;
        band.n = 0;
        memset(band.sum, 0, (size_t)c->p->n_items * sizeof *band.sum);
    }
    free(band.sum);
    return status;
}

static oko_status variants(const counting *c, int64_t least)
{
    oko_item_profile *out = c->out;
    oko_status status = OKO_OK;
    for (int v = 1; status == OKO_OK && v < 256 && out->n_variants < OKO_ITEM_VARIANTS; v++) {
        if (c->variant[0][v].n < least || c->variant[1][v].n < least)
            continue;
        oko_item_variant *at = &out->variant[out->n_variants++];
        at->variant = v;
        status = shares(c->p, &c->variant[0][v], &at->region);
        status = status == OKO_OK ? shares(c->p, &c->variant[1][v], &at->group) : status;
    }
    return status;
}

/* Expected share by total of all works, item by item. */
static oko_status curve(const counting *c)
{
    const oko_answers *a = c->answers;
    const size_t totals = (size_t)a->max_total + 1, width = (size_t)a->width;
    c->out->curve = oko_calloc_array((size_t)a->n_items * totals, sizeof *c->out->curve);
    if (c->out->curve == NULL)
        return OKO_E_MEMORY;
    for (size_t at = 0; at < (size_t)a->n_items * totals; at++)
        for (size_t v = 1; v < width; v++)
            c->out->curve[at] += 100 * (double)v * (double)a->chance[at * width + v] / a->item_max[at / totals];
    return OKO_OK;
}

static oko_status finish(counting *c, int64_t least)
{
    oko_item_profile *out = c->out;
    oko_item_shares expected = { .n = 0 };
    oko_status status = c->of[out->group].n > 0 ? OKO_OK : OKO_E_NO_DATA;
    for (int s = 0; status == OKO_OK && s < OKO_ITEMS_SCOPES; s++)
        status = shares(c->p, &c->of[s], &out->of[s]);
    c->expected.n = c->of[out->group].n;
    status = status == OKO_OK ? shares(c->p, &c->expected, &expected) : status;
    out->expected = expected.percent;
    status = status == OKO_OK ? bands(c, least) : status;
    status = status == OKO_OK ? variants(c, least) : status;
    return status == OKO_OK ? curve(c) : status;
}

/* ---- who is who ---- */

static void find_scopes(counting *c, const oko_unit *unit)
{
    oko_item_profile *out = c->out;
    const oko_place *m = oko_register_above(c->reg, unit->id, OKO_LEVEL_MUNICIPALITY);
    c->top = oko_register_top(c->reg, unit->id);
    out->unit[OKO_ITEMS_REGION] = c->top != NULL ? c->top->id : 0;
    out->unit[OKO_ITEMS_MUNICIPALITY] = m != NULL ? m->id : 0;
    out->unit[OKO_ITEMS_SCHOOL] = unit->level == OKO_LEVEL_SCHOOL ? unit->id : 0;
    out->unit[OKO_ITEMS_CLASS] = c->label != NULL ? out->unit[OKO_ITEMS_SCHOOL] : 0;
    out->group = out->unit[OKO_ITEMS_CLASS] != 0         ? OKO_ITEMS_CLASS
                 : unit->level == OKO_LEVEL_SCHOOL       ? OKO_ITEMS_SCHOOL
                 : unit->level == OKO_LEVEL_MUNICIPALITY ? OKO_ITEMS_MUNICIPALITY
                                                         : OKO_ITEMS_REGION;
}

oko_status oko_item_profile_load(oko_store *store, const oko_procedure *p, const oko_register *reg,
                                 const oko_unit *unit, const char *label, int64_t revision, int64_t least,
                                 oko_item_profile *ret_profile, oko_error *err)
{
    OKO_CLEANUP(oko_answers_clear) oko_answers answers = { 0 };
    oko_item_profile out = { .n_items = p->n_items, .max_total = p->max_total };
    counting c = { .p = p, .reg = reg, .answers = &answers, .label = label, .out = &out, .school = -1 };
    const oko_sheet_query query = { .procedure = p->id, .revision = revision, .n_shards = 1 };
    oko_status status = oko_answers_load(store, p, revision, &answers, err);
    find_scopes(&c, unit);
    status = status == OKO_OK ? prepare(&c) : status;
    status = status == OKO_OK ? oko_store_sheet_walk(store, &query, count_sheet, &c, err) : status;
    status = status == OKO_OK ? finish(&c, least) : status;
    clear(&c);
    if (status != OKO_OK) {
        oko_item_profile_clear(&out);
        return status;
    }
    *ret_profile = out;
    return OKO_OK;
}

void oko_item_profile_clear(oko_item_profile *profile)
{
    for (int s = 0; s < OKO_ITEMS_SCOPES; s++)
        free(profile->of[s].percent);
    for (int b = 0; b < OKO_ITEM_BANDS; b++)
        free(profile->band[b].shares.percent);
    for (int v = 0; v < OKO_ITEM_VARIANTS; v++) {
        free(profile->variant[v].region.percent);
        free(profile->variant[v].group.percent);
    }
    free(profile->expected);
    free(profile->curve);
    *profile = (oko_item_profile){ 0 };
}
