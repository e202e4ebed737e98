/* SHA-256 (libsodium) as lower-case hex: names a file's or a snapshot's content. */
#ifndef OKO_BASE_HASH_H
#define OKO_BASE_HASH_H

#include <oko/status.h>

#include <stddef.h>

enum { OKO_HASH_HEX = 65 }; /* 64 hex digits and NUL */

typedef struct oko_hasher oko_hasher;

oko_status oko_hasher_new(oko_hasher **ret_hasher) OKO_WARN_UNUSED;
void oko_hasher_add(oko_hasher *h, const void *bytes, size_t n);
/* Ends and frees the hasher; h may not be used again. */
void oko_hasher_finish(oko_hasher *h, char ret_hex[OKO_HASH_HEX]);
void oko_hasher_freep(oko_hasher **h); /* for OKO_CLEANUP: drops it unfinished; NULL inside is fine */
void oko_hash_bytes(const void *bytes, size_t n, char ret_hex[OKO_HASH_HEX]);

#endif
