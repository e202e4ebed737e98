/* Which groups anchor the null of a test, and which variants of it are told apart. */
#include "stats/sign_prepare.h"

#include "base/memory.h"

#include <string.h>

enum { CODES = 256, MIN_ABSENT = 50, MIN_CUTOFF_WORKS = 1000 };

static int code_of(const oko_sign_group *in, int row)
{
    return in->variant != NULL ? in->variant[row] : 0;
}

/* ---- variants ---- */

/* Works by variant; by_reference: of the reference groups only. */
static void count_variants(const sign_world *w, int test, bool by_reference, int64_t *count)
{
    memset(count, 0, CODES * sizeof *count);
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        const oko_sign_group *in = w->group[i].in;
        for (int k = 0; k < in->n; k++) {
            count[code_of(in, k)] += in->total[k] >= 0 && (in->reference || !by_reference);
        }
    }
}

/* Block of every variant; the most frequent ones when there are more than can be told apart. */
static int choose_blocks(const int64_t *count, uint8_t *block)
{
    int n = 0;
    memset(block, SIGN_RARE, CODES);
    while (n < OKO_SIGNS_MAX_VARIANTS) {
        int best = -1;
        for (int v = 0; v < CODES; v++) {
            bool open = block[v] == SIGN_RARE && count[v] >= OKO_SIGNS_MIN_VARIANT_WORKS;
            best = open && (best < 0 || count[v] > count[best]) ? v : best;
        }
        if (best < 0) {
            break;
        }
        block[best] = (uint8_t)n++;
    }
    return n;
}

static oko_status mark_rows(sign_world *w, int test, const uint8_t *block)
{
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        sign_group *g = &w->group[i];
        g->block = oko_alloc_array((size_t)g->in->n + 1, 1);
        if (g->block == NULL) {
            return OKO_E_MEMORY;
        }
        for (int k = 0; k < g->in->n; k++) {
            g->block[k] = block[code_of(g->in, k)];
            w->n_rare[test] += g->in->total[k] >= 0 && g->block[k] == SIGN_RARE;
        }
    }
    return OKO_OK;
}

static oko_status tell_variants(sign_world *w, int test, uint8_t *block)
{
    int64_t count[CODES];
    int several = 0;
    w->n_blocks[test] = 1;
    count_variants(w, test, false, count);
    for (int v = 0; v < CODES; v++) {
        several += count[v] > 0;
    }
    int n = choose_blocks(count, block);
    if (several < 2 || n == 0) { /* one variant, or too few works of each */
        memset(block, 0, CODES);
        return OKO_OK;
    }
    w->n_blocks[test] = n;
    return mark_rows(w, test, block);
}

/* ---- reference groups ---- */

static bool every_variant_known(const sign_world *w, int test, const uint8_t *block)
{
    int64_t count[CODES];
    int64_t by_block[OKO_SIGNS_MAX_VARIANTS] = { 0 };
    count_variants(w, test, true, count);
    for (int v = 0; v < CODES; v++) {
        if (block[v] != SIGN_RARE) {
            by_block[block[v]] += count[v];
        }
    }
    for (int b = 0; w->n_blocks[test] > 1 && b < w->n_blocks[test]; b++) {
        if (by_block[b] < OKO_SIGNS_MIN_VARIANT_WORKS) {
            return false;
        }
    }
    return true;
}

static void anchor(sign_world *w, int test, const uint8_t *block)
{
    int groups = 0;
    int64_t works = 0;
    int64_t absent = 0;
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        const oko_sign_group *in = w->group[i].in;
        int64_t here = 0;
        for (int k = 0; in->reference && k < in->n; k++) {
            here += in->total[k] >= 0;
        }
        if (here >= OKO_SIGNS_MIN_WORKS) {
            groups++;
            works += here;
            absent += in->n - here;
        }
    }
    w->anchored[test] = 0;
    w->null[test].n_reference = groups;
    w->null[test].n_reference_works = (int)works;
    if (groups < OKO_SIGNS_MIN_REFERENCE || works < OKO_SIGNS_MIN_REFERENCE_WORKS) {
        return;
    }
    w->anchored[test] = 1u << OKO_FAMILY_LEVEL | 1u << OKO_FAMILY_TIME;
    w->anchored[test] |= works >= MIN_CUTOFF_WORKS ? 1u << OKO_FAMILY_THRESHOLD : 0;
    w->anchored[test] |= absent >= MIN_ABSENT ? 1u << OKO_FAMILY_ROSTER : 0;
    w->anchored[test] |= every_variant_known(w, test, block) ? 1u << OKO_FAMILY_PATTERN : 0;
}

oko_status sign_strata(sign_world *w, int test)
{
    uint8_t block[CODES];
    oko_status status = tell_variants(w, test, block);
    if (status == OKO_OK) {
        anchor(w, test, block);
    }
    return status;
}
