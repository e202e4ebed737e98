/* One pair at a time in plain scalar code: the public tails and the twin of the kernels. */
#include "stats/pairs_kernel.h"

#include "base/memory.h"
#include "stats/special.h"

#include <float.h>
#include <math.h>

static const double SMALLEST = 1e-170; /* of a scaled tail; below, a half may have lost digits */

double pair_z(double sum, double mean, double var)
{
    return var > 0 ? (sum - mean) / sqrt(var) : NAN;
}

oko_pair pair_blank(size_t a, size_t b)
{
    oko_pair pair = { .a = (uint32_t)a, .b = (uint32_t)b };
    pair.expected = pair.z = pair.omega = pair.omega_a = pair.omega_b = pair.p_omega = NAN;
    pair.gbt_p = pair.gbt_log_p = pair.womega = pair.p_womega = pair.m4_p = pair.m4_log_p = pair.p_adjusted = NAN;
    return pair;
}

/* Two directions are looked at and the larger one told, so its p is doubled. */
void pair_set_omega(oko_pair *pair, double mean_a, double var_a, double mean_b, double var_b)
{
    pair->omega_a = pair_z(pair->matches, mean_a, var_a);
    pair->omega_b = pair_z(pair->matches, mean_b, var_b);
    pair->omega = fmax(pair->omega_a, pair->omega_b); /* the other one when one is NaN */
    pair->p_omega = fmin(1, 2 * exp(oko_log_normal_q(pair->omega)));
    if (isnan(pair->omega)) {
        pair->p_omega = NAN;
    }
}

void pair_set_weighted(oko_pair *pair, double sum, double var)
{
    pair->womega = pair_z(sum, 0, var);
    pair->p_womega = exp(oko_log_normal_q(pair->womega));
}

/* Upper tail by the same recursion on logarithms: slow, for tails beyond a double. f: [n + 1]. */
static double log_tail(size_t n, const double *q, size_t stride, int matches, double *f)
{
    for (size_t m = 0; m <= n; m++) {
        f[m] = m == 0 ? 0 : -INFINITY;
    }
    for (size_t j = 0; j < n; j++) {
        double one = log(q[j * stride]);
        double zero = log1p(-q[j * stride]);
        for (size_t m = j + 1; m >= 1; m--) {
            f[m] = oko_log_add(f[m] + zero, f[m - 1] + one);
        }
        f[0] += zero;
    }
    double sum = -INFINITY;
    for (size_t m = n + 1; m-- > (size_t)matches;) {
        sum = oko_log_add(sum, f[m]);
    }
    return sum;
}

static double log_unscaled(double scaled)
{
    return fmin(0, log(scaled) - PAIR_LOG_SCALE);
}

void pair_set_gbt(oko_pair *pair, double scaled, size_t n, const double *q, size_t stride)
{
    double f[OKO_RESPONSES_MAX_ITEMS + 1];
    bool deep = scaled < SMALLEST && n <= OKO_RESPONSES_MAX_ITEMS;
    pair->gbt_log_p = deep ? log_tail(n, q, stride, pair->matches, f) : log_unscaled(scaled);
    pair->gbt_p = fmin(1, deep ? exp(pair->gbt_log_p) : scaled / PAIR_SCALE);
}

/* Beyond a double the p is only known to be below the smallest one. */
void pair_set_m4(oko_pair *pair, double scaled)
{
    pair->m4_log_p = log_unscaled(scaled > DBL_MIN ? scaled : DBL_MIN);
    pair->m4_p = fmin(1, scaled / PAIR_SCALE);
}

static bool is_share(double x)
{
    return x >= 0 && x <= 1;
}

/* Distribution of the successes among n trials, × scale; f: [n + 1]. */
static void distribution(size_t n, const double *q, double scale, double *f)
{
    for (size_t m = 0; m <= n; m++) {
        f[m] = m == 0 ? scale : 0;
    }
    for (size_t j = 0; j < n; j++) {
        for (size_t m = j + 1; m >= 1; m--) {
            f[m] = f[m] * (1 - q[j]) + f[m - 1] * q[j];
        }
        f[0] *= 1 - q[j];
    }
}

/* P(M ≥ matches) × PAIR_SCALE from the two halves of the items; f: [n + 2]. */
static double gbt_scaled(size_t n, const double *q, int matches, double *f)
{
    size_t half = n / 2;
    size_t rest = n - half;
    size_t wanted = (size_t)matches;
    double *b = f + half + 1;
    double sum = 0;
    distribution(half, q, PAIR_HALF_SCALE, f);
    distribution(rest, q + half, PAIR_HALF_SCALE, b);
    for (size_t m = rest; m-- > 0;) {
        b[m] += b[m + 1];
    }
    for (size_t k = half + 1; k-- > 0 && k + rest >= wanted;) {
        sum += f[k] * b[wanted > k ? wanted - k : 0];
    }
    return sum;
}

