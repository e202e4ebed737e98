/* What is worth a case: rows of evidence, rules of a pack and entries of external lists, gathered before any case is
 * made of them. */
#ifndef OKO_CYCLE_SIGNALS_H
#define OKO_CYCLE_SIGNALS_H

#include "analysis/evidence.h"
#include "cycle/cases.h"

/* One school with one sign in one year. */
typedef struct oko_signal {
    char source[8]; /* "sign", "rule", "list" */
    char sign[64];  /* family, rule, or "external" */
    char key[OKO_RECORD_KEY_BYTES];
    int64_t unit;
    int year;
    char procedure[OKO_CODE_BYTES]; /* of the strongest row; "" */
    char code[64], name[200];       /* of the school */
    char about[240];                /* words for the title: the list's name; "" */
    double log_p;                   /* of the strongest row; NaN */
    json_t *origin;                 /* owned */
} oko_signal;

typedef struct oko_signals {
    oko_signal *at; /* by key */
    size_t n, cap;
    int64_t evidence, run; /* runs that were read; 0: none */
    bool lists;            /* there is an external list */
} oko_signals;

/* Everything that the options ask for and the actor reaches. */
oko_status oko_signals_gather(const oko_cycle *c, const oko_signal_options *o, oko_signals *ret_signals,
                              oko_error *err) OKO_WARN_UNUSED;
void oko_signals_clear(oko_signals *signals);

#endif
