/*
 * Before and after with controls. Values are centred on the controls' mean before anything is squared, so that a large
 * common level costs no digits.
 */
#include <oko/effect.h>

#include "stats/special.h"

#include <math.h>

const char *oko_effect_verdict_name(oko_effect_verdict verdict)
{
    switch (verdict) {
    case OKO_EFFECT_NO_DATA:
        return "no_data";
    case OKO_EFFECT_HELPED:
        return "helped";
    case OKO_EFFECT_NOT_HELPED:
        return "not_helped";
    }
    return "";
}

/* Sums of one side. */
typedef struct side {
    int n;
    double before, after;  /* means */
    double gain, gain_var; /* mean and sample variance of after − before */
} side;

static bool complete(const oko_effect_unit *u)
{
    return isfinite(u->before) && isfinite(u->after);
}

static side sum_up(const oko_effect_unit *units, size_t n, bool treated)
{
    side s = { 0 };
    for (size_t i = 0; i < n; i++) {
        if (units[i].treated == treated && complete(&units[i])) {
            s.n++;
            s.before += units[i].before;
            s.after += units[i].after;
        }
    }
    if (s.n == 0) {
        return (side){ .before = NAN, .after = NAN, .gain = NAN, .gain_var = NAN };
    }
    s.before /= s.n;
    s.after /= s.n;
    s.gain = s.after - s.before;
    double square = 0;
    for (size_t i = 0; i < n; i++) {
        if (units[i].treated == treated && complete(&units[i])) {
            double d = units[i].after - units[i].before - s.gain;
            square += d * d;
        }
    }
    s.gain_var = s.n > 1 ? square / (s.n - 1) : NAN;
    return s;
}

static void difference(const side *t, const side *c, oko_effect *e)
{
    e->did = t->gain - c->gain;
    const double vt = t->gain_var / t->n, vc = c->gain_var / c->n, v = vt + vc;
    if (!(v > 0)) {
        return;
    }
    const double df = v * v / (vt * vt / (t->n - 1) + vc * vc / (c->n - 1)); /* Welch & Satterthwaite */
    const double half = oko_t_975(df) * sqrt(v);
    e->did_lo = e->did - half;
    e->did_hi = e->did + half;
}

/* Common slope of after on before, within the two sides. NaN when all begin at the same value. */
static double common_slope(const oko_effect_unit *units, size_t n, const side *t, const side *c, bool controls_only,
                           double *ret_xx)
{
    double xx = 0, xy = 0;
    for (size_t i = 0; i < n; i++) {
        if (!complete(&units[i]) || (controls_only && units[i].treated)) {
            continue;
        }
        const side *own = units[i].treated ? t : c;
        const double x = units[i].before - own->before;
        xx += x * x;
        xy += x * (units[i].after - own->after);
    }
    *ret_xx = xx;
    return xx > 0 ? xy / xx : NAN;
}

/*
 * HC3 variance of τ. With the two sides centred, the row of (X'X)⁻¹X' that gives τ is, for unit i,
 *     c_i = s_i − d·x_i/xx,   s_i = 1/n_t (treated) or −1/n_c,   d = difference of the means before,
 * and its leverage is h_i = 1/n_side + x_i²/xx. The variance is Σ (c_i·e_i/(1 − h_i))².
 */
static double hc3(const oko_effect_unit *units, size_t n, const side *t, const side *c, double slope, double xx)
{
    const double d = t->before - c->before;
    double v = 0;
    for (size_t i = 0; i < n; i++) {
        if (!complete(&units[i])) {
            continue;
        }
        const bool treated = units[i].treated;
        const side *own = treated ? t : c;
        const double x = units[i].before - own->before;
        const double residual = units[i].after - own->after - slope * x;
        const double weight = (treated ? 1.0 / t->n : -1.0 / c->n) - d * x / xx;
        const double leverage = 1.0 / own->n + x * x / xx;
        if (leverage >= 1 - 1e-9) {
            return NAN; /* a unit that fits itself says nothing about the error */
        }
        const double term = weight * residual / (1 - leverage);
        v += term * term;
    }
    return v;
}

