/*
 * How well can corrected answers be told at all? The likelihood ratio of a class's answers when all is known but what
 * belongs to the class and the test alone: items, variances, the shares that are corrected and the pupils' other
 * results are known; the pupils' abilities, the year of the school, its markers and the item × class effects are drawn.
 *
 * Other results: three tests of 40 items (the other subject, and both subjects in the other year, pupil by pupil or as
 * the class's mean), four journal marks before rounding, and the same of the parallel classes, these also in the test
 * itself. All are normal around abilities, so abilities given them are m + w + e: w common to the class, e the pupil's
 * own. The integral over w and the item effects is Laplace's.
 */
#ifndef OKO_BENCH_LIMIT_CORRECTION_H
#define OKO_BENCH_LIMIT_CORRECTION_H

#include "limit_test.h"

#include "base/random.h"
#include "stats/level_model.h"

enum { LATENT = 18, ROWS = 16, OF_OTHER_YEAR = 4, STEPS = 6, KNOTS = 11, STATES = 2 * KNOTS };
#define LIMIT_YEAR .15     /* as oko_world_options */
#define LIMIT_SEVERITY .05 /* .10, half of it on items of 0 and 1 */
#define LIMIT_TEACHER .62
#define LIMIT_MOST .99
#define LIMIT_CHOSEN .6 /* works that are corrected … */
#define LIMIT_FILLED .4 /* … and items of theirs that are made full */

/* What other results leave open of the abilities of a class. */
typedef struct open_ability {
    double common, own;     /* variances of w and e */
    double between, within; /* variances of m: between classes, and of pupils */
} open_ability;

/* ---- abilities given other results ---- */

/* Variables as sums of independent latents, and noise of their own. */
typedef struct linear {
    int n;
    double x[ROWS][LATENT], noise[ROWS];
} linear;

/* Variance of the target that the variables leave open. */
static inline double left_open(const linear *l, const double *target)
{
    double a[ROWS * ROWS];
    double cov[ROWS];
    double k[ROWS];
    double var = 0;
    for (int z = 0; z < LATENT; z++) {
        var += target[z] * target[z];
    }
    for (int i = 0; i < l->n; i++) {
        cov[i] = 0;
        for (int z = 0; z < LATENT; z++) {
            cov[i] += l->x[i][z] * target[z];
        }
        k[i] = cov[i];
        for (int j = 0; j <= i; j++) {
            double sum = i == j ? l->noise[i] : 0;
            for (int z = 0; z < LATENT; z++) {
                sum += l->x[i][z] * l->x[j][z];
            }
            a[i * ROWS + j] = sum;
        }
    }
    if (!level_factorise(l->n, ROWS, a)) {
        fail("limit");
    }
    level_solve(l->n, ROWS, a, k);
    for (int i = 0; i < l->n; i++) {
        var -= k[i] * cov[i];
    }
    return var;
}

/* Latents: pairs of subjects of school, class, class's pupils, parallel classes, their pupils; years and markers. */
enum { OF_SCHOOL, OF_CLASS = 2, OF_PUPILS = 4, OF_OTHERS = 6, OF_THEIRS = 8, OF_YEAR = 10, OF_MARKERS = 14 };

/* Two subjects that correlate .8. */
static inline void add_subject(double *x, int from, int subject, double sd)
{
    x[from] += sd * (subject == 0 ? 1 : .8);
    x[from + 1] += subject == 0 ? 0 : .6 * sd;
}

static const int limit_subject[TESTS] = { 0, 1, 1, 0 }; /* the last test is the one that is judged */

/* Mean ability of a class, or of the parallel classes, in a test. */
static inline void add_level(double *x, int test, const arm *a, double share, double classes, bool own)
{
    add_subject(x, OF_SCHOOL, limit_subject[test], share * a->school);
    add_subject(x, own ? OF_CLASS : OF_OTHERS, limit_subject[test], share * a->class / sqrt(classes));
    x[OF_YEAR + test] += share * LIMIT_YEAR;
}

/* A class of `works`, or several parallel ones of as many: their results and journal marks as they are known. */
static inline void add_known(linear *l, const arm *a, double works, double classes, bool own, double error)
{
    for (int test = 0; test < TESTS; test++) {
        for (int journal = 0; journal < 2; journal++) {
            if (own && !journal && test == TESTS - 1) {
                continue;
            }
            double *x = l->x[l->n];
            add_level(x, test, a, journal ? .5 : 1, classes, own);
            add_subject(x, own ? OF_PUPILS : OF_THEIRS, limit_subject[test], a->pupil / sqrt(works * classes));
            x[OF_MARKERS + test] += journal ? 0 : LIMIT_SEVERITY;
            double teacher = LIMIT_TEACHER * a->pupil;
            l->noise[l->n++] =
                (journal ? teacher * teacher / works : error / works + a->item * a->item / ITEMS) / classes;
        }
    }
}

