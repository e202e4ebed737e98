/* Combination of p-values by the Cauchy rule (Liu & Xie 2020), in log space. */
#include "stats/special.h"

#include <oko/signs.h>

#include <math.h>

#define LARGEST_P .99       /* a p of 1 would outweigh every small one */
#define SMALL_LOG_P (-18.0) /* below, tan(π(½ − p)) is 1/(πp) to double precision */

double oko_cauchy_log_p(size_t n, const double *log_p, const double *weights)
{
    double weight = 0;
    double sum = 0;           /* of the terms that are not small */
    double small = -INFINITY; /* log of the sum of w/(πp) over the small ones */
    for (size_t i = 0; i < n; i++) {
        double w = weights != NULL ? weights[i] : 1;
        if (isnan(log_p[i]) || !(w > 0)) {
            continue;
        }
        weight += w;
        if (log_p[i] < SMALL_LOG_P) {
            small = oko_log_add(small, log(w) - log_p[i] - log(M_PI));
        } else {
            double p = exp(log_p[i]);
            sum += w * tan(M_PI * (.5 - (p > LARGEST_P ? LARGEST_P : p)));
        }
    }
    if (!(weight > 0)) {
        return NAN;
    }
    if (small > 12) { /* then the sum of the others hardly matters; kept while it is above −small */
        double rest = sum * exp(-small);
        double log_t = small + (rest > -.5 ? log1p(rest) : log(.5)) - log(weight);
        return -log_t - log(M_PI);
    }
    double t = (sum + (isinf(small) ? 0 : exp(small))) / weight;
    double p = t > 0 ? atan(1 / t) / M_PI : .5 + atan(-t) / M_PI;
    return log(p);
}

static const char *const family_names[OKO_FAMILY_COUNT] = { "level", "threshold", "roster", "pattern", "time" };

const char *oko_family_name(oko_family family)
{
    return (unsigned)family < OKO_FAMILY_COUNT ? family_names[family] : "";
}

static const char *const statistic_names[OKO_STAT_COUNT] = {
    "level", "growth",  "bunching",   "landing",    "absence", "weak_absent", "contrast", "profile", "told",
    "pairs", "nearest", "person_fit", "compressed", "year",    "subject",     "disagree", "agree",
};

const char *oko_statistic_name(oko_statistic statistic)
{
    return (unsigned)statistic < OKO_STAT_COUNT ? statistic_names[statistic] : "";
}
