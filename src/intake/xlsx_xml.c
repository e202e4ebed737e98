#include "intake/xlsx_xml.h"

#include <stdlib.h>
#include <string.h>

/*
 * expat's allocation functions get no context, so the account of what a parser holds is the thread's: a parser is
 * opened, used and closed on one thread. Each block begins with its own size.
 */
static _Thread_local size_t held;
static _Thread_local bool over_limit; /* tells «too much» from «memory is out» */

typedef union block_head {
    size_t bytes;
    max_align_t align;
} block_head;

static bool within_limit(size_t more)
{
    if (more > OKO_XML_MAX_MEMORY || held > OKO_XML_MAX_MEMORY - more) {
        over_limit = true;
        return false;
    }
    return true;
}

static void *xml_malloc(size_t n)
{
    block_head *head = within_limit(n) ? malloc(sizeof *head + n) : NULL;
    if (head == NULL) {
        return NULL;
    }
    head->bytes = n;
    held += n;
    return head + 1;
}

static void xml_free(void *p)
{
    if (p != NULL) {
        block_head *head = (block_head *)p - 1;
        held -= head->bytes;
        free(head);
    }
}

static void *xml_realloc(void *p, size_t n)
{
    if (p == NULL) {
        return xml_malloc(n);
    }
    block_head *head = (block_head *)p - 1;
    size_t before = head->bytes;
    if (n > before && !within_limit(n - before)) {
        return NULL;
    }
    head = realloc(head, sizeof *head + n);
    if (head == NULL) {
        return NULL;
    }
    head->bytes = n;
    held = held - before + n;
    return head + 1;
}

static void refuse_doctype(void *user, const XML_Char *name, const XML_Char *sysid, const XML_Char *pubid, int internal)
{
    oko_xml *x = user;
    (void)name;
    (void)sysid;
    (void)pubid;
    (void)internal;
    oko_xml_refuse(x, OKO_E_FORMAT, "intake.xml.doctype", x->part);
}

oko_status oko_xml_open(oko_xml *x, void *user, const oko_xml_handlers *handlers, const char *part, oko_error *err)
{
    static const XML_Memory_Handling_Suite memory = { xml_malloc, xml_realloc, xml_free };
    over_limit = false;
    XML_Parser parser = XML_ParserCreate_MM(NULL, &memory, NULL);
    if (parser == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", part);
    }
    XML_SetUserData(parser, user);
    XML_SetElementHandler(parser, handlers->start, handlers->end);
    XML_SetCharacterDataHandler(parser, handlers->text);
    XML_SetStartDoctypeDeclHandler(parser, refuse_doctype);
    *x = (oko_xml){ .parser = parser, .part = part, .err = err };
    return OKO_OK;
}

void oko_xml_close(oko_xml *x)
{
    if (x->parser != NULL) {
        XML_ParserFree(x->parser);
        x->parser = NULL;
    }
}

void *oko_xml_room(oko_xml *x, size_t n)
{
    return XML_GetBuffer(x->parser, (int)n);
}

oko_status oko_xml_error(oko_xml *x)
{
    if (x->status != OKO_OK) {
        return x->status;
    }
    if (XML_GetErrorCode(x->parser) == XML_ERROR_NO_MEMORY) {
        if (!over_limit) {
            return x->status = oko_error_set(x->err, OKO_E_MEMORY, "", x->part);
        }
        oko_xml_refuse(x, OKO_E_LIMIT, "intake.xml.memory", x->part);
        return x->status;
    }
    oko_xml_refuse(x, OKO_E_FORMAT, "intake.xml", x->part);
    oko_error_arg(x->err, "%s", XML_ErrorString(XML_GetErrorCode(x->parser)));
    return x->status;
}

oko_status oko_xml_parse(oko_xml *x, size_t n, bool last)
{
    if (XML_ParseBuffer(x->parser, (int)n, last) == XML_STATUS_OK && x->status == OKO_OK) {
        return OKO_OK;
    }
    return oko_xml_error(x);
}

void oko_xml_stop(oko_xml *x, oko_status status)
{
    x->status = status;
    (void)XML_StopParser(x->parser, XML_FALSE);
}

void oko_xml_refuse(oko_xml *x, oko_status status, const char *id, const char *field)
{
    oko_error_set(x->err, status, id, field);
    oko_error_arg(x->err, "%s", x->part);
    oko_error_arg(x->err, "%llu", (unsigned long long)XML_GetCurrentLineNumber(x->parser));
    oko_error_arg(x->err, "%llu", (unsigned long long)XML_GetCurrentColumnNumber(x->parser) + 1);
    oko_xml_stop(x, status);
}

/* Is the namespace bound to prefix[0…prefix_len) («» or «x:») by these attributes one of `spaces`? */
static bool bound_to(const char **atts, const char *prefix, size_t prefix_len, const char *const *spaces)
{
    for (; *atts != NULL; atts += 2) {
        const char *a = atts[0];
        if (strncmp(a, "xmlns", 5) != 0) {
            continue;
        }
        bool same = prefix_len == 0
                        ? a[5] == '\0'
                        : a[5] == ':' && strlen(a + 6) == prefix_len - 1 && memcmp(a + 6, prefix, prefix_len - 1) == 0;
        for (const char *const *space = spaces; same && *space != NULL; space++) {
            if (strcmp(atts[1], *space) == 0) {
                return true;
            }
        }
    }
    return false;
}

bool oko_xml_root(oko_xml *x, const char *name, const char **atts, const char *local, const char *const *spaces)
{
    const char *colon = strchr(name, ':');
    size_t prefix_len = colon == NULL ? 0 : (size_t)(colon - name) + 1;
    if (prefix_len >= OKO_XML_PREFIX_BYTES || strcmp(name + prefix_len, local) != 0 ||
        !bound_to(atts, name, prefix_len, spaces)) {
        return false;
    }
    memcpy(x->prefix, name, prefix_len);
    x->prefix[prefix_len] = '\0';
    x->prefix_len = prefix_len;
    return true;
}

const char *oko_xml_local(const oko_xml *x, const char *name)
{
    if (x->prefix_len == 0) {
        return name; /* a foreign name holds a colon and equals none of ours */
    }
    return strncmp(name, x->prefix, x->prefix_len) == 0 ? name + x->prefix_len : NULL;
}

const char *oko_xml_attribute(const char **atts, const char *name)
{
    for (; *atts != NULL; atts += 2) {
        if (strcmp(atts[0], name) == 0) {
            return atts[1];
        }
    }
    return NULL;
}
