/* Lower tail of a statistic with known skewness, in log space. */
#include "stats/persons_work.h"
#include "stats/special.h"

#include <math.h>

static const double NEARLY_NORMAL = .002; /* |skewness| below which the gamma shape would be over 1 000 000 */

double person_log_gamma_q(double a, double x)
{
    int sign;
    double front = a * log(x) - x - lgamma_r(a, &sign);
    if (x <= 0) {
        return 0;
    }
    if (x < a + 1) { /* series of the lower tail, which is not near 1 here */
        double term = 1 / a, sum = term;
        for (int k = 1; k < 100000 && term > sum * 1e-17; k++) {
            term *= x / (a + k);
            sum += term;
        }
        return log1p(-exp(front + log(sum)));
    }
    double b = x + 1 - a, c = 1e300, d = 1 / b, h = d; /* continued fraction, Lentz's method */
    for (int k = 1; k < 100000; k++) {
        double an = -k * (k - a), factor;
        b += 2;
        d = 1 / (an * d + b);
        c = b + an / c;
        factor = c * d;
        h *= factor;
        if (fabs(factor - 1) < 1e-16) {
            break;
        }
    }
    return front + log(h);
}

double person_tail(double z, double skewness)
{
    if (isnan(z) || isnan(skewness)) {
        return NAN;
    }
    if (skewness >= 0) {
        return oko_log_normal_q(-z);
    }
    if (skewness > -NEARLY_NORMAL) { /* first term of the Cornish–Fisher expansion */
        return oko_log_normal_q(-(z - skewness / 6 * (z * z - 1)));
    }
    double shape = 4 / (skewness * skewness);
    return person_log_gamma_q(shape, shape - z * sqrt(shape));
}
