/*
 * Message catalogue: every sentence that people read, by key and language, from reference/text/LANG/MODULE.json.
 * A value is a string with {name} places, or an object of plural forms {"one","few","many"} ({"one","other"} in
 * English) chosen by the argument "n". Keys are "module.what[.detail]".
 */
#ifndef OKO_REFERENCE_TEXT_H
#define OKO_REFERENCE_TEXT_H

#include <oko/status.h>

#include "base/memory.h"

typedef struct oko_text oko_text;

/* lang "ru" or "en". Immutable afterwards, can be shared by threads. */
oko_status oko_text_open(const char *lang, oko_text **ret_text, oko_error *err) OKO_WARN_UNUSED;
void oko_text_free(oko_text *text);
void oko_text_freep(oko_text **text);
const char *oko_text_lang(const oko_text *text);

/* Fixed text; a missing key gives the key itself (a test finds missing ones). */
const char *oko_text_get(const oko_text *text, const char *key);
bool oko_text_has(const oko_text *text, const char *key);

typedef enum oko_arg_kind { OKO_ARG_STR, OKO_ARG_INT, OKO_ARG_NUM } oko_arg_kind;
typedef struct oko_text_arg {
    const char *name;
    oko_arg_kind kind;
    const char *str; /* OKO_ARG_STR */
    int64_t i;       /* OKO_ARG_INT: grouped by thousands */
    double num;      /* OKO_ARG_NUM: NaN prints as «—» */
    int decimals;
} oko_text_arg;
#define OKO_S(name_, v) ((oko_text_arg){ .name = (name_), .kind = OKO_ARG_STR, .str = (v) })
#define OKO_I(name_, v) ((oko_text_arg){ .name = (name_), .kind = OKO_ARG_INT, .i = (v) })
#define OKO_N(name_, v, d) ((oko_text_arg){ .name = (name_), .kind = OKO_ARG_NUM, .num = (v), .decimals = (d) })

/* Fills the places and appends to out. An unknown place stays as it is written. */
void oko_text_fill(const oko_text *text, oko_buffer *out, const char *key, const oko_text_arg *args, size_t n);
/* The same as an arena string; never NULL unless memory is out. */
char *oko_text_make(const oko_text *text, oko_arena *arena, const char *key, const oko_text_arg *args, size_t n);

/* Numbers as the language writes them (ru: «12 345,6» with narrow no-break spaces; en: 12,345.6). NaN gives «—». */
char *oko_text_number(const oko_text *text, oko_arena *arena, double value, int decimals);

/* p-values: «0,012», «< 0,0001», and from log p for the far tail «10⁻¹²». */
char *oko_text_p(const oko_text *text, oko_arena *arena, double p, double log_p);

/* Full sentence for an error: message of err->id (else of the status), the field where given. */
char *oko_text_error(const oko_text *text, oko_arena *arena, const oko_error *err);

#endif
