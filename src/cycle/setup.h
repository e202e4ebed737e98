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

/* ---- demonstration ---- */
#define OKO_DEMO_COPY ".made"
/* A database made by `oko demo` says so in a record, and keeps a copy of itself beside it: PATH.made. */
oko_status oko_demo_mark(oko_store *store, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_demo_is_marked(oko_store *store, bool *ret_marked, oko_error *err) OKO_WARN_UNUSED;

#endif
