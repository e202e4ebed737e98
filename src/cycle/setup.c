#include "cycle/setup.h"

#include "cycle/people.h"
#include "cycle/settings.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* Without 0 O 1 I L and vowels that make words. */
static const char letters[] = "23456789BCDFGHJKMNPQRSTVWXZ";
enum { CODE_LETTERS = 16, CODE_GROUP = 4 };

static oko_status somebody(void *ctx, const oko_user *u)
{
    (void)ctx;
    (void)u;
    return OKO_E_CANCELLED; /* one is enough */
}

oko_status oko_setup_is_open(oko_store *store, bool *ret_open, oko_error *err)
{
    oko_status status = oko_store_user_walk(store, 0, OKO_ROLE_COUNT, somebody, NULL, err);
    if (status != OKO_OK && status != OKO_E_CANCELLED)
        return status;
    oko_error_clear(err);
    *ret_open = status == OKO_OK;
    return OKO_OK;
}

void oko_setup_code(char ret_code[OKO_SETUP_CODE_BYTES])
{
    size_t n = 0;
    for (int i = 0; i < CODE_LETTERS; i++) {
        if (i > 0 && i % CODE_GROUP == 0)
            ret_code[n++] = '-';
        ret_code[n++] = letters[randombytes_uniform(sizeof letters - 1)];
    }
    ret_code[n] = '\0';
}

/* Letters and digits of a text, in capitals, padded: a comparison always looks at as many. */
static void plain(const char *text, char ret[2 * CODE_LETTERS])
{
    size_t n = 0;
    memset(ret, 0, 2 * CODE_LETTERS);
    for (; *text != '\0' && n < 2 * CODE_LETTERS - 1; text++) {
        char c = *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;
        if (c != '-' && c != ' ')
            ret[n++] = c;
    }
}

bool oko_setup_code_fits(const char *code, const char *typed)
{
    char a[2 * CODE_LETTERS], b[2 * CODE_LETTERS];
    plain(code, a);
    plain(typed, b);
    return a[0] != '\0' && sodium_memcmp(a, b, sizeof a) == 0;
}

static oko_status make_region(oko_store *store, const oko_setup *s, int64_t *ret_id, oko_error *err)
{
    oko_unit u = { .level = OKO_LEVEL_REGION, .confirmed = true };
    oko_status status = oko_store_unit_find(store, OKO_LEVEL_REGION, s->region_code, &u, err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(err);
        u = (oko_unit){ .level = OKO_LEVEL_REGION, .confirmed = true };
        (void)oko_str_copy(u.code, sizeof u.code, oko_str_of(s->region_code));
        status = OKO_OK;
    }
    u.confirmed = true;
    (void)oko_str_copy(u.name, sizeof u.name, oko_str_of(s->region_name));
    return status == OKO_OK ? oko_store_unit_put(store, &u, ret_id, err) : status;
}

static oko_status make_person(oko_store *store, const oko_actor *actor, const oko_setup *s, const oko_setup_person *p,
                              oko_role role, int64_t unit, oko_error *err)
{
    oko_user u = { .role = role, .unit = unit, .state = OKO_USER_ACTIVE };
    (void)oko_str_copy(u.login, sizeof u.login, oko_str_of(p->login));
    (void)oko_str_copy(u.name, sizeof u.name, oko_str_of(p->name));
    (void)oko_str_copy(u.password, sizeof u.password, oko_str_of(p->hash));
    (void)oko_str_copy(u.lang, sizeof u.lang, oko_str_of(s->lang));
    return oko_people_put(store, actor, &u, &u, err);
}

oko_status oko_setup_make(oko_store *store, const oko_setup *setup, const char *address, int64_t *ret_region,
                          oko_error *err)
{
    bool open = false;
    int64_t region = 0;
    oko_actor actor = oko_actor_owner();
    oko_settings settings;
    (void)oko_str_copy(actor.address, sizeof actor.address, oko_str_of(address));
    oko_status status = oko_setup_is_open(store, &open, err);
    if (status == OKO_OK && !open)
        status = oko_error_set(err, OKO_E_CONFLICT, "setup.closed", "");
    if (status == OKO_OK)
        status = make_region(store, setup, &region, err);
    if (status == OKO_OK)
        status = oko_settings_get(store, &settings, err);
    if (status != OKO_OK)
        return status;
    (void)oko_str_copy(settings.lang, sizeof settings.lang, oko_str_of(setup->lang));
    status = oko_settings_put(store, &actor, &settings, &settings, err);
    if (status == OKO_OK)
        status = make_person(store, &actor, setup, &setup->admin, OKO_ROLE_ADMIN, 0, err);
    if (status == OKO_OK && setup->specialist.login != NULL)
        status = make_person(store, &actor, setup, &setup->specialist, OKO_ROLE_OPERATOR, region, err);
    if (status == OKO_OK)
        status = oko_audit_note(store, &actor, "setup.create", "", region, NULL, err);
    if (status == OKO_OK)
        *ret_region = region;
    return status;
}

/* ---- demonstration ---- */
#define DEMO_KIND "demo"

static oko_status skip_record(void *ctx, const oko_record *r)
{
    (void)ctx;
    (void)r;
    return OKO_OK;
}

oko_status oko_demo_mark(oko_store *store, oko_error *err)
{
    oko_record r = { .kind = DEMO_KIND, .key = DEMO_KIND, .state = "kept", .body = "{}", .body_len = 2 }, kept;
    return oko_store_record_put(store, &r, &kept, err);
}

oko_status oko_demo_is_marked(oko_store *store, bool *ret_marked, oko_error *err)
{
    oko_status status = oko_store_record_find(store, DEMO_KIND, DEMO_KIND, skip_record, NULL, err);
    if (status != OKO_OK && status != OKO_E_NOT_FOUND)
        return status;
    oko_error_clear(err);
    *ret_marked = status == OKO_OK;
    return OKO_OK;
}
