#include "intake/container_source.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

oko_status oko_source_read(oko_source *s, void *to, size_t n, size_t *ret_got, oko_error *err)
{
    if (s->bytes != NULL) {
        size_t left = s->at < s->size ? (size_t)(s->size - s->at) : 0;
        size_t got = n < left ? n : left;
        memcpy(to, s->bytes + (got > 0 ? s->at : 0), got);
        s->at += got;
        *ret_got = got;
        return OKO_OK;
    }
    for (;;) {
        ssize_t got = pread(s->fd, to, n, (off_t)s->at);
        if (got >= 0) {
            s->at += (uint64_t)got;
            *ret_got = (size_t)got;
            return OKO_OK;
        }
        if (errno != EINTR) {
            return oko_error_set(err, OKO_E_IO, "intake.read", "");
        }
    }
}

uint64_t oko_source_line(oko_source *s, uint64_t offset)
{
    char chunk[4096];
    uint64_t line = 1;
    s->at = 0;
    while (s->at < offset) {
        size_t want = offset - s->at < sizeof chunk ? (size_t)(offset - s->at) : sizeof chunk;
        size_t got = 0;
        if (oko_source_read(s, chunk, want, &got, NULL) != OKO_OK || got == 0) {
            return 0;
        }
        for (size_t i = 0; i < got; i++) {
            line += chunk[i] == '\n';
        }
    }
    return line;
}
