#include "intake/xlsx_strings.h"

#include "intake/import.h"
#include "intake/xlsx_sheet.h"

#include <stdlib.h>
#include <string.h>

/* Where the reader is inside <sst>. */
typedef enum strings_state { AT_ROOT, IN_SST, IN_SI, IN_RUN, IN_TEXT } strings_state;

typedef struct strings_reader {
    oko_xml xml;
    strings_state state, outer; /* outer: the state to return to when <t> ends */
    int skip;                   /* depth inside an element that does not matter */
    oko_xlsx_strings list;
    size_t cap_bytes, cap_begins;
    size_t len;   /* of list.bytes */
    size_t begin; /* of the string being read */
} strings_reader;

void oko_xlsx_strings_clear(oko_xlsx_strings *s)
{
    free(s->bytes);
    free(s->begins);
    *s = (oko_xlsx_strings){ 0 };
}

static void strings_reader_clear(strings_reader *r)
{
    oko_xml_close(&r->xml);
    oko_xlsx_strings_clear(&r->list);
}

/* Stops for OKO_E_LIMIT with the message `id`, for OKO_E_MEMORY with that. */
static void stop_growing(strings_reader *r, oko_status status, const char *id)
{
    if (status == OKO_E_LIMIT) {
        oko_xml_refuse(&r->xml, status, id, r->xml.part);
    } else {
        oko_xml_stop(&r->xml, oko_error_set(r->xml.err, status, "", r->xml.part));
    }
}

static void enter(strings_reader *r, const char *name, const char **atts)
{
    const char *local = oko_xml_local(&r->xml, name);
    if (local == NULL) {
        r->skip = 1;
    } else if (r->state == AT_ROOT) {
        if (!oko_xml_root(&r->xml, name, atts, "sst", oko_xlsx_namespaces)) {
            oko_xml_refuse(&r->xml, OKO_E_FORMAT, "intake.xml.root", r->xml.part);
            return;
        }
        r->state = IN_SST;
    } else if (r->state == IN_SST && strcmp(local, "si") == 0) {
        r->state = IN_SI;
        r->begin = r->len;
    } else if (r->state == IN_SI && strcmp(local, "r") == 0) {
        r->state = IN_RUN;
    } else if ((r->state == IN_SI || r->state == IN_RUN) && strcmp(local, "t") == 0) {
        r->outer = r->state;
        r->state = IN_TEXT;
    } else {
        r->skip = 1;
    }
}

static void XMLCALL strings_start(void *user, const XML_Char *name, const XML_Char **atts)
{
    strings_reader *r = user;
    if (r->xml.status != OKO_OK) {
        return;
    }
    if (r->skip == 0) {
        enter(r, name, atts);
    } else if (++r->skip > OKO_XML_MAX_DEPTH) {
        oko_xml_refuse(&r->xml, OKO_E_LIMIT, "intake.xml.depth", r->xml.part);
    }
}

static void end_string(strings_reader *r)
{
    oko_status status =
        oko_grow(&r->list.begins, &r->cap_begins, r->list.n + 2, sizeof *r->list.begins, OKO_XLSX_MAX_STRINGS + 1);
    if (status != OKO_OK) {
        stop_growing(r, status, "intake.too_many_strings");
        return;
    }
    if (r->len > r->begin) {
        r->len = r->begin + oko_xlsx_unescape(r->list.bytes + r->begin, r->len - r->begin);
    }
    r->list.begins[r->list.n] = (uint32_t)r->begin;
    r->list.begins[++r->list.n] = (uint32_t)r->len;
}

static void XMLCALL strings_end(void *user, const XML_Char *name)
{
    strings_reader *r = user;
    (void)name;
    if (r->xml.status != OKO_OK) {
        return;
    }
    if (r->skip > 0) {
        r->skip--;
        return;
    }
    switch (r->state) {
    case IN_TEXT:
        r->state = r->outer;
        break;
    case IN_RUN:
        r->state = IN_SI;
        break;
    case IN_SI:
        r->state = IN_SST;
        end_string(r);
        break;
    case IN_SST:
    case AT_ROOT:
        break;
    }
}

static void XMLCALL strings_text(void *user, const XML_Char *text, int n)
{
    strings_reader *r = user;
    if (r->state != IN_TEXT || r->skip > 0 || r->xml.status != OKO_OK) {
        return;
    }
    size_t more = (size_t)n;
    if (r->len - r->begin + more > OKO_IMPORT_MAX_CELL_BYTES) {
        oko_error_set(r->xml.err, OKO_E_LIMIT, "intake.long_cell", r->xml.part);
        oko_error_arg(r->xml.err, "%s", r->xml.part);
        oko_error_arg(r->xml.err, "%d", (int)OKO_IMPORT_MAX_CELL_BYTES);
        oko_xml_stop(&r->xml, OKO_E_LIMIT);
        return;
    }
    oko_status status = oko_grow(&r->list.bytes, &r->cap_bytes, r->len + more, 1, OKO_XLSX_MAX_STRING_BYTES);
    if (status != OKO_OK) {
        stop_growing(r, status, "intake.too_many_strings");
        return;
    }
    memcpy(r->list.bytes + r->len, text, more);
    r->len += more;
}

oko_status oko_xlsx_read_strings(oko_xlsx_package *p, const char *path, oko_xlsx_strings *ret, oko_error *err)
{
    static const oko_xml_handlers handlers = { .start = strings_start, .end = strings_end, .text = strings_text };
    OKO_CLEANUP(strings_reader_clear) strings_reader r = { 0 };
    oko_status status = oko_xml_open(&r.xml, &r, &handlers, path, err);
    if (status == OKO_OK) {
        status = oko_xlsx_stream(p, path, &r.xml);
    }
    if (status == OKO_OK) {
        *ret = r.list;
        r.list = (oko_xlsx_strings){ 0 };
    }
    return status;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Code of "_xHHHH_" at text, or 0 when it is not one that can be undone. */
static uint32_t escaped_code(const char *text)
{
    uint32_t code = 0;
    if (text[1] != 'x' || text[6] != '_') {
        return 0;
    }
    for (int i = 2; i < 6; i++) {
        int digit = hex_digit(text[i]);
        if (digit < 0) {
            return 0;
        }
        code = code * 16 + (uint32_t)digit;
    }
    bool control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
    return control || (code >= 0xd800 && code < 0xe000) ? 0 : code;
}

size_t oko_xlsx_unescape(char *text, size_t len)
{
    char *at = memchr(text, '_', len);
    if (at == NULL) {
        return len;
    }
    char *to = at;
    for (char *end = text + len; at < end;) {
        uint32_t code = *at == '_' && end - at >= 7 ? escaped_code(at) : 0;
        if (code == 0) {
            *to++ = *at++;
        } else {
            to += oko_utf8_put(to, code);
            at += 7;
        }
    }
    return (size_t)(to - text);
}
