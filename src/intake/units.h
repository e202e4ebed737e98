/* Places of a batch → units of the register: found by login, code or name, else made on the fly («не подтверждена»). */
#ifndef OKO_INTAKE_UNITS_H
#define OKO_INTAKE_UNITS_H

#include "intake/batch.h"

typedef struct unit_finder {
    oko_store *store;
    intake_batch *batch;
    const oko_import_options *options;
    int64_t import; /* that the units are made by */
    oko_arena *arena;
    keymap municipalities; /* region id, folded name → index into ids */
    int64_t *ids;
    size_t n_ids, cap_ids;
    int64_t region_unknown; /* region for tables that name none, 0 not looked for yet */
    int64_t made, changed;  /* new units (not classes), changed ones */
    int64_t classes;        /* new classes */
} unit_finder;

oko_status unit_finder_init(unit_finder *f, oko_store *store, intake_batch *batch,
                            const oko_import_options *options) OKO_WARN_UNUSED;
void unit_finder_clear(unit_finder *f);
/* Sets place->unit. */
oko_status unit_find_place(unit_finder *f, batch_place *place, oko_error *err) OKO_WARN_UNUSED;
/* Makes sure that the class of a school exists. */
oko_status unit_find_class(unit_finder *f, const oko_procedure *p, int64_t school, const char *label,
                           oko_error *err) OKO_WARN_UNUSED;
/* Writes the rows of a register. */
oko_status unit_write_register(unit_finder *f, int64_t *ret_changed, oko_error *err) OKO_WARN_UNUSED;

#endif
