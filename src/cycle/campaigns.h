/*
 * Campaigns of monitoring and their forms. Opening a campaign makes a form for every unit of its levels and scope; a
 * form goes from the unit to the municipality (verified) to the region (accepted), or back with a comment and a new
 * deadline. An accepted form is locked; its values become variables of indicators.
 */
#ifndef OKO_CYCLE_CAMPAIGNS_H
#define OKO_CYCLE_CAMPAIGNS_H

#include "cycle/cycle.h"
#include "reference/text.h"

/* Forms of the campaign within the actor's reach, by code of the unit. */
oko_status oko_campaign_forms(const oko_cycle *c, int64_t campaign, oko_entry_fn fn, void *ctx,
                              oko_error *err) OKO_WARN_UNUSED;

/*
 * How far a campaign is, within the actor's reach: {campaign, total, states {…}, overdue, units [{unit, code, name,
 * total, states {…}, overdue}]} with a row per municipality (schools counted where they lie) and one for the region's
 * own. New reference.
 */
oko_status oko_campaign_board(const oko_cycle *c, int64_t campaign, json_t **ret_json, oko_error *err) OKO_WARN_UNUSED;

/*
 * Forms that are late on c->today, with the words of a reminder in the language of text: {items [{form, unit, code,
 * name, state, due, reminded, text}], total}. Nothing is sent from here: the words go by whatever mail the region has.
 * New reference.
 */
oko_status oko_campaign_late(const oko_cycle *c, int64_t campaign, const oko_text *text, json_t **ret_json,
                             oko_error *err) OKO_WARN_UNUSED;
/* Notes on every late form within reach that its unit was reminded on c->today (body.reminded), once a day at most:
 * who opens the form or the list of tasks sees it. *ret_n counts them. */
oko_status oko_campaign_remind(const oko_cycle *c, int64_t campaign, int *ret_n, oko_error *err) OKO_WARN_UNUSED;

/*
 * Values for many forms at once, as pasted from a table: rows = [{unit, values {code: value}, version}]; with a
 * version, what somebody else changed since then is not overwritten. All or nothing: OKO_E_ARGUMENT "campaign.rows"
 * after *ret_problems (new reference) was filled with [{pointer, code}], one for every cell that can't be taken. check:
 * nothing is written either way. *ret_n counts the forms.
 */
oko_status oko_campaign_fill(const oko_cycle *c, int64_t campaign, const json_t *rows, bool check, int *ret_n,
                             json_t **ret_problems, oko_error *err) OKO_WARN_UNUSED;

typedef struct oko_campaign_form_query {
    int64_t unit;       /* it and what lies below; 0: all within reach */
    const char *stage;  /* "untouched", "filling", a state, or "late"; NULL: any */
    const char *level;  /* of the unit; NULL: any */
    const char *search; /* part of the name or code of the unit; NULL: any */
    int64_t offset, limit;
} oko_campaign_form_query;

/* Forms of the campaign with their units and values: {items [CampaignForm of the contract], total}. New reference. */
oko_status oko_campaign_form_list(const oko_cycle *c, int64_t campaign, const oko_campaign_form_query *query,
                                  json_t **ret_json, oko_error *err) OKO_WARN_UNUSED;

#endif