/* years: pupils are known again in the other year; else only their class's results of that year are known. */
static inline open_ability open_of(const arm *a, double works, int parallel, double error, bool years)
{
    linear mean = { 0 };
    double target[LATENT] = { 0 };
    add_level(target, TESTS - 1, a, 1, 1, true);
    add_subject(target, OF_PUPILS, 0, a->pupil / sqrt(works));
    target[OF_MARKERS + TESTS - 1] += LIMIT_SEVERITY;
    add_known(&mean, a, works, 1, true, error);
    if (parallel > 0) {
        add_known(&mean, a, works, parallel, false, error);
    }
    arm alone = { .pupil = a->pupil }; /* a pupil against the class */
    linear pupil = { 0 };
    double one[LATENT] = { 0 };
    add_subject(one, OF_PUPILS, 0, a->pupil);
    add_known(&pupil, &alone, 1, 1, true, error);
    for (int k = 0; k < pupil.n; k++) {
        memset(pupil.x[k] + OF_YEAR, 0, (LATENT - OF_YEAR) * sizeof(double));
    }
    if (!years) { /* results and marks of the first two tests stand first */
        pupil.n -= OF_OTHER_YEAR;
        memmove(pupil.x, pupil.x + OF_OTHER_YEAR, (size_t)pupil.n * sizeof pupil.x[0]);
        memmove(pupil.noise, pupil.noise + OF_OTHER_YEAR, (size_t)pupil.n * sizeof pupil.noise[0]);
    }
    double total = 0;
    for (int z = 0; z < LATENT; z++) {
        total += target[z] * target[z];
    }
    double open = left_open(&mean, target);
    double own = left_open(&pupil, one);
    if (own / works >
        LIMIT_MOST * open) { /* a mean known better than its pupils say: the pupils as well, for a limit */
        own = LIMIT_MOST * open * works;
    }
    return (open_ability){ open - own / works, own, total - open, a->pupil * a->pupil - own };
}

/* ---- one class ---- */

typedef struct answers {
    const limit_test *t;
    double mean[PRESENT]; /* of ability, given other results */
    uint8_t x[PRESENT][ITEMS];
} answers;

static inline double limit_share(const limit_test *t, int j, double ability)
{
    return 1 / (1 + exp(-t->slope[j] * (ability - t->difficulty[j])));
}

static inline void draw_answers(const limit_test *t, const arm *a, const open_ability *o, bool planted, oko_rng *rng,
                                answers *ret)
{
    double shift[ITEMS];
    double common = sqrt(o->common) * oko_rng_normal(rng);
    double level = sqrt(o->between) * oko_rng_normal(rng);
    ret->t = t;
    for (int j = 0; j < ITEMS; j++) {
        shift[j] = a->item * oko_rng_normal(rng);
    }
    for (int i = 0; i < PRESENT; i++) {
        ret->mean[i] = level + sqrt(o->within) * oko_rng_normal(rng);
        double ability = ret->mean[i] + common + sqrt(o->own) * oko_rng_normal(rng);
        bool chosen = planted && oko_rng_uniform(rng) < LIMIT_CHOSEN;
        for (int j = 0; j < ITEMS; j++) {
            bool right = oko_rng_uniform(rng) < limit_share(t, j, ability - shift[j]);
            bool filled = oko_rng_uniform(rng) < LIMIT_FILLED;
            ret->x[i][j] = right || (chosen && filled);
        }
    }
}

/* Log likelihood of a pupil's answers, gradient and −Hessian over the item effects: added to the class's. */
typedef struct surface {
    double value, gradient[ITEMS], curvature[ITEMS * ITEMS];
} surface;

/* Of one answer at one ability, corrected or not: log chance, first and second derivative by the item's effect. */
static inline double answer_log(bool right, bool corrected, double slope, double p, double *ret_first,
                                double *ret_second)
{
    double q = 1 - p;
    if (!right) {
        *ret_first = slope * p;
        *ret_second = -slope * slope * p * q;
        return log(corrected ? (1 - LIMIT_FILLED) * q : q);
    }
    if (!corrected) {
        *ret_first = -slope * q;
        *ret_second = -slope * slope * p * q;
        return log(p);
    }
    double all = LIMIT_FILLED + (1 - LIMIT_FILLED) * p;
    double moved = (1 - LIMIT_FILLED) * p * q / all;
    *ret_first = -slope * moved;
    *ret_second = slope * slope * (moved * (1 - 2 * p) - moved * moved);
    return log(all);
}