static void judge(oko_effect *e, const oko_effect_options *o, double error, double df)
{
    if (!(error > 0) || !(df > 0)) {
        return;
    }
    const double half = oko_t_975(df) * error;
    e->effect_lo = e->effect - half;
    e->effect_hi = e->effect + half;
    e->p = exp(oko_log_t_q(o->better * e->effect / error, df));
    const double worst = o->better > 0 ? e->effect_lo : -e->effect_hi;
    const double best = o->better > 0 ? e->effect_hi : -e->effect_lo;
    if (worst > 0) {
        e->verdict = OKO_EFFECT_HELPED;
    } else if (best < o->useful) {
        e->verdict = OKO_EFFECT_NOT_HELPED;
    }
}

static bool usable(const oko_effect_unit *units, size_t n, const oko_effect_options *o, const oko_effect *ret)
{
    return (units != NULL || n == 0) && o != NULL && ret != NULL && (o->better == 1 || o->better == -1) &&
           o->useful > 0 && isfinite(o->useful);
}

static oko_effect start(const side *t, const side *c, size_t n)
{
    return (oko_effect){ .n_treated = t->n,
                         .n_controls = c->n,
                         .n_left_out = (int)n - t->n - c->n,
                         .treated_before = t->before,
                         .treated_after = t->after,
                         .controls_before = c->before,
                         .controls_after = c->after,
                         .did = NAN,
                         .did_lo = NAN,
                         .did_hi = NAN,
                         .slope = NAN,
                         .effect = NAN,
                         .effect_lo = NAN,
                         .effect_hi = NAN,
                         .p = NAN,
                         .by_itself = NAN,
                         .verdict = OKO_EFFECT_NO_DATA };
}

oko_status oko_effect_estimate(const oko_effect_unit *units, size_t n, const oko_effect_options *options,
                               oko_effect *ret_effect)
{
    if (!usable(units, n, options, ret_effect)) {
        return OKO_E_ARGUMENT;
    }
    const side t = sum_up(units, n, true), c = sum_up(units, n, false);
    oko_effect e = start(&t, &c, n);
    difference(&t, &c, &e);
    if (t.n >= OKO_EFFECT_MIN_TREATED && c.n >= OKO_EFFECT_MIN_CONTROLS) {
        double xx;
        e.slope = common_slope(units, n, &t, &c, false, &xx);
        e.by_itself = c.after + e.slope * (t.before - c.before) - t.before;
        e.effect = t.after - t.before - e.by_itself;
        judge(&e, options, sqrt(hc3(units, n, &t, &c, e.slope, xx)), t.n + c.n - 3);
    }
    *ret_effect = e;
    return OKO_OK;
}

oko_status oko_effect_of_one(const oko_effect_unit *units, size_t n, double before, double after,
                             const oko_effect_options *options, oko_effect *ret_effect)
{
    if (!usable(units, n, options, ret_effect)) {
        return OKO_E_ARGUMENT;
    }
    const side c = sum_up(units, n, false);
    const oko_effect_unit own = { .before = before, .after = after, .treated = true };
    const side t = sum_up(&own, 1, true);
    oko_effect e = start(&t, &c, (size_t)c.n + 1);
    e.did = t.gain - c.gain;
    if (t.n == 1 && c.n >= OKO_EFFECT_MIN_CONTROLS) {
        double xx, square = 0;
        e.slope = common_slope(units, n, &t, &c, true, &xx);
        for (size_t i = 0; i < n; i++) {
            if (!units[i].treated && complete(&units[i])) {
                double r = units[i].after - c.after - e.slope * (units[i].before - c.before);
                square += r * r;
            }
        }
        const double x = before - c.before;
        e.by_itself = c.after + e.slope * x - before;
        e.effect = after - before - e.by_itself;
        judge(&e, options, sqrt(square / (c.n - 2) * (1 + 1.0 / c.n + x * x / xx)), c.n - 2);
    }
    *ret_effect = e;
    return OKO_OK;
}
