/* The made-up region: figures near the options, the same numbers in any order, and plants that do what they say. */
#include <oko/simulate.h>

#include "support/failing_alloc.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const int16_t ma_items[] = { 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 2, 2, 2 };
static const int16_t ma_cutoffs[] = { 6, 10, 15 };
static const int16_t ru_items[] = { 4, 3, 3, 1, 3, 2, 1, 2, 3, 2, 1, 1, 2, 1, 2, 1, 2, 1, 2, 1 };
static const int16_t ru_cutoffs[] = { 14, 24, 33 };
static const int16_t long_items[40] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                                        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
static const int16_t long_cutoffs[] = { 13, 21, 30 };

#define MA_2020                                                                                                        \
    {                                                                                                                  \
        .code = "2020-04-MA", .year = 2020, .grade = 4, .subject = 1, .n_items = 15, .item_max = ma_items,             \
        .n_cutoffs = 3, .cutoffs = ma_cutoffs                                                                          \
    }
#define RU_2020                                                                                                        \
    {                                                                                                                  \
        .code = "2020-04-RU", .year = 2020, .grade = 4, .subject = 0, .n_items = 20, .item_max = ru_items,             \
        .n_cutoffs = 3, .cutoffs = ru_cutoffs                                                                          \
    }
#define MA_2021                                                                                                        \
    {                                                                                                                  \
        .code = "2021-05-MA", .year = 2021, .grade = 5, .subject = 1, .n_items = 15, .item_max = ma_items,             \
        .n_cutoffs = 3, .cutoffs = ma_cutoffs                                                                          \
    }
#define LONG_2021                                                                                                      \
    {                                                                                                                  \
        .code = "2021-06-OB", .year = 2021, .grade = 6, .subject = 2, .n_items = 40, .item_max = long_items,           \
        .n_cutoffs = 3, .cutoffs = long_cutoffs                                                                        \
    }

/* ---- everything a class says, kept ---- */

typedef struct kept {
    oko_world_class c;
    int n_items;
    uint32_t pupil[64];
    uint8_t absent[64];
    int8_t journal[64];
    int16_t total[64], honest[64];
    int8_t items[64 * 40];
} kept;

typedef struct album {
    const oko_world_test *tests;
    kept *at;
    size_t n, cap;
} album;

static oko_status keep(void *ctx, const oko_world_class *c)
{
    album *a = ctx;
    if (a->n == a->cap) {
        a->cap = a->cap == 0 ? 256 : 2 * a->cap;
        a->at = realloc(a->at, a->cap * sizeof *a->at);
        assert_non_null(a->at);
    }
    kept *k = &a->at[a->n++];
    memset(k, 0, sizeof *k);
    assert_in_range(c->n, 1, 64);
    size_t n = (size_t)c->n;
    k->c = *c;
    k->n_items = a->tests[c->test].n_items;
    memcpy(k->pupil, c->pupil, n * sizeof *c->pupil);
    memcpy(k->absent, c->absent, n);
    memcpy(k->journal, c->journal, n);
    memcpy(k->total, c->total, n * sizeof *c->total);
    memcpy(k->honest, c->honest_total, n * sizeof *c->honest_total);
    memcpy(k->items, c->items, n * (size_t)k->n_items);
    return OKO_OK;
}

static album take(const oko_world_options *o, const oko_world_test *tests, int n)
{
    album a = { .tests = tests };
    assert_int_equal(oko_simulate(o, tests, n, keep, &a), OKO_OK);
    return a;
}

static void same_class(const kept *a, const kept *b)
{
    assert_int_equal(a->c.n, b->c.n);
    assert_int_equal(a->c.school, b->c.school);
    assert_int_equal(a->c.municipality, b->c.municipality);
    assert_int_equal(a->c.class_index, b->c.class_index);
    assert_memory_equal(a->pupil, b->pupil, sizeof a->pupil);
    assert_memory_equal(a->absent, b->absent, sizeof a->absent);
    assert_memory_equal(a->journal, b->journal, sizeof a->journal);
    assert_memory_equal(a->total, b->total, sizeof a->total);
    assert_memory_equal(a->honest, b->honest, sizeof a->honest);
    assert_memory_equal(a->items, b->items, sizeof a->items);
}

/* ---- what must hold in every class ---- */

