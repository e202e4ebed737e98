/*
 * Works drawn from the null given their totals, exactly: answers independent with probabilities by total and an item ×
 * group effect, conditioned on the sum (backward sums, then item by item). The effects are drawn once for the group.
 */
#include "stats/null.h"

#include "base/memory.h"

#include <math.h>
#include <string.h>

oko_status null_sampler_new(const null_curves *c, null_sampler *ret)
{
    size_t items = (size_t)c->n_items + 1;
    null_sampler s = { .weight = oko_calloc_array(items * (size_t)c->n_cats, sizeof *s.weight),
                       .tail = oko_calloc_array(items * ((size_t)c->max_total + 1), sizeof *s.tail),
                       .effect = oko_calloc_array(NULL_MOST_PARTS * (items + 2), sizeof *s.effect),
                       .slope = oko_calloc_array(NULL_MOST_PARTS * (items + 2), sizeof *s.slope),
                       .cat = oko_calloc_array(items, sizeof *s.cat) };
    if (s.weight == NULL || s.tail == NULL || s.effect == NULL || s.slope == NULL || s.cat == NULL) {
        null_sampler_clear(&s);
        return OKO_E_MEMORY;
    }
    *ret = s;
    return OKO_OK;
}

void null_sampler_clear(null_sampler *s)
{
    oko_freep(&s->weight);
    oko_freep(&s->tail);
    oko_freep(&s->effect);
    oko_freep(&s->slope);
    oko_freep(&s->cat);
}

/* Weights of the scores and of all ways to get r points from items j… on, for one total. */
static void prepare(const null_curves *c, null_sampler *s, int row)
{
    const double *base = c->weight + (size_t)row * (size_t)c->n_items * (size_t)c->n_cats;
    const double *effect = s->effect + (size_t)s->part * ((size_t)c->n_items + 3);
    int total = null_total(c, row);
    size_t stride = (size_t)c->max_total + 1;
    double *last = s->tail + (size_t)c->n_items * stride;
    memset(last, 0, stride * sizeof *last);
    last[0] = 1;
    for (int j = c->n_items - 1; j >= 0; j--) {
        const double *b = base + (size_t)j * (size_t)c->n_cats;
        double *w = s->weight + (size_t)j * (size_t)c->n_cats;
        int max = c->item_max[j];
        double odds = exp(effect[j]);
        double power = 1;
        for (int k = 0; k <= max; k++) {
            w[k] = b[k] * power;
            power *= odds;
        }
        const double *next = s->tail + (size_t)(j + 1) * stride;
        double *here = s->tail + (size_t)j * stride;
        for (int r = 0; r <= total; r++) {
            double sum = w[0] * next[r];
            for (int k = 1; k <= max && k <= r; k++) {
                sum += w[k] * next[r - k];
            }
            here[r] = sum;
        }
    }
}

static void draw(const null_curves *c, const null_sampler *s, oko_rng *rng, int row, uint8_t *cat)
{
    const double *p = c->p + (size_t)row * (size_t)c->n_items * (size_t)c->n_cats;
    size_t stride = (size_t)c->max_total + 1;
    int left = null_total(c, row);
    for (int j = 0; j < c->n_items; j++) {
        const double *w = s->weight + (size_t)j * (size_t)c->n_cats;
        const double *next = s->tail + (size_t)(j + 1) * stride;
        int max = c->item_max[j] < left ? c->item_max[j] : left;
        double u = oko_rng_uniform(rng) * s->tail[(size_t)j * stride + (size_t)left];
        int k = 0;
        while (k < max && u >= w[k] * next[left - k]) {
            u -= w[k] * next[left - k];
            k++;
        }
        left -= k;
        if (k == 0) {
            const double *q = p + (size_t)j * (size_t)c->n_cats;
            double skipped = q[c->item_max[j] + 1];
            bool not_tried = oko_rng_uniform(rng) * (skipped + q[0]) < skipped;
            k = not_tried ? c->item_max[j] + 1 : 0;
        }
        cat[j] = (uint8_t)k;
    }
}

void null_sample_one(const null_curves *c, null_sampler *s, oko_rng *rng, int total, bool fresh, uint8_t *cat)
{
    if (fresh) {
        prepare(c, s, total);
    }
    draw(c, s, rng, total, cat);
}

void null_sample(const null_curves *c, null_sampler *s, oko_rng *rng, int n, const int16_t *total, uint8_t *cat)
{
    s->part = 0;
    for (int j = 0; j < c->n_items; j++) {
        s->effect[j] = sqrt(c->sigma2[j]) * oko_rng_normal(rng);
    }
    for (int i = 0; i < n; i++) {
        null_sample_one(c, s, rng, total[i], i == 0 || total[i] != total[i - 1], cat + (size_t)i * (size_t)c->n_items);
    }
}
