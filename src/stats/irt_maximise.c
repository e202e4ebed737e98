/* M step: the expected log-likelihood of an item is concave in (a, c_1…c_K); Newton steps by Cholesky. */
#include "stats/irt_work.h"

#include <math.h>
#include <string.h>

enum { DIM = OKO_SCORES_MAX_MARK + 1, NEWTON_STEPS = 3 };

/* Gradient and minus the Hessian of one item; index 0 is the slope, k the intercept of score k. */
typedef struct item_step {
    int dim; /* K + 1 */
    double g[DIM];
    double h[DIM * DIM]; /* row by row, dim wide */
} item_step;

/* Persons of item j expected at node q. */
static double at_node(const irt_work *w, int j, int q, double halves)
{
    double n = w->sum[q] + halves * w->prior[q];
    if (!w->complete) {
        n -= w->sum[irt_at_gaps(w) + (size_t)j * (size_t)w->n_points + (size_t)q];
    }
    return n > 0 ? n : 0;
}

static void add_node(item_step *s, double theta, double n, const double *p)
{
    double mean = 0, square = 0;
    int top = s->dim - 1;
    for (int k = 1; k <= top; k++) {
        mean += k * p[k];
        square += (double)k * k * p[k];
    }
    s->g[0] -= n * theta * mean;
    s->h[0] += n * theta * theta * (square - mean * mean);
    for (int k = 1; k <= top; k++) {
        s->g[k] -= n * p[k];
        s->h[k] += n * theta * p[k] * (k - mean);
        for (int l = 1; l <= k; l++) {
            s->h[k * s->dim + l] += n * p[k] * ((k == l) - p[l]);
        }
    }
}

/* Probabilities of the scores at a node. */
static void node_shares(double at, const double *c, int top, double *p)
{
    if (top == 1) {
        double d = at + c[1];
        double e = exp(-fabs(d));
        p[1] = d > 0 ? 1 / (1 + e) : e / (1 + e);
        return;
    }
    double peak = 0, sum = 0;
    for (int k = 1; k <= top; k++) {
        peak = fmax(peak, k * at + c[k]);
    }
    for (int k = 0; k <= top; k++) {
        p[k] = exp(k * at + c[k] - peak);
        sum += p[k];
    }
    for (int k = 0; k <= top; k++) {
        p[k] /= sum;
    }
}

static void item_derivatives(const irt_work *w, int j, const double *par, item_step *s)
{
    double p[DIM];
    double halves = 0;
    int top = w->offset[j + 1] - w->offset[j] - 1;
    const double *c = par + w->n_items + w->offset[j];
    s->dim = top + 1;
    memset(s->h, 0, (size_t)s->dim * (size_t)s->dim * sizeof s->h[0]);
    s->g[0] = w->sum[irt_at_moment(w) + (size_t)j]; /* half answers stand at mean ability 0 */
    for (int k = 0; k <= top; k++) {
        int t = w->offset[j] + k;
        halves += w->half[t];
        if (k > 0) {
            s->g[k] = w->count[t] + w->half[t];
        }
    }
    for (int q = 0; q < w->n_points; q++) {
        node_shares(par[j] * w->node[q], c, top, p);
        add_node(s, w->node[q], at_node(w, j, q, halves), p);
    }
    for (int k = 1; k < s->dim; k++) { /* the lower triangle was filled, and row 0 */
        s->h[k * s->dim] = s->h[k];
    }
}

/* Cholesky of the rows and columns from…dim−1 in place (lower). A pivot that vanishes is made large: no step there. */
static void factor(double *h, int dim, int from)
{
    for (int i = from; i < dim; i++) {
        for (int k = from; k <= i; k++) {
            double sum = h[i * dim + k];
            for (int l = from; l < k; l++) {
                sum -= h[i * dim + l] * h[k * dim + l];
            }
            if (i == k) {
                h[i * dim + i] = sum > 1e-10 ? sqrt(sum) : 1e8;
            } else {
                h[i * dim + k] = sum / h[k * dim + k];
            }
        }
    }
}