static void classes_are_coherent(void **state)
{
    (void)state;
    const oko_world_test tests[] = { MA_2020, RU_2020 };
    oko_world_options o = OKO_WORLD_OPTIONS_INIT;
    album a = take(&o, tests, 2);
    int last_test = 0;
    int last_school = -1;
    bool seen[12] = { false };
    for (size_t i = 0; i < a.n; i++) {
        const kept *k = &a.at[i];
        const oko_world_test *t = &tests[k->c.test];
        assert_in_range(k->c.n, 5, 30);
        assert_in_range(k->c.municipality, 0, 11);
        seen[k->c.municipality] = true;
        assert_true(k->c.test > last_test || k->c.school >= last_school);
        assert_int_equal(k->pupil[0], k->c.class_index == 0 ? 1 : k[-1].pupil[k[-1].c.n - 1] + 1);
        last_test = k->c.test;
        last_school = k->c.school;
        for (int p = 0; p < k->c.n; p++) {
            int sum = 0;
            for (int j = 0; j < t->n_items; j++) {
                int score = k->items[p * t->n_items + j];
                assert_true(score >= -1 && score <= t->item_max[j]);
                assert_true(k->absent[p] == 0 || score == -1);
                sum += score > 0 ? score : 0;
            }
            assert_int_equal(k->total[p], k->absent[p] != 0 ? -1 : sum);
            assert_true(k->journal[p] == 0 || (k->journal[p] >= 2 && k->journal[p] <= 5));
        }
    }
    for (int m = 0; m < 12; m++) {
        assert_true(seen[m]);
    }
    free(a.at);
}

/* ---- moments ---- */

typedef struct sums {
    int test;
    double n, rolled, absent, mean, square;
    double share_absent_weak, weak, share_absent_strong, strong;
    double within, between, classes, class_n; /* honest totals: one-way analysis of variance */
    double nj, j, jj, jt, t, tt;
} sums;

/* Median of the total is not needed exactly: pupils marked 2 or 3 in the journal are the weak, 5 the strong. */
static oko_status add_up(void *ctx, const oko_world_class *c)
{
    sums *s = ctx;
    double n = 0;
    double m = 0;
    double q = 0;
    for (int i = 0; i < c->n; i++) {
        s->rolled++;
        s->absent += c->absent[i];
        bool weak = c->journal[i] == 2 || c->journal[i] == 3;
        s->weak += weak;
        s->share_absent_weak += weak && c->absent[i] != 0;
        s->strong += c->journal[i] == 5;
        s->share_absent_strong += c->journal[i] == 5 && c->absent[i] != 0;
        if (c->total[i] < 0) {
            continue;
        }
        double x = c->total[i];
        n++;
        m += x;
        q += x * x;
        if (c->journal[i] != 0) {
            s->nj++;
            s->j += c->journal[i];
            s->jj += c->journal[i] * c->journal[i];
            s->jt += c->journal[i] * x;
            s->t += x;
            s->tt += x * x;
        }
    }
    if (n >= 2 && !c->selective) {
        s->classes++;
        s->class_n += n;
        s->within += q - m * m / n;
        s->between += m * m / n;
        s->n += n;
        s->mean += m;
        s->square += q;
    }
    return OKO_OK;
}

static sums moments(const oko_world_options *o, const oko_world_test *test)
{
    sums s = { .n = 0 };
    assert_int_equal(oko_simulate(o, test, 1, add_up, &s), OKO_OK);
    return s;
}

/* Share of the variance of totals that lies between classes (analysis of variance, mean class size). */
static double icc(const sums *s)
{
    double ms_within = s->within / (s->n - s->classes);
    double ms_between = (s->between - s->mean * s->mean / s->n) / (s->classes - 1);
    double size = s->n / s->classes;
    double between = (ms_between - ms_within) / size;
    return between / (between + ms_within);
}

static void moments_follow_the_options(void **state)
{
    (void)state;
    const oko_world_test ma = MA_2020;
    const oko_world_test ru = RU_2020;
    const oko_world_test *tests[] = { &ma, &ru };
    oko_world_options o = OKO_WORLD_OPTIONS_INIT;
    o.schools = 3000;
    o.planted = 0;
    for (int t = 0; t < 2; t++) {
        sums s = moments(&o, tests[t]);
        double max = t == 0 ? 20 : 38;
        assert_true(s.mean / s.n > .35 * max && s.mean / s.n < .75 * max);
        double sd = sqrt(s.square / s.n - s.mean * s.mean / s.n / s.n);
        assert_true(sd > .14 * max && sd < .26 * max);
        assert_true(fabs(s.absent / s.rolled - .05) < .004);
        assert_true(s.share_absent_weak / s.weak > 1.3 * s.share_absent_strong / s.strong);
        double cov = s.jt / s.nj - s.j / s.nj * s.t / s.nj;
        double r = cov / sqrt((s.jj / s.nj - s.j * s.j / s.nj / s.nj) * (s.tt / s.nj - s.t * s.t / s.nj / s.nj));
        assert_true(r > .6 && r < .75);
        /* Of the variance of ability .16 + .09 + .0225 of 1.0825 lies between classes; a total adds error within. */
        assert_true(icc(&s) > .17 && icc(&s) < .26);
    }
}