static inline void add_pupil(const answers *a, int pupil, const open_ability *o, bool planted, const double *effect,
                             surface *s)
{
    double log_p[STATES];
    double first[STATES][ITEMS];
    double second[STATES][ITEMS];
    int states = planted ? STATES : KNOTS;
    double most = -INFINITY;
    for (int k = 0; k < states; k++) {
        double z = 6.0 * (k % KNOTS) / (KNOTS - 1) - 3;
        double ability = a->mean[pupil] + z * sqrt(o->own);
        bool corrected = k >= KNOTS;
        log_p[k] = -.5 * z * z + log(!planted ? 1 : corrected ? LIMIT_CHOSEN : 1 - LIMIT_CHOSEN);
        for (int j = 0; j < ITEMS; j++) {
            double p = limit_share(a->t, j, ability - effect[j]);
            log_p[k] += answer_log(a->x[pupil][j] != 0, corrected, a->t->slope[j], p, &first[k][j], &second[k][j]);
        }
        most = log_p[k] > most ? log_p[k] : most;
    }
    double sum = 0;
    for (int k = 0; k < states; k++) {
        log_p[k] = exp(log_p[k] - most);
        sum += log_p[k];
    }
    s->value += most + log(sum);
    double mean[ITEMS] = { 0 };
    for (int k = 0; k < states; k++) {
        double weight = log_p[k] / sum;
        for (int j = 0; j < ITEMS; j++) {
            mean[j] += weight * first[k][j];
            s->curvature[j * ITEMS + j] -= weight * second[k][j];
            for (int i = 0; i <= j && weight > 1e-6; i++) {
                s->curvature[j * ITEMS + i] -= weight * first[k][j] * first[k][i];
            }
        }
    }
    for (int j = 0; j < ITEMS; j++) {
        s->gradient[j] += mean[j];
        for (int i = 0; i <= j; i++) {
            s->curvature[j * ITEMS + i] += mean[j] * mean[i];
        }
    }
}

/* Prior of the item effects less the common w: covariance σ²I + τ²J. */
static inline void add_prior(double sigma2, double tau2, const double *effect, surface *s)
{
    double sum = 0;
    for (int j = 0; j < ITEMS; j++) {
        sum += effect[j];
    }
    double shared = tau2 / (sigma2 * (sigma2 + ITEMS * tau2));
    for (int j = 0; j < ITEMS; j++) {
        double pull = effect[j] / sigma2 - shared * sum;
        s->value -= .5 * effect[j] * pull;
        s->gradient[j] -= pull;
        for (int i = 0; i <= j; i++) {
            s->curvature[j * ITEMS + i] += (i == j ? 1 / sigma2 : 0) - shared;
        }
    }
}

/* Log of the answers' chance but for a constant that both hypotheses share. */
static inline double answers_log(const answers *a, const arm *of, const open_ability *o, bool planted)
{
    double effect[ITEMS] = { 0 };
    surface s;
    double log_det = 0;
    for (int step = 0; step < STEPS; step++) {
        s = (surface){ .value = 0 };
        for (int i = 0; i < PRESENT; i++) {
            add_pupil(a, i, o, planted, effect, &s);
        }
        add_prior(of->item * of->item, o->common, effect, &s);
        if (!level_factorise(ITEMS, ITEMS, s.curvature)) {
            fail("limit: no peak");
        }
        log_det = 0;
        for (int j = 0; j < ITEMS; j++) {
            log_det += 2 * log(s.curvature[j * ITEMS + j]);
        }
        level_solve(ITEMS, ITEMS, s.curvature, s.gradient);
        for (int j = 0; j < ITEMS && step + 1 < STEPS; j++) {
            effect[j] += s.gradient[j];
        }
    }
    return s.value - .5 * log_det;
}

