/*
 * All pairs of persons beside a plain scalar floor in the same run: ω, GBT (exact tail of every pair), weighted ω and
 * M4 (screened, and exact for every pair) at 1 000 persons × 40 items with four options on one core, then GBT with
 * screening at 10 000 × 60 on two.
 *
 * bench_pairs [small|large|power]; without a word the first two. `power`: how often each statistic finds pairs of which
 * one copied 12, 16, 20 or 28 of 40 items, and honest pairs, in worlds of 500 persons. Figures of others for the first
 * (docs/METHODS-pairs.md): aberrance 0.3.0 (R and C++) ω 14.0 s, GBT 15.9 s, M4 145.7 s.
 */
#include "clock.h"

#include <oko/pairs.h>

#include "base/random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTIONS = 4, ROUNDS = 3 };

typedef struct world {
    oko_responses r;
    int8_t *answer, *n_options, *key;
    oko_option_probs *probs;
} world;

/* Rasch answers; wrong ones fall on three distractors of unequal appeal. */
static void answer_all(world *w, size_t persons, int items, uint64_t seed)
{
    oko_rng rng = oko_rng_make(seed, persons);
    for (size_t i = 0; i < persons; i++) {
        double ability = oko_rng_normal(&rng);
        for (int j = 0; j < items; j++) {
            double difficulty = -1.5 + 3.0 * j / (items - 1);
            double u = oko_rng_uniform(&rng);
            int wrong = u < .5 ? 1 : u < .8 ? 2 : 3;
            bool right = oko_rng_uniform(&rng) < 1 / (1 + exp(difficulty - ability));
            w->answer[i * (size_t)items + (size_t)j] = (int8_t)((w->key[j] + (right ? 0 : wrong)) % OPTIONS);
        }
    }
}

static int make_world(size_t persons, int items, uint64_t seed, world *w)
{
    w->answer = malloc(persons * (size_t)items);
    w->n_options = malloc((size_t)items);
    w->key = malloc((size_t)items);
    if (w->answer == NULL || w->n_options == NULL || w->key == NULL) {
        return 1;
    }
    for (int j = 0; j < items; j++) {
        w->n_options[j] = OPTIONS;
        w->key[j] = (int8_t)(j * 7 % OPTIONS);
    }
    answer_all(w, persons, items, seed);
    w->r = (oko_responses){
        .n_persons = persons, .n_items = items, .answer = w->answer, .n_options = w->n_options, .key = w->key
    };
    return 0;
}

static int fit_world(world *w)
{
    double begin = now();
    if (oko_option_curves(&w->r, NULL, &w->probs) != OKO_OK) {
        return 1;
    }
    printf("option curves %zu x %d: %.3f s\n", w->r.n_persons, w->r.n_items, now() - begin);
    return 0;
}

static void free_world(world *w)
{
    oko_option_probs_free(w->probs);
    free(w->answer);
    free(w->n_options);
    free(w->key);
}

/* What a straightforward C loop does for GBT: q, then the whole distribution of every pair. Returns the smallest p. */
static double floor_gbt(const world *w)
{
    double least = 1;
    double f[OKO_RESPONSES_MAX_ITEMS + 1];
    int items = w->r.n_items;
    for (size_t a = 0; a < w->r.n_persons; a++) {
        const double *pa = oko_option_probs_of(w->probs, a);
        for (size_t b = a + 1; b < w->r.n_persons; b++) {
            const double *pb = oko_option_probs_of(w->probs, b);
            int matches = 0;
            memset(f, 0, sizeof f);
            f[0] = 1;
            for (int j = 0; j < items; j++) {
                double q = 0;
                for (int t = w->probs->offset[j]; t < w->probs->offset[j + 1]; t++) {
                    q += pa[t] * pb[t];
                }
                matches += w->answer[a * (size_t)items + (size_t)j] == w->answer[b * (size_t)items + (size_t)j];
                for (int m = j + 1; m >= 1; m--) {
                    f[m] = f[m] * (1 - q) + f[m - 1] * q;
                }
                f[0] *= 1 - q;
            }
            double p = 0;
            for (int m = items; m >= matches; m--) {
                p += f[m];
            }
            least = p < least ? p : least;
        }
    }
    return least;
}

