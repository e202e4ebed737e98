/*
 * Layouts: what the tables of known files look like. A layout recognises its head row and then takes the rows below it.
 * The reader keeps the first rows of each worksheet until one of them is a head.
 */
#ifndef OKO_INTAKE_LAYOUT_H
#define OKO_INTAKE_LAYOUT_H

#include "intake/batch.h"
#include "intake/catalog.h"
#include "intake/container.h"

enum {
    HEAD_ROWS = 20, /* rows of a worksheet among which the head is looked for */
    HEAD_TEXT_BYTES = 400
};

/* A kept row; texts are cut at HEAD_TEXT_BYTES. */
typedef struct intake_row {
    uint32_t row;      /* 1-based */
    size_t n;          /* highest column + 1 */
    const char **text; /* [n] trimmed, "" where empty */
    const char **key;  /* [n] folded */
} intake_row;

typedef struct intake_head {
    const char *worksheet;
    const intake_row *above; /* rows above the head, in order */
    size_t n_above;
    const intake_row *row;
    bool list_wanted;      /* the caller says that the file is a list of schools … */
    bool reference_wanted; /* … or one of the reference stratum */
} intake_head;

typedef struct intake_reader intake_reader;

typedef struct intake_layout {
    const char *name;
    bool (*recognise)(const intake_head *head);
    /* Binds the columns; called once per worksheet. */
    oko_status (*begin)(intake_reader *r, const intake_head *head, oko_error *err);
    oko_status (*row)(intake_reader *r, uint32_t row, const oko_cell *cells, size_t n, oko_error *err);
    oko_status (*end)(intake_reader *r, oko_error *err);    /* end of the worksheet; may be NULL */
    oko_status (*finish)(intake_reader *r, oko_error *err); /* end of the file; may be NULL */
} intake_layout;

/* All layouts, the more particular ones first; ends with NULL. */
extern const intake_layout *const intake_layouts[];

/* ---- heads ---- */
/* Column whose folded head equals / starts with / contains `key`, −1 when none. */
int head_equal(const intake_row *row, const char *key);
int head_starts(const intake_row *row, const char *key);
int head_contains(const intake_row *row, const char *key);
/* Text of a column of a data row, "" when the cell is not there. */
oko_str cell_at(const oko_cell *cells, size_t n, int col);

/* Head of an item column: «12.2 (1б)», «балл за 3», «a-1-grade», «item_4». */
typedef struct item_head {
    char label[24];
    int16_t max; /* 0: not given */
} item_head;
bool item_head_parse(oko_str head, item_head *ret_item);

/* «edu223379 | МКОУ "…"», «МКОУ "…"(edu223379)», a login or a name alone. Views into `text`; either may be empty. */
void school_split(oko_str text, oko_str *ret_login, oko_str *ret_name);
/* True for text like sch990001, edu203389, reg20_m012. */
bool is_login(oko_str text);
/* Two digits of the region in a login of the federal system; empty when there are none. */
oko_str login_region(oko_str login);

/* Is this folded head one of a name, a document, a phone …? (works_head.c) */
bool head_is_personal(oko_str key);

/* ---- columns that name a school and a procedure, in lists and protocols: school_columns.c ---- */
typedef struct school_columns {
    int login, oge, ege, name, municipality, region; /* column, −1 none */
    int year, grade, subject, procedure;
} school_columns;
/* First column whose head starts with one of the words (ends with NULL), −1 none. */
int head_any(const intake_row *row, const char *const *words);
/* Does a line above the table contain one of the words (ends with NULL)? */
bool head_above(const intake_head *head, const char *const *words);
/* False when no column names a school. */
bool school_columns_bind(const intake_row *row, school_columns *ret_columns);
/* The row's school. *ret_found false: it names none, which is told as a rejected row. */
oko_status school_columns_place(intake_reader *r, const school_columns *c, uint32_t row, const oko_cell *cells,
                                size_t n, bool *ret_found, uint32_t *ret_place) OKO_WARN_UNUSED;
int school_columns_year(const school_columns *c, const oko_cell *cells, size_t n, int otherwise);
/* Grade of «5», «5А», «5 класс»; 0 when there is none. */
int school_columns_grade(oko_str cell);
/* Code of the procedure that the row names, "" when it names none. */
void school_columns_procedure(const intake_reader *r, const school_columns *c, const oko_cell *cells, size_t n,
                              int year, char code[OKO_CODE_BYTES]);
/* The procedure and the year of a record, from the row, else from outside, else from --procedure. False: not known
 * (b->procedure is ""), or memory is out (NULL). */
bool record_procedure(const intake_reader *r, const school_columns *c, const intake_inside *outside,
                      const oko_cell *cells, size_t n, batch_finding *b);
/* What the rows above the head and the name of the file say. */
void reader_outside(const intake_reader *r, const intake_head *head, intake_inside *ret_inside);
/* Columns that the layout has no use for — not those of `at`, nor `more` — : those that may name people are dropped,
 * the others told as ignored. */
oko_status head_rest(intake_reader *r, const intake_head *head, const school_columns *at, const int *more,
                     size_t n_more) OKO_WARN_UNUSED;

