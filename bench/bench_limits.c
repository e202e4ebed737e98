/*
 * How well can lifting over cut-offs, and correction of answers, be told at all? The likelihood ratio with everything
 * known is the most powerful test there is (Neyman & Pearson 1933); its power at 1 % and .1 % in classes of 19 present,
 * on the model and the arms of bench_detection, is the limit for any statistic there. Lifting: a class's true
 * distribution of totals and the shares that are lifted are known. Correction: limit_correction.h.
 * bench_limits [--short]
 */
#include "limit_correction.h"

enum { LIMIT_CLASSES = 150, DRAWS = 4, NODES = 31 };

/* Distribution of the total of a pupil of a class at this level. */
static void fill_totals(const limit_test *t, double level, double sd, double q[ITEMS + 1])
{
    memset(q, 0, (ITEMS + 1) * sizeof *q);
    double weights = 0;
    for (int k = 0; k < NODES; k++) {
        double z = -3 + 6.0 * k / (NODES - 1);
        double weight = exp(-.5 * z * z);
        double f[ITEMS + 1] = { 1 };
        for (int j = 0; j < ITEMS; j++) {
            double p = 1 / (1 + exp(-t->slope[j] * (level + sd * z - t->difficulty[j])));
            for (int s = j + 1; s > 0; s--) {
                f[s] = f[s] * (1 - p) + f[s - 1] * p;
            }
            f[0] *= 1 - p;
        }
        for (int s = 0; s <= ITEMS; s++) {
            q[s] += weight * f[s];
        }
        weights += weight;
    }
    for (int s = 0; s <= ITEMS; s++) {
        q[s] /= weights;
    }
}

/* Of one class of works from q: Σ log(lifted / honest). */
static double draw_ratio(oko_rng *rng, const double *from, const double *lifted, const double *honest)
{
    double sum = 0;
    for (int i = 0; i < PRESENT; i++) {
        double u = oko_rng_uniform(rng);
        int s = 0;
        while (s < ITEMS && u >= from[s]) {
            u -= from[s++];
        }
        sum += log(lifted[s] / honest[s]);
    }
    return sum;
}

static void bunching_limit(const arm *a, int worlds)
{
    size_t n = 0;
    size_t most = (size_t)worlds * LIMIT_CLASSES * DRAWS;
    double *honest = table_numbers(most);
    double *planted = table_numbers(most);
    oko_rng rng = oko_rng_make(1, 0);
    for (int w = 0; w < worlds; w++) {
        limit_test t = draw_test(&rng);
        for (int c = 0; c < LIMIT_CLASSES; c++) {
            double q[ITEMS + 1];
            double lifted[ITEMS + 1];
            double sd = sqrt(a->school * a->school + a->class * a->class + .15 * .15);
            fill_totals(&t, sd * oko_rng_normal(&rng), a->pupil, q);
            memcpy(lifted, q, sizeof lifted);
            for (int k = 0; k < CUTS; k++) {
                lifted[cuts[k] - 1] -= .85 * q[cuts[k] - 1];
                lifted[cuts[k] - 2] -= .6 * q[cuts[k] - 2];
                lifted[cuts[k]] += .85 * q[cuts[k] - 1] + .6 * q[cuts[k] - 2];
            }
            for (int d = 0; d < DRAWS; d++) {
                honest[n] = -draw_ratio(&rng, q, lifted, q);
                planted[n++] = -draw_ratio(&rng, lifted, lifted, q);
            }
        }
    }
    qsort(honest, n, sizeof *honest, compare_doubles);
    printf("| %-9s |", a->name);
    for (int k = 0; k < 2; k++) {
        double limit = honest[k == 0 ? n / 100 : n / 1000];
        double hit = 0;
        for (size_t i = 0; i < n; i++) {
            hit += planted[i] < limit;
        }
        printf(" %.3f |", hit / (double)n);
    }
    printf("\n");
    free(honest);
    free(planted);
}

int main(int argc, char **argv)
{
    bool brief = argc > 1 && strcmp(argv[1], "--short") == 0;
    int worlds = brief ? 3 : 40;
    printf("Power of the likelihood ratio, classes of %d; %d tests\n\nBunching .85/.6, everything known\n\n"
           "| arm       | 1 %%   | .1 %%  |\n",
           PRESENT, worlds);
    for (int k = 0; k < ARMS; k++) {
        bunching_limit(&arms[k], worlds);
    }
    for (int years = 1; years >= 0; years--) {
        printf("\nCorrection %.1f/%.1f, everything known but abilities, year, markers and item x class; pupils of the "
               "other year %s\n\n"
               "| arm       | 1 %%   | .1 %%  | mean, 1 %% | mean, .1 %% | honest beyond 1 %%, both |\n",
               LIMIT_CHOSEN, LIMIT_FILLED, years ? "known again" : "not known again");
        for (int k = 0; k < ARMS; k++) {
            limit_power p = correction_limit(&arms[k], worlds, brief ? 4 : 15, years == 1);
            printf("| %-9s | %.3f | %.3f | %.3f     | %.3f      | %.3f %.3f |\n", arms[k].name, p.at[0], p.at[1],
                   p.mean[0], p.mean[1], p.honest[0], p.honest[1]);
        }
    }
    return 0;
}