static void variances_can_be_switched_off(void **state)
{
    (void)state;
    const oko_world_test test = LONG_2021;
    oko_world_options o = OKO_WORLD_OPTIONS_INIT;
    o.schools = 1500;
    o.planted = o.selective = o.sd_school = o.sd_class = o.sd_item_class = o.sd_severity = 0;
    sums flat = moments(&o, &test);
    assert_true(icc(&flat) > 0 && icc(&flat) < .04); /* what is left is the school's good or bad year */
    o.sd_class = .9;
    sums steep = moments(&o, &test);
    assert_true(icc(&steep) > .4 && icc(&steep) < .55); /* .81 + .02 of 1.64, less measurement error */
    o.sd_class = 0;
    o.sd_severity = 2; /* halved for short answers: a school's markers now differ by 1 */
    sums severe = moments(&o, &test);
    assert_true(icc(&severe) > .35);
}

/* Variance of (share right of the class in the item − class − item + all): what is left of the two margins. */
static double interaction(const album *a)
{
    double item[40] = { 0 };
    double sum = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < a->n; i++) {
            double share[40] = { 0 };
            double level = 0;
            for (int j = 0; j < 40; j++) {
                for (int p = 0; p < a->at[i].c.n; p++) {
                    share[j] += a->at[i].items[p * 40 + j] > 0;
                }
                share[j] /= a->at[i].c.n;
                level += share[j] / 40;
            }
            for (int j = 0; j < 40; j++) {
                double left = share[j] - level;
                if (pass == 0) {
                    item[j] += left / (double)a->n;
                } else {
                    sum += (left - item[j]) * (left - item[j]);
                }
            }
        }
    }
    return sum / (double)a->n / 40;
}

static void classes_have_item_profiles(void **state)
{
    (void)state;
    const oko_world_test tests[] = { LONG_2021 };
    oko_world_options o = OKO_WORLD_OPTIONS_INIT;
    o.planted = o.absence = o.sd_item_class = 0;
    o.min_class = o.max_class = 30;
    album none = take(&o, tests, 1);
    o.sd_item_class = .6;
    album some = take(&o, tests, 1);
    double noise = interaction(&none);
    assert_true(noise > .004 && noise < .009); /* p(1 − p) / 30 and the slopes of the items */
    /* .6² · slope² · (p(1 − p))² on top */
    assert_true(interaction(&some) - noise > .006 && interaction(&some) - noise < .018);
    free(none.at);
    free(some.at);
}

static void selective_schools_are_ahead(void **state)
{
    (void)state;
    const oko_world_test tests[] = { RU_2020 };
    oko_world_options o = OKO_WORLD_OPTIONS_INIT;
    o.schools = 1000;
    o.planted = 0;
    album a = take(&o, tests, 1);
    double sum[2] = { 0 };
    double n[2] = { 0 };
    double schools = 0;
    for (size_t i = 0; i < a.n; i++) {
        schools += a.at[i].c.class_index == 0 && a.at[i].c.selective;
        for (int p = 0; p < a.at[i].c.n; p++) {
            if (a.at[i].total[p] >= 0) {
                sum[a.at[i].c.selective] += a.at[i].total[p];
                n[a.at[i].c.selective]++;
            }
        }
    }
    assert_true(schools > 20 && schools < 60);
    assert_true(sum[1] / n[1] - sum[0] / n[0] > 6);
    free(a.at);
}

/* ---- who belongs to whom ---- */

