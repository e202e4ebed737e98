/*
 * Items of a procedure: how a group solved each one beside its school, municipality and region, what its pupils' totals
 * let expect, how the share grows with the total, and how it differs by variant. One walk over the sheets after that of
 * oko_answers. An answer that is not known counts 0, as it does in a total.
 */
#ifndef OKO_ANALYSIS_ITEM_PROFILE_H
#define OKO_ANALYSIS_ITEM_PROFILE_H

#include "analysis/answers.h"
#include "analysis/register.h"

/* Around the group, widest first. The last one that is known is the group itself. */
typedef enum oko_item_scope {
    OKO_ITEMS_REGION,
    OKO_ITEMS_MUNICIPALITY,
    OKO_ITEMS_SCHOOL,
    OKO_ITEMS_CLASS,
    OKO_ITEMS_SCOPES
} oko_item_scope;

enum { OKO_ITEM_BANDS = 5, OKO_ITEM_VARIANTS = 16 };

/* Shares in % of an item's maximum, [n_items]; NaN without works. */
typedef struct oko_item_shares {
    int64_t n; /* works; 0: not known */
    double *percent;
} oko_item_shares;

/* Works of the group with totals from … to. */
typedef struct oko_item_band {
    int from, to;
    oko_item_shares shares;
} oko_item_band;

typedef struct oko_item_variant {
    int variant;
    oko_item_shares region, group;
} oko_item_variant;

typedef struct oko_item_profile {
    int n_items, max_total;
    oko_item_scope group;                                      /* which scope was asked about */
    int64_t unit[OKO_ITEMS_SCOPES], schools[OKO_ITEMS_SCOPES]; /* unit 0: there is none; schools with works */
    oko_item_shares of[OKO_ITEMS_SCOPES];
    double *expected; /* of the group, at the same totals */
    double *curve;    /* [n_items][max_total + 1] of the region by total */
    int n_bands;
    oko_item_band band[OKO_ITEM_BANDS]; /* each of `least` works or more */
    int n_variants;
    oko_item_variant
        variant[OKO_ITEM_VARIANTS]; /* by number; of those that both stated, each of `least` works or more */
} oko_item_profile;

/*
 * unit: a region, municipality or school; label: of one of its classes, or NULL. revision 0: the newest. least: works
 * that a band or a variant needs. OKO_E_NO_DATA: no answers, or no works of the group; OKO_E_MEMORY, or the store's
 * status. Clear with oko_item_profile_clear.
 */
oko_status oko_item_profile_load(oko_store *store, const oko_procedure *procedure, const oko_register *reg,
                                 const oko_unit *unit, const char *label, int64_t revision, int64_t least,
                                 oko_item_profile *ret_profile, oko_error *err) OKO_WARN_UNUSED;
void oko_item_profile_clear(oko_item_profile *profile);

#endif
