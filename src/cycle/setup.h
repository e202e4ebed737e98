/*
 * The first run: a database without people is set up once, by whoever knows the code that the server printed where only
 * its owner sees it. Users are never deleted, so what was set up stays closed for ever.
 */
#ifndef OKO_CYCLE_SETUP_H
#define OKO_CYCLE_SETUP_H

#include "cycle/access.h"

enum { OKO_SETUP_CODE_BYTES = 20 }; /* "XXXX-XXXX-XXXX-XXXX" and NUL: 80 bits */

typedef struct oko_setup_person {
    const char *login, *name, *hash; /* login NULL: nobody */
} oko_setup_person;

typedef struct oko_setup {
    const char *region_code, *region_name, *lang;
    oko_setup_person admin, specialist; /* administrator; and the one who works with data, or nobody */
} oko_setup;

/* Is there nobody yet? */
oko_status oko_setup_is_open(oko_store *store, bool *ret_open, oko_error *err) OKO_WARN_UNUSED;
/* A fresh code of letters and digits that are hard to mistake. */
void oko_setup_code(char ret_code[OKO_SETUP_CODE_BYTES]);
/* The same code, whatever the case, spaces and hyphens; takes the same time for every other one. */
bool oko_setup_code_fits(const char *code, const char *typed);
/* Makes the region (or takes the one of this code) and the accounts, and notes it, in the caller's transaction.
 * OKO_E_CONFLICT "setup.closed"; what oko_store_unit_put and oko_people_put say, with the place of the body. */
oko_status oko_setup_make(oko_store *store, const oko_setup *setup, const char *address, int64_t *ret_region,
                          oko_error *err) OKO_WARN_UNUSED;

/* What a region does at first, and whether it is done. */
typedef enum oko_first_step {
    OKO_FIRST_OFFICE,   /* settings */
    OKO_FIRST_UNITS,    /* schools in the register */
    OKO_FIRST_PEOPLE,   /* somebody of a municipality or a school */
    OKO_FIRST_FILES,    /* files with results */
    OKO_FIRST_ANALYSIS, /* a run */
    OKO_FIRST_ROADMAP,
    OKO_FIRST_CASE,
    OKO_FIRST_LETTER,
    OKO_FIRST_COUNT
} oko_first_step;
const char *oko_first_step_name(oko_first_step step);
/* How many of what each step makes there are. */
oko_status oko_first_steps(oko_store *store, int64_t ret_n[OKO_FIRST_COUNT], oko_error *err) OKO_WARN_UNUSED;

/* ---- demonstration ---- */
#define OKO_DEMO_COPY ".made"
/* A database made by `oko demo` says so in a record, and keeps a copy of itself beside it: PATH.made. */
oko_status oko_demo_mark(oko_store *store, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_demo_is_marked(oko_store *store, bool *ret_marked, oko_error *err) OKO_WARN_UNUSED;

#endif