static void order_of_tests_does_not_matter(void **state)
{
    (void)state;
    const oko_world_test forward[] = { MA_2020, RU_2020 };
    const oko_world_test backward[] = { RU_2020, MA_2020 };
    oko_world_options o = OKO_WORLD_OPTIONS_INIT;
    o.schools = 40;
    album a = take(&o, forward, 2);
    album b = take(&o, backward, 2);
    assert_int_equal(a.n, b.n);
    size_t half = a.n / 2;
    for (size_t i = 0; i < half; i++) {
        same_class(&a.at[i], &b.at[half + i]);
        same_class(&a.at[half + i], &b.at[i]);
        assert_int_equal(a.at[i].c.plant, b.at[half + i].c.plant);
    }
    /* More schools change nothing in the first ones. */
    o.schools = 80;
    album c = take(&o, forward, 1);
    assert_true(c.n > half);
    for (size_t i = 0; i < half; i++) {
        same_class(&a.at[i], &c.at[i]);
    }
    o.seed++;
    album d = take(&o, forward, 1);
    bool differs = d.n != c.n;
    for (size_t i = 0; i < c.n && !differs; i++) {
        differs = memcmp(c.at[i].total, d.at[i].total, sizeof c.at[i].total) != 0;
    }
    assert_true(differs);
    free(a.at);
    free(b.at);
    free(c.at);
    free(d.at);
}

static double correlation(const kept *a, const kept *b, size_t n)
{
    double m = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (size_t i = 0; i < n; i++) {
        for (int p = 0; p < a[i].c.n; p++) {
            if (a[i].total[p] >= 0 && b[i].total[p] >= 0) {
                double u = a[i].total[p];
                double v = b[i].total[p];
                m++;
                x += u;
                y += v;
                xx += u * u;
                yy += v * v;
                xy += u * v;
            }
        }
    }
    return (xy / m - x / m * y / m) / sqrt((xx / m - x * x / m / m) * (yy / m - y * y / m / m));
}

static void a_cohort_keeps_its_pupils(void **state)
{
    (void)state;
    oko_world_test tests[] = { MA_2020, RU_2020, MA_2021, MA_2021 };
    tests[3].code = "2021-04-MA"; /* next year's fourth grade: other pupils in the same schools */
    tests[3].grade = 4;
    oko_world_options o = OKO_WORLD_OPTIONS_INIT;
    o.planted = 0;
    album a = take(&o, tests, 4);
    size_t n = a.n / 4;
    bool other_sizes = false;
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(a.at[i].c.n, a.at[2 * n + i].c.n);
        assert_int_equal(a.at[i].c.school, a.at[3 * n + i].c.school);
        other_sizes |= a.at[i].c.n != a.at[3 * n + i].c.n;
    }
    assert_true(other_sizes);
    double same = correlation(a.at, a.at + 2 * n, n);      /* the same subject a year later */
    double subjects = correlation(a.at, a.at + n, n);      /* another subject */
    double strangers = correlation(a.at, a.at + 3 * n, n); /* only the school in common */
    assert_true(same > .6 && same < .95);
    assert_true(subjects > .45 && subjects < same);
    assert_true(strangers < .35);
    free(a.at);
}

/* ---- plants ---- */

/* Classes of one plant: the same class with and without it. */
typedef struct effect {
    double classes, works, strength, changed;
    double mean_before, mean_after, present_before, present_after;
    double variance_before, variance_after;
    double just_below_before, just_below_after, at_before, at_after;
    double agree_before, agree_after; /* items that a pupil has in common with the next one present */
    double full_before, full_after;   /* greatest rise of the share of full answers of one item, summed over classes */
    double hurt;                      /* works that lost points */
} effect;

static void add_work(effect *e, const oko_world_test *t, int total, bool after)
{
    *(after ? &e->present_after : &e->present_before) += 1;
    *(after ? &e->mean_after : &e->mean_before) += total;
    for (int k = 0; k < t->n_cutoffs; k++) {
        *(after ? &e->just_below_after : &e->just_below_before) +=
            total == t->cutoffs[k] - 1 || total == t->cutoffs[k] - 2;
        *(after ? &e->at_after : &e->at_before) += total == t->cutoffs[k];
    }
}

static double agreement(const kept *k)
{
    double same = 0;
    for (int p = 0; p + 1 < k->c.n; p++) {
        for (int j = 0; j < k->n_items; j++) {
            same += k->items[p * k->n_items + j] == k->items[(p + 1) * k->n_items + j];
        }
    }
    return same;
}

/* Largest gain, over items, in the number of pupils with the full score. */
static double best_item_gain(const kept *before, const kept *after, const oko_world_test *t)
{
    double best = 0;
    for (int j = 0; j < t->n_items; j++) {
        double gain = 0;
        for (int p = 0; p < before->c.n; p++) {
            int at = p * t->n_items + j;
            gain += (after->items[at] == t->item_max[j]) - (before->items[at] == t->item_max[j]);
        }
        best = gain > best ? gain : best;
    }
    return best;
}

