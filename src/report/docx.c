/* DOCX: parts of a minimal package. */
#include "report/docx.h"

#include "base/memory.h"
#include "report/docx_package.h"
#include "report/escape.h"

#include <stdlib.h>
#include <string.h>

static const char content_types[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Override PartName=\"/word/document.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
    "<Override PartName=\"/word/styles.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/></Types>";

static const char root_relations[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
    "Target=\"word/document.xml\"/></Relationships>";

static const char document_relations[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>"
    "</Relationships>";

#define STYLE(id_, paragraph_, run_)                                                                                   \
    "<w:style w:type=\"paragraph\" w:styleId=\"" id_ "\"><w:name w:val=\"" id_ "\"/><w:basedOn w:val=\"Normal\"/>"     \
    "<w:pPr>" paragraph_ "</w:pPr><w:rPr>" run_ "</w:rPr></w:style>"

/* Sizes are half points; 28 = 14 pt, as offices write. */
static const char styles[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault>"
    "<w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>"
    "<w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/><w:lang w:val=\"ru-RU\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
    "<w:spacing w:after=\"120\"/></w:pPr></w:pPrDefault></w:docDefaults>"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>" STYLE(
        "OkoTitle", "<w:spacing w:before=\"240\" w:after=\"240\"/><w:jc w:val=\"center\"/>",
        "<w:b/><w:sz w:val=\"28\"/>") STYLE("OkoHeading", "<w:keepNext/><w:spacing w:before=\"200\"/>", "<w:b/>")
        STYLE("OkoRight", "<w:ind w:left=\"5100\"/>", "") STYLE("OkoSmall", "", "<w:sz w:val=\"20\"/>")
            STYLE("OkoItem", "<w:ind w:left=\"567\" w:hanging=\"283\"/>", "") "</w:styles>";

static const char *const style_names[OKO_DOCX_STYLE_COUNT] = { "",         "OkoTitle", "OkoHeading",
                                                               "OkoRight", "OkoSmall", "OkoItem" };

struct oko_docx {
    oko_buffer body;
    bool landscape;
    int columns; /* of the open table */
    int width[OKO_DOCX_MAX_COLUMNS];
};

oko_status oko_docx_new(bool landscape, oko_docx **ret_docx)
{
    oko_docx *d = calloc(1, sizeof *d);
    if (d == NULL) {
        return OKO_E_MEMORY;
    }
    oko_buffer_init(&d->body, OKO_DOCX_MAX_BYTES);
    d->landscape = landscape;
    oko_buffer_str(&d->body, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document "
                             "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>");
    *ret_docx = d;
    return OKO_OK;
}

void oko_docx_free(oko_docx *docx)
{
    if (docx != NULL) {
        oko_buffer_free(&docx->body);
        free(docx);
    }
}

void oko_docx_freep(oko_docx **docx)
{
    oko_docx_free(*docx);
}

void oko_docx_text(oko_buffer *out, const char *text)
{
    while (*text != '\0') {
        const size_t len = strcspn(text, "\n");
        oko_escape(out, (oko_str){ text, len });
        text += len;
        if (*text == '\n') {
            oko_buffer_str(out, "</w:t><w:br/><w:t xml:space=\"preserve\">");
            text++;
        }
    }
}

void oko_docx_paragraph(oko_docx *docx, oko_docx_style style, const char *text)
{
    oko_buffer *b = &docx->body;
    oko_buffer_str(b, "<w:p>");
    if (style != OKO_DOCX_BODY) {
        oko_buffer_printf(b, "<w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", style_names[style]);
    }
    oko_buffer_str(b, "<w:r><w:t xml:space=\"preserve\">");
    if (style == OKO_DOCX_ITEM) {
        oko_buffer_str(b, "– ");
    }
    oko_docx_text(b, text);
    oko_buffer_str(b, "</w:t></w:r></w:p>");
}

/* ---- tables ---- */

void oko_docx_table(oko_docx *docx, int columns, const int *percent)
{
    oko_buffer *b = &docx->body;
    const int full = docx->landscape ? 14570 : 9638; /* twentieths of a point between the margins */
    docx->columns = columns;
    oko_buffer_str(b, "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>");
    static const char *const edges[] = { "top", "left", "bottom", "right", "insideH", "insideV" };
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        oko_buffer_printf(b, "<w:%s w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/>", edges[i]);
    }
    oko_buffer_str(b, "</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for (int i = 0; i < columns; i++) {
        docx->width[i] = percent != NULL ? full * percent[i] / 100 : full / columns;
        oko_buffer_printf(b, "<w:gridCol w:w=\"%d\"/>", docx->width[i]);
    }
    oko_buffer_str(b, "</w:tblGrid>");
}

void oko_docx_row(oko_docx *docx, bool head, const char *const *cells)
{
    oko_buffer *b = &docx->body;
    oko_buffer_str(b, head ? "<w:tr><w:trPr><w:tblHeader/></w:trPr>" : "<w:tr>");
    for (int i = 0; i < docx->columns; i++) {
        oko_buffer_printf(b, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>", docx->width[i]);
        oko_docx_paragraph(docx, head ? OKO_DOCX_HEADING : OKO_DOCX_SMALL, cells[i] != NULL ? cells[i] : "");
        oko_buffer_str(b, "</w:tc>");
    }
    oko_buffer_str(b, "</w:tr>");
}

void oko_docx_table_end(oko_docx *docx)
{
    docx->columns = 0;
    oko_buffer_str(&docx->body, "</w:tbl>");
    oko_docx_paragraph(docx, OKO_DOCX_SMALL, ""); /* two tables in a row would become one */
}

/* ---- file ---- */

oko_status oko_docx_finish(oko_docx *docx, char **ret_bytes, size_t *ret_len, oko_error *err)
{
    oko_buffer *b = &docx->body;
    oko_buffer_printf(b,
                      "<w:sectPr><w:pgSz w:w=\"%d\" w:h=\"%d\"%s/><w:pgMar w:top=\"1134\" w:right=\"1134\" "
                      "w:bottom=\"1134\" w:left=\"1134\" w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/></w:sectPr>"
                      "</w:body></w:document>",
                      docx->landscape ? 16838 : 11906, docx->landscape ? 11906 : 16838,
                      docx->landscape ? " w:orient=\"landscape\"" : "");
    oko_status status = oko_buffer_status(b);
    if (status != OKO_OK) {
        return oko_error_set(err, status, "", "");
    }
    const oko_docx_part parts[] = {
        { "[Content_Types].xml", oko_str_of(content_types) },
        { "_rels/.rels", oko_str_of(root_relations) },
        { "word/document.xml", { b->ptr, b->len } },
        { "word/styles.xml", oko_str_of(styles) },
        { "word/_rels/document.xml.rels", oko_str_of(document_relations) },
    };
    return oko_docx_pack(parts, sizeof parts / sizeof *parts, ret_bytes, ret_len, err);
}
