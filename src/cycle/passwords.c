/* Passwords and secrets: what is good enough, and what is stored of them. */
#include "cycle/people.h"

#include "base/hash.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void oko_time_text(time_t t, char ret_text[OKO_TIME_BYTES])
{
    struct tm tm;
    ret_text[0] = '\0';
    if (gmtime_r(&t, &tm) != NULL)
        (void)strftime(ret_text, OKO_TIME_BYTES, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

time_t oko_time_read(const char *text)
{
    struct tm tm = { .tm_isdst = 0 };
    int used = 0;
    if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2dZ%n", &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &tm.tm_hour, &tm.tm_min,
               &tm.tm_sec, &used) != 6 ||
        used != 20)
        return 0;
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    return timegm(&tm);
}

static size_t code_points(const char *text)
{
    size_t n = 0;
    for (; *text != '\0'; text++)
        n += ((unsigned char)*text & 0xC0U) != 0x80U;
    return n;
}

/* Different bytes of a text: "aaaaaaaaaa" and "1212121212" are no passwords. */
static size_t variety(const char *text)
{
    bool seen[256] = { false };
    size_t n = 0;
    for (; *text != '\0'; text++) {
        n += !seen[(unsigned char)*text];
        seen[(unsigned char)*text] = true;
    }
    return n;
}

static bool well_known(const char *folded)
{
    static const char *const parts[] = { "1234567890",  "0123456789", "qwertyuiop",      "йцукенгшщз",
                                         "password123", "пароль1234", "passwordpassword" };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char part[64];
        (void)oko_str_fold(part, sizeof part, oko_str_of(parts[i]));
        if (strcmp(part, folded) == 0)
            return true;
    }
    return false;
}

oko_status oko_password_check(const char *password, const char *login, oko_error *err)
{
    char folded[2 * OKO_PASSWORD_MAX], name[2 * OKO_LOGIN_BYTES];
    if (code_points(password) < OKO_PASSWORD_MIN) {
        oko_status status = oko_error_set(err, OKO_E_FORMAT, "people.password_short", "");
        oko_error_arg(err, "%d", OKO_PASSWORD_MIN);
        return status;
    }
    if (strlen(password) > OKO_PASSWORD_MAX)
        return oko_error_set(err, OKO_E_FORMAT, "people.password_long", "");
    (void)oko_str_fold(folded, sizeof folded, oko_str_of(password));
    size_t n = oko_str_fold(name, sizeof name, oko_str_of(login));
    if (n >= 4 && strstr(folded, name) != NULL)
        return oko_error_set(err, OKO_E_FORMAT, "people.password_login", "");
    if (variety(password) < 5 || well_known(folded))
        return oko_error_set(err, OKO_E_FORMAT, "people.password_plain", "");
    return OKO_OK;
}

oko_status oko_password_hash(const char *password, char ret_hash[OKO_PASSWORD_HASH_BYTES])
{
    _Static_assert(OKO_PASSWORD_HASH_BYTES >= crypto_pwhash_STRBYTES, "room for a hash");
    if (sodium_init() < 0)
        return OKO_E_INTERNAL;
    return crypto_pwhash_str(ret_hash, password, strlen(password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                             crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0
               ? OKO_OK
               : OKO_E_MEMORY;
}

bool oko_password_fits(const char *hash, const char *password)
{
    /* Somebody without a password takes as long as somebody with another one. */
    static const char nobody[] = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"
                                 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    bool known = hash[0] != '\0';
    if (sodium_init() < 0)
        return false;
    bool fits = crypto_pwhash_str_verify(known ? hash : nobody, password, strlen(password)) == 0;
    return fits && known;
}

void oko_secret_make(char ret_secret[OKO_SECRET_HEX], char ret_hash[OKO_SECRET_HEX])
{
    unsigned char bytes[32];
    if (sodium_init() < 0)
        abort();
    randombytes_buf(bytes, sizeof bytes);
    (void)sodium_bin2hex(ret_secret, OKO_SECRET_HEX, bytes, sizeof bytes);
    oko_secret_hash(ret_secret, ret_hash);
    sodium_memzero(bytes, sizeof bytes);
}

void oko_secret_hash(const char *secret, char ret_hash[OKO_SECRET_HEX])
{
    oko_hash_bytes(secret, strlen(secret), ret_hash);
}