static void compare(effect *e, const kept *before, const kept *after, const oko_world_test *t)
{
    e->classes++;
    e->strength += after->c.strength;
    double changed = 0;
    for (int p = 0; p < before->c.n; p++) {
        bool same = memcmp(before->items + p * t->n_items, after->items + p * t->n_items, (size_t)t->n_items) == 0;
        bool left = before->absent[p] == 0 && after->absent[p] != 0;
        changed += !same || left;
        assert_true(before->absent[p] == 0 || after->absent[p] != 0); /* nobody is brought in */
        assert_int_equal(after->honest[p], before->total[p]);         /* the truth is kept */
        assert_int_equal(after->journal[p], before->journal[p]);
        if (before->total[p] >= 0) {
            e->works++;
            add_work(e, t, before->total[p], false);
        }
        if (after->total[p] >= 0) {
            add_work(e, t, after->total[p], true);
            e->hurt += after->total[p] < before->total[p];
        }
    }
    assert_true(changed == after->c.strength);
    e->agree_before += agreement(before);
    e->agree_after += agreement(after);
    e->full_after += best_item_gain(before, after, t);
}

static void planted_classes_differ_as_planted(void **state)
{
    (void)state;
    const oko_world_test tests[] = { LONG_2021, RU_2020 };
    oko_world_options o = OKO_WORLD_OPTIONS_INIT;
    o.schools = 600;
    o.planted = 0;
    album honest = take(&o, tests, 2);
    o.planted = .3;
    for (int k = 1; k < OKO_PLANT_MASS; k++) {
        o.strength[k] = 1;
    }
    album planted = take(&o, tests, 2);
    assert_int_equal(honest.n, planted.n);
    effect by_kind[OKO_PLANT_COUNT] = { { .classes = 0 } };
    for (size_t i = 0; i < honest.n; i++) {
        assert_int_equal(honest.at[i].c.plant, OKO_PLANT_NONE);
        assert_true(honest.at[i].c.strength == 0);
        if (planted.at[i].c.plant == OKO_PLANT_NONE) {
            same_class(&honest.at[i], &planted.at[i]); /* nothing changes in others */
            by_kind[OKO_PLANT_NONE].classes++;
        } else {
            compare(&by_kind[planted.at[i].c.plant], &honest.at[i], &planted.at[i], &tests[honest.at[i].c.test]);
        }
    }
    double share = 1 - by_kind[OKO_PLANT_NONE].classes / (double)honest.n;
    assert_true(share > .26 && share < .34);
    assert_true(by_kind[OKO_PLANT_MASS].classes == 0);
    for (int k = 1; k < OKO_PLANT_MASS; k++) {
        assert_true(by_kind[k].classes > 40);
        assert_true(by_kind[k].strength > 0);
    }
    const effect *b = &by_kind[OKO_PLANT_BUNCHING];
    assert_true(b->just_below_after < .5 * b->just_below_before);
    assert_true(b->at_after > 1.8 * b->at_before);
    assert_true(b->hurt == 0);
    const effect *c = &by_kind[OKO_PLANT_CORRECTION];
    assert_true(c->strength > .45 * c->works && c->strength < .65 * c->works && c->hurt == 0);
    const effect *d = &by_kind[OKO_PLANT_DICTATION];
    assert_true(d->full_after > .5 * d->works && d->strength > .7 * d->works && d->hurt == 0);
    const effect *x = &by_kind[OKO_PLANT_EXCLUSION];
    assert_true(fabs(x->strength / x->present_before - .3) < .03);
    assert_true(x->present_before - x->present_after == x->strength);
    assert_true(x->mean_after / x->present_after > x->mean_before / x->present_before + 2);
    const effect *u = &by_kind[OKO_PLANT_UPLIFT];
    assert_true(u->strength > .95 * u->works && u->hurt == 0);
    double lift = (u->mean_after - u->mean_before) / u->works;
    assert_true(lift > 2.8 && lift < 4); /* 4 of 40 and 3 of 38, less where the top is near */
    const effect *y = &by_kind[OKO_PLANT_COPYING];
    assert_true(y->agree_after > 1.1 * y->agree_before && y->hurt > 0);
    const effect *r = &by_kind[OKO_PLANT_RING];
    assert_true(r->strength > .15 * r->works && r->strength < .35 * r->works); /* .3 of the class but for the solver */
    assert_true(r->mean_after > r->mean_before);
    const effect *l = &by_kind[OKO_PLANT_LENIENT];
    assert_true(l->strength > .6 * l->works && l->hurt == 0);
    const effect *e = &by_kind[OKO_PLANT_EXAM];
    lift = (e->mean_after - e->mean_before) / e->works;
    assert_true(lift > 2.8 && lift < 4 && e->hurt == 0);
    free(honest.at);
    free(planted.at);
}

