#include "analysis/other_pack.h"

#include "base/memory.h"
#include "reference/embedded.h"

#include <string.h>

static oko_status fault(oko_error *err, const char *member)
{
    return oko_error_set(err, OKO_E_FORMAT, "analysis.pack", member);
}

static bool text_of(const json_t *json, const char *member, char *dst, size_t bytes)
{
    const char *text = json_string_value(json_object_get(json, member));
    return text != NULL && text[0] != '\0' && oko_str_copy(dst, bytes, oko_str_of(text));
}

/* A whole number in lo…hi. */
static bool whole_of(const json_t *json, const char *member, int lo, int hi, int *ret)
{
    const json_t *value = json_object_get(json, member);
    const json_int_t v = json_integer_value(value);
    *ret = (int)v;
    return json_is_integer(value) && v >= lo && v <= hi;
}

static bool read_kind(const json_t *json, void *entry)
{
    oko_remark_kind *k = entry;
    const json_t *words = json_object_get(json, "words");
    const size_t n = json_array_size(words);
    *k = (oko_remark_kind){ .serious = json_is_true(json_object_get(json, "serious")), .n_words = (int)n };
    if (!text_of(json, "kind", k->name, sizeof k->name) || n == 0 || n > OKO_REMARK_WORDS) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        const char *word = json_string_value(json_array_get(words, i));
        if (word == NULL || oko_str_fold(k->words[i], sizeof k->words[i], oko_str_of(word)) == 0) {
            return false;
        }
    }
    return true;
}

static bool read_medal(const json_t *json, void *entry)
{
    oko_medal_rule *m = entry;
    return whole_of(json, "from", 1990, 2100, &m->from) && whole_of(json, "to", m->from, 2100, &m->to) &&
           whole_of(json, "degree", 1, 2, &m->degree) && whole_of(json, "ru", 0, 100, &m->ru) &&
           whole_of(json, "profile", 0, 100, &m->profile) && whole_of(json, "base", 2, 5, &m->base);
}

static bool read_pair(const json_t *json, void *entry)
{
    oko_pair *p = entry;
    char kind[24], other[24];
    *p = (oko_pair){ 0 };
    if (!text_of(json, "kind", kind, sizeof kind) || !text_of(json, "other", other, sizeof other) ||
        !oko_kind_parse(oko_str_of(kind), &p->kind) || !oko_kind_parse(oko_str_of(other), &p->other)) {
        return false;
    }
    const bool subject = text_of(json, "subject", p->subject, sizeof p->subject);
    const bool both = text_of(json, "other_subject", p->other_subject, sizeof p->other_subject);
    return subject == both && whole_of(json, "grade", 1, 12, &p->grade) &&
           whole_of(json, "other_grade", 1, 12, &p->other_grade) && whole_of(json, "years", 0, 8, &p->years);
}

/* How the array of one member is read. */
typedef struct part {
    const char *member;
    bool (*read)(const json_t *json, void *entry);
    void *list;
    size_t size, limit;
    int *count;
} part;

static oko_status read_parts(const json_t *json, oko_other *o, oko_error *err)
{
    const part parts[] = {
        { "remarks", read_kind, o->kinds, sizeof *o->kinds, OKO_REMARK_KINDS, &o->n_kinds },
        { "medals", read_medal, o->medals, sizeof *o->medals, OKO_MEDAL_RULES, &o->n_medals },
        { "pairs", read_pair, o->pairs, sizeof *o->pairs, OKO_PAIRS, &o->n_pairs },
    };
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        const json_t *array = json_object_get(json, parts[k].member);
        const size_t n = json_array_size(array);
        bool ok = n > 0 && n <= parts[k].limit;
        for (size_t i = 0; ok && i < n; i++) {
            ok = parts[k].read(json_array_get(array, i), (char *)parts[k].list + i * parts[k].size);
        }
        if (!ok) {
            return fault(err, parts[k].member);
        }
        *parts[k].count = (int)n;
    }
    return OKO_OK;
}

oko_status oko_other_load(oko_other *ret, oko_error *err)
{
    static const char *const rules[] = { "recheck", "observers", "medals", "relation" };
    oko_str bytes;
    OKO_CLEANUP(oko_json_freep) json_t *json = NULL;
    oko_status status = oko_pack_load("other", &ret->pack, err);
    for (size_t i = 0; status == OKO_OK && i < sizeof rules / sizeof *rules; i++) {
        status = oko_pack_find(&ret->pack, rules[i]) != NULL ? OKO_OK : fault(err, rules[i]);
    }
    if (status != OKO_OK) {
        return status;
    }
    if (!oko_embedded_find("rules/other.json", &bytes)) {
        return fault(err, "other");
    }
    status = oko_json_parse(bytes, "rules/other.json", &json, err);
    return status == OKO_OK ? read_parts(json, ret, err) : status;
}

int oko_other_kind_of(const oko_other *other, oko_str remark)
{
    char key[1024];
    const oko_str s = { key, oko_str_fold(key, sizeof key, remark) };
    for (int i = 0; i < other->n_kinds; i++) {
        for (int w = 0; w < other->kinds[i].n_words; w++) {
            if (oko_str_contains(s, oko_str_of(other->kinds[i].words[w]))) {
                return i;
            }
        }
    }
    return other->n_kinds;
}

bool oko_other_serious(const oko_other *other, uint32_t kinds)
{
    for (int k = 0; k < other->n_kinds; k++) {
        if (other->kinds[k].serious && (kinds >> k & 1) != 0) {
            return true;
        }
    }
    return false;
}

const oko_medal_rule *oko_other_medal(const oko_other *other, int year, int degree)
{
    for (int i = 0; i < other->n_medals; i++) {
        const oko_medal_rule *m = &other->medals[i];
        if (year >= m->from && year <= m->to && m->degree == (degree > 0 ? degree : 1)) {
            return m;
        }
    }
    return NULL;
}

bool oko_other_pair_fits(const oko_pair *pair, const oko_procedure *p, const oko_procedure *other)
{
    const bool subjects = pair->subject[0] == '\0' ? p->subject[0] != '\0' && strcmp(p->subject, other->subject) == 0
                                                   : strcmp(p->subject, pair->subject) == 0 &&
                                                         strcmp(other->subject, pair->other_subject) == 0;
    return subjects && pair->kind == p->kind && pair->other == other->kind && pair->grade == p->grade &&
           pair->other_grade == other->grade && other->year - p->year == pair->years;
}