oko_status oko_gbt_tail(int n, const double *q, int matches, double *ret_log_p)
{
    if (n < 1 || n > OKO_RESPONSES_MAX_ITEMS || q == NULL || ret_log_p == NULL) {
        return OKO_E_ARGUMENT;
    }
    for (int j = 0; j < n; j++) {
        if (!is_share(q[j])) {
            return OKO_E_ARGUMENT;
        }
    }
    if (matches <= 0 || matches > n) {
        *ret_log_p = matches <= 0 ? 0 : -INFINITY;
        return OKO_OK;
    }
    OKO_CLEANUP(oko_freep) double *f = oko_alloc_array((size_t)n + 2, sizeof *f);
    if (f == NULL) {
        return OKO_E_MEMORY;
    }
    oko_pair pair = pair_blank(0, 1);
    pair.matches = matches;
    pair_set_gbt(&pair, gbt_scaled((size_t)n, q, matches, f), (size_t)n, q, 1);
    *ret_log_p = pair.gbt_log_p;
    return OKO_OK;
}

/* Table of (same right, same wrong) in a square [(n + 1)²]; cells with c + w > n stay 0. */
static void m4_table(size_t n, const double *right, const double *wrong, double *f)
{
    size_t side = n + 1;
    for (size_t k = 0; k < side * side; k++) {
        f[k] = k == 0 ? PAIR_SCALE : 0;
    }
    for (size_t j = 0; j < n; j++) {
        double none = 1 - right[j] - wrong[j];
        none = none > 0 ? none : 0;
        for (size_t c = j + 2; c-- > 0;) {
            for (size_t w = j + 2 - c; w-- > 0;) {
                double *to = f + c * side + w;
                double sum = *to * none + (c > 0 ? to[-(ptrdiff_t)side] * right[j] : 0);
                *to = sum + (w > 0 ? to[-1] * wrong[j] : 0);
            }
        }
    }
}

/* p × PAIR_SCALE from the table; tail: [(n + 1)²]. */
static double m4_read(size_t n, const double *f, size_t n_right, size_t n_wrong, double *tail)
{
    size_t side = n + 1;
    for (size_t c = side; c-- > 0;) {
        double along = 0;
        for (size_t w = side; w-- > 0;) {
            along += f[c * side + w];
            tail[c * side + w] = along + (c < n ? tail[(c + 1) * side + w] : 0);
        }
    }
    double limit = tail[n_right * side + n_wrong] * (1 + 1e-11); /* equal tails that differ by rounding */
    double sum = 0;
    for (size_t c = 0; c < side; c++) {
        for (size_t w = 0; w + c < side; w++) {
            sum += tail[c * side + w] <= limit ? f[c * side + w] : 0;
        }
    }
    return sum;
}

static oko_status m4_scaled(size_t n, const double *right, const double *wrong, int n_right, int n_wrong,
                            double *ret_scaled)
{
    OKO_CLEANUP(oko_freep) double *f = oko_alloc_array((n + 1) * (n + 1), sizeof *f);
    OKO_CLEANUP(oko_freep) double *tail = oko_alloc_array((n + 1) * (n + 1), sizeof *tail);
    if (f == NULL || tail == NULL) {
        return OKO_E_MEMORY;
    }
    m4_table(n, right, wrong, f);
    *ret_scaled = m4_read(n, f, (size_t)n_right, (size_t)n_wrong, tail);
    return OKO_OK;
}

oko_status oko_m4_tail(int n, const double *right, const double *wrong, int n_right, int n_wrong, double *ret_log_p)
{
    if (n < 1 || n > OKO_PAIRS_M4_MAX_ITEMS || right == NULL || wrong == NULL || ret_log_p == NULL || n_right < 0 ||
        n_wrong < 0 || n_right > n || n_wrong > n - n_right) {
        return OKO_E_ARGUMENT;
    }
    for (int j = 0; j < n; j++) {
        if (!is_share(right[j]) || !is_share(wrong[j]) || right[j] + wrong[j] > 1 + 1e-12) {
            return OKO_E_ARGUMENT;
        }
    }
    double scaled = 0;
    oko_status status = m4_scaled((size_t)n, right, wrong, n_right, n_wrong, &scaled);
    if (status != OKO_OK) {
        return status;
    }
    oko_pair pair = pair_blank(0, 1);
    pair_set_m4(&pair, scaled);
    *ret_log_p = pair.m4_log_p;
    return OKO_OK;
}

/* Column of the right answer, −1 when unknown. */
static int right_column(const oko_responses *r, const int *offset, int j)
{
    int right = r->marks ? r->n_options[j] - 1 : r->key != NULL ? r->key[j] : -1;
    return right < 0 ? -1 : offset[j] + right;
}

/* Chances of one pair by item; arrays of n_items. */
typedef struct chances {
    double *q, *right, *wrong;
} chances;

/* What the items of a pair add up to. */
typedef struct twin_sums {
    double mean, var;
    double mean_a, var_a, mean_b, var_b;
    double weighted, weighted_var;
} twin_sums;