/* One subject and year of a school: all its classes in every grade, and not its other subject. */
static void an_inflated_exam_is_the_whole_schools(void **state)
{
    (void)state;
    oko_world_test tests[] = { MA_2021, MA_2021, RU_2020, MA_2020 };
    tests[1].code = "2021-04-MA";
    tests[1].grade = 4;
    oko_world_options o = OKO_WORLD_OPTIONS_INIT;
    o.schools = 400;
    memset(o.strength, 0, sizeof o.strength);
    o.strength[OKO_PLANT_EXAM] = 1;
    album a = take(&o, tests, 4);
    size_t n = a.n / 4;
    double planted = 0;
    double both = 0;
    for (size_t i = 0; i < n; i++) {
        bool here = a.at[i].c.plant == OKO_PLANT_EXAM;
        planted += here;
        assert_int_equal(a.at[n + i].c.plant, a.at[i].c.plant);
        both += here && (a.at[2 * n + i].c.plant != OKO_PLANT_NONE || a.at[3 * n + i].c.plant != OKO_PLANT_NONE);
        assert_true(a.at[i].c.class_index == 0 || a.at[i].c.plant == a.at[i - 1].c.plant);
    }
    assert_true(planted / (double)n > .06 && planted / (double)n < .14);
    assert_true(both < .5 * planted);
    free(a.at);
}

/* The mass is a part of the schools, the same in all tests; observed schools have nothing planted at all. */
static void mass_and_observers(void **state)
{
    (void)state;
    const oko_world_test tests[] = { MA_2020, RU_2020 };
    oko_world_options o = OKO_WORLD_OPTIONS_INIT;
    o.schools = 400;
    o.planted = 0;
    album honest = take(&o, tests, 2);
    o.planted = .1;
    o.mass = .5;
    o.observed = .3;
    o.whole_school = .1;
    album a = take(&o, tests, 2);
    size_t n = a.n / 2;
    double mass = 0;
    double observed = 0;
    double landed = 0;
    for (size_t i = 0; i < n; i++) {
        mass += a.at[i].c.plant == OKO_PLANT_MASS;
        observed += a.at[i].c.observed;
        assert_int_equal(a.at[i].c.observed, a.at[n + i].c.observed);
        assert_true(a.at[i].c.plant != OKO_PLANT_MASS || a.at[n + i].c.plant != OKO_PLANT_NONE);
        assert_true(!a.at[i].c.observed || a.at[i].c.plant == OKO_PLANT_NONE);
        if (a.at[i].c.plant == OKO_PLANT_NONE) {
            same_class(&honest.at[i], &a.at[i]);
        } else if (a.at[i].c.plant == OKO_PLANT_MASS) {
            landed += a.at[i].c.strength;
        }
    }
    assert_true(mass / (double)n > .22 && mass / (double)n < .36); /* .5 × .7 less what is planted otherwise */
    assert_true(observed / (double)n > .25 && observed / (double)n < .35);
    assert_true(landed > mass);
    free(honest.at);
    free(a.at);
}

static void strength_is_obeyed(void **state)
{
    (void)state;
    const oko_world_test tests[] = { LONG_2021 };
    for (int k = 1; k < OKO_PLANT_MASS; k++) {
        oko_world_options o = OKO_WORLD_OPTIONS_INIT;
        o.planted = 1;
        double moved[2] = { 0 };
        for (int pass = 0; pass < 2; pass++) {
            memset(o.strength, 0, sizeof o.strength);
            o.strength[k] = pass == 0 ? .5 : 1;
            album a = take(&o, tests, 1);
            for (size_t i = 0; i < a.n; i++) {
                assert_true(k == OKO_PLANT_EXAM || (int)a.at[i].c.plant == k);
                for (int p = 0; p < a.at[i].c.n * 40; p++) { /* the honest answers are those of strength 0 */
                    moved[pass] += a.at[i].items[p];
                }
                if (k == OKO_PLANT_EXCLUSION) {
                    moved[pass] += 1000 * a.at[i].c.strength;
                }
            }
            free(a.at);
        }
        assert_true(k == OKO_PLANT_COPYING || moved[1] > moved[0]);
        assert_true(k != OKO_PLANT_COPYING || moved[1] != moved[0]);
    }
}

