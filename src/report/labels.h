/* Words that pages and workbooks share: what a procedure, a rule, a reason is called. */
#ifndef OKO_REPORT_LABELS_H
#define OKO_REPORT_LABELS_H

#include "domain/procedure.h"
#include "domain/run.h"
#include "domain/unit.h"
#include "reference/text.h"

/* Title of a procedure in the language of `text`; arena string, never NULL unless memory is out. */
const char *oko_label_procedure(const oko_text *text, oko_arena *arena, const oko_procedure *p);

/* Text "rule.PACK.RULE.WHAT" ("title", "short", "what", …) or NULL when the pack has none. */
const char *oko_label_rule(const oko_text *text, oko_arena *arena, const char *rule, const char *what);
/* Its short name, else its code. */
const char *oko_label_rule_short(const oko_text *text, oko_arena *arena, const char *rule);
/* The same on a page of this level: for a school the index is the number of its signs. */
const char *oko_label_rule_of(const oko_text *text, oko_arena *arena, const char *rule, oko_level level);
/* Source of a rule's pack and the pack's title; the pack's code when it has no text. */
const char *oko_label_source(const oko_text *text, oko_arena *arena, const char *rule);

/* "prefix" + name as a key's text; name itself when there is no such key. */
const char *oko_label_word(const oko_text *text, oko_arena *arena, const char *prefix, const char *name);

/* What the state of a result means; for a missing number the reason. */
const char *oko_label_state(const oko_text *text, const oko_result *r);

/* How far n works carry (federal recommendations of 2026: 50, 20, 10). */
const char *oko_label_reliability(const oko_text *text, int64_t n);

/* Decimals in which a rule's numbers are told. */
typedef struct oko_rule_decimals {
    int observed, expected, effect;
} oko_rule_decimals;
oko_rule_decimals oko_rule_decimals_of(const char *rule);

#endif
