#include "report/canvas.h"

#include "report/escape.h"

#include <cairo-svg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const oko_colour OKO_INK = { .13, .16, .20 };
const oko_colour OKO_FAINT = { .38, .42, .47 };
const oko_colour OKO_GRID = { .86, .88, .90 };
const oko_colour OKO_BAR = { .55, .68, .83 };
const oko_colour OKO_LINE = { .70, .25, .05 };
const oko_colour OKO_ACCENT = { .03, .35, .85 };

enum { SVG_LIMIT = 4 << 20, MAX_LABEL = 512 };

#define FONTS "PT Sans, DejaVu Sans, sans-serif"

static cairo_status_t take_bytes(void *ctx, const unsigned char *data, unsigned int length)
{
    oko_buffer *b = ctx;
    oko_buffer_add(b, data, length);
    return b->status == OKO_OK ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

oko_status oko_canvas_open(oko_canvas *canvas, const oko_text *text, double width, double height)
{
    *canvas = (oko_canvas){ .text = text, .width = width, .height = height };
    oko_buffer_init(&canvas->svg, SVG_LIMIT);
    oko_buffer_init(&canvas->texts, SVG_LIMIT);
    canvas->surface = cairo_svg_surface_create_for_stream(take_bytes, &canvas->svg, width, height);
    cairo_svg_surface_set_document_unit(canvas->surface, CAIRO_SVG_UNIT_PX);
    canvas->cr = cairo_create(canvas->surface);
    canvas->layout = pango_cairo_create_layout(canvas->cr);
    if (canvas->layout == NULL || cairo_status(canvas->cr) != CAIRO_STATUS_SUCCESS) {
        oko_canvas_close(canvas);
        return OKO_E_MEMORY;
    }
    return OKO_OK;
}

void oko_canvas_close(oko_canvas *canvas)
{
    if (canvas->layout != NULL) {
        g_object_unref(canvas->layout);
    }
    if (canvas->cr != NULL) {
        cairo_destroy(canvas->cr);
    }
    if (canvas->surface != NULL) {
        cairo_surface_destroy(canvas->surface);
    }
    oko_buffer_free(&canvas->svg);
    oko_buffer_free(&canvas->texts);
    canvas->layout = NULL;
    canvas->cr = NULL;
    canvas->surface = NULL;
}

/* cairo numbers its glyphs from zero in every drawing; `id` keeps several drawings in one page apart. The surface
 * itself (one a drawing) has a number that grows as long as the process lives: it is dropped, so that the same drawing
 * gives the same bytes. */
static void add_prefixed(oko_buffer *out, oko_str markup, const char *id)
{
    static const char *const places[] = { " id=\"", "href=\"#", "url(#" };
    const char *from = markup.ptr, *end = markup.ptr + markup.len;
    for (const char *at = markup.ptr; at < end;) {
        size_t skip = 0;
        for (size_t k = 0; k < sizeof places / sizeof *places && skip == 0; k++) {
            skip = oko_str_starts((oko_str){ at, (size_t)(end - at) }, oko_str_of(places[k])) ? strlen(places[k]) : 0;
        }
        if (skip == 0) {
            at++;
            continue;
        }
        at += skip;
        oko_buffer_add(out, from, (size_t)(at - from));
        oko_buffer_printf(out, "%s-", id);
        from = at;
        if (strncmp(at, "surface", 7) == 0) {
            oko_buffer_str(out, "surface");
            from = at += 7 + strspn(at + 7, "0123456789");
        }
    }
    oko_buffer_add(out, from, (size_t)(end - from));
}

oko_status oko_canvas_finish(oko_canvas *canvas, const char *id, const char *title, const char *summary,
                             oko_buffer *out)
{
    cairo_surface_finish(canvas->surface);
    if (cairo_surface_status(canvas->surface) != CAIRO_STATUS_SUCCESS) {
        return canvas->svg.status != OKO_OK ? canvas->svg.status : OKO_E_MEMORY;
    }
    const char *open = canvas->svg.ptr == NULL ? NULL : strstr(canvas->svg.ptr, "<svg");
    const char *body = open == NULL ? NULL : strchr(open, '>');
    if (body == NULL) {
        return OKO_E_INTERNAL;
    }
    oko_buffer_printf(out,
                      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
                      "class=\"chart\" role=\"img\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" "
                      "aria-labelledby=\"%s-t %s-d\"><title id=\"%s-t\">",
                      canvas->width, canvas->height, canvas->width, canvas->height, id, id, id);
    oko_escape(out, oko_str_of(title));
    oko_buffer_printf(out, "</title><desc id=\"%s-d\">", id);
    oko_escape(out, oko_str_of(summary));
    oko_buffer_str(out, "</desc>");
    const char *end = strstr(body, "</svg>");
    if (end == NULL || canvas->texts.status != OKO_OK) {
        return end == NULL ? OKO_E_INTERNAL : canvas->texts.status;
    }
    add_prefixed(out, (oko_str){ body + 1, (size_t)(end - body - 1) }, id);
    oko_buffer_str(out, "<g font-family=\"" FONTS "\">");
    oko_buffer_view(out, (oko_str){ canvas->texts.ptr, canvas->texts.len });
    oko_buffer_str(out, "</g>\n</svg>\n");
    return oko_buffer_status(out);
}

void oko_canvas_colour(oko_canvas *canvas, oko_colour colour)
{
    cairo_set_source_rgb(canvas->cr, colour.r, colour.g, colour.b);
}

void oko_canvas_rect(oko_canvas *canvas, double x, double y, double w, double h, oko_colour fill)
{
    oko_canvas_colour(canvas, fill);
    cairo_rectangle(canvas->cr, x, y, w, h);
    cairo_fill(canvas->cr);
}

void oko_canvas_line(oko_canvas *canvas, double x1, double y1, double x2, double y2, double width, oko_colour colour,
                     bool dashed)
{
    const double dash[] = { 4, 3 };
    oko_canvas_colour(canvas, colour);
    cairo_set_line_width(canvas->cr, width);
    cairo_set_dash(canvas->cr, dash, dashed ? 2 : 0, 0);
    cairo_move_to(canvas->cr, x1, y1);
    cairo_line_to(canvas->cr, x2, y2);
    cairo_stroke(canvas->cr);
    cairo_set_dash(canvas->cr, NULL, 0, 0);
}

static void set_text(oko_canvas *canvas, double size, const char *utf8)
{
    PangoFontDescription *font = pango_font_description_from_string(FONTS);
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_layout_set_font_description(canvas->layout, font);
    pango_font_description_free(font);
    pango_layout_set_single_paragraph_mode(canvas->layout, TRUE);
    pango_layout_set_text(canvas->layout, utf8, -1);
}

double oko_canvas_text_width(oko_canvas *canvas, double size, const char *utf8)
{
    int w = 0;
    set_text(canvas, size, utf8);
    pango_layout_get_pixel_size(canvas->layout, &w, NULL);
    return w;
}

static bool is_svg(const oko_canvas *canvas)
{
    return cairo_surface_get_type(canvas->surface) == CAIRO_SURFACE_TYPE_SVG;
}

/* The text, or as much of it as fits with an ellipsis. */
static void cut(oko_canvas *canvas, double size, double max_width, const char *utf8, char ret_label[MAX_LABEL])
{
    oko_str whole = oko_str_of(utf8);
    bool fits = oko_str_copy(ret_label, MAX_LABEL, whole);
    if (fits && (max_width <= 0 || oko_canvas_text_width(canvas, size, ret_label) <= max_width)) {
        return;
    }
    for (size_t n = strlen(ret_label); n > 0;) {
        n--;
        while (n > 0 && ((unsigned char)utf8[n] & 0xC0) == 0x80) {
            n--;
        }
        if (n + 4 > MAX_LABEL) {
            continue;
        }
        memcpy(ret_label, utf8, n);
        memcpy(ret_label + n, "\xE2\x80\xA6", 4);
        if (max_width <= 0 || oko_canvas_text_width(canvas, size, ret_label) <= max_width) {
            return;
        }
    }
}

/* Tenths of a pixel, whatever the locale. */
static void add_number(oko_buffer *out, const char *name, double value)
{
    long tenths = lround(value * 10);
    oko_buffer_printf(out, " %s=\"%s%ld.%ld\"", name, tenths < 0 ? "-" : "", labs(tenths) / 10, labs(tenths) % 10);
}

/* Appends a <text> whose baseline is at y; turned by 90° when `up`. */
static void add_text(oko_canvas *canvas, double x, double y, oko_anchor anchor, double size, oko_colour colour, bool up,
                     const char *label)
{
    static const char *const anchors[] = { "start", "middle", "end" };
    oko_buffer *out = &canvas->texts;
    oko_buffer_str(out, "<text");
    add_number(out, "x", x);
    add_number(out, "y", y);
    add_number(out, "font-size", size);
    oko_buffer_printf(out, " text-anchor=\"%s\" fill=\"#%02x%02x%02x\"", anchors[anchor],
                      (unsigned)lround(colour.r * 255), (unsigned)lround(colour.g * 255),
                      (unsigned)lround(colour.b * 255));
    if (up) {
        oko_buffer_str(out, " transform=\"rotate(-90)\"");
    }
    oko_buffer_char(out, '>');
    oko_escape(out, oko_str_of(label));
    oko_buffer_str(out, "</text>");
}

/* Height of the layout that was set last, and of its part above the baseline. */
static double baseline(oko_canvas *canvas, double *ret_height)
{
    int h = 0;
    pango_layout_get_pixel_size(canvas->layout, NULL, &h);
    *ret_height = h;
    return (double)pango_layout_get_baseline(canvas->layout) / PANGO_SCALE;
}

void oko_canvas_text(oko_canvas *canvas, double x, double y, oko_anchor anchor, double size, oko_colour colour,
                     double max_width, const char *utf8)
{
    char label[MAX_LABEL];
    double h = 0;
    cut(canvas, size, max_width, utf8, label);
    double w = oko_canvas_text_width(canvas, size, label);
    double base = baseline(canvas, &h);
    if (is_svg(canvas)) {
        add_text(canvas, x, y - h / 2 + base, anchor, size, colour, false, label);
        return;
    }
    double left = anchor == OKO_ANCHOR_START ? x : anchor == OKO_ANCHOR_MIDDLE ? x - w / 2 : x - w;
    oko_canvas_colour(canvas, colour);
    cairo_move_to(canvas->cr, left, y - h / 2);
    pango_cairo_show_layout(canvas->cr, canvas->layout);
}

void oko_canvas_text_up(oko_canvas *canvas, double x, double y, double size, oko_colour colour, const char *utf8)
{
    double h = 0;
    set_text(canvas, size, utf8);
    double base = baseline(canvas, &h);
    if (is_svg(canvas)) { /* turned about the origin: across is −y, along the baseline is x */
        add_text(canvas, -y, x - h / 2 + base, OKO_ANCHOR_MIDDLE, size, colour, true, utf8);
        return;
    }
    cairo_save(canvas->cr);
    cairo_translate(canvas->cr, x, y);
    cairo_rotate(canvas->cr, -acos(-1.0) / 2);
    oko_canvas_text(canvas, 0, 0, OKO_ANCHOR_MIDDLE, size, colour, 0, utf8);
    cairo_restore(canvas->cr);
}

double oko_axis_step(double top, int ticks)
{
    double raw = top / ticks;
    double power = pow(10, floor(log10(raw)));
    double unit = raw / power;
    return power * (unit <= 1 ? 1 : unit <= 2 ? 2 : unit <= 5 ? 5 : 10);
}

#if defined(__SANITIZE_ADDRESS__)
#define WITH_LEAK_CHECK 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_LEAK_CHECK 1
#endif
#endif

#if defined(WITH_LEAK_CHECK)
/* fontconfig keeps its patterns until the process ends; the leak checker takes them for lost. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}
#endif
