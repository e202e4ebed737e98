/*
 * The directory of an OLE2 compound file ([MS-CFB]): enough to tell a workbook under a password from an old one. It is
 * a chain of sectors through the allocation table; the first 109 sectors of that table stand in the header, which
 * covers 7 MB and more; a directory beyond them is not followed.
 */
#include "intake/container_sniff.h"

#include <stdbool.h>
#include <string.h>

enum {
    MAX_SECTOR = 4096,
    ENTRY = 128,      /* bytes of a directory entry */
    NAME_UNITS = 31,  /* UTF-16 units of its name */
    MAX_SECTORS = 64, /* of a directory that are looked at */
    HEADER_TABLES = 109
};

static uint32_t u32_at(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static bool read_at(oko_source *source, uint64_t at, unsigned char *to, size_t n)
{
    source->at = at;
    for (size_t have = 0, got = 0; have < n; have += got) {
        if (oko_source_read(source, to + have, n - have, &got, NULL) != OKO_OK || got == 0) {
            return false;
        }
    }
    return true;
}

/* Is the entry's name `name`? */
static bool named(const unsigned char *entry, const char *name)
{
    size_t n = strlen(name);
    for (size_t i = 0; i <= n && i <= NAME_UNITS; i++) {
        if (entry[2 * i] != (unsigned char)name[i] || entry[2 * i + 1] != 0) {
            return false;
        }
    }
    return true;
}

static const char *entry_id(const unsigned char *entry)
{
    static const struct {
        const char *name, *id;
    } known[] = { { "EncryptedPackage", "intake.password" },
                  { "Workbook", "intake.old_xls" },
                  { "Book", "intake.old_xls" },
                  { "WordDocument", "intake.not_workbook.docx" },
                  { "PowerPoint Document", "intake.not_workbook.pptx" } };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (named(entry, known[i].name)) {
            return known[i].id;
        }
    }
    return NULL;
}

const char *oko_sniff_ole2(oko_source *source)
{
    unsigned char header[512], sector[MAX_SECTOR], next[4];
    if (!read_at(source, 0, header, sizeof header)) {
        return "intake.truncated";
    }
    unsigned shift = header[30];
    if (shift != 9 && shift != 12) {
        return "intake.old_xls";
    }
    size_t bytes = (size_t)1 << shift;
    uint32_t at = u32_at(header + 48);
    for (int i = 0; i < MAX_SECTORS; i++) {
        if (!read_at(source, ((uint64_t)at + 1) << shift, sector, bytes)) {
            break;
        }
        for (size_t entry = 0; entry < bytes; entry += ENTRY) {
            const char *id = entry_id(sector + entry);
            if (id != NULL) {
                return id;
            }
        }
        uint64_t table = at / (bytes / 4);
        if (table >= HEADER_TABLES) {
            break;
        }
        uint64_t table_at = ((uint64_t)u32_at(header + 76 + 4 * table) + 1) << shift;
        if (!read_at(source, table_at + 4 * (at % (bytes / 4)), next, sizeof next)) {
            break;
        }
        at = u32_at(next);
    }
    return "intake.old_xls";
}
