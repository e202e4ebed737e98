/*
 * Flows: which states a kind of record has, who may read, create and edit it, which actions lead from where to where
 * and what each of them needs. All of it is data (reference/cycle/flows.json); this file reads it once and answers
 * questions about it. What the actions do is in cycle.h.
 */
#ifndef OKO_CYCLE_FLOW_H
#define OKO_CYCLE_FLOW_H

#include "cycle/access.h"
#include "domain/unit.h"

#include <jansson.h>

enum { OKO_FLOW_STATES = 16, OKO_FLOW_ACTIONS = 24, OKO_FLOW_NAMES = 8, OKO_FLOW_KINDS = 32 };

/* A short list of names; the texts belong to the flows. */
typedef struct oko_names {
    int n;
    const char *at[OKO_FLOW_NAMES];
} oko_names;

typedef struct oko_flow_action {
    const char *name;
    unsigned from;  /* bits of states */
    int to;         /* index of a state; −1: the state stays */
    unsigned roles; /* OKO_ROLE_BIT */
    oko_scope scope;
    unsigned levels;         /* bits of oko_level of the record's unit; 0: any */
    oko_names requires;      /* members of the action's input that must be there and not be empty */
    oko_names body_requires; /* members of the record's body that must be there and not be empty */
    oko_names allows;        /* further members that the input may have; all others are refused */
    oko_names links;         /* relations of which the record must have a link */
    oko_names differs_from;  /* whoever did one of these last may not do this */
    const json_t *choices;   /* member of the input → list of the words that it may be; NULL: no such limits */
    const char *sets_due;    /* member of the input that becomes the deadline; NULL: by due_days */
} oko_flow_action;

typedef struct oko_flow_right {
    unsigned roles;
    oko_scope scope;
    unsigned states; /* edit: in which states */
} oko_flow_right;

typedef struct oko_flow {
    const char *kind;
    const char *schema; /* of the body, in the contract */
    bool restricted;    /* looks at it are logged */
    int n_states, initial;
    const char *states[OKO_FLOW_STATES];
    unsigned final;                /* bits of states */
    int due_days[OKO_FLOW_STATES]; /* deadline on entering a state, from that day; 0: none */
    oko_flow_right read, create, edit;
    unsigned own_for;                /* roles that see only what is assigned to them */
    int school_from, municipal_from; /* index of the first state that the role sees; 0: all */
    int n_actions;
    oko_flow_action actions[OKO_FLOW_ACTIONS];
} oko_flow;

typedef struct oko_flows oko_flows;

/* From reference/cycle/flows.json; immutable afterwards. OKO_E_FORMAT when the file contradicts itself. */
oko_status oko_flows_open(oko_flows **ret_flows, oko_error *err) OKO_WARN_UNUSED;
/* The same from a text, for tests. */
oko_status oko_flows_parse(oko_str text, oko_flows **ret_flows, oko_error *err) OKO_WARN_UNUSED;
void oko_flows_free(oko_flows *flows);
void oko_flows_freep(oko_flows **flows);

/* NULL when there is no such kind. */
const oko_flow *oko_flow_find(const oko_flows *flows, const char *kind);
const oko_flow *oko_flow_at(const oko_flows *flows, int i); /* NULL past the end */
/* −1 when there is no such state. */
int oko_flow_state(const oko_flow *flow, const char *state);
const oko_flow_action *oko_flow_action_find(const oko_flow *flow, const char *action);

/* States that the role may see, as bits: all, or from school_from / municipal_from on. */
unsigned oko_flow_visible(const oko_flow *flow, oko_role role);

#endif
