/*
 * Detection: power by planted kind at a true 1 % of false positives, honest false positives at nominal 1 %, false
 * discoveries, attribution and bias of effects, on made-up regions (oko/simulate.h); peers on the same worlds.
 *
 * bench_detection [--worlds N] [--arm low|high|icc05|all] [--sizes 20|all] [--short] [--schools N] [--seed N]
 *                 [--planted SHARE] [--threads N]
 */
#include "detection_peers.h"

#include "base/memory.h"

#include <oko/simulate.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TESTS = 4, ITEMS = 40, CUTS = 3, SCORES = OKO_FAMILY_COUNT + 1 + PEERS, BANDS = 4, FIFTHS = 5 };

static int16_t item_max[ITEMS];
static const int16_t cuts[CUTS] = { 15, 22, 29 };

typedef struct arm {
    const char *name;
    double school, class, pupil, item, severity;
} arm;
static const arm arms[] = { { "low", .34, .23, .80, .20, .10 },
                            { "high", .48, .45, 1.0, .40, .10 },
                            { "icc05", .16, .12, .87, .30, .10 } };
enum { ARMS = sizeof arms / sizeof arms[0] };

static const char *const score_names[SCORES] = { "level", "threshold",  "roster",     "pattern",       "time",
                                                 "all",   "class mean", "fioko-2019", "fuzzy INVALSI", "Jacob-Levitt" };

/* One judged group. */
typedef struct judged {
    int plant, n;
    bool selective;
    double ability;       /* mean honest total of those present */
    double score[SCORES]; /* smaller = more suspicious */
    double p, q, stat[OKO_STAT_COUNT];
    int family;
    double marks, true_marks, lifted, true_lifted, absent, true_absent;
    bool fioko;
} judged;

typedef struct tally {
    judged *row;
    size_t n, cap;
    int fdp_worlds;
    double fdp[2];
} tally;

/* Groups of one world with arrays of their own. */
typedef struct world {
    oko_sign_group *group;
    judged *truth;
    size_t n, cap;
} world;

