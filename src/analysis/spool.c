/* Results on disk: a record is the structure as it lies in memory, then its details with their end. */
#include "analysis/spool.h"

#include "analysis/results.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ASKED = 1024 }; /* results between two questions whether to go on */

typedef struct record {
    oko_result result; /* without details */
    size_t bytes;      /* of the details that follow; 0: none */
} record;

static oko_status failed(oko_spool *spool, int code)
{
    spool->failed = true;
    return code == ENOSPC || code == EDQUOT || code == EFBIG ? OKO_E_FULL : OKO_E_IO;
}

oko_status oko_spool_open(oko_spool *spool, const oko_register *reg, bool (*go_on)(void *ctx), void *ctx)
{
    const char *folder = getenv("TMPDIR");
    char path[4096];
    *spool = (oko_spool){ .go_on = go_on, .ctx = ctx };
    oko_status status = oko_result_order_begin(&spool->order, reg);
    if (status != OKO_OK)
        return status;
    folder = folder != NULL && folder[0] == '/' ? folder : "/var/tmp";
    if ((size_t)snprintf(path, sizeof path, "%s/oko-results-XXXXXX", folder) >= sizeof path)
        return failed(spool, ENAMETOOLONG);
    int fd = mkstemp(path);
    if (fd < 0)
        return failed(spool, errno);
    (void)unlink(path);
    spool->file = fdopen(fd, "w+b");
    if (spool->file == NULL) {
        int code = errno;
        (void)close(fd);
        return failed(spool, code);
    }
    return OKO_OK;
}

static oko_status write_record(oko_spool *spool, const oko_result *r)
{
    record head = { .result = *r, .bytes = r->details != NULL ? strlen(r->details) + 1 : 0 };
    head.result.details = NULL;
    bool written = fwrite(&head, sizeof head, 1, spool->file) == 1 &&
                   (head.bytes == 0 || fwrite(r->details, head.bytes, 1, spool->file) == 1);
    if (!written)
        return failed(spool, errno);
    oko_status status = oko_result_order_add(&spool->order, r, spool->size);
    spool->size += sizeof head + head.bytes;
    return status;
}

static bool may_go_on(const oko_spool *spool, size_t i)
{
    return i % ASKED != 0 || spool->go_on == NULL || spool->go_on(spool->ctx);
}

oko_status oko_spool_put(oko_spool *spool, oko_result *r)
{
    oko_status status = may_go_on(spool, spool->order.n) ? write_record(spool, r) : OKO_E_CANCELLED;
    oko_result_clear(r);
    return status;
}

/* All `n` bytes at an offset. */
static bool read_at(int fd, void *to, size_t n, uint64_t offset)
{
    char *at = to;
    while (n > 0) {
        ssize_t got = pread(fd, at, n, (off_t)offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        offset += (uint64_t)got;
        n -= (size_t)got;
    }
    return true;
}

static oko_status get(const void *ctx, size_t i, oko_buffer *room, oko_result *ret)
{
    static const char zeros[256] = { 0 };
    const oko_spool *spool = ctx;
    record head;
    uint64_t at = spool->order.key[i].at;
    int fd = fileno(spool->file);
    if (!read_at(fd, &head, sizeof head, at))
        return OKO_E_IO;
    oko_buffer_clear(room);
    for (size_t left = head.bytes, n; left > 0; left -= n) {
        n = left < sizeof zeros ? left : sizeof zeros;
        oko_buffer_add(room, zeros, n);
    }
    oko_status status = oko_buffer_status(room);
    if (status != OKO_OK)
        return status;
    if (head.bytes > 0 && !read_at(fd, room->ptr, head.bytes, at + sizeof head))
        return OKO_E_IO;
    *ret = head.result;
    ret->details = head.bytes > 0 ? room->ptr : NULL;
    return OKO_OK;
}

oko_status oko_spool_seal(oko_spool *spool, int threads, char ret_hex[OKO_HASH_HEX])
{
    if (fflush(spool->file) != 0)
        return failed(spool, errno);
    oko_status status = oko_result_order_sort(&spool->order);
    const oko_result_source source = oko_spool_source(spool);
    return status == OKO_OK ? oko_results_hash(&source, spool->order.reg, threads, ret_hex) : status;
}

oko_result_source oko_spool_source(const oko_spool *spool)
{
    return (oko_result_source){ .n = spool->order.n, .get = get, .ctx = spool };
}

static oko_status get_asking(const void *ctx, size_t i, oko_buffer *room, oko_result *ret)
{
    return may_go_on(ctx, i) ? get(ctx, i, room, ret) : OKO_E_CANCELLED;
}

oko_result_source oko_spool_asking(const oko_spool *spool)
{
    return (oko_result_source){ .n = spool->order.n, .get = get_asking, .ctx = spool };
}

void oko_spool_clear(oko_spool *spool)
{
    if (spool->file != NULL)
        (void)fclose(spool->file);
    oko_result_order_clear(&spool->order);
    *spool = (oko_spool){ 0 };
}
