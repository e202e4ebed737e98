#define _GNU_SOURCE /* memrchr */
#include "http/web.h"

#include "reference/embedded.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PATH_BYTES = 240 };

static const char page[] =
    "<!DOCTYPE html>\n<html lang=\"ru\"><head><meta charset=\"utf-8\"><title>oko</title>\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head>\n"
    "<body><main><h1>oko</h1><p>Сервер работает. В этой сборке нет веб-интерфейса: пользуйтесь программным\n"
    "интерфейсом <code>/api/v1</code> (описание: <a href=\"/api/v1/openapi.json\">openapi.json</a>) или командой\n"
    "<code>oko</code>.</p></main></body></html>\n";

static const char missing[] =
    "<!DOCTYPE html>\n<html lang=\"ru\"><head><meta charset=\"utf-8\"><title>oko</title></head>\n"
    "<body><main><h1>Не найдено</h1></main></body></html>\n";

static const char *type_of(oko_str path)
{
    static const struct {
        const char *end, *type;
    } types[] = { { ".html", "text/html; charset=utf-8" },
                  { ".js", "text/javascript; charset=utf-8" },
                  { ".css", "text/css; charset=utf-8" },
                  { ".svg", "image/svg+xml" },
                  { ".png", "image/png" },
                  { ".ico", "image/x-icon" },
                  { ".woff2", "font/woff2" },
                  { ".json", "application/json" },
                  { ".webmanifest", "application/manifest+json" } };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (oko_str_ends(path, oko_str_of(types[i].end)))
            return types[i].type;
    }
    return "application/octet-stream";
}

/* Does the list allow gzip? "gzip;q=0" forbids it, "*" stands for all that is not named. */
static bool takes_gzip(const char *accept)
{
    bool any = false;
    for (const char *p = accept; p != NULL && *p != '\0'; p += *p == ',') {
        size_t n = strcspn(p, ",");
        oko_str item = { p, n }, name;
        size_t end = strcspn(p, ",;");
        const char *q = end < n ? strstr(p + end, "q=") : NULL;
        bool allowed = q == NULL || q >= p + n || strtod(q + 2, NULL) > 0;
        item.len = end;
        name = oko_str_trim(item);
        if (name.len == 4 && strncasecmp(name.ptr, "gzip", 4) == 0)
            return allowed;
        any = any || (name.len == 1 && name.ptr[0] == '*' && allowed);
        p += n;
    }
    return any;
}

static bool embedded(oko_str path, const char *end, oko_str *ret_bytes)
{
    char name[PATH_BYTES + 16];
    if (path.len > PATH_BYTES)
        return false;
    (void)snprintf(name, sizeof name, "web%.*s%s", (int)path.len, path.ptr, end);
    return oko_embedded_find(name, ret_bytes);
}

static bool find(oko_str path, const char *accept, oko_web_file *f)
{
    oko_str packed;
    if (oko_str_ends(path, OKO_STR(".gz")) || !embedded(path, "", &f->bytes))
        return false;
    f->type = type_of(path);
    f->forever = oko_str_starts(path, OKO_STR("/assets/"));
    f->twins = embedded(path, ".gz", &packed);
    f->gzip = f->twins && takes_gzip(accept);
    if (f->gzip)
        f->bytes = packed;
    return true;
}

oko_web_file oko_web_find(oko_str path, const char *accept)
{
    oko_web_file f = { .type = "text/html; charset=utf-8", .status = 200 };
    const char *slash = path.len > 0 ? memrchr(path.ptr, '/', path.len) : NULL;
    bool named = slash != NULL && memchr(slash, '.', (size_t)(path.ptr + path.len - slash)) != NULL;
    if (path.len > 1 && path.ptr[0] == '/' && find(path, accept, &f))
        return f;
    if (!named && find(OKO_STR("/index.html"), accept, &f))
        return f;
    bool root = path.len == 1 && path.ptr[0] == '/';
    f.bytes = root ? OKO_STR(page) : OKO_STR(missing);
    f.status = root ? 200 : 404;
    return f;
}
