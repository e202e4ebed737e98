#include "report/canvas.h"
#include "report/chart.h"

#include <math.h>
#include <stdio.h>

enum { HEIGHT = 292, LEFT = 58, RIGHT = 14, TOP = 46, BOTTOM = 50, SECOND_LINE = 22, MARK = 5 };

static double y_of(double percent)
{
    return TOP + (100 - percent) / 100 * (HEIGHT - TOP - BOTTOM);
}

static void draw_axes(oko_canvas *c, const oko_chart_profile *chart, double step)
{
    char label[16];
    for (int v = 0; v <= 100; v += 20) {
        oko_canvas_line(c, LEFT, y_of(v), c->width - RIGHT, y_of(v), 1, OKO_GRID, false);
        snprintf(label, sizeof label, "%d", v);
        oko_canvas_text(c, LEFT - 6, y_of(v), OKO_ANCHOR_END, 12, OKO_FAINT, 0, label);
    }
    double widest = 0;
    for (int i = 0; i < chart->n_items; i++) {
        widest = fmax(widest, oko_canvas_text_width(c, 11, chart->labels[i]));
    }
    int every = (int)ceil((widest + 4) / step);
    for (int i = 0; i < chart->n_items; i += every < 1 ? 1 : every) {
        oko_canvas_text(c, LEFT + (i + .5) * step, HEIGHT - BOTTOM + 12, OKO_ANCHOR_MIDDLE, 11, OKO_FAINT, 0,
                        chart->labels[i]);
    }
    oko_canvas_text(c, LEFT + (c->width - LEFT - RIGHT) / 2, HEIGHT - 14, OKO_ANCHOR_MIDDLE, 12, OKO_INK, 0,
                    oko_text_get(c->text, "chart.axis.item"));
    oko_canvas_text_up(c, 12, TOP + (HEIGHT - TOP - BOTTOM) / 2.0, 12, OKO_INK,
                       oko_text_get(c->text, "chart.axis.solved"));
}

/* The reference is a short level line per item: items have an order but no continuity between them. */
static void draw_values(oko_canvas *c, const oko_chart_profile *chart, double step)
{
    for (int i = 0; i < chart->n_items; i++) {
        double x = LEFT + (i + .5) * step;
        if (isfinite(chart->group[i])) {
            oko_canvas_rect(c, x - step * .34, y_of(chart->group[i]), step * .68, y_of(0) - y_of(chart->group[i]),
                            OKO_BAR);
        }
        if (chart->reference != NULL && isfinite(chart->reference[i])) {
            double y = y_of(chart->reference[i]);
            oko_canvas_line(c, x - step * .46, y, x + step * .46, y, 2.4, OKO_LINE, false);
        }
    }
}

/* A triangle that points up (too good) or down (too bad), its middle at x, y. */
static void triangle(oko_canvas *c, double x, double y, bool up)
{
    double tip = up ? -MARK : MARK;
    oko_canvas_colour(c, OKO_INK);
    cairo_move_to(c->cr, x, y + tip);
    cairo_line_to(c->cr, x + MARK + 1, y - tip);
    cairo_line_to(c->cr, x - MARK - 1, y - tip);
    cairo_close_path(c->cr);
    cairo_fill(c->cr);
}

/* The marks stand on the axis of the items, where no bar hides them. */
static void draw_marks(oko_canvas *c, const oko_chart_profile *chart, double step)
{
    double x = LEFT;
    static const char *const keys[] = { "chart.legend.too_good", "chart.legend.too_bad" };
    for (int i = 0; i < chart->n_items; i++)
        if (chart->marked[i] != 0)
            triangle(c, LEFT + (i + .5) * step, y_of(0) - MARK - 3, chart->marked[i] > 0);
    for (int k = 0; k < 2; k++) {
        triangle(c, x + 7, 12 + SECOND_LINE - 4, k == 0);
        oko_canvas_text(c, x + 20, 12 + SECOND_LINE - 4, OKO_ANCHOR_START, 12, OKO_INK, 0,
                        oko_text_get(c->text, keys[k]));
        x += 44 + oko_canvas_text_width(c, 12, oko_text_get(c->text, keys[k]));
    }
}

oko_status oko_chart_profile_svg(const oko_chart_profile *c, const oko_text *text, const char *id, const char *title,
                                 const char *summary, int width, oko_buffer *out)
{
    oko_canvas canvas;
    if (c->n_items < 1 || width < 240) {
        return OKO_E_ARGUMENT;
    }
    oko_status status = oko_canvas_open(&canvas, text, width, HEIGHT);
    if (status != OKO_OK) {
        return status;
    }
    double step = (width - LEFT - RIGHT) / (double)c->n_items;
    draw_axes(&canvas, c, step);
    draw_values(&canvas, c, step);
    oko_canvas_rect(&canvas, LEFT, 6, 14, 12, OKO_BAR);
    oko_canvas_text(&canvas, LEFT + 20, 12, OKO_ANCHOR_START, 12, OKO_INK, width * .4, c->group_label);
    if (c->reference != NULL) {
        double x = LEFT + 44 + fmin(width * .4, oko_canvas_text_width(&canvas, 12, c->group_label));
        oko_canvas_line(&canvas, x, 12, x + 18, 12, 2.4, OKO_LINE, false);
        oko_canvas_text(&canvas, x + 24, 12, OKO_ANCHOR_START, 12, OKO_INK, width - x - 24, c->reference_label);
    }
    if (c->marked != NULL)
        draw_marks(&canvas, c, step);
    status = oko_canvas_finish(&canvas, id, title, summary, out);
    oko_canvas_close(&canvas);
    return status;
}
