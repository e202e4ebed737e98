/* Chances of answers by total, and one group beside them. */
#include "analysis/answers.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void oko_answers_clear(oko_answers *answers)
{
    free(answers->chance);
    *answers = (oko_answers){ 0 };
}

void oko_group_answers_clear(oko_group_answers *group)
{
    free(group->total);
    free(group->items);
    free(group->journal);
    free(group->variant);
    free(group->code);
    *group = (oko_group_answers){ 0 };
}

/* ---- all works ---- */

typedef struct counting {
    oko_answers *out;
    int64_t by_variant[256];
    int64_t *works;  /* [n_tables][max_total + 1] */
    uint32_t *count; /* as chance */
} counting;

static size_t cell(const oko_answers *a, int table, int item, int total)
{
    size_t row = ((size_t)table * (size_t)a->n_items + (size_t)item) * ((size_t)a->max_total + 1) + (size_t)total;
    return row * (size_t)a->width;
}

static bool counts(const oko_answers *a, const oko_sheet *sheet, size_t i)
{
    return oko_work_takes_part(sheet->flags[i]) && sheet->total[i] >= 0 && sheet->total[i] <= a->max_total;
}

static oko_status count_variants(void *ctx, const oko_sheet *sheet, const oko_counts *unused)
{
    counting *c = ctx;
    (void)unused;
    for (size_t i = 0; i < sheet->n; i++)
        c->by_variant[sheet->variant[i]] += counts(c->out, sheet, i);
    return OKO_OK;
}

/* Tables for the variants that the families tell apart; none when there is one only. */
static void choose_tables(counting *c)
{
    oko_answers *a = c->out;
    a->n_tables = 1;
    for (int v = 0; v < 256; v++) {
        a->works += c->by_variant[v];
        if (c->by_variant[v] >= OKO_SIGNS_MIN_VARIANT_WORKS && a->n_tables <= OKO_SIGNS_MAX_VARIANTS)
            a->table[v] = (uint8_t)a->n_tables++;
    }
    if (a->n_tables <= 2) {
        a->n_tables = 1;
        memset(a->table, 0, sizeof a->table);
    }
}

static void count_work(const counting *c, int table, const oko_sheet *sheet, size_t i)
{
    const oko_answers *a = c->out;
    int total = sheet->total[i];
    c->works[(size_t)table * ((size_t)a->max_total + 1) + (size_t)total]++;
    for (int k = 0; k < a->n_items; k++) {
        int score = k < sheet->n_items ? sheet->items[i * (size_t)sheet->n_items + (size_t)k] : 0;
        c->count[cell(a, table, k, total) + (size_t)(score > 0 && score < a->width ? score : 0)]++;
    }
}

static oko_status count_sheet(void *ctx, const oko_sheet *sheet, const oko_counts *unused)
{
    counting *c = ctx;
    (void)unused;
    for (size_t i = 0; i < sheet->n; i++) {
        if (!counts(c->out, sheet, i))
            continue;
        int table = c->out->table[sheet->variant[i]];
        count_work(c, 0, sheet, i);
        if (table > 0)
            count_work(c, table, sheet, i);
    }
    return OKO_OK;
}

/* Totals whose works are taken together for `total`: widened evenly until there are enough. */
static void window(const oko_answers *a, const int64_t *works, int total, int *ret_from, int *ret_to)
{
    int from = total, to = total;
    int64_t n = works[total];
    while (n < OKO_ANSWERS_SMOOTH && (from > 0 || to < a->max_total)) {
        if (from > 0)
            n += works[--from];
        if (to < a->max_total)
            n += works[++to];
    }
    *ret_from = from;
    *ret_to = to;
}

static void smooth(const counting *c, int table)
{
    const oko_answers *a = c->out;
    const int64_t *works = c->works + (size_t)table * ((size_t)a->max_total + 1);
    for (int t = 0; t <= a->max_total; t++) {
        int from, to;
        window(a, works, t, &from, &to);
        for (int k = 0; k < a->n_items; k++) {
            double sum = 0, at[OKO_ANSWERS_MAX_SCORE + 1] = { 0 };
            for (int s = from; s <= to; s++)
                for (int v = 0; v < a->width; v++)
                    at[v] += c->count[cell(a, table, k, s) + (size_t)v];
            for (int v = 0; v < a->width; v++)
                sum += at[v];
            for (int v = 0; v < a->width; v++)
                a->chance[cell(a, table, k, t) + (size_t)v] = sum > 0 ? (float)(at[v] / sum) : 0;
        }
    }
}

static bool describe(const oko_procedure *p, oko_answers *a)
{
    *a = (oko_answers){ .n_items = p->n_items, .max_total = p->max_total, .width = 1 };
    for (int k = 0; k < p->n_items; k++) {
        if (p->items[k].max > OKO_ANSWERS_MAX_SCORE)
            return false;
        a->item_max[k] = p->items[k].max;
        a->width = p->items[k].max + 1 > a->width ? p->items[k].max + 1 : a->width;
    }
    return p->n_items > 0;
}

