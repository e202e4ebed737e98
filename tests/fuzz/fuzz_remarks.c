/* Remarks of observers: any bytes give whole UTF-8, as many lines as are counted, and no room is overrun. */
#include "domain/remarks.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *out = malloc(size * 8 + 4000);
    char small[40];
    int n = 0, again = 0;
    bool masked = false;
    if (out == NULL) {
        return 0;
    }
    const oko_str text = { (const char *)data, size };
    oko_remarks_read(text, out, size * 8 + 4000, &n, &masked);
    int lines = out[0] != '\0';
    for (const char *c = out; *c != '\0'; c++) {
        lines += *c == '\n';
    }
    if (n < -1 || n > OKO_REMARKS_MAX || (n > 0 ? lines != n : out[0] != '\0') || !oko_utf8_valid(oko_str_of(out))) {
        abort();
    }
    oko_remarks_read(text, small, sizeof small, &again, &masked);
    if (again != n || memchr(small, '\0', sizeof small) == NULL || !oko_utf8_valid(oko_str_of(small))) {
        abort();
    }
    free(out);
    return 0;
}
