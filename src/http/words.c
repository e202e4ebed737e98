#include "http/words.h"

#include <jansson.h>
#include <string.h>

char *oko_error_words(const oko_text *text, const oko_error *err)
{
    OKO_CLEANUP(oko_arena_freep) oko_arena *arena = NULL;
    oko_error shown = *err;
    if (oko_arena_new(1 << 20, &arena) != OKO_OK)
        return NULL;
    const char *slash = strrchr(shown.field, '/');
    if (slash != NULL) /* of a path the name is enough */
        memmove(shown.field, slash + 1, strlen(slash));
    if (shown.code == OKO_E_STORE || shown.code == OKO_E_INTERNAL)
        shown.field[0] = shown.id[0] = '\0';
    const char *detail = oko_text_error(text, arena, &shown);
    json_t *o = json_pack("{s:s,s:s,s:s,s:s}", "code", shown.id, "status", oko_status_describe(err->code)->name,
                          "field", shown.field, "detail", detail != NULL ? detail : "");
    char *bytes = o != NULL ? json_dumps(o, JSON_COMPACT) : NULL;
    json_decref(o);
    return bytes;
}
