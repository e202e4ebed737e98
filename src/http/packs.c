#include "http/packs.h"

#include "http/service.h"
#include "store/records.h"

#include <stdlib.h>
#include <string.h>

const char *const oko_pack_names[] = { "fioko-2019", "region", "external", "oko", "other", NULL };

static oko_status find_own(void *ctx, const oko_record *r)
{
    json_t **body = ctx;
    *body = r->removed ? NULL : json_loadb(r->body, r->body_len, 0, NULL);
    return OKO_OK;
}

/* The region's own pack, or NULL. */
static json_t *own_pack(oko_store *store)
{
    json_t *body = NULL;
    oko_error none = { .code = OKO_OK };
    (void)!oko_store_record_find(store, OKO_OWN_PACK_KIND, OKO_OWN_PACK_KEY, find_own, &body, &none);
    return body;
}

oko_status oko_pack_now(oko_store *store, const char *name, oko_pack *ret_pack, bool *ret_own, oko_error *err)
{
    json_t *own = strcmp(name, "region") == 0 ? own_pack(store) : NULL;
    char *text = own != NULL ? json_dumps(own, JSON_COMPACT) : NULL, *content = NULL;
    oko_status status = text != NULL ? oko_pack_read_region(oko_str_of(text), "rules", ret_pack, &content, err)
                                     : oko_pack_load(name, ret_pack, err);
    if (status == OKO_OK)
        *ret_own = own != NULL;
    free(text);
    free(content);
    json_decref(own);
    return status;
}

json_t *oko_pack_json(const oko_pack *pack, bool own)
{
    json_t *o = json_object(), *rules = json_array();
    for (int i = 0; i < pack->n_rules; i++) {
        json_t *rule = json_object(), *params = json_object();
        for (int k = 0; k < pack->rules[i].n_params; k++)
            (void)json_object_set_new(params, pack->rules[i].params[k].name, json_real(pack->rules[i].params[k].value));
        oko_json_set_str(rule, "rule", pack->rules[i].code);
        (void)json_object_set_new(rule, "params", params);
        (void)json_array_append_new(rules, rule);
    }
    oko_json_set_str(o, "name", pack->name);
    oko_json_set_str(o, "version", pack->version);
    oko_json_set_str(o, "sha256", pack->sha256);
    oko_json_set_bool(o, "own", own);
    oko_json_set_int(o, "signs", pack->n_signs);
    (void)json_object_set_new(o, "rules", rules);
    return o;
}