static void fail(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static void *copy(const void *from, size_t bytes)
{
    void *to = malloc(bytes > 0 ? bytes : 1);
    if (to == NULL) {
        fail("memory");
    }
    memcpy(to, from, bytes);
    return to;
}

static oko_status take(void *ctx, const oko_world_class *c)
{
    world *w = ctx;
    if (w->n == w->cap) {
        w->cap = w->cap > 0 ? 2 * w->cap : 1024;
        w->group = realloc(w->group, w->cap * sizeof *w->group);
        w->truth = realloc(w->truth, w->cap * sizeof *w->truth);
        if (w->group == NULL || w->truth == NULL) {
            fail("memory");
        }
    }
    size_t n = (size_t)c->n;
    w->group[w->n] = (oko_sign_group){ .test = c->test,
                                       .unit = (uint32_t)(c->school * 8 + c->class_index),
                                       .parent = (uint32_t)c->school,
                                       .n = c->n,
                                       .total = copy(c->total, n * sizeof *c->total),
                                       .items = copy(c->items, n * ITEMS),
                                       .journal = copy(c->journal, n),
                                       .pupil = copy(c->pupil, n * sizeof *c->pupil) };
    judged *t = &w->truth[w->n++];
    *t = (judged){ .plant = (int)c->plant, .n = c->n, .selective = c->selective };
    double present = 0;
    double honest = 0;
    for (int i = 0; i < c->n; i++) {
        if (c->total[i] >= 0) {
            present++;
            honest += c->honest_total[i];
            t->true_marks += c->total[i] - c->honest_total[i];
            t->true_lifted += c->total[i] != c->honest_total[i];
        }
    }
    t->ability = present > 0 ? honest / present : 0;
    t->true_marks = present > 0 ? t->true_marks / present : 0;
    t->true_absent = c->plant == OKO_PLANT_EXCLUSION ? c->strength : 0;
    return OKO_OK;
}

static void world_clear(world *w)
{
    for (size_t i = 0; i < w->n; i++) {
        free((void *)(uintptr_t)w->group[i].total);
        free((void *)(uintptr_t)w->group[i].items);
        free((void *)(uintptr_t)w->group[i].journal);
        free((void *)(uintptr_t)w->group[i].pupil);
    }
    free(w->group);
    free(w->truth);
    *w = (world){ 0 };
}

typedef struct setup {
    int worlds, schools, threads;
    uint64_t seed;
    double planted;
    bool all_sizes, peers;
    const char *arm;
} setup;

static void judge_world(const setup *s, const arm *a, uint64_t seed, tally *out)
{
    static const char *const code[TESTS] = { "2020-04-MA", "2020-04-RU", "2021-05-MA", "2021-05-RU" };
    oko_world_test tests[TESTS];
    oko_sign_test sign_tests[TESTS];
    for (int t = 0; t < TESTS; t++) {
        tests[t] = (oko_world_test){ code[t], 2020 + t / 2, 4 + t / 2, t % 2, ITEMS, item_max, CUTS, cuts };
        sign_tests[t] = (oko_sign_test){ 2020 + t / 2, 4 + t / 2, t % 2, ITEMS, ITEMS, item_max, CUTS, cuts };
    }
    oko_world_options o = OKO_WORLD_OPTIONS_INIT;
    o.seed = seed;
    o.schools = s->schools;
    o.min_class = s->all_sizes ? 5 : 20;
    o.max_class = s->all_sizes ? 30 : 20;
    o.sd_school = a->school;
    o.sd_class = a->class;
    o.sd_pupil = a->pupil;
    o.sd_item_class = a->item;
    o.sd_severity = a->severity;
    o.planted = s->planted;
    world w = { 0 };
    if (oko_simulate(&o, tests, TESTS, take, &w) != OKO_OK) {
        fail("simulate");
    }
    oko_sign *sign = calloc(w.n, sizeof *sign);
    oko_sign_null null[TESTS];
    oko_sign_options so = OKO_SIGN_OPTIONS_INIT;
    so.seed = seed;
    so.threads = s->threads;
    oko_status status = oko_signs(sign_tests, TESTS, w.group, w.n, &so, sign, null);
    if (status != OKO_OK) {
        fail(oko_status_describe(status)->text);
    }
    double *peer[PEERS];
    for (int k = 0; k < PEERS; k++) {
        peer[k] = calloc(w.n, sizeof(double));
    }
    if (s->peers) {
        peers_score(sign_tests, TESTS, w.group, w.n, peer);
    }
    if (out->n + w.n > out->cap) {
        out->cap = 2 * (out->n + w.n);
        out->row = realloc(out->row, out->cap * sizeof *out->row);
        if (out->row == NULL) {
            fail("memory");
        }
    }
    int found[2][2] = { { 0 } };
    for (size_t i = 0; i < w.n; i++) {
        judged *r = &out->row[out->n++];
        *r = w.truth[i];
        for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
            r->score[f] = sign[i].log_p[f];
        }
        memcpy(r->stat, sign[i].stat_log_p, sizeof r->stat);
        r->score[OKO_FAMILY_COUNT] = sign[i].log_p_all;
        for (int k = 0; k < PEERS; k++) {
            r->score[OKO_FAMILY_COUNT + 1 + k] = peer[k][i];
        }
        r->p = sign[i].p_all;
        r->q = sign[i].q;
        r->family = (int)sign[i].family;
        r->marks = sign[i].marks;
        r->lifted = sign[i].lifted;
        r->absent = sign[i].absent;
        for (int k = 0; k < 2; k++) {
            found[k][r->plant != 0] += r->q <= (k == 0 ? .05 : .10);
        }
    }
    for (int k = 0; k < 2; k++) {
        int all = found[k][0] + found[k][1];
        out->fdp[k] += all > 0 ? (double)found[k][0] / all : 0;
    }
    out->fdp_worlds++;
    if (out->fdp_worlds == 1) {
        printf("null of the first test: %d groups, %d left out, item x class %.2f (true %.2f), school %.2f class %.2f "
               "pupil %.2f, absence %.3f rho %.3f\n",
               null[0].n_groups, null[0].n_flagged, null[0].sd_item_group, a->item, null[0].sd_parent, null[0].sd_group,
               null[0].sd_pupil, null[0].absence, null[0].absence_rho);
    }
    for (int k = 0; k < PEERS; k++) {
        free(peer[k]);
    }
    free(sign);
    world_clear(&w);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Score below which `share` of the honest groups lie. */
static double threshold_of(const tally *t, int score, double share)
{
    double *x = malloc((t->n + 1) * sizeof *x);
    size_t n = 0;
    for (size_t i = 0; i < t->n && x != NULL; i++) {
        if (t->row[i].plant == 0 && !isnan(t->row[i].score[score])) {
            x[n++] = t->row[i].score[score];
        }
    }
    if (x == NULL || n == 0) {
        free(x);
        return -INFINITY;
    }
    qsort(x, n, sizeof *x, compare_doubles);
    double at = x[(size_t)(share * (double)n)];
    free(x);
    return at;
}

static double power_of(const tally *t, int score, double limit, int plant)
{
    double hit = 0;
    double all = 0;
    for (size_t i = 0; i < t->n; i++) {
        const judged *r = &t->row[i];
        if ((plant == 0 ? r->plant != 0 : r->plant == plant)) {
            all++;
            hit += r->score[score] < limit;
        }
    }
    return all > 0 ? hit / all : NAN;
}

static void print_power(const tally *t, double share, bool peers)
{
    printf("\nPower at achieved %.1f %% of honest groups\n\n| %-13s |", 100 * share, "score");
    for (int k = 1; k < OKO_PLANT_COUNT; k++) {
        printf(" %-10s |", oko_plant_name((oko_plant)k));
    }
    printf(" all  |\n");
    for (int s = 0; s < (peers ? SCORES : SCORES - PEERS); s++) {
        double limit = threshold_of(t, s, share);
        printf("| %-13s |", score_names[s]);
        for (int k = 1; k < OKO_PLANT_COUNT; k++) {
            printf(" %10.3f |", power_of(t, s, limit, k));
        }
        printf(" %.3f |\n", power_of(t, s, limit, 0));
    }
}

/* Of the single statistics: honest share below nominal 1 %, and power at the achieved 1 %. */
static void print_statistics(const tally *t)
{
    printf("\n| %-12s | FPR@1%% |", "statistic");
    for (int k = 1; k < OKO_PLANT_COUNT; k++) {
        printf(" %-10s |", oko_plant_name((oko_plant)k));
    }
    printf("  (power at achieved 1 %%)\n");
    double *x = malloc((t->n + 1) * sizeof *x);
    for (int s = 0; s < OKO_STAT_COUNT && x != NULL; s++) {
        size_t n = 0;
        double below = 0;
        for (size_t i = 0; i < t->n; i++) {
            if (t->row[i].plant == 0 && !isnan(t->row[i].stat[s])) {
                x[n++] = t->row[i].stat[s];
                below += t->row[i].stat[s] < log(.01);
            }
        }
        if (n == 0) {
            continue;
        }
        qsort(x, n, sizeof *x, compare_doubles);
        double limit = x[n / 100];
        printf("| %-12s | %.4f |", oko_statistic_name((oko_statistic)s), below / (double)n);
        for (int k = 1; k < OKO_PLANT_COUNT; k++) {
            double hit = 0;
            double all = 0;
            for (size_t i = 0; i < t->n; i++) {
                all += t->row[i].plant == k;
                hit += t->row[i].plant == k && t->row[i].stat[s] < limit;
            }
            printf(" %10.3f |", all > 0 ? hit / all : NAN);
        }
        printf("\n");
    }
    free(x);
}

static void print_share(const char *label, const tally *t, const double *low, const double *high, int by,
                        bool selective)
{
    double below = 0;
    double all = 0;
    double family[OKO_FAMILY_COUNT] = { 0 };
    double known[OKO_FAMILY_COUNT] = { 0 };
    for (size_t i = 0; i < t->n; i++) {
        const judged *r = &t->row[i];
        double value = by == 0 ? r->n : r->ability;
        if (r->plant != 0 || isnan(r->p) || (low != NULL && (value < *low || value >= *high)) ||
            (selective && !r->selective)) {
            continue;
        }
        all++;
        below += r->p < .01;
        for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
            known[f] += !isnan(r->score[f]);
            family[f] += r->score[f] < log(.01);
        }
    }
    printf("| %-18s | %6.0f | %.4f |", label, all, below / all);
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        printf(" %.4f |", family[f] / known[f]);
    }
    printf("\n");
}

