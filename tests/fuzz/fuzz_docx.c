/* Templates of letters: any bytes as a package, and any bytes as the document of a sound package. A template that is
 * filled has no place of a known name left, and can be filled again. */
#include "report/docx_package.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fill_once(oko_str template, const json_t *values)
{
    char *bytes = NULL, *again = NULL;
    size_t len, more;
    if (oko_docx_fill(template, values, &bytes, &len, NULL) == OKO_OK) {
        if (oko_docx_fill((oko_str){ bytes, len }, values, &again, &more, NULL) != OKO_OK) {
            abort();
        }
        free(again);
    }
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const oko_str text = { (const char *)data, size };
    const oko_docx_part parts[] = { { "word/document.xml", text }, { "word/header1.xml", text } };
    char *package = NULL;
    size_t len;
    json_t *values = json_pack("{s:s, s:s}", "number", "7/2021", "text", "a <b>\nc {{number}}");
    if (values == NULL) {
        return 0;
    }
    fill_once(text, values);
    if (oko_docx_pack(parts, 2, &package, &len, NULL) == OKO_OK) {
        fill_once((oko_str){ package, len }, values);
    }
    free(package);
    json_decref(values);
    return 0;
}
