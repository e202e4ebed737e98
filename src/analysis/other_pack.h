/* The parts of the pack `other` that are no rules: kinds of remarks, thresholds of medals, pairs of procedures. Data,
 * read from reference/rules/other.json. */
#ifndef OKO_ANALYSIS_OTHER_PACK_H
#define OKO_ANALYSIS_OTHER_PACK_H

#include "analysis/pack.h"

enum { OKO_REMARK_KINDS = 24, OKO_REMARK_WORDS = 24, OKO_MEDAL_RULES = 16, OKO_PAIRS = 24 };

typedef struct oko_remark_kind {
    char name[24];
    bool serious;
    int n_words;
    char words[OKO_REMARK_WORDS][64]; /* folded; parts of words */
} oko_remark_kind;

/* Results that confirm a medal. */
typedef struct oko_medal_rule {
    int from, to; /* years */
    int degree;
    int ru, profile, base; /* at least; one of the two mathematics */
} oko_medal_rule;

/* A procedure and the more reliable one that it is held against. */
typedef struct oko_pair {
    oko_kind kind, other;
    int grade, other_grade;
    char subject[16], other_subject[16]; /* "": any, the same in both */
    int years;                           /* the other one comes so much later */
} oko_pair;

typedef struct oko_other {
    oko_pack pack;
    int n_kinds, n_medals, n_pairs;
    oko_remark_kind kinds[OKO_REMARK_KINDS];
    oko_medal_rule medals[OKO_MEDAL_RULES];
    oko_pair pairs[OKO_PAIRS];
} oko_other;

/* OKO_E_FORMAT ("analysis.pack", field = the member), OKO_E_MEMORY. */
oko_status oko_other_load(oko_other *ret, oko_error *err) OKO_WARN_UNUSED;
/* Index of the first kind of which the remark holds a word; n_kinds: none of them. */
int oko_other_kind_of(const oko_other *other, oko_str remark);
/* Is one of these kinds (bit k = kind k) serious? */
bool oko_other_serious(const oko_other *other, uint32_t kinds);
/* NULL when the pack has no rule of that year and degree (0 or less: not said, taken as the first). */
const oko_medal_rule *oko_other_medal(const oko_other *other, int year, int degree);
/* Do the two procedures make this pair? */
bool oko_other_pair_fits(const oko_pair *pair, const oko_procedure *p, const oko_procedure *other);

#endif
