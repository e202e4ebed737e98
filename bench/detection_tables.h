/* Tables of bench_detection. */
#ifndef OKO_BENCH_DETECTION_TABLES_H
#define OKO_BENCH_DETECTION_TABLES_H

#include "detection_world.h"

#include <oko/proportion.h>

enum { BANDS = 6, FIFTHS = 5, TAILS = 3 };
#define HONEST_BOUND .012

static inline int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static inline double *table_numbers(size_t n)
{
    double *x = malloc((n + 1) * sizeof *x);
    if (x == NULL) {
        fail("memory");
    }
    return x;
}

/* Score or (from SCORES on) statistic of a row. */
static inline double value_of(const judged *r, int score)
{
    return score < SCORES ? r->score[score] : r->stat[score - SCORES];
}

/* Which kinds were planted in these rows. */
static inline void kinds_of(const tally *t, bool ret[OKO_PLANT_COUNT])
{
    memset(ret, 0, OKO_PLANT_COUNT * sizeof *ret);
    for (size_t i = 0; i < t->n; i++) {
        ret[t->row[i].plant] = true;
    }
}

/* Values of the honest groups, sorted. */
static inline size_t honest_values(const tally *t, int score, double *ret)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++) {
        double v = value_of(&t->row[i], score);
        if (t->row[i].plant == 0 && !isnan(v)) {
            ret[n++] = v;
        }
    }
    qsort(ret, n, sizeof *ret, compare_doubles);
    return n;
}

static inline double power_of(const tally *t, int score, double limit, int plant)
{
    double hit = 0;
    double all = 0;
    for (size_t i = 0; i < t->n; i++) {
        const judged *r = &t->row[i];
        if ((plant == 0 ? r->plant != 0 : r->plant == plant)) {
            all++;
            hit += value_of(r, score) < limit;
        }
    }
    return all > 0 ? hit / all : NAN;
}

/* Area under the curve of planted against honest; what could not be computed counts as least suspicious. */
static inline double auc_of(const tally *t, int score, const double *honest, size_t n_honest, size_t n_missing,
                            int plant)
{
    double sum = 0;
    double all = 0;
    for (size_t i = 0; i < t->n; i++) {
        const judged *r = &t->row[i];
        if (r->plant == 0 || (plant != 0 && r->plant != plant)) {
            continue;
        }
        double v = value_of(r, score);
        size_t low = 0; /* honest values below v */
        size_t high = n_honest;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (isnan(v) || honest[middle] < v) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        size_t ties = 0;
        while (!isnan(v) && low + ties < n_honest && honest[low + ties] <= v) {
            ties++;
        }
        double above =
            isnan(v) ? .5 * (double)n_missing : (double)(n_honest - low - ties + n_missing) + .5 * (double)ties;
        sum += above / (double)(n_honest + n_missing);
        all++;
    }
    return all > 0 ? sum / all : NAN;
}

static inline void print_head(const char *first, const bool *kind, const char *last)
{
    printf("\n| %-13s |", first);
    for (int k = 1; k < OKO_PLANT_COUNT; k++) {
        if (kind[k]) {
            printf(" %-10s |", oko_plant_name((oko_plant)k));
        }
    }
    printf(" %s |\n", last);
}

/* Power at the score below which `share` of the honest groups lie; share 0: the area under the curve. */
static inline void print_line(const tally *t, int score, const char *name, double share, const bool *kind, double *x)
{
    size_t n = honest_values(t, score, x);
    if (n == 0) {
        return;
    }
    size_t honest = 0;
    for (size_t i = 0; i < t->n; i++) {
        honest += t->row[i].plant == 0;
    }
    double limit = x[(size_t)(share * (double)n)];
    printf("| %-13s |", name);
    for (int k = 1; k <= OKO_PLANT_COUNT; k++) {
        int plant = k < OKO_PLANT_COUNT ? k : 0;
        if (plant == 0 || kind[plant]) {
            printf(plant == 0 ? " %5.3f" : " %10.3f |",
                   share > 0 ? power_of(t, score, limit, plant) : auc_of(t, score, x, n, honest - n, plant));
        }
    }
    printf(" |\n");
}

