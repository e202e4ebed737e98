/*
 * Item response models and person fit at 1 000 × 40 and 4 472 × 214, one thread, beside a plain reference in the same
 * run: EM that goes over persons × items × nodes, H^T and Guttman errors by their definitions, lz by log P. Best of
 * several rounds. The answers of the two must agree.
 *
 * bench_persons            all figures
 * bench_persons --short    1 000 × 40 only, one round
 */
#include <oko/persons.h>

#include "base/random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NODES = 41, PLAIN_CYCLES = 5 };

static int rounds = 5;
static int differences;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void *need(void *p)
{
    if (p == NULL) {
        fputs("out of memory\n", stderr);
        exit(2);
    }
    return p;
}

static void check(oko_status status)
{
    if (status != OKO_OK) {
        fprintf(stderr, "%s\n", oko_status_describe(status)->text);
        exit(2);
    }
}

static oko_scores make_world(size_t n, int items, int8_t *score, int8_t *max)
{
    oko_rng rng = oko_rng_make(2026, n);
    double *a = need(malloc((size_t)items * 2 * sizeof *a)), *b = a + items;
    for (int j = 0; j < items; j++) {
        max[j] = 1;
        a[j] = exp(.3 * oko_rng_normal(&rng));
        b[j] = oko_rng_normal(&rng);
    }
    for (size_t i = 0; i < n; i++) {
        double theta = oko_rng_normal(&rng);
        for (int j = 0; j < items; j++) {
            score[i * (size_t)items + (size_t)j] = oko_rng_uniform(&rng) < 1 / (1 + exp(-a[j] * (theta - b[j])));
        }
    }
    free(a);
    return (oko_scores){ n, items, score, max };
}

/* One EM cycle of a 2PL as textbooks write it: log P per item and node, then expected counts per item and node. */
static double plain_cycle(const oko_scores *s, const oko_irt *irt, double *log_p, double *right)
{
    size_t items = (size_t)s->n_items;
    double total = 0, prior_sum = 0;
    for (int q = 0; q < NODES; q++) {
        double z = -6 + .3 * q;
        prior_sum += exp(-.5 * z * z);
        for (size_t j = 0; j < items; j++) {
            double p[2];
            check(oko_irt_probabilities(irt, (int)j, z, p));
            log_p[(j * NODES + (size_t)q) * 2] = log(p[0]);
            log_p[(j * NODES + (size_t)q) * 2 + 1] = log(p[1]);
        }
    }
    memset(right, 0, items * NODES * sizeof *right);
    for (size_t i = 0; i < s->n_persons; i++) {
        double l[NODES], sum = 0;
        for (int q = 0; q < NODES; q++) {
            double z = -6 + .3 * q;
            l[q] = -.5 * z * z - log(prior_sum);
            for (size_t j = 0; j < items; j++) {
                l[q] += log_p[(j * NODES + (size_t)q) * 2 + (size_t)s->score[i * items + j]];
            }
            l[q] = exp(l[q]);
            sum += l[q];
        }
        total += log(sum);
        for (size_t j = 0; j < items; j++) {
            for (int q = 0; s->score[i * items + j] == 1 && q < NODES; q++) {
                right[j * NODES + (size_t)q] += l[q] / sum;
            }
        }
    }
    return total;
}

static void bench_fit(const oko_scores *s, oko_irt_kind kind, const char *name, double peer, oko_irt **ret)
{
    double best = 1e9;
    oko_irt *irt = NULL;
    for (int r = 0; r < rounds; r++) {
        oko_irt_options o = { .kind = kind, .threads = 1 };
        oko_irt_free(irt);
        irt = NULL;
        double begin = now();
        check(oko_irt_fit(s, &o, &irt));
        best = fmin(best, now() - begin);
    }
    printf("  fit %-6s %9.4f s  %3d evaluations", name, best, irt->cycles);
    if (peer > 0) {
        printf(", TAM %.2f s", peer);
    }
    if (kind == OKO_IRT_2PL) {
        size_t items = (size_t)s->n_items;
        double *log_p = need(malloc(items * NODES * 2 * sizeof *log_p));
        double *right = need(malloc(items * NODES * sizeof *right));
        double begin = now(), l = 0;
        for (int c = 0; c < PLAIN_CYCLES; c++) {
            l = plain_cycle(s, irt, log_p, right);
        }
        double plain = (now() - begin) / PLAIN_CYCLES * irt->cycles;
        printf(", plain E steps alone %.3f s", plain);
        differences += fabs(l - irt->log_likelihood) > 2e-3 * fabs(l);
        free(log_p);
        free(right);
    }
    puts("");
    *ret = irt;
}

/* H^T over all pairs. */
static double plain_ht(const oko_scores *s, double *ret)
{
    size_t items = (size_t)s->n_items;
    double begin = now();
    for (size_t n = 0; n < s->n_persons; n++) {
        double cov = 0, most = 0;
        for (size_t m = 0; m < s->n_persons; m++) {
            int both = 0, a = 0, b = 0;
            for (size_t j = 0; j < items; j++) {
                int x = s->score[n * items + j], y = s->score[m * items + j];
                both += x & y;
                a += x;
                b += y;
            }
            if (m != n) {
                double pa = a / (double)items, pb = b / (double)items;
                cov += both / (double)items - pa * pb;
                most += fmin(pa, pb) * (1 - fmax(pa, pb));
            }
        }
        ret[n] = cov / most;
    }
    return now() - begin;
}

