#include "report/escape.h"

static const char *escaped(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return (unsigned char)c < 0x20 && c != '\t' && c != '\n' && c != '\r' ? "\xEF\xBF\xBD" : NULL;
    }
}

void oko_escape(oko_buffer *out, oko_str text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char *as = escaped(text.ptr[i]);
        if (as != NULL) {
            oko_buffer_add(out, text.ptr + from, i - from);
            oko_buffer_str(out, as);
            from = i + 1;
        }
    }
    oko_buffer_add(out, text.ptr + from, text.len - from);
}
