/* Comparison of doubles in tests; include after cmocka.h. */
#ifndef OKO_TEST_NEAR_H
#define OKO_TEST_NEAR_H

#include <math.h>

/* Fails at the caller's line unless |a − b| ≤ tolerance (NaN fails). */
#define assert_near(a, b, tolerance) check_near((a), (b), (tolerance), __FILE__, __LINE__)

static inline void check_near(double a, double b, double tolerance, const char *file, int line)
{
    if (!(fabs(a - b) <= tolerance)) {
        print_error("%.17g is not within %.3g of %.17g\n", a, tolerance, b);
        _fail(file, line);
    }
}

#endif
