/* The list of nouns that have hooks. */
#include "cycle/nouns.h"

#include <string.h>

static const oko_noun *const nouns[] = {
    &oko_noun_indicator,
    &oko_noun_campaign,
    &oko_noun_form,
    &oko_noun_case,
    &oko_noun_recommendation,
    &oko_noun_advice,
    &oko_noun_catalogue_measure,
    &oko_noun_template,
    &oko_noun_measure,
    &oko_noun_observation,
    &oko_noun_recheck,
    &oko_noun_roadmap,
    &oko_noun_roadmap_row,
    &oko_noun_event,
    &oko_noun_registration,
    &oko_noun_survey_answer,
    &oko_noun_note,
    NULL,
};

const oko_noun *oko_noun_find(const char *kind)
{
    for (size_t i = 0; nouns[i] != NULL; i++) {
        if (strcmp(nouns[i]->kind, kind) == 0) {
            return nouns[i];
        }
    }
    return NULL;
}
