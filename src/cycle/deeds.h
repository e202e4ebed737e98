/* Deeds: how much of each step of the cycle was really done in a year, for every unit and for all that lies below it.
 * Counted from the records themselves (and the lists that came from outside), never typed in. */
#ifndef OKO_CYCLE_DEEDS_H
#define OKO_CYCLE_DEEDS_H

#include "analysis/register.h"
#include "cycle/cycle.h"

typedef enum oko_deed {
    OKO_DEED_EVENTS,      /* planned or held, not cancelled */
    OKO_DEED_EVENTS_HELD, /* … of them held */
    OKO_DEED_FORMS,
    OKO_DEED_FORMS_ACCEPTED,
    OKO_DEED_NOTES, /* final */
    OKO_DEED_LETTERS,
    OKO_DEED_LETTERS_ANSWERED,
    OKO_DEED_CASES,
    OKO_DEED_CASES_MOVED, /* past the recommendation, or closed */
    OKO_DEED_LISTED,      /* schools on lists from outside */
    OKO_DEED_LISTED_ADDRESSED,
    OKO_DEED_MEASURES,
    OKO_DEED_MEASURES_ACCEPTED,
    OKO_DEED_COUNT
} oko_deed;

typedef struct oko_deeds {
    int year;
    int64_t (*own)[OKO_DEED_COUNT];   /* [places of the register] */
    int64_t (*below)[OKO_DEED_COUNT]; /* the unit and what lies below it */
    int64_t indicators, indicators_active, campaigns;
} oko_deeds;

/* reg must outlive it. OKO_E_MEMORY, or the store's status. */
oko_status oko_deeds_load(const oko_cycle *c, const oko_register *reg, int year, oko_deeds *ret_deeds,
                          oko_error *err) OKO_WARN_UNUSED;
void oko_deeds_clear(oko_deeds *deeds);

/* How far a row of this step is at a place: {done, of, share (null: nothing to count), complete, counts {…}}. run: a
 * run over the year's procedures exists. New reference, NULL when memory is out. */
json_t *oko_deeds_progress(const oko_deeds *d, size_t place, const char *step, bool run);

#endif
