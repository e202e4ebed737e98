/*
 * Words for evidence: a sentence with numbers for each sign, and the ordinary reasons worth checking first, ranked by
 * what the data say about the group. `oko signs --explain`, its JSON and the reports all ask here. The links between
 * statistics, facts and reasons are data: reference/explain/reasons.json; the texts stand in reference/text.
 */
#ifndef OKO_EXPLAIN_EXPLAIN_H
#define OKO_EXPLAIN_EXPLAIN_H

#include "explain/facts.h"
#include "reference/text.h"

enum { OKO_EXPLAIN_REASONS = 5 }; /* told per group */

typedef struct oko_explain oko_explain;

/* text must outlive it. OKO_E_FORMAT (a fault in the built-in data), OKO_E_MEMORY. */
oko_status oko_explain_open(const oko_text *text, oko_explain **ret_explain, oko_error *err) OKO_WARN_UNUSED;
void oko_explain_free(oko_explain *explain);
void oko_explain_freep(oko_explain **explain);

/* What one statistic of the row saw, in a sentence with its numbers. with_codes: pupils' codes of the most similar pair
 * are told (never in what is published). NULL when memory is out. */
const char *oko_explain_sentence(const oko_text *text, oko_arena *arena, const oko_sign_row *row, const char *statistic,
                                 bool with_codes);

/* Why a larger unit has no family of time, and what is known instead; NULL when there is nothing to say. */
const char *oko_explain_time(const oko_text *text, oko_arena *arena, const oko_sign_row *row);

/* The ordinary reasons, likeliest first, each with the fact that speaks for it ("… В группе 8 работ."). Returns how
 * many there are: 0 when no family has anything to say. An entry is NULL when memory is out. */
int oko_explain_reasons(const oko_explain *explain, oko_arena *arena, const oko_sign_row *row,
                        const double facts[OKO_FACT_COUNT], const char *ret_reasons[OKO_EXPLAIN_REASONS]);

#endif