static void add_item(const oko_responses *r, const oko_option_probs *probs, int j, oko_pair *pair, chances at,
                     twin_sums *s)
{
    const double *pa = oko_option_probs_of(probs, pair->a);
    const double *pb = oko_option_probs_of(probs, pair->b);
    int a = r->answer[pair->a * (size_t)r->n_items + (size_t)j];
    int b = r->answer[pair->b * (size_t)r->n_items + (size_t)j];
    int right = right_column(r, probs->offset, j);
    double q = 0;
    double wrong = 0;
    if (a < 0 || b < 0) {
        pair->both_missing += a < 0 && b < 0;
        at.q[j] = at.right[j] = at.wrong[j] = 0;
        return;
    }
    for (int t = probs->offset[j]; t < probs->offset[j + 1]; t++) {
        q += pa[t] * pb[t];
        wrong += t != right ? pa[t] * pb[t] : 0;
    }
    at.q[j] = q;
    at.right[j] = right >= 0 ? pa[right] * pb[right] : 0;
    at.wrong[j] = right >= 0 ? wrong : 0;
    pair->n++;
    pair->matches += a == b;
    pair->right += a == b && right == probs->offset[j] + a;
    pair->wrong += a == b && right >= 0 && right != probs->offset[j] + a;
    double given_a = pb[probs->offset[j] + a];
    double given_b = pa[probs->offset[j] + b];
    double w = q > 0 && q < 1 ? pair_surprise(q) : 0;
    s->mean += q;
    s->var += q * (1 - q);
    s->mean_a += given_a;
    s->var_a += given_a * (1 - given_a);
    s->mean_b += given_b;
    s->var_b += given_b * (1 - given_b);
    s->weighted += w * ((a == b) - q);
    s->weighted_var += w * w * (q * (1 - q));
}

static oko_status set_tails(const oko_responses *r, unsigned stats, chances at, oko_pair *pair, double *f)
{
    size_t n = (size_t)r->n_items;
    if ((stats & OKO_PAIR_GBT) != 0) {
        pair_set_gbt(pair, gbt_scaled(n, at.q, pair->matches, f), n, at.q, 1);
    }
    bool keyed = r->marks || r->key != NULL;
    if ((stats & OKO_PAIR_M4) != 0 && keyed && n <= OKO_PAIRS_M4_MAX_ITEMS) {
        double scaled = 0;
        oko_status status = m4_scaled(n, at.right, at.wrong, pair->right, pair->wrong, &scaled);
        if (status != OKO_OK) {
            return status;
        }
        pair_set_m4(pair, scaled);
    }
    return OKO_OK;
}

static bool fits(const oko_responses *r, const oko_option_probs *probs)
{
    return r != NULL && probs != NULL && probs->n_persons == r->n_persons && probs->n_items == r->n_items &&
           r->n_items >= 1 && r->n_items <= OKO_RESPONSES_MAX_ITEMS;
}

oko_status oko_pair_test(const oko_responses *r, const oko_option_probs *probs, size_t a, size_t b, unsigned stats,
                         oko_pair *ret)
{
    if (!fits(r, probs) || ret == NULL || a == b || a >= r->n_persons || b >= r->n_persons || stats > OKO_PAIR_ALL) {
        return OKO_E_ARGUMENT;
    }
    size_t n = (size_t)r->n_items;
    OKO_CLEANUP(oko_freep) double *work = oko_alloc_array(4 * n + 2, sizeof *work);
    if (work == NULL) {
        return OKO_E_MEMORY;
    }
    chances at = { work, work + n, work + 2 * n };
    twin_sums s = { 0 };
    oko_pair pair = pair_blank(a < b ? a : b, a < b ? b : a);
    for (int j = 0; j < r->n_items; j++) {
        add_item(r, probs, j, &pair, at, &s);
    }
    if (pair.n > 0) {
        pair.expected = s.mean;
        pair.z = pair_z(pair.matches, s.mean, s.var);
        if ((stats & OKO_PAIR_OMEGA) != 0) {
            pair_set_omega(&pair, s.mean_a, s.var_a, s.mean_b, s.var_b);
        }
        if ((stats & OKO_PAIR_WOMEGA) != 0) {
            pair_set_weighted(&pair, s.weighted, s.weighted_var);
        }
        oko_status status = set_tails(r, stats, at, &pair, work + 3 * n);
        if (status != OKO_OK) {
            return status;
        }
    }
    *ret = pair;
    return OKO_OK;
}

double oko_pair_p(const oko_pair *pair, unsigned stat)
{
    switch (stat) {
    case OKO_PAIR_GBT:
        return pair->gbt_p;
    case OKO_PAIR_OMEGA:
        return pair->p_omega;
    case OKO_PAIR_WOMEGA:
        return pair->p_womega;
    case OKO_PAIR_M4:
        return pair->m4_p;
    default:
        return NAN;
    }
}
