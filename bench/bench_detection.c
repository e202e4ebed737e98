/*
 * Detection on made-up regions (oko/simulate.h): power by planted kind at a true 1 % and .1 % of false positives, areas
 * under the curve, honest false positives at nominal 1 % by size, true ability and own result, false discoveries,
 * precision of the head of the list, attribution and bias of effects; peers on the same worlds.
 */
#include "clock.h"
#include "detection_judge.h"
#include "detection_tables.h"

static const char usage[] = "bench_detection [--short] [--worlds N] [--schools N] [--seed N] [--threads N]\n"
                            "  [--arm low|high|icc05|selective|all] [--sizes 20|all] [--planted SHARE] [--mass SHARE]\n"
                            "  [--kinds six|all] [--single 0|1: one test, no journal] [--peers 0|1]\n"
                            "  [--by class|school] [--tests 1..4] [--items 40|16]";

static void run_arm(const setup *s, const arm *a)
{
    printf("\n## Arm %s: SD school %.2f, class %.2f, pupil %.2f, item x class %.2f, %.0f %% selective; seeds "
           "%llu…%llu, %d "
           "schools, classes of %s, judged by %s, %d tests of %d items, %.0f %% planted%s%s\n\n",
           a->name, a->school, a->class, a->pupil, a->item, 100 * a->selective, (unsigned long long)s->seed,
           (unsigned long long)s->seed + (unsigned)s->worlds - 1, s->schools, s->all_sizes ? "5-30" : "20",
           s->by_school ? "school" : "class", s->tests, s->paper->n_items, 100 * s->planted,
           s->mass > 0 ? ", and the mass" : "", s->single ? "; no journal" : "");
    tally t = { 0 };
    double start = now();
    for (int k = 0; k < s->worlds; k++) {
        world_judge(s, a, s->seed + (uint64_t)k, &t);
    }
    printf("%zu groups, %.2f s\n", t.n, now() - start);
    print_tables(&t, s->planted > 0 || s->mass > 0, s->peers);
    free(t.row);
}

static bool read_option(setup *s, const char *name, const char *value)
{
    if (strcmp(name, "--worlds") == 0) {
        s->worlds = atoi(value);
    } else if (strcmp(name, "--schools") == 0) {
        s->schools = atoi(value);
    } else if (strcmp(name, "--seed") == 0) {
        s->seed = (uint64_t)atoll(value);
    } else if (strcmp(name, "--threads") == 0) {
        s->threads = atoi(value);
    } else if (strcmp(name, "--arm") == 0) {
        s->arm = value;
    } else if (strcmp(name, "--sizes") == 0) {
        s->all_sizes = strcmp(value, "all") == 0;
    } else if (strcmp(name, "--planted") == 0) {
        s->planted = atof(value);
    } else if (strcmp(name, "--mass") == 0) {
        s->mass = atof(value);
    } else if (strcmp(name, "--kinds") == 0) {
        s->all_kinds = strcmp(value, "all") == 0;
    } else if (strcmp(name, "--single") == 0) {
        s->single = atoi(value) != 0;
        s->tests = s->single ? 1 : s->tests;
    } else if (strcmp(name, "--by") == 0) {
        s->by_school = strcmp(value, "school") == 0;
    } else if (strcmp(name, "--tests") == 0) {
        s->tests = atoi(value) >= 1 && atoi(value) <= TESTS ? atoi(value) : TESTS;
    } else if (strcmp(name, "--items") == 0) {
        s->paper = &papers[strcmp(value, "16") == 0];
    } else if (strcmp(name, "--peers") == 0) {
        s->peers = atoi(value) != 0;
    } else {
        return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    setup s = { .worlds = 6,
                .schools = 300,
                .seed = 1,
                .planted = .10,
                .peers = true,
                .all_kinds = true,
                .arm = "all",
                .tests = TESTS,
                .paper = &papers[0] };
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "--short") == 0) {
            s.worlds = 1;
            s.schools = 100;
            s.arm = "high";
            continue;
        }
        if (k + 1 == argc || !read_option(&s, argv[k], argv[k + 1])) {
            fail(usage);
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