/* A class of another origin, two booklets: what was not given is never touched, totals stay sums. */
static void booklets_are_respected(void **state)
{
    (void)state;
    enum { PUPILS = 24, ITEMS = 20 };
    static const int16_t cuts[] = { 6, 9 };
    int16_t max[ITEMS];
    for (int k = OKO_PLANT_NONE; k < OKO_PLANT_COUNT; k++) {
        int8_t items[PUPILS * ITEMS];
        int8_t before[PUPILS * ITEMS];
        int16_t total[PUPILS] = { 0 };
        uint8_t absent[PUPILS] = { 0 };
        for (int i = 0; i < PUPILS; i++) {
            for (int j = 0; j < ITEMS; j++) {
                max[j] = (int16_t)(1 + j % 2);
                bool given = i % 2 == 0 ? j < 14 : j >= 6;
                items[i * ITEMS + j] = (int8_t)(!given ? OKO_PLANT_NOT_GIVEN : (i * 7 + j * 5) % (max[j] + 2) - 1);
                total[i] = (int16_t)(total[i] + (items[i * ITEMS + j] > 0 ? items[i * ITEMS + j] : 0));
            }
        }
        memcpy(before, items, sizeof items);
        oko_plant_class c = { .n = PUPILS,
                              .n_items = ITEMS,
                              .item_max = max,
                              .n_cutoffs = 2,
                              .cutoffs = cuts,
                              .absent = absent,
                              .total = total,
                              .items = items };
        int changed = -1;
        assert_int_equal(oko_plant_into((oko_plant)k, 1, 5, &c, &changed), OKO_OK);
        assert_true((changed > 0) == (k != OKO_PLANT_NONE && k != OKO_PLANT_MASS));
        int different = 0;
        for (int i = 0; i < PUPILS; i++) {
            int sum = 0;
            for (int j = 0; j < ITEMS; j++) {
                int at = i * ITEMS + j;
                assert_int_equal(items[at] == OKO_PLANT_NOT_GIVEN, before[at] == OKO_PLANT_NOT_GIVEN);
                assert_true(items[at] <= max[j]);
                sum += items[at] > 0 ? items[at] : 0;
            }
            different += memcmp(items + i * ITEMS, before + i * ITEMS, ITEMS) != 0;
            assert_int_equal(total[i], absent[i] != 0 ? -1 : sum);
        }
        assert_int_equal(different, changed);
    }
    int8_t item = 3;
    int16_t total = 3;
    uint8_t absent = 0;
    int changed;
    oko_plant_class c = { .n = 1, .n_items = 1, .item_max = max, .absent = &absent, .total = &total, .items = &item };
    max[0] = 4;
    assert_int_equal(oko_plant_into(OKO_PLANT_UPLIFT, 1, 5, &c, &changed), OKO_OK);
    assert_int_equal(item, 4);
    assert_int_equal(oko_plant_into(OKO_PLANT_UPLIFT, -1, 5, &c, &changed), OKO_E_ARGUMENT);
    assert_int_equal(oko_plant_into(OKO_PLANT_COUNT, 1, 5, &c, &changed), OKO_E_ARGUMENT);
    total = 1; /* not the sum of the items */
    assert_int_equal(oko_plant_into(OKO_PLANT_UPLIFT, 1, 5, &c, &changed), OKO_E_ARGUMENT);
}

static void names_of_plants(void **state)
{
    (void)state;
    assert_string_equal(oko_plant_name(OKO_PLANT_RING), "ring");
    assert_string_equal(oko_plant_name(OKO_PLANT_LENIENT), "lenient");
    assert_string_equal(oko_plant_name(OKO_PLANT_EXAM), "exam");
    assert_string_equal(oko_plant_name(OKO_PLANT_MASS), "mass");
    assert_string_equal(oko_plant_name(OKO_PLANT_NONE), "none");
    assert_string_equal(oko_plant_name(OKO_PLANT_COPYING), "copying");
    assert_string_equal(oko_plant_name(OKO_PLANT_COUNT), "");
}

/* ---- errors ---- */

static oko_status stop(void *ctx, const oko_world_class *c)
{
    (void)c;
    return ++*(int *)ctx == 3 ? OKO_E_CANCELLED : OKO_OK;
}

