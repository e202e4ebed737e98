#include "http/session.h"

#include "cycle/people.h"
#include "http/looks.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SECRET_CHARS = 64, TOUCH_AFTER = 60 };

static const char *header(const oko_request *rq, const char *name)
{
    return rq->in.header != NULL ? rq->in.header(rq->in.header_ctx, name) : NULL;
}

/* 64 hex digits at `text`, ended by `end` or the end of the text. */
static bool take_secret(const char *text, char end, char ret_secret[OKO_SECRET_HEX])
{
    size_t n = strspn(text, "0123456789abcdef");
    if (n != SECRET_CHARS || (text[n] != '\0' && text[n] != end))
        return false;
    memcpy(ret_secret, text, SECRET_CHARS);
    ret_secret[SECRET_CHARS] = '\0';
    return true;
}

/* "a=b; oko_session=…" */
static bool cookie_secret(const char *cookies, char ret_secret[OKO_SECRET_HEX], bool *ret_there)
{
    static const char name[] = OKO_SESSION_COOKIE "=";
    *ret_there = false;
    while (cookies != NULL && *cookies != '\0') {
        cookies += strspn(cookies, " ;");
        if (strncmp(cookies, name, sizeof name - 1) == 0) {
            *ret_there = true;
            return take_secret(cookies + sizeof name - 1, ';', ret_secret);
        }
        cookies = strchr(cookies, ';');
    }
    return false;
}

static bool is_safe(const char *method)
{
    return strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
}

static oko_status over(oko_error *err)
{
    return oko_error_set(err, OKO_E_PERMISSION, "http.session_over", "");
}

static oko_status check_csrf(const oko_request *rq, oko_error *err)
{
    const char *sent = header(rq, "X-CSRF-Token");
    if (is_safe(rq->in.method))
        return OKO_OK;
    bool same = sent != NULL && strlen(sent) == strlen(rq->secret.csrf) &&
                sodium_memcmp(sent, rq->secret.csrf, strlen(sent)) == 0;
    return same ? OKO_OK : oko_error_set(err, OKO_E_PERMISSION, "http.csrf", "");
}

/* A session lives on while it is used; written down once a minute at most. */
static void touch(oko_request *rq)
{
    if (rq->now - oko_time_read(rq->secret.used) < TOUCH_AFTER)
        return;
    char used[OKO_TIME_BYTES], expires[OKO_TIME_BYTES];
    oko_time_text(rq->now, used);
    if (rq->secret.kind == OKO_SECRET_SESSION)
        oko_time_text(oko_session_end(&rq->secret, rq->now), expires);
    else
        memcpy(expires, rq->secret.expires, sizeof expires);
    oko_looks_touch(rq->service->looks, rq->secret.id, used, expires);
}

static oko_status let_in(oko_request *rq, oko_store *reader, oko_secret_kind kind, const char *secret, oko_error *err)
{
    char hash[OKO_SECRET_HEX], now[OKO_TIME_BYTES];
    oko_user user;
    oko_secret_hash(secret, hash);
    oko_time_text(rq->now, now);
    oko_status status = oko_store_secret_find(reader, kind, hash, now, &rq->secret, err);
    if (status == OKO_OK)
        status = oko_store_user_get(reader, rq->secret.user, &user, err);
    if (status == OKO_E_NOT_FOUND || (status == OKO_OK && user.state != OKO_USER_ACTIVE))
        return over(err);
    if (status != OKO_OK)
        return status;
    rq->actor = oko_actor_of_user(&user);
    memcpy(rq->actor.address, rq->in.address, sizeof rq->actor.address);
    rq->actor.read_only = kind == OKO_SECRET_TOKEN && strcmp(rq->secret.scope, "write") != 0;
    rq->must_change = user.must_change;
    rq->signed_in = true;
    touch(rq);
    return OKO_OK;
}

oko_status oko_session_recognise(oko_request *rq, oko_store *reader, oko_error *err)
{
    const char *bearer = header(rq, "Authorization");
    char secret[OKO_SECRET_HEX];
    bool there = false;
    if (rq->in.as != NULL) {
        rq->actor = *rq->in.as;
        rq->signed_in = true;
        return OKO_OK;
    }
    if (bearer != NULL) {
        if (strncasecmp(bearer, "Bearer ", 7) != 0 || !take_secret(bearer + 7, '\0', secret))
            return over(err);
        return let_in(rq, reader, OKO_SECRET_TOKEN, secret, err);
    }
    if (!cookie_secret(header(rq, "Cookie"), secret, &there))
        return there ? over(err) : OKO_OK;
    oko_status status = let_in(rq, reader, OKO_SECRET_SESSION, secret, err);
    return status == OKO_OK ? check_csrf(rq, err) : status;
}

void oko_session_cookie(oko_request *rq, oko_reply *reply, const char *secret)
{
    char text[256];
    (void)snprintf(text, sizeof text, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s; Max-Age=%d", OKO_SESSION_COOKIE,
                   secret != NULL ? secret : "", rq->in.secure ? "; Secure" : "",
                   secret != NULL ? (int)OKO_SESSION_WHOLE : 0);
    oko_reply_header(rq, reply, "Set-Cookie", text);
}
