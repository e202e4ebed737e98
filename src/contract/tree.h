/* Paths as a tree of segments: finding one costs its length, not the number of operations. Private to this folder. */
#ifndef OKO_CONTRACT_TREE_H
#define OKO_CONTRACT_TREE_H

#include "contract/contract.h"

typedef struct contract_tree contract_tree;

/* root: "/api/v1". Everything lives in the arena. */
oko_status contract_tree_new(oko_arena *arena, const char *root, contract_tree **ret_tree) OKO_WARN_UNUSED;
/* OKO_E_FORMAT "contract.bad_path": {…} that is no path parameter of the operation, or the reverse; two parameters of
 * different name in one place; the same method twice. */
oko_status contract_tree_add(contract_tree *tree, const oko_operation *op, oko_error *err) OKO_WARN_UNUSED;
const oko_operation *contract_tree_find(const contract_tree *tree, const char *method, const oko_target *target,
                                        const char *values[OKO_TARGET_MAX_SEGMENTS], bool *ret_known, char allow[64]);

#endif
