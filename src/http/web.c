#define _GNU_SOURCE /* memrchr */
#include "http/web.h"

#include "reference/embedded.h"

#include <stdio.h>
#include <string.h>

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

static bool find(oko_str path, oko_str *ret_bytes)
{
    char name[256];
    int n = snprintf(name, sizeof name, "web%.*s", (int)(path.len < 240 ? path.len : 240), path.ptr);
    return n > 0 && (size_t)n < sizeof name && path.len < 240 && oko_embedded_find(name, ret_bytes);
}

oko_web_file oko_web_find(oko_str path)
{
    oko_web_file f = { .type = "text/html; charset=utf-8", .status = 200 };
    const char *slash = path.len > 0 ? memrchr(path.ptr, '/', path.len) : NULL;
    bool named = slash != NULL && memchr(slash, '.', (size_t)(path.ptr + path.len - slash)) != NULL;
    if (path.len > 1 && path.ptr[0] == '/' && find(path, &f.bytes)) {
        f.type = type_of(path);
        f.forever = oko_str_starts(path, OKO_STR("/assets/"));
        return f;
    }
    if (!named && find(OKO_STR("/index.html"), &f.bytes))
        return f;
    bool root = path.len == 1 && path.ptr[0] == '/';
    f.bytes = root ? OKO_STR(page) : OKO_STR(missing);
    f.status = root ? 200 : 404;
    return f;
}