static inline void print_power(const tally *t, double share, bool peers)
{
    double *x = table_numbers(t->n);
    bool kind[OKO_PLANT_COUNT];
    kinds_of(t, kind);
    if (share > 0) {
        printf("\nPower at achieved %.1f %% of honest groups\n", 100 * share);
    } else {
        printf("\nArea under the curve\n");
    }
    print_head("score", kind, "all  ");
    for (int s = 0; s < (peers ? SCORES : SCORES - PEERS); s++) {
        print_line(t, s, score_names[s], share, kind, x);
    }
    free(x);
}

/* Of the single statistics: power at the achieved 1 %. */
static inline void print_statistics(const tally *t)
{
    double *x = table_numbers(t->n);
    bool kind[OKO_PLANT_COUNT];
    kinds_of(t, kind);
    printf("\nSingle statistics, power at achieved 1 %% of honest groups\n");
    print_head("statistic", kind, "all  ");
    for (int s = 0; s < OKO_STAT_COUNT; s++) {
        print_line(t, SCORES + s, oko_statistic_name((oko_statistic)s), .01, kind, x);
    }
    free(x);
}

/* Shares of the honest groups below nominal levels. */
static inline void print_tails(const tally *t)
{
    static const double level[TAILS] = { .01, .001, .0001 };
    double *x = table_numbers(t->n);
    printf("\nHonest groups below a nominal level, as a multiple of it\n\n| %-13s | groups | .01  | .001 | .0001 |\n",
           "score");
    for (int s = 0; s < SCORES + OKO_STAT_COUNT; s++) {
        if (s > OKO_FAMILY_COUNT && s < SCORES) {
            continue;
        }
        size_t n = honest_values(t, s, x);
        if (n == 0) {
            continue;
        }
        printf("| %-13s | %6zu |", s < SCORES ? score_names[s] : oko_statistic_name((oko_statistic)(s - SCORES)), n);
        for (int k = 0; k < TAILS; k++) {
            size_t below = 0;
            while (below < n && x[below] < log(level[k])) {
                below++;
            }
            printf(" %4.2f |", (double)below / ((double)n * level[k]));
        }
        printf("\n");
    }
    free(x);
}

typedef enum sorted_by { BY_SIZE, BY_RESULT, BY_ABILITY, BY_SELECTIVE } sorted_by;

static inline double sort_value(const judged *r, sorted_by by)
{
    return by == BY_SIZE ? r->n : by == BY_RESULT ? r->result : by == BY_ABILITY ? r->ability : r->selective;
}

/* Honest groups of one row of the table: how many were computed and how many lie below nominal 1 %, by family; the last
 * place is all families together. */
typedef struct honest_row {
    int64_t known[OKO_FAMILY_COUNT + 1], below[OKO_FAMILY_COUNT + 1];
} honest_row;

static inline void count_honest(const tally *t, sorted_by by, double low, double high, honest_row *ret)
{
    *ret = (honest_row){ .known = { 0 } };
    for (size_t i = 0; i < t->n; i++) {
        const judged *r = &t->row[i];
        double value = sort_value(r, by);
        if (r->plant != 0 || isnan(r->p) || !(value >= low && value < high)) {
            continue;
        }
        for (int f = 0; f <= OKO_FAMILY_COUNT; f++) { /* the score after the families is that of all */
            ret->known[f] += !isnan(r->score[f]);
            ret->below[f] += r->score[f] < log(.01);
        }
    }
}

/* Cells whose whole 95 % interval lies above the bound that no share may exceed. */
typedef struct honest_verdict {
    int cells, above, beyond; /* above: the share alone */
    char list[600];
} honest_verdict;

static inline void judge_cell(const char *label, int family, double share, double lo, honest_verdict *v)
{
    v->cells++;
    v->above += share > HONEST_BOUND;
    v->beyond += lo > HONEST_BOUND;
    size_t used = strlen(v->list);
    if (lo > HONEST_BOUND) {
        snprintf(v->list + used, sizeof v->list - used, " %s %s;", label, score_names[family]);
    }
}