/* The same for ω: both directions of every pair. */
static double floor_omega(const world *w)
{
    double most = 0;
    int items = w->r.n_items;
    for (size_t a = 0; a < w->r.n_persons; a++) {
        const double *pa = oko_option_probs_of(w->probs, a);
        for (size_t b = a + 1; b < w->r.n_persons; b++) {
            const double *pb = oko_option_probs_of(w->probs, b);
            double matches = 0, mean_a = 0, var_a = 0, mean_b = 0, var_b = 0;
            for (int j = 0; j < items; j++) {
                int x = w->answer[a * (size_t)items + (size_t)j];
                int y = w->answer[b * (size_t)items + (size_t)j];
                double given_a = pb[w->probs->offset[j] + x];
                double given_b = pa[w->probs->offset[j] + y];
                matches += x == y;
                mean_a += given_a;
                var_a += given_a * (1 - given_a);
                mean_b += given_b;
                var_b += given_b * (1 - given_b);
            }
            double omega = fmax((matches - mean_a) / sqrt(var_a), (matches - mean_b) / sqrt(var_b));
            most = omega > most ? omega : most;
        }
    }
    return most;
}

typedef struct task {
    const char *name;
    unsigned stats;
    bool exact;
    int threads, rounds;
} task;

static int run_task(const world *w, const task *t)
{
    double best = 1e9;
    uint64_t compared = 0;
    size_t kept = 0;
    for (int round = 0; round < t->rounds; round++) {
        oko_pairs_options options = { .stats = t->stats, .exact = t->exact, .threads = t->threads, .keep_p = 1e-6 };
        oko_pairs *pairs = NULL;
        double begin = now();
        if (oko_pairs_all(&w->r, w->probs, &options, &pairs) != OKO_OK) {
            return 1;
        }
        double took = now() - begin;
        best = took < best ? took : best;
        compared = pairs->n_compared;
        kept = pairs->n;
        oko_pairs_free(pairs);
    }
    printf("  %-34s %8.3f s  %7.1f M pairs/s  (%zu kept, threads %d)\n", t->name, best, (double)compared / best / 1e6,
           kept, t->threads);
    return 0;
}

static void run_floor(const char *name, double (*floor)(const world *), const world *w)
{
    double best = 1e9;
    double value = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double begin = now();
        value = floor(w);
        double took = now() - begin;
        best = took < best ? took : best;
    }
    printf("  %-34s %8.3f s  (extreme %.3g)\n", name, best, value);
}

static int bench_small(void)
{
    static const task tasks[] = {
        { "omega, both directions", OKO_PAIR_OMEGA, false, 1, 5 },
        { "GBT, exact for every pair", OKO_PAIR_GBT, true, 1, 5 },
        { "GBT, screened", OKO_PAIR_GBT, false, 1, 5 },
        { "weighted omega", OKO_PAIR_WOMEGA, false, 1, 5 },
        { "M4, screened", OKO_PAIR_M4, false, 1, 3 },
        { "M4, exact for every pair", OKO_PAIR_M4, true, 1, 1 },
    };
    world w = { .probs = NULL };
    int failed = make_world(1000, 40, 40, &w) != 0 || fit_world(&w) != 0;
    if (failed == 0) {
        run_floor("plain loop: omega", floor_omega, &w);
        run_floor("plain loop: GBT", floor_gbt, &w);
    }
    for (size_t t = 0; failed == 0 && t < sizeof tasks / sizeof tasks[0]; t++) {
        failed = run_task(&w, &tasks[t]);
    }
    free_world(&w);
    return failed;
}

static int bench_large(void)
{
    static const task tasks[] = {
        { "GBT, screened", OKO_PAIR_GBT, false, 2, 1 },
        { "omega, both directions", OKO_PAIR_OMEGA, false, 2, 1 },
        { "GBT and omega, screened", OKO_PAIR_GBT | OKO_PAIR_OMEGA, false, 2, 1 },
    };
    world w = { .probs = NULL };
    int failed = make_world(10000, 60, 40, &w) != 0 || fit_world(&w) != 0;
    for (size_t t = 0; failed == 0 && t < sizeof tasks / sizeof tasks[0]; t++) {
        failed = run_task(&w, &tasks[t]);
    }
    free_world(&w);
    printf("peak memory %.1f MB\n", peak_mb());
    return failed;
}

