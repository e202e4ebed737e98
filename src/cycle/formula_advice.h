/* What to do about a fault of a formula, for whoever is typing it: where the faulty piece stands, which names were
 * perhaps meant, which sentence helps. */
#ifndef OKO_CYCLE_FORMULA_ADVICE_H
#define OKO_CYCLE_FORMULA_ADVICE_H

#include "cycle/tally.h"

enum { OKO_ADVICE_NAMES = 5 };

typedef struct oko_formula_advice {
    int line, column;   /* from 1, in characters; 0: the fault has no place */
    int offset, length; /* the faulty piece in characters from the beginning of the text; length ≥ 1 */
    const char *todo;   /* message key "formula.todo.…" */
    int n;
    const char *names[OKO_ADVICE_NAMES]; /* like the unknown one, the most alike first; they belong to `variables` */
} oko_formula_advice;

/* fault: as oko_formula_check gave it (not OKO_OK). */
void oko_formula_advise(const char *text, const oko_error *fault, const oko_tally *variables,
                        oko_formula_advice *ret_advice);

#endif