/* Honest groups with low ≤ value < high: share below nominal 1 % and its 95 % interval (mid-p), in per cent. */
static inline void print_share(const char *label, const tally *t, sorted_by by, double low, double high,
                               honest_verdict *v)
{
    honest_row r;
    count_honest(t, by, low, high, &r);
    if (r.known[OKO_FAMILY_COUNT] < 1) {
        return;
    }
    printf("| %-20s | %6lld |", label, (long long)r.known[OKO_FAMILY_COUNT]);
    for (int k = 0; k <= OKO_FAMILY_COUNT; k++) {
        int f = (k + OKO_FAMILY_COUNT) % (OKO_FAMILY_COUNT + 1); /* all of them first */
        oko_interval ci;
        if (oko_share_midp(r.below[f], r.known[f], .05, &ci) != OKO_OK) {
            printf(" –                |");
            continue;
        }
        double share = (double)r.below[f] / (double)r.known[f];
        printf(" %4.2f [%4.2f–%4.2f] |", 100 * share, 100 * ci.lo, 100 * ci.hi);
        judge_cell(label, f, share, ci.lo, v);
    }
    printf("\n");
}

static inline void print_fifths(const tally *t, sorted_by by, const char *name, honest_verdict *v)
{
    double *x = table_numbers(t->n);
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (t->row[i].plant == 0) {
            x[n++] = sort_value(&t->row[i], by);
        }
    }
    qsort(x, n, sizeof *x, compare_doubles);
    for (size_t f = 0; f < FIFTHS && n > 0; f++) {
        char label[40];
        snprintf(label, sizeof label, "%s fifth %zu", name, f + 1);
        print_share(label, t, by, x[f * n / FIFTHS], f + 1 == FIFTHS ? INFINITY : x[(f + 1) * n / FIFTHS], v);
    }
    free(x);
}

static inline void print_verdict(const char *rows, const honest_verdict *v)
{
    printf("%s: %d cells, share above 1.2 %% in %d, whole interval above it in %d%s%s\n", rows, v->cells, v->above,
           v->beyond, v->beyond > 0 ? ":" : "", v->list);
}

static inline void print_honest(const tally *t)
{
    static const double size[BANDS + 1] = { 5, 10, 15, 22, 31, 61, 100000 };
    static const char *const size_name[BANDS] = { "5-9 pupils",   "10-14 pupils", "15-21 pupils",
                                                  "22-30 pupils", "31-60 pupils", "61 pupils and more" };
    honest_verdict v = { .list = "" };
    honest_verdict own = { .list = "" };
    printf("\nHonest groups with p < .01 (nominal 1 %%), per cent [95 %% interval]\n\n"
           "| %-20s | groups | %-16s | %-16s | %-16s | %-16s | %-16s | %-16s |\n",
           "honest", "all", "level", "threshold", "roster", "pattern", "time");
    print_share("all", t, BY_SIZE, 0, INFINITY, &v);
    for (int b = 0; b < BANDS; b++) {
        print_share(size_name[b], t, BY_SIZE, size[b], size[b + 1], &v);
    }
    print_fifths(t, BY_ABILITY, "true ability", &v);
    print_share("selective schools", t, BY_SELECTIVE, 1, 2, &v);
    print_fifths(t, BY_RESULT, "own result", &own);
    print_verdict("Known before the result", &v);
    print_verdict("Chosen by the result itself", &own);
}