/* Guttman errors pair of items by pair. */
static double plain_g(const oko_scores *s, double *ret)
{
    size_t items = (size_t)s->n_items;
    double begin = now();
    int *solved = need(calloc(items, sizeof *solved));
    for (size_t t = 0; t < s->n_persons * items; t++) {
        solved[t % items] += s->score[t];
    }
    for (size_t i = 0; i < s->n_persons; i++) {
        const int8_t *x = s->score + i * items;
        ret[i] = 0;
        for (size_t j = 0; j < items; j++) {
            for (size_t k = 0; k < items; k++) {
                bool odd = x[j] == 0 && x[k] == 1;
                ret[i] += odd && solved[j] > solved[k] ? 1 : odd && j != k && solved[j] == solved[k] ? .5 : 0;
            }
        }
    }
    free(solved);
    return now() - begin;
}

static double plain_lz(const oko_scores *s, const oko_irt *irt, const oko_person *p, double *ret)
{
    size_t items = (size_t)s->n_items;
    double begin = now();
    for (size_t i = 0; i < s->n_persons; i++) {
        double sum = 0, variance = 0;
        for (size_t j = 0; j < items; j++) {
            double share[2];
            check(oko_irt_probabilities(irt, (int)j, p[i].theta, share));
            double d = log(share[1]) - log(share[0]);
            sum += (s->score[i * items + j] - share[1]) * d;
            variance += share[0] * share[1] * d * d;
        }
        ret[i] = sum / sqrt(variance);
    }
    return now() - begin;
}

/* Best time of one statistic. */
static double time_of(const oko_scores *s, const oko_irt *irt, unsigned stat, oko_person *out)
{
    double best = 1e9;
    for (int r = 0; r < 2 * rounds; r++) {
        oko_persons_options o = { .stats = stat, .threads = 1 };
        double begin = now();
        check(oko_persons(s, irt, &o, out));
        best = fmin(best, now() - begin);
    }
    return best;
}

static void compare(double ours, double plain)
{
    differences += isfinite(ours) && !(fabs(ours - plain) < 1e-9);
}

static void bench_statistics(const oko_scores *s, const oko_irt *irt, const char *const *peer)
{
    oko_person *out = need(calloc(s->n_persons, sizeof *out));
    double *plain = need(malloc(s->n_persons * sizeof *plain));
    double t = time_of(s, irt, OKO_PERSON_LZ, out);
    double reference = plain_lz(s, irt, out, plain);
    printf("  lz         %9.5f s  with abilities; plain without them %.5f s%s\n", t, reference, peer[0]);
    for (size_t i = 0; i < s->n_persons; i++) {
        compare(out[i].lz, plain[i]);
    }
    printf("  lz*        %9.5f s  with abilities, skewness and tail%s\n", time_of(s, irt, OKO_PERSON_LZSTAR, out),
           peer[1]);
    t = time_of(s, NULL, OKO_PERSON_HT, out);
    printf("  H^T        %9.5f s  plain %.4f s%s\n", t, plain_ht(s, plain), peer[2]);
    for (size_t i = 0; i < s->n_persons; i++) {
        compare(out[i].ht, plain[i]);
    }
    printf("  U3         %9.5f s%s\n", time_of(s, NULL, OKO_PERSON_U3, out), peer[3]);
    t = time_of(s, NULL, OKO_PERSON_G, out);
    printf("  G          %9.5f s  plain %.4f s%s\n", t, plain_g(s, plain), peer[4]);
    for (size_t i = 0; i < s->n_persons; i++) {
        compare(out[i].g, plain[i]);
    }
    printf("  all five   %9.5f s\n", time_of(s, irt, OKO_PERSON_ALL, out));
    free(out);
    free(plain);
}

static void bench(size_t n, int items, double tam_rasch, double tam_2pl, const char *const *peer)
{
    int8_t *score = need(malloc(n * (size_t)items)), *max = need(malloc((size_t)items));
    oko_scores s = make_world(n, items, score, max);
    oko_irt *rasch = NULL, *two = NULL;
    printf("%zu x %d, one thread\n", n, items);
    bench_fit(&s, OKO_IRT_RASCH, "Rasch", tam_rasch, &rasch);
    bench_fit(&s, OKO_IRT_2PL, "2PL", tam_2pl, &two);
    bench_statistics(&s, two, peer);
    oko_irt_free(rasch);
    oko_irt_free(two);
    free(score);
    free(max);
}

int main(int argc, char **argv)
{
    static const char *const small[] = { ", PerFit .070 s", ", PerFit .248 s", ", PerFit .188 s", ", PerFit .106 s",
                                         ", PerFit .359 s" };
    static const char *const none[] = { "", "", "", "", "" };
    bool brief = argc > 1 && strcmp(argv[1], "--short") == 0;
    rounds = brief ? 1 : rounds;
    puts("peers: TAM and PerFit as quoted in the task, on another machine");
    bench(1000, 40, .21, .25, small);
    if (!brief) {
        bench(4472, 214, 0, 2.7, none);
    }
    printf("answers that differ from the plain code: %d\n", differences);
    return differences == 0 ? 0 : 1;
}