/* The class's mean total against what other results promise, in its own SD: the most that a mean can say. */
static inline double mean_z(const answers *a, const arm *of, const open_ability *o)
{
    double excess = 0;
    double var = 0;
    double common = 0;
    double item[ITEMS] = { 0 };
    for (int i = 0; i < PRESENT; i++) {
        double weights = 0;
        double mean = 0;
        double square = 0;
        double chance = 0;
        for (int k = 0; k < KNOTS; k++) {
            double z = 6.0 * k / (KNOTS - 1) - 3;
            double weight = exp(-.5 * z * z);
            double sum = 0;
            for (int j = 0; j < ITEMS; j++) {
                double p = limit_share(a->t, j, a->mean[i] + z * sqrt(o->own));
                sum += p;
                chance += weight * p * (1 - p);
                item[j] += weight * a->t->slope[j] * p * (1 - p);
                common += weight * a->t->slope[j] * p * (1 - p);
            }
            weights += weight;
            mean += weight * sum;
            square += weight * sum * sum;
        }
        mean /= weights;
        var += chance / weights + square / weights - mean * mean;
        excess -= mean;
        for (int j = 0; j < ITEMS; j++) {
            excess += a->x[i][j];
        }
    }
    double scale = 0;
    for (int k = 0; k < KNOTS; k++) {
        double z = 6.0 * k / (KNOTS - 1) - 3;
        scale += exp(-.5 * z * z);
    }
    var += o->common * common * common / (scale * scale);
    for (int j = 0; j < ITEMS; j++) {
        var += of->item * of->item * item[j] * item[j] / (scale * scale);
    }
    return excess / sqrt(var);
}

/* ---- power ---- */

typedef struct limit_power {
    double at[2], mean[2]; /* at 1 % and .1 %: of the ratio, and of the class's mean alone */
    double honest[2];      /* share of honest classes beyond the limit of 1 %: both tests in practice */
} limit_power;

typedef struct limit_draws {
    size_t n;
    double *planted, *honest, *planted_mean, *honest_mean;
} limit_draws;

/* Honest and planted chances of the same answers differ by the ratio itself: the honest share beyond a ratio is the
 * planted mean of its inverse there. */
static inline limit_power power_of_ratios(limit_draws *d)
{
    static const double level[2] = { .01, .001 };
    static const double normal[2] = { 2.326348, 3.090232 };
    double one = 1.0 / (double)d->n;
    limit_power p = { .at = { 0 } };
    double limit = INFINITY;
    double beyond = 0;
    qsort(d->planted, d->n, sizeof *d->planted, compare_doubles);
    for (size_t i = d->n; i > 0; i--) {
        beyond += exp(-d->planted[i - 1]) * one;
        limit = beyond <= level[0] ? d->planted[i - 1] : limit;
        for (int k = 0; k < 2; k++) {
            p.at[k] += beyond <= level[k] ? one : 0;
            p.mean[k] += d->planted_mean[i - 1] > normal[k] ? one : 0;
        }
    }
    for (size_t i = 0; i < d->n; i++) {
        p.honest[0] += d->honest[i] >= limit ? one : 0;
        p.honest[1] += d->honest_mean[i] > normal[0] ? one : 0;
    }
    return p;
}

static inline double ratio_of(const answers *x, const arm *a, const open_ability *o)
{
    return answers_log(x, a, o, true) - answers_log(x, a, o, false);
}

static inline void draw_class(const limit_test *t, const arm *a, double error, bool years, oko_rng *rng, limit_draws *d)
{
    int parallel = 0;
    while (parallel < 3 && oko_rng_uniform(rng) < .55) {
        parallel++;
    }
    open_ability o = open_of(a, PRESENT, parallel, error, years);
    answers x;
    draw_answers(t, a, &o, true, rng, &x);
    d->planted[d->n] = ratio_of(&x, a, &o);
    d->planted_mean[d->n] = mean_z(&x, a, &o);
    draw_answers(t, a, &o, false, rng, &x);
    d->honest[d->n] = ratio_of(&x, a, &o);
    d->honest_mean[d->n++] = mean_z(&x, a, &o);
}

static inline limit_power correction_limit(const arm *a, int worlds, int classes, bool years)
{
    size_t most = (size_t)worlds * (size_t)classes;
    limit_draws d = { 0, table_numbers(most), table_numbers(most), table_numbers(most), table_numbers(most) };
    oko_rng rng = oko_rng_make(2, 0);
    for (int w = 0; w < worlds; w++) {
        limit_test t = draw_test(&rng);
        double information = 0;
        for (int j = 0; j < ITEMS; j++) {
            double p = limit_share(&t, j, 0);
            information += t.slope[j] * t.slope[j] * p * (1 - p);
        }
        for (int c = 0; c < classes; c++) {
            draw_class(&t, a, 1 / information, years, &rng, &d);
        }
    }
    limit_power p = power_of_ratios(&d);
    free(d.planted);
    free(d.honest);
    free(d.planted_mean);
    free(d.honest_mean);
    return p;
}

#endif