static inline void print_published_interval(const tally *t)
{
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

/* Families that name a planted kind rightly. A ring is copying; open items marked up are items too good, or a level. */
static inline bool named_rightly(int plant, int family)
{
    switch ((oko_plant)plant) {
    case OKO_PLANT_BUNCHING:
    case OKO_PLANT_MASS:
        return family == OKO_FAMILY_THRESHOLD;
    case OKO_PLANT_EXCLUSION:
        return family == OKO_FAMILY_ROSTER;
    case OKO_PLANT_UPLIFT:
    case OKO_PLANT_EXAM:
        return family == OKO_FAMILY_LEVEL || family == OKO_FAMILY_TIME || family == OKO_FAMILY_PATTERN;
    case OKO_PLANT_CORRECTION:
        return family == OKO_FAMILY_LEVEL || family == OKO_FAMILY_PATTERN;
    case OKO_PLANT_LENIENT:
    case OKO_PLANT_DICTATION:
    case OKO_PLANT_COPYING:
    case OKO_PLANT_RING:
        return family == OKO_FAMILY_PATTERN;
    case OKO_PLANT_NONE:
    case OKO_PLANT_COUNT:
    default:
        return false;
    }
}

typedef struct named {
    double n, found, right, by[OKO_FAMILY_COUNT];
    double known, estimate, truth;
} named;

static inline named name_kind(const tally *t, int k)
{
    named s = { 0 };
    for (size_t i = 0; i < t->n; i++) {
        const judged *r = &t->row[i];
        if (r->plant != k) {
            continue;
        }
        bool works = k == OKO_PLANT_BUNCHING || k == OKO_PLANT_MASS;
        double e = k == OKO_PLANT_EXCLUSION ? r->absent : works ? r->lifted : r->marks;
        double v = k == OKO_PLANT_EXCLUSION ? r->true_absent : works ? r->true_lifted : r->true_marks;
        s.n++;
        if (!isnan(e)) {
            s.estimate += e;
            s.truth += v;
            s.known++;
        }
        if (r->q <= .10) {
            s.found++;
            s.right += named_rightly(k, r->family);
            s.by[r->family]++;
        }
    }
    return s;
}

static inline void print_attribution(const tally *t)
{
    printf(
        "\nPlanted groups with q <= .10, the first family of them, and effects over all planted groups, found or "
        "not\n\n"
        "| %-10s | n     | found | named | level thres roster patt time | effect      | estimate | truth | ratio |\n",
        "planted");
    double right = 0;
    double found = 0;
    for (int k = 1; k < OKO_PLANT_COUNT; k++) {
        named s = name_kind(t, k);
        if (s.n < 1) {
            continue;
        }
        right += s.right;
        found += s.found;
        double of = s.found > 0 ? s.found : NAN;
        bool works = k == OKO_PLANT_BUNCHING || k == OKO_PLANT_MASS;
        printf("| %-10s | %5.0f | %5.0f | %.3f | %.2f %.2f %.2f %.2f %.2f | %-11s | %8.2f | %5.2f | ",
               oko_plant_name((oko_plant)k), s.n, s.found, s.right / of, s.by[0] / of, s.by[1] / of, s.by[2] / of,
               s.by[3] / of, s.by[4] / of,
               k == OKO_PLANT_EXCLUSION ? "absent"
               : works                  ? "works"
                                        : "marks/pupil",
               s.estimate / s.known, s.truth / s.known);
        if (fabs(s.truth / s.known) > .3) {
            printf("%5.2f |\n", s.estimate / s.truth);
        } else {
            printf("  –   |\n");
        }
    }
    printf("| %-10s |       | %5.0f | %.3f |\n", "all", found, right / found);
}

static inline void print_lists(const tally *t)
{
    printf("\nLists (one test of one world each): %d, %.1f planted in a list\nFalse discoveries, mean over lists:",
           t->lists, t->planted_list / t->lists);
    for (int k = 0; k < LEVELS_Q; k++) {
        printf(" q <= %.2f %.4f;", q_levels[k], t->fdp_list[k] / t->lists);
    }
    printf(" over worlds (all tests of a world together):");
    for (int k = 0; k < LEVELS_Q; k++) {
        printf(" %.4f", t->fdp[k] / t->worlds);
    }
    printf("\nPlanted among the first k of a list:");
    for (int k = 0; k < TOP_KS; k++) {
        printf(" k = %d: %.3f;", top_k[k], t->precision[k] / t->lists);
    }
    printf("\n");
}

static inline void print_tables(const tally *t, bool planted, bool peers)
{
    if (planted) {
        print_power(t, .01, peers);
        print_power(t, .001, peers);
        print_power(t, 0, peers);
        print_statistics(t);
        print_attribution(t);
    }
    print_lists(t);
    print_tails(t);
    print_honest(t);
    if (peers) {
        print_published_interval(t);
    }
}

#endif
