/* Person fit: prepares what is common to all persons, then goes over them in blocks. */
#include "stats/persons_work.h"

#include "base/memory.h"
#include "base/threads.h"
#include "stats/irt_ability.h"

#include <math.h>
#include <stdlib.h>

enum { BLOCK = 64 };

const char *oko_person_why_name(oko_person_why why)
{
    static const char *const name[] = {
        [OKO_WHY_NONE] = "",
        [OKO_WHY_NOT_ASKED] = "not_asked",
        [OKO_WHY_NO_MODEL] = "no_model",
        [OKO_WHY_FEW_ITEMS] = "few_items",
        [OKO_WHY_EXTREME] = "extreme",
        [OKO_WHY_SEVERAL_MARKS] = "several_marks",
        [OKO_WHY_FEW_PERSONS] = "few_persons",
        [OKO_WHY_TOO_MANY] = "too_many",
        [OKO_WHY_NO_VARIANCE] = "no_variance",
    };
    return (size_t)why < sizeof name / sizeof name[0] ? name[why] : "";
}

static uint8_t unasked(const persons_work *w, unsigned stat, bool possible)
{
    return (uint8_t)((w->stats & stat) == 0 ? OKO_WHY_NOT_ASKED : possible ? OKO_WHY_NONE : OKO_WHY_NO_MODEL);
}

static oko_person blank(const persons_work *w)
{
    bool model = w->irt != NULL;
    bool star = model && w->options->ability != OKO_IRT_EAP;
    return (oko_person){ .theta = NAN,
                         .se = NAN,
                         .lz = NAN,
                         .lz_p = NAN,
                         .lzstar = NAN,
                         .lzstar_z = NAN,
                         .lzstar_skew = NAN,
                         .lzstar_p = NAN,
                         .lzstar_log_p = NAN,
                         .ht = NAN,
                         .u3 = NAN,
                         .u3_z = NAN,
                         .u3_p = NAN,
                         .g = NAN,
                         .g_normed = NAN,
                         .why_lz = unasked(w, OKO_PERSON_LZ, model || w->options->curves != NULL),
                         .why_lzstar = unasked(w, OKO_PERSON_LZSTAR, star),
                         .why_ht = unasked(w, OKO_PERSON_HT, true),
                         .why_u3 = unasked(w, OKO_PERSON_U3, true),
                         .why_g = unasked(w, OKO_PERSON_G, true) };
}

static void add_marks(const oko_scores *s, const int8_t *row, oko_person *p)
{
    for (int j = 0; j < s->n_items; j++) {
        if (row[j] >= 0) {
            p->n++;
            p->score += row[j];
            p->most += s->item_max[j];
        }
    }
}

static void one_person(const persons_work *w, size_t i, double *scratch)
{
    const int8_t *row = w->scores->score + i * (size_t)w->scores->n_items;
    oko_person p = blank(w);
    add_marks(w->scores, row, &p);
    if (w->irt != NULL) {
        irt_ability(w->irt, row, w->options->ability, &p.theta, &p.se);
        if ((w->stats & (OKO_PERSON_LZ | OKO_PERSON_LZSTAR)) != 0) {
            person_likelihood(w, row, scratch, &p);
        }
    } else if (p.why_lz == OKO_WHY_NONE) {
        person_curves(w, row, &p);
    }
    if ((w->stats & (OKO_PERSON_U3 | OKO_PERSON_G)) != 0) {
        person_order_stats(w, row, scratch, &p);
    }
    if ((w->stats & OKO_PERSON_HT) != 0) {
        person_ht(w, i, &p);
    }
    w->out[i] = p;
}

static oko_status one_block(void *ctx, size_t b, int worker)
{
    (void)worker;
    const persons_work *w = ctx;
    size_t need = w->irt != NULL ? 3 * (size_t)w->irt->offset[w->irt->n_items] : 1;
    size_t order = person_order_scratch(&w->order);
    OKO_CLEANUP(oko_freep) double *scratch = oko_alloc_array(need > order ? need : order, sizeof *scratch);
    if (scratch == NULL) {
        return OKO_E_MEMORY;
    }
    size_t end = (b + 1) * BLOCK < w->scores->n_persons ? (b + 1) * BLOCK : w->scores->n_persons;
    for (size_t i = b * BLOCK; i < end; i++) {
        one_person(w, i, scratch);
    }
    return OKO_OK;
}

static void clear(persons_work *w)
{
    person_order_clear(&w->order);
    person_peers_clear(&w->peers);
}

static bool curves_fit(const oko_rest_curves *c, const oko_scores *s)
{
    for (int j = 0; c != NULL && c->n_items == s->n_items && j < s->n_items; j++) {
        if (c->offset[j + 1] - c->offset[j] - 1 != s->item_max[j]) {
            return false;
        }
    }
    return c == NULL || c->n_items == s->n_items;
}

/* Runs the persons into a copy first, so that *ret stays as it was on failure. */
static oko_status run(persons_work *w, oko_person *ret)
{
    size_t n = w->scores->n_persons;
    OKO_CLEANUP(oko_freep) oko_person *out = oko_alloc_array(n, sizeof *out);
    oko_status status = out == NULL ? OKO_E_MEMORY : OKO_OK;
    if (status == OKO_OK && (w->stats & (OKO_PERSON_U3 | OKO_PERSON_G)) != 0) {
        status = person_order_init(w);
    }
    if (status == OKO_OK && (w->stats & OKO_PERSON_HT) != 0) {
        status = person_peers_init(w);
    }
    if (status == OKO_OK) {
        w->out = out;
        status = oko_parallel_for((n + BLOCK - 1) / BLOCK, w->options->threads, one_block, w);
    }
    for (size_t i = 0; status == OKO_OK && i < n; i++) {
        ret[i] = out[i];
    }
    return status;
}

oko_status oko_persons(const oko_scores *scores, const oko_irt *irt, const oko_persons_options *options,
                       oko_person *ret)
{
    static const oko_persons_options defaults = { 0 };
    options = options != NULL ? options : &defaults;
    bool known = options->ability == OKO_IRT_WLE || options->ability == OKO_IRT_MLE || options->ability == OKO_IRT_EAP;
    if (ret == NULL || options->threads < 0 || !known || (options->stats & ~(unsigned)OKO_PERSON_ALL) != 0 ||
        oko_scores_check(scores) != OKO_OK || (irt != NULL && !irt_fits(irt, scores)) ||
        !curves_fit(options->curves, scores)) {
        return OKO_E_ARGUMENT;
    }
    OKO_CLEANUP(clear)
    persons_work w = {
        .scores = scores, .irt = irt, .options = options, .stats = options->stats != 0 ? options->stats : OKO_PERSON_ALL
    };
    return run(&w, ret);
}
