/*
 * How a number of a run came about («как получено это число»): the rule in words, its formula with the numbers put in,
 * the run with snapshot and seed, and where the method is described. One answer for signs of evidence and for results
 * of rules; nothing is computed anew.
 */
#ifndef OKO_REPORT_HOW_H
#define OKO_REPORT_HOW_H

#include "explain/row.h"
#include "report/detail_words.h"

/* Titles for procedures that a result names. procedure: of the result; label: of a class or NULL. */
typedef struct oko_how {
    const oko_text *text;
    oko_arena *arena;
    oko_titles titles;
} oko_how;

/* {title, what, reading, source, document {file, section}, numbers [{name, value}], steps [{depth, text}]}. New
 * references; NULL when memory is out. */
json_t *oko_how_sign(const oko_how *how, const oko_sign_row *row);
json_t *oko_how_result(const oko_how *how, const oko_procedure *procedure, const oko_result *r);

#endif
