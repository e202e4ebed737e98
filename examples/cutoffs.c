/*
 * liboko from another program: how many works were lifted over the cut-offs of a score histogram?
 *
 *     cc cutoffs.c $(pkg-config --cflags --libs oko) -o cutoffs
 *     printf '%s\n' 155 395 562 … | ./cutoffs 7 11 15
 *
 * Standard input: the number of works with total 0, 1, 2, …, one per line. Arguments: lowest score of each higher mark.
 */
#include <oko/state.h>
#include <oko/threshold.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_SCORES = 1001 };

static int fail(const char *what, oko_status status)
{
    fprintf(stderr, "cutoffs: %s: %s\n", what, oko_status_describe(status)->text);
    return oko_status_describe(status)->exit_code;
}

/* Numbers of works by total; returns how many totals there are. */
static int read_counts(int64_t counts[MAX_SCORES])
{
    int n = 0;
    while (n < MAX_SCORES && scanf("%" SCNd64, &counts[n]) == 1) {
        n++;
    }
    return n;
}

static void print_result(const oko_threshold_result *r)
{
    printf("cutoff,lifted,lo,hi,p\n");
    for (int i = 0; i < r->n_cutoffs; i++) {
        const oko_threshold_cutoff *at = &r->at[i];
        printf("%d,%.1f,%.1f,%.1f,%.3g\n", at->cutoff, at->lifted, at->lifted_lo, at->lifted_hi, at->p);
    }
}

int main(int argc, char **argv)
{
    int64_t counts[MAX_SCORES];
    int16_t cutoffs[OKO_THRESHOLD_MAX_CUTOFFS];
    int n = read_counts(counts);
    int n_cutoffs = argc - 1;
    if (n < 2 || n_cutoffs < 1 || n_cutoffs > OKO_THRESHOLD_MAX_CUTOFFS) {
        return fail("usage: cutoffs SCORE… < counts", OKO_E_ARGUMENT);
    }
    for (int i = 0; i < n_cutoffs; i++) {
        cutoffs[i] = (int16_t)atoi(argv[i + 1]);
    }

    oko_state *region = NULL;
    oko_counterfactual *cf = NULL;
    oko_threshold_result result;
    oko_status status = oko_state_new(&(oko_shape){ .max_total = n - 1 }, &region);
    if (status == OKO_OK) {
        status = oko_state_add_histogram(region, counts);
    }
    if (status == OKO_OK) {
        const oko_state *schools[] = { region };
        oko_threshold_spec spec = { .max_total = n - 1, .n_cutoffs = n_cutoffs, .cutoffs = cutoffs };
        status = oko_threshold_fit(&spec, 1, schools, &(oko_threshold_options){ .seed = 1 }, &cf, &result);
    }
    if (status == OKO_OK) {
        print_result(&result);
    }
    oko_counterfactual_free(cf);
    oko_state_free(region);
    return status == OKO_OK ? 0 : fail("cut-offs", status);
}
