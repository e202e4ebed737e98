/* Reads rule packs from reference/rules. */
#include "analysis/pack.h"

#include "base/memory.h"
#include "reference/embedded.h"
#include "reference/json.h"

#include <stdio.h>
#include <string.h>

/* A fault in a pack's file; field says where. */
static oko_status fault(oko_error *err, const char *pack, const char *member)
{
    char field[96];
    snprintf(field, sizeof field, "%s: %s", pack, member);
    return oko_error_set(err, OKO_E_FORMAT, "analysis.pack", field);
}

/* String member into dst; false when it is missing, empty or too long. */
static bool text_member(const json_t *object, const char *key, char *dst, size_t bytes)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL && *text != '\0' && oko_str_copy(dst, bytes, oko_str_of(text));
}

static bool read_params(const json_t *json, oko_pack_rule *rule)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)json, name, value)
    {
        if (rule->n_params == OKO_PACK_MAX_PARAMS || !json_is_number(value))
            return false;
        oko_pack_param *param = &rule->params[rule->n_params++];
        if (!oko_str_copy(param->name, sizeof param->name, oko_str_of(name)))
            return false;
        param->value = json_number_value(value);
    }
    return true;
}

static oko_status read_rule(const json_t *json, oko_pack *pack, oko_error *err)
{
    if (pack->n_rules == OKO_PACK_MAX_RULES)
        return fault(err, pack->name, "rules");
    oko_pack_rule *rule = &pack->rules[pack->n_rules];
    *rule = (oko_pack_rule){ 0 };
    if (!text_member(json, "rule", rule->name, sizeof rule->name))
        return fault(err, pack->name, "rule");
    char code[sizeof rule->code];
    int length = snprintf(code, sizeof code, "%s/%s", pack->name, rule->name);
    if (length >= (int)sizeof code || oko_pack_find(pack, rule->name) != NULL)
        return fault(err, pack->name, rule->name);
    memcpy(rule->code, code, sizeof code);
    if (!read_params(json_object_get(json, "params"), rule))
        return fault(err, pack->name, "params");
    rule->n_innocent = (int)json_array_size(json_object_get(json, "innocent"));
    pack->n_rules++;
    return OKO_OK;
}

static oko_status read_sign(const json_t *json, oko_pack *pack, oko_error *err)
{
    if (pack->n_signs == OKO_PACK_MAX_SIGNS)
        return fault(err, pack->name, "signs");
    oko_pack_sign *sign = &pack->signs[pack->n_signs];
    *sign = (oko_pack_sign){ 0 };
    char rule[24] = "", kind[24] = "";
    if (!text_member(json, "id", sign->id, sizeof sign->id) || !text_member(json, "rule", rule, sizeof rule) ||
        !text_member(json, "kind", kind, sizeof kind) ||
        !text_member(json, "subject", sign->subject, sizeof sign->subject))
        return fault(err, pack->name, "signs");
    const oko_pack_rule *known = oko_pack_find(pack, rule);
    if (known == NULL || !oko_kind_parse(oko_str_of(kind), &sign->kind))
        return fault(err, pack->name, sign->id);
    memcpy(sign->rule, known->code, sizeof sign->rule);
    sign->grade = (int)json_integer_value(json_object_get(json, "grade"));
    pack->n_signs++;
    return OKO_OK;
}

static oko_status read_pack(const json_t *json, const char *name, oko_pack *pack, oko_error *err)
{
    if (!text_member(json, "pack", pack->name, sizeof pack->name) || strcmp(pack->name, name) != 0 ||
        !text_member(json, "version", pack->version, sizeof pack->version))
        return fault(err, name, "pack");
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(json, "rules"), i, entry)
    {
        oko_status status = read_rule(entry, pack, err);
        if (status != OKO_OK)
            return status;
    }
    json_array_foreach(json_object_get(json, "signs"), i, entry)
    {
        oko_status status = read_sign(entry, pack, err);
        if (status != OKO_OK)
            return status;
    }
    return pack->n_rules > 0 ? OKO_OK : fault(err, name, "rules");
}

oko_status oko_pack_read(const json_t *json, const char *name, oko_pack *ret_pack, oko_error *err)
{
    oko_pack pack = { 0 };
    oko_status status = read_pack(json, name, &pack, err);
    if (status == OKO_OK)
        *ret_pack = pack;
    return status;
}

oko_status oko_pack_load(const char *name, oko_pack *ret_pack, oko_error *err)
{
    char path[80];
    oko_str bytes;
    snprintf(path, sizeof path, "rules/%s.json", name);
    if (!oko_embedded_find(path, &bytes))
        return oko_error_set(err, OKO_E_NOT_FOUND, "analysis.pack", path);
    OKO_CLEANUP(oko_json_freep) json_t *json = NULL;
    oko_status status = oko_json_parse(bytes, path, &json, err);
    if (status != OKO_OK)
        return status;
    oko_pack pack = { 0 };
    status = read_pack(json, name, &pack, err);
    if (status != OKO_OK)
        return status;
    oko_hash_bytes(bytes.ptr, bytes.len, pack.sha256);
    *ret_pack = pack;
    return OKO_OK;
}

const oko_pack_rule *oko_pack_find(const oko_pack *pack, const char *rule)
{
    for (int i = 0; i < pack->n_rules; i++)
        if (strcmp(pack->rules[i].name, rule) == 0)
            return &pack->rules[i];
    return NULL;
}

double oko_pack_value(const oko_pack_rule *rule, const char *param, double otherwise)
{
    for (int i = 0; i < rule->n_params; i++)
        if (strcmp(rule->params[i].name, param) == 0)
            return rule->params[i].value;
    return otherwise;
}

static bool sign_uses(const oko_pack_sign *sign, const oko_procedure *p)
{
    return sign->kind == p->kind && strcmp(sign->subject, p->subject) == 0 &&
           (sign->grade == 0 || sign->grade == p->grade);
}

int oko_pack_sign_of(const oko_pack *pack, const char *rule, const oko_procedure *p)
{
    for (int i = 0; i < pack->n_signs; i++)
        if (strcmp(pack->signs[i].rule, rule) == 0 && sign_uses(&pack->signs[i], p))
            return i;
    return -1;
}

bool oko_pack_covers(const oko_pack *pack, const oko_procedure *p)
{
    for (int i = 0; i < pack->n_signs; i++)
        if (sign_uses(&pack->signs[i], p))
            return true;
    return false;
}
