/* Checks the file of a regional pack member by member, and says where the fault is. */
#include "analysis/pack.h"

#include "base/memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char pack_name[] = "region";

/* What may stand in the pack, and between which bounds. Shares are percents; the smallest group may only grow, because
 * federal recommendations give no shares below 10 pupils. */
static const struct {
    const char *rule, *param;
    double min, max;
    bool whole;
} allowed[] = {
    { "lowered", "high", .1, 100, false },     { "lowered", "medium", .1, 100, false },
    { "lowered", "min_works", 10, 1e6, true }, { "raised", "high", .1, 100, false },
    { "raised", "medium", .1, 100, false },    { "raised", "min_works", 10, 1e6, true },
    { "contrast", "good", .1, 100, false },    { "contrast", "mean", .1, 100, false },
    { "contrast", "journal", 0, 1, true },     { "contrast", "min_works", 10, 1e6, true },
    { "twos", "rise", .1, 100, false },        { "twos", "min_works", 10, 1e6, true },
};
enum { N_ALLOWED = (int)(sizeof allowed / sizeof *allowed) };

bool oko_pack_bounds(const char *rule, const char *param, double *ret_min, double *ret_max, bool *ret_whole)
{
    for (int i = 0; i < N_ALLOWED; i++) {
        if (strcmp(allowed[i].rule, rule) == 0 && strcmp(allowed[i].param, param) == 0) {
            *ret_min = allowed[i].min;
            *ret_max = allowed[i].max;
            *ret_whole = allowed[i].whole;
            return true;
        }
    }
    return false;
}

/* One file under examination. */
typedef struct check {
    const char *name; /* of the file, as the user knows it */
    oko_error *err;
} check;

/* Sets the error: "PLACE (FILE)"; the place first, as long names are cut. */
static oko_status fault(const check *c, const char *key, const char *place)
{
    char field[512];
    snprintf(field, sizeof field, "%s (%s)", place, c->name);
    return oko_error_set(c->err, OKO_E_FORMAT, key, field);
}

static bool one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

/* Every member of an object is one that we know: a slip of the pen is not passed over. */
static oko_status check_members(const check *c, json_t *object, const char *place, const char *const *names)
{
    const char *name;
    json_t *value;
    char at[200];
    json_object_foreach(object, name, value)
    {
        snprintf(at, sizeof at, "%s%.80s", place, name);
        if (!one_of(name, names))
            return fault(c, "analysis.rules.member", at);
    }
    return OKO_OK;
}

static oko_status check_value(const check *c, const json_t *value, int at, const char *place)
{
    double v = json_is_number(value) ? json_number_value(value) : NAN;
    bool inside = v >= allowed[at].min && v <= allowed[at].max;
    if (inside && (!allowed[at].whole || v == floor(v)))
        return OKO_OK;
    oko_status status = fault(c, allowed[at].whole ? "analysis.rules.whole" : "analysis.rules.value", place);
    oko_error_arg(c->err, "%g", allowed[at].min);
    oko_error_arg(c->err, "%g", allowed[at].max);
    return status;
}

/* The parameters of one rule: all that the rule has, no others, each within its bounds. */
static oko_status check_params(const check *c, const char *rule, json_t *params, const char *place)
{
    const char *names[N_ALLOWED + 1] = { NULL };
    char at[120], prefix[100];
    int n = 0;
    for (int i = 0; i < N_ALLOWED; i++)
        if (strcmp(allowed[i].rule, rule) == 0)
            names[n++] = allowed[i].param;
    snprintf(prefix, sizeof prefix, "%sparams.", place);
    oko_status status =
        json_is_object(params) ? check_members(c, params, prefix, names) : fault(c, "analysis.rules.missing", prefix);
    for (int i = 0; status == OKO_OK && i < N_ALLOWED; i++) {
        if (strcmp(allowed[i].rule, rule) != 0)
            continue;
        const json_t *value = json_object_get(params, allowed[i].param);
        snprintf(at, sizeof at, "%s%s", prefix, allowed[i].param);
        status = value == NULL ? fault(c, "analysis.rules.missing", at) : check_value(c, value, i, at);
    }
    snprintf(at, sizeof at, "%smedium", prefix);
    if (status == OKO_OK &&
        json_number_value(json_object_get(params, "medium")) > json_number_value(json_object_get(params, "high")) &&
        json_object_get(params, "high") != NULL)
        status = fault(c, "analysis.rules.order", at);
    return status;
}

