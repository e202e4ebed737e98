/* SHA-256 as lower-case hex. */
#include "base/hash.h"

#include <sodium.h>
#include <stdlib.h>

struct oko_hasher {
    crypto_hash_sha256_state state;
};

oko_status oko_hasher_new(oko_hasher **ret_hasher)
{
    oko_hasher *h = malloc(sizeof *h);
    if (h == NULL) {
        return OKO_E_MEMORY;
    }
    crypto_hash_sha256_init(&h->state);
    *ret_hasher = h;
    return OKO_OK;
}

void oko_hasher_add(oko_hasher *h, const void *bytes, size_t n)
{
    if (n > 0) {
        crypto_hash_sha256_update(&h->state, bytes, n);
    }
}

/* Ends the hash in *state as hex. */
static void finish(crypto_hash_sha256_state *state, char ret_hex[OKO_HASH_HEX])
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(state, digest);
    sodium_bin2hex(ret_hex, OKO_HASH_HEX, digest, sizeof digest);
}

void oko_hasher_finish(oko_hasher *h, char ret_hex[OKO_HASH_HEX])
{
    finish(&h->state, ret_hex);
    free(h);
}

void oko_hasher_freep(oko_hasher **h)
{
    free(*h);
}

void oko_hash_bytes(const void *bytes, size_t n, char ret_hex[OKO_HASH_HEX])
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    if (n > 0) {
        crypto_hash_sha256_update(&state, bytes, n);
    }
    finish(&state, ret_hex);
}
