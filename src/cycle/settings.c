#include "cycle/settings.h"

#include "cycle/body.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static oko_settings usual(void)
{
    return (oko_settings){ .lang = "ru", .published_min = OKO_SETTINGS_MIN_LEAST };
}

static void take(const json_t *body, const char *name, char *dst, size_t bytes)
{
    (void)oko_str_copy(dst, bytes, oko_str_of(oko_body_str(body, name)));
}

static oko_status read(const oko_record *r, oko_settings *ret)
{
    json_t *body = json_loadb(r->body, r->body_len, 0, NULL);
    oko_settings s = usual();
    if (body == NULL)
        return OKO_E_STORE;
    take(body, "organisation", s.organisation, sizeof s.organisation);
    take(body, "signer", s.signer, sizeof s.signer);
    take(body, "contact", s.contact, sizeof s.contact);
    if (strcmp(oko_body_str(body, "lang"), "en") == 0)
        (void)snprintf(s.lang, sizeof s.lang, "en");
    if (oko_body_int(body, "published_min") > s.published_min)
        s.published_min = (int)oko_body_int(body, "published_min");
    s.record = r->id;
    s.version = r->version;
    (void)snprintf(s.updated, sizeof s.updated, "%s", r->updated);
    s.updated_by = r->updated_by;
    json_decref(body);
    *ret = s;
    return OKO_OK;
}

static oko_status take_now(void *ctx, const oko_record *r)
{
    return read(r, ctx);
}

oko_status oko_settings_get(oko_store *store, oko_settings *ret_settings, oko_error *err)
{
    oko_settings s = usual();
    oko_status status = oko_store_record_find(store, OKO_SETTINGS_KIND, OKO_SETTINGS_KEY, take_now, &s, err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(err);
        status = OKO_OK;
    }
    if (status == OKO_OK)
        *ret_settings = s;
    return status;
}

typedef struct told {
    oko_settings_fn fn;
    void *ctx;
} told;

static oko_status tell_version(void *ctx, const oko_record *r)
{
    const told *t = ctx;
    oko_settings s;
    oko_status status = read(r, &s);
    return status == OKO_OK ? t->fn(t->ctx, &s) : status;
}

oko_status oko_settings_history(oko_store *store, oko_settings_fn fn, void *ctx, oko_error *err)
{
    oko_settings s;
    told t = { fn, ctx };
    oko_status status = oko_settings_get(store, &s, err);
    return status == OKO_OK && s.record != 0 ? oko_store_record_history(store, s.record, tell_version, &t, err)
                                             : status;
}

static json_t *body_of(const oko_settings *s)
{
    return json_pack("{s:s,s:s,s:s,s:s,s:i}", "organisation", s->organisation, "signer", s->signer, "contact",
                     s->contact, "lang", s->lang, "published_min", s->published_min);
}

static oko_status keep(oko_store *store, const oko_actor *actor, const oko_settings *s, const char *text,
                       oko_error *err)
{
    oko_record r = { .id = s->record, .version = s->version, .updated_by = actor->user }, kept;
    char object[64];
    (void)snprintf(r.kind, sizeof r.kind, "%s", OKO_SETTINGS_KIND);
    (void)snprintf(r.key, sizeof r.key, "%s", OKO_SETTINGS_KEY);
    (void)snprintf(r.state, sizeof r.state, "kept");
    r.body = text;
    r.body_len = strlen(text);
    oko_status status = oko_store_record_put(store, &r, &kept, err);
    (void)snprintf(object, sizeof object, OKO_SETTINGS_KIND "/%lld", (long long)kept.id);
    return status == OKO_OK ? oko_audit_note(store, actor, "settings.put", object, 0, text, err) : status;
}

static oko_status changed(const oko_settings *now, oko_error *err)
{
    oko_status status = oko_error_set(err, OKO_E_CONFLICT, "record.changed", "");
    oko_error_arg(err, "%lld", (long long)now->version);
    return status;
}

oko_status oko_settings_put(oko_store *store, const oko_actor *actor, const oko_settings *settings,
                            oko_settings *ret_settings, oko_error *err)
{
    oko_settings now, wanted = *settings;
    oko_status status = oko_settings_get(store, &now, err);
    if (status != OKO_OK)
        return status;
    if (wanted.version != now.version)
        return changed(&now, err);
    if (wanted.published_min < OKO_SETTINGS_MIN_LEAST || wanted.published_min > OKO_SETTINGS_MIN_MOST)
        return oko_error_set(err, OKO_E_FORMAT, "setup.published_min", "/published_min");
    wanted.record = now.record;
    json_t *body = body_of(&wanted);
    char *text = body != NULL ? json_dumps(body, JSON_COMPACT) : NULL;
    json_decref(body);
    status = text != NULL ? keep(store, actor, &wanted, text, err) : oko_error_set(err, OKO_E_MEMORY, "", "");
    free(text);
    return status == OKO_OK ? oko_settings_get(store, ret_settings, err) : status;
}