static oko_status count_answers(oko_store *store, const oko_sheet_query *query, counting *c, oko_error *err)
{
    oko_answers *a = c->out;
    oko_status status = oko_store_sheet_walk(store, query, count_variants, c, err);
    if (status != OKO_OK)
        return status;
    choose_tables(c);
    if (a->works == 0)
        return OKO_E_NO_DATA;
    size_t size = cell(a, a->n_tables, 0, 0);
    c->works = oko_calloc_array((size_t)a->n_tables * ((size_t)a->max_total + 1), sizeof *c->works);
    c->count = oko_calloc_array(size, sizeof *c->count);
    a->chance = oko_alloc_array(size, sizeof *a->chance);
    if (c->works == NULL || c->count == NULL || a->chance == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    return oko_store_sheet_walk(store, query, count_sheet, c, err);
}

oko_status oko_answers_load(oko_store *store, const oko_procedure *p, int64_t revision, oko_answers *ret_answers,
                            oko_error *err)
{
    oko_answers a;
    if (!describe(p, &a))
        return OKO_E_NO_DATA;
    counting c = { .out = &a };
    const oko_sheet_query query = { .procedure = p->id, .revision = revision, .n_shards = 1 };
    oko_status status = count_answers(store, &query, &c, err);
    for (int t = 0; status == OKO_OK && t < a.n_tables; t++)
        smooth(&c, t);
    free(c.works);
    free(c.count);
    if (status != OKO_OK) {
        oko_answers_clear(&a);
        return status;
    }
    *ret_answers = a;
    return OKO_OK;
}

/* ---- one group ---- */

typedef struct taking {
    oko_group_answers *out;
    const char *label;
    int max_total;
} taking;

static oko_status take_work(oko_group_answers *g, const oko_sheet *sheet, size_t i)
{
    size_t items = (size_t)g->n_items;
    oko_status status = oko_grow(&g->total, &g->cap_total, g->n + 1, sizeof *g->total, OKO_GROUP_ANSWERS_MAX);
    if (status == OKO_OK)
        status = oko_grow(&g->code, &g->cap_code, g->n + 1, sizeof *g->code, OKO_GROUP_ANSWERS_MAX);
    if (status == OKO_OK)
        status = oko_grow(&g->variant, &g->cap_variant, g->n + 1, sizeof *g->variant, OKO_GROUP_ANSWERS_MAX);
    if (status == OKO_OK)
        status = oko_grow(&g->journal, &g->cap_journal, g->n + 1, sizeof *g->journal, OKO_GROUP_ANSWERS_MAX);
    if (status == OKO_OK && items > 0)
        status = oko_grow(&g->items, &g->cap_items, (g->n + 1) * items, 1, OKO_GROUP_ANSWERS_MAX * items);
    if (status != OKO_OK)
        return status;
    g->total[g->n] = sheet->total[i];
    g->code[g->n] = sheet->code[i];
    g->journal[g->n] = sheet->journal[i];
    g->variant[g->n] = sheet->variant[i];
    for (size_t k = 0; k < items; k++) {
        int8_t score = k < (size_t)sheet->n_items ? sheet->items[i * (size_t)sheet->n_items + k] : 0;
        g->items[g->n * items + k] = score > 0 ? score : 0;
    }
    g->n++;
    return OKO_OK;
}

static oko_status take_sheet(void *ctx, const oko_sheet *sheet, const oko_counts *unused)
{
    taking *t = ctx;
    (void)unused;
    if (t->label != NULL && strcmp(t->label, sheet->class_label) != 0)
        return OKO_OK;
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < sheet->n; i++)
        if (oko_work_takes_part(sheet->flags[i]) && sheet->total[i] >= 0 && sheet->total[i] <= t->max_total)
            status = take_work(t->out, sheet, i);
    return status;
}

oko_status oko_group_answers_load(oko_store *store, const oko_procedure *p, int64_t revision, int64_t school,
                                  const char *label, oko_group_answers *ret_group, oko_error *err)
{
    oko_group_answers g = { .n_items = p->n_items };
    taking t = { .out = &g, .label = label, .max_total = p->max_total };
    const oko_sheet_query query = { .procedure = p->id, .revision = revision, .school = school, .n_shards = 1 };
    oko_status status = oko_store_sheet_walk(store, &query, take_sheet, &t, err);
    if (status != OKO_OK) {
        oko_group_answers_clear(&g);
        return status;
    }
    *ret_group = g;
    return OKO_OK;
}

/* ---- the group beside all works ---- */