static void print_honest(const tally *t, bool peers)
{
    printf("\nHonest groups with p < .01 (nominal 1 %%)\n\n| %-18s | groups | all    | level  | thresh | roster | "
           "pattern| "
           "time   |\n",
           "honest");
    print_share("all", t, NULL, NULL, 0, false);
    const double size[BANDS + 1] = { 5, 10, 15, 22, 1000 };
    for (int b = 0; b < BANDS; b++) {
        char label[40];
        snprintf(label, sizeof label, "%.0f-%.0f pupils", size[b], size[b + 1] - 1);
        bool any = false;
        for (size_t i = 0; i < t->n; i++) {
            any = any || (t->row[i].n >= size[b] && t->row[i].n < size[b + 1]);
        }
        if (any) {
            print_share(label, t, &size[b], &size[b + 1], 0, false);
        }
    }
    double *x = malloc((t->n + 1) * sizeof *x);
    for (size_t i = 0; i < t->n && x != NULL; i++) {
        x[i] = t->row[i].ability;
    }
    if (x != NULL) {
        qsort(x, t->n, sizeof *x, compare_doubles);
        for (size_t f = 0; f < FIFTHS; f++) {
            char label[40];
            double low = x[f * t->n / FIFTHS];
            double high = f + 1 == FIFTHS ? INFINITY : x[(f + 1) * t->n / FIFTHS];
            snprintf(label, sizeof label, "ability fifth %d", (int)f + 1);
            print_share(label, t, &low, &high, 1, false);
        }
    }
    free(x);
    print_share("selective schools", t, NULL, NULL, 0, true);
    if (!peers) {
        return;
    }
    double marked[2] = { 0 };
    double all[2] = { 0 };
    for (size_t i = 0; i < t->n; i++) {
        int planted = t->row[i].plant != 0;
        all[planted]++;
        marked[planted] += t->row[i].score[OKO_FAMILY_COUNT + 1 + PEER_FIOKO] < 0;
    }
    printf("\nThe interval of 2019 as published marks %.3f of the honest groups", marked[0] / all[0]);
    if (all[1] > 0) {
        printf(" and %.3f of the planted ones", marked[1] / all[1]);
    }
    printf("\n");
}

