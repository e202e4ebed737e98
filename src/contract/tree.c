#include "contract/tree.h"

#include <stdio.h>
#include <string.h>

typedef struct node node;
struct node {
    oko_str name;   /* of a fixed segment; empty for {…} */
    node *next;     /* sibling */
    node *children; /* fixed segments */
    node *any;      /* {…} */
    const oko_operation *op[5];
};

static const char *const methods[5] = { "GET", "POST", "PUT", "PATCH", "DELETE" };

struct contract_tree {
    oko_arena *arena;
    oko_str root;
    node *top;
};

static oko_status bad(const oko_operation *op, oko_error *err)
{
    return oko_error_set(err, OKO_E_FORMAT, "contract.bad_path", op->path);
}

oko_status contract_tree_new(oko_arena *arena, const char *root, contract_tree **ret_tree)
{
    contract_tree *tree = oko_arena_alloc(arena, sizeof *tree);
    node *top = oko_arena_alloc(arena, sizeof *top);
    if (tree == NULL || top == NULL)
        return OKO_E_MEMORY;
    *tree = (contract_tree){ .arena = arena, .root = oko_str_of(root), .top = top };
    *ret_tree = tree;
    return OKO_OK;
}

static bool cut_segment(oko_str *path, oko_str *ret_segment)
{
    if (path->len == 0 || path->ptr[0] != '/')
        return false;
    const char *start = path->ptr + 1, *end = path->len > 1 ? memchr(start, '/', path->len - 1) : NULL;
    size_t n = end != NULL ? (size_t)(end - start) : path->len - 1;
    *ret_segment = (oko_str){ start, n };
    *path = (oko_str){ start + n, path->len - 1 - n };
    return n > 0;
}

static node *fixed_child(const node *parent, oko_str name)
{
    for (node *n = parent->children; n != NULL; n = n->next) {
        if (oko_str_equal(n->name, name))
            return n;
    }
    return NULL;
}

static node *grow(contract_tree *tree, node *parent, oko_str segment, bool parameter)
{
    node *found = parameter ? parent->any : fixed_child(parent, segment);
    if (found != NULL)
        return found;
    node *fresh = oko_arena_alloc(tree->arena, sizeof *fresh);
    if (fresh == NULL)
        return NULL;
    if (parameter) {
        parent->any = fresh;
    } else {
        fresh->name = segment;
        fresh->next = parent->children;
        parent->children = fresh;
    }
    return fresh;
}

/* {name} of the path number n must be path parameter number n of the operation. */
static bool is_parameter(const oko_operation *op, size_t n, oko_str segment)
{
    oko_str name = { segment.ptr + 1, segment.len - 2 };
    size_t seen = 0;
    for (size_t i = 0; i < op->n_parameters; i++) {
        if (op->parameter[i].place != OKO_IN_PATH)
            continue;
        if (seen++ == n)
            return oko_str_equal(oko_str_of(op->parameter[i].name), name) && op->parameter[i].required;
    }
    return false;
}

static size_t path_parameters(const oko_operation *op)
{
    size_t n = 0;
    for (size_t i = 0; i < op->n_parameters; i++)
        n += op->parameter[i].place == OKO_IN_PATH;
    return n;
}

static size_t method_index(const char *method)
{
    size_t m = 0;
    while (m < 5 && strcmp(methods[m], method) != 0)
        m++;
    return m;
}

oko_status contract_tree_add(contract_tree *tree, const oko_operation *op, oko_error *err)
{
    node *at = tree->top;
    oko_str path = oko_str_of(op->path), segment;
    size_t n = 0;
    while (path.len > 0) {
        if (!cut_segment(&path, &segment))
            return bad(op, err);
        bool parameter = segment.len > 2 && segment.ptr[0] == '{' && segment.ptr[segment.len - 1] == '}';
        if (parameter && !is_parameter(op, n++, segment))
            return bad(op, err);
        at = grow(tree, at, segment, parameter);
        if (at == NULL)
            return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    size_t m = method_index(op->method);
    if (m == 5 || at->op[m] != NULL || n != path_parameters(op))
        return bad(op, err);
    at->op[m] = op;
    return OKO_OK;
}

static bool has_operation(const node *n)
{
    for (size_t m = 0; m < 5; m++) {
        if (n->op[m] != NULL)
            return true;
    }
    return false;
}

/* Fixed segments go before {…}; a path that ends nowhere is tried as a parameter. */
static const node *walk(const node *at, const oko_target *t, size_t i, const char **values, size_t n_values)
{
    if (i == t->n_segments)
        return has_operation(at) ? at : NULL;
    const node *fixed = fixed_child(at, oko_str_of(t->segment[i]));
    const node *found = fixed != NULL ? walk(fixed, t, i + 1, values, n_values) : NULL;
    if (found != NULL || at->any == NULL)
        return found;
    values[n_values] = t->segment[i];
    return walk(at->any, t, i + 1, values, n_values + 1);
}

static bool below_root(const contract_tree *tree, const oko_target *t, size_t *ret_first)
{
    oko_str root = tree->root, segment;
    size_t i = 0;
    while (cut_segment(&root, &segment)) {
        if (i >= t->n_segments || !oko_str_equal(segment, oko_str_of(t->segment[i])))
            return false;
        i++;
    }
    *ret_first = i;
    return true;
}

const oko_operation *contract_tree_find(const contract_tree *tree, const char *method, const oko_target *target,
                                        const char *values[OKO_TARGET_MAX_SEGMENTS], bool *ret_known, char allow[64])
{
    size_t first = 0;
    *ret_known = false;
    allow[0] = '\0';
    if (!below_root(tree, target, &first))
        return NULL;
    const node *at = walk(tree->top, target, first, values, 0);
    if (at == NULL)
        return NULL;
    *ret_known = true;
    for (size_t m = 0; m < 5; m++) {
        size_t used = strlen(allow);
        if (at->op[m] != NULL)
            (void)snprintf(allow + used, 64 - used, "%s%s", used > 0 ? ", " : "", methods[m]);
    }
    size_t m = method_index(strcmp(method, "HEAD") == 0 ? "GET" : method);
    return m < 5 ? at->op[m] : NULL;
}