void oko_answers_profile(const oko_answers *a, const oko_group_answers *g, double *ret_seen, double *ret_expected)
{
    for (int k = 0; k < a->n_items; k++) {
        double seen = 0, expected = 0, most = (double)g->n * a->item_max[k];
        for (size_t i = 0; i < g->n; i++) {
            const float *chance = a->chance + cell(a, a->table[g->variant[i]], k, g->total[i]);
            seen += g->items[i * (size_t)a->n_items + (size_t)k];
            for (int v = 1; v < a->width; v++)
                expected += v * (double)chance[v];
        }
        ret_seen[k] = g->n > 0 ? 100 * seen / most : NAN;
        ret_expected[k] = g->n > 0 ? 100 * expected / most : NAN;
    }
}

/* Adds m × the distribution of the number of same answers of two works with these totals. pmf: scratch, [n_items + 1].
 */
static void add_expected(const oko_answers *a, int table, int x, int y, double m, double *pmf, double *into)
{
    pmf[0] = 1;
    for (int k = 0; k < a->n_items; k++) {
        const float *p = a->chance + cell(a, table, k, x), *q = a->chance + cell(a, table, k, y);
        double same = 0;
        for (int v = 0; v < a->width; v++)
            same += (double)p[v] * (double)q[v];
        pmf[k + 1] = 0;
        for (int j = k + 1; j > 0; j--)
            pmf[j] = pmf[j] * (1 - same) + pmf[j - 1] * same;
        pmf[0] *= 1 - same;
    }
    for (int j = 0; j <= a->n_items; j++)
        into[j] += m * pmf[j];
}

static int same_answers(const oko_group_answers *g, size_t x, size_t y)
{
    const int8_t *a = g->items + x * (size_t)g->n_items, *b = g->items + y * (size_t)g->n_items;
    int same = 0;
    for (int k = 0; k < g->n_items; k++)
        same += a[k] == b[k];
    return same;
}

/* Pairs that works of one variant are expected to make. works: scratch, [max_total + 1]. */
static void expect_pairs(const oko_answers *a, const oko_group_answers *g, int variant, double *works, double *pmf,
                         double *into)
{
    int table = a->table[variant];
    for (int t = 0; t <= a->max_total; t++)
        works[t] = 0;
    for (size_t i = 0; i < g->n; i++)
        works[g->total[i]] += g->variant[i] == variant;
    for (int x = 0; x <= a->max_total; x++)
        for (int y = x; works[x] > 0 && y <= a->max_total; y++) {
            double m = x == y ? works[x] * (works[x] - 1) / 2 : works[x] * works[y];
            if (m > 0)
                add_expected(a, table, x, y, m, pmf, into);
        }
}

oko_status oko_answers_pairs(const oko_answers *a, const oko_group_answers *g, double *ret_seen, double *ret_expected)
{
    OKO_CLEANUP(oko_freep) double *works = oko_alloc_array((size_t)a->max_total + 1, sizeof *works);
    OKO_CLEANUP(oko_freep) double *pmf = oko_alloc_array((size_t)a->n_items + 1, sizeof *pmf);
    bool variants[256] = { false };
    if (works == NULL || pmf == NULL)
        return OKO_E_MEMORY;
    for (int j = 0; j <= a->n_items; j++)
        ret_seen[j] = ret_expected[j] = 0;
    for (size_t i = 0; i < g->n; i++) {
        variants[g->variant[i]] = true;
        for (size_t j = 0; j < i; j++)
            if (g->variant[i] == g->variant[j])
                ret_seen[same_answers(g, i, j)]++;
    }
    for (int v = 0; v < 256; v++)
        if (variants[v])
            expect_pairs(a, g, v, works, pmf, ret_expected);
    return OKO_OK;
}

int oko_answers_clusters(const oko_group_answers *g, int same, int *ret_cluster)
{
    int n = 0;
    for (size_t i = 0; i < g->n; i++)
        ret_cluster[i] = 0;
    for (size_t i = 0; i < g->n; i++)
        for (size_t j = 0; j < i; j++) {
            if (g->variant[i] != g->variant[j] || same_answers(g, i, j) < same)
                continue;
            int into = ret_cluster[j] > 0 ? ret_cluster[j] : ret_cluster[i] > 0 ? ret_cluster[i] : ++n;
            int from = ret_cluster[i];
            ret_cluster[i] = ret_cluster[j] = into;
            for (size_t k = 0; from > 0 && from != into && k < g->n; k++) /* two chains meet */
                ret_cluster[k] = ret_cluster[k] == from ? into : ret_cluster[k];
        }
    int kept = 0; /* numbered again, in the order of their first work */
    for (size_t i = 0; i < g->n; i++) {
        int old = ret_cluster[i];
        if (old <= 0)
            continue;
        kept++;
        for (size_t k = i; k < g->n; k++)
            ret_cluster[k] = ret_cluster[k] == old ? -kept : ret_cluster[k];
    }
    for (size_t i = 0; i < g->n; i++)
        ret_cluster[i] = -ret_cluster[i];
    return kept;
}