/* ---- tables of works ---- */
typedef enum intake_role {
    ROLE_NONE,
    ROLE_ITEM,
    /* key roles: rows that agree in them belong to one group */
    ROLE_GROUPS,
    ROLE_REGION_CODE,
    ROLE_REGION_NAME,
    ROLE_MUNICIPALITY,
    ROLE_LOGIN,
    ROLE_SCHOOL, /* login, name or both */
    ROLE_NAME,
    ROLE_OGE,
    ROLE_EGE,
    ROLE_CLASS,
    ROLE_CLASS_NUMBER,
    ROLE_PROCEDURE,
    ROLE_LAST_KEY = ROLE_PROCEDURE,
    ROLE_CODE,
    ROLE_VARIANT,
    ROLE_VARIANT_2,
    ROLE_JOURNAL,
    ROLE_TOTAL,
    ROLE_MASK_1, /* answers of a state exam as a mask */
    ROLE_MASK_2,
    ROLE_MASK_3,
    ROLE_KNOWN,    /* known and not needed */
    ROLE_PERSONAL, /* dropped and named in the report */
    ROLE_COUNT
} intake_role;

typedef enum word_match { WORD_EQUAL, WORD_STARTS, WORD_CONTAINS } word_match;
/* A word of a head (folded) and what its column means; the first word of a list that matches wins. */
typedef struct intake_word {
    const char *key;
    word_match match;
    intake_role role;
} intake_word;

typedef struct intake_column {
    const char *head; /* batch arena */
    uint8_t role;
    int16_t item; /* running number of the item column, −1 */
} intake_column;

enum { PROFILE_SCORES = 24 };

/* How the table of works of one worksheet is read; set by works_begin. */
typedef struct intake_works {
    intake_column *cols; /* batch arena */
    size_t n_cols;
    uint32_t col_of[ROLE_COUNT]; /* 1-based, 0 none */
    size_t n_items;              /* item columns */
    uint32_t item_col[OKO_MAX_ITEMS];
    item_head item[OKO_MAX_ITEMS];
    bool by_label;   /* items are found by label, else by their order */
    bool prefilled;  /* rows without variant and items are not works */
    int64_t skipped; /* such rows */

    uint32_t test;
    const oko_procedure *procedure; /* NULL: profile only */
    int16_t map[OKO_MAX_ITEMS];     /* item column → item of the procedure */
    const char *max_text[OKO_MAX_ITEMS];
    char procedure_text[OKO_CODE_BYTES];
    int64_t total_works, total_above;

    oko_str field[ROLE_COUNT];
    oko_str school_login, school_name; /* of the group line above (batch arena) */
    bool (*place)(intake_reader *r, const oko_str *field, batch_place_key *ret_key); /* NULL: works_place */
    char scratch[512];
    char cache[1024]; /* key fields of the row before */
    size_t cache_len;
    bool cached;
    uint32_t group;

    int64_t profile_rows; /* what the columns hold while the procedure is unknown */
    uint32_t (*seen)[PROFILE_SCORES];
    int64_t seen_total; /* largest */
} intake_works;

struct intake_reader {
    const char *file; /* base name */
    const oko_import_options *options;
    const intake_catalog *catalog;
    intake_batch *batch;
    oko_arena *arena; /* of the worksheet */
    const char *worksheet;
    uint16_t sheet;
    intake_row above[HEAD_ROWS];
    size_t n_above;
    const intake_layout *layout; /* of this worksheet */
    const intake_layout *file_layout;
    bool auxiliary; /* a worksheet without a table of its own */
    bool given_up;  /* no head among the first rows */
    intake_works works;
    void *state;                 /* of the layout, in the worksheet's arena */
    char service_login[48];      /* of a school's form */
    bool undecided;              /* the procedure is not known: only profile */
    char wanted[OKO_CODE_BYTES]; /* its code, "" when the file does not say */
    char *hint;                  /* malloc */
};

/* Which procedure the file is of. *ret_procedure NULL with OKO_OK: unknown (r->undecided is set). */
oko_status reader_procedure(intake_reader *r, const intake_inside *inside, const oko_procedure **ret_procedure,
                            oko_error *err) OKO_WARN_UNUSED;
/* What the rows above the head say. */
void reader_inside(const intake_reader *r, const intake_head *head, intake_inside *ret_inside);
/* Notes a problem of this worksheet; col is 1-based. Texts must be static or in the batch arena. */
oko_status reader_problem(intake_reader *r, clean_fault fault, uint32_t row, uint32_t col, const char *column,
                          const char *detail) OKO_WARN_UNUSED;

typedef struct works_options {
    const intake_word *words; /* ends with key NULL */
    bool by_label;
    bool prefilled;
    bool inside; /* the rows above the head name the procedure */
} works_options;
/* Binds the columns of the head, finds the procedure and checks that it fits. */
oko_status works_begin(intake_reader *r, const intake_head *head, const works_options *options,
                       oko_error *err) OKO_WARN_UNUSED;
oko_status works_row(intake_reader *r, uint32_t row, const oko_cell *cells, size_t n, oko_error *err) OKO_WARN_UNUSED;
/* More than 30 % of the works above a maximum: wrong procedure. */
oko_status works_end(intake_reader *r, oko_error *err) OKO_WARN_UNUSED;
/* The usual way from key fields to a place; false when the row names no school. */
bool works_place(intake_reader *r, const oko_str *field, batch_place_key *ret_key);
/* Does the procedure fit the bound columns? map[n_items] is filled. OKO_E_CONFLICT with intake.wrong_procedure.… */
oko_status works_fit(const intake_works *w, const oko_procedure *p, int16_t *map, bool *ret_by_order,
                     oko_error *err) OKO_WARN_UNUSED;

/* gia.c: items of a mask («++-2», «1(1)2(3)») from *at on; false when the text is not a mask or does not fit. */
bool mask_items(oko_str mask, const oko_procedure *p, int *at, int8_t *items, int64_t *ret_sum);

/* hint.c: description of the unknown procedure, or the list of fitting ones; err gets the message. */
oko_status reader_hint(intake_reader *r, oko_error *err) OKO_WARN_UNUSED;

#endif
