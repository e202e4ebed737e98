#include "report/canvas.h"
#include "report/chart.h"

#include <math.h>
#include <stdio.h>

enum { ROW = 30, TOP = 34, BOTTOM = 12, RIGHT = 14, MAX_PARTS = 8 };

/* From light to dark, so that the order of parts survives grey print. */
static const oko_colour shades[MAX_PARTS] = { { .93, .72, .45 }, { .80, .85, .90 }, { .55, .68, .83 },
                                              { .25, .45, .68 }, { .10, .25, .45 }, { .60, .60, .60 },
                                              { .40, .40, .40 }, { .20, .20, .20 } };

static void draw_legend(oko_canvas *c, const oko_chart_stack *chart, double left)
{
    double x = left;
    for (int p = 0; p < chart->n_parts; p++) {
        oko_canvas_rect(c, x, 8, 14, 12, shades[p]);
        oko_canvas_text(c, x + 19, 14, OKO_ANCHOR_START, 12, OKO_INK, 0, chart->part_labels[p]);
        x += 36 + oko_canvas_text_width(c, 12, chart->part_labels[p]);
    }
}

/* Hidden parts stand together at the end of the bar, as one area without a shade. */
static void draw_hidden(oko_canvas *c, double x, double y, double w)
{
    const char *label = oko_text_get(c->text, "chart.suppressed");
    oko_canvas_line(c, x, y, x + w, y, 1, OKO_FAINT, true);
    oko_canvas_line(c, x, y + ROW - 8, x + w, y + ROW - 8, 1, OKO_FAINT, true);
    oko_canvas_line(c, x + w, y, x + w, y + ROW - 8, 1, OKO_FAINT, true);
    if (w > 40)
        oko_canvas_text(c, x + 6, y + ROW / 2.0 - 4, OKO_ANCHOR_START, 12, OKO_FAINT, w - 10, label);
}

static void draw_row(oko_canvas *c, const oko_chart_stack *chart, int row, double left)
{
    const double *parts = chart->percent + (size_t)row * (size_t)chart->n_parts;
    double y = TOP + row * ROW;
    double full = c->width - left - RIGHT;
    double x = left;
    bool hidden = false;
    char label[32];
    oko_canvas_text(c, left - 8, y + ROW / 2.0 - 3, OKO_ANCHOR_END, 12, OKO_INK, left - 12, chart->row_labels[row]);
    for (int p = 0; p < chart->n_parts; p++) {
        if (!isfinite(parts[p])) {
            hidden = true;
            continue;
        }
        double w = parts[p] / 100 * full;
        oko_canvas_rect(c, x, y, w, ROW - 8, shades[p]);
        snprintf(label, sizeof label, "%.0f%%", parts[p]);
        if (w > 34) {
            bool dark = shades[p].r + shades[p].g + shades[p].b < 1.5;
            oko_canvas_text(c, x + w / 2, y + ROW / 2.0 - 4, OKO_ANCHOR_MIDDLE, 12,
                            dark ? (oko_colour){ 1, 1, 1 } : OKO_INK, 0, label);
        }
        x += w;
    }
    if (hidden)
        draw_hidden(c, x, y, fmax(0, left + full - x));
}

oko_status oko_chart_stack_svg(const oko_chart_stack *c, const oko_text *text, const char *id, const char *title,
                               const char *summary, int width, oko_buffer *out)
{
    oko_canvas canvas;
    if (c->n_rows < 1 || c->n_parts < 1 || c->n_parts > MAX_PARTS || width < 240) {
        return OKO_E_ARGUMENT;
    }
    oko_status status = oko_canvas_open(&canvas, text, width, TOP + BOTTOM + ROW * c->n_rows);
    if (status != OKO_OK) {
        return status;
    }
    double left = 60;
    for (int r = 0; r < c->n_rows; r++) {
        left = fmax(left, 20 + oko_canvas_text_width(&canvas, 12, c->row_labels[r]));
    }
    left = fmin(left, width * .4);
    draw_legend(&canvas, c, left);
    for (int r = 0; r < c->n_rows; r++) {
        draw_row(&canvas, c, r, left);
    }
    status = oko_canvas_finish(&canvas, id, title, summary, out);
    oko_canvas_close(&canvas);
    return status;
}
