/*
 * Procedure (оценочная процедура): one test in one grade and year, with its items and cut-offs.
 * Reference data by year: entered, never inferred silently.
 */
#ifndef OKO_DOMAIN_PROCEDURE_H
#define OKO_DOMAIN_PROCEDURE_H

#include <oko/status.h>

#include "base/text_view.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    OKO_MAX_ITEMS = 250,  /* items of one procedure */
    OKO_MAX_TOTAL = 1000, /* largest maximum raw score */
    OKO_MAX_ITEM_SCORE = 100,
    OKO_MAX_CUTOFFS = 8,
    OKO_MAX_ALIASES = 8,
    OKO_CODE_BYTES = 64
};

/* Kind of procedure (вид процедуры). */
typedef enum oko_kind {
    OKO_KIND_VPR,      /* ВПР */
    OKO_KIND_OGE,      /* ОГЭ */
    OKO_KIND_EGE,      /* ЕГЭ */
    OKO_KIND_NIKO,     /* НИКО */
    OKO_KIND_RDR,      /* РДР, a region's own diagnostic work */
    OKO_KIND_INTERNAL, /* внутренняя */
    OKO_KIND_OTHER,
    OKO_KIND_COUNT
} oko_kind;

const char *oko_kind_name(oko_kind kind);           /* "vpr", "oge", … */
bool oko_kind_parse(oko_str s, oko_kind *ret_kind); /* accepts vpr and ВПР, any case */

/* Item (задание). */
typedef struct oko_item {
    char label[24]; /* as in the files: "1", "12.2", "13К1"; UTF-8 */
    int16_t max;    /* maximum score, 1…OKO_MAX_ITEM_SCORE */
    char level;     /* 'B' базовый, 'P' повышенный, 'V' высокий, 0 unknown */
} oko_item;

typedef struct oko_procedure {
    int64_t id;                /* in a store; 0 before */
    char code[OKO_CODE_BYTES]; /* "2021-04-MA": year, grade, subject, then an optional "-suffix" */
    oko_kind kind;
    int year;         /* calendar year of the test, 1990…2100 */
    int grade;        /* 1…12 of the test's content, 0 when not tied to one */
    char subject[16]; /* Latin capitals: RU, MA, OM (окружающий мир), BI, IS, GG, OB, FI, HI, EN … */
    char title[160];  /* for people, Russian */
    char date[11];    /* yyyy-mm-dd or "" */
    int max_total;    /* maximum raw score, 1…OKO_MAX_TOTAL */
    int n_items;      /* 0 when only totals are known */
    oko_item items[OKO_MAX_ITEMS];
    int n_cutoffs;                    /* 0 when unknown */
    int16_t cutoffs[OKO_MAX_CUTOFFS]; /* lowest raw score of each higher mark, ascending (3, 4, 5 for 3 cut-offs) */
    int16_t first_mark;               /* mark below the first cut-off, usually 2 */
    int n_gaps;                       /* scores that no pupil can get (conversion chart), ascending */
    int16_t gaps[OKO_MAX_TOTAL / 4];
    int n_aliases; /* other names, e.g. column heads in aggregate tables */
    char aliases[OKO_MAX_ALIASES][OKO_CODE_BYTES];
    char source[240]; /* where cut-offs and maxima were published */
} oko_procedure;

/* Code "YYYY-GG-SUBJECT[-suffix]" at the start of `s` (a file name may go on with any non-letter).
 * On success fills year, grade, subject and the length of the code. */
bool oko_procedure_code_parse(oko_str s, int *ret_year, int *ret_grade, char ret_subject[16], size_t *ret_len);

/* Year of such a code; 0 when it is none. */
int oko_procedure_code_year(const char *code);

/* Checks every invariant of the struct (ranges, ascending cut-offs, sum of item maxima = max_total when
 * items are given, unique labels). OKO_E_ARGUMENT with id "procedure.…" and field = the member. */
oko_status oko_procedure_check(const oko_procedure *p, oko_error *err) OKO_WARN_UNUSED;

/* Mark of a raw score (first_mark, first_mark+1, …); 0 when there are no cut-offs or total is out of range. */
int oko_procedure_mark(const oko_procedure *p, int total);

/* Index of the item with this label after folding («13К1» = "13k1"), or −1. */
int oko_procedure_item(const oko_procedure *p, oko_str label);

#endif
