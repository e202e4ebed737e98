/* The scale of a test as the lifting model sees it: roles of the scores, donors, landing places, spline basis. */
#include "stats/lifting.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MIN_FITTED = 9,     /* scores that the fit needs at least */
    NEIGHBOURS = 3,     /* on each side, for the search for gaps */
    MIN_NEIGHBOUR = 10, /* works that a typical neighbour must hold before an empty score means anything */
};
static const double GAP_SHARE = .2; /* of the typical neighbour: a score below that is taken as unreachable */

/* Donors below a cut-off: about a sixth of the scale, 5…10 points, never beyond the previous cut-off. */
static int donor_depth(int max_total, int cutoff, int previous)
{
    int depth = max_total / 6;
    depth = depth < 5 ? 5 : depth;
    depth = depth > 10 ? 10 : depth;
    return depth < cutoff - previous ? depth : cutoff - previous;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median of the counts of reachable neighbours; 0 when there are fewer than two on either side. */
static double typical_neighbour(const lift_scale *scale, const double *counts, int s)
{
    double seen[2 * NEIGHBOURS];
    size_t n = 0;
    for (int side = -1; side <= 1; side += 2) {
        int found = 0;
        for (int t = s + side; t >= 0 && t < scale->n && found < NEIGHBOURS; t += side) {
            if (scale->role[t] != LIFT_GAP) {
                seen[n++] = counts[t];
                found++;
            }
        }
        if (found < 2) {
            return 0;
        }
    }
    qsort(seen, n, sizeof seen[0], compare_doubles);
    return .5 * (seen[(n - 1) / 2] + seen[n / 2]);
}

/*
 * Scores that a conversion chart leaves out: far below the neighbours on both sides, more than chance explains. Just
 * below a cut-off only an (almost) empty score counts as one: lifting empties scores there, but never quite.
 */
static bool looks_like_gap(const lift_scale *scale, const double *counts, int s)
{
    double typical = typical_neighbour(scale, counts, s);
    double share = GAP_SHARE;
    for (int c = 0; c < scale->n_cutoffs; c++) {
        if (s < scale->cutoff[c] && s >= scale->cutoff[c] - 2) {
            share = .01;
        }
    }
    double missing = typical - counts[s];
    return typical >= MIN_NEIGHBOUR && counts[s] < share * typical && missing * missing > 16 * typical;
}

static void find_gaps(lift_scale *scale, const double *counts)
{
    for (int pass = 0; pass < 2; pass++) { /* the second pass sees neighbours without the gaps of the first */
        bool found[1001] = { false };
        for (int s = 1; s + 1 < scale->n; s++) {
            found[s] = scale->role[s] != LIFT_GAP && looks_like_gap(scale, counts, s);
        }
        for (int s = 1; s + 1 < scale->n; s++) {
            if (found[s]) {
                scale->role[s] = LIFT_GAP;
            }
        }
    }
}

/* Where lifted works land: the first reachable scores from the cut-off on, before the next one. */
static void place_landing(lift_scale *scale, int c, int depth)
{
    int end = c + 1 < scale->n_cutoffs ? scale->cutoff[c + 1] : scale->n;
    scale->n_landing[c] = 0;
    for (int s = scale->cutoff[c]; s < end && scale->n_landing[c] < depth; s++) {
        if (scale->role[s] == LIFT_ORDINARY) {
            scale->landing[c][scale->n_landing[c]++] = s;
        }
    }
}

static void place_cutoffs(lift_scale *scale, const oko_threshold_spec *spec)
{
    scale->n_cutoffs = spec->n_cutoffs;
    for (int c = 0; c < spec->n_cutoffs; c++) {
        scale->cutoff[c] = spec->cutoffs[c];
        int previous = c > 0 ? spec->cutoffs[c - 1] : 0;
        scale->donor_from[c] = scale->cutoff[c] - donor_depth(spec->max_total, scale->cutoff[c], previous);
    }
}

/* The ends of the scale (floor and ceiling heaps) are left out unless lifting can touch them. */
static void free_the_ends(lift_scale *scale)
{
    bool bottom = true;
    bool top = true;
    for (int c = 0; c < scale->n_cutoffs; c++) {
        bottom = bottom && scale->donor_from[c] > 0;
        top = top && scale->cutoff[c] < scale->n - 1;
    }
    if (bottom && scale->role[0] == LIFT_ORDINARY) {
        scale->role[0] = LIFT_FREE;
    }
    if (top && scale->role[scale->n - 1] == LIFT_ORDINARY) {
        scale->role[scale->n - 1] = LIFT_FREE;
    }
}

/* Uniform cubic B-splines on 0…max with `segments` intervals: the four that are not zero at each score. */
static void fill_basis(lift_scale *scale, int segments)
{
    for (int s = 0; s < scale->n; s++) {
        double at = (double)s * segments / (scale->n - 1);
        int segment = (int)at < segments ? (int)at : segments - 1;
        double u = at - segment;
        double v = 1 - u;
        double *b = scale->basis + 4 * (size_t)s;
        scale->first[s] = segment;
        b[0] = v * v * v / 6;
        b[1] = (3 * u * u * u - 6 * u * u + 4) / 6;
        b[2] = (3 * v * v * v - 6 * v * v + 4) / 6;
        b[3] = u * u * u / 6;
    }
}

static void fill_penalty(lift_scale *scale)
{
    static const double difference[4] = { -1, 3, -3, 1 };
    size_t k = (size_t)scale->n_basis;
    memset(scale->penalty, 0, sizeof scale->penalty);
    for (size_t row = 0; row + 3 < k; row++) {
        for (size_t i = 0; i < 4; i++) {
            for (size_t j = 0; j < 4; j++) {
                scale->penalty[(row + i) * k + row + j] += difference[i] * difference[j];
            }
        }
    }
}

oko_status lift_scale_make(const oko_threshold_spec *spec, const double *counts, lift_scale *ret_scale)
{
    size_t n = (size_t)spec->max_total + 1;
    lift_scale scale = { .n = spec->max_total + 1 };
    scale.role = oko_calloc_array(n, sizeof *scale.role);
    scale.first = oko_calloc_array(n, sizeof *scale.first);
    scale.basis = oko_calloc_array(n * 4, sizeof *scale.basis);
    if (scale.role == NULL || scale.first == NULL || scale.basis == NULL) {
        lift_scale_clear(&scale);
        return OKO_E_MEMORY;
    }
    for (int g = 0; g < spec->n_gaps; g++) {
        scale.role[spec->gaps[g]] = LIFT_GAP;
    }
    place_cutoffs(&scale, spec);
    find_gaps(&scale, counts);
    free_the_ends(&scale);
    int landing = spec->max_total / 12;
    landing = landing < 2 ? 2 : landing;
    for (int c = 0; c < scale.n_cutoffs; c++) {
        place_landing(&scale, c, landing < LIFT_MAX_LANDING ? landing : LIFT_MAX_LANDING);
    }
    for (size_t s = 0; s < n; s++) {
        scale.n_fitted += scale.role[s] == LIFT_ORDINARY;
    }
    int segments = spec->max_total / 2;
    segments = segments < 4 ? 4 : segments;
    segments = segments > LIFT_MAX_BASIS - 3 ? LIFT_MAX_BASIS - 3 : segments;
    scale.n_basis = segments + 3;
    scale.n_params = scale.n_basis + scale.n_cutoffs + 2;
    fill_basis(&scale, segments);
    fill_penalty(&scale);
    if (scale.n_fitted < MIN_FITTED) {
        lift_scale_clear(&scale);
        return OKO_E_NO_DATA;
    }
    *ret_scale = scale;
    return OKO_OK;
}

void lift_scale_clear(lift_scale *scale)
{
    if (scale != NULL) {
        free(scale->role);
        free(scale->first);
        free(scale->basis);
        *scale = (lift_scale){ 0 };
    }
}
