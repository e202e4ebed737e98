/* Person fit in progress: what is prepared once for all persons. Internal to src/stats. */
#ifndef OKO_STATS_PERSONS_WORK_H
#define OKO_STATS_PERSONS_WORK_H

#include <oko/persons.h>

/* One step of an item: having at least `mark` marks. Items with marks 0 and 1 have one step. */
typedef struct person_step {
    double share; /* of the reference persons who passed it */
    double logit; /* log odds of `share`; not read where it is 0 or 1 */
    uint16_t item;
    int8_t mark;
    bool tells; /* 0 < share < 1 */
} person_step;

/* Steps from the easiest to the hardest (U3, G). */
typedef struct person_order {
    size_t n_steps;
    person_step *step;
    int *first;       /* [n_items + 1] index of an item's first step in `place` */
    uint32_t *place;  /* position in `step` of every step, item by item */
    double *most_sum; /* [n_steps + 1] of persons without gaps: largest Σ (easier steps) by number of steps passed */
    double *least_w;  /* [n_steps + 1] the same for the smallest Σ logit over steps that tell */
    bool several;     /* some item has more than one mark */
} person_order;

/* Reference of H^T (items with marks 0 and 1). */
typedef struct person_peers {
    bool gaps;             /* some row has a missing answer: pairs are compared one by one */
    int64_t n;             /* persons in the reference */
    int64_t *solved;       /* [n_items] of them */
    int64_t *with;         /* [n_items + 1] persons by number solved */
    size_t words;          /* of a bit set over the items */
    uint64_t *right, *has; /* [n_persons × words], with gaps only */
} person_peers;

typedef struct persons_work {
    const oko_scores *scores;
    const oko_irt *irt;
    const oko_persons_options *options;
    unsigned stats;
    person_order order;
    person_peers peers;
    oko_person *out;
} persons_work;

static inline bool person_counts(const persons_work *w, size_t i)
{
    return w->options->leave_out == NULL || w->options->leave_out[i] == 0;
}

/* lz and lz*; scratch: 3 doubles per column of the model. theta is set already. */
void person_likelihood(const persons_work *w, const int8_t *row, double *scratch, oko_person *p);
/* lz by rest curves. */
void person_curves(const persons_work *w, const int8_t *row, oko_person *p);
/* log P(R ≤ z) of the Pearson III distribution with mean 0, variance 1 and this skewness; the normal one for
 * skewness ≥ 0, whose lower tail is not the lighter one. */
double person_tail(double z, double skewness);
/* log P(G > x) of the gamma distribution with shape a (scale 1). */
double person_log_gamma_q(double a, double x);

oko_status person_order_init(persons_work *w) OKO_WARN_UNUSED;
void person_order_clear(person_order *o);
/* Doubles of scratch that person_order_stats needs. */
size_t person_order_scratch(const person_order *o);
void person_order_stats(const persons_work *w, const int8_t *row, double *scratch, oko_person *p);

oko_status person_peers_init(persons_work *w) OKO_WARN_UNUSED;
void person_peers_clear(person_peers *p);
void person_ht(const persons_work *w, size_t i, oko_person *p);

#endif