static void solve(const double *h, int dim, int from, double *x)
{
    for (int i = from; i < dim; i++) {
        for (int k = from; k < i; k++) {
            x[i] -= h[i * dim + k] * x[k];
        }
        x[i] /= h[i * dim + i];
    }
    for (int i = dim - 1; i >= from; i--) {
        for (int k = i + 1; k < dim; k++) {
            x[i] -= h[k * dim + i] * x[k];
        }
        x[i] /= h[i * dim + i];
    }
}

static double limited(double step, double most)
{
    return step > most ? most : step < -most ? -most : step;
}

/* Newton steps of one item with a slope of its own (or a fixed one). */
static void maximise_item(const irt_work *w, int j, double *par)
{
    bool fixed = (w->bounded[j] & OKO_IRT_CONSTANT) != 0;
    item_step s;
    for (int step = 0; step < NEWTON_STEPS; step++) {
        item_derivatives(w, j, par, &s);
        bool at_bound = fabs(par[j]) >= w->slope_max && s.g[0] * par[j] > 0;
        int from = fixed || at_bound ? 1 : 0;
        factor(s.h, s.dim, from);
        solve(s.h, s.dim, from, s.g);
        double largest = 0;
        for (int k = from; k < s.dim; k++) {
            double *at = k == 0 ? &par[j] : &par[w->n_items + w->offset[j] + k];
            *at += limited(s.g[k], k == 0 ? 1 : 3);
            largest = fmax(largest, fabs(s.g[k]));
        }
        par[j] = limited(par[j], w->slope_max);
        if (largest < 1e-7) {
            break;
        }
    }
}

/* One Newton step with one slope for all items: the items' intercepts are eliminated one item at a time. */
static double maximise_common(const irt_work *w, double *par)
{
    double g = 0, h = 0, largest = 0;
    item_step s;
    for (int pass = 0; pass < 2; pass++) { /* first the slope's step, then the intercepts' */
        double slope_step = pass == 0 ? 0 : limited(g / fmax(h, 1e-10), 1);
        for (int j = 0; j < w->n_items; j++) {
            bool informs = (w->bounded[j] & OKO_IRT_CONSTANT) == 0;
            double cross[DIM] = { 0 };
            item_derivatives(w, j, par, &s);
            for (int k = 1; k < s.dim; k++) {
                cross[k] = s.h[k];
            }
            factor(s.h, s.dim, 1);
            if (pass == 0 && informs) {
                double solved[DIM];
                memcpy(solved, cross, sizeof cross);
                solve(s.h, s.dim, 1, solved);
                g += s.g[0];
                h += s.h[0];
                for (int k = 1; k < s.dim; k++) {
                    g -= solved[k] * s.g[k];
                    h -= solved[k] * cross[k];
                }
            } else if (pass == 1) {
                for (int k = 1; k < s.dim; k++) {
                    s.g[k] -= cross[k] * slope_step;
                }
                solve(s.h, s.dim, 1, s.g);
                for (int k = 1; k < s.dim; k++) {
                    par[w->n_items + w->offset[j] + k] += limited(s.g[k], 3);
                    largest = fmax(largest, fabs(s.g[k]));
                }
            }
        }
        for (int j = 0; pass == 1 && j < w->n_items; j++) {
            par[j] = limited(par[j] + slope_step, w->slope_max);
        }
        largest = fmax(largest, fabs(slope_step));
    }
    return largest;
}

void irt_maximise(const irt_work *w, const double *par, double *next)
{
    if (next != par) {
        memcpy(next, par, w->n_par * sizeof *next);
    }
    if (!w->common) {
        for (int j = 0; j < w->n_items; j++) {
            maximise_item(w, j, next);
        }
        return;
    }
    for (int step = 0; step < NEWTON_STEPS; step++) {
        if (maximise_common(w, next) < 1e-7) {
            break;
        }
    }
}