/* ---- power ---- */

enum { POWER_PERSONS = 500, POWER_ITEMS = 40, POWER_WORLDS = 20, POWER_PAIRS = 20, STATS = 4, LEVELS = 3 };
static const unsigned STAT[STATS] = { OKO_PAIR_GBT, OKO_PAIR_OMEGA, OKO_PAIR_WOMEGA, OKO_PAIR_M4 };
static const double LEVEL[LEVELS] = { .01, .001, .05 / (POWER_PERSONS * (POWER_PERSONS - 1) / 2) };

/* Person 2k + 1 copies `n` items of person 2k, k < POWER_PAIRS, each set of items drawn anew. */
static void plant(world *w, int n, uint64_t seed)
{
    oko_rng rng = oko_rng_make(seed, 99);
    for (size_t k = 0; k < POWER_PAIRS; k++) {
        int item[POWER_ITEMS];
        for (int j = 0; j < POWER_ITEMS; j++) {
            item[j] = j;
        }
        for (int j = 0; j < n; j++) {
            int other = j + (int)oko_rng_below(&rng, (uint32_t)(POWER_ITEMS - j));
            int chosen = item[other];
            item[other] = item[j];
            item[j] = chosen;
            w->answer[(2 * k + 1) * POWER_ITEMS + (size_t)chosen] = w->answer[2 * k * POWER_ITEMS + (size_t)chosen];
        }
    }
}

static int power_world(int copied, uint64_t seed, double planted[STATS][LEVELS], double honest[STATS][LEVELS])
{
    world w = { .probs = NULL };
    oko_pairs *pairs = NULL;
    oko_pairs_options options = { .stats = OKO_PAIR_ALL, .exact = true, .keep_p = 1 };
    int failed = make_world(POWER_PERSONS, POWER_ITEMS, seed, &w);
    if (failed == 0) {
        plant(&w, copied, seed);
        failed = oko_option_curves(&w.r, NULL, &w.probs) != OKO_OK ||
                 oko_pairs_all(&w.r, w.probs, &options, &pairs) != OKO_OK;
    }
    for (size_t k = 0; failed == 0 && k < pairs->n; k++) {
        const oko_pair *pair = &pairs->pair[k];
        bool of_copying = pair->a < 2 * POWER_PAIRS && pair->a % 2 == 0 && pair->b == pair->a + 1;
        for (size_t s = 0; s < STATS; s++) {
            for (size_t l = 0; l < LEVELS; l++) {
                (of_copying ? planted : honest)[s][l] += oko_pair_p(pair, STAT[s]) <= LEVEL[l];
            }
        }
    }
    oko_pairs_free(pairs);
    free_world(&w);
    return failed;
}

static int bench_power(void)
{
    static const char *const name[STATS] = { "GBT", "omega", "weighted omega", "M4" };
    static const int copied[] = { 12, 16, 20, 28 };
    double pairs = POWER_WORLDS * (POWER_PERSONS * (POWER_PERSONS - 1) / 2. - POWER_PAIRS);
    for (size_t c = 0; c < sizeof copied / sizeof copied[0]; c++) {
        double planted[STATS][LEVELS] = { { 0 } };
        double honest[STATS][LEVELS] = { { 0 } };
        for (int k = 0; k < POWER_WORLDS; k++) {
            if (power_world(copied[c], 1000 + (uint64_t)k, planted, honest) != 0) {
                return 1;
            }
        }
        printf("%d of %d items copied: share of pairs found at .01, .001, Bonferroni .05 | of honest pairs\n",
               copied[c], POWER_ITEMS);
        for (size_t s = 0; s < STATS; s++) {
            double n = POWER_WORLDS * POWER_PAIRS;
            printf("  %-15s %.2f  %.2f  %.2f | %.4f  %.5f  %.1e\n", name[s], planted[s][0] / n, planted[s][1] / n,
                   planted[s][2] / n, honest[s][0] / pairs, honest[s][1] / pairs, honest[s][2] / pairs);
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    if (strcmp(what, "power") == 0) {
        return bench_power();
    }
    int failed = strcmp(what, "large") != 0 ? bench_small() : 0;
    return failed != 0 || strcmp(what, "small") == 0 ? failed : bench_large();
}
