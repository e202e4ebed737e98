/* multipart/form-data as it streams by. Foreign bytes: bounded, and fuzzed. */
#ifndef OKO_HTTP_MULTIPART_H
#define OKO_HTTP_MULTIPART_H

#include <oko/status.h>

#include <stdbool.h>
#include <stddef.h>

enum { OKO_PART_HEAD_BYTES = 4096, OKO_PARTS_MAX = 32 };

typedef struct oko_part {
    char name[64];
    char file_name[256]; /* raw: the receiver makes it harmless */
    char type[128];
    int number; /* 1, 2, … among parts of the same name */
} oko_part;

typedef oko_status (*oko_part_fn)(void *ctx, const oko_part *part, oko_error *err);
typedef oko_status (*oko_part_bytes_fn)(void *ctx, const oko_part *part, const char *bytes, size_t n, oko_error *err);

typedef struct oko_multipart oko_multipart;

/* OKO_E_FORMAT "http.multipart": no usable boundary. */
oko_status oko_multipart_new(const char *content_type, oko_part_fn part, oko_part_bytes_fn bytes, void *ctx,
                             oko_multipart **ret_reader, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_multipart_feed(oko_multipart *m, const char *bytes, size_t n, oko_error *err) OKO_WARN_UNUSED;
/* OKO_E_FORMAT "http.multipart" when the last boundary did not come. */
oko_status oko_multipart_end(const oko_multipart *m, oko_error *err) OKO_WARN_UNUSED;
void oko_multipart_free(oko_multipart *m);

#endif
