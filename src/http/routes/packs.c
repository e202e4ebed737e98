/* A pack of rules as its page shows it: in words, with bounds, with every version that the region set. */
#include "http/routes/routes.h"

#include "analysis/pack.h"
#include "http/packs.h"
#include "http/service.h"
#include "store/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct details {
    oko_request *rq;
    oko_pack now, builtin;
    bool own;
    json_t *history;
} details;

static const char *word(const details *d, const char *rule, const char *what)
{
    char key[128];
    (void)snprintf(key, sizeof key, "rule.%s.%s.%s", d->now.name, rule, what);
    return oko_text_has(d->rq->text, key) ? oko_text_get(d->rq->text, key) : "";
}

static json_t *param_json(const details *d, const char *rule, const oko_pack_param *p)
{
    const oko_pack_rule *before = oko_pack_find(&d->builtin, rule);
    double min = 0, max = 0;
    bool whole = false;
    bool settable = strcmp(d->now.name, "region") == 0 && oko_pack_bounds(rule, p->name, &min, &max, &whole);
    return json_pack("{s:s,s:f,s:o,s:o,s:o,s:b}", "name", p->name, "value", p->value, "builtin",
                     before != NULL ? json_real(oko_pack_value(before, p->name, p->value)) : json_null(), "min",
                     settable ? json_real(min) : json_null(), "max", settable ? json_real(max) : json_null(), "whole",
                     (int)whole);
}

static json_t *rules_json(const details *d)
{
    json_t *rules = json_array();
    for (int i = 0; i < d->now.n_rules; i++) {
        const oko_pack_rule *r = &d->now.rules[i];
        const char *slash = strrchr(r->code, '/');
        const char *rule = slash != NULL ? slash + 1 : r->code;
        json_t *params = json_array();
        for (int k = 0; k < r->n_params; k++)
            (void)json_array_append_new(params, param_json(d, rule, &r->params[k]));
        (void)json_array_append_new(rules, json_pack("{s:s,s:s,s:s,s:s,s:o}", "rule", rule, "title",
                                                     word(d, rule, "title"), "what", word(d, rule, "what"), "reading",
                                                     word(d, rule, "reading"), "params", params));
    }
    return rules;
}

/* ---- what the region set ---- */
static json_t *set_rules(const oko_record *r)
{
    json_t *body = json_loadb(r->body, r->body_len, 0, NULL), *list = json_array(), *rule;
    size_t i;
    json_array_foreach(json_object_get(body, "rules"), i, rule)
    {
        const json_t *params = json_object_get(rule, "params");
        const char *name = json_string_value(json_object_get(rule, "rule"));
        (void)json_array_append_new(list, json_pack("{s:s,s:o}", "rule", name != NULL ? name : "", "params",
                                                    params != NULL ? json_deep_copy(params) : json_object()));
    }
    json_decref(body);
    return list;
}

static oko_status add_version(void *ctx, const oko_record *r)
{
    details *d = ctx;
    oko_user user = { .name = "" };
    if (r->updated_by != 0 && oko_store_user_get(d->rq->store, r->updated_by, &user, NULL) != OKO_OK)
        user.name[0] = '\0';
    json_t *o = json_pack("{s:I,s:s,s:s,s:s,s:b,s:o}", "version", (json_int_t)r->version, "title", r->title, "updated",
                          r->updated, "by", user.name, "removed", (int)r->removed, "rules", set_rules(r));
    return json_array_insert_new(d->history, 0, o) == 0 ? OKO_OK : OKO_E_MEMORY;
}

static oko_status find_own(void *ctx, const oko_record *r)
{
    details *d = ctx;
    oko_error why = { .code = OKO_OK };
    return oko_store_record_history(d->rq->store, r->id, add_version, d, &why);
}

static oko_status packs_details(oko_request *rq, oko_reply *reply, oko_error *err)
{
    OKO_CLEANUP(oko_freep) details *d = oko_calloc_array(1, sizeof *d);
    const char *name = oko_request_str(rq, "name");
    char title[64];
    if (d == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    d->rq = rq;
    if (oko_pack_load(name, &d->builtin, err) != OKO_OK)
        return oko_error_set(err, OKO_E_NOT_FOUND, "http.no_path", "");
    oko_status status = oko_pack_now(rq->store, name, &d->now, &d->own, err);
    if (status != OKO_OK)
        return status;
    d->history = json_array();
    if (strcmp(name, "region") == 0) {
        status = oko_store_record_find(rq->store, OKO_OWN_PACK_KIND, OKO_OWN_PACK_KEY, find_own, d, err);
        status = status == OKO_E_NOT_FOUND ? OKO_OK : status;
        oko_error_clear(err);
    }
    (void)snprintf(title, sizeof title, "rule.pack.%s", d->now.name);
    json_t *o = json_pack("{s:o,s:s,s:o,s:o}", "pack", oko_pack_json(&d->now, d->own), "title",
                          oko_text_has(rq->text, title) ? oko_text_get(rq->text, title) : d->now.name, "rules",
                          rules_json(d), "history", d->history);
    if (status == OKO_OK)
        return oko_reply_json(reply, 200, o, err);
    json_decref(o);
    return oko_error_set(err, status, "", "");
}

const oko_route oko_routes_packs[] = {
    { "packs.details", packs_details },
    { NULL, NULL },
};