static oko_status check_rule(const check *c, json_t *rule, size_t i)
{
    static const char *const members[] = { "rule", "method", "params", "title", "what", "reading", "innocent", NULL };
    char place[64], at[80];
    snprintf(place, sizeof place, "rules[%zu].", i);
    if (!json_is_object(rule))
        return fault(c, "analysis.rules.missing", place);
    oko_status status = check_members(c, rule, place, members);
    const char *name = json_string_value(json_object_get(rule, "rule"));
    bool known = false;
    for (int k = 0; name != NULL && k < N_ALLOWED; k++)
        known |= strcmp(allowed[k].rule, name) == 0;
    snprintf(at, sizeof at, "%srule", place);
    if (status == OKO_OK && !known)
        status = fault(c, "analysis.rules.rule", at);
    return status == OKO_OK ? check_params(c, name, json_object_get(rule, "params"), place) : status;
}

static oko_status check_pack(const check *c, json_t *json)
{
    static const char *const members[] = { "pack", "version", "year", "source", "rules", "signs", NULL };
    if (!json_is_object(json))
        return fault(c, "analysis.rules.pack", "pack");
    oko_status status = check_members(c, json, "", members);
    if (status != OKO_OK)
        return status;
    const char *pack = json_string_value(json_object_get(json, "pack"));
    const char *version = json_string_value(json_object_get(json, "version"));
    json_t *rules = json_object_get(json, "rules"), *rule;
    if (pack == NULL || strcmp(pack, pack_name) != 0)
        return fault(c, "analysis.rules.pack", "pack");
    if (version == NULL || *version == '\0' || strlen(version) >= sizeof((oko_pack *)NULL)->version)
        return fault(c, "analysis.rules.version", "version");
    if (json_array_size(json_object_get(json, "signs")) > 0)
        return fault(c, "analysis.rules.member", "signs");
    if (json_array_size(rules) == 0)
        return fault(c, "analysis.rules.missing", "rules");
    size_t i;
    json_array_foreach(rules, i, rule)
    {
        status = check_rule(c, rule, i);
        for (size_t k = 0; status == OKO_OK && k < i; k++) {
            char at[64];
            snprintf(at, sizeof at, "rules[%zu].rule", i);
            if (json_equal(json_object_get(json_array_get(rules, k), "rule"), json_object_get(rule, "rule")))
                status = fault(c, "analysis.rules.twice", at);
        }
        if (status != OKO_OK)
            return status;
    }
    return OKO_OK;
}

oko_status oko_pack_read_region(oko_str text, const char *name, oko_pack *ret_pack, char **ret_content, oko_error *err)
{
    const check c = { .name = name, .err = err };
    OKO_CLEANUP(oko_json_freep) json_t *json = NULL;
    oko_pack pack = { 0 };
    oko_status status = oko_json_parse(text, name, &json, err);
    if (status == OKO_OK)
        status = check_pack(&c, json);
    if (status == OKO_OK)
        status = oko_pack_read(json, pack_name, &pack, err);
    if (status != OKO_OK)
        return status;
    char *content = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(17));
    if (content == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    if (strlen(content) > OKO_PACK_MAX_CONTENT) {
        free(content);
        status = fault(&c, "analysis.rules.too_large", "rules");
        oko_error_arg(err, "%d", (int)OKO_PACK_MAX_CONTENT);
        return status;
    }
    oko_hash_bytes(content, strlen(content), pack.sha256);
    *ret_pack = pack;
    *ret_content = content;
    return OKO_OK;
}
