/*
 * Canvas: the drawing surface that all charts share. Today an SVG surface whose markup is made fit for inlining;
 * the same drawing functions work on any cairo surface (PDF). On SVG a text stays text: it can be searched and read
 * aloud, and takes a hundredth of the bytes of its outlines.
 */
#ifndef OKO_REPORT_CANVAS_H
#define OKO_REPORT_CANVAS_H

#include "base/memory.h"
#include "reference/text.h"

#include <cairo.h>
#include <pango/pangocairo.h>

typedef struct oko_colour {
    double r, g, b;
} oko_colour;

/* The palette: distinguishable without colour vision, readable in grey print. */
extern const oko_colour OKO_INK, OKO_FAINT, OKO_GRID, OKO_BAR, OKO_LINE, OKO_ACCENT;

typedef enum oko_anchor { OKO_ANCHOR_START, OKO_ANCHOR_MIDDLE, OKO_ANCHOR_END } oko_anchor;

typedef struct oko_canvas {
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoLayout *layout;
    const oko_text *text;
    double width, height;
    oko_buffer svg;   /* raw markup of cairo */
    oko_buffer texts; /* <text> elements, above everything drawn */
} oko_canvas;

/* Opens an SVG canvas of width × height CSS pixels. OKO_E_MEMORY, OKO_E_INTERNAL. Close it in any case. */
oko_status oko_canvas_open(oko_canvas *canvas, const oko_text *text, double width, double height) OKO_WARN_UNUSED;
void oko_canvas_close(oko_canvas *canvas);

/* Ends the drawing and appends the <svg> element: ids prefixed, role, title and description added. */
oko_status oko_canvas_finish(oko_canvas *canvas, const char *id, const char *title, const char *summary,
                             oko_buffer *out) OKO_WARN_UNUSED;

void oko_canvas_colour(oko_canvas *canvas, oko_colour colour);
void oko_canvas_rect(oko_canvas *canvas, double x, double y, double w, double h, oko_colour fill);
void oko_canvas_line(oko_canvas *canvas, double x1, double y1, double x2, double y2, double width, oko_colour colour,
                     bool dashed);
/* One line of text whose middle stands at y; cut with an ellipsis at max_width (0 = never). */
void oko_canvas_text(oko_canvas *canvas, double x, double y, oko_anchor anchor, double size, oko_colour colour,
                     double max_width, const char *utf8);
double oko_canvas_text_width(oko_canvas *canvas, double size, const char *utf8);
/* Text turned by 90° against the clock, its middle at x, y. */
void oko_canvas_text_up(oko_canvas *canvas, double x, double y, double size, oko_colour colour, const char *utf8);

/* Step of an axis from 0 to `top` with at most `ticks` steps: 1, 2 or 5 × 10^k. */
double oko_axis_step(double top, int ticks);

#endif
