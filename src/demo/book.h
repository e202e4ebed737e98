/* One result file of the demonstration region in a real layout; private to this folder. */
#ifndef OKO_DEMO_BOOK_H
#define OKO_DEMO_BOOK_H

#include <oko/simulate.h>

#include "demo/dirt.h"
#include "domain/procedure.h"

typedef struct demo_book demo_book;

/* Begins the file dir/CODE.xlsx (under a name of its own until it is complete): layout of 2020 for the procedures of
 * 2020, else that of 2021. seed: of the disorder. OKO_E_MEMORY. */
oko_status demo_book_open(const char *dir, const oko_procedure *p, uint64_t seed, demo_book **ret_book,
                          oko_error *err) OKO_WARN_UNUSED;
/* Appends one class. n_classes: of its school and grade. ret_label (may be NULL): the class as its rows write it. */
oko_status demo_book_class(demo_book *book, const oko_world_class *c, int n_classes, char ret_label[DEMO_LABEL_BYTES],
                           oko_error *err) OKO_WARN_UNUSED;
/* Completes the file and frees the book. OKO_E_IO, OKO_E_PERMISSION, OKO_E_FULL, OKO_E_MEMORY. */
oko_status demo_book_finish(demo_book *book, oko_error *err) OKO_WARN_UNUSED;
/* Drops an unfinished file; for OKO_CLEANUP. */
void demo_book_dropp(demo_book **book);

#endif
