/* Problem: what was wrong in one place of a file, without repeating the value (it may be personal). */
#ifndef OKO_DOMAIN_PROBLEM_H
#define OKO_DOMAIN_PROBLEM_H

#include <stdint.h>

typedef enum oko_severity {
    OKO_PROBLEM_NOTE,     /* the user should know (dropped column, unit made on the fly) */
    OKO_PROBLEM_REPAIRED, /* read as what it clearly means */
    OKO_PROBLEM_REJECTED  /* the cell or row was left out */
} oko_severity;

const char *oko_severity_name(oko_severity s); /* "note", "repaired", "rejected" */

typedef struct oko_problem {
    oko_severity severity;
    char sheet[96];       /* worksheet, "" for CSV */
    uint32_t row;         /* 1-based row of the file; 0: the whole sheet */
    uint32_t col;         /* 1-based column; 0: the whole row */
    char column[64];      /* head of the column, "" when none */
    char value_class[40]; /* what kind of value stood there: "cyrillic-x", "above-item-max", "text", "empty", … */
    char reason[48];      /* message key: "problem.item.above_max", … */
    char detail[64];      /* harmless detail for the message ({0}): an item's maximum, a school's code; "" */
} oko_problem;

#endif
