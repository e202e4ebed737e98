/* What is particular to one kind of record: hooks around the general steps. One file a noun; nouns.c lists them. */
#ifndef OKO_CYCLE_NOUNS_H
#define OKO_CYCLE_NOUNS_H

#include "cycle/cycle.h"

/*
 * Hooks run inside the transaction, after rights, state and needs were checked. They may change the entry (head and
 * body) and write other records; a status other than OKO_OK undoes everything.
 */
typedef struct oko_noun {
    const char *kind;
    /* A new record, before it is put: fill in defaults, refuse what can't be. */
    oko_status (*creating)(const oko_cycle *c, oko_entry *e, oko_error *err);
    /* A change by its editor, before it is put. */
    oko_status (*changing)(const oko_cycle *c, oko_entry *e, oko_error *err);
    /* Before an action's result is put: e has its new state and the input's members. */
    oko_status (*acting)(const oko_cycle *c, oko_entry *e, const oko_flow_action *a, json_t *input, oko_error *err);
    /* After it was put (e->head.id is known): records that follow from it. */
    oko_status (*done)(const oko_cycle *c, oko_entry *e, const char *action, oko_error *err);
} oko_noun;

extern const oko_noun oko_noun_indicator, oko_noun_campaign, oko_noun_form;
extern const oko_noun oko_noun_case, oko_noun_recommendation, oko_noun_advice, oko_noun_catalogue_measure,
    oko_noun_template;
extern const oko_noun oko_noun_measure, oko_noun_observation, oko_noun_recheck;
extern const oko_noun oko_noun_roadmap, oko_noun_roadmap_row, oko_noun_event, oko_noun_registration,
    oko_noun_survey_answer, oko_noun_note;

/* NULL when the kind has no hooks. */
const oko_noun *oko_noun_find(const char *kind);

#endif
