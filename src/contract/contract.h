/*
 * The contract of the server: api/openapi.yaml, read once and then shared by all threads. It says which operations
 * there are, what they take and give, and who may call them. The server is built from it; nothing is open that it does
 * not name.
 *
 * Each operation states, beside OpenAPI's own members:
 *   x-oko-roles        [operator, …], or [any] (everybody who has signed in), or [public] (nobody has to)
 *   x-oko-scope        own: what it touches must lie in the subtree of the caller's unit; region: everything, whatever
 * the unit; none: it is about no unit x-oko-audit        change: a line of the audit log in the same transaction; look:
 * a line before the answer; none x-oko-unit         optional: the parameter that holds the unit ("id"): the router
 * itself checks that it is in sight x-oko-transaction  optional: own = the handler takes the writer itself (slow steps
 * must not hold it) x-oko-max-body     optional: bytes of the body, 1 MiB otherwise
 */
#ifndef OKO_CONTRACT_CONTRACT_H
#define OKO_CONTRACT_CONTRACT_H

#include "contract/schema.h"
#include "contract/target.h"

typedef struct oko_contract oko_contract;

enum { OKO_OPERATION_PARAMETERS = 32, OKO_OPERATION_ROLES = 8 };

typedef enum oko_parameter_place { OKO_IN_PATH, OKO_IN_QUERY, OKO_IN_HEADER } oko_parameter_place;
typedef enum oko_reach { OKO_REACH_NONE, OKO_REACH_OWN, OKO_REACH_REGION } oko_reach;
typedef enum oko_audit_rule { OKO_AUDIT_NONE, OKO_AUDIT_LOOK, OKO_AUDIT_CHANGE } oko_audit_rule;
/* What the body of a request is. */
typedef enum oko_body_kind {
    OKO_BODY_NONE,
    OKO_BODY_JSON,
    OKO_BODY_FILE /* streamed to a temporary file: raw, or the part "file" of multipart/form-data */
} oko_body_kind;

typedef struct oko_parameter {
    const char *name;
    oko_parameter_place place;
    bool required;
    const oko_schema *schema;
    const json_t *example; /* or NULL */
    const char *fixture;   /* x-oko-fixture: what it numbers ("unit", "user", …), for tests; or NULL */
} oko_parameter;

typedef struct oko_answer_form {
    int status;               /* 0: default */
    const char *type;         /* media type; "" without a body */
    const oko_schema *schema; /* NULL: not JSON, or any */
} oko_answer_form;

typedef struct oko_operation {
    const char *id;     /* operationId */
    const char *method; /* "GET" … */
    const char *path;   /* below the server's root: "/units/{id}" */
    size_t index;       /* 0 … oko_contract_count − 1 */
    size_t n_parameters;
    oko_parameter parameter[OKO_OPERATION_PARAMETERS];
    oko_body_kind body_kind;
    bool body_required;
    const oko_schema *body;     /* of a JSON body */
    const json_t *body_example; /* or NULL */
    int64_t max_body;           /* bytes */
    size_t n_answers;
    const oko_answer_form *answers;
    size_t n_roles;
    const char *role[OKO_OPERATION_ROLES]; /* empty with is_public or any_role */
    bool is_public, any_role;
    oko_reach reach;
    oko_audit_rule audit;
    const char *unit_parameter; /* or NULL */
    bool own_transaction;       /* also reads_only */
    bool reads_only;
    bool takes_if_match, needs_if_match, takes_key;
} oko_operation;

/* bytes: the document as JSON (NULL ptr = the built-in one); they must outlive the contract.
 * OKO_E_FORMAT "contract.…" names the place of what is wrong; OKO_E_MEMORY. */
oko_status oko_contract_open(oko_str bytes, oko_contract **ret_contract, oko_error *err) OKO_WARN_UNUSED;
void oko_contract_free(oko_contract *contract);
void oko_contract_freep(oko_contract **contract);

oko_str oko_contract_bytes(const oko_contract *contract);    /* the document */
const char *oko_contract_root(const oko_contract *contract); /* "/api/v1" */
size_t oko_contract_count(const oko_contract *contract);
const oko_operation *oko_contract_at(const oko_contract *contract, size_t i); /* NULL past the end */
const oko_operation *oko_contract_operation(const oko_contract *contract, const char *id);
/* components.schemas.NAME, e.g. "EventBody"; NULL when there is none. */
const oko_schema *oko_contract_schema(const oko_contract *contract, const char *name);
/* The same as it is written, for what the check of a value does not look at (readOnly). Borrowed. */
const json_t *oko_contract_schema_json(const oko_contract *contract, const char *name);

/*
 * The operation of a target. values[i] = text of path parameter i (in the order of the path's {…}), which lives as long
 * as the target. NULL when no path fits (*ret_known false), or the path does not know the method (*ret_known true, and
 * allow holds the methods that it knows: "GET, PUT").
 */
const oko_operation *oko_contract_find(const oko_contract *contract, const char *method, const oko_target *target,
                                       const char *values[OKO_TARGET_MAX_SEGMENTS], bool *ret_known, char allow[64]);

/* Text of a query, path or header parameter → JSON of the kind that its schema wants (new reference), or NULL after a
 * violation was added. */
json_t *oko_parameter_read(const oko_parameter *parameter, const char *text, oko_violations *found);

#endif
