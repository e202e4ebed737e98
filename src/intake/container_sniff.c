#include "intake/container_sniff.h"

#include "base/text_view.h"

#include <stdbool.h>
#include <string.h>

/* Signatures that settle it. */
static const struct {
    const char *bytes;
    size_t n;
    const char *id;
} signatures[] = {
    { "%PDF-", 5, "intake.not_workbook.pdf" },
    { "\x89PNG", 4, "intake.not_workbook.image" },
    { "\xff\xd8\xff", 3, "intake.not_workbook.image" },
    { "GIF8", 4, "intake.not_workbook.image" },
    { "II*\0", 4, "intake.not_workbook.image" },
    { "MM\0*", 4, "intake.not_workbook.image" },
    { "Rar!\x1a\x07", 6, "intake.not_workbook.archive" },
    { "7z\xbc\xaf\x27\x1c", 6, "intake.not_workbook.archive" },
    { "\x1f\x8b", 2, "intake.not_workbook.archive" },
    { "\xfd"
      "7zXZ",
      5, "intake.not_workbook.archive" },
    { "{\\rtf", 5, "intake.not_workbook.rtf" },
    { "SQLite format 3", 16, "intake.not_workbook.database" },
    { "\x09\x00\x04\x00", 4, "intake.old_xls" }, /* BIFF 2 to 4 came without OLE2 */
    { "\x09\x02\x06\x00", 4, "intake.old_xls" },
    { "\x09\x04\x06\x00", 4, "intake.old_xls" },
};

/* Does text begin with `word` in any ASCII case? */
static bool begins(oko_str text, const char *word)
{
    size_t n = strlen(word);
    if (text.len < n) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        char c = text.ptr[i];
        c = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
        if (c != word[i]) {
            return false;
        }
    }
    return true;
}

/* Web pages saved as .xls, and XML: message id, or NULL for plain text. */
static const char *markup_id(const unsigned char *head, size_t n)
{
    static const char *const pages[] = { "<!doctype html", "<html", "<head", "<meta",   "<table",
                                         "<style",         "<body", "<div",  "<script", "mime-version:" };
    oko_str text = oko_str_trim((oko_str){ (const char *)head, n });
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        if (begins(text, pages[i])) {
            return "intake.not_workbook.html";
        }
    }
    if (!begins(text, "<?xml")) {
        return NULL;
    }
    if (oko_str_contains(text, OKO_STR("Excel.Sheet")) ||
        oko_str_contains(text, OKO_STR("urn:schemas-microsoft-com:office:spreadsheet"))) {
        return "intake.not_workbook.xml2003";
    }
    return oko_str_contains(text, OKO_STR("<html")) ? "intake.not_workbook.html" : "intake.not_workbook.xml";
}

oko_sniffed oko_sniff(oko_source *source, const unsigned char *head, size_t n, const char **ret_id)
{
    if (n >= 4 && memcmp(head, "PK", 2) == 0 &&
        (memcmp(head + 2, "\3\4", 2) == 0 || memcmp(head + 2, "\5\6", 2) == 0)) {
        return OKO_SNIFFED_ZIP;
    }
    if (n >= 8 && memcmp(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0) {
        *ret_id = oko_sniff_ole2(source);
        return OKO_SNIFFED_OTHER;
    }
    for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
        if (n >= signatures[i].n && memcmp(head, signatures[i].bytes, signatures[i].n) == 0) {
            *ret_id = signatures[i].id;
            return OKO_SNIFFED_OTHER;
        }
    }
    bool utf16 = n >= 2 && ((head[0] == 0xff && head[1] == 0xfe) || (head[0] == 0xfe && head[1] == 0xff));
    const char *id = utf16 ? NULL : memchr(head, '\0', n) != NULL ? "intake.not_workbook" : markup_id(head, n);
    if (id != NULL) {
        *ret_id = id;
        return OKO_SNIFFED_OTHER;
    }
    return OKO_SNIFFED_TEXT;
}
