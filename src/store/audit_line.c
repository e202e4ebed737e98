/* What the hash of a line of the audit log covers. */
#include "store/audit_line.h"

#include <stdio.h>
#include <string.h>

const char oko_audit_first[OKO_HASH_HEX] = "0000000000000000000000000000000000000000000000000000000000000000";

static void add_text(oko_hasher *h, const char *text)
{
    char head[32];
    const size_t n = strlen(text);
    const int digits = snprintf(head, sizeof head, "%zu:", n);
    oko_hasher_add(h, head, (size_t)digits);
    oko_hasher_add(h, text, n);
    oko_hasher_add(h, ",", 1);
}

static void add_number(oko_hasher *h, int64_t number)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%lld", (long long)number);
    add_text(h, text);
}

oko_status oko_audit_line_hash(const oko_audit *line, char ret_hex[OKO_HASH_HEX])
{
    oko_hasher *h = NULL;
    oko_status status = oko_hasher_new(&h);
    if (status != OKO_OK) {
        return status;
    }
    add_text(h, line->prev);
    add_number(h, line->id);
    add_text(h, line->at);
    add_number(h, line->user);
    add_text(h, line->login);
    add_text(h, line->role);
    add_text(h, line->action);
    add_text(h, line->object);
    add_number(h, line->unit);
    add_text(h, line->address);
    add_text(h, line->detail);
    oko_hasher_finish(h, ret_hex);
    return OKO_OK;
}