static void bad_arguments_are_refused(void **state)
{
    (void)state;
    const oko_world_options good = OKO_WORLD_OPTIONS_INIT;
    const oko_world_test test = MA_2020;
    int calls = 0;
    assert_int_equal(oko_simulate(NULL, &test, 1, stop, &calls), OKO_E_ARGUMENT);
    assert_int_equal(oko_simulate(&good, &test, 0, stop, &calls), OKO_E_ARGUMENT);
    assert_int_equal(oko_simulate(&good, &test, 1, NULL, NULL), OKO_E_ARGUMENT);
    oko_world_options o = good;
    o.min_class = 31;
    assert_int_equal(oko_simulate(&o, &test, 1, stop, &calls), OKO_E_ARGUMENT);
    o = good;
    o.sd_pupil = NAN;
    assert_int_equal(oko_simulate(&o, &test, 1, stop, &calls), OKO_E_ARGUMENT);
    o = good;
    o.planted = 1.01;
    assert_int_equal(oko_simulate(&o, &test, 1, stop, &calls), OKO_E_ARGUMENT);
    o = good;
    o.strength[OKO_PLANT_RING] = 11;
    assert_int_equal(oko_simulate(&o, &test, 1, stop, &calls), OKO_E_ARGUMENT);
    o = good;
    o.mass_kind = OKO_PLANT_MASS;
    assert_int_equal(oko_simulate(&o, &test, 1, stop, &calls), OKO_E_ARGUMENT);
    oko_world_test t = test;
    t.subject = 4;
    assert_int_equal(oko_simulate(&good, &t, 1, stop, &calls), OKO_E_ARGUMENT);
    t = test;
    t.cutoffs = ru_items; /* 4, 3, 3: not ascending */
    assert_int_equal(oko_simulate(&good, &t, 1, stop, &calls), OKO_E_ARGUMENT);
    t = test;
    t.code = NULL;
    assert_int_equal(oko_simulate(&good, &t, 1, stop, &calls), OKO_E_ARGUMENT);
    assert_int_equal(calls, 0);
    assert_int_equal(oko_simulate(&good, &test, 1, stop, &calls), OKO_E_CANCELLED);
    assert_int_equal(calls, 3);
}

static oko_status ignore(void *ctx, const oko_world_class *c)
{
    (void)ctx;
    (void)c;
    return OKO_OK;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    oko_world_options o = OKO_WORLD_OPTIONS_INIT;
    o.schools = 2;
    const oko_world_test test = MA_2020;
    bool failed = true;
    for (size_t n = 1; failed; n++) {
        assert_true(n < 100);
        failing_alloc_arm(n);
        oko_status status = oko_simulate(&o, &test, 1, ignore, NULL);
        failed = failing_alloc_disarm();
        assert_int_equal(status, failed ? OKO_E_MEMORY : OKO_OK);
    }
}

/* Every plant in every class of tiny and of full classes: no division, no search may hang. */
static void extremes_end(void **state)
{
    (void)state;
    static const int16_t one[] = { 1 };
    oko_world_test test = MA_2020;
    oko_world_options o = OKO_WORLD_OPTIONS_INIT;
    o.planted = 1;
    for (int k = 1; k < OKO_PLANT_COUNT; k++) {
        o.strength[k] = 10;
    }
    o.mass = 1;
    o.schools = 200;
    o.municipalities = 300;
    o.min_class = o.max_class = 1;
    assert_int_equal(oko_simulate(&o, &test, 1, ignore, NULL), OKO_OK);
    test.n_items = 1;
    test.item_max = one;
    test.n_cutoffs = 0;
    o.sd_school = o.sd_class = o.sd_pupil = 5;
    o.absence = .5;
    assert_int_equal(oko_simulate(&o, &test, 1, ignore, NULL), OKO_OK);
    o.sd_school = o.sd_class = o.sd_pupil = 0;
    assert_int_equal(oko_simulate(&o, &test, 1, ignore, NULL), OKO_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_are_coherent),
        cmocka_unit_test(moments_follow_the_options),
        cmocka_unit_test(variances_can_be_switched_off),
        cmocka_unit_test(classes_have_item_profiles),
        cmocka_unit_test(selective_schools_are_ahead),
        cmocka_unit_test(order_of_tests_does_not_matter),
        cmocka_unit_test(a_cohort_keeps_its_pupils),
        cmocka_unit_test(planted_classes_differ_as_planted),
        cmocka_unit_test(an_inflated_exam_is_the_whole_schools),
        cmocka_unit_test(mass_and_observers),
        cmocka_unit_test(strength_is_obeyed),
        cmocka_unit_test(booklets_are_respected),
        cmocka_unit_test(names_of_plants),
        cmocka_unit_test(bad_arguments_are_refused),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(extremes_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