/* Families that name a planted kind rightly. */
static bool named_rightly(int plant, int family)
{
    switch ((oko_plant)plant) {
    case OKO_PLANT_BUNCHING:
        return family == OKO_FAMILY_THRESHOLD;
    case OKO_PLANT_EXCLUSION:
        return family == OKO_FAMILY_ROSTER;
    case OKO_PLANT_UPLIFT:
        return family == OKO_FAMILY_LEVEL || family == OKO_FAMILY_TIME || family == OKO_FAMILY_PATTERN;
    case OKO_PLANT_CORRECTION:
        return family == OKO_FAMILY_LEVEL || family == OKO_FAMILY_PATTERN;
    case OKO_PLANT_DICTATION:
    case OKO_PLANT_COPYING:
        return family == OKO_FAMILY_PATTERN;
    case OKO_PLANT_NONE:
    case OKO_PLANT_COUNT:
    default:
        return false;
    }
}

static void print_attribution(const tally *t)
{
    printf(
        "\nAttribution of planted groups with q <= .10 (share rightly named), and effects over all planted groups\n\n"
        "| %-10s | found | named | level thres roster patt time | effect      | estimate | truth | ratio |\n",
        "planted");
    double right_all = 0;
    double found_all = 0;
    for (int k = 1; k < OKO_PLANT_COUNT; k++) {
        double found = 0;
        double right = 0;
        double by[OKO_FAMILY_COUNT] = { 0 };
        double estimate = 0;
        double truth = 0;
        double n = 0;
        for (size_t i = 0; i < t->n; i++) {
            const judged *r = &t->row[i];
            if (r->plant != k) {
                continue;
            }
            double e = k == OKO_PLANT_EXCLUSION ? r->absent : k == OKO_PLANT_BUNCHING ? r->lifted : r->marks;
            double v = k == OKO_PLANT_EXCLUSION  ? r->true_absent
                       : k == OKO_PLANT_BUNCHING ? r->true_lifted
                                                 : r->true_marks;
            if (!isnan(e)) {
                estimate += e;
                truth += v;
                n++;
            }
            if (r->q <= .10) {
                found++;
                right += named_rightly(k, r->family);
                by[r->family]++;
            }
        }
        right_all += right;
        found_all += found;
        printf("| %-10s | %5.0f | %.3f | %.2f %.2f %.2f %.2f %.2f | %-11s | %8.2f | %5.2f | %5.2f |\n",
               oko_plant_name((oko_plant)k), found, right / found, by[0] / found, by[1] / found, by[2] / found,
               by[3] / found, by[4] / found,
               k == OKO_PLANT_EXCLUSION  ? "absent"
               : k == OKO_PLANT_BUNCHING ? "works"
                                         : "marks/pupil",
               estimate / n, truth / n, estimate / truth);
    }
    printf("| %-10s | %5.0f | %.3f |\n", "all", found_all, right_all / found_all);
    printf("\nFalse discovery proportion, mean over worlds (4 tests each): q <= .05 %.4f, q <= .10 %.4f\n",
           t->fdp[0] / t->fdp_worlds, t->fdp[1] / t->fdp_worlds);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void run_arm(const setup *s, const arm *a)
{
    printf(
        "\n## Arm %s: SD school %.2f, class %.2f, pupil %.2f, item x class %.2f; %d worlds of %d schools, classes of "
        "%s, %d items, %.0f %% planted\n\n",
        a->name, a->school, a->class, a->pupil, a->item, s->worlds, s->schools, s->all_sizes ? "5-30" : "20", ITEMS,
        100 * s->planted);
    tally t = { 0 };
    double start = now();
    for (int k = 0; k < s->worlds; k++) {
        judge_world(s, a, s->seed + (uint64_t)k, &t);
    }
    printf("%zu groups, %.2f s\n", t.n, now() - start);
    if (s->planted > 0) {
        print_power(&t, .01, s->peers);
        print_power(&t, .001, s->peers);
    }
    print_statistics(&t);
    print_honest(&t, s->peers);
    if (s->planted > 0) {
        print_attribution(&t);
    }
    free(t.row);
}

int main(int argc, char **argv)
{
    setup s = { .worlds = 6, .schools = 200, .seed = 1, .planted = .10, .peers = true, .arm = "all" };
    for (int j = 0; j < ITEMS; j++) {
        item_max[j] = 1;
    }
    for (int k = 1; k < argc; k++) {
        const char *value = k + 1 < argc ? argv[k + 1] : "";
        if (strcmp(argv[k], "--short") == 0) {
            s.worlds = 1;
            continue;
        }
        if (strcmp(argv[k], "--worlds") == 0) {
            s.worlds = atoi(value);
        } else if (strcmp(argv[k], "--schools") == 0) {
            s.schools = atoi(value);
        } else if (strcmp(argv[k], "--seed") == 0) {
            s.seed = (uint64_t)atoll(value);
        } else if (strcmp(argv[k], "--arm") == 0) {
            s.arm = value;
        } else if (strcmp(argv[k], "--sizes") == 0) {
            s.all_sizes = strcmp(value, "all") == 0;
        } else if (strcmp(argv[k], "--planted") == 0) {
            s.planted = atof(value);
        } else if (strcmp(argv[k], "--threads") == 0) {
            s.threads = atoi(value);
        } else if (strcmp(argv[k], "--peers") == 0) {
            s.peers = atoi(value) != 0;
        } else {
            fail("bench_detection [--worlds N] [--arm low|high|icc05|all] [--sizes 20|all] [--short] [--schools N] "
                 "[--seed N] [--planted SHARE] [--threads N] [--peers 0|1]");
        }
        k++;
    }
    for (int k = 0; k < ARMS; k++) {
        if (strcmp(s.arm, "all") == 0 || strcmp(s.arm, arms[k].name) == 0) {
            run_arm(&s, &arms[k]);
        }
    }
    return 0;
}
