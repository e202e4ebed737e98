/*
 * Rule packs (наборы правил): data in reference/rules/NAME.json, read at run time and versioned. A pack names its
 * rules with their parameters, and the procedures for which the pack itself counts each rule (its official signs).
 * The form of the file is described in docs/adr/0005-runs.md.
 */
#ifndef OKO_ANALYSIS_PACK_H
#define OKO_ANALYSIS_PACK_H

#include "base/hash.h"
#include "domain/procedure.h"
#include "reference/json.h"

enum {
    OKO_PACK_MAX_RULES = 16,
    OKO_PACK_MAX_SIGNS = 64,
    OKO_PACK_MAX_PARAMS = 8,
    OKO_PACK_MAX_CONTENT = 16 * 1024 /* of a region's own pack: it is kept in every run made with it */
};

typedef struct oko_pack_param {
    char name[24];
    double value;
} oko_pack_param;

typedef struct oko_pack_rule {
    char name[24]; /* "ci" */
    char code[48]; /* "fioko-2019/ci": as results name it */
    int n_params;
    oko_pack_param params[OKO_PACK_MAX_PARAMS];
    int n_innocent; /* texts rule.PACK.RULE.innocent.1 … n */
} oko_pack_rule;

/* One official sign: a rule in one kind of procedure. grade 0 = any. */
typedef struct oko_pack_sign {
    char id[40]; /* "ci-vpr-ru-4" */
    char rule[48];
    oko_kind kind;
    char subject[16];
    int grade;
} oko_pack_sign;

typedef struct oko_pack {
    char name[32];
    char version[64];
    char sha256[OKO_HASH_HEX]; /* of the file: part of a run's parameters */
    int n_rules;
    oko_pack_rule rules[OKO_PACK_MAX_RULES];
    int n_signs;
    oko_pack_sign signs[OKO_PACK_MAX_SIGNS];
} oko_pack;

/* Reads the built-in pack. OKO_E_NOT_FOUND, OKO_E_FORMAT ("analysis.pack"; field = the member), OKO_E_MEMORY. */
oko_status oko_pack_load(const char *name, oko_pack *ret_pack, oko_error *err) OKO_WARN_UNUSED;
/* The same from JSON that is read already; sha256 stays empty. name: what the member "pack" must say. */
oko_status oko_pack_read(const json_t *json, const char *name, oko_pack *ret_pack, oko_error *err) OKO_WARN_UNUSED;
/* Reads a region's own pack `region`: the thresholds that it wants instead of the built-in ones. Every member is
 * checked. ret_content (malloc): the pack with keys in order and no blanks; sha256 is of this form, so the same
 * content has one hash however it is written. OKO_E_FORMAT "analysis.rules.…" (field = "place (NAME)"), OKO_E_LIMIT,
 * OKO_E_MEMORY. */
oko_status oko_pack_read_region(oko_str text, const char *name, oko_pack *ret_pack, char **ret_content,
                                oko_error *err) OKO_WARN_UNUSED;

/* Between which values a region may set a parameter of its pack (without the pack's name); false: of none such. */
bool oko_pack_bounds(const char *rule, const char *param, double *ret_min, double *ret_max, bool *ret_whole);

/* NULL when the pack has no such rule ("ci"). */
const oko_pack_rule *oko_pack_find(const oko_pack *pack, const char *rule);
/* Parameter of a rule; `otherwise` when the pack does not state it. */
double oko_pack_value(const oko_pack_rule *rule, const char *param, double otherwise);
/* Index of the official sign that this rule is in this procedure, or −1. rule: code "pack/rule". */
int oko_pack_sign_of(const oko_pack *pack, const char *rule, const oko_procedure *p);
/* Does any official sign use this procedure? */
bool oko_pack_covers(const oko_pack *pack, const oko_procedure *p);

#endif
