/* A thin skin over expat for the parts of a workbook: document prefix, refusals with a place, no DOCTYPE. */
#ifndef OKO_INTAKE_XLSX_XML_H
#define OKO_INTAKE_XLSX_XML_H

#include <oko/status.h>

#include <expat.h>

#include <stdbool.h>
#include <stddef.h>

enum {
    OKO_XML_MAX_DEPTH = 64,        /* elements inside each other */
    OKO_XML_MAX_MEMORY = 32 << 20, /* bytes expat may hold: bounds one tag or comment, and all names of a part */
    OKO_XML_PREFIX_BYTES = 32      /* «x:» of <x:worksheet>, with the NUL */
};

/* First member of every handler's own structure; the handlers get that structure as user data. */
typedef struct oko_xml {
    XML_Parser parser;
    const char *part;  /* name of the part inside the package, for messages; not owned */
    oko_error *err;    /* the caller's; may be NULL */
    oko_status status; /* why the parser was stopped; OKO_OK while it may go on */
    size_t prefix_len; /* of the document's own elements, with the colon; 0 = none */
    char prefix[OKO_XML_PREFIX_BYTES];
} oko_xml;

typedef struct oko_xml_handlers {
    XML_StartElementHandler start;
    XML_EndElementHandler end;
    XML_CharacterDataHandler text; /* may be NULL */
} oko_xml_handlers;

/* Makes a parser; `user` begins with *x. On failure (OKO_E_MEMORY) nothing is held. */
oko_status oko_xml_open(oko_xml *x, void *user, const oko_xml_handlers *handlers, const char *part,
                        oko_error *err) OKO_WARN_UNUSED;
void oko_xml_close(oko_xml *x); /* for OKO_CLEANUP; a zeroed structure is fine */

/* Room for n bytes to parse next; NULL when memory is out or expat would hold more than OKO_XML_MAX_MEMORY:
 * oko_xml_error then says which. */
void *oko_xml_room(oko_xml *x, size_t n);
/* Parses n bytes put into the room. Returns the handler's status, intake.xml (OKO_E_FORMAT), intake.xml.memory
 * (OKO_E_LIMIT) or OKO_E_MEMORY, with x->err filled. */
oko_status oko_xml_parse(oko_xml *x, size_t n, bool last) OKO_WARN_UNUSED;
/* The status of the last failed call above, with x->err filled. */
oko_status oko_xml_error(oko_xml *x) OKO_WARN_UNUSED;

/* Stops the parser from inside a handler; x->err is filled already. */
void oko_xml_stop(oko_xml *x, oko_status status);
/* Stops with a message about this place: {0} part, {1} line of the XML, {2} column. */
void oko_xml_refuse(oko_xml *x, oko_status status, const char *id, const char *field);

/* For the root element: is it `local` in one of the namespaces (NULL-terminated)? Keeps its prefix. */
bool oko_xml_root(oko_xml *x, const char *name, const char **atts, const char *local, const char *const *spaces);

/* Name without the document's prefix; NULL for an element of somebody else. */
const char *oko_xml_local(const oko_xml *x, const char *name);

/* Value of an attribute by its exact name, or NULL. */
const char *oko_xml_attribute(const char **atts, const char *name);

#endif
