/* What a result's details add to its numbers, in words: reports print it, «как получено» tells it. */
#ifndef OKO_REPORT_DETAIL_WORDS_H
#define OKO_REPORT_DETAIL_WORDS_H

#include "domain/run.h"
#include "reference/text.h"

#include <jansson.h>

/* Title of another procedure that a result was compared with; NULL: not known, its code is told. */
typedef struct oko_titles {
    const char *(*find)(const void *ctx, const char *procedure);
    const void *ctx;
} oko_titles;

enum { OKO_DETAIL_WORDS = 32 };
typedef struct oko_detail_words {
    int n;
    const char *at[OKO_DETAIL_WORDS]; /* sentences, of the arena; NULL when memory is out */
} oko_detail_words;

/* json: the details of r. Rules whose details are a table (cut-offs) have no words here. */
void oko_detail_words_of(const oko_text *text, oko_arena *arena, const oko_titles *titles, const oko_result *r,
                         const json_t *json, oko_detail_words *ret_words);

#endif
