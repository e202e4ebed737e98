/* Packs of rules that an analysis would use now. */
#ifndef OKO_HTTP_PACKS_H
#define OKO_HTTP_PACKS_H

#include "analysis/pack.h"
#include "store/store.h"

extern const char *const oko_pack_names[]; /* NULL at the end */

/* Of a name of the list: the region's own one in place of the built-in `region`. */
oko_status oko_pack_now(oko_store *store, const char *name, oko_pack *ret_pack, bool *ret_own,
                        oko_error *err) OKO_WARN_UNUSED;
/* The contract's Pack. New reference. */
json_t *oko_pack_json(const oko_pack *pack, bool own);

#endif
